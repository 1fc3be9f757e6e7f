//! Exceptions on their way out, `raise`, and what `except` asks.

use std::rc::Rc;

use super::frame::{After, Frame};
use super::resume::Outcome;
use super::{Action, ErrorKind, R, Stop, Vm};
use crate::python::class::Class;
use crate::python::code::flag;
use crate::python::generator::{GenKind, GenState};
use crate::python::grave;
use crate::python::instance::Exception;
use crate::python::traceback;
use crate::python::value::Value;

/// What an exception holds.
fn exception(exc: &Value) -> Option<&Exception> {
    match exc {
        Value::Instance(instance) => instance.exception(),
        _ => None,
    }
}

impl Vm {
    /// Unwinds frames until a handler covers the operation, or none is left.
    ///
    /// `fresh`: the frame at the top gets a traceback entry (it raised), otherwise it has one already.
    pub(super) fn unwind(&mut self, exc: Value, fresh: bool) {
        let mut exc = exc;
        let mut fresh = fresh;
        if fresh && !exception(&exc).is_some_and(|data| data.is_passed_on.take()) {
            self.set_context(&exc);
        }
        loop {
            self.abandon_routines(self.fiber.frames.len());
            let Some(frame) = self.fiber.frames.last_mut() else {
                self.fiber.result = Some(Err(exc));
                return;
            };
            let op = frame.ip.saturating_sub(1);
            let unit = frame.unit.clone();
            if fresh
                && unit.is_shown()
                && let Value::Instance(i) = &exc
                && let Some(data) = i.exception()
            {
                let entry = traceback::Frame::new(unit.clone(), op).within(&frame.globals);
                let remains = Some(frame.remains_from_now());
                data.traceback.borrow_mut().push(traceback::Frame { remains, ..entry });
                data.has_traceback.set(true);
            }
            let handler = unit.code.handlers.iter().find(|h| h.start <= op && op < h.end);
            if let Some(handler) = handler {
                let height = frame.base as usize + unit.code.n_slots() + handler.depth as usize;
                // The operands are dropped only after the exception is safe on the stack: a finaliser may run.
                let dropped = self.fiber.stack.split_off(height);
                self.fiber.stack.push(exc);
                self.frame_mut().ip = handler.target;
                drop(dropped);
                return;
            }
            // The entry of a comprehension stands for that of the frame around it too.
            fresh = !unit.has(flag::INLINED);
            let frame = self.fiber.frames.pop().expect("a frame runs");
            let mut dropped = self.fiber.stack.split_off(frame.floor as usize);
            self.leave_remains(&frame, &mut dropped);
            if let Some(generator) = &frame.generator {
                generator.state.set(GenState::Closed);
                self.fiber.handled = frame.outer_handled.clone();
                exc = self.translate_stop_iteration(generator.kind, exc);
            }
            // Operands die while the frame still counts as the one that runs.
            drop(dropped);
            if !grave::is_empty() {
                grave::place(&frame, op);
            }
            // A native that passes it on does not raise it: its context stays as it is.
            if let Some(data) = exception(&exc) {
                data.is_passed_on.set(!matches!(frame.after, After::Push | After::Init | After::Signal));
            }
            match frame.after {
                After::Push | After::Init => {}
                After::YieldFrom => {
                    // The frame outside stands at the operation, not after it.
                    let is_iterator = frame.generator.is_none();
                    if is_iterator && self.is_exception_of(&exc, &self.types.stop_iteration) {
                        let value = self.stop_value(&exc);
                        self.deliver(After::YieldFrom, Outcome::GenReturn(GenKind::Generator, value));
                        return;
                    }
                    if self.closes_async_generator()
                        && (self.is_exception_of(&exc, &self.types.generator_exit)
                            || self.is_exception_of(&exc, &self.types.stop_async_iteration))
                    {
                        // `aclose()` swallows what it threw.
                        self.deliver(After::YieldFrom, Outcome::GenReturn(GenKind::Generator, Value::None));
                        return;
                    }
                    self.end_async_call();
                    let frame = self.frame_mut();
                    frame.ip += 1;
                    if frame.ends_throw() {
                        // Whatever its context was inside, CPython chains it anew on the way back.
                        self.set_context(&exc);
                    }
                }
                After::ForIter(target) | After::ForIterStore(_, target) => {
                    if self.is_exception_of(&exc, &self.types.stop_iteration) {
                        self.fiber.stack.pop();
                        self.frame_mut().ip = target;
                        return;
                    }
                }
                After::Answer => {
                    self.answer_native(Err(exc));
                    return;
                }
                After::Routine => {
                    self.answer_routine(Err(exc));
                    return;
                }
                After::Next => {
                    self.answer_next(Err(exc));
                    return;
                }
                After::Request => {
                    self.answer_request(Err(exc));
                    return;
                }
                After::Result => {
                    self.answer_operation(Err(exc));
                    return;
                }
                After::Discard => {
                    self.unraisable(exc, None);
                    return;
                }
                After::Signal => {
                    if !self.handler_raised(&exc) {
                        return;
                    }
                }
            }
        }
    }

