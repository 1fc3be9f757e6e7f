//! Which thread has which core, and when a blocked thread comes back.
//!
//! ```text
//!  new ──start──▶ waking ──latency──▶ runnable ──▶ switching ──▶ running ──block──▶ blocked
//!                   ▲                     ▲                          │                  │
//!                   │                     └────preempted─────────────┘                  │
//!                   └───────────────────────────wake────────────────────────────────────┘
//! ```
//!
//! A running thread works in *bursts*: [`Machine::run`] says how long, [`Notice::BurstEnded`] says that
//! it is over. A thread that is preempted in the middle of a burst keeps what is left and goes on with
//! it when it gets a core again; the caller only sees the end come later.
//!
//! Between the notice that a thread is on its core and the next `run`, `block` or `exit` no time passes,
//! and the thread is never preempted then.
//!
//! One run queue feeds all cores (S-OS-01). A thread that is woken and has not worked much before its block is one
//! that the scheduler owes time: it takes the core of one that works long, or stands in front of the others, in the
//! order in which they came (S-OS-03). One that has worked a slice without a break waits its turn.
//!
//! A slice ends at the first tick of the clock at which it is used up.

use std::collections::VecDeque;

use super::{Context, Parameters, Timer};
use crate::journal::{Entry, EntryId, Journal, Kind, Line, Name, State, Subject, What};
use crate::kernel::{EventKey, Priority};
use crate::time::{Duration, Time};

/// An OS thread. Ids count up from 0 and are never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ThreadId(pub u32);

/// A processor, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CoreId(pub u32);

/// An OS process. Ids count up from 0 and are never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ProcessId(pub u32);

/// The condition of a thread, as the operating system sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ThreadState {
    /// Made, not started.
    New,
    /// Woken; runnable after the wake-up latency.
    Waking,
    /// In the run queue.
    Runnable,
    /// Has a core that is switching to it.
    Switching(CoreId),
    /// Executes.
    Running(CoreId),
    /// Waits for a wake-up or its alarm.
    Blocked,
    /// Has ended.
    Dead,
}

/// What the caller of the machine must act on, in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// The thread has a core and nothing to do: say what, in the same instant.
    OnCore(ThreadId),
    /// The thread's burst is over; it still has its core: say what comes next, in the same instant.
    BurstEnded(ThreadId),
    /// The alarm of a blocked thread went off. The thread is still blocked: wake it, or not.
    Alarm(ThreadId),
}

struct Core {
    subject: Subject,
    thread: Option<ThreadId>,
    idle_since: Time,
    slice_end: Option<EventKey>,
}

struct Thread {
    process: ProcessId,
    subject: Subject,
    state: ThreadState,
    last_core: Option<CoreId>,
    /// The one event that this thread waits for: alarm, end of latency, end of switch or end of burst.
    timer: Option<EventKey>,
    /// What is left of a burst while the thread has no core.
    burst_left: Option<Duration>,
    /// How the burst is written into the journal.
    burst_reason: Name,
    /// When the burst under way ends; `None` between bursts.
    burst_end: Option<Time>,
    /// When the thread began to run on its core.
    on_core_since: Time,
    /// How long it was on cores before `on_core_since`.
    cpu_time: Duration,
    /// How much of its slice it has used before `on_core_since`.
    slice_used: Duration,
    /// `cpu_time` when it was last woken from a block.
    woken_at_cpu_time: Duration,
    /// How long it was on cores between its last two blocks.
    last_stint: Duration,
    /// Stands in front in the run queue.
    is_woken: bool,
    line: Option<Line>,
    /// The condition last written into the journal.
    written: Option<(State, Name, Option<Subject>)>,
    last_entry: Option<EntryId>,
}

struct Process {
    subject: Subject,
    threads: Vec<ThreadId>,
    is_alive: bool,
    /// Threads that have started and not ended.
    n_stacks: i64,
    /// It has had more than one at a time.
    has_threads: bool,
}

