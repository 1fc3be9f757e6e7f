//! Which block of a text owns which name: the pass before compilation, as CPython's `symtable.c`.
//!
//! Every block (module, class, function, lambda, comprehension) gets a [`Scope`]; its number is written
//! into the syntax node, where the compiler finds it again.

use std::rc::Rc;

use indexmap::IndexMap;
use ruff_python_ast::{AtomicNodeIndex, NodeIndex};
use ruff_text_size::TextRange;
use rustc_hash::FxBuildHasher;

use crate::python::name::Sym;

/// What kind of block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    /// The whole text.
    Module,
    /// A class body.
    Class,
    /// A `def` or `async def`.
    Function {
        /// `async def`
        is_async: bool,
    },
    /// A `lambda`.
    Lambda,
    /// The hidden function that holds the type parameters of a definition.
    TypeParams,
    /// A comprehension or generator expression.
    Comprehension(Comp),
}

/// The four comprehensions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comp {
    /// `[…]`
    List,
    /// `{…}`
    Set,
    /// `{…: …}`
    Dict,
    /// `(…)`
    Generator,
}

impl ScopeKind {
    /// Has slots: everything but modules and classes.
    pub fn is_function(self) -> bool {
        !matches!(self, ScopeKind::Module | ScopeKind::Class)
    }
}

/// Where a name of a block lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Bound here: a slot in functions, the namespace in classes and modules.
    Local,
    /// Bound here and used by an inner block.
    Cell,
    /// Bound in an enclosing function.
    Free,
    /// Declared `global`.
    GlobalDeclared,
    /// Bound nowhere around: the module's, or a builtin.
    GlobalAssumed,
}

/// What a block does with a name.
#[derive(Clone, Copy, Debug)]
pub struct Symbol {
    /// The sum of [`uses`].
    pub uses: u16,
    /// Where it lives; known after [`Scopes::resolve`].
    pub place: Place,
    /// Where it was declared `nonlocal` or `global`.
    pub declared: TextRange,
}

/// Bits of [`Symbol::uses`].
pub mod uses {
    /// Assigned, imported, defined, deleted …
    pub const BOUND: u16 = 1;
    /// Read.
    pub const READ: u16 = 2;
    /// A parameter.
    pub const PARAM: u16 = 4;
    /// Declared `global`.
    pub const GLOBAL: u16 = 8;
    /// Declared `nonlocal`.
    pub const NONLOCAL: u16 = 16;
    /// Annotated.
    pub const ANNOTATED: u16 = 32;
    /// The iteration variable of a comprehension.
    pub const ITERATED: u16 = 64;
    /// Passes through a class body to an inner block, whatever the class itself does with the name.
    pub const PASSES: u16 = 128;
}

/// One block.
pub struct Scope {
    /// What it is.
    pub kind: ScopeKind,
    /// The block around it.
    pub parent: Option<u32>,
    /// Its names in order of appearance.
    pub symbols: IndexMap<Sym, Symbol, FxBuildHasher>,
    /// Parameters in the order of slots.
    pub params: Vec<Sym>,
    /// The class whose private names (`__x`) are mangled here.
    pub private: Option<Rc<str>>,
    /// Contains `yield`.
    pub is_generator: bool,
    /// `async def`, or a comprehension that awaits.
    pub is_coroutine: bool,
    /// Contains an annotated variable.
    pub has_annotations: bool,
    /// First `return` with a value.
    pub returns_value: Option<TextRange>,
    /// A class whose methods use `__class__` or `super`.
    pub needs_class_cell: bool,
    /// Only in a comprehension: the depth of iterable expressions being visited.
    pub in_iterable: u32,
}

/// All blocks of a text; number 0 is the module.
pub struct Scopes {
    /// By number.
    pub all: Vec<Scope>,
}

/// `__x` in class `C` is `_C__x`.
pub fn mangle(private: Option<&str>, name: &str) -> Sym {
    if let Some(class) = private
        && name.starts_with("__")
        && !name.ends_with("__")
        && !name.contains('.')
    {
        let class = class.trim_start_matches('_');
        if !class.is_empty() {
            return Sym::new(&format!("_{class}{name}"));
        }
    }
    Sym::new(name)
}

