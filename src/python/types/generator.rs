//! Generators, coroutines, async generators and what drives them.

use std::rc::Rc;

use super::Method;
use crate::python::function::{Args, NativeKind};
use crate::python::generator::{GenState, Generator};
use crate::python::object::{AsyncGenCall, AsyncGenKind, AsyncGenState, Data, Obj};
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Resumption, Stop, Vm};

use NativeKind::{Getter, Method as M};

/// Methods of generators.
pub const METHODS: &[Method] = &[
    ("generator.__iter__", M, |_, args| Ok(args.pos[0].clone())),
    ("generator.__next__", M, |vm, args| Vm::tail_resume(&gen_of(vm, &args.pos[0])?, Resumption::Send(Value::None))),
    ("generator.send", M, send),
    ("generator.throw", M, throw),
    ("generator.close", M, close),
    ("generator.__name__", Getter, |vm, args| Ok(gen_of(vm, &args.pos[0])?.name.borrow().clone())),
    ("generator.__qualname__", Getter, |vm, args| Ok(gen_of(vm, &args.pos[0])?.qualname.borrow().clone())),
    ("generator.gi_running", Getter, running),
    ("generator.gi_suspended", Getter, suspended),
    ("generator.gi_code", Getter, |vm, args| Ok(Value::Code(gen_of(vm, &args.pos[0])?.unit.clone()))),
    ("generator.gi_frame", Getter, frame),
    ("generator.gi_yieldfrom", Getter, awaits),
];

/// Methods of coroutines.
pub const COROUTINE_METHODS: &[Method] = &[
    ("coroutine.__await__", M, |vm, args| {
        let g = gen_of(vm, &args.pos[0])?;
        Ok(Obj::value(&vm.types.coroutine_wrapper, Data::CoroutineWrapper(g)))
    }),
    ("coroutine.send", M, send),
    ("coroutine.throw", M, throw),
    ("coroutine.close", M, close),
    ("coroutine.__name__", Getter, |vm, args| Ok(gen_of(vm, &args.pos[0])?.name.borrow().clone())),
    ("coroutine.__qualname__", Getter, |vm, args| Ok(gen_of(vm, &args.pos[0])?.qualname.borrow().clone())),
    ("coroutine.cr_running", Getter, running),
    ("coroutine.cr_suspended", Getter, suspended),
    ("coroutine.cr_code", Getter, |vm, args| Ok(Value::Code(gen_of(vm, &args.pos[0])?.unit.clone()))),
    ("coroutine.cr_frame", Getter, frame),
    ("coroutine.cr_await", Getter, awaits),
    ("coroutine.cr_origin", Getter, |vm, args| Ok(gen_of(vm, &args.pos[0])?.origin.borrow().clone())),
];

/// Methods of `coroutine.__await__()` and of an async generator's awaitables.
pub const WRAPPER_METHODS: &[Method] = &[
    ("coroutine_wrapper.__iter__", M, |_, args| Ok(args.pos[0].clone())),
    ("coroutine_wrapper.__await__", M, |_, args| Ok(args.pos[0].clone())),
    ("coroutine_wrapper.__next__", M, |vm, args| drive(vm, &args.pos[0], Value::None)),
    ("coroutine_wrapper.send", M, |vm, args| drive(vm, &args.pos[0], args.pos[1].clone())),
    ("coroutine_wrapper.throw", M, |vm, args| {
        let exc = exception_argument(vm, args)?;
        let g = gen_of(vm, &args.pos[0])?;
        if let Value::Obj(o) = &args.pos[0]
            && let Data::AsyncGen(call) = &o.data
        {
            call.state.set(AsyncGenState::Iterating);
            // An `aclose()` that is thrown into leaves the generator as it is; it is over in any case.
            if call.kind != AsyncGenKind::Close {
                return step(vm, call, Resumption::Throw(exc));
            }
        }
        Vm::tail_resume(&g, Resumption::Throw(exc))
    }),
    ("coroutine_wrapper.close", M, |vm, args| {
        if let Value::Obj(o) = &args.pos[0]
            && let Data::AsyncGen(call) = &o.data
        {
            call.state.set(AsyncGenState::Closed);
            return Ok(Value::None);
        }
        close(vm, args)
    }),
];

