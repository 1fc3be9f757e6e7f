//! The page's door to the simulator: reading a program, running it, and what else only the whole page can do.
//!
//! `absent.rs` is the same door where the simulator is not there yet.

use crate::time::{Duration, Time};
use crate::trace::{Recording, Trace, chrome};
use crate::world::{Limits, Notice, Scenario, ScenarioError, Settings};

pub use super::variables::Inspector;
pub use crate::world::explore::schedules;
pub use crate::world::{Prepared, Run};

/// Whether programs can be run here.
pub const IS_HERE: bool = true;

/// A record longer than this is no use to a reader and would fill the memory [entries].
const MOST_ENTRIES: usize = 2_000_000;
/// More CPU time than this, at about its own pace, is longer than a reader waits.
const MOST_CPU: Duration = Duration(300 * 1_000_000_000);
/// A page has less memory than a command line.
const MOST_OBJECTS: usize = 3_000_000;

/// Reads a text.
pub fn read(name: &str, text: &str) -> Result<Scenario, ScenarioError> {
    Scenario::parse(name, text)
}

/// Makes a scenario ready to run; what does not fit is made to, and noticed.
pub fn prepare(scenario: &Scenario, settings: &Settings) -> Result<(Prepared, Vec<Notice>), ScenarioError> {
    scenario.with_notices(settings)
}

/// Starts a run that may go so many times as far as usual.
pub fn start(prepared: Prepared, times: u32) -> Run {
    let Limits { end, output, .. } = Limits::default();
    let n = times as usize;
    let (cpu, entries, objects) = (Duration(MOST_CPU.0 * u64::from(times)), MOST_ENTRIES * n, MOST_OBJECTS * n);
    let limits = Limits { end: Time(end.0 * u64::from(times)), cpu, output: output * n, entries, objects };
    Run::with_limits(prepared, limits).with_decisions()
}

/// Reads a trace that was recorded elsewhere, or says why it cannot be.
pub fn read_trace(bytes: &[u8]) -> Result<Recording, String> {
    chrome::read(bytes).map_err(|broken| broken.to_string())
}

/// The run for other viewers of traces.
pub fn chrome_json(trace: &Trace) -> String {
    chrome::to_string(trace)
}

/// Bytes made small for an address.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(bytes, 9)
}

/// What was made small, unless it is damaged or longer than that.
pub fn inflate(bytes: &[u8], longest: usize) -> Option<Vec<u8>> {
    miniz_oxide::inflate::decompress_to_vec_with_limit(bytes, longest).ok()
}
