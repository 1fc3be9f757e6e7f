//! How long a trace file takes to read: `cargo bench --bench recording`.
//!
//! The file has slices of a thousand threads, in the order in which they begin in turn. What the page needs from the
//! drop to the picture is measured by `benches/web/timeline.mjs`.

#![expect(clippy::disallowed_types, reason = "a benchmark reads the wall clock; nothing it times does")]

use std::fmt::Write as _;
use std::time::Instant;

use coroscope::timeline::{self, Folds, Highlight, Lanes, View, approximate_width_px};
use coroscope::trace::chrome;

const N_THREADS: u64 = 1000;

fn main() {
    // `cargo test` runs benches with this argument to see that they work; the smallest size is enough for that.
    let is_test = std::env::args().any(|arg| arg == "--test") || !std::env::args().any(|arg| arg == "--bench");
    let sizes: &[u64] = if is_test { &[10_000] } else { &[10_000, 100_000, 1_000_000] };
    println!("{:>9}  {:>7}  {:>10}  {:>10}  {:>10}  {:>7}", "spans", "MB", "read", "rows", "scene", "B/span");
    for &n_spans in sizes {
        let text = file(n_spans);
        let start = Instant::now();
        let trace = chrome::read(text.as_bytes()).expect("the file is sound").trace;
        let read_ms = ms(start);
        let start = Instant::now();
        let lanes = Lanes::of(&trace, &Folds::default());
        let rows_ms = ms(start);
        let start = Instant::now();
        let view = View::fit(trace.end(), 1200.0, 800.0);
        let scene = timeline::compose(&trace, &lanes, &view, &Highlight::default(), &approximate_width_px);
        let scene_ms = ms(start);
        assert!(scene.n_rects() > 0);
        println!(
            "{n_spans:>9}  {:>7.1}  {read_ms:>7.1} ms  {rows_ms:>7.1} ms  {scene_ms:>7.1} ms  {:>7.1}",
            text.len() as f64 / 1e6,
            trace.n_bytes() as f64 / n_spans as f64
        );
    }
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Slices of half a microsecond to ten, with gaps between them.
fn file(n_spans: u64) -> String {
    let mut text = String::from("{\"traceEvents\":[\n");
    let mut ends = vec![0u64; N_THREADS as usize];
    for i in 0..n_spans {
        let thread = (i * 7919 % N_THREADS) as usize;
        let (start, dur) = (ends[thread], 500 + i * 2_654_435_761 % 9000);
        ends[thread] += dur + i * 40_503 % 3000;
        let comma = if i == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            r#"{comma}{{"name":"function_{}","cat":"py","ph":"X","ts":{}.{:03},"dur":{}.{:03},"pid":1,"tid":{}}}"#,
            i * 31 % 500,
            start / 1000,
            start % 1000,
            dur / 1000,
            dur % 1000,
            thread + 1
        );
    }
    text.push_str("\n]}\n");
    text
}
