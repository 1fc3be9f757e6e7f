//! Generators, coroutines, `await`: putting frames aside and bringing them back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::frame::{After, Answer, Frame, Suspended};
use super::{Action, ErrorKind, R, Resumption, Stop, Vm, Why};
use crate::python::code::{Op, flag};
use crate::python::deep::born;
use crate::python::generator::{GenKind, GenState, Generator};
use crate::python::grave;
use crate::python::heap;
use crate::python::names;
use crate::python::object::{AsyncGenCall, AsyncGenKind, AsyncGenState, Data};
use crate::python::value::Value;

/// How a frame's turn ended.
pub(super) enum Outcome {
    /// A plain call returned.
    Value(Value),
    /// A generator or coroutine returned.
    GenReturn(GenKind, Value),
    /// It yielded, or passed on what it awaits.
    Yield(Value),
    /// An async generator yielded a value of its own.
    AsyncYield(Value),
}

impl Vm {
    /// First operation of a generator: the call's result is the generator, its frame is put aside.
    pub(super) fn return_generator(&mut self) {
        let frame = self.fiber.frames.pop().expect("a frame runs");
        let stack = self.fiber.stack.split_off(frame.base as usize);
        self.fiber.stack.truncate(frame.floor as usize);
        let unit = frame.unit.clone();
        let after = frame.after;
        let kind = if unit.has(flag::COROUTINE) {
            GenKind::Coroutine
        } else if unit.has(flag::ASYNC_GENERATOR) {
            GenKind::AsyncGenerator
        } else {
            GenKind::Generator
        };
        let suspended = Suspended { frame, stack, handled: Value::None };
        let origin = match (kind, self.origin_depth) {
            (_, 0) | (GenKind::Generator | GenKind::AsyncGenerator, _) => Value::None,
            (GenKind::Coroutine, depth) => self.callers(depth),
        };
        born();
        let generator = Generator {
            kind,
            name: RefCell::new(unit.names[0].clone()),
            qualname: RefCell::new(unit.names[1].clone()),
            unit,
            suspended: RefCell::new(Some(suspended)),
            spare: Cell::default(),
            state: Cell::new(GenState::Created),
            finalizer: RefCell::new(Value::None),
            origin: RefCell::new(origin),
            hooked: Cell::new(false),
            async_running: Cell::new(false),
            id: Cell::new(0),
            weak_references: RefCell::default(),
        };
        self.deliver(after, Outcome::Value(heap::generator(generator)));
    }

    /// File, line and function of the innermost frames, those first.
    fn callers(&self, depth: usize) -> Value {
        let frames = self.fiber.frames.iter().rev().filter(|frame| frame.unit.is_shown());
        let entry = |frame: &Frame| {
            let code = &frame.unit.code;
            let line = code.positions.get(frame.ip.saturating_sub(1) as usize).map_or(0, |at| at.line);
            Value::tuple([Value::str(&code.source.filename), Value::Int(line.into()), Value::str(&code.name)])
        };
        Value::tuple(frames.take(depth).map(entry))
    }

