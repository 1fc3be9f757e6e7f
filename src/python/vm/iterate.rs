//! Iteration: `iter`, `next`, `for`, unpacking, collecting.

use std::rc::Rc;

use smallvec::SmallVec;

use super::frame::{After, Answer};
use super::{Action, ErrorKind, R, Resumption, Stop, Vm};
use crate::python::generator::GenKind;
use crate::python::iterator::{DictPart, Iter, State};
use crate::python::names;
use crate::python::object::Data;
use crate::python::unit::Unit;
use crate::python::value::{Tuple, Value};

impl Vm {
    /// `[iterable] -> [iterator]`. `true`: a frame is to go on.
    pub(super) fn get_iter(&mut self) -> R<bool> {
        let n = self.fiber.stack.len();
        let iterable = self.fiber.stack[n - 1].clone();
        let known = match self.fiber.answers.first() {
            Some(Answer { is_final: true, result: Ok(found @ (Value::Gen(_) | Value::Iter(_))), .. }) => {
                Some(found.clone())
            }
            _ => None,
        };
        let iterator = match known {
            Some(iterator) => iterator,
            None if self.enter_method(&iterable, None, names::ITER)? => return Ok(true),
            None => self.iter(&iterable)?,
        };
        self.fiber.stack[n - 1] = iterator;
        Ok(false)
    }

    /// `iter(iterable)`
    pub fn iter(&mut self, iterable: &Value) -> R {
        let state = match iterable {
            Value::List(l) => State::List(l.clone(), 0),
            Value::Tuple(t) => State::Tuple(t.clone(), 0),
            Value::Range(r) => State::Range(**r),
            Value::Str(s) => State::Str(s.clone(), 0),
            Value::Bytes(b) => State::Bytes(b.clone(), 0),
            Value::Dict(d) => Iter::over_dict(d, DictPart::Keys, false),
            Value::Set(s) => Iter::over_set(s),
            Value::Iter(_) => return Ok(iterable.clone()),
            Value::Gen(g) if g.kind == GenKind::Generator => return Ok(iterable.clone()),
            Value::Obj(o) => match &o.data {
                Data::DictView(d, part) => Iter::over_dict(d, *part, false),
                Data::MappingProxy(d) => Iter::over_dict(d, DictPart::Keys, false),
                Data::CoroutineWrapper(_) => return Ok(iterable.clone()),
                _ => return self.iter_by_method(iterable),
            },
            Value::Instance(_) | Value::Class(_) => return self.iter_by_method(iterable),
            _ => return self.not_iterable(iterable),
        };
        Ok(Iter::value(state))
    }

    fn iter_by_method(&mut self, iterable: &Value) -> R {
        match self.lookup_special(iterable, names::ITER) {
            Some(Value::Native(_)) if !iterable.core().is(iterable) && !matches!(iterable, Value::Obj(_)) => {
                let core = iterable.core().clone();
                self.iter(&core)
            }
            Some(_) => {
                let iterator = self.call_special(iterable, names::ITER, &[])?.expect("looked up above");
                let has_next = matches!(iterator, Value::Iter(_) | Value::Gen(_))
                    || self.lookup_special(&iterator, names::NEXT).is_some();
                if !has_next {
                    let name = self.type_name(&iterator);
                    return self.type_error(format!("iter() returned non-iterator of type '{name}'"));
                }
                Ok(iterator)
            }
            None if self.class_of(iterable).lookup(names::ITER).is_none()
                && self.lookup_special(iterable, names::GETITEM).is_some() =>
            {
                Ok(Iter::value(State::Sequence(iterable.clone(), 0)))
            }
            None => self.not_iterable(iterable),
        }
    }

    /// A `TypeError` of iterating over it may come from methods of the program's own.
    pub(super) fn defines_iteration(&self, value: &Value) -> bool {
        let class = self.class_of(value);
        matches!(value, Value::Instance(_))
            && (class.lookup(names::ITER).is_some() || class.lookup(names::GETITEM).is_some())
    }

