//! Chrome's trace event JSON, which Perfetto, VizTracer and many others write and read: out ([`write`]) and in ([`read`]).
//!
//! A run that is written and read back is the same trace. What others write is read as far as it can be drawn:
//!
//! ```text
//! X, B E      slices of a thread, with colours and arguments; a slice inside another is a row below it ([`Kind::Call`](crate::journal::Kind))
//! b n e       slices that overlap: every one that is open at a time has a row of its own
//! i I R       marks              C  counters, a row each
//! s t f       arrows from slice to slice
//! M           names and order of processes and threads
//! ```
//!
//! Format: "Trace Event Format" of the Chromium project.

mod assemble;
mod broken;
mod build;
mod event;
mod finish;
mod nest;
mod own;
mod read;
mod said;
#[cfg(test)]
mod tests;
mod write;

pub use broken::Broken;
pub use read::read;
pub use write::{to_string, write};
