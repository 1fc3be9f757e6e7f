//! Compiled code: the operations of one function, class body, comprehension or module.
//!
//! A stack machine. `[a b] -> [c]` in an operation's comment is its effect on the operand stack, top at
//! the right. Operations that may fail or call Python leave their operands on the stack until they
//! succeed, so that they can be executed again after the call they needed (see `python::vm`).
//!
//! A frame's *slots* are its arguments, other locals, cell variables and free variables, in this order;
//! a slot of a cell or free variable holds a cell.
//!
//! A table of handlers stands in for block operations, as in CPython since 3.11: entering a `try` costs
//! nothing.

use std::rc::Rc;

use super::name::Sym;

/// One operation: 8 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    /// Nothing; keeps a line of its own for `pass`.
    Nop,
    // --- stack ---
    /// `[a] -> []`
    PopTop,
    /// `[a] -> [a a]`
    Dup,
    /// `[a b] -> [a b a b]`
    Dup2,
    /// Exchanges the top with the operand `n` places below it: `Swap(1)`: `[a b] -> [b a]`.
    Swap(u32),
    /// Copies the operand `n` places below the top: `Copy(1)`: `[a b] -> [a b a]`.
    Copy(u32),
    /// Moves the top to `n` places below: `RotDown(2)`: `[a b c] -> [c a b]`.
    RotDown(u32),
    /// Marks a plain call: `[f] -> [f null]`.
    PushNull,
    /// `[] -> [constant]`
    LoadConst(u32),
    // --- variables ---
    /// `[] -> [slot]`; `UnboundLocalError` when empty.
    LoadFast(u32),
    /// `[v] -> []`
    StoreFast(u32),
    /// Empties the slot; `UnboundLocalError` when it is empty.
    DeleteFast(u32),
    /// Empties the slot, empty or not (the end of `except … as name`).
    ClearFast(u32),
    /// Puts the slot's value into a new cell in that slot (start of a function with cell variables).
    MakeCell(u32),
    /// `[] -> [the cell itself]`, for a closure.
    LoadClosure(u32),
    /// `[] -> [content of the cell]`; `NameError` for an empty free variable, `UnboundLocalError` for an empty cell variable.
    LoadDeref(u32),
    /// Like `LoadDeref`, but looks in the class namespace first (a class body that reads a free variable).
    LoadClassDeref(u32),
    /// `[v] -> []`
    StoreDeref(u32),
    /// Empties the cell.
    DeleteDeref(u32),
    /// `[] -> [v]`: module namespace, then builtins; `NameError`.
    LoadGlobal {
        /// Index of the inline cache.
        cache: u16,
        /// Index into [`Code::names`].
        name: u32,
    },
    /// `[v] -> []`
    StoreGlobal {
        /// Index of the inline cache.
        cache: u16,
        /// Index into [`Code::names`].
        name: u32,
    },
    /// Deletes from the module namespace; `NameError`.
    DeleteGlobal(u32),
    /// `[] -> [v]`: class namespace, then module, then builtins (class bodies only).
    LoadName(u32),
    /// `[v] -> []`: into the class namespace.
    StoreName(u32),
    /// Deletes from the class namespace; `NameError`.
    DeleteName(u32),
    // --- attributes and items ---
    /// `[o] -> [o.name]`
    LoadAttr {
        /// Index of the inline cache.
        cache: u16,
        /// Index into [`Code::names`].
        name: u32,
    },
    /// `[o] -> [method o]` when `name` is a plain function of the type, else `[o.name null]`; always before a `Call`.
    LoadMethod {
        /// Index of the inline cache.
        cache: u16,
        /// Index into [`Code::names`].
        name: u32,
    },
    /// `super().name` with zero arguments: `[class self] -> [attribute]`.
    LoadSuperAttr(u32),
    /// `[v o] -> []`: `o.name = v`
    StoreAttr {
        /// Index of the inline cache.
        cache: u16,
        /// Index into [`Code::names`].
        name: u32,
    },
    /// `[o] -> []`
    DeleteAttr(u32),
    /// `[o key] -> [o[key]]`
    LoadItem,
    /// `[v o key] -> []`: `o[key] = v`
    StoreItem,
    /// `[o key] -> []`
    DeleteItem,
    /// `[a b] -> [slice]`, or `[a b c] -> [slice]` for 3.
    BuildSlice(u32),
    // --- operators ---
    /// `[a b] -> [a op b]`
    Binary(BinaryOp),
    /// `[a b] -> [a op= b]`
    Inplace(BinaryOp),
    /// `[a] -> [op a]`
    Unary(UnaryOp),
    /// `[a b] -> [a op b]`
    Compare(CompareOp),
    /// `[a b] -> [a is b]`, inverted for `true`.
    Is(bool),
    /// `[a b] -> [a in b]`, inverted for `true`.
    Contains(bool),
    // --- building ---
    /// `[v1 … vn] -> [tuple]`
    BuildTuple(u32),
    /// `[v1 … vn] -> [list]`
    BuildList(u32),
    /// `[v1 … vn] -> [set]`
    BuildSet(u32),
    /// `[k1 v1 … kn vn] -> [dict]`
    BuildDict(u32),
    /// `[s1 … sn] -> [str]`: joins strings (f-strings).
    BuildString(u32),
    /// `[v] -> [str]` or `[v spec] -> [str]`: one replacement field of an f-string.
    FormatValue {
        /// `!s`, `!r`, `!a` or none.
        conversion: Conversion,
        /// Whether a format spec is on the stack.
        has_spec: bool,
    },
    /// `[… list … v] -> [… list …]`: appends to the list `n` places below `v` (`n` = 1 directly below).
    ListAppend(u32),
    /// The same for a set.
    SetAdd(u32),
    /// `[… dict … k v] -> [… dict …]`: stores into the dict `n` places below `k`.
    MapAdd(u32),
    /// `[… list … iterable] -> [… list …]`
    ListExtend(u32),
    /// `[… set … iterable] -> [… set …]`
    SetUpdate(u32),
    /// `[… dict … mapping] -> [… dict …]` (`{**m}`).
    DictUpdate(u32),
    /// The same for keyword arguments, `[f null|self tuple dict mapping] -> [f null|self tuple dict]`: a key
    /// twice or not a `str` is a `TypeError` that names the callable `f`.
    DictMerge(u32),
    /// `[list] -> [tuple]`
    ListToTuple,
    /// `[f null|self iterable] -> [f null|self tuple]`: of a call `f(*iterable)` without other positional
    /// arguments. A tuple stays as it is; what cannot be iterated is the `TypeError` that names `f`
    /// (`f() argument after * must be an iterable, not int`).
    StarArgs,
    /// `[iterable] -> [vn … v1]`: exactly `n` values, first on top.
    UnpackSequence(u32),
    /// `[iterable] -> [after… list before…]`: starred unpacking, first on top.
    UnpackEx {
        /// Values before the star.
        before: u16,
        /// Values after it.
        after: u16,
    },
    // --- control ---
    /// Goes to the operation; no check point.
    Jump(u32),
    /// Goes to the (earlier) operation; a check point of the GIL (S-GIL-16).
    JumpBack(u32),
    /// `[v] -> []`: goes there if `v` is true.
    PopJumpIfTrue(u32),
    /// `[v] -> []`
    PopJumpIfFalse(u32),
    /// `[v] -> []`
    PopJumpIfNone(u32),
    /// `[v] -> []`
    PopJumpIfNotNone(u32),
    /// `[v] -> [v]` and goes there if true, else `[v] -> []` (`or`).
    JumpIfTrueOrPop(u32),
    /// `[v] -> [v]` and goes there if false, else `[v] -> []` (`and`).
    JumpIfFalseOrPop(u32),
    /// `[iterable] -> [iterator]`
    GetIter,
    /// `[it] -> [it next]`, or `[it] -> []` and goes there when exhausted.
    ForIter(u32),
    // --- calls and functions ---
    /// `[f null|self a1 … an] -> [result]`
    Call(u32),
    /// The same with keyword names: the last values belong to the names in the constant tuple.
    CallKw {
        /// All values, positional and by keyword.
        argc: u16,
        /// Constant index of the tuple of names.
        names: u32,
    },
    /// `[f null|self tuple] -> [result]`, or with a dict of keyword arguments on top.
    CallEx(bool),
    /// Makes a function of the code constant. Below, in this order and as the flags say: defaults tuple,
    /// dict of keyword-only defaults, dict of annotations, tuple of cells.
    MakeFunction {
        /// Which of the four are on the stack.
        flags: u16,
        /// Constant index of the code.
        code: u32,
    },
    /// `[] -> [builtin that makes a class]`; called with the body function, the name, bases and keywords.
    LoadBuildClass,
    /// `[v] -> ` to the caller. Of a module: `None`.
    Return,
    /// First operation of a generator, coroutine or async generator, after its `MakeCell`s: the call ends
    /// here with the new object. The first resume goes on with the next operation and pushes nothing.
    ReturnGenerator,
    /// `[v] -> [sent]`: leaves `v` to the resumer (wrapped for an async generator).
    Yield,
    /// `[receiver v] -> [result]`: drives the receiver until it returns, passing values both ways (`await`, `yield from`).
    YieldFrom,
    /// `[o] -> [iterator for YieldFrom]`
    GetAwaitable(AwaitPlace),
    /// `[o] -> [iterator for YieldFrom]`: of `yield from o`.
    GetYieldFromIter,
    /// `[o] -> [o.__aiter__()]`
    GetAiter,
    /// `[it] -> [it awaitable]`: of `it.__anext__()`.
    GetAnext,
    /// `[it exc] -> []` if the exception is `StopAsyncIteration`, else raises it again.
    EndAsyncFor,
    // --- with, exceptions ---
    /// `[manager] -> [exit entered]`
    BeforeWith,
    /// `[manager] -> [aexit awaitable]`: of `__aenter__()`; to be awaited.
    BeforeAsyncWith,
    /// `[exit prev exc] -> [exit prev exc result]`: calls `exit(type, exc, traceback)`.
    WithExceptStart,
    /// `[exc] -> [prev exc]`: `exc` becomes the exception being handled.
    PushExc,
    /// `[prev] -> []`: `prev` is again the exception being handled.
    PopExcept,
    /// `[exc type] -> [exc bool]`
    CheckExcMatch,
    /// `[exc type] -> [rest match]`: for `except*`; `None` where a part is empty. `exc` itself may be `None`
    /// (nothing is left): then both are. A match becomes the exception being handled.
    CheckEgMatch,
    /// `[orig list] -> [exc]`: what an `except*` statement raises at its end, or `None`. The list holds the
    /// exceptions its parts raised and, last, what no part matched; any may be `None`.
    PrepReraiseStar,
    /// `[exc] ->` raises it again, with the traceback it has.
    Reraise,
    /// `raise` with 0, 1 (`[exc]`) or 2 (`[exc cause]`) operands.
    Raise(u32),
    /// `[] -> [AssertionError]`
    LoadAssertionError,
    // --- imports ---
    /// `[level fromlist] -> [module]`
    ImportName(u32),
    /// `[module] -> [module attribute]`
    ImportFrom(u32),
    /// `[module] -> []`: all public names into the module namespace.
    ImportStar,
    // --- patterns of `match` ---
    /// `[v] -> [v bool]`: whether a sequence pattern may look into it.
    MatchSequence,
    /// `[v] -> [v bool]`: whether a mapping pattern may look into it.
    MatchMapping,
    /// `[v keys] -> [v keys values]`, or `None` in place of the tuple of values when a key is missing.
    MatchKeys,
    /// `[v class names] -> [attributes]`: a tuple of what the positional sub-patterns (so many) and those by
    /// name look at, or `None` when `v` is no such object.
    MatchClass(u32),
    /// `[v] -> [v len(v)]`
    GetLen,
    /// `[float] -> [complex]`: an imaginary literal.
    Imaginary,
    // --- module and class annotations ---
    /// Makes `__annotations__` in the module or class namespace if it is not there.
    SetupAnnotations,
    // --- fused pairs, made by `compile::fuse` ---
    /// `LoadFast(a)`, `LoadFast(b)`
    LoadFast2(u16, u16),
    /// `LoadFast(a)`, `LoadConst(b)`
    LoadFastConst(u16, u16),
    /// `StoreFast(a)`, `LoadFast(b)`
    StoreLoadFast(u16, u16),
    /// `LoadFast(a)`, `LoadConst(b)`, `Binary(op)`
    BinaryFastConst(BinaryOp, u16, u16),
    /// `LoadFast(a)`, `LoadFast(b)`, `Binary(op)`
    BinaryFast2(BinaryOp, u16, u16),
    /// `LoadFast(a)`, `LoadConst(b)`, `Inplace(op)`
    InplaceFastConst(BinaryOp, u16, u16),
    /// `LoadFast(a)`, `LoadFast(b)`, `Inplace(op)`
    InplaceFast2(BinaryOp, u16, u16),
    /// `Compare(op)`, `PopJumpIfFalse(target)`
    CompareJumpIfFalse(CompareOp, u32),
    /// `ForIter(target)`, `StoreFast(slot)`
    ForIterStore(u16, u32),
    // --- made by `compile::fuse` before an operation that stays: it is skipped where the cache (second) knows the way ---
    /// `LoadFast(a)`, before `LoadAttr`
    LoadFastAttr(u16, u16),
    /// `LoadFast(a)`, before `LoadMethod`
    LoadFastMethod(u16, u16),
    /// `LoadFast(a)`, before `StoreAttr`
    StoreFastAttr(u16, u16),
}

