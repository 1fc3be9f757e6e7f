//! `complex`, and the operators of built-in objects that have no variant of their own.

use super::arguments::{arity, keywords, wrong_receiver};
use super::float_text::{self, Style};
use super::object::wrap;
use super::{Method, bytearray, unicode};
use crate::python::code::BinaryOp;
use crate::python::function::{Args, NativeKind};
use crate::python::name::Sym;
use crate::python::object::{Data, Obj};
use crate::python::value::Value;
use crate::python::vm::as_float;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{Getter, Method as M, StaticMethod};

macro_rules! operator {
    ($op:ident, $plain:literal, $reflected:literal) => {
        [
            ($plain, M, |vm, args| operate(vm, args, BinaryOp::$op, false, $plain)),
            ($reflected, M, |vm, args| operate(vm, args, BinaryOp::$op, true, $reflected)),
        ]
    };
}

const ADD: [Method; 2] = operator!(Add, "complex.__add__", "complex.__radd__");
const SUB: [Method; 2] = operator!(Sub, "complex.__sub__", "complex.__rsub__");
const MUL: [Method; 2] = operator!(Mul, "complex.__mul__", "complex.__rmul__");
const DIV: [Method; 2] = operator!(TrueDiv, "complex.__truediv__", "complex.__rtruediv__");
const POW: [Method; 2] = operator!(Pow, "complex.__pow__", "complex.__rpow__");

/// Methods of `complex`.
pub const METHODS: &[Method] = &[
    ADD[0],
    ADD[1],
    SUB[0],
    SUB[1],
    MUL[0],
    MUL[1],
    DIV[0],
    DIV[1],
    POW[0],
    POW[1],
    ("complex.__new__", StaticMethod, new),
    ("complex.real", Getter, |vm, args| this(vm, args, "complex.real").map(|(re, _)| Value::float(re))),
    ("complex.imag", Getter, |vm, args| this(vm, args, "complex.imag").map(|(_, im)| Value::float(im))),
    ("complex.conjugate", M, |vm, args| {
        let (re, im) = this(vm, args, "complex.conjugate")?;
        Ok(value(vm, re, -im))
    }),
    ("complex.__neg__", M, |vm, args| {
        let (re, im) = this(vm, args, "complex.__neg__")?;
        Ok(value(vm, -re, -im))
    }),
    ("complex.__pos__", M, |vm, args| {
        let (re, im) = this(vm, args, "complex.__pos__")?;
        Ok(value(vm, re, im))
    }),
    ("complex.__abs__", M, |vm, args| {
        let (re, im) = this(vm, args, "complex.__abs__")?;
        let size = libm::hypot(re, im);
        if size.is_infinite() && re.is_finite() && im.is_finite() {
            return Err(vm.error(ErrorKind::Overflow, "absolute value too large"));
        }
        Ok(Value::float(size))
    }),
    ("complex.__bool__", M, |vm, args| {
        this(vm, args, "complex.__bool__").map(|(re, im)| Value::bool(re != 0.0 || im != 0.0))
    }),
    ("complex.__complex__", M, |vm, args| {
        let (re, im) = this(vm, args, "complex.__complex__")?;
        Ok(value(vm, re, im))
    }),
    ("complex.__repr__", M, |vm, args| this(vm, args, "complex.__repr__").map(|(re, im)| Value::string(repr(re, im)))),
    ("complex.__format__", M, |vm, args| {
        this(vm, args, "complex.__format__")?;
        super::format::method(vm, args, "complex.__format__")
    }),
    ("complex.__hash__", M, |vm, args| {
        let (re, im) = this(vm, args, "complex.__hash__")?;
        let (re, im) = (vm.python_hash(&Value::float(re))?, vm.python_hash(&Value::float(im))?);
        let hash = re.wrapping_add(1_000_003_i64.wrapping_mul(im));
        Ok(Value::Int(if hash == -1 { -2 } else { hash }))
    }),
    ("complex.__eq__", M, |vm, args| equal(vm, args, "complex.__eq__", true)),
    ("complex.__ne__", M, |vm, args| equal(vm, args, "complex.__ne__", false)),
];

fn value(vm: &Vm, re: f64, im: f64) -> Value {
    Obj::value(&vm.types.complex, Data::Complex(re, im))
}

impl Vm {
    /// The value of `4j`.
    pub(in crate::python) fn imaginary(&self, imaginary: &Value) -> Value {
        value(self, 0.0, as_float(imaginary).unwrap_or(0.0))
    }
}

fn parts(value: &Value) -> Option<(f64, f64)> {
    match value.core() {
        Value::Obj(o) => match o.data {
            Data::Complex(re, im) => Some((re, im)),
            _ => None,
        },
        _ => None,
    }
}

fn this(vm: &Vm, args: &Args, qualname: &str) -> R<(f64, f64)> {
    match args.pos.first().and_then(parts) {
        Some(parts) => Ok(parts),
        None => wrong_receiver(vm, args, qualname),
    }
}

