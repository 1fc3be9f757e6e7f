//! A value in a few words, for a reader who looks at a program that stands still: no Python runs for it.
//!
//! What is long is cut, and an object of a class is told by its first attributes. It is the `repr` of CPython as far as
//! numbers, texts and containers go, and short of it everywhere else.

use super::generator::GenKind;
use super::object::Data;
use super::types::{bytes, complex, float_text, str};
use super::value::Value;

/// Elements of a container that are told.
const MOST_ELEMENTS: usize = 5;
/// Attributes of an object that are told.
const MOST_ATTRIBUTES: usize = 3;
/// The longest text of one value [characters].
const LONGEST: usize = 60;
/// Containers in containers in containers are only named.
const DEEPEST: usize = 2;

/// The value in a few words.
pub fn brief(value: &Value) -> String {
    cut(told(value, 0))
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

fn told(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => String::new(),
        Value::None => "None".into(),
        Value::Ellipsis => "...".into(),
        Value::NotImplemented => "NotImplemented".into(),
        Value::Bool(truth) => if truth.get() { "True" } else { "False" }.into(),
        Value::Int(n) => n.to_string(),
        Value::Float(f) => float_text::repr(f.get()),
        // Its digits are not computed: that takes long for a number of many.
        Value::Big(n) if n.bits() > 200 => format!("<int of {} bits>", n.bits()),
        Value::Big(n) => n.to_string(),
        Value::Str(text) => str::repr(&text.as_str().chars().take(LONGEST).collect::<String>()),
        Value::Bytes(b) => bytes::repr(&b[..b.len().min(LONGEST)]),
        Value::Tuple(t) => match &t.items[..] {
            [only] => format!("({},)", told(only, depth + 1)),
            items => listed("(", items.iter(), items.len(), ")", depth),
        },
        Value::List(l) => {
            let items = l.items.borrow();
            listed("[", items.iter(), items.len(), "]", depth)
        }
        Value::Dict(d) => {
            let mut pairs = Vec::new();
            if depth < DEEPEST {
                let mut at = d.next_position(0);
                while let Some(position) = at.filter(|_| pairs.len() < MOST_ELEMENTS) {
                    let (key, value) = (told(&d.key_at(position), depth + 1), told(&d.value_at(position), depth + 1));
                    pairs.push(format!("{key}: {value}"));
                    at = d.next_position(position + 1);
                }
            }
            closed("{", pairs, d.len(), "}")
        }
        Value::Set(s) if s.is_empty() => if s.frozen { "frozenset()" } else { "set()" }.into(),
        Value::Set(s) => {
            let items = s.items();
            listed("{", items.iter(), items.len(), "}", depth)
        }
        Value::Range(r) if r.step == 1 => format!("range({}, {})", r.start, r.stop),
        Value::Range(r) => format!("range({}, {}, {})", r.start, r.stop, r.step),
        Value::Slice(parts) => {
            let [start, stop, step] = [0, 1, 2].map(|n| told(&parts[n], depth + 1));
            format!("slice({start}, {stop}, {step})")
        }
        Value::Func(f) => format!("<function {}>", f.name.borrow().as_str().unwrap_or("?")),
        Value::Native(n) => format!("<built-in {}>", n.name),
        Value::Bound(b) => match &b.function {
            Value::Func(f) => format!("<method {}>", f.name.borrow().as_str().unwrap_or("?")),
            Value::Native(n) => format!("<method {}>", n.name),
            _ => "<method>".into(),
        },
        Value::Class(c) => format!("<class {}>", c.name()),
        Value::Instance(instance) => {
            let class = instance.class().name();
            let attributes = instance.attributes();
            let named = attributes.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
            let shown: Vec<_> = named.filter(|(name, value)| !name.starts_with('_') && !value.is_null()).collect();
            if depth >= DEEPEST || shown.is_empty() {
                return format!("<{class}>");
            }
            let pairs =
                shown.iter().take(MOST_ATTRIBUTES).map(|(name, value)| format!("{name}={}", told(value, depth + 1)));
            closed(&format!("{class}("), pairs.collect(), shown.len(), ")")
        }
        Value::Gen(g) => {
            let what = match g.kind {
                GenKind::Generator => "generator",
                GenKind::Coroutine => "coroutine",
                GenKind::AsyncGenerator => "async generator",
            };
            format!("<{what} {}>", g.name.borrow().as_str().unwrap_or("?"))
        }
        Value::Iter(_) => "<iterator>".into(),
        Value::Module(m) => format!("<module {}>", m.name),
        Value::Cell(cell) => told(&cell.value.borrow(), depth),
        Value::Code(_) => "<code>".into(),
        Value::Obj(object) => match &object.data {
            Data::Complex(re, im) => complex::repr(*re, *im),
            Data::ByteArray(b) => format!("bytearray({})", bytes::repr(&b.borrow()[..b.borrow().len().min(LONGEST)])),
            _ => format!("<{}>", object.class.name()),
        },
    }
}

fn listed<'a>(open: &str, items: impl Iterator<Item = &'a Value>, n: usize, close: &str, depth: usize) -> String {
    let shown = if depth < DEEPEST { MOST_ELEMENTS } else { 0 };
    closed(open, items.take(shown).map(|item| told(item, depth + 1)).collect(), n, close)
}

/// The parts that are told, and that there are more.
fn closed(open: &str, mut parts: Vec<String>, n: usize, close: &str) -> String {
    if n > parts.len() {
        parts.push(if parts.is_empty() { "…".into() } else { format!("… {n} in all") });
    }
    format!("{open}{}{close}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: Vec<Value>) -> Value {
        Value::list(items)
    }

    #[test]
    fn what_is_short_is_told_as_python_writes_it() {
        let told = |value: Value| brief(&value);
        assert_eq!(told(Value::Int(-3)), "-3");
        assert_eq!(told(Value::float(0.1)), "0.1");
        assert_eq!(told(Value::str("it's")), "\"it's\"");
        assert_eq!(told(Value::tuple([Value::Int(1)])), "(1,)");
        assert_eq!(told(list(vec![Value::None, Value::bool(true)])), "[None, True]");
        assert_eq!(told(list(vec![])), "[]");
    }

    #[test]
    fn what_is_long_or_deep_is_cut() {
        assert_eq!(brief(&list((0..9).map(Value::Int).collect())), "[0, 1, 2, 3, 4, … 9 in all]");
        let nested = list(vec![list(vec![list(vec![Value::Int(1)]), list(vec![])])]);
        assert_eq!(brief(&nested), "[[[…], []]]");
        assert_eq!(brief(&Value::str(&"x".repeat(500))).chars().count(), LONGEST + 1);
        let circle = list(vec![]);
        let Value::List(inside) = &circle else { unreachable!("it is a list") };
        inside.items.borrow_mut().push(circle.clone());
        assert_eq!(brief(&circle), "[[[…]]]");
        inside.items.borrow_mut().clear();
    }
}
