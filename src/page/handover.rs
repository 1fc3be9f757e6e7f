//! From the page's small part to the whole one: a recorded run is shown and handled before anything can be run, and
//! nothing that the reader did is lost when the simulator comes.
//!
//! ```text
//! without the simulator   open_recorded ─► the reader looks about ─► hand_over ──┐ what follows from nothing else
//!                                   └─► defer: what asks for a run waits ────────┤ and what waits
//! with it                                                        take_over ◄─────┘ then the run itself
//! ```
//!
//! The two parts are programs of their own with nothing in common but the page: what the elements show stays as it is,
//! with focus, scroll and half-typed text; the session of one becomes bytes and the session of the other.

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::dom;
use super::error::Error;
use super::link::Link;
use super::look::Look;
use super::notices::Notices;
use super::pending::Pending;
use super::playback::Playback;
use super::runner::Runner;
use super::session::Session;
use super::shell;
use super::speech::Speech;
use super::undo::Past;
use crate::trace::Goal;
use crate::world::Recorded;

/// What the reader is told whose wish must wait.
const WAITING: &str = "the simulator is still on its way: what you asked for follows as soon as it is here";

/// What a session is apart from what follows from the program and the run.
#[derive(Serialize, Deserialize)]
pub(super) struct Handover {
    /// What the program is called.
    pub(super) name: String,
    /// What is looked at and selected.
    pub(super) look: Look,
    /// Of what the critical path is shown.
    pub(super) path: Option<Goal>,
    /// The cursor.
    pub(super) playback: Playback,
    /// Whether the reader chose a speed.
    pub(super) is_speed_chosen: bool,
    /// Whether the reader was told how the wheel zooms.
    pub(super) is_hint_shown: bool,
    /// The lines at which playing stops.
    pub(super) breaks: Vec<u32>,
    /// Where the text is scrolled to once it can be seen.
    pub(super) wanted_line: Option<u32>,
    /// What the reader was told.
    pub(super) notices: Notices,
    pub(super) past: Past,
    /// What is read aloud.
    pub(super) speech: Speech,
    /// Whether the page's address is behind what is seen.
    pub(super) is_address_stale: bool,
    /// Whether the text was edited and nobody has looked for mistakes in it.
    pub(super) is_edited: bool,
    /// What the reader asked for and could not have, in order.
    pub(super) deferred: Vec<Command>,
}

impl Session {
    /// Shows a program with its recorded run; `Err` says why the recording is of no use for it.
    pub fn open_recorded(&mut self, name: String, text: String, state: &str, recording: &[u8]) -> Result<(), Error> {
        let Recorded { scenario, report } = Recorded::unpack(recording, &text).map_err(Error::new)?;
        let (link, notices) = Link::parse(state);
        self.begin(name, text, &link, notices);
        let notices = scenario.notices.iter().map(ToString::to_string);
        self.notices.set_of_run(&self.elements.notices, notices);
        self.program.scenario = Some(scenario);
        self.show_program();
        self.show_staleness();
        self.pending = Some(Pending::new(Runner::replayed(report)));
        self.finish_run();
        // Tables, console and findings come after the picture.
        self.renewed_ms = dom::now_ms();
        self.finished_ms = self.renewed_ms;
        Ok(())
    }

    /// Tells the host of what has been drawn before anything was said of it: a recorded run, the first part of a run, or a
    /// short one as a whole.
    pub(super) fn tell_of_picture(&mut self) {
        if let Some(picture) = self.picture.as_ref().filter(|_| std::mem::take(&mut self.is_picture_untold)) {
            shell::announce_picture(&self.host, picture);
        }
        if std::mem::take(&mut self.is_whole_untold)
            && let Some(picture) = &self.picture
        {
            shell::announce_part(&self.host, picture.trace().end());
        }
        if let Some(pending) = &mut self.pending
            && std::mem::take(&mut pending.is_untold)
        {
            shell::announce_part(&self.host, pending.seen_until());
        }
    }

    /// Keeps a command until the simulator is there.
    pub(super) fn defer(&mut self, command: Command) {
        // A slider that moves on sets one value, the last one.
        if let (Some(Command::SetParameter(before, _)), Command::SetParameter(now, _)) =
            (self.deferred.last(), &command)
            && before == now
        {
            self.deferred.pop();
        }
        self.deferred.push(command);
        self.notices.add_of_run(&self.elements.notices, WAITING);
        shell::announce_wish(&self.host);
    }

    /// The session as bytes, for [`Session::take_over`]. `waiting` are commands that no frame has come to.
    #[cfg(not(feature = "simulator"))]
    pub fn hand_over(&mut self, waiting: Vec<Command>) -> Vec<u8> {
        for command in waiting {
            self.obey(command);
        }
        let handover = Handover {
            name: std::mem::take(&mut self.program.name),
            look: std::mem::take(&mut self.look),
            path: None,
            playback: self.playback,
            is_speed_chosen: self.is_speed_chosen,
            is_hint_shown: self.is_hint_shown,
            breaks: self.source.breaks().collect(),
            wanted_line: self.source.wanted_line(),
            notices: std::mem::take(&mut self.notices),
            past: std::mem::take(&mut self.past),
            speech: std::mem::take(&mut self.speech),
            is_address_stale: self.address_ms.is_some(),
            is_edited: self.edited_ms.is_some(),
            deferred: std::mem::take(&mut self.deferred),
        };
        let path = handover.look.path.as_ref().map(|(goal, _)| *goal);
        postcard::to_allocvec(&Handover { path, ..handover }).expect("plain data can be written")
    }
}
