//! Comparison, truth, membership.

use std::rc::Rc;

use super::frame::Answer;
use super::{ErrorKind, R, Vm, operator};
use crate::python::code::CompareOp;
use crate::python::dict::{Dict, simple_eq};
use crate::python::iterator::DictPart;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::object::Data;
use crate::python::value::{List, Value};

pub(super) fn method(operator: CompareOp) -> Sym {
    match operator {
        CompareOp::Lt => names::LT,
        CompareOp::Le => names::LE,
        CompareOp::Eq => names::EQ,
        CompareOp::Ne => names::NE,
        CompareOp::Gt => names::GT,
        CompareOp::Ge => names::GE,
    }
}

/// `a op b` is `b swapped(op) a`.
fn swapped(operator: CompareOp) -> CompareOp {
    match operator {
        CompareOp::Lt => CompareOp::Gt,
        CompareOp::Le => CompareOp::Ge,
        CompareOp::Gt => CompareOp::Lt,
        CompareOp::Ge => CompareOp::Le,
        same => same,
    }
}

fn symbol(operator: CompareOp) -> &'static str {
    match operator {
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Eq => "==",
        CompareOp::Ne => "!=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
    }
}

fn holds(operator: CompareOp, order: std::cmp::Ordering) -> bool {
    match operator {
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
    }
}

impl Vm {
    /// `[a b] -> [a op b]` for small numbers and strings.
    #[inline]
    pub(super) fn compare_fast(&mut self, op: CompareOp) -> bool {
        let n = self.fiber.stack.len();
        let (a, b) = (&self.fiber.stack[n - 2], &self.fiber.stack[n - 1]);
        let Some(truth) = operator::small_compare(op, a, b) else { return false };
        self.fiber.stack.pop();
        self.fiber.stack[n - 2] = Value::bool(truth);
        true
    }

    /// `[a b] -> [a op b]`
    ///
    /// `true`: a frame is to go on.
    pub(super) fn compare(&mut self, operator: CompareOp) -> R<bool> {
        let Some(value) = self.compare_operands(operator)? else { return Ok(true) };
        let n = self.fiber.stack.len();
        self.fiber.stack.truncate(n - 2);
        self.fiber.stack.push(value);
        Ok(false)
    }

    /// The comparison of the two operands on top, which stay; `None` when a frame is to go on.
    fn compare_operands(&mut self, operator: CompareOp) -> R<Option<Value>> {
        let n = self.fiber.stack.len();
        let (a, b) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        if let Value::Instance(_) = a {
            if let Some(result) = self.take_result() {
                return result.map(Some);
            }
            if self.enter_special(&a, &b, method(operator))? {
                return Ok(None);
            }
        }
        self.compare_op(operator, &a, &b).map(Some)
    }

    /// The truth of the comparison of the two operands on top, which stay; `None` when a frame is to go on.
    pub(super) fn compare_truth(&mut self, operator: CompareOp) -> R<Option<bool>> {
        match self.fiber.answers.first() {
            // What needs Python to be true or false is asked again along the general way.
            Some(Answer { is_final: true, result: Ok(value), .. }) if !matches!(value, Value::Bool(_)) => {
                let n = self.fiber.stack.len();
                let (a, b) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
                let value = self.compare_op(operator, &a, &b)?;
                self.truth(&value).map(Some)
            }
            _ => match self.compare_operands(operator)? {
                Some(value) => self.truth(&value).map(Some),
                None => Ok(None),
            },
        }
    }

