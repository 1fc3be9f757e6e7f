//! Operators: fast paths for numbers and strings, then the protocol of special methods.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::frame::{After, Answer};
use super::{ErrorKind, R, Stop, Vm};
use crate::python::code::{BinaryOp, CompareOp, UnaryOp};
use crate::python::heap;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::text::Str;
use crate::python::value::Value;

/// The operator on two small numbers, where nothing can go wrong.
#[inline(always)]
pub(super) fn small(operator: BinaryOp, a: &Value, b: &Value) -> Option<Value> {
    Some(match (a, b) {
        (Value::Int(a), Value::Int(b)) => Value::Int(match operator {
            BinaryOp::Add => a.checked_add(*b)?,
            BinaryOp::Sub => a.checked_sub(*b)?,
            BinaryOp::Mul => a.checked_mul(*b)?,
            BinaryOp::And => a & b,
            BinaryOp::Or => a | b,
            BinaryOp::Xor => a ^ b,
            BinaryOp::FloorDiv if *b > 0 => a.div_euclid(*b),
            BinaryOp::Mod if *b > 0 => a.rem_euclid(*b),
            BinaryOp::RShift if (0..64).contains(b) => a >> b,
            BinaryOp::TrueDiv if *b != 0 && a.unsigned_abs() < 1 << 53 && b.unsigned_abs() < 1 << 53 => {
                return Some(Value::float(*a as f64 / *b as f64));
            }
            _ => return None,
        }),
        (Value::Float(a), Value::Float(b)) => Value::float(float_op(operator, a.get(), b.get())?),
        (Value::Float(a), Value::Int(b)) if b.unsigned_abs() < 1 << 53 => {
            Value::float(float_op(operator, a.get(), *b as f64)?)
        }
        (Value::Int(a), Value::Float(b)) if a.unsigned_abs() < 1 << 53 => {
            Value::float(float_op(operator, *a as f64, b.get())?)
        }
        _ => return None,
    })
}

#[inline(always)]
fn float_op(operator: BinaryOp, a: f64, b: f64) -> Option<f64> {
    Some(match operator {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::TrueDiv if b != 0.0 => a / b,
        _ => return None,
    })
}

/// The comparison of two small numbers or strings.
#[inline(always)]
pub(super) fn small_compare(operator: CompareOp, a: &Value, b: &Value) -> Option<bool> {
    fn by<T: PartialOrd>(operator: CompareOp, a: T, b: T) -> bool {
        match operator {
            CompareOp::Lt => a < b,
            CompareOp::Le => a <= b,
            CompareOp::Eq => a == b,
            CompareOp::Ne => a != b,
            CompareOp::Gt => a > b,
            CompareOp::Ge => a >= b,
        }
    }
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(by(operator, *a, *b)),
        (Value::Float(a), Value::Float(b)) => Some(by(operator, a.get(), b.get())),
        (Value::Float(a), Value::Int(b)) if b.unsigned_abs() < 1 << 53 => Some(by(operator, a.get(), *b as f64)),
        (Value::Int(a), Value::Float(b)) if a.unsigned_abs() < 1 << 53 => Some(by(operator, *a as f64, b.get())),
        (Value::Str(a), Value::Str(b)) => Some(match operator {
            CompareOp::Eq => Rc::ptr_eq(a, b) || a.as_str() == b.as_str(),
            CompareOp::Ne => !Rc::ptr_eq(a, b) && a.as_str() != b.as_str(),
            _ => by(operator, a.as_str(), b.as_str()),
        }),
        _ => None,
    }
}

/// The comparison where no class of a program can have a say: numbers, strings, and tuples of such.
pub fn plain_compare(operator: CompareOp, a: &Value, b: &Value) -> Option<bool> {
    let (Value::Tuple(x), Value::Tuple(y)) = (a, b) else { return small_compare(operator, a, b) };
    for (a, b) in x.items.iter().zip(&y.items) {
        if !a.is(b) && !small_compare(CompareOp::Eq, a, b)? {
            return match operator {
                CompareOp::Eq => Some(false),
                CompareOp::Ne => Some(true),
                _ => plain_compare(operator, a, b),
            };
        }
    }
    small_compare(operator, &Value::from(x.items.len()), &Value::from(y.items.len()))
}

