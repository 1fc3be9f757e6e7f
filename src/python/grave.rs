//! The graveyard: objects whose last reference is gone and whose finaliser has yet to run.
//!
//! `Drop` cannot run Python. It moves the object here; the VM looks after every operation that may drop
//! something ([`is_empty`] costs a load) and runs `__del__`, a suspended generator's `close`, the warning
//! about an un-awaited coroutine and weak reference callbacks before the next operation, as CPython does
//! inside the operation itself.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::dict::Dict;
use super::generator::GenState;
use super::object::{AsyncGenKind, Data, Obj};
use super::unit::Unit;
use super::value::Value;
use super::vm::frame::Frame;

/// What remains to be done for a dead object.
pub enum Grave {
    /// Run the finaliser of this object (an instance with `__del__`, a generator or coroutine).
    Finalize(Value),
    /// Warn about an operation of an async generator that nobody awaited.
    Unawaited(Value, AsyncGenKind),
    /// Call this weak reference's callback.
    Callback(Value),
}

/// The operation during which something died, where that is no longer the one that runs.
#[derive(Clone)]
pub struct Place {
    /// The code.
    pub unit: Rc<Unit>,
    /// The operation.
    pub op: u32,
    /// The namespace of its module.
    pub globals: Rc<Dict>,
}

/// A grave and where its object died.
pub type Buried = (Grave, Option<Place>);

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
    static GRAVES: RefCell<Vec<Buried>> = const { RefCell::new(Vec::new()) };
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

/// Keeps the async generator of an operation that has died until somebody was warned.
pub fn bury_operation(generator: Value, kind: AsyncGenKind) {
    dig(Grave::Unawaited(generator, kind));
}

/// Keeps those of the weak references to a dead object that have callbacks until these have run, the newest first
/// (`Objects/weakrefobject.c`, `PyObject_ClearWeakRefs`).
pub fn bury_callbacks(references: &[Weak<Obj>]) {
    references.iter().rev().filter_map(Weak::upgrade).for_each(bury_callback);
}

/// Keeps a weak reference whose object is gone until its callback has run, if it has one.
pub fn bury_callback(reference: Rc<Obj>) {
    if matches!(&reference.data, Data::Weak(weak) if !weak.callback.is_none()) {
        dig(Grave::Callback(Value::Obj(reference)));
    }
}

fn dig(grave: Grave) {
    let mut grave = Some(grave);
    let kept = GRAVES.try_with(|graves| graves.borrow_mut().extend(grave.take().map(|grave| (grave, None))));
    match kept {
        Ok(()) => WAITING.with(|w| w.set(true)),
        // It dies together with the host's thread.
        Err(_) => drop(grave.map(lay_to_rest)),
    }
}

/// Makes sure that the object does not rise again when it is dropped.
fn lay_to_rest(grave: Grave) -> Grave {
    if let Grave::Finalize(Value::Gen(generator)) = &grave {
        generator.state.set(GenState::Closed);
    }
    grave
}

/// Forgets everything: the interpreter that would have run the finalisers is gone.
pub fn clear() {
    while !is_empty() {
        for (grave, _) in take() {
            drop(lay_to_rest(grave));
        }
    }
}

/// What was buried since the last call died at this operation of a frame.
pub fn place(frame: &Frame, op: u32) {
    if !frame.unit.is_shown() {
        return;
    }
    let here = Place { unit: frame.unit.clone(), op, globals: frame.globals.clone() };
    GRAVES.with_borrow_mut(|graves| {
        for (_, place) in graves.iter_mut().rev().take_while(|(_, place)| place.is_none()) {
            *place = Some(here.clone());
        }
    });
}

/// Everything that waits, oldest first.
pub fn take() -> Vec<Buried> {
    WAITING.with(|w| w.set(false));
    GRAVES.with_borrow_mut(std::mem::take)
}
