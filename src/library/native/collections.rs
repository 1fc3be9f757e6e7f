//! `_collections`: `deque`; the dicts are in `mappings`.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::{add_class, make_object, mappings, required};
use crate::python::builtins::arity;
use crate::python::class::{Class, Layout};
use crate::python::code::CompareOp;
use crate::python::function::{Args, NativeKind};
use crate::python::module::Module;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::{Data, NativeData, Obj};
use crate::python::types::Method;
use crate::python::types::list::{count, str_as_repr};
use crate::python::value::Value;
use crate::python::vm::{Copier, ErrorKind, R, Vm};

use NativeKind::{ClassMethod, Getter, Method as M, StaticMethod};

/// A queue with two ends.
struct Deque {
    items: RefCell<VecDeque<Value>>,
    maxlen: Cell<Option<usize>>,
    /// Counts changes, for iterators.
    version: Cell<u64>,
}

/// Where an iterator over a deque is.
struct DequeIterator {
    deque: RefCell<Value>,
    version: u64,
    /// Elements given so far.
    given: Cell<usize>,
    reversed: bool,
}

impl NativeData for Deque {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn emptied(&self) -> Box<dyn NativeData> {
        Box::new(Deque { items: RefCell::default(), maxlen: self.maxlen.clone(), version: self.version.clone() })
    }

    fn fill(&self, copy: &dyn NativeData, copier: &mut Copier) {
        let copy: &Deque = copy.as_any().downcast_ref().expect("a copy has its original's type");
        copy.items.borrow_mut().extend(self.items().iter().map(|item| copier.value(item)));
    }

    fn each(&self, see: &mut dyn FnMut(&Value)) {
        self.items.borrow().iter().for_each(see);
    }

    fn clear(&self) {
        drop(self.items.take());
    }

    fn length(&self) -> Option<usize> {
        Some(self.items.borrow().len())
    }
}

impl NativeData for DequeIterator {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn emptied(&self) -> Box<dyn NativeData> {
        let deque = RefCell::default();
        Box::new(DequeIterator { deque, version: self.version, given: self.given.clone(), reversed: self.reversed })
    }

    fn fill(&self, copy: &dyn NativeData, copier: &mut Copier) {
        let copy: &DequeIterator = copy.as_any().downcast_ref().expect("a copy has its original's type");
        let deque = copier.value(&self.deque.borrow());
        *copy.deque.borrow_mut() = deque;
    }

    fn each(&self, see: &mut dyn FnMut(&Value)) {
        see(&self.deque.borrow());
    }
}

/// `deque`, `defaultdict`, `OrderedDict`.
pub fn fill(vm: &mut Vm, module: &Rc<Module>) {
    let object = vm.types.object.clone();
    let class = add_class(module, "deque", &object, Layout::Builtin("collections.deque"), METHODS);
    class.dict.borrow_mut().insert(names::MODULE, Value::str("collections"));
    class.dict.borrow_mut().insert(names::HASH, Value::None);
    class.changed();
    add_class(module, "_deque_iterator", &object, Layout::Plain, ITERATOR_METHODS);
    mappings::fill(vm, module);
}

impl Deque {
    fn new(maxlen: Option<usize>) -> Deque {
        Deque { items: RefCell::default(), maxlen: Cell::new(maxlen), version: Cell::new(0) }
    }

    fn changed(&self) {
        self.version.set(self.version.get() + 1);
    }

    fn is_full(&self) -> bool {
        self.maxlen.get().is_some_and(|max| self.items.borrow().len() >= max)
    }

    /// Appends; returns what fell off the other end.
    fn push_back(&self, value: Value) -> Option<Value> {
        self.changed();
        if self.maxlen.get() == Some(0) {
            return Some(value);
        }
        let dropped = if self.is_full() { self.items.borrow_mut().pop_front() } else { None };
        self.items.borrow_mut().push_back(value);
        dropped
    }

    fn push_front(&self, value: Value) -> Option<Value> {
        self.changed();
        if self.maxlen.get() == Some(0) {
            return Some(value);
        }
        let dropped = if self.is_full() { self.items.borrow_mut().pop_back() } else { None };
        self.items.borrow_mut().push_front(value);
        dropped
    }

    fn items(&self) -> Vec<Value> {
        self.items.borrow().iter().cloned().collect()
    }
}

fn of(value: Option<&Value>) -> Option<&Deque> {
    match value.map(Value::core) {
        Some(Value::Obj(o)) => match &o.data {
            Data::Native(data) => data.as_any().downcast_ref(),
            _ => None,
        },
        _ => None,
    }
}

