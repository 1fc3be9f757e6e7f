//! What part of the picture is looked at, what is selected, and the commands that change it.

use super::command::{Command, Pointer};
use super::dom;
use super::elements::Elements;
use super::gesture::{Gesture, Intention};
use super::picture::Picture;
use super::readout;
use super::session::Session;
use crate::journal::Line;
use crate::time::Time;
use crate::timeline::{
    Fold, Folds, Highlight, History, LaneKind, Scene, Target, TextStyle, Tooltip, View, compose, hit, snap,
    view::RULER_HEIGHT_PX,
};

/// How near to an edge a dragged cursor takes it [CSS px].
const SNAP_PX: f32 = 5.0;

/// Changes of the view nearer to each other than this are one step of its history [ms].
const BURST_MS: f64 = 600.0;

/// The part looked at and what is selected.
pub struct Look {
    /// The part.
    pub view: View,
    /// Whether the part is the whole run, and stays so when the run changes.
    pub is_fitted: bool,
    /// How groups are folded.
    pub folds: Folds,
    /// What is pointed at and selected.
    pub highlight: Highlight,
    /// Where an address says to start.
    pub start_at: Option<Time>,
    /// Views that were left.
    pub history: History,
    /// When the view was changed last [ms]; changes in quick succession are one.
    moved_ms: f64,
    /// How long reduced motion has shown one event [ms].
    pub dwelt_ms: f64,
    /// The size of the chart, or of what is in it, may have changed.
    pub is_size_stale: bool,
    has_room: bool,
    gesture: Gesture,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            view: View::fit(Time(1), 600.0, 300.0),
            is_fitted: true,
            folds: Folds::default(),
            highlight: Highlight::default(),
            start_at: None,
            history: History::default(),
            moved_ms: 0.0,
            dwelt_ms: 0.0,
            is_size_stale: true,
            has_room: false,
            gesture: Gesture::default(),
        }
    }
}

impl Look {
    /// The picture is another: keeps what still makes sense.
    pub fn adapt(&mut self, picture: &Picture) {
        if self.is_fitted {
            self.view.fit_all(picture.end());
        } else {
            self.view.clamp(picture.end());
        }
        self.highlight.selected = None;
        self.highlight.hovered = None;
        self.highlight.line = None;
        self.highlight.range = None;
        self.history = History::default();
        self.highlight.lane = self.highlight.lane.filter(|lane| (lane.0 as usize) < picture.trace().tracks().len());
        self.is_size_stale = true;
    }

    /// Takes the size of the chart and the place of its scroll bar where they may have changed; says whether there is
    /// anything to draw on. Asking makes the browser lay out the page, so it is not done in every frame.
    pub fn measure(&mut self, elements: &Elements, picture: &Picture) -> bool {
        if !std::mem::take(&mut self.is_size_stale) {
            return self.has_room;
        }
        let (width, height) = (elements.scroller.client_width(), elements.chart.client_height());
        self.has_room = width >= 20 && height >= 20;
        if !self.has_room {
            return false;
        }
        self.view.resize(width as f32, height as f32);
        let content_px = (picture.lanes.height_px() + RULER_HEIGHT_PX).max(height as f32);
        dom::set_style(&elements.spacer, "height", &format!("{content_px}px"));
        self.view.scroll_px = 0.0;
        self.view.scroll(elements.scroller.scroll_top() as f32, picture.lanes.height_px());
        // The spacer may have brought or taken the scroll bar.
        self.view.resize(elements.scroller.client_width() as f32, height as f32);
        if self.is_fitted {
            self.view.fit_all(picture.end());
        }
        elements.empty.set_hidden(!picture.lanes.rows().is_empty());
        true
    }

    /// The picture as data.
    pub fn scene(&mut self, picture: &Picture, at: Time, measure: &dyn Fn(&str, TextStyle) -> f32) -> Scene {
        self.highlight.cursor = Some(at);
        compose(picture.trace(), &picture.lanes, &self.view, &self.highlight, measure)
    }

