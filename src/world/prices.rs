//! What each operation of the viewer's own code costs: the cost table applied to the VM's operations.

use crate::python::code::{BinaryOp, Op};
use crate::python::unit::Surcharges;
use crate::python::vm::{Prices, TICKS_PER_NS};

use super::costs::Bytecode;

/// The cost table's figures [ps] as prices [ticks].
pub fn prices(figures: &Bytecode) -> Prices {
    let ticks = |ps: u64| ((ps * TICKS_PER_NS as u64 + 500) / 1000) as u32;
    let beside = |ps: u64, usual: u64| ticks(ps) as i32 - ticks(usual) as i32;
    Prices {
        local: ticks(figures.local),
        jump: ticks(figures.jump),
        jump_back: ticks(figures.jump_back),
        for_iter: ticks(figures.for_iter),
        global: ticks(figures.global),
        attr_load: ticks(figures.attr_load),
        attr_store: ticks(figures.attr_store),
        item_load: ticks(figures.item_load),
        item_store: ticks(figures.item_store),
        arithmetic: ticks(figures.arithmetic),
        bitwise: ticks(figures.bitwise),
        compare: ticks(figures.compare),
        call: ticks(figures.call_python),
        call_argument: ticks(figures.call_argument),
        build: ticks(figures.build),
        format_value: ticks(figures.format_value),
        resume: ticks(figures.resume),
        raise: ticks(figures.raise),
        import: ticks(figures.import),
        other: ticks(figures.other),
        surcharges: Surcharges {
            call_c: beside(figures.call_c, figures.call_python),
            call_class: ticks(figures.call_class) as i32,
            with: ticks(figures.with) as i32,
            dict_load: beside(figures.dict_load, figures.item_load),
            float: beside(figures.float_arithmetic, figures.arithmetic),
        },
    }
}

/// The price of one operation [ticks]. Fused operations cost what their parts do.
pub fn price(p: &Prices, op: Op) -> u32 {
    let operator = |operator: BinaryOp| match operator {
        BinaryOp::And | BinaryOp::Or | BinaryOp::Xor | BinaryOp::LShift | BinaryOp::RShift => p.bitwise,
        _ => p.arithmetic,
    };
    match op {
        // The first is no instruction, the second part of a call.
        Op::Nop | Op::Return => 0,
        Op::PopTop
        | Op::Dup
        | Op::Dup2
        | Op::Swap(_)
        | Op::Copy(_)
        | Op::RotDown(_)
        | Op::PushNull
        | Op::LoadConst(_)
        | Op::LoadFast(_)
        | Op::LoadFastAttr(..)
        | Op::LoadFastMethod(..)
        | Op::StoreFastAttr(..)
        | Op::StoreFast(_)
        | Op::DeleteFast(_)
        | Op::ClearFast(_)
        | Op::MakeCell(_)
        | Op::LoadClosure(_)
        | Op::LoadDeref(_)
        | Op::StoreDeref(_)
        | Op::DeleteDeref(_) => p.local,
        Op::LoadClassDeref(_)
        | Op::LoadGlobal { .. }
        | Op::StoreGlobal { .. }
        | Op::DeleteGlobal(_)
        | Op::LoadName(_)
        | Op::StoreName(_)
        | Op::DeleteName(_)
        | Op::LoadBuildClass
        | Op::LoadAssertionError => p.global,
        Op::LoadAttr { .. } | Op::LoadMethod { .. } | Op::LoadSuperAttr(_) => p.attr_load,
        Op::StoreAttr { .. } | Op::DeleteAttr(_) => p.attr_store,
        Op::LoadItem => p.item_load,
        Op::StoreItem | Op::DeleteItem => p.item_store,
        Op::Binary(op) | Op::Inplace(op) => operator(op),
        Op::BinaryFastConst(op, ..)
        | Op::BinaryFast2(op, ..)
        | Op::InplaceFastConst(op, ..)
        | Op::InplaceFast2(op, ..) => 2 * p.local + operator(op),
        Op::Unary(_) => p.bitwise,
        Op::Compare(_)
        | Op::Is(_)
        | Op::Contains(_)
        | Op::MatchSequence
        | Op::MatchMapping
        | Op::MatchKeys
        | Op::MatchClass(_)
        | Op::GetLen => p.compare,
        Op::CompareJumpIfFalse(..) => p.compare + p.jump,
        Op::BuildSlice(_)
        | Op::BuildTuple(_)
        | Op::BuildList(_)
        | Op::BuildSet(_)
        | Op::BuildDict(_)
        | Op::ListToTuple
        | Op::StarArgs => p.build,
        Op::BuildString(_) | Op::FormatValue { .. } => p.format_value,
        Op::ListAppend(_)
        | Op::SetAdd(_)
        | Op::MapAdd(_)
        | Op::ListExtend(_)
        | Op::SetUpdate(_)
        | Op::DictUpdate(_)
        | Op::DictMerge(_) => p.item_store,
        Op::Jump(_)
        | Op::PopJumpIfTrue(_)
        | Op::PopJumpIfFalse(_)
        | Op::PopJumpIfNone(_)
        | Op::PopJumpIfNotNone(_)
        | Op::JumpIfTrueOrPop(_)
        | Op::JumpIfFalseOrPop(_) => p.jump,
        Op::JumpBack(_) => p.jump_back,
        Op::ForIter(_) => p.for_iter,
        Op::ForIterStore(..) => p.for_iter + p.local,
        Op::Call(n) => p.call + n * p.call_argument,
        Op::CallKw { argc, .. } => p.call + argc as u32 * p.call_argument,
        Op::CallEx(_) => p.call + 2 * p.call_argument,
        Op::Yield | Op::YieldFrom | Op::ReturnGenerator => p.resume,
        // Where its handler begins, as many exceptions are raised by other operations.
        Op::PushExc => p.raise,
        Op::ImportName(_) | Op::ImportFrom(_) | Op::ImportStar => p.import,
        Op::LoadFast2(..) | Op::LoadFastConst(..) | Op::StoreLoadFast(..) => 2 * p.local,
        _ => p.other,
    }
}
