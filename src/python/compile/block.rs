//! Leaving blocks early: `break`, `continue` and `return` through `with`, `finally` and `except`.

use ruff_python_ast::{Expr, StmtReturn};
use ruff_text_size::{Ranged, TextRange};

use super::Compiler;
use super::emit::{Block, BlockKind};
use super::fold::fold;
use super::scope::ScopeKind;
use crate::python::code::{AwaitPlace, Op};

impl<'a> Compiler<'a> {
    pub(super) fn push_block(&mut self, kind: BlockKind<'a>, covers: usize) {
        self.unit().blocks.push(Block { kind, covers });
    }

    pub(super) fn pop_block(&mut self) {
        self.unit().blocks.pop().expect("a block is open");
    }

    /// Writes what `break`, `continue` (`to_loop`) or `return` must do on its way out, from the innermost
    /// block outwards; stops at a loop, which it returns. A value that `return` carries lies on top.
    fn unwind(&mut self, to_loop: bool, has_value: bool) -> Option<Block<'a>> {
        let at = self.at;
        while let Some(block) = self.unit().blocks.pop() {
            self.unit().cut_covers(block.covers);
            let below = |compiler: &mut Self| {
                if has_value {
                    compiler.emit(Op::Swap(1));
                }
            };
            match block.kind {
                BlockKind::Loop { has_iterator, .. } => {
                    if to_loop {
                        return Some(block);
                    }
                    if has_iterator {
                        below(self);
                        self.emit(Op::PopTop);
                    }
                }
                BlockKind::Finally(body) => {
                    if has_value {
                        self.push_block(BlockKind::Value, block.covers);
                    }
                    self.body(body);
                    if has_value {
                        self.pop_block();
                    }
                    self.at = at;
                }
                BlockKind::FinallyEnd => {
                    below(self);
                    self.emit(Op::PopTop);
                    below(self);
                    self.emit(Op::PopExcept);
                }
                BlockKind::With { is_async, at: statement } => {
                    self.at = statement;
                    below(self);
                    self.call_exit(is_async);
                    self.at = at;
                }
                BlockKind::Except(name) => {
                    below(self);
                    self.emit(Op::PopExcept);
                    if let Some(name) = name {
                        let name = self.mangled(&name.id);
                        self.forget(name);
                    }
                }
                BlockKind::ExceptStar => {}
                BlockKind::Value => {
                    below(self);
                    self.emit(Op::PopTop);
                }
            }
        }
        None
    }

    /// `[exit] -> []`: the end of a `with` without an exception.
    pub(super) fn call_exit(&mut self, is_async: bool) {
        self.emit(Op::PushNull);
        self.none();
        self.none();
        self.none();
        self.emit(Op::Call(3));
        if is_async {
            self.wait(AwaitPlace::Aexit);
        }
        self.emit(Op::PopTop);
    }

    /// Runs `leave` and puts blocks and covers back as they were; what follows is dead.
    fn leave(&mut self, leave: impl FnOnce(&mut Self)) {
        let blocks = self.unit().blocks.clone();
        let n = self.unit().n_covers();
        let covers = self.unit().cut_covers(n);
        leave(self);
        self.unit().blocks = blocks;
        self.unit().restore_covers(covers);
    }

    /// Whether an `except*` body lies between here and the loop or function that is to be left.
    fn leaves_except_star(&mut self, to_loop: bool) -> bool {
        for block in self.unit().blocks.iter().rev() {
            match block.kind {
                BlockKind::ExceptStar => return true,
                BlockKind::Loop { .. } if to_loop => return false,
                _ => {}
            }
        }
        false
    }

    pub(super) fn break_or_continue(&mut self, at: TextRange, is_break: bool) {
        if self.leaves_except_star(true) {
            return self.error(at, "'break', 'continue' and 'return' cannot appear in an except* block");
        }
        if !self.unit().blocks.iter().any(|b| matches!(b.kind, BlockKind::Loop { .. })) {
            return self.error(at, if is_break { "'break' outside loop" } else { "'continue' not properly in loop" });
        }
        self.leave(|compiler| {
            let Some(Block { kind: BlockKind::Loop { head, end, has_iterator }, .. }) = compiler.unwind(true, false)
            else {
                return;
            };
            let at = compiler.at;
            if is_break {
                if has_iterator {
                    compiler.emit(Op::PopTop);
                }
                compiler.unit().jump(Op::Jump, end, at);
            } else {
                compiler.unit().jump(Op::JumpBack, head, at);
            }
        });
    }

    pub(super) fn return_stmt(&mut self, statement: &'a StmtReturn) {
        if matches!(self.kind(), ScopeKind::Module | ScopeKind::Class) {
            return self.error(statement.range(), "'return' outside function");
        }
        if self.leaves_except_star(false) {
            return self.error(statement.range(), "'break', 'continue' and 'return' cannot appear in an except* block");
        }
        let constant: Option<&Expr> = statement.value.as_deref().filter(|value| fold(value).is_none());
        match (constant, &statement.value) {
            (Some(_), Some(value)) => {
                self.expr(value);
                self.leave(|compiler| {
                    compiler.unwind(false, true);
                    compiler.unit().cut_covers(0);
                    compiler.emit(Op::Return);
                });
            }
            (_, value) => self.leave(|compiler| {
                compiler.unwind(false, false);
                compiler.unit().cut_covers(0);
                match value {
                    Some(value) => compiler.expr(value),
                    None => compiler.none(),
                }
                compiler.emit(Op::Return);
            }),
        }
    }
}
