//! The syntax tree of a text as plain values, of which the library's `ast` makes its nodes.
//!
//! A node is a tuple of its class's name, its place or `None`, and its fields in the order of `Parser/Python.asdl`;
//! a place is `(line, column, last line, last column)`, columns in bytes of UTF-8. Lists are lists, identifiers
//! and constants themselves. Where Ruff's tree says more or less than CPython's, this file is the difference.

use ruff_python_ast::{
    Alias, Arguments, BoolOp, CmpOp, Comprehension, ConversionFlag, ElifElseClause, ExceptHandler, Expr, ExprContext,
    FStringPart, Identifier, InterpolatedStringElement, Number, Operator, Parameter, ParameterWithDefault, Parameters,
    Pattern, Singleton, Stmt, StringLiteral, TypeParam, TypeParams, UnaryOp,
};
use ruff_text_size::{Ranged, TextRange};

use super::compile::{Purpose, after_decorators, constant_of};
use super::diagnostic::Diagnostic;
use super::object::{Data, Obj};
use super::parse::{Lines, parse};
use super::unit::value_of;
use super::value::Value;
use super::vm::Vm;

/// The tree of a text: of a module, or of the one expression that the text is.
///
/// # Errors
/// What the parser says against the text.
pub fn tree(vm: &Vm, text: &str, purpose: Purpose) -> Result<Value, Vec<Diagnostic>> {
    let lines = Lines::new(text);
    let module = parse(text, &lines, purpose, vm.options.version)?;
    let walk = Walk { vm, text, lines: &lines };
    Ok(match (&purpose, &module.body[..]) {
        (Purpose::Eval, [Stmt::Expr(statement)]) => node("Expression", Value::None, vec![walk.expr(&statement.value)]),
        (Purpose::Single, body) => node("Interactive", Value::None, vec![walk.body(body)]),
        (_, body) => node("Module", Value::None, vec![walk.body(body), Value::list(Vec::new())]),
    })
}

fn node(name: &str, place: Value, fields: Vec<Value>) -> Value {
    Value::tuple([Value::str(name), place].into_iter().chain(fields))
}

/// A node that says only what it is: an operator, a context.
fn word(name: &str) -> Value {
    node(name, Value::None, Vec::new())
}

fn names(names: &[Identifier]) -> Value {
    Value::list(names.iter().map(identifier).collect())
}

fn identifier(name: &Identifier) -> Value {
    Value::str(name.id.as_str())
}

fn maybe_identifier(name: Option<&Identifier>) -> Value {
    name.map_or(Value::None, identifier)
}

fn context(ctx: ExprContext) -> Value {
    word(match ctx {
        ExprContext::Store => "Store",
        ExprContext::Del => "Del",
        ExprContext::Load | ExprContext::Invalid => "Load",
    })
}

fn operator(op: Operator) -> Value {
    word(match op {
        Operator::Add => "Add",
        Operator::Sub => "Sub",
        Operator::Mult => "Mult",
        Operator::MatMult => "MatMult",
        Operator::Div => "Div",
        Operator::Mod => "Mod",
        Operator::Pow => "Pow",
        Operator::LShift => "LShift",
        Operator::RShift => "RShift",
        Operator::BitOr => "BitOr",
        Operator::BitXor => "BitXor",
        Operator::BitAnd => "BitAnd",
        Operator::FloorDiv => "FloorDiv",
    })
}

fn comparison(op: CmpOp) -> Value {
    word(match op {
        CmpOp::Eq => "Eq",
        CmpOp::NotEq => "NotEq",
        CmpOp::Lt => "Lt",
        CmpOp::LtE => "LtE",
        CmpOp::Gt => "Gt",
        CmpOp::GtE => "GtE",
        CmpOp::Is => "Is",
        CmpOp::IsNot => "IsNot",
        CmpOp::In => "In",
        CmpOp::NotIn => "NotIn",
    })
}

struct Walk<'a> {
    vm: &'a Vm,
    text: &'a str,
    lines: &'a Lines,
}

