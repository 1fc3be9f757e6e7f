//! Running one program in the simulator, and telling how it ended in the terms that real CPython was recorded in.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use coroscope::time::Time;
use coroscope::world::{Ending, Limits, ProcessReport, Progress, Run, Scenario, Settings};

/// Fuel after which a program counts as endless.
const FUEL: u64 = 20_000_000_000;

/// Fuel between two looks at whether it is over.
const SLICE: u64 = 50_000_000;

/// Virtual time after which a program counts as endless [ns].
const END_NS: u64 = 600_000_000_000;

/// What the processes of a program did, main one last; `Err` says why the program came to no end of its own.
pub fn run(path: &Path, python: Option<&str>) -> Result<Vec<ProcessReport>, String> {
    let name = path.file_name().unwrap().to_string_lossy();
    let text = fs::read_to_string(path).map_err(|e| e.to_string())?;
    let settings = Settings { python: python.map(String::from), ..Settings::default() };
    let scenario = Scenario::parse(&name, &text).map_err(|e| e.to_string())?;
    let prepared = scenario.with(&settings).map_err(|e| e.to_string())?;
    let limits = Limits { end: Time(END_NS), ..Limits::default() };
    let finish = || {
        let mut run = Run::with_limits(prepared, limits);
        for _ in 0..FUEL / SLICE {
            if run.step(SLICE) == Progress::Done {
                return match run.ending() {
                    Some(Ending::Limit { why, .. } | Ending::Stopped(why)) => Err(format!("stopped at a limit: {why}")),
                    _ => Ok(run.processes()),
                };
            }
        }
        Err(format!("does not end in {FUEL} of fuel, which brought it to {:.3} s", run.now().secs()))
    };
    // A bug of the simulator is a failure of this one program; the others still run.
    catch_unwind(AssertUnwindSafe(finish)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Err(format!("the simulator panics: {}", text.unwrap_or("without a message")))
    })
}

/// Does `work` for every item in a few threads; the results are in the order of the items.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done: Mutex<BTreeMap<usize, R>> = Mutex::new(BTreeMap::new());
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            let result = work(item);
            done.lock().unwrap().insert(at, result);
        }
    };
    thread::scope(|scope| {
        for _ in 0..2 {
            // As much stack as the main thread of a program has on Linux.
            thread::Builder::new().stack_size(8 << 20).spawn_scoped(scope, worker).unwrap();
        }
    });
    done.into_inner().unwrap().into_values().collect()
}

/// The Python files below a folder, in order.
pub fn python_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "py") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// How many lines an explanation quotes at most, and characters of a line.
const QUOTED: usize = 160;

/// The first line in which two texts differ, for a reader; `None` where they are equal.
pub fn first_difference(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let (mut left, mut right) = (expected.lines(), found.lines());
    for number in 1.. {
        match (left.next(), right.next()) {
            (Some(a), Some(b)) if a == b => {}
            (None, None) => return Some("the ends of the lines differ".into()),
            (a, b) => return Some(format!("line {number}: expected {}, got {}", quoted(a), quoted(b))),
        }
    }
    None
}

/// A line in quotes, cut where it is long.
pub fn quoted(line: Option<&str>) -> String {
    match line {
        None => "nothing".into(),
        Some(line) => format!("`{}`", line.chars().take(QUOTED).collect::<String>()),
    }
}

/// The text with addresses (`0x` and at least six digits) replaced by `to`.
pub fn without_addresses(text: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("0x") {
        let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_hexdigit).count();
        out.push_str(&rest[..at]);
        out.push_str(if digits >= 6 { to } else { &rest[at..at + 2 + digits] });
        rest = &rest[at + 2 + digits..];
    }
    out + rest
}
