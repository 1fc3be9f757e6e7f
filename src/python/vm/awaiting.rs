//! What is awaited: `await`, `async for`, and the operations of async generators.

use std::cell::Cell;
use std::rc::Rc;

use super::frame::After;
use super::{ErrorKind, R, Resumption, Stop, Vm};
use crate::python::code::{AwaitPlace, Op, flag};
use crate::python::generator::{GenKind, GenState, Generator};
use crate::python::names;
use crate::python::object::{AsyncGenCall, AsyncGenKind, AsyncGenState, Data, Obj};
use crate::python::value::Value;

impl Vm {
    /// What an operation of an async generator sends or throws into it this time.
    pub fn begin_async_call(&mut self, call: &AsyncGenCall, sent: Value) -> R<Resumption> {
        match call.state.get() {
            AsyncGenState::Closed => {
                let what = match call.kind {
                    AsyncGenKind::Send => "cannot reuse already awaited __anext__()/asend()",
                    _ => "cannot reuse already awaited aclose()/athrow()",
                };
                Err(self.error(ErrorKind::Runtime, what))
            }
            AsyncGenState::Iterating => Ok(Resumption::Send(sent)),
            AsyncGenState::Init => {
                if call.generator.async_running.get() {
                    let what = match call.kind {
                        AsyncGenKind::Send => "anext(): asynchronous generator is already running",
                        AsyncGenKind::Throw => "athrow(): asynchronous generator is already running",
                        AsyncGenKind::Close => "aclose(): asynchronous generator is already running",
                    };
                    return Err(self.error(ErrorKind::Runtime, what));
                }
                call.state.set(AsyncGenState::Iterating);
                call.generator.async_running.set(true);
                Ok(match call.kind {
                    AsyncGenKind::Send if sent.is_none() => Resumption::Send(call.value.clone()),
                    AsyncGenKind::Send => Resumption::Send(sent),
                    _ => Resumption::Throw(call.value.clone()),
                })
            }
        }
    }

    /// `GetAwaitable`. `true`: a frame is to go on.
    pub(super) fn get_awaitable(&mut self, place: AwaitPlace) -> R<bool> {
        let n = self.fiber.stack.len();
        let value = self.fiber.stack[n - 1].clone();
        let iterator = match self.take_result() {
            Some(answer) => self.as_awaitable_iterator(answer?)?,
            None if self.enter_method(&value, None, names::AWAIT)? => return Ok(true),
            None => self.awaitable_iterator(&value, place)?,
        };
        self.fiber.stack[n - 1] = iterator;
        Ok(false)
    }

    /// The iterator that drives an awaitable.
    pub fn awaitable_iterator(&mut self, value: &Value, place: AwaitPlace) -> R {
        match value {
            Value::Gen(g) if g.kind == GenKind::Coroutine => {
                if g.state.get() == GenState::Running
                    || g.state.get() == GenState::Suspended && is_awaiting_elsewhere(g)
                {
                    return Err(self.error(ErrorKind::Runtime, "coroutine is being awaited already"));
                }
                return Ok(value.clone());
            }
            Value::Gen(g) if g.unit.has(flag::ITERABLE_COROUTINE) => return Ok(value.clone()),
            Value::Obj(o) if matches!(o.data, Data::AsyncGen(_) | Data::CoroutineWrapper(_)) => {
                return Ok(value.clone());
            }
            _ => {}
        }
        let Some(method) = self.lookup_special(value, names::AWAIT) else {
            let name = self.type_name(value);
            let text = match place {
                AwaitPlace::Expression if self.options.version >= (3, 14) => {
                    format!("'{name}' object can't be awaited")
                }
                AwaitPlace::Expression => format!("object {name} can't be used in 'await' expression"),
                AwaitPlace::Aenter => {
                    format!("'async with' received an object from __aenter__ that does not implement __await__: {name}")
                }
                AwaitPlace::Aexit => {
                    format!("'async with' received an object from __aexit__ that does not implement __await__: {name}")
                }
                AwaitPlace::Anext => {
                    format!("'async for' received an invalid object from __anext__: {name}")
                }
            };
            return self.type_error(text);
        };
        let iterator = self.call(&method, std::slice::from_ref(value))?;
        self.as_awaitable_iterator(iterator)
    }

    /// What `__await__()` returned, if it will do.
    fn as_awaitable_iterator(&mut self, iterator: Value) -> R {
        match &iterator {
            Value::Gen(g) if g.kind == GenKind::Coroutine => self.type_error("__await__() returned a coroutine"),
            Value::Gen(_) | Value::Iter(_) => Ok(iterator),
            other if self.lookup_special(other, names::NEXT).is_some() => Ok(iterator),
            other => {
                let name = self.type_name(other);
                self.type_error(format!("__await__() returned non-iterator of type '{name}'"))
            }
        }
    }

    /// `GetYieldFromIter`
    pub(super) fn get_yield_from_iter(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let value = self.fiber.stack[n - 1].clone();
        if let Value::Gen(g) = &value {
            let in_coroutine =
                self.frame().unit.has(flag::COROUTINE) || self.frame().unit.has(flag::ITERABLE_COROUTINE);
            if g.kind == GenKind::Coroutine && !in_coroutine {
                return self.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator");
            }
            return Ok(());
        }
        let iterator = self.iter(&value)?;
        self.fiber.stack[n - 1] = iterator;
        Ok(())
    }

