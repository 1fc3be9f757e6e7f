//! `tuple`, `range`, `slice`.

use std::rc::Rc;

use super::Method;
use super::list::{bounds, compare, core_repr, count, on_core};
use super::object::wrap;
use crate::python::builtins::arity;
use crate::python::code::{BinaryOp, CompareOp};
use crate::python::function::{Args, NativeKind};
use crate::python::iterator::{Iter, State};
use crate::python::value::{Range, Tuple, Value};
use crate::python::vm::{R, Vm};

use NativeKind::{Getter, Method as M, StaticMethod};

/// Methods of `tuple`.
pub const METHODS: &[Method] = &[
    ("tuple.__new__", StaticMethod, new),
    ("tuple.index", M, |vm, args| {
        arity(vm, args, "index", 1, 3)?;
        let tuple = tuple_of(vm, args)?;
        let (start, stop) = bounds(vm, args, tuple.items.len())?;
        match vm.position_of(|i| tuple.items.get(i).cloned(), &args.pos[1], start, stop)? {
            Some(i) => Ok(Value::from(i)),
            None => vm.value_error("tuple.index(x): x not in tuple"),
        }
    }),
    ("tuple.count", M, |vm, args| {
        arity(vm, args, "tuple.count", 1, 1)?;
        let tuple = tuple_of(vm, args)?;
        count(vm, |i| tuple.items.get(i).cloned(), &args.pos[1])
    }),
    ("tuple.__len__", M, |vm, args| Ok(Value::from(tuple_of(vm, args)?.items.len()))),
    ("tuple.__getitem__", M, |vm, args| {
        arity(vm, args, "tuple.__getitem__", 1, 1)?;
        let tuple = Value::Tuple(tuple_of(vm, args)?);
        vm.get_item(&tuple, &args.pos[1])
    }),
    ("tuple.__contains__", M, |vm, args| {
        arity(vm, args, "tuple.__contains__", 1, 1)?;
        let tuple = tuple_of(vm, args)?;
        vm.sequence_contains(&tuple.items, &args.pos[1]).map(Value::bool)
    }),
    ("tuple.__iter__", M, |vm, args| Ok(Iter::value(State::Tuple(tuple_of(vm, args)?, 0)))),
    ("tuple.__add__", M, |vm, args| on_core(vm, args, BinaryOp::Add)),
    ("tuple.__mul__", M, |vm, args| on_core(vm, args, BinaryOp::Mul)),
    ("tuple.__rmul__", M, |vm, args| on_core(vm, args, BinaryOp::Mul)),
    ("tuple.__eq__", M, |vm, args| compare(vm, args, CompareOp::Eq)),
    ("tuple.__ne__", M, |vm, args| compare(vm, args, CompareOp::Ne)),
    ("tuple.__lt__", M, |vm, args| compare(vm, args, CompareOp::Lt)),
    ("tuple.__le__", M, |vm, args| compare(vm, args, CompareOp::Le)),
    ("tuple.__gt__", M, |vm, args| compare(vm, args, CompareOp::Gt)),
    ("tuple.__ge__", M, |vm, args| compare(vm, args, CompareOp::Ge)),
    ("tuple.__hash__", M, |vm, args| {
        let tuple = Value::Tuple(tuple_of(vm, args)?);
        vm.python_hash(&tuple).map(Value::Int)
    }),
    ("tuple.__repr__", M, core_repr),
    ("tuple.__getnewargs__", M, |vm, args| Ok(Value::tuple([Value::Tuple(tuple_of(vm, args)?)]))),
];

fn tuple_of(vm: &mut Vm, args: &Args) -> R<Rc<Tuple>> {
    match args.pos.first().map(Value::core) {
        Some(Value::Tuple(tuple)) => Ok(tuple.clone()),
        _ => vm.type_error("a tuple is expected"),
    }
}

fn new(vm: &mut Vm, args: &Args) -> R {
    let Some(class @ Value::Class(of)) = args.pos.first() else {
        return vm.type_error("tuple.__new__(X): X is not a type object");
    };
    if !args.names.is_empty() && !of.is_heap {
        return vm.type_error("tuple() takes no keyword arguments");
    }
    let value = match args.pos.get(1) {
        Some(tuple @ Value::Tuple(_)) => tuple.clone(),
        Some(iterable) => Value::tuple(vm.collect(iterable)?),
        None => Value::tuple([]),
    };
    Ok(wrap(vm, class, value))
}

