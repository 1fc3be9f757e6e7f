//! Reads a pattern, with the errors and their places that CPython's `re._parser` reports.

use super::tree::{MANY, Manner, Node, Place, Set, SetItem, Width, flag};
use crate::python::types::str as text;

mod escape;
mod group;

/// Why a pattern is wrong.
#[derive(Debug)]
pub enum Wrong {
    /// `re.error`, with the place in the pattern.
    Error(String, Option<usize>),
    /// `OverflowError`
    Overflow,
    /// `ValueError`
    Value(&'static str),
}

/// A pattern that was read.
#[derive(Debug)]
pub struct Parsed {
    /// The whole.
    pub nodes: Vec<Node>,
    /// Flags, those inside the pattern included.
    pub flags: u32,
    /// The width of each group, from 1.
    pub widths: Vec<Option<Width>>,
    /// Names of groups.
    pub names: Vec<(String, u32)>,
    /// Warnings: category and text.
    pub warnings: Vec<(&'static str, String)>,
}

/// A character of the pattern, or a backslash with the one behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Plain(char),
    Escaped(char),
}

use Token::{Escaped, Plain};

impl Token {
    fn len(self) -> usize {
        match self {
            Plain(_) => 1,
            Escaped(_) => 2,
        }
    }

    fn push_to(self, out: &mut String) {
        match self {
            Plain(c) => out.push(c),
            Escaped(c) => out.extend(['\\', c]),
        }
    }

    fn text(self) -> String {
        let mut out = String::new();
        self.push_to(&mut out);
        out
    }
}

struct Parser<'a> {
    pattern: &'a [char],
    is_text: bool,
    version: (u32, u32),
    /// Behind the token that is next.
    index: usize,
    next: Option<Token>,
    flags: u32,
    /// Of each group from 0, once it is closed.
    widths: Vec<Option<Width>>,
    names: Vec<(String, u32)>,
    /// The number of groups when the outermost lookbehind began.
    lookbehind: Option<usize>,
    /// Groups that conditions name, with the place.
    conditions: Vec<(u32, usize)>,
    warnings: Vec<(&'static str, String)>,
}

type Result<T> = std::result::Result<T, Wrong>;

/// Reads a pattern; of bytes it has one character a byte.
pub fn parse(pattern: &[char], is_text: bool, flags: u32, version: (u32, u32)) -> Result<Parsed> {
    let mut parser = Parser {
        pattern,
        is_text,
        version,
        index: 0,
        next: None,
        flags,
        widths: vec![None],
        names: Vec::new(),
        lookbehind: None,
        conditions: Vec::new(),
        warnings: Vec::new(),
    };
    parser.advance()?;
    let nodes = parser.alternatives(flags & flag::VERBOSE != 0, 0)?;
    parser.flags = fixed_flags(is_text, parser.flags)?;
    if parser.next.is_some() {
        return Err(parser.error("unbalanced parenthesis", 0));
    }
    for &(group, place) in &parser.conditions {
        if group as usize >= parser.widths.len() {
            return Err(Wrong::Error(format!("invalid group reference {group}"), Some(place)));
        }
    }
    let Parser { flags, widths, names, warnings, .. } = parser;
    Ok(Parsed { nodes, flags, widths, names, warnings })
}

/// Flags that fit the kind of pattern.
fn fixed_flags(is_text: bool, flags: u32) -> Result<u32> {
    let has = |wanted| flags & wanted != 0;
    if is_text {
        if has(flag::LOCALE) {
            return Err(Wrong::Value("cannot use LOCALE flag with a str pattern"));
        }
        if !has(flag::ASCII) {
            return Ok(flags | flag::UNICODE);
        }
        if has(flag::UNICODE) {
            return Err(Wrong::Value("ASCII and UNICODE flags are incompatible"));
        }
    } else {
        if has(flag::UNICODE) {
            return Err(Wrong::Value("cannot use UNICODE flag with a bytes pattern"));
        }
        if has(flag::LOCALE) && has(flag::ASCII) {
            return Err(Wrong::Value("ASCII and LOCALE flags are incompatible"));
        }
    }
    Ok(flags)
}

fn flag_of(c: char) -> Option<u32> {
    Some(match c {
        'i' => flag::IGNORE_CASE,
        'L' => flag::LOCALE,
        'm' => flag::MULTILINE,
        's' => flag::DOT_ALL,
        'x' => flag::VERBOSE,
        'a' => flag::ASCII,
        'u' => flag::UNICODE,
        _ => return None,
    })
}

impl Parser<'_> {
    /// Makes the token behind `index` the next one.
    fn advance(&mut self) -> Result<()> {
        self.next = match self.pattern.get(self.index) {
            None => None,
            Some('\\') => match self.pattern.get(self.index + 1) {
                Some(&c) => {
                    self.index += 1;
                    Some(Escaped(c))
                }
                None => {
                    let place = self.pattern.len() - 1;
                    return Err(Wrong::Error("bad escape (end of pattern)".into(), Some(place)));
                }
            },
            Some(&c) => Some(Plain(c)),
        };
        if self.next.is_some() {
            self.index += 1;
        }
        Ok(())
    }

