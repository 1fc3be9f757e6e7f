//! `dict`, its views, and read-only mappings.

use std::rc::Rc;

use super::Method;
use super::list::{compare, core_repr, on_core};
use super::object::wrap;
use crate::python::builtins::arity;
use crate::python::class::Class;
use crate::python::code::{BinaryOp, CompareOp};
use crate::python::dict::Dict;
use crate::python::function::{Args, NativeKind};
use crate::python::heap;
use crate::python::iterator::{DictPart, Iter};
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::{Data, Obj};
use crate::python::set::Set;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{ClassMethod, Getter, Method as M, StaticMethod};

/// Methods of `dict`.
pub const METHODS: &[Method] = &[
    ("dict.__new__", StaticMethod, |vm, args| {
        let class = args.pos.first().cloned().unwrap_or(Value::None);
        Ok(wrap(vm, &class, Value::Dict(heap::dict(Dict::new()))))
    }),
    ("dict.__init__", M, |vm, args| {
        arity(vm, args, "dict", 0, 1)?;
        update(vm, args)
    }),
    ("dict.update", M, |vm, args| {
        arity(vm, args, "update", 0, 1)?;
        update(vm, args)
    }),
    ("dict.fromkeys", ClassMethod, from_keys),
    ("dict.get", M, |vm, args| {
        arity(vm, args, "get", 1, 2)?;
        let dict = dict_of(vm, args)?;
        let found = vm.dict_get(&dict, &args.pos[1])?;
        Ok(found.or_else(|| args.pos.get(2).cloned()).unwrap_or(Value::None))
    }),
    ("dict.setdefault", M, |vm, args| {
        arity(vm, args, "setdefault", 1, 2)?;
        let dict = dict_of(vm, args)?;
        let hash = vm.table_hash(&args.pos[1])?;
        Ok(match vm.find_key(&dict, hash, &args.pos[1])? {
            Some(i) => dict.value_at(i),
            None => {
                let value = args.pos.get(2).cloned().unwrap_or(Value::None);
                dict.push(hash, args.pos[1].clone(), value.clone());
                value
            }
        })
    }),
    ("dict.pop", M, |vm, args| {
        arity(vm, args, "pop", 1, 2)?;
        let dict = dict_of(vm, args)?;
        match (vm.dict_remove(&dict, &args.pos[1])?, args.pos.get(2)) {
            (Some(value), _) => Ok(value),
            (None, Some(default)) => Ok(default.clone()),
            (None, None) => Err(vm.key_error(args.pos[1].clone())),
        }
    }),
    ("dict.popitem", M, |vm, args| {
        arity(vm, args, "dict.popitem", 0, 0)?;
        let dict = dict_of(vm, args)?;
        pop_item(vm, &dict, true, "popitem(): dictionary is empty")
    }),
    ("dict.clear", M, |vm, args| {
        arity(vm, args, "dict.clear", 0, 0)?;
        let old = dict_of(vm, args)?.take();
        drop(old);
        Ok(Value::None)
    }),
    ("dict.copy", M, |vm, args| {
        arity(vm, args, "dict.copy", 0, 0)?;
        Ok(Value::Dict(heap::dict(dict_of(vm, args)?.copy())))
    }),
    ("dict.keys", M, |vm, args| view(vm, args, DictPart::Keys)),
    ("dict.values", M, |vm, args| view(vm, args, DictPart::Values)),
    ("dict.items", M, |vm, args| view(vm, args, DictPart::Items)),
    ("dict.__len__", M, |vm, args| Ok(Value::from(dict_of(vm, args)?.len()))),
    ("dict.__getitem__", M, |vm, args| {
        arity(vm, args, "dict.__getitem__", 1, 1)?;
        let dict = dict_of(vm, args)?;
        if let Some(value) = vm.dict_get(&dict, &args.pos[1])? {
            return Ok(value);
        }
        if matches!(args.pos[0], Value::Instance(_))
            && let Some(value) = vm.call_special(&args.pos[0], names::MISSING, &args.pos[1..])?
        {
            return Ok(value);
        }
        Err(vm.key_error(args.pos[1].clone()))
    }),
    ("dict.__setitem__", M, |vm, args| {
        arity(vm, args, "__setitem__", 2, 2)?;
        let dict = dict_of(vm, args)?;
        let old = vm.dict_set(&dict, args.pos[1].clone(), args.pos[2].clone())?;
        drop(old);
        Ok(Value::None)
    }),
    ("dict.__delitem__", M, |vm, args| {
        arity(vm, args, "dict.__delitem__", 1, 1)?;
        let dict = dict_of(vm, args)?;
        match vm.dict_remove(&dict, &args.pos[1])? {
            Some(_) => Ok(Value::None),
            None => Err(vm.key_error(args.pos[1].clone())),
        }
    }),
    ("dict.__contains__", M, |vm, args| {
        arity(vm, args, "dict.__contains__", 1, 1)?;
        let dict = dict_of(vm, args)?;
        Ok(Value::bool(vm.dict_position(&dict, &args.pos[1])?.is_some()))
    }),
    ("dict.__iter__", M, |vm, args| Ok(iterator(&dict_of(vm, args)?, DictPart::Keys, false))),
    ("dict.__reversed__", M, |vm, args| Ok(iterator(&dict_of(vm, args)?, DictPart::Keys, true))),
    ("dict.__or__", M, |vm, args| on_core(vm, args, BinaryOp::Or)),
    ("dict.__ror__", M, |vm, args| {
        arity(vm, args, "dict.__ror__", 1, 1)?;
        let (a, b) = (args.pos[1].core().clone(), args.pos[0].core().clone());
        Ok(vm.builtin_binary(BinaryOp::Or, &a, &b)?.unwrap_or(Value::NotImplemented))
    }),
    ("dict.__ior__", M, |vm, args| {
        arity(vm, args, "dict.__ior__", 1, 1)?;
        let dict = dict_of(vm, args)?;
        vm.update_dict(&dict, &args.pos[1])?;
        Ok(args.pos[0].clone())
    }),
    ("dict.__eq__", M, |vm, args| compare(vm, args, CompareOp::Eq)),
    ("dict.__ne__", M, |vm, args| compare(vm, args, CompareOp::Ne)),
    ("dict.__repr__", M, core_repr),
];

