//! What one row shows: spans, marks, a counter's steps, a crowd's areas.

use super::lanes::{Lane, LaneKind};
use super::lod::{self, Item, Placed};
use super::scene::{Anchor, Pane, Pattern, Style, TextStyle};
use super::view::Scale;
use super::words::{amount, counted};
use crate::journal::{Kind, State, Subject};
use crate::time::Time;
use crate::trace::{Counter, Crowd, Span, SpanRef, StateTimes, Tint, Trace};

/// Rows lower than this have no texts and no margins [CSS px].
const THIN_ROW_PX: f32 = 12.0;

/// Height of the label of a counter's highest value [CSS px].
const PEAK_LABEL_PX: f32 = 13.0;
/// Marks of a style nearer than this are one stroke [CSS px].
const MARK_GAP_PX: f32 = 2.0;

/// Rows lower than this show of merged spans only the state with the most time [CSS px].
const SHARED_ROW_PX: f32 = 6.0;

/// How spans look that are drawn together with their neighbours.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Look {
    /// A rect of its own, with its words.
    Span,
    /// One style over the whole height.
    Plain(Style),
    /// Running, ready and waiting above each other, so high [CSS px].
    Shares([f32; 3]),
}

/// A stretch of neighbours that look the same.
struct Joined {
    x1: f32,
    x2: f32,
    look: Look,
}

/// What drawing a row needs to know.
pub(super) struct Row<'a> {
    pub trace: &'a Trace,
    pub scale: Scale,
    /// Left and right edge of what is seen [CSS px].
    pub edges_px: (f32, f32),
    /// First and last instant that is seen.
    pub visible: (Time, Time),
    /// Top and height of the row's content on the screen [CSS px].
    pub y_px: f32,
    pub h_px: f32,
    pub measure: &'a dyn Fn(&str, TextStyle) -> f32,
}

/// The top and height of what is drawn in a row whose top is at `y_px`.
pub(super) fn content_of(lane: &Lane, y_px: f32) -> (f32, f32) {
    match lane.kind {
        LaneKind::Counter(_) | LaneKind::Crowd(_) => (y_px + 4.0, lane.height_px - 7.0),
        _ if lane.height_px >= THIN_ROW_PX => (y_px + 2.0, lane.height_px - 4.0),
        _ if lane.height_px >= 4.0 => (y_px, lane.height_px - 1.0),
        _ => (y_px, lane.height_px),
    }
}

/// How a span of a subject of this kind is drawn.
pub(super) fn style_of(kind: Kind, state: State) -> Style {
    match (kind, state) {
        (Kind::Gil | Kind::Lock, State::Running) => Style::GilHeld,
        (Kind::Gil | Kind::Lock, _) => Style::GilFree,
        (Kind::Core, State::Running) => Style::CoreBusy,
        (Kind::Core, _) => Style::GilFree,
        (_, State::Ready) => Style::Ready,
        (_, State::Waiting | State::Done) => Style::Waiting,
        (Kind::Task | Kind::Loop, State::Running) => Style::RunningTask,
        (Kind::Request, State::Running) => Style::RunningRequest,
        (_, State::Running) => Style::Running,
    }
}

/// How a span is drawn whose recording says how.
fn style_of_tint(tint: Tint) -> Style {
    match tint {
        Tint::Running => Style::Running,
        Tint::Ready => Style::Ready,
        Tint::Waiting => Style::Waiting,
        Tint::Lane(n) => Style::Accent(n % Style::N_ACCENTS),
    }
}

/// How a mark is drawn, told by its name.
pub(super) fn mark_style(name: &str) -> Style {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if name == "pass" {
        Style::LoopPass
    } else if has(&["drop request", "forced switch"]) {
        Style::GilRequest
    } else if has(&["cancel", "timeout", "exception", "error", "killed", "lost", "deadlock", "never awaited"]) {
        Style::InstantAlert
    } else {
        Style::Instant
    }
}

