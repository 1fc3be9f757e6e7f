//! Iterators: what they can do, and the lazy ones that programs make.

use super::Method;
use super::tuple;
use crate::python::builtins::arity;
use crate::python::function::{Args, NativeKind};
use crate::python::iterator::{DictPart, Iter, State};
use crate::python::names;
use crate::python::object::Data;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{Method as M, StaticMethod};

/// The names of all types of iterators.
pub const NAMES: &[&str] = &[
    "iterator",
    "list_iterator",
    "list_reverseiterator",
    "tuple_iterator",
    "range_iterator",
    "str_iterator",
    "bytes_iterator",
    "dict_keyiterator",
    "dict_valueiterator",
    "dict_itemiterator",
    "set_iterator",
    "enumerate",
    "zip",
    "map",
    "filter",
    "reversed",
    "callable_iterator",
];

/// The methods of a type of iterators.
pub fn methods(name: &str) -> &'static [Method] {
    match name {
        "enumerate" => ENUMERATE,
        "zip" => ZIP,
        "map" => MAP,
        "filter" => FILTER,
        "reversed" => REVERSED,
        _ => PLAIN,
    }
}

const ITER: Method = ("iterator.__iter__", M, |_, args| Ok(args.pos[0].clone()));
const NEXT: Method = ("iterator.__next__", M, |vm, args| match vm.next(&args.pos[0])? {
    Some(value) => Ok(value),
    None => Err(vm.error_empty(ErrorKind::StopIteration)),
});
const INIT: Method = ("iterator.__init__", M, |_, _| Ok(Value::None));

const PLAIN: &[Method] = &[ITER, NEXT, ("iterator.__length_hint__", M, length_hint)];
const ENUMERATE: &[Method] = &[ITER, NEXT, INIT, ("enumerate.__new__", StaticMethod, enumerate)];
const ZIP: &[Method] = &[ITER, NEXT, INIT, ("zip.__new__", StaticMethod, zip)];
const MAP: &[Method] = &[ITER, NEXT, INIT, ("map.__new__", StaticMethod, map)];
const FILTER: &[Method] = &[ITER, NEXT, INIT, ("filter.__new__", StaticMethod, filter)];
const REVERSED: &[Method] =
    &[ITER, NEXT, INIT, ("reversed.__new__", StaticMethod, reversed), ("reversed.__length_hint__", M, length_hint)];

fn length_hint(vm: &mut Vm, args: &Args) -> R {
    let Some(Value::Iter(it)) = args.pos.first() else { return vm.type_error("an iterator is expected") };
    let n = match &*it.state.borrow() {
        State::List(list, i) => list.items.borrow().len().saturating_sub(*i),
        State::ListReversed(_, i) | State::SequenceReversed(_, i) => *i,
        State::Tuple(tuple, i) => tuple.items.len().saturating_sub(*i),
        State::Range(range) => range.len(),
        State::Str(s, at) => s.as_str()[*at..].chars().count(),
        State::Bytes(bytes, i) => bytes.len().saturating_sub(*i),
        State::Set(_, items, i) => items.len().saturating_sub(*i),
        State::Dict { dict, position, reversed, .. } => {
            let mut n = 0;
            let mut at = *position;
            loop {
                let found = if *reversed { dict.previous_position(at) } else { dict.next_position(at) };
                let Some(found) = found else { break };
                at = if *reversed { found } else { found + 1 };
                n += 1;
            }
            n
        }
        _ => 0,
    };
    Ok(Value::from(n))
}

fn enumerate(vm: &mut Vm, args: &Args) -> R {
    let Some(iterable) = args.get(1, "iterable") else {
        return vm.type_error("enumerate() missing required argument 'iterable'");
    };
    let start = match args.get(2, "start") {
        Some(start) => vm.expect_int(start)?,
        None => 0,
    };
    let iterator = vm.recorded_iter(iterable)?;
    Ok(Iter::value(State::Enumerate(iterator, start)))
}

fn zip(vm: &mut Vm, args: &Args) -> R {
    for name in args.names {
        if &*name.text() != "strict" {
            return vm.type_error(format!("zip() got an unexpected keyword argument '{name}'"));
        }
    }
    let mut inner = Vec::with_capacity(args.len());
    for iterable in &args.pos[1..] {
        inner.push(vm.recorded_iter(iterable)?);
    }
    let strict = match args.named("strict") {
        Some(strict) => vm.truth(strict)?,
        None => false,
    };
    Ok(Iter::value(State::Zip(inner, strict)))
}

fn map(vm: &mut Vm, args: &Args) -> R {
    if args.len() < 3 {
        return vm.type_error("map() must have at least two arguments.");
    }
    let mut inner = Vec::with_capacity(args.len());
    for iterable in &args.pos[2..] {
        inner.push(vm.recorded_iter(iterable)?);
    }
    Ok(Iter::value(State::Map(args.pos[1].clone(), inner)))
}

fn filter(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "filter", 2, 2)?;
    let iterator = vm.recorded_iter(&args.pos[2])?;
    Ok(Iter::value(State::Filter(args.pos[1].clone(), iterator)))
}

fn reversed(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "reversed", 1, 1)?;
    let sequence = &args.pos[1];
    let n = match sequence {
        Value::List(list) => {
            let n = list.items.borrow().len();
            return Ok(Iter::value(State::ListReversed(list.clone(), n)));
        }
        Value::Range(range) => return Ok(Iter::value(State::Range(tuple::reversed(**range)))),
        Value::Dict(dict) => return Ok(super::dict::iterator(dict, DictPart::Keys, true)),
        Value::Obj(o) if matches!(o.data, Data::DictView(..)) => {
            let Data::DictView(dict, part) = &o.data else { unreachable!("looked above") };
            return Ok(super::dict::iterator(dict, *part, true));
        }
        Value::Tuple(tuple) => tuple.items.len(),
        Value::Str(s) => s.n_chars(),
        Value::Bytes(bytes) => bytes.len(),
        _ => {
            match vm.class_of(sequence).lookup(names::REVERSED) {
                Some(Value::None) => return not_reversible(vm, sequence),
                Some(_) => {
                    let made = vm.call_special(sequence, names::REVERSED, &[])?;
                    return Ok(made.unwrap_or(Value::None));
                }
                None => {}
            }
            let core = sequence.core();
            if !core.is(sequence) {
                let class = args.pos[0].clone();
                return reversed(vm, &Args { pos: &[class, core.clone()], names: &[], named: &[] });
            }
            if vm.lookup_special(sequence, names::GETITEM).is_none()
                || vm.lookup_special(sequence, names::LEN).is_none()
            {
                return not_reversible(vm, sequence);
            }
            vm.length(sequence)? as usize
        }
    };
    Ok(Iter::value(State::SequenceReversed(sequence.clone(), n)))
}

fn not_reversible(vm: &mut Vm, value: &Value) -> R {
    let name = vm.type_name(value);
    vm.type_error(format!("'{name}' object is not reversible"))
}