/// Methods of `range`.
pub const RANGE_METHODS: &[Method] = &[
    ("range.__new__", StaticMethod, new_range),
    ("range.start", Getter, |vm, args| Ok(Value::Int(range_of(vm, args)?.start))),
    ("range.stop", Getter, |vm, args| Ok(Value::Int(range_of(vm, args)?.stop))),
    ("range.step", Getter, |vm, args| Ok(Value::Int(range_of(vm, args)?.step))),
    ("range.index", M, |vm, args| {
        arity(vm, args, "range.index", 1, 1)?;
        let range = range_of(vm, args)?;
        match range_position(vm, range, &args.pos[1])? {
            Some(i) => Ok(Value::from(i)),
            None => {
                let item = vm.repr(&args.pos[1])?;
                vm.value_error(format!("{item} is not in range"))
            }
        }
    }),
    ("range.count", M, |vm, args| {
        arity(vm, args, "range.count", 1, 1)?;
        let range = range_of(vm, args)?;
        Ok(Value::Int(range_position(vm, range, &args.pos[1])?.is_some() as i64))
    }),
    ("range.__len__", M, |vm, args| Ok(Value::from(range_of(vm, args)?.len()))),
    ("range.__iter__", M, |vm, args| Ok(Iter::value(State::Range(range_of(vm, args)?)))),
    ("range.__reversed__", M, |vm, args| Ok(Iter::value(State::Range(reversed(range_of(vm, args)?))))),
    ("range.__contains__", M, |vm, args| {
        arity(vm, args, "range.__contains__", 1, 1)?;
        vm.contains(&args.pos[0], &args.pos[1]).map(Value::bool)
    }),
    ("range.__getitem__", M, |vm, args| {
        arity(vm, args, "range.__getitem__", 1, 1)?;
        vm.get_item(&args.pos[0], &args.pos[1])
    }),
    ("range.__bool__", M, |vm, args| Ok(Value::bool(!range_of(vm, args)?.is_empty()))),
    ("range.__eq__", M, |vm, args| compare(vm, args, CompareOp::Eq)),
];

fn range_of(vm: &mut Vm, args: &Args) -> R<Range> {
    match args.pos.first() {
        Some(Value::Range(range)) => Ok(**range),
        _ => vm.type_error("a range is expected"),
    }
}

fn new_range(vm: &mut Vm, args: &Args) -> R {
    if !args.names.is_empty() {
        return vm.type_error("range() takes no keyword arguments");
    }
    arity(vm, args, "range", 1, 3)?;
    let mut numbers = Vec::with_capacity(3);
    for value in &args.pos[1..] {
        numbers.push(vm.expect_int(value)?);
    }
    let range = match numbers.as_slice() {
        [stop] => Range { start: 0, stop: *stop, step: 1 },
        [start, stop] => Range { start: *start, stop: *stop, step: 1 },
        [_, _, 0] => return vm.value_error("range() arg 3 must not be zero"),
        [start, stop, step, ..] => Range { start: *start, stop: *stop, step: *step },
        [] => unreachable!("one argument at least"),
    };
    Ok(Value::Range(Rc::new(range)))
}

/// The same elements from the last to the first.
pub fn reversed(range: Range) -> Range {
    let n = range.len() as i64;
    let last = (n - 1).wrapping_mul(range.step).wrapping_add(range.start);
    Range { start: last, stop: range.start.saturating_sub(range.step), step: range.step.saturating_neg() }
}

fn range_position(vm: &mut Vm, range: Range, item: &Value) -> R<Option<usize>> {
    let item = match item {
        Value::Int(i) => *i,
        Value::Bool(b) => *b as i64,
        Value::Float(f) if f.get() == libm::floor(f.get()) && libm::fabs(f.get()) < 9e15 => f.get() as i64,
        _ => {
            for i in 0..range.len() {
                if vm.equal(&Value::Int(range.start + i as i64 * range.step), item)? {
                    return Ok(Some(i));
                }
            }
            return Ok(None);
        }
    };
    let distance = item as i128 - range.start as i128;
    let step = range.step as i128;
    let i = distance / step;
    Ok((distance % step == 0 && i >= 0 && i < range.len() as i128).then_some(i as usize))
}

/// Methods of `slice`.
pub const SLICE_METHODS: &[Method] = &[
    ("slice.__new__", StaticMethod, |vm, args| {
        arity(vm, args, "slice", 1, 3)?;
        let at = |i: usize| args.pos.get(i).cloned().unwrap_or(Value::None);
        Ok(Value::Slice(Rc::new(match args.len() {
            2 => [Value::None, at(1), Value::None],
            _ => [at(1), at(2), at(3)],
        })))
    }),
    ("slice.start", Getter, |vm, args| Ok(slice_of(vm, args)?[0].clone())),
    ("slice.stop", Getter, |vm, args| Ok(slice_of(vm, args)?[1].clone())),
    ("slice.step", Getter, |vm, args| Ok(slice_of(vm, args)?[2].clone())),
    ("slice.indices", M, |vm, args| {
        arity(vm, args, "slice.indices", 1, 1)?;
        let slice = slice_of(vm, args)?;
        let len = vm.expect_int(&args.pos[1])?;
        if len < 0 {
            return vm.value_error("length should not be negative");
        }
        let at = vm.slice_indices(&slice, len as usize)?;
        Ok(Value::tuple([Value::Int(at.start), Value::Int(at.stop), Value::Int(at.step)]))
    }),
    ("slice.__eq__", M, |vm, args| compare(vm, args, CompareOp::Eq)),
];

fn slice_of(vm: &mut Vm, args: &Args) -> R<Rc<[Value; 3]>> {
    match args.pos.first() {
        Some(Value::Slice(slice)) => Ok(slice.clone()),
        _ => vm.type_error("a slice is expected"),
    }
}
