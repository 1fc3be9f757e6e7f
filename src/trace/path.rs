//! The critical path: the chain of doings and waits that a task, a request or the whole run could not end before.
//!
//! It is walked backwards from the end. Whoever ran is asked what it did before; whoever waited, who ended the wait, and
//! from there on that one; whoever had not been born, who made it. A wait that nobody ended, as for a timer, stays on the
//! path itself. The steps fit together without gap, so their lengths add up to the whole time:
//!
//! ```text
//! main  ██████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁░░██      path: main ██████
//! task  ┄┄┄┄┄┄████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁████┄┄┄            task ████ asleep ▁▁▁ ████
//!                                                   main ░░██
//! ```

use rustc_hash::FxHashMap;

use serde::{Deserialize, Serialize};

use super::{SpanRef, StateTimes, Trace};
use crate::journal::{Kind, Name, State, Subject};
use crate::order;
use crate::time::{Duration, Time};

/// A path longer than this is cut at its beginning [steps].
const MOST_STEPS: usize = 100_000;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Goal {
    /// Everything up to the end of the run.
    Run,
    /// A task, thread or request, from its birth to its end, or to the end of the trace.
    Subject(Subject),
}

/// A stretch of time on the path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PathStep {
    /// Who is waited for.
    pub subject: Subject,
    /// The span, to select or to explain; nothing where the subject has none there.
    pub place: Option<SpanRef>,
    /// From when.
    pub from: Time,
    /// To when.
    pub to: Time,
    /// What it did.
    pub state: State,
    /// Ready: for what turn. Waiting: for what.
    pub reason: Name,
}

/// The chain of steps, the earliest first; each begins where the one before it ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CriticalPath {
    /// Where it begins.
    pub from: Time,
    /// Where it ends.
    pub to: Time,
    /// The chain.
    pub steps: Vec<PathStep>,
}

impl CriticalPath {
    /// The path to a goal; nothing where the trace knows of nothing that was done.
    pub fn of(trace: &Trace, goal: Goal) -> Option<CriticalPath> {
        let (subject, from, to) = match goal {
            Goal::Run => (last_thread(trace)?, Time::ZERO, trace.end()),
            Goal::Subject(subject) => {
                let track = trace.track(subject);
                (subject, track.born, track.ended.unwrap_or(trace.end()))
            }
        };
        let mut walk = Walk { trace, from, steps: Vec::new(), turns: FxHashMap::default() };
        walk.back_from(subject, to);
        walk.steps.reverse();
        let from = walk.steps.first().map_or(to, |step| step.from);
        Some(CriticalPath { from, to, steps: walk.steps })
    }

    /// How long it ran, was ready and waited altogether.
    pub fn times(&self) -> StateTimes {
        let mut times = StateTimes::default();
        self.steps.iter().for_each(|step| times.add(step.state, step.to.since(step.from)));
        times
    }

    /// How much of the path each subject takes, the most first.
    pub fn by_subject(&self) -> Vec<(Subject, Duration)> {
        let mut times: std::collections::BTreeMap<Subject, Duration> = Default::default();
        self.steps.iter().for_each(|step| *times.entry(step.subject).or_default() += step.to.since(step.from));
        let mut times: Vec<_> = times.into_iter().collect();
        order::sort_by_key(&mut times, |&(subject, time)| (std::cmp::Reverse(time), subject));
        times
    }
}

/// The thread that ends last; of those that end together the first.
fn last_thread(trace: &Trace) -> Option<Subject> {
    let threads = trace.tracks().iter().filter(|track| track.kind == Kind::Thread);
    let end = |subject: Subject| trace.track(subject).ended.unwrap_or(trace.end());
    threads.map(|track| track.subject).max_by_key(|&subject| (end(subject), std::cmp::Reverse(subject)))
}

struct Walk<'a> {
    trace: &'a Trace,
    /// Where the path begins at the earliest.
    from: Time,
    /// The steps so far, the last first.
    steps: Vec<PathStep>,
    /// The turns of the tasks of each thread that has an event loop, in order.
    turns: FxHashMap<Subject, Vec<(Time, SpanRef)>>,
}

