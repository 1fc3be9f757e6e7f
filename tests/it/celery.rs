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

const WORKFLOWS: &str = r#"
# %% tasks.py
import time
from celery import Celery, chain, chord, group, signals
from celery.utils.log import get_task_logger

app = Celery("tasks", broker="redis://127.0.0.1:6379/0", backend="redis://127.0.0.1:6379/0")
log = get_task_logger(__name__)

@app.task
def add(x, y):
    log.info("adding %s and %s", x, y)
    return x + y

@app.task
def mul(x, y):
    return x * y

@app.task
def total(numbers):
    return sum(numbers)

@app.task
def fail(x):
    raise ValueError(x)

@app.task(bind=True)
def note(self, *args):
    import redis
    redis.Redis().rpush("notes", repr(args))

@app.task
def error_handler(request, exc, traceback):
    import redis
    redis.Redis().rpush("notes", f"error {exc!r} of {request.args}")

@app.task(bind=True)
def spread(self, n):
    return self.replace(group(add.s(i, i) for i in range(n)) | total.s())

# %% client.py
import redis, time
from tasks import *
from celery import group, chain, chord
g = group(mul.s(2), mul.s(3))
print(chain(add.s(1, 2), g, total.s(), add.s(100))().get(timeout=5))
print(chain(add.s(1, 2), g)().get(timeout=5))
print((group(add.s(1, 1), add.s(2, 2)) | total.s() | mul.s(10))().get(timeout=5))
print(chord([add.s(1, 1), chain(add.s(2, 2), mul.s(5)), group(add.s(3, 3), add.s(4, 4))], total.s())().get(timeout=5))
r = chain(add.s(1, 1), add.s(2), mul.s(3))()
print(r.get(timeout=5), r.parent.get(), r.parent.parent.get(), [v for _, v in r.collect()])
r = chain(fail.s(7), add.s(1))()
try:
    r.get(timeout=5)
except ValueError as e:
    print("chain failed", e, r.state, r.parent.state, r.traceback.splitlines()[-1])
r = chord([add.s(1, 1), fail.s(9)])(total.s())
try:
    r.get(timeout=5)
except Exception as e:
    print(type(e).__name__, str(e)[-21:])
add.apply_async((5, 6), link=note.s("linked"), countdown=0.1).get(timeout=5)
fail.apply_async((8,), link_error=error_handler.s())
time.sleep(0.5)
print(redis.Redis().lrange("notes", 0, -1))
print(spread.delay(4).get(timeout=5))
res = group(add.s(i, i) for i in range(3))()
print(res.get(timeout=5), res.completed_count(), res.ready())
print(add.chunks(zip(range(4), range(4)), 2)().get(timeout=5), total.map([[1, 2], [3]]).delay().get(timeout=5))
try:
    add.delay(1)
except TypeError as e:
    print(e)

# %% Procfile
# worker: celery -A tasks worker --concurrency 2 --loglevel info
# client: python client.py
"#;

const PRINTS: &str = r#"
# %% tasks.py
import sys
from celery import Celery

app = Celery("tasks", broker="redis://127.0.0.1:6379/0", backend="redis://127.0.0.1:6379/0")

@app.task
def add(x, y):
    print("adding", x)
    print("on stderr", file=sys.stderr)
    return x + y

# %% client.py
from tasks import add
print(add.delay(2, 3).get(timeout=5))

# %% Procfile
# worker: celery -A tasks worker --concurrency 2 --loglevel info
# client: python client.py
"#;

/// What a program's client prints, beside a worker.
fn client_of(program: &str) -> String {
    let (_, client) = worker_and_client_of(program);
    client
}

/// What a program's worker logs, and what its client prints.
fn worker_and_client_of(program: &str) -> (String, String) {
    let scenario = Scenario::parse("celery.py", program).unwrap();
    let mut run = Run::start(scenario.with(&Settings::default()).unwrap());
    while run.step(50_000_000) == Progress::Running {}
    let processes = run.processes();
    let names: Vec<&str> = processes.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["worker", "client"]);
    let client = &processes[1];
    assert_eq!(client.stderr, "");
    (format!("{}{}", processes[0].stdout, processes[0].stderr), client.stdout.clone())
}

#[test]
fn what_tasks_print_is_in_the_log_of_the_worker_a_line_for_every_text() {
    let (log, client) = worker_and_client_of(PRINTS);
    assert_eq!(client, "5\n");
    let texts: Vec<&str> = log.lines().filter_map(|line| line.split_once(": ")).map(|(_, text)| text).collect();
    let prints: Vec<&&str> = texts.iter().filter(|text| text.starts_with("WARNING")).collect();
    let of_child = "WARNING/ForkPoolWorker-1] ";
    assert_eq!(prints, ["adding", " ", "2", "on stderr"].map(|text| format!("{of_child}{text}")).each_ref());
    let succeeded = texts.iter().filter(|text| text.starts_with("INFO/ForkPoolWorker-1] Task tasks.add["));
    assert_eq!(succeeded.count(), 1, "{log}");
}

#[test]
fn chains_groups_and_chords_go_on_from_worker_to_worker() {
    let expected = "115\n[6, 9]\n60\n36\n12 4 2 [2, 4, 12]\n\
        chain failed 7 FAILURE FAILURE ValueError: 7\nChordError  raised ValueError(9)\n\
        [b\"(11, 'linked')\", b'error ValueError(8) of [8]']\n12\n[0, 2, 4] 3 True\n\
        [[0, 2], [4, 6]] [3, 3]\nadd() missing 1 required positional argument: 'y'\n";
    assert_eq!(client_of(WORKFLOWS), expected);
}

#[test]
fn a_worker_with_four_processes_runs_eight_naps_in_two_waves() {
    let expected = "5 SUCCESS\nwaves 2\nValueError('bad') FAILURE\nRuntimeError('again') FAILURE\n\
        2 [0, 2, 4, 6]\n13 6\ntasks.add 8 PENDING\n";
    assert_eq!(client_of(PROGRAM), expected);
}
