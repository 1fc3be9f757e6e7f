//! `_context`, `_cost`, `_types`: natives of a function or two.

use std::rc::Rc;

use super::{add_functions, required, text};
use crate::python::module::Module;
use crate::python::value::Value;
use crate::python::vm::{R, Stop, Vm};

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

/// `_cost`: virtual time for what the library does.
pub fn fill_cost(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[("charge", |vm, args| {
            let times = match args.get(1, "times") {
                Some(times) => vm.expect_int(times)?.max(0) as u64,
                None => 1,
            };
            let name = match args.get(0, "name") {
                Some(Value::Str(name)) => name.clone(),
                _ => return text(vm, args, 0, "name").map(|_| Value::None),
            };
            match vm.options.operation_costs.get(name.as_str()) {
                Some(&ns) => {
                    vm.charge(ns.saturating_mul(times));
                    Ok(Value::None)
                }
                None => unknown_cost(vm, name.as_str()),
            }
        })],
    );
}

fn unknown_cost(vm: &mut Vm, name: &str) -> R {
    let class = vm.types.lookup_error.clone();
    let message = Value::string(format!("the cost table has no operation {name:?}"));
    Err(Stop::Raise(vm.exception(&class, vec![message])))
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
