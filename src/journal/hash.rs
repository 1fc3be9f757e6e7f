//! The hash of a journal, which may still grow.
//!
//! Writing the golden text form of a long journal takes longer than a frame of the page may; whoever watches a run hashes
//! what is new now and then, and has the hash when the run ends.

use xxhash_rust::xxh3::Xxh3;

use super::Journal;

/// The hash of the first entries of a journal.
pub struct Hasher {
    state: Box<Xxh3>,
    n_entries: usize,
    line: String,
}

impl Default for Hasher {
    fn default() -> Hasher {
        Hasher { state: Box::new(Xxh3::new()), n_entries: 0, line: String::new() }
    }
}

impl Hasher {
    /// Takes in what the journal has beyond what was taken in before; it must be the same journal.
    pub fn extend(&mut self, journal: &Journal) {
        for entry in &journal.entries[self.n_entries..] {
            self.line.clear();
            journal.write_entry(&mut self.line, entry);
            self.state.update(self.line.as_bytes());
        }
        self.n_entries = journal.entries.len();
    }

    /// The hash of all that was taken in.
    pub fn digest(&self) -> u64 {
        self.state.digest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Kind;
    use crate::time::Time;

    #[test]
    fn a_journal_that_is_hashed_as_it_grows_has_the_hash_of_the_whole() {
        let mut journal = Journal::new();
        let mut hasher = Hasher::default();
        for i in 0..7 {
            let process = journal.born(Time(i), Kind::Process, &format!("p{i}"), None, None, None);
            journal.count(Time(i), process, "open", 1);
            if i % 3 == 0 {
                hasher.extend(&journal);
            }
        }
        hasher.extend(&journal);
        hasher.extend(&journal);
        assert_eq!(hasher.digest(), xxhash_rust::xxh3::xxh3_64(journal.text().as_bytes()));
        assert_eq!(hasher.digest(), journal.hash());
    }
}
