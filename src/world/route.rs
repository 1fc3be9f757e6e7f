//! The one match where a trap meets a model.

use crate::journal::{Entry, Kind, Line, State, Subject, What};
use crate::machine::{Fd, Interest, NetworkError, ThreadId};
use crate::python::trap::{JournalRequest, SHARED_LOCKS, SocketRequest, Trap};
use crate::python::value::Value;
use crate::python::vm::ErrorKind;
use crate::runtime::{Acquired, Block, Handover, LockId, Wait};
use crate::time::Duration;

use super::interpreter::ticker;
use super::run::{Run, Thread, Waits};
use super::signals::{Call, CallKind};

/// The only address of the machine.
const LOCALHOST: &str = "127.0.0.1";

/// What stdout keeps back when it is not a terminal [bytes].
const STDOUT_BUFFER: usize = 8192;

type Answer = Result<Value, Value>;

impl Run {
    /// What a thread stopped for happens now.
    pub(super) fn route(&mut self, id: ThreadId, trap: Trap) {
        let Some(trap) = self.interrupt_before(id, trap) else { return };
        match trap {
            Trap::CheckPoint => {
                let (system, mut cx) = self.parts();
                if system.check_point(&mut cx, id) {
                    self.go_on(id);
                }
            }
            Trap::Sleep(length) => {
                let until = self.kernel.now() + length;
                self.waits_in(id, Waits::None, Call { kind: CallKind::Sleep, deadline: Some(until) });
                let (system, mut cx) = self.parts();
                system.block(&mut cx, id, Block::sleep(until));
            }
            Trap::WithoutGil(length) => {
                self.waits(id, Waits::None);
                let (system, mut cx) = self.parts();
                system.native(&mut cx, id, length);
            }
            Trap::StartThread { function, args, kwargs } => self.start_thread(id, function, args, kwargs),
            Trap::NameThread(name) => {
                let subject = self.system.machine().subject(id);
                let (at, name) = (self.kernel.now(), self.journal.name(&name));
                self.journal.push(Entry { at, subject, what: What::Named(name), cause: None, line: None });
                self.answer(id, Ok(Value::None));
            }
            Trap::Acquire { lock, blocking, timeout, purpose } => {
                let deadline = timeout.map(|t| self.kernel.now() + t);
                let call = Call { kind: CallKind::Acquire { lock, purpose: purpose.clone() }, deadline };
                let lock = self.lock(id, lock);
                let stands_for = purpose.map(|purpose| {
                    let thread = purpose.thread.and_then(|ident| self.thread_of(id, ident));
                    let subject = thread.map(|thread| self.system.machine().subject(thread));
                    (self.journal.name(&purpose.reason), subject)
                });
                let (system, mut cx) = self.parts();
                match system.acquire(&mut cx, id, lock, blocking, deadline, stands_for) {
                    Acquired::Yes => self.answer_for_lock(id, Ok(Value::bool(true))),
                    Acquired::No => self.answer_for_lock(id, Ok(Value::bool(false))),
                    Acquired::Waits => self.waits_in(id, Waits::Woken, call),
                }
            }
            Trap::Release { lock } => {
                let lock = self.lock(id, lock);
                let (system, mut cx) = self.parts();
                let answer = match system.release(&mut cx, id, lock) {
                    Ok(()) => Ok(Value::None),
                    Err(_) => Err(self.error(id, ErrorKind::Runtime, "release unlocked lock")),
                };
                self.answer_for_lock(id, answer);
            }
            Trap::IsLocked { lock } => {
                let lock = self.lock(id, lock);
                let locked = self.system.is_locked(lock);
                self.answer(id, Ok(Value::bool(locked)));
            }
            Trap::Write { stream, text } => {
                if self.write(id, stream, &text) {
                    self.after_system_call(id, Ok(Value::None));
                } else {
                    self.answer(id, Ok(Value::None));
                }
            }
            Trap::Journal(request) => {
                let answer = self.record(id, request);
                self.answer(id, Ok(answer));
            }
            Trap::Socket(request) => self.socket(id, request),
            Trap::Process(request) => self.process_request(id, request),
            Trap::Signal(request) => self.signal_request(id, request),
            Trap::Disk(request) => {
                let answer = self.disk_call(request);
                self.after_system_call(id, Ok(answer));
            }
            Trap::CpuTime { of_process } => {
                let (now, machine) = (self.kernel.now(), self.system.machine());
                let time = if of_process {
                    machine.process_cpu_time(now, machine.process_of(id))
                } else {
                    machine.cpu_time(now, id)
                };
                self.answer(id, Ok(Value::Int(time.0 as i64)));
            }
            Trap::SetSwitchInterval(interval) => {
                let process = self.processes[self.threads[&id].process].id;
                self.system.set_switch_interval(process, interval);
                self.answer(id, Ok(Value::None));
            }
            Trap::ExitProcess(status) => {
                let process = self.threads[&id].process;
                if self.processes[process].root != process {
                    // `os._exit` flushes nothing; the first process is taken to write to a terminal.
                    self.processes[process].buffer.clear();
                }
                self.end_process(process, status);
            }
        }
    }

