//! The lanes in words, inside the canvas: what a screen reader finds where others see a picture.
//!
//! The canvas is a list box with a lane an option. The options are the canvas's own content, which browsers show to
//! assistive technology and draw for nobody; the selected one is the active one, so moving with the arrow keys reads
//! lane after lane, each as it is at the cursor.

use web_sys::{Element, HtmlElement};

use super::dom::{self, make};
use super::readout::place_words;
use super::words::{instant, short};
use crate::journal::Subject;
use crate::time::Time;
use crate::timeline::{Lanes, sentence};
use crate::trace::Trace;

/// At most so many lanes have an option at a time.
const MOST_OPTIONS: usize = 60;

/// Shows the lanes around the selected one as they are at an instant.
pub fn show(canvas: &HtmlElement, trace: &Trace, lanes: &Lanes, at: Time, selected: Option<Subject>) {
    let rows: Vec<(Subject, &str)> =
        lanes.rows().iter().filter_map(|lane| Some((lane.subject()?, lane.label.as_str()))).collect();
    let here = selected.and_then(|selected| rows.iter().position(|(subject, _)| *subject == selected));
    let first = here.unwrap_or(0).saturating_sub(MOST_OPTIONS / 2).min(rows.len().saturating_sub(MOST_OPTIONS));
    let shown = &rows[first..rows.len().min(first + MOST_OPTIONS)];
    while canvas.child_element_count() as usize > shown.len() {
        canvas.last_element_child().expect("it counted its children").remove();
    }
    while (canvas.child_element_count() as usize) < shown.len() {
        let option = make("div", "");
        dom::set(&option, "role", "option");
        canvas.append_child(&option).expect("a canvas takes content");
    }
    let options = canvas.children();
    for (i, &(subject, label)) in shown.iter().enumerate() {
        let Some(option) = options.item(i as u32) else { continue };
        let is_selected = selected == Some(subject);
        dom::set(&option, "id", &option_id(subject));
        dom::set(&option, "aria-selected", if is_selected { "true" } else { "false" });
        dom::set(&option, "aria-posinset", &(first + i + 1).to_string());
        dom::set(&option, "aria-setsize", &rows.len().to_string());
        dom::set_text(&option, &words(trace, subject, label, at));
    }
    point_at(canvas, selected.filter(|_| here.is_some()));
}

/// Makes the option of a lane the active one.
fn point_at(canvas: &Element, selected: Option<Subject>) {
    match selected {
        Some(subject) => dom::set(canvas, "aria-activedescendant", &option_id(subject)),
        None => canvas.remove_attribute("aria-activedescendant").expect("an attribute can be taken away"),
    }
}

fn option_id(subject: Subject) -> String {
    format!("lane-{}", subject.0)
}

/// A lane at an instant: "GET /37: waiting for a token since 22.8 ms, for 7 s, server.py:56".
fn words(trace: &Trace, subject: Subject, label: &str, at: Time) -> String {
    let Some(place) = trace.span_at(subject, at) else {
        let track = trace.track(subject);
        return match track.ended {
            _ if at < track.born => format!("{label}: not yet there"),
            Some(ended) if ended <= at => format!("{label}: ended at {}", instant(ended, trace.end())),
            _ => format!("{label}: nothing"),
        };
    };
    let span = trace.span(place);
    let line = place_words(trace, trace.line_of(place));
    let comma = if line.is_empty() { "" } else { ", " };
    let (since, lasts) = (instant(span.start, trace.end()), short(span.duration()));
    format!("{label}: {} since {since}, for {lasts}{comma}{line}", sentence(trace, subject, &span))
}
