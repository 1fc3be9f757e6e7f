//! `set` and `frozenset`, in order of insertion (S-SIM-03).

use std::rc::Rc;

use super::Method;
use super::list::{compare, str_as_repr};
use super::object::wrap;
use crate::python::builtins::arity;
use crate::python::code::{BinaryOp, CompareOp};
use crate::python::function::{Args, NativeKind};
use crate::python::iterator::{DictPart, Iter};
use crate::python::object::Data;
use crate::python::set::Set;
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

use NativeKind::{Method as M, StaticMethod};

/// Methods of `set`.
pub const METHODS: &[Method] = &[
    ("set.__new__", StaticMethod, |vm, args| {
        let class = args.pos.first().cloned().unwrap_or(Value::None);
        Ok(wrap(vm, &class, Value::Set(Rc::new(Set::new(false)))))
    }),
    ("set.__init__", M, |vm, args| {
        if !args.names.is_empty() {
            return vm.type_error("set() takes no keyword arguments");
        }
        arity(vm, args, "set", 0, 1)?;
        let set = set_of(vm, args)?;
        let made = match args.pos.get(1) {
            Some(iterable) => to_set(vm, iterable)?,
            None => Rc::new(Set::new(false)),
        };
        // Of a set that came as it is the elements are put in anew.
        let own = if args.pos.get(1).is_some_and(is_set) { made.copy(false) } else { made.twin(false) };
        drop(set.become_like(&own));
        Ok(Value::None)
    }),
    ("set.add", M, |vm, args| {
        arity(vm, args, "set.add", 1, 1)?;
        let set = set_of(vm, args)?;
        vm.add_to_set(&set, args.pos[1].clone())?;
        Ok(Value::None)
    }),
    ("set.discard", M, |vm, args| {
        arity(vm, args, "set.discard", 1, 1)?;
        let set = set_of(vm, args)?;
        remove(vm, &set, &args.pos[1])?;
        Ok(Value::None)
    }),
    ("set.remove", M, |vm, args| {
        arity(vm, args, "set.remove", 1, 1)?;
        let set = set_of(vm, args)?;
        if remove(vm, &set, &args.pos[1])? { Ok(Value::None) } else { Err(vm.key_error(args.pos[1].clone())) }
    }),
    ("set.pop", M, |vm, args| {
        arity(vm, args, "set.pop", 0, 0)?;
        let set = set_of(vm, args)?;
        match set.pop() {
            Some(item) => Ok(item),
            None => Err(vm.key_error(Value::str("pop from an empty set"))),
        }
    }),
    ("set.clear", M, |vm, args| {
        arity(vm, args, "set.clear", 0, 0)?;
        let old = set_of(vm, args)?.take();
        drop(old);
        Ok(Value::None)
    }),
    ("set.update", M, |vm, args| {
        let set = set_of(vm, args)?;
        for other in &args.pos[1..] {
            vm.update_set(&set, other)?;
        }
        Ok(Value::None)
    }),
    ("set.intersection_update", M, |vm, args| in_place(vm, args, BinaryOp::And)),
    ("set.difference_update", M, |vm, args| in_place(vm, args, BinaryOp::Sub)),
    ("set.symmetric_difference_update", M, |vm, args| {
        arity(vm, args, "set.symmetric_difference_update", 1, 1)?;
        in_place(vm, args, BinaryOp::Xor)
    }),
    ("set.__ior__", M, |vm, args| operator_in_place(vm, args, BinaryOp::Or)),
    ("set.__iand__", M, |vm, args| operator_in_place(vm, args, BinaryOp::And)),
    ("set.__isub__", M, |vm, args| operator_in_place(vm, args, BinaryOp::Sub)),
    ("set.__ixor__", M, |vm, args| operator_in_place(vm, args, BinaryOp::Xor)),
    ("set.copy", M, |vm, args| {
        arity(vm, args, "set.copy", 0, 0)?;
        let set = set_of(vm, args)?;
        let class = Value::Class(vm.class_of(&args.pos[0]));
        Ok(wrap(vm, &class, Value::Set(Rc::new(set.copy(false)))))
    }),
    ("set.union", M, |vm, args| combined(vm, args, BinaryOp::Or)),
    ("set.intersection", M, |vm, args| combined(vm, args, BinaryOp::And)),
    ("set.difference", M, |vm, args| combined(vm, args, BinaryOp::Sub)),
    ("set.symmetric_difference", M, |vm, args| {
        arity(vm, args, "set.symmetric_difference", 1, 1)?;
        combined(vm, args, BinaryOp::Xor)
    }),
    ("set.isdisjoint", M, is_disjoint),
    ("set.issubset", M, |vm, args| contained(vm, args, CompareOp::Le)),
    ("set.issuperset", M, |vm, args| contained(vm, args, CompareOp::Ge)),
    ("set.__len__", M, |vm, args| Ok(Value::from(set_of(vm, args)?.len()))),
    ("set.__contains__", M, contains),
    ("set.__iter__", M, |vm, args| Ok(Iter::value(Iter::over_set(&set_of(vm, args)?)))),
    ("set.__or__", M, |vm, args| operator(vm, args, BinaryOp::Or, false)),
    ("set.__and__", M, |vm, args| operator(vm, args, BinaryOp::And, false)),
    ("set.__sub__", M, |vm, args| operator(vm, args, BinaryOp::Sub, false)),
    ("set.__xor__", M, |vm, args| operator(vm, args, BinaryOp::Xor, false)),
    ("set.__ror__", M, |vm, args| operator(vm, args, BinaryOp::Or, true)),
    ("set.__rand__", M, |vm, args| operator(vm, args, BinaryOp::And, true)),
    ("set.__rsub__", M, |vm, args| operator(vm, args, BinaryOp::Sub, true)),
    ("set.__rxor__", M, |vm, args| operator(vm, args, BinaryOp::Xor, true)),
    ("set.__eq__", M, |vm, args| compare(vm, args, CompareOp::Eq)),
    ("set.__ne__", M, |vm, args| compare(vm, args, CompareOp::Ne)),
    ("set.__lt__", M, |vm, args| compare(vm, args, CompareOp::Lt)),
    ("set.__le__", M, |vm, args| compare(vm, args, CompareOp::Le)),
    ("set.__gt__", M, |vm, args| compare(vm, args, CompareOp::Gt)),
    ("set.__ge__", M, |vm, args| compare(vm, args, CompareOp::Ge)),
    ("set.__repr__", M, repr),
    ("set.__str__", M, str_as_repr),
];

