//! What happened, in words: one event for the table of events, and the instant at the cursor in a sentence.

use super::signals;
use super::tooltip::{sentence, title};
use super::words::{instant, short};
use crate::journal::signals::is_signal;
use crate::journal::{Entry, EntryId, Journal, Kind, Line, State, What};
use crate::time::Time;
use crate::trace::{Span, SpanRef, Trace, Track};

/// How far back from the cursor something worth saying is looked for [entries].
const FAR: usize = 60;

/// What an entry says, with its lane as the subject of the sentence.
pub fn event_words(trace: &Trace, id: EntryId, entry: &Entry) -> String {
    if let Some(signal) = signals::of_entry(trace, entry) {
        return signals::words(trace, signal);
    }
    match entry.what {
        What::Born { .. } => "begins to exist".into(),
        What::Named(name) => format!("is now called {}", trace.text_of(name)),
        What::State { state: State::Done, .. } => "ends".into(),
        What::State { state, reason, on } => {
            let (start, end) = (entry.at, entry.at);
            let line = entry.line;
            sentence(trace, entry.subject, &Span { start, end, state, reason, on, line, flow: None, entry: id })
        }
        What::Count { counter, value } => format!("{} is {value}", trace.text_of(counter)),
        What::Mark { name, detail: None } => trace.text_of(name).into(),
        What::Mark { name, detail: Some(detail) } => format!("{}: {}", trace.text_of(name), trace.text_of(detail)),
        What::Output { text, .. } => {
            format!("writes {:?}", trace.text_of(text).trim_end_matches('\n'))
        }
    }
}

/// What happened last at an instant and why, in a sentence: of everything at that instant what says most.
///
/// A trace that was read from a file has no journal; of it the span that began last is told.
pub fn narration(trace: &Trace, journal: &Journal, at: Time) -> String {
    let entries = journal.entries();
    if entries.is_empty() {
        return latest(trace, at).unwrap_or_default();
    }
    let now = entries.partition_point(|entry| entry.at <= at);
    let recent = (now.saturating_sub(FAR)..now).rev().filter(|&i| weight(trace, &entries[i]) > 0);
    let mut best: Option<usize> = None;
    for i in recent {
        match best {
            Some(found) if entries[i].at < entries[found].at => break,
            Some(found) if weight(trace, &entries[i]) <= weight(trace, &entries[found]) => {}
            _ => best = Some(i),
        }
    }
    let Some(i) = best else { return String::new() };
    let entry = &entries[i];
    let mut said = format!("{}: {}", instant(entry.at, trace.end()), happening(trace, EntryId(i as u32), entry));
    // Its own words say where a signal comes from and leads to.
    let has_more = signals::of_entry(trace, entry).is_none();
    if let Some(Line { file, line }) = entry.line.filter(|_| has_more) {
        said.push_str(&format!(" ({}:{line})", trace.text_of(file)));
    }
    let cause = entry.cause.filter(|_| has_more).map(|cause| entries[cause.0 as usize].subject);
    let by = cause.filter(|&by| by != entry.subject);
    if let Some(by) = by.filter(|&by| trace.track(by).kind != Kind::Core) {
        let word = if matches!(entry.what, What::Born { .. }) { "made by" } else { "because of" };
        said.push_str(&format!(", {word} {}", title(trace, by)));
    }
    if at > entry.at && nobody_runs(trace, at) {
        said.push_str("; then nothing runs");
        if let Some(next) = trace.next_event(at) {
            said.push_str(&format!(" until {}", instant(next, trace.end())));
        }
    }
    said
}

/// The span that began last before an instant, and how many rows have one then.
fn latest(trace: &Trace, at: Time) -> Option<String> {
    let actors = [Kind::Thread, Kind::Task, Kind::Request, Kind::Call];
    let tracks = trace.tracks().iter().filter(|track| actors.contains(&track.kind) && !track.spans.is_empty());
    let (mut n_busy, mut n_rows, mut last) = (0, 0, None);
    for track in tracks {
        n_rows += 1;
        let Some(place) = trace.span_at(track.subject, at) else { continue };
        n_busy += 1;
        let start = trace.span(place).start;
        if last.is_none_or(|(latest, _)| start >= latest) {
            last = Some((start, place));
        }
    }
    let (start, place) = last?;
    let words = sentence(trace, place.track, &trace.span(place));
    let line = trace.line_of(place).map(|Line { file, line }| format!(" ({}:{line})", trace.text_of(file)));
    let (who, line) = (title(trace, place.track), line.unwrap_or_default());
    Some(format!("{}: {who}: {words}{line}; {n_busy} of {n_rows} rows are busy", instant(start, trace.end())))
}

/// Whether no thread has anything to do at an instant.
fn nobody_runs(trace: &Trace, at: Time) -> bool {
    let threads = trace.tracks().iter().filter(|track| track.kind == Kind::Thread);
    let state = |track: &Track| trace.span_at(track.subject, at).map(|place| trace.span(place).state);
    threads.map(state).all(|state| !matches!(state, Some(State::Running | State::Ready)))
}

