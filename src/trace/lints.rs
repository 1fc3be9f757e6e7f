//! What in a run a reader should know of and could change: where, how much, and what to do instead.
//!
//! - the event loop is kept from its work for longer than [`BLOCKED`], by a call that does not await or by computing;
//! - a coroutine was made and never awaited, an exception was never looked at;
//! - work waits for a token, a worker or a connection, because there are too few;
//! - threads or tasks are in each other's way (see `congestion`);
//! - a thread that wakes must wait for the GIL again and again, or threads only take turns with it.

use std::collections::BTreeMap;

use super::congestion;
use super::metrics::{self, Metrics};
use super::{Counter, Trace, Track};
use crate::journal::{Kind, Line, State, Subject};
use crate::order;
use crate::time::{Duration, Time};

/// A pass of an event loop that takes longer is worth a word; asyncio's debug mode says the same.
const BLOCKED: Duration = Duration::millis(100);
/// A wait for the GIL that takes longer than this is one for another thread's whole switch interval, or nearly.
pub(super) const LONG_GIL_WAIT: Duration = Duration::millis(4);
/// Waiting for a token that takes less of the run is not worth a word.
const STARVED_SHARE: f64 = 0.1;
/// Waiting for the GIL that takes less of the threads' busy time is not worth a word.
pub(super) const CONTENDED_SHARE: f64 = 0.25;
/// Nor is waiting that takes less of the whole run, where threads hardly ever compute.
const NOTICED_SHARE: f64 = 0.02;
/// At most so many findings of one sort.
pub(super) const MOST_OF_A_SORT: usize = 5;

/// One thing to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What happens, how often, how long.
    pub what: String,
    /// What to do instead.
    pub advice: String,
    /// When it happens, or when it is worst.
    pub at: Time,
    /// Whose lane shows it.
    pub subject: Option<Subject>,
    /// The line it happens at.
    pub line: Option<Line>,
}

/// Everything to know of a run, the costliest first within each sort.
pub fn findings(trace: &Trace) -> Vec<Finding> {
    if trace.is_recording() {
        return Vec::new();
    }
    let mut found = blocked_loops(trace);
    found.extend(warnings(trace));
    found.extend(starved_pools(trace));
    found.extend(congestion::deadlocks(trace));
    found.extend(convoys(trace));
    found.extend(congestion::lock_convoys(trace));
    found.extend(congestion::oversubscription(trace));
    if !found.iter().any(|finding| finding.what.contains("GIL")) {
        found.extend(contention(trace));
    }
    found
}

/// Who kept an event loop, and where.
struct Culprit {
    subject: Subject,
    at: Time,
    longest: Duration,
    total: Duration,
    times: usize,
    /// How many calls that blocked.
    calls: usize,
    /// Whether its thread computed, rather than waited in a call.
    computes: bool,
}

fn blocked_loops(trace: &Trace) -> Vec<Finding> {
    let mut culprits: BTreeMap<Option<Line>, Culprit> = BTreeMap::new();
    metrics::each_lag(trace, &mut |lag, event_loop, from, to| {
        if lag <= BLOCKED {
            return;
        }
        let (subject, line, at, computes, calls) = culprit(trace, event_loop, from, to);
        let known = culprits.entry(line).or_insert(Culprit {
            subject,
            at,
            longest: Duration::ZERO,
            total: Duration::ZERO,
            times: 0,
            calls: 0,
            computes,
        });
        known.times += 1;
        known.calls += calls;
        known.total += lag;
        if lag > known.longest {
            (known.longest, known.subject, known.at, known.computes) = (lag, subject, at, computes);
        }
    });
    let mut culprits: Vec<_> = culprits.into_iter().collect();
    order::sort_by_key(&mut culprits, |(line, culprit)| (std::cmp::Reverse(culprit.total), *line));
    let finding = |(line, culprit): (Option<Line>, Culprit)| {
        let Culprit { subject, at, longest, total, times, calls, computes } = culprit;
        let often = if times > 1 { format!(", {times} times, {} in all", words(total)) } else { String::new() };
        let deed = match calls {
            _ if computes => "computes without a pause".to_string(),
            calls if calls > times => format!("and others make {calls} calls that block"),
            _ => "makes a call that blocks".to_string(),
        };
        let who = trace.name_of(subject);
        let what = format!("The event loop serves nobody else for {}{often}: {who} {deed}", words(longest));
        let advice = if computes {
            "Move the computing to a process or a thread, or let others have a turn with `await asyncio.sleep(0)`."
        } else {
            "Await the asynchronous form of the call, such as `asyncio.sleep`, or move it away: `await asyncio.to_thread(f)`."
        };
        Finding { what, advice: advice.into(), at, subject: Some(subject), line }
    };
    culprits.into_iter().take(MOST_OF_A_SORT).map(finding).collect()
}

