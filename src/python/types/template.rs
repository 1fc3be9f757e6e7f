//! `str.format`: replacement fields, their names, conversions and nested specifications.

use super::arguments::{arity, text};
use crate::python::function::Args;
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, R, Vm};

/// `str.format(*args, **kwargs)`
pub fn format(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.format")?;
    let source = Source { pos: &args.pos[1..], named: &|_, name| Ok(args.named(name).cloned()), is_map: false };
    let mut numbering = Numbering::Unknown;
    expand(vm, s.as_str(), &source, &mut numbering, 2).map(Value::string)
}

/// `str.format_map(mapping)`
pub fn format_map(vm: &mut Vm, args: &Args) -> R {
    let s = text(vm, args, "str.format_map")?;
    arity(vm, args, "str.format_map", 1, 1)?;
    let map = &args.pos[1];
    let source = Source { pos: &[], named: &|vm, name| vm.get_item(map, &Value::str(name)).map(Some), is_map: true };
    let mut numbering = Numbering::Unknown;
    expand(vm, s.as_str(), &source, &mut numbering, 2).map(Value::string)
}

/// Where fields find their objects.
struct Source<'a> {
    pos: &'a [Value],
    named: &'a dyn Fn(&mut Vm, &str) -> R<Option<Value>>,
    is_map: bool,
}

/// Whether fields count by themselves.
enum Numbering {
    Unknown,
    Automatic(usize),
    Manual,
}

/// A replacement field: `{name!conversion:spec}`.
struct Field {
    name: String,
    conversion: Option<char>,
    spec: String,
    spec_has_fields: bool,
}

/// The next piece of a template: literal text, then perhaps a field.
fn next_piece(vm: &Vm, chars: &[char], at: &mut usize) -> R<(String, Option<Field>)> {
    let mut literal = String::new();
    while let Some(&c) = chars.get(*at) {
        *at += 1;
        if c != '{' && c != '}' {
            literal.push(c);
            continue;
        }
        match chars.get(*at) {
            Some(&next) if next == c => {
                *at += 1;
                literal.push(c);
            }
            _ if c == '}' => return vm.value_error("Single '}' encountered in format string"),
            None => return vm.value_error("Single '{' encountered in format string"),
            Some(_) => return field(vm, chars, at).map(|field| (literal, Some(field))),
        }
    }
    Ok((literal, None))
}

fn field(vm: &Vm, chars: &[char], at: &mut usize) -> R<Field> {
    let start = *at;
    let mut end = None;
    while let Some(&c) = chars.get(*at) {
        *at += 1;
        match c {
            '{' => return vm.value_error("unexpected '{' in field name"),
            '[' => {
                while chars.get(*at).is_some_and(|c| *c != ']') {
                    *at += 1;
                }
            }
            '}' | ':' | '!' => {
                end = Some(c);
                break;
            }
            _ => {}
        }
    }
    let Some(end) = end else { return vm.value_error("expected '}' before end of string") };
    let name = chars[start..*at - 1].iter().collect();
    let mut field = Field { name, conversion: None, spec: String::new(), spec_has_fields: false };
    if end == '}' {
        return Ok(field);
    }
    if end == '!' {
        let Some(&c) = chars.get(*at) else {
            return vm.value_error("end of string while looking for conversion specifier");
        };
        *at += 1;
        field.conversion = Some(c);
        if let Some(&c) = chars.get(*at) {
            *at += 1;
            match c {
                '}' => return Ok(field),
                ':' => {}
                _ => return vm.value_error("expected ':' after conversion specifier"),
            }
        }
    }
    let mut depth = 1;
    while let Some(&c) = chars.get(*at) {
        *at += 1;
        match c {
            '{' => {
                field.spec_has_fields = true;
                depth += 1;
            }
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(field);
        }
        field.spec.push(c);
    }
    vm.value_error("unmatched '{' in format spec")
}

