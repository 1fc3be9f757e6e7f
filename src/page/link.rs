//! The address of what a reader sees:
//! `v=1&s=scenario&trace=address&p.NAME=value&python=3.14t&seed=7&x=choices&t=ms&range=ms,ms&fold=1&m=ms,ms&pin=row&hide=row&only=words&close=group&crowd=group&thin=group&open=group&c=code`.
//!
//! It is the hash of the page's address, so no server learns of it. `c` is the edited text, deflated and in
//! base64url; it is absent while the text is the scenario's own. Unknown keys are ignored, so that a newer
//! page's link still opens; a higher version only earns a notice. Times are milliseconds of virtual time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::simulator;
use crate::order;
use crate::time::Time;
use crate::timeline::{Arrangement, Fold, Folds};
use crate::world::Schedule;
use crate::world::version::Python;

/// The version of the address that is written.
pub const VERSION: u32 = 1;

/// So many marks are read.
const MOST_MARKS: usize = 100;

/// So many rows are pinned, and so many hidden.
const MOST_ROWS: usize = 100;

/// The longest text that is unpacked [bytes]; a link must not be able to fill the memory.
const LONGEST_TEXT: usize = 2_000_000;

/// What an address says.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Link {
    /// The scenario's name.
    pub scenario: Option<String>,
    /// Parameters that differ from their defaults.
    pub parameters: BTreeMap<String, String>,
    /// The version of Python that runs the program, where it is not the scenario's own.
    pub python: Option<String>,
    /// What every random decision follows from, where it is not the scenario's own.
    pub seed: Option<u64>,
    /// Where the run departs from what comes by itself.
    pub schedule: Schedule,
    /// The instant that is looked at.
    pub at: Option<Time>,
    /// The part of the run that is looked at, where it is not the whole.
    pub range: Option<(Time, Time)>,
    /// Whether what is idle for long is folded.
    pub is_folded: bool,
    /// Marked instants, ascending.
    pub marks: Vec<Time>,
    /// What rows are pinned, hidden, or alone shown.
    pub arrangement: Arrangement,
    /// How groups are folded.
    pub folds: Folds,
    /// The edited text.
    pub text: Option<String>,
    /// The address of a recorded trace, from the page's own.
    pub trace: Option<String>,
}

