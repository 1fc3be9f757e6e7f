//! The events of a file, sorted by what they are about: slices by thread, overlapping slices by their id, counters by
//! their series, marks, arrows, names.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde_json::value::RawValue;

use super::event::{About, Event, OwnArgs, OwnSubject, Pairs, ns_from_micros, unquoted};
use super::nest::{Edge, Slice};
use super::read::Text;
use super::{finish, own, said};
use crate::journal::{Name, State};
use crate::trace::{Recording, Said};

/// Names are numbered in order of use.
#[derive(Default)]
pub struct Names<'a> {
    pub all: Vec<Text<'a>>,
    numbers: FxHashMap<Text<'a>, u32>,
}

impl<'a> Names<'a> {
    pub fn number(&mut self, text: &Text<'a>) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.all.len() as u32;
        self.all.push(text.clone());
        self.numbers.insert(text.clone(), number);
        number
    }
}

/// A process or a thread that a file names: its number, its name, its place among its like.
#[derive(Default)]
pub struct Named {
    /// As it stands in the file.
    pub shown_id: String,
    pub name: Option<u32>,
    pub sort_index: i64,
}

/// A thread, or in our own files any subject.
#[derive(Default)]
pub struct Thread {
    pub about: Named,
    pub process: u32,
    pub slices: Vec<Slice>,
    pub edges: Vec<Edge>,
}

/// What a span of our own files is; its number is the slice's label.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label {
    pub state: State,
    pub reason: u32,
    pub on: Option<u32>,
    pub line: Option<(u32, u32)>,
    pub is_open: bool,
}

/// What a slice of others is of which more is said than its name; its number with [`SPOKEN`] is the slice's label.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spoken {
    pub name: u32,
    pub said: Said,
}

/// In a label that is not the number of a name.
pub const SPOKEN: u32 = 1 << 31;

/// Something without length.
pub struct Mark {
    pub at: i64,
    /// A thread; of a mark of a whole process nothing.
    pub thread: Option<u32>,
    pub process: u32,
    pub name: u32,
    pub detail: Option<u32>,
    pub line: Option<(u32, u32)>,
    /// 1 or 2 for what our own files say was written to stdout or stderr.
    pub stream: u8,
}

/// A counter's values in the order of the file.
pub struct Values {
    pub process: u32,
    /// Of our own files: whose it is.
    pub thread: Option<u32>,
    pub name: u32,
    pub key: u32,
    pub all: Vec<(i64, f64)>,
}

/// The beginning, end or mark of an overlapping slice.
#[derive(Clone, Copy)]
pub struct Overlap {
    pub at: i64,
    /// The group that shares rows: process and category.
    pub group: u32,
    /// Which slice.
    pub id: u32,
    /// Of a beginning its label, else a name.
    pub name: u32,
    /// Of a mark, what more is said.
    pub detail: Option<u32>,
    pub is: Turn,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Begins,
    Ends,
    Mark,
}

/// A point of an arrow.
#[derive(Clone, Copy)]
pub struct Point {
    pub at: i64,
    pub key: u64,
    pub thread: u32,
    pub is_start: bool,
    /// Ends at the slice around it, not at the next one.
    pub is_enclosed: bool,
    pub is_birth: bool,
}

/// Events as they come.
#[derive(Default)]
pub struct Builder<'a> {
    pub is_own: bool,
    /// Of our own files: when the run ended.
    pub end: i64,
    pub n_events: usize,
    pub names: Names<'a>,
    pub labels: Vec<Label>,
    label_numbers: FxHashMap<Label, u32>,
    pub spoken: Vec<Spoken>,
    spoken_numbers: FxHashMap<Spoken, u32>,
    pub processes: Vec<Named>,
    process_numbers: FxHashMap<u64, u32>,
    pub threads: Vec<Thread>,
    thread_numbers: FxHashMap<(u64, u64), u32>,
    last_thread: Option<((u64, u64), u32)>,
    pub subjects: Vec<(u32, OwnSubject<'a>)>,
    pub marks: Vec<Mark>,
    pub counters: Vec<Values>,
    counter_numbers: FxHashMap<(u32, u32, u32), u32>,
    pub overlaps: Vec<Overlap>,
    overlap_numbers: FxHashMap<(u32, u64), u32>,
    pub groups: Vec<(u32, u32)>,
    group_numbers: FxHashMap<(u32, u32), u32>,
    pub points: Vec<Point>,
    /// Events that are not shown, by their phase.
    pub unknown: BTreeMap<String, usize>,
    /// How many events have what is not shown, see [`Event::UNSHOWN`].
    pub n_unshown: [usize; 7],
    /// What the file says beside its events, and is not shown.
    pub unshown: BTreeSet<String>,
    /// Colours that are not shown.
    pub unknown_colours: BTreeSet<String>,
    /// How many ends have arguments of their own.
    pub n_late_arguments: usize,
}

