//! An OS thread: its condition, and what the scheduler remembers of it.

use super::fairness::Lag;
use super::{CoreId, ProcessId};
use crate::journal::{EntryId, Line, Name, State, Subject};
use crate::kernel::EventKey;
use crate::time::{Duration, Time};

/// An OS thread. Ids count up from 0 and are never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ThreadId(pub u32);

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

pub(super) struct Thread {
    pub(super) process: ProcessId,
    pub(super) subject: Subject,
    pub(super) state: ThreadState,
    pub(super) last_core: Option<CoreId>,
    /// The idle core that was chosen for it when it was woken.
    pub(super) target: Option<CoreId>,
    /// The one event that this thread waits for: alarm, end of latency, end of switch or end of burst.
    pub(super) timer: Option<EventKey>,
    /// What is left of a burst while the thread has no core.
    pub(super) burst_left: Option<Duration>,
    /// How the burst is written into the journal.
    pub(super) burst_reason: Name,
    /// When the burst under way ends; `None` between bursts.
    pub(super) burst_end: Option<Time>,
    /// When the thread began to run on its core.
    pub(super) on_core_since: Time,
    /// How long it was on cores before `on_core_since`.
    pub(super) cpu_time: Duration,
    /// How much of its slice it has used before `on_core_since`.
    pub(super) slice_used: Duration,
    /// What the scheduler owes it.
    pub(super) lag: Lag,
    /// Has been woken from a block, not started.
    pub(super) is_woken: bool,
    pub(super) line: Option<Line>,
    /// The condition last written into the journal.
    pub(super) written: Option<(State, Name, Option<Subject>)>,
    pub(super) last_entry: Option<EntryId>,
}

impl Thread {
    /// One that has not started.
    pub(super) fn new(process: ProcessId, subject: Subject, burst_reason: Name) -> Thread {
        Thread {
            process,
            subject,
            burst_reason,
            state: ThreadState::New,
            last_core: None,
            target: None,
            timer: None,
            burst_left: None,
            burst_end: None,
            on_core_since: Time::ZERO,
            cpu_time: Duration::ZERO,
            slice_used: Duration::ZERO,
            lag: Lag::default(),
            is_woken: false,
            line: None,
            written: None,
            last_entry: None,
        }
    }

    /// How long it was on cores.
    pub(super) fn cpu_time(&self, now: Time) -> Duration {
        match self.state {
            ThreadState::Running(_) => self.cpu_time + now.since(self.on_core_since),
            _ => self.cpu_time,
        }
    }
}
