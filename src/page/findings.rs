//! The pane of findings: what the run shows that a reader could change, with ways there.

use super::dom::{self, append, make, make_button, make_text};
use super::elements::Elements;
use super::readout::place_words;
use super::words::instant;
use crate::journal::Line;
use crate::trace::{Finding, Trace};

/// Lists the findings and counts them on the pane's tab. `line_of` maps a line of a file to the text.
pub fn show(elements: &Elements, trace: &Trace, found: &[Finding], line_of: impl Fn(Line) -> Option<u32>) {
    let pane = &elements.findings;
    pane.set_text_content(None);
    let count = if found.is_empty() { String::new() } else { found.len().to_string() };
    dom::set_text(&elements.findings_count, &count);
    if found.is_empty() {
        append(pane, &make_text("p", "void", "Nothing blocks the event loop, starves or was forgotten in this run."));
    }
    for finding in found {
        let item = make("div", "finding");
        append(&item, &make_text("p", "what", &format!("{}.", finding.what)));
        append(&item, &make_text("p", "advice", &finding.advice));
        let ways = make("p", "ways");
        if let Some(subject) = finding.subject {
            let words = format!("Show it at {}", instant(finding.at, trace.end()));
            append(&ways, &make_button("small", &words, "data-go", &format!("{},{}", subject.0, finding.at.0)));
        }
        if let Some((line, place)) = finding.line.and_then(|line| Some((line_of(line)?, line))) {
            append(&ways, &make_button("small", &place_words(trace, Some(place)), "data-show-line", &line.to_string()));
        }
        append(&item, &ways);
        append(pane, &item);
    }
}
