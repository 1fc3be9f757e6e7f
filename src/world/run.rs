//! A run: interpreters on a machine, from the first process's start to the main program's end.
//!
//! The run owns the event queue and every interpreter. It follows the door of `runtime`: a notice says that
//! a thread has a core and the GIL; its Python runs for a burst; at the burst's end, in virtual time, what
//! the VM stopped for happens (`route.rs`).
//!
//! Work is counted in fuel: the ticks of Python that may still run, plus a little for every event. A burst
//! that runs out of fuel is taken up again by the next [`Run::step`] where it stopped, so that slices do not
//! change what happens.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use crate::journal::{Journal, Subject, What};
use crate::kernel::{Choices, Decision, EventKey, Kernel, Policy};
use crate::machine::{Context, Disk, ProcessId, SocketId, ThreadId, Timer};
use crate::python::code::Source;
use crate::python::deep;
use crate::python::trap::Trap;
use crate::python::value::Value;
use crate::python::vm::{CodeCache, FiberId, FoundSource, Options, SignalSet, TICKS_PER_NS, Vm};
use crate::runtime::{Notice, System};
use crate::time::{Duration, Time};

use super::bursts::Burst;
use super::children::Shared;
use super::disk::disk_with;
use super::inspect::Inspection;
use super::interpreter::{generation, watch};
use super::parameters;
use super::prepare::{Prepared, Program};
use super::prices::{price, prices};
use super::report::{Ending, ProcessReport, Progress, Report};
use super::signals::{Call, ProcessSignals, ThreadSignals};

/// What happens next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// Something of the machine.
    Machine(Timer),
    /// The process of this number starts, if it has not.
    Start(usize),
    /// The schedule makes threads switch.
    Switch,
    /// The timer of a process sends it a signal.
    Alarm(usize),
}

impl From<Timer> for Event {
    fn from(timer: Timer) -> Event {
        Event::Machine(timer)
    }
}

/// What bounds a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Virtual time.
    pub end: Time,
    /// CPU time that Python uses, all processes together: what ends an endless loop.
    pub cpu: Duration,
    /// Bytes of output of one process.
    pub output: usize,
    /// Entries of the journal.
    pub entries: usize,
    /// Instances, dicts and frames put aside that live, all processes together: what ends a program that only grows.
    pub objects: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            end: Time(10 * 24 * 3_600 * 1_000_000_000),
            cpu: Duration(3_600 * 1_000_000_000),
            output: 16 << 20,
            entries: 20_000_000,
            objects: 5_000_000,
        }
    }
}

/// One process of the scenario.
pub(super) struct Process {
    pub name: String,
    /// The scenario's process that it descends from: itself, or the one whose streams it has.
    pub root: usize,
    pub id: ProcessId,
    pub pid: u32,
    pub vm: Vm,
    pub main: FiberId,
    /// What it wrote to stdout and has not flushed.
    pub buffer: String,
    pub stdout: String,
    pub stderr: String,
    pub exit: Option<i32>,
    /// The system's raw lock for each of Python's.
    pub locks: BTreeMap<u32, crate::runtime::LockId>,
    /// The descriptor of each socket.
    pub sockets: BTreeMap<SocketId, i32>,
    pub n_threads: u32,
    /// The process that made it.
    pub parent: Option<usize>,
    /// Its parent has been told how it ended.
    pub is_reaped: bool,
    /// It is a copy that the run does not end before, should its parent end first.
    pub may_outlive: bool,
    pub signals: ProcessSignals,
}

impl Process {
    /// A process that has not begun.
    pub fn new(name: String, root: usize, id: ProcessId, pid: u32, vm: Vm, main: FiberId) -> Process {
        Process {
            name,
            root,
            id,
            pid,
            vm,
            main,
            buffer: String::new(),
            stdout: String::new(),
            stderr: String::new(),
            exit: None,
            locks: BTreeMap::new(),
            sockets: BTreeMap::new(),
            n_threads: 1,
            parent: None,
            is_reaped: false,
            may_outlive: false,
            signals: ProcessSignals::default(),
        }
    }
}

