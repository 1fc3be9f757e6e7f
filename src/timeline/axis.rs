//! The time axis, on which long idle stretches may be folded to short ones.
//!
//! Where nothing happens and nobody runs, a picture has nothing to show; a `sleep(60)` between two milliseconds of work
//! would leave a pixel for the work. A folded axis gives such a stretch little room, and says how long it is:
//!
//! ```text
//! time    0 ██ 1                                                    60 ██ 61 s
//! place   0 ██ 1 ⌇ 59 s ⌇ ██
//! ```
//!
//! A place on the axis is a number of nanoseconds too: outside folds a nanosecond is as wide as any other, and without
//! folds a place is the time itself. Times are never changed, only where they are drawn.

use crate::journal::{Kind, State};
use crate::order;
use crate::time::{Duration, Time};
use crate::trace::Trace;

/// What is idle for a smaller share than this of all that is not folded stays as it is.
const LEAST_SHARE: f64 = 0.02;
/// A fold is at most this share of what is not folded …
const WIDEST_SHARE: f64 = 0.08;
/// … and all of them together at most this.
const WIDEST_SUM: f64 = 0.5;
/// At most so many stretches are folded; the longest are.
const MOST_FOLDS: usize = 100;

/// A stretch of time that is drawn shorter than it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Idle {
    /// From when nothing happens.
    pub from: Time,
    /// When something happens again.
    pub to: Time,
    /// Where it begins on the axis [ns].
    place_ns: f64,
    /// How long it is on the axis [ns], at most `to - from`.
    width_ns: f64,
}

impl Idle {
    /// How long it is.
    pub fn duration(&self) -> Duration {
        self.to.since(self.from)
    }
}

/// A time axis. The default has no folds.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Axis {
    /// In order of time, apart from each other.
    idle: Vec<Idle>,
}

impl Axis {
    /// The axis on which whatever is idle in all of these traces for long is folded.
    pub fn folded(traces: &[&Trace]) -> Axis {
        let end = traces.iter().map(|trace| trace.end()).max().unwrap_or(Time::ZERO);
        let mut chosen = idle_stretches(traces, end);
        order::sort_by_key(&mut chosen, |&(from, to)| (std::cmp::Reverse(to.since(from)), from));
        // As many of the longest as are long beside what is left when all of them are folded.
        let (mut left_ns, mut rest_ns, mut n_folds) = (end.0, end.0, 0);
        for (i, &(from, to)) in chosen.iter().enumerate().take(MOST_FOLDS) {
            rest_ns -= to.since(from).0;
            if to.since(from).0 as f64 >= rest_ns as f64 * LEAST_SHARE {
                (left_ns, n_folds) = (rest_ns, i + 1);
            }
        }
        chosen.truncate(n_folds);
        order::sort(&mut chosen);
        let share = WIDEST_SHARE.min(WIDEST_SUM / chosen.len().max(1) as f64);
        // A run that is idle throughout still has an axis.
        let widest_ns = (left_ns as f64 * share).max(1.0);
        let mut folded_ns = 0.0;
        let idle = chosen.into_iter().map(|(from, to)| {
            let long_ns = to.since(from).0 as f64;
            let idle = Idle { from, to, place_ns: from.0 as f64 - folded_ns, width_ns: widest_ns.min(long_ns) };
            folded_ns += long_ns - idle.width_ns;
            idle
        });
        Axis { idle: idle.collect() }
    }

    /// The folds, in order of time.
    pub fn idle(&self) -> &[Idle] {
        &self.idle
    }

    /// Where an instant is [ns].
    pub fn place_ns(&self, at: Time) -> f64 {
        let at_ns = at.0 as f64;
        let Some(idle) = self.idle.partition_point(|idle| idle.from <= at).checked_sub(1).map(|i| &self.idle[i]) else {
            return at_ns;
        };
        let (past_ns, long_ns) = (at_ns - idle.from.0 as f64, idle.duration().0 as f64);
        match past_ns < long_ns {
            true => idle.place_ns + past_ns / long_ns * idle.width_ns,
            false => idle.place_ns + idle.width_ns + (past_ns - long_ns),
        }
    }