    /// Puts a generator's frame on the fiber and gives it a value or an exception.
    pub(super) fn begin_resume(&mut self, generator: &Rc<Generator>, how: Resumption, after: After) -> Option<Why> {
        match generator.state.get() {
            GenState::Running => {
                let exc = self.error(ErrorKind::Value, format!("{} already executing", generator.word()));
                return self.deliver_error(after, exc);
            }
            GenState::Closed => {
                let stop = match (generator.kind, how) {
                    (GenKind::Coroutine, _) => self.error(ErrorKind::Runtime, "cannot reuse already awaited coroutine"),
                    (_, Resumption::Throw(exc)) => Stop::Raise(exc),
                    (GenKind::AsyncGenerator, _) => self.error_empty(ErrorKind::StopAsyncIteration),
                    (GenKind::Generator, _) => {
                        self.deliver(after, Outcome::GenReturn(GenKind::Generator, Value::None));
                        return None;
                    }
                };
                return self.deliver_error(after, stop);
            }
            GenState::Created => {
                if let Resumption::Send(value) = &how
                    && !value.is_none()
                {
                    let word = generator.word();
                    let text = format!("can't send non-None value to a just-started {word}");
                    let stop = self.error(ErrorKind::Type, text);
                    return self.deliver_error(after, stop);
                }
            }
            GenState::Suspended => {}
        }
        if self.is_too_deep() {
            let stop = self.error(ErrorKind::Recursion, "maximum recursion depth exceeded");
            return self.deliver_error(after, stop);
        }
        let created = generator.state.get() == GenState::Created;
        let suspended = generator.suspended.borrow_mut().take();
        let Suspended { mut frame, mut stack, handled } = suspended.expect("a generator at rest has its frame");
        let base = self.fiber.stack.len();
        frame.base = base as u32;
        frame.floor = base as u32;
        frame.after = after;
        frame.generator = Some(generator.clone());
        frame.outer_handled = std::mem::replace(&mut self.fiber.handled, handled);
        self.fiber.stack.append(&mut stack);
        generator.spare.set(stack);
        generator.state.set(GenState::Running);
        let at_yield_from = !created && frame.unit.code.ops[frame.ip as usize] == Op::YieldFrom;
        self.fiber.frames.push(frame);
        match how {
            Resumption::Send(value) if created => drop(value),
            Resumption::Send(value) if at_yield_from => {
                *self.fiber.stack.last_mut().expect("YieldFrom has two operands") = value;
            }
            Resumption::Send(value) => self.fiber.stack.push(value),
            Resumption::Throw(exc) if at_yield_from => return self.throw_into_receiver(exc),
            Resumption::Throw(exc) => self.throw_here(exc),
        }
        None
    }

    /// Raises an exception at the place where the frame was put aside. Its context is what the generator itself
    /// handles there, and never what is being handled outside.
    fn throw_here(&mut self, exc: Value) {
        if self.fiber.handled.is_none()
            && let Value::Instance(instance) = &exc
            && let Some(data) = instance.exception()
        {
            data.is_passed_on.set(true);
        }
        self.unwind(exc, true);
    }

    /// Throws into what the frame at the top awaits; the frame stands at its `YieldFrom`.
    fn throw_into_receiver(&mut self, exc: Value) -> Option<Why> {
        if !self.fiber.handled.is_none() {
            self.frame_mut().rare.get_or_insert_default().throws_through = true;
        }
        let n = self.fiber.stack.len();
        let receiver = self.fiber.stack[n - 2].clone();
        let is_exit = self.is_exception_of(&exc, &self.types.generator_exit);
        let inner = match &receiver {
            Value::Gen(g) => Some(g.clone()),
            Value::Obj(o) => match &o.data {
                Data::CoroutineWrapper(g) => Some(g.clone()),
                Data::AsyncGen(call) => {
                    call.state.set(AsyncGenState::Iterating);
                    Some(call.generator.clone())
                }
                _ => None,
            },
            _ => None,
        };
        match inner {
            // `close()` of the inner one, then GeneratorExit in the outer one: [`Vm::closed_receiver`] goes on.
            Some(inner) if is_exit && !matches!(&receiver, Value::Obj(o) if matches!(o.data, Data::AsyncGen(_))) => {
                self.fiber.stack.truncate(n - 2);
                self.fiber.stack.extend([Value::Null, exc.clone()]);
                drop(receiver);
                self.begin_resume(&inner, Resumption::Throw(exc), After::YieldFrom)
            }
            Some(inner) => self.begin_resume(&inner, Resumption::Throw(exc), After::YieldFrom),
            None if is_exit => {
                self.frame_mut().ip += 1;
                self.fiber.stack.truncate(n - 2);
                self.throw_here(exc);
                None
            }
            None => {
                // An iterator of the program's own: its `throw`, if it has one.
                let throw = self.lookup_special(&receiver, names::THROW);
                match throw {
                    Some(throw) => {
                        let args = vec![receiver, exc];
                        self.begin_call(throw, args, Vec::new(), After::YieldFrom);
                        None
                    }
                    None => {
                        self.frame_mut().ip += 1;
                        self.fiber.stack.truncate(n - 2);
                        self.throw_here(exc);
                        None
                    }
                }
            }
        }
    }

