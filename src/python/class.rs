//! Classes: name, bases, method resolution order, namespace.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use hashbrown::HashMap;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::function::{Function, Native};
use super::name::Sym;
use super::names;
use super::shape::Shape;
use super::value::Value;

/// What the instances of a class hold beside attributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// Attributes only.
    Plain,
    /// The built-in value of the type of this name (`int`, `list`, …).
    Builtin(&'static str),
    /// What every exception has.
    Exception,
    /// Instances are classes.
    Type,
}

/// A class.
pub struct Class {
    /// `C`
    pub name: RefCell<Rc<str>>,
    /// `f.<locals>.C`
    pub qualname: RefCell<Rc<str>>,
    /// Direct bases.
    pub bases: RefCell<Vec<Rc<Class>>>,
    /// Itself and its ancestors in lookup order.
    pub mro: RefCell<Vec<Rc<Class>>>,
    /// The class of the class, `None` for plain `type`.
    pub metaclass: Option<Rc<Class>>,
    /// Its namespace, in order of definition.
    pub dict: RefCell<IndexMap<Sym, Value, FxBuildHasher>>,
    /// See [`Layout`].
    pub layout: Layout,
    /// Made by a class statement, so that its namespace can be changed.
    pub is_heap: bool,
    /// `__slots__` without a `__dict__`: the only attributes instances may have.
    pub slots: RefCell<Option<Vec<Sym>>>,
    /// The slots of instances that have a `__dict__` too, which does not show them.
    pub slots_beside_dict: RefCell<Vec<Sym>>,
    /// A new number whenever a lookup may give something else; unique among all classes.
    version: Cell<u64>,
    lookups: RefCell<HashMap<Sym, Option<Value>, FxBuildHasher>>,
    subclasses: RefCell<Vec<Weak<Class>>>,
    /// The shape of an instance without attributes.
    pub root_shape: Rc<Shape>,
    /// Answers to the questions asked most, for the present version.
    traits: Cell<Option<Traits>>,
    /// How calling it makes an instance, for the present version.
    construction: RefCell<Option<Construction>>,
}

/// How calling a class makes an instance, where no method of the program's own has a say in it but `__init__`.
#[derive(Clone)]
pub enum Construction {
    /// By all rules.
    General,
    /// An instance without attributes, made ready by this `__init__`.
    Init(Rc<Function>),
    /// An instance without attributes; there are no arguments.
    Empty,
    /// An exception with its arguments.
    Exception,
    /// What this makes of the class and the arguments: a built-in type.
    Built(Rc<Native>),
}

/// What a class defines, for fast paths.
#[derive(Clone, Copy, Default)]
pub struct Traits {
    /// `__del__`
    pub has_del: bool,
    /// `__eq__` or `__hash__` other than `object`'s.
    pub has_eq: bool,
    /// `__getattr__` or a `__getattribute__` other than `object`'s.
    pub has_getattr: bool,
    /// `__setattr__` or `__delattr__` other than `object`'s.
    pub has_setattr: bool,
    /// `__getitem__` or `__setitem__` other than `dict`'s.
    pub has_items: bool,
}

thread_local! {
    static NEXT_VERSION: Cell<u64> = const { Cell::new(1) };
}

fn next_version() -> u64 {
    NEXT_VERSION.with(|next| {
        let version = next.get();
        next.set(version + 1);
        version
    })
}

impl Class {
    /// A class; `mro` without itself.
    pub fn new(
        name: &str,
        bases: Vec<Rc<Class>>,
        rest_of_mro: Vec<Rc<Class>>,
        metaclass: Option<Rc<Class>>,
        layout: Layout,
        is_heap: bool,
    ) -> Rc<Class> {
        let class = Rc::new(Class {
            name: RefCell::new(name.into()),
            qualname: RefCell::new(name.into()),
            bases: RefCell::new(bases),
            mro: RefCell::new(Vec::new()),
            metaclass,
            dict: RefCell::default(),
            layout,
            is_heap,
            slots: RefCell::new(None),
            slots_beside_dict: RefCell::default(),
            version: Cell::new(next_version()),
            lookups: RefCell::default(),
            subclasses: RefCell::default(),
            root_shape: Shape::root(),
            traits: Cell::new(None),
            construction: RefCell::default(),
        });
        let mut mro = vec![class.clone()];
        mro.extend(rest_of_mro);
        *class.mro.borrow_mut() = mro;
        for base in class.bases.borrow().iter() {
            base.subclasses.borrow_mut().push(Rc::downgrade(&class));
        }
        class
    }

    /// Gives it other bases and returns what they were; orders stay as they are.
    pub fn replace_bases(self: &Rc<Class>, bases: Vec<Rc<Class>>) -> Vec<Rc<Class>> {
        for base in self.bases.borrow().iter() {
            base.subclasses.borrow_mut().retain(|sub| !std::ptr::eq(sub.as_ptr(), &**self));
        }
        for base in &bases {
            base.subclasses.borrow_mut().push(Rc::downgrade(self));
        }
        self.bases.replace(bases)
    }

    /// See the field.
    pub fn version(&self) -> u64 {
        self.version.get()
    }

    /// The classes that name this one as a base and still live.
    pub fn subclasses(&self) -> Vec<Rc<Class>> {
        self.subclasses.borrow().iter().filter_map(Weak::upgrade).collect()
    }

