//! Python values: small ones inline, everything else behind a reference count.
//!
//! Counting is what makes finalisation happen when CPython's does: an un-awaited coroutine warns, a
//! `__del__` runs, a generator's `finally` runs at the operation that drops the last reference.

use std::cell::RefCell;
use std::rc::Rc;

use num_bigint::BigInt;
use smallvec::SmallVec;

use super::class::Class;
use super::deep::{holds_others, release};
use super::dict::Dict;
use super::function::{Bound, Function, Native};
use super::generator::Generator;
use super::heap;
use super::instance::Instance;
use super::iterator::Iter;
use super::module::Module;
use super::object::Obj;
use super::set::Set;
use super::text::Str;
use super::unit::Unit;

/// A Python value: 16 bytes.
///
/// What a variant holds is an integer or pointer of one size at one place, on 64 bits, so that a value travels in two
/// registers: hence `Truth` and `Real`, and no variant of another form.
#[derive(Default)]
pub enum Value {
    // What has no storage of its own stands first, so that one comparison tells it apart.
    /// No value: an empty slot, the mark of a plain call.
    #[default]
    Null,
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `NotImplemented`
    NotImplemented,
    /// `True`, `False`
    Bool(Truth),
    /// An `int` of 64 bits.
    Int(i64),
    /// `float`
    Float(Real),
    /// An `int` that needs more than 64 bits; never one that fits.
    Big(Rc<BigInt>),
    /// `str`
    Str(Rc<Str>),
    /// `bytes`
    Bytes(Rc<Vec<u8>>),
    /// `tuple`
    Tuple(Rc<Tuple>),
    /// `list`
    List(Rc<List>),
    /// `dict`
    Dict(Rc<Dict>),
    /// `set`, `frozenset`
    Set(Rc<Set>),
    /// `range`
    Range(Rc<Range>),
    /// `slice`
    Slice(Rc<[Value; 3]>),
    /// A Python function.
    Func(Rc<Function>),
    /// A function implemented in Rust.
    Native(Rc<Native>),
    /// A method bound to an object.
    Bound(Rc<Bound>),
    /// A class, built in or not.
    Class(Rc<Class>),
    /// An instance of a class statement's class, or an exception.
    Instance(Rc<Instance>),
    /// A generator, coroutine or async generator.
    Gen(Rc<Generator>),
    /// An iterator of a built-in type.
    Iter(Rc<Iter>),
    /// A module.
    Module(Rc<Module>),
    /// A cell of a closure (visible as `f.__closure__`).
    Cell(Rc<Cell>),
    /// Compiled code together with its inline caches.
    Code(Rc<Unit>),
    /// Any other built-in object.
    Obj(Rc<Obj>),
}

const _: () = assert!(size_of::<Value>() == 16);

/// A `bool` as a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u64)]
pub enum Truth {
    /// `False`
    False = 0,
    /// `True`
    True = 1,
}

impl Truth {
    /// As Rust has it.
    #[inline(always)]
    pub fn get(self) -> bool {
        self == Truth::True
    }
}

/// A `float` as a word: its bits.
#[derive(Clone, Copy)]
pub struct Real(u64);

impl Real {
    /// As Rust has it.
    #[inline(always)]
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }

    /// See [`f64::to_bits`].
    #[inline(always)]
    pub fn to_bits(self) -> u64 {
        self.0
    }
}

/// A tuple; up to three elements lie in the same allocation.
pub struct Tuple {
    /// The elements; never changed.
    pub items: SmallVec<[Value; 3]>,
}

/// A list.
pub struct List {
    /// The elements.
    pub items: RefCell<Vec<Value>>,
}

/// In the order in which what a list or tuple gives up dies: CPython goes from the end.
pub fn backwards(mut items: Vec<Value>) -> Vec<Value> {
    items.reverse();
    items
}

impl Drop for Tuple {
    fn drop(&mut self) {
        if self.items.iter().any(holds_others) {
            let mut items = std::mem::take(&mut self.items);
            items.reverse();
            release(items);
        }
    }
}

