//! Signals: who handles them, which have come, and the handlers' turn.
//!
//! A signal that comes is noted. The main thread's handlers run at its next check point (S-GIL-21), or in the midst of
//! the call that the signal interrupted, which goes on afterwards (PEP 475). What a handler raises comes out there.
//!
//! Any thread may be sent on an errand by another in the same way (`PyThreadState_SetAsyncExc`); that interrupts no call.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::frame::{After, Pending};
use super::moments::Begun;
use super::{FiberId, Stop, Vm, Why};
use crate::python::function::{Native, NativeKind};
use crate::python::trap::Trap;
use crate::python::value::Value;

/// What becomes of a signal when it comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disposition {
    /// What the system does (`SIG_DFL`).
    Default,
    /// Nothing (`SIG_IGN`).
    Ignored,
    /// A Python function is called.
    Handled,
}

/// Numbers of signals as bits, that of signal 1 lowest.
pub type SignalSet = u64;

/// The bit of a signal.
pub fn bit(signal: u8) -> SignalSet {
    1 << (signal - 1)
}

/// An interpreter's signals.
pub struct Signals {
    /// Those of the program, by signal.
    pub handlers: BTreeMap<u8, Value>,
    /// `SIG_IGN`
    pub ignored: SignalSet,
    /// Have come, and their handlers have not been called.
    tripped: SignalSet,
    /// One has come since handlers were called last: they have their turn at the next check point.
    is_due: bool,
    /// Where the number of a signal that has come is written; -1 for nowhere (`signal.set_wakeup_fd`).
    pub wakeup_fd: i32,
    /// The fiber whose handlers run.
    pub main: FiberId,
    /// What threads want others to call at their next check point, by the number of those for Python.
    errands: BTreeMap<u64, Value>,
}

/// `SIGINT`
pub const INTERRUPT: u8 = 2;
/// `SIGPIPE`, `SIGXFSZ`: Python turns these into errors of the calls.
const IGNORED_AT_START: [u8; 2] = [13, 25];

impl Default for Signals {
    /// Those of an interpreter that starts.
    fn default() -> Signals {
        let interrupt = Native::value("default_int_handler", NativeKind::Function, |vm, _| {
            let class = vm.types.keyboard_interrupt.clone();
            Err(Stop::Raise(vm.exception(&class, vec![])))
        });
        Signals {
            handlers: BTreeMap::from([(INTERRUPT, interrupt)]),
            ignored: IGNORED_AT_START.iter().map(|&signal| bit(signal)).sum(),
            tripped: 0,
            is_due: false,
            wakeup_fd: -1,
            main: FiberId(0),
            errands: BTreeMap::new(),
        }
    }
}

impl Signals {
    /// The handler of a signal is to be called.
    pub fn trip(&mut self, signal: u8) {
        self.tripped |= bit(signal);
        self.is_due = true;
    }

    /// Those of a copy of the interpreter: what has come has come to this one.
    pub fn forked(&self, handlers: BTreeMap<u8, Value>, main: FiberId) -> Signals {
        Signals { handlers, tripped: 0, is_due: false, main, errands: BTreeMap::new(), ..*self }
    }

    /// What becomes of a signal.
    pub fn disposition(&self, signal: u8) -> Disposition {
        if self.handlers.contains_key(&signal) {
            Disposition::Handled
        } else if self.ignored & bit(signal) != 0 {
            Disposition::Ignored
        } else {
            Disposition::Default
        }
    }

    /// Whether the program has handlers of its own, whose moment may matter to it.
    pub fn has_own(&self) -> bool {
        self.handlers.keys().any(|&signal| signal != INTERRUPT)
    }

    /// What the program's handler of a signal is called, and the file and line at which it begins.
    pub fn handler(&self, signal: u8) -> Option<(Rc<str>, Rc<str>, u32)> {
        let function = match self.handlers.get(&signal)? {
            Value::Bound(bound) => &bound.function,
            handler => handler,
        };
        let Value::Func(function) = function else { return None };
        let code = function.unit.borrow().code.clone();
        (!code.source.is_library).then(|| (code.qualname.clone(), code.source.filename.clone(), code.first_line))
    }

    /// The next whose handler is to be called. The lowest number comes first.
    fn take(&mut self) -> Option<(u8, Value)> {
        while self.tripped != 0 {
            let signal = self.tripped.trailing_zeros() as u8 + 1;
            self.tripped &= !bit(signal);
            // It may have been given up since the signal came.
            if let Some(handler) = self.handlers.get(&signal) {
                return Some((signal, handler.clone()));
            }
        }
        None
    }
}

