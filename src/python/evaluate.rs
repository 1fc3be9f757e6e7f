//! `exec`, `eval` and `compile`.

use std::rc::Rc;

use super::code::Source;
use super::compile::suspicions::{Suspicion, suspicions};
use super::compile::{Purpose, compile_text};
use super::dict::Dict;
use super::function::Args;
use super::names;
use super::tree;
use super::unit::Unit;
use super::value::Value;
use super::vm::{Action, ErrorKind, R, Stop, Vm};

/// `compile` makes no code but the tree.
const PYCF_ONLY_AST: i64 = 0x400;

/// `exec(source, globals=None, locals=None, /, *, closure=None)`
pub fn exec(vm: &mut Vm, args: &Args) -> R {
    if args.named("closure").is_some_and(|closure| !closure.is_none()) {
        return Err(vm.error(ErrorKind::NotImplemented, "exec() with a closure is not simulated"));
    }
    run(vm, args, "exec", Purpose::Exec)
}

/// `eval(source, globals=None, locals=None, /)`
pub fn eval(vm: &mut Vm, args: &Args) -> R {
    run(vm, args, "eval", Purpose::Eval)
}

fn run(vm: &mut Vm, args: &Args, name: &str, purpose: Purpose) -> R {
    match args.pos.len() {
        0 => return vm.type_error(format!("{name} expected at least 1 argument, got 0")),
        1..=3 => {}
        n => return vm.type_error(format!("{name} expected at most 3 arguments, got {n}")),
    }
    let (globals, locals) = namespaces(vm, args, name)?;
    let unit = match &args.pos[0] {
        Value::Code(unit) => unit.clone(),
        text => {
            let text = text_of(vm, text, name, "string, bytes or code")?;
            let text = if purpose == Purpose::Eval { text.trim_start_matches([' ', '\t']).to_string() } else { text };
            compiled(vm, text, "<string>", purpose)?
        }
    };
    if !unit.code.freevars.is_empty() {
        return vm.type_error(format!("code object passed to {name}() may not contain free variables"));
    }
    if globals.name(names::BUILTINS).is_none() {
        globals.set_name(names::BUILTINS, Value::Dict(vm.builtins.clone()));
    }
    Err(Stop::Tail(Box::new(Action::Body(unit, globals, Some(locals), Vec::new()))))
}

/// The dicts that the code reads its names from and writes them to.
fn namespaces(vm: &mut Vm, args: &Args, name: &str) -> R<(Rc<Dict>, Rc<Dict>)> {
    let given = |i: usize, word: &str| args.get(i, word).filter(|value| !value.is_none());
    let caller = vm.caller();
    let globals = match given(1, "globals") {
        None => None,
        Some(value) => match value.core() {
            Value::Dict(dict) => Some(dict.clone()),
            _ => {
                let kind = vm.type_name(value);
                let is_mapping = vm.find_attr(value, names::GETITEM)?.is_some();
                return vm.type_error(match name {
                    "exec" => format!("exec() globals must be a dict, not {kind}"),
                    _ if is_mapping => "globals must be a real dict; try eval(code, {}, mapping)".to_string(),
                    _ => "globals must be a dict".to_string(),
                });
            }
        },
    };
    let locals = match given(2, "locals") {
        None => match &globals {
            Some(globals) => globals.clone(),
            None => vm.locals_of(caller),
        },
        Some(Value::Dict(dict)) => dict.clone(),
        Some(other) => {
            let kind = vm.type_name(other);
            if vm.find_attr(other, names::GETITEM)?.is_none() {
                return vm.type_error(match name {
                    "exec" => format!("locals must be a mapping or None, not {kind}"),
                    _ => "locals must be a mapping".to_string(),
                });
            }
            let text = format!("{name}() with locals of type {kind} is not simulated: pass a plain dict");
            return Err(vm.error(ErrorKind::NotImplemented, text));
        }
    };
    let globals = globals.unwrap_or_else(|| vm.fiber.frames[caller].globals.clone());
    Ok((globals, locals))
}

