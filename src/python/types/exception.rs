//! Exceptions: arguments, text, chaining, groups.

use std::rc::Rc;

use super::{Method, Types};
use crate::python::class::Class;
use crate::python::function::{Args, NativeKind};
use crate::python::instance::Exception;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::{Data, Obj};
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

use NativeKind::{Getter, Method as M, StaticMethod};

/// Methods of `BaseException`.
pub const METHODS: &[Method] = &[
    ("BaseException.__new__", StaticMethod, |vm, args| {
        let Some(Value::Class(class)) = args.pos.first() else { return vm.type_error("exception type expected") };
        Ok(vm.exception(class, args.pos[1..].to_vec()))
    }),
    ("BaseException.__init__", M, |vm, args| {
        if !args.names.is_empty() {
            let name = vm.type_name(&args.pos[0]);
            return vm.type_error(format!("{name}() takes no keyword arguments"));
        }
        if let Some(data) = data(&args.pos[0]) {
            *data.args.borrow_mut() = Value::tuple(args.pos[1..].iter().cloned());
        }
        Ok(Value::None)
    }),
    ("BaseException.__repr__", M, |vm, args| {
        let class = vm.type_name(&args.pos[0]);
        let items = arguments(&args.pos[0]);
        let mut parts = Vec::new();
        for item in &items {
            parts.push(vm.repr(item)?);
        }
        Ok(Value::string(format!("{class}({})", parts.join(", "))))
    }),
    ("BaseException.__str__", M, |vm, args| {
        let items = arguments(&args.pos[0]);
        match items.as_slice() {
            [] => Ok(Value::str("")),
            [one] => vm.str_of(one).map(Value::Str),
            _ => vm.repr(&Value::tuple(items)).map(Value::string),
        }
    }),
    ("BaseException.args", Getter, |_, args| Ok(Value::tuple(arguments(&args.pos[0])))),
    ("BaseException.__traceback__", Getter, |vm, args| Ok(vm.traceback_of(&args.pos[0]))),
    ("BaseException.__cause__", Getter, |_, args| Ok(linked(&args.pos[0], |e| e.cause.borrow().clone()))),
    ("BaseException.__context__", Getter, |_, args| Ok(linked(&args.pos[0], |e| e.context.borrow().clone()))),
    ("BaseException.__suppress_context__", Getter, |_, args| {
        Ok(Value::bool(data(&args.pos[0]).is_some_and(|e| e.suppress_context.get())))
    }),
    ("BaseException.with_traceback", M, |vm, args| {
        if let Value::Instance(i) = &args.pos[0]
            && let Some(e) = i.exception()
        {
            vm.set_exception_attribute(e, names::TRACEBACK, &args.pos[1])?;
        }
        Ok(args.pos[0].clone())
    }),
    ("BaseException.add_note", M, |vm, args| {
        let Value::Instance(i) = &args.pos[0] else { return Ok(Value::None) };
        if args.pos[1].as_str().is_none() {
            let name = vm.type_name(&args.pos[1]);
            return vm.type_error(format!("note must be a str, not '{name}'"));
        }
        match i.attribute(names::NOTES) {
            Some(Value::List(notes)) => notes.items.borrow_mut().push(args.pos[1].clone()),
            _ => drop(i.set_attribute(names::NOTES, Value::list(vec![args.pos[1].clone()]))),
        }
        Ok(Value::None)
    }),
    ("BaseException.__setstate__", M, |vm, args| {
        match args.pos.get(1).map(Value::core) {
            Some(Value::Dict(state)) => {
                for entry in state.entries() {
                    if let Value::Str(name) = &entry.key {
                        vm.set_attr(&args.pos[0], name.sym(), entry.value)?;
                    }
                }
            }
            Some(Value::None) => {}
            _ => return vm.type_error("state is not a dictionary"),
        }
        Ok(Value::None)
    }),
];

