//! What every scenario that ships looks like: at two instants, from afar and from near, the scene and the state of the
//! machine, and the whole run told in twenty sentences. The goldens are under `tests/pictures/`.
//!
//! They follow the journals, so `UPDATE_HASHES=1 cargo test --test it` writes them anew with the hashes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use coroscope::time::Time;
use coroscope::timeline::{Folds, Highlight, Lanes, View, approximate_width_px, compose, narration};
use coroscope::trace::{CriticalPath, Goal, Snapshot, Trace, Waits, await_tree, chrome, findings};
use coroscope::world::{Progress, Run, Scenario, Settings};

use crate::program::{first_difference, in_parallel};
use crate::scenarios;

/// A narrow picture, so that a scene is a page of text.
const SIZE_PX: (f32, f32) = (640.0, 320.0);

const N_SENTENCES: usize = 20;

/// Lines of the state of the machine; with a thousand tasks the rest says no more.
const N_LINES: usize = 40;

fn run(scenario: &Scenario) -> Run {
    let mut run = Run::start(scenario.with(&Settings::default()).expect("the scenario is sound"));
    while run.step(u64::MAX >> 2) != Progress::Done {}
    run
}

/// All of it in text.
fn portrait(run: &Run) -> String {
    let trace = Trace::of(run.journal());
    let end = trace.end().0;
    let mut out = String::new();
    let entries = run.journal().entries();
    for n in 1..=N_SENTENCES {
        let at = entries[entries.len() * n / N_SENTENCES - 1].at;
        let _ = writeln!(out, "{}", narration(&trace, run.journal(), at));
    }
    for finding in findings(&trace) {
        let _ = writeln!(out, "finding: {}", finding.what);
    }
    let path = CriticalPath::of(&trace, Goal::Run).expect("something was done");
    for (subject, time) in path.by_subject().into_iter().take(5) {
        let _ = writeln!(out, "critical path: {} {time}", trace.name_of(subject));
    }
    for (at, zoom) in [(Time(end / 3), 1.0), (Time(end / 4 * 3), 8.0)] {
        let machine = Snapshot::at(&trace, at).text(&trace);
        let machine: Vec<&str> = machine.lines().take(N_LINES).collect();
        let _ = writeln!(out, "\n═══ at {at}\n{}", machine.join("\n"));
        let waits = Waits::at(&trace, at);
        for circle in &waits.cycles {
            let names: Vec<&str> = circle.members.iter().map(|&who| trace.name_of(who)).collect();
            let _ = writeln!(out, "circle: {}", names.join(" → "));
        }
        for node in await_tree(&trace, at).iter().take(20) {
            let _ = writeln!(out, "await tree: {}{}", "  ".repeat(node.depth), trace.name_of(node.subject));
        }
        let lanes = Lanes::of(&trace, &Folds::default());
        let mut view = View::fit(trace.end(), SIZE_PX.0, SIZE_PX.1);
        view.zoom_at(view.scale().x_from_time(at), zoom, trace.end());
        let highlight = Highlight { cursor: Some(at), ..Highlight::default() };
        let _ = writeln!(out, "{}", compose(&trace, &lanes, &view, &highlight, &approximate_width_px).text());
    }
    out
}

#[test]
fn every_scenario_looks_and_reads_as_it_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let all = scenarios::all();
    let portraits = in_parallel(&all, |(_, scenario)| portrait(&run(scenario)));
    let is_update = std::env::var_os("UPDATE_HASHES").is_some();
    let mut complaints = String::new();
    for ((id, _), found) in all.iter().zip(&portraits) {
        let path = folder.join(format!("{id}.txt"));
        if is_update {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, found).unwrap();
            continue;
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        if known != *found {
            let differs = known.lines().zip(found.lines()).position(|(a, b)| a != b);
            let line = differs.unwrap_or(known.lines().count().min(found.lines().count()));
            let at = |text: &str| text.lines().nth(line).unwrap_or("nothing").to_string();
            let _ = writeln!(complaints, "{id}.txt:{}: {}\n  and not {}", line + 1, at(found), at(&known));
        }
    }
    assert!(complaints.is_empty(), "`UPDATE_HASHES=1 cargo test --test it pictures` writes them anew\n{complaints}");
}

#[test]
fn every_scenario_that_is_exported_reads_back_as_the_same_trace() {
    in_parallel(&scenarios::all(), |(id, scenario)| {
        let trace = Trace::of(run(scenario).journal());
        let text = chrome::to_string(&trace);
        let again = chrome::read(text.as_bytes()).unwrap_or_else(|broken| panic!("{id}: {broken}")).trace;
        let difference = first_difference(&text, &chrome::to_string(&again));
        assert!(difference.is_none(), "{id} is another trace when it is read back: {}", difference.unwrap_or_default());
        for at in [trace.end().0 / 3, trace.end().0 / 4 * 3].map(Time) {
            assert_eq!(Snapshot::at(&again, at).text(&again), Snapshot::at(&trace, at).text(&trace), "{id}");
        }
    });
}

#[test]
fn the_critical_path_of_every_scenario_covers_the_whole_run_without_gap() {
    in_parallel(&scenarios::all(), |(id, scenario)| {
        let trace = Trace::of(run(scenario).journal());
        let path = CriticalPath::of(&trace, Goal::Run).expect("something was done");
        let mut at = Time::ZERO;
        for step in &path.steps {
            assert_eq!(step.from, at, "{id}: a gap on the critical path");
            at = step.to;
        }
        assert_eq!(at, trace.end(), "{id}");
    });
}
