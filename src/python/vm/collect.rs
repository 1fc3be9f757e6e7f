//! The collector of cycles: which objects only refer to one another, and how they come to their end.
//!
//! As in CPython (`Modules/gcmodule.c`): from the count of every object are taken the references that come from other
//! objects. One with a rest is held from outside, by a frame or a module, and whatever it reaches lives. The others are
//! garbage, which ends in three steps: weak references to it are cut, its finalisers run, and what these have not
//! brought back is emptied, so that the counts do the rest. Python runs between the steps, so each is a call of its own.
//!
//! It runs when it is asked to, and when the program ends. CPython runs it by itself too, after so many objects more
//! were made than have died; where that falls in a program depends on all that the interpreter has made before.

use std::rc::Rc;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use rustc_hash::FxBuildHasher;

use super::Vm;
use crate::python::dict::Dict;
use crate::python::generator::{GenKind, GenState};
use crate::python::grave;
use crate::python::heap;
use crate::python::iterator::State;
use crate::python::name::Sym;
use crate::python::object::{Data, Weakling, references_to};
use crate::python::reach::{Held, Weakly};
use crate::python::unit::Cache;
use crate::python::value::Value;

/// Tuples inside tuples whose places in the order are made out.
const MAX_NESTING: usize = 3;

/// Fuel for looking at one object [ticks].
const LOOK_FUEL: i64 = 1 << 13;

/// Objects with the number of references that come from one another.
#[derive(Default)]
struct Graph {
    nodes: Vec<Held>,
    /// Number in `nodes` by place.
    numbers: HashMap<usize, u32, FxBuildHasher>,
    /// References from others of them.
    n_internal: Vec<usize>,
    /// Before each, the number of the newest one that it was made after; itself where that is not known.
    after: Vec<u32>,
}

impl Graph {
    /// The number of an object, new or not.
    fn add(&mut self, held: Held) -> Option<u32> {
        let place = held.place()?;
        Some(match self.numbers.entry(place) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                let number = self.nodes.len() as u32;
                free.insert(number);
                self.nodes.push(held);
                self.n_internal.push(0);
                self.after.push(number);
                number
            }
        })
    }

    /// Of these objects, and of those that they and the others reach. The former are in their order.
    fn reached(known: Vec<Held>, others: impl Iterator<Item = Held>) -> Graph {
        let mut graph = Graph::default();
        for held in known {
            graph.add(held);
        }
        let n_known = graph.nodes.len();
        for held in others {
            graph.add(held);
        }
        let mut next = 0;
        let mut parts = Vec::new();
        while let Some(node) = graph.nodes.get(next).cloned() {
            node.each(&mut |held| parts.push(held));
            // What was put into a list first was as a rule made first.
            if matches!(node, Held::Object(Value::List(_) | Value::Tuple(_))) {
                parts.reverse();
            }
            for held in parts.drain(..) {
                if let Some(number) = graph.add(held) {
                    graph.n_internal[number as usize] += 1;
                }
            }
            next += 1;
        }
        graph.guess_births(n_known);
        graph
    }

    /// What cannot be changed, as a tuple, was made after all that it holds, and as a rule soon after: that is its
    /// place in the order.
    fn guess_births(&mut self, n_known: usize) {
        for _ in 0..MAX_NESTING {
            for n in n_known..self.nodes.len() {
                let mut newest = None;
                self.nodes[n].each(&mut |held| {
                    let Some(&part) = held.place().and_then(|place| self.numbers.get(&place)) else { return };
                    let part = part as usize;
                    if part < n_known || self.after[part] as usize != part {
                        newest = newest.max(Some(self.after[part]));
                    }
                });
                self.after[n] = newest.unwrap_or(self.after[n]);
            }
        }
    }

    /// Of these objects alone.
    fn among(objects: Vec<Held>) -> Graph {
        let mut graph = Graph::default();
        for held in objects {
            graph.add(held);
        }
        for node in &graph.nodes {
            node.each(&mut |held| {
                if let Some(&number) = held.place().and_then(|place| graph.numbers.get(&place)) {
                    graph.n_internal[number as usize] += 1;
                }
            });
        }
        graph
    }

    /// Parts the objects into those that something else refers to, directly or through others, and the rest. Both are
    /// in CPython's order (`move_unreachable`): an object that was looked at before any that holds it comes behind them.
    fn part(self, end: &End) -> (Vec<Held>, Vec<Held>) {
        let Graph { nodes, numbers, n_internal, after } = self;
        // One reference is the graph's own.
        let is_held = |(node, n_internal): (&Held, usize)| {
            node.count() > n_internal + 1 && !node.place().is_some_and(|place| end.released.contains(&place))
        };
        let mark = |node| if is_held(node) { Mark::Held } else { Mark::Unknown };
        let mut marks: Vec<Mark> = nodes.iter().zip(n_internal).map(mark).collect();
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        order.sort_by_key(|&n| after[n]);
        let (mut reached, mut aside) = (Vec::new(), Vec::new());
        let mut next = 0;
        while let Some(&n) = order.get(next) {
            next += 1;
            if marks[n] == Mark::Unknown {
                marks[n] = Mark::Aside;
                aside.push(n);
                continue;
            }
            reached.push(n);
            if end.closed.is_some() && nodes[n].place() == end.closed {
                continue;
            }
            nodes[n].each(&mut |held| {
                let Some(&number) = held.place().and_then(|place| numbers.get(&place)) else { return };
                let number = number as usize;
                match marks[number] {
                    Mark::Held => {}
                    Mark::Unknown => marks[number] = Mark::Held,
                    Mark::Aside => {
                        marks[number] = Mark::Held;
                        order.push(number);
                    }
                }
            });
        }
        aside.retain(|&n| marks[n] == Mark::Aside);
        let objects = |numbers: Vec<usize>| numbers.into_iter().map(|n| nodes[n].clone()).collect();
        (objects(reached), objects(aside))
    }
}

