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

mod fairness;
mod processes;
mod scheduling;
mod thread;

use std::collections::VecDeque;

use super::cold::{Beginning, Caches, Work};
use super::{Context, Parameters, Timer};
use crate::journal::{Entry, EntryId, Journal, Kind, Line, Name, State, Subject, What};
use crate::kernel::{EventKey, Priority};
use crate::time::{Duration, Time};

use fairness::Contention;
use processes::Process;
pub use processes::ProcessId;
use thread::Thread;
pub use thread::{ThreadId, ThreadState};

/// A processor, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CoreId(pub u32);

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
    /// Who was woken to run here and has not come yet.
    expected: Option<ThreadId>,
    idle_since: Time,
    slice_end: Option<EventKey>,
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
    caches: Caches,
    contention: Contention,
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
                expected: None,
                idle_since: Time::ZERO,
                slice_end: None,
            })
            .collect();
        Machine {
            caches: Caches::new(parameters.cold.clone(), parameters.n_cores),
            parameters,
            cores,
            threads: Vec::new(),
            processes: Vec::new(),
            woken: VecDeque::new(),
            queue: VecDeque::new(),
            notices: VecDeque::new(),
            contention: Contention::default(),
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

    /// The thread's condition.
    pub fn state(&self, thread: ThreadId) -> ThreadState {
        self.thread(thread).state
    }

    /// How long the thread was on cores: its CPU time.
    pub fn cpu_time(&self, now: Time, thread: ThreadId) -> Duration {
        self.thread(thread).cpu_time(now)
    }

    /// The process of a thread.
    pub fn process_of(&self, thread: ThreadId) -> ProcessId {
        self.thread(thread).process
    }

    /// The journal's subject of a thread.
    pub fn subject(&self, thread: ThreadId) -> Subject {
        self.thread(thread).subject
    }

    /// The journal's subject of a core.
    pub fn core_subject(&self, core: CoreId) -> Subject {
        self.core(core).subject
    }

    /// The thread's newest entry in the journal: the cause of what it brings about.
    pub fn last_entry(&self, thread: ThreadId) -> Option<EntryId> {
        self.thread(thread).last_entry
    }

    /// The viewer's line that the thread executes; its entries carry it from here on.
    pub fn set_line(&mut self, thread: ThreadId, line: Option<Line>) {
        self.thread_mut(thread).line = line;
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
        self.wake_after(cx, thread, true, latency);
    }

    fn wake_after<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: ThreadId, is_woken: bool, latency: Duration) {
        let target = self.target(id);
        if let Some(core) = target {
            self.core_mut(core).expected.get_or_insert(id);
        }
        let thread = self.thread_mut(id);
        if let Some(alarm) = thread.timer.take() {
            cx.kernel.cancel(alarm);
        }
        thread.is_woken = is_woken;
        thread.target = target;
        thread.state = ThreadState::Waking;
        if latency == Duration::ZERO {
            self.become_runnable(cx, id);
        } else {
            let key = cx.kernel.schedule(cx.kernel.now() + latency, Timer::Runnable(id).into());
            self.thread_mut(id).timer = Some(key);
        }
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

    /// How long work takes that the thread begins now, if its caches are cold.
    pub fn work(&mut self, now: Time, thread: ThreadId, how: Work, work: Duration) -> Duration {
        self.caches.work(self.beginning(now, thread, how), work)
    }

    /// How much work the thread does within this length of time from now on.
    pub fn work_within(&self, now: Time, thread: ThreadId, how: Work, length: Duration) -> Duration {
        self.caches.within(self.beginning(now, thread, how), length)
    }

    fn beginning(&self, now: Time, thread: ThreadId, how: Work) -> Beginning {
        let core = self.core_of(thread).0 as usize;
        let Work { is_alone, goes_on } = how;
        Beginning { core, process: self.process_of(thread), thread, now, is_alone, goes_on }
    }

    /// The running thread gives up its core until it is woken. With an `alarm`, [`Notice::Alarm`] comes
    /// at that time unless it was woken before.
    pub fn block<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: ThreadId, alarm: Option<Time>) {
        let core = self.core_of(id);
        self.keep_lag(cx.kernel.now(), id);
        let thread = self.thread_mut(id);
        assert_eq!(thread.burst_end, None, "a thread blocks between bursts");
        thread.state = ThreadState::Blocked;
        thread.slice_used = Duration::ZERO;
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
        self.take_target(id);
        self.pass_time(cx.kernel.now());
        match state {
            ThreadState::Runnable => {
                self.woken.retain(|t| *t != id);
                self.queue.retain(|t| *t != id);
                self.forget_lags_unless_wanted();
            }
            ThreadState::Switching(core) | ThreadState::Running(core) => self.leave_core(cx, core),
            _ => {}
        }
        self.notices.retain(|notice| {
            let (Notice::OnCore(t) | Notice::BurstEnded(t) | Notice::Alarm(t)) = *notice;
            t != id
        });
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
            Timer::Displace(thread, core) => self.displace(cx, thread, core),
            Timer::BurstEnd(thread) => {
                let ended = self.thread_mut(thread);
                ended.timer = None;
                ended.burst_end = None;
                self.notices.push_back(Notice::BurstEnded(thread));
            }
            Timer::Network(_) => unreachable!("the network handles its own timers"),
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
