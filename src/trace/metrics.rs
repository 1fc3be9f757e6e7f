//! Numbers about a run or a stretch of it: how long, how many, how late, how much waiting for the GIL, how blocked the
//! loop was, how busy cores and pools were.

use super::histogram::Histogram;
use super::{Trace, Track};
use crate::journal::{Kind, State, Subject};
use crate::order;
use crate::time::{Duration, Time};

/// The summary of a run or of a stretch of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Metrics {
    /// From the beginning to the last entry, or the length of the stretch.
    pub total: Duration,
    /// What was counted as a piece of work: requests where there are any, tasks else.
    pub work: Kind,
    /// How many pieces of work there were: those that lived at any time of the stretch.
    pub n_work: usize,
    /// How many of them ended in it.
    pub n_ended: usize,
    /// Ended pieces of work a second; nothing for a run without length.
    pub throughput: Option<f64>,
    /// The latency that half of the ended pieces of work did not exceed.
    pub p50: Option<Duration>,
    /// The latency that 90 % of the ended pieces of work did not exceed.
    pub p90: Option<Duration>,
    /// The latency that 99 % of the ended pieces of work did not exceed.
    pub p99: Option<Duration>,
    /// How the latencies of the ended pieces of work are spread.
    pub latencies: Histogram,
    /// Time that threads were ready and only lacked the GIL, summed over threads.
    pub gil_wait: Duration,
    /// The part of [`Metrics::gil_wait`] in the time that threads ran or were ready, 0 to 1.
    pub gil_wait_share: f64,
    /// The longest time between two passes of an event loop in which it did not wait for events.
    pub loop_lag: Option<Duration>,
    /// Which loop that was, and when that pass began.
    pub loop_lag_at: Option<(Subject, Time)>,
    /// How many cores had work on average; 1 is one core always busy.
    pub cores_used: f64,
    /// How many cores the machine has, where they are recorded.
    pub n_cores: Option<usize>,
    /// How busy each core was, 0 to 1, in order of number.
    pub cores: Vec<(Subject, f64)>,
    /// How each pool was used that counts what it gives out.
    pub pools: Vec<PoolUse>,
}

/// How a limiter, a connection pool or a worker pool was used.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PoolUse {
    /// Which pool.
    pub pool: Subject,
    /// The most that it had to give out, where it has a limit.
    pub limit: Option<i64>,
    /// How much of it was in use on average.
    pub mean_in_use: f64,
    /// The most that was in use at once.
    pub peak_in_use: i64,
    /// How many waited for it on average.
    pub mean_waiting: f64,
    /// The most that waited at once.
    pub peak_waiting: i64,
}

/// Counters that say how much a pool has to give out, by what it is a pool of.
pub(super) const LIMITS: [&str; 4] = ["tokens", "limit", "threads", "processes"];
/// Counters that say how much of it is in use.
pub(super) const IN_USE: [&str; 2] = ["tokens in use", "in use"];
/// Counters that say how many wait for it.
pub(super) const WAITING: [&str; 2] = ["waiting", "queued"];

impl Metrics {
    /// The summary of what a trace holds so far.
    pub fn of(trace: &Trace) -> Metrics {
        Metrics::between(trace, Time::ZERO, trace.end())
    }

