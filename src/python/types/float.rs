//! `float`. Its text is in `float_text`, `complex` in `complex`.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::arguments::{arity, with_operators, wrong_receiver};
use super::float_text::{self, HexError};
use super::object::wrap;
use super::{Method, bytes, int, str, unicode};
use crate::python::code::BinaryOp;
use crate::python::function::{Args, NativeKind};
use crate::python::names;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};
use crate::python::vm::{as_float, float_divmod};

use NativeKind::{ClassMethod, Getter, Method as M, StaticMethod};

pub use super::complex::{METHODS as COMPLEX_METHODS, repr as complex_repr};
pub use super::float_text::repr;

fn is_float(value: &Value) -> bool {
    matches!(value, Value::Float(_))
}

fn is_real(value: &Value) -> bool {
    is_float(value) || int::is_int(value)
}

/// Methods of `float`.
pub const METHODS: &[Method] = with_operators!(
    "float", is_float, is_real,
    [
        Add "__add__" "__radd__", Sub "__sub__" "__rsub__", Mul "__mul__" "__rmul__",
        TrueDiv "__truediv__" "__rtruediv__", FloorDiv "__floordiv__" "__rfloordiv__", Mod "__mod__" "__rmod__",
    ],
    [Eq "__eq__", Ne "__ne__", Lt "__lt__", Le "__le__", Gt "__gt__", Ge "__ge__",],
    [
        ("float.__new__", StaticMethod, new),
        ("float.__pow__", M, |vm, args| match args.pos {
            [_, _, m] if !m.is_none() => {
                vm.type_error("pow() 3rd argument not allowed unless all arguments are integers")
            }
            [a, b, _] => {
                let args = [a.clone(), b.clone()];
                power(vm, &Args { pos: &args, names: &[], named: &[] }, "float.__pow__", false)
            }
            _ => power(vm, args, "float.__pow__", false),
        }),
        ("float.__rpow__", M, |vm, args| power(vm, args, "float.__rpow__", true)),
        ("float.__divmod__", M, |vm, args| divmod(vm, args, "float.__divmod__", false)),
        ("float.__rdivmod__", M, |vm, args| divmod(vm, args, "float.__rdivmod__", true)),
        ("float.__neg__", M, |vm, args| this(vm, args, "float.__neg__", 0).map(|f| Value::float(-f))),
        ("float.__pos__", M, |vm, args| this(vm, args, "float.__pos__", 0).map(Value::float)),
        ("float.__abs__", M, |vm, args| this(vm, args, "float.__abs__", 0).map(|f| Value::float(f.abs()))),
        ("float.__bool__", M, |vm, args| this(vm, args, "float.__bool__", 0).map(|f| Value::bool(f != 0.0))),
        ("float.__hash__", M, |vm, args| {
            let f = Value::float(this(vm, args, "float.__hash__", 0)?);
            vm.python_hash(&f).map(Value::Int)
        }),
        ("float.__repr__", M, |vm, args| this(vm, args, "float.__repr__", 0).map(|f| Value::string(repr(f)))),
        ("float.__format__", M, |vm, args| {
            this(vm, args, "float.__format__", 1)?;
            super::format::method(vm, args, "float.__format__")
        }),
        ("float.__float__", M, |vm, args| this(vm, args, "float.__float__", 0).map(Value::float)),
        ("float.__int__", M, |vm, args| {
            let f = this(vm, args, "float.__int__", 0)?;
            int::float_to_int(vm, f)
        }),
        ("float.__trunc__", M, |vm, args| {
            let f = this(vm, args, "float.__trunc__", 0)?;
            int::float_to_int(vm, f)
        }),
        ("float.__floor__", M, |vm, args| {
            let f = this(vm, args, "float.__floor__", 0)?;
            int::float_to_int(vm, libm::floor(f))
        }),
        ("float.__ceil__", M, |vm, args| {
            let f = this(vm, args, "float.__ceil__", 0)?;
            int::float_to_int(vm, libm::ceil(f))
        }),
        ("float.__round__", M, round),
        ("float.__getnewargs__", M, |vm, args| {
            this(vm, args, "float.__getnewargs__", 0).map(|f| Value::tuple([Value::float(f)]))
        }),
        ("float.is_integer", M, |vm, args| {
            this(vm, args, "float.is_integer", 0).map(|f| Value::bool(f.is_finite() && libm::trunc(f) == f))
        }),
        ("float.as_integer_ratio", M, |vm, args| {
            let f = this(vm, args, "float.as_integer_ratio", 0)?;
            if f.is_nan() {
                return vm.value_error("cannot convert NaN to integer ratio");
            }
            if f.is_infinite() {
                return Err(vm.error(ErrorKind::Overflow, "cannot convert Infinity to integer ratio"));
            }
            let (n, d) = float_text::ratio(f);
            Ok(Value::tuple([Value::big(n), Value::big(d)]))
        }),
        ("float.hex", M, |vm, args| this(vm, args, "float.hex", 0).map(|f| Value::string(float_text::hex(f)))),
        ("float.fromhex", ClassMethod, |vm, args| {
            arity(vm, args, "float.fromhex", 1, 1)?;
            let Some(text) = args.pos[1].as_str() else {
                return vm.type_error("bad argument type for built-in operation");
            };
            let f = match float_text::from_hex(text) {
                Ok(f) => Value::float(f),
                Err(HexError::Malformed) => return vm.value_error("invalid hexadecimal floating-point string"),
                Err(HexError::TooLarge) => {
                    let text = "hexadecimal value too large to represent as a float";
                    return Err(vm.error(ErrorKind::Overflow, text));
                }
            };
            match &args.pos[0] {
                Value::Class(class) if !std::rc::Rc::ptr_eq(class, &vm.types.float) => vm.call(&args.pos[0], &[f]),
                _ => Ok(f),
            }
        }),
        ("float.conjugate", M, |vm, args| this(vm, args, "float.conjugate", 0).map(Value::float)),
        ("float.real", Getter, |vm, args| this(vm, args, "float.real", 0).map(Value::float)),
        ("float.imag", Getter, |_, _| Ok(Value::float(0.0))),
    ]
);

