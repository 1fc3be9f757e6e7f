//! Loopback sockets: connections between the machine's own processes, with latency and limits.
//!
//! No call blocks. What would block returns [`NetworkError::WouldBlock`]; the caller then registers the
//! thread with [`Network::wait_for`] or [`Network::wait_in`] and blocks it (`runtime::System::block` does both). Threads to be woken come out
//! of [`Network::next_woken`].
//!
//! After Linux: a listener's backlog keeps connections that nobody has accepted; when it is full,
//! connection requests are dropped and tried again after 1, 3 and 7 s (S-WEB-08). Closing a connection
//! with unread bytes, or sending to a closed one, resets it.
//!
//! Small segments of a connection without `TCP_NODELAY` wait until what was sent before is acknowledged (Nagle's
//! algorithm, RFC 896), and a receiver that answers within 40 ms puts off its acknowledgement for so long, to send it
//! with the answer (`TCP_DELACK_MIN`). A server that writes head and body of an answer apart so loses 40 ms at every
//! request of a connection but the first.

mod datagrams;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use super::poller::Poller;
use super::{Context, Parameters, PollerId, ProcessId, Ready, ThreadId, Timer};
use crate::journal::EntryId;
use crate::time::{Duration, Time};

/// A socket. Ids count up from 0 and are never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SocketId(pub u32);

/// A descriptor: what a process calls its socket or poller.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fd(pub u32);

/// What a waiter wants to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interest {
    /// Read, or accept.
    pub read: bool,
    /// Write, or finish connecting.
    pub write: bool,
}

impl Interest {
    /// To read or accept.
    pub const READ: Interest = Interest { read: true, write: false };
    /// To write or finish connecting.
    pub const WRITE: Interest = Interest { read: false, write: true };
}

/// Why a call on a socket failed; the name of the C error is in brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NetworkError {
    /// There is nothing to read, nobody to accept or no room to write (`EAGAIN`).
    WouldBlock,
    /// The connection is being made (`EINPROGRESS`).
    InProgress,
    /// Nobody listens at the port (`ECONNREFUSED`).
    Refused,
    /// The other side has closed with bytes of ours unread (`ECONNRESET`).
    Reset,
    /// This side can no longer send (`EPIPE`).
    BrokenPipe,
    /// No attempt to connect was answered (`ETIMEDOUT`).
    TimedOut,
    /// The port is taken (`EADDRINUSE`).
    AddressInUse,
    /// The socket is not connected (`ENOTCONN`).
    NotConnected,
    /// The socket is in another condition than the call needs (`EINVAL`).
    Invalid,
    /// The process has no such descriptor (`EBADF`).
    BadDescriptor,
    /// A message without an address, from a socket that is not connected (`EDESTADDRREQ`).
    NoDestination,
    /// A message that fits into no packet (`EMSGSIZE`).
    MessageTooLong,
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NetworkError::WouldBlock => "resource temporarily unavailable",
            NetworkError::InProgress => "operation now in progress",
            NetworkError::Refused => "connection refused",
            NetworkError::Reset => "connection reset by peer",
            NetworkError::BrokenPipe => "broken pipe",
            NetworkError::TimedOut => "connection timed out",
            NetworkError::AddressInUse => "address already in use",
            NetworkError::NotConnected => "transport endpoint is not connected",
            NetworkError::Invalid => "invalid argument",
            NetworkError::BadDescriptor => "bad file descriptor",
            NetworkError::NoDestination => "destination address required",
            NetworkError::MessageTooLong => "message too long",
        })
    }
}

/// What the network asked to be reminded of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NetworkTimer {
    /// The oldest thing under way to this socket arrives.
    Arrival(SocketId),
    /// A connection request of this socket reaches its port.
    Request(SocketId),
    /// There is room to send again.
    Room(SocketId),
    /// The socket acknowledges what it has received, if it has not yet.
    Acknowledgement(SocketId),
}

/// Something under way to a socket.
enum Parcel {
    Bytes(Vec<u8>),
    /// The sender will send no more.
    End,
    Reset,
    /// The connection request was accepted by the kernel, or failed.
    Answer(Result<(), NetworkError>),
    /// A datagram.
    Message {
        message: Vec<u8>,
        from_port: u16,
    },
    /// Nobody was at the port that a datagram went to.
    Unreachable,
}

enum Role {
    /// Neither connected nor listening.
    Fresh,
    /// A connection request is under way.
    Connecting {
        to_port: u16,
        first_attempt: Time,
        n_attempts: usize,
        cause: Option<EntryId>,
    },
    Stream,
    Listener {
        backlog: usize,
        waiting: VecDeque<SocketId>,
    },
    /// Messages that arrived, each with the port it came from.
    Datagrams {
        to_port: Option<u16>,
        messages: VecDeque<(Vec<u8>, u16)>,
    },
    Closed,
}

struct Socket {
    role: Role,
    port: Option<u16>,
    peer: Option<SocketId>,
    latency: Duration,
    received: VecDeque<u8>,
    under_way: VecDeque<(Parcel, Option<EntryId>)>,
    /// Sent and not yet read by the peer [bytes].
    unread_by_peer: usize,
    has_ended: bool,
    has_shut_down: bool,
    error: Option<NetworkError>,
    waiters: Vec<(ThreadId, Interest)>,
    watchers: Vec<PollerId>,
    n_descriptors: u32,
    /// Small segments are sent at once (`TCP_NODELAY`).
    has_no_delay: bool,
    /// Sent and not acknowledged: small segments wait.
    is_unacknowledged: bool,
    /// Small segments that wait.
    held: Vec<u8>,
    /// When it acknowledges what it has received, while that is put off.
    acknowledges_at: Option<Time>,
    /// When bytes arrived last.
    last_arrival: Option<Time>,
    /// It answers what it receives: acknowledgements are put off.
    is_interactive: bool,
}

