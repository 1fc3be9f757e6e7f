//! Who gets which core, and for how long.
//!
//! One run queue feeds all cores (S-OS-01). A thread that is woken takes the core of one that is owed less, or that is owed
//! as much and has had its turn; else it stands in front of those who were not woken (S-OS-03). One that has had more than
//! its share waits at the end of the line.
//!
//! A slice ends at the first tick of the clock at which it is used up.

use std::cmp::Ordering;

use super::{CoreId, Machine, Notice, Thread, ThreadId, ThreadState};
use crate::journal::{Entry, State, What};
use crate::kernel::Priority;
use crate::machine::{Context, Timer};
use crate::time::{Duration, Time};

impl Machine {
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

    /// How long a thread woken now takes to become runnable: as long as an idle core takes to notice. On a machine
    /// without an idle core the thread stands in the run queue at once.
    pub fn latency(&self, now: Time, thread: ThreadId) -> Duration {
        let idle_since = self.target(thread).map(|core| self.core(core).idle_since);
        idle_since.map_or(Duration::ZERO, |since| self.parameters.wake_latency_after(now.since(since)))
    }

    /// The core that a thread woken now is sent to: the one that it had last if that is idle, else the first idle one
    /// (`select_idle_sibling`), else behind somebody who is sent to one. Whoever is sent to a core keeps it, also when its
    /// last one becomes idle meanwhile.
    pub(super) fn target(&self, thread: ThreadId) -> Option<CoreId> {
        let is_free = |core: &CoreId| self.core(*core).thread.is_none();
        let is_idle = |core: &CoreId| is_free(core) && self.core(*core).expected.is_none_or(|other| other == thread);
        let last = self.thread(thread).last_core;
        let mut all = last.into_iter().chain((0..self.cores.len() as u32).map(CoreId));
        all.clone().find(is_idle).or_else(|| all.find(is_free))
    }

    /// Whether an idle core was chosen for a thread that has been woken.
    pub fn is_sent_to_idle_core(&self, thread: ThreadId) -> bool {
        self.thread(thread).target.is_some()
    }

    /// The core that the thread was sent to; nobody is expected there any more.
    pub(super) fn take_target(&mut self, thread: ThreadId) -> Option<CoreId> {
        let target = self.thread_mut(thread).target.take()?;
        let core = self.core_mut(target);
        core.expected = core.expected.filter(|expected| *expected != thread);
        Some(target)
    }

    /// Every core that others wait for goes to the next in line, as if its thread's slice ended now.
    pub fn end_slices<E: From<Timer>>(&mut self, cx: &mut Context<E>) {
        for n in 0..self.cores.len() {
            let is_in_burst = self.cores[n].thread.is_some_and(|thread| self.thread(thread).burst_end.is_some());
            if is_in_burst && self.n_runnable() > 0 {
                self.preempt(cx, CoreId(n as u32), None, false);
            }
        }
    }

