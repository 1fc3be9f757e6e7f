//! `bytes`, and what it shares with `bytearray`.

use std::rc::Rc;

use super::arguments::{arity, bounds, int_or, keywords, with_operators, wrong_receiver};
use super::object::wrap;
use super::{Method, bytearray, bytes_methods as shared, codec, int};
use crate::python::code::BinaryOp;
use crate::python::function::{Args, NativeKind};
use crate::python::names;
use crate::python::object::Data;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{ClassMethod, Method as M, StaticMethod};

pub use super::bytearray::METHODS as ARRAY_METHODS;

fn is_bytes(value: &Value) -> bool {
    matches!(value, Value::Bytes(_))
}

fn is_bytes_like(value: &Value) -> bool {
    content(value).is_some()
}

/// Methods that `bytes` and `bytearray` have in common, followed by others.
macro_rules! with_shared {
    ($class:literal, [$($rest:tt)*]) => {
        &[
            (concat!($class, ".find"), M, |vm, args| shared::find(vm, args, concat!($class, ".find"), false, false)),
            (concat!($class, ".rfind"), M, |vm, args| shared::find(vm, args, concat!($class, ".rfind"), true, false)),
            (concat!($class, ".index"), M, |vm, args| shared::find(vm, args, concat!($class, ".index"), false, true)),
            (concat!($class, ".rindex"), M, |vm, args| shared::find(vm, args, concat!($class, ".rindex"), true, true)),
            (concat!($class, ".count"), M, |vm, args| shared::count(vm, args, concat!($class, ".count"))),
            (concat!($class, ".startswith"), M, |vm, args| {
                shared::affix(vm, args, concat!($class, ".startswith"), |b, part| b.starts_with(part))
            }),
            (concat!($class, ".endswith"), M, |vm, args| {
                shared::affix(vm, args, concat!($class, ".endswith"), |b, part| b.ends_with(part))
            }),
            (concat!($class, ".removeprefix"), M, |vm, args| {
                shared::without(vm, args, concat!($class, ".removeprefix"), |b, part| b.strip_prefix(part))
            }),
            (concat!($class, ".removesuffix"), M, |vm, args| {
                shared::without(vm, args, concat!($class, ".removesuffix"), |b, part| b.strip_suffix(part))
            }),
            (concat!($class, ".replace"), M, |vm, args| shared::replace(vm, args, concat!($class, ".replace"))),
            (concat!($class, ".split"), M, |vm, args| shared::split(vm, args, concat!($class, ".split"), false)),
            (concat!($class, ".rsplit"), M, |vm, args| shared::split(vm, args, concat!($class, ".rsplit"), true)),
            (concat!($class, ".splitlines"), M, |vm, args| {
                shared::splitlines(vm, args, concat!($class, ".splitlines"))
            }),
            (concat!($class, ".partition"), M, |vm, args| {
                shared::partition(vm, args, concat!($class, ".partition"), false)
            }),
            (concat!($class, ".rpartition"), M, |vm, args| {
                shared::partition(vm, args, concat!($class, ".rpartition"), true)
            }),
            (concat!($class, ".strip"), M, |vm, args| {
                shared::strip(vm, args, concat!($class, ".strip"), true, true)
            }),
            (concat!($class, ".lstrip"), M, |vm, args| {
                shared::strip(vm, args, concat!($class, ".lstrip"), true, false)
            }),
            (concat!($class, ".rstrip"), M, |vm, args| {
                shared::strip(vm, args, concat!($class, ".rstrip"), false, true)
            }),
            (concat!($class, ".center"), M, |vm, args| {
                shared::justify(vm, args, concat!($class, ".center"), |free, width| free / 2 + (free & width & 1))
            }),
            (concat!($class, ".ljust"), M, |vm, args| {
                shared::justify(vm, args, concat!($class, ".ljust"), |_, _| 0)
            }),
            (concat!($class, ".rjust"), M, |vm, args| {
                shared::justify(vm, args, concat!($class, ".rjust"), |free, _| free)
            }),
            (concat!($class, ".zfill"), M, |vm, args| shared::zfill(vm, args, concat!($class, ".zfill"))),
            (concat!($class, ".join"), M, |vm, args| shared::join(vm, args, concat!($class, ".join"))),
            (concat!($class, ".translate"), M, |vm, args| {
                shared::translate(vm, args, concat!($class, ".translate"))
            }),
            (concat!($class, ".upper"), M, |vm, args| {
                shared::mapped(vm, args, concat!($class, ".upper"), |b| b.to_ascii_uppercase())
            }),
            (concat!($class, ".lower"), M, |vm, args| {
                shared::mapped(vm, args, concat!($class, ".lower"), |b| b.to_ascii_lowercase())
            }),
            (concat!($class, ".swapcase"), M, |vm, args| {
                shared::mapped(vm, args, concat!($class, ".swapcase"), shared::swapcase)
            }),
            (concat!($class, ".title"), M, |vm, args| {
                shared::mapped(vm, args, concat!($class, ".title"), shared::title)
            }),
            (concat!($class, ".capitalize"), M, |vm, args| {
                shared::mapped(vm, args, concat!($class, ".capitalize"), shared::capitalize)
            }),
            (concat!($class, ".isalpha"), M, |vm, args| {
                shared::all(vm, args, concat!($class, ".isalpha"), |b| b.is_ascii_alphabetic())
            }),
            (concat!($class, ".isalnum"), M, |vm, args| {
                shared::all(vm, args, concat!($class, ".isalnum"), |b| b.is_ascii_alphanumeric())
            }),
            (concat!($class, ".isdigit"), M, |vm, args| {
                shared::all(vm, args, concat!($class, ".isdigit"), |b| b.is_ascii_digit())
            }),
            (concat!($class, ".isspace"), M, |vm, args| {
                shared::all(vm, args, concat!($class, ".isspace"), shared::is_space)
            }),
            (concat!($class, ".islower"), M, |vm, args| {
                shared::holds(vm, args, concat!($class, ".islower"), |b| {
                    b.iter().any(u8::is_ascii_lowercase) && !b.iter().any(u8::is_ascii_uppercase)
                })
            }),
            (concat!($class, ".isupper"), M, |vm, args| {
                shared::holds(vm, args, concat!($class, ".isupper"), |b| {
                    b.iter().any(u8::is_ascii_uppercase) && !b.iter().any(u8::is_ascii_lowercase)
                })
            }),
            (concat!($class, ".isascii"), M, |vm, args| {
                shared::holds(vm, args, concat!($class, ".isascii"), |b| b.is_ascii())
            }),
            (concat!($class, ".decode"), M, |vm, args| {
                $crate::python::types::bytes::decode(vm, args, concat!($class, ".decode"))
            }),
            (concat!($class, ".hex"), M, |vm, args| shared::hex(vm, args, concat!($class, ".hex"))),
            (concat!($class, ".fromhex"), ClassMethod, |vm, args| shared::fromhex(vm, args, concat!($class, ".fromhex"))),
            (concat!($class, ".expandtabs"), M, |vm, args| {
                shared::expandtabs(vm, args, concat!($class, ".expandtabs"))
            }),
            $($rest)*
        ]
    };
}
pub(super) use with_shared;