impl Socket {
    fn new(role: Role, latency: Duration) -> Socket {
        Socket {
            role,
            port: None,
            peer: None,
            latency,
            received: VecDeque::new(),
            under_way: VecDeque::new(),
            unread_by_peer: 0,
            has_ended: false,
            has_shut_down: false,
            error: None,
            waiters: Vec::new(),
            watchers: Vec::new(),
            n_descriptors: 0,
            has_no_delay: latency == Duration::ZERO,
            is_unacknowledged: false,
            held: Vec::new(),
            acknowledges_at: None,
            last_arrival: None,
            is_interactive: false,
        }
    }
}

/// What a descriptor stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Object {
    Socket(SocketId),
    Poller(PollerId),
}

/// All sockets, pollers and descriptors of the machine.
pub struct Network {
    latency: Duration,
    buffer_bytes: usize,
    somaxconn: usize,
    retries: [Duration; 3],
    sockets: Vec<Socket>,
    pollers: Vec<Poller>,
    ports: BTreeMap<u16, SocketId>,
    datagram_ports: BTreeMap<u16, SocketId>,
    descriptors: BTreeMap<ProcessId, Vec<Option<Object>>>,
    next_port: u16,
    n_waits: u64,
    woken: VecDeque<(ThreadId, Option<EntryId>)>,
}

/// Descriptors 0, 1 and 2 are the standard streams.
const FIRST_FD: usize = 3;
/// The first port that is given to those who ask for any (Linux' `ip_local_port_range`).
const FIRST_ANY_PORT: u16 = 32_768;
/// The largest segment over loopback [bytes]: its MTU of 65 536 less the headers.
const SEGMENT_BYTES: usize = 65_483;
/// How long an acknowledgement is put off (Linux' `TCP_DELACK_MIN`).
const ACKNOWLEDGEMENT_DELAY: Duration = Duration::millis(40);

impl Network {
    /// A network without sockets.
    pub fn new(parameters: &Parameters) -> Network {
        Network {
            latency: parameters.loopback_latency,
            buffer_bytes: parameters.socket_buffer_bytes,
            somaxconn: parameters.somaxconn,
            retries: parameters.connect_retries,
            sockets: Vec::new(),
            pollers: Vec::new(),
            ports: BTreeMap::new(),
            datagram_ports: BTreeMap::new(),
            descriptors: BTreeMap::new(),
            next_port: FIRST_ANY_PORT,
            n_waits: 0,
            woken: VecDeque::new(),
        }
    }

    /// The next thread that has what it waited for, and the entry that brought it about.
    pub fn next_woken(&mut self) -> Option<(ThreadId, Option<EntryId>)> {
        self.woken.pop_front()
    }

    /// Opens a socket: the lowest free descriptor.
    pub fn open_socket(&mut self, process: ProcessId) -> Fd {
        let socket = self.add(Socket::new(Role::Fresh, self.latency));
        self.give(process, Object::Socket(socket))
    }

    /// Opens two sockets connected with each other, without latency (`socketpair`, and pipes).
    pub fn open_pair(&mut self, process: ProcessId) -> (Fd, Fd) {
        let one = self.add(Socket::new(Role::Stream, Duration::ZERO));
        let other = self.add(Socket::new(Role::Stream, Duration::ZERO));
        self.socket_mut(one).peer = Some(other);
        self.socket_mut(other).peer = Some(one);
        (self.give(process, Object::Socket(one)), self.give(process, Object::Socket(other)))
    }

    /// Opens a poller.
    pub fn open_poller(&mut self, process: ProcessId) -> Fd {
        self.pollers.push(Poller::default());
        self.give(process, Object::Poller(PollerId(self.pollers.len() as u32 - 1)))
    }

    /// Another descriptor for the same thing, in the same or another process (`dup`, inheritance).
    pub fn share(&mut self, from: ProcessId, fd: Fd, to: ProcessId) -> Result<Fd, NetworkError> {
        let object = self.object(from, fd)?;
        Ok(self.give(to, object))
    }

    /// Gives a new process the descriptors of another one under the same numbers: all of them, or these.
    pub fn inherit(&mut self, from: ProcessId, to: ProcessId, only: Option<&[Fd]>) {
        let table = self.descriptors.get(&from).cloned().unwrap_or_default();
        let is_wanted = |place: usize| only.is_none_or(|fds| fds.contains(&Fd((place + FIRST_FD) as u32)));
        let kept = |(place, object): (usize, Option<Object>)| object.filter(|_| is_wanted(place));
        let table: Vec<_> = table.into_iter().enumerate().map(kept).collect();
        for object in table.iter().flatten() {
            if let Object::Socket(socket) = object {
                self.socket_mut(*socket).n_descriptors += 1;
            }
        }
        self.descriptors.insert(to, table);
    }

    /// The socket behind a descriptor.
    pub fn socket_of(&self, process: ProcessId, fd: Fd) -> Result<SocketId, NetworkError> {
        match self.object(process, fd)? {
            Object::Socket(socket) => Ok(socket),
            Object::Poller(_) => Err(NetworkError::Invalid),
        }
    }

    /// The poller behind a descriptor.
    pub fn poller_of(&self, process: ProcessId, fd: Fd) -> Result<PollerId, NetworkError> {
        match self.object(process, fd)? {
            Object::Poller(poller) => Ok(poller),
            Object::Socket(_) => Err(NetworkError::Invalid),
        }
    }