impl Row<'_> {
    /// The spans of a subject, and the holder's colour under those of a GIL.
    pub fn spans(&self, pane: &mut Pane, subject: Subject, accent: &dyn Fn(Subject) -> Style) {
        let track = self.trace.track(subject);
        let (from, to) = self.visible;
        let mut items = Vec::new();
        lod::fold(&track.spans, &self.scale, from, to, self.trace.end(), &mut items);
        let mut joined: Option<Joined> = None;
        let mut before: Option<(Style, Time)> = None;
        for placed in &items {
            let (x1, x2) = self.x_range(placed);
            let (style, times) = match placed.item {
                Item::Span(i) => {
                    let tint = self.trace.said_of(SpanRef { track: subject, span: i as u32 }).tint;
                    (tint.map_or_else(|| style_of(track.kind, track.spans.states()[i]), style_of_tint), None)
                }
                Item::Merged { times, .. } => (style_of(track.kind, times.dominant()), Some(times)),
            };
            let joins = before.replace((style, placed.end)) == Some((style, placed.start));
            let is_narrow = x2 - x1 < lod::MIN_SPAN_PX as f32;
            let look = match (placed.item, times) {
                // On a row of a few pixels shares could not be read: the state with the most time stands for all.
                (_, Some(times)) if times.total() != only(&times) && self.h_px >= SHARED_ROW_PX => {
                    Look::Shares(self.shares(&times))
                }
                (_, Some(_)) => Look::Plain(style),
                (Item::Span(_), None) if is_narrow => Look::Plain(style),
                _ => Look::Span,
            };
            // Neighbours that look the same are one rect.
            match &mut joined {
                Some(Joined { x2: end, look: same, .. }) if *same == look && x1 - *end < 1.0 => *end = x2,
                _ => {
                    self.flush(pane, track.kind, joined.take());
                    joined = (look != Look::Span).then_some(Joined { x1, x2, look });
                }
            }
            if let Item::Span(i) = placed.item
                && look == Look::Span
            {
                let span = track.spans.at(i, self.trace.end());
                // A hair of ground between neighbours shows where one ends.
                pane.rects.push(x1, self.y_px, x2 - x1 - 0.75, self.h_px, style);
                if let (Kind::Gil, State::Running, Some(on)) = (track.kind, span.state, span.on) {
                    pane.rects.push(x1, self.y_px + self.h_px - 3.0, x2 - x1 - 0.75, 3.0, accent(on));
                }
                if joins && x1 > self.edges_px.0 {
                    pane.rects.push(x1 - 0.75, self.y_px, 0.75, self.h_px, Style::Edge);
                }
                self.span_text(pane, track.kind, &span, style, x1, x2);
            }
        }
        self.flush(pane, track.kind, joined);
    }

    fn flush(&self, pane: &mut Pane, kind: Kind, joined: Option<Joined>) {
        let Some(Joined { x1, x2, look }) = joined else { return };
        let w_px = (x2 - x1).max(1.0);
        match look {
            Look::Plain(style) => pane.rects.push(x1, self.y_px, w_px, self.h_px, style),
            Look::Shares(heights_px) => {
                let mut foot_px = self.y_px + self.h_px;
                for (state, h_px) in [State::Running, State::Ready, State::Waiting].into_iter().zip(heights_px) {
                    foot_px -= h_px;
                    if h_px > 0.0 {
                        pane.rects.push(x1, foot_px, w_px, h_px, style_of(kind, state));
                    }
                }
            }
            Look::Span => {}
        }
    }

    /// The heights of running, ready and waiting in merged spans: each state's share of the time, running at the foot.
    fn shares(&self, times: &StateTimes) -> [f32; 3] {
        let total = times.total().0.max(1) as f32;
        let mut room_px = self.h_px;
        [times.running, times.ready, times.waiting].map(|time| {
            if time.0 == 0 {
                return 0.0;
            }
            // Whole pixels let neighbours be joined; what took any time is at least that high.
            let h_px = (time.0 as f32 / total * self.h_px).round().max(1.0).min(room_px);
            room_px -= h_px;
            h_px
        })
    }

    /// Clipped to a little outside the edges, so that a painter never sees huge numbers.
    fn x_range(&self, placed: &Placed) -> (f32, f32) {
        let (left_px, right_px) = self.edges_px;
        let clip = |x: f32| x.clamp(left_px - 2.0, right_px + 2.0);
        (clip(self.scale.x_from_time(placed.start)), clip(self.scale.x_from_time(placed.end)))
    }

    /// What a span is about, where there is room.
    fn span_text(&self, pane: &mut Pane, kind: Kind, span: &Span, style: Style, x1: f32, x2: f32) {
        if self.h_px < THIN_ROW_PX {
            return;
        }
        let style = match style.pattern() {
            Pattern::Hatched => TextStyle::OnReady,
            Pattern::Dotted => TextStyle::OnWaiting,
            Pattern::Solid | Pattern::Outline => TextStyle::OnRunning,
        };
        let text = span_words(self.trace, kind, span);
        let left_px = x1.max(self.edges_px.0) + 5.0;
        let room_px = x2.min(self.edges_px.1) - left_px - 4.0;
        if let Some((text, w_px)) = fit(&text, style, room_px, self.measure) {
            pane.texts.push((left_px, self.y_px + self.h_px / 2.0), w_px, Anchor::Start, style, text);
        }
    }

    /// The marks of a subject: a stroke each, one of a style within the least gap, the ones to notice with a head.
    pub fn marks(&self, pane: &mut Pane, subject: Subject) {
        let (from, to) = self.visible;
        let marks = self.trace.instants_of(subject, from, Time(to.0.saturating_add(1)));
        let (top, foot) = (self.y_px, self.y_px + self.h_px);
        let mut last_bin = std::collections::BTreeMap::new();
        for &mark in marks {
            let mark = self.trace.instant(mark);
            let style = mark_style(self.trace.text_of(mark.name));
            let x = self.scale.x_from_time(mark.at);
            let bin = (x / MARK_GAP_PX).floor() as i64;
            if last_bin.insert(style, bin) == Some(bin) {
                continue;
            }
            match style {
                Style::LoopPass => pane.lines.push((x, foot - self.h_px * 0.4), (x, foot), style, false),
                Style::GilRequest => pane.rects.push(x - 1.0, top, 2.0, self.h_px * 0.4, style),
                Style::InstantAlert if self.h_px >= THIN_ROW_PX => {
                    pane.lines.push((x, top), (x, foot), style, false);
                    pane.rects.push(x - 2.5, top - 1.0, 5.0, 5.0, style);
                }
                _ => pane.lines.push((x, top), (x, foot), style, false),
            }
        }
    }

    /// A counter: its steps over its foot, the highest value as a number. The row has room for these values.
    pub fn counter(&self, pane: &mut Pane, counter: &Counter, (lowest, highest): (i64, i64)) {
        let (low, high) = (lowest as f32, highest as f32);
        let foot_px = self.y_px + self.h_px;
        let y_of = |value: f32| foot_px - (value - low) / (high - low).max(1.0) * self.h_px;
        pane.lines.push((self.edges_px.0, y_of(high)), (self.edges_px.1, y_of(high)), Style::CounterPeak, false);
        pane.areas.begin(y_of(0.0), Style::CounterFill, Some(Style::CounterLine));
        let value = |i: usize| counter.values[i] as f32;
        // Two changes in a pixel: the one farther from zero is what a reader must not miss.
        self.steps(pane, &counter.times, &|i| y_of(value(i)), &|range| {
            let farthest = range.max_by(|&a, &b| value(a).abs().total_cmp(&value(b).abs()));
            farthest.map_or(y_of(0.0), |i| y_of(value(i)))
        });
        let text = amount(highest, counted(self.trace.text_of(counter.name)).1);
        let w_px = (self.measure)(&text, TextStyle::Peak);
        // The label goes where the counter stays below it, or does not change: at an end, else in the middle.
        let (left_px, right_px) = self.edges_px;
        let ends = [right_px - 4.0, left_px + 4.0 + w_px, (left_px + right_px + w_px) / 2.0];
        let is_free = |&end_px: &f32| {
            let time = |x_px: f32| self.scale.time_from_x(x_px);
            let (mean, highest) = counter.between(time(end_px - w_px - 2.0), time(end_px + 2.0));
            y_of(highest as f32) > y_of(high) + PEAK_LABEL_PX || mean == highest as f64
        };
        let end_px = ends.into_iter().find(is_free).unwrap_or(ends[0]);
        pane.texts.push((end_px, y_of(high) + 7.0), w_px, Anchor::End, TextStyle::Peak, text);
    }

    /// A crowd: how many run, are ready and wait, on top of each other, running at the foot.
    pub fn crowd(&self, pane: &mut Pane, kind: Kind, crowd: &Crowd) {
        let foot_px = self.y_px + self.h_px;
        let peak = crowd.peak.max(1) as f32;
        let y_of = |count: f32| foot_px - count / peak * self.h_px;
        let layers: [(State, &dyn Fn(usize) -> u32); 3] = [
            (State::Waiting, &|i| crowd.running[i] + crowd.ready[i] + crowd.waiting[i]),
            (State::Ready, &|i| crowd.running[i] + crowd.ready[i]),
            (State::Running, &|i| crowd.running[i]),
        ];
        for (state, count) in layers {
            pane.areas.begin(foot_px, style_of(kind, state), None);
            self.steps(pane, &crowd.times, &|i| y_of(count(i) as f32), &|range| {
                let n = range.len().max(1) as f32;
                y_of(range.map(|i| count(i) as f32).sum::<f32>() / n)
            });
        }
        let text = format!("{} at most", crowd.peak);
        let w_px = (self.measure)(&text, TextStyle::Peak);
        pane.texts.push((self.edges_px.1 - 4.0, self.y_px + 7.0), w_px, Anchor::End, TextStyle::Peak, text);
    }

    /// The corners of a step function; changes within one pixel become one step at a height that `many` chooses.
    fn steps(
        &self,
        pane: &mut Pane,
        times: &[Time],
        one: &dyn Fn(usize) -> f32,
        many: &dyn Fn(std::ops::Range<usize>) -> f32,
    ) {
        let (from, to) = self.visible;
        let (left_px, right_px) = self.edges_px;
        let end_px = self.scale.x_from_time(self.trace.end()).min(right_px);
        let mut i = times.partition_point(|&t| t <= from).saturating_sub(1);
        let mut y: Option<f32> = None;
        while i < times.len() && times[i] <= to {
            let x = self.scale.x_from_time(times[i]);
            let next_pixel = self.scale.time_from_x(x.floor() + 1.0);
            let last = (i + 1).max(i + times[i..].partition_point(|&t| t < next_pixel));
            let here = if last - i == 1 { one(i) } else { many(i..last) };
            let x = x.max(left_px);
            if let Some(before) = y {
                pane.areas.point(x, before);
            }
            pane.areas.point(x, here);
            // After a crowded pixel the function goes on with its last value.
            let after = one(last - 1);
            if last - i > 1 && after != here {
                pane.areas.point(x + 1.0, here);
                pane.areas.point(x + 1.0, after);
            }
            y = Some(after);
            i = last;
        }
        if let Some(y) = y {
            pane.areas.point(end_px.max(left_px), y);
        }
    }
}

