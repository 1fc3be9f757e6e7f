//! What a version of Python puts on the machine: its GIL, and where its threads look whether to drop it.

use crate::python::vm::{Ticker, Watch};
use crate::runtime::{Generation, Gil, Release};
use crate::time::Duration;

use super::check_points::CheckPoints;
use super::prepare::{Prepared, Program};
use super::version::Python;

/// Instructions between two checks, unless the program sets another number (S-GIL-01).
const CHECK_INTERVAL: i64 = 100;

/// The GIL of a process, or none: a build without one has it only where `-X gil=1` or `PYTHON_GIL=1` says so (S-FT-01).
pub fn generation(prepared: &Prepared, program: &Program) -> Option<Generation> {
    if prepared.python.major == 2 {
        return Some(Generation::Ticks { release: release(prepared) });
    }
    let has_gil = !prepared.python.free_threaded || wants_gil(program);
    has_gil.then_some(Generation::Requests { interval: Gil::DEFAULT_INTERVAL })
}

/// What a check of Python 2 takes.
pub fn release(prepared: &Prepared) -> Release {
    let figures = &prepared.costs.machine;
    Release {
        waking: Duration(figures.wake_call),
        awaited: Duration(figures.gil_release_awaited),
        unwanted: Duration(figures.gil_release_unwanted),
    }
}

fn wants_gil(program: &Program) -> bool {
    let option = program.argv.windows(2).any(|pair| pair == ["-X", "gil=1"]);
    option || program.argv.iter().any(|word| word == "-Xgil=1") || {
        program.env.iter().any(|(name, value)| name == "PYTHON_GIL" && value == "1")
    }
}

/// Where a thread looks, for the VM (S-GIL-16).
pub fn watch(python: Python) -> Watch {
    CheckPoints::of(python.major.into(), python.minor.into()).watch()
}

/// Python 2's counter of instructions at its start.
pub fn ticker(prepared: &Prepared, interval: Option<i64>) -> Ticker {
    let interval = interval.unwrap_or(CHECK_INTERVAL).max(1);
    let release = release(prepared).unwanted.0;
    Ticker { left: interval - 1, interval, release, beyond: 0, has_sleeper: false }
}
