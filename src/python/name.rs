//! Interned names: attribute, variable and module names as small integers.
//!
//! One table a thread, so that compiled library code is shared by all interpreters of a page. The
//! numbers depend on what was loaded before; nothing that a program or a journal shows may.

use std::cell::RefCell;
use std::rc::Rc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

use super::text::Str;

/// An interned name. Equal names have equal numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sym(pub u32);

struct Interner {
    texts: Vec<Rc<str>>,
    /// The same with their hashes, for tables.
    keys: Vec<Rc<Str>>,
    table: HashTable<u32>,
}

thread_local! {
    static INTERNER: RefCell<Interner> = RefCell::new(Interner::with_known_names());
}

impl Interner {
    /// The names with fixed numbers first.
    fn with_known_names() -> Interner {
        let mut interner = Interner { texts: Vec::new(), keys: Vec::new(), table: HashTable::new() };
        for (number, text) in super::names::ALL.iter().enumerate() {
            assert_eq!(interner.number_of(text), number as u32, "{text} is listed twice");
        }
        interner
    }

    fn number_of(&mut self, text: &str) -> u32 {
        let hash = FxBuildHasher.hash_one(text);
        let Interner { texts, keys, table } = self;
        if let Some(&found) = table.find(hash, |&i| &*texts[i as usize] == text) {
            return found;
        }
        let number = texts.len() as u32;
        texts.push(text.into());
        keys.push(Rc::new(Str::of_name(text, number)));
        table.insert_unique(hash, number, |&i| FxBuildHasher.hash_one(&*texts[i as usize]));
        number
    }
}

impl Sym {
    /// The name with this text.
    pub fn new(text: &str) -> Sym {
        INTERNER.with_borrow_mut(|interner| Sym(interner.number_of(text)))
    }

    /// The name with this text, if anybody has interned it.
    pub fn find(text: &str) -> Option<Sym> {
        INTERNER.with_borrow(|interner| {
            let hash = FxBuildHasher.hash_one(text);
            interner.table.find(hash, |&i| &*interner.texts[i as usize] == text).map(|&i| Sym(i))
        })
    }

    /// The name as a key of tables. No program may get hold of it: how many references there are to it depends on
    /// what other interpreters do.
    pub fn key(self) -> Rc<Str> {
        INTERNER.with_borrow(|interner| interner.keys[self.0 as usize].clone())
    }

    /// Its text.
    pub fn text(self) -> Rc<str> {
        INTERNER.with_borrow(|interner| interner.texts[self.0 as usize].clone())
    }
}

impl std::fmt::Debug for Sym {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.text())
    }
}

impl std::fmt::Display for Sym {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}
