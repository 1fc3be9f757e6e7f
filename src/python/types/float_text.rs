//! Floats as text and back: shortest digits, a given precision, hexadecimal; exactly CPython's.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// No double has more decimal places than this, so that further ones are zeros.
const ALL_PLACES: usize = 1080;

/// How a float is to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// The shortest digits that give the float back (`repr`).
    Shortest,
    /// `e`: so many places after the point, and an exponent.
    Exponent(usize),
    /// `f`: so many places after the point.
    Fixed(usize),
    /// `g`: so many digits, with an exponent where it is far from 1.
    General(usize),
}

/// The absolute value of a finite float, without sign. `alternate` keeps the point and trailing zeros; `point_zero`
/// adds `.0` to whole numbers.
pub fn digits(f: f64, style: Style, alternate: bool, point_zero: bool) -> String {
    let f = f.abs();
    match style {
        Style::Fixed(places) => {
            let mut text = format!("{f:.*}", places.min(ALL_PLACES));
            pad(&mut text, places);
            if places == 0 && alternate {
                text.push('.');
            }
            text
        }
        Style::Exponent(places) => {
            let (mut mantissa, exponent) = scientific(f, Some(places));
            if places == 0 && alternate {
                mantissa.push('.');
            }
            with_exponent(&mantissa, exponent)
        }
        Style::General(precision) => {
            let precision = precision.max(1);
            let (mantissa, exponent) = scientific(f, Some(precision - 1));
            let limit = precision as i64 - point_zero as i64;
            place_point(&mantissa, exponent, limit, alternate, point_zero)
        }
        Style::Shortest => {
            let (mantissa, exponent) = scientific(f, None);
            place_point(&mantissa, exponent, 16, alternate, point_zero)
        }
    }
}

fn pad(text: &mut String, places: usize) {
    if places > ALL_PLACES {
        text.push_str(&"0".repeat(places - ALL_PLACES));
    }
}

/// `d.ddd` and the exponent of ten.
fn scientific(f: f64, places: Option<usize>) -> (String, i64) {
    let text = match places {
        Some(places) => format!("{f:.*e}", places.min(ALL_PLACES)),
        None => shortest(f),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut mantissa = mantissa.to_string();
    pad(&mut mantissa, places.unwrap_or(0));
    (mantissa, exponent.parse().unwrap_or(0))
}

/// The shortest digits that give the float back. Where two texts of that length lie equally near, CPython takes the
/// even one, as rounding to a number of digits does.
fn shortest(f: f64) -> String {
    let text = format!("{f:e}");
    let digits = text.split('e').next().map_or(0, |mantissa| mantissa.bytes().filter(u8::is_ascii_digit).count());
    let rounded = format!("{f:.*e}", digits.max(1) - 1);
    if rounded != text && rounded.parse() == Ok(f) { rounded } else { text }
}

fn with_exponent(mantissa: &str, exponent: i64) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

fn place_point(mantissa: &str, exponent: i64, limit: i64, alternate: bool, point_zero: bool) -> String {
    let mut digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    if !alternate {
        let kept = digits.trim_end_matches('0').len().max(1);
        digits.truncate(kept);
    }
    let point = exponent + 1;
    if point <= -4 || point > limit {
        let (first, rest) = digits.split_at(1);
        let mantissa = if rest.is_empty() && !alternate { first.to_string() } else { format!("{first}.{rest}") };
        return with_exponent(&mantissa, exponent);
    }
    if point <= 0 {
        return format!("0.{}{digits}", "0".repeat(-point as usize));
    }
    let point = point as usize;
    if digits.len() <= point {
        digits.push_str(&"0".repeat(point - digits.len()));
        if point_zero {
            digits.push_str(".0");
        } else if alternate {
            digits.push('.');
        }
        return digits;
    }
    digits.insert(point, '.');
    digits
}

/// `repr()` of a float.
pub fn repr(f: f64) -> String {
    if f.is_nan() {
        return "nan".into();
    }
    let sign = if f.is_sign_negative() { "-" } else { "" };
    if f.is_infinite() {
        return format!("{sign}inf");
    }
    format!("{sign}{}", digits(f, Style::Shortest, false, true))
}

/// A float as `float()` reads it, without surrounding space; `None` when it is malformed.
pub fn parse(text: &str) -> Option<f64> {
    let plain = without_underscores(text)?;
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let negative = plain.starts_with('-');
    let value = match unsigned.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        lower => {
            let (mantissa, exponent) = lower.split_once('e').map_or((lower, None), |(m, e)| (m, Some(e)));
            let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
            let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
            if !is_digits(whole) || !is_digits(places) || whole.is_empty() && places.is_empty() {
                return None;
            }
            if let Some(exponent) = exponent {
                let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if digits.is_empty() || !is_digits(digits) {
                    return None;
                }
            }
            lower.parse::<f64>().ok()?
        }
    };
    Some(if negative { -value } else { value })
}

