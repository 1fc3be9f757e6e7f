//! Ruff's complaints in CPython 3.11's words.
//!
//! Ruff says precisely what it expected; CPython mostly says `invalid syntax`, and is precise about the
//! mistakes its authors thought of. Only the first complaint is translated with care: CPython stops there.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{
    Mode, ParseError, ParseErrorType, ParseOptions, UnsupportedSyntaxError, UnsupportedSyntaxErrorKind, parse_unchecked,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::scan::{Class, Kind, Scan, Token, scan};
use super::strings::{self, StringFault};
use super::{Lines, fields};
use crate::python::diagnostic::{Diagnostic, DiagnosticKind};

/// All complaints about a text, the first one being CPython's.
pub fn diagnostics(
    text: &str,
    lines: &Lines,
    tokens: &Tokens,
    errors: &[ParseError],
    version: (u32, u32),
) -> Vec<Diagnostic> {
    let mut errors: Vec<&ParseError> = errors.iter().collect();
    errors.sort_by_key(|error| error.range().start());
    let wording = Wording::new(text, lines, tokens, version);
    let first = wording.first(&errors);
    let first =
        if ((3, 0)..(3, 10)).contains(&version) { wording.before_310(first, wording.chosen(&errors)) } else { first };
    std::iter::once(first).chain(errors[1..].iter().map(|error| wording.diagnostic(wording.words(error)))).collect()
}

/// The complaint about syntax that the program's version of Python does not have yet (or no longer). CPython's
/// words are those of a parser that never heard of it; the hint says what it is.
pub fn too_new(
    text: &str,
    lines: &Lines,
    tokens: &Tokens,
    errors: &[UnsupportedSyntaxError],
    version: (u32, u32),
) -> Vec<Diagnostic> {
    let wording = Wording::new(text, lines, tokens, version);
    let mut errors: Vec<&UnsupportedSyntaxError> = errors.iter().collect();
    errors.sort_by_key(|error| error.range().start());
    errors
        .iter()
        .map(|error| {
            let mut diagnostic = match wording.string_fault(error.range().end()) {
                Some(diagnostic) if matches!(error.kind, UnsupportedSyntaxErrorKind::Pep701FString(_)) => diagnostic,
                _ => {
                    let (at, message) = wording.unknown_syntax(error);
                    lines.diagnostic(DiagnosticKind::SyntaxError, at, message)
                }
            };
            let what = error.to_string();
            let what = what.strip_prefix("Cannot use ").unwrap_or(&what).replace('`', "'");
            let what = what.split(" on Python ").next().unwrap_or("this").to_string();
            let since = error.to_string();
            let since = since.rsplit(" (").next().unwrap_or("").trim_end_matches(')').to_string();
            diagnostic.is_by_parser = true;
            diagnostic.hint = Some(format!(
                "({what}: {since}; this program runs as Python {}, '# requires-python' or '--python' changes that)",
                error.target_version
            ));
            diagnostic
        })
        .collect()
}

/// Kind, place and words of a complaint.
pub(super) type Words = (DiagnosticKind, TextRange, String);

pub(super) struct Wording<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a Lines,
    tokens: &'a Tokens,
    pub(super) scan: Scan,
    pub(super) version: (u32, u32),
}