    /// The variables of a frame that ends, with its part of the stack, go to the tracebacks it is in. With them those
    /// of its caller will, as `f_back` has it.
    pub(super) fn leave_remains(&mut self, frame: &Frame, stack: &mut Vec<Value>) {
        let Some(remains) = frame.remains().filter(|remains| Rc::strong_count(remains) > 1) else { return };
        let base = (frame.base - frame.floor) as usize;
        *remains.locals.borrow_mut() = stack.drain(base..base + frame.unit.code.n_slots()).collect();
        if frame.generator.is_none()
            && let Some(caller) = self.fiber.frames.iter_mut().rfind(|frame| frame.unit.is_shown())
        {
            *remains.back.borrow_mut() = Some(caller.remains_from_now());
        }
    }

    /// PEP 479: `StopIteration` does not leave a generator or coroutine.
    fn translate_stop_iteration(&mut self, kind: GenKind, exc: Value) -> Value {
        let text = if self.is_exception_of(&exc, &self.types.stop_iteration) {
            match kind {
                GenKind::Generator => "generator raised StopIteration",
                GenKind::Coroutine => "coroutine raised StopIteration",
                GenKind::AsyncGenerator => "async generator raised StopIteration",
            }
        } else if kind == GenKind::AsyncGenerator && self.is_exception_of(&exc, &self.types.stop_async_iteration) {
            "async generator raised StopAsyncIteration"
        } else {
            return exc;
        };
        let Stop::Raise(error) = self.error(ErrorKind::Runtime, text) else { return exc };
        if let Value::Instance(i) = &error
            && let Some(data) = i.exception()
        {
            *data.cause.borrow_mut() = exc.clone();
            *data.context.borrow_mut() = exc;
            data.suppress_context.set(true);
        }
        error
    }

    /// The exception that is being handled becomes the context of a new one, without making a ring.
    fn set_context(&self, exc: &Value) {
        let handled = self.fiber.handled_exception();
        let (Value::Instance(new), Value::Instance(old)) = (exc, handled) else { return };
        if Rc::ptr_eq(new, old) {
            return;
        }
        let Some(data) = new.exception() else { return };
        // Cut the ring where the new exception already is in the chain of the old one.
        let mut link = handled.clone();
        for _ in 0..1000 {
            let Value::Instance(i) = &link else { break };
            let Some(inner) = i.exception() else { break };
            let next = inner.context.borrow().clone();
            if next.is(exc) {
                *inner.context.borrow_mut() = Value::Null;
                break;
            }
            link = next;
        }
        *data.context.borrow_mut() = handled.clone();
    }

