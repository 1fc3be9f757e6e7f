//! Names: locals, cells, globals, and those of a block with a namespace of its own.

use std::rc::Rc;

use super::{ErrorKind, R, Stop, Vm};
use crate::python::dict::Dict;
use crate::python::heap;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::unit::{Cache, Unit};
use crate::python::value::Value;

impl Vm {
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
}
