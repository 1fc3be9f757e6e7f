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

/// What a counter counts, told by the end of its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Things.
    Things,
    /// Memory.
    Bytes,
    /// Thousandths of whatever a recording counted in fractions.
    Thousandths,
}

/// The name of a counter without its unit, and the unit.
pub fn counted(name: &str) -> (&str, Unit) {
    let units = [(" [bytes]", Unit::Bytes), (" [1/1000]", Unit::Thousandths)];
    let found = units.into_iter().find_map(|(end, unit)| Some((name.strip_suffix(end)?, unit)));
    found.unwrap_or((name, Unit::Things))
}

/// A counter's value: `12`, `1.57 GiB`, `0.25`.
pub fn amount(value: i64, unit: Unit) -> String {
    match unit {
        Unit::Things => value.to_string(),
        Unit::Thousandths => (value as f64 / 1e3).to_string(),
        Unit::Bytes => {
            let scales = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
            let scale = scales.into_iter().find(|(bits, _)| value.unsigned_abs() >> bits > 0);
            scale.map_or_else(
                || format!("{value} B"),
                |(bits, name)| format!("{} {name}", digits(value as f64 / (1u64 << bits) as f64)),
            )
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_unit_that_the_counters_name_tells() {
        let said = |name, value| {
            let (label, unit) = counted(name);
            format!("{label}: {}", amount(value, unit))
        };
        assert_eq!(said("ready queue", 12_345), "ready queue: 12345");
        assert_eq!(said("stacks [bytes]", 1_686_110_208), "stacks: 1.57 GiB");
        assert_eq!(said("stacks [bytes]", 122_880), "stacks: 120 KiB");
        assert_eq!(said("stacks [bytes]", 0), "stacks: 0 B");
        assert_eq!(said("cpu [1/1000]", 250), "cpu: 0.25");
    }
}