    /// `a op b`, any object.
    pub fn compare_op(&mut self, op: CompareOp, a: &Value, b: &Value) -> R {
        if let Some(truth) = operator::small_compare(op, a, b) {
            return Ok(Value::bool(truth));
        }
        let heap = |v: &Value| matches!(v, Value::Instance(_) | Value::Obj(_) | Value::Class(_));
        if heap(a) || heap(b) {
            let (class_a, class_b) = (self.class_of(a), self.class_of(b));
            let right_first = !Rc::ptr_eq(&class_a, &class_b)
                && class_b.is_subclass(&class_a)
                && matches!(class_b.lookup(method(swapped(op))), Some(Value::Func(_)));
            if right_first && let Some(value) = self.try_compare(swapped(op), b, a)? {
                return Ok(value);
            }
            if let Some(value) = self.try_compare(op, a, b)? {
                return Ok(value);
            }
            if !right_first && let Some(value) = self.try_compare(swapped(op), b, a)? {
                return Ok(value);
            }
        }
        if let Some(truth) = self.builtin_compare(op, a.core(), b.core())? {
            return Ok(Value::bool(truth));
        }
        match op {
            CompareOp::Eq => Ok(Value::bool(a.is(b))),
            CompareOp::Ne => Ok(Value::bool(!a.is(b))),
            _ => {
                let (x, y) = (self.type_name(a), self.type_name(b));
                self.type_error(format!("'{}' not supported between instances of '{x}' and '{y}'", symbol(op)))
            }
        }
    }

    /// The class's own method; `None` for `NotImplemented` and where there is none.
    fn try_compare(&mut self, op: CompareOp, a: &Value, b: &Value) -> R<Option<Value>> {
        let class = self.class_of(a);
        let found = match class.lookup(method(op)) {
            // `object.__eq__` and `__ne__`: identity is what remains at the end; `__ne__` follows `__eq__`.
            Some(Value::Native(n)) if n.qualname == "object.__ne__" => {
                return match class.lookup(names::EQ) {
                    Some(Value::Native(_)) | None => Ok(None),
                    Some(_) => match self.call_special(a, names::EQ, std::slice::from_ref(b))? {
                        None | Some(Value::NotImplemented) => Ok(None),
                        Some(value) => Ok(Some(Value::bool(!self.truth(&value)?))),
                    },
                };
            }
            Some(Value::Native(n)) if n.qualname.starts_with("object.") => return Ok(None),
            None => return Ok(None),
            Some(found) => found,
        };
        if found.is_none() {
            return Ok(None);
        }
        match self.call_special(a, method(op), std::slice::from_ref(b))? {
            None | Some(Value::NotImplemented) => Ok(None),
            Some(value) => Ok(Some(value)),
        }
    }

