//! Which constructs between a load and a store of a shared variable lose updates, by version (S-GIL-16).
//!
//! The program is the one that real Pythons were given, with fewer turns: a switch every 10 µs finds nearly each place in a
//! few thousand of them. Chance may miss one, so the program is run with several seeds, and a place loses updates where it
//! does so in any of them.

use std::collections::BTreeMap;
use std::path::Path;

use coroscope::time::Time;
use coroscope::world::{Limits, Progress, Run, Scenario, Settings};

use crate::program::in_parallel;

/// The constructs, and the first version that no longer loses updates there; `None`: all lose some. The program's names
/// mean which branch is taken: a conditional jump is taken in the one it calls "if not taken".
const CONSTRUCTS: [(&str, Option<[u32; 2]>); 20] = [
    ("c += 1", Some([3, 10])),
    ("o.n += 1 (attr)", Some([3, 10])),
    ("lst[0] += 1", Some([3, 10])),
    ("if taken fwd", Some([3, 10])),
    ("if not taken", Some([3, 11])),
    ("C call abs(1)", None),
    ("C method d.get", None),
    ("type call int(1)", None),
    ("py call", None),
    ("py method", None),
    ("property", None),
    ("py __add__", None),
    ("dict subscript", Some([3, 10])),
    ("inner for loop", None),
    ("list comp", None),
    ("try/finally", Some([3, 10])),
    ("with lock2", None),
    ("f-string int", Some([3, 10])),
    ("f(*a) call_ex", None),
    ("genexpr next", None),
];

/// So many seeds are tried at least, and at most until every place that is expected to lose updates has.
const SEEDS: [u64; 2] = [2, 8];

/// Which constructs lost updates in any run.
fn lost_in_any(python: &str, expected: &BTreeMap<String, bool>) -> BTreeMap<String, bool> {
    let mut found = lost(python, 0);
    for seed in 1..SEEDS[1] {
        if seed >= SEEDS[0] && expected.iter().all(|(name, is_lost)| !is_lost || found[name]) {
            break;
        }
        for (name, is_lost) in lost(python, seed) {
            *found.get_mut(&name).expect("each run tries the same constructs") |= is_lost;
        }
    }
    found
}

/// Which constructs lost updates in one run.
fn lost(python: &str, seed: u64) -> BTreeMap<String, bool> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/g01_switch_points.py");
    let text = std::fs::read_to_string(path).unwrap();
    let fewer = text.replace("N=150000", "N=4000");
    assert_ne!(text, fewer, "the program says how many turns it takes");
    let scenario = Scenario::parse("g01_switch_points.py", &fewer).unwrap();
    let settings = Settings { python: Some(python.into()), seed: Some(seed), cores: Some(2), ..Settings::default() };
    let limits = Limits { end: Time(100_000_000_000), ..Limits::default() };
    let mut run = Run::with_limits(scenario.with(&settings).unwrap(), limits);
    while run.step(1 << 28) == Progress::Running {}
    let main = run.processes().pop().unwrap();
    assert_eq!(main.exit, Some(0), "{python}: {}", main.stderr);
    let cells = main.stdout.split(['{', '}']).nth(1).unwrap().split(", '");
    let cells = cells.map(|cell| cell.trim_start_matches('\'').rsplit_once("': ").unwrap());
    cells.map(|(name, what)| (name.to_string(), what == "'LOST'")).collect()
}

#[test]
fn each_version_loses_updates_where_its_check_points_let_it() {
    let versions = [[3, 8], [3, 9], [3, 10], [3, 11], [3, 12], [3, 13]];
    let expected = |version: [u32; 2]| -> BTreeMap<String, bool> {
        let cells = CONSTRUCTS.iter();
        cells.map(|(name, safe)| (name.to_string(), safe.is_none_or(|first| version < first))).collect()
    };
    let found =
        in_parallel(&versions, |&version| lost_in_any(&format!("{}.{}", version[0], version[1]), &expected(version)));
    for (version, found) in versions.iter().zip(&found) {
        assert_eq!(found, &expected(*version), "{version:?}");
    }
}
