//! `list`: methods and sorting.

use std::rc::Rc;

use super::Method;
use super::object::wrap;
use crate::python::builtins::arity;
use crate::python::code::{BinaryOp, CompareOp};
use crate::python::function::{Args, NativeKind};
use crate::python::iterator::{Iter, State};
use crate::python::value::{List, Value, backwards};
use crate::python::vm::sort::Items;
use crate::python::vm::{ErrorKind, R, Vm};

use NativeKind::{Method as M, StaticMethod};

/// Methods of `list`.
pub const METHODS: &[Method] = &[
    ("list.__new__", StaticMethod, |vm, args| {
        let class = args.pos.first().cloned().unwrap_or(Value::None);
        Ok(wrap(vm, &class, Value::list(Vec::new())))
    }),
    ("list.__init__", M, init),
    ("list.append", M, |vm, args| {
        arity(vm, args, "list.append", 1, 1)?;
        list_of(vm, args)?.items.borrow_mut().push(args.pos[1].clone());
        Ok(Value::None)
    }),
    ("list.extend", M, |vm, args| {
        arity(vm, args, "list.extend", 1, 1)?;
        let list = list_of(vm, args)?;
        let items = vm.collect(&args.pos[1])?;
        list.items.borrow_mut().extend(items);
        Ok(Value::None)
    }),
    ("list.insert", M, |vm, args| {
        arity(vm, args, "insert", 2, 2)?;
        let list = list_of(vm, args)?;
        let at = vm.expect_int(&args.pos[1])?;
        let mut items = list.items.borrow_mut();
        let len = items.len() as i64;
        let at = if at < 0 { (at + len).max(0) } else { at.min(len) };
        items.insert(at as usize, args.pos[2].clone());
        Ok(Value::None)
    }),
    ("list.remove", M, |vm, args| {
        arity(vm, args, "list.remove", 1, 1)?;
        let list = list_of(vm, args)?;
        match position(vm, &list, &args.pos[1], 0, usize::MAX)? {
            Some(i) => {
                let old = list.items.borrow_mut().remove(i);
                drop(old);
                Ok(Value::None)
            }
            None => vm.value_error("list.remove(x): x not in list"),
        }
    }),
    ("list.pop", M, pop),
    ("list.clear", M, |vm, args| {
        arity(vm, args, "list.clear", 0, 0)?;
        let old = list_of(vm, args)?.items.take();
        drop(backwards(old));
        Ok(Value::None)
    }),
    ("list.index", M, |vm, args| {
        arity(vm, args, "index", 1, 3)?;
        let list = list_of(vm, args)?;
        let (start, stop) = bounds(vm, args, list.items.borrow().len())?;
        match position(vm, &list, &args.pos[1], start, stop)? {
            Some(i) => Ok(Value::from(i)),
            None => {
                let item = vm.repr(&args.pos[1])?;
                vm.value_error(format!("{item} is not in list"))
            }
        }
    }),
    ("list.count", M, |vm, args| {
        arity(vm, args, "list.count", 1, 1)?;
        let list = list_of(vm, args)?;
        count(vm, |i| list.items.borrow().get(i).cloned(), &args.pos[1])
    }),
    ("list.sort", M, |vm, args| {
        if args.len() > 1 {
            return vm.type_error("sort() takes no positional arguments");
        }
        let list = list_of(vm, args)?;
        let (key, reverse) = sort_arguments(vm, args)?;
        // While Python runs the list is empty; what it puts there is lost.
        let items = list.items.take();
        vm.sort(Items::Gathered(items), key, reverse, |link, sorted| async move {
            let strays = list.items.replace(sorted.items);
            match sorted.failure {
                Some(stop) => Err(stop),
                None if !strays.is_empty() => link.error(ErrorKind::Value, "list modified during sort").await,
                None => Ok(Value::None),
            }
        })
    }),
    ("list.reverse", M, |vm, args| {
        arity(vm, args, "list.reverse", 0, 0)?;
        list_of(vm, args)?.items.borrow_mut().reverse();
        Ok(Value::None)
    }),
    ("list.copy", M, |vm, args| {
        arity(vm, args, "list.copy", 0, 0)?;
        let items = list_of(vm, args)?.items.borrow().clone();
        Ok(Value::list(items))
    }),
    ("list.__len__", M, |vm, args| Ok(Value::from(list_of(vm, args)?.items.borrow().len()))),
    ("list.__getitem__", M, |vm, args| {
        arity(vm, args, "list.__getitem__", 1, 1)?;
        let list = Value::List(list_of(vm, args)?);
        vm.get_item(&list, &args.pos[1])
    }),
    ("list.__setitem__", M, |vm, args| {
        arity(vm, args, "__setitem__", 2, 2)?;
        let list = Value::List(list_of(vm, args)?);
        vm.set_item(&list, &args.pos[1], args.pos[2].clone()).map(|()| Value::None)
    }),
    ("list.__delitem__", M, |vm, args| {
        arity(vm, args, "list.__delitem__", 1, 1)?;
        let list = Value::List(list_of(vm, args)?);
        vm.del_item(&list, &args.pos[1]).map(|()| Value::None)
    }),
    ("list.__contains__", M, |vm, args| {
        arity(vm, args, "list.__contains__", 1, 1)?;
        let list = list_of(vm, args)?;
        Ok(Value::bool(position(vm, &list, &args.pos[1], 0, usize::MAX)?.is_some()))
    }),
    ("list.__iter__", M, |vm, args| Ok(Iter::value(State::List(list_of(vm, args)?, 0)))),
    ("list.__reversed__", M, |vm, args| {
        let list = list_of(vm, args)?;
        let n = list.items.borrow().len();
        Ok(Iter::value(State::ListReversed(list, n)))
    }),
    ("list.__add__", M, |vm, args| on_core(vm, args, BinaryOp::Add)),
    ("list.__mul__", M, |vm, args| on_core(vm, args, BinaryOp::Mul)),
    ("list.__rmul__", M, |vm, args| on_core(vm, args, BinaryOp::Mul)),
    ("list.__iadd__", M, |vm, args| {
        arity(vm, args, "list.__iadd__", 1, 1)?;
        let list = list_of(vm, args)?;
        let items = vm.collect(&args.pos[1])?;
        list.items.borrow_mut().extend(items);
        Ok(args.pos[0].clone())
    }),
    ("list.__imul__", M, |vm, args| {
        arity(vm, args, "list.__imul__", 1, 1)?;
        let list = list_of(vm, args)?;
        let n = vm.expect_int(&args.pos[1])?.max(0) as usize;
        let items = list.items.take();
        *list.items.borrow_mut() = std::iter::repeat_n(items, n).flatten().collect();
        Ok(args.pos[0].clone())
    }),
    ("list.__eq__", M, |vm, args| compare(vm, args, CompareOp::Eq)),
    ("list.__ne__", M, |vm, args| compare(vm, args, CompareOp::Ne)),
    ("list.__lt__", M, |vm, args| compare(vm, args, CompareOp::Lt)),
    ("list.__le__", M, |vm, args| compare(vm, args, CompareOp::Le)),
    ("list.__gt__", M, |vm, args| compare(vm, args, CompareOp::Gt)),
    ("list.__ge__", M, |vm, args| compare(vm, args, CompareOp::Ge)),
    ("list.__repr__", M, core_repr),
];