    fn not_iterable(&mut self, value: &Value) -> R {
        let name = self.type_name(value);
        self.type_error(format!("'{name}' object is not iterable"))
    }

    /// The next element of the iterator on top, for iterators that need no Python. `None`: another kind.
    #[inline]
    pub(super) fn next_fast(&mut self) -> Option<Option<Value>> {
        match self.fiber.stack.last() {
            Some(Value::Iter(it)) => next_here(it),
            _ => None,
        }
    }

    /// Goes on with the iterator on top for `ForIter`, to whose place a frame delivers by itself: resumes a generator.
    /// `false`: it is of another kind.
    #[inline]
    pub(super) fn resume_for(&mut self, after: After) -> bool {
        match self.fiber.stack.last() {
            Some(Value::Gen(g)) if g.kind == GenKind::Generator => {
                let g = g.clone();
                self.fiber.forget_answers();
                let why = self.begin_resume(&g, Resumption::Send(Value::None), after);
                debug_assert!(why.is_none(), "a generator's frame asks the machine when it runs");
                true
            }
            Some(Value::Iter(it)) => {
                let it = it.clone();
                self.enter_lazy(&it, after)
            }
            _ => false,
        }
    }

    /// The same for `map` and `filter` of one iterator with a Python function.
    pub(super) fn enter_lazy(&mut self, it: &Iter, after: After) -> bool {
        let (function, inner, unit) = match &*it.state.borrow() {
            State::Map(function @ Value::Func(_), inner) if inner.len() == 1 => {
                (function.clone(), inner[0].clone(), &self.machinery.mapped)
            }
            State::Filter(function @ Value::Func(_), inner) => {
                (function.clone(), inner.clone(), &self.machinery.filtered)
            }
            _ => return false,
        };
        self.fiber.forget_answers();
        let unit = unit.clone();
        self.enter_machinery(unit, [function, inner], after);
        true
    }

    /// `ForIter` of any iterator but a generator. `None`: a frame is to go on.
    pub(super) fn for_iter(&mut self) -> R<Option<Option<Value>>> {
        let iterator = self.fiber.stack.last().expect("operand stack underflow").clone();
        if let Value::Instance(_) = &iterator {
            if let Some(result) = self.take_result() {
                return self.ended(result).map(Some);
            }
            if self.enter_method(&iterator, None, names::NEXT)? {
                return Ok(None);
            }
        }
        self.next(&iterator).map(Some)
    }

