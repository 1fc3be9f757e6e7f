//! A run as it is looked at: its record, the rows, the summary.

use serde::{Deserialize, Serialize};

use super::runner::Runner;
use crate::journal::Subject;
use crate::time::Time;
use crate::timeline::{Arrangement, Folds, Lanes};
use crate::trace::{Metrics, Trace};

/// How the reader wants the rows.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize)]
pub struct Rows {
    /// How groups are folded.
    pub folds: Folds,
    /// What is pinned and hidden.
    pub arrangement: Arrangement,
}

impl Rows {
    /// The rows of a trace.
    pub fn of(&self, trace: &Trace) -> Lanes {
        self.arrangement.apply(trace, Lanes::of(trace, &self.folds))
    }
}

/// A run with what follows from its record.
pub struct Picture {
    /// The run, which may still be going on.
    pub runner: Runner,
    /// Its rows.
    pub lanes: Lanes,
    /// How many times as high as they need to be they are, as there is room.
    stretch: f32,
    /// Its summary, once it has ended and was summed up.
    pub metrics: Option<Metrics>,
    /// Its hash, likewise.
    pub hash: Option<u64>,
    /// Whether it is shown while it is being computed.
    pub is_growing: bool,
    /// When the run ended that it is compared with; 0 where there is none.
    pub other_end: Time,
}

impl Picture {
    /// A run that has not ended: it is shown as it grows.
    pub fn growing(runner: Runner) -> Picture {
        let lanes = Lanes::default();
        Picture { runner, lanes, stretch: 1.0, metrics: None, hash: None, is_growing: true, other_end: Time::ZERO }
    }

    /// A run that has ended, or was stopped.
    pub fn of(runner: Runner, rows: &Rows) -> Picture {
        let mut picture = Picture::growing(runner);
        picture.complete(rows);
        picture
    }

    /// Takes in what was added since the last time.
    pub fn lay_out(&mut self, rows: &Rows) {
        self.lanes = rows.of(&self.runner.trace);
        self.lanes.stretch(self.stretch);
    }

    /// Makes the rows so many times as high as they need to be.
    pub fn stretch(&mut self, by: f32) {
        if self.stretch != by {
            self.stretch = by;
            self.lanes.stretch(by);
        }
    }

    /// The run has ended, or was stopped.
    pub fn complete(&mut self, rows: &Rows) {
        self.is_growing = false;
        self.lay_out(rows);
    }

    /// Sums up the run that has ended: apart from the rows, as there is a frame for either.
    pub fn sum_up(&mut self) {
        self.metrics = Some(Metrics::of(&self.runner.trace));
        self.hash = self.runner.hash();
    }

    /// Its record.
    pub fn trace(&self) -> &Trace {
        &self.runner.trace
    }

    /// Where its time axis ends: with the run, or with that which it is compared with.
    pub fn end(&self) -> Time {
        self.runner.trace.end().max(self.other_end)
    }

    /// The row above or below that of a subject that has one of its own; from nowhere the first or the last.
    pub fn lane_beside(&self, subject: Option<Subject>, step: i32) -> Option<Subject> {
        let subjects: Vec<Subject> = self.lanes.rows().iter().filter_map(|lane| lane.subject()).collect();
        let here = subject.and_then(|subject| subjects.iter().position(|&other| other == subject));
        let next = match here {
            Some(here) => here.checked_add_signed(step as isize)?,
            None if step > 0 => 0,
            None => subjects.len().checked_sub(1)?,
        };
        subjects.get(next).copied()
    }
}
