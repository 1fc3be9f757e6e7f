//! How many switches of asyncio tasks a second, beside real asyncio on the same machine.
//!
//! Some tasks take turns: each lets the others run by `sleep(0)`, by a queue of one place, or by a timer. Prints
//! nanoseconds of wall clock a switch here and under `python3` (if there is one), and how many entries the journal
//! got for it. `cargo bench --bench tasks`.

// A benchmark looks at the wall clock; nothing in the library may.
#![allow(clippy::disallowed_types)]

use std::process::Command;
use std::time::Instant;

use coroscope::world::{Progress, Run, Scenario, Settings};

/// Programs by name; each uses `N` tasks and `TURNS` turns of each, and switches at every turn.
const PROGRAMS: [(&str, &str); 4] = [
    (
        "sleep(0)",
        "async def worker():
    for _ in range(TURNS):
        await asyncio.sleep(0)

async def main():
    await asyncio.gather(*[worker() for _ in range(N)])
",
    ),
    (
        "timers",
        "async def worker(i):
    for _ in range(TURNS):
        await asyncio.sleep(0.0001 * (i % 7))

async def main():
    await asyncio.gather(*[worker(i) for i in range(N)])
",
    ),
    (
        "a lock",
        "async def worker(lock):
    for _ in range(TURNS):
        async with lock:
            await asyncio.sleep(0)

async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*[worker(lock) for _ in range(N)])
",
    ),
    (
        "a queue of one place",
        "async def put(queue):
    for i in range(TURNS):
        await queue.put(i)

async def get(queue):
    for _ in range(TURNS):
        await queue.get()

async def main():
    queue = asyncio.Queue(1)
    await asyncio.gather(*[put(queue) for _ in range(N // 2)], *[get(queue) for _ in range(N // 2)])
",
    ),
];

fn text(body: &str, n: u32, n_turns: u32) -> String {
    format!(
        "import asyncio\nimport time\n\nN = {n}\nTURNS = {n_turns}\n\n{body}\nstart = time.perf_counter_ns()\n\
         asyncio.run(main())\nprint(time.perf_counter_ns() - start)\n"
    )
}

/// Seconds of a run, and how many entries its journal has.
fn run(text: &str) -> (f64, usize) {
    let prepared = Scenario::parse("bench.py", text).unwrap().with(&Settings::default()).unwrap();
    let start = Instant::now();
    let mut run = Run::start(prepared);
    while run.step(u64::MAX >> 2) == Progress::Running {}
    let seconds = start.elapsed().as_secs_f64();
    let main = &run.processes()[0];
    assert_eq!(main.exit, Some(0), "{}", main.stderr);
    (seconds, run.journal().entries().len())
}

/// Nanoseconds of the whole program under CPython; `None` where there is none.
fn cpython(text: &str) -> Option<f64> {
    let out = Command::new("python3").args(["-c", text]).output().ok()?;
    String::from_utf8(out.stdout).ok()?.trim().parse().ok()
}

fn main() {
    println!("{:<28} {:>12} {:>12} {:>7} {:>16}", "", "coroscope", "CPython", "ratio", "entries/switch");
    for (name, body) in PROGRAMS {
        for (n, n_turns) in [(10, 2_000), (1_000, 20)] {
            let n_switches = f64::from(n * n_turns);
            let (fixed, n_fixed) = run(&text(body, n, 0));
            let (seconds, n_entries) = run(&text(body, n, n_turns));
            let ours = (seconds - fixed) * 1e9 / n_switches;
            let entries = (n_entries - n_fixed) as f64 / n_switches;
            let real = |n_turns| cpython(&text(body, n, n_turns));
            let theirs = real(n_turns).zip(real(0)).map(|(all, fixed)| (all - fixed) / n_switches);
            let label = format!("{name}, {n} tasks");
            match theirs {
                Some(theirs) => {
                    let ratio = ours / theirs;
                    println!("{label:<28} {ours:>9.0} ns {theirs:>9.0} ns {ratio:>7.2} {entries:>16.2}");
                }
                None => println!("{label:<28} {ours:>9.0} ns {:>23} {entries:>16.2}", ""),
            }
        }
    }
}
