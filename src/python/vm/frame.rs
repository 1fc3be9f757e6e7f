//! Frames and fibers: the state of one flow of Python between two operations.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::python::dict::Dict;
use crate::python::generator::Generator;
use crate::python::grave::Buried;
use crate::python::traceback::Remains;
use crate::python::trap::Trap;
use crate::python::unit::Unit;
use crate::python::value::Value;

use super::routine::Routine;
use super::signals::Interrupted;
use super::turns::Progress;

/// What becomes of a frame's result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum After {
    /// It is pushed: the result of the caller's operation.
    Push,
    /// It answers a native function, which runs again.
    Answer,
    /// The same of a special method, whose answer is the result of the operation unless it is `NotImplemented`.
    Result,
    /// It must be `None`; the instance below stays (`__init__`).
    Init,
    /// Nothing; exceptions are reported and forgotten (finalisers).
    Discard,
    /// A generator under `for`: a value is pushed, the end goes to the operation.
    ForIter(u32),
    /// The same, but the value goes to a slot.
    ForIterStore(u16, u32),
    /// A generator under `yield from` or `await`: a value is yielded further, the end is the result.
    YieldFrom,
    /// It answers a routine's request.
    Routine,
    /// The same for the next element of an iterator, whose end is an answer too.
    Next,
    /// It answers what a routine's request needs, which is looked at again.
    Request,
    /// Nothing: the fiber goes on with what a signal interrupted (handlers).
    Signal,
}

/// A remembered answer to a native function.
pub struct Answer {
    /// 0 for what Python or the machine answered; else how deep the recorded step or loop lay.
    pub depth: u32,
    /// A value or an exception.
    pub result: Result<Value, Value>,
    /// The state of a loop, in place of a result.
    pub progress: Option<Progress>,
    /// It is what the whole operation comes to, unless it is `NotImplemented`.
    pub is_final: bool,
}

impl Answer {
    /// What came of a step at this depth.
    pub fn result(depth: u32, result: Result<Value, Value>) -> Answer {
        Answer { depth, result, progress: None, is_final: false }
    }

    /// Where a loop at this depth is.
    pub fn progress(depth: u32, progress: Progress) -> Answer {
        Answer { depth, result: Ok(Value::Null), progress: Some(progress), is_final: false }
    }
}

/// One activation of code.
pub struct Frame {
    /// The code.
    pub unit: Rc<Unit>,
    /// The namespace of its module.
    pub globals: Rc<Dict>,
    /// Next operation.
    pub ip: u32,
    /// Its first slot on the fiber's stack.
    pub base: u32,
    /// The stack is cut to here when it ends.
    pub floor: u32,
    /// What becomes of its result.
    pub after: After,
    /// The generator or coroutine whose frame it is.
    pub generator: Option<Rc<Generator>>,
    /// While a generator runs: what was handled on this fiber when it was resumed, its [`Fiber::handled`].
    pub outer_handled: Value,
    /// What most frames do not have.
    pub rare: Option<Box<Rare>>,
}

/// See [`Frame::rare`].
#[derive(Default)]
pub struct Rare {
    /// The namespace of a class body.
    pub namespace: Option<Rc<Dict>>,
    /// Answers to the native function that this frame's operation is running.
    pub answers: Vec<Answer>,
    /// What it will leave to tracebacks, once an exception has passed.
    pub remains: Option<Rc<Remains>>,
    /// It handles an exception while another one is thrown through it into what it awaits.
    pub throws_through: bool,
}

impl Frame {
    /// See [`Rare::namespace`].
    pub fn namespace(&self) -> Option<&Rc<Dict>> {
        self.rare.as_ref()?.namespace.as_ref()
    }

    /// See [`Rare::remains`].
    pub fn remains(&self) -> Option<&Rc<Remains>> {
        self.rare.as_ref()?.remains.as_ref()
    }

    /// What this frame will leave to tracebacks, from now on.
    pub fn remains_from_now(&mut self) -> Rc<Remains> {
        self.rare.get_or_insert_default().remains.get_or_insert_default().clone()
    }

    /// What was thrown through it has been caught, or has come back. Whether there was any.
    pub fn ends_throw(&mut self) -> bool {
        self.rare.as_mut().is_some_and(|rare| std::mem::take(&mut rare.throws_through))
    }

    /// See [`Rare::answers`].
    pub fn answers(&self) -> &[Answer] {
        self.rare.as_ref().map_or(&[], |rare| &rare.answers)
    }
}

/// A frame put aside, with its slots and operands.
pub struct Suspended {
    /// The frame.
    pub frame: Frame,
    /// Its part of the stack.
    pub stack: Vec<Value>,
    /// The exception it was handling, as [`Fiber::handled`] had it.
    pub handled: Value,
}

/// Why a fiber is not running.
pub enum Pending {
    /// It can go on.
    Nothing,
    /// It waits for the answer to a trap, for this use.
    Answer(After),
}

/// One flow of Python: the frames of a thread.
pub struct Fiber {
    /// Slots and operands of all frames.
    pub stack: Vec<Value>,
    /// Outermost first.
    pub frames: Vec<Frame>,
    /// Outermost frames of the interpreter's own that do not count as recursion.
    pub n_uncounted: usize,
    /// The exception being handled by the innermost generator that runs, or by what runs outside of all. `None` when
    /// there is none, but a caller of the generator may handle one then: see [`Fiber::handled_exception`].
    pub handled: Value,
    /// Answers to the native function of the operation that runs next.
    pub answers: Vec<Answer>,
    /// The frame (by depth) and operation (as the place after it) that the answers belong to.
    pub answers_at: (u32, u32),
    /// Whether it waits for a trap's answer.
    pub pending: Pending,
    /// `threading.local` and the like.
    pub thread_dict: Rc<Dict>,
    /// The current `contextvars.Context`.
    pub context: Value,
    /// The thread's number for Python.
    pub ident: u64,
    /// Finalisers that still have to run, in batches: each runs when no more frames are left than its depth.
    pub deferred: Vec<(usize, VecDeque<Buried>)>,
    /// Native functions in many steps that are under way, outermost first.
    pub routines: Vec<Routine>,
    /// The number of frames at which the routine on top is to go on; `NOT_DUE` when it waits for a frame.
    pub due: usize,
    /// What its outermost frame returned or raised.
    pub result: Option<Result<Value, Value>>,
    /// The operation under way, while the run is watched.
    pub begun: Option<super::Begun>,
    /// What handlers of signals have interrupted, outermost first.
    pub interrupted: Vec<Interrupted>,
    /// A call that they interrupted, to be asked for again.
    pub repeated: Option<(After, Box<Trap>)>,
}