    /// Answers at once: the thread goes on.
    pub(super) fn answer(&mut self, id: ThreadId, answer: Answer) {
        let thread = &self.threads[&id];
        let (process, fiber) = (thread.process, thread.fiber);
        let vm = &mut self.processes[process].vm;
        vm.enter(fiber);
        vm.answer(answer);
        self.go_on(id);
    }

    fn waits(&mut self, id: ThreadId, waits: Waits) {
        self.threads.get_mut(&id).expect("it runs").waits = waits;
    }

    /// The same in a call that a signal may interrupt.
    pub(super) fn waits_in(&mut self, id: ThreadId, waits: Waits, call: Call) {
        let thread = self.threads.get_mut(&id).expect("it runs");
        (thread.waits, thread.call) = (waits, Some(call));
    }

    pub(super) fn error(&mut self, id: ThreadId, kind: ErrorKind, text: &str) -> Value {
        let vm = &self.processes[self.threads[&id].process].vm;
        vm.exception(&vm.error_class(kind), vec![Value::str(text)])
    }

    fn os_error(&mut self, id: ThreadId, error: NetworkError) -> Value {
        let (errno, text) = errno(error);
        let vm = &self.processes[self.threads[&id].process].vm;
        match vm.os_error(errno, text) {
            crate::python::vm::Stop::Raise(exc) => exc,
            _ => Value::None,
        }
    }

    pub(super) fn line(&mut self, id: ThreadId) -> Option<Line> {
        let thread = &self.threads[&id];
        let (process, fiber) = (thread.process, thread.fiber);
        let (file, line) = self.processes[process].vm.place_of(fiber)?;
        Some(Line { file: self.journal.name(&file), line })
    }

    /// The thread of the same process that Python knows by this number.
    pub(super) fn thread_of(&self, id: ThreadId, ident: u64) -> Option<ThreadId> {
        let process = self.threads[&id].process;
        let vm = &self.processes[process].vm;
        let is_it = |thread: &Thread| thread.process == process && vm.ident_of(thread.fiber) == ident;
        self.threads.iter().find(|(_, thread)| is_it(thread)).map(|(&id, _)| id)
    }

    fn start_thread(&mut self, id: ThreadId, function: Value, args: Vec<Value>, kwargs: Vec<(Value, Value)>) {
        let n = self.threads[&id].process;
        let process = &mut self.processes[n];
        process.n_threads += 1;
        let name = format!("Thread-{}", process.n_threads - 1);
        let kwargs = kwargs
            .into_iter()
            .filter_map(|(k, v)| match k {
                Value::Str(s) => Some((s.sym(), v)),
                _ => None,
            })
            .collect();
        if self.prepared.python.major == 2 && process.vm.ticker.is_none() {
            // The lock does not exist before the first thread does (S-GIL-01).
            process.vm.ticker = Some(ticker(&self.prepared, process.vm.check_interval));
        }
        let fiber = process.vm.spawn(function, args, kwargs);
        let ident = process.vm.ident_of(fiber);
        let process = process.id;
        let cause = self.system.machine().last_entry(id);
        let (system, mut cx) = self.parts();
        let thread = system.add_thread(&mut cx, process, &name, cause);
        let debt = Duration(self.prepared.costs.machine.thread_begin);
        let blocked = self.threads[&id].signals.blocked;
        self.threads.insert(thread, Thread { debt, ..Thread::new(n, fiber, blocked) });
        let (system, mut cx) = self.parts();
        system.start(&mut cx, thread, cause);
        self.answer(id, Ok(Value::Int(ident as i64)));
    }

