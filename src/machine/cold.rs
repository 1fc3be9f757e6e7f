//! Cold caches: a core that comes back to a process works slower for a while.
//!
//! What a process works on leaves a core's caches while the core is idle (a halted core of a virtual machine lends them to
//! others), while it works for another process, and where another core has changed it since. The core then owes the time
//! that it takes to fetch it again, and pays while it works: work is slower by a factor until the debt is paid. A thread
//! that does little pays little of it, as it touches little.
//!
//! ```text
//!  a core       ████ idle ▓▓▓▓▓▓██████        ▓ work at the slower pace, until the debt is paid
//!  two cores    ████              ▓▓████      the GIL goes from one core to the other and back:
//!                    ▓▓████                   each finds what the other has changed
//! ```
//!
//! Only what runs as Python is slowed: system calls, wake-ups and switches have their own figures for idle cores.

use super::ProcessId;
use crate::time::{Duration, Time};

/// The figures of cold caches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cold {
    /// What a core owes after a pause: pauses, ascending, and the debts then; straight lines between them, nothing before
    /// the first and no more after the last.
    pub after_pause: [(Duration, Duration); 5],
    /// What it owes at least when another core or another process came between.
    pub after_move: Duration,
    /// How long work takes until the debt is paid [percent of what it takes warm]; at least 100.
    pub percent: u64,
}

impl Cold {
    /// Caches that are always warm.
    pub const NEVER: Cold =
        Cold { after_pause: [(Duration::ZERO, Duration::ZERO); 5], after_move: Duration::ZERO, percent: 100 };

    /// What a core owes after a pause.
    fn debt_after(&self, pause: Duration) -> Duration {
        let points = &self.after_pause;
        let Some(next) = points.iter().position(|(at, _)| pause < *at) else { return points[points.len() - 1].1 };
        let Some(before) = next.checked_sub(1) else { return Duration::ZERO };
        let ((from, low), (to, high)) = (points[before], points[next]);
        let share = u128::from(high.0 - low.0) * u128::from(pause.0 - from.0) / u128::from(to.0 - from.0);
        low + Duration(share as u64)
    }

    /// How long work takes with this debt, and what is owed then.
    fn stretch(&self, work: Duration, debt: Duration) -> (Duration, Duration) {
        let paid = Duration(work.0.saturating_mul(self.percent - 100) / 100).min(debt);
        (work + paid, debt.saturating_sub(paid))
    }

    /// How much work is done within a length of time with this debt: the longest that `stretch` fits into it.
    fn fit(&self, length: Duration, debt: Duration) -> Duration {
        let slow = Duration((u128::from(length.0) * 100 / u128::from(self.percent)) as u64);
        slow.max(length.saturating_sub(debt))
    }
}

/// For whom a core worked last, until when, and what it owes.
#[derive(Clone, Copy, Default)]
pub(super) struct Warmth {
    last: Option<(ProcessId, Time)>,
    debt: Duration,
}

/// The warmth of every core.
pub(super) struct Caches {
    cold: Cold,
    cores: Vec<Warmth>,
    /// Which core worked for a process last, and until when, by process id.
    left: Vec<Option<(usize, Time)>>,
}

impl Caches {
    pub(super) fn new(cold: Cold, n_cores: usize) -> Caches {
        Caches { cold, cores: vec![Warmth::default(); n_cores], left: Vec::new() }
    }

    /// What the core owes if it works for the process now. `is_alone`: only one core at a time works for the process, so
    /// that what another one has done since is not in this one's caches.
    fn debt(&self, core: usize, process: ProcessId, now: Time, is_alone: bool) -> Duration {
        // Whose start has its own price owes nothing.
        let Some((newest_core, newest)) = self.left.get(process.0 as usize).copied().flatten() else {
            return Duration::ZERO;
        };
        let Warmth { last, debt } = self.cores[core];
        let here = last.filter(|(of, _)| *of == process && (newest_core == core || !is_alone));
        match here {
            Some((_, until)) => debt.max(self.cold.debt_after(now.since(until.min(now)))),
            None => self.cold.after_move.max(self.cold.debt_after(now.since(newest.min(now)))),
        }
    }

