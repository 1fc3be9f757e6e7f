//! The door of the language: why the VM stopped, and what the machine is asked for.
//!
//! Whatever a program wants from outside (time, threads, locks, sockets, output) leaves here as a value;
//! the answer comes back through `Vm::answer`.

use std::rc::{Rc, Weak};

use crate::time::Duration;

use super::generator::Generator;
use super::value::Value;

/// A request to the machine.
pub enum Trap {
    /// Block the thread for a time (`time.sleep`); the answer is `None`.
    Sleep(Duration),
    /// Work in C that needs no GIL (`zlib`, a digest of a big buffer) for so long; the answer is `None`.
    WithoutGil(Duration),
    /// Start a thread that calls the function; the answer is its number.
    StartThread {
        /// What it runs.
        function: Value,
        /// With these.
        args: Vec<Value>,
        /// And these by keyword.
        kwargs: Vec<(Value, Value)>,
    },
    /// Give the calling OS thread a name in the picture.
    NameThread(String),
    /// Try a raw lock, and wait for it: forever with `timeout: None`. The answer is whether it was got.
    Acquire {
        /// Number of the lock.
        lock: u32,
        /// Wait if it is taken.
        blocking: bool,
        /// At most so long.
        timeout: Option<Duration>,
        /// What it stands for.
        purpose: Option<Purpose>,
    },
    /// Give a raw lock back; the answer is `None`, an exception when it was not locked.
    Release {
        /// Number of the lock.
        lock: u32,
    },
    /// Whether a raw lock is taken.
    IsLocked {
        /// Number of the lock.
        lock: u32,
    },
    /// Write text to stdout (1) or stderr (2).
    Write {
        /// 1 or 2.
        stream: u8,
        /// The text.
        text: String,
    },
    /// Something to be recorded in the journal.
    Journal(JournalRequest),
    /// A socket operation.
    Socket(SocketRequest),
    /// Something about other processes.
    Process(ProcessRequest),
    /// A call on files.
    Disk(DiskRequest),
    /// Something about signals.
    Signal(SignalRequest),
    /// How long the thread, or all threads of its process, were on cores; the answer is an `int` [ns].
    CpuTime {
        /// All threads.
        of_process: bool,
    },
    /// Change the GIL's switch interval [ns].
    SetSwitchInterval(Duration),
    /// End the process at once with this status (`os._exit`).
    ExitProcess(i32),
    /// The GIL's drop request was honoured at a check point; there is no answer.
    CheckPoint,
}

/// What waiting for a raw lock is waiting for, where library code made the lock to wait by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Purpose {
    /// "join", "event", "item" …
    pub reason: Rc<str>,
    /// The number of the thread that is waited for, where it is one.
    pub thread: Option<u64>,
}

/// Processes that a program starts, and what it shares with them.
pub enum ProcessRequest {
    /// Copy the process. The child calls the function with these; the answer is its number.
    Fork {
        /// What it runs; its result is the exit status.
        function: Value,
        /// With these.
        args: Vec<Value>,
        /// The name of the child in the picture.
        name: String,
    },
    /// Copy the process, its calling thread with it. The answer is the child's number, and 0 in the child.
    Duplicate {
        /// The name of the child in the picture.
        name: String,
    },
    /// Start a new interpreter. The answer is the child's number.
    Spawn {
        /// A function of `_bootstrap`.
        function: String,
        /// With these: text, bytes or numbers.
        args: Vec<Value>,
        /// The name of the child in the picture.
        name: String,
        /// Descriptors that the child has too, under the same numbers.
        fds: Vec<i32>,
    },
    /// The exit status of a child, minus the signal's number if one ended it; `None` while it runs.
    Status(u32),
    /// The number of a child that has ended, and its exit status as above; nobody is told of it again. `None` where
    /// there is no such child, 0 where none has ended and the call does not wait.
    Wait {
        /// Its number; `None` for any child.
        pid: Option<u32>,
        /// Until one has ended.
        blocks: bool,
    },
    /// What was written to stdout so far leaves the process (its buffer is flushed).
    Flush,
    /// What was written to stdout and has not left the process, which is no longer there.
    TakeUnwritten,
    /// A raw lock for several processes: its number.
    NewLock,
    /// Memory for several processes that holds these text, bytes or numbers: its number.
    NewMemory(Vec<Value>),
    /// A list of so many values from a place on.
    Load(u32, usize, usize),
    /// New values from a place on.
    Store(u32, usize, Vec<Value>),
}

/// Signals: sending, holding back, waiting for them.
pub enum SignalRequest {
    /// To a process; the answer is whether there is one. Signal 0 asks that alone.
    Send {
        /// Its number.
        pid: u32,
        /// The signal's number.
        signal: u8,
    },
    /// To a thread of this process; the answer is whether there is one.
    SendToThread {
        /// Its number.
        ident: u64,
        /// The signal's number.
        signal: u8,
    },
    /// Have its handler called as if it had come; nothing is interrupted. The answer is `None`.
    Trip(u8),
    /// Send this process `SIGALRM` after a time, and then again and again; zero: never. The answer is as that of `TimerLeft`.
    SetTimer {
        /// Until the first.
        after: Duration,
        /// Between two.
        interval: Duration,
    },
    /// `(until the next, between two)` [ns], zero where there is none.
    TimerLeft,
    /// Which signals do not come to this thread; the answer is the set before.
    Mask(Masking, u64),
    /// Those that were held back.
    Pending,
    /// Block until a handler has been called; the answer is `None`.
    Pause,
    /// Block until one of a set has come (bit 0 for signal 1); the answer is its number.
    Wait(u64),
}

