//! Signals: who gets one, what it interrupts, timers that send them (S-GIL-21, signal(7), PEP 475).
//!
//! A signal to a process goes to its main thread, unless that one blocks it. A Python handler is called by the main thread
//! alone; a blocking call of that thread ends for it and is asked for again, for what is left of its time.

use crate::journal::signals::{name_of, sending};
use crate::journal::{Entry, EntryId, Line, What};
use crate::kernel::EventKey;
use crate::machine::{Fd, ThreadId};
use crate::python::trap::{Masking, ProcessRequest, Purpose, SignalRequest, SocketRequest, Trap};
use crate::python::value::Value;
use crate::python::vm::{Disposition, SignalSet, bit};
use crate::runtime::{Block, Wait};
use crate::time::{Duration, Time};

use super::run::{Event, Run, Waits};

const KILL: u8 = 9;
const ALARM: u8 = 14;
const CHILD: u8 = 17;

/// Those that do nothing by default: a child has ended, a terminal has another size, urgent data, go on.
const QUIET: [u8; 4] = [CHILD, 18, 23, 28];

/// The signals of a process.
#[derive(Default)]
pub(super) struct ProcessSignals {
    /// Have come, and every thread blocks them.
    pending: SignalSet,
    /// What `alarm` and `setitimer` have set.
    timer: Option<SignalTimer>,
}

impl ProcessSignals {
    /// Whether a timer will send one.
    pub fn has_timer(&self) -> bool {
        self.timer.is_some()
    }
}

/// A timer that sends `SIGALRM`.
#[derive(Clone, Copy)]
struct SignalTimer {
    event: EventKey,
    at: Time,
    /// Between this one and the next; zero: there is no next.
    interval: Duration,
}

/// The signals of a thread.
#[derive(Clone, Copy, Default)]
pub(super) struct ThreadSignals {
    /// Do not come to it.
    pub blocked: SignalSet,
    /// Were sent to it alone, and it blocks them.
    pending: SignalSet,
    /// It waits for one of these in `sigwait`.
    awaited: SignalSet,
}

/// A blocking call that a signal may interrupt.
#[derive(Clone)]
pub(super) struct Call {
    pub kind: CallKind,
    /// When it ends at the latest.
    pub deadline: Option<Time>,
}

/// Which call it is.
#[derive(Clone)]
pub(super) enum CallKind {
    Sleep,
    Acquire { lock: u32, purpose: Option<Purpose> },
    WaitForSocket { fd: i32, write: bool },
    Poll { poller: i32 },
    Pause,
    WaitForSignal,
    WaitForChild { pid: Option<u32> },
}

impl ThreadSignals {
    /// Those of a thread whose maker blocks these.
    pub fn new(blocked: SignalSet) -> ThreadSignals {
        ThreadSignals { blocked, ..ThreadSignals::default() }
    }
}

impl Call {
    /// The same call for what is left of its time; none where it ends by being interrupted.
    fn again(self, now: Time) -> Option<Trap> {
        let timeout = self.deadline.map(|deadline| deadline.since(now));
        Some(match self.kind {
            CallKind::Sleep => Trap::Sleep(timeout.unwrap_or(Duration::ZERO)),
            CallKind::Acquire { lock, purpose } => Trap::Acquire { lock, blocking: true, timeout, purpose },
            CallKind::WaitForSocket { fd, write } => Trap::Socket(SocketRequest::Wait { fd, write, timeout }),
            CallKind::Poll { poller } => Trap::Socket(SocketRequest::Poll { poller, timeout }),
            CallKind::WaitForChild { pid } => Trap::Process(ProcessRequest::Wait { pid, blocks: true }),
            CallKind::Pause | CallKind::WaitForSignal => return None,
        })
    }
}