/// Special methods of a binary operator: plain, reflected, in place.
fn methods(operator: BinaryOp) -> (Sym, Sym, Sym) {
    match operator {
        BinaryOp::Add => (names::ADD, names::RADD, names::IADD),
        BinaryOp::Sub => (names::SUB, names::RSUB, names::ISUB),
        BinaryOp::Mul => (names::MUL, names::RMUL, names::IMUL),
        BinaryOp::TrueDiv => (names::TRUEDIV, names::RTRUEDIV, names::ITRUEDIV),
        BinaryOp::FloorDiv => (names::FLOORDIV, names::RFLOORDIV, names::IFLOORDIV),
        BinaryOp::Mod => (names::MOD, names::RMOD, names::IMOD),
        BinaryOp::Pow => (names::POW, names::RPOW, names::IPOW),
        BinaryOp::LShift => (names::LSHIFT, names::RLSHIFT, names::ILSHIFT),
        BinaryOp::RShift => (names::RSHIFT, names::RRSHIFT, names::IRSHIFT),
        BinaryOp::And => (names::AND, names::RAND, names::IAND),
        BinaryOp::Or => (names::OR, names::ROR, names::IOR),
        BinaryOp::Xor => (names::XOR, names::RXOR, names::IXOR),
        BinaryOp::MatMul => (names::MATMUL, names::RMATMUL, names::IMATMUL),
    }
}

/// What `+` joins and `*` repeats.
fn is_sequence(value: &Value) -> bool {
    matches!(value, Value::Str(_) | Value::Bytes(_) | Value::List(_) | Value::Tuple(_))
}

/// The operator as programs write it.
fn symbol(operator: BinaryOp) -> &'static str {
    match operator {
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mul => "*",
        BinaryOp::TrueDiv => "/",
        BinaryOp::FloorDiv => "//",
        BinaryOp::Mod => "%",
        BinaryOp::Pow => "** or pow()",
        BinaryOp::LShift => "<<",
        BinaryOp::RShift => ">>",
        BinaryOp::And => "&",
        BinaryOp::Or => "|",
        BinaryOp::Xor => "^",
        BinaryOp::MatMul => "@",
    }
}

/// A number as a big integer.
pub fn as_big(value: &Value) -> Option<BigInt> {
    match value.core() {
        Value::Int(i) => Some(BigInt::from(*i)),
        Value::Bool(b) => Some(BigInt::from(*b as i64)),
        Value::Big(b) => Some((**b).clone()),
        _ => None,
    }
}

/// A number as a float; `None` for other types and for integers that are too large.
pub fn as_float(value: &Value) -> Option<f64> {
    match value.core() {
        Value::Float(f) => Some(f.get()),
        Value::Int(i) => Some(*i as f64),
        Value::Bool(b) => Some(*b as i64 as f64),
        Value::Big(b) => b.to_f64().filter(|f| f.is_finite()),
        _ => None,
    }
}

fn is_int(value: &Value) -> bool {
    matches!(value.core(), Value::Int(_) | Value::Bool(_) | Value::Big(_))
}

/// The special method of an instance is asked before that of the other operand, whose class does not descend from its.
pub(super) fn goes_first(object: &Value, other: &Value) -> bool {
    match (object, other) {
        (Value::Instance(i), Value::Instance(other)) => {
            Rc::ptr_eq(&other.class(), &i.class()) || !other.class().is_subclass(&i.class())
        }
        (Value::Instance(_), Value::Obj(_) | Value::Class(_)) => false,
        (object, _) => matches!(object, Value::Instance(_)),
    }
}