/// What a mask of signals is changed by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Masking {
    /// These, too, do not come.
    Block,
    /// These come.
    Unblock,
    /// All but these come.
    Set,
}

/// Raw locks with numbers from here on belong to several processes.
pub const SHARED_LOCKS: u32 = 1 << 31;

/// What library code asks to be recorded.
pub enum JournalRequest {
    /// A subject is born; the answer is its number.
    Born {
        /// "task", "loop", "pool", "lock" or "request".
        kind: String,
        /// Its name.
        name: String,
        /// Its parent; none: the calling thread's process or thread.
        parent: Option<u32>,
    },
    /// A subject changes state.
    State {
        /// Who.
        subject: u32,
        /// "running", "ready", "waiting" or "done".
        state: String,
        /// What for.
        reason: String,
        /// On whom.
        on: Option<u32>,
        /// Where a coroutine stands: the file and its line.
        place: Option<(Rc<str>, u32)>,
        /// What a task runs, for whoever inspects it.
        coroutine: Option<Weak<Generator>>,
    },
    /// A subject gets a better name.
    Named {
        /// Who.
        subject: u32,
        /// The name.
        name: String,
    },
    /// A counter of a subject.
    Count {
        /// Whose.
        subject: u32,
        /// Which.
        counter: String,
        /// Its value.
        value: i64,
    },
    /// Something without length.
    Mark {
        /// Where.
        subject: u32,
        /// What.
        name: String,
        /// In words.
        detail: Option<String>,
    },
}

/// Operations on the loopback network; file descriptors are per process.
pub enum SocketRequest {
    /// A new socket for connections: the descriptor.
    OpenStream,
    /// Bind it to a port, 0 for any free one: the port.
    Bind(i32, u16),
    /// Let clients connect to it, so many of them before they are accepted.
    Listen(i32, u32),
    /// Begin to connect it to a port.
    Connect(i32, u16),
    /// The errno of a finished connect, 0 for success, or 115 while it is under way.
    ErrorOf(i32),
    /// A waiting connection: `(fd, (host, port))`, or `None`.
    Accept(i32),
    /// Send bytes: how many were taken, or `None` when it would block.
    Send(i32, Vec<u8>),
    /// Receive at most so many bytes: bytes, or `None` when it would block.
    Recv(i32, usize),
    /// A socket of datagrams: the descriptor.
    OpenDatagrams,
    /// Bind it to a port, 0 for any free one: the port.
    BindDatagrams(i32, u16),
    /// Choose the port that it talks to.
    ConnectDatagrams(i32, u16),
    /// Send a message to a port, or to the one it is connected to: its length.
    SendTo(i32, Vec<u8>, Option<u16>),
    /// Receive a message of at most so many bytes: `(bytes, (host, port))`, or `None` when it would block.
    RecvFrom(i32, usize),
    /// Small segments are sent at once from now on.
    NoDelay(i32),
    /// No more sends.
    Shutdown(i32),
    /// Close the descriptor.
    Close(i32),
    /// Two connected sockets.
    Pair,
    /// `(host, port)` of this end.
    NameOf(i32),
    /// `(host, port)` of the other end.
    PeerOf(i32),
    /// Wait until it is readable (or writable): whether it is before the timeout.
    Wait {
        /// Descriptor.
        fd: i32,
        /// For writing.
        write: bool,
        /// At most so long.
        timeout: Option<Duration>,
    },
    /// Addresses of a host name.
    Resolve(String),
    /// A new poller: its number.
    NewPoller,
    /// Interest of a poller in a descriptor: 1 read, 2 write, 0 none.
    SetInterest {
        /// Poller.
        poller: i32,
        /// Descriptor.
        fd: i32,
        /// 1 read, 2 write, 3 both, 0 none.
        mask: u8,
    },
    /// Wait for a poller: list of `(fd, mask)`.
    Poll {
        /// Poller.
        poller: i32,
        /// At most so long.
        timeout: Option<Duration>,
    },
    /// Done with a poller.
    ClosePoller(i32),
}

/// Calls on the machine's files; paths are absolute and normal. The answer to one that fails is the negative `errno`.
pub enum DiskRequest {
    /// Open a file: its number.
    Open {
        /// Where.
        path: String,
        /// Of `r` (nothing), `w` (it will be written), `c` (make it), `x` (it must not exist), `t` (empty it).
        flags: String,
    },
    /// Bytes of a file.
    Read {
        /// Number of the file.
        file: u32,
        /// From this byte on.
        at: usize,
        /// At most so many.
        max: usize,
    },
    /// Write into a file: where the writing ended.
    Write {
        /// Number of the file.
        file: u32,
        /// From this byte on; none: at the end.
        at: Option<usize>,
        /// What.
        data: Vec<u8>,
    },
    /// Cut a file to a size.
    Truncate {
        /// Number of the file.
        file: u32,
        /// Its new size.
        size: usize,
    },
    /// What is at a path: `(number, whether it is a folder, bytes, time of change [ns])`.
    Stat(String),
    /// The same of an open file.
    StatOf(u32),
    /// Remove a file.
    Remove(String),
    /// Make a folder.
    MakeFolder(String),
    /// Remove an empty folder.
    RemoveFolder(String),
    /// The names in a folder.
    List(String),
    /// Give a file or folder another path.
    Rename(String, String),
}
