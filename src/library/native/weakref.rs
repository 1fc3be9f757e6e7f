//! `_weakref`: references that do not keep their object alive.

use std::rc::{Rc, Weak};

use super::{add_class, add_functions, required};
use crate::python::class::Layout;
use crate::python::function::{Args, NativeKind};
use crate::python::heap;
use crate::python::instance::{Instance, Payload};
use crate::python::module::Module;
use crate::python::name::Sym;
use crate::python::object::{Data, Obj, Reference, Weakling, references_to};
use crate::python::types::Method;
use crate::python::value::Value;
use crate::python::vm::{R, Stop, Vm};

use NativeKind::{Method as M, StaticMethod};

/// The attribute under which a proxy keeps its reference.
const TARGET: &str = "_proxy_target";

/// `ref`, `proxy`, `getweakrefcount`.
pub fn fill(vm: &mut Vm, module: &Rc<Module>) {
    let class = vm.types.weak_reference.clone();
    module.dict.set_str("ref", Value::Class(class.clone()));
    module.dict.set_str("ReferenceType", Value::Class(class));
    add_functions(
        module,
        &[
            ("getweakrefcount", |vm, args| Ok(Value::from(references(vm, args)?.len()))),
            ("getweakrefs", |vm, args| Ok(Value::list(references(vm, args)?))),
        ],
    );
    let object = vm.types.object.clone();
    let proxy = add_class(module, "proxy", &object, Layout::Plain, PROXY_METHODS);
    module.dict.set_str("ProxyType", Value::Class(proxy));
}

/// The living weak references to the argument, newest last.
fn references(vm: &mut Vm, args: &Args) -> R<Vec<Value>> {
    let object = required(vm, args, 0, "object")?;
    let references = references_to(object).map(|references| references.borrow().clone()).unwrap_or_default();
    Ok(references.iter().filter_map(Weak::upgrade).map(Value::Obj).collect())
}

const PROXY_METHODS: &[Method] = &[
    ("weakproxy.__new__", StaticMethod, |vm, args| {
        let Some(Value::Class(class)) = args.pos.first() else { return vm.type_error("a type is expected") };
        let target = required(vm, args, 1, "object")?;
        let Some(weak) = Weakling::new(target) else {
            let name = vm.type_name(target);
            return vm.type_error(format!("cannot create weak reference to '{name}' object"));
        };
        let reference = Obj::value(&vm.types.weak_reference, Data::Weak(Reference::new(weak, Value::None)));
        let proxy = Instance::new(class.clone(), Payload::None);
        proxy.set_attribute(Sym::new(TARGET), reference);
        Ok(heap::instance(proxy))
    }),
    ("weakproxy.__init__", M, |_, _| Ok(Value::None)),
    ("weakproxy.__getattr__", M, |vm, args| {
        let target = target(vm, args)?;
        let name = required(vm, args, 1, "name")?.as_str().unwrap_or("").to_string();
        vm.get_attribute(&target, &name)
    }),
    ("weakproxy.__len__", M, |vm, args| {
        let target = target(vm, args)?;
        vm.length(&target).map(Value::Int)
    }),
    ("weakproxy.__bool__", M, |vm, args| {
        let target = target(vm, args)?;
        vm.truth(&target).map(Value::bool)
    }),
    ("weakproxy.__iter__", M, |vm, args| {
        let target = target(vm, args)?;
        vm.iter(&target)
    }),
    ("weakproxy.__str__", M, |vm, args| {
        let target = target(vm, args)?;
        vm.str_of(&target).map(Value::Str)
    }),
    ("weakproxy.__repr__", M, |vm, args| {
        let target = target(vm, args)?;
        let (own, class, id) = (vm.id_of(&args.pos[0]), vm.type_name(&target), vm.id_of(&target));
        Ok(Value::string(format!("<weakproxy at 0x{own:x} to {class} at 0x{id:x}>")))
    }),
];

/// The object behind a proxy, while it lives.
fn target(vm: &mut Vm, args: &Args) -> R {
    let reference = match args.pos.first() {
        Some(Value::Instance(i)) => i.attribute(Sym::new(TARGET)),
        _ => None,
    };
    let found = match &reference {
        Some(Value::Obj(o)) => match &o.data {
            Data::Weak(weak) => weak.target(),
            _ => None,
        },
        _ => None,
    };
    found.ok_or_else(|| {
        let class = vm.types.reference_error.clone();
        Stop::Raise(vm.exception(&class, vec![Value::str("weakly-referenced object no longer exists")]))
    })
}
