//! The spans of one track in columns, with running totals so that any stretch is summed without walking it.

use serde::{Deserialize, Serialize};

use crate::journal::{EntryId, Line, Name, State, Subject};
use crate::time::{Duration, Time};

/// `[start, end)` in one state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// When it began.
    pub start: Time,
    /// When it ended; of an open span the end of the trace.
    pub end: Time,
    /// The condition; never [`State::Done`].
    pub state: State,
    /// Ready: for what turn. Waiting: for what.
    pub reason: Name,
    /// Who has what it wants, or what it waits for.
    pub on: Option<Subject>,
    /// The line that was executing when it began.
    pub line: Option<Line>,
    /// Who brought it about: an index into [`Trace::flows`](super::Trace::flows).
    pub flow: Option<u32>,
    /// The entry that began it.
    pub entry: EntryId,
}

impl Span {
    /// How long it lasted.
    pub fn duration(&self) -> Duration {
        self.end.since(self.start)
    }
}

/// The place of a span: a track and the span's number on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct SpanRef {
    /// Whose.
    pub track: Subject,
    /// Which.
    pub span: u32,
}

/// Time spent in each state.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct StateTimes {
    /// In [`State::Running`].
    pub running: Duration,
    /// In [`State::Ready`].
    pub ready: Duration,
    /// In [`State::Waiting`].
    pub waiting: Duration,
}

impl StateTimes {
    /// All together.
    pub fn total(&self) -> Duration {
        self.running + self.ready + self.waiting
    }

    /// The state with the most time; running before ready before waiting where equal.
    pub fn dominant(&self) -> State {
        if self.running >= self.ready && self.running >= self.waiting {
            State::Running
        } else if self.ready >= self.waiting {
            State::Ready
        } else {
            State::Waiting
        }
    }

    /// Adds time in a state; a subject that is done spends none.
    pub fn add(&mut self, state: State, time: Duration) {
        match state {
            State::Running => self.running += time,
            State::Ready => self.ready += time,
            State::Waiting => self.waiting += time,
            State::Done => {}
        }
    }

    /// This and another, added.
    pub fn with(&self, other: &StateTimes) -> StateTimes {
        StateTimes {
            running: self.running + other.running,
            ready: self.ready + other.ready,
            waiting: self.waiting + other.waiting,
        }
    }

    fn without(&self, earlier: &StateTimes) -> StateTimes {
        StateTimes {
            running: self.running.saturating_sub(earlier.running),
            ready: self.ready.saturating_sub(earlier.ready),
            waiting: self.waiting.saturating_sub(earlier.waiting),
        }
    }
}

/// Stands for nothing in the columns of numbers.
const NONE: u32 = u32::MAX;

/// Spans in columns, ascending and without overlap. The end of an open span is [`Time::NEVER`].
///
/// What may be absent is a number with one value set aside, so that it takes four bytes and not eight.
#[derive(Clone, Default, Debug)]
pub struct Spans {
    starts: Vec<Time>,
    ends: Vec<Time>,
    states: Vec<State>,
    reasons: Vec<Name>,
    /// [`Subject`]s, or [`NONE`].
    on: Vec<u32>,
    /// The [`Name`] of a file, or [`NONE`].
    files: Vec<u32>,
    /// A line of that file.
    lines: Vec<u32>,
    /// Indices into the trace's flows, or [`NONE`].
    flows: Vec<u32>,
    entries: Vec<EntryId>,
    /// Time in each state before span `i * STRIDE`.
    sums: Vec<StateTimes>,
    /// Time in each state of all spans that have ended.
    closed: StateTimes,
}

impl Spans {
    /// Every how many spans a running total is kept.
    const STRIDE: usize = 16;

    /// Memory of a span over all columns [bytes].
    pub const BYTES_PER_SPAN: usize = 2 * size_of::<Time>()
        + size_of::<State>()
        + size_of::<Name>()
        + 4 * size_of::<u32>()
        + size_of::<EntryId>()
        + size_of::<StateTimes>().div_ceil(Spans::STRIDE);

    /// How many.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// When each began, ascending.
    pub fn starts(&self) -> &[Time] {
        &self.starts
    }

    /// When each ended, ascending; [`Time::NEVER`] for an open one.
    pub fn ends(&self) -> &[Time] {
        &self.ends
    }

    /// The state of each.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// A span whose end is at most `now`.
    pub fn at(&self, index: usize, now: Time) -> Span {
        Span {
            start: self.starts[index],
            end: self.ends[index].min(now).max(self.starts[index]),
            state: self.states[index],
            reason: self.reasons[index],
            on: self.on(index),
            line: self.line(index),
            flow: Some(self.flows[index]).filter(|&flow| flow != NONE),
            entry: self.entries[index],
        }
    }

    /// The line at which a span began.
    pub fn line(&self, index: usize) -> Option<Line> {
        let file = self.files[index];
        (file != NONE).then(|| Line { file: Name(file), line: self.lines[index] })
    }

    /// Who has what a span wants, or what it waits for.
    pub fn on(&self, index: usize) -> Option<Subject> {
        Some(self.on[index]).filter(|&on| on != NONE).map(Subject)
    }

    /// Memory that the columns take, what is reserved for more included [bytes].
    pub fn n_bytes(&self) -> usize {
        let Spans { starts, ends, states, reasons, on, files, lines, flows, entries, sums, closed: _ } = self;
        let numbers = [on, files, lines, flows].map(|column| column.capacity() * size_of::<u32>());
        (starts.capacity() + ends.capacity()) * size_of::<Time>()
            + states.capacity() * size_of::<State>()
            + (reasons.capacity() + entries.capacity()) * size_of::<u32>()
            + sums.capacity() * size_of::<StateTimes>()
            + numbers.iter().sum::<usize>()
    }