    /// `raise`, `raise exc`, `raise exc from cause`.
    pub(super) fn raise(&mut self, n: u32) -> R<()> {
        let len = self.fiber.stack.len();
        if n == 0 {
            let handled = self.fiber.handled_exception().clone();
            if matches!(handled, Value::Instance(_)) {
                return Err(Stop::Reraise(handled)).or_else(|stop| self.with_entry(stop));
            }
            return Err(self.error(ErrorKind::Runtime, "No active exception to reraise"));
        }
        let exc = self.fiber.stack[len - n as usize].clone();
        let exc = self.as_exception(&exc, "exceptions must derive from BaseException")?;
        if n == 2 {
            let cause = self.fiber.stack[len - 1].clone();
            let cause = match cause {
                Value::None => Value::None,
                cause => self.as_exception(&cause, "exception causes must derive from BaseException")?,
            };
            if let Some(data) = exception(&exc) {
                *data.cause.borrow_mut() = cause;
                data.suppress_context.set(true);
            }
        }
        if let Some(data) = exception(&exc) {
            data.is_passed_on.set(false);
        }
        Err(Stop::Raise(exc))
    }

    /// A bare `raise` adds an entry for the line it stands on, unlike the end of a `finally`.
    fn with_entry(&mut self, stop: Stop) -> R<()> {
        match stop {
            Stop::Reraise(exc) => {
                let frame = self.frame();
                let op = frame.ip.saturating_sub(1);
                if let Value::Instance(i) = &exc
                    && let Some(data) = i.exception()
                {
                    // The frame may have an entry already, for where the exception came from.
                    let mut tb = data.traceback.borrow_mut();
                    let same =
                        |last: &traceback::Frame| Rc::ptr_eq(&last.unit, &frame.unit) || last.unit.has(flag::INLINED);
                    let same = tb.last().is_some_and(same);
                    if !same && frame.unit.is_shown() {
                        let entry = traceback::Frame::new(frame.unit.clone(), op).within(&frame.globals);
                        let remains = Some(self.frame_mut().remains_from_now());
                        tb.push(traceback::Frame { remains, ..entry });
                    }
                }
                Err(Stop::Reraise(exc))
            }
            other => Err(other),
        }
    }

    /// An exception, made by calling the class if a class was given.
    pub(super) fn as_exception(&mut self, value: &Value, message: &str) -> R {
        match value {
            Value::Instance(i) if i.exception().is_some() => Ok(value.clone()),
            Value::Class(class) if class.is_subclass(&self.types.base_exception) => {
                let made = self.call(value, &[])?;
                if matches!(&made, Value::Instance(instance) if instance.exception().is_some()) {
                    return Ok(made);
                }
                let kind = Value::Class(self.class_of(&made));
                let (class, kind) = (self.repr(value)?, self.repr(&kind)?);
                self.type_error(format!(
                    "calling {class} should have returned an instance of BaseException, not {kind}"
                ))
            }
            _ => self.type_error(message),
        }
    }

    /// `[exc type] -> [exc bool]`
    pub(super) fn check_exc_match(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let (exc, kind) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        let matched = self.exception_matches(&exc, &kind)?;
        self.fiber.stack[n - 1] = Value::bool(matched);
        Ok(())
    }

    /// Whether `except kind` catches the exception.
    pub fn exception_matches(&mut self, exc: &Value, kind: &Value) -> R<bool> {
        match kind {
            Value::Class(class) if class.is_subclass(&self.types.base_exception) => {
                Ok(self.is_exception_of(exc, class))
            }
            Value::Tuple(kinds) => {
                let mut matched = false;
                for kind in &kinds.items {
                    matched |= self.exception_matches(exc, kind)?;
                }
                Ok(matched)
            }
            _ => self.type_error("catching classes that do not inherit from BaseException is not allowed"),
        }
    }

    /// `[exc type] -> [rest match]` for `except*`.
    pub(super) fn check_eg_match(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let (exc, kind) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        let (rest, matched) = match &exc {
            Value::None => (Value::None, Value::None),
            _ if self.is_exception_of(&exc, &self.types.base_exception_group) => {
                let split = self.get_attribute(&exc, "split")?;
                let pair = self.call(&split, &[kind])?;
                match &pair {
                    Value::Tuple(t) if t.items.len() == 2 => (t.items[1].clone(), t.items[0].clone()),
                    _ => return self.type_error("split() must return a 2-tuple"),
                }
            }
            _ if self.exception_matches(&exc, &kind)? => {
                // A bare exception is wrapped into a group for the handler.
                let group = Value::Class(self.types.exception_group.clone());
                let group = if self.is_exception_of(&exc, &self.types.exception) {
                    group
                } else {
                    Value::Class(self.types.base_exception_group.clone())
                };
                let wrapped = self.call(&group, &[Value::str(""), Value::tuple([exc.clone()])])?;
                (Value::None, wrapped)
            }
            _ => (exc.clone(), Value::None),
        };
        if !matched.is_none() {
            self.fiber.handled = matched.clone();
        }
        self.fiber.stack[n - 2] = rest;
        self.fiber.stack[n - 1] = matched;
        Ok(())
    }

