//! Format specifications: `format()`, f-strings and `str.format` for numbers and strings.

use num_bigint::{BigInt, Sign};
use num_traits::Signed;

use super::float_text::{Style, digits};
use crate::python::function::Args;
use crate::python::names;
use crate::python::object::Data;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

/// `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`
#[derive(Clone, Debug)]
pub struct Spec {
    /// Fills up to the width.
    pub fill: char,
    /// `<`, `>`, `=`, `^`; `None` when not given.
    pub align: Option<char>,
    /// `+`, `-` or space.
    pub sign: Option<char>,
    /// `z`: no negative zero.
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// Least number of characters.
    pub width: usize,
    /// `,` or `_`.
    pub grouping: Option<char>,
    /// After the point.
    pub precision: Option<usize>,
    /// The letter at the end.
    pub kind: Option<char>,
}

fn kind_text(c: char) -> String {
    if c.is_ascii_graphic() { c.to_string() } else { format!("\\x{:x}", c as u32) }
}

fn unknown<T>(vm: &Vm, kind: char, type_name: &str) -> R<T> {
    vm.value_error(format!("Unknown format code '{}' for object of type '{type_name}'", kind_text(kind)))
}

impl Spec {
    fn parse(vm: &Vm, text: &str, type_name: &str, default_align: char) -> R<Spec> {
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        let mut spec = Spec {
            fill: ' ',
            align: None,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            kind: None,
        };
        let is_align = |i: usize| matches!(chars.get(i), Some('<' | '>' | '=' | '^'));
        let mut fill_given = false;
        if is_align(1) {
            (spec.fill, spec.align, at, fill_given) = (chars[0], Some(chars[1]), 2, true);
        } else if is_align(0) {
            (spec.align, at) = (Some(chars[0]), 1);
        }
        let is = |at: usize, c: char| chars.get(at) == Some(&c);
        if matches!(chars.get(at), Some('+' | '-' | ' ')) {
            spec.sign = Some(chars[at]);
            at += 1;
        }
        if is(at, 'z') {
            spec.no_negative_zero = true;
            at += 1;
        }
        if is(at, '#') {
            spec.alternate = true;
            at += 1;
        }
        if !fill_given && is(at, '0') {
            spec.fill = '0';
            if spec.align.is_none() && default_align == '>' {
                spec.align = Some('=');
            }
            at += 1;
        }
        spec.width = number(vm, &chars, &mut at)?.unwrap_or(0);
        if is(at, ',') {
            spec.grouping = Some(',');
            at += 1;
        }
        if is(at, '_') {
            if spec.grouping.is_some() {
                return vm.value_error("Cannot specify both ',' and '_'.");
            }
            spec.grouping = Some('_');
            at += 1;
        }
        if is(at, ',') && spec.grouping == Some('_') {
            return vm.value_error("Cannot specify both ',' and '_'.");
        }
        if is(at, '.') {
            at += 1;
            spec.precision = number(vm, &chars, &mut at)?;
            if spec.precision.is_none() {
                return vm.value_error("Format specifier missing precision");
            }
        }
        match chars.len() - at {
            0 => {}
            1 => spec.kind = Some(chars[at]),
            _ => {
                return vm.value_error(format!("Invalid format specifier '{text}' for object of type '{type_name}'"));
            }
        }
        Ok(spec)
    }

    /// Refuses separators that the type does not have.
    fn check_grouping(&self, vm: &Vm, default_kind: Option<char>) -> R<()> {
        let Some(separator) = self.grouping else { return Ok(()) };
        match self.kind.or(default_kind) {
            None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Ok(()),
            Some('b' | 'o' | 'x' | 'X') if separator == '_' => Ok(()),
            Some(kind) => vm.value_error(format!("Cannot specify '{separator}' with '{}'.", kind_text(kind))),
        }
    }

