//! Operations on attributes, by what their inline caches learnt when they last ran.
//!
//! A cache holds while the class that it learnt from has its version and the instance its shape. Where it does not,
//! the rules of `attribute` decide, and the cache learns again.

use std::rc::Rc;

use super::attribute::is_data_descriptor;
use super::frame::After;
use super::{R, Stop, Vm};
use crate::python::class::Class;
use crate::python::function::NativeKind;
use crate::python::generator::GenKind;
use crate::python::instance::Instance;
use crate::python::name::Sym;
use crate::python::object::Data;
use crate::python::unit::{Cache, Unit};
use crate::python::value::Value;

impl Vm {
    /// The attribute of the top operand, if the cache knows it.
    #[inline]
    pub(super) fn cached_attribute(&self, unit: &Unit, cache: u16) -> Option<Value> {
        self.known_attribute(unit, cache, self.fiber.stack.last()?)
    }

    /// The attribute of an object, if the cache knows it.
    #[inline]
    fn known_attribute(&self, unit: &Unit, cache: u16, object: &Value) -> Option<Value> {
        match (&unit.caches.borrow()[cache as usize], object) {
            (Cache::Slot { class, shape, place }, Value::Instance(i)) if i.class().version() == *class => {
                i.value_if(*shape, *place)
            }
            (Cache::ModuleName { version, position }, Value::Module(m)) => m.dict.value_if(*version, *position),
            (Cache::ClassValue { class, shape, value }, Value::Instance(i))
                if i.class().version() == *class && i.shape_id() == *shape =>
            {
                Some(value.clone())
            }
            (Cache::OfClass { class, meta, value, is_class_method: false }, Value::Class(c)) => {
                (c.version() == *class && meta_version(c) == *meta).then(|| value.clone())
            }
            _ => None,
        }
    }

    /// `[o] -> []` and the frame of its property's getter, if the cache knows it.
    fn enter_getter(&mut self, unit: &Unit, cache: u16) -> R<bool> {
        let function = match (&unit.caches.borrow()[cache as usize], self.fiber.stack.last()) {
            (Cache::Getter { class, function }, Some(Value::Instance(i))) if i.class().version() == *class => {
                function.clone()
            }
            _ => return Ok(false),
        };
        let start = self.fiber.stack.len() - 1;
        self.enter_function(&function, start, start, &[], After::Push)?;
        Ok(true)
    }

    /// The attribute of the top operand, by all rules; `None` when a frame is to go on.
    pub(super) fn load_attribute(&mut self, unit: &Rc<Unit>, cache: u16, name: u32) -> R<Option<Value>> {
        if self.fiber.answers.is_empty() && self.enter_getter(unit, cache)? {
            return Ok(None);
        }
        let name = unit.code.names[name as usize];
        let object = self.fiber.stack.last().expect("operand stack underflow").clone();
        match &object {
            Value::Instance(i) => {
                let class = i.class().clone();
                if let Some(learnt) = learn_attribute(i, &class, name) {
                    unit.caches.borrow_mut()[cache as usize] = learnt;
                }
            }
            Value::Class(class) => {
                if let Some(learnt @ Cache::OfClass { is_class_method: false, .. }) = self.learn_of_class(class, name) {
                    unit.caches.borrow_mut()[cache as usize] = learnt;
                }
            }
            Value::Module(m) => {
                if let Some(position) = m.dict.find_str(&name.key()) {
                    let version = m.dict.keys_version();
                    unit.caches.borrow_mut()[cache as usize] = Cache::ModuleName { version, position: position as u32 };
                }
            }
            _ => {}
        }
        match self.attribute_of(&object, name) {
            Err(Stop::Tail(action)) => {
                self.fiber.stack.pop();
                Err(Stop::Tail(action))
            }
            other => other.map(Some),
        }
    }