    /// `GetAiter`
    pub(super) fn get_aiter(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let value = self.fiber.stack[n - 1].clone();
        let Some(iterator) = self.call_special(&value, names::AITER, &[])? else {
            let name = self.type_name(&value);
            return self.type_error(format!("'async for' requires an object with __aiter__ method, got {name}"));
        };
        if self.lookup_special(&iterator, names::ANEXT).is_none() {
            let name = self.type_name(&iterator);
            return self.type_error(format!(
                "'async for' received an object from __aiter__ that does not implement __anext__: {name}"
            ));
        }
        self.fiber.stack[n - 1] = iterator;
        Ok(())
    }

    /// `GetAnext`. `true`: a frame is to go on.
    pub(super) fn get_anext(&mut self) -> R<bool> {
        let iterator = self.fiber.stack.last().expect("operand stack underflow").clone();
        match &iterator {
            Value::Gen(generator) if generator.kind == GenKind::AsyncGenerator => {
                let awaitable = self.async_gen_call(generator, AsyncGenKind::Send, Value::None)?;
                self.fiber.stack.push(awaitable);
                return Ok(false);
            }
            Value::Instance(i) if self.fiber.answers.is_empty() => {
                let method = i.class().lookup(names::ANEXT);
                if let Some(Value::Func(function)) = method {
                    let floor = self.fiber.stack.len();
                    self.fiber.stack.push(iterator.clone());
                    if let Err(stop) = self.enter_function(&function, floor, floor, &[], After::Push) {
                        self.fiber.stack.truncate(floor);
                        return Err(stop);
                    }
                    return Ok(true);
                }
            }
            _ => {}
        }
        let Some(awaitable) = self.call_special(&iterator, names::ANEXT, &[])? else {
            let name = self.type_name(&iterator);
            return self.type_error(format!("'async for' requires an iterator with __anext__ method, got {name}"));
        };
        self.fiber.stack.push(awaitable);
        Ok(false)
    }

    /// `EndAsyncFor`
    pub(super) fn end_async_for(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let exc = self.fiber.stack[n - 1].clone();
        if !self.is_exception_of(&exc, &self.types.stop_async_iteration) {
            return Err(Stop::Reraise(exc));
        }
        self.fiber.stack.truncate(n - 2);
        Ok(())
    }

    /// An operation of an async generator as an awaitable.
    pub fn async_gen_call(&mut self, generator: &Rc<Generator>, kind: AsyncGenKind, value: Value) -> R {
        if !generator.hooked.replace(true) {
            let [first_iter, finalizer] = self.asyncgen_hooks.clone();
            *generator.finalizer.borrow_mut() = finalizer;
            if !first_iter.is_none() {
                self.call(&first_iter, &[Value::Gen(generator.clone())]).inspect_err(|stop| {
                    if matches!(stop, Stop::Need(_)) {
                        generator.hooked.set(false);
                    }
                })?;
            }
        }
        let call = AsyncGenCall { generator: generator.clone(), kind, value, state: Cell::new(AsyncGenState::Init) };
        let class = match kind {
            AsyncGenKind::Send => &self.types.async_generator_asend,
            _ => &self.types.async_generator_athrow,
        };
        Ok(Obj::value(class, Data::AsyncGen(call)))
    }
}

/// The coroutine's frame stands at a `YieldFrom`: somebody drives it.
fn is_awaiting_elsewhere(generator: &Generator) -> bool {
    let suspended = generator.suspended.borrow();
    suspended.as_ref().is_some_and(|s| s.frame.unit.code.ops[s.frame.ip as usize] == Op::YieldFrom)
}

impl Vm {
    /// A frame object for a generator's frame on some fiber.
    fn running_frame(&self, generator: &Rc<Generator>) -> Option<Value> {
        let is_its = |frame: &&super::frame::Frame| frame.generator.as_ref().is_some_and(|g| Rc::ptr_eq(g, generator));
        let fibers = self.fibers.iter().flatten().chain([&self.fiber]);
        let (fiber, frame) = fibers.filter_map(|f| Some((f, f.frames.iter().find(is_its)?))).next_back()?;
        let unit = frame.unit.clone();
        // One that has called stands behind the operation; one that waits for what it awaits, at it.
        let at_yield_from = unit.code.ops.get(frame.ip as usize) == Some(&Op::YieldFrom);
        let op = if at_yield_from { frame.ip } else { frame.ip.saturating_sub(1) };
        let slots = fiber.stack.get(frame.base as usize..).unwrap_or(&[]);
        let locals = Rc::new(self.named_slots(&unit.code, slots));
        let place = crate::python::traceback::Frame::new(unit, op);
        let data = Data::Frame { frame: place, globals: frame.globals.clone(), locals, back: Value::None };
        Some(Obj::value(&self.types.frame, data))
    }

    /// A frame object for a generator's frame.
    pub fn frame_of_generator(&mut self, generator: &Rc<Generator>) -> Value {
        if generator.state.get() == GenState::Running
            && let Some(frame) = self.running_frame(generator)
        {
            return frame;
        }
        let suspended = generator.suspended.borrow();
        let op = suspended.as_ref().map_or(0, |s| s.frame.ip);
        let globals = suspended.as_ref().map(|s| s.frame.globals.clone()).unwrap_or_default();
        // A frame put aside at a `YieldFrom` stands at it, after a `Yield` behind it, before its first at the `def`.
        let unit = generator.unit.clone();
        let at_yield_from = unit.code.ops.get(op as usize) == Some(&Op::YieldFrom);
        let op = if at_yield_from { op } else { op.saturating_sub(1) };
        let slots = suspended.as_ref().map_or(&[][..], |s| &s.stack[..]);
        let locals = self.named_slots(&unit.code, slots);
        let frame = crate::python::traceback::Frame::new(unit, op);
        let data = Data::Frame { frame, globals, locals: Rc::new(locals), back: Value::None };
        Obj::value(&self.types.frame, data)
    }
}
