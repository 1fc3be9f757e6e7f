//! What of signals is refused: none comes in between the operations of another thread.

use coroscope::world::{Progress, Run, Scenario, Settings};

const PROGRAM: &str = r#"
import os
import signal
import threading

def interrupt():
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except NotImplementedError as e:
        print(str(e).partition(":")[0])

thread = threading.Thread(target=interrupt)
thread.start()
thread.join()
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    print("interrupted by itself")
"#;

#[test]
fn a_thread_cannot_interrupt_the_main_thread_silently() {
    let scenario = Scenario::parse("signals.py", PROGRAM).unwrap();
    let mut run = Run::start(scenario.with(&Settings::default()).unwrap());
    while run.step(50_000_000) == Progress::Running {}
    let main = &run.processes()[0];
    assert_eq!(main.stderr, "");
    let refusal = "a signal from another thread that interrupts the main thread is not simulated";
    assert_eq!(main.stdout, format!("{refusal}\ninterrupted by itself\n"));
}
