//! `str`: construction, representation, case and classes of characters. Searching and cutting is in `str_methods`.

use std::rc::Rc;

use super::arguments::{arity, keywords, text, with_operators};
use super::object::wrap;
use super::str_methods as cut;
use super::{Method, codec, int, template, unicode};
use crate::python::function::{Args, NativeKind};
use crate::python::text::Str;
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

use NativeKind::{Method as M, StaticMethod};

fn is_str(value: &Value) -> bool {
    matches!(value, Value::Str(_))
}

fn anything(_: &Value) -> bool {
    true
}

/// Methods of `str`.
pub const METHODS: &[Method] = with_operators!(
    "str", is_str, is_str,
    [Add "__add__",],
    [Eq "__eq__", Ne "__ne__", Lt "__lt__", Le "__le__", Gt "__gt__", Ge "__ge__",],
    [
        ("str.__new__", StaticMethod, new),
        ("str.__mul__", M, |vm, args| times(vm, args, "str.__mul__")),
        ("str.__rmul__", M, |vm, args| times(vm, args, "str.__rmul__")),
        ("str.__mod__", M, |vm, args| {
            use crate::python::code::BinaryOp;
            super::arguments::binary(vm, args, BinaryOp::Mod, false, [is_str, anything], "str.__mod__")
        }),
        ("str.__rmod__", M, |_, _| Ok(Value::NotImplemented)),
        ("str.__repr__", M, |vm, args| Ok(Value::string(repr(text(vm, args, "str.__repr__")?.as_str())))),
        ("str.__str__", M, |vm, args| Ok(Value::Str(text(vm, args, "str.__str__")?.clone()))),
        ("str.__format__", M, |vm, args| {
            text(vm, args, "str.__format__")?;
            super::format::method(vm, args, "str.__format__")
        }),
        ("str.__len__", M, |vm, args| Ok(Value::from(text(vm, args, "str.__len__")?.n_chars()))),
        ("str.__hash__", M, |vm, args| {
            let s = Value::Str(text(vm, args, "str.__hash__")?.clone());
            vm.python_hash(&s).map(Value::Int)
        }),
        ("str.__iter__", M, |vm, args| {
            let s = Value::Str(text(vm, args, "str.__iter__")?.clone());
            vm.iter(&s)
        }),
        ("str.__contains__", M, |vm, args| {
            let s = Value::Str(text(vm, args, "str.__contains__")?.clone());
            arity(vm, args, "str.__contains__", 1, 1)?;
            vm.contains(&s, &args.pos[1]).map(Value::bool)
        }),
        ("str.__getitem__", M, |vm, args| {
            let s = Value::Str(text(vm, args, "str.__getitem__")?.clone());
            arity(vm, args, "str.__getitem__", 1, 1)?;
            vm.get_item(&s, &args.pos[1])
        }),
        ("str.__getnewargs__", M, |vm, args| Ok(Value::tuple([Value::Str(text(vm, args, "str.__getnewargs__")?.clone())]))),
        ("str.upper", M, |vm, args| mapped(vm, args, "str.upper", |s| s.to_uppercase())),
        ("str.lower", M, |vm, args| mapped(vm, args, "str.lower", |s| s.to_lowercase())),
        ("str.casefold", M, |vm, args| mapped(vm, args, "str.casefold", casefold)),
        ("str.capitalize", M, |vm, args| mapped(vm, args, "str.capitalize", capitalize)),
        ("str.title", M, |vm, args| mapped(vm, args, "str.title", title)),
        ("str.swapcase", M, |vm, args| mapped(vm, args, "str.swapcase", swapcase)),
        ("str.isalpha", M, |vm, args| all(vm, args, "str.isalpha", unicode::is_alpha)),
        ("str.isalnum", M, |vm, args| all(vm, args, "str.isalnum", unicode::is_alnum)),
        ("str.isdecimal", M, |vm, args| all(vm, args, "str.isdecimal", |c| unicode::decimal(c).is_some())),
        ("str.isdigit", M, |vm, args| all(vm, args, "str.isdigit", unicode::is_digit)),
        ("str.isnumeric", M, |vm, args| all(vm, args, "str.isnumeric", unicode::is_numeric)),
        ("str.isspace", M, |vm, args| all(vm, args, "str.isspace", unicode::is_space)),
        ("str.isascii", M, |vm, args| holds(vm, args, "str.isascii", str::is_ascii)),
        ("str.isprintable", M, |vm, args| {
            holds(vm, args, "str.isprintable", |s| s.chars().all(unicode::is_printable))
        }),
        ("str.islower", M, |vm, args| {
            holds(vm, args, "str.islower", |s| {
                s.chars().any(char::is_lowercase) && !s.chars().any(|c| c.is_uppercase() || unicode::is_title(c))
            })
        }),
        ("str.isupper", M, |vm, args| {
            holds(vm, args, "str.isupper", |s| {
                s.chars().any(char::is_uppercase) && !s.chars().any(|c| c.is_lowercase() || unicode::is_title(c))
            })
        }),
        ("str.istitle", M, |vm, args| holds(vm, args, "str.istitle", is_title)),
        ("str.isidentifier", M, |vm, args| holds(vm, args, "str.isidentifier", is_identifier)),
        ("str.encode", M, encode),
        ("str.format", M, template::format),
        ("str.format_map", M, template::format_map),
        ("str.maketrans", StaticMethod, cut::maketrans),
        ("str.translate", M, cut::translate),
        ("str.join", M, cut::join),
        ("str.find", M, |vm, args| cut::find(vm, args, "str.find", false, false)),
        ("str.rfind", M, |vm, args| cut::find(vm, args, "str.rfind", true, false)),
        ("str.index", M, |vm, args| cut::find(vm, args, "str.index", false, true)),
        ("str.rindex", M, |vm, args| cut::find(vm, args, "str.rindex", true, true)),
        ("str.count", M, cut::count),
        ("str.startswith", M, |vm, args| cut::affix(vm, args, "str.startswith", |s, part| s.starts_with(part))),
        ("str.endswith", M, |vm, args| cut::affix(vm, args, "str.endswith", |s, part| s.ends_with(part))),
        ("str.removeprefix", M, |vm, args| {
            cut::without(vm, args, "str.removeprefix", |s, part| s.strip_prefix(part))
        }),
        ("str.removesuffix", M, |vm, args| {
            cut::without(vm, args, "str.removesuffix", |s, part| s.strip_suffix(part))
        }),
        ("str.replace", M, cut::replace),
        ("str.split", M, |vm, args| cut::split(vm, args, "str.split", false)),
        ("str.rsplit", M, |vm, args| cut::split(vm, args, "str.rsplit", true)),
        ("str.splitlines", M, cut::splitlines),
        ("str.partition", M, |vm, args| cut::partition(vm, args, "str.partition", false)),
        ("str.rpartition", M, |vm, args| cut::partition(vm, args, "str.rpartition", true)),
        ("str.strip", M, |vm, args| cut::strip(vm, args, "str.strip", true, true)),
        ("str.lstrip", M, |vm, args| cut::strip(vm, args, "str.lstrip", true, false)),
        ("str.rstrip", M, |vm, args| cut::strip(vm, args, "str.rstrip", false, true)),
        ("str.center", M, |vm, args| {
            // The odd space goes left or right as CPython has it.
            cut::justify(vm, args, "str.center", |free, width| free / 2 + (free & width & 1))
        }),
        ("str.ljust", M, |vm, args| cut::justify(vm, args, "str.ljust", |_, _| 0)),
        ("str.rjust", M, |vm, args| cut::justify(vm, args, "str.rjust", |free, _| free)),
        ("str.zfill", M, cut::zfill),
        ("str.expandtabs", M, cut::expandtabs),
    ]
);

