//! What Python up to 3.9 says of a mistake: it knows fewer of them, and places most at the word where the parser stops.

use ruff_python_parser::ParseError;
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::scan::Kind;
use super::wording::Wording;
use crate::python::diagnostic::{Diagnostic, DiagnosticKind, source_line};

/// Beginnings of what only later versions say; before, this syntax is invalid.
const LATER: [&str; 16] = [
    "expected ':'",
    "expected '('",
    "invalid syntax. Perhaps you forgot a comma?",
    "invalid syntax. Maybe you meant",
    "':' expected after dictionary key",
    "expression expected after dictionary key",
    "expected 'else' after 'if' expression",
    "expected 'except' or 'finally' block",
    "multiple exception types must be parenthesized",
    "did you forget parentheses around",
    "invalid decimal literal",
    "arguments cannot follow var-keyword argument",
    "* argument may appear only once",
    "/ may appear only once",
    "expected one or more exception types",
    "Function parameters cannot be parenthesized",
];

impl Wording<'_> {
    /// The complaint of 3.9 where 3.10 and later have this one.
    pub(super) fn before_310(&self, found: Diagnostic, error: &ParseError) -> Diagnostic {
        let token = self.next_token(error.range().start());
        let stops_at = if token.kind == Kind::End { self.end() } else { token.at };
        let said = found.message.clone();
        if said.ends_with("' was never closed") {
            return self.stopped(stops_at);
        }
        if said.starts_with("unterminated string literal") {
            let end = source_line(self.text, found.line).map_or(0, str::len) as u32;
            let message = "EOL while scanning string literal".into();
            return Diagnostic { message, col: end, end_line: found.line, end_col: end, ..found };
        }
        if said.starts_with("unterminated triple-quoted string literal") {
            return self.inside_triple_quotes(found);
        }
        if said.starts_with("expected an indented block") {
            let is_over =
                self.lines.place(TextSize::of(self.text.trim_end_matches(['\n', '\r']))) == (found.line, found.col);
            let message = "expected an indented block".into();
            return match is_over {
                true => Diagnostic { kind: found.kind, message, ..self.stopped(self.end()) },
                false => Diagnostic { message, ..found },
            };
        }
        if said.starts_with("leading zeros in decimal") {
            let line = source_line(self.text, found.line).unwrap_or("").as_bytes();
            let digits = line[found.col as usize..].iter().take_while(|byte| byte.is_ascii_digit()).count() as u32;
            return Diagnostic { col: found.col + digits.saturating_sub(1), ..found };
        }
        if said.starts_with("Missing parentheses in call to") {
            return self.statement_of_2(found);
        }
        if let Some(prefix) = LATER.iter().find(|prefix| said.starts_with(**prefix)) {
            let place = |word: &str| {
                let tokens = self.scan.tokens.iter();
                tokens.map(|t| t.at).find(|at| at.start() >= error.range().start() && &self.text[*at] == word)
            };
            return match *prefix {
                "expected ':'" | "expected '('" => Diagnostic { message: "invalid syntax".into(), ..found },
                "multiple exception types must be parenthesized" => self.stopped(place(",").unwrap_or(stops_at)),
                "invalid decimal literal" => self.after_digits(found),
                _ => self.stopped(stops_at),
            };
        }
        let message = match said.split_once(" here. Maybe you meant") {
            Some((before, _)) => before.to_string(),
            None => said,
        };
        let message = match &*message {
            "cannot assign to expression" => "cannot assign to operator".into(),
            "cannot delete expression" => "cannot delete operator".into(),
            "cannot assign to dict literal" => "cannot assign to dict display".into(),
            "cannot assign to ellipsis" => "cannot assign to Ellipsis".into(),
            _ => message.replace("'expression' is an illegal", "'operator' is an illegal"),
        };
        if message.starts_with("non-default argument follows") {
            return Diagnostic { message, ..self.stopped(self.next_token(error.range().end()).at) };
        }
        Diagnostic { message, ..found }
    }

    /// Where the text is over.
    fn end(&self) -> TextRange {
        TextRange::empty(TextSize::of(self.text))
    }

    /// The parser stops at a word, or at the end.
    fn stopped(&self, at: TextRange) -> Diagnostic {
        let is_over = at.start() >= TextSize::of(self.text.trim_end());
        let message = if is_over && at == self.end() { "unexpected EOF while parsing" } else { "invalid syntax" };
        let found = self.diagnostic((DiagnosticKind::SyntaxError, at, message.into()));
        let is_past_the_last_line = is_over && source_line(self.text, found.line).is_none();
        Diagnostic { quoted: is_past_the_last_line.then(String::new), ..found }
    }

    /// The last line is quoted, under a number that counts the end of the text as two more where it ends a line.
    fn inside_triple_quotes(&self, found: Diagnostic) -> Diagnostic {
        let last = self.text.lines().last().unwrap_or("").to_string();
        let n = self.text.lines().count() as u32;
        let line = if self.text.ends_with('\n') { n + 2 } else { n };
        let col = last.len() as u32;
        let message = "EOF while scanning triple-quoted string literal".into();
        Diagnostic { message, line, col, end_line: line, end_col: col, quoted: Some(last), ..found }
    }

    /// `print x` and `exec x`: what stands behind the word is put into the parentheses.
    fn statement_of_2(&self, found: Diagnostic) -> Diagnostic {
        let line = source_line(self.text, found.line).unwrap_or("");
        let statement = line.get(found.col as usize..).unwrap_or("");
        let word = if statement.starts_with("exec") { "exec" } else { "print" };
        let rest = &statement[word.len().min(statement.len())..];
        let col = found.col + (statement.len() - rest.trim_start().len()) as u32;
        let value = rest.split(';').next().unwrap_or("").trim();
        let message = match word {
            "exec" => "Missing parentheses in call to 'exec'".to_string(),
            _ => {
                let end = if value.ends_with(',') { " end=\" \"" } else { "" };
                format!("Missing parentheses in call to 'print'. Did you mean print({value}{end})?")
            }
        };
        Diagnostic { message, col, end_line: found.line, end_col: col, ..found }
    }

    /// Digits before a name are a number, and the name is the surprise; `_` is not.
    fn after_digits(&self, found: Diagnostic) -> Diagnostic {
        let line = source_line(self.text, found.line).unwrap_or("").as_bytes();
        let mut col = found.col as usize;
        while line.get(col).is_some_and(u8::is_ascii_digit) {
            col += 1;
        }
        if line.get(col) == Some(&b'_') || col > 0 && line[col - 1] == b'_' {
            return found;
        }
        let message = "invalid syntax".into();
        Diagnostic { message, col: col as u32, end_line: found.line, end_col: col as u32 + 1, ..found }
    }
}