/// `compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)`
pub fn compile(vm: &mut Vm, args: &Args) -> R {
    let mut required = Vec::new();
    for (i, name) in ["source", "filename", "mode"].into_iter().enumerate() {
        match args.get(i, name) {
            Some(value) => required.push(value.clone()),
            None => return vm.type_error(format!("compile() missing required argument '{name}' (pos {})", i + 1)),
        }
    }
    let purpose = match required[2].as_str() {
        Some("exec") => Purpose::Exec,
        Some("eval") => Purpose::Eval,
        Some("single") => Purpose::Single,
        Some(_) => return vm.value_error("compile() mode must be 'exec', 'eval' or 'single'"),
        None => {
            let kind = vm.type_name(&required[2]);
            return vm.type_error(format!("compile() argument 'mode' must be str, not {kind}"));
        }
    };
    let wants_tree = match args.get(3, "flags") {
        None | Some(Value::Int(0)) => false,
        Some(Value::Int(PYCF_ONLY_AST)) => true,
        Some(_) => {
            let text = "compile() with other flags than ast.PyCF_ONLY_AST is not simulated: leave them 0";
            return Err(vm.error(ErrorKind::NotImplemented, text));
        }
    };
    // Of a tree, or into one: `ast` is imported, for it made the tree or the flag.
    if (wants_tree || matches!(required[0], Value::Instance(_)))
        && let Some(callee) = vm.library_function("ast", if wants_tree { "_only_tree" } else { "_code_of_tree" })
    {
        return Err(Stop::Tail(Box::new(Action::Call { callee, args: required, kwargs: Vec::new() })));
    }
    let filename = match required[1].as_str() {
        Some(name) => name.to_string(),
        None => {
            let kind = vm.type_name(&required[1]);
            return vm.type_error(format!("expected str, bytes or os.PathLike object, not {kind}"));
        }
    };
    let text = text_of(vm, &required[0], "compile", "string, bytes or AST")?;
    compiled(vm, text, &filename, purpose).map(Value::Code)
}

/// `_ast.tree(source, filename, mode)`: the tree of a text as plain values.
pub fn parse(vm: &mut Vm, args: &Args) -> R {
    let purpose = match args.pos.get(2).and_then(Value::as_str) {
        Some("exec") => Purpose::Exec,
        Some("eval") => Purpose::Eval,
        Some("single") => Purpose::Single,
        _ => return vm.value_error("compile() mode must be 'exec', 'eval', 'single' or 'func_type'"),
    };
    let mut text = text_of(vm, &args.pos[0], "compile", "string, bytes or AST")?;
    if purpose == Purpose::Eval {
        text = text.trim_start_matches([' ', '\t']).to_string();
    } else if !text.ends_with('\n') {
        text.push('\n');
    }
    let filename = args.pos[1].as_str().unwrap_or("<unknown>").into();
    tree::tree(vm, &text, purpose).map_err(|diagnostics| {
        let source = Source { filename, text, is_library: false };
        vm.syntax_error(&diagnostics, &source)
    })
}

/// The text of a program given as an object.
fn text_of(vm: &mut Vm, value: &Value, name: &str, wanted: &str) -> R<String> {
    let text = match value.core() {
        Value::Str(text) => text.as_str().to_string(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => return vm.type_error(format!("{name}() arg 1 must be a {wanted} object")),
    };
    if text.contains('\0') {
        let message = "source code string cannot contain null bytes";
        if vm.options.version < (3, 11) {
            return vm.value_error(message);
        }
        let class = vm.types.syntax_error.clone();
        return Err(Stop::Raise(vm.exception(&class, vec![Value::str(message)])));
    }
    Ok(text)
}

fn compiled(vm: &mut Vm, mut text: String, filename: &str, purpose: Purpose) -> R<Rc<Unit>> {
    // The parser of statements ends the last line itself.
    if purpose != Purpose::Eval && !text.ends_with('\n') {
        text.push('\n');
    }
    let source = Rc::new(Source { filename: filename.into(), text, is_library: false });
    match compile_text(source.clone(), purpose, vm.options.version) {
        Ok(code) => {
            warn_of(vm, &source, purpose)?;
            Ok(vm.make_unit(code))
        }
        Err(mut diagnostics) => {
            // Of a text without an expression CPython names no line.
            if purpose == Purpose::Eval && source.text.trim().is_empty() {
                (diagnostics[0].line, diagnostics[0].end_line) = (0, 0);
            }
            Err(vm.syntax_error(&diagnostics, &source))
        }
    }
}

/// Says what the compiler finds suspicious.
fn warn_of(vm: &mut Vm, source: &Source, purpose: Purpose) -> R<()> {
    let found = suspicions(&source.text, purpose, vm.options.version);
    if !found.is_empty()
        && let Some(warn) = vm.library_function("_bootstrap", "warn_of_syntax")
    {
        vm.call(&warn, &[Value::str(&source.filename), suspicions_as_list(found)])?;
    }
    Ok(())
}

/// Pairs of a line and what is said of it.
pub fn suspicions_as_list(found: Vec<Suspicion>) -> Value {
    let pair = |(line, text)| Value::tuple([Value::Int(i64::from(line)), Value::string(text)]);
    Value::list(found.into_iter().map(pair).collect())
}
