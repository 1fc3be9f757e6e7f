//! Numbers as a reader wants them: short, with their unit.

pub use crate::timeline::words::{digits, instant, short};

/// A share of one in percent.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.1 => "< 0.1 %".into(),
        p if p < 9.95 => format!("{p:.1} %"),
        p => format!("{p:.0} %"),
    }
}

/// Whether two texts are the same value of a parameter: `1`, `1.0` and `1e0` are.
pub fn is_same_value(a: &str, b: &str) -> bool {
    let number = |text: &str| text.replace('_', "").parse::<f64>().ok();
    a == b || number(a).zip(number(b)).is_some_and(|(a, b)| a == b)
}

/// The unit that a label's first line ends with in brackets: `s` of `Time of one request [s]`; else nothing.
pub fn unit(label: &str) -> &str {
    let line = label.trim().lines().next().unwrap_or_default();
    let last = line.trim().rsplit_once('[').map_or("", |(_, last)| last);
    last.trim_end_matches('.').strip_suffix(']').unwrap_or("")
}

/// A label without its unit, as one line: a line that begins another sentence than the one before ends that.
pub fn said(label: &str) -> String {
    let mut lines = label.trim().lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    let first = if unit(label).is_empty() { first } else { first.rsplit_once('[').map_or(first, |(before, _)| before) };
    lines.fold(first.trim_end().to_string(), |mut said, line| {
        let is_open = !said.ends_with(['.', ':', ';', ',', '?', '!']) && line.starts_with(char::is_uppercase);
        said.push_str(if is_open { ". " } else { " " });
        said.push_str(line);
        said
    })
}