const SHARED: &[Method] = with_shared!("bytes", []);

const OWN: &[Method] = with_operators!(
    "bytes", is_bytes, is_bytes_like,
    [],
    [Eq "__eq__", Ne "__ne__", Lt "__lt__", Le "__le__", Gt "__gt__", Ge "__ge__",],
    [
        ("bytes.__new__", StaticMethod, new),
        ("bytes.maketrans", StaticMethod, shared::maketrans),
        ("bytes.__add__", M, |vm, args| {
            let this = this(vm, args, "bytes.__add__")?;
            arity(vm, args, "bytes.__add__", 1, 1)?;
            Ok(match content(&args.pos[1]) {
                Some(other) => Value::bytes([&this[..], &other[..]].concat()),
                None => Value::NotImplemented,
            })
        }),
        ("bytes.__mul__", M, |vm, args| times(vm, args, "bytes.__mul__")),
        ("bytes.__rmul__", M, |vm, args| times(vm, args, "bytes.__rmul__")),
        ("bytes.__mod__", M, |vm, args| {
            let b = this(vm, args, "bytes.__mod__")?;
            arity(vm, args, "bytes.__mod__", 1, 1)?;
            vm.percent_bytes(&b, &args.pos[1]).map(Value::bytes)
        }),
        ("bytes.__rmod__", M, |_, _| Ok(Value::NotImplemented)),
        ("bytes.__repr__", M, |vm, args| Ok(Value::string(repr(&this(vm, args, "bytes.__repr__")?)))),
        ("bytes.__str__", M, |vm, args| Ok(Value::string(repr(&this(vm, args, "bytes.__str__")?)))),
        ("bytes.__bytes__", M, |vm, args| Ok(Value::Bytes(this(vm, args, "bytes.__bytes__")?))),
        ("bytes.__len__", M, |vm, args| Ok(Value::from(this(vm, args, "bytes.__len__")?.len()))),
        ("bytes.__hash__", M, |vm, args| {
            let b = Value::Bytes(this(vm, args, "bytes.__hash__")?);
            vm.python_hash(&b).map(Value::Int)
        }),
        ("bytes.__iter__", M, |vm, args| {
            let b = Value::Bytes(this(vm, args, "bytes.__iter__")?);
            vm.iter(&b)
        }),
        ("bytes.__getitem__", M, |vm, args| {
            let b = Value::Bytes(this(vm, args, "bytes.__getitem__")?);
            arity(vm, args, "bytes.__getitem__", 1, 1)?;
            vm.get_item(&b, &args.pos[1])
        }),
        ("bytes.__contains__", M, |vm, args| {
            let b = this(vm, args, "bytes.__contains__")?;
            arity(vm, args, "bytes.__contains__", 1, 1)?;
            contains(vm, &b, &args.pos[1]).map(Value::bool)
        }),
    ]
);

