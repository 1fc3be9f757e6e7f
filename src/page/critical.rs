//! A critical path in words: what it is made of, and its steps one by one.

use std::collections::BTreeMap;

use web_sys::HtmlElement;

use super::dom::{self, append, make, make_text};
use super::relations::{chip, name};
use super::words::{instant, percent, short};
use crate::journal::{Name, State, Subject};
use crate::order;
use crate::time::{Duration, Time};
use crate::trace::{CriticalPath, Goal, PathStep, Trace};

/// At most so many parts are named of what a path is made of.
const MOST_PARTS: usize = 6;
/// At most so many are named whose a part is.
const MOST_NAMED: usize = 2;
/// At most so many steps are listed.
const MOST_STEPS: usize = 150;
/// Steps shorter than this share of the path are listed together.
const LEAST_SHARE: f64 = 0.001;

/// Shows a path.
pub fn show(pane: &HtmlElement, trace: &Trace, goal: Goal, path: &CriticalPath) {
    let total = path.to.since(path.from);
    let whose = match goal {
        Goal::Run => "The run".into(),
        Goal::Subject(subject) => name(trace, subject),
    };
    let words = format!("{whose} took {}. It could not end before this was done, one after the other:", short(total));
    append(pane, &make_text("p", "what", &words));
    let parts = make("ul", "parts");
    for (words, time) in parts_of(trace, path).into_iter().take(MOST_PARTS) {
        let share = time.0 as f64 / total.0.max(1) as f64;
        let part = make("li", "");
        dom::set_style(&part, "--share", &format!("{share:.4}"));
        append(&part, &make_text("b", "", &short(time)));
        append(&part, &make_text("span", "", &format!("{} {words}", percent(share))));
        append(&parts, &part);
    }
    append(pane, &parts);
    let list = make("ol", "waits");
    let mut skipped = (0, Duration::ZERO);
    let mut n_listed = 0;
    for step in &path.steps {
        let took = step.to.since(step.from);
        if (took.0 as f64) < total.0 as f64 * LEAST_SHARE {
            skipped = (skipped.0 + 1, Duration(skipped.1.0 + took.0));
            continue;
        }
        if n_listed == MOST_STEPS {
            append(&list, &make_text("li", "dim", "… and so on"));
            break;
        }
        n_listed += 1;
        put_skipped(&list, &mut skipped);
        let item = make("li", "");
        append(&item, &chip(trace, step.subject, Time(step.from.0 + took.0 / 2), None));
        let words = format!("{} for {}, from {}", doing(trace, step), short(took), instant(step.from, trace.end()));
        append(&item, &make_text("span", "dim", &words));
        append(&list, &item);
    }
    put_skipped(&list, &mut skipped);
    append(pane, &list);
}

fn put_skipped(list: &HtmlElement, (n, time): &mut (usize, Duration)) {
    if *n > 0 {
        let steps = if *n == 1 { "1 short step".into() } else { format!("{n} short steps") };
        append(list, &make_text("li", "dim", &format!("{steps}, {} together", short(*time))));
    }
    (*n, *time) = (0, Duration::ZERO);
}

/// What was done or waited for and by whom, the longest first; of those whose it is those who took most of it.
fn parts_of(trace: &Trace, path: &CriticalPath) -> Vec<(String, Duration)> {
    let mut times: BTreeMap<(State, Name), BTreeMap<Subject, Duration>> = BTreeMap::new();
    for step in &path.steps {
        let subjects = times.entry((step.state, step.reason)).or_default();
        *subjects.entry(step.subject).or_default() += step.to.since(step.from);
    }
    let mut parts: Vec<(String, Duration)> = times
        .into_iter()
        .map(|((state, reason), subjects)| {
            let time = Duration(subjects.values().map(|time| time.0).sum());
            let mut whose: Vec<(Subject, Duration)> = subjects.into_iter().collect();
            order::sort_by_key(&mut whose, |&(_, time)| std::cmp::Reverse(time));
            let mut names: Vec<String> =
                whose.iter().take(MOST_NAMED).map(|&(subject, _)| name(trace, subject)).collect();
            if whose.len() > MOST_NAMED {
                names.push(format!("{} more", whose.len() - MOST_NAMED));
            }
            (format!("{} ({})", state_words(state, trace.text_of(reason)), names.join(", ")), time)
        })
        .collect();
    order::sort_by_key(&mut parts, |(_, time)| std::cmp::Reverse(*time));
    parts
}

fn doing(trace: &Trace, step: &PathStep) -> String {
    match step.place {
        Some(_) => state_words(step.state, trace.text_of(step.reason)),
        None if step.state == State::Ready => "not begun yet".into(),
        None => "nothing is recorded".into(),
    }
}

fn state_words(state: State, reason: &str) -> String {
    match (state, reason) {
        (State::Running, "") => "running".into(),
        (State::Running, reason) => format!("running {reason}"),
        (State::Ready, "") => "ready, waits for its turn".into(),
        (State::Ready, reason) => format!("ready, wants {reason}"),
        (_, "") => "waiting".into(),
        (_, reason) => format!("waiting: {reason}"),
    }
}
