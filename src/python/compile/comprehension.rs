//! Comprehensions and generator expressions: functions of one argument, the first iterator.

use ruff_python_ast::{AtomicNodeIndex, Comprehension, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::Compiler;
use super::scope::{Comp, ScopeKind, scope_of};
use crate::python::code::{AwaitPlace, Op, flag};

impl<'a> Compiler<'a> {
    pub(super) fn comprehension(
        &mut self,
        kind: Comp,
        node: &AtomicNodeIndex,
        elements: [Option<&'a Expr>; 2],
        generators: &'a [Comprehension],
        whole: TextRange,
    ) {
        let Some(first) = generators.first() else { return };
        let scope = scope_of(node);
        let is_async = self.scopes.all[scope as usize].is_coroutine;
        if is_async
            && kind != Comp::Generator
            && !matches!(self.kind(), ScopeKind::Function { is_async: true } | ScopeKind::Comprehension(_))
        {
            self.error(whole, "asynchronous comprehension outside of an asynchronous function");
        }
        let name = match kind {
            Comp::List => "<listcomp>",
            Comp::Set => "<setcomp>",
            Comp::Dict => "<dictcomp>",
            Comp::Generator => "<genexpr>",
        };
        let line = self.at.line;
        let is_inlined = kind != Comp::Generator && self.version >= (3, 12);
        let outer = self.unit();
        let outer_names = [outer.name.clone(), outer.qualname.clone()];
        self.open_function(scope, name, line, 1, 0, 0);
        if is_inlined {
            let unit = self.unit();
            [unit.name, unit.qualname] = outer_names;
            unit.flags |= flag::INLINED;
        }
        self.unit().flags |= match (kind == Comp::Generator, is_async) {
            (true, true) => flag::ASYNC_GENERATOR,
            (true, false) => flag::GENERATOR,
            (false, true) => flag::COROUTINE,
            (false, false) => 0,
        };
        self.start_function();
        match kind {
            Comp::List => self.emit(Op::BuildList(0)),
            Comp::Set => self.emit(Op::BuildSet(0)),
            Comp::Dict => self.emit(Op::BuildDict(0)),
            Comp::Generator => {}
        }
        self.comprehension_loop(kind, elements, generators, 0);
        if kind != Comp::Generator {
            self.emit(Op::Return);
        }
        let code = self.finish_unit(kind == Comp::Generator);
        self.make_function(code, 0);
        self.emit(Op::PushNull);
        self.expr(&first.iter);
        let all = self.at;
        self.underline_iterable(&first.iter);
        self.emit(if first.is_async { Op::GetAiter } else { Op::GetIter });
        self.at = all;
        self.emit(Op::Call(1));
        if is_async && kind != Comp::Generator {
            self.wait(AwaitPlace::Expression);
        }
    }

    fn comprehension_loop(
        &mut self,
        kind: Comp,
        elements: [Option<&'a Expr>; 2],
        generators: &'a [Comprehension],
        depth: u32,
    ) {
        let Some((generator, inner)) = generators.split_first() else {
            return self.comprehension_element(kind, elements, depth);
        };
        if depth > 0 {
            self.expr(&generator.iter);
        }
        let at = self.at;
        self.underline_iterable(&generator.iter);
        let iterable = self.at;
        self.emit(match (depth, generator.is_async) {
            (0, _) => Op::LoadFast(0),
            (_, true) => Op::GetAiter,
            (_, false) => Op::GetIter,
        });
        let (head, again, end) = (self.unit().label(), self.unit().label(), self.unit().label());
        self.unit().bind(head);
        if generator.is_async {
            self.async_next(end);
        } else {
            self.unit().jump(Op::ForIter, end, iterable);
        }
        self.at = at;
        self.assign_to(&generator.target);
        for condition in &generator.ifs {
            self.jump_if(condition, again, false);
        }
        self.comprehension_loop(kind, elements, inner, depth + 1);
        self.unit().bind(again);
        self.unit().jump(Op::JumpBack, head, at);
        self.unit().bind(end);
        if generator.is_async {
            self.emit(Op::EndAsyncFor);
        }
    }

    /// `depth` iterators lie between the collection and the element.
    fn comprehension_element(&mut self, kind: Comp, elements: [Option<&'a Expr>; 2], depth: u32) {
        let [first, second] = elements;
        if let Some(Expr::Starred(_)) = first {
            let at = first.map(Ranged::range).unwrap_or_default();
            self.error(at, "iterable unpacking cannot be used in comprehension");
            return;
        }
        for element in [first, second].into_iter().flatten() {
            self.expr(element);
        }
        let below = depth + 1;
        match kind {
            Comp::List => self.emit(Op::ListAppend(below)),
            Comp::Set => self.emit(Op::SetAdd(below)),
            Comp::Dict if first.is_some() => self.emit(Op::MapAdd(below)),
            Comp::Dict => {
                let at = second.map(Ranged::range).unwrap_or_default();
                self.error(at, "dict unpacking cannot be used in dict comprehension");
            }
            Comp::Generator => {
                self.emit(Op::Yield);
                self.emit(Op::PopTop);
            }
        }
    }

    /// `[it] -> [it next]` of an asynchronous iterator; `[it exc]` goes to `end`.
    pub(super) fn async_next(&mut self, end: super::emit::Label) {
        self.unit().push_cover(end);
        self.emit(Op::GetAnext);
        self.wait(AwaitPlace::Anext);
        self.unit().pop_cover();
    }
}
