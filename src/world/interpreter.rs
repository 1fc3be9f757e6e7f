//! What a version of Python puts on the machine: its GIL, and where its threads look whether to drop it.

use crate::python::vm::{Moment, Ticker, Watch};
use crate::runtime::{CheckPoints, Generation, Gil, Operation};
use crate::time::Duration;

use super::scenario::{Prepared, Program};
use super::version::Python;

/// Instructions between two checks, unless the program sets another number (S-GIL-01).
const CHECK_INTERVAL: i64 = 100;

/// The GIL of a process, or none: a build without one has it only where `-X gil=1` or `PYTHON_GIL=1` says so (S-FT-01).
pub fn generation(prepared: &Prepared, program: &Program) -> Option<Generation> {
    if prepared.python.major == 2 {
        return Some(Generation::Ticks { release: Duration(prepared.costs.machine.gil_release) });
    }
    let has_gil = !prepared.python.free_threaded || wants_gil(program);
    has_gil.then_some(Generation::Requests { interval: Gil::DEFAULT_INTERVAL })
}

fn wants_gil(program: &Program) -> bool {
    let option = program.argv.windows(2).any(|pair| pair == ["-X", "gil=1"]);
    option || program.argv.iter().any(|word| word == "-Xgil=1") || {
        program.env.iter().any(|(name, value)| name == "PYTHON_GIL" && value == "1")
    }
}

/// Where a thread looks, for the VM (S-GIL-16).
pub fn watch(python: Python) -> Watch {
    let points = CheckPoints::of(python.major.into(), python.minor.into());
    let looks = |moment: &Moment| points.is_check_point(operation(*moment));
    let mask = Moment::ALL.into_iter().filter(looks).fold(0, |mask, moment| mask | 1 << moment as u16);
    Watch { mask, spares_blocks: points.spares_blocks() }
}

/// Python 2's counter of instructions at its start.
pub fn ticker(prepared: &Prepared, interval: Option<i64>) -> Ticker {
    let interval = interval.unwrap_or(CHECK_INTERVAL).max(1);
    let release = prepared.costs.machine.gil_release_unwanted;
    Ticker { left: interval - 1, interval, release, beyond: 0, has_sleeper: false }
}

fn operation(moment: Moment) -> Operation {
    match moment {
        Moment::Local => Operation::Local,
        Moment::Object => Operation::Object,
        Moment::JumpNotTaken => Operation::JumpNotTaken,
        Moment::JumpTaken => Operation::JumpTaken,
        Moment::ForStep => Operation::ForStep,
        Moment::LoopBack => Operation::LoopBack,
        Moment::Enter => Operation::Enter,
        Moment::ResumeAwait => Operation::ResumeAwait,
        Moment::CallC => Operation::CallC,
        Moment::CallSpecialisedC => Operation::CallSpecialisedC,
        Moment::CallPython => Operation::CallPython,
        Moment::Raise => Operation::Raise,
    }
}