fn list_of(vm: &mut Vm, args: &Args) -> R<Rc<List>> {
    match args.pos.first().map(Value::core) {
        Some(Value::List(list)) => Ok(list.clone()),
        _ => vm.type_error("a list is expected"),
    }
}

/// `repr` of the built-in value inside, for `super().__repr__()`.
pub fn core_repr(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "__repr__", 0, 0)?;
    let core = args.pos[0].core().clone();
    vm.repr(&core).map(Value::string)
}

/// `str` of a class that prints as its `repr`, also where a subclass has its own.
pub fn str_as_repr(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "__str__", 0, 0)?;
    vm.repr(&args.pos[0]).map(Value::string)
}

/// An operator on the built-in values inside, for `super().__add__(…)`.
pub fn on_core(vm: &mut Vm, args: &Args, operator: BinaryOp) -> R {
    arity(vm, args, "operator", 1, 1)?;
    let (a, b) = (args.pos[0].core().clone(), args.pos[1].core().clone());
    Ok(vm.builtin_binary(operator, &a, &b)?.unwrap_or(Value::NotImplemented))
}

/// A comparison of the built-in values inside; `NotImplemented` when the types do not go together.
pub fn compare(vm: &mut Vm, args: &Args, operator: CompareOp) -> R {
    arity(vm, args, "comparison", 1, 1)?;
    let (a, b) = (args.pos[0].core().clone(), args.pos[1].core().clone());
    Ok(vm.builtin_compare(operator, &a, &b)?.map_or(Value::NotImplemented, Value::bool))
}

