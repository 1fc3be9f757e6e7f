//! The names of Unicode's characters in a table that compresses well.
//!
//! It stands in for the crate of this name, whose perfect hashes weigh 800 kB of wasm that nothing compresses. The
//! text here (`names.txt`, written by `names.py`) is 385 kB, of which brotli leaves 80 kB: a name says how many words
//! it shares with the one before. Looking one up reads the text from its start, which takes about a millisecond: the
//! parser asks for the names in `\N{BULLET}`, `unicodedata` for those a program wants to see.
//!
//! The names are those of Unicode 14, which CPython 3.11 knows.

/// First and last character of those whose name is a prefix and their number.
const NUMBERED: &[(&str, u32, u32)] = &[
    ("CJK UNIFIED IDEOGRAPH-", 0x3400, 0x4dbf),
    ("CJK UNIFIED IDEOGRAPH-", 0x4e00, 0x9fff),
    ("CJK COMPATIBILITY IDEOGRAPH-", 0xf900, 0xfa6d),
    ("CJK COMPATIBILITY IDEOGRAPH-", 0xfa70, 0xfad9),
    ("KHITAN SMALL SCRIPT CHARACTER-", 0x18b00, 0x18cd5),
    ("NUSHU CHARACTER-", 0x1b170, 0x1b2fb),
    ("CJK UNIFIED IDEOGRAPH-", 0x20000, 0x2a6df),
    ("CJK UNIFIED IDEOGRAPH-", 0x2a700, 0x2b738),
    ("CJK UNIFIED IDEOGRAPH-", 0x2b740, 0x2b81d),
    ("CJK UNIFIED IDEOGRAPH-", 0x2b820, 0x2cea1),
    ("CJK UNIFIED IDEOGRAPH-", 0x2ceb0, 0x2ebe0),
    ("CJK COMPATIBILITY IDEOGRAPH-", 0x2f800, 0x2fa1d),
    ("CJK UNIFIED IDEOGRAPH-", 0x30000, 0x3134a),
];

const SYLLABLE: &str = "HANGUL SYLLABLE ";
const SYLLABLES: std::ops::RangeInclusive<u32> = 0xac00..=0xd7a3;
const LEADS: [&str; 19] =
    ["G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"];
const VOWELS: [&str; 21] = [
    "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU",
    "YI", "I",
];
const TAILS: [&str; 28] = [
    "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S", "SS",
    "NG", "J", "C", "K", "T", "P", "H",
];

/// Other names of characters, most of which have no name: `HEX;NAME|NAME`.
const ALIASES: &str = include_str!("aliases.txt");

/// The character of this name or alias, in large or small letters.
pub fn character(name: &str) -> Option<char> {
    let name = name.to_ascii_uppercase();
    if let Some(syllable) = name.strip_prefix(SYLLABLE) {
        return SYLLABLES.filter_map(char::from_u32).find(|&c| syllable_name(c as u32) == syllable);
    }
    let is_numbered = |&&(prefix, first, last): &&(&str, u32, u32)| {
        let number = name.strip_prefix(prefix).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        number.is_some_and(|number| (first..=last).contains(&number) && name == format!("{prefix}{number:X}"))
    };
    if let Some((prefix, ..)) = NUMBERED.iter().find(is_numbered) {
        return u32::from_str_radix(&name[prefix.len()..], 16).ok().and_then(char::from_u32);
    }
    let mut names = Names::new();
    while let Some(c) = names.advance() {
        if names.is(&name) {
            return Some(c);
        }
    }
    let alias = ALIASES.lines().filter_map(|line| line.split_once(';')).find(|(_, names)| {
        names.split('|').any(|alias| alias == name)
    });
    alias.and_then(|(code, _)| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32)
}

/// The name of a character; aliases are none.
pub fn name(c: char) -> Option<String> {
    let code = c as u32;
    if SYLLABLES.contains(&code) {
        return Some(format!("{SYLLABLE}{}", syllable_name(code)));
    }
    if let Some((prefix, ..)) = NUMBERED.iter().find(|(_, first, last)| (*first..=*last).contains(&code)) {
        return Some(format!("{prefix}{code:X}"));
    }
    let mut names = Names::new();
    while let Some(found) = names.advance() {
        if found >= c {
            return (found == c).then(|| names.words.join(" "));
        }
    }
    None
}

fn syllable_name(code: u32) -> String {
    let i = (code - SYLLABLES.start()) as usize;
    [LEADS[i / 588], VOWELS[i % 588 / 28], TAILS[i % 28]].concat()
}

/// A walk through the names in the order of their characters.
struct Names {
    lines: std::str::Lines<'static>,
    next: u32,
    /// Of the name that the walk is at.
    words: Vec<&'static str>,
}

impl Names {
    fn new() -> Names {
        Names { lines: include_str!("names.txt").lines(), next: 0, words: Vec::new() }
    }

    /// Goes on to the next name: its character.
    fn advance(&mut self) -> Option<char> {
        let mut line = self.lines.next()?;
        if let Some(code) = line.strip_prefix('@') {
            self.next = u32::from_str_radix(code, 16).ok()?;
            line = self.lines.next()?;
        }
        let (shared, rest) = line.split_at(1);
        self.words.truncate(usize::from(shared.as_bytes()[0] - b'0'));
        self.words.extend(rest.split(' '));
        self.next += 1;
        char::from_u32(self.next - 1)
    }

    fn is(&self, name: &str) -> bool {
        let mut rest = name;
        for (i, word) in self.words.iter().enumerate() {
            let Some(after) = rest.strip_prefix(word) else { return false };
            rest = match after.strip_prefix(' ') {
                Some(after) if i + 1 < self.words.len() => after,
                None if i + 1 == self.words.len() => after,
                _ => return false,
            };
        }
        rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{character, name};

    #[test]
    fn names_and_characters_belong_together() {
        for (c, text) in [
            ('•', "BULLET"),
            ('A', "LATIN CAPITAL LETTER A"),
            ('😀', "GRINNING FACE"),
            ('漢', "CJK UNIFIED IDEOGRAPH-6F22"),
            ('각', "HANGUL SYLLABLE GAG"),
            ('-', "HYPHEN-MINUS"),
        ] {
            assert_eq!(name(c).as_deref(), Some(text));
            assert_eq!(character(text), Some(c));
            assert_eq!(character(&text.to_lowercase()), Some(c));
        }
        assert_eq!(character("LF"), Some('\n'));
        assert_eq!(name('\n'), None);
        assert_eq!(character("BULLE"), None);
        assert_eq!(character("BULLET "), None);
        assert_eq!(character(""), None);
    }
}
