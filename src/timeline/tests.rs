//! Scenes, hits and words of small runs on a unit view: one nanosecond is one pixel.

use super::*;
use crate::journal::{Journal, Kind, Line, State, Subject};
use crate::time::Time;
use crate::trace::{SpanRef, Trace};

const GUTTER_PX: f32 = 50.0;

fn unit_view() -> View {
    View {
        axis: Default::default(),
        start_ns: 0.0,
        end_ns: 100.0,
        width_px: 100.0 + GUTTER_PX,
        height_px: 110.0,
        gutter_px: GUTTER_PX,
        scroll_px: 0.0,
    }
}

fn six_px_a_letter(text: &str, _: TextStyle) -> f32 {
    6.0 * text.chars().count() as f32
}

/// A thread that alternates running and waiting, changing at these times.
pub fn changes(times: &[u64]) -> Trace {
    let mut j = Journal::new();
    let t = j.born(Time(0), Kind::Thread, "t", None, None, None);
    for (i, &at) in times.iter().enumerate() {
        let state = if i % 2 == 0 { State::Running } else { State::Waiting };
        let state = if i + 1 == times.len() { State::Done } else { state };
        j.state(Time(at), t, state, "", None, None, None);
    }
    Trace::of(&j)
}

/// Thread A runs, waits for a lock that B holds, wants the GIL, runs; B gives the lock back at 60.
fn two_threads() -> Trace {
    let mut j = Journal::new();
    let p = j.born(Time(0), Kind::Process, "main", None, None, None);
    let a = j.born(Time(0), Kind::Thread, "A", Some(p), None, None);
    let b = j.born(Time(0), Kind::Thread, "B", Some(p), None, None);
    let file = j.name("a.py");
    let line = |line| Some(Line { file, line });
    j.state(Time(0), a, State::Running, "", None, None, line(1));
    j.state(Time(30), a, State::Waiting, "lock", Some(b), None, line(2));
    j.state(Time(30), b, State::Running, "", None, None, line(7));
    j.mark(Time(45), b, "drop request", Some("by A"), None);
    let release = j.state(Time(60), b, State::Waiting, "sleep", None, None, line(8));
    let ready = j.state(Time(60), a, State::Ready, "GIL", Some(b), Some(release), None);
    j.state(Time(80), a, State::Running, "", None, Some(ready), line(2));
    j.count(Time(80), p, "jobs", 2);
    j.state(Time(90), a, State::Done, "", None, None, None);
    j.count(Time(90), p, "jobs", 1);
    j.state(Time(100), b, State::Done, "", None, None, None);
    Trace::of(&j)
}

const A: Subject = Subject(1);
const B: Subject = Subject(2);

fn scene(trace: &Trace, view: &View, highlight: &Highlight) -> Scene {
    compose(trace, &Lanes::of(trace, &Folds::default()), view, highlight, &six_px_a_letter)
}

fn pane(scene: &Scene, name: &str) -> String {
    let text = scene.text();
    let from = text.find(&format!("{name} ")).expect("the pane is there");
    let rest = &text[from..];
    let end = rest.match_indices('\n').find(|&(i, _)| !rest[i + 1..].starts_with(' ')).map_or(rest.len(), |(i, _)| i);
    rest[..end].to_string()
}

#[test]
fn a_small_run_is_drawn_like_this() {
    let lanes = pane(&scene(&two_threads(), &unit_view(), &Highlight::default()), "lanes");
    assert_eq!(lanes, include_str!("golden/two_threads.txt").trim_end(), "\n{lanes}\n");
}

#[test]
fn a_selected_span_is_framed_and_shows_who_woke_it() {
    let selected = Some(SpanRef { track: A, span: 3 });
    let lanes = pane(&scene(&two_threads(), &unit_view(), &Highlight { selected, ..Highlight::default() }), "lanes");
    assert!(lanes.contains("Selected 129 55 11×18"), "{lanes}");
    // B let go at 60 (x = 110), A runs from 80 (x = 130).
    assert!(lanes.contains("FlowIn 110,84 –> 130,64"), "{lanes}");
}

