//! `_gc`: the steps of the collector of cycles, and its view of objects.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use super::{add_class, add_functions, make_object, required};
use crate::python::class::Layout;
use crate::python::function::Args;
use crate::python::module::Module;
use crate::python::object::{Data, NativeData};
use crate::python::reach::{Held, Weakly};
use crate::python::value::Value;
use crate::python::vm::{R, Vm, collect};

/// Objects that only refer to one another, between the steps. They keep themselves alive.
#[derive(Default)]
struct Garbage {
    objects: Vec<Weakly>,
    /// The next to be asked for a finaliser.
    next: Cell<usize>,
}

impl Garbage {
    fn of(objects: &[Held]) -> Garbage {
        Garbage { objects: objects.iter().filter_map(Held::weakly).collect(), next: Cell::new(0) }
    }

    fn living(&self) -> Vec<Held> {
        self.objects.iter().filter_map(Weakly::held).collect()
    }
}

impl NativeData for Garbage {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn emptied(&self) -> Box<dyn NativeData> {
        Box::new(Garbage::default())
    }
}

/// The steps in their order: `find`, `cut_references`, `finalise_next` until there is none, `empty`.
pub fn fill(vm: &mut Vm, module: &Rc<Module>) {
    let object = vm.types.object.clone();
    add_class(module, "Garbage", &object, Layout::Plain, &[]);
    add_functions(
        module,
        &[
            ("find", |vm, args| {
                let class = required(vm, args, 0, "class")?.clone();
                let garbage = Garbage::of(&vm.find_garbage());
                make_object(vm, &class, Data::Native(Box::new(garbage)))
            }),
            ("cut_references", |vm, args| {
                collect::cut_references(&garbage(vm, args)?.living());
                Ok(Value::None)
            }),
            ("finalise_next", |vm, args| {
                let garbage = garbage(vm, args)?;
                let mut next = garbage.next.get();
                let found = collect::finalise_next(&garbage.objects, &mut next);
                garbage.next.set(next);
                Ok(Value::bool(found))
            }),
            ("empty", |vm, args| {
                let garbage = garbage(vm, args)?.living();
                Ok(Value::from(collect::empty(garbage, vm.options.version.1)))
            }),
            // At the end of the program.
            ("release_program", |vm, args| {
                let class = required(vm, args, 0, "class")?.clone();
                let garbage = Garbage::of(&vm.release_program());
                make_object(vm, &class, Data::Native(Box::new(garbage)))
            }),
            ("left_namespaces", |vm, args| {
                let garbage = garbage(vm, args)?;
                Ok(Value::list(vm.left_namespaces(&garbage.objects)))
            }),
            ("objects", |vm, _| Ok(Value::list(vm.tracked()))),
            ("referrers", |vm, args| Ok(Value::list(vm.referrers(args.pos)))),
            ("referents", |_, args| {
                let mut found = Vec::new();
                for object in args.pos {
                    Held::Object(object.clone()).each(&mut |held| match held {
                        Held::Object(Value::Null) | Held::Remains(_) => {}
                        Held::Object(value) => found.push(value),
                    });
                }
                Ok(Value::list(found))
            }),
            ("is_tracked", |vm, args| {
                let object = Held::Object(required(vm, args, 0, "object")?.clone());
                Ok(Value::bool(object.place().is_some()))
            }),
            ("is_finalized", |vm, args| {
                let object = required(vm, args, 0, "object")?;
                Ok(Value::bool(matches!(object, Value::Instance(i) if i.finalized.get())))
            }),
        ],
    );
}

fn garbage<'a>(vm: &mut Vm, args: &Args<'a>) -> R<&'a Garbage> {
    let found = match required(vm, args, 0, "garbage")? {
        Value::Obj(o) => match &o.data {
            Data::Native(data) => data.as_any().downcast_ref(),
            _ => None,
        },
        _ => None,
    };
    match found {
        Some(garbage) => Ok(garbage),
        None => vm.type_error("garbage is expected"),
    }
}
