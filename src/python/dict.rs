//! Dictionaries: insertion order, open addressing, keys of any hashable type.
//!
//! Finding a key may need Python (`__hash__`, `__eq__`), so the table itself only knows how to find *simple*
//! keys (built-in values and objects compared by identity); `vm::hashing` drives the general case.

use std::cell::{Cell, RefCell};

use hashbrown::HashTable;

use super::deep::{born, died, holds_others, release};
use super::name::Sym;
use super::text::Str;
use super::value::Value;
use std::rc::Rc;

/// A key with its hash and value.
#[derive(Clone)]
pub struct Entry {
    /// Of the key.
    pub hash: u64,
    /// `Null` in a deleted entry.
    pub key: Value,
    /// Its value.
    pub value: Value,
}

/// So many entries are looked through one by one: most dicts are small, and an index would be one allocation more.
const N_WITHOUT_INDEX: usize = 8;

/// The contents of a dict.
#[derive(Default)]
pub struct Table {
    /// Positions in `entries` by hash, of all that are no holes; empty up to [`N_WITHOUT_INDEX`] entries.
    index: HashTable<u32>,
    /// In insertion order, with holes where keys were deleted.
    entries: Vec<Entry>,
    /// Number of entries that are no holes.
    len: usize,
}

/// A `dict`.
pub struct Dict {
    table: RefCell<Table>,
    /// A new number whenever a key comes or goes or moves; equal numbers mean equal positions. Unique
    /// among all dicts.
    keys_version: Cell<u64>,
    /// Whether some key needs Python to be compared.
    has_complex_keys: Cell<bool>,
    /// The class's default for missing keys and the like live in subclasses; this is for `defaultdict`.
    pub default_factory: RefCell<Value>,
}

thread_local! {
    static NEXT_VERSION: Cell<u64> = const { Cell::new(1) };
}

fn next_version() -> u64 {
    NEXT_VERSION.with(|next| {
        let version = next.get();
        next.set(version + 1);
        version
    })
}

/// The key is compared without Python.
pub fn is_simple(key: &Value) -> bool {
    match key {
        Value::Instance(i) => i.class().compares_by_identity() && i.payload().is_none(),
        Value::Tuple(t) => t.items.iter().all(is_simple),
        Value::Slice(parts) => parts.iter().all(is_simple),
        Value::Obj(_) => false,
        _ => true,
    }
}

/// Two simple keys with equal hashes are one key.
pub fn simple_eq(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => Rc::ptr_eq(a, b) || a.equals(b),
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Bool(b)) | (Value::Bool(b), Value::Int(a)) => *a == *b as i64,
        (Value::Float(a), Value::Float(b)) => a.get() == b.get() || a.to_bits() == b.to_bits(),
        (Value::Float(f), Value::Int(i)) | (Value::Int(i), Value::Float(f)) => {
            f.get() == *i as f64 && (f.get() as i128) == *i as i128
        }
        (Value::Float(f), Value::Bool(b)) | (Value::Bool(b), Value::Float(f)) => f.get() == *b as i64 as f64,
        (Value::Big(a), Value::Big(b)) => a == b,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::Tuple(a), Value::Tuple(b)) => {
            a.items.len() == b.items.len() && a.items.iter().zip(&b.items).all(|(a, b)| simple_eq(a, b))
        }
        (Value::Slice(a), Value::Slice(b)) => a.iter().zip(&b[..]).all(|(a, b)| simple_eq(a, b)),
        (Value::Range(a), Value::Range(b)) => {
            let n = a.len();
            n == b.len() && (n == 0 || a.start == b.start && (n == 1 || a.step == b.step))
        }
        (Value::Set(a), Value::Set(b)) => Rc::ptr_eq(a, b) || a.equals(b),
        (Value::Bound(a), Value::Bound(b)) => a.receiver.is(&b.receiver) && a.function.is(&b.function),
        _ => a.is(b),
    }
}

