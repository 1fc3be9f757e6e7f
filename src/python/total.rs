//! What `sum()` has added up so far.
//!
//! After `Python/bltinmodule.c`, `builtin_sum_impl`: whole numbers first, then floats, then whatever `+` gives. From 3.12
//! on the rounding errors of floats are added up beside them (Neumaier), so that ten times `0.1` is `1.0`.

use super::value::Value;

/// A sum.
#[derive(Clone)]
pub struct Total {
    so_far: SoFar,
    /// Rounding errors of floats count.
    compensates: bool,
}

#[derive(Clone)]
enum SoFar {
    Int(i64),
    /// The sum of floats, and what rounding took from it.
    Float(f64, f64),
    Other(Value),
}

impl Total {
    /// Nothing added to `start` yet.
    pub fn new(start: Value, compensates: bool) -> Total {
        let so_far = match start {
            Value::Int(n) => SoFar::Int(n),
            Value::Float(f) => SoFar::Float(f.get(), 0.0),
            other => SoFar::Other(other),
        };
        Total { so_far, compensates }
    }

    /// Adds a plain number. `false`: that takes the operator, whose result is then told to [`Total::becomes`].
    pub fn add(&mut self, item: &Value) -> bool {
        match (&mut self.so_far, item) {
            (SoFar::Int(sum), Value::Int(_) | Value::Bool(_)) => {
                let n =
                    if let Value::Int(n) = item { *n } else { i64::from(matches!(item, Value::Bool(b) if b.get())) };
                match sum.checked_add(n) {
                    Some(next) => *sum = next,
                    None => return false,
                }
            }
            (SoFar::Int(sum), Value::Float(f)) => self.so_far = SoFar::Float(*sum as f64 + f.get(), 0.0),
            (SoFar::Float(sum, lost), Value::Float(f)) => {
                let (x, next) = (f.get(), *sum + f.get());
                if self.compensates {
                    *lost += if sum.abs() >= x.abs() { (*sum - next) + x } else { (x - next) + *sum };
                }
                *sum = next;
            }
            (SoFar::Float(sum, _), Value::Int(n)) => *sum += *n as f64,
            (SoFar::Float(sum, _), Value::Bool(b)) => *sum += f64::from(u8::from(b.get())),
            _ => return false,
        }
        true
    }

    /// The operator has made this of the sum so far and an item.
    pub fn becomes(&mut self, sum: Value) {
        self.so_far = SoFar::Other(sum);
    }

    /// The sum.
    pub fn value(&self) -> Value {
        match &self.so_far {
            SoFar::Int(n) => Value::Int(*n),
            SoFar::Float(sum, lost) if *lost != 0.0 && lost.is_finite() => Value::float(sum + lost),
            SoFar::Float(sum, _) => Value::float(*sum),
            SoFar::Other(value) => value.clone(),
        }
    }
}
