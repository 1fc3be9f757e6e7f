//! Displays, f-strings, star arguments, `with`.

use std::rc::Rc;

use super::frame::After;
use super::{ErrorKind, R, Vm};
use crate::python::code::Conversion;
use crate::python::dict::{Dict, Entry};
use crate::python::heap;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::set::Set;
use crate::python::value::Value;

impl Vm {
    pub(super) fn build_set(&mut self, n: usize) -> R<()> {
        let start = self.fiber.stack.len() - n;
        let set = Set::new(false);
        let (_, set) = self.turns(
            || (start, Rc::new(set)),
            |vm, (i, set)| {
                if *i == start + n {
                    return Ok(false);
                }
                let item = vm.fiber.stack[*i].clone();
                vm.add_to_set(set, item)?;
                *i += 1;
                Ok(true)
            },
        )?;
        self.fiber.stack.truncate(start);
        self.fiber.stack.push(Value::Set(set));
        Ok(())
    }

    pub(super) fn build_dict(&mut self, n: usize) -> R<()> {
        let start = self.fiber.stack.len() - 2 * n;
        let (_, dict) = self.turns(
            || (start, heap::dict(Dict::new())),
            |vm, (at, dict)| {
                if *at == start + 2 * n {
                    return Ok(false);
                }
                let (key, value) = (vm.fiber.stack[*at].clone(), vm.fiber.stack[*at + 1].clone());
                vm.dict_set(dict, key, value)?;
                *at += 2;
                Ok(true)
            },
        )?;
        self.fiber.stack.truncate(start);
        self.fiber.stack.push(Value::Dict(dict));
        Ok(())
    }

    pub(super) fn build_string(&mut self, n: usize) {
        let start = self.fiber.stack.len() - n;
        let text: String = self.fiber.stack[start..].iter().filter_map(Value::as_str).collect();
        self.fiber.stack.truncate(start);
        self.fiber.stack.push(Value::string(text));
    }

    /// One replacement field of an f-string.
    pub(super) fn format_value(&mut self, conversion: Conversion, has_spec: bool) -> R<()> {
        let n = self.fiber.stack.len();
        let at = n - 1 - has_spec as usize;
        let value = self.fiber.stack[at].clone();
        let value = match conversion {
            Conversion::None => value,
            Conversion::Str => Value::Str(self.str_of(&value)?),
            Conversion::Repr => Value::string(self.repr(&value)?),
            Conversion::Ascii => Value::string(crate::python::types::str::ascii(&self.repr(&value)?)),
        };
        let spec = if has_spec { self.fiber.stack[n - 1].clone() } else { Value::str("") };
        let text = self.format(&value, spec.as_str().unwrap_or(""))?;
        let dropped = self.fiber.stack.split_off(at);
        self.fiber.stack.push(text);
        drop(dropped);
        Ok(())
    }

    pub(super) fn set_add(&mut self, n: usize) -> R<()> {
        let len = self.fiber.stack.len();
        let (target, item) = (self.fiber.stack[len - 1 - n].clone(), self.fiber.stack[len - 1].clone());
        if let Value::Set(set) = &target {
            self.add_to_set(set, item)?;
        }
        self.fiber.stack.pop();
        Ok(())
    }

    pub(super) fn map_add(&mut self, n: usize) -> R<()> {
        let len = self.fiber.stack.len();
        let [target, key, value] = [len - 2 - n, len - 2, len - 1].map(|i| self.fiber.stack[i].clone());
        if let Value::Dict(dict) = &target {
            self.dict_set(dict, key, value)?;
        }
        self.fiber.stack.truncate(len - 2);
        Ok(())
    }

    pub(super) fn list_extend(&mut self, n: usize) -> R<()> {
        let len = self.fiber.stack.len();
        let (target, iterable) = (self.fiber.stack[len - 1 - n].clone(), self.fiber.stack[len - 1].clone());
        let items = match self.collect(&iterable) {
            Err(stop) if self.stops_with(&stop, ErrorKind::Type) && !self.defines_iteration(&iterable) => {
                let name = self.type_name(&iterable);
                return self.type_error(format!("Value after * must be an iterable, not {name}"));
            }
            other => other?,
        };
        if let Value::List(list) = &target {
            list.items.borrow_mut().extend(items);
        }
        self.fiber.stack.pop();
        Ok(())
    }

    pub(super) fn set_update(&mut self, n: usize) -> R<()> {
        let len = self.fiber.stack.len();
        let (target, iterable) = (self.fiber.stack[len - 1 - n].clone(), self.fiber.stack[len - 1].clone());
        if let Value::Set(set) = &target {
            self.update_set(set, &iterable)?;
        }
        self.fiber.stack.pop();
        Ok(())
    }