/// Methods of `BaseExceptionGroup`.
pub const GROUP_METHODS: &[Method] = &[
    ("BaseExceptionGroup.__new__", StaticMethod, new_group),
    ("BaseExceptionGroup.__init__", M, |_, args| {
        // What a subclass was given beyond message and exceptions is among its arguments.
        if let (Some(own), [_, Value::Str(_), _, _, ..]) = (data(&args.pos[0]), args.pos) {
            *own.args.borrow_mut() = Value::tuple(args.pos[1..].iter().cloned());
        }
        Ok(Value::None)
    }),
    ("BaseExceptionGroup.message", Getter, |_, args| Ok(arguments(&args.pos[0])[0].clone())),
    ("BaseExceptionGroup.exceptions", Getter, |vm, args| {
        let items = arguments(&args.pos[0]);
        vm.collect(&items[1]).map(Value::tuple)
    }),
    ("BaseExceptionGroup.__str__", M, |vm, args| {
        let items = arguments(&args.pos[0]);
        let n = vm.collect(&items[1])?.len();
        let message = vm.str_of(&items[0])?;
        let plural = if n == 1 { "" } else { "s" };
        Ok(Value::string(format!("{} ({n} sub-exception{plural})", message.as_str())))
    }),
    ("BaseExceptionGroup.derive", M, |vm, args| {
        let items = arguments(&args.pos[0]);
        let parts = vm.collect(&args.pos[1])?;
        make_group(vm, &items[0], parts)
    }),
    ("BaseExceptionGroup.split", M, |vm, args| {
        let (matched, rest) = split(vm, &args.pos[0], &args.pos[1])?;
        Ok(Value::tuple([matched, rest]))
    }),
    ("BaseExceptionGroup.subgroup", M, |vm, args| split(vm, &args.pos[0], &args.pos[1]).map(|(matched, _)| matched)),
    ("BaseExceptionGroup._merge", M, merge),
];

/// Methods of `OSError`.
pub const OS_METHODS: &[Method] = &[
    ("OSError.errno", Getter, |_, args| Ok(os_part(&args.pos[0], 0))),
    ("OSError.strerror", Getter, |_, args| Ok(os_part(&args.pos[0], 1))),
    ("OSError.filename", Getter, |_, args| Ok(os_file(&args.pos[0], "filename"))),
    ("OSError.filename2", Getter, |_, args| Ok(os_file(&args.pos[0], "filename2"))),
    ("OSError.__str__", M, |vm, args| {
        let items = arguments(&args.pos[0]);
        match items.as_slice() {
            [] => Ok(Value::str("")),
            [one] => vm.str_of(one).map(Value::Str),
            [errno, text] => {
                let (errno, text) = (vm.str_of(errno)?, vm.str_of(text)?);
                let mut out = format!("[Errno {}] {}", errno.as_str(), text.as_str());
                for (name, before) in [("filename", ": "), ("filename2", " -> ")] {
                    let file = os_file(&args.pos[0], name);
                    if !file.is_none() {
                        out.push_str(&format!("{before}{}", vm.repr(&file)?));
                    }
                }
                Ok(Value::string(out))
            }
            _ => vm.repr(&Value::tuple(items)).map(Value::string),
        }
    }),
    ("OSError.__new__", StaticMethod, |vm, args| {
        let Some(Value::Class(class)) = args.pos.first() else { return vm.type_error("exception type expected") };
        // OSError(errno, …) becomes the subclass of that number.
        let class = match args.pos {
            [_, Value::Int(errno), _, rest @ ..] if rest.len() < 4 && Rc::ptr_eq(class, &vm.types.os_error) => {
                vm.os_error_class(*errno)
            }
            _ => class.clone(),
        };
        Ok(vm.exception(&class, args.pos[1..].to_vec()))
    }),
    ("OSError.__init__", M, |_, args| {
        let Value::Instance(exc) = &args.pos[0] else { return Ok(Value::None) };
        let given = match &args.pos[1..] {
            // (errno, text, file, a number of Windows, second file): the files are no part of `args`.
            [errno, text, file, rest @ ..] if rest.len() < 3 => {
                exc.set_attribute(Sym::new("filename"), file.clone());
                if let Some(second) = rest.get(1) {
                    exc.set_attribute(Sym::new("filename2"), second.clone());
                }
                vec![errno.clone(), text.clone()]
            }
            given => given.to_vec(),
        };
        if let Some(e) = exc.exception() {
            *e.args.borrow_mut() = Value::tuple(given);
        }
        Ok(Value::None)
    }),
];