    /// The summary of a stretch of time.
    pub fn between(trace: &Trace, from: Time, to: Time) -> Metrics {
        let total = to.since(from);
        let work = if trace.tracks().iter().any(|t| t.kind == Kind::Request) { Kind::Request } else { Kind::Task };
        let is_within = |at: Time| from <= at && at <= to;
        let lived = |t: &&Track| t.kind == work && t.born <= to && t.ended.is_none_or(|ended| ended >= from);
        let tracks = trace.tracks().iter().filter(lived);
        let ended = tracks.clone().filter_map(|t| Some((t.ended.filter(|&at| is_within(at))?, t.born)));
        let mut latencies: Vec<Duration> = ended.map(|(ended, born)| ended.since(born)).collect();
        order::sort(&mut latencies);
        let (gil_wait, wanted) = gil_wait(trace, from, to);
        let lag = loop_lag(trace, from, to);
        let per_total = |time: Duration| {
            if total == Duration::ZERO { 0.0 } else { time.secs() / total.secs() }
        };
        let busy = |kind| {
            let tracks = trace.tracks().iter().filter(move |t| t.kind == kind);
            tracks.map(|t| (t.subject, per_total(t.spans.times_between(from, to, trace.end()).running)))
        };
        let cores: Vec<(Subject, f64)> = busy(Kind::Core).collect();
        // Where cores are not recorded, the threads that ran tell how many had work.
        let cores_used = if cores.is_empty() { busy(Kind::Thread).map(|(_, share)| share).sum() } else { sum(&cores) };
        let pools = trace.tracks().iter().filter(|t| t.kind == Kind::Pool);
        Metrics {
            total,
            work,
            n_work: tracks.count(),
            n_ended: latencies.len(),
            throughput: (total > Duration::ZERO && !latencies.is_empty())
                .then(|| latencies.len() as f64 / total.secs()),
            p50: percentile(&latencies, 50),
            p90: percentile(&latencies, 90),
            p99: percentile(&latencies, 99),
            latencies: Histogram::of(&latencies),
            gil_wait,
            gil_wait_share: if wanted == Duration::ZERO { 0.0 } else { gil_wait.secs() / wanted.secs() },
            loop_lag: lag.map(|(lag, ..)| lag),
            loop_lag_at: lag.map(|(_, subject, at)| (subject, at)),
            cores_used,
            n_cores: Some(cores.len()).filter(|&n| n > 0),
            cores,
            pools: pools.filter_map(|pool| pool_use(trace, pool, from, to)).collect(),
        }
    }
}

fn sum(shares: &[(Subject, f64)]) -> f64 {
    shares.iter().map(|(_, share)| share).sum()
}

/// The smallest value that `percent` of the values do not exceed (nearest rank).
fn percentile(sorted: &[Duration], percent: usize) -> Option<Duration> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Time of threads that waited for the GIL, and their time running or ready for anything.
fn gil_wait(trace: &Trace, from: Time, to: Time) -> (Duration, Duration) {
    let gil = trace.find_name("GIL");
    let (mut waited, mut wanted) = (Duration::ZERO, Duration::ZERO);
    for track in trace.tracks().iter().filter(|t| t.kind == Kind::Thread) {
        let times = track.spans.times_between(from, to, trace.end());
        wanted += times.running + times.ready;
        if gil.is_none() || times.ready == Duration::ZERO {
            continue;
        }
        let spans = &track.spans;
        let within = spans.first_ending_after(from)..spans.starts().partition_point(|&start| start < to);
        for span in within.map(|i| spans.at(i, trace.end())) {
            if span.state == State::Ready && Some(span.reason) == gil {
                waited += span.end.min(to).since(span.start.max(from));
            }
        }
    }
    (waited, wanted)
}

/// How a pool was used; nothing for one that counts nothing of the kind.
fn pool_use(trace: &Trace, pool: &Track, from: Time, to: Time) -> Option<PoolUse> {
    let counter = |names: &[&str]| {
        let of = |name: &&str| {
            let is_it = |&&i: &&u32| trace.text_of(trace.counters()[i as usize].name) == *name;
            pool.counters.iter().find(is_it).map(|&i| &trace.counters()[i as usize])
        };
        names.iter().find_map(of)
    };
    let (limit, in_use, waiting) = (counter(&LIMITS), counter(&IN_USE), counter(&WAITING));
    if in_use.is_none() && waiting.is_none() {
        return None;
    }
    let used = in_use.map_or((0.0, 0), |counter| counter.between(from, to));
    let waited = waiting.map_or((0.0, 0), |counter| counter.between(from, to));
    Some(PoolUse {
        pool: pool.subject,
        limit: limit.map(|counter| counter.between(from, to).1),
        mean_in_use: used.0,
        peak_in_use: used.1,
        mean_waiting: waited.0,
        peak_waiting: waited.1,
    })
}

