//! Instances: attributes by shape, an optional built-in value, and what an exception carries.

use std::cell::{Cell, Ref, RefCell};
use std::rc::{Rc, Weak};

use super::class::Class;
use super::deep::{born, died, holds_others, release};
use super::dict::Dict;
use super::grave;
use super::heap;
use super::name::Sym;
use super::object::{Obj, References, risen_as};
use super::shape::Shape;
use super::traceback::Frame;
use super::value::Value;

/// Beyond this many attributes an instance keeps a dict: finding a place in a shape is linear.
const MAX_SHAPE: usize = 24;

/// Where the attributes are.
pub enum Attributes {
    /// By place in a shape.
    Shaped {
        /// The names.
        shape: Rc<Shape>,
        /// The values, in the order of the names.
        values: Vec<Value>,
    },
    /// In a dict that the program may hold (`__dict__`).
    Dict {
        /// The attributes, except those of slots.
        dict: Rc<Dict>,
        /// The values of slots of a class whose instances have a dict too, in the order in which they were set.
        slots: Vec<(Sym, Value)>,
    },
}

/// What an exception carries, in the order in which it dies (`Objects/exceptions.c`, `BaseException_clear`).
#[derive(Default)]
pub struct Exception {
    /// `e.args`
    pub args: RefCell<Value>,
    /// Where it passed, innermost first.
    pub traceback: RefCell<Vec<Frame>>,
    /// The object that `e.__traceback__` gave last, with as many frames as there were: while it lives and none came
    /// to them, it is given again.
    pub shown: RefCell<Weak<Obj>>,
    /// `raise … from cause`; `Null` when never set.
    pub cause: RefCell<Value>,
    /// The exception being handled when this one was raised.
    pub context: RefCell<Value>,
    /// `__suppress_context__`
    pub suppress_context: Cell<bool>,
    /// Whether `__traceback__` is something (even with no frame yet).
    pub has_traceback: Cell<bool>,
    /// It left the frame that raised it, and the native that called the frame hands it on.
    pub is_passed_on: Cell<bool>,
}

/// The special part of an instance.
pub enum Payload {
    /// Nothing.
    None,
    /// The value of a subclass of a built-in type.
    Value(Value),
    /// An exception.
    Exception(Box<Exception>),
}

/// An instance of a class.
pub struct Instance {
    class: RefCell<Rc<Class>>,
    attributes: RefCell<Attributes>,
    payload: Payload,
    /// Weak references to it; see `grave`.
    pub weak_references: References,
    /// Finalised already: `__del__` runs once.
    pub finalized: Cell<bool>,
    /// The number that `id()` gives, 0 while nobody asked.
    pub id: Cell<u64>,
}

impl Instance {
    /// A new instance without attributes.
    pub fn new(class: Rc<Class>, payload: Payload) -> Instance {
        let attributes = Attributes::Shaped { shape: class.root_shape.clone(), values: Vec::new() };
        born();
        Instance {
            class: RefCell::new(class),
            attributes: RefCell::new(attributes),
            payload,
            weak_references: RefCell::default(),
            finalized: Cell::new(false),
            id: Cell::new(0),
        }
    }