fn this(vm: &Vm, args: &Args, qualname: &str, n_others: usize) -> R<f64> {
    match args.pos.first().map(Value::core) {
        Some(Value::Float(f)) => {
            arity(vm, args, qualname, n_others, n_others)?;
            Ok(f.get())
        }
        _ => wrong_receiver(vm, args, qualname),
    }
}

/// An integer as the nearest float; `None` beyond the largest.
pub fn big_to_float(n: &BigInt) -> Option<f64> {
    n.to_f64().filter(|f| f.is_finite())
}

fn power(vm: &mut Vm, args: &Args, qualname: &str, reflected: bool) -> R {
    super::arguments::binary(vm, args, BinaryOp::Pow, reflected, [is_float, is_real], qualname)
}

fn divmod(vm: &mut Vm, args: &Args, qualname: &str, reflected: bool) -> R {
    let a = this(vm, args, qualname, 1)?;
    if !is_real(args.pos[1].core()) {
        return Ok(Value::NotImplemented);
    }
    let Some(b) = as_float(&args.pos[1]) else {
        return Err(vm.error(ErrorKind::Overflow, "int too large to convert to float"));
    };
    let (a, b) = if reflected { (b, a) } else { (a, b) };
    if b == 0.0 {
        return Err(vm.error(ErrorKind::ZeroDivision, "float divmod()"));
    }
    let (q, r) = float_divmod(a, b);
    Ok(Value::tuple([Value::float(q), Value::float(r)]))
}

/// `float(x=0.0)`
fn new(vm: &mut Vm, args: &Args) -> R {
    let Some(class) = args.pos.first() else { return vm.type_error("float.__new__(): not enough arguments") };
    if !args.names.is_empty() {
        return vm.type_error("float() takes no keyword arguments");
    }
    let value = match &args.pos[1..] {
        [] => Value::float(0.0),
        [x] => Value::float(from_object(vm, x)?),
        more => return vm.type_error(format!("float expected at most 1 argument, got {}", more.len())),
    };
    Ok(wrap(vm, class, value))
}

fn from_object(vm: &mut Vm, x: &Value) -> R<f64> {
    if let Some(f) = vm.to_real(x)? {
        return Ok(f);
    }
    let (text, shown) = match x.core() {
        Value::Str(s) => (s.as_str().to_string(), str::repr(s.as_str())),
        _ => match bytes::content(x) {
            Some(b) => (b.iter().map(|b| *b as char).collect(), bytes::repr(&b)),
            None => {
                let name = vm.type_name(x);
                return vm.type_error(format!("float() argument must be a string or a real number, not '{name}'"));
            }
        },
    };
    // Digits of any script count.
    let plain: String = text
        .trim_matches(unicode::is_space)
        .chars()
        .map(|c| unicode::decimal(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c))
        .collect();
    match float_text::parse(&plain) {
        Some(f) => Ok(f),
        None => vm.value_error(format!("could not convert string to float: {shown}")),
    }
}

fn round(vm: &mut Vm, args: &Args) -> R {
    let Some(Value::Float(f)) = args.pos.first().map(Value::core) else {
        return wrong_receiver(vm, args, "float.__round__");
    };
    arity(vm, args, "float.__round__", 0, 1)?;
    let f = f.get();
    let places = match args.pos.get(1) {
        None | Some(Value::None) => return int::float_to_int(vm, libm::rint(f)),
        Some(places) => match vm.index(places, true)? {
            Some(places) => places,
            None => vm.expect_int(places)?,
        },
    };
    if !f.is_finite() {
        return Ok(Value::float(f));
    }
    let result = float_text::rounded(f, places);
    if result.is_infinite() {
        return Err(vm.error(ErrorKind::Overflow, "rounded value too large to represent"));
    }
    Ok(Value::float(result))
}

impl Vm {
    /// A number as a float, by `__float__` or `__index__`; `None` for what is no real number.
    pub fn to_real(&mut self, x: &Value) -> R<Option<f64>> {
        let too_large = |vm: &Vm| Err(vm.error(ErrorKind::Overflow, "int too large to convert to float"));
        match x {
            Value::Float(f) => return Ok(Some(f.get())),
            Value::Int(_) | Value::Bool(_) | Value::Big(_) => {
                return match as_float(x) {
                    Some(f) => Ok(Some(f)),
                    None => too_large(self),
                };
            }
            Value::Instance(_) | Value::Obj(_) => {}
            _ => return Ok(None),
        }
        if let Some(f) = self.call_special(x, names::FLOAT, &[])? {
            return match f.core() {
                Value::Float(f) => Ok(Some(f.get())),
                _ => {
                    let (class, name) = (self.type_name(x), self.type_name(&f));
                    self.type_error(format!("{class}.__float__ returned non-float (type {name})"))
                }
            };
        }
        match int::to_index(self, x)? {
            Some(n) => match as_float(&n) {
                Some(f) => Ok(Some(f)),
                None => too_large(self),
            },
            None => Ok(None),
        }
    }
}
