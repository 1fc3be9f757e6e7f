//! `object`, `type`, `None`, modules: what every object can do.

use std::rc::Rc;

use super::Method;
use crate::python::class::{Class, Layout};
use crate::python::dict::Dict;
use crate::python::function::{Args, NativeKind};
use crate::python::generator::GenKind;
use crate::python::heap;
use crate::python::instance::{Instance, Payload};
use crate::python::module::Module;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::{Data, Obj};
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

use NativeKind::{ClassMethod, Getter, Method as M, StaticMethod};

/// Methods of `object`.
pub const METHODS: &[Method] = &[
    ("object.__new__", StaticMethod, new),
    ("object.__init__", M, init),
    ("object.__repr__", M, |vm, args| vm.plain_repr(&args.pos[0]).map(Value::string)),
    ("object.__str__", M, |vm, args| vm.repr(&args.pos[0]).map(Value::string)),
    ("object.__format__", M, format),
    ("object.__eq__", M, |_, args| {
        Ok(if args.pos[0].is(&args.pos[1]) { Value::bool(true) } else { Value::NotImplemented })
    }),
    ("object.__ne__", M, |vm, args| match vm.call_special(&args.pos[0], names::EQ, &args.pos[1..])? {
        None | Some(Value::NotImplemented) => Ok(Value::NotImplemented),
        Some(value) => Ok(Value::bool(!vm.truth(&value)?)),
    }),
    ("object.__lt__", M, |_, _| Ok(Value::NotImplemented)),
    ("object.__le__", M, |_, _| Ok(Value::NotImplemented)),
    ("object.__gt__", M, |_, _| Ok(Value::NotImplemented)),
    ("object.__ge__", M, |_, _| Ok(Value::NotImplemented)),
    ("object.__hash__", M, |vm, args| {
        let id = vm.id_of(&args.pos[0]);
        Ok(Value::Int((id >> 4) as i64))
    }),
    ("object.__getattribute__", M, |vm, args| {
        let name = attribute_name(vm, &args.pos[1])?;
        vm.plain_attribute(&args.pos[0], name)
    }),
    ("object.__setattr__", M, |vm, args| {
        let name = attribute_name(vm, &args.pos[1])?;
        vm.plain_set_attr(&args.pos[0], name, args.pos[2].clone()).map(|()| Value::None)
    }),
    ("object.__delattr__", M, |vm, args| {
        let name = attribute_name(vm, &args.pos[1])?;
        vm.plain_delete_attr(&args.pos[0], name).map(|()| Value::None)
    }),
    ("object.__init_subclass__", ClassMethod, |vm, args| {
        let Some(Value::Class(class)) = args.pos.first() else { return Ok(Value::None) };
        if !args.names.is_empty() {
            let name = class.qualname.borrow().clone();
            return vm.type_error(format!("{name}.__init_subclass__() takes no keyword arguments"));
        }
        Ok(Value::None)
    }),
    ("object.__subclasshook__", ClassMethod, |_, _| Ok(Value::NotImplemented)),
    ("object.__dir__", M, |vm, args| vm.dir(&args.pos[0]).map(Value::list)),
    ("object.__reduce_ex__", M, |vm, args| by_pickle(vm, "reduced_by_method", args)),
    ("object.__reduce__", M, |vm, args| by_pickle(vm, "plainly_reduced", args)),
    ("object.__sizeof__", M, |_, _| Ok(Value::Int(16))),
    ("object.__class__", Getter, |vm, args| Ok(Value::Class(vm.class_of(&args.pos[0])))),
];

/// What `list`, `dict` and the like have from 3.9 on: `list[int]`.
pub const GENERIC_METHODS: &[Method] = &[("object.__class_getitem__", ClassMethod, |vm, args| {
    let types = vm.import_module("types")?;
    let alias = vm.get_attribute(&types, "GenericAlias")?;
    vm.call(&alias, args.pos)
})];

