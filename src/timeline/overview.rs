//! The whole run in a strip: how much work there is over time and how it fares, and which part of it the view shows.

use super::lanes::Lanes;
use super::scene::{Clip, Pane, Scene, Style};
use super::view::View;
use crate::journal::Kind;
use crate::time::Time;
use crate::trace::{StateTimes, Trace};

/// How many columns the strip has.
const N_COLUMNS: usize = 512;
/// Room below and above the columns for the frame of the part that is seen [CSS px].
const FOOT_PX: f32 = 4.0;

/// How much work there is over a run and how it fares, column by column: what the strip shows of a trace.
#[derive(Clone, Default, Debug)]
pub struct Busy {
    kind: Option<Kind>,
    /// The time that all of it spent in each state, in equal parts of the run.
    columns: Vec<StateTimes>,
}

impl Busy {
    /// Counts requests, or tasks where there are none, else threads. Costs a step a span and column that it lies in.
    pub fn of(trace: &Trace) -> Busy {
        let kinds = [Kind::Request, Kind::Task, Kind::Thread];
        let is_there = |kind: &Kind| trace.tracks().iter().any(|track| track.kind == *kind && !track.spans.is_empty());
        let kind = kinds.into_iter().find(is_there);
        let mut columns = vec![StateTimes::default(); N_COLUMNS];
        let end = trace.end();
        let edge = |column: usize| Time((u128::from(end.0) * column as u128 / N_COLUMNS as u128) as u64);
        let edges: Vec<Time> = (0..=N_COLUMNS).map(edge).collect();
        for track in trace.tracks().iter().filter(|track| Some(track.kind) == kind) {
            let spans = &track.spans;
            let mut column = 0;
            for i in 0..spans.len() {
                let (start, until, state) = (spans.starts()[i], spans.ends()[i].min(end), spans.states()[i]);
                while column + 1 < N_COLUMNS && edges[column + 1] <= start {
                    column += 1;
                }
                let mut reached = column;
                while reached < N_COLUMNS && edges[reached] < until {
                    let (from, to) = (edges[reached].max(start), edges[reached + 1].min(until));
                    columns[reached].add(state, to.since(from));
                    reached += 1;
                }
            }
        }
        Busy { kind, columns }
    }
}

/// The strip for a picture: as wide as the picture, its time axis aligned to the picture's.
///
/// Each column stacks the requests (tasks where there are none, else threads) that live: running at the foot, ready above,
/// waiting on top; the highest column fills the height. The part that the view shows has a frame. The scale of the strip
/// is [`overview_view`]'s.
pub fn overview(trace: &Trace, lanes: &Lanes, view: &View, height_px: f32) -> Scene {
    let scale = overview_view(trace, view, height_px).scale();
    let (left_px, w_px) = (view.gutter_px, view.lanes_width_px());
    let mut pane = Pane::new("overview", Clip { x_px: 0.0, y_px: 0.0, w_px: view.width_px, h_px: height_px });
    pane.rects.push(0.0, 0.0, left_px, height_px, Style::Gutter);
    pane.rects.push(left_px, 0.0, w_px, height_px, Style::Background);
    let Busy { kind, columns } = lanes.busy();
    let highest = columns.iter().map(|times| times.total().0).max().unwrap_or(0).max(1) as f32;
    let running = match kind {
        Some(Kind::Request) => Style::RunningRequest,
        Some(Kind::Task) => Style::RunningTask,
        _ => Style::Running,
    };
    let end_px = scale.x_from_time(trace.end());
    let column_px = (end_px - left_px) / N_COLUMNS as f32;
    for (column, times) in columns.iter().enumerate() {
        let mut foot_px = height_px - FOOT_PX;
        let states = [(times.running, running), (times.ready, Style::Ready), (times.waiting, Style::Waiting)];
        for (time, style) in states {
            let h_px = time.0 as f32 / highest * (height_px - 2.0 * FOOT_PX);
            foot_px -= h_px;
            if h_px > 0.0 {
                pane.rects.push(left_px + column as f32 * column_px, foot_px, column_px, h_px, style);
            }
        }
    }
    pane.rects.push(0.0, height_px - 1.0, view.width_px, 1.0, Style::Separator);
    let (from, to) = view.visible();
    let (x1, x2) = (scale.x_from_time(from), scale.x_from_time(to));
    pane.rects.push(x1, 1.0, (x2 - x1).max(3.0), height_px - 3.0, Style::Selected);
    Scene { width_px: view.width_px, height_px, lanes_height_px: height_px, panes: vec![pane] }
}

/// The view of the strip: the whole run as wide as the picture, without folds. Its scale turns a drag on the strip to time.
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
        let lanes = Lanes::of(&trace, &crate::timeline::Folds::default());
        let scene = overview(&trace, &lanes, &view, 20.0);
        let rects = &scene.panes[0].rects;
        let of = |style| (0..rects.len()).filter(move |&i| rects.style[i] == style);
        assert!(of(Style::Running).all(|i| rects.x[i] >= 497.0 && rects.x[i] <= 1000.0));
        assert!(of(Style::Running).count() > 160);
        let frame = of(Style::Selected).next().unwrap();
        assert_eq!((rects.x[frame], rects.w[frame]), (200.0, 200.0));
    }
}