impl<'a> Builder<'a> {
    /// The file is one of ours.
    pub fn set_own(&mut self, end: &RawValue) {
        self.is_own = true;
        self.end = ns_from_micros(unquoted(end)).unwrap_or(0);
    }

    /// Takes an event in; says what it lacks.
    pub fn add(&mut self, event: &Event<'a>) -> Result<(), String> {
        self.n_events += 1;
        for (n, has) in self.n_unshown.iter_mut().zip(event.unshown()) {
            *n += usize::from(has);
        }
        match &*event.ph {
            "X" => {
                let start = time(event, "ts")?;
                let dur = event.dur.map_or(Some(0), |dur| ns_from_micros(unquoted(dur)));
                let dur = dur.ok_or_else(|| lacks(event, "a number of microseconds as `dur`"))?.max(0);
                let thread = self.thread(event);
                let label = self.label(event)?;
                self.threads[thread as usize].slices.push(Slice { start, end: start.saturating_add(dur), label });
            }
            "B" => {
                let (at, thread, label) = (time(event, "ts")?, self.thread(event), self.label(event)?);
                self.threads[thread as usize].edges.push(Edge { at, begins: Some(label) });
            }
            "E" => {
                let (at, thread) = (time(event, "ts")?, self.thread(event));
                self.n_late_arguments += usize::from(!self.is_own && arguments_text(event).is_some());
                self.threads[thread as usize].edges.push(Edge { at, begins: None });
            }
            "i" | "I" | "R" => self.mark(event)?,
            "C" => self.count(event)?,
            "b" | "S" => self.overlap(event, Turn::Begins)?,
            "e" | "F" => self.overlap(event, Turn::Ends)?,
            "n" | "T" | "p" => self.overlap(event, Turn::Mark)?,
            "s" | "t" | "f" => self.point(event)?,
            "M" => self.name(event)?,
            other => *self.unknown.entry(other.to_string()).or_default() += 1,
        }
        Ok(())
    }

    /// The trace of all events.
    pub fn finish(self) -> Recording {
        if self.is_own { own::finish(self) } else { finish::finish(self) }
    }

    fn text(&mut self, text: Option<&Text<'a>>) -> u32 {
        match text {
            Some(text) => self.names.number(text),
            None => self.names.number(&Text::Borrowed("")),
        }
    }

    /// A number stands for itself, a text for its name.
    fn id(&mut self, raw: Option<&'a RawValue>) -> u64 {
        let Some(raw) = raw else { return 0 };
        let text = unquoted(raw);
        text.parse::<i64>()
            .map_or_else(|_| 1 << 63 | u64::from(self.names.number(&Text::Borrowed(text))), |id| id as u64)
    }

    fn process(&mut self, event: &Event<'a>) -> u32 {
        let id = self.id(event.pid);
        let all = &mut self.processes;
        *self.process_numbers.entry(id).or_insert_with(|| {
            let shown_id = event.pid.map_or("?", unquoted).to_string();
            all.push(Named { shown_id, ..Named::default() });
            all.len() as u32 - 1
        })
    }

    fn thread(&mut self, event: &Event<'a>) -> u32 {
        let key = (self.id(event.pid), self.id(event.tid));
        if let Some((_, thread)) = self.last_thread.filter(|(last, _)| *last == key) {
            return thread;
        }
        let process = self.process(event);
        let all = &mut self.threads;
        let thread = *self.thread_numbers.entry(key).or_insert_with(|| {
            let shown_id = event.tid.map_or("?", unquoted).to_string();
            all.push(Thread { about: Named { shown_id, ..Named::default() }, process, ..Thread::default() });
            all.len() as u32 - 1
        });
        self.last_thread = Some((key, thread));
        thread
    }

