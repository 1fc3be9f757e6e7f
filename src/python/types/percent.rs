//! The `%` operator of strings.

use num_bigint::{BigInt, Sign};

use super::float_text::{Style, digits};
use super::{bytes, format, int, str};
use crate::python::names;
use crate::python::value::Value;
use crate::python::vm::as_big;
use crate::python::vm::{ErrorKind, R, Vm};

/// One conversion: `%(key)flags width.precision letter`.
#[derive(Default)]
struct Conversion {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

/// The arguments and how many are used.
struct Arguments<'a> {
    all: &'a Value,
    /// The elements of a tuple; otherwise the value alone.
    items: &'a [Value],
    next: usize,
    is_mapping: bool,
    /// Fields have named keys, so that left-over arguments are no error.
    by_key: Option<Value>,
    /// The format is `bytes`, of which each stands for a character.
    in_bytes: bool,
}

/// Bytes as text of as many characters, and back.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| c as u32 as u8).collect()
}

impl Arguments<'_> {
    fn take(&mut self, vm: &Vm) -> R {
        if let Some(value) = self.by_key.take() {
            return Ok(value);
        }
        match self.items.get(self.next) {
            Some(value) => {
                self.next += 1;
                Ok(value.clone())
            }
            None => vm.type_error("not enough arguments for format string"),
        }
    }
}

impl Vm {
    /// `format % args`
    pub fn percent_format(&mut self, format: &str, args: &Value) -> R<String> {
        self.percent(format, args, false)
    }

    /// `format % args` of bytes
    pub fn percent_bytes(&mut self, format: &[u8], args: &Value) -> R<Vec<u8>> {
        let format: String = format.iter().map(|b| *b as char).collect();
        Ok(latin1(&self.percent(&format, args, true)?))
    }

    fn percent(&mut self, format: &str, args: &Value, in_bytes: bool) -> R<String> {
        let tuple = match args.core() {
            Value::Tuple(t) => Some(t.clone()),
            _ => None,
        };
        let single = [args.clone()];
        let is_mapping = tuple.is_none()
            && !matches!(args.core(), Value::Str(_))
            && (matches!(args.core(), Value::Dict(_) | Value::List(_) | Value::Bytes(_) | Value::Range(_))
                || self.lookup_special(args, names::GETITEM).is_some());
        let mut arguments = Arguments {
            all: args,
            items: tuple.as_ref().map_or(&single[..], |t| &t.items[..]),
            next: 0,
            is_mapping,
            by_key: None,
            in_bytes,
        };
        let chars: Vec<char> = format.chars().collect();
        let mut out = String::with_capacity(format.len());
        let mut at = 0;
        while at < chars.len() {
            let c = chars[at];
            at += 1;
            if c != '%' {
                out.push(c);
            } else if chars.get(at) == Some(&'%') {
                out.push('%');
                at += 1;
            } else {
                let text = self.percent_conversion(&chars, &mut at, &mut arguments)?;
                out.push_str(&text);
            }
        }
        if arguments.next < arguments.items.len() && !arguments.is_mapping {
            let what = if in_bytes { "bytes" } else { "string" };
            return self.type_error(format!("not all arguments converted during {what} formatting"));
        }
        Ok(out)
    }

