//! `defaultdict` and `OrderedDict`.

use std::rc::Rc;

use super::{add_class, add_functions, required};
use crate::python::builtins::arity;
use crate::python::class::Layout;
use crate::python::code::{BinaryOp, CompareOp};
use crate::python::dict::Dict;
use crate::python::function::{Args, NativeKind};
use crate::python::heap;
use crate::python::instance::{Instance, Payload};
use crate::python::module::Module;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::types::Method;
use crate::python::types::dict::{dict_of, pop_item, set_keywords};
use crate::python::types::list::{compare, str_as_repr};
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

use NativeKind::{Getter, Method as M, StaticMethod};

/// The two classes, and what `Counter` counts with.
pub fn fill(vm: &mut Vm, module: &Rc<Module>) {
    add_functions(module, &[("_count_elements", count_elements)]);
    let dict = vm.types.dict.clone();
    for (name, methods) in [("defaultdict", DEFAULT_METHODS), ("OrderedDict", ORDERED_METHODS)] {
        let class = add_class(module, name, &dict, Layout::Builtin("dict"), methods);
        class.dict.borrow_mut().insert(names::MODULE, Value::str("collections"));
        class.changed();
    }
}

/// `_count_elements(mapping, iterable)`: every element counts one more. A plain dict hashes each once
/// (Modules/_collectionsmodule.c, `_collections__count_elements_impl`).
fn count_elements(vm: &mut Vm, args: &Args) -> R {
    let (mapping, iterable) = (required(vm, args, 0, "mapping")?, required(vm, args, 1, "iterable")?);
    let (class, get) = (vm.class_of(mapping), Sym::new("get"));
    let is_plain = [get, names::SETITEM].iter().all(|&name| !matches!(class.lookup(name), Some(Value::Func(_))));
    let one = Value::Int(1);
    vm.for_each(
        iterable,
        || (),
        |vm, (), _, element| {
            match mapping.core() {
                Value::Dict(dict) if is_plain => {
                    let hash = vm.table_hash(element)?;
                    match vm.find_key(dict, hash, element)? {
                        Some(at) => {
                            let count = vm.binary_op(BinaryOp::Add, &dict.value_at(at), &one)?;
                            drop(dict.set_at(at, count));
                        }
                        None => dict.push(hash, element.clone(), one.clone()),
                    }
                }
                _ => {
                    let get = vm.get_attr(mapping, get)?;
                    let before = vm.call(&get, &[element.clone(), Value::Int(0)])?;
                    let count = vm.binary_op(BinaryOp::Add, &before, &one)?;
                    vm.set_item(mapping, element, count)?;
                }
            }
            Ok(true)
        },
    )?;
    Ok(Value::None)
}

/// An instance of the class around a new dict.
fn new(vm: &mut Vm, args: &Args) -> R {
    match required(vm, args, 0, "cls")? {
        Value::Class(class) => Ok(around(class, Dict::new())),
        _ => vm.type_error("a type is expected"),
    }
}

fn around(class: &Rc<crate::python::class::Class>, dict: Dict) -> Value {
    heap::instance(Instance::new(class.clone(), Payload::Value(Value::Dict(heap::dict(dict)))))
}

/// A copy of the same class, without its attributes.
fn copy(vm: &mut Vm, args: &Args) -> R {
    let dict = dict_of(vm, args)?;
    let copy = dict.copy();
    *copy.default_factory.borrow_mut() = factory(args, &dict);
    let class = vm.class_of(&args.pos[0]);
    Ok(around(&class, copy))
}

/// What makes missing values. A program may have set the attribute, which then counts.
fn factory(args: &Args, dict: &Dict) -> Value {
    let own = match args.pos.first() {
        Some(Value::Instance(i)) => i.attribute(Sym::new("default_factory")),
        _ => None,
    };
    own.unwrap_or_else(|| dict.default_factory.borrow().clone())
}

const DEFAULT_METHODS: &[Method] = &[
    ("defaultdict.__new__", StaticMethod, new),
    ("defaultdict.__init__", M, |vm, args| {
        arity(vm, args, "defaultdict", 0, 2)?;
        let factory = args.pos.get(1).cloned().unwrap_or(Value::None);
        let callable = factory.is_none()
            || matches!(factory, Value::Func(_) | Value::Native(_) | Value::Bound(_) | Value::Class(_))
            || vm.lookup_special(&factory, names::CALL).is_some();
        if !callable {
            return vm.type_error("first argument must be callable or None");
        }
        let dict = dict_of(vm, args)?;
        if let Some(other) = args.pos.get(2) {
            vm.update_dict(&dict, other)?;
        }
        set_keywords(&dict, args.names, args.named);
        *dict.default_factory.borrow_mut() = factory;
        Ok(Value::None)
    }),
    ("defaultdict.default_factory", Getter, |vm, args| {
        let dict = dict_of(vm, args)?;
        Ok(match factory(args, &dict) {
            Value::Null => Value::None,
            factory => factory,
        })
    }),
    ("defaultdict.__missing__", M, |vm, args| {
        arity(vm, args, "defaultdict.__missing__", 1, 1)?;
        let dict = dict_of(vm, args)?;
        let factory = factory(args, &dict);
        if factory.is_null() || factory.is_none() {
            return Err(vm.key_error(args.pos[1].clone()));
        }
        let value = vm.recorded(|vm| vm.call(&factory, &[]))?;
        let old = vm.dict_set(&dict, args.pos[1].clone(), value.clone())?;
        drop(old);
        Ok(value)
    }),
    ("defaultdict.copy", M, copy),
    ("defaultdict.__copy__", M, copy),
    ("defaultdict.__or__", M, |vm, args| joined(vm, args, false)),
    ("defaultdict.__ror__", M, |vm, args| joined(vm, args, true)),
    ("defaultdict.__repr__", M, default_repr),
    ("defaultdict.__str__", M, str_as_repr),
];

