//! Processes: what keeps threads together.

use super::{Machine, Thread, ThreadId, ThreadState};
use crate::journal::{Entry, EntryId, Kind, State, Subject, What};
use crate::machine::{Context, Parameters, Timer};
use crate::time::{Duration, Time};

/// An OS process. Ids count up from 0 and are never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ProcessId(pub u32);

pub(super) struct Process {
    subject: Subject,
    threads: Vec<ThreadId>,
    is_alive: bool,
    /// Threads that have started and not ended.
    n_stacks: i64,
    /// It has had more than one at a time.
    has_threads: bool,
}

impl Machine {
    /// Makes a process without threads.
    pub fn add_process<E>(&mut self, cx: &mut Context<E>, name: &str, cause: Option<EntryId>) -> ProcessId {
        let subject = cx.journal.born(cx.kernel.now(), Kind::Process, name, None, cause, None);
        self.processes.push(Process { subject, threads: Vec::new(), is_alive: true, n_stacks: 0, has_threads: false });
        ProcessId(self.processes.len() as u32 - 1)
    }

    /// Makes a thread that does not run yet.
    pub fn add_thread<E>(
        &mut self,
        cx: &mut Context<E>,
        process: ProcessId,
        name: &str,
        cause: Option<EntryId>,
    ) -> ThreadId {
        let parent = &mut self.processes[process.0 as usize];
        assert!(parent.is_alive, "a thread belongs to a living process");
        let subject = cx.journal.born(cx.kernel.now(), Kind::Thread, name, Some(parent.subject), cause, None);
        let id = ThreadId(self.threads.len() as u32);
        parent.threads.push(id);
        self.threads.push(Thread::new(process, subject, self.words.empty));
        id
    }

    /// Whether the process has not ended.
    pub fn is_alive(&self, process: ProcessId) -> bool {
        self.processes[process.0 as usize].is_alive
    }

    /// The journal's subject of a process.
    pub fn process_subject(&self, process: ProcessId) -> Subject {
        self.processes[process.0 as usize].subject
    }

    /// The threads of a process that have not ended, oldest first.
    pub fn threads_of(&self, process: ProcessId) -> impl Iterator<Item = ThreadId> + '_ {
        let threads = &self.processes[process.0 as usize].threads;
        threads.iter().copied().filter(|t| self.state(*t) != ThreadState::Dead)
    }

    /// How long the threads of a process were on cores together, those that have ended included.
    pub fn process_cpu_time(&self, now: Time, process: ProcessId) -> Duration {
        let threads = &self.processes[process.0 as usize].threads;
        threads.iter().fold(Duration::ZERO, |sum, thread| sum + self.cpu_time(now, *thread))
    }

    /// Ends a process and all its threads.
    pub fn end_process<E: From<Timer>>(&mut self, cx: &mut Context<E>, process: ProcessId, cause: Option<EntryId>) {
        self.processes[process.0 as usize].is_alive = false;
        for thread in self.processes[process.0 as usize].threads.clone() {
            self.end_thread(cx, thread, cause);
        }
        let (at, subject) = (cx.kernel.now(), self.process_subject(process));
        let what = What::State { state: State::Done, reason: self.words.empty, on: None };
        cx.journal.push(Entry { at, subject, what, cause, line: None });
    }

    /// A stack comes or goes: the address space that all of a process reserve, and the memory that they occupy
    /// (S-OS-07). A process that never had a second thread is not counted.
    pub(super) fn count_stacks<E>(&mut self, cx: &mut Context<E>, thread: ThreadId, change: i64) {
        let Parameters { stack_bytes, stack_resident_bytes, .. } = self.parameters;
        let process = &mut self.processes[self.threads[thread.0 as usize].process.0 as usize];
        process.n_stacks += change;
        process.has_threads |= process.n_stacks > 1;
        if process.has_threads {
            let (at, subject, n) = (cx.kernel.now(), process.subject, process.n_stacks);
            cx.journal.count(at, subject, "stacks reserved [bytes]", n * stack_bytes as i64);
            cx.journal.count(at, subject, "stacks in memory [bytes]", n * stack_resident_bytes as i64);
        }
    }
}