    /// The number of the first span that ends after `at`.
    pub fn first_ending_after(&self, at: Time) -> usize {
        self.ends.partition_point(|&end| end <= at)
    }

    /// Time in each state of the spans `first..last`.
    pub fn times(&self, first: usize, last: usize, now: Time) -> StateTimes {
        self.sum_before(last, now).without(&self.sum_before(first, now))
    }

    /// Time in each state between two instants.
    pub fn times_between(&self, from: Time, to: Time, now: Time) -> StateTimes {
        self.times_until(to, now).without(&self.times_until(from, now))
    }

    fn times_until(&self, at: Time, now: Time) -> StateTimes {
        let at = at.min(now);
        let index = self.ends.partition_point(|&end| end <= at);
        let mut times = self.sum_before(index, now);
        if let Some(&start) = self.starts.get(index) {
            times.add(self.states[index], at.since(start));
        }
        times
    }

    fn sum_before(&self, index: usize, now: Time) -> StateTimes {
        let block = (index / Spans::STRIDE).min(self.sums.len().saturating_sub(1));
        let mut sum = self.sums.get(block).copied().unwrap_or_default();
        for i in block * Spans::STRIDE..index {
            sum.add(self.states[i], self.ends[i].min(now).since(self.starts[i]));
        }
        sum
    }

    /// The state of the open span.
    pub(super) fn open_state(&self) -> Option<State> {
        (self.ends.last() == Some(&Time::NEVER)).then(|| self.states[self.states.len() - 1])
    }

    /// Ends the open span, if there is one.
    pub(super) fn close(&mut self, at: Time) {
        if self.open_state().is_some() {
            let last = self.len() - 1;
            self.ends[last] = at;
            self.closed.add(self.states[last], at.since(self.starts[last]));
        }
    }

    /// Ends the open span and begins another; says false where nothing changes, so that the open one goes on.
    pub(super) fn begin(&mut self, span: Span) -> bool {
        if self.open_state() == Some(span.state) && span.flow.is_none() {
            let last = self.at(self.len() - 1, span.start);
            if (last.reason, last.on, last.line) == (span.reason, span.on, span.line) {
                return false;
            }
        }
        self.close(span.start);
        self.push(span);
        true
    }

    /// Appends a span that begins after all others have ended; [`Time::NEVER`] is the end of an open one.
    pub(super) fn push(&mut self, span: Span) {
        if self.len().is_multiple_of(Spans::STRIDE) {
            self.sums.push(self.closed);
        }
        if span.end != Time::NEVER {
            self.closed.add(span.state, span.end.since(span.start));
        }
        self.starts.push(span.start);
        self.ends.push(span.end);
        self.states.push(span.state);
        self.reasons.push(span.reason);
        self.on.push(span.on.map_or(NONE, |on| on.0));
        self.files.push(span.line.map_or(NONE, |line| line.file.0));
        self.lines.push(span.line.map_or(0, |line| line.line));
        self.flows.push(span.flow.unwrap_or(NONE));
        self.entries.push(span.entry);
    }

    /// Says who brought a span about.
    #[cfg(feature = "simulator")]
    pub(super) fn set_flow(&mut self, index: usize, flow: u32) {
        self.flows[index] = flow;
    }

    /// Gives back what is reserved for more spans.
    #[cfg(feature = "simulator")]
    pub(super) fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.states.shrink_to_fit();
        self.reasons.shrink_to_fit();
        self.entries.shrink_to_fit();
        self.sums.shrink_to_fit();
        for column in [&mut self.on, &mut self.files, &mut self.lines, &mut self.flows] {
            column.shrink_to_fit();
        }
    }
}

/// A million spans must stay within a phone's memory.
const _: () = assert!(Spans::BYTES_PER_SPAN <= 44);

#[cfg(test)]
mod tests {
    use super::*;

    fn zigzag(n: u64) -> Spans {
        let mut spans = Spans::default();
        for i in 0..n {
            let state = [State::Running, State::Ready, State::Waiting][i as usize % 3];
            spans.begin(Span {
                start: Time(i * i),
                end: Time::NEVER,
                state,
                reason: Name(0),
                on: None,
                line: None,
                flow: None,
                entry: EntryId(i as u32),
            });
        }
        spans
    }

    #[test]
    fn running_totals_agree_with_adding_up_every_span() {
        let (spans, now) = (zigzag(100), Time(99 * 99 + 7));
        for (first, last) in [(0, 100), (0, 0), (15, 17), (16, 32), (3, 99), (99, 100)] {
            let mut sum = StateTimes::default();
            for i in first..last {
                let span = spans.at(i, now);
                sum.add(span.state, span.duration());
            }
            assert_eq!(spans.times(first, last, now), sum, "{first}..{last}");
        }
    }

    #[test]
    fn a_stretch_of_time_takes_its_part_of_the_spans_at_its_edges() {
        let (spans, now) = (zigzag(4), Time(12));
        // Running [0, 1), ready [1, 4), waiting [4, 9), running [9, 12).
        let times = spans.times_between(Time(2), Time(10), now);
        assert_eq!((times.running.0, times.ready.0, times.waiting.0), (1, 2, 5));
        assert_eq!(spans.times_between(Time(0), Time(99), now).total(), Duration(12));
    }

    #[test]
    fn saying_the_same_again_does_not_begin_another_span() {
        let mut spans = zigzag(1);
        let same = Span { start: Time(5), end: Time::NEVER, ..spans.at(0, Time(5)) };
        assert!(!spans.begin(same));
        assert_eq!(spans.len(), 1);
    }
}
