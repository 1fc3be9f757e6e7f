//! Names and attributes: lookup, binding, inline caches.

use std::rc::Rc;

use super::{ErrorKind, R, Stop, Vm};
use crate::python::class::{Class, Layout};
use crate::python::dict::Dict;
use crate::python::function::{Bound, NativeKind};
use crate::python::heap;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::Data;
use crate::python::unit::{Cache, Unit};
use crate::python::value::Value;

impl Vm {
    // --- variables ---

    /// The error for an empty slot.
    pub(super) fn unbound(&mut self, slot: u32) -> Stop {
        let name = self.frame().unit.code.slot_name(slot);
        let text = format!("cannot access local variable '{name}' where it is not associated with a value");
        self.error(ErrorKind::UnboundLocal, text)
    }

    /// The error for an empty cell.
    pub(super) fn unbound_cell(&mut self, slot: u32) -> Stop {
        let code = &self.frame().unit.code;
        let name = code.slot_name(slot);
        if code.is_free_slot(slot) {
            let text = format!(
                "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
            );
            return self.error(ErrorKind::Name, text);
        }
        self.unbound(slot)
    }

    pub(super) fn load_class_deref(&mut self, slot: u32, base: usize) -> R {
        let name = self.frame().unit.code.slot_name(slot);
        if let Some(namespace) = self.frame().namespace()
            && let Some(value) = namespace.name(name)
        {
            return Ok(value);
        }
        match &self.fiber.stack[base + slot as usize] {
            Value::Cell(cell) if !cell.value.borrow().is_null() => Ok(cell.value.borrow().clone()),
            _ => Err(self.unbound_cell(slot)),
        }
    }

    /// The global that the cache knows.
    #[inline]
    pub(super) fn cached_global(&self, unit: &Unit, cache: u16) -> Option<Value> {
        match &unit.caches.borrow()[cache as usize] {
            Cache::Global { version, position } => self.frame().globals.value_if(*version, *position),
            Cache::Builtin { version, builtins_version, value } => {
                let valid = self.frame().globals.keys_version() == *version
                    && self.builtins.keys_version() == *builtins_version;
                valid.then(|| value.clone())
            }
            _ => None,
        }
    }

    pub(super) fn load_global(&mut self, unit: &Unit, cache: u16, name: u32) -> R {
        let name = unit.code.names[name as usize];
        let key = name.key();
        let globals = &self.frame().globals;
        if let Some(position) = globals.find_str(&key) {
            let found = Cache::Global { version: globals.keys_version(), position: position as u32 };
            unit.caches.borrow_mut()[cache as usize] = found;
            return Ok(globals.value_at(position));
        }
        if let Some(own) = self.own_builtins() {
            return own.name(name).ok_or_else(|| self.name_error(name));
        }
        if let Some(value) = self.builtins.name(name) {
            unit.caches.borrow_mut()[cache as usize] = Cache::Builtin {
                version: globals.keys_version(),
                builtins_version: self.builtins.keys_version(),
                value: value.clone(),
            };
            return Ok(value);
        }
        Err(self.name_error(name))
    }

    /// What stands for the builtins in this frame, where `exec` or `eval` was given others.
    fn own_builtins(&self) -> Option<Rc<Dict>> {
        match self.frame().globals.name(names::BUILTINS)? {
            Value::Dict(own) if !Rc::ptr_eq(&own, &self.builtins) => Some(own),
            Value::Module(own) if !Rc::ptr_eq(&own.dict, &self.builtins) => Some(own.dict.clone()),
            _ => None,
        }
    }

    fn name_error(&mut self, name: Sym) -> Stop {
        let exc = self.exception(&self.types.name_error, vec![Value::string(format!("name '{name}' is not defined"))]);
        if let Value::Instance(i) = &exc {
            i.set_attribute(Sym::new("name"), Value::str(&name.text()));
        }
        Stop::Raise(exc)
    }

    pub(super) fn store_global(&mut self, unit: &Unit, cache: u16, name: u32, value: Value) {
        let globals = self.frame().globals.clone();
        let mut value = value;
        if let Cache::Global { version, position } = &unit.caches.borrow()[cache as usize] {
            match globals.set_if(*version, *position, value) {
                Ok(old) => return drop(old),
                Err(back) => value = back,
            }
        }
        let name = unit.code.names[name as usize];
        drop(globals.set_name(name, value));
        if let Some(position) = globals.find_str(&name.key()) {
            let found = Cache::Global { version: globals.keys_version(), position: position as u32 };
            unit.caches.borrow_mut()[cache as usize] = found;
        }
    }

