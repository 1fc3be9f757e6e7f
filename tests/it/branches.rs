//! A run that departs from what comes by itself: the same up to there, replayable, and able to show what reality can do.

use coroscope::journal::Journal;
use coroscope::time::Time;
use coroscope::world::choice::{branch, switch};
use coroscope::world::{About, Choice, Progress, Run, Scenario, Schedule, Settings};

/// A finished run with its choices.
fn run(text: &str, python: &str, schedule: &Schedule) -> (Run, Vec<Choice>) {
    let scenario = Scenario::parse("program.py", text).expect("the program is sound");
    let settings =
        Settings { python: Some(python.into()), cores: Some(2), schedule: schedule.clone(), ..Settings::default() };
    let mut run = Run::start(scenario.with(&settings).expect("the settings are sound")).with_decisions();
    while run.step(100_000) != Progress::Done {}
    let choices = run.choices();
    (run, choices)
}

fn stdout(run: &Run) -> String {
    run.processes()[0].stdout.clone()
}

/// What was recorded before an instant.
fn before(journal: &Journal, at: Time) -> String {
    journal.text().lines().take(journal.entries().partition_point(|entry| entry.at < at)).collect::<Vec<_>>().join("\n")
}

/// Three threads want a lock; the main thread releases it.
const LOCK: &str = "\
import threading, time
lock = threading.Lock()
order = []

def work(name):
    with lock:
        order.append(name)

with lock:
    threads = [threading.Thread(target=work, args=(name,)) for name in 'abc']
    for thread in threads:
        thread.start()
    time.sleep(0.1)
for thread in threads:
    thread.join()
print(*order)
";

#[test]
fn another_waiter_gets_the_lock_and_everything_before_stays() {
    let (first, choices) = run(LOCK, "3.11", &Schedule::default());
    assert_eq!(stdout(&first), "a b c\n");
    let choice = choices.iter().find(|choice| choice.about == About::Lock).expect("three wait for one lock");
    assert_eq!((choice.options.len(), choice.chosen), (3, 0));
    let schedule = branch(&Schedule::default(), choice, 2);
    let (second, again) = run(LOCK, "3.11", &schedule);
    assert_eq!(stdout(&second), "c a b\n");
    assert_eq!(before(first.journal(), choice.at), before(second.journal(), choice.at));
    let replayed = again.iter().find(|other| other.number == choice.number).expect("the choice is still there");
    assert_eq!((replayed.at, replayed.chosen), (choice.at, 2));
    assert_eq!(second.diverged_at(), None);
    let (third, _) = run(LOCK, "3.11", &schedule.to_string().parse().unwrap());
    assert_eq!(third.journal().hash(), second.journal().hash());
}

#[test]
fn a_choice_that_is_not_there_is_reported_and_the_run_goes_on() {
    let (run, _) = run(LOCK, "3.11", &"0:40".parse().unwrap());
    assert_eq!((stdout(&run).as_str(), run.diverged_at()), ("a b c\n", Some(0)));
}

/// Two threads count by a statement. All of it takes some hundreds of microseconds after the sleep of 10 ms.
fn counting(statement: &str) -> String {
    format!(
        "\
import threading, time
counter = 0

def work():
    global counter
    time.sleep(0.01)
    for _ in range(4_000):
        {statement}

threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
"
    )
}

/// What is counted where threads are made to switch at one of many instants.
fn counts(statement: &str, python: &str) -> Vec<u32> {
    let text = counting(statement);
    let count = |run: &Run| stdout(run).trim().parse().expect("the program prints a number");
    let (first, choices) = run(&text, python, &Schedule::default());
    assert_eq!(count(&first), 8_000, "by itself nothing is lost in {python}");
    let mut found: Vec<u32> = Vec::new();
    for at in (10_000_000..first.now().0).step_by(4_513).map(Time) {
        let n_before = choices.iter().filter(|choice| choice.at < at).map(|choice| choice.number + 1).max();
        let schedule = switch(&Schedule::default(), at, n_before.unwrap_or(0));
        let (second, _) = run(&text, python, &schedule);
        assert_eq!(before(first.journal(), at), before(second.journal(), at), "before {at} in {python}");
        found.push(count(&second));
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn a_switch_loses_an_update_only_where_the_version_has_a_check_point() {
    // S-GIL-16: a call of a Python function is one in every version, `+=` of a global in none from 3.10 on.
    for python in ["3.9", "3.11"] {
        let found = counts("counter = (lambda value: value + 1)(counter)", python);
        assert!(found.len() > 1 && found.iter().all(|&count| count <= 8_000), "{python}: {found:?}");
    }
    assert_eq!(counts("counter += 1", "3.11"), [8_000]);
}
