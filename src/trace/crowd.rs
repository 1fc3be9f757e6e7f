//! How many of a parent's children are in each state, over time: what a folded group of tasks shows.

use crate::journal::State;
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
    /// The numbers (running, ready, waiting) at an instant.
    pub fn at(&self, at: Time) -> (u32, u32, u32) {
        match self.times.partition_point(|&t| t <= at) {
            0 => (0, 0, 0),
            i => (self.running[i - 1], self.ready[i - 1], self.waiting[i - 1]),
        }
    }

    pub(super) fn join(&mut self) {
        self.n_members += 1;
    }

    /// A member leaves one state and enters another.
    pub(super) fn change(&mut self, at: Time, from: Option<State>, to: Option<State>) {
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
}
