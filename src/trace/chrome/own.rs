//! A file of ours: the trace that was written.

use rustc_hash::FxHashMap;

use super::assemble::{Assembly, span_from};
use super::build::{Builder, Label};
use super::event::{ns_from_micros, unquoted};
use super::nest::{OPEN, Slice};
use crate::journal::{Kind, Line, Name, Subject};
use crate::time::Time;
use crate::trace::Recording;

/// The trace of a file of ours.
pub fn finish(mut builder: Builder) -> Recording {
    let subjects: Vec<_> = std::mem::take(&mut builder.subjects);
    // What is said of subjects is numbered before the names are taken over.
    let lines: Vec<_> = subjects.iter().map(|(_, about)| about.line.clone()).collect();
    let lines: Vec<_> = lines.iter().map(|line| line.as_ref().and_then(|line| builder.line(line))).collect();
    let names: Vec<_> = subjects.iter().map(|(_, about)| Name(builder.names.number(&about.name))).collect();
    let mut out = Assembly::new(&mut builder, 0);
    out.trace.is_recording = false;
    let mut subject_of: FxHashMap<u32, Subject> = FxHashMap::default();
    for (((thread, about), line), name) in subjects.iter().zip(lines).zip(names) {
        let at = |raw| Time(ns_from_micros(unquoted(raw)).unwrap_or(0).max(0) as u64);
        let known = |n: &u32| (*n as usize) < out.trace.tracks.len();
        let parent = about.parent.filter(known).map(Subject);
        let subject = out.track(kind(&about.kind), name, parent, at(about.born));
        let track = &mut out.trace.tracks[subject.0 as usize];
        track.born_line = line.map(|(file, line)| Line { file: Name(file), line });
        track.ended = about.ended.map(at);
        out.saw(at(about.born));
        subject_of.insert(*thread, subject);
    }
    for (thread, subject) in builder.threads.iter_mut().enumerate().filter_map(|(i, thread)| {
        let subject = *subject_of.get(&(i as u32))?;
        Some((thread, subject))
    }) {
        thread.slices.sort_by_key(|slice| slice.start);
        for &Slice { start, end, label } in &thread.slices {
            let Label { state, reason, on, line, is_open } = builder.labels[label as usize];
            let on = on.filter(|&on| (on as usize) < subjects.len()).map(Subject);
            let line = line.map(|(file, line)| Line { file: Name(file), line });
            let end = if is_open || end == OPEN { Time::NEVER } else { out.time(end) };
            let start = out.time(start);
            out.push(subject, start, end, (state, Name(reason), on, line));
        }
        out.spans(subject).shrink();
    }
    let of_thread = |thread: Option<u32>| subject_of.get(&thread?).copied();
    out.marks(builder.marks, &|mark| of_thread(mark.thread));
    for values in builder.counters {
        if let Some(subject) = of_thread(values.thread) {
            let name = Name(values.name);
            out.counter(subject, name, values, 1.0);
        }
    }
    let points = builder.points.into_iter().filter(|point| subject_of.contains_key(&point.thread)).collect();
    out.arrows(points, &|trace, point, at| {
        let subject = of_thread(Some(point.thread)).unwrap_or(Subject(0));
        (subject, span_from(trace, subject, at))
    });
    out.saw(Time(builder.end.max(0) as u64));
    Recording { trace: out.trace, n_events: builder.n_events, notices: Vec::new() }
}

fn kind(word: &str) -> Kind {
    match word {
        "process" => Kind::Process,
        "thread" => Kind::Thread,
        "task" => Kind::Task,
        "GIL" => Kind::Gil,
        "loop" => Kind::Loop,
        "pool" => Kind::Pool,
        "request" => Kind::Request,
        "core" => Kind::Core,
        "call" => Kind::Call,
        _ => Kind::Lock,
    }
}