    /// What the frame at the top awaited was closed for its own `GeneratorExit`, and took it: it goes on to the frame.
    fn closed_receiver(&mut self, outcome: Outcome) {
        let exit = self.fiber.stack.pop().expect("YieldFrom has two operands");
        self.fiber.stack.pop();
        let frame = self.frame_mut();
        frame.ip += 1;
        if matches!(outcome, Outcome::GenReturn(..)) {
            return self.throw_here(exit);
        }
        let word = frame.generator.as_ref().map_or("generator", |generator| generator.word());
        if let Stop::Raise(exc) = self.error(ErrorKind::Runtime, format!("{word} ignored GeneratorExit")) {
            self.throw_here(exc);
        }
    }

    /// What the frame at the top awaits is being closed.
    fn is_closing_receiver(&self) -> bool {
        self.fiber.stack.len().checked_sub(2).is_some_and(|below| self.fiber.stack[below].is_null())
    }

    /// `Yield`: the value goes to whoever resumed the frame.
    pub(super) fn yield_value(&mut self, value: Value) -> Option<Why> {
        let is_async = self.frame().unit.has(flag::ASYNC_GENERATOR);
        self.put_aside(if is_async { Outcome::AsyncYield(value) } else { Outcome::Yield(value) });
        None
    }

    /// Takes the frame at the top off the fiber and gives the outcome to whoever resumed it.
    fn put_aside(&mut self, outcome: Outcome) {
        let mut frame = self.fiber.frames.pop().expect("a frame runs");
        frame.ends_throw();
        let generator = frame.generator.take().expect("only generators are put aside");
        let mut stack = generator.spare.take();
        stack.extend(self.fiber.stack.drain(frame.base as usize..));
        let outer = std::mem::take(&mut frame.outer_handled);
        let handled = std::mem::replace(&mut self.fiber.handled, outer);
        let after = frame.after;
        if after == After::Discard {
            // It was to be closed for good, and yields: it is given up as it is.
            generator.state.set(GenState::Closed);
            let text = format!("{} ignored GeneratorExit", generator.word());
            if let Stop::Raise(exc) = self.error(ErrorKind::Runtime, text) {
                self.unraisable(exc, Some(Value::Gen(generator)));
            }
            return;
        }
        *generator.suspended.borrow_mut() = Some(Suspended { frame, stack, handled });
        generator.state.set(GenState::Suspended);
        self.deliver(after, outcome);
    }

    /// `Return`
    pub(super) fn return_value(&mut self, value: Value) {
        let frame = self.fiber.frames.pop().expect("a frame runs");
        if frame.remains().is_some() {
            let mut own = self.fiber.stack.split_off(frame.floor as usize);
            self.leave_remains(&frame, &mut own);
            self.fiber.stack.append(&mut own);
        }
        let after = frame.after;
        if after == After::Push && frame.generator.is_none() && !self.fiber.frames.is_empty() {
            self.fiber.stack.truncate(frame.floor as usize);
            drop(frame);
            if !grave::is_empty() {
                let caller = self.frame();
                grave::place(caller, caller.ip.saturating_sub(1));
            }
            self.fiber.stack.push(value);
            return;
        }
        let outcome = match &frame.generator {
            Some(generator) => {
                generator.state.set(GenState::Closed);
                self.fiber.handled = frame.outer_handled.clone();
                Outcome::GenReturn(generator.kind, value)
            }
            None => Outcome::Value(value),
        };
        // Locals die before the caller goes on.
        self.fiber.stack.truncate(frame.floor as usize);
        drop(frame);
        if !grave::is_empty()
            && let Some(caller) = self.fiber.frames.last()
        {
            // A frame that delegates stands at its operation, others after it.
            let op = if after == After::YieldFrom { caller.ip } else { caller.ip.saturating_sub(1) };
            grave::place(caller, op);
        }
        self.deliver(after, outcome);
    }

