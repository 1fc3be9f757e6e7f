//! At which moments a thread looks whether it should drop the GIL, by version of CPython.
//!
//! The table of S-GIL-23 as data. The language's VM is given it as a mask when a run begins.

use crate::python::vm::{Moment, Watch};

/// Versions that differ in where they check (S-GIL-16).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CheckPoints {
    /// 2.7: instructions are counted, and it looks whenever so many have been (S-GIL-02, S-GIL-03).
    V27,
    /// 3.2 to 3.9: after nearly every instruction.
    V32,
    /// 3.10: jumps that are taken, calls and entries.
    V310,
    /// 3.11 and later: backward jumps, calls and entries.
    V311Plus,
}

impl CheckPoints {
    /// The key of a version of Python; 3.14's is that of 3.11.
    pub fn of(major: u32, minor: u32) -> CheckPoints {
        match (major, minor) {
            (2, _) => CheckPoints::V27,
            (_, 0..=9) => CheckPoints::V32,
            (_, 10) => CheckPoints::V310,
            _ => CheckPoints::V311Plus,
        }
    }

    /// Whether the breaker is looked at right after this; of 2.7, whether it counts as an instruction.
    ///
    /// A jump back counts in 2.7 and up to 3.9 too: `JUMP_ABSOLUTE` ends in the slow dispatch, without which nothing
    /// could interrupt `while 1: pass` (`FAST_LOOPS` in CPython's `ceval.c`).
    const fn is_check_point(self, moment: Moment) -> bool {
        use CheckPoints::*;
        use Moment::*;
        match (moment, self) {
            (Local | JumpNotTaken | ResumeAwait, _) => false,
            (Object | ForStep | Raise, version) => matches!(version, V27 | V32),
            (JumpTaken, version) => matches!(version, V310),
            (LoopBack | Enter | CallC, _) => true,
            (CallPython | CallSpecialisedC, version) => !matches!(version, V311Plus),
        }
    }

    /// Whether it never looks right before a `with`, `try … finally` or `await` (S-GIL-03).
    const fn spares_blocks(self) -> bool {
        matches!(self, CheckPoints::V27 | CheckPoints::V32)
    }

    /// The table as the VM wants it.
    pub fn watch(self) -> Watch {
        let points = Moment::ALL.into_iter().filter(|moment| self.is_check_point(*moment));
        Watch { mask: points.fold(0, |mask, moment| mask | 1 << moment as u16), spares_blocks: self.spares_blocks() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The loop `for _ in range(n): c += 1`, c global, of S-GIL-23.
    #[test]
    fn only_before_3_10_a_switch_falls_between_load_and_store() {
        use Moment::*;
        // FOR_ITER, STORE_FAST, LOAD_GLOBAL, LOAD_CONST, INPLACE_ADD, STORE_GLOBAL, JUMP back.
        let turn = [ForStep, Local, Object, Local, Object, Object, LoopBack];
        let checks = |version: CheckPoints| turn.map(|moment| version.is_check_point(moment));
        assert_eq!(checks(CheckPoints::V32), [true, false, true, false, true, true, true]);
        assert_eq!(checks(CheckPoints::V310), [false, false, false, false, false, false, true]);
        assert_eq!(checks(CheckPoints::V311Plus), checks(CheckPoints::V310));
    }
}