    fn percent_conversion(&mut self, chars: &[char], at: &mut usize, arguments: &mut Arguments) -> R<String> {
        if chars.get(*at) == Some(&'(') {
            let key = self.percent_key(chars, at)?;
            if !arguments.is_mapping {
                return self.type_error("format requires a mapping");
            }
            let key = if arguments.in_bytes { Value::bytes(latin1(&key)) } else { Value::string(key) };
            let value = self.get_item(arguments.all, &key)?;
            arguments.by_key = Some(value);
            arguments.next = arguments.items.len();
        }
        let mut how = Conversion::default();
        while let Some(flag) = chars.get(*at) {
            match flag {
                '-' => how.left = true,
                '+' => how.plus = true,
                ' ' => how.space = true,
                '#' => how.alternate = true,
                '0' => how.zero = true,
                _ => break,
            }
            *at += 1;
        }
        if chars.get(*at) == Some(&'*') {
            *at += 1;
            let width = self.percent_star(arguments)?;
            how.left |= width < 0;
            how.width = width.unsigned_abs() as usize;
        } else {
            how.width = self.percent_number(chars, at, "width")?.unwrap_or(0);
        }
        if chars.get(*at) == Some(&'.') {
            *at += 1;
            how.precision = Some(if chars.get(*at) == Some(&'*') {
                *at += 1;
                self.percent_star(arguments)?.max(0) as usize
            } else {
                self.percent_number(chars, at, "precision")?.unwrap_or(0)
            });
        }
        if matches!(chars.get(*at), Some('h' | 'l' | 'L')) {
            *at += 1;
        }
        let Some(&letter) = chars.get(*at) else { return self.value_error("incomplete format") };
        *at += 1;
        if how.width > 1 << 28 {
            return Err(self.error_empty(ErrorKind::Memory));
        }
        let value = arguments.take(self)?;
        match letter {
            'b' | 's' if arguments.in_bytes => {
                let b = self.percent_content(&value)?;
                let text: String = b.iter().take(how.precision.unwrap_or(usize::MAX)).map(|b| *b as char).collect();
                Ok(how.pad("", "", &text, false))
            }
            'r' if arguments.in_bytes => {
                let text = str::ascii(&self.repr(&value)?);
                Ok(how.pad("", "", &text, false))
            }
            'c' if arguments.in_bytes => {
                let c = match bytes::content(&value) {
                    Some(b) if b.len() == 1 => b[0],
                    _ => match self.index(&value, true)?.map(u8::try_from) {
                        Some(Ok(b)) => b,
                        Some(Err(_)) => return Err(self.error(ErrorKind::Overflow, "%c arg not in range(256)")),
                        None => {
                            let text = "%c requires an integer in range(256) or a single byte";
                            return self.type_error(text);
                        }
                    },
                };
                Ok(how.pad("", "", &(c as char).to_string(), false))
            }
            's' | 'r' | 'a' => {
                let text = match letter {
                    's' => self.str_of(&value)?.as_str().to_string(),
                    'r' => self.repr(&value)?,
                    _ => str::ascii(&self.repr(&value)?),
                };
                let cut = match how.precision {
                    Some(n) => text.chars().take(n).collect(),
                    None => text,
                };
                Ok(how.pad("", "", &cut, false))
            }
            'c' => {
                let c = self.percent_char(&value)?;
                Ok(how.pad("", "", &c.to_string(), false))
            }
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
                let n = self.percent_int(&value, letter)?;
                let (radix, prefix) = match letter {
                    'o' => (8, "0o"),
                    'x' => (16, "0x"),
                    'X' => (16, "0X"),
                    _ => (10, ""),
                };
                let mut text = format::int_digits(&n, radix);
                if letter == 'X' {
                    text.make_ascii_uppercase();
                }
                if let Some(precision) = how.precision {
                    format::check_precision(self, precision)?;
                    text = format!("{}{text}", "0".repeat(precision.saturating_sub(text.len())));
                }
                let prefix = if how.alternate { prefix } else { "" };
                Ok(how.pad(how.sign(n.sign() == Sign::Minus), prefix, &text, how.zero))
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                let Some(f) = self.to_real(&value)? else {
                    let name = self.type_name(&value);
                    return self.type_error(format!("must be real number, not {name}"));
                };
                let precision = how.precision.unwrap_or(6);
                format::check_precision(self, precision)?;
                let style = match letter.to_ascii_lowercase() {
                    'e' => Style::Exponent(precision),
                    'f' => Style::Fixed(precision),
                    _ => Style::General(precision),
                };
                let mut text = match f {
                    _ if f.is_nan() => "nan".into(),
                    _ if f.is_infinite() => "inf".into(),
                    _ => digits(f, style, how.alternate, false),
                };
                if letter.is_ascii_uppercase() {
                    text.make_ascii_uppercase();
                }
                Ok(how.pad(how.sign(f.is_sign_negative() && !f.is_nan()), "", &text, how.zero))
            }
            _ => {
                let shown = if letter.is_ascii_graphic() || letter == ' ' { letter } else { '?' };
                let text =
                    format!("unsupported format character '{shown}' (0x{:x}) at index {}", letter as u32, *at - 1);
                self.value_error(text)
            }
        }
    }

    /// What `%b` puts in.
    fn percent_content(&mut self, value: &Value) -> R<Vec<u8>> {
        if let Some(b) = bytes::content(value) {
            return Ok(b.to_vec());
        }
        if matches!(value, Value::Instance(_))
            && let Some(made) = self.call_special(value, names::BYTES, &[])?
            && let Some(b) = bytes::content(&made)
        {
            return Ok(b.to_vec());
        }
        let name = self.type_name(value);
        self.type_error(format!(
            "%b requires a bytes-like object, or an object that implements __bytes__, not '{name}'"
        ))
    }

    /// `(key)`, with brackets inside.
    fn percent_key(&mut self, chars: &[char], at: &mut usize) -> R<String> {
        *at += 1;
        let start = *at;
        let mut depth = 1;
        while let Some(c) = chars.get(*at) {
            *at += 1;
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(chars[start..*at - 1].iter().collect());
            }
        }
        self.value_error("incomplete format key")
    }

    fn percent_star(&mut self, arguments: &mut Arguments) -> R<i64> {
        match arguments.take(self)?.core() {
            Value::Int(n) => Ok(*n),
            Value::Bool(b) => Ok(*b as i64),
            _ => self.type_error("* wants int"),
        }
    }

    fn percent_number(&mut self, chars: &[char], at: &mut usize, what: &str) -> R<Option<usize>> {
        let mut n: Option<usize> = None;
        while let Some(digit) = chars.get(*at).and_then(|c| c.to_digit(10)) {
            let next = n.unwrap_or(0).checked_mul(10).and_then(|n| n.checked_add(digit as usize));
            n = match next.filter(|n| *n <= i32::MAX as usize) {
                Some(n) => Some(n),
                None => return self.value_error(format!("{what} too big")),
            };
            *at += 1;
        }
        Ok(n)
    }

    fn percent_char(&mut self, value: &Value) -> R<char> {
        if let Value::Str(s) = value.core() {
            let mut chars = s.as_str().chars();
            return match (chars.next(), chars.next()) {
                (Some(c), None) => Ok(c),
                _ => self.type_error("%c requires int or char"),
            };
        }
        let n = match value.core() {
            Value::Big(_) => None,
            _ => match self.index(value, true)? {
                None => return self.type_error("%c requires int or char"),
                Some(n) => u32::try_from(n).ok().filter(|n| *n < 0x11_0000),
            },
        };
        match n {
            Some(n) => Ok(char::from_u32(n).unwrap_or('\u{fffd}')),
            None => Err(self.error(ErrorKind::Overflow, "%c arg not in range(0x110000)")),
        }
    }

    fn percent_int(&mut self, value: &Value, letter: char) -> R<BigInt> {
        let decimal = matches!(letter, 'd' | 'i' | 'u');
        let number = match value.core() {
            Value::Int(_) | Value::Bool(_) | Value::Big(_) => Some(value.core().clone()),
            Value::Str(_) | Value::Bytes(_) => None,
            _ if decimal => int::to_int(self, value)?,
            _ => int::to_index(self, value)?,
        };
        match number.as_ref().and_then(as_big) {
            Some(n) => Ok(n),
            None => {
                let name = self.type_name(value);
                let wanted = if decimal { "a real number" } else { "an integer" };
                self.type_error(format!("%{letter} format: {wanted} is required, not {name}"))
            }
        }
    }
}

impl Conversion {
    fn sign(&self, negative: bool) -> &'static str {
        match negative {
            true => "-",
            false if self.plus => "+",
            false if self.space => " ",
            false => "",
        }
    }

    fn pad(&self, sign: &str, prefix: &str, text: &str, zero: bool) -> String {
        let free = self.width.saturating_sub(sign.len() + prefix.len() + text.chars().count());
        match (self.left, zero) {
            (true, _) => format!("{sign}{prefix}{text}{}", " ".repeat(free)),
            (false, true) => format!("{sign}{prefix}{}{text}", "0".repeat(free)),
            (false, false) => format!("{}{sign}{prefix}{text}", " ".repeat(free)),
        }
    }
}
