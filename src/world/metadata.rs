//! What a scenario says about itself at its head.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::version::Python;

/// What the block of metadata says (`pep723.rs` reads it).
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Metadata {
    /// `requires-python`, as written.
    pub requires_python: Option<String>,
    /// `dependencies`, as written.
    pub dependencies: Vec<String>,
    /// What the scenario is called.
    pub title: Option<String>,
    /// What it shows, in a sentence or two.
    pub summary: Option<String>,
    /// How many cores the machine has.
    pub cores: Option<u32>,
    /// Which Python runs it.
    pub python: Option<Python>,
    /// What every random decision follows from.
    pub seed: Option<u64>,
    /// Which cost table it starts from (`costs.preset`).
    pub preset: Option<String>,
    /// Costs that differ from the table, by dotted name.
    pub costs: BTreeMap<String, u64>,
    /// What the model leaves out here, for the reader.
    pub leaves_out: Vec<String>,
    /// What to ask the reader.
    pub questions: Vec<Question>,
}

/// A question about a run.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Question {
    /// The question (`ask`).
    pub ask: String,
    /// Answers to choose from (`choices`); empty for one to think about.
    pub choices: Vec<String>,
    /// Which choice is right, from 0 (`answer`).
    pub answer: Option<usize>,
    /// Why (`because`).
    pub because: Option<String>,
}
