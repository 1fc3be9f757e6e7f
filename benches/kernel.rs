//! How many events a second: the kernel beside a bare `BinaryHeap` on the same workload, and whole
//! threads under a GIL.
//!
//! The workload is the *hold model*: a fixed number of events are pending; each, when it happens, puts
//! one in again after a random time. `cargo bench --bench kernel`; `benches/nexosim` is the same in another simulator.

// A benchmark looks at the wall clock; nothing in the library may.
#![allow(clippy::disallowed_types)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::black_box;
use std::time::Instant;

use coroscope::journal::Journal;
use coroscope::kernel::{Choices, Kernel};
use coroscope::machine::{Context, Parameters, ThreadId, Timer};
use coroscope::runtime::{Block, Generation, Gil, Notice, System};
use coroscope::time::{Duration, Time};

const N_EVENTS: u64 = 2_000_000;

/// The random time of the hold model, the same for all: xorshift [ns].
fn next_delay(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % 1_000_000 + 1
}

/// Runs `work`, which makes so many events happen, and prints what one costs.
fn report(name: &str, work: impl FnOnce() -> u64) {
    let start = Instant::now();
    let n_events = black_box(work());
    let seconds = start.elapsed().as_secs_f64();
    let ns = seconds * 1e9 / n_events as f64;
    println!("{name:<44} {:>7.2} M events/s {ns:>7.0} ns/event", n_events as f64 / seconds / 1e6);
}

fn kernel(n_pending: u64) -> u64 {
    let mut state = 88_172_645_463_325_252;
    let mut kernel = Kernel::new();
    for event in 0..n_pending {
        kernel.schedule(Time(next_delay(&mut state)), event);
    }
    for _ in 0..N_EVENTS {
        let Some((at, event)) = kernel.pop() else { break };
        kernel.schedule(Time(at.0 + next_delay(&mut state)), event);
    }
    N_EVENTS
}

/// As `kernel`, and each event sets an alarm that the next one cancels.
fn kernel_with_cancellation(n_pending: u64) -> u64 {
    let mut state = 88_172_645_463_325_252;
    let mut kernel = Kernel::new();
    for event in 0..n_pending {
        kernel.schedule(Time(next_delay(&mut state)), event);
    }
    let mut alarm = None;
    for _ in 0..N_EVENTS {
        let Some((at, event)) = kernel.pop() else { break };
        if let Some(alarm) = alarm.take() {
            kernel.cancel(alarm);
        }
        kernel.schedule(Time(at.0 + next_delay(&mut state)), event);
        alarm = Some(kernel.schedule(Time(at.0 + 5_000_000), event));
    }
    N_EVENTS
}

fn bare_heap(n_pending: u64) -> u64 {
    let mut state = 88_172_645_463_325_252;
    let mut heap = BinaryHeap::new();
    let mut serial = 0;
    for event in 0..n_pending {
        heap.push(Reverse((next_delay(&mut state), serial, event)));
        serial += 1;
    }
    for _ in 0..N_EVENTS {
        let Some(Reverse((at, _, event))) = heap.pop() else { break };
        heap.push(Reverse((at + next_delay(&mut state), serial, event)));
        serial += 1;
    }
    N_EVENTS
}

/// Threads of one process that compute 200 µs and sleep 1 ms in turn: all of machine, GIL and journal.
fn threads(n_threads: u32) -> u64 {
    let mut kernel: Kernel<Timer> = Kernel::new();
    let mut journal = Journal::new();
    let mut choices = Choices::default();
    let mut cx = Context { kernel: &mut kernel, journal: &mut journal, choices: &mut choices };
    let mut system = System::new(Parameters::default(), cx.journal);
    let generation = Generation::Requests { interval: Gil::DEFAULT_INTERVAL };
    let process = system.add_process(&mut cx, "bench", Some(generation), None);
    for n in 0..n_threads {
        let thread = system.add_thread(&mut cx, process, &format!("t{n}"), None);
        system.start(&mut cx, thread, None);
    }
    let mut n_events = 0;
    while n_events < N_EVENTS / 4 {
        while let Some(notice) = system.next_notice() {
            let run = |system: &mut System, cx: &mut Context<Timer>, thread: ThreadId| {
                let budget = system.budget(cx.kernel, thread, false);
                system.burst(cx, thread, budget.length.min(Duration::micros(200)), Duration::ZERO);
            };
            match notice {
                Notice::Run(thread, _) => run(&mut system, &mut cx, thread),
                Notice::BurstEnded(thread) if system.check_point(&mut cx, thread) => {
                    let until = cx.kernel.now() + Duration::millis(1);
                    system.block(&mut cx, thread, Block::sleep(until));
                }
                Notice::BurstEnded(_) => {}
            }
        }
        let Some((_, timer)) = cx.kernel.pop() else { break };
        system.handle(&mut cx, timer);
        n_events += 1;
    }
    n_events
}

fn main() {
    for n_pending in [10, 1_000, 100_000] {
        report(&format!("kernel, {n_pending} pending"), || kernel(n_pending));
        report(&format!("kernel with a cancelled alarm, {n_pending} pending"), || kernel_with_cancellation(n_pending));
        report(&format!("bare BinaryHeap, {n_pending} pending"), || bare_heap(n_pending));
    }
    for n_threads in [4, 100, 1_000] {
        report(&format!("{n_threads} threads under one GIL"), || threads(n_threads));
    }
}
