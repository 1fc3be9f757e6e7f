//! Mistakes in f-strings, as CPython 3.12 finds them: there an f-string is several tokens, and its replacement fields
//! are read like the rest of the program (`Parser/tokenizer.c`, `tok_get_fstring_mode`, and the `invalid_` rules about
//! replacement fields in its grammar).

use ruff_python_parser::parse_expression;

/// A mistake: its first byte, its end, and CPython's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldFault {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What is said.
    pub message: String,
}

/// The first mistake of the f-string that begins at a place of the text, if it is one of its own.
pub fn fault(text: &str, start: usize) -> Option<FieldFault> {
    Reader { text, bytes: text.as_bytes(), at: start }.string(0).err()
}

type Checked<T = ()> = Result<T, FieldFault>;

fn wrong<T>(start: usize, end: usize, message: impl Into<String>) -> Checked<T> {
    Err(FieldFault { start, end, message: message.into() })
}

/// How deep format specs may hold fields that have specs.
const MAX_LEVEL: u32 = 2;

/// A quote and how often it stands there.
#[derive(Clone, Copy)]
struct Quote {
    mark: u8,
    size: usize,
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn line(&self) -> usize {
        self.text[..self.at.min(self.text.len())].lines().count().max(1)
    }

    /// The line ends here, or the text.
    fn is_at_line_end(&self) -> bool {
        self.at >= self.bytes.len() || self.peek(0) == b'\n'
    }

    fn quote(&mut self) -> Quote {
        let mark = self.peek(0);
        let size = if self.peek(1) == mark && self.peek(2) == mark { 3 } else { 1 };
        self.at += size;
        Quote { mark, size }
    }

    fn closes(&self, quote: Quote) -> bool {
        (0..quote.size).all(|i| self.peek(i) == quote.mark)
    }

    /// An f-string with its prefix.
    fn string(&mut self, level: u32) -> Checked {
        let start = self.at;
        while self.peek(0).is_ascii_alphabetic() {
            self.at += 1;
        }
        let is_raw = self.text[start..self.at].contains(['r', 'R']);
        let quote = self.quote();
        self.literal(start, quote, is_raw, level, false)?;
        self.at += quote.size;
        Ok(())
    }

    /// Text up to the closing quote, or to the `}` that ends the format spec we are in.
    fn literal(&mut self, start: usize, quote: Quote, is_raw: bool, level: u32, is_spec: bool) -> Checked {
        loop {
            let ends = self.at >= self.bytes.len() || quote.size == 1 && self.peek(0) == b'\n';
            if ends {
                if is_spec {
                    // The field that this is the spec of says so.
                    return Ok(());
                }
                let what = if quote.size == 3 { "triple-quoted f-string" } else { "f-string" };
                return wrong(start, start, format!("unterminated {what} literal (detected at line {})", self.line()));
            }
            match self.peek(0) {
                _ if self.closes(quote) => return Ok(()),
                b'\\' if !matches!(self.peek(1), b'{' | b'}') => {
                    let is_name = !is_raw && self.peek(1) == b'N' && self.peek(2) == b'{';
                    let end = if is_name { self.text[self.at..].find('}') } else { None };
                    self.at = (self.at + end.map_or(2, |end| end + 1)).min(self.bytes.len());
                }
                b'{' if !is_spec && self.peek(1) == b'{' => self.at += 2,
                b'{' => self.field(quote, is_raw, level)?,
                b'}' if is_spec => return Ok(()),
                b'}' if self.peek(1) == b'}' => self.at += 2,
                b'}' => return wrong(self.at, self.at, "f-string: single '}' is not allowed"),
                _ => self.at += 1,
            }
        }
    }

    fn skip_space(&mut self, quote: Quote) {
        while self.peek(0) == b' ' || self.peek(0) == b'\t' || quote.size == 3 && self.peek(0) == b'\n' {
            self.at += 1;
        }
    }

