//! `o[key]`, slices, indices.

use std::rc::Rc;

use super::{ErrorKind, R, Vm};
use crate::python::dict::Dict;
use crate::python::names;
use crate::python::object::Data;
use crate::python::value::{Range, Value, backwards};

/// A slice applied to a length: start, stop, step, number of elements.
#[derive(Clone, Copy)]
pub struct Indices {
    /// First index.
    pub start: i64,
    /// Bound.
    pub stop: i64,
    /// Difference.
    pub step: i64,
    /// How many elements.
    pub n: usize,
}

impl Indices {
    /// All indices in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..self.n as i64).map(move |i| (self.start + i * self.step) as usize)
    }
}

/// The dict in an instance whose class leaves its items alone (`defaultdict`, `Counter`); any other object itself.
#[inline]
fn dict_inside(object: &Value) -> &Value {
    match object {
        Value::Instance(i) => match i.payload() {
            Some(dict @ Value::Dict(_)) if !i.class().traits().has_items => dict,
            _ => object,
        },
        _ => object,
    }
}

impl Vm {
    /// `[a b] -> [slice]` or `[a b c] -> [slice]`
    pub(super) fn build_slice(&mut self, n: u32) {
        let step = if n == 3 { self.fiber.stack.pop().expect("operand stack underflow") } else { Value::None };
        let stop = self.fiber.stack.pop().expect("operand stack underflow");
        let start = self.fiber.stack.pop().expect("operand stack underflow");
        self.fiber.stack.push(Value::Slice(Rc::new([start, stop, step])));
    }

    /// `[o key] -> [o[key]]` for lists and tuples by small index and dicts by string.
    #[inline]
    pub(super) fn load_item_fast(&mut self) -> bool {
        let n = self.fiber.stack.len();
        let value = match (dict_inside(&self.fiber.stack[n - 2]), &self.fiber.stack[n - 1]) {
            (Value::List(list), Value::Int(i)) => {
                let items = list.items.borrow();
                let i = if *i < 0 { *i + items.len() as i64 } else { *i };
                match items.get(i as usize) {
                    Some(value) if i >= 0 => value.clone(),
                    _ => return false,
                }
            }
            (Value::Tuple(tuple), Value::Int(i)) => {
                let i = if *i < 0 { *i + tuple.items.len() as i64 } else { *i };
                match tuple.items.get(i as usize) {
                    Some(value) if i >= 0 => value.clone(),
                    _ => return false,
                }
            }
            (Value::Str(s), Value::Int(i)) if *i >= 0 && s.is_ascii() => match s.as_str().as_bytes().get(*i as usize) {
                Some(byte) => Value::character(char::from(*byte)),
                None => return false,
            },
            (Value::Bytes(bytes), Value::Int(i)) if *i >= 0 => match bytes.get(*i as usize) {
                Some(byte) => Value::Int(i64::from(*byte)),
                None => return false,
            },
            (Value::Dict(dict), Value::Str(key)) if !dict.has_complex_keys() => match dict.find_str(key) {
                Some(i) => dict.value_at(i),
                None => return false,
            },
            (Value::Dict(dict), key @ Value::Int(_)) if !dict.has_complex_keys() => {
                let Some(hash) = crate::python::hash::simple_hash(key) else { return false };
                match dict.find(hash, key) {
                    Some(i) => dict.value_at(i),
                    None => return false,
                }
            }
            _ => return false,
        };
        let key = self.fiber.stack.pop();
        let object = std::mem::replace(&mut self.fiber.stack[n - 2], value);
        drop((key, object));
        true
    }

    /// `[o key] -> [o[key]]`. `true`: a frame is to go on.
    pub(super) fn load_item(&mut self) -> R<bool> {
        let n = self.fiber.stack.len();
        let (object, key) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        let value = match self.take_result() {
            Some(result) => result?,
            None if self.enter_method(&object, Some(&key), names::GETITEM)? => return Ok(true),
            None => self.get_item(&object, &key)?,
        };
        self.fiber.stack.truncate(n - 2);
        self.fiber.stack.push(value);
        Ok(false)
    }

