//! Functions that look at objects, and what of them the machine uses too.

use std::rc::Rc;

use super::given;
use crate::python::class::Class;
use crate::python::code::{Code, flag};
use crate::python::dict::Dict;
use crate::python::function::Args;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::{Data, Obj};
use crate::python::traceback::Frame;
use crate::python::types::object::attribute_name;
use crate::python::value::Value;
use crate::python::vm::sort::Items;
use crate::python::vm::{ErrorKind, R, Vm};

pub(super) fn is_callable(vm: &Vm, value: &Value) -> bool {
    match value {
        Value::Func(_) | Value::Native(_) | Value::Bound(_) | Value::Class(_) => true,
        Value::Obj(o) if matches!(o.data, Data::StaticMethod(_) | Data::Weak(..)) => true,
        _ => vm.lookup_special(value, names::CALL).is_some(),
    }
}

pub(super) fn getattr(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "getattr", 2, 3)?;
    let name = attribute_name(vm, &args.pos[1])?;
    match args.pos.get(2) {
        Some(default) => Ok(vm.find_attr(&args.pos[0], name)?.unwrap_or_else(|| default.clone())),
        None => vm.get_attr(&args.pos[0], name),
    }
}

pub(super) fn dir(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "dir", 0, 1)?;
    let found = match args.pos.first() {
        None => {
            let frame = vm.caller();
            vm.locals_of(frame).keys()
        }
        Some(object @ Value::Instance(_)) => match vm.call_special(object, names::DIR, &[])? {
            Some(names) => vm.collect(&names)?,
            None => vm.dir(object)?,
        },
        Some(Value::Module(module)) => match module.dict.name(names::DIR) {
            Some(hook) => {
                let names = vm.call(&hook, &[])?;
                vm.collect(&names)?
            }
            None => module.dict.keys(),
        },
        // A metaclass may have an answer of its own.
        Some(object @ Value::Class(class)) => match class.metaclass.as_ref().and_then(|meta| meta.lookup(names::DIR)) {
            Some(hook @ Value::Func(_)) => {
                let names = vm.call(&hook, std::slice::from_ref(object))?;
                vm.collect(&names)?
            }
            _ => vm.dir(object)?,
        },
        Some(object) => vm.dir(object)?,
    };
    vm.sort(Items::Gathered(found), None, false, |_, sorted| async move { Ok(Value::list(sorted.all()?)) })
}

pub(super) fn vars(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "vars", 0, 1)?;
    match args.pos.first() {
        None => {
            let frame = vm.caller();
            Ok(Value::Dict(vm.locals_of(frame)))
        }
        Some(object) => match vm.find_attr(object, names::DICT)? {
            Some(dict) => Ok(dict),
            None => vm.type_error("vars() argument must have __dict__ attribute"),
        },
    }
}

pub(super) fn import(vm: &mut Vm, args: &Args) -> R {
    let Some(name) = args.get(0, "name").and_then(Value::as_str) else {
        return vm.type_error("module name must be a string");
    };
    let name = name.to_string();
    let last = vm.import_module(&name)?;
    let wants_last = match args.get(3, "fromlist") {
        Some(list) => vm.truth(list)?,
        None => false,
    };
    match name.split_once('.') {
        Some((first, _)) if !wants_last => vm.import_module(first),
        _ => Ok(last),
    }
}

impl Vm {
    /// `len(value)`
    pub fn length(&mut self, value: &Value) -> R<i64> {
        Ok(match value {
            Value::Str(s) => s.n_chars() as i64,
            Value::Bytes(b) => b.len() as i64,
            Value::Tuple(t) => t.items.len() as i64,
            Value::List(l) => l.items.borrow().len() as i64,
            Value::Dict(d) => d.len() as i64,
            Value::Set(s) => s.len() as i64,
            Value::Range(r) => r.len() as i64,
            Value::Obj(o)
                if let Data::Native(data) = &o.data
                    && let Some(n) = data.length() =>
            {
                n as i64
            }
            _ => match self.call_special(value, names::LEN, &[])? {
                Some(length) => self.checked_length(&length)?,
                None => {
                    let name = self.type_name(value);
                    return self.type_error(format!("object of type '{name}' has no len()"));
                }
            },
        })
    }

    /// What `__len__` returned, as a length.
    pub(in crate::python) fn checked_length(&mut self, length: &Value) -> R<i64> {
        match length.core() {
            Value::Int(n) if *n >= 0 => Ok(*n),
            Value::Int(_) => self.value_error("__len__() should return >= 0"),
            Value::Bool(b) => Ok(b.get() as i64),
            Value::Big(n) if n.sign() == num_bigint::Sign::Minus => self.value_error("__len__() should return >= 0"),
            Value::Big(_) => Err(self.error(ErrorKind::Overflow, "cannot fit 'int' into an index-sized integer")),
            _ => match self.call_special(length, names::INDEX, &[])? {
                Some(index) if !index.is(length) => self.checked_length(&index),
                _ => {
                    let name = self.type_name(length);
                    self.type_error(format!("'{name}' object cannot be interpreted as an integer"))
                }
            },
        }
    }

    /// The frame that called the native function that runs: its place among the fiber's frames.
    pub fn caller(&self) -> usize {
        let shown = |f: &crate::python::vm::frame::Frame| !f.unit.code.source.is_machinery();
        self.fiber.frames.iter().rposition(shown).unwrap_or(self.fiber.frames.len().saturating_sub(1))
    }

