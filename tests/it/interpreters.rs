//! Interpreters of one process (3.14): isolated, each with a GIL of its own, and what fails in them is told.

use coroscope::world::{Progress, Run, Scenario, Settings};

/// What a program prints under a version, and when it ends [s].
fn run(text: &str, python: &str) -> (String, f64) {
    let scenario = Scenario::parse("program.py", text).expect("the program is sound");
    let settings = Settings { python: Some(python.into()), ..Settings::default() };
    let mut run = Run::start(scenario.with(&settings).expect("the settings are sound"));
    while run.step(1_000_000) != Progress::Done {}
    let process = &run.processes()[0];
    (format!("{}{}", process.stdout, process.stderr), run.now().secs())
}

const INTERPRETERS: &str = "\
import os
from concurrent import interpreters

def fail(x):
    raise ValueError(f'bad {x}')

def where():
    return os.getpid()

x = 'the main one\\'s'
if __name__ == '__main__':
    other = interpreters.create()
    print(other, interpreters.list_all(), interpreters.get_current())
    other.exec('x = 5')
    other.exec('x += 1; print(x, __name__)')
    other.prepare_main(y=7)
    other.exec('print(x * y)')
    print(x, other.call(where) == os.getpid())
    try:
        other.call(fail, 3)
    except interpreters.ExecutionFailed as error:
        print(str(error).splitlines()[0], error.excinfo.type.__name__, str(error).splitlines()[-1])
    queue = interpreters.create_queue()
    thread = other.call_in_thread(queue.put, [1, 2])
    print(queue.get())
    thread.join()
    try:
        other.call(len, lambda: 1)
    except interpreters.NotShareableError as error:
        print(error)
    other.close()
    print(interpreters.list_all())
";

#[test]
fn an_interpreter_has_names_of_its_own_and_tells_what_failed_in_it() {
    let (output, _) = run(INTERPRETERS, "3.14");
    let expected = "\
Interpreter(1) [Interpreter(0), Interpreter(1)] Interpreter(0)
6 __main__
42
the main one's True
ValueError: bad 3 ValueError ValueError: bad 3
[1, 2]
object could not be pickled
[Interpreter(0)]
";
    assert_eq!(output, expected);
    assert!(
        run(INTERPRETERS, "3.13")
            .0
            .ends_with("cannot import name 'interpreters' from 'concurrent' (unknown location)\n")
    );
}

/// A program that computes three times in a pool of this kind.
fn computing(pool: &str) -> String {
    format!(
        "\
from concurrent.futures import {pool}

def compute(n):
    if n < 0:
        raise ValueError(n)
    total = 0
    for i in range(n):
        total += i
    return total

if __name__ == '__main__':
    with {pool}(3) as pool:
        print(list(pool.map(compute, [4_000_000] * 3)))
        error = pool.submit(compute, -1).exception()
        print(repr(error), type(error.__cause__).__name__)
"
    )
}

#[test]
fn a_pool_of_interpreters_computes_at_the_same_time() {
    let (threads, one_gil) = run(&computing("ThreadPoolExecutor"), "3.14");
    let (output, many_gils) = run(&computing("InterpreterPoolExecutor"), "3.14");
    let sums = "[7999998000000, 7999998000000, 7999998000000]\nValueError(-1)";
    assert_eq!((threads, output), (format!("{sums} NoneType\n"), format!("{sums} ExecutionFailed\n")));
    assert!(many_gils * 1.5 < one_gil, "{many_gils} and {one_gil}");
}
