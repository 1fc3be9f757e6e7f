//! One socket: what it is at present, what is under way to it, and who waits for it.

use std::collections::VecDeque;

use super::{Interest, NetworkError, SocketId};
use crate::journal::EntryId;
use crate::machine::{PollerId, ThreadId};
use crate::time::{Duration, Time};

/// Something under way to a socket.
pub(super) enum Parcel {
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

pub(super) enum Role {
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

pub(super) struct Socket {
    pub(super) role: Role,
    pub(super) port: Option<u16>,
    pub(super) peer: Option<SocketId>,
    pub(super) latency: Duration,
    pub(super) received: VecDeque<u8>,
    pub(super) under_way: VecDeque<(Parcel, Option<EntryId>)>,
    /// Sent and not yet read by the peer [bytes].
    pub(super) unread_by_peer: usize,
    pub(super) has_ended: bool,
    pub(super) has_shut_down: bool,
    pub(super) error: Option<NetworkError>,
    pub(super) waiters: Vec<(ThreadId, Interest)>,
    pub(super) watchers: Vec<PollerId>,
    pub(super) n_descriptors: u32,
    /// Small segments are sent at once (`TCP_NODELAY`).
    pub(super) has_no_delay: bool,
    /// Sent and not acknowledged: small segments wait.
    pub(super) is_unacknowledged: bool,
    /// Small segments that wait.
    pub(super) held: Vec<u8>,
    /// When it acknowledges what it has received, while that is put off.
    pub(super) acknowledges_at: Option<Time>,
    /// When bytes arrived last.
    pub(super) last_arrival: Option<Time>,
    /// It answers what it receives: acknowledgements are put off.
    pub(super) is_interactive: bool,
}

impl Socket {
    pub(super) fn new(role: Role, latency: Duration) -> Socket {
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