/// How far the parting of objects has come with one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Nothing outside refers to it, as far as is known.
    Unknown,
    /// Something does, directly or through others.
    Held,
    /// It was unknown when its turn came.
    Aside,
}

/// What is different at the end of the program.
#[derive(Default)]
struct End {
    /// Places of objects that live only for the interpreter.
    released: Vec<usize>,
    /// The place of an object that keeps nothing alive.
    closed: Option<usize>,
}

impl Vm {
    /// The objects that cycles may go through, in their order, and the classes.
    pub fn tracked(&self) -> Vec<Value> {
        let object = |held| if let Held::Object(object) = held { Some(object) } else { None };
        heap::living().into_iter().chain(self.living_classes()).filter_map(object).collect()
    }

    fn living_classes(&self) -> impl Iterator<Item = Held> {
        self.classes.iter().filter_map(|class| class.upgrade()).map(|class| Held::Object(Value::Class(class)))
    }

    fn graph(&mut self) -> Graph {
        let graph = Graph::reached(heap::living(), self.living_classes());
        self.pause(graph.nodes.len() as i64 * LOOK_FUEL);
        graph
    }

    /// Everything that only refers to itself.
    pub fn find_garbage(&mut self) -> Vec<Held> {
        self.garbage(&End::default())
    }

    /// The program's modules go, as at its end, and with them whatever they hold together with the library's. Returns
    /// what has no other hold: that lives on for the finalisers.
    pub fn release_program(&mut self) -> Vec<Held> {
        let own: Vec<String> = self.finder.own.keys().cloned().collect();
        for name in ["__main__", "__mp_main__"].into_iter().map(String::from).chain(own) {
            let Some(module) = self.modules.remove_name(Sym::new(&name)) else { continue };
            if let Value::Module(module) = &module {
                self.module_dicts.retain(|dict| !Rc::ptr_eq(dict, &module.dict));
                self.released.push(Rc::downgrade(&module.dict));
            }
            drop(module);
        }
        let place = |dict: &Rc<Dict>| Held::Object(Value::Dict(dict.clone())).place();
        let kept = self.module_dicts.iter().chain([&self.modules, &self.builtins]);
        let end = End { released: kept.filter_map(place).collect(), closed: place(&self.modules) };
        self.garbage(&end)
    }

    /// The namespaces of the program's modules that live on although these are gone, but for garbage.
    pub fn left_namespaces(&self, garbage: &[Weakly]) -> Vec<Value> {
        let living = self.released.iter().filter_map(|dict| dict.upgrade());
        let is_garbage = |dict: &Rc<Dict>| {
            garbage.iter().any(|object| matches!(object, Weakly::Dict(weak) if weak.as_ptr() == Rc::as_ptr(dict)))
        };
        living.filter(|dict| !is_garbage(dict)).map(Value::Dict).collect()
    }

    fn garbage(&mut self, end: &End) -> Vec<Held> {
        self.forget_lookups();
        let (reached, garbage) = self.graph().part(end);
        heap::put_in_order(reached.iter().chain(&garbage));
        garbage
    }

    /// What was remembered about lookups holds functions and classes, as nothing in CPython does.
    fn forget_lookups(&mut self) {
        for unit in self.units.iter().filter_map(|unit| unit.upgrade()) {
            for cache in unit.caches.borrow_mut().iter_mut() {
                match cache {
                    Cache::Method { .. } | Cache::Builtin { .. } | Cache::ClassValue { .. } => *cache = Cache::Empty,
                    Cache::Getter { .. } | Cache::OfClass { .. } => *cache = Cache::Empty,
                    _ => {}
                }
            }
        }
        self.classes.retain(|class| class.strong_count() > 0);
        self.classes.iter().filter_map(|class| class.upgrade()).for_each(|class| class.forget_lookups());
    }