/// Who ran longest on a loop between two instants, at which line its thread stood longest and since when, whether it
/// computed, and how often it was there.
fn culprit(trace: &Trace, event_loop: Subject, from: Time, to: Time) -> (Subject, Option<Line>, Time, bool, usize) {
    let end = trace.end();
    let ran = |task: Subject| trace.track(task).spans.times_between(from, to, end).running;
    let tasks = trace.children_of_kind(event_loop, Kind::Task);
    let task = tasks.map(|task| (ran(task), task)).filter(|(time, _)| time.0 > 0).max_by_key(|&(time, _)| time);
    let Some(thread) = trace.ancestor(event_loop, Kind::Thread) else { return (event_loop, None, from, true, 1) };
    let spans = &trace.track(thread).spans;
    let (first, last) = (spans.first_ending_after(from), spans.starts().partition_point(|&start| start < to));
    let part = |i: usize| {
        let span = spans.at(i, end);
        (span.end.min(to).since(span.start.max(from)), i)
    };
    let longest = (first..last).map(part).max_by_key(|&(time, i)| (time, std::cmp::Reverse(i)));
    let Some((_, i)) = longest else { return (event_loop, None, from, true, 1) };
    let span = spans.at(i, end);
    let place = super::SpanRef { track: thread, span: i as u32 };
    let subject = task.map_or(thread, |(_, task)| task);
    let line = trace.line_of(place);
    let is_such = |&i: &usize| spans.states()[i] == span.state && spans.at(i, end).line == line;
    let calls = (first..last).filter(is_such).count();
    (subject, line, span.start.max(from), span.state != State::Waiting, calls)
}

/// What the interpreter itself said on standard error.
fn warnings(trace: &Trace) -> Vec<Finding> {
    let mut found: Vec<(Finding, usize)> = Vec::new();
    for output in trace.outputs().iter().filter(|output| output.stream == 2) {
        for said in trace.text_of(output.text).lines() {
            let advice = if said.contains("was never awaited") {
                "Calling an async function only makes a coroutine: put `await` before the call, or give it to a task."
            } else if said.contains("exception was never retrieved") {
                "Await the task, or look at its result: an exception that nobody sees hides the reason of a failure."
            } else {
                continue;
            };
            let what = said.rsplit_once("Warning: ").map_or(said, |(_, what)| what).trim().to_string();
            if let Some((_, n)) = found.iter_mut().find(|(known, _)| known.what == what) {
                *n += 1;
                continue;
            }
            let line = output.line.or_else(|| place_in(trace, said));
            let finding = Finding { what, advice: advice.into(), at: output.at, subject: Some(output.process), line };
            found.push((finding, 1));
        }
    }
    found.truncate(MOST_OF_A_SORT);
    let counted = |(finding, n): (Finding, usize)| match n {
        1 => finding,
        n => Finding { what: format!("{} ({n} times)", finding.what), ..finding },
    };
    found.into_iter().map(counted).collect()
}

/// `server.py:60: RuntimeWarning: …`: the place at the beginning, in one of the viewer's files.
fn place_in(trace: &Trace, said: &str) -> Option<Line> {
    let mut parts = said.splitn(3, ':');
    let (file, line) = (parts.next()?, parts.next()?.trim().parse().ok()?);
    let file = file.rsplit('/').next()?;
    Some(Line { file: trace.find_name(file)?, line })
}

