//! The functions of `builtins`. Classes are put there by the interpreter's start.

use std::rc::Rc;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::class::Class;
use super::code::{BinaryOp, Code, CompareOp, flag};
use super::dict::Dict;
use super::function::{Args, Native, NativeFn, NativeKind};
use super::generator::GenKind;
use super::iterator::{Iter, State};
use super::name::Sym;
use super::names;
use super::object::Data;
use super::total::Total;
use super::trap::{ProcessRequest, Trap};
use super::types::list::sort_arguments;
use super::types::object::attribute_name;
use super::value::Value;
use super::vm::sort::Items;
use super::vm::{ErrorKind, R, Resumption, Stop, Vm, plain_compare};

const FUNCTIONS: &[(&str, NativeFn)] = &[
    ("abs", abs),
    ("aiter", aiter),
    ("all", |vm, args| any_of(vm, args, "all", false)),
    ("anext", anext),
    ("any", |vm, args| any_of(vm, args, "any", true)),
    ("ascii", |vm, args| {
        given(vm, args, "ascii", 1, 1)?;
        let text = vm.repr(&args.pos[0])?;
        Ok(Value::string(super::types::str::ascii(&text)))
    }),
    ("bin", |vm, args| in_base(vm, args, "bin", 2, "0b")),
    ("breakpoint", |vm, _| not_simulated(vm, "breakpoint")),
    ("callable", |vm, args| {
        given(vm, args, "callable", 1, 1)?;
        Ok(Value::bool(is_callable(vm, &args.pos[0])))
    }),
    ("chr", chr),
    ("compile", super::evaluate::compile),
    ("delattr", |vm, args| {
        given(vm, args, "delattr", 2, 2)?;
        let name = attribute_name(vm, &args.pos[1])?;
        vm.delete_attr(&args.pos[0], name).map(|()| Value::None)
    }),
    ("dir", dir),
    ("divmod", divmod),
    ("eval", super::evaluate::eval),
    ("exec", super::evaluate::exec),
    ("exit", exit),
    ("format", |vm, args| {
        given(vm, args, "format", 1, 2)?;
        match args.pos.get(1) {
            None => vm.format(&args.pos[0], ""),
            Some(spec) => match spec.as_str() {
                Some(spec) => vm.format(&args.pos[0], spec),
                None => {
                    let name = vm.type_name(spec);
                    vm.type_error(format!("format() argument 2 must be str, not {name}"))
                }
            },
        }
    }),
    ("getattr", getattr),
    ("globals", |vm, args| {
        given(vm, args, "globals", 0, 0)?;
        let frame = vm.caller();
        Ok(Value::Dict(vm.fiber.frames[frame].globals.clone()))
    }),
    ("hasattr", |vm, args| {
        given(vm, args, "hasattr", 2, 2)?;
        let name = attribute_name(vm, &args.pos[1])?;
        Ok(Value::bool(vm.find_attr(&args.pos[0], name)?.is_some()))
    }),
    ("hash", |vm, args| {
        given(vm, args, "hash", 1, 1)?;
        vm.python_hash(&args.pos[0]).map(Value::Int)
    }),
    ("help", |vm, _| not_simulated(vm, "help")),
    ("hex", |vm, args| in_base(vm, args, "hex", 16, "0x")),
    ("id", |vm, args| {
        given(vm, args, "id", 1, 1)?;
        Ok(Value::Int(vm.id_of(&args.pos[0]) as i64))
    }),
    ("isinstance", |vm, args| {
        given(vm, args, "isinstance", 2, 2)?;
        vm.is_instance(&args.pos[0], &args.pos[1]).map(Value::bool)
    }),
    ("issubclass", |vm, args| {
        given(vm, args, "issubclass", 2, 2)?;
        vm.is_subclass_of(&args.pos[0], &args.pos[1]).map(Value::bool)
    }),
    ("iter", iter),
    ("len", |vm, args| {
        given(vm, args, "len", 1, 1)?;
        vm.length(&args.pos[0]).map(Value::Int)
    }),
    ("locals", |vm, args| {
        given(vm, args, "locals", 0, 0)?;
        let frame = vm.caller();
        Ok(Value::Dict(vm.locals_of(frame)))
    }),
    ("max", |vm, args| extreme(vm, args, "max", CompareOp::Gt)),
    ("min", |vm, args| extreme(vm, args, "min", CompareOp::Lt)),
    ("next", next),
    ("oct", |vm, args| in_base(vm, args, "oct", 8, "0o")),
    ("ord", ord),
    ("pow", pow),
    ("print", print),
    ("quit", exit),
    ("repr", |vm, args| {
        given(vm, args, "repr", 1, 1)?;
        vm.repr(&args.pos[0]).map(Value::string)
    }),
    ("round", round),
    ("setattr", |vm, args| {
        given(vm, args, "setattr", 3, 3)?;
        let name = attribute_name(vm, &args.pos[1])?;
        vm.set_attr(&args.pos[0], name, args.pos[2].clone()).map(|()| Value::None)
    }),
    ("sorted", |vm, args| {
        if args.len() != 1 {
            let n = args.len();
            return vm.type_error(format!("sorted expected 1 argument, got {n}"));
        }
        let (key, reverse) = sort_arguments(vm, args)?;
        vm.sort(Items::Of(args.pos[0].clone()), key, reverse, |_, sorted| async move { Ok(Value::list(sorted.all()?)) })
    }),
    ("sum", sum),
    ("vars", vars),
    ("__import__", import),
];

