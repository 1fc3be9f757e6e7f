//! Where the elements of a set lie in CPython's table, which is the order in which they come out.
//!
//! After `Objects/setobject.c`: open addressing with a run of linear probes, then a jump by what is left of the hash;
//! the table grows when three fifths are filled, by the number of elements in it.

use super::dict::simple_eq;
use super::value::Value;

/// Slots of the smallest table.
const MIN_SLOTS: usize = 8;
/// Slots looked at beside the first before the next jump.
const LINEAR_PROBES: usize = 9;
/// Bits of the hash that a jump uses up.
const PERTURB_SHIFT: u32 = 5;
/// Sets with more elements than this grow by less.
const LARGE: usize = 50_000;

/// A place for an element.
#[derive(Clone, Default)]
struct Slot {
    /// What `hash()` gives for the element.
    fixed: i64,
    /// The hash that the set's table knows it by.
    hash: u64,
    /// `Null` while there is none.
    key: Value,
    /// There is one, or there was.
    used: bool,
}

/// The table.
#[derive(Clone, Default)]
pub struct Layout {
    /// None yet, or a power of two.
    slots: Vec<Slot>,
    /// Slots that are or were used.
    fill: usize,
    /// Slots with an element.
    used: usize,
    /// Where `pop` looks next.
    finger: usize,
}

impl Layout {
    fn mask(&self) -> usize {
        self.slots.len().max(MIN_SLOTS) - 1
    }

    /// The slots in the order in which a hash tries them, until one answers.
    fn probe<T>(&self, fixed: i64, mut look: impl FnMut(usize, &Slot) -> Option<T>) -> T {
        let mask = self.mask();
        let mut perturb = fixed as u64;
        let mut i = fixed as usize & mask;
        loop {
            let last = if i + LINEAR_PROBES <= mask { i + LINEAR_PROBES } else { i };
            for at in i..=last {
                if let Some(found) = look(at, &self.slots[at]) {
                    return found;
                }
            }
            perturb >>= PERTURB_SHIFT;
            i = i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// Adds an element known to be absent.
    pub fn add(&mut self, fixed: i64, hash: u64, key: Value) {
        if self.slots.is_empty() {
            self.slots.resize_with(MIN_SLOTS, Slot::default);
        }
        let mut left = None;
        let unused = self.probe(fixed, |at, slot| {
            if slot.used && slot.key.is_null() {
                left = Some(at);
            }
            (!slot.used).then_some(at)
        });
        self.slots[left.unwrap_or(unused)] = Slot { fixed, hash, key, used: true };
        self.used += 1;
        // The last slot on the way that an element has left is used again.
        if left.is_some() {
            return;
        }
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.grow();
        }
    }

    fn grow(&mut self) {
        self.resize(if self.used > LARGE { self.used * 2 } else { self.used * 4 });
    }

    /// A new table with more slots than this.
    fn resize(&mut self, more_than: usize) {
        let mut size = MIN_SLOTS;
        while size <= more_than {
            size *= 2;
        }
        let old = std::mem::take(&mut self.slots);
        self.slots.resize_with(size, Slot::default);
        for slot in old.into_iter().filter(|slot| !slot.key.is_null()) {
            let at = self.probe(slot.fixed, |at, slot| (!slot.used).then_some(at));
            self.slots[at] = slot;
        }
        self.fill = self.used;
    }

    /// Removes an element; its slot remains used.
    pub fn remove(&mut self, fixed: i64, key: &Value) {
        if self.used == 0 {
            return;
        }
        let found = self.probe(fixed, |at, slot| match (slot.used, slot.key.is_null()) {
            (false, _) => Some(None),
            (true, false) if slot.fixed == fixed && simple_eq(&slot.key, key) => Some(Some(at)),
            _ => None,
        });
        if let Some(at) = found {
            self.slots[at].key = Value::Null;
            self.used -= 1;
        }
    }

    /// The slot that `pop` empties, and what is in it.
    pub fn next_to_pop(&self) -> Option<(usize, u64, Value)> {
        let n = self.slots.len();
        let at = (0..n).map(|i| ((self.finger & self.mask()) + i) % n).find(|&at| !self.slots[at].key.is_null())?;
        Some((at, self.slots[at].hash, self.slots[at].key.clone()))
    }

    /// Empties this slot for `pop`.
    pub fn pop(&mut self, at: usize) {
        self.slots[at].key = Value::Null;
        self.used -= 1;
        self.finger = at + 1;
    }

    /// Makes room for so many elements that come at once.
    pub fn reserve(&mut self, n: usize) {
        if n > 0 && (self.fill + n) * 5 >= self.mask() * 3 {
            self.resize((self.used + n) * 2);
        }
    }

    /// A new table without the slots of what was removed, if they are many.
    pub fn shrink(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.grow();
        }
    }

    /// What an empty set becomes that gets all elements at once.
    pub fn merged(&self) -> Layout {
        let mut made = Layout::default();
        made.reserve(self.used);
        if made.mask() == self.mask() && self.fill == self.used {
            return Layout { finger: 0, ..self.clone() };
        }
        for (fixed, hash, key) in self.elements() {
            made.add(fixed, hash, key.clone());
        }
        made
    }

    /// The elements in order: both hashes and the element.
    pub fn elements(&self) -> impl Iterator<Item = (i64, u64, &Value)> {
        let elements = self.slots.iter().filter(|slot| !slot.key.is_null());
        elements.map(|slot| (slot.fixed, slot.hash, &slot.key))
    }
}
