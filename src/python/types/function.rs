//! Functions, methods, code objects, cells.

use std::cell::RefCell;
use std::rc::Rc;

use super::Method;
use crate::python::code::{Const, flag};
use crate::python::function::{Bound, Function, NativeKind};
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{Getter, Method as M, StaticMethod};

fn function(vm: &mut Vm, value: &Value) -> R<Rc<Function>> {
    match value {
        Value::Func(f) => Ok(f.clone()),
        _ => vm.type_error("a function is expected"),
    }
}

fn get(vm: &mut Vm, value: &Value, field: impl Fn(&Function) -> &RefCell<Value>) -> R {
    let f = function(vm, value)?;
    Ok(field(&f).borrow().clone())
}

/// Methods of functions.
pub const METHODS: &[Method] = &[
    ("function.__call__", M, |vm, args| {
        let kwargs: Vec<_> = args.names.iter().copied().zip(args.named.iter().cloned()).collect();
        vm.call_with(&args.pos[0], &args.pos[1..], &kwargs)
    }),
    ("function.__get__", M, |_, args| {
        Ok(if args.pos[1].is_none() {
            args.pos[0].clone()
        } else {
            Value::Bound(Rc::new(Bound { receiver: args.pos[1].clone(), function: args.pos[0].clone() }))
        })
    }),
    ("function.__name__", Getter, |vm, args| get(vm, &args.pos[0], |f| &f.name)),
    ("function.__qualname__", Getter, |vm, args| get(vm, &args.pos[0], |f| &f.qualname)),
    ("function.__doc__", Getter, |vm, args| get(vm, &args.pos[0], |f| &f.doc)),
    ("function.__module__", Getter, |vm, args| get(vm, &args.pos[0], |f| &f.module)),
    ("function.__globals__", Getter, |vm, args| Ok(Value::Dict(function(vm, &args.pos[0])?.globals.clone()))),
    ("function.__code__", Getter, |vm, args| Ok(Value::Code(function(vm, &args.pos[0])?.unit.borrow().clone()))),
    ("function.__defaults__", Getter, |vm, args| {
        Ok(function(vm, &args.pos[0])?.defaults.borrow().clone().map_or(Value::None, Value::Tuple))
    }),
    ("function.__kwdefaults__", Getter, |vm, args| {
        Ok(function(vm, &args.pos[0])?.kw_defaults.borrow().clone().map_or(Value::None, Value::Dict))
    }),
    ("function.__closure__", Getter, |vm, args| {
        let f = function(vm, &args.pos[0])?;
        Ok(if f.closure.is_empty() { Value::None } else { Value::tuple(f.closure.iter().cloned().map(Value::Cell)) })
    }),
    ("function.__annotations__", Getter, |vm, args| {
        let f = function(vm, &args.pos[0])?;
        let dict = f.annotations.borrow_mut().get_or_insert_with(Default::default).clone();
        Ok(Value::Dict(dict))
    }),
    ("function.__new__", StaticMethod, |vm, _| vm.type_error("functions are made by def and lambda")),
];

/// Methods of functions written in Rust.
pub const NATIVE_METHODS: &[Method] = &[
    ("builtin_function_or_method.__call__", M, |vm, args| {
        let kwargs: Vec<_> = args.names.iter().copied().zip(args.named.iter().cloned()).collect();
        vm.call_with(&args.pos[0], &args.pos[1..], &kwargs)
    }),
    ("builtin_function_or_method.__name__", Getter, |_, args| Ok(Value::str(native_name(&args.pos[0]).1))),
    ("builtin_function_or_method.__qualname__", Getter, |_, args| Ok(Value::str(native_name(&args.pos[0]).0))),
    ("builtin_function_or_method.__module__", Getter, |_, _| Ok(Value::str("builtins"))),
    ("builtin_function_or_method.__self__", Getter, |vm, args| match &args.pos[0] {
        Value::Bound(b) => Ok(b.receiver.clone()),
        other => Err(vm.no_attribute(other, crate::python::names::SELF)),
    }),
];

fn native_name(value: &Value) -> (&'static str, &'static str) {
    match value {
        Value::Native(n) => (n.qualname, n.name),
        Value::Bound(b) => native_name(&b.function),
        _ => ("?", "?"),
    }
}

