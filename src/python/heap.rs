//! The objects that may close a cycle, in the order in which they came to life.
//!
//! What can be changed after it was made may come to refer to itself, so every cycle has an instance, a list, a dict, a
//! cell, a function, a generator or a native object in it. These are entered here when they are made, weakly; the
//! collector of cycles (`vm::collect`) starts from them. Classes are few, and known elsewhere.
//!
//! The entries of the dead go when as many have been made as were left last time, so that one costs the same however
//! many there are.

use std::cell::RefCell;
use std::rc::Rc;

use super::dict::Dict;
use super::function::Function;
use super::generator::Generator;
use super::instance::Instance;
use super::object::Obj;
use super::reach::{Held, Weakly};
use super::value::{Cell, List, Value};

/// So many entries are made before the first look for dead ones.
const FIRST_SWEEP: usize = 1 << 14;

/// The objects of one interpreter.
#[derive(Default)]
pub struct Heap {
    entries: Vec<Weakly>,
    /// The dead are looked for when there are so many.
    sweep_at: usize,
}

thread_local! {
    /// Those of the interpreter that runs; between runs, what is being made for one that will.
    static CURRENT: RefCell<Heap> = RefCell::default();
}

impl Heap {
    fn add(&mut self, entry: Weakly) {
        if self.entries.len() >= self.sweep_at {
            self.entries.retain(Weakly::lives);
            self.sweep_at = (self.entries.len() * 2).max(FIRST_SWEEP);
        }
        self.entries.push(entry);
    }
}

impl Heap {
    /// What of it lives.
    pub fn living(&self) -> impl Iterator<Item = Held> {
        self.entries.iter().filter_map(Weakly::held)
    }

    /// An interpreter with this heap runs from now on. What was made before, for it, belongs to it.
    pub fn enter(&mut self) {
        CURRENT.with_borrow_mut(|current| {
            let made = std::mem::replace(current, std::mem::take(self));
            current.entries.extend(made.entries);
        });
    }

    /// It stops.
    pub fn leave(&mut self) {
        *self = CURRENT.take();
    }
}

fn add(entry: Weakly) {
    // Where the host's thread ends nobody collects.
    let _ = CURRENT.try_with(|current| current.borrow_mut().add(entry));
}

/// The living objects of the interpreter that runs, in their order.
pub fn living() -> Vec<Held> {
    CURRENT.with_borrow(|current| current.living().collect())
}

/// From now on the objects come in this order. A collection has found those too that are not entered when they are made.
pub fn put_in_order<'a>(objects: impl Iterator<Item = &'a Held>) {
    let entries = objects.filter_map(Held::weakly).collect();
    CURRENT.with_borrow_mut(|current| current.entries = entries);
}

/// An instance as a value.
#[inline]
pub fn instance(instance: Instance) -> Value {
    let made = Rc::new(instance);
    add(Weakly::Instance(Rc::downgrade(&made)));
    Value::Instance(made)
}

/// A list as a value.
#[inline]
pub fn list(items: Vec<Value>) -> Value {
    let made = Rc::new(List { items: RefCell::new(items) });
    add(Weakly::List(Rc::downgrade(&made)));
    Value::List(made)
}

/// A dict that may be shared.
#[inline]
pub fn dict(dict: Dict) -> Rc<Dict> {
    let made = Rc::new(dict);
    add(Weakly::Dict(Rc::downgrade(&made)));
    made
}

/// A generator as a value.
#[inline]
pub fn generator(generator: Generator) -> Value {
    let made = Rc::new(generator);
    add(Weakly::Gen(Rc::downgrade(&made)));
    Value::Gen(made)
}

/// A cell with this value.
#[inline]
pub fn cell(value: Value) -> Value {
    let made = Rc::new(Cell { value: RefCell::new(value) });
    add(Weakly::Cell(Rc::downgrade(&made)));
    Value::Cell(made)
}

/// A function as a value.
pub fn function(function: Function) -> Value {
    let made = Rc::new(function);
    add(Weakly::Func(Rc::downgrade(&made)));
    Value::Func(made)
}

/// An object that holds others in a way of its own.
pub fn native(object: Obj) -> Value {
    let made = Rc::new(object);
    add(Weakly::Obj(Rc::downgrade(&made)));
    Value::Obj(made)
}
