//! `list`: methods and sorting.

use std::cmp::Ordering;
use std::rc::Rc;

use super::Method;
use super::object::wrap;
use crate::python::builtins::arity;
use crate::python::code::{BinaryOp, CompareOp};
use crate::python::function::{Args, NativeKind};
use crate::python::iterator::{Iter, State};
use crate::python::value::{List, Value};
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
        drop(old);
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
        let items = list_of(vm, args)?.items.borrow().clone();
        count(vm, &items, &args.pos[1])
    }),
    ("list.sort", M, |vm, args| {
        if args.len() > 1 {
            return vm.type_error("sort() takes no positional arguments");
        }
        let list = list_of(vm, args)?;
        let items = list.items.borrow().clone();
        let sorted = sort_arguments(vm, args, items)?;
        let old = list.items.replace(sorted);
        drop(old);
        Ok(Value::None)
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
    ("list.__copy__", M, |vm, args| {
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
        let items = list_of(vm, args)?.items.borrow().clone();
        vm.sequence_contains(&items, &args.pos[1]).map(Value::Bool)
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
    Ok(vm.builtin_compare(operator, &a, &b)?.map_or(Value::NotImplemented, Value::Bool))
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

/// The first place from `start` on, before `stop`, of an element equal to the item. The list may change
/// while Python compares.
fn position(vm: &mut Vm, list: &List, item: &Value, start: usize, stop: usize) -> R<Option<usize>> {
    let mut i = start;
    while i < stop {
        let Some(candidate) = list.items.borrow().get(i).cloned() else { break };
        if vm.equal(&candidate, item)? {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

/// How many elements equal the item.
pub fn count(vm: &mut Vm, items: &[Value], item: &Value) -> R {
    let mut n = 0;
    for candidate in items {
        if vm.equal(candidate, item)? {
            n += 1;
        }
    }
    Ok(Value::Int(n))
}

/// The items sorted by the keyword arguments `key` and `reverse`.
pub fn sort_arguments(vm: &mut Vm, args: &Args, items: Vec<Value>) -> R<Vec<Value>> {
    for name in args.names {
        if !matches!(&*name.text(), "key" | "reverse") {
            return vm.type_error(format!("'{name}' is an invalid keyword argument for sort()"));
        }
    }
    let key = args.named("key").cloned().unwrap_or(Value::None);
    let reverse = match args.named("reverse") {
        Some(value) => {
            let value = value.clone();
            vm.truth(&value)?
        }
        None => false,
    };
    sort(vm, items, &key, reverse)
}

/// The items in order, stably. The key function is called once an item, in order; then keys are compared
/// with `<` only.
pub fn sort(vm: &mut Vm, items: Vec<Value>, key: &Value, reverse: bool) -> R<Vec<Value>> {
    let mut pairs = Vec::with_capacity(items.len());
    if key.is_none() {
        pairs.extend(items.into_iter().map(|item| (item.clone(), item)));
    } else {
        for item in items {
            let sort_key = vm.call(key, std::slice::from_ref(&item))?;
            pairs.push((sort_key, item));
        }
    }
    // Equal elements keep their order also when the result is reversed.
    if reverse {
        pairs.reverse();
    }
    if pairs.iter().all(|(k, _)| matches!(k, Value::Int(_) | Value::Bool(_))) {
        let number = |v: &Value| match v {
            Value::Int(i) => *i,
            Value::Bool(b) => *b as i64,
            _ => 0,
        };
        pairs.sort_by_key(|(k, _)| number(k));
    } else if pairs.iter().all(|(k, _)| matches!(k, Value::Str(_))) {
        pairs.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
    } else if pairs.iter().all(|(k, _)| matches!(k, Value::Float(f) if !f.is_nan())) {
        let number = |v: &Value| if let Value::Float(f) = v { *f } else { 0.0 };
        pairs.sort_by(|(a, _), (b, _)| number(a).partial_cmp(&number(b)).unwrap_or(Ordering::Equal));
    } else {
        merge_sort(vm, &mut pairs)?;
    }
    if reverse {
        pairs.reverse();
    }
    Ok(pairs.into_iter().map(|(_, item)| item).collect())
}

fn is_less(vm: &mut Vm, a: &Value, b: &Value) -> R<bool> {
    if let Some(truth) = vm.builtin_compare(CompareOp::Lt, a, b)? {
        return Ok(truth);
    }
    let value = vm.compare_op(CompareOp::Lt, a, b)?;
    vm.truth(&value)
}

/// Runs that are in order already stay; short ones are filled by binary insertion, then merged.
fn merge_sort(vm: &mut Vm, pairs: &mut Vec<(Value, Value)>) -> R<()> {
    const SHORT: usize = 16;
    let n = pairs.len();
    let mut start = 0;
    let mut sorted_to = 1;
    while sorted_to < n && !is_less(vm, &pairs[sorted_to].0.clone(), &pairs[sorted_to - 1].0.clone())? {
        sorted_to += 1;
    }
    if sorted_to >= n {
        return Ok(());
    }
    while start < n {
        let end = (start + SHORT).min(n);
        for i in start.max(1).max(if start == 0 { sorted_to.min(end) } else { start + 1 })..end {
            let pivot = pairs[i].0.clone();
            let (mut low, mut high) = (start, i);
            while low < high {
                let middle = (low + high) / 2;
                if is_less(vm, &pivot, &pairs[middle].0.clone())? {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            pairs[low..=i].rotate_right(1);
        }
        start = end;
    }
    let mut width = SHORT;
    while width < n {
        let mut merged = Vec::with_capacity(n);
        let mut start = 0;
        while start < n {
            let (middle, end) = ((start + width).min(n), (start + 2 * width).min(n));
            let (mut i, mut j) = (start, middle);
            if middle < end && !is_less(vm, &pairs[middle].0.clone(), &pairs[middle - 1].0.clone())? {
                merged.extend_from_slice(&pairs[start..end]);
                start = end;
                continue;
            }
            while i < middle && j < end {
                if is_less(vm, &pairs[j].0.clone(), &pairs[i].0.clone())? {
                    merged.push(pairs[j].clone());
                    j += 1;
                } else {
                    merged.push(pairs[i].clone());
                    i += 1;
                }
            }
            merged.extend_from_slice(&pairs[i..middle]);
            merged.extend_from_slice(&pairs[j..end]);
            start = end;
        }
        *pairs = merged;
        width *= 2;
    }
    Ok(())
}
