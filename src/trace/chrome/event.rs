//! One event of a trace file, as it stands there.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// An event. Numbers that others write as text, and what only few events have, stay as they stand in the file.
#[derive(Deserialize)]
pub struct Event<'a> {
    /// The phase: what sort of event it is.
    #[serde(borrow)]
    pub ph: Cow<'a, str>,
    #[serde(borrow, default)]
    pub name: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub cat: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub ts: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub dur: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub pid: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub tid: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub id2: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub args: Option<&'a RawValue>,
    /// The name of a colour.
    #[serde(borrow, default)]
    pub cname: Option<Cow<'a, str>>,
    /// Of a mark: thread, process or everything.
    #[serde(borrow, default)]
    pub s: Option<Cow<'a, str>>,
    /// Of an arrow's end: whether it ends at the slice around it.
    #[serde(borrow, default)]
    pub bp: Option<Cow<'a, str>>,
    // What is not shown, only whether it is there: stacks, and the thread's own clock.
    #[serde(default)]
    sf: Option<IgnoredAny>,
    #[serde(default)]
    stack: Option<IgnoredAny>,
    #[serde(default)]
    esf: Option<IgnoredAny>,
    #[serde(default)]
    estack: Option<IgnoredAny>,
    #[serde(default)]
    tts: Option<IgnoredAny>,
    #[serde(default)]
    tdur: Option<IgnoredAny>,
}

impl Event<'_> {
    /// What an event may have that is not shown.
    pub const UNSHOWN: [&'static str; 7] = ["cat", "sf", "stack", "esf", "estack", "tts", "tdur"];

    /// Which of these it has. Slices that overlap are told apart by their category, and arrows.
    pub fn unshown(&self) -> [bool; 7] {
        let has_category =
            matches!(&*self.ph, "X" | "B" | "i" | "I" | "C") && self.cat.as_ref().is_some_and(|cat| !cat.is_empty());
        let others = [&self.sf, &self.stack, &self.esf, &self.estack, &self.tts, &self.tdur].map(Option::is_some);
        let [sf, stack, esf, estack, tts, tdur] = others;
        [has_category, sf, stack, esf, estack, tts, tdur]
    }
}

/// What the metadata events say in their arguments.
#[derive(Deserialize, Default)]
pub struct About<'a> {
    #[serde(borrow, default)]
    pub name: Option<Cow<'a, str>>,
    #[serde(default)]
    pub sort_index: Option<i64>,
    #[serde(borrow, default)]
    pub labels: Option<Cow<'a, str>>,
}

/// What our own files say of a subject.
#[derive(Deserialize)]
pub struct OwnSubject<'a> {
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// The subject's number.
    pub parent: Option<u32>,
    #[serde(borrow)]
    pub born: &'a RawValue,
    #[serde(borrow, default)]
    pub ended: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub line: Option<Cow<'a, str>>,
}

/// What our own files say of a span, a mark or an output.
#[derive(Deserialize, Default)]
pub struct OwnArgs<'a> {
    #[serde(borrow, default)]
    pub state: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub reason: Option<Cow<'a, str>>,
    /// The number of the subject that it is about.
    #[serde(default)]
    pub subject: Option<u32>,
    #[serde(borrow, default)]
    pub line: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub detail: Option<Cow<'a, str>>,
    /// Whether the span was still open.
    #[serde(default)]
    pub open: bool,
}

/// An object's members as they stand in the file.
pub struct Pairs<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut all = Vec::new();
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    all.push((key.0, map.next_value()?));
                }
                Ok(Pairs(all))
            }
        }
        deserializer.deserialize_map(All)
    }
}

/// A key, borrowed where nothing in it is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Key<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// The text of a number, also of one that is written as a string.
pub fn unquoted(raw: &RawValue) -> &str {
    raw.get().trim_matches('"')
}

/// Microseconds as nanoseconds, exactly where they have at most three decimals.
pub fn ns_from_micros(text: &str) -> Option<i64> {
    let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 16 || !are_digits(whole) || rest.len() > 3 || !are_digits(rest) {
        let micros: f64 = text.parse().ok()?;
        return (micros.abs() < 9e15).then(|| (micros * 1e3).round() as i64);
    }
    let number = |text: &str| text.bytes().fold(0i64, |n, digit| n * 10 + i64::from(digit - b'0'));
    let ns = number(whole).checked_mul(1000)?.checked_add(number(rest) * [1000, 100, 10, 1][rest.len()])?;
    Some(if is_negative { -ns } else { ns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_nanoseconds() {
        let cases = [
            ("0", Some(0)),
            ("12", Some(12_000)),
            ("1712345678901234.567", Some(1_712_345_678_901_234_567)),
            ("1.5", Some(1_500)),
            ("-0.25", Some(-250)),
            ("1.0004", Some(1_000)),
            ("1e3", Some(1_000_000)),
            ("9999999999999999", None),
            ("x", None),
            ("", None),
        ];
        for (text, ns) in cases {
            assert_eq!(ns_from_micros(text), ns, "{text}");
        }
    }
}