#[test]
fn the_waker_shows_whom_it_woke() {
    let selected = Some(SpanRef { track: B, span: 0 });
    let lanes = pane(&scene(&two_threads(), &unit_view(), &Highlight { selected, ..Highlight::default() }), "lanes");
    assert!(lanes.contains("FlowOut 110,84 –> 110,64"), "{lanes}");
}

#[test]
fn every_span_of_a_highlighted_line_is_framed() {
    let trace = two_threads();
    let file = trace.find_name("a.py").unwrap();
    let highlight = Highlight { line: Some(Line { file, line: 2 }), ..Highlight::default() };
    let lanes = pane(&scene(&trace, &unit_view(), &highlight), "lanes");
    assert_eq!(lanes.matches("Hovered").count(), 2, "{lanes}");
}

#[test]
fn the_cursor_shows_its_time_and_the_counters_their_values() {
    let highlight = Highlight { cursor: Some(Time(85)), ..Highlight::default() };
    let mut view = unit_view();
    view.height_px = 200.0;
    let scene = scene(&two_threads(), &view, &highlight);
    assert!(pane(&scene, "overlay").contains("Cursor 135,0 – 135,200"), "{}", scene.text());
    assert!(pane(&scene, "overlay").contains("\"85 ns\""));
    assert!(pane(&scene, "gutter").contains("Header 40 117.5 End \"2\""), "{}", scene.text());
}

#[test]
fn what_is_hit_is_what_was_drawn() {
    let trace = two_threads();
    let lanes = Lanes::of(&trace, &Folds::default());
    let view = unit_view();
    let at = |x_px, y_px| hit(&trace, &lanes, &view, x_px, y_px).target;
    assert_eq!(at(60.0, 10.0), Target::Ruler);
    assert_eq!(at(60.0, 40.0), Target::Header(GroupId { parent: Some(Subject(0)), kind: Kind::Process }));
    assert_eq!(at(60.0, 64.0), Target::Span(SpanRef { track: A, span: 0 }));
    assert_eq!(at(115.0, 64.0), Target::Span(SpanRef { track: A, span: 2 }));
    assert_eq!(at(20.0, 64.0), Target::Label);
    assert_eq!(at(97.0, 84.0), Target::Mark(0));
    assert_eq!(at(60.0, 84.0), Target::Ground);
    assert_eq!(at(135.0, 105.0), Target::Counter { counter: 0, value: Some(2) });
    assert_eq!(at(60.0, 109.0), Target::Counter { counter: 0, value: None });
    assert_eq!(at(60.0, 150.0), Target::Ground);
}

#[test]
fn narrow_spans_are_hit_together_and_counted() {
    let mut j = Journal::new();
    let t = j.born(Time(0), Kind::Thread, "t", None, None, None);
    for n in 0..1000 {
        let state = if n % 4 == 0 { State::Waiting } else { State::Running };
        j.state(Time(n), t, state, &format!("{n}"), None, None, None);
    }
    let trace = Trace::of(&j);
    let mut view = unit_view();
    view.end_ns = 1000.0;
    let lanes = Lanes::of(&trace, &Folds::default());
    let hit = hit(&trace, &lanes, &view, 100.0, 35.0);
    let Target::Merged { count, times, .. } = hit.target else { panic!("{hit:?}") };
    assert_eq!((count, times.running.0, times.waiting.0), (32, 24, 8));
    let words = Tooltip::of(&trace, &lanes, &hit).unwrap().text();
    assert_eq!(
        words,
        "thread t: 32 spans too narrow to draw alone: zoom in; from 480 ns; covers 32 ns; running 24 ns; waiting 8 ns"
    );
}

