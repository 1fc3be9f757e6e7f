//! Encodings: text to bytes and back, error handlers, and the errors themselves.

use std::borrow::Cow;

use super::Method;
use super::pages::{self, Page};
use super::str::escape;
use crate::python::function::{Args, NativeKind};
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Stop, Vm};

use NativeKind::{Getter, Method as M};

/// What is said of a character or byte that a code page does not have.
const UNDEFINED: &str = "character maps to <undefined>";

/// The encodings that programs find here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Codec {
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Sig,
    Ascii,
    Latin1,
    /// ASCII, and another 128 characters.
    Page(&'static Page),
    /// Escapes of string literals; the flag: only those of characters past Latin 1.
    Escape(bool),
    /// Bytes of a unit; big end first; with a byte order mark.
    Wide(usize, bool, bool),
}

fn codec(vm: &Vm, name: &str) -> R<Codec> {
    if name == "utf-8" {
        return Ok(Codec::Utf8);
    }
    let plain: String = name.chars().map(|c| if c == '_' || c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    Ok(match plain.as_str() {
        "utf-8" | "utf8" | "u8" | "utf" | "cp65001" => Codec::Utf8,
        "utf-8-sig" => Codec::Utf8Sig,
        "ascii" | "us-ascii" | "646" | "idna" => Codec::Ascii,
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "8859" | "cp819" | "l1" | "latin" => Codec::Latin1,
        "utf-16" | "utf16" | "u16" => Codec::Wide(2, false, true),
        "utf-16-le" | "utf-16le" => Codec::Wide(2, false, false),
        "utf-16-be" | "utf-16be" => Codec::Wide(2, true, false),
        "utf-32" | "utf32" | "u32" => Codec::Wide(4, false, true),
        "utf-32-le" | "utf-32le" => Codec::Wide(4, false, false),
        "utf-32-be" | "utf-32be" => Codec::Wide(4, true, false),
        "unicode-escape" | "unicodeescape" => Codec::Escape(false),
        "raw-unicode-escape" | "rawunicodeescape" => Codec::Escape(true),
        plain => match pages::named(plain) {
            Some(page) => Codec::Page(page),
            None => return Err(lookup_error(vm, format!("unknown encoding: {name}"))),
        },
    })
}

fn lookup_error(vm: &Vm, text: String) -> Stop {
    Stop::Raise(vm.exception(&vm.types.lookup_error, vec![Value::string(text)]))
}

/// The name of an encoding or error handler given as an argument.
pub fn name_argument<'a>(
    vm: &Vm,
    value: Option<&'a Value>,
    function: &str,
    name: &str,
    default: &'static str,
) -> R<&'a str> {
    match value {
        None => Ok(default),
        Some(value) => match value.as_str() {
            Some(text) => Ok(text),
            None => {
                let found = vm.type_name(value);
                vm.type_error(format!("{function}() argument '{name}' must be str, not {found}"))
            }
        },
    }
}

/// Encodes text.
pub fn encode(vm: &Vm, text: &str, encoding: &str, errors: &str) -> R<Vec<u8>> {
    let codec = codec(vm, encoding)?;
    let (name, reason) = match codec {
        Codec::Utf8 => return Ok(text.as_bytes().to_vec()),
        Codec::Utf8Sig => return Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
        Codec::Wide(size, big, mark) => return Ok(encode_wide(text, size, big, mark)),
        Codec::Escape(is_raw) => return Ok(encode_escapes(text, is_raw)),
        Codec::Ascii => ("ascii", "ordinal not in range(128)"),
        Codec::Latin1 => ("latin-1", "ordinal not in range(256)"),
        Codec::Page(_) => ("charmap", UNDEFINED),
    };
    let byte = |c: char| match codec {
        Codec::Page(page) => page.byte(c),
        Codec::Latin1 => u8::try_from(c as u32).ok(),
        _ => c.is_ascii().then_some(c as u8),
    };
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some(byte) = byte(chars[at]) {
            out.push(byte);
            at += 1;
            continue;
        }
        let end = chars[at..].iter().position(|&c| byte(c).is_some()).map_or(chars.len(), |n| at + n);
        for c in &chars[at..end] {
            match errors {
                "ignore" => {}
                "replace" => out.push(b'?'),
                "xmlcharrefreplace" => out.extend_from_slice(format!("&#{};", *c as u32).as_bytes()),
                "backslashreplace" => {
                    let mut escaped = String::new();
                    escape(&mut escaped, *c);
                    out.extend_from_slice(escaped.as_bytes());
                }
                "namereplace" => match unicode_names2::name(*c) {
                    Some(name) => out.extend_from_slice(format!("\\N{{{name}}}").as_bytes()),
                    None => {
                        let mut escaped = String::new();
                        escape(&mut escaped, *c);
                        out.extend_from_slice(escaped.as_bytes());
                    }
                },
                "strict" | "surrogateescape" | "surrogatepass" => {
                    let args =
                        vec![Value::str(name), Value::str(text), Value::from(at), Value::from(end), Value::str(reason)];
                    return Err(Stop::Raise(vm.exception(&vm.types.unicode_encode_error, args)));
                }
                _ => return Err(lookup_error(vm, format!("unknown error handler name '{errors}'"))),
            }
        }
        at = end;
    }
    Ok(out)
}

