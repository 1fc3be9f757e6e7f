//! From a text to [`Code`].
//!
//! Ruff's parser makes the tree, [`symtable`] finds out which block owns which name, then one walk over the
//! tree writes operations. The places of operations are CPython 3.11's, so that tracebacks underline the
//! same words; `for` underlines its iterable since 3.12 only.

use std::rc::Rc;

use ruff_python_ast::{Expr, ModModule, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::code::{Code, Const, Op, Position, Source};
use super::diagnostic::{Diagnostic, DiagnosticKind};
use super::name::Sym;
use super::parse::{Lines, parse};

mod assign;
mod block;
mod call;
mod comprehension;
mod condition;
pub mod dis;
pub mod effect;
mod emit;
mod expr;
mod fold;
mod fstring;
mod function;
pub mod fuse;
mod generics;
mod hint;
mod names;
mod pattern;
mod scope;
mod stmt;
pub mod suspicions;
mod symtable;
#[cfg(test)]
mod tests;
mod try_stmt;
pub mod verify;

use emit::Unit;
pub use fold::fold as constant_of;
pub use function::after_decorators;
use scope::{ScopeKind, Scopes};

/// A name inside a class: `__x` in class `C` is `_C__x`.
pub fn mangled(class: &str, name: &str) -> Sym {
    scope::mangle(Some(class), name)
}

/// What a text is to become.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// The body of a module, whose names live in one namespace.
    Module,
    /// Statements for `exec`, which may have a namespace for locals beside that for globals.
    Exec,
    /// One expression for `eval`.
    Eval,
    /// A statement typed at a prompt: the values of its expressions are shown.
    Single,
}

/// The newest version of Python whose syntax is known, for texts that no program's version restricts.
pub const NEWEST: (u32, u32) = (3, 14);

/// Compiles a module in the syntax of a version of Python.
///
/// # Errors
/// Everything wrong with the text; the first complaint is the one CPython would print.
pub fn compile_module(source: Rc<Source>, version: (u32, u32)) -> Result<Rc<Code>, Vec<Diagnostic>> {
    compile(source, Purpose::Module, version, true).map_err(|found| marked(found, version))
}

/// Compiles the argument of `exec`, `eval` or `compile`.
///
/// # Errors
/// As [`compile_module`].
pub fn compile_text(source: Rc<Source>, purpose: Purpose, version: (u32, u32)) -> Result<Rc<Code>, Vec<Diagnostic>> {
    compile(source, purpose, version, true).map_err(|found| marked(found, version))
}

/// Up to Python 3.9 a complaint has a place and no end.
fn marked(mut found: Vec<Diagnostic>, version: (u32, u32)) -> Vec<Diagnostic> {
    if ((3, 0)..(3, 10)).contains(&version) {
        found.iter_mut().for_each(|one| (one.end_line, one.end_col) = (one.line, one.col));
    }
    found
}

fn compile(
    source: Rc<Source>,
    purpose: Purpose,
    version: (u32, u32),
    fuses: bool,
) -> Result<Rc<Code>, Vec<Diagnostic>> {
    let lines = Lines::new(&source.text);
    let module = parse(&source.text, &lines, purpose, version)?;
    let string_annotations = source.is_library || imports_annotations(&module);
    let (scopes, errors) = symtable::scopes(&module, string_annotations);
    if !errors.is_empty() {
        let complain = |(at, message)| lines.diagnostic(DiagnosticKind::SyntaxError, at, message);
        return Err(errors.into_iter().map(complain).collect());
    }
    let mut compiler = Compiler {
        source: source.clone(),
        lines: &lines,
        scopes,
        units: Vec::new(),
        at: Position::default(),
        errors: Vec::new(),
        string_annotations,
        frameless: None,
        class_name: Sym::new("__class__"),
        fuses,
        purpose,
        version: if source.is_library { NEWEST } else { version },
    };
    let code = compiler.module(&module);
    if compiler.errors.is_empty() { Ok(code) } else { Err(compiler.errors) }
}