#[test]
fn merged_spans_show_each_state_by_its_share_of_the_height() {
    let mut j = Journal::new();
    let t = j.born(Time(0), Kind::Thread, "t", None, None, None);
    for n in 0..1000 {
        let state = if n % 4 == 0 { State::Waiting } else { State::Running };
        j.state(Time(n), t, state, "", None, None, None);
    }
    let mut view = unit_view();
    view.end_ns = 1000.0;
    let scene = scene(&Trace::of(&j), &view, &Highlight::default());
    let rects = &scene.panes[0].rects;
    let heights = |style| (0..rects.len()).filter(move |&i| rects.style[i] == style).map(|i| rects.h[i]);
    assert!(heights(Style::Running).all(|h| (h - 12.0).abs() <= 1.0));
    assert!(heights(Style::Waiting).all(|h| (h - 4.0).abs() <= 1.0));
    let n_rects = heights(Style::Running).count();
    assert!((1..6).contains(&n_rects), "neighbours with the same shares are one rect, not {n_rects}");
}

#[test]
fn a_tooltip_says_why_for_how_long_where_and_who_ended_it() {
    let trace = two_threads();
    let words = |span| Tooltip::of_span(&trace, SpanRef { track: A, span }).text();
    assert_eq!(words(0), "thread A: running: line 1; from 0 ns; lasted 30 ns; line a.py:1");
    assert_eq!(
        words(1),
        "thread A: waiting for a lock held by thread B; from 30 ns; lasted 30 ns; line a.py:2; \
         ended by thread B at 60 ns"
    );
    assert_eq!(
        words(2),
        "thread A: ready: wants the GIL, held by thread B; from 60 ns; lasted 20 ns; line a.py:2; \
         woken by thread B at 60 ns"
    );
}

#[test]
fn a_dragged_cursor_snaps_to_the_edges_of_the_rows_spans() {
    let trace = two_threads();
    let lanes = Lanes::of(&trace, &Folds::default());
    let view = unit_view();
    let row = lanes.row_of(A);
    assert_eq!(snap(&trace, &lanes, &view, 82.0, row, 5.0), Some(Time(30)));
    assert_eq!(snap(&trace, &lanes, &view, 77.0, row, 5.0), Some(Time(30)));
    assert_eq!(snap(&trace, &lanes, &view, 95.0, row, 5.0), None);
    assert_eq!(snap(&trace, &lanes, &view, 97.0, None, 5.0), Some(Time(45)));
}

#[test]
fn a_thousand_requests_are_one_row_of_areas() {
    let mut j = Journal::new();
    let p = j.born(Time(0), Kind::Process, "server", None, None, None);
    for n in 0..1000 {
        let request = j.born(Time(n / 20), Kind::Request, "GET /", Some(p), None, None);
        j.state(Time(n / 20), request, State::Waiting, "token", None, None, None);
    }
    for n in 1..=1000 {
        j.state(Time(50 + n / 25), Subject(n as u32), State::Done, "", None, None, None);
    }
    let scene = scene(&Trace::of(&j), &unit_view(), &Highlight::default());
    assert!(scene.n_rects() < 40, "{}", scene.n_rects());
    let areas = &scene.panes[0].areas;
    assert_eq!(areas.style, [Style::Waiting, Style::Ready, Style::RunningRequest]);
    let top = areas.points(0).map(|p| areas.y[p]).fold(f32::INFINITY, f32::min);
    let crowd_top_px = view::RULER_HEIGHT_PX + lanes::PROCESS_PX + lanes::HEADER_PX + 4.0;
    assert_eq!(top, crowd_top_px);
    assert!(areas.x.len() < 3 * 2 * 110, "{}", areas.x.len());
}

#[test]
fn rows_out_of_sight_cost_nothing() {
    let mut j = Journal::new();
    let p = j.born(Time(0), Kind::Process, "server", None, None, None);
    for n in 0..150 {
        let task = j.born(Time(0), Kind::Task, &format!("Task-{n}"), Some(p), None, None);
        j.state(Time(0), task, State::Running, "", None, None, None);
    }
    j.mark(Time(90), p, "end", None, None);
    let trace = Trace::of(&j);
    let mut folds = Folds::default();
    folds.set(&trace, GroupId { parent: Some(p), kind: Kind::Task }, Fold::Open);
    let lanes = Lanes::of(&trace, &folds);
    let mut view = unit_view();
    view.scroll(1000.0, lanes.height_px());
    let scene = compose(&trace, &lanes, &view, &Highlight::default(), &six_px_a_letter);
    assert!(scene.n_rects() < 60, "{}", scene.n_rects());
}