fn expand(vm: &mut Vm, template: &str, source: &Source, numbering: &mut Numbering, depth: u32) -> R<String> {
    if depth == 0 {
        return vm.value_error("Max string recursion exceeded");
    }
    let chars: Vec<char> = template.chars().collect();
    let mut out = String::with_capacity(template.len());
    let mut at = 0;
    while at < chars.len() {
        let (literal, field) = next_piece(vm, &chars, &mut at)?;
        out.push_str(&literal);
        let Some(field) = field else { continue };
        let object = object(vm, &field.name, source, numbering)?;
        let object = match field.conversion {
            None => object,
            Some('s') => Value::Str(vm.str_of(&object)?),
            Some('r') => Value::string(vm.repr(&object)?),
            Some('a') => Value::string(super::str::ascii(&vm.repr(&object)?)),
            Some(c) if c.is_ascii_graphic() => return vm.value_error(format!("Unknown conversion specifier {c}")),
            Some(c) => return vm.value_error(format!("Unknown conversion specifier \\x{:x}", c as u32)),
        };
        let spec =
            if field.spec_has_fields { expand(vm, &field.spec, source, numbering, depth - 1)? } else { field.spec };
        let text = vm.format(&object, &spec)?;
        out.push_str(text.as_str().unwrap_or(""));
    }
    Ok(out)
}

/// The object that a field's name means: `0`, `name`, `0.attribute`, `name[key]`.
fn object(vm: &mut Vm, name: &str, source: &Source, numbering: &mut Numbering) -> R {
    let first_end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut rest) = name.split_at(first_end);
    let index = if first.is_empty() { None } else { number(vm, first)? };
    let mut object = match (first.is_empty(), index) {
        (true, _) => {
            let i = match numbering {
                Numbering::Manual => {
                    return vm
                        .value_error("cannot switch from manual field specification to automatic field numbering");
                }
                Numbering::Automatic(n) => *n,
                Numbering::Unknown => 0,
            };
            *numbering = Numbering::Automatic(i + 1);
            positional(vm, source, i)?
        }
        (false, Some(i)) => {
            if matches!(numbering, Numbering::Automatic(_)) {
                return vm.value_error("cannot switch from automatic field numbering to manual field specification");
            }
            *numbering = Numbering::Manual;
            positional(vm, source, i)?
        }
        (false, None) => match (source.named)(vm, first)? {
            Some(value) => value,
            None => return Err(vm.key_error(Value::str(first))),
        },
    };
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (attribute, tail) = after.split_at(end);
            if attribute.is_empty() {
                return vm.value_error("Empty attribute in format string");
            }
            object = vm.get_attribute(&object, attribute)?;
            rest = tail;
        } else if let Some(after) = rest.strip_prefix('[') {
            let Some((key, tail)) = after.split_once(']') else {
                return vm.value_error("Missing ']' in format string");
            };
            if key.is_empty() {
                return vm.value_error("Empty attribute in format string");
            }
            let key = match number(vm, key)? {
                Some(i) => Value::from(i),
                None => Value::str(key),
            };
            object = vm.get_item(&object, &key)?;
            rest = tail;
        } else {
            return vm.value_error("Only '.' or '[' may follow ']' in format field specifier");
        }
    }
    Ok(object)
}

fn number(vm: &Vm, text: &str) -> R<Option<usize>> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    match text.parse::<i64>() {
        Ok(n) => Ok(Some(n as usize)),
        Err(_) => vm.value_error("Too many decimal digits in format string"),
    }
}

fn positional(vm: &Vm, source: &Source, index: usize) -> R {
    if source.is_map {
        return vm.value_error("Format string contains positional fields");
    }
    match source.pos.get(index) {
        Some(value) => Ok(value.clone()),
        None => {
            let text = format!("Replacement index {index} out of range for positional args tuple");
            Err(vm.error(ErrorKind::Index, text))
        }
    }
}
