//! Findings about threads and tasks in each other's way: circles of waiting, a lock that many queue for, more threads
//! than cores.

use std::collections::{BTreeMap, BTreeSet};

use super::lints::{CONTENDED_SHARE, Finding, LONG_GIL_WAIT, MOST_OF_A_SORT, words};
use super::{Metrics, SpanRef, Trace, Track};
use crate::journal::{Kind, Line, State, Subject};
use crate::order;
use crate::time::{Duration, Time};

/// At most so many waits are looked at for circles.
const MOST_WAITS: usize = 20_000;
/// A circle of more than so many is not looked for.
const MOST_MEMBERS: usize = 64;

/// Everybody in a circle waits for the next; told once for each set of members, at the time it closed.
pub(super) fn deadlocks(trace: &Trace) -> Vec<Finding> {
    let mut known: BTreeSet<Vec<Subject>> = BTreeSet::new();
    let mut found = Vec::new();
    for place in waits(trace).take(MOST_WAITS) {
        let span = trace.span(place);
        let Some(circle) = circle(trace, place.track, span.start) else { continue };
        let mut members = circle.clone();
        order::sort(&mut members);
        if !known.insert(members) {
            continue;
        }
        let names: Vec<String> = circle.iter().map(|&who| trace.name_of(who).to_string()).collect();
        let end = circle.iter().filter_map(|&who| trace.standing(who, span.start)).map(|now| now.until).min();
        let how_long = match end.filter(|&end| end < trace.end()) {
            Some(end) => format!("for {}, until the first gives up", words(end.since(span.start))),
            None => "for ever: a deadlock".into(),
        };
        let what = format!("{} wait for each other in a circle, {how_long}", names.join(" → "));
        let advice = "Take the locks in the same order everywhere, or give up what is held when the next one does not \
                      come: `acquire(timeout=…)`.";
        let line = trace.line_of(place);
        found.push(Finding { what, advice: advice.into(), at: span.start, subject: Some(place.track), line });
        if found.len() == MOST_OF_A_SORT {
            break;
        }
    }
    found
}

/// The waits of threads and tasks for somebody else, by whoever waits.
fn waits(trace: &Trace) -> impl Iterator<Item = SpanRef> + '_ {
    let who = trace.tracks().iter().filter(|track| matches!(track.kind, Kind::Thread | Kind::Task));
    who.flat_map(|track| {
        let waits = |&i: &usize| {
            let on = track.spans.on(i);
            track.spans.states()[i] == State::Waiting && on.is_some_and(|on| on != track.subject)
        };
        (0..track.spans.len()).filter(waits).map(|i| SpanRef { track: track.subject, span: i as u32 })
    })
}

/// From somebody on, wait by wait, back to the same.
fn circle(trace: &Trace, first: Subject, at: Time) -> Option<Vec<Subject>> {
    let mut members = vec![first];
    loop {
        let now = trace.standing(*members.last()?, at).filter(|now| now.state == State::Waiting)?;
        let mut next = now.on?;
        if matches!(trace.track(next).kind, Kind::Lock | Kind::Pool) {
            next = trace.standing(next, at).filter(|held| held.state == State::Running)?.on?;
        }
        if next == first {
            return (members.len() > 1).then_some(members);
        }
        if members.contains(&next) || members.len() == MOST_MEMBERS {
            return None;
        }
        members.push(next);
    }
}

