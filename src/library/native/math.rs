//! `math`, through libm and `precise`, so that every host gives the same bits.

use std::rc::Rc;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

use super::{add_functions, float, required};
use crate::python::builtins::{given, integer};
use crate::python::code::BinaryOp;
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::name::Sym;
use crate::python::precise;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

/// Functions of one float: NaN from anything but NaN is a domain error, infinity from something finite a
/// range error.
macro_rules! of_one {
    ($($name:literal $f:expr,)*) => {
        &[$(($name, |vm, args| one(vm, args, $name, $f)),)*]
    };
}

const OF_ONE: super::Functions = of_one! {
    "acos" precise::acos, "acosh" libm::acosh, "asin" precise::asin, "asinh" libm::asinh, "atan" precise::atan,
    "cbrt" precise::cbrt, "cos" precise::cos, "cosh" precise::cosh, "erf" libm::erf, "erfc" libm::erfc,
    "exp" precise::exp, "exp2" precise::exp2, "expm1" libm::expm1, "fabs" libm::fabs, "sin" precise::sin, "sinh" libm::sinh,
    "sqrt" libm::sqrt, "tan" precise::tan, "tanh" precise::tanh,
};

const OTHERS: super::Functions = &[
    ("atan2", |vm, args| two(vm, args, "atan2", precise::atan2)),
    ("copysign", |vm, args| two(vm, args, "copysign", libm::copysign)),
    ("nextafter", |vm, args| two(vm, args, "nextafter", libm::nextafter)),
    ("remainder", |vm, args| two(vm, args, "remainder", libm::remainder)),
    ("fmod", |vm, args| two(vm, args, "fmod", libm::fmod)),
    ("fma", |vm, args| {
        given(vm, args, "fma", 3, 3)?;
        let [x, y, z] = [float(vm, &args.pos[0])?, float(vm, &args.pos[1])?, float(vm, &args.pos[2])?];
        let sum = libm::fma(x, y, z);
        if sum.is_nan() && ![x, y, z].iter().any(|one| one.is_nan()) {
            return vm.value_error("invalid operation in fma");
        }
        if sum.is_infinite() && [x, y, z].iter().all(|one| one.is_finite()) {
            return Err(vm.error(ErrorKind::Overflow, "overflow in fma"));
        }
        Ok(Value::float(sum))
    }),
    ("atanh", |vm, args| {
        let x = first(vm, args, "atanh")?;
        if x.is_finite() && x.abs() >= 1.0 || x.is_infinite() { domain(vm) } else { Ok(Value::float(libm::atanh(x))) }
    }),
    ("ceil", |vm, args| whole(vm, args, "ceil", Sym::new("__ceil__"), libm::ceil)),
    ("floor", |vm, args| whole(vm, args, "floor", Sym::new("__floor__"), libm::floor)),
    ("trunc", |vm, args| whole(vm, args, "trunc", Sym::new("__trunc__"), libm::trunc)),
    ("comb", comb),
    ("perm", perm),
    ("degrees", |vm, args| Ok(Value::float(first(vm, args, "degrees")? * (180.0 / std::f64::consts::PI)))),
    ("radians", |vm, args| Ok(Value::float(first(vm, args, "radians")? * (std::f64::consts::PI / 180.0)))),
    ("dist", dist),
    ("hypot", |vm, args| {
        let mut numbers = Vec::with_capacity(args.len());
        for value in args.pos {
            numbers.push(float(vm, value)?);
        }
        Ok(Value::float(norm(&numbers)))
    }),
    ("factorial", factorial),
    ("frexp", |vm, args| {
        let x = first(vm, args, "frexp")?;
        let (mantissa, exponent) = if x.is_finite() { libm::frexp(x) } else { (x, 0) };
        Ok(Value::tuple([Value::float(mantissa), Value::Int(exponent as i64)]))
    }),
    ("ldexp", |vm, args| {
        given(vm, args, "ldexp", 2, 2)?;
        let (x, n) = (float(vm, &args.pos[0])?, vm.expect_int(&args.pos[1])?);
        let result = libm::scalbn(x, n.clamp(-5000, 5000) as i32);
        if result.is_infinite() && x.is_finite() { range(vm) } else { Ok(Value::float(result)) }
    }),
    ("modf", |vm, args| {
        let x = first(vm, args, "modf")?;
        let (fraction, whole) = if x.is_infinite() { (0.0_f64.copysign(x), x) } else { libm::modf(x) };
        Ok(Value::tuple([Value::float(fraction), Value::float(whole)]))
    }),
    ("fsum", fsum),
    ("gamma", |vm, args| {
        let x = first(vm, args, "gamma")?;
        if x == f64::NEG_INFINITY || x <= 0.0 && x == libm::floor(x) {
            return domain(vm);
        }
        let result = libm::tgamma(x);
        if result.is_infinite() && x.is_finite() { range(vm) } else { Ok(Value::float(result)) }
    }),
    ("lgamma", |vm, args| {
        let x = first(vm, args, "lgamma")?;
        if x.is_finite() && x <= 0.0 && x == libm::floor(x) {
            return domain(vm);
        }
        Ok(Value::float(libm::lgamma(x)))
    }),
    ("gcd", |vm, args| {
        let mut result = BigInt::zero();
        for value in args.pos {
            result = result.gcd(&integer(vm, value)?);
        }
        Ok(Value::big(result))
    }),
    ("lcm", |vm, args| {
        let mut result = BigInt::one();
        for value in args.pos {
            result = result.lcm(&integer(vm, value)?);
        }
        Ok(Value::big(result.abs()))
    }),
    ("isclose", is_close),
    ("isfinite", |vm, args| Ok(Value::bool(first(vm, args, "isfinite")?.is_finite()))),
    ("isinf", |vm, args| Ok(Value::bool(first(vm, args, "isinf")?.is_infinite()))),
    ("isnan", |vm, args| Ok(Value::bool(first(vm, args, "isnan")?.is_nan()))),
    ("isqrt", |vm, args| {
        given(vm, args, "math.isqrt", 1, 1)?;
        let n = integer(vm, &args.pos[0])?;
        if n.is_negative() {
            return vm.value_error("isqrt() argument must be nonnegative");
        }
        Ok(Value::big(n.sqrt()))
    }),
    ("log", |vm, args| {
        given(vm, args, "log", 1, 2)?;
        let x = logarithm(vm, &args.pos[0], precise::log, std::f64::consts::LN_2)?;
        match args.pos.get(1) {
            None => Ok(Value::float(x)),
            Some(base) => {
                let base = logarithm(vm, base, precise::log, std::f64::consts::LN_2)?;
                if base == 0.0 {
                    return Err(vm.error(ErrorKind::ZeroDivision, "float division by zero"));
                }
                Ok(Value::float(x / base))
            }
        }
    }),
    ("log2", |vm, args| {
        given(vm, args, "math.log2", 1, 1)?;
        logarithm(vm, &args.pos[0], precise::log2, 1.0).map(Value::float)
    }),
    ("log10", |vm, args| {
        given(vm, args, "math.log10", 1, 1)?;
        logarithm(vm, &args.pos[0], precise::log10, std::f64::consts::LOG10_2).map(Value::float)
    }),
    ("log1p", |vm, args| {
        let x = first(vm, args, "log1p")?;
        if x <= -1.0 { domain(vm) } else { Ok(Value::float(libm::log1p(x))) }
    }),
    ("pow", |vm, args| {
        given(vm, args, "pow", 2, 2)?;
        let (x, y) = (float(vm, &args.pos[0])?, float(vm, &args.pos[1])?);
        let result = precise::pow(x, y);
        if x.is_finite() && y.is_finite() {
            if result.is_nan() || x == 0.0 && y < 0.0 {
                return domain(vm);
            }
            if result.is_infinite() {
                return range(vm);
            }
        }
        Ok(Value::float(result))
    }),
    ("prod", |vm, args| {
        let iterable = required(vm, args, 0, "iterable")?;
        let mut product = args.named("start").cloned().unwrap_or(Value::Int(1));
        for item in vm.collect(iterable)? {
            product = vm.binary_op(BinaryOp::Mul, &product, &item)?;
        }
        Ok(product)
    }),
    ("sumprod", |vm, args| {
        given(vm, args, "sumprod", 2, 2)?;
        let (p, q) = (vm.collect(&args.pos[0])?, vm.collect(&args.pos[1])?);
        if p.len() != q.len() {
            return vm.value_error("Inputs are not the same length");
        }
        let mut total = Value::Int(0);
        for (a, b) in p.iter().zip(&q) {
            let product = vm.binary_op(BinaryOp::Mul, a, b)?;
            total = vm.binary_op(BinaryOp::Add, &total, &product)?;
        }
        Ok(total)
    }),
    ("ulp", |vm, args| {
        let x = first(vm, args, "ulp")?.abs();
        if !x.is_finite() {
            return Ok(Value::float(x));
        }
        let above = libm::nextafter(x, f64::INFINITY);
        Ok(Value::float(if above.is_infinite() { x - libm::nextafter(x, 0.0) } else { above - x }))
    }),
];

