//! Arguments on their way into the parameters of a Python function.

use smallvec::SmallVec;

use super::{ErrorKind, R, Stop, Vm};
use crate::python::code::{Code, flag};
use crate::python::dict::Dict;
use crate::python::function::Function;
use crate::python::heap;
use crate::python::name::Sym;
use crate::python::value::Value;

impl Vm {
    /// Puts arguments that lie on the stack from `start` on into parameter slots, where there are as many as there
    /// must be. `false`: nothing has changed, the general way says what is wrong.
    pub(super) fn bind_here(&mut self, function: &Function, code: &Code, start: usize, names: &[Sym]) -> bool {
        let (has_varargs, has_varkw) = (code.has(flag::VARARGS), code.has(flag::VARKEYWORDS));
        let (n_args, total) = (code.n_args as usize, (code.n_args + code.n_kwonly) as usize);
        let given = self.fiber.stack.len() - start - names.len();
        if given > n_args && !has_varargs {
            return false;
        }
        let n_bound = given.min(n_args);
        // Of each named argument; none of those that `**` gathers.
        let mut places: SmallVec<[Option<u32>; 8]> = SmallVec::new();
        for name in names {
            let found = code.varnames[code.n_posonly as usize..total].iter().position(|n| n == name);
            match found.map(|i| i as u32 + code.n_posonly) {
                Some(place) if place as usize >= n_bound && !places.contains(&Some(place)) => places.push(Some(place)),
                None if has_varkw => places.push(None),
                _ => return false,
            }
        }
        // The rest has defaults, or the general way says what is missing.
        let defaults = function.defaults.borrow();
        let kw_defaults = function.kw_defaults.borrow();
        let first = n_args - defaults.as_ref().map_or(0, |d| d.items.len()).min(n_args);
        let mut rest: SmallVec<[(u32, Value); 8]> = SmallVec::new();
        for place in n_bound..total {
            if places.contains(&Some(place as u32)) {
                continue;
            }
            let default = if place >= n_args {
                kw_defaults.as_ref().and_then(|d| d.name(code.varnames[place]))
            } else if place >= first {
                defaults.as_ref().map(|d| d.items[place - first].clone())
            } else {
                None
            };
            match default {
                Some(default) => rest.push((place as u32, default)),
                None => return false,
            }
        }
        let named: SmallVec<[Value; 8]> = self.fiber.stack.drain(start + given..).collect();
        let gathered = has_varargs.then(|| Value::tuple(self.fiber.stack.drain(start + n_bound..)));
        let kwargs = has_varkw.then(Dict::new);
        self.fill_slots(start + total);
        for ((place, value), &name) in places.into_iter().zip(named).zip(names) {
            match (place, &kwargs) {
                (Some(place), _) => self.fiber.stack[start + place as usize] = value,
                (None, Some(kwargs)) => drop(kwargs.set_name(name, value)),
                (None, None) => unreachable!("only `**` takes what has no place"),
            }
        }
        for (place, value) in rest {
            self.fiber.stack[start + place as usize] = value;
        }
        self.fiber.stack.extend(gathered);
        self.fiber.stack.extend(kwargs.map(|kwargs| Value::Dict(heap::dict(kwargs))));
        true
    }

