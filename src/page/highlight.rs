//! Python coloured for reading: a tokenizer that is right about words, strings, comments and numbers.
//!
//! It never fails, because it also sees text that is being typed; what it cannot read has no class. Every
//! character of the text is in exactly one token, so the coloured copy lies exactly under the editor's text.

/// What a stretch of text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Names, operators, blanks.
    Plain,
    /// `def`, `await`, `None` …
    Keyword,
    /// A string with its prefix and quotes.
    String,
    /// A number.
    Number,
    /// A comment.
    Comment,
    /// The name after `def` or `class`, or a decorator.
    Name,
    /// A form comment (`#@param`).
    Form,
    /// A line that begins a cell (`# %% server.py`).
    Cell,
}

impl Class {
    /// The class in style.css; empty for plain text.
    pub fn css_name(self) -> &'static str {
        match self {
            Class::Plain => "",
            Class::Keyword => "k",
            Class::String => "s",
            Class::Number => "n",
            Class::Comment => "c",
            Class::Name => "f",
            Class::Form => "p",
            Class::Cell => "h",
        }
    }
}

/// The words that Python keeps for itself, with the soft ones that matter to concurrency left out.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The text cut into classified stretches, in order and without gaps; neighbours differ in class.
pub fn tokens(text: &str) -> Vec<(Class, &str)> {
    let mut out: Vec<(Class, &str)> = Vec::new();
    let mut at = 0;
    let mut start = 0;
    let mut class = Class::Plain;
    let mut before_name = false;
    while at < text.len() {
        let (found, length) = token(&text[at..], text[..at].ends_with('\n') || at == 0, before_name);
        let word = &text[at..at + length];
        if !word.trim().is_empty() {
            before_name = found == Class::Keyword && matches!(word, "def" | "class");
        }
        if found != class {
            if at > start {
                out.push((class, &text[start..at]));
            }
            (start, class) = (at, found);
        }
        at += length;
    }
    if at > start {
        out.push((class, &text[start..at]));
    }
    out
}

/// The class and the length [bytes] of what the text begins with.
fn token(text: &str, at_line_start: bool, before_name: bool) -> (Class, usize) {
    let first = text.chars().next().unwrap_or(' ');
    if first == '#' {
        let line = text.split('\n').next().unwrap_or(text);
        let after = line[1..].trim_start();
        let class = match () {
            () if at_line_start && after.starts_with("%%") => Class::Cell,
            () if after.starts_with('@') => Class::Form,
            () => Class::Comment,
        };
        return (class, line.len());
    }
    if let Some(length) = string_length(text) {
        return (Class::String, length);
    }
    if first == '@' && at_line_start {
        let end = text[1..].find(|c: char| !(is_word(c) || c == '.')).map_or(text.len(), |n| n + 1);
        return (Class::Name, end);
    }
    if first.is_ascii_digit() {
        let end = text.find(|c: char| !(is_word(c) || c == '.')).unwrap_or(text.len());
        return (Class::Number, end);
    }
    if is_word(first) {
        let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
        let class = match &text[..end] {
            word if KEYWORDS.contains(&word) => Class::Keyword,
            _ if before_name => Class::Name,
            _ => Class::Plain,
        };
        return (class, end);
    }
    (Class::Plain, first.len_utf8())
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The length of the string literal that the text begins with [bytes], to the end of the line or text where it
/// is not closed.
fn string_length(text: &str) -> Option<usize> {
    let prefix = text.find(['"', '\'']).filter(|&n| n <= 2)?;
    if !text[..prefix].chars().all(|c| "rRbBuUfFtT".contains(c)) {
        return None;
    }
    let quote = &text[prefix..prefix + 1];
    let triple = quote.repeat(3);
    let (close, is_triple) = if text[prefix..].starts_with(&triple) { (&triple[..], true) } else { (quote, false) };
    let mut at = prefix + close.len();
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(close) {
            return Some(at + close.len());
        }
        if rest.starts_with('\n') && !is_triple {
            return Some(at);
        }
        let escaped = rest.strip_prefix('\\').and_then(|after| after.chars().next());
        at += match escaped {
            Some(c) => 1 + c.len_utf8(),
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    Some(text.len())
}
