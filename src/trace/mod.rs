//! Columns folded from a journal: spans, instants, counters, flows, output; queries and metrics over them.
//!
//! A journal says what changed; a trace says what was. [`Trace::extend`] folds the entries that it has not seen
//! yet, so a trace follows a run that is still growing. Everything is in columns, sorted by time, so a query is a
//! binary search and a picture touches what it shows and no more.
//!
//! A track is one subject's history and has the subject's number. A span is `[start, end)` in one state; the last
//! span of a subject that has not ended is open and reaches to the trace's end.

#[cfg(feature = "simulator")]
pub mod chrome;
mod congestion;
mod crowd;
mod histogram;
mod interruptions;
mod lints;
mod metrics;
mod path;
mod query;
mod question;
mod recording;
mod said;
mod snapshot;
mod spans;
mod tree;
mod waits;

use std::collections::BTreeMap;

use crate::journal::{Entry, EntryId, Journal, Kind, Line, Name, State, Subject, What};
use crate::time::Time;

pub use crowd::Crowd;
pub use histogram::{Bin, Histogram};
pub use interruptions::{Interruption, interruptions};
pub use lints::{Finding, findings};
pub use metrics::{Metrics, PoolUse};
pub use path::{CriticalPath, Goal, PathStep};
pub use query::{CurrentLine, Waker};
pub use question::Question;
pub use recording::Recording;
pub use said::{Said, Tint};
pub use snapshot::{CoreNow, GilNow, LockNow, LoopNow, PoolNow, ProcessNow, Snapshot, Standing};
pub use spans::{Span, SpanRef, Spans, StateTimes};
pub use tree::{Node, await_tree, task_tree};
pub use waits::{Cycle, Wait, Waits};

/// The history of one subject.
#[derive(Clone, Debug)]
pub struct Track {
    /// Whose.
    pub subject: Subject,
    /// What it is.
    pub kind: Kind,
    /// Its best name so far.
    pub name: Name,
    /// Whose it is.
    pub parent: Option<Subject>,
    /// Those whose parent it is, in order of birth.
    pub children: Vec<Subject>,
    /// When it began to exist.
    pub born: Time,
    /// The line that made it.
    pub born_line: Option<Line>,
    /// When it ended, if it has.
    pub ended: Option<Time>,
    /// Its states.
    pub spans: Spans,
    /// Its marks: indices into [`Trace::instants`].
    pub instants: Vec<u32>,
    /// Its counters: indices into [`Trace::counters`].
    pub counters: Vec<u32>,
    /// Who made it: an index into [`Trace::flows`].
    pub maker: Option<u32>,
    /// Whom it woke or made: indices into [`Trace::flows`].
    pub flows_out: Vec<u32>,
}

/// Something without length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Instant {
    /// When.
    pub at: Time,
    /// Whose.
    pub subject: Subject,
    /// What.
    pub name: Name,
    /// In words, where there is more to say.
    pub detail: Option<Name>,
    /// The line that was executing; of a signal that at which its handler begins.
    pub line: Option<Line>,
    /// Who brought it about: an index into [`Trace::flows`].
    pub flow: Option<u32>,
}

/// A step function of time.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Whose.
    pub subject: Subject,
    /// Which.
    pub name: Name,
    /// When it took a value, without repetitions, ascending.
    pub times: Vec<Time>,
    /// The value from each time on.
    pub values: Vec<i64>,
    /// The lowest value so far, at most 0.
    pub min: i64,
    /// The highest value so far, at least 0.
    pub max: i64,
}

/// "This woke that."
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flow {
    /// Who brought it about: of everything on a thread with an event loop the task that it ran.
    pub from: Subject,
    /// When it acted, as far as that is recorded: at the latest when its next span began.
    pub from_at: Time,
    /// Who was woken or made.
    pub to: Subject,
    /// When the effect happened.
    pub to_at: Time,
    /// Whether the effect was a birth.
    pub is_birth: bool,
}

/// Text that a process wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Output {
    /// When.
    pub at: Time,
    /// Which process.
    pub process: Subject,
    /// 1 for stdout, 2 for stderr.
    pub stream: u8,
    /// What it wrote.
    pub text: Name,
    /// The line that wrote it.
    pub line: Option<Line>,
}

/// The history of a run, in columns.
#[derive(Clone, Default, Debug)]
pub struct Trace {
    names: Vec<Box<str>>,
    /// One track a subject; the index is the subject's number.
    tracks: Vec<Track>,
    instants: Vec<Instant>,
    counters: Vec<Counter>,
    counter_of: BTreeMap<(Subject, Name), u32>,
    flows: Vec<Flow>,
    outputs: Vec<Output>,
    /// How many entries have been folded.
    n_entries: usize,
    /// When the last one happened.
    end: Time,
    /// Whether it was recorded elsewhere.
    is_recording: bool,
    /// What was recorded of single spans beside their names, in order.
    said: Vec<(SpanRef, Said)>,
    /// The task that runs on each thread that has an event loop.
    on_loop: BTreeMap<Subject, Subject>,
}

