//! What part of a run is looked at, and the mapping between time and pixels.
//!
//! A view has its ends on an [`Axis`], on which idle stretches may be folded; without folds a place on the axis is the
//! time itself. They are `f64` nanoseconds, because a zoomed view may begin between two nanoseconds; whole
//! nanoseconds stay exact below 2^53 ns (104 days). Every operation keeps the invariant
//! `0 <= start_ns < end_ns` with at least [`MIN_SPAN_NS`] between them, so a picture can always be drawn.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::axis::Axis;
use crate::time::Time;

/// The shortest stretch of time that a view shows [ns]: at one nanosecond in a hundred pixels there is nothing more to see.
pub const MIN_SPAN_NS: f64 = 10.0;

/// The longest stretch of time that a view shows [ns]: below it whole nanoseconds are exact.
pub const MAX_SPAN_NS: f64 = 9e15;

/// Height of the ruler above the lanes [CSS px].
pub const RULER_HEIGHT_PX: f32 = 28.0;

/// The part of a run that is looked at, and the size of the picture.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct View {
    /// The time axis, shared by everything that is drawn of a run. It follows from the run and is not written.
    #[serde(skip)]
    pub axis: Rc<Axis>,
    /// The place on the axis at the left edge of the lanes [ns].
    pub start_ns: f64,
    /// The place on the axis at the right edge of the lanes [ns].
    pub end_ns: f64,
    /// Width of the whole picture [CSS px].
    pub width_px: f32,
    /// Height of the whole picture with its ruler [CSS px].
    pub height_px: f32,
    /// Width of the column of lane labels at the left [CSS px].
    pub gutter_px: f32,
    /// How far the lanes are scrolled down [CSS px].
    pub scroll_px: f32,
}

impl View {
    /// A view of a whole run that ends at `end`, in a picture of this size.
    pub fn fit(end: Time, width_px: f32, height_px: f32) -> View {
        let mut view = View {
            axis: Rc::default(),
            start_ns: 0.0,
            end_ns: 1.0,
            width_px: width_px.max(1.0),
            height_px: height_px.max(1.0),
            gutter_px: gutter_for(width_px),
            scroll_px: 0.0,
        };
        view.fit_all(end);
        view
    }

    /// Shows the whole run, with a little room after its end.
    pub fn fit_all(&mut self, end: Time) {
        self.start_ns = 0.0;
        self.end_ns = self.longest_ns(end);
    }

    /// Shows the time from `start` to `end` with a margin of a tenth at either side.
    pub fn show(&mut self, start: Time, end: Time, run_end: Time) {
        let (start_ns, end_ns) = (self.axis.place_ns(start), self.axis.place_ns(end));
        let margin_ns = ((end_ns - start_ns) * 0.1).max(MIN_SPAN_NS / 2.0);
        self.start_ns = start_ns - margin_ns;
        self.end_ns = end_ns + margin_ns;
        self.clamp(run_end);
    }

    /// Shows the time from `start` to `end`, without a margin.
    pub fn show_exactly(&mut self, start: Time, end: Time, run_end: Time) {
        (self.start_ns, self.end_ns) = (self.axis.place_ns(start), self.axis.place_ns(end));
        self.clamp(run_end);
    }

    /// Keeps the zoom and puts this instant in the middle of the lanes.
    pub fn centre_on(&mut self, at: Time, run_end: Time) {
        let (half_ns, at_ns) = (self.span_ns() / 2.0, self.axis.place_ns(at));
        self.start_ns = at_ns - half_ns;
        self.end_ns = at_ns + half_ns;
        self.clamp(run_end);
    }

    /// Moves as little as needed for this instant to be seen; says whether it moved.
    pub fn reveal(&mut self, at: Time, run_end: Time) -> bool {
        let at_ns = self.axis.place_ns(at);
        let inside = at_ns >= self.start_ns && at_ns <= self.end_ns;
        if !inside {
            self.centre_on(at, run_end);
        }
        !inside
    }

