//! The objects that may close a cycle, in the order in which they came to life.
//!
//! Whatever can be changed after it was made may come to refer to itself, so every such cycle has an instance, a list,
//! a dict, a cell, a generator or a native object in it. These are entered here when they are made, weakly; the
//! collector of cycles (`vm::collect`) starts from them. Classes are few, and known elsewhere.
//!
//! The entries of the dead go when as many have been made as were left last time, so that one costs the same however
//! many there are.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::dict::Dict;
use super::generator::Generator;
use super::instance::Instance;
use super::object::{Data, Obj};
use super::reach::Held;
use super::value::{Cell, List, Value};

/// So many entries are made before the first look for dead ones.
const FIRST_SWEEP: usize = 1 << 14;

/// An object, weakly.
enum Entry {
    Instance(Weak<Instance>),
    List(Weak<List>),
    Dict(Weak<Dict>),
    Gen(Weak<Generator>),
    Cell(Weak<Cell>),
    Obj(Weak<Obj>),
}

/// The objects of one interpreter.
#[derive(Default)]
pub struct Heap {
    entries: Vec<Entry>,
    /// The dead are looked for when there are so many.
    sweep_at: usize,
}

thread_local! {
    /// Those of the interpreter that runs; between runs, what is being made for one that will.
    static CURRENT: RefCell<Heap> = RefCell::default();
}

impl Heap {
    fn add(&mut self, entry: Entry) {
        if self.entries.len() >= self.sweep_at {
            self.entries.retain(Entry::lives);
            self.sweep_at = (self.entries.len() * 2).max(FIRST_SWEEP);
        }
        self.entries.push(entry);
    }
}

impl Entry {
    fn lives(&self) -> bool {
        let count = match self {
            Entry::Instance(x) => x.strong_count(),
            Entry::List(x) => x.strong_count(),
            Entry::Dict(x) => x.strong_count(),
            Entry::Gen(x) => x.strong_count(),
            Entry::Cell(x) => x.strong_count(),
            Entry::Obj(x) => x.strong_count(),
        };
        count > 0
    }

    fn of(held: &Held) -> Option<Entry> {
        let Held::Object(value) = held else { return None };
        Some(match value {
            Value::Instance(x) => Entry::Instance(Rc::downgrade(x)),
            Value::List(x) => Entry::List(Rc::downgrade(x)),
            Value::Dict(x) => Entry::Dict(Rc::downgrade(x)),
            Value::Gen(x) => Entry::Gen(Rc::downgrade(x)),
            Value::Cell(x) => Entry::Cell(Rc::downgrade(x)),
            Value::Obj(x) if matches!(x.data, Data::Native(_)) => Entry::Obj(Rc::downgrade(x)),
            _ => return None,
        })
    }

    fn object(&self) -> Option<Value> {
        Some(match self {
            Entry::Instance(x) => Value::Instance(x.upgrade()?),
            Entry::List(x) => Value::List(x.upgrade()?),
            Entry::Dict(x) => Value::Dict(x.upgrade()?),
            Entry::Gen(x) => Value::Gen(x.upgrade()?),
            Entry::Cell(x) => Value::Cell(x.upgrade()?),
            Entry::Obj(x) => Value::Obj(x.upgrade()?),
        })
    }
}

impl Heap {
    /// Its living objects.
    pub fn objects(&self) -> impl Iterator<Item = Value> {
        self.entries.iter().filter_map(Entry::object)
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

fn add(entry: Entry) {
    // Where the host's thread ends nobody collects.
    let _ = CURRENT.try_with(|current| current.borrow_mut().add(entry));
}

/// The living objects of the interpreter that runs, oldest first.
pub fn living() -> Vec<Value> {
    CURRENT.with_borrow(|current| current.objects().collect())
}

/// From now on the objects come in this order.
pub fn put_in_order<'a>(objects: impl Iterator<Item = &'a Held>) {
    let entries = objects.filter_map(Entry::of).collect();
    CURRENT.with_borrow_mut(|current| current.entries = entries);
}

/// An instance as a value.
#[inline]
pub fn instance(instance: Instance) -> Value {
    let made = Rc::new(instance);
    add(Entry::Instance(Rc::downgrade(&made)));
    Value::Instance(made)
}

/// A list as a value.
#[inline]
pub fn list(items: Vec<Value>) -> Value {
    let made = Rc::new(List { items: RefCell::new(items) });
    add(Entry::List(Rc::downgrade(&made)));
    Value::List(made)
}

/// A dict that may be shared.
#[inline]
pub fn dict(dict: Dict) -> Rc<Dict> {
    let made = Rc::new(dict);
    add(Entry::Dict(Rc::downgrade(&made)));
    made
}

/// A generator as a value.
#[inline]
pub fn generator(generator: Generator) -> Value {
    let made = Rc::new(generator);
    add(Entry::Gen(Rc::downgrade(&made)));
    Value::Gen(made)
}

/// A cell with this value.
#[inline]
pub fn cell(value: Value) -> Value {
    let made = Rc::new(Cell { value: RefCell::new(value) });
    add(Entry::Cell(Rc::downgrade(&made)));
    Value::Cell(made)
}

/// An object that holds others in a way of its own.
pub fn native(object: Obj) -> Value {
    let made = Rc::new(object);
    add(Entry::Obj(Rc::downgrade(&made)));
    Value::Obj(made)
}
