//! The machine at the cursor as a board of cards: what is on the cores, who holds the GIL and who queues for it, what each
//! loop runs and has ready and asleep, which tokens a pool gives out and who waits, who holds each lock.
//!
//! A card is made of rows, a row of chips, and a chip is somebody: it says by its pattern what it does and leads to its
//! lane. A chip that goes from one row to another is the same element, so it moves there before the reader's eyes.
//! This file decides what the cards say; `board.rs` brings them onto the page.

use std::collections::BTreeMap;

use super::readout::{place_words, swatch};
use super::words::{instant, short};
use crate::journal::{Kind, Name, State, Subject};
use crate::order;
use crate::time::Time;
use crate::timeline::sentence;
use crate::trace::{GilNow, LockNow, LoopNow, PoolNow, ProcessNow, Snapshot, Standing, Trace};

/// At most so many of a queue have a chip.
const MOST_CHIPS: usize = 12;
/// A request names its task within so many spans.
const FIRST_SPANS: usize = 8;
/// A pool with more tokens than this shows a bar in place of a square for each.
pub const MOST_SQUARES: i64 = 48;

/// Something that is held, given out or run, with those who have it and those who want it.
#[derive(Clone, PartialEq, Debug)]
pub struct Card {
    /// Which one, the same in every snapshot.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// How it is, in a few words.
    pub detail: String,
    /// How many of how many are in use.
    pub meter: Option<(i64, i64)>,
    /// Whether the selected one waits for it.
    pub is_wanted: bool,
    /// Those who have to do with it.
    pub rows: Vec<Row>,
}

/// Some of those who have to do with a card.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// In which way.
    pub label: &'static str,
    /// Who.
    pub chips: Vec<Chip>,
    /// How many more.
    pub n_more: usize,
}

/// Somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct Chip {
    /// Who.
    pub subject: Subject,
    /// What it is called here.
    pub label: String,
    /// The class of its state's swatch.
    pub class: &'static str,
    /// All about it, in words.
    pub title: String,
    /// Whether it is the selected one.
    pub is_selected: bool,
    /// Whether it has what the selected one waits for.
    pub is_blamed: bool,
}

/// The cards for an instant.
pub fn cards(trace: &Trace, snapshot: &Snapshot, selected: Option<Subject>) -> Vec<Card> {
    let served = served(trace, snapshot);
    let wanted = selected.and_then(|subject| trace.standing(subject, snapshot.at)).and_then(|now| match now.state {
        // While a task or thread works for a request, the request wants what that wants.
        State::Running => trace.standing(now.on?, snapshot.at).filter(|now| now.state != State::Running)?.on,
        _ => now.on,
    });
    let is_one = snapshot.processes.len() < 2;
    let dealer = Dealer { trace, at: snapshot.at, selected, wanted, served, is_one };
    let mut cards = Vec::new();
    cards.extend(dealer.cores(snapshot));
    for process in &snapshot.processes {
        dealer.process(process, &mut cards);
    }
    // What the selected one waits for is read first.
    order::sort_by_key(&mut cards, |card| !card.is_wanted);
    cards
}

/// The request that a task or a thread works for.
fn served(trace: &Trace, snapshot: &Snapshot) -> BTreeMap<Subject, Subject> {
    let mut served = BTreeMap::new();
    for now in snapshot.processes.iter().flat_map(|process| &process.requests) {
        let is = |on: &Subject, kind: Kind| trace.track(*on).kind == kind;
        // Its task is the same all its life, and its first span that names somebody names it.
        let mut spans = trace.spans(now.subject).take(FIRST_SPANS);
        if let Some(task) = spans.find_map(|span| span.on.filter(|on| is(on, Kind::Task))) {
            served.insert(task, now.subject);
        }
        if let Some(thread) = now.on.filter(|on| is(on, Kind::Thread)) {
            served.insert(thread, now.subject);
        }
    }
    served
}

struct Dealer<'a> {
    trace: &'a Trace,
    at: Time,
    selected: Option<Subject>,
    /// What the selected one waits for, or who has it.
    wanted: Option<Subject>,
    /// The request that a task serves.
    served: BTreeMap<Subject, Subject>,
    /// Whether there is but one process, which then need not be named.
    is_one: bool,
}

