//! What a run left to chance: decisions that reality could have made otherwise, and whom they concern.

use serde::{Deserialize, Serialize};

use super::Schedule;
use crate::journal::Subject;
use crate::time::Time;

/// Who is woken, or gets a core, where several could be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// Its number among all decisions of the run, as a [`Schedule`] names it.
    pub number: u32,
    /// When.
    pub at: Time,
    /// What it was about.
    pub about: About,
    /// Among whom: threads, or cores where it is about a core. First come first, at least two.
    pub options: Vec<Subject>,
    /// The place among the options of the one that was taken.
    pub chosen: usize,
}

/// What a choice is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum About {
    /// Which waiter is woken to take the GIL.
    Gil,
    /// Which waiter is woken to take a lock.
    Lock,
    /// Which thread a core takes next.
    RunQueue,
    /// Which core a woken thread takes from another thread.
    PreemptedCore,
}

/// The schedule of a run that departs from another one at a choice: what came before stays, what came after is dropped.
pub fn branch(schedule: &Schedule, choice: &Choice, option: usize) -> Schedule {
    let mut branch = before(schedule, choice.at, choice.number);
    if option > 0 {
        branch.exceptions.push((choice.number, option as u32));
    }
    branch
}

/// The schedule of a run whose threads are made to switch at an instant before which `n_choices` decisions were made.
pub fn switch(schedule: &Schedule, at: Time, n_choices: u32) -> Schedule {
    let mut branch = before(schedule, at, n_choices);
    branch.switches.push(at);
    branch
}

fn before(schedule: &Schedule, at: Time, number: u32) -> Schedule {
    let exceptions = schedule.exceptions.iter().copied().filter(|&(decision, _)| decision < number).collect();
    Schedule { exceptions, switches: schedule.switches.iter().copied().filter(|&other| other < at).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_drops_what_comes_after_it() {
        let schedule: Schedule = "3:1,9:2,~1.5,~4".parse().unwrap();
        let choice = |number, ms: u64| Choice {
            number,
            at: Time(ms * 1_000_000),
            about: About::Lock,
            options: vec![Subject(0), Subject(1)],
            chosen: 0,
        };
        assert_eq!(branch(&schedule, &choice(5, 2), 1).to_string(), "3:1,5:1,~1.5");
        assert_eq!(branch(&schedule, &choice(9, 5), 0).to_string(), "3:1,~1.5,~4", "back to first come, first served");
        assert_eq!(switch(&schedule, Time(3_000_000), 7).to_string(), "3:1,~1.5,~3");
    }
}
