//! Encodings: text to bytes and back, error handlers, and the errors themselves.

use std::borrow::Cow;

use super::Method;
use super::str::escape;
use crate::python::function::{Args, NativeKind};
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Stop, Vm};

use NativeKind::{Getter, Method as M};

/// The encodings that programs find here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Codec {
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Sig,
    Ascii,
    Latin1,
    /// Bytes of a unit; big end first; with a byte order mark.
    Wide(usize, bool, bool),
}

fn codec(vm: &Vm, name: &str) -> R<Codec> {
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
        _ => return Err(lookup_error(vm, format!("unknown encoding: {name}"))),
    })
}

fn lookup_error(vm: &Vm, text: String) -> Stop {
    Stop::Raise(vm.exception(&vm.types.lookup_error, vec![Value::string(text)]))
}

/// The name of an encoding or error handler given as an argument.
pub fn name_argument(vm: &Vm, value: Option<&Value>, function: &str, name: &str, default: &str) -> R<String> {
    match value {
        None => Ok(default.into()),
        Some(value) => match value.as_str() {
            Some(text) => Ok(text.into()),
            None => {
                let found = vm.type_name(value);
                vm.type_error(format!("{function}() argument '{name}' must be str, not {found}"))
            }
        },
    }
}

/// Encodes text.
pub fn encode(vm: &Vm, text: &str, encoding: &str, errors: &str) -> R<Vec<u8>> {
    let limit = match codec(vm, encoding)? {
        Codec::Utf8 => return Ok(text.as_bytes().to_vec()),
        Codec::Utf8Sig => return Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
        Codec::Wide(size, big, mark) => return Ok(encode_wide(text, size, big, mark)),
        Codec::Ascii => 0x80,
        Codec::Latin1 => 0x100,
    };
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        if (chars[at] as u32) < limit {
            out.push(chars[at] as u32 as u8);
            at += 1;
            continue;
        }
        let end = chars[at..].iter().position(|c| (*c as u32) < limit).map_or(chars.len(), |n| at + n);
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
                "strict" | "surrogateescape" | "surrogatepass" => {
                    let (name, reason) = match limit {
                        0x80 => ("ascii", "ordinal not in range(128)"),
                        _ => ("latin-1", "ordinal not in range(256)"),
                    };
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
        Codec::Wide(size, big, mark) => decode_wide(vm, bytes, size, big, mark, errors),
    }
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

fn part(args: &Args, i: usize) -> Value {
    let Some(Value::Instance(exc)) = args.pos.first() else { return Value::None };
    match exc.exception().map(|e| e.args.borrow().clone()) {
        Some(Value::Tuple(parts)) => parts.items.get(i).cloned().unwrap_or(Value::None),
        _ => Value::None,
    }
}

/// Methods of `UnicodeEncodeError` and `UnicodeDecodeError`.
pub const ERROR_METHODS: &[Method] = &[
    ("UnicodeError.encoding", Getter, |_, args| Ok(part(args, 0))),
    ("UnicodeError.object", Getter, |_, args| Ok(part(args, 1))),
    ("UnicodeError.start", Getter, |_, args| Ok(part(args, 2))),
    ("UnicodeError.end", Getter, |_, args| Ok(part(args, 3))),
    ("UnicodeError.reason", Getter, |_, args| Ok(part(args, 4))),
    ("UnicodeError.__str__", M, |vm, args| {
        let (Some(name), Value::Int(start), Value::Int(end), Some(reason)) = (
            part(args, 0).as_str().map(String::from),
            part(args, 2),
            part(args, 3),
            part(args, 4).as_str().map(String::from),
        ) else {
            return match part(args, 0) {
                Value::None => Ok(Value::str("")),
                one => vm.str_of(&one).map(Value::Str),
            };
        };
        let one = end == start + 1;
        let last = end - 1;
        let (verb, what) = match part(args, 1) {
            Value::Bytes(bytes) => {
                let byte = bytes.get(start as usize).copied().unwrap_or(0);
                ("decode", if one { format!("byte 0x{byte:02x}") } else { "bytes".into() })
            }
            object => {
                let c = object.as_str().and_then(|s| s.chars().nth(start as usize)).unwrap_or('?');
                let mut escaped = String::new();
                escape(&mut escaped, c);
                ("encode", if one { format!("character '{escaped}'") } else { "characters".into() })
            }
        };
        let place = if one { format!("{start}") } else { format!("{start}-{last}") };
        Ok(Value::string(format!("'{name}' codec can't {verb} {what} in position {place}: {reason}")))
    }),
];
