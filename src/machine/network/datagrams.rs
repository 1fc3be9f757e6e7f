//! Datagrams (UDP): single messages between ports, without connections.
//!
//! A message arrives whole or not at all. One to a port that nobody has is lost; a sender that is connected to that
//! port learns it from its next call (`ECONNREFUSED`, as from the ICMP message). One that finds no room in the
//! receiver's buffer is dropped silently.

use std::collections::VecDeque;

use super::descriptors::Object;
use super::socket::{Parcel, Role, Socket};
use super::{Context, EntryId, Fd, Network, NetworkError, ProcessId, SocketId, Timer};

/// The longest message that fits into a packet of IPv4: 65 535 less the headers of IP and UDP [bytes].
const MAX_MESSAGE: usize = 65_507;

impl Network {
    /// Opens a socket of datagrams: the lowest free descriptor.
    pub fn open_datagrams(&mut self, process: ProcessId) -> Fd {
        let role = Role::Datagrams { to_port: None, messages: VecDeque::new() };
        let socket = self.add(Socket::new(role, self.latency));
        self.give(process, Object::Socket(socket))
    }

    /// Binds it to a port; port 0 stands for any free one. Returns the port. The ports of TCP are others.
    pub fn bind_datagrams(&mut self, id: SocketId, port: u16) -> Result<u16, NetworkError> {
        if !matches!(self.socket(id).role, Role::Datagrams { .. }) || self.socket(id).port.is_some() {
            return Err(NetworkError::Invalid);
        }
        let mut port = port;
        while port == 0 {
            let candidate = self.any_port();
            if !self.datagram_ports.contains_key(&candidate) {
                port = candidate;
            }
        }
        if self.datagram_ports.contains_key(&port) {
            return Err(NetworkError::AddressInUse);
        }
        self.datagram_ports.insert(port, id);
        self.socket_mut(id).port = Some(port);
        Ok(port)
    }

    /// Chooses whom `send` sends to, and the only one from whom messages are taken.
    pub fn connect_datagrams(&mut self, id: SocketId, port: u16) -> Result<(), NetworkError> {
        let Role::Datagrams { to_port, .. } = &mut self.socket_mut(id).role else { return Err(NetworkError::Invalid) };
        *to_port = Some(port);
        if self.socket(id).port.is_none() {
            self.bind_datagrams(id, 0)?;
        }
        Ok(())
    }

    /// Sends a message to a port, or to the one that the socket is connected to; returns its length.
    pub fn send_to<E: From<Timer>>(
        &mut self,
        cx: &mut Context<E>,
        id: SocketId,
        message: Vec<u8>,
        port: Option<u16>,
        cause: Option<EntryId>,
    ) -> Result<usize, NetworkError> {
        if let Some(error) = self.socket_mut(id).error.take() {
            return Err(error);
        }
        let Role::Datagrams { to_port, .. } = self.socket(id).role else { return Err(NetworkError::Invalid) };
        let port = port.or(to_port).ok_or(NetworkError::NoDestination)?;
        if message.len() > MAX_MESSAGE {
            return Err(NetworkError::MessageTooLong);
        }
        let from_port = match self.socket(id).port {
            Some(port) => port,
            None => self.bind_datagrams(id, 0)?,
        };
        let length = message.len();
        match self.datagram_ports.get(&port).copied() {
            Some(receiver) => self.dispatch(cx, receiver, Parcel::Message { message, from_port }, cause),
            None if to_port == Some(port) => self.dispatch(cx, id, Parcel::Unreachable, cause),
            None => {}
        }
        Ok(length)
    }

    /// Takes the oldest message, at most `max` bytes of it (the rest is lost), and the port it came from.
    pub fn receive_from(&mut self, id: SocketId, max: usize) -> Result<(Vec<u8>, u16), NetworkError> {
        let socket = self.socket_mut(id);
        if let Some(error) = socket.error.take() {
            return Err(error);
        }
        let Role::Datagrams { messages, .. } = &mut socket.role else { return Err(NetworkError::Invalid) };
        let (mut message, from_port) = messages.pop_front().ok_or(NetworkError::WouldBlock)?;
        message.truncate(max);
        Ok((message, from_port))
    }

    /// The port that a socket of datagrams is connected to.
    pub fn datagram_peer(&self, id: SocketId) -> Option<u16> {
        match self.socket(id).role {
            Role::Datagrams { to_port, .. } => to_port,
            _ => None,
        }
    }

    /// A message reaches a socket.
    pub(super) fn take_in(&mut self, id: SocketId, message: Vec<u8>, from_port: u16) {
        let room = self.buffer_bytes;
        if let Role::Datagrams { to_port, messages } = &mut self.socket_mut(id).role {
            let n_kept: usize = messages.iter().map(|(kept, _)| kept.len()).sum();
            let is_wanted = to_port.is_none_or(|wanted| wanted == from_port);
            if is_wanted && n_kept + message.len() <= room {
                messages.push_back((message, from_port));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::World;
    use super::*;
    use crate::machine::Parameters;

    fn socket(world: &mut World) -> SocketId {
        let fd = world.network.open_datagrams(ProcessId(0));
        world.network.socket_of(ProcessId(0), fd).unwrap()
    }

    #[test]
    fn a_message_arrives_whole_with_the_port_of_its_sender() {
        let mut world = World::new(&Parameters::default());
        let (server, client) = (socket(&mut world), socket(&mut world));
        world.network.bind_datagrams(server, 7000).unwrap();
        let sent = world.with(|network, cx| network.send_to(cx, client, b"ping".to_vec(), Some(7000), None));
        assert_eq!(sent, Ok(4));
        assert_eq!(world.network.receive_from(server, 100), Err(NetworkError::WouldBlock));
        world.run();
        let own = world.network.port(client).unwrap();
        assert_eq!(world.network.receive_from(server, 100), Ok((b"ping".to_vec(), own)));
    }

    #[test]
    fn only_a_connected_sender_learns_that_nobody_is_there() {
        let mut world = World::new(&Parameters::default());
        let (loose, connected) = (socket(&mut world), socket(&mut world));
        world.network.connect_datagrams(connected, 7001).unwrap();
        for (id, port) in [(loose, Some(7001)), (connected, None)] {
            assert_eq!(world.with(|network, cx| network.send_to(cx, id, vec![1], port, None)), Ok(1));
        }
        world.run();
        assert_eq!(world.network.receive_from(loose, 1), Err(NetworkError::WouldBlock));
        assert_eq!(world.network.receive_from(connected, 1), Err(NetworkError::Refused));
    }

    #[test]
    fn a_taken_port_is_refused_and_a_closed_socket_gives_it_back() {
        let mut world = World::new(&Parameters::default());
        let fd = world.network.open_datagrams(ProcessId(0));
        let one = world.network.socket_of(ProcessId(0), fd).unwrap();
        let other = socket(&mut world);
        world.network.bind_datagrams(one, 7002).unwrap();
        assert_eq!(world.network.bind_datagrams(other, 7002), Err(NetworkError::AddressInUse));
        world.with(|network, cx| network.close(cx, ProcessId(0), fd, None)).unwrap();
        assert_eq!(world.network.bind_datagrams(other, 7002), Ok(7002));
    }
}
