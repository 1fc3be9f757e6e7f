//! The viewer's frame around its panes: heading, tabs, clock, progress, diagnostics, and what it says to its host.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement, HtmlInputElement};

use super::diagnostics::{self, Diagnostic};
use super::dom::{self, append, make_button, make_text};
use super::elements::Elements;
use super::picture::Picture;
use super::playback::Playback;
use super::source::state_class;
use super::words::{instant, short};
use crate::time::Time;
use crate::trace::{SpanRef, Trace};
use crate::world::Scenario;

/// Shows the title, the summary and the files of a scenario.
pub fn show_heading(elements: &Elements, scenario: &Scenario) {
    dom::set_text(&elements.title, &scenario.title);
    let mut about = scenario.summary.clone();
    if !scenario.metadata.leaves_out.is_empty() {
        about = format!("{about} The model leaves out: {}.", scenario.metadata.leaves_out.join("; "));
    }
    dom::set_text(&elements.about, about.trim());
    dom::set(&elements.about, "title", about.trim());
    elements.files.set_text_content(None);
    if scenario.files.len() < 2 {
        return;
    }
    for file in &scenario.files {
        let line = file.first_line.saturating_sub(1).max(1).to_string();
        append(&elements.files, &make_button("", &file.name, "data-show-line", &line));
    }
}

/// Shows one pane of a viewer that has no room for all.
pub fn select_tab(elements: &Elements, name: &str) {
    dom::set(&elements.viewer, "data-tab", name);
    select(&elements.tabs, "data-tab", name);
}

/// Shows one pane of the details.
pub fn select_details(elements: &Elements, name: &str) {
    select(&elements.subtabs, "data-pane", name);
    let panes = [
        (&elements.machine, "machine"),
        (&elements.waits, "waits"),
        (&elements.variables, "variables"),
        (&elements.choices, "choices"),
        (&elements.summary, "summary"),
        (&elements.questions, "questions"),
        (&elements.console, "console"),
        (&elements.findings, "findings"),
        (&elements.now, "now"),
        (&elements.events, "events"),
    ];
    for (pane, of) in panes {
        pane.set_hidden(of != name);
    }
}

fn select(list: &HtmlElement, attribute: &str, name: &str) {
    let tabs = list.children();
    for tab in (0..tabs.length()).filter_map(|i| tabs.item(i)) {
        let is_selected = tab.get_attribute(attribute).as_deref() == Some(name);
        dom::set(&tab, "aria-selected", if is_selected { "true" } else { "false" });
        dom::set(&tab, "tabindex", if is_selected { "0" } else { "-1" });
    }
}

/// Shows the time at the cursor and moves the scrubber there.
pub fn show_clock(elements: &Elements, at: Time, end: Time) {
    let now = instant(at, end);
    dom::set_text(&elements.clock_now, &now);
    dom::set_text(&elements.clock_total, &format!("of {}", short(end - Time::ZERO)));
    let max: f64 = elements.scrub.max().parse().unwrap_or(1.0);
    let share = if end == Time::ZERO { 0.0 } else { at.0 as f64 / end.0 as f64 };
    elements.scrub.set_value_as_number((share * max).round());
    dom::set(&elements.scrub, "aria-valuetext", &now);
}

/// Shows whether the cursor plays, and how fast.
pub fn show_playing(elements: &Elements, host: &HtmlElement, playback: &Playback) {
    let is_playing = playback.is_playing;
    if is_playing == (elements.play.get_attribute("aria-pressed").as_deref() == Some("false")) {
        announce_state(host, is_playing);
    }
    dom::set(&elements.play, "aria-pressed", if is_playing { "true" } else { "false" });
    dom::set(&elements.play, "aria-label", if is_playing { "Pause" } else { "Play" });
    dom::set(&elements.play, "title", if is_playing { "Pause (Space)" } else { "Play (Space)" });
    let speed = playback.speed.to_string();
    if elements.speed.value() != speed {
        elements.speed.set_value(&speed);
    }
}