    /// A replacement field; `quote` is that of the string around it.
    fn field(&mut self, quote: Quote, is_raw: bool, level: u32) -> Checked {
        let open = self.at;
        if level >= MAX_LEVEL {
            return wrong(open, open, "f-string: expressions nested too deeply");
        }
        self.at += 1;
        self.skip_space(quote);
        let start = self.at;
        if let c @ (b'=' | b'!' | b':' | b'}') = self.peek(0)
            && !(c != b'}' && self.peek(1) == b'=')
        {
            let message = format!("f-string: valid expression required before '{}'", char::from(c));
            return wrong(start, start + 1, message);
        }
        self.expression(open, quote)?;
        let text = &self.text[start..self.at];
        self.well_formed(start, text)?;
        if self.peek(0) == b'=' {
            self.at += 1;
            self.skip_space(quote);
            if !matches!(self.peek(0), b'!' | b':' | b'}') {
                self.expect_more(open, quote)?;
                return wrong(self.at, self.at + 1, "f-string: expecting '!', or ':', or '}'");
            }
        }
        if self.peek(0) == b'!' {
            self.conversion(open, quote)?;
        }
        if self.peek(0) == b':' {
            self.at += 1;
            self.literal(open, quote, is_raw, level + 1, true)?;
            if self.peek(0) != b'}' {
                self.expect_closing(open)?;
                return wrong(self.at, self.at + 1, "f-string: expecting '}', or format specs");
            }
        }
        if self.peek(0) != b'}' {
            self.expect_more(open, quote)?;
            return wrong(self.at, self.at + 1, "f-string: expecting '}'");
        }
        self.at += 1;
        Ok(())
    }

