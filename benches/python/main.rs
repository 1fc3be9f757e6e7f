//! How long Python takes to run, beside CPython on the same machine.
//!
//! Prints milliseconds of each program of `programs/` here and under CPython, the ratio, and the geometric means of
//! the ratios. Both are processor time of the host; the virtual time of the run plays no part. A program is a function whose first
//! parameter says how much there is to do; what it takes with nothing to do (start-up, compiling, importing) is left
//! out. The shortest of some rounds counts, since whatever else the machine does only adds.
//!
//! `cargo bench --bench python`, or with words: `cargo bench --bench python -- calls strings`. The same programs in a
//! page beside Pyodide: `cargo xtask bench`, which compiles this target for wasm32 and drives it with `browser.mjs`.

// A benchmark looks at the wall clock; nothing in the library may.
#![allow(clippy::disallowed_types)]

use coroscope::world::{Progress, Run, Scenario, Settings};

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod page;

/// Runs a program from its text to its end.
fn run(text: &str) {
    let prepared = Scenario::parse("bench.py", text).unwrap().with(&Settings::default()).unwrap();
    let mut run = Run::start(prepared);
    while run.step(u64::MAX >> 2) == Progress::Running {}
    let main = &run.processes()[0];
    assert_eq!(main.exit, Some(0), "{}", main.stderr);
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    native::compare();
}