    /// Zooms so that `factor` times as much detail is seen, with the time under `x_px` staying there.
    pub fn zoom_at(&mut self, x_px: f32, factor: f64, run_end: Time) {
        if !factor.is_finite() || factor <= 0.0 {
            return;
        }
        let scale = self.scale();
        let x_px = x_px.clamp(self.gutter_px, self.width_px);
        let fixed_ns = scale.place_from_x(x_px);
        let span_ns = (self.span_ns() / factor).clamp(MIN_SPAN_NS, self.longest_ns(run_end));
        let share = f64::from(x_px - self.gutter_px) / f64::from(self.lanes_width_px());
        self.start_ns = fixed_ns - span_ns * share;
        self.end_ns = self.start_ns + span_ns;
        self.clamp(run_end);
    }

    /// Moves the picture by `dx_px` to the right (earlier times come into sight) for positive values.
    pub fn pan(&mut self, dx_px: f32, run_end: Time) {
        let ns = f64::from(dx_px) * self.scale().ns_per_px;
        self.start_ns -= ns;
        self.end_ns -= ns;
        self.clamp(run_end);
    }

    /// Scrolls the lanes down by `dy_px`, within lanes of this total height.
    pub fn scroll(&mut self, dy_px: f32, lanes_height_px: f32) {
        let room_px = (lanes_height_px - (self.height_px - RULER_HEIGHT_PX)).max(0.0);
        self.scroll_px = (self.scroll_px + dy_px).clamp(0.0, room_px);
    }

    /// Gives the picture another size; the times at its edges stay.
    pub fn resize(&mut self, width_px: f32, height_px: f32) {
        self.width_px = width_px.max(1.0);
        self.height_px = height_px.max(1.0);
        self.gutter_px = gutter_for(width_px);
    }

    /// Brings the view back to where the run is: not before 0, not past the end with its room, not too near or far.
    pub fn clamp(&mut self, run_end: Time) {
        let longest_ns = self.longest_ns(run_end);
        let span_ns = self.span_ns();
        let span_ns = if span_ns.is_finite() { span_ns.clamp(MIN_SPAN_NS, longest_ns) } else { longest_ns };
        let start_ns = if self.start_ns.is_finite() { self.start_ns } else { 0.0 };
        self.start_ns = start_ns.clamp(0.0, (longest_ns - span_ns).max(0.0));
        self.end_ns = self.start_ns + span_ns;
    }

    /// Whether the whole run is seen.
    pub fn is_whole(&self, run_end: Time) -> bool {
        self.span_ns() >= self.longest_ns(run_end)
    }

    /// The most that a view of this run shows [ns]: the run and a fiftieth more.
    fn longest_ns(&self, run_end: Time) -> f64 {
        (self.axis.place_ns(run_end) * 1.02).clamp(MIN_SPAN_NS, MAX_SPAN_NS)
    }

    /// Changes the axis; the times at the edges stay.
    pub fn set_axis(&mut self, axis: Rc<Axis>, run_end: Time) {
        let (from, to) = self.visible();
        self.axis = axis;
        self.show_exactly(from, to, run_end);
    }

    /// How much of the axis is seen [ns].
    pub fn span_ns(&self) -> f64 {
        self.end_ns - self.start_ns
    }

    /// Width of the part where time runs [CSS px].
    pub fn lanes_width_px(&self) -> f32 {
        (self.width_px - self.gutter_px).max(1.0)
    }

    /// The first and the last instant that can be seen.
    pub fn visible(&self) -> (Time, Time) {
        let time = |place_ns: f64| Time(self.axis.time_ns(place_ns.max(0.0)).min(u64::MAX as f64) as u64);
        (time(self.start_ns), time(self.end_ns))
    }

    /// The mapping between time and pixels.
    pub fn scale(&self) -> Scale {
        Scale {
            axis: self.axis.clone(),
            start_ns: self.start_ns,
            ns_per_px: self.span_ns() / f64::from(self.lanes_width_px()),
            left_px: self.gutter_px,
        }
    }
}

