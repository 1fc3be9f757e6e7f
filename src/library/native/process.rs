//! `_process`: other processes of the program, and what it shares with them (S-MP).

use std::rc::Rc;

use super::{add_functions, int, optional, required, text, thread, trap};
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::trap::{ProcessRequest, Trap};
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

/// What `multiprocessing` and `os` are made of.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("fork", |vm, args| {
                let function = required(vm, args, 0, "function")?.clone();
                let (name, args) = (text(vm, args, 2, "name")?, items(vm, args, 1, "args")?);
                ask(ProcessRequest::Fork { function, args, name })
            }),
            ("duplicate", |vm, args| ask(ProcessRequest::Duplicate { name: text(vm, args, 0, "name")? })),
            ("spawn", |vm, args| {
                let function = text(vm, args, 0, "function")?;
                let (name, values) = (text(vm, args, 2, "name")?, items(vm, args, 1, "args")?);
                let mut fds = Vec::new();
                for fd in items(vm, args, 3, "fds")? {
                    fds.push(vm.expect_int(&fd)? as i32);
                }
                let args = plain(vm, values)?;
                ask(ProcessRequest::Spawn { function, args, name, fds })
            }),
            ("status", |vm, args| ask(ProcessRequest::Status(int(vm, args, 0, "pid")? as u32))),
            ("wait", |vm, args| {
                let pid = match required(vm, args, 0, "pid")?.clone() {
                    Value::None => None,
                    pid => Some(vm.expect_int(&pid)? as u32),
                };
                let blocks = int(vm, args, 1, "blocks")? != 0;
                ask(ProcessRequest::Wait { pid, blocks })
            }),
            ("flush", |_, _| ask(ProcessRequest::Flush)),
            ("take_unwritten", |_, _| ask(ProcessRequest::TakeUnwritten)),
            ("shared_lock", |vm, args| {
                let number = match optional(args, 0, "number") {
                    Some(number) => number.clone(),
                    None => vm.ask(Trap::Process(ProcessRequest::NewLock))?,
                };
                let number = vm.expect_int(&number)?;
                thread::lock_numbered(vm, number as u32)
            }),
            ("lock_number", |vm, args| match thread::number_of(required(vm, args, 0, "lock")?) {
                Some(number) => Ok(Value::Int(number as i64)),
                None => vm.type_error("a lock is expected"),
            }),
            ("new_memory", |vm, args| {
                let values = items(vm, args, 0, "values")?;
                ask(ProcessRequest::NewMemory(plain(vm, values)?))
            }),
            ("load", |vm, args| {
                let (memory, start) = (int(vm, args, 0, "memory")? as u32, int(vm, args, 1, "start")? as usize);
                ask(ProcessRequest::Load(memory, start, int(vm, args, 2, "n")? as usize))
            }),
            ("store", |vm, args| {
                let (memory, start) = (int(vm, args, 0, "memory")? as u32, int(vm, args, 1, "start")? as usize);
                let values = items(vm, args, 2, "values")?;
                ask(ProcessRequest::Store(memory, start, plain(vm, values)?))
            }),
        ],
    );
}

fn ask(request: ProcessRequest) -> R {
    trap(Trap::Process(request))
}

/// The items of a list or tuple.
fn items(vm: &mut Vm, args: &Args, i: usize, name: &str) -> R<Vec<Value>> {
    let value = required(vm, args, i, name)?.clone();
    vm.collect(&value)
}

/// Values that may go from one interpreter to another as they are.
fn plain(vm: &mut Vm, values: Vec<Value>) -> R<Vec<Value>> {
    let is_plain = |value: &Value| {
        let core = value.core();
        matches!(core, Value::None | Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_))
            || matches!(core, Value::Str(_) | Value::Bytes(_))
    };
    match values.iter().find(|value| !is_plain(value)) {
        None => Ok(values.iter().map(|value| value.core().clone()).collect()),
        Some(other) => {
            let what = vm.type_name(other);
            vm.type_error(format!("only text, bytes and numbers pass between processes, not {what}"))
        }
    }
}
