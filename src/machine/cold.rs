//! Cold caches: a core that comes back to a process works slower for a while.
//!
//! What a thread works on leaves a core's caches while the core is idle (a halted core of a virtual machine lends them to
//! others), while it works for another thread, and where another core has changed it since. The core then owes the time
//! that it takes to fetch it again, and pays while it works: work is slower by a factor until the debt is paid. A thread
//! that does little pays little of it, as it touches little.
//!
//! ```text
//!  a core       ████ idle ▓▓▓▓▓▓██████        ▓ work at the slower pace, until the debt is paid
//!  one core     ████ other ▒▒▒▒▒▒▒▒▒███       ▒ another thread came between: less is lost, and bit by bit
//!  two cores    ████              ▒▒▒▒▒▒▒▒▒   the GIL goes from one core to the other and back:
//!                    ▒▒▒▒▒▒▒▒▒                each finds what the other has changed
//! ```
//!
//! Only what runs as Python is slowed: system calls, wake-ups and switches have their own figures for idle cores.

use super::{ProcessId, ThreadId};
use crate::time::{Duration, Time};

/// The figures of cold caches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cold {
    /// What a core owes after a pause: pauses, ascending, and the debts then; straight lines between them, nothing before
    /// the first and no more after the last.
    pub after_pause: [(Duration, Duration); 5],
    /// How long work takes until that debt is paid [percent of what it takes warm]; at least 100.
    pub percent: u64,
    /// What it owes beside when another core has worked for the process since: that one has changed what it finds.
    pub after_move: Duration,
    /// What it owes beside when anybody else came between on the core itself, if only another thread of the process.
    pub after_switch: Duration,
    /// How long work takes until that debt is paid [percent of what it takes warm]; at least 100.
    pub switch_percent: u64,
}

impl Cold {
    /// Caches that are always warm.
    pub const NEVER: Cold = Cold {
        after_pause: [(Duration::ZERO, Duration::ZERO); 5],
        percent: 100,
        after_move: Duration::ZERO,
        after_switch: Duration::ZERO,
        switch_percent: 100,
    };

    /// What a core owes after a pause.
    fn debt_after(&self, pause: Duration) -> Duration {
        let points = &self.after_pause;
        let Some(next) = points.iter().position(|(at, _)| pause < *at) else { return points[points.len() - 1].1 };
        let Some(before) = next.checked_sub(1) else { return Duration::ZERO };
        let ((from, low), (to, high)) = (points[before], points[next]);
        let share = u128::from(high.0 - low.0) * u128::from(pause.0 - from.0) / u128::from(to.0 - from.0);
        low + Duration(share as u64)
    }

    /// How long work takes with these debts, and what is owed then.
    fn stretch(&self, work: Duration, debts: Debts) -> (Duration, Debts) {
        let slower = |percent: u64, debt: Duration| Duration(work.0.saturating_mul(percent - 100) / 100).min(debt);
        let (pause, switch) = (slower(self.percent, debts.pause), slower(self.switch_percent, debts.switch));
        let left = Debts { pause: debts.pause.saturating_sub(pause), switch: debts.switch.saturating_sub(switch) };
        (work + pause + switch, left)
    }

    /// How much work is done within a length of time with these debts: the longest that `stretch` fits into it. Each debt
    /// is paid all along or in full, whichever takes less.
    fn fit(&self, length: Duration, debts: Debts) -> Duration {
        let at_pace = |length: Duration, percent: u64| (u128::from(length.0) * 100 / u128::from(percent)) as u64;
        let both = at_pace(length, self.percent + self.switch_percent - 100);
        let pause_paid = at_pace(length.saturating_sub(debts.pause), self.switch_percent);
        let switch_paid = at_pace(length.saturating_sub(debts.switch), self.percent);
        let all_paid = length.saturating_sub(debts.pause).saturating_sub(debts.switch).0;
        Duration(both.max(pause_paid).max(switch_paid).max(all_paid))
    }
}

/// How a thread works.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Work {
    /// Its process works on one core at a time.
    pub is_alone: bool,
    /// It goes on with a computation in the midst of which it was made to wait.
    pub goes_on: bool,
}

/// What a core owes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Debts {
    pause: Duration,
    switch: Duration,
}

/// For whom a core worked last, until when, and what it owes.
#[derive(Clone, Copy, Default)]
struct Warmth {
    last: Option<(ProcessId, ThreadId, Time)>,
    debts: Debts,
}

/// The warmth of every core.
pub(super) struct Caches {
    cold: Cold,
    cores: Vec<Warmth>,
    /// Which core worked for a process last, and until when, by process id.
    left: Vec<Option<(usize, Time)>>,
}

/// Work that a core is about to begin.
#[derive(Clone, Copy)]
pub(super) struct Beginning {
    pub(super) core: usize,
    pub(super) process: ProcessId,
    pub(super) thread: ThreadId,
    pub(super) now: Time,
    /// Only one core at a time works for the process, so that what another one has done since is not in this one's
    /// caches.
    pub(super) is_alone: bool,
    /// The thread goes on with a computation in the midst of which it was made to wait: what that works on is little, and at
    /// hand, whoever came between.
    pub(super) goes_on: bool,
}

impl Caches {
    pub(super) fn new(cold: Cold, n_cores: usize) -> Caches {
        Caches { cold, cores: vec![Warmth::default(); n_cores], left: Vec::new() }
    }