fn deque<'a>(vm: &mut Vm, args: &Args<'a>) -> R<&'a Deque> {
    match of(args.pos.first()) {
        Some(deque) => Ok(deque),
        None => vm.type_error("a deque is expected"),
    }
}

/// A new deque of the class of another.
fn like(vm: &mut Vm, model: &Value, maxlen: Option<usize>, items: Vec<Value>) -> R {
    let made = Deque::new(maxlen);
    for item in items {
        drop(made.push_back(item));
    }
    let class = Value::Class(vm.class_of(model));
    make_object(vm, &class, Data::Native(Box::new(made)))
}

const METHODS: &[Method] = &[
    ("deque.__new__", StaticMethod, |vm, args| {
        let class = required(vm, args, 0, "cls")?.clone();
        make_object(vm, &class, Data::Native(Box::new(Deque::new(None))))
    }),
    ("deque.__init__", M, |vm, args| {
        let maxlen = match args.get(2, "maxlen") {
            None | Some(Value::None) => None,
            Some(value) => match vm.index(value, false)? {
                Some(n) if n >= 0 => Some(n as usize),
                Some(_) => return vm.value_error("maxlen must be non-negative"),
                None => return vm.type_error("an integer is required"),
            },
        };
        let items = match args.get(1, "iterable") {
            Some(iterable) => vm.collect(iterable)?,
            None => Vec::new(),
        };
        let deque = deque(vm, args)?;
        deque.maxlen.set(maxlen);
        let old = deque.items.take();
        for item in items {
            drop(deque.push_back(item));
        }
        drop(old);
        Ok(Value::None)
    }),
    ("deque.append", M, |vm, args| {
        arity(vm, args, "deque.append", 1, 1)?;
        let dropped = deque(vm, args)?.push_back(args.pos[1].clone());
        drop(dropped);
        Ok(Value::None)
    }),
    ("deque.appendleft", M, |vm, args| {
        arity(vm, args, "deque.appendleft", 1, 1)?;
        let dropped = deque(vm, args)?.push_front(args.pos[1].clone());
        drop(dropped);
        Ok(Value::None)
    }),
    ("deque.pop", M, |vm, args| {
        arity(vm, args, "deque.pop", 0, 0)?;
        let deque = deque(vm, args)?;
        let found = deque.items.borrow_mut().pop_back();
        deque.changed();
        found.ok_or_else(|| vm.error(ErrorKind::Index, "pop from an empty deque"))
    }),
    ("deque.popleft", M, |vm, args| {
        arity(vm, args, "deque.popleft", 0, 0)?;
        let deque = deque(vm, args)?;
        let found = deque.items.borrow_mut().pop_front();
        deque.changed();
        found.ok_or_else(|| vm.error(ErrorKind::Index, "pop from an empty deque"))
    }),
    ("deque.extend", M, |vm, args| extend(vm, args, "deque.extend", false)),
    ("deque.extendleft", M, |vm, args| extend(vm, args, "deque.extendleft", true)),
    ("deque.__iadd__", M, |vm, args| {
        extend(vm, args, "deque.__iadd__", false)?;
        Ok(args.pos[0].clone())
    }),
    ("deque.rotate", M, |vm, args| {
        arity(vm, args, "rotate", 0, 1)?;
        let n = match args.pos.get(1) {
            Some(n) => vm.expect_int(n)?,
            None => 1,
        };
        let deque = deque(vm, args)?;
        let mut items = deque.items.borrow_mut();
        if !items.is_empty() {
            let n = n.rem_euclid(items.len() as i64) as usize;
            items.rotate_right(n);
        }
        deque.changed();
        Ok(Value::None)
    }),
    ("deque.clear", M, |vm, args| {
        let deque = deque(vm, args)?;
        deque.changed();
        let old = deque.items.take();
        drop(old);
        Ok(Value::None)
    }),
    ("deque.copy", M, copy),
    ("deque.__copy__", M, copy),
    ("deque.count", M, |vm, args| {
        arity(vm, args, "deque.count", 1, 1)?;
        let deque = deque(vm, args)?;
        count(vm, |i| deque.items.borrow().get(i).cloned(), &args.pos[1])
    }),
    ("deque.index", M, |vm, args| {
        arity(vm, args, "index", 1, 3)?;
        let deque = deque(vm, args)?;
        let (start, stop) = crate::python::types::list::bounds(vm, args, deque.items.borrow().len())?;
        let at = |i: usize| deque.items.borrow().get(i).cloned();
        if let Some(i) = vm.position_of(at, &args.pos[1], start, stop)? {
            return Ok(Value::from(i));
        }
        let item = vm.repr(&args.pos[1])?;
        vm.value_error(format!("{item} is not in deque"))
    }),
    ("deque.insert", M, |vm, args| {
        arity(vm, args, "insert", 2, 2)?;
        let at = vm.expect_int(&args.pos[1])?;
        let deque = deque(vm, args)?;
        if deque.is_full() {
            return Err(vm.error(ErrorKind::Index, "deque already at its maximum size"));
        }
        let mut items = deque.items.borrow_mut();
        let len = items.len() as i64;
        let at = if at < 0 { (at + len).max(0) } else { at.min(len) };
        items.insert(at as usize, args.pos[2].clone());
        deque.changed();
        Ok(Value::None)
    }),
    ("deque.remove", M, |vm, args| {
        arity(vm, args, "deque.remove", 1, 1)?;
        let deque = deque(vm, args)?;
        let at = |i: usize| deque.items.borrow().get(i).cloned();
        if let Some(i) = vm.position_of(at, &args.pos[1], 0, usize::MAX)? {
            let old = deque.items.borrow_mut().remove(i);
            deque.changed();
            drop(old);
            return Ok(Value::None);
        }
        let item = vm.repr(&args.pos[1])?;
        vm.value_error(format!("{item} is not in deque"))
    }),
    ("deque.reverse", M, |vm, args| {
        let deque = deque(vm, args)?;
        deque.items.borrow_mut().make_contiguous().reverse();
        deque.changed();
        Ok(Value::None)
    }),
    ("deque.maxlen", Getter, |vm, args| Ok(deque(vm, args)?.maxlen.get().map_or(Value::None, Value::from))),
    ("deque.__len__", M, |vm, args| Ok(Value::from(deque(vm, args)?.items.borrow().len()))),
    ("deque.__getitem__", M, |vm, args| {
        let at = place(vm, args)?;
        Ok(deque(vm, args)?.items.borrow()[at].clone())
    }),
    ("deque.__setitem__", M, |vm, args| {
        arity(vm, args, "__setitem__", 2, 2)?;
        let at = place(vm, args)?;
        let old = std::mem::replace(&mut deque(vm, args)?.items.borrow_mut()[at], args.pos[2].clone());
        drop(old);
        Ok(Value::None)
    }),
    ("deque.__delitem__", M, |vm, args| {
        let at = place(vm, args)?;
        let deque = deque(vm, args)?;
        deque.changed();
        let old = deque.items.borrow_mut().remove(at);
        drop(old);
        Ok(Value::None)
    }),
    ("deque.__contains__", M, |vm, args| {
        arity(vm, args, "deque.__contains__", 1, 1)?;
        let deque = deque(vm, args)?;
        let at = |i: usize| deque.items.borrow().get(i).cloned();
        Ok(Value::bool(vm.position_of(at, &args.pos[1], 0, usize::MAX)?.is_some()))
    }),
    ("deque.__iter__", M, |vm, args| iterator(vm, args, false)),
    ("deque.__reversed__", M, |vm, args| iterator(vm, args, true)),
    ("deque.__add__", M, |vm, args| {
        arity(vm, args, "deque.__add__", 1, 1)?;
        let Some(other) = of(args.pos.get(1)) else {
            let what = vm.type_name(&args.pos[1]);
            return vm.type_error(format!("can only concatenate deque (not \"{what}\") to deque"));
        };
        let own = deque(vm, args)?;
        let mut items = own.items();
        items.extend(other.items());
        like(vm, &args.pos[0], own.maxlen.get(), items)
    }),
    ("deque.__mul__", M, repeat),
    ("deque.__rmul__", M, repeat),
    ("deque.__eq__", M, |vm, args| compare(vm, args, CompareOp::Eq)),
    ("deque.__ne__", M, |vm, args| compare(vm, args, CompareOp::Ne)),
    ("deque.__lt__", M, |vm, args| compare(vm, args, CompareOp::Lt)),
    ("deque.__le__", M, |vm, args| compare(vm, args, CompareOp::Le)),
    ("deque.__gt__", M, |vm, args| compare(vm, args, CompareOp::Gt)),
    ("deque.__ge__", M, |vm, args| compare(vm, args, CompareOp::Ge)),
    ("deque.__repr__", M, repr),
    ("deque.__str__", M, str_as_repr),
    ("deque.__class_getitem__", ClassMethod, |vm, args| {
        arity(vm, args, "__class_getitem__", 1, 1)?;
        let types = vm.import_module("types")?;
        let alias = vm.get_attribute(&types, "GenericAlias")?;
        vm.call(&alias, args.pos)
    }),
];