/// Shows what is being computed, or that nothing is.
pub fn show_busy(elements: &Elements, host: &HtmlElement, words: Option<&str>) {
    let value = if words.is_some() { "true" } else { "false" };
    dom::set(&elements.viewer, "aria-busy", value);
    dom::set(host, "aria-busy", value);
    // How long a program will run cannot be known, so the bar only says that something is going on.
    dom::set_class(&elements.busy, "unknown", words.is_some());
    let _ = elements.busy.remove_attribute("aria-valuenow");
    dom::set(&elements.busy, "aria-label", "Computing");
    dom::set(&elements.busy, "aria-valuetext", words.unwrap_or("done"));
    if let Some(words) = words {
        dom::set_text(&elements.empty, &format!("{words} …"));
    }
}

/// Shows the run's hash: its first half, which tells runs apart; all of it where the pointer rests.
pub fn show_hash(elements: &Elements, hash: Option<u64>) {
    dom::set_text(&elements.hash, &hash.map_or(String::new(), |hash| format!("run {:08x}", hash >> 32)));
    let whole = hash.map_or(String::new(), |hash| format!("{hash:016x}: "));
    let words = "the hash of the run; the same text, parameters, seed and choices give the same hash everywhere";
    dom::set(&elements.hash, "title", &format!("{whole}{words}"));
}

/// Shows why a program does not run, with the line of the text as a way there.
pub fn show_diagnostic(elements: &Elements, diagnostic: Option<&Diagnostic>, line: Option<u32>) {
    let pane = &elements.diagnostics;
    pane.set_text_content(None);
    pane.set_hidden(diagnostic.is_none());
    let Some(Diagnostic { file, line: own_line, column, message }) = diagnostic else { return };
    if let Some(line) = line {
        let mut place = match (file.is_empty(), own_line) {
            (false, Some(own)) => format!("{file}:{own}"),
            _ => format!("line {line}"),
        };
        if let Some(column) = column {
            place.push_str(&format!(":{column}"));
        }
        append(pane, &make_button("", &place, "data-show-line", &line.to_string()));
        append(pane, &make_text("span", "", "  "));
    }
    append(pane, &make_text("span", "", message));
    if let Some(hint) = diagnostics::hint(message) {
        append(pane, &make_text("span", "dim", &format!(" – {hint}")));
    }
}

/// Opens the search for a lane, ready to type.
pub fn open_find(find_box: &HtmlElement, find: &HtmlInputElement) {
    find_box.set_hidden(false);
    let _ = find.focus();
    find.select();
}

/// Closes the search; keys go to the picture again.
pub fn close_find(find_box: &HtmlElement, canvas: &HtmlElement) {
    find_box.set_hidden(true);
    let _ = canvas.focus();
}

/// Opens the help; its own button, Esc and a click beside it close it.
pub fn open_help(elements: &Elements) {
    if elements.help.open() {
        elements.help.close();
    } else {
        let _ = elements.help.show_modal();
    }
}

/// Puts a text into the clipboard where the browser allows it; nothing depends on it.
pub fn copy(text: &str) {
    let navigator = dom::window().navigator();
    // Absent on pages that are not served securely.
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok().filter(JsValue::is_object);
    if let Some(clipboard) = clipboard {
        let clipboard: web_sys::Clipboard = clipboard.unchecked_into();
        let ignore = wasm_bindgen::closure::Closure::once_into_js(|_: JsValue| {});
        let _ = Reflect::get(&clipboard.write_text(text), &"catch".into())
            .and_then(|catch| catch.unchecked_into::<js_sys::Function>().call1(&JsValue::UNDEFINED, &ignore));
    }
}

/// Makes the page's address that of what is seen, without a step in the browser's history.
pub fn replace_address(hash: &str) {
    if let Ok(history) = dom::window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{hash}")));
    }
}

/// Tells the host that a run has ended.
pub fn announce_run(host: &HtmlElement, picture: &Picture) {
    announce(host, "coroscope-run", &about(picture));
}

/// Tells the host that a recorded run is seen, which will be run as soon as that is possible.
pub fn announce_picture(host: &HtmlElement, picture: &Picture) {
    announce(host, "coroscope-picture", &about(picture));
}

