//! Imports: `sys.modules`, the program's files, native modules, the library.

use std::rc::Rc;

use super::{Action, ErrorKind, R, Stop, Vm};
use crate::python::code::Source;
use crate::python::compile::Purpose;
use crate::python::compile::suspicions::suspicions;
use crate::python::diagnostic::source_line;
use crate::python::dict::Dict;
use crate::python::evaluate::suspicions_as_list;
use crate::python::heap;
use crate::python::module::{HOME, Module};
use crate::python::name::Sym;
use crate::python::names;
use crate::python::types::exception::set_syntax_place;
use crate::python::value::Value;

/// Fuel for compiling a byte of text [ticks]: about as long as running so many operations.
const COMPILE_FUEL: i64 = 200;

/// `__file__` of a module that is imported.
pub fn file_of(source: &Source) -> Value {
    match source.is_library {
        true => Value::str(&source.filename),
        false => Value::string(format!("{HOME}/{}", source.filename)),
    }
}

/// Whether a package is a folder of the machine's disk, not of the program or the library.
fn is_in_folder(package: &Module) -> bool {
    match package.dict.name(names::PATH) {
        Some(Value::List(path)) => {
            path.items.borrow().first().and_then(Value::as_str).is_some_and(|folder| folder.starts_with('/'))
        }
        _ => false,
    }
}

impl Vm {
    /// `[level fromlist] -> [module]`
    pub(super) fn import_name(&mut self, name: u32) -> R<()> {
        let name = self.frame().unit.code.names[name as usize].text();
        let n = self.fiber.stack.len();
        let (level, fromlist) = (self.fiber.stack[n - 2].clone(), self.fiber.stack[n - 1].clone());
        let level = match level {
            Value::Int(level) => level as usize,
            _ => 0,
        };
        let full = self.absolute_name(&name, level)?;
        let wanted: Vec<Rc<str>> = match &fromlist {
            Value::Tuple(t) => t.items.iter().filter_map(|v| v.as_str().map(Into::into)).collect(),
            _ => Vec::new(),
        };
        let last = self.import_dotted(&full)?;
        let module = if wanted.is_empty() {
            match full.split_once('.') {
                Some((first, _)) if level == 0 => self.import_dotted(first)?,
                _ => last,
            }
        } else {
            // `from package import submodule`
            if let Value::Module(m) = &last
                && m.dict.name(names::PATH).is_some()
            {
                for name in &wanted {
                    // Asked once: importing it makes it there, and this runs again.
                    let there = self.recorded(|_| Ok(Value::bool(&**name == "*" || m.dict.str(name).is_some())))?;
                    if matches!(there, Value::Bool(answer) if !answer.get()) {
                        let sub = format!("{full}.{name}");
                        if self.finder.finds(&sub) || is_in_folder(m) && self.is_on_disk(&sub)? {
                            self.import_dotted(&sub)?;
                        }
                    }
                }
            }
            last
        };
        self.fiber.stack.truncate(n - 2);
        self.fiber.stack.push(module);
        Ok(())
    }

    fn absolute_name(&mut self, name: &str, level: usize) -> R<String> {
        if level == 0 {
            return Ok(name.to_string());
        }
        let globals = self.frame().globals.clone();
        let package = globals.name(names::PACKAGE).and_then(|p| p.as_str().map(String::from)).unwrap_or_default();
        if package.is_empty() {
            return Err(self.error(ErrorKind::Import, "attempted relative import with no known parent package"));
        }
        let parts: Vec<&str> = package.split('.').collect();
        if level > parts.len() {
            return Err(self.error(ErrorKind::Import, "attempted relative import beyond top-level package"));
        }
        let mut base = parts[..parts.len() + 1 - level].join(".");
        if !name.is_empty() {
            base.push('.');
            base.push_str(name);
        }
        Ok(base)
    }

    /// Imports a module from a native function.
    pub fn import_module(&mut self, name: &str) -> R {
        self.import_dotted(name)
    }

    /// Imports `a`, `a.b`, `a.b.c` and returns the last.
    fn import_dotted(&mut self, full: &str) -> R {
        let mut parent: Option<Value> = None;
        let mut end = 0;
        loop {
            end = full[end..].find('.').map_or(full.len(), |at| end + at);
            let name = &full[..end];
            // Asked once: when the body has run, the module is there although this has not gone on yet.
            let loaded = self.recorded(|vm| Ok(vm.modules.str(name).unwrap_or(Value::None)))?;
            let module = if loaded.is_none() { self.load_module(name)? } else { loaded };
            if let (Some(Value::Module(parent)), Some((_, last))) = (&parent, name.rsplit_once('.')) {
                parent.dict.set_str(last, module.clone());
            }
            if end == full.len() {
                return Ok(module);
            }
            parent = Some(module);
            end += 1;
        }
    }

