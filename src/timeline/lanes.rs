//! Which rows there are, in which order, how high: process → GIL, requests, threads → loop → tasks, then what is counted.
//!
//! Siblings of one kind are a group. Few siblings are rows; more get a header and, by number, thin rows
//! ([`Fold::Compact`]) or one row that shows how many are in each state ([`Fold::Crowd`]). A reader's choice
//! ([`Folds`]) goes before the number. The order is that of birth and never changes while a run grows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::arrange::group_path;
use super::overview::Busy;
use super::scene::Style;
use super::words::counted;
use crate::journal::{Kind, Subject};
use crate::trace::{Counter, Crowd, Trace, Track};

/// Height of a row that shows one track [CSS px].
pub const ROW_PX: f32 = 20.0;
/// Height of a group's header [CSS px].
pub const HEADER_PX: f32 = 22.0;
/// Height of a process's header [CSS px].
pub const PROCESS_PX: f32 = 26.0;
/// Height of a counter's row [CSS px].
pub const COUNTER_PX: f32 = 34.0;
/// Height of a crowd's row [CSS px].
pub const CROWD_PX: f32 = 48.0;

/// Groups up to this size have no header of their own.
const HEADERLESS: usize = 6;
/// Groups up to this size are full rows unless the reader says otherwise.
const OPEN: usize = 24;
/// Groups up to this size are thin rows unless the reader says otherwise.
const COMPACT: usize = 160;

/// Groups of a recording up to this size are full rows unless the reader says otherwise.
const OPEN_RECORDED: usize = 2000;

/// A group of rows: the children of one kind of one parent; a process is the group of all that it holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct GroupId {
    /// Whose children; of a process the process itself; nothing for the machine.
    pub parent: Option<Subject>,
    /// Which children; [`Kind::Process`] for everything in the process.
    pub kind: Kind,
}

/// How a group is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Fold {
    /// Its header alone.
    Closed,
    /// One row with how many are in each state.
    Crowd,
    /// A thin row each.
    Compact,
    /// A full row each.
    Open,
}

impl Fold {
    /// All of them with their names in an address.
    const NAMES: [(Fold, &str); 4] =
        [(Fold::Closed, "close"), (Fold::Crowd, "crowd"), (Fold::Compact, "thin"), (Fold::Open, "open")];

    /// Its name in an address.
    pub fn name(self) -> &'static str {
        Fold::NAMES.iter().find(|(fold, _)| *fold == self).map_or("", |(_, name)| name)
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Fold> {
        Fold::NAMES.iter().find(|(_, other)| *other == name).map(|(fold, _)| *fold)
    }
}

/// The groups that the reader folds otherwise than their size says.
///
/// A group is known by its path, which is made of names: the same groups are folded in the next run, and from a link.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Folds {
    chosen: BTreeMap<String, Fold>,
}

impl Folds {
    /// Shows a group in a way.
    pub fn set(&mut self, trace: &Trace, group: GroupId, fold: Fold) {
        self.choose(group_path(trace, group), fold);
    }

    /// Shows the group of a path in a way.
    pub fn choose(&mut self, path: String, fold: Fold) {
        self.chosen.insert(path, fold);
    }

    /// The paths of those that are chosen, and how they are shown.
    pub fn chosen(&self) -> impl Iterator<Item = (&str, Fold)> {
        self.chosen.iter().map(|(path, &fold)| (path.as_str(), fold))
    }

    /// Goes to the next way to show a group that is shown like this: a process closes and opens, others go round.
    pub fn cycle(&mut self, trace: &Trace, group: GroupId, shown: Fold) {
        let next = match (group.kind, shown) {
            (Kind::Process | Kind::Core, Fold::Closed) => Fold::Open,
            (Kind::Process | Kind::Core, _) => Fold::Closed,
            (_, Fold::Crowd) => Fold::Compact,
            (_, Fold::Compact) => Fold::Open,
            (_, Fold::Open) => Fold::Closed,
            (_, Fold::Closed) => Fold::Crowd,
        };
        self.set(trace, group, next);
    }

