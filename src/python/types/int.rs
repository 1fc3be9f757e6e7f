//! `int` and `bool`.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::arguments::{arity, binary, int_or, keywords, with_operators, wrong_receiver};
use super::object::wrap;
use super::{Method, bytes, float, float_text, int_text};
use crate::python::code::{BinaryOp, UnaryOp};
use crate::python::function::{Args, NativeKind};
use crate::python::names;
use crate::python::value::Value;
use crate::python::vm::as_big;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{ClassMethod, Getter, Method as M, StaticMethod};

/// The value is a plain integer or truth value.
pub fn is_int(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Bool(_) | Value::Big(_))
}

/// Methods of `int`.
pub const METHODS: &[Method] = with_operators!(
    "int", is_int, is_int,
    [
        Add "__add__" "__radd__", Sub "__sub__" "__rsub__", Mul "__mul__" "__rmul__",
        TrueDiv "__truediv__" "__rtruediv__", FloorDiv "__floordiv__" "__rfloordiv__", Mod "__mod__" "__rmod__",
        LShift "__lshift__" "__rlshift__", RShift "__rshift__" "__rrshift__", And "__and__" "__rand__",
        Or "__or__" "__ror__", Xor "__xor__" "__rxor__",
    ],
    [Eq "__eq__", Ne "__ne__", Lt "__lt__", Le "__le__", Gt "__gt__", Ge "__ge__",],
    [
        ("int.__new__", StaticMethod, new),
        ("int.__pow__", M, |vm, args| match args.pos {
            [a, b, m] if !m.is_none() => pow_mod(vm, a, b, m),
            [a, b, _] => {
                let args = [a.clone(), b.clone()];
                let args = Args { pos: &args, names: &[], named: &[] };
                binary(vm, &args, BinaryOp::Pow, false, [is_int, is_int], "int.__pow__")
            }
            _ => binary(vm, args, BinaryOp::Pow, false, [is_int, is_int], "int.__pow__"),
        }),
        ("int.__rpow__", M, |vm, args| binary(vm, args, BinaryOp::Pow, true, [is_int, is_int], "int.__rpow__")),
        ("int.__divmod__", M, |vm, args| divmod(vm, args, "int.__divmod__", false)),
        ("int.__rdivmod__", M, |vm, args| divmod(vm, args, "int.__rdivmod__", true)),
        ("int.__neg__", M, |vm, args| unary(vm, args, "int.__neg__", UnaryOp::Neg)),
        ("int.__pos__", M, |vm, args| unary(vm, args, "int.__pos__", UnaryOp::Pos)),
        ("int.__invert__", M, |vm, args| unary(vm, args, "int.__invert__", UnaryOp::Invert)),
        ("int.__abs__", M, |vm, args| this(vm, args, "int.__abs__", 0).map(|n| Value::big(n.abs()))),
        ("int.__bool__", M, |vm, args| this(vm, args, "int.__bool__", 0).map(|n| Value::bool(!n.is_zero()))),
        ("int.__hash__", M, |vm, args| {
            let n = Value::big(this(vm, args, "int.__hash__", 0)?);
            vm.python_hash(&n).map(Value::Int)
        }),
        ("int.__repr__", M, |vm, args| {
            let n = this(vm, args, "int.__repr__", 0)?;
            int_text::decimal(vm, &n).map(Value::string)
        }),
        ("int.__format__", M, |vm, args| {
            this(vm, args, "int.__format__", 1)?;
            super::format::method(vm, args, "int.__format__")
        }),
        ("int.__int__", M, |vm, args| this(vm, args, "int.__int__", 0).map(Value::big)),
        ("int.__index__", M, |vm, args| this(vm, args, "int.__index__", 0).map(Value::big)),
        ("int.__trunc__", M, |vm, args| this(vm, args, "int.__trunc__", 0).map(Value::big)),
        ("int.__floor__", M, |vm, args| this(vm, args, "int.__floor__", 0).map(Value::big)),
        ("int.__ceil__", M, |vm, args| this(vm, args, "int.__ceil__", 0).map(Value::big)),
        ("int.__float__", M, |vm, args| {
            let n = this(vm, args, "int.__float__", 0)?;
            match float::big_to_float(&n) {
                Some(f) => Ok(Value::float(f)),
                None => Err(vm.error(ErrorKind::Overflow, "int too large to convert to float")),
            }
        }),
        ("int.__round__", M, round),
        ("int.__getnewargs__", M, |vm, args| {
            this(vm, args, "int.__getnewargs__", 0).map(|n| Value::tuple([Value::big(n)]))
        }),
        ("int.bit_length", M, |vm, args| this(vm, args, "int.bit_length", 0).map(|n| Value::Int(n.bits() as i64))),
        ("int.bit_count", M, |vm, args| {
            this(vm, args, "int.bit_count", 0).map(|n| Value::Int(n.magnitude().count_ones() as i64))
        }),
        ("int.as_integer_ratio", M, |vm, args| {
            this(vm, args, "int.as_integer_ratio", 0).map(|n| Value::tuple([Value::big(n), Value::Int(1)]))
        }),
        ("int.conjugate", M, |vm, args| this(vm, args, "int.conjugate", 0).map(Value::big)),
        ("int.to_bytes", M, to_bytes),
        ("int.from_bytes", ClassMethod, from_bytes),
        ("int.real", Getter, |vm, args| this(vm, args, "int.real", 0).map(Value::big)),
        ("int.numerator", Getter, |vm, args| this(vm, args, "int.numerator", 0).map(Value::big)),
        ("int.imag", Getter, |_, _| Ok(Value::Int(0))),
        ("int.denominator", Getter, |_, _| Ok(Value::Int(1))),
    ]
);

