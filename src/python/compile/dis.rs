//! Code as text, one operation a line, for tests and for the curious.

use std::fmt::Write;

use super::effect::jump;
use crate::python::code::{Code, Const, Op};

/// The code and all code inside it.
pub fn dis(code: &Code) -> String {
    let mut out = String::new();
    write_code(code, &mut out);
    out
}

fn write_code(code: &Code, out: &mut String) {
    let _ = writeln!(out, "{}:", code.qualname);
    let mut targets: Vec<u32> = code.ops.iter().filter_map(|&op| jump(op)).map(|(to, _)| to).collect();
    targets.extend(code.handlers.iter().map(|handler| handler.target));
    let mut line = 0;
    for (i, (&op, position)) in code.ops.iter().zip(&code.positions).enumerate() {
        if position.line != line && position.line != 0 {
            line = position.line;
            let _ = write!(out, "{line:>4} ");
        } else {
            out.push_str("     ");
        }
        let mark = if targets.contains(&(i as u32)) { '>' } else { ' ' };
        let _ = writeln!(out, "{mark}{i:>3} {}", operation(code, op));
    }
    for handler in &code.handlers {
        let _ = writeln!(out, "     {}..{} -> {} at {}", handler.start, handler.end, handler.target, handler.depth);
    }
    for value in &code.consts {
        if let Const::Code(inner) = value {
            out.push('\n');
            write_code(inner, out);
        }
    }
}

/// One operation with the names of what its numbers mean.
pub fn operation(code: &Code, op: Op) -> String {
    use Op::*;
    let word = format!("{op:?}");
    let word = word.split([' ', '(']).next().unwrap_or(&word).to_owned();
    let name = |i: u32| code.names[i as usize].text();
    let slot = |i: u32| code.slot_name(i).text();
    match op {
        LoadConst(i) => format!("{word} {}", constant(&code.consts[i as usize])),
        LoadFast(i) | StoreFast(i) | DeleteFast(i) | ClearFast(i) | MakeCell(i) | LoadClosure(i) | LoadDeref(i)
        | LoadClassDeref(i) | StoreDeref(i) | DeleteDeref(i) => format!("{word} {}", slot(i)),
        LoadGlobal { name: i, .. }
        | StoreGlobal { name: i, .. }
        | LoadAttr { name: i, .. }
        | LoadMethod { name: i, .. }
        | StoreAttr { name: i, .. } => format!("{word} {}", name(i)),
        DeleteGlobal(i) | LoadName(i) | StoreName(i) | DeleteName(i) | LoadSuperAttr(i) | DeleteAttr(i)
        | ImportName(i) | ImportFrom(i) => format!("{word} {}", name(i)),
        CallKw { argc, names } => format!("{word} {argc} {}", constant(&code.consts[names as usize])),
        MakeFunction { flags, code: i } => format!("{word} {flags} {}", constant(&code.consts[i as usize])),
        LoadFast2(a, b) | StoreLoadFast(a, b) => format!("{word} {} {}", slot(a.into()), slot(b.into())),
        LoadFastConst(a, b) => format!("{word} {} {}", slot(a.into()), constant(&code.consts[usize::from(b)])),
        BinaryFast2(op, a, b) | InplaceFast2(op, a, b) => {
            format!("{word} {op:?} {} {}", slot(a.into()), slot(b.into()))
        }
        BinaryFastConst(op, a, b) | InplaceFastConst(op, a, b) => {
            format!("{word} {op:?} {} {}", slot(a.into()), constant(&code.consts[usize::from(b)]))
        }
        LoadFastAttr(i, _) | LoadFastMethod(i, _) | StoreFastAttr(i, _) => format!("{word} {}", slot(i.into())),
        ForIterStore(i, to) => format!("{word} {} {to}", slot(i.into())),
        UnpackEx { before, after } => format!("{word} {before} {after}"),
        FormatValue { conversion, has_spec } => format!("{word} {conversion:?} {has_spec}"),
        other => format!("{other:?}").replace(['(', ','], " ").replace(')', "").replace("  ", " "),
    }
}

fn constant(value: &Const) -> String {
    let list = |items: &[Const]| items.iter().map(constant).collect::<Vec<_>>().join(", ");
    match value {
        Const::None => "None".into(),
        Const::Ellipsis => "...".into(),
        Const::Bool(b) => if *b { "True" } else { "False" }.into(),
        Const::Int(i) => i.to_string(),
        Const::Big(b) => b.to_string(),
        Const::Float(f) => format!("{f:?}"),
        Const::Str(s) => format!("{s:?}"),
        Const::Bytes(b) => format!("b{:?}", String::from_utf8_lossy(b)),
        Const::Tuple(items) if items.len() == 1 => format!("({},)", list(items)),
        Const::Tuple(items) => format!("({})", list(items)),
        Const::FrozenSet(items) => format!("frozenset({})", list(items)),
        Const::Code(code) => format!("<{}>", code.name),
    }
}
