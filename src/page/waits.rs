//! Who waits for whom at the cursor: circles first, then everybody below whom they wait for.

use std::collections::{BTreeMap, BTreeSet};

use web_sys::HtmlElement;

use super::dom::{append, make, make_text};
use super::readout::place_words;
use super::relations::{self, chip};
use super::words::{instant, short};
use crate::journal::{State, Subject};
use crate::order;
use crate::time::Time;
use crate::trace::{Cycle, Trace, Wait, Waits};

/// At most so many waits are listed.
const MOST_SHOWN: usize = 150;

/// Shows the waits of an instant.
pub fn show(pane: &HtmlElement, trace: &Trace, at: Time, selected: Option<Subject>) {
    let waits = Waits::at(trace, at);
    let mut writer = Writer { trace, at, selected, waits: &waits, n_shown: 0, shown: BTreeSet::new() };
    for cycle in &waits.cycles {
        append(pane, &writer.cycle(cycle));
    }
    let roots = writer.roots();
    let list = make("ul", "waits");
    for root in roots {
        append(&list, &writer.branch(root, None));
    }
    match list.child_element_count() {
        0 if waits.cycles.is_empty() => {
            append(pane, &make_text("p", "void", "Nobody waits for anybody at this instant."))
        }
        _ => append(pane, &list),
    }
    let n_more = waits.edges.len().saturating_sub(writer.n_shown);
    if writer.n_shown >= MOST_SHOWN && n_more > 0 {
        append(pane, &make_text("p", "void", &format!("… and {n_more} more waits")));
    }
}

struct Writer<'a> {
    trace: &'a Trace,
    at: Time,
    selected: Option<Subject>,
    waits: &'a Waits,
    n_shown: usize,
    /// Who stands somewhere already; in a circle everybody would stand below everybody.
    shown: BTreeSet<Subject>,
}

impl Writer<'_> {
    /// Whoever is waited for and waits for nobody, those with the most waiters first; then the circles' members.
    fn roots(&self) -> Vec<Subject> {
        let mut n_waiters: BTreeMap<Subject, usize> = BTreeMap::new();
        for edge in &self.waits.edges {
            *n_waiters.entry(edge.on).or_default() += 1;
        }
        let mut roots: Vec<(usize, Subject)> = n_waiters.into_iter().map(|(on, n)| (n, on)).collect();
        roots.retain(|&(_, on)| self.waits.of(on).is_none());
        order::sort_by_key(&mut roots, |&(n, on)| (std::cmp::Reverse(n), on));
        roots.into_iter().map(|(_, on)| on).collect()
    }

    /// Somebody, and below it whoever waits for it.
    fn branch(&mut self, subject: Subject, wait: Option<&Wait>) -> HtmlElement {
        let item = make("li", "");
        append(&item, &self.chip(subject));
        append(&item, &make_text("span", "dim", &self.words(subject, wait)));
        if !self.shown.insert(subject) {
            return item;
        }
        let waiters: Vec<Wait> = self.waits.for_whom(subject).copied().collect();
        let list = make("ul", "");
        for waiter in &waiters {
            if self.n_shown >= MOST_SHOWN {
                break;
            }
            self.n_shown += 1;
            append(&list, &self.branch(waiter.who, Some(waiter)));
        }
        if list.child_element_count() > 0 {
            append(&item, &list);
        }
        item
    }

    fn words(&self, subject: Subject, wait: Option<&Wait>) -> String {
        let place = self.trace.span_at(subject, self.at);
        let line = place_words(self.trace, place.and_then(|place| self.trace.line_of(place)));
        let comma = if line.is_empty() { "" } else { ", " };
        match wait {
            Some(wait) => {
                let through = wait.through.map_or(String::new(), |lock| format!(": {}", self.name(lock)));
                let reason = self.trace.text_of(wait.reason);
                format!("waits for {reason}{through} for {}{comma}{line}", short(self.at.since(wait.since)))
            }
            None => match place.map(|place| self.trace.span(place)) {
                Some(span) if span.state == State::Running => format!("runs{comma}{line}"),
                Some(span) => {
                    let state = if span.state == State::Ready { "ready" } else { "waits" };
                    let reason = self.trace.text_of(span.reason);
                    let colon = if reason.is_empty() { "" } else { ": " };
                    format!("{state}{colon}{reason}{comma}{line}")
                }
                None => String::new(),
            },
        }
    }

    fn cycle(&self, cycle: &Cycle) -> HtmlElement {
        let root = make("section", "cycle");
        let end = self.trace.end();
        let words = match cycle.until {
            Some(until) => format!("A circle since {}, until {}", instant(cycle.since, end), instant(until, end)),
            None => {
                format!("Deadlock since {}: each waits for the next, and nothing ends it", instant(cycle.since, end))
            }
        };
        append(&root, &make_text("p", "what", &words));
        let ring = make("p", "ring");
        for &member in &cycle.members {
            append(&ring, &self.chip(member));
            let wait = self.waits.of(member);
            let through = wait.and_then(|wait| wait.through).map(|lock| self.name(lock));
            let reason = wait.map_or("", |wait| self.trace.text_of(wait.reason));
            append(&ring, &make_text("span", "dim", &format!("waits for {} of", through.as_deref().unwrap_or(reason))));
        }
        if let Some(&first) = cycle.members.first() {
            append(&ring, &self.chip(first));
        }
        append(&root, &ring);
        root
    }

    fn chip(&self, subject: Subject) -> HtmlElement {
        chip(self.trace, subject, self.at, self.selected)
    }

    fn name(&self, subject: Subject) -> String {
        relations::name(self.trace, subject)
    }
}
