//! `repr()` and `str()` of everything.

use std::rc::Rc;

use crate::python::dict::Dict;
use crate::python::generator::GenKind;
use crate::python::iterator::DictPart;
use crate::python::names;
use crate::python::object::Data;
use crate::python::text::Str;
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

use super::{bytes, float, str};

impl Vm {
    /// `repr(value)`
    pub fn repr(&mut self, value: &Value) -> R<String> {
        self.repr_within(value, &mut Vec::new())
    }

    /// `str(value)`
    pub fn str_of(&mut self, value: &Value) -> R<Rc<Str>> {
        match value {
            Value::Str(s) => return Ok(s.clone()),
            Value::Instance(_) | Value::Class(_) | Value::Obj(_) => {
                let class = self.class_of(value);
                match class.lookup(names::STR) {
                    Some(Value::Native(n)) if n.qualname == "object.__str__" => {
                        // An instance of a subclass of a built-in type prints like it, unless it has its own repr.
                        if let (Some(Value::Native(_)), core) = (class.lookup(names::REPR), value.core())
                            && !core.is(value)
                        {
                            let core = core.clone();
                            return self.str_of(&core);
                        }
                    }
                    Some(method) => {
                        let text = self.call_found(&method, value, &[])?;
                        return match text.core() {
                            Value::Str(s) => Ok(s.clone()),
                            _ => {
                                let name = self.type_name(&text);
                                self.type_error(format!("__str__ returned non-string (type {name})"))
                            }
                        };
                    }
                    None => {}
                }
            }
            _ => {}
        }
        self.repr(value).map(|text| Rc::new(Str::from(text)))
    }

    /// `repr` inside these containers (to stop at rings).
    fn repr_within(&mut self, value: &Value, outside: &mut Vec<usize>) -> R<String> {
        let address = value.address().unwrap_or(0);
        let is_container = matches!(value, Value::List(_) | Value::Dict(_) | Value::Tuple(_) | Value::Set(_));
        if is_container && (outside.contains(&address) || self.is_showing(address)) {
            return Ok(match value {
                Value::List(_) => "[...]",
                Value::Tuple(_) => "(...)",
                Value::Set(_) => "set(...)",
                _ => "{...}",
            }
            .into());
        }
        if is_container {
            outside.push(address);
        }
        let text = self.nested(" while getting the repr of an object", |vm| vm.repr_of(value, outside));
        if is_container {
            outside.pop();
        }
        text
    }

    fn repr_of(&mut self, value: &Value, outside: &mut Vec<usize>) -> R<String> {
        Ok(match value {
            Value::Null => "<NULL>".into(),
            Value::None => "None".into(),
            Value::Ellipsis => "Ellipsis".into(),
            Value::NotImplemented => "NotImplemented".into(),
            Value::Bool(b) => if b.get() { "True" } else { "False" }.into(),
            Value::Int(i) => i.to_string(),
            Value::Big(b) => super::int_text::decimal(self, b)?,
            Value::Float(f) => float::repr(f.get()),
            Value::Str(s) => str::repr(s.as_str()),
            Value::Bytes(b) => bytes::repr(b),
            Value::Tuple(t) => {
                let items = self.repr_items(|i| t.items.get(i).cloned(), outside)?;
                if t.items.len() == 1 { format!("({items},)") } else { format!("({items})") }
            }
            Value::List(l) => {
                // The list may change while Python shows an element.
                format!("[{}]", self.repr_items(|i| l.items.borrow().get(i).cloned(), outside)?)
            }
            Value::Dict(d) => {
                let factory = d.default_factory.borrow().clone();
                let inner = format!("{{{}}}", self.repr_entries(d, outside)?);
                if factory.is_null() { inner } else { format!("defaultdict({}, {inner})", self.repr(&factory)?) }
            }
            Value::Set(s) => {
                let items = s.items();
                let inner = self.repr_items(|i| items.get(i).cloned(), outside)?;
                match (s.frozen, inner.is_empty()) {
                    (false, true) => "set()".into(),
                    (false, false) => format!("{{{inner}}}"),
                    (true, true) => "frozenset()".into(),
                    (true, false) => format!("frozenset({{{inner}}})"),
                }
            }
            Value::Range(r) if r.step == 1 => format!("range({}, {})", r.start, r.stop),
            Value::Range(r) => format!("range({}, {}, {})", r.start, r.stop, r.step),
            Value::Slice(s) => format!("slice({})", self.repr_items(|i| s.get(i).cloned(), outside)?),
            Value::Instance(_) | Value::Class(_) | Value::Obj(_) => {
                let class = self.class_of(value);
                match class.lookup(names::REPR) {
                    Some(method) if !is_plain_repr(&method) => {
                        let text = self.call_found(&method, value, &[])?;
                        match text.as_str() {
                            Some(text) => text.to_string(),
                            None => {
                                let name = self.type_name(&text);
                                return self.type_error(format!("__repr__ returned non-string (type {name})"));
                            }
                        }
                    }
                    _ => {
                        let core = value.core().clone();
                        if core.is(value) { self.plain_repr(value)? } else { self.repr_within(&core, outside)? }
                    }
                }
            }
            _ => self.plain_repr(value)?,
        })
    }

