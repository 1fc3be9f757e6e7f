//! What a frame draws: the picture, and the same in words.

use super::choices;
use super::dom;
use super::findings;
use super::machine;
use super::pending::Pending;
use super::picture::Picture;
use super::readout;
use super::relations;
use super::session::{Due, Session};
use super::settling::Settling;
use super::shell;
use super::simulator;
use super::summary;
use super::twin;
use crate::journal::Line;
use crate::time::Time;
use crate::timeline::narration;
use crate::trace::{Snapshot, StateTimes, Trace};

/// How often words are renewed while the cursor moves [ms].
const RENEW_MS: f64 = 120.0;
/// How long after the last run the console is filled [ms].
const QUIET_MS: f64 = 200.0;
/// How long reduced motion shows an event while playing [ms].
const DWELL_MS: f64 = 333.0;

impl Session {
    pub(super) fn play(&mut self, elapsed_ms: f64) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        if dom::is_motion_reduced() {
            self.play_in_steps(elapsed_ms, end);
        } else {
            let before = self.playback.at();
            self.playback.advance(elapsed_ms, end);
            if let Some(at) = self.next_stop(before, self.playback.at()) {
                self.playback.seek(at, end);
                self.playback.is_playing = false;
            }
        }
        self.cursor_moved();
        if !self.look.is_fitted {
            self.look.view.reveal(self.playback.at(), end);
        }
    }

    /// With reduced motion playing goes from event to event, three a second.
    pub(super) fn play_in_steps(&mut self, elapsed_ms: f64, end: Time) {
        self.look.dwelt_ms += elapsed_ms;
        if self.look.dwelt_ms < DWELL_MS {
            return;
        }
        self.look.dwelt_ms = 0.0;
        match self.picture.as_ref().and_then(|picture| picture.trace().next_event(self.playback.at())) {
            Some(at) => self.playback.seek(at, end),
            None => self.playback.is_playing = false,
        }
    }

    pub(super) fn draw(&mut self) {
        if self.are_colours_stale || self.painter.is_outdated() {
            self.are_colours_stale = false;
            self.are_kept_colours_stale = true;
            self.are_overview_colours_stale = true;
            self.painter.refresh(&self.elements.probe);
            self.is_scene_stale = true;
        }
        let Some(picture) = &mut self.picture else { return };
        if std::mem::take(&mut self.is_scene_stale) && self.look.measure(&self.elements, picture) {
            if std::mem::take(&mut self.look.is_reveal_due) {
                // Scrolling asks for another frame.
                self.reveal_lane();
            }
            let Some(picture) = &self.picture else { return };
            let painter = &self.painter;
            let measure = &|text: &str, style| painter.width_px(text, style);
            let mut scene = self.look.scene(picture, self.playback.at(), measure);
            if simulator::IS_HERE
                && let Some((seen, trace)) = self.pending.as_ref().and_then(Pending::seen)
            {
                let view = &self.look.view;
                let panes = seen.panes(trace, view, &self.look.highlight, measure);
                scene.panes.splice(1..1, panes);
            }
            if let Some(kept) = &self.kept {
                scene.panes.insert(1, kept.differences(picture, &self.look.view));
            }
            if let Err(error) = self.painter.paint(&scene) {
                self.notices.add(&self.elements.notices, &format!("the picture cannot be drawn: {error}"));
            }
            self.draw_kept();
            self.draw_overview();
            self.elements.view_back.set_disabled(!self.look.history.has_past());
            self.elements.view_forward.set_disabled(!self.look.history.has_future());
        }
        if self.are_words_stale && matches!(self.settling, Settling::Words | Settling::Done) {
            self.draw_words();
        }
    }

    /// What is cheap follows every frame; tables and what is read aloud follow at leisure.
    pub(super) fn draw_words(&mut self) {
        let Some(picture) = &self.picture else { return };
        let (trace, at) = (picture.trace(), self.playback.at());
        // Asked before anything changes, so that the page need not be laid out for the answer.
        let is_machine_seen = !self.elements.machine.hidden() && self.elements.machine.client_height() > 0;
        shell::show_clock(&self.elements, at, trace.end());
        shell::show_playing(&self.elements, &self.host, &self.playback);
        let is_leisure = self.frame_ms - self.renewed_ms > RENEW_MS;
        if !is_leisure {
            return;
        }
        self.are_words_stale = false;
        self.renewed_ms = self.frame_ms;
        self.source.settle(&self.elements);
        let program = &self.program;
        let line_of = |line: Line| program.line_in_text(trace.text_of(line.file), line.line);
        let marks = readout::marks(trace, &picture.lanes, at, line_of);
        self.source.mark(&self.elements, marks);
        if std::mem::take(&mut self.is_source_unseen) {
            self.source.reveal_mark(&self.elements);
        }
        // While a slider moves, run follows run; nobody reads then, and each of these may take a frame.
        if !self.due.is_empty() {
            self.are_words_stale = true;
            if self.frame_ms - self.finished_ms > QUIET_MS {
                match self.due.pop() {
                    Some(Due::Console) => self.console.show(&self.elements.console, trace),
                    Some(Due::Findings) => {
                        findings::show(&self.elements, trace, &crate::trace::findings(trace), line_of)
                    }
                    Some(Due::LineTimes) => self.source.show_times(&self.elements, &times_in_text(trace, line_of)),
                    None => {}
                }
            }
        }
        self.console.seek(&self.elements.console, at, self.playback.is_playing);
        let journal = picture.runner.journal();
        let said = narration(trace, journal, at);
        dom::set_text(&self.elements.narration, &said);
        self.speech.renew(said);
        twin::show(&self.elements.canvas, trace, &picture.lanes, at, self.look.highlight.lane);
        if is_machine_seen {
            let cards = machine::cards(trace, &Snapshot::at(trace, at), self.look.highlight.lane);
            // While another run is under way, and when it has come, nothing but the run has moved.
            let moves = self.pending.is_none() && self.settling == Settling::Done;
            self.board.show(&self.elements.cards, cards, at, moves);
        }
        if !self.elements.waits.hidden() {
            relations::show(&self.elements, trace, at, &self.look);
        }
        if trace.is_recording() {
            dom::set_text(&self.elements.variables, "This is a recording: what the names held was not recorded.");
        }
        if !self.elements.choices.hidden() {
            choices::show(&self.elements.choices, picture, &self.program, &self.exploration, at);
        }
        if !self.elements.summary.hidden() {
            summary::show(
                &self.elements.summary,
                trace,
                self.look.highlight.range.unwrap_or((Time::ZERO, trace.end())),
            );
        }
        if !self.elements.now.hidden() {
            readout::show_lanes(&self.elements.now_rows, trace, at, self.look.highlight.lane);
        }
        if !self.elements.events.hidden() {
            readout::show_events(&self.elements.event_rows, trace, journal, at);
        }
        self.show_why();
        shell::announce_time(&self.host, at);
    }
}

/// The time that was spent at each line of the text.
pub(super) fn times_in_text(
    trace: &Trace,
    line_of: impl Fn(Line) -> Option<u32>,
) -> std::collections::BTreeMap<u32, (StateTimes, usize)> {
    let times = trace.line_times().into_iter();
    times.filter_map(|(line, times)| Some((line_of(line)?, times))).collect()
}
