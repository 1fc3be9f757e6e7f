//! `invalid syntax`, and the mistakes behind it that CPython's grammar has a rule for.

use ruff_text_size::{TextRange, TextSize};

use super::{is_operand_end, syntax};
use crate::python::parse::scan::{Kind, Token};
use crate::python::parse::wording::{Wording, Words};

impl Wording<'_> {
    /// `invalid syntax`, unless it is one of the mistakes that CPython knows.
    pub(super) fn generic(&self, at: TextRange) -> Words {
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
            .or_else(|| self.later(here))
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
    pub(super) fn end_of_operand(&self, start: usize) -> Option<usize> {
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
    pub(super) fn dictionary(&self, here: usize) -> Option<Words> {
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

    /// What later versions have words of their own for.
    fn later(&self, here: usize) -> Option<Words> {
        let tokens = &self.scan.tokens;
        let word = |i: usize| tokens.get(i).map_or("", |t| &self.text[t.at]);
        let token = tokens.get(here)?;
        let last = here.checked_sub(1)?;
        let open = self.bracket_around(here);
        let is_call =
            open.is_some_and(|open| word(open) == "(" && open > 0 && is_operand_end(tokens[open - 1], word(open - 1)));
        if self.version >= (3, 12) && is_call && word(last) == "=" && matches!(word(here), ")" | ",") {
            let place = TextRange::new(tokens[last.checked_sub(1)?].at.start(), tokens[last].at.end());
            return Some(syntax(place, "expected argument value expression"));
        }
        if self.version < (3, 13) {
            return None;
        }
        if word(last) == "import" && matches!(token.kind, Kind::Newline | Kind::End) {
            return Some(syntax(token.at, "Expected one or more names after 'import'"));
        }
        if is_call && word(last) == "*" && matches!(word(last - 1), "(" | ",") && matches!(word(here), ")" | ",") {
            return Some(syntax(token.at, "Invalid star expression"));
        }
        let opening = open.filter(|_| is_operand_end(tokens[last], word(last)))?;
        let heads = (opening..here).rev().find(|&i| matches!(word(i), "for" | "in" | "if"))?;
        let is_target = word(heads) == "for" && self.bracket_around(heads) == open;
        is_target.then(|| syntax(token.at, "'in' expected after for-loop variables"))
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
}
