//! Methods of `str` that search, split, trim, pad and replace.

use super::arguments::{arity, bounds, int_or, keywords, text};
use super::str::argument;
use super::unicode;
use crate::python::dict::Dict;
use crate::python::function::Args;
use crate::python::heap;
use crate::python::text::Str;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

fn must_be_str(name: &str) -> String {
    format!("must be str, not {name}")
}

/// The byte at which a character begins.
fn byte_at(s: &Str, index: usize) -> usize {
    if s.is_ascii() {
        return index.min(s.as_str().len());
    }
    s.as_str().char_indices().nth(index).map_or(s.as_str().len(), |(at, _)| at)
}

/// The part of the text that a search looks at: its first character and itself; `None` where the start is beyond.
fn window<'a>(vm: &mut Vm, args: &Args<'a>, s: &'a Str) -> R<Option<(usize, &'a str)>> {
    if args.pos.len() <= 2 {
        return Ok(Some((0, s.as_str())));
    }
    let (start, end) = bounds(vm, args.pos.get(2), args.pos.get(3), s.n_chars())?;
    if start > end {
        return Ok(None);
    }
    Ok(Some((start, &s.as_str()[byte_at(s, start)..byte_at(s, end)])))
}

/// `find`, `rfind`, `index`, `rindex`
pub fn find(vm: &mut Vm, args: &Args, qualname: &str, last: bool, must: bool) -> R {
    let s = text(vm, args, qualname)?;
    let name = &qualname[4..];
    if args.pos.len() < 2 {
        return vm.type_error(format!("{name}() takes at least 1 argument (0 given)"));
    }
    arity(vm, args, qualname, 1, 3)?;
    let part = argument(vm, &args.pos[1], must_be_str)?;
    let found = window(vm, args, s)?.and_then(|(first, text)| {
        let at = if last { text.rfind(part.as_str()) } else { text.find(part.as_str()) }?;
        Some(first + if s.is_ascii() { at } else { text[..at].chars().count() })
    });
    match found {
        Some(at) => Ok(Value::from(at)),
        None if must => vm.value_error("substring not found"),
        None => Ok(Value::Int(-1)),
    }
}

/// `count`
pub fn count(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.count")?;
    if args.pos.len() < 2 {
        return vm.type_error("count() takes at least 1 argument (0 given)");
    }
    arity(vm, args, "str.count", 1, 3)?;
    let part = argument(vm, &args.pos[1], must_be_str)?;
    Ok(Value::from(match window(vm, args, s)? {
        None => 0,
        Some((_, text)) if part.as_str().is_empty() => text.chars().count() + 1,
        Some((_, text)) => text.matches(part.as_str()).count(),
    }))
}

/// `startswith`, `endswith`
pub fn affix(vm: &mut Vm, args: &Args, qualname: &str, test: fn(&str, &str) -> bool) -> R {
    let s = text(vm, args, qualname)?;
    let name = &qualname[4..];
    if args.pos.len() < 2 && args.names.is_empty() {
        return vm.type_error(format!("{name}() takes at least 1 argument (0 given)"));
    }
    arity(vm, args, qualname, 1, 3)?;
    let window = window(vm, args, s)?;
    let test = |part: &str| window.is_some_and(|(_, text)| test(text, part));
    if let Value::Tuple(parts) = args.pos[1].core() {
        for part in &parts.items {
            let part = argument(vm, part, |found| format!("tuple for {name} must only contain str, not {found}"))?;
            if test(part.as_str()) {
                return Ok(Value::bool(true));
            }
        }
        return Ok(Value::bool(false));
    }
    let part =
        argument(vm, &args.pos[1], |found| format!("{name} first arg must be str or a tuple of str, not {found}"))?;
    Ok(Value::bool(test(part.as_str())))
}

/// `removeprefix`, `removesuffix`
pub fn without(vm: &mut Vm, args: &Args, qualname: &str, strip: for<'a> fn(&'a str, &str) -> Option<&'a str>) -> R {
    let s = text(vm, args, qualname)?;
    arity(vm, args, qualname, 1, 1)?;
    let name = &qualname[4..];
    let part = argument(vm, &args.pos[1], |found| format!("{name}() argument must be str, not {found}"))?;
    Ok(match strip(s.as_str(), part.as_str()) {
        Some(rest) => Value::str(rest),
        None => Value::Str(s.clone()),
    })
}

