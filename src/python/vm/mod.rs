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

use crate::time::{Duration, Time};

use super::class::Class;
use super::code::{BinaryOp, Op};
use super::dict::Dict;
use super::function::Args;
use super::generator::Generator;
use super::grave;
use super::heap::{self, Heap};
use super::name::Sym;
use super::trap::Trap;
use super::types::Types;
use super::unit::{Step, Unit};
use super::value::Value;

mod attribute;
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
pub mod frame;
mod grow;
mod hashing;
mod identity;
mod import;
mod inspect;
mod interpreter;
mod item;
mod iterate;
mod moments;
mod operator;
mod pattern;
mod resume;
pub mod routine;
pub mod sort;
mod timsort;
mod turns;
mod unwind;

#[cfg(test)]
pub(in crate::python) mod tests;

pub(in crate::python) use class::build_class as class_statement;
pub use error::ErrorKind;
pub use fork::Copier;
pub use import::file_of;
pub use inspect::{FrameView, Globals};
pub use interpreter::{CodeCache, FoundSource, Modules, NativeModule, Options, Prices};
pub use moments::{Begun, Moment, Ticker, Watch};
pub use operator::{as_big, as_float, float_divmod, plain_compare};

use frame::{After, Answer, Fiber, Frame, Pending};

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
    /// What a forked interpreter has from its parent: kept, since frames that it does not have would keep it.
    inherited: Vec<Value>,
}

