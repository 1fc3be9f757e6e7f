//! The text of an annotation that is not evaluated (`from __future__ import annotations`).
//!
//! CPython writes it anew from the tree. So does this for what hints are made of: names, attributes, subscripts, lists,
//! tuples, plain literals and `|`. Of anything else the text is as the program has it.

use ruff_python_ast::{Expr, Number, Operator, UnaryOp};

use crate::python::types::str::repr;

/// The text as CPython would write it, if it is made of what is known here.
pub(super) fn written(hint: &Expr) -> Option<String> {
    Some(match hint {
        Expr::Name(name) => name.id.to_string(),
        Expr::Attribute(attribute) => format!("{}.{}", written(&attribute.value)?, attribute.attr.id),
        Expr::Subscript(subscript) => {
            let inside = match &*subscript.slice {
                Expr::Tuple(tuple) if tuple.elts.len() > 1 => joined(&tuple.elts)?,
                Expr::Tuple(tuple) if tuple.elts.len() == 1 => format!("{},", joined(&tuple.elts)?),
                other => written(other)?,
            };
            format!("{}[{inside}]", written(&subscript.value)?)
        }
        Expr::List(list) => format!("[{}]", joined(&list.elts)?),
        Expr::Tuple(tuple) if tuple.elts.len() == 1 => format!("({},)", joined(&tuple.elts)?),
        Expr::Tuple(tuple) => format!("({})", joined(&tuple.elts)?),
        Expr::Starred(starred) => format!("*{}", written(&starred.value)?),
        Expr::BinOp(union) if union.op == Operator::BitOr => {
            let right = written(&union.right)?;
            let right = if union.right.is_bin_op_expr() { format!("({right})") } else { right };
            format!("{} | {right}", written(&union.left)?)
        }
        Expr::UnaryOp(minus) if minus.op == UnaryOp::USub && minus.operand.is_number_literal_expr() => {
            format!("-{}", written(&minus.operand)?)
        }
        Expr::StringLiteral(text) => repr(text.value.to_str()),
        Expr::NumberLiteral(number) => match &number.value {
            Number::Int(int) => int.as_u64()?.to_string(),
            _ => return None,
        },
        Expr::BooleanLiteral(truth) => if truth.value { "True" } else { "False" }.into(),
        Expr::NoneLiteral(_) => "None".into(),
        Expr::EllipsisLiteral(_) => "...".into(),
        _ => return None,
    })
}

fn joined(hints: &[Expr]) -> Option<String> {
    let hints: Option<Vec<String>> = hints.iter().map(written).collect();
    Some(hints?.join(", "))
}
