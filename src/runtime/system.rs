//! The machine with its interpreters, as the world above calls it.
//!
//! A thread of Python is always in one [`Phase`]; `transitions.rs` says what leads from one to the next.

use std::collections::VecDeque;

use super::gil::{Generation, Gil};
use super::lock::{Handover, Lock, LockId, NotLocked};
use crate::journal::{Entry, EntryId, Journal, Kind, Line, Name, State, Subject, What};
use crate::kernel::{Kernel, Stream, Streams};
use crate::machine::{
    Context, Interest, Machine, Network, Parameters, PollerId, ProcessId, SocketId, ThreadId, ThreadState, Timer, Work,
};
use crate::time::{Duration, Time};

/// How a thread comes back to Python.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resumed {
    /// It begins.
    Started,
    /// It has come back from dropping the GIL on request; nothing else has happened to it.
    Switched,
    /// What it blocked for has happened: the lock is its own, the socket is ready, it was woken.
    Woken,
    /// The deadline of its block has passed.
    TimedOut,
    /// A signal has come ([`System::interrupt`]); what it blocked for has not happened.
    Interrupted,
    /// Its work without the GIL is done.
    NativeDone,
}

/// What the world must act on, in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// The thread has a core and the GIL: run its Python and say how long that took ([`System::burst`]).
    Run(ThreadId, Resumed),
    /// The thread has done its burst: what it stopped for happens now.
    BurstEnded(ThreadId),
}

/// How far a thread may run before the world looks again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// Stop when this much has been spent, or a little later; at least 1 ns.
    pub length: Duration,
    /// Stop at the first check point: the GIL is to be dropped there.
    pub is_drop_requested: bool,
}

/// How far threads without a GIL run at a time, so that each sees what the others have done.
const INTERLEAVING: Duration = Duration::micros(20);

/// What a thread waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wait {
    /// [`System::wake`], or the deadline alone.
    Wake,
    /// A raw lock. Use [`System::acquire`].
    Lock(LockId),
    /// A socket to be ready.
    Socket(SocketId, Interest),
    /// Any socket of a poller to be ready.
    Poller(PollerId),
}

/// A blocking call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// What ends it.
    pub wait: Wait,
    /// For what, in the journal's words: "sleep", "socket", "join".
    pub reason: &'static str,
    /// Who has what it waits for, where that is a subject.
    pub on: Option<Subject>,
    /// When it ends at the latest.
    pub deadline: Option<Time>,
}

impl Block {
    /// A sleep until this time. One that is not in the future drops the GIL for the length of a system
    /// call, as `time.sleep(0)` does (S-GIL-18).
    pub fn sleep(until: Time) -> Block {
        Block { wait: Wait::Wake, reason: "sleep", on: None, deadline: Some(until) }
    }
}

/// What became of an attempt to acquire a lock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Acquired {
    /// It is the thread's; the thread goes on.
    Yes,
    /// It is not, and the thread did not want to wait; the thread goes on.
    No,
    /// The thread waits: a [`Notice::Run`] with `Woken` (it has the lock) or `TimedOut` follows.
    Waits,
}

/// A block under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    pub wait: Wait,
    pub reason: Name,
    pub on: Option<Subject>,
    pub deadline: Option<Time>,
    /// When it was asked for.
    pub since: Time,
    /// It was woken before it began to wait.
    pub is_woken: bool,
    /// A signal came before it began to wait.
    pub is_interrupted: bool,
}

impl Pending {
    pub fn new(wait: Wait, reason: Name, on: Option<Subject>, deadline: Option<Time>, since: Time) -> Pending {
        Pending { wait, reason, on, deadline, since, is_woken: false, is_interrupted: false }
    }
}

/// Why a blocked thread comes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Back {
    Woken,
    TimedOut,
    /// The lock was handed to it.
    Handed,
    Interrupted,
}

/// What a thread does once it has dropped the GIL and need not wait for a switch.
#[derive(Clone, Copy, Debug)]
pub(super) enum Then {
    Take(Resumed),
    Block(Pending),
    Native(Duration),
}