    /// The frame so many calls up, with those outside it. Variables are shown of the program's own frames and of the frame
    /// asked for.
    pub fn frame_object(&mut self, depth: usize) -> Option<Value> {
        let shown: Vec<usize> = (0..self.fiber.frames.len())
            .filter(|&i| {
                let is_around = |inner: &crate::python::vm::frame::Frame| inner.unit.has(flag::INLINED);
                self.fiber.frames[i].unit.is_shown() && !self.fiber.frames.get(i + 1).is_some_and(is_around)
            })
            .collect();
        let last = shown.len().checked_sub(depth + 1)?;
        let mut back = Value::None;
        for (n, &place) in shown[..=last].iter().enumerate() {
            let frame = &self.fiber.frames[place];
            let (unit, op, globals) = (frame.unit.clone(), frame.ip.saturating_sub(1), frame.globals.clone());
            let is_own = !unit.code.source.is_library;
            let locals = if is_own || n == last { self.locals_of(place) } else { Rc::new(Dict::new()) };
            let data = Data::Frame { frame: Frame::new(unit, op), globals, locals, back };
            back = Obj::value(&self.types.frame, data);
        }
        Some(back)
    }

    /// The variables of a frame: the namespace of a module or class body itself, of a function a new dict.
    pub fn locals_of(&self, place: usize) -> Rc<Dict> {
        let frame = &self.fiber.frames[place];
        if let Some(namespace) = frame.namespace() {
            return namespace.clone();
        }
        let code = &frame.unit.code;
        if !code.has(flag::OPTIMIZED) {
            return frame.globals.clone();
        }
        let slots = self.fiber.stack.get(frame.base as usize..).unwrap_or(&[]);
        Rc::new(self.named_slots(code, slots))
    }

    /// The variables in these slots of a function's frame that have a value.
    pub fn named_slots(&self, code: &Code, slots: &[Value]) -> Dict {
        let locals = Dict::new();
        for (slot, value) in slots.iter().enumerate().take(code.n_slots()) {
            let value = match value {
                Value::Cell(cell) => cell.value.borrow().clone(),
                value => value.clone(),
            };
            let name = code.slot_name(slot as u32);
            if !value.is_null() && !name.text().starts_with('.') {
                locals.set_name(name, value);
            }
        }
        locals
    }

    /// `isinstance(object, classes)`
    pub fn is_instance(&mut self, object: &Value, classes: &Value) -> R<bool> {
        match classes {
            Value::Class(class) => {
                let own = self.class_of(object);
                if Rc::ptr_eq(&own, class) {
                    return Ok(true);
                }
                if let Some(answer) = self.ask_metaclass(class, names::INSTANCECHECK, object)? {
                    return Ok(answer);
                }
                if own.is_subclass(class) {
                    return Ok(true);
                }
                // A stand-in says in `__class__` what it stands for.
                match own.lookup(names::CLASS) {
                    Some(said) if !own.is_heap || matches!(said, Value::Native(_)) => Ok(false),
                    _ => match self.get_attr(object, names::CLASS)? {
                        Value::Class(said) => Ok(said.is_subclass(class)),
                        _ => Ok(false),
                    },
                }
            }
            Value::Tuple(all) => {
                for class in &all.items {
                    if self.nested(" in __instancecheck__", |vm| vm.is_instance(object, class))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => match self.call_special(classes, names::INSTANCECHECK, std::slice::from_ref(object))? {
                Some(answer) => self.truth(&answer),
                None => self.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"),
            },
        }
    }

    /// `issubclass(sub, classes)`
    pub fn is_subclass_of(&mut self, sub: &Value, classes: &Value) -> R<bool> {
        match classes {
            Value::Class(class) => {
                if let Value::Class(sub) = sub
                    && Rc::ptr_eq(sub, class)
                    && class.metaclass.is_none()
                {
                    return Ok(true);
                }
                if let Some(answer) = self.ask_metaclass(class, names::SUBCLASSCHECK, sub)? {
                    return Ok(answer);
                }
                match sub {
                    Value::Class(sub) => Ok(sub.is_subclass(class)),
                    _ => self.type_error("issubclass() arg 1 must be a class"),
                }
            }
            Value::Tuple(all) => {
                for class in &all.items {
                    if self.nested(" in __subclasscheck__", |vm| vm.is_subclass_of(sub, class))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => match self.call_special(classes, names::SUBCLASSCHECK, std::slice::from_ref(sub))? {
                Some(answer) => self.truth(&answer),
                None => self.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"),
            },
        }
    }

    /// What the metaclass's own check says; `None` where it has none.
    fn ask_metaclass(&mut self, class: &Rc<Class>, check: Sym, of: &Value) -> R<Option<bool>> {
        let Some(meta) = &class.metaclass else { return Ok(None) };
        match meta.lookup(check) {
            None | Some(Value::Native(_)) => Ok(None),
            Some(hook) => {
                let object = Value::Class(class.clone());
                let bound = self.bind_to(&hook, &object, meta)?;
                let answer = self.call(&bound, std::slice::from_ref(of))?;
                self.truth(&answer).map(Some)
            }
        }
    }
}