    /// The comparison of built-in values; `None` when the types do not go together.
    pub fn builtin_compare(&mut self, op: CompareOp, a: &Value, b: &Value) -> R<Option<bool>> {
        if let Some(truth) = operator::small_compare(op, a, b) {
            return Ok(Some(truth));
        }
        let eq_only = matches!(op, CompareOp::Eq | CompareOp::Ne);
        let as_eq = |equal: bool| Some(equal == (op == CompareOp::Eq));
        Ok(match (a, b) {
            (Value::List(x), Value::List(y)) => {
                if Rc::ptr_eq(x, y) && eq_only {
                    return Ok(as_eq(true));
                }
                // The lists may change while Python compares.
                let at = |list: &List, i: usize| list.items.borrow().get(i).cloned();
                let len = |list: &List| list.items.borrow().len();
                Some(self.compare_items(op, || (len(x), len(y)), |i| Some((at(x, i)?, at(y, i)?)))?)
            }
            (Value::Tuple(x), Value::Tuple(y)) => {
                if Rc::ptr_eq(x, y) && eq_only {
                    return Ok(as_eq(true));
                }
                Some(self.compare_sequences(op, &x.items, &y.items)?)
            }
            (Value::Bytes(x), Value::Bytes(y)) => Some(holds(op, x.cmp(y))),
            (Value::Dict(x), Value::Dict(y)) if eq_only => {
                let equal = if x.len() == y.len() { self.equal_entries(x, y)? } else { false };
                as_eq(equal)
            }
            (Value::Set(x), Value::Set(y)) => {
                let (small, large) = match op {
                    CompareOp::Gt | CompareOp::Ge => (y, x),
                    _ => (x, y),
                };
                // Where the sizes decide already, no key is compared.
                let may_be = match op {
                    CompareOp::Eq | CompareOp::Ne => x.len() == y.len(),
                    CompareOp::Le | CompareOp::Ge => small.len() <= large.len(),
                    CompareOp::Lt | CompareOp::Gt => small.len() < large.len(),
                };
                let contained = may_be && self.contains_keys(large.table(), small.table())?;
                Some(match op {
                    CompareOp::Eq => contained && x.len() == y.len(),
                    CompareOp::Ne => !(contained && x.len() == y.len()),
                    CompareOp::Le | CompareOp::Ge => contained,
                    CompareOp::Lt | CompareOp::Gt => contained && small.len() < large.len(),
                })
            }
            (Value::Range(_), Value::Range(_)) if eq_only => as_eq(simple_eq(a, b)),
            (Value::Slice(x), Value::Slice(y)) if eq_only => Some(self.compare_sequences(op, &x[..], &y[..])?),
            (Value::Bound(_), Value::Bound(_)) if eq_only => as_eq(simple_eq(a, b)),
            (Value::Obj(x), Value::Obj(y)) => match (&x.data, &y.data) {
                (Data::DictView(d1, p1), Data::DictView(d2, p2)) if p1 == p2 && *p1 != DictPart::Values && eq_only => {
                    let (k1, k2) = (Value::list(self.view_items(d1, *p1)), Value::list(self.view_items(d2, *p2)));
                    let (Value::List(l1), Value::List(l2)) = (&k1, &k2) else { return Ok(None) };
                    let (l1, l2) = (l1.items.borrow().clone(), l2.items.borrow().clone());
                    let mut equal = l1.len() == l2.len();
                    for item in &l1 {
                        equal = equal && self.sequence_contains(&l2, item)?;
                    }
                    as_eq(equal)
                }
                (Data::ByteArray(x), Data::ByteArray(y)) => Some(holds(op, x.borrow().cmp(&y.borrow()))),
                (Data::Complex(a, b), Data::Complex(c, d)) if eq_only => as_eq(a == c && b == d),
                (Data::Weak(x), Data::Weak(y)) if eq_only => match (x.target(), y.target()) {
                    (Some(x), Some(y)) => as_eq(self.equal(&x, &y)?),
                    _ => as_eq(a.is(b)),
                },
                (Data::MappingProxy(x), Data::MappingProxy(y)) => {
                    let (x, y) = (Value::Dict(x.clone()), Value::Dict(y.clone()));
                    return self.builtin_compare(op, &x, &y);
                }
                _ => None,
            },
            (Value::Obj(x), other) | (other, Value::Obj(x)) => match (&x.data, other) {
                (Data::ByteArray(x), Value::Bytes(y)) => Some(holds(op, x.borrow()[..].cmp(&y[..]))),
                (Data::DictView(d, part), Value::Set(s)) if eq_only => {
                    let items = self.view_items(d, *part);
                    let mut equal = items.len() == s.len();
                    let others = s.items();
                    for item in &items {
                        equal = equal && self.sequence_contains(&others, item)?;
                    }
                    as_eq(equal)
                }
                (Data::MappingProxy(d), Value::Dict(_)) if eq_only => {
                    let d = Value::Dict(d.clone());
                    return self.builtin_compare(op, &d, other);
                }
                (Data::Complex(re, im), _) if eq_only => {
                    operator::as_float(other).and_then(|f| as_eq(*im == 0.0 && *re == f))
                }
                _ => None,
            },
            _ => match (number(a), number(b)) {
                (Some(x), Some(y)) => Some(compare_numbers(op, &x, &y)),
                _ => None,
            },
        })
    }

    fn compare_sequences(&mut self, op: CompareOp, x: &[Value], y: &[Value]) -> R<bool> {
        self.compare_items(op, || (x.len(), y.len()), |i| Some((x.get(i)?.clone(), y.get(i)?.clone())))
    }