/// `a | b` and `b | a`: a dict of this class with the entries of both, those of the right one last.
fn joined(vm: &mut Vm, args: &Args, reflected: bool) -> R {
    let other = required(vm, args, 1, "other")?;
    let Value::Dict(other) = other.core() else { return Ok(Value::NotImplemented) };
    let (own, other) = (Value::Dict(dict_of(vm, args)?), Value::Dict(other.clone()));
    let made = copy(vm, args)?;
    let Value::Dict(dict) = made.core() else { return Ok(Value::NotImplemented) };
    let (first, last) = if reflected { (other, own) } else { (own, other) };
    drop(dict.take());
    vm.update_dict(dict, &first)?;
    vm.update_dict(dict, &last)?;
    Ok(made)
}

fn default_repr(vm: &mut Vm, args: &Args) -> R {
    let dict = dict_of(vm, args)?;
    let (factory, name) = (factory(args, &dict), vm.class_of(&args.pos[0]).name());
    let factory = vm.repr(&if factory.is_null() { Value::None } else { factory })?;
    let inner = vm.repr(&Value::Dict(heap::dict(dict.copy())))?;
    Ok(Value::string(format!("{name}({factory}, {inner})")))
}

const ORDERED_METHODS: &[Method] = &[
    ("OrderedDict.__new__", StaticMethod, new),
    ("OrderedDict.move_to_end", M, |vm, args| {
        let key = required(vm, args, 1, "key")?.clone();
        let last = match args.get(2, "last") {
            Some(last) => vm.truth(last)?,
            None => true,
        };
        let dict = dict_of(vm, args)?;
        let Some(at) = vm.dict_position(&dict, &key)? else { return Err(vm.key_error(key)) };
        let moved = dict.remove_at(at);
        let rest = if last { Vec::new() } else { dict.take() };
        dict.push(moved.hash, moved.key, moved.value);
        for entry in rest.into_iter().filter(|e| !e.key.is_null()) {
            dict.push(entry.hash, entry.key, entry.value);
        }
        Ok(Value::None)
    }),
    ("OrderedDict.popitem", M, |vm, args| {
        let last = match args.get(1, "last") {
            Some(last) => vm.truth(last)?,
            None => true,
        };
        let dict = dict_of(vm, args)?;
        pop_item(vm, &dict, last, "dictionary is empty")
    }),
    ("OrderedDict.copy", M, copy),
    ("OrderedDict.__copy__", M, copy),
    ("OrderedDict.__or__", M, |vm, args| joined(vm, args, false)),
    ("OrderedDict.__ror__", M, |vm, args| joined(vm, args, true)),
    ("OrderedDict.__eq__", M, |vm, args| {
        let equal = compare(vm, args, CompareOp::Eq)?;
        let ordered =
            |vm: &Vm, v: &Value| vm.class_of(v).mro.borrow().iter().any(|c| &*c.name() == "OrderedDict" && !c.is_heap);
        match (&equal, args.pos[1].core()) {
            (Value::Bool(is_equal), Value::Dict(other)) if is_equal.get() && ordered(vm, &args.pos[1]) => {
                let (own, other) = (dict_of(vm, args)?.keys(), other.keys());
                for (a, b) in own.iter().zip(&other) {
                    if !vm.equal(a, b)? {
                        return Ok(Value::bool(false));
                    }
                }
                Ok(equal)
            }
            _ => Ok(equal),
        }
    }),
    ("OrderedDict.__ne__", M, |vm, args| {
        let other = required(vm, args, 1, "other")?;
        let equal = vm.equal(&args.pos[0], other)?;
        Ok(Value::bool(!equal))
    }),
    ("OrderedDict.__repr__", M, ordered_repr),
    ("OrderedDict.__str__", M, str_as_repr),
];

/// 3.12 and later show a dict, versions before a list of pairs.
fn ordered_repr(vm: &mut Vm, args: &Args) -> R {
    let dict = dict_of(vm, args)?;
    let name = vm.class_of(&args.pos[0]).name();
    if dict.is_empty() {
        return Ok(Value::string(format!("{name}()")));
    }
    let shown = if vm.options.version >= (3, 12) {
        Value::Dict(heap::dict(dict.copy()))
    } else {
        Value::list(dict.entries().into_iter().map(|e| Value::tuple([e.key, e.value])).collect())
    };
    let inner = vm.repr(&shown)?;
    Ok(Value::string(format!("{name}({inner})")))
}