    /// What a slice is: its name, or in our own files the condition that it stands for.
    fn label(&mut self, event: &Event<'a>) -> Result<u32, String> {
        if !self.is_own {
            return Ok(self.spoken_label(event));
        }
        let args: OwnArgs<'a> = arguments(event)?;
        let label = Label {
            state: match args.state.as_deref() {
                Some("ready") => State::Ready,
                Some("waiting") => State::Waiting,
                _ => State::Running,
            },
            reason: self.text(args.reason.as_ref()),
            on: args.subject,
            line: args.line.as_ref().and_then(|line| self.line(line)),
            is_open: args.open,
        };
        let all = &mut self.labels;
        Ok(*self.label_numbers.entry(label).or_insert_with(|| {
            all.push(label);
            all.len() as u32 - 1
        }))
    }

    /// The label of a slice of others.
    fn spoken_label(&mut self, event: &Event<'a>) -> u32 {
        let name = self.text(event.name.as_ref());
        let arguments = arguments_text(event).map(|text| Name(self.names.number(&Text::Owned(text))));
        let tint = event.cname.as_deref().and_then(|colour| {
            let tint = said::tint(colour);
            if tint.is_none() {
                self.unknown_colours.insert(colour.into());
            }
            tint
        });
        if arguments.is_none() && tint.is_none() {
            return name;
        }
        let spoken = Spoken { name, said: Said { arguments, tint } };
        let all = &mut self.spoken;
        SPOKEN
            | *self.spoken_numbers.entry(spoken).or_insert_with(|| {
                all.push(spoken);
                all.len() as u32 - 1
            })
    }

    /// `server.py:12`
    pub fn line(&mut self, text: &Text<'a>) -> Option<(u32, u32)> {
        let (file, line) = text.rsplit_once(':')?;
        let line = line.parse().ok()?;
        Some((self.names.number(&Text::Owned(file.into())), line))
    }

    fn mark(&mut self, event: &Event<'a>) -> Result<(), String> {
        let at = time(event, "ts")?;
        let (process, thread) = (self.process(event), self.thread(event));
        let name = self.text(event.name.as_ref());
        let is_narrow = self.is_own || !matches!(event.s.as_deref(), Some("p" | "g"));
        let (detail, line, stream);
        if self.is_own {
            let args: OwnArgs<'a> = arguments(event)?;
            detail = args.detail.as_ref().map(|detail| self.names.number(detail));
            line = args.line.as_ref().and_then(|line| self.line(line));
            stream = match (event.cat.as_deref(), event.name.as_deref()) {
                (Some("output"), Some("stderr")) => 2,
                (Some("output"), _) => 1,
                _ => 0,
            };
        } else {
            (detail, line, stream) = (self.line_of_arguments(event), None, 0);
        }
        self.marks.push(Mark { at, thread: is_narrow.then_some(thread), process, name, detail, line, stream });
        Ok(())
    }

    fn line_of_arguments(&mut self, event: &Event<'a>) -> Option<u32> {
        arguments_text(event).map(|text| self.names.number(&Text::Owned(said::in_a_line(&text))))
    }

    fn count(&mut self, event: &Event<'a>) -> Result<(), String> {
        let at = time(event, "ts")?;
        let (process, thread) = (self.process(event), self.is_own.then(|| self.thread(event)));
        let named = if self.is_own { event.cat.as_ref() } else { event.name.as_ref() };
        let mut name = self.text(named);
        if let Some(id) = event.id.filter(|_| !self.is_own) {
            let with_id = format!("{}[{}]", event.name.as_deref().unwrap_or(""), unquoted(id));
            name = self.names.number(&Text::Owned(with_id));
        }
        let Pairs(series) = match event.args {
            Some(args) => {
                serde_json::from_str(args.get()).map_err(|_| lacks(event, "an object of numbers as `args`"))?
            }
            None => return Err(lacks(event, "`args`")),
        };
        for (key, raw) in series {
            let Ok(value) = unquoted(raw).parse() else { continue };
            let key = self.names.number(&key);
            let all = &mut self.counters;
            let number = *self.counter_numbers.entry((thread.unwrap_or(process), name, key)).or_insert_with(|| {
                all.push(Values { process, thread, name, key, all: Vec::new() });
                all.len() as u32 - 1
            });
            self.counters[number as usize].all.push((at, value));
        }
        Ok(())
    }