const ALL: [Method; SHARED.len() + OWN.len()] = joined(SHARED, OWN);

/// Methods of `bytes`.
pub const METHODS: &[Method] = &ALL;

/// Two tables as one.
pub(super) const fn joined<const N: usize>(a: &[Method], b: &[Method]) -> [Method; N] {
    let mut all = [a[0]; N];
    let mut i = 0;
    while i < N {
        all[i] = if i < a.len() { a[i] } else { b[i - a.len()] };
        i += 1;
    }
    all
}

/// The bytes in a bytes-like object.
pub fn content(value: &Value) -> Option<Rc<Vec<u8>>> {
    match value.core() {
        Value::Bytes(b) => Some(b.clone()),
        Value::Obj(o) => match &o.data {
            Data::ByteArray(b) => Some(Rc::new(b.borrow().clone())),
            _ => None,
        },
        _ => None,
    }
}

/// The bytes that a method is called on.
pub fn this(vm: &Vm, args: &Args, qualname: &str) -> R<Rc<Vec<u8>>> {
    let is_array = qualname.starts_with("bytearray.");
    match args.pos.first().and_then(|v| content(v).map(|b| (v, b))) {
        Some((v, b)) if is_bytes(v.core()) != is_array => Ok(b),
        _ => wrong_receiver(vm, args, qualname),
    }
}

/// A bytes-like argument.
pub fn argument(vm: &Vm, value: &Value) -> R<Rc<Vec<u8>>> {
    match content(value) {
        Some(b) => Ok(b),
        None => vm.type_error(format!("a bytes-like object is required, not '{}'", vm.type_name(value))),
    }
}

