//! Type parameters (PEP 695): `def f[T](…)`, `class C[T]: …`, `type X[T] = …`.
//!
//! The parameters live in a hidden function around the definition, which is called at once; bounds and the values of
//! aliases are functions that are called when somebody asks (`_pep695` of the library does that).
//!
//! *Absent*: names of a class body in the annotations of its generic methods.

use std::rc::Rc;

use ruff_python_ast::{Expr, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam, TypeParams};
use ruff_text_size::Ranged;

use super::Compiler;
use super::scope::scope_of;
use crate::python::code::{Code, Const, Op, make};
use crate::python::name::Sym;

/// The parameters through which the hidden function gets what was evaluated outside of it.
pub const DEFAULTS: &str = ".defaults";
/// See [`DEFAULTS`].
pub const KW_DEFAULTS: &str = ".kwdefaults";

impl<'a> Compiler<'a> {
    /// `[] -> [helper null]`: a function of the library's `_pep695`.
    fn generics_helper(&mut self, name: &str) {
        self.constant(Const::Int(0));
        self.none();
        let module = self.unit().name(Sym::new("_pep695"));
        self.emit(Op::ImportName(module));
        self.load_attr(Sym::new(name));
        self.emit(Op::PushNull);
    }

    fn open_hidden(&mut self, params: &TypeParams, name: &str, n_arguments: u32) {
        let line = self.at.line;
        let name = format!("<generic parameters of {name}>");
        self.open_function(scope_of(&params.node_index), &name, line, n_arguments, 0, 0);
        self.unit().constant(Const::None);
        self.start_function();
    }

    /// Makes every parameter and binds its name.
    fn type_params(&mut self, params: &'a TypeParams) {
        for param in &params.type_params {
            let before = self.enter(param.range());
            let (kind, name, default) = match param {
                TypeParam::TypeVar(p) => ("type_var", &p.name, &p.default),
                TypeParam::TypeVarTuple(p) => ("type_var_tuple", &p.name, &p.default),
                TypeParam::ParamSpec(p) => ("param_spec", &p.name, &p.default),
            };
            self.generics_helper(kind);
            self.constant(Const::Str(name.id.as_str().into()));
            let mut count = 1;
            if let TypeParam::TypeVar(p) = param {
                match p.bound.as_deref() {
                    Some(bound) => {
                        self.thunk(scope_of(&p.node_index), &name.id, bound);
                        self.constant(Const::Bool(bound.is_tuple_expr()));
                    }
                    None => {
                        self.none();
                        self.constant(Const::Bool(false));
                    }
                }
                count += 2;
            }
            if let Some(default) = default {
                self.expr(default);
                count += 1;
            }
            self.emit(Op::Call(count));
            let name = self.mangled(&name.id);
            self.store(name);
            self.at = before;
        }
    }

    /// `[] -> [function that evaluates the expression]`
    fn thunk(&mut self, scope: u32, name: &str, value: &'a Expr) {
        let line = self.at.line;
        self.open_function(scope, name, line, 0, 0, 0);
        self.unit().constant(Const::None);
        self.start_function();
        self.expr(value);
        self.emit(Op::Return);
        let code = self.finish_unit(false);
        self.make_function(code, 0);
    }

    /// `[] -> [tuple of the parameters]`
    fn type_params_tuple(&mut self, params: &TypeParams) {
        for param in &params.type_params {
            let name = self.mangled(&param.name().id);
            self.load(name);
        }
        self.emit(Op::BuildTuple(params.type_params.len() as u32));
    }

    /// `[object] -> [object]`, which knows its parameters afterwards.
    fn set_type_params(&mut self, params: &TypeParams) {
        self.emit(Op::Dup);
        self.type_params_tuple(params);
        self.emit(Op::Swap(1));
        self.store_attr(Sym::new("__type_params__"));
    }

    /// `[] -> [function]`
    pub(super) fn generic_function(&mut self, def: &'a StmtFunctionDef, params: &'a TypeParams, line: u32) {
        let at = self.at;
        let parameters = &def.parameters;
        let mut positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let has_defaults = positional.any(|p| p.default.is_some());
        let has_kw_defaults = parameters.kwonlyargs.iter().any(|p| p.default.is_some());
        let n_arguments = u32::from(has_defaults) + u32::from(has_kw_defaults);
        self.open_hidden(params, &def.name.id, n_arguments);
        self.type_params(params);
        self.at = at;
        let mut flags = 0;
        for (is_there, flag, name) in
            [(has_defaults, make::DEFAULTS, DEFAULTS), (has_kw_defaults, make::KW_DEFAULTS, KW_DEFAULTS)]
        {
            if is_there {
                flags |= flag;
                self.load(Sym::new(name));
            }
        }
        flags |= self.annotations(parameters, def.returns.as_deref());
        let code = self.function_code(def, line);
        self.at = at;
        self.make_function(code, flags);
        self.set_type_params(params);
        self.call_hidden_with(
            |compiler| {
                compiler.defaults(parameters);
            },
            n_arguments,
        );
    }

    /// `[] -> [class]`
    pub(super) fn generic_class(&mut self, class: &'a StmtClassDef, params: &'a TypeParams, line: u32) {
        let at = self.at;
        self.open_hidden(params, &class.name.id, 0);
        self.type_params(params);
        self.at = at;
        self.emit(Op::LoadBuildClass);
        self.emit(Op::PushNull);
        let code: Rc<Code> = self.class_body(class, line);
        self.at = at;
        self.make_function(code, 0);
        self.constant(Const::Str(class.name.id.as_str().into()));
        // The base `Generic[T]` comes last, so the bases are spread whatever they are.
        self.emit(Op::BuildList(2));
        let (args, keywords) = match class.arguments.as_deref() {
            Some(arguments) => (&arguments.args[..], &arguments.keywords[..]),
            None => (&[][..], &[][..]),
        };
        self.extend_list(args);
        self.generics_helper("generic");
        self.type_params_tuple(params);
        self.emit(Op::Call(1));
        self.emit(Op::ListAppend(1));
        self.emit(Op::ListToTuple);
        self.call_keywords(keywords);
        self.set_type_params(params);
        self.call_hidden_with(|_| (), 0);
    }

    /// `type X = …`
    pub(super) fn type_alias(&mut self, alias: &'a StmtTypeAlias) {
        let Expr::Name(name) = &*alias.name else {
            return self.error(alias.name.range(), "invalid syntax");
        };
        let at = self.at;
        if let Some(params) = &alias.type_params {
            self.open_hidden(params, &name.id, 0);
            self.type_params(params);
            self.at = at;
        }
        self.generics_helper("alias");
        self.constant(Const::Str(name.id.as_str().into()));
        match &alias.type_params {
            Some(params) => self.type_params_tuple(params),
            None => self.emit(Op::BuildTuple(0)),
        }
        self.thunk(scope_of(&alias.node_index), &name.id, &alias.value);
        self.load(Sym::new("__name__"));
        self.emit(Op::Call(4));
        if alias.type_params.is_some() {
            self.call_hidden_with(|_| (), 0);
        }
        let name = self.mangled(&name.id);
        self.store(name);
    }

    /// Ends the hidden function, which returns what is on its stack, and calls it with what `arguments` leaves.
    fn call_hidden_with(&mut self, arguments: impl FnOnce(&mut Self), n_arguments: u32) {
        let at = self.at;
        self.emit(Op::Return);
        let code = self.finish_unit(false);
        self.make_function(code, 0);
        self.emit(Op::PushNull);
        arguments(self);
        self.at = at;
        self.emit(Op::Call(n_arguments));
    }
}
