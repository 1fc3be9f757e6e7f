//! The global interpreter lock in its two generations: one thread of Python at a time.
//!
//! **3.2 and later.** A waiting thread does not take the GIL away. It waits one switch interval, then *requests* that the
//! holder drop it; the holder notices at its next check point. Having dropped it on request, the holder
//! waits until somebody else has had it: the *forced switch*.
//!
//! ```text
//!  A ████████████████▏drop            ░░░ waits for the switch
//!  B      ░ 5 ms ░ request ▏░░░ take ▏██████
//! ```
//!
//! **2.7.** A waiting thread sleeps until the lock is released. The holder releases it after every hundred
//! instructions and takes it again at once, so that whoever was woken mostly finds it locked again
//! (S-GIL-01 … 04).
//!
//! ```text
//!  A ████▏▕█████▏▕█████▏▕█████        ▏▕ free for an instant
//!  B  wake ╰──▶ too late, sleeps
//! ```
//!
//! This file is the lock's own state and its rules; who has a core, and what time it is when a signalled
//! waiter comes to try, is decided by [`super::System`]. After `take_gil` and `drop_gil` of CPython's
//! `Python/ceval_gil.c` (S-GIL-10 … 13).

use std::collections::VecDeque;

use crate::kernel::Choices;
use crate::machine::ThreadId;
use crate::time::{Duration, Time};

/// What a waiter's timeout came to (S-GIL-11, step 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Timeout {
    /// The GIL has become free meanwhile: the waiter may take it.
    Free,
    /// The holder is now asked to drop it.
    Requested,
    /// The holder had been asked already.
    AlreadyRequested,
    /// Somebody else was scheduled during the wait: no request, a new interval.
    SwitchedMeanwhile,
}

/// What dropping the GIL brings about (S-GIL-12).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dropped {
    /// The waiter to be woken; it no longer stands in the queue and must try to take.
    pub signalled: Option<ThreadId>,
    /// The thread that dropped it must wait until another one has taken it.
    pub is_forced: bool,
}

/// How a GIL comes from one thread to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Generation {
    /// Waiters ask for it after an interval, and a switch is forced (3.2 and later).
    Requests {
        /// How long a waiter waits before it asks.
        interval: Duration,
    },
    /// The holder lets go of it every so many instructions, and nobody asks (2.7).
    Ticks {
        /// How long a check takes.
        release: Release,
    },
}

struct Waiter {
    thread: ThreadId,
    /// When its interval is over.
    deadline: Time,
    /// `switch_number` when its wait began.
    switch_number: u64,
}

/// One GIL.
pub struct Gil {
    /// Who has it. `None` exactly when it is free.
    holder: Option<ThreadId>,
    /// Who had it last; a forced switch ends when this changes.
    last_holder: Option<ThreadId>,
    /// How often it has gone from one thread to another.
    switch_number: u64,
    generation: Generation,
    /// The holder is asked to drop it.
    is_drop_requested: bool,
    /// Those who wait for it to be free, longest first.
    waiters: VecDeque<Waiter>,
    /// Whether `waiters` stand in the order of their deadlines: not where one timer is later than the next by chance, or
    /// the interval was changed while somebody waited.
    is_sorted: bool,
    /// Who dropped it on request and waits for the switch.
    switching: Option<ThreadId>,
}

/// How long the GIL of Python 2 is free at a check, as releasing it takes so long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Release {
    /// Where a waiter is woken by it.
    pub waking: Duration,
    /// Where one that was woken is on its way: the system is asked to wake it once more.
    pub awaited: Duration,
    /// Where nobody waits.
    pub unwanted: Duration,
}

impl Gil {
    /// CPython's default switch interval (S-GIL-10).
    pub const DEFAULT_INTERVAL: Duration = Duration::millis(5);

    /// A free GIL.
    pub fn new(generation: Generation) -> Gil {
        Gil {
            holder: None,
            last_holder: None,
            switch_number: 0,
            generation,
            is_drop_requested: false,
            waiters: VecDeque::new(),
            is_sorted: true,
            switching: None,
        }
    }

    /// Who has it.
    pub fn holder(&self) -> Option<ThreadId> {
        self.holder
    }

    /// Who had it last.
    pub fn last_holder(&self) -> Option<ThreadId> {
        self.last_holder
    }

    /// Whether the holder is asked to drop it.
    pub fn is_drop_requested(&self) -> bool {
        self.is_drop_requested
    }

    /// How often it has gone from one thread to another.
    pub fn switch_number(&self) -> u64 {
        self.switch_number
    }

    /// How many wait for it to be free.
    pub fn n_waiters(&self) -> usize {
        self.waiters.len()
    }

    /// How it comes from one thread to another.
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// Whoever comes after `now` cannot get it away from the holder sooner than this much later.
    pub fn grace(&self) -> Duration {
        match self.generation {
            Generation::Requests { interval } => interval,
            Generation::Ticks { .. } => Duration::ZERO,
        }
    }

    /// Changes the interval of waits that begin from now on (`sys.setswitchinterval`). Must not be zero.
    pub fn set_interval(&mut self, interval: Duration) {
        assert!(interval > Duration::ZERO, "the switch interval is positive");
        self.generation = Generation::Requests { interval };
        self.is_sorted = self.waiters.is_empty();
    }

