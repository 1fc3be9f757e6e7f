//! The page's door to the simulator while that is not there: nothing is read, and nothing runs.
//!
//! Whatever asks for the simulator is put aside until it is there (`handover.rs`), and an edited text has no address
//! before it was run, so nobody comes here. The types have no values; what would handle them is left out by the compiler.

use std::convert::Infallible;

use super::session::Session;
use crate::journal::Journal;
use crate::time::{Duration, Time};
use crate::trace::{Recording, Trace};
use crate::world::{Choice, Notice, Progress, Report, Scenario, ScenarioError, Schedule, Settings, Step};

/// Whether programs can be run here.
pub const IS_HERE: bool = false;

const WORDS: &str = "the simulator has not been loaded yet";

/// A scenario made ready.
pub struct Prepared(Infallible);

/// A run.
pub struct Run(Infallible);

/// What names hold: nobody sees it here.
#[derive(Default)]
pub struct Inspector {}

impl Session {
    /// Whether variables are to be computed.
    pub(super) fn wants_variables(&self) -> bool {
        false
    }

    /// Computes them.
    pub(super) fn compute_variables(&mut self, _deadline_ms: f64) {}
}

/// Reads a text.
pub fn read(name: &str, _text: &str) -> Result<Scenario, ScenarioError> {
    Err(ScenarioError::of(name, WORDS))
}

/// Makes a scenario ready to run.
pub fn prepare(scenario: &Scenario, _settings: &Settings) -> Result<(Prepared, Vec<Notice>), ScenarioError> {
    Err(ScenarioError::of(&scenario.name, WORDS))
}

/// Schedules of other runs.
pub fn schedules(_n: usize, _seed: u64, _turns: &[(Time, Time)], _choices: &[Choice]) -> Vec<Schedule> {
    Vec::new()
}

/// Starts a run.
pub fn start(prepared: Prepared, _times: u32) -> Run {
    match prepared.0 {}
}

/// Reads a trace that was recorded elsewhere.
pub fn read_trace(_bytes: &[u8]) -> Result<Recording, String> {
    Err(WORDS.into())
}

/// The run for other viewers of traces.
pub fn chrome_json(_trace: &Trace) -> String {
    String::new()
}

/// Bytes made small for an address.
pub fn deflate(_bytes: &[u8]) -> Vec<u8> {
    Vec::new()
}

/// What was made small.
pub fn inflate(_bytes: &[u8], _longest: usize) -> Option<Vec<u8>> {
    None
}

impl Prepared {
    /// The first mistakes of its files.
    pub fn mistakes(&self) -> Vec<ScenarioError> {
        match self.0 {}
    }

    /// A wait before a line.
    pub fn slowed(&self, _file: &str, _line: u32, _by: Duration, _library: &str) -> Option<(u32, String)> {
        match self.0 {}
    }

    /// The operations of a line.
    pub fn steps(&self, _file: &str, _line: u32) -> Vec<Step> {
        match self.0 {}
    }
}

impl Run {
    /// Goes on for so much fuel.
    pub fn step(&mut self, _fuel: u64) -> Progress {
        match self.0 {}
    }

    /// Virtual time.
    pub fn now(&self) -> Time {
        match self.0 {}
    }

    /// The record so far.
    pub fn journal(&self) -> &Journal {
        match self.0 {}
    }

    /// Stops it where it is.
    pub fn stop(&mut self, _why: &str) {
        match self.0 {}
    }

    /// What remains of it.
    pub fn into_report(self) -> Report {
        match self.0 {}
    }
}
