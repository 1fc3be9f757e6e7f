//! What an object holds: every reference that its count knows of, once for each.
//!
//! The collector of cycles takes these from the counts, so nothing may be shown that is not counted; what is left out
//! merely keeps its object alive.

use std::rc::{Rc, Weak};

use super::class::Class;
use super::dict::Dict;
use super::function::{Bound, Function, Native};
use super::generator::Generator;
use super::instance::{Attributes, Instance};
use super::iterator::{Iter, State};
use super::module::Module;
use super::object::{Data, Obj};
use super::set::Set;
use super::traceback::{Frame, Remains};
use super::value::{Cell, List, Tuple, Value};
use super::vm::frame::Suspended;

/// Something with a count of its own.
#[derive(Clone)]
pub enum Held {
    /// An object.
    Object(Value),
    /// What a frame leaves to tracebacks, which share it.
    Remains(Rc<Remains>),
}

/// The same without keeping it alive.
pub enum Weakly {
    /// See [`Value`].
    Tuple(Weak<Tuple>),
    /// See [`Value`].
    List(Weak<List>),
    /// See [`Value`].
    Dict(Weak<Dict>),
    /// See [`Value`].
    Set(Weak<Set>),
    /// See [`Value`].
    Slice(Weak<[Value; 3]>),
    /// See [`Value`].
    Func(Weak<Function>),
    /// See [`Value`].
    Native(Weak<Native>),
    /// See [`Value`].
    Bound(Weak<Bound>),
    /// See [`Value`].
    Class(Weak<Class>),
    /// See [`Value`].
    Instance(Weak<Instance>),
    /// See [`Value`].
    Gen(Weak<Generator>),
    /// See [`Value`].
    Iter(Weak<Iter>),
    /// See [`Value`].
    Module(Weak<Module>),
    /// See [`Value`].
    Cell(Weak<Cell>),
    /// See [`Value`].
    Obj(Weak<Obj>),
    /// See [`Held`].
    Remains(Weak<Remains>),
}

impl Weakly {
    /// It lives.
    pub fn lives(&self) -> bool {
        let count = match self {
            Weakly::Tuple(x) => x.strong_count(),
            Weakly::List(x) => x.strong_count(),
            Weakly::Dict(x) => x.strong_count(),
            Weakly::Set(x) => x.strong_count(),
            Weakly::Slice(x) => x.strong_count(),
            Weakly::Func(x) => x.strong_count(),
            Weakly::Native(x) => x.strong_count(),
            Weakly::Bound(x) => x.strong_count(),
            Weakly::Class(x) => x.strong_count(),
            Weakly::Instance(x) => x.strong_count(),
            Weakly::Gen(x) => x.strong_count(),
            Weakly::Iter(x) => x.strong_count(),
            Weakly::Module(x) => x.strong_count(),
            Weakly::Cell(x) => x.strong_count(),
            Weakly::Obj(x) => x.strong_count(),
            Weakly::Remains(x) => x.strong_count(),
        };
        count > 0
    }

    /// It, while it lives.
    pub fn held(&self) -> Option<Held> {
        Some(Held::Object(match self {
            Weakly::Tuple(x) => Value::Tuple(x.upgrade()?),
            Weakly::List(x) => Value::List(x.upgrade()?),
            Weakly::Dict(x) => Value::Dict(x.upgrade()?),
            Weakly::Set(x) => Value::Set(x.upgrade()?),
            Weakly::Slice(x) => Value::Slice(x.upgrade()?),
            Weakly::Func(x) => Value::Func(x.upgrade()?),
            Weakly::Native(x) => Value::Native(x.upgrade()?),
            Weakly::Bound(x) => Value::Bound(x.upgrade()?),
            Weakly::Class(x) => Value::Class(x.upgrade()?),
            Weakly::Instance(x) => Value::Instance(x.upgrade()?),
            Weakly::Gen(x) => Value::Gen(x.upgrade()?),
            Weakly::Iter(x) => Value::Iter(x.upgrade()?),
            Weakly::Module(x) => Value::Module(x.upgrade()?),
            Weakly::Cell(x) => Value::Cell(x.upgrade()?),
            Weakly::Obj(x) => Value::Obj(x.upgrade()?),
            Weakly::Remains(x) => return x.upgrade().map(Held::Remains),
        }))
    }
}