/// Methods of `frozenset`.
pub const FROZEN_METHODS: &[Method] = &[
    ("frozenset.__new__", StaticMethod, |vm, args| {
        let Some(class @ Value::Class(of)) = args.pos.first() else {
            return vm.type_error("frozenset.__new__(X): X is not a type object");
        };
        if !of.is_heap {
            arity(vm, args, "frozenset", 0, 1)?;
        }
        let set = match args.pos.get(1) {
            Some(Value::Set(same)) if same.frozen && !of.is_heap => same.clone(),
            Some(iterable) => {
                let made = to_set(vm, iterable)?;
                Rc::new(if is_set(iterable) { made.copy(true) } else { made.twin(true) })
            }
            None => Rc::new(Set::new(true)),
        };
        Ok(wrap(vm, class, Value::Set(set)))
    }),
    ("frozenset.copy", M, |vm, args| Ok(Value::Set(set_of(vm, args)?))),
    ("frozenset.union", M, |vm, args| combined(vm, args, BinaryOp::Or)),
    ("frozenset.intersection", M, |vm, args| combined(vm, args, BinaryOp::And)),
    ("frozenset.difference", M, |vm, args| combined(vm, args, BinaryOp::Sub)),
    ("frozenset.symmetric_difference", M, |vm, args| {
        arity(vm, args, "frozenset.symmetric_difference", 1, 1)?;
        combined(vm, args, BinaryOp::Xor)
    }),
    ("frozenset.isdisjoint", M, is_disjoint),
    ("frozenset.issubset", M, |vm, args| contained(vm, args, CompareOp::Le)),
    ("frozenset.issuperset", M, |vm, args| contained(vm, args, CompareOp::Ge)),
    ("frozenset.__len__", M, |vm, args| Ok(Value::from(set_of(vm, args)?.len()))),
    ("frozenset.__contains__", M, contains),
    ("frozenset.__iter__", M, |vm, args| Ok(Iter::value(Iter::over_set(&set_of(vm, args)?)))),
    ("frozenset.__or__", M, |vm, args| operator(vm, args, BinaryOp::Or, false)),
    ("frozenset.__and__", M, |vm, args| operator(vm, args, BinaryOp::And, false)),
    ("frozenset.__sub__", M, |vm, args| operator(vm, args, BinaryOp::Sub, false)),
    ("frozenset.__xor__", M, |vm, args| operator(vm, args, BinaryOp::Xor, false)),
    ("frozenset.__ror__", M, |vm, args| operator(vm, args, BinaryOp::Or, true)),
    ("frozenset.__rand__", M, |vm, args| operator(vm, args, BinaryOp::And, true)),
    ("frozenset.__rsub__", M, |vm, args| operator(vm, args, BinaryOp::Sub, true)),
    ("frozenset.__rxor__", M, |vm, args| operator(vm, args, BinaryOp::Xor, true)),
    ("frozenset.__eq__", M, |vm, args| compare(vm, args, CompareOp::Eq)),
    ("frozenset.__ne__", M, |vm, args| compare(vm, args, CompareOp::Ne)),
    ("frozenset.__lt__", M, |vm, args| compare(vm, args, CompareOp::Lt)),
    ("frozenset.__le__", M, |vm, args| compare(vm, args, CompareOp::Le)),
    ("frozenset.__gt__", M, |vm, args| compare(vm, args, CompareOp::Gt)),
    ("frozenset.__ge__", M, |vm, args| compare(vm, args, CompareOp::Ge)),
    ("frozenset.__hash__", M, |vm, args| {
        let set = Value::Set(set_of(vm, args)?);
        vm.python_hash(&set).map(Value::Int)
    }),
    ("frozenset.__repr__", M, repr),
    ("frozenset.__str__", M, str_as_repr),
];