impl Link {
    /// Reads an address; what it cannot read becomes a notice and is left out.
    pub fn parse(hash: &str) -> (Link, Vec<String>) {
        let mut link = Link::default();
        let mut notices = Vec::new();
        for pair in hash.trim_start_matches('#').split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = unescape(value);
            let value = if matches!(key, "pin" | "hide") { path_of_today(value) } else { value };
            match key {
                "v" => {
                    if value.parse().map_or(true, |version: u32| version > VERSION) {
                        notices.push(format!("this page does not know links of version `{value}`: some of it may be missing"));
                    }
                }
                "s" => link.scenario = Some(value),
                "absent" => notices.push(format!(
                    "there is no scenario `{value}` here, so that the link cannot be followed: this is the first one"
                )),
                "trace" => link.trace = Some(value),
                "t" => match value.parse::<f64>() {
                    Ok(ms) if ms.is_finite() && ms >= 0.0 => link.at = Some(Time((ms * 1e6).round() as u64)),
                    _ => notices
                        .push(format!("the link's time `{value}` is no number of milliseconds: showing the start")),
                },
                "range" => match range(&value) {
                    Some(range) => link.range = Some(range),
                    None => notices.push(format!(
                        "the link's range `{value}` is not two rising numbers of milliseconds, as in `120,450`: showing \
                         the whole run"
                    )),
                },
                "fold" => link.is_folded = value == "1",
                "python" => match Python::parse(&value) {
                    Ok(_) => link.python = Some(value),
                    Err(why) => notices.push(format!("the link's version of Python: {why}; taking the scenario's own")),
                },
                "seed" => match value.parse() {
                    Ok(seed) => link.seed = Some(seed),
                    Err(_) => {
                        notices.push(format!("the link's seed `{value}` is no whole number: taking the scenario's own"))
                    }
                },
                "x" => match value.parse() {
                    Ok(schedule) => link.schedule = schedule,
                    Err(bad) => notices.push(format!("the link's choices: {bad}; the run goes as it comes by itself")),
                },
                "m" => {
                    let marks = value.split(',').filter_map(|ms| ms.parse::<f64>().ok()).filter(|ms| *ms >= 0.0);
                    link.marks = marks.take(MOST_MARKS).map(|ms| Time((ms * 1e6).round() as u64)).collect();
                    order::sort(&mut link.marks);
                }
                "pin" if link.arrangement.pinned().count() < MOST_ROWS => {
                    if !link.arrangement.is_pinned(&value) {
                        link.arrangement.toggle_pin(&value);
                    }
                }
                "hide" if link.arrangement.hidden().count() < MOST_ROWS => link.arrangement.hide(&value),
                "only" => link.arrangement.only = value.to_lowercase(),
                "c" => match unpack(&value) {
                    Some(text) => link.text = Some(text),
                    None => notices.push("the link's text is damaged: showing the scenario as it was published".into()),
                },
                key => {
                    if let Some(fold) = Fold::named(key).filter(|_| link.folds.chosen().count() < MOST_ROWS) {
                        link.folds.choose(value, fold);
                    } else if let Some(name) = key.strip_prefix("p.") {
                        link.parameters.insert(unescape(name), value);
                    }
                }
            }
        }
        (link, notices)
    }

    /// Writes the address, without a `#`.
    pub fn format(&self) -> String {
        let mut out = format!("v={VERSION}");
        if let Some(scenario) = &self.scenario {
            let _ = write!(out, "&s={}", escape(scenario));
        }
        if let Some(trace) = &self.trace {
            let _ = write!(out, "&trace={}", escape(trace));
        }
        for (name, value) in &self.parameters {
            let _ = write!(out, "&p.{}={}", escape(name), escape(value));
        }
        if let Some(python) = &self.python {
            let _ = write!(out, "&python={}", escape(python));
        }
        if let Some(seed) = self.seed {
            let _ = write!(out, "&seed={seed}");
        }
        if !self.schedule.is_empty() {
            let _ = write!(out, "&x={}", self.schedule);
        }
        if let Some(Time(ns)) = self.at {
            let _ = write!(out, "&t={}", ns as f64 / 1e6);
        }
        if let Some((from, to)) = self.range {
            let _ = write!(out, "&range={},{}", from.0 as f64 / 1e6, to.0 as f64 / 1e6);
        }
        if self.is_folded {
            out.push_str("&fold=1");
        }
        if !self.marks.is_empty() {
            let marks: Vec<String> = self.marks.iter().map(|at| (at.0 as f64 / 1e6).to_string()).collect();
            let _ = write!(out, "&m={}", marks.join(","));
        }
        for path in self.arrangement.pinned() {
            let _ = write!(out, "&pin={}", escape(path));
        }
        for path in self.arrangement.hidden() {
            let _ = write!(out, "&hide={}", escape(path));
        }
        if !self.arrangement.only.is_empty() {
            let _ = write!(out, "&only={}", escape(&self.arrangement.only));
        }
        for (path, fold) in self.folds.chosen() {
            let _ = write!(out, "&{}={}", fold.name(), escape(path));
        }
        if let Some(text) = &self.text {
            let _ = write!(out, "&c={}", pack(text));
        }
        out
    }
}

/// A row's path in the words of today; links of before have another one for the header of a process.
fn path_of_today(path: String) -> String {
    match path.strip_suffix("/Processs") {
        Some(process) => format!("{process}/Processes"),
        None => path,
    }
}

/// Two instants, the first before the second.
fn range(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once(',')?;
    let time = |ms: &str| ms.parse::<f64>().ok().filter(|ms| ms.is_finite() && *ms >= 0.0);
    let [from, to] = [time(from)?, time(to)?].map(|ms| Time((ms * 1e6).round() as u64));
    (from < to).then_some((from, to))
}

/// The text deflated and in base64url.
fn pack(text: &str) -> String {
    base64url(&simulator::deflate(text.as_bytes()))
}

/// The text of a packed one, unless it is damaged or too long.
fn unpack(packed: &str) -> Option<String> {
    let bytes = from_base64url(packed)?;
    String::from_utf8(simulator::inflate(&bytes, LONGEST_TEXT)?).ok()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// RFC 4648 section 5, without padding.
fn base64url(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, &byte| word << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            out.push(char::from(DIGITS[(word >> (18 - 6 * digit)) as usize & 63]));
        }
    }
    out
}

fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.trim_end_matches('=').bytes().collect();
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    for chunk in digits.chunks(4) {
        let mut word = 0u32;
        for &digit in chunk {
            let value = DIGITS.iter().position(|&d| d == digit)?;
            word = word << 6 | value as u32;
        }
        word <<= 6 * (4 - chunk.len());
        let n_bytes = match chunk.len() {
            4 => 3,
            3 => 2,
            2 => 1,
            _ => return None,
        };
        out.extend_from_slice(&word.to_be_bytes()[1..=n_bytes]);
    }
    Some(out)
}

/// Percent-escapes what may not stand in a value; blanks become `+`-free `%20`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => {
                out.push(char::from(byte))
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Undoes percent-escapes and the `+` that browsers write for a blank; damaged escapes stay as they are.
fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (b'+', _) => {
                out.push(b' ');
                at += 1;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