    pub(super) fn delete_global(&mut self, name: u32) -> R<()> {
        let name = self.frame().unit.code.names[name as usize];
        match self.frame().globals.remove_name(name) {
            Some(_) => Ok(()),
            None => Err(self.name_error(name)),
        }
    }

    /// Where the block that runs stores its names.
    pub(super) fn namespace(&self) -> Rc<Dict> {
        let frame = self.frame();
        frame.namespace().unwrap_or(&frame.globals).clone()
    }

    pub(super) fn load_name(&mut self, name: u32) -> R {
        let name = self.frame().unit.code.names[name as usize];
        let found = self.namespace().name(name).or_else(|| self.frame().globals.name(name)).or_else(|| {
            match self.own_builtins() {
                Some(own) => own.name(name),
                None => self.builtins.name(name),
            }
        });
        found.ok_or_else(|| self.name_error(name))
    }

    pub(super) fn store_name(&mut self, name: u32) -> R<()> {
        let name = self.frame().unit.code.names[name as usize];
        let value = self.fiber.stack.last().expect("operand stack underflow").clone();
        let namespace = self.namespace();
        if let Some((_, prepared)) = self.prepared.iter().find(|(body, _)| Rc::ptr_eq(body, &namespace)) {
            let prepared = prepared.clone();
            self.set_item(&prepared, &Value::str(&name.text()), value)?;
            self.fiber.stack.pop();
            return Ok(());
        }
        let old = namespace.set_name(name, value);
        self.fiber.stack.pop();
        drop(old);
        Ok(())
    }

    pub(super) fn delete_name(&mut self, name: u32) -> R<()> {
        let name = self.frame().unit.code.names[name as usize];
        match self.namespace().remove_name(name) {
            Some(_) => Ok(()),
            None => Err(self.name_error(name)),
        }
    }

    pub(super) fn setup_annotations(&mut self) {
        let namespace = self.namespace();
        if namespace.name(names::ANNOTATIONS).is_none() {
            namespace.set_name(names::ANNOTATIONS, Value::Dict(heap::dict(Dict::new())));
        }
    }

    // --- attributes ---

    /// `getattr(object, name)` from a native function.
    pub fn get_attribute(&mut self, object: &Value, name: &str) -> R {
        self.get_attr(object, Sym::new(name))
    }

    /// `getattr(object, name)` from a native function.
    pub fn get_attr(&mut self, object: &Value, name: Sym) -> R {
        match self.attribute_of(object, name) {
            Err(Stop::Tail(action)) => match self.next_answer() {
                Some(answer) => answer,
                None => Err(Stop::Need(action)),
            },
            other => other,
        }
    }

    /// `getattr(object, name, None)`: `None` in Rust where there is no such attribute.
    pub fn find_attr(&mut self, object: &Value, name: Sym) -> R<Option<Value>> {
        match self.get_attr(object, name) {
            Ok(value) => Ok(Some(value)),
            Err(stop) if self.stops_with(&stop, ErrorKind::Attribute) => Ok(None),
            Err(stop) => Err(stop),
        }
    }

    /// The attribute, by all rules; a Python getter comes back as a tail call.
    pub(super) fn attribute_of(&mut self, object: &Value, name: Sym) -> R {
        match object {
            Value::Instance(i) => {
                let class = i.class().clone();
                if class.traits().has_getattr {
                    return self.attribute_by_hook(object, &class, name);
                }
                self.plain_attribute(object, name)
            }
            Value::Module(module) => {
                if let Some(value) = module.dict.name(name) {
                    return Ok(value);
                }
                if let Some(hook) = module.dict.name(names::GETATTR)
                    && !matches!(name, names::DICT | names::CLASS)
                {
                    return self.call(&hook, &[Value::str(&name.text())]);
                }
                self.plain_attribute(object, name)
            }
            _ => self.plain_attribute(object, name),
        }
    }