    /// Remembers the view before it is changed.
    pub fn remember(&mut self) {
        let now_ms = dom::now_ms();
        if now_ms - std::mem::replace(&mut self.moved_ms, now_ms) > BURST_MS {
            self.history.remember(&self.view);
        }
    }

    /// Takes a view as it is, or the whole run where that is what it shows.
    pub fn show(&mut self, view: View, end: Time) {
        self.view = view;
        self.view.clamp(end);
        self.is_fitted = self.view.span_ns() >= end.0 as f64 * 1.02;
    }

    /// The place to zoom at when no pointer says: the cursor where it can be seen, else the middle.
    fn zoom_x_px(&self, at: Time) -> f32 {
        let (left, right) = (self.view.gutter_px, self.view.width_px);
        let x_px = self.view.scale().x_from_time(at);
        if x_px > left && x_px < right { x_px } else { (left + right) / 2.0 }
    }
}

impl Session {
    /// Carries out a command that only changes what is looked at.
    pub(super) fn look_at(&mut self, command: Command) {
        if let Command::Resized | Command::Scrolled = command {
            self.look.is_size_stale = true;
            self.is_scene_stale = true;
            return;
        }
        let Some(picture) = &self.picture else { return };
        let (end, at) = (picture.end(), self.playback.at());
        match command {
            // There is nothing to play yet: it begins when the run has ended.
            Command::TogglePlay if end == Time::ZERO && picture.is_growing => self.is_autoplay_due = true,
            Command::TogglePlay => {
                self.playback.toggle(end);
                self.cursor_moved();
            }
            Command::Play(is_playing) => {
                if self.playback.is_playing != is_playing {
                    self.playback.toggle(end);
                    self.cursor_moved();
                }
            }
            Command::Step(n) => {
                let trace = picture.trace();
                let mut to = at;
                for _ in 0..n.unsigned_abs() {
                    let next = if n > 0 { trace.next_event(to) } else { trace.previous_event(to) };
                    to = next.unwrap_or(if n > 0 { end } else { Time::ZERO });
                }
                self.seek(to);
                self.show_line();
            }
            Command::StepSpan(n) => self.step_span(n),
            Command::ToStart => self.seek(Time::ZERO),
            Command::ToEnd => self.seek(end),
            Command::Seek(to) => self.seek(to),
            Command::Scrub(share) => self.seek(Time((share.clamp(0.0, 1.0) * end.0 as f64) as u64)),
            Command::Zoom(factor) => self.zoom(self.look.zoom_x_px(at), factor),
            Command::WheelZoom(x_px, factor) => self.zoom(x_px, factor),
            Command::Pan(share) => self.pan(-(share as f32) * self.look.view.lanes_width_px(), 0.0),
            Command::WheelPan(dx_px) => self.pan(dx_px, 0.0),
            Command::Fit => self.fit(),
            Command::Focus => self.focus(),
            Command::SelectLane(step) => {
                if let Some(lane) = picture.lane_beside(self.look.highlight.lane, step) {
                    self.look.highlight.lane = Some(lane);
                    self.look.highlight.selected = picture.trace().span_at(lane, at);
                    self.reveal_lane();
                    self.cursor_moved();
                }
            }
            Command::Clear => {
                self.look.highlight = Highlight::default();
                self.playback.looped = None;
                self.elements.tooltip.set_hidden(true);
                self.cursor_moved();
            }
            Command::Pointer(pointer) => self.point(pointer),
            Command::SeekLine(line) => self.seek_line(line),
            following => self.follow(following),
        }
    }

