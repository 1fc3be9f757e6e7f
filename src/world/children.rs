//! Processes that programs start: forked copies and new interpreters, and what they share (S-MP).

use std::collections::BTreeMap;

use crate::library;
use crate::machine::{Fd, SocketId, ThreadId};
use crate::python::trap::{ProcessRequest, SHARED_LOCKS};
use crate::python::value::Value;
use crate::python::vm::{ErrorKind, FiberId, Vm};
use crate::runtime::{Block, Handover, LockId, Wait};

use super::interpreter::generation;
use super::run::{Process, Run, Thread, Waits};
use super::signals::{Call, CallKind};

/// What several processes of a program have in common.
#[derive(Default)]
pub(super) struct Shared {
    pub locks: Vec<LockId>,
    /// Memory by number: text, bytes and numbers, which all interpreters can hold.
    memory: Vec<Vec<Value>>,
}

/// What can be said of a process's children.
enum Waited {
    NoChild,
    /// None of them has ended.
    None,
    /// The number of one, and its exit status.
    Ended(u32, i32),
}

impl Waited {
    fn answer(self) -> Value {
        match self {
            Waited::NoChild => Value::None,
            Waited::None => Value::tuple([Value::Int(0), Value::Int(0)]),
            Waited::Ended(pid, status) => Value::tuple([Value::Int(pid.into()), Value::Int(status.into())]),
        }
    }
}

/// What a copy of the calling thread cannot have.
const CANNOT_FORK: &str = "os.fork() is not simulated below a native function that calls back many times (a sort's key, \
                           a regular expression's replacement), in __del__ or in a handler of a signal: call it outside";

impl Run {
    pub(super) fn process_request(&mut self, id: ThreadId, request: ProcessRequest) {
        let answer = match request {
            ProcessRequest::Fork { function, args, name } => {
                let (parent, fiber) = (self.threads[&id].process, self.threads[&id].fiber);
                let pid = self.fresh_pid();
                let vm = &mut self.processes[parent].vm;
                vm.enter(fiber);
                let (child, main) = vm.forked(pid, &function, &args);
                let (n, thread) = self.add_child(id, name, pid, child, main, None);
                self.copy_locks(parent, n, thread);
                Value::Int(pid as i64)
            }
            ProcessRequest::Duplicate { name } => {
                let (parent, fiber) = (self.threads[&id].process, self.threads[&id].fiber);
                let pid = self.fresh_pid();
                let vm = &mut self.processes[parent].vm;
                vm.enter(fiber);
                let Some((mut child, main)) = vm.forked_here(pid) else {
                    let error = self.error(id, ErrorKind::NotImplemented, CANNOT_FORK);
                    return self.answer(id, Err(error));
                };
                child.enter(main);
                child.answer(Ok(Value::Int(0)));
                let (n, thread) = self.add_child(id, name, pid, child, main, None);
                self.processes[n].buffer = self.processes[parent].buffer.clone();
                self.processes[n].may_outlive = true;
                self.copy_locks(parent, n, thread);
                Value::Int(pid as i64)
            }
            ProcessRequest::Wait { pid, blocks } => match self.child_that_ended(self.threads[&id].process, pid) {
                Waited::None if blocks => return self.wait_for_child(id, pid),
                waited => waited.answer(),
            },
            ProcessRequest::Spawn { function, args, name, fds } => {
                let pid = self.fresh_pid();
                let program = self.program_of(self.threads[&id].process).clone();
                let mut child = self.interpreter(pid, &program);
                child.options.parent_pid = self.processes[self.threads[&id].process].pid;
                child.signals.ignored = self.processes[self.threads[&id].process].vm.signals.ignored;
                let main = child.spawn_main(&function, args);
                let fds: Vec<Fd> = fds.into_iter().map(|fd| Fd(fd as u32)).collect();
                self.add_child(id, name, pid, child, main, Some(&fds));
                Value::Int(pid as i64)
            }
            ProcessRequest::Status(pid) => {
                let process = self.processes.iter_mut().find(|p| p.pid == pid && p.exit.is_some());
                process.map_or(Value::None, |process| {
                    process.is_reaped = true;
                    Value::Int(process.exit.unwrap_or(0).into())
                })
            }
            ProcessRequest::Flush => {
                let process = self.threads[&id].process;
                if !self.processes[process].buffer.is_empty() {
                    self.flush(process);
                    return self.after_system_call(id, Ok(Value::None));
                }
                Value::None
            }
            ProcessRequest::TakeUnwritten => {
                let process = self.threads[&id].process;
                Value::str(&std::mem::take(&mut self.processes[process].buffer))
            }
            ProcessRequest::NewLock => {
                let lock = self.system.add_lock(Handover::Semaphore, None);
                self.shared.locks.push(lock);
                Value::Int((SHARED_LOCKS as usize + self.shared.locks.len() - 1) as i64)
            }
            ProcessRequest::NewMemory(values) => {
                self.shared.memory.push(values);
                Value::from(self.shared.memory.len() - 1)
            }
            ProcessRequest::Load(memory, start, n) => {
                let memory = &self.shared.memory[memory as usize];
                Value::list(memory.iter().skip(start).take(n).cloned().collect())
            }
            ProcessRequest::Store(memory, start, values) => {
                let memory = &mut self.shared.memory[memory as usize];
                for (place, value) in memory.iter_mut().skip(start).zip(values) {
                    *place = value;
                }
                Value::None
            }
        };
        self.answer(id, Ok(answer));
    }

