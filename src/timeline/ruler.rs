//! The ticks above the lanes: 1, 2 or 5 times a power of ten apart, with short labels.
//!
//! Far from the beginning and near to the eye, times would have a long common head; then the ruler names a base
//! once and its ticks say how much later they are: `5.02 s` and `+40 µs`.

use super::view::View;
use crate::time::{Duration, Time};

/// Ticks with labels are at least this far apart [CSS px].
const MIN_GAP_PX: f64 = 84.0;

/// The ticks of a view.
#[derive(Clone, PartialEq, Debug)]
pub struct Ruler {
    /// What the labels count from, where that is not the run's beginning.
    pub base: Option<Time>,
    /// Distance between two ticks.
    pub step: Duration,
    /// The ticks in sight, ascending.
    pub ticks: Vec<Tick>,
}

/// A place on the ruler.
#[derive(Clone, PartialEq, Debug)]
pub struct Tick {
    /// When.
    pub at: Time,
    /// Where [CSS px].
    pub x_px: f32,
    /// The time in words.
    pub label: String,
}

/// The ticks of a view.
pub fn ruler(view: &View) -> Ruler {
    let scale = view.scale();
    let step_ns = step_ns(scale.ns_per_px * MIN_GAP_PX);
    let (start, end) = view.visible();
    let far = start.0 / step_ns >= 2000;
    let base = far.then(|| Time(start.0 / (step_ns * 100) * (step_ns * 100)));
    let longest = end.since(base.unwrap_or(Time::ZERO));
    let first = start.0.div_ceil(step_ns);
    let ticks = (first..=end.0 / step_ns).map(|n| {
        let at = Time(n * step_ns);
        let label = match base {
            None => label(Duration(at.0), longest),
            Some(base) => format!("+{}", label(at.since(base), longest)),
        };
        Tick { at, x_px: scale.x_from_time(at), label }
    });
    Ruler { base, step: Duration(step_ns), ticks: ticks.collect() }
}

/// The smallest of 1, 2, 5 × 10^n that is not below `ns`, and at least 1.
fn step_ns(ns: f64) -> u64 {
    let mut power = 1;
    loop {
        for digit in [1, 2, 5] {
            if (digit * power) as f64 >= ns {
                return digit * power;
            }
        }
        power *= 10;
    }
}

/// A time in the unit of the longest one in sight, so that all labels share theirs.
fn label(time: Duration, longest: Duration) -> String {
    let (unit_ns, unit) = match longest.0 {
        0..1_000 => (1, "ns"),
        1_000..1_000_000 => (1_000, "µs"),
        1_000_000..1_000_000_000 => (1_000_000, "ms"),
        _ => (1_000_000_000, "s"),
    };
    let (whole, rest) = (time.0 / unit_ns, time.0 % unit_ns);
    if rest == 0 {
        return format!("{whole} {unit}");
    }
    let digits = unit_ns.ilog10() as usize;
    let rest = format!("{rest:0digits$}");
    format!("{whole}.{} {unit}", rest.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(start_ns: f64, end_ns: f64) -> (Option<Time>, Vec<String>) {
        let view = View { start_ns, end_ns, width_px: 500.0, height_px: 100.0, gutter_px: 0.0, scroll_px: 0.0 };
        let ruler = ruler(&view);
        (ruler.base, ruler.ticks.into_iter().map(|tick| tick.label).collect())
    }

    #[test]
    fn ticks_are_one_two_or_five_times_a_power_of_ten_apart() {
        assert_eq!([0.2, 1.0, 1.1, 3.0, 7.0, 11.0, 4e9].map(step_ns), [1, 1, 2, 5, 10, 20, 5_000_000_000]);
    }

    #[test]
    fn labels_share_the_unit_of_the_longest_time() {
        assert_eq!(labels(0.0, 2.5e9).1, ["0 s", "0.5 s", "1 s", "1.5 s", "2 s", "2.5 s"]);
        assert_eq!(labels(0.0, 50e3).1, ["0 µs", "10 µs", "20 µs", "30 µs", "40 µs", "50 µs"]);
        assert_eq!(labels(0.0, 10.0).1, ["0 ns", "2 ns", "4 ns", "6 ns", "8 ns", "10 ns"]);
    }

    #[test]
    fn far_from_the_beginning_the_ruler_counts_from_a_base() {
        let (base, labels) = labels(5.02e9, 5.02e9 + 50e3);
        assert_eq!(base, Some(Time(5_020_000_000)));
        assert_eq!(labels, ["+0 µs", "+10 µs", "+20 µs", "+30 µs", "+40 µs", "+50 µs"]);
    }

    #[test]
    fn a_wide_picture_has_ticks_at_least_the_least_gap_apart() {
        for span_ns in [10.0, 333.0, 1e6, 7.7e9, 9e15] {
            let view = View {
                start_ns: 0.0,
                end_ns: span_ns,
                width_px: 1000.0,
                height_px: 9.0,
                gutter_px: 100.0,
                scroll_px: 0.0,
            };
            let ruler = ruler(&view);
            assert!(ruler.ticks.windows(2).all(|t| t[1].x_px - t[0].x_px >= 83.9), "{span_ns}");
            assert!(ruler.ticks.len() >= 3, "{span_ns}");
        }
    }
}