    /// `[v o key] -> []` for lists by small index and dicts by string.
    #[inline]
    pub(super) fn store_item_fast(&mut self) -> bool {
        let n = self.fiber.stack.len();
        let old = match (dict_inside(&self.fiber.stack[n - 2]), &self.fiber.stack[n - 1]) {
            (Value::List(list), Value::Int(i)) => {
                let list = list.clone();
                let mut items = list.items.borrow_mut();
                let i = if *i < 0 { *i + items.len() as i64 } else { *i };
                if i < 0 || i as usize >= items.len() {
                    return false;
                }
                std::mem::replace(&mut items[i as usize], std::mem::take(&mut self.fiber.stack[n - 3]))
            }
            (Value::Dict(dict), Value::Int(i)) if !dict.has_complex_keys() => {
                let (dict, key) = (dict.clone(), Value::Int(*i));
                let Some(hash) = crate::python::hash::simple_hash(&key) else { return false };
                let value = std::mem::take(&mut self.fiber.stack[n - 3]);
                match dict.find(hash, &key) {
                    Some(i) => dict.set_at(i, value),
                    None => {
                        dict.push(hash, key, value);
                        Value::Null
                    }
                }
            }
            (Value::Dict(dict), Value::Str(key)) if !dict.has_complex_keys() => {
                let (dict, key) = (dict.clone(), key.clone());
                let value = std::mem::take(&mut self.fiber.stack[n - 3]);
                match dict.find_str(&key) {
                    Some(i) => dict.set_at(i, value),
                    None => {
                        dict.push(key.hash(), Value::Str(key), value);
                        Value::Null
                    }
                }
            }
            _ => return false,
        };
        drop(old);
        self.fiber.stack.truncate(n - 3);
        true
    }

    pub(super) fn store_item(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let [value, object, key] = [n - 3, n - 2, n - 1].map(|i| self.fiber.stack[i].clone());
        self.set_item(&object, &key, value)?;
        self.fiber.stack.truncate(n - 3);
        Ok(())
    }

    pub(super) fn delete_item(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let (object, key) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        self.del_item(&object, &key)?;
        self.fiber.stack.truncate(n - 2);
        Ok(())
    }

    /// An integer used as an index (`__index__`), clipped to 64 bits where `clip`.
    pub fn index(&mut self, value: &Value, clip: bool) -> R<Option<i64>> {
        Ok(match value.core() {
            Value::Int(i) => Some(*i),
            Value::Bool(b) => Some(*b as i64),
            Value::Big(b) if clip => Some(if b.sign() == num_bigint::Sign::Minus { i64::MIN } else { i64::MAX }),
            Value::Big(_) => {
                return Err(self.error(ErrorKind::Index, "cannot fit 'int' into an index-sized integer"));
            }
            Value::Instance(_) => match self.call_special(value, names::INDEX, &[])? {
                Some(Value::Int(i)) => Some(i),
                Some(Value::Bool(b)) => Some(b as i64),
                Some(other) => {
                    let name = self.type_name(&other);
                    return self.type_error(format!("__index__ returned non-int (type {name})"));
                }
                None => None,
            },
            _ => None,
        })
    }

    /// The integer that an argument must be.
    pub fn expect_int(&mut self, value: &Value) -> R<i64> {
        match self.index(value, false)? {
            Some(i) => Ok(i),
            None => {
                let name = self.type_name(value);
                self.type_error(format!("'{name}' object cannot be interpreted as an integer"))
            }
        }
    }

    /// A slice applied to a sequence of this length (`PySlice_AdjustIndices`).
    pub fn slice_indices(&mut self, slice: &[Value; 3], len: usize) -> R<Indices> {
        let mut part = |value: &Value| -> R<Option<i64>> {
            if value.is_none() {
                return Ok(None);
            }
            match self.index(value, true)? {
                Some(i) => Ok(Some(i)),
                None => self.type_error("slice indices must be integers or None or have an __index__ method"),
            }
        };
        let (start, stop, step) = (part(&slice[0])?, part(&slice[1])?, part(&slice[2])?);
        let step = step.unwrap_or(1).max(-i64::MAX);
        if step == 0 {
            return self.value_error("slice step cannot be zero");
        }
        let len = len as i64;
        let clamp = |i: i64| {
            let i = if i < 0 { i.saturating_add(len) } else { i };
            if step < 0 { i.clamp(-1, len - 1) } else { i.clamp(0, len) }
        };
        let start = start.map_or(if step < 0 { len - 1 } else { 0 }, clamp);
        let stop = stop.map_or(if step < 0 { -1 } else { len }, clamp);
        let n = Range { start, stop, step }.len();
        Ok(Indices { start, stop, step, n })
    }