    /// Gives the result of an action that was not a frame.
    pub(super) fn deliver_result(&mut self, after: After, result: Result<Value, Value>) {
        match result {
            Ok(value) => self.deliver(after, Outcome::Value(value)),
            Err(exc) => {
                self.deliver_error(after, Stop::Raise(exc));
            }
        }
    }

    /// The same for an action that failed before it had a frame.
    pub(super) fn deliver_error(&mut self, after: After, stop: Stop) -> Option<Why> {
        match (after, stop) {
            (After::Answer | After::Result, Stop::Raise(exc)) => {
                self.answer_native(Err(exc));
                None
            }
            (After::Discard, Stop::Raise(exc)) => {
                self.unraisable(exc, None);
                None
            }
            (After::Signal, Stop::Raise(exc) | Stop::Reraise(exc)) => {
                if self.handler_raised(&exc) {
                    self.unwind(exc, true);
                }
                None
            }
            (After::Routine, Stop::Raise(exc) | Stop::Reraise(exc)) => {
                self.answer_routine(Err(exc));
                None
            }
            (After::Next, Stop::Raise(exc) | Stop::Reraise(exc)) => {
                self.answer_next(Err(exc));
                None
            }
            (After::Request, Stop::Raise(exc) | Stop::Reraise(exc)) => {
                self.answer_request(Err(exc));
                None
            }
            (After::ForIter(target) | After::ForIterStore(_, target), Stop::Raise(exc))
                if self.is_exception_of(&exc, &self.types.stop_iteration) =>
            {
                self.fiber.stack.pop();
                self.frame_mut().ip = target;
                None
            }
            (After::YieldFrom, Stop::Raise(exc)) => {
                // The frame stands *at* the operation.
                self.frame_mut().ip += 1;
                self.unwind(exc, true);
                None
            }
            (_, stop) => self.handle(stop),
        }
    }

    /// Gives the frame at the top an answer; its operation runs again.
    pub(super) fn answer_native(&mut self, answer: Result<Value, Value>) {
        self.fiber.answers_at = (self.fiber.frames.len() as u32, self.frame().ip + 1);
        let frame = self.fiber.frames.last_mut().expect("a native runs in a frame");
        let answers = &mut self.fiber.answers;
        // The storage of answers that are over serves again.
        answers.clear();
        if let Some(rare) = &mut frame.rare
            && !rare.answers.is_empty()
        {
            std::mem::swap(answers, &mut rare.answers);
        }
        answers.push(Answer::result(0, answer));
    }

    /// The same of a special method that was entered by [`Vm::enter_special`].
    pub(super) fn answer_operation(&mut self, answer: Result<Value, Value>) {
        self.answer_native(answer);
        self.fiber.answers[0].is_final = true;
    }