impl Held {
    /// Lets go of it without forgetting it.
    pub fn weakly(&self) -> Option<Weakly> {
        let value = match self {
            Held::Remains(remains) => return Some(Weakly::Remains(Rc::downgrade(remains))),
            Held::Object(value) => value,
        };
        Some(match value {
            Value::Tuple(x) => Weakly::Tuple(Rc::downgrade(x)),
            Value::List(x) => Weakly::List(Rc::downgrade(x)),
            Value::Dict(x) => Weakly::Dict(Rc::downgrade(x)),
            Value::Set(x) => Weakly::Set(Rc::downgrade(x)),
            Value::Slice(x) => Weakly::Slice(Rc::downgrade(x)),
            Value::Func(x) => Weakly::Func(Rc::downgrade(x)),
            Value::Native(x) => Weakly::Native(Rc::downgrade(x)),
            Value::Bound(x) => Weakly::Bound(Rc::downgrade(x)),
            Value::Class(x) => Weakly::Class(Rc::downgrade(x)),
            Value::Instance(x) => Weakly::Instance(Rc::downgrade(x)),
            Value::Gen(x) => Weakly::Gen(Rc::downgrade(x)),
            Value::Iter(x) => Weakly::Iter(Rc::downgrade(x)),
            Value::Module(x) => Weakly::Module(Rc::downgrade(x)),
            Value::Cell(x) => Weakly::Cell(Rc::downgrade(x)),
            Value::Obj(x) => Weakly::Obj(Rc::downgrade(x)),
            _ => return None,
        })
    }

    /// Where it lies, as what it is known by; `None` for what holds nothing and is never looked at.
    pub fn place(&self) -> Option<usize> {
        match self {
            Held::Remains(remains) => Some(Rc::as_ptr(remains).cast::<u8>() as usize),
            Held::Object(value) => match value {
                Value::Big(_) | Value::Str(_) | Value::Bytes(_) | Value::Range(_) | Value::Code(_) => None,
                Value::Class(class) if !class.is_heap => None,
                other => other.address(),
            },
        }
    }

    /// How many references to it there are.
    pub fn count(&self) -> usize {
        let value = match self {
            Held::Remains(remains) => return Rc::strong_count(remains),
            Held::Object(value) => value,
        };
        match value {
            Value::Tuple(x) => Rc::strong_count(x),
            Value::List(x) => Rc::strong_count(x),
            Value::Dict(x) => Rc::strong_count(x),
            Value::Set(x) => Rc::strong_count(x),
            Value::Slice(x) => Rc::strong_count(x),
            Value::Func(x) => Rc::strong_count(x),
            Value::Native(x) => Rc::strong_count(x),
            Value::Bound(x) => Rc::strong_count(x),
            Value::Class(x) => Rc::strong_count(x),
            Value::Instance(x) => Rc::strong_count(x),
            Value::Gen(x) => Rc::strong_count(x),
            Value::Iter(x) => Rc::strong_count(x),
            Value::Module(x) => Rc::strong_count(x),
            Value::Cell(x) => Rc::strong_count(x),
            Value::Obj(x) => Rc::strong_count(x),
            _ => 0,
        }
    }

    /// Shows everything that it holds.
    pub fn each(&self, see: &mut dyn FnMut(Held)) {
        match self {
            Held::Remains(remains) => {
                remains.locals.borrow().iter().for_each(|value| see(Held::Object(value.clone())));
                if let Some(back) = &*remains.back.borrow() {
                    see(Held::Remains(back.clone()));
                }
            }
            Held::Object(value) => each_of(value, see),
        }
    }
}