/// A byte or a run of bytes is in it.
pub fn contains(vm: &mut Vm, b: &[u8], item: &Value) -> R<bool> {
    if let Some(part) = content(item) {
        return Ok(shared::position(b, &part).is_some());
    }
    match vm.index(item, true)? {
        Some(n) => byte(vm, n).map(|n| b.contains(&n)),
        None => argument(vm, item).map(|_| false),
    }
}

/// An integer as a byte.
pub fn byte(vm: &Vm, n: i64) -> R<u8> {
    match u8::try_from(n) {
        Ok(b) => Ok(b),
        Err(_) => vm.value_error("byte must be in range(0, 256)"),
    }
}

fn times(vm: &mut Vm, args: &Args, qualname: &str) -> R {
    let b = Value::Bytes(this(vm, args, qualname)?);
    arity(vm, args, qualname, 1, 1)?;
    let Some(n) = int::to_index(vm, &args.pos[1])? else { return Ok(Value::NotImplemented) };
    Ok(vm.builtin_binary(BinaryOp::Mul, &b, &n)?.unwrap_or(Value::NotImplemented))
}

/// `decode(encoding='utf-8', errors='strict')`
pub fn decode(vm: &mut Vm, args: &Args, qualname: &str) -> R {
    let b = this(vm, args, qualname)?;
    keywords(vm, args, qualname, &["encoding", "errors"])?;
    let encoding = codec::name_argument(vm, args.get(1, "encoding"), "decode", "encoding", "utf-8")?;
    let errors = codec::name_argument(vm, args.get(2, "errors"), "decode", "errors", "strict")?;
    codec::decode(vm, &b, encoding, errors).map(Value::string)
}

fn new(vm: &mut Vm, args: &Args) -> R {
    let Some(class) = args.pos.first() else { return vm.type_error("bytes.__new__(): not enough arguments") };
    let made = from_arguments(vm, args, "bytes")?;
    Ok(wrap(vm, class, Value::bytes(made)))
}

/// The arguments of `bytes()` and `bytearray()`: source, encoding, errors.
pub fn from_arguments(vm: &mut Vm, args: &Args, class: &str) -> R<Vec<u8>> {
    keywords(vm, args, class, &["source", "encoding", "errors"])?;
    let (source, encoding, errors) = (args.get(1, "source"), args.get(2, "encoding"), args.get(3, "errors"));
    match source {
        Some(source) if matches!(source.core(), Value::Str(_)) => {
            if encoding.is_none() {
                return vm.type_error("string argument without an encoding");
            }
            let encoding = codec::name_argument(vm, encoding, class, "encoding", "utf-8")?;
            let errors = codec::name_argument(vm, errors, class, "errors", "strict")?;
            codec::encode(vm, source.as_str().unwrap_or(""), encoding, errors)
        }
        _ if encoding.is_some() => vm.type_error("encoding without a string argument"),
        _ if errors.is_some() => vm.type_error("errors without a string argument"),
        None => Ok(Vec::new()),
        Some(source) => {
            if matches!(source, Value::Instance(_))
                && let Some(made) = vm.call_special(source, names::BYTES, &[])?
            {
                return match content(&made) {
                    Some(b) => Ok(b.to_vec()),
                    None => {
                        let name = vm.type_name(&made);
                        vm.type_error(format!("__bytes__ returned non-bytes (type {name})"))
                    }
                };
            }
            if int::is_int(source.core())
                || matches!(source, Value::Instance(_)) && vm.lookup_special(source, names::INDEX).is_some()
            {
                let n = match vm.index(source, false) {
                    Err(stop) if vm.stops_with(&stop, ErrorKind::Index) => {
                        let text = "cannot fit 'int' into an index-sized integer";
                        return Err(vm.error(ErrorKind::Overflow, text));
                    }
                    n => n?.unwrap_or(0),
                };
                if n < 0 {
                    return vm.value_error("negative count");
                }
                if n > 1 << 28 {
                    return Err(vm.error_empty(ErrorKind::Memory));
                }
                return Ok(vec![0; n as usize]);
            }
            from_object(vm, source)
        }
    }
}