    /// The sign to be written before a number.
    fn sign_text(&self, negative: bool) -> &'static str {
        match self.sign {
            _ if negative => "-",
            Some('+') => "+",
            Some(' ') => " ",
            _ => "",
        }
    }

    /// Puts a text into the width.
    fn pad(&self, vm: &Vm, text: &str, default_align: char) -> R<String> {
        self.lay_out(vm, "", text, default_align)
    }

    /// Puts a number into the width; `=` fills between the head (sign and prefix) and the rest.
    fn lay_out(&self, vm: &Vm, head: &str, rest: &str, default_align: char) -> R<String> {
        let free = self.width.saturating_sub(head.chars().count() + rest.chars().count());
        if free > 1 << 28 {
            return Err(vm.error_empty(ErrorKind::Memory));
        }
        let before = match self.align.unwrap_or(default_align) {
            '<' | '=' => 0,
            '^' => free / 2,
            _ => free,
        };
        let inside = if self.align.unwrap_or(default_align) == '=' { free } else { 0 };
        let fill = |n: usize| std::iter::repeat_n(self.fill, n);
        let mut out = String::with_capacity(head.len() + rest.len() + free * self.fill.len_utf8());
        out.extend(fill(before));
        out.push_str(head);
        out.extend(fill(inside));
        out.push_str(rest);
        out.extend(fill(free - before - inside));
        Ok(out)
    }

    /// Digits before the point with separators; zeros that the width asks for get separators too.
    fn grouped(&self, head: &str, whole: &str, rest: &str, size: usize) -> String {
        let Some(separator) = self.grouping else { return whole.into() };
        if whole.is_empty() {
            return String::new();
        }
        let least = match (self.fill, self.align) {
            ('0', Some('=')) => self.width.saturating_sub(head.len() + rest.len()),
            _ => 0,
        };
        group(whole, separator, size, least)
    }
}

/// Groups digits from the right, with zeros in front up to `least` characters (`_PyUnicode_InsertThousandsGrouping`).
fn group(whole: &str, separator: char, size: usize, least: usize) -> String {
    let mut groups: Vec<String> = Vec::new();
    let mut remaining = whole;
    let mut least = least as i64;
    loop {
        let n = size.min((remaining.len() as i64).max(least).max(1) as usize);
        let (rest, last) = remaining.split_at(remaining.len().saturating_sub(n));
        groups.push(format!("{}{last}", "0".repeat(n - last.len())));
        remaining = rest;
        least -= n as i64;
        if remaining.is_empty() && least <= 0 {
            break;
        }
        least -= 1;
    }
    groups.reverse();
    groups.join(&separator.to_string())
}

fn number(vm: &Vm, chars: &[char], at: &mut usize) -> R<Option<usize>> {
    let start = *at;
    let mut n: usize = 0;
    while let Some(digit) = chars.get(*at).and_then(|c| super::unicode::decimal(*c)) {
        n = match n.checked_mul(10).and_then(|n| n.checked_add(digit as usize)).filter(|n| *n <= i64::MAX as usize) {
            Some(n) => n,
            None => return vm.value_error("Too many decimal digits in format string"),
        };
        *at += 1;
    }
    Ok((*at > start).then_some(n))
}

/// The largest precision that is carried out.
pub fn check_precision(vm: &Vm, precision: usize) -> R<()> {
    if precision > i32::MAX as usize {
        return vm.value_error("precision too big");
    }
    if precision > 1 << 26 {
        return Err(vm.error_empty(ErrorKind::Memory));
    }
    Ok(())
}

impl Vm {
    /// `format(value, spec)`, a `str` value.
    pub fn format(&mut self, value: &Value, spec: &str) -> R {
        match value {
            Value::Str(_) if spec.is_empty() => Ok(value.clone()),
            Value::Str(_) | Value::Int(_) | Value::Big(_) | Value::Bool(_) | Value::Float(_) => {
                self.format_core(value, spec).map(Value::string)
            }
            Value::Instance(_) | Value::Class(_) | Value::Obj(_) => {
                match self.call_special(value, names::FORMAT, &[Value::str(spec)])? {
                    None => self.str_of(value).map(Value::Str),
                    Some(text) if text.as_str().is_some() => Ok(text),
                    Some(other) => {
                        let name = self.type_name(&other);
                        self.type_error(format!("__format__ must return a str, not {name}"))
                    }
                }
            }
            _ if spec.is_empty() => self.str_of(value).map(Value::Str),
            _ => {
                let name = self.type_name(value);
                self.type_error(format!("unsupported format string passed to {name}.__format__"))
            }
        }
    }

