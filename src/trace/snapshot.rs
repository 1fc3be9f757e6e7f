//! The whole machine at one instant: who is on the cores, who holds the GIL and who wants it, what each event loop runs,
//! has ready and has asleep, what each pool gives out and who waits for it, who holds each lock.
//!
//! A snapshot is a pure function of the trace and the instant. It costs a step a track and a binary search for each that
//! lives then, so it can be taken anew with every movement of the cursor: a fraction of a millisecond for some thousands
//! of tasks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::metrics::{IN_USE, LIMITS, WAITING};
use super::{SpanRef, Trace};
use crate::journal::{Kind, Name, State, Subject};
use crate::order;
use crate::time::Time;

/// What a subject does at an instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Who.
    pub subject: Subject,
    /// Its span, to select or to explain.
    pub place: SpanRef,
    /// In what state it is.
    pub state: State,
    /// Ready: for what turn. Waiting: for what.
    pub reason: Name,
    /// Who has what it wants, or what it waits for.
    pub on: Option<Subject>,
    /// Since when.
    pub since: Time,
    /// Until when; the end of the trace for whoever stays so.
    pub until: Time,
}

/// A core and who is on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CoreNow {
    /// Which core.
    pub core: Subject,
    /// The thread on it; nothing while it is idle.
    pub thread: Option<Subject>,
    /// Since when.
    pub since: Time,
}

/// A process's GIL: its holder and its queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GilNow {
    /// Which GIL.
    pub gil: Subject,
    /// The thread that holds it; nothing while it is free.
    pub holder: Option<Subject>,
    /// Since when it is held by this thread, or free.
    pub since: Time,
    /// The threads that want it, the one that has waited longest first.
    pub queue: Vec<Standing>,
    /// When the holder was asked to drop it, if it has been asked since it took it.
    pub drop_requested: Option<Time>,
}

/// An event loop: whom it runs, who is ready, who sleeps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoopNow {
    /// Which loop.
    pub event_loop: Subject,
    /// What the loop itself does.
    pub standing: Option<Standing>,
    /// The task that it runs.
    pub running: Option<Standing>,
    /// The tasks in its ready queue, the next one first.
    pub ready: Vec<Standing>,
    /// The tasks of its heap of timers, the one that is due first ([`Standing::until`]) first.
    pub sleeping: Vec<Standing>,
    /// The tasks that wait for anything but time.
    pub waiting: Vec<Standing>,
    /// How many handles its ready queue held when it last looked: tasks and plain callbacks.
    pub n_handles: Option<i64>,
    /// How many timers its heap held when it last looked, those of timeouts and plain callbacks included.
    pub n_timers: Option<i64>,
}

/// A limiter, a connection pool or a worker pool: what it gives out, and who waits for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PoolNow {
    /// Which pool.
    pub pool: Subject,
    /// How many tokens, connections, threads or processes it has.
    pub limit: Option<i64>,
    /// How many of them are in use.
    pub in_use: Option<i64>,
    /// How many wait, by its own count.
    pub n_waiting: Option<i64>,
    /// The tasks and threads that wait for it, the one that has waited longest first; the requests, where only they are known.
    pub waiters: Vec<Standing>,
    /// The threads that work for it, in order of birth.
    pub threads: Vec<Standing>,
    /// Every counter of it that has a value.
    pub counters: Vec<(Name, i64)>,
}

/// A lock, event, condition or queue: who has it and who waits for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LockNow {
    /// Which lock.
    pub lock: Subject,
    /// Who holds it, where that is recorded.
    pub holder: Option<Subject>,
    /// Who waits for it, the one that has waited longest first.
    pub waiters: Vec<Standing>,
}

/// A process at an instant.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ProcessNow {
    /// Which; nothing for whatever belongs to no process.
    pub process: Option<Subject>,
    /// Its GIL; nothing for a free-threaded interpreter.
    pub gil: Option<GilNow>,
    /// The threads that live, in order of birth.
    pub threads: Vec<Standing>,
    /// Its event loops.
    pub loops: Vec<LoopNow>,
    /// Its pools.
    pub pools: Vec<PoolNow>,
    /// Its locks that are held or waited for.
    pub locks: Vec<LockNow>,
    /// Its requests that have come and are not answered yet, oldest first.
    pub requests: Vec<Standing>,
}

