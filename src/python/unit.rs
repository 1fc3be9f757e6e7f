//! Code inside one interpreter: its constants as values, its inline caches, its price list.

use std::cell::RefCell;
use std::rc::Rc;

use super::code::{Code, Const, Op, flag};
use super::function::Function;
use super::set::Set;
use super::shape::Shape;
use super::value::Value;

/// What an operation learnt when it last ran.
#[derive(Clone, Default)]
pub enum Cache {
    /// Nothing yet.
    #[default]
    Empty,
    /// The name is in the module namespace.
    Global {
        /// Keys version of the namespace.
        version: u64,
        /// Position in it.
        position: u32,
    },
    /// The name is not in the module namespace but a builtin.
    Builtin {
        /// Keys version of the module namespace.
        version: u64,
        /// Keys version of the builtins.
        builtins_version: u64,
        /// The builtin.
        value: Value,
    },
    /// The attribute is the instance's own.
    Slot {
        /// Version of the class.
        class: u64,
        /// Shape of the instance.
        shape: u32,
        /// Place in the shape.
        place: u32,
    },
    /// Storing the attribute grows the instance's shape.
    Grow {
        /// Version of the class.
        class: u64,
        /// Shape of the instance before.
        shape: u32,
        /// Shape after.
        next: Rc<Shape>,
    },
    /// The attribute is a plain function of the class and no instance of this shape hides it.
    Method {
        /// Version of the class.
        class: u64,
        /// Shape of the instance; 0 for objects without attributes of their own.
        shape: u32,
        /// The function.
        function: Value,
    },
    /// What was found in the class of an instance is the attribute itself, and no instance of this shape hides it.
    ClassValue {
        /// Version of the class.
        class: u64,
        /// Shape of the instance.
        shape: u32,
        /// The value.
        value: Value,
    },
    /// The attribute is a property with a getter in Python.
    Getter {
        /// Version of the class.
        class: u64,
        /// The getter.
        function: Rc<Function>,
    },
    /// An attribute of a class, asked of the class itself.
    OfClass {
        /// Version of the class.
        class: u64,
        /// Version of its metaclass, 0 for plain `type`.
        meta: u64,
        /// The value.
        value: Value,
        /// It is called with the class before its arguments.
        is_class_method: bool,
    },
    /// A name of a module's namespace, by way of the module object.
    ModuleName {
        /// Keys version of the namespace.
        version: u64,
        /// Position in it.
        position: u32,
    },
    /// The code of a nested function, made ready.
    Unit(Rc<Unit>),
}

/// An operation and what it costs.
#[derive(Clone, Copy)]
pub struct Step {
    /// The operation.
    pub op: Op,
    /// Its price [ticks].
    pub price: u32,
}

/// What an operation takes beside its price, by what it meets [ticks]; nothing in library code.
#[derive(Clone, Copy, Default, Debug)]
pub struct Surcharges {
    /// A call of a function written in C.
    pub call_c: i32,
    /// A call of a class whose instances are made here: the object, beside its `__init__`.
    pub call_class: i32,
    /// Entering a context, beside its two calls.
    pub with: i32,
    /// An item of a dict.
    pub dict_load: i32,
    /// An operator with a float for its result.
    pub float: i32,
}

/// Code made ready for one interpreter.
pub struct Unit {
    /// The shared, immutable part.
    pub code: Rc<Code>,
    /// Its name and qualified name as values.
    pub names: [Value; 2],
    /// Constants as values.
    pub consts: Vec<Value>,
    /// Inline caches, by the number in the operation.
    pub caches: RefCell<Vec<Cache>>,
    /// Nested code made ready, by constant.
    pub nested: RefCell<Vec<Option<Rc<Unit>>>>,
    /// Its operations with their prices.
    pub steps: Vec<Step>,
    /// What is added to them.
    pub surcharges: Surcharges,
    /// How many arguments a plain call gives; `u32::MAX` where a call by position alone is not enough.
    pub n_plain_args: u32,
    /// Number of slots without those of free variables.
    pub n_own_slots: u32,
    /// `co_flags`, which `types.coroutine` may change in a copy.
    pub flags: u32,
}

impl Unit {
    /// Code made ready, with a price for every operation.
    pub fn new(code: Rc<Code>, prices: impl IntoIterator<Item = u32>) -> Unit {
        let consts = code.consts.iter().map(value_of).collect();
        let caches = RefCell::new(vec![Cache::Empty; code.n_caches as usize]);
        let nested = RefCell::new(vec![None; code.consts.len()]);
        let flags = code.flags;
        let steps = code.ops.iter().zip(prices).map(|(&op, price)| Step { op, price }).collect();
        let is_plain = code.n_kwonly == 0 && flags & (flag::VARARGS | flag::VARKEYWORDS) == 0;
        let n_plain_args = if is_plain { code.n_args } else { u32::MAX };
        let n_own_slots = (code.n_slots() - code.freevars.len()) as u32;
        let names = [Value::str(&code.name), Value::str(&code.qualname)];
        let surcharges = Surcharges::default();
        Unit { code, names, consts, caches, nested, steps, surcharges, n_plain_args, n_own_slots, flags }
    }

    /// Its frames are seen in tracebacks and warnings. The machinery that starts programs and calls natives, and
    /// functions that CPython has in C, are not.
    pub fn is_shown(&self) -> bool {
        !self.has(flag::FRAMELESS) && !self.code.source.is_machinery()
    }

    /// The flag is set.
    pub fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }
}

/// A constant as a value; code has none, it needs an interpreter.
pub fn value_of(constant: &Const) -> Value {
    match constant {
        Const::None | Const::Code(_) => Value::None,
        Const::Ellipsis => Value::Ellipsis,
        Const::Bool(b) => Value::bool(*b),
        Const::Int(i) => Value::Int(*i),
        Const::Big(b) => Value::Big(b.clone()),
        Const::Float(f) => Value::float(*f),
        Const::Str(s) => Value::str(s),
        Const::Bytes(b) => Value::bytes(b.to_vec()),
        Const::Tuple(items) => Value::tuple(items.iter().map(value_of)),
        Const::FrozenSet(items) => {
            let set = Set::new(true);
            for item in items.iter().map(value_of) {
                let hash = super::hash::simple_hash(&item).expect("constants are hashable");
                if set.table().find(hash, &item).is_none() {
                    set.push(hash, item);
                }
            }
            // The compiler makes a second one, from the elements in the order in which the first has them
            // (`Python/compile.c`, `merge_consts_recursive`).
            let second = Set::new(true);
            set.entries().into_iter().for_each(|entry| second.push(entry.hash, entry.key));
            Value::Set(Rc::new(second))
        }
    }
}