    /// Closes a descriptor; with the last one of a socket, the connection.
    pub fn close<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        process: ProcessId,
        fd: Fd,
        cause: Option<EntryId>,
    ) -> Result<(), NetworkError> {
        let object = self.object(process, fd)?;
        if let Some(table) = self.descriptors.get_mut(&process) {
            table[fd.0 as usize - FIRST_FD] = None;
        }
        match object {
            Object::Socket(socket) => {
                self.socket_mut(socket).n_descriptors -= 1;
                if self.socket(socket).n_descriptors == 0 {
                    self.close_socket(cx, socket, cause);
                }
            }
            Object::Poller(poller) => {
                let sockets: Vec<SocketId> = self.pollers[poller.0 as usize].sockets().collect();
                for socket in sockets {
                    let _ = self.unwatch(poller, socket);
                }
            }
        }
        Ok(())
    }

    /// Closes everything that a process has open.
    pub fn close_all<E: From<Timer>>(&mut self, cx: &mut Context<E>, process: ProcessId, cause: Option<EntryId>) {
        let n = self.descriptors.get(&process).map_or(0, Vec::len);
        for fd in FIRST_FD..FIRST_FD + n {
            let _ = self.close(cx, process, Fd(fd as u32), cause);
        }
        self.descriptors.remove(&process);
    }

    /// Binds a socket to a port; port 0 stands for any free one. Returns the port.
    pub fn bind(&mut self, socket: SocketId, port: u16) -> Result<u16, NetworkError> {
        if !matches!(self.socket(socket).role, Role::Fresh) || self.socket(socket).port.is_some() {
            return Err(NetworkError::Invalid);
        }
        let port = if port == 0 { self.any_port() } else { port };
        if self.ports.contains_key(&port) {
            return Err(NetworkError::AddressInUse);
        }
        self.ports.insert(port, socket);
        self.socket_mut(socket).port = Some(port);
        Ok(port)
    }

    /// Lets clients connect to a bound socket, `backlog` of them before they are accepted.
    pub fn listen(&mut self, socket: SocketId, backlog: usize) -> Result<(), NetworkError> {
        let backlog = backlog.min(self.somaxconn);
        if self.socket(socket).port.is_none() {
            let port = self.any_port();
            self.bind(socket, port)?;
        }
        match &mut self.socket_mut(socket).role {
            role @ Role::Fresh => *role = Role::Listener { backlog, waiting: VecDeque::new() },
            Role::Listener { backlog: before, .. } => *before = backlog,
            _ => return Err(NetworkError::Invalid),
        }
        Ok(())
    }

    /// The port that the socket is bound to.
    pub fn port(&self, socket: SocketId) -> Option<u16> {
        self.socket(socket).port
    }

    /// The port that the other side is bound to.
    pub fn peer_port(&self, socket: SocketId) -> Result<u16, NetworkError> {
        let peer = self.socket(socket).peer.ok_or(NetworkError::NotConnected)?;
        self.socket(peer).port.ok_or(NetworkError::NotConnected)
    }

    /// Begins to connect to a port. The socket is writable when that is over; then ask again:
    /// `Ok` means connected.
    pub fn connect<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: SocketId,
        port: u16,
        cause: Option<EntryId>,
    ) -> Result<(), NetworkError> {
        let own_port = self.any_port();
        let socket = self.socket_mut(id);
        if let Some(error) = socket.error.take() {
            return Err(error);
        }
        match socket.role {
            Role::Stream => return Ok(()),
            Role::Connecting { .. } => return Err(NetworkError::InProgress),
            Role::Fresh => {}
            Role::Listener { .. } | Role::Datagrams { .. } | Role::Closed => return Err(NetworkError::Invalid),
        }
        let now = cx.kernel.now();
        socket.role = Role::Connecting { to_port: port, first_attempt: now, n_attempts: 0, cause };
        socket.port.get_or_insert(own_port);
        let at = now + socket.latency;
        cx.kernel.schedule(at, Timer::Network(NetworkTimer::Request(id)).into());
        Err(NetworkError::InProgress)
    }

    /// Takes the oldest waiting connection as a new descriptor.
    pub fn accept(&mut self, listener: SocketId, process: ProcessId) -> Result<Fd, NetworkError> {
        let Role::Listener { waiting, .. } = &mut self.socket_mut(listener).role else {
            return Err(NetworkError::Invalid);
        };
        let socket = waiting.pop_front().ok_or(NetworkError::WouldBlock)?;
        Ok(self.give(process, Object::Socket(socket)))
    }

    /// How many connections wait to be accepted.
    pub fn n_waiting(&self, listener: SocketId) -> usize {
        match &self.socket(listener).role {
            Role::Listener { waiting, .. } => waiting.len(),
            _ => 0,
        }
    }

    /// Sends as many of the bytes as there is room for; returns how many.
    pub fn send<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: SocketId,
        bytes: &[u8],
        cause: Option<EntryId>,
    ) -> Result<usize, NetworkError> {
        let room = self.buffer_bytes.saturating_sub(self.socket(id).unread_by_peer);
        let socket = self.socket_mut(id);
        if let Some(error) = socket.error.take() {
            return Err(error);
        }
        if socket.has_shut_down {
            return Err(NetworkError::BrokenPipe);
        }
        let (Role::Stream, Some(peer)) = (&socket.role, socket.peer) else { return Err(NetworkError::NotConnected) };
        if room == 0 && !bytes.is_empty() {
            return Err(NetworkError::WouldBlock);
        }
        let n = bytes.len().min(room);
        socket.unread_by_peer += n;
        if n == 0 {
            return Ok(n);
        }
        let now = cx.kernel.now();
        if socket.last_arrival.is_some_and(|at| now.since(at) < ACKNOWLEDGEMENT_DELAY) {
            socket.is_interactive = true;
        }
        if self.socket_mut(id).acknowledges_at.take().is_some() {
            self.acknowledge(cx, id, cause);
        }
        let socket = self.socket_mut(id);
        socket.held.extend(&bytes[..n]);
        if socket.has_no_delay || !socket.is_unacknowledged || socket.held.len() >= SEGMENT_BYTES {
            self.send_held(cx, id, peer, cause);
        }
        Ok(n)
    }

    /// Small segments of the socket are sent at once from now on (`TCP_NODELAY`).
    pub fn set_no_delay<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: SocketId, cause: Option<EntryId>) {
        self.socket_mut(id).has_no_delay = true;
        if let Some(peer) = self.socket(id).peer {
            self.send_held(cx, id, peer, cause);
        }
    }

    /// Sends what the socket has been given.
    fn send_held<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: SocketId, peer: SocketId, cause: Option<EntryId>) {
        let socket = self.socket_mut(id);
        if !socket.held.is_empty() {
            socket.is_unacknowledged = !socket.has_no_delay;
            let bytes = std::mem::take(&mut socket.held);
            self.dispatch(cx, peer, Parcel::Bytes(bytes), cause);
        }
    }

    /// The peer of the socket learns that its bytes have arrived.
    fn acknowledge<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: SocketId, cause: Option<EntryId>) {
        let Some(peer) = self.socket(id).peer else { return };
        self.socket_mut(peer).is_unacknowledged = false;
        self.send_held(cx, peer, id, cause);
    }

    /// Takes at most `max` bytes that have arrived; none means that the other side has ended.
    pub fn receive<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: SocketId,
        max: usize,
    ) -> Result<Vec<u8>, NetworkError> {
        let socket = self.socket_mut(id);
        if !matches!(socket.role, Role::Stream) {
            return Err(socket.error.take().unwrap_or(NetworkError::NotConnected));
        }
        if socket.received.is_empty() {
            if let Some(error) = socket.error.take() {
                return Err(error);
            }
            return if socket.has_ended || max == 0 { Ok(Vec::new()) } else { Err(NetworkError::WouldBlock) };
        }
        let n = max.min(socket.received.len());
        let bytes: Vec<u8> = socket.received.drain(..n).collect();
        let (peer, latency) = (socket.peer, socket.latency);
        if let Some(peer) = peer {
            let had_room = self.has_room(peer);
            let sender = self.socket_mut(peer);
            sender.unread_by_peer = sender.unread_by_peer.saturating_sub(n);
            if !had_room && self.has_room(peer) {
                cx.kernel.schedule(cx.kernel.now() + latency, Timer::Network(NetworkTimer::Room(peer)).into());
            }
        }
        Ok(bytes)
    }

    /// Says that this side will send no more (`shutdown(SHUT_WR)`); the other reads to the end.
    pub fn shut_down<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: SocketId,
        cause: Option<EntryId>,
    ) -> Result<(), NetworkError> {
        let socket = self.socket_mut(id);
        let (Role::Stream, Some(peer)) = (&socket.role, socket.peer) else { return Err(NetworkError::NotConnected) };
        if !std::mem::replace(&mut socket.has_shut_down, true) {
            self.send_held(cx, id, peer, cause);
            self.dispatch(cx, peer, Parcel::End, cause);
        }
        Ok(())
    }

    /// Takes the error that waits on the socket (`SO_ERROR`).
    pub fn take_error(&mut self, socket: SocketId) -> Option<NetworkError> {
        self.socket_mut(socket).error.take()
    }

    /// What the socket is ready for.
    pub fn ready(&self, id: SocketId) -> Ready {
        let socket = self.socket(id);
        let error = socket.error.is_some();
        match &socket.role {
            Role::Stream => {
                let hangup = socket.has_ended && socket.has_shut_down;
                Ready {
                    readable: !socket.received.is_empty() || socket.has_ended || error,
                    writable: socket.has_shut_down || error || self.has_room(id),
                    hangup,
                    error,
                }
            }
            Role::Listener { waiting, .. } => Ready { readable: !waiting.is_empty(), ..Ready::default() },
            Role::Connecting { .. } => Ready::default(),
            Role::Datagrams { messages, .. } => {
                Ready { readable: !messages.is_empty() || error, writable: true, error, ..Ready::default() }
            }
            // A socket whose connection failed tells so; one never connected hangs.
            Role::Fresh => Ready { readable: error, writable: true, hangup: true, error },
            Role::Closed => Ready { hangup: true, ..Ready::default() },
        }
    }

    /// Watches a socket in a poller, or changes for what.
    pub fn watch(&mut self, poller: PollerId, socket: SocketId, interest: Interest) {
        self.pollers[poller.0 as usize].watch(socket, interest);
        if !self.socket(socket).watchers.contains(&poller) {
            self.socket_mut(socket).watchers.push(poller);
        }
        self.tell(socket, None);
    }

    /// Stops watching a socket.
    pub fn unwatch(&mut self, poller: PollerId, socket: SocketId) -> Result<(), NetworkError> {
        self.socket_mut(socket).watchers.retain(|p| *p != poller);
        if self.pollers[poller.0 as usize].unwatch(socket) { Ok(()) } else { Err(NetworkError::BadDescriptor) }
    }

    /// At most `max` of the poller's sockets that are ready, in the order in which they became ready.
    pub fn poll(&mut self, poller: PollerId, max: usize) -> Vec<(SocketId, Ready)> {
        let mut found = std::mem::take(&mut self.pollers[poller.0 as usize]);
        let ready = found.collect(max, |socket| self.ready(socket));
        self.pollers[poller.0 as usize] = found;
        ready
    }

    /// Whether a socket of the poller is ready.
    pub fn has_ready(&mut self, poller: PollerId) -> bool {
        let mut found = std::mem::take(&mut self.pollers[poller.0 as usize]);
        let has_ready = found.has_ready(|socket| self.ready(socket));
        self.pollers[poller.0 as usize] = found;
        has_ready
    }

    /// The thread is to be woken when the socket, which is not ready now, becomes so.
    pub fn wait_for(&mut self, thread: ThreadId, socket: SocketId, interest: Interest) {
        self.socket_mut(socket).waiters.push((thread, interest));
    }

    /// The thread is to be woken when a socket of the poller, which has none ready now, becomes so.
    pub fn wait_in(&mut self, thread: ThreadId, poller: PollerId) {
        self.n_waits += 1;
        self.pollers[poller.0 as usize].waiters.push_back((self.n_waits, thread));
    }

    /// The thread no longer waits for the socket.
    pub fn stop_waiting_for(&mut self, thread: ThreadId, socket: SocketId) {
        self.socket_mut(socket).waiters.retain(|(t, _)| *t != thread);
    }

    /// The thread no longer waits in the poller.
    pub fn stop_waiting_in(&mut self, thread: ThreadId, poller: PollerId) {
        self.pollers[poller.0 as usize].waiters.retain(|(_, t)| *t != thread);
    }

    /// Acts on a timer whose time has come.
    pub fn handle<E: From<Timer>>(&mut self, cx: &mut Context<E>, timer: NetworkTimer) {
        match timer {
            NetworkTimer::Arrival(socket) => {
                if let Some((parcel, cause)) = self.socket_mut(socket).under_way.pop_front() {
                    self.arrive(cx, socket, parcel, cause);
                }
            }
            NetworkTimer::Request(client) => self.request(cx, client),
            NetworkTimer::Room(socket) => self.tell(socket, None),
            NetworkTimer::Acknowledgement(socket) => {
                let due = &mut self.socket_mut(socket).acknowledges_at;
                if due.is_some_and(|at| at <= cx.kernel.now()) {
                    *due = None;
                    self.acknowledge(cx, socket, None);
                }
            }
        }
    }

    /// A connection request reaches the port it was sent to.
    fn request<E: From<Timer>>(&mut self, cx: &mut Context<E>, client: SocketId) {
        let now = cx.kernel.now();
        let Role::Connecting { to_port, first_attempt, n_attempts, cause } = self.socket(client).role else { return };
        let listener = self.ports.get(&to_port).copied();
        let backlog = listener.and_then(|l| match &self.socket(l).role {
            // Linux lets one more wait than the backlog says (`sk_acceptq_is_full` asks for more than).
            Role::Listener { backlog, waiting } => Some((l, waiting.len() > *backlog)),
            _ => None,
        });
        let answer = match backlog {
            None => Err(NetworkError::Refused),
            Some((_, true)) => {
                let Some(&after) = self.retries.get(n_attempts) else {
                    return self.dispatch(cx, client, Parcel::Answer(Err(NetworkError::TimedOut)), cause);
                };
                let n_attempts = n_attempts + 1;
                self.socket_mut(client).role = Role::Connecting { to_port, first_attempt, n_attempts, cause };
                let at = (first_attempt + after).max(now) + self.latency;
                cx.kernel.schedule(at, Timer::Network(NetworkTimer::Request(client)).into());
                return;
            }
            Some((listener, false)) => {
                let mut served = Socket::new(Role::Stream, self.latency);
                served.peer = Some(client);
                served.port = Some(to_port);
                let served = self.add(served);
                self.socket_mut(client).peer = Some(served);
                if let Role::Listener { waiting, .. } = &mut self.socket_mut(listener).role {
                    waiting.push_back(served);
                }
                self.tell(listener, cause);
                Ok(())
            }
        };
        self.dispatch(cx, client, Parcel::Answer(answer), cause);
    }

    /// Sends a parcel on its way to a socket.
    fn dispatch<E: From<Timer>>(&mut self, cx: &mut Context<E>, to: SocketId, parcel: Parcel, cause: Option<EntryId>) {
        let latency = self.socket(to).latency;
        if latency == Duration::ZERO {
            self.arrive(cx, to, parcel, cause);
        } else {
            self.socket_mut(to).under_way.push_back((parcel, cause));
            cx.kernel.schedule(cx.kernel.now() + latency, Timer::Network(NetworkTimer::Arrival(to)).into());
        }
    }

    fn arrive<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: SocketId, parcel: Parcel, cause: Option<EntryId>) {
        let socket = self.socket_mut(id);
        if matches!(socket.role, Role::Closed) {
            if let (Parcel::Bytes(_), Some(peer)) = (parcel, socket.peer) {
                self.dispatch(cx, peer, Parcel::Reset, cause);
            }
            return;
        }
        match parcel {
            Parcel::Bytes(bytes) => {
                socket.received.extend(bytes);
                socket.last_arrival = Some(cx.kernel.now());
                self.receive_segment(cx, id, cause);
            }
            Parcel::End => socket.has_ended = true,
            Parcel::Reset => {
                socket.error = Some(if socket.has_ended { NetworkError::BrokenPipe } else { NetworkError::Reset });
                socket.has_ended = true;
                socket.has_shut_down = true;
            }
            Parcel::Message { message, from_port } => self.take_in(id, message, from_port),
            Parcel::Unreachable => socket.error = Some(NetworkError::Refused),
            Parcel::Answer(Ok(())) => socket.role = Role::Stream,
            Parcel::Answer(Err(error)) => {
                socket.role = Role::Fresh;
                socket.error = Some(error);
            }
        }
        self.tell(id, cause);
    }

    /// Acknowledges what has just arrived, now or later, if the peer waits for that.
    fn receive_segment<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: SocketId, cause: Option<EntryId>) {
        let peer_waits = self.socket(id).peer.is_some_and(|peer| self.socket(peer).is_unacknowledged);
        if !peer_waits {
            return;
        }
        let socket = self.socket_mut(id);
        if !socket.is_interactive {
            return self.acknowledge(cx, id, cause);
        }
        if socket.acknowledges_at.is_none() {
            let at = cx.kernel.now() + ACKNOWLEDGEMENT_DELAY;
            socket.acknowledges_at = Some(at);
            cx.kernel.schedule(at, Timer::Network(NetworkTimer::Acknowledgement(id)).into());
        }
    }

    /// Wakes those who wait for what the socket is ready for now: in pollers, who has waited longest first.
    fn tell(&mut self, id: SocketId, cause: Option<EntryId>) {
        let ready = self.ready(id);
        let is_listener = matches!(self.socket(id).role, Role::Listener { .. });
        let mut waiters = std::mem::take(&mut self.socket_mut(id).waiters);
        let mut n_woken = 0;
        waiters.retain(|&(thread, interest)| {
            // One connection is for one thread; bytes may be for all.
            let is_woken = ready.of_interest(interest).is_any() && !(is_listener && n_woken > 0);
            if is_woken {
                n_woken += 1;
                self.woken.push_back((thread, cause));
            }
            !is_woken
        });
        self.socket_mut(id).waiters = waiters;
        let mut woken: Vec<(u64, ThreadId)> = Vec::new();
        for watcher in 0..self.socket(id).watchers.len() {
            let poller = self.socket(id).watchers[watcher];
            let poller = &mut self.pollers[poller.0 as usize];
            if poller.becomes_ready(id, ready) {
                woken.extend(poller.waiters.pop_front());
            }
        }
        woken.sort_unstable();
        self.woken.extend(woken.into_iter().map(|(_, thread)| (thread, cause)));
    }

    fn close_socket<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: SocketId, cause: Option<EntryId>) {
        for poller in std::mem::take(&mut self.socket_mut(id).watchers) {
            self.pollers[poller.0 as usize].unwatch(id);
        }
        let socket = self.socket_mut(id);
        let role = std::mem::replace(&mut socket.role, Role::Closed);
        let has_unread = !socket.received.is_empty();
        let (peer, has_shut_down, socket_port) = (socket.peer, socket.has_shut_down, socket.port);
        if let (Some(port), Role::Fresh | Role::Listener { .. }) = (socket_port, &role)
            && self.ports.get(&port) == Some(&id)
        {
            self.ports.remove(&port);
        }
        if let (Some(port), Role::Datagrams { .. }) = (socket_port, &role) {
            self.datagram_ports.remove(&port);
        }
        match (role, peer) {
            (Role::Listener { waiting, .. }, _) => {
                for served in waiting {
                    if let Some(client) = self.socket(served).peer {
                        self.socket_mut(served).role = Role::Closed;
                        self.dispatch(cx, client, Parcel::Reset, cause);
                    }
                }
            }
            (Role::Stream, Some(peer)) if has_unread => self.dispatch(cx, peer, Parcel::Reset, cause),
            (Role::Stream | Role::Connecting { .. }, Some(peer)) if !has_shut_down => {
                self.send_held(cx, id, peer, cause);
                self.dispatch(cx, peer, Parcel::End, cause);
            }
            _ => {}
        }
        // Whoever still waits for it learns that there is nothing to wait for.
        self.tell(id, cause);
    }

    fn has_room(&self, socket: SocketId) -> bool {
        // As Linux' `sk_stream_is_writeable`: a third of the buffer is free.
        self.socket(socket).unread_by_peer * 3 <= self.buffer_bytes * 2
    }

    fn any_port(&mut self) -> u16 {
        loop {
            let port = self.next_port;
            self.next_port = if port == u16::MAX { FIRST_ANY_PORT } else { port + 1 };
            if !self.ports.contains_key(&port) {
                return port;
            }
        }
    }

    fn add(&mut self, socket: Socket) -> SocketId {
        self.sockets.push(socket);
        SocketId(self.sockets.len() as u32 - 1)
    }

    fn give(&mut self, process: ProcessId, object: Object) -> Fd {
        if let Object::Socket(socket) = object {
            self.socket_mut(socket).n_descriptors += 1;
        }
        let table = self.descriptors.entry(process).or_default();
        let place = table.iter().position(Option::is_none).unwrap_or_else(|| {
            table.push(None);
            table.len() - 1
        });
        table[place] = Some(object);
        Fd((place + FIRST_FD) as u32)
    }

    fn object(&self, process: ProcessId, fd: Fd) -> Result<Object, NetworkError> {
        let place = (fd.0 as usize).checked_sub(FIRST_FD).ok_or(NetworkError::BadDescriptor)?;
        let table = self.descriptors.get(&process).ok_or(NetworkError::BadDescriptor)?;
        table.get(place).copied().flatten().ok_or(NetworkError::BadDescriptor)
    }

    fn socket(&self, id: SocketId) -> &Socket {
        &self.sockets[id.0 as usize]
    }

    fn socket_mut(&mut self, id: SocketId) -> &mut Socket {
        &mut self.sockets[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::kernel::{Choices, Kernel};

    const SERVER: ProcessId = ProcessId(0);
    const CLIENT: ProcessId = ProcessId(1);
    const THREAD: ThreadId = ThreadId(0);

    pub(super) struct World {
        kernel: Kernel<Timer>,
        journal: Journal,
        choices: Choices,
        pub(super) network: Network,
    }

    macro_rules! cx {
        ($world:expr) => {
            &mut Context { kernel: &mut $world.kernel, journal: &mut $world.journal, choices: &mut $world.choices }
        };
    }

    impl World {
        pub(super) fn new(parameters: &Parameters) -> World {
            World {
                kernel: Kernel::new(),
                journal: Journal::new(),
                choices: Choices::default(),
                network: Network::new(parameters),
            }
        }

        pub(super) fn run(&mut self) {
            while let Some((_, Timer::Network(timer))) = self.kernel.pop() {
                self.network.handle(cx!(self), timer);
            }
        }

        pub(super) fn with<T>(&mut self, act: impl FnOnce(&mut Network, &mut Context<Timer>) -> T) -> T {
            let cx = cx!(self);
            act(&mut self.network, cx)
        }

        fn listener(&mut self, backlog: usize) -> SocketId {
            let fd = self.network.open_socket(SERVER);
            let socket = self.network.socket_of(SERVER, fd).unwrap();
            assert_eq!(self.network.bind(socket, 80), Ok(80));
            assert_eq!(self.network.listen(socket, backlog), Ok(()));
            socket
        }

        fn client(&mut self) -> (Fd, SocketId) {
            let fd = self.network.open_socket(CLIENT);
            let socket = self.network.socket_of(CLIENT, fd).unwrap();
            assert_eq!(self.network.connect(cx!(self), socket, 80, None), Err(NetworkError::InProgress));
            (fd, socket)
        }

        /// Both ends of a connection.
        fn connection(&mut self) -> ((Fd, SocketId), (Fd, SocketId)) {
            let listener = self.listener(5);
            let client = self.client();
            self.run();
            let fd = self.network.accept(listener, SERVER).unwrap();
            (client, (fd, self.network.socket_of(SERVER, fd).unwrap()))
        }
    }

    #[test]
    fn a_connection_is_made_in_a_round_trip_and_without_being_accepted() {
        let mut world = World::new(&Parameters::default());
        let listener = world.listener(5);
        let (_, client) = world.client();
        world.run();
        assert_eq!(world.kernel.now(), Time(30_000));
        assert_eq!(world.network.connect(cx!(world), client, 80, None), Ok(()));
        assert_eq!((world.network.n_waiting(listener), world.network.peer_port(client)), (1, Ok(80)));
    }

    #[test]
    fn nobody_at_the_port_refuses() {
        let mut world = World::new(&Parameters::default());
        let (_, client) = world.client();
        world.run();
        assert!(world.network.ready(client).of_interest(Interest::WRITE).writable);
        assert_eq!(world.network.take_error(client), Some(NetworkError::Refused));
    }

    #[test]
    fn a_full_backlog_drops_requests_that_are_tried_again_after_1_3_and_7_seconds() {
        let mut world = World::new(&Parameters::default());
        let listener = world.listener(0);
        let clients = [world.client().1, world.client().1];
        let mut attempts = Vec::new();
        while let Some((at, Timer::Network(timer))) = world.kernel.pop() {
            if timer == NetworkTimer::Request(clients[1]) {
                attempts.push(at.0 / 1_000_000);
            }
            if at >= Time(5_000_000_000) {
                assert!(world.network.accept(listener, SERVER).is_ok());
            }
            world.network.handle(cx!(world), timer);
        }
        assert_eq!(attempts, [0, 1_000, 3_000, 7_000]);
        assert_eq!(world.network.connect(cx!(world), clients[1], 80, None), Ok(()));
    }

    #[test]
    fn bytes_arrive_in_order_after_the_latency_and_wake_the_reader() {
        let mut world = World::new(&Parameters::default());
        let ((_, client), (_, served)) = world.connection();
        let sent = world.kernel.now();
        world.network.set_no_delay(cx!(world), client, None);
        assert_eq!(world.network.send(cx!(world), client, b"hello ", None), Ok(6));
        assert_eq!(world.network.send(cx!(world), client, b"world", None), Ok(5));
        assert_eq!(world.network.receive(cx!(world), served, 99), Err(NetworkError::WouldBlock));
        world.network.wait_for(THREAD, served, Interest::READ);
        world.run();
        assert_eq!(world.kernel.now(), sent + Duration::micros(15));
        assert_eq!((world.network.next_woken(), world.network.next_woken()), (Some((THREAD, None)), None));
        assert_eq!(world.network.receive(cx!(world), served, 7), Ok(b"hello w".into()));
        assert_eq!(world.network.receive(cx!(world), served, 99), Ok(b"orld".into()));
    }

    #[test]
    fn a_small_segment_waits_for_an_acknowledgement_which_an_answering_receiver_puts_off() {
        let mut world = World::new(&Parameters::default());
        let ((_, client), (_, server)) = world.connection();
        world.network.set_no_delay(cx!(world), client, None);
        let answer_takes = |world: &mut World| {
            let asked = world.kernel.now();
            world.network.send(cx!(world), client, b"question", None).unwrap();
            world.run();
            world.network.send(cx!(world), server, b"head", None).unwrap();
            world.network.send(cx!(world), server, b"body", None).unwrap();
            world.run();
            assert_eq!(world.network.receive(cx!(world), client, 99), Ok(b"headbody".into()));
            world.network.socket(client).last_arrival.map(|at| at.since(asked))
        };
        let round_trips = |n: u64| Duration::micros(n * 15);
        assert_eq!(answer_takes(&mut world), Some(round_trips(3)), "the first answer is acknowledged at once");
        assert_eq!(answer_takes(&mut world), Some(round_trips(3) + ACKNOWLEDGEMENT_DELAY));
        world.network.set_no_delay(cx!(world), server, None);
        assert_eq!(answer_takes(&mut world), Some(round_trips(2)));
    }

    #[test]
    fn a_sender_waits_for_room_until_the_reader_has_read() {
        let mut world = World::new(&Parameters::default());
        let ((_, client), (_, served)) = world.connection();
        assert_eq!(world.network.send(cx!(world), client, &vec![0; 300_000], None), Ok(212_992));
        assert_eq!(world.network.send(cx!(world), client, b"x", None), Err(NetworkError::WouldBlock));
        world.network.wait_for(THREAD, client, Interest::WRITE);
        world.run();
        assert_eq!(world.network.next_woken(), None);
        assert_eq!(world.network.receive(cx!(world), served, 100_000).map(|bytes| bytes.len()), Ok(100_000));
        world.run();
        assert_eq!(world.network.next_woken(), Some((THREAD, None)));
    }

    #[test]
    fn a_half_closed_connection_still_carries_the_answer() {
        let mut world = World::new(&Parameters::default());
        let ((_, client), (_, served)) = world.connection();
        world.network.send(cx!(world), client, b"question", None).unwrap();
        world.network.shut_down(cx!(world), client, None).unwrap();
        world.run();
        assert_eq!(world.network.receive(cx!(world), served, 99), Ok(b"question".into()));
        assert_eq!(world.network.receive(cx!(world), served, 99), Ok(Vec::new()));
        assert_eq!(world.network.send(cx!(world), client, b"more", None), Err(NetworkError::BrokenPipe));
        assert_eq!(world.network.send(cx!(world), served, b"answer", None), Ok(6));
        world.run();
        assert_eq!(world.network.receive(cx!(world), client, 99), Ok(b"answer".into()));
    }

    #[test]
    fn sending_to_a_closed_side_resets_and_then_breaks_the_pipe() {
        let mut world = World::new(&Parameters::default());
        let ((_, client), (fd, _)) = world.connection();
        world.network.close(cx!(world), SERVER, fd, None).unwrap();
        assert_eq!(world.network.send(cx!(world), client, b"a", None), Ok(1));
        world.run();
        assert_eq!(world.network.send(cx!(world), client, b"b", None), Err(NetworkError::BrokenPipe));
        assert_eq!(world.network.receive(cx!(world), client, 9), Ok(Vec::new()));
    }

    #[test]
    fn closing_with_unread_bytes_resets_the_other_side() {
        let mut world = World::new(&Parameters::default());
        let ((_, client), (fd, _)) = world.connection();
        world.network.send(cx!(world), client, b"unread", None).unwrap();
        world.run();
        world.network.close(cx!(world), SERVER, fd, None).unwrap();
        world.run();
        assert_eq!(world.network.receive(cx!(world), client, 9), Err(NetworkError::Reset));
    }

    #[test]
    fn the_end_of_a_process_is_the_end_of_its_streams_and_frees_its_port() {
        let mut world = World::new(&Parameters::default());
        let ((_, client), _) = world.connection();
        world.network.close_all(cx!(world), SERVER, None);
        world.run();
        assert_eq!(world.network.receive(cx!(world), client, 9), Ok(Vec::new()));
        let (_, late) = world.client();
        world.run();
        assert_eq!(world.network.take_error(late), Some(NetworkError::Refused));
    }

    #[test]
    fn a_poller_tells_in_the_order_of_readiness_and_again_while_it_lasts() {
        let mut world = World::new(&Parameters::default());
        let pairs: Vec<_> = (0..3).map(|_| world.network.open_pair(SERVER)).collect();
        let fd = world.network.open_poller(SERVER);
        let poller = world.network.poller_of(SERVER, fd).unwrap();
        let ends: Vec<(SocketId, SocketId)> = pairs
            .iter()
            .map(|&(a, b)| (world.network.socket_of(SERVER, a).unwrap(), world.network.socket_of(SERVER, b).unwrap()))
            .collect();
        for (reader, _) in &ends {
            world.network.watch(poller, *reader, Interest::READ);
        }
        assert!(!world.network.has_ready(poller));
        world.network.wait_in(THREAD, poller);
        for n in [2, 0, 1] {
            world.network.send(cx!(world), ends[n].1, b"x", None).unwrap();
        }
        assert_eq!((world.network.next_woken(), world.network.next_woken()), (Some((THREAD, None)), None));
        let mut told = |max| -> Vec<SocketId> { world.network.poll(poller, max).into_iter().map(|(s, _)| s).collect() };
        assert_eq!(told(2), [ends[2].0, ends[0].0]);
        assert_eq!(told(9), [ends[1].0, ends[2].0, ends[0].0], "first those not told yet, then those still ready");
        assert_eq!(world.network.receive(cx!(world), ends[2].0, 9), Ok(b"x".into()));
        let left: Vec<SocketId> = world.network.poll(poller, 9).into_iter().map(|(s, _)| s).collect();
        assert_eq!(left, [ends[1].0, ends[0].0]);
    }

    #[test]
    fn a_shared_listener_wakes_first_who_has_waited_longest() {
        let mut world = World::new(&Parameters::default());
        let listener = world.listener(5);
        for (process, thread) in [(SERVER, ThreadId(7)), (CLIENT, ThreadId(3))] {
            let fd = world.network.open_poller(process);
            let poller = world.network.poller_of(process, fd).unwrap();
            world.network.watch(poller, listener, Interest::READ);
            world.network.wait_in(thread, poller);
        }
        world.client();
        world.run();
        let woken: Vec<ThreadId> = std::iter::from_fn(|| world.network.next_woken()).map(|(t, _)| t).collect();
        assert_eq!(woken, [ThreadId(7), ThreadId(3)]);
    }

    #[test]
    fn descriptors_are_the_lowest_free_ones_and_shared_ones_keep_the_socket_open() {
        let mut world = World::new(&Parameters::default());
        let (a, b) = world.network.open_pair(SERVER);
        assert_eq!((a, b), (Fd(3), Fd(4)));
        let shared = world.network.share(SERVER, a, CLIENT).unwrap();
        let other = world.network.socket_of(SERVER, b).unwrap();
        world.network.close(cx!(world), SERVER, a, None).unwrap();
        assert_eq!(world.network.receive(cx!(world), other, 9), Err(NetworkError::WouldBlock));
        world.network.close(cx!(world), CLIENT, shared, None).unwrap();
        assert_eq!(world.network.receive(cx!(world), other, 9), Ok(Vec::new()));
        assert_eq!(world.network.open_socket(SERVER), Fd(3));
        assert_eq!(world.network.socket_of(SERVER, Fd(9)), Err(NetworkError::BadDescriptor));
    }
}