/// What a fiber goes on with when the handlers have had their turn.
pub enum Interrupted {
    /// The frame's next operation.
    Operation(u32),
    /// A call of the machine, asked for again, whose answer is for this.
    Call(After, Box<Trap>),
    /// The answer of one that is over.
    Answer(After, Result<Value, Value>),
}

impl Vm {
    /// Whether handlers are to be called in the fiber that runs, or what another thread wants called.
    pub fn is_signalled(&self) -> bool {
        self.is_due_for_handlers() || self.signals.errands.contains_key(&self.fiber.ident)
    }

    /// The same of handlers alone, which also interrupt calls that block.
    pub fn is_due_for_handlers(&self) -> bool {
        self.signals.is_due && self.current == self.signals.main
    }

    /// The thread with this number for Python calls the function at its next check point, or `None` in place of what it
    /// was to call there. Whether there is such a thread.
    pub fn send_errand(&mut self, ident: u64, function: Option<Value>) -> bool {
        let is_there = self.fiber.ident == ident || self.fibers.iter().flatten().any(|fiber| fiber.ident == ident);
        match function {
            Some(function) if is_there => self.signals.errands.insert(ident, function),
            _ => self.signals.errands.remove(&ident),
        };
        self.pause(0);
        is_there
    }

    /// The handlers have their turn in the midst of the call at which the fiber stopped; then the call is asked for again.
    pub fn interrupt_call(&mut self, call: Trap) {
        let after = self.stopped_for();
        self.begin_handlers(Interrupted::Call(after, Box::new(call)));
    }

    /// The same of a call that is over: its answer comes after them.
    pub fn interrupt(&mut self, answer: Result<Value, Value>) {
        let after = self.stopped_for();
        self.begin_handlers(Interrupted::Answer(after, answer));
    }

    /// Answers a call that blocked, or may have sent a signal: its end is a check point, so handlers come first.
    pub fn end_call(&mut self, answer: Result<Value, Value>) {
        if self.is_signalled() { self.interrupt(answer) } else { self.answer(answer) }
    }

    fn stopped_for(&mut self) -> After {
        match std::mem::replace(&mut self.fiber.pending, Pending::Nothing) {
            Pending::Answer(after) => after,
            Pending::Nothing => panic!("only a call of the machine is interrupted"),
        }
    }

    /// The handlers have their turn between two operations, at a check point. Until then the frame stands behind the
    /// operation that was done last, whose line is the one that was interrupted.
    pub(super) fn interrupt_operation(&mut self, begun: Begun, ip: usize) {
        let done = begun.behind(self.fiber.frames.len());
        let frame = self.frame_mut();
        frame.ip = done.unwrap_or(ip as u32).max(1);
        self.begin_handlers(Interrupted::Operation(ip as u32));
    }

    fn begin_handlers(&mut self, interrupted: Interrupted) {
        self.signals.is_due &= self.current != self.signals.main;
        self.fiber.interrupted.push(interrupted);
        self.next_handler();
    }

    /// Calls the next handler, or goes on with what was interrupted.
    pub(super) fn next_handler(&mut self) {
        if let Some(errand) = self.signals.errands.remove(&self.fiber.ident) {
            return self.begin_call(errand, Vec::new(), Vec::new(), After::Signal);
        }
        let is_main = self.current == self.signals.main;
        let Some((signal, handler)) = is_main.then(|| self.signals.take()).flatten() else {
            return self.resume_interrupted();
        };
        let frame = self.frame_object(0).unwrap_or(Value::None);
        self.begin_call(handler, vec![Value::Int(signal.into()), frame], Vec::new(), After::Signal);
    }

    fn resume_interrupted(&mut self) {
        match self.fiber.interrupted.pop().expect("handlers interrupt something") {
            Interrupted::Operation(ip) => self.frame_mut().ip = ip,
            Interrupted::Answer(after, answer) => self.deliver_result(after, answer),
            Interrupted::Call(after, call) => {
                self.fiber.repeated = Some((after, call));
                self.pause(0);
            }
        }
    }

    /// A handler has raised: out of the call that was interrupted, or of the operation that stands behind it. `true`: the
    /// frame at the top raises it.
    pub(super) fn handler_raised(&mut self, exc: &Value) -> bool {
        self.signals.is_due |= self.signals.tripped != 0;
        match self.fiber.interrupted.pop().expect("handlers interrupt something") {
            Interrupted::Operation(_) => true,
            Interrupted::Call(after, _) | Interrupted::Answer(after, _) => {
                self.deliver_result(after, Err(exc.clone()));
                false
            }
        }
    }

    /// Asks again for the call that was interrupted, if there is one.
    pub(super) fn repeat_call(&mut self) -> Option<Why> {
        let (after, call) = self.fiber.repeated.take()?;
        self.fiber.pending = Pending::Answer(after);
        Some(Why::Trap(*call))
    }
}
