//! The scenarios that ship with the page: each reads without a complaint, and the gallery lists them all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use coroscope::time::{Duration, Time};
use coroscope::world::{Ending, Limits, Progress, Run, Scenario, Settings};
use serde_json::Value;

/// Where they are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static/scenarios")
}

/// Every scenario by its id, the file's name without `.py`, in order.
pub fn all() -> Vec<(String, Scenario)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let scenario = Scenario::parse(&name, &fs::read_to_string(&path).unwrap()).unwrap();
        (name.trim_end_matches(".py").to_string(), scenario)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn every_scenario_reads_without_a_notice_and_explains_its_parameters() {
    for (id, scenario) in all() {
        assert_eq!(scenario.notices, [], "{id}");
        assert!(!scenario.summary.is_empty(), "{id} says nothing about itself");
        assert!(!scenario.parameters.is_empty(), "{id} has nothing to turn");
        for parameter in &scenario.parameters {
            assert!(!parameter.label.is_empty(), "{id} does not explain {}", parameter.name);
        }
        for question in &scenario.metadata.questions {
            let answer = question.answer.and_then(|answer| question.choices.get(answer));
            assert!(answer.is_some(), "{id} asks `{}` and knows no answer", question.ask);
            assert!(question.because.is_some(), "{id} does not say why: `{}`", question.ask);
        }
        scenario.with(&Settings::default()).unwrap();
    }
}

#[test]
fn the_gallery_lists_every_scenario_as_it_calls_itself() {
    let index: Value = serde_json::from_str(&fs::read_to_string(folder().join("index.json")).unwrap()).unwrap();
    let groups = index["groups"].as_array().unwrap();
    let listed: Vec<&Value> = groups.iter().flat_map(|group| group["scenarios"].as_array().unwrap()).collect();
    let scenarios = all();
    for (id, scenario) in &scenarios {
        let entry = listed.iter().find(|entry| entry["id"] == id.as_str());
        let entry = entry.unwrap_or_else(|| panic!("static/scenarios/index.json does not list {id}"));
        assert_eq!(entry["title"], scenario.title.as_str(), "{id}");
        assert_eq!(entry["summary"], scenario.summary.as_str(), "{id}");
    }
    let ids: BTreeSet<&str> = listed.iter().filter_map(|entry| entry["id"].as_str()).collect();
    let files: BTreeSet<&str> = scenarios.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, files);
    assert_eq!(listed.len(), scenarios.len(), "the gallery lists a scenario twice");
}

/// Why a program that never ends is stopped at these limits.
fn stopped(text: &str, limits: Limits) -> String {
    let prepared = Scenario::parse("endless.py", text).unwrap().with(&Settings::default()).unwrap();
    let mut run = Run::with_limits(prepared, limits);
    while run.step(10_000_000) == Progress::Running {}
    match run.ending() {
        Some(Ending::Limit { why, option }) => format!("{why}; {option}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_program_without_end_is_stopped_at_a_limit_that_says_how_to_raise_it() {
    let usual = Limits::default();
    let cpu = stopped("while True: pass\n", Limits { cpu: Duration::millis(50), ..usual });
    assert!(cpu.contains("50 ms of CPU time") && cpu.contains("--max-cpu"), "{cpu}");
    let output = stopped("while True: print('x' * 100)\n", Limits { output: 2_000, ..usual });
    assert!(output.contains("2000 bytes") && output.contains("--max-output"), "{output}");
    let grows = "class N: pass\nl = []\nwhile True: l.append(N())\n";
    let objects = stopped(grows, Limits { objects: 50_000, ..usual });
    assert!(objects.contains("50000 objects") && objects.contains("--max-objects"), "{objects}");
    let sleeps = "import time\nwhile True: time.sleep(1)\n";
    let time = stopped(sleeps, Limits { end: Time(5_000_000_000), ..usual });
    assert!(time.contains("of virtual time") && time.contains("--max-time"), "{time}");
    let entries = stopped(sleeps, Limits { entries: 500, ..usual });
    assert!(entries.contains("500 entries") && entries.contains("--max-entries"), "{entries}");
}

#[test]
fn a_deadlock_behind_a_server_is_found_when_it_comes() {
    let text = "\
# %% server.py
import socket
socket.create_server(('127.0.0.1', 5003)).accept()
# %% client.py
import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()
# %% Procfile
# web: python server.py --port 5003
# client: python client.py
";
    let prepared = Scenario::parse("stuck.py", text).unwrap().with(&Settings::default()).unwrap();
    let mut run = Run::start(prepared);
    while run.step(10_000_000) == Progress::Running {}
    let Some(Ending::Deadlock(who)) = run.ending() else { panic!("{:?}", run.ending()) };
    assert_eq!(who, &["MainThread of web (socket)", "MainThread of client (lock)"]);
    assert!(run.now() < Time(1_000_000_000), "nothing happens any more, and it ends at {:?}", run.now());
}