/// Where a thread stands between core, GIL and blocking.
#[derive(Clone, Copy, Debug)]
pub(super) enum Phase {
    /// Not started.
    New,
    /// Will try to take the GIL as soon as it has a core.
    WantsGil(Resumed),
    /// In the GIL's queue.
    InQueue(Resumed),
    /// The GIL was dropped and this waiter woken: tries to take it as soon as it has a core.
    Signalled(Resumed),
    /// Its wait for the GIL, begun at this switch number, timed out; it needs a core to act on that.
    TimedOut(Resumed, u64),
    /// Has dropped the GIL on request and waits until somebody has taken it.
    Switching(Then),
    /// Somebody has; goes on as soon as it has a core.
    Switched(Then),
    /// Has the GIL and a core.
    Python,
    /// Has released the GIL after so many instructions and takes it again at once.
    Releasing,
    /// Works without the GIL.
    Native(Resumed),
    /// Blocked by a call.
    Blocked(Pending),
    /// No longer; goes on as soon as it has a core.
    Unblocked(Pending, Back),
    /// Has ended.
    Ended,
}

pub(super) struct Thread {
    pub phase: Phase,
    /// Its interpreter's GIL; `None` in a free-threaded process.
    pub gil: Option<usize>,
    /// It has come back from dropping the GIL in the midst of a computation.
    pub goes_on: bool,
    /// What it has been in the system for, waking others, that its work has not been made longer by yet.
    pub in_system: Duration,
}

/// A GIL and its track.
pub(super) struct GilOf {
    pub gil: Gil,
    pub subject: Subject,
    /// How many threads have waited long enough and only need a core to act on that.
    pub n_timing_out: u32,
    /// How many threads have been woken to take it and have not tried yet.
    pub n_signalled: u32,
    /// The newest entry about it.
    pub last_entry: Option<EntryId>,
}

/// Names that are written often.
pub(super) struct Words {
    pub empty: Name,
    pub gil: Name,
    pub held: Name,
    pub free: Name,
    pub without_gil: Name,
    pub lock: Name,
}

/// The machine, its network, and the threads of its interpreters.
pub struct System {
    /// Cores, threads, processes. Read it freely; threads are moved by the system only.
    pub(super) machine: Machine,
    /// Sockets, pollers, descriptors. After a call that may have woken somebody, take the notices.
    pub network: Network,
    pub(super) gils: Vec<GilOf>,
    /// The GIL of each process, by process id.
    gil_of_process: Vec<Option<usize>>,
    pub(super) locks: Vec<Option<Lock>>,
    free_locks: Vec<LockId>,
    pub(super) threads: Vec<Thread>,
    pub(super) notices: VecDeque<Notice>,
    pub(super) words: Words,
    /// How long a thread woken by a check of 2.7 takes: it races with the holder, which takes the GIL again within a
    /// fraction of a microsecond, and constant times would let the same one win every time.
    pub(super) race: Stream,
    /// When threads are made to switch, ascending: no burst may run past it.
    pub(super) switches: VecDeque<Time>,
}

impl System {
    /// A machine without processes; its cores are recorded in the journal.
    pub fn new(parameters: Parameters, journal: &mut Journal) -> System {
        let words = Words {
            empty: journal.name(""),
            gil: journal.name("GIL"),
            held: journal.name("held"),
            free: journal.name("free"),
            without_gil: journal.name("without GIL"),
            lock: journal.name("lock"),
        };
        System {
            race: Streams::new(parameters.seed).stream("GIL"),
            network: Network::new(&parameters),
            machine: Machine::new(parameters, journal),
            gils: Vec::new(),
            gil_of_process: Vec::new(),
            locks: Vec::new(),
            free_locks: Vec::new(),
            threads: Vec::new(),
            notices: VecDeque::new(),
            words,
            switches: VecDeque::new(),
        }
    }

    /// Announces when [`System::switch`] will be called, ascending.
    pub fn expect_switches(&mut self, switches: impl Iterator<Item = Time>) {
        self.switches.extend(switches);
    }

