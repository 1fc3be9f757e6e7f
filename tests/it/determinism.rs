//! The same scenario, parameters and seed give the same record: run again, or stepped in other slices.
//!
//! Every scenario runs as it is, at the least and the greatest value of every slider, and at every option of a
//! dropdown. What would take long is compared up to the virtual time that a first run reaches with [`FUEL`], so that
//! all of them take some half a minute; that time is the same limit for all the runs compared.

use std::collections::BTreeMap;

use coroscope::time::Time;
use coroscope::world::form::Kind;
use coroscope::world::{Limits, Progress, Run, Scenario, Settings};

use crate::program::in_parallel;
use crate::scenarios;

/// What the first of the runs compared may use.
const FUEL: u64 = 10_000_000;

/// Fuel of one step; the last is more than a run needs.
const SLICES: [u64; 5] = [1_009, 9_973, 65_536, 1_000_003, u32::MAX as u64];

#[test]
fn every_corner_of_every_scenario_gives_one_record() {
    let mut corners = Vec::new();
    for (id, scenario) in scenarios::all() {
        corners.push((id.clone(), scenario.clone(), BTreeMap::new()));
        for parameter in &scenario.parameters {
            let values = match &parameter.kind {
                Kind::Slider { min, max, .. } => vec![min.to_string(), max.to_string()],
                Kind::Choice { options, .. } => options.clone(),
                Kind::Boolean => vec!["True".into(), "False".into()],
                Kind::Number { .. } | Kind::Text => Vec::new(),
            };
            let corner = |value| (id.clone(), scenario.clone(), BTreeMap::from([(parameter.name.clone(), value)]));
            corners.extend(values.into_iter().map(corner));
        }
    }
    let complaints = in_parallel(&corners, |(id, scenario, values)| {
        let hashes = hashes(scenario, values);
        hashes.iter().any(|hash| *hash != hashes[0]).then(|| format!("{id} {values:?}: {hashes:x?}\n"))
    });
    let complaints: String = complaints.into_iter().flatten().collect();
    assert!(complaints.is_empty(), "records differ; the first two are of whole runs, then {SLICES:?}\n{complaints}");
}

/// The hashes of the records of two whole runs and of one run for each slice.
fn hashes(scenario: &Scenario, values: &BTreeMap<String, String>) -> Vec<u64> {
    let settings = Settings { values: values.clone(), ..Settings::default() };
    let start = |limits| Run::with_limits(scenario.with(&settings).unwrap(), limits);
    let mut first = start(Limits::default());
    let is_whole = first.step(FUEL) == Progress::Done;
    let end = if is_whole { Limits::default().end } else { first.now().max(Time(1)) };
    let limits = Limits { end, ..Limits::default() };
    let whole = [u32::MAX as u64; 2];
    let finish = |slice: u64| {
        let mut run = start(limits);
        while run.step(slice) == Progress::Running {}
        run.journal().hash()
    };
    whole.into_iter().chain(SLICES).map(finish).collect()
}

#[test]
fn another_parameter_gives_another_record() {
    let (_, scenario) = scenarios::all().into_iter().find(|(id, _)| id == "event-loop-basics").unwrap();
    let corner = |n: &str| hashes(&scenario, &BTreeMap::from([("n_tasks".to_string(), n.to_string())]))[0];
    assert_ne!(corner("2"), corner("3"));
}