impl<'a> Wording<'a> {
    fn new(text: &'a str, lines: &'a Lines, tokens: &'a Tokens, version: (u32, u32)) -> Wording<'a> {
        let scan = scan(text, (version >= (3, 12)).then_some(tokens));
        Wording { text, lines, tokens, scan, version }
    }

    pub(super) fn diagnostic(&self, (kind, at, message): Words) -> Diagnostic {
        Diagnostic { is_by_parser: true, ..self.lines.diagnostic(kind, at, message) }
    }

    /// The complaint that CPython would print: of the tokenizer about anything in the text, of the tokenizer about
    /// what the parser came to, of a string, of a bracket that is never closed, of the parser.
    fn first(&self, errors: &[&ParseError]) -> Diagnostic {
        let error = self.chosen(errors);
        if matches!(errors[0].error, ParseErrorType::InvalidDeleteTarget)
            && !matches!(error.error, ParseErrorType::InvalidDeleteTarget)
            && let Some(operator) = self.after_target(errors[0].range().start())
        {
            return self.diagnostic((DiagnosticKind::SyntaxError, operator, "invalid syntax".into()));
        }
        let at = self.next_token(error.range().start());
        if let Some(diagnostic) = self.fields_fault(at.at.start().max(error.range().end())) {
            return diagnostic;
        }
        if let Some(fault) = &self.scan.fault {
            let is_reached = fault.at.start() <= self.line_end(at.at.end());
            let kind = match fault.class {
                Class::Final | Class::Syntax => DiagnosticKind::SyntaxError,
                Class::Indentation => DiagnosticKind::IndentationError,
                Class::Tab => DiagnosticKind::TabError,
            };
            if fault.class == Class::Final || is_reached {
                let is_line_cut = matches!(fault.class, Class::Final | Class::Syntax);
                return Diagnostic { is_line_cut, ..self.diagnostic((kind, fault.at, fault.message.clone())) };
            }
        }
        if let Some(diagnostic) = self.string_fault(at.at.start().max(error.range().end())) {
            return diagnostic;
        }
        if let Some(&(bracket, place)) = self.scan.open.last() {
            let line = |at: TextRange| self.lines.place(at.start()).0;
            if at.kind == Kind::End || line(at.at) > line(place) {
                let words = (DiagnosticKind::SyntaxError, place, format!("'{bracket}' was never closed"));
                let last = TextSize::of(self.text.trim_end_matches(['\n', '\r']));
                let is_line_cut = line(place) < self.lines.place(last).0;
                return Diagnostic { is_line_cut, ..self.diagnostic(words) };
            }
        }
        let words = self.words(error);
        let is_block = words.2.starts_with("expected an indented") || words.2.starts_with("expected 'except'");
        let is_over = self.text[at.at.start().to_usize()..].trim().is_empty();
        let is_at_end = is_block && is_over && self.version >= (3, 10);
        Diagnostic { is_at_end, ..self.diagnostic(words) }
    }

    /// What stands behind a target: there, from 3.10 on, a `del` is wrong that does not end well.
    fn after_target(&self, start: TextSize) -> Option<TextRange> {
        let mut depth = 0;
        let mut tokens = self.scan.tokens.iter().filter(|token| token.at.start() > start && self.version >= (3, 10));
        let behind = tokens.find(|token| {
            let word = &self.text[token.at];
            match word {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => return depth == 0 && token.kind == Kind::Op && word != ".",
            }
            false
        });
        behind.map(|token| token.at)
    }

    /// A target that cannot be assigned to is no such thing when the expression itself does not end well.
    fn chosen<'e>(&self, errors: &[&'e ParseError]) -> &'e ParseError {
        let is_about_target = |error: &ParseError| {
            matches!(
                error.error,
                ParseErrorType::InvalidAssignmentTarget
                    | ParseErrorType::InvalidDeleteTarget
                    | ParseErrorType::InvalidAnnotatedAssignmentTarget
                    | ParseErrorType::InvalidStarredExpressionUsage
            )
        };
        let first = errors[0];
        if is_about_target(first) {
            let end = self.next_token(first.range().end()).at.end();
            let inside = errors
                .iter()
                .find(|e| !is_about_target(e) && e.range().start() > first.range().start() && e.range().start() <= end);
            return inside.copied().unwrap_or(first);
        }
        first
    }

    /// Since Python 3.12: the first mistake of an f-string that begins before a place.
    fn fields_fault(&self, before: TextSize) -> Option<Diagnostic> {
        if self.version < (3, 12) {
            return None;
        }
        let cut = self.scan.fault.as_ref().map(|fault| fault.at.start());
        let starts = self.scan.tokens.iter().filter(|t| t.kind == Kind::String).map(|t| t.at.start()).chain(cut);
        let is_fstring = |start: &TextSize| {
            let text = &self.text[start.to_usize()..];
            text.find(['"', '\'']).is_some_and(|quote| {
                quote <= 2
                    && text[..quote].contains(['f', 'F'])
                    && text[..quote].chars().all(|c| c.is_ascii_alphabetic())
            })
        };
        let mut found = starts.filter(|start| *start < before || Some(*start) == cut).filter(is_fstring);
        let fault = found.find_map(|start| fields::fault(self.text, start.to_usize()))?;
        let at = TextRange::new(TextSize::new(fault.start as u32), TextSize::new(fault.end as u32));
        Some(self.diagnostic((DiagnosticKind::SyntaxError, at, fault.message)))
    }

    /// The first mistake inside a string that begins before a place.
    fn string_fault(&self, before: TextSize) -> Option<Diagnostic> {
        let tokens = &self.scan.tokens;
        let strings = tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::String && t.at.start() < before);
        for (i, token) in strings {
            let Some(fault) = strings::fault(&self.text[token.at], self.version < (3, 12)) else { continue };
            let next = tokens[i..].iter().find(|t| t.kind != Kind::String).map_or(token.at, |t| t.at);
            return Some(match fault {
                StringFault::After(message) => self.diagnostic((DiagnosticKind::SyntaxError, next, message)),
                StringFault::Whole(message) => self.diagnostic((DiagnosticKind::SyntaxError, token.at, message)),
                StringFault::Expression(text) => self.field_fault(token.at, text),
            });
        }
        let is_bytes = |token: &Token| {
            let text = &self.text[token.at];
            text[..text.find(['"', '\'']).unwrap_or(0)].contains(['b', 'B'])
        };
        let pairs = tokens.windows(2).filter(|pair| pair.iter().all(|t| t.kind == Kind::String));
        let mixed = pairs.into_iter().find(|pair| is_bytes(&pair[0]) != is_bytes(&pair[1]))?;
        if mixed[0].at.start() >= before {
            return None;
        }
        let next = self.next_token(mixed[1].at.end());
        Some(self.diagnostic((DiagnosticKind::SyntaxError, next.at, "cannot mix bytes and nonbytes literals".into())))
    }

    /// The expression of a replacement field, in parentheses, is a text of its own.
    fn field_fault(&self, string: TextRange, text: String) -> Diagnostic {
        let lines = Lines::new(&text);
        let parsed = parse_unchecked(&text, ParseOptions::from(Mode::Expression));
        let mut found = diagnostics(&text, &lines, parsed.tokens(), parsed.errors(), self.version).remove(0);
        found.message = match &*found.message {
            "can't use starred expression here" => "f-string: cannot use starred expression here".into(),
            message => format!("f-string: {message}"),
        };
        let before = self.lines.place(string.start()).0 - 1;
        found.line += before;
        found.end_line += before;
        found.quoted = Some(text);
        found
    }

    /// The first token that does not begin before a place.
    pub(super) fn next_token(&self, place: TextSize) -> Token {
        let tokens = &self.scan.tokens;
        let is_after = |t: &Token| t.at.end() > place || t.at.is_empty() && t.at.start() >= place;
        let is_text = |token: &&Token| is_after(token) && !matches!(token.kind, Kind::Indent | Kind::Dedent);
        let end = TextRange::empty(TextSize::of(self.text));
        tokens.iter().find(is_text).copied().unwrap_or(Token { kind: Kind::End, at: end })
    }

    /// What a parser says that does not know this syntax, and where.
    fn unknown_syntax(&self, error: &UnsupportedSyntaxError) -> (TextRange, String) {
        let at = error.range();
        let place = match error.kind {
            // The word was read as a name; what follows it is the surprise.
            UnsupportedSyntaxErrorKind::Match | UnsupportedSyntaxErrorKind::TypeAliasStatement => {
                let next = self.tokens.iter().find(|token| token.start() > at.start());
                next.map_or(at, |token| token.range())
            }
            UnsupportedSyntaxErrorKind::TypeParameterList => {
                let opening = TextRange::at(at.start(), TextSize::new(1));
                let line = self.text[self.line_start(at.start()).to_usize()..].trim_start();
                if !line.starts_with("class") {
                    return (opening, "expected '('".into());
                }
                return (opening, "invalid syntax".into());
            }
            UnsupportedSyntaxErrorKind::Pep701FString(_) => {
                let what = error.to_string();
                let message = if what.contains("backslash") {
                    "f-string expression part cannot include a backslash"
                } else if what.contains("comments") {
                    "f-string expression part cannot include '#'"
                } else if what.contains("line breaks") {
                    return (TextRange::empty(self.string_start(at)), self.unterminated(at));
                } else {
                    "f-string: expecting '}'"
                };
                return (at, message.into());
            }
            UnsupportedSyntaxErrorKind::UnpackingInComprehension(_) => {
                let star = self.next_token(at.start()).at;
                return match &self.text[star] {
                    "**" => (star, "dict unpacking cannot be used in dict comprehension".into()),
                    _ => (at, "iterable unpacking cannot be used in comprehension".into()),
                };
            }
            UnsupportedSyntaxErrorKind::UnparenthesizedExceptionTypes if ((3, 0)..(3, 10)).contains(&self.version) => {
                let comma = self.scan.tokens.iter().find(|t| t.at.start() >= at.start() && &self.text[t.at] == ",");
                comma.map_or(at, |comma| comma.at)
            }
            UnsupportedSyntaxErrorKind::UnparenthesizedExceptionTypes => {
                return (at, "multiple exception types must be parenthesized".into());
            }
            _ => self.next_token(at.start()).at,
        };
        (place, "invalid syntax".into())
    }

    fn unterminated(&self, at: TextRange) -> String {
        format!("unterminated string literal (detected at line {})", self.lines.place(at.start()).0)
    }

    /// Where the string token around a place starts.
    fn string_start(&self, at: TextRange) -> TextSize {
        let mut around = self.tokens.iter().filter(|token| token.start() <= at.start());
        around.rfind(|token| matches!(token.kind(), TokenKind::FStringStart | TokenKind::String)).map_or(
            at.start(),
            |token| {
                if token.end() >= at.start() || token.kind() == TokenKind::FStringStart {
                    token.start()
                } else {
                    at.start()
                }
            },
        )
    }

    pub(super) fn line_start(&self, at: TextSize) -> TextSize {
        let before = &self.text[..at.to_usize()];
        TextSize::new(before.rfind(['\n', '\r']).map_or(0, |i| i as u32 + 1))
    }

    pub(super) fn line_end(&self, at: TextSize) -> TextSize {
        let after = &self.text[at.to_usize()..];
        TextSize::new(at.to_u32() + after.find(['\n', '\r']).unwrap_or(after.len()) as u32)
    }
}