    fn repr_items(&mut self, at: impl Fn(usize) -> Option<Value>, outside: &mut Vec<usize>) -> R<String> {
        let showing = outside.last().copied().unwrap_or(0);
        let (_, text) = self.turns_showing(
            showing,
            || (0, String::new()),
            |vm, (i, text)| {
                let Some(item) = at(*i) else { return Ok(false) };
                let shown = vm.repr_within(&item, outside)?;
                if *i > 0 {
                    text.push_str(", ");
                }
                text.push_str(&shown);
                *i += 1;
                Ok(true)
            },
        )?;
        Ok(text)
    }

    /// The keys of a table, or keys and values.
    fn repr_entries(&mut self, dict: &Dict, outside: &mut Vec<usize>) -> R<String> {
        let showing = outside.last().copied().unwrap_or(0);
        let (_, text) = self.turns_showing(
            showing,
            || (0, String::new()),
            |vm, (position, text)| {
                let Some(at) = dict.next_position(*position) else { return Ok(false) };
                let (key, value) = (dict.key_at(at), dict.value_at(at));
                let key = vm.repr_within(&key, outside)?;
                let value = vm.repr_within(&value, outside)?;
                if !text.is_empty() {
                    text.push_str(", ");
                }
                text.push_str(&format!("{key}: {value}"));
                *position = at + 1;
                Ok(true)
            },
        )?;
        Ok(text)
    }

