//! Walks a syntax tree and notes in [`Scopes`] what every block does with every name.
//!
//! The complaints made here come before all complaints of the compiler itself, as in CPython.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{
    Comprehension, Expr, ExprContext, Identifier, ModModule, Parameters, Pattern, Stmt, TypeParam, TypeParams,
};
use ruff_text_size::{Ranged, TextRange};

use super::generics::{DEFAULTS, KW_DEFAULTS};
use super::scope::{Comp, Place, Scope, ScopeKind, Scopes, Symbol, mangle, uses};
use crate::python::name::Sym;

/// The scopes of a module, and the complaints found on the way.
pub fn scopes(module: &ModModule, strings_as_annotations: bool) -> (Scopes, Vec<(TextRange, String)>) {
    let mut walker = Walker {
        scopes: Scopes { all: Vec::new() },
        current: 0,
        errors: Vec::new(),
        class_name: Sym::new("__class__"),
        super_name: Sym::new("super"),
        skip_annotations: strings_as_annotations,
    };
    walker.scopes.add(ScopeKind::Module, None, &module.node_index);
    walker.visit_body(&module.body);
    let Walker { mut scopes, mut errors, .. } = walker;
    errors.extend(scopes.resolve());
    (scopes, errors)
}

struct Walker {
    scopes: Scopes,
    current: u32,
    errors: Vec<(TextRange, String)>,
    class_name: Sym,
    super_name: Sym,
    skip_annotations: bool,
}

impl Walker {
    fn scope(&mut self) -> &mut Scope {
        &mut self.scopes.all[self.current as usize]
    }

    fn error(&mut self, at: TextRange, message: impl Into<String>) {
        self.errors.push((at, message.into()));
    }

    fn note(&mut self, name: &str, bits: u16) -> Sym {
        let sym = mangle(self.scope().private.as_deref(), name);
        self.note_sym(self.current, sym, bits);
        sym
    }

    fn note_sym(&mut self, scope: u32, sym: Sym, bits: u16) -> u16 {
        let symbol = self.scopes.all[scope as usize].symbols.entry(sym).or_insert(Symbol {
            uses: 0,
            place: Place::Local,
            declared: TextRange::default(),
        });
        let before = symbol.uses;
        symbol.uses |= bits;
        before
    }

    fn bind(&mut self, name: &str, at: TextRange) {
        if name == "__debug__" {
            self.error(at, "cannot assign to __debug__");
        }
        self.note(name, uses::BOUND);
    }

    fn bind_identifier(&mut self, name: &Identifier) {
        self.bind(&name.id, name.range());
    }

    fn enter(&mut self, kind: ScopeKind, node: &ruff_python_ast::AtomicNodeIndex) -> u32 {
        let outer = self.current;
        self.current = self.scopes.add(kind, Some(outer), node);
        outer
    }

    /// The hidden block of type parameters; bounds are blocks of their own inside.
    fn enter_type_params(&mut self, params: &TypeParams) {
        self.enter(ScopeKind::TypeParams, &params.node_index);
        for param in &params.type_params {
            self.bind_identifier(param.name());
        }
        for param in &params.type_params {
            if let TypeParam::TypeVar(var) = param {
                let hidden = self.enter(ScopeKind::Lambda, &var.node_index);
                if let Some(bound) = &var.bound {
                    self.visit_expr(bound);
                }
                self.current = hidden;
            }
            if let Some(default) = param.default() {
                self.visit_expr(default);
            }
        }
    }

    fn visit_annotation_expr(&mut self, annotation: &Expr) {
        if !self.skip_annotations {
            self.visit_expr(annotation);
        }
    }

