//! Generators, coroutines and async generators: a frame that can be put aside.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::code::Op;
use super::deep::{born, died, release};
use super::grave;
use super::heap;
use super::object::{References, risen_as};
use super::unit::Unit;
use super::value::Value;
use super::vm::frame::Suspended;

/// Which of the three.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GenKind {
    /// Made by a function with `yield`.
    Generator,
    /// Made by an `async def` function.
    Coroutine,
    /// Made by an `async def` function with `yield`.
    AsyncGenerator,
}

/// The state of its frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GenState {
    /// No operation has run.
    Created,
    /// On some fiber right now.
    Running,
    /// Put aside at a `yield` or `await`.
    Suspended,
    /// Has returned or raised.
    Closed,
}

/// A generator, coroutine or async generator.
pub struct Generator {
    /// Which of the three.
    pub kind: GenKind,
    /// Its code.
    pub unit: Rc<Unit>,
    /// Its frame while it is not on a fiber.
    pub suspended: RefCell<Option<Suspended>>,
    /// While it is on a fiber: the emptied storage of its part of the stack.
    pub spare: Cell<Vec<Value>>,
    /// The state of its frame.
    pub state: Cell<GenState>,
    /// `__name__`
    pub name: RefCell<Value>,
    /// `__qualname__`
    pub qualname: RefCell<Value>,
    /// Of an async generator: hooks were called, and the finaliser that they gave.
    pub finalizer: RefCell<Value>,
    /// Of a coroutine, where origins are tracked: the callers of the function that made it, as `cr_origin` has them.
    pub origin: RefCell<Value>,
    /// The hooks of an async generator have been asked.
    pub hooked: Cell<bool>,
    /// An `asend`, `athrow` or `aclose` of the async generator is under way.
    pub async_running: Cell<bool>,
    /// The number that `id()` gives, 0 while nobody asked.
    pub id: Cell<u64>,
    /// Weak references to it.
    pub weak_references: References,
}

impl Generator {
    /// The innermost line of the viewer's own files at which it is suspended, along what it awaits.
    pub fn user_place(&self) -> Option<(Rc<str>, u32)> {
        let suspended = self.suspended.borrow();
        let Suspended { frame, stack, .. } = suspended.as_ref()?;
        let code = &frame.unit.code;
        let awaits = matches!(code.ops.get(frame.ip as usize), Some(Op::YieldFrom));
        let inner = match stack.len().checked_sub(2).map(|below| &stack[below]) {
            Some(Value::Gen(inner)) if awaits => inner.user_place(),
            _ => None,
        };
        inner.or_else(|| {
            let op = if awaits { frame.ip as usize } else { frame.ip.saturating_sub(1) as usize };
            let line = code.positions.get(op)?.line;
            (!code.source.is_library).then(|| (code.source.filename.clone(), line))
        })
    }

    /// Its last word for error messages: "generator", "coroutine", "async generator".
    pub fn word(&self) -> &'static str {
        match self.kind {
            GenKind::Generator => "generator",
            GenKind::Coroutine => "coroutine",
            GenKind::AsyncGenerator => "async generator",
        }
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        died();
        // A suspended frame must be closed; a coroutine that never began deserves a warning. Others go quietly.
        let finalise = match self.state.get() {
            GenState::Suspended => true,
            GenState::Created => self.kind == GenKind::Coroutine,
            GenState::Running | GenState::Closed => false,
        };
        if finalise && self.suspended.get_mut().is_some() {
            born();
            let risen = Generator {
                kind: self.kind,
                unit: self.unit.clone(),
                suspended: RefCell::new(self.suspended.get_mut().take()),
                spare: Cell::default(),
                state: Cell::new(self.state.get()),
                name: RefCell::new(std::mem::take(self.name.get_mut())),
                qualname: RefCell::new(std::mem::take(self.qualname.get_mut())),
                finalizer: RefCell::new(std::mem::take(self.finalizer.get_mut())),
                origin: RefCell::new(std::mem::take(self.origin.get_mut())),
                hooked: Cell::new(self.hooked.get()),
                async_running: Cell::new(false),
                id: Cell::new(self.id.get()),
                weak_references: RefCell::new(self.weak_references.take()),
            };
            grave::bury(risen_as(heap::generator(risen)));
            return;
        }
        grave::bury_callbacks(self.weak_references.get_mut());
        if let Some(suspended) = self.suspended.get_mut().take() {
            release(suspended);
        }
    }
}
