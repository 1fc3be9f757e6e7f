//! The one door for nondeterministic decisions: who gets the GIL, the lock, the core.
//!
//! Options are offered in the order a queue would serve them, so option 0 is always "first come, first
//! served". A run that takes another option somewhere is described completely by its [`Exceptions`] from FIFO. Replaying
//! them over the same scenario gives the same run.

use super::Stream;
use crate::time::Time;

/// One decision that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// When.
    pub at: Time,
    /// What was decided ("GIL", "lock", "core"): a word of the room that asked.
    pub kind: &'static str,
    /// Among whom, first come first, at least two: numbers that mean something to the room that asked.
    pub options: Vec<u32>,
    /// The place among the options of the one that was taken.
    pub chosen: u32,
}

/// A run's departures from FIFO: `(decision_idx, option)`, in ascending order of decision, no option 0. Decisions are
/// counted from 0; those with a single option are not counted.
pub type Exceptions = Vec<(u32, u32)>;

/// How decisions are made.
#[derive(Clone, Debug)]
pub enum Policy {
    /// Always the first option.
    Fifo,
    /// Each option equally likely.
    Seeded(Stream),
    /// As these say, FIFO where they say nothing.
    Replay(Exceptions),
}

/// So many decisions are remembered, the first ones; nobody looks at more.
const MOST_LOGGED: usize = 200_000;

/// Makes the decisions of a run, and remembers them.
#[derive(Clone, Debug)]
pub struct Choices {
    policy: Policy,
    /// Replayed exceptions that are past.
    n_replayed: usize,
    /// Decisions made so far.
    n_decisions: u32,
    exceptions: Exceptions,
    log: Option<Vec<Decision>>,
    /// The first decision of which an option was to be replayed that was not there.
    diverged_at: Option<u32>,
}

impl Default for Choices {
    fn default() -> Self {
        Choices::new(Policy::Fifo)
    }
}

impl Choices {
    /// Decisions under this policy.
    pub fn new(policy: Policy) -> Choices {
        Choices { policy, n_replayed: 0, n_decisions: 0, exceptions: Exceptions::new(), log: None, diverged_at: None }
    }

    /// Remembers every decision with its options, as whoever is to take another one needs them; about 60 bytes a
    /// decision.
    pub fn with_log(mut self) -> Choices {
        self.log = Some(Vec::new());
        self
    }

    /// Takes one of `n_options`, which must be above 0; the options themselves are only looked at for the log. A single
    /// one is no decision. O(1) without a log.
    pub fn choose(
        &mut self,
        at: Time,
        kind: &'static str,
        n_options: usize,
        options: impl Iterator<Item = u32>,
    ) -> usize {
        assert!(n_options > 0, "a choice of {kind} among nothing");
        if n_options == 1 {
            return 0;
        }
        let idx = self.n_decisions;
        self.n_decisions += 1;
        let n_options = n_options as u32;
        let chosen = match &mut self.policy {
            Policy::Fifo => 0,
            Policy::Seeded(stream) => stream.below(u64::from(n_options)) as u32,
            Policy::Replay(exceptions) => match exceptions.get(self.n_replayed) {
                Some(&(at, option)) if at == idx => {
                    self.n_replayed += 1;
                    if option < n_options {
                        option
                    } else {
                        self.diverged_at.get_or_insert(idx);
                        0
                    }
                }
                _ => 0,
            },
        };
        if chosen != 0 {
            self.exceptions.push((idx, chosen));
        }
        if let Some(log) = self.log.as_mut().filter(|log| log.len() < MOST_LOGGED) {
            let options: Vec<u32> = options.collect();
            assert_eq!(options.len(), n_options as usize, "the options of {kind}");
            log.push(Decision { at, kind, options, chosen });
        }
        chosen as usize
    }

    /// The run so far as [`Policy::Replay`] takes it.
    pub fn exceptions(&self) -> &Exceptions {
        &self.exceptions
    }

    /// Every decision so far; empty unless asked for by [`Choices::with_log`].
    pub fn log(&self) -> &[Decision] {
        self.log.as_deref().unwrap_or(&[])
    }

    /// How many decisions have been made.
    pub fn n_decisions(&self) -> u32 {
        self.n_decisions
    }

    /// The first decision that what is replayed did not fit: it belongs to another program,
    /// parameter value or version of the model. FIFO was taken there.
    pub fn diverged_at(&self) -> Option<u32> {
        self.diverged_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Streams;

    fn decide(choices: &mut Choices) -> Vec<usize> {
        (0..50).map(|n| choices.choose(Time(n), "core", 1 + n as usize % 4, 0..1 + n as u32 % 4)).collect()
    }

    #[test]
    fn the_default_is_first_come_first_served() {
        assert_eq!(decide(&mut Choices::default()), [0; 50]);
    }

    #[test]
    fn a_seeded_run_replays_from_its_schedule() {
        let mut seeded = Choices::new(Policy::Seeded(Streams::new(3).stream("chaos")));
        let made = decide(&mut seeded);
        assert!(made.iter().any(|&chosen| chosen > 0));
        let mut replayed = Choices::new(Policy::Replay(seeded.exceptions().clone())).with_log();
        assert_eq!(decide(&mut replayed), made);
        assert_eq!(replayed.exceptions(), seeded.exceptions());
        assert_eq!(replayed.log().len(), replayed.n_decisions() as usize);
        assert_eq!(replayed.diverged_at(), None);
    }

    #[test]
    fn a_schedule_that_does_not_fit_says_where() {
        let mut choices = Choices::new(Policy::Replay(vec![(1, 2)]));
        assert_eq!((choices.choose(Time(0), "lock", 3, 0..3), choices.choose(Time(1), "lock", 2, 0..2)), (0, 0));
        assert_eq!(choices.diverged_at(), Some(1));
    }
}
