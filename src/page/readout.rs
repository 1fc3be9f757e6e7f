//! The picture in words: the summary, the clock, what is said at the cursor, and the tables of lanes and events.
//!
//! The tables hold what the canvas shows, for those who do not see it, and for tests.

use web_sys::HtmlElement;

use super::dom::{self, append, make, make_text};
use super::source::{Mark, state_class};
use super::words::{digits, instant, percent, short};
use crate::journal::{EntryId, Journal, Kind, Line, State, Subject};
use crate::order;
use crate::time::{Duration, Time};
use crate::timeline::{Lanes, Style, Tooltip, event_words, sentence};
use crate::trace::{Metrics, SpanRef, Trace};

/// At most so many lanes are listed.
const MOST_LANES: usize = 200;
/// So many events are listed before and after the cursor.
const EVENTS_AROUND: usize = 24;

/// Shows the summary of a run, in the elements of the run before where there are any, and that of the run that it is
/// compared with.
pub fn show_numbers(list: &HtmlElement, trace: &Trace, metrics: &Metrics, other: Option<&Metrics>) {
    let others = other.map(numbers);
    let numbers = numbers(metrics);
    if list.child_element_count() == 0 {
        for (name, ..) in &numbers {
            let item = make("div", "");
            dom::set(&item, "data-metric", name);
            append(&item, &make_text("dt", "", name));
            append(&item, &make("dd", ""));
            append(list, &item);
        }
    }
    let items = list.children();
    for (i, (_, value, more, title)) in (0..).zip(&numbers) {
        let Some(item) = items.item(i) else { continue };
        dom::set(&item, "title", title);
        let exactly = |time: Option<Duration>| {
            let time = time.filter(|time| time.0 > 0)?;
            trace.slowest(metrics.work, (Time::ZERO, trace.end()), time, Duration(time.0 + 1))
        };
        let shown_at = match numbers[i as usize].0 {
            "loop lag" => metrics.loop_lag_at,
            "p50" => exactly(metrics.p50),
            "p99" => exactly(metrics.p99),
            _ => None,
        };
        let Some(number) = item.last_element_child() else { continue };
        let go = shown_at.map_or(String::new(), |(subject, at)| format!("{},{}", subject.0, at.0));
        let was = others.as_ref().map_or("", |others| others[i as usize].1.as_str());
        let all = format!("{value} {more} {was} {go}");
        if number.get_attribute("data-value").as_deref() != Some(&all) {
            dom::set(&number, "data-value", &all);
            number.set_text_content(None);
            let value = make_text(if go.is_empty() { "span" } else { "button" }, "", value);
            if !go.is_empty() {
                dom::set(&value, "type", "button");
                dom::set(&value, "data-go", &go);
            }
            number.append_child(&value).expect("the number takes its value");
            for (class, text) in [("", more.as_str()), ("was", was)] {
                if !text.is_empty() {
                    number.append_child(&make_text("small", class, text)).expect("the number takes more");
                }
            }
        }
    }
}

