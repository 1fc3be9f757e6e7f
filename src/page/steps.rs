//! The operations of one line below the source: what a statement does one after another, and where others may come between.

use super::dom::{self, append, make, make_text};
use super::session::Session;
use super::words::digits;
use crate::world::Step;

/// At most so many operations are shown.
const MOST_SHOWN: usize = 60;

impl Session {
    /// Shows the operations of the line that the reader means, or takes them away.
    pub(super) fn toggle_steps(&mut self) {
        let is_shown = !self.elements.steps.hidden();
        let line = self.look.line_at_hand;
        self.elements.steps.set_hidden(is_shown || line.is_none());
        self.show_steps();
    }

    /// Renews the operations where they are shown.
    pub(super) fn show_steps(&self) {
        let pane = &self.elements.steps;
        dom::set(&self.elements.expand, "aria-pressed", if pane.hidden() { "false" } else { "true" });
        let Some(line) = self.look.line_at_hand.filter(|_| !pane.hidden()) else { return };
        if pane.get_attribute("data-of").as_deref() == Some(&line.to_string()) {
            return;
        }
        dom::set(pane, "data-of", &line.to_string());
        pane.set_text_content(None);
        let found = self.program.locate(line).map(|(file, own)| (file.to_string(), own));
        let prepared = self.program.prepare().ok().map(|(prepared, _)| prepared);
        let steps = prepared.zip(found).map_or_else(Vec::new, |(prepared, (file, own))| prepared.steps(&file, own));
        let total_ns: f64 = steps.iter().map(|step| step.cost_ns).sum();
        let words = match (steps.len(), steps.iter().any(|step| step.is_check_point)) {
            (0, _) => format!("Line {line} does nothing by itself."),
            (n, false) => format!(
                "Line {line} is {n} operations of {} ns. The GIL does not change hands between them; without a GIL \
                 another thread may come between any two.",
                digits(total_ns)
            ),
            (n, true) => format!(
                "Line {line} is {n} operations of {} ns, without what they call. The GIL may change hands where ⇄ stands.",
                digits(total_ns)
            ),
        };
        append(pane, &make_text("p", "", &words));
        let list = make("ol", "");
        for step in steps.iter().take(MOST_SHOWN) {
            append(&list, &item(step));
        }
        append(pane, &list);
    }
}

fn item(step: &Step) -> web_sys::HtmlElement {
    let item = make("li", if step.is_check_point { "check" } else { "" });
    dom::set(&item, "title", &format!("in {}, {} ns", step.function, digits(step.cost_ns)));
    append(&item, &make_text("code", "", &step.words));
    append(&item, &make_text("span", "dim", &format!("{} ns", digits(step.cost_ns))));
    if step.is_check_point {
        append(&item, &make_text("span", "switch", "⇄"));
    }
    item
}