    /// A child of this process that has ended, of which nobody has been told.
    fn child_that_ended(&mut self, parent: usize, pid: Option<u32>) -> Waited {
        let is_meant = |p: &Process| p.parent == Some(parent) && !p.is_reaped && pid.is_none_or(|pid| p.pid == pid);
        let mut children = self.processes.iter_mut().filter(|p| is_meant(p)).peekable();
        if children.peek().is_none() {
            return Waited::NoChild;
        }
        match children.find_map(|p| p.exit.map(|status| (p, status))) {
            Some((child, status)) => {
                child.is_reaped = true;
                Waited::Ended(child.pid, status)
            }
            None => Waited::None,
        }
    }

    fn wait_for_child(&mut self, id: ThreadId, pid: Option<u32>) {
        self.waits_in(id, Waits::Nothing, Call { kind: CallKind::WaitForChild { pid }, deadline: None });
        let (system, mut cx) = self.parts();
        system.block(&mut cx, id, Block { wait: Wait::Wake, reason: "child", on: None, deadline: None });
    }

    /// A thread of the parent that waits for it hears that a process has ended.
    pub(super) fn tell_of_end(&mut self, parent: usize, pid: u32) {
        let waits = |thread: &Thread| {
            let call = thread.call.as_ref().map(|call| &call.kind);
            thread.process == parent
                && matches!(call, Some(CallKind::WaitForChild { pid: meant }) if meant.is_none_or(|meant| meant == pid))
        };
        let Some((&id, _)) = self.threads.iter().find(|(_, thread)| waits(thread)) else { return };
        let (system, mut cx) = self.parts();
        if system.wake(&mut cx, id, None) {
            let answer = self.child_that_ended(parent, Some(pid)).answer();
            self.threads.get_mut(&id).expect("it waits").waits = Waits::Value(Ok(answer));
        }
    }

    pub(super) fn fresh_pid(&mut self) -> u32 {
        self.next_pid += 1;
        self.next_pid - 1
    }

    /// What a process wrote goes to the stdout that it has from its first ancestor.
    pub(super) fn flush(&mut self, n: usize) {
        let text = std::mem::take(&mut self.processes[n].buffer);
        let root = self.processes[n].root;
        self.processes[root].stdout.push_str(&text);
    }

    fn add_child(
        &mut self,
        parent_thread: ThreadId,
        name: String,
        pid: u32,
        vm: Vm,
        main: FiberId,
        fds: Option<&[Fd]>,
    ) -> (usize, ThreadId) {
        let parent = self.threads[&parent_thread].process;
        let cause = self.system.machine().last_entry(parent_thread);
        let generation = generation(&self.prepared, self.program_of(parent));
        let (system, mut cx) = self.parts();
        let id = system.add_process(&mut cx, &name, generation, cause);
        let thread = system.add_thread(&mut cx, id, "MainThread", cause);
        let from = self.processes[parent].id;
        self.system.network.inherit(from, id, fds);
        let sockets: BTreeMap<SocketId, i32> = match fds {
            None => self.processes[parent].sockets.clone(),
            Some(fds) => {
                let socket = |fd: &Fd| Some((self.system.network.socket_of(id, *fd).ok()?, fd.0 as i32));
                fds.iter().filter_map(socket).collect()
            }
        };
        let n = self.processes.len();
        let root = self.processes[parent].root;
        let process = Process { sockets, parent: Some(parent), ..Process::new(name, root, id, pid, vm, main) };
        self.processes.push(process);
        let blocked = self.threads[&parent_thread].signals.blocked;
        self.threads.insert(thread, Thread::new(n, main, blocked));
        let (system, mut cx) = self.parts();
        system.start(&mut cx, thread, cause);
        (n, thread)
    }

    /// A lock that is held stays held in a copied process, and nobody there will ever release it (S-MP-03).
    fn copy_locks(&mut self, parent: usize, child: usize, thread: ThreadId) {
        let known: Vec<(u32, LockId)> = self.processes[parent].locks.iter().map(|(n, lock)| (*n, *lock)).collect();
        for (number, lock) in known {
            if self.system.is_locked(lock) {
                let copy = self.system.add_lock(Handover::Semaphore, None);
                let (system, mut cx) = self.parts();
                system.acquire(&mut cx, thread, copy, false, None, None);
                self.processes[child].locks.insert(number, copy);
            }
        }
    }

    /// The interpreter's library and files are the run's.
    pub(super) fn finder(&self, own: BTreeMap<String, crate::python::vm::FoundSource>) -> crate::python::vm::Modules {
        crate::python::vm::Modules {
            own,
            library: library::source,
            natives: library::native,
            codes: self.codes.clone(),
        }
    }
}