impl Vm {
    /// `[a b] -> [a op b]` for small numbers and strings.
    #[inline]
    pub(super) fn binary_fast(&mut self, operator: BinaryOp) -> bool {
        let n = self.fiber.stack.len();
        let (a, b) = (&self.fiber.stack[n - 2], &self.fiber.stack[n - 1]);
        let Some(value) = small(operator, a, b) else { return false };
        self.fiber.stack.pop();
        self.fiber.stack[n - 2] = value;
        true
    }

    /// `[a b] -> [a op b]`
    ///
    /// `true`: a frame is to go on.
    pub(super) fn binary(&mut self, operator: BinaryOp, in_place: bool) -> R<bool> {
        let n = self.fiber.stack.len();
        let (a, b) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        match self.operate(operator, &a, &b, in_place)? {
            Some(value) => {
                self.fiber.stack.truncate(n - 2);
                self.fiber.stack.push(value);
                Ok(false)
            }
            None => Ok(true),
        }
    }

    /// The operator of an operation; `None` when a frame is to go on.
    fn operate(&mut self, operator: BinaryOp, a: &Value, b: &Value, in_place: bool) -> R<Option<Value>> {
        if let (BinaryOp::Add, Value::Str(a), Value::Str(b)) = (operator, a, b) {
            return Ok(Some(Value::Str(Rc::new(Str::joined(a, b)))));
        }
        if let Value::Instance(_) = a {
            if let Some(result) = self.take_result() {
                return result.map(Some);
            }
            let (plain, _, changing) = methods(operator);
            if in_place && self.enter_special(a, b, changing)? {
                return Ok(None);
            }
            let has_own = in_place && self.class_of(a).lookup(changing).is_some();
            if !has_own && self.enter_special(a, b, plain)? {
                return Ok(None);
            }
        }
        if in_place { self.inplace_op(operator, a, b).map(Some) } else { self.binary_op(operator, a, b).map(Some) }
    }

    /// What the special method answered that was entered for this operation.
    pub(super) fn take_result(&mut self) -> Option<R> {
        match self.fiber.answers.first() {
            Some(Answer { is_final: true, result, .. }) if !matches!(result, Ok(Value::NotImplemented)) => {
                let answer = self.fiber.answers.pop().expect("looked at above");
                Some(answer.result.map_err(Stop::Raise))
            }
            _ => None,
        }
    }

    /// Enters an operator's special method where the left operand's is a Python function and goes first; see
    /// [`Vm::enter_method`].
    pub(super) fn enter_special(&mut self, object: &Value, other: &Value, name: Sym) -> R<bool> {
        if goes_first(object, other) { self.enter_method(object, Some(other), name) } else { Ok(false) }
    }

    /// Enters the special method of an instance where it is a Python function; the operation runs again with its
    /// answer. `false`: the operation is to go the general way.
    pub(super) fn enter_method(&mut self, object: &Value, other: Option<&Value>, name: Sym) -> R<bool> {
        if !self.enter_method_for(object, other, name, After::Result)? {
            return Ok(false);
        }
        let caller = self.fiber.frames.len() - 2;
        self.fiber.frames[caller].ip -= 1;
        Ok(true)
    }

    /// The same; the answer goes to `after`. `false` also where an answer is there already.
    pub(super) fn enter_method_for(
        &mut self,
        object: &Value,
        other: Option<&Value>,
        name: Sym,
        after: After,
    ) -> R<bool> {
        let Value::Instance(i) = object else { return Ok(false) };
        if !self.fiber.answers.is_empty() {
            return Ok(false);
        }
        let Some(Value::Func(function)) = i.class().lookup(name) else { return Ok(false) };
        let floor = self.fiber.stack.len();
        self.fiber.stack.push(object.clone());
        self.fiber.stack.extend(other.cloned());
        if let Err(stop) = self.enter_function(&function, floor, floor, &[], after) {
            self.fiber.stack.truncate(floor);
            return Err(stop);
        }
        Ok(true)
    }

