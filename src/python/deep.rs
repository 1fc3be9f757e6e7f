//! Dropping long chains of objects without the host's stack.
//!
//! The last reference to a list drops its elements, which drop theirs: a chain of a hundred thousand nodes would
//! recurse as often, and end the host's stack. Every object that can hold others hands its contents to [`release`]
//! when it is dropped. Down to a fixed depth they are dropped at once, so that finalisers run in the usual order;
//! what lies deeper waits until the outermost drop gets to it.

use std::any::Any;
use std::cell::{Cell, RefCell};

use super::value::Value;

/// How many drops may be under way, one inside the other.
const MAX_DEPTH: u32 = 50;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LIVING: Cell<usize> = const { Cell::new(0) };
    static WAITING: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// How many objects live that are counted: instances, dicts and sets, generators and coroutines. The rest is small
/// beside them, or belongs to them.
pub fn n_living() -> usize {
    LIVING.get()
}

/// An object that is counted begins to live.
#[inline]
pub fn born() {
    LIVING.set(LIVING.get() + 1);
}

/// It is dropped.
#[inline]
pub fn died() {
    LIVING.set(LIVING.get() - 1);
}

/// Drops what an object held.
pub fn release<T: 'static>(contents: T) {
    let depth = DEPTH.get();
    if depth >= MAX_DEPTH {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(contents)));
        return;
    }
    DEPTH.set(depth + 1);
    drop(contents);
    while depth == 0
        && let Some(next) = WAITING.with_borrow_mut(Vec::pop)
    {
        drop(next);
    }
    DEPTH.set(depth);
}

/// The value can hold others, so that dropping it may go on.
#[inline]
pub fn holds_others(value: &Value) -> bool {
    match value {
        Value::Null
        | Value::None
        | Value::Ellipsis
        | Value::NotImplemented
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Big(_)
        | Value::Str(_)
        | Value::Bytes(_)
        | Value::Range(_)
        | Value::Native(_)
        | Value::Class(_)
        | Value::Module(_)
        | Value::Code(_) => false,
        Value::Tuple(_)
        | Value::List(_)
        | Value::Dict(_)
        | Value::Set(_)
        | Value::Slice(_)
        | Value::Func(_)
        | Value::Bound(_)
        | Value::Instance(_)
        | Value::Gen(_)
        | Value::Iter(_)
        | Value::Cell(_)
        | Value::Obj(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::python::dict::Dict;
    use crate::python::iterator::{Iter, State};
    use crate::python::value;

    /// As deep as no stack reaches.
    const DEEP: usize = 1_000_000;

    fn chain(link: impl Fn(Value) -> Value) {
        let mut value = Value::None;
        for _ in 0..DEEP {
            value = link(value);
        }
        drop(value);
        assert_eq!(DEPTH.get(), 0);
        assert!(WAITING.with_borrow(Vec::is_empty));
    }

    #[test]
    fn chains_of_any_length_are_dropped() {
        chain(|inside| Value::list(vec![inside]));
        chain(|inside| Value::tuple([inside]));
        chain(|inside| {
            let dict = Dict::new();
            dict.set_str("next", inside);
            Value::Dict(Rc::new(dict))
        });
        chain(|inside| Value::Cell(Rc::new(value::Cell { value: inside.into() })));
        chain(|inside| Iter::value(State::Enumerate(inside, 0)));
    }

    #[test]
    fn what_is_shared_survives() {
        let shared = Value::list(vec![Value::Int(1)]);
        let mut chain = shared.clone();
        for _ in 0..DEEP {
            chain = Value::list(vec![chain]);
        }
        drop(chain);
        let Value::List(list) = &shared else { unreachable!("made above") };
        assert_eq!((Rc::strong_count(list), list.items.borrow().len()), (1, 1));
    }
}