fn init(vm: &mut Vm, args: &Args) -> R {
    if !args.names.is_empty() {
        return vm.type_error("list() takes no keyword arguments");
    }
    arity(vm, args, "list", 0, 1)?;
    let list = list_of(vm, args)?;
    let items = match args.pos.get(1) {
        Some(iterable) => vm.collect(iterable)?,
        None => Vec::new(),
    };
    let old = list.items.replace(items);
    drop(old);
    Ok(Value::None)
}

fn pop(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "pop", 0, 1)?;
    let list = list_of(vm, args)?;
    let at = match args.pos.get(1) {
        Some(at) => vm.expect_int(at)?,
        None => -1,
    };
    let mut items = list.items.borrow_mut();
    if items.is_empty() {
        return Err(vm.error(ErrorKind::Index, "pop from empty list"));
    }
    let at = if at < 0 { at + items.len() as i64 } else { at };
    if at < 0 || at >= items.len() as i64 {
        return Err(vm.error(ErrorKind::Index, "pop index out of range"));
    }
    Ok(items.remove(at as usize))
}

/// `start` and `stop` of `index(x, start, stop)`, clipped to the length.
pub fn bounds(vm: &mut Vm, args: &Args, len: usize) -> R<(usize, usize)> {
    let mut clip = |i: usize, default: usize| -> R<usize> {
        let Some(value) = args.pos.get(i) else { return Ok(default) };
        let Some(at) = vm.index(value, true)? else {
            return vm.type_error("slice indices must be integers or have an __index__ method");
        };
        Ok(if at < 0 { (at.saturating_add(len as i64)).max(0) as usize } else { at as usize })
    };
    Ok((clip(2, 0)?, clip(3, usize::MAX)?))
}

fn position(vm: &mut Vm, list: &List, item: &Value, start: usize, stop: usize) -> R<Option<usize>> {
    vm.position_of(|i| list.items.borrow().get(i).cloned(), item, start, stop)
}

/// How many elements equal the item. The sequence may change while Python compares.
pub fn count(vm: &mut Vm, at: impl Fn(usize) -> Option<Value>, item: &Value) -> R {
    let (_, n) = vm.turns(
        || (0, 0),
        |vm, (i, n)| {
            let Some(candidate) = at(*i) else { return Ok(false) };
            *n += vm.equal(&candidate, item)? as i64;
            *i += 1;
            Ok(true)
        },
    )?;
    Ok(Value::Int(n))
}

/// The keyword arguments `key` and `reverse` of a sort.
pub fn sort_arguments<'a>(vm: &mut Vm, args: &Args<'a>) -> R<(Option<&'a Value>, bool)> {
    for name in args.names {
        if !matches!(&*name.text(), "key" | "reverse") {
            return vm.type_error(format!("'{name}' is an invalid keyword argument for sort()"));
        }
    }
    let reverse = match args.named("reverse") {
        Some(value) => vm.truth(value)?,
        None => false,
    };
    Ok((args.named("key").filter(|key| !key.is_none()), reverse))
}
