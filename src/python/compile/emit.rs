//! One code object while it is being written: operations, labels, handlers, constants and names.
//!
//! The operand stack's height is followed as operations are written, so that handlers know how far to cut
//! it. Code that cannot be reached is not written.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use std::rc::Rc;

use super::effect::{effect, goes_on, jump, with_target};
use super::scope::Place;
use crate::python::code::{Code, Const, Handler, Op, Position, Source};
use crate::python::name::Sym;

/// A place in the code that operations jump to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label(u32);

struct LabelState {
    /// `None` until bound.
    at: Option<u32>,
    /// Height of the operand stack there; `None` while nothing goes there.
    depth: Option<u32>,
}

/// A `try`, `with` or cleanup that covers operations.
#[derive(Clone, Copy, Debug)]
struct Cover {
    target: Label,
    depth: u32,
}

const UNCOVERED: u32 = u32::MAX;

/// Constants that are the same are stored once.
#[derive(PartialEq, Eq, Hash)]
enum ConstKey {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    Float(u64),
    Str(Rc<str>),
    Bytes(Rc<[u8]>),
    Names(Vec<ConstKey>),
}

impl ConstKey {
    fn of(value: &Const) -> Option<ConstKey> {
        Some(match value {
            Const::None => ConstKey::None,
            Const::Ellipsis => ConstKey::Ellipsis,
            Const::Bool(b) => ConstKey::Bool(*b),
            Const::Int(i) => ConstKey::Int(*i),
            Const::Float(f) => ConstKey::Float(f.to_bits()),
            Const::Str(s) => ConstKey::Str(s.clone()),
            Const::Bytes(b) => ConstKey::Bytes(b.clone()),
            Const::Tuple(items) => ConstKey::Names(items.iter().map(ConstKey::of).collect::<Option<_>>()?),
            Const::Big(_) | Const::FrozenSet(_) | Const::Code(_) => return None,
        })
    }
}

/// What surrounds the statement being compiled and must be left in order by `break`, `continue`, `return`.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// What it is.
    pub kind: BlockKind<'a>,
    /// How many covers are active outside of it.
    pub covers: usize,
}

/// See [`Block`].
#[derive(Clone, Copy, Debug)]
pub enum BlockKind<'a> {
    /// A loop; `for` keeps its iterator on the stack.
    Loop {
        /// Where `continue` goes.
        head: Label,
        /// Where `break` goes.
        end: Label,
        /// Whether an iterator is on the stack.
        has_iterator: bool,
    },
    /// The body of a `try` with a `finally`.
    Finally(&'a [ruff_python_ast::Stmt]),
    /// The `finally` body that an exception runs: `[prev exc]` is on the stack.
    FinallyEnd,
    /// The body of a `with`: `[exit]` is on the stack.
    With {
        /// `async with`
        is_async: bool,
        /// Of the statement.
        at: Position,
    },
    /// The body of an `except`: `[prev]` is on the stack.
    Except(Option<&'a ruff_python_ast::Identifier>),
    /// The body of an `except*`, which nothing may leave.
    ExceptStar,
    /// A value that `return` would leave on the stack.
    Value,
}

/// See the module.
pub struct Unit<'a> {
    /// Its scope.
    pub scope: u32,
    /// The name of the block.
    pub name: Rc<str>,
    /// See [`Code::qualname`].
    pub qualname: Rc<str>,
    /// See [`Code::first_line`].
    pub first_line: u32,
    /// See [`Code::flags`].
    pub flags: u32,
    /// Numbers of parameters: all positional, positional-only, keyword-only.
    pub n_params: (u32, u32, u32),
    /// See [`Code::varnames`].
    pub varnames: Vec<Sym>,
    /// See [`Code::cellvars`].
    pub cellvars: Vec<Sym>,
    /// See [`Code::freevars`].
    pub freevars: Vec<Sym>,
    /// See [`Code::cell_slots`].
    pub cell_slots: Vec<u32>,
    /// Where each name of the scope lives, and its slot if it has one.
    pub slots: HashMap<Sym, (Place, u32), FxBuildHasher>,
    /// What surrounds the statement being compiled.
    pub blocks: Vec<Block<'a>>,
    names: Vec<Sym>,
    name_index: HashMap<Sym, u32, FxBuildHasher>,
    consts: Vec<Const>,
    const_index: HashMap<ConstKey, u32, FxBuildHasher>,
    ops: Vec<Op>,
    positions: Vec<Position>,
    covered_by: Vec<u32>,
    labels: Vec<LabelState>,
    covers: Vec<Cover>,
    active: Vec<u32>,
    depth: u32,
    is_dead: bool,
    n_caches: u32,
    /// Something in the text is wrong: the code will be thrown away and need not be well formed.
    pub is_wrong: bool,
}

