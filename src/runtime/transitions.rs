//! How a thread gets from one phase to the next.
//!
//! ```text
//!  New ──▶ WantsGil ──take──▶ Python ──drop──▶ Blocked ──▶ Unblocked ─┐
//!            ▲  │ locked        │  ▲  │                               │
//!            │  ▼               │  │  └──────▶ Native ────────────────┤
//!            │ InQueue ◀────────┼──┼──────────────────────────────────┤
//!            │  │ signal, or    │  └─ take ───────────────────────────┘
//!            └──┘ timeout       └─ drop on request ─▶ Switching ─▶ Switched ─▶ (block, native or take)
//! ```
//!
//! Every arrow that needs a core passes through the machine: woken, latency, run queue, context switch.

use super::gil::{Generation, Release, Timeout};
use super::system::{Back, GilOf, Notice, Pending, Phase, Resumed, System, Then, Wait};
use crate::journal::{Entry, EntryId, State, What};
use crate::machine::{self, Context, ThreadId, ThreadState, Timer};
use crate::time::{Duration, Time};

impl System {
    /// Acts on everything that the machine and the network have to say.
    pub(super) fn settle<E: From<Timer>>(&mut self, cx: &mut Context<E>) {
        loop {
            while let Some((thread, cause)) = self.network.next_woken() {
                if let Phase::Blocked(pending) = self.phase(thread)
                    && matches!(pending.wait, Wait::Socket(..) | Wait::Poller(_))
                {
                    self.unblock(cx, thread, pending, Back::Woken, cause);
                }
            }
            match self.machine.next_notice() {
                Some(machine::Notice::OnCore(thread)) => self.on_core(cx, thread),
                Some(machine::Notice::BurstEnded(thread)) => match self.phase(thread) {
                    Phase::Native(resumed) => self.take_or_wait(cx, thread, resumed),
                    Phase::Releasing => self.take_or_wait(cx, thread, Resumed::Switched),
                    _ => self.notices.push_back(Notice::BurstEnded(thread)),
                },
                Some(machine::Notice::Alarm(thread)) => self.alarm(cx, thread),
                None => return,
            }
        }
    }

