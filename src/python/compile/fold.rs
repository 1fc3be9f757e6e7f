//! Constants known before the program runs.

use std::rc::Rc;

use num_bigint::BigInt;
use ruff_python_ast::{Expr, Number, Operator, UnaryOp};

use crate::python::code::Const;

/// Longer strings and tuples are not multiplied out in advance.
const LONGEST: usize = 4096;

/// The value of an expression that is a constant, or made of constants by arithmetic that cannot fail.
pub fn fold(expr: &Expr) -> Option<Const> {
    match expr {
        Expr::NoneLiteral(_) => Some(Const::None),
        Expr::EllipsisLiteral(_) => Some(Const::Ellipsis),
        Expr::BooleanLiteral(b) => Some(Const::Bool(b.value)),
        Expr::NumberLiteral(n) => match &n.value {
            Number::Int(i) => Some(match i.as_i64() {
                Some(small) => Const::Int(small),
                None => integer(big(&i.to_string())?),
            }),
            Number::Float(f) => Some(Const::Float(*f)),
            Number::Complex { .. } => None,
        },
        Expr::StringLiteral(s) => Some(Const::Str(s.value.to_str().into())),
        Expr::BytesLiteral(b) => Some(Const::Bytes(b.value.bytes().collect::<Vec<u8>>().into())),
        Expr::Name(name) if name.id.as_str() == "__debug__" => Some(Const::Bool(true)),
        Expr::Tuple(tuple) => tuple.elts.iter().map(fold).collect::<Option<Vec<_>>>().map(|v| Const::Tuple(v.into())),
        Expr::UnaryOp(unary) => {
            let operand = fold(&unary.operand)?;
            match (unary.op, operand) {
                (UnaryOp::USub, Const::Float(f)) => Some(Const::Float(-f)),
                (UnaryOp::UAdd, Const::Float(f)) => Some(Const::Float(f)),
                (UnaryOp::USub, value) => Some(integer(-whole(&value)?)),
                (UnaryOp::UAdd, value) => Some(integer(whole(&value)?)),
                (UnaryOp::Invert, value) => Some(integer(!whole(&value)?)),
                (UnaryOp::Not, value) => Some(Const::Bool(!truth(&value))),
            }
        }
        Expr::BinOp(binary) => fold_binary(fold(&binary.left)?, binary.op, fold(&binary.right)?),
        _ => None,
    }
}

/// The digits of an integer literal, in any base.
fn big(text: &str) -> Option<BigInt> {
    let text = text.replace('_', "");
    let (digits, radix) = match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => (&text[2..], 16),
        Some("0o") => (&text[2..], 8),
        Some("0b") => (&text[2..], 2),
        _ => (&text[..], 10),
    };
    BigInt::parse_bytes(digits.as_bytes(), radix)
}

fn integer(value: BigInt) -> Const {
    match i64::try_from(&value) {
        Ok(small) => Const::Int(small),
        Err(_) => Const::Big(Rc::new(value)),
    }
}

/// The value as an integer, if it is one (not a `bool`: `-True` is left to run time).
fn whole(value: &Const) -> Option<BigInt> {
    match value {
        Const::Int(i) => Some(BigInt::from(*i)),
        Const::Big(b) => Some(BigInt::clone(b)),
        _ => None,
    }
}

fn float(value: &Const) -> Option<f64> {
    match value {
        Const::Float(f) => Some(*f),
        Const::Int(i) if i.unsigned_abs() <= 1 << 53 => Some(*i as f64),
        _ => None,
    }
}

fn fold_binary(left: Const, op: Operator, right: Const) -> Option<Const> {
    if let (Some(a), Some(b)) = (whole(&left), whole(&right)) {
        let small = |value: &BigInt| i64::try_from(value).ok();
        return match op {
            Operator::Add => Some(integer(a + b)),
            Operator::Sub => Some(integer(a - b)),
            Operator::Mult if a.bits() + b.bits() <= 128 => Some(integer(a * b)),
            Operator::LShift => match small(&b)? {
                n @ 0..=128 if a.bits() + n as u64 <= 128 => Some(integer(a << n)),
                _ => None,
            },
            // The limit that CPython sets itself (`Python/ast_opt.c`, `safe_power`), rounded down as there.
            Operator::Pow => match small(&b)? {
                n @ 1..=128 if a.bits() <= 128 / n as u64 => Some(integer(a.pow(n as u32))),
                0 => Some(Const::Int(1)),
                _ => None,
            },
            Operator::Div => divide(float(&left)?, float(&right)?),
            Operator::FloorDiv | Operator::Mod => match (small(&a)?, small(&b)?) {
                (a, b @ 1..) if op == Operator::Mod => Some(Const::Int(a.rem_euclid(b))),
                (a, b @ 1..) => Some(Const::Int(a.div_euclid(b))),
                _ => None,
            },
            Operator::BitOr => Some(integer(a | b)),
            Operator::BitAnd => Some(integer(a & b)),
            Operator::BitXor => Some(integer(a ^ b)),
            _ => None,
        };
    }
    match (&left, op, &right) {
        (Const::Str(a), Operator::Add, Const::Str(b)) if a.len() + b.len() <= LONGEST => {
            Some(Const::Str(format!("{a}{b}").into()))
        }
        (Const::Str(text), Operator::Mult, Const::Int(n)) | (Const::Int(n), Operator::Mult, Const::Str(text)) => {
            let n = usize::try_from(*n).unwrap_or(0);
            (text.len().checked_mul(n)? <= LONGEST).then(|| Const::Str(text.repeat(n).into()))
        }
        _ => {
            let (a, b) = (float(&left)?, float(&right)?);
            match op {
                Operator::Add => Some(Const::Float(a + b)),
                Operator::Sub => Some(Const::Float(a - b)),
                Operator::Mult => Some(Const::Float(a * b)),
                Operator::Div => divide(a, b),
                _ => None,
            }
        }
    }
}

fn divide(a: f64, b: f64) -> Option<Const> {
    (b != 0.0).then(|| Const::Float(a / b))
}

/// Whether `bool(value)`.
pub fn truth(value: &Const) -> bool {
    match value {
        Const::None => false,
        Const::Bool(b) => *b,
        Const::Int(i) => *i != 0,
        Const::Float(f) => *f != 0.0,
        Const::Str(s) => !s.is_empty(),
        Const::Bytes(b) => !b.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
        Const::Ellipsis | Const::Big(_) | Const::Code(_) => true,
    }
}
