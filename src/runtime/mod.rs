//! What CPython puts on a machine: the GIL, raw locks, and a thread's way between core, GIL and blocking.
//!
//! - [`System`]: the machine, its network, and every thread of every interpreter on it.
//! - [`Gil`]: the lock in its generations, as a state machine of its own.
//! - [`LockId`], [`Handover`]: the raw lock of `_thread`.
//!
//! # How a world drives it
//!
//! The world owns the event queue; its event type is made [`From`] a [`Timer`](crate::machine::Timer).
//! After every call, and after every event, it takes the notices until there are none:
//!
//! ```text
//! loop {
//!     while let Some(notice) = system.next_notice() {
//!         match notice {
//!             // The thread has a core and the GIL: let Python run.
//!             Notice::Run(thread, resumed) => {
//!                 let budget = system.budget(cx.kernel, thread, false);
//!                 let (spent, trap) = vm.run(thread, resumed, budget);   // stops after budget.length, or
//!                 traps[thread] = trap;                                  // at the first check point if
//!                 system.burst(cx, thread, spent, in_system);            // budget.is_drop_requested
//!             }
//!             // The burst is over: what the VM stopped for happens now.
//!             Notice::BurstEnded(thread) => match traps[thread].take() {
//!                 Trap::OutOfBudget { at_check_point } => {
//!                     // True: it goes on at once (as under Run). False: a Run follows later.
//!                     at_check_point && !system.check_point(cx, thread) || again(thread)
//!                 }
//!                 Trap::Sleep(d) => system.block(cx, thread, Block::sleep(now + d)),
//!                 Trap::Acquire(lock) => system.acquire(cx, thread, lock, true, None, None),
//!                 Trap::Release(lock) => { system.release(cx, thread, lock)?; again(thread) }
//!                 …
//!             },
//!         }
//!     }
//!     let Some((_, event)) = cx.kernel.pop() else { break };             // nothing left: done, or deadlock
//!     match event { Event::Machine(timer) => system.handle(cx, timer), … }
//! }
//! ```
//!
//! Rules of the door:
//! - Between a notice about a thread and the thread's next `burst`, `block`, `native`, `acquire` that
//!   waits, or `end_thread`, no event may be popped: the thread has a core in its hand.
//! - A burst is what Python did since the last notice; it may have effects on the objects of its own
//!   process only, because another thread of that process can see them only after a GIL hand-over.
//! - A process made without GIL ([`System::add_process`]) follows the same calls; its threads are never
//!   asked to drop anything, and `budget` is bounded by the slice alone.

mod gil;
mod lock;
mod system;
mod transitions;

#[cfg(test)]
mod script;

pub use gil::{Dropped, Generation, Gil, Release, Timeout};
pub use lock::{Handover, LockId, NotLocked};
pub use system::{Acquired, Block, Budget, Notice, Resumed, System, Wait};