    fn slice_of(&mut self, object: &Value, slice: &[Value; 3]) -> R {
        Ok(match object {
            Value::List(l) => {
                let len = l.items.borrow().len();
                let at = self.slice_indices(slice, len)?;
                let items = l.items.borrow();
                if at.step == 1 {
                    Value::list(items[at.start as usize..at.start as usize + at.n].to_vec())
                } else {
                    Value::list(at.iter().map(|i| items[i].clone()).collect())
                }
            }
            Value::Tuple(t) => {
                let at = self.slice_indices(slice, t.items.len())?;
                Value::tuple(at.iter().map(|i| t.items[i].clone()))
            }
            Value::Str(s) => {
                let at = self.slice_indices(slice, s.n_chars())?;
                let text = s.as_str();
                if s.is_ascii() {
                    if at.step == 1 {
                        Value::str(&text[at.start as usize..at.start as usize + at.n])
                    } else {
                        let bytes = text.as_bytes();
                        Value::string(at.iter().map(|i| bytes[i] as char).collect())
                    }
                } else {
                    let chars: Vec<char> = text.chars().collect();
                    Value::string(at.iter().map(|i| chars[i]).collect())
                }
            }
            Value::Bytes(b) => {
                let at = self.slice_indices(slice, b.len())?;
                Value::bytes(at.iter().map(|i| b[i]).collect())
            }
            Value::Range(r) => {
                let at = self.slice_indices(slice, r.len())?;
                let start = r.start + at.start * r.step;
                let step = r.step * at.step;
                Value::Range(Rc::new(Range { start, stop: r.start + at.stop * r.step, step }))
            }
            _ => unreachable!("callers look at the type"),
        })
    }

    fn sequence_index(&mut self, key: &Value, len: usize, what: &str) -> R<usize> {
        let Some(i) = self.index(key, false)? else {
            let name = self.type_name(key);
            let plural = if what == "string" { "string indices must be integers, not" } else { "" };
            let text = if what == "string" {
                format!("{plural} '{name}'")
            } else {
                format!("{what} indices must be integers or slices, not {name}")
            };
            return self.type_error(text);
        };
        let at = if i < 0 { i + len as i64 } else { i };
        if at < 0 || at >= len as i64 {
            // Bytes do not say what they are.
            let what = if what == "byte" { String::new() } else { format!("{what} ") };
            return Err(self.error(ErrorKind::Index, format!("{what}index out of range")));
        }
        Ok(at as usize)
    }

    /// `object[key]`
    pub fn get_item(&mut self, object: &Value, key: &Value) -> R {
        match (object, key) {
            (
                Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::Range(_),
                Value::Slice(slice),
            ) => {
                let slice = slice.clone();
                self.slice_of(object, &slice)
            }
            (Value::List(l), _) => {
                let len = l.items.borrow().len();
                let i = self.sequence_index(key, len, "list")?;
                Ok(l.items.borrow()[i].clone())
            }
            (Value::Tuple(t), _) => {
                let i = self.sequence_index(key, t.items.len(), "tuple")?;
                Ok(t.items[i].clone())
            }
            (Value::Str(s), _) => {
                let i = self.sequence_index(key, s.n_chars(), "string")?;
                Ok(s.char_at(i).and_then(|text| text.chars().next()).map_or_else(|| Value::str(""), Value::character))
            }
            (Value::Bytes(b), _) => {
                let i = self.sequence_index(key, b.len(), "byte")?;
                Ok(Value::Int(b[i] as i64))
            }
            (Value::Range(r), _) => {
                let i = self.sequence_index(key, r.len(), "range object")?;
                Ok(Value::Int(r.start + i as i64 * r.step))
            }
            (Value::Dict(d), _) => match self.dict_get(d, key)? {
                Some(value) => Ok(value),
                None => self.missing(object, d, key),
            },
            (Value::Instance(i), _) => {
                let class = i.class().clone();
                match class.lookup(names::GETITEM) {
                    Some(Value::Native(_)) | None => {
                        let core = object.core().clone();
                        if core.is(object) {
                            return self.no_item(object, "is not subscriptable");
                        }
                        if let Value::Dict(d) = &core {
                            return match self.dict_get(d, key)? {
                                Some(value) => Ok(value),
                                None => self.missing(object, d, key),
                            };
                        }
                        self.get_item(&core, key)
                    }
                    Some(method @ Value::Func(_)) => self.call(&method, &[object.clone(), key.clone()]),
                    Some(_) => match self.call_special(object, names::GETITEM, std::slice::from_ref(key))? {
                        Some(value) => Ok(value),
                        None => self.no_item(object, "is not subscriptable"),
                    },
                }
            }
            (Value::Class(class), _) => self.class_item(class, key),
            (Value::Obj(o), _) => {
                if let Data::MappingProxy(d) = &o.data {
                    let d = d.clone();
                    return match self.dict_get(&d, key)? {
                        Some(value) => Ok(value),
                        None => Err(self.key_error(key.clone())),
                    };
                }
                match self.call_special(object, names::GETITEM, std::slice::from_ref(key))? {
                    Some(value) => Ok(value),
                    None => self.no_item(object, "is not subscriptable"),
                }
            }
            _ => self.no_item(object, "is not subscriptable"),
        }
    }

