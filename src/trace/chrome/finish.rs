//! A file of others: processes and threads in their order, slices in rows, overlapping slices each in a row that is free.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{Assembly, span_from};
use super::build::{Builder, Named, Overlap, SPOKEN, Spoken, Thread, Turn};
use super::event::Event;
use super::nest::{OPEN, Slice, nested, paired};
use crate::journal::{Kind, Line, Name, State, Subject};
use crate::time::Time;
use crate::trace::{Recording, Said, Trace};

/// What was found on the way that a reader should know.
#[derive(Default)]
struct Flaws {
    n_lost: usize,
    n_cut: usize,
}

/// The trace of a file of others.
pub fn finish(mut builder: Builder) -> Recording {
    let base = earliest(&builder).unwrap_or(0);
    let mut out = Assembly::new(&mut builder, base);
    let of_names = (0..out.trace.names.len() as u32).map(|i| meaning(&mut out, Name(i))).collect();
    let meanings = Meanings { of_names, spoken: std::mem::take(&mut builder.spoken) };
    let mut flaws = Flaws::default();
    let mut process_subjects = vec![None; builder.processes.len()];
    let mut thread_subjects = vec![None; builder.threads.len()];
    let marked: BTreeSet<u32> = builder.marks.iter().filter_map(|mark| mark.thread).collect();
    let mut threads: Vec<Vec<usize>> = vec![Vec::new(); builder.processes.len()];
    for thread in in_order(builder.threads.iter().map(|thread| &thread.about)) {
        threads[builder.threads[thread].process as usize].push(thread);
    }
    for process in in_order(builder.processes.iter()) {
        let name = shown(&mut out, &builder.processes[process], "process");
        let subject = out.track(Kind::Process, name, None, Time::ZERO);
        process_subjects[process] = Some(subject);
        for &thread in &threads[process] {
            let Thread { about, slices, edges, .. } = &mut builder.threads[thread];
            let (mut slices, mut edges) = (std::mem::take(slices), std::mem::take(edges));
            flaws.n_lost += paired(&mut edges, &mut slices);
            if slices.is_empty() && !marked.contains(&(thread as u32)) {
                continue;
            }
            let name = shown(&mut out, about, "thread");
            let row = out.track(Kind::Thread, name, Some(subject), Time::ZERO);
            thread_subjects[thread] = Some(row);
            flaws.n_cut += rows(&mut out, row, &mut slices, &meanings);
        }
    }
    let overlaps = std::mem::take(&mut builder.overlaps);
    overlapping(&mut out, overlaps, &builder.groups, &process_subjects, &meanings, &mut flaws);
    let process_of = |process: u32| process_subjects[process as usize];
    out.marks(builder.marks, &|mark| match mark.thread {
        Some(thread) => thread_subjects[thread as usize],
        None => process_of(mark.process),
    });
    for values in builder.counters {
        let Some(subject) = process_of(values.process) else { continue };
        let is_whole = values.all.iter().all(|(_, value)| value.fract() == 0.0);
        let (name, key) = (out.trace.text_of(Name(values.name)), out.trace.text_of(Name(values.key)));
        let mut shown =
            if key.is_empty() || key == "value" || key == name { name.to_string() } else { format!("{name} {key}") };
        if !is_whole {
            shown.push_str(" [1/1000]");
        }
        let name = out.name(&shown);
        out.counter(subject, name, values, if is_whole { 1.0 } else { 1000.0 });
    }
    let points = builder.points.into_iter().filter(|point| thread_subjects[point.thread as usize].is_some()).collect();
    out.arrows(points, &|trace, point, at| {
        let row = thread_subjects[point.thread as usize].unwrap_or(Subject(0));
        innermost(trace, row, at, point.is_enclosed)
    });
    out.trace.said.sort_by_key(|&(place, _)| place);
    let mut notices = notices(&flaws, &builder.unknown);
    let had = Event::UNSHOWN.into_iter().zip(builder.n_unshown).filter(|&(_, n)| n > 0);
    let had: Vec<String> = had.map(|(name, n)| format!("{n} `{name}`")).collect();
    if !had.is_empty() {
        notices.push(format!("what events have and is not shown: {}", had.join(", ")));
    }
    if !builder.unshown.is_empty() {
        let names: Vec<String> = builder.unshown.into_iter().collect();
        notices.push(format!("what the file has beside and is not shown: {}", names.join(", ")));
    }
    if !builder.unknown_colours.is_empty() {
        let names: Vec<String> = builder.unknown_colours.iter().map(|name| format!("`{name}`")).collect();
        notices.push(format!("colours that have no counterpart here: {}", names.join(", ")));
    }
    if builder.n_late_arguments > 0 {
        notices.push(format!("arguments of ends, which are not shown: those of {}", builder.n_late_arguments));
    }
    Recording { trace: out.trace, n_events: builder.n_events, notices }
}