    /// The form that names the type and where the object is.
    pub fn plain_repr(&mut self, value: &Value) -> R<String> {
        let at = |vm: &mut Vm, what: String| format!("<{what} at 0x{:x}>", vm.id_of(value));
        let text_of = |v: &std::cell::RefCell<Value>| v.borrow().as_str().unwrap_or("?").to_string();
        Ok(match value {
            Value::Func(f) => {
                let name = text_of(&f.qualname);
                at(self, format!("function {name}"))
            }
            Value::Native(n) if n.kind == crate::python::function::NativeKind::Method => {
                let (class, name) = n.qualname.split_once('.').unwrap_or(("object", n.qualname));
                format!("<method '{name}' of '{class}' objects>")
            }
            Value::Native(n) => format!("<built-in function {}>", n.name),
            Value::Bound(b) => match &b.function {
                Value::Native(n) => {
                    let class = self.type_name(&b.receiver);
                    let what = format!("built-in method {} of {class} object", n.name);
                    let id = self.id_of(&b.receiver);
                    format!("<{what} at 0x{id:x}>")
                }
                Value::Func(f) => {
                    let name = text_of(&f.qualname);
                    let receiver = self.repr(&b.receiver)?;
                    format!("<bound method {name} of {receiver}>")
                }
                other => {
                    let (f, receiver) = (self.repr(&other.clone())?, self.repr(&b.receiver)?);
                    format!("<bound method {f} of {receiver}>")
                }
            },
            Value::Class(c) => {
                let name = c.qualname.borrow().clone();
                match c.lookup(names::MODULE).as_ref().and_then(Value::as_str) {
                    Some("builtins") | None => format!("<class '{name}'>"),
                    Some(module) => format!("<class '{module}.{name}'>"),
                }
            }
            Value::Gen(g) => {
                let name = text_of(&g.qualname);
                let what = match g.kind {
                    GenKind::Generator => "generator",
                    GenKind::Coroutine => "coroutine",
                    GenKind::AsyncGenerator => "async_generator",
                };
                at(self, format!("{what} object {name}"))
            }
            Value::Module(m) => match m.dict.name(names::FILE) {
                Some(file) => format!("<module '{}' from '{}'>", m.name, file.as_str().unwrap_or("?")),
                None => format!("<module '{}' (built-in)>", m.name),
            },
            Value::Code(u) => {
                let (name, file, line) = (&u.code.name, &u.code.source.filename, u.code.first_line);
                let id = self.id_of(value);
                format!("<code object {name} at 0x{id:x}, file \"{file}\", line {line}>")
            }
            Value::Cell(_) => at(self, "cell".into()),
            Value::Obj(o) => match &o.data {
                Data::DictView(d, part) => {
                    let items = self.view_items(d, *part);
                    let name = match part {
                        DictPart::Keys => "dict_keys",
                        DictPart::Values => "dict_values",
                        DictPart::Items => "dict_items",
                    };
                    format!("{name}({})", self.repr(&Value::list(items))?)
                }
                Data::MappingProxy(d) => {
                    let inner = self.repr(&Value::Dict(d.clone()))?;
                    format!("mappingproxy({inner})")
                }
                Data::Member(name, owner) => {
                    let kind = if Rc::ptr_eq(&o.class, &self.types.member_descriptor) { "member" } else { "attribute" };
                    let owner = owner.upgrade().map_or("?".into(), |owner| owner.name());
                    format!("<{kind} '{name}' of '{owner}' objects>")
                }
                Data::ByteArray(b) => format!("bytearray({})", bytes::repr(&b.borrow())),
                Data::Complex(re, im) => float::complex_repr(*re, *im),
                Data::Weak(weak) => match weak.target() {
                    Some(target) => {
                        let (id, class, to) = (self.id_of(value), self.type_name(&target), self.id_of(&target));
                        format!("<weakref at 0x{id:x}; to '{class}' at 0x{to:x}>")
                    }
                    None => {
                        let id = self.id_of(value);
                        format!("<weakref at 0x{id:x}; dead>")
                    }
                },
                Data::Super(start, receiver, _) => {
                    let class = self.type_name(receiver);
                    format!("<super: <class '{}'>, <{class} object>>", start.name())
                }
                Data::Frame { frame, .. } => {
                    let (code, line) = (frame.unit.code.clone(), frame.position().line);
                    let id = self.id_of(value);
                    format!("<frame at 0x{id:x}, file '{}', line {line}, code {}>", code.source.filename, code.name)
                }
                _ => {
                    let name = self.qualified_type_name(value);
                    at(self, format!("{name} object"))
                }
            },
            Value::Instance(_) => {
                let name = self.qualified_type_name(value);
                at(self, format!("{name} object"))
            }
            _ => {
                let name = self.type_name(value);
                at(self, format!("{name} object"))
            }
        })
    }

    /// `module.Class`
    pub fn qualified_type_name(&mut self, value: &Value) -> String {
        let class = self.class_of(value);
        let name = class.qualname.borrow().clone();
        match class.lookup(names::MODULE).as_ref().and_then(Value::as_str) {
            Some("builtins") | None => name.to_string(),
            Some(module) => format!("{module}.{name}"),
        }
    }
}

fn is_plain_repr(method: &Value) -> bool {
    matches!(method, Value::Native(n) if n.qualname == "object.__repr__" || n.qualname == "type.__repr__")
}