/// `replace`
pub fn replace(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.replace")?;
    arity(vm, args, "str.replace", 2, 3)?;
    let part =
        |i: usize| argument(vm, &args.pos[i], |found| format!("replace() argument {i} must be str, not {found}"));
    let (old, new) = (part(1)?, part(2)?);
    let limit = int_or(vm, args.pos.get(3), -1)?;
    let (s, old, new) = (s.as_str(), old.as_str(), new.as_str());
    Ok(Value::string(if limit < 0 { s.replace(old, new) } else { s.replacen(old, new, limit as usize) }))
}

/// `split`, `rsplit`
pub fn split(vm: &mut Vm, args: &Args, qualname: &str, from_end: bool) -> R {
    let s = text(vm, args, qualname)?;
    keywords(vm, args, qualname, &["sep", "maxsplit"])?;
    let limit = int_or(vm, args.get(2, "maxsplit"), -1)?;
    let limit = if limit < 0 { usize::MAX } else { limit as usize };
    let s = s.as_str();
    let parts = match args.get(1, "sep") {
        None | Some(Value::None) if from_end => split_words_from_end(s, limit),
        None | Some(Value::None) => split_words(s, limit),
        Some(sep) => {
            let sep = argument(vm, sep, |found| format!("must be str or None, not {found}"))?.as_str();
            if sep.is_empty() {
                return vm.value_error("empty separator");
            }
            let n = limit.saturating_add(1);
            if from_end {
                let mut parts: Vec<&str> = s.rsplitn(n, sep).collect();
                parts.reverse();
                parts
            } else {
                s.splitn(n, sep).collect()
            }
        }
    };
    Ok(strings(parts))
}

fn strings(parts: Vec<&str>) -> Value {
    Value::list(parts.into_iter().map(Value::str).collect())
}

fn split_words(s: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = s.trim_start_matches(unicode::is_space);
    while !rest.is_empty() {
        if parts.len() == limit {
            parts.push(rest);
            break;
        }
        let end = rest.find(unicode::is_space).unwrap_or(rest.len());
        parts.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(unicode::is_space);
    }
    parts
}