/// Removes underscores, each of which must stand between two digits.
fn without_underscores(text: &str) -> Option<String> {
    if !text.contains('_') {
        return Some(text.into());
    }
    let bytes = text.as_bytes();
    for (i, b) in bytes.iter().enumerate() {
        let digit_at = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        if *b == b'_' && !(i > 0 && digit_at(i - 1) && digit_at(i + 1)) {
            return None;
        }
    }
    Some(text.replace('_', ""))
}

/// The mantissa of 53 bits at most and the exponent of two.
pub fn parts(f: f64) -> (u64, i32) {
    let bits = f.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    let mantissa = bits & ((1 << 52) - 1);
    if exponent == 0 { (mantissa, -1074) } else { (mantissa | 1 << 52, exponent - 1075) }
}

/// The whole part of a finite float.
pub fn truncated(f: f64) -> BigInt {
    let (mantissa, exponent) = parts(f);
    let whole = BigInt::from(mantissa);
    let whole = if exponent >= 0 { whole << exponent as u32 } else { whole >> (-exponent) as u32 };
    if f < 0.0 { -whole } else { whole }
}

/// Numerator and denominator of a finite float, in lowest terms.
pub fn ratio(f: f64) -> (BigInt, BigInt) {
    let (mantissa, exponent) = parts(f);
    if mantissa == 0 {
        return (BigInt::zero(), BigInt::from(1));
    }
    let twos = mantissa.trailing_zeros() as i32;
    let (mantissa, exponent) = (BigInt::from(mantissa >> twos), exponent + twos);
    let mantissa = if f < 0.0 { -mantissa } else { mantissa };
    if exponent >= 0 {
        (mantissa << exponent as u32, BigInt::from(1))
    } else {
        (mantissa, BigInt::from(1) << (-exponent) as u32)
    }
}

/// `float.hex()`
pub fn hex(f: f64) -> String {
    if !f.is_finite() {
        return repr(f);
    }
    let sign = if f.is_sign_negative() { "-" } else { "" };
    if f == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let (mantissa, exponent) = parts(f);
    let (lead, exponent) = (mantissa >> 52, exponent + 52);
    let plus = if exponent < 0 { '-' } else { '+' };
    format!("{sign}0x{lead}.{:013x}p{plus}{}", mantissa & ((1 << 52) - 1), exponent.abs())
}

/// Why `float.fromhex()` fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HexError {
    /// Not of the form.
    Malformed,
    /// Beyond the largest float.
    TooLarge,
}

/// `float.fromhex()`
pub fn from_hex(text: &str) -> Result<f64, HexError> {
    let text = text.trim_matches(super::unicode::is_space).to_ascii_lowercase();
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let sign = if negative { -1.0 } else { 1.0 };
    match unsigned {
        "inf" | "infinity" => return Ok(sign * f64::INFINITY),
        "nan" => return Ok(f64::NAN),
        _ => {}
    }
    let unsigned = unsigned.strip_prefix("0x").unwrap_or(unsigned);
    let (mantissa, exponent) = match unsigned.split_once('p') {
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(HexError::Malformed);
            }
            let size = digits.parse::<i64>().unwrap_or(1 << 40).min(1 << 40);
            (mantissa, if exponent.starts_with('-') { -size } else { size })
        }
        None => (unsigned, 0),
    };
    let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{places}");
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(HexError::Malformed);
    }
    let digits = BigInt::parse_bytes(all.as_bytes(), 16).ok_or(HexError::Malformed)?;
    if digits.is_zero() {
        return Ok(sign * 0.0);
    }
    // Cut to 53 bits (fewer below the normal range), halves to even.
    let mut exponent = exponent - 4 * places.len() as i64;
    let top = digits.bits() as i64 + exponent;
    if top > 1024 {
        return Err(HexError::TooLarge);
    }
    if top < -1080 {
        return Ok(sign * 0.0);
    }
    let cut = (digits.bits() as i64 - 53).max(-1074 - exponent);
    let rounded = if cut > 0 {
        exponent += cut;
        half_even_shift(&digits, cut as u64)
    } else {
        digits
    };
    let value = libm::scalbn(rounded.to_f64().unwrap_or(f64::INFINITY), exponent as i32);
    if value.is_infinite() { Err(HexError::TooLarge) } else { Ok(sign * value) }
}

/// `n / 2^shift` rounded to the nearest, halves to even.
fn half_even_shift(n: &BigInt, shift: u64) -> BigInt {
    let q = n >> shift;
    let rest = n - (&q << shift);
    let half = BigInt::from(1) << (shift - 1);
    if rest > half || rest == half && q.bit(0) { q + 1 } else { q }
}

