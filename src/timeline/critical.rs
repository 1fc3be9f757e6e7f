//! A critical path over the lanes: a bar at the foot of every row that it takes, and a stroke where it changes rows.
//!
//! ```text
//!  main    ▔▔▔▔▔▔┐                ┌▔▔▔▔
//!  worker        └▔▔▔▔┐      ┌▔▔▔▔┘
//!  holder             └▔▔▔▔▔▔┘
//! ```

use super::compose::screen_y;
use super::draw::content_of;
use super::lanes::Lanes;
use super::scene::{Clip, Pane, Style};
use super::view::{RULER_HEIGHT_PX, View};
use crate::trace::{CriticalPath, Goal};

/// The height of a bar in a row that has room for it [CSS px].
const BAR_PX: f32 = 4.0;
/// The height of the bar of the one whose path it is [CSS px].
const GOAL_PX: f32 = 2.0;
/// The width of a stroke from row to row [CSS px].
const STROKE_PX: f32 = 1.5;
/// Steps that are narrower together are not drawn one by one [CSS px].
const LEAST_PX: f32 = 0.5;

/// The pane with a path, to be painted over the lanes. Somebody whose row is folded has the bar in the header's row. The
/// row of the one whose path it is has a thin bar all along, because others may do all of its work.
pub fn critical_path(lanes: &Lanes, view: &View, goal: Goal, path: &CriticalPath) -> Pane {
    let View { width_px, height_px, gutter_px, .. } = *view;
    let (w_px, h_px) = (width_px - gutter_px, height_px - RULER_HEIGHT_PX);
    let mut pane = Pane::new("path", Clip { x_px: gutter_px, y_px: RULER_HEIGHT_PX, w_px, h_px });
    let (from, to) = view.visible();
    let scale = view.scale();
    let x = |at| scale.x_from_time(at).clamp(gutter_px - 2.0, width_px + 2.0);
    if let Goal::Subject(subject) = goal
        && let Some(row) = lanes.row_of(subject)
    {
        let lane = &lanes.rows()[row];
        let (top_px, row_px) = content_of(lane, screen_y(view, lane));
        let (x1, x2, bar_px) = (x(path.from), x(path.to), GOAL_PX.min(row_px));
        pane.rects.push(x1, top_px + row_px - bar_px, (x2 - x1).max(1.0), bar_px, Style::Path);
    }
    let first = path.steps.partition_point(|step| step.to < from);
    // Where the bar before ended: its right end, and the middle of its height.
    let mut before: Option<(f32, f32)> = None;
    for step in path.steps[first..].iter().take_while(|step| step.from <= to) {
        let (x1, x2) = (x(step.from), x(step.to));
        if before.is_some_and(|(end_px, _)| x2 - end_px < LEAST_PX) {
            continue;
        }
        let Some(row) = lanes.row_of(step.subject) else { continue };
        let lane = &lanes.rows()[row];
        let (top_px, row_px) = content_of(lane, screen_y(view, lane));
        let bar_px = BAR_PX.min(row_px);
        let y_px = top_px + row_px - bar_px;
        let middle_px = y_px + bar_px / 2.0;
        if let Some((_, before_px)) = before.filter(|&(_, before_px)| before_px != middle_px) {
            let (top_px, foot_px) = (middle_px.min(before_px), middle_px.max(before_px));
            pane.rects.push(x1 - STROKE_PX / 2.0, top_px, STROKE_PX, foot_px - top_px, Style::Path);
        }
        pane.rects.push(x1, y_px, (x2 - x1).max(1.0), bar_px, Style::Path);
        before = Some((x2, middle_px));
    }
    pane
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Journal, Kind, State};
    use crate::time::Time;
    use crate::timeline::Folds;
    use crate::trace::Trace;

    #[test]
    fn the_path_goes_from_row_to_row_and_fills_the_run() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "p", None, None, None);
        let a = j.born(Time(0), Kind::Thread, "a", Some(p), None, None);
        let runs = j.state(Time(0), a, State::Running, "", None, None, None);
        let b = j.born(Time(100), Kind::Thread, "b", Some(p), Some(runs), None);
        j.state(Time(100), b, State::Running, "", None, None, None);
        j.state(Time(100), a, State::Waiting, "join", Some(b), None, None);
        let ends = j.state(Time(800), b, State::Done, "", None, None, None);
        j.state(Time(800), a, State::Running, "", None, Some(ends), None);
        j.state(Time(1000), a, State::Done, "", None, None, None);
        let trace = Trace::of(&j);
        let lanes = Lanes::of(&trace, &Folds::default());
        let view = View { gutter_px: 0.0, end_ns: 1000.0, ..View::fit(Time(1000), 1000.0, 300.0) };
        let pane = critical_path(&lanes, &view, Goal::Run, &CriticalPath::of(&trace, Goal::Run).unwrap());
        let bars: Vec<(f32, f32)> = (0..pane.rects.len())
            .filter(|&i| pane.rects.h[i] == BAR_PX)
            .map(|i| (pane.rects.x[i], pane.rects.w[i]))
            .collect();
        assert_eq!(bars, [(0.0, 100.0), (100.0, 700.0), (800.0, 200.0)]);
        assert_eq!(pane.rects.len(), bars.len() + 2, "one stroke for each change of rows");
    }

    #[test]
    fn a_request_that_others_serve_has_a_bar_on_its_own_row() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "p", None, None, None);
        let t = j.born(Time(0), Kind::Thread, "t", Some(p), None, None);
        let runs = j.state(Time(0), t, State::Running, "", None, None, None);
        let r = j.born(Time(100), Kind::Request, "GET /", Some(p), Some(runs), None);
        j.state(Time(100), r, State::Running, "", Some(t), Some(runs), None);
        j.state(Time(600), r, State::Done, "", None, Some(runs), None);
        j.state(Time(1000), t, State::Done, "", None, None, None);
        let trace = Trace::of(&j);
        let lanes = Lanes::of(&trace, &Folds::default());
        let view = View { gutter_px: 0.0, end_ns: 1000.0, ..View::fit(Time(1000), 1000.0, 300.0) };
        let goal = Goal::Subject(r);
        let pane = critical_path(&lanes, &view, goal, &CriticalPath::of(&trace, goal).unwrap());
        let own = (0..pane.rects.len()).find(|&i| pane.rects.h[i] == GOAL_PX).expect("its row has a bar");
        assert_eq!((pane.rects.x[own], pane.rects.w[own]), (100.0, 500.0));
    }
}