    fn of(&self, trace: &Trace, group: GroupId, n_members: usize) -> Fold {
        if !self.chosen.is_empty()
            && let Some(&chosen) = self.chosen.get(&group_path(trace, group))
        {
            return chosen;
        }
        match n_members {
            _ if group.kind == Kind::Process => Fold::Open,
            _ if group.kind == Kind::Core => Fold::Closed,
            // Of a recording every row says something else, and none how many wait.
            n if trace.is_recording() => {
                if n <= OPEN_RECORDED {
                    Fold::Open
                } else {
                    Fold::Compact
                }
            }
            n if n <= OPEN => Fold::Open,
            n if n <= COMPACT => Fold::Compact,
            _ => Fold::Crowd,
        }
    }
}

/// What a row shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LaneKind {
    /// The name of a group, and a button that folds it.
    Header {
        /// Which.
        group: GroupId,
        /// How it is shown.
        fold: Fold,
        /// How many members it has.
        n_members: usize,
    },
    /// The spans and marks of a subject.
    Track(Subject),
    /// A counter, by its index in [`Trace::counters`].
    Counter(u32),
    /// How many of a group's members are in each state.
    Crowd(GroupId),
}

/// A row.
#[derive(Clone, PartialEq, Debug)]
pub struct Lane {
    /// What it shows.
    pub kind: LaneKind,
    /// Its top, from the first lane's top [CSS px].
    pub y_px: f32,
    /// Its height [CSS px].
    pub height_px: f32,
    /// The height that it needs [CSS px].
    pub needed_px: f32,
    /// How far its label is indented, in steps.
    pub depth: u8,
    /// Its label.
    pub label: String,
    /// A second, less important label; empty where there is none.
    pub detail: String,
}

impl Lane {
    /// The subject whose row it is.
    pub fn subject(&self) -> Option<Subject> {
        match self.kind {
            LaneKind::Track(subject) => Some(subject),
            _ => None,
        }
    }
}

/// All rows of a picture.
#[derive(Clone, Default, Debug)]
pub struct Lanes {
    lanes: Vec<Lane>,
    height_px: f32,
    /// The row of each subject, or of the folded group that holds it.
    row_of: Vec<Option<u32>>,
    accents: Vec<u8>,
    /// What each row of a crowd shows.
    crowds: BTreeMap<GroupId, Crowd>,
    /// What the strip of the whole run shows.
    busy: Busy,
    /// From and up to where the rows of counters go, of those that have more room than their values take.
    rooms: BTreeMap<u32, (i64, i64)>,
}

impl Lanes {
    /// The rows for a trace.
    pub fn of(trace: &Trace, folds: &Folds) -> Lanes {
        let mut layout = Layout { trace, folds, lanes: Lanes::default() };
        layout.lanes.row_of = vec![None; trace.tracks().len()];
        layout.lanes.accents = accents(trace);
        layout.lanes.busy = Busy::of(trace);
        for process in trace.tracks().iter().filter(|t| t.kind == Kind::Process) {
            layout.process(process);
        }
        layout.machine();
        layout.lanes
    }

    /// The height that all rows need [CSS px].
    pub fn needed_px(&self) -> f32 {
        self.lanes.iter().map(|lane| lane.needed_px).sum()
    }

    /// Gives the rows so many times the height that they need, in whole pixels.
    pub fn stretch(&mut self, by: f32) {
        self.height_px = 0.0;
        for lane in &mut self.lanes {
            lane.height_px = (lane.needed_px * by).round().max(lane.needed_px);
            lane.y_px = self.height_px;
            self.height_px += lane.height_px;
        }
    }

    /// The rows, from the top.
    pub fn rows(&self) -> &[Lane] {
        &self.lanes
    }

    /// These rows alone, in this order; what is left out is nowhere.
    pub(super) fn rearranged(&self, order: &[usize]) -> Lanes {
        let mut place = vec![None; self.lanes.len()];
        let (accents, crowds, busy) = (self.accents.clone(), self.crowds.clone(), self.busy.clone());
        let mut arranged = Lanes { accents, crowds, busy, ..Lanes::default() };
        for &row in order {
            place[row] = Some(arranged.lanes.len() as u32);
            arranged.lanes.push(Lane { y_px: arranged.height_px, ..self.lanes[row].clone() });
            arranged.height_px += self.lanes[row].height_px;
        }
        arranged.row_of = self.row_of.iter().map(|row| place[(*row)? as usize]).collect();
        arranged
    }