    /// How long work for the process takes on the core from now on; it is taken to be done without a break.
    pub(super) fn work(
        &mut self,
        core: usize,
        process: ProcessId,
        now: Time,
        is_alone: bool,
        work: Duration,
    ) -> Duration {
        let (length, debt) = self.cold.stretch(work, self.debt(core, process, now, is_alone));
        self.cores[core] = Warmth { last: Some((process, now + length)), debt };
        if self.left.len() <= process.0 as usize {
            self.left.resize(process.0 as usize + 1, None);
        }
        self.left[process.0 as usize] = Some((core, now + length));
        length
    }

    /// How much work for the process the core does within this length of time.
    pub(super) fn within(
        &self,
        core: usize,
        process: ProcessId,
        now: Time,
        is_alone: bool,
        length: Duration,
    ) -> Duration {
        self.cold.fit(length, self.debt(core, process, now, is_alone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: ProcessId = ProcessId(0);
    const CLIENT: ProcessId = ProcessId(1);

    fn micros(n: u64) -> Duration {
        Duration::micros(n)
    }

    fn caches() -> Caches {
        let points = [(10, 0), (110, 100), (1_110, 300), (1_110, 300), (1_110, 300)];
        let after_pause = points.map(|(pause, debt)| (micros(pause), micros(debt)));
        let cold = Cold { after_pause, after_move: micros(30), percent: 300 };
        let mut caches = Caches::new(cold, 2);
        caches.work(0, SERVER, Time::ZERO, true, micros(1_000));
        caches
    }

    fn done(caches: &Caches, core: usize) -> Time {
        caches.cores[core].last.unwrap().1
    }

    #[test]
    fn debts_grow_with_the_pause_and_no_further_than_the_last() {
        let cold = caches().cold;
        let debts = [5, 10, 60, 110, 610, 1_110, 99_999].map(|pause| cold.debt_after(micros(pause)).0 / 1_000);
        assert_eq!(debts, [0, 0, 50, 100, 200, 300, 300]);
    }

    #[test]
    fn work_is_slower_until_the_debt_is_paid() {
        let mut caches = caches();
        let now = done(&caches, 0) + micros(110);
        assert_eq!(caches.work(0, SERVER, now, true, micros(20)), micros(60));
        assert_eq!(caches.work(0, SERVER, done(&caches, 0), true, micros(50)), micros(110), "60 of 100 are left");
        assert_eq!(caches.work(0, SERVER, done(&caches, 0), true, micros(50)), micros(50));
    }

    #[test]
    fn the_process_is_cold_where_another_core_or_another_process_came_between() {
        let mut caches = caches();
        let now = done(&caches, 0);
        assert_eq!(caches.work(1, SERVER, now, true, micros(100)), micros(130));
        let now = done(&caches, 1);
        assert_eq!(caches.work(0, SERVER, now, true, micros(100)), micros(130), "and back");
        let now = done(&caches, 0);
        caches.work(0, CLIENT, now, true, micros(1));
        let now = done(&caches, 0);
        assert_eq!(caches.work(0, SERVER, now, true, micros(100)), micros(130));
    }

    #[test]
    fn cores_that_work_for_a_process_side_by_side_stay_warm() {
        let mut caches = caches();
        let now = done(&caches, 0);
        caches.work(1, SERVER, now, false, micros(100));
        assert_eq!(caches.work(0, SERVER, now, false, micros(100)), micros(100));
    }

    #[test]
    fn what_fits_into_a_length_of_time_takes_no_longer() {
        let caches = caches();
        let now = done(&caches, 0) + micros(110);
        for length in [1, 59, 60, 61, 149, 150, 151, 5_000].map(micros) {
            let work = caches.within(0, SERVER, now, true, length);
            let takes = |work| caches.cold.stretch(work, micros(100)).0;
            assert!(takes(work) <= length && takes(work + Duration(2)) > length, "{length:?}");
        }
    }
}