    /// A key that a dict does not have: `__missing__` of a subclass, the factory of a `defaultdict`.
    fn missing(&mut self, object: &Value, dict: &Rc<Dict>, key: &Value) -> R {
        let factory = dict.default_factory.borrow().clone();
        if matches!(object, Value::Instance(_))
            && let Some(value) = self.call_special(object, names::MISSING, std::slice::from_ref(key))?
        {
            return Ok(value);
        }
        if !factory.is_null() && !factory.is_none() {
            let value = self.recorded(|vm| vm.call(&factory, &[]))?;
            self.dict_set(dict, key.clone(), value.clone())?;
            return Ok(value);
        }
        Err(self.key_error(key.clone()))
    }

    /// `C[key]`: the metaclass's `__getitem__` or the class's `__class_getitem__`.
    fn class_item(&mut self, class: &Rc<crate::python::class::Class>, key: &Value) -> R {
        let object = Value::Class(class.clone());
        if let Some(meta) = &class.metaclass
            && let Some(method) = meta.lookup(names::GETITEM)
        {
            return self.call(&method, &[object, key.clone()]);
        }
        match class.lookup(names::CLASS_GETITEM) {
            Some(_) => {
                let method = self.get_attr(&object, names::CLASS_GETITEM)?;
                self.call(&method, std::slice::from_ref(key))
            }
            None if class.is_heap || is_plain(&class.name()) => {
                let name = class.name();
                self.type_error(format!("type '{name}' is not subscriptable"))
            }
            None => {
                // list[int] and the like, as annotations.
                let types = self.import_module("types")?;
                let alias = self.get_attribute(&types, "GenericAlias")?;
                self.call(&alias, &[object, key.clone()])
            }
        }
    }

    fn no_item<T>(&mut self, object: &Value, what: &str) -> R<T> {
        let name = self.type_name(object);
        self.type_error(format!("'{name}' object {what}"))
    }

    /// The two words of `PyObject_DelItem` and `PySequence_DelItem`: the second is asked where the key is an index
    /// and the type has any of a sequence's methods, which every class of a program has.
    fn no_deletion<T>(&mut self, object: &Value, key: &Value) -> R<T> {
        let is_sequence = matches!(
            object.core(),
            Value::Instance(_) | Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::Range(_) | Value::Set(_)
        );
        let is_index = matches!(key.core(), Value::Int(_) | Value::Bool(_));
        self.no_item(
            object,
            if is_sequence && is_index { "doesn't support item deletion" } else { "does not support item deletion" },
        )
    }