/// Puts the functions and constants into the namespace of `builtins`.
pub fn fill(builtins: &Dict) {
    for (name, function) in FUNCTIONS {
        builtins.set_str(name, Native::value(name, NativeKind::Function, *function));
    }
    builtins.set_str("NotImplemented", Value::NotImplemented);
    builtins.set_str("Ellipsis", Value::Ellipsis);
    builtins.set_str("__debug__", Value::bool(true));
}

/// The error for a number of arguments that a method (whose receiver comes first) does not take.
pub fn arity(vm: &mut Vm, args: &Args, name: &str, min: usize, max: usize) -> R<()> {
    count_arguments(vm, args.pos.len().saturating_sub(1), args.pos.is_empty(), name, min, max)
}

/// The same for a function.
pub fn given(vm: &mut Vm, args: &Args, name: &str, min: usize, max: usize) -> R<()> {
    count_arguments(vm, args.pos.len(), false, name, min, max)
}

#[inline]
fn count_arguments(vm: &mut Vm, n: usize, unbound: bool, name: &str, min: usize, max: usize) -> R<()> {
    if unbound {
        return vm.type_error(format!("unbound method {name}() needs an argument"));
    }
    if n >= min && n <= max {
        return Ok(());
    }
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    vm.type_error(match (min, max) {
        (0, 0) => format!("{name}() takes no arguments ({n} given)"),
        (1, 1) => format!("{name}() takes exactly one argument ({n} given)"),
        _ if min == max => format!("{name} expected {min} argument{}, got {n}", plural(min)),
        _ if n < min => format!("{name} expected at least {min} argument{}, got {n}", plural(min)),
        _ => format!("{name} expected at most {max} argument{}, got {n}", plural(max)),
    })
}

fn not_simulated(vm: &mut Vm, name: &str) -> R {
    Err(vm.error(ErrorKind::NotImplemented, format!("{name}() is not simulated")))
}

// --- numbers ---

