//! The built-in objects that are not worth a variant of `Value` of their own.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::class::Class;
use super::deep::release;
use super::dict::Dict;
use super::function::{Bound, Function};
use super::generator::Generator;
use super::grave;
use super::heap;
use super::instance::Instance;
use super::iterator::DictPart;
use super::name::Sym;
use super::names;
use super::set::Set;
use super::traceback::Frame;
use super::unit::Unit;
use super::value::Value;
use super::vm::Copier;

/// An object of a built-in class.
pub struct Obj {
    /// Its class.
    pub class: Rc<Class>,
    /// Its contents.
    pub data: Data,
    /// The number that `id()` gives, 0 while nobody asked.
    pub id: Cell<u64>,
}

/// What it holds.
pub enum Data {
    /// `property(get, set, delete, doc)`, which `__init__` gives it.
    Property(RefCell<[Value; 4]>),
    /// What a class's namespace shows of a place that its instances have: one of `__slots__`, `__dict__` or
    /// `__weakref__`.
    Member(Sym, Weak<Class>),
    /// `staticmethod(f)`
    StaticMethod(Value),
    /// `classmethod(f)`
    ClassMethod(Value),
    /// `super(class, object)`; the object's class last.
    Super(Rc<Class>, Value, Rc<Class>),
    /// `d.keys()` and kin.
    DictView(Rc<Dict>, DictPart),
    /// A read-only mapping (`C.__dict__`, `types.MappingProxyType`).
    MappingProxy(Rc<Dict>),
    /// `memoryview` and `bytearray` share this.
    ByteArray(RefCell<Vec<u8>>),
    /// `complex`
    Complex(f64, f64),
    /// A weak reference.
    Weak(Reference),
    /// A traceback from this frame inwards (outermost first).
    Traceback(Vec<Frame>),
    /// A frame (`sys._getframe`, `tb_frame`): code, operation, globals, locals, the frame outside.
    Frame {
        /// Where.
        frame: Frame,
        /// The module's namespace.
        globals: Rc<Dict>,
        /// Names and values when it was taken.
        locals: Rc<Dict>,
        /// The calling frame.
        back: Value,
    },
    /// `coroutine.__await__()`: drives it.
    CoroutineWrapper(Rc<Generator>),
    /// `asend`, `athrow`, `aclose` of an async generator.
    AsyncGen(AsyncGenCall),
    /// `object()`
    Plain,
    /// A code object made by `types.coroutine`, and the like.
    Unit(Rc<Unit>),
    /// The state of an object of a native module of `library`.
    Native(Box<dyn NativeData>),
}

/// An operation on an async generator that is to be awaited.
pub struct AsyncGenCall {
    /// The async generator.
    pub generator: Rc<Generator>,
    /// What is to be done.
    pub kind: AsyncGenKind,
    /// The value to send or the exception to throw.
    pub value: Value,
    /// How far it is.
    pub state: Cell<AsyncGenState>,
}

/// The operations of an async generator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AsyncGenKind {
    /// `asend(v)`, `__anext__()`
    Send,
    /// `athrow(e)`
    Throw,
    /// `aclose()`
    Close,
}

/// How far an async generator's operation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AsyncGenState {
    /// Not begun.
    Init,
    /// Has been awaited.
    Iterating,
    /// Is over.
    Closed,
}

/// What a weak reference points to.
pub enum Weakling {
    /// An instance.
    Instance(Weak<Instance>),
    /// A function.
    Function(Weak<Function>),
    /// A class.
    Class(Weak<Class>),
    /// A bound method.
    Bound(Weak<Bound>),
    /// A generator or coroutine.
    Generator(Weak<Generator>),
    /// A set.
    Set(Weak<Set>),
    /// Another built-in object.
    Obj(Weak<Obj>),
    /// Something that never goes away.
    Forever(Value),
    /// Nothing any more.
    Gone,
}

/// A weak reference.
pub struct Reference {
    target: RefCell<Weakling>,
    /// What is called when the object has died; `None` for nothing.
    pub callback: Value,
    /// The hash of the object, once it was asked for: it stays when the object has gone.
    pub hash: Cell<Option<u64>>,
}

/// The weak references to an object, oldest first.
pub type References = RefCell<Vec<Weak<Obj>>>;

impl Reference {
    /// A reference to this.
    pub fn new(target: Weakling, callback: Value) -> Reference {
        Reference { target: RefCell::new(target), callback, hash: Cell::new(None) }
    }