/// A thread of Python.
pub(super) struct Thread {
    pub process: usize,
    pub fiber: FiberId,
    /// What it stopped for; it happens when its burst is over.
    pub stopped: Option<Stopped>,
    /// What the machine gives back when it goes on.
    pub waits: Waits,
    /// CPU time to be charged at the next burst.
    pub debt: Duration,
    /// The blocking call that it is in, if a signal may interrupt it.
    pub call: Option<Call>,
    pub signals: ThreadSignals,
}

impl Thread {
    /// A thread that has not begun, with the signals that its maker blocks.
    pub fn new(process: usize, fiber: FiberId, blocked: SignalSet) -> Thread {
        let signals = ThreadSignals::new(blocked);
        Thread { process, fiber, stopped: None, waits: Waits::Nothing, debt: Duration::ZERO, call: None, signals }
    }
}

/// Why a burst ended.
pub(super) enum Stopped {
    /// The budget was used up.
    Budget,
    /// A trap.
    Trap(Trap),
    /// The fiber is done.
    Done(Result<Value, Value>),
}

/// What a blocked thread's call becomes when it comes back.
pub(super) enum Waits {
    /// Nothing: it was not in a call.
    Nothing,
    /// `None`
    None,
    /// Whether it was woken (a lock was acquired).
    Woken,
    /// Whether a socket is ready.
    Ready,
    /// What a poller has.
    Poll(i32),
    /// A value that is known already.
    Value(Result<Value, Value>),
}

/// One execution of a scenario.
pub struct Run {
    pub(super) kernel: Kernel<Event>,
    pub(super) journal: Journal,
    pub(super) choices: Choices,
    pub(super) system: System,
    pub(super) disk: Disk,
    pub(super) prepared: Prepared,
    /// What a lock that is free takes to acquire, and any to release, beside the call.
    pub(super) lock_length: Duration,
    pub(super) processes: Vec<Process>,
    pub(super) threads: BTreeMap<ThreadId, Thread>,
    /// Subjects that library code made, by the number that it knows.
    pub(super) subjects: Vec<Subject>,
    /// What several processes of a program have in common.
    pub(super) shared: Shared,
    pub(super) next_pid: u32,
    pub(super) limits: Limits,
    pub(super) codes: CodeCache,
    pub(super) burst: Option<Burst>,
    /// Threads that go on at once, without a notice.
    again: VecDeque<ThreadId>,
    /// The scenario's processes that were started, by their places in `processes`.
    started: Vec<usize>,
    /// When the next process starts at the latest.
    next_start: Option<EventKey>,
    ending: Option<Ending>,
    pub(super) inspection: Inspection,
    /// What Python has used of the cores, all threads together [ticks].
    pub(super) cpu: u64,
}

/// Fuel of one event [ticks]: what it takes, next to an operation of Python.
const EVENT_FUEL: i64 = 300;

/// How long the next process waits for one that may never listen on a port.
const START_GAP: Duration = Duration::millis(50);

/// How long it waits for a server, whose application may take a while to start.
const SERVER_GAP: Duration = Duration::millis(20_000);

/// The number of the first process.
const FIRST_PID: u32 = 4_000;

thread_local! {
    /// Compiled library modules outlive a run: every movement of a slider would compile them again.
    static CODES: CodeCache = CodeCache::default();
}

impl Run {
    /// A run at its beginning.
    pub fn start(prepared: Prepared) -> Run {
        Run::with_limits(prepared, Limits::default())
    }

    /// A run with limits of its own.
    pub fn with_limits(prepared: Prepared, limits: Limits) -> Run {
        let mut journal = Journal::new();
        let system = System::new(parameters::parameters(&prepared), &mut journal);
        let lock_length = Duration(prepared.costs.bytecode(prepared.python).lock / 1000);
        let mut run = Run {
            kernel: Kernel::new(),
            journal,
            choices: Choices::new(Policy::Replay(prepared.schedule.exceptions.clone())),
            system,
            disk: disk_with(&prepared.files),
            prepared,
            lock_length,
            processes: Vec::new(),
            threads: BTreeMap::new(),
            subjects: Vec::new(),
            shared: Shared::default(),
            next_pid: FIRST_PID,
            limits,
            codes: CODES.with(Rc::clone),
            burst: None,
            again: VecDeque::new(),
            started: Vec::new(),
            next_start: None,
            ending: None,
            inspection: Inspection::default(),
            cpu: 0,
        };
        run.kernel.schedule(Time::ZERO, Event::Start(0));
        let switches = run.prepared.schedule.switches.clone();
        for &at in &switches {
            run.kernel.schedule(at, Event::Switch);
        }
        run.system.expect_switches(switches.into_iter());
        run
    }