/// The longest stretch between two marks "pass" of a loop in which it was not waiting for events, of those that touch a
/// stretch of time.
fn loop_lag(trace: &Trace, from: Time, to: Time) -> Option<(Duration, Subject, Time)> {
    let mut longest: Option<(Duration, Subject, Time)> = None;
    each_lag(trace, &mut |lag, subject, begin, end| {
        if end >= from && begin <= to && longest.is_none_or(|(best, ..)| lag > best) {
            longest = Some((lag, subject, begin));
        }
    });
    longest
}

/// Tells of every stretch between two marks "pass" of a loop how long it did not wait for events, whose it is, and
/// from when to when it goes.
pub(super) fn each_lag(trace: &Trace, tell: &mut dyn FnMut(Duration, Subject, Time, Time)) {
    for track in trace.tracks().iter().filter(|t| t.kind == Kind::Loop) {
        let passes = track.instants.iter().map(|&i| trace.instant(i)).filter(|i| trace.text_of(i.name) == "pass");
        let mut edges: Vec<Time> = passes.map(|i| i.at).collect();
        if edges.is_empty() {
            continue;
        }
        edges.push(track.ended.unwrap_or(trace.end()));
        let idle = idle_spans(trace, track);
        let mut next_idle = 0;
        for pair in edges.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            while idle.get(next_idle).is_some_and(|&(_, end)| end <= from) {
                next_idle += 1;
            }
            let within = idle[next_idle..].iter().take_while(|&&(start, _)| start < to);
            let waited = within.fold(Duration::ZERO, |sum, &(start, end)| sum + end.min(to).since(start.max(from)));
            let lag = to.since(from).saturating_sub(waited);
            tell(lag, track.subject, from, to);
        }
    }
}

/// When a loop waited for events: its own waiting spans, or those of its thread that wait in a selector.
///
/// A thread that waits for anything else, as in `time.sleep`, blocks its loop: that is lag.
fn idle_spans(trace: &Trace, track: &Track) -> Vec<(Time, Time)> {
    let waits = |subject, is_idle: &dyn Fn(&str) -> bool| {
        let waiting = trace.spans(subject).filter(|s| s.state == State::Waiting);
        waiting.filter(|s| is_idle(trace.text_of(s.reason))).map(|s| (s.start, s.end)).collect()
    };
    match track.parent {
        Some(thread) if track.spans.is_empty() => waits(thread, &is_selector),
        _ => waits(track.subject, &|_| true),
    }
}

