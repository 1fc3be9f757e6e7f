//! `print`, and the end of a program.

use super::given;
use crate::python::function::Args;
use crate::python::names;
use crate::python::trap::{ProcessRequest, Trap};
use crate::python::value::Value;
use crate::python::vm::{R, Stop, Vm};

/// `print`: one write of the whole line to the simulator's own streams (S-SIM-07), one `write` for each
/// piece to an object of the program.
pub(super) fn print(vm: &mut Vm, args: &Args) -> R {
    for name in args.names {
        if !matches!(&*name.text(), "sep" | "end" | "file" | "flush") {
            return vm.type_error(if vm.options.version >= (3, 12) {
                format!("print() got an unexpected keyword argument '{name}'")
            } else {
                format!("'{name}' is an invalid keyword argument for print()")
            });
        }
    }
    let separator = text_option(vm, args, "sep", " ")?;
    let end = text_option(vm, args, "end", "\n")?;
    let mut pieces: Vec<String> = Vec::with_capacity(args.len());
    let file = args.named("file").filter(|f| !f.is_none()).cloned();
    let file = match file {
        Some(file) => Some(file),
        None => vm.sys("stdout")?,
    };
    let flush = match args.named("flush") {
        Some(flush) => vm.truth(flush)?,
        None => false,
    };
    match own_stream(vm, file.as_ref())? {
        Some(0) => return Ok(Value::None),
        Some(stream) => {
            for value in args.pos {
                pieces.push(vm.str_of(value)?.as_str().to_string());
            }
            let mut text = pieces.join(&separator);
            let unbuffered =
                vm.options.environ.iter().any(|(name, value)| name == "PYTHONUNBUFFERED" && !value.is_empty());
            if unbuffered && !text.is_empty() && !end.is_empty() {
                vm.ask(Trap::Write { stream, text })?;
                return Err(Stop::Trap(Box::new(Trap::Write { stream, text: end })));
            }
            text.push_str(&end);
            let flushes = flush && stream == 1;
            if flushes && !text.is_empty() {
                vm.ask(Trap::Write { stream, text: std::mem::take(&mut text) })?;
            }
            if flushes {
                return Err(Stop::Trap(Box::new(Trap::Process(ProcessRequest::Flush))));
            }
            if text.is_empty() {
                return Ok(Value::None);
            }
            return Err(Stop::Trap(Box::new(Trap::Write { stream, text })));
        }
        None => {}
    }
    let file = file.unwrap_or(Value::None);
    let write = vm.get_attr(&file, names::WRITE)?;
    for (i, value) in args.pos.iter().enumerate() {
        if i > 0 {
            vm.call(&write, &[Value::str(&separator)])?;
        }
        let text = vm.str_of(value)?;
        vm.call(&write, &[Value::Str(text)])?;
    }
    vm.call(&write, &[Value::string(end)])?;
    if flush {
        let flush = vm.get_attr(&file, names::FLUSH)?;
        vm.call(&flush, &[])?;
    }
    Ok(Value::None)
}

fn text_option(vm: &mut Vm, args: &Args, name: &str, default: &str) -> R<String> {
    match args.named(name) {
        None | Some(Value::None) => Ok(default.to_string()),
        Some(value) => match value.as_str() {
            Some(text) => Ok(text.to_string()),
            None => {
                let what = vm.type_name(value);
                vm.type_error(format!("{name} must be None or a string, not {what}"))
            }
        },
    }
}

/// 1 or 2 for the streams that the interpreter opened itself, 0 for no stream at all.
fn own_stream(vm: &mut Vm, file: Option<&Value>) -> R<Option<u8>> {
    let Some(file) = file else { return Ok(Some(1)) };
    if file.is_none() {
        return Ok(Some(0));
    }
    for (stream, name) in [(1, "__stdout__"), (2, "__stderr__")] {
        if vm.sys(name)?.is_some_and(|own| own.is(file)) {
            return Ok(Some(stream));
        }
    }
    Ok(None)
}

pub(super) fn exit(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "exit", 0, 1)?;
    let class = vm.types.system_exit.clone();
    let status = args.pos.first().filter(|s| !s.is_none()).cloned();
    Err(Stop::Raise(vm.exception(&class, status.into_iter().collect())))
}
