//! Keys of any hashable type: `__hash__` and `__eq__` in dicts and sets.

use std::rc::Rc;

use super::{R, Vm};
use crate::python::dict::{Dict, is_simple};
use crate::python::hash::{self, simple_hash};
use crate::python::names;
use crate::python::object::Data;
use crate::python::set::Set;
use crate::python::value::Value;

impl Vm {
    /// The hash under which a key is found; `TypeError` for the unhashable.
    pub fn table_hash(&mut self, key: &Value) -> R<u64> {
        if let Some(hash) = simple_hash(key) {
            return Ok(hash);
        }
        match key {
            Value::Instance(i) => {
                let class = i.class().clone();
                match class.lookup(names::HASH) {
                    // Equal to the value inside, so hashed like it, whichever built-in `__hash__` was found.
                    Some(Value::Native(n)) if n.qualname == "object.__hash__" || i.payload().is_some() => {
                        match i.payload() {
                            Some(core) if !matches!(core, Value::List(_) | Value::Dict(_)) => {
                                let core = core.clone();
                                self.table_hash(&core)
                            }
                            _ => Ok(hash::identity_hash(key)),
                        }
                    }
                    Some(Value::None) => self.unhashable(key),
                    Some(method) => {
                        let value = self.call_found(&method, key, &[])?;
                        match hash::of_answer(&value) {
                            Some(hash) => Ok(hash::table_hash_of(hash)),
                            None => self.type_error("__hash__ method should return an integer"),
                        }
                    }
                    None => Ok(hash::identity_hash(key)),
                }
            }
            Value::Tuple(t) => {
                let mut combined = 0x345_678_u64;
                for item in &t.items {
                    let item = self.nested("", |vm| vm.table_hash(item))?;
                    combined = (combined ^ item).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(13);
                }
                Ok(combined)
            }
            Value::Slice(parts) if self.options.version >= (3, 12) => {
                self.table_hash(&Value::tuple(parts.iter().cloned()))
            }
            Value::Obj(o) => match &o.data {
                Data::ByteArray(_) | Data::DictView(..) => self.unhashable(key),
                Data::Weak(weak) => match (weak.hash.get(), weak.target()) {
                    (Some(known), _) => Ok(known),
                    (None, Some(target)) => {
                        let found = self.table_hash(&target)?;
                        weak.hash.set(Some(found));
                        Ok(found)
                    }
                    (None, None) => self.type_error("weak object has gone away"),
                },
                Data::Complex(re, _) => self.table_hash(&Value::float(*re)),
                _ => match o.class.lookup(names::HASH) {
                    Some(Value::None) => self.unhashable(key),
                    _ => Ok(hash::identity_hash(key)),
                },
            },
            _ => self.unhashable(key),
        }
    }

    fn unhashable<T>(&mut self, key: &Value) -> R<T> {
        let name = self.type_name(key);
        self.type_error(format!("unhashable type: '{name}'"))
    }

    /// The position of a key whose hash is known.
    pub fn find_key(&mut self, dict: &Dict, hash: u64, key: &Value) -> R<Option<usize>> {
        if !dict.has_complex_keys() && is_simple(key) {
            return Ok(dict.find(hash, key));
        }
        for position in dict.candidates(hash) {
            let candidate = dict.key_at(position);
            if candidate.is(key) || self.equal(&candidate, key)? {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// The position of a key.
    pub fn dict_position(&mut self, dict: &Dict, key: &Value) -> R<Option<usize>> {
        if let Value::Str(s) = key
            && !dict.has_complex_keys()
        {
            return Ok(dict.find_str(s));
        }
        let hash = self.table_hash(key)?;
        self.find_key(dict, hash, key)
    }

    /// `d.get(key)`: `None` in Rust where it is absent.
    pub fn dict_get(&mut self, dict: &Dict, key: &Value) -> R<Option<Value>> {
        Ok(self.dict_position(dict, key)?.map(|i| dict.value_at(i)))
    }

    /// `d[key] = value`; returns the old value.
    pub fn dict_set(&mut self, dict: &Dict, key: Value, value: Value) -> R<Option<Value>> {
        let hash = self.table_hash(&key)?;
        Ok(match self.find_key(dict, hash, &key)? {
            Some(i) => Some(dict.set_at(i, value)),
            None => {
                dict.push(hash, key, value);
                None
            }
        })
    }

    /// Removes a key and returns its value.
    pub fn dict_remove(&mut self, dict: &Dict, key: &Value) -> R<Option<Value>> {
        Ok(self.dict_position(dict, key)?.map(|i| dict.remove_at(i).value))
    }

    /// `s.add(item)`; whether it is new.
    pub fn add_to_set(&mut self, set: &Set, item: Value) -> R<bool> {
        let hash = self.table_hash(&item)?;
        if self.find_key(set.table(), hash, &item)?.is_some() {
            return Ok(false);
        }
        set.push(hash, item);
        Ok(true)
    }

    /// A frozen set with the same elements.
    pub fn frozen(&self, set: &Rc<Set>) -> Value {
        Value::Set(Rc::new(set.copy(true)))
    }

    /// What `hash()` gives.
    pub fn python_hash(&mut self, value: &Value) -> R<i64> {
        Ok(match value {
            Value::Int(i) => hash::python_hash_int(*i),
            Value::Bool(b) => *b as i64,
            Value::Big(b) => hash::python_hash_big(b),
            Value::Float(f) => hash::python_hash_float(f.get()),
            _ => match value {
                Value::Instance(i) => {
                    let class = i.class().clone();
                    match class.lookup(names::HASH) {
                        Some(method) if !matches!(method, Value::Native(_) | Value::None) => {
                            let answer = self.call_found(&method, value, &[])?;
                            match hash::of_answer(&answer) {
                                Some(hash) => hash,
                                None => return self.type_error("__hash__ method should return an integer"),
                            }
                        }
                        _ => {
                            self.table_hash(value)?;
                            match i.payload() {
                                Some(core) => {
                                    let core = core.clone();
                                    self.python_hash(&core)?
                                }
                                None => (self.id_of(value) >> 4) as i64,
                            }
                        }
                    }
                }
                Value::Tuple(t) => {
                    let mut varies = false;
                    let hash = hash::tuple_hash(t.items.len(), |i| {
                        let hash = self.nested("", |vm| vm.python_hash(&t.items[i]))?;
                        varies |= hash::is_varying(hash);
                        Ok(hash)
                    })?;
                    if varies { hash::varying_hash(hash as u64) } else { hash }
                }
                Value::Slice(parts) if self.options.version >= (3, 12) => {
                    self.python_hash(&Value::tuple(parts.iter().cloned()))?
                }
                Value::Str(_) | Value::Bytes(_) | Value::Set(_) | Value::Range(_) => match hash::fixed_hash(value) {
                    Some(hash) => hash,
                    None => hash::varying_hash(self.table_hash(value)?),
                },
                _ => {
                    self.table_hash(value)?;
                    let target = match value {
                        Value::Obj(o) => {
                            if let Data::Weak(weak) = &o.data {
                                weak.target()
                            } else {
                                None
                            }
                        }
                        _ => None,
                    };
                    match target {
                        Some(target) => self.python_hash(&target)?,
                        None => (self.id_of(value) >> 4) as i64,
                    }
                }
            },
        })
    }
}
