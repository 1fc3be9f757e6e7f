//! The graveyard: objects whose last reference is gone and whose finaliser has yet to run.
//!
//! `Drop` cannot run Python. It moves the object here; the VM looks after every operation that may drop
//! something ([`is_empty`] costs a load) and runs `__del__`, a suspended generator's `close`, the warning
//! about an un-awaited coroutine and weak reference callbacks before the next operation, as CPython does
//! inside the operation itself.

use std::cell::{Cell, RefCell};

use super::value::Value;

/// What remains to be done for a dead object.
pub enum Grave {
    /// Run the finaliser of this object (an instance with `__del__`, a generator or coroutine).
    Finalize(Value),
    /// Call these weak references' callbacks.
    Callbacks(Vec<Value>),
}

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
    static GRAVES: RefCell<Vec<Grave>> = const { RefCell::new(Vec::new()) };
}

/// Nothing waits.
#[inline]
pub fn is_empty() -> bool {
    !WAITING.with(Cell::get)
}

/// Keeps the object until its finaliser has run.
pub fn bury(object: Value) {
    dig(Grave::Finalize(object));
}

/// Keeps weak references whose object is gone until their callbacks have run.
pub fn bury_callbacks(weak_references: Vec<Value>) {
    dig(Grave::Callbacks(weak_references));
}

fn dig(grave: Grave) {
    WAITING.with(|w| w.set(true));
    GRAVES.with_borrow_mut(|graves| graves.push(grave));
}

/// Everything that waits, oldest first.
pub fn take() -> Vec<Grave> {
    WAITING.with(|w| w.set(false));
    GRAVES.with_borrow_mut(std::mem::take)
}
