//! `_journal`: what the library wants the picture to show.

use std::rc::Rc;

use super::{add_functions, int, optional, text, trap};
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::trap::{JournalRequest, Trap};
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

/// Functions that record something.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("born", |vm, args| {
                let (kind, name) = (text(vm, args, 0, "kind")?, text(vm, args, 1, "name")?);
                let parent = subject_or_none(vm, args, 2, "parent")?;
                record(JournalRequest::Born { kind, name, parent })
            }),
            ("state", |vm, args| {
                let (subject, state) = (subject(vm, args)?, text(vm, args, 1, "state")?);
                let reason = match optional(args, 2, "reason") {
                    Some(_) => text(vm, args, 2, "reason")?,
                    None => String::new(),
                };
                // -1 is the thread that says so, which Python has no number for.
                let on = subject_or_none(vm, args, 3, "on")?;
                // Of a task its coroutine, which stands elsewhere than the thread that says so.
                let (place, coroutine) = match args.get(4, "coroutine") {
                    Some(Value::Gen(coroutine)) => (coroutine.user_place(), Some(Rc::downgrade(coroutine))),
                    _ => (None, None),
                };
                record(JournalRequest::State { subject, state, reason, on, place, coroutine })
            }),
            ("named", |vm, args| {
                let (subject, name) = (subject(vm, args)?, text(vm, args, 1, "name")?);
                record(JournalRequest::Named { subject, name })
            }),
            ("count", |vm, args| {
                let (subject, counter) = (subject(vm, args)?, text(vm, args, 1, "counter")?);
                let value = match args.get(2, "value") {
                    // An unlimited number is not drawn.
                    Some(Value::Float(f)) if !f.get().is_finite() => return Ok(Value::None),
                    Some(Value::Float(f)) => f.get() as i64,
                    _ => int(vm, args, 2, "value")?,
                };
                record(JournalRequest::Count { subject, counter, value })
            }),
            ("mark", |vm, args| {
                let (subject, name) = (subject(vm, args)?, text(vm, args, 1, "name")?);
                let detail = match optional(args, 2, "detail") {
                    Some(_) => Some(text(vm, args, 2, "detail")?),
                    None => None,
                };
                record(JournalRequest::Mark { subject, name, detail })
            }),
        ],
    );
}

fn record(request: JournalRequest) -> R {
    trap(Trap::Journal(request))
}

fn subject(vm: &mut Vm, args: &Args) -> R<u32> {
    Ok(int(vm, args, 0, "id")? as u32)
}

fn subject_or_none(vm: &mut Vm, args: &Args, i: usize, name: &str) -> R<Option<u32>> {
    match optional(args, i, name) {
        Some(value) => Ok(Some(vm.expect_int(value)? as u32)),
        None => Ok(None),
    }
}
