//! Calls: Python functions get a frame over their arguments, natives run at once.

use std::rc::Rc;

use smallvec::SmallVec;

use super::frame::After;
use super::{Action, ErrorKind, R, Resumption, Stop, Vm};
use crate::python::class::{Class, Construction};
use crate::python::dict::Dict;
use crate::python::function::{Args, Bound, Function, Native, Resumes};
use crate::python::generator::GenKind;
use crate::python::heap;
use crate::python::instance::{Instance, Payload};
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::Data;
use crate::python::unit::{Surcharges, Unit};
use crate::python::value::Value;

/// Names of keyword arguments.
type Names = SmallVec<[Sym; 8]>;

impl Vm {
    /// A call of a Python function with exactly its positional parameters: `[f null|self a1 … an]`.
    #[inline]
    pub(super) fn call_python_fast(&mut self, argc: usize) -> bool {
        let len = self.fiber.stack.len();
        let floor = len - argc - 2;
        let Value::Func(function) = &self.fiber.stack[floor] else { return false };
        let has_self = !self.fiber.stack[floor + 1].is_null();
        let unit = function.unit.borrow();
        if unit.n_plain_args as usize != argc + has_self as usize || self.is_too_deep() {
            return false;
        }
        let base = floor + 2 - has_self as usize;
        let globals = function.globals.clone();
        let closure = (!function.closure.is_empty()).then(|| function.clone());
        let unit = {
            let cloned = unit.clone();
            drop(unit);
            cloned
        };
        self.fill_slots(base + unit.n_own_slots as usize);
        if let Some(function) = closure {
            self.fiber.stack.extend(function.closure.iter().map(|c| Value::Cell(c.clone())));
        }
        self.push_frame(unit, globals, base, floor, After::Push);
        true
    }

    /// `[f null|self a1 … an] -> [result]`. `true`: a frame was pushed (or the stack rearranged) and is to go on.
    pub(super) fn call_op(&mut self, argc: usize, names: Option<u32>, surcharges: &Surcharges) -> R<bool> {
        let len = self.fiber.stack.len();
        let floor = len - argc - 2;
        let callee = self.fiber.stack[floor].clone();
        let has_self = !self.fiber.stack[floor + 1].is_null();
        let names: Names = match names {
            Some(index) => self.keyword_names(index),
            None => Names::new(),
        };
        match &callee {
            Value::Native(native) => {
                self.left -= i64::from(surcharges.call_c);
                if names.is_empty() && native.data.is_null() {
                    match argc + has_self as usize {
                        0 => return self.call_native_with::<0>(native, floor),
                        1 => return self.call_native_with::<1>(native, floor),
                        2 => return self.call_native_with::<2>(native, floor),
                        3 => return self.call_native_with::<3>(native, floor),
                        _ => {}
                    }
                }
                let args = self.take_arguments(floor, has_self);
                let n_pos = args.len() - names.len();
                let result = self.call_native(native, &args[..n_pos], &names, &args[n_pos..]);
                self.finish_native(floor, args, result)
            }
            Value::Func(function) => {
                let start = floor + 2 - has_self as usize;
                let function = function.clone();
                self.enter_function(&function, start, floor, &names, After::Push)?;
                Ok(true)
            }
            Value::Bound(bound) => {
                if has_self {
                    return self.call_general(&callee, floor, has_self, &names);
                }
                // The receiver takes the place of the mark of a plain call.
                if let Value::Func(function) = &bound.function {
                    let function = function.clone();
                    self.fiber.stack[floor + 1] = bound.receiver.clone();
                    let entered = self.enter_function(&function, floor + 1, floor, &names, After::Push);
                    if entered.is_err() {
                        self.fiber.stack[floor + 1] = Value::Null;
                    }
                    entered?;
                    return Ok(true);
                }
                let mut args: SmallVec<[Value; 6]> = SmallVec::new();
                args.push(bound.receiver.clone());
                args.extend(self.fiber.stack.drain(floor + 2..));
                let n_pos = args.len() - names.len();
                let result = self.call_any(&bound.function, &args[..n_pos], &names, &args[n_pos..]);
                drop(args.remove(0));
                self.finish_native(floor, args, result)
            }
            Value::Class(class) => {
                match class.construction() {
                    Construction::Init(init) if !has_self => {
                        self.begin_instance(class, &init, floor, &names)?;
                        self.left -= i64::from(surcharges.call_class);
                        return Ok(true);
                    }
                    Construction::Built(new) if !has_self && names.is_empty() && argc < 3 => {
                        self.left -= i64::from(surcharges.call_c);
                        self.fiber.stack[floor + 1] = callee.clone();
                        let result = match argc {
                            0 => self.call_native_with::<1>(&new, floor),
                            1 => self.call_native_with::<2>(&new, floor),
                            _ => self.call_native_with::<3>(&new, floor),
                        };
                        if matches!(result, Err(Stop::Need(_) | Stop::Raise(_))) {
                            self.fiber.stack[floor + 1] = Value::Null;
                        }
                        return result;
                    }
                    Construction::Empty if argc == 0 && !has_self => {
                        self.left -= i64::from(surcharges.call_class);
                        let made = heap::instance(Instance::new(class.clone(), Payload::None));
                        self.fiber.stack.truncate(floor);
                        self.fiber.stack.push(made);
                        return Ok(false);
                    }
                    Construction::Exception if !has_self && names.is_empty() => {
                        let args = Value::tuple(self.fiber.stack.drain(floor + 2..));
                        let made = self.exception_with(class, args);
                        self.fiber.stack.truncate(floor);
                        self.fiber.stack.push(made);
                        return Ok(false);
                    }
                    _ => {}
                }
                self.call_general(&callee, floor, has_self, &names)
            }
            _ => self.call_general(&callee, floor, has_self, &names),
        }
    }

