//! Sets of characters ready for matching, and letters without regard to case.

use super::tree::{Category, Set, SetItem, flag};
use crate::python::types::unicode;

/// Small letters with one capital between them: they match each other under `re.IGNORECASE`.
const SAME_CAPITAL: &[&[char]] = &[
    &['i', 'ı'],
    &['s', 'ſ'],
    &['µ', 'μ'],
    &['\u{345}', 'ι', '\u{1fbe}'],
    &['\u{390}', '\u{1fd3}'],
    &['\u{3b0}', '\u{1fe3}'],
    &['β', 'ϐ'],
    &['ε', 'ϵ'],
    &['θ', 'ϑ'],
    &['κ', 'ϰ'],
    &['π', 'ϖ'],
    &['ρ', 'ϱ'],
    &['ς', 'σ'],
    &['φ', 'ϕ'],
    &['в', '\u{1c80}'],
    &['д', '\u{1c81}'],
    &['о', '\u{1c82}'],
    &['с', '\u{1c83}'],
    &['т', '\u{1c84}', '\u{1c85}'],
    &['ъ', '\u{1c86}'],
    &['ѣ', '\u{1c87}'],
    &['\u{1c88}', '\u{a64b}'],
    &['\u{1e61}', '\u{1e9b}'],
    &['\u{fb05}', '\u{fb06}'],
];

/// The last character that has two cases.
const LAST_CASED: u32 = 0x1e943;

/// How case is disregarded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// It matters.
    Exact,
    /// Of ASCII letters only.
    Ascii,
    /// Of all letters.
    Unicode,
}

impl Case {
    /// What the flags say.
    pub fn of(flags: u32) -> Case {
        match flags & (flag::IGNORE_CASE | flag::UNICODE) {
            flag::IGNORE_CASE => Case::Ascii,
            flags if flags & flag::IGNORE_CASE != 0 => Case::Unicode,
            _ => Case::Exact,
        }
    }

    /// The letter in the case in which letters are compared.
    pub fn lower(self, c: u32) -> u32 {
        match (self, char::from_u32(c)) {
            (Case::Exact, _) | (_, None) => c,
            (Case::Unicode, Some(c)) if !c.is_ascii() => c.to_lowercase().next().unwrap_or(c) as u32,
            (_, Some(c)) => c.to_ascii_lowercase() as u32,
        }
    }

    /// The two are one letter.
    pub fn equal(self, a: u32, b: u32) -> bool {
        let (a, b) = (self.lower(a), self.lower(b));
        a == b || self == Case::Unicode && same_capital(a).is_some_and(|others| others.iter().any(|&c| c as u32 == b))
    }
}

/// Letters with the capital of this small one.
fn same_capital(c: u32) -> Option<&'static [char]> {
    SAME_CAPITAL.iter().find(|group| group.iter().any(|&other| other as u32 == c)).copied()
}

/// A set of characters, ready for matching.
#[derive(Debug)]
pub struct CharSet {
    case: Case,
    negative: bool,
    /// Of the first 256 characters.
    low: [u64; 4],
    /// Of the others: first and last.
    ranges: Vec<(u32, u32)>,
    /// Of the others: category, and whether its complement is meant.
    categories: Vec<(Category, bool)>,
    unicode: bool,
}

impl CharSet {
    /// A set as a pattern has it, under these flags.
    pub fn new(set: &Set, flags: u32) -> CharSet {
        let unicode = flags & flag::UNICODE != 0;
        let mut made = CharSet {
            case: Case::of(flags),
            negative: set.negative,
            low: [0; 4],
            ranges: Vec::new(),
            categories: Vec::new(),
            unicode,
        };
        for item in &set.items {
            match *item {
                SetItem::Range(first, last) => made.add_range(first, last),
                SetItem::Category(category, negative) => made.categories.push((category, negative)),
            }
        }
        for c in 0..256 {
            if made.categories.iter().any(|&(category, negative)| holds(category, c, unicode) != negative) {
                made.add(c);
            }
        }
        made
    }

    /// The set of one character.
    pub fn one(c: u32, flags: u32) -> CharSet {
        CharSet::new(&Set { negative: false, items: vec![SetItem::Range(c, c)] }, flags)
    }

    fn add(&mut self, c: u32) {
        match self.low.get_mut(c as usize / 64) {
            Some(word) => *word |= 1 << (c % 64),
            None => self.ranges.push((c, c)),
        }
    }

    /// Characters are lowered before they are looked for, so that capitals in the set do no harm.
    fn add_range(&mut self, first: u32, last: u32) {
        for c in first..=last.min(255) {
            self.add(c);
        }
        if last > 255 {
            self.ranges.push((first.max(256), last));
        }
        if self.case == Case::Exact {
            return;
        }
        for c in first..=last.min(LAST_CASED) {
            let lower = self.case.lower(c);
            if !(first..=last).contains(&lower) {
                self.add(lower);
            }
            if self.case == Case::Unicode {
                same_capital(lower).into_iter().flatten().for_each(|&other| self.add(other as u32));
            }
        }
    }

    /// The character is matched.
    pub fn contains(&self, c: u32) -> bool {
        let c = self.case.lower(c);
        let found = match self.low.get(c as usize / 64) {
            Some(word) => word >> (c % 64) & 1 == 1,
            None => {
                self.ranges.iter().any(|&(first, last)| first <= c && c <= last)
                    || self.categories.iter().any(|&(category, negative)| holds(category, c, self.unicode) != negative)
            }
        };
        found != self.negative
    }
}

/// The character is of the category.
pub fn holds(category: Category, c: u32, is_unicode: bool) -> bool {
    let Some(c) = char::from_u32(c) else { return false };
    if !is_unicode && !c.is_ascii() {
        return false;
    }
    match category {
        Category::Digit => unicode::decimal(c).is_some(),
        Category::Space if is_unicode => unicode::is_space(c),
        Category::Space => matches!(c, '\t'..='\r' | ' '),
        Category::Word => c == '_' || unicode::is_alnum(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_capital_match_each_other() {
        assert!(Case::Unicode.equal('S' as u32, 'ſ' as u32));
        assert!(Case::Unicode.equal('Σ' as u32, 'ς' as u32));
        assert!(!Case::Ascii.equal('É' as u32, 'é' as u32));
        assert!(!Case::Exact.equal('a' as u32, 'A' as u32));
    }

    #[test]
    fn a_range_of_capitals_without_case_holds_the_small_letters() {
        let flags = flag::IGNORE_CASE | flag::UNICODE;
        let set = CharSet::new(&Set { negative: false, items: vec![SetItem::Range('A' as u32, 'Z' as u32)] }, flags);
        assert!(set.contains('q' as u32) && set.contains('Q' as u32) && set.contains('ſ' as u32));
        assert!(!set.contains('_' as u32) && !set.contains('é' as u32));
    }
}