fn abs(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "abs", 1, 1)?;
    Ok(match &args.pos[0] {
        Value::Int(i) => Value::int128((*i as i128).abs()),
        Value::Bool(b) => Value::Int(*b as i64),
        Value::Big(b) => Value::big(b.abs()),
        Value::Float(f) => Value::float(f.get().abs()),
        value => match vm.call_special(value, names::ABS, &[])? {
            Some(result) => result,
            None => match value.core().clone() {
                Value::Instance(_) | Value::Obj(_) | Value::Str(_) => {
                    let name = vm.type_name(value);
                    return vm.type_error(format!("bad operand type for abs(): '{name}'"));
                }
                core if !core.is(value) => return abs(vm, &Args { pos: &[core], names: &[], named: &[] }),
                _ => {
                    let name = vm.type_name(value);
                    return vm.type_error(format!("bad operand type for abs(): '{name}'"));
                }
            },
        },
    })
}

/// The value as an integer of any length, by `__index__`.
pub fn integer(vm: &mut Vm, value: &Value) -> R<BigInt> {
    if let Value::Big(b) = value.core() {
        return Ok((**b).clone());
    }
    vm.expect_int(value).map(BigInt::from)
}

fn in_base(vm: &mut Vm, args: &Args, name: &str, base: u32, prefix: &str) -> R {
    given(vm, args, name, 1, 1)?;
    let n = integer(vm, &args.pos[0])?;
    let sign = if n.sign() == Sign::Minus { "-" } else { "" };
    Ok(Value::string(format!("{sign}{prefix}{}", n.magnitude().to_str_radix(base))))
}

fn is_float(value: &Value) -> bool {
    matches!(value.core(), Value::Float(_))
}

fn divmod(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "divmod", 2, 2)?;
    let (a, b) = (&args.pos[0], &args.pos[1]);
    for (object, name, other) in [(a, names::DIVMOD, b), (b, names::RDIVMOD, a)] {
        if matches!(object, Value::Instance(_))
            && let Some(value) = vm.call_special(object, name, std::slice::from_ref(other))?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
    }
    let is_number = |v: &Value| matches!(v.core(), Value::Int(_) | Value::Bool(_) | Value::Big(_) | Value::Float(_));
    if !is_number(a) || !is_number(b) {
        let (x, y) = (vm.type_name(a), vm.type_name(b));
        return vm.type_error(format!("unsupported operand type(s) for divmod(): '{x}' and '{y}'"));
    }
    if (is_float(a) || is_float(b)) && !vm.truth(b.core())? {
        return Err(vm.error(ErrorKind::ZeroDivision, "float divmod()"));
    }
    let quotient = vm.binary_op(BinaryOp::FloorDiv, a, b)?;
    let remainder = vm.binary_op(BinaryOp::Mod, a, b)?;
    Ok(Value::tuple([quotient, remainder]))
}

fn pow(vm: &mut Vm, args: &Args) -> R {
    let (Some(base), Some(exponent)) = (args.get(0, "base"), args.get(1, "exp")) else {
        return vm.type_error("pow() missing required argument 'exp' (pos 2)");
    };
    match args.get(2, "mod") {
        None | Some(Value::None) => vm.binary_op(BinaryOp::Pow, base, exponent),
        Some(modulus) => {
            let is_int = |v: &Value| matches!(v.core(), Value::Int(_) | Value::Bool(_) | Value::Big(_));
            if matches!(base, Value::Instance(_))
                && let Some(value) = vm.call_special(base, names::POW, &[exponent.clone(), modulus.clone()])?
                && !matches!(value, Value::NotImplemented)
            {
                return Ok(value);
            }
            if !is_int(base) || !is_int(exponent) || !is_int(modulus) {
                return vm.type_error("pow() 3rd argument not allowed unless all arguments are integers");
            }
            let [x, e, m] = [integer(vm, base)?, integer(vm, exponent)?, integer(vm, modulus)?];
            if m.is_zero() {
                return vm.value_error("pow() 3rd argument cannot be 0");
            }
            let size = m.abs();
            let (x, e) = if e.is_negative() {
                let gcd = x.extended_gcd(&size);
                if !gcd.gcd.abs().is_one() {
                    return vm.value_error("base is not invertible for the given modulus");
                }
                ((gcd.x * gcd.gcd).mod_floor(&size), -e)
            } else {
                (x.mod_floor(&size), e)
            };
            let result = x.modpow(&e, &size);
            Ok(Value::big(result.mod_floor(&m)))
        }
    }
}