/// `str(object='', encoding, errors)`
fn new(vm: &mut Vm, args: &Args) -> R {
    let Some(class) = args.pos.first() else { return vm.type_error("str.__new__(): not enough arguments") };
    keywords(vm, args, "str", &["object", "encoding", "errors"])?;
    let object = args.get(1, "object");
    let (encoding, errors) = (args.get(2, "encoding"), args.get(3, "errors"));
    let Some(object) = object else { return Ok(wrap(vm, class, Value::str(""))) };
    if encoding.is_none() && errors.is_none() {
        let text = vm.str_of(object)?;
        return Ok(wrap(vm, class, Value::Str(text)));
    }
    let encoding = codec::name_argument(vm, encoding, "str", "encoding", "utf-8")?;
    let errors = codec::name_argument(vm, errors, "str", "errors", "strict")?;
    if is_str(object.core()) {
        return vm.type_error("decoding str is not supported");
    }
    let Some(bytes) = super::bytes::content(object) else {
        let name = vm.type_name(object);
        return vm.type_error(format!("decoding to str: need a bytes-like object, {name} found"));
    };
    let text = codec::decode(vm, &bytes, encoding, errors)?;
    Ok(wrap(vm, class, Value::string(text)))
}

fn times(vm: &mut Vm, args: &Args, qualname: &str) -> R {
    arity(vm, args, qualname, 1, 1)?;
    let s = Value::Str(text(vm, args, qualname)?.clone());
    let Some(n) = int::to_index(vm, &args.pos[1])? else { return Ok(Value::NotImplemented) };
    Ok(vm.builtin_binary(crate::python::code::BinaryOp::Mul, &s, &n)?.unwrap_or(Value::NotImplemented))
}

