//! What compiles although it is hardly meant: the `SyntaxWarning`s of CPython's compiler.
//!
//! After `Python/compile.c`, `check_compare`, `check_caller`, `check_subscripter`, `check_index` and
//! `validate_assert`, and the tokenizer's invalid escapes, which come before all others.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{CmpOp, Expr, ExprContext, Stmt, StringFlags, StringLike, StringLikePart};
use ruff_text_size::{Ranged, TextRange};

use super::Purpose;
use super::fold::fold;
use crate::python::code::Const;
use crate::python::parse::{Lines, parse};

/// A line, and what is said of it.
pub type Suspicion = (u32, String);

/// What a version of Python warns of in a text; nothing where the text does not compile.
pub fn suspicions(text: &str, purpose: Purpose, version: (u32, u32)) -> Vec<Suspicion> {
    let lines = Lines::new(text);
    let Ok(module) = parse(text, &lines, purpose, version) else { return Vec::new() };
    let mut found = Search { text, lines: &lines, version, escapes: Vec::new(), others: Vec::new() };
    found.visit_body(&module.body);
    found.escapes.append(&mut found.others);
    found.escapes
}

struct Search<'a> {
    text: &'a str,
    lines: &'a Lines,
    version: (u32, u32),
    escapes: Vec<Suspicion>,
    others: Vec<Suspicion>,
}

impl Search<'_> {
    fn line(&self, at: TextRange) -> u32 {
        self.lines.place(at.start()).0
    }

    fn suspect(&mut self, at: TextRange, text: String) {
        let line = self.line(at);
        self.others.push((line, text));
    }

    fn compare(&mut self, expr: &Expr) {
        let Expr::Compare(compare) = expr else { return };
        let mut left = &*compare.left;
        for (op, right) in compare.ops.iter().zip(&compare.comparators) {
            let literal = [left, right].into_iter().find_map(literal_type);
            if let (CmpOp::Is | CmpOp::IsNot, Some(kind)) = (op, literal) {
                let (word, better) = if *op == CmpOp::Is { ("is", "==") } else { ("is not", "!=") };
                let what = if self.version < (3, 12) { "a".into() } else { format!("'{kind}'") };
                return self
                    .suspect(expr.range(), format!("\"{word}\" with {what} literal. Did you mean \"{better}\"?"));
            }
            left = right;
        }
    }

    fn subscript(&mut self, expr: &Expr) {
        let Expr::Subscript(subscript) = expr else { return };
        if subscript.ctx != ExprContext::Load {
            return;
        }
        let Some(kind) = known_type(&subscript.value) else { return };
        if matches!(
            kind,
            "NoneType" | "ellipsis" | "int" | "bool" | "float" | "complex" | "set" | "generator" | "function"
        ) {
            let text = format!("'{kind}' object is not subscriptable; perhaps you missed a comma?");
            return self.suspect(expr.range(), text);
        }
        match known_type(&subscript.slice) {
            Some(index) if kind != "dict" && !matches!(index, "int" | "bool") => {
                let text =
                    format!("{kind} indices must be integers or slices, not {index}; perhaps you missed a comma?");
                self.suspect(expr.range(), text);
            }
            _ => {}
        }
    }

    /// The first escape of a literal that means nothing.
    fn escape(&mut self, part: StringLikePart) {
        if part.flags().prefix().is_raw() {
            return;
        }
        let line = self.line(part.range());
        match part {
            StringLikePart::String(s) => self.escape_in(s.range(), false, line),
            StringLikePart::Bytes(b) => self.escape_in(b.range(), true, line),
            StringLikePart::FString(f) => {
                for literal in f.elements.literals() {
                    self.escape_in(literal.range(), false, line);
                }
            }
            StringLikePart::TString(t) => {
                for literal in t.elements.literals() {
                    self.escape_in(literal.range(), false, line);
                }
            }
        }
    }

    fn escape_in(&mut self, at: TextRange, is_bytes: bool, line: u32) {
        let mut chars = self.text[at].chars();
        while let Some(c) = chars.next() {
            if c != '\\' {
                continue;
            }
            let Some(next) = chars.next() else { return };
            let is_known = matches!(
                next,
                '\n' | '\r' | '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | '0'..='7' | 'x'
            ) || !is_bytes && matches!(next, 'N' | 'u' | 'U');
            if !is_known {
                let text = if self.version < (3, 14) {
                    format!("invalid escape sequence '\\{next}'")
                } else {
                    format!(
                        "\"\\{next}\" is an invalid escape sequence. Such sequences will not work in the future. Did \
                         you mean \"\\\\{next}\"? A raw string is also an option."
                    )
                };
                return self.escapes.push((line, text));
            }
        }
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::Assert(assert) = stmt
            && let Expr::Tuple(tuple) = &*assert.test
            && !tuple.elts.is_empty()
        {
            self.suspect(stmt.range(), "assertion is always true, perhaps remove parentheses?".into());
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Compare(_) => self.compare(expr),
            Expr::Subscript(_) => self.subscript(expr),
            Expr::Call(call) => {
                if let Some(kind) = known_type(&call.func)
                    && kind != "function"
                {
                    let text = format!("'{kind}' object is not callable; perhaps you missed a comma?");
                    self.suspect(expr.range(), text);
                }
            }
            _ => {}
        }
        if self.version >= (3, 12)
            && let Ok(literal) = StringLike::try_from(expr)
        {
            for part in literal.parts() {
                self.escape(part);
            }
        }
        walk_expr(self, expr);
    }
}

/// The type of a constant that `is` should not be asked about.
fn literal_type(expr: &Expr) -> Option<&'static str> {
    match fold(expr) {
        Some(Const::None | Const::Bool(_) | Const::Ellipsis) => None,
        Some(value) => Some(type_of(&value)),
        None => matches!(expr, Expr::NumberLiteral(_)).then_some("complex"),
    }
}

/// The type of an expression that can be seen without running it.
fn known_type(expr: &Expr) -> Option<&'static str> {
    Some(match expr {
        Expr::Tuple(_) => "tuple",
        Expr::List(_) | Expr::ListComp(_) => "list",
        Expr::Dict(_) | Expr::DictComp(_) => "dict",
        Expr::Set(_) | Expr::SetComp(_) => "set",
        Expr::Generator(_) => "generator",
        Expr::Lambda(_) => "function",
        Expr::FString(_) => "str",
        Expr::Slice(_) => return None,
        other => match fold(other) {
            Some(value) => type_of(&value),
            None => return matches!(other, Expr::NumberLiteral(_)).then_some("complex"),
        },
    })
}

fn type_of(value: &Const) -> &'static str {
    match value {
        Const::None => "NoneType",
        Const::Ellipsis => "ellipsis",
        Const::Bool(_) => "bool",
        Const::Int(_) | Const::Big(_) => "int",
        Const::Float(_) => "float",
        Const::Str(_) => "str",
        Const::Bytes(_) => "bytes",
        Const::Tuple(_) => "tuple",
        Const::FrozenSet(_) => "frozenset",
        Const::Code(_) => "code",
    }
}
