//! Mistakes inside string literals, as CPython 3.11 finds them when the parser takes a string (`Parser/string_parser.c`).
//!
//! An f-string is one token there; its replacement fields are cut out by counting brackets and quotes, and each is
//! parsed on its own, in parentheses.

/// What is wrong inside a string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StringFault {
    /// The literal as a whole; CPython points at the token after it.
    After(String),
    /// A `bytes` literal with other characters than ASCII: the literal itself is underlined.
    Whole(String),
    /// An expression of a replacement field, given in parentheses, does not parse.
    Expression(String),
}

/// The first mistake in a string token. With `cuts_fields`, replacement fields are looked at too.
pub fn fault(token: &str, cuts_fields: bool) -> Option<StringFault> {
    let quote = token.find(['"', '\''])?;
    let prefix = token[..quote].to_ascii_lowercase();
    let size = if token[quote..].starts_with("\"\"\"") || token[quote..].starts_with("'''") { 3 } else { 1 };
    let body = token.get(quote + size..token.len().checked_sub(size)?)?;
    let is_raw = prefix.contains('r');
    if prefix.contains('b') {
        if !body.is_ascii() {
            return Some(StringFault::Whole("bytes can only contain ASCII literal characters".into()));
        }
        return if is_raw { None } else { bytes_escape(body).map(StringFault::After) };
    }
    if prefix.contains('f') {
        if !cuts_fields {
            return None;
        }
        return Fields { body: body.as_bytes(), text: body, at: 0, is_raw }.literal(0).err();
    }
    if is_raw { None } else { escape(body).map(StringFault::After) }
}

fn bytes_escape(body: &str) -> Option<String> {
    let bytes = body.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'\\' {
            if bytes.get(i + 1) == Some(&b'x')
                && !bytes.get(i + 2..i + 4).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            {
                return Some(format!("(value error) invalid \\x escape at position {i}"));
            }
            i += 1;
        }
        i += 1;
    }
    None
}

/// A malformed escape; positions count a character past ASCII as the ten of its own escape.
fn escape(body: &str) -> Option<String> {
    let chars: Vec<char> = body.chars().collect();
    let (mut i, mut position) = (0, 0);
    let width = |c: char| if c.is_ascii() { 1 } else { 10 };
    while i < chars.len() {
        if chars[i] != '\\' {
            position += width(chars[i]);
            i += 1;
            continue;
        }
        let kind = chars.get(i + 1).copied().unwrap_or(' ');
        let wanted = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let found = chars[(i + 2).min(chars.len())..].iter().take(wanted).take_while(|c| c.is_ascii_hexdigit()).count();
        let complain = |end: usize, what: &str| {
            Some(format!(
                "(unicode error) 'unicodeescape' codec can't decode bytes in position {position}-{end}: {what}"
            ))
        };
        if wanted > found {
            return complain(position + 1 + found, &format!("truncated \\{kind}{} escape", "X".repeat(wanted)));
        }
        if kind == 'U' {
            let digits: String = chars[i + 2..i + 10].iter().collect();
            if u32::from_str_radix(&digits, 16).is_ok_and(|number| number > 0x10_ffff) {
                return complain(position + 9, "illegal Unicode character");
            }
        }
        if kind == 'N' {
            let end = chars[i..].iter().position(|&c| c == '}').map(|end| i + end);
            match end {
                Some(end) if chars.get(i + 2) == Some(&'{') && end > i + 3 => {
                    let name: String = chars[i + 3..end].iter().collect();
                    if !is_character_name(&name) {
                        return complain(position + (end - i), "unknown Unicode character name");
                    }
                }
                // CPython has read on to the brace that is not there.
                _ if chars.get(i + 2) == Some(&'{') => {
                    let last = end.unwrap_or(chars.len() - 1);
                    return complain(position + (last - i), "malformed \\N character escape");
                }
                _ => return complain(position + 1, "malformed \\N character escape"),
            }
        }
        position += 2;
        i += 2;
    }
    None
}

/// Ruff knows the names of characters.
fn is_character_name(name: &str) -> bool {
    let text = format!("\"\\N{{{name}}}\"");
    ruff_python_parser::parse_expression(&text).is_ok()
}

/// The body of an f-string, or of a format spec inside it.
struct Fields<'a> {
    text: &'a str,
    body: &'a [u8],
    at: usize,
    is_raw: bool,
}

type Checked = Result<(), StringFault>;

fn after<T>(message: &str) -> Result<T, StringFault> {
    Err(StringFault::After(message.into()))
}

