//! `property`, `staticmethod`, `classmethod`, `super`, weak references, frames, tracebacks.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::Method;
use crate::python::function::{Args, NativeKind};
use crate::python::names;
use crate::python::object::{Data, Obj, Reference, Weakling, references_to};
use crate::python::traceback::Frame;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{Getter, Method as M, StaticMethod};

fn argument(args: &Args, i: usize, name: &str) -> Value {
    args.get(i, name).cloned().unwrap_or(Value::None)
}

/// The functions of a property, or of an instance of a subclass of `property`.
fn parts_of(value: &Value) -> Option<&RefCell<[Value; 4]>> {
    match value.core() {
        Value::Obj(o) => match &o.data {
            Data::Property(parts) => Some(parts),
            _ => None,
        },
        _ => None,
    }
}

/// One of them: getter, setter, deleter, docstring.
fn property_part(vm: &mut Vm, value: &Value, place: usize) -> R {
    match parts_of(value) {
        Some(parts) => Ok(parts.borrow()[place].clone()),
        None => vm.type_error("a property is expected"),
    }
}

/// `getter`, `setter`, `deleter`: another property of the same class. A docstring that came from the old getter
/// gives way to the new one's.
fn property_with(vm: &mut Vm, args: &Args, place: usize) -> R {
    let property = &args.pos[0];
    let mut parts = Vec::new();
    for i in 0..4 {
        parts.push(property_part(vm, property, i)?);
    }
    let doc_of_getter = match &parts[0] {
        Value::None => None,
        getter => {
            let getter = getter.clone();
            vm.find_attr(&getter, names::DOC)?
        }
    };
    if place == 0 && doc_of_getter.is_some_and(|doc| doc.is(&parts[3])) {
        parts[3] = Value::None;
    }
    parts[place] = args.pos[1].clone();
    let class = Value::Class(vm.class_of(property));
    vm.call(&class, &parts)
}

/// Methods of `property`.
pub const PROPERTY_METHODS: &[Method] = &[
    ("property.__new__", StaticMethod, |vm, args| {
        let property = Obj::value(&vm.types.property, Data::Property(RefCell::default()));
        Ok(super::object::wrap(vm, &args.pos[0], property))
    }),
    ("property.__init__", M, |vm, args| {
        let n = args.pos.len() - 1;
        if n > 4 {
            return vm.type_error(format!("property() takes at most 4 arguments ({n} given)"));
        }
        let mut parts =
            [argument(args, 1, "fget"), argument(args, 2, "fset"), argument(args, 3, "fdel"), argument(args, 4, "doc")];
        if parts[3].is_none() && !parts[0].is_none() {
            let getter = parts[0].clone();
            parts[3] = vm.find_attr(&getter, names::DOC)?.unwrap_or(Value::None);
        }
        // A subclass has a docstring of its own, which would hide the getter's.
        if let Value::Instance(i) = &args.pos[0]
            && !parts[3].is_none()
        {
            drop(i.set_attribute(names::DOC, parts[3].clone()));
        }
        if let Some(own) = parts_of(&args.pos[0]) {
            drop(own.replace(parts));
        }
        Ok(Value::None)
    }),
    ("property.getter", M, |vm, args| property_with(vm, args, 0)),
    ("property.setter", M, |vm, args| property_with(vm, args, 1)),
    ("property.deleter", M, |vm, args| property_with(vm, args, 2)),
    ("property.fget", Getter, |vm, args| property_part(vm, &args.pos[0], 0)),
    ("property.fset", Getter, |vm, args| property_part(vm, &args.pos[0], 1)),
    ("property.fdel", Getter, |vm, args| property_part(vm, &args.pos[0], 2)),
    ("property.__isabstractmethod__", Getter, |vm, args| {
        for place in 0..3 {
            let part = property_part(vm, &args.pos[0], place)?;
            if part.is_none() {
                continue;
            }
            if let Some(flag) = vm.find_attr(&part, names::ISABSTRACTMETHOD)?
                && vm.truth(&flag)?
            {
                return Ok(Value::bool(true));
            }
        }
        Ok(Value::bool(false))
    }),
    ("property.__doc__", Getter, |vm, args| property_part(vm, &args.pos[0], 3)),
    ("property.__get__", M, |vm, args| {
        if args.pos[1].is_none() {
            return Ok(args.pos[0].clone());
        }
        access(vm, args, 0, "getter")
    }),
    ("property.__set__", M, |vm, args| access(vm, args, 1, "setter").map(|_| Value::None)),
    ("property.__delete__", M, |vm, args| access(vm, args, 2, "deleter").map(|_| Value::None)),
];

