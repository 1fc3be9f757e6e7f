//! `bytearray`: what changes it; the rest is shared with `bytes`.

use std::cell::RefCell;
use std::rc::Rc;

use super::arguments::{arity, with_operators, wrong_receiver};
use super::bytes::{self, byte, content, joined, with_shared};
use super::object::wrap;
use super::{Method, bytes_methods as shared, int};
use crate::python::code::BinaryOp;
use crate::python::function::{Args, NativeKind};
use crate::python::names;
use crate::python::object::{Data, Obj};
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{ClassMethod, Method as M, StaticMethod};

fn is_array(value: &Value) -> bool {
    matches!(value, Value::Obj(o) if matches!(o.data, Data::ByteArray(_)))
}

fn is_bytes_like(value: &Value) -> bool {
    matches!(value, Value::Bytes(_)) || is_array(value)
}

const SHARED: &[Method] = with_shared!("bytearray", []);

const OWN: &[Method] = with_operators!(
    "bytearray", is_array, is_bytes_like,
    [],
    [Eq "__eq__", Ne "__ne__", Lt "__lt__", Le "__le__", Gt "__gt__", Ge "__ge__",],
    [
        ("bytearray.__new__", StaticMethod, |vm, args| {
            let Some(class) = args.pos.first() else {
                return vm.type_error("bytearray.__new__(): not enough arguments");
            };
            let made = value(vm, Vec::new());
            Ok(wrap(vm, class, made))
        }),
        ("bytearray.__init__", M, |vm, args| {
            let bytes = bytes::from_arguments(vm, args, "bytearray")?;
            if let Value::Obj(o) = args.pos[0].core()
                && let Data::ByteArray(own) = &o.data
            {
                *own.borrow_mut() = bytes;
            }
            Ok(Value::None)
        }),
        ("bytearray.maketrans", StaticMethod, shared::maketrans),
        ("bytearray.__repr__", M, |vm, args| {
            let b = bytes::this(vm, args, "bytearray.__repr__")?;
            let class = vm.class_of(&args.pos[0]).name();
            Ok(Value::string(format!("{class}({})", bytes::repr(&b))))
        }),
        ("bytearray.__str__", M, |vm, args| {
            let b = bytes::this(vm, args, "bytearray.__str__")?;
            let class = vm.class_of(&args.pos[0]).name();
            Ok(Value::string(format!("{class}({})", bytes::repr(&b))))
        }),
        ("bytearray.__len__", M, |vm, args| with(vm, args, "bytearray.__len__", 0, 0, |b| Value::from(b.len()))),
        ("bytearray.__iter__", M, |vm, args| {
            let b = Value::Bytes(bytes::this(vm, args, "bytearray.__iter__")?);
            vm.iter(&b)
        }),
        ("bytearray.__contains__", M, |vm, args| {
            let b = bytes::this(vm, args, "bytearray.__contains__")?;
            arity(vm, args, "bytearray.__contains__", 1, 1)?;
            bytes::contains(vm, &b, &args.pos[1]).map(Value::bool)
        }),
        ("bytearray.__getitem__", M, get_item),
        ("bytearray.__setitem__", M, set_item),
        ("bytearray.__delitem__", M, delete_item),
        ("bytearray.__add__", M, |vm, args| operator(vm, args, "bytearray.__add__", BinaryOp::Add)),
        ("bytearray.__mul__", M, |vm, args| operator(vm, args, "bytearray.__mul__", BinaryOp::Mul)),
        ("bytearray.__rmul__", M, |vm, args| operator(vm, args, "bytearray.__rmul__", BinaryOp::Mul)),
        ("bytearray.__iadd__", M, |vm, args| {
            let array = array(vm, args, "bytearray.__iadd__")?;
            arity(vm, args, "bytearray.__iadd__", 1, 1)?;
            let Some(other) = content(&args.pos[1]) else {
                let name = vm.type_name(&args.pos[1]);
                return vm.type_error(format!("can't concat {name} to bytearray"));
            };
            cells(&array).borrow_mut().extend_from_slice(&other);
            Ok(args.pos[0].clone())
        }),
        ("bytearray.__imul__", M, |vm, args| {
            let array = array(vm, args, "bytearray.__imul__")?;
            arity(vm, args, "bytearray.__imul__", 1, 1)?;
            let n = vm.expect_int(&args.pos[1])?.max(0) as usize;
            let made = repeated(vm, &cells(&array).borrow(), n)?;
            *cells(&array).borrow_mut() = made;
            Ok(args.pos[0].clone())
        }),
        ("bytearray.append", M, |vm, args| {
            let array = array(vm, args, "bytearray.append")?;
            arity(vm, args, "bytearray.append", 1, 1)?;
            let n = vm.expect_int(&args.pos[1])?;
            let b = byte(vm, n)?;
            cells(&array).borrow_mut().push(b);
            Ok(Value::None)
        }),
        ("bytearray.extend", M, |vm, args| {
            let array = array(vm, args, "bytearray.extend")?;
            arity(vm, args, "bytearray.extend", 1, 1)?;
            let more = match content(&args.pos[1]) {
                Some(more) => more.to_vec(),
                None => {
                    if int::is_int(&args.pos[1]) || matches!(args.pos[1], Value::None | Value::Float(_)) {
                        let name = vm.type_name(&args.pos[1]);
                        return vm.type_error(format!("can't extend bytearray with {name}"));
                    }
                    bytes::items(vm, &args.pos[1], "byte must be in range(0, 256)")?
                }
            };
            cells(&array).borrow_mut().extend(more);
            Ok(Value::None)
        }),
        ("bytearray.insert", M, |vm, args| {
            let array = array(vm, args, "bytearray.insert")?;
            arity(vm, args, "bytearray.insert", 2, 2)?;
            let (at, n) = (vm.expect_int(&args.pos[1])?, vm.expect_int(&args.pos[2])?);
            let b = byte(vm, n)?;
            let mut cells = cells(&array).borrow_mut();
            let len = cells.len() as i64;
            let at = if at < 0 { at.saturating_add(len).max(0) } else { at.min(len) };
            cells.insert(at as usize, b);
            Ok(Value::None)
        }),
        ("bytearray.pop", M, |vm, args| {
            let array = array(vm, args, "bytearray.pop")?;
            arity(vm, args, "bytearray.pop", 0, 1)?;
            let at = super::arguments::int_or(vm, args.pos.get(1), -1)?;
            let mut cells = cells(&array).borrow_mut();
            let len = cells.len() as i64;
            if len == 0 {
                return Err(vm.error(ErrorKind::Index, "pop from empty bytearray"));
            }
            let at = if at < 0 { at + len } else { at };
            if at < 0 || at >= len {
                return Err(vm.error(ErrorKind::Index, "pop index out of range"));
            }
            Ok(Value::Int(cells.remove(at as usize) as i64))
        }),
        ("bytearray.remove", M, |vm, args| {
            let array = array(vm, args, "bytearray.remove")?;
            arity(vm, args, "bytearray.remove", 1, 1)?;
            let n = vm.expect_int(&args.pos[1])?;
            let b = byte(vm, n)?;
            let mut cells = cells(&array).borrow_mut();
            match cells.iter().position(|x| *x == b) {
                Some(at) => {
                    cells.remove(at);
                    Ok(Value::None)
                }
                None => vm.value_error("value not found in bytearray"),
            }
        }),
        ("bytearray.clear", M, |vm, args| with(vm, args, "bytearray.clear", 0, 0, |b| {
            b.clear();
            Value::None
        })),
        ("bytearray.reverse", M, |vm, args| with(vm, args, "bytearray.reverse", 0, 0, |b| {
            b.reverse();
            Value::None
        })),
        ("bytearray.copy", M, |vm, args| {
            let b = bytes::this(vm, args, "bytearray.copy")?;
            Ok(value(vm, b.to_vec()))
        }),
    ]
);

