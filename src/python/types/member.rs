//! What a class's namespace shows of the places that its instances have: `__slots__`, `__dict__`, `__weakref__`.
//!
//! The values lie in the instances; these objects name them, and read and write them when they are asked by hand
//! (`C.x.__get__(c)`).

use std::rc::Rc;

use super::Method;
use crate::python::class::{Class, Layout};
use crate::python::function::{Args, NativeKind};
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::{Data, Obj, references_to};
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

use NativeKind::{Getter, Method as M};

/// Methods of `getset_descriptor` and `member_descriptor`.
pub const METHODS: &[Method] = &[
    ("member_descriptor.__get__", M, |vm, args| match &args.pos[1] {
        Value::None => Ok(args.pos[0].clone()),
        receiver => {
            let (name, _) = parts(vm, &args.pos[0])?;
            check(vm, args)?;
            vm.member_of(receiver, name)
        }
    }),
    ("member_descriptor.__set__", M, |vm, args| {
        let (name, _) = parts(vm, &args.pos[0])?;
        check(vm, args)?;
        vm.plain_set_attr(&args.pos[1], name, args.pos[2].clone()).map(|()| Value::None)
    }),
    ("member_descriptor.__delete__", M, |vm, args| {
        let (name, _) = parts(vm, &args.pos[0])?;
        check(vm, args)?;
        vm.plain_delete_attr(&args.pos[1], name).map(|()| Value::None)
    }),
    ("member_descriptor.__name__", Getter, |vm, args| Ok(Value::str(&parts(vm, &args.pos[0])?.0.text()))),
    ("member_descriptor.__qualname__", Getter, |vm, args| {
        let (name, owner) = parts(vm, &args.pos[0])?;
        Ok(Value::string(format!("{}.{name}", owner.qualname.borrow())))
    }),
    ("member_descriptor.__objclass__", Getter, |vm, args| Ok(Value::Class(parts(vm, &args.pos[0])?.1))),
];

/// The name, and the class that has the place.
fn parts(vm: &mut Vm, member: &Value) -> R<(Sym, Rc<Class>)> {
    if let Value::Obj(o) = member
        && let Data::Member(name, owner) = &o.data
        && let Some(owner) = owner.upgrade()
    {
        return Ok((*name, owner));
    }
    vm.type_error("a descriptor of a living class is expected")
}

/// The object has the place.
fn check(vm: &mut Vm, args: &Args) -> R<()> {
    let (name, owner) = parts(vm, &args.pos[0])?;
    let class = vm.class_of(&args.pos[1]);
    if class.is_subclass(&owner) {
        return Ok(());
    }
    let text =
        format!("descriptor '{name}' for '{}' objects doesn't apply to a '{}' object", owner.name(), class.name());
    vm.type_error(text)
}

impl Vm {
    /// Puts into a new class's namespace what its instances have and those of its bases have not.
    pub(in crate::python) fn add_members(&self, class: &Rc<Class>, slots: &[Sym]) {
        let add = |name: Sym, kind: &Rc<Class>| {
            let member = Obj::value(kind, Data::Member(name, Rc::downgrade(class)));
            class.dict.borrow_mut().insert(name, member);
        };
        let mut slots: Vec<Sym> = slots.to_vec();
        slots.sort_by_key(|name| name.text().to_string());
        for name in slots.iter().filter(|name| !matches!(**name, names::DICT | names::WEAKREF)) {
            add(*name, &self.types.member_descriptor);
        }
        let mro = class.mro.borrow().clone();
        let inherits_dict = mro[1..].iter().any(|base| {
            matches!(base.layout, Layout::Exception | Layout::Type) || (base.is_heap && base.slots.borrow().is_none())
        });
        if !inherits_dict && class.slots.borrow().is_none() {
            add(names::DICT, &self.types.getset_descriptor);
        }
        // Those of variable length have no room for the list of weak references.
        let has_room =
            !matches!(class.layout, Layout::Type | Layout::Builtin("int" | "tuple" | "bytes" | "set" | "frozenset"));
        let inherits_references = mro[1..].iter().any(|base| base.dict.borrow().contains_key(&names::WEAKREF));
        let wants = !class.dict.borrow().contains_key(&names::SLOTS) || slots.contains(&names::WEAKREF);
        if has_room && !inherits_references && wants {
            add(names::WEAKREF, &self.types.getset_descriptor);
        }
    }

    /// What lies in this place of the object.
    pub(in crate::python) fn member_of(&mut self, object: &Value, name: Sym) -> R {
        let found = match name {
            names::DICT => self.special_attribute(object, name),
            names::WEAKREF => references_to(object).map(|references| {
                let references = references.borrow();
                references.iter().find_map(std::rc::Weak::upgrade).map_or(Value::None, Value::Obj)
            }),
            _ => match object {
                Value::Instance(i) => i.attribute(name),
                _ => None,
            },
        };
        found.ok_or_else(|| self.no_attribute(object, name))
    }
}
