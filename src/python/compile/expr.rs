//! Expressions.

use ruff_python_ast::{Arguments, BoolOp, Expr, Number, Operator, UnaryOp};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::Compiler;
use super::fold::fold;
use super::scope::{Comp, ScopeKind};
use crate::python::code::{AwaitPlace, BinaryOp, Const, Op, Position, UnaryOp as Unary};
use crate::python::name::Sym;

impl<'a> Compiler<'a> {
    /// Leaves the value of the expression on the stack.
    pub(super) fn expr(&mut self, expr: &'a Expr) {
        let before = self.enter(match expr {
            Expr::Generator(generator) if !generator.parenthesized => self.with_parentheses(expr.range()),
            _ => expr.range(),
        });
        self.expr_here(expr);
        self.at = before;
    }

    /// The parentheses of a call around its only argument belong to that, if it is a generator expression.
    fn with_parentheses(&self, range: TextRange) -> TextRange {
        let text = &self.source.text;
        let (before, after) = (&text[..range.start().to_usize()], &text[range.end().to_usize()..]);
        let (opening, closing) = (before.trim_end(), after.trim_start());
        if !opening.ends_with('(') || !closing.starts_with(')') {
            return range;
        }
        let start = TextSize::of(opening) - TextSize::new(1);
        let end = range.end() + TextSize::of(after) - TextSize::of(closing) + TextSize::new(1);
        TextRange::new(start, end)
    }

