//! A run that is advanced in slices, so that no frame waits for it.
//!
//! Fuel is counted below; milliseconds are watched here. A chunk of fuel is made as large as a fraction of the
//! frame's budget allows, from how long the chunks before it took.

use super::dom;
use super::simulator::{self, Prepared, Run};
use crate::journal::Journal;
use crate::journal::hash::Hasher;
use crate::time::Time;
use crate::trace::Trace;
use crate::world::{Progress, Report};

/// How long one chunk should take [ms]: one that meets what is dear, such as a module to compile, takes many times as long.
const CHUNK_MS: f64 = 0.75;
/// The fuel of a run's first chunk: importing costs far more than what follows.
const FIRST_FUEL: u64 = 2_000;
/// The most fuel of a chunk: a stretch that is cheap may end in one that is not.
const MOST_FUEL: u64 = 4_000_000;

/// A run with what has been folded of its journal.
pub struct Runner {
    state: State,
    /// What its journal holds so far.
    pub trace: Trace,
    /// When it was started, by the browser's clock [ms].
    pub started_ms: f64,
    /// Whether it was recorded beforehand, so that it is still to be seen whether the program runs like this here.
    pub is_replay: bool,
    hasher: Hasher,
    fuel: u64,
    /// The program has ended. To give back what it lived in takes as long as many chunks: it is not begun in a slice whose
    /// time is over.
    is_done: bool,
}

enum State {
    Going(Box<Run>),
    /// The interpreters and the machine are given back.
    Ended(Report),
}

impl Runner {
    /// Starts a run that may go so many times as far as usual.
    pub fn start(prepared: Prepared, times: u32) -> Runner {
        let run = Box::new(simulator::start(prepared, times));
        let trace = Trace::of(run.journal());
        Runner::of(State::Going(run), trace)
    }

    /// A run that was recorded beforehand.
    pub fn replayed(report: Report) -> Runner {
        let trace = Trace::of(&report.journal);
        Runner { is_replay: true, ..Runner::of(State::Ended(report), trace) }
    }

    /// A trace that was recorded elsewhere, as a run that has ended.
    pub fn recorded(trace: Trace) -> Runner {
        Runner::of(State::Ended(Report::default()), trace)
    }

    fn of(state: State, trace: Trace) -> Runner {
        let hasher = Hasher::default();
        Runner { state, trace, started_ms: dom::now_ms(), is_replay: false, hasher, fuel: FIRST_FUEL, is_done: false }
    }

    /// Goes on until the run ends or this moment has come; overruns it by one chunk at most.
    pub fn step_until(&mut self, deadline_ms: f64) {
        let mut before_ms = dom::now_ms();
        while before_ms < deadline_ms {
            let State::Going(run) = &mut self.state else { return };
            if self.is_done {
                return self.end();
            }
            let progress = run.step(self.fuel);
            self.trace.extend(run.journal());
            self.hasher.extend(run.journal());
            self.is_done = progress == Progress::Done;
            let now_ms = dom::now_ms();
            let took_ms = (now_ms - before_ms).max(0.05);
            self.fuel = ((self.fuel as f64 * (CHUNK_MS / took_ms).clamp(0.125, 2.0)) as u64).clamp(500, MOST_FUEL);
            before_ms = now_ms;
        }
    }

    /// Ends the run where it is.
    pub fn stop(&mut self, why: &str) {
        if !self.is_done
            && let State::Going(run) = &mut self.state
        {
            run.stop(why);
            self.trace.extend(run.journal());
        }
        self.end();
    }

    fn end(&mut self) {
        if let State::Going(run) = std::mem::replace(&mut self.state, State::Ended(Report::default())) {
            self.state = State::Ended(run.into_report());
        }
    }

    /// What remains of the run, once it has ended.
    pub fn ended(&self) -> Option<&Report> {
        match &self.state {
            State::Ended(ended) => Some(ended),
            State::Going(_) => None,
        }
    }

    /// How far it is in virtual time; further than its record while somebody computes.
    pub fn now(&self) -> Time {
        match &self.state {
            State::Going(run) => run.now().max(self.trace.end()),
            State::Ended(_) => self.trace.end(),
        }
    }

    /// The hash of its record; a trace that was recorded elsewhere has none.
    pub fn hash(&mut self) -> Option<u64> {
        let journal = match &self.state {
            State::Going(run) => run.journal(),
            State::Ended(ended) => &ended.journal,
        };
        self.hasher.extend(journal);
        (!journal.entries().is_empty()).then(|| self.hasher.digest())
    }

    /// Its record so far.
    pub fn journal(&self) -> &Journal {
        match &self.state {
            State::Going(run) => run.journal(),
            State::Ended(ended) => &ended.journal,
        }
    }
}