/// `round(f, places)` of a finite float.
pub fn rounded(f: f64, places: i64) -> f64 {
    if places > 323 {
        return f;
    }
    if places < -308 {
        return f * 0.0;
    }
    if places >= 0 {
        return format!("{f:.*}", places as usize).parse().unwrap_or(f);
    }
    let unit = BigInt::from(10).pow(-places as u32);
    let whole = truncated(f).abs();
    let has_fraction = f != libm::trunc(f);
    let quotient = &whole / &unit;
    let twice = (&whole - &quotient * &unit) * 2;
    let up = twice > unit || twice == unit && (has_fraction || quotient.bit(0));
    let result = (if up { quotient + 1 } else { quotient }) * unit;
    result.to_f64().unwrap_or(f64::INFINITY).copysign(f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_is_the_shortest_text_that_reads_back() {
        for (f, text) in [
            (0.1, "0.1"),
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e16, "1e+16"),
            (9999999999999998.0, "9999999999999998.0"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (1.5e300, "1.5e+300"),
            (123456789.125, "123456789.125"),
            (5e-324, "5e-324"),
            (-675_550_552_530_831.2, "-675550552530831.2"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(repr(f), text);
        }
    }

    #[test]
    fn halves_round_to_even_at_every_precision() {
        let fixed = |f, n| digits(f, Style::Fixed(n), false, false);
        assert_eq!(
            [fixed(0.5, 0), fixed(1.5, 0), fixed(2.5, 0), fixed(0.125, 2), fixed(0.375, 2)],
            ["0", "2", "2", "0.12", "0.38"]
        );
        assert_eq!(digits(0.5, Style::Exponent(0), true, false), "5.e-01");
        assert_eq!(digits(2.5, Style::General(1), false, false), "2");
        assert_eq!(digits(1.0, Style::Fixed(1100), false, false).len(), 1102);
        assert_eq!([rounded(2.675, 2), rounded(0.5, 0), rounded(1.5, 0), rounded(2.5, 0)], [2.67, 0.0, 2.0, 2.0]);
        assert_eq!(
            [rounded(25.0, -1), rounded(35.0, -1), rounded(25.5, -1), rounded(-15.0, -1)],
            [20.0, 40.0, 30.0, -20.0]
        );
    }

    #[test]
    fn general_style_chooses_between_point_and_exponent() {
        let general = |f, n| digits(f, Style::General(n), false, false);
        assert_eq!(
            [general(100000.0, 6), general(1e6, 6), general(1e-4, 6), general(1e-5, 6), general(0.0, 6)],
            ["100000", "1e+06", "0.0001", "1e-05", "0"]
        );
        assert_eq!(digits(1.0, Style::General(6), true, false), "1.00000");
        assert_eq!(digits(1e5, Style::General(3), true, false), "1.00e+05");
        assert_eq!(digits(123.0, Style::General(3), false, true), "1.23e+02");
        assert_eq!(digits(0.0, Style::General(3), false, true), "0.0");
    }

    #[test]
    fn floats_are_read_as_python_reads_them() {
        for (text, value) in
            [("1_0.5", 10.5), (".5", 0.5), ("5.", 5.0), ("+1E5", 1e5), ("-Infinity", f64::NEG_INFINITY)]
        {
            assert_eq!(parse(text), Some(value));
        }
        for text in ["", ".", "1__0", "_1", "1_", "e5", "1e", "0x1", "1 2", "infin", "--1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn hexadecimal_floats_go_both_ways() {
        assert_eq!(hex(0.1), "0x1.999999999999ap-4");
        assert_eq!(hex(-5e-324), "-0x0.0000000000001p-1022");
        assert_eq!(hex(0.0), "0x0.0p+0");
        for f in [0.1, 1.0, -3.75, 1e300, 5e-324, 2.2250738585072014e-308] {
            assert_eq!(from_hex(&hex(f)), Ok(f));
        }
        assert_eq!(from_hex("x"), Err(HexError::Malformed));
        assert_eq!(from_hex("0x1p5000"), Err(HexError::TooLarge));
        assert_eq!(from_hex("0x1.00000000000008p0"), Ok(1.0));
        assert_eq!(from_hex("0x1.00000000000018p0"), Ok(1.0000000000000004));
    }

    #[test]
    fn ratios_are_exact_and_in_lowest_terms() {
        let text = |f| {
            let (n, d) = ratio(f);
            format!("{n}/{d}")
        };
        assert_eq!([text(0.5), text(-2.25), text(1e16), text(0.0)], ["1/2", "-9/4", "10000000000000000/1", "0/1"]);
    }
}
