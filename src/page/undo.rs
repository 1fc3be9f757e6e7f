//! Taking back: every change of what is run and of what is shown of it can be undone, one at a time, and done again.
//!
//! States are remembered, not changes: a text, what was chosen, rows and marks are small beside a run, and going back
//! to them cannot go wrong. What is typed and has not been run is the editor's own to undo.

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::dom;
use super::exploring::Exploration;
use super::picture::Rows;
use super::program::Program;
use super::session::Session;
use super::simulator;
use crate::time::Time;
use crate::world::Settings;

/// Changes of one thing nearer to each other than this are one, as those of a slider that moves [ms].
const BURST_MS: f64 = 600.0;
/// At most so many states are remembered.
const MOST: usize = 100;

/// What a change changes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct State {
    text: String,
    settings: Settings,
    rows: Rows,
    marks: Vec<Time>,
}

/// The states so far, and which of them is there now.
#[derive(Default, Serialize, Deserialize)]
pub struct Past {
    states: Vec<State>,
    here: usize,
    /// What the last change was of.
    what: String,
    /// When it came [ms].
    #[serde(skip)]
    changed_ms: f64,
}

impl State {
    /// Whether it is this that is there.
    fn is(&self, program: &Program, rows: &Rows, marks: &[Time]) -> bool {
        self.text == program.text && self.settings == program.settings && self.rows == *rows && self.marks == marks
    }

    fn is_same_run(&self, other: &State) -> bool {
        self.text == other.text && self.settings == other.settings
    }
}

impl Past {
    /// The step to the state before, or to the one after: both states.
    fn step(&self, is_back: bool) -> Option<[&State; 2]> {
        let there = if is_back { self.here.checked_sub(1)? } else { self.here + 1 };
        Some([self.states.get(self.here)?, self.states.get(there)?])
    }

    /// What a step would change, in words.
    pub fn words(&self, is_back: bool) -> Option<String> {
        self.step(is_back).map(|[here, there]| difference(here, there))
    }

    /// Remembers a state, if it is another.
    fn remember(&mut self, program: &Program, rows: &Rows, marks: &[Time]) {
        if self.states.get(self.here).is_some_and(|state| state.is(program, rows, marks)) {
            return;
        }
        let (text, settings) = (program.text.clone(), program.settings.clone());
        let state = State { text, settings, rows: rows.clone(), marks: marks.to_vec() };
        let Some(before) = self.states.get(self.here) else { return self.states.push(state) };
        let (what, now_ms) = (difference(before, &state), dom::now_ms());
        let is_slider = before.text == state.text && before.settings.values != state.settings.values;
        self.states.truncate(self.here + 1);
        let is_burst = is_slider && self.here > 0 && what == self.what && now_ms - self.changed_ms < BURST_MS;
        if is_burst {
            self.states[self.here] = state;
        } else {
            self.states.push(state);
            self.states.drain(..self.states.len().saturating_sub(MOST));
            self.here = self.states.len() - 1;
        }
        (self.what, self.changed_ms) = (what, now_ms);
    }
}

/// What differs between two states, in a few words.
fn difference(a: &State, b: &State) -> String {
    let (old, new) = (&a.settings, &b.settings);
    let values: Vec<&str> = old.values.keys().chain(new.values.keys()).map(String::as_str).collect();
    let changed = values.into_iter().filter(|&name| old.values.get(name) != new.values.get(name));
    let mut changed: Vec<&str> = changed.collect();
    changed.sort_unstable();
    changed.dedup();
    match changed[..] {
        _ if a.text != b.text => "the text".into(),
        [] if old.python != new.python => "the version of Python".into(),
        [] if old.schedule != new.schedule => "the choice of a branch".into(),
        [] if a.rows.arrangement != b.rows.arrangement => "the choice of lanes".into(),
        [] if a.rows.folds != b.rows.folds => "the folding of a group".into(),
        [] => "the marks".into(),
        [name] => name.into(),
        _ => format!("{} parameters", changed.len()),
    }
}

impl Session {
    /// Remembers what there is now, if it is something else than before.
    pub(super) fn remember_state(&mut self) {
        self.past.remember(&self.program, &self.look.rows, &self.look.marks);
        for (button, is_back) in [(&self.elements.undo, true), (&self.elements.redo, false)] {
            let words = self.past.words(is_back);
            button.set_hidden(words.is_none());
            let (verb, keys) = if is_back { ("Take back", "Ctrl+Z") } else { ("Bring back", "Ctrl+Shift+Z") };
            dom::set(button, "title", &format!("{verb}: {} ({keys})", words.unwrap_or_default()));
        }
    }

    /// Goes to the state before the last change, or to the one after.
    pub(super) fn undo(&mut self, is_back: bool) {
        let Some([here, there]) = self.past.step(is_back) else { return };
        let (is_same_run, there, words) = (here.is_same_run(there), there.clone(), difference(here, there));
        if !is_same_run && !simulator::IS_HERE {
            return self.defer(if is_back { Command::Undo } else { Command::Redo });
        }
        self.past.here = if is_back { self.past.here - 1 } else { self.past.here + 1 };
        self.past.what.clear();
        if !is_same_run {
            self.go_to_program(there.text, there.settings);
        }
        self.look.rows = there.rows;
        self.look.marks = there.marks;
        self.lay_out();
        self.hint(&format!("{}: {words}", if is_back { "taken back" } else { "brought back" }));
    }

    /// Runs a text with settings. What was typed and has not been run stays in the editor.
    fn go_to_program(&mut self, text: String, settings: Settings) {
        let is_typed_over = self.elements.editor.value() != self.program.text;
        if !is_typed_over && text != self.program.text {
            self.elements.editor.set_value(&text);
        }
        self.exploration = Exploration::default();
        let is_other_text = self.program.text != text;
        (self.program.text, self.program.settings) = (text, settings);
        if is_other_text {
            self.read_program();
            self.show_edits();
        } else {
            self.show_parameters();
        }
        self.want_run();
        self.renewed_ms = 0.0;
        self.address_changed();
    }
}