/// Methods of async generators.
pub const ASYNC_METHODS: &[Method] = &[
    ("async_generator.__aiter__", M, |_, args| Ok(args.pos[0].clone())),
    ("async_generator.__anext__", M, |vm, args| {
        let g = gen_of(vm, &args.pos[0])?;
        vm.async_gen_call(&g, AsyncGenKind::Send, Value::None)
    }),
    ("async_generator.asend", M, |vm, args| {
        let g = gen_of(vm, &args.pos[0])?;
        vm.async_gen_call(&g, AsyncGenKind::Send, args.pos[1].clone())
    }),
    ("async_generator.athrow", M, |vm, args| {
        let exc = exception_argument(vm, args)?;
        let g = gen_of(vm, &args.pos[0])?;
        vm.async_gen_call(&g, AsyncGenKind::Throw, exc)
    }),
    ("async_generator.aclose", M, |vm, args| {
        let g = gen_of(vm, &args.pos[0])?;
        let exit = vm.exception(&vm.types.generator_exit, vec![]);
        vm.async_gen_call(&g, AsyncGenKind::Close, exit)
    }),
    ("async_generator.__name__", Getter, |vm, args| Ok(gen_of(vm, &args.pos[0])?.name.borrow().clone())),
    ("async_generator.__qualname__", Getter, |vm, args| Ok(gen_of(vm, &args.pos[0])?.qualname.borrow().clone())),
    ("async_generator.ag_running", Getter, |vm, args| {
        let g = gen_of(vm, &args.pos[0])?;
        Ok(Value::bool(g.async_running.get() || g.state.get() == GenState::Running))
    }),
    ("async_generator.ag_frame", Getter, frame),
    ("async_generator.ag_code", Getter, |vm, args| Ok(Value::Code(gen_of(vm, &args.pos[0])?.unit.clone()))),
    ("async_generator.ag_await", Getter, awaits),
];

fn gen_of(vm: &mut Vm, value: &Value) -> R<Rc<Generator>> {
    match value {
        Value::Gen(g) => Ok(g.clone()),
        Value::Obj(o) => match &o.data {
            Data::CoroutineWrapper(g) => Ok(g.clone()),
            Data::AsyncGen(call) => Ok(call.generator.clone()),
            _ => vm.type_error("a generator is expected"),
        },
        _ => vm.type_error("a generator is expected"),
    }
}

fn send(vm: &mut Vm, args: &Args) -> R {
    let g = gen_of(vm, &args.pos[0])?;
    let Some(value) = args.pos.get(1) else {
        let word = g.word();
        return vm.type_error(format!("{word}.send() takes exactly one argument (0 given)"));
    };
    Vm::tail_resume(&g, Resumption::Send(value.clone()))
}

/// What calling a class of exceptions makes, if that is one.
fn made_exception(vm: &mut Vm, class: &Value, args: &[Value]) -> R {
    let made = vm.call(class, args)?;
    if matches!(&made, Value::Instance(instance) if instance.exception().is_some()) {
        return Ok(made);
    }
    let (class, name) = (vm.repr(class)?, vm.type_name(&made));
    vm.type_error(format!("calling {class} should have returned an instance of BaseException, not {name}"))
}

/// The exception that `throw(type_or_value, value, traceback)` means.
fn exception_argument(vm: &mut Vm, args: &Args) -> R {
    let kind = args.pos.get(1).cloned().unwrap_or(Value::None);
    let made = match (&kind, args.pos.get(2)) {
        (Value::Class(class), value) if class.is_subclass(&vm.types.base_exception.clone()) => match value {
            None | Some(Value::None) => made_exception(vm, &kind, &[]),
            Some(value @ Value::Instance(i)) if i.exception().is_some() => Ok(value.clone()),
            Some(other) => made_exception(vm, &kind, std::slice::from_ref(other)),
        },
        (Value::Instance(i), _) if i.exception().is_some() => Ok(kind.clone()),
        _ => {
            let name = vm.type_name(&kind);
            return vm.type_error(format!(
                "exceptions must be classes or instances deriving from BaseException, not {name}"
            ));
        }
    };
    // Where none can be made, what came of the attempt is thrown in its place.
    match made {
        Err(Stop::Raise(error)) => Ok(error),
        made => made,
    }
}

