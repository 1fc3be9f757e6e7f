//! Sockets as the processes see them.

use super::stream::ACKNOWLEDGEMENT_DELAY;
use super::*;
use crate::journal::Journal;
use crate::kernel::{Choices, Kernel};
use crate::time::Time;

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
        assert_eq!(self.network.connect(cx!(self), socket, 80, None), Ok(()));
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
    assert_eq!(world.network.connect(cx!(world), client, 80, None), Err(NetworkError::Already));
    world.run();
    assert_eq!(world.kernel.now(), Time(30_000));
    assert_eq!(world.network.take_error(client), None);
    assert_eq!(world.network.connect(cx!(world), client, 80, None), Err(NetworkError::IsConnected));
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
    assert_eq!(world.network.connect(cx!(world), clients[1], 80, None), Err(NetworkError::IsConnected));
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
fn a_copied_process_that_ends_leaves_its_parents_poller_as_it_was() {
    let mut world = World::new(&Parameters::default());
    let (reader, writer) = world.network.open_pair(SERVER);
    let fd = world.network.open_poller(SERVER);
    let poller = world.network.poller_of(SERVER, fd).unwrap();
    let [reader, writer] = [reader, writer].map(|end| world.network.socket_of(SERVER, end).unwrap());
    world.network.watch(poller, reader, Interest::READ);
    world.network.inherit(SERVER, CLIENT, None);
    world.network.close_all(cx!(world), CLIENT, None);
    world.network.send(cx!(world), writer, b"x", None).unwrap();
    assert!(world.network.has_ready(poller));
}

#[test]
fn who_writes_to_a_pair_whose_other_end_is_closed_is_told_at_once() {
    let mut world = World::new(&Parameters::default());
    let (reader, writer) = world.network.open_pair(SERVER);
    let writer = world.network.socket_of(SERVER, writer).unwrap();
    world.network.close(cx!(world), SERVER, reader, None).unwrap();
    assert_eq!(world.network.send(cx!(world), writer, b"x", None), Err(NetworkError::BrokenPipe));
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