    /// The same for a number or string.
    fn format_core(&mut self, value: &Value, spec: &str) -> R<String> {
        if spec.is_empty() {
            return self.str_of(value).map(|s| s.as_str().to_string());
        }
        match value {
            Value::Str(s) => format_str(self, s.as_str(), spec),
            Value::Float(f) => format_float(self, f.get(), spec),
            Value::Bool(b) => format_int(self, &BigInt::from(*b as i64), "bool", spec),
            Value::Int(i) => format_int(self, &BigInt::from(*i), "int", spec),
            Value::Big(i) => format_int(self, i, "int", spec),
            Value::Obj(o) => match &o.data {
                Data::Complex(re, im) => format_complex(self, *re, *im, spec),
                _ => self.str_of(value).map(|s| s.as_str().to_string()),
            },
            _ => self.str_of(value).map(|s| s.as_str().to_string()),
        }
    }
}

/// `int.__format__` and its kin: the receiver, then the specification.
pub fn method(vm: &mut Vm, args: &Args, qualname: &str) -> R {
    super::arguments::arity(vm, args, qualname, 1, 1)?;
    let Some(spec) = args.pos[1].as_str() else {
        let name = vm.type_name(&args.pos[1]);
        return vm.type_error(format!("__format__() argument must be str, not {name}"));
    };
    if spec.is_empty() {
        return vm.str_of(&args.pos[0]).map(Value::Str);
    }
    let core = args.pos[0].core().clone();
    vm.format_core(&core, spec).map(Value::string)
}

fn format_str(vm: &Vm, s: &str, text: &str) -> R<String> {
    let spec = Spec::parse(vm, text, "str", '<')?;
    spec.check_grouping(vm, Some('s'))?;
    if let Some(kind) = spec.kind.filter(|k| *k != 's') {
        return unknown(vm, kind, "str");
    }
    let refused = match () {
        () if spec.sign == Some(' ') => "Space not allowed in string format specifier",
        () if spec.sign.is_some() => "Sign not allowed in string format specifier",
        () if spec.no_negative_zero => "Negative zero coercion (z) not allowed in string format specifier",
        () if spec.alternate => "Alternate form (#) not allowed in string format specifier",
        () if spec.align == Some('=') => "'=' alignment not allowed in string format specifier",
        () => "",
    };
    if !refused.is_empty() {
        return vm.value_error(refused);
    }
    let cut: String = match spec.precision {
        Some(n) => s.chars().take(n).collect(),
        None => s.into(),
    };
    spec.pad(vm, &cut, '<')
}

fn format_int(vm: &mut Vm, n: &BigInt, type_name: &str, text: &str) -> R<String> {
    let spec = Spec::parse(vm, text, type_name, '>')?;
    spec.check_grouping(vm, Some('d'))?;
    let kind = spec.kind.unwrap_or('d');
    if matches!(kind, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') {
        let Some(f) = super::float::big_to_float(n) else {
            return Err(vm.error(ErrorKind::Overflow, "int too large to convert to float"));
        };
        return float_by_spec(vm, f, &spec, type_name);
    }
    if !matches!(kind, 'd' | 'n' | 'b' | 'o' | 'x' | 'X' | 'c') {
        return unknown(vm, kind, type_name);
    }
    if spec.precision.is_some() {
        return vm.value_error("Precision not allowed in integer format specifier");
    }
    if spec.no_negative_zero {
        return vm.value_error("Negative zero coercion (z) not allowed in integer format specifier");
    }
    if kind == 'c' {
        if spec.sign.is_some() {
            return vm.value_error("Sign not allowed with integer format specifier 'c'");
        }
        if spec.alternate {
            return vm.value_error("Alternate form (#) not allowed with integer format specifier 'c'");
        }
        let Some(c) = u32::try_from(n).ok().filter(|c| *c < 0x11_0000) else {
            return Err(vm.error(ErrorKind::Overflow, "%c arg not in range(0x110000)"));
        };
        let c = char::from_u32(c).unwrap_or('\u{fffd}');
        return spec.pad(vm, &c.to_string(), '>');
    }
    let (radix, prefix, size) = match kind {
        'b' => (2, "0b", 4),
        'o' => (8, "0o", 4),
        'x' => (16, "0x", 4),
        'X' => (16, "0X", 4),
        _ => (10, "", 3),
    };
    let mut whole = n.magnitude().to_str_radix(radix);
    if kind == 'X' {
        whole.make_ascii_uppercase();
    }
    let head = format!("{}{}", spec.sign_text(n.sign() == Sign::Minus), if spec.alternate { prefix } else { "" });
    let whole = spec.grouped(&head, &whole, "", size);
    spec.lay_out(vm, &head, &whole, '>')
}

fn format_float(vm: &mut Vm, f: f64, text: &str) -> R<String> {
    let spec = Spec::parse(vm, text, "float", '>')?;
    spec.check_grouping(vm, None)?;
    float_by_spec(vm, f, &spec, "float")
}