    fn take(&mut self) -> Result<Option<Token>> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    fn accept(&mut self, c: char) -> Result<bool> {
        let found = self.next == Some(Plain(c));
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn next_is(&self, test: impl Fn(char) -> bool) -> bool {
        matches!(self.next, Some(Plain(c)) if test(c))
    }

    fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Token::len)
    }

    /// An error that lies so many characters before the next token.
    fn error(&self, message: impl Into<String>, offset: usize) -> Wrong {
        let mut message = message.into();
        if !self.is_text {
            message = text::ascii(&message);
        }
        Wrong::Error(message, Some(self.tell().saturating_sub(offset)))
    }

    fn warn(&mut self, category: &'static str, message: String) {
        self.warnings.push((category, message));
    }

    /// At most `n` characters of a class.
    fn take_while(&mut self, n: usize, out: &mut String, test: impl Fn(char) -> bool) -> Result<()> {
        for _ in 0..n {
            match self.next {
                Some(Plain(c)) if test(c) => out.push(c),
                _ => break,
            }
            self.advance()?;
        }
        Ok(())
    }

    /// What stands before the end of a name.
    fn take_until(&mut self, end: char, what: &str) -> Result<String> {
        let mut found = String::new();
        loop {
            let token = self.take()?;
            match token {
                None if found.is_empty() => return Err(self.error(format!("missing {what}"), 0)),
                None => {
                    let len = found.chars().count();
                    return Err(self.error(format!("missing {end}, unterminated name"), len));
                }
                Some(Plain(c)) if c == end => {
                    if found.is_empty() {
                        return Err(self.error(format!("missing {what}"), 1));
                    }
                    return Ok(found);
                }
                Some(token) => token.push_to(&mut found),
            }
        }
    }

    fn check_name(&mut self, name: &str) -> Result<()> {
        let len = name.chars().count();
        let allowed = self.is_text || name.is_ascii() || self.version < (3, 12);
        if !text::is_identifier(name) || !allowed {
            let shown = text::repr(name);
            return Err(self.error(format!("bad character in group name {shown}"), len + 1));
        }
        Ok(())
    }

    fn group_of_name(&self, name: &str) -> Option<u32> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, group)| *group)
    }

    fn is_closed(&self, group: u32) -> bool {
        self.widths.get(group as usize).is_some_and(Option::is_some)
    }

    /// In a lookbehind, a reference must be to what lies before it.
    fn check_lookbehind(&self, group: u32) -> Result<()> {
        let Some(outer) = self.lookbehind else { return Ok(()) };
        if !self.is_closed(group) {
            return Err(self.error("cannot refer to an open group", 0));
        }
        if group as usize >= outer {
            let message = "cannot refer to group defined in the same lookbehind subpattern";
            return Err(self.error(message, 0));
        }
        Ok(())
    }

    /// `a|b|c`
    fn alternatives(&mut self, mut verbose: bool, nested: usize) -> Result<Vec<Node>> {
        let mut items = Vec::new();
        loop {
            let item = self.sequence(verbose, nested + 1, nested == 0 && items.is_empty())?;
            items.push(item);
            if !self.accept('|')? {
                break;
            }
            if nested == 0 {
                verbose = self.flags & flag::VERBOSE != 0;
            }
        }
        if items.len() == 1 {
            return Ok(items.pop().unwrap_or_default());
        }
        // Alternatives of one character each are a set.
        let mut set = Set::default();
        for item in &items {
            match item.as_slice() {
                [Node::Literal(c)] => set.items.push(SetItem::Range(*c, *c)),
                [Node::Set(other)] if !other.negative => set.items.extend(&other.items),
                _ => return Ok(vec![Node::Branch(items)]),
            }
        }
        Ok(vec![Node::Set(set)])
    }

    fn sequence(&mut self, mut verbose: bool, nested: usize, first: bool) -> Result<Vec<Node>> {
        let mut nodes = Vec::new();
        while let Some(this) = self.next {
            if matches!(this, Plain('|' | ')')) {
                break;
            }
            self.advance()?;
            let c = match this {
                Plain(c) => c,
                Escaped(c) => {
                    let node = self.escape(c)?;
                    nodes.push(node);
                    continue;
                }
            };
            if verbose {
                if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c') {
                    continue;
                }
                if c == '#' {
                    while !matches!(self.take()?, None | Some(Plain('\n'))) {}
                    continue;
                }
            }
            match c {
                '[' => {
                    let node = self.set()?;
                    nodes.push(node);
                }
                '*' | '+' | '?' | '{' => self.repeat(c, &mut nodes)?,
                '.' => nodes.push(Node::Any),
                '(' => {
                    let at_start = first && nodes.is_empty();
                    if let Some(node) = self.group(&mut verbose, nested, at_start)? {
                        nodes.push(node);
                    }
                }
                '^' => nodes.push(Node::At(Place::Beginning)),
                '$' => nodes.push(Node::At(Place::End)),
                c => nodes.push(Node::Literal(c as u32)),
            }
        }
        Ok(nodes)
    }

    fn count(digits: &str) -> Result<u32> {
        digits.parse().ok().filter(|&n| n < MANY).ok_or(Wrong::Overflow)
    }

    /// `*`, `+`, `?`, `{…}`, behind the first character.
    fn repeat(&mut self, c: char, nodes: &mut Vec<Node>) -> Result<()> {
        let here = self.tell();
        let (mut min, mut max) = (0, MANY);
        match c {
            '?' => max = 1,
            '*' => {}
            '+' => min = 1,
            _ => {
                if self.next == Some(Plain('}')) {
                    nodes.push(Node::Literal(c as u32));
                    return Ok(());
                }
                let (mut low, mut high) = (String::new(), String::new());
                self.take_while(usize::MAX, &mut low, |c| c.is_ascii_digit())?;
                if self.accept(',')? {
                    self.take_while(usize::MAX, &mut high, |c| c.is_ascii_digit())?;
                } else {
                    high.clone_from(&low);
                }
                if !self.accept('}')? {
                    nodes.push(Node::Literal(c as u32));
                    self.index = here;
                    return self.advance();
                }
                if !low.is_empty() {
                    min = Self::count(&low)?;
                }
                if !high.is_empty() {
                    max = Self::count(&high)?;
                    if max < min {
                        let offset = self.tell() - here;
                        return Err(self.error("min repeat greater than max repeat", offset));
                    }
                }
            }
        }
        let offset = self.tell() - here + 1;
        let item = match nodes.pop() {
            None | Some(Node::At(_)) => return Err(self.error("nothing to repeat", offset)),
            Some(Node::Repeat { .. }) => return Err(self.error("multiple repeat", offset)),
            Some(Node::Group { index: None, add: 0, remove: 0, body }) => body,
            Some(item) => vec![item],
        };
        let manner = if self.accept('?')? {
            Manner::Lazy
        } else if self.version >= (3, 11) && self.accept('+')? {
            Manner::Possessive
        } else {
            Manner::Greedy
        };
        nodes.push(Node::Repeat { min, max, manner, body: item });
        Ok(())
    }
}