fn encode_wide(text: &str, size: usize, big: bool, mark: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut put = |unit: u32| {
        let bytes = unit.to_be_bytes();
        let unit = &bytes[4 - size..];
        if big { out.extend(unit) } else { out.extend(unit.iter().rev()) }
    };
    if mark {
        put(0xfeff);
    }
    if size == 4 {
        text.chars().for_each(|c| put(c as u32));
    } else {
        text.encode_utf16().for_each(|unit| put(unit as u32));
    }
    out
}

/// Decodes bytes.
pub fn decode(vm: &Vm, bytes: &[u8], encoding: &str, errors: &str) -> R<String> {
    match codec(vm, encoding)? {
        Codec::Utf8 => decode_utf8(vm, bytes, errors),
        Codec::Utf8Sig => decode_utf8(vm, bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), errors),
        Codec::Latin1 => Ok(bytes.iter().map(|b| *b as char).collect()),
        Codec::Ascii => {
            let mut out = String::with_capacity(bytes.len());
            for (at, b) in bytes.iter().enumerate() {
                if b.is_ascii() {
                    out.push(*b as char);
                } else {
                    mend(vm, &mut out, "ascii", bytes, at..at + 1, "ordinal not in range(128)", errors)?;
                }
            }
            Ok(out)
        }
        Codec::Page(page) => {
            let mut out = String::with_capacity(bytes.len());
            for (at, &b) in bytes.iter().enumerate() {
                match page.character(b) {
                    Some(c) => out.push(c),
                    None => mend(vm, &mut out, "charmap", bytes, at..at + 1, UNDEFINED, errors)?,
                }
            }
            Ok(out)
        }
        Codec::Escape(is_raw) => decode_escapes(vm, bytes, is_raw, errors),
        Codec::Wide(size, big, mark) => decode_wide(vm, bytes, size, big, mark, errors),
    }
}

fn encode_escapes(text: &str, is_raw: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' if !is_raw => out.extend(b"\\\\"),
            '\n' if !is_raw => out.extend(b"\\n"),
            '\r' if !is_raw => out.extend(b"\\r"),
            '\t' if !is_raw => out.extend(b"\\t"),
            ' '..='~' => out.push(c as u8),
            _ if is_raw && (c as u32) < 0x100 => out.push(c as u32 as u8),
            _ => {
                let n = c as u32;
                let escaped = match n {
                    0..0x100 => format!("\\x{n:02x}"),
                    0x100..0x1_0000 => format!("\\u{n:04x}"),
                    _ => format!("\\U{n:08x}"),
                };
                out.extend(escaped.as_bytes());
            }
        }
    }
    out
}

