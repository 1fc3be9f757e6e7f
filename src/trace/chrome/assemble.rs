//! A trace put together from columns that are in order, without a journal.

use std::collections::BTreeMap;

use super::build::{Builder, Mark, Point, Values};
use crate::journal::{EntryId, Kind, Line, Name, State, Subject};
use crate::time::Time;
use crate::trace::{Counter, Flow, Instant, Output, Said, Span, SpanRef, Spans, Trace, Track};

/// Finds whose a point of an arrow is, and which of its spans is meant.
pub type PlaceOf<'a> = dyn Fn(&Trace, &Point, Time) -> (Subject, Option<u32>) + 'a;

/// A trace that grows.
pub struct Assembly {
    pub trace: Trace,
    /// The instant of the file that is 0 in the trace [ns].
    pub base: i64,
    made: BTreeMap<Box<str>, Name>,
    /// Marks of overlapping slices, which are sorted in with the others.
    late: Vec<Instant>,
}

impl Assembly {
    /// A trace with the names that a builder has met.
    pub fn new(builder: &mut Builder, base: i64) -> Assembly {
        let names = std::mem::take(&mut builder.names.all);
        let names = names.into_iter().map(|name| name.into_owned().into_boxed_str()).collect();
        let trace = Trace { names, n_entries: builder.n_events, is_recording: true, ..Trace::default() };
        Assembly { trace, base, made: BTreeMap::new(), late: Vec::new() }
    }

    /// An instant of the file.
    pub fn time(&self, at: i64) -> Time {
        Time(at.saturating_sub(self.base).max(0) as u64)
    }

    /// Makes room for a subject.
    pub fn track(&mut self, kind: Kind, name: Name, parent: Option<Subject>, born: Time) -> Subject {
        let subject = Subject(self.trace.tracks.len() as u32);
        if let Some(parent) = parent {
            self.trace.tracks[parent.0 as usize].children.push(subject);
        }
        self.trace.tracks.push(Track {
            subject,
            kind,
            name,
            parent,
            children: Vec::new(),
            born,
            born_line: None,
            ended: None,
            spans: Spans::default(),
            instants: Vec::new(),
            counters: Vec::new(),
            maker: None,
            flows_out: Vec::new(),
        });
        subject
    }

    /// The columns of a subject.
    pub fn spans(&mut self, subject: Subject) -> &mut Spans {
        &mut self.trace.tracks[subject.0 as usize].spans
    }

    /// The number of a text that the file may not hold.
    pub fn name(&mut self, text: &str) -> Name {
        self.trace.names.push(text.into());
        Name(self.trace.names.len() as u32 - 1)
    }

    /// The number of a text that was made before, or a new one.
    pub fn find_or_name(&mut self, text: &str) -> Name {
        if let Some(&name) = self.made.get(text) {
            return name;
        }
        let name = self.name(text);
        self.made.insert(text.into(), name);
        name
    }

    /// A mark after all others of its subject.
    pub fn mark(&mut self, subject: Subject, at: i64, name: Name, detail: Option<Name>) {
        let at = self.time(at);
        self.saw(at);
        self.late.push(Instant { at, subject, name, detail, line: None, flow: None });
    }

    /// Puts marks in order and on their subjects.
    pub fn marks(&mut self, mut marks: Vec<Mark>, subject_of: &dyn Fn(&Mark) -> Option<Subject>) {
        let mut all = std::mem::take(&mut self.late);
        marks.sort_by_key(|mark| mark.at);
        for mark in &marks {
            let Some(subject) = subject_of(mark) else { continue };
            let at = self.time(mark.at);
            let line = mark.line.map(|(file, line)| Line { file: Name(file), line });
            self.saw(at);
            let (name, detail) = (Name(mark.name), mark.detail.map(Name));
            if mark.stream > 0 {
                let text = detail.unwrap_or(name);
                self.trace.outputs.push(Output { at, process: subject, stream: mark.stream, text, line });
            } else {
                all.push(Instant { at, subject, name, detail, line, flow: None });
            }
        }
        all.sort_by_key(|instant| instant.at);
        for (index, instant) in all.iter().enumerate() {
            self.trace.tracks[instant.subject.0 as usize].instants.push(index as u32);
        }
        self.trace.instants = all;
    }

    /// A counter of a subject. Its values are whole: `scale` makes them so.
    pub fn counter(&mut self, subject: Subject, name: Name, mut values: Values, scale: f64) {
        values.all.sort_by_key(|&(at, _)| at);
        let mut counter = Counter { subject, name, times: vec![], values: vec![], min: 0, max: 0 };
        for &(at, value) in &values.all {
            let at = self.time(at);
            counter.set(at, (value * scale).round() as i64);
            self.saw(at);
        }
        counter.times.shrink_to_fit();
        counter.values.shrink_to_fit();
        self.trace.tracks[subject.0 as usize].counters.push(self.trace.counters.len() as u32);
        self.trace.counter_of.insert((subject, name), self.trace.counters.len() as u32);
        self.trace.counters.push(counter);
    }

    /// Joins the points of arrows: each to the one before it with its key. `place_of` finds whose point it is, and the
    /// span there.
    pub fn arrows(&mut self, mut points: Vec<Point>, place_of: &PlaceOf) {
        points.sort_by_key(|point| (point.key, point.at, !point.is_start));
        let mut flows: Vec<(u64, Flow, Option<u32>)> = Vec::new();
        for pair in points.windows(2) {
            let [before, point] = [pair[0], pair[1]];
            if before.key != point.key || point.is_start {
                continue;
            }
            let (from_at, to_at) = (self.time(before.at), self.time(point.at));
            let (from, _) = place_of(&self.trace, &before, from_at);
            let (to, span) = place_of(&self.trace, &point, to_at);
            let flow = Flow { from, from_at, to, to_at, is_birth: point.is_birth };
            flows.push((point.key, flow, span));
        }
        // Our own arrows are numbered in the order of their effects; others have no order but time.
        flows.sort_by_key(|(key, flow, _)| (flow.to_at, *key));
        for (_, flow, span) in flows {
            let index = self.trace.flows.len() as u32;
            self.trace.flows.push(flow);
            self.trace.tracks[flow.from.0 as usize].flows_out.push(index);
            let track = &mut self.trace.tracks[flow.to.0 as usize];
            match span {
                _ if flow.is_birth => track.maker = Some(index),
                Some(span) => track.spans.set_flow(span as usize, index),
                None => {}
            }
        }
    }

    /// More is said of the last span of a subject than its name.
    pub fn say(&mut self, track: Subject, said: Said) {
        let span = self.spans(track).len() as u32 - 1;
        self.trace.said.push((SpanRef { track, span }, said));
    }

    /// The trace reaches at least up to here.
    pub fn saw(&mut self, at: Time) {
        self.trace.end = self.trace.end.max(at);
    }

    /// Appends a span whose end may be open.
    pub fn push(
        &mut self,
        subject: Subject,
        start: Time,
        end: Time,
        what: (State, Name, Option<Subject>, Option<Line>),
    ) {
        let (state, reason, on, line) = what;
        self.saw(start);
        if end != Time::NEVER {
            self.saw(end);
        }
        let spans = self.spans(subject);
        let entry = EntryId(spans.len() as u32);
        spans.push(Span { start, end, state, reason, on, line, flow: None, entry });
    }
}

/// The span of a subject that begins at an instant, else the one around it.
pub fn span_from(trace: &Trace, subject: Subject, at: Time) -> Option<u32> {
    trace.span_at(subject, at).map(|SpanRef { span, .. }| span)
}