    /// `object[key] = value`
    pub fn set_item(&mut self, object: &Value, key: &Value, value: Value) -> R<()> {
        match object {
            Value::List(l) => {
                if let Value::Slice(slice) = key {
                    let slice = slice.clone();
                    return self.set_slice(l, &slice, Some(value));
                }
                let len = l.items.borrow().len();
                let i = self.sequence_index(key, len, "list assignment").map_err(|stop| match key {
                    Value::Int(_) | Value::Instance(_) => stop,
                    _ => {
                        let name = self.type_name(key);
                        self.error(ErrorKind::Type, format!("list indices must be integers or slices, not {name}"))
                    }
                })?;
                let old = std::mem::replace(&mut l.items.borrow_mut()[i], value);
                drop(old);
                Ok(())
            }
            Value::Dict(d) => self.dict_set(d, key.clone(), value).map(drop),
            Value::Instance(i) => {
                let class = i.class().clone();
                match class.lookup(names::SETITEM) {
                    Some(Value::Native(_)) | None => {
                        let core = object.core().clone();
                        if core.is(object) {
                            return self.no_item(object, "does not support item assignment");
                        }
                        self.set_item(&core, key, value)
                    }
                    Some(method) => self.call(&method, &[object.clone(), key.clone(), value]).map(drop),
                }
            }
            Value::Obj(_) => match self.call_special(object, names::SETITEM, &[key.clone(), value])? {
                Some(_) => Ok(()),
                None => self.no_item(object, "does not support item assignment"),
            },
            _ => self.no_item(object, "does not support item assignment"),
        }
    }

    /// `del object[key]`
    pub fn del_item(&mut self, object: &Value, key: &Value) -> R<()> {
        match object {
            Value::List(l) => {
                if let Value::Slice(slice) = key {
                    let slice = slice.clone();
                    return self.set_slice(l, &slice, None);
                }
                let len = l.items.borrow().len();
                let i = self.sequence_index(key, len, "list assignment")?;
                let old = l.items.borrow_mut().remove(i);
                drop(old);
                Ok(())
            }
            Value::Dict(d) => match self.dict_remove(d, key)? {
                Some(_) => Ok(()),
                None => Err(self.key_error(key.clone())),
            },
            Value::Instance(i) => {
                let class = i.class().clone();
                match class.lookup(names::DELITEM) {
                    Some(Value::Native(_)) | None => {
                        let core = object.core().clone();
                        if core.is(object) {
                            return self.no_deletion(object, key);
                        }
                        self.del_item(&core, key)
                    }
                    Some(method) => self.call(&method, &[object.clone(), key.clone()]).map(drop),
                }
            }
            Value::Obj(_) => match self.call_special(object, names::DELITEM, std::slice::from_ref(key))? {
                Some(_) => Ok(()),
                None => self.no_deletion(object, key),
            },
            _ => self.no_deletion(object, key),
        }
    }

    /// `list[slice] = items`, or deletion.
    fn set_slice(&mut self, list: &Rc<crate::python::value::List>, slice: &[Value; 3], value: Option<Value>) -> R<()> {
        let items = match &value {
            Some(value) => match self.collect(value) {
                Ok(items) => items,
                Err(stop) if self.stops_with(&stop, ErrorKind::Type) => {
                    return self.type_error("can only assign an iterable");
                }
                Err(stop) => return Err(stop),
            },
            None => Vec::new(),
        };
        let len = list.items.borrow().len();
        let at = self.slice_indices(slice, len)?;
        let dropped: Vec<Value> = if at.step == 1 {
            let start = at.start as usize;
            let end = start + at.n;
            backwards(list.items.borrow_mut().splice(start..end, items).collect())
        } else if value.is_none() {
            let gone: std::collections::BTreeSet<usize> = at.iter().collect();
            let mut place = 0;
            let old = list.items.take();
            let (kept, dropped): (Vec<_>, Vec<_>) = old.into_iter().partition(|_| {
                place += 1;
                !gone.contains(&(place - 1))
            });
            *list.items.borrow_mut() = kept;
            dropped
        } else {
            if items.len() != at.n {
                let text =
                    format!("attempt to assign sequence of size {} to extended slice of size {}", items.len(), at.n);
                return self.value_error(text);
            }
            let mut target = list.items.borrow_mut();
            at.iter().zip(items).map(|(i, item)| std::mem::replace(&mut target[i], item)).collect()
        };
        drop(dropped);
        Ok(())
    }
}

/// Built-in types that are no generics.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "int"
            | "float"
            | "complex"
            | "bool"
            | "str"
            | "bytes"
            | "bytearray"
            | "object"
            | "range"
            | "slice"
            | "property"
            | "super"
            | "NoneType"
            | "function"
    )
}