/// Pools whose users wait.
fn starved_pools(trace: &Trace) -> Vec<Finding> {
    let total = trace.end().since(Time::ZERO).secs();
    let mut found: Vec<(Duration, Finding)> = Vec::new();
    for pool in trace.tracks().iter().filter(|track| track.kind == Kind::Pool) {
        let counter = |name: &str| {
            let of = |&&index: &&u32| trace.text_of(trace.counters()[index as usize].name) == name;
            pool.counters.iter().find(of).map(|&index| &trace.counters()[index as usize])
        };
        let Some(waiting) = counter("waiting").or_else(|| counter("queued")) else { continue };
        let (starved, worst) = positive(waiting, trace.end());
        if waiting.max < 2 || total == 0.0 || starved.secs() / total < STARVED_SHARE {
            continue;
        }
        // A program may set another limit than the one that the pool was made with.
        let limit = ["tokens", "limit", "threads"].iter().find_map(|name| counter(name));
        let limit = limit.and_then(|limit| trace.counter_at(limit, worst)).unwrap_or(0);
        let name = trace.name_of(pool.subject);
        let (thing, advice) = advice_for(trace, pool);
        let what = format!(
            "{name}: up to {} wait for one of {limit} {thing}, some for {} of the {} that the run takes",
            waiting.max,
            words(starved),
            words(trace.end().since(Time::ZERO))
        );
        let finding =
            Finding { what, advice: advice.into(), at: worst, subject: Some(pool.subject), line: pool.born_line };
        found.push((starved, finding));
    }
    order::sort_by_key(&mut found, |(starved, _)| std::cmp::Reverse(*starved));
    found.into_iter().take(MOST_OF_A_SORT).map(|(_, finding)| finding).collect()
}

/// How long a counter is above zero, and when it is highest.
fn positive(counter: &Counter, end: Time) -> (Duration, Time) {
    let mut above = Duration::ZERO;
    let mut worst = (0, Time::ZERO);
    for (i, (&at, &value)) in counter.times.iter().zip(&counter.values).enumerate() {
        let until = counter.times.get(i + 1).copied().unwrap_or(end);
        if value > 0 {
            above += until.since(at);
        }
        if value > worst.0 {
            worst = (value, at);
        }
    }
    (above, worst.1)
}

/// What a pool gives out, and what to do when there is too little of it.
fn advice_for(trace: &Trace, pool: &Track) -> (&'static str, &'static str) {
    let has =
        |name: &str| pool.counters.iter().any(|&index| trace.text_of(trace.counters()[index as usize].name) == name);
    if has("tokens") {
        let advice =
            "Raise the limiter's `total_tokens`, or let the work await, in `async def`: then it needs no thread.";
        ("tokens", advice)
    } else if has("limit") {
        ("connections", "Raise the limit, such as `aiohttp.TCPConnector(limit=…)`, if the other side can take it.")
    } else {
        ("threads", "Raise `max_workers`; for jobs that compute use processes, since threads share one GIL.")
    }
}

/// Threads that wait long for the GIL each time that they wake up.
fn convoys(trace: &Trace) -> Vec<Finding> {
    let gil = trace.find_name("GIL");
    let total = trace.end().since(Time::ZERO).secs();
    let mut found: Vec<(Duration, Finding)> = Vec::new();
    for track in trace.tracks().iter().filter(|track| track.kind == Kind::Thread) {
        let (mut times, mut waited, mut worst) = (0, Duration::ZERO, (Duration::ZERO, Time::ZERO, None));
        let mut holders: BTreeMap<Subject, usize> = BTreeMap::new();
        let mut woke = false;
        for span in trace.spans(track.subject) {
            if span.state == State::Ready && Some(span.reason) == gil && woke && span.duration() >= LONG_GIL_WAIT {
                times += 1;
                waited += span.duration();
                if let Some(on) = span.on {
                    *holders.entry(on).or_default() += 1;
                }
                if span.duration() > worst.0 {
                    worst = (span.duration(), span.start, span.line);
                }
            }
            // A wake-up may lead over a wait for a core to the wait for the GIL.
            woke = span.state == State::Waiting || (woke && span.state == State::Ready);
        }
        if times < 3 || total == 0.0 || waited.secs() / total < CONTENDED_SHARE {
            continue;
        }
        let holder = holders.into_iter().max_by_key(|&(_, n)| n).map(|(holder, _)| trace.name_of(holder));
        let what = format!(
            "{} wakes up and must wait for the GIL, {times} times, {} in all{}",
            trace.name_of(track.subject),
            words(waited),
            holder.map_or(String::new(), |holder| format!(", while {holder} computes"))
        );
        let advice = "A computing thread gives the GIL up only when asked, after a switch interval of 5 ms: move the \
                      computing to a process, shorten `sys.setswitchinterval`, or use a free-threaded Python.";
        let finding = Finding { what, advice: advice.into(), at: worst.1, subject: Some(track.subject), line: worst.2 };
        found.push((waited, finding));
    }
    order::sort_by_key(&mut found, |(waited, _)| std::cmp::Reverse(*waited));
    found.into_iter().take(MOST_OF_A_SORT).map(|(_, finding)| finding).collect()
}

