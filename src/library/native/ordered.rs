//! `_heapq` and `_bisect`: heaps and binary search in lists.
//!
//! Items may compare by Python, so these are routines. They compare and move items exactly as CPython's C does
//! (Modules/_heapqmodule.c, Modules/_bisectmodule.c): the order in which equal items come out is observable (S-AIO-05).

use std::rc::Rc;

use super::{Functions, add_functions, required};
use crate::python::builtins::given;
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::value::{List, Value};
use crate::python::vm::routine::Link;
use crate::python::vm::{ErrorKind, R, Vm};

/// `_heapq`
pub fn fill_heapq(_: &mut Vm, module: &Rc<Module>) {
    add_functions(module, HEAPQ);
}

/// `_bisect`
pub fn fill_bisect(_: &mut Vm, module: &Rc<Module>) {
    add_functions(module, BISECT);
}

const HEAPQ: Functions = &[
    ("heappush", |vm, args| push(vm, args, "heappush", First::Least)),
    ("heappop", |vm, args| pop(vm, args, "heappop", First::Least)),
    ("heapreplace", |vm, args| replace(vm, args, "heapreplace", First::Least)),
    ("heappushpop", |vm, args| push_and_pop(vm, args, "heappushpop", First::Least)),
    ("heapify", |vm, args| heapify(vm, args, "heapify", First::Least)),
    ("heappush_max", |vm, args| push(vm, args, "heappush_max", First::Greatest)),
    ("heappop_max", |vm, args| pop(vm, args, "heappop_max", First::Greatest)),
    ("heapreplace_max", |vm, args| replace(vm, args, "heapreplace_max", First::Greatest)),
    ("heappushpop_max", |vm, args| push_and_pop(vm, args, "heappushpop_max", First::Greatest)),
    ("heapify_max", |vm, args| heapify(vm, args, "heapify_max", First::Greatest)),
];

/// Which item a heap gives first.
#[derive(Clone, Copy)]
enum First {
    Least,
    Greatest,
}

impl First {
    /// Whether `a` goes before `b`, strictly.
    async fn is(self, link: &Link, a: &Value, b: &Value) -> R<bool> {
        match self {
            First::Least => link.less(a, b).await,
            First::Greatest => link.less(b, a).await,
        }
    }
}

fn push(vm: &mut Vm, args: &Args, name: &str, first: First) -> R {
    let (heap, item) = heap_and_item(vm, args, name)?;
    vm.routine(move |link| async move {
        let at = heap.items.borrow().len();
        heap.items.borrow_mut().push(item);
        rise(&link, &heap, 0, at, first).await
    })
}

fn pop(vm: &mut Vm, args: &Args, name: &str, first: First) -> R {
    given(vm, args, name, 1, 1)?;
    let heap = heap_of(vm, args, name)?;
    let Some(last) = heap.items.borrow_mut().pop() else { return index_error(vm) };
    if heap.items.borrow().is_empty() {
        return Ok(last);
    }
    vm.routine(move |link| async move {
        let popped = put(&heap, 0, last);
        sink(&link, &heap, 0, first).await?;
        Ok(popped)
    })
}

fn replace(vm: &mut Vm, args: &Args, name: &str, first: First) -> R {
    let (heap, item) = heap_and_item(vm, args, name)?;
    if heap.items.borrow().is_empty() {
        return index_error(vm);
    }
    vm.routine(move |link| async move {
        let popped = put(&heap, 0, item);
        sink(&link, &heap, 0, first).await?;
        Ok(popped)
    })
}

fn push_and_pop(vm: &mut Vm, args: &Args, name: &str, first: First) -> R {
    let (heap, item) = heap_and_item(vm, args, name)?;
    vm.routine(move |link| async move {
        let top = heap.items.borrow().first().cloned();
        match top {
            Some(top) if first.is(&link, &top, &item).await? => {
                if heap.items.borrow().is_empty() {
                    return link.error(ErrorKind::Index, "index out of range").await;
                }
                let popped = put(&heap, 0, item);
                sink(&link, &heap, 0, first).await?;
                Ok(popped)
            }
            _ => Ok(item),
        }
    })
}

fn heapify(vm: &mut Vm, args: &Args, name: &str, first: First) -> R {
    given(vm, args, name, 1, 1)?;
    let heap = heap_of(vm, args, name)?;
    vm.routine(move |link| async move {
        let n = heap.items.borrow().len();
        for at in (0..n / 2).rev() {
            sink(&link, &heap, at, first).await?;
        }
        Ok(Value::None)
    })
}

const BISECT: Functions = &[
    ("bisect_left", |vm, args| Search::of(vm, args, "bisect_left")?.run(vm, Side::Left, false)),
    ("bisect_right", |vm, args| Search::of(vm, args, "bisect_right")?.run(vm, Side::Right, false)),
    ("insort_left", |vm, args| Search::of(vm, args, "insort_left")?.run(vm, Side::Left, true)),
    ("insort_right", |vm, args| Search::of(vm, args, "insort_right")?.run(vm, Side::Right, true)),
];