    /// `next(iterator)`, `None` at the end.
    ///
    /// In a native function that goes on afterwards the step is remembered, so that running again does not
    /// advance the iterator again.
    pub fn next(&mut self, iterator: &Value) -> R<Option<Value>> {
        let result = self.recorded(|vm| match vm.next_once(iterator) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Ok(Value::Null),
            Err(stop) => Err(stop),
        });
        match result {
            Ok(Value::Null) => Ok(None),
            Ok(value) => Ok(Some(value)),
            Err(stop) => Err(stop),
        }
    }

    pub(super) fn next_once(&mut self, iterator: &Value) -> R<Option<Value>> {
        match iterator {
            Value::Iter(it) => match next_here(it) {
                Some(next) => Ok(next),
                None => self.nested("", |vm| vm.next_lazy(it)),
            },
            Value::Gen(g) if g.kind == GenKind::Generator => {
                let result = self.resume(g, Resumption::Send(Value::None));
                self.ended(result)
            }
            _ => {
                let class = self.class_of(iterator);
                match class.lookup(names::NEXT) {
                    Some(method) if !method.is_none() => {
                        let result = self.call(&method, std::slice::from_ref(iterator));
                        self.ended(result)
                    }
                    _ => {
                        let name = self.type_name(iterator);
                        self.type_error(format!("'{name}' object is not an iterator"))
                    }
                }
            }
        }
    }

    /// `StopIteration` is an end, not an error.
    fn ended(&mut self, result: R) -> R<Option<Value>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(stop) if self.stops_with(&stop, ErrorKind::StopIteration) => Ok(None),
            Err(stop) => Err(stop),
        }
    }

    /// Iterators over other iterators and callables.
    fn next_lazy(&mut self, it: &Rc<Iter>) -> R<Option<Value>> {
        enum Step {
            Enumerate(Value, i64),
            Zip(Vec<Value>, bool),
            Map(Value, Vec<Value>),
            Filter(Value, Value),
            Sequence(Value, usize),
            Reversed(Value, usize),
            Until(Value, Value),
            Changed(&'static str),
        }
        let step = match &*it.state.borrow() {
            State::Enumerate(inner, n) => Step::Enumerate(inner.clone(), *n),
            State::Zip(inner, strict) => Step::Zip(inner.clone(), *strict),
            State::Map(f, inner) => Step::Map(f.clone(), inner.clone()),
            State::Filter(f, inner) => Step::Filter(f.clone(), inner.clone()),
            State::Sequence(object, i) => Step::Sequence(object.clone(), *i),
            State::SequenceReversed(object, i) => Step::Reversed(object.clone(), *i),
            State::Until(f, sentinel) => Step::Until(f.clone(), sentinel.clone()),
            State::Dict { dict, len, .. } if dict.len() == *len => {
                Step::Changed("dictionary keys changed during iteration")
            }
            State::Dict { .. } => Step::Changed("dictionary changed size during iteration"),
            State::Set(..) => Step::Changed("Set changed size during iteration"),
            _ => return Ok(None),
        };
        match step {
            Step::Changed(text) => {
                *it.state.borrow_mut() = State::Done;
                Err(self.error(ErrorKind::Runtime, text))
            }
            Step::Enumerate(inner, n) => {
                let Some(value) = self.next(&inner)? else { return Ok(None) };
                if let State::Enumerate(_, count) = &mut *it.state.borrow_mut() {
                    *count = n + 1;
                }
                Ok(Some(Value::tuple([Value::Int(n), value])))
            }
            Step::Zip(inner, strict) => {
                let mut items = Vec::with_capacity(inner.len());
                for (i, iterator) in inner.iter().enumerate() {
                    match self.next(iterator)? {
                        Some(value) => items.push(value),
                        None if strict => return self.zip_ended(&inner, i),
                        None => {
                            *it.state.borrow_mut() = State::Done;
                            return Ok(None);
                        }
                    }
                }
                if inner.is_empty() {
                    return Ok(None);
                }
                Ok(Some(Value::tuple(items)))
            }
            Step::Map(f, inner) => {
                let mut items = Vec::with_capacity(inner.len());
                for iterator in &inner {
                    match self.next(iterator)? {
                        Some(value) => items.push(value),
                        None => return Ok(None),
                    }
                }
                self.call(&f, &items).map(Some)
            }
            Step::Filter(f, inner) => self.turns(
                || None,
                |vm, found| {
                    let Some(value) = vm.next(&inner)? else { return Ok(false) };
                    let keep = match &f {
                        Value::None => vm.truth(&value)?,
                        f => {
                            let answer = vm.call(f, std::slice::from_ref(&value))?;
                            vm.truth(&answer)?
                        }
                    };
                    if keep {
                        *found = Some(value);
                    }
                    Ok(!keep)
                },
            ),
            Step::Sequence(object, i) => match self.get_item(&object, &Value::Int(i as i64)) {
                Ok(value) => {
                    *it.state.borrow_mut() = State::Sequence(object, i + 1);
                    Ok(Some(value))
                }
                Err(stop)
                    if self.stops_with(&stop, ErrorKind::Index) || self.stops_with(&stop, ErrorKind::StopIteration) =>
                {
                    *it.state.borrow_mut() = State::Done;
                    Ok(None)
                }
                Err(stop) => Err(stop),
            },
            Step::Reversed(_, 0) => Ok(None),
            Step::Reversed(object, i) => {
                let value = self.get_item(&object, &Value::Int(i as i64 - 1))?;
                *it.state.borrow_mut() = State::SequenceReversed(object, i - 1);
                Ok(Some(value))
            }
            Step::Until(f, sentinel) => {
                let value = self.call(&f, &[])?;
                if self.equal(&value, &sentinel)? {
                    *it.state.borrow_mut() = State::Done;
                    return Ok(None);
                }
                Ok(Some(value))
            }
        }
    }

    /// `zip(strict=True)` at the end of its `i`-th iterator.
    fn zip_ended(&mut self, inner: &[Value], i: usize) -> R<Option<Value>> {
        let plural = |n: usize| if n == 1 { String::from("argument 1") } else { format!("arguments 1-{n}") };
        if i > 0 {
            let text = format!("zip() argument {} is shorter than {}", i + 1, plural(i));
            return self.value_error(text);
        }
        for (j, iterator) in inner.iter().enumerate().skip(1) {
            if self.next(iterator)?.is_some() {
                let text = format!("zip() argument {} is longer than {}", j + 1, plural(j));
                return self.value_error(text);
            }
        }
        Ok(None)
    }

    /// All elements of an iterable.
    pub fn collect(&mut self, iterable: &Value) -> R<Vec<Value>> {
        match iterable {
            Value::List(l) => return Ok(l.items.borrow().clone()),
            Value::Tuple(t) => return Ok(t.items.to_vec()),
            Value::Dict(d) => return Ok(d.keys()),
            Value::Set(s) => return Ok(s.items()),
            Value::Range(r) => {
                let n = r.len();
                if n > 1 << 26 {
                    return Err(self.error_empty(ErrorKind::Memory));
                }
                return Ok((0..n as i64).map(|i| Value::Int(r.start + i * r.step)).collect());
            }
            Value::Str(s) => return Ok(s.as_str().chars().map(Value::character).collect()),
            Value::Bytes(b) => return Ok(b.iter().map(|b| Value::Int(*b as i64)).collect()),
            _ => {}
        }
        let iterator = self.recorded_iter(iterable)?;
        // When the rest has been gathered, the iterator is at its end and what came of it is the next answer.
        let gathered = self.fiber.answers.get(self.cursor).is_some_and(|answer| answer.depth == 0);
        if let Value::Iter(it) = &iterator
            && !gathered
        {
            // Until one element needs Python.
            let mut items = Vec::new();
            while let Some(next) = next_of(it) {
                match next {
                    Some(value) => items.push(value),
                    None => return self.recorded_list(items),
                }
            }
        }
        self.collect_rest(&iterator)
    }

    fn recorded_list(&mut self, items: Vec<Value>) -> R<Vec<Value>> {
        match self.recorded(|_| Ok(Value::list(items)))? {
            Value::List(list) => Ok(list.items.borrow().clone()),
            _ => unreachable!("a list was recorded"),
        }
    }

    /// The elements that an iterator with Python inside still has, gathered by a frame of library code in one go.
    fn collect_rest(&mut self, iterator: &Value) -> R<Vec<Value>> {
        match self.run_machinery(&self.machinery.gather.clone(), iterator.clone())? {
            Value::List(list) => Ok(list.items.borrow().clone()),
            _ => unreachable!("the collector returns a list"),
        }
    }

    /// What a frame of the VM's own code returns.
    pub(super) fn run_machinery(&mut self, unit: &Rc<Unit>, argument: Value) -> R {
        match self.next_answer() {
            Some(answer) => answer,
            None => Err(Stop::Need(Box::new(Action::Machinery(unit.clone(), argument)))),
        }
    }

    /// Ends a native function with whether some element is as true as `wanted`, found by a frame of library code.
    pub(in crate::python) fn first_truth(&mut self, iterator: Value, wanted: bool) -> R {
        let unit = if wanted { self.machinery.any_of.clone() } else { self.machinery.all_of.clone() };
        Err(Stop::Tail(Box::new(Action::Machinery(unit, iterator))))
    }

    /// `iter()` once, also when the native function runs again.
    pub fn recorded_iter(&mut self, iterable: &Value) -> R {
        self.recorded(|vm| vm.iter(iterable))
    }

    // --- unpacking ---

    /// `[iterable] -> [vn … v1]`
    pub(super) fn unpack_sequence(&mut self, n: usize) -> R<()> {
        let top = self.fiber.stack.len() - 1;
        let items = match &self.fiber.stack[top] {
            Value::Tuple(t) if t.items.len() == n => {
                let t = t.clone();
                self.fiber.stack.pop();
                self.fiber.stack.extend(t.items.iter().rev().cloned());
                return Ok(());
            }
            Value::List(l) if l.items.borrow().len() == n => l.items.borrow().clone(),
            _ => {
                let iterable = self.fiber.stack[top].clone();
                self.unpack_values(&iterable, n)?
            }
        };
        let dropped = self.fiber.stack.pop();
        self.fiber.stack.extend(items.into_iter().rev());
        drop(dropped);
        Ok(())
    }

    fn unpack_values(&mut self, iterable: &Value, n: usize) -> R<Vec<Value>> {
        let too_many = |vm: &Vm, got: Option<usize>| {
            let got = got.map_or(String::new(), |_| String::new());
            vm.error(ErrorKind::Value, format!("too many values to unpack (expected {n}{got})"))
        };
        if let Value::Tuple(_) | Value::List(_) | Value::Dict(_) | Value::Str(_) | Value::Set(_) = iterable {
            let items = self.collect(iterable)?;
            if items.len() > n {
                return Err(too_many(self, None));
            }
            if items.len() < n {
                return self.too_few(n, items.len(), "");
            }
            return Ok(items);
        }
        let iterator = match self.recorded_iter(iterable) {
            Err(stop) if self.stops_with(&stop, ErrorKind::Type) && !self.defines_iteration(iterable) => {
                let name = self.type_name(iterable);
                return self.type_error(format!("cannot unpack non-iterable {name} object"));
            }
            other => other?,
        };
        let mut items = Vec::with_capacity(n);
        while items.len() < n {
            match self.next(&iterator)? {
                Some(value) => items.push(value),
                None => return self.too_few(n, items.len(), ""),
            }
        }
        match self.next(&iterator)? {
            Some(_) => Err(too_many(self, None)),
            None => Ok(items),
        }
    }

    fn too_few<T>(&mut self, expected: usize, got: usize, at_least: &str) -> R<T> {
        self.value_error(format!("not enough values to unpack (expected {at_least}{expected}, got {got})"))
    }

    /// `[iterable] -> [after… list before…]`
    pub(super) fn unpack_ex(&mut self, before: usize, after: usize) -> R<()> {
        let top = self.fiber.stack.len() - 1;
        let iterable = self.fiber.stack[top].clone();
        let mut items = match self.collect(&iterable) {
            Err(stop) if self.stops_with(&stop, ErrorKind::Type) && !self.defines_iteration(&iterable) => {
                let name = self.type_name(&iterable);
                return self.type_error(format!("cannot unpack non-iterable {name} object"));
            }
            other => other?,
        };
        if items.len() < before + after {
            let got = items.len();
            return self.too_few(before + after, got, "at least ");
        }
        let last = items.split_off(items.len() - after);
        let middle = items.split_off(before);
        let dropped = self.fiber.stack.pop();
        self.fiber.stack.extend(last.into_iter().rev());
        self.fiber.stack.push(Value::list(middle));
        self.fiber.stack.extend(items.into_iter().rev());
        drop(dropped);
        Ok(())
    }
}

