//! Connections: ports, listeners and how clients come to them.
//!
//! A listener's backlog keeps connections that nobody has accepted; when it is full, connection requests are dropped and
//! tried again after 1, 3 and 7 s (S-WEB-08).

use std::collections::VecDeque;

use super::descriptors::Object;
use super::socket::{Parcel, Role, Socket};
use super::{Fd, Network, NetworkError, NetworkTimer, SocketId};
use crate::journal::EntryId;
use crate::machine::{Context, ProcessId, Timer};

/// The first port that is given to those who ask for any (Linux' `ip_local_port_range`).
pub(super) const FIRST_ANY_PORT: u16 = 32_768;

impl Network {
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

    /// Begins to connect to a port. The socket is writable when that is over; then [`Network::take_error`] says whether
    /// it has failed.
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
            Role::Stream => return Err(NetworkError::IsConnected),
            Role::Connecting { .. } => return Err(NetworkError::Already),
            Role::Fresh => {}
            Role::Listener { .. } | Role::Datagrams { .. } | Role::Closed => return Err(NetworkError::Invalid),
        }
        let now = cx.kernel.now();
        socket.role = Role::Connecting { to_port: port, first_attempt: now, n_attempts: 0, cause };
        socket.port.get_or_insert(own_port);
        let at = now + socket.latency;
        cx.kernel.schedule(at, Timer::Network(NetworkTimer::Request(id)).into());
        Ok(())
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

    /// A connection request reaches the port it was sent to.
    pub(super) fn request<E: From<Timer>>(&mut self, cx: &mut Context<E>, client: SocketId) {
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

    pub(super) fn any_port(&mut self) -> u16 {
        loop {
            let port = self.next_port;
            self.next_port = if port == u16::MAX { FIRST_ANY_PORT } else { port + 1 };
            if !self.ports.contains_key(&port) {
                return port;
            }
        }
    }
}
