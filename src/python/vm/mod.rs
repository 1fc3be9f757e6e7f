//! The virtual machine: runs the operations of one interpreter's fibers.
//!
//! It is *stackless*: Python calling Python, generators, finalisers, the import of a module are frames on a
//! fiber, never recursion of this code, so it can stop between any two operations and another fiber can go
//! on. Three rules make that work for functions written in Rust:
//!
//! - A native function that needs Python calls [`Vm::call`]. That stops the native ([`Stop::Need`]), runs the
//!   Python, and runs the *whole operation again* with the answer remembered ([`Vm::recorded`] remembers
//!   other steps that must not happen twice). Natives therefore change nothing before their last call.
//! - A native whose result is the result of a Python call ends with [`Stop::Tail`], and one that needs Python for every
//!   element with [`Vm::routine`].
//! - A native that wants something from the machine ends with [`Stop::Trap`].
//!
//! Operations leave their operands on the stack until they succeed.
//!
//! Time: every operation has a price [ticks]; the run stops when the budget is used up. A stop at the end of
//! the budget is no check point of the GIL; those are in `moments.rs`, which a run comes to only while somebody asks.

use std::rc::Rc;

use super::class::Class;
use super::dict::Dict;
use super::generations::Generations;
use super::generator::Generator;
use super::heap::Heap;
use super::name::Sym;
use super::trap::Trap;
use super::types::Types;
use super::unit::Unit;
use super::value::Value;
use crate::time::{Duration, Time};

mod arithmetic;
mod attribute;
mod awaiting;
mod binding;
mod build;
mod caching;
mod call;
mod class;
pub mod collect;
mod compare;
pub mod error;
mod finalize;
mod fork;
mod fork_here;
pub mod frame;
mod function;
mod grow;
mod hashing;
mod identity;
mod import;
mod inspect;
mod interpreter;
mod item;
mod iterate;
mod moments;
mod native;
mod operator;
mod pattern;
mod rebase;
mod resume;
pub mod routine;
mod run;
mod set_operator;
mod signals;
pub mod sort;
mod store;
mod timsort;
mod turns;
mod unwind;
mod variables;

#[cfg(test)]
pub(in crate::python) mod tests;

pub use arithmetic::float_divmod;
pub(in crate::python) use class::build_class as class_statement;
pub use error::ErrorKind;
pub use fork::Copier;
pub use import::file_of;
pub use inspect::{FrameView, Globals};
pub use interpreter::{CodeCache, FoundSource, Modules, NativeModule, Options, Prices};
pub use moments::{Begun, Moment, Ticker, Watch};
pub use operator::{as_big, as_float, plain_compare};
pub use signals::{Disposition, INTERRUPT, SignalSet, Signals, bit};

use frame::{After, Fiber, Frame, Pending};

/// Ticks of a nanosecond: prices of operations are fractions of one.
pub const TICKS_PER_NS: i64 = 64;

/// The price of an operation of library code [ticks]: next to nothing, but time goes on.
pub const LIBRARY_PRICE: u32 = 4;

/// The number of nested frames at which `RecursionError` is raised, by default.
pub const RECURSION_LIMIT: usize = 1000;

/// Why a native function, or an operation, did not end with a value.
pub enum Stop {
    /// It raises this exception.
    Raise(Value),
    /// The same, without a new entry in the traceback.
    Reraise(Value),
    /// It needs this, and wants to run again with the answer.
    Need(Box<Action>),
    /// The result of this is its result.
    Tail(Box<Action>),
    /// It asks the machine; the answer is its result.
    Trap(Box<Trap>),
}

/// Something to be run.
pub enum Action {
    /// Call an object.
    Call {
        /// What.
        callee: Value,
        /// Positional arguments.
        args: Vec<Value>,
        /// Keyword arguments.
        kwargs: Vec<(Sym, Value)>,
    },
    /// Resume a generator.
    Resume(Rc<Generator>, Resumption),
    /// Run the body of a module or class: code, globals, namespace of the class body.
    Body(Rc<Unit>, Rc<Dict>, Option<Rc<Dict>>, Vec<Rc<super::value::Cell>>),
    /// Run a frame of the VM's own code on an argument.
    Machinery(Rc<Unit>, Value),
    /// Run a native function in many steps.
    Routine(routine::Steps),
    /// Ask the machine.
    Trap(Trap),
}