/// `+` and its kin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    TrueDiv,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `@`
    MatMul,
}

/// Operators with one operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `-`
    Neg,
    /// `+`
    Pos,
    /// `~`
    Invert,
    /// `not`
    Not,
}

/// Rich comparisons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// The conversion of an f-string's replacement field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conversion {
    /// None: `format(v, spec)`.
    None,
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

/// Where an `await` stands; the error texts differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AwaitPlace {
    /// `await x`
    Expression,
    /// The result of `__aenter__`.
    Aenter,
    /// The result of `__aexit__`.
    Aexit,
    /// The result of `__anext__`.
    Anext,
}

/// Flags of [`Op::MakeFunction`].
pub mod make {
    /// A tuple of defaults of positional parameters is on the stack.
    pub const DEFAULTS: u16 = 1;
    /// A dict of defaults of keyword-only parameters is on the stack.
    pub const KW_DEFAULTS: u16 = 2;
    /// A dict of annotations is on the stack.
    pub const ANNOTATIONS: u16 = 4;
    /// A tuple of cells is on the stack.
    pub const CLOSURE: u16 = 8;
}

/// Flags of [`Code::flags`], with CPython's values.
pub mod flag {
    /// Locals live in slots.
    pub const OPTIMIZED: u32 = 0x1;
    /// Has locals of its own.
    pub const NEWLOCALS: u32 = 0x2;
    /// Takes `*args`.
    pub const VARARGS: u32 = 0x4;
    /// Takes `**kwargs`.
    pub const VARKEYWORDS: u32 = 0x8;
    /// Defined inside another function.
    pub const NESTED: u32 = 0x10;
    /// Calling it makes a generator.
    pub const GENERATOR: u32 = 0x20;
    /// Calling it makes a coroutine.
    pub const COROUTINE: u32 = 0x80;
    /// A generator that may be awaited (`types.coroutine`).
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    /// Calling it makes an asynchronous generator.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// Stands for a function that CPython has in C: no traceback, warning or `sys._getframe` shows it.
    pub const FRAMELESS: u32 = 0x1000_0000;
    /// A comprehension that CPython runs in the frame around it (PEP 709): the two show as one.
    pub const INLINED: u32 = 0x2000_0000;
}

