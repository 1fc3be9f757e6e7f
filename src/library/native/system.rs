//! `_sys`: the process, its output, and the start of its program.

use std::rc::Rc;

use super::{add_functions, int, text, trap};
use crate::python::code::flag;
use crate::python::compile::Purpose;
use crate::python::compile::suspicions::suspicions;
use crate::python::dict::Dict;
use crate::python::evaluate::suspicions_as_list;
use crate::python::function::Args;
use crate::python::heap;
use crate::python::module::Module;
use crate::python::name::Sym;
use crate::python::names;
use crate::python::trap::Trap;
use crate::python::value::Value;
use crate::python::vm::{Action, ErrorKind, FoundSource, R, Stop, Vm, file_of};

/// What Python files ask of their process.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("write", |vm, args| {
                let (stream, text) = (int(vm, args, 0, "stream")? as u8, text(vm, args, 1, "text")?);
                if text.is_empty() {
                    return Ok(Value::None);
                }
                trap(Trap::Write { stream, text })
            }),
            // A decorator of library functions that CPython has in C.
            ("frameless", |vm, args| match super::required(vm, args, 0, "func")? {
                Value::Func(f) => {
                    let f = f.clone();
                    Ok(vm.flagged(&f, flag::FRAMELESS))
                }
                _ => vm.type_error("a function of the library is expected"),
            }),
            ("exit_process", |vm, args| trap(Trap::ExitProcess(int(vm, args, 0, "status")? as i32))),
            ("library_set", |vm, _| Ok(Value::str(vm.options.library_set))),
            ("version", |vm, _| {
                let (major, minor) = vm.options.version;
                Ok(Value::tuple([Value::Int(major as i64), Value::Int(minor as i64)]))
            }),
            ("cpu_count", |vm, _| Ok(Value::Int(vm.options.cpu_count as i64))),
            ("process_id", |vm, _| Ok(Value::Int(vm.options.pid as i64))),
            ("parent_process_id", |vm, _| Ok(Value::Int(vm.options.parent_pid as i64))),
            ("seed", |vm, _| Ok(Value::Int(vm.options.seed as i64))),
            ("own_file", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                let found = vm.finder.own.get(&name);
                Ok(found.map_or(Value::None, |found| Value::str(&found.source.filename)))
            }),
            ("environ", |vm, _| {
                let dict = Dict::new();
                for (name, value) in &vm.options.environ {
                    dict.set_str(name, Value::str(value));
                }
                Ok(Value::Dict(heap::dict(dict)))
            }),
            ("run_main", |vm, args| {
                let file = text(vm, args, 0, "filename")?;
                let name = match args.get(1, "name") {
                    Some(name) => name.as_str().unwrap_or("__main__").to_string(),
                    None => "__main__".to_string(),
                };
                let own = vm.finder.own.values().find(|s| *s.source.filename == *file).cloned();
                match own {
                    Some(found) => run_as_main(vm, &found, "", &name),
                    None => {
                        let text = format!("can't open file '{file}': [Errno 2] No such file or directory");
                        let class = vm.types.file_not_found_error.clone();
                        Err(Stop::Raise(vm.exception(&class, vec![Value::string(text)])))
                    }
                }
            }),
            ("syntax_warnings", |vm, args| {
                let file = text(vm, args, 0, "filename")?;
                let own = vm.finder.own.values().find(|s| *s.source.filename == *file).cloned();
                let text = own.as_ref().map_or("", |found| &found.source.text);
                Ok(suspicions_as_list(suspicions(text, Purpose::Module, vm.options.version)))
            }),
            ("run_module", run_module),
            ("is_package", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                Ok(Value::bool(vm.finder.source(&name).is_some_and(|found| found.is_package)))
            }),
            // `(file, whether it is a package)` of a module that can be imported; no file: it is written in Rust.
            ("module_place", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                if vm.finder.native(&name).is_some() {
                    return Ok(Value::tuple([Value::None, Value::bool(false)]));
                }
                Ok(vm.finder.source(&name).map_or(Value::None, |found| {
                    Value::tuple([Value::str(&found.source.filename), Value::bool(found.is_package)])
                }))
            }),
            ("module_text", |vm, args| {
                let name = text(vm, args, 0, "name")?;
                Ok(vm.finder.source(&name).map_or(Value::None, |found| Value::str(&found.source.text)))
            }),
            ("run_body", run_body),
        ],
    );
}

/// `python -m name`: the module's body, or that of the package's `__main__`, runs as `__main__`.
fn run_module(vm: &mut Vm, args: &Args) -> R {
    let name = text(vm, args, 0, "name")?;
    let Some(found) = vm.finder.source(&name) else {
        return Err(vm.error(ErrorKind::Import, format!("No module named {name}")));
    };
    if !found.is_package {
        let package = name.rsplit_once('.').map_or("", |(package, _)| package).to_string();
        return run_as_main(vm, &found, &package, "__main__");
    }
    match vm.finder.source(&format!("{name}.__main__")) {
        Some(main) => run_as_main(vm, &main, &name, "__main__"),
        None => {
            let text =
                format!("No module named {name}.__main__; '{name}' is a package and cannot be directly executed");
            Err(vm.error(ErrorKind::Import, text))
        }
    }
}

/// `run_body(name, module)`: the body of that name runs in the variables of the module, once more or for the first time.
fn run_body(vm: &mut Vm, args: &Args) -> R {
    let name = text(vm, args, 0, "name")?;
    let Value::Module(module) = super::required(vm, args, 1, "module")? else {
        return vm.type_error("a module is expected");
    };
    let dict = module.dict.clone();
    let Some(found) = vm.finder.source(&name) else {
        // What is written in Rust has no body.
        return Ok(Value::None);
    };
    let code = match vm.finder.compile(&found.source, vm.options.version) {
        Ok(code) => code,
        Err(diagnostics) => return Err(vm.syntax_error(&diagnostics, &found.source)),
    };
    let unit = vm.make_unit(code);
    Err(Stop::Tail(Box::new(Action::Body(unit, dict, None, Vec::new()))))
}

fn run_as_main(vm: &mut Vm, found: &FoundSource, package: &str, name: &str) -> R {
    let code = match vm.finder.compile(&found.source, vm.options.version) {
        Ok(code) => code,
        Err(diagnostics) => {
            let stop = vm.syntax_error(&diagnostics, &found.source);
            if diagnostics[0].is_at_end
                && let Stop::Raise(Value::Instance(exc)) = &stop
            {
                // The parser reads the main file itself, and has no column any more where that is over.
                exc.set_attribute(Sym::new("offset"), Value::Int(0));
            }
            return Err(stop);
        }
    };
    let dict = heap::dict(Dict::new());
    let module = vm.register_module(name, dict.clone());
    // A spawned process knows its main module by both names.
    vm.modules.set_str("__main__", Value::Module(module));
    // A program is run by the name of its file, which is an absolute path since Python 3.9.
    let file = if vm.options.version >= (3, 9) { file_of(&found.source) } else { Value::str(&found.source.filename) };
    dict.set_name(names::FILE, file);
    dict.set_name(names::PACKAGE, if package.is_empty() { Value::None } else { Value::str(package) });
    dict.set_name(names::SPEC, Value::None);
    dict.set_name(names::LOADER, Value::None);
    let unit = vm.make_unit(code);
    Err(Stop::Tail(Box::new(Action::Body(unit, dict, None, Vec::new()))))
}