impl Run {
    pub(super) fn signal_request(&mut self, id: ThreadId, request: SignalRequest) {
        let n = self.threads[&id].process;
        let answer = match request {
            SignalRequest::Send { pid, signal } => {
                let found = self.processes.iter().position(|p| p.pid == pid && p.exit.is_none());
                if let (Some(found), 1..) = (found, signal) {
                    let cause = self.mark_sent(id, signal);
                    self.send_signal(found, signal, None, Some(cause));
                }
                Value::bool(found.is_some())
            }
            SignalRequest::SendToThread { ident, signal } => {
                let found = self.thread_of(id, ident);
                if let (Some(to), 1..) = (found, signal) {
                    let cause = self.mark_sent(id, signal);
                    self.send_signal(n, signal, Some(to), Some(cause));
                }
                Value::bool(found.is_some())
            }
            SignalRequest::Trip(signal) => {
                if self.processes[n].vm.signals.disposition(signal) == Disposition::Handled {
                    let cause = self.mark_sent(id, signal);
                    self.trip(n, signal, Some(cause));
                }
                Value::None
            }
            SignalRequest::SetTimer { after, interval } => {
                let left = self.timer_left(n);
                self.stop_timer(n);
                if after > Duration::ZERO {
                    let at = self.kernel.now() + after;
                    let event = self.kernel.schedule(at, Event::Alarm(n));
                    self.processes[n].signals.timer = Some(SignalTimer { event, at, interval });
                }
                left
            }
            SignalRequest::TimerLeft => self.timer_left(n),
            SignalRequest::Mask(how, set) => {
                let signals = &mut self.threads.get_mut(&id).expect("it runs").signals;
                let old = signals.blocked;
                signals.blocked = match how {
                    Masking::Block => old | set,
                    Masking::Unblock => old & !set,
                    Masking::Set => set,
                };
                signals.blocked &= !bit(KILL);
                self.send_unblocked(id);
                Value::Int(old as i64)
            }
            SignalRequest::Pending => {
                Value::Int((self.processes[n].signals.pending | self.threads[&id].signals.pending) as i64)
            }
            SignalRequest::Pause => return self.block_for_signal(id, CallKind::Pause),
            SignalRequest::Wait(set) => {
                let pending = (self.processes[n].signals.pending | self.threads[&id].signals.pending) & set;
                if pending == 0 {
                    self.threads.get_mut(&id).expect("it runs").signals.awaited = set;
                    return self.block_for_signal(id, CallKind::WaitForSignal);
                }
                let signal = pending.trailing_zeros() as u8 + 1;
                self.processes[n].signals.pending &= !bit(signal);
                self.threads.get_mut(&id).expect("it runs").signals.pending &= !bit(signal);
                Value::Int(signal.into())
            }
        };
        self.answer_signalled(id, answer);
    }

    fn block_for_signal(&mut self, id: ThreadId, kind: CallKind) {
        self.waits_in(id, Waits::Nothing, Call { kind, deadline: None });
        let (system, mut cx) = self.parts();
        system.block(&mut cx, id, Block { wait: Wait::Wake, reason: "signal", on: None, deadline: None });
    }

    /// Answers a call that may have sent a signal to the thread itself: its handler comes first.
    fn answer_signalled(&mut self, id: ThreadId, answer: Value) {
        // It may have ended its own process.
        let Some(thread) = self.threads.get(&id) else { return };
        let vm = &mut self.processes[thread.process].vm;
        vm.enter(thread.fiber);
        vm.end_call(Ok(answer));
        self.go_on(id);
    }

    /// A signal comes to a process, or to one of its threads.
    pub(super) fn send_signal(&mut self, n: usize, signal: u8, to: Option<ThreadId>, cause: Option<EntryId>) {
        let set = bit(signal);
        let takes = |run: &Run, id: &ThreadId| run.threads[id].signals.blocked & set == 0;
        let awaits = |run: &Run, id: &ThreadId| run.threads[id].signals.awaited & set != 0;
        let candidates: Vec<ThreadId> = match to {
            Some(to) => vec![to],
            None => {
                let all = self.threads.iter().filter(|(_, thread)| thread.process == n).map(|(&id, _)| id);
                self.main_thread(n).into_iter().chain(all).collect()
            }
        };
        if let Some(&receiver) = candidates.iter().find(|id| takes(self, id)) {
            return self.dispose(n, signal, receiver, cause);
        }
        if let Some(&waiter) = candidates.iter().find(|id| awaits(self, id)) {
            let (system, mut cx) = self.parts();
            if system.wake(&mut cx, waiter, cause) {
                let thread = self.threads.get_mut(&waiter).expect("it waits");
                thread.signals.awaited = 0;
                thread.waits = Waits::Value(Ok(Value::Int(signal.into())));
                return;
            }
        }
        match to.and_then(|to| self.threads.get_mut(&to)) {
            Some(thread) => thread.signals.pending |= set,
            None => self.processes[n].signals.pending |= set,
        }
    }