    /// A thread without a burst has got a core.
    fn on_core<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId) {
        match self.phase(thread) {
            Phase::WantsGil(resumed) => self.take_or_wait(cx, thread, resumed),
            Phase::Signalled(resumed) => {
                self.forget_signalled(thread);
                if self.is_locked_again(thread) {
                    // Somebody was faster: woken for nothing (S-GIL-04, S-GIL-15).
                    let (at, subject) = (cx.kernel.now(), self.machine.subject(thread));
                    cx.journal.mark(at, subject, "failed wake-up", None, None);
                }
                self.take_or_wait(cx, thread, resumed);
            }
            Phase::TimedOut(resumed, switch_number) => {
                if self.gil_timeout(cx, thread, switch_number) {
                    self.take_or_wait(cx, thread, resumed);
                } else {
                    self.wait_for_gil(cx, thread, resumed);
                }
            }
            Phase::Switched(then) => self.go_on(cx, thread, then),
            Phase::Unblocked(pending, back) => match (pending.wait, back) {
                (Wait::Lock(id), Back::Woken) if !self.lock_mut(id).try_acquire(thread) => {
                    // Somebody barged in: back to the tail.
                    self.enter_wait(cx, thread, pending);
                }
                (Wait::Lock(id), Back::Woken) => {
                    self.record_lock(cx, id, Some(thread));
                    self.take_or_wait(cx, thread, Resumed::Woken);
                }
                (_, Back::TimedOut) => self.take_or_wait(cx, thread, Resumed::TimedOut),
                (_, Back::Interrupted) => self.take_or_wait(cx, thread, Resumed::Interrupted),
                (_, Back::Woken | Back::Handed) => self.take_or_wait(cx, thread, Resumed::Woken),
            },
            other => unreachable!("thread {} got a core while {other:?}", thread.0),
        }
    }

    /// `take_gil`: the thread has a core and wants to run Python (S-GIL-11).
    fn take_or_wait<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, resumed: Resumed) {
        let Some(gil) = self.threads[thread.0 as usize].gil else {
            return self.run_python(cx, thread, resumed);
        };
        let Some(switched) = self.gils[gil].gil.take(thread) else {
            return self.wait_for_gil(cx, thread, resumed);
        };
        self.record_gil(cx, gil, Some(thread));
        if let Some(switched) = switched {
            let Phase::Switching(then) = self.phase(switched) else {
                unreachable!("who waits for the switch is switching")
            };
            self.set_phase(switched, Phase::Switched(then));
            self.machine.wake(cx, switched, self.gils[gil].last_entry);
        }
        self.run_python(cx, thread, resumed);
    }

    /// A thread that was woken to take its GIL tries, or will not any more.
    fn forget_signalled(&mut self, thread: ThreadId) {
        let Some(gil) = self.threads[thread.0 as usize].gil else { unreachable!("it was woken for a GIL") };
        self.gils[gil].n_signalled -= 1;
    }

    /// The GIL that this thread was woken for is held by another one.
    fn is_locked_again(&self, thread: ThreadId) -> bool {
        self.threads[thread.0 as usize].gil.is_some_and(|gil| self.gils[gil].gil.holder().is_some())
    }

    /// The check of 2.7: wakes a waiter, and takes the GIL again unless that one, or another, has it by then.
    pub(super) fn release_and_take<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        gil: usize,
        thread: ThreadId,
        release: Release,
    ) {
        assert!(matches!(self.phase(thread), Phase::Python), "only a thread that runs Python drops the GIL");
        self.set_phase(thread, Phase::Releasing);
        let n_coming = self.gils[gil].n_signalled;
        self.drop_gil(cx, gil, thread, false);
        let length = match self.gils[gil].n_signalled {
            0 => release.unwanted,
            n if n == n_coming => release.awaited,
            _ => release.waking,
        };
        self.machine.run(cx, thread, length, self.words.empty, None);
    }

    fn run_python<E>(&mut self, cx: &mut Context<E>, thread: ThreadId, resumed: Resumed) {
        self.set_phase(thread, Phase::Python);
        self.threads[thread.0 as usize].goes_on = resumed == Resumed::Switched;
        self.machine.record(cx, thread, State::Running, self.words.empty, None, None);
        self.notices.push_back(Notice::Run(thread, resumed));
    }

    /// The GIL is locked: join the tail of its queue for one interval.
    fn wait_for_gil<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, resumed: Resumed) {
        let Some(gil) = self.threads[thread.0 as usize].gil else { unreachable!("it waits for a GIL") };
        let late = self.timer_lateness();
        let deadline = self.gils[gil].gil.wait(thread, cx.kernel.now(), late);
        self.set_phase(thread, Phase::InQueue(resumed));
        let on = self.gils[gil].gil.holder().map(|holder| self.machine.subject(holder));
        self.machine.record(cx, thread, State::Ready, self.words.gil, on, None);
        self.count_waiters(cx, gil);
        self.machine.block(cx, thread, deadline);
    }

    /// How much later than asked the wait ends: sooner than the timer slack allows, as other interrupts come first
    /// (slices of 0.5 ms last 561 to 592 µs in eight of ten cases). Where the holder is stopped follows from it: without
    /// chance it would be the same place every time, and threads that sleep would meet the same moment of every slice.
    fn timer_lateness(&mut self) -> Duration {
        let slack = self.machine.parameters().overshoot_of(Duration::ZERO).0;
        Duration(slack.0 - self.race.below(slack.0 * 5 / 8 + 1))
    }

    fn count_waiters<E>(&mut self, cx: &mut Context<E>, gil: usize) {
        let GilOf { gil, subject, .. } = &self.gils[gil];
        cx.journal.count(cx.kernel.now(), *subject, "waiting", gil.n_waiters() as i64);
    }

    /// A wait for the GIL has timed out: whether the GIL is free now.
    fn gil_timeout<E>(&mut self, cx: &mut Context<E>, thread: ThreadId, switch_number: u64) -> bool {
        let Some(gil) = self.threads[thread.0 as usize].gil else { unreachable!("it waited for a GIL") };
        self.gils[gil].n_timing_out -= 1;
        let timeout = self.gils[gil].gil.time_out(switch_number);
        let (at, subject) = (cx.kernel.now(), self.machine.subject(thread));
        match timeout {
            Timeout::Requested => {
                let cause = cx.journal.mark(at, subject, "GIL timeout", None, None);
                let (name, subject) = (cx.journal.name("drop request"), self.gils[gil].subject);
                let what = What::Mark { name, detail: None };
                cx.journal.push(Entry { at, subject, what, cause: Some(cause), line: None });
            }
            Timeout::SwitchedMeanwhile => {
                cx.journal.mark(at, subject, "GIL timeout", Some("switched meanwhile"), None);
            }
            Timeout::AlreadyRequested | Timeout::Free => {}
        }
        timeout == Timeout::Free
    }

    /// `drop_gil`, and then what the thread dropped it for; after a forced switch, if one was requested.
    pub(super) fn drop_then<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, then: Then) {
        assert!(matches!(self.phase(thread), Phase::Python), "only a thread that runs Python drops the GIL");
        let is_forced = match self.threads[thread.0 as usize].gil {
            Some(gil) => self.drop_gil(cx, gil, thread, false),
            None => false,
        };
        if !is_forced {
            return self.go_on(cx, thread, then);
        }
        self.set_phase(thread, Phase::Switching(then));
        self.machine.record(cx, thread, State::Ready, self.words.gil, None, None);
        self.machine.block(cx, thread, None);
    }

    /// Drops the GIL and signals a waiter; whether the thread must wait for the switch.
    fn drop_gil<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        gil: usize,
        thread: ThreadId,
        is_exiting: bool,
    ) -> bool {
        let dropped = self.gils[gil].gil.drop(thread, is_exiting, cx.kernel.now(), cx.choices);
        if dropped.is_forced {
            cx.journal.mark(cx.kernel.now(), self.gils[gil].subject, "forced switch", None, None);
        }
        self.gils[gil].last_entry = self.machine.last_entry(thread);
        self.record_gil(cx, gil, None);
        if let Some(signalled) = dropped.signalled {
            let Phase::InQueue(resumed) = self.phase(signalled) else { unreachable!("a waiter is in the queue") };
            self.set_phase(signalled, Phase::Signalled(resumed));
            self.gils[gil].n_signalled += 1;
            let now = cx.kernel.now();
            let latency = match self.gils[gil].gil.generation() {
                Generation::Ticks { .. } => self.race_latency(now, signalled),
                _ => self.machine.latency(now, signalled),
            };
            self.machine.wake_with(cx, signalled, self.gils[gil].last_entry, latency);
            // The check of 2.7 takes a length of its own.
            if let Generation::Requests { .. } = self.gils[gil].gil.generation() {
                self.pay_for_waking(thread, signalled);
            }
            self.count_waiters(cx, gil);
        }
        dropped.is_forced
    }

    /// Whoever wakes a thread for which an idle core is there calls that core; its own work goes on so much later.
    pub(super) fn pay_for_waking(&mut self, waker: ThreadId, woken: ThreadId) {
        if self.machine.is_sent_to_idle_core(woken) {
            self.threads[waker.0 as usize].in_system += self.machine.parameters().wake_call;
        }
    }

    /// How long a woken thread takes to get a core where it races with the one that woke it: between half and three
    /// halves of the usual latency.
    fn race_latency(&mut self, now: Time, woken: ThreadId) -> Duration {
        match self.machine.latency(now, woken).0 {
            usual @ ..=1 => Duration(usual),
            usual => Duration(usual / 2 + self.race.below(usual)),
        }
    }

    /// The GIL has been dropped and the switch, if any, is done: what was it dropped for?
    fn go_on<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, then: Then) {
        match then {
            Then::Take(resumed) => self.take_or_wait(cx, thread, resumed),
            Then::Block(pending) => self.enter_wait(cx, thread, pending),
            Then::Native(length) => self.work_without_gil(cx, thread, length, Resumed::NativeDone),
        }
    }

    fn work_without_gil<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        thread: ThreadId,
        length: Duration,
        resumed: Resumed,
    ) {
        self.set_phase(thread, Phase::Native(resumed));
        let length = length + std::mem::take(&mut self.threads[thread.0 as usize].in_system);
        self.machine.run(cx, thread, length, self.words.without_gil, None);
    }

    /// The thread has a core and no GIL, and begins to wait, unless what it wants is there.
    fn enter_wait<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, pending: Pending) {
        let now = cx.kernel.now();
        let is_there = match pending.wait {
            Wait::Wake => pending.is_woken,
            Wait::Lock(id) => {
                let is_acquired = self.lock_mut(id).try_acquire(thread);
                if is_acquired {
                    self.record_lock(cx, id, Some(thread));
                }
                is_acquired
            }
            Wait::Socket(socket, interest) => self.network.ready(socket).of_interest(interest).is_any(),
            Wait::Poller(poller) => self.network.has_ready(poller),
        };
        let system_call = self.machine.parameters().system_call;
        if pending.is_interrupted && !is_there {
            return self.work_without_gil(cx, thread, system_call, Resumed::Interrupted);
        }
        if is_there {
            return match pending.wait {
                Wait::Lock(_) => self.take_or_wait(cx, thread, Resumed::Woken),
                _ => self.work_without_gil(cx, thread, system_call, Resumed::Woken),
            };
        }
        if pending.deadline.is_some_and(|deadline| deadline <= now) {
            return self.work_without_gil(cx, thread, system_call, Resumed::TimedOut);
        }
        match pending.wait {
            Wait::Wake => {}
            Wait::Lock(id) => self.lock_mut(id).wait(thread, pending.since),
            Wait::Socket(socket, interest) => self.network.wait_for(thread, socket, interest),
            Wait::Poller(poller) => self.network.wait_in(thread, poller),
        }
        self.set_phase(thread, Phase::Blocked(pending));
        self.threads[thread.0 as usize].in_system = Duration::ZERO;
        self.machine.record(cx, thread, State::Waiting, pending.reason, pending.on, None);
        self.machine.block(cx, thread, self.alarm_of(pending));
    }

    /// When the alarm of a block goes off: its deadline and what the system adds (S-OS-04, S-OS-05).
    fn alarm_of(&self, pending: Pending) -> Option<Time> {
        let asked = pending.deadline?.since(pending.since);
        Some(pending.deadline? + self.machine.parameters().overshoot_of(asked).0)
    }

    /// A blocked thread comes back.
    pub(super) fn unblock<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        thread: ThreadId,
        pending: Pending,
        back: Back,
        cause: Option<EntryId>,
    ) {
        self.stop_waiting(thread, pending);
        self.set_phase(thread, Phase::Unblocked(pending, back));
        let has_latency = self.machine.parameters().overshoot_of(Duration::ZERO).1;
        match (back, pending.wait) {
            (Back::TimedOut, _) if !has_latency => self.machine.wake_with(cx, thread, cause, Duration::ZERO),
            // Whether it finds the lock free is decided by where in the holder's turns it comes.
            (Back::Woken, Wait::Lock(_)) => {
                let latency = self.race_latency(cx.kernel.now(), thread);
                self.machine.wake_with(cx, thread, cause, latency);
            }
            _ => self.machine.wake(cx, thread, cause),
        }
    }

    fn stop_waiting(&mut self, thread: ThreadId, pending: Pending) {
        match pending.wait {
            Wait::Wake => {}
            Wait::Lock(id) => self.lock_mut(id).leave(thread),
            Wait::Socket(socket, _) => self.network.stop_waiting_for(thread, socket),
            Wait::Poller(poller) => self.network.stop_waiting_in(thread, poller),
        }
    }

    /// The alarm of a blocked thread went off.
    fn alarm<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId) {
        match self.phase(thread) {
            Phase::Blocked(pending) => self.unblock(cx, thread, pending, Back::TimedOut, None),
            Phase::InQueue(resumed) => self.gil_alarm(cx, thread, resumed),
            _ => {}
        }
    }

    /// Makes threads switch at an instant that a schedule names: whoever has waited longest for a GIL asks for it now, as
    /// if its interval had begun that much sooner; where nobody waits for one, cores go to the next in line.
    pub fn switch<E: From<Timer>>(&mut self, cx: &mut Context<E>) {
        self.switches.pop_front();
        let waiters: Vec<ThreadId> = self.gils.iter().filter_map(|of| of.gil.first_waiter()).collect();
        for &thread in &waiters {
            let Phase::InQueue(resumed) = self.phase(thread) else { unreachable!("a waiter is in the queue") };
            let Some(gil) = self.threads[thread.0 as usize].gil else { unreachable!("it waits for a GIL") };
            self.gil_alarm(cx, thread, resumed);
            self.set_phase(thread, Phase::TimedOut(resumed, self.gils[gil].gil.switch_number()));
        }
        if waiters.is_empty() {
            self.machine.end_slices(cx);
        }
        self.settle(cx);
    }

    /// A wait for the GIL is over. What follows is a few instructions, for which the thread needs a core as any woken
    /// thread does (S-GIL-13, S-OS-03).
    fn gil_alarm<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, resumed: Resumed) {
        let Some(gil) = self.threads[thread.0 as usize].gil else { unreachable!("it waits for a GIL") };
        let Some(switch_number) = self.gils[gil].gil.leave(thread) else { unreachable!("it is in the queue") };
        self.gils[gil].n_timing_out += 1;
        self.set_phase(thread, Phase::TimedOut(resumed, switch_number));
        self.machine.wake(cx, thread, None);
    }

    /// Ends a thread, whatever it is doing.
    pub(super) fn kill<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId) {
        if self.machine.state(thread) == ThreadState::Dead {
            return;
        }
        if let Phase::Blocked(pending) = self.phase(thread) {
            self.stop_waiting(thread, pending);
        }
        if let Some(gil) = self.threads[thread.0 as usize].gil {
            if self.gils[gil].gil.holder() == Some(thread) {
                self.drop_gil(cx, gil, thread, true);
            }
            self.gils[gil].gil.forget(thread);
            match self.phase(thread) {
                Phase::TimedOut(..) => self.gils[gil].n_timing_out -= 1,
                Phase::Signalled(_) => self.forget_signalled(thread),
                _ => {}
            }
        }
        self.set_phase(thread, Phase::Ended);
        self.notices.retain(|notice| {
            let (Notice::Run(t, _) | Notice::BurstEnded(t)) = *notice;
            t != thread
        });
        self.machine.end_thread(cx, thread, None);
    }

    fn record_gil<E>(&mut self, cx: &mut Context<E>, gil: usize, holder: Option<ThreadId>) {
        let (state, reason) = match holder {
            Some(_) => (State::Running, self.words.held),
            None => (State::Waiting, self.words.free),
        };
        let on = holder.map(|thread| self.machine.subject(thread));
        let (at, subject, cause) = (cx.kernel.now(), self.gils[gil].subject, self.gils[gil].last_entry);
        let what = What::State { state, reason, on };
        self.gils[gil].last_entry = Some(cx.journal.push(Entry { at, subject, what, cause, line: None }));
    }
}
