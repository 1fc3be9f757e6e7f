//! The mistakes that the authors of CPython's grammar thought of (its `invalid_…` rules), found again in what Ruff's
//! parser complains about; everything else is `invalid syntax` at the first token that does not fit.

use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Expr, Mod};
use ruff_python_parser::{
    InterpolatedStringErrorType, Mode, ParseError, ParseErrorType, ParseOptions, parse_unchecked,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::scan::{Kind, Token};
use super::wording::{Wording, Words};
use crate::python::diagnostic::DiagnosticKind;

mod generic;

/// Words that cannot begin or continue an expression.
const KEYWORDS: [&str; 31] = [
    "and", "as", "assert", "async", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
    "for", "from", "global", "if", "import", "in", "is", "nonlocal", "or", "pass", "raise", "return", "try", "while",
    "with", "yield", "not", "lambda",
];

fn syntax(at: TextRange, message: impl Into<String>) -> Words {
    (DiagnosticKind::SyntaxError, at, message.into())
}

fn size(offset: usize) -> TextSize {
    TextSize::new(offset as u32)
}

impl Wording<'_> {
    pub(super) fn words(&self, error: &ParseError) -> Words {
        let at = error.range();
        match &error.error {
            ParseErrorType::UnexpectedIndentation => {
                // One column before the text: CPython shows no caret.
                let place = self.next_token(at.end()).at.start().checked_sub(TextSize::new(1)).unwrap_or_default();
                (DiagnosticKind::IndentationError, TextRange::empty(place), "unexpected indent".into())
            }
            ParseErrorType::OtherError(message) => self.other(message, at),
            ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => self.expected_colon(at),
            ParseErrorType::ExpectedToken { expected: TokenKind::Lpar, .. }
                if self.statement(at).starts_with("def ") =>
            {
                syntax(self.next_token(at.start()).at, "expected '('")
            }
            ParseErrorType::FStringError(InterpolatedStringErrorType::SingleRbrace) => {
                syntax(at, "f-string: single '}' is not allowed")
            }
            ParseErrorType::InvalidAssignmentTarget => self.cannot("assign to", at),
            ParseErrorType::InvalidAnnotatedAssignmentTarget => match self.described(at) {
                Some(name @ ("list" | "tuple")) => {
                    syntax(at, format!("only single target (not {name}) can be annotated"))
                }
                _ => syntax(at, "illegal target for annotation"),
            },
            ParseErrorType::InvalidNamedAssignmentTarget => {
                let name = self.described(at).unwrap_or("expression");
                syntax(at, format!("cannot use assignment expressions with {name}"))
            }
            ParseErrorType::InvalidDeleteTarget => self.cannot("delete", at),
            ParseErrorType::InvalidAugmentedAssignmentTarget => {
                let name = self.described(at).unwrap_or("expression");
                syntax(at, format!("'{name}' is an illegal expression for augmented assignment"))
            }
            ParseErrorType::InvalidStarredExpressionUsage => self.misplaced_star(at),
            ParseErrorType::PositionalAfterKeywordArgument => {
                syntax(self.closing(at), "positional argument follows keyword argument")
            }
            ParseErrorType::PositionalAfterKeywordUnpacking => {
                syntax(self.closing(at), "positional argument follows keyword argument unpacking")
            }
            ParseErrorType::InvalidArgumentUnpackingOrder => {
                let star = match self.version >= (3, 13) {
                    // From the comma, for those who do not know what unpacks.
                    true => {
                        TextRange::new(self.text[..at.start().to_usize()].rfind(',').map_or(at.start(), size), at.end())
                    }
                    false => self.next_token(at.start()).at,
                };
                syntax(star, "iterable argument unpacking follows keyword argument unpacking")
            }
            ParseErrorType::UnparenthesizedGeneratorExpression if self.statement(at).starts_with("class ") => {
                let tokens = &self.scan.tokens;
                let word = tokens.iter().find(|t| t.at.start() >= at.start() && &self.text[t.at] == "for");
                syntax(word.map_or(at, |t| t.at), "invalid syntax")
            }
            ParseErrorType::UnparenthesizedGeneratorExpression => {
                let next = self.next_token(at.end());
                if matches!(&self.text[next.at], "," | ")") {
                    syntax(at, "Generator expression must be parenthesized")
                } else {
                    self.generic(next.at)
                }
            }
            ParseErrorType::UnparenthesizedTupleExpression => self.illegal_tuple(at),
            ParseErrorType::NonDefaultParamAfterDefaultParam => syntax(
                at,
                match self.version >= (3, 12) {
                    true => "parameter without a default follows parameter with a default",
                    false => "non-default argument follows default argument",
                },
            ),
            ParseErrorType::ExpectedKeywordParam => self.bare_star(at),
            ParseErrorType::ParamAfterVarKeywordParam => syntax(at, "arguments cannot follow var-keyword argument"),
            ParseErrorType::VarParameterWithDefault => {
                let before: Vec<&Token> = self.scan.tokens.iter().filter(|t| t.at.end() <= at.start()).collect();
                let is_mapping = before.iter().rev().nth(1).is_some_and(|t| &self.text[t.at] == "**");
                let what = if is_mapping { "var-keyword" } else { "var-positional" };
                syntax(at, format!("{what} argument cannot have default value"))
            }
            ParseErrorType::IterableUnpackingInComprehension => {
                syntax(at, "iterable unpacking cannot be used in comprehension")
            }
            ParseErrorType::ExpectedImaginaryNumber => {
                syntax(self.next_token(at.start()).at, "imaginary number required in complex literal")
            }
            ParseErrorType::ExpectedRealNumber => {
                syntax(self.next_token(at.start()).at, "real number required in complex literal")
            }
            _ => self.generic(at),
        }
    }

    fn other(&self, message: &str, at: TextRange) -> Words {
        let token = self.next_token(at.start());
        if let Some(rest) = message.strip_prefix("Expected an indented block after ") {
            let what = rest.replace('`', "'").replace("clause", "statement");
            let what = if what == "'case' block" { "'case' statement".into() } else { what };
            let what = match what.split_whitespace().next() {
                Some("function") => "function definition".to_string(),
                Some("'class'" | "class") => "class definition".to_string(),
                _ => what,
            };
            let line = self.header_line(at);
            let place = if token.kind == Kind::End { self.end_of_text() } else { token.at };
            return (
                DiagnosticKind::IndentationError,
                place,
                format!("expected an indented block after {what} on line {line}"),
            );
        }
        match message {
            "Expected `except` or `finally` after `try` block" => {
                let place = if token.kind == Kind::End { self.end_of_text() } else { token.at };
                syntax(place, "expected 'except' or 'finally' block")
            }
            message if message.starts_with("Multiple exception types must be parenthesized") => {
                let colon = self.scan.tokens.iter().find(|t| t.at.start() >= at.end() && &self.text[t.at] == ":");
                let place = colon.map_or(at, |colon| TextRange::new(at.start(), colon.at.start()));
                syntax(place, "multiple exception types must be parenthesized")
            }
            "Cannot have both 'except' and 'except*' on the same 'try'" => {
                let next = self.scan.tokens.iter().find(|t| t.at.start() >= token.at.end());
                let star = next.filter(|next| &self.text[next.at] == "*");
                let place = star.map_or(token.at, |star| token.at.cover(star.at));
                syntax(place, "cannot have both 'except' and 'except*' on the same 'try'")
            }
            "Expected one or more exception types" => syntax(token.at, "expected one or more exception types"),
            message
                if message.starts_with("Only one '*' ") || message.starts_with("Keyword-only parameter separator") =>
            {
                syntax(token.at, "* argument may appear only once")
            }
            "Only one '/' separator allowed" => syntax(token.at, "/ may appear only once"),
            "'/' parameter must appear before '*' parameter" => syntax(token.at, "/ must be ahead of *"),
            "Position-only parameter separator not allowed as first parameter" => {
                let slash = self.index(at.start());
                let open = self.bracket_around(slash).unwrap_or(0);
                let before = (open..slash).rev().map(|i| &self.text[self.scan.tokens[i].at]);
                let is_behind_star = before.take_while(|&word| word != "lambda").any(|word| word == "*");
                let message =
                    if is_behind_star { "/ must be ahead of *" } else { "at least one argument must precede /" };
                syntax(token.at, message)
            }
            "Positional patterns cannot follow keyword patterns" => {
                syntax(at, "positional patterns follow keyword patterns")
            }
            "Only single target (not list) can be annotated" => {
                syntax(at, "only single target (not list) can be annotated")
            }
            "Only single target (not tuple) can be annotated" => {
                syntax(at, "only single target (not tuple) can be annotated")
            }
            "Trailing comma not allowed" if self.statement(at).starts_with("from ") => {
                let place = self.next_token(at.end()).at;
                syntax(place, "trailing comma not allowed without surrounding parentheses")
            }
            "Trailing comma not allowed" => syntax(self.next_token(at.end()).at, "invalid syntax"),
            "Star import must be the only import" => {
                let tokens = &self.scan.tokens;
                let star = tokens.iter().position(|t| t.at.start() >= at.start() && &self.text[t.at] == "*");
                syntax(star.and_then(|star| tokens.get(star + 1)).map_or(token.at, |t| t.at), "invalid syntax")
            }
            "Expected a parameter name" => self.wrong_keyword(at),
            _ => self.generic(at),
        }
    }

    /// Behind the last thing in the text.
    fn end_of_text(&self) -> TextRange {
        TextRange::empty(TextSize::of(self.text.trim_end_matches(['\n', '\r'])))
    }

    /// The text from the start of the line of a place.
    fn statement(&self, at: TextRange) -> &str {
        let line = self.text[self.line_start(at.start()).to_usize()..].trim_start();
        line.strip_prefix("async ").map_or(line, str::trim_start)
    }

    /// The line of the statement whose block is missing: the last one with a colon before the place.
    fn header_line(&self, at: TextRange) -> u32 {
        let mut colons = self.scan.tokens.iter().filter(|t| t.at.end() <= at.start() && &self.text[t.at] == ":");
        colons.next_back().map_or(1, |token| self.lines.place(token.at.start()).0)
    }

    fn expected_colon(&self, at: TextRange) -> Words {
        let token = self.next_token(at.start());
        let line = self.statement(token.at);
        let keyword: String = line.chars().take_while(|c| c.is_alphanumeric()).collect();
        // In a definition the colon is a must as soon as the head is there.
        let is_forced = matches!(&*keyword, "def" | "try" | "finally" | "else");
        if matches!(token.kind, Kind::Newline | Kind::End) || is_forced {
            return syntax(token.at, "expected ':'");
        }
        self.generic(at)
    }

    /// The bracket that closes what a place is in.
    fn closing(&self, at: TextRange) -> TextRange {
        let mut depth = 0;
        for token in self.scan.tokens.iter().filter(|t| t.at.start() >= at.end()) {
            match &self.text[token.at] {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" if depth == 0 => return token.at,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
        }
        at
    }

    /// `*x` where no star may be: after an operator the star itself is the surprise.
    fn misplaced_star(&self, at: TextRange) -> Words {
        let tokens = &self.scan.tokens;
        let star = tokens.iter().position(|t| t.at.start() >= at.start()).unwrap_or(0);
        let before = star.checked_sub(1).map_or("", |i| &self.text[tokens[i].at]);
        let next = self.next_token(at.end());
        match before {
            "+" | "-" | "/" | "%" | "|" | "&" | "^" | "<" | ">" | "==" | "!=" | "*" => {
                syntax(tokens[star].at, "invalid syntax")
            }
            ":" if self.bracket_around(star).is_some_and(|i| &self.text[tokens[i].at] == "{") => {
                syntax(at, "cannot use a starred expression in a dictionary value")
            }
            "{" if &self.text[next.at] == ":" => syntax(next.at, "invalid syntax"),
            _ => syntax(at, "can't use starred expression here"),
        }
    }

    /// `def f(*): …`: CPython points at the star of a function, in a lambda at what follows it.
    fn bare_star(&self, at: TextRange) -> Words {
        let message = "named arguments must follow bare *";
        let tokens = &self.scan.tokens;
        let star = tokens.iter().rposition(|t| t.at.start() <= at.start() && &self.text[t.at] == "*");
        let Some(star) = star else { return syntax(at, message) };
        let is_lambda =
            tokens[..star].iter().rev().take_while(|t| &self.text[t.at] != "(").any(|t| &self.text[t.at] == "lambda");
        syntax(if is_lambda { tokens[star + 1].at } else { tokens[star].at }, message)
    }

    /// `raise A, "x"`, `a, b += 1`: a tuple where only one expression may be.
    fn illegal_tuple(&self, at: TextRange) -> Words {
        let next = self.next_token(at.end());
        if self.text[next.at].ends_with('=') && next.at.len() > TextSize::new(1) {
            return syntax(at, "'tuple' is an illegal expression for augmented assignment");
        }
        let first = self.index(at.start());
        let comma = self.end_of_expression(first).map(|end| self.scan.tokens[end].at);
        syntax(comma.unwrap_or(at), "invalid syntax")
    }

    /// `f(a.b=1)`, `f(True=1)`
    fn wrong_keyword(&self, at: TextRange) -> Words {
        let equals = self.next_token(at.end());
        let place = TextRange::new(at.start(), equals.at.end());
        match &self.text[at] {
            name @ ("True" | "False" | "None") => syntax(place, format!("cannot assign to {name}")),
            _ => syntax(place, "expression cannot contain assignment, perhaps you meant \"==\"?"),
        }
    }

    /// The number of the first token that does not begin before a place.
    fn index(&self, place: TextSize) -> usize {
        let last = self.scan.tokens.len().saturating_sub(1);
        let is_after = |t: &Token| t.at.end() > place || t.at.is_empty() && t.at.start() >= place;
        self.scan.tokens.iter().position(|t| is_after(t) && t.kind != Kind::Dedent).unwrap_or(last)
    }

    /// The number of the bracket that a token is in.
    fn bracket_around(&self, token: usize) -> Option<usize> {
        let mut depth = 0;
        for i in (0..token).rev() {
            match &self.text[self.scan.tokens[i].at] {
                ")" | "]" | "}" => depth += 1,
                "(" | "[" | "{" if depth == 0 => return Some(i),
                "(" | "[" | "{" => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// The number of the token after the bracket that closes the one given.
    fn after_bracket(&self, open: usize) -> Option<usize> {
        let mut depth = 0;
        for (i, token) in self.scan.tokens.iter().enumerate().skip(open) {
            match &self.text[token.at] {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(i + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The number of the token after the expression that begins at a token; `None` if none begins there.
    fn end_of_expression(&self, start: usize) -> Option<usize> {
        let word = |i: usize| self.scan.tokens.get(i).map_or("", |t| &self.text[t.at]);
        let mut i = start;
        while matches!(word(i), "not" | "-" | "+" | "~" | "await") {
            i += 1;
        }
        let token = self.scan.tokens.get(i)?;
        i = match token.kind {
            Kind::Name if KEYWORDS.contains(&word(i)) => return None,
            Kind::Name | Kind::Number => i + 1,
            Kind::String => {
                let mut end = i + 1;
                while self.scan.tokens.get(end).is_some_and(|t| t.kind == Kind::String) {
                    end += 1;
                }
                end
            }
            Kind::Op if matches!(word(i), "(" | "[" | "{") => self.after_bracket(i)?,
            Kind::Op if word(i) == "..." => i + 1,
            _ => return None,
        };
        loop {
            i = match word(i) {
                "." if self.scan.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Name) => i + 2,
                "(" | "[" => self.after_bracket(i)?,
                _ => break,
            };
        }
        let joined = match word(i) {
            "+" | "-" | "*" | "/" | "//" | "%" | "@" | "**" | "<<" | ">>" | "&" | "|" | "^" | "<" | ">" | "<="
            | ">=" | "==" | "!=" | "and" | "or" | "in" => i + 1,
            "is" if word(i + 1) == "not" => i + 2,
            "is" => i + 1,
            "not" if word(i + 1) == "in" => i + 2,
            "if" => match self.end_of_expression(i + 1) {
                Some(test) if word(test) == "else" => test + 1,
                _ => return Some(i),
            },
            _ => return Some(i),
        };
        self.end_of_expression(joined).or(Some(i))
    }

    fn cannot(&self, verb: &str, at: TextRange) -> Words {
        let name = self.described(at).unwrap_or("expression");
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        let is_yield = name == "yield expression";
        let after = self.index(at.end());
        let is_grouped = word(after) == ")" && self.index(at.start()).checked_sub(1).is_some_and(|i| word(i) == "(");
        if verb == "assign to" && is_yield && !is_grouped {
            return syntax(at, "assignment to yield expression not possible");
        }
        let message = format!("cannot {verb} {name}");
        let equals = if is_grouped { after + 1 } else { after };
        let is_operand = !matches!(
            name,
            "True"
                | "False"
                | "None"
                | "list"
                | "tuple"
                | "generator expression"
                | "lambda"
                | "comparison"
                | "conditional expression"
                | "starred"
                | "name"
        ) && (!self.is_boolean(at) || is_grouped);
        let follows = |i: usize| self.end_of_operand(i).is_some_and(|end| !matches!(word(end), "=" | ":="));
        let is_first = self.index(at.start()).checked_sub(1).is_none_or(|i| word(i) != "=");
        if verb == "assign to" && is_operand && is_first && word(equals) == "=" && follows(equals + 1) {
            return syntax(at, format!("{message} here. Maybe you meant '==' instead of '='?"));
        }
        syntax(at, message)
    }

    /// `a and b`, `not a`
    fn is_boolean(&self, at: TextRange) -> bool {
        let parsed = parse_unchecked(&self.text[at], ParseOptions::from(Mode::Expression));
        let Mod::Expression(expression) = parsed.syntax() else { return false };
        match &*expression.body {
            Expr::BoolOp(_) => true,
            Expr::UnaryOp(unary) => unary.op == ruff_python_ast::UnaryOp::Not,
            _ => false,
        }
    }

    /// CPython's word for the expression in a range.
    fn described(&self, at: TextRange) -> Option<&'static str> {
        let text = &self.text[at];
        // `x := 1` is an expression in brackets alone.
        let text = if text.contains(":=") { format!("({text})") } else { text.to_string() };
        let parsed = parse_unchecked(&text, ParseOptions::from(Mode::Expression));
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
}

/// Whether an operand may end with this token.
fn is_operand_end(token: Token, word: &str) -> bool {
    match token.kind {
        Kind::Name => !KEYWORDS.contains(&word),
        Kind::Number | Kind::String => true,
        Kind::Op => matches!(word, ")" | "]" | "}" | "..."),
        _ => false,
    }
}