/// Methods of bound methods; other attributes are the function's.
pub const BOUND_METHODS: &[Method] = &[
    ("method.__new__", StaticMethod, |vm, args| match args.pos {
        [_, function, receiver] => {
            Ok(Value::Bound(Rc::new(Bound { receiver: receiver.clone(), function: function.clone() })))
        }
        _ => vm.type_error("method expected 2 arguments"),
    }),
    ("method.__call__", M, |vm, args| {
        let kwargs: Vec<_> = args.names.iter().copied().zip(args.named.iter().cloned()).collect();
        vm.call_with(&args.pos[0], &args.pos[1..], &kwargs)
    }),
    ("method.__self__", Getter, |_, args| match &args.pos[0] {
        Value::Bound(b) => Ok(b.receiver.clone()),
        _ => Ok(Value::None),
    }),
    ("method.__func__", Getter, |_, args| match &args.pos[0] {
        Value::Bound(b) => Ok(b.function.clone()),
        _ => Ok(Value::None),
    }),
    ("method.__name__", Getter, |vm, args| of_function(vm, &args.pos[0], "__name__")),
    ("method.__qualname__", Getter, |vm, args| of_function(vm, &args.pos[0], "__qualname__")),
    ("method.__doc__", Getter, |vm, args| of_function(vm, &args.pos[0], "__doc__")),
    ("method.__module__", Getter, |vm, args| of_function(vm, &args.pos[0], "__module__")),
    ("method.__code__", Getter, |vm, args| of_function(vm, &args.pos[0], "__code__")),
    ("method.__defaults__", Getter, |vm, args| of_function(vm, &args.pos[0], "__defaults__")),
    ("method.__kwdefaults__", Getter, |vm, args| of_function(vm, &args.pos[0], "__kwdefaults__")),
    ("method.__annotations__", Getter, |vm, args| of_function(vm, &args.pos[0], "__annotations__")),
    ("method.__globals__", Getter, |vm, args| of_function(vm, &args.pos[0], "__globals__")),
    ("method.__wrapped__", Getter, |vm, args| of_function(vm, &args.pos[0], "__wrapped__")),
];

fn of_function(vm: &mut Vm, value: &Value, name: &str) -> R {
    match value {
        Value::Bound(b) => {
            let function = b.function.clone();
            vm.get_attribute(&function, name)
        }
        _ => vm.type_error("a method is expected"),
    }
}

/// Attributes of code objects.
pub const CODE_METHODS: &[Method] = &[
    ("code.co_name", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::str(&u.code.name))),
    ("code.co_qualname", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::str(&u.code.qualname))),
    ("code.co_filename", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::str(&u.code.source.filename))),
    ("code.co_firstlineno", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::Int(u.code.first_line as i64))),
    ("code.co_flags", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::Int(u.flags as i64))),
    ("code.co_argcount", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::Int(u.code.n_args as i64))),
    ("code.co_posonlyargcount", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::Int(u.code.n_posonly as i64))),
    ("code.co_kwonlyargcount", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::Int(u.code.n_kwonly as i64))),
    ("code.co_nlocals", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::from(u.code.varnames.len()))),
    ("code.co_varnames", Getter, |vm, args| {
        code(vm, &args.pos[0], |u| Value::tuple(u.code.varnames.iter().map(|n| Value::str(&n.text()))))
    }),
    ("code.co_freevars", Getter, |vm, args| {
        code(vm, &args.pos[0], |u| Value::tuple(u.code.freevars.iter().map(|n| Value::str(&n.text()))))
    }),
    ("code.co_cellvars", Getter, |vm, args| {
        code(vm, &args.pos[0], |u| Value::tuple(u.code.cellvars.iter().map(|n| Value::str(&n.text()))))
    }),
    ("code.co_names", Getter, |vm, args| {
        code(vm, &args.pos[0], |u| Value::tuple(u.code.names.iter().map(|n| Value::str(&n.text()))))
    }),
    ("code.co_consts", Getter, |vm, args| {
        code(vm, &args.pos[0], |u| {
            let shown = u.consts.iter().zip(&u.code.consts).filter(|(_, c)| !matches!(c, Const::Code(_)));
            Value::tuple(shown.map(|(v, _)| v.clone()))
        })
    }),
    ("code._is_library", Getter, |vm, args| code(vm, &args.pos[0], |u| Value::bool(u.code.source.is_library))),
];

fn code(vm: &mut Vm, value: &Value, read: impl Fn(&crate::python::unit::Unit) -> Value) -> R {
    match value {
        Value::Code(unit) => Ok(read(unit)),
        _ => vm.type_error("a code object is expected"),
    }
}

/// Attributes of cells.
pub const CELL_METHODS: &[Method] = &[("cell.cell_contents", Getter, |vm, args| match &args.pos[0] {
    Value::Cell(cell) if !cell.value.borrow().is_null() => Ok(cell.value.borrow().clone()),
    _ => Err(vm.error(ErrorKind::Value, "Cell is empty")),
})];

impl Vm {
    /// The generators of this generator function may be awaited (`types.coroutine`).
    pub fn iterable_coroutine(&mut self, f: &Rc<Function>) -> Value {
        self.flagged(f, flag::ITERABLE_COROUTINE)
    }

    /// The function with one flag more in its code.
    pub fn flagged(&mut self, f: &Rc<Function>, flag: u32) -> Value {
        let unit = f.unit.borrow().clone();
        let marked = crate::python::unit::Unit {
            code: unit.code.clone(),
            names: unit.names.clone(),
            consts: unit.consts.clone(),
            caches: RefCell::new(vec![Default::default(); unit.code.n_caches as usize]),
            nested: RefCell::new(vec![None; unit.code.consts.len()]),
            steps: unit.steps.clone(),
            surcharges: unit.surcharges,
            n_plain_args: unit.n_plain_args,
            n_own_slots: unit.n_own_slots,
            flags: unit.flags | flag,
        };
        *f.unit.borrow_mut() = self.adopt(marked);
        Value::Func(f.clone())
    }
}