    pub(super) fn dict_update(&mut self, n: usize) -> R<()> {
        let len = self.fiber.stack.len();
        let (target, mapping) = (self.fiber.stack[len - 1 - n].clone(), self.fiber.stack[len - 1].clone());
        if let Value::Dict(dict) = &target
            && !self.merge_mapping(dict, &mapping)?
        {
            let name = self.type_name(&mapping);
            return self.type_error(format!("'{name}' object is not a mapping"));
        }
        self.fiber.stack.pop();
        Ok(())
    }

    pub(super) fn dict_merge(&mut self, n: usize) -> R<()> {
        let len = self.fiber.stack.len();
        let (target, mapping) = (self.fiber.stack[len - 1 - n].clone(), self.fiber.stack[len - 1].clone());
        let callee = self.fiber.stack[len - 1 - n - 3].clone();
        let Value::Dict(dict) = &target else { return Ok(()) };
        if let Some(other) = plain_mapping(&mapping)
            && dict.is_empty()
            && other.is_of_names()
        {
            dict.fill(other);
            self.fiber.stack.pop();
            return Ok(());
        }
        let Some(entries) = self.mapping_entries(&mapping)? else {
            let (f, name) = (self.callee_name(&callee), self.type_name(&mapping));
            return self.type_error(format!("{f} argument after ** must be a mapping, not {name}"));
        };
        for (key, _) in &entries {
            let Value::Str(s) = key else {
                return self.type_error("keywords must be strings");
            };
            if dict.find_str(s).is_some() {
                let f = self.callee_name(&callee);
                let key = s.as_str();
                return self.type_error(format!("{f} got multiple values for keyword argument '{key}'"));
            }
        }
        for (key, value) in entries {
            self.dict_set(dict, key, value)?;
        }
        self.fiber.stack.pop();
        Ok(())
    }

    /// `[f null|self iterable] -> [f null|self tuple]`
    pub(super) fn star_args(&mut self) -> R<()> {
        let len = self.fiber.stack.len();
        let iterable = self.fiber.stack[len - 1].clone();
        if matches!(iterable, Value::Tuple(_)) {
            return Ok(());
        }
        let items = match self.collect(&iterable) {
            Err(stop) if self.stops_with(&stop, ErrorKind::Type) && !self.defines_iteration(&iterable) => {
                let callee = self.fiber.stack[len - 3].clone();
                let (f, name) = (self.callee_name(&callee), self.type_name(&iterable));
                return self.type_error(format!("{f} argument after * must be an iterable, not {name}"));
            }
            other => other?,
        };
        self.fiber.stack[len - 1] = Value::tuple(items);
        Ok(())
    }

    /// How messages name a callable: `module.f()`.
    fn callee_name(&self, callee: &Value) -> String {
        match callee {
            Value::Func(f) => {
                let module = f.module.borrow().as_str().unwrap_or("").to_string();
                let name = f.qualname.borrow().as_str().unwrap_or("").to_string();
                if module.is_empty() || module == "builtins" {
                    format!("{name}()")
                } else {
                    format!("{module}.{name}()")
                }
            }
            Value::Native(n) => format!("{}()", n.qualname),
            Value::Bound(b) => self.callee_name(&b.function),
            Value::Class(class) => {
                let name = class.qualname.borrow().clone();
                match class.lookup(names::MODULE).as_ref().and_then(Value::as_str) {
                    Some(module) if module != "builtins" => format!("{module}.{name}()"),
                    _ => format!("{name}()"),
                }
            }
            Value::None => "None".into(),
            other => format!("{} object", self.type_name(other)),
        }
    }

    /// Keys and values of a mapping; `None` when it has no `keys`.
    pub fn mapping_entries(&mut self, mapping: &Value) -> R<Option<Vec<(Value, Value)>>> {
        if let Some(dict) = plain_mapping(mapping) {
            return Ok(Some(dict.entries().into_iter().map(|e| (e.key, e.value)).collect()));
        }
        let Some(keys) = self.find_attr(mapping, names::KEYS)? else { return Ok(None) };
        let keys = self.recorded(|vm| vm.call(&keys, &[]))?;
        let entries = self.for_each(&keys, Vec::new, |vm, entries: &mut Vec<(Value, Value)>, _, key| {
            let value = vm.get_item(mapping, key)?;
            entries.push((key.clone(), value));
            Ok(true)
        })?;
        Ok(Some(entries))
    }