/// Stores the place of the next operation before anything that may look at it.
macro_rules! save {
    ($vm:ident, $ip:ident) => {
        $vm.fiber.frames.last_mut().expect("a frame runs").ip = $ip as u32
    };
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

    /// The next operation of the current fiber is a check point's continuation or any other.
    #[allow(clippy::cognitive_complexity)]
    fn run_loop(&mut self) -> Why {
        'frame: loop {
            if self.fiber.result.is_some()
                && let Some(result) = self.fiber.result.take()
            {
                return Why::Done(result);
            }
            // What died while frames were put aside or unwound, and finalisers that wait for their turn.
            if !grave::is_empty() {
                self.finalize_dead();
            } else if !self.fiber.deferred.is_empty() {
                self.run_deferred();
            }
            if self.fiber.due == self.fiber.frames.len() {
                match self.drive() {
                    Some(why) => return why,
                    None => continue 'frame,
                }
            }
            let frame = self.fiber.frames.last().expect("a fiber that is not done has a frame");
            let unit = frame.unit.clone();
            let base = frame.base as usize;
            let mut ip = frame.ip as usize;
            let steps = &unit.steps[..];

            /// Runs an operation's general case; goes on after it when it succeeds.
            macro_rules! general {
                ($e:expr) => {{
                    save!(self, ip);
                    self.cursor = 0;
                    self.recording = 0;
                    self.loops = 0;
                    if !self.fiber.answers.is_empty()
                        && self.fiber.answers_at != (self.fiber.frames.len() as u32, ip as u32)
                    {
                        self.fiber.answers.clear();
                    }
                    match $e {
                        Ok(value) => {
                            if !self.fiber.answers.is_empty() {
                                self.fiber.answers.clear();
                            }
                            value
                        }
                        Err(stop) => match self.handle(stop) {
                            Some(why) => return why,
                            None => continue 'frame,
                        },
                    }
                }};
            }
            /// Finalises what the operation dropped. Every operation that may drop something ends with it: what is left
            /// over would be finalised at the next stop, whose place depends on the fuel.
            macro_rules! reap {
                () => {
                    if !grave::is_empty() {
                        save!(self, ip);
                        if self.finalize_dead() {
                            continue 'frame;
                        }
                    }
                };
            }
            macro_rules! pop {
                () => {
                    self.fiber.stack.pop().expect("operand stack underflow")
                };
            }
            macro_rules! push {
                ($v:expr) => {
                    self.fiber.stack.push($v)
                };
            }
            macro_rules! top {
                () => {
                    self.fiber.stack.last().expect("operand stack underflow")
                };
            }
            macro_rules! load_fast {
                ($i:expr) => {{
                    let value = self.fiber.stack[base + $i as usize].clone();
                    if value.is_null() {
                        general!(Err::<(), Stop>(self.unbound($i.into())));
                    }
                    push!(value);
                }};
            }
            /// The operation that follows has been done; it costs what it costs.
            macro_rules! skip {
                () => {{
                    self.left -= steps[ip].price as i64;
                    ip += 1;
                }};
            }
            macro_rules! jump_if {
                ($wanted:expr, $target:expr) => {{
                    let truth = match top!() {
                        Value::Bool(b) => b.get(),
                        Value::None => false,
                        Value::Int(i) => *i != 0,
                        _ => general!(self.top_truth()),
                    };
                    pop!().discard();
                    if truth == $wanted {
                        ip = $target as usize;
                    }
                    reap!();
                }};
            }

            loop {
                if self.left <= 0 {
                    save!(self, ip);
                    if let Some(why) = self.between(&unit, ip) {
                        return why;
                    }
                }
                let Step { op, price } = steps[ip];
                self.left -= price as i64;
                ip += 1;
                match op {
                    Op::Nop => {}
                    Op::PopTop => {
                        pop!().discard();
                        reap!();
                    }
                    Op::Dup => push!(top!().clone()),
                    Op::Dup2 => {
                        let n = self.fiber.stack.len();
                        let (a, b) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
                        push!(a);
                        push!(b);
                    }
                    Op::Swap(n) => {
                        let last = self.fiber.stack.len() - 1;
                        self.fiber.stack.swap(last, last - n as usize);
                    }
                    Op::Copy(n) => {
                        let last = self.fiber.stack.len() - 1;
                        push!(self.fiber.stack[last - n as usize].clone());
                    }
                    Op::RotDown(n) => {
                        let len = self.fiber.stack.len();
                        self.fiber.stack[len - 1 - n as usize..].rotate_right(1);
                    }
                    Op::PushNull => push!(Value::Null),
                    Op::LoadConst(i) => push!(unit.consts[i as usize].clone()),
                    Op::LoadFast(i) => load_fast!(i),
                    Op::LoadFastAttr(i, cache) | Op::LoadFastMethod(i, cache) => {
                        let slot = base + i as usize;
                        let is_known = match op {
                            Op::LoadFastAttr(..) => self.load_attribute_of(&unit, cache, slot),
                            _ => self.load_method_of(&unit, cache, slot),
                        };
                        if is_known {
                            skip!();
                        } else {
                            load_fast!(i);
                        }
                    }
                    Op::StoreFastAttr(i, cache) => {
                        if self.store_attribute_of(&unit, cache, base + i as usize) {
                            skip!();
                            reap!();
                        } else {
                            load_fast!(i);
                        }
                    }
                    Op::StoreFast(i) => {
                        let value = pop!();
                        std::mem::replace(&mut self.fiber.stack[base + i as usize], value).discard();
                        reap!();
                    }
                    Op::DeleteFast(i) => {
                        let old = std::mem::take(&mut self.fiber.stack[base + i as usize]);
                        if old.is_null() {
                            general!(Err::<(), Stop>(self.unbound(i)));
                        }
                        drop(old);
                        reap!();
                    }
                    Op::ClearFast(i) => {
                        drop(std::mem::take(&mut self.fiber.stack[base + i as usize]));
                        reap!();
                    }
                    Op::MakeCell(i) => {
                        let slot = &mut self.fiber.stack[base + i as usize];
                        let value = std::mem::take(slot);
                        *slot = heap::cell(value);
                    }
                    Op::LoadClosure(i) => push!(self.fiber.stack[base + i as usize].clone()),
                    Op::LoadDeref(i) => {
                        let value = match &self.fiber.stack[base + i as usize] {
                            Value::Cell(cell) => cell.value.borrow().clone(),
                            _ => Value::Null,
                        };
                        if value.is_null() {
                            general!(Err::<(), Stop>(self.unbound_cell(i)));
                        }
                        push!(value);
                    }
                    Op::LoadClassDeref(i) => {
                        let value = general!(self.load_class_deref(i, base));
                        push!(value);
                    }
                    Op::StoreDeref(i) => {
                        let value = pop!();
                        let old = match &self.fiber.stack[base + i as usize] {
                            Value::Cell(cell) => cell.value.replace(value),
                            _ => value,
                        };
                        drop(old);
                        reap!();
                    }
                    Op::DeleteDeref(i) => {
                        let old = match &self.fiber.stack[base + i as usize] {
                            Value::Cell(cell) => cell.value.take(),
                            _ => Value::Null,
                        };
                        if old.is_null() {
                            general!(Err::<(), Stop>(self.unbound_cell(i)));
                        }
                        drop(old);
                        reap!();
                    }
                    Op::LoadGlobal { cache, name } => {
                        let found = self.cached_global(&unit, cache);
                        let value = match found {
                            Some(value) => value,
                            None => general!(self.load_global(&unit, cache, name)),
                        };
                        push!(value);
                    }
                    Op::StoreGlobal { cache, name } => {
                        let value = pop!();
                        self.store_global(&unit, cache, name, value);
                        reap!();
                    }
                    Op::DeleteGlobal(name) => {
                        general!(self.delete_global(name));
                        reap!();
                    }
                    Op::LoadName(name) => {
                        let value = general!(self.load_name(name));
                        push!(value);
                    }
                    Op::StoreName(name) => {
                        general!(self.store_name(name));
                        reap!();
                    }
                    Op::DeleteName(name) => {
                        general!(self.delete_name(name));
                        reap!();
                    }
                    Op::LoadAttr { cache, name } => {
                        let value = match self.cached_attribute(&unit, cache) {
                            Some(value) => value,
                            None => match general!(self.load_attribute(&unit, cache, name)) {
                                Some(value) => value,
                                None => continue 'frame,
                            },
                        };
                        *self.fiber.stack.last_mut().expect("operand stack underflow") = value;
                        reap!();
                    }
                    Op::LoadMethod { cache, name } => {
                        if !self.cached_method(&unit, cache) {
                            general!(self.load_method(&unit, cache, name));
                        }
                        reap!();
                    }
                    Op::LoadSuperAttr(name) => {
                        general!(self.load_super_attribute(name));
                        reap!();
                    }
                    Op::StoreAttr { cache, name } => {
                        if !self.store_cached_attribute(&unit, cache) {
                            general!(self.store_attribute(&unit, cache, name));
                        }
                        reap!();
                    }
                    Op::DeleteAttr(name) => {
                        general!(self.delete_attribute(name));
                        reap!();
                    }
                    Op::LoadItem => {
                        if !self.load_item_fast() && general!(self.load_item()) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::StoreItem => {
                        if !self.store_item_fast() {
                            general!(self.store_item());
                        }
                        reap!();
                    }
                    Op::DeleteItem => {
                        general!(self.delete_item());
                        reap!();
                    }
                    Op::BuildSlice(n) => self.build_slice(n),
                    Op::Binary(operator) => {
                        if !self.binary_fast(operator)
                            && (operator != BinaryOp::Add || !self.grow_operand(base, steps[ip].op))
                        {
                            if general!(self.binary(operator, false)) {
                                continue 'frame;
                            }
                            reap!();
                        }
                    }
                    Op::Inplace(operator) => {
                        if !self.binary_fast(operator)
                            && (operator != BinaryOp::Add || !self.grow_operand(base, steps[ip].op))
                        {
                            if general!(self.binary(operator, true)) {
                                continue 'frame;
                            }
                            reap!();
                        }
                    }
                    Op::Unary(operator) => {
                        general!(self.unary(operator));
                        reap!();
                    }
                    Op::Compare(operator) => {
                        if !self.compare_fast(operator) {
                            if general!(self.compare(operator)) {
                                continue 'frame;
                            }
                            reap!();
                        }
                    }
                    Op::Is(inverted) => {
                        let (b, a) = (pop!(), pop!());
                        push!(Value::bool(a.is(&b) != inverted));
                        drop((a, b));
                        reap!();
                    }
                    Op::Contains(inverted) => {
                        general!(self.contains_op(inverted));
                        reap!();
                    }
                    Op::BuildTuple(n) => {
                        let tuple = match n {
                            2 => {
                                let (b, a) = (pop!(), pop!());
                                Value::pair(a, b)
                            }
                            _ => {
                                let start = self.fiber.stack.len() - n as usize;
                                Value::tuple(self.fiber.stack.drain(start..))
                            }
                        };
                        push!(tuple);
                    }
                    Op::BuildList(n) => {
                        let start = self.fiber.stack.len() - n as usize;
                        let list = Value::list(self.fiber.stack.split_off(start));
                        push!(list);
                    }
                    Op::BuildSet(n) => {
                        general!(self.build_set(n as usize));
                        reap!();
                    }
                    Op::BuildDict(n) => {
                        general!(self.build_dict(n as usize));
                        reap!();
                    }
                    Op::BuildString(n) => self.build_string(n as usize),
                    Op::FormatValue { conversion, has_spec } => {
                        general!(self.format_value(conversion, has_spec));
                        reap!();
                    }
                    Op::ListAppend(n) => {
                        let value = pop!();
                        let at = self.fiber.stack.len() - n as usize;
                        if let Value::List(list) = &self.fiber.stack[at] {
                            list.items.borrow_mut().push(value);
                        }
                    }
                    Op::SetAdd(n) => {
                        general!(self.set_add(n as usize));
                        reap!();
                    }
                    Op::MapAdd(n) => {
                        general!(self.map_add(n as usize));
                        reap!();
                    }
                    Op::ListExtend(n) => {
                        general!(self.list_extend(n as usize));
                        reap!();
                    }
                    Op::SetUpdate(n) => {
                        general!(self.set_update(n as usize));
                        reap!();
                    }
                    Op::DictUpdate(n) => {
                        general!(self.dict_update(n as usize));
                        reap!();
                    }
                    Op::DictMerge(n) => {
                        general!(self.dict_merge(n as usize));
                        reap!();
                    }
                    Op::StarArgs => {
                        general!(self.star_args());
                        reap!();
                    }
                    Op::ListToTuple => {
                        if let Value::List(list) = pop!() {
                            let items = std::mem::take(&mut *list.items.borrow_mut());
                            push!(Value::tuple(items));
                        }
                    }
                    Op::UnpackSequence(n) => {
                        general!(self.unpack_sequence(n as usize));
                        reap!();
                    }
                    Op::UnpackEx { before, after } => {
                        general!(self.unpack_ex(before as usize, after as usize));
                        reap!();
                    }
                    Op::Jump(target) => ip = target as usize,
                    Op::JumpBack(target) => ip = target as usize,
                    Op::PopJumpIfTrue(target) => jump_if!(true, target),
                    Op::PopJumpIfFalse(target) => jump_if!(false, target),
                    Op::PopJumpIfNone(target) => {
                        if pop!().is_none() {
                            ip = target as usize;
                        }
                        reap!();
                    }
                    Op::PopJumpIfNotNone(target) => {
                        if !pop!().is_none() {
                            ip = target as usize;
                        }
                        reap!();
                    }
                    Op::JumpIfTrueOrPop(target) => {
                        if general!(self.top_truth()) {
                            ip = target as usize;
                        } else {
                            drop(pop!());
                        }
                        reap!();
                    }
                    Op::JumpIfFalseOrPop(target) => {
                        if general!(self.top_truth()) {
                            drop(pop!());
                        } else {
                            ip = target as usize;
                        }
                        reap!();
                    }
                    Op::GetIter => {
                        if !matches!(top!(), Value::Iter(_)) {
                            if general!(self.get_iter()) {
                                continue 'frame;
                            }
                            reap!();
                        }
                    }
                    Op::ForIter(target) => {
                        let next = match self.next_fast() {
                            Some(next) => next,
                            None => {
                                save!(self, ip);
                                if self.resume_for(After::ForIter(target)) {
                                    continue 'frame;
                                }
                                match general!(self.for_iter()) {
                                    Some(next) => next,
                                    None => continue 'frame,
                                }
                            }
                        };
                        match next {
                            Some(value) => push!(value),
                            None => {
                                drop(pop!());
                                ip = target as usize;
                            }
                        }
                        reap!();
                    }
                    Op::ForIterStore(slot, target) => {
                        let next = match self.next_fast() {
                            Some(next) => next,
                            None => {
                                save!(self, ip);
                                if self.resume_for(After::ForIterStore(slot, target)) {
                                    continue 'frame;
                                }
                                match general!(self.for_iter()) {
                                    Some(next) => next,
                                    None => continue 'frame,
                                }
                            }
                        };
                        match next {
                            Some(value) => {
                                std::mem::replace(&mut self.fiber.stack[base + slot as usize], value).discard();
                            }
                            None => {
                                drop(pop!());
                                ip = target as usize;
                            }
                        }
                        reap!();
                    }
                    Op::Call(argc) => {
                        save!(self, ip);
                        if self.call_python_fast(argc as usize) || self.call_resuming(argc as usize) {
                            continue 'frame;
                        }
                        if general!(self.call_op(argc as usize, None)) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::CallKw { argc, names } => {
                        if general!(self.call_op(argc as usize, Some(names))) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::CallEx(has_kwargs) => {
                        if general!(self.call_ex(has_kwargs)) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::MakeFunction { flags, code } => self.make_function(&unit, flags, code),
                    Op::LoadBuildClass => push!(self.types.build_class.clone()),
                    Op::Return => {
                        let value = pop!();
                        self.return_value(value);
                        if !grave::is_empty() && !self.fiber.frames.is_empty() {
                            self.finalize_dead();
                        }
                        continue 'frame;
                    }
                    Op::ReturnGenerator => {
                        save!(self, ip);
                        self.return_generator();
                        continue 'frame;
                    }
                    Op::Yield => {
                        save!(self, ip);
                        let value = pop!();
                        if let Some(why) = self.yield_value(value) {
                            return why;
                        }
                        continue 'frame;
                    }
                    Op::YieldFrom => match self.yield_from_op(ip) {
                        Ok(true) => continue 'frame,
                        Ok(false) => reap!(),
                        Err(stop) => match self.handle(stop) {
                            Some(why) => return why,
                            None => continue 'frame,
                        },
                    },
                    Op::GetAwaitable(place) => {
                        if general!(self.get_awaitable(place)) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::GetYieldFromIter => {
                        general!(self.get_yield_from_iter());
                        reap!();
                    }
                    Op::GetAiter => {
                        general!(self.get_aiter());
                        reap!();
                    }
                    Op::GetAnext => {
                        if general!(self.get_anext()) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::EndAsyncFor => {
                        general!(self.end_async_for());
                        reap!();
                    }
                    Op::BeforeWith => {
                        if general!(self.before_with()) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::BeforeAsyncWith => {
                        if general!(self.before_async_with()) {
                            continue 'frame;
                        }
                        reap!();
                    }
                    Op::WithExceptStart => {
                        general!(self.with_except_start());
                        reap!();
                    }
                    Op::PushExc => {
                        let exc = pop!();
                        push!(std::mem::replace(&mut self.fiber.handled, exc.clone()));
                        push!(exc);
                    }
                    Op::PopExcept => {
                        self.fiber.handled = pop!();
                        reap!();
                    }
                    Op::CheckExcMatch => {
                        general!(self.check_exc_match());
                        reap!();
                    }
                    Op::CheckEgMatch => {
                        general!(self.check_eg_match());
                        reap!();
                    }
                    Op::PrepReraiseStar => {
                        general!(self.prep_reraise_star());
                        reap!();
                    }
                    Op::Reraise => {
                        let exc = pop!();
                        general!(Err::<(), Stop>(Stop::Reraise(exc)));
                    }
                    Op::Raise(n) => {
                        general!(self.raise(n));
                    }
                    Op::LoadAssertionError => push!(Value::Class(self.types.assertion_error.clone())),
                    Op::ImportName(name) => {
                        general!(self.import_name(name));
                        reap!();
                    }
                    Op::ImportFrom(name) => {
                        general!(self.import_from(name));
                        reap!();
                    }
                    Op::ImportStar => {
                        general!(self.import_star());
                        reap!();
                    }
                    Op::MatchSequence => {
                        general!(self.match_sequence());
                        reap!();
                    }
                    Op::MatchMapping => {
                        general!(self.match_mapping());
                        reap!();
                    }
                    Op::MatchKeys => {
                        general!(self.match_keys());
                        reap!();
                    }
                    Op::MatchClass(n) => {
                        general!(self.match_class(n as usize));
                        reap!();
                    }
                    Op::GetLen => {
                        general!(self.get_len());
                        reap!();
                    }
                    Op::Imaginary => {
                        let imaginary = pop!();
                        push!(self.imaginary(&imaginary));
                    }
                    Op::SetupAnnotations => self.setup_annotations(),
                    Op::LoadFast2(a, b) => {
                        let (a, b) = (base + a as usize, base + b as usize);
                        let (x, y) = (self.fiber.stack[a].clone(), self.fiber.stack[b].clone());
                        if x.is_null() {
                            general!(Err::<(), Stop>(self.unbound((a - base) as u32)));
                        }
                        if y.is_null() {
                            general!(Err::<(), Stop>(self.unbound((b - base) as u32)));
                        }
                        push!(x);
                        push!(y);
                    }
                    Op::LoadFastConst(a, k) => {
                        let x = self.fiber.stack[base + a as usize].clone();
                        if x.is_null() {
                            general!(Err::<(), Stop>(self.unbound(a as u32)));
                        }
                        push!(x);
                        push!(unit.consts[k as usize].clone());
                    }
                    Op::StoreLoadFast(a, b) => {
                        let value = pop!();
                        std::mem::replace(&mut self.fiber.stack[base + a as usize], value).discard();
                        let loaded = self.fiber.stack[base + b as usize].clone();
                        if loaded.is_null() {
                            general!(Err::<(), Stop>(self.unbound(b as u32)));
                        }
                        push!(loaded);
                        reap!();
                    }
                    Op::BinaryFastConst(operator, a, k) | Op::InplaceFastConst(operator, a, k) => {
                        let left = &self.fiber.stack[base + a as usize];
                        let right = &unit.consts[k as usize];
                        match operator::small(operator, left, right) {
                            Some(value) => push!(value),
                            None => {
                                if left.is_null() {
                                    general!(Err::<(), Stop>(self.unbound(a as u32)));
                                }
                                if operator == BinaryOp::Add && self.grow_slot(base, a, right, steps[ip].op) {
                                    continue;
                                }
                                let in_place = matches!(op, Op::InplaceFastConst(..));
                                let place = base + a as usize;
                                match general!(self.binary_values(operator, place, right, in_place)) {
                                    Some(value) => push!(value),
                                    None => continue 'frame,
                                }
                                reap!();
                            }
                        }
                    }
                    Op::BinaryFast2(operator, a, b) | Op::InplaceFast2(operator, a, b) => {
                        let (a, b) = (base + a as usize, base + b as usize);
                        match operator::small(operator, &self.fiber.stack[a], &self.fiber.stack[b]) {
                            Some(value) => push!(value),
                            None => {
                                for slot in [a, b] {
                                    if self.fiber.stack[slot].is_null() {
                                        general!(Err::<(), Stop>(self.unbound((slot - base) as u32)));
                                    }
                                }
                                let right = self.fiber.stack[b].clone();
                                if operator == BinaryOp::Add
                                    && self.grow_slot(base, (a - base) as u16, &right, steps[ip].op)
                                {
                                    continue;
                                }
                                let in_place = matches!(op, Op::InplaceFast2(..));
                                match general!(self.binary_values(operator, a, &right, in_place)) {
                                    Some(value) => push!(value),
                                    None => continue 'frame,
                                }
                                drop(right);
                                reap!();
                            }
                        }
                    }
                    Op::CompareJumpIfFalse(operator, target) => {
                        let n = self.fiber.stack.len();
                        let (a, b) = (&self.fiber.stack[n - 2], &self.fiber.stack[n - 1]);
                        let truth = match operator::small_compare(operator, a, b) {
                            Some(truth) => truth,
                            None => match general!(self.compare_truth(operator)) {
                                Some(truth) => truth,
                                None => continue 'frame,
                            },
                        };
                        pop!().discard();
                        pop!().discard();
                        if !truth {
                            ip = target as usize;
                        }
                        reap!();
                    }
                }
            }
        }
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

    // --- what natives use ---

    /// Calls an object. If that needs Python, the native function stops here and runs again with the answer.
    pub fn call(&mut self, callee: &Value, args: &[Value]) -> R {
        self.call_with(callee, args, &[])
    }

    /// Calls an object with keyword arguments; see [`Vm::call`].
    pub fn call_with(&mut self, callee: &Value, args: &[Value], kwargs: &[(Sym, Value)]) -> R {
        self.call_inline(callee, args, kwargs)
    }

    /// Ends a native function with the result of a call.
    pub fn tail_call(&mut self, callee: Value, args: Vec<Value>) -> R {
        if self.is_python(&callee) {
            return Err(Stop::Tail(Box::new(Action::Call { callee, args, kwargs: Vec::new() })));
        }
        self.call(&callee, &args)
    }

    /// Does a step that must not be done again when the native function runs again.
    pub fn recorded(&mut self, step: impl FnOnce(&mut Vm) -> R) -> R {
        let start = self.cursor;
        self.recording += 1;
        let depth = self.recording;
        let loops = std::mem::take(&mut self.loops);
        if let Some(answer) = self.fiber.answers.get(start)
            && answer.depth == depth
            && answer.progress.is_none()
        {
            self.recording -= 1;
            self.loops = loops;
            self.cursor += 1;
            return answer.result.clone().map_err(Stop::Raise);
        }
        let result = step(self);
        self.recording -= 1;
        self.loops = loops;
        let result = match result {
            Ok(value) => Ok(value),
            Err(Stop::Raise(exc)) => Err(exc),
            Err(other) => return Err(other),
        };
        // One answer in place of those that the step itself needed.
        self.fiber.answers.truncate(start);
        self.fiber.answers.push(Answer::result(depth, result.clone()));
        self.cursor = start + 1;
        result.map_err(Stop::Raise)
    }

    /// The remembered answer to the question that comes next, if there is one.
    fn next_answer(&mut self) -> Option<R> {
        let answer = self.fiber.answers.get(self.cursor)?;
        debug_assert_eq!(answer.depth, 0, "a native function asks the same questions every time");
        let result = answer.result.clone();
        self.cursor += 1;
        Some(result.map_err(Stop::Raise))
    }

    /// Resumes a generator from a native function; see [`Vm::call`].
    pub fn resume(&mut self, generator: &Rc<Generator>, how: Resumption) -> R {
        match self.next_answer() {
            Some(answer) => answer,
            None => Err(Stop::Need(Box::new(Action::Resume(generator.clone(), how)))),
        }
    }

    /// Asks the machine from inside a native function that goes on afterwards.
    pub fn ask(&mut self, trap: Trap) -> R {
        match self.next_answer() {
            Some(answer) => answer,
            None => Err(Stop::Need(Box::new(Action::Trap(trap)))),
        }
    }

    /// A number for an object, as `id()` shows it: counts up, so that every run shows the same.
    pub fn fresh_id(&mut self) -> u64 {
        self.ids.fresh()
    }

    /// A number for a raw lock.
    pub fn fresh_lock(&mut self) -> u32 {
        self.next_lock += 1;
        self.next_lock - 1
    }

    /// Calls a native function with these arguments.
    fn call_native(&mut self, native: &super::function::Native, pos: &[Value], names: &[Sym], named: &[Value]) -> R {
        if native.data.is_null() {
            return (native.function)(self, &Args { pos, names, named });
        }
        let mut all = Vec::with_capacity(pos.len() + 1);
        all.push(native.data.clone());
        all.extend_from_slice(pos);
        (native.function)(self, &Args { pos: &all, names, named })
    }
}
