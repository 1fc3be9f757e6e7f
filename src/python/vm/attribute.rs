//! Attributes: lookup and binding.

use std::rc::Rc;

use super::{ErrorKind, R, Stop, Vm};
use crate::python::class::{Class, Layout};
use crate::python::dict::Dict;
use crate::python::function::{Bound, NativeKind};
use crate::python::heap;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::Data;
use crate::python::value::Value;

impl Vm {
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
        if name == names::DOC && !class.is_heap {
            return Ok(Value::None);
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
        match class.lookup(name) {
            None | Some(Value::None) => Ok(None),
            Some(found) => self.call_found(&found, object, args).map(Some),
        }
    }

    /// Calls what the class of an object has as a special method: functions get the object, descriptors are asked.
    pub fn call_found(&mut self, found: &Value, object: &Value, args: &[Value]) -> R {
        if let Value::Func(_) | Value::Native(_) = found {
            let mut all = Vec::with_capacity(args.len() + 1);
            all.push(object.clone());
            all.extend_from_slice(args);
            return self.call(found, &all);
        }
        let class = self.class_of(object);
        let bound = self.bind_to(found, object, &class)?;
        self.call(&bound, args)
    }

    /// The instance's class keeps it from having attributes of its own.
    pub fn has_dict(&self, object: &Value) -> bool {
        match object {
            Value::Instance(i) => i.class().slots.borrow().is_none() || i.class().layout != Layout::Plain,
            Value::Func(_) | Value::Module(_) | Value::Class(_) => true,
            _ => false,
        }
    }

    /// The error of a property that has no `getter`, `setter` or `deleter`: it knows its name by its place in a class.
    pub(in crate::python) fn no_accessor(&mut self, property: &Value, owner: &Rc<Class>, kind: &str) -> Stop {
        let name = owner.mro.borrow().iter().find_map(|class| {
            class.dict.borrow().iter().find(|(_, value)| value.is(property)).map(|(name, _)| name.text())
        });
        let older = match kind {
            "getter" => "unreadable attribute",
            "setter" => "can't set attribute",
            _ => "can't delete attribute",
        };
        let class = owner.qualname.borrow().clone();
        let text = match name {
            Some(name) if self.options.version >= (3, 11) => {
                format!("property '{name}' of '{class}' object has no {kind}")
            }
            Some(name) if self.options.version >= (3, 10) => format!("{older} '{name}'"),
            None if self.options.version >= (3, 11) => format!("property of '{class}' object has no {kind}"),
            _ => older.into(),
        };
        self.error(ErrorKind::Attribute, text)
    }

    /// Binds what was found in a class to an instance (`__get__` of functions and built-in descriptors, and of
    /// the program's own descriptors).
    pub fn bind_to(&mut self, found: &Value, receiver: &Value, owner: &Rc<Class>) -> R {
        let bound = |receiver: Value| Value::Bound(Rc::new(Bound { receiver, function: found.clone() }));
        match found {
            Value::Func(_) => Ok(bound(receiver.clone())),
            Value::Native(native) => match native.kind {
                NativeKind::Method => Ok(bound(receiver.clone())),
                NativeKind::ClassMethod => Ok(bound(Value::Class(owner.clone()))),
                NativeKind::Getter => self.call(found, std::slice::from_ref(receiver)),
                NativeKind::Function | NativeKind::StaticMethod => Ok(found.clone()),
            },
            Value::Obj(o) => match &o.data {
                Data::Property(parts) => {
                    let getter = parts.borrow()[0].clone();
                    if getter.is_none() {
                        return Err(self.no_accessor(found, owner, "getter"));
                    }
                    self.call(&getter, std::slice::from_ref(receiver))
                }
                Data::Member(name, _) => self.member_of(receiver, *name),
                Data::StaticMethod(f) => Ok(f.clone()),
                Data::ClassMethod(f) => {
                    let f = f.clone();
                    let class = Value::Class(owner.clone());
                    match &f {
                        Value::Func(_) | Value::Native(_) | Value::Bound(_) => {
                            Ok(Value::Bound(Rc::new(Bound { receiver: class, function: f })))
                        }
                        _ => self.bind_to(&f, &class, owner),
                    }
                }
                _ => Ok(found.clone()),
            },
            Value::Instance(i) => match i.class().lookup(names::GET) {
                Some(get) => {
                    let get = get.clone();
                    self.call(&get, &[found.clone(), receiver.clone(), Value::Class(owner.clone())])
                }
                None => Ok(found.clone()),
            },
            _ => Ok(found.clone()),
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
