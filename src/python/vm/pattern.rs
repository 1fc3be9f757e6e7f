//! What the patterns of a `match` statement ask about their subject (`Python/ceval.c`, `match_class` and kin).

use super::{ErrorKind, R, Vm};
use crate::python::class::Layout;
use crate::python::names;
use crate::python::object::Data;
use crate::python::value::Value;

impl Vm {
    /// `[v] -> [v bool]`: whether a sequence pattern may look into it.
    pub(super) fn match_sequence(&mut self) -> R<()> {
        let value = self.fiber.stack.last().expect("operand stack underflow").clone();
        let is_sequence = match value.core() {
            Value::List(_) | Value::Tuple(_) | Value::Range(_) => true,
            Value::Instance(_) | Value::Obj(_) => self.is_of_abstract_class(&value, "Sequence")?,
            _ => false,
        };
        let is_text = matches!(value.core(), Value::Str(_) | Value::Bytes(_))
            || matches!(value.core(), Value::Obj(o) if &*o.class.name() == "bytearray");
        self.fiber.stack.push(Value::bool(is_sequence && !is_text));
        Ok(())
    }

    /// `[v] -> [v bool]`: whether a mapping pattern may look into it.
    pub(super) fn match_mapping(&mut self) -> R<()> {
        let value = self.fiber.stack.last().expect("operand stack underflow").clone();
        let is_mapping = match value.core() {
            Value::Dict(_) => true,
            Value::Obj(o) if matches!(o.data, Data::MappingProxy(_)) => true,
            Value::Instance(_) | Value::Obj(_) => self.is_of_abstract_class(&value, "Mapping")?,
            _ => false,
        };
        self.fiber.stack.push(Value::bool(is_mapping));
        Ok(())
    }

    /// `isinstance(value, collections.abc.NAME)`.
    fn is_of_abstract_class(&mut self, value: &Value, name: &str) -> R<bool> {
        let module = self.import_module("collections.abc")?;
        let class = self.get_attribute(&module, name)?;
        self.is_instance(value, &class)
    }

    /// `[v] -> [v len]`
    pub(super) fn get_len(&mut self) -> R<()> {
        let value = self.fiber.stack.last().expect("operand stack underflow").clone();
        let length = self.length(&value)?;
        self.fiber.stack.push(Value::Int(length));
        Ok(())
    }

    /// `[v keys] -> [v keys values|None]`
    pub(super) fn match_keys(&mut self) -> R<()> {
        let n = self.fiber.stack.len();
        let (subject, keys) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        let Value::Tuple(keys) = &keys else { return self.type_error("keys of a pattern are a tuple") };
        let mut values = Vec::with_capacity(keys.items.len());
        for (i, key) in keys.items.iter().enumerate() {
            for earlier in &keys.items[..i] {
                if self.equal(earlier, key)? {
                    let key = self.repr(key)?;
                    return self.value_error(format!("mapping pattern checks duplicate key ({key})"));
                }
            }
            let found = match &subject {
                Value::Dict(dict) => self.dict_get(dict, key)?,
                _ => {
                    let missing = self.recorded(|vm| {
                        let object = Value::Class(vm.types.object.clone());
                        vm.call(&object, &[])
                    })?;
                    let get = self.get_attribute(&subject, "get")?;
                    let found = self.call(&get, &[key.clone(), missing.clone()])?;
                    (!found.is(&missing)).then_some(found)
                }
            };
            match found {
                Some(value) => values.push(value),
                None => {
                    self.fiber.stack.push(Value::None);
                    return Ok(());
                }
            }
        }
        self.fiber.stack.push(Value::tuple(values));
        Ok(())
    }

    /// `[v class names] -> [attributes|None]`
    pub(super) fn match_class(&mut self, n_positional: usize) -> R<()> {
        let n = self.fiber.stack.len();
        let [subject, class, keywords] = [n - 3, n - 2, n - 1].map(|i| self.fiber.stack[i].clone());
        let result = self.class_attributes(&subject, &class, &keywords, n_positional)?;
        let dropped = self.fiber.stack.split_off(n - 3);
        self.fiber.stack.push(result);
        drop(dropped);
        Ok(())
    }

    fn class_attributes(&mut self, subject: &Value, class: &Value, keywords: &Value, n_positional: usize) -> R {
        let Value::Class(kind) = class else {
            let what = if self.options.version < (3, 12) { "type" } else { "class" };
            return self.type_error(format!("called match pattern must be a {what}"));
        };
        if !self.is_instance(subject, class)? {
            return Ok(Value::None);
        }
        let name = kind.name();
        let mut attributes = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        if n_positional > 0 {
            let (names, matches_self) = match self.find_attr(class, names::MATCH_ARGS)? {
                Some(Value::Tuple(names)) => (names.items.to_vec(), false),
                Some(other) => {
                    let got = self.type_name(&other);
                    return self.type_error(format!("{name}.__match_args__ must be a tuple (got {got})"));
                }
                None => (Vec::new(), matches_itself(kind)),
            };
            let allowed = if matches_self { 1 } else { names.len() };
            if allowed < n_positional {
                let plural = if allowed == 1 { "" } else { "s" };
                return self.type_error(format!(
                    "{name}() accepts {allowed} positional sub-pattern{plural} ({n_positional} given)"
                ));
            }
            if matches_self {
                attributes.push(subject.clone());
            }
            for attribute in names.iter().take(if matches_self { 0 } else { n_positional }) {
                let Some(text) = attribute.as_str() else {
                    let got = self.type_name(attribute);
                    return self.type_error(format!("__match_args__ elements must be strings (got {got})"));
                };
                match self.matched_attribute(subject, &name, text, &mut seen)? {
                    Some(value) => attributes.push(value),
                    None => return Ok(Value::None),
                }
            }
        }
        if let Value::Tuple(keywords) = keywords {
            for keyword in &keywords.items {
                match self.matched_attribute(subject, &name, keyword.as_str().unwrap_or(""), &mut seen)? {
                    Some(value) => attributes.push(value),
                    None => return Ok(Value::None),
                }
            }
        }
        Ok(Value::tuple(attributes))
    }

    fn matched_attribute(
        &mut self,
        subject: &Value,
        class: &str,
        name: &str,
        seen: &mut Vec<String>,
    ) -> R<Option<Value>> {
        if seen.iter().any(|earlier| earlier == name) {
            return self.type_error(format!("{class}() got multiple sub-patterns for attribute '{name}'"));
        }
        seen.push(name.to_string());
        match self.get_attribute(subject, name) {
            Ok(value) => Ok(Some(value)),
            Err(stop) if self.stops_with(&stop, ErrorKind::Attribute) => Ok(None),
            Err(stop) => Err(stop),
        }
    }
}

/// The built-in classes whose only positional sub-pattern is the subject itself, and classes that inherit from them.
fn matches_itself(class: &crate::python::class::Class) -> bool {
    const NAMES: [&str; 11] =
        ["bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"];
    class.mro.borrow().iter().any(|c| !c.is_heap && c.layout != Layout::Exception && NAMES.contains(&&*c.name()))
}