    /// What another trace has for these rows, each in its place and on its scale; where it has nothing, nothing is.
    pub(super) fn recast(&self, old: &Trace, new: &Trace, of: impl Fn(&LaneKind) -> Option<LaneKind>) -> Lanes {
        let mut recast = Lanes { height_px: self.height_px, accents: accents(new), ..Lanes::default() };
        for lane in &self.lanes {
            let Some(kind) = of(&lane.kind) else { continue };
            match (lane.kind, kind) {
                (LaneKind::Counter(was), LaneKind::Counter(is)) => {
                    let (was, counter) = (&old.counters()[was as usize], &new.counters()[is as usize]);
                    recast.rooms.insert(is, (was.min.min(counter.min), was.max.max(counter.max)));
                }
                (LaneKind::Crowd(was), LaneKind::Crowd(is)) => {
                    let crowd = Crowd::of(new, is.parent, is.kind);
                    let peak = self.crowd(was).map_or(0, |was| was.peak).max(crowd.peak);
                    recast.crowds.insert(is, Crowd { peak, ..crowd });
                }
                _ => {}
            }
            recast.lanes.push(Lane { kind, ..lane.clone() });
        }
        recast
    }

    /// The lowest and the highest value that a counter's row has room for.
    pub(super) fn room_of(&self, index: u32, counter: &Counter) -> (i64, i64) {
        self.rooms.get(&index).copied().unwrap_or((counter.min, counter.max))
    }

    /// Height of all rows together [CSS px].
    pub fn height_px(&self) -> f32 {
        self.height_px
    }

    /// The row at a height from the first row's top.
    pub fn row_at(&self, y_px: f32) -> Option<usize> {
        let index = self.lanes.partition_point(|lane| lane.y_px <= y_px).checked_sub(1)?;
        (y_px < self.lanes[index].y_px + self.lanes[index].height_px).then_some(index)
    }

    /// The rows that touch a stretch of height.
    pub fn rows_between(&self, top_px: f32, bottom_px: f32) -> std::ops::Range<usize> {
        let first = self.lanes.partition_point(|lane| lane.y_px + lane.height_px <= top_px);
        let last = self.lanes.partition_point(|lane| lane.y_px < bottom_px);
        first..last.max(first)
    }

    /// Where a subject is: its own row, or that of the folded group that holds it.
    pub fn row_of(&self, subject: Subject) -> Option<usize> {
        self.row_of.get(subject.0 as usize).copied().flatten().map(|row| row as usize)
    }

    /// How many members of a group are in each state, over time; of groups that are shown so.
    pub fn crowd(&self, group: GroupId) -> Option<&Crowd> {
        self.crowds.get(&group)
    }

    /// How much work there is over the run.
    pub fn busy(&self) -> &Busy {
        &self.busy
    }

    /// The colour of a thread's or task's label, and of the highlight of its source line.
    pub fn accent(&self, subject: Subject) -> Style {
        Style::Accent(self.accents.get(subject.0 as usize).copied().unwrap_or(0))
    }
}

/// Threads and tasks take the accents in turn, in order of birth.
fn accents(trace: &Trace) -> Vec<u8> {
    let mut n = 0;
    let accent = |track: &Track| {
        let accent = (n % usize::from(Style::N_ACCENTS)) as u8;
        n += usize::from(matches!(track.kind, Kind::Thread | Kind::Task));
        accent
    };
    trace.tracks().iter().map(accent).collect()
}

struct Layout<'a> {
    trace: &'a Trace,
    folds: &'a Folds,
    lanes: Lanes,
}