fn about(picture: &Picture) -> Object {
    let detail = Object::new();
    let put = |name: &str, value: JsValue| {
        let _ = Reflect::set(&detail, &name.into(), &value);
    };
    put("total_ms", (picture.trace().end().0 as f64 / 1e6).into());
    put("hash", picture.hash.map_or(JsValue::NULL, |hash| format!("{hash:016x}").into()));
    put("lanes_px", picture.lanes.needed_px().into());
    put("n_entries", (picture.trace().n_entries() as f64).into());
    detail
}

/// Tells the host that a part of a run is seen, up to an instant, and the run before beyond it.
pub fn announce_part(host: &HtmlElement, until: Time) {
    let detail = Object::new();
    let _ = Reflect::set(&detail, &"t".into(), &(until.0 as f64 / 1e6).into());
    announce(host, "coroscope-part", &detail);
}

/// Tells the element that the reader asks for what needs the simulator.
pub fn announce_wish(host: &HtmlElement) {
    if let Ok(event) = CustomEvent::new("coroscope-wish") {
        let _ = host.dispatch_event(&event);
    }
}

/// Tells the host that a recorded trace is shown, how many spans it has, and how long reading it took [ms].
pub fn announce_trace(host: &HtmlElement, n_spans: usize, read_ms: f64) {
    let detail = Object::new();
    let _ = Reflect::set(&detail, &"n_spans".into(), &(n_spans as f64).into());
    let _ = Reflect::set(&detail, &"read_ms".into(), &read_ms.into());
    announce(host, "coroscope-trace", &detail);
}

/// Tells the host what is selected: whose span, its state, and from when to when [ms]; nothing of it where nothing is.
pub fn announce_selection(host: &HtmlElement, trace: &Trace, selected: Option<SpanRef>) {
    let detail = Object::new();
    if let Some(place) = selected {
        let span = trace.span(place);
        let put = |name: &str, value: JsValue| {
            let _ = Reflect::set(&detail, &name.into(), &value);
        };
        put("lane", trace.name_of(place.track).into());
        put("state", state_class(span.state).into());
        put("from", (span.start.0 as f64 / 1e6).into());
        put("to", (span.end.0 as f64 / 1e6).into());
    }
    announce(host, "coroscope-selection", &detail);
}

/// Tells the host that what it asked for cannot be done, or what is wrong with the program and at which line of its text.
pub fn announce_error(host: &HtmlElement, message: &str, line: Option<u32>) {
    let detail = Object::new();
    let _ = Reflect::set(&detail, &"message".into(), &message.into());
    if let Some(line) = line {
        let _ = Reflect::set(&detail, &"line".into(), &line.into());
    }
    announce(host, "coroscope-error", &detail);
}

/// Tells the host whether the cursor plays.
pub fn announce_state(host: &HtmlElement, is_playing: bool) {
    let detail = Object::new();
    let _ = Reflect::set(&detail, &"playing".into(), &is_playing.into());
    announce(host, "coroscope-state", &detail);
}

/// Tells the host where the cursor stands.
pub fn announce_time(host: &HtmlElement, at: Time) {
    let detail = Object::new();
    let _ = Reflect::set(&detail, &"t".into(), &(at.0 as f64 / 1e6).into());
    announce(host, "coroscope-time", &detail);
}

/// Tells the host that a question was answered, and whether rightly where that can be told.
pub fn announce_answer(host: &HtmlElement, id: usize, choice: usize, is_correct: Option<bool>) {
    let detail = Object::new();
    let put = |name: &str, value: JsValue| {
        let _ = Reflect::set(&detail, &name.into(), &value);
    };
    put("id", (id as f64).into());
    put("choice", (choice as f64).into());
    put("correct", is_correct.map_or(JsValue::NULL, JsValue::from));
    announce(host, "coroscope-answer", &detail);
}

fn announce(host: &HtmlElement, name: &str, detail: &Object) {
    let options = CustomEventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    options.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &options) {
        let _ = host.dispatch_event(&event);
    }
}