/// `filename` or `filename2` of an `OSError`.
fn os_file(exc: &Value, name: &str) -> Value {
    match exc {
        Value::Instance(i) => i.attribute(Sym::new(name)).unwrap_or(Value::None),
        _ => Value::None,
    }
}

/// Methods of `StopIteration`.
pub const STOP_METHODS: &[Method] =
    &[("StopIteration.value", Getter, |_, args| Ok(arguments(&args.pos[0]).first().cloned().unwrap_or(Value::None)))];

/// Methods of `SystemExit`.
pub const EXIT_METHODS: &[Method] = &[("SystemExit.code", Getter, |_, args| {
    let items = arguments(&args.pos[0]);
    Ok(match items.len() {
        0 => Value::None,
        1 => items[0].clone(),
        _ => Value::tuple(items),
    })
})];

/// Methods of `KeyError`: its text is the key's repr.
pub const KEY_METHODS: &[Method] = &[("KeyError.__str__", M, |vm, args| {
    let items = arguments(&args.pos[0]);
    match items.as_slice() {
        [] => Ok(Value::str("")),
        [one] => vm.repr(one).map(Value::string),
        _ => vm.repr(&Value::tuple(items)).map(Value::string),
    }
})];

/// `ImportError(message, name=…, path=…)`
pub const IMPORT_METHODS: &[Method] = &[
    ("ImportError.__init__", M, |vm, args| {
        let known: &[&str] =
            if vm.options.version < (3, 12) { &["name", "path"] } else { &["name", "path", "name_from"] };
        known_keywords(vm, args, "ImportError", known)
    }),
    ("ImportError.msg", Getter, |_, args| {
        Ok(named(args, "msg").unwrap_or_else(|| match arguments(&args.pos[0]).as_slice() {
            [message] => message.clone(),
            _ => Value::None,
        }))
    }),
    ("ImportError.name", Getter, |_, args| Ok(named(args, "name").unwrap_or(Value::None))),
    ("ImportError.path", Getter, |_, args| Ok(named(args, "path").unwrap_or(Value::None))),
];

/// `AttributeError(message, name=…, obj=…)`
pub const ATTRIBUTE_METHODS: &[Method] =
    &[("AttributeError.__init__", M, |vm, args| known_keywords(vm, args, "AttributeError", &["name", "obj"]))];

/// `NameError(message, name=…)`
pub const NAME_METHODS: &[Method] =
    &[("NameError.__init__", M, |vm, args| known_keywords(vm, args, "NameError", &["name"]))];

const ATTRIBUTE_PLACES: &[Method] = &[
    ("AttributeError.name", Getter, |_, args| Ok(named(args, "name").unwrap_or(Value::None))),
    ("AttributeError.obj", Getter, |_, args| Ok(named(args, "obj").unwrap_or(Value::None))),
];

const NAME_PLACES: &[Method] = &[("NameError.name", Getter, |_, args| Ok(named(args, "name").unwrap_or(Value::None)))];

/// What errors know of what they are about, which is in no `__dict__`.
const PLACES: [&str; 5] = ["name", "path", "msg", "name_from", "obj"];

fn named(args: &Args, name: &str) -> Option<Value> {
    match &args.pos[0] {
        Value::Instance(i) => i.attribute(Sym::new(name)),
        _ => None,
    }
}

/// Gives the errors of imports, attributes and names what a version says of them.
pub fn add_places(types: &Types, version: (u32, u32)) {
    if version >= (3, 10) {
        super::add(&types.attribute_error, ATTRIBUTE_PLACES);
        super::add(&types.name_error, NAME_PLACES);
    }
    for class in [
        &types.import_error,
        &types.module_not_found_error,
        &types.attribute_error,
        &types.name_error,
        &types.unbound_local_error,
    ] {
        *class.slots_beside_dict.borrow_mut() = PLACES.iter().map(|name| Sym::new(name)).collect();
    }
}

