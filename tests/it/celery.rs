//! Celery's worker and client over the Redis server that a scenario gets without asking (S-CEL).

use coroscope::world::{Progress, Run, Scenario, Settings};

const PROGRAM: &str = r#"
# %% tasks.py
import time
from celery import Celery, chain, chord, group

app = Celery("tasks", broker="redis://127.0.0.1:6379/0", backend="redis://127.0.0.1:6379/0")

@app.task
def add(x, y):
    return x + y

@app.task
def nap(x):
    time.sleep(x)

@app.task
def fail():
    raise ValueError("bad")

@app.task(bind=True, max_retries=2, default_retry_delay=0.1)
def flaky(self, n):
    if self.request.retries < n:
        raise self.retry(exc=RuntimeError("again"))
    return self.request.retries

@app.task
def total(numbers):
    return sum(numbers)

# %% client.py
import time
from tasks import add, chain, chord, fail, flaky, group, nap, total

result = add.delay(2, 3)
print(result.get(timeout=5), result.state)
start = time.time()
for one in [nap.delay(0.5) for _ in range(8)]:
    one.get()
print("waves", round((time.time() - start) / 0.5))
for bad in (fail.delay(), flaky.delay(5)):
    try:
        bad.get()
    except Exception as exc:
        print(repr(exc), bad.state)
print(flaky.delay(2).get(), group(add.s(i, i) for i in range(4))().get())
print(chain(add.s(1, 2), add.s(10))().get(), chord(add.s(i, 1) for i in range(3))(total.s()).get())
print(add.name, add(4, 4), add.AsyncResult("unknown").state)

# %% Procfile
# worker: celery -A tasks worker --concurrency 4
# client: python client.py
"#;

#[test]
fn a_worker_with_four_processes_runs_eight_naps_in_two_waves() {
    let scenario = Scenario::parse("celery.py", PROGRAM).unwrap();
    let mut run = Run::start(scenario.with(&Settings::default()).unwrap());
    while run.step(50_000_000) == Progress::Running {}
    let processes = run.processes();
    let names: Vec<&str> = processes.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["worker", "client"]);
    let client = &processes[1];
    assert_eq!(client.stderr, "");
    let expected = "5 SUCCESS\nwaves 2\nValueError('bad') FAILURE\nRuntimeError('again') FAILURE\n\
        2 [0, 2, 4, 6]\n13 6\ntasks.add 8 PENDING\n";
    assert_eq!(client.stdout, expected);
}
