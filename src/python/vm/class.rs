//! Class statements: bases, metaclass, resolution order, hooks.

use std::rc::Rc;

use super::{ErrorKind, R, Stop, Vm};
use crate::python::class::{Class, Layout};
use crate::python::compile::mangled;
use crate::python::dict::Dict;
use crate::python::function::Args;
use crate::python::heap;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::{Data, Obj};
use crate::python::types::str::is_identifier;
use crate::python::value::Value;

/// `__build_class__(body, name, *bases, metaclass=None, **kwargs)`
pub(in crate::python) fn build_class(vm: &mut Vm, args: &Args) -> R {
    let (body, name) = (args.pos[0].clone(), args.pos[1].clone());
    let Value::Func(body) = body else { return vm.type_error("__build_class__: func must be a function") };
    let original = Value::tuple(args.pos[2..].iter().cloned());
    let mut bases = Vec::new();
    let mut replaced = false;
    for base in &args.pos[2..] {
        if let Value::Class(_) = base {
            bases.push(base.clone());
            continue;
        }
        match vm.find_attr(base, names::MRO_ENTRIES)? {
            Some(entries) => {
                replaced = true;
                let entries = vm.call(&entries, std::slice::from_ref(&original))?;
                bases.extend(vm.collect(&entries)?);
            }
            None => bases.push(base.clone()),
        }
    }
    let mut kwargs = Vec::new();
    let mut metaclass = None;
    for (&key, value) in args.names.iter().zip(args.named) {
        if key == names::METACLASS {
            metaclass = Some(value.clone());
        } else {
            kwargs.push((key, value.clone()));
        }
    }
    let metaclass = match metaclass {
        Some(Value::Class(class)) => Value::Class(vm.derived_metaclass(&class, &bases)?),
        Some(other) => other,
        None => {
            let start = vm.types.type_.clone();
            Value::Class(vm.derived_metaclass(&start, &bases)?)
        }
    };
    // The namespace: made once, filled by the body's frame.
    let prepared = match &metaclass {
        Value::Class(meta)
            if meta.is_heap && matches!(meta.lookup(names::PREPARE), Some(Value::Func(_) | Value::Obj(_))) =>
        {
            let prepare = vm.get_attr(&metaclass, names::PREPARE)?;
            vm.call_with(&prepare, &[name.clone(), Value::tuple(bases.clone())], &kwargs)?
        }
        _ => vm.recorded(|_| Ok(Value::Dict(heap::dict(Dict::new()))))?,
    };
    let namespace = match prepared.core() {
        Value::Dict(dict) => dict.clone(),
        _ => {
            let what = vm.type_name(&prepared);
            return vm.type_error(format!("__prepare__() must return a mapping, not {what}"));
        }
    };
    let cell = match vm.next_answer() {
        Some(answer) => {
            vm.prepared.retain(|(body, _)| !Rc::ptr_eq(body, &namespace));
            answer?
        }
        None => {
            if matches!(vm.class_of(&prepared).lookup(names::SETITEM), Some(Value::Func(_))) {
                vm.prepared.push((namespace.clone(), prepared.clone()));
            }
            let unit = body.unit.borrow().clone();
            let action = super::Action::Body(unit, body.globals.clone(), Some(namespace), body.closure.clone());
            return Err(super::Stop::Need(Box::new(action)));
        }
    };
    if replaced {
        namespace.set_name(names::ORIG_BASES, original);
    }
    let class = vm.call_with(&metaclass, &[name, Value::tuple(bases), prepared], &kwargs)?;
    if let Value::Cell(cell) = cell {
        *cell.value.borrow_mut() = class.clone();
    }
    Ok(class)
}

impl Vm {
    /// The most derived metaclass of the bases.
    fn derived_metaclass(&mut self, start: &Rc<Class>, bases: &[Value]) -> R<Rc<Class>> {
        let mut winner = start.clone();
        for base in bases {
            let Value::Class(base) = base else { continue };
            let meta = base.metaclass.clone().unwrap_or_else(|| self.types.type_.clone());
            winner = self.fitting_metaclass(&winner, &meta)?;
        }
        Ok(winner)
    }

    /// The more derived one of two metaclasses.
    fn fitting_metaclass(&mut self, one: &Rc<Class>, other: &Rc<Class>) -> R<Rc<Class>> {
        if one.is_subclass(other) {
            return Ok(one.clone());
        }
        if other.is_subclass(one) {
            return Ok(other.clone());
        }
        self.type_error(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
             metaclasses of all its bases",
        )
    }

