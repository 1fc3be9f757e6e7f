//! A set of sockets watched together, level-triggered, as epoll is.
//!
//! What is ready is listed in the order in which it became ready (S-OS-08). A reported socket that is
//! still ready goes to the end of the list, so that a long list read in pieces starves nobody.

use std::collections::{BTreeMap, VecDeque};

use super::{Interest, SocketId, ThreadId};

/// A poller. Ids count up from 0 and are never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PollerId(pub u32);

/// What a socket is ready for.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Ready {
    /// A read, or an accept, would not block.
    pub readable: bool,
    /// A write would not block.
    pub writable: bool,
    /// The other side has gone for good.
    pub hangup: bool,
    /// An error waits to be fetched.
    pub error: bool,
}

impl Ready {
    /// The part that a waiter with this interest is told; hang-ups and errors always are.
    pub fn of_interest(self, interest: Interest) -> Ready {
        Ready { readable: self.readable && interest.read, writable: self.writable && interest.write, ..self }
    }

    /// Whether there is anything to tell.
    pub fn is_any(self) -> bool {
        self.readable || self.writable || self.hangup || self.error
    }
}

struct Watched {
    interest: Interest,
    is_listed: bool,
}

/// The state of one poller.
#[derive(Default)]
pub(super) struct Poller {
    watched: BTreeMap<SocketId, Watched>,
    listed: VecDeque<SocketId>,
    /// Threads blocked in it, with the number of their wait.
    pub(super) waiters: VecDeque<(u64, ThreadId)>,
}

impl Poller {
    /// Watches the socket, or changes for what.
    pub(super) fn watch(&mut self, socket: SocketId, interest: Interest) {
        self.watched.entry(socket).or_insert(Watched { interest, is_listed: false }).interest = interest;
    }

    /// Stops watching; whether it was watched.
    pub(super) fn unwatch(&mut self, socket: SocketId) -> bool {
        self.listed.retain(|s| *s != socket);
        self.watched.remove(&socket).is_some()
    }

    pub(super) fn sockets(&self) -> impl Iterator<Item = SocketId> + '_ {
        self.watched.keys().copied()
    }

    /// The socket has become ready for something; whether that is news for this poller.
    pub(super) fn becomes_ready(&mut self, socket: SocketId, ready: Ready) -> bool {
        let Some(watched) = self.watched.get_mut(&socket) else { return false };
        if !ready.of_interest(watched.interest).is_any() {
            return false;
        }
        if !watched.is_listed {
            watched.is_listed = true;
            self.listed.push_back(socket);
        }
        true
    }

    /// Whether something listed is still ready; what is not leaves the list.
    pub(super) fn has_ready(&mut self, ready: impl Fn(SocketId) -> Ready) -> bool {
        while let Some(&socket) = self.listed.front() {
            if let Some(watched) = self.watched.get_mut(&socket) {
                if ready(socket).of_interest(watched.interest).is_any() {
                    return true;
                }
                watched.is_listed = false;
            }
            self.listed.pop_front();
        }
        false
    }

    /// At most `max` ready sockets, first those that became ready first.
    pub(super) fn collect(&mut self, max: usize, ready: impl Fn(SocketId) -> Ready) -> Vec<(SocketId, Ready)> {
        let mut found = Vec::new();
        for _ in 0..self.listed.len() {
            if found.len() == max {
                break;
            }
            let Some(socket) = self.listed.pop_front() else { break };
            let Some(watched) = self.watched.get_mut(&socket) else { continue };
            let now = ready(socket).of_interest(watched.interest);
            watched.is_listed = now.is_any();
            if watched.is_listed {
                self.listed.push_back(socket);
                found.push((socket, now));
            }
        }
        found
    }
}