    /// The machine, to be read.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Makes a process without threads; with a `generation`, it has a GIL.
    pub fn add_process<E>(
        &mut self,
        cx: &mut Context<E>,
        name: &str,
        generation: Option<Generation>,
        cause: Option<EntryId>,
    ) -> ProcessId {
        let process = self.machine.add_process(cx, name, cause);
        let gil = generation.map(|generation| {
            let (at, parent) = (cx.kernel.now(), self.machine.process_subject(process));
            let subject = cx.journal.born(at, Kind::Gil, "GIL", Some(parent), cause, None);
            self.gils.push(GilOf {
                gil: Gil::new(generation),
                subject,
                n_timing_out: 0,
                n_signalled: 0,
                last_entry: None,
            });
            self.gils.len() - 1
        });
        self.gil_of_process.push(gil);
        process
    }

    /// Makes a thread that does not run yet.
    pub fn add_thread<E>(
        &mut self,
        cx: &mut Context<E>,
        process: ProcessId,
        name: &str,
        cause: Option<EntryId>,
    ) -> ThreadId {
        let id = self.machine.add_thread(cx, process, name, cause);
        self.threads.push(Thread {
            phase: Phase::New,
            gil: self.gil_of_process[process.0 as usize],
            goes_on: false,
            in_system: Duration::ZERO,
        });
        id
    }

