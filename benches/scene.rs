//! How long a trace takes to fold and a scene to lay out, and how much memory a span takes: `cargo bench --bench scene`.
//!
//! A thousand threads take turns on one GIL, so every row is full of spans at every zoom, each with a line, and every
//! second one with whoever woke it. The picture is 1200 × 800.

#![expect(clippy::disallowed_types, reason = "a benchmark reads the wall clock; nothing it times does")]

use std::hint::black_box;
use std::time::Instant;

use coroscope::journal::{Journal, Kind, Line, State};
use coroscope::time::Time;
use coroscope::timeline::{self, Fold, Folds, GroupId, Highlight, Lanes, View, approximate_width_px};
use coroscope::trace::{Snapshot, Trace};

const N_THREADS: u64 = 1000;
const TURN_NS: u64 = 5_000_000;

fn main() {
    // `cargo test` runs benches with this argument to see that they work; the smallest size is enough for that.
    let is_test = std::env::args().any(|arg| arg == "--test") || !std::env::args().any(|arg| arg == "--bench");
    let sizes: &[usize] = if is_test { &[10_000] } else { &[10_000, 100_000, 1_000_000] };
    println!(
        "{:>9}  {:>10}  {:>10}  {:>10}  {:>10}  {:>7}  {:>10}  {:>10}  {:>7}",
        "spans", "fold", "rows", "scene all", "scene 1 %", "rects", "machine", "next event", "B/span"
    );
    for &n_spans in sizes {
        measure(n_spans);
    }
}

fn measure(n_spans: usize) {
    let journal = turns(n_spans);
    let (fold_ms, trace) = timed(1, || Trace::of(&journal));
    let mut folds = Folds::default();
    folds.set(&trace, GroupId { parent: Some(trace.tracks()[0].subject), kind: Kind::Thread }, Fold::Compact);
    let (rows_ms, lanes) = timed(20, || Lanes::of(&trace, &folds));
    let middle = Time(trace.end().0 / 2);
    let (machine_ms, _) = timed(20, || Snapshot::at(&trace, middle));
    let (step_ms, _) = timed(20, || trace.next_event(middle));
    let mut view = View::fit(trace.end(), 1200.0, 800.0);
    let scene = |view: &View| timeline::compose(&trace, &lanes, view, &Highlight::default(), &approximate_width_px);
    let (all_ms, whole) = timed(20, || scene(&view));
    view.zoom_at(600.0, 100.0, trace.end());
    let (part_ms, _) = timed(20, || scene(&view));
    println!(
        "{n_spans:>9}  {fold_ms:>7.2} ms  {rows_ms:>7.2} ms  {all_ms:>7.2} ms  {part_ms:>7.2} ms  {:>7}  \
         {machine_ms:>7.2} ms  {step_ms:>7.2} ms  {:>7.1}",
        whole.n_rects(),
        trace.n_bytes() as f64 / n_spans as f64
    );
}

/// The threads in turn, each entry with a line and every wake with a cause.
fn turns(n_spans: usize) -> Journal {
    let mut j = Journal::new();
    let process = j.born(Time(0), Kind::Process, "main", None, None, None);
    let threads: Vec<_> = (0..N_THREADS)
        .map(|n| j.born(Time(0), Kind::Thread, &format!("Thread-{n}"), Some(process), None, None))
        .collect();
    let line = Some(Line { file: j.name("app.py"), line: 12 });
    for turn in 0..n_spans as u64 / 2 {
        let at = Time(turn * TURN_NS);
        let (old, new) = (threads[(turn % N_THREADS) as usize], threads[((turn + 1) % N_THREADS) as usize]);
        let dropped = j.state(at, old, State::Ready, "GIL", Some(new), None, line);
        j.state(at, new, State::Running, "", None, Some(dropped), line);
    }
    j
}

/// The mean time of a call [ms] and its last result.
fn timed<T>(n: u32, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut result = work();
    let start = Instant::now();
    for _ in 0..n {
        result = black_box(work());
    }
    (start.elapsed().as_secs_f64() * 1e3 / f64::from(n), result)
}
