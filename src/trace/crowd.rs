//! How many of a parent's children are in each state, over time: what a folded group of tasks shows.

use super::Trace;
use crate::journal::{Kind, State, Subject};
use crate::order;
use crate::time::Time;

/// Three step functions over common times.
#[derive(Clone, Default, Debug)]
pub struct Crowd {
    /// How many children were ever born.
    pub n_members: u32,
    /// The most that were in any state at once.
    pub peak: u32,
    /// When the numbers changed, ascending.
    pub times: Vec<Time>,
    /// How many run from each time on.
    pub running: Vec<u32>,
    /// How many are ready.
    pub ready: Vec<u32>,
    /// How many wait.
    pub waiting: Vec<u32>,
}

impl Crowd {
    /// The children of one kind of a parent. Sorts their changes of state: a fraction of a second for a million.
    pub fn of(trace: &Trace, parent: Option<Subject>, kind: Kind) -> Crowd {
        let mut changes: Vec<(Time, Option<State>, Option<State>)> = Vec::new();
        let mut crowd = Crowd::default();
        for track in trace.tracks().iter().filter(|track| track.parent == parent && track.kind == kind) {
            crowd.n_members += 1;
            let spans = &track.spans;
            let mut before: Option<(State, Time)> = None;
            for i in 0..spans.len() {
                let (start, state) = (spans.starts()[i], spans.states()[i]);
                let from = before.filter(|&(_, end)| end == start).map(|(state, _)| state);
                if let Some((state, end)) = before.filter(|_| from.is_none()) {
                    changes.push((end, Some(state), None));
                }
                changes.push((start, from, Some(state)));
                before = Some((state, spans.ends()[i]));
            }
            changes.extend(before.filter(|&(_, end)| end != Time::NEVER).map(|(state, end)| (end, Some(state), None)));
        }
        order::sort_by_key(&mut changes, |&(at, ..)| at);
        changes.into_iter().for_each(|(at, from, to)| crowd.change(at, from, to));
        crowd
    }

    /// The numbers (running, ready, waiting) at an instant.
    pub fn at(&self, at: Time) -> (u32, u32, u32) {
        match self.times.partition_point(|&t| t <= at) {
            0 => (0, 0, 0),
            i => (self.running[i - 1], self.ready[i - 1], self.waiting[i - 1]),
        }
    }

    /// A member leaves one state and enters another.
    fn change(&mut self, at: Time, from: Option<State>, to: Option<State>) {
        if from == to {
            return;
        }
        if self.times.last() != Some(&at) {
            let last = |column: &Vec<u32>| column.last().copied().unwrap_or(0);
            let (running, ready, waiting) = (last(&self.running), last(&self.ready), last(&self.waiting));
            self.times.push(at);
            self.running.push(running);
            self.ready.push(ready);
            self.waiting.push(waiting);
        }
        let i = self.times.len() - 1;
        if let Some(count) = from.and_then(|state| self.count(state, i)) {
            *count -= 1;
        }
        if let Some(count) = to.and_then(|state| self.count(state, i)) {
            *count += 1;
        }
        self.peak = self.peak.max(self.running[i] + self.ready[i] + self.waiting[i]);
    }

    fn count(&mut self, state: State, i: usize) -> Option<&mut u32> {
        match state {
            State::Running => Some(&mut self.running[i]),
            State::Ready => Some(&mut self.ready[i]),
            State::Waiting => Some(&mut self.waiting[i]),
            State::Done => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_counts_its_members_by_state() {
        let mut crowd = Crowd::default();
        crowd.change(Time(1), None, Some(State::Ready));
        crowd.change(Time(1), None, Some(State::Ready));
        crowd.change(Time(3), Some(State::Ready), Some(State::Running));
        crowd.change(Time(9), Some(State::Running), None);
        assert_eq!(crowd.at(Time(0)), (0, 0, 0));
        assert_eq!(crowd.at(Time(2)), (0, 2, 0));
        assert_eq!(crowd.at(Time(3)), (1, 1, 0));
        assert_eq!(crowd.at(Time(9)), (0, 1, 0));
        assert_eq!(crowd.peak, 2);
    }

    #[test]
    fn the_children_of_one_kind_are_counted_through_gaps_and_ends() {
        let mut j = crate::journal::Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let a = j.born(Time(0), Kind::Task, "a", Some(p), None, None);
        let b = j.born(Time(0), Kind::Task, "b", Some(p), None, None);
        let thread = j.born(Time(0), Kind::Thread, "t", Some(p), None, None);
        j.state(Time(1), a, State::Running, "", None, None, None);
        j.state(Time(1), thread, State::Running, "", None, None, None);
        j.state(Time(2), b, State::Ready, "", None, None, None);
        j.state(Time(3), a, State::Waiting, "", None, None, None);
        j.state(Time(4), a, State::Done, "", None, None, None);
        j.state(Time(6), a, State::Running, "", None, None, None);
        let crowd = Crowd::of(&Trace::of(&j), Some(p), Kind::Task);
        let at = |t| crowd.at(Time(t));
        assert_eq!(
            [at(0), at(1), at(2), at(3), at(4), at(6)],
            [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 1), (0, 1, 0), (1, 1, 0)]
        );
        assert_eq!((crowd.n_members, crowd.peak), (2, 2));
    }
}
