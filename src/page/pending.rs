//! A run that will be the picture once it has ended, and what is seen of it meanwhile.
//!
//! A short run is seen as a whole. What a longer one has computed is looked at after a moment, and then ever more
//! rarely, so that looking costs a small part of the computing, however long that takes.

use super::dom;
use super::picture::Picture;
use super::runner::Runner;
use crate::timeline::Underway;

/// A run that ends before this is not looked at before; the frame in which it is comes some milliseconds later [ms].
const FIRST_MS: f64 = 50.0;
/// The next look comes when the run is so many times as old.
const NEXT: f64 = 2.4;

/// The run.
pub struct Pending {
    /// As far as it has come.
    pub runner: Runner,
    /// What is seen of it.
    pub seen: Option<Underway>,
    /// Whether the host is still to be told that something is.
    pub is_untold: bool,
    /// How old it is at the next look [ms].
    due_ms: f64,
}

impl Pending {
    /// A run of which nothing is seen yet.
    pub fn new(runner: Runner) -> Pending {
        Pending { runner, seen: None, is_untold: false, due_ms: FIRST_MS }
    }

    /// How long ago it was started [ms].
    pub fn age_ms(&self) -> f64 {
        dom::now_ms() - self.runner.started_ms
    }

    /// Whether it is time to look again.
    pub fn is_due(&self) -> bool {
        self.age_ms() >= self.due_ms
    }

    /// Looks at what has been computed, to be seen in the rows of a picture.
    pub fn look(&mut self, picture: &Picture) {
        self.is_untold = self.seen.is_none();
        self.seen = Some(Underway::of(&self.runner.trace, picture.trace(), &picture.lanes));
        self.due_ms = self.age_ms() * NEXT;
    }
}
