//! What the reader adds to the picture: marked instants, a stretch of time by the cursor, and rows pinned or hidden.

use super::command::Command;
use super::session::Session;
use crate::time::Time;
use crate::timeline::path;

impl Session {
    /// Carries out a command that adds to the picture or takes something away.
    pub(super) fn note(&mut self, command: Command) {
        match command {
            Command::Mark => self.toggle_mark(),
            Command::RangeFrom => self.range_edge(true),
            Command::RangeTo => self.range_edge(false),
            Command::Pin => self.arrange(|arrangement, path| arrangement.toggle_pin(path)),
            Command::MoveLane(step) => self.arrange(|arrangement, path| arrangement.shift(path, step)),
            Command::HideLane => {
                let hidden = self.look.highlight.lane;
                self.arrange(|arrangement, path| arrangement.hide(path));
                if hidden.is_some() {
                    self.look.highlight.lane = None;
                    self.look.highlight.selected = None;
                }
            }
            Command::ShowAllLanes => {
                self.look.rows.arrangement.reset();
                self.elements.find_only.set_checked(false);
                self.lay_out();
            }
            Command::OnlyFound(is_only) => {
                let words = if is_only { self.elements.find.value() } else { String::new() };
                self.show_only(&words);
            }
            comparing => self.compare(comparing),
        }
    }

    /// Marks the instant at the cursor; where it is marked already, takes the mark away.
    fn toggle_mark(&mut self) {
        let (at, marks) = (self.playback.at(), &mut self.look.marks);
        match marks.binary_search(&at) {
            Ok(place) => {
                marks.remove(place);
            }
            Err(place) => marks.insert(place, at),
        }
        self.is_scene_stale = true;
        self.address_changed();
    }

    /// Puts one end of the selected stretch of time at the cursor.
    fn range_edge(&mut self, is_start: bool) {
        let Some(end) = self.picture.as_ref().map(|picture| picture.end()) else { return };
        let at = self.playback.at();
        let (from, to) = self.look.highlight.range.unwrap_or((Time::ZERO, end));
        let range = match is_start {
            true => (at, if to > at { to } else { end }),
            false => (if from < at { from } else { Time::ZERO }, at),
        };
        self.choose_range(range);
    }

    /// Changes the rows; `change` gets the path of the selected one.
    fn arrange(&mut self, change: impl FnOnce(&mut crate::timeline::Arrangement, &str)) {
        let Some(picture) = &self.picture else { return };
        let row = self.look.highlight.lane.and_then(|lane| picture.lanes.row_of(lane));
        let Some(row) = row else { return };
        let path = path(picture.trace(), &picture.lanes.rows()[row].kind);
        change(&mut self.look.rows.arrangement, &path);
        self.lay_out();
        self.reveal_lane();
    }

    /// Shows only the rows whose label holds these words; all where there are none.
    pub(super) fn show_only(&mut self, words: &str) {
        self.look.rows.arrangement.only = words.trim().to_lowercase();
        self.lay_out();
    }

    /// Lays the rows out anew, of both runs where two are compared.
    pub(super) fn lay_out(&mut self) {
        if let Some(picture) = &mut self.picture {
            picture.lay_out(&self.look.rows);
        }
        if let Some(kept) = &mut self.kept {
            kept.lay_out(&self.look.rows);
        }
        self.look.is_size_stale = true;
        self.cursor_moved();
        self.address_changed();
    }
}
