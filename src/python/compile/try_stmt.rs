//! `try` with `except`, `except*`, `else` and `finally`.
//!
//! ```text
//!       body                      covered by H
//!       else part                 not covered
//!       jump END
//!    H: PushExc                   [prev exc]
//!       does it match?            covered by C
//!       except body               covered by C
//!       PopExcept, jump END
//!       Reraise                   nothing matched
//!    C: Swap, PopExcept, Reraise  an exception while one was being handled
//! ```
//!
//! The body of `finally` is written once for each way out, as CPython does.

use ruff_python_ast::{ExceptHandler, StmtTry};
use ruff_text_size::Ranged;

use super::Compiler;
use super::emit::BlockKind;
use crate::python::code::{Op, Position};

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(&mut self, statement: &'a StmtTry) {
        if statement.finalbody.is_empty() {
            return self.try_except(statement);
        }
        let (handler, cleanup, end) = (self.unit().label(), self.unit().label(), self.unit().label());
        let covers = self.unit().n_covers();
        self.emit(Op::Nop);
        self.unit().push_cover(handler);
        self.push_block(BlockKind::Finally(&statement.finalbody), covers);
        if statement.handlers.is_empty() {
            self.body(&statement.body);
        } else {
            self.try_except(statement);
        }
        self.pop_block();
        self.unit().pop_cover();
        self.body(&statement.finalbody);
        let at = self.at;
        self.unit().jump(Op::Jump, end, at);

        self.at = Position::default();
        self.unit().bind(handler);
        self.emit(Op::PushExc);
        let depth = self.unit().depth().saturating_sub(1);
        self.unit().push_cover_at(cleanup, depth);
        self.push_block(BlockKind::FinallyEnd, covers);
        self.body(&statement.finalbody);
        self.pop_block();
        self.at = Position::default();
        self.emit(Op::Reraise);
        self.unit().pop_cover();
        self.cleanup(cleanup);
        self.unit().bind(end);
    }

    fn try_except(&mut self, statement: &'a StmtTry) {
        if statement.is_star {
            return self.try_except_star(statement);
        }
        let (handler, cleanup, end) = (self.unit().label(), self.unit().label(), self.unit().label());
        let covers = self.unit().n_covers();
        self.emit(Op::Nop);
        self.unit().push_cover(handler);
        self.body(&statement.body);
        self.unit().pop_cover();
        self.body(&statement.orelse);
        let at = self.at;
        self.unit().jump(Op::Jump, end, at);

        self.at = Position::default();
        self.unit().bind(handler);
        self.emit(Op::PushExc);
        let depth = self.unit().depth().saturating_sub(1);
        self.unit().push_cover_at(cleanup, depth);
        let mut next = self.unit().label();
        for (i, ExceptHandler::ExceptHandler(except)) in statement.handlers.iter().enumerate() {
            self.enter(except.range());
            let at = self.at;
            match &except.type_ {
                Some(type_) => {
                    self.expr(type_);
                    self.emit(Op::CheckExcMatch);
                    self.unit().jump(Op::PopJumpIfFalse, next, at);
                }
                None if i + 1 < statement.handlers.len() => {
                    self.error(except.range(), "default 'except:' must be last");
                }
                None => {}
            }
            self.push_block(BlockKind::Except(except.name.as_ref()), covers);
            match &except.name {
                None => {
                    self.emit(Op::PopTop);
                    self.body(&except.body);
                    self.pop_block();
                    self.unit().pop_cover();
                    self.emit(Op::PopExcept);
                    let at = self.at;
                    self.unit().jump(Op::Jump, end, at);
                }
                Some(name) => {
                    let name = self.mangled(&name.id);
                    self.store(name);
                    let forget = self.unit().label();
                    self.unit().push_cover(forget);
                    self.body(&except.body);
                    self.pop_block();
                    self.unit().pop_cover();
                    self.unit().pop_cover();
                    // The exception dies here, at the last line of the body.
                    self.emit(Op::PopExcept);
                    self.forget(name);
                    let at = self.at;
                    self.unit().jump(Op::Jump, end, at);
                    self.at = Position::default();
                    // An exception out of the body forgets the name too.
                    self.unit().push_cover_at(cleanup, depth);
                    self.unit().bind(forget);
                    self.forget(name);
                    self.emit(Op::Reraise);
                    self.unit().pop_cover();
                }
            }
            self.unit().push_cover_at(cleanup, depth);
            self.at = at;
            self.unit().bind(next);
            next = self.unit().label();
        }
        self.emit(Op::Reraise);
        self.unit().bind(next);
        self.unit().pop_cover();
        self.cleanup(cleanup);
        self.unit().bind(end);
    }

    /// `except*`: every part takes what it matches out of the exception and the rest goes on.
    fn try_except_star(&mut self, statement: &'a StmtTry) {
        let (handler, cleanup, end) = (self.unit().label(), self.unit().label(), self.unit().label());
        let covers = self.unit().n_covers();
        self.emit(Op::Nop);
        self.unit().push_cover(handler);
        self.body(&statement.body);
        self.unit().pop_cover();
        self.body(&statement.orelse);
        let at = self.at;
        self.unit().jump(Op::Jump, end, at);

        self.at = Position::default();
        self.unit().bind(handler);
        self.emit(Op::PushExc);
        let depth = self.unit().depth().saturating_sub(1);
        self.unit().push_cover_at(cleanup, depth);
        // [prev exc] -> [prev orig list rest]
        self.emit(Op::Dup);
        self.emit(Op::BuildList(0));
        self.emit(Op::Swap(1));
        for ExceptHandler::ExceptHandler(except) in &statement.handlers {
            let (no_match, raised, next) = (self.unit().label(), self.unit().label(), self.unit().label());
            self.enter(except.range());
            let at = self.at;
            match &except.type_ {
                Some(type_) => self.expr(type_),
                None => self.error(except.range(), "expected one or more exception types"),
            }
            self.emit(Op::CheckEgMatch);
            self.emit(Op::Dup);
            self.unit().jump(Op::PopJumpIfNone, no_match, at);
            let name = except.name.as_ref().map(|name| self.mangled(&name.id));
            match name {
                Some(name) => self.store(name),
                None => self.emit(Op::PopTop),
            }
            self.unit().push_cover(raised);
            self.push_block(BlockKind::ExceptStar, covers);
            self.body(&except.body);
            self.pop_block();
            self.unit().pop_cover();
            self.at = Position::default();
            if let Some(name) = name {
                self.forget(name);
            }
            let nowhere = self.at;
            self.unit().jump(Op::Jump, next, nowhere);
            // [prev orig list rest raised]: it joins the list.
            self.unit().bind(raised);
            if let Some(name) = name {
                self.forget(name);
            }
            self.emit(Op::ListAppend(2));
            self.unit().jump(Op::Jump, next, nowhere);
            self.at = at;
            self.unit().bind(no_match);
            self.emit(Op::PopTop);
            self.unit().bind(next);
        }
        self.at = Position::default();
        let (reraise, nowhere) = (self.unit().label(), self.at);
        // [prev orig list rest] -> [prev exc|None]
        self.emit(Op::ListAppend(1));
        self.emit(Op::PrepReraiseStar);
        self.emit(Op::Dup);
        self.unit().jump(Op::PopJumpIfNotNone, reraise, nowhere);
        self.emit(Op::PopTop);
        self.unit().pop_cover();
        self.emit(Op::PopExcept);
        self.unit().jump(Op::Jump, end, nowhere);
        self.unit().bind(reraise);
        self.emit(Op::Swap(1));
        self.emit(Op::PopExcept);
        self.emit(Op::Reraise);
        self.cleanup(cleanup);
        self.unit().bind(end);
    }
}
