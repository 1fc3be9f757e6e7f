//! Functions: of Python, of Rust, and bound to an object.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::deep::{holds_others, release};
use super::dict::Dict;
use super::grave;
use super::name::Sym;
use super::object::References;
use super::unit::Unit;
use super::value::{self, Tuple, Value};
use super::vm::{Stop, Vm};

/// A function made by `def` or `lambda`.
pub struct Function {
    /// Its code.
    pub unit: RefCell<Rc<Unit>>,
    /// The namespace of its module.
    pub globals: Rc<Dict>,
    /// `__name__`
    pub name: RefCell<Value>,
    /// `__qualname__`
    pub qualname: RefCell<Value>,
    /// Defaults of positional parameters, for the last ones.
    pub defaults: RefCell<Option<Rc<Tuple>>>,
    /// Defaults of keyword-only parameters.
    pub kw_defaults: RefCell<Option<Rc<Dict>>>,
    /// Cells of its free variables.
    pub closure: Vec<Rc<value::Cell>>,
    /// `__annotations__`
    pub annotations: RefCell<Option<Rc<Dict>>>,
    /// `__doc__`
    pub doc: RefCell<Value>,
    /// `__module__`
    pub module: RefCell<Value>,
    /// Attributes that the program set.
    pub attributes: RefCell<Option<Rc<Dict>>>,
    /// The number that `id()` gives, 0 while nobody asked.
    pub id: Cell<u64>,
    /// Weak references to it.
    pub weak_references: References,
}

/// The arguments of a native function.
pub struct Args<'a> {
    /// By position; of a method the receiver comes first.
    pub pos: &'a [Value],
    /// Names of the keyword arguments.
    pub names: &'a [Sym],
    /// Values of the keyword arguments.
    pub named: &'a [Value],
}

/// A function implemented in Rust. It may need Python: [`Vm::call`] then stops it, and it runs again from its
/// start with the answer, so it must not change anything before its last call.
pub type NativeFn = fn(&mut Vm, &Args) -> Result<Value, Stop>;

/// What a native function is when found in a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NativeKind {
    /// A function of a module; not bound.
    Function,
    /// A method: bound to the instance.
    Method,
    /// Called with the class (`dict.fromkeys`).
    ClassMethod,
    /// Called with neither (`str.maketrans`).
    StaticMethod,
    /// Called at once when looked up on an instance (`int.real`).
    Getter,
}

/// Which native functions do nothing but resume a generator when they are given one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resumes {
    /// Any other function.
    Nothing,
    /// `next(g)`, `g.__next__()`
    Next,
    /// `g.send(value)`
    Send,
}

/// A function implemented in Rust.
pub struct Native {
    /// `len`
    pub name: &'static str,
    /// `str.join`: for messages.
    pub qualname: &'static str,
    /// The implementation.
    pub function: NativeFn,
    /// How it binds.
    pub kind: NativeKind,
    /// Calls of it that the VM answers without it.
    pub resumes: Resumes,
    /// Receives this value before its arguments, when there is one (natives made at run time).
    pub data: Value,
}

/// A method bound to an object.
pub struct Bound {
    /// `__self__`
    pub receiver: Value,
    /// `__func__`
    pub function: Value,
}

impl<'a> Args<'a> {
    /// The keyword argument of this name.
    pub fn named(&self, name: &str) -> Option<&'a Value> {
        self.names.iter().position(|n| &*n.text() == name).map(|i| &self.named[i])
    }

    /// The argument at this position or of this name.
    pub fn get(&self, position: usize, name: &str) -> Option<&'a Value> {
        self.pos.get(position).or_else(|| if self.names.is_empty() { None } else { self.named(name) })
    }

    /// Number of positional arguments.
    pub fn len(&self) -> usize {
        self.pos.len()
    }

    /// No positional argument.
    pub fn is_empty(&self) -> bool {
        self.pos.is_empty()
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        grave::bury_callbacks(&self.weak_references.take());
        // In CPython's order; the cells are a tuple there, which dies from its end.
        drop(self.defaults.take());
        drop(self.kw_defaults.take());
        drop(self.attributes.take());
        while let Some(cell) = self.closure.pop() {
            drop(cell);
        }
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        if holds_others(&self.receiver) {
            release(std::mem::take(&mut self.receiver));
        }
        if holds_others(&self.function) {
            release(std::mem::take(&mut self.function));
        }
    }
}

impl Native {
    /// A function of this kind, as a value.
    pub fn value(qualname: &'static str, kind: NativeKind, function: NativeFn) -> Value {
        let name = qualname.rsplit('.').next().unwrap_or(qualname);
        let resumes = match qualname {
            "next" | "generator.__next__" => Resumes::Next,
            "generator.send" | "coroutine.send" => Resumes::Send,
            _ => Resumes::Nothing,
        };
        Value::Native(Rc::new(Native { name, qualname, function, kind, resumes, data: Value::Null }))
    }

    /// A function that receives `data` before its arguments.
    pub fn with_data(name: &'static str, data: Value, function: NativeFn) -> Value {
        let (kind, resumes) = (NativeKind::Function, Resumes::Nothing);
        Value::Native(Rc::new(Native { name, qualname: name, function, kind, resumes, data }))
    }
}