    /// The module of the code that makes a class by calling `type`.
    fn module_of_caller(&self) -> Option<Value> {
        let is_own = |f: &&super::frame::Frame| !f.unit.code.source.is_library && !f.unit.code.source.is_machinery();
        self.fiber.frames.iter().rev().find(is_own).and_then(|frame| frame.globals.name(names::NAME))
    }

    /// `type.__new__(meta, name, bases, namespace, **kwargs)`
    pub fn new_class(&mut self, args: &Args) -> R {
        let [Value::Class(meta), name, bases, namespace] = args.pos else {
            let n = args.pos.len().saturating_sub(1);
            return self.type_error(format!("type.__new__() takes exactly 3 arguments ({n} given)"));
        };
        let wrong = |vm: &mut Vm, place: usize, wanted: &str, value: &Value| {
            let name = vm.type_name(value);
            vm.type_error(format!("type.__new__() argument {place} must be {wanted}, not {name}"))
        };
        let Some(name) = name.as_str() else { return wrong(self, 1, "str", name) };
        let Value::Tuple(bases) = bases.core() else { return wrong(self, 2, "tuple", bases) };
        let Value::Dict(namespace) = namespace.core() else { return wrong(self, 3, "dict", namespace) };
        let mut base_classes = Vec::new();
        for base in &bases.items {
            match base {
                Value::Class(class) => {
                    if !class.is_heap && self.types.is_final(class) {
                        let name = class.name();
                        return self.type_error(format!("type '{name}' is not an acceptable base type"));
                    }
                    base_classes.push(class.clone());
                }
                other => {
                    // What is no class makes its own class the metaclass, which then does not fit.
                    let meta = self.class_of(other);
                    self.fitting_metaclass(&self.types.type_.clone(), &meta)?;
                    return self.type_error("bases must be types");
                }
            }
        }
        if base_classes.is_empty() {
            base_classes.push(self.types.object.clone());
        }
        let given = meta;
        let meta = self.derived_metaclass(meta, &bases.items)?;
        if !Rc::ptr_eq(given, &meta)
            && let Some(Value::Obj(new)) = meta.lookup(names::NEW)
            && let Data::StaticMethod(new @ Value::Func(_)) = &new.data
        {
            // The metaclass of a base makes its classes itself.
            let kwargs: Vec<(Sym, Value)> = args.names.iter().copied().zip(args.named.iter().cloned()).collect();
            let mut pos = args.pos.to_vec();
            pos[0] = Value::Class(meta);
            return self.call_with(&new.clone(), &pos, &kwargs);
        }
        let made = {
            let (name, base_classes, namespace) = (name.to_string(), base_classes.clone(), namespace.clone());
            self.recorded(move |vm| vm.make_class(&name, base_classes, &namespace, &meta).map(Value::Class))?
        };
        let Value::Class(class) = &made else { unreachable!("a class was made") };
        // __set_name__ of what the namespace holds, then __init_subclass__ of the parent.
        for entry in namespace.entries() {
            let class_of_value = self.class_of(&entry.value);
            if matches!(entry.value, Value::Instance(_))
                && let Some(hook) = class_of_value.lookup(names::SET_NAME)
            {
                match self.call(&hook, &[entry.value.clone(), made.clone(), entry.key.clone()]) {
                    Err(Stop::Raise(exc)) => return Err(self.set_name_failed(exc, &entry.value, &entry.key, class)),
                    result => result?,
                };
            }
        }
        let kwargs: Vec<(Sym, Value)> = args.names.iter().copied().zip(args.named.iter().cloned()).collect();
        match class.lookup_after(class, names::INIT_SUBCLASS) {
            Some(Value::Native(_)) | None => {
                if !kwargs.is_empty() {
                    let class_name = class.name();
                    return self.type_error(format!("{class_name}.__init_subclass__() takes no keyword arguments"));
                }
            }
            Some(hook) => {
                let receiver = made.clone();
                let bound = self.bind_to(&hook, &receiver, class)?;
                match &bound {
                    // A plain function is a class method here.
                    Value::Bound(_) => self.call_with(&bound, &[], &kwargs)?,
                    _ => self.call_with(&bound, &[receiver], &kwargs)?,
                };
            }
        }
        Ok(made)
    }