fn extend(vm: &mut Vm, args: &Args, name: &str, left: bool) -> R {
    arity(vm, args, name, 1, 1)?;
    let items = match of(args.pos.get(1)) {
        Some(other) => other.items(),
        None => vm.collect(&args.pos[1])?,
    };
    let deque = deque(vm, args)?;
    for item in items {
        drop(if left { deque.push_front(item) } else { deque.push_back(item) });
    }
    Ok(Value::None)
}

fn copy(vm: &mut Vm, args: &Args) -> R {
    let own = deque(vm, args)?;
    like(vm, &args.pos[0], own.maxlen.get(), own.items())
}

fn repeat(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "deque.__mul__", 1, 1)?;
    let n = vm.expect_int(&args.pos[1])?.max(0) as usize;
    let own = deque(vm, args)?;
    let items = own.items();
    if items.len().saturating_mul(n) > 1 << 26 {
        return Err(vm.error_empty(ErrorKind::Memory));
    }
    let items = std::iter::repeat_n(items, n).flatten().collect();
    like(vm, &args.pos[0], own.maxlen.get(), items)
}

/// The index that the first argument names.
fn place(vm: &mut Vm, args: &Args) -> R<usize> {
    let key = required(vm, args, 1, "index")?;
    let Some(at) = vm.index(key, false)? else {
        let what = vm.type_name(key);
        return vm.type_error(format!("sequence index must be integer, not '{what}'"));
    };
    let len = deque(vm, args)?.items.borrow().len() as i64;
    let at = if at < 0 { at + len } else { at };
    if at < 0 || at >= len {
        return Err(vm.error(ErrorKind::Index, "deque index out of range"));
    }
    Ok(at as usize)
}

