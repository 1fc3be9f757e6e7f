//! Functions of iterables and iterators.

use num_bigint::BigInt;

use super::given;
use super::objects::is_callable;
use crate::python::code::{BinaryOp, CompareOp};
use crate::python::function::Args;
use crate::python::generator::GenKind;
use crate::python::iterator::{Iter, State};
use crate::python::names;
use crate::python::total::Total;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Resumption, Vm, plain_compare};

pub(super) fn any_of(vm: &mut Vm, args: &Args, name: &str, wanted: bool) -> R {
    given(vm, args, name, 1, 1)?;
    let iterable = &args.pos[0];
    if !matches!(iterable, Value::List(_) | Value::Tuple(_) | Value::Set(_) | Value::Dict(_) | Value::Str(_)) {
        // Python may run for every element: a frame that loops is linear, a native that runs again is not.
        let iterator = vm.recorded_iter(iterable)?;
        return vm.first_truth(iterator, wanted);
    }
    let answer = vm.for_each(
        iterable,
        || !wanted,
        |vm, answer, _, item| {
            *answer = vm.truth(item)?;
            Ok(*answer != wanted)
        },
    )?;
    Ok(Value::bool(answer))
}

pub(super) fn iter(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "iter", 1, 2)?;
    match args.pos {
        [callable, sentinel] => {
            if !is_callable(vm, callable) {
                return vm.type_error("iter(v, w): v must be callable");
            }
            Ok(Iter::value(State::Until(callable.clone(), sentinel.clone())))
        }
        _ => vm.iter(&args.pos[0]),
    }
}

pub(super) fn next(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "next", 1, 2)?;
    let iterator = &args.pos[0];
    if args.len() == 2 {
        return Ok(match vm.next(iterator)? {
            Some(value) => value,
            None => args.pos[1].clone(),
        });
    }
    match iterator {
        // The StopIteration of a generator carries its return value.
        Value::Gen(g) if g.kind == GenKind::Generator => Vm::tail_resume(g, Resumption::Send(Value::None)),
        Value::Instance(_) | Value::Obj(_) => match vm.lookup_special(iterator, names::NEXT) {
            Some(method @ Value::Func(_)) => vm.tail_call(method, vec![iterator.clone()]),
            Some(_) => Ok(vm.call_special(iterator, names::NEXT, &[])?.unwrap_or(Value::None)),
            None => {
                let name = vm.type_name(iterator);
                vm.type_error(format!("'{name}' object is not an iterator"))
            }
        },
        _ => match vm.next(iterator)? {
            Some(value) => Ok(value),
            None => Err(vm.error_empty(ErrorKind::StopIteration)),
        },
    }
}

pub(super) fn aiter(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "aiter", 1, 1)?;
    match vm.call_special(&args.pos[0], names::AITER, &[])? {
        Some(iterator) => Ok(iterator),
        None => {
            let name = vm.type_name(&args.pos[0]);
            vm.type_error(format!("'{name}' object is not an async iterable"))
        }
    }
}

pub(super) fn anext(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "anext", 1, 2)?;
    let Some(awaitable) = vm.call_special(&args.pos[0], names::ANEXT, &[])? else {
        let name = vm.type_name(&args.pos[0]);
        return vm.type_error(format!("'{name}' object is not an async iterator"));
    };
    let Some(default) = args.pos.get(1) else { return Ok(awaitable) };
    let module = vm.import_module("_bootstrap")?;
    let or_default = vm.get_attribute(&module, "anext_or")?;
    vm.tail_call(or_default, vec![awaitable, default.clone()])
}