/// The scope of a node.
pub fn scope_of(index: &AtomicNodeIndex) -> u32 {
    index.load().as_u32().expect("the scope pass has seen the node")
}

impl Scopes {
    /// Adds a block and writes its number into the node.
    pub fn add(&mut self, kind: ScopeKind, parent: Option<u32>, node: &AtomicNodeIndex) -> u32 {
        let number = self.all.len() as u32;
        node.set(NodeIndex::from(number));
        let private = parent.and_then(|p| self.all[p as usize].private.clone());
        self.all.push(Scope {
            kind,
            parent,
            symbols: IndexMap::default(),
            params: Vec::new(),
            private,
            is_generator: false,
            is_coroutine: kind == ScopeKind::Function { is_async: true },
            has_annotations: false,
            returns_value: None,
            needs_class_cell: false,
            in_iterable: 0,
        });
        number
    }

    /// Finds the home of every name. Complaints are about `nonlocal` names bound nowhere.
    pub fn resolve(&mut self) -> Vec<(TextRange, String)> {
        let mut errors = Vec::new();
        for scope in 0..self.all.len() {
            for index in 0..self.all[scope].symbols.len() {
                let (&name, &symbol) = self.all[scope].symbols.get_index(index).expect("in range");
                if symbol.place == Place::Cell || symbol.uses & !uses::PASSES == 0 {
                    continue;
                }
                let place = if symbol.uses & uses::GLOBAL != 0 {
                    Place::GlobalDeclared
                } else if symbol.uses & uses::NONLOCAL != 0 {
                    if self.capture(scope, name) {
                        Place::Free
                    } else {
                        errors.push((symbol.declared, format!("no binding for nonlocal '{name}' found")));
                        Place::Local
                    }
                } else if symbol.uses & (uses::BOUND | uses::PARAM) != 0 {
                    Place::Local
                } else if self.capture(scope, name) {
                    Place::Free
                } else {
                    Place::GlobalAssumed
                };
                self.all[scope].symbols[index].place = place;
            }
        }
        errors
    }

    /// Looks for a function around `scope` that binds the name; makes it a cell there and free in between.
    fn capture(&mut self, scope: usize, name: Sym) -> bool {
        let mut between = Vec::new();
        let mut at = self.all[scope].parent;
        let is_class_cell = &*name.text() == "__class__";
        while let Some(number) = at {
            let outer = &mut self.all[number as usize];
            if outer.kind.is_function() {
                if let Some(symbol) = outer.symbols.get_mut(&name) {
                    if symbol.uses & uses::GLOBAL != 0 {
                        return false;
                    }
                    if symbol.uses & uses::NONLOCAL == 0 && symbol.uses & (uses::BOUND | uses::PARAM) != 0 {
                        symbol.place = Place::Cell;
                        break;
                    }
                }
            } else if outer.kind == ScopeKind::Class && is_class_cell {
                outer.needs_class_cell = true;
                break;
            } else if outer.kind == ScopeKind::Module {
                return false;
            }
            between.push(number);
            at = outer.parent;
        }
        if at.is_none() {
            return false;
        }
        for number in between {
            let outer = &mut self.all[number as usize];
            let is_class = outer.kind == ScopeKind::Class;
            let symbol = outer.symbols.entry(name).or_insert(Symbol {
                uses: 0,
                place: Place::Free,
                declared: TextRange::default(),
            });
            if is_class {
                symbol.uses |= uses::PASSES;
            } else {
                symbol.place = Place::Free;
            }
        }
        true
    }

    /// The free variables of a block, in the order of its closure.
    pub fn free_names(&self, scope: u32) -> Vec<Sym> {
        let mut names: Vec<Sym> = self.all[scope as usize]
            .symbols
            .iter()
            .filter(|(_, s)| s.place == Place::Free || s.uses & uses::PASSES != 0)
            .map(|(&name, _)| name)
            .collect();
        names.sort_by_key(|name| name.text());
        names
    }
}
