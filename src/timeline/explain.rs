//! Why a span is what it is: what was waited for, who had it, who ended the wait, and what that led to.
//!
//! Words and places: a reader goes from a wait to whoever ended it, and from there on, until the cause is found.

use super::signals;
use super::tooltip::{sentence, title};
use super::words::{amount, counted, instant, short};
use crate::journal::{Kind, Line, State, Subject};
use crate::order;
use crate::time::{Duration, Time};
use crate::trace::{Flow, SpanRef, Trace, Waker};

/// At most so many of those who had it meanwhile are named.
const MOST_NAMED: usize = 3;
/// At most so many of those whom a span woke are named.
const MOST_WOKEN: usize = 12;
/// At most so many spans of a holder are added up.
const MOST_ADDED: usize = 20_000;

/// A place to go to, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// "thread B at 60 ns".
    pub words: String,
    /// Whose lane.
    pub subject: Subject,
    /// When.
    pub at: Time,
}

/// A span explained.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// Whose span it is.
    pub title: String,
    /// What it is, in sentences.
    pub sentences: Vec<String>,
    /// Where it stood.
    pub line: Option<Line>,
    /// Who brought it about, or for a wait who ended it.
    pub waker: Option<Step>,
    /// Who else sent it signals while it lasted.
    pub senders: Vec<Step>,
    /// Whom it woke or made, in order of time.
    pub woken: Vec<Step>,
}

impl Explanation {
    /// All of it in one text, for reading aloud.
    pub fn text(&self) -> String {
        format!("{}. {}", self.title, self.sentences.join(" "))
    }
}

/// Explains a span.
pub fn explain(trace: &Trace, place: SpanRef) -> Explanation {
    let span = trace.span(place);
    let kind = trace.track(place.track).kind;
    let mut said = sentence(trace, place.track, &span);
    said.push_str(&format!(" for {}, from {}", short(span.duration()), instant(span.start, trace.end())));
    if span.end < trace.end() {
        said.push_str(&format!(" to {}", instant(span.end, trace.end())));
    } else {
        said.push_str(" to the end of the run");
    }
    let mut sentences = vec![capital(&said) + "."];
    let came: Vec<_> = signals::within(trace, place).take(MOST_NAMED).collect();
    let (waker, word) = match span.state {
        // The signal's own words say who sent it.
        State::Waiting if came.iter().any(|signal| signal.at == span.end) => (trace.waker_at_end(place), ""),
        State::Waiting => (trace.waker_at_end(place), "Ended by"),
        _ => (trace.waker(place), "Brought about by"),
    };
    match span.state {
        State::Ready => sentences.extend(meanwhile(trace, place)),
        State::Waiting => {
            sentences.extend(room(trace, place));
            if waker.is_none() && !matches!(kind, Kind::Gil | Kind::Lock | Kind::Core) {
                sentences.extend(own_end(trace, place));
            }
            if came.is_empty() {
                sentences.extend(then(trace, place));
            }
        }
        State::Running | State::Done => sentences.extend(ending(trace, place)),
    }
    let said: Vec<String> = trace.arguments(place).map(|(what, value)| format!("{what}: {value}")).collect();
    if !said.is_empty() {
        sentences.push(format!("Recorded of it: {}.", said.join("; ")));
    }
    for signal in &came {
        sentences.push(format!("At {} it {}.", instant(signal.at, trace.end()), signals::words(trace, signal)));
    }
    let waker = waker.map(|waker| step(trace, place, waker));
    let sent = came.iter().filter_map(|signal| signals::sender(trace, signal));
    let senders = sent.map(|(subject, at)| step_to(trace, subject, at));
    let senders = senders.filter(|sender| waker.as_ref() != Some(sender)).collect();
    if let Some(waker) = waker.as_ref().filter(|_| !word.is_empty()) {
        sentences.push(format!("{word} {}.", waker.words));
    }
    let own = trace.woken_by(place).filter(|flow| !is_thing(trace, flow.to));
    let mut flows: Vec<&Flow> = own.chain(handed_over(trace, place)).collect();
    order::sort_by_key(&mut flows, |flow| (flow.to_at, flow.to));
    flows.truncate(MOST_WOKEN);
    let woken = flows.into_iter().map(|flow| step_to(trace, flow.to, flow.to_at)).collect();
    Explanation { title: title(trace, place.track), sentences, line: trace.line_of(place), waker, senders, woken }
}