/// Names that are written often.
struct Words {
    empty: Name,
    core: Name,
    idle: Name,
}

/// Cores, threads and processes.
pub struct Machine {
    parameters: Parameters,
    cores: Vec<Core>,
    threads: Vec<Thread>,
    processes: Vec<Process>,
    /// Runnable threads that were woken and found no core; they go first.
    woken: VecDeque<ThreadId>,
    /// All other runnable threads.
    queue: VecDeque<ThreadId>,
    notices: VecDeque<Notice>,
    words: Words,
}

impl Machine {
    /// A machine at rest; records its cores in the journal at time zero.
    pub fn new(parameters: Parameters, journal: &mut Journal) -> Machine {
        assert!(parameters.n_cores > 0, "a machine has at least one core");
        let words = Words { empty: journal.name(""), core: journal.name("core"), idle: journal.name("idle") };
        let cores = (0..parameters.n_cores)
            .map(|n| Core {
                subject: journal.born(Time::ZERO, Kind::Core, &format!("core {n}"), None, None, None),
                thread: None,
                idle_since: Time::ZERO,
                slice_end: None,
            })
            .collect();
        Machine {
            parameters,
            cores,
            threads: Vec::new(),
            processes: Vec::new(),
            woken: VecDeque::new(),
            queue: VecDeque::new(),
            notices: VecDeque::new(),
            words,
        }
    }

    /// The machine's figures.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The oldest notice that nobody has taken yet.
    pub fn next_notice(&mut self) -> Option<Notice> {
        self.notices.pop_front()
    }

    /// Makes a process without threads.
    pub fn add_process<E>(&mut self, cx: &mut Context<E>, name: &str, cause: Option<EntryId>) -> ProcessId {
        let subject = cx.journal.born(cx.kernel.now(), Kind::Process, name, None, cause, None);
        self.processes.push(Process { subject, threads: Vec::new(), is_alive: true, n_stacks: 0, has_threads: false });
        ProcessId(self.processes.len() as u32 - 1)
    }

    /// Makes a thread that does not run yet.
    pub fn add_thread<E>(
        &mut self,
        cx: &mut Context<E>,
        process: ProcessId,
        name: &str,
        cause: Option<EntryId>,
    ) -> ThreadId {
        let parent = &mut self.processes[process.0 as usize];
        assert!(parent.is_alive, "a thread belongs to a living process");
        let subject = cx.journal.born(cx.kernel.now(), Kind::Thread, name, Some(parent.subject), cause, None);
        let id = ThreadId(self.threads.len() as u32);
        parent.threads.push(id);
        self.threads.push(Thread {
            process,
            subject,
            state: ThreadState::New,
            last_core: None,
            timer: None,
            burst_left: None,
            burst_reason: self.words.empty,
            burst_end: None,
            on_core_since: Time::ZERO,
            cpu_time: Duration::ZERO,
            slice_used: Duration::ZERO,
            woken_at_cpu_time: Duration::ZERO,
            last_stint: Duration::ZERO,
            is_woken: false,
            line: None,
            written: None,
            last_entry: None,
        });
        id
    }

    /// Whether the process has not ended.
    pub fn is_alive(&self, process: ProcessId) -> bool {
        self.processes[process.0 as usize].is_alive
    }

    /// The journal's subject of a process.
    pub fn process_subject(&self, process: ProcessId) -> Subject {
        self.processes[process.0 as usize].subject
    }