    fn overlap(&mut self, event: &Event<'a>, is: Turn) -> Result<(), String> {
        let at = time(event, "ts")?;
        let raw = event.id.or(event.id2).ok_or_else(|| lacks(event, "`id`"))?;
        let (process, category) = (self.process(event), self.text(event.cat.as_ref()));
        let (name, detail) = match is {
            Turn::Begins => (self.spoken_label(event), None),
            Turn::Mark => (self.text(event.name.as_ref()), self.line_of_arguments(event)),
            Turn::Ends => {
                self.n_late_arguments += usize::from(arguments_text(event).is_some());
                (0, None)
            }
        };
        let groups = &mut self.groups;
        let group = *self.group_numbers.entry((process, category)).or_insert_with(|| {
            groups.push((process, category));
            groups.len() as u32 - 1
        });
        let key = (group, self.id(Some(raw)));
        let next = self.overlap_numbers.len() as u32;
        let id = *self.overlap_numbers.entry(key).or_insert(next);
        self.overlaps.push(Overlap { at, group, id, name, detail, is });
        Ok(())
    }

    fn point(&mut self, event: &Event<'a>) -> Result<(), String> {
        let at = time(event, "ts")?;
        let raw = event.id.or(event.id2).ok_or_else(|| lacks(event, "`id`"))?;
        let (thread, id) = (self.thread(event), self.id(Some(raw)));
        let (name, category) = (self.text(event.name.as_ref()), self.text(event.cat.as_ref()));
        let key = if self.is_own { id } else { id ^ u64::from(name) << 44 ^ u64::from(category) << 24 };
        let is_start = event.ph == "s";
        let is_enclosed = event.ph != "f" || event.bp.as_deref() == Some("e");
        let is_birth = self.is_own && event.name.as_deref() == Some("spawn");
        self.points.push(Point { at, key, thread, is_start, is_enclosed, is_birth });
        Ok(())
    }

    fn name(&mut self, event: &Event<'a>) -> Result<(), String> {
        let what = event.name.as_deref().unwrap_or("");
        if self.is_own && what == "coroscope_subject" {
            let (thread, about) = (self.thread(event), arguments_of(event)?);
            self.subjects.push((thread, about));
            return Ok(());
        }
        if !matches!(
            what,
            "process_name" | "process_labels" | "process_sort_index" | "thread_name" | "thread_sort_index"
        ) {
            self.unshown.insert(format!("`{what}`"));
            return Ok(());
        }
        let about: About<'a> = arguments(event)?;
        let name = about.name.or(about.labels).map(|name| self.names.number(&name));
        let named = match what.starts_with("process") {
            true => {
                let process = self.process(event);
                &mut self.processes[process as usize]
            }
            false => {
                let thread = self.thread(event);
                &mut self.threads[thread as usize].about
            }
        };
        if what != "process_labels" || named.name.is_none() {
            named.name = name.or(named.name);
        }
        named.sort_index = about.sort_index.unwrap_or(named.sort_index);
        Ok(())
    }
}

/// What an event of others says of itself.
fn arguments_text(event: &Event) -> Option<String> {
    event.args.and_then(said::arguments)
}

fn arguments<'a, T: serde::Deserialize<'a> + Default>(event: &Event<'a>) -> Result<T, String> {
    if event.args.is_some() { arguments_of(event) } else { Ok(T::default()) }
}

fn arguments_of<'a, T: serde::Deserialize<'a>>(event: &Event<'a>) -> Result<T, String> {
    let args = event.args.ok_or_else(|| lacks(event, "`args`"))?;
    serde_json::from_str(args.get()).map_err(|error| {
        let said = error.to_string();
        let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
        format!("the `args` of an event of phase `{}`: {what}", event.ph)
    })
}

fn time(event: &Event, key: &str) -> Result<i64, String> {
    let ts = event.ts.and_then(|ts| ns_from_micros(unquoted(ts)));
    ts.ok_or_else(|| lacks(event, &format!("a number of microseconds as `{key}`")))
}

fn lacks(event: &Event, what: &str) -> String {
    format!("expected {what} in an event of phase `{}`", event.ph)
}