    /// Gives an outcome to where it belongs, passing it through frames that only wait for it.
    pub(super) fn deliver(&mut self, after: After, outcome: Outcome) {
        if self.fiber.frames.is_empty() {
            let result = match outcome {
                Outcome::Value(v) | Outcome::GenReturn(_, v) | Outcome::Yield(v) | Outcome::AsyncYield(v) => v,
            };
            self.fiber.result = Some(Ok(result));
            return;
        }
        match (after, outcome) {
            (After::Push, Outcome::Value(v) | Outcome::Yield(v)) => self.fiber.stack.push(v),
            (After::Push, Outcome::GenReturn(kind, v)) => {
                let exc = self.end_of(kind, v);
                self.unwind(exc, true);
            }
            (After::Push, Outcome::AsyncYield(v)) => {
                let exc = self.stop_iteration(v);
                self.unwind(exc, true);
            }
            (After::Answer, Outcome::Value(v) | Outcome::Yield(v)) => self.answer_native(Ok(v)),
            (After::Result, Outcome::Value(v)) => self.answer_operation(Ok(v)),
            (After::Answer, Outcome::GenReturn(kind, v)) => {
                let exc = self.end_of(kind, v);
                self.answer_native(Err(exc));
            }
            (After::Answer, Outcome::AsyncYield(v)) => {
                let exc = self.stop_iteration(v);
                self.answer_native(Err(exc));
            }
            (After::Init, Outcome::Value(v)) => {
                if !v.is_none() {
                    let name = self.type_name(&v);
                    let text = format!("__init__() should return None, not '{name}'");
                    let Stop::Raise(exc) = self.error(ErrorKind::Type, text) else { return };
                    self.unwind(exc, true);
                }
            }
            (After::ForIter(_), Outcome::Value(v) | Outcome::Yield(v)) => self.fiber.stack.push(v),
            (After::ForIterStore(slot, _), Outcome::Value(v) | Outcome::Yield(v)) => {
                let base = self.frame().base as usize;
                self.fiber.stack[base + slot as usize] = v;
            }
            (After::ForIter(target) | After::ForIterStore(_, target), Outcome::GenReturn(..)) => {
                let iterator = self.fiber.stack.pop();
                self.frame_mut().ip = target;
                drop(iterator);
            }
            (After::YieldFrom, outcome) if self.is_closing_receiver() => self.closed_receiver(outcome),
            (After::YieldFrom, Outcome::Value(v) | Outcome::Yield(v)) => self.put_aside(Outcome::Yield(v)),
            (After::YieldFrom, Outcome::GenReturn(GenKind::AsyncGenerator, _)) => {
                if self.closes_async_generator() {
                    // `aclose()` wanted nothing else.
                    self.deliver(After::YieldFrom, Outcome::GenReturn(GenKind::Generator, Value::None));
                    return;
                }
                self.end_async_call();
                let frame = self.frame_mut();
                frame.ip += 1;
                let exc = self.exception(&self.types.stop_async_iteration, vec![]);
                self.unwind(exc, true);
            }
            (After::YieldFrom, Outcome::AsyncYield(_)) if self.closes_async_generator() => {
                self.end_async_call();
                self.frame_mut().ip += 1;
                let text = "async generator ignored GeneratorExit";
                let Stop::Raise(exc) = self.error(ErrorKind::Runtime, text) else { return };
                self.unwind(exc, true);
            }
            (After::YieldFrom, Outcome::GenReturn(_, v) | Outcome::AsyncYield(v)) => {
                self.end_async_call();
                let n = self.fiber.stack.len();
                let frame = self.frame_mut();
                frame.ip += 1;
                frame.ends_throw();
                self.fiber.stack.truncate(n - 2);
                self.fiber.stack.push(v);
            }
            (After::Routine | After::Next, Outcome::Value(v) | Outcome::Yield(v)) => self.answer_routine(Ok(v)),
            (After::Next, Outcome::GenReturn(..)) => self.answer_routine(Ok(Value::Null)),
            (After::Request, Outcome::Value(v) | Outcome::Yield(v)) => self.answer_request(Ok(v)),
            (After::Routine | After::Request, Outcome::GenReturn(kind, v)) => self.end_for_routine(after, kind, v),
            (After::Routine | After::Request, Outcome::AsyncYield(v)) => {
                self.end_for_routine(after, GenKind::Generator, v);
            }
            (After::Discard, _) => self.take_answers_back(),
            (After::Signal, _) => self.next_handler(),
            (After::Init | After::ForIter(_) | After::ForIterStore(..) | After::Result | After::Next, _) => {}
        }
    }

    /// What a native sees of the end of a generator.
    pub(super) fn end_of(&self, kind: GenKind, value: Value) -> Value {
        match kind {
            GenKind::AsyncGenerator => self.exception(&self.types.stop_async_iteration, vec![]),
            _ => self.stop_iteration(value),
        }
    }

