//! The discrete-event kernel: what happens next, at what virtual time, and every decision that chance
//! or the operating system would make.
//!
//! - [`Kernel`]: the event queue, ordered by `(time, priority, serial)`, with cancellation.
//! - [`Streams`] and [`Stream`]: independent seeded sources of random numbers, one per name.
//! - [`Distribution`]: lengths of time drawn from a stream, with the same bits on every host.
//! - [`Choices`]: the one door for nondeterministic decisions; FIFO unless told otherwise.
//!
//! The kernel never knows what an event means: it is generic over the event, and a decision is known to
//! it by its kind's name and by numbers that stand for the options.

mod choose;
mod distribution;
mod queue;
mod stream;

pub use choose::{Choices, Decision, Exceptions, Policy};
pub use distribution::Distribution;
pub use queue::{EventKey, Kernel, Priority};
pub use stream::{Stream, Streams};