const ALL: [Method; SHARED.len() + OWN.len()] = joined(SHARED, OWN);

/// Methods of `bytearray`.
pub const METHODS: &[Method] = &ALL;

/// A new `bytearray`.
pub fn value(vm: &Vm, b: Vec<u8>) -> Value {
    Obj::value(&vm.types.bytearray, Data::ByteArray(RefCell::new(b)))
}

fn array(vm: &Vm, args: &Args, qualname: &str) -> R<Rc<Obj>> {
    match args.pos.first().map(Value::core) {
        Some(Value::Obj(o)) if matches!(o.data, Data::ByteArray(_)) => Ok(o.clone()),
        _ => wrong_receiver(vm, args, qualname),
    }
}

fn cells(array: &Obj) -> &RefCell<Vec<u8>> {
    match &array.data {
        Data::ByteArray(cells) => cells,
        _ => unreachable!("looked at before"),
    }
}

fn with(vm: &mut Vm, args: &Args, qualname: &str, min: usize, max: usize, step: fn(&mut Vec<u8>) -> Value) -> R {
    let array = array(vm, args, qualname)?;
    arity(vm, args, qualname, min, max)?;
    Ok(step(&mut cells(&array).borrow_mut()))
}

fn operator(vm: &mut Vm, args: &Args, qualname: &str, op: BinaryOp) -> R {
    array(vm, args, qualname)?;
    arity(vm, args, qualname, 1, 1)?;
    Ok(operate(vm, op, args.pos[0].core(), args.pos[1].core())?.unwrap_or(Value::NotImplemented))
}