fn equal(vm: &mut Vm, args: &Args, qualname: &str, wanted: bool) -> R {
    let (re, im) = this(vm, args, qualname)?;
    arity(vm, args, qualname, 1, 1)?;
    let other = &args.pos[1];
    let equal = match parts(other) {
        Some(other) => (re, im) == other,
        None if super::int::is_int(other.core()) || matches!(other.core(), Value::Float(_)) => {
            im == 0.0 && vm.equal(&Value::float(re), other.core())?
        }
        None => return Ok(Value::NotImplemented),
    };
    Ok(Value::bool(equal == wanted))
}

fn operate(vm: &mut Vm, args: &Args, operator: BinaryOp, reflected: bool, qualname: &str) -> R {
    this(vm, args, qualname)?;
    let max = if operator == BinaryOp::Pow { 2 } else { 1 };
    arity(vm, args, qualname, 1, max)?;
    if args.pos.get(2).is_some_and(|m| !m.is_none()) {
        return vm.value_error("complex modulo");
    }
    let (a, b) = (args.pos[0].core(), args.pos[1].core());
    let (a, b) = if reflected { (b, a) } else { (a, b) };
    Ok(vm.object_binary(operator, a, b)?.unwrap_or(Value::NotImplemented))
}

/// `complex(real=0, imag=0)`
fn new(vm: &mut Vm, args: &Args) -> R {
    let Some(class) = args.pos.first() else { return vm.type_error("complex.__new__(): not enough arguments") };
    keywords(vm, args, "complex", &["real", "imag"])?;
    let (first, second) = (args.get(1, "real"), args.get(2, "imag"));
    if let Some(Value::Str(text)) = first.map(Value::core) {
        if second.is_some() {
            return vm.type_error("complex() can't take second arg if first is a string");
        }
        let Some((re, im)) = parse(text.as_str()) else {
            return vm.value_error("complex() arg is a malformed string");
        };
        return Ok(wrap(vm, class, value(vm, re, im)));
    }
    if matches!(second.map(Value::core), Some(Value::Str(_))) {
        return vm.type_error("complex() second arg can't be a string");
    }
    let mut sum = (0.0, 0.0);
    for (i, arg) in [first, second].into_iter().enumerate() {
        let Some(arg) = arg else { continue };
        let found = match parts(arg) {
            Some(found) => Some(found),
            None => match vm.call_special(arg, Sym::new("__complex__"), &[])? {
                Some(made) => parts(&made),
                None => vm.to_real(arg)?.map(|re| (re, 0.0)),
            },
        };
        let Some((re, im)) = found else {
            let name = vm.type_name(arg);
            return if i == 0 {
                vm.type_error(format!("complex() first argument must be a string or a number, not '{name}'"))
            } else {
                vm.type_error(format!("complex() second argument must be a number, not '{name}'"))
            };
        };
        // A zero keeps its sign.
        sum = if i == 0 { (re, im) } else { (sum.0 - im, if sum.1 == 0.0 { re } else { sum.1 + re }) };
    }
    Ok(wrap(vm, class, value(vm, sum.0, sum.1)))
}

/// A complex number as `complex()` reads it.
fn parse(text: &str) -> Option<(f64, f64)> {
    let text = text.trim_matches(unicode::is_space);
    let text = match text.strip_prefix('(') {
        Some(inner) => inner.strip_suffix(')')?.trim_matches(unicode::is_space),
        None => text,
    };
    let Some(body) = text.strip_suffix(['j', 'J']) else { return Some((float_text::parse(text)?, 0.0)) };
    let one = |text: &str| match text {
        "" | "+" => Some(1.0),
        "-" => Some(-1.0),
        _ => float_text::parse(text),
    };
    // The sign of the imaginary part is the last one that belongs to no exponent.
    let split = body
        .char_indices()
        .rev()
        .find(|(i, c)| *i > 0 && matches!(c, '+' | '-') && !matches!(body.as_bytes()[i - 1], b'e' | b'E'))
        .map(|(i, _)| i);
    match split {
        Some(i) => Some((float_text::parse(&body[..i])?, one(&body[i..])?)),
        None => Some((0.0, one(body)?)),
    }
}

/// `repr()` of a complex number.
pub fn repr(re: f64, im: f64) -> String {
    let text = |f: f64| {
        let sign = if f.is_sign_negative() && !f.is_nan() { "-" } else { "" };
        let body = match f {
            _ if f.is_nan() => "nan".into(),
            _ if f.is_infinite() => "inf".into(),
            _ => float_text::digits(f, Style::Shortest, false, false),
        };
        format!("{sign}{body}")
    };
    let imaginary = text(im);
    if re == 0.0 && !re.is_sign_negative() {
        return format!("{imaginary}j");
    }
    let plus = if imaginary.starts_with('-') { "" } else { "+" };
    format!("({}{plus}{imaginary}j)", text(re))
}