    /// Compares two sequences: by their first pair that differs, else by their lengths.
    fn compare_items(
        &mut self,
        op: CompareOp,
        lengths: impl Fn() -> (usize, usize),
        pair: impl Fn(usize) -> Option<(Value, Value)>,
    ) -> R<bool> {
        let eq_only = matches!(op, CompareOp::Eq | CompareOp::Ne);
        let (n, m) = lengths();
        if eq_only && n != m {
            return Ok(op == CompareOp::Ne);
        }
        // The first pairs need no Python most of the time, and no state to be kept.
        let mut first = 0;
        while let Some((a, b)) = pair(first) {
            if a.is(&b) {
                first += 1;
                continue;
            }
            match operator::small_compare(CompareOp::Eq, &a, &b) {
                Some(true) => first += 1,
                Some(false) => {
                    return Ok(match operator::small_compare(op, &a, &b) {
                        Some(truth) => truth,
                        None => op == CompareOp::Ne,
                    });
                }
                None => break,
            }
        }
        self.nested(" in comparison", |vm| {
            let (_, _, decided) = vm.turns(
                || (first, false, None),
                |vm, (i, differs, decided)| {
                    let Some((a, b)) = pair(*i) else { return Ok(false) };
                    if *differs {
                        let value = vm.compare_op(op, &a, &b)?;
                        *decided = Some(vm.truth(&value)?);
                    } else if a.is(&b) || vm.equal(&a, &b)? {
                        *i += 1;
                    } else if eq_only {
                        *decided = Some(op == CompareOp::Ne);
                    } else {
                        *differs = true;
                    }
                    Ok(decided.is_none())
                },
            )?;
            Ok(decided.unwrap_or_else(|| {
                let (n, m) = lengths();
                holds(op, n.cmp(&m))
            }))
        })
    }

    /// Every key of one dict is in the other with an equal value.
    fn equal_entries(&mut self, x: &Dict, y: &Dict) -> R<bool> {
        self.nested(" in comparison", |vm| {
            let (_, equal) = vm.turns(
                || (0, true),
                |vm, (position, equal)| {
                    let Some(at) = x.next_position(*position) else { return Ok(false) };
                    let (key, hash, value) = (x.key_at(at), x.hash_at(at), x.value_at(at));
                    let holds = match vm.find_key(y, hash, &key)? {
                        Some(i) => {
                            let other = y.value_at(i);
                            vm.equal(&value, &other)?
                        }
                        None => false,
                    };
                    (*position, *equal) = (at + 1, holds);
                    Ok(holds)
                },
            )?;
            Ok(equal)
        })
    }

    /// Every key of the second table is in the first.
    pub(super) fn contains_keys(&mut self, large: &Dict, small: &Dict) -> R<bool> {
        let (_, contained) = self.turns(
            || (0, true),
            |vm, (position, contained)| {
                let Some(at) = small.next_position(*position) else { return Ok(false) };
                let (key, hash) = (small.key_at(at), small.hash_at(at));
                let found = vm.find_key(large, hash, &key)?.is_some();
                (*position, *contained) = (at + 1, found);
                Ok(found)
            },
        )?;
        Ok(contained)
    }

    /// Goes one object deeper; `RecursionError` where the host's stack would end. `doing` is how the message ends.
    pub(in crate::python) fn nested<T>(&mut self, doing: &str, inside: impl FnOnce(&mut Vm) -> R<T>) -> R<T> {
        if self.nesting >= MAX_NESTING {
            return Err(self.error(ErrorKind::Recursion, format!("maximum recursion depth exceeded{doing}")));
        }
        self.nesting += 1;
        let result = inside(self);
        self.nesting -= 1;
        result
    }

    /// `a == b` as a truth; identical objects are equal (as in containers).
    pub fn equal(&mut self, a: &Value, b: &Value) -> R<bool> {
        if a.is(b) && !matches!(a, Value::Float(f) if f.get().is_nan()) {
            return Ok(true);
        }
        let value = self.compare_op(CompareOp::Eq, a, b)?;
        self.truth(&value)
    }

