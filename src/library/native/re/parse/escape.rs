//! Escapes, and sets of characters.

use super::super::tree::{Category, Node, Place, Set, SetItem};
use super::{Escaped, Parser, Plain, Result, Token, Wrong};
use crate::python::types::str as text;

/// What an escape in a set stands for.
enum Escape {
    Literal(u32),
    Category(Category, bool),
}

fn is_octal(c: char) -> bool {
    ('0'..='7').contains(&c)
}

fn literal_escape(c: char) -> Option<u32> {
    Some(match c {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => 92,
        _ => return None,
    })
}

fn category_escape(c: char) -> Option<(Category, bool)> {
    Some(match c {
        'd' => (Category::Digit, false),
        'D' => (Category::Digit, true),
        's' => (Category::Space, false),
        'S' => (Category::Space, true),
        'w' => (Category::Word, false),
        'W' => (Category::Word, true),
        _ => return None,
    })
}

impl Parser<'_> {
    /// `\x41`, `\u0041` and `\U00000041`, behind the letter; `None` for other letters.
    fn numeric_escape(&mut self, c: char) -> Result<Option<u32>> {
        let digits = match c {
            'x' => 2,
            'u' if self.is_text => 4,
            'U' if self.is_text => 8,
            _ => return Ok(None),
        };
        let mut escape = String::from_iter(['\\', c]);
        self.take_while(digits, &mut escape, |c| c.is_ascii_hexdigit())?;
        if escape.len() != digits + 2 {
            let len = escape.len();
            return Err(self.error(format!("incomplete escape {escape}"), len));
        }
        let code = u32::from_str_radix(&escape[2..], 16).unwrap_or(u32::MAX);
        if code > 0x10ffff {
            return Err(self.error(format!("bad escape {escape}"), escape.len()));
        }
        Ok(Some(code))
    }

    /// `\N{…}`: a character by its name.
    fn named_escape(&mut self) -> Result<u32> {
        if !self.accept('{')? {
            return Err(self.error("missing {", 0));
        }
        let name = self.take_until('}', "character name")?;
        if let Some(c) = unicode_names2::character(&name) {
            return Ok(c as u32);
        }
        let (shown, len) = (text::repr(&name), name.chars().count());
        Err(self.error(format!("undefined character name {shown}"), len + 4))
    }

    fn octal(&self, escape: &str) -> Result<u32> {
        let code = u32::from_str_radix(&escape[1..], 8).unwrap_or(0);
        if code > 0o377 {
            let message = format!("octal escape value {escape} outside of range 0-0o377");
            return Err(self.error(message, escape.len()));
        }
        Ok(code)
    }

    /// An escape outside of sets.
    pub(super) fn escape(&mut self, c: char) -> Result<Node> {
        if let Some((category, negative)) = category_escape(c) {
            return Ok(Node::Set(Set { negative: false, items: vec![SetItem::Category(category, negative)] }));
        }
        match c {
            'A' => return Ok(Node::At(Place::TextBeginning)),
            'b' => return Ok(Node::At(Place::Boundary)),
            'B' => return Ok(Node::At(Place::NoBoundary)),
            'Z' => return Ok(Node::At(Place::TextEnd)),
            'z' if self.version >= (3, 14) => return Ok(Node::At(Place::TextEnd)),
            _ => {}
        }
        if let Some(code) = literal_escape(c) {
            return Ok(Node::Literal(code));
        }
        if let Some(code) = self.numeric_escape(c)? {
            return Ok(Node::Literal(code));
        }
        if c == 'N' && self.is_text {
            return self.named_escape().map(Node::Literal);
        }
        let mut escape = String::from_iter(['\\', c]);
        if c == '0' {
            self.take_while(2, &mut escape, is_octal)?;
            return self.octal(&escape).map(Node::Literal);
        }
        if c.is_ascii_digit() {
            self.take_while(1, &mut escape, |c| c.is_ascii_digit())?;
            if escape.len() == 3 && escape[1..].chars().all(is_octal) && self.next_is(is_octal) {
                self.take_while(1, &mut escape, is_octal)?;
                return self.octal(&escape).map(Node::Literal);
            }
            let group: u32 = escape[1..].parse().unwrap_or(u32::MAX);
            if (group as usize) < self.widths.len() {
                if !self.is_closed(group) {
                    return Err(self.error("cannot refer to an open group", escape.len()));
                }
                self.check_lookbehind(group)?;
                return Ok(Node::Backreference(group));
            }
            return Err(self.error(format!("invalid group reference {group}"), escape.len() - 1));
        }
        if c.is_ascii_alphabetic() {
            return Err(self.error(format!("bad escape {escape}"), 2));
        }
        Ok(Node::Literal(c as u32))
    }

    /// An escape inside a set.
    fn set_escape(&mut self, c: char) -> Result<Escape> {
        if let Some(code) = literal_escape(c) {
            return Ok(Escape::Literal(code));
        }
        if let Some((category, negative)) = category_escape(c) {
            return Ok(Escape::Category(category, negative));
        }
        if let Some(code) = self.numeric_escape(c)? {
            return Ok(Escape::Literal(code));
        }
        if c == 'N' && self.is_text {
            return self.named_escape().map(Escape::Literal);
        }
        let mut escape = String::from_iter(['\\', c]);
        if is_octal(c) {
            self.take_while(2, &mut escape, is_octal)?;
            return self.octal(&escape).map(Escape::Literal);
        }
        if c.is_ascii_alphanumeric() {
            return Err(self.error(format!("bad escape {escape}"), 2));
        }
        Ok(Escape::Literal(c as u32))
    }

    fn set_token(&mut self, token: Token) -> Result<Escape> {
        match token {
            Plain(c) => Ok(Escape::Literal(c as u32)),
            Escaped(c) => self.set_escape(c),
        }
    }

    /// `[…]`, behind the bracket.
    pub(super) fn set(&mut self) -> Result<Node> {
        let here = self.tell() - 1;
        let mut set = Set::default();
        if self.next == Some(Plain('[')) {
            let place = self.tell();
            self.warn("FutureWarning", format!("Possible nested set at position {place}"));
        }
        set.negative = self.accept('^')?;
        let push = |set: &mut Set, escape: Escape| {
            set.items.push(match escape {
                Escape::Literal(c) => SetItem::Range(c, c),
                Escape::Category(category, negative) => SetItem::Category(category, negative),
            });
        };
        loop {
            let Some(this) = self.take()? else { return Err(self.unterminated_set(here)) };
            if this == Plain(']') && !set.items.is_empty() {
                break;
            }
            if let Plain(c @ ('-' | '&' | '~' | '|')) = this
                && !set.items.is_empty()
                && self.next == Some(this)
            {
                let what = match c {
                    '-' => "difference",
                    '&' => "intersection",
                    '~' => "symmetric difference",
                    _ => "union",
                };
                let place = self.tell() - 1;
                self.warn("FutureWarning", format!("Possible set {what} at position {place}"));
            }
            let low = self.set_token(this)?;
            if !self.accept('-')? {
                push(&mut set, low);
                continue;
            }
            let Some(that) = self.take()? else { return Err(self.unterminated_set(here)) };
            if that == Plain(']') {
                push(&mut set, low);
                set.items.push(SetItem::Range('-' as u32, '-' as u32));
                break;
            }
            if that == Plain('-') {
                let place = self.tell() - 2;
                self.warn("FutureWarning", format!("Possible set difference at position {place}"));
            }
            let high = self.set_token(that)?;
            match (low, high) {
                (Escape::Literal(low), Escape::Literal(high)) if low <= high => {
                    set.items.push(SetItem::Range(low, high));
                }
                _ => {
                    let message = format!("bad character range {}-{}", this.text(), that.text());
                    return Err(self.error(message, this.len() + 1 + that.len()));
                }
            }
        }
        if let [SetItem::Range(low, high)] = set.items[..]
            && low == high
            && !set.negative
        {
            return Ok(Node::Literal(low));
        }
        Ok(Node::Set(set))
    }

    fn unterminated_set(&self, here: usize) -> Wrong {
        self.error("unterminated character set", self.tell() - here)
    }
}