    /// What becomes of an exception of `__set_name__`: it says where, in a note or as the cause of another.
    fn set_name_failed(&mut self, exc: Value, of: &Value, key: &Value, class: &Rc<Class>) -> Stop {
        let name = match self.repr(key) {
            Ok(name) => name,
            Err(stop) => return stop,
        };
        let text =
            format!("Error calling __set_name__ on '{}' instance {name} in '{}'", self.type_name(of), class.name());
        let Value::Instance(inner) = &exc else { return Stop::Raise(exc) };
        if self.options.version >= (3, 12) {
            match inner.attribute(names::NOTES) {
                Some(Value::List(notes)) => notes.items.borrow_mut().push(Value::string(text)),
                _ => drop(inner.set_attribute(names::NOTES, Value::list(vec![Value::string(text)]))),
            }
            return Stop::Raise(exc);
        }
        let failed = self.error(ErrorKind::Runtime, text);
        if let Stop::Raise(Value::Instance(outer)) = &failed
            && let Some(data) = outer.exception()
        {
            *data.cause.borrow_mut() = exc.clone();
            *data.context.borrow_mut() = exc;
            data.suppress_context.set(true);
        }
        failed
    }

    fn make_class(
        &mut self,
        name: &str,
        bases: Vec<Rc<Class>>,
        namespace: &Rc<Dict>,
        meta: &Rc<Class>,
    ) -> R<Rc<Class>> {
        let rest = self.linearize(&bases)?;
        let mut layout = Layout::Plain;
        for base in &bases {
            match (layout, base.layout) {
                (_, Layout::Plain) => {}
                (Layout::Plain, other) => layout = other,
                (a, b) if a == b => {}
                _ => return self.type_error("multiple bases have instance lay-out conflict"),
            }
        }
        // The places of slots in memory can only follow one line of ancestors.
        let solid: Vec<Rc<Class>> = bases.iter().filter_map(solid_base).collect();
        let fits = |a: &Rc<Class>| solid.iter().all(|b| a.is_subclass(b) || b.is_subclass(a));
        if !solid.iter().all(fits) {
            return self.type_error("multiple bases have instance lay-out conflict");
        }
        let metaclass = (!Rc::ptr_eq(meta, &self.types.type_)).then(|| meta.clone());
        let class = Class::new(name, bases.clone(), rest, metaclass, layout, true);
        self.classes.push(Rc::downgrade(&class));
        for entry in namespace.entries() {
            let Value::Str(key) = &entry.key else { continue };
            let key = key.sym();
            match key {
                names::QUALNAME => {
                    if let Some(text) = entry.value.as_str() {
                        *class.qualname.borrow_mut() = text.into();
                    }
                    continue;
                }
                names::CLASSCELL => continue,
                // These two are class methods (and `__new__` static) without saying so.
                names::INIT_SUBCLASS | names::CLASS_GETITEM if matches!(entry.value, Value::Func(_)) => {
                    let wrapped = Obj::value(&self.types.classmethod, Data::ClassMethod(entry.value));
                    class.dict.borrow_mut().insert(key, wrapped);
                    continue;
                }
                names::NEW if matches!(entry.value, Value::Func(_)) => {
                    let wrapped = Obj::value(&self.types.staticmethod, Data::StaticMethod(entry.value));
                    class.dict.borrow_mut().insert(key, wrapped);
                    continue;
                }
                _ => {}
            }
            class.dict.borrow_mut().insert(key, entry.value);
        }
        let defines = |key: Sym| class.dict.borrow().contains_key(&key);
        if defines(names::EQ) && !defines(names::HASH) {
            class.dict.borrow_mut().insert(names::HASH, Value::None);
        }
        if !defines(names::MODULE)
            && let Some(module) = self.module_of_caller()
        {
            class.dict.borrow_mut().insert(names::MODULE, module);
        }
        let slots = self.set_slots(&class, &bases)?;
        self.add_members(&class, &slots);
        if !class.dict.borrow().contains_key(&names::DOC) {
            class.dict.borrow_mut().insert(names::DOC, Value::None);
        }
        if let Some(Value::Cell(cell)) = namespace.name(names::CLASSCELL) {
            *cell.value.borrow_mut() = Value::Class(class.clone());
        }
        class.changed();
        Ok(class)
    }

