//! What pressing, dragging and hovering over the lanes do.

use super::command::Pointer;
use super::dom;
use super::gesture::Intention;
use super::pending::Pending;
use super::readout;
use super::session::Session;
use crate::time::Time;
use crate::timeline::{Fold, GroupId, Hit, LaneKind, Target, Tooltip, hit, marked, snap};

/// How near to an edge a cursor that is put somewhere takes it [CSS px].
const SNAP_PX: f32 = 5.0;

impl Session {
    pub(super) fn point(&mut self, pointer: Pointer) {
        let intention = self.look.gesture.take(pointer);
        dom::set_class(&self.elements.chart, "dragging", self.look.gesture.is_panning());
        match intention {
            Some(Intention::Scrub { x_px }) => self.scrub(x_px, pointer.has_alt),
            Some(Intention::Pan { dx_px, dy_px }) => {
                self.unhover();
                // A finger that moves down is the browser's, which scrolls.
                self.pan(dx_px, if pointer.is_touch { 0.0 } else { dy_px });
            }
            Some(Intention::Zoom { x_px, factor }) => self.zoom(x_px, factor),
            Some(Intention::Select { from_px, to_px }) => self.select_range(from_px, to_px),
            Some(Intention::Click { x_px, y_px }) => self.click(x_px, y_px, pointer.has_alt),
            Some(Intention::Double { x_px, y_px }) => self.double_click(x_px, y_px),
            Some(Intention::Hover { x_px, y_px }) => self.hover(x_px, y_px),
            Some(Intention::Unhover) => self.unhover(),
            None => {}
        }
    }

    fn scrub(&mut self, x_px: f32, is_exact: bool) {
        self.unhover();
        let Some(picture) = &self.picture else { return };
        let view = &self.look.view;
        let x_px = x_px.clamp(view.gutter_px, view.width_px);
        let reach_px = if is_exact { 0.0 } else { SNAP_PX };
        let snapped = snap(picture.trace(), &picture.lanes, view, x_px, None, reach_px);
        let to = snapped.unwrap_or_else(|| view.scale().time_from_x(x_px));
        self.seek(to);
    }

    /// What is at a place of the picture; where the run that is computed has overtaken it, only the row.
    fn hit(&self, x_px: f32, y_px: f32) -> Option<Hit> {
        let picture = self.picture.as_ref()?;
        let found = hit(picture.trace(), &picture.lanes, &self.look.view, x_px, y_px);
        let seen_until = self.pending.as_ref().map_or(Time::ZERO, Pending::seen_until);
        let is_around = matches!(found.target, Target::Label | Target::Header(_) | Target::Ruler);
        let is_overtaken = !is_around && found.at < seen_until;
        Some(if is_overtaken { Hit { target: Target::Ground, ..found } } else { found })
    }

    fn click(&mut self, x_px: f32, y_px: f32, is_exact: bool) {
        let (Some(found), Some(picture)) = (self.hit(x_px, y_px), &self.picture) else { return };
        let lane = found.row.map(|row| &picture.lanes.rows()[row]);
        let subject = lane.and_then(|lane| lane.subject());
        match found.target {
            Target::Header(group) => {
                if let Some(LaneKind::Header { fold, .. }) = lane.map(|lane| lane.kind) {
                    self.refold(group, fold);
                }
                return;
            }
            Target::Label => {
                let at = self.playback.at();
                self.look.highlight.selected = subject.and_then(|subject| picture.trace().span_at(subject, at));
            }
            Target::Span(place) | Target::Merged { first: place, .. } => self.look.highlight.selected = Some(place),
            Target::Mark(mark) => self.look.highlight.selected = marked(picture.trace(), mark),
            _ => self.look.highlight.selected = None,
        }
        self.look.highlight.lane = subject;
        if found.target == Target::Label {
            self.cursor_moved();
        } else {
            let reach_px = if is_exact { 0.0 } else { SNAP_PX };
            let snapped = snap(picture.trace(), &picture.lanes, &self.look.view, x_px, found.row, reach_px);
            self.seek(snapped.unwrap_or(found.at));
            self.show_line();
        }
    }

    fn refold(&mut self, group: GroupId, shown: Fold) {
        let Some(picture) = &mut self.picture else { return };
        self.look.rows.folds.cycle(picture.trace(), group, shown);
        picture.lay_out(&self.look.rows);
        self.look.is_size_stale = true;
        self.is_scene_stale = true;
        self.address_changed();
    }

    fn double_click(&mut self, x_px: f32, y_px: f32) {
        let (Some(found), Some(picture)) = (self.hit(x_px, y_px), &self.picture) else { return };
        match found.target {
            Target::Span(place) => {
                self.look.highlight.selected = Some(place);
                self.focus();
            }
            Target::Merged { start, end, .. } => {
                self.look.remember();
                self.look.view.show(start, end, picture.end());
                self.look.is_fitted = false;
                self.view_changed();
            }
            _ => {}
        }
    }

    fn hover(&mut self, x_px: f32, y_px: f32) {
        self.look.pointer_x_px = Some(x_px);
        let (Some(found), Some(picture)) = (self.hit(x_px, y_px), &self.picture) else { return };
        let trace = picture.trace();
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

    pub(super) fn unhover(&mut self) {
        self.look.pointer_x_px = None;
        self.elements.tooltip.set_hidden(true);
        if self.look.highlight.hovered.take().is_some() {
            self.is_scene_stale = true;
        }
    }

    /// Selects what is at a place, without moving the cursor.
    pub(super) fn select_at(&mut self, x_px: f32, y_px: f32) {
        let (Some(found), Some(picture)) = (self.hit(x_px, y_px), &self.picture) else { return };
        let subject = found.row.and_then(|row| picture.lanes.rows()[row].subject());
        self.look.highlight.selected = match found.target {
            Target::Span(place) | Target::Merged { first: place, .. } => Some(place),
            _ => subject.and_then(|subject| picture.trace().span_at(subject, self.playback.at())),
        };
        self.look.highlight.lane = subject;
        self.cursor_moved();
    }
}