    fn debts(&self, beginning: Beginning) -> Debts {
        let Beginning { core, process, thread, now, is_alone, goes_on } = beginning;
        // Whose start has its own price owes nothing.
        let Some((newest_core, newest)) = self.left.get(process.0 as usize).copied().flatten() else {
            return Debts::default();
        };
        let Warmth { last, debts } = self.cores[core];
        let last = last.filter(|(of, ..)| *of == process && (newest_core == core || !is_alone));
        let is_same = last.is_some_and(|(_, before, _)| before == thread);
        if goes_on && !is_same {
            return Debts { pause: self.cold.debt_after(now.since(newest.min(now))), switch: Duration::ZERO };
        }
        let pause = match last {
            Some((.., until)) => debts.pause.max(self.cold.debt_after(now.since(until.min(now)))),
            None => self.cold.debt_after(now.since(newest.min(now))),
        };
        let switch = match last {
            Some(_) if is_same => debts.switch,
            None if newest_core != core => self.cold.after_move,
            _ => self.cold.after_switch,
        };
        Debts { pause, switch }
    }

    /// How long the work takes; it is taken to be done without a break.
    pub(super) fn work(&mut self, beginning: Beginning, work: Duration) -> Duration {
        let Beginning { core, process, thread, now, .. } = beginning;
        let (length, debts) = self.cold.stretch(work, self.debts(beginning));
        self.cores[core] = Warmth { last: Some((process, thread, now + length)), debts };
        if self.left.len() <= process.0 as usize {
            self.left.resize(process.0 as usize + 1, None);
        }
        self.left[process.0 as usize] = Some((core, now + length));
        length
    }

    /// How much work is done within this length of time.
    pub(super) fn within(&self, beginning: Beginning, length: Duration) -> Duration {
        self.cold.fit(length, self.debts(beginning))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: (ProcessId, ThreadId) = (ProcessId(0), ThreadId(0));
    const WORKER: (ProcessId, ThreadId) = (ProcessId(0), ThreadId(1));
    const CLIENT: (ProcessId, ThreadId) = (ProcessId(1), ThreadId(2));

    fn micros(n: u64) -> Duration {
        Duration::micros(n)
    }

    fn at(core: usize, (process, thread): (ProcessId, ThreadId), now: Time) -> Beginning {
        Beginning { core, process, thread, now, is_alone: true, goes_on: false }
    }

    /// The server has worked for a millisecond on core 0.
    fn caches() -> Caches {
        let points = [(10, 0), (110, 100), (1_110, 300), (1_110, 300), (1_110, 300)];
        let after_pause = points.map(|(pause, debt)| (micros(pause), micros(debt)));
        let cold =
            Cold { after_pause, percent: 300, after_move: micros(60), after_switch: micros(30), switch_percent: 150 };
        let mut caches = Caches::new(cold, 2);
        caches.work(at(0, SERVER, Time::ZERO), micros(1_000));
        caches
    }

    fn done(caches: &Caches, core: usize) -> Time {
        caches.cores[core].last.unwrap().2
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
        assert_eq!(caches.work(at(0, SERVER, now), micros(20)), micros(60));
        let now = done(&caches, 0);
        assert_eq!(caches.work(at(0, SERVER, now), micros(50)), micros(110), "60 of 100 are left");
        let now = done(&caches, 0);
        assert_eq!(caches.work(at(0, SERVER, now), micros(50)), micros(50));
    }

    #[test]
    fn work_is_slower_where_another_thread_core_or_process_came_between() {
        for (core, other, debt) in [(0, WORKER, 30), (1, SERVER, 60), (0, CLIENT, 30)] {
            let mut caches = caches();
            let now = done(&caches, 0);
            caches.work(at(core, other, now), micros(1));
            let now = done(&caches, core);
            let length = caches.work(at(0, SERVER, now), micros(20));
            assert_eq!(length, micros(30), "{other:?} on core {core}");
            let now = done(&caches, 0);
            assert_eq!(caches.work(at(0, SERVER, now), micros(200)), micros(200 + debt - 10), "10 are paid");
        }
    }

    #[test]
    fn who_goes_on_in_the_midst_of_a_computation_owes_nothing_for_who_came_between() {
        for (core, other) in [(0, WORKER), (1, SERVER), (0, CLIENT)] {
            let mut caches = caches();
            let now = done(&caches, 0);
            caches.work(at(core, other, now), micros(1));
            let goes_on = Beginning { goes_on: true, ..at(0, SERVER, done(&caches, core)) };
            assert_eq!(caches.work(goes_on, micros(20)), micros(20), "{other:?} on core {core}");
        }
    }

    #[test]
    fn cores_that_work_for_a_process_side_by_side_stay_warm() {
        let mut caches = caches();
        let side_by_side = |core, of, now| Beginning { is_alone: false, ..at(core, of, now) };
        let now = done(&caches, 0);
        caches.work(side_by_side(1, WORKER, now), micros(100));
        assert_eq!(caches.work(side_by_side(0, SERVER, now), micros(100)), micros(100));
    }

    #[test]
    fn what_fits_into_a_length_of_time_takes_no_longer() {
        let mut caches = caches();
        let now = done(&caches, 0) + micros(110);
        let server = at(0, SERVER, now);
        for is_switched in [false, true] {
            for length in [1, 59, 60, 61, 149, 150, 151, 5_000].map(micros) {
                let work = caches.within(server, length);
                let takes = |work| caches.cold.stretch(work, caches.debts(server)).0;
                assert!(takes(work) <= length && takes(work + Duration(2)) > length, "{length:?} {is_switched}");
            }
            caches.cores[0].last = Some((SERVER.0, WORKER.1, done(&caches, 0)));
        }
    }
}
