//! Functions, lambdas and classes.

use std::rc::Rc;

use ruff_python_ast::{Decorator, Expr, ExprLambda, Parameters, StmtClassDef, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::emit::Unit;
use super::scope::{Place, ScopeKind, scope_of, uses};
use super::{Compiler, docstring};
use crate::python::code::{Code, Const, Op, Position, flag, make};
use crate::python::name::Sym;

impl<'a> Compiler<'a> {
    pub(super) fn function_def(&mut self, def: &'a StmtFunctionDef) {
        let range = after_decorators(&self.source.text, def.range(), &def.decorator_list);
        self.decorators(&def.decorator_list);
        self.enter(range);
        let line = match def.decorator_list.first() {
            Some(first) => self.lines.place(first.range().start()).0,
            None => self.at.line,
        };
        match &def.type_params {
            Some(params) => self.generic_function(def, params, line),
            None => {
                let flags = self.defaults(&def.parameters) | self.annotations(&def.parameters, def.returns.as_deref());
                let at = self.at;
                let code = self.function_code(def, line);
                self.at = at;
                self.make_function(code, flags);
            }
        }
        self.apply_decorators(&def.decorator_list);
        let name = self.mangled(&def.name.id);
        self.store(name);
    }

    /// The code of a function.
    pub(super) fn function_code(&mut self, def: &'a StmtFunctionDef, line: u32) -> Rc<Code> {
        self.open_with_parameters(scope_of(&def.node_index), &def.name.id, line, &def.parameters);
        let doc = docstring(&def.body);
        let kept = doc.map_or(Const::None, |doc| Const::Str(self.kept_doc(doc)));
        self.unit().constant(kept);
        let scope = &self.scopes.all[scope_of(&def.node_index) as usize];
        let (is_generator, returns_value) = (scope.is_generator, scope.returns_value);
        self.unit().flags |= match (def.is_async, is_generator) {
            (true, true) => flag::ASYNC_GENERATOR,
            (true, false) => flag::COROUTINE,
            (false, true) => flag::GENERATOR,
            (false, false) => 0,
        };
        if let (true, true, Some(statement)) = (def.is_async, is_generator, returns_value) {
            self.error(statement, "'return' with value in async generator");
        }
        self.at = Position { line, end_line: line, col: 0, end_col: 0 };
        self.start_function();
        self.body(if doc.is_some() { &def.body[1..] } else { &def.body });
        self.finish_unit(true)
    }

    pub(super) fn lambda(&mut self, lambda: &'a ExprLambda) {
        let flags = lambda.parameters.as_deref().map_or(0, |parameters| self.defaults(parameters));
        let scope = scope_of(&lambda.node_index);
        let line = self.at.line;
        match &lambda.parameters {
            Some(parameters) => self.open_with_parameters(scope, "<lambda>", line, parameters),
            None => self.open_function(scope, "<lambda>", line, 0, 0, 0),
        }
        self.unit().constant(Const::None);
        if self.scopes.all[scope as usize].is_generator {
            self.unit().flags |= flag::GENERATOR;
        }
        self.start_function();
        let at = self.enter(lambda.body.range());
        self.expr(&lambda.body);
        self.emit(Op::Return);
        let code = self.finish_unit(false);
        self.at = at;
        self.make_function(code, flags);
    }

    pub(super) fn class_def(&mut self, class: &'a StmtClassDef) {
        let range = after_decorators(&self.source.text, class.range(), &class.decorator_list);
        self.decorators(&class.decorator_list);
        self.enter(range);
        let at = self.at;
        let line = match class.decorator_list.first() {
            Some(first) => self.lines.place(first.range().start()).0,
            None => at.line,
        };
        if let Some(params) = &class.type_params {
            self.generic_class(class, params, line);
        } else {
            self.emit(Op::LoadBuildClass);
            self.emit(Op::PushNull);
            let code = self.class_body(class, line);
            self.at = at;
            self.make_function(code, 0);
            self.constant(Const::Str(class.name.id.as_str().into()));
            match class.arguments.as_deref() {
                Some(arguments) => self.call_with(2, &arguments.args, &arguments.keywords),
                None => self.emit(Op::Call(2)),
            }
        }
        self.apply_decorators(&class.decorator_list);
        let name = self.mangled(&class.name.id);
        self.store(name);
    }

    pub(super) fn class_body(&mut self, class: &'a StmtClassDef, line: u32) -> Rc<Code> {
        let scope = scope_of(&class.node_index);
        self.open_function(scope, &class.name.id, line, 0, 0, 0);
        self.at = Position { line, end_line: line, col: 0, end_col: 0 };
        for slot in self.unit().cell_slots.clone() {
            self.emit(Op::MakeCell(slot));
        }
        self.load(Sym::new("__name__"));
        self.store_class_name("__module__");
        let qualname = self.unit().qualname.clone();
        self.constant(Const::Str(qualname));
        self.store_class_name("__qualname__");
        if self.scopes.all[scope as usize].has_annotations {
            self.emit(Op::SetupAnnotations);
        }
        let mut body = &class.body[..];
        if let Some(doc) = docstring(body) {
            self.enter(body[0].range());
            let doc = self.kept_doc(doc);
            self.constant(Const::Str(doc));
            self.store_class_name("__doc__");
            body = &body[1..];
        }
        self.body(body);
        if self.scopes.all[scope as usize].needs_class_cell {
            let class_name = self.class_name;
            let slot = self.unit().slots[&class_name].1;
            self.emit(Op::LoadClosure(slot));
            self.emit(Op::Dup);
            self.store_class_name("__classcell__");
            self.emit(Op::Return);
        }
        self.finish_unit(true)
    }

    /// Into the class namespace, whatever the class body declares about the name.
    fn store_class_name(&mut self, name: &str) {
        let name = self.unit().name(Sym::new(name));
        self.emit(Op::StoreName(name));
    }

    fn decorators(&mut self, decorators: &'a [Decorator]) {
        for decorator in decorators {
            let before = self.enter(decorator.expression.range());
            self.expr(&decorator.expression);
            self.emit(Op::PushNull);
            self.at = before;
        }
    }

    fn apply_decorators(&mut self, decorators: &'a [Decorator]) {
        for decorator in decorators.iter().rev() {
            let before = self.at;
            // Up to 3.10 decorators are called from the line of the definition.
            if self.version >= (3, 11) {
                self.enter(decorator.expression.range());
            }
            self.emit(Op::Call(1));
            self.at = before;
        }
    }

    /// Default values; returns the flags for `MakeFunction`.
    pub(super) fn defaults(&mut self, parameters: &'a Parameters) -> u16 {
        let mut flags = 0;
        let positional: Vec<&'a Expr> =
            parameters.posonlyargs.iter().chain(&parameters.args).filter_map(|p| p.default.as_deref()).collect();
        if !positional.is_empty() {
            flags |= make::DEFAULTS;
            match positional.iter().map(|e| super::fold::fold(e)).collect::<Option<Vec<_>>>() {
                Some(values) => self.constant(Const::Tuple(values.into())),
                None => {
                    for default in &positional {
                        self.expr(default);
                    }
                    self.emit(Op::BuildTuple(positional.len() as u32));
                }
            }
        }
        let mut count = 0;
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = &parameter.default {
                let name = self.mangled(&parameter.parameter.name.id).text();
                self.constant(Const::Str(name));
                self.expr(default);
                count += 1;
            }
        }
        if count > 0 {
            flags |= make::KW_DEFAULTS;
            self.emit(Op::BuildDict(count));
        }
        flags
    }

    pub(super) fn annotations(&mut self, parameters: &'a Parameters, returns: Option<&'a Expr>) -> u16 {
        let mut count = 0;
        // CPython's order: positional, `*args`, keyword-only, `**kwargs`.
        let plain = parameters.posonlyargs.iter().chain(&parameters.args).map(|p| &p.parameter);
        let all = plain
            .chain(parameters.vararg.as_deref())
            .chain(parameters.kwonlyargs.iter().map(|p| &p.parameter))
            .chain(parameters.kwarg.as_deref());
        for parameter in all {
            if let Some(annotation) = &parameter.annotation {
                let name = self.mangled(&parameter.name.id).text();
                self.constant(Const::Str(name));
                self.annotation(annotation);
                count += 1;
            }
        }
        if let Some(returns) = returns {
            self.constant(Const::Str("return".into()));
            self.annotation(returns);
            count += 1;
        }
        if count == 0 {
            return 0;
        }
        self.emit(Op::BuildDict(count));
        make::ANNOTATIONS
    }

    /// `[defaults… of the flags] -> [function]`
    pub(super) fn make_function(&mut self, code: Rc<Code>, mut flags: u16) {
        if !code.freevars.is_empty() {
            for &name in &code.freevars {
                let slot = self.unit().slots.get(&name).expect("a free variable comes through every block").1;
                self.emit(Op::LoadClosure(slot));
            }
            self.emit(Op::BuildTuple(code.freevars.len() as u32));
            flags |= make::CLOSURE;
        }
        let code = self.unit().constant(Const::Code(code));
        self.emit(Op::MakeFunction { flags, code });
    }

    fn open_with_parameters(&mut self, scope: u32, name: &str, line: u32, parameters: &Parameters) {
        let posonly = parameters.posonlyargs.len() as u32;
        let positional = posonly + parameters.args.len() as u32;
        self.open_function(scope, name, line, positional, posonly, parameters.kwonlyargs.len() as u32);
        if parameters.vararg.is_some() {
            self.unit().flags |= flag::VARARGS;
        }
        if parameters.kwarg.is_some() {
            self.unit().flags |= flag::VARKEYWORDS;
        }
    }

    /// Opens a unit for a function or class and gives its names their slots.
    pub(super) fn open_function(
        &mut self,
        scope_number: u32,
        name: &str,
        line: u32,
        positional: u32,
        posonly: u32,
        kwonly: u32,
    ) {
        let is_frameless = match &self.units[..] {
            [_] => self.frameless.iter().flatten().any(|known| known == name || known == "*"),
            outer => outer.last().is_some_and(|unit| unit.flags & flag::FRAMELESS != 0),
        };
        let name: Rc<str> = name.into();
        let qualname = self.qualname(&name);
        let mut unit = Unit::new(scope_number, name, qualname, line);
        let scope = &self.scopes.all[scope_number as usize];
        let is_function = scope.kind.is_function();
        unit.n_params = (positional, posonly, kwonly);
        if is_function {
            unit.flags = flag::OPTIMIZED | flag::NEWLOCALS;
            let parent = scope.parent.expect("only the module has none");
            if self.scopes.all[parent as usize].kind.is_function() || !self.scopes.free_names(scope_number).is_empty() {
                unit.flags |= flag::NESTED;
            }
            unit.varnames = scope.params.clone();
            let locals = scope.symbols.iter().filter(|(_, s)| s.place == Place::Local && s.uses & uses::PARAM == 0);
            unit.varnames.extend(locals.map(|(&name, _)| name));
            for (&name, symbol) in &scope.symbols {
                if symbol.place == Place::Cell && symbol.uses & uses::PARAM == 0 {
                    unit.cellvars.push(name);
                }
            }
            unit.cellvars.sort_by_key(|name| name.text());
        } else if scope.needs_class_cell {
            unit.cellvars.push(self.class_name);
        }
        if is_frameless {
            unit.flags |= flag::FRAMELESS;
        }
        unit.freevars = self.scopes.free_names(scope_number);
        for (&name, symbol) in &scope.symbols {
            unit.slots.insert(name, (symbol.place, u32::MAX));
        }
        let first_cell = unit.varnames.len() as u32;
        for (slot, name) in unit.varnames.iter().enumerate() {
            if let Some(entry) = unit.slots.get_mut(name) {
                entry.1 = slot as u32;
                if entry.0 == Place::Cell {
                    unit.cell_slots.push(slot as u32);
                }
            }
        }
        for (i, name) in unit.cellvars.iter().enumerate() {
            let slot = first_cell + i as u32;
            unit.cell_slots.push(slot);
            let place = if is_function { Place::Cell } else { Place::GlobalAssumed };
            unit.slots.entry(*name).or_insert((place, slot)).1 = slot;
        }
        let first_free = first_cell + unit.cellvars.len() as u32;
        for (i, name) in unit.freevars.iter().enumerate() {
            let slot = first_free + i as u32;
            unit.slots.entry(*name).or_insert((Place::Free, slot)).1 = slot;
        }
        self.units.push(unit);
    }

    /// The start of every function: cells, then the end of the call for generators.
    pub(super) fn start_function(&mut self) {
        for slot in self.unit().cell_slots.clone() {
            self.emit(Op::MakeCell(slot));
        }
        if self.unit().flags & (flag::GENERATOR | flag::COROUTINE | flag::ASYNC_GENERATOR) != 0 {
            self.emit(Op::ReturnGenerator);
        }
    }

    fn qualname(&self, name: &Rc<str>) -> Rc<str> {
        let sym = self.mangled(name);
        // The hidden function of type parameters does not show, nor does a comprehension that is none.
        let is_hidden = |unit: &&Unit| {
            self.scopes.all[unit.scope as usize].kind == ScopeKind::TypeParams || unit.flags & flag::INLINED != 0
        };
        let outer = self.units.iter().rev().find(|unit| !is_hidden(unit)).expect("a unit is open");
        let kind = self.scopes.all[outer.scope as usize].kind;
        let is_global = outer.slots.get(&sym).is_some_and(|(place, _)| *place == Place::GlobalDeclared);
        match kind {
            ScopeKind::Module => name.clone(),
            _ if is_global => name.clone(),
            ScopeKind::Class => format!("{}.{name}", outer.qualname).into(),
            _ => format!("{}.<locals>.{name}", outer.qualname).into(),
        }
    }
}

/// The range of a definition without its decorators: CPython's node starts at `def` or `class`.
pub fn after_decorators(text: &str, range: TextRange, decorators: &[Decorator]) -> TextRange {
    let Some(last) = decorators.last() else { return range };
    let mut at = last.range().end().to_usize();
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at) {
            Some(b'#') => at += text[at..].find('\n').unwrap_or(text.len() - at),
            Some(b' ' | b'\t' | b'\x0c' | b'\r' | b'\n' | b'\\') => at += 1,
            _ => return TextRange::new(TextSize::new(at as u32).min(range.end()), range.end()),
        }
    }
}