/// All the time of the state that took any, where only one did; else less than the total.
fn only(times: &StateTimes) -> crate::time::Duration {
    times.running.max(times.ready).max(times.waiting)
}

/// What is written inside a span.
pub(super) fn span_words(trace: &Trace, kind: Kind, span: &Span) -> String {
    let reason = trace.text_of(span.reason);
    match (kind, span.state, span.on) {
        (Kind::Gil | Kind::Lock | Kind::Core, State::Running, Some(on)) => trace.name_of(on).to_string(),
        (Kind::Gil, State::Waiting, _) => String::new(),
        (_, State::Running, _) if reason.is_empty() => {
            span.line.map_or(String::new(), |line| format!("line {}", line.line))
        }
        _ => reason.to_string(),
    }
}

/// As much of a text as there is room for, with `…` where it was cut; nothing below three letters. A number at its end
/// stays: it is what tells workers and tasks apart.
pub(super) fn fit(
    text: &str,
    style: TextStyle,
    room_px: f32,
    measure: &dyn Fn(&str, TextStyle) -> f32,
) -> Option<(String, f32)> {
    if text.is_empty() || room_px < 8.0 {
        return None;
    }
    let w_px = measure(text, style);
    if w_px <= room_px {
        return Some((text.to_string(), w_px));
    }
    let n_chars = text.chars().count();
    let guess = (n_chars as f32 * room_px / w_px) as usize;
    let number = &text[text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    [number, ""].into_iter().find_map(|tail| {
        let most = guess.min(n_chars).saturating_sub(tail.len());
        (3..=most).rev().find_map(|n| {
            let cut = text.chars().take(n).chain(['…']).chain(tail.chars()).collect::<String>();
            let w_px = measure(&cut, style);
            (w_px <= room_px).then_some((cut, w_px))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn five_px_a_letter(text: &str, _: TextStyle) -> f32 {
        5.0 * text.chars().count() as f32
    }

    #[test]
    fn a_text_is_cut_to_its_room_and_left_out_below_three_letters() {
        let fitted = |room_px| fit("ready queue", TextStyle::OnReady, room_px, &five_px_a_letter).map(|(text, _)| text);
        assert_eq!(fitted(55.0).as_deref(), Some("ready queue"));
        assert_eq!(fitted(54.0).as_deref(), Some("ready que…"));
        assert_eq!(fitted(20.0).as_deref(), Some("rea…"));
        assert_eq!(fitted(19.0), None);
    }

    #[test]
    fn a_number_at_the_end_stays_where_there_is_room_for_three_letters_before_it() {
        let fitted = |room_px| fit("worker 12", TextStyle::Label, room_px, &five_px_a_letter).map(|(text, _)| text);
        assert_eq!(fitted(40.0).as_deref(), Some("worke…12"));
        assert_eq!(fitted(30.0).as_deref(), Some("wor…12"));
        assert_eq!(fitted(29.0).as_deref(), Some("work…"));
    }

    #[test]
    fn marks_are_told_apart_by_name() {
        assert_eq!(mark_style("drop request"), Style::GilRequest);
        assert_eq!(mark_style("cancelled"), Style::InstantAlert);
        assert_eq!(mark_style("pass"), Style::LoopPass);
        assert_eq!(mark_style("prefetch"), Style::Instant);
    }
}
