//! What is under the pointer, in words.

use super::draw::span_words;
use super::hit::{Hit, Target};
use super::lanes::{GroupId, LaneKind, Lanes};
use super::signals;
use super::words::{amount, counted};
use crate::journal::signals::is_signal;
use crate::journal::{Kind, Line, State, Subject};
use crate::time::Duration;
use crate::trace::{Span, SpanRef, StateTimes, Trace};

/// A few lines about one thing.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tooltip {
    /// Its name.
    pub title: String,
    /// What it is doing, in a sentence without a full stop.
    pub state: String,
    /// More: what it is called, and what it is ("lasted", "1.5 ms").
    pub facts: Vec<(&'static str, String)>,
    /// What was recorded of it: what it is called, and what it is.
    pub arguments: Vec<(String, String)>,
}

impl Tooltip {
    /// The words for a place in the picture; nothing where there is only ground.
    pub fn of(trace: &Trace, lanes: &Lanes, hit: &Hit) -> Option<Tooltip> {
        match hit.target {
            Target::Ground => None,
            Target::Ruler => Some(Tooltip { title: hit.at.to_string(), ..Tooltip::default() }),
            Target::Label => {
                let lane = &lanes.rows()[hit.row?];
                Some(lane.subject().map_or_else(
                    || Tooltip { title: lane.label.clone(), state: lane.detail.clone(), ..Tooltip::default() },
                    |subject| of_track(trace, subject),
                ))
            }
            Target::Header(group) => Some(of_group(trace, lanes, hit, group)),
            Target::Span(place) => Some(Tooltip::of_span(trace, place)),
            Target::Merged { first, count, start, end, times } => Some(Tooltip {
                title: title(trace, first.track),
                state: format!("{count} spans too narrow to draw alone: zoom in"),
                facts: [
                    vec![("from", start.to_string()), ("covers", end.since(start).to_string())],
                    facts_of_times(&times),
                ]
                .concat(),
                ..Tooltip::default()
            }),
            Target::Mark(mark) => Some(of_mark(trace, mark)),
            Target::Counter { counter, value } => {
                let counter = &trace.counters()[counter as usize];
                let (name, unit) = counted(trace.text_of(counter.name));
                let value = value.map_or_else(|| "no value yet".into(), |value| amount(value, unit));
                Some(Tooltip {
                    title: title(trace, counter.subject),
                    state: format!("{name}: {value}"),
                    facts: vec![("at", hit.at.to_string()), ("highest", amount(counter.max, unit))],
                    ..Tooltip::default()
                })
            }
            Target::Crowd { running, ready, waiting, .. } => Some(Tooltip {
                title: hit.at.to_string(),
                state: format!("{running} running, {ready} ready, {waiting} waiting"),
                ..Tooltip::default()
            }),
        }
    }

    /// The words for a span: who, in what state and why, how long, where, and who woke it.
    pub fn of_span(trace: &Trace, place: SpanRef) -> Tooltip {
        let span = trace.span(place);
        let mut facts = vec![("from", span.start.to_string()), ("lasted", span.duration().to_string())];
        if let Some(line) = trace.line_of(place) {
            facts.push(("line", line_words(trace, line)));
        }
        if let Some(waker) = trace.waker(place) {
            facts.push(("woken by", format!("{} at {}", title(trace, waker.subject), waker.at)));
        }
        if span.state == State::Waiting
            && let Some(waker) = trace.waker_at_end(place)
        {
            facts.push(("ended by", format!("{} at {}", title(trace, waker.subject), waker.at)));
        }
        let arguments = trace.arguments(place).map(|(what, value)| (what.into(), value.into())).collect();
        Tooltip { title: title(trace, place.track), state: sentence(trace, place.track, &span), facts, arguments }
    }

    /// All of it as plain text, for a screen reader and for tests.
    pub fn text(&self) -> String {
        let mut out = self.title.clone();
        if !self.state.is_empty() {
            out += ": ";
            out += &self.state;
        }
        for (what, value) in &self.facts {
            out += &format!("; {what} {value}");
        }
        for (what, value) in &self.arguments {
            out += &format!("; {what}: {value}");
        }
        out
    }
}

