//! What part of the picture is looked at, what is selected, and the commands that change it.

use serde::{Deserialize, Serialize};

use super::command::{Command, Relation, Unit};
use super::compare::Kept;
use super::dom;
use super::elements::Elements;
use super::gesture::Gesture;
use super::overview::Grab;
use super::picture::{Picture, Rows};
use super::session::Session;
use crate::time::Time;
use crate::timeline::{
    Axis, Highlight, History, Scene, TextStyle, View, compose, counterpart, critical_path, lanes::ROW_PX, notes,
    view::RULER_HEIGHT_PX,
};
use crate::trace::{CriticalPath, Goal, Trace};

/// Changes of the view nearer to each other than this are one step of its history [ms].
const BURST_MS: f64 = 600.0;
/// From this width on there is room for the lanes to take [CSS px], as in style.css.
const SIDE_BY_SIDE_PX: i32 = 900;
/// Few lanes fill this share of what they have together with the details,
const LANES_SHARE: f32 = 0.7;
/// and are at most so many times as high as they need to be.
const MOST_STRETCH: f32 = 1.5;

/// The part looked at and what is selected.
#[derive(Serialize, Deserialize)]
pub struct Look {
    /// The part.
    pub view: View,
    /// Whether the part is the whole run, and stays so when the run changes.
    pub is_fitted: bool,
    /// How the reader wants the rows.
    pub rows: Rows,
    /// What is pointed at and selected.
    pub highlight: Highlight,
    /// Where an address says to start.
    pub start_at: Option<Time>,
    /// Which part an address says to show.
    pub start_range: Option<(Time, Time)>,
    /// Whether what is idle for long is folded.
    pub is_folded: bool,
    /// The critical path that is shown, and of what.
    #[serde(skip)]
    pub path: Option<(Goal, CriticalPath)>,
    /// The relation that is listed.
    pub relation: Relation,
    /// Instants that the reader marked, ascending.
    pub marks: Vec<Time>,
    /// The line of the text that the reader means: where the caret was put, or where the selected span stands.
    pub line_at_hand: Option<u32>,
    /// What a step goes over.
    pub unit: Unit,
    /// Where the pointer is, while it is over the lanes [CSS px].
    pub pointer_x_px: Option<f32>,
    /// Views that were left.
    pub history: History,
    /// When the view was changed last [ms]; changes in quick succession are one.
    moved_ms: f64,
    /// How long reduced motion has shown one event [ms].
    pub dwelt_ms: f64,
    /// The size of the chart, or of what is in it, may have changed.
    pub is_size_stale: bool,
    /// The selected lane may have gone out of sight with a change of the size.
    pub is_reveal_due: bool,
    has_room: bool,
    /// The most room that the lanes of this program's runs have needed [CSS px].
    needed_px: f32,
    /// What they are given, where there is so much [CSS px].
    most_px: f32,
    /// The next run is of another program, or the first that has ended.
    pub is_room_stale: bool,
    /// What they leave to the details below them [CSS px].
    rest_px: f32,
    pub(super) gesture: Gesture,
    /// What the pointer has hold of on the strip of the whole run.
    pub(super) grab: Grab,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            view: View::fit(Time(1), 600.0, 300.0),
            is_fitted: true,
            rows: Rows::default(),
            highlight: Highlight::default(),
            start_at: None,
            start_range: None,
            is_folded: false,
            path: None,
            relation: Relation::default(),
            marks: Vec::new(),
            line_at_hand: None,
            unit: Unit::default(),
            pointer_x_px: None,
            history: History::default(),
            moved_ms: 0.0,
            dwelt_ms: 0.0,
            is_size_stale: true,
            is_reveal_due: false,
            has_room: false,
            needed_px: 0.0,
            most_px: 0.0,
            is_room_stale: true,
            // None that a viewer has: the first division is a change.
            rest_px: -1.0,
            gesture: Gesture::default(),
            grab: Grab::default(),
        }
    }
}

impl Look {
    /// The picture is another: keeps what still makes sense.
    pub fn adapt(&mut self, picture: &Picture) {
        if let Some((from, to)) = self.start_range.take_if(|_| !picture.is_growing) {
            self.view.show_exactly(from, to, picture.end());
            self.is_fitted = self.view.is_whole(picture.end());
        } else if self.is_fitted {
            self.view.fit_all(picture.end());
        } else {
            self.view.clamp(picture.end());
        }
        // The path of the run is that of the next run too; whose path it is else may be somebody else there.
        let is_of_run = self.path.as_ref().is_some_and(|(goal, _)| *goal == Goal::Run);
        self.path = is_of_run.then(|| path_to(picture, Goal::Run)).flatten();
        if !picture.is_growing && std::mem::take(&mut self.is_room_stale) {
            self.needed_px = 0.0;
        }
        self.highlight.hovered = None;
        self.highlight.line = None;
        self.history = History::default();
        self.is_size_stale = true;
    }

