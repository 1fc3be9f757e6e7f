//! How long the longest step of a run takes, at the fuel that the page gives: what a frame has to wait for.
//!
//! A program is run twice, as when a slider is moved: the second time the library is compiled already. Fuel follows
//! the clock as in `src/page/runner.rs`. `cargo bench --bench step`, or with a file: `cargo bench --bench step -- FILE`.

// A benchmark looks at the wall clock; nothing in the library may.
#![allow(clippy::disallowed_types)]

use std::time::Instant;

use coroscope::world::{Progress, Run, Scenario, Settings};

/// What a chunk of fuel should take [ms].
const CHUNK_MS: f64 = 0.75;

const PROGRAMS: [(&str, &str); 4] = [
    ("an empty program", "pass\n"),
    ("asyncio", "import asyncio\nasync def main():\n    await asyncio.sleep(1)\nasyncio.run(main())\n"),
    (
        "large modules",
        "import typing, datetime, inspect, enum, dataclasses, logging, threading, random, collections, functools\n",
    ),
    (
        "fastapi",
        "# /// script\n# dependencies = [\"fastapi\", \"httpx\", \"aiohttp\", \"uvicorn\"]\n# ///\n\
         import fastapi, httpx, aiohttp, uvicorn\n",
    ),
];

/// The longest steps, the time of the start, and the sum [ms], with the number of steps.
fn steps(name: &str, text: &str) -> (Vec<f64>, f64) {
    let prepared = Scenario::parse(name, text).unwrap().with(&Settings::default()).unwrap();
    let start = Instant::now();
    let mut run = Run::start(prepared);
    let begun = start.elapsed().as_secs_f64() * 1e3;
    let mut fuel = 2_000_u64;
    let mut all = Vec::new();
    loop {
        let start = Instant::now();
        let progress = run.step(fuel);
        let took = start.elapsed().as_secs_f64() * 1e3;
        all.push(took);
        fuel = ((fuel as f64 * (CHUNK_MS / took.max(0.05)).clamp(0.125, 2.0)) as u64).clamp(500, 4_000_000);
        if progress == Progress::Done {
            break;
        }
    }
    if let Some(report) = run.processes().last().filter(|p| p.exit != Some(0)) {
        eprintln!("{}", report.stderr);
    }
    (all, begun)
}

fn main() {
    let file = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let text = file.as_ref().map(|path| std::fs::read_to_string(path).expect("the file can be read"));
    let programs: Vec<(&str, &str)> = match (&file, &text) {
        (Some(file), Some(text)) => vec![(file.rsplit('/').next().unwrap_or(file), text)],
        _ => PROGRAMS.to_vec(),
    };
    println!("{:<24} {:>9} {:>9} {:>9} {:>9}   longest steps [ms]", "", "start ms", "steps", "sum ms", "over 4 ms");
    for (name, text) in programs {
        for time in ["first", "again"] {
            let (mut all, begun) = steps("bench.py", text);
            let (n, sum) = (all.len(), all.iter().sum::<f64>());
            let over = all.iter().filter(|ms| **ms > 4.0).count();
            all.sort_by(f64::total_cmp);
            let longest: Vec<String> = all.iter().rev().take(6).map(|ms| format!("{ms:.1}")).collect();
            let label = format!("{name}, {time}");
            println!("{label:<24} {begun:>9.2} {n:>9} {sum:>9.1} {over:>9}   {}", longest.join(" "));
        }
    }
}