/// Labels get a fifth of a wide picture, and less of a narrow one.
fn gutter_for(width_px: f32) -> f32 {
    (width_px * 0.2).clamp(96.0, 200.0).min(width_px / 3.0).round()
}

/// The mapping between time and pixels: linear, but for the folds of the axis.
#[derive(Clone, PartialEq, Debug)]
pub struct Scale {
    /// The time axis.
    pub axis: Rc<Axis>,
    /// The place on the axis at `left_px` [ns].
    pub start_ns: f64,
    /// How much of the axis a CSS pixel holds [ns]: outside folds so much time.
    pub ns_per_px: f64,
    /// Where time begins on the screen [CSS px].
    pub left_px: f32,
}

impl Scale {
    /// Where an instant is [CSS px]; exact to the last bit of an `f32`, also far outside the picture.
    pub fn x_from_time(&self, at: Time) -> f32 {
        ((self.axis.place_ns(at) - self.start_ns) / self.ns_per_px) as f32 + self.left_px
    }

    /// The instant at a place, rounded to the nearest nanosecond; 0 left of the run's beginning.
    pub fn time_from_x(&self, x_px: f32) -> Time {
        Time(self.axis.time_ns(self.place_from_x(x_px)).round().max(0.0) as u64)
    }

    /// The place on the axis at an x, not rounded [ns].
    pub fn place_from_x(&self, x_px: f32) -> f64 {
        f64::from(x_px - self.left_px) * self.ns_per_px + self.start_ns
    }

    /// How wide a stretch of time is [CSS px].
    pub fn width_px(&self, from: Time, to: Time) -> f64 {
        (self.axis.place_ns(to) - self.axis.place_ns(from)) / self.ns_per_px
    }

    /// The time that so many pixels outside folds hold, rounded down to a power of two, at least 1 [ns].
    ///
    /// Summaries are asked for at this resolution, so that they stay the same while the view pans and
    /// for a whole octave of zoom.
    pub fn resolution_ns(&self, px: f64) -> u64 {
        let ns = (self.ns_per_px * px).clamp(1.0, 9e15) as u64;
        1 << ns.ilog2()
    }
}

/// Views that were left and can be gone back to, as a browser's pages.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct History {
    back: Vec<(f64, f64)>,
    forward: Vec<(f64, f64)>,
}

impl History {
    /// How many views are remembered.
    const DEPTH: usize = 64;

    /// Remembers where the view is, before it is changed. What was ahead is forgotten.
    pub fn remember(&mut self, view: &View) {
        let here = (view.start_ns, view.end_ns);
        if self.back.last() != Some(&here) {
            self.back.push(here);
            if self.back.len() > History::DEPTH {
                self.back.remove(0);
            }
        }
        self.forward.clear();
    }

    /// Whether there is anywhere to go back to.
    pub fn has_past(&self) -> bool {
        !self.back.is_empty()
    }

    /// Whether there is anywhere to go forward to.
    pub fn has_future(&self) -> bool {
        !self.forward.is_empty()
    }

    /// Goes back; says whether there was anywhere to go.
    pub fn go_back(&mut self, view: &mut View) -> bool {
        History::step(&mut self.back, &mut self.forward, view)
    }

    /// Goes forward again; says whether there was anywhere to go.
    pub fn go_forward(&mut self, view: &mut View) -> bool {
        History::step(&mut self.forward, &mut self.back, view)
    }

