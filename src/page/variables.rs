//! What the program's names hold at the cursor: a second run of the same program is taken to that instant and looked at.
//!
//! Going on from there costs only what lies between; going back starts anew. All of it happens between frames.

use std::collections::BTreeMap;

use web_sys::HtmlElement;

use super::dom::{self, append, make, make_button, make_text};
use super::picture::Picture;
use super::program::Program;
use super::relations::chip;
use super::session::Session;
use super::simulator;
use crate::journal::{State, Subject};
use crate::time::Time;
use crate::trace::Trace;
use crate::world::{Inspected, Progress, Run};

/// At most so many threads and tasks are listed.
const MOST_LISTED: usize = 30;
/// Fuel between two looks at the clock.
const FUEL: u64 = 60_000;

/// What was shown of names: by whose they are, which of their frames, and the name.
type Names = BTreeMap<(Subject, usize, String), String>;

/// The second run, and what was shown of it.
#[derive(Default)]
pub struct Inspector {
    run: Option<Box<Run>>,
    /// Of which picture: when its run was started.
    of: f64,
    /// The instant that the run goes to; it is not beyond it.
    until: Time,
    /// The instant that is shown, and who was selected.
    shown: Option<(Time, Option<Subject>)>,
    /// What the names held there.
    now: Names,
    /// Which instant that is.
    now_at: Option<Time>,
    /// What they held at the instant that was shown before.
    before: Names,
}

impl Session {
    /// Whether the reader looks at variables that are not there yet.
    pub(super) fn wants_variables(&self) -> bool {
        let Some(picture) = &self.picture else { return false };
        let is_seen = !self.elements.variables.hidden() && self.is_visible;
        let is_still = !picture.is_growing && self.pending.is_none() && !picture.trace().is_recording();
        let wanted = (self.playback.at(), self.look.highlight.lane);
        let is_shown = self.inspector.shown == Some(wanted) && self.inspector.of == picture.runner.started_ms;
        is_seen && is_still && !is_shown
    }

    /// Takes the second run to the cursor, until a moment has come [ms].
    pub(super) fn compute_variables(&mut self, deadline_ms: f64) {
        let Some(picture) = &self.picture else { return };
        let (at, selected, of) = (self.playback.at(), self.look.highlight.lane, picture.runner.started_ms);
        let inspector = &mut self.inspector;
        if inspector.of != of {
            *inspector = Inspector { of, ..Inspector::default() };
        }
        if inspector.until > at {
            inspector.run = None;
        }
        inspector.until = at;
        if inspector.run.is_none() {
            match self.program.prepare() {
                Ok((prepared, _)) => inspector.run = Some(Box::new(simulator::start(prepared, self.reach))),
                // Why it does not run is told elsewhere; the picture is that of the last run.
                Err(_) => return inspector.shown = Some((at, selected)),
            }
        }
        let Some(run) = &mut inspector.run else { return };
        while dom::now_ms() < deadline_ms {
            if run.step_to(at, FUEL) == Progress::Done {
                inspector.shown = Some((at, selected));
                return show(&self.elements.variables, picture, &self.program, inspector, selected);
            }
        }
        if inspector.shown.is_none() {
            dom::set_text(&self.elements.variables, "computing …");
        }
    }
}

/// Shows what everybody holds, whoever is selected first, then those who run.
fn show(
    pane: &HtmlElement,
    picture: &Picture,
    program: &Program,
    inspector: &mut Inspector,
    selected: Option<Subject>,
) {
    let Some(run) = &inspector.run else { return };
    let (trace, at) = (picture.trace(), inspector.until);
    // Whoever selects another lane compares with the same instant as before.
    if inspector.now_at.replace(at) != Some(at) {
        inspector.before = std::mem::take(&mut inspector.now);
    }
    pane.set_text_content(None);
    let mut all = run.inspect();
    all.sort_by_key(|inspected| (Some(inspected.subject) != selected, order(trace, inspected.subject, at)));
    let globals = run.globals();
    if all.is_empty() {
        append(pane, &make_text("p", "void", "At this instant nobody stands in the program's own lines."));
    }
    let mut now = Names::new();
    for inspected in all.iter().take(MOST_LISTED) {
        append(pane, &frames(trace, program, inspected, at, selected, &inspector.before, &mut now));
    }
    if all.len() > MOST_LISTED {
        append(pane, &make_text("p", "void", &format!("… and {} more", all.len() - MOST_LISTED)));
    }
    for (process, globals) in globals.iter().filter(|(_, globals)| !globals.variables.is_empty()) {
        let group = make("section", "holder");
        let head = make("header", "");
        append(&head, &make_text("b", "", &globals.file));
        append(&head, &make_text("span", "dim", &format!("names of the file, in {}", trace.name_of(*process))));
        append(&group, &head);
        append(&group, &list(*process, 0, &globals.variables, &inspector.before, &mut now));
        append(pane, &group);
    }
    inspector.now = now;
}

/// Running before ready before waiting.
fn order(trace: &Trace, subject: Subject, at: Time) -> (u8, Subject) {
    let state = trace.span_at(subject, at).map(|place| trace.span(place).state);
    let rank = match state {
        Some(State::Running) => 0,
        Some(State::Ready) => 1,
        Some(State::Waiting) => 2,
        _ => 3,
    };
    (rank, subject)
}

/// Somebody with the frames of its calls, innermost first.
fn frames(
    trace: &Trace,
    program: &Program,
    inspected: &Inspected,
    at: Time,
    selected: Option<Subject>,
    before: &Names,
    now: &mut Names,
) -> HtmlElement {
    let group = make("section", "holder");
    let head = make("header", "");
    append(&head, &chip(trace, inspected.subject, at, selected));
    append(&group, &head);
    let n_frames = inspected.frames.len();
    for (i, frame) in inspected.frames.iter().enumerate() {
        let place = make("p", "frame");
        append(&place, &make_text("b", "", &frame.function));
        let words = format!("{}:{}", frame.file, frame.line);
        match program.line_in_text(&frame.file, frame.line) {
            Some(line) => append(&place, &make_button("quiet small", &words, "data-show-line", &line.to_string())),
            None => append(&place, &make_text("span", "dim", &words)),
        }
        append(&group, &place);
        // The namespace of a file is shown once for all.
        if frame.function != "<module>" {
            append(&group, &list(inspected.subject, n_frames - i, &frame.variables, before, now));
        }
    }
    group
}

/// Names with their values; those that are not what they were when the reader looked last stand out.
fn list(
    subject: Subject,
    depth: usize,
    variables: &[(String, String)],
    before: &Names,
    now: &mut Names,
) -> HtmlElement {
    let list = make("dl", "names");
    for (name, value) in variables {
        let key = (subject, depth, name.clone());
        let is_changed = !before.is_empty() && before.get(&key) != Some(value);
        let item = make("div", if is_changed { "changed" } else { "" });
        append(&item, &make_text("dt", "", name));
        append(&item, &make_text("dd", "", value));
        append(&list, &item);
        now.insert(key, value.clone());
    }
    list
}