    /// The truth of the top operand, which stays.
    pub(super) fn top_truth(&mut self) -> R<bool> {
        let value = self.fiber.stack.last().expect("operand stack underflow").clone();
        self.truth(&value)
    }

    /// `bool(value)`
    pub fn truth(&mut self, value: &Value) -> R<bool> {
        Ok(match value {
            Value::Bool(b) => b.get(),
            Value::None | Value::Null => false,
            Value::Int(i) => *i != 0,
            Value::Float(f) => f.get() != 0.0,
            Value::Str(s) => !s.as_str().is_empty(),
            Value::Bytes(b) => !b.is_empty(),
            Value::Tuple(t) => !t.items.is_empty(),
            Value::List(l) => !l.items.borrow().is_empty(),
            Value::Dict(d) => !d.is_empty(),
            Value::Set(s) => !s.is_empty(),
            Value::Range(r) => !r.is_empty(),
            Value::Obj(_) | Value::Instance(_) => return self.object_truth(value),
            Value::Class(c) if c.metaclass.is_some() => return self.object_truth(value),
            _ => true,
        })
    }

    fn object_truth(&mut self, value: &Value) -> R<bool> {
        if let Some(result) = self.call_special(value, names::BOOL, &[])? {
            return match result {
                Value::Bool(b) => Ok(b.get()),
                other => {
                    let name = self.type_name(&other);
                    self.type_error(format!("__bool__ should return bool, returned {name}"))
                }
            };
        }
        if let Some(length) = self.call_special(value, names::LEN, &[])? {
            return Ok(self.checked_length(&length)? != 0);
        }
        let core = value.core();
        if !core.is(value) {
            let core = core.clone();
            return self.truth(&core);
        }
        Ok(true)
    }

    /// `[a b] -> [a in b]`
    pub(super) fn contains_op(&mut self, inverted: bool) -> R<()> {
        let n = self.fiber.stack.len();
        let found = match (&self.fiber.stack[n - 2], &self.fiber.stack[n - 1]) {
            (Value::Str(a), Value::Str(b)) => b.as_str().contains(a.as_str()),
            (Value::Str(key), Value::Dict(dict)) if !dict.has_complex_keys() => dict.find_str(key).is_some(),
            (Value::Str(key), Value::Set(set)) if !set.table().has_complex_keys() => {
                set.table().find_str(key).is_some()
            }
            (a, b) => {
                let (a, b) = (a.clone(), b.clone());
                self.contains(&b, &a)?
            }
        };
        self.fiber.stack.truncate(n - 2);
        self.fiber.stack.push(Value::bool(found != inverted));
        Ok(())
    }

