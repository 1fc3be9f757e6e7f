//! What the reader is told about the viewer itself: that it computes, hints, and the address of what is seen.

use super::dom;
use super::link::Link;
use super::picture::Rows;
use super::session::{HINT_MS, Session};
use super::settling::Settling;
use super::shell;
use super::words::instant;

/// A run that takes longer offers to be stopped [ms].
const STOP_AFTER_MS: f64 = 600.0;
/// How long after the last change the page's address follows [ms].
pub const ADDRESS_MS: f64 = 400.0;

impl Session {
    /// `is_quiet` says that nothing was drawn in this frame.
    pub(super) fn tell(&mut self, is_quiet: bool) {
        let is_settling = self.settling != Settling::Done;
        let is_going = (self.is_computing() || self.wants_run) && !self.is_verifying();
        let is_busy = is_going || is_settling || !self.deferred.is_empty();
        if !self.deferred.is_empty() {
            shell::show_busy(&self.elements, &self.host, Some("loading the simulator"));
        } else if is_busy {
            let runner = self
                .pending
                .as_ref()
                .map(|pending| &pending.runner)
                .or(self.picture.as_ref().map(|picture| &picture.runner));
            let words = runner.map_or("computing".into(), |runner| {
                format!("computing, at {} of virtual time", instant(runner.now(), runner.now()))
            });
            let age_ms = runner.map_or(0.0, |runner| dom::now_ms() - runner.started_ms);
            shell::show_busy(&self.elements, &self.host, Some(&words));
            self.elements.stop.set_hidden(!is_going || age_ms < STOP_AFTER_MS);
        } else if self.is_busy {
            shell::show_busy(&self.elements, &self.host, None);
            self.elements.stop.set_hidden(true);
        }
        self.is_busy = is_busy;
        // The picture is partly that of the run that is computed, while words and numbers are of the one before.
        let is_part = self.pending.as_ref().is_some_and(|pending| pending.seen().is_some());
        if !is_settling {
            dom::set_class(&self.elements.viewer, "underway", is_part);
        }
        let now_ms = dom::now_ms();
        if self.hint_until_ms.is_some_and(|until| now_ms >= until) {
            self.hint_until_ms = None;
            self.elements.hint.set_hidden(true);
        }
        // The browser takes as long for it as for a frame.
        if self.address_ms.is_some_and(|since| now_ms >= since + ADDRESS_MS) && !is_busy && is_quiet {
            self.address_ms = None;
            shell::replace_address(&self.link().format());
        }
    }

    /// Tells something over the lanes for a moment.
    pub(super) fn hint(&mut self, words: &str) {
        self.hint_until_ms = Some(dom::now_ms() + HINT_MS);
        dom::set_text(&self.elements.hint, words);
        self.elements.hint.set_hidden(false);
    }

    /// What is seen has changed in a way that its address should tell.
    pub(super) fn address_changed(&mut self) {
        // A file of the reader's own has no address that would bring it back.
        let is_local = self.program.trace.is_none() && self.elements.viewer.has_attribute("data-recording");
        self.address_ms = (self.options.follows_address && !is_local).then(dom::now_ms);
    }

    /// The address of what is seen, with the instant at the cursor.
    pub(super) fn link_here(&self) -> Link {
        Link { at: Some(self.playback.at()), ..self.link() }
    }

    /// What the program is called.
    pub(super) fn title(&self) -> String {
        self.program.scenario.as_ref().map_or_else(|| "coroscope".into(), |scenario| scenario.title.clone())
    }

    /// The address of what is seen.
    pub fn link(&self) -> Link {
        let at = self.playback.is_touched.then(|| self.playback.at());
        let range = (!self.look.is_fitted).then(|| self.look.view.visible());
        let (is_folded, marks) = (self.look.is_folded, self.look.marks.clone());
        let Rows { arrangement, folds } = self.look.rows.clone();
        Link { at, range, is_folded, marks, arrangement, folds, ..self.program.link() }
    }

    pub(super) fn copy_link(&mut self) {
        self.copy_address(&self.link());
    }

    pub(super) fn copy_link_to_here(&mut self) {
        self.copy_address(&self.link_here());
    }

    fn copy_address(&mut self, link: &Link) {
        let address = format!("{}#{}", self.options.base, link.format());
        shell::copy(&address);
        let length = address.len();
        let words = match length {
            0..2_000 => format!(
                "Link to what you see ({length} characters), also in the clipboard where the browser allows it:"
            ),
            _ => format!("Link to what you see; with {length} characters it is too long for some places:"),
        };
        self.notices.add_address(&self.elements.notices, &words, &address);
    }
}