    /// Its class.
    pub fn class(&self) -> Ref<'_, Rc<Class>> {
        self.class.borrow()
    }

    /// `x.__class__ = C`
    pub fn set_class(&self, class: Rc<Class>) {
        self.dict();
        *self.class.borrow_mut() = class;
    }

    /// The built-in value of an instance of a subclass of a built-in type.
    pub fn payload(&self) -> Option<&Value> {
        match &self.payload {
            Payload::Value(value) => Some(value),
            _ => None,
        }
    }

    /// What it carries as an exception.
    pub fn exception(&self) -> Option<&Exception> {
        match &self.payload {
            Payload::Exception(e) => Some(e),
            _ => None,
        }
    }

    /// The shape's id and the value at this place, if the shape is this one.
    pub fn value_if(&self, shape_id: u32, place: u32) -> Option<Value> {
        match &*self.attributes.borrow() {
            Attributes::Shaped { shape, values } if shape.id == shape_id => Some(values[place as usize].clone()),
            _ => None,
        }
    }

    /// Sets the value at this place if the shape is this one; gives it back otherwise.
    pub fn set_if(&self, shape_id: u32, place: u32, value: Value) -> Result<Value, Value> {
        match &mut *self.attributes.borrow_mut() {
            Attributes::Shaped { shape, values } if shape.id == shape_id => {
                Ok(std::mem::replace(&mut values[place as usize], value))
            }
            _ => Err(value),
        }
    }

    /// Adds an attribute if the shape is this one, which grows to the other; gives the value back otherwise.
    pub fn grow_if(&self, shape_id: u32, next: &Rc<Shape>, value: Value) -> Result<(), Value> {
        match &mut *self.attributes.borrow_mut() {
            Attributes::Shaped { shape, values } if shape.id == shape_id => {
                *shape = next.clone();
                values.push(value);
                Ok(())
            }
            _ => Err(value),
        }
    }

    /// The shape while there is one.
    pub fn shape(&self) -> Option<Rc<Shape>> {
        match &*self.attributes.borrow() {
            Attributes::Shaped { shape, .. } => Some(shape.clone()),
            Attributes::Dict { .. } => None,
        }
    }

    /// The shape's id and the place of an attribute, while there is a shape.
    pub fn place_of(&self, name: Sym) -> Option<(u32, u32)> {
        match &*self.attributes.borrow() {
            Attributes::Shaped { shape, .. } => shape.find(name).map(|place| (shape.id, place as u32)),
            Attributes::Dict { .. } => None,
        }
    }

    /// The id of the shape, 0 with a dict.
    pub fn shape_id(&self) -> u32 {
        match &*self.attributes.borrow() {
            Attributes::Shaped { shape, .. } => shape.id,
            Attributes::Dict { .. } => 0,
        }
    }

    /// An attribute of its own.
    pub fn attribute(&self, name: Sym) -> Option<Value> {
        match &*self.attributes.borrow() {
            Attributes::Shaped { shape, values } => shape.find(name).map(|place| values[place].clone()),
            Attributes::Dict { slots, .. } if self.is_beside_dict(name) => {
                slots.iter().find(|(slot, _)| *slot == name).map(|(_, value)| value.clone())
            }
            Attributes::Dict { dict, .. } => dict.name(name),
        }
    }

    /// The value of this name lies in a slot, and the instance has a dict that does not show it.
    fn is_beside_dict(&self, name: Sym) -> bool {
        self.class().slots_beside_dict.borrow().contains(&name)
    }

    /// Sets an attribute of its own; returns the old value.
    pub fn set_attribute(&self, name: Sym, value: Value) -> Option<Value> {
        match &mut *self.attributes.borrow_mut() {
            Attributes::Dict { slots, .. } if self.is_beside_dict(name) => {
                if let Some((_, old)) = slots.iter_mut().find(|(slot, _)| *slot == name) {
                    return Some(std::mem::replace(old, value));
                }
                slots.push((name, value));
                return None;
            }
            Attributes::Dict { dict, .. } => return dict.set_name(name, value),
            Attributes::Shaped { shape, values } => match shape.find(name) {
                Some(place) => return Some(std::mem::replace(&mut values[place], value)),
                None if values.len() < MAX_SHAPE => {
                    *shape = shape.grown(name);
                    values.push(value);
                    return None;
                }
                None => {}
            },
        }
        self.dict();
        self.set_attribute(name, value)
    }

    /// Deletes an attribute of its own and returns it.
    pub fn remove_attribute(&self, name: Sym) -> Option<Value> {
        self.attribute(name)?;
        let dict = self.dict();
        match &mut *self.attributes.borrow_mut() {
            Attributes::Dict { slots, .. } if self.is_beside_dict(name) => {
                slots.iter().position(|(slot, _)| *slot == name).map(|at| slots.remove(at).1)
            }
            _ => dict.remove_name(name),
        }
    }

    /// Its attributes as a dict that stays its attributes.
    pub fn dict(&self) -> Rc<Dict> {
        let attributes = &mut *self.attributes.borrow_mut();
        match attributes {
            Attributes::Dict { dict, .. } => dict.clone(),
            Attributes::Shaped { shape, values } => {
                let dict = heap::dict(Dict::new());
                let mut slots = Vec::new();
                for (&name, value) in shape.names.iter().zip(std::mem::take(values)) {
                    if self.is_beside_dict(name) {
                        slots.push((name, value));
                    } else {
                        dict.set_name(name, value);
                    }
                }
                *attributes = Attributes::Dict { dict: dict.clone(), slots };
                dict
            }
        }
    }

    /// The dict that holds the attributes, where they have left their shape.
    pub fn own_dict(&self) -> Option<Rc<Dict>> {
        match &*self.attributes.borrow() {
            Attributes::Dict { dict, .. } => Some(dict.clone()),
            Attributes::Shaped { .. } => None,
        }
    }

    /// Shows where its attributes are.
    pub fn each_attribute(&self, see: impl FnOnce(&Attributes)) {
        see(&self.attributes.borrow());
    }

    /// The attributes that are outside a dict, in order.
    pub fn outside_dict(&self) -> Vec<(Sym, Value)> {
        match &*self.attributes.borrow() {
            Attributes::Shaped { shape, values } => shape.names.iter().copied().zip(values.iter().cloned()).collect(),
            Attributes::Dict { slots, .. } => slots.clone(),
        }
    }

    /// `x.__dict__ = d`
    pub fn set_dict(&self, new: Rc<Dict>) {
        self.dict();
        if let Attributes::Dict { dict, .. } = &mut *self.attributes.borrow_mut() {
            *dict = new;
        }
    }

    /// Its attributes, in order.
    pub fn attributes(&self) -> Vec<(Value, Value)> {
        match &*self.attributes.borrow() {
            Attributes::Shaped { shape, values } => {
                shape.names.iter().map(|n| Value::str(&n.text())).zip(values.iter().cloned()).collect()
            }
            Attributes::Dict { dict, slots } => {
                let slots = slots.iter().map(|(name, value)| (Value::str(&name.text()), value.clone()));
                slots.chain(dict.entries().into_iter().map(|e| (e.key, e.value))).collect()
            }
        }
    }

    /// Takes everything out, leaving an empty instance.
    pub fn clear(&self) {
        let empty = Attributes::Shaped { shape: self.class().root_shape.clone(), values: Vec::new() };
        let old = self.attributes.replace(empty);
        drop(old);
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        died();
        let needs_del = !self.finalized.get() && self.class.get_mut().traits().has_del;
        if needs_del {
            // The object rises for its `__del__`: the same contents and identity in new storage, and weak references to
            // it go on. It dies again afterwards, and takes them with it.
            let class = self.class.get_mut().clone();
            let empty = Attributes::Shaped { shape: class.root_shape.clone(), values: Vec::new() };
            born();
            let risen = Instance {
                attributes: RefCell::new(self.attributes.replace(empty)),
                payload: std::mem::replace(&mut self.payload, Payload::None),
                weak_references: RefCell::new(self.weak_references.take()),
                finalized: Cell::new(true),
                id: Cell::new(self.id.get()),
                class: RefCell::new(class),
            };
            grave::bury(risen_as(heap::instance(risen)));
            return;
        }
        grave::bury_callbacks(self.weak_references.get_mut());
        match self.attributes.get_mut() {
            Attributes::Shaped { shape, values } if values.iter().any(holds_others) => {
                let mut values = std::mem::take(values);
                if values.len() > 1 && self.class.get_mut().slots.borrow().is_some() {
                    // Slots lie in the order of their names.
                    let mut named: Vec<_> = shape.names.iter().map(|name| name.text()).zip(values).collect();
                    named.sort_by(|(a, _), (b, _)| a.cmp(b));
                    values = named.into_iter().map(|(_, value)| value).collect();
                }
                release(values);
            }
            Attributes::Shaped { .. } | Attributes::Dict { .. } => {}
        }
        match &mut self.payload {
            Payload::Exception(_) => release(std::mem::replace(&mut self.payload, Payload::None)),
            Payload::Value(value) if holds_others(value) => release(std::mem::take(value)),
            Payload::Value(_) | Payload::None => {}
        }
    }
}
