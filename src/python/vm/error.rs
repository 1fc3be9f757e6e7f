//! Making exceptions from Rust, and saying what type a value has.

use std::rc::Rc;

use super::{R, Stop, Vm};
use crate::python::class::Class;
use crate::python::heap;
use crate::python::instance::{Exception, Instance, Payload};
use crate::python::name::Sym;
use crate::python::value::Value;

/// The built-in exceptions that Rust code raises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum ErrorKind {
    Type,
    Value,
    Attribute,
    Name,
    UnboundLocal,
    Index,
    Key,
    ZeroDivision,
    Overflow,
    Runtime,
    Recursion,
    StopIteration,
    StopAsyncIteration,
    GeneratorExit,
    Import,
    ModuleNotFound,
    NotImplemented,
    Os,
    Assertion,
    Unicode,
    Memory,
    System,
}

impl Vm {
    /// The class of a kind of exception.
    pub fn error_class(&self, kind: ErrorKind) -> Rc<Class> {
        let t = &self.types;
        match kind {
            ErrorKind::Type => &t.type_error,
            ErrorKind::Value => &t.value_error,
            ErrorKind::Attribute => &t.attribute_error,
            ErrorKind::Name => &t.name_error,
            ErrorKind::UnboundLocal => &t.unbound_local_error,
            ErrorKind::Index => &t.index_error,
            ErrorKind::Key => &t.key_error,
            ErrorKind::ZeroDivision => &t.zero_division_error,
            ErrorKind::Overflow => &t.overflow_error,
            ErrorKind::Runtime => &t.runtime_error,
            ErrorKind::Recursion => &t.recursion_error,
            ErrorKind::StopIteration => &t.stop_iteration,
            ErrorKind::StopAsyncIteration => &t.stop_async_iteration,
            ErrorKind::GeneratorExit => &t.generator_exit,
            ErrorKind::Import => &t.import_error,
            ErrorKind::ModuleNotFound => &t.module_not_found_error,
            ErrorKind::NotImplemented => &t.not_implemented_error,
            ErrorKind::Os => &t.os_error,
            ErrorKind::Assertion => &t.assertion_error,
            ErrorKind::Unicode => &t.unicode_error,
            ErrorKind::Memory => &t.memory_error,
            ErrorKind::System => &t.system_error,
        }
        .clone()
    }

    /// An exception of a class, with arguments.
    pub fn exception(&self, class: &Rc<Class>, args: Vec<Value>) -> Value {
        self.exception_with(class, Value::tuple(args))
    }

    /// The same with the arguments as a tuple.
    pub(super) fn exception_with(&self, class: &Rc<Class>, args: Value) -> Value {
        let data = Exception { args: args.into(), ..Exception::default() };
        let instance = Instance::new(class.clone(), Payload::Exception(Box::new(data)));
        heap::instance(instance)
    }

    /// An exception with a message, as a stop.
    pub fn error(&self, kind: ErrorKind, message: impl AsRef<str>) -> Stop {
        Stop::Raise(self.exception(&self.error_class(kind), vec![Value::str(message.as_ref())]))
    }

    /// An exception without arguments, as a stop.
    pub fn error_empty(&self, kind: ErrorKind) -> Stop {
        Stop::Raise(self.exception(&self.error_class(kind), vec![]))
    }

    /// A `TypeError`.
    pub fn type_error<T>(&self, message: impl AsRef<str>) -> R<T> {
        Err(self.error(ErrorKind::Type, message))
    }

    /// A `ValueError`.
    pub fn value_error<T>(&self, message: impl AsRef<str>) -> R<T> {
        Err(self.error(ErrorKind::Value, message))
    }

    /// A `KeyError` of this key.
    pub fn key_error(&self, key: Value) -> Stop {
        Stop::Raise(self.exception(&self.types.key_error, vec![key]))
    }

    /// `OSError(errno, text)`; the subclass that belongs to the number.
    pub fn os_error(&self, errno: i32, text: &str) -> Stop {
        let class = self.os_error_class(errno as i64);
        Stop::Raise(self.exception(&class, vec![Value::Int(errno as i64), Value::str(text)]))
    }

    /// The subclass of `OSError` for a number of Linux (PEP 3151).
    pub fn os_error_class(&self, errno: i64) -> Rc<Class> {
        let t = &self.types;
        let class = match errno {
            1 | 13 => &t.permission_error,
            2 => &t.file_not_found_error,
            3 => &t.process_lookup_error,
            4 => &t.interrupted_error,
            10 => &t.child_process_error,
            11 | 114 | 115 => &t.blocking_io_error,
            17 => &t.file_exists_error,
            20 => &t.not_a_directory_error,
            21 => &t.is_a_directory_error,
            32 | 108 => &t.broken_pipe_error,
            103 => &t.connection_aborted_error,
            104 => &t.connection_reset_error,
            110 => &t.timeout_error,
            111 => &t.connection_refused_error,
            _ => &t.os_error,
        };
        class.clone()
    }