    /// All objects that directly refer to one of these.
    pub fn referrers(&mut self, to: &[Value]) -> Vec<Value> {
        let graph = self.graph();
        let refers = |node: &Held| {
            let mut found = false;
            node.each(&mut |held| {
                found |= matches!(&held, Held::Object(value) if to.iter().any(|object| object.is(value)));
            });
            found
        };
        let objects = graph.nodes.into_iter().filter(refers);
        objects.filter_map(|node| if let Held::Object(value) = node { Some(value) } else { None }).collect()
    }
}

/// Cuts the weak references to garbage. The callbacks of those that are no garbage themselves run before the next
/// operation.
pub fn cut_references(garbage: &[Held]) {
    let mut places: Vec<usize> = garbage.iter().filter_map(Held::place).collect();
    places.sort_unstable();
    for object in garbage {
        let Held::Object(object) = object else { continue };
        let references = references_to(object).map(|references| references.take()).unwrap_or_default();
        for reference in references.iter().rev().filter_map(|reference| reference.upgrade()) {
            if let Data::Weak(weak) = &reference.data {
                weak.point_to(Weakling::Gone);
            }
            let place = Rc::as_ptr(&reference).cast::<u8>() as usize;
            if places.binary_search(&place).is_err() {
                grave::bury_callback(reference);
            }
        }
    }
}

/// Whether the object has a finaliser that has not run. One runs once in an object's life.
fn is_due(object: &Value) -> bool {
    match object {
        Value::Instance(i) => i.class().traits().has_del && !i.finalized.get(),
        Value::Gen(g) => match g.state.get() {
            GenState::Suspended => true,
            GenState::Created => g.kind == GenKind::Coroutine,
            GenState::Running | GenState::Closed => false,
        },
        _ => false,
    }
}

/// Has the next finaliser of garbage run before the next operation; `false` where there is none. Those before may
/// have been the end of objects behind them.
pub fn finalise_next(garbage: &[Weakly], next: &mut usize) -> bool {
    while let Some(object) = garbage.get(*next) {
        *next += 1;
        if let Some(Held::Object(object)) = object.held()
            && is_due(&object)
        {
            if let Value::Instance(i) = &object {
                i.finalized.set(true);
            }
            grave::bury(object);
            return true;
        }
    }
    false
}

/// Empties what is still garbage, and returns how many objects CPython of this version would say that were.
pub fn empty(garbage: Vec<Held>, minor: u32) -> usize {
    let (_, garbage) = Graph::among(garbage).part(&End::default());
    let n = garbage.iter().map(|object| weight(object, minor)).sum();
    for object in &garbage {
        clear(object);
    }
    n
}

/// Takes everything out of an object.
pub fn clear(object: &Held) {
    let Held::Object(object) = object else { return };
    match object {
        Value::List(l) => drop(l.items.take()),
        Value::Dict(d) => {
            drop(d.take());
            drop(d.default_factory.take());
        }
        Value::Set(s) => drop(s.take()),
        Value::Func(f) => {
            drop(f.defaults.take());
            for dict in [&f.kw_defaults, &f.annotations, &f.attributes] {
                drop(dict.take());
            }
        }
        Value::Class(c) => c.clear(),
        Value::Instance(i) => {
            i.clear();
            if let Some(exception) = i.exception() {
                for value in [&exception.args, &exception.cause, &exception.context] {
                    drop(value.take());
                }
                drop(exception.traceback.take());
            }
        }
        Value::Gen(g) => {
            g.state.set(GenState::Closed);
            drop(g.suspended.take());
        }
        Value::Iter(i) => drop(i.state.replace(State::Done)),
        Value::Cell(c) => drop(c.value.take()),
        Value::Obj(o) => {
            if let Data::Native(native) = &o.data {
                native.clear();
            }
        }
        _ => {}
    }
}

/// How many objects it is in CPython, which has some of their parts apart.
fn weight(object: &Held, minor: u32) -> usize {
    let is_atom = |value: &Value| Held::Object(value.clone()).place().is_none();
    let value = match object {
        Held::Remains(_) => return 1,
        Held::Object(value) => value,
    };
    match value {
        Value::Func(f) => 1 + usize::from(!f.closure.is_empty()),
        // A dict of numbers and text cannot be part of a cycle.
        Value::Dict(d) => {
            let mut has_others = false;
            d.each(|entry| has_others |= !is_atom(&entry.key) || !is_atom(&entry.value));
            usize::from(has_others)
        }
        Value::Instance(i) => {
            let n_entries = i.exception().map_or(0, |exception| exception.traceback.borrow().len());
            let has_dict = minor < 11 && i.outside_dict().iter().any(|(_, value)| !is_atom(value));
            1 + n_entries + usize::from(has_dict)
        }
        // Its namespace, resolution order and bases, and what gives its instances attributes and weak references.
        Value::Class(_) => 6,
        _ => 1,
    }
}