    fn lock(&mut self, id: ThreadId, lock: u32) -> LockId {
        if lock >= SHARED_LOCKS {
            return self.shared.locks[(lock - SHARED_LOCKS) as usize];
        }
        let n = self.threads[&id].process;
        if let Some(known) = self.processes[n].locks.get(&lock) {
            return *known;
        }
        let made = self.system.add_lock(Handover::Semaphore, None);
        self.processes[n].locks.insert(lock, made);
        made
    }

    /// Whether the system is asked to write it: what goes to stderr at once, to stdout, a pipe, when there is enough of it.
    fn write(&mut self, id: ThreadId, stream: u8, text: &str) -> bool {
        let line = self.line(id);
        let n = self.threads[&id].process;
        let root = self.processes[n].root;
        let is_written = if stream == 2 {
            self.processes[root].stderr.push_str(text);
            true
        } else {
            self.processes[n].buffer.push_str(text);
            let is_full = self.processes[n].buffer.len() >= STDOUT_BUFFER;
            if is_full {
                self.flush(n);
            }
            is_full
        };
        let process = &self.processes[n];
        let subject = self.system.machine().process_subject(process.id);
        let (at, text) = (self.kernel.now(), self.journal.name(text));
        self.journal.push(Entry { at, subject, what: What::Output { stream, text }, cause: None, line });
        is_written
    }

    /// Something that library code wants recorded; its cause is whatever the thread does.
    fn record(&mut self, id: ThreadId, request: JournalRequest) -> Value {
        let at = self.kernel.now();
        let line = self.line(id);
        let cause = self.system.machine().last_entry(id);
        let subject_of = |run: &Run, n: u32| run.subjects[n as usize];
        match request {
            JournalRequest::Born { kind, name, parent } => {
                let kind = match kind.as_str() {
                    "task" => Kind::Task,
                    "loop" => Kind::Loop,
                    "pool" => Kind::Pool,
                    "request" => Kind::Request,
                    _ => Kind::Lock,
                };
                let parent = match parent {
                    Some(n) => subject_of(self, n),
                    None if kind == Kind::Loop => self.system.machine().subject(id),
                    None => {
                        let process = self.processes[self.threads[&id].process].id;
                        self.system.machine().process_subject(process)
                    }
                };
                let subject: Subject = self.journal.born(at, kind, &name, Some(parent), cause, line);
                self.subjects.push(subject);
                return Value::Int(self.subjects.len() as i64 - 1);
            }
            JournalRequest::State { subject, state, reason, on, place, coroutine } => {
                let subject = subject_of(self, subject);
                if let Some(coroutine) = coroutine.filter(|_| self.inspection.until.is_some()) {
                    let process = self.threads[&id].process;
                    self.inspection.coroutines.insert(subject, (process, coroutine));
                }
                let on = on.map(|n| match n {
                    u32::MAX => self.system.machine().subject(id),
                    n => subject_of(self, n),
                });
                let state = match state.as_str() {
                    "running" => State::Running,
                    "ready" => State::Ready,
                    "waiting" => State::Waiting,
                    _ => State::Done,
                };
                let line = match (place, state) {
                    (Some((file, line)), _) => Some(Line { file: self.journal.name(&file), line }),
                    // Whoever is made ready stays where it was; the thread's line is that of who woke it.
                    (None, State::Ready) => None,
                    (None, _) => line,
                };
                self.journal.state(at, subject, state, &reason, on, cause, line);
            }
            JournalRequest::Named { subject, name } => {
                let (subject, name) = (subject_of(self, subject), self.journal.name(&name));
                self.journal.push(Entry { at, subject, what: What::Named(name), cause: None, line: None });
            }
            JournalRequest::Count { subject, counter, value } => {
                let subject = subject_of(self, subject);
                self.journal.count(at, subject, &counter, value);
            }
            JournalRequest::Mark { subject, name, detail } => {
                let subject = subject_of(self, subject);
                self.journal.mark(at, subject, &name, detail.as_deref(), line);
            }
        }
        Value::None
    }