    /// What the thread of a process that gets a signal does about it.
    fn dispose(&mut self, n: usize, signal: u8, receiver: ThreadId, cause: Option<EntryId>) {
        match self.processes[n].vm.signals.disposition(signal) {
            _ if signal == KILL => self.die(n, signal, cause),
            Disposition::Ignored => {}
            Disposition::Default if QUIET.contains(&signal) => {}
            Disposition::Default => self.die(n, signal, cause),
            Disposition::Handled => {
                self.trip(n, signal, cause);
                if Some(receiver) == self.main_thread(n) && self.may_interrupt(receiver) {
                    let (system, mut cx) = self.parts();
                    system.interrupt(&mut cx, receiver, cause);
                }
                self.write_wakeup(n, signal, cause);
            }
        }
    }

    /// What was not flushed goes with a process that a signal ends; the first process is taken to write to a terminal.
    fn die(&mut self, n: usize, signal: u8, cause: Option<EntryId>) {
        self.mark(n, signal, cause);
        if self.processes[n].root != n {
            self.processes[n].buffer.clear();
        }
        self.end_process(n, -i32::from(signal));
    }

    /// The main thread's handler is to be called.
    fn trip(&mut self, n: usize, signal: u8, cause: Option<EntryId>) {
        self.processes[n].vm.signals.trip(signal);
        self.mark(n, signal, cause);
    }

    /// Records that a thread sends a signal, at the line where it does.
    fn mark_sent(&mut self, id: ThreadId, signal: u8) -> EntryId {
        let (at, subject, line) = (self.kernel.now(), self.system.machine().subject(id), self.line(id));
        let name = self.journal.name(&sending(name_of(signal)));
        self.journal.push(Entry { at, subject, what: What::Mark { name, detail: None }, cause: None, line })
    }

    /// Records that a signal has come: which, the handler that it is for, where that stands, and who sent it.
    fn mark(&mut self, n: usize, signal: u8, cause: Option<EntryId>) {
        let Some(main) = self.main_thread(n) else { return };
        let (at, subject) = (self.kernel.now(), self.system.machine().subject(main));
        let name = self.journal.name(name_of(signal));
        let handler = self.processes[n].vm.signals.handler(signal);
        let detail = handler.as_ref().map(|(function, ..)| self.journal.name(function));
        let line = handler.map(|(_, file, line)| Line { file: self.journal.name(&file), line });
        self.journal.push(Entry { at, subject, what: What::Mark { name, detail }, cause, line });
    }

    fn write_wakeup(&mut self, n: usize, signal: u8, cause: Option<EntryId>) {
        let fd = self.processes[n].vm.signals.wakeup_fd;
        let id = self.processes[n].id;
        if fd >= 0
            && let Ok(socket) = self.system.network.socket_of(id, Fd(fd as u32))
        {
            let (system, mut cx) = self.parts();
            // One that is full has been written to before: whoever waits for it is awake.
            let _ = system.network.send(&mut cx, socket, &[signal], cause);
            system.settle_network(&mut cx);
        }
    }

    /// Locks of 2.7 cannot be interrupted, and `sigwait` begins anew by itself.
    fn may_interrupt(&self, id: ThreadId) -> bool {
        match self.threads[&id].call.as_ref().map(|call| &call.kind) {
            Some(CallKind::Acquire { .. }) => self.prepared.python.major >= 3,
            Some(CallKind::WaitForSignal) => false,
            _ => true,
        }
    }

