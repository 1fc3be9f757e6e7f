//! How long Python takes to run, beside CPython on the same machine: small loops, one for each thing a program does.
//!
//! Prints nanoseconds a turn here and under `python3` (if there is one), and the ratio. Both are wall clock; the
//! virtual time of the run plays no part. What an empty program takes is measured first and left out.
//! `cargo bench --bench vm`.

// A benchmark looks at the wall clock; nothing in the library may.
#![allow(clippy::disallowed_types)]

use std::process::Command;
use std::time::Instant;

use coroscope::world::{Progress, Run, Scenario, Settings};

/// A program: what it shows, what stands before the loop, the loop's body, and how many turns it makes.
struct Program {
    name: &'static str,
    before: &'static str,
    body: &'static str,
    n_turns: u32,
}

const fn program(name: &'static str, n_turns: u32, before: &'static str, body: &'static str) -> Program {
    Program { name, before, body, n_turns }
}

const PROGRAMS: [Program; 20] = [
    program("loop: pass", 2_000_000, "", "pass"),
    program("loop: x += i & 7", 1_000_000, "x = 0", "x += i & 7"),
    program(
        "branches",
        1_000_000,
        "x = 0",
        "if i % 3 == 0:\n            x += 1\n        elif i > x:\n            x = i",
    ),
    program("call of a function", 500_000, "def f(a, b):\n        return a", "f(i, 2)"),
    program("call with keywords and defaults", 300_000, "def f(a, b=1, *, c=2):\n        return a", "f(i, c=3)"),
    program(
        "attribute",
        1_000_000,
        "class P:\n        def __init__(self):\n            self.x = 0\n    p = P()",
        "p.x = p.x + 1",
    ),
    program(
        "method",
        500_000,
        "class P:\n        def __init__(self):\n            self.x = 0\n        def m(self, n):\n            self.x += n\n    p = P()",
        "p.m(i)",
    ),
    program("list: append and index", 500_000, "items = []", "items.append(i)\n        items[-1] += 1"),
    program("dict: set and get", 500_000, "d = {}", "d[i & 1023] = i\n        d.get(i & 511)"),
    program("tuple: pack and unpack", 500_000, "a, b = 0, 1", "a, b = b, i"),
    program("set", 500_000, "s = set()", "s.add(i & 1023)\n        i in s"),
    program("list comprehension of 10", 100_000, "", "[j * 2 for j in range(10)]"),
    program("string: format", 300_000, "", "f'{i} of {i:5d}'"),
    program("string: join, split, replace", 100_000, "", "'-'.join(['a', 'b', 'c']).replace('b', 'x').split('-')"),
    program("float arithmetic", 1_000_000, "x = 0.0", "x = x * 0.5 + i / 3"),
    program("generator", 1_000_000, "def g():\n        while True:\n            yield 1\n    it = g()", "next(it)"),
    program(
        "coroutine by hand",
        300_000,
        "async def c():\n        return 1",
        "x = c()\n        try:\n            x.send(None)\n        except StopIteration:\n            pass",
    ),
    program(
        "exception raised and caught",
        300_000,
        "",
        "try:\n            raise ValueError(i)\n        except ValueError:\n            pass",
    ),
    program(
        "sorting 100 with a key",
        3_000,
        "items = [(k * 7919) % 101 for k in range(100)]",
        "sorted(items, key=lambda k: -k)",
    ),
    program("big integers", 100_000, "x = 3 ** 200", "x * i % 1_000_007"),
];

impl Program {
    /// The program for so many turns; it prints what they took by its own clock [ns].
    fn text(&self, n_turns: u32) -> String {
        let Program { before, body, .. } = self;
        let before = if before.is_empty() { "pass" } else { before };
        format!(
            "import time\n\ndef main():\n    {before}\n    start = time.perf_counter_ns()\n    \
             for i in range({n_turns}):\n        {body}\n    return time.perf_counter_ns() - start\n\nprint(main())\n"
        )
    }
}

/// Seconds that a run takes here, from reading the text to the end.
fn seconds(text: &str) -> f64 {
    let prepared = Scenario::parse("bench.py", text).unwrap().with(&Settings::default()).unwrap();
    let start = Instant::now();
    let mut run = Run::start(prepared);
    while run.step(u64::MAX >> 2) == Progress::Running {}
    let seconds = start.elapsed().as_secs_f64();
    let main = &run.processes()[0];
    assert_eq!(main.exit, Some(0), "{}", main.stderr);
    seconds
}

/// Nanoseconds a turn under CPython; `None` where there is none.
fn cpython(program: &Program) -> Option<f64> {
    let out = Command::new("python3").args(["-c", &program.text(program.n_turns)]).output().ok()?;
    let ns: f64 = String::from_utf8(out.stdout).ok()?.trim().parse().ok()?;
    Some(ns / f64::from(program.n_turns))
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    println!("{:<34} {:>12} {:>12} {:>7}", "", "coroscope", "CPython", "ratio");
    for program in &PROGRAMS {
        if !wanted.is_empty() && !wanted.iter().any(|word| program.name.contains(word.as_str())) {
            continue;
        }
        let fixed = seconds(&program.text(0)).min(seconds(&program.text(0)));
        let once = || (seconds(&program.text(program.n_turns)) - fixed) * 1e9 / f64::from(program.n_turns);
        let ours = once().min(once());
        match cpython(program) {
            Some(theirs) => {
                println!("{:<34} {ours:>9.0} ns {theirs:>9.0} ns {:>7.2}", program.name, ours / theirs);
            }
            None => println!("{:<34} {ours:>9.0} ns", program.name),
        }
    }
}
