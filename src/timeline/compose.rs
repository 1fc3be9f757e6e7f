//! From a trace, its rows and a view to the scene: ruler, labels, rows in sight, cursor, selection and wake arrows.

use serde::{Deserialize, Serialize};

use super::draw::{self, Row, content_of, fit};
use super::lanes::{Fold, HEADER_PX, Lane, LaneKind, Lanes};
use super::lod;
use super::ruler::{Ruler, Tear, ruler};
use super::scene::{Anchor, Clip, Pane, Scene, Style, TextStyle};
use super::view::{RULER_HEIGHT_PX, Scale, View};
use super::words::{amount, counted, short};
use crate::journal::{Line, Subject};
use crate::time::Time;
use crate::trace::{Flow, SpanRef, Trace};

/// What the reader points at.
#[derive(Clone, Copy, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Highlight {
    /// The instant that is looked at.
    pub cursor: Option<Time>,
    /// The selected span: framed, with arrows from who woke it and to whom it woke.
    pub selected: Option<SpanRef>,
    /// The span under the pointer.
    pub hovered: Option<SpanRef>,
    /// The selected subject's row.
    pub lane: Option<Subject>,
    /// A selected stretch of time.
    pub range: Option<(Time, Time)>,
    /// A source line: all its spans are framed.
    pub line: Option<Line>,
}

/// The scene of a view. `measure` gives the width of a text [CSS px].
pub fn compose(
    trace: &Trace,
    lanes: &Lanes,
    view: &View,
    highlight: &Highlight,
    measure: &dyn Fn(&str, TextStyle) -> f32,
) -> Scene {
    let composer = Composer::new(trace, lanes, view, highlight, measure);
    let mut panes = vec![composer.lanes()];
    panes.extend(composer.folds());
    panes.extend([composer.gutter(), composer.ruler(), composer.overlay()]);
    Scene { width_px: view.width_px, height_px: view.height_px, lanes_height_px: lanes.height_px(), panes }
}

/// The rows in sight alone, without what stands around them.
pub(super) fn lanes(
    trace: &Trace,
    lanes: &Lanes,
    view: &View,
    highlight: &Highlight,
    measure: &dyn Fn(&str, TextStyle) -> f32,
) -> Pane {
    Composer::new(trace, lanes, view, highlight, measure).lanes()
}

/// The top of a row on the screen [CSS px].
pub(super) fn screen_y(view: &View, lane: &Lane) -> f32 {
    RULER_HEIGHT_PX + lane.y_px - view.scroll_px
}

/// The cursor's time on the ruler [CSS px].
struct CursorFlag {
    x_px: f32,
    left_px: f32,
    box_px: f32,
    text: String,
    text_px: f32,
}

/// An instant to the largest power of ten that is not wider than a pixel: more digits would only flicker.
fn rounded_to_pixel(at: Time, ns_per_px: f64) -> Time {
    let mut unit = 1;
    while (unit * 10) as f64 <= ns_per_px {
        unit *= 10;
    }
    Time(at.0.saturating_add(unit / 2) / unit * unit)
}

struct Composer<'a> {
    trace: &'a Trace,
    lanes: &'a Lanes,
    view: &'a View,
    scale: Scale,
    ruler: Ruler,
    highlight: &'a Highlight,
    measure: &'a dyn Fn(&str, TextStyle) -> f32,
}

impl<'a> Composer<'a> {
    fn new(
        trace: &'a Trace,
        lanes: &'a Lanes,
        view: &'a View,
        highlight: &'a Highlight,
        measure: &'a dyn Fn(&str, TextStyle) -> f32,
    ) -> Composer<'a> {
        Composer { trace, lanes, view, scale: view.scale(), ruler: ruler(view), highlight, measure }
    }
}