    /// `[orig list] -> [exc]`: what the `except*` statement raises at its end.
    ///
    /// The list holds what the handlers raised and the unmatched rest. What was re-raised unchanged or left
    /// over is one group again, new exceptions come first (`Objects/exceptions.c`, `_PyExc_PrepReraiseStar`).
    pub(super) fn prep_reraise_star(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let (orig, list) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        let Value::List(list) = &list else { return self.type_error("a list of exceptions is expected") };
        let raised: Vec<Value> = list.items.borrow().iter().filter(|e| !e.is_none()).cloned().collect();
        let is_group = self.is_exception_of(&orig, &self.types.base_exception_group);
        let result = if raised.is_empty() {
            Value::None
        } else if !is_group {
            raised[0].clone()
        } else {
            let same_origin = |e: &Value| match (e, &orig) {
                (Value::Instance(a), Value::Instance(b)) => match (a.exception(), b.exception()) {
                    (Some(a), Some(b)) => {
                        let (a, b) = (a.traceback.borrow(), b.traceback.borrow());
                        a.len() == b.len()
                            && !a.is_empty()
                            && a.iter().zip(b.iter()).all(|(x, y)| x.op == y.op)
                            && Rc::ptr_eq(&a[0].unit, &b[0].unit)
                    }
                    _ => false,
                },
                _ => false,
            };
            let (again, new): (Vec<Value>, Vec<Value>) = raised
                .into_iter()
                .partition(|e| self.is_exception_of(e, &self.types.base_exception_group) && same_origin(e));
            let mut parts = new;
            if again.len() == 1 {
                parts.extend(again);
            } else if !again.is_empty() {
                let derive = self.get_attribute(&orig, "_merge")?;
                parts.push(self.call(&derive, &[Value::list(again)])?);
            }
            if parts.len() == 1 {
                parts.remove(0)
            } else {
                let all_exceptions = parts.iter().all(|e| self.is_exception_of(e, &self.types.exception));
                let t = &self.types;
                let class = if all_exceptions { &t.exception_group } else { &t.base_exception_group };
                let class = Value::Class(class.clone());
                self.call(&class, &[Value::str(""), Value::list(parts)])?
            }
        };
        self.fiber.stack.truncate(n - 2);
        self.fiber.stack.push(result);
        Ok(())
    }

    /// The `StopIteration` value of an exception.
    pub(super) fn stop_value(&self, exc: &Value) -> Value {
        let Value::Instance(i) = exc else { return Value::None };
        if let Some(value) = i.attribute(crate::python::names::VALUE) {
            return value;
        }
        match i.exception().map(|e| e.args.borrow().clone()) {
            Some(Value::Tuple(args)) => args.items.first().cloned().unwrap_or(Value::None),
            _ => Value::None,
        }
    }

    /// The exception as a class, for `__exit__`.
    pub(super) fn exception_class(&self, exc: &Value) -> Rc<Class> {
        self.class_of(exc)
    }

    /// `[exit prev exc] -> [exit prev exc result]`
    pub(super) fn with_except_start(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let (exit, exc) = (self.fiber.stack[n - 3].clone(), self.fiber.stack[n - 1].clone());
        let class = Value::Class(self.exception_class(&exc));
        let traceback = self.traceback_of(&exc);
        let result = self.call(&exit, &[class, exc, traceback])?;
        self.fiber.stack.push(result);
        Ok(())
    }

    /// Asks for an action in place of the operation that stopped.
    pub(super) fn need(action: Action) -> Stop {
        Stop::Need(Box::new(action))
    }
}