/// Functions and constants.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(module, OF_ONE);
    add_functions(module, OTHERS);
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        module.dict.set_str(name, Value::float(value));
    }
}

fn domain<T>(vm: &mut Vm) -> R<T> {
    vm.value_error("math domain error")
}

fn range<T>(vm: &mut Vm) -> R<T> {
    Err(vm.error(ErrorKind::Overflow, "math range error"))
}

fn first(vm: &mut Vm, args: &Args, name: &str) -> R<f64> {
    given(vm, args, &format!("math.{name}"), 1, 1)?;
    float(vm, &args.pos[0])
}

fn one(vm: &mut Vm, args: &Args, name: &str, f: fn(f64) -> f64) -> R {
    let x = first(vm, args, name)?;
    let result = f(x);
    if result.is_nan() && !x.is_nan() {
        return domain(vm);
    }
    if result.is_infinite() && x.is_finite() {
        return range(vm);
    }
    Ok(Value::float(result))
}

fn two(vm: &mut Vm, args: &Args, name: &str, f: fn(f64, f64) -> f64) -> R {
    given(vm, args, name, 2, 2)?;
    let (x, y) = (float(vm, &args.pos[0])?, float(vm, &args.pos[1])?);
    let result = f(x, y);
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return domain(vm);
    }
    Ok(Value::float(result))
}

