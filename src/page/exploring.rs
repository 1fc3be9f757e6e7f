//! The program under many schedules, one after another while nothing else is computed: how it may end, and how often.

use std::collections::VecDeque;

use web_sys::HtmlElement;

use super::dom::{self, append, make, make_button, make_text};
use super::runner::Runner;
use super::session::Session;
use super::simulator::schedules;
use crate::journal::{Kind, State};
use crate::time::Time;
use crate::trace::Trace;
use crate::world::{Ending, Report, Schedule};

/// So many schedules are tried.
const N_SCHEDULES: usize = 100;
/// At most so many ends are told apart.
const MOST_OUTCOMES: usize = 12;
/// The longest text of an end that is shown [characters].
const LONGEST_WORDS: usize = 80;

/// One program under many schedules.
#[derive(Default)]
pub struct Exploration {
    /// Those to try.
    waiting: VecDeque<Schedule>,
    running: Option<(Schedule, Box<Runner>)>,
    n_done: usize,
    outcomes: Vec<Outcome>,
}

/// A way in which the program ended.
struct Outcome {
    /// What tells it from others: exit states, ending, output.
    key: String,
    words: String,
    n_runs: usize,
    /// The one with the fewest departures that ended so.
    schedule: Schedule,
}

impl Exploration {
    /// Whether any schedule is still to be tried.
    pub fn is_going(&self) -> bool {
        self.running.is_some() || !self.waiting.is_empty()
    }

    /// How many have ended.
    pub fn n_done(&self) -> usize {
        self.n_done
    }

    fn note(&mut self, schedule: Schedule, ended: &Report) {
        self.n_done += 1;
        let key = key(ended);
        if let Some(outcome) = self.outcomes.iter_mut().find(|outcome| outcome.key == key) {
            outcome.n_runs += 1;
            if schedule.n_departures() < outcome.schedule.n_departures() {
                outcome.schedule = schedule;
            }
        } else if self.outcomes.len() < MOST_OUTCOMES {
            self.outcomes.push(Outcome { key, words: words(ended), n_runs: 1, schedule });
        }
    }
}

fn key(ended: &Report) -> String {
    let processes = ended.processes.iter().map(|p| format!("{:?} {:?} {:?}", p.exit, p.stdout, p.stderr));
    format!("{:?} {}", ended.ending, processes.collect::<Vec<_>>().join(" "))
}

/// An end in words: the last line that the main program printed, or why it failed.
fn words(ended: &Report) -> String {
    let last = |text: &str| text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("").to_string();
    let main = ended.processes.last();
    let said = match (&ended.ending, main) {
        (Some(Ending::Deadlock(threads)), _) => format!("deadlock: {} wait for ever", threads.join(", ")),
        (Some(Ending::Limit { why, .. } | Ending::Stopped(why)), _) => why.clone(),
        (_, Some(process)) if process.exit.is_some_and(|code| code != 0) => last(&process.stderr),
        (_, Some(process)) if !process.stdout.trim().is_empty() => last(&process.stdout),
        _ => "nothing printed".into(),
    };
    match said.char_indices().nth(LONGEST_WORDS) {
        Some((at, _)) => format!("{}…", &said[..at]),
        None => said,
    }
}

/// Where threads wait for their turn.
fn turns(trace: &Trace) -> Vec<(Time, Time)> {
    let threads = trace.tracks().iter().filter(|track| track.kind == Kind::Thread);
    let spans = threads.flat_map(|track| trace.spans(track.subject));
    let is_turn = |reason: &str| matches!(reason, "GIL" | "core");
    spans
        .filter(|span| span.state == State::Ready && span.end > span.start && is_turn(trace.text_of(span.reason)))
        .map(|span| (span.start, span.end))
        .collect()
}

impl Session {
    /// Tries schedules; again: no longer.
    pub(super) fn explore(&mut self) {
        if self.exploration.is_going() {
            self.exploration.waiting.clear();
            self.exploration.running = None;
        } else if let Some(picture) = &self.picture
            && let Some(ended) = picture.runner.ended()
        {
            let found = schedules(N_SCHEDULES, 0, &turns(picture.trace()), &ended.choices);
            self.exploration = Exploration { waiting: found.into(), ..Exploration::default() };
        }
        self.renewed_ms = 0.0;
        self.are_words_stale = true;
    }

    /// Goes on with the schedules until a moment has come [ms].
    pub(super) fn compute_exploration(&mut self, deadline_ms: f64) {
        while dom::now_ms() < deadline_ms {
            let Some((schedule, mut runner)) = self.exploration.running.take() else {
                let Some(schedule) = self.exploration.waiting.pop_front() else { return };
                let mut program = self.program.clone();
                program.settings.schedule = schedule.clone();
                let Ok((prepared, _)) = program.prepare() else { return self.exploration.waiting.clear() };
                self.exploration.running = Some((schedule, Box::new(Runner::start(prepared, 1))));
                continue;
            };
            runner.step_until(deadline_ms);
            match runner.ended() {
                Some(ended) => self.exploration.note(schedule, ended),
                None => self.exploration.running = Some((schedule, runner)),
            }
            self.are_words_stale = true;
        }
    }

    /// Shows the run of an end (by its place in the list).
    pub(super) fn show_outcome(&mut self, place: usize) {
        if let Some(outcome) = self.exploration.outcomes.get(place) {
            self.follow_schedule(outcome.schedule.clone());
        }
    }
}

/// Shows what the schedules came to.
pub fn show(pane: &HtmlElement, exploration: &Exploration) {
    let row = make("div", "switch");
    let is_going = exploration.is_going();
    let words = if is_going { "Stop" } else { "Try other schedules" };
    append(&row, &make_button("small", words, "id", "explore"));
    let n_left = exploration.waiting.len() + usize::from(exploration.running.is_some());
    let told = match (exploration.n_done, exploration.outcomes.len()) {
        (n, _) if is_going => format!("{n} of {} runs", n + n_left),
        (0, _) => format!("runs the program {N_SCHEDULES} times, with switches and choices elsewhere"),
        (n, 1) => format!("{n} runs, and all ended the same"),
        (n, ends) => format!("{n} runs ended in {ends} ways"),
    };
    append(&row, &make_text("span", "dim", &told));
    append(pane, &row);
    let list = make("ul", "options outcomes");
    for (place, outcome) in exploration.outcomes.iter().enumerate() {
        let item = make("li", "");
        let button = make_button("small", &format!("{} ×", outcome.n_runs), "data-outcome", &place.to_string());
        dom::set(&button, "title", "Show such a run");
        append(&item, &button);
        append(&item, &make_text("code", "", &outcome.words));
        append(&list, &item);
    }
    append(pane, &list);
}