    /// `[] -> [v]`: the attribute of what lies in a slot, if the cache knows it.
    #[inline]
    pub(super) fn load_attribute_of(&mut self, unit: &Unit, cache: u16, slot: usize) -> bool {
        let Some(value) = self.known_attribute(unit, cache, &self.fiber.stack[slot]) else { return false };
        self.fiber.stack.push(value);
        true
    }

    /// `[] -> [method o]` of what lies in a slot, if the cache knows the method.
    #[inline]
    pub(super) fn load_method_of(&mut self, unit: &Unit, cache: u16, slot: usize) -> bool {
        let object = &self.fiber.stack[slot];
        let Some((function, is_bound)) = self.known_method(unit, cache, object) else { return false };
        let receiver = if is_bound { object.clone() } else { Value::Null };
        self.fiber.stack.push(function);
        self.fiber.stack.push(receiver);
        true
    }

    /// `[o] -> [method o]` if the cache knows the method.
    #[inline]
    pub(super) fn cached_method(&mut self, unit: &Unit, cache: u16) -> bool {
        let object = self.fiber.stack.last().expect("operand stack underflow");
        let Some((function, is_bound)) = self.known_method(unit, cache, object) else { return false };
        let top = self.fiber.stack.last_mut().expect("operand stack underflow");
        let object = std::mem::replace(top, function);
        self.fiber.stack.push(if is_bound { object } else { Value::Null });
        true
    }

    /// What a call of an object's method calls, and whether the object goes before its arguments, if the cache knows it.
    #[inline]
    fn known_method(&self, unit: &Unit, cache: u16, object: &Value) -> Option<(Value, bool)> {
        match (&unit.caches.borrow()[cache as usize], object) {
            (Cache::Method { class, shape, function }, Value::Instance(i)) => {
                (i.class().version() == *class && i.shape_id() == *shape).then(|| (function.clone(), true))
            }
            (Cache::Slot { class, shape, place }, Value::Instance(i)) if i.class().version() == *class => {
                Some((i.value_if(*shape, *place)?, false))
            }
            (Cache::ClassValue { class, shape, value }, Value::Instance(i)) => {
                (i.class().version() == *class && i.shape_id() == *shape).then(|| (value.clone(), false))
            }
            (Cache::OfClass { class, meta, value, is_class_method }, Value::Class(c)) => {
                (c.version() == *class && meta_version(c) == *meta).then(|| (value.clone(), *is_class_method))
            }
            (Cache::Method { class, shape: 0, function }, object) => {
                let version = match object {
                    Value::Str(_) => self.types.str.version(),
                    Value::List(_) => self.types.list.version(),
                    Value::Dict(_) => self.types.dict.version(),
                    Value::Set(s) if !s.frozen => self.types.set.version(),
                    Value::Tuple(_) => self.types.tuple.version(),
                    Value::Int(_) => self.types.int.version(),
                    Value::Float(_) => self.types.float.version(),
                    Value::Bytes(_) => self.types.bytes.version(),
                    Value::Gen(g) => match g.kind {
                        GenKind::Generator => self.types.generator.version(),
                        GenKind::Coroutine => self.types.coroutine.version(),
                        GenKind::AsyncGenerator => self.types.async_generator.version(),
                    },
                    Value::Obj(o) => o.class.version(),
                    _ => return None,
                };
                (version == *class).then(|| (function.clone(), true))
            }
            (Cache::ModuleName { version, position }, Value::Module(m)) => {
                Some((m.dict.value_if(*version, *position)?, false))
            }
            _ => None,
        }
    }