/// What a generator is resumed with.
pub enum Resumption {
    /// A value (`send`, `next`).
    Send(Value),
    /// An exception (`throw`).
    Throw(Value),
}

/// The result of an operation or native function.
pub type R<T = Value> = Result<T, Stop>;

/// Why `run` returned.
pub enum Why {
    /// The budget is used up.
    Budget,
    /// The fiber asks the machine for something.
    Trap(Trap),
    /// The fiber's outermost frame returned or raised.
    Done(Result<Value, Value>),
}

/// The number of a fiber.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FiberId(pub u32);

/// One interpreter: its modules, classes and fibers.
pub struct Vm {
    /// The fiber that runs.
    pub fiber: Fiber,
    current: FiberId,
    fibers: Vec<Option<Fiber>>,
    /// The objects that the collector of cycles would look at, as far as they cost time.
    pub generations: Generations,
    /// The built-in classes.
    pub types: Rc<Types>,
    /// The namespace of builtins.
    pub builtins: Rc<Dict>,
    /// `sys.modules`
    pub modules: Rc<Dict>,
    /// Where modules are found.
    pub finder: Modules,
    /// What the interpreter was told at its start.
    pub options: Options,
    /// The GIL's holder has been asked to drop it: stop at the next check point.
    pub breaker: bool,
    /// Python 2's counter of instructions, while there is a GIL to be dropped.
    pub ticker: Option<Ticker>,
    /// What `sys.setcheckinterval` was told.
    pub check_interval: Option<i64>,
    /// Ticks left of the budget.
    left: i64,
    /// Ticks of the budget that are kept back, so that the run stops soon, or is looked at after every operation.
    held_back: i64,
    /// The run stops before its next operation.
    is_paused: bool,
    /// What natives did without using virtual time [ticks of fuel].
    effort: i64,
    /// The budget of this run [ticks].
    budget: i64,
    /// Virtual time when the burst began.
    began: Time,
    /// Ticks that earlier runs of the burst used.
    already: i64,
    /// Next answer of `fiber.answers`.
    cursor: usize,
    /// How many `recorded` steps are under way, one inside the other.
    recording: u32,
    /// How many loops of natives began since the native, or the turn of the loop around.
    loops: u32,
    /// How many containers inside containers natives are going through.
    nesting: u32,
    /// How many callers a new coroutine notes down (`sys.set_coroutine_origin_tracking_depth`).
    pub origin_depth: usize,
    /// Code of the VM's own frames.
    machinery: interpreter::Machinery,
    /// Where the routine on top of the fiber asks.
    exchange: Rc<routine::Exchange>,
    /// Its objects, while another interpreter runs.
    heap: Heap,
    /// Numbers given by `id()`.
    ids: identity::Ids,
    next_lock: u32,
    next_ident: u64,
    units: Vec<std::rc::Weak<Unit>>,
    classes: Vec<std::rc::Weak<Class>>,
    /// Namespaces of class bodies that run whose `__prepare__` gave something with a `__setitem__` of its own.
    prepared: Vec<(Rc<Dict>, Value)>,
    module_dicts: Vec<Rc<Dict>>,
    /// Namespaces of modules that the end of the program has let go.
    released: Vec<std::rc::Weak<Dict>>,
    /// Frames at which `RecursionError` is raised.
    pub recursion_limit: usize,
    /// Hooks of `sys.set_asyncgen_hooks`: first iteration, finaliser.
    pub asyncgen_hooks: [Value; 2],
    /// Its signals.
    pub signals: Signals,
    /// What a forked interpreter has from its parent: kept, since frames that it does not have would keep it.
    inherited: Vec<Value>,
}

impl Vm {
    /// Virtual time at this point of the run.
    pub fn now(&self) -> Time {
        self.began + self.spent()
    }

    /// Virtual time used since the burst began.
    fn spent(&self) -> Duration {
        Duration(((self.already + self.used_ticks()).max(0) / TICKS_PER_NS) as u64)
    }

    /// Ticks used since the run began: operations and charges.
    pub fn used_ticks(&self) -> i64 {
        self.budget - self.left - self.held_back
    }

    /// Fuel for work that takes no virtual time, since it was asked last.
    pub fn take_effort(&mut self) -> i64 {
        std::mem::take(&mut self.effort)
    }

