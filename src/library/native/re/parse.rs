//! Reads a pattern, with the errors and their places that CPython's `re._parser` reports.

use super::tree::{Category, MANY, Manner, Node, Place, Set, SetItem, Width, flag, width};
use crate::python::types::{str as text, unicode};

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

/// What an escape in a set stands for.
enum Escape {
    Literal(u32),
    Category(Category, bool),
}

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
    fn escape(&mut self, c: char) -> Result<Node> {
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
    fn set(&mut self) -> Result<Node> {
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

    /// `(…`, behind the parenthesis; `None` for comments and flags of the whole pattern.
    fn group(&mut self, verbose: &mut bool, nested: usize, at_start: bool) -> Result<Option<Node>> {
        let start = self.tell() - 1;
        let mut name = None;
        let mut captures = true;
        let mut atomic = false;
        let (mut add, mut remove) = (0, 0);
        if self.accept('?')? {
            let Some(token) = self.take()? else { return Err(self.error("unexpected end of pattern", 0)) };
            match token {
                Plain('P') => {
                    if self.accept('<')? {
                        let found = self.take_until('>', "group name")?;
                        self.check_name(&found)?;
                        name = Some(found);
                    } else if self.accept('=')? {
                        return self.named_reference().map(Some);
                    } else {
                        let Some(token) = self.take()? else {
                            return Err(self.error("unexpected end of pattern", 0));
                        };
                        let message = format!("unknown extension ?P{}", token.text());
                        return Err(self.error(message, token.len() + 2));
                    }
                }
                Plain(':') => captures = false,
                Plain('#') => loop {
                    if self.next.is_none() {
                        let offset = self.tell() - start;
                        return Err(self.error("missing ), unterminated comment", offset));
                    }
                    if self.take()? == Some(Plain(')')) {
                        return Ok(None);
                    }
                },
                Plain(c @ ('=' | '!' | '<')) => return self.look(c, start, *verbose, nested).map(Some),
                Plain('(') => return self.conditional(start, *verbose, nested).map(Some),
                Plain('>') if self.version >= (3, 11) => {
                    captures = false;
                    atomic = true;
                }
                Plain(c) if c == '-' || flag_of(c).is_some() => {
                    let Some((on, off)) = self.inline_flags(c)? else {
                        self.global_flags(start, at_start)?;
                        *verbose = self.flags & flag::VERBOSE != 0;
                        return Ok(None);
                    };
                    (add, remove) = (on, off);
                    captures = false;
                }
                token => {
                    let message = format!("unknown extension ?{}", token.text());
                    return Err(self.error(message, token.len() + 1));
                }
            }
        }
        let index = if captures { Some(self.open_group(name)?) } else { None };
        let inner = (*verbose || add & flag::VERBOSE != 0) && remove & flag::VERBOSE == 0;
        let body = self.alternatives(inner, nested + 1)?;
        self.close_parenthesis(start)?;
        if let Some(group) = index {
            self.widths[group as usize] = Some(width(&body, &self.widths));
        }
        Ok(Some(if atomic { Node::Atomic(body) } else { Node::Group { index, add, remove, body } }))
    }

    fn close_parenthesis(&mut self, start: usize) -> Result<()> {
        if self.accept(')')? {
            return Ok(());
        }
        Err(self.error("missing ), unterminated subpattern", self.tell() - start))
    }

    fn open_group(&mut self, name: Option<String>) -> Result<u32> {
        let group = self.widths.len() as u32;
        self.widths.push(None);
        let Some(name) = name else { return Ok(group) };
        if let Some(other) = self.group_of_name(&name) {
            let shown = text::repr(&name);
            let message = format!("redefinition of group name {shown} as group {group}; was group {other}");
            return Err(self.error(message, name.chars().count() + 1));
        }
        self.names.push((name, group));
        Ok(group)
    }

    /// `(?P=…`
    fn named_reference(&mut self) -> Result<Node> {
        let name = self.take_until(')', "group name")?;
        self.check_name(&name)?;
        let offset = name.chars().count() + 1;
        let Some(group) = self.group_of_name(&name) else {
            return Err(self.error(format!("unknown group name {}", text::repr(&name)), offset));
        };
        if !self.is_closed(group) {
            return Err(self.error("cannot refer to an open group", offset));
        }
        self.check_lookbehind(group)?;
        Ok(Node::Backreference(group))
    }

    /// `(?=`, `(?!`, `(?<=`, `(?<!`
    fn look(&mut self, c: char, start: usize, verbose: bool, nested: usize) -> Result<Node> {
        let behind = c == '<';
        let mut sign = c;
        let outer = self.lookbehind;
        if behind {
            sign = match self.take()? {
                None => return Err(self.error("unexpected end of pattern", 0)),
                Some(Plain(c @ ('=' | '!'))) => c,
                Some(token) => {
                    let message = format!("unknown extension ?<{}", token.text());
                    return Err(self.error(message, token.len() + 2));
                }
            };
            self.lookbehind = outer.or(Some(self.widths.len()));
        }
        let body = self.alternatives(verbose, nested + 1)?;
        self.lookbehind = outer;
        self.close_parenthesis(start)?;
        Ok(Node::Look { behind, negative: sign == '!', body })
    }

    /// `(?(1)…|…)`
    fn conditional(&mut self, start: usize, verbose: bool, nested: usize) -> Result<Node> {
        let name = self.take_until(')', "group name")?;
        let offset = name.chars().count() + 1;
        let group = if name.bytes().all(|b| b.is_ascii_digit()) {
            let group = name.parse().ok().filter(|&n: &u32| n < MANY / 2);
            match group {
                Some(0) => return Err(self.error("bad group number", offset)),
                None => return Err(self.error(format!("invalid group reference {name}"), offset)),
                Some(group) => {
                    if !self.conditions.iter().any(|c| c.0 == group) {
                        let place = self.tell() - offset;
                        self.conditions.push((group, place));
                    }
                    group
                }
            }
        } else {
            self.check_name(&name)?;
            match self.group_of_name(&name) {
                Some(group) => group,
                None => return Err(self.error(format!("unknown group name {}", text::repr(&name)), offset)),
            }
        };
        self.check_lookbehind(group)?;
        let yes = self.sequence(verbose, nested + 1, false)?;
        let mut no = Vec::new();
        if self.accept('|')? {
            no = self.sequence(verbose, nested + 1, false)?;
            if self.next == Some(Plain('|')) {
                return Err(self.error("conditional backref with more than two branches", 0));
            }
        }
        self.close_parenthesis(start)?;
        Ok(Node::Conditional(group, yes, no))
    }

    /// Flags of the whole pattern: only at its start since 3.11.
    fn global_flags(&mut self, start: usize, at_start: bool) -> Result<()> {
        if at_start {
            return Ok(());
        }
        if self.version >= (3, 11) {
            let offset = self.tell() - start;
            return Err(self.error("global flags not at the start of the expression", offset));
        }
        let shown: String = self.pattern.iter().take(20).collect();
        let prefix = if self.is_text { "" } else { "b" };
        let cut = if self.pattern.len() > 20 { " (truncated)" } else { "" };
        let shown = text::repr(&shown);
        let tail = if self.version >= (3, 10) { format!(" but at position {start}") } else { String::new() };
        let message = format!("Flags not at the start of the expression {prefix}{shown}{cut}{tail}");
        self.warn("DeprecationWarning", message);
        Ok(())
    }

    /// `(?i-s:`, from the first letter; `None` when they hold for the whole pattern.
    fn inline_flags(&mut self, first: char) -> Result<Option<(u32, u32)>> {
        let (mut add, mut remove) = (0, 0);
        let mut c = first;
        if c != '-' {
            loop {
                let on = flag_of(c).unwrap_or(0);
                if self.is_text && c == 'L' {
                    let message = "bad inline flags: cannot use 'L' flag with a str pattern";
                    return Err(self.error(message, 0));
                }
                if !self.is_text && c == 'u' {
                    let message = "bad inline flags: cannot use 'u' flag with a bytes pattern";
                    return Err(self.error(message, 0));
                }
                add |= on;
                if on & flag::TYPES != 0 && add & flag::TYPES != on {
                    let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                    return Err(self.error(message, 0));
                }
                match self.flag_letter("missing -, : or )", &[')', '-', ':'])? {
                    ')' => {
                        self.flags |= add;
                        return Ok(None);
                    }
                    next @ ('-' | ':') => {
                        c = next;
                        break;
                    }
                    next => c = next,
                }
            }
        }
        if c == '-' {
            c = self.flag_letter("missing flag", &[])?;
            loop {
                let off = flag_of(c).unwrap_or(0);
                if off & flag::TYPES != 0 {
                    let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                    return Err(self.error(message, 0));
                }
                remove |= off;
                c = self.flag_letter("missing :", &[':'])?;
                if c == ':' {
                    break;
                }
            }
        }
        if add & remove != 0 {
            return Err(self.error("bad inline flags: flag turned on and off", 1));
        }
        Ok(Some((add, remove)))
    }

    /// A letter of a flag, or one of these ends.
    fn flag_letter(&mut self, missing: &str, ends: &[char]) -> Result<char> {
        match self.take()? {
            None => Err(self.error(missing, 0)),
            Some(Plain(c)) if ends.contains(&c) || flag_of(c).is_some() => Ok(c),
            Some(Plain(c)) if unicode::is_alpha(c) => Err(self.error("unknown flag", 1)),
            Some(token) => Err(self.error(missing, token.len())),
        }
    }
}
