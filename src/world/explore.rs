//! Schedules to try: how a program whose threads meet in other places may end.

use super::Schedule;
use super::choice::Choice;
use crate::kernel::Streams;
use crate::time::Time;

/// Every third schedule has one departure, every third two, every third three.
const MOST_DEPARTURES: usize = 3;

/// Schedules of other runs than the one whose `choices` and `turns` these are: `turns` are the stretches in which a thread
/// waits for its turn, where a switch makes a difference. The same `n` and seed give the same schedules.
///
/// Departures are drawn at random: stretches evenly, so that a short one counts as much as a long one, and instants
/// evenly within each. No more than `n`; fewer where there is nothing to depart at.
pub fn schedules(n: usize, seed: u64, turns: &[(Time, Time)], choices: &[Choice]) -> Vec<Schedule> {
    let n_places = (turns.len() + choices.len()) as u64;
    if n_places == 0 {
        return Vec::new();
    }
    let mut stream = Streams::new(seed).stream("explore");
    let mut draw = |n_departures: usize| {
        let mut schedule = Schedule::default();
        for _ in 0..n_departures {
            let place = stream.below(n_places) as usize;
            match turns.get(place) {
                Some(&(from, to)) => schedule.switches.push(Time(from.0 + stream.below(to.since(from).0.max(1)))),
                None => {
                    let choice = &choices[place - turns.len()];
                    let option = 1 + stream.below(choice.options.len() as u64 - 1) as u32;
                    schedule.exceptions.push((choice.number, option));
                }
            }
        }
        schedule.normalised()
    };
    let mut found: Vec<Schedule> = Vec::new();
    // Where there are few places the same schedule comes again.
    for i in 0..2 * n {
        let schedule = draw(1 + i % MOST_DEPARTURES);
        if found.len() < n && !found.contains(&schedule) {
            found.push(schedule);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Subject;
    use crate::world::About;

    #[test]
    fn schedules_depart_where_threads_wait_for_their_turn() {
        let turns = [(Time(10), Time(20)), (Time(1_000), Time(9_000))];
        let options = (0..3).map(Subject).collect();
        let choices = [Choice { number: 7, at: Time(15), about: About::Lock, options, chosen: 0 }];
        let found = schedules(40, 1, &turns, &choices);
        assert_eq!((found.len(), schedules(40, 1, &turns, &choices)), (40, found.clone()));
        for schedule in &found {
            assert!(schedule.exceptions.iter().all(|&(number, option)| number == 7 && (1..3).contains(&option)));
            assert!(schedule.switches.iter().all(|at| turns.iter().any(|(from, to)| (from..to).contains(&at))));
            assert!(!schedule.is_empty() && schedule.switches.is_sorted());
        }
        assert!(found.iter().any(|schedule| !schedule.exceptions.is_empty()));
        assert_eq!(schedules(40, 1, &[], &[]), []);
        assert_eq!(schedules(40, 1, &[], &choices).len(), 2, "there are only two other options");
    }
}
