//! Steps: to the next event, span, source line or pass of a loop, and to the moments of a line of the text.

use super::command::{Command, Unit};
use super::session::Session;
use crate::journal::{Kind, Line, Subject};
use crate::time::Time;
use crate::trace::{SpanRef, Trace};

/// At most so many spans are passed over to find one of another line.
const MOST_PASSED: usize = 100_000;

impl Session {
    /// Carries out a command that moves the cursor by steps.
    pub(super) fn step(&mut self, command: Command) {
        let unit = self.look.unit;
        match command {
            Command::SetUnit(unit) => self.look.unit = unit,
            Command::StepBy(n) => match unit {
                Unit::Event => self.step_events(n),
                Unit::Span => self.step_spans(n),
                Unit::Line => self.step_lines(n),
                Unit::Pass => self.step_passes(n),
            },
            Command::Step(n) => self.step_events(n),
            Command::StepSpan(n) => self.step_spans(n),
            Command::StepLine(n) => self.step_lines(n),
            Command::SeekLine(line) => self.seek_line(line, 1),
            Command::Moment(n) => {
                if let Some(line) = self.look.line_at_hand {
                    self.seek_line(line, n);
                }
            }
            following => self.follow(following),
        }
    }

    /// Moves by so many instants at which anything happens to anybody.
    fn step_events(&mut self, n: i32) {
        let Some(picture) = &self.picture else { return };
        let (trace, end) = (picture.trace(), picture.end());
        let mut to = self.playback.at();
        for _ in 0..n.unsigned_abs() {
            let next = if n > 0 { trace.next_event(to) } else { trace.previous_event(to) };
            to = next.unwrap_or(if n > 0 { end } else { Time::ZERO });
        }
        self.seek(to);
        self.show_line();
    }

    /// Moves by so many spans of the selected lane; of events where no lane is selected.
    fn step_spans(&mut self, n: i32) {
        let Some(lane) = self.look.highlight.lane else { return self.step_events(n) };
        for _ in 0..n.unsigned_abs() {
            let Some(trace) = self.picture.as_ref().map(|picture| picture.trace()) else { return };
            let at = self.playback.at();
            let place = if n > 0 { trace.next_span(lane, at) } else { trace.previous_span(lane, at) };
            let Some(place) = place else { return };
            let start = trace.span(place).start;
            self.look.highlight.selected = Some(place);
            self.seek(start);
        }
        self.show_line();
    }

    /// Moves by so many spans of the selected lane at which it stands at another line than before.
    fn step_lines(&mut self, n: i32) {
        let Some(lane) = self.look.highlight.lane else { return self.step_events(n) };
        for _ in 0..n.unsigned_abs() {
            let Some(trace) = self.picture.as_ref().map(|picture| picture.trace()) else { return };
            let Some(place) = other_line(trace, lane, self.playback.at(), n > 0) else { return };
            let start = trace.span(place).start;
            self.look.highlight.selected = Some(place);
            self.seek(start);
        }
        self.show_line();
    }

    /// Moves by so many passes of the loop that the selected lane belongs to, else of any loop.
    fn step_passes(&mut self, n: i32) {
        let Some(picture) = &self.picture else { return };
        let (trace, end) = (picture.trace(), picture.end());
        let own = self.look.highlight.lane.and_then(|lane| trace.ancestor(lane, Kind::Loop));
        let mut to = self.playback.at();
        for _ in 0..n.unsigned_abs() {
            let passes = trace
                .instants()
                .iter()
                .filter(|mark| trace.text_of(mark.name) == "pass" && own.is_none_or(|own| mark.subject == own));
            let next = match n > 0 {
                true => passes.map(|mark| mark.at).find(|&at| at > to),
                false => passes.map(|mark| mark.at).take_while(|&at| at < to).last(),
            };
            to = next.unwrap_or(if n > 0 { end } else { Time::ZERO });
        }
        self.seek(to);
        self.show_line();
    }

    /// To the next or previous time that something begins at a line of the text, round and round.
    fn seek_line(&mut self, line: u32, step: i32) {
        self.look.line_at_hand = Some(line);
        self.are_words_stale = true;
        let Some(line) = self.line_in_trace(line) else { return };
        let Some(picture) = &self.picture else { return };
        let trace = picture.trace();
        let spans = trace.spans_of_line(line);
        let at = self.playback.at();
        let start = |place: &&SpanRef| trace.span(**place).start;
        let next = match step > 0 {
            true => spans.iter().find(|place| start(place) > at).or(spans.first()),
            false => spans.iter().rev().find(|place| start(place) < at).or(spans.last()),
        };
        if let Some(&place) = next {
            let start = trace.span(place).start;
            self.look.highlight.line = Some(line);
            self.look.highlight.lane = Some(place.track);
            self.look.highlight.selected = Some(place);
            self.reveal_lane();
            self.seek(start);
        }
    }

    /// The line of the trace that a line of the text is.
    pub(super) fn line_in_trace(&self, line: u32) -> Option<Line> {
        let trace = self.picture.as_ref()?.trace();
        let (file, line) = self.program.locate(line)?;
        Some(Line { file: trace.find_name(file)?, line })
    }

    /// The caret was put somewhere: its line is the one that the reader means.
    pub(super) fn caret_moved(&mut self) {
        let editor = &self.elements.editor;
        let Some(place) = editor.selection_start().ok().flatten() else { return };
        let before =
            editor.value().encode_utf16().take(place as usize).filter(|&unit| unit == u16::from(b'\n')).count();
        self.look.line_at_hand = Some(before as u32 + 1);
    }
}

/// The nearest span of a track, after or before an instant, that stands at another line.
fn other_line(trace: &Trace, lane: Subject, at: Time, is_forward: bool) -> Option<SpanRef> {
    let here = trace.span_at(lane, at).and_then(|place| trace.line_of(place));
    let mut to = at;
    for _ in 0..MOST_PASSED {
        let place = if is_forward { trace.next_span(lane, to) } else { trace.previous_span(lane, to) }?;
        let line = trace.span(place).line;
        if line.is_some() && line != here {
            return Some(place);
        }
        to = trace.span(place).start;
    }
    None
}
