//! A run that is still going on, in the rows of the run before it.
//!
//! Rows, labels and time axis stay those of the run before, so that nothing jumps while a slider moves. Up to where the
//! new run has come its own history is in them; beyond it the old one is seen, dimmed, until it is overtaken. Whoever is
//! in the new run alone gets a row when that has ended.
//!
//! ```text
//!           until
//!  new run  │  the run before, dimmed
//!  ▇▇░░▇▇▇▇▇│··········
//! ```

use super::compose::{self, Highlight};
use super::differ::Counterparts;
use super::lanes::{GroupId, LaneKind, Lanes};
use super::scene::{Clip, Pane, Style, TextStyle};
use super::view::{RULER_HEIGHT_PX, View};
use crate::time::Time;
use crate::trace::Trace;

/// What is seen of a run that has not ended.
pub struct Underway {
    lanes: Lanes,
    counterparts: Counterparts,
    until: Time,
}

impl Underway {
    /// What a trace that still grows has for the rows of another one.
    pub fn of(trace: &Trace, before: &Trace, rows: &Lanes) -> Underway {
        let counterparts = Counterparts::of(before, trace);
        let counter_of = |counter: u32| {
            let before_it = &before.counters()[counter as usize];
            let subject = counterparts.get(before_it.subject)?;
            let is_same = |&&counter: &&u32| {
                trace.text_of(trace.counters()[counter as usize].name) == before.text_of(before_it.name)
            };
            trace.track(subject).counters.iter().find(is_same).copied()
        };
        let group_of = |group: GroupId| match group.parent {
            Some(parent) => Some(GroupId { parent: Some(counterparts.get(parent)?), ..group }),
            None => Some(group),
        };
        let lanes = rows.recast(before, trace, |row| {
            Some(match *row {
                LaneKind::Header { group, fold, n_members } => {
                    LaneKind::Header { group: group_of(group)?, fold, n_members }
                }
                LaneKind::Track(subject) => LaneKind::Track(counterparts.get(subject)?),
                LaneKind::Counter(counter) => LaneKind::Counter(counter_of(counter)?),
                LaneKind::Crowd(group) => LaneKind::Crowd(group_of(group)?),
            })
        });
        Underway { lanes, counterparts, until: trace.end() }
    }

    /// Up to where it is seen.
    pub fn until(&self) -> Time {
        self.until
    }

    /// Where it ends in a view [CSS px].
    pub fn edge_px(&self, view: &View) -> f32 {
        view.scale().x_from_time(self.until).clamp(view.gutter_px, view.width_px)
    }

    /// What is painted over the lanes of the run before. `trace` is the one that it is of, which may have grown on.
    pub fn panes(
        &self,
        trace: &Trace,
        view: &View,
        highlight: &Highlight,
        measure: &dyn Fn(&str, TextStyle) -> f32,
    ) -> [Pane; 2] {
        let edge_px = self.edge_px(view);
        let (top_px, h_px) = (RULER_HEIGHT_PX, view.height_px - RULER_HEIGHT_PX);
        let beyond = Clip { x_px: edge_px, y_px: top_px, w_px: view.width_px - edge_px, h_px };
        let mut veil = Pane::new("veil", beyond);
        veil.rects.push(edge_px, top_px, beyond.w_px, h_px, Style::Stale);
        let lane = highlight.lane.and_then(|lane| self.counterparts.get(lane));
        let highlight = Highlight { lane, range: highlight.range, ..Highlight::default() };
        let mut lanes = compose::lanes(trace, &self.lanes, view, &highlight, measure);
        lanes.name = "underway";
        lanes.clip.w_px = edge_px - lanes.clip.x_px;
        lanes.lines.push((edge_px - 0.5, top_px), (edge_px - 0.5, view.height_px), Style::Tick, false);
        [veil, lanes]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Journal, Kind, State};
    use crate::timeline::Folds;

    /// A thread that runs until `until` and then sleeps; the record goes on to `end`.
    fn run(names: &[&str], until: u64, end: u64) -> Trace {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let threads: Vec<_> =
            names.iter().map(|name| j.born(Time(0), Kind::Thread, name, Some(p), None, None)).collect();
        for &thread in &threads {
            j.state(Time(0), thread, State::Running, "", None, None, None);
        }
        for &thread in &threads {
            j.state(Time(until), thread, State::Waiting, "sleep", None, None, None);
        }
        j.count(Time(end), p, "done", 7);
        Trace::of(&j)
    }

    fn view() -> View {
        View { gutter_px: 0.0, end_ns: 1000.0, ..View::fit(Time(1000), 1000.0, 200.0) }
    }

    fn no_width(_: &str, _: TextStyle) -> f32 {
        0.0
    }

    #[test]
    fn what_is_new_is_seen_up_to_where_it_has_come_and_what_was_is_dimmed_beyond() {
        let (before, now) = (run(&["a"], 800, 1000), run(&["a"], 100, 300));
        let rows = Lanes::of(&before, &Folds::default());
        let [veil, lanes] = Underway::of(&now, &before, &rows).panes(&now, &view(), &Highlight::default(), &no_width);
        assert_eq!((veil.rects.x[0], veil.rects.w[0]), (300.0, 700.0));
        assert_eq!((lanes.clip.x_px, lanes.clip.w_px), (0.0, 300.0));
        let rects = &lanes.rects;
        let running = (0..rects.len()).find(|&i| rects.style[i] == Style::Running).unwrap();
        assert_eq!((rects.x[running], rects.w[running].round()), (0.0, 99.0));
    }

    #[test]
    fn every_row_stays_where_it_was_and_who_is_not_there_yet_leaves_it_empty() {
        let (before, now) = (run(&["a", "b", "c"], 800, 1000), run(&["c", "a", "new"], 100, 300));
        let rows = Lanes::of(&before, &Folds::default());
        let place = |lanes: &Lanes, label: &str| lanes.rows().iter().find(|lane| lane.label == label).map(|l| l.y_px);
        let underway = Underway::of(&now, &before, &rows);
        for label in ["main", "a", "c", "done"] {
            assert_eq!(place(&underway.lanes, label), place(&rows, label), "{label}");
        }
        assert_eq!((place(&underway.lanes, "b"), place(&underway.lanes, "new")), (None, None));
        let c = underway.lanes.rows().iter().find(|lane| lane.label == "c").unwrap();
        assert_eq!(now.name_of(c.subject().unwrap()), "c");
    }

    #[test]
    fn a_counter_keeps_its_scale_while_it_has_not_come_as_high() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        j.count(Time(0), p, "open", 1);
        let now = Trace::of(&j);
        j.count(Time(10), p, "open", 8);
        let before = Trace::of(&j);
        let rows = Lanes::of(&before, &Folds::default());
        let underway = Underway::of(&now, &before, &rows);
        assert_eq!(underway.lanes.room_of(0, &now.counters()[0]), (0, 8));
    }
}
