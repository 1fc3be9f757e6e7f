//! Code pages: ASCII and another 128 characters each.
//!
//! `pages.txt` has two lines a page: its names, the first being Python's own, then the characters of the bytes from
//! 128 on in four digits each. It was written by `bytes(range(128, 256)).decode(name, "replace")` under CPython 3.11.

use std::sync::OnceLock;

/// One code page.
#[derive(PartialEq, Eq, Debug)]
pub struct Page {
    names: Vec<&'static str>,
    /// Of the bytes from 128 on; U+FFFD where a byte has none.
    characters: Vec<char>,
}

impl Page {
    /// The character of a byte.
    pub fn character(&self, byte: u8) -> Option<char> {
        match byte.checked_sub(128) {
            None => Some(byte as char),
            Some(i) => Some(self.characters[usize::from(i)]).filter(|&c| c != char::REPLACEMENT_CHARACTER),
        }
    }

    /// The byte of a character.
    pub fn byte(&self, c: char) -> Option<u8> {
        if c.is_ascii() {
            return Some(c as u8);
        }
        let place = self.characters.iter().position(|&known| known == c && c != char::REPLACEMENT_CHARACTER)?;
        u8::try_from(place + 128).ok()
    }
}

/// The page with this name, in small letters with `-` between words.
pub fn named(name: &str) -> Option<&'static Page> {
    static PAGES: OnceLock<Vec<Page>> = OnceLock::new();
    let read = || {
        let lines: Vec<&'static str> = include_str!("pages.txt").lines().collect();
        let page = |lines: &[&'static str]| Page {
            names: lines[0].split(' ').collect(),
            characters: (0..128)
                .map(|i| u32::from_str_radix(&lines[1][4 * i..4 * i + 4], 16).ok().and_then(char::from_u32))
                .map(|c| c.expect("four digits are a character"))
                .collect(),
        };
        lines.chunks(2).map(page).collect()
    };
    PAGES.get_or_init(read).iter().find(|page| page.names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn bytes_and_characters_of_a_page_belong_together() {
        let page = named("cp1252").expect("it is known");
        assert_eq!(page.character(0x80), Some('€'));
        assert_eq!(page.byte('€'), Some(0x80));
        assert_eq!(page.character(0x81), None);
        assert_eq!(page.byte('Ω'), None);
        assert_eq!(page.byte('a'), Some(b'a'));
    }
}