impl Drop for List {
    fn drop(&mut self) {
        if self.items.get_mut().iter().any(holds_others) {
            release(backwards(self.items.take()));
        }
    }
}

impl Drop for Cell {
    fn drop(&mut self) {
        if holds_others(self.value.get_mut()) {
            release(self.value.take());
        }
    }
}

/// A variable shared by a function and the functions inside it.
pub struct Cell {
    /// Its value; `Null` when empty.
    pub value: RefCell<Value>,
}

/// An arithmetic progression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// First element.
    pub start: i64,
    /// Bound, excluded.
    pub stop: i64,
    /// Difference; not 0.
    pub step: i64,
}

impl Range {
    /// How many elements.
    pub fn len(&self) -> usize {
        let (start, stop, step) = (self.start as i128, self.stop as i128, self.step as i128);
        let n = if step > 0 { (stop - start + step - 1) / step } else { (start - stop - step - 1) / -step };
        n.max(0) as usize
    }

    /// No element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Value {
    /// `True` or `False`.
    #[inline(always)]
    pub fn bool(b: bool) -> Value {
        Value::Bool(if b { Truth::True } else { Truth::False })
    }

    /// A float.
    #[inline(always)]
    pub fn float(f: f64) -> Value {
        Value::Float(Real(f.to_bits()))
    }