    // --- sockets ---

    fn socket(&mut self, id: ThreadId, request: SocketRequest) {
        match request {
            SocketRequest::Wait { fd, write, timeout } => self.wait_for_socket(id, fd, write, timeout),
            SocketRequest::Poll { poller, timeout } => self.poll(id, poller, timeout),
            SocketRequest::Resolve(host) => {
                let answer = if matches!(host.as_str(), "localhost" | "127.0.0.1" | "0.0.0.0" | "::1" | "") {
                    Ok(Value::list(vec![Value::str(LOCALHOST)]))
                } else {
                    let vm = &self.processes[self.threads[&id].process].vm;
                    match vm.os_error(-2, "Name or service not known") {
                        crate::python::vm::Stop::Raise(exc) => Err(exc),
                        _ => Ok(Value::None),
                    }
                };
                self.waits(id, Waits::Value(answer));
                let length = Duration(self.prepared.costs.ns_of("socket.getaddrinfo").unwrap_or(100_000));
                let (system, mut cx) = self.parts();
                system.native(&mut cx, id, length);
            }
            request => {
                let length = self.system_call_of(id, &request);
                let answer = self.socket_call(id, request);
                self.after_call(id, length, answer);
            }
        }
    }

    /// The answer of a lock at which nobody waited.
    fn answer_for_lock(&mut self, id: ThreadId, answer: Answer) {
        self.threads.get_mut(&id).expect("it runs").debt += self.lock_length;
        self.answer(id, answer);
    }

    /// How long a system call on a socket takes: what goes over the loopback, the end of a connection
    /// too, arrives within the call that sends it.
    fn system_call_of(&self, id: ThreadId, request: &SocketRequest) -> Duration {
        let process = self.processes[self.threads[&id].process].id;
        let network = &self.system.network;
        let sends_on = match *request {
            SocketRequest::Send(fd, _) | SocketRequest::SendTo(fd, ..) | SocketRequest::Connect(fd, _) => Some(fd),
            SocketRequest::Shutdown(fd) | SocketRequest::Close(fd) => Some(fd),
            _ => None,
        };
        let socket = sends_on.and_then(|fd| network.socket_of(process, Fd(fd as u32)).ok());
        let latency = socket.map_or(Duration::ZERO, |socket| network.latency_of(socket));
        self.system.machine().parameters().system_call + latency
    }

    /// A system call of the usual length.
    pub(super) fn after_system_call(&mut self, id: ThreadId, answer: Answer) {
        self.after_call(id, self.system.machine().parameters().system_call, answer);
    }

    /// A system call that does not block: it drops the GIL for its length. Where nobody wants the GIL,
    /// that makes no difference but the time.
    fn after_call(&mut self, id: ThreadId, length: Duration, answer: Answer) {
        let process = self.processes[self.threads[&id].process].id;
        if self.system.is_gil_wanted(process) {
            self.waits(id, Waits::Value(answer));
            let (system, mut cx) = self.parts();
            system.native(&mut cx, id, length);
        } else {
            self.threads.get_mut(&id).expect("it runs").debt += length;
            self.answer(id, answer);
        }
    }

    fn socket_call(&mut self, id: ThreadId, request: SocketRequest) -> Answer {
        match self.try_socket_call(id, request) {
            Ok(value) => Ok(value),
            Err(NetworkError::WouldBlock) => Ok(Value::None),
            Err(error) => Err(self.os_error(id, error)),
        }
    }