    /// The object while it lives.
    pub fn target(&self) -> Option<Value> {
        let target = self.target.borrow();
        target.upgrade()
    }

    /// From now on it is a reference to this.
    pub fn point_to(&self, target: Weakling) {
        let old = self.target.replace(target);
        drop(old);
    }
}

/// An object that has risen in new storage: the weak references to it go there.
pub fn risen_as(object: Value) -> Value {
    for reference in references_to(&object).into_iter().flat_map(|to| to.borrow().clone()) {
        if let Some(reference) = reference.upgrade()
            && let Data::Weak(reference) = &reference.data
            && let Some(target) = Weakling::new(&object)
        {
            reference.point_to(target);
        }
    }
    object
}

/// Where a type keeps the weak references to its objects.
pub fn references_to(target: &Value) -> Option<&References> {
    Some(match target {
        Value::Instance(i) => &i.weak_references,
        Value::Func(f) => &f.weak_references,
        Value::Gen(g) => &g.weak_references,
        _ => return None,
    })
}

impl Weakling {
    /// A weak reference's target, or `None` for a type that cannot be referred to weakly.
    pub fn new(target: &Value) -> Option<Weakling> {
        Some(match target {
            // A class of `__slots__` alone has room for them only where that is one of the names.
            Value::Instance(x) if x.class().slots.borrow().as_ref().is_some_and(|s| !s.contains(&names::WEAKREF)) => {
                return None;
            }
            Value::Instance(x) => Weakling::Instance(Rc::downgrade(x)),
            Value::Func(x) => Weakling::Function(Rc::downgrade(x)),
            Value::Class(x) => Weakling::Class(Rc::downgrade(x)),
            Value::Bound(x) => Weakling::Bound(Rc::downgrade(x)),
            Value::Gen(x) => Weakling::Generator(Rc::downgrade(x)),
            Value::Set(x) => Weakling::Set(Rc::downgrade(x)),
            Value::Obj(x) => Weakling::Obj(Rc::downgrade(x)),
            Value::Native(_) | Value::Module(_) => Weakling::Forever(target.clone()),
            _ => return None,
        })
    }

    /// The object while it lives.
    pub fn upgrade(&self) -> Option<Value> {
        Some(match self {
            Weakling::Instance(x) => Value::Instance(x.upgrade()?),
            Weakling::Function(x) => Value::Func(x.upgrade()?),
            Weakling::Class(x) => Value::Class(x.upgrade()?),
            Weakling::Bound(x) => Value::Bound(x.upgrade()?),
            Weakling::Generator(x) => Value::Gen(x.upgrade()?),
            Weakling::Set(x) => Value::Set(x.upgrade()?),
            Weakling::Obj(x) => Value::Obj(x.upgrade()?),
            Weakling::Forever(x) => x.clone(),
            Weakling::Gone => return None,
        })
    }
}

/// The state of an object of a class written in Rust.
pub trait NativeData: Any {
    /// The state, to be looked at as what it is.
    fn as_any(&self) -> &dyn Any;

    /// A copy in which the values that it holds are still missing (`fork`).
    fn emptied(&self) -> Box<dyn NativeData>;

    /// Puts copies of the values that this holds into such a copy.
    fn fill(&self, _copy: &dyn NativeData, _copier: &mut Copier) {}

    /// Shows every value that it holds, once for each reference.
    fn each(&self, _see: &mut dyn FnMut(&Value)) {}

    /// Gives up what it holds.
    fn clear(&self) {}

    /// `len()` of it, where it has one.
    fn length(&self) -> Option<usize> {
        None
    }
}

impl Drop for Obj {
    fn drop(&mut self) {
        if let Data::AsyncGen(call) = &self.data
            && call.state.get() == AsyncGenState::Init
        {
            grave::bury_operation(Value::Gen(call.generator.clone()), call.kind);
        }
        match self.data {
            Data::Plain | Data::Complex(..) | Data::ByteArray(_) => {}
            _ => release(std::mem::replace(&mut self.data, Data::Plain)),
        }
    }
}

impl Obj {
    /// The object as a value.
    pub fn value(class: &Rc<Class>, data: Data) -> Value {
        let holds_others = matches!(data, Data::Native(_));
        let object = Obj { class: class.clone(), data, id: Cell::new(0) };
        if holds_others { heap::native(object) } else { Value::Obj(Rc::new(object)) }
    }
}