impl Trace {
    /// A trace of everything that a journal holds.
    pub fn of(journal: &Journal) -> Trace {
        let mut trace = Trace::default();
        trace.extend(journal);
        trace
    }

    /// Folds the entries that were added since the last call. The journal must be the same one, grown.
    pub fn extend(&mut self, journal: &Journal) {
        for entry in &journal.entries()[self.n_entries..] {
            self.learn_names(journal, entry);
            self.fold(journal, entry);
        }
    }

    /// How many entries have been folded.
    pub fn n_entries(&self) -> usize {
        self.n_entries
    }

    /// The time of the last entry: how long the run has been going.
    pub fn end(&self) -> Time {
        self.end
    }

    /// Memory that the columns take, names and what is reserved for more included [bytes].
    pub fn n_bytes(&self) -> usize {
        let of_track = |track: &Track| {
            let indices = [&track.instants, &track.counters, &track.flows_out].map(Vec::capacity);
            track.spans.n_bytes() + (indices.iter().sum::<usize>() + track.children.capacity()) * size_of::<u32>()
        };
        self.tracks.iter().map(of_track).sum::<usize>()
            + self.tracks.capacity() * size_of::<Track>()
            + self.names.iter().map(|name| name.len() + size_of::<Box<str>>()).sum::<usize>()
            + self.instants.capacity() * size_of::<Instant>()
            + self.flows.capacity() * size_of::<Flow>()
            + self.counters.iter().map(|counter| counter.times.capacity() * 16).sum::<usize>()
            + self.said.capacity() * size_of::<(SpanRef, Said)>()
    }

    /// Whether it was recorded elsewhere, so that it has slices and no waits.
    pub fn is_recording(&self) -> bool {
        self.is_recording
    }

    /// All tracks; the index is the subject's number.
    pub fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// The track of a subject.
    pub fn track(&self, subject: Subject) -> &Track {
        &self.tracks[subject.0 as usize]
    }

    /// All marks, oldest first.
    pub fn instants(&self) -> &[Instant] {
        &self.instants
    }

    /// All counters in order of their first value.
    pub fn counters(&self) -> &[Counter] {
        &self.counters
    }

    /// All flows in order of their effects.
    pub fn flows(&self) -> &[Flow] {
        &self.flows
    }

    /// Everything written to standard output and error, oldest first.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The text of a name.
    pub fn text_of(&self, name: Name) -> &str {
        &self.names[name.0 as usize]
    }

    /// The name of a subject.
    pub fn name_of(&self, subject: Subject) -> &str {
        self.text_of(self.track(subject).name)
    }

    /// The number of a name that the journal has used; for a line of a file by its name.
    pub fn find_name(&self, text: &str) -> Option<Name> {
        self.names.iter().position(|name| &**name == text).map(|i| Name(i as u32))
    }

    /// Names are numbered in order of use, so the ones up to an entry's highest are all there is to copy.
    fn learn_names(&mut self, journal: &Journal, entry: &Entry) {
        let (a, b) = match entry.what {
            What::Born { name, .. } | What::Named(name) => (name, None),
            What::State { reason, .. } => (reason, None),
            What::Count { counter, .. } => (counter, None),
            What::Mark { name, detail } => (name, detail),
            What::Output { text, .. } => (text, None),
        };
        let highest = [Some(a), b, entry.line.map(|line| line.file)].into_iter().flatten().max();
        while let Some(name) = highest.filter(|name| self.names.len() <= name.0 as usize) {
            let next = Name(self.names.len() as u32);
            debug_assert!(next <= name);
            self.names.push(journal.text_of(next).into());
        }
    }

    fn fold(&mut self, journal: &Journal, entry: &Entry) {
        let id = EntryId(self.n_entries as u32);
        self.n_entries += 1;
        self.end = entry.at;
        match entry.what {
            What::Born { kind, name, parent } => self.fold_birth(journal, entry, kind, name, parent),
            What::Named(name) => self.tracks[entry.subject.0 as usize].name = name,
            What::State { state, reason, on } => self.fold_state(journal, id, entry, state, reason, on),
            What::Count { counter, value } => self.fold_count(entry, counter, value),
            What::Mark { name, detail } => {
                let Entry { at, subject, line, .. } = *entry;
                let flow = self.fold_cause(journal, entry, self.track(subject).kind);
                self.tracks[subject.0 as usize].instants.push(self.instants.len() as u32);
                self.instants.push(Instant { at, subject, name, detail, line, flow });
            }
            What::Output { stream, text } => {
                let Entry { at, subject, line, .. } = *entry;
                self.outputs.push(Output { at, process: subject, stream, text, line });
            }
        }
    }

