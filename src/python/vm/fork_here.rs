//! `os.fork`: the copy of an interpreter goes on where its calling thread is.
//!
//! What a thread is in the midst of is its frames, with the answers that native functions under way have had.
//! That can be copied; the state of natives that are Rust's own futures or loops cannot.

use super::fork::Copier;
use super::frame::{Answer, Fiber, Pending};
use super::{FiberId, Vm};
use crate::python::generator::GenState;

impl Vm {
    /// A copy of this interpreter whose only fiber is a copy of the one that runs, which waits for the same answer.
    /// `None` where that cannot be: below a native function in many steps, a finaliser or a handler of a signal.
    pub fn forked_here(&mut self, pid: u32) -> Option<(Vm, FiberId)> {
        let fiber = &self.fiber;
        let is_plain = |answer: &Answer| answer.progress.is_none();
        let mut answers = fiber.frames.iter().flat_map(|frame| frame.answers()).chain(&fiber.answers);
        if !fiber.routines.is_empty()
            || !fiber.deferred.is_empty()
            || !fiber.interrupted.is_empty()
            || !answers.all(is_plain)
        {
            return None;
        }
        let (mut child, main) = self.copied(pid, Copier::fiber, |child, fiber| {
            child.fibers.push(Some(fiber));
            FiberId(child.fibers.len() as u32 - 1)
        });
        child.with_fiber(main, |fiber| {
            // Their frames are here, so they have not ended with the threads that the child does not have.
            fiber
                .frames
                .iter()
                .filter_map(|frame| frame.generator.as_ref())
                .for_each(|g| g.state.set(GenState::Running));
        });
        Some((child, main))
    }
}

impl Copier {
    /// The copy of a fiber, but for what every child has of its parent's thread.
    fn fiber(&mut self, old: &Fiber) -> Fiber {
        Fiber {
            stack: self.values(&old.stack),
            frames: old.frames.iter().map(|frame| self.frame(frame)).collect(),
            n_uncounted: old.n_uncounted,
            handled: self.value(&old.handled),
            answers: self.answers(&old.answers),
            answers_at: old.answers_at,
            pending: match old.pending {
                Pending::Nothing => Pending::Nothing,
                Pending::Answer(after) => Pending::Answer(after),
            },
            ..Fiber::new(old.ident)
        }
    }

    /// The copies of answers to native functions, which are no states of loops.
    pub fn answers(&mut self, old: &[Answer]) -> Vec<Answer> {
        let copy = |answer: &Answer| Answer {
            depth: answer.depth,
            result: match &answer.result {
                Ok(value) => Ok(self.value(value)),
                Err(exc) => Err(self.value(exc)),
            },
            progress: None,
            is_final: answer.is_final,
        };
        old.iter().map(copy).collect()
    }
}