impl Composer<'_> {
    /// The rows in sight.
    fn rows(&self) -> impl Iterator<Item = &Lane> {
        let top_px = self.view.scroll_px;
        let bottom_px = top_px + self.view.height_px - RULER_HEIGHT_PX;
        self.lanes.rows()[self.lanes.rows_between(top_px, bottom_px)].iter()
    }

    fn row(&self, lane: &Lane) -> Row<'_> {
        let (y_px, h_px) = content_of(lane, screen_y(self.view, lane));
        Row {
            trace: self.trace,
            scale: self.scale.clone(),
            edges_px: (self.view.gutter_px, self.view.width_px),
            visible: self.view.visible(),
            y_px,
            h_px,
            measure: self.measure,
        }
    }

    fn lanes(&self) -> Pane {
        let View { width_px, height_px, gutter_px, .. } = *self.view;
        let (top_px, w_px, h_px) = (RULER_HEIGHT_PX, width_px - gutter_px, height_px - RULER_HEIGHT_PX);
        let mut pane = Pane::new("lanes", Clip { x_px: gutter_px, y_px: top_px, w_px, h_px });
        pane.rects.push(gutter_px, top_px, w_px, h_px, Style::Background);
        for tick in &self.ruler.ticks {
            pane.rects.push(tick.x_px - 0.5, top_px, 1.0, h_px, Style::Grid);
        }
        let end_px = self.scale.x_from_time(self.trace.end()).max(gutter_px);
        if end_px < width_px {
            pane.rects.push(end_px, top_px, width_px - end_px, h_px, Style::Beyond);
        }
        if let Some((from, to)) = self.highlight.range {
            let (x1, x2) = (self.clipped_x(from), self.clipped_x(to));
            pane.rects.push(x1, top_px, x2 - x1, h_px, Style::Range);
        }
        for lane in self.rows() {
            self.lane(&mut pane, lane);
        }
        self.line_spans(&mut pane);
        self.frame(&mut pane, self.highlight.hovered, Style::Hovered);
        self.frame(&mut pane, self.highlight.selected, Style::Selected);
        self.flows(&mut pane);
        pane
    }

    fn lane(&self, pane: &mut Pane, lane: &Lane) {
        let (y_px, row) = (screen_y(self.view, lane), self.row(lane));
        let (x_px, w_px) = (self.view.gutter_px, self.view.lanes_width_px());
        self.band(pane, lane, x_px, w_px);
        match lane.kind {
            LaneKind::Header { group, .. } => {
                if let Some(process) = group.parent.filter(|_| group.kind == crate::journal::Kind::Process) {
                    row.marks(pane, process);
                }
            }
            LaneKind::Track(subject) => {
                row.spans(pane, subject, &|subject| self.lanes.accent(subject));
                if lane.height_px >= 4.0 {
                    row.marks(pane, subject);
                }
            }
            LaneKind::Counter(index) => {
                let counter = &self.trace.counters()[index as usize];
                row.counter(pane, counter, self.lanes.room_of(index, counter));
            }
            LaneKind::Crowd(group) => {
                if let Some(crowd) = self.lanes.crowd(group) {
                    row.crowd(pane, group.kind, crowd);
                }
            }
        }
        if lane.height_px >= HEADER_PX / 2.0 {
            pane.rects.push(x_px, y_px + lane.height_px - 1.0, w_px, 1.0, Style::Separator);
        }
    }

    /// The ground of a header or of the selected row.
    fn band(&self, pane: &mut Pane, lane: &Lane, x_px: f32, w_px: f32) {
        let y_px = screen_y(self.view, lane);
        if matches!(lane.kind, LaneKind::Header { .. }) {
            pane.rects.push(x_px, y_px, w_px, lane.height_px, Style::GroupHeader);
        }
        if lane.subject().is_some() && lane.subject() == self.highlight.lane {
            pane.rects.push(x_px, y_px, w_px, lane.height_px, Style::SelectedLane);
        }
    }

    fn gutter(&self) -> Pane {
        let View { height_px, gutter_px, .. } = *self.view;
        let clip = Clip { x_px: 0.0, y_px: RULER_HEIGHT_PX, w_px: gutter_px, h_px: height_px - RULER_HEIGHT_PX };
        let mut pane = Pane::new("gutter", clip);
        pane.rects.push(0.0, RULER_HEIGHT_PX, gutter_px, clip.h_px, Style::Gutter);
        for lane in self.rows() {
            self.band(&mut pane, lane, 0.0, gutter_px);
            self.label(&mut pane, lane);
            if lane.height_px >= HEADER_PX / 2.0 {
                let foot_px = screen_y(self.view, lane) + lane.height_px - 1.0;
                pane.rects.push(0.0, foot_px, gutter_px, 1.0, Style::Separator);
            }
        }
        pane.rects.push(gutter_px - 1.0, RULER_HEIGHT_PX, 1.0, clip.h_px, Style::Separator);
        pane
    }

    fn label(&self, pane: &mut Pane, lane: &Lane) {
        let y_px = screen_y(self.view, lane);
        let middle_px = y_px + lane.height_px / 2.0 - 0.5;
        let gutter_px = self.view.gutter_px;
        // Steps of the indentation shrink where the column is narrow.
        let x_px = 8.0 + f32::from(lane.depth) * (gutter_px * 0.06).min(12.0);
        if let Some(subject) = lane.subject() {
            let kind = self.trace.track(subject).kind;
            if matches!(kind, crate::journal::Kind::Thread | crate::journal::Kind::Task) {
                let (y, h) = content_of(lane, y_px);
                if lane.height_px >= HEADER_PX / 2.0 {
                    pane.rects.push(gutter_px - 5.0, y, 3.0, h, self.lanes.accent(subject));
                }
            }
        }
        // Thin rows are named where there is room: about one in twenty-four pixels.
        let is_thin = lane.height_px < HEADER_PX / 2.0;
        if is_thin && (lane.y_px / 24.0).floor() == ((lane.y_px - lane.height_px) / 24.0).floor() {
            return;
        }
        let mut put = |x: f32, y: f32, anchor, style, text: &str, room_px: f32| {
            if let Some((text, w_px)) = fit(text, style, room_px, self.measure) {
                pane.texts.push((x, y), w_px, anchor, style, text);
                return w_px;
            }
            0.0
        };
        let right_px = gutter_px - 10.0;
        match lane.kind {
            LaneKind::Header { fold, .. } => {
                let sign = if fold == Fold::Closed { "▸" } else { "▾" };
                put(x_px, middle_px, Anchor::Start, TextStyle::Dim, sign, 20.0);
                // What the lane is called comes before what it holds, where there is room for one of them.
                let room_px = gutter_px - 4.0 - x_px - 14.0;
                let w_px = put(x_px + 14.0, middle_px, Anchor::Start, TextStyle::Header, &lane.label, room_px);
                if (self.measure)(&lane.detail, TextStyle::Dim) <= room_px - w_px - 10.0 {
                    put(right_px, middle_px, Anchor::End, TextStyle::Dim, &lane.detail, 60.0);
                }
            }
            LaneKind::Counter(counter) => {
                let value = self.value_at_cursor(counter);
                let value_px = (self.measure)(&value, TextStyle::Header);
                let label_px = (self.measure)(&lane.label, TextStyle::Label);
                let room_px = right_px - x_px;
                // Beside each other, or each with a line of its own.
                let is_wide = label_px + value_px + 4.0 <= room_px;
                let line_px = if is_wide && lane.detail.is_empty() { 0.0 } else { 7.0 };
                let value_y = if is_wide { middle_px } else { middle_px + line_px };
                put(right_px, value_y, Anchor::End, TextStyle::Header, &value, right_px - 4.0);
                // Counters of one owner begin alike more often than they end alike.
                let tail = lane.label.split_once(' ').map_or(&*lane.label, |(_, tail)| tail);
                let label = if label_px <= room_px { &lane.label } else { tail };
                put(x_px, middle_px - line_px, Anchor::Start, TextStyle::Label, label, room_px);
                let rest_px = room_px - value_px - 4.0;
                put(x_px, middle_px + line_px, Anchor::Start, TextStyle::Dim, &lane.detail, rest_px);
            }
            LaneKind::Crowd(group) => {
                let counts = self.lanes.crowd(group).zip(self.highlight.cursor);
                let words = match counts.map(|(crowd, cursor)| crowd.at(cursor)) {
                    Some((running, ready, waiting)) => {
                        [format!("{running} running"), format!("{ready} ready"), format!("{waiting} waiting")]
                    }
                    None => ["running".into(), "ready".into(), "waiting".into()],
                };
                for (i, words) in words.iter().rev().enumerate() {
                    let y_px = y_px + 10.0 + 14.0 * i as f32;
                    put(x_px, y_px, Anchor::Start, TextStyle::Dim, words, right_px - x_px);
                }
            }
            LaneKind::Track(_) => {
                let style = if is_thin { TextStyle::Dim } else { TextStyle::Label };
                put(x_px, middle_px, Anchor::Start, style, &lane.label, right_px - x_px);
            }
        }
    }

    fn value_at_cursor(&self, counter: u32) -> String {
        let counter = &self.trace.counters()[counter as usize];
        let value = self.highlight.cursor.and_then(|cursor| self.trace.counter_at(counter, cursor));
        value.map_or(String::new(), |value| amount(value, counted(self.trace.text_of(counter.name)).1))
    }

    fn ruler(&self) -> Pane {
        let View { width_px, gutter_px, .. } = *self.view;
        let h_px = RULER_HEIGHT_PX;
        let mut pane = Pane::new("ruler", Clip { x_px: 0.0, y_px: 0.0, w_px: width_px, h_px });
        pane.rects.push(0.0, 0.0, width_px, h_px, Style::Ruler);
        pane.rects.push(0.0, h_px - 1.0, width_px, 1.0, Style::Separator);
        if let Some(base) = self.ruler.base {
            let text = format!("{base} …");
            let w_px = (self.measure)(&text, TextStyle::Ruler);
            pane.texts.push((gutter_px - 8.0, 14.0), w_px, Anchor::End, TextStyle::Ruler, text);
        }
        let flag = self.cursor_flag();
        let is_covered = |x_px: f32, w_px: f32| {
            flag.as_ref().is_some_and(|f| x_px < f.left_px + f.box_px && f.left_px < x_px + w_px)
        };
        let tears = self.ruler.tears();
        for tear in tears.iter().filter(|tear| tear.x_px + tear.w_px > gutter_px) {
            self.tear_on_ruler(&mut pane, tear, &is_covered);
        }
        let hits_tear =
            |x_px: f32, w_px: f32| tears.iter().any(|tear| x_px < tear.x_px + tear.w_px && tear.x_px < x_px + w_px);
        for tick in &self.ruler.ticks {
            pane.lines.push((tick.x_px, h_px - 6.0), (tick.x_px, h_px - 1.0), Style::Tick, false);
            let w_px = (self.measure)(&tick.label, TextStyle::Ruler);
            let x_px = tick.x_px + 4.0;
            // A label does not hang over the right edge, nor look out from under the cursor's time.
            if tick.x_px >= gutter_px - 0.5
                && x_px + w_px <= width_px
                && !is_covered(x_px, w_px)
                && !hits_tear(x_px, w_px)
            {
                pane.texts.push((x_px, 14.0), w_px, Anchor::Start, TextStyle::Ruler, tick.label.clone());
            }
        }
        pane
    }

    /// What is idle for long and therefore narrow: a torn strip over the lanes.
    fn folds(&self) -> Option<Pane> {
        let View { width_px, height_px, gutter_px, .. } = *self.view;
        let (w_px, h_px) = (width_px - gutter_px, height_px - RULER_HEIGHT_PX);
        let mut pane = Pane::new("folds", Clip { x_px: gutter_px, y_px: RULER_HEIGHT_PX, w_px, h_px });
        for fold in &self.ruler.folds {
            // Seen through it is what everybody waits for meanwhile.
            pane.rects.push(fold.x_px, RULER_HEIGHT_PX, fold.w_px, h_px, Style::Fold);
        }
        for tear in self.ruler.tears() {
            for x_px in [tear.x_px, tear.x_px + tear.w_px] {
                pane.lines.push((x_px, RULER_HEIGHT_PX), (x_px, height_px), Style::Tick, false);
            }
        }
        (!self.ruler.folds.is_empty()).then_some(pane)
    }

    /// A tear's zig-zag, and how much time is folded there where there is room.
    fn tear_on_ruler(&self, pane: &mut Pane, tear: &Tear, is_covered: &dyn Fn(f32, f32) -> bool) {
        let (foot_px, middle_px) = (RULER_HEIGHT_PX - 1.0, tear.x_px + tear.w_px / 2.0);
        pane.rects.push(tear.x_px, 0.0, tear.w_px, RULER_HEIGHT_PX - 1.0, Style::Beyond);
        let n_teeth = (tear.w_px / 6.0).clamp(1.0, 40.0).round();
        let tooth_px = tear.w_px / n_teeth;
        for tooth in 0..n_teeth as u32 {
            let x_px = tear.x_px + tooth as f32 * tooth_px;
            let peak = (x_px + tooth_px / 2.0, foot_px - 6.0);
            pane.lines.push((x_px, foot_px), peak, Style::Mark, false);
            pane.lines.push(peak, (x_px + tooth_px, foot_px), Style::Mark, false);
        }
        let text = short(tear.idle);
        let w_px = (self.measure)(&text, TextStyle::Dim);
        let x_px = middle_px - w_px / 2.0;
        if w_px <= tear.w_px - 2.0 && x_px >= self.view.gutter_px && !is_covered(x_px, w_px) {
            pane.texts.push((middle_px, 12.0), w_px, Anchor::Middle, TextStyle::Dim, text);
        }
    }

    fn overlay(&self) -> Pane {
        let View { width_px, height_px, gutter_px, .. } = *self.view;
        let w_px = width_px - gutter_px;
        let mut pane = Pane::new("overlay", Clip { x_px: gutter_px, y_px: 0.0, w_px, h_px: height_px });
        if let Some(CursorFlag { x_px, left_px, box_px, text, text_px }) = self.cursor_flag() {
            pane.lines.push((x_px, 0.0), (x_px, height_px), Style::Cursor, false);
            pane.rects.push(left_px, 4.0, box_px, 19.0, Style::Cursor);
            pane.texts.push((left_px + box_px / 2.0, 14.0), text_px, Anchor::Middle, TextStyle::Cursor, text);
        }
        pane
    }

    /// Where the cursor's time stands on the ruler, while the cursor is in sight.
    fn cursor_flag(&self) -> Option<CursorFlag> {
        let View { width_px, gutter_px, .. } = *self.view;
        let cursor = self.highlight.cursor?;
        let x_px = self.scale.x_from_time(cursor);
        if x_px < gutter_px - 0.5 || x_px > width_px + 0.5 {
            return None;
        }
        let text = rounded_to_pixel(cursor, self.scale.ns_per_px).to_string();
        let text_px = (self.measure)(&text, TextStyle::Cursor);
        let box_px = text_px + 12.0;
        let left_px = (x_px - box_px / 2.0).clamp(gutter_px, (width_px - box_px).max(gutter_px));
        Some(CursorFlag { x_px, left_px, box_px, text, text_px })
    }

    /// A frame around a span, at least wide enough to be seen.
    fn frame(&self, pane: &mut Pane, place: Option<SpanRef>, style: Style) {
        let Some(place) = place else { return };
        let Some(row) = self.lanes.row_of(place.track) else { return };
        let (lane, span) = (&self.lanes.rows()[row], self.trace.span(place));
        let (y_px, h_px) = content_of(lane, screen_y(self.view, lane));
        let (x1, x2) = (self.clipped_x(span.start), self.clipped_x(span.end));
        if lane.subject() == Some(place.track) {
            pane.rects.push(x1 - 1.0, y_px - 1.0, (x2 - x1).max(2.0) + 1.0, h_px + 2.0, style);
        }
    }

    /// Frames around the spans of the highlighted line; one a pixel and row.
    fn line_spans(&self, pane: &mut Pane) {
        let Some(line) = self.highlight.line else { return };
        let (from, to) = self.view.visible();
        for track in self.rows().filter_map(|lane| lane.subject()) {
            let spans = &self.trace.track(track).spans;
            let (first, last) = (spans.first_ending_after(from), spans.starts().partition_point(|&start| start <= to));
            let mut done_px = None;
            for i in (first..last).filter(|&i| spans.line(i) == Some(line)) {
                let place = SpanRef { track, span: i as u32 };
                let x = self.scale.x_from_time(self.trace.span(place).end).floor() as i64;
                if done_px.replace(x) != Some(x) {
                    self.frame(pane, Some(place), Style::Hovered);
                }
            }
        }
    }

    /// Who woke the selected span, and whom it woke.
    fn flows(&self, pane: &mut Pane) {
        let Some(place) = self.highlight.selected else { return };
        // The waker of a ready span led to the running span after it, so both show the same arrow; a wait shows who
        // ended it.
        let span = self.trace.span(place);
        let (waker, to_at) = match span.state {
            crate::journal::State::Waiting => (self.trace.waker_at_end(place), span.end),
            _ => (self.trace.waker(place), span.start),
        };
        if let Some(waker) = waker {
            self.arrow(pane, (waker.subject, waker.at), (place.track, to_at), Style::FlowIn);
        }
        let woken: Vec<&Flow> = self.trace.woken_by(place).take(lod::MIN_SPAN_PX as usize * 64).collect();
        for flow in woken {
            self.arrow(pane, (flow.from, flow.from_at), (flow.to, flow.to_at), Style::FlowOut);
        }
    }

    fn arrow(&self, pane: &mut Pane, from: (Subject, Time), to: (Subject, Time), style: Style) {
        let point = |(subject, at): (Subject, Time)| {
            let lane = &self.lanes.rows()[self.lanes.row_of(subject)?];
            let (y_px, h_px) = content_of(lane, screen_y(self.view, lane));
            Some((self.clipped_x(at), y_px + h_px / 2.0))
        };
        if let (Some(from), Some(to)) = (point(from), point(to)) {
            pane.lines.push(from, to, style, true);
        }
    }

    fn clipped_x(&self, at: Time) -> f32 {
        let View { width_px, gutter_px, .. } = *self.view;
        self.scale.x_from_time(at).clamp(gutter_px - 20.0, width_px + 20.0)
    }
}

/// The style in which a mark of this name is drawn, for legends.
pub fn style_of_mark(name: &str) -> Style {
    draw::mark_style(name)
}