    /// Defaults belong to the block around the function.
    fn visit_defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs) {
            if let Some(default) = &parameter.default {
                self.visit_expr(default);
            }
        }
    }

    /// Annotations belong to the block around the function, or to that of its type parameters.
    fn visit_annotations(&mut self, parameters: &Parameters, returns: Option<&Expr>) {
        for parameter in parameters.iter() {
            if let Some(annotation) = parameter.annotation() {
                self.visit_annotation_expr(annotation);
            }
        }
        if let Some(returns) = returns {
            self.visit_annotation_expr(returns);
        }
    }

    /// Parameters in the order of slots.
    fn declare_parameters(&mut self, parameters: &Parameters) {
        let plain = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let names = plain.map(|p| &p.parameter).chain(parameters.vararg.as_deref()).chain(parameters.kwarg.as_deref());
        for parameter in names {
            let name = &parameter.name;
            if name.id.as_str() == "__debug__" {
                self.error(name.range(), "cannot assign to __debug__");
            }
            let sym = mangle(self.scope().private.as_deref(), &name.id);
            if self.note_sym(self.current, sym, uses::PARAM) & uses::PARAM != 0 {
                self.error(parameter.range(), format!("duplicate argument '{sym}' in function definition"));
            }
            self.scope().params.push(sym);
        }
    }

    fn visit_comprehension_expr(
        &mut self,
        kind: Comp,
        node: &ruff_python_ast::AtomicNodeIndex,
        elements: [Option<&Expr>; 2],
        generators: &[Comprehension],
    ) {
        let Some(first) = generators.first() else { return };
        self.scope().in_iterable += 1;
        self.visit_expr(&first.iter);
        self.scope().in_iterable -= 1;
        let outer = self.enter(ScopeKind::Comprehension(kind), node);
        let argument = Sym::new(".0");
        self.note_sym(self.current, argument, uses::PARAM);
        self.scope().params.push(argument);
        if kind == Comp::Generator {
            self.scope().is_generator = true;
        }
        for (i, generator) in generators.iter().enumerate() {
            if generator.is_async {
                self.scope().is_coroutine = true;
            }
            if i > 0 {
                self.scope().in_iterable += 1;
                self.visit_expr(&generator.iter);
                self.scope().in_iterable -= 1;
            }
            self.visit_iteration_target(&generator.target);
            for condition in &generator.ifs {
                self.visit_expr(condition);
            }
        }
        for element in elements.into_iter().flatten() {
            self.visit_expr(element);
        }
        let waits = self.scope().is_coroutine && kind != Comp::Generator;
        self.current = outer;
        if waits && matches!(self.scope().kind, ScopeKind::Comprehension(_)) {
            self.scope().is_coroutine = true;
        }
    }

    fn visit_iteration_target(&mut self, target: &Expr) {
        self.check_rebound(target);
        let already: Vec<(Sym, u16)> = self.scope().symbols.iter().map(|(&n, s)| (n, s.uses)).collect();
        self.visit_expr(target);
        for (name, symbol) in &mut self.scope().symbols {
            let before = already.iter().find(|(n, _)| n == name).map_or(0, |(_, u)| *u);
            if symbol.uses & uses::BOUND != 0 && before & uses::BOUND == 0 {
                symbol.uses |= uses::ITERATED;
            }
        }
    }

    /// What a walrus in the comprehension has bound outside of it cannot be the variable of a later loop.
    fn check_rebound(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => {
                let sym = mangle(self.scope().private.as_deref(), &name.id);
                let outside = uses::GLOBAL | uses::NONLOCAL;
                if self.scope().symbols.get(&sym).is_some_and(|symbol| symbol.uses & outside != 0) {
                    let text = format!("comprehension inner loop cannot rebind assignment expression target '{sym}'");
                    self.error(name.range(), text);
                }
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.check_rebound(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.check_rebound(target)),
            Expr::Starred(starred) => self.check_rebound(&starred.value),
            _ => {}
        }
    }

    /// `name := …` binds in the function or module around all comprehensions.
    fn visit_walrus_target(&mut self, target: &Expr, whole: TextRange) {
        let Expr::Name(name) = target else { return self.visit_expr(target) };
        // The first iterable of a comprehension belongs to the block around it; a walrus is forbidden all the same.
        if self.scope().in_iterable > 0 {
            return self.error(whole, "assignment expression cannot be used in a comprehension iterable expression");
        }
        if !matches!(self.scope().kind, ScopeKind::Comprehension(_)) {
            return self.bind(&name.id, name.range());
        }
        let sym = mangle(self.scope().private.as_deref(), &name.id);
        let mut at = self.current;
        loop {
            let scope = &mut self.scopes.all[at as usize];
            match scope.kind {
                ScopeKind::Comprehension(_) => {
                    if scope.symbols.get(&sym).is_some_and(|s| s.uses & uses::ITERATED != 0) {
                        return self.error(
                            name.range(),
                            format!("assignment expression cannot rebind comprehension iteration variable '{sym}'"),
                        );
                    }
                    if scope.in_iterable > 0 {
                        return self.error(
                            whole,
                            "assignment expression cannot be used in a comprehension iterable expression",
                        );
                    }
                    at = scope.parent.expect("a comprehension is inside something");
                }
                ScopeKind::Class => {
                    return self.error(
                        name.range(),
                        "assignment expression within a comprehension cannot be used in a class body",
                    );
                }
                ScopeKind::Module => {
                    self.note_sym(at, sym, uses::BOUND);
                    self.note_sym(self.current, sym, uses::GLOBAL | uses::BOUND);
                    return;
                }
                ScopeKind::Function { .. } | ScopeKind::Lambda | ScopeKind::TypeParams => {
                    let is_global = scope.symbols.get(&sym).is_some_and(|s| s.uses & uses::GLOBAL != 0);
                    self.note_sym(at, sym, uses::BOUND);
                    let declared = if is_global { uses::GLOBAL } else { uses::NONLOCAL };
                    self.note_sym(self.current, sym, declared | uses::BOUND);
                    return;
                }
            }
        }
    }

    fn declare(&mut self, names: &[Identifier], at: TextRange, bit: u16) {
        let what = if bit == uses::GLOBAL { "global" } else { "nonlocal" };
        if bit == uses::NONLOCAL && self.scope().kind == ScopeKind::Module {
            return self.error(at, "nonlocal declaration not allowed at module level");
        }
        for name in names {
            let sym = mangle(self.scope().private.as_deref(), &name.id);
            let before = self.scope().symbols.get(&sym).map_or(0, |s| s.uses);
            let problem = if before & uses::PARAM != 0 {
                Some(format!("name '{sym}' is parameter and {what}"))
            } else if before & uses::READ != 0 {
                Some(format!("name '{sym}' is used prior to {what} declaration"))
            } else if before & uses::ANNOTATED != 0 {
                Some(format!("annotated name '{sym}' can't be {what}"))
            } else if before & uses::BOUND != 0 {
                Some(format!("name '{sym}' is assigned to before {what} declaration"))
            } else if before & (uses::GLOBAL | uses::NONLOCAL) & !bit != 0 {
                Some(format!("name '{sym}' is nonlocal and global"))
            } else {
                None
            };
            if let Some(problem) = problem {
                // CPython finds this one when all is read, and points at the first declaration.
                let is_both = problem.ends_with("is nonlocal and global");
                let at = if is_both { self.scope().symbols[&sym].declared } else { at };
                self.error(at, problem);
            }
            self.note_sym(self.current, sym, bit);
            let symbol = &mut self.scope().symbols[&sym];
            if symbol.declared.is_empty() {
                symbol.declared = at;
            }
            if bit == uses::GLOBAL {
                self.note_sym(0, sym, 0);
            }
        }
    }

    fn visit_yield(&mut self, at: TextRange, word: &str) {
        if let ScopeKind::Comprehension(kind) = self.scope().kind {
            let place = match kind {
                Comp::List => "list comprehension",
                Comp::Set => "set comprehension",
                Comp::Dict => "dict comprehension",
                Comp::Generator => "generator expression",
            };
            self.error(at, format!("'{word}' inside {place}"));
        }
        self.scope().is_generator = true;
    }
}