    /// The threads of a process that have not ended, oldest first.
    pub fn threads_of(&self, process: ProcessId) -> impl Iterator<Item = ThreadId> + '_ {
        let threads = &self.processes[process.0 as usize].threads;
        threads.iter().copied().filter(|t| self.state(*t) != ThreadState::Dead)
    }

    /// The thread's condition.
    pub fn state(&self, thread: ThreadId) -> ThreadState {
        self.thread(thread).state
    }

    /// How long the thread was on cores: its CPU time.
    pub fn cpu_time(&self, now: Time, thread: ThreadId) -> Duration {
        let thread = self.thread(thread);
        match thread.state {
            ThreadState::Running(_) => thread.cpu_time + now.since(thread.on_core_since),
            _ => thread.cpu_time,
        }
    }

    /// How long the threads of a process were on cores together, those that have ended included.
    pub fn process_cpu_time(&self, now: Time, process: ProcessId) -> Duration {
        let threads = &self.processes[process.0 as usize].threads;
        threads.iter().fold(Duration::ZERO, |sum, thread| sum + self.cpu_time(now, *thread))
    }

    /// The process of a thread.
    pub fn process_of(&self, thread: ThreadId) -> ProcessId {
        self.thread(thread).process
    }

    /// The journal's subject of a thread.
    pub fn subject(&self, thread: ThreadId) -> Subject {
        self.thread(thread).subject
    }

    /// The thread's newest entry in the journal: the cause of what it brings about.
    pub fn last_entry(&self, thread: ThreadId) -> Option<EntryId> {
        self.thread(thread).last_entry
    }

    /// The viewer's line that the thread executes; its entries carry it from here on.
    pub fn set_line(&mut self, thread: ThreadId, line: Option<Line>) {
        self.thread_mut(thread).line = line;
    }

    /// How many threads want a core and have none.
    pub fn n_runnable(&self) -> usize {
        self.woken.len() + self.queue.len()
    }

    /// Whether some core has no thread.
    pub fn has_free_core(&self) -> bool {
        self.cores.iter().any(|core| core.thread.is_none())
    }

    /// How long the thread may keep its core from now on; `None` while nobody wants it.
    pub fn slice_left(&self, now: Time, thread: ThreadId) -> Option<Duration> {
        if self.n_runnable() == 0 {
            return None;
        }
        let thread = self.thread(thread);
        let left = self.slice_end(thread).max(now).since(now);
        // A slice that is over now ends in this instant; what is begun now is done in the next one.
        Some(if left == Duration::ZERO { self.parameters.slice } else { left })
    }

    /// When the slice of a running thread ends: used up, at a tick.
    fn slice_end(&self, thread: &Thread) -> Time {
        let end = thread.on_core_since + self.parameters.slice.saturating_sub(thread.slice_used);
        self.parameters.next_tick(end)
    }

    /// Records a condition of the thread, unless it is the one recorded last. Returns the newest entry.
    pub fn record<E>(
        &mut self,
        cx: &mut Context<E>,
        thread: ThreadId,
        state: State,
        reason: Name,
        on: Option<Subject>,
        cause: Option<EntryId>,
    ) -> Option<EntryId> {
        let at = cx.kernel.now();
        let thread = self.thread_mut(thread);
        if thread.written != Some((state, reason, on)) {
            thread.written = Some((state, reason, on));
            let what = What::State { state, reason, on };
            thread.last_entry =
                Some(cx.journal.push(Entry { at, subject: thread.subject, what, cause, line: thread.line }));
        }
        thread.last_entry
    }

    /// Starts a new thread: it is runnable after the wake-up latency, behind the others.
    pub fn start<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, cause: Option<EntryId>) {
        assert_eq!(self.state(thread), ThreadState::New, "a thread starts once");
        self.count_stacks(cx, thread, 1);
        self.record(cx, thread, State::Ready, self.words.core, None, cause);
        self.wake_after(cx, thread, false, self.latency(cx.kernel.now(), thread));
    }

    /// A stack comes or goes: the address space that all of a process reserve, and the memory that they occupy
    /// (S-OS-07). A process that never had a second thread is not counted.
    fn count_stacks<E>(&mut self, cx: &mut Context<E>, thread: ThreadId, change: i64) {
        let Parameters { stack_bytes, stack_resident_bytes, .. } = self.parameters;
        let process = &mut self.processes[self.threads[thread.0 as usize].process.0 as usize];
        process.n_stacks += change;
        process.has_threads |= process.n_stacks > 1;
        if process.has_threads {
            let (at, subject, n) = (cx.kernel.now(), process.subject, process.n_stacks);
            cx.journal.count(at, subject, "stacks reserved [bytes]", n * stack_bytes as i64);
            cx.journal.count(at, subject, "stacks in memory [bytes]", n * stack_resident_bytes as i64);
        }
    }

    /// Wakes a blocked thread: it is runnable after the wake-up latency (S-OS-03).
    pub fn wake<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, cause: Option<EntryId>) {
        let latency = self.latency(cx.kernel.now(), thread);
        self.wake_with(cx, thread, cause, latency);
    }

    /// Wakes a blocked thread with a latency of the caller's.
    pub fn wake_with<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        thread: ThreadId,
        cause: Option<EntryId>,
        latency: Duration,
    ) {
        assert_eq!(self.state(thread), ThreadState::Blocked, "only a blocked thread can be woken");
        self.record(cx, thread, State::Ready, self.words.core, None, cause);
        let has_credit = self.thread(thread).last_stint < self.parameters.wakeup_preemption_after;
        self.wake_after(cx, thread, has_credit, latency);
    }

    fn wake_after<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: ThreadId, is_woken: bool, latency: Duration) {
        let thread = self.thread_mut(id);
        if let Some(alarm) = thread.timer.take() {
            cx.kernel.cancel(alarm);
        }
        thread.is_woken = is_woken;
        thread.state = ThreadState::Waking;
        if latency == Duration::ZERO {
            self.become_runnable(cx, id);
        } else {
            let key = cx.kernel.schedule(cx.kernel.now() + latency, Timer::Runnable(id).into());
            self.thread_mut(id).timer = Some(key);
        }
    }

    /// How long a thread woken now takes to become runnable: as long as an idle core takes to notice. On a machine
    /// without an idle core the thread stands in the run queue at once.
    pub fn latency(&self, now: Time, thread: ThreadId) -> Duration {
        let target = self.thread(thread).last_core.filter(|core| self.core(*core).thread.is_none());
        let target = target.map(|core| self.core(core)).or_else(|| self.cores.iter().find(|c| c.thread.is_none()));
        target.map_or(Duration::ZERO, |core| self.parameters.wake_latency_after(now.since(core.idle_since)))
    }

    /// The thread works for `length` from now on. `reason` says how, where it is not plainly running.
    pub fn run<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: ThreadId,
        length: Duration,
        reason: Name,
        cause: Option<EntryId>,
    ) {
        self.record(cx, id, State::Running, reason, None, cause);
        let end = cx.kernel.now() + length;
        let thread = self.thread_mut(id);
        assert!(matches!(thread.state, ThreadState::Running(_)), "a thread needs a core to run");
        assert_eq!(thread.burst_end, None, "one burst at a time");
        thread.burst_end = Some(end);
        thread.burst_reason = reason;
        thread.timer = Some(cx.kernel.schedule(end, Timer::BurstEnd(id).into()));
    }

    /// The running thread gives up its core until it is woken. With an `alarm`, [`Notice::Alarm`] comes
    /// at that time unless it was woken before.
    pub fn block<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: ThreadId, alarm: Option<Time>) {
        let core = self.core_of(id);
        let thread = self.thread_mut(id);
        assert_eq!(thread.burst_end, None, "a thread blocks between bursts");
        thread.state = ThreadState::Blocked;
        thread.slice_used = Duration::ZERO;
        let cpu_time = thread.cpu_time + cx.kernel.now().since(thread.on_core_since);
        thread.last_stint = cpu_time.saturating_sub(thread.woken_at_cpu_time);
        thread.woken_at_cpu_time = cpu_time;
        thread.timer = None;
        self.set_alarm(cx, id, alarm);
        self.leave_core(cx, core);
    }

    /// Sets or clears the alarm of a blocked thread; the one before is forgotten.
    pub fn set_alarm<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: ThreadId, alarm: Option<Time>) {
        let thread = self.thread_mut(id);
        assert_eq!(thread.state, ThreadState::Blocked, "only a blocked thread has an alarm");
        if let Some(before) = thread.timer.take() {
            cx.kernel.cancel(before);
        }
        // Early: a check point at that very time sees the drop request.
        thread.timer = alarm.map(|at| {
            let at = at.max(cx.kernel.now());
            cx.kernel.schedule_with(at, Priority::EARLY, Timer::Alarm(id).into())
        });
    }

    /// Ends a thread, whatever it is doing.
    pub fn end_thread<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: ThreadId, cause: Option<EntryId>) {
        let thread = self.thread_mut(id);
        if thread.state == ThreadState::Dead {
            return;
        }
        let state = std::mem::replace(&mut thread.state, ThreadState::Dead);
        if state != ThreadState::New {
            self.count_stacks(cx, id, -1);
        }
        let thread = self.thread_mut(id);
        thread.burst_end = None;
        if let Some(timer) = thread.timer.take() {
            cx.kernel.cancel(timer);
        }
        self.record(cx, id, State::Done, self.words.empty, None, cause);
        match state {
            ThreadState::Runnable => {
                self.woken.retain(|t| *t != id);
                self.queue.retain(|t| *t != id);
            }
            ThreadState::Switching(core) | ThreadState::Running(core) => self.leave_core(cx, core),
            _ => {}
        }
        self.notices.retain(|notice| {
            let (Notice::OnCore(t) | Notice::BurstEnded(t) | Notice::Alarm(t)) = *notice;
            t != id
        });
    }

    /// Ends a process and all its threads.
    pub fn end_process<E: From<Timer>>(&mut self, cx: &mut Context<E>, process: ProcessId, cause: Option<EntryId>) {
        self.processes[process.0 as usize].is_alive = false;
        for thread in self.processes[process.0 as usize].threads.clone() {
            self.end_thread(cx, thread, cause);
        }
        let (at, subject) = (cx.kernel.now(), self.process_subject(process));
        let what = What::State { state: State::Done, reason: self.words.empty, on: None };
        cx.journal.push(Entry { at, subject, what, cause, line: None });
    }

    /// Acts on a timer of cores and threads whose time has come. The network's are not for here.
    pub fn handle<E: From<Timer>>(&mut self, cx: &mut Context<E>, timer: Timer) {
        match timer {
            Timer::Alarm(thread) => {
                self.thread_mut(thread).timer = None;
                self.notices.push_back(Notice::Alarm(thread));
            }
            Timer::Runnable(thread) => {
                self.thread_mut(thread).timer = None;
                self.become_runnable(cx, thread);
            }
            Timer::Switched(core) => self.switched(cx, core),
            Timer::SliceEnd(core) => {
                self.core_mut(core).slice_end = None;
                if self.n_runnable() > 0 {
                    self.preempt(cx, core, None, false);
                }
            }
            Timer::BurstEnd(thread) => {
                let ended = self.thread_mut(thread);
                ended.timer = None;
                ended.burst_end = None;
                self.notices.push_back(Notice::BurstEnded(thread));
            }
            Timer::Network(_) => unreachable!("the network handles its own timers"),
        }
    }

    /// The thread gets a free core, or another thread's, or a place in the run queue.
    fn become_runnable<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId) {
        self.thread_mut(thread).state = ThreadState::Runnable;
        if let Some(core) = self.choose_free_core(cx, thread) {
            self.assign(cx, core, thread);
        } else if let Some(core) = self.choose_victim(cx, thread) {
            self.preempt(cx, core, Some(thread), true);
        } else {
            if self.thread(thread).is_woken {
                self.woken.push_back(thread);
            } else {
                self.queue.push_back(thread);
            }
            self.arm_slices(cx);
        }
    }

    /// The thread's last core when it is free; else the free core with the lowest number.
    fn choose_free_core<E>(&self, cx: &mut Context<E>, thread: ThreadId) -> Option<CoreId> {
        let n_free = self.cores.iter().filter(|core| core.thread.is_none()).count();
        if n_free == 0 {
            return None;
        }
        let last = self.thread(thread).last_core.filter(|core| self.core(*core).thread.is_none());
        let chosen = cx.choices.choose("core", n_free);
        let others = (0..self.cores.len() as u32).map(CoreId);
        let others = others.filter(|core| self.core(*core).thread.is_none() && Some(*core) != last);
        last.into_iter().chain(others).nth(chosen)
    }

    /// The core whose thread a woken thread may displace: of those that work long at a time, the one that has used most of its slice (S-OS-03). Nobody displaces one while others wait for a core.
    fn choose_victim<E>(&self, cx: &mut Context<E>, thread: ThreadId) -> Option<CoreId> {
        if !self.thread(thread).is_woken || self.n_runnable() > 0 {
            return None;
        }
        let now = cx.kernel.now();
        let mut victims: Vec<(Duration, CoreId)> = Vec::new();
        for (n, core) in self.cores.iter().enumerate() {
            let Some(running) = core.thread.map(|t| self.thread(t)) else { continue };
            let has_run = now.since(running.on_core_since);
            let stint = (running.cpu_time + has_run).saturating_sub(running.woken_at_cpu_time);
            let stint = stint.max(running.last_stint);
            let is_in_burst = matches!(running.state, ThreadState::Running(_)) && running.burst_end.is_some();
            if is_in_burst && stint >= self.parameters.wakeup_preemption_after {
                victims.push((running.slice_used + has_run, CoreId(n as u32)));
            }
        }
        victims.sort_by_key(|&(used, core)| (std::cmp::Reverse(used), core));
        if victims.is_empty() { None } else { Some(victims[cx.choices.choose("preempted core", victims.len())].1) }
    }

    /// Takes the core from its thread, which stands in line again, and gives it to `by`, or to the next
    /// in line. A thread displaced by a wake-up has part of its slice left and goes in front of the
    /// others that wait; one whose slice has ended goes to the tail.
    fn preempt<E: From<Timer>>(&mut self, cx: &mut Context<E>, core: CoreId, by: Option<ThreadId>, keeps_place: bool) {
        let now = cx.kernel.now();
        let slice = self.parameters.slice;
        let Some(id) = self.core(core).thread else { return };
        let by_subject = by.map(|t| self.subject(t));
        let cause = by.and_then(|t| self.last_entry(t));
        self.record(cx, id, State::Ready, self.words.core, by_subject, cause);
        let thread = self.thread_mut(id);
        if let Some(timer) = thread.timer.take() {
            cx.kernel.cancel(timer);
        }
        if let Some(end) = thread.burst_end.take() {
            thread.burst_left = Some(end.since(now));
        }
        if let ThreadState::Running(_) = thread.state {
            thread.cpu_time += now.since(thread.on_core_since);
        }
        thread.state = ThreadState::Runnable;
        if keeps_place {
            thread.slice_used += now.since(thread.on_core_since);
            if thread.slice_used >= slice {
                // It ran on while nobody wanted the core: that is no debt.
                thread.slice_used = Duration::ZERO;
            }
            self.queue.push_front(id);
        } else {
            thread.slice_used = Duration::ZERO;
            self.queue.push_back(id);
        }
        self.core_mut(core).thread = None;
        match by {
            Some(thread) => self.assign(cx, core, thread),
            None => self.leave_core(cx, core),
        }
    }

    /// The core is free for the next in line.
    fn leave_core<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: CoreId) {
        let now = cx.kernel.now();
        let core = self.core_mut(id);
        let left_by = core.thread.take();
        core.idle_since = now;
        if let Some(thread) = left_by {
            let thread = self.thread_mut(thread);
            thread.cpu_time += now.since(thread.on_core_since);
        }
        let core = self.core_mut(id);
        if let Some(slice_end) = core.slice_end.take() {
            cx.kernel.cancel(slice_end);
        }
        let n_runnable = self.n_runnable();
        if n_runnable == 0 {
            let cause = left_by.and_then(|t| self.last_entry(t));
            let what = What::State { state: State::Waiting, reason: self.words.idle, on: None };
            cx.journal.push(Entry { at: now, subject: self.core(id).subject, what, cause, line: None });
            return;
        }
        let chosen = cx.choices.choose("run queue", n_runnable);
        let next = match chosen.checked_sub(self.woken.len()) {
            None => self.woken.remove(chosen),
            Some(place) => self.queue.remove(place),
        };
        if let Some(thread) = next {
            self.assign(cx, id, thread);
        }
    }

    fn assign<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: CoreId, thread: ThreadId) {
        let at = cx.kernel.now();
        let on = Some(self.subject(thread));
        let what = What::State { state: State::Running, reason: self.words.empty, on };
        let cause = self.last_entry(thread);
        let core = self.core_mut(id);
        core.thread = Some(thread);
        if let Some(slice_end) = core.slice_end.take() {
            cx.kernel.cancel(slice_end);
        }
        cx.journal.push(Entry { at, subject: core.subject, what, cause, line: None });
        let context_switch = self.parameters.context_switch;
        let thread = self.thread_mut(thread);
        thread.state = ThreadState::Switching(id);
        thread.last_core = Some(id);
        thread.on_core_since = at;
        if context_switch == Duration::ZERO {
            self.switched(cx, id);
        } else {
            thread.timer = Some(cx.kernel.schedule(at + context_switch, Timer::Switched(id).into()));
        }
    }

    /// The thread of the core executes: the rest of its burst, or what the caller says.
    fn switched<E: From<Timer>>(&mut self, cx: &mut Context<E>, core: CoreId) {
        let now = cx.kernel.now();
        let Some(id) = self.core(core).thread else { unreachable!("a switching core has a thread") };
        let thread = self.thread_mut(id);
        thread.timer = None;
        thread.state = ThreadState::Running(core);
        thread.on_core_since = now;
        let reason = thread.burst_reason;
        match thread.burst_left.take() {
            Some(left) => self.run(cx, id, left, reason, None),
            None => self.notices.push_back(Notice::OnCore(id)),
        }
        if self.n_runnable() > 0 {
            self.arm_slices(cx);
        }
    }

    /// While somebody waits for a core, every running thread has an end to its slice.
    fn arm_slices<E: From<Timer>>(&mut self, cx: &mut Context<E>) {
        let now = cx.kernel.now();
        for n in 0..self.cores.len() {
            let core = &self.cores[n];
            let (None, Some(thread)) = (core.slice_end, core.thread) else { continue };
            let thread = self.thread(thread);
            if !matches!(thread.state, ThreadState::Running(_)) {
                continue;
            }
            // Used up long ago while nobody wanted the core: it ends at the next tick.
            let end = self.slice_end(thread).max(self.parameters.next_tick(now));
            // Late: a burst that ends with the slice has ended.
            let timer = Timer::SliceEnd(CoreId(n as u32)).into();
            self.cores[n].slice_end = Some(cx.kernel.schedule_with(end, Priority::LATE, timer));
        }
    }

    fn core_of(&self, thread: ThreadId) -> CoreId {
        match self.state(thread) {
            ThreadState::Running(core) => core,
            other => panic!("thread {} has no core to act on: it is {other:?}", thread.0),
        }
    }

    fn core(&self, id: CoreId) -> &Core {
        &self.cores[id.0 as usize]
    }

    fn core_mut(&mut self, id: CoreId) -> &mut Core {
        &mut self.cores[id.0 as usize]
    }

    fn thread(&self, id: ThreadId) -> &Thread {
        &self.threads[id.0 as usize]
    }

    fn thread_mut(&mut self, id: ThreadId) -> &mut Thread {
        &mut self.threads[id.0 as usize]
    }
}