    /// Counts work that takes no virtual time but the host's, and lets the run stop after the operation: the
    /// budget is not used up by it.
    pub(in crate::python) fn pause(&mut self, effort: i64) {
        self.effort += effort;
        self.held_back += self.left;
        self.left = 0;
        self.is_paused = true;
    }

    /// Uses virtual time [ns].
    pub fn charge(&mut self, ns: u64) {
        self.left -= ns as i64 * TICKS_PER_NS;
    }

    /// Runs the current fiber for at most `budget` ticks (and the operation under way). The burst that this
    /// belongs to began at `began` and has used `already` ticks.
    pub fn run(&mut self, began: Time, already: i64, budget: i64) -> Why {
        self.began = began;
        self.already = already;
        self.budget = budget;
        (self.left, self.held_back) = if self.is_watched() { (0, budget) } else { (budget, 0) };
        self.is_paused = false;
        if let Some(result) = self.fiber.result.take() {
            return Why::Done(result);
        }
        self.heap.enter();
        let why = self.run_loop();
        self.heap.leave();
        why
    }

    /// Gives the answer to the trap at which the current fiber stopped.
    pub fn answer(&mut self, answer: Result<Value, Value>) {
        let Pending::Answer(after) = std::mem::replace(&mut self.fiber.pending, Pending::Nothing) else {
            panic!("an answer belongs to a trap");
        };
        self.deliver_result(after, answer);
    }

    /// Deals with an operation that stopped. `Some` ends the run.
    fn handle(&mut self, stop: Stop) -> Option<Why> {
        match stop {
            Stop::Raise(exc) => {
                self.fiber.answers.clear();
                self.unwind(exc, true);
                None
            }
            Stop::Reraise(exc) => {
                self.fiber.answers.clear();
                self.unwind(exc, false);
                None
            }
            Stop::Need(action) => {
                let frame = self.fiber.frames.last_mut().expect("a frame runs");
                frame.ip -= 1;
                if !self.fiber.answers.is_empty() {
                    std::mem::swap(&mut self.fiber.answers, &mut frame.rare.get_or_insert_default().answers);
                }
                self.perform(*action, After::Answer)
            }
            Stop::Tail(action) => {
                self.fiber.answers.clear();
                self.perform(*action, After::Push)
            }
            Stop::Trap(trap) => {
                self.fiber.answers.clear();
                self.fiber.pending = Pending::Answer(After::Push);
                Some(Why::Trap(*trap))
            }
        }
    }

    /// Starts an action whose result goes to `after`. `Some` ends the run.
    fn perform(&mut self, action: Action, after: After) -> Option<Why> {
        match action {
            Action::Trap(trap) => {
                self.fiber.pending = Pending::Answer(after);
                return Some(Why::Trap(trap));
            }
            Action::Call { callee, args, kwargs } => self.begin_call(callee, args, kwargs, after),
            Action::Resume(generator, how) => return self.begin_resume(&generator, how, after),
            Action::Routine(steps) => self.begin_routine(steps, after),
            Action::Machinery(unit, argument) => {
                self.enter_machinery(unit, [argument], after);
            }
            Action::Body(unit, globals, namespace, closure) => {
                self.begin_body(unit, globals, namespace, closure, after);
            }
        }
        None
    }

    /// Pushes a frame of the VM's own code with these arguments.
    fn enter_machinery<const N: usize>(&mut self, unit: Rc<Unit>, args: [Value; N], after: After) {
        let globals = self.builtins.clone();
        let floor = self.fiber.stack.len();
        let n_slots = unit.code.n_slots();
        self.fiber.stack.extend(args);
        self.fiber.stack.resize(floor + n_slots, Value::Null);
        self.push_frame(unit, globals, floor, floor, after);
    }

    /// Pushes a frame whose slots start at `base`; the stack is cut to `floor` when it ends.
    fn push_frame(&mut self, unit: Rc<Unit>, globals: Rc<Dict>, base: usize, floor: usize, after: After) {
        self.fiber.frames.push(Frame {
            unit,
            globals,
            ip: 0,
            base: base as u32,
            floor: floor as u32,
            after,
            generator: None,
            outer_handled: Value::Null,
            rare: None,
        });
    }

    /// The frame that runs.
    fn frame(&self) -> &Frame {
        self.fiber.frames.last().expect("a frame runs")
    }

    /// The frame that runs.
    fn frame_mut(&mut self) -> &mut Frame {
        self.fiber.frames.last_mut().expect("a frame runs")
    }
}