    /// What a cache may keep of an attribute asked of the class itself.
    fn learn_of_class(&self, class: &Rc<Class>, name: Sym) -> Option<Cache> {
        let meta = class.metaclass.as_ref().unwrap_or(&self.types.type_);
        if meta.lookup(name).is_some_and(|found| is_data_descriptor(&found)) {
            return None;
        }
        let (value, is_class_method) = match class.lookup(name)? {
            Value::Native(native) if native.kind == NativeKind::ClassMethod => (Value::Native(native), true),
            Value::Obj(o) => match &o.data {
                Data::StaticMethod(f) => (f.clone(), false),
                Data::ClassMethod(f @ Value::Func(_)) => (f.clone(), true),
                _ => return None,
            },
            found if may_be_kept(&found) => (found, false),
            _ => return None,
        };
        Some(Cache::OfClass { class: class.version(), meta: meta_version(class), value, is_class_method })
    }

    pub(super) fn load_method(&mut self, unit: &Rc<Unit>, cache: u16, name: u32) -> R<()> {
        let name = unit.code.names[name as usize];
        let object = self.fiber.stack.last().expect("operand stack underflow").clone();
        let (class, shape) = match &object {
            Value::Instance(i) if i.class().traits().has_getattr => (None, 0),
            Value::Instance(i) if i.shape_id() != 0 => (Some(i.class().clone()), i.shape_id()),
            Value::Instance(i) => (if i.attribute(name).is_none() { Some(i.class().clone()) } else { None }, u32::MAX),
            Value::Class(class) => {
                if let Some(learnt) = self.learn_of_class(class, name) {
                    unit.caches.borrow_mut()[cache as usize] = learnt;
                    if self.cached_method(unit, cache) {
                        return Ok(());
                    }
                }
                (None, 0)
            }
            Value::Str(_)
            | Value::List(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::Tuple(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Bytes(_)
            | Value::Gen(_)
            | Value::Obj(_) => (Some(self.class_of(&object)), 0),
            Value::Module(m) => {
                if let Some(position) = m.dict.find_str(&name.key()) {
                    let version = m.dict.keys_version();
                    unit.caches.borrow_mut()[cache as usize] = Cache::ModuleName { version, position: position as u32 };
                }
                (None, 0)
            }
            _ => (None, 0),
        };
        if let Some(class) = class {
            let hidden = matches!(&object, Value::Instance(i) if i.attribute(name).is_some());
            let special = matches!(&object, Value::Obj(o) if matches!(o.data, Data::Super(..)));
            if !hidden && !special {
                let found = class.lookup(name);
                let is_method = match &found {
                    Some(Value::Func(_)) => true,
                    Some(Value::Native(n)) => n.kind == NativeKind::Method,
                    _ => false,
                };
                if let (true, Some(function)) = (is_method, found) {
                    if shape != u32::MAX {
                        unit.caches.borrow_mut()[cache as usize] =
                            Cache::Method { class: class.version(), shape, function: function.clone() };
                    }
                    let top = self.fiber.stack.last_mut().expect("operand stack underflow");
                    *top = function;
                    self.fiber.stack.push(object);
                    return Ok(());
                }
            }
            if let Value::Instance(i) = &object
                && let Some(learnt @ (Cache::Slot { .. } | Cache::ClassValue { .. })) = learn_attribute(i, &class, name)
            {
                unit.caches.borrow_mut()[cache as usize] = learnt;
            }
        }
        let value = match self.attribute_of(&object, name) {
            Err(Stop::Tail(action)) => match self.next_answer() {
                Some(answer) => answer?,
                None => return Err(Stop::Need(action)),
            },
            other => other?,
        };
        *self.fiber.stack.last_mut().expect("operand stack underflow") = value;
        self.fiber.stack.push(Value::Null);
        Ok(())
    }

    /// `[v o] -> []` if the cache knows the place.
    #[inline]
    pub(super) fn store_cached_attribute(&mut self, unit: &Unit, cache: u16) -> bool {
        let n = self.fiber.stack.len();
        let value = std::mem::take(&mut self.fiber.stack[n - 2]);
        match store_known(unit, cache, &self.fiber.stack[n - 1], value) {
            Ok(old) => {
                old.discard();
                self.fiber.stack.truncate(n - 2);
                true
            }
            Err(value) => {
                self.fiber.stack[n - 2] = value;
                false
            }
        }
    }

    /// `[v] -> []` into an attribute of what lies in a slot, if the cache knows the place.
    #[inline]
    pub(super) fn store_attribute_of(&mut self, unit: &Unit, cache: u16, slot: usize) -> bool {
        let value = self.fiber.stack.pop().expect("operand stack underflow");
        match store_known(unit, cache, &self.fiber.stack[slot], value) {
            Ok(old) => {
                old.discard();
                true
            }
            Err(value) => {
                self.fiber.stack.push(value);
                false
            }
        }
    }

    pub(super) fn store_attribute(&mut self, unit: &Rc<Unit>, cache: u16, name: u32) -> R<()> {
        let name = unit.code.names[name as usize];
        let n = self.fiber.stack.len();
        let (value, object) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        let before = if let Value::Instance(i) = &object { i.shape_id() } else { 0 };
        self.set_attr(&object, name, value)?;
        if let Value::Instance(i) = &object {
            let class = i.class().clone();
            if !class.traits().has_setattr
                && !class.lookup(name).is_some_and(|found| is_data_descriptor(&found))
                && let Some((shape, place)) = i.place_of(name)
            {
                let class = class.version();
                unit.caches.borrow_mut()[cache as usize] = match i.shape() {
                    Some(next) if before != 0 && before != shape => Cache::Grow { class, shape: before, next },
                    _ => Cache::Slot { class, shape, place },
                };
            }
        }
        self.fiber.stack.truncate(n - 2);
        Ok(())
    }
}

/// The version of a class's metaclass, 0 for plain `type`.
fn meta_version(class: &Class) -> u64 {
    class.metaclass.as_ref().map_or(0, |meta| meta.version())
}

/// Nobody notices when a cache, which learns late that a class has changed, keeps the value for longer than the class
/// does: it has no finaliser, and holds nothing that may have one but what functions do.
fn may_be_kept(value: &Value) -> bool {
    let is_constant = matches!(value, Value::None | Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_));
    is_constant
        || matches!(value, Value::Str(_) | Value::Bytes(_) | Value::Func(_) | Value::Native(_) | Value::Class(_))
}

/// What a cache may keep of an instance's attribute.
fn learn_attribute(i: &Instance, class: &Rc<Class>, name: Sym) -> Option<Cache> {
    if class.traits().has_getattr {
        return None;
    }
    let (version, found) = (class.version(), class.lookup(name));
    if let Some(Value::Obj(o)) = &found
        && let Data::Property(parts) = &o.data
        && let Value::Func(getter) = &parts.borrow()[0]
    {
        return Some(Cache::Getter { class: version, function: getter.clone() });
    }
    if found.as_ref().is_some_and(is_data_descriptor) {
        return None;
    }
    if let Some((shape, place)) = i.place_of(name) {
        return Some(Cache::Slot { class: version, shape, place });
    }
    let shape = i.shape()?.id;
    let value = match found? {
        Value::Obj(o) => match &o.data {
            Data::StaticMethod(f) => f.clone(),
            _ => return None,
        },
        Value::Func(_) | Value::Native(_) | Value::Class(_) => return None,
        found if may_be_kept(&found) => found,
        _ => return None,
    };
    Some(Cache::ClassValue { class: version, shape, value })
}

/// Stores an attribute if the cache knows the place, and returns what was there; gives the value back otherwise.
#[inline]
fn store_known(unit: &Unit, cache: u16, object: &Value, value: Value) -> Result<Value, Value> {
    let Value::Instance(i) = object else { return Err(value) };
    match &unit.caches.borrow()[cache as usize] {
        Cache::Slot { class, shape, place } if i.class().version() == *class => i.set_if(*shape, *place, value),
        Cache::Grow { class, shape, next } if i.class().version() == *class => {
            i.grow_if(*shape, next, value).map(|()| Value::Null)
        }
        _ => Err(value),
    }
}
