//! Whom the scheduler owes time.
//!
//! Linux' scheduler (EEVDF, `kernel/sched/fair.c`) gives threads that want a core at the same time equal shares. What a
//! thread has had less than its share is its *lag*: it grows while the thread stands in line and falls while others do. One
//! with a positive lag takes the core of who has had more as soon as it is woken; one that the scheduler owes nothing waits
//! until that one's slice is over, so that threads which hand work to each other do not cut into each other's turns.
//!
//! ```text
//!   A ████████          ██████████     one core, share ½: B waits 8 and is owed 4;
//!   B ░░░░░░░░██        ░              it works for 2, for which A is owed 1, and sleeps; woken, it is still owed 3
//! ```
//!
//! One run queue feeds all cores here (S-OS-01), so that the shares are those of the whole machine.

use super::{CoreId, Machine, ThreadId, ThreadState};
use crate::time::{Duration, Time};

/// How long cores were wanted by more threads than there are, and what a thread's share of that was.
#[derive(Clone, Copy, Default)]
struct Wanted {
    length: Duration,
    share: Duration,
}

/// All of it, up to a time.
#[derive(Default)]
pub(super) struct Contention {
    until: Time,
    wanted: Wanted,
}

/// What a thread is owed, and since when that has not been reckoned.
#[derive(Clone, Copy, Default)]
pub(super) struct Lag {
    /// [ns]; negative: it has had more than its share.
    owed: i64,
    since: Wanted,
    /// When it blocked last.
    blocked_at: Time,
}

impl Machine {
    /// Time has passed in which the same threads had cores and waited for them: to be called before that changes.
    pub(super) fn pass_time(&mut self, now: Time) {
        let n_waiting = self.n_runnable() as u64;
        let passed = now.since(self.contention.until);
        self.contention.until = now;
        if n_waiting > 0 && passed > Duration::ZERO {
            let n_busy = self.cores.iter().filter(|core| core.thread.is_some()).count() as u64;
            self.contention.wanted.length += passed;
            self.contention.wanted.share += Duration(passed.0 * n_busy / (n_busy + n_waiting));
        }
    }

    /// What the scheduler owes a thread [ns]; negative where it has had more than its share. Holds for now if time has been
    /// passed.
    pub(super) fn lag(&self, id: ThreadId) -> i64 {
        let thread = self.thread(id);
        let (now, since) = (self.contention.wanted, thread.lag.since);
        let (length, share) = (now.length.saturating_sub(since.length), now.share.saturating_sub(since.share));
        thread.lag.owed
            + match thread.state {
                ThreadState::Runnable => share.0 as i64,
                ThreadState::Running(_) | ThreadState::Switching(_) => share.0 as i64 - length.0 as i64,
                _ => 0,
            }
    }

    /// Reckons a thread's lag: to be called before its condition changes. Time has been passed.
    pub(super) fn reckon_lag(&mut self, id: ThreadId) {
        let owed = self.lag(id);
        let since = self.contention.wanted;
        let lag = &mut self.thread_mut(id).lag;
        (lag.owed, lag.since) = (owed, since);
    }

    /// A thread is about to block: what it is owed then it is owed when it is woken, within limits (`entity_lag`).
    pub(super) fn keep_lag(&mut self, now: Time, id: ThreadId) {
        self.pass_time(now);
        self.reckon_lag(id);
        let limit = (2 * self.parameters.slice.0).max(self.parameters.tick.0) as i64;
        let lag = &mut self.thread_mut(id).lag;
        lag.owed = lag.owed.clamp(-limit, limit);
        lag.blocked_at = now;
    }

    /// A thread is woken. Where it had more than its share it has stood back since it blocked (`DELAY_DEQUEUE`).
    pub(super) fn come_back(&mut self, now: Time, id: ThreadId) {
        self.pass_time(now);
        self.reckon_lag(id);
        let lag = &mut self.thread_mut(id).lag;
        if lag.owed < 0 {
            lag.owed = (lag.owed + (now.since(lag.blocked_at).0 / 2) as i64).min(0);
        }
    }

    /// Where nobody waits for a core nobody has more than a share, or less.
    pub(super) fn forget_lags_unless_wanted(&mut self) {
        if self.n_runnable() > 0 {
            return;
        }
        for core in 0..self.cores.len() {
            if let Some(thread) = self.core(CoreId(core as u32)).thread {
                self.reckon_lag(thread);
                self.thread_mut(thread).lag.owed = 0;
            }
        }
    }
}
