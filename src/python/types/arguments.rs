//! What natives check about their arguments, with CPython's messages.

use std::rc::Rc;

use crate::python::code::{BinaryOp, CompareOp};
use crate::python::function::Args;
use crate::python::text::Str;
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

/// The number of arguments after the receiver of a method without keyword arguments.
pub fn arity(vm: &Vm, args: &Args, qualname: &str, min: usize, max: usize) -> R<()> {
    if !args.names.is_empty() {
        return vm.type_error(format!("{qualname}() takes no keyword arguments"));
    }
    let Some(n) = args.pos.len().checked_sub(1) else {
        return vm.type_error(format!("unbound method {qualname}() needs an argument"));
    };
    if (min..=max).contains(&n) {
        return Ok(());
    }
    let name = qualname.rsplit('.').next().unwrap_or(qualname);
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    vm.type_error(match (min, max) {
        _ if name.starts_with("__") && min == max => format!("expected {min} argument{}, got {n}", plural(min)),
        (0, 0) => format!("{qualname}() takes no arguments ({n} given)"),
        (1, 1) => format!("{qualname}() takes exactly one argument ({n} given)"),
        _ if min == max => format!("{name} expected {min} arguments, got {n}"),
        _ if n < min => format!("{name} expected at least {min} argument{}, got {n}", plural(min)),
        _ => format!("{name} expected at most {max} argument{}, got {n}", plural(max)),
    })
}

/// The arguments after the receiver of a method that takes these, by position or name.
pub fn keywords(vm: &Vm, args: &Args, qualname: &str, known: &[&str]) -> R<()> {
    let Some(n) = args.pos.len().checked_sub(1) else {
        return vm.type_error(format!("unbound method {qualname}() needs an argument"));
    };
    let all = n + args.names.len();
    if args.names.is_empty() && all <= known.len() {
        return Ok(());
    }
    let name = qualname.rsplit('.').next().unwrap_or(qualname);
    if all > known.len() {
        let plural = if known.len() == 1 { "" } else { "s" };
        return vm.type_error(format!("{name}() takes at most {} argument{plural} ({all} given)", known.len()));
    }
    for keyword in args.names {
        let keyword = keyword.text();
        match known.iter().position(|k| *k == &*keyword) {
            None => return vm.type_error(format!("'{keyword}' is an invalid keyword argument for {name}()")),
            Some(i) if i < n => {
                let text = format!("argument for {name}() given by name ('{keyword}') and position ({})", i + 1);
                return vm.type_error(text);
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The receiver of a method of another class: why it does not do.
pub fn wrong_receiver<T>(vm: &Vm, args: &Args, qualname: &str) -> R<T> {
    let (class, name) = qualname.split_once('.').unwrap_or(("object", qualname));
    match args.pos.first() {
        None => vm.type_error(format!("unbound method {qualname}() needs an argument")),
        Some(value) => {
            let found = vm.type_name(value);
            if name.starts_with("__") {
                vm.type_error(format!("descriptor '{name}' requires a '{class}' object but received a '{found}'"))
            } else {
                vm.type_error(format!("descriptor '{name}' for '{class}' objects doesn't apply to a '{found}' object"))
            }
        }
    }
}

/// The text that a method of `str` is called on.
pub fn text<'a>(vm: &Vm, args: &Args<'a>, qualname: &str) -> R<&'a Rc<Str>> {
    match args.pos.first().map(Value::core) {
        Some(Value::Str(s)) => Ok(s),
        _ => wrong_receiver(vm, args, qualname),
    }
}

/// A small integer argument that may be absent.
pub fn int_or(vm: &mut Vm, value: Option<&Value>, default: i64) -> R<i64> {
    match value {
        Some(value) => vm.expect_int(value),
        None => Ok(default),
    }
}

/// Start and end of a search, as slices have them, in a sequence of this length. The start may lie beyond the end.
pub fn bounds(vm: &mut Vm, start: Option<&Value>, end: Option<&Value>, len: usize) -> R<(usize, usize)> {
    let mut part = |value: Option<&Value>, default: i64| -> R<i64> {
        match value {
            None | Some(Value::None) => Ok(default),
            Some(value) => match vm.index(value, true)? {
                Some(i) if i < 0 => Ok(i.saturating_add(len as i64).max(0)),
                Some(i) => Ok(i),
                None => vm.type_error("slice indices must be integers or None or have an __index__ method"),
            },
        }
    };
    let start = part(start, 0)?;
    let end = part(end, len as i64)?;
    Ok((start as usize, (end as usize).min(len)))
}

/// A binary operator named explicitly, such as `int.__add__`: `NotImplemented` for types that it does not know.
pub fn binary(
    vm: &mut Vm,
    args: &Args,
    operator: BinaryOp,
    reflected: bool,
    accepts: [fn(&Value) -> bool; 2],
    qualname: &str,
) -> R {
    arity(vm, args, qualname, 1, 1)?;
    let a = args.pos[0].core().clone();
    // What is formatted into a text keeps its own `__str__`.
    let formats = operator == BinaryOp::Mod && matches!(a, Value::Str(_) | Value::Bytes(_));
    let b = if formats { args.pos[1].clone() } else { args.pos[1].core().clone() };
    if !accepts[0](&a) {
        return wrong_receiver(vm, args, qualname);
    }
    if !accepts[1](&b) {
        return Ok(Value::NotImplemented);
    }
    let (a, b) = if reflected { (b, a) } else { (a, b) };
    Ok(vm.builtin_binary(operator, &a, &b)?.unwrap_or(Value::NotImplemented))
}

/// A comparison named explicitly, such as `str.__lt__`.
pub fn compare(vm: &mut Vm, args: &Args, operator: CompareOp, accepts: [fn(&Value) -> bool; 2], qualname: &str) -> R {
    arity(vm, args, qualname, 1, 1)?;
    let (a, b) = (args.pos[0].core().clone(), args.pos[1].core().clone());
    if !accepts[0](&a) {
        return wrong_receiver(vm, args, qualname);
    }
    if !accepts[1](&b) {
        return Ok(Value::NotImplemented);
    }
    Ok(vm.builtin_compare(operator, &a, &b)?.map_or(Value::NotImplemented, Value::bool))
}

/// Methods for the operators of a class, followed by other methods.
macro_rules! with_operators {
    (
        $class:literal, $own:expr, $other:expr,
        [$($op:ident $plain:literal $($reflected:literal)?,)*],
        [$($cmp:ident $cmp_name:literal,)*],
        [$($rest:tt)*]
    ) => {
        &[
            $(
                (
                    concat!($class, ".", $plain),
                    $crate::python::function::NativeKind::Method,
                    |vm, args| $crate::python::types::arguments::binary(
                        vm, args, $crate::python::code::BinaryOp::$op, false, [$own, $other],
                        concat!($class, ".", $plain),
                    ),
                ),
                $((
                    concat!($class, ".", $reflected),
                    $crate::python::function::NativeKind::Method,
                    |vm, args| $crate::python::types::arguments::binary(
                        vm, args, $crate::python::code::BinaryOp::$op, true, [$own, $other],
                        concat!($class, ".", $reflected),
                    ),
                ),)?
            )*
            $(
                (
                    concat!($class, ".", $cmp_name),
                    $crate::python::function::NativeKind::Method,
                    |vm, args| $crate::python::types::arguments::compare(
                        vm, args, $crate::python::code::CompareOp::$cmp, [$own, $other],
                        concat!($class, ".", $cmp_name),
                    ),
                ),
            )*
            $($rest)*
        ]
    };
}
pub(super) use with_operators;