fn mapped(vm: &mut Vm, args: &Args, qualname: &str, map: fn(&str) -> String) -> R {
    let s = text(vm, args, qualname)?;
    arity(vm, args, qualname, 0, 0)?;
    Ok(Value::string(map(s.as_str())))
}

fn holds(vm: &mut Vm, args: &Args, qualname: &str, test: fn(&str) -> bool) -> R {
    let s = text(vm, args, qualname)?;
    arity(vm, args, qualname, 0, 0)?;
    Ok(Value::bool(test(s.as_str())))
}

fn all(vm: &mut Vm, args: &Args, qualname: &str, test: fn(char) -> bool) -> R {
    let s = text(vm, args, qualname)?;
    arity(vm, args, qualname, 0, 0)?;
    Ok(Value::bool(!s.as_str().is_empty() && s.as_str().chars().all(test)))
}

fn casefold(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    s.chars().for_each(|c| unicode::push_folded(&mut out, c));
    out
}

fn capitalize(s: &str) -> String {
    let mut chars = s.chars();
    let mut out = String::with_capacity(s.len());
    let Some(first) = chars.next() else { return out };
    unicode::push_title(&mut out, first);
    // A sigma at the end becomes final because of what stands before it, so the text is lowered as a whole.
    let lowered = s.to_lowercase();
    let skip: usize = first.to_lowercase().map(char::len_utf8).sum();
    out.push_str(&lowered[skip..]);
    out
}

fn title(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut word = String::new();
    let cased = |c: char| c.is_lowercase() || c.is_uppercase() || unicode::is_title(c);
    let flush = |word: &mut String, out: &mut String| {
        if !word.is_empty() {
            out.push_str(&capitalize(word));
            word.clear();
        }
    };
    for c in s.chars() {
        if cased(c) {
            word.push(c);
        } else {
            flush(&mut word, &mut out);
            out.push(c);
        }
    }
    flush(&mut word, &mut out);
    out
}