fn repeated(vm: &Vm, b: &[u8], n: usize) -> R<Vec<u8>> {
    if b.len().saturating_mul(n) > 1 << 28 {
        return Err(vm.error_empty(ErrorKind::Memory));
    }
    Ok(b.repeat(n))
}

/// `+` and `*` where one operand is a `bytearray`.
pub fn operate(vm: &mut Vm, op: BinaryOp, a: &Value, b: &Value) -> R<Option<Value>> {
    if !is_array(a) && !is_array(b) {
        return Ok(None);
    }
    Ok(match op {
        BinaryOp::Add => match (content(a), content(b)) {
            (Some(x), Some(y)) => {
                let sum = [&x[..], &y[..]].concat();
                Some(if is_array(a) { value(vm, sum) } else { Value::bytes(sum) })
            }
            (Some(_), None) if is_array(a) => {
                let name = vm.type_name(b);
                return vm.type_error(format!("can't concat {name} to bytearray"));
            }
            _ => None,
        },
        BinaryOp::Mul => {
            let (array, times) = if is_array(a) { (a, b) } else { (b, a) };
            if !int::is_int(times) {
                return Ok(None);
            }
            let n = vm.expect_int(times)?.max(0) as usize;
            let b = content(array).unwrap_or_default();
            let made = repeated(vm, &b, n)?;
            Some(value(vm, made))
        }
        _ => None,
    })
}

fn place(vm: &mut Vm, key: &Value, len: usize) -> R<usize> {
    let Some(i) = vm.index(key, false)? else {
        let name = vm.type_name(key);
        return vm.type_error(format!("bytearray indices must be integers or slices, not {name}"));
    };
    let at = if i < 0 { i + len as i64 } else { i };
    if at < 0 || at >= len as i64 {
        return Err(vm.error(ErrorKind::Index, "bytearray index out of range"));
    }
    Ok(at as usize)
}

fn get_item(vm: &mut Vm, args: &Args) -> R {
    let array = array(vm, args, "bytearray.__getitem__")?;
    arity(vm, args, "bytearray.__getitem__", 1, 1)?;
    let len = cells(&array).borrow().len();
    if let Value::Slice(slice) = &args.pos[1] {
        let at = vm.slice_indices(slice, len)?;
        let part = at.iter().map(|i| cells(&array).borrow()[i]).collect();
        return Ok(value(vm, part));
    }
    let at = place(vm, &args.pos[1], len)?;
    Ok(Value::Int(cells(&array).borrow()[at] as i64))
}

fn set_item(vm: &mut Vm, args: &Args) -> R {
    let array = array(vm, args, "bytearray.__setitem__")?;
    arity(vm, args, "bytearray.__setitem__", 2, 2)?;
    let (key, new) = (&args.pos[1], &args.pos[2]);
    let len = cells(&array).borrow().len();
    let Value::Slice(slice) = key else {
        let at = place(vm, key, len)?;
        let n = vm.expect_int(new)?;
        let b = byte(vm, n)?;
        cells(&array).borrow_mut()[at] = b;
        return Ok(Value::None);
    };
    let new = match content(new) {
        Some(new) => new.to_vec(),
        None => {
            let iterable = matches!(new, Value::Iter(_) | Value::Gen(_))
                || !matches!(new.core(), Value::Str(_))
                    && !int::is_int(new.core())
                    && vm.lookup_special(new, names::ITER).is_some();
            if !iterable {
                return vm.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)");
            }
            bytes::items(vm, new, "byte must be in range(0, 256)")?
        }
    };
    let at = vm.slice_indices(slice, len)?;
    let mut cells = cells(&array).borrow_mut();
    if at.step == 1 {
        let start = at.start as usize;
        cells.splice(start..start + at.n, new);
    } else {
        if new.len() != at.n {
            let (size, n) = (new.len(), at.n);
            return vm.value_error(format!("attempt to assign bytes of size {size} to extended slice of size {n}"));
        }
        for (i, b) in at.iter().zip(new) {
            cells[i] = b;
        }
    }
    Ok(Value::None)
}

fn delete_item(vm: &mut Vm, args: &Args) -> R {
    let array = array(vm, args, "bytearray.__delitem__")?;
    arity(vm, args, "bytearray.__delitem__", 1, 1)?;
    let len = cells(&array).borrow().len();
    if let Value::Slice(slice) = &args.pos[1] {
        let at = vm.slice_indices(slice, len)?;
        let mut gone: Vec<usize> = at.iter().collect();
        gone.sort_unstable();
        let mut cells = cells(&array).borrow_mut();
        for i in gone.into_iter().rev() {
            cells.remove(i);
        }
        return Ok(Value::None);
    }
    let at = place(vm, &args.pos[1], len)?;
    cells(&array).borrow_mut().remove(at);
    Ok(Value::None)
}