fn split_words_from_end(s: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = s.trim_end_matches(unicode::is_space);
    while !rest.is_empty() {
        if parts.len() == limit {
            parts.push(rest);
            break;
        }
        let start = rest.char_indices().rev().find(|(_, c)| unicode::is_space(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        parts.push(&rest[start..]);
        rest = rest[..start].trim_end_matches(unicode::is_space);
    }
    parts.reverse();
    parts
}

/// `splitlines`
pub fn splitlines(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.splitlines")?;
    keywords(vm, args, "str.splitlines", &["keepends"])?;
    let keep = match args.get(1, "keepends") {
        Some(keep) => vm.truth(keep)?,
        None => false,
    };
    let s = s.as_str();
    let mut lines = Vec::new();
    let mut start = 0;
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !unicode::ends_line(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        if c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') {
            chars.next();
            end += 1;
        }
        lines.push(&s[start..if keep { end } else { at }]);
        start = end;
    }
    if start < s.len() {
        lines.push(&s[start..]);
    }
    Ok(strings(lines))
}

/// `partition`, `rpartition`
pub fn partition(vm: &mut Vm, args: &Args, qualname: &str, last: bool) -> R {
    let s = text(vm, args, qualname)?;
    arity(vm, args, qualname, 1, 1)?;
    let sep = argument(vm, &args.pos[1], must_be_str)?;
    if sep.as_str().is_empty() {
        return vm.value_error("empty separator");
    }
    let (whole, empty) = (s.as_str(), Value::str(""));
    let found = if last { whole.rsplit_once(sep.as_str()) } else { whole.split_once(sep.as_str()) };
    Ok(Value::tuple(match found {
        Some((before, after)) => [Value::str(before), Value::Str(sep.clone()), Value::str(after)],
        None if last => [empty.clone(), empty, Value::Str(s.clone())],
        None => [Value::Str(s.clone()), empty.clone(), empty],
    }))
}

/// `strip`, `lstrip`, `rstrip`
pub fn strip(vm: &mut Vm, args: &Args, qualname: &str, left: bool, right: bool) -> R {
    let s = text(vm, args, qualname)?;
    arity(vm, args, qualname, 0, 1)?;
    let chars: Option<Vec<char>> = match args.pos.get(1) {
        None | Some(Value::None) => None,
        Some(chars) => {
            let chars = argument(vm, chars, |_| format!("{} arg must be None or str", &qualname[4..]))?;
            Some(chars.as_str().chars().collect())
        }
    };
    let goes = |c: char| match &chars {
        Some(chars) => chars.contains(&c),
        None => unicode::is_space(c),
    };
    let mut rest = s.as_str();
    if left {
        rest = rest.trim_start_matches(goes);
    }
    if right {
        rest = rest.trim_end_matches(goes);
    }
    Ok(if rest.len() == s.as_str().len() { Value::Str(s.clone()) } else { Value::str(rest) })
}

/// `center`, `ljust`, `rjust`; `left` says how many of the free places go before the text.
pub fn justify(vm: &mut Vm, args: &Args, qualname: &str, left: fn(usize, usize) -> usize) -> R {
    let s = text(vm, args, qualname)?;
    arity(vm, args, qualname, 1, 2)?;
    let width = vm.expect_int(&args.pos[1])?.max(0) as usize;
    let fill = match args.pos.get(2) {
        None => ' ',
        Some(fill) => {
            let fill =
                argument(vm, fill, |found| format!("The fill character must be a unicode character, not {found}"))?;
            let mut chars = fill.as_str().chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => c,
                _ => return vm.type_error("The fill character must be exactly one character long"),
            }
        }
    };
    let free = width.saturating_sub(s.n_chars());
    if free > 1 << 28 {
        return Err(vm.error_empty(ErrorKind::Memory));
    }
    let before = left(free, width);
    let mut out = String::with_capacity(s.as_str().len() + free * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, before));
    out.push_str(s.as_str());
    out.extend(std::iter::repeat_n(fill, free - before));
    Ok(Value::string(out))
}

/// `zfill`
pub fn zfill(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.zfill")?;
    arity(vm, args, "str.zfill", 1, 1)?;
    let width = vm.expect_int(&args.pos[1])?.max(0) as usize;
    let free = width.saturating_sub(s.n_chars());
    if free > 1 << 28 {
        return Err(vm.error_empty(ErrorKind::Memory));
    }
    let whole = s.as_str();
    let sign = if whole.starts_with(['+', '-']) { 1 } else { 0 };
    Ok(Value::string(format!("{}{}{}", &whole[..sign], "0".repeat(free), &whole[sign..])))
}

/// `expandtabs`
pub fn expandtabs(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.expandtabs")?;
    keywords(vm, args, "str.expandtabs", &["tabsize"])?;
    let size = int_or(vm, args.get(1, "tabsize"), 8)?.max(0) as usize;
    let mut out = String::with_capacity(s.as_str().len());
    let mut column = 0;
    for c in s.as_str().chars() {
        match c {
            '\t' => {
                let n = if size == 0 { 0 } else { size - column % size };
                out.extend(std::iter::repeat_n(' ', n));
                column += n;
            }
            _ => {
                out.push(c);
                column = if c == '\n' || c == '\r' { 0 } else { column + 1 };
            }
        }
    }
    Ok(Value::string(out))
}

/// `join`
pub fn join(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.join")?;
    arity(vm, args, "str.join", 1, 1)?;
    let iterable = &args.pos[1];
    let items = match vm.collect(iterable) {
        Err(stop)
            if vm.stops_with(&stop, ErrorKind::Type)
                && !matches!(iterable, Value::Instance(_) | Value::Gen(_) | Value::Iter(_)) =>
        {
            return vm.type_error("can only join an iterable");
        }
        items => items?,
    };
    let mut out = String::new();
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(s.as_str());
        }
        let item = argument(vm, item, |found| format!("sequence item {i}: expected str instance, {found} found"))?;
        out.push_str(item.as_str());
    }
    if let [one @ Value::Str(_)] = items.as_slice() {
        return Ok(one.clone());
    }
    Ok(Value::string(out))
}