impl Layout<'_> {
    fn process(&mut self, process: &Track) {
        let group = GroupId { parent: Some(process.subject), kind: Kind::Process };
        let fold = self.fold_of(group, process.children.len());
        let name = self.trace.text_of(process.name).to_string();
        let header = self.header(group, fold, process.children.len(), 0, name, PROCESS_PX);
        self.place(process.subject, header);
        if fold == Fold::Closed {
            self.fold_away(process.subject, header);
            return;
        }
        for gil in self.children(process, Kind::Gil) {
            self.track(gil, 1, ROW_PX);
        }
        self.group(Some(process.subject), Kind::Request, &self.children(process, Kind::Request), 1);
        // Threads that host an event loop stay with their tasks; so does the first thread, which is the main one.
        let threads = self.children(process, Kind::Thread);
        let has_loop = |t| self.trace.track(t).children.iter().any(|&child| self.trace.track(child).kind != Kind::Call);
        let is_host = |(i, &t): (usize, &Subject)| (i == 0 || has_loop(t)).then_some(t);
        let hosts: Vec<_> = threads.iter().enumerate().filter_map(is_host).collect();
        for &thread in &hosts {
            self.thread(thread);
        }
        let others: Vec<_> = threads.into_iter().filter(|thread| !hosts.contains(thread)).collect();
        self.group(Some(process.subject), Kind::Thread, &others, 1);
        self.group(Some(process.subject), Kind::Task, &self.children(process, Kind::Task), 1);
        self.counters(process.subject, 1);
        self.rest(process, 1);
    }

    fn fold_of(&self, group: GroupId, n_members: usize) -> Fold {
        self.folds.of(self.trace, group, n_members)
    }

    fn thread(&mut self, thread: Subject) {
        let track = self.trace.track(thread);
        self.track(thread, 1, ROW_PX);
        self.counters(thread, 2);
        for event_loop in self.children(track, Kind::Loop) {
            let loop_track = self.trace.track(event_loop);
            if !loop_track.spans.is_empty() || !loop_track.instants.is_empty() {
                self.track(event_loop, 2, ROW_PX);
            }
            self.counters(event_loop, 2);
            self.group(Some(event_loop), Kind::Task, &self.children(loop_track, Kind::Task), 2);
            self.rest(loop_track, 2);
        }
        self.group(Some(thread), Kind::Task, &self.children(track, Kind::Task), 2);
        self.rest(track, 2);
    }

    /// Everything below a subject that has no row yet: locks, pools, what nobody foresaw.
    fn rest(&mut self, track: &Track, depth: u8) {
        for &child in &track.children {
            let child = self.trace.track(child);
            if self.lanes.row_of(child.subject).is_some() || child.kind == Kind::Process {
                continue;
            }
            if !child.spans.is_empty() || (!child.instants.is_empty() && child.counters.is_empty()) {
                self.track(child.subject, depth, ROW_PX);
            }
            self.counters(child.subject, depth);
            self.rest(child, depth + 1);
        }
    }

    /// What belongs to no process: the cores, and subjects without a parent.
    fn machine(&mut self) {
        let orphans = self.trace.tracks().iter().filter(|t| t.parent.is_none() && t.kind != Kind::Process);
        let (cores, others): (Vec<_>, Vec<_>) = orphans.partition(|t| t.kind == Kind::Core);
        for track in others {
            if track.kind == Kind::Thread {
                self.thread(track.subject);
                continue;
            }
            if !track.spans.is_empty() || !track.instants.is_empty() {
                self.track(track.subject, 0, ROW_PX);
            }
            self.counters(track.subject, 0);
            self.rest(track, 1);
        }
        if cores.is_empty() {
            return;
        }
        let group = GroupId { parent: None, kind: Kind::Core };
        let fold = self.fold_of(group, cores.len());
        let header = self.header(group, fold, cores.len(), 0, "cores".into(), PROCESS_PX);
        for core in cores {
            self.place(core.subject, header);
            if fold != Fold::Closed {
                self.track(core.subject, 1, ROW_PX);
            }
        }
    }

    fn group(&mut self, parent: Option<Subject>, kind: Kind, members: &[Subject], depth: u8) {
        if members.is_empty() {
            return;
        }
        let group = GroupId { parent, kind };
        let fold = self.fold_of(group, members.len());
        let mut depth = depth;
        if members.len() > HEADERLESS {
            let header = self.header(group, fold, members.len(), depth, plural(kind).to_string(), HEADER_PX);
            for &member in members {
                self.fold_away(member, header);
                self.place(member, header);
            }
            depth += 1;
        }
        match fold {
            Fold::Closed if members.len() > HEADERLESS => {}
            Fold::Crowd => {
                self.lanes.crowds.insert(group, Crowd::of(self.trace, parent, kind));
                let crowd = self.push(LaneKind::Crowd(group), CROWD_PX, depth, String::new(), String::new());
                for &member in members {
                    self.fold_away(member, crowd);
                    self.place(member, crowd);
                }
            }
            Fold::Compact => {
                let row_px = (400.0 / members.len() as f32).floor().clamp(2.0, 6.0);
                for &member in members {
                    self.track(member, depth, row_px);
                    let row = self.lanes.lanes.len() - 1;
                    self.fold_away(member, row);
                }
            }
            Fold::Open | Fold::Closed => {
                for &member in members {
                    self.track(member, depth, ROW_PX);
                    self.counters(member, depth + 1);
                    self.rest(self.trace.track(member), depth + 1);
                }
            }
        }
    }

    fn counters(&mut self, subject: Subject, depth: u8) {
        for &counter in &self.trace.track(subject).counters {
            let (name, _) = counted(self.trace.text_of(self.trace.counters()[counter as usize].name));
            let (label, detail) = match self.trace.track(subject).kind {
                Kind::Pool | Kind::Lock => (self.trace.name_of(subject), name),
                _ => (name, ""),
            };
            let row = self.push(LaneKind::Counter(counter), COUNTER_PX, depth, label.into(), detail.into());
            if self.lanes.row_of(subject).is_none() {
                self.place(subject, row);
            }
        }
    }

    fn track(&mut self, subject: Subject, depth: u8, height_px: f32) {
        // The calls inside those of a thread are told by the thread's label above them.
        let is_call = self.trace.track(subject).kind == Kind::Call;
        let name = if is_call { "" } else { self.trace.name_of(subject) };
        let label = self
            .trace
            .ordinal(subject)
            .filter(|_| !is_call)
            .map_or_else(|| name.to_string(), |n| format!("{name} {n}"));
        let row = self.push(LaneKind::Track(subject), height_px, depth, label, String::new());
        self.place(subject, row);
    }

    fn header(&mut self, group: GroupId, fold: Fold, n: usize, depth: u8, label: String, height_px: f32) -> usize {
        let detail = if group.kind == Kind::Process { String::new() } else { n.to_string() };
        self.push(LaneKind::Header { group, fold, n_members: n }, height_px, depth, label, detail)
    }

    fn push(&mut self, kind: LaneKind, height_px: f32, depth: u8, label: String, detail: String) -> usize {
        let y_px = self.lanes.height_px;
        self.lanes.lanes.push(Lane { kind, y_px, height_px, needed_px: height_px, depth, label, detail });
        self.lanes.height_px += height_px;
        self.lanes.lanes.len() - 1
    }

    fn place(&mut self, subject: Subject, row: usize) {
        self.lanes.row_of[subject.0 as usize] = Some(row as u32);
    }

    /// Descendants without a row of their own are found at the row that stands for them.
    fn fold_away(&mut self, subject: Subject, row: usize) {
        for &child in &self.trace.track(subject).children {
            if self.trace.track(child).kind != Kind::Process {
                self.place(child, row);
                self.fold_away(child, row);
            }
        }
    }

    fn children(&self, track: &Track, kind: Kind) -> Vec<Subject> {
        track.children.iter().copied().filter(|&child| self.trace.track(child).kind == kind).collect()
    }
}