/// The machine at an instant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// When.
    pub at: Time,
    /// The cores.
    pub cores: Vec<CoreNow>,
    /// The threads that want a core, the one that has waited longest first.
    pub run_queue: Vec<Standing>,
    /// The processes that live, in order of birth.
    pub processes: Vec<ProcessNow>,
}

impl Snapshot {
    /// The machine at an instant of a trace.
    pub fn at(trace: &Trace, at: Time) -> Snapshot {
        let snapshot = Snapshot { at, cores: Vec::new(), run_queue: Vec::new(), processes: Vec::new() };
        let mut taker = Taker { trace, at, snapshot, waiters: BTreeMap::new() };
        let mut outside = ProcessNow::default();
        for track in trace.tracks() {
            if track.born > at {
                break;
            }
            if track.ended.is_some_and(|ended| ended <= at) {
                continue;
            }
            match (track.kind, track.parent) {
                (Kind::Core, _) => taker.core(track.subject),
                (Kind::Process, _) => {
                    let mut process = ProcessNow { process: Some(track.subject), ..ProcessNow::default() };
                    taker.children(track.subject, &mut process);
                    taker.snapshot.processes.push(process);
                }
                (_, None) => taker.visit(track.subject, &mut outside),
                _ => {}
            }
        }
        if outside != ProcessNow::default() {
            taker.snapshot.processes.push(outside);
        }
        taker.finish()
    }

    /// The process that a subject belongs to.
    pub fn process_of(&self, trace: &Trace, subject: Subject) -> Option<&ProcessNow> {
        let process = trace.ancestor(subject, Kind::Process);
        self.processes.iter().find(|now| now.process == process)
    }

    /// All of it in lines, for tests and for reading aloud.
    pub fn text(&self, trace: &Trace) -> String {
        Writer { trace, at: self.at, out: String::new() }.snapshot(self)
    }
}

impl Trace {
    /// What a subject does at an instant; nothing before its birth, after its end and for whoever has no states.
    pub fn standing(&self, subject: Subject, at: Time) -> Option<Standing> {
        let place = self.span_at(subject, at)?;
        let span = self.span(place);
        let (since, until) = (span.start, span.end);
        Some(Standing { subject, place, state: span.state, reason: span.reason, on: span.on, since, until })
    }
}

struct Taker<'a> {
    trace: &'a Trace,
    at: Time,
    snapshot: Snapshot,
    /// Who waits for a pool or a lock.
    waiters: BTreeMap<Subject, Vec<Standing>>,
}