/// The numbers of a summary: what it is called, its value, a little more, and what it means.
fn numbers(metrics: &Metrics) -> [(&'static str, String, String, String); 7] {
    let work = if metrics.work == Kind::Request { "requests" } else { "tasks" };
    let latency = |value: Option<Duration>| value.map_or_else(|| "–".into(), short);
    let n_work = if metrics.n_work == 0 { String::new() } else { format!("{} {work}", metrics.n_ended) };
    let throughput = metrics.throughput.map_or_else(|| "–".into(), |n| format!("{}/s", digits(n)));
    let cores = digits((metrics.cores_used * 100.0).round() / 100.0);
    [
        ("total", short(metrics.total), String::new(), "Virtual time from the start to the end of the run".into()),
        ("throughput", throughput, n_work, format!("{work} that ended, per second of virtual time")),
        ("p50", latency(metrics.p50), String::new(), format!("Half of the {work} took no longer")),
        ("p99", latency(metrics.p99), String::new(), format!("99 % of the {work} took no longer")),
        (
            "GIL wait",
            short(metrics.gil_wait),
            percent(metrics.gil_wait_share),
            "Time that threads were ready and only lacked the GIL, summed; and its share in their busy time".into(),
        ),
        (
            "loop lag",
            latency(metrics.loop_lag),
            String::new(),
            "The longest time in which an event loop could not attend to anything else".into(),
        ),
        (
            "cores used",
            cores,
            metrics.n_cores.map_or_else(String::new, |n| format!("of {n}")),
            "Cores that had work, on average".into(),
        ),
    ]
}

/// Where everybody stands at an instant, as marks for the source. `line_of` maps a line of a file to the text.
pub fn marks(trace: &Trace, lanes: &Lanes, at: Time, line_of: impl Fn(Line) -> Option<u32>) -> Vec<Mark> {
    let mut by_line: std::collections::BTreeMap<u32, Vec<(State, Subject)>> = Default::default();
    let current = trace.current_lines(at);
    // A thread that runs an event loop shares its line with the task that it runs: the task is the better name.
    let is_host = |subject: Subject, line: Line| {
        trace.track(subject).kind == Kind::Thread
            && current.iter().any(|other| {
                other.line == line
                    && other.state == State::Running
                    && trace.track(other.subject).kind == Kind::Task
                    && trace.ancestor(other.subject, Kind::Thread) == Some(subject)
            })
    };
    for here in &current {
        if let Some(line) = line_of(here.line).filter(|_| !is_host(here.subject, here.line)) {
            by_line.entry(line).or_default().push((here.state, here.subject));
        }
    }
    let mark = |(line, mut standing): (u32, Vec<(State, Subject)>)| {
        order::sort(&mut standing);
        let &(state, first) = standing.first()?;
        let accent = match lanes.accent(first) {
            Style::Accent(n) if standing.len() == 1 => Some(n),
            _ => None,
        };
        let words = if standing.len() <= 2 {
            standing.iter().map(|&(_, subject)| trace.name_of(subject)).collect::<Vec<_>>().join(", ")
        } else {
            let count = |state: State| standing.iter().filter(|&&(s, _)| s == state).count();
            [State::Running, State::Ready, State::Waiting]
                .into_iter()
                .filter(|&state| count(state) > 0)
                .map(|state| format!("{} {}", count(state), state_class(state)))
                .collect::<Vec<_>>()
                .join(", ")
        };
        Some(Mark { line, state, words, accent })
    };
    by_line.into_iter().filter_map(mark).collect()
}

/// Lists every lane's state at an instant.
pub fn show_lanes(body: &HtmlElement, trace: &Trace, at: Time, selected: Option<Subject>) {
    body.set_text_content(None);
    let mut n_more = 0;
    let mut n_shown = 0;
    for track in trace.tracks() {
        let Some(place) = trace.span_at(track.subject, at) else { continue };
        if n_shown == MOST_LANES {
            n_more += 1;
            continue;
        }
        n_shown += 1;
        let span = trace.span(place);
        let row = make("tr", "");
        dom::set(&row, "data-go", &format!("{},{}", track.subject.0, at.0));
        if selected == Some(track.subject) {
            dom::set(&row, "aria-current", "true");
        }
        append(&row, &make_text("th", "", trace.name_of(track.subject)));
        dom::set(row.first_element_child().as_ref().expect("it was just added"), "scope", "row");
        let state = make("td", "");
        append(&state, &make("i", &format!("swatch {}", swatch(track.kind, span.state))));
        let words = sentence(trace, track.subject, &span);
        append(&state, &make_text("span", "", &words));
        append(&row, &state);
        append(&row, &make_text("td", "", &instant(span.start, trace.end())));
        append(&row, &make_text("td", "", &short(span.duration())));
        append(&row, &make_text("td", "", &place_words(trace, trace.line_of(place))));
        append(body, &row);
    }
    if n_shown == 0 || n_more > 0 {
        let row = make("tr", "");
        let words =
            if n_more > 0 { format!("… and {n_more} more") } else { "Nothing exists at this instant.".into() };
        let cell = make_text("td", "", &words);
        dom::set(&cell, "colspan", "5");
        append(&row, &cell);
        append(body, &row);
    }
}

/// An event as the table shows it: when, who, what, where.
struct Row {
    at: Time,
    cells: [String; 3],
}

/// Lists the events around an instant; the last one that is not after it is current.
pub fn show_events(body: &HtmlElement, trace: &Trace, journal: &Journal, at: Time) {
    body.set_text_content(None);
    let rows = if trace.is_recording() { recorded_rows(trace, at) } else { journal_rows(trace, journal, at) };
    let now = rows.partition_point(|row| row.at <= at);
    let mut current = None;
    for (i, Row { at, cells }) in rows.iter().enumerate() {
        let row = make("tr", "");
        dom::set(&row, "data-at", &at.0.to_string());
        append(&row, &make_text("td", "", &instant(*at, trace.end())));
        for words in cells {
            append(&row, &make_text("td", "", words));
        }
        append(body, &row);
        if i + 1 == now {
            dom::set(&row, "aria-current", "true");
            current = Some(row);
        }
    }
    // Scrolls the list, never the page.
    if let (Some(row), Some(pane)) = (current, body.closest(".pane").ok().flatten()) {
        pane.set_scroll_top(row.offset_top() - pane.client_height() / 2);
    }
}

fn journal_rows(trace: &Trace, journal: &Journal, at: Time) -> Vec<Row> {
    let entries = journal.entries();
    let now = entries.partition_point(|entry| entry.at <= at);
    let (first, last) = (now.saturating_sub(EVENTS_AROUND), (now + EVENTS_AROUND).min(entries.len()));
    let row = |i: usize| {
        let entry = &entries[i];
        let words = event_words(trace, EntryId(i as u32), entry);
        Row { at: entry.at, cells: [trace.name_of(entry.subject).into(), words, place_words(trace, entry.line)] }
    };
    (first..last).map(row).collect()
}

/// A recording has no journal: its events are what begins.
fn recorded_rows(trace: &Trace, at: Time) -> Vec<Row> {
    let (mut from, mut to) = (at, at);
    for _ in 0..EVENTS_AROUND {
        from = trace.previous_event(from).unwrap_or(from);
        to = trace.next_event(to).unwrap_or(to);
    }
    let row = |place: SpanRef| {
        let span = trace.span(place);
        let words = format!("{}, for {}", sentence(trace, place.track, &span), short(span.duration()));
        Row { at: span.start, cells: [trace.name_of(place.track).into(), words, place_words(trace, span.line)] }
    };
    // Of many that begin at once before the cursor those at it are still listed.
    let before = trace.begun_between(from, at, usize::MAX);
    let before = before[before.len().saturating_sub(EVENTS_AROUND)..].iter();
    let after = trace.begun_between(Time(at.0 + 1), to.max(Time(at.0 + 1)), EVENTS_AROUND);
    before.copied().chain(after).map(row).collect()
}

/// The class of the swatch of a state.
pub fn swatch(kind: Kind, state: State) -> &'static str {
    match (kind, state) {
        (Kind::Gil, State::Running) => "held",
        (_, state) => state_class(state),
    }
}