/// What `int` has from 3.12 on.
pub const METHODS_3_12: &[Method] =
    &[("int.is_integer", M, |vm, args| this(vm, args, "int.is_integer", 0).map(|_| Value::bool(true)))];

/// Methods of `bool`; the others are those of `int`.
pub const BOOL_METHODS: &[Method] = &[
    ("bool.__new__", StaticMethod, |vm, args| {
        if !args.names.is_empty() {
            return vm.type_error("bool() takes no keyword arguments");
        }
        match args.pos {
            [_] => Ok(Value::bool(false)),
            [_, value] => vm.truth(value).map(Value::bool),
            _ => vm.type_error(format!("bool expected at most 1 argument, got {}", args.pos.len().saturating_sub(1))),
        }
    }),
    ("bool.__repr__", M, |vm, args| match args.pos.first() {
        Some(Value::Bool(b)) => Ok(Value::str(if b.get() { "True" } else { "False" })),
        _ => wrong_receiver(vm, args, "bool.__repr__"),
    }),
];

/// The receiver, with so many other arguments.
fn this(vm: &Vm, args: &Args, qualname: &str, n_others: usize) -> R<BigInt> {
    let Some(n) = args.pos.first().and_then(as_big) else { return wrong_receiver(vm, args, qualname) };
    arity(vm, args, qualname, n_others, n_others)?;
    Ok(n)
}

fn unary(vm: &mut Vm, args: &Args, qualname: &str, operator: UnaryOp) -> R {
    let n = Value::big(this(vm, args, qualname, 0)?);
    vm.unary_op(operator, &n)
}

fn divmod(vm: &mut Vm, args: &Args, qualname: &str, reflected: bool) -> R {
    let a = this(vm, args, qualname, 1)?;
    if !is_int(args.pos[1].core()) {
        return Ok(Value::NotImplemented);
    }
    let b = as_big(&args.pos[1]).unwrap_or_default();
    let (a, b) = if reflected { (b, a) } else { (a, b) };
    if b.is_zero() {
        return Err(vm.error(ErrorKind::ZeroDivision, "integer division or modulo by zero"));
    }
    let (q, r) = a.div_mod_floor(&b);
    Ok(Value::tuple([Value::big(q), Value::big(r)]))
}

