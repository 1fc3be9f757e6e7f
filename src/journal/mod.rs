//! The waist of the house: an append-only record of state changes, counters, marks and output.
//!
//! Models below write it, the trace above reads it, neither knows the other. Entries are in the order
//! in which they were written; `at` never goes back. Names are interned, so an entry is small and a
//! journal of a million entries is some tens of megabytes.
//!
//! The golden text form ([`Journal::text`]) is one line an entry; [`Journal::hash`] is the run's hash
//! that the page shows: same scenario, parameters, seed and choices give the same hash everywhere.

pub mod hash;
pub mod packed;
pub mod signals;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::time::Time;

/// Whose state changes. Ids count up from 0 in order of birth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Subject(pub u32);

/// An interned name: an index into [`Journal::names`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Name(pub u32);

/// The place of an entry in the journal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntryId(pub u32);

/// A line of one of the viewer's own files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Line {
    /// The file's name.
    pub file: Name,
    /// Counted from 1.
    pub line: u32,
}

/// What sort of thing a subject is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// An OS process with its own interpreter.
    Process,
    /// An OS thread of a process.
    Thread,
    /// An asyncio task (parent: its event loop).
    Task,
    /// The global interpreter lock of a process.
    Gil,
    /// An event loop (parent: its thread).
    Loop,
    /// A set of worker tokens (AnyIO's limiter), a connection pool, a worker pool.
    Pool,
    /// A lock, semaphore, condition or event of threads or tasks.
    Lock,
    /// An HTTP request as a server sees it.
    Request,
    /// A core of the machine.
    Core,
    /// The calls at one depth inside those of a thread or task (parent), in a trace that was recorded elsewhere.
    Call,
}

/// The condition of a subject.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum State {
    /// Has what it needs and makes progress; for a GIL: held.
    Running,
    /// Wants its turn: a core, the GIL, a place in the ready queue.
    Ready,
    /// Waits for something named; for a GIL: free.
    Waiting,
    /// Has ended.
    Done,
}

/// What happened to the subject.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum What {
    /// The subject begins to exist, in no state yet.
    Born {
        /// What it is.
        kind: Kind,
        /// What it is called.
        name: Name,
        /// Whose it is: a thread's process, a task's loop.
        parent: Option<Subject>,
    },
    /// The subject gets a better name.
    Named(Name),
    /// The subject changes its condition; the one before ends here.
    State {
        /// The new condition.
        state: State,
        /// Ready: for what turn ("core", "GIL", "ready queue"). Waiting: for what ("sleep", "token", "socket").
        reason: Name,
        /// Who has what it wants, or what it waits for, where that is a subject.
        on: Option<Subject>,
    },
    /// A step function of time belonging to the subject takes a value.
    Count {
        /// Which ("tokens in use", "ready queue", "connections").
        counter: Name,
        /// Its value from here on.
        value: i64,
    },
    /// Something without length happened.
    Mark {
        /// What ("drop request", "forced switch", "cancelled", "pass").
        name: Name,
        /// In words, where there is more to say.
        detail: Option<Name>,
    },
    /// The process (the subject) wrote text.
    Output {
        /// 1 for stdout, 2 for stderr.
        stream: u8,
        /// What it wrote.
        text: Name,
    },
}

/// One state change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When. Never before the entry before it.
    pub at: Time,
    /// Who.
    pub subject: Subject,
    /// What.
    pub what: What,
    /// The entry that brought this one about: who woke, spawned or handed over.
    pub cause: Option<EntryId>,
    /// The viewer's line that was executing.
    pub line: Option<Line>,
}

/// The record of a run.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Journal {
    names: Vec<Box<str>>,
    by_name: BTreeMap<Box<str>, Name>,
    entries: Vec<Entry>,
    n_subjects: u32,
}

impl Journal {
    /// An empty record.
    pub fn new() -> Journal {
        Journal::default()
    }

    /// The number of this name; the same text always gets the same number.
    pub fn name(&mut self, text: &str) -> Name {
        if let Some(&name) = self.by_name.get(text) {
            return name;
        }
        let name = Name(self.names.len() as u32);
        self.names.push(text.into());
        self.by_name.insert(text.into(), name);
        name
    }

    /// The text of a name.
    pub fn text_of(&self, name: Name) -> &str {
        &self.names[name.0 as usize]
    }

    /// Makes a subject and records its birth.
    pub fn born(
        &mut self,
        at: Time,
        kind: Kind,
        name: &str,
        parent: Option<Subject>,
        cause: Option<EntryId>,
        line: Option<Line>,
    ) -> Subject {
        let subject = Subject(self.n_subjects);
        self.n_subjects += 1;
        let name = self.name(name);
        self.push(Entry { at, subject, what: What::Born { kind, name, parent }, cause, line });
        subject
    }