    /// `__slots__`: which attributes instances may have, when no class in the order gives them a dict. Returns the
    /// names that it gives, as the class keeps them.
    fn set_slots(&mut self, class: &Rc<Class>, bases: &[Rc<Class>]) -> R<Vec<Sym>> {
        let own = class.dict.borrow().get(&names::SLOTS).cloned();
        let Some(own) = own else {
            *class.slots_beside_dict.borrow_mut() = inherited_slots(bases);
            return Ok(Vec::new());
        };
        let named = match &own {
            Value::Str(_) => vec![own.clone()],
            other => self.collect(other)?,
        };
        for name in &named {
            let Some(text) = name.as_str() else {
                let what = self.type_name(name);
                return self.type_error(format!("__slots__ items must be strings, not '{what}'"));
            };
            if let Layout::Builtin(kind @ ("int" | "tuple" | "bytes")) = class.layout {
                return self.type_error(format!("nonempty __slots__ not supported for subtype of '{kind}'"));
            }
            if !is_identifier(text) {
                return self.type_error("__slots__ must be identifiers");
            }
            let is_variable = class.dict.borrow().contains_key(&mangled(&class.name(), text));
            if is_variable && !matches!(text, "__qualname__" | "__classcell__") {
                return self.value_error(format!("'{text}' in __slots__ conflicts with class variable"));
            }
        }
        let own: Vec<Sym> = named.iter().filter_map(Value::as_str).map(|text| mangled(&class.name(), text)).collect();
        let mut all = own.clone();
        all.extend(inherited_slots(bases));
        let gives_dict = |base: &&Rc<Class>| base.layout == Layout::Plain && base.slots.borrow().is_none();
        let given = bases.iter().filter(|base| !Rc::ptr_eq(base, &self.types.object)).find(gives_dict);
        if given.is_some() || own.contains(&names::DICT) {
            all.retain(|name| !matches!(*name, names::DICT | names::WEAKREF));
            *class.slots_beside_dict.borrow_mut() = all;
        } else {
            *class.slots.borrow_mut() = Some(all);
        }
        Ok(own)
    }

    /// The resolution order after the class itself (C3).
    pub(super) fn linearize(&mut self, bases: &[Rc<Class>]) -> R<Vec<Rc<Class>>> {
        for (i, base) in bases.iter().enumerate() {
            if bases[..i].iter().any(|b| Rc::ptr_eq(b, base)) {
                let base = base.name();
                return self.type_error(format!("duplicate base class {base}"));
            }
        }
        let mut lists: Vec<Vec<Rc<Class>>> = bases.iter().map(|b| b.mro.borrow().clone()).collect();
        lists.push(bases.to_vec());
        let mut order = Vec::new();
        loop {
            lists.retain(|l| !l.is_empty());
            if lists.is_empty() {
                return Ok(order);
            }
            let next = lists
                .iter()
                .map(|l| &l[0])
                .find(|candidate| !lists.iter().any(|l| l[1..].iter().any(|c| Rc::ptr_eq(c, candidate))));
            let Some(next) = next.cloned() else {
                let names: Vec<String> = bases.iter().map(|b| b.name().to_string()).collect();
                let space = if self.options.version >= (3, 13) { ' ' } else { '\n' };
                return self.type_error(format!(
                    "Cannot create a consistent method resolution{space}order (MRO) for bases {}",
                    names.join(", ")
                ));
            };
            for list in &mut lists {
                if Rc::ptr_eq(&list[0], &next) {
                    list.remove(0);
                }
            }
            order.push(next);
        }
    }
}

/// The slots that instances have from these classes.
fn inherited_slots(bases: &[Rc<Class>]) -> Vec<Sym> {
    let mut found = Vec::new();
    for base in bases {
        found.extend(base.slots.borrow().iter().flatten().chain(base.slots_beside_dict.borrow().iter()).copied());
    }
    found
}

/// The nearest ancestor of a class, itself included, that gives instances slots.
fn solid_base(class: &Rc<Class>) -> Option<Rc<Class>> {
    let has_slots = |class: &&Rc<Class>| match class.dict.borrow().get(&names::SLOTS) {
        Some(Value::Str(name)) => !matches!(name.as_str(), "__dict__" | "__weakref__"),
        Some(Value::Tuple(t)) => t.items.iter().any(is_place),
        Some(Value::List(l)) => l.items.borrow().iter().any(is_place),
        Some(Value::Dict(d)) => d.entries().iter().any(|entry| is_place(&entry.key)),
        _ => false,
    };
    let is_own = |class: &&Rc<Class>| class.is_heap && class.layout == Layout::Plain;
    class.mro.borrow().iter().filter(is_own).find(has_slots).cloned()
}

/// The name in `__slots__` is that of an attribute.
fn is_place(name: &Value) -> bool {
    !matches!(name.as_str(), Some("__dict__" | "__weakref__"))
}