    /// The operator on a stack place and a value, for fused operations; `None` when a frame is to go on.
    pub(super) fn binary_values(
        &mut self,
        operator: BinaryOp,
        place: usize,
        b: &Value,
        in_place: bool,
    ) -> R<Option<Value>> {
        let a = self.fiber.stack[place].clone();
        self.operate(operator, &a, b, in_place)
    }

    /// `a op= b`
    pub fn inplace_op(&mut self, operator: BinaryOp, a: &Value, b: &Value) -> R {
        match (operator, a, b) {
            (BinaryOp::Add, Value::List(list), _) => {
                let items = self.collect(b)?;
                list.items.borrow_mut().extend(items);
                return Ok(a.clone());
            }
            (BinaryOp::Mul, Value::List(list), Value::Int(_)) => {
                if let Some(Value::List(repeated)) = self.repeat(a, b)? {
                    list.items.swap(&repeated.items);
                }
                return Ok(a.clone());
            }
            (BinaryOp::Or, Value::Dict(dict), _) => {
                self.update_dict(dict, b)?;
                return Ok(a.clone());
            }
            (BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor, Value::Set(s), Value::Set(other))
                if !s.frozen =>
            {
                let result = self.set_op_in_place(operator, s, other)?;
                drop(s.become_like(&result));
                return Ok(a.clone());
            }
            _ => {}
        }
        let (_, _, in_place) = methods(operator);
        if matches!(a, Value::Instance(_) | Value::Obj(_))
            && let Some(value) = self.call_special(a, in_place, std::slice::from_ref(b))?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
        self.binary_op_named(operator, a, b, true)
    }

    /// `a op b`
    pub fn binary_op(&mut self, operator: BinaryOp, a: &Value, b: &Value) -> R {
        self.binary_op_named(operator, a, b, false)
    }

    fn binary_op_named(&mut self, operator: BinaryOp, a: &Value, b: &Value, in_place: bool) -> R {
        let heap = |v: &Value| matches!(v, Value::Instance(_) | Value::Obj(_) | Value::Class(_));
        if !heap(a) && !heap(b) {
            if let Some(value) = self.builtin_binary(operator, a, b)? {
                return Ok(value);
            }
            return self.no_operator(operator, a, b, in_place);
        }
        let (plain, reflected, _) = methods(operator);
        let (class_a, class_b) = (self.class_of(a), self.class_of(b));
        let same = Rc::ptr_eq(&class_a, &class_b);
        // The right operand goes first when its class is a subclass that overrides the reflected method.
        let right_first = !same
            && class_b.is_subclass(&class_a)
            && match (class_b.lookup(reflected), class_a.lookup(reflected)) {
                (Some(of_b), Some(of_a)) => !of_b.is(&of_a),
                (Some(_), None) => true,
                _ => false,
            };
        // Sequences have no `+` and `*` of numbers, whose reflected methods are asked first (`Objects/abstract.c`).
        let right_first = right_first
            || is_sequence(a)
                && matches!(operator, BinaryOp::Add | BinaryOp::Mul)
                && matches!(class_b.lookup(reflected), Some(Value::Func(_)));
        if right_first
            && let Some(value) = self.call_special(b, reflected, std::slice::from_ref(a))?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
        if let Some(value) = self.call_special(a, plain, std::slice::from_ref(b))?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
        if !same
            && !right_first
            && let Some(value) = self.call_special(b, reflected, std::slice::from_ref(a))?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
        // Instances of subclasses of built-in types fall back to what is inside them.
        let (core_a, core_b) = (a.core().clone(), b.core().clone());
        if (!core_a.is(a) || !core_b.is(b))
            && let Some(value) = self.builtin_binary(operator, &core_a, &core_b)?
        {
            return Ok(value);
        }
        if operator == BinaryOp::Or
            && self.options.version >= (3, 10)
            && matches!((a, b), (Value::Class(_), _) | (_, Value::Class(_)))
        {
            return self.union_type(a, b);
        }
        if operator == BinaryOp::Mul {
            // A sequence is repeated by what has an `__index__`.
            for (sequence, times) in [(&core_a, b), (&core_b, a)] {
                if is_sequence(sequence)
                    && let Some(times) = self.index(times, false)?
                    && let Some(value) = self.builtin_binary(operator, sequence, &Value::Int(times))?
                {
                    return Ok(value);
                }
            }
        }
        self.no_operator(operator, a, b, in_place)
    }

