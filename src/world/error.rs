//! What is wrong with a scenario's header, form, cells or settings, and where.
//!
//! Errors of the Python in a scenario are not here: a program that cannot be compiled is a run like any
//! other, whose process writes the traceback and exits.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A reason not to start a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScenarioError {
    /// The file the reader has in hand: the scenario, or one file of a directory.
    pub file: String,
    /// The line in it, from 1; `None` where the reason is not in the text (a setting, a missing file).
    pub line: Option<u32>,
    /// The column of the first character in question, from 1, in characters.
    pub column: Option<u32>,
    /// What is wrong and what to do: lower-case, no full stop.
    pub message: String,
}

impl ScenarioError {
    /// A reason that stands at a place of the text.
    pub fn at(file: &str, line: u32, column: u32, message: impl Into<String>) -> ScenarioError {
        ScenarioError { file: file.into(), line: Some(line), column: Some(column), message: message.into() }
    }

    /// A reason that stands nowhere in the text.
    pub fn of(file: &str, message: impl Into<String>) -> ScenarioError {
        ScenarioError { file: file.into(), line: None, column: None, message: message.into() }
    }
}

impl fmt::Display for ScenarioError {
    /// `scenario.py:12:5: …`, the form that editors and terminals turn into a link.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for ScenarioError {}

/// Something the reader should know although the run starts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// The line in the scenario, from 1, where there is one.
    pub line: Option<u32>,
    /// What was noticed and what was done about it: lower-case, no full stop.
    pub message: String,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_prints_as_a_place_and_a_reason() {
        assert_eq!(ScenarioError::at("a.py", 3, 7, "no").to_string(), "a.py:3:7: no");
        assert_eq!(ScenarioError::of("a.py", "no").to_string(), "a.py: no");
    }
}
