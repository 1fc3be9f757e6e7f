//! Descriptors: what the processes call their sockets and pollers, and what closing the last one of a socket does.

use super::socket::{Parcel, Role, Socket};
use super::{Fd, Network, NetworkError, SocketId};
use crate::journal::EntryId;
use crate::machine::poller::Poller;
use crate::machine::{Context, PollerId, ProcessId, Timer};
use crate::time::Duration;

/// Descriptors 0, 1 and 2 are the standard streams.
const FIRST_FD: usize = 3;

/// What a descriptor stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Object {
    Socket(SocketId),
    Poller(PollerId),
}

impl Network {
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

    /// Closes a descriptor; with the last one of a socket, the connection, and with that of a poller what it watches.
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
            // A forked child has its parent's pollers, and does not take them along when it ends.
            Object::Poller(_) if self.descriptors.values().flatten().any(|other| *other == Some(object)) => {}
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

    fn close_socket<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: SocketId, cause: Option<EntryId>) {
        for poller in std::mem::take(&mut self.socket_mut(id).watchers) {
            self.pollers[poller.0 as usize].unwatch(id);
        }
        let socket = self.socket_mut(id);
        let role = std::mem::replace(&mut socket.role, Role::Closed);
        let has_unread = !socket.received.is_empty();
        let (peer, has_shut_down, socket_port) = (socket.peer, socket.has_shut_down, socket.port);
        if let Some(port) = socket_port
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

    pub(super) fn give(&mut self, process: ProcessId, object: Object) -> Fd {
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
}