    /// Finds a module and runs its body; the operation runs again when that has ended.
    fn load_module(&mut self, name: &str) -> R {
        if let Some(answer) = self.next_answer() {
            // The body has run.
            return match answer {
                Ok(_) => match self.modules.str(name) {
                    Some(module) => Ok(module),
                    None if self.finder.source(name).is_none() => Err(self.module_not_found(name)),
                    None => Err(self.error(ErrorKind::Key, name)),
                },
                Err(stop) => {
                    self.modules.remove_name(Sym::new(name));
                    Err(stop)
                }
            };
        }
        if let Some(make) = self.finder.native(name) {
            let dict = heap::dict(Dict::new());
            let module = self.register_module(name, dict);
            make(self, &module);
            return Ok(Value::Module(module));
        }
        let Some(source) = self.finder.source(name) else {
            // A program may have written it, or read where it is.
            return match self.modules.str("_files").and_then(|_| self.library_function("_bootstrap", "import_file")) {
                Some(callee) => {
                    let args = vec![Value::str(name)];
                    Err(Stop::Need(Box::new(Action::Call { callee, args, kwargs: Vec::new() })))
                }
                None => Err(self.module_not_found(name)),
            };
        };
        if self.finder.compiled(&source.source).is_none() {
            self.pause(source.source.text.len() as i64 * COMPILE_FUEL);
        }
        let code = match self.finder.compile(&source.source, self.options.version) {
            Ok(code) => code,
            Err(diagnostics) => return Err(self.syntax_error(&diagnostics, &source.source)),
        };
        let dict = heap::dict(Dict::new());
        let module = self.register_module(name, dict.clone());
        dict.set_name(names::FILE, file_of(&source.source));
        let package = if source.is_package { name } else { name.rsplit_once('.').map_or("", |(p, _)| p) };
        dict.set_name(names::PACKAGE, Value::str(package));
        if source.is_package {
            dict.set_name(names::PATH, Value::list(vec![Value::str(name)]));
        }
        if !source.source.is_library {
            let found = suspicions(&source.source.text, Purpose::Module, self.options.version);
            if !found.is_empty()
                && let Some(callee) = self.library_function("_bootstrap", "import_body")
            {
                let found = suspicions_as_list(found);
                let args = vec![Value::str(name), Value::Module(module), Value::str(&source.source.filename), found];
                return Err(Stop::Need(Box::new(Action::Call { callee, args, kwargs: Vec::new() })));
            }
        }
        let unit = self.make_unit(code);
        Err(Stop::Need(Box::new(Action::Body(unit, dict, None, Vec::new()))))
    }

    /// Whether the machine's disk has a module of a package that is there.
    fn is_on_disk(&mut self, name: &str) -> R<bool> {
        let Some(find) = self.library_function("_bootstrap", "file_of_module") else { return Ok(false) };
        Ok(!self.call(&find, &[Value::str(name)])?.is_none())
    }

    /// A new module in `sys.modules`.
    pub fn register_module(&mut self, name: &str, dict: Rc<Dict>) -> Rc<Module> {
        dict.set_name(names::NAME, Value::str(name));
        dict.set_name(names::DOC, Value::None);
        dict.set_name(names::BUILTINS, Value::Dict(self.builtins.clone()));
        self.module_dicts.push(dict.clone());
        let module = Rc::new(Module { name: name.into(), dict });
        self.modules.set_str(name, Value::Module(module.clone()));
        module
    }

    fn module_not_found(&mut self, name: &str) -> Stop {
        let text = match name.rsplit_once('.') {
            Some((parent, _))
                if self.modules.str(parent).is_some_and(|m| match m {
                    Value::Module(m) => m.dict.name(names::PATH).is_none(),
                    _ => false,
                }) =>
            {
                format!("No module named '{name}'; '{parent}' is not a package")
            }
            _ => format!("No module named '{name}'"),
        };
        let exc = self.exception(&self.types.module_not_found_error, vec![Value::string(text)]);
        if let Value::Instance(i) = &exc {
            i.set_attribute(Sym::new("name"), Value::str(name));
            i.set_attribute(Sym::new("path"), Value::None);
        }
        Stop::Raise(exc)
    }