fn round(vm: &mut Vm, args: &Args) -> R {
    let Some(number) = args.get(0, "number") else {
        return vm.type_error("round() missing required argument 'number' (pos 1)");
    };
    let rest: &[Value] = match args.get(1, "ndigits") {
        None | Some(Value::None) => &[],
        Some(digits) => std::slice::from_ref(digits),
    };
    match vm.call_special(number, names::ROUND, rest)? {
        Some(value) => Ok(value),
        None => {
            let name = vm.type_name(number);
            vm.type_error(format!("type {name} doesn't define __round__ method"))
        }
    }
}

fn chr(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "chr", 1, 1)?;
    let n = vm.expect_int(&args.pos[0])?;
    if !(0..0x11_0000).contains(&n) {
        return vm.value_error("chr() arg not in range(0x110000)");
    }
    match char::from_u32(n as u32) {
        Some(c) => Ok(Value::str(c.encode_utf8(&mut [0; 4]))),
        None => vm.value_error(format!("chr({n:#x}): lone surrogates are not simulated")),
    }
}

fn ord(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "ord", 1, 1)?;
    let n = match args.pos[0].core() {
        Value::Str(s) => {
            let mut chars = s.as_str().chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => return Ok(Value::Int(c as i64)),
                _ => s.n_chars(),
            }
        }
        Value::Bytes(b) if b.len() == 1 => return Ok(Value::Int(b[0] as i64)),
        Value::Bytes(b) => b.len(),
        other => {
            let name = vm.type_name(other);
            return vm.type_error(format!("ord() expected string of length 1, but {name} found"));
        }
    };
    vm.type_error(format!("ord() expected a character, but string of length {n} found"))
}

// --- iteration ---