    /// The thread gets a free core, or another thread's, or a place in the run queue.
    pub(super) fn become_runnable<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId) {
        self.come_back(cx.kernel.now(), thread);
        self.thread_mut(thread).state = ThreadState::Runnable;
        if let Some(core) = self.choose_free_core(cx, thread) {
            self.assign(cx, core, thread);
        } else if let Some(core) = self.choose_victim(cx, thread) {
            // Whoever woke it is about to say what it does next, and is displaced then.
            self.woken.push_front(thread);
            let at = cx.kernel.now();
            cx.kernel.schedule_with(at, Priority::LATE, Timer::Displace(thread, core).into());
        } else {
            match self.lag(thread).cmp(&0) {
                Ordering::Greater if self.thread(thread).is_woken => self.woken.push_back(thread),
                Ordering::Equal if self.thread(thread).is_woken => self.queue.push_front(thread),
                _ => self.queue.push_back(thread),
            }
            self.arm_slices(cx);
        }
    }

    /// The core that the thread was sent to when that is free; else its last core; else the free core with the lowest
    /// number.
    fn choose_free_core<E>(&mut self, cx: &mut Context<E>, thread: ThreadId) -> Option<CoreId> {
        let target = self.take_target(thread);
        let n_free = self.cores.iter().filter(|core| core.thread.is_none()).count();
        if n_free == 0 {
            return None;
        }
        let is_free = |core: &CoreId| self.core(*core).thread.is_none();
        let last = target.filter(is_free).or(self.thread(thread).last_core.filter(is_free));
        let others = (0..self.cores.len() as u32).map(CoreId);
        let others = others.filter(|core| is_free(core) && Some(*core) != last);
        let mut free = last.into_iter().chain(others);
        let chosen = cx.choices.choose(cx.kernel.now(), "core", n_free, free.clone().map(|core| core.0));
        free.nth(chosen)
    }

    /// The core whose thread a woken thread displaces (S-OS-03): its last one, else the one whose thread has used most of its
    /// slice. Nobody displaces one while others that were woken wait for a core.
    fn choose_victim<E>(&self, cx: &mut Context<E>, thread: ThreadId) -> Option<CoreId> {
        let lag = self.lag(thread);
        if !self.thread(thread).is_woken || lag < 0 || !self.woken.is_empty() {
            return None;
        }
        let now = cx.kernel.now();
        let mut victims: Vec<(Duration, CoreId)> = Vec::new();
        for (n, core) in self.cores.iter().enumerate() {
            let Some(id) = core.thread else { continue };
            let running = self.thread(id);
            let yields = if lag > 0 { self.lag(id) < lag } else { !self.is_in_turn(now, running) };
            if matches!(running.state, ThreadState::Running(_)) && yields {
                victims.push((running.slice_used + now.since(running.on_core_since), CoreId(n as u32)));
            }
        }
        let last = self.thread(thread).last_core;
        victims.sort_by_key(|&(used, core)| (Some(core) != last, std::cmp::Reverse(used), core));
        if victims.is_empty() {
            return None;
        }
        let chosen = cx.choices.choose(now, "preempted core", victims.len(), victims.iter().map(|(_, core)| core.0));
        Some(victims[chosen].1)
    }

    /// Whether a running thread is within the turn that it was granted when it got its core (`protect_slice`): one to whom the
    /// scheduler owes nothing, just as to this one, waits for its end.
    fn is_in_turn(&self, now: Time, running: &Thread) -> bool {
        now.since(running.on_core_since) < self.parameters.slice
    }

    /// A woken thread takes the core of another one, if it has none yet and that one still works there.
    pub(super) fn displace<E: From<Timer>>(&mut self, cx: &mut Context<E>, thread: ThreadId, core: CoreId) {
        let is_in_burst = self.core(core).thread.is_some_and(|running| self.thread(running).burst_end.is_some());
        let place = self.woken.iter().position(|woken| *woken == thread);
        self.pass_time(cx.kernel.now());
        if let (true, Some(place)) = (is_in_burst, place) {
            self.woken.remove(place);
            self.preempt(cx, core, Some(thread), true);
        }
    }

    /// Takes the core from its thread, which stands in line again, and gives it to `by`, or to the next
    /// in line. A thread displaced by a wake-up has part of its slice left and goes in front of the
    /// others that wait; one whose slice has ended goes to the tail.
    pub(super) fn preempt<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        core: CoreId,
        by: Option<ThreadId>,
        keeps_place: bool,
    ) {
        let now = cx.kernel.now();
        let slice = self.parameters.slice;
        let Some(id) = self.core(core).thread else { return };
        self.pass_time(now);
        self.reckon_lag(id);
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
    pub(super) fn leave_core<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: CoreId) {
        let now = cx.kernel.now();
        self.pass_time(now);
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
        let line = self.woken.iter().chain(&self.queue).map(|thread| thread.0);
        let chosen = cx.choices.choose(now, "run queue", n_runnable, line);
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
        self.reckon_lag(thread);
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
        self.forget_lags_unless_wanted();
    }

    /// The thread of the core executes: the rest of its burst, or what the caller says.
    pub(super) fn switched<E: From<Timer>>(&mut self, cx: &mut Context<E>, core: CoreId) {
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
}
