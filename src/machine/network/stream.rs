//! Streams: bytes of a connection, with limits and acknowledgements.
//!
//! Small segments of a connection without `TCP_NODELAY` wait until what was sent before is acknowledged (Nagle's
//! algorithm, RFC 896), and a receiver that answers within 40 ms puts off its acknowledgement for so long, to send it
//! with the answer (`TCP_DELACK_MIN`). A server that writes head and body of an answer apart so loses 40 ms at every
//! request of a connection but the first.

use super::socket::{Parcel, Role};
use super::{Network, NetworkError, NetworkTimer, SocketId};
use crate::journal::EntryId;
use crate::machine::{Context, Timer};
use crate::time::Duration;

/// The largest segment over loopback [bytes]: its MTU of 65 536 less the headers.
const SEGMENT_BYTES: usize = 65_483;
/// How long an acknowledgement is put off (Linux' `TCP_DELACK_MIN`).
pub(super) const ACKNOWLEDGEMENT_DELAY: Duration = Duration::millis(40);

impl Network {
    /// Sends as many of the bytes as there is room for; returns how many.
    pub fn send<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: SocketId,
        bytes: &[u8],
        cause: Option<EntryId>,
    ) -> Result<usize, NetworkError> {
        let room = self.buffer_bytes.saturating_sub(self.socket(id).unread_by_peer);
        // Nothing is on its way between the two of a pair: the end of the other is known at once.
        let is_of_pair = self.socket(id).latency == Duration::ZERO;
        let peer_is_gone = |peer| matches!(self.socket(peer).role, Role::Closed);
        if is_of_pair && self.socket(id).peer.is_some_and(peer_is_gone) {
            return Err(NetworkError::BrokenPipe);
        }
        let socket = self.socket_mut(id);
        if let Some(error) = socket.error.take() {
            return Err(error);
        }
        if socket.has_shut_down {
            return Err(NetworkError::BrokenPipe);
        }
        let (Role::Stream, Some(peer)) = (&socket.role, socket.peer) else {
            // Who is still connecting may wait for the connection.
            let is_connecting = matches!(socket.role, Role::Connecting { .. });
            return Err(if is_connecting { NetworkError::WouldBlock } else { NetworkError::BrokenPipe });
        };
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
    pub(super) fn send_held<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: SocketId,
        peer: SocketId,
        cause: Option<EntryId>,
    ) {
        let socket = self.socket_mut(id);
        if !socket.held.is_empty() {
            socket.is_unacknowledged = !socket.has_no_delay;
            let bytes = std::mem::take(&mut socket.held);
            self.dispatch(cx, peer, Parcel::Bytes(bytes), cause);
        }
    }

    /// The peer of the socket learns that its bytes have arrived.
    pub(super) fn acknowledge<E: From<Timer>>(&mut self, cx: &mut Context<E>, id: SocketId, cause: Option<EntryId>) {
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

    /// Acknowledges what has just arrived, now or later, if the peer waits for that.
    pub(super) fn receive_segment<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: SocketId,
        cause: Option<EntryId>,
    ) {
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

    pub(super) fn has_room(&self, socket: SocketId) -> bool {
        // As Linux' `sk_stream_is_writeable`: a third of the buffer is free.
        self.socket(socket).unread_by_peer * 3 <= self.buffer_bytes * 2
    }
}
