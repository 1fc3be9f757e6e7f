//! From a moved slider to a new scene: parameters put in, the run, the trace, the rows, the scene of 1200 × 800.
//!
//! Every scenario that ships runs at the values named below, some times in turn; the median counts, and the first run,
//! which compiles the library, is shown apart. `cargo bench --bench slider`, or with a scenario and a value:
//! `cargo bench --bench slider -- five-endpoints n_requests=1000`. `cargo xtask bench page` does the same in the browser.

// A benchmark looks at the wall clock; nothing in the library may.
#![allow(clippy::disallowed_types)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use coroscope::timeline::{self, Folds, Highlight, Lanes, View, approximate_width_px};
use coroscope::trace::{Metrics, Trace};
use coroscope::world::{Progress, Run, Scenario, Settings};

const CASES: [(&str, &str); 7] = [
    ("five-endpoints", "n_requests=50"),
    ("five-endpoints", "n_requests=1000"),
    ("connection-limit", "n_requests=1000"),
    ("server-blocking", "n_requests=20"),
    ("two-cpu-threads", "n_threads=2"),
    ("event-loop-basics", ""),
    ("thread-pool", ""),
];

/// Fuel between two additions to the trace: about what the page gives a chunk.
const CHUNK: u64 = 2_000_000;

/// What one movement took [ms], part by part, and how large the run is.
#[derive(Clone, Copy, Default)]
struct Took {
    run_ms: f64,
    rows_ms: f64,
    scene_ms: f64,
    n_entries: usize,
}

fn moved(scenario: &Scenario, change: &str) -> Took {
    let ms = |since: Instant| since.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    let values = change.split_once('=').map(|(name, value)| (name.into(), value.into()));
    let settings = Settings { values: values.into_iter().collect(), ..Settings::default() };
    let mut run = Run::start(scenario.with(&settings).expect("the scenario is sound"));
    let mut trace = Trace::of(run.journal());
    loop {
        let progress = run.step(CHUNK);
        trace.extend(run.journal());
        if progress == Progress::Done {
            break;
        }
    }
    let run_ms = ms(start);
    let start = Instant::now();
    let lanes = Lanes::of(&trace, &Folds::default());
    black_box(Metrics::of(&trace));
    let rows_ms = ms(start);
    let start = Instant::now();
    let view = View::fit(trace.end(), 1200.0, 800.0);
    black_box(timeline::compose(&trace, &lanes, &view, &Highlight::default(), &approximate_width_px));
    Took { run_ms, rows_ms, scene_ms: ms(start), n_entries: run.journal().entries().len() }
}

fn main() {
    // `cargo test` runs benches with this argument to see that they work; one movement is enough for that.
    let is_test = std::env::args().any(|arg| arg == "--test") || !std::env::args().any(|arg| arg == "--bench");
    let words: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let cases: Vec<(&str, &str)> = match &words[..] {
        [scenario] => vec![(scenario, "")],
        [scenario, change] => vec![(scenario, change)],
        _ if is_test => vec![CASES[5]],
        _ => CASES.to_vec(),
    };
    println!("{:<40} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}", "", "first ms", "median", "run", "rows", "scene", "entries");
    for (id, change) in cases {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("static/scenarios/{id}.py"));
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let scenario = Scenario::parse(&format!("{id}.py"), &text).expect("the scenario is sound");
        let total = |took: &Took| took.run_ms + took.rows_ms + took.scene_ms;
        let first = moved(&scenario, change);
        let mut again: Vec<Took> = (0..if is_test { 1 } else { 9 }).map(|_| moved(&scenario, change)).collect();
        again.sort_by(|a, b| total(a).total_cmp(&total(b)));
        let median = again[again.len() / 2];
        println!(
            "{:<40} {:>9.1} {:>9.1} {:>9.1} {:>9.2} {:>9.2} {:>9}",
            format!("{id} {change}"),
            total(&first),
            total(&median),
            median.run_ms,
            median.rows_ms,
            median.scene_ms,
            median.n_entries
        );
    }
}