    /// `__getattribute__` and `__getattr__` of the program's own.
    fn attribute_by_hook(&mut self, object: &Value, class: &Rc<Class>, name: Sym) -> R {
        let text = Value::str(&name.text());
        let first = match class.lookup(names::GETATTRIBUTE) {
            Some(hook @ Value::Func(_)) => self.call(&hook, &[object.clone(), text.clone()]),
            _ => match self.plain_attribute(object, name) {
                Err(Stop::Tail(action)) => match self.next_answer() {
                    Some(answer) => answer,
                    None => return Err(Stop::Need(action)),
                },
                other => other,
            },
        };
        match first {
            Err(stop) if self.stops_with(&stop, ErrorKind::Attribute) => match class.lookup(names::GETATTR) {
                Some(hook) => self.call(&hook, &[object.clone(), text]),
                None => Err(stop),
            },
            other => other,
        }
    }

    /// `object.__getattribute__`
    pub fn plain_attribute(&mut self, object: &Value, name: Sym) -> R {
        if let Value::Class(class) = object {
            return self.class_attribute(class, name);
        }
        if let Value::Obj(o) = object
            && let Data::Super(start, receiver, class) = &o.data
        {
            let (start, receiver, class) = (start.clone(), receiver.clone(), class.clone());
            return self.super_attribute(&start, &receiver, &class, name);
        }
        let class = self.class_of(object);
        let found = class.lookup(name);
        if let Some(found) = &found
            && is_data_descriptor(found)
            && !only_sets(found)
        {
            return self.bind_as_tail(found, object, &class);
        }
        let own = match object {
            Value::Instance(i) => i.attribute(name),
            Value::Func(f) => f.attributes.borrow().as_ref().and_then(|d| d.name(name)),
            Value::Bound(b) => match &b.function {
                Value::Func(f) => f.attributes.borrow().as_ref().and_then(|d| d.name(name)),
                _ => None,
            },
            Value::Module(m) => m.dict.name(name),
            _ => None,
        };
        if let Some(value) = own {
            return Ok(value);
        }
        if let Some(found) = found {
            return self.bind_as_tail(&found, object, &class);
        }
        match self.special_attribute(object, name) {
            Some(value) => Ok(value),
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// Binds; a Python getter becomes a tail call.
    fn bind_as_tail(&mut self, found: &Value, object: &Value, class: &Rc<Class>) -> R {
        if let Value::Obj(o) = found
            && let Data::Property(parts) = &o.data
            && let getter @ Value::Func(_) = parts.borrow()[0].clone()
        {
            return self.tail_call(getter, vec![object.clone()]);
        }
        self.bind_to(found, object, class)
    }

    /// Attributes that every object has without a namespace.
    pub(in crate::python) fn special_attribute(&mut self, object: &Value, name: Sym) -> Option<Value> {
        match name {
            names::CLASS => Some(Value::Class(self.class_of(object))),
            names::DICT => match object {
                Value::Instance(i) if i.class().slots.borrow().is_none() => Some(Value::Dict(i.dict())),
                Value::Module(m) => Some(Value::Dict(m.dict.clone())),
                Value::Func(f) => {
                    let dict = f.attributes.borrow_mut().get_or_insert_with(Default::default).clone();
                    Some(Value::Dict(dict))
                }
                _ => None,
            },
            names::DOC => Some(Value::None),
            _ => None,
        }
    }

    /// An attribute of a class: its metaclass's data descriptors, its own and its bases' namespaces, the metaclass.
    fn class_attribute(&mut self, class: &Rc<Class>, name: Sym) -> R {
        let object = Value::Class(class.clone());
        let meta = self.class_of(&object);
        let in_meta = meta.lookup(name);
        if let Some(found) = &in_meta
            && is_data_descriptor(found)
        {
            return self.bind_to(found, &object, &meta);
        }
        if name == names::ANNOTATIONS && class.is_heap {
            // A class has annotations of its own, be there none.
            let own = class.dict.borrow().get(&name).cloned();
            return Ok(own.unwrap_or_else(|| {
                let none = Value::Dict(heap::dict(Dict::new()));
                class.dict.borrow_mut().insert(name, none.clone());
                class.changed();
                none
            }));
        }
        if let Some(found) = class.lookup(name) {
            // What a function answers about itself is not what its class does.
            if name == names::MODULE && matches!(&found, Value::Native(n) if n.kind == NativeKind::Getter) {
                return Ok(Value::str("builtins"));
            }
            return self.bind_in_class(&found, class);
        }
        if let Some(found) = in_meta {
            return self.bind_to(&found, &object, &meta);
        }
        if let Some(hook) = meta.lookup(names::GETATTR) {
            return self.call(&hook, &[object, Value::str(&name.text())]);
        }
        Err(self.no_attribute(&object, name))
    }

    /// Binds what was found in a class when it is asked of the class itself.
    fn bind_in_class(&mut self, found: &Value, class: &Rc<Class>) -> R {
        match found {
            Value::Native(native) if native.kind == NativeKind::ClassMethod => {
                Ok(Value::Bound(Rc::new(Bound { receiver: Value::Class(class.clone()), function: found.clone() })))
            }
            Value::Obj(o) => match &o.data {
                Data::StaticMethod(f) => Ok(f.clone()),
                Data::ClassMethod(_) => self.bind_to(found, &Value::Class(class.clone()), class),
                _ => Ok(found.clone()),
            },
            Value::Instance(i) => match i.class().lookup(names::GET) {
                Some(get) => {
                    let get = get.clone();
                    self.call(&get, &[found.clone(), Value::None, Value::Class(class.clone())])
                }
                None => Ok(found.clone()),
            },
            _ => Ok(found.clone()),
        }
    }

    /// `super(start, receiver).name`, where `class` is the receiver's class (or the receiver itself).
    pub(super) fn super_attribute(&mut self, start: &Rc<Class>, receiver: &Value, class: &Rc<Class>, name: Sym) -> R {
        if name == names::CLASS {
            return Ok(Value::Class(self.types.super_.clone()));
        }
        let Some(found) = class.lookup_after(start, name) else {
            let text = format!("'super' object has no attribute '{name}'");
            return Err(self.error(ErrorKind::Attribute, text));
        };
        let is_class_call = matches!(receiver, Value::Class(c) if Rc::ptr_eq(c, class));
        if is_class_call {
            return match &found {
                Value::Func(_) => Ok(found),
                Value::Native(n) if n.kind == NativeKind::Method && n.qualname.starts_with("type.") => {
                    Ok(Value::Bound(Rc::new(Bound { receiver: receiver.clone(), function: found })))
                }
                Value::Native(n) if n.kind != NativeKind::ClassMethod => Ok(found),
                _ => self.bind_to(&found, receiver, class),
            };
        }
        self.bind_to(&found, receiver, class)
    }

    /// `[class self] -> [attribute]` for `super().name`.
    pub(super) fn load_super_attribute(&mut self, name: u32) -> R<()> {
        let name = self.frame().unit.code.names[name as usize];
        let n = self.fiber.stack.len();
        let (start, receiver) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        let Value::Class(start) = start else {
            return Err(self.error(ErrorKind::Runtime, "super(): __class__ is not a type"));
        };
        let class = self.super_class(&start, &receiver)?;
        let value = self.super_attribute(&start, &receiver, &class, name)?;
        self.fiber.stack.truncate(n - 2);
        self.fiber.stack.push(value);
        Ok(())
    }

    /// The class in whose resolution order `super` looks.
    pub fn super_class(&mut self, start: &Rc<Class>, receiver: &Value) -> R<Rc<Class>> {
        if let Value::Class(class) = receiver
            && class.is_subclass(start)
        {
            return Ok(class.clone());
        }
        let class = self.class_of(receiver);
        if class.is_subclass(start) {
            return Ok(class);
        }
        self.type_error("super(type, obj): obj must be an instance or subtype of type")
    }

    /// A special method as the class defines it, unbound; call it with the object first.
    pub fn lookup_special(&self, object: &Value, name: Sym) -> Option<Value> {
        let found = self.class_of(object).lookup(name)?;
        if found.is_none() { None } else { Some(found) }
    }

    /// Calls a special method of an object, if its class defines it.
    pub fn call_special(&mut self, object: &Value, name: Sym, args: &[Value]) -> R<Option<Value>> {
        let class = self.class_of(object);
        let Some(found) = class.lookup(name) else { return Ok(None) };
        match &found {
            Value::Func(_) | Value::Native(_) => {
                let mut all = Vec::with_capacity(args.len() + 1);
                all.push(object.clone());
                all.extend_from_slice(args);
                self.call(&found, &all).map(Some)
            }
            Value::None => Ok(None),
            _ => {
                let bound = self.bind_to(&found, object, &class)?;
                self.call(&bound, args).map(Some)
            }
        }
    }

    // --- storing ---

    /// `setattr(object, name, value)`
    pub fn set_attr(&mut self, object: &Value, name: Sym, value: Value) -> R<()> {
        if let Value::Instance(i) = object {
            let class = i.class().clone();
            if class.traits().has_setattr
                && let Some(hook @ Value::Func(_)) = class.lookup(names::SETATTR)
            {
                self.call(&hook, &[object.clone(), Value::str(&name.text()), value])?;
                return Ok(());
            }
        }
        if let Value::Class(class) = object
            && let Some(meta) = &class.metaclass
            && let Some(hook @ Value::Func(_)) = meta.lookup(names::SETATTR)
        {
            self.call(&hook, &[object.clone(), Value::str(&name.text()), value])?;
            return Ok(());
        }
        self.plain_set_attr(object, name, value)
    }

    /// `object.__setattr__`
    pub fn plain_set_attr(&mut self, object: &Value, name: Sym, value: Value) -> R<()> {
        if let Value::Class(class) = object {
            if !class.is_heap {
                let text = format!("cannot set '{name}' attribute of immutable type '{}'", class.name());
                return self.type_error(text);
            }
            match (name, &value) {
                (names::NAME, Value::Str(s)) => *class.name.borrow_mut() = s.as_str().into(),
                (names::QUALNAME, Value::Str(s)) => *class.qualname.borrow_mut() = s.as_str().into(),
                _ => drop(class.set(name, value)),
            }
            return Ok(());
        }
        let class = self.class_of(object);
        if let Some(found) = class.lookup(name) {
            match &found {
                Value::Obj(o) => {
                    if let Data::Property(parts) = &o.data {
                        let setter = parts.borrow()[1].clone();
                        if setter.is_none() {
                            return Err(self.no_accessor(&found, &class, "setter"));
                        }
                        self.call(&setter, &[object.clone(), value])?;
                        return Ok(());
                    }
                }
                Value::Instance(i) => {
                    if let Some(set) = i.class().clone().lookup(names::SET) {
                        self.call(&set, &[found.clone(), object.clone(), value])?;
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        if self.set_native_attribute(object, name, &value)? {
            return Ok(());
        }
        match object {
            Value::Instance(i) => {
                if let Some(slots) = class.slots.borrow().as_ref()
                    && !slots.contains(&name)
                {
                    return Err(self.no_attribute_to_set(object, name));
                }
                drop(i.set_attribute(name, value));
                Ok(())
            }
            Value::Module(m) => {
                drop(m.dict.set_name(name, value));
                Ok(())
            }
            Value::Func(f) => {
                let dict = f.attributes.borrow_mut().get_or_insert_with(Default::default).clone();
                drop(dict.set_name(name, value));
                Ok(())
            }
            _ => {
                let is_computed = matches!(class.lookup(name), Some(Value::Native(n)) if n.kind == NativeKind::Getter);
                let text = if is_computed {
                    format!("attribute '{name}' of '{}' objects is not writable", class.name())
                } else if class.lookup(name).is_some() {
                    format!("'{}' object attribute '{name}' is read-only", class.name())
                } else {
                    return Err(self.no_attribute_to_set(object, name));
                };
                Err(self.error(ErrorKind::Attribute, text))
            }
        }
    }

    /// Attributes of built-in objects that can be set.
    fn set_native_attribute(&mut self, object: &Value, name: Sym, value: &Value) -> R<bool> {
        match object {
            Value::Instance(i) => {
                if name == names::CLASS {
                    let Value::Class(class) = value else {
                        return self.type_error("__class__ must be set to a class");
                    };
                    i.set_class(class.clone());
                    return Ok(true);
                }
                if name == names::DICT
                    && let Value::Dict(dict) = value
                {
                    i.set_dict(dict.clone());
                    return Ok(true);
                }
                if let Some(exception) = i.exception() {
                    return self.set_exception_attribute(exception, name, value);
                }
                Ok(false)
            }
            Value::Func(f) => {
                let slot = match name {
                    names::NAME => &f.name,
                    names::QUALNAME => &f.qualname,
                    names::DOC => &f.doc,
                    names::MODULE => &f.module,
                    names::DEFAULTS => {
                        *f.defaults.borrow_mut() = match value {
                            Value::Tuple(t) => Some(t.clone()),
                            _ => None,
                        };
                        return Ok(true);
                    }
                    names::KWDEFAULTS | names::ANNOTATIONS => {
                        let dict = match value {
                            Value::Dict(d) => Some(d.clone()),
                            _ => None,
                        };
                        *if name == names::ANNOTATIONS { &f.annotations } else { &f.kw_defaults }.borrow_mut() = dict;
                        return Ok(true);
                    }
                    _ => return Ok(false),
                };
                *slot.borrow_mut() = value.clone();
                Ok(true)
            }
            Value::Gen(g) => {
                let slot = match name {
                    names::NAME => &g.name,
                    names::QUALNAME => &g.qualname,
                    _ => return Ok(false),
                };
                *slot.borrow_mut() = value.clone();
                Ok(true)
            }
            Value::Obj(o) if name == names::DOC => match &o.data {
                Data::Property(parts) => {
                    parts.borrow_mut()[3] = value.clone();
                    Ok(true)
                }
                _ => Ok(false),
            },
            Value::Cell(cell) if &*name.text() == "cell_contents" => {
                drop(cell.value.replace(value.clone()));
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    pub(super) fn delete_attribute(&mut self, name: u32) -> R<()> {
        let name = self.frame().unit.code.names[name as usize];
        let object = self.fiber.stack.last().expect("operand stack underflow").clone();
        self.delete_attr(&object, name)?;
        self.fiber.stack.pop();
        Ok(())
    }

    /// `delattr(object, name)`
    pub fn delete_attr(&mut self, object: &Value, name: Sym) -> R<()> {
        let class = self.class_of(object);
        if let Value::Instance(_) | Value::Class(_) = object
            && class.traits().has_setattr
            && let Some(hook @ Value::Func(_)) = class.lookup(names::DELATTR)
        {
            self.call(&hook, &[object.clone(), Value::str(&name.text())])?;
            return Ok(());
        }
        self.plain_delete_attr(object, name)
    }

    /// `object.__delattr__`
    pub fn plain_delete_attr(&mut self, object: &Value, name: Sym) -> R<()> {
        let class = self.class_of(object);
        match class.lookup(name) {
            Some(found @ Value::Obj(_)) => {
                if let Value::Obj(o) = &found
                    && let Data::Property(parts) = &o.data
                {
                    let deleter = parts.borrow()[2].clone();
                    if deleter.is_none() {
                        return Err(self.no_accessor(&found, &class, "deleter"));
                    }
                    self.call(&deleter, std::slice::from_ref(object))?;
                    return Ok(());
                }
            }
            Some(found @ Value::Instance(_)) => {
                let Value::Instance(i) = &found else { unreachable!() };
                if let Some(delete) = i.class().clone().lookup(names::DELETE) {
                    self.call(&delete, &[found.clone(), object.clone()])?;
                    return Ok(());
                }
            }
            _ => {}
        }
        let old = match object {
            // A slot that is empty has nothing to say but its name.
            Value::Instance(i) if class.slots.borrow().as_ref().is_some_and(|slots| slots.contains(&name)) => {
                match i.remove_attribute(name) {
                    Some(old) => Some(old),
                    None => return Err(self.error(ErrorKind::Attribute, name.text())),
                }
            }
            Value::Instance(i) => i.remove_attribute(name),
            Value::Class(c) if c.is_heap => c.remove(name),
            Value::Module(m) => m.dict.remove_name(name),
            Value::Func(f) => f.attributes.borrow().as_ref().and_then(|d| d.remove_name(name)),
            _ => None,
        };
        match (old, object) {
            (Some(_), _) => Ok(()),
            (None, Value::Instance(_)) if class.slots.borrow().is_some() => Err(self.no_attribute_to_set(object, name)),
            (None, _) => Err(self.no_attribute(object, name)),
        }
    }

    /// The instance's class keeps it from having attributes of its own.
    pub fn has_dict(&self, object: &Value) -> bool {
        match object {
            Value::Instance(i) => i.class().slots.borrow().is_none() || i.class().layout != Layout::Plain,
            Value::Func(_) | Value::Module(_) | Value::Class(_) => true,
            _ => false,
        }
    }
}

/// A descriptor without `__get__`: it has a say in storing alone, and the instance's own attribute is read.
fn only_sets(found: &Value) -> bool {
    matches!(found, Value::Instance(i) if i.class().lookup(names::GET).is_none())
}

/// What is found in a class comes before the instance's own attribute.
pub(super) fn is_data_descriptor(found: &Value) -> bool {
    match found {
        Value::Native(n) => n.kind == NativeKind::Getter,
        Value::Obj(o) => matches!(o.data, Data::Property(_)),
        Value::Instance(i) => {
            let class = i.class();
            class.is_heap && (class.lookup(names::SET).is_some() || class.lookup(names::DELETE).is_some())
        }
        _ => false,
    }
}
