//! `fork`: an interpreter that is a copy of another one, down to the last object.
//!
//! What cannot change is shared: text, numbers, code, built-in classes. Everything else that modules, the
//! function to be called and the calling thread's own data reach is copied once, so that what was one object
//! stays one. A child that calls a function has no frames, since it never returns into its parent's (S-MP-03);
//! one that goes on where its parent is has copies of the calling thread's (`fork_here`). Objects keep the
//! number that `id()` gives, as a copied address space keeps its addresses.
//!
//! Containers are made empty first and filled later, from a list of work, so that cycles and long chains
//! cost no host stack.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::frame::{Fiber, Frame, Rare, Suspended};
use super::{FiberId, Vm};
use crate::python::class::Class;
use crate::python::deep::born;
use crate::python::dict::Dict;
use crate::python::function::{Bound, Function, Native};
use crate::python::generator::{GenState, Generator};
use crate::python::hash::{identity_hash, simple_hash};
use crate::python::heap::{self, Heap};
use crate::python::instance::{Instance, Payload};
use crate::python::iterator::{Iter, State};
use crate::python::module::Module;
use crate::python::object::{AsyncGenCall, Data, Obj, Reference, References, Weakling};
use crate::python::set::Set;
use crate::python::traceback;
use crate::python::value::{Cell, List, Tuple, Value};

/// The copy under way.
pub struct Copier {
    /// Copies by the place of their originals.
    made: HashMap<usize, Value, FxBuildHasher>,
    /// Copies that are still empty, with their originals.
    to_fill: Vec<(Value, Value)>,
    /// Heap classes among the copies.
    classes: Vec<Rc<Class>>,
}

impl Vm {
    /// A copy of this interpreter with one fiber, which will call the function with these arguments.
    pub fn forked(&mut self, pid: u32, function: &Value, args: &[Value]) -> (Vm, FiberId) {
        self.copied(
            pid,
            |copier, _| (copier.value(function), copier.values(args)),
            |child, (function, args)| child.spawn(function, args, Vec::new()),
        )
    }

    /// A copy of this interpreter with one fiber: `copy` says what of the parent's that needs, and `begin` makes it.
    pub(super) fn copied<T>(
        &mut self,
        pid: u32,
        copy: impl FnOnce(&mut Copier, &Fiber) -> T,
        begin: impl FnOnce(&mut Vm, T) -> FiberId,
    ) -> (Vm, FiberId) {
        let mut heap = Heap::default();
        heap.enter();
        let mut copier = Copier { made: HashMap::default(), to_fill: Vec::new(), classes: Vec::new() };
        let modules = copier.dict(&self.modules);
        let builtins = copier.dict(&self.builtins);
        let beginning = copy(&mut copier, &self.fiber);
        let thread_dict = copier.dict(&self.fiber.thread_dict);
        let context = copier.value(&self.fiber.context);
        let asyncgen_hooks = [copier.value(&self.asyncgen_hooks[0]), copier.value(&self.asyncgen_hooks[1])];
        let handlers = self.signals.handlers.iter().map(|(&signal, handler)| (signal, copier.value(handler))).collect();
        let module_dicts = self.module_dicts.iter().map(|dict| copier.dict(dict)).collect();
        copier.fill_all();
        let ids = self.ids.forked(|place| copier.made.get(&place));
        let mut options = self.options.clone();
        (options.pid, options.parent_pid) = (pid, options.pid);
        let mut child = Vm {
            fiber: Fiber::new(0),
            current: FiberId(0),
            fibers: vec![None],
            generations: self.generations.clone(),
            types: self.types.clone(),
            builtins,
            modules,
            finder: self.finder.clone(),
            options,
            breaker: false,
            ticker: None,
            check_interval: self.check_interval,
            is_paused: false,
            left: 0,
            budget: 0,
            began: self.began,
            already: 0,
            cursor: 0,
            recording: 0,
            loops: 0,
            nesting: 0,
            origin_depth: self.origin_depth,
            held_back: 0,
            effort: 0,
            machinery: self.machinery.clone(),
            exchange: Rc::default(),
            heap: Heap::default(),
            ids,
            next_lock: self.next_lock,
            next_ident: self.next_ident,
            units: Vec::new(),
            classes: copier.classes.iter().map(Rc::downgrade).collect(),
            prepared: Vec::new(),
            module_dicts,
            released: Vec::new(),
            recursion_limit: self.recursion_limit,
            asyncgen_hooks,
            signals: self.signals.forked(handlers, FiberId(0)),
            inherited: copier.made.into_values().collect(),
        };
        let main = begin(&mut child, beginning);
        child.signals.main = main;
        let ident = self.fiber.ident;
        child.with_fiber(main, |fiber| {
            fiber.thread_dict = thread_dict;
            fiber.context = context;
            fiber.ident = ident;
        });
        heap.leave();
        child.heap = heap;
        (child, main)
    }