/// The dict that a method is called on.
pub fn dict_of(vm: &mut Vm, args: &Args) -> R<Rc<Dict>> {
    match args.pos.first().map(Value::core) {
        Some(Value::Dict(dict)) => Ok(dict.clone()),
        Some(Value::Obj(o)) => match &o.data {
            Data::MappingProxy(dict) => Ok(dict.clone()),
            _ => vm.type_error("a dict is expected"),
        },
        _ => vm.type_error("a dict is expected"),
    }
}

/// The keyword arguments as entries of a dict.
pub fn set_keywords(dict: &Dict, names: &[Sym], values: &[Value]) {
    for (name, value) in names.iter().zip(values) {
        drop(dict.set_name(*name, value.clone()));
    }
}

fn update(vm: &mut Vm, args: &Args) -> R {
    let dict = dict_of(vm, args)?;
    if let Some(other) = args.pos.get(1) {
        vm.update_dict(&dict, other)?;
    }
    set_keywords(&dict, args.names, args.named);
    Ok(Value::None)
}

fn from_keys(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "fromkeys", 1, 2)?;
    let value = args.pos.get(2).cloned().unwrap_or(Value::None);
    let class = args.pos[0].clone();
    let is_plain = matches!(&class, Value::Class(c) if Rc::ptr_eq(c, &vm.types.dict));
    let made = if is_plain { Value::Dict(heap::dict(Dict::new())) } else { vm.recorded(|vm| vm.call(&class, &[]))? };
    vm.for_each(
        &args.pos[1],
        || made,
        |vm, made, _, key| {
            match made {
                Value::Dict(dict) => drop(vm.dict_set(dict, key.clone(), value.clone())?),
                _ => vm.set_item(made, key, value.clone())?,
            }
            Ok(true)
        },
    )
}

/// Removes the last (or first) entry and returns it as a pair.
pub fn pop_item(vm: &mut Vm, dict: &Rc<Dict>, last: bool, empty: &str) -> R {
    let position = if last { dict.previous_position(dict.end_position()) } else { dict.next_position(0) };
    match position {
        Some(i) => {
            let entry = dict.remove_at(i);
            Ok(Value::tuple([entry.key, entry.value]))
        }
        None => Err(vm.key_error(Value::str(empty))),
    }
}

/// An iterator over a part of a dict.
pub fn iterator(dict: &Rc<Dict>, part: DictPart, reversed: bool) -> Value {
    Iter::value(Iter::over_dict(dict, part, reversed))
}

fn view(vm: &mut Vm, args: &Args, part: DictPart) -> R {
    arity(vm, args, "dict.view", 0, 0)?;
    let dict = dict_of(vm, args)?;
    let class: &Rc<Class> = match part {
        DictPart::Keys => &vm.types.dict_keys,
        DictPart::Values => &vm.types.dict_values,
        DictPart::Items => &vm.types.dict_items,
    };
    Ok(Obj::value(class, Data::DictView(dict, part)))
}