impl Default for Dict {
    fn default() -> Dict {
        born();
        Dict {
            table: RefCell::default(),
            keys_version: Cell::new(next_version()),
            has_complex_keys: Cell::new(false),
            default_factory: RefCell::new(Value::Null),
        }
    }
}

impl Dict {
    /// An empty dict.
    pub fn new() -> Dict {
        Dict::default()
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.table.borrow().len
    }

    /// No key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// See the field.
    pub fn keys_version(&self) -> u64 {
        self.keys_version.get()
    }

    /// Lets nothing that was learnt of it hold any more.
    pub fn renew_version(&self) {
        self.keys_version.set(next_version());
    }

    /// Some key needs Python to be compared.
    pub fn has_complex_keys(&self) -> bool {
        self.has_complex_keys.get()
    }

    /// The position of a simple key among simple keys.
    pub fn find(&self, hash: u64, key: &Value) -> Option<usize> {
        self.table.borrow().find(hash, |found| simple_eq(found, key))
    }

    /// The position of a string.
    pub fn find_str(&self, key: &Str) -> Option<usize> {
        self.table.borrow().find(key.hash(), |found| matches!(found, Value::Str(s) if s.equals(key)))
    }

    /// Positions of all keys with this hash.
    pub fn candidates(&self, hash: u64) -> Vec<usize> {
        let table = self.table.borrow();
        let has_hash = |&i: &usize| table.entries[i].hash == hash && !table.entries[i].key.is_null();
        if table.has_index() {
            let mut found: Vec<usize> = table.index.iter_hash(hash).map(|&i| i as usize).filter(has_hash).collect();
            found.sort_unstable();
            found
        } else {
            (0..table.entries.len()).filter(has_hash).collect()
        }
    }

    /// The key at a position; `Null` in a hole.
    pub fn key_at(&self, position: usize) -> Value {
        self.table.borrow().entries[position].key.clone()
    }

    /// The hash of the key at a position.
    pub fn hash_at(&self, position: usize) -> u64 {
        self.table.borrow().entries[position].hash
    }

    /// The value at a position.
    pub fn value_at(&self, position: usize) -> Value {
        self.table.borrow().entries[position].value.clone()
    }

    /// The value at a position that was found under this keys version.
    pub fn value_if(&self, keys_version: u64, position: u32) -> Option<Value> {
        if self.keys_version.get() != keys_version {
            return None;
        }
        Some(self.table.borrow().entries[position as usize].value.clone())
    }

    /// Replaces the value at a position and returns the old one.
    pub fn set_at(&self, position: usize, value: Value) -> Value {
        std::mem::replace(&mut self.table.borrow_mut().entries[position].value, value)
    }

    /// Replaces the value at a position found under this keys version; gives it back if that has passed.
    pub fn set_if(&self, keys_version: u64, position: u32, value: Value) -> Result<Value, Value> {
        if self.keys_version.get() != keys_version {
            return Err(value);
        }
        Ok(self.set_at(position as usize, value))
    }

    /// Appends a key known to be absent.
    pub fn push(&self, hash: u64, key: Value, value: Value) {
        if !is_simple(&key) {
            self.has_complex_keys.set(true);
        }
        let table = &mut *self.table.borrow_mut();
        if table.entries.len() > 16 && table.len * 2 < table.entries.len() {
            table.compact();
        }
        table.push(Entry { hash, key, value });
        self.keys_version.set(next_version());
    }

    /// Deletes the entry at a position and returns it.
    pub fn remove_at(&self, position: usize) -> Entry {
        let table = &mut *self.table.borrow_mut();
        let hash = table.entries[position].hash;
        if let Ok(found) = table.index.find_entry(hash, |&i| i as usize == position) {
            found.remove();
        }
        table.len -= 1;
        self.keys_version.set(next_version());
        let hole = Entry { hash: 0, key: Value::Null, value: Value::Null };
        let entry = std::mem::replace(&mut table.entries[position], hole);
        while table.entries.last().is_some_and(|e| e.key.is_null()) {
            table.entries.pop();
        }
        if !table.has_index() {
            table.index.clear();
        }
        entry
    }