/// `SyntaxError(message, (filename, lineno, offset, text, end_lineno, end_offset))`
pub const SYNTAX_METHODS: &[Method] = &[
    ("SyntaxError.__init__", M, |vm, args| {
        keywords_as_attributes(vm, args)?;
        if let Some(place) = args.pos.get(2)
            && !matches!(place, Value::Tuple(t) if matches!(t.items.len(), 4 | 6))
        {
            let n = vm.collect(place)?.len();
            return vm.type_error(if n < 4 {
                format!("function missing required argument '{}' (pos {})", SYNTAX_PLACE[n], n + 1)
            } else {
                format!("function takes at most 6 arguments ({n} given)")
            });
        }
        set_syntax_place(&args.pos[0]);
        Ok(Value::None)
    }),
    ("SyntaxError.__str__", M, |vm, args| {
        let Value::Instance(i) = &args.pos[0] else { return Ok(Value::str("")) };
        let read = |name: &str| i.attribute(Sym::new(name)).unwrap_or(Value::None);
        let message = vm.str_of(&read("msg"))?.as_str().to_string();
        let (file, line) = (read("filename"), read("lineno"));
        let file = file.as_str().map(|file| file.rsplit('/').next().unwrap_or(file).to_string());
        Ok(Value::string(match (file, line) {
            (Some(file), Value::Int(line)) => format!("{message} ({file}, line {line})"),
            (Some(file), _) => format!("{message} ({file})"),
            (None, Value::Int(line)) => format!("{message} (line {line})"),
            (None, _) => message,
        }))
    }),
];

const SYNTAX_PLACE: [&str; 6] = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];

/// Spreads the arguments of a syntax error over its attributes.
pub fn set_syntax_place(exc: &Value) {
    let Value::Instance(i) = exc else { return };
    let given = arguments(exc);
    i.set_attribute(Sym::new("msg"), given.first().cloned().unwrap_or(Value::None));
    let place = match given.get(1) {
        Some(Value::Tuple(place)) => place.items.to_vec(),
        _ => Vec::new(),
    };
    for (n, name) in SYNTAX_PLACE.into_iter().enumerate() {
        i.set_attribute(Sym::new(name), place.get(n).cloned().unwrap_or(Value::None));
    }
    i.set_attribute(names::PRINT_FILE_AND_LINE, Value::None);
}

/// `ImportError`, `NameError` and `AttributeError` know a few keywords, and keep them as attributes.
fn known_keywords(vm: &mut Vm, args: &Args, class: &str, known: &[&str]) -> R {
    if let Some(name) = args.names.iter().find(|name| !known.contains(&&*name.text())) {
        return vm.type_error(format!("'{}' is an invalid keyword argument for {class}()", name.text()));
    }
    keywords_as_attributes(vm, args)
}

fn keywords_as_attributes(_vm: &mut Vm, args: &Args) -> R {
    if let Value::Instance(i) = &args.pos[0] {
        if let Some(e) = i.exception() {
            *e.args.borrow_mut() = Value::tuple(args.pos[1..].iter().cloned());
        }
        for (name, value) in args.names.iter().zip(args.named) {
            i.set_attribute(*name, value.clone());
        }
    }
    Ok(Value::None)
}

fn data(exc: &Value) -> Option<&Exception> {
    match exc {
        Value::Instance(i) => i.exception(),
        _ => None,
    }
}

/// `e.args`
pub fn arguments(exc: &Value) -> Vec<Value> {
    match data(exc).map(|e| e.args.borrow().clone()) {
        Some(Value::Tuple(t)) => t.items.to_vec(),
        _ => Vec::new(),
    }
}

fn linked(exc: &Value, link: impl Fn(&Exception) -> Value) -> Value {
    match data(exc).map(link) {
        Some(Value::Null) | None => Value::None,
        Some(value) => value,
    }
}

fn os_part(exc: &Value, i: usize) -> Value {
    let items = arguments(exc);
    if items.len() < 2 { Value::None } else { items.get(i).cloned().unwrap_or(Value::None) }
}