/// `from __future__ import annotations` stands at the start of the module.
fn imports_annotations(module: &ModModule) -> bool {
    module.body.iter().any(|stmt| match stmt {
        Stmt::ImportFrom(import) => {
            import.module.as_ref().is_some_and(|m| m.id.as_str() == "__future__")
                && import.names.iter().any(|alias| alias.name.id.as_str() == "annotations")
        }
        _ => false,
    })
}

/// `__frameless__ = ("f", "C")` in a library module: CPython has these definitions in C, or all of them (`"*"`). Their
/// functions, and those inside them, leave no entries in tracebacks.
fn frameless(stmt: &Stmt) -> Option<Vec<String>> {
    match stmt {
        Stmt::Assign(assign) => match (&assign.targets[..], &*assign.value) {
            ([Expr::Name(name)], Expr::Tuple(tuple)) if name.id.as_str() == "__frameless__" => {
                let text = |item: &Expr| item.as_string_literal_expr().map(|text| text.value.to_str().to_string());
                Some(tuple.elts.iter().filter_map(text).collect())
            }
            _ => None,
        },
        _ => None,
    }
}

/// The walk over the tree.
struct Compiler<'a> {
    source: Rc<Source>,
    lines: &'a Lines,
    scopes: Scopes,
    /// The code objects being written, innermost last.
    units: Vec<Unit<'a>>,
    /// Place of the operations being written.
    at: Position,
    errors: Vec<Diagnostic>,
    /// Annotations are kept as text and never evaluated.
    string_annotations: bool,
    /// See the function.
    frameless: Option<Vec<String>>,
    class_name: Sym,
    /// Whether operations are fused.
    fuses: bool,
    purpose: Purpose,
    /// Of Python; places of some operations differ.
    version: (u32, u32),
}