impl Taker<'_> {
    fn core(&mut self, core: Subject) {
        let standing = self.trace.standing(core, self.at);
        let thread = standing.filter(|now| now.state == State::Running).and_then(|now| now.on);
        let since = standing.map_or(Time::ZERO, |now| now.since);
        self.snapshot.cores.push(CoreNow { core, thread, since });
    }

    fn children(&mut self, parent: Subject, into: &mut ProcessNow) {
        let trace = self.trace;
        for &child in &trace.track(parent).children {
            self.visit(child, into);
        }
    }

    fn visit(&mut self, subject: Subject, into: &mut ProcessNow) {
        let track = self.trace.track(subject);
        if track.born > self.at || track.ended.is_some_and(|ended| ended <= self.at) {
            return;
        }
        let standing = self.trace.standing(subject, self.at);
        if let Some(now) = standing
            && now.state == State::Waiting
            && let Some(on) = now.on
        {
            self.waiters.entry(on).or_default().push(now);
        }
        match track.kind {
            Kind::Thread => {
                into.threads.extend(standing);
                self.children(subject, into);
            }
            Kind::Gil => into.gil = Some(self.gil(subject, standing)),
            Kind::Loop => {
                into.loops.push(LoopNow {
                    event_loop: subject,
                    standing,
                    running: None,
                    ready: Vec::new(),
                    sleeping: Vec::new(),
                    waiting: Vec::new(),
                    n_handles: self.counter(subject, &["ready queue"]),
                    n_timers: self.counter(subject, &["timers"]),
                });
                self.children(subject, into);
            }
            Kind::Task => {
                if let Some(now) = standing {
                    self.task(now, into);
                }
                self.children(subject, into);
            }
            Kind::Request => into.requests.extend(standing),
            Kind::Pool => {
                into.pools.push(PoolNow {
                    pool: subject,
                    limit: self.counter(subject, &LIMITS),
                    in_use: self.counter(subject, &IN_USE),
                    n_waiting: self.counter(subject, &WAITING),
                    waiters: Vec::new(),
                    threads: Vec::new(),
                    counters: self.counters(subject),
                });
                self.children(subject, into);
            }
            Kind::Lock => {
                let holder = standing.filter(|now| now.state == State::Running).and_then(|now| now.on);
                into.locks.push(LockNow { lock: subject, holder, waiters: Vec::new() });
                self.children(subject, into);
            }
            // A process below a process stands in the list of processes.
            Kind::Process | Kind::Core | Kind::Call => {}
        }
    }

    fn task(&mut self, now: Standing, into: &mut ProcessNow) {
        let parent = self.trace.track(now.subject).parent;
        let Some(host) = into.loops.iter_mut().rev().find(|host| Some(host.event_loop) == parent) else { return };
        match now.state {
            State::Running => host.running = Some(now),
            State::Ready => host.ready.push(now),
            State::Waiting if self.trace.text_of(now.reason) == "sleep" => host.sleeping.push(now),
            State::Waiting | State::Done => host.waiting.push(now),
        }
    }

    fn gil(&self, gil: Subject, standing: Option<Standing>) -> GilNow {
        let since = standing.map_or(Time::ZERO, |now| now.since);
        let requests = self.trace.instants_of(gil, since, Time(self.at.0.saturating_add(1)));
        let is_request = |&&mark: &&u32| self.trace.text_of(self.trace.instant(mark).name) == "drop request";
        let asked = requests.iter().rev().find(is_request).map(|&mark| self.trace.instant(mark).at);
        let holder = standing.filter(|now| now.state == State::Running).and_then(|now| now.on);
        GilNow { gil, holder, since, queue: Vec::new(), drop_requested: asked.filter(|_| holder.is_some()) }
    }

    /// The value of the first of these counters that a subject has.
    fn counter(&self, subject: Subject, names: &[&str]) -> Option<i64> {
        let all = self.counters(subject);
        names.iter().find_map(|name| all.iter().find(|(known, _)| self.trace.text_of(*known) == *name)).map(|&(_, n)| n)
    }

    fn counters(&self, subject: Subject) -> Vec<(Name, i64)> {
        let counters = self.trace.track(subject).counters.iter().map(|&i| &self.trace.counters()[i as usize]);
        counters.filter_map(|counter| Some((counter.name, self.trace.counter_at(counter, self.at)?))).collect()
    }

    /// Gives everybody to the queues in which they stand.
    fn finish(mut self) -> Snapshot {
        let trace = self.trace;
        for process in &mut self.snapshot.processes {
            let ready = process.threads.iter().filter(|now| now.state == State::Ready);
            for &now in ready {
                match (trace.text_of(now.reason), &mut process.gil) {
                    ("GIL", Some(gil)) => gil.queue.push(now),
                    _ => self.snapshot.run_queue.push(now),
                }
            }
            if let Some(gil) = &mut process.gil {
                in_order(trace, &mut gil.queue);
            }
            for host in &mut process.loops {
                in_order(trace, &mut host.ready);
                in_order(trace, &mut host.waiting);
                order::sort_by_key(&mut host.sleeping, |now| (now.until, now.place));
            }
            for pool in &mut process.pools {
                pool.waiters = self.waiters.remove(&pool.pool).unwrap_or_default();
                // A request waits for a token because its task does.
                if pool.waiters.iter().any(|now| trace.track(now.subject).kind != Kind::Request) {
                    pool.waiters.retain(|now| trace.track(now.subject).kind != Kind::Request);
                }
                in_order(trace, &mut pool.waiters);
                let is_worker = |now: &&Standing| works_for(trace.name_of(now.subject), pool, trace);
                pool.threads = process.threads.iter().filter(is_worker).copied().collect();
            }
            for lock in &mut process.locks {
                lock.waiters = self.waiters.remove(&lock.lock).unwrap_or_default();
                in_order(trace, &mut lock.waiters);
            }
            process.locks.retain(|lock| lock.holder.is_some() || !lock.waiters.is_empty());
        }
        in_order(trace, &mut self.snapshot.run_queue);
        self.snapshot
    }
}

