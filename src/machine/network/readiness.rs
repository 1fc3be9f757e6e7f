//! Readiness: what a socket is ready for, and who is woken when it becomes so.

use super::socket::Role;
use super::{Interest, Network, NetworkError, SocketId};
use crate::journal::EntryId;
use crate::machine::{PollerId, Ready, ThreadId};

impl Network {
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

    /// Wakes those who wait for what the socket is ready for now: in pollers, who has waited longest first.
    pub(super) fn tell(&mut self, id: SocketId, cause: Option<EntryId>) {
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
}