    /// Another run is there: what is selected is from now on what the same one does in it at the cursor.
    pub fn follow(&mut self, before: &Trace, now: &Trace, at: Time) {
        let Highlight { lane, selected, range, .. } = &mut self.highlight;
        *lane = lane.and_then(|lane| counterpart(before, lane, now));
        *selected = selected.and(*lane).and_then(|lane| now.span_at(lane, at));
        *range = range.filter(|&(_, to)| to <= now.end());
    }

    /// Takes the size of the chart and the place of its scroll bar where they may have changed; says whether there is
    /// anything to draw on. Asking makes the browser lay out the page, so it is not done in every frame.
    pub fn measure(&mut self, elements: &Elements, picture: &mut Picture) -> bool {
        if !std::mem::take(&mut self.is_size_stale) {
            return self.has_room;
        }
        let (width, height) = (elements.scroller.client_width(), elements.chart.client_height());
        self.has_room = width >= 20 && height >= 20;
        if !self.has_room {
            return false;
        }
        let height = if self.divide(elements, picture) { elements.chart.client_height() } else { height };
        let content_px = picture.lanes.height_px() + RULER_HEIGHT_PX;
        self.view.resize(width as f32, height as f32);
        let content_px = content_px.max(height as f32);
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

    /// Gives the lanes the height that they need where there is room, and the details what is left; says whether anything
    /// has changed. While a slider moves the lanes only get more, so that nothing goes to and fro.
    fn divide(&mut self, elements: &Elements, picture: &mut Picture) -> bool {
        let both_px = (elements.chart.client_height() + elements.details.client_height()) as f32;
        let needed_px = self.needed_px.max(picture.lanes.needed_px());
        let stretch = (lanes_room_px(elements, both_px) / needed_px).clamp(1.0, MOST_STRETCH);
        let stretch = (stretch * ROW_PX).floor() / ROW_PX;
        let most_px = (needed_px * stretch).ceil() + RULER_HEIGHT_PX;
        let rest_px = (both_px - most_px).max(0.0).round();
        picture.stretch(stretch);
        self.needed_px = needed_px;
        if (most_px, rest_px) == (self.most_px, self.rest_px) {
            return false;
        }
        (self.most_px, self.rest_px) = (most_px, rest_px);
        dom::set_style(&elements.viewer, "--most", &format!("{most_px}px"));
        dom::set_style(&elements.viewer, "--rest", &format!("{rest_px}px"));
        true
    }

    /// The picture as data.
    pub fn scene(&self, picture: &Picture, at: Time, measure: &dyn Fn(&str, TextStyle) -> f32) -> Scene {
        let highlight = Highlight { cursor: Some(at), ..self.highlight };
        let mut scene = compose(picture.trace(), &picture.lanes, &self.view, &highlight, measure);
        let written = notes(&self.view, &self.marks, self.highlight.range, measure);
        if let Some((goal, path)) = &self.path {
            scene.panes.insert(1, critical_path(&picture.lanes, &self.view, *goal, path));
        }
        // Below the cursor, which is painted last.
        scene.panes.insert(scene.panes.len() - 1, written);
        scene
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
        self.is_fitted = self.view.is_whole(end);
    }

    /// The place to zoom at: the pointer over the lanes, else the cursor where it can be seen, else the middle.
    fn zoom_x_px(&self, at: Time) -> f32 {
        let (left, right) = (self.view.gutter_px, self.view.width_px);
        if let Some(x_px) = self.pointer_x_px.filter(|x_px| *x_px > left) {
            return x_px;
        }
        let x_px = self.view.scale().x_from_time(at);
        if x_px > left && x_px < right { x_px } else { (left + right) / 2.0 }
    }
}

/// The critical path to a goal in a picture.
pub(super) fn path_to(picture: &Picture, goal: Goal) -> Option<(Goal, CriticalPath)> {
    CriticalPath::of(picture.trace(), goal).map(|path| (goal, path))
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
            Command::FoldIdle => self.toggle_folds(),
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
            stepping => self.step(stepping),
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

    /// Another part of the run is looked at.
    pub(super) fn view_changed(&mut self) {
        self.is_scene_stale = true;
        self.address_changed();
    }

    /// Folds what is idle for long, or no longer.
    fn toggle_folds(&mut self) {
        self.look.is_folded = !self.look.is_folded;
        self.look.history = History::default();
        self.set_axis();
        if self.look.is_folded && self.look.view.axis.idle().is_empty() {
            let words = "there is nothing to fold: no stretch of time in which nothing happens is long beside the rest";
            self.notices.add(&self.elements.notices, words);
        }
        self.view_changed();
        self.cursor_moved();
    }

    /// Gives the picture its time axis, which two runs share.
    pub(super) fn set_axis(&mut self) {
        let Some(axis) = self.axis() else { return };
        let Some(picture) = &self.picture else { return };
        self.look.view.set_axis(axis.into(), picture.end());
        if self.look.is_fitted {
            self.look.view.fit_all(picture.end());
        }
        dom::set(&self.elements.fold_idle, "aria-pressed", if self.look.is_folded { "true" } else { "false" });
    }

    /// The time axis that the picture has.
    pub(super) fn axis(&self) -> Option<Axis> {
        let traces = [self.picture.as_ref()?.trace()].into_iter().chain(self.kept.as_ref().map(Kept::trace));
        Some(if self.look.is_folded { Axis::folded(&traces.collect::<Vec<_>>()) } else { Axis::default() })
    }

    pub(super) fn zoom(&mut self, x_px: f32, factor: f64) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        self.look.remember();
        self.look.view.zoom_at(x_px, factor, end);
        // Zoomed out to the whole run is the whole run, also of the next one.
        self.look.is_fitted = self.look.view.is_whole(end);
        self.view_changed();
    }