/// Calls one of a property's functions with what follows the property in the arguments, without the owner.
fn access(vm: &mut Vm, args: &Args, place: usize, kind: &str) -> R {
    let function = property_part(vm, &args.pos[0], place)?;
    if function.is_none() {
        let class = vm.class_of(&args.pos[1]);
        return Err(vm.no_accessor(&args.pos[0], &class, kind));
    }
    let n = if place == 1 { 3 } else { 2 };
    vm.call(&function, &args.pos[1..n])
}

/// The function inside a `staticmethod` or `classmethod`.
fn wrapped(vm: &mut Vm, args: &Args) -> R {
    match args.pos[0].core() {
        Value::Obj(o) => match &o.data {
            Data::StaticMethod(f) | Data::ClassMethod(f) => Ok(f.clone()),
            _ => vm.type_error("a staticmethod or classmethod is expected"),
        },
        _ => vm.type_error("a staticmethod or classmethod is expected"),
    }
}

/// The one argument of `staticmethod` and `classmethod`.
fn only_function(vm: &mut Vm, args: &Args, class: &str) -> R {
    match args.pos.len() - 1 {
        1 => Ok(args.pos[1].clone()),
        n => vm.type_error(format!("{class} expected 1 argument, got {n}")),
    }
}

/// What a `staticmethod` or `classmethod` takes over from its function.
fn of_wrapped(vm: &mut Vm, args: &Args, name: &str) -> R {
    let f = wrapped(vm, args)?;
    vm.get_attribute(&f, name)
}

/// Methods of `staticmethod`.
pub const STATIC_METHODS: &[Method] = &[
    ("staticmethod.__new__", StaticMethod, |vm, args| {
        let f = only_function(vm, args, "staticmethod")?;
        let made = Obj::value(&vm.types.staticmethod, Data::StaticMethod(f));
        Ok(super::object::wrap(vm, &args.pos[0], made))
    }),
    ("staticmethod.__init__", M, |_, _| Ok(Value::None)),
    ("staticmethod.__repr__", M, |vm, args| repr(vm, args, "staticmethod")),
    ("staticmethod.__func__", Getter, wrapped),
    ("staticmethod.__wrapped__", Getter, wrapped),
    ("staticmethod.__name__", Getter, |vm, args| of_wrapped(vm, args, "__name__")),
    ("staticmethod.__qualname__", Getter, |vm, args| of_wrapped(vm, args, "__qualname__")),
    ("staticmethod.__module__", Getter, |vm, args| of_wrapped(vm, args, "__module__")),
    ("staticmethod.__doc__", Getter, |vm, args| of_wrapped(vm, args, "__doc__")),
    ("staticmethod.__annotations__", Getter, |vm, args| of_wrapped(vm, args, "__annotations__")),
    ("staticmethod.__get__", M, wrapped),
    ("staticmethod.__isabstractmethod__", Getter, is_abstract),
];