    /// `StopIteration(value)`, without argument for `None`.
    pub fn stop_iteration(&self, value: Value) -> Value {
        let args = if value.is_none() { vec![] } else { vec![value] };
        self.exception(&self.types.stop_iteration, args)
    }

    /// `'C' object has no attribute 'x'`; the object and name go along for the hint.
    pub fn no_attribute(&self, object: &Value, name: Sym) -> Stop {
        let message = match object {
            Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name()),
            Value::Module(module) => format!("module '{}' has no attribute '{name}'", module.name),
            _ => format!("'{}' object has no attribute '{name}'", self.type_name(object)),
        };
        let exc = self.exception(&self.types.attribute_error, vec![Value::str(&message)]);
        if let Value::Instance(i) = &exc {
            i.set_attribute(Sym::new("name"), Value::str(&name.text()));
            i.set_attribute(crate::python::names::OBJ, object.clone());
        }
        Stop::Raise(exc)
    }

    /// The same for setting or deleting an attribute, for which there is no place.
    pub fn no_attribute_to_set(&self, object: &Value, name: Sym) -> Stop {
        let name_of_type = self.type_name(object);
        let reason = if self.options.version >= (3, 13) { " and no __dict__ for setting new attributes" } else { "" };
        let stop = self.no_attribute(object, name);
        if let Stop::Raise(Value::Instance(i)) = &stop
            && let Some(data) = i.exception()
        {
            let text = format!("'{name_of_type}' object has no attribute '{name}'{reason}");
            drop(data.args.replace(Value::tuple([Value::string(text)])));
        }
        stop
    }

    /// The value is an exception of this class.
    pub fn is_exception_of(&self, exc: &Value, class: &Rc<Class>) -> bool {
        matches!(exc, Value::Instance(i) if i.class().is_subclass(class))
    }

    /// The stop raises an exception of this kind.
    pub fn stops_with(&self, stop: &Stop, kind: ErrorKind) -> bool {
        match stop {
            Stop::Raise(exc) | Stop::Reraise(exc) => self.is_exception_of(exc, &self.error_class(kind)),
            _ => false,
        }
    }

    /// The name of the value's type.
    pub fn type_name(&self, value: &Value) -> Rc<str> {
        if let Value::Iter(it) = value {
            return it.type_name().into();
        }
        self.class_of(value).type_name()
    }

    /// The class of a value.
    pub fn class_of(&self, value: &Value) -> Rc<Class> {
        let t = &self.types;
        match value {
            Value::Null | Value::None => &t.none,
            Value::Ellipsis => &t.ellipsis,
            Value::NotImplemented => &t.not_implemented,
            Value::Bool(_) => &t.bool,
            Value::Int(_) | Value::Big(_) => &t.int,
            Value::Float(_) => &t.float,
            Value::Str(_) => &t.str,
            Value::Bytes(_) => &t.bytes,
            Value::Tuple(_) => &t.tuple,
            Value::List(_) => &t.list,
            Value::Dict(_) => &t.dict,
            Value::Set(s) if s.frozen => &t.frozenset,
            Value::Set(_) => &t.set,
            Value::Range(_) => &t.range,
            Value::Slice(_) => &t.slice,
            Value::Func(_) => &t.function,
            Value::Native(n) => match n.kind {
                crate::python::function::NativeKind::Method => &t.method_descriptor,
                _ => &t.builtin_function,
            },
            Value::Bound(b) => match b.function {
                Value::Native(_) => &t.builtin_function,
                _ => &t.method,
            },
            Value::Class(c) => return c.metaclass.clone().unwrap_or_else(|| t.type_.clone()),
            Value::Instance(i) => return i.class().clone(),
            Value::Gen(g) => match g.kind {
                crate::python::generator::GenKind::Generator => &t.generator,
                crate::python::generator::GenKind::Coroutine => &t.coroutine,
                crate::python::generator::GenKind::AsyncGenerator => &t.async_generator,
            },
            Value::Iter(it) => return t.iterator_class(it.type_name()),
            Value::Module(_) => &t.module,
            Value::Cell(_) => &t.cell,
            Value::Code(_) => &t.code,
            Value::Obj(o) => &o.class,
        }
        .clone()
    }
}
