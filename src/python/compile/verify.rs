//! Whether code is well formed: stack heights agree wherever ways meet, jumps and handlers lead somewhere,
//! every number names something.

use super::effect::{effect, goes_on, jump};
use crate::python::code::{Code, Const, Op};

/// Checks code and all code inside it.
///
/// # Errors
/// The first thing wrong, with the name of the function and the number of the operation.
pub fn verify(code: &Code) -> Result<(), String> {
    check(code).map_err(|(op, problem)| format!("{} op {op}: {problem}", code.qualname))?;
    for value in &code.consts {
        if let Const::Code(inner) = value {
            verify(inner)?;
        }
    }
    Ok(())
}

fn check(code: &Code) -> Result<(), (usize, String)> {
    let n = code.ops.len();
    if code.positions.len() != n {
        return Err((0, format!("{} positions for {n} operations", code.positions.len())));
    }
    for (i, pair) in code.handlers.windows(2).enumerate() {
        if pair[0].end > pair[1].start {
            return Err((i, "handlers overlap".into()));
        }
    }
    // Height before each operation.
    let mut heights: Vec<Option<u32>> = vec![None; n];
    let mut todo = vec![(0usize, 0u32)];
    while let Some((at, height)) = todo.pop() {
        if at >= n {
            return Err((at, "execution runs off the end".into()));
        }
        match heights[at] {
            Some(known) if known == height => continue,
            Some(known) => return Err((at, format!("stack height {height} meets {known}"))),
            None => heights[at] = Some(height),
        }
        let op = code.ops[at];
        check_operands(code, op).map_err(|problem| (at, format!("{op:?}: {problem}")))?;
        let (taken, left) = effect(op);
        if height < taken {
            return Err((at, format!("{op:?} takes {taken} of {height} operands")));
        }
        if let Some((target, (taken, left))) = jump(op) {
            if matches!(op, Op::JumpBack(_)) != (target as usize <= at) {
                return Err((at, format!("{op:?} goes the wrong way")));
            }
            todo.push((target as usize, height - taken + left));
        }
        if let Some(handler) = code.handlers.iter().find(|h| (h.start as usize..h.end as usize).contains(&at)) {
            if height < handler.depth && !matches!(op, Op::Jump(_) | Op::JumpBack(_) | Op::Nop) {
                return Err((at, format!("height {height} is below its handler's {}", handler.depth)));
            }
            todo.push((handler.target as usize, handler.depth + 1));
        }
        if goes_on(op) {
            todo.push((at + 1, height - taken + left));
        } else if matches!(op, Op::Return) && height != 1 {
            return Err((at, format!("{height} operands at a return")));
        }
    }
    match heights.iter().position(Option::is_none) {
        Some(dead) => Err((dead, "cannot be reached".into())),
        None => Ok(()),
    }
}

fn check_operands(code: &Code, op: Op) -> Result<(), String> {
    use Op::*;
    let within = |number: usize, count: usize, what: &str| {
        if number < count { Ok(()) } else { Err(format!("no {what} {number}")) }
    };
    let cached = |cache: u16, name: u32| {
        within(name as usize, code.names.len(), "name")?;
        within(cache as usize, code.n_caches as usize, "cache")
    };
    let slot = |slot: usize| within(slot, code.n_slots(), "slot");
    let cell = |number: u32| {
        slot(number as usize)?;
        if code.is_free_slot(number) || code.cell_slots.contains(&number) {
            Ok(())
        } else {
            Err(format!("slot {number} holds no cell"))
        }
    };
    let plain = |number: usize| {
        slot(number)?;
        if code.is_free_slot(number as u32) || code.cell_slots.contains(&(number as u32)) {
            Err(format!("slot {number} holds a cell"))
        } else {
            Ok(())
        }
    };
    match op {
        LoadConst(i) => within(i as usize, code.consts.len(), "constant"),
        CallKw { names, .. } => match code.consts.get(names as usize) {
            Some(Const::Tuple(_)) => Ok(()),
            _ => Err("its names are not a tuple".into()),
        },
        MakeFunction { code: i, .. } => match code.consts.get(i as usize) {
            Some(Const::Code(_)) => Ok(()),
            _ => Err("makes no function of code".into()),
        },
        LoadFast(i) | StoreFast(i) | DeleteFast(i) | ClearFast(i) => plain(i as usize),
        LoadFast2(a, b) | StoreLoadFast(a, b) | BinaryFast2(_, a, b) | InplaceFast2(_, a, b) => {
            plain(a.into())?;
            plain(b.into())
        }
        LoadFastConst(a, b) | BinaryFastConst(_, a, b) | InplaceFastConst(_, a, b) => {
            plain(a.into())?;
            within(b.into(), code.consts.len(), "constant")
        }
        ForIterStore(i, _) | LoadFastAttr(i, _) | LoadFastMethod(i, _) | StoreFastAttr(i, _) => plain(i.into()),
        LoadClosure(i) | LoadDeref(i) | LoadClassDeref(i) | StoreDeref(i) | DeleteDeref(i) | MakeCell(i) => cell(i),
        LoadGlobal { cache, name }
        | StoreGlobal { cache, name }
        | LoadAttr { cache, name }
        | LoadMethod { cache, name }
        | StoreAttr { cache, name } => cached(cache, name),
        DeleteGlobal(i) | LoadName(i) | StoreName(i) | DeleteName(i) | LoadSuperAttr(i) | DeleteAttr(i)
        | ImportName(i) | ImportFrom(i) => within(i as usize, code.names.len(), "name"),
        _ => Ok(()),
    }
}
