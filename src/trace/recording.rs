//! A trace that was recorded elsewhere, as a file gave it.

use super::Trace;

/// What a file gave.
#[derive(Debug)]
pub struct Recording {
    /// What it holds; its time begins at 0.
    pub trace: Trace,
    /// How many events it holds.
    pub n_events: usize,
    /// What of it is not shown, or not as it stands there, in sentences.
    pub notices: Vec<String>,
}