    /// Remembers every decision, for [`Run::decisions`].
    pub fn with_decisions(mut self) -> Run {
        self.choices = self.choices.with_log();
        self
    }

    /// What was left to chance so far and how it was decided, where the run was asked to remember it.
    pub fn decisions(&self) -> &[Decision] {
        self.choices.log()
    }

    /// The first decision that the schedule took an option of which was not there: it was made for another run.
    pub fn diverged_at(&self) -> Option<u32> {
        self.choices.diverged_at()
    }

    /// Goes on for about this much fuel.
    pub fn step(&mut self, fuel: u64) -> Progress {
        let mut fuel = fuel as i64;
        while self.ending.is_none() && fuel > 0 {
            if let Some(burst) = self.burst.take() {
                if self.room_until(&burst) <= 0 {
                    self.burst = Some(burst);
                    self.inspection.is_there = true;
                    break;
                }
                self.run_burst(burst, &mut fuel);
                continue;
            }
            if let Some(thread) = self.again.pop_front() {
                self.begin_burst(thread, &mut fuel);
                continue;
            }
            if let Some(notice) = self.system.next_notice() {
                match notice {
                    Notice::Run(thread, resumed) => {
                        self.resume(thread, resumed);
                        self.begin_burst(thread, &mut fuel);
                    }
                    Notice::BurstEnded(thread) => self.burst_ended(thread),
                }
                continue;
            }
            if self.inspection.until.is_some_and(|until| self.kernel.next_time().is_some_and(|next| next > until)) {
                self.inspection.is_there = true;
                break;
            }
            fuel -= EVENT_FUEL;
            match self.kernel.pop() {
                Some((_, Event::Machine(timer))) => {
                    let (system, mut cx) = self.parts();
                    system.handle(&mut cx, timer);
                }
                Some((_, Event::Start(n))) => self.start_process(n),
                Some((_, Event::Alarm(n))) => self.timer_rings(n),
                Some((_, Event::Switch)) => {
                    let (system, mut cx) = self.parts();
                    system.switch(&mut cx);
                }
                None => self.ending = Some(self.deadlock()),
            }
            self.look_at_limits();
        }
        if self.ending.is_some() { Progress::Done } else { Progress::Running }
    }

    /// Virtual time.
    pub fn now(&self) -> Time {
        self.kernel.now()
    }

    /// The record so far.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Why it ended, when it has.
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// Stops it where it is.
    pub fn stop(&mut self, why: &str) {
        self.ending = Some(Ending::Stopped(why.into()));
    }

    /// What remains when nothing more is wanted: the record, and what the processes did.
    pub fn into_report(self) -> Report {
        Report {
            processes: self.processes(),
            asks_for_gil: self.prepared.python.major >= 3,
            choices: self.choices(),
            diverged_at: self.choices.diverged_at(),
            ending: self.ending,
            journal: self.journal,
        }
    }

    /// What every process of the scenario did so far, in the order of the Procfile.
    pub fn processes(&self) -> Vec<ProcessReport> {
        let programs = &self.prepared.processes;
        let report = |(i, program): (usize, &Program)| {
            let process = self.started.get(i).map(|&n| &self.processes[n]);
            ProcessReport {
                name: program.name.clone(),
                command: program.command.clone(),
                stdout: process.map_or(String::new(), |p| format!("{}{}", p.stdout, p.buffer)),
                stderr: process.map_or(String::new(), |p| p.stderr.clone()),
                exit: process.and_then(|p| p.exit),
            }
        };
        programs.iter().enumerate().filter(|(_, program)| !program.is_service).map(report).collect()
    }

    /// The system and what its calls may touch.
    pub(super) fn parts(&mut self) -> (&mut System, Context<'_, Event>) {
        let Run { kernel, journal, choices, system, .. } = self;
        (system, Context { kernel, journal, choices })
    }