    /// Calls a native function with `N` arguments by position, the last on the stack, which are lent to it.
    #[inline]
    fn call_native_with<const N: usize>(&mut self, native: &Native, floor: usize) -> R<bool> {
        let first = self.fiber.stack.len() - N;
        let mut args = [const { Value::Null }; N];
        for (arg, place) in args.iter_mut().zip(&mut self.fiber.stack[first..]) {
            *arg = std::mem::take(place);
        }
        let result = (native.function)(self, &Args { pos: &args, names: &[], named: &[] });
        match result {
            Ok(value) => {
                args.into_iter().for_each(Value::discard);
                self.fiber.stack.truncate(floor + 1);
                std::mem::replace(&mut self.fiber.stack[floor], value).discard();
                Ok(false)
            }
            Err(stop @ (Stop::Tail(_) | Stop::Trap(_))) => {
                drop(args);
                self.fiber.stack.truncate(floor);
                Err(stop)
            }
            Err(stop) => {
                for (arg, place) in args.into_iter().zip(&mut self.fiber.stack[first..]) {
                    *place = arg;
                }
                Err(stop)
            }
        }
    }

    /// A call that does nothing but resume a generator. `false`: it is not of that kind.
    #[inline]
    pub(super) fn call_resuming(&mut self, argc: usize) -> bool {
        let floor = self.fiber.stack.len() - argc - 2;
        let Value::Native(native) = &self.fiber.stack[floor] else { return false };
        let has_self = !self.fiber.stack[floor + 1].is_null();
        let (generator, value) = match (native.resumes, &self.fiber.stack[floor + 2 - has_self as usize..]) {
            (Resumes::Next, [Value::Gen(g)]) if g.kind == GenKind::Generator => (g.clone(), Value::None),
            (Resumes::Send, [Value::Gen(g), value]) if g.kind != GenKind::AsyncGenerator => (g.clone(), value.clone()),
            _ => return false,
        };
        self.fiber.stack.truncate(floor);
        self.fiber.forget_answers();
        let why = self.begin_resume(&generator, Resumption::Send(value), After::Push);
        debug_assert!(why.is_none(), "a generator's frame asks the machine when it runs");
        true
    }

