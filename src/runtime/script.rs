//! Threads as lists of bursts: drives the models as a world would, without Python.

use proptest::prelude::*;

use super::*;
use crate::journal::{Journal, Kind, State, Subject, What};
use crate::kernel::{Choices, Kernel, Policy, Streams};
use crate::machine::{Context, Overshoot, Parameters, ProcessId, ThreadId, Timer};
use crate::time::{Duration, Time};

/// One step of a thread's program. Locks are numbered from 0, threads in the order of the list.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Op {
    /// Python for so many microseconds, with a check point at the end of each.
    Compute(u64),
    /// `time.sleep` of so many microseconds.
    Sleep(u64),
    Acquire(u32),
    Release(u32),
    /// Blocks until the thread with this number wakes it.
    Park,
    Unpark(u32),
    /// A signal for the thread with this number, if there is one: what it is blocked in begins anew.
    Interrupt(u32),
    /// Work without the GIL for so many microseconds.
    Native(u64),
    Start(u32),
}
use Op::*;

/// What the script saw: when, which thread, what.
type Log = Vec<(u64, u32, &'static str)>;

struct Script {
    kernel: Kernel<Timer>,
    journal: Journal,
    choices: Choices,
    system: System,
    programs: Vec<(ThreadId, Vec<Op>)>,
    /// Per program: the next step, and how much of it is done [ns].
    places: Vec<(usize, u64)>,
    /// What the thread's burst was, to be finished when it ends [ns].
    spent: Vec<u64>,
    locks: Vec<LockId>,
    log: Log,
}

const CHECK_NS: u64 = 1_000;

/// No latency but the wake-up's, as in the worked examples of the rules.
fn plain(n_cores: usize) -> Parameters {
    Parameters {
        n_cores,
        context_switch: Duration::ZERO,
        wake_latency_idle: [(Duration::millis(1), Duration::micros(5)); 4],
        overshoot: Overshoot::Slack(Duration::ZERO),
        ..Parameters::default()
    }
}

macro_rules! cx {
    ($script:expr) => {
        &mut Context { kernel: &mut $script.kernel, journal: &mut $script.journal, choices: &mut $script.choices }
    };
}

impl Script {
    /// A process a program; those marked are started at once, in order.
    fn new(parameters: Parameters, programs: &[(u32, bool, Vec<Op>)]) -> Script {
        let usual = Generation::Requests { interval: Gil::DEFAULT_INTERVAL };
        Script::of(parameters, Some(usual), programs)
    }

    /// The same with a GIL of this generation, or none.
    fn of(parameters: Parameters, generation: Option<Generation>, programs: &[(u32, bool, Vec<Op>)]) -> Script {
        let mut journal = Journal::new();
        let system = System::new(parameters, &mut journal);
        let n = programs.len();
        let mut script = Script {
            kernel: Kernel::new(),
            journal,
            choices: Choices::default(),
            system,
            programs: Vec::new(),
            places: vec![(0, 0); n],
            spent: vec![0; n],
            locks: Vec::new(),
            log: Vec::new(),
        };
        let mut processes: Vec<ProcessId> = Vec::new();
        for (n, (process, _, ops)) in programs.iter().enumerate() {
            while processes.len() <= *process as usize {
                let name = format!("p{}", processes.len());
                processes.push(script.system.add_process(cx!(script), &name, generation, None));
            }
            let process = processes[*process as usize];
            let id = script.system.add_thread(cx!(script), process, &format!("t{n}"), None);
            script.programs.push((id, ops.clone()));
        }
        script.locks = (0..4).map(|_| script.system.add_lock(Handover::Semaphore, None)).collect();
        for (n, (_, starts, _)) in programs.iter().enumerate() {
            if *starts {
                script.system.start(cx!(script), ThreadId(n as u32), None);
            }
        }
        script
    }

    fn note(&mut self, thread: ThreadId, what: &'static str) {
        self.log.push((self.kernel.now().0, thread.0, what));
    }

    /// Runs until nothing happens any more, or until `end`.
    fn run(&mut self, end: Time) {
        loop {
            while let Some(notice) = self.system.next_notice() {
                match notice {
                    Notice::Run(thread, resumed) => {
                        self.note(thread, "run");
                        if resumed == Resumed::TimedOut || resumed == Resumed::Woken || resumed == Resumed::NativeDone {
                            self.step_done(thread);
                        }
                        self.python(thread);
                    }
                    Notice::BurstEnded(thread) => {
                        let n = thread.0 as usize;
                        self.places[n].1 += std::mem::take(&mut self.spent[n]);
                        self.check_request(thread);
                        if self.system.check_point(cx!(self), thread) {
                            self.python(thread);
                        } else {
                            self.note(thread, "drop");
                        }
                    }
                }
                self.check();
            }
            if self.kernel.next_time().is_none_or(|at| at > end) {
                return;
            }
            let before = self.kernel.now();
            let Some((at, timer)) = self.kernel.pop() else { return };
            assert!(at >= before, "time goes forward");
            self.system.handle(cx!(self), timer);
        }
    }

    fn step_done(&mut self, thread: ThreadId) {
        let place = &mut self.places[thread.0 as usize];
        *place = (place.0 + 1, 0);
    }

    /// The thread has the GIL: steps that take no time, then a burst or a block.
    fn python(&mut self, thread: ThreadId) {
        let now = self.kernel.now();
        loop {
            let n = thread.0 as usize;
            let (step, done) = self.places[n];
            let Some(&op) = self.programs[n].1.get(step) else {
                self.note(thread, "end");
                return self.system.end_thread(cx!(self), thread);
            };
            match op {
                Compute(us) if done < us * 1_000 => {
                    let budget = self.system.budget(&self.kernel, thread, false);
                    let process = self.system.machine().process_of(thread);
                    let generation = self.system.gil(process).map(Gil::generation);
                    let check_ns = match generation {
                        Some(Generation::Ticks { .. }) => 50 * CHECK_NS,
                        _ => CHECK_NS,
                    };
                    let most = if budget.is_drop_requested { CHECK_NS } else { budget.length.0 };
                    let to_check = most.div_ceil(check_ns) * check_ns;
                    self.spent[n] = to_check.min(us * 1_000 - done);
                    return self.system.burst(cx!(self), thread, Duration(self.spent[n]), Duration::ZERO);
                }
                Compute(_) => {}
                Sleep(us) => {
                    self.note(thread, "sleep");
                    return self.system.block(cx!(self), thread, Block::sleep(now + Duration::micros(us)));
                }
                Park => {
                    let block = Block { wait: Wait::Wake, reason: "park", on: None, deadline: None };
                    return self.system.block(cx!(self), thread, block);
                }
                Unpark(other) => {
                    let cause = self.system.machine().last_entry(thread);
                    self.system.wake(cx!(self), ThreadId(other), cause);
                }
                Interrupt(other) => {
                    let cause = self.system.machine().last_entry(thread);
                    if (other as usize) < self.programs.len() {
                        self.system.interrupt(cx!(self), ThreadId(other), cause);
                    }
                }
                Native(us) => return self.system.native(cx!(self), thread, Duration::micros(us)),
                Acquire(lock) => {
                    match self.system.acquire(cx!(self), thread, self.locks[lock as usize], true, None, None) {
                        Acquired::Yes => self.note(thread, "acquired"),
                        Acquired::No => unreachable!("it waits"),
                        Acquired::Waits => return self.note(thread, "contends"),
                    }
                }
                Release(lock) => {
                    self.note(thread, "release");
                    assert_eq!(self.system.release(cx!(self), thread, self.locks[lock as usize]), Ok(()));
                }
                Start(other) => self.system.start(cx!(self), ThreadId(other), None),
            }
            self.step_done(thread);
        }
    }

    /// A thread at a check point: if it was asked to drop the GIL, that was less than a step to the check point ago,
    /// as long as it has had its core all the time.
    fn check_request(&self, thread: ThreadId) {
        let process = self.system.machine().process_of(thread);
        let Some(gil) = self.system.gil(process) else { return };
        assert_eq!(gil.holder(), Some(thread), "who runs Python has the GIL");
        if !gil.is_drop_requested() || self.programs.len() > self.system.machine().parameters().n_cores {
            return;
        }
        let subject = self.system.gil_subject(process);
        let is_request = |entry: &&crate::journal::Entry| {
            let What::Mark { name, .. } = entry.what else { return false };
            Some(entry.subject) == subject && self.journal.text_of(name) == "drop request"
        };
        let asked = self.journal.entries().iter().rev().find(is_request).expect("a request is recorded").at;
        assert!(self.kernel.now().since(asked) <= Duration(2 * CHECK_NS), "asked at {asked:?}");
    }

    /// What must always hold.
    fn check(&self) {
        let machine = self.system.machine();
        let mut cores = Vec::new();
        for (thread, _) in &self.programs {
            if let crate::machine::ThreadState::Running(core) | crate::machine::ThreadState::Switching(core) =
                machine.state(*thread)
            {
                assert!(!cores.contains(&core), "a core has one thread");
                cores.push(core);
            }
        }
        assert!(cores.len() <= machine.parameters().n_cores);
    }

    /// Each GIL's holders in the order in which they got it, from the journal alone.
    fn holders(&self) -> Vec<(u64, Subject, Option<Subject>)> {
        let gils: Vec<Subject> = (self.journal.entries().iter())
            .filter(|e| matches!(e.what, What::Born { kind: Kind::Gil, .. }))
            .map(|e| e.subject)
            .collect();
        (self.journal.entries().iter())
            .filter(|e| gils.contains(&e.subject))
            .filter_map(|e| match e.what {
                What::State { state: State::Running, on, .. } => Some((e.at.0, e.subject, on)),
                What::State { state: State::Waiting, .. } => Some((e.at.0, e.subject, None)),
                _ => None,
            })
            .collect()
    }

    fn times(&self, thread: u32, what: &str) -> Vec<f64> {
        let of_thread = self.log.iter().filter(|(_, t, w)| *t == thread && *w == what);
        of_thread.map(|(at, ..)| *at as f64 / 1e6).collect()
    }
}

const END: Time = Time::NEVER;

#[test]
fn three_hogs_take_turns_of_an_interval_in_the_order_of_their_waits() {
    // S-GIL-13: A holds; B, then C begin to wait 5 µs later than in the example (the wake-up latency).
    let hog = || vec![Compute(40_000)];
    let mut script = Script::new(plain(4), &[(0, true, hog()), (0, true, hog()), (0, true, hog())]);
    script.run(Time(29_000_000));
    let order: Vec<u32> = script.log.iter().filter(|(_, _, w)| *w == "run").map(|(_, t, _)| *t).collect();
    assert_eq!(order, [0, 1, 2, 0, 1, 2]);
    // A takes at 0.005. The intervals of B and C end at 5.005, 5 µs later they ask; A drops at its check point there
    // and B has it 5 µs later. C's second timeout sees the switch and asks for nothing; A's wait began after B took
    // it, and asks.
    assert_eq!(script.times(0, "drop")[0], 5.010);
    assert_eq!(script.times(1, "run")[0], 5.015);
    let interval_and_check = 5.0 + 0.005 + 0.005 + 0.005;
    for (a, b) in [(1, 2), (2, 0), (0, 1)] {
        let took = script.times(a, "run").last().copied().unwrap_or_default();
        let next = script.times(b, "run").into_iter().find(|at| *at > took);
        assert!(next.is_none_or(|at| (at - took - interval_and_check).abs() < 0.003), "{took} {next:?}");
    }
    let text = script.journal.text();
    assert!(text.contains("mark \"GIL timeout\" \"switched meanwhile\""), "{text}");
    assert_eq!(text.matches("forced switch").count(), text.matches("drop request").count());
}

#[test]
fn a_thread_with_short_io_pays_an_interval_each_time_next_to_a_hog() {
    // S-GIL-24, from 5 µs on: both start at 0 and are runnable at 0.005; I runs first to get to sleep.
    let io = (0..4).flat_map(|_| [Sleep(1_000), Compute(1)]).collect();
    let mut script = Script::new(plain(2), &[(0, true, io), (0, true, vec![Compute(40_000)])]);
    script.run(END);
    // 0.005 sleep; H has the GIL; 1.010 awake; 6.015 request and drop; 6.020 take; 6.021 sleep; H at 6.025.
    let (sleeps, runs) = (script.times(0, "sleep"), script.times(0, "run"));
    assert_eq!(sleeps[0], 0.005);
    assert!((runs[1] - 6.021).abs() < 0.0025, "{runs:?}");
    assert_eq!(script.times(1, "drop").len(), 4, "each I/O turn costs the hog one forced switch");
    let hog = script.times(1, "run");
    assert!((hog[1] - (runs[1] + 0.005)).abs() < 0.0025, "the hog is back {hog:?} 5 µs after {runs:?}");
    let turns: Vec<f64> = runs.windows(2).skip(1).map(|w| w[1] - w[0]).collect();
    assert!(turns.iter().all(|turn| (6.01..6.03).contains(turn)), "{turns:?}");
}

#[test]
fn without_a_hog_short_io_costs_the_latency_only() {
    let io = (0..3).flat_map(|_| [Sleep(500), Compute(1)]).collect();
    let mut script = Script::new(plain(2), &[(0, true, io)]);
    script.run(END);
    let runs = script.times(0, "run");
    assert_eq!(runs.windows(2).map(|w| ((w[1] - w[0]) * 1e3).round()).collect::<Vec<_>>()[1..], [506.0, 506.0]);
}

#[test]
fn a_lock_dropped_and_taken_between_hogs_costs_an_interval_on_each_side() {
    // S-GIL-25: A works 2 ms under the lock again and again; B wants the lock once.
    let a = (0..20).flat_map(|_| [Acquire(0), Compute(2_000), Release(0)]).collect();
    let b = vec![Compute(1), Acquire(0), Compute(10), Release(0)];
    let mut script = Script::new(plain(2), &[(0, true, a), (0, true, b)]);
    script.run(END);
    // B has the GIL 5 ms after it came, while A holds the lock: it contends, and A has the GIL back at once.
    let contends = script.times(1, "contends")[0];
    assert!((5.0..5.03).contains(&contends), "{contends}");
    let back = script.times(0, "run")[1];
    assert!((back - contends - 0.005).abs() < 0.002, "{back}");
    // A releases and locks again at once: the woken waiter finds it locked and goes to the tail.
    let release = script.times(0, "release").into_iter().find(|at| *at > contends);
    let again = script.times(0, "acquired").into_iter().find(|at| *at > contends);
    assert_eq!(release, again, "the releaser barges in");
    assert!(script.times(1, "end")[0] > 40.0, "B gets the lock when A has finished with it");
}

#[test]
fn a_started_thread_runs_first_and_its_parent_waits_for_the_gil() {
    // S-GIL-19: main starts the child and waits; the child wakes it, goes on for 1 ms and ends.
    let main = vec![Start(1), Park, Compute(1)];
    let child = vec![Compute(10), Unpark(0), Compute(1_000)];
    let mut script = Script::new(plain(4), &[(0, true, main), (0, false, child)]);
    script.run(END);
    let (child_ends, main_runs) = (script.times(1, "end")[0], script.times(0, "run")[1]);
    assert_eq!(child_ends, 1.02);
    assert_eq!(main_runs, 1.025, "woken long ago, it has the GIL 5 µs after the child dropped it");
    let text = script.journal.text();
    assert!(text.contains("Ready \"GIL\" on #"), "{text}");
}

#[test]
fn a_long_child_keeps_its_parent_out_for_an_interval() {
    let main = vec![Start(1), Park, Compute(1)];
    let child = vec![Compute(10), Unpark(0), Compute(20_000)];
    let mut script = Script::new(plain(4), &[(0, true, main), (0, false, child)]);
    script.run(END);
    // Woken at 0.020 + 5 µs, 5 ms of waiting, 5 µs to notice that, then the check point and 5 µs of latency.
    assert_eq!(script.times(0, "run")[1], 5.035);
}

#[test]
fn with_few_cores_the_timeout_of_a_waiter_needs_a_core_too() {
    let hog = || vec![Compute(30_000)];
    let other = (1, true, vec![Compute(60_000)]);
    let mut script = Script::new(plain(1), &[(0, true, hog()), (0, true, hog()), other]);
    script.run(END);
    let switched = script.times(1, "run")[0];
    assert!(switched > 5.0, "two processes share the core: {switched}");
    assert!(script.system.machine().state(ThreadId(2)) == crate::machine::ThreadState::Dead);
}

#[test]
fn processes_run_in_parallel_and_threads_of_one_do_not() {
    let hog = || vec![Compute(10_000)];
    let end = |processes: [u32; 2]| {
        let mut script = Script::new(plain(2), &[(processes[0], true, hog()), (processes[1], true, hog())]);
        script.run(END);
        script.kernel.now().0
    };
    assert_eq!(end([0, 1]), 10_005_000);
    assert!(end([0, 0]) > 20_000_000);
}

#[test]
fn threads_that_wake_each_other_find_their_cores_awake() {
    // B has parked where A runs now. It is sent to the idle core, slowly, and stays there: later it is woken quickly.
    let b = (0..3).flat_map(|_| [Park, Compute(1), Unpark(2)]).collect();
    let starter = vec![Sleep(100), Start(2)];
    let a = vec![Compute(2_000), Unpark(0), Park, Compute(1), Unpark(0), Park, Compute(1), Unpark(0), Park];
    let parameters = Parameters { n_cores: 2, ..Parameters::default() };
    let mut script = Script::new(parameters, &[(0, true, b), (1, true, starter), (2, false, a)]);
    script.run(END);
    let runs = script.times(0, "run");
    let rounds: Vec<f64> = runs[1..].windows(2).map(|w| (w[1] - w[0]) * 1e3).collect();
    let slow = Parameters::default().wake_latency_after(Duration::millis(2)).0 as f64 / 1e3;
    assert!(rounds.len() == 2 && rounds.iter().all(|took| *took < slow), "{runs:?}");
}

#[test]
fn who_wakes_another_keeps_the_core_for_its_turn() {
    let woken_after = |work| {
        let a = vec![Sleep(1_000), Compute(work), Unpark(1), Compute(2_000)];
        let b = vec![Park, Compute(10)];
        let mut script = Script::new(plain(1), &[(0, true, a), (1, true, b)]);
        script.run(END);
        script.times(1, "run")[1] - 1.0 - work as f64 / 1e3
    };
    let (within, beyond) = (woken_after(100), woken_after(3_500));
    assert!(within > 2.0, "a turn is 3 ms, and nobody owes B anything: {within}");
    assert!(beyond < 0.1, "{beyond}");
}

#[test]
fn who_has_stood_in_line_takes_the_core_of_who_woke_it() {
    // B stands in line for A's first turn of 3 ms; both had a claim to half of it.
    let a = vec![Compute(3_100), Unpark(1), Compute(2_000)];
    let b = vec![Compute(10), Park, Compute(10)];
    let mut script = Script::new(plain(1), &[(0, true, a), (1, true, b)]);
    script.run(END);
    let (began, woken) = (script.times(1, "run")[0], script.times(1, "run")[1]);
    assert!(began > 3.0 && woken < 3.2, "{began} {woken}");
}

#[test]
fn who_wakes_a_thread_on_an_idle_core_pays_for_the_call() {
    let end = |n_cores, wake_call| {
        let a = vec![Acquire(0), Compute(1_000), Release(0), Compute(100)];
        let b = vec![Sleep(100), Acquire(0)];
        let parameters = Parameters { wake_call: Duration::micros(wake_call), ..plain(n_cores) };
        let mut script = Script::new(parameters, &[(0, true, a), (1, true, b)]);
        script.run(END);
        script.times(0, "end")[0]
    };
    assert!((end(2, 50) - end(2, 0) - 0.05).abs() < 1e-6, "{} {}", end(2, 50), end(2, 0));
    assert_eq!(end(1, 50), end(1, 0), "there is no other core");
}

#[test]
fn a_core_goes_round_among_more_threads_than_cores() {
    let hog = || vec![Compute(9_000)];
    let parameters = Parameters { n_cores: 1, ..Parameters::default() };
    let mut script = Script::new(parameters, &[(0, true, hog()), (1, true, hog()), (2, true, hog())]);
    script.run(END);
    let ends: Vec<f64> = (0..3).map(|n| script.times(n, "end")[0]).collect();
    // Slices of 3 ms in turn: the first ends after 7 of them, and each switch costs 1.5 µs.
    assert!((ends[0] - 21.0).abs() < 0.1 && (ends[1] - 24.0).abs() < 0.1 && (ends[2] - 27.0).abs() < 0.1, "{ends:?}");
}

#[test]
fn sleeps_of_the_article_are_a_share_too_long() {
    let overshoot = Parameters::article().overshoot;
    assert!(matches!(overshoot, Overshoot::Share { .. }));
    let parameters = Parameters { overshoot, ..plain(1) };
    let mut script = Script::new(parameters, &[(0, true, vec![Sleep(1_000_000)])]);
    script.run(END);
    assert_eq!(script.kernel.now(), Time(5_000 + 1_006_500_000));
}

#[test]
fn a_sleep_of_zero_gives_up_the_gil_for_a_system_call() {
    let mut script = Script::new(plain(1), &[(0, true, vec![Sleep(0), Compute(1)])]);
    script.run(END);
    assert_eq!(script.kernel.now(), Time(5_000 + 700 + 1_000));
}

#[test]
fn a_signal_ends_a_sleep_and_a_wait_for_a_lock() {
    let sender = vec![Sleep(1_000), Interrupt(1), Interrupt(2), Compute(10)];
    let sleeper = vec![Sleep(5_000)];
    let holder_and_waiter = [vec![Acquire(0), Sleep(20_000), Release(0)], vec![Sleep(200), Acquire(0), Release(0)]];
    let [holder, waiter] = holder_and_waiter;
    let programs = [(0, true, sender), (0, true, sleeper), (0, true, waiter), (0, true, holder)];
    let mut script = Script::new(plain(4), &programs);
    script.run(END);
    // Both were on their way again right after the signal, and began anew.
    let again = |thread| script.times(thread, "run").into_iter().find(|at| (1.0..1.1).contains(at));
    assert!(again(1).is_some() && again(2).is_some(), "{:?} {:?}", script.times(1, "run"), script.times(2, "run"));
    assert!((6.0..6.1).contains(&script.times(1, "end")[0]), "{:?}", script.times(1, "end"));
    assert!((20.0..20.1).contains(&script.times(2, "end")[0]), "{:?}", script.times(2, "end"));
}

#[test]
fn the_end_of_a_process_ends_its_threads_and_frees_their_cores() {
    let waits = vec![Acquire(0), Sleep(50_000)];
    let programs = [(0, true, waits.clone()), (0, true, waits), (0, true, vec![Compute(90_000)])];
    let mut script = Script::new(plain(2), &programs);
    script.run(Time(20_000_000));
    script.system.end_process(cx!(script), ProcessId(0), None);
    assert!((0..3).all(|n| script.system.has_ended(ThreadId(n))));
    assert!(script.system.machine().has_free_core());
    assert_eq!((script.kernel.len(), script.system.blocked().count()), (0, 0));
}

fn op() -> impl Strategy<Value = Vec<Op>> {
    prop_oneof![
        4 => (1u64..8_000).prop_map(|us| vec![Compute(us)]),
        2 => (0u64..3_000).prop_map(|us| vec![Sleep(us)]),
        1 => (1u64..500).prop_map(|us| vec![Native(us)]),
        // Locks are taken one at a time, so that no program can block itself for ever.
        3 => (0u32..3, 0u64..4_000).prop_map(|(lock, us)| vec![Acquire(lock), Compute(us), Release(lock)]),
        1 => (0u32..7).prop_map(|other| vec![Interrupt(other)]),
        1 => (0u32..3, 0u64..900).prop_map(|(lock, us)| vec![Acquire(lock), Sleep(us), Release(lock)]),
    ]
}

fn programs() -> impl Strategy<Value = Vec<(u32, bool, Vec<Op>)>> {
    let program = prop::collection::vec(op(), 0..8).prop_map(|ops| ops.concat());
    prop::collection::vec((0u32..2, program), 1..7)
        .prop_map(|list| list.into_iter().map(|(process, ops)| (process, true, ops)).collect())
}

/// The GIL of 3.2 and later at several intervals, that of 2.7, and none.
fn generations() -> impl Strategy<Value = Option<Generation>> {
    prop_oneof![
        2 => (100u64..20_000).prop_map(|us| Some(Generation::Requests { interval: Duration::micros(us) })),
        1 => [1u64..2_000, 1..300, 1..100].prop_map(|ns| {
            let [waking, awaited, unwanted] = ns.map(Duration);
            Some(Generation::Ticks { release: super::Release { waking, awaited, unwanted } })
        }),
        1 => Just(None),
    ]
}

/// Slices end at ticks, as on Linux.
fn machine() -> Parameters {
    Parameters { tick: Duration::millis(4), ..Parameters::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Everything that can finish finishes; a GIL goes from free to held and back, and only one has it;
    /// after a forced switch the next holder is another thread; work takes at least its time.
    #[test]
    fn random_programs_finish_and_keep_the_rules(
        list in programs(), n_cores in 1usize..5, seed in any::<u64>(), generation in generations(),
    ) {
        let mut script = Script::of(Parameters { n_cores, seed, ..machine() }, generation, &list);
        if seed % 2 == 0 {
            script.choices = Choices::new(Policy::Seeded(Streams::new(seed).stream("chaos")));
        }
        script.run(END);
        for n in 0..list.len() {
            prop_assert!(script.system.has_ended(ThreadId(n as u32)), "thread {} of {:?} never ends", n, list);
        }
        let mut held: std::collections::BTreeMap<Subject, Option<Subject>> = Default::default();
        for (_, gil, holder) in script.holders() {
            let before = held.insert(gil, holder).flatten();
            prop_assert!(before.is_none() || holder.is_none(), "a GIL is free before it is held");
        }
        // A forced switch: the thread that runs on the GIL next is not the one that dropped it.
        let gils: std::collections::BTreeSet<Subject> = held.into_keys().collect();
        let mut dropper = None;
        let mut must_differ: std::collections::BTreeMap<Subject, Option<Subject>> = Default::default();
        for entry in script.journal.entries() {
            match entry.what {
                What::Mark { name, .. } if script.journal.text_of(name) == "forced switch" => {
                    must_differ.insert(entry.subject, dropper);
                }
                What::State { state: State::Running, on: Some(holder), .. } => {
                    if let Some(Some(before)) = must_differ.remove(&entry.subject) {
                        prop_assert_ne!(holder, before);
                    }
                    if gils.contains(&entry.subject) {
                        dropper = Some(holder);
                    }
                }
                _ => {}
            }
        }
        let compute = |ops: &[Op]| ops.iter().map(|op| if let Compute(us) = op { us * 1_000 } else { 0 }).sum::<u64>();
        let has_gil = generation.is_some();
        let per_process = |p| list.iter().filter(|(q, ..)| *q == p).map(|(_, _, ops)| compute(ops)).sum::<u64>();
        let in_turn = if has_gil { per_process(0).max(per_process(1)) } else { 0 };
        let least = in_turn.max((per_process(0) + per_process(1)) / n_cores as u64);
        prop_assert!(script.kernel.now().0 >= least);
    }

    #[test]
    fn equal_runs_have_equal_journals(list in programs(), n_cores in 1usize..4, generation in generations()) {
        let run = || {
            let mut script = Script::of(Parameters { n_cores, ..machine() }, generation, &list);
            script.run(END);
            script.journal.hash()
        };
        prop_assert_eq!(run(), run());
    }
}
