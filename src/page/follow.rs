//! Going from cause to effect and back, finding a lane by name, and a selected stretch of time.

use super::command::Command;
use super::dom;
use super::look::Look;
use super::picture::Picture;
use super::session::Session;
use super::shell;
use super::source;
use super::why;
use crate::journal::{Line, Subject};
use crate::order;
use crate::time::Time;
use crate::timeline::{Fold, GroupId, LaneKind, explain};
use crate::trace::{SpanRef, Trace};

impl Look {
    /// Selects what a subject does at an instant; at its birth what it does first.
    fn select(&mut self, trace: &Trace, subject: Subject, at: Time) {
        let span = trace.span_at(subject, at).or_else(|| trace.next_span(subject, at));
        self.highlight.lane = Some(subject);
        self.highlight.selected = span;
    }
}

impl Session {
    /// Carries out a command that goes along a relation, searches, or concerns a stretch of time.
    pub(super) fn follow(&mut self, command: Command) {
        let Some(picture) = &self.picture else { return };
        let (trace, end) = (picture.trace(), picture.end());
        match command {
            Command::GoWaker => {
                let why = self.selected().map(|place| explain(trace, place));
                if let Some(step) = why.and_then(|why| why.waker.or(why.senders.into_iter().next())) {
                    self.go(step.subject, step.at);
                }
            }
            Command::GoWoken => {
                let woken = self.selected().and_then(|place| explain(trace, place).woken.into_iter().next());
                if let Some(step) = woken {
                    self.go(step.subject, step.at);
                }
            }
            Command::Go(subject, at) => self.go(subject, at),
            Command::SelectNamed(name, at) => {
                let named = trace.tracks().iter().map(|track| track.subject).find(|&it| trace.name_of(it) == name);
                match named {
                    Some(subject) => self.go(subject, at.unwrap_or(self.playback.at())),
                    None => shell::announce_error(&self.host, &format!("there is no lane `{name}`"), None),
                }
            }
            Command::View(from, to) => {
                if from < to {
                    self.look.remember();
                    self.look.view.show_exactly(from, to, end);
                    self.look.is_fitted = self.look.view.is_whole(end);
                    self.view_changed();
                }
            }
            Command::ViewBack(is_back) => {
                let mut view = self.look.view.clone();
                let history = &mut self.look.history;
                if if is_back { history.go_back(&mut view) } else { history.go_forward(&mut view) } {
                    self.look.show(view, end);
                    self.view_changed();
                }
            }
            Command::OpenFind => shell::open_find(&self.elements.find_box, &self.elements.find),
            Command::CloseFind => shell::close_find(&self.elements.find_box, &self.elements.canvas),
            Command::Find(words) => {
                if self.elements.find_only.checked() {
                    self.show_only(&words);
                }
                self.find(&words, 0);
            }
            Command::FindNext(step) => self.find(&self.elements.find.value(), step),
            Command::ToggleLoop => self.toggle_loop(),
            Command::ZoomRange => {
                if let Some((from, to)) = self.look.highlight.range {
                    self.look.remember();
                    self.look.view.show(from, to, end);
                    self.look.is_fitted = false;
                    self.view_changed();
                }
            }
            marking => self.note(marking),
        }
    }

    /// The selected span; else what the selected lane does at the cursor.
    pub(super) fn selected(&self) -> Option<SpanRef> {
        let highlight = &self.look.highlight;
        highlight.selected.or_else(|| self.picture.as_ref()?.trace().span_at(highlight.lane?, self.playback.at()))
    }

    /// Selects what somebody does at an instant and goes there.
    pub(super) fn go(&mut self, subject: Subject, at: Time) {
        self.unfold(subject);
        let Some(picture) = &self.picture else { return };
        if subject.0 as usize >= picture.trace().tracks().len() {
            return;
        }
        self.look.select(picture.trace(), subject, at);
        self.reveal_lane();
        self.seek(at);
        self.show_line();
    }

    /// Gives a subject that a folded group hides a row of its own, where its group is not too large.
    fn unfold(&mut self, subject: Subject) {
        let Some(picture) = &mut self.picture else { return };
        let Some(track) = picture.trace().tracks().get(subject.0 as usize) else { return };
        let row = picture.lanes.row_of(subject).map(|row| picture.lanes.rows()[row].kind);
        let is_hidden = matches!(row, Some(LaneKind::Header { .. } | LaneKind::Crowd(_)));
        let group = GroupId { parent: track.parent, kind: track.kind };
        if is_hidden {
            self.look.rows.folds.set(picture.trace(), group, Fold::Compact);
            picture.lay_out(&self.look.rows);
            self.look.is_size_stale = true;
        }
    }