/// Threads that compute and only take turns.
fn contention(trace: &Trace) -> Option<Finding> {
    let Metrics { gil_wait, gil_wait_share, .. } = Metrics::of(trace);
    let total = trace.end().since(Time::ZERO).secs();
    if gil_wait_share < CONTENDED_SHARE || gil_wait < LONG_GIL_WAIT || gil_wait.secs() < NOTICED_SHARE * total {
        return None;
    }
    let gil = trace.find_name("GIL");
    let longest = trace.tracks().iter().filter(|track| track.kind == Kind::Thread).flat_map(|track| {
        let wanted = trace.spans(track.subject).filter(|s| s.state == State::Ready && Some(s.reason) == gil);
        wanted.map(|span| (span.duration(), span.start, track.subject, span.line))
    });
    let (_, at, subject, line) = longest.max_by_key(|&(time, ..)| time)?;
    let what = format!(
        "Threads take turns with one GIL: together they wait {} for it, {:.0} % of the time that they could run",
        words(gil_wait),
        gil_wait_share * 100.0
    );
    let advice = "Threads do not make computing faster under a GIL: use processes (`ProcessPoolExecutor`) or a \
                  free-threaded Python.";
    Some(Finding { what, advice: advice.into(), at, subject: Some(subject), line })
}

