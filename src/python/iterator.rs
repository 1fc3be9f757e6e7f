//! Iterators of built-in types, and the lazy ones: `enumerate`, `zip`, `map`, `filter`, `reversed`.

use std::cell::RefCell;
use std::rc::Rc;

use super::deep::release;
use super::dict::Dict;
use super::set::Set;
use super::text::Str;
use super::value::{List, Range, Tuple, Value};

/// What a dict iterator or view gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DictPart {
    /// Keys.
    Keys,
    /// Values.
    Values,
    /// Pairs.
    Items,
}

/// Where an iterator is.
pub enum State {
    /// Exhausted.
    Done,
    /// Next index of a list.
    List(Rc<List>, usize),
    /// Next index plus one, going down.
    ListReversed(Rc<List>, usize),
    /// Next index of a tuple.
    Tuple(Rc<Tuple>, usize),
    /// What remains of a range.
    Range(Range),
    /// Next byte of a string.
    Str(Rc<Str>, usize),
    /// Next index of bytes.
    Bytes(Rc<Vec<u8>>, usize),
    /// Next position of a dict; its length when iteration began; backwards or not.
    Dict {
        /// The dict.
        dict: Rc<Dict>,
        /// Next position.
        position: usize,
        /// Length at the start.
        len: usize,
        /// How many it has not given yet.
        left: usize,
        /// What it gives.
        part: DictPart,
        /// From the end.
        reversed: bool,
    },
    /// A set, its elements when iteration began, the next one.
    Set(Rc<Set>, Vec<Value>, usize),
    /// `enumerate(iterator)`
    Enumerate(Value, i64),
    /// `zip(*iterators)`, strict or not.
    Zip(Vec<Value>, bool),
    /// `map(f, *iterators)`
    Map(Value, Vec<Value>),
    /// `filter(f, iterator)`
    Filter(Value, Value),
    /// `reversed(sequence)` by `__getitem__`; next index plus one.
    SequenceReversed(Value, usize),
    /// Iteration by `__getitem__`.
    Sequence(Value, usize),
    /// `iter(f, sentinel)`
    Until(Value, Value),
}

/// A built-in iterator.
pub struct Iter {
    /// Where it is.
    pub state: RefCell<State>,
}

impl Drop for Iter {
    fn drop(&mut self) {
        match self.state.get_mut() {
            State::Done | State::Range(_) | State::Str(..) | State::Bytes(..) => {}
            _ => {
                let mut state = self.state.replace(State::Done);
                // What `zip` goes through is a tuple in CPython, which dies from its end.
                if let State::Zip(iterators, _) = &mut state {
                    iterators.reverse();
                }
                release(state);
            }
        }
    }
}

impl Iter {
    /// An iterator over a part of a dict.
    pub fn over_dict(dict: &Rc<Dict>, part: DictPart, reversed: bool) -> State {
        let position = if reversed { dict.end_position() } else { 0 };
        State::Dict { dict: dict.clone(), position, len: dict.len(), left: dict.len(), part, reversed }
    }

    /// An iterator over a set.
    pub fn over_set(set: &Rc<Set>) -> State {
        State::Set(set.clone(), set.items(), 0)
    }

    /// The iterator as a value.
    pub fn value(state: State) -> Value {
        Value::Iter(Rc::new(Iter { state: RefCell::new(state) }))
    }

    /// The name of its type.
    pub fn type_name(&self) -> &'static str {
        match &*self.state.borrow() {
            State::Done => "iterator",
            State::List(..) => "list_iterator",
            State::ListReversed(..) => "list_reverseiterator",
            State::Tuple(..) => "tuple_iterator",
            State::Range(_) => "range_iterator",
            State::Str(..) => "str_iterator",
            State::Bytes(..) => "bytes_iterator",
            State::Dict { part: DictPart::Keys, .. } => "dict_keyiterator",
            State::Dict { part: DictPart::Values, .. } => "dict_valueiterator",
            State::Dict { part: DictPart::Items, .. } => "dict_itemiterator",
            State::Set(..) => "set_iterator",
            State::Enumerate(..) => "enumerate",
            State::Zip(..) => "zip",
            State::Map(..) => "map",
            State::Filter(..) => "filter",
            State::SequenceReversed(..) => "reversed",
            State::Sequence(..) => "iterator",
            State::Until(..) => "callable_iterator",
        }
    }
}