/// Methods of `type`.
pub const TYPE_METHODS: &[Method] = &[
    ("type.__new__", StaticMethod, |vm, args| vm.new_class(args)),
    ("type.__init__", M, |_, _| Ok(Value::None)),
    ("type.__call__", M, |vm, args| {
        let Value::Class(class) = &args.pos[0] else { return vm.type_error("type.__call__ needs a type") };
        vm.type_call(class, &args.pos[1..], args.names, args.named)
    }),
    ("type.mro", M, |vm, args| mro(vm, args).map(Value::list)),
    ("type.__mro__", Getter, |vm, args| mro(vm, args).map(Value::tuple)),
    ("type.__bases__", Getter, |_, args| match &args.pos[0] {
        Value::Class(c) => Ok(Value::tuple(c.bases.borrow().iter().cloned().map(Value::Class))),
        _ => Ok(Value::None),
    }),
    ("type.__base__", Getter, |_, args| match &args.pos[0] {
        Value::Class(c) => Ok(c.bases.borrow().first().cloned().map_or(Value::None, Value::Class)),
        _ => Ok(Value::None),
    }),
    ("type.__name__", Getter, |_, args| match &args.pos[0] {
        Value::Class(c) => Ok(Value::str(&c.name())),
        _ => Ok(Value::None),
    }),
    ("type.__qualname__", Getter, |_, args| match &args.pos[0] {
        Value::Class(c) => Ok(Value::str(&c.qualname.borrow())),
        _ => Ok(Value::None),
    }),
    ("type.__dict__", Getter, |vm, args| {
        let Value::Class(c) = &args.pos[0] else { return Ok(Value::None) };
        let dict = Dict::new();
        for (name, value) in c.dict.borrow().iter() {
            dict.set_name(*name, value.clone());
        }
        Ok(Obj::value(&vm.types.mapping_proxy, Data::MappingProxy(Rc::new(dict))))
    }),
    ("type.__subclasses__", M, |_, args| match &args.pos[0] {
        Value::Class(c) => Ok(Value::list(c.subclasses().into_iter().map(Value::Class).collect())),
        _ => Ok(Value::None),
    }),
    ("type.__instancecheck__", M, |vm, args| {
        let Value::Class(class) = &args.pos[0] else { return Ok(Value::bool(false)) };
        Ok(Value::bool(vm.class_of(&args.pos[1]).is_subclass(class)))
    }),
    ("type.__subclasscheck__", M, |vm, args| match (&args.pos[0], &args.pos[1]) {
        (Value::Class(class), Value::Class(sub)) => Ok(Value::bool(sub.is_subclass(class))),
        _ => vm.type_error("issubclass() arg 1 must be a class"),
    }),
    ("type.__prepare__", ClassMethod, |_, _| Ok(Value::Dict(heap::dict(Dict::new())))),
    ("type.__or__", M, |_, _| Ok(Value::NotImplemented)),
    ("type.__repr__", M, |vm, args| vm.repr(&args.pos[0]).map(Value::string)),
    ("type.__hash__", M, |vm, args| Ok(Value::Int((vm.id_of(&args.pos[0]) >> 4) as i64))),
];

/// Methods of `None`.
pub const NONE_METHODS: &[Method] = &[("NoneType.__bool__", M, |_, _| Ok(Value::bool(false)))];

/// Methods of modules.
pub const MODULE_METHODS: &[Method] = &[
    ("module.__new__", StaticMethod, |_, args| {
        let name = args.get(1, "name").and_then(Value::as_str).unwrap_or("");
        let dict = heap::dict(Dict::new());
        dict.set_name(names::NAME, Value::str(name));
        dict.set_name(names::DOC, args.get(2, "doc").cloned().unwrap_or(Value::None));
        Ok(Value::Module(Rc::new(Module { name: name.into(), dict })))
    }),
    ("module.__init__", M, |_, _| Ok(Value::None)),
];

fn mro(vm: &mut Vm, args: &Args) -> R<Vec<Value>> {
    match &args.pos[0] {
        Value::Class(c) => Ok(c.mro.borrow().iter().cloned().map(Value::Class).collect()),
        _ => vm.type_error("descriptor 'mro' needs a type"),
    }
}

/// What the library knows about taking objects apart.
fn by_pickle(vm: &mut Vm, name: &str, args: &Args) -> R {
    let module = vm.import_module("_pickle")?;
    let function = vm.get_attribute(&module, name)?;
    vm.call(&function, &args.pos[..1])
}

/// What `object` has from 3.11 on.
pub const METHODS_3_11: &[Method] = &[("object.__getstate__", M, |vm, args| by_pickle(vm, "plain_state", args))];

/// The name that an argument gives.
pub fn attribute_name(vm: &mut Vm, value: &Value) -> R<Sym> {
    match value.core() {
        Value::Str(s) => Ok(s.sym()),
        _ => {
            let name = vm.type_name(value);
            vm.type_error(format!("attribute name must be string, not '{name}'"))
        }
    }
}

/// `object.__init__(self)`: it takes no arguments where the class has an `__init__` of its own, which could have kept
/// them, or none that an own `__new__` has taken.
fn init(vm: &mut Vm, args: &Args) -> R {
    let class = vm.class_of(&args.pos[0]);
    if (args.pos.len() == 1 && args.names.is_empty()) || class.layout != Layout::Plain {
        return Ok(Value::None);
    }
    let named = |vm: &mut Vm, class: &str| {
        vm.type_error(format!("{class}.__init__() takes exactly one argument (the instance to initialize)"))
    };
    if !is_native(&class, names::INIT, "object.__init__") {
        return named(vm, "object");
    }
    if is_native(&class, names::NEW, "object.__new__") {
        return named(vm, &class.name());
    }
    Ok(Value::None)
}

/// What the class's lookup of a method finds is this one.
fn is_native(class: &Class, name: Sym, qualname: &str) -> bool {
    match class.lookup(name) {
        Some(Value::Native(native)) => native.qualname == qualname,
        Some(Value::Obj(o)) => matches!(&o.data, Data::StaticMethod(Value::Native(n)) if n.qualname == qualname),
        _ => false,
    }
}

