//! The functions of `builtins`. Classes are put there by the interpreter's start.

use super::code::CompareOp;
use super::dict::Dict;
use super::function::{Args, Native, NativeFn, NativeKind};
use super::types::list::sort_arguments;
use super::types::object::attribute_name;
use super::value::Value;
use super::vm::sort::Items;
use super::vm::{Action, ErrorKind, R, Stop, Vm};

mod iteration;
mod numbers;
mod objects;
mod output;

use iteration::{aiter, anext, any_of, extreme, iter, next, sum};
use numbers::{abs, chr, divmod, in_base, ord, pow, round};
use objects::{dir, getattr, import, is_callable, vars};
use output::{exit, print};

pub use numbers::integer;

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
    ("help", help),
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

/// `help`: it is the library's, and is imported when somebody asks.
fn help(vm: &mut Vm, args: &Args) -> R {
    let Value::Module(pydoc) = vm.import_module("pydoc")? else { unreachable!("a module of the library") };
    let callee = pydoc.dict.str("help").expect("pydoc has help()");
    Err(Stop::Tail(Box::new(Action::Call { callee, args: args.pos.to_vec(), kwargs: Vec::new() })))
}

fn not_simulated(vm: &mut Vm, name: &str) -> R {
    Err(vm.error(ErrorKind::NotImplemented, format!("{name}() is not simulated")))
}