/// `maketrans`
pub fn maketrans(vm: &mut Vm, args: &Args) -> R {
    let table = heap::dict(Dict::new());
    let code = |c: char| Value::Int(c as i64);
    match args.pos {
        [mapping] => {
            let Value::Dict(mapping) = mapping.core() else {
                return vm.type_error("if you give only one argument to maketrans it must be a dict");
            };
            for entry in mapping.entries() {
                let key = match entry.key.core() {
                    key @ (Value::Int(_) | Value::Bool(_)) => key.clone(),
                    Value::Str(s) => {
                        let mut chars = s.as_str().chars();
                        match (chars.next(), chars.next()) {
                            (Some(c), None) => code(c),
                            _ => return vm.value_error("string keys in translate table must be of length 1"),
                        }
                    }
                    _ => return vm.type_error("keys in translate table must be strings or integers"),
                };
                vm.dict_set(&table, key, entry.value)?;
            }
        }
        [from, rest @ ..] if !rest.is_empty() && rest.len() <= 2 => {
            if from.as_str().is_none() {
                return vm.type_error("first maketrans argument must be a string if there is a second argument");
            }
            let part = |i: usize| {
                argument(vm, &args.pos[i], |found| format!("maketrans() argument {} must be str, not {found}", i + 1))
            };
            let (from, to) = (part(0)?, part(1)?);
            let dropped = if rest.len() == 2 { Some(part(2)?) } else { None };
            if from.n_chars() != to.n_chars() {
                return vm.value_error("the first two maketrans arguments must have equal length");
            }
            for (a, b) in from.as_str().chars().zip(to.as_str().chars()) {
                vm.dict_set(&table, code(a), code(b))?;
            }
            for c in dropped.iter().flat_map(|d| d.as_str().chars()) {
                vm.dict_set(&table, code(c), Value::None)?;
            }
        }
        [] => return vm.type_error("maketrans expected at least 1 argument, got 0"),
        more => return vm.type_error(format!("maketrans expected at most 3 arguments, got {}", more.len())),
    }
    Ok(Value::Dict(table))
}

/// `translate`
pub fn translate(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.translate")?;
    arity(vm, args, "str.translate", 1, 1)?;
    let table = &args.pos[1];
    let mut out = String::with_capacity(s.as_str().len());
    for c in s.as_str().chars() {
        let key = Value::Int(c as i64);
        let found = match table {
            Value::Dict(dict) if dict.default_factory.borrow().is_null() => vm.dict_get(dict, &key)?,
            _ => match vm.get_item(table, &key) {
                Ok(found) => Some(found),
                Err(stop) if vm.stops_with(&stop, ErrorKind::Key) || vm.stops_with(&stop, ErrorKind::Index) => None,
                Err(stop) => return Err(stop),
            },
        };
        match found.as_ref().map(Value::core) {
            None => out.push(c),
            Some(Value::None) => {}
            Some(Value::Str(s)) => out.push_str(s.as_str()),
            Some(Value::Int(i)) => match u32::try_from(*i).ok().filter(|i| *i < 0x11_0000) {
                // A lone surrogate has no place in our text.
                Some(i) => out.push(char::from_u32(i).unwrap_or('\u{fffd}')),
                None => return vm.value_error("character mapping must be in range(0x110000)"),
            },
            Some(_) => return vm.type_error("character mapping must return integer, None or str"),
        }
    }
    Ok(Value::string(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_from_either_end() {
        assert_eq!(split_words("  a b\u{3000}c  d ", 2), ["a", "b", "c  d "]);
        assert_eq!(split_words_from_end("  a b\u{3000}c  d ", 2), ["  a b", "c", "d"]);
        assert_eq!(split_words(" \t\n", usize::MAX), Vec::<&str>::new());
        assert_eq!(split_words_from_end("é", 0), ["é"]);
    }

    #[test]
    fn characters_of_any_width_are_found_by_index() {
        let s = Str::new("aé中z");
        assert_eq!((byte_at(&s, 0), byte_at(&s, 2), byte_at(&s, 3), byte_at(&s, 9)), (0, 3, 6, 7));
    }
}
