//! `id()`: numbers that are the same in every run; the host's addresses are not.
//!
//! A number belongs to one object as long as it lives. Most objects have no room for theirs: it goes with the place
//! in the host's memory, and a weak reference keeps the place from being used again while the number is known.

use std::any::Any;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use super::Vm;
use crate::python::value::Value;

/// Between two numbers.
const STEP: u64 = 0x50;
/// Values without a place: an integer, a string of one character, the constants.
const INTS: u64 = 0x5500_0000_0000;
const CHARACTERS: u64 = 0x5600_0000_0000;
const CONSTANTS: u64 = 0x5700_0000_0000;
/// Values without a place that are too many for a range of their own.
const SPREAD: u64 = 1 << 60;

/// The numbers of one interpreter.
pub(super) struct Ids {
    next: u64,
    /// By place. The references may be dead: then nothing lies at the place.
    by_place: BTreeMap<usize, (u64, Weak<dyn Any>)>,
    /// The dead are removed when so many are known.
    sweep_at: usize,
    /// The number given last and whom it belongs to, if it may be given again after that one's death.
    last: Option<(u64, Weak<dyn Any>)>,
}

impl Ids {
    pub(super) fn new() -> Ids {
        Ids { next: 0x7f00_0000_0000, by_place: BTreeMap::new(), sweep_at: 1024, last: None }
    }

    /// The numbers in a copy of the interpreter: copied objects keep theirs.
    pub(super) fn forked<'a>(&self, copy_of: impl Fn(usize) -> Option<&'a Value>) -> Ids {
        let copied = self.by_place.iter().map(|(place, (id, object))| match copy_of(*place).and_then(weak) {
            Some((place, copy)) => (place, (*id, copy)),
            None => (*place, (*id, object.clone())),
        });
        Ids { next: self.next, by_place: copied.collect(), sweep_at: self.sweep_at, last: None }
    }

    pub(super) fn fresh(&mut self) -> u64 {
        self.next += STEP;
        self.next
    }

    /// A number for an object that has none. Where the object that got one last is dead, its memory would be what
    /// CPython uses next: `id([]) == id([])`.
    fn give(&mut self, to: Weak<dyn Any>) -> u64 {
        let id = match self.last.take() {
            Some((id, of)) if of.strong_count() == 0 => id,
            _ => self.fresh(),
        };
        self.last = Some((id, to));
        id
    }

    fn of_place(&mut self, place: usize, object: Weak<dyn Any>) -> u64 {
        if let Some((id, of)) = self.by_place.get(&place)
            && of.strong_count() > 0
        {
            return *id;
        }
        if self.by_place.len() >= self.sweep_at {
            self.by_place.retain(|_, (_, object)| object.strong_count() > 0);
            self.sweep_at = (self.by_place.len() * 2).max(1024);
        }
        let id = self.give(object.clone());
        self.by_place.insert(place, (id, object));
        id
    }
}

impl Vm {
    /// The number that `id()` shows.
    pub fn id_of(&mut self, value: &Value) -> u64 {
        let spread = |bits: u64| SPREAD | (bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 8) << 4;
        let cell = match value {
            Value::Instance(i) => &i.id,
            Value::Func(f) => &f.id,
            Value::Gen(g) => &g.id,
            Value::Obj(o) => &o.id,
            Value::Int(i) if (i.unsigned_abs()) < 1 << 32 => return INTS.wrapping_add_signed(*i * 32),
            Value::Int(i) => return spread(*i as u64),
            Value::Float(f) => return spread(f.to_bits()) | 8,
            Value::Null | Value::None => return CONSTANTS,
            Value::Ellipsis => return CONSTANTS + 0x20,
            Value::NotImplemented => return CONSTANTS + 0x40,
            Value::Bool(b) => return CONSTANTS + 0x60 + 0x20 * *b as u64,
            Value::Tuple(t) if t.items.is_empty() => return CONSTANTS + 0xa0,
            Value::Str(s) if s.as_str().is_empty() => return CONSTANTS + 0xc0,
            // Two strings of the same character are one object.
            Value::Str(s) if s.as_str().len() == 1 => return CHARACTERS + u64::from(s.as_str().as_bytes()[0]) * 0x40,
            _ => match weak(value) {
                Some((place, object)) => return self.ids.of_place(place, object),
                None => return CONSTANTS,
            },
        };
        if cell.get() == 0 {
            let id = match weak(value) {
                // The object's own `__del__` or `close` may run after its death, with the same number.
                Some((_, object)) if !may_rise(value) => self.ids.give(object),
                _ => self.ids.fresh(),
            };
            cell.set(id);
        }
        cell.get()
    }
}

fn may_rise(value: &Value) -> bool {
    match value {
        Value::Instance(i) => i.class().traits().has_del,
        Value::Gen(_) => true,
        _ => false,
    }
}

/// The object's place in the host's memory and a weak reference to it.
fn weak(value: &Value) -> Option<(usize, Weak<dyn Any>)> {
    fn to<T: Any>(rc: &Rc<T>) -> Option<(usize, Weak<dyn Any>)> {
        let weak: Weak<T> = Rc::downgrade(rc);
        Some((Rc::as_ptr(rc).cast::<u8>() as usize, weak))
    }
    match value {
        Value::Null
        | Value::None
        | Value::Ellipsis
        | Value::NotImplemented
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_) => None,
        Value::Big(x) => to(x),
        Value::Str(x) => to(x),
        Value::Bytes(x) => to(x),
        Value::Tuple(x) => to(x),
        Value::List(x) => to(x),
        Value::Dict(x) => to(x),
        Value::Set(x) => to(x),
        Value::Range(x) => to(x),
        Value::Slice(x) => to(x),
        Value::Func(x) => to(x),
        Value::Native(x) => to(x),
        Value::Bound(x) => to(x),
        Value::Class(x) => to(x),
        Value::Instance(x) => to(x),
        Value::Gen(x) => to(x),
        Value::Iter(x) => to(x),
        Value::Module(x) => to(x),
        Value::Cell(x) => to(x),
        Value::Code(x) => to(x),
        Value::Obj(x) => to(x),
    }
}
