//! The whole page takes over from its small part (`handover.rs`): a session goes on where that of the viewer stopped.

use super::controls::Controls;
use super::dom;
use super::drawing::times_in_text;
use super::error::Error;
use super::handover::Handover;
use super::link::Link;
use super::look::path_to;
use super::picture::Picture;
use super::program::Program;
use super::runner::Runner;
use super::session::{Due, HINT_MS, Session};
use super::settling::Settling;
use crate::journal::Line;
use crate::world::Recorded;

impl Session {
    /// Goes on with what [`Session::hand_over`] gave, and with what was put aside; then the program runs.
    pub fn take_over(&mut self, handover: &[u8], text: String, recording: &[u8]) -> Result<(), Error> {
        let broken = |error: postcard::Error| Error::new(format!("the viewer cannot be taken over: {error}"));
        let handover: Handover = postcard::from_bytes(handover).map_err(broken)?;
        let Recorded { report, .. } = Recorded::unpack(recording, &text).map_err(Error::new)?;
        self.program = Program::open(handover.name, text, &Link::default());
        let scenario = self.program.read().map_err(|mistake| Error::new(mistake.message))?;
        self.controls = Controls::adopt(&self.elements.fields, &scenario.parameters, &self.inbox);
        self.source.adopt(&self.elements, handover.breaks.into_iter(), handover.wanted_line);
        self.look = handover.look;
        self.playback = handover.playback;
        self.is_speed_chosen = handover.is_speed_chosen;
        self.is_hint_shown = handover.is_hint_shown;
        self.notices = handover.notices;
        self.past = handover.past;
        self.speech = handover.speech;
        self.edited_ms = handover.is_edited.then(dom::now_ms);
        self.is_first_run = false;
        self.hint_until_ms = (!self.elements.hint.hidden()).then(|| dom::now_ms() + HINT_MS);
        if handover.is_address_stale {
            self.address_changed();
        }
        let picture = Picture::of(Runner::replayed(report), &self.look.rows);
        self.look.path = handover.path.and_then(|goal| path_to(&picture, goal));
        self.picture = Some(picture);
        self.settling = Settling::Lanes;
        self.look.is_size_stale = true;
        if let Some(axis) = self.axis() {
            self.look.view.axis = axis.into();
        }
        self.adopt_panes();
        self.want_run();
        for command in handover.deferred {
            self.obey(command);
        }
        Ok(())
    }

    /// Takes over what a run fills at leisure by filling it again at once.
    fn adopt_panes(&mut self) {
        let Some(picture) = &self.picture else { return };
        let trace = picture.trace();
        let line_of = |line: Line| self.program.line_in_text(trace.text_of(line.file), line.line);
        self.source.show_times(&self.elements, &times_in_text(trace, line_of));
        let scrolled = self.elements.console.scroll_top();
        self.console.show(&self.elements.console, trace);
        self.elements.console.set_scroll_top(scrolled);
        // The viewer may not have come to them.
        self.due = vec![Due::Findings];
        self.are_words_stale = true;
    }
}
