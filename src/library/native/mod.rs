//! Modules written in Rust, and what they share.

use std::rc::Rc;

use num_traits::ToPrimitive;

use crate::python::class::{Class, Layout};
use crate::python::function::{Args, Native, NativeFn, NativeKind};
use crate::python::module::Module;
use crate::python::names;
use crate::python::object::{Data, Obj};
use crate::python::trap::Trap;
use crate::python::types::{self, Method};
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, NativeModule, R, Stop, Vm};

mod collections;
mod disk;
mod gc;
mod hashlib;
mod journal;
mod mappings;
mod math;
mod ordered;
mod process;
mod random;
mod re;
mod signal;
mod small;
mod socket;
mod sys;
mod system;
mod thread;
mod time;
mod traceback;
mod unicode;
mod weakref;
mod zlib;

/// The module of this name.
pub fn find(name: &str) -> Option<NativeModule> {
    Some(match name {
        "sys" => sys::fill,
        "math" => math::fill,
        "_thread" => thread::fill,
        "_time" => time::fill,
        "_context" => small::fill_context,
        "_cost" => small::fill_cost,
        "_types" => small::fill_types,
        "_ast" => small::fill_ast,
        "_zones" => small::fill_zones,
        "_socket" => socket::fill,
        "_select" => socket::fill_select,
        "_journal" => journal::fill,
        "_disk" => disk::fill,
        "_gc" => gc::fill,
        "_sys" => system::fill,
        "_process" => process::fill,
        "_signal" => signal::fill,
        "_weakref" => weakref::fill,
        "_random" => random::fill,
        "_sre" => re::fill,
        "_collections" => collections::fill,
        "_hashlib" => hashlib::fill,
        "_traceback" => traceback::fill,
        "_unicode" => unicode::fill,
        "_zlib" => zlib::fill,
        "_heapq" => ordered::fill_heapq,
        "_bisect" => ordered::fill_bisect,
        _ => return None,
    })
}

/// Those that programs import under their own names.
pub const PUBLIC: &[&str] = &["math", "sys"];

/// Functions of a module by name.
type Functions = &'static [(&'static str, NativeFn)];

/// Puts functions into a module.
fn add_functions(module: &Module, functions: Functions) {
    for (name, function) in functions {
        module.dict.set_str(name, Native::value(name, NativeKind::Function, *function));
    }
}

/// Makes a class, puts it into a module under its name and returns it.
fn add_class(module: &Module, name: &str, base: &Rc<Class>, layout: Layout, methods: &[Method]) -> Rc<Class> {
    let class = Class::new(name, vec![base.clone()], base.mro.borrow().clone(), None, layout, false);
    types::add(&class, methods);
    class.dict.borrow_mut().insert(names::MODULE, Value::str(&module.name));
    class.changed();
    module.dict.set_str(name, Value::Class(class.clone()));
    class
}

/// An object of a class made with `add_class`, or of a subclass that a program made of it.
fn make_object(vm: &mut Vm, class: &Value, data: Data) -> R {
    let Value::Class(wanted) = class else { return vm.type_error("a type is expected") };
    let base = wanted.mro.borrow().iter().find(|c| !c.is_heap).cloned();
    let Some(base) = base else { return vm.type_error("a type is expected") };
    let object = Obj::value(&base, data);
    Ok(types::object::wrap(vm, class, object))
}

/// What the machine is asked for is the function's result.
fn trap(trap: Trap) -> R {
    Err(Stop::Trap(Box::new(trap)))
}

/// An argument that must be there.
fn required<'a>(vm: &mut Vm, args: &Args<'a>, i: usize, name: &str) -> R<&'a Value> {
    match args.get(i, name) {
        Some(value) => Ok(value),
        None => vm.type_error(format!("missing required argument '{name}' (pos {})", i + 1)),
    }
}

/// An integer argument.
fn int(vm: &mut Vm, args: &Args, i: usize, name: &str) -> R<i64> {
    let value = required(vm, args, i, name)?;
    vm.expect_int(value)
}

/// A string argument.
fn text(vm: &mut Vm, args: &Args, i: usize, name: &str) -> R<String> {
    let value = required(vm, args, i, name)?;
    match value.as_str() {
        Some(text) => Ok(text.to_string()),
        None => {
            let what = vm.type_name(value);
            vm.type_error(format!("argument '{name}' must be str, not {what}"))
        }
    }
}

/// An argument that may be left out or be `None`.
fn optional<'a>(args: &Args<'a>, i: usize, name: &str) -> Option<&'a Value> {
    args.get(i, name).filter(|v| !v.is_none())
}

/// A number as a float (`__float__`, `__index__`).
fn float(vm: &mut Vm, value: &Value) -> R<f64> {
    Ok(match value.core() {
        Value::Float(f) => f.get(),
        Value::Int(i) => *i as f64,
        Value::Bool(b) => *b as i64 as f64,
        Value::Big(b) => match b.to_f64().filter(|f| f.is_finite()) {
            Some(f) => f,
            None => return Err(vm.error(ErrorKind::Overflow, "int too large to convert to float")),
        },
        _ => match vm.call_special(value, names::FLOAT, &[])? {
            Some(Value::Float(f)) => f.get(),
            _ => match vm.index(value, false) {
                Ok(Some(i)) => i as f64,
                Ok(None) => {
                    let what = vm.type_name(value);
                    return vm.type_error(format!("must be real number, not {what}"));
                }
                Err(stop) => return Err(stop),
            },
        },
    })
}

/// The contents of bytes and the like.
fn bytes(vm: &mut Vm, value: &Value) -> R<Vec<u8>> {
    match value.core() {
        Value::Bytes(b) => Ok(b.to_vec()),
        Value::Obj(o) => match &o.data {
            Data::ByteArray(b) => Ok(b.borrow().clone()),
            _ => {
                let what = vm.type_name(value);
                vm.type_error(format!("a bytes-like object is required, not '{what}'"))
            }
        },
        Value::Instance(_) if vm.lookup_special(value, names::BYTES).is_some() => {
            match vm.call_special(value, names::BYTES, &[])? {
                Some(Value::Bytes(b)) => Ok(b.to_vec()),
                _ => vm.type_error("__bytes__ returned non-bytes"),
            }
        }
        _ => {
            let what = vm.type_name(value);
            vm.type_error(format!("a bytes-like object is required, not '{what}'"))
        }
    }
}
