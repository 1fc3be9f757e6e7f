//! A journal as a file carries it: the names once, every shape of an entry once, and the entries in columns.
//!
//! Most entries are like an earlier one of somebody else: the same thing happened at the same line. A shape is what
//! happened and where; an entry is a shape, somebody, and two small numbers: the time since the entry before, and how many
//! entries back its cause is. Each of the four stands in a column of its own, where a compressor finds alike ones.
//!
//! What comes back in may be damaged, or somebody's forgery: [`Packed::unpack`] holds every number against what stands
//! before it, so that whoever reads the journal may rely on what [`Journal::push`] demands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Entry, EntryId, Journal, Line, Name, Subject, What};
use crate::time::Time;

/// The packed record of a run. The columns are equally long.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Packed {
    names: Vec<Box<str>>,
    shapes: Vec<Shape>,
    /// Since the entry before [ns].
    after: Vec<u64>,
    subject: Vec<Subject>,
    /// Index into the shapes.
    shape: Vec<u32>,
    /// How many entries back the cause is; 0 where there is none.
    cause: Vec<u32>,
}

/// What happened, and at which line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
struct Shape {
    what: What,
    line: Option<Line>,
}

impl Packed {
    /// Packs a record.
    pub fn of(journal: &Journal) -> Packed {
        let mut packed = Packed { names: journal.names.clone(), ..Packed::default() };
        let mut known: BTreeMap<Shape, u32> = BTreeMap::new();
        let mut before = Time::ZERO;
        for (i, entry) in journal.entries.iter().enumerate() {
            let Entry { at, subject, what, cause, line } = *entry;
            let shape = *known.entry(Shape { what, line }).or_insert_with_key(|&shape| {
                packed.shapes.push(shape);
                packed.shapes.len() as u32 - 1
            });
            packed.after.push((at - std::mem::replace(&mut before, at)).0);
            packed.subject.push(subject);
            packed.shape.push(shape);
            packed.cause.push(cause.map_or(0, |cause| i as u32 - cause.0));
        }
        packed
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
        let n_entries = self.after.len();
        if [self.subject.len(), self.shape.len(), self.cause.len()] != [n_entries; 3] {
            return Err("its columns are not equally long".into());
        }
        let mut at = Time::ZERO;
        for i in 0..n_entries {
            let broken = |what: &str| format!("its entry {i} has {what}");
            let (subject, back) = (self.subject[i], self.cause[i]);
            let Some(&Shape { what, line }) = self.shapes.get(self.shape[i] as usize) else {
                return Err(broken("a shape that is not there"));
            };
            at = at.0.checked_add(self.after[i]).map(Time).ok_or_else(|| broken("a time without end"))?;
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
            let cause = match back {
                0 => None,
                back if back as usize <= i => Some(EntryId(i as u32 - back)),
                _ => return Err(broken("a cause that is not before it")),
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
    fn what_happens_again_to_others_is_written_once() {
        let mut journal = Journal::new();
        for _ in 0..50 {
            let thread = journal.born(Time(3), Kind::Thread, "worker", None, None, None);
            journal.state(Time(3), thread, State::Waiting, "sleep", None, None, None);
        }
        assert_eq!(Packed::of(&journal).shapes.len(), 2);
    }

    #[test]
    fn a_record_that_cannot_be_is_refused() {
        let broken = |spoil: fn(&mut Packed)| {
            let mut packed = Packed::of(&sample());
            spoil(&mut packed);
            packed.unpack().unwrap_err()
        };
        assert_eq!(broken(|p| p.after[2] = u64::MAX), "its entry 2 has a time without end");
        assert_eq!(broken(|p| p.subject[1] = Subject(7)), "its entry 1 has a birth out of turn");
        let of_itself = |packed: &mut Packed| {
            let What::Born { parent, .. } = &mut packed.shapes[1].what else { unreachable!("the thread's birth") };
            *parent = Some(Subject(1));
        };
        assert_eq!(broken(of_itself), "its entry 1 has a birth out of turn");
        assert_eq!(broken(|p| p.subject[3] = Subject(7)), "its entry 3 has somebody who is not born");
        assert_eq!(broken(|p| p.cause[5] = 6), "its entry 5 has a cause that is not before it");
        assert_eq!(broken(|p| p.shape[5] = 99), "its entry 5 has a shape that is not there");
        assert_eq!(broken(|p| p.cause.truncate(5)), "its columns are not equally long");
        assert_eq!(
            broken(|p| p.shapes[2].line.as_mut().unwrap().file = Name(99)),
            "its entry 2 has a name that is not there"
        );
        assert_eq!(broken(|p| p.names[1] = p.names[0].clone()), "a name stands in it twice");
    }
}