/// What happens in a stretch of time: how long threads ran, were ready and waited, and what work ended.
pub fn stretch(trace: &Trace, from: Time, to: Time) -> String {
    let (begin, end) = (instant(from, trace.end()), instant(to, trace.end()));
    let mut said = format!("{begin} to {end}: {}.", short(to.since(from)));
    let mut times = crate::trace::StateTimes::default();
    for track in trace.tracks().iter().filter(|track| track.kind == Kind::Thread) {
        let part = track.spans.times_between(from, to, trace.end());
        times.running += part.running;
        times.ready += part.ready;
        times.waiting += part.waiting;
    }
    said.push_str(&format!(
        " All threads together ran for {}, were ready for {}, waited for {}.",
        short(times.running),
        short(times.ready),
        short(times.waiting)
    ));
    for (kind, one, many) in [(Kind::Request, "request", "requests"), (Kind::Task, "task", "tasks")] {
        let ended = trace.tracks().iter().filter(|track| track.kind == kind);
        let ended = ended.filter(|track| track.ended.is_some_and(|at| from <= at && at <= to));
        let mut lived: Vec<Duration> = ended.map(|track| track.ended.unwrap_or(to).since(track.born)).collect();
        if !lived.is_empty() {
            order::sort(&mut lived);
            let middle = lived[(lived.len() - 1) / 2];
            let word = if lived.len() == 1 { one } else { many };
            said.push_str(&format!(" {} {word} ended, half of them within {}.", lived.len(), short(middle)));
        }
    }
    said
}

/// Whoever woke, as a place to go to. A lock or a core wakes nobody: it is whoever had it until then.
fn step(trace: &Trace, place: SpanRef, waker: Waker) -> Step {
    let Waker { subject, at, .. } = waker;
    if !is_thing(trace, subject) {
        return step_to(trace, subject, at);
    }
    step_to(trace, holder_until(trace, subject, at, place.track).unwrap_or(subject), at)
}

/// Who had a thing until an instant, when somebody else got it.
fn holder_until(trace: &Trace, thing: Subject, at: Time, next: Subject) -> Option<Subject> {
    let spans = &trace.track(thing).spans;
    let last = spans.starts().partition_point(|&start| start <= at);
    let holders = (0..last).rev().take(4).filter_map(|i| spans.at(i, at).on);
    holders.into_iter().find(|&holder| holder != next && !is_thing(trace, holder))
}

/// Those who got a lock or the GIL from whoever had it in a span: it is the thing that wakes them.
fn handed_over(trace: &Trace, place: SpanRef) -> impl Iterator<Item = &Flow> {
    let span = trace.span(place);
    let things = trace.tracks().iter().filter(|track| matches!(track.kind, Kind::Gil | Kind::Lock));
    let flows = things.flat_map(|thing| &thing.flows_out).map(|&flow| &trace.flows()[flow as usize]);
    let during = flows.filter(move |flow| span.start <= flow.from_at && flow.from_at <= span.end);
    during.filter(move |flow| {
        let is_other = flow.to != place.track && !is_thing(trace, flow.to);
        is_other && holder_until(trace, flow.from, flow.from_at, flow.to) == Some(place.track)
    })
}

/// Whether a subject does nothing by itself.
fn is_thing(trace: &Trace, subject: Subject) -> bool {
    matches!(trace.track(subject).kind, Kind::Gil | Kind::Lock | Kind::Core | Kind::Pool)
}

fn step_to(trace: &Trace, subject: Subject, at: Time) -> Step {
    let line = trace.span_at(subject, at).and_then(|place| trace.span(place).line);
    let place = line.map_or(String::new(), |line| format!(" ({}:{})", trace.text_of(line.file), line.line));
    Step { words: format!("{} at {}{place}", title(trace, subject), instant(at, trace.end())), subject, at }
}

/// Who had what a ready span wanted.
fn meanwhile(trace: &Trace, place: SpanRef) -> Option<String> {
    let span = trace.span(place);
    let (thing, mut holders) = match (trace.track(place.track).kind, trace.text_of(span.reason)) {
        (_, "GIL") => {
            let process = trace.ancestor(place.track, Kind::Process)?;
            ("the GIL was held by", held(trace, trace.children_of_kind(process, Kind::Gil), span.start, span.end))
        }
        (_, "core") => {
            let cores = trace.tracks().iter().filter(|track| track.kind == Kind::Core).map(|track| track.subject);
            ("the cores ran", held(trace, cores, span.start, span.end))
        }
        (kind @ (Kind::Task | Kind::Request), _) => {
            let parent = trace.track(place.track).parent?;
            let ran = |other: Subject| {
                let times = trace.track(other).spans.times_between(span.start, span.end, trace.end());
                (times.running > Duration::ZERO).then_some((other, times.running))
            };
            let word = if kind == Kind::Task { "the event loop ran" } else { "there ran" };
            (word, trace.children_of_kind(parent, kind).filter_map(ran).collect())
        }
        _ => return None,
    };
    holders.retain(|&(holder, _)| holder != place.track);
    order::sort_by_key(&mut holders, |&(holder, time)| (std::cmp::Reverse(time), holder));
    if holders.is_empty() {
        return None;
    }
    let mut names: Vec<String> = holders
        .iter()
        .take(MOST_NAMED)
        .map(|&(holder, time)| format!("{} ({})", title(trace, holder), short(time)))
        .collect();
    if holders.len() > MOST_NAMED {
        names.push(format!("{} more", holders.len() - MOST_NAMED));
    }
    Some(format!("Meanwhile {thing} {}.", names.join(", ")))
}

