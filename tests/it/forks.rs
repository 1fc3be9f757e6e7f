//! `os.fork` where it cannot be: the program is told, in the parent alone.

use coroscope::world::{Progress, Run, Scenario, Settings};

/// What a program prints.
fn output(text: &str) -> String {
    let scenario = Scenario::parse("program.py", text).expect("the program is sound");
    let mut run = Run::start(scenario.with(&Settings::default()).expect("the settings are sound"));
    while run.step(100_000) != Progress::Done {}
    run.processes()[0].stdout.clone()
}

/// A program that forks where `place` calls `fork`, and prints what becomes of it.
fn forking(place: &str) -> String {
    format!(
        "\
import os, signal

def fork(*args):
    try:
        if os.fork() == 0:
            os._exit(7)
        return print('forked', os.waitstatus_to_exitcode(os.wait()[1]))
    except NotImplementedError as error:
        print(str(error)[:26])
    return 0

class Finaliser:
    def __del__(self):
        fork()

{place}
"
    )
}

#[test]
fn a_fork_below_what_cannot_be_copied_is_refused_by_name() {
    let refused = "os.fork() is not simulated\n";
    assert_eq!(output(&forking("[0].sort(key=fork)")), refused);
    assert_eq!(output(&forking("made = Finaliser()\ndel made")), refused);
    let handler = "signal.signal(signal.SIGUSR1, fork)\nos.kill(os.getpid(), signal.SIGUSR1)";
    assert_eq!(output(&forking(handler)), refused);
}

#[test]
fn a_fork_below_natives_generators_and_coroutines_goes_on_with_them() {
    let forked = "forked 7\n";
    for place in ["fork()", "list(map(fork, [0]))", "[each for each in (fork() for _ in 'a')]"] {
        assert_eq!(output(&forking(place)), forked, "{place}");
    }
    let coroutine = "async def main():\n    fork()\nimport asyncio\nasyncio.run(main())";
    assert_eq!(output(&forking(coroutine)), forked);
}