    /// The earliest time at which the holder can be asked to drop it, as things stand: nobody who comes
    /// later can ask earlier than an interval from now. Never where nobody asks.
    pub fn next_request(&self, now: Time) -> Time {
        if let Generation::Ticks { .. } = self.generation {
            return Time::NEVER;
        }
        let first = if self.is_sorted {
            self.waiters.front().map(|w| w.deadline)
        } else {
            self.waiters.iter().map(|w| w.deadline).min()
        };
        (now + self.grace()).min(first.unwrap_or(Time::NEVER))
    }

    /// Takes the GIL if it is free; then, `Some` of who must be woken from a forced switch.
    pub fn take(&mut self, thread: ThreadId) -> Option<Option<ThreadId>> {
        if self.holder.is_some() {
            return None;
        }
        self.holder = Some(thread);
        if self.last_holder != Some(thread) {
            self.last_holder = Some(thread);
            self.switch_number += 1;
        }
        self.is_drop_requested = false;
        Some(self.switching.take())
    }

    /// Joins the tail of the queue; returns when the wait times out, if it does: `late` after its interval, as
    /// timed waits are (S-OS-04).
    pub fn wait(&mut self, thread: ThreadId, now: Time, late: Duration) -> Option<Time> {
        if self.waiters.is_empty() {
            self.is_sorted = true;
        }
        let timeout = match self.generation {
            Generation::Requests { interval } => Some(now + interval + late),
            Generation::Ticks { .. } => None,
        };
        let deadline = timeout.unwrap_or(Time::NEVER);
        self.is_sorted &= self.waiters.back().is_none_or(|last| last.deadline <= deadline);
        self.waiters.push_back(Waiter { thread, deadline, switch_number: self.switch_number });
        timeout
    }

    /// Leaves the queue; the switch number that its wait began with, if it was in it.
    pub fn leave(&mut self, thread: ThreadId) -> Option<u64> {
        let place = self.waiters.iter().position(|w| w.thread == thread)?;
        self.waiters.remove(place).map(|w| w.switch_number)
    }

    /// Who has waited longest, where waiters ask.
    pub fn first_waiter(&self) -> Option<ThreadId> {
        let asks = matches!(self.generation, Generation::Requests { .. });
        self.waiters.front().filter(|_| asks).map(|w| w.thread)
    }

    /// A wait that began at this switch number has timed out.
    pub fn time_out(&mut self, switch_number: u64) -> Timeout {
        if self.holder.is_none() {
            Timeout::Free
        } else if self.switch_number != switch_number {
            Timeout::SwitchedMeanwhile
        } else if std::mem::replace(&mut self.is_drop_requested, true) {
            Timeout::AlreadyRequested
        } else {
            Timeout::Requested
        }
    }

    /// The holder drops the GIL. A thread that is exiting never waits for the switch.
    pub fn drop(&mut self, thread: ThreadId, is_exiting: bool, now: Time, choices: &mut Choices) -> Dropped {
        assert_eq!(self.holder, Some(thread), "only the holder drops the GIL");
        self.holder = None;
        let signalled = if self.waiters.is_empty() {
            None
        } else {
            let chosen = choices.choose(now, "GIL", self.waiters.len(), self.waiters.iter().map(|w| w.thread.0));
            self.waiters.remove(chosen).map(|w| w.thread)
        };
        let is_forced = self.is_drop_requested && !is_exiting;
        if is_forced {
            self.is_drop_requested = false;
            self.switching = Some(thread);
        }
        Dropped { signalled, is_forced }
    }

    /// Forgets a thread that has been killed.
    pub fn forget(&mut self, thread: ThreadId) {
        self.leave(thread);
        if self.switching == Some(thread) {
            self.switching = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Generation = Generation::Requests { interval: Gil::DEFAULT_INTERVAL };
    const A: ThreadId = ThreadId(0);
    const B: ThreadId = ThreadId(1);

    #[test]
    fn a_voluntary_drop_without_request_forces_no_switch() {
        let mut gil = Gil::new(USUAL);
        assert_eq!(gil.take(A), Some(None));
        gil.wait(B, Time(0), Duration::ZERO);
        assert_eq!(
            gil.drop(A, false, Time(0), &mut Choices::default()),
            Dropped { signalled: Some(B), is_forced: false }
        );
        assert_eq!(gil.take(A), Some(None), "barging is allowed");
        assert_eq!((gil.switch_number(), gil.take(B)), (1, None));
    }

    #[test]
    fn a_timeout_asks_only_if_nobody_was_scheduled_meanwhile() {
        let mut gil = Gil::new(USUAL);
        gil.take(A);
        assert_eq!(gil.wait(B, Time(7), Duration::ZERO), Some(Time(5_000_007)));
        assert_eq!(gil.time_out(0), Timeout::SwitchedMeanwhile);
        assert!(!gil.is_drop_requested());
        assert_eq!((gil.time_out(1), gil.time_out(1)), (Timeout::Requested, Timeout::AlreadyRequested));
        assert_eq!(
            gil.drop(A, false, Time(0), &mut Choices::default()),
            Dropped { signalled: Some(B), is_forced: true }
        );
        assert_eq!(gil.time_out(1), Timeout::Free);
        assert_eq!(gil.take(B), Some(Some(A)), "the taker wakes who waits for the switch");
    }

    #[test]
    fn the_next_request_is_the_earliest_deadline_even_after_the_interval_changed() {
        let mut gil = Gil::new(USUAL);
        gil.take(A);
        assert_eq!(gil.next_request(Time(10)), Time(5_000_010));
        gil.wait(B, Time(0), Duration::ZERO);
        gil.set_interval(Duration(100));
        gil.wait(ThreadId(2), Time(20), Duration::ZERO);
        assert_eq!(gil.next_request(Time(30)), Time(120));
    }
}