impl<'a> Compiler<'a> {
    fn unit(&mut self) -> &mut Unit<'a> {
        self.units.last_mut().expect("a unit is open")
    }

    fn kind(&self) -> ScopeKind {
        self.scopes.all[self.units.last().expect("a unit is open").scope as usize].kind
    }

    fn emit(&mut self, op: Op) {
        let at = self.at;
        self.unit().emit(op, at);
    }

    /// Operations from here on come from `range`; returns where they came from before.
    fn enter(&mut self, range: TextRange) -> Position {
        std::mem::replace(&mut self.at, self.lines.position(range))
    }

    fn constant(&mut self, value: Const) {
        let number = self.unit().constant(value);
        self.emit(Op::LoadConst(number));
    }

    fn none(&mut self) {
        self.constant(Const::None);
    }

    fn error(&mut self, at: TextRange, message: impl Into<String>) {
        self.unit().is_wrong = true;
        self.errors.push(self.lines.diagnostic(DiagnosticKind::SyntaxError, at, message));
    }

    fn unsupported(&mut self, at: TextRange, what: &str) {
        self.unit().is_wrong = true;
        self.errors.push(self.lines.diagnostic(
            DiagnosticKind::Unsupported,
            at,
            format!("{what} cannot be run here yet"),
        ));
    }

    fn module(&mut self, module: &'a ModModule) -> Rc<Code> {
        let name: Rc<str> = "<module>".into();
        self.units.push(Unit::new(0, name.clone(), name, 1));
        let declared = self.scopes.all[0].symbols.iter().filter(|(_, s)| s.place == scope::Place::GlobalDeclared);
        let declared: Vec<Sym> = declared.map(|(&name, _)| name).collect();
        self.unit().slots.extend(declared.into_iter().map(|name| (name, (scope::Place::GlobalDeclared, u32::MAX))));
        self.at = Position { line: 1, end_line: 1, col: 0, end_col: 0 };
        self.check_futures(module);
        if self.scopes.all[0].has_annotations {
            self.emit(Op::SetupAnnotations);
        }
        if let (Purpose::Eval, [Stmt::Expr(statement)]) = (self.purpose, &module.body[..]) {
            self.expr(&statement.value);
            self.emit(Op::Return);
            return self.finish_unit(false);
        }
        if let Some(doc) = docstring(&module.body) {
            self.enter(module.body[0].range());
            let doc = self.kept_doc(doc);
            self.constant(Const::Str(doc));
            self.store(Sym::new("__doc__"));
        }
        if self.source.is_library {
            self.frameless = module.body.iter().find_map(frameless);
        }
        for stmt in &module.body {
            if self.frameless.is_none() || frameless(stmt).is_none() {
                self.stmt(stmt);
            }
        }
        self.finish_unit(true)
    }

    /// `__future__` imports stand first and name known features.
    fn check_futures(&mut self, module: &'a ModModule) {
        const FEATURES: [&str; 10] = [
            "nested_scopes",
            "generators",
            "division",
            "absolute_import",
            "with_statement",
            "print_function",
            "unicode_literals",
            "barry_as_FLUFL",
            "generator_stop",
            "annotations",
        ];
        let mut is_start = true;
        for (i, stmt) in module.body.iter().enumerate() {
            match stmt {
                Stmt::ImportFrom(import) if import.module.as_ref().is_some_and(|m| m.id.as_str() == "__future__") => {
                    if !is_start {
                        self.error(stmt.range(), "from __future__ imports must occur at the beginning of the file");
                    }
                    for alias in &import.names {
                        let name = alias.name.id.as_str();
                        if name == "braces" {
                            self.error(TextRange::empty(stmt.start()), "not a chance");
                        } else if !FEATURES.contains(&name) {
                            let message = format!("future feature {name} is not defined");
                            self.error(TextRange::empty(stmt.start()), message);
                        }
                    }
                }
                Stmt::Expr(e) if i == 0 && e.value.is_string_literal_expr() => {}
                _ => is_start = false,
            }
        }
    }

    /// A docstring as the program will find it: from 3.13 on without the margin of the source.
    fn kept_doc(&self, doc: &str) -> Rc<str> {
        if self.version >= (3, 13) && !self.source.is_library { without_margin(doc).into() } else { doc.into() }
    }

    /// Ends a unit with `return None` where its end can be reached, and pops it.
    fn finish_unit(&mut self, returns_none: bool) -> Rc<Code> {
        if returns_none && !self.unit().is_dead() {
            self.none();
            self.emit(Op::Return);
        }
        let unit = self.units.pop().expect("a unit is open");
        if unit.has_too_many_caches() {
            self.errors.push(Diagnostic {
                is_line_cut: false,
                is_at_end: false,
                kind: DiagnosticKind::Unsupported,
                message: format!("{} has more than 65535 uses of globals and attributes", unit.qualname),
                line: unit.first_line,
                col: 0,
                end_line: unit.first_line,
                end_col: 0,
                is_by_parser: false,
                quoted: None,
                hint: Some("split it into functions".into()),
            });
        }
        let code = unit.finish(self.source.clone());
        Rc::new(if self.fuses { fuse::fuse(code) } else { code })
    }

    fn text(&self, range: TextRange) -> &str {
        &self.source.text[range]
    }
}

/// The text of a docstring, if the body starts with one.
fn docstring(body: &[Stmt]) -> Option<&str> {
    let Stmt::Expr(first) = body.first()? else { return None };
    let Expr::StringLiteral(string) = &*first.value else { return None };
    Some(string.value.to_str())
}

/// A docstring without the indentation that its lines have in common (`Python/compile.c`, `_PyCompile_CleanDoc`).
fn without_margin(doc: &str) -> String {
    let doc = with_spaces(doc);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines = doc.split('\n');
    let first = lines.next().unwrap_or("").trim_start_matches(' ');
    let is_blank = |line: &&str| line.trim_start_matches(' ').is_empty();
    let margin = lines.clone().filter(|line| !is_blank(line)).map(indent).min().unwrap_or(0);
    let mut out = first.to_string();
    for line in lines {
        out.push('\n');
        out.push_str(&line[indent(line).min(margin)..]);
    }
    out
}

/// Tabs as spaces up to the next eighth column.
fn with_spaces(text: &str) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for c in text.chars() {
        match c {
            '\t' => {
                let n = 8 - column % 8;
                out.extend(std::iter::repeat_n(' ', n));
                column += n;
            }
            _ => {
                out.push(c);
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
            }
        }
    }
    out
}
