//! A corner of a scenario – as it is, or with one parameter changed – and the line of `tests/hashes.txt` that says what
//! its run gives, read natively and in the browser alike.

use std::collections::BTreeMap;
use std::fmt;

use coroscope::world::{Run, Scenario, Settings};
use xxhash_rust::xxh3::Xxh3;

/// What the runs gave when they were last looked at: a line a corner, in order.
pub const HASHES: &str = include_str!("../hashes.txt");

/// Which run of a scenario.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Corner {
    /// The scenario's file without `.py`.
    pub scenario: String,
    /// The one parameter that is not at its default, and its value.
    pub change: Option<(String, String)>,
}

/// `SCENARIO` or `SCENARIO PARAMETER=VALUE`.
impl fmt::Display for Corner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.change {
            None => write!(f, "{}", self.scenario),
            Some((parameter, value)) => write!(f, "{} {parameter}={value}", self.scenario),
        }
    }
}

impl Corner {
    /// The run at its beginning.
    pub fn start(&self, scenario: &Scenario) -> Run {
        let values: BTreeMap<_, _> = self.change.clone().into_iter().collect();
        let settings = Settings { values, ..Settings::default() };
        let (prepared, notices) = scenario.with_notices(&settings).unwrap();
        assert!(notices.is_empty(), "{self}: {notices:?}");
        Run::start(prepared)
    }
}

/// What a run gave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hashes {
    /// The hash that the page shows: of the record.
    pub journal: u64,
    /// Of what the processes wrote and how they exited.
    pub output: u64,
}

impl Hashes {
    /// Those of a finished run.
    pub fn of(run: &Run) -> Hashes {
        let mut output = Xxh3::new();
        for process in run.processes() {
            output.update(format!("{process:?}\n").as_bytes());
        }
        Hashes { journal: run.journal().hash(), output: output.digest() }
    }
}

/// `JOURNAL OUTPUT`, in hexadecimal.
impl fmt::Display for Hashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x} {:016x}", self.journal, self.output)
    }
}

/// Every corner of the list with its hashes.
pub fn read(list: &str) -> BTreeMap<Corner, Hashes> {
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| read_line(line).unwrap_or_else(|| panic!("`{line}` is no line of hashes"))).collect()
}

fn read_line(line: &str) -> Option<(Corner, Hashes)> {
    let (hashes, corner) = line.split_at_checked(34)?;
    let (journal, output) = hashes.trim_end().split_once(' ')?;
    let hash = |text| u64::from_str_radix(text, 16).ok();
    let hashes = Hashes { journal: hash(journal)?, output: hash(output)? };
    let (scenario, change) = match corner.split_once(' ') {
        None => (corner, None),
        Some((scenario, change)) => (scenario, Some(change.split_once('=')?)),
    };
    let change = change.map(|(parameter, value)| (parameter.to_string(), value.to_string()));
    Some((Corner { scenario: scenario.to_string(), change }, hashes))
}