impl Walk<'_> {
    fn at(&self, range: TextRange) -> Value {
        let place = self.lines.position(range);
        let numbers = [place.line, place.col, place.end_line, place.end_col];
        Value::tuple(numbers.map(|number| Value::Int(number.into())))
    }

    fn body(&self, body: &[Stmt]) -> Value {
        Value::list(body.iter().map(|stmt| self.stmt(stmt)).collect())
    }

    fn exprs<'e>(&self, exprs: impl IntoIterator<Item = &'e Expr>) -> Value {
        Value::list(exprs.into_iter().map(|expr| self.expr(expr)).collect())
    }

    fn maybe(&self, expr: Option<&Expr>) -> Value {
        expr.map_or(Value::None, |expr| self.expr(expr))
    }

    fn stmt(&self, stmt: &Stmt) -> Value {
        let range = match stmt {
            Stmt::FunctionDef(def) => after_decorators(self.text, def.range, &def.decorator_list),
            Stmt::ClassDef(def) => after_decorators(self.text, def.range, &def.decorator_list),
            _ => stmt.range(),
        };
        let (name, fields) = self.statement(stmt);
        node(name, self.at(range), fields)
    }

    fn statement(&self, stmt: &Stmt) -> (&'static str, Vec<Value>) {
        match stmt {
            Stmt::FunctionDef(def) => (
                if def.is_async { "AsyncFunctionDef" } else { "FunctionDef" },
                vec![
                    identifier(&def.name),
                    self.parameters(Some(&def.parameters)),
                    self.body(&def.body),
                    self.exprs(def.decorator_list.iter().map(|decorator| &decorator.expression)),
                    self.maybe(def.returns.as_deref()),
                    Value::None,
                    self.type_params(def.type_params.as_deref()),
                ],
            ),
            Stmt::ClassDef(def) => {
                let (bases, keywords) = self.arguments(def.arguments.as_deref());
                let decorators = self.exprs(def.decorator_list.iter().map(|decorator| &decorator.expression));
                let type_params = self.type_params(def.type_params.as_deref());
                (
                    "ClassDef",
                    vec![identifier(&def.name), bases, keywords, self.body(&def.body), decorators, type_params],
                )
            }
            Stmt::Return(stmt) => ("Return", vec![self.maybe(stmt.value.as_deref())]),
            Stmt::Delete(stmt) => ("Delete", vec![self.exprs(&stmt.targets)]),
            Stmt::TypeAlias(stmt) => (
                "TypeAlias",
                vec![self.expr(&stmt.name), self.type_params(stmt.type_params.as_deref()), self.expr(&stmt.value)],
            ),
            Stmt::Assign(stmt) => ("Assign", vec![self.exprs(&stmt.targets), self.expr(&stmt.value), Value::None]),
            Stmt::AugAssign(stmt) => {
                ("AugAssign", vec![self.expr(&stmt.target), operator(stmt.op), self.expr(&stmt.value)])
            }
            Stmt::AnnAssign(stmt) => (
                "AnnAssign",
                vec![
                    self.expr(&stmt.target),
                    self.expr(&stmt.annotation),
                    self.maybe(stmt.value.as_deref()),
                    Value::Int(stmt.simple.into()),
                ],
            ),
            Stmt::For(stmt) => (
                if stmt.is_async { "AsyncFor" } else { "For" },
                vec![
                    self.expr(&stmt.target),
                    self.expr(&stmt.iter),
                    self.body(&stmt.body),
                    self.body(&stmt.orelse),
                    Value::None,
                ],
            ),
            Stmt::While(stmt) => ("While", vec![self.expr(&stmt.test), self.body(&stmt.body), self.body(&stmt.orelse)]),
            Stmt::If(stmt) => {
                ("If", vec![self.expr(&stmt.test), self.body(&stmt.body), self.clauses(&stmt.elif_else_clauses)])
            }
            Stmt::With(stmt) => {
                let item = |item: &ruff_python_ast::WithItem| {
                    let optional = self.maybe(item.optional_vars.as_deref());
                    node("withitem", Value::None, vec![self.expr(&item.context_expr), optional])
                };
                let items = Value::list(stmt.items.iter().map(item).collect());
                (if stmt.is_async { "AsyncWith" } else { "With" }, vec![items, self.body(&stmt.body), Value::None])
            }
            Stmt::Match(stmt) => {
                let case = |case: &ruff_python_ast::MatchCase| {
                    let guard = self.maybe(case.guard.as_deref());
                    node("match_case", Value::None, vec![self.pattern(&case.pattern), guard, self.body(&case.body)])
                };
                ("Match", vec![self.expr(&stmt.subject), Value::list(stmt.cases.iter().map(case).collect())])
            }
            Stmt::Raise(stmt) => ("Raise", vec![self.maybe(stmt.exc.as_deref()), self.maybe(stmt.cause.as_deref())]),
            Stmt::Try(stmt) => {
                let handler = |ExceptHandler::ExceptHandler(handler): &ExceptHandler| {
                    let name = maybe_identifier(handler.name.as_ref());
                    let fields = vec![self.maybe(handler.type_.as_deref()), name, self.body(&handler.body)];
                    node("ExceptHandler", self.at(handler.range), fields)
                };
                let handlers = Value::list(stmt.handlers.iter().map(handler).collect());
                (
                    if stmt.is_star { "TryStar" } else { "Try" },
                    vec![self.body(&stmt.body), handlers, self.body(&stmt.orelse), self.body(&stmt.finalbody)],
                )
            }
            Stmt::Assert(stmt) => ("Assert", vec![self.expr(&stmt.test), self.maybe(stmt.msg.as_deref())]),
            Stmt::Import(stmt) => ("Import", vec![self.aliases(&stmt.names)]),
            Stmt::ImportFrom(stmt) => (
                "ImportFrom",
                vec![maybe_identifier(stmt.module.as_ref()), self.aliases(&stmt.names), Value::Int(stmt.level.into())],
            ),
            Stmt::Global(stmt) => ("Global", vec![names(&stmt.names)]),
            Stmt::Nonlocal(stmt) => ("Nonlocal", vec![names(&stmt.names)]),
            Stmt::Expr(stmt) => ("Expr", vec![self.expr(&stmt.value)]),
            Stmt::Pass(_) => ("Pass", vec![]),
            Stmt::Break(_) => ("Break", vec![]),
            Stmt::Continue(_) => ("Continue", vec![]),
            Stmt::IpyEscapeCommand(_) => unreachable!("no mode of ours has escapes of IPython"),
        }
    }

    /// `elif` and `else`: each `elif` is an `if` in the `else` of the one before.
    fn clauses(&self, clauses: &[ElifElseClause]) -> Value {
        let Some((first, rest)) = clauses.split_first() else { return Value::list(Vec::new()) };
        let Some(test) = &first.test else { return self.body(&first.body) };
        let end = clauses.last().map_or(first.range.end(), |last| last.range.end());
        let fields = vec![self.expr(test), self.body(&first.body), self.clauses(rest)];
        Value::list(vec![node("If", self.at(TextRange::new(first.range.start(), end)), fields)])
    }

    fn aliases(&self, aliases: &[Alias]) -> Value {
        let alias = |alias: &Alias| {
            let fields = vec![identifier(&alias.name), maybe_identifier(alias.asname.as_ref())];
            node("alias", self.at(alias.range), fields)
        };
        Value::list(aliases.iter().map(alias).collect())
    }

    fn arguments(&self, arguments: Option<&Arguments>) -> (Value, Value) {
        let Some(arguments) = arguments else { return (Value::list(Vec::new()), Value::list(Vec::new())) };
        let keyword = |keyword: &ruff_python_ast::Keyword| {
            let fields = vec![maybe_identifier(keyword.arg.as_ref()), self.expr(&keyword.value)];
            node("keyword", self.at(keyword.range), fields)
        };
        let args = match &arguments.args[..] {
            // A generator that is the only argument has the brackets of the call as its own.
            [only @ Expr::Generator(generator)] if !generator.parenthesized => {
                Value::list(vec![self.expr_at(only, arguments.range)])
            }
            args => self.exprs(args),
        };
        (args, Value::list(arguments.keywords.iter().map(keyword).collect()))
    }

    fn parameters(&self, parameters: Option<&Parameters>) -> Value {
        let parameter = |parameter: &Parameter| {
            let annotation = self.maybe(parameter.annotation.as_deref());
            node("arg", self.at(parameter.range), vec![identifier(&parameter.name), annotation, Value::None])
        };
        let list = |list: &[ParameterWithDefault]| Value::list(list.iter().map(|p| parameter(&p.parameter)).collect());
        let single = |single: &Option<Box<Parameter>>| single.as_deref().map_or(Value::None, parameter);
        let empty = Parameters::default();
        let parameters = parameters.unwrap_or(&empty);
        let defaults = parameters.posonlyargs.iter().chain(&parameters.args).filter_map(|p| p.default.as_deref());
        let keyword_defaults = parameters.kwonlyargs.iter().map(|p| self.maybe(p.default.as_deref()));
        node(
            "arguments",
            Value::None,
            vec![
                list(&parameters.posonlyargs),
                list(&parameters.args),
                single(&parameters.vararg),
                list(&parameters.kwonlyargs),
                Value::list(keyword_defaults.collect()),
                single(&parameters.kwarg),
                self.exprs(defaults),
            ],
        )
    }

    fn type_params(&self, params: Option<&TypeParams>) -> Value {
        let param = |param: &TypeParam| {
            let has_default = self.vm.options.version >= (3, 13);
            let (kind, name, bound, default) = match param {
                TypeParam::TypeVar(p) => ("TypeVar", &p.name, Some(self.maybe(p.bound.as_deref())), &p.default),
                TypeParam::TypeVarTuple(p) => ("TypeVarTuple", &p.name, None, &p.default),
                TypeParam::ParamSpec(p) => ("ParamSpec", &p.name, None, &p.default),
            };
            let default = has_default.then(|| self.maybe(default.as_deref()));
            let fields = std::iter::once(identifier(name)).chain(bound).chain(default);
            node(kind, self.at(param.range()), fields.collect())
        };
        Value::list(params.map_or(Vec::new(), |params| params.iter().map(param).collect()))
    }

    fn expr(&self, expr: &Expr) -> Value {
        self.expr_at(expr, expr.range())
    }

    fn expr_at(&self, expr: &Expr, range: TextRange) -> Value {
        let (name, fields) = self.expression(expr);
        node(name, self.at(range), fields)
    }

    fn expression(&self, expr: &Expr) -> (&'static str, Vec<Value>) {
        let constant = |value: Value| ("Constant", vec![value, Value::None]);
        match expr {
            Expr::BoolOp(e) => {
                let op = word(if e.op == BoolOp::And { "And" } else { "Or" });
                ("BoolOp", vec![op, self.exprs(&e.values)])
            }
            Expr::Named(e) => ("NamedExpr", vec![self.expr(&e.target), self.expr(&e.value)]),
            Expr::BinOp(e) => ("BinOp", vec![self.expr(&e.left), operator(e.op), self.expr(&e.right)]),
            Expr::UnaryOp(e) => {
                let op = word(match e.op {
                    UnaryOp::Invert => "Invert",
                    UnaryOp::Not => "Not",
                    UnaryOp::UAdd => "UAdd",
                    UnaryOp::USub => "USub",
                });
                ("UnaryOp", vec![op, self.expr(&e.operand)])
            }
            Expr::Lambda(e) => ("Lambda", vec![self.parameters(e.parameters.as_deref()), self.expr(&e.body)]),
            Expr::If(e) => ("IfExp", vec![self.expr(&e.test), self.expr(&e.body), self.expr(&e.orelse)]),
            Expr::Dict(e) => {
                let keys = e.items.iter().map(|item| self.maybe(item.key.as_ref())).collect();
                ("Dict", vec![Value::list(keys), self.exprs(e.items.iter().map(|item| &item.value))])
            }
            Expr::Set(e) => ("Set", vec![self.exprs(&e.elts)]),
            Expr::ListComp(e) => ("ListComp", vec![self.expr(&e.elt), self.generators(&e.generators)]),
            Expr::SetComp(e) => ("SetComp", vec![self.expr(&e.elt), self.generators(&e.generators)]),
            Expr::DictComp(e) => {
                let key = self.maybe(e.key.as_deref());
                ("DictComp", vec![key, self.expr(&e.value), self.generators(&e.generators)])
            }
            Expr::Generator(e) => ("GeneratorExp", vec![self.expr(&e.elt), self.generators(&e.generators)]),
            Expr::Await(e) => ("Await", vec![self.expr(&e.value)]),
            Expr::Yield(e) => ("Yield", vec![self.maybe(e.value.as_deref())]),
            Expr::YieldFrom(e) => ("YieldFrom", vec![self.expr(&e.value)]),
            Expr::Compare(e) => {
                let ops = Value::list(e.ops.iter().map(|&op| comparison(op)).collect());
                ("Compare", vec![self.expr(&e.left), ops, self.exprs(&e.comparators)])
            }
            Expr::Call(e) => {
                let (args, keywords) = self.arguments(Some(&e.arguments));
                ("Call", vec![self.expr(&e.func), args, keywords])
            }
            Expr::FString(e) => ("JoinedStr", vec![self.joined(e.value.iter(), e.range)]),
            Expr::StringLiteral(e) => {
                let first: Option<&StringLiteral> = e.value.iter().next();
                let has_u = first.is_some_and(|first| self.text[first.range].starts_with(['u', 'U']));
                let kind = if has_u { Value::str("u") } else { Value::None };
                ("Constant", vec![Value::str(e.value.to_str()), kind])
            }
            Expr::NumberLiteral(e) => constant(match &e.value {
                Number::Complex { real, imag } => Obj::value(&self.vm.types.complex, Data::Complex(*real, *imag)),
                Number::Int(_) | Number::Float(_) => constant_of(expr).map_or(Value::None, |value| value_of(&value)),
            }),
            Expr::BytesLiteral(_) | Expr::BooleanLiteral(_) | Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) => {
                constant(constant_of(expr).map_or(Value::None, |value| value_of(&value)))
            }
            Expr::Attribute(e) => ("Attribute", vec![self.expr(&e.value), identifier(&e.attr), context(e.ctx)]),
            Expr::Subscript(e) => ("Subscript", vec![self.expr(&e.value), self.expr(&e.slice), context(e.ctx)]),
            Expr::Starred(e) => ("Starred", vec![self.expr(&e.value), context(e.ctx)]),
            Expr::Name(e) => ("Name", vec![Value::str(e.id.as_str()), context(e.ctx)]),
            Expr::List(e) => ("List", vec![self.exprs(&e.elts), context(e.ctx)]),
            Expr::Tuple(e) => ("Tuple", vec![self.exprs(&e.elts), context(e.ctx)]),
            Expr::Slice(e) => {
                let part = |part: &Option<Box<Expr>>| self.maybe(part.as_deref());
                ("Slice", vec![part(&e.lower), part(&e.upper), part(&e.step)])
            }
            Expr::TString(_) | Expr::IpyEscapeCommand(_) => unreachable!("the parser refuses these up to 3.13"),
        }
    }

    fn generators(&self, generators: &[Comprehension]) -> Value {
        let generator = |part: &Comprehension| {
            let fields = vec![
                self.expr(&part.target),
                self.expr(&part.iter),
                self.exprs(&part.ifs),
                Value::Int(part.is_async.into()),
            ];
            node("comprehension", Value::None, fields)
        };
        Value::list(generators.iter().map(generator).collect())
    }

    /// The values of an f-string. Text between two fields is one constant, whatever it is written in.
    fn joined<'e>(&self, parts: impl Iterator<Item = &'e FStringPart>, whole: TextRange) -> Value {
        let mut pieces = Pieces { values: Vec::new(), text: String::new(), place: self.at(whole) };
        for part in parts {
            match part {
                FStringPart::Literal(literal) => pieces.text.push_str(&literal.value),
                FStringPart::FString(inner) => self.elements(&inner.elements, &mut pieces, whole),
            }
        }
        pieces.into_list()
    }

    fn elements(&self, elements: &[InterpolatedStringElement], pieces: &mut Pieces, whole: TextRange) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => pieces.text.push_str(&literal.value),
                InterpolatedStringElement::Interpolation(field) => {
                    if let Some(debug) = &field.debug_text {
                        pieces.text.push_str(debug.as_str());
                    }
                    pieces.flush();
                    let conversion = match field.conversion {
                        ConversionFlag::None if field.debug_text.is_some() && field.format_spec.is_none() => {
                            ConversionFlag::Repr
                        }
                        other => other,
                    };
                    let spec = field.format_spec.as_deref().map_or(Value::None, |spec| {
                        let mut inner = Pieces { values: Vec::new(), text: String::new(), place: self.at(whole) };
                        self.elements(&spec.elements, &mut inner, whole);
                        node("JoinedStr", self.at(whole), vec![inner.into_list()])
                    });
                    let fields = vec![self.expr(&field.expression), Value::Int(conversion as i64), spec];
                    pieces.values.push(node("FormattedValue", self.at(whole), fields));
                }
            }
        }
    }

    fn patterns<'p>(&self, patterns: impl IntoIterator<Item = &'p Pattern>) -> Value {
        Value::list(patterns.into_iter().map(|pattern| self.pattern(pattern)).collect())
    }

    fn pattern(&self, pattern: &Pattern) -> Value {
        let (name, fields) = match pattern {
            Pattern::MatchValue(p) => ("MatchValue", vec![self.expr(&p.value)]),
            Pattern::MatchSingleton(p) => (
                "MatchSingleton",
                vec![match p.value {
                    Singleton::None => Value::None,
                    Singleton::True => Value::bool(true),
                    Singleton::False => Value::bool(false),
                }],
            ),
            Pattern::MatchSequence(p) => ("MatchSequence", vec![self.patterns(&p.patterns)]),
            Pattern::MatchMapping(p) => {
                let rest = maybe_identifier(p.rest.as_ref());
                ("MatchMapping", vec![self.exprs(&p.keys), self.patterns(&p.patterns), rest])
            }
            Pattern::MatchClass(p) => {
                let keywords = &p.arguments.keywords;
                (
                    "MatchClass",
                    vec![
                        self.expr(&p.cls),
                        self.patterns(&p.arguments.patterns),
                        Value::list(keywords.iter().map(|keyword| identifier(&keyword.attr)).collect()),
                        self.patterns(keywords.iter().map(|keyword| &keyword.pattern)),
                    ],
                )
            }
            Pattern::MatchStar(p) => ("MatchStar", vec![maybe_identifier(p.name.as_ref())]),
            Pattern::MatchAs(p) => {
                let inner = p.pattern.as_deref().map_or(Value::None, |inner| self.pattern(inner));
                ("MatchAs", vec![inner, maybe_identifier(p.name.as_ref())])
            }
            Pattern::MatchOr(p) => ("MatchOr", vec![self.patterns(&p.patterns)]),
        };
        node(name, self.at(pattern.range()), fields)
    }
}

/// The values of an f-string so far, and text still to come.
struct Pieces {
    values: Vec<Value>,
    text: String,
    /// Of the whole literal: CPython 3.11 gives it to every part.
    place: Value,
}

impl Pieces {
    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = Value::string(std::mem::take(&mut self.text));
            self.values.push(node("Constant", self.place.clone(), vec![text, Value::None]));
        }
    }

    fn into_list(mut self) -> Value {
        self.flush();
        Value::list(self.values)
    }
}