    /// `int | None` as an annotation: the `typing` module's union.
    fn union_type(&mut self, a: &Value, b: &Value) -> R {
        let typing = self.import_module("typing")?;
        let union = self.get_attribute(&typing, "_union")?;
        self.call(&union, &[a.clone(), b.clone()])
    }

    pub(super) fn no_operator(&mut self, operator: BinaryOp, a: &Value, b: &Value, in_place: bool) -> R {
        let mut sign = symbol(operator).to_string();
        if in_place {
            sign = if operator == BinaryOp::Pow { "**=".into() } else { format!("{sign}=") };
        }
        let (x, y) = (self.type_name(a), self.type_name(b));
        if operator == BinaryOp::Add {
            match a.core() {
                Value::Str(_) => return self.type_error(format!("can only concatenate str (not \"{y}\") to str")),
                Value::List(_) => return self.type_error(format!("can only concatenate list (not \"{y}\") to list")),
                Value::Tuple(_) => {
                    return self.type_error(format!("can only concatenate tuple (not \"{y}\") to tuple"));
                }
                Value::Bytes(_) => return self.type_error(format!("can't concat {y} to bytes")),
                _ => {}
            }
        }
        if operator == BinaryOp::Mul {
            if is_sequence(a.core()) {
                return self.type_error(format!("can't multiply sequence by non-int of type '{y}'"));
            }
            if is_sequence(b.core()) {
                return self.type_error(format!("can't multiply sequence by non-int of type '{x}'"));
            }
        }
        self.type_error(format!("unsupported operand type(s) for {sign}: '{x}' and '{y}'"))
    }

    /// The operator on built-in values; `None` when the types do not go together.
    pub fn builtin_binary(&mut self, operator: BinaryOp, a: &Value, b: &Value) -> R<Option<Value>> {
        if let Some(value) = small(operator, a, b) {
            return Ok(Some(value));
        }
        if is_int(a) && is_int(b) {
            return self.int_op(operator, a, b).map(Some);
        }
        let is_number = |v: &Value| matches!(v, Value::Float(_)) || is_int(v);
        if is_number(a) && is_number(b) {
            return self.float_operator(operator, a, b).map(Some);
        }
        Ok(match (operator, a, b) {
            (BinaryOp::Add, Value::Str(a), Value::Str(b)) => Some(Value::Str(Rc::new(Str::joined(a, b)))),
            (BinaryOp::Add, Value::List(a), Value::List(b)) => {
                let mut items = a.items.borrow().clone();
                items.extend(b.items.borrow().iter().cloned());
                Some(Value::list(items))
            }
            (BinaryOp::Add, Value::Tuple(a), Value::Tuple(b)) => {
                Some(Value::tuple(a.items.iter().chain(&b.items).cloned()))
            }
            (BinaryOp::Add, Value::Bytes(a), Value::Bytes(b)) => Some(Value::bytes([&a[..], &b[..]].concat())),
            (BinaryOp::Mul, sequence, times) if is_int(times) => self.repeat(sequence, times)?,
            (BinaryOp::Mul, times, sequence) if is_int(times) => self.repeat(sequence, times)?,
            (BinaryOp::Mod, Value::Str(format), _) => {
                let text = self.percent_format(format.as_str(), b)?;
                Some(Value::string(text))
            }
            (BinaryOp::Mod, Value::Bytes(format), _) => Some(Value::bytes(self.percent_bytes(format, b)?)),
            (BinaryOp::Or, Value::Dict(x), Value::Dict(_)) => {
                let copy = self.recorded(|_| Ok(Value::Dict(heap::dict(x.copy()))))?;
                let Value::Dict(copy) = copy else { unreachable!("a dict was recorded") };
                self.update_dict(&copy, b)?;
                Some(Value::Dict(copy))
            }
            (BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor, _, _) => {
                match (self.as_set(a)?, self.as_set(b)?) {
                    (Some(a), Some(b)) => Some(Value::Set(self.set_op(operator, &a, &b)?)),
                    _ => None,
                }
            }
            (BinaryOp::Add, Value::Obj(_), _) | (_, Value::Obj(_), _) | (_, _, Value::Obj(_)) => {
                self.object_binary(operator, a, b)?
            }
            _ => None,
        })
    }