    /// What an await is waiting for, if that is an operation of an async generator.
    fn awaited_async_call(&self) -> Option<&AsyncGenCall> {
        match &self.fiber.stack[self.fiber.stack.len() - 2] {
            Value::Obj(o) => match &o.data {
                Data::AsyncGen(call) => Some(call),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the frame awaits `aclose()`.
    pub(super) fn closes_async_generator(&self) -> bool {
        self.awaited_async_call().is_some_and(|call| call.kind == AsyncGenKind::Close)
    }

    /// Whether the frame awaits `aclose()` of a generator that never ran, or an `aclose()` or `athrow()` of one that
    /// is over. The former never will.
    fn has_nothing_to_close(&self) -> bool {
        let Some(call) = self.awaited_async_call() else { return false };
        if call.kind == AsyncGenKind::Send || call.state.get() != AsyncGenState::Init {
            return false;
        }
        match call.generator.state.get() {
            GenState::Created if call.kind == AsyncGenKind::Close => {
                call.generator.state.set(GenState::Closed);
                let dropped = call.generator.suspended.borrow_mut().take();
                drop(dropped);
                true
            }
            GenState::Closed => true,
            _ => false,
        }
    }

    /// The operation of an async generator that the frame awaits is over.
    pub(super) fn end_async_call(&mut self) {
        if let Some(call) = self.awaited_async_call() {
            call.state.set(AsyncGenState::Closed);
            call.generator.async_running.set(false);
        }
    }

    /// `YieldFrom` with the bookkeeping of an operation that natives may stop. What a value that is passed on
    /// answers is another operation's, so those answers stay.
    pub(super) fn yield_from_op(&mut self, ip: usize) -> R<bool> {
        self.frame_mut().ip = ip as u32;
        self.cursor = 0;
        self.recording = 0;
        self.loops = 0;
        if self.fiber.answers_at != (self.fiber.frames.len() as u32, ip as u32) {
            self.fiber.answers.clear();
        }
        let goes_on = self.yield_from()?;
        if !goes_on {
            self.fiber.answers.clear();
        }
        Ok(goes_on)
    }

    /// `YieldFrom`: `[receiver v] -> [result]`. `true`: another frame is to go on.
    fn yield_from(&mut self) -> R<bool> {
        let n = self.fiber.stack.len();
        let (receiver, value) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        if self.has_nothing_to_close() {
            self.end_async_call();
            self.fiber.stack.truncate(n - 2);
            self.fiber.stack.push(Value::None);
            return Ok(false);
        }
        let inner = match &receiver {
            Value::Gen(g) => Some((g.clone(), Resumption::Send(value.clone()))),
            Value::Obj(o) => match &o.data {
                Data::CoroutineWrapper(g) => Some((g.clone(), Resumption::Send(value.clone()))),
                Data::AsyncGen(call) => Some((call.generator.clone(), self.begin_async_call(call, value.clone())?)),
                _ => None,
            },
            _ => None,
        };
        if let Some((inner, how)) = inner {
            if inner.state.get() == GenState::Running && inner.kind == GenKind::Coroutine {
                return Err(self.error(ErrorKind::Runtime, "coroutine is being awaited already"));
            }
            // The frame stands at this operation until the receiver has returned.
            self.fiber.answers.clear();
            self.frame_mut().ip -= 1;
            drop((receiver, value));
            let why = self.begin_resume(&inner, how, After::YieldFrom);
            debug_assert!(why.is_none());
            return Ok(true);
        }
        let next = if value.is_none() {
            match self.lookup_special(&receiver, names::NEXT) {
                // What its `StopIteration` holds is the result.
                Some(next) if matches!(receiver, Value::Instance(_)) => {
                    self.call(&next, std::slice::from_ref(&receiver)).map(Some)
                }
                _ => self.next(&receiver),
            }
        } else {
            let send = self.get_attribute(&receiver, "send")?;
            self.call(&send, &[value]).map(Some)
        };
        let result = match next {
            Ok(Some(yielded)) => {
                self.fiber.answers.clear();
                self.frame_mut().ip -= 1;
                self.put_aside(Outcome::Yield(yielded));
                return Ok(true);
            }
            Ok(None) => Value::None,
            Err(Stop::Raise(exc)) if self.is_exception_of(&exc, &self.types.stop_iteration) => self.stop_value(&exc),
            Err(stop) => return Err(stop),
        };
        self.fiber.stack.truncate(n - 2);
        self.fiber.stack.push(result);
        Ok(false)
    }

    /// An action that resumes a generator, as the end of a native.
    pub fn tail_resume(generator: &Rc<Generator>, how: Resumption) -> R {
        Err(Stop::Tail(Box::new(Action::Resume(generator.clone(), how))))
    }
}