/// `object.__new__(cls, …)`
fn new(vm: &mut Vm, args: &Args) -> R {
    let Some(first) = args.pos.first() else {
        return vm.type_error("object.__new__(): not enough arguments");
    };
    let Value::Class(class) = first else {
        let name = vm.type_name(first);
        return vm.type_error(format!("object.__new__(X): X is not a type object ({name})"));
    };
    if class.lookup(names::ABSTRACTMETHODS).is_some_and(|m| match &m {
        Value::Set(s) => !s.is_empty(),
        _ => false,
    }) {
        let Some(Value::Set(set)) = class.lookup(names::ABSTRACTMETHODS) else { unreachable!() };
        let mut names: Vec<String> = set.items().iter().filter_map(|n| n.as_str().map(String::from)).collect();
        names.sort();
        let plural = if names.len() == 1 { "method" } else { "methods" };
        let class = class.name();
        let lack = match vm.options.version >= (3, 12) {
            true => format!("without an implementation for abstract {plural} '{}'", names.join("', '")),
            false if vm.options.version < (3, 9) => format!("with abstract methods {}", names.join(", ")),
            false => format!("with abstract {plural} {}", names.join(", ")),
        };
        return vm.type_error(format!("Can't instantiate abstract class {class} {lack}"));
    }
    if !class.is_heap {
        if Rc::ptr_eq(class, &vm.types.object) {
            return Ok(Obj::value(&vm.types.object, Data::Plain));
        }
        let name = class.name();
        return vm.type_error(format!("cannot create '{name}' instances"));
    }
    if class.layout == Layout::Plain && (args.pos.len() > 1 || !args.names.is_empty()) {
        if !is_native(class, names::NEW, "object.__new__") {
            return vm.type_error("object.__new__() takes exactly one argument (the type to instantiate)");
        }
        if is_native(class, names::INIT, "object.__init__") {
            return vm.type_error(format!("{}() takes no arguments", class.name()));
        }
    }
    match class.layout {
        Layout::Plain => Ok(heap::instance(Instance::new(class.clone(), Payload::None))),
        Layout::Exception => Ok(vm.exception(class, args.pos[1..].to_vec())),
        Layout::Builtin(name) => {
            vm.type_error(format!("object.__new__({}) is not safe, use {name}.__new__()", class.name()))
        }
        Layout::Type => vm.type_error("object.__new__(type) is not safe, use type.__new__()"),
    }
}

/// Wraps a built-in value in an instance when a subclass is being made.
pub fn wrap(_vm: &Vm, class: &Value, value: Value) -> Value {
    match class {
        Value::Class(class) if class.is_heap => heap::instance(Instance::new(class.clone(), Payload::Value(value))),
        _ => value,
    }
}

fn format(vm: &mut Vm, args: &Args) -> R {
    let spec = args.pos.get(1).and_then(Value::as_str).unwrap_or("");
    if !spec.is_empty() {
        let name = vm.type_name(&args.pos[0]);
        return vm.type_error(format!("unsupported format string passed to {name}.__format__"));
    }
    vm.str_of(&args.pos[0]).map(Value::Str)
}

impl Vm {
    /// The names that `dir()` gives, sorted.
    pub fn dir(&mut self, object: &Value) -> R<Vec<Value>> {
        let mut found = std::collections::BTreeSet::new();
        // What built-in classes say of themselves is not what their objects have.
        let is_shown = |class: &Class, name: &Sym| class.is_heap || *name != names::MODULE;
        let mut add_class = |class: &Rc<Class>| {
            found.insert("__doc__".to_string());
            for class in class.mro.borrow().iter() {
                let dict = class.dict.borrow();
                found.extend(dict.keys().filter(|name| is_shown(class, name)).map(|n| n.text().to_string()));
                if class.layout == Layout::Exception {
                    found.insert("__dict__".to_string());
                }
            }
        };
        match object {
            Value::Module(m) => {
                return Ok({
                    let mut names: Vec<String> =
                        m.dict.keys().iter().filter_map(|k| k.as_str().map(String::from)).collect();
                    names.sort();
                    names.iter().map(|n| Value::str(n)).collect()
                });
            }
            Value::Class(class) => add_class(class),
            _ => add_class(&self.class_of(object)),
        }
        if let Value::Func(_) = object {
            found.extend(["__builtins__", "__dict__", "__module__"].map(String::from));
        }
        if let Value::Gen(generator) = object
            && generator.kind != GenKind::AsyncGenerator
        {
            found.insert("__del__".to_string());
        }
        if let Value::Instance(i) = object {
            found.extend(i.attributes().iter().filter_map(|(k, _)| k.as_str().map(String::from)));
        }
        Ok(found.iter().map(|n| Value::str(n)).collect())
    }
}
