//! `_ast`, `_context`, `_cost`, `_types`, `_zones`: natives of a function or two.

use std::rc::Rc;

use super::{add_functions, required, text};
use crate::python::evaluate;
use crate::python::generations::Collection;
use crate::python::module::Module;
use crate::python::value::Value;
use crate::python::vm::{R, Stop, Vm};

use super::{float, trap};
use crate::python::function::Args;
use crate::python::trap::Trap;
use crate::time::Duration;

/// `_context`: one slot a thread for the current `contextvars.Context`.
pub fn fill_context(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("get", |vm, _| Ok(vm.fiber.context.clone())),
            ("set", |vm, args| {
                let context = required(vm, args, 0, "context")?.clone();
                let old = std::mem::replace(&mut vm.fiber.context, context);
                drop(old);
                Ok(Value::None)
            }),
        ],
    );
}

/// `_cost`: virtual time for what the library does. `charge` and `without_gil` take names and how many times each, one
/// time where nothing is said. `keep` says that a thing of this name has come to be, for the collector of cycles, `free`
/// that it has gone, and `settle` that it stays; `keep` returns how many objects are looked at where it brings about a full
/// collection.
pub fn fill_cost(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("charge", charge),
            ("without_gil", without_gil),
            ("hold", |vm, args| {
                let seconds = required(vm, args, 0, "seconds")?;
                let seconds = float(vm, seconds)?.max(0.0);
                vm.charge(Duration::from_secs(seconds).0);
                Ok(Value::None)
            }),
            ("keep", keep),
            ("free", |vm, args| {
                let n = objects(vm, args)?;
                vm.generations.free(n);
                Ok(Value::None)
            }),
            ("settle", |vm, args| {
                let n = objects(vm, args)?;
                vm.generations.settle(n);
                Ok(Value::None)
            }),
            ("collects", |vm, args| {
                let flag = required(vm, args, 0, "flag")?;
                vm.generations.is_enabled = vm.truth(flag)?;
                Ok(Value::None)
            }),
        ],
    );
}

fn charge(vm: &mut Vm, args: &Args) -> R {
    let ns = cost(vm, args)?;
    vm.charge(ns);
    Ok(Value::None)
}

fn without_gil(vm: &mut Vm, args: &Args) -> R {
    let ns = cost(vm, args)?;
    trap(Trap::WithoutGil(Duration(ns)))
}

fn keep(vm: &mut Vm, args: &Args) -> R {
    let n = objects(vm, args)?;
    // Free-threaded builds and 3.14 have other collectors.
    let seen = match vm.generations.keep(n) {
        Some(Collection::Recent(seen)) if vm.options.has_gil => {
            let ns = price(vm, "gc.recent_object")?;
            vm.charge(ns * seen);
            0
        }
        Some(Collection::Full(seen)) if vm.options.has_gil && vm.options.version < (3, 14) => {
            let ns = price(vm, "gc.old_object")?;
            vm.charge(ns * seen);
            seen
        }
        _ => 0,
    };
    Ok(Value::from(seen as usize))
}

/// How many objects a thing of this name has.
fn objects(vm: &mut Vm, args: &Args) -> R<u64> {
    let name = text(vm, args, 0, "name")?;
    match vm.options.object_counts.get(name.as_str()) {
        Some(&n) => Ok(n),
        None => unknown(vm, "objects", name.as_str()),
    }
}

/// What an operation costs [ns].
fn price(vm: &mut Vm, name: &str) -> R<u64> {
    match vm.options.operation_costs.get(name) {
        Some(&ns) => Ok(ns),
        None => unknown(vm, "operation", name),
    }
}

/// What the operations cost together [ns].
fn cost(vm: &mut Vm, args: &Args) -> R<u64> {
    let mut sum = 0u64;
    for (n, pair) in args.pos.chunks(2).enumerate() {
        let Value::Str(name) = &pair[0] else {
            return text(vm, args, 2 * n, "name").map(|_| 0);
        };
        let ns = price(vm, name.as_str())?;
        sum = sum.saturating_add(match pair.get(1) {
            None => ns,
            Some(Value::Int(times)) => ns.saturating_mul((*times).max(0) as u64),
            Some(times) => (ns as f64 * float(vm, times)?) as u64,
        });
    }
    Ok(sum)
}

fn unknown<T>(vm: &mut Vm, what: &str, name: &str) -> R<T> {
    let class = vm.types.lookup_error.clone();
    let message = Value::string(format!("the cost table has no {what} {name:?}"));
    Err(Stop::Raise(vm.exception(&class, vec![message])))
}

/// `_ast`: the tree of a text.
pub fn fill_ast(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(module, &[("tree", evaluate::parse)]);
}

/// `_zones`: the time zones of the world, as the IANA publishes them; they are in the public domain.
pub fn fill_zones(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(module, &[("text", |_, _| Ok(Value::str(include_str!("tzdata.zi"))))]);
}

/// `_types`: what `types.coroutine` does to a function.
pub fn fill_types(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[("iterable_coroutine", |vm, args| match required(vm, args, 0, "func")? {
            Value::Func(f) => {
                let f = f.clone();
                Ok(vm.iterable_coroutine(&f))
            }
            _ => vm.type_error("types.coroutine() expects a callable"),
        })],
    );
}