    /// The first position at or after `from` that holds a key.
    pub fn next_position(&self, from: usize) -> Option<usize> {
        let table = self.table.borrow();
        (from..table.entries.len()).find(|&i| !table.entries[i].key.is_null())
    }

    /// The last position that holds a key before `until`.
    pub fn previous_position(&self, until: usize) -> Option<usize> {
        let table = self.table.borrow();
        (0..until.min(table.entries.len())).rev().find(|&i| !table.entries[i].key.is_null())
    }

    /// One past the last position.
    pub fn end_position(&self) -> usize {
        self.table.borrow().entries.len()
    }

    /// All keys and values in order.
    pub fn entries(&self) -> Vec<Entry> {
        let table = self.table.borrow();
        table.entries.iter().filter(|e| !e.key.is_null()).cloned().collect()
    }

    /// Shows every entry, in order.
    pub fn each(&self, see: impl FnMut(&Entry)) {
        self.table.borrow().entries.iter().filter(|e| !e.key.is_null()).for_each(see);
    }

    /// All keys in order.
    pub fn keys(&self) -> Vec<Value> {
        let table = self.table.borrow();
        table.entries.iter().filter(|e| !e.key.is_null()).map(|e| e.key.clone()).collect()
    }

    /// All values in order.
    pub fn values(&self) -> Vec<Value> {
        let table = self.table.borrow();
        table.entries.iter().filter(|e| !e.key.is_null()).map(|e| e.value.clone()).collect()
    }

    /// Empties it and returns what was in it, so that the caller drops it outside.
    pub fn take(&self) -> Vec<Entry> {
        let table = &mut *self.table.borrow_mut();
        self.keys_version.set(next_version());
        self.has_complex_keys.set(false);
        table.index.clear();
        table.len = 0;
        std::mem::take(&mut table.entries)
    }

    /// A dict with the same entries.
    pub fn copy(&self) -> Dict {
        let copy = Dict::new();
        copy.fill(self);
        copy
    }

    /// Gives an empty dict the entries of another one.
    pub fn fill(&self, other: &Dict) {
        debug_assert!(self.is_empty(), "what is in it would be there twice");
        *self.table.borrow_mut() = Table::of(other.entries());
        self.has_complex_keys.set(other.has_complex_keys());
        self.keys_version.set(next_version());
    }

    // --- namespaces: keys that are strings ---

    /// All keys are strings.
    pub fn is_of_names(&self) -> bool {
        self.table.borrow().entries.iter().all(|e| matches!(e.key, Value::Str(_) | Value::Null))
    }

    /// The value of a name.
    pub fn name(&self, sym: Sym) -> Option<Value> {
        self.find_str(&sym.key()).map(|i| self.value_at(i))
    }

    /// The value of a string key.
    pub fn str(&self, key: &str) -> Option<Value> {
        self.find_str(&Str::new(key)).map(|i| self.value_at(i))
    }

    /// Sets a name; returns the old value.
    pub fn set_name(&self, sym: Sym, value: Value) -> Option<Value> {
        let key = sym.key();
        match self.find_str(&key) {
            Some(i) => Some(self.set_at(i, value)),
            None => {
                self.push(key.hash(), Value::Str(Rc::new(Str::clone(&key))), value);
                None
            }
        }
    }

    /// Sets a string key; returns the old value.
    pub fn set_str(&self, key: &str, value: Value) -> Option<Value> {
        let key = Str::new(key);
        match self.find_str(&key) {
            Some(i) => Some(self.set_at(i, value)),
            None => {
                self.push(key.hash(), Value::Str(Rc::new(key)), value);
                None
            }
        }
    }

    /// Deletes a name and returns its value.
    pub fn remove_name(&self, sym: Sym) -> Option<Value> {
        let position = self.find_str(&sym.key())?;
        Some(self.remove_at(position).value)
    }
}

impl Drop for Dict {
    fn drop(&mut self) {
        died();
        let entries = &mut self.table.get_mut().entries;
        if entries.iter().any(|e| holds_others(&e.value) || holds_others(&e.key)) {
            release(std::mem::take(entries));
        }
    }
}