fn each_of(value: &Value, see: &mut dyn FnMut(Held)) {
    let mut object = |value: &Value| see(Held::Object(value.clone()));
    match value {
        // From the end, as CPython goes through them: the order of objects in its lists comes of that.
        Value::Tuple(t) => t.items.iter().rev().for_each(object),
        Value::List(l) => l.items.borrow().iter().rev().for_each(object),
        Value::Dict(d) => {
            d.each(|entry| {
                object(&entry.key);
                object(&entry.value);
            });
            object(&d.default_factory.borrow());
        }
        Value::Set(s) => s.each(&mut object),
        Value::Slice(s) => s.iter().for_each(object),
        Value::Func(f) => {
            object(&Value::Dict(f.globals.clone()));
            if let Some(defaults) = &*f.defaults.borrow() {
                object(&Value::Tuple(defaults.clone()));
            }
            for dict in [&f.kw_defaults, &f.annotations, &f.attributes] {
                if let Some(dict) = &*dict.borrow() {
                    object(&Value::Dict(dict.clone()));
                }
            }
            f.closure.iter().for_each(|cell| object(&Value::Cell(cell.clone())));
            for value in [&f.name, &f.qualname, &f.doc, &f.module] {
                object(&value.borrow());
            }
        }
        Value::Native(n) => object(&n.data),
        Value::Bound(b) => {
            object(&b.receiver);
            object(&b.function);
        }
        Value::Class(c) => {
            c.bases.borrow().iter().chain(c.mro.borrow().iter()).chain(&c.metaclass).for_each(|class| {
                object(&Value::Class(class.clone()));
            });
            c.dict.borrow().values().for_each(object);
        }
        Value::Instance(i) => {
            object(&Value::Class(i.class().clone()));
            i.each_attribute(|attributes| match attributes {
                Attributes::Shaped { values, .. } => values.iter().for_each(&mut object),
                Attributes::Dict { dict, slots } => {
                    slots.iter().for_each(|(_, value)| object(value));
                    object(&Value::Dict(dict.clone()));
                }
            });
            i.payload().into_iter().for_each(&mut object);
            if let Some(exception) = i.exception() {
                object(&exception.args.borrow());
                object(&exception.cause.borrow());
                object(&exception.context.borrow());
                exception.traceback.borrow().iter().for_each(|frame| each_of_frame(frame, see));
            }
        }
        Value::Gen(g) => {
            for value in [&g.name, &g.qualname, &g.finalizer, &g.origin] {
                object(&value.borrow());
            }
            if let Some(suspended) = &*g.suspended.borrow() {
                each_suspended(suspended, &mut object);
                if let Some(remains) = suspended.frame.remains() {
                    see(Held::Remains(remains.clone()));
                }
            }
        }
        Value::Iter(i) => each_of_state(&i.state.borrow(), &mut object),
        Value::Module(m) => object(&Value::Dict(m.dict.clone())),
        Value::Cell(c) => object(&c.value.borrow()),
        Value::Obj(o) => {
            object(&Value::Class(o.class.clone()));
            each_of_data(&o.data, see);
        }
        _ => {}
    }
}

fn each_of_frame(frame: &Frame, see: &mut dyn FnMut(Held)) {
    if let Some(globals) = &frame.globals {
        see(Held::Object(Value::Dict(globals.clone())));
    }
    if let Some(remains) = &frame.remains {
        see(Held::Remains(remains.clone()));
    }
}

fn each_suspended(suspended: &Suspended, object: &mut dyn FnMut(&Value)) {
    let frame = &suspended.frame;
    object(&Value::Dict(frame.globals.clone()));
    if let Some(generator) = &frame.generator {
        object(&Value::Gen(generator.clone()));
    }
    if let Some(namespace) = frame.namespace() {
        object(&Value::Dict(namespace.clone()));
    }
    object(&frame.outer_handled);
    suspended.stack.iter().for_each(&mut *object);
    object(&suspended.handled);
}

fn each_of_state(state: &State, object: &mut dyn FnMut(&Value)) {
    match state {
        State::Done | State::Range(_) | State::Str(..) | State::Bytes(..) => {}
        State::List(list, _) | State::ListReversed(list, _) => object(&Value::List(list.clone())),
        State::Tuple(tuple, _) => object(&Value::Tuple(tuple.clone())),
        State::Dict { dict, .. } => object(&Value::Dict(dict.clone())),
        State::Set(set, items, _) => {
            object(&Value::Set(set.clone()));
            items.iter().for_each(object);
        }
        State::Zip(iterators, _) => iterators.iter().for_each(object),
        State::Map(function, iterators) => {
            object(function);
            iterators.iter().for_each(object);
        }
        State::Filter(a, b) | State::Until(a, b) => {
            object(a);
            object(b);
        }
        State::Enumerate(value, _) | State::SequenceReversed(value, _) | State::Sequence(value, _) => object(value),
    }
}

fn each_of_data(data: &Data, see: &mut dyn FnMut(Held)) {
    let mut object = |value: &Value| see(Held::Object(value.clone()));
    match data {
        Data::Property(parts) => parts.borrow().iter().for_each(object),
        Data::StaticMethod(value) | Data::ClassMethod(value) => object(value),
        Data::Weak(weak) => object(&weak.callback),
        Data::Super(class, value, kind) => {
            object(&Value::Class(class.clone()));
            object(value);
            object(&Value::Class(kind.clone()));
        }
        Data::DictView(dict, _) | Data::MappingProxy(dict) => object(&Value::Dict(dict.clone())),
        Data::Traceback(frames) => frames.iter().for_each(|frame| each_of_frame(frame, see)),
        Data::Frame { frame, globals, locals, back } => {
            object(&Value::Dict(globals.clone()));
            object(&Value::Dict(locals.clone()));
            object(back);
            each_of_frame(frame, see);
        }
        Data::CoroutineWrapper(generator) => object(&Value::Gen(generator.clone())),
        Data::AsyncGen(call) => {
            object(&Value::Gen(call.generator.clone()));
            object(&call.value);
        }
        Data::Native(native) => native.each(&mut object),
        Data::ByteArray(_) | Data::Complex(..) | Data::Member(..) | Data::Plain | Data::Unit(_) => {}
    }
}