/// How much an entry says to a reader; 0 is never said.
fn weight(trace: &Trace, entry: &Entry) -> u8 {
    let kind = trace.track(entry.subject).kind;
    match entry.what {
        What::Count { .. } | What::Named(_) => 0,
        What::Output { .. } => 6,
        What::Mark { name, .. } if trace.text_of(name) == "pass" => 1,
        What::Mark { .. } => 5,
        _ if matches!(kind, Kind::Core | Kind::Process) => 0,
        _ if matches!(kind, Kind::Loop) => 1,
        // That a loop has nothing to do says less than what its tasks wait for.
        What::State { state: State::Waiting, reason, .. } if trace.text_of(reason) == "select" => 2,
        _ if kind == Kind::Gil => 1,
        _ if kind == Kind::Thread => 3,
        _ => 4,
    }
}

/// The sentence of an entry, without its instant.
fn happening(trace: &Trace, id: EntryId, entry: &Entry) -> String {
    let who = title(trace, entry.subject);
    match entry.what {
        What::Born { kind: Kind::Thread, .. } => format!("{who} is started"),
        What::Born { kind: Kind::Request, .. } => format!("{who} arrives"),
        What::Born { .. } => format!("{who} is created"),
        What::State { state: State::Running, .. } => match waited(trace, entry) {
            Some(words) => format!("{who} goes on {words}"),
            None => format!("{who}: {}", event_words(trace, id, entry)),
        },
        What::State { state: State::Done, .. } => {
            let lived = entry.at.since(trace.track(entry.subject).born);
            format!("{who} ends after {}", short(lived))
        }
        What::Mark { name, .. } if trace.text_of(name) == "pass" => {
            format!("a pass of {who} begins")
        }
        What::Output { .. } => format!("{who} {}", event_words(trace, id, entry)),
        What::Mark { name, .. } if is_signal(trace.text_of(name)) => {
            format!("{who} {}", event_words(trace, id, entry))
        }
        _ => format!("{who}: {}", event_words(trace, id, entry)),
    }
}

/// For whoever begins to run after having been ready: how long, and for what.
fn waited(trace: &Trace, entry: &Entry) -> Option<String> {
    let here = trace.span_at(entry.subject, entry.at)?;
    let before = SpanRef { span: here.span.checked_sub(1)?, ..here };
    let ready = trace.span(before);
    if ready.state != State::Ready || ready.end != entry.at || ready.duration().0 == 0 {
        return None;
    }
    let time = short(ready.duration());
    Some(match (trace.track(entry.subject).kind, trace.text_of(ready.reason)) {
        (_, "GIL") => format!("with the GIL, which it wanted for {time}"),
        (_, "core") => format!("on a core, which it wanted for {time}"),
        (Kind::Task, _) => format!("after {time} in the ready queue"),
        _ => format!("after {time} of being ready"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Duration;

    fn said(journal: &Journal, at: u64) -> String {
        narration(&Trace::of(journal), journal, Time(at))
    }

    #[test]
    fn of_everything_at_an_instant_the_telling_thing_is_said() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let t = j.born(Time(0), Kind::Thread, "MainThread", Some(p), None, None);
        let l = j.born(Time(0), Kind::Loop, "event loop", Some(t), None, None);
        let a = j.born(Time(0), Kind::Task, "Task-1", Some(l), None, None);
        let file = j.name("a.py");
        let ready = j.state(Time(5), a, State::Ready, "", None, None, None);
        j.state(Time(905), a, State::Running, "", None, Some(ready), Some(Line { file, line: 4 }));
        j.count(Time(905), l, "ready queue", 0);
        j.state(Time(905), t, State::Running, "", None, None, None);
        j.mark(Time(2_000), l, "pass", None, None);
        j.state(Time(3_000), a, State::Done, "", None, None, None);
        assert_eq!(said(&j, 1_000), "905 ns: Task-1 goes on after 900 ns in the ready queue (a.py:4)");
        assert_eq!(said(&j, 2_500), "2000 ns: a pass of event loop begins");
        assert_eq!(said(&j, 9_999), format!("3000 ns: Task-1 ends after {}", short(Duration(3_000))));
    }

    #[test]
    fn what_somebody_else_brought_about_names_them() {
        let mut j = Journal::new();
        let a = j.born(Time(0), Kind::Thread, "A", None, None, None);
        let released = j.state(Time(10), a, State::Running, "", None, None, None);
        let b = j.born(Time(10), Kind::Thread, "B", None, None, None);
        j.state(Time(20), b, State::Ready, "GIL", Some(a), Some(released), None);
        assert_eq!(said(&j, 20), "20 ns: thread B: ready: wants the GIL, held by thread A, because of thread A");
        assert_eq!(said(&j, 0), "0 ns: thread A is started");
    }

    #[test]
    fn a_trace_without_a_journal_tells_what_began_last() {
        let mut j = Journal::new();
        let [a, b] = ["A", "B"].map(|name| j.born(Time(0), Kind::Thread, name, None, None, None));
        j.state(Time(10), a, State::Running, "parse", None, None, None);
        j.state(Time(20), b, State::Running, "wait", None, None, None);
        j.state(Time(50), a, State::Done, "", None, None, None);
        let said = |at| narration(&Trace::of(&j), &Journal::new(), Time(at));
        assert_eq!(said(30), "20 ns: thread B: running: wait; 2 of 2 rows are busy");
        assert_eq!(said(15), "10 ns: thread A: running: parse; 1 of 2 rows are busy");
        assert_eq!(said(5), "");
    }
}