/// A literal or other constant, free of any interpreter.
#[derive(Clone, Debug)]
pub enum Const {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// A longer integer.
    Big(Rc<num_bigint::BigInt>),
    /// A float.
    Float(f64),
    /// `str`
    Str(Rc<str>),
    /// `bytes`
    Bytes(Rc<[u8]>),
    /// A tuple of constants (keyword names, folded tuples).
    Tuple(Rc<[Const]>),
    /// `x in {1, 2}`
    FrozenSet(Rc<[Const]>),
    /// Code of a nested function, class or comprehension.
    Code(Rc<Code>),
}

/// Where an operation comes from, for line numbers and the carets of tracebacks.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Position {
    /// Line, counted from 1; 0 for operations without a line.
    pub line: u32,
    /// Last line of the expression.
    pub end_line: u32,
    /// Column in bytes of UTF-8, counted from 0.
    pub col: u32,
    /// Column after the last byte.
    pub end_col: u32,
}

/// A range of operations whose exceptions go to one place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    /// First operation covered.
    pub start: u32,
    /// First operation no longer covered.
    pub end: u32,
    /// Where an exception goes.
    pub target: u32,
    /// Operand stack height to which the frame is cut before the exception is pushed.
    pub depth: u32,
}

/// A piece of source text; tracebacks quote it.
#[derive(Debug)]
pub struct Source {
    /// The name tracebacks print.
    pub filename: Rc<str>,
    /// All of it.
    pub text: String,
    /// Whether it belongs to the library room: hidden from the viewer, free of charge per instruction.
    pub is_library: bool,
}

