//! The one door for nondeterministic decisions: who gets the GIL, the lock, the core.
//!
//! Options are offered in the order a queue would serve them, so option 0 is always "first come, first
//! served". A run that takes another option somewhere is described completely by its [`Schedule`]: the
//! list of exceptions from FIFO. Replaying the schedule over the same scenario gives the same run.

use super::Stream;

/// One decision that was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decision {
    /// What was decided ("GIL", "lock", "core"): a word of the room that asked.
    pub kind: &'static str,
    /// Among how many; at least 2.
    pub n_options: u32,
    /// Which one was taken; below `n_options`.
    pub chosen: u32,
}

/// A run's departures from FIFO: `(decision_idx, option)`, in ascending order of decision, no option 0.
/// Decisions are counted from 0; those with a single option are not counted.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Schedule {
    /// The exceptions.
    pub exceptions: Vec<(u32, u32)>,
}

/// How decisions are made.
#[derive(Clone, Debug)]
pub enum Policy {
    /// Always the first option.
    Fifo,
    /// Each option equally likely.
    Seeded(Stream),
    /// As the schedule says, FIFO where it says nothing.
    Replay(Schedule),
}

/// Makes the decisions of a run, and remembers them.
#[derive(Clone, Debug)]
pub struct Choices {
    policy: Policy,
    /// Exceptions of a replayed schedule that are past.
    n_replayed: usize,
    /// Decisions made so far.
    n_decisions: u32,
    schedule: Schedule,
    log: Option<Vec<Decision>>,
    /// The first decision at which a replayed schedule named an option that was not there.
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
        Choices { policy, n_replayed: 0, n_decisions: 0, schedule: Schedule::default(), log: None, diverged_at: None }
    }

    /// Remembers every decision with its kind and number of options, as a search over schedules needs
    /// them; 24 bytes a decision.
    pub fn with_log(mut self) -> Choices {
        self.log = Some(Vec::new());
        self
    }

    /// Takes one of `n_options`, which must be above 0. A single option is no decision. O(1).
    pub fn choose(&mut self, kind: &'static str, n_options: usize) -> usize {
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
            Policy::Replay(schedule) => match schedule.exceptions.get(self.n_replayed) {
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
            self.schedule.exceptions.push((idx, chosen));
        }
        if let Some(log) = &mut self.log {
            log.push(Decision { kind, n_options, chosen });
        }
        chosen as usize
    }

    /// The run so far as a schedule that [`Policy::Replay`] takes.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Every decision so far; empty unless asked for by [`Choices::with_log`].
    pub fn log(&self) -> &[Decision] {
        self.log.as_deref().unwrap_or(&[])
    }

    /// How many decisions have been made.
    pub fn n_decisions(&self) -> u32 {
        self.n_decisions
    }

    /// The first decision where the replayed schedule did not fit: it belongs to another program,
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
        (0..50).map(|n| choices.choose("core", 1 + n % 4)).collect()
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
        let mut replayed = Choices::new(Policy::Replay(seeded.schedule().clone())).with_log();
        assert_eq!(decide(&mut replayed), made);
        assert_eq!(replayed.schedule(), seeded.schedule());
        assert_eq!(replayed.log().len(), replayed.n_decisions() as usize);
        assert_eq!(replayed.diverged_at(), None);
    }

    #[test]
    fn a_schedule_that_does_not_fit_says_where() {
        let mut choices = Choices::new(Policy::Replay(Schedule { exceptions: vec![(1, 2)] }));
        assert_eq!((choices.choose("lock", 3), choices.choose("lock", 2)), (0, 0));
        assert_eq!(choices.diverged_at(), Some(1));
    }
}