    fn try_socket_call(&mut self, id: ThreadId, request: SocketRequest) -> Result<Value, NetworkError> {
        let n = self.threads[&id].process;
        let process = self.processes[n].id;
        let cause = self.system.machine().last_entry(id);
        let (system, mut cx) = self.parts();
        let network = &mut system.network;
        let address = |port: u16| Value::tuple([Value::str(LOCALHOST), Value::Int(port as i64)]);
        let value = match request {
            SocketRequest::OpenStream => {
                let fd = network.open_socket(process);
                let socket = network.socket_of(process, fd)?;
                self.processes[n].sockets.insert(socket, fd.0 as i32);
                Value::Int(fd.0 as i64)
            }
            SocketRequest::Bind(fd, port) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                Value::Int(network.bind(socket, port)? as i64)
            }
            SocketRequest::Listen(fd, backlog) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                network.listen(socket, backlog as usize)?;
                self.listens(n);
                Value::None
            }
            SocketRequest::Connect(fd, port) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                network.connect(&mut cx, socket, port, cause)?;
                Value::None
            }
            SocketRequest::ErrorOf(fd) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                let ready = network.ready(socket);
                match network.take_error(socket) {
                    Some(error) => Value::Int(errno(error).0 as i64),
                    None if ready.writable => Value::Int(0),
                    None => Value::Int(115),
                }
            }
            SocketRequest::Accept(fd) => {
                let listener = network.socket_of(process, Fd(fd as u32))?;
                let accepted = network.accept(listener, process)?;
                let socket = network.socket_of(process, accepted)?;
                let port = network.peer_port(socket).unwrap_or(0);
                self.processes[n].sockets.insert(socket, accepted.0 as i32);
                Value::tuple([Value::Int(accepted.0 as i64), address(port)])
            }
            SocketRequest::Send(fd, bytes) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                Value::from(network.send(&mut cx, socket, &bytes, cause)?)
            }
            SocketRequest::Recv(fd, max) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                Value::bytes(network.receive(&mut cx, socket, max)?)
            }
            SocketRequest::NoDelay(fd) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                network.set_no_delay(&mut cx, socket, cause);
                Value::None
            }
            SocketRequest::Shutdown(fd) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                network.shut_down(&mut cx, socket, cause)?;
                Value::None
            }
            SocketRequest::Close(fd) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                network.close(&mut cx, process, Fd(fd as u32), cause)?;
                self.processes[n].sockets.remove(&socket);
                Value::None
            }
            SocketRequest::Pair => {
                let (one, other) = network.open_pair(process);
                let (a, b) = (network.socket_of(process, one)?, network.socket_of(process, other)?);
                self.processes[n].sockets.insert(a, one.0 as i32);
                self.processes[n].sockets.insert(b, other.0 as i32);
                Value::tuple([Value::Int(one.0 as i64), Value::Int(other.0 as i64)])
            }
            SocketRequest::NameOf(fd) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                address(network.port(socket).unwrap_or(0))
            }
            SocketRequest::PeerOf(fd) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                match network.datagram_peer(socket) {
                    Some(port) => address(port),
                    None => address(network.peer_port(socket)?),
                }
            }
            SocketRequest::OpenDatagrams => {
                let fd = network.open_datagrams(process);
                let socket = network.socket_of(process, fd)?;
                self.processes[n].sockets.insert(socket, fd.0 as i32);
                Value::Int(fd.0 as i64)
            }
            SocketRequest::BindDatagrams(fd, port) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                Value::Int(network.bind_datagrams(socket, port)? as i64)
            }
            SocketRequest::ConnectDatagrams(fd, port) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                network.connect_datagrams(socket, port)?;
                Value::None
            }
            SocketRequest::SendTo(fd, message, port) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                Value::from(network.send_to(&mut cx, socket, message, port, cause)?)
            }
            SocketRequest::RecvFrom(fd, max) => {
                let socket = network.socket_of(process, Fd(fd as u32))?;
                let (message, port) = network.receive_from(socket, max)?;
                Value::tuple([Value::bytes(message), address(port)])
            }
            SocketRequest::NewPoller => Value::Int(network.open_poller(process).0 as i64),
            SocketRequest::SetInterest { poller, fd, mask } => {
                let poller = network.poller_of(process, Fd(poller as u32))?;
                let socket = network.socket_of(process, Fd(fd as u32))?;
                if mask == 0 {
                    let _ = network.unwatch(poller, socket);
                } else {
                    network.watch(poller, socket, Interest { read: mask & 1 != 0, write: mask & 2 != 0 });
                }
                Value::None
            }
            SocketRequest::ClosePoller(poller) => {
                network.close(&mut cx, process, Fd(poller as u32), cause)?;
                Value::None
            }
            SocketRequest::Wait { .. } | SocketRequest::Poll { .. } | SocketRequest::Resolve(_) => {
                unreachable!("calls that block have ways of their own")
            }
        };
        let (system, mut cx) = self.parts();
        system.settle_network(&mut cx);
        Ok(value)
    }

    fn wait_for_socket(&mut self, id: ThreadId, fd: i32, write: bool, timeout: Option<Duration>) {
        let process = self.processes[self.threads[&id].process].id;
        let socket = match self.system.network.socket_of(process, Fd(fd as u32)) {
            Ok(socket) => socket,
            Err(error) => {
                let exc = self.os_error(id, error);
                return self.answer(id, Err(exc));
            }
        };
        let interest = if write { Interest::WRITE } else { Interest { read: true, write: false } };
        if self.system.network.ready(socket).of_interest(interest).is_any() {
            return self.after_system_call(id, Ok(Value::bool(true)));
        }
        if timeout == Some(Duration::ZERO) {
            return self.after_system_call(id, Ok(Value::bool(false)));
        }
        let deadline = timeout.map(|t| self.kernel.now() + t);
        self.waits_in(id, Waits::Ready, Call { kind: CallKind::WaitForSocket { fd, write }, deadline });
        let (system, mut cx) = self.parts();
        let wait = Wait::Socket(socket, interest);
        system.block(&mut cx, id, Block { wait, reason: "socket", on: None, deadline });
    }

    fn poll(&mut self, id: ThreadId, poller: i32, timeout: Option<Duration>) {
        let n = self.threads[&id].process;
        let process = self.processes[n].id;
        let known = match self.system.network.poller_of(process, Fd(poller as u32)) {
            Ok(known) => known,
            Err(error) => {
                let exc = self.os_error(id, error);
                return self.answer(id, Err(exc));
            }
        };
        if timeout == Some(Duration::ZERO) || self.system.network.has_ready(known) {
            let answer = self.poll_result(n, poller);
            return self.after_system_call(id, answer);
        }
        let timeout = timeout.map(|t| self.system.machine().parameters().poll_timeout(t));
        let deadline = timeout.map(|t| self.kernel.now() + t);
        self.waits_in(id, Waits::Poll(poller), Call { kind: CallKind::Poll { poller }, deadline });
        let (system, mut cx) = self.parts();
        system.block(&mut cx, id, Block { wait: Wait::Poller(known), reason: "select", on: None, deadline });
    }

    /// What a poller has, as a list of `(fd, mask)`.
    pub(super) fn poll_result(&mut self, n: usize, poller: i32) -> Answer {
        let process = self.processes[n].id;
        let Ok(known) = self.system.network.poller_of(process, Fd(poller as u32)) else {
            return Ok(Value::list(Vec::new()));
        };
        let ready = self.system.network.poll(known, usize::MAX);
        let sockets = &self.processes[n].sockets;
        let found = ready.into_iter().filter_map(|(socket, ready)| {
            let fd = *sockets.get(&socket)?;
            let gone = ready.hangup || ready.error;
            let mask = (ready.readable || gone) as i64 + 2 * (ready.writable || gone) as i64;
            Some(Value::tuple([Value::Int(fd as i64), Value::Int(mask)]))
        });
        Ok(Value::list(found.collect()))
    }
}

/// The number and text of a C error.
fn errno(error: NetworkError) -> (i32, &'static str) {
    match error {
        NetworkError::WouldBlock => (11, "Resource temporarily unavailable"),
        NetworkError::Already => (114, "Operation already in progress"),
        NetworkError::IsConnected => (106, "Transport endpoint is already connected"),
        NetworkError::Refused => (111, "Connection refused"),
        NetworkError::Reset => (104, "Connection reset by peer"),
        NetworkError::BrokenPipe => (32, "Broken pipe"),
        NetworkError::TimedOut => (110, "Connection timed out"),
        NetworkError::AddressInUse => (98, "Address already in use"),
        NetworkError::NotConnected => (107, "Transport endpoint is not connected"),
        NetworkError::Invalid => (22, "Invalid argument"),
        NetworkError::BadDescriptor => (9, "Bad file descriptor"),
        NetworkError::NoDestination => (89, "Destination address required"),
        NetworkError::MessageTooLong => (90, "Message too long"),
    }
}