fn throw(vm: &mut Vm, args: &Args) -> R {
    let exc = exception_argument(vm, args)?;
    let g = gen_of(vm, &args.pos[0])?;
    Vm::tail_resume(&g, Resumption::Throw(exc))
}

fn close(vm: &mut Vm, args: &Args) -> R {
    let g = gen_of(vm, &args.pos[0])?;
    // Asked before anything runs: a generator that has not begun or is over has nothing to clean up.
    let at_rest = vm.recorded(|_| Ok(Value::bool(matches!(g.state.get(), GenState::Created | GenState::Closed))))?;
    if matches!(at_rest, Value::Bool(answer) if answer.get()) {
        g.state.set(GenState::Closed);
        let dropped = g.suspended.borrow_mut().take();
        drop(dropped);
        return Ok(Value::None);
    }
    let exit = vm.exception(&vm.types.generator_exit, vec![]);
    match vm.resume(&g, Resumption::Throw(exit)) {
        Ok(_) => {
            let word = g.word();
            Err(vm.error(ErrorKind::Runtime, format!("{word} ignored GeneratorExit")))
        }
        Err(stop) if vm.stops_with(&stop, ErrorKind::GeneratorExit) => Ok(Value::None),
        Err(stop) if vm.stops_with(&stop, ErrorKind::StopIteration) => Ok(Value::None),
        Err(stop) => Err(stop),
    }
}

/// `send` of an awaitable that wraps a generator.
fn drive(vm: &mut Vm, object: &Value, sent: Value) -> R {
    let Value::Obj(o) = object else { return vm.type_error("a generator is expected") };
    let Data::AsyncGen(call) = &o.data else {
        return Vm::tail_resume(&gen_of(vm, object)?, Resumption::Send(sent));
    };
    // An `aclose()` or `athrow()` of a generator that is over has nothing to do, whoever else is at it.
    let is_over = call.generator.state.get() == GenState::Closed;
    if is_over && call.kind != AsyncGenKind::Send && call.state.get() == AsyncGenState::Init {
        call.state.set(AsyncGenState::Closed);
        return Err(Stop::Raise(vm.stop_iteration(Value::None)));
    }
    let how = vm.begin_async_call(call, sent)?;
    step(vm, call, how)
}

/// An operation of an async generator goes on; one that raises is over.
fn step(vm: &mut Vm, call: &AsyncGenCall, how: Resumption) -> R {
    match vm.resume(&call.generator, how) {
        Err(stop @ Stop::Raise(_)) => {
            call.state.set(AsyncGenState::Closed);
            call.generator.async_running.set(false);
            let quiet = call.kind == AsyncGenKind::Close
                && (vm.stops_with(&stop, ErrorKind::GeneratorExit)
                    || vm.stops_with(&stop, ErrorKind::StopAsyncIteration));
            if quiet { Err(Stop::Raise(vm.stop_iteration(Value::None))) } else { Err(stop) }
        }
        other => other,
    }
}

fn running(vm: &mut Vm, args: &Args) -> R {
    Ok(Value::bool(gen_of(vm, &args.pos[0])?.state.get() == GenState::Running))
}

fn suspended(vm: &mut Vm, args: &Args) -> R {
    Ok(Value::bool(gen_of(vm, &args.pos[0])?.state.get() == GenState::Suspended))
}

/// The frame while there is one: what it says of lines is where it stands.
fn frame(vm: &mut Vm, args: &Args) -> R {
    let g = gen_of(vm, &args.pos[0])?;
    if g.state.get() == GenState::Closed {
        return Ok(Value::None);
    }
    Ok(vm.frame_of_generator(&g))
}

/// What a suspended frame waits for: the receiver of its `YieldFrom`.
fn awaits(vm: &mut Vm, args: &Args) -> R {
    let g = gen_of(vm, &args.pos[0])?;
    let suspended = g.suspended.borrow();
    let Some(s) = suspended.as_ref().filter(|_| g.state.get() == GenState::Suspended) else {
        return Ok(Value::None);
    };
    let at = s.frame.ip as usize;
    Ok(match s.frame.unit.code.ops.get(at) {
        Some(crate::python::code::Op::YieldFrom) if s.stack.len() >= 2 => s.stack[s.stack.len() - 2].clone(),
        _ => Value::None,
    })
}
