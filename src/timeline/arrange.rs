//! The rows as the reader wants them: some pinned above the others, some hidden, or only those of some names.
//!
//! A row is known by its path, which is made of names, so a choice outlives the run: the same rows are pinned when a
//! slider has made another one. Headers stay where anything below them does.

use serde::{Deserialize, Serialize};

use super::lanes::{GroupId, LaneKind, Lanes};
use crate::journal::{Kind, Subject};
use crate::trace::Trace;

/// What the reader chose.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Arrangement {
    /// Rows above the others, by their paths, from the top.
    pinned: Vec<String>,
    /// Rows that are not shown.
    hidden: Vec<String>,
    /// Where not empty, only rows whose label holds this, in lower case.
    pub only: String,
}

impl Arrangement {
    /// Whether every row is where it is by itself.
    pub fn is_plain(&self) -> bool {
        self.pinned.is_empty() && self.hidden.is_empty() && self.only.is_empty()
    }

    /// Whether rows are hidden by the reader.
    pub fn has_hidden(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// Whether a row is pinned.
    pub fn is_pinned(&self, path: &str) -> bool {
        self.pinned.iter().any(|other| other == path)
    }

    /// Pins a row below the other pinned ones, or lets it go.
    pub fn toggle_pin(&mut self, path: &str) {
        if self.is_pinned(path) {
            self.pinned.retain(|other| other != path);
        } else {
            self.pinned.push(path.into());
        }
    }

    /// The pinned rows from the top, by their paths.
    pub fn pinned(&self) -> impl Iterator<Item = &str> {
        self.pinned.iter().map(String::as_str)
    }

    /// The rows that are hidden, by their paths.
    pub fn hidden(&self) -> impl Iterator<Item = &str> {
        self.hidden.iter().map(String::as_str)
    }

    /// Moves a row by so many among the pinned ones; one that is not pinned is pinned first.
    pub fn shift(&mut self, path: &str, step: i32) {
        let Some(here) = self.pinned.iter().position(|other| other == path) else {
            return self.toggle_pin(path);
        };
        let last = self.pinned.len() - 1;
        let there = here.saturating_add_signed(step as isize).min(last);
        let row = self.pinned.remove(here);
        self.pinned.insert(there, row);
    }

    /// Hides a row.
    pub fn hide(&mut self, path: &str) {
        self.pinned.retain(|other| other != path);
        self.hidden.push(path.into());
    }

    /// Forgets every choice.
    pub fn reset(&mut self) {
        *self = Arrangement::default();
    }

    /// The rows in the order that the reader wants.
    pub fn apply(&self, trace: &Trace, lanes: Lanes) -> Lanes {
        if self.is_plain() {
            return lanes;
        }
        let paths: Vec<String> = lanes.rows().iter().map(|lane| path(trace, &lane.kind)).collect();
        let is_shown = |row: usize| {
            let lane = &lanes.rows()[row];
            !self.hidden.contains(&paths[row])
                && (self.only.is_empty() || lane.label.to_lowercase().contains(&self.only))
        };
        let is_header = |row: usize| matches!(lanes.rows()[row].kind, LaneKind::Header { .. });
        let pinned = self.pinned.iter().filter_map(|pinned| paths.iter().position(|path| path == pinned));
        let mut order: Vec<usize> = pinned.filter(|&row| is_shown(row)).collect();
        let n_pinned = order.len();
        for row in 0..paths.len() {
            let depth = lanes.rows()[row].depth;
            let below = || (row + 1..paths.len()).take_while(|&other| lanes.rows()[other].depth > depth);
            let stays = match is_header(row) {
                // A header that was searched for shows what it stands for; else it stays for what is left below it.
                true => (!self.only.is_empty() && is_shown(row)) || below().any(|o| !is_header(o) && is_shown(o)),
                false => is_shown(row),
            };
            let is_closed = below().next().is_none() && self.only.is_empty() && is_shown(row);
            if (stays || is_closed) && !order[..n_pinned].contains(&row) {
                order.push(row);
            }
        }
        lanes.rearranged(&order)
    }
}

/// The path of a group of rows; that of a process is its own.
pub(super) fn group_path(trace: &Trace, group: GroupId) -> String {
    match (group.kind, group.parent) {
        (Kind::Process, Some(process)) => subject_path(trace, process),
        (kind, parent) => format!("{}{}", parent_path(trace, parent), name_in_path(kind)),
    }
}

/// The path of a row: the names of those it belongs to and its own.
pub fn path(trace: &Trace, row: &LaneKind) -> String {
    match *row {
        LaneKind::Header { group, .. } => format!("{}{}", parent_path(trace, group.parent), name_in_path(group.kind)),
        LaneKind::Crowd(group) => {
            format!("{}{} at once", parent_path(trace, group.parent), name_in_path(group.kind))
        }
        LaneKind::Track(subject) => subject_path(trace, subject),
        LaneKind::Counter(counter) => {
            let counter = &trace.counters()[counter as usize];
            format!("{}/{}", subject_path(trace, counter.subject), trace.text_of(counter.name))
        }
    }
}

/// What a group of subjects is called in a path. Links hold paths, so these names stay as they are.
fn name_in_path(kind: Kind) -> &'static str {
    match kind {
        Kind::Process => "Processes",
        Kind::Thread => "Threads",
        Kind::Task => "Tasks",
        Kind::Gil => "Gils",
        Kind::Loop => "Loops",
        Kind::Pool => "Pools",
        Kind::Lock => "Locks",
        Kind::Request => "Requests",
        Kind::Core => "Cores",
        Kind::Call => "Calls",
    }
}