    /// Drops it; what has no storage of its own costs nothing.
    #[inline(always)]
    pub fn discard(self) {
        match self {
            Value::Null
            | Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_) => std::mem::forget(self),
            other => drop(other),
        }
    }

    /// One more reference to what has storage of its own.
    fn share(&self) -> Value {
        match self {
            Value::Big(x) => Value::Big(x.clone()),
            Value::Str(x) => Value::Str(x.clone()),
            Value::Bytes(x) => Value::Bytes(x.clone()),
            Value::Tuple(x) => Value::Tuple(x.clone()),
            Value::List(x) => Value::List(x.clone()),
            Value::Dict(x) => Value::Dict(x.clone()),
            Value::Set(x) => Value::Set(x.clone()),
            Value::Range(x) => Value::Range(x.clone()),
            Value::Slice(x) => Value::Slice(x.clone()),
            Value::Func(x) => Value::Func(x.clone()),
            Value::Native(x) => Value::Native(x.clone()),
            Value::Bound(x) => Value::Bound(x.clone()),
            Value::Class(x) => Value::Class(x.clone()),
            Value::Instance(x) => Value::Instance(x.clone()),
            Value::Gen(x) => Value::Gen(x.clone()),
            Value::Iter(x) => Value::Iter(x.clone()),
            Value::Module(x) => Value::Module(x.clone()),
            Value::Cell(x) => Value::Cell(x.clone()),
            Value::Code(x) => Value::Code(x.clone()),
            Value::Obj(x) => Value::Obj(x.clone()),
            simple => simple.clone(),
        }
    }

    /// A string.
    pub fn str(text: &str) -> Value {
        Value::Str(Rc::new(Str::new(text)))
    }

    /// A string of one character. Those of ASCII are made once.
    pub fn character(c: char) -> Value {
        thread_local! {
            static ASCII: [Rc<Str>; 128] = std::array::from_fn(|i| Rc::new(Str::new((i as u8 as char).encode_utf8(&mut [0; 4]))));
        }
        if c.is_ascii() {
            ASCII.with(|all| Value::Str(all[c as usize].clone()))
        } else {
            Value::str(c.encode_utf8(&mut [0; 4]))
        }
    }

    /// A string of owned text.
    pub fn string(text: String) -> Value {
        Value::Str(Rc::new(Str::from(text)))
    }

    /// A tuple.
    pub fn tuple(items: impl IntoIterator<Item = Value>) -> Value {
        Value::Tuple(Rc::new(Tuple { items: items.into_iter().collect() }))
    }

    /// A tuple of two.
    pub fn pair(a: Value, b: Value) -> Value {
        Value::Tuple(Rc::new(Tuple { items: SmallVec::from_buf_and_len([a, b, Value::Null], 2) }))
    }

    /// A list.
    pub fn list(items: Vec<Value>) -> Value {
        heap::list(items)
    }

    /// Bytes.
    pub fn bytes(bytes: Vec<u8>) -> Value {
        Value::Bytes(Rc::new(bytes))
    }

    /// An integer of any length, in its shortest form.
    pub fn big(n: BigInt) -> Value {
        match i64::try_from(&n) {
            Ok(small) => Value::Int(small),
            Err(_) => Value::Big(Rc::new(n)),
        }
    }

    /// An integer of 128 bits, in its shortest form.
    pub fn int128(n: i128) -> Value {
        match i64::try_from(n) {
            Ok(small) => Value::Int(small),
            Err(_) => Value::Big(Rc::new(BigInt::from(n))),
        }
    }

    /// The two are one object. Equal small integers, floats of the same bits and `None` are; so are strings
    /// that share their storage.
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) | (Value::None, Value::None) => true,
            (Value::Ellipsis, Value::Ellipsis) | (Value::NotImplemented, Value::NotImplemented) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Tuple(a), Value::Tuple(b)) => Rc::ptr_eq(a, b) || (a.items.is_empty() && b.items.is_empty()),
            (Value::Str(a), Value::Str(b)) => Rc::ptr_eq(a, b) || (a.as_str().len() <= 1 && a.as_str() == b.as_str()),
            _ => match (self.address(), other.address()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }

    /// Where the object lies in the host's memory, for identity only: no program may see it.
    pub fn address(&self) -> Option<usize> {
        fn at<T>(rc: &Rc<T>) -> Option<usize> {
            Some(Rc::as_ptr(rc).cast::<u8>() as usize)
        }
        match self {
            Value::Null
            | Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_) => None,
            Value::Big(x) => at(x),
            Value::Str(x) => at(x),
            Value::Bytes(x) => at(x),
            Value::Tuple(x) => at(x),
            Value::List(x) => at(x),
            Value::Dict(x) => at(x),
            Value::Set(x) => at(x),
            Value::Range(x) => at(x),
            Value::Slice(x) => at(x),
            Value::Func(x) => at(x),
            Value::Native(x) => at(x),
            Value::Bound(x) => at(x),
            Value::Class(x) => at(x),
            Value::Instance(x) => at(x),
            Value::Gen(x) => at(x),
            Value::Iter(x) => at(x),
            Value::Module(x) => at(x),
            Value::Cell(x) => at(x),
            Value::Code(x) => at(x),
            Value::Obj(x) => at(x),
        }
    }

    /// `None`
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// No value at all.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The text of a `str` (or of an instance of a subclass).
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(s) => Some(s.as_str()),
            Value::Instance(i) => match i.payload() {
                Some(Value::Str(s)) => Some(s.as_str()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The built-in value inside an instance of a subclass of a built-in type; itself otherwise.
    pub fn core(&self) -> &Value {
        match self {
            Value::Instance(i) => i.payload().unwrap_or(self),
            _ => self,
        }
    }
}

impl Clone for Value {
    /// What has no storage of its own is copied in place; the count of what has is one call away.
    #[inline(always)]
    fn clone(&self) -> Value {
        match self {
            Value::Null => Value::Null,
            Value::None => Value::None,
            Value::Ellipsis => Value::Ellipsis,
            Value::NotImplemented => Value::NotImplemented,
            Value::Bool(truth) => Value::Bool(*truth),
            Value::Int(int) => Value::Int(*int),
            Value::Float(float) => Value::Float(*float),
            counted => counted.share(),
        }
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Value {
        Value::bool(b)
    }
}

impl From<usize> for Value {
    fn from(n: usize) -> Value {
        Value::Int(n as i64)
    }
}