    fn repeat(&mut self, sequence: &Value, times: &Value) -> R<Option<Value>> {
        let times = match times {
            Value::Int(i) => *i,
            Value::Bool(b) => *b as i64,
            _ => return Err(self.error(ErrorKind::Overflow, "cannot fit 'int' into an index-sized integer")),
        };
        let n = times.max(0) as usize;
        let len = match sequence {
            Value::Str(s) => s.as_str().len(),
            Value::List(l) => l.items.borrow().len(),
            Value::Tuple(t) => t.items.len(),
            Value::Bytes(b) => b.len(),
            _ => return Ok(None),
        };
        if len.saturating_mul(n) > 1 << 28 {
            return Err(self.error_empty(ErrorKind::Memory));
        }
        Ok(Some(match sequence {
            Value::Str(s) => Value::string(s.as_str().repeat(n)),
            Value::List(l) => Value::list(l.items.borrow().repeat_values(times)),
            Value::Tuple(t) => Value::tuple(t.items.repeat_values(times)),
            Value::Bytes(b) => Value::bytes(b.repeat(n)),
            _ => return Ok(None),
        }))
    }

    /// `[a] -> [op a]`
    pub(super) fn unary(&mut self, operator: UnaryOp) -> R<()> {
        let n = self.fiber.stack.len();
        let a = self.fiber.stack[n - 1].clone();
        let value = self.unary_op(operator, &a)?;
        self.fiber.stack[n - 1] = value;
        Ok(())
    }

    /// `op a`
    pub fn unary_op(&mut self, operator: UnaryOp, a: &Value) -> R {
        if operator == UnaryOp::Not {
            return Ok(Value::bool(!self.truth(a)?));
        }
        let (method, sign) = match operator {
            UnaryOp::Neg => (names::NEG, "-"),
            UnaryOp::Pos => (names::POS, "+"),
            UnaryOp::Invert => (names::INVERT, "~"),
            UnaryOp::Not => unreachable!("dealt with above"),
        };
        if matches!(a, Value::Instance(_) | Value::Obj(_))
            && let Some(value) = self.call_special(a, method, &[])?
        {
            return Ok(value);
        }
        let small = match a.core() {
            Value::Bool(b) => Value::Int(*b as i64),
            other => other.clone(),
        };
        Ok(match (operator, &small) {
            (UnaryOp::Neg, Value::Int(i)) => Value::int128(-(*i as i128)),
            (UnaryOp::Neg, Value::Big(b)) => Value::big(-(**b).clone()),
            (UnaryOp::Neg, Value::Float(f)) => Value::float(-f.get()),
            (UnaryOp::Pos, Value::Int(_) | Value::Big(_) | Value::Float(_)) => small,
            (UnaryOp::Invert, Value::Int(i)) => Value::Int(!i),
            (UnaryOp::Invert, Value::Big(b)) => Value::big(-(**b).clone() - 1),
            _ => {
                let name = self.type_name(a);
                return self.type_error(format!("bad operand type for unary {sign}: '{name}'"));
            }
        })
    }
}

/// `sequence * n` for elements that are reference counted.
trait RepeatValues {
    fn repeat_values(&self, times: i64) -> Vec<Value>;
}

impl RepeatValues for [Value] {
    fn repeat_values(&self, times: i64) -> Vec<Value> {
        let n = times.max(0) as usize;
        let mut items = Vec::with_capacity(self.len() * n);
        for _ in 0..n {
            items.extend_from_slice(self);
        }
        items
    }
}
