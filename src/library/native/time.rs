//! `_time`: the clocks of a run (S-SIM-01) and sleeping.

use std::rc::Rc;

use super::{add_functions, float, required, trap};
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::trap::Trap;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};
use crate::time::Duration;

/// What the monotonic clock shows when a run begins [ns].
const BOOT: u64 = 1_000_000_000_000;

/// Seconds since 1970 when a run begins: 2024-03-01 00:00:00 UTC.
const EPOCH: u64 = 1_709_251_200;

/// Clocks and `sleep`.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("sleep", sleep),
            ("time", |vm, _| Ok(seconds(wall(vm)))),
            ("time_ns", |vm, _| Ok(Value::Int(wall(vm) as i64))),
            ("monotonic", |vm, _| Ok(seconds(BOOT + vm.now().0))),
            ("monotonic_ns", |vm, _| Ok(Value::Int((BOOT + vm.now().0) as i64))),
            ("perf_counter", |vm, _| Ok(seconds(vm.now().0))),
            ("perf_counter_ns", |vm, _| Ok(Value::Int(vm.now().0 as i64))),
            ("process_time", |vm, _| cpu_time(vm, true).map(seconds)),
            ("process_time_ns", |vm, _| cpu_time(vm, true).map(|ns| Value::Int(ns as i64))),
            ("thread_time", |vm, _| cpu_time(vm, false).map(seconds)),
            ("thread_time_ns", |vm, _| cpu_time(vm, false).map(|ns| Value::Int(ns as i64))),
        ],
    );
}

fn wall(vm: &Vm) -> u64 {
    EPOCH * 1_000_000_000 + vm.now().0
}

fn seconds(ns: u64) -> Value {
    Value::float(ns as f64 / 1e9)
}

fn sleep(vm: &mut Vm, args: &Args) -> R {
    let length = required(vm, args, 0, "seconds")?;
    if let Value::Str(_) = length {
        return vm.type_error("'str' object cannot be interpreted as an integer");
    }
    let length = float(vm, length)?;
    if length.is_nan() {
        return vm.value_error("Invalid value NaN (not a number)");
    }
    if length < 0.0 {
        return vm.value_error("sleep length must be non-negative");
    }
    if length > 9.2e9 {
        return Err(vm.error(ErrorKind::Overflow, "timestamp too large to convert to C _PyTime_t"));
    }
    trap(Trap::Sleep(Duration::from_secs(length)))
}

/// The machine knows how long a thread was on a core, an interpreter does not [ns].
fn cpu_time(vm: &mut Vm, of_process: bool) -> R<u64> {
    match vm.ask(Trap::CpuTime { of_process })? {
        Value::Int(ns) => Ok(ns as u64),
        _ => unreachable!("the machine answers with an int"),
    }
}