fn new_group(vm: &mut Vm, args: &Args) -> R {
    let Some(Value::Class(class)) = args.pos.first() else { return vm.type_error("exception type expected") };
    if args.pos.len() != 3 {
        let n = args.pos.len() - 1;
        return vm.type_error(format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({n} given)"));
    }
    let message = args.pos[1].clone();
    if message.as_str().is_none() {
        let name = vm.type_name(&message);
        return vm.type_error(format!("BaseExceptionGroup.__new__() argument 1 must be str, not {name}"));
    }
    if !matches!(args.pos[2].core(), Value::List(_) | Value::Tuple(_)) {
        return vm.type_error("second argument (exceptions) must be a sequence");
    }
    let parts = vm.collect(args.pos[2].core())?;
    if parts.is_empty() {
        return vm.value_error("second argument (exceptions) must be a non-empty sequence");
    }
    for (i, part) in parts.iter().enumerate() {
        if data(part).is_none() {
            return vm.value_error(format!("Item {i} of second argument (exceptions) is not an exception"));
        }
    }
    let all_exceptions = parts.iter().all(|p| vm.is_exception_of(p, &vm.types.exception.clone()));
    let mut class = class.clone();
    if Rc::ptr_eq(&class, &vm.types.base_exception_group) && all_exceptions {
        class = vm.types.exception_group.clone();
    }
    if Rc::ptr_eq(&class, &vm.types.exception_group) && !all_exceptions {
        return vm.type_error("Cannot nest BaseExceptions in an ExceptionGroup");
    }
    if !all_exceptions && class.is_subclass(&vm.types.exception) {
        return vm.type_error(format!("Cannot nest BaseExceptions in '{}'", class.name()));
    }
    // It is shown as it was given.
    let given = match args.pos[2].core() {
        tuple @ Value::Tuple(_) => tuple.clone(),
        _ => Value::list(parts),
    };
    Ok(vm.exception(&class, vec![message, given]))
}

fn make_group(vm: &mut Vm, message: &Value, parts: Vec<Value>) -> R {
    let exception = vm.types.exception.clone();
    let plain = parts.iter().all(|p| vm.is_exception_of(p, &exception));
    let class: Rc<Class> = if plain { vm.types.exception_group.clone() } else { vm.types.base_exception_group.clone() };
    Ok(vm.exception(&class, vec![message.clone(), Value::list(parts)]))
}

/// A group of the same message, traceback and links as `model`.
fn derive(vm: &mut Vm, model: &Value, parts: Vec<Value>) -> R {
    if parts.is_empty() {
        return Ok(Value::None);
    }
    let method = vm.get_attribute(model, "derive")?;
    let made = vm.call(&method, &[Value::list(parts)])?;
    if let (Some(from), Some(to)) = (data(model), data(&made)) {
        *to.cause.borrow_mut() = from.cause.borrow().clone();
        *to.context.borrow_mut() = from.context.borrow().clone();
        to.suppress_context.set(from.suppress_context.get());
        *to.traceback.borrow_mut() = from.traceback.borrow().clone();
        to.has_traceback.set(from.has_traceback.get());
        *to.shown.borrow_mut() = from.shown.borrow().clone();
    }
    if let (Value::Instance(from), Value::Instance(to)) = (model, &made)
        && let Some(Value::List(notes)) = from.attribute(names::NOTES)
    {
        to.set_attribute(names::NOTES, Value::list(notes.items.borrow().clone()));
    }
    Ok(made)
}

/// The part of a group that matches a type, tuple of types or predicate, and the rest; `None` where empty.
fn split(vm: &mut Vm, exc: &Value, condition: &Value) -> R<(Value, Value)> {
    let matches = match condition {
        Value::Class(_) | Value::Tuple(_) => vm.exception_matches(exc, condition)?,
        _ => {
            let answer = vm.call(condition, std::slice::from_ref(exc))?;
            vm.truth(&answer)?
        }
    };
    if matches {
        return Ok((exc.clone(), Value::None));
    }
    let group = vm.types.base_exception_group.clone();
    if !vm.is_exception_of(exc, &group) {
        return Ok((Value::None, exc.clone()));
    }
    let items = arguments(exc);
    let (mut matched, mut rest) = (Vec::new(), Vec::new());
    for part in vm.collect(&items[1])? {
        let (m, r) = split(vm, &part, condition)?;
        if !m.is_none() {
            matched.push(m);
        }
        if !r.is_none() {
            rest.push(r);
        }
    }
    Ok((derive(vm, exc, matched)?, derive(vm, exc, rest)?))
}

/// Puts parts of this group that were split off together again, in the shape of the group.
fn merge(vm: &mut Vm, args: &Args) -> R {
    let parts = vm.collect(&args.pos[1])?;
    let mut leaves = Vec::new();
    for part in &parts {
        collect_leaves(vm, part, &mut leaves)?;
    }
    project(vm, &args.pos[0], &leaves)
}

fn collect_leaves(vm: &mut Vm, exc: &Value, leaves: &mut Vec<Value>) -> R<()> {
    let group = vm.types.base_exception_group.clone();
    if !vm.is_exception_of(exc, &group) {
        leaves.push(exc.clone());
        return Ok(());
    }
    for part in vm.collect(&arguments(exc)[1])? {
        collect_leaves(vm, &part, leaves)?;
    }
    Ok(())
}

fn project(vm: &mut Vm, exc: &Value, leaves: &[Value]) -> R {
    let group = vm.types.base_exception_group.clone();
    if !vm.is_exception_of(exc, &group) {
        return Ok(if leaves.iter().any(|l| l.is(exc)) { exc.clone() } else { Value::None });
    }
    let mut kept = Vec::new();
    for part in vm.collect(&arguments(exc)[1])? {
        let part = project(vm, &part, leaves)?;
        if !part.is_none() {
            kept.push(part);
        }
    }
    derive(vm, exc, kept)
}

impl Vm {
    /// `e.__traceback__`
    pub fn traceback_of(&self, exc: &Value) -> Value {
        match data(exc) {
            Some(e) if e.has_traceback.get() => {
                if let Some(shown) = e.shown.borrow().upgrade()
                    && matches!(&shown.data, Data::Traceback(frames) if frames.len() == e.traceback.borrow().len())
                {
                    return Value::Obj(shown);
                }
                let mut frames = e.traceback.borrow().clone();
                frames.reverse();
                let made = Obj::value(&self.types.traceback, Data::Traceback(frames));
                if let Value::Obj(made) = &made {
                    *e.shown.borrow_mut() = Rc::downgrade(made);
                }
                made
            }
            _ => Value::None,
        }
    }

    /// Sets `__traceback__`, `__cause__` and kin; `false` for other names.
    pub(in crate::python) fn set_exception_attribute(&mut self, e: &Exception, name: Sym, value: &Value) -> R<bool> {
        let check = |vm: &mut Vm, what: &str| match value {
            Value::None => Ok(()),
            Value::Instance(i) if i.exception().is_some() => Ok(()),
            _ => vm.type_error(format!("exception {what} must be None or derive from BaseException")),
        };
        match name {
            names::ARGS => {
                let items = self.collect(value)?;
                *e.args.borrow_mut() = Value::tuple(items);
            }
            names::TRACEBACK => match value {
                Value::None => {
                    e.traceback.borrow_mut().clear();
                    e.shown.take();
                    e.has_traceback.set(false);
                }
                Value::Obj(o) if matches!(o.data, Data::Traceback(_)) => {
                    let Data::Traceback(frames) = &o.data else { unreachable!() };
                    *e.traceback.borrow_mut() = frames.iter().rev().cloned().collect();
                    *e.shown.borrow_mut() = Rc::downgrade(o);
                    e.has_traceback.set(true);
                }
                _ => return self.type_error("__traceback__ must be a traceback or None"),
            },
            names::CAUSE => {
                check(self, "cause")?;
                *e.cause.borrow_mut() = value.clone();
                e.suppress_context.set(true);
            }
            names::CONTEXT => {
                check(self, "context")?;
                *e.context.borrow_mut() = value.clone();
            }
            names::SUPPRESS_CONTEXT => e.suppress_context.set(self.truth(value)?),
            _ => return Ok(false),
        }
        Ok(true)
    }
}
