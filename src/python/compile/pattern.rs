//! The `match` statement.
//!
//! A pattern consumes the subject on top of the stack. Captured values are kept on the stack, the first one on
//! top, below what the pattern is still looking at, and are bound only when the whole pattern has matched. A
//! failure therefore has to drop as many values as lie there: it goes to the label for that number, and the
//! labels stand one behind the other, each in front of a `PopTop` (after CPython's `compile.c`,
//! `compiler_pattern`).

use ruff_python_ast::{
    Expr, MatchCase, Pattern, PatternMatchAs, PatternMatchClass, PatternMatchMapping, PatternMatchOr,
    PatternMatchSequence, Singleton, StmtMatch, UnaryOp,
};
use ruff_text_size::{Ranged, TextRange};

use super::Compiler;
use super::emit::Label;
use super::fold::fold;
use crate::python::code::{BinaryOp, CompareOp, Const, Op};
use crate::python::name::Sym;

/// The pattern of one `case` while it is being compiled.
#[derive(Default)]
struct Matching {
    /// Names whose values are on the stack, the first one on top.
    stores: Vec<Sym>,
    /// Whether a pattern that matches everything may stand here.
    allows_irrefutable: bool,
    /// Where a failure goes that has to drop so many values.
    fail: Vec<Label>,
    /// Values above the stores that the pattern still needs, without the one it looks at.
    on_top: usize,
}

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, statement: &'a StmtMatch) {
        self.expr(&statement.subject);
        let end = self.unit().label();
        let n = statement.cases.len();
        let has_default = n > 1 && statement.cases.last().is_some_and(|case| is_wildcard(&case.pattern));
        let n_tested = n - usize::from(has_default);
        for (i, case) in statement.cases[..n_tested].iter().enumerate() {
            self.enter(case.pattern.range());
            let keeps_subject = i + 1 < n_tested || has_default;
            self.match_case(case, keeps_subject, i + 1 == n, end);
        }
        if let Some(case) = statement.cases.last().filter(|_| has_default) {
            self.enter(case.pattern.range());
            self.emit(Op::PopTop);
            if let Some(guard) = &case.guard {
                self.jump_if(guard, end, false);
            }
            self.body(&case.body);
        }
        self.unit().bind(end);
    }

    fn match_case(&mut self, case: &'a MatchCase, keeps_subject: bool, is_last: bool, end: Label) {
        if keeps_subject {
            self.emit(Op::Dup);
        }
        let mut m = Matching { allows_irrefutable: case.guard.is_some() || is_last, ..Matching::default() };
        self.pattern(&case.pattern, &mut m);
        for name in std::mem::take(&mut m.stores) {
            self.store(name);
        }
        if let Some(guard) = &case.guard {
            let fail = self.fail_label(&mut m, 0);
            self.jump_if(guard, fail, false);
        }
        if keeps_subject {
            self.emit(Op::PopTop);
        }
        self.body(&case.body);
        let at = self.at;
        self.unit().jump(Op::Jump, end, at);
        self.bind_failures(&mut m);
    }

    fn fail_label(&mut self, m: &mut Matching, pops: usize) -> Label {
        while m.fail.len() <= pops {
            let label = self.unit().label();
            m.fail.push(label);
        }
        m.fail[pops]
    }

    fn jump_to_failure(&mut self, op: impl FnOnce(u32) -> Op, m: &mut Matching) {
        let pops = m.on_top + m.stores.len();
        let label = self.fail_label(m, pops);
        let at = self.at;
        self.unit().jump(op, label, at);
    }

    /// Execution goes on behind the failures.
    fn bind_failures(&mut self, m: &mut Matching) {
        while let Some(label) = m.fail.pop() {
            self.unit().bind(label);
            if !m.fail.is_empty() {
                self.emit(Op::PopTop);
            }
        }
    }

    fn pattern(&mut self, pattern: &'a Pattern, m: &mut Matching) {
        let before = self.enter(pattern.range());
        match pattern {
            Pattern::MatchValue(value) => {
                self.check_literal(&value.value);
                self.expr(&value.value);
                self.emit(Op::Compare(CompareOp::Eq));
                self.jump_to_failure(Op::PopJumpIfFalse, m);
            }
            Pattern::MatchSingleton(singleton) => {
                self.constant(match singleton.value {
                    Singleton::None => Const::None,
                    Singleton::True => Const::Bool(true),
                    Singleton::False => Const::Bool(false),
                });
                self.emit(Op::Is(false));
                self.jump_to_failure(Op::PopJumpIfFalse, m);
            }
            Pattern::MatchSequence(sequence) => self.sequence_pattern(sequence, m),
            Pattern::MatchMapping(mapping) => self.mapping_pattern(mapping, m),
            Pattern::MatchClass(class) => self.class_pattern(class, m),
            Pattern::MatchStar(star) => self.capture(star.name.as_deref(), pattern.range(), m),
            Pattern::MatchAs(named) => self.as_pattern(named, m),
            Pattern::MatchOr(or) => self.or_pattern(or, m),
        }
        self.at = before;
    }

    /// A part of a pattern: it may match everything.
    fn subpattern(&mut self, pattern: &'a Pattern, m: &mut Matching) {
        let before = std::mem::replace(&mut m.allows_irrefutable, true);
        self.pattern(pattern, m);
        m.allows_irrefutable = before;
    }

    /// `[… stores on_top value] -> [… value stores on_top]`, or the value is dropped.
    fn capture(&mut self, name: Option<&str>, at: TextRange, m: &mut Matching) {
        let Some(name) = name else { return self.emit(Op::PopTop) };
        let name = self.mangled(name);
        self.check_new_capture(name, at, m);
        let below = m.on_top + m.stores.len();
        if below > 0 {
            self.emit(Op::RotDown(below as u32));
        }
        m.stores.push(name);
    }

    fn check_new_capture(&mut self, name: Sym, at: TextRange, m: &Matching) {
        if m.stores.contains(&name) {
            self.error(at, format!("multiple assignments to name '{name}' in pattern"));
        }
    }

    /// A literal is a number, perhaps with a sign or an imaginary part, a string, or a dotted name.
    fn check_literal(&mut self, value: &Expr) {
        let is_literal = match value {
            Expr::UnaryOp(unary) => unary.op == UnaryOp::USub && unary.operand.is_number_literal_expr(),
            Expr::BinOp(_)
            | Expr::NumberLiteral(_)
            | Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::Attribute(_) => true,
            _ => false,
        };
        if let (false, Expr::UnaryOp(unary)) = (is_literal, value) {
            return self.error(unary.operand.range(), "invalid syntax");
        }
        if value.is_f_string_expr() {
            self.error(value.range(), "patterns may only match literals and attribute lookups");
        } else if !is_literal {
            self.error(value.range(), "invalid syntax");
        }
    }

    fn as_pattern(&mut self, named: &'a PatternMatchAs, m: &mut Matching) {
        let name = named.name.as_deref();
        let Some(pattern) = &named.pattern else {
            if !m.allows_irrefutable {
                return match name {
                    Some(name) => {
                        self.error(named.range(), format!("name capture '{name}' makes remaining patterns unreachable"))
                    }
                    None => self.error(named.range(), "wildcard makes remaining patterns unreachable"),
                };
            }
            return self.capture(name, named.range(), m);
        };
        m.on_top += 1;
        self.emit(Op::Dup);
        self.pattern(pattern, m);
        m.on_top -= 1;
        self.capture(name, named.range(), m);
    }

    fn sequence_pattern(&mut self, sequence: &'a PatternMatchSequence, m: &mut Matching) {
        let patterns = &sequence.patterns;
        let size = patterns.len();
        let star = patterns.iter().position(Pattern::is_match_star);
        if let Some(star) = star
            && patterns[star + 1..].iter().any(Pattern::is_match_star)
        {
            return self.error(sequence.range(), "multiple starred names in sequence pattern");
        }
        m.on_top += 1;
        self.emit(Op::MatchSequence);
        self.jump_to_failure(Op::PopJumpIfFalse, m);
        let compared = match star {
            None => Some((size, CompareOp::Eq)),
            Some(_) if size > 1 => Some((size - 1, CompareOp::Ge)),
            Some(_) => None,
        };
        if let Some((length, comparison)) = compared {
            self.emit(Op::GetLen);
            self.constant(Const::Int(length as i64));
            self.emit(Op::Compare(comparison));
            self.jump_to_failure(Op::PopJumpIfFalse, m);
        }
        m.on_top -= 1;
        let drops_star = star.is_some_and(|star| is_star_wildcard(&patterns[star]));
        if patterns.iter().all(|p| is_wildcard(p) || is_star_wildcard(p)) {
            self.emit(Op::PopTop);
        } else if drops_star {
            self.sequence_by_index(patterns, star.unwrap_or(size), m);
        } else {
            match star {
                None => self.emit(Op::UnpackSequence(size as u32)),
                Some(star) => self.emit(Op::UnpackEx { before: star as u16, after: (size - star - 1) as u16 }),
            }
            m.on_top += size;
            for pattern in patterns {
                m.on_top -= 1;
                self.subpattern(pattern, m);
            }
        }
    }

    /// `[a, *_, b]`: the middle is never copied.
    fn sequence_by_index(&mut self, patterns: &'a [Pattern], star: usize, m: &mut Matching) {
        let size = patterns.len();
        m.on_top += 1;
        for (i, pattern) in patterns.iter().enumerate() {
            if i == star || is_wildcard(pattern) {
                continue;
            }
            self.emit(Op::Dup);
            if i < star {
                self.constant(Const::Int(i as i64));
            } else {
                self.emit(Op::GetLen);
                self.constant(Const::Int((size - i) as i64));
                self.emit(Op::Binary(BinaryOp::Sub));
            }
            self.emit(Op::LoadItem);
            self.subpattern(pattern, m);
        }
        m.on_top -= 1;
        self.emit(Op::PopTop);
    }

    fn mapping_pattern(&mut self, mapping: &'a PatternMatchMapping, m: &mut Matching) {
        let size = mapping.keys.len();
        m.on_top += 1;
        self.emit(Op::MatchMapping);
        self.jump_to_failure(Op::PopJumpIfFalse, m);
        if size == 0 && mapping.rest.is_none() {
            m.on_top -= 1;
            return self.emit(Op::PopTop);
        }
        if size > 0 {
            self.emit(Op::GetLen);
            self.constant(Const::Int(size as i64));
            self.emit(Op::Compare(CompareOp::Ge));
            self.jump_to_failure(Op::PopJumpIfFalse, m);
        }
        let mut seen = Vec::new();
        for key in &mapping.keys {
            match fold(key) {
                Some(value) => {
                    let shown = format!("{value:?}");
                    if seen.contains(&shown) {
                        let text = shown_constant(&value);
                        self.error(mapping.range(), format!("mapping pattern checks duplicate key ({text})"));
                    }
                    seen.push(shown);
                }
                None if key.is_attribute_expr() || key.is_bin_op_expr() || key.is_number_literal_expr() => {}
                None => {
                    self.error(key.range(), "mapping pattern keys may only match literals and attribute lookups");
                }
            }
            self.expr(key);
        }
        self.emit(Op::BuildTuple(size as u32));
        self.emit(Op::MatchKeys);
        m.on_top += 2;
        self.emit(Op::Dup);
        self.none();
        self.emit(Op::Is(true));
        self.jump_to_failure(Op::PopJumpIfFalse, m);
        self.emit(Op::UnpackSequence(size as u32));
        m.on_top += size;
        m.on_top -= 1;
        for pattern in &mapping.patterns {
            m.on_top -= 1;
            self.subpattern(pattern, m);
        }
        m.on_top -= 2;
        // [subject keys]
        let Some(rest) = &mapping.rest else {
            self.emit(Op::PopTop);
            return self.emit(Op::PopTop);
        };
        self.emit(Op::BuildDict(0));
        self.emit(Op::Swap(2));
        self.emit(Op::DictUpdate(2));
        self.emit(Op::UnpackSequence(size as u32));
        for left in (1..=size).rev() {
            self.emit(Op::Copy(left as u32));
            self.emit(Op::Swap(1));
            self.emit(Op::DeleteItem);
        }
        self.capture(Some(&rest.id), mapping.range(), m);
    }

    fn class_pattern(&mut self, class: &'a PatternMatchClass, m: &mut Matching) {
        let (positional, keywords) = (&class.arguments.patterns, &class.arguments.keywords);
        for (i, keyword) in keywords.iter().enumerate() {
            if keywords[..i].iter().any(|k| k.attr.id == keyword.attr.id) {
                let message = format!("attribute name repeated in class pattern: {}", keyword.attr.id);
                self.error(keyword.pattern.range(), message);
            }
        }
        self.expr(&class.cls);
        let names: Vec<Const> = keywords.iter().map(|k| Const::Str(k.attr.id.as_str().into())).collect();
        self.constant(Const::Tuple(names.into()));
        self.emit(Op::MatchClass(positional.len() as u32));
        self.emit(Op::Dup);
        self.none();
        self.emit(Op::Is(true));
        m.on_top += 1;
        self.jump_to_failure(Op::PopJumpIfFalse, m);
        let size = positional.len() + keywords.len();
        self.emit(Op::UnpackSequence(size as u32));
        m.on_top += size;
        m.on_top -= 1;
        for pattern in positional.iter().chain(keywords.iter().map(|keyword| &keyword.pattern)) {
            m.on_top -= 1;
            if is_wildcard(pattern) {
                self.emit(Op::PopTop);
            } else {
                self.subpattern(pattern, m);
            }
        }
    }

    fn or_pattern(&mut self, or: &'a PatternMatchOr, m: &mut Matching) {
        let end = self.unit().label();
        let n = or.patterns.len();
        let mut control: Vec<Sym> = Vec::new();
        for (i, alternative) in or.patterns.iter().enumerate() {
            let before = self.enter(alternative.range());
            let mut inner = Matching { allows_irrefutable: i + 1 == n && m.allows_irrefutable, ..Matching::default() };
            self.emit(Op::Dup);
            self.pattern(alternative, &mut inner);
            if i == 0 {
                control = inner.stores.clone();
            } else if !self.same_order(&control, &mut inner.stores) {
                self.at = before;
                return self.error(alternative.range(), "alternative patterns bind different names");
            }
            let at = self.at;
            self.unit().jump(Op::Jump, end, at);
            self.bind_failures(&mut inner);
            self.at = before;
        }
        self.emit(Op::PopTop);
        self.jump_to_failure(Op::Jump, m);
        self.unit().bind(end);
        // The new values move down to the others: [… others on_top subject new] -> [… new others on_top subject].
        let distance = control.len() + m.on_top + m.stores.len();
        for name in control {
            self.emit(Op::RotDown(distance as u32));
            self.check_new_capture(name, or.range(), m);
            m.stores.push(name);
        }
        self.emit(Op::PopTop);
    }

    /// Brings the values of an alternative into the order of the first one; `false` if the names differ.
    fn same_order(&mut self, control: &[Sym], stores: &mut Vec<Sym>) -> bool {
        if control.len() != stores.len() {
            return false;
        }
        for (i, name) in control.iter().enumerate().rev() {
            let Some(found) = stores.iter().position(|store| store == name) else { return false };
            if found == i {
                continue;
            }
            let rotated: Vec<Sym> = stores.drain(..=found).collect();
            let place = i - found;
            stores.splice(place..place, rotated);
            for _ in 0..=found {
                self.emit(Op::RotDown(i as u32));
            }
        }
        true
    }
}

/// A key of a mapping pattern as `repr` shows it.
fn shown_constant(value: &Const) -> String {
    match value {
        Const::Str(text) => format!("'{text}'"),
        Const::Int(number) => number.to_string(),
        Const::Bool(true) => "True".into(),
        Const::Bool(false) => "False".into(),
        Const::None => "None".into(),
        other => format!("{other:?}"),
    }
}

/// `_`
fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchAs(named) if named.pattern.is_none() && named.name.is_none())
}

/// `*_`
fn is_star_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchStar(star) if star.name.is_none())
}
