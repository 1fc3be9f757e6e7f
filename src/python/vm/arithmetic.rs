//! Arithmetic of integers and floats, with the errors that it has.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::operator::{as_big, as_float};
use super::{ErrorKind, R, Vm};
use crate::python::code::BinaryOp;
use crate::python::precise;
use crate::python::value::Value;

impl Vm {
    pub(super) fn int_op(&mut self, operator: BinaryOp, a: &Value, b: &Value) -> R {
        let both_bool = matches!((a, b), (Value::Bool(_), Value::Bool(_)));
        let (x, y) = (as_big(a).expect("an int"), as_big(b).expect("an int"));
        let zero = |vm: &Vm, what: &str| Err(vm.error(ErrorKind::ZeroDivision, what));
        Ok(match operator {
            BinaryOp::Add => Value::big(x + y),
            BinaryOp::Sub => Value::big(x - y),
            BinaryOp::Mul => Value::big(x * y),
            BinaryOp::FloorDiv if y.is_zero() => return zero(self, "integer division or modulo by zero"),
            BinaryOp::FloorDiv => Value::big(x.div_floor(&y)),
            BinaryOp::Mod if y.is_zero() => return zero(self, "integer modulo by zero"),
            BinaryOp::Mod => Value::big(x.mod_floor(&y)),
            BinaryOp::TrueDiv if y.is_zero() => return zero(self, "division by zero"),
            BinaryOp::TrueDiv => match true_division(&x, &y) {
                Some(quotient) => Value::float(quotient),
                None => {
                    return Err(self.error(ErrorKind::Overflow, "integer division result too large for a float"));
                }
            },
            BinaryOp::Pow => return self.int_pow(&x, &y),
            BinaryOp::LShift | BinaryOp::RShift => {
                if y.is_negative() {
                    return self.value_error("negative shift count");
                }
                match (operator, y.to_u64()) {
                    (BinaryOp::LShift, Some(n)) if n < 1 << 24 || x.is_zero() => Value::big(x << n.min(1 << 24)),
                    (BinaryOp::LShift, _) => return Err(self.error(ErrorKind::Overflow, "too many digits in integer")),
                    (_, Some(n)) => Value::big(x >> n),
                    (_, None) => Value::Int(if x.is_negative() { -1 } else { 0 }),
                }
            }
            BinaryOp::And if both_bool => Value::bool(!x.is_zero() && !y.is_zero()),
            BinaryOp::Or if both_bool => Value::bool(!x.is_zero() || !y.is_zero()),
            BinaryOp::Xor if both_bool => Value::bool(x != y),
            BinaryOp::And => Value::big(x & y),
            BinaryOp::Or => Value::big(x | y),
            BinaryOp::Xor => Value::big(x ^ y),
            BinaryOp::MatMul => return self.no_operator(operator, a, b, false),
        })
    }

    fn int_pow(&mut self, x: &BigInt, y: &BigInt) -> R {
        if y.is_negative() {
            if x.is_zero() {
                let text = "0.0 cannot be raised to a negative power";
                return Err(self.error(ErrorKind::ZeroDivision, text));
            }
            let (x, y) = (x.to_f64().unwrap_or(f64::INFINITY), y.to_f64().unwrap_or(f64::NEG_INFINITY));
            return Ok(Value::float(precise::pow(x, y)));
        }
        let Some(exponent) = y.to_u32().filter(|e| (*e as u64) * x.bits() < 1 << 26) else {
            if x.bits() <= 1 {
                // 0, 1 and −1 to any power.
                let odd = y.is_odd();
                return Ok(Value::big(if x.is_negative() && !odd { -x } else { x.clone() }));
            }
            return Err(self.error_empty(ErrorKind::Memory));
        };
        Ok(Value::big(x.pow(exponent)))
    }

    pub(super) fn float_operator(&mut self, operator: BinaryOp, a: &Value, b: &Value) -> R {
        let (Some(x), Some(y)) = (as_float(a), as_float(b)) else {
            return Err(self.error(ErrorKind::Overflow, "int too large to convert to float"));
        };
        let zero = |vm: &Vm, what: &str| Err(vm.error(ErrorKind::ZeroDivision, what));
        Ok(Value::float(match operator {
            BinaryOp::Add => x + y,
            BinaryOp::Sub => x - y,
            BinaryOp::Mul => x * y,
            BinaryOp::TrueDiv if y == 0.0 => return zero(self, "float division by zero"),
            BinaryOp::TrueDiv => x / y,
            BinaryOp::FloorDiv if y == 0.0 => return zero(self, "float floor division by zero"),
            BinaryOp::FloorDiv => float_divmod(x, y).0,
            BinaryOp::Mod if y == 0.0 => return zero(self, "float modulo"),
            BinaryOp::Mod => float_divmod(x, y).1,
            BinaryOp::Pow => {
                if x == 0.0 && y < 0.0 {
                    return zero(self, "0.0 cannot be raised to a negative power");
                }
                if x < 0.0 && x.is_finite() && y.is_finite() && y != libm::floor(y) {
                    return self.complex_pow(x, y);
                }
                let result = precise::pow(x, y);
                if result.is_infinite() && x.is_finite() && y.is_finite() {
                    let class = self.types.overflow_error.clone();
                    let args = vec![Value::Int(34), Value::str("Numerical result out of range")];
                    return Err(super::Stop::Raise(self.exception(&class, args)));
                }
                result
            }
            _ => return self.no_operator(operator, a, b, false),
        }))
    }
}

/// Quotient and remainder with the sign of the divisor (`Objects/floatobject.c`, `_float_div_mod`).
pub fn float_divmod(x: f64, y: f64) -> (f64, f64) {
    let mut remainder = libm::fmod(x, y);
    let mut quotient = (x - remainder) / y;
    if remainder != 0.0 {
        if (y < 0.0) != (remainder < 0.0) {
            remainder += y;
            quotient -= 1.0;
        }
    } else {
        remainder = 0.0_f64.copysign(y);
    }
    if quotient != 0.0 {
        let mut floor = libm::floor(quotient);
        if quotient - floor > 0.5 {
            floor += 1.0;
        }
        (floor, remainder)
    } else {
        (0.0_f64.copysign(x / y), remainder)
    }
}

/// `x / y` of integers, correctly rounded; `None` when too large.
fn true_division(x: &BigInt, y: &BigInt) -> Option<f64> {
    let negative = x.is_negative() != y.is_negative();
    let (x, y) = (x.abs(), y.abs());
    if x.is_zero() {
        return Some(0.0);
    }
    // Scale so that the quotient has 66 bits or so, keep a sticky bit, round once on conversion.
    let shift = 66 - (x.bits() as i64 - y.bits() as i64);
    let (q, r) = if shift >= 0 { (x << shift as u64).div_rem(&y) } else { x.div_rem(&(y << (-shift) as u64)) };
    let q = if r.is_zero() { q } else { q | BigInt::from(1) };
    let result = libm::scalbn(q.to_f64()?, -shift as i32);
    if result.is_infinite() {
        return None;
    }
    Some(if negative { -result } else { result })
}
