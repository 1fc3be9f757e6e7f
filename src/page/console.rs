//! The console: what the processes wrote, with the virtual time at which they did.

use web_sys::HtmlElement;

use super::dom::{self, append, make, make_text};
use super::words;
use crate::time::Time;
use crate::trace::Trace;

/// At most so many writes are shown, the last ones; the rest is counted.
const MOST_SHOWN: usize = 200;

/// The pane's memory of what it shows.
#[derive(Default)]
pub struct Console {
    /// The writes shown: when, and their element.
    entries: Vec<(Time, HtmlElement)>,
    /// How many of them are not after the cursor.
    n_past: Option<usize>,
}

impl Console {
    /// Shows the output of a run in place of what was there.
    pub fn show(&mut self, pane: &HtmlElement, trace: &Trace) {
        pane.set_text_content(None);
        self.entries.clear();
        self.n_past = None;
        let outputs = trace.outputs();
        if outputs.is_empty() {
            append(pane, &make_text("p", "void", "The program printed nothing."));
            return;
        }
        let n_processes =
            trace.outputs().iter().map(|output| output.process).collect::<std::collections::BTreeSet<_>>().len();
        let first = outputs.len().saturating_sub(MOST_SHOWN);
        if first > 0 {
            append(pane, &make_text("p", "void", &format!("… {first} earlier writes are not shown")));
        }
        for output in &outputs[first..] {
            let entry = make("div", if output.stream == 2 { "entry stderr" } else { "entry" });
            dom::set(&entry, "data-at", &output.at.0.to_string());
            append(&entry, &make_text("time", "", &words::instant(output.at, trace.end())));
            if n_processes > 1 {
                append(&entry, &make_text("span", "who", trace.name_of(output.process)));
            }
            let text = trace.text_of(output.text);
            append(&entry, &make_text("span", "said", text.strip_suffix('\n').unwrap_or(text)));
            append(pane, &entry);
            self.entries.push((output.at, entry));
        }
    }

    /// Fades what is written after the cursor; keeps the last line written in sight while `follow`.
    pub fn seek(&mut self, pane: &HtmlElement, at: Time, follow: bool) {
        let n_past = self.entries.partition_point(|(written, _)| *written <= at);
        let before = self.n_past.replace(n_past).unwrap_or(0);
        let changed = if before == n_past && before == 0 {
            0..self.entries.len()
        } else {
            before.min(n_past)..before.max(n_past)
        };
        let changed = if n_past > before { before..n_past } else { changed };
        for i in changed {
            dom::set_class(&self.entries[i].1, "later", i >= n_past);
        }
        if follow && before != n_past {
            let bottom = n_past.checked_sub(1).map_or(0, |last| {
                let entry = &self.entries[last].1;
                entry.offset_top() + entry.offset_height() - pane.client_height() - pane.offset_top()
            });
            pane.set_scroll_top(bottom.max(0));
        }
    }
}