pub(super) fn sum(vm: &mut Vm, args: &Args) -> R {
    let Some(iterable) = args.pos.first() else {
        return vm.type_error("sum() missing required argument 'iterable' (pos 1)");
    };
    let total = args.get(1, "start").cloned().unwrap_or(Value::Int(0));
    for (kind, what) in [("str", "strings [use ''.join(seq) instead]"), ("bytes", "bytes [use b''.join(seq) instead]")]
    {
        if &*vm.type_name(&total) == kind {
            return vm.type_error(format!("sum() can't sum {what}"));
        }
    }
    let price = vm.options.operation_costs.get("builtins.sum.item").copied().unwrap_or(0);
    if let Value::Range(range) = iterable {
        let n = range.len() as i128;
        vm.charge(price.saturating_mul(n as u64));
        let last = range.start as i128 + (n - 1) * range.step as i128;
        let all = BigInt::from(range.start as i128 + last) * n / 2;
        return vm.binary_op(BinaryOp::Add, &total, &Value::big(all));
    }
    let start = Total::new(total, vm.options.version >= (3, 12));
    let mut total = start.clone();
    let plain = match iterable {
        Value::List(list) => list.items.borrow().iter().all(|item| total.add(item)).then(|| list.items.borrow().len()),
        Value::Tuple(tuple) => tuple.items.iter().all(|item| total.add(item)).then_some(tuple.items.len()),
        _ => None,
    };
    if let Some(n) = plain {
        vm.charge(price.saturating_mul(n as u64));
        return Ok(total.value());
    }
    let (mut total, iterable) = (start, iterable.clone());
    vm.routine(move |link| async move {
        let iterator = link.iterator(&iterable).await?;
        let mut n = 0_u64;
        while let Some(item) = link.next(&iterator).await? {
            n += 1;
            if !total.add(&item) {
                let sum = link.binary(BinaryOp::Add, &total.value(), &item).await?;
                total.becomes(sum);
            }
        }
        if price > 0 {
            link.charge(price.saturating_mul(n)).await?;
        }
        Ok(total.value())
    })
}

/// The first of the least or greatest items, where no class of a program has a say in it.
fn plain_extreme(items: &[Value], operator: CompareOp) -> Option<Value> {
    let mut best = items.first()?;
    for item in &items[1..] {
        if plain_compare(operator, item, best)? {
            best = item;
        }
    }
    Some(best.clone())
}

pub(super) fn extreme(vm: &mut Vm, args: &Args, name: &str, operator: CompareOp) -> R {
    for known in args.names {
        if !matches!(&*known.text(), "key" | "default") {
            return vm.type_error(format!("{name}() got an unexpected keyword argument '{known}'"));
        }
    }
    let default = args.named("default");
    let items = match args.pos {
        [] => return vm.type_error(format!("{name} expected at least 1 argument, got 0")),
        [iterable] => iterable.clone(),
        _ if default.is_some() => {
            return vm.type_error(format!("Cannot specify a default for {name}() with multiple positional arguments"));
        }
        many => Value::tuple(many.iter().cloned()),
    };
    let key = args.named("key").filter(|key| !key.is_none()).cloned();
    if key.is_none()
        && let Some(best) = match &items {
            Value::Tuple(tuple) => plain_extreme(&tuple.items, operator),
            Value::List(list) => plain_extreme(&list.items.borrow(), operator),
            _ => None,
        }
    {
        return Ok(best);
    }
    let default = default.cloned();
    let version = vm.options.version;
    vm.routine(move |link| async move {
        let mut best: Option<(Value, Value)> = None;
        let iterator = link.iterator(&items).await?;
        while let Some(item) = link.next(&iterator).await? {
            let rank = match &key {
                Some(key) => link.call(key, [item.clone()]).await?,
                None => item.clone(),
            };
            let better = match &best {
                None => true,
                Some((found, _)) => link.compare(operator, &rank, found).await?,
            };
            if better {
                best = Some((rank, item));
            }
        }
        match (best, default) {
            (Some((_, item)), _) => Ok(item),
            (None, Some(default)) => Ok(default),
            (None, None) => {
                let text = match (version >= (3, 12), operator) {
                    (true, CompareOp::Lt) => "min() iterable argument is empty",
                    (true, _) => "max() iterable argument is empty",
                    (false, CompareOp::Lt) => "min() arg is an empty sequence",
                    (false, _) => "max() arg is an empty sequence",
                };
                link.error(ErrorKind::Value, text).await
            }
        }
    })
}