/// How long each holder had one of these, within a stretch of time.
fn held(trace: &Trace, things: impl Iterator<Item = Subject>, from: Time, to: Time) -> Vec<(Subject, Duration)> {
    let mut times: std::collections::BTreeMap<Subject, Duration> = std::collections::BTreeMap::new();
    for thing in things {
        let spans = &trace.track(thing).spans;
        let (first, last) = (spans.first_ending_after(from), spans.starts().partition_point(|&start| start < to));
        for i in (first..last).take(MOST_ADDED) {
            let span = spans.at(i, trace.end());
            if let (State::Running, Some(on)) = (span.state, span.on) {
                *times.entry(on).or_default() += span.end.min(to).since(span.start.max(from));
            }
        }
    }
    times.into_iter().filter(|&(_, time)| time > Duration::ZERO).collect()
}

/// What the counters of a pool say that is waited for: how much is in use, how many wait.
fn room(trace: &Trace, place: SpanRef) -> Option<String> {
    let span = trace.span(place);
    let pool = span.on.filter(|&on| trace.track(on).kind == Kind::Pool)?;
    let counters = trace.track(pool).counters.iter().map(|&index| &trace.counters()[index as usize]);
    let values: Vec<String> = counters
        .filter_map(|counter| {
            let value = trace.counter_at(counter, span.start)?;
            let (name, unit) = counted(trace.text_of(counter.name));
            Some(format!("{name} {}", amount(value, unit)))
        })
        .collect();
    (!values.is_empty()).then(|| format!("{} then: {}.", capital(&title(trace, pool)), values.join(", ")))
}

/// For a wait that nobody else ended: what did.
fn own_end(trace: &Trace, place: SpanRef) -> Option<String> {
    let span = trace.span(place);
    if span.end >= trace.end() && trace.track(place.track).ended.is_none() {
        return Some("Nothing ends it before the run does.".into());
    }
    match trace.text_of(span.reason) {
        "sleep" | "timer" => Some("Time itself ends it: nobody has to.".into()),
        "select" | "events" | "events and timers" => Some("A timer or data from outside ends it.".into()),
        _ => None,
    }
}

/// What follows a wait: it is ready for a while before it runs.
fn then(trace: &Trace, place: SpanRef) -> Option<String> {
    let next = SpanRef { span: place.span + 1, ..place };
    if next.span as usize >= trace.track(place.track).spans.len() {
        return None;
    }
    let ready = trace.span(next);
    (ready.state == State::Ready && ready.duration() > Duration::ZERO).then(|| {
        let words = sentence(trace, place.track, &ready);
        format!("Then for {} it is {words}.", short(ready.duration()))
    })
}