/// What a subject does in a span, in words.
pub fn sentence(trace: &Trace, subject: Subject, span: &Span) -> String {
    let kind = trace.track(subject).kind;
    let reason = trace.text_of(span.reason);
    let other = span.on.map(|on| title(trace, on));
    match (kind, span.state) {
        (Kind::Gil | Kind::Lock, State::Running) => {
            other.map_or_else(|| "held".to_string(), |holder| format!("held by {holder}"))
        }
        (Kind::Gil | Kind::Lock | Kind::Core, State::Waiting) => {
            if reason.is_empty() {
                "free".to_string()
            } else {
                reason.to_string()
            }
        }
        (Kind::Core, _) => other.map_or_else(|| "busy".to_string(), |thread| format!("runs {thread}")),
        (Kind::Request, State::Running) => other.map_or("being answered".into(), |by| format!("being served by {by}")),
        (_, State::Running) => match span_words(trace, kind, span) {
            words if words.is_empty() => "running".to_string(),
            words => format!("running: {words}"),
        },
        (_, State::Ready) => {
            let wants = match reason {
                "" if kind == Kind::Task => "ready: waits for its turn in the ready queue".to_string(),
                "" if kind == Kind::Request => "ready: its task has not had its turn yet".to_string(),
                "" => "ready to run".to_string(),
                "ready queue" => "ready: waits for its turn in the ready queue".to_string(),
                "GIL" => "ready: wants the GIL".to_string(),
                "core" => "ready: wants a core".to_string(),
                _ => format!("ready: wants {reason}"),
            };
            other.map_or(wants.clone(), |holder| format!("{wants}, held by {holder}"))
        }
        (_, State::Waiting | State::Done) => {
            let waits = match reason {
                "" => "waiting".to_string(),
                "sleep" => "sleeping".to_string(),
                "select" => "waiting for events (select): nothing is ready".to_string(),
                "to be run" => "waiting to be run".to_string(),
                "join" => match other {
                    Some(thread) => return format!("waiting for {thread} to end"),
                    None => "waiting for a thread to end".to_string(),
                },
                "start" => "waiting for a thread to start".to_string(),
                "event" => "waiting for an event to be set".to_string(),
                "notification" => "waiting to be notified".to_string(),
                "room" => "waiting for room in a queue".to_string(),
                _ => format!("waiting for {}", with_article(reason)),
            };
            match span.on.map(|on| trace.track(on).kind) {
                // As a thread does in a condition, an event and a join.
                Some(_) if span.on == Some(subject) => format!("{waits} that it has taken itself"),
                // A thread or task that is waited for holds what is wanted, unless it is itself what is wanted.
                Some(Kind::Thread | Kind::Task | Kind::Request) if is_thing(reason) => {
                    format!("{waits} held by {}", other.unwrap_or_default())
                }
                Some(_) => format!("{waits}: {}", other.unwrap_or_default()),
                None => waits,
            }
        }
    }
}

/// Whether a reason names something that somebody can hold.
fn is_thing(reason: &str) -> bool {
    ["token", "lock", "semaphore", "connection", "GIL", "slot", "condition"].iter().any(|thing| reason.contains(thing))
}

fn with_article(reason: &str) -> String {
    match reason {
        "token" | "lock" | "socket" | "connection" | "semaphore" | "condition" | "slot" | "future" | "task"
        | "thread" | "barrier" | "result" => {
            format!("a {reason}")
        }
        "item" => "an item".into(),
        _ => reason.into(),
    }
}

/// "task worker-3": the kind is left out where the name says it.
pub(super) fn title(trace: &Trace, subject: Subject) -> String {
    let name = trace.name_of(subject);
    let name = &trace.ordinal(subject).map_or_else(|| name.to_string(), |n| format!("{name} {n}"));
    let kind = match trace.track(subject).kind {
        Kind::Process => "process",
        Kind::Thread => "thread",
        Kind::Task => "task",
        Kind::Gil => "GIL",
        Kind::Loop => "loop",
        Kind::Pool => "pool",
        Kind::Lock => "lock",
        Kind::Request => "request",
        Kind::Core => "core",
        Kind::Call => "",
    };
    if name.to_lowercase().contains(&kind.to_lowercase()) { name.into() } else { format!("{kind} {name}") }
}

fn of_track(trace: &Trace, subject: Subject) -> Tooltip {
    let track = trace.track(subject);
    let end = track.ended.unwrap_or(trace.end());
    let mut facts = vec![("born", track.born.to_string()), ("lived", end.since(track.born).to_string())];
    facts.extend(track.born_line.map(|line| ("made at", line_words(trace, line))));
    facts.extend(facts_of_times(&track.spans.times(0, track.spans.len(), trace.end())));
    Tooltip { title: title(trace, subject), state: String::new(), facts, ..Tooltip::default() }
}

fn of_group(trace: &Trace, lanes: &Lanes, hit: &Hit, group: GroupId) -> Tooltip {
    let label = hit.row.map_or("", |row| &lanes.rows()[row].label);
    let n_members = hit.row.and_then(|row| match lanes.rows()[row].kind {
        LaneKind::Header { n_members, .. } => Some(n_members),
        _ => None,
    });
    let peak = lanes.crowd(group).map(|crowd| format!("at most {} at once", crowd.peak));
    let title = match (group.kind, group.parent) {
        (Kind::Process, Some(process)) => title(trace, process),
        _ => n_members.map_or_else(|| label.to_string(), |n| format!("{n} {label}")),
    };
    let state = peak.unwrap_or_default();
    Tooltip { title, state, ..Tooltip::default() }
}

fn of_mark(trace: &Trace, mark: u32) -> Tooltip {
    let mark = trace.instant(mark);
    let mut facts = vec![("at", mark.at.to_string())];
    if is_signal(trace.text_of(mark.name)) {
        let (title, state) = (title(trace, mark.subject), signals::words(trace, mark));
        return Tooltip { title, state, facts, ..Tooltip::default() };
    }
    facts.extend(mark.detail.map(|detail| ("detail", trace.text_of(detail).to_string())));
    facts.extend(mark.line.map(|line| ("line", line_words(trace, line))));
    Tooltip {
        title: title(trace, mark.subject),
        state: trace.text_of(mark.name).to_string(),
        facts,
        ..Tooltip::default()
    }
}

fn facts_of_times(times: &StateTimes) -> Vec<(&'static str, String)> {
    let all = [("running", times.running), ("ready", times.ready), ("waiting", times.waiting)];
    all.into_iter().filter(|&(_, time)| time > Duration::ZERO).map(|(what, time)| (what, time.to_string())).collect()
}

pub(super) fn line_words(trace: &Trace, line: Line) -> String {
    format!("{}:{}", trace.text_of(line.file), line.line)
}