impl Table {
    /// A table of these entries, which are no holes and all different.
    fn of(entries: Vec<Entry>) -> Table {
        let mut table = Table { index: HashTable::new(), len: entries.len(), entries };
        table.build_index();
        table
    }

    #[inline]
    fn has_index(&self) -> bool {
        self.entries.len() > N_WITHOUT_INDEX
    }

    /// The position of the key with this hash that is the one sought.
    #[inline]
    fn find(&self, hash: u64, is_it: impl Fn(&Value) -> bool) -> Option<usize> {
        let is_it = |entry: &Entry| entry.hash == hash && is_it(&entry.key);
        if self.has_index() {
            self.index.find(hash, |&i| is_it(&self.entries[i as usize])).map(|&i| i as usize)
        } else {
            self.entries.iter().position(is_it)
        }
    }

    fn push(&mut self, entry: Entry) {
        let hash = entry.hash;
        self.entries.push(entry);
        self.len += 1;
        let Table { index, entries, .. } = self;
        match entries.len() {
            ..=N_WITHOUT_INDEX => {}
            n if n == N_WITHOUT_INDEX + 1 => self.build_index(),
            n => drop(index.insert_unique(hash, n as u32 - 1, |&i| entries[i as usize].hash)),
        }
    }

    fn compact(&mut self) {
        self.entries.retain(|e| !e.key.is_null());
        self.index.clear();
        self.build_index();
    }

    /// Fills an empty index, if there is to be one.
    fn build_index(&mut self) {
        if !self.has_index() {
            return;
        }
        let Table { index, entries, .. } = self;
        for (i, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.key.is_null()) {
            index.insert_unique(entry.hash, i as u32, |&i| entries[i as usize].hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::python::hash;

    /// What may happen to a dict.
    #[derive(Clone, Debug)]
    enum Change {
        Set(i64, i64),
        Remove(i64),
        Copy,
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            4 => (0..20i64, 0..1000i64).prop_map(|(key, value)| Change::Set(key, value)),
            3 => (0..20i64).prop_map(Change::Remove),
            1 => Just(Change::Copy),
        ]
    }

    proptest! {
        /// Whether there is an index, and when it comes and goes, shows in nothing.
        #[test]
        fn a_dict_is_a_list_of_pairs(changes in prop::collection::vec(change(), 0..120)) {
            let (mut dict, mut model) = (Dict::new(), Vec::<(i64, i64)>::new());
            let hash = |key: i64| hash::table_hash_of(hash::python_hash_int(key));
            for change in changes {
                match change {
                    Change::Set(key, value) => match dict.find(hash(key), &Value::Int(key)) {
                        Some(position) => {
                            dict.set_at(position, Value::Int(value));
                            model.iter_mut().find(|pair| pair.0 == key).expect("found in the dict").1 = value;
                        }
                        None => {
                            dict.push(hash(key), Value::Int(key), Value::Int(value));
                            prop_assert!(model.iter().all(|pair| pair.0 != key));
                            model.push((key, value));
                        }
                    },
                    Change::Remove(key) => {
                        let position = dict.find(hash(key), &Value::Int(key));
                        prop_assert_eq!(position.is_some(), model.iter().any(|pair| pair.0 == key));
                        position.map(|position| dict.remove_at(position));
                        model.retain(|pair| pair.0 != key);
                    }
                    Change::Copy => dict = dict.copy(),
                }
                let mut pairs = Vec::new();
                dict.each(|entry| {
                    if let (Value::Int(key), Value::Int(value)) = (&entry.key, &entry.value) {
                        pairs.push((*key, *value));
                    }
                });
                prop_assert_eq!(&pairs, &model);
                prop_assert_eq!(dict.len(), model.len());
                for key in 0..20 {
                    let n = dict.candidates(hash(key)).len();
                    prop_assert_eq!(n, model.iter().filter(|pair| pair.0 == key).count());
                }
            }
        }
    }
}
