//! Interned names: attribute, variable and module names as small integers.
//!
//! One table a thread, so that compiled library code is shared by all interpreters of a page. The
//! numbers depend on what was loaded before; nothing that a program or a journal shows may.

use std::cell::RefCell;
use std::rc::Rc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// An interned name. Equal names have equal numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sym(pub u32);

#[derive(Default)]
struct Interner {
    texts: Vec<Rc<str>>,
    table: HashTable<u32>,
}

thread_local! {
    static INTERNER: RefCell<Interner> = RefCell::default();
}

impl Sym {
    /// The name with this text.
    pub fn new(text: &str) -> Sym {
        INTERNER.with_borrow_mut(|interner| {
            let hash = FxBuildHasher.hash_one(text);
            let Interner { texts, table } = interner;
            if let Some(&found) = table.find(hash, |&i| &*texts[i as usize] == text) {
                return Sym(found);
            }
            let number = texts.len() as u32;
            texts.push(text.into());
            table.insert_unique(hash, number, |&i| FxBuildHasher.hash_one(&*texts[i as usize]));
            Sym(number)
        })
    }

    /// The name with this text, if anybody has interned it.
    pub fn find(text: &str) -> Option<Sym> {
        INTERNER.with_borrow(|interner| {
            let hash = FxBuildHasher.hash_one(text);
            interner.table.find(hash, |&i| &*interner.texts[i as usize] == text).map(|&i| Sym(i))
        })
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