fn divide(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    // Scaled by the larger part of the divisor, against overflow (`Objects/complexobject.c`, `_Py_c_quot`).
    if b.0.abs() >= b.1.abs() {
        let ratio = b.1 / b.0;
        let denominator = b.0 + b.1 * ratio;
        ((a.0 + a.1 * ratio) / denominator, (a.1 - a.0 * ratio) / denominator)
    } else {
        let ratio = b.0 / b.1;
        let denominator = b.0 * ratio + b.1;
        ((a.0 * ratio + a.1) / denominator, (a.1 * ratio - a.0) / denominator)
    }
}

fn multiply(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// Small whole powers are products; others go through the logarithm.
fn power(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    if b == (0.0, 0.0) {
        return (1.0, 0.0);
    }
    if a == (0.0, 0.0) {
        return (0.0, 0.0);
    }
    if b.1 == 0.0 && b.0 == libm::floor(b.0) && b.0.abs() <= 100.0 {
        let mut result = (1.0, 0.0);
        let mut square = a;
        let mut n = b.0.abs() as u32;
        while n > 0 {
            if n & 1 == 1 {
                result = multiply(result, square);
            }
            square = multiply(square, square);
            n >>= 1;
        }
        return if b.0 < 0.0 { divide((1.0, 0.0), result) } else { result };
    }
    let size = libm::hypot(a.0, a.1);
    let angle = libm::atan2(a.1, a.0);
    let mut length = libm::pow(size, b.0);
    let mut phase = angle * b.0;
    if b.1 != 0.0 {
        length *= libm::exp(-angle * b.1);
        phase += b.1 * libm::log(size);
    }
    (length * libm::cos(phase), length * libm::sin(phase))
}

impl Vm {
    /// A negative float to a power that is not whole.
    pub(in crate::python) fn complex_pow(&mut self, x: f64, y: f64) -> R {
        let (re, im) = power((x, 0.0), (y, 0.0));
        Ok(value(self, re, im))
    }

    /// The operator on `complex` and `bytearray`; `None` when the types do not go together.
    pub(in crate::python) fn object_binary(&mut self, op: BinaryOp, a: &Value, b: &Value) -> R<Option<Value>> {
        if parts(a).is_none() && parts(b).is_none() {
            return bytearray::operate(self, op, a, b);
        }
        let mut operands = [(0.0, 0.0); 2];
        for (place, operand) in operands.iter_mut().zip([a, b]) {
            *place = match parts(operand) {
                Some(found) => found,
                None if super::int::is_int(operand) || matches!(operand, Value::Float(_)) => match as_float(operand) {
                    Some(re) => (re, 0.0),
                    None => return Err(self.error(ErrorKind::Overflow, "int too large to convert to float")),
                },
                None => return Ok(None),
            };
        }
        let [x, y] = operands;
        let (re, im) = match op {
            BinaryOp::Add => (x.0 + y.0, x.1 + y.1),
            BinaryOp::Sub => (x.0 - y.0, x.1 - y.1),
            BinaryOp::Mul => multiply(x, y),
            BinaryOp::TrueDiv if y == (0.0, 0.0) => {
                return Err(self.error(ErrorKind::ZeroDivision, "complex division by zero"));
            }
            BinaryOp::TrueDiv => divide(x, y),
            BinaryOp::Pow if x == (0.0, 0.0) && (y.1 != 0.0 || y.0 < 0.0) => {
                return Err(self.error(ErrorKind::ZeroDivision, "0.0 to a negative or complex power"));
            }
            BinaryOp::Pow => power(x, y),
            _ => return Ok(None),
        };
        if op == BinaryOp::Pow
            && (re.is_infinite() || im.is_infinite())
            && [x.0, x.1, y.0, y.1].iter().all(|f| f.is_finite())
        {
            return Err(self.error(ErrorKind::Overflow, "complex exponentiation"));
        }
        Ok(Some(value(self, re, im)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complex_numbers_are_written_and_read() {
        assert_eq!(repr(1.0, 2.0), "(1+2j)");
        assert_eq!(repr(0.0, -0.5), "-0.5j");
        assert_eq!(repr(-0.0, 1.0), "(-0+1j)");
        assert_eq!(repr(1e20, f64::NAN), "(1e+20+nanj)");
        assert_eq!(parse("1+2j"), Some((1.0, 2.0)));
        assert_eq!(parse(" (1e-5-j) "), Some((1e-5, -1.0)));
        assert_eq!(parse("2"), Some((2.0, 0.0)));
        assert_eq!([parse("x"), parse("1+2"), parse("1 + 2j"), parse("")], [None; 4]);
    }

    #[test]
    fn whole_powers_are_products() {
        assert_eq!(power((0.0, 1.0), (2.0, 0.0)), (-1.0, 0.0));
        assert_eq!(power((3.0, 4.0), (-1.0, 0.0)), (0.12, -0.16));
    }
}