    /// `[module] -> [module attribute]`
    pub(super) fn import_from(&mut self, name: u32) -> R<()> {
        let name = self.frame().unit.code.names[name as usize];
        let module = self.fiber.stack.last().expect("operand stack underflow").clone();
        let value = match self.get_attr(&module, name) {
            Ok(value) => value,
            Err(stop) if self.stops_with(&stop, ErrorKind::Attribute) => {
                let Value::Module(m) = &module else { return Err(stop) };
                let from = m.dict.name(names::NAME).and_then(|n| n.as_str().map(String::from)).unwrap_or_default();
                if let Some(value) = self.modules.str(&format!("{from}.{name}")) {
                    value
                } else {
                    let file = m.dict.name(names::FILE).and_then(|f| f.as_str().map(String::from));
                    let place = file.unwrap_or_else(|| "unknown location".into());
                    let text = format!("cannot import name '{name}' from '{from}' ({place})");
                    let exc = self.exception(&self.types.import_error, vec![Value::string(text)]);
                    if let Value::Instance(i) = &exc {
                        i.set_attribute(Sym::new("name"), Value::str(&from));
                        i.set_attribute(Sym::new("name_from"), Value::str(&name.text()));
                    }
                    return Err(Stop::Raise(exc));
                }
            }
            Err(stop) => return Err(stop),
        };
        self.fiber.stack.push(value);
        Ok(())
    }

    /// `[module] -> []`
    pub(super) fn import_star(&mut self) -> R<()> {
        let module = self.fiber.stack.last().expect("operand stack underflow").clone();
        let Value::Module(m) = &module else { return self.type_error("import * needs a module") };
        let globals = self.namespace();
        match m.dict.name(names::ALL_NAMES) {
            Some(all) => {
                for name in self.collect(&all)? {
                    if let Some(text) = name.as_str() {
                        let value = self.get_attr(&module, Sym::new(text))?;
                        globals.set_str(text, value);
                    }
                }
            }
            None => {
                for entry in m.dict.entries() {
                    if let Some(text) = entry.key.as_str()
                        && !text.starts_with('_')
                    {
                        globals.set_str(text, entry.value);
                    }
                }
            }
        }
        self.fiber.stack.pop();
        Ok(())
    }

    /// A function of a library module that is loaded already.
    pub fn library_function(&self, module: &str, name: &str) -> Option<Value> {
        match self.modules.str(module)? {
            Value::Module(m) => m.dict.str(name),
            _ => None,
        }
    }

    /// A `SyntaxError` of the first diagnostic. What to do about it, where that is known, is a note.
    pub fn syntax_error(&mut self, diagnostics: &[crate::python::diagnostic::Diagnostic], source: &Source) -> Stop {
        let first = &diagnostics[0];
        let line = |number: u32| match &first.quoted {
            Some(quoted) => quoted,
            None => source_line(&source.text, number).unwrap_or(""),
        };
        // Columns count characters from 1.
        let column = |number: u32, col: u32| {
            let line = line(number);
            let inside = line.char_indices().take_while(|(at, _)| *at < col as usize).count();
            (inside + (col as usize).saturating_sub(line.len()) + 1) as i64
        };
        let class = self.types.syntax_class(first.kind);
        let is_in_file = !source.filename.starts_with('<');
        let ends = is_in_file || !first.is_line_cut && source.text.split('\n').nth(first.line as usize).is_some();
        let text = match first.is_by_parser || is_in_file {
            true => Value::string(format!("{}{}", line(first.line), if ends { "\n" } else { "" })),
            false => Value::None,
        };
        let place = [
            Value::str(&source.filename),
            Value::Int(first.line as i64),
            Value::Int(column(first.line, first.col)),
            text,
            Value::Int(first.end_line as i64),
            Value::Int(if first.is_at_end { -1 } else { column(first.end_line, first.end_col) }),
        ];
        let exc = self.exception(&class, vec![Value::str(&first.message), Value::tuple(place)]);
        set_syntax_place(&exc);
        if let (Value::Instance(i), Some(hint)) = (&exc, &first.hint) {
            i.set_attribute(names::NOTES, Value::list(vec![Value::str(hint)]));
        }
        Stop::Raise(exc)
    }
}