    fn step(from: &mut Vec<(f64, f64)>, to: &mut Vec<(f64, f64)>, view: &mut View) -> bool {
        let Some((start_ns, end_ns)) = from.pop() else { return false };
        to.push((view.start_ns, view.end_ns));
        (view.start_ns, view.end_ns) = (start_ns, end_ns);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit_view() -> View {
        View { gutter_px: 0.0, end_ns: 100.0, ..View::fit(Time(100), 100.0, 100.0) }
    }

    #[test]
    fn one_time_unit_is_one_pixel_on_the_unit_view() {
        let scale = unit_view().scale();
        assert_eq!(scale.x_from_time(Time(37)), 37.0);
        assert_eq!(scale.time_from_x(37.0), Time(37));
    }

    #[test]
    fn every_pixel_comes_back_from_its_time() {
        for (start_ns, end_ns) in [(0.0, 5e9), (1e9, 1e9 + 2e6), (3.5e12, 3.5e12 + 1e4)] {
            let view = View { start_ns, end_ns, gutter_px: 150.0, width_px: 1150.0, ..unit_view() };
            let scale = view.scale();
            for px in 150..1150 {
                let x_px = px as f32;
                let back_px = scale.x_from_time(scale.time_from_x(x_px));
                assert!((back_px - x_px).abs() < 0.06, "{x_px} came back as {back_px}");
            }
        }
    }

    #[test]
    fn resolution_is_a_power_of_two_not_above_the_time_of_a_pixel() {
        for ns_per_px in [0.1, 1.0, 1.9, 2.0, 1000.0, 1e6 + 0.5] {
            let resolution_ns = Scale { ns_per_px, ..unit_view().scale() }.resolution_ns(1.0);
            assert!(resolution_ns.is_power_of_two());
            assert!(resolution_ns as f64 <= ns_per_px.max(1.0) && (resolution_ns * 2) as f64 > ns_per_px);
        }
    }

    #[test]
    fn zoom_keeps_the_time_under_the_pointer() {
        let mut view = View::fit(Time(1_000_000), 1000.0, 400.0);
        let x_px = 600.0;
        let before_ns = view.scale().place_from_x(x_px);
        for factor in [1.5, 4.0, 0.7] {
            view.zoom_at(x_px, factor, Time(1_000_000));
            assert!((view.scale().place_from_x(x_px) - before_ns).abs() < 1e-3);
        }
    }

    #[test]
    fn a_view_never_leaves_the_run() {
        let end = Time(1_000_000);
        let mut view = View::fit(end, 1000.0, 400.0);
        view.zoom_at(500.0, 10.0, end);
        view.pan(1e7, end);
        assert_eq!(view.start_ns, 0.0);
        view.pan(-1e7, end);
        assert!((view.end_ns - 1_020_000.0).abs() < 1e-3);
        view.zoom_at(500.0, 1e-9, end);
        assert_eq!((view.start_ns, view.end_ns), (0.0, 1_020_000.0));
        view.zoom_at(500.0, 1e30, end);
        assert!((view.span_ns() - MIN_SPAN_NS).abs() < 1e-6);
    }

    #[test]
    fn an_empty_run_still_has_a_view() {
        let view = View::fit(Time::ZERO, 0.0, 0.0);
        assert!(view.span_ns() > 0.0 && view.scale().ns_per_px > 0.0);
    }

    #[test]
    fn scrolling_stops_at_the_last_lane() {
        let mut view = unit_view();
        view.scroll(1e6, 300.0);
        assert_eq!(view.scroll_px, 300.0 - (100.0 - RULER_HEIGHT_PX));
        view.scroll(-1e6, 300.0);
        assert_eq!(view.scroll_px, 0.0);
        view.scroll(50.0, 20.0);
        assert_eq!(view.scroll_px, 0.0);
    }

    #[test]
    fn history_goes_back_and_forward_until_something_new_is_seen() {
        let mut view = unit_view();
        let mut history = History::default();
        history.remember(&view);
        view.zoom_at(50.0, 2.0, Time(100));
        let near = view.clone();
        assert!(history.go_back(&mut view));
        assert_eq!(view, unit_view());
        assert!(!history.go_back(&mut view));
        assert!(history.go_forward(&mut view));
        assert_eq!(view, near);
        history.remember(&view);
        assert!(!history.go_forward(&mut view));
    }
}
