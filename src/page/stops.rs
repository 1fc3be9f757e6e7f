//! Where playing stops by itself: lines of the text that the reader chose.

use super::session::Session;
use crate::journal::Line;
use crate::time::Time;
use crate::trace::Trace;

impl Session {
    /// Begins or ends to stop at the line that the reader means.
    pub(super) fn toggle_break_at_hand(&mut self) {
        if let Some(line) = self.look.line_at_hand {
            self.toggle_break(line);
        }
    }

    /// Begins or ends to stop at a line of the text.
    pub(super) fn toggle_break(&mut self, line: u32) {
        self.source.toggle_break(&self.elements, line);
        self.are_words_stale = true;
    }

    /// The first moment after `from`, and not after `to`, at which something begins at a chosen line.
    pub(super) fn next_stop(&self, from: Time, to: Time) -> Option<Time> {
        let trace = self.picture.as_ref()?.trace();
        let lines = self.source.breaks().filter_map(|line| self.line_in_trace(line));
        lines.filter_map(|line| first_moment(trace, line, from)).filter(|&at| at <= to).min()
    }
}

/// The first moment after an instant at which a span begins at a line.
fn first_moment(trace: &Trace, line: Line, from: Time) -> Option<Time> {
    let spans = trace.spans_of_line(line);
    let after = spans.partition_point(|&place| trace.span(place).start <= from);
    spans.get(after).map(|&place| trace.span(place).start)
}
