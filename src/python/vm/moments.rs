//! The places between two operations at which a thread looks whether it should drop the GIL.
//!
//! CPython looks at different places in every generation (S-GIL-16, S-GIL-23). The VM itself knows only what sort of
//! thing has just been done, a [`Moment`]; which of them count is a mask that it is given. Looking costs nothing while
//! nobody asks: only a *watched* run comes here, operation by operation. A run is watched while the holder is asked to
//! drop the GIL, and always where instructions are counted (Python 2).

use super::{TICKS_PER_NS, Vm, Why};
use crate::python::code::Op;
use crate::python::trap::Trap;
use crate::python::unit::Unit;
use crate::python::value::Value;

/// What has just been done. `1 << moment as u16` is its bit in a mask.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Moment {
    /// A local or constant was loaded or stored, the stack moved.
    Local,
    /// A global, attribute or item was loaded or stored, an operator applied, something built.
    Object,
    /// A jump forward without condition, or a condition that did not jump.
    JumpNotTaken,
    /// A condition that jumped forward.
    JumpTaken,
    /// A step of `for` to its next item.
    ForStep,
    /// A jump back to the head of a loop.
    LoopBack,
    /// A Python function was entered, or a generator resumed after its `yield`.
    Enter,
    /// A coroutine was resumed at its `await` or `yield from`.
    ResumeAwait,
    /// A call of something written in C is over.
    CallC,
    /// The same of `len`, `isinstance`, `list.append` or `type(x)`.
    CallSpecialisedC,
    /// A call of a Python function is over.
    CallPython,
    /// An exception was raised and its handler found.
    Raise,
}

impl Moment {
    /// All of them, in the order of their numbers.
    pub const ALL: [Moment; 12] = [
        Moment::Local,
        Moment::Object,
        Moment::JumpNotTaken,
        Moment::JumpTaken,
        Moment::ForStep,
        Moment::LoopBack,
        Moment::Enter,
        Moment::ResumeAwait,
        Moment::CallC,
        Moment::CallSpecialisedC,
        Moment::CallPython,
        Moment::Raise,
    ];
}

/// Which moments count, and what happens then.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Watch {
    /// The moments at which the thread looks, as bits.
    pub mask: u16,
    /// It does not look right before a block begins: `try … finally`, `with`, `await` (up to 3.9).
    pub spares_blocks: bool,
}

/// Python 2's counter of instructions (S-GIL-01 … 03).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ticker {
    /// Instructions left; the check comes when it would go below zero.
    pub left: i64,
    /// What it starts from again (`sys.setcheckinterval`).
    pub interval: i64,
    /// Releasing the GIL and taking it again, when nobody is in the way \[ns\].
    pub release: u64,
    /// What is left of the burst beyond this run's budget \[ticks of time\].
    pub beyond: i64,
    /// Somebody sleeps until the GIL is released: the check concerns the machine.
    pub has_sleeper: bool,
}

/// The operation that a watched run began last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Begun {
    /// How many frames there were.
    depth: u32,
    /// Its place.
    ip: u32,
    op: Op,
    /// It calls one of the functions that later versions specialise.
    is_specialised: bool,
    /// It stands for something that CPython has in C.
    is_in_c: bool,
}

impl Begun {
    /// The place behind it, where the frame that did it is still the one at the top.
    pub(super) fn behind(&self, depth: usize) -> Option<u32> {
        (self.depth as usize == depth).then_some(self.ip + 1)
    }
}

/// What happens between two operations.
pub(super) enum Between {
    /// The next operation.
    GoesOn,
    /// A frame has been entered.
    Enters,
    /// The run stops.
    Stops(Why),
}

impl Vm {
    /// Whether every operation is looked at.
    #[inline]
    pub(super) fn is_watched(&self) -> bool {
        self.breaker || self.ticker.is_some() || self.is_signalled() || self.fiber.repeated.is_some()
    }

    /// Whether nothing is left of the budget.
    pub(super) fn must_pause(&self) -> bool {
        let rest = if self.is_watched() { self.held_back + self.left } else { self.left };
        self.is_paused || rest <= 0
    }

    /// Between two operations of a run whose budget is used up, or that is watched.
    pub(super) fn between(&mut self, unit: &Unit, ip: usize) -> Between {
        if let Some(why) = self.repeat_call() {
            return Between::Stops(why);
        }
        let rest = self.held_back + self.left;
        if self.is_paused || !self.is_watched() {
            return Between::Stops(Why::Budget);
        }
        (self.held_back, self.left) = (rest, 0);
        // An operation that runs again with an answer is not over yet.
        if let Some(begun) = self.fiber.begun.take()
            && self.fiber.answers.is_empty()
            && self.looks_after(begun, unit, ip)
        {
            if self.is_signalled() {
                self.interrupt_operation(begun, ip);
                return Between::Enters;
            }
            if self.must_stop() {
                return Between::Stops(Why::Trap(Trap::CheckPoint));
            }
        }
        if self.held_back <= 0 {
            return Between::Stops(Why::Budget);
        }
        let (depth, op) = (self.fiber.frames.len() as u32, unit.code.ops[ip]);
        let is_specialised = matches!(op, Op::Call(n) if self.calls_specialised(n as usize));
        let is_in_c = !unit.is_shown();
        self.fiber.begun = Some(Begun { depth, ip: ip as u32, op, is_specialised, is_in_c });
        Between::GoesOn
    }

