//! Sets: a dict's table without values, in insertion order (S-SIM-03).

use std::rc::Rc;

use super::dict::{Dict, simple_eq};
use super::value::Value;

/// A `set` or `frozenset`.
pub struct Set {
    /// The elements are its keys.
    pub table: Dict,
    /// A `frozenset`.
    pub frozen: bool,
}

impl Set {
    /// An empty set.
    pub fn new(frozen: bool) -> Set {
        Set { table: Dict::new(), frozen }
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
        self.len() == other.len()
            && self
                .table
                .entries()
                .iter()
                .all(|e| other.table.candidates(e.hash).iter().any(|&i| simple_eq(&other.table.key_at(i), &e.key)))
    }

    /// The elements in order.
    pub fn items(&self) -> Vec<Value> {
        self.table.keys()
    }
}