    /// Starts a thread: it gets a core, then the GIL, then a [`Notice::Run`] (S-GIL-19).
    pub fn start<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, cause: Option<EntryId>) {
        self.set_phase(thread, Phase::WantsGil(Resumed::Started));
        self.machine.start(cx, thread, cause);
        self.settle(cx);
    }

    /// The oldest notice that the world has not taken yet.
    pub fn next_notice(&mut self) -> Option<Notice> {
        self.notices.pop_front()
    }

    /// The GIL of a process, if it has one.
    pub fn gil(&self, process: ProcessId) -> Option<&Gil> {
        self.gil_of_process[process.0 as usize].map(|gil| &self.gils[gil].gil)
    }

    /// The journal's subject of a process' GIL, if it has one.
    pub fn gil_subject(&self, process: ProcessId) -> Option<Subject> {
        self.gil_of_process[process.0 as usize].map(|gil| self.gils[gil].subject)
    }

    /// Whether somebody waits for the GIL of a process, or is on its way to take it.
    pub fn is_gil_wanted(&self, process: ProcessId) -> bool {
        self.gil_of_process[process.0 as usize].is_some_and(|gil| {
            let GilOf { gil, n_timing_out, n_signalled, .. } = &self.gils[gil];
            gil.n_waiters() > 0 || *n_timing_out > 0 || *n_signalled > 0
        })
    }

    /// Whether somebody who was woken to take the GIL of a process is on its way.
    pub fn is_somebody_coming(&self, process: ProcessId) -> bool {
        self.gil_of_process[process.0 as usize].is_some_and(|gil| self.gils[gil].n_signalled > 0)
    }

    /// Changes the switch interval of a process' GIL; it must be above zero (S-GIL-10). Without a GIL, and where
    /// nobody asks for it, it changes nothing.
    pub fn set_switch_interval(&mut self, process: ProcessId, interval: Duration) {
        if let Some(gil) = self.gil_of_process[process.0 as usize]
            && let Generation::Requests { .. } = self.gils[gil].gil.generation()
        {
            self.gils[gil].gil.set_interval(interval);
        }
    }

    /// The viewer's line that the thread executes; its entries carry it from here on.
    pub fn set_line(&mut self, thread: ThreadId, line: Option<Line>) {
        self.machine.set_line(thread, line);
    }

    /// How far the thread may run: to the moment at which it may be asked to drop the GIL, or to the end of its slice;
    /// and not so far beyond the next event that what becomes of it could concern the thread before. O(1).
    ///
    /// A thread that must be `prompt` may be reached by a signal, which comes with an event, and does not run beyond one.
    pub fn budget<E>(&self, kernel: &Kernel<E>, thread: ThreadId, is_prompt: bool) -> Budget {
        let now = kernel.now();
        let mut end = self.machine.slice_left(now, thread).map_or(Time::NEVER, |left| now + left);
        end = end.min(self.switches.front().copied().unwrap_or(Time::NEVER));
        let mut is_drop_requested = false;
        let gil = self.threads[thread.0 as usize].gil.map(|gil| &self.gils[gil]);
        if let Some(GilOf { gil, .. }) = gil {
            is_drop_requested = gil.is_drop_requested();
            if !is_drop_requested {
                end = end.min(gil.next_request(now));
            }
        }
        let grace = match gil {
            _ if is_prompt => Duration::ZERO,
            // Whoever comes by then must wait an interval before it may ask.
            Some(GilOf { n_timing_out: 0, gil, .. }) => gil.grace(),
            // Somebody has waited, and asks as soon as it has a core.
            Some(_) => Duration::ZERO,
            // Without a GIL threads run side by side; this is how finely they interleave.
            None => INTERLEAVING,
        };
        let quiet = kernel.next_time().map_or(Time::NEVER, |at| at + grace);
        let length = self.machine.work_within(now, thread, self.work_of(thread), end.min(quiet).since(now));
        Budget { length: length.max(Duration(1)), is_drop_requested }
    }

    /// The thread's Python takes `spent` from now on, longer where its core's caches are cold, and the system calls that it
    /// made `in_system`, which have their own figures for that; [`Notice::BurstEnded`] follows.
    pub fn burst<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        thread: ThreadId,
        spent: Duration,
        in_system: Duration,
    ) {
        assert!(matches!(self.phase(thread), Phase::Python), "Python runs with the GIL");
        let how = self.work_of(thread);
        self.threads[thread.0 as usize].goes_on = false;
        let length = self.machine.work(cx.kernel.now(), thread, how, spent);
        let in_system = in_system + std::mem::take(&mut self.threads[thread.0 as usize].in_system);
        self.machine.run(cx, thread, length + in_system, self.words.empty, None);
    }

    fn work_of(&self, thread: ThreadId) -> Work {
        let Thread { gil, goes_on, .. } = self.threads[thread.0 as usize];
        Work { is_alone: gil.is_some(), goes_on }
    }

    /// The thread is at a check point: true when it goes on, false when it has dropped the GIL, on request
    /// (S-GIL-12) or because it does so every so many instructions (S-GIL-03); then a [`Notice::Run`] with
    /// `Switched` follows.
    #[must_use]
    pub fn check_point<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId) -> bool {
        let Some(gil) = self.threads[thread.0 as usize].gil else { return true };
        match self.gils[gil].gil.generation() {
            Generation::Ticks { release } => self.release_and_take(cx, gil, thread, release),
            Generation::Requests { .. } if self.gils[gil].gil.is_drop_requested() => {
                self.drop_then(cx, thread, Then::Take(Resumed::Switched));
            }
            Generation::Requests { .. } => return true,
        }
        self.settle(cx);
        false
    }

    /// The thread drops the GIL and blocks. A [`Notice::Run`] with `Woken` or `TimedOut` follows when it
    /// has a core and the GIL again; at once, if what it waits for is there already.
    pub fn block<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, block: Block) {
        let Block { wait, reason, on, deadline } = block;
        let (reason, since) = (cx.journal.name(reason), cx.kernel.now());
        self.drop_then(cx, thread, Then::Block(Pending::new(wait, reason, on, deadline, since)));
        self.settle(cx);
    }

    /// The thread drops the GIL, works `length` without it and takes it again: a system call that does
    /// not block, a hash of a big buffer. A [`Notice::Run`] with `NativeDone` follows (S-GIL-18).
    pub fn native<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, length: Duration) {
        self.drop_then(cx, thread, Then::Native(length));
        self.settle(cx);
    }

    /// Wakes a thread that is blocked by [`Wait::Wake`], or about to be; whether there was one.
    pub fn wake<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, cause: Option<EntryId>) -> bool {
        let woken = match self.phase(thread) {
            Phase::Blocked(pending) if pending.wait == Wait::Wake => {
                self.unblock(cx, thread, pending, Back::Woken, cause);
                true
            }
            Phase::Switching(Then::Block(pending)) if pending.wait == Wait::Wake => {
                self.set_phase(thread, Phase::Switching(Then::Block(Pending { is_woken: true, ..pending })));
                true
            }
            Phase::Switched(Then::Block(pending)) if pending.wait == Wait::Wake => {
                self.set_phase(thread, Phase::Switched(Then::Block(Pending { is_woken: true, ..pending })));
                true
            }
            _ => false,
        };
        self.settle(cx);
        woken
    }

    /// A signal comes: a thread that is blocked, or about to be, stops waiting. A [`Notice::Run`] with `Interrupted`
    /// follows; nothing where the thread does something else.
    pub fn interrupt<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, cause: Option<EntryId>) {
        let interrupted = |pending| Then::Block(Pending { is_interrupted: true, ..pending });
        match self.phase(thread) {
            Phase::Blocked(pending) => self.unblock(cx, thread, pending, Back::Interrupted, cause),
            Phase::Switching(Then::Block(pending)) => self.set_phase(thread, Phase::Switching(interrupted(pending))),
            Phase::Switched(Then::Block(pending)) => self.set_phase(thread, Phase::Switched(interrupted(pending))),
            // It may have been woken for a lock that somebody else takes first.
            Phase::Unblocked(pending, back) => {
                self.set_phase(thread, Phase::Unblocked(Pending { is_interrupted: true, ..pending }, back));
            }
            _ => {}
        }
        self.settle(cx);
    }

    /// Makes an unlocked lock. With a subject, its holder is written into the journal.
    pub fn add_lock(&mut self, handover: Handover, subject: Option<Subject>) -> LockId {
        let lock = Some(Lock::new(handover, subject));
        match self.free_locks.pop() {
            Some(id) => {
                self.locks[id.0 as usize] = lock;
                id
            }
            None => {
                self.locks.push(lock);
                LockId(self.locks.len() as u32 - 1)
            }
        }
    }

    /// Forgets a lock that nobody waits for; its id may be used again.
    pub fn free_lock(&mut self, id: LockId) {
        let lock = self.locks[id.0 as usize].take();
        assert!(lock.is_some_and(|lock| !lock.has_waiters()), "a lock that is waited for cannot go");
        self.free_locks.push(id);
    }

    /// Gives a lock its own track in the journal.
    pub fn show_lock(&mut self, id: LockId, subject: Subject) {
        self.lock_mut(id).subject = Some(subject);
    }

    /// Whether a lock is locked.
    pub fn is_locked(&self, id: LockId) -> bool {
        self.lock(id).is_locked()
    }

    /// Tries to acquire a lock, with the GIL in hand. If that fails and the thread is willing to wait,
    /// it drops the GIL and waits until `deadline` (S-THR-16). What a lock `stands_for` is what the record says it waits
    /// for, and for whom; of any other lock that is the lock and who has it.
    pub fn acquire<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        thread: ThreadId,
        id: LockId,
        waits: bool,
        deadline: Option<Time>,
        stands_for: Option<(Name, Option<Subject>)>,
    ) -> Acquired {
        if self.lock_mut(id).try_acquire(thread) {
            self.record_lock(cx, id, Some(thread));
            return Acquired::Yes;
        }
        let now = cx.kernel.now();
        if !waits || deadline.is_some_and(|deadline| deadline <= now) {
            return Acquired::No;
        }
        let holder = self.lock(id).acquired_by.map(|holder| self.machine.subject(holder));
        let (reason, on) = stands_for.unwrap_or((self.words.lock, holder));
        let wait = Wait::Lock(id);
        self.drop_then(cx, thread, Then::Block(Pending::new(wait, reason, on, deadline, now)));
        self.settle(cx);
        Acquired::Waits
    }

    /// Releases a lock on behalf of `by`, and wakes its first waiter (S-THR-16). The thread keeps the GIL.
    pub fn release<E: From<Timer>>(&mut self, cx: &mut Context<E>, by: ThreadId, id: LockId) -> Result<(), NotLocked> {
        let now = cx.kernel.now();
        let released = self.locks[id.0 as usize].as_mut().ok_or(NotLocked)?.release(now, cx.choices)?;
        let handed_to = released.filter(|(_, is_handed)| *is_handed).map(|(thread, _)| thread);
        self.record_lock(cx, id, handed_to);
        if let Some((thread, is_handed)) = released {
            let Phase::Blocked(pending) = self.phase(thread) else { unreachable!("a waiter is blocked") };
            let back = if is_handed { Back::Handed } else { Back::Woken };
            self.unblock(cx, thread, pending, back, self.machine.last_entry(by));
            self.pay_for_waking(by, thread);
            self.settle(cx);
        }
        Ok(())
    }

    /// Ends a thread that runs Python: it drops the GIL for good.
    pub fn end_thread<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId) {
        self.kill(cx, thread);
        self.settle(cx);
    }

    /// Ends a process with whatever its threads are doing: connections close, clients are refused.
    pub fn end_process<E: From<Timer>>(&mut self, cx: &mut Context<E>, process: ProcessId, cause: Option<EntryId>) {
        for thread in self.machine.threads_of(process).collect::<Vec<_>>() {
            self.kill(cx, thread);
        }
        self.network.close_all(cx, process, cause);
        self.machine.end_process(cx, process, cause);
        self.settle(cx);
    }

    /// Acts on a timer whose time has come.
    pub fn handle<E: From<Timer>>(&mut self, cx: &mut Context<E>, timer: Timer) {
        match timer {
            Timer::Network(timer) => self.network.handle(cx, timer),
            timer => self.machine.handle(cx, timer),
        }
        self.settle(cx);
    }

    /// Lets the machine act on what a direct call of [`System::network`] brought about.
    pub fn settle_network<E: From<Timer>>(&mut self, cx: &mut Context<E>) {
        self.settle(cx);
    }

    /// The threads that are blocked, and what each waits for. When nothing is left in the queue and this
    /// is not empty, they wait for ever: a deadlock (S-THR-15).
    pub fn blocked(&self) -> impl Iterator<Item = (ThreadId, Wait)> + '_ {
        let phases = self.threads.iter().zip(0..);
        phases.filter_map(|(thread, id)| match thread.phase {
            Phase::Blocked(pending) => Some((ThreadId(id), pending.wait)),
            _ => None,
        })
    }

    /// Who has acquired a lock, as far as that is known: any thread may release it.
    pub fn acquired_by(&self, id: LockId) -> Option<ThreadId> {
        self.lock(id).acquired_by
    }

    /// Whether the thread has ended.
    pub fn has_ended(&self, thread: ThreadId) -> bool {
        self.machine.state(thread) == ThreadState::Dead
    }

    pub(super) fn record_lock<E>(&mut self, cx: &mut Context<E>, id: LockId, holder: Option<ThreadId>) {
        let Some(subject) = self.lock(id).subject else { return };
        let (state, reason) = match holder {
            Some(_) => (State::Running, self.words.held),
            None => (State::Waiting, self.words.free),
        };
        let on = holder.map(|thread| self.machine.subject(thread));
        let cause = holder.and_then(|thread| self.machine.last_entry(thread));
        let what = What::State { state, reason, on };
        cx.journal.push(Entry { at: cx.kernel.now(), subject, what, cause, line: None });
    }

    pub(super) fn phase(&self, thread: ThreadId) -> Phase {
        self.threads[thread.0 as usize].phase
    }

    pub(super) fn set_phase(&mut self, thread: ThreadId, phase: Phase) {
        self.threads[thread.0 as usize].phase = phase;
    }

    pub(super) fn lock(&self, id: LockId) -> &Lock {
        self.locks[id.0 as usize].as_ref().unwrap_or_else(|| panic!("lock {} was freed", id.0))
    }

    pub(super) fn lock_mut(&mut self, id: LockId) -> &mut Lock {
        self.locks[id.0 as usize].as_mut().unwrap_or_else(|| panic!("lock {} was freed", id.0))
    }
}