/// What the labels of slices stand for.
struct Meanings {
    /// Of every name: what is shown, and the line that is in it.
    of_names: Vec<(Name, Option<Line>)>,
    spoken: Vec<Spoken>,
}

impl Meanings {
    /// The name, its line, and what more is said.
    fn of(&self, label: u32) -> (Name, Option<Line>, Option<Said>) {
        let spoken = (label & SPOKEN != 0).then(|| self.spoken[(label ^ SPOKEN) as usize]);
        let (name, line) = self.of_names[spoken.map_or(label, |spoken| spoken.name) as usize];
        (name, line, spoken.map(|spoken| spoken.said))
    }
}

/// The first instant of the file: recordings begin at whatever their clock said.
fn earliest(builder: &Builder) -> Option<i64> {
    let slices = builder.threads.iter().flat_map(|thread| thread.slices.iter().map(|slice| slice.start));
    let edges = builder.threads.iter().flat_map(|thread| thread.edges.iter().map(|edge| edge.at));
    let marks = builder.marks.iter().map(|mark| mark.at);
    let values = builder.counters.iter().flat_map(|values| values.all.iter().map(|&(at, _)| at));
    let overlaps = builder.overlaps.iter().map(|overlap| overlap.at);
    let points = builder.points.iter().map(|point| point.at);
    slices.chain(edges).chain(marks).chain(values).chain(overlaps).chain(points).min()
}

/// The places of things by their sort index, then as they came.
fn in_order<'b>(all: impl Iterator<Item = &'b Named>) -> Vec<usize> {
    let mut places: Vec<(i64, usize)> = all.enumerate().map(|(i, named)| (named.sort_index, i)).collect();
    places.sort();
    places.into_iter().map(|(_, i)| i).collect()
}

fn shown(out: &mut Assembly, named: &Named, kind: &str) -> Name {
    match named.name {
        Some(name) => Name(name),
        None => out.name(&format!("{kind} {}", named.shown_id)),
    }
}

/// The name to show, and the line that is named in it: `work (app.py:12)`, as VizTracer writes.
fn meaning(out: &mut Assembly, name: Name) -> (Name, Option<Line>) {
    let text = out.trace.text_of(name);
    let split = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    let line = split.and_then(|(short, place)| {
        let (file, line) = place.rsplit_once(':')?;
        Some((short.to_string(), file.to_string(), line.parse().ok()?))
    });
    match line {
        Some((short, file, line)) if !short.is_empty() => {
            let (short, file) = (out.name(&short), out.find_or_name(&file));
            (short, Some(Line { file, line }))
        }
        _ => (name, None),
    }
}

/// Appends slices to a row and to rows below it, one a depth; says how many had to be cut.
fn rows(out: &mut Assembly, row: Subject, slices: &mut [Slice], meanings: &Meanings) -> usize {
    let mut deeper = vec![row];
    let name = out.trace.track(row).name;
    let n_cut = nested(slices, &mut |depth, slice| {
        if depth == deeper.len() {
            deeper.push(out.track(Kind::Call, name, Some(row), Time::ZERO));
        }
        let (reason, line, said) = meanings.of(slice.label);
        let start = out.time(slice.start);
        let end = if slice.end == OPEN { Time::NEVER } else { out.time(slice.end) };
        out.push(deeper[depth], start, end, (State::Running, reason, None, line));
        if let Some(said) = said {
            out.say(deeper[depth], said);
        }
    });
    deeper.into_iter().for_each(|row| out.spans(row).shrink());
    n_cut
}