    pub(super) fn with_fiber(&mut self, id: FiberId, change: impl FnOnce(&mut Fiber)) {
        let before = self.current;
        self.enter(id);
        change(&mut self.fiber);
        self.enter(before);
    }
}

impl Copier {
    /// The copy of a value.
    pub fn value(&mut self, old: &Value) -> Value {
        let place = match old {
            Value::Null
            | Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Big(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Range(_)
            | Value::Code(_) => return old.clone(),
            Value::Native(native) if native.data.is_null() => return old.clone(),
            Value::Class(class) if !class.is_heap => return old.clone(),
            _ => old.address().expect("everything else has a place"),
        };
        if let Some(made) = self.made.get(&place) {
            return made.clone();
        }
        if let Value::Class(class) = old {
            return Value::Class(self.new_class(class));
        }
        let (made, is_empty) = self.make(old);
        self.made.insert(place, made.clone());
        if is_empty {
            self.to_fill.push((old.clone(), made.clone()));
        }
        made
    }

    /// The copy of a dict.
    pub fn dict(&mut self, old: &Rc<Dict>) -> Rc<Dict> {
        match self.value(&Value::Dict(old.clone())) {
            Value::Dict(made) => made,
            _ => unreachable!("a dict is copied to a dict"),
        }
    }

    /// The copies of values.
    pub fn values(&mut self, old: &[Value]) -> Vec<Value> {
        old.iter().map(|value| self.value(value)).collect()
    }

    fn class(&mut self, old: &Rc<Class>) -> Rc<Class> {
        match self.value(&Value::Class(old.clone())) {
            Value::Class(made) => made,
            _ => unreachable!("a class is copied to a class"),
        }
    }

    fn cell(&mut self, old: &Rc<Cell>) -> Rc<Cell> {
        match self.value(&Value::Cell(old.clone())) {
            Value::Cell(made) => made,
            _ => unreachable!("a cell is copied to a cell"),
        }
    }

    fn generator(&mut self, old: &Rc<Generator>) -> Rc<Generator> {
        match self.value(&Value::Gen(old.clone())) {
            Value::Gen(made) => made,
            _ => unreachable!("a generator is copied to a generator"),
        }
    }

    /// A class is filled at once: whether its instances compare by identity must be known.
    fn new_class(&mut self, old: &Rc<Class>) -> Rc<Class> {
        let bases: Vec<_> = old.bases.borrow().iter().map(|base| self.class(base)).collect();
        let metaclass = old.metaclass.as_ref().map(|meta| self.class(meta));
        let place = Value::Class(old.clone()).address().expect("a class has a place");
        if let Some(Value::Class(made)) = self.made.get(&place) {
            return made.clone();
        }
        let made = Class::new(&old.name(), bases, Vec::new(), metaclass, old.layout, true);
        self.made.insert(place, Value::Class(made.clone()));
        self.classes.push(made.clone());
        *made.qualname.borrow_mut() = old.qualname.borrow().clone();
        *made.slots.borrow_mut() = old.slots.borrow().clone();
        let mro: Vec<_> = old.mro.borrow().iter().map(|class| self.class(class)).collect();
        *made.mro.borrow_mut() = mro;
        let entries: Vec<_> = old.dict.borrow().iter().map(|(name, value)| (*name, value.clone())).collect();
        for (name, value) in entries {
            let value = self.value(&value);
            made.dict.borrow_mut().insert(name, value);
        }
        made.changed();
        made
    }

    /// A copy, and whether it is still to be filled.
    fn make(&mut self, old: &Value) -> (Value, bool) {
        match old {
            Value::Tuple(t) => (Value::Tuple(Rc::new(Tuple { items: self.values(&t.items).into() })), false),
            Value::Slice(s) => (Value::Slice(Rc::new(std::array::from_fn(|i| self.value(&s[i])))), false),
            Value::Native(n) => {
                let Native { name, qualname, function, kind, resumes, .. } = **n;
                let data = self.value(&n.data);
                (Value::Native(Rc::new(Native { name, qualname, function, kind, resumes, data })), false)
            }
            Value::Bound(b) => {
                let (receiver, function) = (self.value(&b.receiver), self.value(&b.function));
                (Value::Bound(Rc::new(Bound { receiver, function })), false)
            }
            Value::Module(m) => {
                let dict = self.dict(&m.dict);
                (Value::Module(Rc::new(Module { name: m.name.clone(), dict })), false)
            }
            Value::List(_) => (heap::list(Vec::new()), true),
            Value::Dict(_) => (Value::Dict(heap::dict(Dict::new())), true),
            Value::Set(s) => (Value::Set(Rc::new(Set::new(s.frozen))), true),
            Value::Cell(_) => (heap::cell(Value::Null), true),
            Value::Iter(_) => (Iter::value(State::Done), true),
            Value::Func(f) => (heap::function(self.new_function(f)), true),
            Value::Instance(i) => {
                let class = i.class().clone();
                let class = self.class(&class);
                let payload = match (i.payload(), i.exception()) {
                    (Some(value), _) => Payload::Value(self.value(value)),
                    (None, Some(_)) => Payload::Exception(Box::default()),
                    (None, None) => Payload::None,
                };
                let made = Instance::new(class, payload);
                made.finalized.set(i.finalized.get());
                made.id.set(i.id.get());
                (heap::instance(made), true)
            }
            Value::Gen(g) => {
                born();
                let made = Generator {
                    kind: g.kind,
                    unit: g.unit.clone(),
                    suspended: None.into(),
                    spare: Default::default(),
                    state: g.state.clone(),
                    name: g.name.clone(),
                    qualname: g.qualname.clone(),
                    finalizer: Value::None.into(),
                    origin: Value::None.into(),
                    hooked: g.hooked.clone(),
                    async_running: g.async_running.clone(),
                    id: g.id.clone(),
                    weak_references: Vec::new().into(),
                };
                (heap::generator(made), true)
            }
            Value::Obj(o) => {
                let class = self.class(&o.class);
                let data = self.data(&o.data);
                let made = Obj::value(&class, data);
                if let Value::Obj(made) = &made {
                    made.id.set(o.id.get());
                }
                (made, matches!(o.data, Data::Native(_)))
            }
            _ => unreachable!("shared or made elsewhere"),
        }
    }

    fn new_function(&mut self, old: &Function) -> Function {
        Function {
            unit: old.unit.clone(),
            globals: self.dict(&old.globals),
            name: old.name.clone(),
            qualname: old.qualname.clone(),
            defaults: None.into(),
            kw_defaults: None.into(),
            closure: old.closure.iter().map(|cell| self.cell(cell)).collect(),
            annotations: None.into(),
            doc: Value::None.into(),
            module: Value::None.into(),
            attributes: None.into(),
            id: old.id.clone(),
            weak_references: Vec::new().into(),
        }
    }

    fn data(&mut self, old: &Data) -> Data {
        match old {
            Data::Property(parts) => {
                let parts = parts.borrow();
                Data::Property(RefCell::new(std::array::from_fn(|i| self.value(&parts[i]))))
            }
            Data::StaticMethod(value) => Data::StaticMethod(self.value(value)),
            Data::ClassMethod(value) => Data::ClassMethod(self.value(value)),
            Data::Member(name, owner) => {
                let owner = owner.upgrade().map_or_else(Weak::new, |owner| Rc::downgrade(&self.class(&owner)));
                Data::Member(*name, owner)
            }
            Data::Super(class, object, kind) => Data::Super(self.class(class), self.value(object), self.class(kind)),
            Data::DictView(dict, part) => Data::DictView(self.dict(dict), *part),
            Data::MappingProxy(dict) => Data::MappingProxy(self.dict(dict)),
            Data::ByteArray(bytes) => Data::ByteArray(bytes.clone()),
            Data::Complex(re, im) => Data::Complex(*re, *im),
            Data::Weak(weak) => {
                let target = weak.target();
                let copied = match &target {
                    Some(target) => Weakling::new(&self.value(target)).expect("a copy has its original's type"),
                    None => Weakling::Gone,
                };
                let made = Reference::new(copied, self.value(&weak.callback));
                made.hash.set(weak.hash.get().filter(|_| target.is_none()));
                Data::Weak(made)
            }
            Data::Traceback(frames) => {
                let without = |frame: &traceback::Frame| traceback::Frame { remains: None, ..frame.clone() };
                Data::Traceback(frames.iter().map(without).collect())
            }
            Data::Frame { frame, globals, locals, back } => Data::Frame {
                frame: frame.clone(),
                globals: self.dict(globals),
                locals: self.dict(locals),
                back: self.value(back),
            },
            Data::CoroutineWrapper(generator) => Data::CoroutineWrapper(self.generator(generator)),
            Data::AsyncGen(call) => Data::AsyncGen(AsyncGenCall {
                generator: self.generator(&call.generator),
                kind: call.kind,
                value: self.value(&call.value),
                state: call.state.clone(),
            }),
            Data::Plain => Data::Plain,
            Data::Unit(unit) => Data::Unit(unit.clone()),
            Data::Native(native) => Data::Native(native.emptied()),
        }
    }

    fn fill_all(&mut self) {
        while let Some((old, made)) = self.to_fill.pop() {
            self.fill(&old, &made);
        }
    }

    fn fill(&mut self, old: &Value, made: &Value) {
        match (old, made) {
            (Value::List(old), Value::List(made)) => {
                let items = self.values(&old.items.borrow());
                *made.items.borrow_mut() = items;
            }
            (Value::Dict(old), Value::Dict(made)) => self.fill_dict(old, made),
            (Value::Set(old), Value::Set(made)) => {
                // In the order of insertion, which a set of such elements has; the places of others are taken over.
                let copies = Set::new(made.frozen);
                for entry in old.table().entries() {
                    let key = self.value(&entry.key);
                    let hash = rehash(&entry.key, entry.hash, &key).unwrap_or(entry.hash);
                    copies.push(hash, key);
                }
                drop(made.become_like(&copies));
                made.lie_like(old);
            }
            (Value::Cell(old), Value::Cell(made)) => {
                let value = self.value(&old.value.borrow());
                *made.value.borrow_mut() = value;
            }
            (Value::Iter(old), Value::Iter(made)) => {
                let state = self.state(&old.state.borrow());
                *made.state.borrow_mut() = state;
            }
            (Value::Func(old), Value::Func(made)) => {
                let tuple = old.defaults.borrow().as_ref().map(|t| self.value(&Value::Tuple(t.clone())));
                if let Some(Value::Tuple(tuple)) = tuple {
                    *made.defaults.borrow_mut() = Some(tuple);
                }
                for (old, made) in [
                    (&old.kw_defaults, &made.kw_defaults),
                    (&old.annotations, &made.annotations),
                    (&old.attributes, &made.attributes),
                ] {
                    let dict = old.borrow().as_ref().map(|dict| self.dict(dict));
                    *made.borrow_mut() = dict;
                }
                for (old, made) in [(&old.doc, &made.doc), (&old.module, &made.module)] {
                    let value = self.value(&old.borrow());
                    *made.borrow_mut() = value;
                }
                self.references(&old.weak_references, &made.weak_references);
            }
            (Value::Instance(old), Value::Instance(made)) => self.fill_instance(old, made),
            (Value::Gen(old), Value::Gen(made)) => {
                let suspended = old.suspended.borrow().as_ref().map(|frame| self.suspended(frame));
                if suspended.is_none() && old.state.get() == GenState::Running {
                    // It runs on a thread that the child does not have.
                    made.state.set(GenState::Closed);
                }
                *made.suspended.borrow_mut() = suspended;
                let finalizer = self.value(&old.finalizer.borrow());
                *made.finalizer.borrow_mut() = finalizer;
                *made.origin.borrow_mut() = self.value(&old.origin.borrow());
                self.references(&old.weak_references, &made.weak_references);
            }
            (Value::Obj(old), Value::Obj(made)) => {
                if let (Data::Native(old), Data::Native(made)) = (&old.data, &made.data) {
                    old.fill(&**made, self);
                }
            }
            _ => unreachable!("a copy has its original's type"),
        }
    }

    fn fill_dict(&mut self, old: &Dict, made: &Dict) {
        for entry in old.entries() {
            let (key, value) = (self.value(&entry.key), self.value(&entry.value));
            let hash = rehash(&entry.key, entry.hash, &key).unwrap_or(entry.hash);
            made.push(hash, key, value);
        }
        let factory = self.value(&old.default_factory.borrow());
        *made.default_factory.borrow_mut() = factory;
    }

    fn fill_instance(&mut self, old: &Instance, made: &Instance) {
        if let Some(dict) = old.own_dict() {
            let dict = self.dict(&dict);
            made.set_dict(dict);
        }
        for (name, value) in old.outside_dict() {
            let value = self.value(&value);
            made.set_attribute(name, value);
        }
        if let (Some(old), Some(made)) = (old.exception(), made.exception()) {
            for (old, made) in [(&old.args, &made.args), (&old.cause, &made.cause), (&old.context, &made.context)] {
                let value = self.value(&old.borrow());
                *made.borrow_mut() = value;
            }
            made.suppress_context.set(old.suppress_context.get());
            // The frames stay behind, and with them their variables.
            let without = |frame: &traceback::Frame| traceback::Frame { remains: None, ..frame.clone() };
            *made.traceback.borrow_mut() = old.traceback.borrow().iter().map(without).collect();
            made.has_traceback.set(old.has_traceback.get());
        }
        self.references(&old.weak_references, &made.weak_references);
    }

    fn references(&mut self, old: &References, made: &References) {
        let living: Vec<_> = old.borrow().iter().filter_map(Weak::upgrade).collect();
        let copied = living.into_iter().map(|o| self.value(&Value::Obj(o)));
        let copied = copied.filter_map(|value| match value {
            Value::Obj(o) => Some(Rc::downgrade(&o)),
            _ => None,
        });
        *made.borrow_mut() = copied.collect();
    }

    fn suspended(&mut self, old: &Suspended) -> Suspended {
        Suspended { frame: self.frame(&old.frame), stack: self.values(&old.stack), handled: self.value(&old.handled) }
    }

    /// The copy of a frame.
    pub fn frame(&mut self, old: &Frame) -> Frame {
        Frame {
            unit: old.unit.clone(),
            globals: self.dict(&old.globals),
            ip: old.ip,
            base: old.base,
            floor: old.floor,
            after: old.after,
            generator: old.generator.as_ref().map(|generator| self.generator(generator)),
            outer_handled: self.value(&old.outer_handled),
            rare: old.rare.as_ref().map(|rare| {
                let namespace = rare.namespace.as_ref().map(|dict| self.dict(dict));
                Box::new(Rare { namespace, answers: self.answers(&rare.answers), ..Rare::default() })
            }),
        }
    }

    fn state(&mut self, old: &State) -> State {
        let list = |copier: &mut Copier, list: &Rc<List>| match copier.value(&Value::List(list.clone())) {
            Value::List(made) => made,
            _ => unreachable!("a list is copied to a list"),
        };
        match old {
            State::Done => State::Done,
            State::List(items, next) => State::List(list(self, items), *next),
            State::ListReversed(items, next) => State::ListReversed(list(self, items), *next),
            State::Tuple(items, next) => match self.value(&Value::Tuple(items.clone())) {
                Value::Tuple(made) => State::Tuple(made, *next),
                _ => State::Done,
            },
            State::Range(range) => State::Range(*range),
            State::Str(text, next) => State::Str(text.clone(), *next),
            State::Bytes(bytes, next) => State::Bytes(bytes.clone(), *next),
            State::Dict { dict, position, len, left, part, reversed } => {
                let (dict, position, len, left) = (self.dict(dict), *position, *len, *left);
                State::Dict { dict, position, len, left, part: *part, reversed: *reversed }
            }
            State::Set(set, items, next) => match self.value(&Value::Set(set.clone())) {
                Value::Set(made) => State::Set(made, self.values(items), *next),
                _ => State::Done,
            },
            State::Enumerate(iterator, n) => State::Enumerate(self.value(iterator), *n),
            State::Zip(iterators, strict) => State::Zip(self.values(iterators), *strict),
            State::Map(function, iterators) => State::Map(self.value(function), self.values(iterators)),
            State::Filter(function, iterator) => State::Filter(self.value(function), self.value(iterator)),
            State::SequenceReversed(sequence, next) => State::SequenceReversed(self.value(sequence), *next),
            State::Sequence(sequence, next) => State::Sequence(self.value(sequence), *next),
            State::Until(function, sentinel) => State::Until(self.value(function), self.value(sentinel)),
        }
    }
}

/// The hash of a copied key, where hashes follow places; `None` where it stays as it was.
fn rehash(old: &Value, hash: u64, made: &Value) -> Option<u64> {
    if let Some(simple) = simple_hash(made) {
        return Some(simple);
    }
    if hash == identity_hash(old) {
        return Some(identity_hash(made));
    }
    match (old, made) {
        (Value::Obj(old), Value::Obj(made)) => match (&old.data, &made.data) {
            (Data::Weak(old), Data::Weak(made)) => rehash(&old.target()?, hash, &made.target()?),
            _ => None,
        },
        (Value::Tuple(old), Value::Tuple(made)) => {
            let mut combined = 0x345_678_u64;
            for (old, made) in old.items.iter().zip(&made.items) {
                let item = rehash(old, identity_hash(old), made)?;
                combined = (combined ^ item).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(13);
            }
            Some(combined)
        }
        _ => None,
    }
}