impl<'a> Visitor<'a> for Walker {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => {
                self.bind_identifier(&def.name);
                self.visit_defaults(&def.parameters);
                for decorator in &def.decorator_list {
                    self.visit_expr(&decorator.expression);
                }
                let around = self.current;
                if let Some(params) = &def.type_params {
                    self.enter_type_params(params);
                    let parameters = &def.parameters;
                    let mut positional = parameters.posonlyargs.iter().chain(&parameters.args);
                    let has_defaults = positional.any(|p| p.default.is_some());
                    let has_kw_defaults = parameters.kwonlyargs.iter().any(|p| p.default.is_some());
                    for (is_there, name) in [(has_defaults, DEFAULTS), (has_kw_defaults, KW_DEFAULTS)] {
                        if is_there {
                            let name = Sym::new(name);
                            self.note_sym(self.current, name, uses::PARAM);
                            self.scope().params.push(name);
                        }
                    }
                }
                self.visit_annotations(&def.parameters, def.returns.as_deref());
                self.enter(ScopeKind::Function { is_async: def.is_async }, &def.node_index);
                self.declare_parameters(&def.parameters);
                self.visit_body(&def.body);
                self.current = around;
            }
            Stmt::ClassDef(class) => {
                self.bind_identifier(&class.name);
                for decorator in &class.decorator_list {
                    self.visit_expr(&decorator.expression);
                }
                let around = self.current;
                if let Some(params) = &class.type_params {
                    self.enter_type_params(params);
                }
                if let Some(arguments) = &class.arguments {
                    self.visit_arguments(arguments);
                }
                self.enter(ScopeKind::Class, &class.node_index);
                self.scope().private = Some(class.name.id.as_str().into());
                self.visit_body(&class.body);
                self.current = around;
            }
            Stmt::AnnAssign(assign) => {
                if let Expr::Name(name) = &*assign.target {
                    self.scope().has_annotations = true;
                    let sym = mangle(self.scope().private.as_deref(), &name.id);
                    let before = self.scope().symbols.get(&sym).map_or(0, |s| s.uses);
                    if assign.simple
                        && before & (uses::GLOBAL | uses::NONLOCAL) != 0
                        && self.scope().kind != ScopeKind::Module
                    {
                        let what = if before & uses::GLOBAL != 0 { "global" } else { "nonlocal" };
                        self.error(stmt.range(), format!("annotated name '{sym}' can't be {what}"));
                    }
                    if assign.simple {
                        self.note(&name.id, uses::ANNOTATED | uses::BOUND);
                    } else if assign.value.is_some() {
                        self.note(&name.id, uses::BOUND);
                    }
                } else {
                    self.visit_expr(&assign.target);
                }
                self.visit_annotation_expr(&assign.annotation);
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                }
            }
            Stmt::AugAssign(assign) => {
                if let Expr::Name(name) = &*assign.target {
                    self.bind(&name.id, name.range());
                } else {
                    self.visit_expr(&assign.target);
                }
                self.visit_expr(&assign.value);
            }
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    self.visit_expr(target);
                }
                self.visit_expr(&assign.value);
            }
            Stmt::Return(statement) => {
                if let Some(value) = &statement.value {
                    self.visit_expr(value);
                    self.scope().returns_value.get_or_insert(stmt.range());
                }
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    match &alias.asname {
                        Some(name) => self.bind_identifier(name),
                        None => {
                            let name = alias.name.id.as_str();
                            self.bind(name.split('.').next().unwrap_or(name), alias.range());
                        }
                    }
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    if alias.name.id.as_str() == "*" {
                        if self.scope().kind != ScopeKind::Module {
                            self.error(alias.range(), "import * only allowed at module level");
                        }
                    } else {
                        self.bind_identifier(alias.asname.as_ref().unwrap_or(&alias.name));
                    }
                }
            }
            Stmt::Global(statement) => self.declare(&statement.names, stmt.range(), uses::GLOBAL),
            Stmt::Nonlocal(statement) => self.declare(&statement.names, stmt.range(), uses::NONLOCAL),
            Stmt::Try(statement) => {
                self.visit_body(&statement.body);
                for handler in &statement.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    if let Some(type_) = &handler.type_ {
                        self.visit_expr(type_);
                    }
                    if let Some(name) = &handler.name {
                        self.bind_identifier(name);
                    }
                    self.visit_body(&handler.body);
                }
                self.visit_body(&statement.orelse);
                self.visit_body(&statement.finalbody);
            }
            Stmt::TypeAlias(alias) => {
                self.visit_expr(&alias.name);
                let around = self.current;
                if let Some(params) = &alias.type_params {
                    self.enter_type_params(params);
                }
                // `__name__` of the module goes along with the alias.
                self.note("__name__", uses::READ);
                let hidden = self.enter(ScopeKind::Lambda, &alias.node_index);
                self.visit_expr(&alias.value);
                self.current = hidden;
                self.current = around;
            }
            other => walk_stmt(self, other),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => match name.ctx {
                ExprContext::Load | ExprContext::Invalid => {
                    let sym = self.note(&name.id, uses::READ);
                    if sym == self.super_name && self.scope().kind.is_function() {
                        let class_name = self.class_name;
                        self.note_sym(self.current, class_name, uses::READ);
                    }
                }
                ExprContext::Store | ExprContext::Del => self.bind(&name.id, name.range()),
            },
            Expr::Attribute(attribute) => {
                if attribute.ctx == ExprContext::Store && attribute.attr.id.as_str() == "__debug__" {
                    self.error(expr.range(), "cannot assign to __debug__");
                }
                self.visit_expr(&attribute.value);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.visit_defaults(parameters);
                }
                let outer = self.enter(ScopeKind::Lambda, &lambda.node_index);
                if let Some(parameters) = &lambda.parameters {
                    self.declare_parameters(parameters);
                }
                self.visit_expr(&lambda.body);
                self.current = outer;
            }
            Expr::ListComp(c) => {
                self.visit_comprehension_expr(Comp::List, &c.node_index, [Some(&c.elt), None], &c.generators);
            }
            Expr::SetComp(c) => {
                self.visit_comprehension_expr(Comp::Set, &c.node_index, [Some(&c.elt), None], &c.generators);
            }
            Expr::Generator(c) => {
                self.visit_comprehension_expr(Comp::Generator, &c.node_index, [Some(&c.elt), None], &c.generators);
            }
            Expr::DictComp(c) => {
                let elements = [c.key.as_deref(), Some(&*c.value)];
                self.visit_comprehension_expr(Comp::Dict, &c.node_index, elements, &c.generators);
            }
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                self.visit_walrus_target(&named.target, expr.range());
            }
            Expr::Yield(_) => {
                walk_expr(self, expr);
                self.visit_yield(expr.range(), "yield");
            }
            Expr::YieldFrom(_) => {
                walk_expr(self, expr);
                self.visit_yield(expr.range(), "yield");
            }
            Expr::Await(_) => {
                walk_expr(self, expr);
                self.scope().is_coroutine = true;
            }
            other => walk_expr(self, other),
        }
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchAs(p) => {
                if let Some(name) = &p.name {
                    self.bind_identifier(name);
                }
            }
            Pattern::MatchStar(p) => {
                if let Some(name) = &p.name {
                    self.bind_identifier(name);
                }
            }
            Pattern::MatchMapping(p) => {
                if let Some(name) = &p.rest {
                    self.bind_identifier(name);
                }
            }
            _ => {}
        }
        walk_pattern(self, pattern);
    }
}