    /// The attribute as the namespaces of the resolution order define it, unbound.
    pub fn lookup(&self, name: Sym) -> Option<Value> {
        if let Some(found) = self.lookups.borrow().get(&name) {
            return found.clone();
        }
        let found = self.mro.borrow().iter().find_map(|class| class.dict.borrow().get(&name).cloned());
        self.lookups.borrow_mut().insert(name, found.clone());
        found
    }

    /// Like `lookup`, starting after `class` in this class's resolution order (`super`).
    pub fn lookup_after(&self, class: &Rc<Class>, name: Sym) -> Option<Value> {
        let mro = self.mro.borrow();
        let mut rest = mro.iter().skip_while(|c| !Rc::ptr_eq(c, class)).skip(1);
        rest.find_map(|class| class.dict.borrow().get(&name).cloned())
    }

    /// Sets an attribute of the class itself; returns the old value.
    pub fn set(&self, name: Sym, value: Value) -> Option<Value> {
        let old = self.dict.borrow_mut().insert(name, value);
        self.changed();
        old
    }

    /// Deletes an attribute of the class itself.
    pub fn remove(&self, name: Sym) -> Option<Value> {
        let old = self.dict.borrow_mut().shift_remove(&name);
        self.changed();
        old
    }

    /// Forgets what was remembered about lookups, here and in subclasses.
    pub fn changed(&self) {
        self.version.set(next_version());
        self.lookups.borrow_mut().clear();
        self.traits.set(None);
        drop(self.construction.take());
        for sub in self.subclasses() {
            sub.changed();
        }
    }

    /// Forgets what was remembered, without a change.
    pub fn forget_lookups(&self) {
        drop((self.lookups.take(), self.construction.take()));
    }

    /// The class is `other` or descends from it.
    pub fn is_subclass(&self, other: &Class) -> bool {
        std::ptr::eq(self, other) || self.mro.borrow().iter().any(|c| std::ptr::eq(&**c, other))
    }

    /// What it defines.
    pub fn traits(&self) -> Traits {
        if let Some(known) = self.traits.get() {
            return known;
        }
        let defined = |name: Sym| {
            self.mro.borrow().iter().any(|c| &**c.name.borrow() != "object" && c.dict.borrow().contains_key(&name))
        };
        let is_dict = |class: &Class| !class.is_heap && **class.name.borrow() == *"dict";
        let items = [names::GETITEM, names::SETITEM];
        let found = Traits {
            has_items: self
                .mro
                .borrow()
                .iter()
                .any(|class| !is_dict(class) && items.iter().any(|name| class.dict.borrow().contains_key(name))),
            has_del: defined(names::DEL),
            has_eq: defined(names::EQ) || defined(names::HASH),
            has_getattr: defined(names::GETATTR) || defined(names::GETATTRIBUTE),
            has_setattr: defined(names::SETATTR) || defined(names::DELATTR),
        };
        self.traits.set(Some(found));
        found
    }

    /// See [`Construction`].
    pub fn construction(&self) -> Construction {
        if let Some(known) = &*self.construction.borrow() {
            return known.clone();
        }
        let found = self.find_construction();
        *self.construction.borrow_mut() = Some(found.clone());
        found
    }

    fn find_construction(&self) -> Construction {
        if self.metaclass.is_some() || self.lookup(names::ABSTRACTMETHODS).is_some() {
            return Construction::General;
        }
        if let (false, Some(Value::Native(new)), Some(Value::Native(init))) =
            (self.is_heap, self.lookup(names::NEW), self.lookup(names::INIT))
            && init.qualname == "object.__init__"
            && !matches!(new.qualname, "object.__new__" | "type.__new__")
        {
            return Construction::Built(new);
        }
        let native = |name: Sym| match self.lookup(name) {
            Some(Value::Native(native)) => native.qualname,
            _ => "",
        };
        match (self.layout, self.lookup(names::INIT), native(names::NEW)) {
            (Layout::Plain, Some(Value::Func(init)), "object.__new__") if self.is_heap => Construction::Init(init),
            (Layout::Plain, Some(Value::Native(init)), "object.__new__")
                if self.is_heap && init.qualname == "object.__init__" =>
            {
                Construction::Empty
            }
            (Layout::Exception, Some(Value::Native(init)), "BaseException.__new__")
                if init.qualname == "BaseException.__init__" =>
            {
                Construction::Exception
            }
            _ => Construction::General,
        }
    }

    /// Instances are equal only to themselves.
    pub fn compares_by_identity(&self) -> bool {
        !self.traits().has_eq || self.layout == Layout::Exception && self.traits_without_exception()
    }

    fn traits_without_exception(&self) -> bool {
        !self.mro.borrow().iter().any(|c| c.is_heap && (c.dict.borrow().contains_key(&names::EQ)))
    }

    /// Its name.
    pub fn name(&self) -> Rc<str> {
        self.name.borrow().clone()
    }

    /// The name in messages: with the module for types that CPython writes in C, which library classes that
    /// stand for one say by an attribute `_is_static` of their own.
    pub fn type_name(&self) -> Rc<str> {
        let dict = self.dict.borrow();
        match dict.get(&names::MODULE).and_then(Value::as_str) {
            Some(module) if module != "builtins" && (!self.is_heap || dict.contains_key(&Sym::new("_is_static"))) => {
                format!("{module}.{}", self.name.borrow()).into()
            }
            _ => self.name(),
        }
    }

    /// Empties it, to break reference cycles at the end of a run.
    pub fn clear(&self) {
        let dict = std::mem::take(&mut *self.dict.borrow_mut());
        self.lookups.borrow_mut().clear();
        drop((dict, self.construction.take()));
        self.mro.borrow_mut().clear();
    }
}
