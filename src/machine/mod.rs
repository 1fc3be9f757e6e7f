//! The computer and its operating system: cores, threads, sleeping and waking, processes, sockets.
//!
//! - [`Machine`]: which thread has which core, and when a blocked thread comes back (S-OS-01 … 05).
//! - [`Cold`]: how much slower a core works that comes back to a process.
//! - [`Network`]: loopback sockets, descriptors and pollers (S-OS-08, S-WEB-08).
//! - [`Disk`]: files in memory.
//! - [`Parameters`]: every figure of the model, with its unit.
//!
//! The first two are passive. A call takes a [`Context`] (the event queue, the journal, the door for choices),
//! may put a [`Timer`] into the queue, and leaves [`Notice`]s for the caller to take. Nothing here knows
//! Python or the GIL.

mod cold;
mod cores;
mod disk;
mod network;
mod parameters;
mod poller;

pub use cold::{Cold, Work};
pub use cores::{CoreId, Machine, Notice, ProcessId, ThreadId, ThreadState};
pub use disk::{Disk, DiskError, FileId, OpenFlags, Stat};
pub use network::{Fd, Interest, Network, NetworkError, NetworkTimer, SocketId};
pub use parameters::{Overshoot, Parameters};
pub use poller::{PollerId, Ready};

use crate::journal::Journal;
use crate::kernel::{Choices, Kernel};

/// What every call into a model may touch: lent by the caller, kept by nobody.
pub struct Context<'a, E> {
    /// The event queue, and the present.
    pub kernel: &'a mut Kernel<E>,
    /// The record of the run.
    pub journal: &'a mut Journal,
    /// The door for nondeterministic decisions.
    pub choices: &'a mut Choices,
}

/// Something that the machine asked to be reminded of. The owner of the event queue hands it back to
/// `handle` when it happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Timer {
    /// The alarm that a blocked thread set goes off.
    Alarm(ThreadId),
    /// A woken thread becomes runnable.
    Runnable(ThreadId),
    /// A core has finished switching to its thread.
    Switched(CoreId),
    /// The thread of a core has used up its slice.
    SliceEnd(CoreId),
    /// A woken thread takes the core of the one that woke it.
    Displace(ThreadId, CoreId),
    /// A thread has done the work of its burst.
    BurstEnd(ThreadId),
    /// Something arrives over a socket.
    Network(NetworkTimer),
}