    fn fold_birth(&mut self, journal: &Journal, entry: &Entry, kind: Kind, name: Name, parent: Option<Subject>) {
        assert_eq!(entry.subject.0 as usize, self.tracks.len(), "subjects are numbered in order of birth");
        if let Some(parent) = parent {
            self.tracks[parent.0 as usize].children.push(entry.subject);
        }
        self.tracks.push(Track {
            subject: entry.subject,
            kind,
            name,
            parent,
            children: Vec::new(),
            born: entry.at,
            born_line: entry.line,
            ended: None,
            spans: Spans::default(),
            instants: Vec::new(),
            counters: Vec::new(),
            maker: None,
            flows_out: Vec::new(),
        });
        let maker = self.fold_cause(journal, entry, kind);
        self.tracks[entry.subject.0 as usize].maker = maker;
    }

    fn fold_state(
        &mut self,
        journal: &Journal,
        id: EntryId,
        entry: &Entry,
        state: State,
        reason: Name,
        on: Option<Subject>,
    ) {
        let Entry { at, subject, line, .. } = *entry;
        let kind = self.track(subject).kind;
        let flow = self.fold_cause(journal, entry, kind);
        if kind == Kind::Task
            && let Some(host) = self.ancestor(subject, Kind::Thread)
        {
            if state == State::Running {
                self.on_loop.insert(host, subject);
            } else if self.on_loop.get(&host) == Some(&subject) {
                self.on_loop.remove(&host);
            }
        }
        let track = &mut self.tracks[subject.0 as usize];
        track.ended = (state == State::Done).then_some(at);
        if state == State::Done {
            track.spans.close(at);
        } else {
            track.spans.begin(Span { start: at, end: Time::NEVER, state, reason, on, line, flow, entry: id });
        }
    }

    fn fold_count(&mut self, entry: &Entry, name: Name, value: i64) {
        let Entry { at, subject, .. } = *entry;
        let index = *self.counter_of.entry((subject, name)).or_insert_with(|| {
            let index = self.counters.len() as u32;
            self.counters.push(Counter { subject, name, times: vec![], values: vec![], min: 0, max: 0 });
            self.tracks[subject.0 as usize].counters.push(index);
            index
        });
        self.counters[index as usize].set(at, value);
    }

    /// An effect on somebody else is a flow; one's own past needs no arrow, nor does what is done to things.
    ///
    /// What a thread does while it runs a task of its event loop is that task's doing. A task, or a request, on it that
    /// runs or waits does so by its turn; only being made ready, and being made, have a cause.
    fn fold_cause(&mut self, journal: &Journal, entry: &Entry, kind: Kind) -> Option<u32> {
        let is_birth = match entry.what {
            What::Born { .. } => true,
            What::State { .. } | What::Mark { .. } => false,
            _ => return None,
        };
        let cause = &journal.entries()[entry.cause?.0 as usize];
        let to = entry.subject;
        let (mut from, mut from_at) = (cause.subject, cause.at);
        let can_run = matches!(kind, Kind::Process | Kind::Thread | Kind::Task | Kind::Request);
        if from == to || !can_run {
            return None;
        }
        if let Some(&task) = self.on_loop.get(&from) {
            (from, from_at) = (task, entry.at);
        }
        let is_turn = !matches!(entry.what, What::Born { .. } | What::State { state: State::Ready, .. });
        let is_own = |host: Option<Subject>| host == Some(cause.subject);
        if from == to || (!is_birth && kind == Kind::Request && is_turn) {
            return None;
        }
        if kind == Kind::Task && !is_birth && is_own(self.host(to)) && (is_turn || from == cause.subject) {
            return None;
        }
        // The cause is what its subject was recorded with last, so it acted before anything else of it was recorded.
        if let Some(place) = self.span_at(from, from_at) {
            from_at = self.track(from).spans.ends()[place.span as usize].min(entry.at);
        }
        let index = self.flows.len() as u32;
        // A signal is sent and ends a wait at once: that is one arrow.
        let is_told = |last: &Flow| (last.from, last.to, last.to_at, last.is_birth) == (from, to, entry.at, is_birth);
        if self.flows.last().is_some_and(is_told) {
            return Some(index - 1);
        }
        self.flows.push(Flow { from, from_at, to, to_at: entry.at, is_birth });
        self.tracks[from.0 as usize].flows_out.push(index);
        Some(index)
    }
}

