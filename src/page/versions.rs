//! Which Python runs the program, and the same program under each of several, with their totals side by side.
//!
//! The others run one after another while nothing else is computed; the picture stays.

use std::collections::VecDeque;

use web_sys::HtmlElement;

use super::diagnostics;
use super::dom::{self, append, make, make_button, make_text};
use super::runner::Runner;
use super::session::Session;
use super::simulator::{self, Prepared};
use super::words::{digits, percent, short};
use crate::time::Duration;
use crate::trace::Metrics;
use crate::world::Settings;

/// The versions that are offered beside the scenario's own: one of each generation of the GIL, and one without.
pub const OFFERED: [&str; 5] = ["2.7", "3.9", "3.11", "3.14", "3.14t"];

/// The program under several versions.
#[derive(Default)]
pub struct Trials {
    waiting: VecDeque<(String, Box<Prepared>)>,
    running: Option<(String, Runner)>,
}

impl Trials {
    /// Whether any is still to end.
    pub fn is_going(&self) -> bool {
        self.running.is_some() || !self.waiting.is_empty()
    }

    /// Forgets those that have not ended.
    pub fn stop(&mut self) {
        *self = Trials::default();
    }
}

impl Session {
    /// Chooses a version; nothing for the scenario's own.
    pub(super) fn set_python(&mut self, version: Option<String>) {
        self.program.settings.python = version;
        self.parameters_changed();
    }

    /// Shows which version runs, and offers the others.
    pub(super) fn show_python(&self) {
        let Some(scenario) = &self.program.scenario else { return };
        let own = scenario.python().map_or_else(String::new, |python| python.to_string());
        let list = &self.elements.python;
        if list.get_attribute("data-own").as_deref() != Some(&own) {
            dom::set(list, "data-own", &own);
            list.set_text_content(None);
            let add = |value: &str, words: &str| {
                let option = make_text("option", "", words);
                dom::set(&option, "value", value);
                list.append_child(&option).expect("a list takes options");
            };
            add("", &own);
            for version in OFFERED.into_iter().filter(|version| *version != own) {
                add(version, &words_of(version));
            }
        }
        let chosen = self.program.settings.python.clone().unwrap_or_default();
        if !chosen.is_empty() && !OFFERED.contains(&chosen.as_str()) && list.value() != chosen {
            // An address may name any version.
            let option = make_text("option", "", &words_of(&chosen));
            dom::set(&option, "value", &chosen);
            list.append_child(&option).expect("a list takes options");
        }
        list.set_value(&chosen);
    }

    /// Runs the program under every version that is offered.
    pub(super) fn try_versions(&mut self) {
        self.trials.stop();
        let pane = &self.elements.versions;
        pane.set_text_content(None);
        pane.set_hidden(false);
        append(pane, &make_table());
        let Some(scenario) = &self.program.scenario else { return };
        for version in OFFERED {
            let settings = Settings { python: Some(version.into()), ..self.program.settings.clone() };
            match simulator::prepare(scenario, &settings) {
                Ok((prepared, _)) => self.trials.waiting.push_back((version.into(), Box::new(prepared))),
                Err(error) => self.show_trial(version, Err(error.to_string())),
            }
        }
    }

    /// Goes on with the versions until a moment has come [ms].
    pub(super) fn compute_trials(&mut self, deadline_ms: f64) {
        let Some((version, mut runner)) = self.trials.running.take() else {
            let next = self.trials.waiting.pop_front();
            self.trials.running = next.map(|(version, prepared)| (version, Runner::start(*prepared, 1)));
            return;
        };
        runner.step_until(deadline_ms);
        let Some(ended) = runner.ended() else {
            self.trials.running = Some((version, runner));
            return;
        };
        let files: Vec<&str> =
            self.program.scenario.iter().flat_map(|scenario| &scenario.files).map(|file| file.name.as_str()).collect();
        let mut failed = ended.processes.iter().filter(|process| process.exit.is_some_and(|code| code != 0));
        match failed.find_map(|process| diagnostics::of_traceback(&process.stderr, &files)) {
            Some(diagnostic) => self.show_trial(&version, Err(diagnostic.message)),
            None => self.show_trial(&version, Ok(Metrics::of(&runner.trace))),
        }
    }

    /// Adds a row for a version that has ended.
    fn show_trial(&self, version: &str, outcome: Result<Metrics, String>) {
        let Some(body) = self.elements.versions.query_selector("tbody").ok().flatten() else { return };
        let row = make("tr", "");
        let head = make("th", "");
        dom::set(&head, "scope", "row");
        let choose = make_button("small", version, "data-python", version);
        dom::set(&choose, "title", &format!("Show the run under {version}"));
        append(&head, &choose);
        append(&row, &head);
        let value = |time: Option<Duration>| time.map_or_else(|| "–".into(), short);
        match outcome {
            Ok(metrics) => {
                let rate = metrics.throughput.map_or_else(|| "–".into(), |n| format!("{}/s", digits(n)));
                let wait = format!("{} {}", short(metrics.gil_wait), percent(metrics.gil_wait_share));
                let cores = digits((metrics.cores_used * 100.0).round() / 100.0);
                for words in [short(metrics.total), rate, value(metrics.p50), value(metrics.p99), wait, cores] {
                    append(&row, &make_text("td", "", &words));
                }
            }
            Err(words) => {
                let cell = make_text("td", "wrong", &words);
                dom::set(&cell, "colspan", "6");
                append(&row, &cell);
            }
        }
        body.append_child(&row).expect("a table takes rows");
    }
}

fn words_of(version: &str) -> String {
    match version.strip_suffix('t') {
        Some(plain) => format!("{plain} without GIL"),
        None => version.into(),
    }
}

fn make_table() -> HtmlElement {
    let table = make("table", "");
    let head = make("thead", "");
    let row = make("tr", "");
    for words in ["Python", "total", "throughput", "p50", "p99", "GIL wait", "cores used"] {
        let cell = make_text("th", "", words);
        dom::set(&cell, "scope", "col");
        append(&row, &cell);
    }
    append(&head, &row);
    append(&table, &head);
    append(&table, &make("tbody", ""));
    table
}
