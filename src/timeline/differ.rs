//! Where a run differs from another one: a line below every row, wherever its state is not what it was there.
//!
//! Rows correspond by their paths, which are made of names. A column of two pixels differs where the time that its row
//! spent in some state differs by more than a part of the column, so a difference shorter than a pixel is not lost where
//! there are many of them, and one that only came a little earlier is not seen from afar.

use std::collections::BTreeMap;

use super::arrange::subject_path;
use super::compose::screen_y;
use super::lanes::{LaneKind, Lanes};
use super::scene::{Clip, Pane, Style};
use super::view::{RULER_HEIGHT_PX, View};
use crate::journal::Subject;
use crate::trace::{StateTimes, Trace};

/// Width of a column [CSS px].
const COLUMN_PX: f32 = 2.0;
/// The part of a column's time from which on it differs.
const LEAST_SHARE: f64 = 0.1;
/// Height of the line [CSS px].
const LINE_PX: f32 = 2.0;

/// For every track of a run the one of another run that has its path.
#[derive(Clone, Default, Debug)]
pub struct Counterparts {
    of: Vec<Option<Subject>>,
}

impl Counterparts {
    /// Those of `other` for the tracks of `trace`.
    pub fn of(trace: &Trace, other: &Trace) -> Counterparts {
        let paths: BTreeMap<String, Subject> =
            other.tracks().iter().map(|track| (subject_path(other, track.subject), track.subject)).collect();
        let find = |subject: Subject| paths.get(&subject_path(trace, subject)).copied();
        Counterparts { of: trace.tracks().iter().map(|track| find(track.subject)).collect() }
    }

    /// That of a track.
    pub fn get(&self, subject: Subject) -> Option<Subject> {
        self.of.get(subject.0 as usize).copied().flatten()
    }
}

/// The track of `other` that is called and placed as one of `trace`.
pub fn counterpart(trace: &Trace, subject: Subject, other: &Trace) -> Option<Subject> {
    let path = subject_path(trace, subject);
    other.tracks().iter().map(|track| track.subject).find(|&there| subject_path(other, there) == path)
}

/// The lines below the rows in sight, to be painted over the lanes.
pub fn differences(trace: &Trace, lanes: &Lanes, view: &View, other: &Trace, counterparts: &Counterparts) -> Pane {
    let (gutter_px, top_px) = (view.gutter_px, RULER_HEIGHT_PX);
    let clip = Clip { x_px: gutter_px, y_px: top_px, w_px: view.width_px - gutter_px, h_px: view.height_px - top_px };
    let mut pane = Pane::new("differences", clip);
    let scale = view.scale();
    for row in lanes.rows_between(view.scroll_px, view.scroll_px + clip.h_px) {
        let lane = &lanes.rows()[row];
        let LaneKind::Track(subject) = lane.kind else { continue };
        let counterpart = counterparts.get(subject);
        let foot_px = screen_y(view, lane) + lane.height_px - LINE_PX;
        let mut begun_px: Option<f32> = None;
        let mut x_px = gutter_px;
        while x_px < view.width_px {
            let (from, to) = (scale.time_from_x(x_px), scale.time_from_x(x_px + COLUMN_PX));
            let here = trace.track(subject).spans.times_between(from, to, trace.end());
            let there = counterpart.map(|subject| other.track(subject).spans.times_between(from, to, other.end()));
            if apart(here, there.unwrap_or_default()) > to.since(from).0 as f64 * LEAST_SHARE {
                begun_px = begun_px.or(Some(x_px));
            } else if let Some(from_px) = begun_px.take() {
                pane.rects.push(from_px, foot_px, x_px - from_px, LINE_PX, Style::Difference);
            }
            x_px += COLUMN_PX;
        }
        if let Some(from_px) = begun_px {
            pane.rects.push(from_px, foot_px, view.width_px - from_px, LINE_PX, Style::Difference);
        }
    }
    pane
}

/// By how much the times in the states differ [ns].
fn apart(a: StateTimes, b: StateTimes) -> f64 {
    let by = |a: u64, b: u64| a.abs_diff(b) as f64;
    by(a.running.0, b.running.0) + by(a.ready.0, b.ready.0) + by(a.waiting.0, b.waiting.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Journal, Kind, State};
    use crate::time::Time;
    use crate::timeline::Folds;

    /// A thread that sleeps from 100 until `until`, then runs to 1000; and one that always runs.
    fn run(until: u64, other: &str) -> Trace {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let b = j.born(Time(0), Kind::Thread, other, Some(p), None, None);
        let a = j.born(Time(0), Kind::Thread, "a", Some(p), None, None);
        j.state(Time(0), b, State::Running, "", None, None, None);
        j.state(Time(0), a, State::Running, "", None, None, None);
        j.state(Time(100), a, State::Waiting, "sleep", None, None, None);
        j.state(Time(until), a, State::Running, "", None, None, None);
        j.state(Time(1000), a, State::Done, "", None, None, None);
        j.state(Time(1000), b, State::Done, "", None, None, None);
        Trace::of(&j)
    }

    fn lines(trace: &Trace, other: &Trace) -> Vec<(f32, f32, f32)> {
        let lanes = Lanes::of(trace, &Folds::default());
        let view = View { gutter_px: 0.0, end_ns: 1000.0, ..View::fit(Time(1000), 1000.0, 200.0) };
        let pane = differences(trace, &lanes, &view, other, &Counterparts::of(trace, other));
        (0..pane.rects.len()).map(|i| (pane.rects.x[i], pane.rects.w[i], pane.rects.y[i])).collect()
    }

    #[test]
    fn equal_runs_differ_nowhere() {
        assert_eq!(lines(&run(400, "b"), &run(400, "b")), []);
    }

    #[test]
    fn a_longer_wait_differs_where_the_other_run_went_on() {
        let found = lines(&run(400, "b"), &run(600, "b"));
        assert_eq!(found.iter().map(|&(x, w, _)| (x, w)).collect::<Vec<_>>(), [(400.0, 200.0)]);
    }

    #[test]
    fn who_is_not_in_the_other_run_differs_all_its_life() {
        let found = lines(&run(400, "b"), &run(400, "another"));
        assert_eq!(found.iter().map(|&(x, w, _)| (x, w)).collect::<Vec<_>>(), [(0.0, 1000.0)]);
    }
}