/// Threads or tasks that queue for one lock at one line, for much of the run.
pub(super) fn lock_convoys(trace: &Trace) -> Vec<Finding> {
    #[derive(Default)]
    struct Queue {
        waited: Duration,
        who: BTreeSet<Subject>,
        n: usize,
        worst: (Duration, Time, Option<Subject>),
        /// Whether it is a line that takes one of several locks: whoever holds one of them waits there for another.
        are_several: bool,
    }
    let mut queues: BTreeMap<Line, Queue> = BTreeMap::new();
    for place in waits(trace) {
        let span = trace.span(place);
        if !matches!(trace.text_of(span.reason), "lock" | "semaphore") {
            continue;
        }
        let Some(line) = trace.line_of(place) else { continue };
        let queue = queues.entry(line).or_default();
        queue.waited += span.duration();
        queue.n += 1;
        queue.who.insert(place.track);
        if let Some(on) = span.on.filter(|&on| matches!(trace.track(on).kind, Kind::Thread | Kind::Task)) {
            let there = trace.standing(on, span.start).filter(|now| now.state == State::Waiting);
            queue.are_several |= there.is_some_and(|now| trace.line_of(now.place) == Some(line));
        }
        if span.duration() > queue.worst.0 {
            queue.worst = (span.duration(), span.start, Some(place.track));
        }
    }
    let total = trace.end().since(Time::ZERO).secs();
    let mut found: Vec<(Duration, Finding)> = Vec::new();
    for (line, queue) in queues {
        if queue.are_several
            || queue.who.len() < 2
            || queue.n < 4
            || total == 0.0
            || queue.waited.secs() / total < CONTENDED_SHARE
        {
            continue;
        }
        let what = format!(
            "{} wait for one lock in turn, {} times, {} altogether in a run of {}",
            several(trace, &queue.who),
            queue.n,
            words(queue.waited),
            words(trace.end().since(Time::ZERO))
        );
        let advice = "Hold the lock for less: prepare outside, take it only to exchange the result. What takes the lock \
                      around a wait or a long computation makes everybody wait as long.";
        let (_, at, subject) = queue.worst;
        found.push((queue.waited, Finding { what, advice: advice.into(), at, subject, line: Some(line) }));
    }
    order::sort_by_key(&mut found, |(waited, _)| std::cmp::Reverse(*waited));
    found.into_iter().take(MOST_OF_A_SORT).map(|(_, finding)| finding).collect()
}

/// "3 threads"
fn several(trace: &Trace, who: &BTreeSet<Subject>) -> String {
    let n_threads = who.iter().filter(|&&who| trace.track(who).kind == Kind::Thread).count();
    match (n_threads, who.len() - n_threads) {
        (n, 0) => format!("{n} threads"),
        (0, n) => format!("{n} tasks"),
        (n, m) => format!("{n} threads and {m} tasks"),
    }
}

/// More threads that could run than cores to run them.
pub(super) fn oversubscription(trace: &Trace) -> Option<Finding> {
    let Metrics { n_cores, .. } = Metrics::of(trace);
    let n_cores = n_cores?;
    let core = trace.find_name("core")?;
    let threads = || trace.tracks().iter().filter(|track| track.kind == Kind::Thread);
    let (mut waited, mut wanted, mut n_threads) = (Duration::ZERO, Duration::ZERO, 0);
    let mut worst: (Duration, Option<SpanRef>) = (Duration::ZERO, None);
    for track in threads() {
        let times = track.spans.times(0, track.spans.len(), trace.end());
        wanted += times.running + times.ready;
        let before = waited;
        for (place, time) in core_waits(trace, track, core) {
            waited += time;
            if time > worst.0 {
                worst = (time, Some(place));
            }
        }
        n_threads += usize::from(waited > before + LONG_GIL_WAIT);
    }
    if n_threads < 2 || wanted == Duration::ZERO || waited.secs() / wanted.secs() < CONTENDED_SHARE {
        return None;
    }
    let place = worst.1?;
    let what = format!(
        "{n_threads} threads wait for one of {n_cores} cores, {} altogether, {:.0} % of the time that they could run",
        words(waited),
        waited.secs() / wanted.secs() * 100.0
    );
    let advice =
        "More threads or processes that compute than cores only take turns: use as many as `os.cpu_count()` says.";
    let (at, line) = (trace.span(place).start, trace.line_of(place));
    Some(Finding { what, advice: advice.into(), at, subject: Some(place.track), line })
}