impl Source {
    /// The VM's own code and what starts a program, whose frames are nobody's business.
    pub fn is_machinery(&self) -> bool {
        self.is_library && self.filename.starts_with('<')
    }
}

/// The compiled form of one block of source, shared by all interpreters.
#[derive(Debug)]
pub struct Code {
    /// `f`
    pub name: Rc<str>,
    /// `C.f.<locals>.g`
    pub qualname: Rc<str>,
    /// Where the text is.
    pub source: Rc<Source>,
    /// Line of the `def`, `class` or decorator; 1 for a module.
    pub first_line: u32,
    /// See [`flag`].
    pub flags: u32,
    /// Positional parameters, positional-only ones included.
    pub n_args: u32,
    /// How many of these are positional-only.
    pub n_posonly: u32,
    /// Keyword-only parameters.
    pub n_kwonly: u32,
    /// Names of the slots of parameters and locals: positional, keyword-only, `*args`, `**kwargs`, other
    /// locals. A parameter that is a cell variable keeps its slot here.
    pub varnames: Vec<Sym>,
    /// Cell variables that are not parameters; their slots come after the locals.
    pub cellvars: Vec<Sym>,
    /// Free variables; their slots come last, in the order of the closure tuple.
    pub freevars: Vec<Sym>,
    /// All cell variables, parameters included, by slot. Each gets a `MakeCell` at the start.
    pub cell_slots: Vec<u32>,
    /// Names of globals, attributes and imports.
    pub names: Vec<Sym>,
    /// Constants. `consts[0]` of a function is its docstring or `None`.
    pub consts: Vec<Const>,
    /// The operations.
    pub ops: Vec<Op>,
    /// Of each operation.
    pub positions: Vec<Position>,
    /// Innermost first where ranges nest.
    pub handlers: Vec<Handler>,
    /// How many inline caches the operations name.
    pub n_caches: u32,
}

impl Code {
    /// Slots of a frame: parameters, locals, cell and free variables.
    pub fn n_slots(&self) -> usize {
        self.varnames.len() + self.cellvars.len() + self.freevars.len()
    }

    /// The name of a slot.
    pub fn slot_name(&self, slot: u32) -> Sym {
        let slot = slot as usize;
        let (locals, cells) = (self.varnames.len(), self.cellvars.len());
        if slot < locals {
            self.varnames[slot]
        } else if slot < locals + cells {
            self.cellvars[slot - locals]
        } else {
            self.freevars[slot - locals - cells]
        }
    }

    /// Whether the slot holds a free variable (of an enclosing function).
    pub fn is_free_slot(&self, slot: u32) -> bool {
        slot as usize >= self.varnames.len() + self.cellvars.len()
    }

    /// The flag is set.
    pub fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }
}

const _: () = assert!(size_of::<Op>() == 8);