    fn call_general(&mut self, callee: &Value, floor: usize, has_self: bool, names: &[Sym]) -> R<bool> {
        let args = self.take_arguments(floor, has_self);
        let n_pos = args.len() - names.len();
        let result = self.call_any(callee, &args[..n_pos], names, &args[n_pos..]);
        self.finish_native(floor, args, result)
    }

    /// The arguments of a call, off the stack: `finish_native` puts them back where the operation is to run again.
    #[inline]
    fn take_arguments(&mut self, floor: usize, has_self: bool) -> SmallVec<[Value; 6]> {
        let start = floor + 2 - has_self as usize;
        self.fiber.stack.drain(start..).collect()
    }

    /// Ends a call whose arguments were taken off the stack: its other operands go too when it is over.
    #[inline]
    fn finish_native(&mut self, floor: usize, args: SmallVec<[Value; 6]>, result: R) -> R<bool> {
        match result {
            Ok(value) => {
                drop(args);
                self.fiber.stack.truncate(floor + 1);
                drop(std::mem::replace(&mut self.fiber.stack[floor], value));
                Ok(false)
            }
            Err(stop @ (Stop::Tail(_) | Stop::Trap(_))) => {
                drop(args);
                self.fiber.stack.truncate(floor);
                Err(stop)
            }
            Err(stop) => {
                self.fiber.stack.extend(args);
                Err(stop)
            }
        }
    }

    /// The names of a call's keyword arguments.
    fn keyword_names(&self, index: u32) -> Names {
        match &self.frame().unit.consts[index as usize] {
            Value::Tuple(names) => names
                .items
                .iter()
                .map(|n| match n {
                    Value::Str(s) => s.sym(),
                    _ => unreachable!("keyword names are strings"),
                })
                .collect(),
            _ => unreachable!("keyword names are a tuple"),
        }
    }

    /// `C(…)` of a plain class whose `__init__` is Python: makes the instance and enters `__init__`.
    fn begin_instance(&mut self, class: &Rc<Class>, init: &Rc<Function>, floor: usize, names: &[Sym]) -> R<()> {
        let instance = heap::instance(Instance::new(class.clone(), Payload::None));
        // [class null args] becomes [instance self=instance args]: the instance stays below the frame.
        let callee = std::mem::replace(&mut self.fiber.stack[floor], instance.clone());
        self.fiber.stack[floor + 1] = instance;
        if let Err(stop) = self.enter_function(init, floor + 1, floor + 1, names, After::Init) {
            self.fiber.stack[floor] = callee;
            self.fiber.stack[floor + 1] = Value::Null;
            return Err(stop);
        }
        Ok(())
    }

    /// `[f null|self tuple] -> [result]`, or with a dict of keywords.
    pub(super) fn call_ex(&mut self, has_kwargs: bool) -> R<bool> {
        let len = self.fiber.stack.len();
        let floor = len - 3 - has_kwargs as usize;
        let mut names = Names::new();
        if has_kwargs && let Value::Dict(kwargs) = &self.fiber.stack[len - 1] {
            if !kwargs.is_of_names() {
                return self.type_error("keywords must be strings");
            }
            kwargs.each(|entry| {
                if let Value::Str(name) = &entry.key {
                    names.push(name.sym());
                }
            });
        }
        let callee = self.fiber.stack[floor].clone();
        if self.is_python(&callee) {
            // Spread over the stack as an ordinary call, once nothing can fail any more but the call itself.
            let kwargs = if has_kwargs { self.fiber.stack.pop() } else { None };
            let args = self.fiber.stack.pop().unwrap_or_default();
            spread(&args, kwargs.as_ref(), |value| self.fiber.stack.push(value));
            return self.call_spread(self.fiber.stack.len() - floor - 2, names);
        }
        let mut all: SmallVec<[Value; 6]> = SmallVec::new();
        all.extend(Some(self.fiber.stack[floor + 1].clone()).filter(|receiver| !receiver.is_null()));
        let kwargs = has_kwargs.then(|| &self.fiber.stack[len - 1]);
        spread(&self.fiber.stack[floor + 2], kwargs, |value| all.push(value));
        let n_pos = all.len() - names.len();
        let result = self.call_any(&callee, &all[..n_pos], &names, &all[n_pos..]);
        drop(all);
        self.finish_native(floor, SmallVec::new(), result)
    }

