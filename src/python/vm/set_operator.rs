//! Operators of sets, element by element: a hash or `__eq__` may be the program's own.

use std::rc::Rc;

use super::{R, Vm};
use crate::python::code::BinaryOp;
use crate::python::dict::Entry;
use crate::python::set::Set;
use crate::python::value::Value;

impl Vm {
    /// A set, or a view of a dict's keys or items as one.
    pub(super) fn as_set(&mut self, value: &Value) -> R<Option<Rc<Set>>> {
        use crate::python::iterator::DictPart;
        use crate::python::object::Data;
        match value {
            Value::Set(s) => Ok(Some(s.clone())),
            Value::Obj(o) => match &o.data {
                Data::DictView(dict, part) if *part != DictPart::Values => {
                    let set = Rc::new(Set::new(false));
                    for entry in dict.entries() {
                        let item = match part {
                            DictPart::Items => Value::tuple([entry.key, entry.value]),
                            _ => entry.key,
                        };
                        self.add_to_set(&set, item)?;
                    }
                    Ok(Some(set))
                }
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// Union, intersection, difference, symmetric difference; frozen as the left one is.
    pub fn set_op(&mut self, operator: BinaryOp, a: &Rc<Set>, b: &Rc<Set>) -> R<Rc<Set>> {
        let new = || Rc::new(Set::new(a.frozen));
        match operator {
            BinaryOp::Or => self.merge_into(|| Rc::new(a.copy(a.frozen)), b),
            BinaryOp::And => {
                // The smaller one is gone through.
                let (from, other) = if b.len() > a.len() { (a, b) } else { (b, a) };
                self.choose_from(new, from, other, true)
            }
            BinaryOp::Sub if a.len() / 4 > b.len() => self.remove_from(|| Rc::new(a.copy(a.frozen)), b),
            BinaryOp::Sub => self.choose_from(new, a, b, false),
            _ => self.toggle_in(|| Rc::new(b.copy(a.frozen)), a),
        }
    }

    /// What the set becomes by an operator in place.
    pub fn set_op_in_place(&mut self, operator: BinaryOp, a: &Rc<Set>, b: &Rc<Set>) -> R<Rc<Set>> {
        let twin = || Rc::new(a.twin(a.frozen));
        match operator {
            BinaryOp::Or if a.is_empty() => Ok(Rc::new(b.copy(a.frozen))),
            BinaryOp::Or => self.merge_into(twin, b),
            BinaryOp::Sub => self.remove_from(twin, b),
            BinaryOp::Xor => self.toggle_in(twin, b),
            _ => self.set_op(operator, a, b),
        }
    }

    /// `s.update(iterable)`
    pub fn update_set(&mut self, set: &Rc<Set>, iterable: &Value) -> R<()> {
        match iterable.core() {
            Value::Set(other) if set.is_empty() => set.fill_from(other),
            Value::Set(other) => drop(self.merge_into(|| set.clone(), other)?),
            _ => {
                if let Value::Dict(dict) = iterable.core() {
                    self.recorded(|_| {
                        set.reserve(dict.len());
                        Ok(Value::None)
                    })?;
                }
                let add = |vm: &mut Vm, _: &mut (), _, item: &Value| {
                    vm.add_to_set(set, item.clone())?;
                    Ok(true)
                };
                self.for_each(iterable, || (), add)?;
            }
        }
        Ok(())
    }

    /// Adds the elements of a set to another one.
    fn merge_into(&mut self, into: impl FnOnce() -> Rc<Set>, from: &Set) -> R<Rc<Set>> {
        let start = || {
            let into = into();
            into.reserve(from.len());
            into
        };
        self.with_each(start, from, |vm, into, entry| {
            if vm.find_key(into.table(), entry.hash, &entry.key)?.is_none() {
                into.push(entry.hash, entry.key.clone());
            }
            Ok(())
        })
    }

    /// Adds to a set the elements of one that another has or has not.
    fn choose_from(&mut self, new: impl FnOnce() -> Rc<Set>, from: &Set, other: &Set, has: bool) -> R<Rc<Set>> {
        self.with_each(new, from, |vm, result, entry| {
            if vm.find_key(other.table(), entry.hash, &entry.key)?.is_some() == has {
                result.push(entry.hash, entry.key.clone());
            }
            Ok(())
        })
    }

    /// Removes the elements of a set from another one.
    fn remove_from(&mut self, whole: impl FnOnce() -> Rc<Set>, gone: &Set) -> R<Rc<Set>> {
        let result = self.with_each(whole, gone, |vm, result, entry| {
            if let Some(position) = vm.find_key(result.table(), entry.hash, &entry.key)? {
                drop(result.remove_at(position));
            }
            Ok(())
        })?;
        result.shrink();
        Ok(result)
    }

    /// Removes the elements of a set from another one where that has them, and adds them where not.
    fn toggle_in(&mut self, start: impl FnOnce() -> Rc<Set>, other: &Set) -> R<Rc<Set>> {
        self.with_each(start, other, |vm, result, entry| {
            match vm.find_key(result.table(), entry.hash, &entry.key)? {
                Some(position) => drop(result.remove_at(position)),
                None => result.push(entry.hash, entry.key.clone()),
            }
            Ok(())
        })
    }

    /// Changes a set by every element of another one, in that one's order.
    fn with_each(
        &mut self,
        start: impl FnOnce() -> Rc<Set>,
        from: &Set,
        mut change: impl FnMut(&mut Vm, &Set, &Entry) -> R<()>,
    ) -> R<Rc<Set>> {
        let (_, _, result) = self.turns(
            || (0, Rc::new(from.entries()), start()),
            |vm, (at, entries, result)| {
                let Some(entry) = entries.get(*at) else { return Ok(false) };
                change(vm, result, entry)?;
                *at += 1;
                Ok(true)
            },
        )?;
        Ok(result)
    }
}
