//! Where and why a file is no trace.

use std::fmt;

/// The place in a file from which on it cannot be read, and what was expected there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// Counted from 1.
    pub line: usize,
    /// In bytes, counted from 1.
    pub column: usize,
    /// From the beginning of the file, counted from 0.
    pub byte: usize,
    /// What is wrong and what was expected, without a full stop.
    pub what: String,
}

impl Broken {
    /// What a JSON error says, with the byte that it means.
    pub(super) fn of(error: &serde_json::Error, text: &[u8]) -> Broken {
        let (line, column) = (error.line().max(1), error.column().max(1));
        let line_start = text.split_inclusive(|&byte| byte == b'\n').take(line - 1).map(<[u8]>::len).sum::<usize>();
        let said = error.to_string();
        // The library appends the place, which is told apart here.
        let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what).to_string();
        let byte = (line_start + column - 1).min(text.len());
        let found = text.get(byte..).map(excerpt).filter(|found| !found.is_empty() && !error.is_eof());
        let what = found.map_or_else(|| what.clone(), |found| format!("{what}, found `{found}`"));
        Broken { line, column, byte, what }
    }

    /// A mistake at a byte, with what stands there.
    pub(super) fn found(text: &[u8], byte: usize, what: &str) -> Broken {
        Broken::at(text, byte, format!("{what}, found `{}`", excerpt(&text[byte..])))
    }

    /// A mistake at a byte.
    pub(super) fn at(text: &[u8], byte: usize, what: impl Into<String>) -> Broken {
        let before = &text[..byte.min(text.len())];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
        Broken { line, column, byte, what: what.into() }
    }
}

/// The first characters of what is there, on one line.
fn excerpt(text: &[u8]) -> String {
    let text = &text[..text.len().min(24)];
    let text = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(text).trim_end_matches(['\r', '\u{fffd}']).to_string()
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {} (byte {}): {}", self.line, self.column, self.byte, self.what)
    }
}

impl std::error::Error for Broken {}