/// Methods of `classmethod`.
pub const CLASS_METHODS: &[Method] = &[
    ("classmethod.__new__", StaticMethod, |vm, args| {
        let f = only_function(vm, args, "classmethod")?;
        let made = Obj::value(&vm.types.classmethod, Data::ClassMethod(f));
        Ok(super::object::wrap(vm, &args.pos[0], made))
    }),
    ("classmethod.__init__", M, |_, _| Ok(Value::None)),
    ("classmethod.__repr__", M, |vm, args| repr(vm, args, "classmethod")),
    ("classmethod.__func__", Getter, wrapped),
    ("classmethod.__wrapped__", Getter, wrapped),
    ("classmethod.__name__", Getter, |vm, args| of_wrapped(vm, args, "__name__")),
    ("classmethod.__qualname__", Getter, |vm, args| of_wrapped(vm, args, "__qualname__")),
    ("classmethod.__module__", Getter, |vm, args| of_wrapped(vm, args, "__module__")),
    ("classmethod.__doc__", Getter, |vm, args| of_wrapped(vm, args, "__doc__")),
    ("classmethod.__annotations__", Getter, |vm, args| of_wrapped(vm, args, "__annotations__")),
    ("classmethod.__get__", M, |vm, args| {
        let class = match args.pos.get(2) {
            Some(Value::Class(class)) => class.clone(),
            _ => vm.class_of(&args.pos[1]),
        };
        let method = args.pos[0].core().clone();
        vm.bind_to(&method, &args.pos[1], &class)
    }),
    ("classmethod.__isabstractmethod__", Getter, is_abstract),
];

/// Says what is wrapped from 3.10 on.
fn repr(vm: &mut Vm, args: &Args, kind: &str) -> R {
    if vm.options.version < (3, 10) {
        let id = vm.id_of(&args.pos[0]);
        return Ok(Value::string(format!("<{kind} object at {id:#x}>")));
    }
    let f = wrapped(vm, args)?;
    let inner = vm.repr(&f)?;
    Ok(Value::string(format!("<{kind}({inner})>")))
}

fn is_abstract(vm: &mut Vm, args: &Args) -> R {
    let f = wrapped(vm, args)?;
    Ok(vm.find_attr(&f, names::ISABSTRACTMETHOD)?.unwrap_or(Value::bool(false)))
}

/// Methods of `super`.
pub const SUPER_METHODS: &[Method] = &[
    ("super.__new__", StaticMethod, |vm, args| {
        let Some(Value::Class(start)) = args.pos.get(1) else {
            if let Some(other) = args.pos.get(1) {
                let found = vm.type_name(other);
                return vm.type_error(format!("super() argument 1 must be a type, not {found}"));
            }
            return Err(vm.error(ErrorKind::Runtime, "super(): no arguments"));
        };
        let receiver = args.pos.get(2).cloned().unwrap_or(Value::None);
        let class = vm.super_class(start, &receiver)?;
        Ok(Obj::value(&vm.types.super_, Data::Super(start.clone(), receiver, class)))
    }),
    ("super.__init__", M, |_, _| Ok(Value::None)),
];

/// Methods of `weakref.ref`.
pub const WEAK_METHODS: &[Method] = &[
    ("ReferenceType.__new__", StaticMethod, |vm, args| {
        let target = argument(args, 1, "object");
        let callback = argument(args, 2, "callback");
        let Some(weak) = Weakling::new(&target) else {
            let name = vm.type_name(&target);
            return vm.type_error(format!("cannot create weak reference to '{name}' object"));
        };
        let references = references_to(&target);
        // Without a callback one reference serves all.
        let known = references.filter(|_| callback.is_none()).and_then(|references| {
            let references = references.borrow();
            let mut living = references.iter().filter_map(Weak::upgrade);
            living.find(|o| matches!(&o.data, Data::Weak(weak) if weak.callback.is_none()))
        });
        if let Some(known) = known {
            return Ok(Value::Obj(known));
        }
        let reference = Obj::value(&vm.types.weak_reference, Data::Weak(Reference::new(weak, callback)));
        if let (Some(references), Value::Obj(o)) = (references, &reference) {
            let references = &mut *references.borrow_mut();
            if references.len() == references.capacity() {
                references.retain(|reference| reference.strong_count() > 0);
            }
            references.push(Rc::downgrade(o));
        }
        Ok(reference)
    }),
    ("ReferenceType.__init__", M, |_, _| Ok(Value::None)),
    ("ReferenceType.__call__", M, |_, args| match &args.pos[0] {
        Value::Obj(o) => match &o.data {
            Data::Weak(weak) => Ok(weak.target().unwrap_or(Value::None)),
            _ => Ok(Value::None),
        },
        _ => Ok(Value::None),
    }),
    ("ReferenceType.__callback__", Getter, |_, args| match &args.pos[0] {
        Value::Obj(o) => match &o.data {
            Data::Weak(weak) if weak.target().is_some() => Ok(weak.callback.clone()),
            _ => Ok(Value::None),
        },
        _ => Ok(Value::None),
    }),
    ("ReferenceType.__class_getitem__", NativeKind::ClassMethod, |_, args| Ok(args.pos[0].clone())),
];

