//! The whole run in a strip: how much work there is over time and how it fares, and which part of it the view shows.

use std::collections::BTreeSet;

use super::scene::{Clip, Pane, Scene, Style};
use super::view::View;
use crate::journal::Kind;
use crate::time::Time;
use crate::trace::{Crowd, Trace};

/// Width of a column of the strip [CSS px].
const COLUMN_PX: f32 = 3.0;
/// Room below and above the columns for the frame of the part that is seen [CSS px].
const FOOT_PX: f32 = 4.0;
/// A column shows the mean of so many instants.
const SAMPLES: u32 = 4;

/// The strip for a picture: as wide as the picture, its time axis aligned to the picture's.
///
/// Each column stacks the requests (tasks where there are none, else threads) that live: running at the foot, ready above,
/// waiting on top; the highest column fills the height. The part that the view shows has a frame. The scale of the strip
/// is [`overview_view`]'s.
pub fn overview(trace: &Trace, view: &View, height_px: f32) -> Scene {
    let scale = overview_view(trace, view, height_px).scale();
    let (left_px, w_px) = (view.gutter_px, view.lanes_width_px());
    let mut pane = Pane::new("overview", Clip { x_px: 0.0, y_px: 0.0, w_px: view.width_px, h_px: height_px });
    pane.rects.push(0.0, 0.0, left_px, height_px, Style::Gutter);
    pane.rects.push(left_px, 0.0, w_px, height_px, Style::Background);
    let (kind, crowds) = work(trace);
    let x_of = |column: usize| left_px + column as f32 * COLUMN_PX;
    let mean = |column: usize| {
        let mut sums = [0u32; 3];
        for sample in 0..SAMPLES {
            let at = scale.time_from_x(x_of(column) + (sample as f32 + 0.5) * COLUMN_PX / SAMPLES as f32);
            for (running, ready, waiting) in crowds.iter().map(|crowd| crowd.at(at)) {
                sums = [sums[0] + running, sums[1] + ready, sums[2] + waiting];
            }
        }
        sums
    };
    let columns: Vec<[u32; 3]> = (0..(w_px / COLUMN_PX) as usize).map(mean).collect();
    let highest = columns.iter().map(|sums| sums.iter().sum()).max().unwrap_or(0).max(1) as f32;
    let running = match kind {
        Kind::Request => Style::RunningRequest,
        Kind::Task => Style::RunningTask,
        _ => Style::Running,
    };
    for (column, &sums) in columns.iter().enumerate() {
        let mut foot_px = height_px - FOOT_PX;
        for (n, style) in sums.into_iter().zip([running, Style::Ready, Style::Waiting]) {
            let h_px = n as f32 / highest * (height_px - 2.0 * FOOT_PX);
            foot_px -= h_px;
            if h_px > 0.0 {
                pane.rects.push(x_of(column), foot_px, COLUMN_PX, h_px, style);
            }
        }
    }
    pane.rects.push(0.0, height_px - 1.0, view.width_px, 1.0, Style::Separator);
    let x = |ns: f64| scale.x_from_time(Time(ns as u64));
    let (x1, x2) = (x(view.start_ns), x(view.end_ns));
    pane.rects.push(x1, 1.0, (x2 - x1).max(3.0), height_px - 3.0, Style::Selected);
    Scene { width_px: view.width_px, height_px, lanes_height_px: height_px, panes: vec![pane] }
}

/// What counts as a piece of work, and how many of them are in each state over time, by their parents.
fn work(trace: &Trace) -> (Kind, Vec<&Crowd>) {
    let kinds = [Kind::Request, Kind::Task, Kind::Thread];
    let is_there = |kind: &Kind| trace.tracks().iter().any(|track| track.kind == *kind && !track.spans.is_empty());
    let kind = kinds.into_iter().find(is_there).unwrap_or(Kind::Thread);
    let parents = trace.tracks().iter().filter(|track| track.kind == kind).map(|track| track.parent);
    let parents: BTreeSet<_> = parents.collect();
    (kind, parents.into_iter().filter_map(|parent| trace.crowd(parent, kind)).collect())
}

/// The view of the strip: the whole run on the time axis of the picture. Its scale turns a drag on the strip to time.
pub fn overview_view(trace: &Trace, view: &View, height_px: f32) -> View {
    View { gutter_px: view.gutter_px, ..View::fit(trace.end(), view.width_px, height_px) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Journal, State};

    #[test]
    fn the_strip_shows_where_the_run_was_busy_and_frames_the_view() {
        let mut j = Journal::new();
        let t = j.born(Time(0), Kind::Thread, "t", None, None, None);
        j.state(Time(0), t, State::Waiting, "sleep", None, None, None);
        j.state(Time(500), t, State::Running, "", None, None, None);
        j.state(Time(1000), t, State::Done, "", None, None, None);
        let trace = Trace::of(&j);
        let mut view = View { gutter_px: 0.0, ..View::fit(trace.end(), 1020.0, 100.0) };
        (view.start_ns, view.end_ns) = (200.0, 400.0);
        let scene = overview(&trace, &view, 20.0);
        let rects = &scene.panes[0].rects;
        let of = |style| (0..rects.len()).filter(move |&i| rects.style[i] == style);
        assert!(of(Style::Running).all(|i| rects.x[i] >= 497.0 && rects.x[i] <= 1000.0));
        assert!(of(Style::Running).count() > 160);
        let frame = of(Style::Selected).next().unwrap();
        assert_eq!((rects.x[frame], rects.w[frame]), (200.0, 200.0));
    }
}