    /// Records an entry. `at` must not be before the last entry's, and the subject must have been born.
    pub fn push(&mut self, entry: Entry) -> EntryId {
        assert!(self.entries.last().is_none_or(|last| last.at <= entry.at), "the journal goes forward in time");
        assert!(entry.subject.0 < self.n_subjects, "a subject is born before it does anything");
        self.entries.push(entry);
        EntryId(self.entries.len() as u32 - 1)
    }

    /// Records a change of state.
    pub fn state(
        &mut self,
        at: Time,
        subject: Subject,
        state: State,
        reason: &str,
        on: Option<Subject>,
        cause: Option<EntryId>,
        line: Option<Line>,
    ) -> EntryId {
        let reason = self.name(reason);
        self.push(Entry { at, subject, what: What::State { state, reason, on }, cause, line })
    }

    /// Records a counter's new value.
    pub fn count(&mut self, at: Time, subject: Subject, counter: &str, value: i64) -> EntryId {
        let counter = self.name(counter);
        self.push(Entry { at, subject, what: What::Count { counter, value }, cause: None, line: None })
    }

    /// Records something without length.
    pub fn mark(
        &mut self,
        at: Time,
        subject: Subject,
        name: &str,
        detail: Option<&str>,
        line: Option<Line>,
    ) -> EntryId {
        let name = self.name(name);
        let detail = detail.map(|d| self.name(d));
        self.push(Entry { at, subject, what: What::Mark { name, detail }, cause: None, line })
    }

    /// All entries, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many subjects have been born.
    pub fn n_subjects(&self) -> u32 {
        self.n_subjects
    }

    /// The golden text form: one line an entry.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for entry in &self.entries {
            self.write_entry(&mut out, entry);
        }
        out
    }

    /// The run's hash: 64 bits over the golden text form.
    pub fn hash(&self) -> u64 {
        let mut hasher = hash::Hasher::default();
        hasher.extend(self);
        hasher.digest()
    }

    fn write_entry(&self, out: &mut String, entry: &Entry) {
        let Entry { at, subject, what, cause, line } = entry;
        let _ = write!(out, "{} #{} ", at.0, subject.0);
        let _ = match what {
            What::Born { kind, name, parent } => {
                let _ = write!(out, "born {kind:?} {:?}", self.text_of(*name));
                match parent {
                    Some(p) => write!(out, " of #{}", p.0),
                    None => Ok(()),
                }
            }
            What::Named(name) => write!(out, "named {:?}", self.text_of(*name)),
            What::State { state, reason, on } => {
                let _ = write!(out, "{state:?} {:?}", self.text_of(*reason));
                match on {
                    Some(o) => write!(out, " on #{}", o.0),
                    None => Ok(()),
                }
            }
            What::Count { counter, value } => write!(out, "count {:?} {value}", self.text_of(*counter)),
            What::Mark { name, detail: None } => write!(out, "mark {:?}", self.text_of(*name)),
            What::Mark { name, detail: Some(d) } => {
                write!(out, "mark {:?} {:?}", self.text_of(*name), self.text_of(*d))
            }
            What::Output { stream, text } => write!(out, "output {stream} {:?}", self.text_of(*text)),
        };
        if let Some(cause) = cause {
            let _ = write!(out, " because {}", cause.0);
        }
        if let Some(Line { file, line }) = line {
            let _ = write!(out, " at {}:{line}", self.text_of(*file));
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_has_one_line_an_entry() {
        let mut journal = Journal::new();
        let process = journal.born(Time(0), Kind::Process, "main", None, None, None);
        let file = journal.name("a.py");
        let line = Some(Line { file, line: 3 });
        let woken = journal.state(Time(5), process, State::Waiting, "sleep", None, None, line);
        journal.state(Time(9), process, State::Running, "", None, Some(woken), None);
        assert_eq!(
            journal.text(),
            "0 #0 born Process \"main\"\n5 #0 Waiting \"sleep\" at a.py:3\n9 #0 Running \"\" because 1\n"
        );
    }

    #[test]
    fn equal_records_have_equal_hashes_and_others_do_not() {
        let record = |value| {
            let mut journal = Journal::new();
            let pool = journal.born(Time(0), Kind::Pool, "limiter", None, None, None);
            journal.count(Time(1), pool, "tokens in use", value);
            journal.hash()
        };
        assert_eq!(record(3), record(3));
        assert_ne!(record(3), record(4));
    }
}