/// `floor`, `ceil`, `trunc`: to an integer, by the type's own method if it has one.
fn whole(vm: &mut Vm, args: &Args, name: &str, method: Sym, f: fn(f64) -> f64) -> R {
    given(vm, args, &format!("math.{name}"), 1, 1)?;
    let value = &args.pos[0];
    match value {
        Value::Int(_) | Value::Big(_) => return Ok(value.clone()),
        Value::Bool(b) => return Ok(Value::Int(*b as i64)),
        Value::Float(_) => {}
        _ => {
            if let Some(result) = vm.call_special(value, method, &[])? {
                return Ok(result);
            }
            if name == "trunc" {
                let what = vm.type_name(value);
                return vm.type_error(format!("type {what} doesn't define __trunc__ method"));
            }
        }
    }
    let x = f(float(vm, value)?);
    if x.is_nan() {
        return vm.value_error("cannot convert float NaN to integer");
    }
    match BigInt::from_f64(x) {
        Some(n) => Ok(Value::big(n)),
        None => Err(vm.error(ErrorKind::Overflow, "cannot convert float infinity to integer")),
    }
}

/// A logarithm, also of integers that are too large for a float.
fn logarithm(vm: &mut Vm, value: &Value, f: fn(f64) -> f64, of_two: f64) -> R<f64> {
    if let Value::Big(n) = value.core() {
        if n.sign() == Sign::Minus {
            return domain(vm);
        }
        let shift = n.bits().saturating_sub(64);
        let top = (&**n >> shift).to_f64().unwrap_or(f64::INFINITY);
        return Ok(f(top) + of_two * shift as f64);
    }
    let x = float(vm, value)?;
    if x <= 0.0 {
        return domain(vm);
    }
    Ok(f(x))
}