/// `int(x=0, base=10)`
fn new(vm: &mut Vm, args: &Args) -> R {
    let Some(class) = args.pos.first() else { return vm.type_error("int.__new__(): not enough arguments") };
    if args.pos.len() + args.names.len() > 3 {
        let n = args.pos.len() + args.names.len() - 1;
        return vm.type_error(format!("int() takes at most 2 arguments ({n} given)"));
    }
    if let Some(name) = args.names.iter().map(|n| n.text()).find(|n| &**n != "base") {
        return vm.type_error(format!("'{name}' is an invalid keyword argument for int()"));
    }
    let (x, base) = (args.pos.get(1), args.get(2, "base"));
    let value = match (x, base) {
        (None, None) => Value::Int(0),
        (None, Some(_)) => return vm.type_error("int() missing string argument"),
        (Some(x), None) => from_object(vm, x)?,
        (Some(x), Some(base)) => {
            let base = vm.expect_int(base)?;
            if base != 0 && !(2..=36).contains(&base) {
                return vm.value_error("int() base must be >= 2 and <= 36, or 0");
            }
            match int_text::read(vm, x, base as u32)? {
                Some(n) => n,
                None => return vm.type_error("int() can't convert non-string with explicit base"),
            }
        }
    };
    Ok(wrap(vm, class, value))
}

fn from_object(vm: &mut Vm, x: &Value) -> R {
    if let Some(n) = to_int(vm, x)? {
        return Ok(n);
    }
    match int_text::read(vm, x, 10)? {
        Some(n) => Ok(n),
        None => {
            let name = vm.type_name(x);
            vm.type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{name}'"
            ))
        }
    }
}

/// A number as an `int`, by `__int__`, `__index__` or `__trunc__`; `None` for what is no number.
pub fn to_int(vm: &mut Vm, x: &Value) -> R<Option<Value>> {
    match x {
        Value::Int(_) | Value::Big(_) => return Ok(Some(x.clone())),
        Value::Bool(b) => return Ok(Some(Value::Int(*b as i64))),
        Value::Float(f) => return float_to_int(vm, f.get()).map(Some),
        Value::Instance(_) | Value::Obj(_) => {}
        _ => return Ok(None),
    }
    if let Some(n) = vm.call_special(x, names::INT, &[])? {
        if is_int(n.core()) {
            return Ok(Some(plain(&n)));
        }
        let name = vm.type_name(&n);
        return vm.type_error(format!("__int__ returned non-int (type {name})"));
    }
    if let Some(n) = to_index(vm, x)? {
        return Ok(Some(n));
    }
    if let Some(n) = vm.call_special(x, names::TRUNC, &[])? {
        if is_int(n.core()) {
            return Ok(Some(plain(&n)));
        }
        if let Some(n) = to_index(vm, &n)? {
            return Ok(Some(n));
        }
        let name = vm.type_name(&n);
        return vm.type_error(format!("__trunc__ returned non-Integral (type {name})"));
    }
    Ok(None)
}

/// An integer by `__index__`, of any length.
pub fn to_index(vm: &mut Vm, x: &Value) -> R<Option<Value>> {
    if is_int(x.core()) {
        return Ok(Some(plain(x)));
    }
    if !matches!(x, Value::Instance(_)) {
        return Ok(None);
    }
    match vm.call_special(x, names::INDEX, &[])? {
        Some(n) if is_int(n.core()) => Ok(Some(plain(&n))),
        Some(n) => {
            let name = vm.type_name(&n);
            vm.type_error(format!("__index__ returned non-int (type {name})"))
        }
        None => Ok(None),
    }
}

fn plain(value: &Value) -> Value {
    match value.core() {
        Value::Bool(b) => Value::Int(*b as i64),
        other => other.clone(),
    }
}

/// The whole part of a float.
pub fn float_to_int(vm: &Vm, f: f64) -> R {
    if f.is_nan() {
        return vm.value_error("cannot convert float NaN to integer");
    }
    if f.is_infinite() {
        return Err(vm.error(ErrorKind::Overflow, "cannot convert float infinity to integer"));
    }
    Ok(Value::big(float_text::truncated(f)))
}

fn round(vm: &mut Vm, args: &Args) -> R {
    let Some(n) = args.pos.first().and_then(as_big) else { return wrong_receiver(vm, args, "int.__round__") };
    arity(vm, args, "int.__round__", 0, 1)?;
    let places = match args.pos.get(1) {
        None | Some(Value::None) => 0,
        Some(places) => match vm.index(places, true)? {
            Some(places) => places,
            None => vm.expect_int(places)?,
        },
    };
    if places >= 0 {
        return Ok(Value::big(n));
    }
    // Beyond the number's own digits everything rounds to zero.
    if places.unsigned_abs() > n.bits() / 3 + 2 {
        return Ok(Value::Int(0));
    }
    let unit = BigInt::from(10).pow(places.unsigned_abs() as u32);
    let (quotient, rest) = n.div_mod_floor(&unit);
    let twice = rest * 2;
    let up = twice > unit || twice == unit && quotient.is_odd();
    Ok(Value::big((if up { quotient + 1 } else { quotient }) * unit))
}

