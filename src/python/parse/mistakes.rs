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

/// Words that cannot begin or continue an expression.
const KEYWORDS: [&str; 31] = [
    "and", "as", "assert", "async", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
    "for", "from", "global", "if", "import", "in", "is", "nonlocal", "or", "pass", "raise", "return", "try", "while",
    "with", "yield", "not", "lambda",
];

fn syntax(at: TextRange, message: impl Into<String>) -> Words {
    (DiagnosticKind::SyntaxError, at, message.into())
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
                let star = if self.version >= (3, 13) { at } else { self.next_token(at.start()).at };
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
                syntax(token.at, "cannot have both 'except' and 'except*' on the same 'try'")
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

    /// `invalid syntax`, unless it is one of the mistakes that CPython knows.
    fn generic(&self, at: TextRange) -> Words {
        let tokens = &self.scan.tokens;
        let mut here = self.index(at.start());
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        // `x not y`: what follows is the surprise.
        if word(here) == "not" && here > 0 && word(here + 1) != "in" && is_operand_end(tokens[here - 1], word(here - 1))
        {
            here += 1;
        }
        let token = tokens.get(here).copied().unwrap_or(Token { kind: Kind::End, at: self.end_of_text() });
        if word(here) == ":" && here > 0 && word(here - 1) == "->" {
            return syntax(tokens[here - 1].at, "expected ':'");
        }
        self.legacy_statement(here)
            .or_else(|| self.single_equals(here))
            .or_else(|| self.dictionary(here))
            .or_else(|| self.augmented_tuple(here))
            .or_else(|| self.parenthesized_parameters(here))
            .or_else(|| self.comprehension_target(here))
            .or_else(|| self.named_target(here))
            .or_else(|| self.pattern_target(here))
            .or_else(|| self.missing_else(here))
            .or_else(|| self.forgotten_comma(here))
            .unwrap_or_else(|| {
                syntax(if token.kind == Kind::End { self.end_of_text() } else { token.at }, "invalid syntax")
            })
    }

    /// `print x`
    fn legacy_statement(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let name = here.checked_sub(1)?;
        let word = &self.text[tokens[name].at];
        let begins = name == 0
            || matches!(tokens[name - 1].kind, Kind::Newline | Kind::Indent | Kind::Dedent)
            || matches!(&self.text[tokens[name - 1].at], ";" | ":");
        if !matches!(word, "print" | "exec") || !begins || tokens[here].kind == Kind::Newline {
            return None;
        }
        let mut end = self.end_of_expression(here)?;
        while &self.text[tokens[end].at] == ","
            && let Some(next) = self.end_of_expression(end + 1)
        {
            end = next;
        }
        let place = TextRange::new(tokens[name].at.start(), tokens[end - 1].at.end());
        Some(syntax(place, format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?")))
    }

    /// `if x = 3:` and `(x = 3)`
    fn single_equals(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        if word(here) != "=" {
            return None;
        }
        // The condition begins behind its keyword, the group behind its bracket.
        let opening = self.bracket_around(here);
        let from = opening.map_or(0, |open| open + 1);
        let line = (from..here).rev().find(|&i| matches!(tokens[i].kind, Kind::Newline | Kind::Indent | Kind::Dedent));
        let line = line.map_or(from, |i| i + 1);
        let stops = [
            "if", "elif", "while", "and", "or", "not", ",", "else", ":=", "==", "!=", "<", ">", "<=", ">=", "in", "is",
        ];
        let first = (line..here)
            .rev()
            .scan(0, |depth, i| {
                match word(i) {
                    ")" | "]" | "}" => *depth += 1,
                    "(" | "[" | "{" => *depth -= 1,
                    _ => {}
                }
                Some((*depth, i))
            })
            .find(|&(depth, i)| depth <= 0 && stops.contains(&word(i)))
            .map_or(line, |(_, i)| i + 1);
        let before = first.checked_sub(1).map_or("", word);
        let is_condition = opening.is_none() && matches!(word(line), "if" | "elif" | "while");
        let is_group = opening.is_some_and(|open| {
            let is_call = word(open) == "(" && open > 0 && is_operand_end(tokens[open - 1], word(open - 1));
            !is_call && !(line..here).any(|i| word(i) == "for")
        });
        if !is_condition && !is_group {
            return None;
        }
        let end = self.end_of_operand(here + 1)?;
        if matches!(word(end), "=" | ":=")
            || matches!(before, "not" | "and" | "or" | "else" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "in" | "is")
        {
            return None;
        }
        if first + 1 == here && tokens[first].kind == Kind::Name && !matches!(word(first), "True" | "False" | "None") {
            let place = TextRange::new(tokens[first].at.start(), tokens[end - 1].at.end());
            return Some(syntax(place, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"));
        }
        if first >= here {
            return None;
        }
        let place = TextRange::new(tokens[first].at.start(), tokens[here - 1].at.end());
        let name = self.described(place)?;
        if matches!(name, "list" | "tuple" | "generator expression" | "True" | "None" | "False") {
            return None;
        }
        Some(syntax(place, format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?")))
    }

    /// The number of the token after an expression without comparisons, `and`, `or` and `if`.
    fn end_of_operand(&self, start: usize) -> Option<usize> {
        let end = self.end_of_expression(start)?;
        let word = |i: usize| &self.text[self.scan.tokens[i].at];
        let mut depth = 0;
        for i in start..end {
            match word(i) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                "and" | "or" | "not" | "if" | "<" | ">" | "<=" | ">=" | "==" | "!=" | "in" | "is" if depth == 0 => {
                    return Some(i);
                }
                _ => {}
            }
        }
        Some(end)
    }

    /// A key without a value, in a display that has had a pair already.
    fn dictionary(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        let open = self.bracket_around(here).filter(|&open| word(open) == "{")?;
        let (mut depth, mut start, mut has_pair, mut colon) = (0, open + 1, false, None);
        for i in open + 1..here {
            match word(i) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                ":" if depth == 0 => colon = Some(i),
                "," if depth == 0 => {
                    has_pair |= colon.is_some() || word(start) == "**";
                    (start, colon) = (i + 1, None);
                }
                _ => {}
            }
        }
        match colon {
            Some(colon) if colon + 1 == here && matches!(word(here), "}" | ",") => {
                Some(syntax(tokens[colon].at, "expression expected after dictionary key and ':'"))
            }
            None if has_pair && here > start && self.end_of_expression(start) == Some(here) => {
                let last = tokens[here - 1].at;
                let width = self.text[last].chars().next_back().map_or(1, char::len_utf8) as u32;
                let place = TextRange::empty(last.end() - TextSize::new(width));
                Some(syntax(place, "':' expected after dictionary key"))
            }
            _ => None,
        }
    }

    /// `a, b += 1`
    fn augmented_tuple(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let operator = &self.text[tokens.get(here)?.at];
        if operator.len() < 2 || !operator.ends_with('=') || matches!(operator, "==" | "!=" | "<=" | ">=" | ":=") {
            return None;
        }
        let first = (0..here).rev().take_while(|&i| {
            !matches!(tokens[i].kind, Kind::Newline | Kind::Indent | Kind::Dedent) && &self.text[tokens[i].at] != ";"
        });
        let place = TextRange::new(tokens[first.last()?].at.start(), tokens[here - 1].at.end());
        (self.described(place)? == "tuple")
            .then(|| syntax(place, "'tuple' is an illegal expression for augmented assignment"))
    }

    /// `def f(a, (b, c)): …`, `lambda (a, b): …`
    fn parenthesized_parameters(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        if word(here) != "(" {
            return None;
        }
        let before = (0..here).rev().take_while(|&i| tokens[i].kind == Kind::Name || word(i) == ",");
        let what = if before.into_iter().any(|i| word(i) == "lambda") {
            "Lambda expression"
        } else if word(self.bracket_around(here)?.checked_sub(2)?) == "def" {
            "Function"
        } else {
            return None;
        };
        let end = self.after_bracket(here)?;
        let place = TextRange::new(tokens[here].at.start(), tokens[end - 1].at.end());
        Some(syntax(place, format!("{what} parameters cannot be parenthesized")))
    }

    /// `[x, y for x in z]`
    fn comprehension_target(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        let open = self.bracket_around(here).filter(|&open| matches!(word(open), "[" | "{"))?;
        if word(here) != "for" || open + 1 >= here || open > 0 && is_operand_end(tokens[open - 1], word(open - 1)) {
            return None;
        }
        let place = TextRange::new(tokens[open + 1].at.start(), tokens[here - 1].at.end());
        let is_tuple = self.described(place)? == "tuple" && word(open + 1) != "*";
        is_tuple.then(|| syntax(place, "did you forget parentheses around the comprehension target?"))
    }

    /// `(a, b) := 1`: what is named is no name.
    fn named_target(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        let from = self.bracket_around(here).map_or(0, |open| open + 1);
        if word(here) != ":=" || here == 0 || !is_operand_end(tokens[here - 1], word(here - 1)) {
            return None;
        }
        let start = self.start_of_expression(here, from);
        let place = TextRange::new(tokens[start].at.start(), tokens[here - 1].at.end());
        let name = self.described(place).filter(|&name| name != "name")?;
        Some(syntax(place, format!("cannot use assignment expressions with {name}")))
    }

    /// `case [a] as b.c:`, `case x as _:`
    fn pattern_target(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        let line = (0..here).rev().find(|&i| matches!(tokens[i].kind, Kind::Newline | Kind::Indent | Kind::Dedent));
        let target = if word(here.checked_sub(1)?) == "as" { here } else { here - 1 };
        if word(line? + 1) != "case" || target == 0 || word(target - 1) != "as" {
            return None;
        }
        if word(target) == "_" {
            return Some(syntax(tokens[target].at, "cannot use '_' as a target"));
        }
        let end = self.end_of_expression(target)?;
        let place = TextRange::new(tokens[target].at.start(), tokens[end - 1].at.end());
        (end > target + 1 || tokens[target].kind != Kind::Name).then(|| syntax(place, "invalid pattern target"))
    }

    /// `x = 1 if y`
    fn missing_else(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        if matches!(word(here), ":" | "else") {
            return None;
        }
        let around = self.bracket_around(here).map_or(0, |open| open + 1);
        let condition = (around..here).rev().find(|&i| word(i) == "if")?;
        if condition == 0 || !is_operand_end(tokens[condition - 1], word(condition - 1)) {
            return None;
        }
        let is_filter = (around..condition).any(|i| word(i) == "for");
        if is_filter || self.end_of_expression(condition + 1) != Some(here) {
            return None;
        }
        let start = self.start_of_expression(condition, around);
        let place = TextRange::new(tokens[start].at.start(), tokens[here - 1].at.end());
        Some(syntax(place, "expected 'else' after 'if' expression"))
    }

    /// Back to where the expression begins that ends before a token.
    fn start_of_expression(&self, end: usize, from: usize) -> usize {
        let tokens = &self.scan.tokens;
        let (mut first, mut depth) = (end, 0);
        for i in (from..end).rev() {
            match &self.text[tokens[i].at] {
                ")" | "]" | "}" => depth += 1,
                "(" | "[" | "{" => depth -= 1,
                "," | ":" | "=" | "lambda" | "for" | "if" | "else" | "return" | "yield" | "elif" | "while"
                | "assert" | "raise" | ";" | "**=" | "+=" | "-=" | "*=" | "/=" | "print"
                    if depth == 0 =>
                {
                    break;
                }
                _ if depth == 0 && matches!(tokens[i].kind, Kind::Newline | Kind::Indent | Kind::Dedent) => break,
                _ => {}
            }
            first = i;
        }
        first
    }

    /// Two expressions side by side inside brackets: both of them.
    fn forgotten_comma(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        let open = self.bracket_around(here)?;
        let is_parameters = open >= 2 && word(open - 2) == "def";
        let is_names = (0..open).rev().take_while(|&i| tokens[i].kind != Kind::Newline).any(|i| word(i) == "import");
        let is_pattern = (0..open)
            .rev()
            .take_while(|&i| tokens[i].kind != Kind::Newline)
            .last()
            .is_some_and(|i| word(i) == "case" || tokens[i].kind == Kind::Indent && word(i + 1) == "case");
        if here == 0 || is_names || is_pattern || !is_operand_end(tokens[here - 1], word(here - 1)) {
            return None;
        }
        let first = self.start_of_expression(here, open + 1);
        if is_parameters && !matches!(word(first.saturating_sub(1)), "=" | ":") {
            return None;
        }
        let is_iterable =
            (first..here).any(|i| matches!(word(i), "in" | "for")) && word(first.saturating_sub(1)) == "if";
        let name_and_string =
            here == first + 1 && tokens[first].kind == Kind::Name && tokens[here].kind == Kind::String;
        if is_iterable || name_and_string || self.end_of_comprehension(first, here) {
            return None;
        }
        let end = self.end_of_expression(here)?;
        let place = TextRange::new(tokens[first].at.start(), tokens[end - 1].at.end());
        Some(syntax(place, "invalid syntax. Perhaps you forgot a comma?"))
    }

    /// The first of the two expressions is the iterable of a comprehension, whose rule stops without a word.
    fn end_of_comprehension(&self, first: usize, here: usize) -> bool {
        let word = |i: usize| &self.text[self.scan.tokens[i].at];
        first > 0 && word(first - 1) == "for" && (first..here).any(|i| word(i) == "in")
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