/// The Euclidean norm, scaled so that nothing overflows, with the squares' rounding errors carried along.
fn norm(numbers: &[f64]) -> f64 {
    if numbers.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    let max = numbers.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    if max == 0.0 || numbers.iter().any(|x| x.is_nan()) {
        return numbers.iter().fold(max, |m, x| m + if x.is_nan() { f64::NAN } else { 0.0 });
    }
    if let [x] = numbers {
        return x.abs();
    }
    // A power of two scales without rounding.
    let (_, exponent) = libm::frexp(max);
    let scale = libm::scalbn(1.0, -exponent);
    let mut squares = Vec::with_capacity(2 * numbers.len());
    for x in numbers {
        let x = x * scale;
        let square = x * x;
        squares.push(square);
        squares.push(libm::fma(x, x, -square));
    }
    let total = exact_sum(&squares);
    let root = libm::sqrt(total);
    // One step of Newton's method on the exact difference.
    let error = exact_sum(
        &squares.iter().copied().chain([-root * root, -libm::fma(root, root, -(root * root))]).collect::<Vec<_>>(),
    );
    (root + error / (2.0 * root)) / scale
}

fn dist(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "dist", 2, 2)?;
    let (p, q) = (vm.collect(&args.pos[0])?, vm.collect(&args.pos[1])?);
    if p.len() != q.len() {
        return vm.value_error("both points must have the same number of dimensions");
    }
    let mut differences = Vec::with_capacity(p.len());
    for (a, b) in p.iter().zip(&q) {
        differences.push(float(vm, a)? - float(vm, b)?);
    }
    Ok(Value::float(norm(&differences)))
}

fn fsum(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "math.fsum", 1, 1)?;
    let items = vm.collect(&args.pos[0])?;
    let mut numbers = Vec::with_capacity(items.len());
    for item in &items {
        numbers.push(float(vm, item)?);
    }
    if numbers.iter().any(|x| !x.is_finite()) {
        let (up, down) = (numbers.contains(&f64::INFINITY), numbers.contains(&f64::NEG_INFINITY));
        if up && down {
            return vm.value_error("-inf + inf in fsum");
        }
        return Ok(Value::float(numbers.iter().filter(|x| !x.is_finite()).sum()));
    }
    let sum = exact_sum(&numbers);
    if !sum.is_finite() {
        return Err(vm.error(ErrorKind::Overflow, "intermediate overflow in fsum"));
    }
    Ok(Value::float(sum))
}

/// The sum rounded once (Shewchuk's partial sums, as CPython has them).
fn exact_sum(numbers: &[f64]) -> f64 {
    let mut partials: Vec<f64> = Vec::new();
    for &number in numbers {
        let mut x = number;
        let mut kept = 0;
        for j in 0..partials.len() {
            let mut y = partials[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        partials.push(x);
    }
    let Some(mut high) = partials.pop() else { return 0.0 };
    let mut low = 0.0;
    while let Some(y) = partials.pop() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    // Half-even rounding across the remaining partial sums.
    if let Some(&next) = partials.last()
        && (low < 0.0 && next < 0.0 || low > 0.0 && next > 0.0)
    {
        let y = low * 2.0;
        let x = high + y;
        if y == x - high {
            high = x;
        }
    }
    high
}

fn is_close(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "isclose", 2, 2)?;
    let (a, b) = (float(vm, &args.pos[0])?, float(vm, &args.pos[1])?);
    let relative = match args.named("rel_tol") {
        Some(value) => float(vm, value)?,
        None => 1e-9,
    };
    let absolute = match args.named("abs_tol") {
        Some(value) => float(vm, value)?,
        None => 0.0,
    };
    if relative < 0.0 || absolute < 0.0 {
        return vm.value_error("tolerances must be non-negative");
    }
    if a == b {
        return Ok(Value::bool(true));
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Value::bool(false));
    }
    let difference = (b - a).abs();
    Ok(Value::bool(difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute))
}