fn frame_part(value: &Value, read: impl Fn(&Frame, &Data) -> Value) -> Value {
    match value {
        Value::Obj(o) => match &o.data {
            data @ Data::Frame { frame, .. } => read(frame, data),
            _ => Value::None,
        },
        _ => Value::None,
    }
}

/// Attributes of frames.
pub const FRAME_METHODS: &[Method] = &[
    ("frame.f_code", Getter, |_, args| Ok(frame_part(&args.pos[0], |f, _| Value::Code(f.unit.clone())))),
    ("frame.f_lineno", Getter, |_, args| Ok(frame_part(&args.pos[0], |f, _| Value::Int(f.position().line as i64)))),
    ("frame.f_lasti", Getter, |_, args| Ok(frame_part(&args.pos[0], |f, _| Value::Int(f.op as i64)))),
    ("frame.f_globals", Getter, |_, args| {
        Ok(frame_part(&args.pos[0], |_, data| match data {
            Data::Frame { globals, .. } => Value::Dict(globals.clone()),
            _ => Value::None,
        }))
    }),
    ("frame.f_locals", Getter, |_, args| {
        Ok(frame_part(&args.pos[0], |_, data| match data {
            Data::Frame { locals, .. } => Value::Dict(locals.clone()),
            _ => Value::None,
        }))
    }),
    ("frame.f_back", Getter, |_, args| {
        Ok(frame_part(&args.pos[0], |_, data| match data {
            Data::Frame { back, .. } => back.clone(),
            _ => Value::None,
        }))
    }),
    ("frame.clear", M, |_, _| Ok(Value::None)),
];

fn traceback_frames(value: &Value) -> &[Frame] {
    match value {
        Value::Obj(o) => match &o.data {
            Data::Traceback(frames) => frames,
            _ => &[],
        },
        _ => &[],
    }
}

/// Attributes of tracebacks: outermost frame first, `tb_next` goes inwards.
pub const TRACEBACK_METHODS: &[Method] = &[
    ("traceback.tb_lineno", Getter, |_, args| {
        Ok(traceback_frames(&args.pos[0]).first().map_or(Value::None, |f| Value::Int(f.position().line as i64)))
    }),
    ("traceback.tb_lasti", Getter, |_, args| {
        Ok(traceback_frames(&args.pos[0]).first().map_or(Value::None, |f| Value::Int(f.op as i64)))
    }),
    ("traceback.tb_next", Getter, |vm, args| {
        let frames = traceback_frames(&args.pos[0]);
        Ok(if frames.len() > 1 {
            Obj::value(&vm.types.traceback, Data::Traceback(frames[1..].to_vec()))
        } else {
            Value::None
        })
    }),
    ("traceback.tb_frame", Getter, |vm, args| {
        let Some(frame) = traceback_frames(&args.pos[0]).first() else { return Ok(Value::None) };
        let data = Data::Frame {
            frame: frame.clone(),
            globals: frame.globals.clone().unwrap_or_default(),
            locals: frame.namespace(),
            back: Value::None,
        };
        Ok(Obj::value(&vm.types.frame, data))
    }),
];