/// Slices that may overlap: each takes the first row of its group that is free, and what is inside it rows below.
fn overlapping(
    out: &mut Assembly,
    mut overlaps: Vec<Overlap>,
    groups: &[(u32, u32)],
    processes: &[Option<Subject>],
    meanings: &Meanings,
    flaws: &mut Flaws,
) {
    overlaps.sort_by_key(|overlap| (overlap.group, overlap.at));
    for of_group in overlaps.chunk_by(|a, b| a.group == b.group) {
        let (process, category) = groups[of_group[0].group as usize];
        let Some(process) = processes[process as usize] else { continue };
        let category = out.trace.text_of(Name(category)).to_string();
        let mut lanes: Vec<Lane> = Vec::new();
        // Which lane a slice is in, and how many of it are open.
        let mut open: BTreeMap<u32, (usize, Vec<(i64, u32)>)> = BTreeMap::new();
        for &Overlap { at, id, name, detail, is, .. } in of_group {
            match is {
                Turn::Begins => {
                    let (_, stack) = open.entry(id).or_insert_with(|| {
                        let free = lanes.iter().position(|lane| lane.is_free);
                        let lane = free.unwrap_or(lanes.len());
                        if free.is_none() {
                            lanes.push(Lane::default());
                        }
                        lanes[lane].is_free = false;
                        (lane, Vec::new())
                    });
                    stack.push((at, name));
                }
                Turn::Ends => match open.get_mut(&id) {
                    Some((lane, stack)) => {
                        if let Some((start, label)) = stack.pop() {
                            lanes[*lane].slices.push(Slice { start, end: at, label });
                        }
                        if stack.is_empty() {
                            lanes[*lane].is_free = true;
                            open.remove(&id);
                        }
                    }
                    None => flaws.n_lost += 1,
                },
                Turn::Mark => {
                    if let Some((lane, _)) = open.get(&id) {
                        lanes[*lane].marks.push((at, name, detail));
                    }
                }
            }
        }
        for (lane, stack) in open.into_values() {
            let unended = stack.into_iter().map(|(start, label)| Slice { start, end: OPEN, label });
            lanes[lane].slices.extend(unended);
        }
        for mut lane in lanes {
            let first = lane.slices.first().map(|slice| meanings.of(slice.label).0);
            let name = first.map_or_else(String::new, |name| out.trace.text_of(name).to_string());
            let name = out.name(if category.is_empty() { &name } else { &category });
            let row = out.track(Kind::Task, name, Some(process), Time::ZERO);
            flaws.n_cut += rows(out, row, &mut lane.slices, meanings);
            lane.marks.sort();
            for (at, name, detail) in lane.marks {
                out.mark(row, at, Name(name), detail.map(Name));
            }
        }
    }
}

/// A row for slices that overlap others.
#[derive(Default)]
struct Lane {
    is_free: bool,
    slices: Vec<Slice>,
    marks: Vec<(i64, u32, Option<u32>)>,
}

/// The deepest slice of a row and the rows below it around an instant, or the next one to begin.
fn innermost(trace: &Trace, row: Subject, at: Time, is_enclosed: bool) -> (Subject, Option<u32>) {
    let calls = trace.track(row).children.iter().copied().filter(|&call| trace.track(call).kind == Kind::Call);
    let rows: Vec<Subject> = std::iter::once(row).chain(calls).collect();
    if !is_enclosed {
        let next = rows.iter().filter_map(|&row| {
            let first = trace.track(row).spans.starts().partition_point(|&start| start < at);
            trace.track(row).spans.starts().get(first).map(|&start| (start, row, first as u32))
        });
        if let Some((_, row, span)) = next.min_by_key(|&(start, row, _)| (start, row)) {
            return (row, Some(span));
        }
    }
    let around = rows.iter().rev().find_map(|&row| span_from(trace, row, at).map(|span| (row, Some(span))));
    around.unwrap_or((row, None))
}

fn notices(flaws: &Flaws, unknown: &BTreeMap<String, usize>) -> Vec<String> {
    let mut notices = Vec::new();
    if !unknown.is_empty() {
        let phases: Vec<String> = unknown.iter().map(|(phase, n)| format!("{n} of phase `{phase}`")).collect();
        notices.push(format!("events that are not shown: {}", phases.join(", ")));
    }
    if flaws.n_lost > 0 {
        notices.push(format!("ends without a beginning, which are left out: {}", flaws.n_lost));
    }
    if flaws.n_cut > 0 {
        notices
            .push(format!("slices that reach out of the one they began in, which are cut at its end: {}", flaws.n_cut));
    }
    notices
}