fn float_by_spec(vm: &Vm, f: f64, spec: &Spec, type_name: &str) -> R<String> {
    let (negative, body) = float_body(vm, f, spec, type_name, true)?;
    let head = spec.sign_text(negative);
    let whole_end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
    let (whole, rest) = body.split_at(whole_end);
    let body = format!("{}{rest}", spec.grouped(head, whole, rest, 3));
    spec.lay_out(vm, head, &body, '>')
}

/// Whether a minus goes before it, and the text without sign.
fn float_body(vm: &Vm, f: f64, spec: &Spec, type_name: &str, point_zero: bool) -> R<(bool, String)> {
    if let Some(precision) = spec.precision {
        check_precision(vm, precision)?;
    }
    let precision = spec.precision.unwrap_or(6);
    let (f, style, point_zero) = match spec.kind {
        None => match spec.precision {
            None => (f, Style::Shortest, point_zero),
            Some(n) => (f, Style::General(n), point_zero),
        },
        Some('e' | 'E') => (f, Style::Exponent(precision), false),
        Some('f' | 'F') => (f, Style::Fixed(precision), false),
        Some('g' | 'G' | 'n') => (f, Style::General(precision), false),
        Some('%') => (f * 100.0, Style::Fixed(precision), false),
        Some(kind) => return unknown(vm, kind, type_name),
    };
    let mut body = if f.is_nan() {
        "nan".to_string()
    } else if f.is_infinite() {
        "inf".to_string()
    } else {
        digits(f, style, spec.alternate, point_zero)
    };
    if matches!(spec.kind, Some('E' | 'F' | 'G')) {
        body.make_ascii_uppercase();
    }
    let is_zero = !body.contains(|c: char| c.is_ascii_digit() && c != '0') || {
        let mantissa = body.split(['e', 'E']).next().unwrap_or("");
        !mantissa.contains(|c: char| c.is_ascii_digit() && c != '0')
    };
    let negative = f.is_sign_negative() && !f.is_nan() && !(spec.no_negative_zero && f.is_finite() && is_zero);
    if spec.kind == Some('%') {
        body.push('%');
    }
    Ok((negative, body))
}

fn format_complex(vm: &mut Vm, re: f64, im: f64, text: &str) -> R<String> {
    let spec = Spec::parse(vm, text, "complex", '>')?;
    spec.check_grouping(vm, None)?;
    if spec.fill == '0' {
        return vm.value_error("Zero padding is not allowed in complex format specifier");
    }
    if spec.align == Some('=') {
        return vm.value_error("'=' alignment flag is not allowed in complex format specifier");
    }
    if spec.kind == Some('%') {
        return unknown(vm, '%', "complex");
    }
    let only_imaginary = spec.kind.is_none() && re == 0.0 && !re.is_sign_negative();
    let parens = spec.kind.is_none() && !only_imaginary;
    let part = |f: f64, forced_sign: bool| -> R<String> {
        let (negative, body) = float_body(vm, f, &spec, "complex", false)?;
        let sign = if forced_sign && !negative { "+" } else { spec.sign_text(negative) };
        let whole_end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
        let (whole, rest) = body.split_at(whole_end);
        let whole = match spec.grouping {
            Some(separator) if !whole.is_empty() => group(whole, separator, 3, 0),
            _ => whole.into(),
        };
        Ok(format!("{sign}{whole}{rest}"))
    };
    let imaginary = part(im, !only_imaginary)?;
    let text = match (only_imaginary, parens) {
        (true, _) => format!("{imaginary}j"),
        (false, true) => format!("({}{imaginary}j)", part(re, false)?),
        (false, false) => format!("{}{imaginary}j", part(re, false)?),
    };
    spec.pad(vm, &text, '>')
}

/// The digits of an integer in a base that is a power of two or ten, without sign.
pub fn int_digits(n: &BigInt, radix: u32) -> String {
    n.abs().to_str_radix(radix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_before_a_grouped_number_are_grouped_too() {
        assert_eq!(group("1234", ',', 3, 0), "1,234");
        assert_eq!(group("1234", ',', 3, 8), "0,001,234");
        assert_eq!(group("1234", ',', 3, 9), "0,001,234");
        assert_eq!(group("11111111", '_', 4, 0), "1111_1111");
        assert_eq!(group("0", ',', 3, 0), "0");
    }
}
