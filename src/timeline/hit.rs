//! What is under the pointer.

use super::compose::screen_y;
use super::draw::content_of;
use super::lanes::{GroupId, LaneKind, Lanes};
use super::lod::{self, Item};
use super::view::{RULER_HEIGHT_PX, View};
use crate::journal::Subject;
use crate::time::Time;
use crate::trace::{SpanRef, StateTimes, Trace};

/// How far from a mark the pointer may be [CSS px].
const MARK_REACH_PX: f32 = 4.0;

/// A place in the picture.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hit {
    /// The instant at that place.
    pub at: Time,
    /// The row, an index into [`Lanes::rows`].
    pub row: Option<usize>,
    /// What is there.
    pub target: Target,
}

/// What is at a place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Target {
    /// Nothing but the ground.
    Ground,
    /// The ruler.
    Ruler,
    /// The label of a row.
    Label,
    /// The header of a group.
    Header(GroupId),
    /// A span that is drawn alone.
    Span(SpanRef),
    /// Spans that are drawn together.
    Merged {
        /// The first of them.
        first: SpanRef,
        /// How many.
        count: u32,
        /// From the first one's start.
        start: Time,
        /// To the last one's end.
        end: Time,
        /// How long they were in each state together.
        times: StateTimes,
    },
    /// A mark, by its number in the trace.
    Mark(u32),
    /// A counter and its value there.
    Counter {
        /// Its index in the trace.
        counter: u32,
        /// Its value, once it has one.
        value: Option<i64>,
    },
    /// A crowd: how many run, are ready, wait.
    Crowd {
        /// Which group.
        group: GroupId,
        /// How many run.
        running: u32,
        /// How many are ready.
        ready: u32,
        /// How many wait.
        waiting: u32,
    },
}

/// What is at a point of the picture [CSS px].
pub fn hit(trace: &Trace, lanes: &Lanes, view: &View, x_px: f32, y_px: f32) -> Hit {
    let at = view.scale().time_from_x(x_px.max(view.gutter_px));
    if y_px < RULER_HEIGHT_PX {
        return Hit { at, row: None, target: Target::Ruler };
    }
    let row = lanes.row_at(y_px - RULER_HEIGHT_PX + view.scroll_px);
    let Some(lane) = row.map(|row| &lanes.rows()[row]) else { return Hit { at, row: None, target: Target::Ground } };
    let in_gutter = x_px < view.gutter_px;
    let target = match lane.kind {
        LaneKind::Header { group, .. } => Target::Header(group),
        _ if in_gutter => Target::Label,
        LaneKind::Track(subject) => {
            let (top_px, h_px) = content_of(lane, screen_y(view, lane));
            let on_content = y_px >= top_px - 1.0 && y_px <= top_px + h_px + 1.0;
            if on_content { on_track(trace, view, subject, at, x_px) } else { Target::Ground }
        }
        LaneKind::Counter(counter) => {
            Target::Counter { counter, value: trace.counter_at(&trace.counters()[counter as usize], at) }
        }
        LaneKind::Crowd(group) => {
            let (running, ready, waiting) = lanes.crowd(group).map_or((0, 0, 0), |c| c.at(at));
            Target::Crowd { group, running, ready, waiting }
        }
    };
    Hit { at, row, target }
}

fn on_track(trace: &Trace, view: &View, subject: Subject, at: Time, x_px: f32) -> Target {
    let scale = view.scale();
    let (from, to) = (scale.time_from_x(x_px - MARK_REACH_PX), scale.time_from_x(x_px + MARK_REACH_PX));
    let marks = trace.instants_of(subject, from, to);
    // Turns of a loop are everywhere; what lies under them is more interesting.
    let notable = marks.iter().filter(|&&mark| trace.text_of(trace.instant(mark).name) != "pass");
    let nearest = notable.min_by_key(|&&mark| trace.instant(mark).at.0.abs_diff(at.0));
    if let Some(&mark) = nearest {
        return Target::Mark(mark);
    }
    match lod::item_at(&trace.track(subject).spans, &scale, at, trace.end()) {
        None => Target::Ground,
        Some(placed) => match placed.item {
            Item::Span(span) => Target::Span(SpanRef { track: subject, span: span as u32 }),
            Item::Merged { first, last, times } => Target::Merged {
                first: SpanRef { track: subject, span: first as u32 },
                count: (last - first) as u32,
                start: placed.start,
                end: placed.end,
                times,
            },
        },
    }
}

/// The edge of a span of a row nearest to a place, if one is within `reach_px`: what a dragged cursor snaps to.
pub fn snap(trace: &Trace, lanes: &Lanes, view: &View, x_px: f32, row: Option<usize>, reach_px: f32) -> Option<Time> {
    let scale = view.scale();
    let at = scale.time_from_x(x_px);
    let subject = row.and_then(|row| lanes.rows()[row].subject());
    let candidates = match subject {
        Some(subject) => {
            let span = trace.span_at(subject, at).map(|place| trace.span(place));
            let next = trace.next_span(subject, at).map(|place| trace.span(place).start);
            [span.map(|s| s.start), span.map(|s| s.end), next]
        }
        None => [trace.previous_event(at), trace.next_event(at), trace.previous_event(Time(at.0 + 1))],
    };
    let near = candidates.into_iter().flatten().min_by_key(|edge| edge.0.abs_diff(at.0))?;
    ((scale.x_from_time(near) - x_px).abs() <= reach_px).then_some(near)
}
