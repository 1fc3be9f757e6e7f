//! Shapes: which attributes an instance has, shared by all instances that got them in the same order.
//!
//! An inline cache that has seen a shape knows the attribute's place without a hash.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::name::Sym;

/// A list of attribute names and the shapes it can grow into.
pub struct Shape {
    /// Unique among all shapes.
    pub id: u32,
    /// The attributes by place.
    pub names: Vec<Sym>,
    next: RefCell<Vec<(Sym, Rc<Shape>)>>,
    /// What it grew from; kept for `Drop` order only.
    _parent: Weak<Shape>,
}

thread_local! {
    static NEXT_ID: Cell<u32> = const { Cell::new(1) };
}

impl Shape {
    fn with(names: Vec<Sym>, parent: Weak<Shape>) -> Rc<Shape> {
        let id = NEXT_ID.with(|next| {
            let id = next.get();
            next.set(id + 1);
            id
        });
        Rc::new(Shape { id, names, next: RefCell::default(), _parent: parent })
    }

    /// No attribute.
    pub fn root() -> Rc<Shape> {
        Shape::with(Vec::new(), Weak::new())
    }

    /// The place of an attribute.
    pub fn find(&self, name: Sym) -> Option<usize> {
        self.names.iter().position(|&n| n == name)
    }

    /// The shape with one attribute more.
    pub fn grown(self: &Rc<Shape>, name: Sym) -> Rc<Shape> {
        if let Some((_, next)) = self.next.borrow().iter().find(|(n, _)| *n == name) {
            return next.clone();
        }
        let mut names = self.names.clone();
        names.push(name);
        let next = Shape::with(names, Rc::downgrade(self));
        self.next.borrow_mut().push((name, next.clone()));
        next
    }
}
