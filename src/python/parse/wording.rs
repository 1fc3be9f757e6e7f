//! Ruff's complaints in CPython 3.11's words.
//!
//! Ruff says precisely what it expected; CPython mostly says `invalid syntax`, and is precise about the
//! mistakes its authors thought of. Only the first complaint is translated with care: CPython stops there.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_ast::{Expr, Mod};
use ruff_python_parser::{
    InterpolatedStringErrorType, LexicalErrorType, Mode, ParseError, ParseErrorType, ParseOptions,
    UnsupportedSyntaxError, UnsupportedSyntaxErrorKind, parse_unchecked,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::Lines;
use crate::python::diagnostic::{Diagnostic, DiagnosticKind};

/// All complaints about a text, the first one being CPython's.
pub fn diagnostics(text: &str, lines: &Lines, tokens: &Tokens, errors: &[ParseError]) -> Vec<Diagnostic> {
    let mut errors: Vec<&ParseError> = errors.iter().collect();
    errors.sort_by_key(|error| error.range().start());
    let wording = Wording { text, lines, tokens };
    errors.iter().map(|error| wording.translate(error)).collect()
}

/// The complaint about syntax that the program's version of Python does not have yet (or no longer). CPython's
/// words are those of a parser that never heard of it; the hint says what it is.
pub fn too_new(text: &str, lines: &Lines, tokens: &Tokens, errors: &[UnsupportedSyntaxError]) -> Vec<Diagnostic> {
    let wording = Wording { text, lines, tokens };
    let mut errors: Vec<&UnsupportedSyntaxError> = errors.iter().collect();
    errors.sort_by_key(|error| error.range().start());
    errors
        .iter()
        .map(|error| {
            let (at, message) = wording.unknown_syntax(error);
            let mut diagnostic = lines.diagnostic(DiagnosticKind::SyntaxError, at, message);
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
type Words = (DiagnosticKind, TextRange, String);

struct Wording<'a> {
    text: &'a str,
    lines: &'a Lines,
    tokens: &'a Tokens,
}

impl Wording<'_> {
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
            UnsupportedSyntaxErrorKind::UnparenthesizedExceptionTypes => {
                return (at, "multiple exception types must be parenthesized".into());
            }
            _ => self.token_at(at),
        };
        (place, "invalid syntax".into())
    }

    fn unterminated(&self, at: TextRange) -> String {
        format!("unterminated string literal (detected at line {})", self.lines.place(at.start()).0)
    }

    fn translate(&self, error: &ParseError) -> Diagnostic {
        let (kind, at, message) = self.words(error);
        Diagnostic { is_by_parser: true, ..self.lines.diagnostic(kind, at, message) }
    }

    fn words(&self, error: &ParseError) -> Words {
        let at = error.range();
        let syntax = |at: TextRange, message: &str| (DiagnosticKind::SyntaxError, at, message.to_owned());
        if let ParseErrorType::Lexical(lexical) = &error.error
            && let Some(words) = self.lexical(lexical, at)
        {
            return words;
        }
        if let Some(words) = self.brackets(at) {
            return words;
        }
        match &error.error {
            ParseErrorType::UnexpectedIndentation => {
                (DiagnosticKind::IndentationError, self.indent(at), "unexpected indent".into())
            }
            ParseErrorType::OtherError(message) => self.other(message, at),
            ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => self.expected_colon(at),
            ParseErrorType::ExpectedToken { expected: TokenKind::Else, .. } => self.generic(at),
            ParseErrorType::SimpleStatementsOnSameLine
            | ParseErrorType::ExpectedToken { .. }
            | ParseErrorType::ExpectedExpression
            | ParseErrorType::UnexpectedExpressionToken => self.generic(at),
            ParseErrorType::FStringError(InterpolatedStringErrorType::SingleRbrace) => {
                syntax(at, "f-string: single '}' is not allowed")
            }
            ParseErrorType::InvalidAssignmentTarget | ParseErrorType::InvalidAnnotatedAssignmentTarget => {
                self.cannot("assign to", at)
            }
            ParseErrorType::InvalidNamedAssignmentTarget => {
                let name = self.described(at).unwrap_or("expression");
                syntax(at, &format!("cannot use assignment expressions with {name}"))
            }
            ParseErrorType::InvalidDeleteTarget => self.cannot("delete", at),
            ParseErrorType::InvalidAugmentedAssignmentTarget => {
                let name = self.described(at).unwrap_or("expression");
                syntax(at, &format!("'{name}' is an illegal expression for augmented assignment"))
            }
            ParseErrorType::InvalidStarredExpressionUsage => syntax(at, "can't use starred expression here"),
            ParseErrorType::PositionalAfterKeywordArgument => {
                syntax(at, "positional argument follows keyword argument")
            }
            ParseErrorType::PositionalAfterKeywordUnpacking => {
                syntax(at, "positional argument follows keyword argument unpacking")
            }
            ParseErrorType::InvalidArgumentUnpackingOrder => {
                syntax(at, "iterable argument unpacking follows keyword argument unpacking")
            }
            ParseErrorType::UnparenthesizedGeneratorExpression => {
                syntax(at, "Generator expression must be parenthesized")
            }
            ParseErrorType::NonDefaultParamAfterDefaultParam => {
                syntax(at, "non-default argument follows default argument")
            }
            ParseErrorType::ExpectedKeywordParam => syntax(at, "named arguments must follow bare *"),
            ParseErrorType::ParamAfterVarKeywordParam => syntax(at, "arguments cannot follow var-keyword argument"),
            ParseErrorType::VarParameterWithDefault => syntax(at, "var-positional argument cannot have default value"),
            ParseErrorType::IterableUnpackingInComprehension => {
                syntax(at, "iterable unpacking cannot be used in comprehension")
            }
            _ => self.generic(at),
        }
    }

    /// Mistakes inside a token.
    fn lexical(&self, error: &LexicalErrorType, at: TextRange) -> Option<Words> {
        let syntax = |at: TextRange, message: String| Some((DiagnosticKind::SyntaxError, at, message));
        match error {
            LexicalErrorType::UnclosedStringError
            | LexicalErrorType::FStringError(
                InterpolatedStringErrorType::UnterminatedString
                | InterpolatedStringErrorType::UnterminatedTripleQuotedString,
            ) => {
                let start = TextRange::empty(self.string_start(at));
                let quotes = self.text[start.start().to_usize()..].trim_start_matches(char::is_alphabetic);
                let is_triple = quotes.starts_with("\"\"\"") || quotes.starts_with("'''");
                let what = if is_triple { "triple-quoted string literal" } else { "string literal" };
                let end = if is_triple { TextSize::of(self.text.trim_end()) } else { start.start() };
                let line = self.lines.place(end).0;
                syntax(start, format!("unterminated {what} (detected at line {line})"))
            }
            LexicalErrorType::IndentationError => {
                Some((DiagnosticKind::IndentationError, TextRange::empty(self.line_end(at.start())), error.to_string()))
            }
            LexicalErrorType::UnrecognizedToken { tok } if !tok.is_ascii() => {
                syntax(TextRange::empty(at.start()), format!("invalid character '{tok}' (U+{:04X})", u32::from(*tok)))
            }
            LexicalErrorType::UnrecognizedToken { .. } => syntax(at, "invalid syntax".into()),
            LexicalErrorType::InvalidByteLiteral => syntax(at, error.to_string()),
            LexicalErrorType::LineContinuationError => {
                syntax(at, "unexpected character after line continuation character".into())
            }
            LexicalErrorType::UnicodeError
            | LexicalErrorType::MissingUnicodeLbrace
            | LexicalErrorType::MissingUnicodeRbrace => {
                syntax(at, "(unicode error) 'unicodeescape' codec can't decode bytes: malformed escape".into())
            }
            LexicalErrorType::FStringError(InterpolatedStringErrorType::SingleRbrace) => {
                syntax(at, "f-string: single '}' is not allowed".into())
            }
            LexicalErrorType::OtherError(message) => {
                let number = self.text[at.start().to_usize()..].trim_start();
                let prefix = number.get(..2).map(str::to_ascii_lowercase).unwrap_or_default();
                let words = if message.to_ascii_lowercase().contains("leading zero")
                    || message.contains("Invalid decimal integer literal")
                {
                    "leading zeros in decimal integer literals are not permitted; \
                     use an 0o prefix for octal integers"
                } else if prefix == "0x" {
                    "invalid hexadecimal literal"
                } else if prefix == "0o" {
                    "invalid octal literal"
                } else if prefix == "0b" {
                    "invalid binary literal"
                } else {
                    "invalid decimal literal"
                };
                syntax(at, words.into())
            }
            _ => None,
        }
    }

    /// A closing bracket that fits none, or an opening one that is never closed, explains what follows.
    fn brackets(&self, at: TextRange) -> Option<Words> {
        let mut open: Vec<(char, TextRange)> = Vec::new();
        let mut open_at_error = None;
        let mut last_token = TextSize::new(0);
        for token in self.tokens.iter() {
            if token.kind().is_trivia() || matches!(token.kind(), TokenKind::Newline | TokenKind::EndOfFile) {
                continue;
            }
            if token.start() >= at.start() && open_at_error.is_none() {
                open_at_error = Some(open.last().copied());
            }
            last_token = last_token.max(token.end());
            let closes = match token.kind() {
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                    let bracket = self.text[token.range()].chars().next().unwrap_or('(');
                    open.push((bracket, token.range()));
                    continue;
                }
                TokenKind::Rpar => '(',
                TokenKind::Rsqb => '[',
                TokenKind::Rbrace => '{',
                _ => continue,
            };
            let message = match open.pop() {
                Some((bracket, _)) if bracket == closes => continue,
                Some((bracket, place)) => {
                    let mut message = format!(
                        "closing parenthesis '{}' does not match opening parenthesis '{bracket}'",
                        &self.text[token.range()]
                    );
                    let line = self.lines.place(place.start()).0;
                    if line != self.lines.place(token.start()).0 {
                        message.push_str(&format!(" on line {line}"));
                    }
                    message
                }
                None => format!("unmatched '{}'", &self.text[token.range()]),
            };
            return Some((DiagnosticKind::SyntaxError, TextRange::empty(token.start()), message));
        }
        let is_at_end = at.start() >= last_token;
        let unclosed = if is_at_end { open.last().copied() } else { open_at_error.flatten() };
        let (bracket, place) = unclosed?;
        let goes_on = is_at_end || self.lines.place(at.start()).0 > self.lines.place(place.start()).0;
        goes_on.then(|| (DiagnosticKind::SyntaxError, place, format!("'{bracket}' was never closed")))
    }

    fn other(&self, message: &str, at: TextRange) -> Words {
        if let Some(rest) = message.strip_prefix("Expected an indented block after ") {
            let what = rest.replace('`', "'");
            let what = what.strip_prefix("function").map_or(what.clone(), |_| "function definition".into());
            let line = self.header_line(at);
            return (
                DiagnosticKind::IndentationError,
                at,
                format!("expected an indented block after {what} on line {line}"),
            );
        }
        let words = match message {
            "Expected `except` or `finally` after `try` block" => "expected 'except' or 'finally' block",
            "Multiple exception types must be parenthesized" => "multiple exception types must be parenthesized",
            _ => return self.generic(at),
        };
        (DiagnosticKind::SyntaxError, at, words.into())
    }

    /// The line of the statement whose block is missing: the last one with a colon before the place.
    fn header_line(&self, at: TextRange) -> u32 {
        let before = self.tokens.iter().take_while(|token| token.start() < at.start());
        let colon = before.filter(|token| token.kind() == TokenKind::Colon).last();
        colon.map_or(1, |token| self.lines.place(token.start()).0)
    }

    fn expected_colon(&self, at: TextRange) -> Words {
        let line_start = self.line_start(at.start());
        let line = &self.text[line_start.to_usize()..];
        let keyword: String = line.trim_start().chars().take_while(|c| c.is_alphanumeric()).collect();
        let is_at_line_end = self.text[at.start().to_usize()..].starts_with(['\n', '\r', '#'])
            || at.start().to_usize() >= self.text.len();
        if is_at_line_end || matches!(&*keyword, "def" | "class" | "try" | "else" | "finally") {
            return (DiagnosticKind::SyntaxError, at, "expected ':'".into());
        }
        self.generic(at)
    }

    /// `invalid syntax`, unless it is one of the mistakes that CPython knows.
    fn generic(&self, at: TextRange) -> Words {
        let syntax = |at: TextRange, message: &str| (DiagnosticKind::SyntaxError, at, message.to_owned());
        let start = self.line_start(at.start()).to_usize();
        let before = &self.text[start..at.start().to_usize()];
        let statement = before.trim();
        if matches!(statement, "print" | "exec") {
            let end = self.line_end(at.start());
            let place = TextRange::new(TextSize::new((start + before.len() - before.trim_start().len()) as u32), end);
            let message = format!("Missing parentheses in call to '{statement}'. Did you mean {statement}(...)?");
            return (DiagnosticKind::SyntaxError, place, message);
        }
        let found = &self.text[at];
        if found.starts_with('=')
            && !found.starts_with("==")
            && let Some(keyword) = ["if ", "elif ", "while "].iter().find(|word| statement.starts_with(**word))
        {
            let condition = start + before.find(keyword.trim_end()).unwrap_or(0) + keyword.len();
            let rest = &self.text[at.end().to_usize()..];
            let end = at.end().to_usize() + rest.find([':', '\n']).unwrap_or(rest.len());
            let place = TextRange::new(TextSize::new(condition as u32), TextSize::new(end as u32));
            return syntax(place, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
        if let Some(place) = self.forgotten_comma(at) {
            return syntax(place, "invalid syntax. Perhaps you forgot a comma?");
        }
        syntax(self.token_at(at), "invalid syntax")
    }

    /// Two expressions side by side inside brackets: both of them.
    fn forgotten_comma(&self, at: TextRange) -> Option<TextRange> {
        let tokens: &[_] = self.tokens;
        let second = tokens.iter().position(|token| token.start() >= at.start())?;
        let ends = |kind| {
            use TokenKind::*;
            matches!(kind, Name | Int | Float | String | FStringEnd | Rpar | Rsqb | Rbrace | True | False | None)
        };
        let begins = |kind| {
            use TokenKind::*;
            matches!(kind, Name | Int | Float | String | FStringStart | Lbrace | True | False | None)
        };
        if second == 0 || !ends(tokens[second - 1].kind()) || !begins(tokens[second].kind()) {
            return None;
        }
        let stops = |kind| {
            use TokenKind::*;
            matches!(kind, Comma | Colon | Equal | Newline | Lambda | For | In | If | Else | Async | Await)
        };
        // Back to what opens or separates the first expression; outside of brackets it is no comma.
        let (mut first, mut depth, mut stopped) = (second, 0, false);
        let mut is_bracketed = false;
        for (i, token) in tokens[..second].iter().enumerate().rev() {
            match token.kind() {
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace if depth == 0 => {
                    is_bracketed = true;
                    break;
                }
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth -= 1,
                TokenKind::Newline => break,
                kind if depth == 0 && stops(kind) => stopped = true,
                _ => {}
            }
            if !stopped && !token.kind().is_trivia() {
                first = i;
            }
        }
        let (mut last, mut depth) = (second, 0);
        for (i, token) in tokens.iter().enumerate().skip(second) {
            match token.kind() {
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace if depth == 0 => break,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth -= 1,
                kind if depth == 0 && stops(kind) => break,
                _ => {}
            }
            last = i;
        }
        is_bracketed.then(|| TextRange::new(tokens[first].start(), tokens[last].end()))
    }

    /// The token a place begins with: CPython underlines one token.
    fn token_at(&self, at: TextRange) -> TextRange {
        self.tokens.iter().find(|token| token.start() >= at.start() && !token.kind().is_trivia()).map_or(at, |token| {
            match token.kind() {
                TokenKind::Newline | TokenKind::EndOfFile => TextRange::empty(token.start()),
                _ => token.range(),
            }
        })
    }

    fn cannot(&self, verb: &str, at: TextRange) -> Words {
        let name = self.described(at).unwrap_or("expression");
        if verb == "assign to" && name == "yield expression" {
            return (DiagnosticKind::SyntaxError, at, "assignment to yield expression not possible".into());
        }
        let mut message = format!("cannot {verb} {name}");
        let line = self.text[self.line_start(at.start()).to_usize()..].trim_start();
        let starts_statement = self.text[..at.start().to_usize()].ends_with(['\n', ' ', '\t', ';'])
            && line.starts_with(&self.text[at])
            || at.start() == TextSize::new(0);
        let single = line.lines().next().is_some_and(|line| line.matches('=').count() == 1);
        if verb == "assign to"
            && starts_statement
            && single
            && !matches!(name, "True" | "False" | "None" | "list" | "tuple" | "generator expression")
        {
            message.push_str(" here. Maybe you meant '==' instead of '='?");
        }
        (DiagnosticKind::SyntaxError, at, message)
    }

    /// CPython's word for the expression in a range.
    fn described(&self, at: TextRange) -> Option<&'static str> {
        let parsed = parse_unchecked(&self.text[at], ParseOptions::from(Mode::Expression));
        let Mod::Expression(expression) = parsed.syntax() else { return None };
        Some(match &*expression.body {
            Expr::Attribute(_) => "attribute",
            Expr::Subscript(_) => "subscript",
            Expr::Starred(_) => "starred",
            Expr::Name(_) => "name",
            Expr::List(_) => "list",
            Expr::Tuple(_) => "tuple",
            Expr::Lambda(_) => "lambda",
            Expr::Call(_) => "function call",
            Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
            Expr::Generator(_) => "generator expression",
            Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
            Expr::Await(_) => "await expression",
            Expr::ListComp(_) => "list comprehension",
            Expr::SetComp(_) => "set comprehension",
            Expr::DictComp(_) => "dict comprehension",
            Expr::Dict(_) => "dict literal",
            Expr::Set(_) => "set display",
            Expr::FString(_) => "f-string expression",
            Expr::NoneLiteral(_) => "None",
            Expr::BooleanLiteral(value) if value.value => "True",
            Expr::BooleanLiteral(_) => "False",
            Expr::EllipsisLiteral(_) => "ellipsis",
            Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => "literal",
            Expr::Compare(_) => "comparison",
            Expr::If(_) => "conditional expression",
            Expr::Named(_) => "named expression",
            Expr::TString(_) | Expr::Slice(_) | Expr::IpyEscapeCommand(_) => "expression",
        })
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

    fn line_start(&self, at: TextSize) -> TextSize {
        let before = &self.text[..at.to_usize()];
        TextSize::new(before.rfind(['\n', '\r']).map_or(0, |i| i as u32 + 1))
    }

    fn line_end(&self, at: TextSize) -> TextSize {
        let after = &self.text[at.to_usize()..];
        TextSize::new(at.to_u32() + after.find(['\n', '\r']).unwrap_or(after.len()) as u32)
    }

    /// The indentation of the line of a place.
    fn indent(&self, at: TextRange) -> TextRange {
        let start = self.line_start(at.end());
        let line = &self.text[start.to_usize()..];
        let width = line.len() - line.trim_start_matches([' ', '\t']).len();
        TextRange::empty(TextSize::new(start.to_u32() + width as u32))
    }
}
