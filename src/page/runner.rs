//! A run that is advanced in slices, so that no frame waits for it.
//!
//! Fuel is counted below; milliseconds are watched here. A chunk of fuel is made as large as a fraction of the
//! frame's budget allows, from how long the chunks before it took.

use super::dom;
use crate::journal::Journal;
use crate::trace::Trace;
use crate::world::{Ending, Limits, Prepared, ProcessReport, Progress, Run};

/// How long one chunk should take [ms].
const CHUNK_MS: f64 = 2.0;
/// A record longer than this is no use to a reader and would fill the memory [entries].
const MOST_ENTRIES: usize = 2_000_000;

/// A run with what has been folded of its journal.
pub struct Runner {
    state: State,
    /// What its journal holds so far.
    pub trace: Trace,
    /// When it was started, by the browser's clock [ms].
    pub started_ms: f64,
    fuel: u64,
}

enum State {
    Going(Box<Run>),
    Ended(Ended),
}

/// What remains of a run: the interpreters and the machine are given back.
pub struct Ended {
    /// Its record.
    pub journal: Journal,
    /// What its processes did.
    pub processes: Vec<ProcessReport>,
    /// Why it ended.
    pub ending: Option<Ending>,
}

impl Runner {
    /// Starts a run; `fuel` is what a chunk of the run before took, as a first guess.
    pub fn start(prepared: Prepared, fuel: u64) -> Runner {
        let limits = Limits { entries: MOST_ENTRIES, ..Limits::default() };
        let run = Box::new(Run::with_limits(prepared, limits));
        let trace = Trace::of(run.journal());
        Runner { state: State::Going(run), trace, started_ms: dom::now_ms(), fuel }
    }

    /// Goes on until the run ends or this moment has come; overruns it by one chunk at most.
    pub fn step_until(&mut self, deadline_ms: f64) {
        let mut before_ms = dom::now_ms();
        while before_ms < deadline_ms {
            let State::Going(run) = &mut self.state else { return };
            let progress = run.step(self.fuel);
            self.trace.extend(run.journal());
            let now_ms = dom::now_ms();
            let took_ms = (now_ms - before_ms).max(0.05);
            self.fuel = ((self.fuel as f64 * (CHUNK_MS / took_ms).clamp(0.25, 4.0)) as u64).clamp(500, 50_000_000);
            before_ms = now_ms;
            if progress == Progress::Done {
                self.end();
            }
        }
    }

    /// Ends the run where it is.
    pub fn stop(&mut self, why: &str) {
        if let State::Going(run) = &mut self.state {
            run.stop(why);
            self.trace.extend(run.journal());
        }
        self.end();
    }

    fn end(&mut self) {
        let nothing = Ended { journal: Journal::new(), processes: Vec::new(), ending: None };
        if let State::Going(run) = std::mem::replace(&mut self.state, State::Ended(nothing)) {
            let (processes, ending) = (run.processes(), run.ending().cloned());
            self.state = State::Ended(Ended { journal: run.into_journal(), processes, ending });
        }
    }

    /// What remains of the run, once it has ended.
    pub fn ended(&self) -> Option<&Ended> {
        match &self.state {
            State::Ended(ended) => Some(ended),
            State::Going(_) => None,
        }
    }

    /// Its record so far.
    pub fn journal(&self) -> &Journal {
        match &self.state {
            State::Going(run) => run.journal(),
            State::Ended(ended) => &ended.journal,
        }
    }

    /// How much fuel a chunk takes by now.
    pub fn fuel(&self) -> u64 {
        self.fuel
    }
}