/// The waits of a thread for a core, and how long each was.
fn core_waits(trace: &Trace, track: &Track, core: crate::journal::Name) -> impl Iterator<Item = (SpanRef, Duration)> {
    let spans = trace.spans(track.subject).enumerate();
    let waits = spans.filter(move |(_, span)| span.state == State::Ready && span.reason == core);
    let track = track.subject;
    waits.map(move |(i, span)| (SpanRef { track, span: i as u32 }, span.duration()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    const MS: u64 = 1_000_000;

    #[test]
    fn a_circle_is_told_once_and_says_whether_it_breaks() {
        let mut j = Journal::new();
        let [a, b, c] = ["a", "b", "c"].map(|name| j.born(Time(0), Kind::Thread, name, None, None, None));
        j.state(Time(1), a, State::Waiting, "lock", Some(b), None, None);
        j.state(Time(2), c, State::Waiting, "lock", Some(a), None, None);
        j.state(Time(3), b, State::Waiting, "lock", Some(a), None, None);
        let mut broken = j.clone();
        j.state(Time(9), c, State::Done, "", None, None, None);
        let found = deadlocks(&Trace::of(&j));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].what, "b → a wait for each other in a circle, for ever: a deadlock");
        assert_eq!(found[0].at, Time(3));
        broken.state(Time(53), a, State::Running, "", None, None, None);
        broken.state(Time(99), c, State::Done, "", None, None, None);
        assert!(deadlocks(&Trace::of(&broken))[0].what.contains("for 50 ns, until the first gives up"));
    }

    #[test]
    fn a_lock_that_threads_queue_for_is_told_with_its_line() {
        let mut j = Journal::new();
        let [a, b] = ["a", "b"].map(|name| j.born(Time(0), Kind::Thread, name, None, None, None));
        let line = Some(Line { file: j.name("a.py"), line: 7 });
        for turn in 0..6 {
            let (has, wants) = if turn % 2 == 0 { (a, b) } else { (b, a) };
            j.state(Time(turn * 10 * MS), has, State::Running, "", None, None, line);
            j.state(Time(turn * 10 * MS), wants, State::Waiting, "lock", Some(has), None, line);
        }
        j.state(Time(60 * MS), a, State::Done, "", None, None, None);
        let found = lock_convoys(&Trace::of(&j));
        assert_eq!(found.len(), 1);
        assert!(
            found[0].what.starts_with("2 threads wait for one lock in turn, 6 times, 60 ms altogether"),
            "{found:?}"
        );
        assert_eq!(found[0].line, line);
    }

    #[test]
    fn a_line_that_takes_several_locks_is_no_queue_for_one() {
        let mut j = Journal::new();
        let [a, b, c] = ["a", "b", "c"].map(|name| j.born(Time(0), Kind::Thread, name, None, None, None));
        let line = Some(Line { file: j.name("a.py"), line: 7 });
        for turn in 0..3 {
            for (n, (wants, has)) in [(a, b), (b, c), (c, a)].into_iter().enumerate() {
                j.state(Time(turn * 20 * MS + n as u64), wants, State::Waiting, "lock", Some(has), None, line);
            }
            for who in [a, b, c] {
                j.state(Time((turn * 20 + 10) * MS), who, State::Running, "", None, None, line);
            }
        }
        assert_eq!(lock_convoys(&Trace::of(&j)), []);
    }

    #[test]
    fn more_threads_than_cores_are_told() {
        let mut j = Journal::new();
        let core = j.born(Time(0), Kind::Core, "core 0", None, None, None);
        let [a, b] = ["a", "b"].map(|name| j.born(Time(0), Kind::Thread, name, None, None, None));
        for turn in 0..6 {
            let (has, wants) = if turn % 2 == 0 { (a, b) } else { (b, a) };
            j.state(Time(turn * 10 * MS), core, State::Running, "", Some(has), None, None);
            j.state(Time(turn * 10 * MS), has, State::Running, "", None, None, None);
            j.state(Time(turn * 10 * MS), wants, State::Ready, "core", Some(has), None, None);
        }
        j.state(Time(60 * MS), a, State::Done, "", None, None, None);
        let found = oversubscription(&Trace::of(&j)).expect("it is told");
        assert!(found.what.starts_with("2 threads wait for one of 1 cores, 60 ms altogether, 50 %"), "{}", found.what);
    }
}