impl Fields<'_> {
    fn peek(&self) -> Option<u8> {
        self.body.get(self.at).copied()
    }

    /// Text up to the end, or to the `}` that closes the spec we are in.
    fn literal(&mut self, level: u32) -> Checked {
        while let Some(c) = self.peek() {
            match c {
                b'\\' if !self.is_raw => {
                    self.at += 2;
                    if self.body.get(self.at - 1) == Some(&b'N') && self.peek() == Some(b'{') {
                        self.at += self.text[self.at..].find('}').unwrap_or(0) + 1;
                    }
                }
                b'{' if level == 0 && self.body.get(self.at + 1) == Some(&b'{') => self.at += 2,
                b'{' => self.field(level)?,
                b'}' if level > 0 => break,
                b'}' if self.body.get(self.at + 1) == Some(&b'}') => self.at += 2,
                b'}' => return after("f-string: single '}' is not allowed"),
                _ => self.at += 1,
            }
        }
        Ok(())
    }

    fn field(&mut self, level: u32) -> Checked {
        if level >= 2 {
            return after("f-string: expressions nested too deeply");
        }
        self.at += 1;
        let start = self.at;
        self.expression()?;
        let text = self.text[start..self.at].to_string();
        let end = |fields: &Self| match fields.peek() {
            None => after("f-string: expecting '}'"),
            Some(c) => Ok(c),
        };
        end(self)?;
        if text.trim().is_empty() {
            return match self.peek() {
                Some(c @ (b'!' | b':' | b'=')) => {
                    after(&format!("f-string: expression required before '{}'", char::from(c)))
                }
                _ => after("f-string: empty expression not allowed"),
            };
        }
        let parenthesized = format!("({text})");
        if ruff_python_parser::parse_expression(&parenthesized).is_err() {
            return Err(StringFault::Expression(parenthesized));
        }
        if self.peek() == Some(b'=') {
            self.at += 1;
            while self.peek().is_some_and(|c| c.is_ascii_whitespace()) {
                self.at += 1;
            }
            end(self)?;
        }
        if self.peek() == Some(b'!') {
            self.at += 1;
            let c = end(self)?;
            self.at += 1;
            if !matches!(c, b's' | b'r' | b'a') {
                return after("f-string: invalid conversion character: expected 's', 'r', or 'a'");
            }
        }
        if end(self)? == b':' {
            self.at += 1;
            self.literal(level + 1)?;
        }
        if self.peek() != Some(b'}') {
            return after("f-string: expecting '}'");
        }
        self.at += 1;
        Ok(())
    }

    /// Up to what ends the expression of a field: `!`, `:`, `=` or `}` outside of brackets and strings.
    fn expression(&mut self) -> Checked {
        let mut open: Vec<u8> = Vec::new();
        let mut quote: Option<(u8, usize)> = None;
        while let Some(c) = self.peek() {
            if c == b'\\' {
                return after("f-string expression part cannot include a backslash");
            }
            let repeated = self.body[self.at..].iter().take_while(|&&other| other == c).count();
            if let Some((mark, size)) = quote {
                if c == mark && repeated >= size {
                    quote = None;
                    self.at += size;
                } else {
                    self.at += 1;
                }
                continue;
            }
            match c {
                b'"' | b'\'' => {
                    let size = if repeated >= 3 { 3 } else { 1 };
                    quote = Some((c, size));
                    self.at += size;
                    continue;
                }
                b'(' | b'[' | b'{' => open.push(c),
                b'#' => return after("f-string expression part cannot include '#'"),
                b'!' | b':' | b'}' | b'=' | b'<' | b'>' if open.is_empty() => {
                    if self.body.get(self.at + 1) == Some(&b'=') && matches!(c, b'!' | b'=' | b'<' | b'>') {
                        self.at += 2;
                        continue;
                    }
                    if !matches!(c, b'<' | b'>') {
                        return Ok(());
                    }
                }
                b')' | b']' | b'}' => match open.pop() {
                    None => return after(&format!("f-string: unmatched '{}'", char::from(c))),
                    Some(opening) if matches!((opening, c), (b'(', b')') | (b'[', b']') | (b'{', b'}')) => {}
                    Some(opening) => {
                        return after(&format!(
                            "f-string: closing parenthesis '{}' does not match opening parenthesis '{}'",
                            char::from(c),
                            char::from(opening)
                        ));
                    }
                },
                _ => {}
            }
            self.at += 1;
        }
        if quote.is_some() {
            return after("f-string: unterminated string");
        }
        match open.last() {
            Some(&opening) => after(&format!("f-string: unmatched '{}'", char::from(opening))),
            None => Ok(()),
        }
    }
}