/// The same for iterators over others too. Natives that gather elements go by [`next_of`] alone: what they leave to
/// the VM's own code costs its time.
#[inline]
pub(super) fn next_here(it: &Iter) -> Option<Option<Value>> {
    match next_of(it) {
        None => next_through(it),
        found => found,
    }
}

fn next_through(it: &Iter) -> Option<Option<Value>> {
    let next = |iterator: &Value| match iterator {
        Value::Iter(it) => next_here(it).flatten(),
        _ => None,
    };
    let state = &mut *it.state.borrow_mut();
    let found = match state {
        State::Enumerate(inner, n) if needs_no_python(inner) => {
            let found = next(inner);
            *n += i64::from(found.is_some());
            return Some(found.map(|value| Value::pair(Value::Int(*n - 1), value)));
        }
        State::Zip(inner, false) if !inner.is_empty() && inner.iter().all(needs_no_python) => {
            inner.iter().map(next).collect::<Option<SmallVec<_>>>().map(|items| Value::Tuple(Rc::new(Tuple { items })))
        }
        _ => return None,
    };
    if found.is_none() {
        *state = State::Done;
    }
    Some(found)
}

/// The next element of the iterator needs no Python, whatever it is.
fn needs_no_python(iterator: &Value) -> bool {
    let Value::Iter(it) = iterator else { return false };
    match &*it.state.borrow() {
        State::Range(_)
        | State::List(..)
        | State::Tuple(..)
        | State::ListReversed(..)
        | State::Str(..)
        | State::Bytes(..)
        | State::Done => true,
        State::Dict { dict, len, left, .. } => dict.len() == *len && *left > 0,
        State::Set(set, elements, _) => set.len() == elements.len(),
        State::Enumerate(inner, _) => needs_no_python(inner),
        _ => false,
    }
}

