//! Integers as text and back.

use num_bigint::BigInt;

use super::{bytes, str, unicode};
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

/// More decimal digits than this are refused, in either direction.
const LIMIT: usize = 4300;

/// `repr()` of an integer.
pub fn decimal(vm: &Vm, n: &BigInt) -> R<String> {
    let text = n.to_string();
    if text.len() > LIMIT && text.trim_start_matches('-').len() > LIMIT {
        return vm.value_error(format!(
            "Exceeds the limit ({LIMIT} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        ));
    }
    Ok(text)
}

/// The integer that a string or bytes say in a base (0: as in a program); `None` for other types.
pub fn read(vm: &mut Vm, value: &Value, base: u32) -> R<Option<Value>> {
    let (text, shown) = match value.core() {
        Value::Str(s) => (s.as_str().to_string(), str::repr(s.as_str())),
        _ => match bytes::content(value) {
            Some(b) => (b.iter().map(|b| *b as char).collect(), bytes::repr(&b)),
            None => return Ok(None),
        },
    };
    let trimmed = text.trim_matches(unicode::is_space);
    let n_digits = trimmed.chars().filter(|c| unicode::decimal(*c).is_some()).count();
    let binary = matches!(base, 2 | 4 | 8 | 16 | 32)
        || base == 0
            && trimmed.trim_start_matches(['+', '-']).len() > 1
            && matches!(
                trimmed.trim_start_matches(['+', '-']).as_bytes()[..2],
                [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B']
            );
    match parse(trimmed, base) {
        Some(_) if n_digits > LIMIT && !binary => vm.value_error(format!(
            "Exceeds the limit ({LIMIT} digits) for integer string conversion: value has {n_digits} digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        )),
        Some(n) => Ok(Some(Value::big(n))),
        None => {
            let shown: String = shown.chars().take(200).collect();
            vm.value_error(format!("invalid literal for int() with base {base}: {shown}"))
        }
    }
}

/// An integer in a base, with sign, prefix and underscores.
pub fn parse(text: &str, base: u32) -> Option<BigInt> {
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    // Digits of any script count.
    let plain: String = unsigned
        .chars()
        .map(|c| unicode::decimal(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c.to_ascii_lowercase()))
        .collect();
    let prefix = match plain.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => 0,
    };
    let (radix, digits) = match base {
        0 if prefix != 0 => (prefix, plain[2..].strip_prefix('_').unwrap_or(&plain[2..])),
        0 => {
            // A leading zero would be taken for octal by readers; only zero itself may have them.
            if plain.starts_with('0') && plain.contains(|c| c != '0' && c != '_') {
                return None;
            }
            (10, plain.as_str())
        }
        _ if prefix == base => (base, plain[2..].strip_prefix('_').unwrap_or(&plain[2..])),
        _ => (base, plain.as_str()),
    };
    if digits.is_empty() || digits.starts_with('_') || digits.ends_with('_') || digits.contains("__") {
        return None;
    }
    let digits = digits.replace('_', "");
    if !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let n = BigInt::parse_bytes(digits.as_bytes(), radix)?;
    Some(if negative { -n } else { n })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_in_every_base() {
        let read = |text, base| parse(text, base).map(|n| n.to_string());
        for (text, base, value) in [
            ("10", 10, "10"),
            ("-1_0", 10, "-10"),
            ("+7", 10, "7"),
            ("0x1f", 16, "31"),
            ("0x_1f", 0, "31"),
            ("0O17", 0, "15"),
            ("0b11", 2, "3"),
            ("b1", 16, "177"),
            ("00", 0, "0"),
            ("z", 36, "35"),
            ("١٢", 10, "12"),
        ] {
            assert_eq!(read(text, base).as_deref(), Some(value), "{text}");
        }
        for (text, base) in [
            ("", 10),
            ("x", 10),
            ("1__0", 10),
            ("_1", 10),
            ("1_", 10),
            ("0x1f", 10),
            ("010", 0),
            ("9", 8),
            ("+-1", 10),
            ("0x", 0),
        ] {
            assert_eq!(read(text, base), None, "{text}");
        }
    }
}