fn any_of(vm: &mut Vm, args: &Args, name: &str, wanted: bool) -> R {
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

fn iter(vm: &mut Vm, args: &Args) -> R {
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

fn next(vm: &mut Vm, args: &Args) -> R {
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

fn aiter(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "aiter", 1, 1)?;
    match vm.call_special(&args.pos[0], names::AITER, &[])? {
        Some(iterator) => Ok(iterator),
        None => {
            let name = vm.type_name(&args.pos[0]);
            vm.type_error(format!("'{name}' object is not an async iterable"))
        }
    }
}

fn anext(vm: &mut Vm, args: &Args) -> R {
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

fn sum(vm: &mut Vm, args: &Args) -> R {
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

fn extreme(vm: &mut Vm, args: &Args, name: &str, operator: CompareOp) -> R {
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

// --- objects ---

fn is_callable(vm: &Vm, value: &Value) -> bool {
    match value {
        Value::Func(_) | Value::Native(_) | Value::Bound(_) | Value::Class(_) => true,
        Value::Obj(o) if matches!(o.data, Data::StaticMethod(_) | Data::Weak(..)) => true,
        _ => vm.lookup_special(value, names::CALL).is_some(),
    }
}

fn getattr(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "getattr", 2, 3)?;
    let name = attribute_name(vm, &args.pos[1])?;
    match args.pos.get(2) {
        Some(default) => Ok(vm.find_attr(&args.pos[0], name)?.unwrap_or_else(|| default.clone())),
        None => vm.get_attr(&args.pos[0], name),
    }
}

fn dir(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "dir", 0, 1)?;
    let found = match args.pos.first() {
        None => {
            let frame = vm.caller();
            vm.locals_of(frame).keys()
        }
        Some(object @ Value::Instance(_)) => match vm.call_special(object, names::DIR, &[])? {
            Some(names) => vm.collect(&names)?,
            None => vm.dir(object)?,
        },
        Some(Value::Module(module)) => match module.dict.name(names::DIR) {
            Some(hook) => {
                let names = vm.call(&hook, &[])?;
                vm.collect(&names)?
            }
            None => module.dict.keys(),
        },
        // A metaclass may have an answer of its own.
        Some(object @ Value::Class(class)) => match class.metaclass.as_ref().and_then(|meta| meta.lookup(names::DIR)) {
            Some(hook @ Value::Func(_)) => {
                let names = vm.call(&hook, std::slice::from_ref(object))?;
                vm.collect(&names)?
            }
            _ => vm.dir(object)?,
        },
        Some(object) => vm.dir(object)?,
    };
    vm.sort(Items::Gathered(found), None, false, |_, sorted| async move { Ok(Value::list(sorted.all()?)) })
}

fn vars(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "vars", 0, 1)?;
    match args.pos.first() {
        None => {
            let frame = vm.caller();
            Ok(Value::Dict(vm.locals_of(frame)))
        }
        Some(object) => match vm.find_attr(object, names::DICT)? {
            Some(dict) => Ok(dict),
            None => vm.type_error("vars() argument must have __dict__ attribute"),
        },
    }
}

fn import(vm: &mut Vm, args: &Args) -> R {
    let Some(name) = args.get(0, "name").and_then(Value::as_str) else {
        return vm.type_error("module name must be a string");
    };
    let name = name.to_string();
    let last = vm.import_module(&name)?;
    let wants_last = match args.get(3, "fromlist") {
        Some(list) => vm.truth(list)?,
        None => false,
    };
    match name.split_once('.') {
        Some((first, _)) if !wants_last => vm.import_module(first),
        _ => Ok(last),
    }
}

impl Vm {
    /// `len(value)`
    pub fn length(&mut self, value: &Value) -> R<i64> {
        Ok(match value {
            Value::Str(s) => s.n_chars() as i64,
            Value::Bytes(b) => b.len() as i64,
            Value::Tuple(t) => t.items.len() as i64,
            Value::List(l) => l.items.borrow().len() as i64,
            Value::Dict(d) => d.len() as i64,
            Value::Set(s) => s.len() as i64,
            Value::Range(r) => r.len() as i64,
            Value::Obj(o)
                if let Data::Native(data) = &o.data
                    && let Some(n) = data.length() =>
            {
                n as i64
            }
            _ => match self.call_special(value, names::LEN, &[])? {
                Some(length) => self.checked_length(&length)?,
                None => {
                    let name = self.type_name(value);
                    return self.type_error(format!("object of type '{name}' has no len()"));
                }
            },
        })
    }

    /// What `__len__` returned, as a length.
    pub(super) fn checked_length(&mut self, length: &Value) -> R<i64> {
        match length.core() {
            Value::Int(n) if *n >= 0 => Ok(*n),
            Value::Int(_) => self.value_error("__len__() should return >= 0"),
            Value::Bool(b) => Ok(b.get() as i64),
            Value::Big(n) if n.sign() == num_bigint::Sign::Minus => self.value_error("__len__() should return >= 0"),
            Value::Big(_) => Err(self.error(ErrorKind::Overflow, "cannot fit 'int' into an index-sized integer")),
            _ => match self.call_special(length, names::INDEX, &[])? {
                Some(index) if !index.is(length) => self.checked_length(&index),
                _ => {
                    let name = self.type_name(length);
                    self.type_error(format!("'{name}' object cannot be interpreted as an integer"))
                }
            },
        }
    }

    /// The frame that called the native function that runs: its place among the fiber's frames.
    pub fn caller(&self) -> usize {
        let shown = |f: &super::vm::frame::Frame| !f.unit.code.source.is_machinery();
        self.fiber.frames.iter().rposition(shown).unwrap_or(self.fiber.frames.len().saturating_sub(1))
    }

    /// The variables of a frame: the namespace of a module or class body itself, of a function a new dict.
    pub fn locals_of(&self, place: usize) -> Rc<Dict> {
        let frame = &self.fiber.frames[place];
        if let Some(namespace) = frame.namespace() {
            return namespace.clone();
        }
        let code = &frame.unit.code;
        if !code.has(flag::OPTIMIZED) {
            return frame.globals.clone();
        }
        let slots = self.fiber.stack.get(frame.base as usize..).unwrap_or(&[]);
        Rc::new(self.named_slots(code, slots))
    }

    /// The variables in these slots of a function's frame that have a value.
    pub fn named_slots(&self, code: &Code, slots: &[Value]) -> Dict {
        let locals = Dict::new();
        for (slot, value) in slots.iter().enumerate().take(code.n_slots()) {
            let value = match value {
                Value::Cell(cell) => cell.value.borrow().clone(),
                value => value.clone(),
            };
            let name = code.slot_name(slot as u32);
            if !value.is_null() && !name.text().starts_with('.') {
                locals.set_name(name, value);
            }
        }
        locals
    }

    /// `isinstance(object, classes)`
    pub fn is_instance(&mut self, object: &Value, classes: &Value) -> R<bool> {
        match classes {
            Value::Class(class) => {
                let own = self.class_of(object);
                if Rc::ptr_eq(&own, class) {
                    return Ok(true);
                }
                if let Some(answer) = self.ask_metaclass(class, names::INSTANCECHECK, object)? {
                    return Ok(answer);
                }
                if own.is_subclass(class) {
                    return Ok(true);
                }
                // A stand-in says in `__class__` what it stands for.
                match own.lookup(names::CLASS) {
                    Some(said) if !own.is_heap || matches!(said, Value::Native(_)) => Ok(false),
                    _ => match self.get_attr(object, names::CLASS)? {
                        Value::Class(said) => Ok(said.is_subclass(class)),
                        _ => Ok(false),
                    },
                }
            }
            Value::Tuple(all) => {
                for class in &all.items {
                    if self.nested(" in __instancecheck__", |vm| vm.is_instance(object, class))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => match self.call_special(classes, names::INSTANCECHECK, std::slice::from_ref(object))? {
                Some(answer) => self.truth(&answer),
                None => self.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"),
            },
        }
    }

    /// `issubclass(sub, classes)`
    pub fn is_subclass_of(&mut self, sub: &Value, classes: &Value) -> R<bool> {
        match classes {
            Value::Class(class) => {
                if let Value::Class(sub) = sub
                    && Rc::ptr_eq(sub, class)
                    && class.metaclass.is_none()
                {
                    return Ok(true);
                }
                if let Some(answer) = self.ask_metaclass(class, names::SUBCLASSCHECK, sub)? {
                    return Ok(answer);
                }
                match sub {
                    Value::Class(sub) => Ok(sub.is_subclass(class)),
                    _ => self.type_error("issubclass() arg 1 must be a class"),
                }
            }
            Value::Tuple(all) => {
                for class in &all.items {
                    if self.nested(" in __subclasscheck__", |vm| vm.is_subclass_of(sub, class))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => match self.call_special(classes, names::SUBCLASSCHECK, std::slice::from_ref(sub))? {
                Some(answer) => self.truth(&answer),
                None => self.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"),
            },
        }
    }

    /// What the metaclass's own check says; `None` where it has none.
    fn ask_metaclass(&mut self, class: &Rc<Class>, check: Sym, of: &Value) -> R<Option<bool>> {
        let Some(meta) = &class.metaclass else { return Ok(None) };
        match meta.lookup(check) {
            None | Some(Value::Native(_)) => Ok(None),
            Some(hook) => {
                let object = Value::Class(class.clone());
                let bound = self.bind_to(&hook, &object, meta)?;
                let answer = self.call(&bound, std::slice::from_ref(of))?;
                self.truth(&answer).map(Some)
            }
        }
    }
}

// --- input and output ---

/// `print`: one write of the whole line to the simulator's own streams (S-SIM-07), one `write` for each
/// piece to an object of the program.
fn print(vm: &mut Vm, args: &Args) -> R {
    for name in args.names {
        if !matches!(&*name.text(), "sep" | "end" | "file" | "flush") {
            return vm.type_error(if vm.options.version >= (3, 12) {
                format!("print() got an unexpected keyword argument '{name}'")
            } else {
                format!("'{name}' is an invalid keyword argument for print()")
            });
        }
    }
    let separator = text_option(vm, args, "sep", " ")?;
    let end = text_option(vm, args, "end", "\n")?;
    let mut pieces: Vec<String> = Vec::with_capacity(args.len());
    let file = args.named("file").filter(|f| !f.is_none()).cloned();
    let file = match file {
        Some(file) => Some(file),
        None => vm.sys("stdout")?,
    };
    let flush = match args.named("flush") {
        Some(flush) => vm.truth(flush)?,
        None => false,
    };
    match own_stream(vm, file.as_ref())? {
        Some(0) => return Ok(Value::None),
        Some(stream) => {
            for value in args.pos {
                pieces.push(vm.str_of(value)?.as_str().to_string());
            }
            let mut text = pieces.join(&separator);
            let unbuffered =
                vm.options.environ.iter().any(|(name, value)| name == "PYTHONUNBUFFERED" && !value.is_empty());
            if unbuffered && !text.is_empty() && !end.is_empty() {
                vm.ask(Trap::Write { stream, text })?;
                return Err(Stop::Trap(Box::new(Trap::Write { stream, text: end })));
            }
            text.push_str(&end);
            let flushes = flush && stream == 1;
            if flushes && !text.is_empty() {
                vm.ask(Trap::Write { stream, text: std::mem::take(&mut text) })?;
            }
            if flushes {
                return Err(Stop::Trap(Box::new(Trap::Process(ProcessRequest::Flush))));
            }
            if text.is_empty() {
                return Ok(Value::None);
            }
            return Err(Stop::Trap(Box::new(Trap::Write { stream, text })));
        }
        None => {}
    }
    let file = file.unwrap_or(Value::None);
    let write = vm.get_attr(&file, names::WRITE)?;
    for (i, value) in args.pos.iter().enumerate() {
        if i > 0 {
            vm.call(&write, &[Value::str(&separator)])?;
        }
        let text = vm.str_of(value)?;
        vm.call(&write, &[Value::Str(text)])?;
    }
    vm.call(&write, &[Value::string(end)])?;
    if flush {
        let flush = vm.get_attr(&file, names::FLUSH)?;
        vm.call(&flush, &[])?;
    }
    Ok(Value::None)
}

fn text_option(vm: &mut Vm, args: &Args, name: &str, default: &str) -> R<String> {
    match args.named(name) {
        None | Some(Value::None) => Ok(default.to_string()),
        Some(value) => match value.as_str() {
            Some(text) => Ok(text.to_string()),
            None => {
                let what = vm.type_name(value);
                vm.type_error(format!("{name} must be None or a string, not {what}"))
            }
        },
    }
}

/// 1 or 2 for the streams that the interpreter opened itself, 0 for no stream at all.
fn own_stream(vm: &mut Vm, file: Option<&Value>) -> R<Option<u8>> {
    let Some(file) = file else { return Ok(Some(1)) };
    if file.is_none() {
        return Ok(Some(0));
    }
    for (stream, name) in [(1, "__stdout__"), (2, "__stderr__")] {
        if vm.sys(name)?.is_some_and(|own| own.is(file)) {
            return Ok(Some(stream));
        }
    }
    Ok(None)
}

fn exit(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "exit", 0, 1)?;
    let class = vm.types.system_exit.clone();
    let status = args.pos.first().filter(|s| !s.is_none()).cloned();
    Err(Stop::Raise(vm.exception(&class, status.into_iter().collect())))
}