    /// Lets a thread go on at once.
    pub(super) fn go_on(&mut self, thread: ThreadId) {
        self.again.push_back(thread);
    }

    // --- processes ---

    fn start_process(&mut self, n: usize) {
        if n < self.started.len() {
            return;
        }
        if let Some(waited) = self.next_start.take() {
            self.kernel.cancel(waited);
        }
        let place = self.processes.len();
        self.started.push(place);
        let pid = self.fresh_pid();
        let program = self.prepared.processes[n].clone();
        let generation = generation(&self.prepared, &program);
        let (system, mut cx) = self.parts();
        let id = system.add_process(&mut cx, &program.name, generation, None);
        let thread = system.add_thread(&mut cx, id, "MainThread", None);
        let mut vm = self.interpreter(pid, &program);
        let entry = entry(&program);
        let arguments = entry.argv.iter().skip(1).map(|a| Value::str(a)).collect();
        let main = vm.spawn_main(entry.function, vec![Value::str(entry.target), Value::list(arguments)]);
        self.processes.push(Process::new(program.name, place, id, pid, vm, main));
        self.threads.insert(thread, Thread::new(place, main, 0));
        let (system, mut cx) = self.parts();
        system.start(&mut cx, thread, None);
        if n + 1 < self.prepared.processes.len() {
            let gap = if self.prepared.processes[n].is_server() { SERVER_GAP } else { START_GAP };
            let at = self.kernel.now() + gap;
            self.next_start = Some(self.kernel.schedule(at, Event::Start(n + 1)));
        }
    }

    /// The process listens: the next may start.
    pub(super) fn listens(&mut self, process: usize) {
        let n_started = self.started.len();
        let is_newest = self.started.last() == Some(&self.processes[process].root);
        if is_newest && n_started < self.prepared.processes.len() {
            let at = self.kernel.now() + Duration::millis(1);
            self.kernel.schedule(at, Event::Start(n_started));
        }
    }

    /// The command that a process, or the one that it descends from, was started with.
    pub(super) fn program_of(&self, process: usize) -> &Program {
        let root = self.processes[process].root;
        let n = self.started.iter().position(|&place| place == root).expect("every process descends from a command");
        &self.prepared.processes[n]
    }

    pub(super) fn interpreter(&self, pid: u32, program: &Program) -> Vm {
        let prepared = &self.prepared;
        let mut own = BTreeMap::new();
        for file in prepared.files.iter().filter(|f| f.name.ends_with(".py")) {
            let path = file.name.trim_end_matches(".py").replace('/', ".");
            let (name, is_package) = match path.strip_suffix(".__init__") {
                Some(package) => (package.to_string(), true),
                None => (path, false),
            };
            let source = Source { filename: file.name.as_str().into(), text: file.text.clone(), is_library: false };
            own.insert(name, FoundSource { source: Rc::new(source), is_package });
        }
        let figures = prices(&prepared.costs.bytecode(prepared.python));
        let options = Options {
            version: (prepared.python.major as u32, prepared.python.minor as u32),
            argv: entry(program).argv,
            library_set: prepared.library.name(),
            seed: prepared.seed,
            pid,
            parent_pid: 1,
            cpu_count: prepared.cores,
            price,
            prices: figures,
            watch: watch(prepared.python),
            has_gil: generation(prepared, program).is_some(),
            operation_costs: Rc::new(prepared.costs.operations().map(|(n, ns)| (n.to_string(), ns)).collect()),
            object_counts: Rc::new(prepared.costs.objects().clone()),
            environ: program.env.clone(),
        };
        Vm::new(options, self.finder(own))
    }

