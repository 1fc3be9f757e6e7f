//! What could have come otherwise: the choices of the run at the cursor, and branches of it that take others.
//!
//! A branch is the same program with a schedule that departs at one more place. What came before is the same, so the cursor
//! stays where it is and the picture changes after it.

use web_sys::HtmlElement;

use super::dom::{self, append, make, make_button, make_text};
use super::exploring::{self, Exploration};
use super::picture::Picture;
use super::program::Program;
use super::relations::{chip, name};
use super::session::Session;
use super::shell;
use super::words::{instant, short};
use crate::journal::{Kind, State, Subject};
use crate::time::Time;
use crate::trace::Trace;
use crate::world::choice::{branch, switch};
use crate::world::{About, Choice, Schedule};

/// At most so many departures are listed.
const MOST_DEPARTURES: usize = 12;

/// Shows the choices at an instant, unless they are shown already.
pub fn show(pane: &HtmlElement, picture: &Picture, program: &Program, exploration: &Exploration, at: Time) {
    let (trace, schedule) = (picture.trace(), &program.settings.schedule);
    let tried = (exploration.n_done(), exploration.is_going());
    let key = format!("{} {} {schedule} {} {tried:?}", at.0, trace.n_entries(), picture.is_growing);
    if pane.get_attribute("data-of").as_deref() == Some(&key) {
        return;
    }
    dom::set(pane, "data-of", &key);
    pane.set_text_content(None);
    let void = |words: &str| append(pane, &make_text("p", "void", words));
    if trace.is_recording() {
        return void("This is a recording: nothing of it can come otherwise.");
    }
    let Some(ended) = picture.runner.ended() else {
        return void("The run has not ended yet.");
    };
    let choices = &ended.choices;
    let n_before = choices.partition_point(|choice| choice.at <= at);
    if !choices.is_empty() {
        let has_before = choices[..n_before].iter().any(|choice| choice.at < at);
        let head = make("div", "kinds");
        append(&head, &step_button("choice-before", "‹", "The choice before (P)", has_before));
        append(&head, &step_button("choice-after", "›", "The next choice (N)", n_before < choices.len()));
        append(&head, &make_text("span", "dim", &count_words(choices.len(), n_before)));
        append(pane, &head);
    }
    match n_before.checked_sub(1).map(|place| &choices[place]) {
        Some(choice) => show_choice(pane, trace, choice),
        None if choices.is_empty() => {
            void("Nobody had to be chosen in this run: whenever somebody was woken, or got a core, only one wanted it.")
        }
        None => void("Up to this instant nobody had to be chosen."),
    }
    show_switch(pane, trace, at, ended.asks_for_gil);
    exploring::show(pane, exploration);
    show_departures(pane, trace, choices, schedule);
}

fn step_button(id: &str, sign: &str, words: &str, is_possible: bool) -> HtmlElement {
    let button = make_button("quiet small", sign, "id", id);
    dom::set(&button, "title", words);
    dom::set(&button, "aria-label", words);
    if !is_possible {
        dom::set(&button, "disabled", "");
    }
    button
}

fn count_words(n: usize, n_before: usize) -> String {
    match n_before {
        0 => format!("before the first of {n}"),
        _ => format!("choice {n_before} of {n}"),
    }
}

/// The choice with its options as buttons.
fn show_choice(pane: &HtmlElement, trace: &Trace, choice: &Choice) {
    let when = instant(choice.at, trace.end());
    append(pane, &make_text("p", "what", &format!("{when}: {}", question(choice))));
    let list = make("ul", "options");
    for (option, &subject) in choice.options.iter().enumerate() {
        let item = make("li", "");
        let place = format!("{},{option}", choice.number);
        let button = make_button("small", &name(trace, subject), "data-choose", &place);
        let is_chosen = option == choice.chosen;
        dom::set(&button, "aria-pressed", if is_chosen { "true" } else { "false" });
        append(&item, &button);
        let words = match (is_chosen, option) {
            (true, 0) => "so it came, first come, first served",
            (true, _) => "so it is in this branch",
            (false, 0) => "was first in line",
            (false, _) => "",
        };
        append(&item, &make_text("span", "dim", words));
        append(&list, &item);
    }
    append(pane, &list);
}

fn question(choice: &Choice) -> String {
    let n = choice.options.len();
    match choice.about {
        About::Gil => format!("{n} wait for the GIL. Who is woken to take it?"),
        About::Lock => format!("{n} wait for the lock. Who is woken to take it?"),
        About::RunQueue => format!("{n} threads want the core. Which one gets it?"),
        About::PreemptedCore => format!("A woken thread takes a core from another one. Which of {n}?"),
    }
}

/// A button that makes threads switch at the cursor, and what that means there.
fn show_switch(pane: &HtmlElement, trace: &Trace, at: Time, asks_for_gil: bool) {
    let row = make("div", "switch");
    let button = make_button("small", "Switch threads here", "id", "switch-here");
    let waits = first_in_line(trace, at, asks_for_gil);
    if waits.is_none() {
        dom::set(&button, "disabled", "");
    }
    append(&row, &button);
    match waits {
        Some((subject, since, wants)) => {
            append(&row, &chip(trace, subject, at, None));
            let waited = short(at.since(since));
            let words = match wants {
                "GIL" => format!("has waited {waited} for the GIL and asks for it now, as if it had come sooner"),
                _ => format!("has waited {waited} for a core and gets one now, as if the slice ended"),
            };
            append(&row, &make_text("span", "dim", &words));
        }
        None => append(&row, &make_text("span", "dim", "no thread waits for its turn at this instant")),
    }
    append(pane, &row);
}

