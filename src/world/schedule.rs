//! A schedule: every way in which a run departs from what comes by itself, and its text form for links and commands.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::order;
use crate::time::Time;

/// A run's departures from what comes by itself.
///
/// Its text is `12:1,40:2,~3.25`: decision 12 takes option 1, decision 40 option 2, and at 3.25 ms threads are made to switch.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Schedule {
    /// Decisions that are not made first come, first served: `(decision_idx, option)`, ascending, no option 0. Decisions
    /// are counted from 0; those with a single option are not counted.
    pub exceptions: Vec<(u32, u32)>,
    /// When whoever waits for its turn is made to ask for it, before it would by itself; ascending.
    pub switches: Vec<Time>,
}

/// The departures that a schedule can have, to keep a damaged link from costing more than a look.
const MOST_DEPARTURES: usize = 10_000;

impl Schedule {
    /// The same in order, one option a decision.
    pub fn normalised(mut self) -> Schedule {
        order::sort(&mut self.exceptions);
        self.exceptions.dedup_by_key(|(decision, _)| *decision);
        order::sort(&mut self.switches);
        self.switches.dedup();
        self
    }

    /// In how many places it departs.
    pub fn n_departures(&self) -> usize {
        self.exceptions.len() + self.switches.len()
    }

    /// Whether it departs from nothing.
    pub fn is_empty(&self) -> bool {
        self.exceptions.is_empty() && self.switches.is_empty()
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exceptions = self.exceptions.iter().map(|(decision, option)| format!("{decision}:{option}"));
        let switches = self.switches.iter().map(|at| format!("~{}", at.0 as f64 / 1e6));
        f.write_str(&exceptions.chain(switches).collect::<Vec<_>>().join(","))
    }
}

impl std::error::Error for BadSchedule {}

/// A text that is no schedule: the part of it that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadSchedule(pub String);

impl fmt::Display for BadSchedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no choice: they are written `12:1` (decision 12 takes option 1) or `~3.25` (threads switch at 3.25 ms)",
            self.0
        )
    }
}

impl FromStr for Schedule {
    type Err = BadSchedule;

    fn from_str(text: &str) -> Result<Schedule, BadSchedule> {
        let mut schedule = Schedule::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()).take(MOST_DEPARTURES) {
            let bad = || BadSchedule(part.into());
            if let Some(ms) = part.strip_prefix('~') {
                let ms: f64 = ms.parse().map_err(|_| bad())?;
                if !(0.0..1e12).contains(&ms) {
                    return Err(bad());
                }
                schedule.switches.push(Time((ms * 1e6).round() as u64));
            } else {
                let (decision, option) = part.split_once(':').ok_or_else(bad)?;
                match (decision.parse(), option.parse()) {
                    (Ok(_), Ok(0)) => {}
                    (Ok(decision), Ok(option)) => schedule.exceptions.push((decision, option)),
                    _ => return Err(bad()),
                }
            }
        }
        Ok(schedule.normalised())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_read_as_it_was_written() {
        let schedule = Schedule { exceptions: vec![(3, 1), (40, 2)], switches: vec![Time(1), Time(3_250_000)] };
        assert_eq!(schedule.to_string(), "3:1,40:2,~0.000001,~3.25");
        assert_eq!(schedule.to_string().parse(), Ok(schedule));
        assert_eq!("".parse(), Ok(Schedule::default()));
        assert_eq!(" 40:2, 3:1,5:0".parse(), Ok(Schedule { exceptions: vec![(3, 1), (40, 2)], switches: vec![] }));
    }

    #[test]
    fn what_is_no_choice_is_named() {
        for bad in ["3", "a:1", "3:-1", "~", "~-1", "~NaN", "~1e300"] {
            assert_eq!(bad.parse::<Schedule>(), Err(BadSchedule(bad.into())));
        }
    }
}