    /// A process is over: its threads end with it.
    pub(super) fn end_process(&mut self, n: usize, status: i32) {
        self.processes[n].exit = Some(status);
        self.flush(n);
        let id = self.processes[n].id;
        self.threads.retain(|_, t| t.process != n);
        self.again.retain(|thread| self.threads.contains_key(thread));
        let (system, mut cx) = self.parts();
        system.end_process(&mut cx, id, None);
        self.after_end(n);
        for orphan in self.processes.iter_mut().filter(|p| p.parent == Some(n) && p.exit.is_none()) {
            orphan.vm.options.parent_pid = 1;
        }
        let main = self.started.get(self.prepared.processes.len() - 1).copied();
        let lives = |p: &Process| p.exit.is_none() && p.may_outlive && Some(p.root) == main;
        if let Some(main) = main
            && self.processes[main].exit.is_some()
            && !self.processes.iter().any(lives)
        {
            self.ending = Some(Ending::MainExited);
            return;
        }
        let Some(started_as) = self.started.iter().position(|&place| place == n) else { return };
        if started_as + 1 == self.started.len() && started_as + 1 < self.prepared.processes.len() {
            // It ended before the next one started.
            let at = self.kernel.now();
            self.kernel.schedule(at, Event::Start(started_as + 1));
        }
    }

    fn deadlock(&self) -> Ending {
        let blocked = self.system.blocked().map(|(thread, _)| {
            let process = self.threads.get(&thread).map_or("?", |t| &self.processes[t.process].name);
            let subject = self.system.machine().subject(thread);
            let (mut name, mut reason) = ("a thread", "");
            for entry in self.journal.entries().iter().filter(|entry| entry.subject == subject) {
                match entry.what {
                    What::Born { name: now, .. } | What::Named(now) => name = self.journal.text_of(now),
                    What::State { reason: now, .. } => reason = self.journal.text_of(now),
                    _ => {}
                }
            }
            format!("{name} of {process} ({reason})")
        });
        Ending::Deadlock(blocked.collect())
    }

    pub(super) fn look_at_limits(&mut self) {
        if self.ending.is_some() {
            return;
        }
        let Limits { end, cpu, output, entries, objects } = self.limits;
        let written = self.processes.iter().map(|p| p.stdout.len() + p.stderr.len()).max().unwrap_or(0);
        let (why, option) = if self.kernel.now() > end {
            let end = end.since(Time::ZERO);
            (format!("it has come to {end} of virtual time, the limit"), "--max-time SECONDS")
        } else if self.cpu / TICKS_PER_NS as u64 > cpu.0 {
            (format!("its Python has run for {cpu} of CPU time, the limit"), "--max-cpu SECONDS")
        } else if written > output {
            (format!("a process has written more than {output} bytes, the limit"), "--max-output BYTES")
        } else if self.journal.entries().len() > entries {
            (format!("its journal has more than {entries} entries, the limit"), "--max-entries N")
        } else if deep::n_living() > objects {
            (format!("it holds more than {objects} objects, the limit"), "--max-objects N")
        } else {
            return;
        };
        self.ending = Some(Ending::Limit { why, option: option.into() });
    }
}

/// What a command starts in an interpreter.
struct Entry<'a> {
    /// The function of `_bootstrap`.
    function: &'static str,
    /// The file or module that it is given.
    target: &'a str,
    /// `sys.argv`
    argv: Vec<String>,
}

/// `python FILE`, `python -m MODULE`, or the name of a package's command.
fn entry(program: &Program) -> Entry<'_> {
    let words: Vec<&str> = program.argv.iter().map(String::as_str).collect();
    let owned = |words: &[&str]| words.iter().map(|w| w.to_string()).collect();
    let is_python = |word: &str| word.rsplit('/').next().unwrap_or(word).starts_with("python");
    match words.as_slice() {
        [python, rest @ ..] if is_python(python) => {
            let mut rest = rest;
            // Options of the interpreter; `-X gil=1` is read where its GIL is made, the others change nothing here.
            loop {
                rest = match rest {
                    ["-X", _, tail @ ..] | ["-u" | "-B" | "-O" | "-I" | "-E" | "-s" | "-S", tail @ ..] => tail,
                    [option, tail @ ..] if option.starts_with("-X") => tail,
                    _ => break,
                }
            }
            match rest {
                ["-m", module, ..] => Entry { function: "run_module", target: module, argv: owned(&rest[1..]) },
                [file, ..] => Entry { function: "run_script", target: file, argv: owned(rest) },
                [] => Entry { function: "run_script", target: "", argv: Vec::new() },
            }
        }
        [command, ..] => Entry { function: "run_module", target: command, argv: owned(&words) },
        [] => Entry { function: "run_script", target: "", argv: Vec::new() },
    }
}
