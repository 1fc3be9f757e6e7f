//! Strings: text with its hash, length in characters and interned name remembered.

use std::cell::Cell;
use std::hash::Hasher;

use compact_str::CompactString;
use rustc_hash::FxHasher;

use super::name::Sym;

/// The storage of a `str`.
#[derive(Clone)]
pub struct Str {
    text: CompactString,
    /// 0 when not computed.
    hash: Cell<u64>,
    /// `u32::MAX` when not counted.
    n_chars: Cell<u32>,
    /// `u32::MAX` when not looked up.
    sym: Cell<u32>,
}

impl Str {
    /// A copy of the text.
    pub fn new(text: &str) -> Str {
        Str::of(CompactString::new(text))
    }

    fn of(text: CompactString) -> Str {
        Str { text, hash: Cell::new(0), n_chars: Cell::new(u32::MAX), sym: Cell::new(u32::MAX) }
    }

    /// The text of the name with this number, ready to be looked up.
    pub fn of_name(text: &str, number: u32) -> Str {
        let s = Str::new(text);
        s.sym.set(number);
        s.hash();
        s
    }

    /// The two are the same text.
    #[inline]
    pub fn equals(&self, other: &Str) -> bool {
        match (self.sym.get(), other.sym.get()) {
            (a, b) if a != u32::MAX && b != u32::MAX => a == b,
            _ => self.text == other.text,
        }
    }

    /// Two texts as one.
    pub fn joined(a: &Str, b: &Str) -> Str {
        let mut text = CompactString::with_capacity(a.text.len() + b.text.len());
        text.push_str(&a.text);
        text.push_str(&b.text);
        let joined = Str::of(text);
        joined.n_chars.set((a.n_chars() + b.n_chars()) as u32);
        joined
    }

    /// Adds a text at the end.
    pub fn push(&mut self, other: &Str) {
        let n_chars = self.n_chars() + other.n_chars();
        self.text.push_str(&other.text);
        self.n_chars.set(n_chars as u32);
        self.hash.set(0);
        self.sym.set(u32::MAX);
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in code points.
    pub fn n_chars(&self) -> usize {
        let known = self.n_chars.get();
        if known != u32::MAX {
            return known as usize;
        }
        let n = self.text.chars().count();
        self.n_chars.set(n as u32);
        n
    }

    /// One byte a character, so that an index is an offset.
    pub fn is_ascii(&self) -> bool {
        self.n_chars() == self.text.len()
    }

    /// A hash of the text that is the same in every run.
    pub fn hash(&self) -> u64 {
        let known = self.hash.get();
        if known != 0 {
            return known;
        }
        let mut hasher = FxHasher::default();
        hasher.write(self.text.as_bytes());
        // The low bits of this hasher are weak; a table uses them.
        let hash = (hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 3).max(1);
        self.hash.set(hash);
        hash
    }

    /// Its interned name; interns it if need be.
    pub fn sym(&self) -> Sym {
        let known = self.sym.get();
        if known != u32::MAX {
            return Sym(known);
        }
        let sym = Sym::new(&self.text);
        self.sym.set(sym.0);
        sym
    }

    /// The character at this index.
    pub fn char_at(&self, index: usize) -> Option<&str> {
        if self.is_ascii() {
            return self.text.get(index..index + 1);
        }
        let mut starts = self.text.char_indices().skip(index);
        let (start, c) = starts.next()?;
        Some(&self.text[start..start + c.len_utf8()])
    }
}

impl From<String> for Str {
    fn from(text: String) -> Str {
        Str::of(CompactString::from(text))
    }
}

impl From<CompactString> for Str {
    fn from(text: CompactString) -> Str {
        Str::of(text)
    }
}
