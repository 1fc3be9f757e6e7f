//! The strip of the whole run below the lanes: where the run is busy, which part is seen, and where the cursor stands.
//!
//! A drag selects a stretch of time; one that begins on the frame of a part moves the part. A press puts the cursor.

use serde::{Deserialize, Serialize};

use super::command::{Pointer, PointerAction};
use super::dom;
use super::session::Session;
use crate::time::Time;
use crate::timeline::{Clip, Pane, Scale, Scene, Style, overview, overview_view};

/// Height of the strip [CSS px].
const HEIGHT_PX: f32 = 28.0;
/// A press that moves less is no drag [CSS px].
const SLOP_PX: f32 = 4.0;

/// What the pointer has hold of.
#[derive(Clone, Copy, PartialEq, Default, Debug, Serialize, Deserialize)]
pub enum Grab {
    /// Nothing.
    #[default]
    None,
    /// Pressed here, not yet moved.
    Press { x_px: f32, is_on_frame: bool },
    /// Selecting a stretch of time that began here.
    Range { x_px: f32 },
    /// Moving the part that is seen; the pointer was here.
    Frame { x_px: f32 },
}

impl Session {
    fn overview_scale(&self) -> Option<Scale> {
        let trace = self.picture.as_ref()?.trace();
        Some(overview_view(trace, &self.look.view, HEIGHT_PX).scale())
    }

    /// Carries out what the pointer did over the strip.
    pub(super) fn point_overview(&mut self, pointer: Pointer) {
        let (Some(scale), Some(end)) = (self.overview_scale(), self.picture.as_ref().map(|picture| picture.end()))
        else {
            return;
        };
        let x_px = pointer.x_px.clamp(self.look.view.gutter_px, self.look.view.width_px);
        let time = |x_px: f32| scale.time_from_x(x_px).min(end);
        match (pointer.action, self.look.grab) {
            (PointerAction::Down, _) => {
                let (from, to) = self.look.view.visible();
                let is_on_frame = !self.look.is_fitted && (from..to).contains(&time(x_px));
                self.look.grab = Grab::Press { x_px, is_on_frame };
            }
            (PointerAction::Move, Grab::Press { x_px: from_px, is_on_frame }) if (x_px - from_px).abs() >= SLOP_PX => {
                self.look.remember();
                self.look.grab = if is_on_frame { Grab::Frame { x_px } } else { Grab::Range { x_px: from_px } };
            }
            (PointerAction::Move, Grab::Range { x_px: from_px }) => {
                let (a, b) = (time(from_px), time(x_px));
                self.choose_range((a.min(b), a.max(b)));
            }
            (PointerAction::Move, Grab::Frame { x_px: before_px }) => {
                // What is folded in the picture is as long on the strip as it is.
                let (from, _) = self.look.view.visible();
                let moved = Time((from.0 as f64 + f64::from(x_px - before_px) * scale.ns_per_px).max(0.0) as u64);
                let axis = &self.look.view.axis;
                let moved_px = (axis.place_ns(from) - axis.place_ns(moved)) / self.look.view.scale().ns_per_px;
                self.look.view.pan(moved_px as f32, end);
                self.look.grab = Grab::Frame { x_px };
                self.view_changed();
            }
            (PointerAction::Up, Grab::Press { .. }) => {
                self.look.grab = Grab::None;
                self.seek(time(x_px));
            }
            (PointerAction::Up | PointerAction::Cancel, _) => self.look.grab = Grab::None,
            _ => {}
        }
    }

    /// Draws the strip.
    pub(super) fn draw_overview(&mut self) {
        let Some(picture) = &self.picture else { return };
        if self.elements.strip.client_height() == 0 {
            return;
        }
        let view = &self.look.view;
        let mut scene = overview(picture.trace(), &picture.lanes, view, HEIGHT_PX);
        scene.panes.push(self.overview_notes(&scene));
        dom::set_style(&self.elements.overview, "width", &format!("{}px", scene.width_px));
        if self.overview_painter.is_outdated() || self.are_overview_colours_stale {
            self.are_overview_colours_stale = false;
            self.overview_painter.refresh(&self.elements.probe);
        }
        if let Err(error) = self.overview_painter.paint(&scene) {
            self.notices.add(&self.elements.notices, &format!("the strip of the run cannot be drawn: {error}"));
        }
    }

    /// The selected stretch, the marks and the cursor on the strip.
    fn overview_notes(&self, scene: &Scene) -> Pane {
        let (gutter_px, width_px) = (self.look.view.gutter_px, scene.width_px);
        let clip = Clip { x_px: gutter_px, y_px: 0.0, w_px: width_px - gutter_px, h_px: HEIGHT_PX };
        let mut pane = Pane::new("notes", clip);
        let Some(scale) = self.overview_scale() else { return pane };
        let x = |at: Time| scale.x_from_time(at);
        if self.pending.as_ref().is_some_and(|pending| pending.seen().is_some()) {
            pane.rects.push(gutter_px, 0.0, clip.w_px, HEIGHT_PX, Style::Stale);
        }
        if let Some((from, to)) = self.look.highlight.range {
            pane.rects.push(x(from), HEIGHT_PX - 5.0, (x(to) - x(from)).max(2.0), 4.0, Style::Mark);
        }
        for &at in &self.look.marks {
            pane.rects.push(x(at), 1.0, 5.0, 4.0, Style::Mark);
        }
        let cursor_px = x(self.playback.at());
        pane.lines.push((cursor_px, 0.0), (cursor_px, HEIGHT_PX), Style::Cursor, false);
        pane
    }
}