impl<'a> Unit<'a> {
    /// Nothing yet.
    pub fn new(scope: u32, name: Rc<str>, qualname: Rc<str>, first_line: u32) -> Unit<'a> {
        Unit {
            scope,
            name,
            qualname,
            first_line,
            flags: 0,
            n_params: (0, 0, 0),
            varnames: Vec::new(),
            cellvars: Vec::new(),
            freevars: Vec::new(),
            cell_slots: Vec::new(),
            slots: HashMap::default(),
            blocks: Vec::new(),
            names: Vec::new(),
            name_index: HashMap::default(),
            consts: Vec::new(),
            const_index: HashMap::default(),
            ops: Vec::new(),
            positions: Vec::new(),
            covered_by: Vec::new(),
            labels: Vec::new(),
            covers: Vec::new(),
            active: Vec::new(),
            depth: 0,
            is_dead: false,
            n_caches: 0,
            is_wrong: false,
        }
    }

    /// Writes one operation. Jumps name a label's number as their target (see [`Unit::jump`]).
    pub fn emit(&mut self, op: Op, at: Position) {
        if self.is_dead {
            return;
        }
        let (taken, left) = effect(op);
        if self.is_wrong {
            self.depth = self.depth.max(taken);
        }
        assert!(self.depth >= taken, "{op:?} finds {} operands in {}", self.depth, self.qualname);
        if let Some((label, (taken, left))) = jump(op) {
            self.depth = if self.is_wrong { self.depth.max(taken) } else { self.depth };
            self.reach(Label(label), self.depth - taken + left);
        }
        self.depth = self.depth - taken + left;
        let cover = self.active.last().copied().unwrap_or(UNCOVERED);
        if cover != UNCOVERED {
            let Cover { target, depth } = self.covers[cover as usize];
            self.reach(target, depth + 1);
        }
        self.ops.push(op);
        self.positions.push(at);
        self.covered_by.push(cover);
        self.is_dead = !goes_on(op);
    }

    fn reach(&mut self, label: Label, depth: u32) {
        let state = &mut self.labels[label.0 as usize];
        match state.depth {
            None => state.depth = Some(depth),
            Some(known) if self.is_wrong => state.depth = Some(known.min(depth)),
            Some(known) => assert_eq!(known, depth, "stack heights differ at a label of {}", self.qualname),
        }
    }

    /// A new label, not bound yet.
    pub fn label(&mut self) -> Label {
        self.labels.push(LabelState { at: None, depth: None });
        Label(self.labels.len() as u32 - 1)
    }

    /// Writes a jump made by `op` from the label's number.
    pub fn jump(&mut self, op: impl FnOnce(u32) -> Op, to: Label, at: Position) {
        self.emit(op(to.0), at);
    }

    /// The label stands for the next operation. When nothing reaches it, what follows is dead too.
    pub fn bind(&mut self, label: Label) {
        let here = self.ops.len() as u32;
        if !self.is_dead {
            self.reach(label, self.depth);
        }
        let state = &mut self.labels[label.0 as usize];
        state.at = Some(here);
        if let Some(depth) = state.depth {
            self.depth = depth;
            self.is_dead = false;
        }
    }

    /// Operations from here on send their exceptions to `target`, which finds the stack as it is now with
    /// the exception on top.
    pub fn push_cover(&mut self, target: Label) {
        self.push_cover_at(target, self.depth);
    }

    /// The same, for another height of the stack below the exception.
    pub fn push_cover_at(&mut self, target: Label, depth: u32) {
        self.covers.push(Cover { target, depth });
        self.active.push(self.covers.len() as u32 - 1);
    }

    /// Ends the innermost cover.
    pub fn pop_cover(&mut self) {
        self.active.pop().expect("a cover is active");
    }

    /// How many covers are active.
    pub fn n_covers(&self) -> usize {
        self.active.len()
    }

    /// Leaves only the outermost `n` covers active; returns what was.
    pub fn cut_covers(&mut self, n: usize) -> Vec<u32> {
        let before = self.active.clone();
        self.active.truncate(n);
        before
    }

    /// Undoes [`Unit::cut_covers`].
    pub fn restore_covers(&mut self, before: Vec<u32>) {
        self.active = before;
    }

    /// The stack's height, for a detour that ends dead.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// Whether the next operation cannot be reached.
    pub fn is_dead(&self) -> bool {
        self.is_dead
    }

    /// The number of a name.
    pub fn name(&mut self, name: Sym) -> u32 {
        *self.name_index.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() as u32 - 1
        })
    }

    /// The number of a constant.
    pub fn constant(&mut self, value: Const) -> u32 {
        let Some(key) = ConstKey::of(&value) else {
            self.consts.push(value);
            return self.consts.len() as u32 - 1;
        };
        *self.const_index.entry(key).or_insert_with(|| {
            self.consts.push(value);
            self.consts.len() as u32 - 1
        })
    }

    /// The number of a new inline cache.
    pub fn cache(&mut self) -> u16 {
        self.n_caches += 1;
        (self.n_caches - 1).min(u32::from(u16::MAX)) as u16
    }

    /// More inline caches were asked for than operations can name.
    pub fn has_too_many_caches(&self) -> bool {
        self.n_caches > u32::from(u16::MAX)
    }

    /// Resolves labels and collects the table of handlers.
    pub fn finish(self, source: Rc<Source>) -> Code {
        let is_wrong = self.is_wrong;
        let at = |label: u32| match self.labels[label as usize].at {
            None if is_wrong => 0,
            at => at.expect("a label that is jumped to is bound"),
        };
        let mut ops = self.ops;
        for op in &mut ops {
            if let Some((label, _)) = jump(*op) {
                *op = with_target(*op, at(label));
            }
        }
        let mut handlers: Vec<Handler> = Vec::new();
        let mut start = 0;
        while start < ops.len() {
            let cover = self.covered_by[start];
            let end = (start..ops.len()).find(|&i| self.covered_by[i] != cover).unwrap_or(ops.len());
            if cover != UNCOVERED {
                let Cover { target, depth } = self.covers[cover as usize];
                handlers.push(Handler { start: start as u32, end: end as u32, target: at(target.0), depth });
            }
            start = end;
        }
        Code {
            name: self.name,
            qualname: self.qualname,
            source,
            first_line: self.first_line,
            flags: self.flags,
            n_args: self.n_params.0,
            n_posonly: self.n_params.1,
            n_kwonly: self.n_params.2,
            varnames: self.varnames,
            cellvars: self.cellvars,
            freevars: self.freevars,
            cell_slots: self.cell_slots,
            names: self.names,
            consts: self.consts,
            ops,
            positions: self.positions,
            handlers,
            n_caches: self.n_caches,
        }
    }
}