    /// Enters a Python callable whose arguments have been spread over the stack.
    fn call_spread(&mut self, argc: usize, names: Names) -> R<bool> {
        let floor = self.fiber.stack.len() - argc - 2;
        let has_self = !self.fiber.stack[floor + 1].is_null();
        let callee = self.fiber.stack[floor].clone();
        let (function, start) = match &callee {
            Value::Func(f) => (f.clone(), floor + 2 - has_self as usize),
            Value::Bound(b) => {
                let Value::Func(f) = &b.function else { unreachable!("is_python looked") };
                if has_self {
                    self.fiber.stack.insert(floor + 1, b.receiver.clone());
                } else {
                    self.fiber.stack[floor + 1] = b.receiver.clone();
                }
                (f.clone(), floor + 1)
            }
            _ => unreachable!("is_python looked"),
        };
        self.enter_function(&function, start, floor, &names, After::Push)?;
        Ok(true)
    }

    /// Calling it needs exactly one frame.
    pub(super) fn is_python(&self, callee: &Value) -> bool {
        match callee {
            Value::Func(_) => true,
            Value::Bound(b) => matches!(b.function, Value::Func(_)),
            _ => false,
        }
    }

    /// Starts a call whose result goes to `after`; the callable needs a frame.
    pub(super) fn begin_call(&mut self, callee: Value, args: Vec<Value>, kwargs: Vec<(Sym, Value)>, after: After) {
        let floor = self.fiber.stack.len();
        let (function, receiver) = match &callee {
            Value::Func(f) => (f.clone(), None),
            Value::Bound(b) => match &b.function {
                Value::Func(f) => (f.clone(), Some(b.receiver.clone())),
                _ => return self.begin_native(callee, args, kwargs, after),
            },
            _ => return self.begin_native(callee, args, kwargs, after),
        };
        self.fiber.stack.extend(receiver);
        self.fiber.stack.extend(args);
        let names: Vec<Sym> = kwargs.iter().map(|(n, _)| *n).collect();
        self.fiber.stack.extend(kwargs.into_iter().map(|(_, v)| v));
        if let Err(stop) = self.enter_function(&function, floor, floor, &names, after) {
            self.fiber.stack.truncate(floor);
            self.deliver_error(after, stop);
        }
    }

    /// A native reached from where no operation can run again: it gets a frame of library code that calls it.
    fn begin_native(&mut self, callee: Value, args: Vec<Value>, kwargs: Vec<(Sym, Value)>, after: After) {
        let unit = self.machinery.call.clone();
        let globals = self.builtins.clone();
        let floor = self.fiber.stack.len();
        let dict = Dict::new();
        for (name, value) in kwargs {
            dict.set_name(name, value);
        }
        self.fiber.stack.extend([callee, Value::tuple(args), Value::Dict(heap::dict(dict))]);
        self.push_frame(unit, globals, floor, floor, after);
    }

    /// No further frame may be entered: `RecursionError`.
    #[inline]
    pub(super) fn is_too_deep(&self) -> bool {
        self.fiber.frames.len() >= self.recursion_limit + self.fiber.n_uncounted
    }

