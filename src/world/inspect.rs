//! A run that is stopped at an instant, to look at what its frames hold.
//!
//! Python runs ahead of virtual time, a burst at a stretch. So this stops in the midst of a burst, and what is seen of a
//! thread is what it has done by that instant. It is a run of its own: the same text and settings come to the same state.

use std::collections::BTreeMap;
use std::rc::Weak;

use crate::journal::Subject;
use crate::python::generator::Generator;
use crate::python::vm::{FrameView, Globals};
use crate::time::Time;

use super::report::Progress;
use super::run::Run;

/// A thread or task with its frames.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inspected {
    /// Who.
    pub subject: Subject,
    /// The program's own frames, innermost first.
    pub frames: Vec<FrameView>,
}

/// What an inspected run knows beside a run.
#[derive(Default)]
pub(super) struct Inspection {
    /// Where it stops.
    pub until: Option<Time>,
    /// Whether it has stopped there.
    pub is_there: bool,
    /// The coroutine of each task that has not ended, and the place of its process.
    pub coroutines: BTreeMap<Subject, (usize, Weak<Generator>)>,
}

impl Run {
    /// Goes on for about this much fuel, and not beyond an instant; `Done` when it is there, or has ended.
    pub fn step_to(&mut self, until: Time, fuel: u64) -> Progress {
        (self.inspection.until, self.inspection.is_there) = (Some(until), false);
        match self.step(fuel) {
            Progress::Running if !self.inspection.is_there => Progress::Running,
            _ => Progress::Done,
        }
    }

    /// What threads and tasks hold where the run stands: those that stand in the program's own files.
    pub fn inspect(&self) -> Vec<Inspected> {
        let machine = self.system.machine();
        let threads = self.threads.iter().map(|(&id, thread)| Inspected {
            subject: machine.subject(id),
            frames: self.processes[thread.process].vm.frames_of_fiber(thread.fiber),
        });
        let tasks = self.inspection.coroutines.iter().filter_map(|(&subject, (process, coroutine))| {
            let coroutine = coroutine.upgrade()?;
            Some(Inspected { subject, frames: self.processes[*process].vm.frames_of_coroutine(&coroutine) })
        });
        threads.chain(tasks).filter(|inspected| !inspected.frames.is_empty()).collect()
    }

    /// The data of the files that a thread stands in, with its process; nothing for who is no thread.
    pub fn globals(&self) -> Vec<(Subject, Globals)> {
        let machine = self.system.machine();
        let mut found: Vec<(Subject, Globals)> = Vec::new();
        for thread in self.threads.values() {
            let process = &self.processes[thread.process];
            let subject = machine.process_subject(process.id);
            for globals in process.vm.globals_of_fiber(thread.fiber) {
                if !found.iter().any(|(other, known)| *other == subject && known.file == globals.file) {
                    found.push((subject, globals));
                }
            }
        }
        found
    }
}