fn heap_of(vm: &mut Vm, args: &Args, name: &str) -> R<Rc<List>> {
    let heap = &args.pos[0];
    match heap.core() {
        Value::List(list) => Ok(list.clone()),
        _ => {
            let kind = vm.type_name(heap);
            vm.type_error(format!("{name}() argument 1 must be list, not {kind}"))
        }
    }
}

fn heap_and_item(vm: &mut Vm, args: &Args, name: &str) -> R<(Rc<List>, Value)> {
    given(vm, args, name, 2, 2)?;
    Ok((heap_of(vm, args, name)?, args.pos[1].clone()))
}

/// `IndexError` of an empty heap.
fn index_error(vm: &mut Vm) -> R {
    Err(vm.error(ErrorKind::Index, "index out of range"))
}

/// Puts an item into a place that is there; returns what was there.
fn put(heap: &List, at: usize, item: Value) -> Value {
    std::mem::replace(&mut heap.items.borrow_mut()[at], item)
}

/// Whether one item goes before another; an error when Python changes the length meanwhile.
async fn goes_before(link: &Link, heap: &List, a: usize, b: usize, first: First) -> R<bool> {
    let (n, x, y) = {
        let items = heap.items.borrow();
        (items.len(), items[a].clone(), items[b].clone())
    };
    let truth = first.is(link, &x, &y).await?;
    if heap.items.borrow().len() != n {
        link.error(ErrorKind::Runtime, "list changed size during iteration").await?;
    }
    Ok(truth)
}

/// Moves the item at `at` up towards `top`.
async fn rise(link: &Link, heap: &List, top: usize, mut at: usize, first: First) -> R {
    while at > top {
        let above = (at - 1) / 2;
        if !goes_before(link, heap, at, above, first).await? {
            break;
        }
        heap.items.borrow_mut().swap(at, above);
        at = above;
    }
    Ok(Value::None)
}

/// Moves the item at `top` to a leaf along the children that go first (the right one when the left does not), then up
/// again.
async fn sink(link: &Link, heap: &List, top: usize, first: First) -> R {
    let n = heap.items.borrow().len();
    let mut at = top;
    while at < n / 2 {
        let left = 2 * at + 1;
        let is_right = left + 1 < n && !goes_before(link, heap, left, left + 1, first).await?;
        let child = left + is_right as usize;
        heap.items.borrow_mut().swap(at, child);
        at = child;
    }
    rise(link, heap, top, at, first).await
}

/// Which side of equal items.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

/// The arguments of a binary search.
struct Search {
    sequence: Value,
    x: Value,
    low: usize,
    high: usize,
    key: Option<Value>,
}

impl Search {
    fn of(vm: &mut Vm, args: &Args, name: &str) -> R<Search> {
        if args.len() > 4 {
            let n = args.len() + args.names.len();
            return vm.type_error(format!("{name}() takes at most 4 positional arguments ({n} given)"));
        }
        let sequence = required(vm, args, 0, "a")?.clone();
        let x = required(vm, args, 1, "x")?.clone();
        let low = match args.get(2, "lo") {
            Some(low) => vm.expect_int(low)?,
            None => 0,
        };
        let Ok(low) = usize::try_from(low) else { return vm.value_error("lo must be non-negative") };
        let high = match args.get(3, "hi") {
            None | Some(Value::None) => vm.length(&sequence)?,
            // Less than nothing is nothing to search, as CPython's 'hi = -1' means the whole.
            Some(high) => match vm.expect_int(high)? {
                -1 => vm.length(&sequence)?,
                high => high,
            },
        };
        let high = high.max(0) as usize;
        let key = args.named("key").filter(|key| !key.is_none()).cloned();
        Ok(Search { sequence, x, low, high, key })
    }

    /// Finds the place of `x`, and puts it there if that is wanted.
    fn run(self, vm: &mut Vm, side: Side, inserts: bool) -> R {
        let insert = match (&self.sequence, inserts) {
            (Value::List(_), _) | (_, false) => None,
            (sequence, true) => Some(vm.get_attribute(sequence, "insert")?),
        };
        vm.routine(move |link| async move {
            let Search { sequence, x, mut low, mut high, key } = self;
            let wanted = match &key {
                Some(key) if inserts => link.call(key, [x.clone()]).await?,
                _ => x.clone(),
            };
            while low < high {
                let middle = low + (high - low) / 2;
                let mut item = link.item(&sequence, middle).await?;
                if let Some(key) = &key {
                    item = link.call(key, [item]).await?;
                }
                let goes_left = match side {
                    Side::Left => !link.less(&item, &wanted).await?,
                    Side::Right => link.less(&wanted, &item).await?,
                };
                if goes_left {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            match (&sequence, insert) {
                (_, Some(insert)) => link.call(&insert, [Value::from(low), x]).await.map(|_| Value::None),
                (Value::List(list), None) if inserts => {
                    let mut items = list.items.borrow_mut();
                    let at = low.min(items.len());
                    items.insert(at, x);
                    Ok(Value::None)
                }
                _ => Ok(Value::from(low)),
            }
        })
    }
}
