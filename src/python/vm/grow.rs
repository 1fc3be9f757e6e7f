//! A string built piece by piece in a variable grows in place, as under CPython (`unicode_concatenate` in
//! Python/ceval.c): else such a program would be quadratic.

use std::rc::Rc;

use super::Vm;
use crate::python::code::Op;
use crate::python::value::Value;

/// The slot that the operation stores to first.
fn stored_slot(op: Op) -> Option<usize> {
    match op {
        Op::StoreFast(slot) => Some(slot as usize),
        Op::StoreLoadFast(slot, _) => Some(slot.into()),
        _ => None,
    }
}

impl Vm {
    /// `[] -> [slot + end]` where both are strings, nobody else has the first, and the next operation stores to its slot.
    #[inline]
    pub(super) fn grow_slot(&mut self, base: usize, slot: u16, end: &Value, next: Op) -> bool {
        let place = &mut self.fiber.stack[base + slot as usize];
        let (Value::Str(text), Value::Str(end)) = (&mut *place, end) else { return false };
        if stored_slot(next) != Some(slot.into()) {
            return false;
        }
        let Some(text) = Rc::get_mut(text) else { return false };
        text.push(end);
        let grown = std::mem::take(place);
        self.fiber.stack.push(grown);
        true
    }

    /// `[a b] -> [a + b]` where both are strings, and nobody has the first but the slot that the next operation stores to.
    #[inline]
    pub(super) fn grow_operand(&mut self, base: usize, next: Op) -> bool {
        let (Some(slot), n) = (stored_slot(next), self.fiber.stack.len()) else { return false };
        match (&self.fiber.stack[base + slot], &self.fiber.stack[n - 2], &self.fiber.stack[n - 1]) {
            (Value::Str(held), Value::Str(text), Value::Str(_))
                if Rc::ptr_eq(held, text) && Rc::strong_count(text) == 2 => {}
            _ => return false,
        }
        self.fiber.stack[base + slot] = Value::Null;
        let Some(Value::Str(end)) = self.fiber.stack.pop() else { return false };
        if let Value::Str(text) = &mut self.fiber.stack[n - 2]
            && let Some(text) = Rc::get_mut(text)
        {
            text.push(&end);
        }
        true
    }
}