fn parent_path(trace: &Trace, parent: Option<Subject>) -> String {
    parent.map_or(String::new(), |parent| subject_path(trace, parent) + "/")
}

/// The path of a subject.
pub(super) fn subject_path(trace: &Trace, subject: Subject) -> String {
    let track = trace.track(subject);
    let number = trace.ordinal(subject).map_or(String::new(), |n| format!(" {n}"));
    format!("{}{}{number}", parent_path(trace, track.parent), trace.text_of(track.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Journal, State};
    use crate::time::Time;
    use crate::timeline::Folds;

    /// A process with three threads.
    fn trace(names: [&str; 3]) -> Trace {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        for name in names {
            let t = j.born(Time(0), Kind::Thread, name, Some(p), None, None);
            j.state(Time(0), t, State::Running, "", None, None, None);
        }
        Trace::of(&j)
    }

    fn labels(arrangement: &Arrangement, trace: &Trace) -> Vec<String> {
        let lanes = arrangement.apply(trace, Lanes::of(trace, &Folds::default()));
        let tops: Vec<f32> = lanes.rows().iter().map(|lane| lane.y_px).collect();
        assert!(tops.is_sorted(), "rows do not lie below each other: {tops:?}");
        lanes.rows().iter().map(|lane| lane.label.clone()).collect()
    }

    #[test]
    fn pinned_rows_stand_above_all_and_can_be_moved() {
        let trace = trace(["a", "b", "c"]);
        let mut arrangement = Arrangement::default();
        arrangement.toggle_pin("main/c");
        arrangement.toggle_pin("main/a");
        assert_eq!(labels(&arrangement, &trace), ["c", "a", "main", "b"]);
        arrangement.shift("main/a", -1);
        assert_eq!(labels(&arrangement, &trace), ["a", "c", "main", "b"]);
        arrangement.toggle_pin("main/c");
        assert_eq!(labels(&arrangement, &trace), ["a", "main", "b", "c"]);
    }

    #[test]
    fn hidden_rows_are_gone_until_all_are_shown() {
        let trace = trace(["a", "b", "c"]);
        let mut arrangement = Arrangement::default();
        arrangement.hide("main/b");
        assert_eq!(labels(&arrangement, &trace), ["main", "a", "c"]);
        let lanes = arrangement.apply(&trace, Lanes::of(&trace, &Folds::default()));
        assert_eq!(lanes.row_of(Subject(2)), None);
        assert_eq!(lanes.row_of(Subject(3)), Some(2));
        arrangement.reset();
        assert_eq!(labels(&arrangement, &trace), ["main", "a", "b", "c"]);
    }

    #[test]
    fn a_filter_keeps_the_rows_of_a_name_and_their_headers() {
        let trace = trace(["worker", "helper", "worker"]);
        let arrangement = Arrangement { only: "work".into(), ..Arrangement::default() };
        assert_eq!(labels(&arrangement, &trace), ["main", "worker 1", "worker 2"]);
    }

    #[test]
    fn a_choice_outlives_the_run() {
        let mut arrangement = Arrangement::default();
        arrangement.toggle_pin("main/c");
        assert_eq!(labels(&arrangement, &trace(["x", "c", "z"])), ["c", "main", "x", "z"]);
    }
}