/// Who has waited longest for the GIL, or for a core where nobody can ask for the GIL.
fn first_in_line(trace: &Trace, at: Time, asks_for_gil: bool) -> Option<(Subject, Time, &'static str)> {
    let threads = trace.tracks().iter().filter(|track| track.kind == Kind::Thread);
    let ready = threads.filter_map(|track| {
        let span = trace.span(trace.span_at(track.subject, at)?);
        let wants = match trace.text_of(span.reason) {
            "GIL" if asks_for_gil => "GIL",
            "core" => "core",
            _ => return None,
        };
        (span.state == State::Ready).then_some((wants == "core", span.start, track.subject, wants))
    });
    ready.min().map(|(_, since, subject, wants)| (subject, since, wants))
}

/// Where this run departs from what comes by itself.
fn show_departures(pane: &HtmlElement, trace: &Trace, choices: &[Choice], schedule: &Schedule) {
    if schedule.is_empty() {
        return;
    }
    append(pane, &make_text("p", "what", "This run departs from what comes by itself:"));
    let mut departures: Vec<(Time, String)> = Vec::new();
    for &(number, option) in &schedule.exceptions {
        let Some(choice) = choices.iter().find(|choice| choice.number == number) else { continue };
        let Some(&taken) = choice.options.get(option as usize) else { continue };
        let about = match choice.about {
            About::Gil => "the GIL goes to",
            About::Lock => "the lock goes to",
            About::RunQueue => "the core goes to",
            About::PreemptedCore => "the woken thread takes",
        };
        departures.push((choice.at, format!("{about} {}", name(trace, taken))));
    }
    departures.extend(schedule.switches.iter().map(|&at| (at, "threads switch".into())));
    departures.sort();
    let list = make("ul", "options");
    for (at, words) in departures.iter().take(MOST_DEPARTURES) {
        let item = make("li", "");
        append(&item, &make_button("quiet small", &instant(*at, trace.end()), "data-at", &at.0.to_string()));
        append(&item, &make_text("span", "dim", words));
        append(&list, &item);
    }
    if departures.len() > MOST_DEPARTURES {
        append(&list, &make_text("li", "dim", &format!("… and {} more", departures.len() - MOST_DEPARTURES)));
    }
    append(pane, &list);
    let row = make("div", "kinds");
    for (id, words, title) in [
        ("choice-undo", "Undo the last", "Take back the last departure"),
        ("choices-clear", "As it comes by itself", "Take all departures back"),
    ] {
        let button = make_button("quiet small", words, "id", id);
        dom::set(&button, "title", title);
        append(&row, &button);
    }
    append(pane, &row);
}

impl Session {
    /// Shows what could come otherwise at the cursor.
    pub(super) fn show_choices(&mut self) {
        shell::select_details(&self.elements, "choices");
        self.renewed_ms = 0.0;
        self.are_words_stale = true;
    }

    /// Goes to the next choice, or to the one before.
    pub(super) fn step_choice(&mut self, step: i32) {
        let choices = self.choices();
        let at = self.playback.at();
        let to = match step > 0 {
            true => choices.iter().find(|choice| choice.at > at),
            false => choices.iter().rev().find(|choice| choice.at < at),
        };
        let Some(to) = to.map(|choice| choice.at) else { return };
        self.seek(to);
        self.show_choices();
    }

    /// Runs a branch that takes another option of a choice.
    pub(super) fn take_choice(&mut self, number: u32, option: usize) {
        let Some(choice) = self.choices().iter().find(|choice| choice.number == number) else { return };
        if choice.chosen != option && option < choice.options.len() {
            let (at, schedule) = (choice.at, branch(&self.program.settings.schedule, choice, option));
            self.seek(at);
            self.follow_schedule(schedule);
        }
    }

    /// Runs a branch whose threads switch at the cursor.
    pub(super) fn switch_here(&mut self) {
        let at = self.playback.at();
        let before = self.choices().iter().rev().find(|choice| choice.at < at);
        let n_before = before.map_or(0, |choice| choice.number + 1);
        self.follow_schedule(switch(&self.program.settings.schedule, at, n_before));
    }

    /// Takes back the departure that lies last in the run.
    pub(super) fn undo_choice(&mut self) {
        let mut schedule = self.program.settings.schedule.clone();
        let time_of =
            |number: u32| self.choices().iter().find(|choice| choice.number == number).map(|choice| choice.at);
        let chosen_at = schedule.exceptions.last().and_then(|&(number, _)| time_of(number));
        if schedule.exceptions.is_empty() || schedule.switches.last().copied() > chosen_at.or(Some(Time::NEVER)) {
            schedule.switches.pop();
        } else {
            schedule.exceptions.pop();
        }
        self.follow_schedule(schedule);
    }

    /// Runs the program with a schedule.
    pub(super) fn follow_schedule(&mut self, schedule: Schedule) {
        if schedule == self.program.settings.schedule {
            return;
        }
        self.program.settings.schedule = schedule;
        self.want_run();
        self.renewed_ms = 0.0;
        self.are_words_stale = true;
        self.address_changed();
    }

    /// A schedule names decisions of one run: another program, or other parameters, make other decisions.
    pub(super) fn drop_schedule(&mut self) {
        self.exploration = Exploration::default();
        if !self.program.settings.schedule.is_empty() {
            self.program.settings.schedule = Schedule::default();
            let words = "Your choices belonged to the run before: this one goes as it comes by itself.";
            self.notices.add(&self.elements.notices, words);
        }
    }

    fn choices(&self) -> &[Choice] {
        self.picture.as_ref().and_then(|picture| picture.runner.ended()).map_or(&[], |ended| &ended.choices)
    }
}
