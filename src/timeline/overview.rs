//! The whole run in a strip: how busy its threads are over time, and which part of it the view shows.

use super::scene::{Clip, Pane, Scene, Style};
use super::view::View;
use crate::journal::Kind;
use crate::time::Time;
use crate::trace::{StateTimes, Trace};

/// Width of a column of the strip [CSS px].
const COLUMN_PX: f32 = 3.0;

/// The strip for a picture: as wide as the picture, its time axis aligned to the picture's.
///
/// Each column stacks the time of all threads: running at the foot, ready above; the highest column fills the height.
/// The part that the view shows has a frame. The scale of the strip is [`overview_view`]'s.
pub fn overview(trace: &Trace, view: &View, height_px: f32) -> Scene {
    let scale = overview_view(trace, view, height_px).scale();
    let (left_px, w_px) = (view.gutter_px, view.lanes_width_px());
    let mut pane = Pane::new("overview", Clip { x_px: 0.0, y_px: 0.0, w_px: view.width_px, h_px: height_px });
    pane.rects.push(0.0, 0.0, left_px, height_px, Style::Gutter);
    pane.rects.push(left_px, 0.0, w_px, height_px, Style::Background);
    let threads = trace.tracks().iter().filter(|t| t.kind == Kind::Thread);
    let threads: Vec<_> = threads.collect();
    let x_of = |column: usize| left_px + column as f32 * COLUMN_PX;
    let busy = |column: usize| {
        let (from, to) = (scale.time_from_x(x_of(column)), scale.time_from_x(x_of(column + 1)));
        threads.iter().fold(StateTimes::default(), |mut sum, track| {
            let times = track.spans.times_between(from, to, trace.end());
            sum.running += times.running;
            sum.ready += times.ready;
            sum
        })
    };
    let columns: Vec<StateTimes> = (0..(w_px / COLUMN_PX) as usize).map(busy).collect();
    let highest = columns.iter().map(|times| times.total().0).max().unwrap_or(0).max(1) as f32;
    for (column, times) in columns.iter().enumerate() {
        let mut foot_px = height_px - 1.0;
        for (time, style) in [(times.running, Style::Running), (times.ready, Style::Ready)] {
            let h_px = time.0 as f32 / highest * (height_px - 4.0);
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
