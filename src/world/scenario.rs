//! A scenario as data: ordinary Python files, the processes that run them, and the constants a reader may turn.
//!
//! `read.rs` makes it from text, `prepare.rs` makes it ready to run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::Notice;
use super::form::Parameter;
use super::metadata::Metadata;
use super::procfile::ProcessLine;
use super::requirement::Specifier;
use super::schedule::Schedule;
use super::version::Python;

/// A scenario as read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Scenario {
    /// The name of its file or folder.
    pub name: String,
    /// What to call it: the metadata's title, else the first `#@title`, else the name.
    pub title: String,
    /// What it shows; may be empty.
    pub summary: String,
    /// The parameters of all files, in order of first appearance.
    pub parameters: Vec<Parameter>,
    /// The PEP 723 block.
    pub metadata: Metadata,
    /// The files that the processes see.
    pub files: Vec<SourceFile>,
    /// The processes, main one last.
    pub processes: Vec<ProcessLine>,
    /// What is odd about it.
    pub notices: Vec<Notice>,
    pub(super) requires: Vec<Specifier>,
}

/// One file of a scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its path in the folder that the processes run in.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// The line of the scenario's text that holds its first line, from 1; 1 for a file of its own.
    pub first_line: u32,
}

impl SourceFile {
    /// The line of the scenario's text at which a line of this file stands; both from 1.
    pub fn line_in_scenario(&self, line: u32) -> u32 {
        self.first_line + line - 1
    }

    fn n_lines(&self) -> u32 {
        self.text.lines().count() as u32
    }
}

/// What a reader or the command line chose; what is `None` or empty stays as the scenario has it.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// Parameters by name: the text of the value, without quotes.
    pub values: BTreeMap<String, String>,
    /// What every random decision follows from.
    pub seed: Option<u64>,
    /// A version such as `3.14t`.
    pub python: Option<String>,
    /// How many cores the machine has.
    pub cores: Option<u32>,
    /// Requirements such as `anyio==4.3.0`, each in place of the scenario's own for that package.
    pub requirements: Vec<String>,
    /// The preset of the cost table: `lab` or `article`.
    pub costs: Option<String>,
    /// `NAME: COMMAND` lines in place of the scenario's.
    pub processes: Vec<String>,
    /// Where the run departs from what comes by itself.
    pub schedule: Schedule,
}

impl Scenario {
    /// The version of Python that runs it where nobody chose another; `None` where its `requires-python` allows none.
    pub fn python(&self) -> Option<Python> {
        self.metadata.python.or_else(|| Python::for_requires(&self.requires))
    }

    /// The file and its line at which a line of the scenario's text stands; `None` between files.
    pub fn locate(&self, line: u32) -> Option<(&SourceFile, u32)> {
        let file =
            self.files.iter().find(|file| (file.first_line..file.first_line + file.n_lines()).contains(&line))?;
        Some((file, line - file.first_line + 1))
    }
}
