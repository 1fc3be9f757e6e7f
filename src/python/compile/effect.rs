//! What each operation does to the operand stack and where it may go next.

use crate::python::code::Op;

/// Operands taken and left, when execution goes on with the next operation.
pub fn effect(op: Op) -> (u32, u32) {
    use Op::*;
    match op {
        Nop => (0, 0),
        PopTop => (1, 0),
        Dup => (1, 2),
        Dup2 => (2, 4),
        Swap(n) => (n + 1, n + 1),
        Copy(n) => (n + 1, n + 2),
        RotDown(n) => (n + 1, n + 1),
        PushNull => (1, 2),
        LoadConst(_) | LoadFast(_) | LoadClosure(_) | LoadDeref(_) | LoadClassDeref(_) => (0, 1),
        LoadGlobal { .. } | LoadName(_) | LoadBuildClass | LoadAssertionError => (0, 1),
        StoreFast(_) | StoreDeref(_) | StoreGlobal { .. } | StoreName(_) => (1, 0),
        DeleteFast(_) | ClearFast(_) | MakeCell(_) | DeleteDeref(_) | DeleteGlobal(_) | DeleteName(_) => (0, 0),
        LoadAttr { .. } => (1, 1),
        LoadMethod { .. } => (1, 2),
        LoadSuperAttr(_) => (2, 1),
        StoreAttr { .. } => (2, 0),
        DeleteAttr(_) => (1, 0),
        LoadItem => (2, 1),
        StoreItem => (3, 0),
        DeleteItem => (2, 0),
        BuildSlice(n) => (n, 1),
        Binary(_) | Inplace(_) | Compare(_) | Is(_) | Contains(_) => (2, 1),
        Unary(_) => (1, 1),
        BuildTuple(n) | BuildList(n) | BuildSet(n) | BuildString(n) => (n, 1),
        BuildDict(n) => (2 * n, 1),
        FormatValue { has_spec, .. } => (1 + u32::from(has_spec), 1),
        ListAppend(n) | SetAdd(n) | ListExtend(n) | SetUpdate(n) | DictUpdate(n) | DictMerge(n) => (n + 1, n),
        MapAdd(n) => (n + 2, n),
        ListToTuple | StarArgs => (1, 1),
        UnpackSequence(n) => (1, n),
        UnpackEx { before, after } => (1, u32::from(before) + 1 + u32::from(after)),
        Jump(_) | JumpBack(_) => (0, 0),
        PopJumpIfTrue(_) | PopJumpIfFalse(_) | PopJumpIfNone(_) | PopJumpIfNotNone(_) => (1, 0),
        JumpIfTrueOrPop(_) | JumpIfFalseOrPop(_) => (1, 0),
        GetIter | GetAiter | GetAwaitable(_) | GetYieldFromIter => (1, 1),
        ForIter(_) => (1, 2),
        Call(n) => (n + 2, 1),
        CallKw { argc, .. } => (u32::from(argc) + 2, 1),
        CallEx(has_keywords) => (3 + u32::from(has_keywords), 1),
        MakeFunction { flags, .. } => (flags.count_ones(), 1),
        Return => (1, 0),
        ReturnGenerator | SetupAnnotations => (0, 0),
        MatchSequence | MatchMapping | GetLen => (1, 2),
        MatchKeys => (2, 3),
        MatchClass(_) => (3, 1),
        Imaginary => (1, 1),
        Yield => (1, 1),
        YieldFrom => (2, 1),
        GetAnext => (1, 2),
        EndAsyncFor => (2, 0),
        BeforeWith | BeforeAsyncWith => (1, 2),
        WithExceptStart => (3, 4),
        PushExc => (1, 2),
        PopExcept => (1, 0),
        CheckExcMatch | CheckEgMatch => (2, 2),
        PrepReraiseStar => (2, 1),
        Reraise => (1, 0),
        Raise(n) => (n, 0),
        ImportName(_) => (2, 1),
        ImportFrom(_) => (1, 2),
        ImportStar => (1, 0),
        LoadFastAttr(..) | LoadFastMethod(..) | StoreFastAttr(..) => (0, 1),
        LoadFast2(..) | LoadFastConst(..) => (0, 2),
        StoreLoadFast(..) => (1, 1),
        BinaryFastConst(..) | BinaryFast2(..) | InplaceFastConst(..) | InplaceFast2(..) => (0, 1),
        CompareJumpIfFalse(..) => (2, 0),
        ForIterStore(..) => (1, 1),
    }
}

/// Where the operation may jump, with the operands it takes and leaves when it does.
pub fn jump(op: Op) -> Option<(u32, (u32, u32))> {
    use Op::*;
    match op {
        Jump(to) | JumpBack(to) => Some((to, (0, 0))),
        PopJumpIfTrue(to) | PopJumpIfFalse(to) | PopJumpIfNone(to) | PopJumpIfNotNone(to) => Some((to, (1, 0))),
        JumpIfTrueOrPop(to) | JumpIfFalseOrPop(to) => Some((to, (1, 1))),
        ForIter(to) | ForIterStore(_, to) => Some((to, (1, 0))),
        CompareJumpIfFalse(_, to) => Some((to, (2, 0))),
        _ => None,
    }
}

/// The same operation with another target; an operation that does not jump is returned as it is.
pub fn with_target(op: Op, to: u32) -> Op {
    use Op::*;
    match op {
        Jump(_) => Jump(to),
        JumpBack(_) => JumpBack(to),
        PopJumpIfTrue(_) => PopJumpIfTrue(to),
        PopJumpIfFalse(_) => PopJumpIfFalse(to),
        PopJumpIfNone(_) => PopJumpIfNone(to),
        PopJumpIfNotNone(_) => PopJumpIfNotNone(to),
        JumpIfTrueOrPop(_) => JumpIfTrueOrPop(to),
        JumpIfFalseOrPop(_) => JumpIfFalseOrPop(to),
        ForIter(_) => ForIter(to),
        ForIterStore(slot, _) => ForIterStore(slot, to),
        CompareJumpIfFalse(op, _) => CompareJumpIfFalse(op, to),
        other => other,
    }
}

/// Whether execution can go on with the next operation.
pub fn goes_on(op: Op) -> bool {
    !matches!(op, Op::Jump(_) | Op::JumpBack(_) | Op::Return | Op::Reraise | Op::Raise(_))
}