/// Bytes are Latin 1, with the escapes of string literals; of a raw one `\u` and `\U` alone.
fn decode_escapes(vm: &Vm, bytes: &[u8], is_raw: bool, errors: &str) -> R<String> {
    let name = if is_raw { "rawunicodeescape" } else { "unicodeescape" };
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte != b'\\' {
            out.push(byte as char);
            at += 1;
            continue;
        }
        let Some(&kind) = bytes.get(at + 1) else {
            if is_raw {
                out.push('\\');
            } else {
                mend(vm, &mut out, name, bytes, at..at + 1, "\\ at end of string", errors)?;
            }
            break;
        };
        let plain = match kind {
            b'u' | b'U' => None,
            _ if is_raw => {
                out.push('\\');
                at += 1;
                if kind == b'\\' {
                    out.push('\\');
                    at += 1;
                }
                continue;
            }
            b'\n' => Some(""),
            b'\\' => Some("\\"),
            b'\'' => Some("'"),
            b'"' => Some("\""),
            b'a' => Some("\x07"),
            b'b' => Some("\x08"),
            b't' => Some("\t"),
            b'n' => Some("\n"),
            b'r' => Some("\r"),
            b'f' => Some("\x0c"),
            b'v' => Some("\x0b"),
            _ => None,
        };
        if let Some(plain) = plain {
            out.push_str(plain);
            at += 2;
            continue;
        }
        let wanted = match kind {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'0'..=b'7' => {
                let digits = bytes[at + 1..].iter().take(3).take_while(|d| matches!(d, b'0'..=b'7'));
                let digits: Vec<u8> = digits.copied().collect();
                let number = digits.iter().fold(0, |sum, d| sum * 8 + u32::from(d - b'0'));
                out.push(char::from_u32(number).unwrap_or('\u{fffd}'));
                at += 1 + digits.len();
                continue;
            }
            b'N' => {
                let rest = &bytes[at + 2..];
                let end = rest.iter().position(|&b| b == b'}').filter(|_| rest.first() == Some(&b'{'));
                let Some(end) = end else {
                    mend(vm, &mut out, name, bytes, at..at + 2, "malformed \\N character escape", errors)?;
                    at += 2;
                    continue;
                };
                let stop = at + 2 + end + 1;
                match std::str::from_utf8(&rest[1..end]).ok().and_then(unicode_names2::character) {
                    Some(c) => out.push(c),
                    None => mend(vm, &mut out, name, bytes, at..stop, "unknown Unicode character name", errors)?,
                }
                at = stop;
                continue;
            }
            other => {
                out.push('\\');
                out.push(other as char);
                at += 2;
                continue;
            }
        };
        let digits: String =
            bytes[at + 2..].iter().take(wanted).take_while(|d| d.is_ascii_hexdigit()).map(|&d| d as char).collect();
        let end = at + 2 + digits.len();
        let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == wanted);
        match code.map(char::from_u32) {
            Some(Some(c)) => out.push(c),
            Some(None) => mend(vm, &mut out, name, bytes, at..end, "illegal Unicode character", errors)?,
            None => {
                let reason = format!("truncated \\{}{} escape", kind as char, "X".repeat(wanted));
                mend(vm, &mut out, name, bytes, at..end, &reason, errors)?;
            }
        }
        at = end;
    }
    Ok(out)
}

fn decode_utf8(vm: &Vm, bytes: &[u8], errors: &str) -> R<String> {
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        let error = match std::str::from_utf8(rest) {
            Ok(text) => {
                out.push_str(text);
                return Ok(out);
            }
            Err(error) => error,
        };
        let good = error.valid_up_to();
        out.push_str(&String::from_utf8_lossy(&rest[..good]));
        at += good;
        let (end, reason) = match error.error_len() {
            None => (bytes.len(), "unexpected end of data"),
            Some(n) if matches!(bytes[at], 0x80..=0xc1 | 0xf5..) => (at + n, "invalid start byte"),
            Some(n) => (at + n, "invalid continuation byte"),
        };
        mend(vm, &mut out, "utf-8", bytes, at..end, reason, errors)?;
        at = end;
    }
}

