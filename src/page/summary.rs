//! The pane of numbers about the run, or about the selected stretch of time: how latencies are spread, how busy cores
//! were, how full pools were.

use web_sys::HtmlElement;

use super::dom::{self, append, make, make_text};
use super::words::{digits, instant, percent, short};
use crate::journal::Kind;
use crate::time::{Duration, Time};
use crate::trace::{Metrics, Trace};

/// Shows the summary of a stretch of time.
pub fn show(pane: &HtmlElement, trace: &Trace, (from, to): (Time, Time)) {
    let key = format!("{}-{} {}", from.0, to.0, trace.n_entries());
    if pane.get_attribute("data-of").as_deref() == Some(&key) {
        return;
    }
    dom::set(pane, "data-of", &key);
    pane.set_text_content(None);
    let metrics = Metrics::between(trace, from, to);
    let is_all = from == Time::ZERO && to >= trace.end();
    let what = match is_all {
        true => format!("The whole run, {}", short(metrics.total)),
        false => format!("{} to {}: {}", instant(from, trace.end()), instant(to, trace.end()), short(metrics.total)),
    };
    append(pane, &make_text("p", "what", &what));
    let work = if metrics.work == Kind::Request { "requests" } else { "tasks" };
    if metrics.n_ended > 0 {
        append(pane, &latencies(trace, &metrics, work, (from, to)));
    } else {
        append(pane, &make_text("p", "void", &format!("No {work} ended in it. Select a longer stretch of time.")));
    }
    if !metrics.cores.is_empty() || !metrics.pools.is_empty() {
        append(pane, &shares(trace, &metrics));
    }
}

/// A bar a bin, each a way to the slowest that ended in it.
fn latencies(trace: &Trace, metrics: &Metrics, work: &str, within: (Time, Time)) -> HtmlElement {
    let figure = make("figure", "histogram");
    let value = |value: Option<Duration>| value.map_or_else(|| "–".into(), short);
    let rate = metrics.throughput.map_or(String::new(), |n| format!(", {} a second", digits(n)));
    let words = format!(
        "{} of {} {work} ended{rate}. Half took no longer than {}, 90 % than {}, 99 % than {}.",
        metrics.n_ended,
        metrics.n_work,
        value(metrics.p50),
        value(metrics.p90),
        value(metrics.p99)
    );
    append(&figure, &make_text("figcaption", "", &words));
    let bars = make("div", "bars");
    let highest = metrics.latencies.highest().max(1);
    for bin in &metrics.latencies.bins {
        let bar = make("button", "bar");
        dom::set(&bar, "type", "button");
        let words = format!("{} took {} to {}", bin.count, short(bin.from), short(bin.to));
        dom::set(&bar, "title", &words);
        dom::set_style(&bar, "--share", &format!("{:.3}", bin.count as f64 / highest as f64));
        match trace.slowest(metrics.work, within, bin.from, bin.to) {
            Some((subject, at)) if bin.count > 0 => dom::set(&bar, "data-go", &format!("{},{}", subject.0, at.0)),
            _ => dom::set(&bar, "disabled", ""),
        }
        append(&bar, &make_text("span", "count", &if bin.count > 0 { bin.count.to_string() } else { String::new() }));
        append(&bar, &make("i", ""));
        append(&bar, &make_text("span", "edge", &short(bin.from)));
        append(&bars, &bar);
    }
    append(&figure, &bars);
    figure
}

/// How busy cores were and how full pools were.
fn shares(trace: &Trace, metrics: &Metrics) -> HtmlElement {
    let table = make("table", "");
    let head = make("thead", "");
    let row = make("tr", "");
    for words in ["what", "on average", "at most", "waited for by"] {
        let cell = make_text("th", "", words);
        dom::set(&cell, "scope", "col");
        append(&row, &cell);
    }
    append(&head, &row);
    append(&table, &head);
    let body = make("tbody", "");
    let add = |name: &str, cells: [String; 3]| {
        let row = make("tr", "");
        let head = make_text("th", "", name);
        dom::set(&head, "scope", "row");
        append(&row, &head);
        for words in cells {
            append(&row, &make_text("td", "", &words));
        }
        append(&body, &row);
    };
    for &(core, share) in &metrics.cores {
        add(trace.name_of(core), [percent(share), String::new(), String::new()]);
    }
    for pool in &metrics.pools {
        let of = pool.limit.map_or(String::new(), |limit| format!(" of {limit}"));
        let mean = format!("{}{of} in use", digits((pool.mean_in_use * 100.0).round() / 100.0));
        let waiting = format!(
            "{} on average, {} at most",
            digits((pool.mean_waiting * 100.0).round() / 100.0),
            pool.peak_waiting
        );
        add(trace.name_of(pool.pool), [mean, pool.peak_in_use.to_string(), waiting]);
    }
    append(&table, &body);
    table
}