/// Whether a reason names the wait of an event loop for events.
fn is_selector(reason: &str) -> bool {
    ["select", "poll", "kqueue", "events"].iter().any(|word| reason.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    #[test]
    fn percentiles_are_values_that_occurred() {
        let values: Vec<_> = (1..=100).map(Duration).collect();
        assert_eq!(percentile(&values, 50), Some(Duration(50)));
        assert_eq!(percentile(&values, 99), Some(Duration(99)));
        assert_eq!(percentile(&values[..1], 99), Some(Duration(1)));
        assert_eq!(percentile(&[], 50), None);
    }

    #[test]
    fn a_request_lasts_from_birth_to_end_and_counts_before_tasks() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "server", None, None, None);
        j.born(Time(0), Kind::Task, "t", Some(p), None, None);
        for n in 1..=4 {
            let request = j.born(Time(n * 1_000_000_000), Kind::Request, "GET /", Some(p), None, None);
            j.state(Time(n * 1_000_000_000 + n * 1000), request, State::Done, "", None, None, None);
        }
        let metrics = Metrics::of(&Trace::of(&j));
        assert_eq!((metrics.work, metrics.n_work, metrics.n_ended), (Kind::Request, 4, 4));
        assert_eq!((metrics.p50, metrics.p99), (Some(Duration(2000)), Some(Duration(4000))));
        assert!((metrics.throughput.unwrap() - 1.0).abs() < 1e-3);
    }

    #[test]
    fn waiting_for_the_gil_is_told_from_waiting_for_a_core() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let t = j.born(Time(0), Kind::Thread, "A", Some(p), None, None);
        j.state(Time(0), t, State::Running, "", None, None, None);
        j.state(Time(50), t, State::Ready, "GIL", None, None, None);
        j.state(Time(75), t, State::Ready, "core", None, None, None);
        j.state(Time(100), t, State::Waiting, "sleep", None, None, None);
        j.state(Time(200), t, State::Done, "", None, None, None);
        let metrics = Metrics::of(&Trace::of(&j));
        assert_eq!((metrics.gil_wait, metrics.gil_wait_share), (Duration(25), 0.25));
        assert_eq!((metrics.cores_used, metrics.n_cores), (0.25, None));
    }

    #[test]
    fn a_blocking_call_is_loop_lag_and_waiting_for_events_is_not() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let t = j.born(Time(0), Kind::Thread, "MainThread", Some(p), None, None);
        let l = j.born(Time(0), Kind::Loop, "loop", Some(t), None, None);
        j.mark(Time(0), l, "pass", None, None);
        j.state(Time(0), t, State::Waiting, "select", None, None, None);
        j.state(Time(1000), t, State::Running, "", None, None, None);
        j.mark(Time(1010), l, "pass", None, None);
        j.state(Time(1020), t, State::Waiting, "sleep", None, None, None);
        j.state(Time(1320), t, State::Running, "", None, None, None);
        j.mark(Time(1330), l, "pass", None, None);
        let metrics = Metrics::of(&Trace::of(&j));
        assert_eq!(metrics.loop_lag, Some(Duration(320)));
        assert_eq!(metrics.loop_lag_at, Some((l, Time(1010))));
    }

    #[test]
    fn a_stretch_counts_what_is_in_it_and_cuts_what_reaches_out() {
        let mut j = Journal::new();
        let core = j.born(Time(0), Kind::Core, "core 0", None, None, None);
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let pool = j.born(Time(0), Kind::Pool, "limiter", Some(p), None, None);
        let t = j.born(Time(0), Kind::Thread, "A", Some(p), None, None);
        j.state(Time(0), core, State::Running, "", Some(t), None, None);
        j.state(Time(0), t, State::Ready, "GIL", None, None, None);
        j.count(Time(0), pool, "tokens", 4);
        j.count(Time(0), pool, "tokens in use", 1);
        let early = j.born(Time(0), Kind::Task, "early", Some(p), None, None);
        let late = j.born(Time(10), Kind::Task, "late", Some(p), None, None);
        j.state(Time(20), early, State::Done, "", None, None, None);
        j.state(Time(50), t, State::Running, "", None, None, None);
        j.count(Time(60), pool, "tokens in use", 3);
        j.count(Time(60), pool, "waiting", 2);
        j.state(Time(80), late, State::Done, "", None, None, None);
        j.state(Time(80), core, State::Waiting, "idle", None, None, None);
        j.state(Time(100), t, State::Done, "", None, None, None);
        let metrics = Metrics::between(&Trace::of(&j), Time(40), Time(80));
        assert_eq!(
            (metrics.total, metrics.n_work, metrics.n_ended, metrics.p90),
            (Duration(40), 1, 1, Some(Duration(70)))
        );
        assert_eq!((metrics.gil_wait, metrics.gil_wait_share, metrics.cores_used), (Duration(10), 0.25, 1.0));
        let PoolUse { limit, mean_in_use, peak_in_use, mean_waiting, peak_waiting, .. } = metrics.pools[0];
        assert_eq!((limit, mean_in_use, peak_in_use, mean_waiting, peak_waiting), (Some(4), 2.0, 3, 1.0, 2));
        assert_eq!(metrics.latencies.n(), 1);
    }
}
