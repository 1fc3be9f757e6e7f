//! Pairs and triples of operations that often stand together become one.
//!
//! Only inside a basic block: an operation that something jumps to, or that begins or ends a handler's
//! range, is never swallowed. A load before an attribute is only marked as such: both stay. A fused operation is placed where the part stands that is most likely to
//! raise: the operator of an arithmetic triple, the comparison before a jump.

use super::effect::{jump, with_target};
use crate::python::code::{Code, Op, Position};

/// The same code with fused operations.
pub fn fuse(mut code: Code) -> Code {
    let n = code.ops.len();
    let mut is_leader = vec![false; n + 1];
    for &op in &code.ops {
        if let Some((to, _)) = jump(op) {
            is_leader[to as usize] = true;
        }
    }
    for handler in &code.handlers {
        for border in [handler.start, handler.end, handler.target] {
            is_leader[border as usize] = true;
        }
    }
    // The new number of each old operation; of the end too, for handlers.
    let mut moved = vec![0u32; n + 1];
    let (mut ops, mut positions) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let mut at = 0;
    while at < n {
        let run = (at + 1..n.min(at + 3)).take_while(|&i| !is_leader[i]).count() + 1;
        let (op, position, taken) = match fused(&code.ops[at..at + run], &code.positions[at..at + run]) {
            Some(found) => found,
            None => (code.ops[at], code.positions[at], 1),
        };
        moved[at..at + taken].fill(ops.len() as u32);
        ops.push(op);
        positions.push(position);
        at += taken;
    }
    moved[n] = ops.len() as u32;
    for op in &mut ops {
        if let Some((to, _)) = jump(*op) {
            *op = with_target(*op, moved[to as usize]);
        }
    }
    for handler in &mut code.handlers {
        handler.start = moved[handler.start as usize];
        handler.end = moved[handler.end as usize];
        handler.target = moved[handler.target as usize];
    }
    code.ops = ops;
    code.positions = positions;
    code
}

/// What the first operations fuse to, its place, and how many they are.
fn fused(ops: &[Op], at: &[Position]) -> Option<(Op, Position, usize)> {
    let small = |number: u32| u16::try_from(number).ok();
    match *ops {
        [Op::LoadFast(a), Op::LoadAttr { cache, .. }, ..] => Some((Op::LoadFastAttr(small(a)?, cache), at[0], 1)),
        [Op::LoadFast(a), Op::LoadMethod { cache, .. }, ..] => Some((Op::LoadFastMethod(small(a)?, cache), at[0], 1)),
        [Op::LoadFast(a), Op::StoreAttr { cache, .. }, ..] => Some((Op::StoreFastAttr(small(a)?, cache), at[0], 1)),
        // Two or three values change places without a tuple, as CPython's compiler has it too.
        [Op::BuildTuple(n @ (2 | 3)), Op::UnpackSequence(m), ..] if n == m => Some((Op::Swap(n - 1), at[0], 2)),
        // The second load goes with the attribute.
        [_, Op::LoadFast(_), Op::LoadAttr { .. } | Op::LoadMethod { .. } | Op::StoreAttr { .. }] => None,
        [Op::LoadFast(a), Op::LoadConst(b), Op::Binary(op), ..] => {
            Some((Op::BinaryFastConst(op, small(a)?, small(b)?), at[2], 3))
        }
        [Op::LoadFast(a), Op::LoadFast(b), Op::Binary(op), ..] => {
            Some((Op::BinaryFast2(op, small(a)?, small(b)?), at[2], 3))
        }
        [Op::LoadFast(a), Op::LoadConst(b), Op::Inplace(op), ..] => {
            Some((Op::InplaceFastConst(op, small(a)?, small(b)?), at[2], 3))
        }
        [Op::LoadFast(a), Op::LoadFast(b), Op::Inplace(op), ..] => {
            Some((Op::InplaceFast2(op, small(a)?, small(b)?), at[2], 3))
        }
        // A load that begins an arithmetic triple is left for it.
        [Op::StoreFast(_), Op::LoadFast(_), Op::LoadFast(_) | Op::LoadConst(_)] => None,
        [Op::StoreFast(a), Op::LoadFast(b), ..] => Some((Op::StoreLoadFast(small(a)?, small(b)?), at[1], 2)),
        [Op::LoadFast(a), Op::LoadFast(b), ..] => Some((Op::LoadFast2(small(a)?, small(b)?), at[0], 2)),
        [Op::LoadFast(a), Op::LoadConst(b), ..] => Some((Op::LoadFastConst(small(a)?, small(b)?), at[0], 2)),
        [Op::Compare(op), Op::PopJumpIfFalse(to), ..] => Some((Op::CompareJumpIfFalse(op, to), at[0], 2)),
        [Op::ForIter(to), Op::StoreFast(a), ..] => Some((Op::ForIterStore(small(a)?, to), at[0], 2)),
        _ => None,
    }
}
