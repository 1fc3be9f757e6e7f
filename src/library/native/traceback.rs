//! `_traceback`: the texts of exceptions, and lines of sources.

use std::rc::Rc;

use super::{add_functions, int, required, text};
use crate::library;
use crate::python::module::Module;
use crate::python::object::{Data, Obj};
use crate::python::traceback::{Frame, Manner};
use crate::python::value::Value;
use crate::python::vm::Vm;

/// Lines end with a line end each, as `traceback` gives them.
pub fn fill(_vm: &mut Vm, module: &Rc<Module>) {
    add_functions(
        module,
        &[
            ("format", |vm, args| {
                let exc = required(vm, args, 0, "exc")?.clone();
                let lines = vm.format_exception(&exc)?;
                Ok(as_list(lines))
            }),
            // As the module `traceback` writes it, which suggests names since 3.12.
            ("format_in_library", |vm, args| {
                let exc = required(vm, args, 0, "exc")?.clone();
                let manner = Manner { suggests: vm.options.version >= (3, 12), has_carets: true };
                let lines = vm.format_as(&exc, manner)?;
                Ok(as_list(lines))
            }),
            // Of an exception that nobody gets: from 3.13 on without carets.
            ("format_ignored", |vm, args| {
                let exc = required(vm, args, 0, "exc")?.clone();
                let manner = Manner { suggests: true, has_carets: vm.options.version < (3, 13) };
                let lines = vm.format_alone(&exc, manner)?;
                Ok(as_list(lines))
            }),
            ("format_exception_only", |vm, args| {
                let exc = required(vm, args, 0, "exc")?.clone();
                let lines = vm.format_exception_only(&exc, vm.options.version >= (3, 12))?;
                Ok(as_list(lines))
            }),
            // `. Did you mean: 'x'?`, which the module says from 3.12 on.
            ("suggestion", |vm, args| {
                let exc = required(vm, args, 0, "exc")?.clone();
                let text = if vm.options.version >= (3, 12) { vm.suggestion(&exc, false)? } else { String::new() };
                Ok(Value::string(text))
            }),
            // The places of a traceback's frames: `(line, last line, column, last column)`, columns in bytes.
            ("positions", |_, args| match args.pos.first() {
                Some(Value::Obj(o)) if matches!(o.data, Data::Traceback(_)) => {
                    let Data::Traceback(frames) = &o.data else { unreachable!("looked above") };
                    let place = |frame: &Frame| {
                        let at = frame.position();
                        Value::tuple([at.line, at.end_line, at.col, at.end_col].map(|n| Value::Int(n.into())))
                    };
                    Ok(Value::list(frames.iter().map(place).collect()))
                }
                _ => Ok(Value::list(Vec::new())),
            }),
            ("format_tb", |vm, args| match args.pos.first() {
                Some(Value::Obj(o)) if matches!(o.data, Data::Traceback(_)) => {
                    let Data::Traceback(frames) = &o.data else { unreachable!("looked above") };
                    let frames = frames.clone();
                    Ok(as_list(vm.format_frames(&frames, true)))
                }
                _ => Ok(as_list(Vec::new())),
            }),
            // The outermost frames of a traceback.
            ("head", |vm, args| {
                let n = int(vm, args, 1, "n")?.max(0) as usize;
                match args.pos.first() {
                    Some(Value::Obj(o)) if matches!(o.data, Data::Traceback(_)) && n > 0 => {
                        let Data::Traceback(frames) = &o.data else { unreachable!("looked above") };
                        let head = frames[..n.min(frames.len())].to_vec();
                        Ok(Obj::value(&vm.types.traceback, Data::Traceback(head)))
                    }
                    _ => Ok(Value::None),
                }
            }),
            ("source_line", |vm, args| {
                let (file, line) = (text(vm, args, 0, "filename")?, int(vm, args, 1, "lineno")?);
                let own = vm.finder.own.values().find(|s| *s.source.filename == *file).cloned();
                let found = own.or_else(|| library::source(&module_name(&file)?));
                let line = found.and_then(|s| {
                    let line = s.source.text.lines().nth(usize::try_from(line - 1).ok()?)?;
                    Some(Value::string(format!("{line}\n")))
                });
                Ok(line.unwrap_or(Value::None))
            }),
        ],
    );
}

fn as_list(lines: Vec<String>) -> Value {
    Value::list(lines.into_iter().map(|line| Value::string(line + "\n")).collect())
}

/// The library module whose file is shown under this name.
fn module_name(file: &str) -> Option<String> {
    let path = file.strip_prefix("/usr/lib/python3.11/")?.strip_suffix(".py")?;
    Some(path.strip_suffix("/__init__").unwrap_or(path).replace('/', "."))
}

#[cfg(test)]
mod tests {
    use super::module_name;

    #[test]
    fn a_library_file_belongs_to_a_module() {
        assert_eq!(module_name("/usr/lib/python3.11/asyncio/locks.py").as_deref(), Some("asyncio.locks"));
        assert_eq!(module_name("/usr/lib/python3.11/asyncio/__init__.py").as_deref(), Some("asyncio"));
        assert_eq!(module_name("main.py"), None);
    }
}
