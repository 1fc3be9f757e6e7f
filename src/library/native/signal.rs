//! `_signal`: who handles signals, sending them, waiting for them.

use std::rc::Rc;

use super::{add_functions, float, int, required, trap};
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::trap::{Masking, SignalRequest, Trap};
use crate::python::value::Value;
use crate::python::vm::{INTERRUPT, R, Vm, bit};
use crate::time::Duration;

/// The highest number.
const LAST: i64 = 64;

/// What `signal`, `os` and `_thread` are made of. Sets of signals are numbers, bit 0 for signal 1.
pub fn fill(vm: &mut Vm, module: &Rc<Module>) {
    if let Some(handler) = vm.signals.handlers.get(&INTERRUPT) {
        module.dict.set_str("default_int_handler", handler.clone());
    }
    add_functions(
        module,
        &[
            ("in_main_thread", |vm, _| Ok(Value::bool(vm.current_fiber() == vm.signals.main))),
            // A handler, or 0 for `SIG_DFL`, 1 for `SIG_IGN`.
            ("set", |vm, args| {
                let signal = number(vm, args, 0)?;
                let handler = required(vm, args, 1, "handler")?.clone();
                vm.signals.ignored &= !bit(signal);
                let old = match handler.core() {
                    Value::Int(how) => {
                        if *how == 1 {
                            vm.signals.ignored |= bit(signal);
                        }
                        vm.signals.handlers.remove(&signal)
                    }
                    _ => vm.signals.handlers.insert(signal, handler),
                };
                drop(old);
                Ok(Value::None)
            }),
            ("get", |vm, args| {
                let signal = number(vm, args, 0)?;
                let is_ignored = vm.signals.ignored & bit(signal) != 0;
                let handler = vm.signals.handlers.get(&signal).cloned();
                Ok(handler.unwrap_or(Value::Int(is_ignored.into())))
            }),
            ("set_wakeup_fd", |vm, args| {
                let fd = int(vm, args, 0, "fd")? as i32;
                Ok(Value::Int(std::mem::replace(&mut vm.signals.wakeup_fd, fd).into()))
            }),
            ("send", |vm, args| {
                let (pid, signal) = (int(vm, args, 0, "pid")? as u32, number_or_0(vm, args, 1)?);
                ask(SignalRequest::Send { pid, signal })
            }),
            ("send_to_thread", |vm, args| {
                let (ident, signal) = (int(vm, args, 0, "ident")? as u64, number_or_0(vm, args, 1)?);
                ask(SignalRequest::SendToThread { ident, signal })
            }),
            ("set_timer", |vm, args| {
                let (after, interval) = (duration(vm, args, 0, "seconds")?, duration(vm, args, 1, "interval")?);
                ask(SignalRequest::SetTimer { after, interval })
            }),
            ("timer_left", |_, _| ask(SignalRequest::TimerLeft)),
            ("block", |vm, args| mask(vm, args, Masking::Block)),
            ("unblock", |vm, args| mask(vm, args, Masking::Unblock)),
            ("set_mask", |vm, args| mask(vm, args, Masking::Set)),
            ("pending", |_, _| ask(SignalRequest::Pending)),
            ("pause", |_, _| ask(SignalRequest::Pause)),
            ("wait", |vm, args| ask(SignalRequest::Wait(int(vm, args, 0, "set")? as u64))),
        ],
    );
}

/// `_thread.interrupt_main`: as if a signal, `SIGINT` by default, had come to the process; nothing is interrupted.
pub(super) fn interrupt_main(vm: &mut Vm, args: &Args) -> R {
    let signal = if args.pos.is_empty() { INTERRUPT } else { number(vm, args, 0)? };
    ask(SignalRequest::Trip(signal))
}

fn ask(request: SignalRequest) -> R {
    trap(Trap::Signal(request))
}

fn mask(vm: &mut Vm, args: &Args, how: Masking) -> R {
    ask(SignalRequest::Mask(how, int(vm, args, 0, "set")? as u64))
}

fn duration(vm: &mut Vm, args: &Args, i: usize, name: &str) -> R<Duration> {
    let value = required(vm, args, i, name)?;
    Ok(Duration::from_secs(float(vm, value)?.max(0.0)))
}

fn number(vm: &mut Vm, args: &Args, i: usize) -> R<u8> {
    match int(vm, args, i, "signalnum")? {
        signal @ 1..=LAST => Ok(signal as u8),
        _ => vm.value_error("signal number out of range"),
    }
}

fn number_or_0(vm: &mut Vm, args: &Args, i: usize) -> R<u8> {
    match int(vm, args, i, "signalnum")? {
        signal @ 0..=LAST => Ok(signal as u8),
        _ => Err(vm.os_error(22, "Invalid argument")),
    }
}