    /// Selects a lane whose name holds these words: the first one, or one further on or back.
    fn find(&mut self, words: &str, step: i32) {
        let Some(picture) = &self.picture else { return };
        let words = words.trim().to_lowercase();
        let trace = picture.trace();
        let mut found: Vec<Subject> = trace.tracks().iter().map(|track| track.subject).collect();
        // Those without a row of their own come where their group is, in order of birth.
        found.retain(|&subject| {
            picture.lanes.row_of(subject).is_some() && trace.name_of(subject).to_lowercase().contains(&words)
        });
        order::sort_by_key(&mut found, |&subject| (picture.lanes.row_of(subject), subject));
        let here = found.iter().position(|&subject| Some(subject) == self.look.highlight.lane);
        let n = found.len();
        let next = match (here, step) {
            _ if words.is_empty() || n == 0 => None,
            (Some(here), step) => Some((here + n).saturating_add_signed(step as isize) % n),
            (None, _) => Some(0),
        };
        let count = match next {
            Some(next) => format!("{} of {n}", next + 1),
            None if words.is_empty() => String::new(),
            None => "no such lane".into(),
        };
        dom::set_text(&self.elements.find_count, &count);
        let Some(subject) = next.map(|next| found[next]) else { return };
        self.unfold(subject);
        let Some(picture) = &self.picture else { return };
        self.look.highlight.lane = Some(subject);
        self.look.highlight.selected = picture.trace().span_at(subject, self.playback.at());
        self.reveal_lane();
        self.cursor_moved();
    }

    /// Selects the time between two places of the picture.
    pub(super) fn select_range(&mut self, from_px: f32, to_px: f32) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        let view = &self.look.view;
        let time = |x_px: f32| view.scale().time_from_x(x_px.clamp(view.gutter_px, view.width_px)).min(end);
        let (a, b) = (time(from_px), time(to_px));
        self.choose_range((a.min(b), a.max(b)));
    }

    /// Selects a stretch of time; nothing where it has no length.
    pub(super) fn choose_range(&mut self, range: (Time, Time)) {
        self.look.highlight.range = (range.0 < range.1).then_some(range);
        self.look.highlight.selected = None;
        if self.playback.looped.is_some() {
            self.playback.looped = self.look.highlight.range;
        }
        self.cursor_moved();
    }

    fn toggle_loop(&mut self) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        self.playback.looped = match self.playback.looped {
            Some(_) => None,
            None => {
                let (from, to) = self.look.view.visible();
                let range = self.look.highlight.range.unwrap_or((from, to.min(end)));
                self.look.highlight.range = Some(range);
                Some(range)
            }
        };
        self.cursor_moved();
    }

    /// Scrolls the source to where the selected lane stands, if that line is out of sight.
    pub(super) fn show_line(&mut self) {
        if let Some(line) = self.line_of_selected() {
            source::reveal(&self.elements, line);
            self.look.line_at_hand = Some(line);
        }
    }

    /// The line of the text where the selected lane stands.
    pub(super) fn line_of_selected(&self) -> Option<u32> {
        let trace = self.picture.as_ref()?.trace();
        let Line { file, line } = trace.line_of(self.selected()?)?;
        self.program.line_in_text(trace.text_of(file), line)
    }

    /// Shows why the selected span is what it is, or what happens in the selected time.
    pub(super) fn show_why(&mut self) {
        let Some(picture) = &self.picture else { return };
        let trace = picture.trace();
        let highlight = &self.look.highlight;
        if self.told_selection != highlight.selected {
            self.told_selection = highlight.selected;
            shell::announce_selection(&self.host, trace, highlight.selected);
        }
        let was_hidden = self.elements.why.hidden();
        match (highlight.selected, highlight.range) {
            (Some(place), _) => why::show_span(&self.elements, trace, place),
            (None, Some((from, to))) => why::show_range(&self.elements, trace, from, to),
            (None, None) => why::hide(&self.elements),
        }
        if self.elements.why.hidden() != was_hidden {
            // The words take some of the room of the lanes.
            self.look.is_size_stale = true;
            self.look.is_reveal_due = was_hidden;
            self.is_scene_stale = true;
        }
        let is_looped = if self.playback.looped.is_some() { "true" } else { "false" };
        dom::set(&self.elements.loop_button, "aria-pressed", is_looped);
        let has_words = highlight.selected.is_some() || highlight.range.is_some();
        self.elements.prompt.set_hidden(has_words);
        self.show_steps();
        let is_stop = self.look.line_at_hand.is_some_and(|line| self.source.breaks().any(|other| other == line));
        dom::set(&self.elements.stop_here, "aria-pressed", if is_stop { "true" } else { "false" });
    }
}