    pub(super) fn seek(&mut self, to: Time) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        self.playback.is_playing = false;
        self.playback.seek(to, end);
        if !self.look.is_fitted {
            self.look.view.reveal(self.playback.at(), end);
        }
        self.cursor_moved();
        self.address_changed();
    }

    /// To the next or previous beginning of a span of the selected lane.
    fn step_span(&mut self, n: i32) {
        let Some(picture) = &self.picture else { return };
        let Some(lane) = self.look.highlight.lane else {
            return self.look_at(Command::Step(n));
        };
        let (trace, at) = (picture.trace(), self.playback.at());
        let place = if n > 0 { trace.next_span(lane, at) } else { trace.previous_span(lane, at) };
        if let Some(place) = place {
            let start = trace.span(place).start;
            self.look.highlight.selected = Some(place);
            self.seek(start);
            self.show_line();
        }
    }

    /// To the next time that something begins at a line of the text, round and round.
    fn seek_line(&mut self, line: u32) {
        let Some(picture) = &self.picture else { return };
        let trace = picture.trace();
        let found =
            self.program.locate(line).and_then(|(file, line)| Some(Line { file: trace.find_name(file)?, line }));
        let Some(line) = found else { return };
        let spans = trace.spans_of_line(line);
        let at = self.playback.at();
        let next = spans.iter().find(|place| trace.span(**place).start > at).or(spans.first());
        if let Some(&place) = next {
            let start = trace.span(place).start;
            self.look.highlight.line = Some(line);
            self.look.highlight.lane = Some(place.track);
            self.look.highlight.selected = Some(place);
            self.reveal_lane();
            self.seek(start);
        }
    }

    fn zoom(&mut self, x_px: f32, factor: f64) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        self.look.remember();
        self.look.view.zoom_at(x_px, factor, end);
        // Zoomed out to the whole run is the whole run, also of the next one.
        self.look.is_fitted = self.look.view.span_ns() >= end.0 as f64 * 1.02;
        self.is_scene_stale = true;
    }

    fn pan(&mut self, dx_px: f32, dy_px: f32) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        if !self.look.is_fitted {
            self.look.view.pan(dx_px, end);
        }
        if dy_px != 0.0 {
            let top = self.elements.scroller.scroll_top() - dy_px.round() as i32;
            self.elements.scroller.set_scroll_top(top);
            self.look.is_size_stale = true;
        }
        self.is_scene_stale = true;
    }

    fn fit(&mut self) {
        self.look.remember();
        self.look.is_fitted = true;
        self.is_scene_stale = true;
    }

    /// Zooms to the selected span; where that is seen already, shows the whole run.
    fn focus(&mut self) {
        let Some(picture) = &self.picture else { return };
        let Some(place) = self.look.highlight.selected else { return self.fit() };
        let span = picture.trace().span(place);
        let mut view = self.look.view;
        view.show(span.start, span.end, picture.end());
        let is_there = !self.look.is_fitted && view == self.look.view;
        if is_there {
            return self.fit();
        }
        self.look.remember();
        self.look.view = view;
        self.look.is_fitted = false;
        self.is_scene_stale = true;
    }

    /// Scrolls the lanes so that the selected one is seen.
    pub(super) fn reveal_lane(&mut self) {
        let Some(picture) = &self.picture else { return };
        let row = self.look.highlight.lane.and_then(|lane| picture.lanes.row_of(lane));
        let Some(lane) = row.map(|row| &picture.lanes.rows()[row]) else { return };
        let room_px = self.look.view.height_px - RULER_HEIGHT_PX;
        let (top_px, bottom_px) = (lane.y_px, lane.y_px + lane.height_px);
        let scroll_px = self.elements.scroller.scroll_top() as f32;
        if top_px < scroll_px || bottom_px > scroll_px + room_px {
            self.elements.scroller.set_scroll_top((top_px - room_px / 3.0).max(0.0) as i32);
        }
    }

    // ── pointers ──

    fn point(&mut self, pointer: Pointer) {
        let intention = self.look.gesture.take(pointer);
        dom::set_class(&self.elements.chart, "dragging", self.look.gesture.is_panning());
        match intention {
            Some(Intention::Scrub { x_px }) => self.scrub(x_px),
            Some(Intention::Pan { dx_px, dy_px }) => {
                self.unhover();
                // A finger that moves down is the browser's, which scrolls.
                self.pan(dx_px, if pointer.is_touch { 0.0 } else { dy_px });
            }
            Some(Intention::Zoom { x_px, factor }) => self.zoom(x_px, factor),
            Some(Intention::Select { from_px, to_px }) => self.select_range(from_px, to_px),
            Some(Intention::Click { x_px, y_px }) => self.click(x_px, y_px),
            Some(Intention::Double { x_px, y_px }) => self.double_click(x_px, y_px),
            Some(Intention::Hover { x_px, y_px }) => self.hover(x_px, y_px),
            Some(Intention::Unhover) => self.unhover(),
            None => {}
        }
    }

    fn scrub(&mut self, x_px: f32) {
        self.unhover();
        let Some(picture) = &self.picture else { return };
        let view = &self.look.view;
        let x_px = x_px.clamp(view.gutter_px, view.width_px);
        let snapped = snap(picture.trace(), &picture.lanes, view, x_px, None, SNAP_PX);
        let to = snapped.unwrap_or_else(|| view.scale().time_from_x(x_px));
        self.seek(to);
    }

    fn click(&mut self, x_px: f32, y_px: f32) {
        let Some(picture) = &self.picture else { return };
        let found = hit(picture.trace(), &picture.lanes, &self.look.view, x_px, y_px);
        let lane = found.row.map(|row| &picture.lanes.rows()[row]);
        let subject = lane.and_then(|lane| lane.subject());
        match found.target {
            Target::Header(group) => {
                if let Some(LaneKind::Header { fold, .. }) = lane.map(|lane| lane.kind) {
                    self.refold(group, fold);
                }
                return;
            }
            Target::Label => self.look.highlight.selected = None,
            Target::Span(place) | Target::Merged { first: place, .. } => self.look.highlight.selected = Some(place),
            _ => self.look.highlight.selected = None,
        }
        self.look.highlight.lane = subject;
        if found.target == Target::Label {
            self.cursor_moved();
        } else {
            self.seek(found.at);
            self.show_line();
        }
    }

    fn refold(&mut self, group: crate::timeline::GroupId, shown: Fold) {
        let Some(picture) = &mut self.picture else { return };
        self.look.folds.cycle(group, shown);
        picture.lay_out(&self.look.folds);
        self.look.is_size_stale = true;
        self.is_scene_stale = true;
    }

    fn double_click(&mut self, x_px: f32, y_px: f32) {
        let Some(picture) = &self.picture else { return };
        match hit(picture.trace(), &picture.lanes, &self.look.view, x_px, y_px).target {
            Target::Span(place) => {
                self.look.highlight.selected = Some(place);
                self.focus();
            }
            Target::Merged { start, end, .. } => {
                self.look.remember();
                self.look.view.show(start, end, picture.end());
                self.look.is_fitted = false;
                self.is_scene_stale = true;
            }
            _ => {}
        }
    }

    fn hover(&mut self, x_px: f32, y_px: f32) {
        let Some(picture) = &self.picture else { return };
        let trace = picture.trace();
        let found = hit(trace, &picture.lanes, &self.look.view, x_px, y_px);
        dom::set_class(&self.elements.chart, "on-ruler", found.target == Target::Ruler);
        dom::set_class(&self.elements.chart, "on-button", matches!(found.target, Target::Header(_)));
        let hovered = match found.target {
            Target::Span(place) => Some(place),
            _ => None,
        };
        if self.look.highlight.hovered != hovered {
            self.look.highlight.hovered = hovered;
            self.is_scene_stale = true;
        }
        match Tooltip::of(trace, &picture.lanes, &found) {
            Some(words) => {
                let class =
                    hovered.map_or("", |place| readout::swatch(trace.track(place.track).kind, trace.span(place).state));
                readout::show_tooltip(&self.elements.tooltip, &self.elements.chart, &words, class, (x_px, y_px));
            }
            None => self.elements.tooltip.set_hidden(true),
        }
    }

    fn unhover(&mut self) {
        self.elements.tooltip.set_hidden(true);
        if self.look.highlight.hovered.take().is_some() {
            self.is_scene_stale = true;
        }
    }
}