    /// Pushes the frame of a function whose arguments lie on the stack from `start` on, keyword values last.
    pub(super) fn enter_function(
        &mut self,
        function: &Rc<Function>,
        start: usize,
        floor: usize,
        names: &[Sym],
        after: After,
    ) -> R<()> {
        if self.is_too_deep() {
            return Err(self.error(ErrorKind::Recursion, "maximum recursion depth exceeded"));
        }
        let unit = function.unit.borrow().clone();
        let code = &*unit.code;
        let given = self.fiber.stack.len() - start - names.len();
        let is_plain = names.is_empty() && given == unit.n_plain_args as usize;
        if !is_plain && !self.bind_here(function, code, start, names) {
            let values = self.fiber.stack[start..].to_vec();
            let slots = self.bind(function, code, values, names)?;
            self.fiber.stack.truncate(start);
            self.fiber.stack.extend(slots);
        }
        self.fill_slots(start + unit.n_own_slots as usize);
        self.fiber.stack.extend(function.closure.iter().map(|c| Value::Cell(c.clone())));
        self.push_frame(unit, function.globals.clone(), start, floor, after);
        Ok(())
    }

    /// Makes the stack this long; the new slots are empty.
    #[inline(always)]
    pub(super) fn fill_slots(&mut self, len: usize) {
        while self.fiber.stack.len() < len {
            self.fiber.stack.push(Value::Null);
        }
    }

    /// Runs a module or class body.
    pub(super) fn begin_body(
        &mut self,
        unit: Rc<Unit>,
        globals: Rc<Dict>,
        namespace: Option<Rc<Dict>>,
        closure: Vec<Rc<crate::python::value::Cell>>,
        after: After,
    ) {
        let floor = self.fiber.stack.len();
        let n_free = unit.code.freevars.len();
        self.fiber.stack.resize(floor + unit.code.n_slots() - n_free, Value::Null);
        self.fiber.stack.extend(closure.into_iter().map(Value::Cell));
        self.push_frame(unit, globals, floor, floor, after);
        if namespace.is_some() {
            self.frame_mut().rare.get_or_insert_default().namespace = namespace;
        }
    }

    /// Calls an object from a native function.
    pub(super) fn call_inline(&mut self, callee: &Value, args: &[Value], kwargs: &[(Sym, Value)]) -> R {
        let names: SmallVec<[Sym; 4]> = kwargs.iter().map(|(n, _)| *n).collect();
        let named: SmallVec<[Value; 4]> = kwargs.iter().map(|(_, v)| v.clone()).collect();
        match self.call_any(callee, args, &names, &named) {
            Err(Stop::Tail(action)) => match self.next_answer() {
                Some(answer) => answer,
                None => Err(Stop::Need(action)),
            },
            Err(Stop::Trap(trap)) => self.ask(*trap),
            other => other,
        }
    }

    /// Calls any object; what needs a frame is left to the caller as a tail call.
    pub(super) fn call_any(&mut self, callee: &Value, pos: &[Value], names: &[Sym], named: &[Value]) -> R {
        match callee {
            Value::Native(native) => self.call_native(native, pos, names, named),
            Value::Func(_) => {
                let kwargs = names.iter().copied().zip(named.iter().cloned()).collect();
                Err(Stop::Tail(Box::new(Action::Call { callee: callee.clone(), args: pos.to_vec(), kwargs })))
            }
            Value::Bound(bound) => {
                let mut args: SmallVec<[Value; 6]> = SmallVec::with_capacity(pos.len() + 1);
                args.push(bound.receiver.clone());
                args.extend(pos.iter().cloned());
                self.call_any(&bound.function, &args, names, named)
            }
            Value::Class(class) => self.instantiate(class, pos, names, named),
            Value::Obj(o) => match &o.data {
                Data::StaticMethod(f) => {
                    let f = f.clone();
                    self.call_any(&f, pos, names, named)
                }
                Data::Weak(weak) => Ok(weak.target().unwrap_or(Value::None)),
                _ => self.call_by_method(callee, pos, names, named),
            },
            _ => self.call_by_method(callee, pos, names, named),
        }
    }