/// A length of time to three digits.
pub(super) fn words(time: Duration) -> String {
    let (value, unit) = match time.0 {
        0..1_000 => return format!("{} ns", time.0),
        1_000..1_000_000 => (time.0 as f64 / 1e3, "µs"),
        1_000_000..1_000_000_000 => (time.0 as f64 / 1e6, "ms"),
        _ => (time.0 as f64 / 1e9, "s"),
    };
    let text = if value >= 99.95 { format!("{value:.0}") } else { format!("{value:.1}") };
    format!("{} {unit}", text.trim_end_matches(".0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Journal, Name};

    struct Loop {
        j: Journal,
        process: Subject,
        thread: Subject,
        event_loop: Subject,
        file: Name,
    }

    fn with_loop() -> Loop {
        let mut j = Journal::new();
        let process = j.born(Time(0), Kind::Process, "main", None, None, None);
        let thread = j.born(Time(0), Kind::Thread, "MainThread", Some(process), None, None);
        let event_loop = j.born(Time(0), Kind::Loop, "loop", Some(thread), None, None);
        let file = j.name("a.py");
        Loop { j, process, thread, event_loop, file }
    }

    const MS: u64 = 1_000_000;

    #[test]
    fn a_call_that_blocks_the_loop_is_found_with_its_line() {
        let Loop { mut j, thread, event_loop, file, .. } = with_loop();
        let task = j.born(Time(0), Kind::Task, "Task-1", Some(event_loop), None, None);
        for round in 0..3 {
            let at = round * 400 * MS;
            j.mark(Time(at), event_loop, "pass", None, None);
            j.state(Time(at), task, State::Running, "", None, None, None);
            j.state(Time(at), thread, State::Running, "", None, None, None);
            j.state(Time(at + 10), thread, State::Waiting, "sleep", None, None, Some(Line { file, line: 7 }));
            j.state(Time(at + 300 * MS), task, State::Waiting, "timer", None, None, None);
            j.mark(Time(at + 300 * MS), event_loop, "pass", None, None);
            j.state(Time(at + 300 * MS), thread, State::Waiting, "select", None, None, None);
        }
        let found = findings(&Trace::of(&j));
        assert_eq!(
            found[0].what,
            "The event loop serves nobody else for 300 ms, 3 times, 900 ms in all: Task-1 makes a call that blocks"
        );
        assert_eq!((found[0].line, found[0].subject), (Some(Line { file, line: 7 }), Some(task)));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn coroutines_that_were_never_awaited_are_counted() {
        let Loop { mut j, process, file, .. } = with_loop();
        for _ in 0..2 {
            let text = j.name("/srv/a.py:3: RuntimeWarning: coroutine 'f' was never awaited\n");
            let what = crate::journal::What::Output { stream: 2, text };
            j.push(crate::journal::Entry { at: Time(5), subject: process, what, cause: None, line: None });
        }
        let found = findings(&Trace::of(&j));
        assert_eq!(found[0].what, "coroutine 'f' was never awaited (2 times)");
        assert_eq!(found[0].line, Some(Line { file, line: 3 }));
    }

    #[test]
    fn a_pool_whose_users_wait_is_found_and_one_that_suffices_is_not() {
        let Loop { mut j, process, .. } = with_loop();
        for (name, waiting) in [("default limiter", 3), ("roomy", 0)] {
            let pool = j.born(Time(500 * MS), Kind::Pool, name, Some(process), None, None);
            j.count(Time(500 * MS), pool, "tokens", 40);
            j.count(Time(500 * MS), pool, "tokens", 5);
            j.count(Time(500 * MS), pool, "waiting", waiting);
        }
        j.mark(Time(1_000 * MS), process, "end", None, None);
        let found = findings(&Trace::of(&j));
        assert_eq!(found.len(), 1);
        assert!(
            found[0].what.starts_with("default limiter: up to 3 wait for one of 5 tokens, some for 500 ms of the 1 s"),
            "{}",
            found[0].what
        );
    }

    #[test]
    fn threads_that_compute_wait_for_the_gil_and_threads_that_hardly_do_are_no_finding() {
        let waits = |sleeps: u64| {
            let Loop { mut j, process, thread, .. } = with_loop();
            let other = j.born(Time(0), Kind::Thread, "other", Some(process), None, None);
            j.state(Time(0), other, State::Running, "", None, None, None);
            j.state(Time(0), thread, State::Ready, "GIL", Some(other), None, None);
            j.state(Time(20 * MS), thread, State::Running, "", None, None, None);
            j.state(Time(20 * MS), other, State::Waiting, "sleep", None, None, None);
            j.state(Time(40 * MS), thread, State::Waiting, "sleep", None, None, None);
            j.state(Time(sleeps * MS), thread, State::Done, "", None, None, None);
            findings(&Trace::of(&j)).iter().any(|found| found.what.starts_with("Threads take turns with one GIL"))
        };
        assert!(waits(60));
        assert!(!waits(10_000));
    }

    #[test]
    fn a_thread_that_waits_for_the_gil_after_every_sleep_is_a_convoy() {
        let Loop { mut j, process, thread, .. } = with_loop();
        let hog = j.born(Time(0), Kind::Thread, "hog", Some(process), None, None);
        for round in 0..4 {
            let at = round * 10 * MS;
            j.state(Time(at), thread, State::Waiting, "sleep", None, None, None);
            j.state(Time(at + MS), thread, State::Ready, "core", None, None, None);
            j.state(Time(at + MS + 9), thread, State::Ready, "GIL", Some(hog), None, None);
            j.state(Time(at + 6 * MS + 9), thread, State::Running, "", None, None, None);
        }
        let found = findings(&Trace::of(&j));
        assert_eq!(
            found[0].what,
            "MainThread wakes up and must wait for the GIL, 4 times, 20 ms in all, while hog computes"
        );
    }
}