    /// `!r`
    fn conversion(&mut self, open: usize, quote: Quote) -> Checked {
        self.at += 1;
        let start = self.at;
        if matches!(self.peek(0), b':' | b'}') {
            return wrong(start - 1, start, "f-string: missing conversion character");
        }
        if self.peek(0) == b' ' {
            let end = start + self.text[start..].len() - self.text[start..].trim_start().len() + 1;
            let message = "f-string: conversion type must come right after the exclamation mark";
            return wrong(start - 1, end, message);
        }
        while self.peek(0) == b'_' || self.peek(0).is_ascii_alphanumeric() || self.peek(0) >= 128 {
            self.at += 1;
        }
        let name = &self.text[start..self.at];
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            self.expect_more(open, quote)?;
            return wrong(start, self.at.max(start + 1), "f-string: invalid conversion character");
        }
        if !matches!(name, "s" | "r" | "a") {
            let message = format!("f-string: invalid conversion character '{name}': expected 's', 'r', or 'a'");
            return wrong(start, self.at, message);
        }
        self.skip_space(quote);
        if !matches!(self.peek(0), b':' | b'}') {
            self.expect_more(open, quote)?;
            return wrong(self.at, self.at + 1, "f-string: expecting ':' or '}'");
        }
        Ok(())
    }

    /// Where the line ends inside a field its bracket is at fault.
    fn expect_closing(&self, open: usize) -> Checked {
        if self.is_at_line_end() { wrong(open, open, "'{' was never closed") } else { Ok(()) }
    }

    /// The same, and where the string's own quote stands instead of the brace.
    fn expect_more(&mut self, open: usize, quote: Quote) -> Checked {
        self.expect_closing(open)?;
        if matches!(self.peek(0), b'"' | b'\'') {
            self.nested_string(quote)?;
        }
        Ok(())
    }

    /// A string inside a field, without its prefix.
    fn nested_string(&mut self, around: Quote) -> Checked {
        let start = self.at;
        let quote = self.quote();
        loop {
            if self.at >= self.bytes.len() || quote.size == 1 && self.peek(0) == b'\n' {
                if quote.mark == around.mark && quote.size == around.size {
                    return wrong(start, start, "f-string: expecting '}'");
                }
                return wrong(start, start, format!("unterminated string literal (detected at line {})", self.line()));
            }
            if self.closes(quote) {
                self.at += quote.size;
                return Ok(());
            }
            self.at += if self.peek(0) == b'\\' { 2 } else { 1 };
        }
    }

    /// Up to what ends the expression of a field: `!`, `:`, `=` or `}` outside of brackets and strings.
    fn expression(&mut self, open: usize, quote: Quote) -> Checked {
        let mut brackets: Vec<u8> = Vec::new();
        loop {
            if self.at >= self.bytes.len() {
                return wrong(open, open, "'{' was never closed");
            }
            let c = self.peek(0);
            match c {
                b'#' => self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at),
                b'\\' => {
                    let message = "unexpected character after line continuation character";
                    if self.peek(1) != b'\n' {
                        return wrong(self.at + 1, self.at + 1, message);
                    }
                    self.at += 2;
                }
                b'"' | b'\'' => {
                    let prefix = self.text[..self.at].rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |i| i + 1);
                    if self.text[prefix..self.at].contains(['f', 'F']) {
                        self.at = prefix;
                        self.string(0)?;
                    } else {
                        self.nested_string(quote)?;
                    }
                }
                b'(' | b'[' | b'{' => {
                    brackets.push(c);
                    self.at += 1;
                }
                b'!' | b'=' | b'<' | b'>' if self.peek(1) == b'=' => self.at += 2,
                b':' if self.peek(1) == b'=' && !brackets.is_empty() => self.at += 2,
                b'!' | b':' | b'=' | b'}' if brackets.is_empty() => return Ok(()),
                b')' | b']' | b'}' => match brackets.pop() {
                    None => return wrong(self.at, self.at, format!("f-string: unmatched '{}'", char::from(c))),
                    Some(opening) if matches!((opening, c), (b'(', b')') | (b'[', b']') | (b'{', b'}')) => self.at += 1,
                    Some(opening) => {
                        let (opening, closing) = (char::from(opening), char::from(c));
                        let message =
                            format!("closing parenthesis '{closing}' does not match opening parenthesis '{opening}'");
                        return wrong(self.at, self.at, message);
                    }
                },
                _ => self.at += 1,
            }
        }
    }

    /// The expression parses. What is wrong inside of it in other ways is found where expressions are.
    fn well_formed(&self, start: usize, text: &str) -> Checked {
        let parses = |text: &str| parse_expression(&format!("({text})")).is_ok();
        if text.trim_start().starts_with("lambda") && !text.trim_start()[6..].starts_with(char::is_alphanumeric) {
            let message = "f-string: lambda expressions are not allowed without parentheses";
            return wrong(start, self.at + 1, message);
        }
        if parses(text) {
            return Ok(());
        }
        // The longest beginning that is an expression, by words.
        let ends = text.char_indices().map(|(i, _)| i).chain([text.len()]);
        let is_end = |&end: &usize| {
            let (before, after) = (text[..end].chars().next_back(), text[end..].chars().next());
            let in_word = |c: Option<char>| c.is_some_and(|c| c == '_' || c.is_alphanumeric());
            !(in_word(before) && in_word(after))
        };
        let fitting = |end: &usize| !text[..*end].trim().is_empty() && parses(&text[..*end]);
        match ends.filter(is_end).rfind(fitting) {
            None => wrong(start, start + 1, "f-string: expecting a valid expression after '{'"),
            Some(end) => {
                let rest = text[end..].trim_start();
                let next = start + text.len() - rest.len();
                if parses(rest) && !rest.starts_with(['(', '[', '-', '+', '*']) {
                    let message = "invalid syntax. Perhaps you forgot a comma?";
                    return wrong(start, start + text.trim_end().len(), message);
                }
                wrong(next, next + 1, "f-string: expecting '=', or '!', or ':', or '}'")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_is_told_as_python_3_12_tells_it() {
        let told = |text: &str| fault(text, 0).map_or(String::new(), |fault| fault.message);
        for (text, message) in [
            ("f'{x'", "f-string: expecting '}'"),
            ("f'{}'", "f-string: valid expression required before '}'"),
            ("f'{!r}'", "f-string: valid expression required before '!'"),
            ("f'{x!z}'", "f-string: invalid conversion character 'z': expected 's', 'r', or 'a'"),
            ("f'{x!}'", "f-string: missing conversion character"),
            ("f'}'", "f-string: single '}' is not allowed"),
            ("f'{x:{y}'", "f-string: expecting '}', or format specs"),
            ("f'{a b}'", "invalid syntax. Perhaps you forgot a comma?"),
            ("f'{x = 1}'", "f-string: expecting '!', or ':', or '}'"),
            ("f'{a[}'", "closing parenthesis '}' does not match opening parenthesis '['"),
            ("f'{a)}'", "f-string: unmatched ')'"),
            ("f'{*}'", "f-string: expecting a valid expression after '{'"),
            ("f'{a.}'", "f-string: expecting '=', or '!', or ':', or '}'"),
            ("f'{lambda x: 1}'", "f-string: lambda expressions are not allowed without parentheses"),
            ("f'abc", "unterminated f-string literal (detected at line 1)"),
            ("f'''abc\n", "unterminated triple-quoted f-string literal (detected at line 1)"),
            ("f'{a!s:'", "f-string: expecting '}', or format specs"),
            ("f'{a", "'{' was never closed"),
            ("f'{f\"{}\"}'", "f-string: valid expression required before '}'"),
            ("f'{x:{y:{z:{w}}}}'", "f-string: expressions nested too deeply"),
            ("f'{a['b']}: {x!r:>{w}} {{}} {c == d} {e=} \\N{DASH}'", ""),
        ] {
            assert_eq!(told(text), message, "{text}");
        }
    }
}
