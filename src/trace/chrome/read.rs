//! A trace file, event by event, without a tree of it in memory.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::broken::Broken;
use super::build::Builder;
use super::event::{Event, Key};
use crate::trace::Recording;

/// Reads a file: a list of events, or an object with such a list as `traceEvents`.
///
/// A list may lack its closing bracket, as the format allows. Takes the time of a few passes over the file, and beside it
/// the memory of the trace and of twenty bytes an event.
pub fn read(file: &[u8]) -> Result<Recording, Broken> {
    let bytes = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let skipped = file.len() - bytes.len();
    let text = std::str::from_utf8(bytes).map_err(|error| foreign(file, skipped + error.valid_up_to()))?;
    match text.trim_start().bytes().next() {
        Some(b'[' | b'{') => {}
        _ => return Err(foreign(file, file.len() - text.trim_start().len())),
    }
    let mut builder = Builder::default();
    let mut state =
        Reading { builder: &mut builder, is_inside: false, refused: None, has_events: false, keys: Vec::new() };
    let mut json = serde_json::Deserializer::from_str(text);
    let done = (&mut json).deserialize_any(File(&mut state)).and_then(|()| json.end());
    let Reading { is_inside, refused, has_events, keys, .. } = state;
    let is_list = text.trim_start().starts_with('[');
    match done {
        Err(error) if !(is_list && error.is_eof() && !is_inside) => {
            let broken = match refused {
                Some(what) => Broken::found(bytes, place_of_event(text, builder.n_events - 1), &what),
                None => Broken::of(&error, bytes),
            };
            return Err(Broken { byte: broken.byte + skipped, ..broken });
        }
        _ => {}
    }
    if !has_events {
        let found = if keys.is_empty() { "an empty object".into() } else { format!("only {}", keys.join(", ")) };
        let what = format!(
            "this is JSON but no trace: expected a list of events, or an object with `traceEvents`; found {found}"
        );
        return Err(Broken::at(bytes, 0, what));
    }
    // This says how to show, not what.
    builder.unshown.extend(keys.into_iter().filter(|key| key != "`displayTimeUnit`"));
    Ok(builder.finish())
}

/// Where the event of a number begins: a second pass, for a file that has been found wrong.
fn place_of_event(text: &str, number: usize) -> usize {
    // Events are in the list behind `traceEvents`, or the file is that list.
    let key = text.find("\"traceEvents\"").unwrap_or(0);
    let mut rest = &text[key + text[key..].find('[').map_or(0, |bracket| bracket + 1)..];
    for _ in 0..number {
        let event = after_comma(rest);
        let mut values = serde_json::Deserializer::from_str(event).into_iter::<IgnoredAny>();
        let is_read = matches!(values.next(), Some(Ok(_)));
        rest = &event[if is_read { values.byte_offset() } else { 0 }..];
    }
    text.len() - after_comma(rest).len()
}

fn after_comma(rest: &str) -> &str {
    rest.trim_start_matches([',', ' ', '\t', '\n', '\r'])
}

/// What is wrong with a file that is no text, or no JSON from its first character on.
fn foreign(file: &[u8], byte: usize) -> Broken {
    let what = match file {
        [] => "the file is empty: expected Chrome's trace event JSON".into(),
        [0x1f, 0x8b, ..] => "the file is compressed with gzip: expected JSON, so unpack it first".into(),
        [b'P', b'K', 3, 4, ..] => "the file is a zip archive: expected JSON, so unpack it first".into(),
        [0x0a, ..] if byte < 4096 && std::str::from_utf8(file).is_err() => {
            "this looks like Perfetto's binary trace: expected JSON, which `traceconv json` makes of it".into()
        }
        _ => match std::str::from_utf8(file) {
            Err(_) => "expected text in UTF-8".to_string(),
            Ok(text) => {
                let found: String = text[byte.min(text.len())..].chars().take(16).collect();
                format!(
                    "expected `[` or `{{`, the beginning of Chrome's trace event JSON, found `{}`",
                    found.trim_end()
                )
            }
        },
    };
    Broken::at(file, byte, what)
}

struct Reading<'b, 'a> {
    builder: &'b mut Builder<'a>,
    /// Whether an event has begun and not ended.
    is_inside: bool,
    /// What the last event lacks.
    refused: Option<String>,
    has_events: bool,
    /// The keys of an object beside `traceEvents`.
    keys: Vec<String>,
}

/// The whole file.
struct File<'r, 'b, 'a>(&'r mut Reading<'b, 'a>);

impl<'a> Visitor<'a> for File<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of events, or an object with `traceEvents`")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, seq: A) -> Result<(), A::Error> {
        Events(self.0).visit_seq(seq)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key::<Key<'a>>()? {
            match &*key {
                "traceEvents" => map.next_value_seed(Events(self.0))?,
                "coroscope" => {
                    let Own { end } = map.next_value()?;
                    self.0.builder.set_own(end);
                }
                other => {
                    self.0.keys.push(format!("`{other}`"));
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The list of events.
struct Events<'r, 'b, 'a>(&'r mut Reading<'b, 'a>);

impl<'a> DeserializeSeed<'a> for Events<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for Events<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of events")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<(), A::Error> {
        self.0.has_events = true;
        while seq.next_element_seed(One(self.0))?.is_some() {}
        Ok(())
    }
}

/// One event.
struct One<'r, 'b, 'a>(&'r mut Reading<'b, 'a>);

impl<'a> DeserializeSeed<'a> for One<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.is_inside = true;
        let event = Event::deserialize(deserializer)?;
        if let Err(what) = self.0.builder.add(&event) {
            self.0.refused = Some(what);
            return Err(serde::de::Error::custom("refused"));
        }
        self.0.is_inside = false;
        Ok(())
    }
}

/// What our own files say of themselves, before their events.
#[derive(Deserialize)]
struct Own<'a> {
    #[serde(borrow)]
    end: &'a serde_json::value::RawValue,
}

/// A name that is borrowed where nothing in it is escaped.
pub(super) type Text<'a> = Cow<'a, str>;
