//! What CPython's tokenizer makes of a text (`Parser/tokenizer.c`, `tok_get`): its tokens, and the first complaint.
//!
//! CPython reads the whole text before it complains about anything, so a mistake inside a token, wherever it is,
//! goes before a mistake of grammar. Only texts that do not parse are scanned.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_text_size::{Ranged, TextRange, TextSize};

/// Whether a character is a digit of a base.
type IsDigit = fn(u8) -> bool;

/// What kind of token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A name or keyword.
    Name,
    /// A number.
    Number,
    /// A string with its prefix, one token even with replacement fields inside.
    String,
    /// An operator or bracket.
    Op,
    /// The end of a logical line.
    Newline,
    /// A deeper indentation begins.
    Indent,
    /// An indentation ends.
    Dedent,
    /// The end of the text.
    End,
}

/// A token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it is; empty for the last four kinds.
    pub at: TextRange,
}

/// A complaint of the tokenizer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Which class of exception.
    pub class: Class,
    /// Where.
    pub at: TextRange,
    /// CPython's words.
    pub message: String,
}

/// How a [`Fault`] is raised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// A `SyntaxError`, raised wherever it stands in the text.
    Final,
    /// A `SyntaxError`, raised when the parser gets there.
    Syntax,
    /// An `IndentationError`, raised when the parser gets there.
    Indentation,
    /// A `TabError`, raised when the parser gets there.
    Tab,
}

/// The whole text, or as far as the tokenizer came.
pub struct Scan {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Why it ends before the text does.
    pub fault: Option<Fault>,
    /// Brackets open where it ends, innermost last.
    pub open: Vec<(char, TextRange)>,
}

/// Reads a text. With `fields`, what stands in the replacement fields of an f-string may contain the string's own
/// quotes (Python 3.12); where such a string ends is known from Ruff's tokens.
pub fn scan(text: &str, fields: Option<&Tokens>) -> Scan {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        fields,
        indents: vec![(0, 0)],
        scan: Scan { tokens: Vec::new(), fault: None, open: Vec::new() },
    };
    if let Err(fault) = scanner.lines() {
        scanner.scan.fault = Some(fault);
    }
    scanner.scan
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    fields: Option<&'a Tokens>,
    /// Columns of the open indentations, with tabs of eight columns and of one.
    indents: Vec<(usize, usize)>,
    scan: Scan,
}