/// By when they came: in the order of the record.
fn in_order(trace: &Trace, queue: &mut [Standing]) {
    order::sort_by_key(queue, |now| (now.since, trace.span(now.place).entry));
}

/// Whether a thread of this name works for a pool: an executor names its threads `prefix_0`, AnyIO's work for a limiter.
fn works_for(thread: &str, pool: &PoolNow, trace: &Trace) -> bool {
    let name = trace.name_of(pool.pool);
    let of_executor = thread.strip_prefix(name).and_then(|rest| rest.strip_prefix('_'));
    let is_numbered = of_executor.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    is_numbered || (name == "default limiter" && thread == "AnyIO worker thread")
}

/// Writes a snapshot in lines.
struct Writer<'a> {
    trace: &'a Trace,
    at: Time,
    out: String,
}

impl Writer<'_> {
    fn snapshot(mut self, snapshot: &Snapshot) -> String {
        for core in &snapshot.cores {
            let who = core.thread.map_or("idle".into(), |thread| self.name(thread));
            let name = self.name(core.core);
            self.line(0, &format!("{name}: {who}"));
        }
        self.queue(0, "run queue", &snapshot.run_queue);
        for process in &snapshot.processes {
            let name = process.process.map_or("outside".into(), |process| self.name(process));
            self.line(0, &format!("process {name}"));
            self.process(process);
        }
        self.out
    }

    fn process(&mut self, process: &ProcessNow) {
        if let Some(gil) = &process.gil {
            let holder = gil.holder.map_or("free".into(), |holder| format!("held by {}", self.name(holder)));
            let asked = gil.drop_requested.map_or("", |_| ", asked to drop it");
            self.line(1, &format!("GIL {holder} for {}{asked}", self.at.since(gil.since)));
            self.queue(2, "wanted by", &gil.queue);
        }
        for &thread in &process.threads {
            let words = self.standing(thread);
            self.line(1, &format!("thread {words}"));
        }
        for host in &process.loops {
            let name = self.name(host.event_loop);
            let running = host.running.map_or("none".into(), |now| self.name(now.subject));
            let count = |n: Option<i64>| n.map_or("?".into(), |n| n.to_string());
            let (handles, timers) = (count(host.n_handles), count(host.n_timers));
            self.line(1, &format!("loop {name}: runs {running}, {handles} handles, {timers} timers"));
            self.queue(2, "ready", &host.ready);
            for (title, tasks) in [("asleep", &host.sleeping), ("waits", &host.waiting)] {
                for &now in tasks {
                    let words = self.standing(now);
                    self.line(2, &format!("{title}: {words}"));
                }
            }
        }
        for pool in &process.pools {
            let counters = pool.counters.iter().map(|&(name, n)| format!("{} {n}", self.trace.text_of(name)));
            let counters = counters.collect::<Vec<_>>().join(", ");
            let name = self.name(pool.pool);
            self.line(1, &format!("pool {name}: {counters}"));
            self.queue(2, "waited for by", &pool.waiters);
            self.queue(2, "threads", &pool.threads);
        }
        for lock in &process.locks {
            let holder = lock.holder.map_or(String::new(), |holder| format!(" held by {}", self.name(holder)));
            let name = self.name(lock.lock);
            self.line(1, &format!("lock {name}{holder}"));
            self.queue(2, "waited for by", &lock.waiters);
        }
        for &request in &process.requests {
            let words = self.standing(request);
            self.line(1, &format!("request {words}"));
        }
    }

    fn queue(&mut self, depth: usize, title: &str, queue: &[Standing]) {
        if !queue.is_empty() {
            let names: Vec<String> = queue.iter().map(|now| self.name(now.subject)).collect();
            self.line(depth, &format!("{title}: {}", names.join(", ")));
        }
    }

    fn standing(&self, now: Standing) -> String {
        let state = match now.state {
            State::Running => "runs",
            State::Ready => "ready",
            State::Waiting => "waits",
            State::Done => "done",
        };
        let reason = self.trace.text_of(now.reason);
        let space = if reason.is_empty() { "" } else { " " };
        let on = now.on.map_or(String::new(), |on| format!(" ({})", self.name(on)));
        format!("{}: {state}{space}{reason}{on} for {}", self.name(now.subject), self.at.since(now.since))
    }

    fn name(&self, subject: Subject) -> String {
        let name = self.trace.name_of(subject);
        self.trace.ordinal(subject).map_or_else(|| name.to_string(), |n| format!("{name} {n}"))
    }

    fn line(&mut self, depth: usize, words: &str) {
        let _ = writeln!(self.out, "{:depth$}{words}", "", depth = 2 * depth);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    /// Two threads want one GIL; a loop runs one task, has two ready and two asleep; a limiter is waited for.
    fn busy() -> Trace {
        let mut j = Journal::new();
        let core = j.born(Time(0), Kind::Core, "core 0", None, None, None);
        let p = j.born(Time(0), Kind::Process, "web", None, None, None);
        let gil = j.born(Time(0), Kind::Gil, "GIL", Some(p), None, None);
        let main = j.born(Time(0), Kind::Thread, "MainThread", Some(p), None, None);
        let worker = j.born(Time(0), Kind::Thread, "pool_0", Some(p), None, None);
        let pool = j.born(Time(0), Kind::Pool, "pool", Some(p), None, None);
        let lock = j.born(Time(0), Kind::Lock, "Lock", Some(p), None, None);
        let host = j.born(Time(0), Kind::Loop, "loop", Some(main), None, None);
        let task: Vec<_> =
            (0..6).map(|n| j.born(Time(0), Kind::Task, &format!("t{n}"), Some(host), None, None)).collect();
        j.state(Time(0), core, State::Running, "", Some(main), None, None);
        j.state(Time(0), gil, State::Running, "held", Some(main), None, None);
        j.state(Time(0), main, State::Running, "", None, None, None);
        j.count(Time(0), pool, "tokens", 1);
        j.count(Time(0), pool, "tokens in use", 1);
        j.count(Time(0), host, "timers", 3);
        j.state(Time(1), task[2], State::Ready, "", None, None, None);
        j.state(Time(1), task[1], State::Ready, "", None, None, None);
        j.state(Time(2), task[0], State::Running, "", None, None, None);
        j.state(Time(2), task[3], State::Waiting, "sleep", None, None, None);
        j.state(Time(2), task[4], State::Waiting, "sleep", None, None, None);
        j.state(Time(3), task[5], State::Waiting, "token", Some(pool), None, None);
        j.state(Time(3), lock, State::Running, "", Some(task[5]), None, None);
        j.state(Time(4), worker, State::Ready, "GIL", Some(main), None, None);
        j.mark(Time(9), gil, "drop request", None, None);
        j.state(Time(20), task[4], State::Ready, "", None, None, None);
        j.state(Time(30), task[3], State::Ready, "", None, None, None);
        j.state(Time(30), worker, State::Done, "", None, None, None);
        j.state(Time(40), task[0], State::Done, "", None, None, None);
        Trace::of(&j)
    }

    #[test]
    fn everybody_stands_where_they_are_at_the_instant() {
        let trace = busy();
        assert_eq!(
            Snapshot::at(&trace, Time(10)).text(&trace),
            "core 0: MainThread\n\
             process web\n  GIL held by MainThread for 10 ns, asked to drop it\n    wanted by: pool_0\n  \
             thread MainThread: runs for 10 ns\n  thread pool_0: ready GIL (MainThread) for 6 ns\n  \
             loop loop: runs t0, ? handles, 3 timers\n    ready: t2, t1\n    \
             asleep: t4: waits sleep for 8 ns\n    asleep: t3: waits sleep for 8 ns\n    \
             waits: t5: waits token (pool) for 7 ns\n  \
             pool pool: tokens 1, tokens in use 1\n    waited for by: t5\n    threads: pool_0\n  \
             lock Lock held by t5\n"
        );
    }

    #[test]
    fn before_anything_happened_and_after_all_has_ended_nobody_does_anything() {
        let trace = busy();
        let late = Snapshot::at(&trace, Time(40));
        assert_eq!(late.processes[0].loops[0].running, None);
        assert_eq!(late.processes[0].threads.len(), 1);
        let early = Snapshot::at(&Trace::default(), Time(0));
        assert!(early.cores.is_empty() && early.processes.is_empty());
    }
}