fn set_of(vm: &mut Vm, args: &Args) -> R<Rc<Set>> {
    match args.pos.first().map(Value::core) {
        Some(Value::Set(set)) => Ok(set.clone()),
        _ => vm.type_error("a set is expected"),
    }
}

/// The elements of any iterable as a set; a set itself as it is.
pub fn to_set(vm: &mut Vm, iterable: &Value) -> R<Rc<Set>> {
    if let Value::Set(set) = iterable.core() {
        return Ok(set.clone());
    }
    let set = Set::new(false);
    if let Value::Dict(dict) = iterable.core() {
        set.reserve(dict.len());
        for entry in dict.entries() {
            set.push(entry.hash, entry.key);
        }
        return Ok(Rc::new(set));
    }
    vm.for_each(
        iterable,
        || Rc::new(set),
        |vm, set, _, item| {
            vm.add_to_set(set, item.clone())?;
            Ok(true)
        },
    )
}

fn remove(vm: &mut Vm, set: &Set, item: &Value) -> R<bool> {
    let item = match item {
        Value::Set(inner) if !inner.frozen => vm.frozen(inner),
        other => other.clone(),
    };
    let found = vm.dict_position(set.table(), &item)?;
    drop(found.map(|position| set.remove_at(position)));
    Ok(found.is_some())
}

fn contains(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "set.__contains__", 1, 1)?;
    let set = Value::Set(set_of(vm, args)?);
    vm.contains(&set, &args.pos[1]).map(Value::bool)
}

/// The operator applied to the set and each argument in turn.
fn folded(vm: &mut Vm, args: &Args, operator: BinaryOp) -> R<Rc<Set>> {
    let mut result = set_of(vm, args)?;
    for other in &args.pos[1..] {
        let other = to_set(vm, other)?;
        result = vm.set_op(operator, &result, &other)?;
    }
    Ok(result)
}

fn combined(vm: &mut Vm, args: &Args, operator: BinaryOp) -> R {
    let result = folded(vm, args, operator)?;
    // Without arguments the result is a copy.
    let copy = if args.len() == 1 { Rc::new(result.copy(result.frozen)) } else { result };
    Ok(Value::Set(copy))
}

fn in_place(vm: &mut Vm, args: &Args, operator: BinaryOp) -> R {
    let set = set_of(vm, args)?;
    let mut result = set.clone();
    for other in &args.pos[1..] {
        let other = to_set(vm, other)?;
        result = vm.set_op_in_place(operator, &result, &other)?;
    }
    if !Rc::ptr_eq(&set, &result) {
        drop(set.become_like(&result));
    }
    Ok(Value::None)
}

fn is_set(value: &Value) -> bool {
    match value.core() {
        Value::Set(_) => true,
        Value::Obj(o) => matches!(o.data, Data::DictView(_, DictPart::Keys | DictPart::Items)),
        _ => false,
    }
}

fn operator_in_place(vm: &mut Vm, args: &Args, operator: BinaryOp) -> R {
    arity(vm, args, "operator", 1, 1)?;
    if !is_set(&args.pos[1]) {
        return Ok(Value::NotImplemented);
    }
    in_place(vm, args, operator)?;
    Ok(args.pos[0].clone())
}

fn operator(vm: &mut Vm, args: &Args, operator: BinaryOp, reflected: bool) -> R {
    arity(vm, args, "operator", 1, 1)?;
    if !is_set(&args.pos[1]) {
        return Ok(Value::NotImplemented);
    }
    let (own, other) = (set_of(vm, args)?, to_set(vm, &args.pos[1])?);
    let result = if reflected { vm.set_op(operator, &other, &own) } else { vm.set_op(operator, &own, &other) };
    result.map(Value::Set)
}

fn is_disjoint(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "isdisjoint", 1, 1)?;
    let set = set_of(vm, args)?;
    let disjoint = vm.for_each(
        &args.pos[1],
        || true,
        |vm, disjoint, _, item| {
            *disjoint = vm.dict_position(set.table(), item)?.is_none();
            Ok(*disjoint)
        },
    )?;
    Ok(Value::bool(disjoint))
}

fn contained(vm: &mut Vm, args: &Args, operator: CompareOp) -> R {
    arity(vm, args, "issubset", 1, 1)?;
    let (own, other) = (Value::Set(set_of(vm, args)?), Value::Set(to_set(vm, &args.pos[1])?));
    Ok(vm.builtin_compare(operator, &own, &other)?.map_or(Value::NotImplemented, Value::bool))
}

/// A subclass shows its own name: `Tags({1, 2})`.
fn repr(vm: &mut Vm, args: &Args) -> R {
    let set = set_of(vm, args)?;
    if let Value::Instance(i) = &args.pos[0] {
        let name = i.class().name();
        let items = Value::list(set.items());
        let inner = vm.repr(&items)?;
        let inner = inner.trim_start_matches('[').trim_end_matches(']');
        return Ok(Value::string(if set.is_empty() { format!("{name}()") } else { format!("{name}({{{inner}}})") }));
    }
    vm.repr(&Value::Set(set)).map(Value::string)
}