impl Vm {
    /// What a view of a dict shows, in order.
    pub fn view_items(&mut self, dict: &Rc<Dict>, part: DictPart) -> Vec<Value> {
        match part {
            DictPart::Keys => dict.keys(),
            DictPart::Values => dict.values(),
            DictPart::Items => dict.entries().into_iter().map(|e| Value::tuple([e.key, e.value])).collect(),
        }
    }
}

/// Methods of the views; those of sets answer `NotImplemented` for values.
pub const VIEW_METHODS: &[Method] = &[
    ("dict_view.__len__", M, |vm, args| Ok(Value::from(view_of(vm, args)?.0.len()))),
    ("dict_view.__iter__", M, |vm, args| {
        let (dict, part) = view_of(vm, args)?;
        Ok(iterator(&dict, part, false))
    }),
    ("dict_view.__reversed__", M, |vm, args| {
        let (dict, part) = view_of(vm, args)?;
        Ok(iterator(&dict, part, true))
    }),
    ("dict_view.__contains__", M, view_contains),
    ("dict_view.isdisjoint", M, |vm, args| {
        arity(vm, args, "isdisjoint", 1, 1)?;
        let disjoint = vm.for_each(
            &args.pos[1],
            || true,
            |vm, disjoint, _, item| {
                *disjoint = !vm.contains(&args.pos[0], item)?;
                Ok(*disjoint)
            },
        )?;
        Ok(Value::bool(disjoint))
    }),
    ("dict_view.mapping", Getter, |vm, args| {
        let (dict, _) = view_of(vm, args)?;
        Ok(Obj::value(&vm.types.mapping_proxy, Data::MappingProxy(dict)))
    }),
    ("dict_view.__or__", M, |vm, args| view_operator(vm, args, BinaryOp::Or, false)),
    ("dict_view.__and__", M, |vm, args| view_operator(vm, args, BinaryOp::And, false)),
    ("dict_view.__sub__", M, |vm, args| view_operator(vm, args, BinaryOp::Sub, false)),
    ("dict_view.__xor__", M, |vm, args| view_operator(vm, args, BinaryOp::Xor, false)),
    ("dict_view.__ror__", M, |vm, args| view_operator(vm, args, BinaryOp::Or, true)),
    ("dict_view.__rand__", M, |vm, args| view_operator(vm, args, BinaryOp::And, true)),
    ("dict_view.__rsub__", M, |vm, args| view_operator(vm, args, BinaryOp::Sub, true)),
    ("dict_view.__rxor__", M, |vm, args| view_operator(vm, args, BinaryOp::Xor, true)),
    ("dict_view.__eq__", M, |vm, args| view_compare(vm, args, CompareOp::Eq)),
    ("dict_view.__ne__", M, |vm, args| view_compare(vm, args, CompareOp::Ne)),
    ("dict_view.__lt__", M, |vm, args| view_compare(vm, args, CompareOp::Lt)),
    ("dict_view.__le__", M, |vm, args| view_compare(vm, args, CompareOp::Le)),
    ("dict_view.__gt__", M, |vm, args| view_compare(vm, args, CompareOp::Gt)),
    ("dict_view.__ge__", M, |vm, args| view_compare(vm, args, CompareOp::Ge)),
];

fn view_of(vm: &mut Vm, args: &Args) -> R<(Rc<Dict>, DictPart)> {
    match args.pos.first() {
        Some(Value::Obj(o)) => match &o.data {
            Data::DictView(dict, part) => Ok((dict.clone(), *part)),
            _ => vm.type_error("a view of a dict is expected"),
        },
        _ => vm.type_error("a view of a dict is expected"),
    }
}

fn view_contains(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "__contains__", 1, 1)?;
    let (dict, part) = view_of(vm, args)?;
    let found = match part {
        DictPart::Keys => vm.dict_position(&dict, &args.pos[1])?.is_some(),
        DictPart::Values => vm.sequence_contains(&dict.values(), &args.pos[1])?,
        DictPart::Items => match &args.pos[1] {
            Value::Tuple(pair) if pair.items.len() == 2 => match vm.dict_get(&dict, &pair.items[0])? {
                Some(value) => vm.equal(&value, &pair.items[1])?,
                None => false,
            },
            _ => false,
        },
    };
    Ok(Value::bool(found))
}

/// The elements of any iterable as a set.
fn as_set(vm: &mut Vm, value: &Value) -> R<Rc<Set>> {
    super::set::to_set(vm, value)
}