    /// At a place that counts: whether the thread stops there.
    fn must_stop(&mut self) -> bool {
        let Some(ticker) = &mut self.ticker else { return self.breaker };
        ticker.left -= 1;
        if ticker.left >= 0 {
            return false;
        }
        ticker.left = ticker.interval - 1;
        let release = ticker.release as i64 * TICKS_PER_NS;
        // Whoever comes next may come while the GIL is free.
        if ticker.has_sleeper || self.held_back + ticker.beyond <= release {
            return true;
        }
        self.held_back -= release;
        false
    }

    /// Whether the thread looks here, after this operation and what it led to. It never does inside what CPython has in C.
    fn looks_after(&self, begun: Begun, unit: &Unit, ip: usize) -> bool {
        let watch = self.options.watch;
        unit.is_shown()
            && self.moments(begun, unit, ip) & watch.mask != 0
            && !(watch.spares_blocks && begins_block(unit, ip))
    }

    /// What has been done since the operation began, as bits.
    fn moments(&self, begun: Begun, unit: &Unit, ip: usize) -> u16 {
        use Moment::*;
        let bit = |moment: Moment| 1u16 << moment as u8;
        let depth = self.fiber.frames.len() as u32;
        let ops = &unit.code.ops;
        let leaves = matches!(begun.op, Op::Return | Op::Yield | Op::ReturnGenerator);
        if depth > begun.depth || (ip == 0 && !matches!(begun.op, Op::JumpBack(_))) {
            let is_await = ip > 0 && matches!(ops[ip - 1], Op::YieldFrom);
            return bit(if is_await { ResumeAwait } else { Enter });
        }
        if matches!(ops[ip], Op::PushExc) {
            return bit(Raise);
        }
        if leaves || depth < begun.depth {
            return bit(match ip.checked_sub(1).map(|before| ops[before]) {
                Some(Op::Call(_) | Op::CallKw { .. } | Op::CallEx(_)) if begun.is_in_c => CallC,
                Some(Op::Call(_) | Op::CallKw { .. } | Op::CallEx(_)) => CallPython,
                Some(Op::YieldFrom) => ResumeAwait,
                Some(Op::ForIter(_) | Op::ForIterStore(..)) => ForStep,
                _ => Object,
            });
        }
        let jumped = ip != begun.ip as usize + 1;
        let jump = if jumped { JumpTaken } else { JumpNotTaken };
        match begun.op {
            Op::Nop
            | Op::PopTop
            | Op::Dup
            | Op::Dup2
            | Op::Swap(_)
            | Op::Copy(_)
            | Op::RotDown(_)
            | Op::PushNull
            | Op::LoadConst(_)
            | Op::LoadFast(_)
            | Op::StoreFast(_)
            | Op::ClearFast(_)
            | Op::MakeCell(_)
            | Op::LoadFast2(..)
            | Op::LoadFastConst(..)
            | Op::StoreLoadFast(..) => bit(Local),
            // Unless it did the operation behind it as well.
            Op::LoadFastAttr(..) | Op::LoadFastMethod(..) | Op::StoreFastAttr(..) if !jumped => bit(Local),
            Op::Jump(_) | Op::JumpIfTrueOrPop(_) | Op::JumpIfFalseOrPop(_) => bit(JumpNotTaken),
            Op::JumpBack(_) => bit(LoopBack),
            Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_) => bit(jump),
            // A test for `None` and a comparison are instructions of their own before the jump.
            Op::PopJumpIfNone(_) | Op::PopJumpIfNotNone(_) | Op::CompareJumpIfFalse(..) => bit(Object) | bit(jump),
            Op::ForIter(_) | Op::ForIterStore(..) => bit(ForStep),
            Op::YieldFrom => bit(ResumeAwait),
            Op::Call(_) | Op::CallKw { .. } | Op::CallEx(_) => {
                bit(if begun.is_specialised { CallSpecialisedC } else { CallC })
            }
            _ => bit(Object),
        }
    }

    /// Whether a call of so many arguments is one that CPython 3.11 and later make without looking.
    fn calls_specialised(&self, argc: usize) -> bool {
        let stack = &self.fiber.stack;
        let Some(floor) = stack.len().checked_sub(argc + 2) else { return false };
        match &stack[floor] {
            Value::Native(native) => {
                matches!((native.qualname, argc), ("len", 1) | ("isinstance", 2) | ("list.append", 1))
            }
            Value::Class(class) => argc == 1 && std::rc::Rc::ptr_eq(class, &self.types.type_),
            _ => false,
        }
    }
}

/// Whether the operation begins a block that is never interrupted right before it.
fn begins_block(unit: &Unit, ip: usize) -> bool {
    match unit.code.ops[ip] {
        Op::BeforeWith | Op::BeforeAsyncWith | Op::YieldFrom => true,
        // `try` leaves a `Nop` in front of what its handler covers.
        Op::Nop => unit.code.handlers.iter().any(|handler| handler.start as usize == ip + 1),
        _ => false,
    }
}
