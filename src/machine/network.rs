//! Loopback sockets: connections between the machine's own processes, with latency and limits.
//!
//! No call blocks. What would block returns [`NetworkError::WouldBlock`]; the caller then registers the thread with
//! [`Network::wait_for`] or [`Network::wait_in`] and blocks it (`runtime::System::block` does both). Threads to be woken
//! come out of [`Network::next_woken`].
//!
//! What is sent is a parcel on its way to a socket; what its arrival does there, and who learns of it, is decided when it
//! arrives. Closing a connection with unread bytes, or sending to a closed one, resets it.

mod connections;
mod datagrams;
mod descriptors;
mod error;
mod readiness;
mod socket;
mod stream;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use super::poller::Poller;
use super::{Context, Parameters, ProcessId, ThreadId, Timer};
use crate::journal::EntryId;
use crate::time::Duration;
use descriptors::Object;
pub use error::NetworkError;
use socket::{Parcel, Role, Socket};

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
            next_port: connections::FIRST_ANY_PORT,
            n_waits: 0,
            woken: VecDeque::new(),
        }
    }

    /// The next thread that has what it waited for, and the entry that brought it about.
    pub fn next_woken(&mut self) -> Option<(ThreadId, Option<EntryId>)> {
        self.woken.pop_front()
    }

    /// Takes the error that waits on the socket (`SO_ERROR`).
    pub fn take_error(&mut self, socket: SocketId) -> Option<NetworkError> {
        self.socket_mut(socket).error.take()
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
            // The answer comes within the call that sends, before it can send again.
            if let (Parcel::Bytes(_), Some(peer)) = (parcel, socket.peer) {
                self.arrive(cx, peer, Parcel::Reset, cause);
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

    fn add(&mut self, socket: Socket) -> SocketId {
        self.sockets.push(socket);
        SocketId(self.sockets.len() as u32 - 1)
    }

    /// How long what the socket sends is under way.
    pub fn latency_of(&self, socket: SocketId) -> Duration {
        self.socket(socket).latency
    }

    fn socket(&self, id: SocketId) -> &Socket {
        &self.sockets[id.0 as usize]
    }

    fn socket_mut(&mut self, id: SocketId) -> &mut Socket {
        &mut self.sockets[id.0 as usize]
    }
}