fn swapcase(s: &str) -> String {
    let lowered_final = s.to_lowercase().ends_with('ς');
    let n = s.chars().count();
    let mut out = String::with_capacity(s.len());
    for (i, c) in s.chars().enumerate() {
        match c {
            'Σ' if i + 1 == n && lowered_final => out.push('ς'),
            _ if c.is_uppercase() => out.extend(c.to_lowercase()),
            _ if c.is_lowercase() => out.extend(c.to_uppercase()),
            _ => out.push(c),
        }
    }
    out
}

fn is_title(s: &str) -> bool {
    let (mut cased, mut inside) = (false, false);
    for c in s.chars() {
        if c.is_uppercase() || unicode::is_title(c) {
            if inside {
                return false;
            }
            (cased, inside) = (true, true);
        } else if c.is_lowercase() {
            if !inside {
                return false;
            }
            cased = true;
        } else {
            inside = false;
        }
    }
    cased
}

/// `isidentifier()`
pub fn is_identifier(s: &str) -> bool {
    let mut chars = s.chars();
    chars.next().is_some_and(unicode::begins_name) && chars.all(unicode::continues_name)
}

fn encode(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.encode")?;
    keywords(vm, args, "str.encode", &["encoding", "errors"])?;
    let encoding = codec::name_argument(vm, args.get(1, "encoding"), "encode", "encoding", "utf-8")?;
    let errors = codec::name_argument(vm, args.get(2, "errors"), "encode", "errors", "strict")?;
    codec::encode(vm, s.as_str(), encoding, errors).map(Value::bytes)
}

/// `repr()` of a string.
pub fn repr(s: &str) -> String {
    let quote = if s.contains('\'') && !s.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(s.len() + 2);
    out.push(quote);
    for c in s.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if unicode::is_printable(c) => out.push(c),
            c => escape(&mut out, c),
        }
    }
    out.push(quote);
    out
}

/// `\xhh`, `\uhhhh` or `\Uhhhhhhhh`
pub fn escape(out: &mut String, c: char) {
    let code = c as u32;
    out.push_str(&match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    });
}

/// `ascii()` of an object, given its `repr()`.
pub fn ascii(repr: &str) -> String {
    let mut out = String::with_capacity(repr.len());
    for c in repr.chars() {
        if c.is_ascii() { out.push(c) } else { escape(&mut out, c) }
    }
    out
}

/// The text of an argument that must be a `str`.
pub fn argument<'a>(vm: &Vm, value: &'a Value, message: impl FnOnce(&str) -> String) -> R<&'a Rc<Str>> {
    match value.core() {
        Value::Str(s) => Ok(s),
        _ => vm.type_error(message(&vm.type_name(value))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_chooses_quotes_and_escapes_what_does_not_print() {
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("'\""), "'\\'\"'");
        assert_eq!(repr("a\n\t\r\\\x00\x7f"), "'a\\n\\t\\r\\\\\\x00\\x7f'");
        assert_eq!(repr("é\u{ad}\u{2028}\u{e0001}中"), "'é\\xad\\u2028\\U000e0001中'");
    }

    #[test]
    fn ascii_escapes_the_rest_of_unicode() {
        assert_eq!(ascii(&repr("é€🎉")), "'\\xe9\\u20ac\\U0001f389'");
    }

    #[test]
    fn words_get_capitals_and_sigma_its_final_form() {
        assert_eq!(title("they're bill's ÉCOLE ΟΔΟΣ x1y"), "They'Re Bill'S École Οδος X1Y");
        assert_eq!(capitalize("ΟΔΟΣ ǆ"), "Οδος ǆ");
        assert_eq!(swapcase("Straße ΑΣ"), "sTRASSE ας");
        assert_eq!(casefold("Straße"), "strasse");
        assert!(is_title("A Bc 9D") && !is_title("aB") && !is_title("AB") && !is_title("1"));
    }

    #[test]
    fn names_are_identifiers() {
        assert!(is_identifier("_x1") && is_identifier("é") && !is_identifier("1x") && !is_identifier(""));
        assert!(!is_identifier("a-b") && is_identifier("class"));
    }
}
