//! Setting and deleting attributes.

use std::rc::Rc;

use super::{ErrorKind, R, Vm};
use crate::python::function::NativeKind;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::Data;
use crate::python::value::Value;

impl Vm {
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
                (names::BASES, value) => self.set_bases(class, value)?,
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
                // Caches keep builtins themselves, not their places.
                if Rc::ptr_eq(&m.dict, &self.builtins) {
                    self.builtins.renew_version();
                }
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
                    names::CODE => {
                        let Value::Code(unit) = value else {
                            return self.type_error("__code__ must be set to a code object");
                        };
                        let (own, given) = (f.closure.len(), unit.code.freevars.len());
                        if own != given {
                            let name = f.name.borrow().as_str().unwrap_or_default().to_string();
                            let text = format!("{name}() requires a code object with {own} free vars, not {given}");
                            return self.value_error(text);
                        }
                        drop(f.unit.replace(unit.clone()));
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
}