/// The name of a group of things of a kind.
fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Process => "processes",
        Kind::Thread => "threads",
        Kind::Task => "tasks",
        Kind::Gil => "GILs",
        Kind::Loop => "loops",
        Kind::Pool => "pools",
        Kind::Lock => "locks",
        Kind::Request => "requests",
        Kind::Core => "cores",
        Kind::Call => "calls",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Journal, State};
    use crate::time::Time;

    /// A process with a GIL, a main thread with a loop of `n_tasks`, and a limiter.
    fn server(n_tasks: usize) -> Trace {
        let mut j = Journal::new();
        let at = Time(0);
        j.born(at, Kind::Core, "core 0", None, None, None);
        let p = j.born(at, Kind::Process, "server", None, None, None);
        let gil = j.born(at, Kind::Gil, "GIL", Some(p), None, None);
        let t = j.born(at, Kind::Thread, "MainThread", Some(p), None, None);
        let l = j.born(at, Kind::Loop, "loop", Some(t), None, None);
        let pool = j.born(at, Kind::Pool, "limiter", Some(p), None, None);
        j.state(at, gil, State::Running, "", Some(t), None, None);
        j.state(at, t, State::Running, "", None, None, None);
        j.mark(at, l, "pass", None, None);
        j.count(at, pool, "tokens in use", 1);
        for n in 0..n_tasks {
            let task = j.born(at, Kind::Task, &format!("Task-{n}"), Some(l), None, None);
            j.state(at, task, State::Ready, "ready queue", None, None, None);
        }
        Trace::of(&j)
    }

    fn outline(lanes: &Lanes) -> Vec<String> {
        let line = |lane: &Lane| format!("{}{} {}", " ".repeat(lane.depth.into()), lane.label, lane.height_px);
        lanes.rows().iter().map(line).collect()
    }

    #[test]
    fn rows_go_from_process_to_thread_to_task_and_end_with_counters_and_cores() {
        let lanes = Lanes::of(&server(2), &Folds::default());
        assert_eq!(
            outline(&lanes),
            [
                "server 26",
                " GIL 20",
                " MainThread 20",
                "  loop 20",
                "  Task-0 20",
                "  Task-1 20",
                " limiter 34",
                "cores 26"
            ]
        );
    }

    #[test]
    fn more_tasks_take_thinner_rows_and_at_last_one() {
        let tasks_px = |n| {
            let lanes = Lanes::of(&server(n), &Folds::default());
            lanes.height_px() - Lanes::of(&server(0), &Folds::default()).height_px()
        };
        assert_eq!(tasks_px(6), 6.0 * ROW_PX);
        assert_eq!(tasks_px(24), HEADER_PX + 24.0 * ROW_PX);
        assert_eq!(tasks_px(100), HEADER_PX + 100.0 * 4.0);
        assert_eq!(tasks_px(1000), HEADER_PX + CROWD_PX);
    }

    #[test]
    fn the_reader_may_open_a_crowd_and_close_a_process() {
        let trace = server(1000);
        let mut folds = Folds::default();
        let tasks = GroupId { parent: Some(Subject(4)), kind: Kind::Task };
        folds.cycle(&trace, tasks, Fold::Crowd);
        assert_eq!(Lanes::of(&trace, &folds).rows().len(), 1000 + 7);
        folds.cycle(&trace, GroupId { parent: Some(Subject(1)), kind: Kind::Process }, Fold::Open);
        assert_eq!(outline(&Lanes::of(&trace, &folds)), ["server 26", "cores 26"]);
    }

    #[test]
    fn a_subject_in_a_folded_group_is_found_at_the_groups_row() {
        let trace = server(1000);
        let lanes = Lanes::of(&trace, &Folds::default());
        let row = lanes.row_of(Subject(500)).unwrap();
        assert!(matches!(lanes.rows()[row].kind, LaneKind::Crowd(_)));
        assert_eq!(lanes.rows()[lanes.row_of(Subject(3)).unwrap()].label, "MainThread");
    }

    #[test]
    fn siblings_of_one_name_are_numbered() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "web", None, None, None);
        for name in ["MainThread", "AnyIO worker thread", "AnyIO worker thread"] {
            let thread = j.born(Time(0), Kind::Thread, name, Some(p), None, None);
            j.state(Time(0), thread, State::Running, "", None, None, None);
        }
        let lanes = Lanes::of(&Trace::of(&j), &Folds::default());
        let labels: Vec<&str> = lanes.rows().iter().map(|lane| lane.label.as_str()).collect();
        assert_eq!(labels, ["web", "MainThread", "AnyIO worker thread 1", "AnyIO worker thread 2"]);
    }

    #[test]
    fn rows_are_stretched_from_what_they_need_and_no_less() {
        let mut lanes = Lanes::of(&server(3), &Folds::default());
        let (needed, rows) = (lanes.height_px(), lanes.rows().to_vec());
        lanes.stretch(1.5);
        lanes.stretch(1.3);
        assert_eq!((lanes.needed_px(), lanes.rows()[1].height_px), (needed, (rows[1].height_px * 1.3).round()));
        assert!(lanes.rows().windows(2).all(|two| two[0].y_px + two[0].height_px == two[1].y_px));
        lanes.stretch(0.5);
        assert_eq!((lanes.height_px(), lanes.rows()), (needed, &rows[..]));
    }

    #[test]
    fn every_height_belongs_to_the_row_that_is_drawn_there() {
        let lanes = Lanes::of(&server(30), &Folds::default());
        for (i, lane) in lanes.rows().iter().enumerate() {
            assert_eq!(lanes.row_at(lane.y_px), Some(i));
            assert_eq!(lanes.row_at(lane.y_px + lane.height_px - 0.01), Some(i));
        }
        assert_eq!(lanes.row_at(lanes.height_px()), None);
        assert_eq!(lanes.row_at(-1.0), None);
        assert_eq!(lanes.rows_between(0.0, lanes.height_px()), 0..lanes.rows().len());
    }
}
