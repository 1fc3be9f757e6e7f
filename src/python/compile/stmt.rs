//! Statements.

use ruff_python_ast::{
    Expr, Stmt, StmtAssert, StmtFor, StmtIf, StmtImport, StmtImportFrom, StmtWhile, StmtWith, UnaryOp,
};
use ruff_text_size::{Ranged, TextRange};

use super::emit::BlockKind;
use super::fold::fold;
use super::scope::ScopeKind;
use super::{Compiler, Purpose};
use crate::python::code::{AwaitPlace, Const, Op};
use crate::python::name::Sym;

impl<'a> Compiler<'a> {
    pub(super) fn body(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    pub(super) fn stmt(&mut self, stmt: &'a Stmt) {
        self.enter(stmt.range());
        match stmt {
            Stmt::FunctionDef(def) => self.function_def(def),
            Stmt::ClassDef(class) => self.class_def(class),
            Stmt::Return(statement) => self.return_stmt(statement),
            Stmt::Delete(statement) => statement.targets.iter().for_each(|target| self.delete_target(target)),
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            Stmt::Assign(assign) => {
                self.expr(&assign.value);
                for (i, target) in assign.targets.iter().enumerate() {
                    if i + 1 < assign.targets.len() {
                        self.emit(Op::Dup);
                    }
                    self.assign_to(target);
                }
            }
            Stmt::AugAssign(assign) => self.augmented(assign),
            Stmt::AnnAssign(assign) => self.annotated(assign),
            Stmt::For(statement) => self.for_stmt(statement),
            Stmt::While(statement) => self.while_stmt(statement),
            Stmt::If(statement) => self.if_stmt(statement),
            Stmt::With(statement) => self.with_stmt(statement),
            Stmt::Match(statement) => self.match_stmt(statement),
            Stmt::Raise(statement) => {
                let parts = [&statement.exc, &statement.cause];
                let count = parts.into_iter().flatten().map(|part| self.expr(part)).count();
                self.emit(Op::Raise(count as u32));
            }
            Stmt::Try(statement) => self.try_stmt(statement),
            Stmt::Assert(statement) => self.assert_stmt(statement),
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Global(_) | Stmt::Nonlocal(_) => {}
            Stmt::Expr(statement) => {
                if self.purpose == Purpose::Single && self.kind() == ScopeKind::Module {
                    return self.show(&statement.value);
                }
                if fold(&statement.value).is_some() {
                    return self.emit(Op::Nop);
                }
                self.expr(&statement.value);
                self.emit(Op::PopTop);
            }
            Stmt::Pass(_) => self.emit(Op::Nop),
            Stmt::Break(_) => self.break_or_continue(stmt.range(), true),
            Stmt::Continue(_) => self.break_or_continue(stmt.range(), false),
            Stmt::IpyEscapeCommand(_) => self.error(stmt.range(), "invalid syntax"),
        }
    }

    /// `sys.displayhook(value)`
    fn show(&mut self, value: &'a Expr) {
        self.constant(Const::Int(0));
        self.none();
        let sys = self.unit().name(Sym::new("sys"));
        self.emit(Op::ImportName(sys));
        self.load_attr(Sym::new("displayhook"));
        self.emit(Op::PushNull);
        self.expr(value);
        self.emit(Op::Call(1));
        self.emit(Op::PopTop);
    }

    fn if_stmt(&mut self, statement: &'a StmtIf) {
        let end = self.unit().label();
        let mut next = self.unit().label();
        self.jump_if(&statement.test, next, false);
        self.body(&statement.body);
        for clause in &statement.elif_else_clauses {
            let at = self.at;
            self.unit().jump(Op::Jump, end, at);
            self.unit().bind(next);
            next = self.unit().label();
            if let Some(test) = &clause.test {
                self.enter(test.range());
                self.jump_if(test, next, false);
            }
            self.body(&clause.body);
        }
        self.unit().bind(next);
        self.unit().bind(end);
    }

    fn while_stmt(&mut self, statement: &'a StmtWhile) {
        let (head, otherwise, end) = (self.unit().label(), self.unit().label(), self.unit().label());
        let covers = self.unit().n_covers();
        self.unit().bind(head);
        self.push_block(BlockKind::Loop { head, end, has_iterator: false }, covers);
        self.jump_if(&statement.test, otherwise, false);
        self.body(&statement.body);
        let at = self.at;
        self.unit().jump(Op::JumpBack, head, at);
        self.pop_block();
        self.unit().bind(otherwise);
        self.body(&statement.orelse);
        self.unit().bind(end);
    }

    fn for_stmt(&mut self, statement: &'a StmtFor) {
        let (head, otherwise, end) = (self.unit().label(), self.unit().label(), self.unit().label());
        let covers = self.unit().n_covers();
        if statement.is_async {
            self.check_async(statement.range(), "async for");
        }
        self.expr(&statement.iter);
        self.underline_iterable(&statement.iter);
        let iterable = self.at;
        self.emit(if statement.is_async { Op::GetAiter } else { Op::GetIter });
        self.unit().bind(head);
        self.push_block(BlockKind::Loop { head, end, has_iterator: true }, covers);
        if statement.is_async {
            self.async_next(otherwise);
        } else {
            self.unit().jump(Op::ForIter, otherwise, iterable);
        }
        self.assign_to(&statement.target);
        self.body(&statement.body);
        let at = self.at;
        self.unit().jump(Op::JumpBack, head, at);
        self.pop_block();
        self.unit().bind(otherwise);
        if statement.is_async {
            self.at = iterable;
            self.emit(Op::EndAsyncFor);
        }
        self.body(&statement.orelse);
        self.unit().bind(end);
    }

    /// Since Python 3.13 the iterable is underlined when it fails, before it was the whole loop.
    pub(super) fn underline_iterable(&mut self, iterable: &Expr) {
        if self.version >= (3, 13) {
            self.enter(iterable.range());
        }
    }

    fn check_async(&mut self, at: TextRange, what: &str) {
        if self.kind() != (ScopeKind::Function { is_async: true }) {
            self.error(at, format!("'{what}' outside async function"));
        }
    }

    fn with_stmt(&mut self, statement: &'a StmtWith) {
        if statement.is_async {
            self.check_async(statement.range(), "async with");
        }
        self.with_items(statement, 0);
    }

    fn with_items(&mut self, statement: &'a StmtWith, index: usize) {
        let Some(item) = statement.items.get(index) else { return self.body(&statement.body) };
        let is_async = statement.is_async;
        let at = match self.version >= (3, 13) {
            true => self.lines.position(item.context_expr.range()),
            false => self.at,
        };
        let covers = self.unit().n_covers();
        let (handler, cleanup, suppress, end) =
            (self.unit().label(), self.unit().label(), self.unit().label(), self.unit().label());
        self.expr(&item.context_expr);
        let statement_at = std::mem::replace(&mut self.at, at);
        if is_async {
            self.emit(Op::BeforeAsyncWith);
            self.wait(AwaitPlace::Aenter);
        } else {
            self.emit(Op::BeforeWith);
        }
        let depth = self.unit().depth().saturating_sub(1);
        self.unit().push_cover_at(handler, depth);
        self.push_block(BlockKind::With { is_async, at }, covers);
        match &item.optional_vars {
            Some(target) => self.assign_to(target),
            None => self.emit(Op::PopTop),
        }
        self.at = statement_at;
        self.with_items(statement, index + 1);
        self.pop_block();
        self.unit().pop_cover();
        self.at = at;
        self.call_exit(is_async);
        self.unit().jump(Op::Jump, end, at);

        self.unit().bind(handler);
        self.emit(Op::PushExc);
        let depth = self.unit().depth().saturating_sub(1);
        self.unit().push_cover_at(cleanup, depth);
        self.emit(Op::WithExceptStart);
        if is_async {
            self.wait(AwaitPlace::Aexit);
        }
        self.unit().jump(Op::PopJumpIfTrue, suppress, at);
        self.emit(Op::Reraise);
        self.unit().bind(suppress);
        self.emit(Op::PopTop);
        self.unit().pop_cover();
        self.emit(Op::PopExcept);
        self.emit(Op::PopTop);
        self.unit().jump(Op::Jump, end, at);
        self.cleanup(cleanup);
        self.at = at;
        self.unit().bind(end);
    }

    /// Where an exception raised while another one was being handled goes: `[prev exc] ->` raised again,
    /// after `prev` is the exception being handled.
    pub(super) fn cleanup(&mut self, label: super::emit::Label) {
        self.at = Default::default();
        self.unit().bind(label);
        self.emit(Op::Swap(1));
        self.emit(Op::PopExcept);
        self.emit(Op::Reraise);
    }

    fn assert_stmt(&mut self, statement: &'a StmtAssert) {
        let end = self.unit().label();
        self.jump_if(&statement.test, end, true);
        // The error is placed at the comparison that was asked last in 3.11, then at the statement, then at the condition
        // (`Python/compile.c`, `compiler_assert`).
        let place = match self.version {
            (3, 12) => Some(statement.range()),
            version if version >= (3, 13) => Some(statement.test.range()),
            _ => last_comparison(&statement.test),
        };
        if let Some(place) = place {
            self.enter(place);
        }
        self.emit(Op::LoadAssertionError);
        if let Some(message) = &statement.msg {
            self.emit(Op::PushNull);
            self.expr(message);
            self.emit(Op::Call(1));
        }
        self.emit(Op::Raise(1));
        self.unit().bind(end);
    }

    fn import(&mut self, import: &'a StmtImport) {
        for alias in &import.names {
            let path = alias.name.id.as_str();
            self.constant(Const::Int(0));
            self.none();
            let name = self.unit().name(Sym::new(path));
            self.emit(Op::ImportName(name));
            let mut parts = path.split('.');
            let first = parts.next().unwrap_or(path);
            match &alias.asname {
                None => {
                    let name = self.mangled(first);
                    self.store(name);
                }
                Some(asname) => {
                    for part in parts {
                        let name = self.unit().name(Sym::new(part));
                        self.emit(Op::ImportFrom(name));
                        self.emit(Op::Swap(1));
                        self.emit(Op::PopTop);
                    }
                    let name = self.mangled(&asname.id);
                    self.store(name);
                }
            }
        }
    }

    fn import_from(&mut self, import: &'a StmtImportFrom) {
        self.constant(Const::Int(i64::from(import.level)));
        let names: Vec<Const> = import.names.iter().map(|alias| Const::Str(alias.name.id.as_str().into())).collect();
        self.constant(Const::Tuple(names.into()));
        let module = import.module.as_ref().map_or("", |module| module.id.as_str());
        let module = self.unit().name(Sym::new(module));
        self.emit(Op::ImportName(module));
        if import.names.first().is_some_and(|alias| alias.name.id.as_str() == "*") {
            return self.emit(Op::ImportStar);
        }
        for alias in &import.names {
            let name = self.unit().name(Sym::new(alias.name.id.as_str()));
            self.emit(Op::ImportFrom(name));
            let name = self.mangled(&alias.asname.as_ref().unwrap_or(&alias.name).id);
            self.store(name);
        }
        self.emit(Op::PopTop);
    }
}

/// The comparison that a condition compiles last.
fn last_comparison(test: &Expr) -> Option<TextRange> {
    match test {
        Expr::Compare(_) => Some(test.range()),
        Expr::UnaryOp(unary) if unary.op == UnaryOp::Not => last_comparison(&unary.operand),
        Expr::BoolOp(boolean) => boolean.values.iter().rev().find_map(last_comparison),
        Expr::If(conditional) => [&conditional.orelse, &conditional.body, &conditional.test]
            .into_iter()
            .find_map(|part| last_comparison(part)),
        _ => None,
    }
}