fn byte_order(vm: &Vm, value: Option<&Value>, function: &str) -> R<bool> {
    match value {
        None => Ok(true),
        Some(value) => match value.as_str() {
            Some("big") => Ok(true),
            Some("little") => Ok(false),
            Some(_) => vm.value_error("byteorder must be either 'little' or 'big'"),
            None => {
                let name = vm.type_name(value);
                vm.type_error(format!("{function}() argument 'byteorder' must be str, not {name}"))
            }
        },
    }
}

fn to_bytes(vm: &mut Vm, args: &Args) -> R {
    let Some(n) = args.pos.first().and_then(as_big) else { return wrong_receiver(vm, args, "int.to_bytes") };
    if args.pos.len() > 3 {
        let n = args.pos.len() - 1;
        return vm.type_error(format!("to_bytes() takes at most 2 positional arguments ({n} given)"));
    }
    keywords(vm, args, "int.to_bytes", &["length", "byteorder", "signed"])?;
    let length = int_or(vm, args.get(1, "length"), 1)?;
    let big = byte_order(vm, args.get(2, "byteorder"), "to_bytes")?;
    let signed = match args.named("signed") {
        Some(signed) => vm.truth(signed)?,
        None => false,
    };
    if length < 0 {
        return vm.value_error("length argument must be non-negative");
    }
    let length = length as usize;
    if n.is_negative() && !signed {
        return Err(vm.error(ErrorKind::Overflow, "can't convert negative int to unsigned"));
    }
    let mut bytes = if signed { n.to_signed_bytes_le() } else { n.magnitude().to_bytes_le() };
    if n.is_zero() {
        bytes.clear();
    }
    if bytes.len() > length {
        return Err(vm.error(ErrorKind::Overflow, "int too big to convert"));
    }
    bytes.resize(length, if n.is_negative() { 0xff } else { 0 });
    if big {
        bytes.reverse();
    }
    Ok(Value::bytes(bytes))
}

fn from_bytes(vm: &mut Vm, args: &Args) -> R {
    keywords(vm, args, "int.from_bytes", &["bytes", "byteorder", "signed"])?;
    let Some(source) = args.get(1, "bytes") else {
        return vm.type_error("from_bytes() missing required argument 'bytes' (pos 1)");
    };
    let big = byte_order(vm, args.get(2, "byteorder"), "from_bytes")?;
    let signed = match args.named("signed") {
        Some(signed) => vm.truth(signed)?,
        None => false,
    };
    let bytes = bytes::from_object(vm, source)?;
    let n = match (signed, big) {
        (true, true) => BigInt::from_signed_bytes_be(&bytes),
        (true, false) => BigInt::from_signed_bytes_le(&bytes),
        (false, true) => BigInt::from_bytes_be(Sign::Plus, &bytes),
        (false, false) => BigInt::from_bytes_le(Sign::Plus, &bytes),
    };
    let n = Value::big(n);
    match &args.pos[0] {
        Value::Class(class) if !std::rc::Rc::ptr_eq(class, &vm.types.int) => vm.call(&args.pos[0], &[n]),
        _ => Ok(n),
    }
}

/// `pow(a, b, m)`
pub fn pow_mod(vm: &mut Vm, a: &Value, b: &Value, m: &Value) -> R {
    let (Some(a), Some(b), Some(m)) = (as_big(a), as_big(b), as_big(m)) else {
        return vm.type_error("pow() 3rd argument not allowed unless all arguments are integers");
    };
    if m.is_zero() {
        return vm.value_error("pow() 3rd argument cannot be 0");
    }
    let modulus = m.abs();
    let (base, exponent) = if b.is_negative() {
        let found = a.mod_floor(&modulus).extended_gcd(&modulus);
        if !found.gcd.is_one() {
            return vm.value_error("base is not invertible for the given modulus");
        }
        (found.x.mod_floor(&modulus), -b)
    } else {
        (a.mod_floor(&modulus), b)
    };
    Ok(Value::big(base.modpow(&exponent, &modulus).mod_floor(&m)))
}