/// `server.py:12`, or nothing.
pub fn place_words(trace: &Trace, line: Option<Line>) -> String {
    line.map_or(String::new(), |Line { file, line }| format!("{}:{line}", trace.text_of(file)))
}

/// Shows a tooltip beside a place of the picture, within `chart`.
pub fn show_tooltip(tip: &HtmlElement, chart: &HtmlElement, words: &Tooltip, class: &str, (x_px, y_px): (f32, f32)) {
    tip.set_text_content(None);
    append(tip, &make_text("b", "", &words.title));
    if !words.state.is_empty() {
        append(tip, &make_text("div", &format!("state {class}"), &words.state));
    }
    let facts = words.facts.iter().map(|(what, value)| (*what, value));
    for (what, value) in facts.chain(words.arguments.iter().map(|(what, value)| (what.as_str(), value))) {
        let fact = make("div", "fact");
        append(&fact, &make_text("span", "dim", what));
        append(&fact, &make_text("span", "", value));
        append(tip, &fact);
    }
    tip.set_hidden(false);
    let (width, height) = (f64::from(tip.offset_width()), f64::from(tip.offset_height()));
    let (room_x, room_y) = (f64::from(chart.client_width()), f64::from(chart.client_height()));
    let (x, y) = (f64::from(x_px), f64::from(y_px));
    // To the right and below, or to where there is room.
    let left = if x + 14.0 + width > room_x { x - 14.0 - width } else { x + 14.0 };
    let top = if y + 18.0 + height > room_y { y - 12.0 - height } else { y + 18.0 };
    let left = left.clamp(4.0, (room_x - width - 4.0).max(4.0));
    dom::set_style(tip, "transform", &format!("translate({left}px, {}px)", top.max(4.0 - height / 2.0)));
}
