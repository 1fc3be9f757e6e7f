//! Functions of numbers.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::given;
use crate::python::code::BinaryOp;
use crate::python::function::Args;
use crate::python::names;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

pub(super) fn abs(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "abs", 1, 1)?;
    Ok(match &args.pos[0] {
        Value::Int(i) => Value::int128((*i as i128).abs()),
        Value::Bool(b) => Value::Int(*b as i64),
        Value::Big(b) => Value::big(b.abs()),
        Value::Float(f) => Value::float(f.get().abs()),
        value => match vm.call_special(value, names::ABS, &[])? {
            Some(result) => result,
            None => match value.core().clone() {
                Value::Instance(_) | Value::Obj(_) | Value::Str(_) => {
                    let name = vm.type_name(value);
                    return vm.type_error(format!("bad operand type for abs(): '{name}'"));
                }
                core if !core.is(value) => return abs(vm, &Args { pos: &[core], names: &[], named: &[] }),
                _ => {
                    let name = vm.type_name(value);
                    return vm.type_error(format!("bad operand type for abs(): '{name}'"));
                }
            },
        },
    })
}

/// The value as an integer of any length, by `__index__`.
pub fn integer(vm: &mut Vm, value: &Value) -> R<BigInt> {
    if let Value::Big(b) = value.core() {
        return Ok((**b).clone());
    }
    vm.expect_int(value).map(BigInt::from)
}

pub(super) fn in_base(vm: &mut Vm, args: &Args, name: &str, base: u32, prefix: &str) -> R {
    given(vm, args, name, 1, 1)?;
    let n = integer(vm, &args.pos[0])?;
    let sign = if n.sign() == Sign::Minus { "-" } else { "" };
    Ok(Value::string(format!("{sign}{prefix}{}", n.magnitude().to_str_radix(base))))
}

fn is_float(value: &Value) -> bool {
    matches!(value.core(), Value::Float(_))
}

pub(super) fn divmod(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "divmod", 2, 2)?;
    let (a, b) = (&args.pos[0], &args.pos[1]);
    for (object, name, other) in [(a, names::DIVMOD, b), (b, names::RDIVMOD, a)] {
        if matches!(object, Value::Instance(_))
            && let Some(value) = vm.call_special(object, name, std::slice::from_ref(other))?
            && !matches!(value, Value::NotImplemented)
        {
            return Ok(value);
        }
    }
    let is_number = |v: &Value| matches!(v.core(), Value::Int(_) | Value::Bool(_) | Value::Big(_) | Value::Float(_));
    if !is_number(a) || !is_number(b) {
        let (x, y) = (vm.type_name(a), vm.type_name(b));
        return vm.type_error(format!("unsupported operand type(s) for divmod(): '{x}' and '{y}'"));
    }
    if (is_float(a) || is_float(b)) && !vm.truth(b.core())? {
        return Err(vm.error(ErrorKind::ZeroDivision, "float divmod()"));
    }
    let quotient = vm.binary_op(BinaryOp::FloorDiv, a, b)?;
    let remainder = vm.binary_op(BinaryOp::Mod, a, b)?;
    Ok(Value::tuple([quotient, remainder]))
}

pub(super) fn pow(vm: &mut Vm, args: &Args) -> R {
    let (Some(base), Some(exponent)) = (args.get(0, "base"), args.get(1, "exp")) else {
        return vm.type_error("pow() missing required argument 'exp' (pos 2)");
    };
    match args.get(2, "mod") {
        None | Some(Value::None) => vm.binary_op(BinaryOp::Pow, base, exponent),
        Some(modulus) => {
            let is_int = |v: &Value| matches!(v.core(), Value::Int(_) | Value::Bool(_) | Value::Big(_));
            if matches!(base, Value::Instance(_))
                && let Some(value) = vm.call_special(base, names::POW, &[exponent.clone(), modulus.clone()])?
                && !matches!(value, Value::NotImplemented)
            {
                return Ok(value);
            }
            if !is_int(base) || !is_int(exponent) || !is_int(modulus) {
                return vm.type_error("pow() 3rd argument not allowed unless all arguments are integers");
            }
            let [x, e, m] = [integer(vm, base)?, integer(vm, exponent)?, integer(vm, modulus)?];
            if m.is_zero() {
                return vm.value_error("pow() 3rd argument cannot be 0");
            }
            let size = m.abs();
            let (x, e) = if e.is_negative() {
                let gcd = x.extended_gcd(&size);
                if !gcd.gcd.abs().is_one() {
                    return vm.value_error("base is not invertible for the given modulus");
                }
                ((gcd.x * gcd.gcd).mod_floor(&size), -e)
            } else {
                (x.mod_floor(&size), e)
            };
            let result = x.modpow(&e, &size);
            Ok(Value::big(result.mod_floor(&m)))
        }
    }
}

pub(super) fn round(vm: &mut Vm, args: &Args) -> R {
    let Some(number) = args.get(0, "number") else {
        return vm.type_error("round() missing required argument 'number' (pos 1)");
    };
    let rest: &[Value] = match args.get(1, "ndigits") {
        None | Some(Value::None) => &[],
        Some(digits) => std::slice::from_ref(digits),
    };
    match vm.call_special(number, names::ROUND, rest)? {
        Some(value) => Ok(value),
        None => {
            let name = vm.type_name(number);
            vm.type_error(format!("type {name} doesn't define __round__ method"))
        }
    }
}

pub(super) fn chr(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "chr", 1, 1)?;
    let n = vm.expect_int(&args.pos[0])?;
    if !(0..0x11_0000).contains(&n) {
        return vm.value_error("chr() arg not in range(0x110000)");
    }
    match char::from_u32(n as u32) {
        Some(c) => Ok(Value::str(c.encode_utf8(&mut [0; 4]))),
        None => vm.value_error(format!("chr({n:#x}): lone surrogates are not simulated")),
    }
}

pub(super) fn ord(vm: &mut Vm, args: &Args) -> R {
    given(vm, args, "ord", 1, 1)?;
    let n = match args.pos[0].core() {
        Value::Str(s) => {
            let mut chars = s.as_str().chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => return Ok(Value::Int(c as i64)),
                _ => s.n_chars(),
            }
        }
        Value::Bytes(b) if b.len() == 1 => return Ok(Value::Int(b[0] as i64)),
        Value::Bytes(b) => b.len(),
        other => {
            let name = vm.type_name(other);
            return vm.type_error(format!("ord() expected string of length 1, but {name} found"));
        }
    };
    vm.type_error(format!("ord() expected a character, but string of length {n} found"))
}