fn factorial(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "math.factorial", 1, 1)?;
    let value = &args.pos[0];
    if let Value::Float(_) = value {
        return vm.type_error("'float' object cannot be interpreted as an integer");
    }
    let n = integer(vm, value)?;
    if n.is_negative() {
        return vm.value_error("factorial() not defined for negative values");
    }
    match n.to_u64().filter(|n| *n <= 100_000) {
        Some(n) => Ok(Value::big(product(1, n))),
        None => Err(vm.error(ErrorKind::Overflow, "factorial() argument should not exceed 100000 in the simulation")),
    }
}

/// The product of all integers from `low` to `high`, halving so that factors stay of like length.
fn product(low: u64, high: u64) -> BigInt {
    if low > high {
        return BigInt::one();
    }
    if high - low < 8 {
        return (low..=high).map(BigInt::from).product();
    }
    let middle = low + (high - low) / 2;
    product(low, middle) * product(middle + 1, high)
}

fn two_counts(vm: &mut Vm, args: &Args) -> R<(BigInt, BigInt)> {
    let n = integer(vm, &args.pos[0])?;
    let k = match args.pos.get(1) {
        Some(k) if !k.is_none() => integer(vm, k)?,
        _ => n.clone(),
    };
    if n.is_negative() {
        return vm.value_error("n must be a non-negative integer");
    }
    if k.is_negative() {
        return vm.value_error("k must be a non-negative integer");
    }
    Ok((n, k))
}

/// `n · (n − 1) · … ` with `k` factors.
fn falling(vm: &mut Vm, n: &BigInt, k: &BigInt) -> R<BigInt> {
    let Some(k) = k.to_u64().filter(|k| *k <= 1_000_000) else {
        return Err(vm.error(ErrorKind::Overflow, "min(n - k, k) must not exceed 1000000 in the simulation"));
    };
    let mut result = BigInt::one();
    for i in 0..k {
        result *= n - BigInt::from(i);
    }
    Ok(result)
}

fn perm(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "perm", 1, 2)?;
    let (n, k) = two_counts(vm, args)?;
    if k > n {
        return Ok(Value::Int(0));
    }
    falling(vm, &n, &k).map(Value::big)
}

fn comb(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "comb", 2, 2)?;
    let (n, k) = two_counts(vm, args)?;
    if k > n {
        return Ok(Value::Int(0));
    }
    let rest = &n - &k;
    let k = if rest < k { rest } else { k };
    let numerator = falling(vm, &n, &k)?;
    Ok(Value::big(numerator / product(1, k.to_u64().unwrap_or(0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_many_floats_is_rounded_once() {
        assert_eq!(exact_sum(&[0.1; 10]), 1.0);
        assert_eq!(exact_sum(&[1e100, 1.0, -1e100]), 1.0);
        assert_eq!(exact_sum(&[]), 0.0);
    }

    #[test]
    fn a_norm_neither_overflows_nor_loses_small_numbers() {
        assert_eq!(norm(&[3.0, 4.0]), 5.0);
        // As CPython: the two numbers are not exactly three and four of anything.
        assert_eq!(norm(&[3e200, 4e200]), 4.999_999_999_999_999_5e200);
        assert_eq!(norm(&[3e-200, 4e-200]), 5e-200);
        assert_eq!(norm(&[]), 0.0);
        assert!(norm(&[1.0, f64::NAN]).is_nan());
        assert_eq!(norm(&[f64::INFINITY, f64::NAN]), f64::INFINITY);
    }

    #[test]
    fn products_of_ranges_are_factorials() {
        assert_eq!(product(1, 20), BigInt::from(2_432_902_008_176_640_000_u64));
        assert_eq!(product(1, 0), BigInt::one());
    }
}
