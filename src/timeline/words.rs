//! Numbers as a reader wants them: short, with their unit.

use crate::time::{Duration, Time};

/// A length of time with three or four significant digits: `950 ns`, `1.5 ms`, `50.3 s`.
pub fn short(duration: Duration) -> String {
    let ns = duration.0 as f64;
    let (value, unit) = match duration.0 {
        0 => return "0 s".into(),
        1..1_000 => return format!("{} ns", duration.0),
        // The bounds are where rounding would give a thousand of the smaller unit.
        1_000..999_950 => (ns / 1e3, "µs"),
        999_950..999_950_000 => (ns / 1e6, "ms"),
        _ => (ns / 1e9, "s"),
    };
    format!("{} {unit}", digits(value))
}

/// An instant to the precision that a step of this size can be told apart with.
pub fn instant(at: Time, run: Time) -> String {
    let (divisor, unit, n_decimals) = match run.0 {
        0..10_000 => return format!("{} ns", at.0),
        10_000..10_000_000 => (1e3, "µs", 2),
        10_000_000..1_000_000_000 => (1e6, "ms", 3),
        1_000_000_000..100_000_000_000 => (1e9, "s", 4),
        _ => (1e9, "s", 3),
    };
    format!("{:.n_decimals$} {unit}", at.0 as f64 / divisor)
}

/// Three significant digits below a hundred, whole thousands above.
pub fn digits(value: f64) -> String {
    let text = match value.abs() {
        v if v >= 1_000.0 => format!("{value:.0}"),
        v if v >= 99.95 => format!("{value:.1}"),
        v if v >= 9.995 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    };
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').into(),
        false => text,
    }
}
