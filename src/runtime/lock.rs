//! The raw lock of `_thread`: locked or not, without an owner (S-THR-01, S-THR-16).
//!
//! Release frees the lock and names the waiter to wake; it does not hand the lock over, so whoever tries
//! first has it (barging, S-THR-03). The parking lot of later versions hands it to a waiter that has
//! waited for more than 1 ms (S-THR-02).

use std::collections::VecDeque;

use crate::journal::Subject;
use crate::kernel::Choices;
use crate::machine::ThreadId;
use crate::time::{Duration, Time};

/// A raw lock. An id is used again after [`super::System::free_lock`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LockId(pub u32);

/// How a lock treats its waiters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handover {
    /// A POSIX semaphore: always up for grabs (CPython up to 3.13.0).
    Semaphore,
    /// The parking lot: handed to a waiter of more than 1 ms (CPython 3.13.5 and later).
    ParkingLot,
}

/// After this wait the parking lot hands over (`TIME_TO_BE_FAIR_NS` in CPython's `Python/lock.c`).
const FAIR_AFTER: Duration = Duration::millis(1);

/// Releasing a lock that is not locked: Python's `RuntimeError: release unlocked lock`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotLocked;

/// One raw lock.
pub(super) struct Lock {
    handover: Handover,
    is_locked: bool,
    /// Who acquired it last: shown, not enforced.
    pub(super) acquired_by: Option<ThreadId>,
    waiters: VecDeque<(ThreadId, Time)>,
    /// Its own track in the journal, if it has one.
    pub(super) subject: Option<Subject>,
}

impl Lock {
    pub(super) fn new(handover: Handover, subject: Option<Subject>) -> Lock {
        Lock { handover, is_locked: false, acquired_by: None, waiters: VecDeque::new(), subject }
    }

    pub(super) fn is_locked(&self) -> bool {
        self.is_locked
    }

    pub(super) fn has_waiters(&self) -> bool {
        !self.waiters.is_empty()
    }

    /// Locks it if it is free.
    pub(super) fn try_acquire(&mut self, thread: ThreadId) -> bool {
        let is_free = !self.is_locked;
        if is_free {
            self.is_locked = true;
            self.acquired_by = Some(thread);
        }
        is_free
    }

    /// Joins the tail of the queue. A waiter that was woken in vain keeps the time its wait began.
    pub(super) fn wait(&mut self, thread: ThreadId, since: Time) {
        self.waiters.push_back((thread, since));
    }

    pub(super) fn leave(&mut self, thread: ThreadId) {
        self.waiters.retain(|(t, _)| *t != thread);
    }

    /// Unlocks; `Some` of the waiter to wake and whether the lock is now its own.
    pub(super) fn release(&mut self, now: Time, choices: &mut Choices) -> Result<Option<(ThreadId, bool)>, NotLocked> {
        if !self.is_locked {
            return Err(NotLocked);
        }
        self.is_locked = false;
        self.acquired_by = None;
        if self.waiters.is_empty() {
            return Ok(None);
        }
        let chosen = choices.choose(now, "lock", self.waiters.len(), self.waiters.iter().map(|(waiter, _)| waiter.0));
        Ok(self.waiters.remove(chosen).map(|(thread, since)| {
            let is_handed = self.handover == Handover::ParkingLot && now.since(since) > FAIR_AFTER;
            if is_handed {
                self.try_acquire(thread);
            }
            (thread, is_handed)
        }))
    }
}