fn decode_wide(vm: &Vm, bytes: &[u8], size: usize, big: bool, mark: bool, errors: &str) -> R<String> {
    let (name, marks): (&str, [&[u8]; 2]) = match size {
        2 => ("utf-16", [b"\xff\xfe", b"\xfe\xff"]),
        _ => ("utf-32", [b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"]),
    };
    let (mut big, mut at) = (big, 0);
    if mark {
        for (is_big, mark) in marks.into_iter().enumerate() {
            if bytes.starts_with(mark) {
                (big, at) = (is_big == 1, size);
            }
        }
    }
    let name: Cow<str> = match (mark, big) {
        (true, _) => name.into(),
        (false, true) => format!("{name}-be").into(),
        (false, false) => format!("{name}-le").into(),
    };
    let unit = |at: usize| -> u32 {
        let put = |sum: u32, b: &u8| sum << 8 | *b as u32;
        let unit = &bytes[at..at + size];
        if big { unit.iter().fold(0, put) } else { unit.iter().rev().fold(0, put) }
    };
    let mut out = String::new();
    while at < bytes.len() {
        if at + size > bytes.len() {
            mend(vm, &mut out, &name, bytes, at..bytes.len(), "truncated data", errors)?;
            break;
        }
        let first = unit(at);
        let (code, end, reason) = match first {
            0xd800..=0xdbff if size == 2 => {
                if at + 4 > bytes.len() {
                    (None, bytes.len(), "unexpected end of data")
                } else {
                    match unit(at + 2) {
                        low @ 0xdc00..=0xdfff => {
                            (Some(0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00)), at + 4, "")
                        }
                        _ => (None, at + 2, "illegal UTF-16 surrogate"),
                    }
                }
            }
            0xdc00..=0xdfff if size == 2 => (None, at + 2, "illegal encoding"),
            0xd800..=0xdfff => (None, at + 4, "code point in surrogate code point range(0xd800, 0xe000)"),
            0x11_0000.. => (None, at + 4, "code point not in range(0x110000)"),
            _ => (Some(first), at + size, ""),
        };
        match code.and_then(char::from_u32) {
            Some(c) => out.push(c),
            None => mend(vm, &mut out, &name, bytes, at..end, reason, errors)?,
        }
        at = end;
    }
    Ok(out)
}

/// What the error handler puts in place of bytes that cannot be decoded.
fn mend(
    vm: &Vm,
    out: &mut String,
    name: &str,
    bytes: &[u8],
    bad: std::ops::Range<usize>,
    reason: &str,
    errors: &str,
) -> R<()> {
    match errors {
        "ignore" => {}
        "replace" => out.push('\u{fffd}'),
        "backslashreplace" => bytes[bad].iter().for_each(|b| out.push_str(&format!("\\x{b:02x}"))),
        "strict" | "surrogatepass" => {
            let args = vec![
                Value::str(name),
                Value::bytes(bytes.to_vec()),
                Value::from(bad.start),
                Value::from(bad.end),
                Value::str(reason),
            ];
            return Err(Stop::Raise(vm.exception(&vm.types.unicode_decode_error, args)));
        }
        "surrogateescape" => {
            let text = "error handler 'surrogateescape' is not available: strings hold no lone surrogates here";
            return Err(vm.error(ErrorKind::NotImplemented, text));
        }
        _ => return Err(lookup_error(vm, format!("unknown error handler name '{errors}'"))),
    }
    Ok(())
}

/// The parts that an error was made of: an encoding where the class has one, object, start, end and reason.
fn parts(args: &Args) -> Vec<Value> {
    args.pos.first().map_or(Vec::new(), super::exception::arguments)
}

/// Part `i` from the end: the reason is 0.
fn part(args: &Args, i: usize) -> Value {
    let parts = parts(args);
    if parts.len() < 4 { Value::None } else { parts[parts.len() - 1 - i].clone() }
}

/// Keeps the arguments, which must be as many as the class wants, of these types.
fn initialise(vm: &mut Vm, args: &Args, types: &[&str]) -> R {
    let given = &args.pos[1..];
    if given.len() != types.len() {
        let (wanted, n) = (types.len(), given.len());
        return vm.type_error(format!("function takes exactly {wanted} arguments ({n} given)"));
    }
    for (i, (value, wanted)) in given.iter().zip(types).enumerate() {
        let found = vm.type_name(value);
        let fits = match *wanted {
            "str" => value.as_str().is_some(),
            "int" => matches!(value.core(), Value::Int(_) | Value::Bool(_)),
            _ => matches!(value.core(), Value::Bytes(_)) || matches!(value.core(), Value::Obj(_)),
        };
        if !fits {
            return vm.type_error(match *wanted {
                "int" => format!("'{found}' object cannot be interpreted as an integer"),
                "bytes" => format!("a bytes-like object is required, not '{found}'"),
                _ => format!("argument {} must be str, not {found}", i + 1),
            });
        }
    }
    if let Value::Instance(exc) = &args.pos[0]
        && let Some(e) = exc.exception()
    {
        *e.args.borrow_mut() = Value::tuple(given.iter().cloned());
    }
    Ok(Value::None)
}

/// `'ascii' codec can't encode character '\xe9' in position 0: …`
fn error_text(vm: &mut Vm, args: &Args, verb: &str) -> R {
    let (Value::Int(start), Value::Int(end)) = (part(args, 2), part(args, 1)) else { return Ok(Value::str("")) };
    let reason = vm.str_of(&part(args, 0))?;
    let one = end == start + 1;
    let what = match part(args, 3) {
        Value::Bytes(bytes) if one && (start as usize) < bytes.len() => format!("byte 0x{:02x}", bytes[start as usize]),
        Value::Bytes(_) => "bytes".into(),
        object => match object.as_str().and_then(|text| text.chars().nth(start as usize)) {
            Some(c) if one => {
                let mut escaped = String::new();
                escape(&mut escaped, c);
                format!("character '{escaped}'")
            }
            _ => "characters".into(),
        },
    };
    let place = if one { format!("{start}") } else { format!("{start}-{}", end - 1) };
    let who = match parts(args).as_slice() {
        [name, _, _, _, _] => format!("'{}' codec ", vm.str_of(name)?.as_str()),
        _ => String::new(),
    };
    Ok(Value::string(format!("{who}can't {verb} {what} in position {place}: {}", reason.as_str())))
}

/// Methods of `UnicodeEncodeError(encoding, object, start, end, reason)`.
pub const ENCODE_ERROR_METHODS: &[Method] = &[
    ("UnicodeEncodeError.__init__", M, |vm, args| initialise(vm, args, &["str", "str", "int", "int", "str"])),
    ("UnicodeEncodeError.encoding", Getter, |_, args| Ok(part(args, 4))),
    ("UnicodeEncodeError.object", Getter, |_, args| Ok(part(args, 3))),
    ("UnicodeEncodeError.start", Getter, |_, args| Ok(part(args, 2))),
    ("UnicodeEncodeError.end", Getter, |_, args| Ok(part(args, 1))),
    ("UnicodeEncodeError.reason", Getter, |_, args| Ok(part(args, 0))),
    ("UnicodeEncodeError.__str__", M, |vm, args| error_text(vm, args, "encode")),
];

/// Methods of `UnicodeDecodeError(encoding, object, start, end, reason)`.
pub const DECODE_ERROR_METHODS: &[Method] = &[
    ("UnicodeDecodeError.__init__", M, |vm, args| initialise(vm, args, &["str", "bytes", "int", "int", "str"])),
    ("UnicodeDecodeError.encoding", Getter, |_, args| Ok(part(args, 4))),
    ("UnicodeDecodeError.object", Getter, |_, args| Ok(part(args, 3))),
    ("UnicodeDecodeError.start", Getter, |_, args| Ok(part(args, 2))),
    ("UnicodeDecodeError.end", Getter, |_, args| Ok(part(args, 1))),
    ("UnicodeDecodeError.reason", Getter, |_, args| Ok(part(args, 0))),
    ("UnicodeDecodeError.__str__", M, |vm, args| error_text(vm, args, "decode")),
];

/// Methods of `UnicodeTranslateError(object, start, end, reason)`.
pub const TRANSLATE_ERROR_METHODS: &[Method] = &[
    ("UnicodeTranslateError.__init__", M, |vm, args| initialise(vm, args, &["str", "int", "int", "str"])),
    ("UnicodeTranslateError.object", Getter, |_, args| Ok(part(args, 3))),
    ("UnicodeTranslateError.start", Getter, |_, args| Ok(part(args, 2))),
    ("UnicodeTranslateError.end", Getter, |_, args| Ok(part(args, 1))),
    ("UnicodeTranslateError.reason", Getter, |_, args| Ok(part(args, 0))),
    ("UnicodeTranslateError.__str__", M, |vm, args| error_text(vm, args, "translate")),
];
