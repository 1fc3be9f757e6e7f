//! `C.__bases__ = …`: a class gets other ancestors while it and its instances live.

use std::rc::Rc;

use super::{R, Vm};
use crate::python::class::{Class, Layout};
use crate::python::value::Value;

impl Vm {
    /// Gives a class other bases, and it and its descendants their new resolution orders.
    pub(super) fn set_bases(&mut self, class: &Rc<Class>, value: &Value) -> R<()> {
        let name = class.name();
        let Value::Tuple(tuple) = value else {
            let given = self.type_name(value);
            return self.type_error(format!("can only assign tuple to {name}.__bases__, not {given}"));
        };
        if tuple.items.is_empty() {
            return self.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()"));
        }
        let mut bases = Vec::new();
        for item in &tuple.items {
            let Value::Class(base) = item else {
                let given = self.type_name(item);
                return self.type_error(format!("{name}.__bases__ must be tuple of classes, not '{given}'"));
            };
            if base.is_subclass(class) {
                return self.type_error("a __bases__ item causes an inheritance cycle");
            }
            bases.push(base.clone());
        }
        // Instances stay as they lie in memory: that is decided by the base that takes up most of it.
        let (old, new) = (widest(&class.bases.borrow()), widest(&bases));
        if old.is_heap != new.is_heap || (!old.is_heap && !Rc::ptr_eq(&old, &new)) || old.layout != new.layout {
            let what = if old.is_heap || new.is_heap { "deallocator" } else { "object layout" };
            let (old, new) = (old.name(), new.name());
            return self.type_error(format!("__bases__ assignment: '{new}' {what} differs from '{old}'"));
        }
        let mut orders = Vec::new();
        let before = class.replace_bases(bases);
        if let Err(stop) = self.order_again(class, &mut orders) {
            for (class, order) in orders {
                *class.mro.borrow_mut() = order;
            }
            class.replace_bases(before);
            return Err(stop);
        }
        class.changed();
        Ok(())
    }

    /// Finds the resolution order of a class and its descendants again; notes what it was before.
    fn order_again(&mut self, class: &Rc<Class>, before: &mut Vec<(Rc<Class>, Vec<Rc<Class>>)>) -> R<()> {
        let bases = class.bases.borrow().clone();
        let mut order = vec![class.clone()];
        order.extend(self.linearize(&bases)?);
        before.push((class.clone(), class.mro.replace(order)));
        for descendant in class.subclasses() {
            self.order_again(&descendant, before)?;
        }
        Ok(())
    }
}

/// The base that says how instances lie in memory.
fn widest(bases: &[Rc<Class>]) -> Rc<Class> {
    let is_wide = |base: &&Rc<Class>| base.layout != Layout::Plain;
    bases.iter().find(is_wide).or_else(|| bases.iter().find(|base| base.is_heap)).unwrap_or(&bases[0]).clone()
}