/// The bytes of a bytes-like object or an iterable of integers.
pub fn from_object(vm: &mut Vm, source: &Value) -> R<Vec<u8>> {
    if let Some(b) = content(source) {
        return Ok(b.to_vec());
    }
    if matches!(source, Value::Instance(_))
        && let Some(made) = vm.call_special(source, names::BYTES, &[])?
        && let Some(b) = content(&made)
    {
        return Ok(b.to_vec());
    }
    let refused = matches!(source.core(), Value::Str(_) | Value::None | Value::Float(_)) || int::is_int(source.core());
    let iterable = !refused
        && (matches!(source, Value::Iter(_) | Value::Gen(_))
            || matches!(
                source.core(),
                Value::List(_) | Value::Tuple(_) | Value::Range(_) | Value::Dict(_) | Value::Set(_)
            )
            || vm.lookup_special(source, names::ITER).is_some()
            || vm.lookup_special(source, names::GETITEM).is_some());
    if !iterable {
        let name = vm.type_name(source);
        return vm.type_error(format!("cannot convert '{name}' object to bytes"));
    }
    items(vm, source, "bytes must be in range(0, 256)")
}

/// An iterable of integers as bytes.
pub fn items(vm: &mut Vm, source: &Value, out_of_range: &str) -> R<Vec<u8>> {
    let items = vm.collect(source)?;
    let mut out = Vec::with_capacity(items.len());
    for item in &items {
        let n = match item.core() {
            Value::Big(_) => -1,
            _ => vm.expect_int(item)?,
        };
        match u8::try_from(n) {
            Ok(b) => out.push(b),
            Err(_) => return vm.value_error(out_of_range),
        }
    }
    Ok(out)
}

/// A part of the bytes to look at; `None` where the start is beyond the end.
pub fn window<'b>(vm: &mut Vm, args: &Args, b: &'b [u8]) -> R<Option<(usize, &'b [u8])>> {
    let (start, end) = bounds(vm, args.pos.get(2), args.pos.get(3), b.len())?;
    Ok(if start > end { None } else { Some((start, &b[start..end])) })
}

/// The optional number of an argument, −1 when absent.
pub fn limit(vm: &mut Vm, value: Option<&Value>) -> R<usize> {
    let n = int_or(vm, value, -1)?;
    Ok(if n < 0 { usize::MAX } else { n as usize })
}

/// The result of a method, of the type of its receiver.
pub fn same(vm: &Vm, qualname: &str, b: Vec<u8>) -> Value {
    if qualname.starts_with("bytearray.") { bytearray::value(vm, b) } else { Value::bytes(b) }
}

/// `repr()` of bytes.
pub fn repr(b: &[u8]) -> String {
    let quote = if b.contains(&b'\'') && !b.contains(&b'"') { '"' } else { '\'' };
    let mut out = String::with_capacity(b.len() + 3);
    out.push('b');
    out.push(quote);
    for byte in b {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b if *b as char == quote => {
                out.push('\\');
                out.push(quote);
            }
            0x20..=0x7e => out.push(*byte as char),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_of_bytes_escapes_what_is_not_printable_ascii() {
        assert_eq!(repr(b"a'b\n\x00\xff\\"), r#"b"a'b\n\x00\xff\\""#);
        assert_eq!(repr(b"'\""), r#"b'\'"'"#);
        assert_eq!(repr(b""), "b''");
    }

    #[test]
    fn tables_are_joined_in_order() {
        assert_eq!((METHODS[0].0, METHODS[SHARED.len()].0), ("bytes.find", "bytes.__eq__"));
        assert!(METHODS.iter().all(|m| m.0.starts_with("bytes.")));
    }
}