impl Walk<'_> {
    fn back_from(&mut self, subject: Subject, at: Time) {
        let (mut who, mut at) = (subject, at);
        // Whom the path has been led to at this very instant: it must not be led round.
        let mut seen: Vec<Subject> = Vec::new();
        while at > self.from && self.steps.len() < MOST_STEPS {
            let before = at;
            let next = self.step(who, &mut at, &seen);
            if at < before {
                seen.clear();
            }
            seen.push(who);
            match next {
                Some(next) => who = next,
                None => break,
            }
        }
    }

    /// What somebody did up to an instant, which is moved back; tells with whom the path goes on.
    fn step(&mut self, who: Subject, at: &mut Time, seen: &[Subject]) -> Option<Subject> {
        let trace = self.trace;
        let track = trace.track(who);
        let turn = self.turn(who, *at);
        if let Some((task, end)) = turn.filter(|(task, _)| !seen.contains(task))
            && end >= *at
        {
            return Some(task);
        }
        let index = track.spans.starts().partition_point(|&start| start < *at).checked_sub(1);
        let Some(index) = index.filter(|_| *at > track.born) else {
            // It has not begun yet; before its birth whoever made it was at work.
            let flow = track.maker.map(|flow| trace.flows()[flow as usize]);
            let maker = flow.map(|flow| flow.from).filter(|maker| self.does(*maker) && !seen.contains(maker));
            let from = if maker.is_some() { track.born.max(self.from) } else { self.from };
            self.put(who, None, from, *at, State::Ready);
            *at = from.min(*at);
            return maker;
        };
        let place = SpanRef { track: who, span: index as u32 };
        let span = trace.span(place);
        if span.end < *at {
            // Between two spans, or after the last: nothing is known but the time.
            self.put(who, None, span.end.max(self.from), *at, State::Waiting);
            *at = span.end;
            return Some(who);
        }
        // A request is what its task or thread does for it.
        if let Some(on) = span.on.filter(|on| track.kind == Kind::Request && self.does(*on) && !seen.contains(on)) {
            return Some(on);
        }
        if span.state == State::Waiting
            && let Some(waker) = trace.waker_at_end(place)
            && *at == span.end
            && waker.at <= *at
            && self.does(waker.subject)
            && !(waker.at == *at && seen.contains(&waker.subject))
        {
            let from = waker.at.max(self.from);
            self.put(who, Some(place), from, *at, State::Waiting);
            *at = from;
            return Some(waker.subject);
        }
        // Before what it did last for itself a thread was in the turn of a task.
        let turn_end = turn.map_or(Time::ZERO, |(_, end)| end).min(*at);
        let turn_end = if turn_end == *at { Time::ZERO } else { turn_end };
        let from = span.start.max(self.from).max(turn_end);
        self.put(who, Some(place), from, *at, span.state);
        *at = from;
        Some(who)
    }

    /// The task whose turn began last on a thread before an instant, and when that ended.
    fn turn(&mut self, thread: Subject, at: Time) -> Option<(Subject, Time)> {
        let trace = self.trace;
        if trace.track(thread).kind != Kind::Thread {
            return None;
        }
        let turns = self.turns.entry(thread).or_insert_with(|| {
            let loops = trace.children_of_kind(thread, Kind::Loop);
            let tasks = loops.flat_map(|host| trace.children_of_kind(host, Kind::Task));
            let running = tasks.flat_map(|track| {
                let spans = &trace.track(track).spans;
                let is_running = move |&i: &usize| spans.states()[i] == State::Running;
                (0..spans.len()).filter(is_running).map(move |i| (spans.starts()[i], SpanRef { track, span: i as u32 }))
            });
            let mut turns: Vec<_> = running.collect();
            order::sort(&mut turns);
            turns
        });
        let (_, place) = turns[turns.partition_point(|&(start, _)| start < at).checked_sub(1)?];
        Some((place.track, trace.span(place).end))
    }

    /// Whether a subject does anything by itself.
    fn does(&self, subject: Subject) -> bool {
        matches!(self.trace.track(subject).kind, Kind::Thread | Kind::Task)
    }

    fn put(&mut self, subject: Subject, place: Option<SpanRef>, from: Time, to: Time, state: State) {
        if from >= to {
            return;
        }
        let reason = place.map_or(Name(0), |place| self.trace.span(place).reason);
        let step = PathStep { subject, place, from, to, state, reason };
        match self.steps.last_mut() {
            Some(later) if later.place.is_some() && later.place == place && later.from == to => later.from = from,
            _ => self.steps.push(step),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    fn words(trace: &Trace, goal: Goal) -> Vec<String> {
        let path = CriticalPath::of(trace, goal).expect("there is a path");
        let mut at = path.from;
        for step in &path.steps {
            assert_eq!(step.from, at, "the steps fit together: {:?}", path.steps);
            at = step.to;
        }
        assert_eq!(at, path.to);
        assert_eq!(path.times().total(), path.to.since(path.from));
        let word =
            |step: &PathStep| format!("{} {:?} {}-{}", trace.name_of(step.subject), step.state, step.from.0, step.to.0);
        path.steps.iter().map(word).collect()
    }

    /// Main starts a worker and joins it; the worker waits for a lock that a third thread holds while it sleeps.
    #[test]
    fn the_path_goes_from_a_wait_to_whoever_ended_it() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let main = j.born(Time(0), Kind::Thread, "main", Some(p), None, None);
        let runs = j.state(Time(0), main, State::Running, "", None, None, None);
        let holder = j.born(Time(5), Kind::Thread, "holder", Some(p), Some(runs), None);
        j.state(Time(5), holder, State::Running, "", None, None, None);
        let worker = j.born(Time(10), Kind::Thread, "worker", Some(p), Some(runs), None);
        j.state(Time(10), worker, State::Running, "", None, None, None);
        j.state(Time(12), main, State::Waiting, "join", Some(worker), None, None);
        j.state(Time(15), worker, State::Waiting, "lock", Some(holder), None, None);
        j.state(Time(20), holder, State::Waiting, "sleep", None, None, None);
        let releases = j.state(Time(50), holder, State::Running, "", None, None, None);
        let ready = j.state(Time(50), worker, State::Ready, "GIL", Some(holder), Some(releases), None);
        j.state(Time(60), holder, State::Done, "", None, None, None);
        j.state(Time(60), worker, State::Running, "", None, Some(ready), None);
        let ends = j.state(Time(80), worker, State::Done, "", None, None, None);
        j.state(Time(80), main, State::Running, "", None, Some(ends), None);
        j.state(Time(85), main, State::Done, "", None, None, None);
        let trace = Trace::of(&j);
        assert_eq!(
            words(&trace, Goal::Run),
            [
                "main Running 0-5",
                "holder Running 5-20",
                "holder Waiting 20-50",
                "worker Ready 50-60",
                "worker Running 60-80",
                "main Running 80-85"
            ]
        );
        assert_eq!(words(&trace, Goal::Subject(worker))[0], "holder Running 10-20");
    }

    /// A loop's thread runs a, which awaits b, which sleeps.
    #[test]
    fn on_a_thread_with_an_event_loop_the_path_is_that_of_its_tasks() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let main = j.born(Time(0), Kind::Thread, "main", Some(p), None, None);
        let runs = Some(j.state(Time(0), main, State::Running, "", None, None, None));
        let l = j.born(Time(1), Kind::Loop, "loop", Some(main), runs, None);
        let a = j.born(Time(1), Kind::Task, "a", Some(l), runs, None);
        j.state(Time(2), a, State::Running, "", None, runs, None);
        let b = j.born(Time(3), Kind::Task, "b", Some(l), runs, None);
        j.state(Time(3), b, State::Ready, "", None, runs, None);
        j.state(Time(4), a, State::Waiting, "task", Some(b), runs, None);
        j.state(Time(5), b, State::Running, "", None, runs, None);
        j.state(Time(7), b, State::Waiting, "sleep", None, runs, None);
        j.state(Time(8), main, State::Waiting, "select", None, None, None);
        let runs = Some(j.state(Time(30), main, State::Running, "", None, None, None));
        j.state(Time(31), b, State::Ready, "", None, runs, None);
        j.state(Time(32), b, State::Running, "", None, runs, None);
        j.state(Time(33), a, State::Ready, "", None, runs, None);
        j.state(Time(33), b, State::Done, "", None, runs, None);
        j.state(Time(34), a, State::Running, "", None, runs, None);
        j.state(Time(36), a, State::Done, "", None, runs, None);
        j.state(Time(40), main, State::Done, "", None, None, None);
        let trace = Trace::of(&j);
        assert_eq!(
            words(&trace, Goal::Run),
            [
                "main Running 0-1",
                "a Ready 1-2",
                "a Running 2-3",
                "b Ready 3-5",
                "b Running 5-7",
                "b Waiting 7-31",
                "b Ready 31-32",
                "b Running 32-33",
                "a Ready 33-34",
                "a Running 34-36",
                "main Running 36-40"
            ]
        );
        let path = CriticalPath::of(&trace, Goal::Run).unwrap();
        assert_eq!(path.by_subject()[0], (b, Duration(30)));
    }

    #[test]
    fn a_circle_of_waits_is_walked_once() {
        let mut j = Journal::new();
        let [a, b] = ["a", "b"].map(|name| j.born(Time(0), Kind::Thread, name, None, None, None));
        let x = j.state(Time(0), a, State::Waiting, "lock", Some(b), None, None);
        let y = j.state(Time(0), b, State::Waiting, "lock", Some(a), None, None);
        j.state(Time(10), a, State::Ready, "", None, Some(y), None);
        j.state(Time(10), b, State::Ready, "", None, Some(x), None);
        j.state(Time(20), a, State::Done, "", None, None, None);
        let path = words(&Trace::of(&j), Goal::Subject(a));
        assert_eq!(path.last().map(String::as_str), Some("a Ready 10-20"));
    }
}