    fn expr_here(&mut self, expr: &'a Expr) {
        if may_fold(expr)
            && let Some(value) = fold(expr)
        {
            return self.constant(value);
        }
        match expr {
            Expr::Name(name) => {
                let name = self.mangled(&name.id);
                self.load(name);
            }
            Expr::Attribute(attribute) => {
                if let Some((class, first)) = self.zero_argument_super(&attribute.value) {
                    let before = self.enter(attribute.value.range());
                    self.load(class);
                    self.load(first);
                    self.at = before;
                    let name = self.mangled(&attribute.attr.id);
                    let name = self.unit().name(name);
                    return self.emit(Op::LoadSuperAttr(name));
                }
                self.expr(&attribute.value);
                let before = self.at;
                self.start_at_attribute(attribute.attr.range());
                let name = self.mangled(&attribute.attr.id);
                self.load_attr(name);
                self.at = before;
            }
            Expr::Call(call) => self.call(call),
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value);
                self.expr(&subscript.slice);
                self.emit(Op::LoadItem);
            }
            Expr::Slice(slice) => {
                for part in [&slice.lower, &slice.upper] {
                    match part {
                        Some(part) => self.expr(part),
                        None => self.none(),
                    }
                }
                if let Some(step) = &slice.step {
                    self.expr(step);
                }
                self.emit(Op::BuildSlice(if slice.step.is_some() { 3 } else { 2 }));
            }
            Expr::BinOp(binary) => {
                self.expr(&binary.left);
                self.expr(&binary.right);
                self.emit(Op::Binary(operator(binary.op)));
            }
            Expr::UnaryOp(unary) => {
                self.expr(&unary.operand);
                self.emit(Op::Unary(match unary.op {
                    UnaryOp::Invert => Unary::Invert,
                    UnaryOp::Not => Unary::Not,
                    UnaryOp::UAdd => Unary::Pos,
                    UnaryOp::USub => Unary::Neg,
                }));
            }
            Expr::BoolOp(boolean) => {
                let end = self.unit().label();
                let (last, first) = boolean.values.split_last().expect("a boolean operator has operands");
                for value in first {
                    self.jump_or_pop(value, end, boolean.op == BoolOp::Or);
                }
                self.expr(last);
                self.unit().bind(end);
            }
            Expr::Compare(compare) => {
                if compare.ops.len() == 1 {
                    self.compare_chain(compare, |_, _| ());
                    return;
                }
                let (cleanup, end) = (self.unit().label(), self.unit().label());
                self.compare_chain(compare, |compiler, at| {
                    compiler.unit().jump(Op::JumpIfFalseOrPop, cleanup, at);
                });
                let at = self.at;
                self.unit().jump(Op::Jump, end, at);
                self.unit().bind(cleanup);
                self.emit(Op::Swap(1));
                self.emit(Op::PopTop);
                self.unit().bind(end);
            }
            Expr::If(conditional) => {
                let (otherwise, end) = (self.unit().label(), self.unit().label());
                self.jump_if(&conditional.test, otherwise, false);
                self.expr(&conditional.body);
                let at = self.at;
                self.unit().jump(Op::Jump, end, at);
                self.unit().bind(otherwise);
                self.expr(&conditional.orelse);
                self.unit().bind(end);
            }
            Expr::Named(named) => {
                self.expr(&named.value);
                self.emit(Op::Dup);
                self.assign_to(&named.target);
            }
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Tuple(tuple) => self.sequence(&tuple.elts, Display::Tuple),
            Expr::List(list) => self.sequence(&list.elts, Display::List),
            Expr::Set(set) => self.sequence(&set.elts, Display::Set),
            Expr::Dict(dict) => {
                let mut open = 0;
                let mut has_dict = false;
                for item in &dict.items {
                    match &item.key {
                        Some(key) => {
                            self.expr(key);
                            self.expr(&item.value);
                            open += 1;
                        }
                        None => {
                            self.flush_dict(&mut open, &mut has_dict);
                            if !has_dict {
                                self.emit(Op::BuildDict(0));
                                has_dict = true;
                            }
                            self.expr(&item.value);
                            self.emit(Op::DictUpdate(1));
                        }
                    }
                }
                if open > 0 || !has_dict {
                    self.emit(Op::BuildDict(open));
                    if has_dict {
                        self.emit(Op::DictUpdate(1));
                    }
                }
            }
            Expr::ListComp(c) => {
                self.comprehension(Comp::List, &c.node_index, [Some(&c.elt), None], &c.generators, expr.range());
            }
            Expr::SetComp(c) => {
                self.comprehension(Comp::Set, &c.node_index, [Some(&c.elt), None], &c.generators, expr.range());
            }
            Expr::Generator(c) => {
                self.comprehension(Comp::Generator, &c.node_index, [Some(&c.elt), None], &c.generators, expr.range());
            }
            Expr::DictComp(c) => {
                let elements = [c.key.as_deref(), Some(&*c.value)];
                self.comprehension(Comp::Dict, &c.node_index, elements, &c.generators, expr.range());
            }
            Expr::Await(wait) => {
                self.check_await(expr.range());
                self.expr(&wait.value);
                self.wait(AwaitPlace::Expression);
            }
            Expr::Yield(statement) => {
                self.check_yield(expr.range());
                match &statement.value {
                    Some(value) => self.expr(value),
                    None => self.none(),
                }
                self.emit(Op::Yield);
            }
            Expr::YieldFrom(statement) => {
                self.check_yield(expr.range());
                if self.kind() == (ScopeKind::Function { is_async: true }) {
                    self.error(expr.range(), "'yield from' inside async function");
                }
                self.expr(&statement.value);
                self.emit(Op::GetYieldFromIter);
                self.none();
                self.emit(Op::YieldFrom);
            }
            Expr::FString(string) => self.fstring(string),
            Expr::TString(_) => self.unsupported(expr.range(), "a template string"),
            Expr::NumberLiteral(number) => {
                let Number::Complex { imag, .. } = number.value else { unreachable!("other numbers are constants") };
                self.constant(Const::Float(imag));
                self.emit(Op::Imaginary);
            }
            Expr::Starred(starred) => {
                self.error(expr.range(), "can't use starred expression here");
                self.expr(&starred.value);
            }
            Expr::IpyEscapeCommand(_) => self.error(expr.range(), "invalid syntax"),
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => unreachable!("constants are folded"),
        }
    }

    /// `[o] -> [result of awaiting it]`
    pub(super) fn wait(&mut self, place: AwaitPlace) {
        self.emit(Op::GetAwaitable(place));
        self.none();
        self.emit(Op::YieldFrom);
    }

    fn check_await(&mut self, at: TextRange) {
        match self.kind() {
            ScopeKind::Module | ScopeKind::Class => self.error(at, "'await' outside function"),
            ScopeKind::Function { is_async: false } | ScopeKind::Lambda | ScopeKind::TypeParams => {
                self.error(at, "'await' outside async function");
            }
            ScopeKind::Function { is_async: true } | ScopeKind::Comprehension(_) => {}
        }
    }

    fn check_yield(&mut self, at: TextRange) {
        if !self.kind().is_function() {
            self.error(at, "'yield' outside function");
        }
    }

    fn flush_dict(&mut self, open: &mut u32, has_dict: &mut bool) {
        if *open > 0 {
            self.emit(Op::BuildDict(*open));
            if *has_dict {
                self.emit(Op::DictUpdate(1));
            }
            *has_dict = true;
            *open = 0;
        }
    }

    /// A tuple, list or set display, or the positional arguments of a call, with or without stars.
    pub(super) fn sequence(&mut self, elements: &'a [Expr], display: Display) {
        let count = elements.len() as u32;
        if display != Display::Tuple
            && count >= 3
            && let Some(values) = elements.iter().map(fold).collect::<Option<Vec<_>>>()
        {
            self.emit(if display == Display::List { Op::BuildList(0) } else { Op::BuildSet(0) });
            let values = values.into();
            self.constant(if display == Display::List { Const::Tuple(values) } else { Const::FrozenSet(values) });
            return self.emit(if display == Display::List { Op::ListExtend(1) } else { Op::SetUpdate(1) });
        }
        let Some(first_star) = elements.iter().position(Expr::is_starred_expr) else {
            for element in elements {
                self.expr(element);
            }
            return self.emit(match display {
                Display::Tuple => Op::BuildTuple(count),
                Display::List => Op::BuildList(count),
                Display::Set => Op::BuildSet(count),
            });
        };
        for element in &elements[..first_star] {
            self.expr(element);
        }
        let before = first_star as u32;
        self.emit(if display == Display::Set { Op::BuildSet(before) } else { Op::BuildList(before) });
        for element in &elements[first_star..] {
            match element {
                Expr::Starred(starred) => {
                    self.expr(&starred.value);
                    self.emit(if display == Display::Set { Op::SetUpdate(1) } else { Op::ListExtend(1) });
                }
                other => {
                    self.expr(other);
                    self.emit(if display == Display::Set { Op::SetAdd(1) } else { Op::ListAppend(1) });
                }
            }
        }
        if display == Display::Tuple {
            self.emit(Op::ListToTuple);
        }
    }

    /// In a chain of calls over several lines, an attribute's operations belong to the attribute's own line.
    pub(super) fn start_at_attribute(&mut self, name: TextRange) {
        let (line, col) = self.lines.place(name.start());
        if self.at.line != line {
            self.at = Position { line, col, ..self.at };
        }
    }

    /// `super()` in a method, with a `super` that is the builtin: `__class__` and the first parameter.
    pub(super) fn zero_argument_super(&mut self, expr: &Expr) -> Option<(Sym, Sym)> {
        let Expr::Call(call) = expr else { return None };
        self.zero_argument_super_parts(&call.func, &call.arguments)
    }

    /// The same, for the two parts of a call.
    pub(super) fn zero_argument_super_parts(&mut self, func: &Expr, arguments: &Arguments) -> Option<(Sym, Sym)> {
        let Expr::Name(name) = func else { return None };
        if name.id.as_str() != "super" || !arguments.args.is_empty() || !arguments.keywords.is_empty() {
            return None;
        }
        let name = Sym::new("super");
        let module_binds_it =
            self.scopes.all[0].symbols.get(&name).is_some_and(|s| s.uses & super::scope::uses::BOUND != 0);
        let class = self.class_name;
        let unit = self.units.last()?;
        let is_builtin = unit.slots.get(&name).is_none_or(|(p, _)| *p == super::scope::Place::GlobalAssumed);
        let first = *unit.varnames.first()?;
        let has_parameter = unit.n_params.0 > 0;
        let is_free = unit.slots.get(&class).is_some_and(|(p, _)| *p == super::scope::Place::Free);
        (!module_binds_it && is_builtin && has_parameter && is_free && self.kind().is_function())
            .then_some((class, first))
    }
}

/// The three displays that a list of elements may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    Tuple,
    List,
    Set,
}

/// Saves asking names and calls whether they are constants.
fn may_fold(expr: &Expr) -> bool {
    !matches!(expr, Expr::Call(_) | Expr::Attribute(_) | Expr::Subscript(_))
        && (!expr.is_name_expr() || matches!(expr, Expr::Name(n) if n.id.as_str() == "__debug__"))
}

/// Our name of an operator.
pub(super) fn operator(op: Operator) -> BinaryOp {
    match op {
        Operator::Add => BinaryOp::Add,
        Operator::Sub => BinaryOp::Sub,
        Operator::Mult => BinaryOp::Mul,
        Operator::MatMult => BinaryOp::MatMul,
        Operator::Div => BinaryOp::TrueDiv,
        Operator::Mod => BinaryOp::Mod,
        Operator::Pow => BinaryOp::Pow,
        Operator::LShift => BinaryOp::LShift,
        Operator::RShift => BinaryOp::RShift,
        Operator::BitOr => BinaryOp::Or,
        Operator::BitXor => BinaryOp::Xor,
        Operator::BitAnd => BinaryOp::And,
        Operator::FloorDiv => BinaryOp::FloorDiv,
    }
}