fn compare(vm: &mut Vm, args: &Args, operator: CompareOp) -> R {
    arity(vm, args, "comparison", 1, 1)?;
    let Some(other) = of(args.pos.get(1)) else { return Ok(Value::NotImplemented) };
    let own = Value::list(deque(vm, args)?.items());
    let other = Value::list(other.items());
    Ok(vm.builtin_compare(operator, &own, &other)?.map_or(Value::NotImplemented, Value::bool))
}

fn repr(vm: &mut Vm, args: &Args) -> R {
    let own = deque(vm, args)?;
    let (items, maxlen) = (own.items(), own.maxlen.get());
    let name = vm.class_of(&args.pos[0]).name();
    // A deque inside itself shows as three dots.
    let address = args.pos[0].core().address();
    let items: Vec<Value> = items
        .into_iter()
        .map(|item| if item.core().address() == address && address.is_some() { Value::Ellipsis } else { item })
        .collect();
    let has_itself = items.iter().any(|i| matches!(i, Value::Ellipsis));
    let mut inner = vm.repr(&Value::list(items))?;
    if has_itself {
        inner = inner.replace("Ellipsis", "[...]");
    }
    Ok(Value::string(match maxlen {
        Some(max) => format!("{name}({inner}, maxlen={max})"),
        None => format!("{name}({inner})"),
    }))
}

fn iterator(vm: &mut Vm, args: &Args, reversed: bool) -> R {
    let version = deque(vm, args)?.version.get();
    let class: Option<Rc<Class>> = match vm.modules.str("_collections") {
        Some(Value::Module(module)) => match module.dict.name(Sym::new("_deque_iterator")) {
            Some(Value::Class(class)) => Some(class),
            _ => None,
        },
        _ => None,
    };
    let Some(class) = class else { return vm.type_error("the module _collections is gone") };
    let state = DequeIterator { deque: args.pos[0].core().clone().into(), version, given: Cell::new(0), reversed };
    Ok(Obj::value(&class, Data::Native(Box::new(state))))
}

const ITERATOR_METHODS: &[Method] = &[
    ("_deque_iterator.__iter__", M, |_, args| Ok(args.pos[0].clone())),
    ("_deque_iterator.__next__", M, |vm, args| {
        let state: Option<&DequeIterator> = match args.pos.first() {
            Some(Value::Obj(o)) => match &o.data {
                Data::Native(data) => data.as_any().downcast_ref(),
                _ => None,
            },
            _ => None,
        };
        let Some(state) = state else { return vm.type_error("an iterator over a deque is expected") };
        let deque = state.deque.borrow();
        let Some(deque) = of(Some(&deque)) else { return vm.type_error("an iterator over a deque is expected") };
        let items = deque.items.borrow();
        let given = state.given.get();
        if given < items.len() && deque.version.get() != state.version {
            return Err(vm.error(ErrorKind::Runtime, "deque mutated during iteration"));
        }
        let found = if given >= items.len() {
            None
        } else if state.reversed {
            items.get(items.len() - 1 - given).cloned()
        } else {
            items.get(given).cloned()
        };
        state.given.set(given + 1);
        found.ok_or_else(|| vm.error_empty(ErrorKind::StopIteration))
    }),
];
