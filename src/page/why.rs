//! The strip under the picture: what the selected span was about, with ways to what caused it and what it caused.

use web_sys::HtmlElement;

use super::dom::{self, append, make, make_button, make_text};
use super::elements::Elements;
use crate::time::Time;
use crate::timeline::{Step, explain, stretch};
use crate::trace::{SpanRef, Trace};

/// At most so many of those whom a span woke have a button.
const MOST_BUTTONS: usize = 3;

/// Explains a span.
pub fn show_span(elements: &Elements, trace: &Trace, place: SpanRef) {
    let key = format!("{} {} {}", place.track.0, place.span, trace.n_entries());
    let Some(strip) = begin(elements, &key) else { return };
    let why = explain(trace, place);
    let words = make("p", "words");
    append(&words, &make_text("b", "", &why.title));
    append(&words, &make_text("span", "", &format!(" {}", why.sentences.join(" "))));
    append(&strip, &words);
    let ways = make("div", "ways");
    if let Some(waker) = &why.waker {
        append(&ways, &way("why-waker", "←", waker, "Go to who brought it about ([)"));
    }
    for sender in &why.senders {
        append(&ways, &way("", "←", sender, "Go to who sent it a signal ([)"));
    }
    for (i, woken) in why.woken.iter().take(MOST_BUTTONS).enumerate() {
        let id = if i == 0 { "why-woken" } else { "" };
        append(&ways, &way(id, "→", woken, "Go to whom it woke or made (])"));
    }
    if why.woken.len() > MOST_BUTTONS {
        append(&ways, &make_text("span", "dim", &format!("and {} more", why.woken.len() - MOST_BUTTONS)));
    }
    append(
        &ways,
        &button("why-path", "Critical path", "What it could not end before, in the lanes and step by step (R)"),
    );
    append(&ways, &button("why-zoom", "Zoom to it", "Zoom to this span (F)"));
    append(&ways, &close());
    append(&strip, &ways);
}

/// Says what happens in a stretch of time.
pub fn show_range(elements: &Elements, trace: &Trace, from: Time, to: Time) {
    let Some(strip) = begin(elements, &format!("{}-{} {}", from.0, to.0, trace.n_entries())) else { return };
    append(&strip, &make_text("p", "words", &stretch(trace, from, to)));
    let ways = make("div", "ways");
    append(&ways, &button("range-zoom", "Zoom to it", "Show this stretch of time over the whole width"));
    append(&ways, &close());
    append(&strip, &ways);
}

/// Takes the strip away.
pub fn hide(elements: &Elements) {
    let strip = &elements.why;
    if !strip.hidden() {
        // Keys go on working where they were heard in what goes.
        if strip.matches(":focus-within").unwrap_or(false) {
            dom::focus(&elements.canvas);
        }
        strip.set_hidden(true);
        dom::set(strip, "data-of", "");
    }
}

/// The strip to fill, unless it shows this already.
fn begin(elements: &Elements, key: &str) -> Option<HtmlElement> {
    let strip = elements.why.clone();
    if strip.get_attribute("data-of").as_deref() == Some(key) {
        return None;
    }
    dom::set(&strip, "data-of", key);
    strip.set_text_content(None);
    strip.set_hidden(false);
    Some(strip)
}

fn way(id: &str, sign: &str, step: &Step, title: &str) -> HtmlElement {
    let made = button(id, &format!("{sign} {}", step.words), title);
    dom::set(&made, "data-go", &format!("{},{}", step.subject.0, step.at.0));
    made
}

fn close() -> HtmlElement {
    let made = button("why-close", "×", "Select nothing (Esc)");
    dom::set(&made, "aria-label", "Select nothing");
    made
}

fn button(id: &str, words: &str, title: &str) -> HtmlElement {
    let made = make_button("small", words, "title", title);
    if !id.is_empty() {
        made.set_id(id);
    }
    made
}
