//! A run that was made beforehand, as a file: what a page shows of a scenario before it can run anything itself.
//!
//! ```text
//!  coroscope run 2 ⏎ │ hash of the rest │ the scenario without its texts │ hash of its text │ the report, packed
//! ```
//!
//! The files' texts are parts of the scenario's text, which the page has anyway; the recording only says where they
//! begin. It belongs to that text and to no other: a scenario that was changed since has no recording.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::choice::Choice;
use super::report::{Ending, ProcessReport, Report};
use super::scenario::Scenario;
use crate::journal::packed::Packed;

/// What a file begins with. The number counts up whenever anything that is written changes its form.
const HEAD: &[u8] = b"coroscope run 2\n";
/// What a file of any version begins with.
const KIND: &[u8] = b"coroscope run ";
/// The length of the hash [bytes].
const HASH: usize = 8;

/// A scenario and what came of it with nothing chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct Recorded {
    /// What the text says.
    pub scenario: Scenario,
    /// What came of it.
    pub report: Report,
}

/// What is in the file.
#[derive(Serialize, Deserialize)]
struct Body {
    /// Its files are without their texts.
    scenario: Scenario,
    /// Where in the scenario's text each file's begins, and its length [bytes].
    places: Vec<(u32, u32)>,
    text_hash: u64,
    journal: Packed,
    processes: Vec<ProcessReport>,
    ending: Option<Ending>,
    asks_for_gil: bool,
    choices: Vec<Choice>,
}

impl Recorded {
    /// The file. `text` is what the scenario was read from.
    pub fn pack(&self, text: &str) -> Vec<u8> {
        let mut scenario = self.scenario.clone();
        let mut places = Vec::new();
        for file in &mut scenario.files {
            let start: usize = text.split_inclusive('\n').take(file.first_line as usize - 1).map(str::len).sum();
            assert!(text[start..].starts_with(&file.text), "a file of a scenario is a part of its text");
            places.push((start as u32, file.text.len() as u32));
            file.text.clear();
        }
        let Report { journal, processes, ending, asks_for_gil, choices, .. } = self.report.clone();
        let journal = Packed::of(&journal);
        let body = Body {
            scenario,
            places,
            text_hash: xxh3_64(text.as_bytes()),
            journal,
            processes,
            ending,
            asks_for_gil,
            choices,
        };
        let body = postcard::to_allocvec(&body).expect("plain data can be written");
        [HEAD, &xxh3_64(&body).to_le_bytes(), &body].concat()
    }

    /// Reads a file; `Err` says why it is of no use for this text.
    pub fn unpack(bytes: &[u8], text: &str) -> Result<Recorded, String> {
        let Some(rest) = bytes.strip_prefix(HEAD) else {
            return Err(match bytes.starts_with(KIND) {
                true => "this run was recorded by another version of coroscope: record it again".into(),
                false => "this is no recorded run".into(),
            });
        };
        let damaged = || String::from("this recorded run is damaged");
        let (hash, body) = rest.split_at_checked(HASH).ok_or_else(damaged)?;
        if xxh3_64(body).to_le_bytes() != hash {
            return Err(damaged());
        }
        let body: Body = postcard::from_bytes(body).map_err(|error| format!("{}: {error}", damaged()))?;
        let Body { mut scenario, places, text_hash, journal, processes, ending, asks_for_gil, choices } = body;
        if text_hash != xxh3_64(text.as_bytes()) {
            return Err("this run was recorded from another text".into());
        }
        for (file, (start, length)) in scenario.files.iter_mut().zip(places) {
            let (start, length) = (start as usize, length as usize);
            file.text = text.get(start..start + length).ok_or_else(damaged)?.into();
        }
        let journal = journal.unpack().map_err(|what| format!("{}: {what}", damaged()))?;
        let report = Report { journal, processes, ending, asks_for_gil, choices, diverged_at: None };
        Ok(Recorded { scenario, report })
    }
}

#[cfg(feature = "simulator")]
impl Recorded {
    /// Runs a scenario as it is published. `name` is the file's name.
    pub fn make(name: &str, text: &str) -> Result<Recorded, super::ScenarioError> {
        let scenario = Scenario::parse(name, text)?;
        let mut run = super::Run::start(scenario.with(&super::Settings::default())?).with_decisions();
        while run.step(u64::MAX >> 1) == super::Progress::Running {}
        Ok(Recorded { scenario, report: run.into_report() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Progress, Run, Settings};

    const TEXT: &str = "# /// script\n# [tool.coroscope]\n# title = \"Two files\"\n# ///\n# %% other.py\nn = 2  #@param {type:\"slider\", min:1, max:9}\n\
                        # %% main.py\nimport threading, other\ndef work(): print('worked', flush=True)\n\
                        for _ in range(other.n): threading.Thread(target=work).start()\n\
                        # %% Procfile\n# main: python main.py\n";

    fn recorded() -> Recorded {
        Recorded::make("two.py", TEXT).unwrap()
    }

    #[test]
    fn a_recorded_run_is_the_run_itself() {
        let scenario = Scenario::parse("two.py", TEXT).unwrap();
        let mut run = Run::start(scenario.with(&Settings::default()).unwrap()).with_decisions();
        // In small slices, as a page steps it.
        while run.step(1_000) == Progress::Running {}
        let back = Recorded::unpack(&recorded().pack(TEXT), TEXT).unwrap();
        assert_eq!(back.scenario, scenario);
        assert_eq!(back.report.processes[0].stdout, "worked\nworked\n");
        assert_eq!(back.report.journal.hash(), run.journal().hash());
        assert_eq!(back.report, run.into_report());
    }

    #[test]
    fn a_file_of_another_kind_version_or_text_is_refused() {
        let packed = recorded().pack(TEXT);
        let refused = |bytes: &[u8], text: &str| Recorded::unpack(bytes, text).unwrap_err();
        assert_eq!(refused(b"<!doctype html>", TEXT), "this is no recorded run");
        let mut old = packed.clone();
        old[KIND.len()] = b'0';
        assert!(refused(&old, TEXT).contains("another version"));
        assert!(refused(&packed, &TEXT.replace("worked", "walked")).contains("another text"));
    }

    #[test]
    fn a_damaged_file_is_refused_wherever_the_damage_is() {
        let packed = recorded().pack(TEXT);
        for at in HEAD.len()..packed.len() {
            let mut damaged = packed.clone();
            damaged[at] ^= 4;
            assert_eq!(Recorded::unpack(&damaged, TEXT).unwrap_err(), "this recorded run is damaged");
            assert!(Recorded::unpack(&packed[..at], TEXT).is_err());
        }
    }
}