impl Dealer<'_> {
    fn cores(&self, snapshot: &Snapshot) -> Option<Card> {
        let n_busy = snapshot.cores.iter().filter(|core| core.thread.is_some()).count();
        let on_cores: Vec<Standing> =
            snapshot.cores.iter().filter_map(|core| self.trace.standing(core.thread?, self.at)).collect();
        (!snapshot.cores.is_empty()).then(|| Card {
            key: "cores".into(),
            title: "cores".into(),
            detail: format!("{n_busy} of {} busy", snapshot.cores.len()),
            meter: Some((n_busy as i64, snapshot.cores.len() as i64)),
            is_wanted: false,
            rows: rows([self.row("on a core", &on_cores), self.row("want one", &snapshot.run_queue)]),
        })
    }

    fn process(&self, process: &ProcessNow, cards: &mut Vec<Card>) {
        if let Some(gil) = &process.gil {
            cards.push(self.gil(gil));
        }
        for event_loop in &process.loops {
            cards.push(self.event_loop(event_loop));
        }
        for pool in &process.pools {
            cards.push(self.pool(pool));
        }
        for lock in &process.locks {
            cards.push(self.lock(lock));
        }
        cards.extend(self.held(process));
        cards.extend(self.requests(process));
    }

    /// What threads hold for which others wait, where it has no record of its own: plain locks, the end of a thread.
    fn held(&self, process: &ProcessNow) -> Vec<Card> {
        let mut waiters: BTreeMap<(Subject, Name), Vec<Standing>> = BTreeMap::new();
        for now in process.threads.iter().filter(|now| now.state == State::Waiting) {
            if let Some(on) = now.on.filter(|&on| on != now.subject && self.trace.track(on).kind == Kind::Thread) {
                waiters.entry((on, now.reason)).or_default().push(*now);
            }
        }
        let card = |((holder, reason), waiters): (&(Subject, Name), &Vec<Standing>)| {
            let has_it: Vec<Standing> = self.trace.standing(*holder, self.at).into_iter().collect();
            let (what, has) = match self.trace.text_of(*reason) {
                "join" => ("end", "goes on"),
                thing => (thing, "has it"),
            };
            Card {
                key: format!("held {} {}", holder.0, reason.0),
                title: format!("{what} of {}", self.card_title(*holder)),
                detail: String::new(),
                meter: None,
                is_wanted: self.wanted == Some(*holder) && waiters.iter().any(|now| Some(now.subject) == self.selected),
                rows: rows([self.row(has, &has_it), self.row("wait for it", waiters)]),
            }
        };
        waiters.iter().map(card).collect()
    }

    fn gil(&self, gil: &GilNow) -> Card {
        let detail = match (gil.holder, gil.drop_requested) {
            (None, _) => "free".into(),
            (Some(_), None) => format!("held for {}", short(self.at.since(gil.since))),
            (Some(_), Some(asked)) => format!("asked to drop it at {}", instant(asked, self.trace.end())),
        };
        let holder: Vec<Standing> =
            gil.holder.and_then(|holder| self.trace.standing(holder, self.at)).into_iter().collect();
        Card {
            key: format!("gil {}", gil.gil.0),
            title: self.card_title(gil.gil),
            detail,
            meter: None,
            is_wanted: false,
            rows: rows([self.row("has it", &holder), self.row("want it", &gil.queue)]),
        }
    }

    fn event_loop(&self, now: &LoopNow) -> Card {
        let count = |n: Option<i64>, what: &str| n.map_or(String::new(), |n| format!("{n} {what}"));
        let counts = [
            count(now.n_handles, "ready"),
            count(now.n_timers, if now.n_timers == Some(1) { "timer" } else { "timers" }),
        ];
        let counts: Vec<String> = counts.into_iter().filter(|words| !words.is_empty()).collect();
        let running: Vec<Standing> = now.running.into_iter().collect();
        Card {
            key: format!("loop {}", now.event_loop.0),
            title: self.card_title(now.event_loop),
            detail: counts.join(", "),
            meter: None,
            is_wanted: self.wanted == Some(now.event_loop),
            rows: rows([
                self.row("runs", &running),
                self.row("ready queue", &now.ready),
                self.timed_row("timers", &now.sleeping),
                self.row("wait", &now.waiting),
            ]),
        }
    }

    fn pool(&self, pool: &PoolNow) -> Card {
        let detail = match (pool.in_use, pool.limit) {
            (Some(in_use), Some(limit)) => format!("{in_use} of {limit} in use"),
            (Some(in_use), None) => format!("{in_use} in use"),
            _ => {
                let counters = pool.counters.iter().map(|&(name, n)| format!("{} {n}", self.trace.text_of(name)));
                counters.collect::<Vec<_>>().join(", ")
            }
        };
        let is_wanted = self.wanted == Some(pool.pool);
        let mut threads = self.row("work for it", &pool.threads);
        if is_wanted {
            for chip in &mut threads.chips {
                chip.is_blamed = chip.class != "done";
            }
        }
        let mut waiters = self.row("wait for it", &pool.waiters);
        waiters.n_more = waiters.n_more.max((pool.n_waiting.unwrap_or(0) as usize).saturating_sub(waiters.chips.len()));
        Card {
            key: format!("pool {}", pool.pool.0),
            title: self.card_title(pool.pool),
            detail,
            meter: pool.in_use.zip(pool.limit),
            is_wanted,
            rows: rows([threads, waiters]),
        }
    }

    fn lock(&self, lock: &LockNow) -> Card {
        let holder: Vec<Standing> =
            lock.holder.and_then(|holder| self.trace.standing(holder, self.at)).into_iter().collect();
        Card {
            key: format!("lock {}", lock.lock.0),
            title: self.card_title(lock.lock),
            detail: String::new(),
            meter: None,
            is_wanted: self.wanted == Some(lock.lock),
            rows: rows([self.row("has it", &holder), self.row("wait for it", &lock.waiters)]),
        }
    }

    fn requests(&self, process: &ProcessNow) -> Option<Card> {
        let of = |state: State| -> Vec<Standing> {
            process.requests.iter().filter(|now| now.state == state).copied().collect()
        };
        let (running, ready, waiting) = (of(State::Running), of(State::Ready), of(State::Waiting));
        (!process.requests.is_empty()).then(|| Card {
            key: format!("requests {}", process.process.map_or(0, |process| process.0)),
            title: process
                .process
                .filter(|_| !self.is_one)
                .map_or_else(String::new, |process| self.title(process) + ": ")
                + "requests",
            detail: format!("{} not answered", process.requests.len()),
            meter: None,
            is_wanted: false,
            rows: rows([self.row("served", &running), self.row("ready", &ready), self.row("wait", &waiting)]),
        })
    }

    fn row(&self, label: &'static str, queue: &[Standing]) -> Row {
        self.row_of(label, queue, |_| String::new())
    }

    /// A row whose chips say when they are due.
    fn timed_row(&self, label: &'static str, queue: &[Standing]) -> Row {
        self.row_of(label, queue, |now| format!(" {}", instant(now.until, self.trace.end())))
    }

    /// A row with chips for the first ones of a queue, and for the selected one wherever it stands.
    fn row_of(&self, label: &'static str, queue: &[Standing], more: impl Fn(&Standing) -> String) -> Row {
        let mut shown: Vec<usize> = (0..queue.len().min(MOST_CHIPS)).collect();
        let selected = queue.iter().position(|now| self.is_selected(now.subject));
        if let Some(place) = selected.filter(|&place| place >= MOST_CHIPS) {
            shown[MOST_CHIPS - 1] = place;
        }
        let chip = |&place: &usize| {
            let now = &queue[place];
            let number = if place >= MOST_CHIPS { format!("{}. ", place + 1) } else { String::new() };
            self.chip(now, &number, &more(now))
        };
        Row { label, chips: shown.iter().map(chip).collect(), n_more: queue.len() - shown.len() }
    }

    fn chip(&self, now: &Standing, before: &str, after: &str) -> Chip {
        // Who waits for an answer means more to a reader than the task that works on it.
        let subject = self.served.get(&now.subject).copied().unwrap_or(now.subject);
        let line = place_words(self.trace, self.trace.line_of(now.place));
        let comma = if line.is_empty() { "" } else { ", " };
        let said = sentence(self.trace, now.subject, &self.trace.span(now.place));
        let name = self.card_title(subject);
        Chip {
            subject,
            label: format!("{before}{}{after}", self.short_title(subject)),
            class: swatch(self.trace.track(now.subject).kind, now.state),
            title: format!("{name}: {said} for {}{comma}{line}", short(self.at.since(now.since))),
            is_selected: self.is_selected(now.subject),
            is_blamed: self.wanted == Some(now.subject),
        }
    }

    fn is_selected(&self, subject: Subject) -> bool {
        self.selected.is_some_and(|selected| selected == subject || self.served.get(&subject) == Some(&selected))
    }

    /// The name of a thing, with its process where there are several.
    fn card_title(&self, subject: Subject) -> String {
        let process = self.trace.ancestor(subject, Kind::Process).filter(|_| !self.is_one);
        process.map_or_else(String::new, |process| self.title(process) + ": ") + &self.title(subject)
    }

    /// What a thing is called on a chip. Where there are several processes, the main thread is called as its process: they
    /// are all called alike.
    fn short_title(&self, subject: Subject) -> String {
        let process = self.trace.ancestor(subject, Kind::Process).filter(|_| !self.is_one);
        let is_main = |process: &Subject| self.trace.children_of_kind(*process, Kind::Thread).next() == Some(subject);
        self.title(process.filter(is_main).unwrap_or(subject))
    }

    fn title(&self, subject: Subject) -> String {
        let name = self.trace.name_of(subject);
        self.trace.ordinal(subject).map_or_else(|| name.to_string(), |n| format!("{name} {n}"))
    }
}

/// The rows that have anybody in them; an empty card keeps its first row, which then says so.
fn rows<const N: usize>(all: [Row; N]) -> Vec<Row> {
    let mut all = Vec::from(all);
    let first = all[0].clone();
    all.retain(|row| !row.chips.is_empty());
    if all.is_empty() {
        all.push(first);
    }
    all
}