/// The next element where no Python is needed. `None`: it is needed, or something is wrong.
#[inline]
fn next_of(it: &Iter) -> Option<Option<Value>> {
    let state = &mut *it.state.borrow_mut();
    let next = match state {
        State::Range(r) => {
            if (r.step > 0 && r.start < r.stop) || (r.step < 0 && r.start > r.stop) {
                let value = r.start;
                match r.start.checked_add(r.step) {
                    Some(next) => r.start = next,
                    None => r.start = r.stop,
                }
                return Some(Some(Value::Int(value)));
            }
            None
        }
        State::List(list, i) => {
            let value = list.items.borrow().get(*i).cloned();
            *i += 1;
            value
        }
        State::Tuple(tuple, i) => {
            let value = tuple.items.get(*i).cloned();
            *i += 1;
            value
        }
        State::ListReversed(list, i) => {
            if *i == 0 {
                None
            } else {
                *i -= 1;
                list.items.borrow().get(*i).cloned()
            }
        }
        State::Str(s, at) => {
            let c = s.as_str()[*at..].chars().next();
            c.map(|c| {
                *at += c.len_utf8();
                Value::character(c)
            })
        }
        State::Bytes(b, i) => {
            let value = b.get(*i).map(|b| Value::Int(*b as i64));
            *i += 1;
            value
        }
        State::Dict { dict, position, len, left, part, reversed } => {
            if dict.len() != *len {
                return None;
            }
            let found = if *reversed { dict.previous_position(*position) } else { dict.next_position(*position) };
            if found.is_some() && *left == 0 {
                return None;
            }
            found.map(|at| {
                *left -= 1;
                *position = if *reversed { at } else { at + 1 };
                match part {
                    DictPart::Keys => dict.key_at(at),
                    DictPart::Values => dict.value_at(at),
                    DictPart::Items => Value::pair(dict.key_at(at), dict.value_at(at)),
                }
            })
        }
        State::Set(set, items, i) => {
            if set.len() != items.len() {
                return None;
            }
            let value = items.get(*i).cloned();
            *i += 1;
            value
        }
        State::Done => None,
        _ => return None,
    };
    if next.is_none() {
        *state = State::Done;
    }
    Some(next)
}