    /// Puts arguments into parameter slots (`Python/ceval.c`, `initialize_locals`).
    pub(super) fn bind(
        &mut self,
        function: &Function,
        code: &Code,
        mut values: Vec<Value>,
        names: &[Sym],
    ) -> R<Vec<Value>> {
        let named = values.split_off(values.len() - names.len());
        let (n_args, n_kwonly) = (code.n_args as usize, code.n_kwonly as usize);
        let total = n_args + n_kwonly;
        let has_varargs = code.has(flag::VARARGS);
        let has_varkw = code.has(flag::VARKEYWORDS);
        let mut slots = vec![Value::Null; total + has_varargs as usize + has_varkw as usize];
        let given = values.len();
        let mut extra = Vec::new();
        for (i, value) in values.into_iter().enumerate() {
            if i < n_args {
                slots[i] = value;
            } else {
                extra.push(value);
            }
        }
        let kwargs = Dict::new();
        let mut posonly_by_name = Vec::new();
        for (&name, value) in names.iter().zip(named) {
            let place = code.varnames[..total].iter().position(|&n| n == name);
            match place {
                Some(place) if place >= code.n_posonly as usize => {
                    if !slots[place].is_null() {
                        let text =
                            format!("{}() got multiple values for argument '{name}'", function_name(self, function));
                        return self.type_error(text);
                    }
                    slots[place] = value;
                }
                _ if has_varkw => {
                    kwargs.set_name(name, value);
                }
                Some(_) => posonly_by_name.push(name.text().to_string()),
                None => {
                    let text =
                        format!("{}() got an unexpected keyword argument '{name}'", function_name(self, function));
                    return self.type_error(text);
                }
            }
        }
        if !posonly_by_name.is_empty() {
            let text = format!(
                "{}() got some positional-only arguments passed as keyword arguments: '{}'",
                function_name(self, function),
                posonly_by_name.join(", ")
            );
            return self.type_error(text);
        }
        let defaults = function.defaults.borrow().clone();
        let n_defaults = defaults.as_ref().map_or(0, |d| d.items.len());
        if !extra.is_empty() && !has_varargs {
            return Err(self.too_many_positional(function, code, given, n_defaults, &slots));
        }
        if let Some(defaults) = defaults {
            let first = n_args - n_defaults.min(n_args);
            for (i, default) in defaults.items.iter().enumerate() {
                if slots[first + i].is_null() {
                    slots[first + i] = default.clone();
                }
            }
        }
        let missing: Vec<Sym> = (0..n_args).filter(|&i| slots[i].is_null()).map(|i| code.varnames[i]).collect();
        if !missing.is_empty() {
            return Err(self.missing_arguments(function, "positional", &missing));
        }
        if n_kwonly > 0 {
            let kw_defaults = function.kw_defaults.borrow().clone();
            let mut missing = Vec::new();
            for (slot, &name) in slots[n_args..total].iter_mut().zip(&code.varnames[n_args..total]) {
                if slot.is_null() {
                    match kw_defaults.as_ref().and_then(|d| d.name(name)) {
                        Some(default) => *slot = default,
                        None => missing.push(name),
                    }
                }
            }
            if !missing.is_empty() {
                return Err(self.missing_arguments(function, "keyword-only", &missing));
            }
        }
        if has_varargs {
            slots[total] = Value::tuple(extra);
        }
        if has_varkw {
            slots[total + has_varargs as usize] = Value::Dict(heap::dict(kwargs));
        }
        Ok(slots)
    }

    fn too_many_positional(
        &self,
        function: &Function,
        code: &Code,
        given: usize,
        n_defaults: usize,
        slots: &[Value],
    ) -> Stop {
        let n_args = code.n_args as usize;
        let (plural, takes) = if n_defaults > 0 {
            (true, format!("from {} to {n_args}", n_args - n_defaults))
        } else {
            (n_args != 1, n_args.to_string())
        };
        let n_kw = slots[n_args..n_args + code.n_kwonly as usize].iter().filter(|s| !s.is_null()).count();
        let kw = if n_kw > 0 {
            format!(
                " positional argument{} (and {n_kw} keyword-only argument{})",
                if given == 1 { "" } else { "s" },
                if n_kw == 1 { "" } else { "s" }
            )
        } else {
            String::new()
        };
        let text = format!(
            "{}() takes {takes} positional argument{} but {given}{kw} {} given",
            function_name(self, function),
            if plural { "s" } else { "" },
            if given == 1 && n_kw == 0 { "was" } else { "were" }
        );
        self.error(ErrorKind::Type, text)
    }

    fn missing_arguments(&self, function: &Function, kind: &str, missing: &[Sym]) -> Stop {
        let quoted: Vec<String> = missing.iter().map(|n| format!("'{n}'")).collect();
        let list = match quoted.as_slice() {
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
            [] => String::new(),
        };
        let text = format!(
            "{}() missing {} required {kind} argument{}: {list}",
            function_name(self, function),
            missing.len(),
            if missing.len() == 1 { "" } else { "s" }
        );
        self.error(ErrorKind::Type, text)
    }
}

/// The name in messages: with its class's from 3.10 on.
fn function_name(vm: &Vm, function: &Function) -> String {
    let name = if vm.options.version >= (3, 10) { &function.qualname } else { &function.name };
    name.borrow().as_str().unwrap_or("function").to_string()
}
