//! What an object holds: every reference that its count knows of, once for each.
//!
//! The collector of cycles takes these from the counts, so nothing may be shown that is not counted; what is left out
//! merely keeps its object alive.

use std::rc::Rc;

use super::instance::Attributes;
use super::iterator::State;
use super::object::Data;
use super::traceback::{Frame, Remains};
use super::value::Value;
use super::vm::frame::Suspended;

/// Something with a count of its own.
#[derive(Clone)]
pub enum Held {
    /// An object.
    Object(Value),
    /// What a frame leaves to tracebacks, which share it.
    Remains(Rc<Remains>),
}

impl Held {
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
                Attributes::Dict(dict) => object(&Value::Dict(dict.clone())),
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
            for value in [&g.name, &g.qualname, &g.finalizer] {
                object(&value.borrow());
            }
            if let Some(suspended) = &*g.suspended.borrow() {
                each_suspended(suspended, &mut object);
                if let Some(remains) = &suspended.frame.remains {
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
    if let Some(namespace) = &frame.namespace {
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
        Data::Property(parts) => parts.iter().for_each(object),
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
        Data::ByteArray(_) | Data::Complex(..) | Data::Plain | Data::Unit(_) => {}
    }
}
