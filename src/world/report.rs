//! What remains of a run: its record, what its processes did, and why it ended.
//!
//! A run that was computed here and one that was recorded elsewhere leave the same.

use serde::{Deserialize, Serialize};

use super::choice::Choice;
use crate::journal::Journal;

/// What remains of a run.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Report {
    /// Its record.
    pub journal: Journal,
    /// What its processes did, in the order of the Procfile.
    pub processes: Vec<ProcessReport>,
    /// Why it ended; nothing while it has not.
    pub ending: Option<Ending>,
    /// Whether its threads ask for the GIL, as they do from Python 3.2 on.
    pub asks_for_gil: bool,
    /// What was left to chance, where the run was asked to remember it.
    pub choices: Vec<Choice>,
    /// The first decision at which its schedule named an option that was not there: it was made for another run.
    pub diverged_at: Option<u32>,
}

/// Whether a run has come to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// There is more to do.
    Running,
    /// It is over.
    Done,
}

/// Why a run ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Ending {
    /// The main program exited.
    MainExited,
    /// Nothing can happen any more, and these threads wait: `name of process (what for)`.
    Deadlock(Vec<String>),
    /// It was stopped, for this reason.
    Stopped(String),
    /// It came to a limit.
    Limit {
        /// Which, in words.
        why: String,
        /// The option of `coroscope run` that sets another.
        option: String,
    },
}

/// What a process did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProcessReport {
    /// Its name in the Procfile.
    pub name: String,
    /// Its command.
    pub command: String,
    /// What it wrote to stdout.
    pub stdout: String,
    /// What it wrote to stderr.
    pub stderr: String,
    /// Its exit status; `None` for one that the end of the run stopped.
    pub exit: Option<i32>,
}