    pub(super) fn pan(&mut self, dx_px: f32, dy_px: f32) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        if !self.look.is_fitted {
            self.look.view.pan(dx_px, end);
            self.address_changed();
        }
        if dy_px != 0.0 {
            let top = self.elements.scroller.scroll_top() - dy_px.round() as i32;
            self.elements.scroller.set_scroll_top(top);
            self.look.is_size_stale = true;
        }
        self.is_scene_stale = true;
    }

    fn fit(&mut self) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        self.look.remember();
        self.look.view.fit_all(end);
        self.look.is_fitted = true;
        self.view_changed();
    }

    /// Zooms to the selected span; where that is seen already, shows the whole run.
    pub(super) fn focus(&mut self) {
        let Some(picture) = &self.picture else { return };
        let Some(place) = self.look.highlight.selected else { return self.fit() };
        let span = picture.trace().span(place);
        let mut view = self.look.view.clone();
        view.show(span.start, span.end, picture.end());
        let is_there = !self.look.is_fitted && view == self.look.view;
        if is_there {
            return self.fit();
        }
        self.look.remember();
        self.look.view = view;
        self.look.is_fitted = false;
        self.view_changed();
    }

    /// Scrolls the lanes so that the selected one is seen.
    pub(super) fn reveal_lane(&self) {
        let Some(picture) = &self.picture else { return };
        let row = self.look.highlight.lane.and_then(|lane| picture.lanes.row_of(lane));
        let Some(lane) = row.map(|row| &picture.lanes.rows()[row]) else { return };
        let room_px = self.look.view.height_px - RULER_HEIGHT_PX;
        let (top_px, bottom_px) = (lane.y_px, lane.y_px + lane.height_px);
        let scroll_px = self.elements.scroller.scroll_top() as f32;
        // What is hidden in part is brought in by so much, what is far away into the upper third.
        let hidden_px = bottom_px - (scroll_px + room_px);
        if hidden_px > 0.0 && hidden_px < room_px / 3.0 {
            self.elements.scroller.set_scroll_top((scroll_px + hidden_px).ceil() as i32);
        } else if top_px < scroll_px || hidden_px > 0.0 {
            self.elements.scroller.set_scroll_top((top_px - room_px / 3.0).max(0.0) as i32);
        }
    }
}

/// How much room lanes may fill that could do with less: all that they have, where the details share none of it.
fn lanes_room_px(elements: &Elements, both_px: f32) -> f32 {
    let (chart, details) = (elements.chart.get_bounding_client_rect(), elements.details.get_bounding_client_rect());
    let is_shared = details.height() > 0.0 && details.top() >= chart.bottom();
    let room_px = match is_shared {
        // Below one another, they have the room that they need.
        true if elements.viewer.client_width() < SIDE_BY_SIDE_PX || !elements.kept.hidden() => 0.0,
        true => both_px * LANES_SHARE,
        false => chart.height() as f32,
    };
    room_px - RULER_HEIGHT_PX
}
