//! `_sre`: the engine under `re`, our own small backtracking matcher.
//!
//! A well-kept crate was weighed. `fancy-regex` over `regex` adds more than a fifth to the page for Unicode tables that
//! the language already has in another form, gives captures and empty matches in loops another meaning than Python,
//! knows other errors, and cannot stop in the middle: a pattern that backtracks for seconds blocks an event loop in
//! CPython, and is shown blocking it here.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{add_functions, int, required};
use crate::python::dict::Dict;
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::object::{Data, NativeData, Obj};
use crate::python::types;
use crate::python::value::Value;
use crate::python::vm::{Copier, ErrorKind, R, Vm};

mod charset;
mod matcher;
mod parse;
mod program;
mod tree;

use matcher::{Matcher, NOWHERE, Outcome, Subject, Wanted};
use parse::Wrong;
use program::Program;

/// Steps of the matcher before the VM may look at its budget.
const STEPS: u64 = 200_000;

/// A search with the matches found so far.
struct Scan {
    matcher: RefCell<Matcher>,
    found: RefCell<Vec<Value>>,
    /// There are no more.
    done: Cell<bool>,
}

impl NativeData for Rc<Program> {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn emptied(&self) -> Box<dyn NativeData> {
        Box::new(self.clone())
    }
}

impl NativeData for Scan {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn emptied(&self) -> Box<dyn NativeData> {
        Box::new(Scan { matcher: self.matcher.clone(), found: RefCell::default(), done: self.done.clone() })
    }

    fn fill(&self, copy: &dyn NativeData, copier: &mut Copier) {
        let copy: &Scan = copy.as_any().downcast_ref().expect("a copy has its original's type");
        *copy.found.borrow_mut() = copier.values(&self.found.borrow());
    }

    fn each(&self, see: &mut dyn FnMut(&Value)) {
        self.found.borrow().iter().for_each(see);
    }
}

/// `compile`, `scan`, `run`.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(module, &[("compile", compile), ("scan", scan), ("run", run)]);
}

fn native<'a, T: 'static>(vm: &mut Vm, value: &'a Value) -> R<&'a T> {
    let found = match value {
        Value::Obj(o) => match &o.data {
            Data::Native(any) => any.as_any().downcast_ref(),
            _ => None,
        },
        _ => None,
    };
    match found {
        Some(native) => Ok(native),
        None => vm.type_error("an object of _sre is expected"),
    }
}

fn opaque<T: NativeData>(vm: &Vm, content: T) -> Value {
    Obj::value(&vm.types.object, Data::Native(Box::new(content)))
}

/// `compile(pattern, flags)`: program, flags, number of groups, names of groups and warnings; or what is wrong and
/// where.
fn compile(vm: &mut Vm, args: &Args) -> R {
    let pattern = required(vm, args, 0, "pattern")?;
    let flags = int(vm, args, 1, "flags")? as u32;
    let (chars, is_text): (Vec<char>, bool) = match pattern.as_str() {
        Some(text) => (text.chars().collect(), true),
        None => (super::bytes(vm, pattern)?.into_iter().map(char::from).collect(), false),
    };
    let compiled = parse::parse(&chars, is_text, flags, vm.options.version)
        .and_then(|parsed| program::compile(&parsed).map(|program| (parsed, program)));
    let (parsed, program) = match compiled {
        Ok(both) => both,
        Err(Wrong::Error(message, place)) => {
            let place = place.map_or(Value::None, Value::from);
            return Ok(Value::tuple([Value::string(message), place]));
        }
        Err(Wrong::Overflow) => return Err(vm.error(ErrorKind::Overflow, "the repetition number is too large")),
        Err(Wrong::Value(message)) => return vm.value_error(message),
    };
    let names = Dict::new();
    for (name, group) in &parsed.names {
        names.set_str(name, Value::Int(*group as i64));
    }
    let warning = |(category, text): &(&str, String)| Value::tuple([Value::str(category), Value::str(text)]);
    let warnings = Value::tuple(parsed.warnings.iter().map(warning));
    let n_groups = Value::from(program.n_groups);
    let program = opaque(vm, Rc::new(program));
    Ok(Value::tuple([program, Value::Int(parsed.flags as i64), n_groups, Value::Dict(Rc::new(names)), warnings]))
}

/// `scan(program, string, start, end, wanted)`: a search that `run` goes on with.
fn scan(vm: &mut Vm, args: &Args) -> R {
    let program = required(vm, args, 0, "program")?;
    let program = native::<Rc<Program>>(vm, program)?.clone();
    let string = required(vm, args, 1, "string")?;
    let subject = match string.core() {
        Value::Str(text) if text.is_ascii() => Subject::Ascii(text.clone()),
        Value::Str(text) => Subject::Text(text.as_str().chars().collect()),
        Value::Bytes(bytes) => Subject::Bytes(bytes.clone()),
        _ => match types::bytes::content(string) {
            Some(bytes) => Subject::Bytes(Rc::new(bytes.to_vec())),
            None => return vm.type_error("expected string or bytes-like object"),
        },
    };
    let len = subject.len() as i64;
    let start = int(vm, args, 2, "start")?.clamp(0, len);
    let end = int(vm, args, 3, "end")?.clamp(0, len);
    let wanted = match int(vm, args, 4, "wanted")? {
        0 => Wanted::Search,
        1 => Wanted::Match,
        _ => Wanted::Full,
    };
    let matcher = Matcher::new(program, subject, start as u32, end as u32, wanted);
    let state = Scan { matcher: RefCell::new(matcher), found: RefCell::default(), done: Cell::new(false) };
    Ok(opaque(vm, state))
}

/// `run(scan, limit)`: the next matches, at most so many (0 for all); `None` when it must be called again to go on.
/// A match is a tuple of the group that was closed last and of beginnings and ends.
fn run(vm: &mut Vm, args: &Args) -> R {
    let scan = required(vm, args, 0, "scan")?;
    let scan = native::<Scan>(vm, scan)?;
    let limit = int(vm, args, 1, "limit")? as usize;
    let mut steps = STEPS;
    while !scan.done.get() {
        let mut matcher = scan.matcher.borrow_mut();
        match matcher.run(&mut steps) {
            Outcome::Nothing => scan.done.set(true),
            Outcome::Unfinished => break,
            Outcome::Found => {
                let last = matcher.last_group().map_or(Value::None, |group| Value::Int(group as i64));
                let places = matcher.marks().iter();
                let places = places.map(|&at| Value::Int(if at == NOWHERE { -1 } else { at as i64 }));
                let found = Value::tuple([last].into_iter().chain(places));
                scan.found.borrow_mut().push(found);
                if limit > 0 && scan.found.borrow().len() >= limit {
                    break;
                }
            }
        }
    }
    let per_thousand = vm.options.operation_costs.get("re.kilostep").copied().unwrap_or(0);
    vm.charge((STEPS - steps) * per_thousand / 1000);
    let finished = scan.done.get() || limit > 0 && scan.found.borrow().len() >= limit;
    Ok(if finished { Value::list(scan.found.take()) } else { Value::None })
}