    /// `item in container`
    pub fn contains(&mut self, container: &Value, item: &Value) -> R<bool> {
        if matches!(container, Value::Instance(_) | Value::Class(_) | Value::Obj(_)) {
            if let Some(value) = self.call_special(container, names::CONTAINS, std::slice::from_ref(item))? {
                return self.truth(&value);
            }
            let core = container.core().clone();
            if !core.is(container) {
                return self.contains(&core, item);
            }
        }
        match container {
            Value::Str(s) => match item.as_str() {
                Some(text) => Ok(s.as_str().contains(text)),
                None => {
                    let name = self.type_name(item);
                    self.type_error(format!("'in <string>' requires string as left operand, not {name}"))
                }
            },
            Value::List(l) => {
                Ok(self.position_of(|i| l.items.borrow().get(i).cloned(), item, 0, usize::MAX)?.is_some())
            }
            Value::Tuple(t) => self.sequence_contains(&t.items, item),
            Value::Dict(d) => Ok(self.dict_position(d, item)?.is_some()),
            Value::Set(s) => {
                // A set looks for a set as if it were frozen.
                let item = match item {
                    Value::Set(inner) if !inner.frozen => self.frozen(inner),
                    other => other.clone(),
                };
                Ok(self.dict_position(s.table(), &item)?.is_some())
            }
            Value::Range(r) => match item {
                Value::Int(i) => {
                    let (start, stop, step) = (r.start as i128, r.stop as i128, r.step as i128);
                    let i = *i as i128;
                    let inside = if step > 0 { start <= i && i < stop } else { stop < i && i <= start };
                    Ok(inside && (i - start) % step == 0)
                }
                _ => {
                    let items = self.collect(container)?;
                    self.sequence_contains(&items, item)
                }
            },
            Value::Bytes(b) => crate::python::types::bytes::contains(self, b, item),
            _ => {
                let iterable = self.lookup_special(container, names::ITER).is_some()
                    || self.lookup_special(container, names::GETITEM).is_some()
                    || matches!(container, Value::Iter(_) | Value::Gen(_));
                if !iterable {
                    let name = self.type_name(container);
                    return self.type_error(format!("argument of type '{name}' is not iterable"));
                }
                let iterator = self.recorded_iter(container)?;
                self.turns(
                    || false,
                    |vm, found| {
                        let Some(next) = vm.next(&iterator)? else { return Ok(false) };
                        *found = vm.equal(&next, item)?;
                        Ok(!*found)
                    },
                )
            }
        }
    }

    /// Some element equals the item.
    pub fn sequence_contains(&mut self, items: &[Value], item: &Value) -> R<bool> {
        Ok(self.position_of(|i| items.get(i).cloned(), item, 0, usize::MAX)?.is_some())
    }

    /// The first place from `start` on, before `stop`, of an element equal to the item. The sequence may change
    /// while Python compares.
    pub fn position_of(
        &mut self,
        at: impl Fn(usize) -> Option<Value>,
        item: &Value,
        start: usize,
        stop: usize,
    ) -> R<Option<usize>> {
        let (_, found) = self.turns(
            || (start, None),
            |vm, (i, found)| {
                let Some(candidate) = at(*i).filter(|_| *i < stop) else { return Ok(false) };
                if vm.equal(&candidate, item)? {
                    *found = Some(*i);
                }
                *i += 1;
                Ok(found.is_none())
            },
        )?;
        Ok(found)
    }
}

/// How deep containers inside containers may be compared or shown: deeper ones need more of the host's stack than
/// a browser gives.
const MAX_NESTING: u32 = 200;

enum Number {
    Big(num_bigint::BigInt),
    Float(f64),
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Float(f) => Some(Number::Float(f.get())),
        other => operator::as_big(other).map(Number::Big),
    }
}

fn compare_numbers(op: CompareOp, a: &Number, b: &Number) -> bool {
    use num_traits::FromPrimitive;
    let order = match (a, b) {
        (Number::Big(a), Number::Big(b)) => Some(a.cmp(b)),
        (Number::Float(a), Number::Float(b)) => a.partial_cmp(b),
        (Number::Float(f), Number::Big(i)) => compare_mixed(*f, i, num_bigint::BigInt::from_f64(libm::floor(*f))),
        (Number::Big(i), Number::Float(f)) => {
            compare_mixed(*f, i, num_bigint::BigInt::from_f64(libm::floor(*f))).map(|o| o.reverse())
        }
    };
    match order {
        Some(order) => holds(op, order),
        None => op == CompareOp::Ne,
    }
}

/// A float against an integer, exactly; `floor` is the float's floor if it is finite.
fn compare_mixed(f: f64, i: &num_bigint::BigInt, floor: Option<num_bigint::BigInt>) -> Option<std::cmp::Ordering> {
    use std::cmp::Ordering;
    if f.is_nan() {
        return None;
    }
    let Some(floor) = floor else {
        return Some(if f > 0.0 { Ordering::Greater } else { Ordering::Less });
    };
    Some(match floor.cmp(i) {
        Ordering::Equal if f > libm::floor(f) => Ordering::Greater,
        order => order,
    })
}
