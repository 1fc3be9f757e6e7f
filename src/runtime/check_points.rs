//! At which operations a thread looks whether it should drop the GIL, by version of CPython.
//!
//! The table of S-GIL-23 as data. The language's VM asks it once, when a run begins, for a mask.

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

/// What sort of thing the VM has just done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Operation {
    /// Load or store a local, load a constant, pop, duplicate.
    Local,
    /// Load or store a global, attribute or item; arithmetic, comparison; build a list, dict or tuple.
    Object,
    /// A jump forward without condition, or a conditional jump that is not taken.
    JumpNotTaken,
    /// A conditional jump forward that is taken.
    JumpTaken,
    /// The step of a `for` to its next item.
    ForStep,
    /// The jump back to the head of a loop.
    LoopBack,
    /// The entry of a Python function, or the return into a generator after its `yield`.
    Enter,
    /// The return into a coroutine after `await` or `yield from`.
    ResumeAwait,
    /// The return from a C function that was called by a call operation.
    CallC,
    /// The same of `len`, `isinstance`, `list.append` or `type(x)`.
    CallSpecialisedC,
    /// The return of a Python function that was called by a call operation.
    CallPython,
    /// Raising or catching an exception.
    Raise,
}

impl Operation {
    /// All of them, in the order of their numbers.
    pub const ALL: [Operation; 12] = [
        Operation::Local,
        Operation::Object,
        Operation::JumpNotTaken,
        Operation::JumpTaken,
        Operation::ForStep,
        Operation::LoopBack,
        Operation::Enter,
        Operation::ResumeAwait,
        Operation::CallC,
        Operation::CallSpecialisedC,
        Operation::CallPython,
        Operation::Raise,
    ];
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

    /// Whether the breaker is looked at right after this operation; of 2.7, whether the operation counts.
    ///
    /// A jump back counts in 2.7 and up to 3.9 too: `JUMP_ABSOLUTE` ends in the slow dispatch, without which nothing
    /// could interrupt `while 1: pass` (`FAST_LOOPS` in CPython's `ceval.c`).
    pub const fn is_check_point(self, operation: Operation) -> bool {
        use CheckPoints::*;
        use Operation::*;
        match (operation, self) {
            (Local | JumpNotTaken | ResumeAwait, _) => false,
            (Object | ForStep | Raise, version) => matches!(version, V27 | V32),
            (JumpTaken, version) => matches!(version, V310),
            (LoopBack | Enter | CallC, _) => true,
            (CallPython | CallSpecialisedC, version) => !matches!(version, V311Plus),
        }
    }

    /// Whether it never looks right before a `with`, `try … finally` or `await` (S-GIL-03).
    pub const fn spares_blocks(self) -> bool {
        matches!(self, CheckPoints::V27 | CheckPoints::V32)
    }

    /// The same as bits: bit `operation as u8` is set at check points.
    pub fn mask(self) -> u16 {
        let points = Operation::ALL.into_iter().filter(|operation| self.is_check_point(*operation));
        points.fold(0, |mask, operation| mask | 1 << operation as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The loop `for _ in range(n): c += 1`, c global, of S-GIL-23.
    #[test]
    fn only_before_3_10_a_switch_falls_between_load_and_store() {
        use Operation::*;
        // FOR_ITER, STORE_FAST, LOAD_GLOBAL, LOAD_CONST, INPLACE_ADD, STORE_GLOBAL, JUMP back.
        let turn = [ForStep, Local, Object, Local, Object, Object, LoopBack];
        let checks = |version: CheckPoints| turn.map(|operation| version.is_check_point(operation));
        assert_eq!(checks(CheckPoints::V32), [true, false, true, false, true, true, true]);
        assert_eq!(checks(CheckPoints::V310), [false, false, false, false, false, false, true]);
        assert_eq!(checks(CheckPoints::V311Plus), checks(CheckPoints::V310));
    }

    #[test]
    fn the_mask_says_the_same_as_the_table() {
        for version in [3, 10, 14].map(|minor| CheckPoints::of(3, minor)) {
            for operation in Operation::ALL {
                assert_eq!(version.mask() >> operation as u8 & 1 == 1, version.is_check_point(operation));
            }
        }
    }
}
