//! The same scenario, parameters and seed give the same record and output: as `tests/hashes.txt` says, run again,
//! stepped in other slices, and – `tests/wasm/corners.rs` – in a browser.
//!
//! Every scenario runs as it is, at the least and the greatest value of every slider, and at every option of a
//! dropdown; every run goes to its end.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use coroscope::world::form::Kind;
use coroscope::world::{Progress, Scenario};

use crate::corner::{Corner, HASHES, Hashes, read};
use crate::program::in_parallel;
use crate::scenarios;

/// Fuel of one step: from less than an operation of Python takes to a millisecond of virtual CPU time.
const SLICES: [u64; 5] = [1_009, 9_973, 65_536, 1_000_003, 64_000_019];

/// More than a run needs.
const WHOLE: u64 = u64::MAX >> 2;

/// Fuel up to which a corner runs with each of the slices; a longer one runs whole and once in slices that change.
const FUEL_OF_SHORT: u64 = 20_000_000;

/// Fuel after which a corner counts as endless, which no scenario that ships should be: a minute of virtual CPU time.
const FUEL: u64 = 4_000_000_000_000;

const HEAD: &str = "\
# What every scenario gives as it is, at both ends of every slider and at every option of a dropdown: the hash of the
# journal (the page shows it), the hash of output and exit, the scenario, the parameter. Every run is whole; nothing is
# cut short or left out. `cargo test` compares the list with runs on the host, `cargo xtask test` with runs in Chromium.
# `UPDATE_HASHES=1 cargo test --test it determinism` writes it anew.
";

fn corners(id: &str, scenario: &Scenario) -> Vec<Corner> {
    let mut corners = vec![Corner { scenario: id.to_string(), change: None }];
    for parameter in &scenario.parameters {
        let values = match &parameter.kind {
            Kind::Slider { min, max, .. } => vec![min.to_string(), max.to_string()],
            Kind::Choice { options, .. } => options.clone(),
            Kind::Boolean => vec!["True".into(), "False".into()],
            Kind::Number { .. } | Kind::Text => Vec::new(),
        };
        let change = |value| Corner { scenario: id.to_string(), change: Some((parameter.name.clone(), value)) };
        corners.extend(values.into_iter().map(change));
    }
    corners
}

/// Runs a corner to its end in slices that take turns; gives its hashes and how much fuel was not enough.
fn finish(corner: &Corner, scenario: &Scenario, slices: &[u64]) -> (Hashes, u64) {
    let mut run = corner.start(scenario);
    let mut fuel = 0;
    for slice in slices.iter().cycle() {
        if run.step(*slice) == Progress::Done {
            break;
        }
        fuel += slice;
        assert!(fuel < FUEL, "{corner} does not end in {FUEL} of fuel, which brought it to {:.3} s", run.now().secs());
    }
    (Hashes::of(&run), fuel)
}

#[test]
fn every_corner_of_every_scenario_gives_the_record_of_the_list() {
    let all: Vec<(Corner, Scenario)> = scenarios::all()
        .into_iter()
        .flat_map(|(id, scenario)| corners(&id, &scenario).into_iter().map(move |corner| (corner, scenario.clone())))
        .collect();
    let hashes = in_parallel(&all, |(corner, scenario)| {
        let (whole, _) = finish(corner, scenario, &[WHOLE]);
        let (again, fuel) = finish(corner, scenario, &SLICES);
        assert_eq!(again, whole, "{corner} gives another record when it runs in slices");
        for slice in SLICES.iter().filter(|_| fuel < FUEL_OF_SHORT) {
            let (sliced, _) = finish(corner, scenario, &[*slice]);
            assert_eq!(sliced, whole, "{corner} gives another record in slices of {slice}");
        }
        whole
    });
    let found: BTreeMap<&Corner, Hashes> = all.iter().map(|(corner, _)| corner).zip(hashes).collect();
    if std::env::var_os("UPDATE_HASHES").is_some() {
        let lines: String = found.iter().map(|(corner, hashes)| format!("{hashes} {corner}\n")).collect();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hashes.txt");
        fs::write(path, format!("{HEAD}{lines}")).unwrap();
        return;
    }
    let complaints = complaints(&read(HASHES), &found);
    assert!(
        complaints.is_empty(),
        "runs are not as the list has them: `UPDATE_HASHES=1 cargo test --test it determinism` writes it anew\n{complaints}"
    );
}

/// What is wrong with the list, a line a corner.
fn complaints(list: &BTreeMap<Corner, Hashes>, found: &BTreeMap<&Corner, Hashes>) -> String {
    let mut lines = String::new();
    for (corner, hashes) in found {
        match list.get(corner) {
            None => lines += &format!("{corner}: it is not on the list\n"),
            Some(old) if old != hashes => lines += &format!("{corner}: {hashes} and not {old}\n"),
            Some(_) => {}
        }
    }
    for corner in list.keys().filter(|corner| !found.contains_key(corner)) {
        lines += &format!("{corner}: there is no such corner any more\n");
    }
    lines
}

#[test]
fn another_parameter_gives_another_record() {
    let (id, scenario) = scenarios::all().into_iter().find(|(id, _)| id == "event-loop-basics").unwrap();
    let hashes = |n: &str| {
        let corner = Corner { scenario: id.clone(), change: Some(("n_tasks".into(), n.into())) };
        finish(&corner, &scenario, &[WHOLE]).0
    };
    assert_ne!(hashes("2").journal, hashes("3").journal);
    assert_ne!(hashes("2").output, hashes("3").output);
}

#[test]
fn a_list_of_hashes_must_be_exact() {
    let line = |n: u64, corner: &str| format!("{} {corner}\n", Hashes { journal: n, output: n * 3 });
    let list = read(&["# a comment\n", &line(1, "a"), &line(2, "a x=y = z"), &line(3, "b")].concat());
    assert_eq!(list.keys().map(Corner::to_string).collect::<Vec<_>>(), ["a", "a x=y = z", "b"]);
    let found = read(&[line(1, "a"), line(4, "a x=y = z"), line(5, "c")].concat());
    let found = complaints(&list, &found.iter().map(|(corner, hashes)| (corner, *hashes)).collect());
    let expected = [
        "a x=y = z: 0000000000000004 000000000000000c and not 0000000000000002 0000000000000006",
        "c: it is not on the list",
        "b: there is no such corner any more",
    ];
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}
