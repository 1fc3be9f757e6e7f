//! The decisions of a run as choices: whom the numbers stand for that the machine decided among.

use super::choice::{About, Choice};
use super::run::Run;
use crate::machine::{CoreId, ThreadId};

impl Run {
    /// The choices so far that order threads, where the run was asked to remember them. Which of several free cores a
    /// thread gets orders nobody and is left out.
    pub fn choices(&self) -> Vec<Choice> {
        let machine = self.system.machine();
        let thread = |id: &u32| machine.subject(ThreadId(*id));
        let core = |id: &u32| machine.core_subject(CoreId(*id));
        let decisions = (0..).zip(self.decisions());
        let choices = decisions.filter_map(|(number, decision)| {
            let (about, options) = match decision.kind {
                "GIL" => (About::Gil, decision.options.iter().map(thread).collect()),
                "lock" => (About::Lock, decision.options.iter().map(thread).collect()),
                "run queue" => (About::RunQueue, decision.options.iter().map(thread).collect()),
                "preempted core" => (About::PreemptedCore, decision.options.iter().map(core).collect()),
                _ => return None,
            };
            Some(Choice { number, at: decision.at, about, options, chosen: decision.chosen as usize })
        });
        choices.collect()
    }
}