impl Counter {
    /// The mean over a stretch of time and the highest value in it; 0 before the first value.
    pub fn between(&self, from: Time, to: Time) -> (f64, i64) {
        let first = self.times.partition_point(|&at| at <= from);
        let mut value = first.checked_sub(1).map_or(0, |i| self.values[i]);
        let (mut since, mut area, mut highest) = (from, 0.0, value);
        let within = self.times[first..].iter().zip(&self.values[first..]).take_while(|&(&at, _)| at < to);
        for (&at, &next) in within {
            area += value as f64 * at.since(since).0 as f64;
            (since, value) = (at, next);
            highest = highest.max(next);
        }
        area += value as f64 * to.since(since).0 as f64;
        let length = to.since(from).0;
        (if length == 0 { value as f64 } else { area / length as f64 }, highest)
    }

    /// A later value at the same instant replaces the earlier one; an equal value changes nothing.
    fn set(&mut self, at: Time, value: i64) {
        (self.min, self.max) = (self.min.min(value), self.max.max(value));
        // Of several values at one time the last counts; one that changes nothing leaves no trace.
        if self.times.last() == Some(&at) {
            self.times.pop();
            self.values.pop();
        }
        if self.values.last() != Some(&value) {
            self.times.push(at);
            self.values.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Journal {
        let mut j = Journal::new();
        let process = j.born(Time(0), Kind::Process, "main", None, None, None);
        let thread = j.born(Time(0), Kind::Thread, "MainThread", Some(process), None, None);
        let file = j.name("a.py");
        let line = Some(Line { file, line: 3 });
        let ran = j.state(Time(0), thread, State::Running, "", None, None, line);
        let other = j.born(Time(4), Kind::Thread, "worker", Some(process), Some(ran), line);
        j.state(Time(5), thread, State::Waiting, "sleep", None, None, line);
        let woke = j.state(Time(6), other, State::Running, "", None, None, None);
        j.state(Time(8), thread, State::Ready, "GIL", Some(other), Some(woke), None);
        j.count(Time(8), process, "connections", 2);
        j.mark(Time(9), thread, "drop request", None, None);
        j.state(Time(9), other, State::Done, "", None, None, None);
        j
    }

    #[test]
    fn a_span_ends_where_the_next_begins_and_the_last_is_open_until_the_end() {
        let trace = Trace::of(&small());
        let spans: Vec<_> = trace.spans(Subject(1)).map(|s| (s.start.0, s.end.0, s.state)).collect();
        assert_eq!(spans, [(0, 5, State::Running), (5, 8, State::Waiting), (8, 9, State::Ready)]);
        assert_eq!(trace.track(Subject(2)).ended, Some(Time(9)));
    }

    #[test]
    fn a_trace_that_followed_a_growing_journal_equals_one_made_at_the_end() {
        let mut followed = Trace::default();
        let mut growing = Journal::new();
        let thread = growing.born(Time(0), Kind::Thread, "t", None, None, None);
        for i in 0..50 {
            let state = [State::Running, State::Ready, State::Waiting][i as usize % 3];
            growing.state(Time(i), thread, state, &format!("reason {i}"), None, None, None);
            growing.count(Time(i), thread, "n", i as i64 % 7);
            if i % 5 == 0 {
                followed.extend(&growing);
            }
        }
        followed.extend(&growing);
        assert_eq!(format!("{followed:?}"), format!("{:?}", Trace::of(&growing)));
    }

    #[test]
    fn a_cause_on_another_subject_is_a_flow() {
        let trace = Trace::of(&small());
        let flows: Vec<_> =
            trace.flows().iter().map(|f| (f.from.0, f.from_at.0, f.to.0, f.to_at.0, f.is_birth)).collect();
        assert_eq!(flows, [(1, 4, 2, 4, true), (2, 8, 1, 8, false)]);
    }

    #[test]
    fn a_later_value_at_the_same_instant_replaces_the_earlier() {
        let mut j = Journal::new();
        let pool = j.born(Time(0), Kind::Pool, "limiter", None, None, None);
        for (at, value) in [(0, 1), (5, 2), (5, 3), (7, 3), (9, 0)] {
            j.count(Time(at), pool, "tokens in use", value);
        }
        let trace = Trace::of(&j);
        let counter = &trace.counters()[0];
        assert_eq!(
            (counter.times.as_slice(), counter.values.as_slice()),
            ([0, 5, 9].map(Time).as_slice(), [1, 3, 0].as_slice())
        );
        assert_eq!((counter.min, counter.max), (0, 3));
    }
}
