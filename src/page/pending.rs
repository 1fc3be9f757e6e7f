//! A run that will be the picture once it has ended, and what is seen of it meanwhile.
//!
//! A short run is seen as a whole. What a longer one has computed is looked at after a moment, and then ever more
//! rarely, so that looking costs a small part of the computing, however long that takes.
//!
//! While a slider keeps moving, the run that is computed is finished, however often the value has changed since: what
//! takes longest in many runs is their very beginning, so that runs which are begun anew would never show anything. As
//! soon as the slider rests, the run of its last value begins. What was seen of the one before stays until the new one
//! has come as far, so that nothing flickers.

use super::dom;
use super::picture::Picture;
use super::runner::Runner;
use crate::time::Time;
use crate::timeline::Underway;
use crate::trace::Trace;

/// A run that ends before this is not looked at before; the frame in which it is comes some milliseconds later [ms].
const FIRST_MS: f64 = 34.0;
/// The next look comes when the run is so many times as old.
const NEXT: f64 = 2.4;
/// How long what is seen of a run that gave way stays at most [ms].
const PATIENCE_MS: f64 = 250.0;

/// The run.
pub struct Pending {
    /// As far as it has come.
    pub runner: Runner,
    /// What is seen of it.
    seen: Option<Underway>,
    /// The record that is seen, where it is of a run that gave way to this one.
    former: Option<Trace>,
    /// Whether the host is still to be told that something of this run is seen.
    pub is_untold: bool,
    /// How old it is at the next look [ms].
    due_ms: f64,
}

impl Pending {
    /// A run of which nothing is seen yet.
    pub fn new(runner: Runner) -> Pending {
        Pending { runner, seen: None, former: None, is_untold: false, due_ms: FIRST_MS }
    }

    /// A run in place of another, of which is seen what was seen of that.
    pub fn instead_of(before: Option<Pending>, runner: Runner) -> Pending {
        let Some(before) = before.filter(|before| before.seen.is_some()) else { return Pending::new(runner) };
        Pending { seen: before.seen, former: before.former.or(Some(before.runner.trace)), ..Pending::new(runner) }
    }

    /// What is seen, and the record that it is of.
    pub fn seen(&self) -> Option<(&Underway, &Trace)> {
        Some((self.seen.as_ref()?, self.former.as_ref().unwrap_or(&self.runner.trace)))
    }

    /// Up to where something is seen; the start where nothing is.
    pub fn seen_until(&self) -> Time {
        self.seen.as_ref().map_or(Time::ZERO, Underway::until)
    }

    /// How long ago it was started [ms].
    fn age_ms(&self) -> f64 {
        dom::now_ms() - self.runner.started_ms
    }

    /// Whether something of it was seen, and the host was told.
    pub fn is_told(&self) -> bool {
        self.seen.is_some() && self.former.is_none() && !self.is_untold
    }

    /// Whether it is time to look again.
    pub fn is_due(&self) -> bool {
        let is_behind = self.former.is_some() && self.runner.trace.end() < self.seen_until();
        self.age_ms() >= if is_behind { PATIENCE_MS } else { self.due_ms }
    }

    /// Looks at what has been computed, to be seen in the rows of a picture.
    pub fn look(&mut self, picture: &Picture) {
        self.is_untold |= self.seen.is_none() || self.former.is_some();
        self.former = None;
        self.seen = Some(Underway::of(&self.runner.trace, picture.trace(), &picture.lanes));
        self.due_ms = self.age_ms() * NEXT;
    }
}