fn place(offset: usize) -> TextSize {
    TextSize::new(offset as u32)
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// A complaint at the character read last.
    fn fault<T>(&self, message: impl Into<String>) -> Result<T, Fault> {
        let last = self.text[..self.at].char_indices().next_back().map_or(0, |(at, _)| at);
        Err(Fault { class: Class::Final, at: TextRange::empty(place(last)), message: message.into() })
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.scan.tokens.push(Token { kind, at: TextRange::new(place(start), place(self.at)) });
    }

    fn lines(&mut self) -> Result<(), Fault> {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        while !self.is_at_end() {
            self.indentation()?;
            self.line()?;
        }
        while self.indents.len() > 1 {
            self.indents.pop();
            self.push(Kind::Dedent, self.at);
        }
        self.push(Kind::End, self.at);
        Ok(())
    }

    fn indentation(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let (mut col, mut alt) = (0, 0);
        loop {
            match self.peek(0) {
                b' ' => (col, alt) = (col + 1, alt + 1),
                b'\t' => (col, alt) = ((col / 8 + 1) * 8, alt + 1),
                0x0c => (col, alt) = (0, 0),
                _ => break,
            }
            self.at += 1;
        }
        if self.is_at_end() || matches!(self.peek(0), b'#' | b'\n' | b'\r' | b'\\') {
            return Ok(());
        }
        let tabs = Fault {
            class: Class::Tab,
            at: TextRange::empty(place(start)),
            message: "inconsistent use of tabs and spaces in indentation".into(),
        };
        let &(top, alt_top) = self.indents.last().expect("the outermost stays");
        if col == top {
            return if alt == alt_top { Ok(()) } else { Err(tabs) };
        }
        if col > top {
            if alt <= alt_top {
                return Err(tabs);
            }
            self.indents.push((col, alt));
            self.push(Kind::Indent, self.at);
            return Ok(());
        }
        while self.indents.len() > 1 && self.indents.last().is_some_and(|&(top, _)| col < top) {
            self.indents.pop();
            self.push(Kind::Dedent, self.at);
        }
        let &(top, alt_top) = self.indents.last().expect("the outermost stays");
        if col != top {
            let end = self.text[self.at..].find('\n').map_or(self.text.len(), |n| self.at + n);
            return Err(Fault {
                class: Class::Indentation,
                at: TextRange::empty(place(end)),
                message: "unindent does not match any outer indentation level".into(),
            });
        }
        if alt == alt_top { Ok(()) } else { Err(tabs) }
    }

    /// The rest of a logical line.
    fn line(&mut self) -> Result<(), Fault> {
        let first = self.scan.tokens.len();
        loop {
            let start = self.at;
            match self.peek(0) {
                _ if self.is_at_end() => {
                    if self.scan.tokens.len() > first && self.scan.open.is_empty() {
                        self.push(Kind::Newline, self.at);
                    }
                    return Ok(());
                }
                b' ' | b'\t' | 0x0c | b'\r' => self.at += 1,
                b'#' => self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at),
                b'\n' => {
                    let ends = self.scan.open.is_empty();
                    if ends && self.scan.tokens.len() > first {
                        self.scan.tokens.push(Token { kind: Kind::Newline, at: TextRange::empty(place(start)) });
                    }
                    self.at += 1;
                    if ends {
                        return Ok(());
                    }
                }
                b'\\' => self.continuation()?,
                b'0'..=b'9' => self.number()?,
                b'.' if self.peek(1).is_ascii_digit() => self.number()?,
                b'"' | b'\'' => self.string(start)?,
                c if c == b'_' || c.is_ascii_alphabetic() || c >= 128 => self.name()?,
                _ => self.operator()?,
            }
        }
    }

    fn continuation(&mut self) -> Result<(), Fault> {
        self.at += 1;
        if self.peek(0) == b'\r' {
            self.at += 1;
        }
        if self.peek(0) != b'\n' && !self.is_at_end() {
            return Err(Fault {
                class: Class::Syntax,
                at: TextRange::empty(place(self.at)),
                message: "unexpected character after line continuation character".into(),
            });
        }
        self.at = (self.at + 1).min(self.bytes.len());
        if self.is_at_end() {
            return Err(Fault {
                class: Class::Syntax,
                at: TextRange::empty(place(self.at)),
                message: "unexpected EOF while parsing".into(),
            });
        }
        Ok(())
    }

    fn name(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let (mut kinds, mut is_prefix) = (Vec::new(), true);
        while !self.is_at_end() {
            let c = self.peek(0);
            if is_prefix && matches!(c, b'"' | b'\'') {
                return self.string(start);
            }
            if !(c == b'_' || c.is_ascii_alphanumeric() || c >= 128) {
                break;
            }
            let lower = c.to_ascii_lowercase();
            is_prefix &= b"rbuf".contains(&lower) && !kinds.contains(&lower);
            kinds.push(lower);
            is_prefix &= match &kinds[..] {
                [_] => true,
                [a, b] => matches!((a, b), (b'r', b'b' | b'f') | (b'b' | b'f', b'r')),
                _ => false,
            };
            self.at += 1;
        }
        let name = &self.text[start..self.at];
        for (i, c) in name.char_indices() {
            let fits =
                if i == 0 { c == '_' || unicode_ident::is_xid_start(c) } else { unicode_ident::is_xid_continue(c) };
            if !fits {
                self.at = start + i + c.len_utf8();
                let number = u32::from(c);
                return self.fault(match is_printable(c) {
                    true => format!("invalid character '{c}' (U+{number:04X})"),
                    false => format!("invalid non-printable character U+{number:04X}"),
                });
            }
        }
        self.push(Kind::Name, start);
        Ok(())
    }

    fn string(&mut self, start: usize) -> Result<(), Fault> {
        let prefix = self.text[start..self.at].to_ascii_lowercase();
        if let Some(fields) = self.fields
            && prefix.contains('f')
            && let Some(end) = end_of_fstring(fields, place(start))
        {
            self.at = end.to_usize();
            self.push(Kind::String, start);
            return Ok(());
        }
        let quote = self.peek(0);
        let is_triple = self.peek(1) == quote && self.peek(2) == quote;
        let size = if is_triple { 3 } else { 1 };
        self.at += size;
        let mut closing = 0;
        while closing < size {
            let c = self.peek(0);
            if self.is_at_end() || (!is_triple && c == b'\n') {
                let line = self.text[..self.at].lines().count().max(1);
                let what = if is_triple { "triple-quoted string literal" } else { "string literal" };
                return Err(Fault {
                    class: Class::Final,
                    at: TextRange::empty(place(start)),
                    message: format!("unterminated {what} (detected at line {line})"),
                });
            }
            self.at += 1;
            if c == quote {
                closing += 1;
            } else {
                closing = 0;
                if c == b'\\' && !self.is_at_end() {
                    // A line end of two characters is escaped as one.
                    self.at += if self.peek(0) == b'\r' && self.peek(1) == b'\n' { 2 } else { 1 };
                }
            }
        }
        self.push(Kind::String, start);
        Ok(())
    }

    fn digits(&mut self, is_digit: impl Fn(u8) -> bool, kind: &str) -> Result<(), Fault> {
        loop {
            while is_digit(self.peek(0)) {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !is_digit(self.peek(0)) {
                return self.wrong_digit(kind);
            }
        }
    }

    fn wrong_digit(&mut self, kind: &str) -> Result<(), Fault> {
        let c = self.peek(0);
        if c.is_ascii_digit() && matches!(kind, "octal" | "binary") {
            self.at += 1;
            return self.fault(format!("invalid digit '{}' in {kind} literal", char::from(c)));
        }
        self.fault(format!("invalid {kind} literal"))
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let decimal = |c: u8| c.is_ascii_digit();
        if self.peek(0) == b'0' {
            let based: Option<(IsDigit, &str)> = match self.peek(1) {
                b'x' | b'X' => Some((|c| c.is_ascii_hexdigit(), "hexadecimal")),
                b'o' | b'O' => Some((|c| (b'0'..=b'7').contains(&c), "octal")),
                b'b' | b'B' => Some((|c| matches!(c, b'0' | b'1'), "binary")),
                _ => None,
            };
            if let Some((is_digit, kind)) = based {
                self.at += 2;
                if self.peek(0) == b'_' {
                    self.at += 1;
                }
                if !is_digit(self.peek(0)) {
                    return self.wrong_digit(kind);
                }
                self.digits(is_digit, kind)?;
                if self.peek(0).is_ascii_digit() {
                    return self.wrong_digit(kind);
                }
                self.end_of_number(kind)?;
                self.push(Kind::Number, start);
                return Ok(());
            }
            self.digits(|c| c == b'0', "decimal")
                .or_else(|fault| if decimal(self.peek(0)) { Ok(()) } else { Err(fault) })?;
            let zeros = self.at;
            if decimal(self.peek(0)) {
                self.digits(decimal, "decimal")?;
                if !matches!(self.peek(0), b'.' | b'e' | b'E' | b'j' | b'J') {
                    return Err(Fault {
                        class: Class::Final,
                        at: TextRange::new(place(start), place(zeros)),
                        message: "leading zeros in decimal integer literals are not permitted; use an 0o prefix for \
                                  octal integers"
                            .into(),
                    });
                }
            }
        } else {
            self.digits(decimal, "decimal")?;
        }
        if self.peek(0) == b'.' {
            self.at += 1;
            if decimal(self.peek(0)) {
                self.digits(decimal, "decimal")?;
            }
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let signed = matches!(self.peek(1), b'+' | b'-');
            if decimal(self.peek(1 + usize::from(signed))) {
                self.at += 1 + usize::from(signed);
                self.digits(decimal, "decimal")?;
            } else if signed {
                self.at += 2;
                return self.fault("invalid decimal literal");
            }
        }
        if matches!(self.peek(0), b'j' | b'J') {
            self.at += 1;
            self.end_of_number("imaginary")?;
        } else {
            self.end_of_number("decimal")?;
        }
        self.push(Kind::Number, start);
        Ok(())
    }

    /// A number may run into a keyword (`1if x else y`), but not into a name.
    fn end_of_number(&mut self, kind: &str) -> Result<(), Fault> {
        let rest = &self.bytes[self.at..];
        let keywords: [&[u8]; 8] = [b"and", b"else", b"for", b"if", b"in", b"is", b"or", b"not"];
        if keywords.iter().any(|keyword| rest.starts_with(keyword)) {
            return Ok(());
        }
        let c = self.peek(0);
        if c == b'_' || c.is_ascii_alphanumeric() {
            return self.fault(format!("invalid {kind} literal"));
        }
        Ok(())
    }

    fn operator(&mut self) -> Result<(), Fault> {
        const LONG: [&str; 25] = [
            "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=",
            "/=", "%=", "&=", "|=", "^=", "@=", ":=", "<>",
        ];
        let start = self.at;
        let c = self.peek(0);
        if c < b' ' || c == 0x7f {
            self.at += 1;
            return self.fault(format!("invalid non-printable character U+{c:04X}"));
        }
        let rest = &self.text[self.at..];
        self.at += LONG.iter().find(|op| rest.starts_with(**op)).map_or(1, |op| op.len());
        let at = TextRange::new(place(start), place(self.at));
        let c = char::from(c);
        match c {
            '(' | '[' | '{' => self.scan.open.push((c, at)),
            ')' | ']' | '}' => {
                let Some((opening, there)) = self.scan.open.pop() else {
                    return self.fault(format!("unmatched '{c}'"));
                };
                if !matches!((opening, c), ('(', ')') | ('[', ']') | ('{', '}')) {
                    let mut message =
                        format!("closing parenthesis '{c}' does not match opening parenthesis '{opening}'");
                    let line = |at: usize| self.bytes[..at].iter().filter(|&&b| b == b'\n').count() + 1;
                    let there = line(there.start().to_usize());
                    if there != line(start) {
                        message.push_str(&format!(" on line {there}"));
                    }
                    return self.fault(message);
                }
            }
            _ => {}
        }
        self.push(Kind::Op, start);
        Ok(())
    }
}

/// Where the f-string that starts here ends, if it does.
fn end_of_fstring(tokens: &Tokens, start: TextSize) -> Option<TextSize> {
    let mut depth = 0;
    for token in tokens.iter().skip_while(|token| token.start() < start) {
        match token.kind() {
            TokenKind::FStringStart => depth += 1,
            TokenKind::FStringEnd => {
                depth -= 1;
                if depth == 0 {
                    return Some(token.end());
                }
            }
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Neither a control nor a space other than the plain one.
fn is_printable(c: char) -> bool {
    !(c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'))
}
