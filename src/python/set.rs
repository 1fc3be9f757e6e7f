//! Sets: a dict's table without values, and the order in which CPython would go through them.
//!
//! While all elements have a hash that is the same in every run of CPython – numbers, tuples and frozen sets of them, and
//! objects whose `__hash__` makes it of such – that is the order of its table ([`Layout`]). Text has another hash in every
//! run, and other objects go by their address; a set with one of these is in order of insertion (S-SIM-03).

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use super::dict::{Dict, Entry, simple_eq};
use super::hash::fixed_hash_of_element;
use super::layout::Layout;
use super::value::Value;

/// A `set` or `frozenset`.
pub struct Set {
    /// The elements are its keys.
    table: Dict,
    /// Where they lie in CPython; `None` with an element of which that is not known.
    layout: RefCell<Option<Layout>>,
    /// A `frozenset`.
    pub frozen: bool,
}

impl Set {
    /// An empty set.
    pub fn new(frozen: bool) -> Set {
        Set { table: Dict::new(), layout: RefCell::new(Some(Layout::default())), frozen }
    }

    /// The elements, to be looked up: their order is that of insertion.
    pub fn table(&self) -> &Dict {
        &self.table
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// No element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Both have the same simple elements.
    pub fn equals(&self, other: &Rc<Set>) -> bool {
        let has = |e: &Entry| other.table.candidates(e.hash).iter().any(|&i| simple_eq(&other.table.key_at(i), &e.key));
        self.len() == other.len() && self.table.entries().iter().all(has)
    }

    fn layout(&self) -> Option<Ref<'_, Layout>> {
        Ref::filter_map(self.layout.borrow(), Option::as_ref).ok()
    }

    /// The elements in order.
    pub fn items(&self) -> Vec<Value> {
        match self.layout() {
            Some(layout) => layout.elements().map(|(_, _, key)| key.clone()).collect(),
            None => self.table.keys(),
        }
    }

    /// The elements in order, with the hashes that the table knows them by.
    pub fn entries(&self) -> Vec<Entry> {
        match self.layout() {
            Some(layout) => {
                let entry = |(_, hash, key): (i64, u64, &Value)| Entry { hash, key: key.clone(), value: Value::None };
                layout.elements().map(entry).collect()
            }
            None => self.table.entries(),
        }
    }

    /// Shows every reference to an element that it has.
    pub fn each(&self, see: &mut dyn FnMut(&Value)) {
        self.table.each(|entry| see(&entry.key));
        self.layout().iter().flat_map(|layout| layout.elements()).for_each(|(_, _, key)| see(key));
    }

    /// Its elements, which are equal to those of another one, lie as that one's do.
    pub fn lie_like(&self, other: &Set) {
        if let (Some(own), Some(other)) = (&mut *self.layout.borrow_mut(), other.layout()) {
            *own = other.clone();
        }
    }

    /// Adds an element known to be absent.
    pub fn push(&self, hash: u64, key: Value) {
        let layout = &mut *self.layout.borrow_mut();
        if let Some(known) = layout {
            match fixed_hash_of_element(&key, hash) {
                Some(fixed) => known.add(fixed, hash, key.clone()),
                None => *layout = None,
            }
        }
        self.table.push(hash, key, Value::None);
    }

    /// Removes the element at a position of the table and returns it.
    pub fn remove_at(&self, position: usize) -> Value {
        let Entry { hash, key, .. } = self.table.remove_at(position);
        if let Some(layout) = &mut *self.layout.borrow_mut()
            && let Some(fixed) = fixed_hash_of_element(&key, hash)
        {
            layout.remove(fixed, &key);
        }
        key
    }

    /// Removes the element that `set.pop()` gives.
    pub fn pop(&self) -> Option<Value> {
        let next = self.layout.borrow().as_ref().map(Layout::next_to_pop);
        let position = match next {
            Some(found) => {
                let (slot, hash, key) = found?;
                if let Some(layout) = &mut *self.layout.borrow_mut() {
                    layout.pop(slot);
                }
                return self.table.find(hash, &key).map(|position| self.table.remove_at(position).key);
            }
            None => self.table.next_position(0)?,
        };
        Some(self.remove_at(position))
    }

    /// Empties it and returns what was in it, so that the caller drops it outside.
    pub fn take(&self) -> Vec<Entry> {
        self.layout.replace(Some(Layout::default()));
        self.table.take()
    }

    /// Makes room for so many elements that are to be added at once.
    pub fn reserve(&self, n: usize) {
        if let Some(layout) = &mut *self.layout.borrow_mut() {
            layout.reserve(n);
        }
    }

    /// Tidies up after elements were removed from it at once.
    pub fn shrink(&self) {
        if let Some(layout) = &mut *self.layout.borrow_mut() {
            layout.shrink();
        }
    }

    /// An empty set gets the elements of another one, as in `set(other)`.
    pub fn fill_from(&self, other: &Set) {
        let layout = other.layout().map(|layout| layout.merged());
        for entry in self.fill_table(other) {
            drop(entry);
        }
        *self.layout.borrow_mut() = layout;
    }

    /// Has the elements of another one from now on, each in the place where that has it. Returns its own.
    pub fn become_like(&self, other: &Set) -> Vec<Entry> {
        let layout = other.layout().map(|layout| layout.clone());
        let old = self.fill_table(other);
        *self.layout.borrow_mut() = layout;
        old
    }

    fn fill_table(&self, other: &Set) -> Vec<Entry> {
        let entries = other.table.entries();
        let old = self.table.take();
        for entry in entries {
            self.table.push(entry.hash, entry.key, Value::None);
        }
        old
    }

    /// A new set with the elements, as in `set(self)`.
    pub fn copy(&self, frozen: bool) -> Set {
        let copy = Set::new(frozen);
        copy.fill_from(self);
        copy
    }

    /// A new set with each element in its place.
    pub fn twin(&self, frozen: bool) -> Set {
        let twin = Set::new(frozen);
        twin.become_like(self);
        twin
    }
}
