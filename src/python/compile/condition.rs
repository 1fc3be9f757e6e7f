//! Conditions: jumps that depend on a truth value, threaded through `and`, `or`, `not` and comparisons.

use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprCompare, UnaryOp};
use ruff_text_size::Ranged;

use super::Compiler;
use super::emit::Label;
use super::fold::{fold, truth};
use crate::python::code::{CompareOp, Const, Op};

impl<'a> Compiler<'a> {
    /// Goes to `end` with the value of `expr` if its truth is `when`, else on without it.
    pub(super) fn jump_or_pop(&mut self, expr: &'a Expr, end: Label, when: bool) {
        match expr {
            // What has decided the inner operator is not asked for its truth again; since Python 3.12 it is.
            Expr::BoolOp(boolean) if self.version < (3, 12) => {
                let before = self.enter(expr.range());
                let decides = boolean.op == BoolOp::Or;
                let (last, first) = boolean.values.split_last().expect("a boolean operator has operands");
                let skip = self.unit().label();
                for value in first {
                    match decides == when {
                        true => self.jump_or_pop(value, end, when),
                        false => self.jump_if(value, skip, decides),
                    }
                }
                self.jump_or_pop(last, end, when);
                self.unit().bind(skip);
                self.at = before;
            }
            _ => {
                self.expr(expr);
                let at = self.at;
                self.unit().jump(if when { Op::JumpIfTrueOrPop } else { Op::JumpIfFalseOrPop }, end, at);
            }
        }
    }

    /// Goes to `target` if the truth of `expr` is `when`, else on to the next operation.
    pub(super) fn jump_if(&mut self, expr: &'a Expr, target: Label, when: bool) {
        match expr {
            Expr::UnaryOp(unary) if unary.op == UnaryOp::Not => return self.jump_if(&unary.operand, target, !when),
            Expr::BoolOp(boolean) => {
                // `a or b` is decided by the first true operand, `a and b` by the first false one.
                let decides = boolean.op == BoolOp::Or;
                let (last, first) = boolean.values.split_last().expect("a boolean operator has operands");
                let skip = if decides == when { target } else { self.unit().label() };
                for value in first {
                    self.jump_if(value, skip, decides);
                }
                self.jump_if(last, target, when);
                if skip != target {
                    self.unit().bind(skip);
                }
                return;
            }
            Expr::If(conditional) => {
                let (otherwise, end) = (self.unit().label(), self.unit().label());
                self.jump_if(&conditional.test, otherwise, false);
                self.jump_if(&conditional.body, target, when);
                let at = self.at;
                self.unit().jump(Op::Jump, end, at);
                self.unit().bind(otherwise);
                self.jump_if(&conditional.orelse, target, when);
                self.unit().bind(end);
                return;
            }
            Expr::Compare(compare) if compare.ops.len() > 1 => {
                let before = self.enter(expr.range());
                let (cleanup, end) = (self.unit().label(), self.unit().label());
                self.compare_chain(compare, |compiler, at| {
                    compiler.unit().jump(Op::PopJumpIfFalse, cleanup, at);
                });
                let at = self.at;
                self.unit().jump(if when { Op::PopJumpIfTrue } else { Op::PopJumpIfFalse }, target, at);
                self.unit().jump(Op::Jump, end, at);
                self.unit().bind(cleanup);
                self.emit(Op::PopTop);
                if !when {
                    self.unit().jump(Op::Jump, target, at);
                }
                self.unit().bind(end);
                self.at = before;
                return;
            }
            Expr::Compare(compare) if is_none_test(compare) => {
                let before = self.enter(expr.range());
                self.expr(&compare.left);
                let at = self.at;
                let jumps_on_none = (compare.ops[0] == CmpOp::Is) == when;
                self.unit().jump(if jumps_on_none { Op::PopJumpIfNone } else { Op::PopJumpIfNotNone }, target, at);
                self.at = before;
                return;
            }
            _ => {}
        }
        if let Some(value) = fold(expr) {
            if truth(&value) == when {
                let at = self.at;
                self.unit().jump(Op::Jump, target, at);
            }
            return;
        }
        self.expr(expr);
        // The jump belongs to the expression whose truth is asked (`__bool__` may raise).
        let at = self.lines.position(expr.range());
        self.unit().jump(if when { Op::PopJumpIfTrue } else { Op::PopJumpIfFalse }, target, at);
    }

    /// `a < b < c`: `between` is written after each comparison but the last, with `[b result]` on the stack.
    pub(super) fn compare_chain(
        &mut self,
        compare: &'a ExprCompare,
        between: impl Fn(&mut Self, crate::python::code::Position),
    ) {
        self.expr(&compare.left);
        let last = compare.ops.len() - 1;
        for (i, (op, right)) in compare.ops.iter().zip(&compare.comparators).enumerate() {
            if matches!(op, CmpOp::In | CmpOp::NotIn) && self.constant_container(right) {
            } else {
                self.expr(right);
            }
            if i < last {
                self.emit(Op::Dup);
                self.emit(Op::RotDown(2));
            }
            self.comparison(*op);
            if i < last {
                let at = self.at;
                between(self, at);
            }
        }
    }

    /// `x in [1, 2]` and `x in {1, 2}` look into constants.
    fn constant_container(&mut self, expr: &'a Expr) -> bool {
        let (elements, is_set) = match expr {
            Expr::List(list) => (&list.elts, false),
            Expr::Set(set) => (&set.elts, true),
            _ => return false,
        };
        let Some(values) = elements.iter().map(fold).collect::<Option<Vec<_>>>() else { return false };
        let before = self.enter(expr.range());
        self.constant(if is_set { Const::FrozenSet(values.into()) } else { Const::Tuple(values.into()) });
        self.at = before;
        true
    }

    fn comparison(&mut self, op: CmpOp) {
        self.emit(match op {
            CmpOp::Eq => Op::Compare(CompareOp::Eq),
            CmpOp::NotEq => Op::Compare(CompareOp::Ne),
            CmpOp::Lt => Op::Compare(CompareOp::Lt),
            CmpOp::LtE => Op::Compare(CompareOp::Le),
            CmpOp::Gt => Op::Compare(CompareOp::Gt),
            CmpOp::GtE => Op::Compare(CompareOp::Ge),
            CmpOp::Is => Op::Is(false),
            CmpOp::IsNot => Op::Is(true),
            CmpOp::In => Op::Contains(false),
            CmpOp::NotIn => Op::Contains(true),
        });
    }
}

fn is_none_test(compare: &ExprCompare) -> bool {
    matches!(*compare.ops, [CmpOp::Is | CmpOp::IsNot]) && compare.comparators[0].is_none_literal_expr()
}
