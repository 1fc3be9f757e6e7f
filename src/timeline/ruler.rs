//! The ticks above the lanes: 1, 2 or 5 times a power of ten apart, with short labels.
//!
//! Far from the beginning and near to the eye, times would have a long common head; then the ruler names a base
//! once and its ticks say how much later they are: `5.02 s` and `+40 µs`.
//!
//! In a folded stretch there are no ticks; it says how long it is.

use super::axis::Idle;
use super::view::{Scale, View};
use crate::time::{Duration, Time};

/// Ticks with labels are at least this far apart [CSS px].
const MIN_GAP_PX: f64 = 84.0;

/// Folds nearer to each other than this are one on the ruler [CSS px].
const NEAR_PX: f32 = 8.0;

/// The ticks of a view.
#[derive(Clone, PartialEq, Debug)]
pub struct Ruler {
    /// What the labels count from, where that is not the run's beginning.
    pub base: Option<Time>,
    /// Distance between two ticks.
    pub step: Duration,
    /// The ticks in sight, ascending.
    pub ticks: Vec<Tick>,
    /// The folded stretches in sight, ascending.
    pub folds: Vec<FoldMark>,
}

/// A folded stretch of time on the ruler.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FoldMark {
    /// What is folded.
    pub idle: Idle,
    /// Where it begins [CSS px].
    pub x_px: f32,
    /// How wide it is [CSS px].
    pub w_px: f32,
}

/// Folded stretches with hardly anything between them, which are shown as one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tear {
    /// Where it begins [CSS px].
    pub x_px: f32,
    /// How wide it is [CSS px].
    pub w_px: f32,
    /// How much time is folded in it.
    pub idle: Duration,
}

impl Ruler {
    /// The folded stretches in sight, those together that lie beside each other.
    pub fn tears(&self) -> Vec<Tear> {
        let mut tears: Vec<Tear> = Vec::new();
        for fold in &self.folds {
            match tears.last_mut().filter(|last| fold.x_px - (last.x_px + last.w_px) < NEAR_PX) {
                Some(last) => {
                    last.w_px = fold.x_px + fold.w_px - last.x_px;
                    last.idle += fold.idle.duration();
                }
                None => tears.push(Tear { x_px: fold.x_px, w_px: fold.w_px, idle: fold.idle.duration() }),
            }
        }
        tears
    }
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
    let folds: Vec<FoldMark> = folds(&scale, start, end).collect();
    let mut ticks: Vec<Tick> = Vec::new();
    // From fold to fold: a tick nearer to the one before than two may be is left out, which only a fold brings about.
    let edges = folds.iter().map(|fold| (fold.idle.from, fold.idle.to)).chain([(end, end)]);
    let mut from = start;
    for (until, next) in edges {
        for n in from.0.div_ceil(step_ns)..=until.0 / step_ns {
            let at = Time(n * step_ns);
            let x_px = scale.x_from_time(at);
            if ticks.last().is_some_and(|before| f64::from(x_px - before.x_px) < MIN_GAP_PX - 0.5) {
                continue;
            }
            let label = match base {
                None => label(Duration(at.0), longest),
                Some(base) => format!("+{}", label(at.since(base), longest)),
            };
            ticks.push(Tick { at, x_px, label });
        }
        from = next;
    }
    Ruler { base, step: Duration(step_ns), ticks, folds }
}

/// The folds that are seen between two instants.
fn folds(scale: &Scale, start: Time, end: Time) -> impl Iterator<Item = FoldMark> {
    let seen = scale.axis.idle().iter().filter(move |idle| idle.to > start && idle.from < end);
    seen.map(move |&idle| {
        let x_px = scale.x_from_time(idle.from);
        FoldMark { idle, x_px, w_px: scale.x_from_time(idle.to) - x_px }
    })
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
    use crate::journal::{Journal, Kind, State};
    use crate::timeline::Axis;
    use crate::trace::Trace;

    fn labels(start_ns: f64, end_ns: f64) -> (Option<Time>, Vec<String>) {
        let view = View { start_ns, end_ns, gutter_px: 0.0, ..View::fit(Time(1), 500.0, 100.0) };
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
            let view = View { end_ns: span_ns, gutter_px: 100.0, ..View::fit(Time(1), 1000.0, 9.0) };
            let ruler = ruler(&view);
            assert!(ruler.ticks.windows(2).all(|t| t[1].x_px - t[0].x_px >= 83.9), "{span_ns}");
            assert!(ruler.ticks.len() >= 3, "{span_ns}");
        }
    }

    #[test]
    fn the_ruler_has_no_tick_in_a_fold_and_goes_on_with_true_times_after_it() {
        let mut j = Journal::new();
        let t = j.born(Time(0), Kind::Thread, "t", None, None, None);
        for (at, state) in
            [(0, State::Running), (1_000, State::Waiting), (60_000, State::Running), (61_000, State::Done)]
        {
            j.state(Time(at), t, state, "", None, None, None);
        }
        let trace = Trace::of(&j);
        let mut view = View { gutter_px: 0.0, ..View::fit(trace.end(), 1000.0, 9.0) };
        view.set_axis(Axis::folded(&[&trace]).into(), trace.end());
        view.fit_all(trace.end());
        let ruler = ruler(&view);
        let labels: Vec<&str> = ruler.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(
            labels,
            [
                "0 µs", "0.2 µs", "0.4 µs", "0.6 µs", "0.8 µs", "1 µs", "60.2 µs", "60.4 µs", "60.6 µs", "60.8 µs",
                "61 µs"
            ]
        );
        assert_eq!(ruler.folds.len(), 1);
        assert!((ruler.folds[0].w_px - 72.6).abs() < 0.1, "{:?}", ruler.folds);
    }

    #[test]
    fn folds_beside_each_other_are_one_tear_with_the_time_of_both() {
        let tears = |between_ns: u64| {
            let mut j = Journal::new();
            let t = j.born(Time(0), Kind::Thread, "t", None, None, None);
            let mut at = 1_000;
            j.state(Time(0), t, State::Running, "", None, None, None);
            for _ in 0..2 {
                j.state(Time(at), t, State::Waiting, "sleep", None, None, None);
                j.state(Time(at + 50_000), t, State::Running, "", None, None, None);
                at += 50_000 + between_ns;
            }
            j.state(Time(at + 1_000), t, State::Done, "", None, None, None);
            let trace = Trace::of(&j);
            let mut view = View { gutter_px: 0.0, ..View::fit(trace.end(), 1000.0, 9.0) };
            view.set_axis(Axis::folded(&[&trace]).into(), trace.end());
            view.fit_all(trace.end());
            ruler(&view).tears().iter().map(|tear| tear.idle.0).collect::<Vec<_>>()
        };
        assert_eq!(tears(10), [100_000]);
        assert_eq!(tears(500), [50_000, 50_000]);
    }
}
