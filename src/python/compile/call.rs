//! Calls of functions, methods and `super`, and the arguments of a class statement.

use ruff_python_ast::{Expr, ExprCall, Keyword};
use ruff_text_size::Ranged;

use super::Compiler;
use super::expr::Display;
use crate::python::code::{Const, Op};

impl<'a> Compiler<'a> {
    pub(super) fn call(&mut self, call: &'a ExprCall) {
        let arguments = &call.arguments;
        if let Some((class, first)) = self.zero_argument_super_parts(&call.func, &call.arguments) {
            self.expr(&call.func);
            self.emit(Op::PushNull);
            self.load(class);
            self.load(first);
            return self.emit(Op::Call(2));
        }
        let is_plain = !arguments.args.iter().any(Expr::is_starred_expr)
            && !arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        let before = self.at;
        match &*call.func {
            Expr::Attribute(attribute) if is_plain && self.zero_argument_super(&attribute.value).is_none() => {
                let call_at = self.enter(call.func.range());
                self.expr(&attribute.value);
                self.start_at_attribute(attribute.attr.range());
                let name = self.mangled(&attribute.attr.id);
                let op = Op::LoadMethod { cache: self.unit().cache(), name: self.unit().name(name) };
                self.emit(op);
                self.at = call_at;
                self.start_at_attribute(attribute.attr.range());
            }
            func => {
                self.expr(func);
                self.emit(Op::PushNull);
            }
        }
        self.call_with(0, &arguments.args, &arguments.keywords);
        self.at = before;
    }

    /// `[f null|self a1 … an] -> [result]` with `pushed` arguments on the stack already and the others to come.
    pub(super) fn call_with(&mut self, pushed: u32, args: &'a [Expr], keywords: &'a [Keyword]) {
        for (i, keyword) in keywords.iter().enumerate() {
            if let Some(name) = &keyword.arg
                && keywords[..i].iter().any(|k| k.arg.as_ref().is_some_and(|n| n.id == name.id))
            {
                self.error(keyword.range(), format!("keyword argument repeated: {}", name.id));
            }
            if let Some(name) = &keyword.arg
                && name.id.as_str() == "__debug__"
            {
                self.error(keyword.range(), "cannot assign to __debug__");
            }
        }
        let has_stars = args.iter().any(Expr::is_starred_expr);
        let has_mappings = keywords.iter().any(|keyword| keyword.arg.is_none());
        if has_stars || has_mappings {
            return self.call_with_stars(pushed, args, keywords);
        }
        for arg in args {
            self.expr(arg);
        }
        let positional = pushed + args.len() as u32;
        if keywords.is_empty() {
            return self.emit(Op::Call(positional));
        }
        for keyword in keywords {
            self.expr(&keyword.value);
        }
        let names: Vec<Const> = keywords
            .iter()
            .filter_map(|keyword| keyword.arg.as_ref())
            .map(|name| Const::Str(self.mangled(&name.id).text()))
            .collect();
        let names = self.unit().constant(Const::Tuple(names.into()));
        let argc = (positional as usize + keywords.len()).min(u16::MAX as usize) as u16;
        self.emit(Op::CallKw { argc, names });
    }

    fn call_with_stars(&mut self, pushed: u32, args: &'a [Expr], keywords: &'a [Keyword]) {
        match args {
            [Expr::Starred(only)] if pushed == 0 => {
                self.expr(&only.value);
                self.emit(Op::StarArgs);
            }
            _ if pushed == 0 => self.sequence(args, Display::Tuple),
            _ => {
                self.emit(Op::BuildList(pushed));
                self.extend_list(args);
                self.emit(Op::ListToTuple);
            }
        }
        self.call_keywords(keywords);
    }

    /// `[list] -> [list]`: with these values, stars spread.
    pub(super) fn extend_list(&mut self, args: &'a [Expr]) {
        for arg in args {
            match arg {
                Expr::Starred(starred) => {
                    self.expr(&starred.value);
                    self.emit(Op::ListExtend(1));
                }
                other => {
                    self.expr(other);
                    self.emit(Op::ListAppend(1));
                }
            }
        }
    }

    /// `[f null|self tuple] -> [result]`, with keyword arguments of any form.
    pub(super) fn call_keywords(&mut self, keywords: &'a [Keyword]) {
        if !keywords.is_empty() {
            let mut has_dict = false;
            let mut rest = keywords;
            while let Some(first) = rest.first() {
                if first.arg.is_none() {
                    if !has_dict {
                        self.emit(Op::BuildDict(0));
                        has_dict = true;
                    }
                    self.expr(&first.value);
                    self.emit(Op::DictMerge(1));
                    rest = &rest[1..];
                } else {
                    let run = rest.iter().take_while(|keyword| keyword.arg.is_some()).count();
                    for keyword in &rest[..run] {
                        let name = self.mangled(&keyword.arg.as_ref().expect("counted above").id);
                        self.constant(Const::Str(name.text()));
                        self.expr(&keyword.value);
                    }
                    self.emit(Op::BuildDict(run as u32));
                    if has_dict {
                        self.emit(Op::DictMerge(1));
                    }
                    has_dict = true;
                    rest = &rest[run..];
                }
            }
        }
        self.emit(Op::CallEx(!keywords.is_empty()));
    }
}