    /// The main thread comes back from a call that a signal interrupted.
    pub(super) fn interrupted(&mut self, id: ThreadId) {
        let now = self.kernel.now();
        let thread = self.threads.get_mut(&id).expect("the machine knows only our threads");
        let call = thread.call.take().expect("it was in a call");
        thread.waits = Waits::Nothing;
        thread.signals.awaited = 0;
        let vm = &mut self.processes[thread.process].vm;
        vm.enter(thread.fiber);
        let is_2 = self.prepared.python.major == 2;
        match (call.kind.clone(), call.again(now)) {
            (CallKind::Sleep, _) if is_2 => vm.interrupt(Ok(Value::None)),
            (CallKind::WaitForSocket { .. } | CallKind::Poll { .. }, _) if is_2 => {
                let error = match vm.os_error(4, "Interrupted system call") {
                    crate::python::vm::Stop::Raise(error) => Err(error),
                    _ => Ok(Value::None),
                };
                vm.interrupt(error);
            }
            (_, Some(again)) => vm.interrupt_call(again),
            (_, None) => vm.interrupt(Ok(Value::None)),
        }
    }

    /// A signal has come before a call that would block: handlers first. Gives the call back where there is none.
    pub(super) fn interrupt_before(&mut self, id: ThreadId, trap: Trap) -> Option<Trap> {
        let blocks = match &trap {
            Trap::Sleep(_) | Trap::Acquire { blocking: true, .. } => true,
            Trap::Socket(request) => matches!(request, SocketRequest::Wait { .. } | SocketRequest::Poll { .. }),
            Trap::Process(request) => matches!(request, ProcessRequest::Wait { blocks: true, .. }),
            Trap::Signal(request) => matches!(request, SignalRequest::Pause | SignalRequest::Wait(_)),
            _ => false,
        };
        let thread = &self.threads[&id];
        let vm = &mut self.processes[thread.process].vm;
        vm.enter(thread.fiber);
        if !blocks || !vm.is_due_for_handlers() {
            return Some(trap);
        }
        vm.interrupt_call(trap);
        self.go_on(id);
        None
    }

    /// The time of a process' timer has come.
    pub(super) fn timer_rings(&mut self, n: usize) {
        let now = self.kernel.now();
        if let Some(timer) = self.processes[n].signals.timer.take()
            && timer.interval > Duration::ZERO
        {
            let at = timer.at + timer.interval;
            let event = self.kernel.schedule(at.max(now), Event::Alarm(n));
            self.processes[n].signals.timer = Some(SignalTimer { event, at, ..timer });
        }
        self.send_signal(n, ALARM, None, None);
    }

    /// A process has ended: its timer will not ring, and its parent hears of it.
    pub(super) fn after_end(&mut self, n: usize) {
        self.stop_timer(n);
        if let Some(parent) = self.processes[n].parent
            && self.processes[parent].exit.is_none()
        {
            self.tell_of_end(parent, self.processes[n].pid);
        }
        if let Some(parent) = self.processes[n].parent
            && self.processes[parent].exit.is_none()
            && self.processes[parent].vm.signals.disposition(CHILD) == Disposition::Handled
        {
            self.send_signal(parent, CHILD, None, None);
        }
    }

    fn stop_timer(&mut self, n: usize) {
        if let Some(timer) = self.processes[n].signals.timer.take() {
            self.kernel.cancel(timer.event);
        }
    }

    /// Until the timer rings, and between two of its rings [ns].
    fn timer_left(&self, n: usize) -> Value {
        let timer = self.processes[n].signals.timer;
        let (left, interval) = match timer {
            Some(timer) => (timer.at.since(self.kernel.now()).0.max(1), timer.interval.0),
            None => (0, 0),
        };
        Value::tuple([Value::Int(left as i64), Value::Int(interval as i64)])
    }

    /// What was held back and is not blocked any more comes now.
    fn send_unblocked(&mut self, id: ThreadId) {
        let n = self.threads[&id].process;
        let blocked = self.threads[&id].signals.blocked;
        for (is_own, pending) in [(true, self.threads[&id].signals.pending), (false, self.processes[n].signals.pending)]
        {
            for signal in (1..=64).filter(|&signal| pending & !blocked & bit(signal) != 0) {
                let Some(thread) = self.threads.get_mut(&id) else { return };
                if is_own {
                    thread.signals.pending &= !bit(signal);
                } else {
                    self.processes[n].signals.pending &= !bit(signal);
                }
                self.send_signal(n, signal, is_own.then_some(id), None);
            }
        }
    }

    fn main_thread(&self, n: usize) -> Option<ThreadId> {
        let main = self.processes[n].main;
        self.threads.iter().find(|(_, thread)| thread.process == n && thread.fiber == main).map(|(&id, _)| id)
    }
}