    /// Sets what a mapping has in a dict; the keys of a dict are not hashed again. `false`: it is no mapping.
    pub fn merge_mapping(&mut self, dict: &Rc<Dict>, mapping: &Value) -> R<bool> {
        if let Some(other) = plain_mapping(mapping) {
            self.turns(
                || other.entries().into_iter(),
                |vm, entries| {
                    let Some(entry) = entries.as_slice().first() else { return Ok(false) };
                    let found = vm.find_key(dict, entry.hash, &entry.key)?;
                    let Some(Entry { hash, key, value }) = entries.next() else { return Ok(false) };
                    match found {
                        Some(position) => drop(dict.set_at(position, value)),
                        None => dict.push(hash, key, value),
                    }
                    Ok(true)
                },
            )?;
            return Ok(true);
        }
        let Some(keys) = self.find_attr(mapping, names::KEYS)? else { return Ok(false) };
        let keys = self.recorded(|vm| vm.call(&keys, &[]))?;
        self.for_each(
            &keys,
            || (),
            |vm, (), _, key| {
                let value = vm.get_item(mapping, key)?;
                drop(vm.dict_set(dict, key.clone(), value)?);
                Ok(true)
            },
        )?;
        Ok(true)
    }

    /// `dict.update(other)` for a mapping or an iterable of pairs.
    pub fn update_dict(&mut self, dict: &Rc<Dict>, other: &Value) -> R<()> {
        if self.merge_mapping(dict, other)? {
            return Ok(());
        }
        let set_pair = |vm: &mut Vm, _: &mut (), i, item: &Value| {
            let pair = match vm.collect(item) {
                Err(stop) if vm.stops_with(&stop, ErrorKind::Type) && !matches!(item, Value::Instance(_)) => {
                    return vm
                        .type_error(format!("cannot convert dictionary update sequence element #{i} to a sequence"));
                }
                pair => pair?,
            };
            let n = pair.len();
            let [key, value] = <[Value; 2]>::try_from(pair).or_else(|_| {
                vm.value_error(format!("dictionary update sequence element #{i} has length {n}; 2 is required"))
            })?;
            vm.dict_set(dict, key, value)?;
            Ok(true)
        };
        self.for_each(other, || (), set_pair)
    }

    // --- with ---

    /// `[manager] -> [exit entered]`
    ///
    /// `true`: a frame is to go on.
    pub(super) fn before_with(&mut self) -> R<bool> {
        self.enter_context(names::ENTER, names::EXIT, "the context manager protocol", "")
    }

    /// `[manager] -> [aexit awaitable]`
    ///
    /// `true`: a frame is to go on.
    pub(super) fn before_async_with(&mut self) -> R<bool> {
        self.enter_context(names::AENTER, names::AEXIT, "the asynchronous context manager protocol", "a")
    }

    fn enter_context(&mut self, enter: Sym, exit: Sym, protocol: &str, prefix: &str) -> R<bool> {
        let n = self.fiber.stack.len();
        let manager = self.fiber.stack[n - 1].clone();
        let class = self.class_of(&manager);
        let (Some(enter_method), Some(exit_method)) = (class.lookup(enter), class.lookup(exit)) else {
            if self.options.version < (3, 11) {
                let missing = if class.lookup(enter).is_none() { enter } else { exit };
                return Err(self.error(ErrorKind::Attribute, &*missing.text()));
            }
            let name = class.type_name();
            let missed = class.lookup(enter).is_some() && class.lookup(exit).is_none();
            let hint = if missed { format!(" (missed __{prefix}exit__ method)") } else { String::new() };
            return self.type_error(format!("'{name}' object does not support {protocol}{hint}"));
        };
        let exit = self.bind_to(&exit_method, &manager, &class)?;
        let price = i64::from(self.frame().unit.surcharges.with);
        let entered = match &enter_method {
            Value::Func(function) if self.fiber.answers.is_empty() => {
                self.fiber.stack[n - 1] = exit;
                self.fiber.stack.push(manager);
                if let Err(stop) = self.enter_function(function, n, n, &[], After::Push) {
                    self.fiber.stack.truncate(n);
                    return Err(stop);
                }
                self.left -= price;
                return Ok(true);
            }
            Value::Func(_) | Value::Native(_) => self.call(&enter_method, &[manager])?,
            _ => {
                let bound = self.bind_to(&enter_method, &manager, &class)?;
                self.call(&bound, &[])?
            }
        };
        self.left -= price;
        self.fiber.stack[n - 1] = exit;
        self.fiber.stack.push(entered);
        Ok(false)
    }
}

/// The dict whose entries a mapping has, unless it says by a `keys` of its own what they are.
fn plain_mapping(mapping: &Value) -> Option<&Rc<Dict>> {
    match mapping {
        Value::Instance(i) if i.class().lookup(names::KEYS).is_some_and(|k| matches!(k, Value::Func(_))) => None,
        other => match other.core() {
            Value::Dict(dict) => Some(dict),
            _ => None,
        },
    }
}