    /// The time at a place, not rounded [ns]: the inverse of [`Axis::place_ns`].
    pub fn time_ns(&self, place_ns: f64) -> f64 {
        let before = self.idle.partition_point(|idle| idle.place_ns <= place_ns).checked_sub(1);
        let Some(idle) = before.map(|i| &self.idle[i]) else { return place_ns };
        let past_ns = place_ns - idle.place_ns;
        match past_ns < idle.width_ns {
            true => idle.from.0 as f64 + past_ns / idle.width_ns * idle.duration().0 as f64,
            false => idle.to.0 as f64 + (past_ns - idle.width_ns),
        }
    }
}

/// The stretches in which nothing happens to anybody and no thread, task or core runs, in order of time.
fn idle_stretches(traces: &[&Trace], end: Time) -> Vec<(Time, Time)> {
    let mut times = vec![end];
    let mut busy = Vec::new();
    for trace in traces {
        for track in trace.tracks() {
            times.push(track.born);
            times.extend(track.ended);
            let spans = &track.spans;
            times.extend_from_slice(spans.starts());
            times.extend(spans.ends().iter().map(|&to| to.min(end)));
            if matches!(track.kind, Kind::Thread | Kind::Task | Kind::Core) {
                let running = (0..spans.len()).filter(|&i| spans.states()[i] == State::Running);
                busy.extend(running.map(|i| (spans.starts()[i], spans.ends()[i].min(end))));
            }
        }
        times.extend(trace.instants().iter().map(|mark| mark.at));
        times.extend(trace.counters().iter().flat_map(|counter| counter.times.iter().copied()));
    }
    times.retain(|&at| at <= end);
    times.sort_unstable();
    times.dedup();
    order::sort(&mut busy);
    let (mut next, mut busy_until) = (0, Time::ZERO);
    let mut found = Vec::new();
    for pair in times.windows(2) {
        while next < busy.len() && busy[next].0 <= pair[0] {
            busy_until = busy_until.max(busy[next].1);
            next += 1;
        }
        if busy_until <= pair[0] {
            found.push((pair[0], pair[1]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::changes;

    #[test]
    fn a_long_wait_between_two_pieces_of_work_is_folded() {
        let axis = Axis::folded(&[&changes(&[0, 1_000, 60_000, 61_000])]);
        assert_eq!(axis.idle().iter().map(|idle| (idle.from.0, idle.to.0)).collect::<Vec<_>>(), [(1_000, 60_000)]);
        // 2000 ns of work, of which a fold is eight hundredths.
        assert_eq!(
            [0, 500, 1_000, 60_000, 61_000].map(|at| axis.place_ns(Time(at))),
            [0.0, 500.0, 1000.0, 1160.0, 2160.0]
        );
    }

    #[test]
    fn a_long_piece_of_work_is_not_idle() {
        assert_eq!(Axis::folded(&[&changes(&[0, 60_000, 61_000])]).idle(), []);
    }

    #[test]
    fn what_is_idle_in_one_of_two_runs_only_is_not_folded() {
        let (sleeps, works) = (changes(&[0, 1_000, 60_000, 61_000]), changes(&[0, 61_000]));
        assert_eq!(Axis::folded(&[&sleeps, &works]).idle(), []);
    }

    #[test]
    fn a_hundred_sleeps_of_a_hundredth_are_all_folded_and_leave_room_for_the_work() {
        let times: Vec<u64> = (0..=100).flat_map(|i| [i * 1_000_000, i * 1_000_000 + 100]).collect();
        let trace = changes(&times);
        let axis = Axis::folded(&[&trace]);
        assert_eq!(axis.idle().len(), 100);
        assert!(axis.place_ns(trace.end()) <= 1.6 * 101.0 * 100.0, "{}", axis.place_ns(trace.end()));
    }

    #[test]
    fn every_time_comes_back_from_its_place() {
        let axis = Axis::folded(&[&changes(&[0, 1_000, 60_000, 61_000, 90_000, 91_000])]);
        assert_eq!(axis.idle().len(), 2);
        let mut before_ns = -1.0;
        for at in (0..95_000).step_by(7) {
            let place_ns = axis.place_ns(Time(at));
            assert!(place_ns > before_ns, "{at}");
            assert!((axis.time_ns(place_ns) - at as f64).abs() < 1e-6, "{at}");
            before_ns = place_ns;
        }
    }
}
