//! A journal as a file carries it: the names once, and each entry by what it adds to the one before.
//!
//! Instants are written as the time since the entry before, causes as how many entries back they are. Both are small
//! where the numbers themselves grow, so that most entries take few bytes, and alike ones look alike to a compressor.
//!
//! What comes back in may be damaged, or somebody's forgery: [`Packed::unpack`] holds every number against what stands
//! before it, so that whoever reads the journal may rely on what [`Journal::push`] demands.

use serde::{Deserialize, Serialize};

use super::{Entry, EntryId, Journal, Line, Name, Subject, What};
use crate::time::Time;

/// The packed record of a run.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Packed {
    names: Vec<Box<str>>,
    entries: Vec<PackedEntry>,
}

#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
struct PackedEntry {
    /// Since the entry before it [ns].
    after: u64,
    subject: Subject,
    what: What,
    /// How many entries back its cause is, at least 1.
    cause: Option<u32>,
    line: Option<Line>,
}

impl Packed {
    /// Packs a record.
    pub fn of(journal: &Journal) -> Packed {
        let mut before = Time::ZERO;
        let packed = |(i, entry): (usize, &Entry)| {
            let Entry { at, subject, what, cause, line } = *entry;
            let after = (at - std::mem::replace(&mut before, at)).0;
            PackedEntry { after, subject, what, cause: cause.map(|cause| i as u32 - cause.0), line }
        };
        Packed { names: journal.names.clone(), entries: journal.entries.iter().enumerate().map(packed).collect() }
    }

    /// The record, or what in it cannot be.
    pub fn unpack(self) -> Result<Journal, String> {
        let mut journal = Journal::new();
        for text in &self.names {
            journal.name(text);
        }
        if journal.names.len() != self.names.len() {
            return Err("a name stands in it twice".into());
        }
        let mut at = Time::ZERO;
        for (i, packed) in self.entries.into_iter().enumerate() {
            let PackedEntry { after, subject, what, cause, line } = packed;
            let broken = |what: &str| format!("its entry {i} has {what}");
            at = at.0.checked_add(after).map(Time).ok_or_else(|| broken("a time without end"))?;
            if let What::Born { parent, .. } = what {
                if subject.0 != journal.n_subjects || parent == Some(subject) {
                    return Err(broken("a birth out of turn"));
                }
                journal.n_subjects += 1;
            }
            let is_known = |name: Name| (name.0 as usize) < journal.names.len();
            let is_born = |subject: Subject| subject.0 < journal.n_subjects;
            let (names, other) = mentioned(what);
            let file = line.map(|line| line.file);
            if !names.into_iter().chain([file]).flatten().all(is_known) {
                return Err(broken("a name that is not there"));
            }
            if ![Some(subject), other].into_iter().flatten().all(is_born) {
                return Err(broken("somebody who is not born"));
            }
            let cause = match cause {
                None => None,
                Some(back) if (1..=i as u64).contains(&u64::from(back)) => Some(EntryId(i as u32 - back)),
                Some(_) => return Err(broken("a cause that is not before it")),
            };
            journal.push(Entry { at, subject, what, cause, line });
        }
        Ok(journal)
    }
}

/// The names in an entry, and who else is in it.
fn mentioned(what: What) -> ([Option<Name>; 2], Option<Subject>) {
    match what {
        What::Born { name, parent, .. } => ([Some(name), None], parent),
        What::Named(name) => ([Some(name), None], None),
        What::State { reason, on, .. } => ([Some(reason), None], on),
        What::Count { counter, .. } => ([Some(counter), None], None),
        What::Mark { name, detail } => ([Some(name), detail], None),
        What::Output { text, .. } => ([Some(text), None], None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Kind, State};

    fn sample() -> Journal {
        let mut journal = Journal::new();
        let process = journal.born(Time(3), Kind::Process, "main", None, None, None);
        let thread = journal.born(Time(3), Kind::Thread, "MainThread", Some(process), None, None);
        let file = journal.name("a.py");
        let line = Some(Line { file, line: 300 });
        let woken = journal.state(Time(5_000_000_000), thread, State::Waiting, "sleep", Some(process), None, line);
        journal.count(Time(5_000_000_000), process, "ready queue", -1);
        journal.mark(Time(6_000_000_000), thread, "pass", Some("a.py"), None);
        journal.state(Time(6_000_000_000), thread, State::Running, "", None, Some(woken), None);
        journal
    }

    fn through_bytes(packed: &Packed) -> Packed {
        postcard::from_bytes(&postcard::to_allocvec(packed).unwrap()).unwrap()
    }

    #[test]
    fn what_was_packed_comes_back_as_it_was() {
        let journal = sample();
        assert_eq!(through_bytes(&Packed::of(&journal)).unpack(), Ok(journal));
    }

    #[test]
    fn a_record_that_cannot_be_is_refused() {
        let broken = |spoil: fn(&mut Packed)| {
            let mut packed = Packed::of(&sample());
            spoil(&mut packed);
            packed.unpack().unwrap_err()
        };
        assert_eq!(broken(|p| p.entries[2].after = u64::MAX), "its entry 2 has a time without end");
        assert_eq!(broken(|p| p.entries[1].subject = Subject(7)), "its entry 1 has a birth out of turn");
        let of_itself = |packed: &mut Packed| {
            let What::Born { parent, .. } = &mut packed.entries[1].what else { unreachable!("the thread's birth") };
            *parent = Some(Subject(1));
        };
        assert_eq!(broken(of_itself), "its entry 1 has a birth out of turn");
        assert_eq!(broken(|p| p.entries[3].subject = Subject(7)), "its entry 3 has somebody who is not born");
        assert_eq!(broken(|p| p.entries[5].cause = Some(6)), "its entry 5 has a cause that is not before it");
        assert_eq!(broken(|p| p.entries[5].cause = Some(0)), "its entry 5 has a cause that is not before it");
        assert_eq!(
            broken(|p| p.entries[2].line.as_mut().unwrap().file = Name(99)),
            "its entry 2 has a name that is not there"
        );
        assert_eq!(broken(|p| p.names[1] = p.names[0].clone()), "a name stands in it twice");
    }
}