fn view_operator(vm: &mut Vm, args: &Args, operator: BinaryOp, reflected: bool) -> R {
    arity(vm, args, "operator", 1, 1)?;
    if view_of(vm, args)?.1 == DictPart::Values {
        return Ok(Value::NotImplemented);
    }
    let (own, other) = (as_set(vm, &args.pos[0])?, as_set(vm, &args.pos[1])?);
    let result = if reflected { vm.set_op(operator, &other, &own) } else { vm.set_op(operator, &own, &other) };
    result.map(Value::Set)
}

fn view_compare(vm: &mut Vm, args: &Args, operator: CompareOp) -> R {
    arity(vm, args, "comparison", 1, 1)?;
    let is_set = |v: &Value| match v.core() {
        Value::Set(_) => true,
        Value::Obj(o) => matches!(o.data, Data::DictView(_, DictPart::Keys | DictPart::Items)),
        _ => false,
    };
    if !is_set(&args.pos[0]) || !is_set(&args.pos[1]) {
        return Ok(Value::NotImplemented);
    }
    if matches!(operator, CompareOp::Eq | CompareOp::Ne) {
        return compare(vm, args, operator);
    }
    let (own, other) = (Value::Set(as_set(vm, &args.pos[0])?), Value::Set(as_set(vm, &args.pos[1])?));
    Ok(vm.builtin_compare(operator, &own, &other)?.map_or(Value::NotImplemented, Value::bool))
}

/// Methods of read-only mappings.
pub const PROXY_METHODS: &[Method] = &[
    ("mappingproxy.__new__", StaticMethod, |vm, args| {
        arity(vm, args, "mappingproxy", 1, 1)?;
        match args.pos[1].core() {
            Value::Dict(dict) => Ok(Obj::value(&vm.types.mapping_proxy, Data::MappingProxy(dict.clone()))),
            _ => {
                let name = vm.type_name(&args.pos[1]);
                vm.type_error(format!("mappingproxy() argument must be a mapping, not {name}"))
            }
        }
    }),
    ("mappingproxy.__init__", M, |_, _| Ok(Value::None)),
    ("mappingproxy.get", M, |vm, args| {
        arity(vm, args, "get", 1, 2)?;
        let dict = dict_of(vm, args)?;
        let found = vm.dict_get(&dict, &args.pos[1])?;
        Ok(found.or_else(|| args.pos.get(2).cloned()).unwrap_or(Value::None))
    }),
    ("mappingproxy.__str__", M, |vm, args| {
        let dict = Value::Dict(dict_of(vm, args)?);
        vm.str_of(&dict).map(Value::Str)
    }),
    ("mappingproxy.copy", M, |vm, args| Ok(Value::Dict(heap::dict(dict_of(vm, args)?.copy())))),
    ("mappingproxy.keys", M, |vm, args| view(vm, args, DictPart::Keys)),
    ("mappingproxy.values", M, |vm, args| view(vm, args, DictPart::Values)),
    ("mappingproxy.items", M, |vm, args| view(vm, args, DictPart::Items)),
    ("mappingproxy.__len__", M, |vm, args| Ok(Value::from(dict_of(vm, args)?.len()))),
    ("mappingproxy.__iter__", M, |vm, args| Ok(iterator(&dict_of(vm, args)?, DictPart::Keys, false))),
    ("mappingproxy.__reversed__", M, |vm, args| Ok(iterator(&dict_of(vm, args)?, DictPart::Keys, true))),
    ("mappingproxy.__contains__", M, |vm, args| {
        arity(vm, args, "__contains__", 1, 1)?;
        let dict = dict_of(vm, args)?;
        Ok(Value::bool(vm.dict_position(&dict, &args.pos[1])?.is_some()))
    }),
    ("mappingproxy.__getitem__", M, |vm, args| {
        arity(vm, args, "__getitem__", 1, 1)?;
        let dict = dict_of(vm, args)?;
        match vm.dict_get(&dict, &args.pos[1])? {
            Some(value) => Ok(value),
            None => Err(vm.key_error(args.pos[1].clone())),
        }
    }),
    ("mappingproxy.__or__", M, |vm, args| {
        arity(vm, args, "__or__", 1, 1)?;
        let own = Value::Dict(dict_of(vm, args)?);
        Ok(vm.builtin_binary(BinaryOp::Or, &own, args.pos[1].core())?.unwrap_or(Value::NotImplemented))
    }),
    ("mappingproxy.__ror__", M, |vm, args| {
        arity(vm, args, "__ror__", 1, 1)?;
        let own = Value::Dict(dict_of(vm, args)?);
        Ok(vm.builtin_binary(BinaryOp::Or, args.pos[1].core(), &own)?.unwrap_or(Value::NotImplemented))
    }),
    ("mappingproxy.__hash__", M, |vm, _| Err(vm.error(ErrorKind::Type, "unhashable type: 'mappingproxy'"))),
];