/// Why a running span ends.
fn ending(trace: &Trace, place: SpanRef) -> Option<String> {
    let span = trace.span(place);
    let track = trace.track(place.track);
    let next = SpanRef { span: place.span + 1, ..place };
    if next.span as usize >= track.spans.len() {
        return track.ended.map(|_| "With it, it ends.".into());
    }
    if matches!(track.kind, Kind::Gil | Kind::Lock | Kind::Core) {
        return None;
    }
    let after = trace.span(next);
    if after.start > span.end {
        return None;
    }
    let requested = trace.instants_of(place.track, span.start, Time(span.end.0.saturating_add(1)));
    let is_forced = requested.iter().any(|&mark| trace.text_of(trace.instant(mark).name) == "forced switch");
    let why = if is_forced && after.state == State::Ready { "It was asked to drop the GIL. " } else { "" };
    Some(format!("{why}After it: {}.", sentence(trace, place.track, &after)))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    /// A waits for a lock that B holds, then for the GIL while B runs on.
    fn convoy() -> Trace {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let gil = j.born(Time(0), Kind::Gil, "GIL", Some(p), None, None);
        let a = j.born(Time(0), Kind::Thread, "A", Some(p), None, None);
        let b = j.born(Time(0), Kind::Thread, "B", Some(p), None, None);
        let file = j.name("a.py");
        j.state(Time(0), gil, State::Running, "held", Some(b), None, None);
        j.state(Time(0), a, State::Waiting, "lock", Some(b), None, None);
        let released = j.state(Time(10), b, State::Running, "", None, None, Some(Line { file, line: 7 }));
        j.state(Time(20), a, State::Ready, "GIL", Some(b), Some(released), None);
        j.state(Time(50), gil, State::Running, "held", Some(a), None, None);
        j.state(Time(50), b, State::Done, "", None, None, None);
        j.state(Time(50), a, State::Running, "", None, None, None);
        j.state(Time(70), a, State::Done, "", None, None, None);
        Trace::of(&j)
    }

    #[test]
    fn a_wait_names_what_it_waits_for_who_ended_it_and_what_follows() {
        let trace = convoy();
        let why = explain(&trace, SpanRef { track: Subject(2), span: 0 });
        assert_eq!(
            why.text(),
            "thread A. Waiting for a lock held by thread B for 20 ns, from 0 ns to 20 ns. Then for 30 ns it is \
             ready: wants the GIL, held by thread B. Ended by thread B at 20 ns (a.py:7)."
        );
        assert_eq!(why.waker.map(|step| (step.subject, step.at)), Some((Subject(3), Time(20))));
    }

    #[test]
    fn being_ready_names_who_had_what_was_wanted() {
        let trace = convoy();
        let why = explain(&trace, SpanRef { track: Subject(2), span: 1 });
        assert!(why.text().contains("Meanwhile the GIL was held by thread B (30 ns)."), "{}", why.text());
        let by = explain(&trace, SpanRef { track: Subject(3), span: 0 });
        assert_eq!(by.woken.iter().map(|step| step.subject).collect::<Vec<_>>(), [Subject(2)]);
    }

    #[test]
    fn a_request_whose_turn_has_not_come_names_those_that_ran() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "web", None, None, None);
        let [a, b] = ["GET /0", "GET /1"].map(|name| j.born(Time(0), Kind::Request, name, Some(p), None, None));
        j.state(Time(0), a, State::Running, "", None, None, None);
        j.state(Time(0), b, State::Ready, "turn", None, None, None);
        j.state(Time(30), a, State::Done, "", None, None, None);
        j.state(Time(30), b, State::Running, "", None, None, None);
        let trace = Trace::of(&j);
        let why = explain(&trace, SpanRef { track: b, span: 0 }).text();
        assert!(why.contains("Meanwhile there ran request GET /0 (30 ns)."), "{why}");
    }

    #[test]
    fn whoever_lets_the_gil_go_is_the_waker_of_who_gets_it_and_has_woken_them() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let gil = j.born(Time(0), Kind::Gil, "GIL", Some(p), None, None);
        let a = j.born(Time(0), Kind::Thread, "A", Some(p), None, None);
        let b = j.born(Time(0), Kind::Thread, "B", Some(p), None, None);
        j.state(Time(0), gil, State::Running, "held", Some(b), None, None);
        j.state(Time(0), b, State::Running, "", None, None, None);
        j.state(Time(0), a, State::Waiting, "GIL", Some(gil), None, None);
        let free = j.state(Time(30), gil, State::Waiting, "free", None, None, None);
        j.state(Time(30), b, State::Waiting, "sleep", None, None, None);
        j.state(Time(30), a, State::Ready, "core", None, Some(free), None);
        j.state(Time(40), gil, State::Running, "held", Some(a), None, None);
        j.state(Time(40), a, State::Running, "", None, None, None);
        j.state(Time(70), a, State::Done, "", None, None, None);
        let trace = Trace::of(&j);
        let waker = explain(&trace, SpanRef { track: a, span: 0 }).waker;
        assert_eq!(waker.map(|step| (step.subject, step.at)), Some((b, Time(30))));
        let woken = explain(&trace, SpanRef { track: b, span: 0 }).woken;
        assert_eq!(woken.iter().map(|step| (step.subject, step.at)).collect::<Vec<_>>(), [(a, Time(30))]);
    }

    #[test]
    fn a_stretch_of_time_adds_up_its_threads() {
        let said = stretch(&convoy(), Time(10), Time(60));
        assert!(said.contains("ran for 50 ns, were ready for 30 ns, waited for 10 ns"), "{said}");
    }

    #[test]
    fn a_wait_that_nothing_ends_says_so() {
        let mut j = Journal::new();
        let a = j.born(Time(0), Kind::Thread, "A", None, None, None);
        j.state(Time(0), a, State::Waiting, "lock", None, None, None);
        let b = j.born(Time(9), Kind::Thread, "B", None, None, None);
        j.state(Time(9), b, State::Done, "", None, None, None);
        let why = explain(&Trace::of(&j), SpanRef { track: a, span: 0 });
        assert!(why.text().ends_with("to the end of the run. Nothing ends it before the run does."), "{}", why.text());
    }
}