    fn call_by_method(&mut self, callee: &Value, pos: &[Value], names: &[Sym], named: &[Value]) -> R {
        let Some(method) = self.lookup_special(callee, names::CALL) else {
            let name = self.type_name(callee);
            return self.type_error(format!("'{name}' object is not callable"));
        };
        let bound = self.bind_to(&method, callee, &self.class_of(callee))?;
        if bound.is(callee) {
            let name = self.type_name(callee);
            return self.type_error(format!("'{name}' object is not callable"));
        }
        self.call_any(&bound, pos, names, named)
    }

    /// `C(…)`: the metaclass's `__call__`, or `__new__` and `__init__`.
    pub(super) fn instantiate(&mut self, class: &Rc<Class>, pos: &[Value], names: &[Sym], named: &[Value]) -> R {
        if let Some(meta) = &class.metaclass
            && let Some(call @ Value::Func(_)) = meta.lookup(names::CALL)
        {
            let bound = Value::Bound(Rc::new(Bound { receiver: Value::Class(class.clone()), function: call }));
            return self.call_any(&bound, pos, names, named);
        }
        self.type_call(class, pos, names, named)
    }

    /// `type.__call__`
    pub fn type_call(&mut self, class: &Rc<Class>, pos: &[Value], names: &[Sym], named: &[Value]) -> R {
        if Rc::ptr_eq(class, &self.types.type_) && pos.len() == 1 && names.is_empty() {
            return Ok(Value::Class(self.class_of(&pos[0])));
        }
        if Rc::ptr_eq(class, &self.types.type_) && pos.len() != 3 {
            return self.type_error("type() takes 1 or 3 arguments");
        }
        let kwargs: Vec<(Sym, Value)> = names.iter().copied().zip(named.iter().cloned()).collect();
        let new = class
            .lookup(names::NEW)
            .ok_or_else(|| self.error(ErrorKind::Type, format!("cannot create '{}' instances", class.name())))?;
        let mut args = Vec::with_capacity(pos.len() + 1);
        args.push(Value::Class(class.clone()));
        args.extend_from_slice(pos);
        // Making the object happens once, even when `__init__` needs Python and this runs again.
        let new = match &new {
            Value::Obj(o) => match &o.data {
                Data::StaticMethod(f) => f.clone(),
                _ => new,
            },
            _ => new,
        };
        let is_init_plain =
            matches!(class.lookup(names::INIT), Some(Value::Native(n)) if n.qualname == "object.__init__");
        let made = match &new {
            Value::Native(_) if !is_init_plain || class.is_heap => {
                self.recorded(|vm| vm.call_inline(&new, &args, &kwargs))?
            }
            _ => self.call_inline(&new, &args, &kwargs)?,
        };
        if !self.class_of(&made).is_subclass(class) {
            return Ok(made);
        }
        match self.class_of(&made).lookup(names::INIT) {
            None => Ok(made),
            Some(Value::Native(native)) if native.qualname == "object.__init__" => {
                let has_new =
                    matches!(class.lookup(names::NEW), Some(Value::Native(n)) if n.qualname == "object.__new__");
                if has_new && (!pos.is_empty() || !names.is_empty()) {
                    return self.type_error(format!("{}() takes no arguments", class.name()));
                }
                Ok(made)
            }
            Some(init) => {
                args[0] = made.clone();
                let result = self.call_inline(&init, &args, &kwargs)?;
                if !result.is_none() {
                    let name = self.type_name(&result);
                    return self.type_error(format!("__init__() should return None, not '{name}'"));
                }
                Ok(made)
            }
        }
    }
}

/// The arguments of `f(*args, **kwargs)` in their order, one by one.
fn spread(args: &Value, kwargs: Option<&Value>, mut see: impl FnMut(Value)) {
    let Value::Tuple(args) = args else { unreachable!("the compiler makes a tuple") };
    args.items.iter().cloned().for_each(&mut see);
    if let Some(Value::Dict(kwargs)) = kwargs {
        kwargs.each(|entry| see(entry.value.clone()));
    }
}
