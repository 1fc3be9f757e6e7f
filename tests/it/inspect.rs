//! A run that is stopped at an instant shows what threads and tasks hold then, and going there in steps shows the same.

use std::fmt::Write as _;

use coroscope::time::Time;
use coroscope::world::{Progress, Run, Scenario, Settings};

const FUEL: u64 = 5_000;

fn start(text: &str) -> Run {
    let scenario = Scenario::parse("program.py", text).expect("the program is sound");
    Run::start(scenario.with(&Settings::default()).expect("the settings are sound"))
}

fn go(run: &mut Run, ms: f64) {
    while run.step_to(Time((ms * 1e6) as u64), FUEL) != Progress::Done {}
}

/// Who holds what: a line a frame.
fn told(run: &Run) -> String {
    let mut out = String::new();
    let words = |variables: &[(String, String)]| {
        variables.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    };
    for inspected in run.inspect() {
        for frame in &inspected.frames {
            let _ = writeln!(out, "{}:{} {}", frame.function, frame.line, words(&frame.variables));
        }
    }
    for (_, globals) in run.globals() {
        let _ = writeln!(out, "{}: {}", globals.file, words(&globals.variables));
    }
    out
}

const THREADS: &str = "\
import threading, time
total = 0

def work(name, n):
    global total
    for i in range(n):
        time.sleep(0.010)
        total += i
        box = {'name': name, 'i': i}

thread = threading.Thread(target=work, args=('anna', 5))
thread.start()
time.sleep(0.025)
done = True
thread.join()
";

#[test]
fn a_thread_shows_its_names_as_they_are_at_the_instant() {
    let mut run = start(THREADS);
    go(&mut run, 15.0);
    assert_eq!(
        told(&run),
        "<module>:13 total=0 thread=<Thread>\nwork:7 name='anna' n=5 i=1 box={'name': 'anna', 'i': 0}\nprogram.py: \
         total=0 thread=<Thread>\n"
    );
    go(&mut run, 35.0);
    let later = told(&run);
    assert!(later.contains("total=3") && later.contains("i=3") && later.contains("done=True"), "{later}");
    // Whoever goes there at once sees the same.
    let mut other = start(THREADS);
    go(&mut other, 35.0);
    assert_eq!(told(&other), later);
    go(&mut other, 1e6);
    assert_eq!(told(&other), "", "it has ended");
}

/// One long burst: nothing happens between its beginning and its end.
const BURST: &str = "\
n = 0
while n < 100_000:
    n += 1
";

#[test]
fn python_that_runs_is_stopped_in_the_midst() {
    let mut run = start(BURST);
    let mut seen = Vec::new();
    for ms in [0.5, 1.0, 1.5] {
        go(&mut run, ms);
        let told = told(&run);
        let n = told.rsplit("n=").next().unwrap().trim().parse::<u64>().expect("n is a number");
        seen.push(n);
    }
    assert!(seen.is_sorted() && seen[0] > 1_000 && seen[2] < 100_000, "{seen:?}");
    let steps = [seen[1] - seen[0], seen[2] - seen[1]];
    assert!(steps[0].abs_diff(steps[1]) < 10, "the loop goes at one pace: {seen:?}");
}

const TASKS: &str = "\
import asyncio

async def inner(x):
    doubled = 2 * x
    await asyncio.sleep(0.010)
    return doubled

async def outer(name):
    result = await inner(21)
    await asyncio.sleep(0.010)
    return name, result

async def main():
    await asyncio.gather(outer('a'), outer('b'))

asyncio.run(main())
";

#[test]
fn a_task_shows_its_frames_along_what_it_awaits() {
    let mut run = start(TASKS);
    go(&mut run, 5.0);
    let early = told(&run);
    assert!(early.contains("inner:5 x=21 doubled=42\nouter:9 name='a'\n"), "{early}");
    assert!(early.contains("outer:9 name='b'\n") && early.contains("main:14 \n"), "{early}");
    go(&mut run, 15.0);
    let late = told(&run);
    assert!(late.contains("outer:10 name='a' result=42\n") && !late.contains("inner"), "{late}");
}

#[test]
fn looking_changes_nothing() {
    for text in [THREADS, BURST, TASKS] {
        let (mut plain, mut looked) = (start(text), start(text));
        while plain.step(u64::MAX >> 2) != Progress::Done {}
        for step in 0..200 {
            go(&mut looked, f64::from(step) * 0.3);
            looked.inspect();
            looked.globals();
        }
        go(&mut looked, 1e6);
        assert_eq!(looked.journal().hash(), plain.journal().hash());
    }
}
