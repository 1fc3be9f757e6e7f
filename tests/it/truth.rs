//! The measured programs of `tests/truth`, in the simulator: what it predicts beside what was measured.
//!
//! A row of a table is one configuration of one program. It is *inside* when every quantity of it lies where the
//! measurements say; the bounds of each kind of row stand where it is read. `tests/truth/outside.txt` names the rows
//! that are not inside, each with what the model does not explain; the others must stay inside, and a row that has come
//! inside must leave the list.
//!
//! `cargo test` looks at the rows that are quick to run. All of them, as a table:
//!
//! ```text
//! TRUTH=all cargo test --release --test it truth -- --nocapture
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use coroscope::time::Time;
use coroscope::world::{Limits, Progress, Run, Scenario, Settings};
use serde_json::Value;

use crate::program::in_parallel;

/// Virtual seconds of computing in a row that `cargo test` still runs.
const QUICK_S: f64 = 0.35;

/// One configuration.
struct Row {
    /// How the report and the list call it.
    name: String,
    /// The program, and the settings that make it this row.
    program: &'static str,
    settings: Settings,
    /// The row that it is a ratio to: its settings, where it is one.
    ratio_to: Option<Settings>,
    /// Quantities: a name, what was measured, and between which values a prediction is inside.
    wanted: Vec<(&'static str, f64, [f64; 2])>,
    /// Reads the predictions in the order of `wanted` from what the program printed.
    read: fn(&str) -> Vec<f64>,
    /// Virtual seconds that threads compute: what it takes to run the row here.
    effort_s: f64,
}

fn truth() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/truth")
}

fn table(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(truth().join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A value of a row as a program's parameter is written.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        other => other.to_string(),
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

/// Between two measured medians, widened by a share and by an absolute amount.
fn around(low: f64, high: f64, share: f64, more: f64) -> [f64; 2] {
    [low * (1.0 - share) - more, high * (1.0 + share) + more]
}

/// The numbers behind each of the marks.
fn behind(out: &str, marks: &[&str]) -> Vec<f64> {
    let number = |mark: &&str| {
        let rest = &out[out.find(mark)? + mark.len()..];
        rest.split([' ', ',', '\n']).find(|word| !word.is_empty())?.parse().ok()
    };
    marks.iter().map(|mark| number(mark).unwrap_or(f64::NAN)).collect()
}

fn settings(row: &Value, values: &[(&str, String)]) -> Settings {
    Settings {
        values: values.iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
        python: row.get("python").map(text),
        cores: row["cores"].as_u64().map(|n| n as u32),
        ..Settings::default()
    }
}

/// `gil.json`: how long threads keep the GIL, what they pay, what others pay beside them.
fn gil_rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for row in table("gil.json") {
        let (python, experiment) = (text(&row["python"]), text(&row["experiment"]));
        // Measured for the future; there is no such version to imitate.
        if python == "3.15t" {
            continue;
        }
        let of = |key: &str| text(&row[key]);
        let over_runs = |key: &str| (number(&row[key][0]), number(&row[key][1]));
        let name = format!("gil {experiment} {python}, {} cores", of("cores"));
        let interval = row.get("interval").map(|i| if python == "2.7" { number(i) } else { number(i) * 1000.0 });
        let unit = if python == "2.7" { "ticks" } else { "ms" };
        let interval_text = interval.map_or(String::new(), |i| format!(", every {i} {unit}"));
        let interval_s = if python == "2.7" { 0.0 } else { interval.unwrap_or(0.0) / 1000.0 };
        rows.push(match experiment.as_str() {
            "slices" => {
                let (low, high) = over_runs("slice_us_p50_over_runs");
                let values = [("THREADS", of("threads")), ("INTERVAL", of("interval"))];
                Row {
                    name: format!("{name}, {} threads{interval_text}", of("threads")),
                    program: "slices.py",
                    settings: settings(&row, &values),
                    ratio_to: None,
                    wanted: vec![("slice µs", number(&row["slice_us"]["p50"]), around(low, high, 0.15, 30.0))],
                    read: |out| behind(out, &["slice us, median"]),
                    effort_s: 0.8,
                }
            }
            "throughput" => {
                // The ratio does not depend on how much there is to count, as long as it takes many intervals.
                let total = if interval_s > 0.02 { "20000000" } else { "4000000" };
                let values = |threads: String, interval: String| {
                    [("THREADS", threads), ("INTERVAL", interval), ("TOTAL", total.to_string())]
                };
                let ratio = number(&row["vs_one_thread"]);
                let usual = if python == "2.7" { "100" } else { "0.005" };
                Row {
                    name: format!("{name}, {} threads{interval_text}", of("threads")),
                    program: "countdown.py",
                    settings: settings(&row, &values(of("threads"), of("interval"))),
                    ratio_to: Some(settings(&row, &values("1".into(), usual.into()))),
                    wanted: vec![("to one thread", ratio, around(ratio, ratio, 0.15, 0.0))],
                    read: |out| behind(out, &["ns per turn"]),
                    effort_s: if interval_s > 0.02 { 0.8 } else { 0.3 },
                }
            }
            "echo" => {
                let (low, high) = over_runs("rtt_us_p50_over_runs");
                let measured = number(&row["rtt_us"]["p50"]);
                let range = around(low, high, 0.15, 30.0);
                let hogs = number(&row["hogs"]);
                let wanted =
                    if hogs < 2.0 { range } else { [range[0].min(measured / 3.0), range[1].max(measured * 3.0)] };
                let values = [("HOGS", of("hogs")), ("INTERVAL", of("interval")), ("MODE", of("mode"))];
                Row {
                    name: format!("{name}, {}, {hogs} hogs{interval_text}", of("mode")),
                    program: "echo.py",
                    settings: settings(&row, &values),
                    ratio_to: None,
                    wanted: vec![("round trip µs", measured, wanted)],
                    read: |out| behind(out, &["round trip us: median"]),
                    effort_s: if hogs == 0.0 { 0.4 } else { 4.0 },
                }
            }
            "sleep" => {
                let (low, high) = over_runs("late_us_p50_over_runs");
                let measured = number(&row["late_us"]["p50"]);
                let range = around(low, high, 0.15, 30.0);
                let hogs = number(&row["hogs"]);
                let wanted =
                    if hogs < 2.0 { range } else { [range[0].min(measured / 3.0), range[1].max(measured * 3.0)] };
                let values = [("HOGS", of("hogs")), ("INTERVAL", of("interval")), ("SLEEP_MS", of("sleep_ms"))];
                Row {
                    name: format!("{name}, {hogs} hogs{interval_text}"),
                    program: "sleep_late.py",
                    settings: settings(&row, &values),
                    ratio_to: None,
                    wanted: vec![("late µs", measured, wanted)],
                    read: |out| behind(out, &["late us: median"]),
                    effort_s: if hogs == 0.0 { 0.1 } else { 70.0 * (0.01 + interval_s * hogs) },
                }
            }
            "parallel" => {
                let values = |threads: String| [("WHAT", of("what")), ("THREADS", threads), ("JOBS", of("jobs"))];
                let ratio = number(&row["vs_one_thread"]);
                Row {
                    name: format!("{name}, {}, {} threads", of("what"), of("threads")),
                    program: "parallel.py",
                    settings: settings(&row, &values(of("threads"))),
                    ratio_to: Some(settings(&row, &values("1".into()))),
                    wanted: vec![("to one thread", ratio, around(ratio, ratio, 0.15, 0.0))],
                    read: |out| behind(out, &["ms per job"]),
                    effort_s: if of("what").starts_with("sha256") { 0.8 } else { 0.4 },
                }
            }
            other => panic!("gil.json has an experiment {other}"),
        });
    }
    rows
}

/// `http.json`: whole runs of a FastAPI server and its client.
fn http_rows() -> Vec<Row> {
    let row = |row: &Value| {
        let of = |key: &str| text(&row[key]);
        let mut values = vec![
            ("KIND", of("kind")),
            ("REQUESTS", of("n")),
            ("SLEEP", of("sleep")),
            ("TOKENS", of("tokens")),
            ("LIMIT", of("limit")),
            ("PRINT", of("print")),
        ];
        if let Some(spin) = row["spin"].as_u64() {
            values.push(("SPIN", spin.to_string()));
        }
        if let Some(mix) = row["mix"].as_array() {
            let parts: Vec<String> = mix.iter().map(|pair| format!("{}/{}", text(&pair[0]), text(&pair[1]))).collect();
            values.push(("MIX", parts.join(" ")));
        }
        let fast = row["stack"] == "fast";
        let mut web = format!(
            "web: uvicorn server:app --host 127.0.0.1 --port 5003 --loop {} --http {}",
            if fast { "uvloop" } else { "asyncio" },
            if fast { "httptools" } else { "h11" }
        );
        if number(&row["workers"]) > 1.0 {
            write!(web, " --workers {}", of("workers")).unwrap();
        }
        if row["access_log"] == false {
            web.push_str(" --no-access-log");
        }
        let total = number(&row["total_s"]["p50"]);
        let close = |value: f64, share: f64, more: f64| {
            let off = (value * share).max(more);
            [value - off, value + off]
        };
        let mut wanted = vec![("total s", total, close(total, 0.05, 0.03))];
        for (name, key) in [("p50 s", "p50"), ("p90 s", "p90"), ("p99 s", "p99")] {
            let measured = number(&row["latency_s"][key]);
            wanted.push((name, measured, close(measured, 0.1, 0.02)));
        }
        Row {
            name: format!("http {}", of("id")),
            program: "http.py",
            settings: Settings {
                cores: Some(2),
                python: Some("3.11".into()),
                processes: vec![web, "client: python client.py".into()],
                requirements: if row["venv"] == "era" { vec!["anyio==4.3.0".into()] } else { Vec::new() },
                ..settings(row, &values)
            },
            ratio_to: None,
            wanted,
            read: |out| {
                let mut found = behind(out, &["total_s"]);
                let latency = out.rfind("latency_s").map_or("", |at| &out[at + "latency_s".len()..]);
                found.extend(latency.split_whitespace().take(3).map(|word| word.parse::<f64>().unwrap_or(f64::NAN)));
                found
            },
            effort_s: number(&row["n"]) / 400.0 + row["spin"].as_f64().map_or(0.0, |_| 1.2),
        }
    };
    table("http.json").iter().map(row).collect()
}

/// `costs.json`, what the interpreter takes: the table of costs is made of it, so this says whether all is charged.
fn construct_rows() -> Vec<Row> {
    let costs: Value = serde_json::from_str(&fs::read_to_string(truth().join("costs.json")).unwrap()).unwrap();
    let constructs = costs["python"].as_object().unwrap().iter();
    let lock = ("lock-acquire+release", &costs["threads"]["lock-acquire+release"]);
    let mut rows = Vec::new();
    for (construct, by_version) in constructs.map(|(name, row)| (name.as_str(), row)).chain([lock]) {
        // What a function of C does by itself is not charged.
        if matches!(construct, "for-perf-counter-ns" | "for-str-format") {
            continue;
        }
        for (python, figures) in by_version.as_object().unwrap().iter().filter(|(python, _)| !python.contains(' ')) {
            let measured = number(&figures[1]);
            rows.push(Row {
                name: format!("construct {construct} {python}"),
                program: "constructs.py",
                settings: Settings {
                    values: [("CONSTRUCT".to_string(), construct.to_string())].into(),
                    python: Some(python.clone()),
                    ..Settings::default()
                },
                ratio_to: None,
                wanted: vec![("ns", measured, around(measured, measured, 0.1, 2.0))],
                read: |out| behind(out, &["ns per turn"]),
                effort_s: 0.01,
            });
        }
    }
    rows
}

/// The rows of `costs.json` that `programs/handovers.py` has.
const HANDOVERS: [&str; 9] = [
    "pingpong-lock-roundtrip",
    "pingpong-event-roundtrip",
    "pingpong-pipe-threads-roundtrip",
    "thread-start+join",
    "threadpool-submit+result",
    "run_in_executor-roundtrip",
    "run_in_executor-300-at-once-each",
    "anyio-asyncio-to_thread.run_sync-roundtrip",
    "anyio-asyncio-to_thread-200-at-once-each",
];

/// `costs.json`, what it takes threads to hand work to each other, on one core and on two: within the spread of the runs.
fn handover_rows() -> Vec<Row> {
    let costs: Value = serde_json::from_str(&fs::read_to_string(truth().join("costs.json")).unwrap()).unwrap();
    let mut rows = Vec::new();
    for (n, table) in [(5, "threads"), (4, "asyncio")] {
        let named = HANDOVERS.iter().filter_map(|name| Some((*name, costs[table].get(name)?.as_object().unwrap())));
        let named: Vec<_> = named.collect();
        assert_eq!(named.len(), n, "the rows of {table}");
        for (experiment, by_version) in named {
            for (version, figures) in by_version {
                let (python, cores) = version.split_once(" one core").map_or((version.as_str(), 2), |(v, _)| (v, 1));
                // Sources with `async def` are no Python 2; uvloop's hand-overs are those of asyncio.
                if python == "2.7" || python.contains(' ') {
                    continue;
                }
                let [low, measured, high] = [0, 1, 2].map(|n| number(&figures[n]));
                let turns = experiment.split('-').find_map(|word| word.parse::<u32>().ok()).unwrap_or(300);
                rows.push(Row {
                    name: format!("handover {experiment} {python}, {cores} cores"),
                    program: "handovers.py",
                    settings: Settings {
                        values: [("EXPERIMENT", experiment.to_string()), ("TURNS", turns.to_string())]
                            .map(|(name, value)| (name.to_string(), value))
                            .into(),
                        python: Some(python.into()),
                        cores: Some(cores),
                        ..Settings::default()
                    },
                    ratio_to: None,
                    wanted: vec![("ns", measured, around(low, high, 0.15, 2_000.0))],
                    read: |out| behind(out, &["ns per turn"]),
                    effort_s: 0.05,
                });
            }
        }
    }
    rows
}

/// `locks.json`: who gets a lock, and which races lose.
fn lock_rows() -> Vec<Row> {
    let row = |row: &Value| {
        let (python, experiment) = (text(&row["python"]), text(&row["experiment"]));
        let threads = text(row.get("threads").unwrap_or(&row["waiters"]));
        let usual = if python == "2.7" { "100" } else { "0.005" };
        let interval = row.get("interval").map_or(usual.into(), text);
        let mut values =
            vec![("EXPERIMENT", experiment.clone()), ("THREADS", threads.clone()), ("INTERVAL", interval.clone())];
        let mut name = format!("locks {experiment} {python}, {threads} threads, every {interval}");
        let share = |key: &str, of: &str| number(&row[key]) / number(&row[of]);
        type Read = fn(&str) -> Vec<f64>;
        let (wanted, read, effort_s): (_, Read, _) = match experiment.as_str() {
            // In the order of waiting every time, or not.
            "handoff" | "handoff-rlock" | "handoff-sem" | "handoff-cond" => {
                let in_order = share("fifo_rounds", "rounds");
                let bounds = if in_order == 1.0 { [1.0, 1.0] } else { [0.0, 0.9] };
                (vec![("in order", in_order, bounds)], |out| vec![behind(out, &["fifo rounds"])[0] / 40.0], 0.1)
            }
            // How often it changes hands, of the order that was measured, and whether somebody starves.
            "barging" | "barging-work" => {
                let (handovers, largest) = (number(&row["handovers_per_s"]), number(&row["largest_share"]));
                (
                    vec![
                        ("handovers/s", handovers, [handovers / 3.0, handovers * 3.0]),
                        ("largest share", largest, [0.0, largest.max(0.5) + 0.25]),
                    ],
                    |out| behind(out, &["handovers per s", "largest share"]),
                    1.0,
                )
            }
            // None is lost, or of the order that was measured.
            "counter" => {
                // Enough for many switches; few where each has entries of its own in the journal.
                let increments = match interval.as_str() {
                    "1" => "50000",
                    "0.005" => "1000000",
                    _ => "300000",
                };
                values.push(("INCREMENTS", increments.into()));
                let bounds = |lost: f64| if lost == 0.0 { [0.0, 0.0] } else { [lost / 3.0, (lost * 3.0).min(0.9)] };
                let [plain, call] = ["lost_plain", "lost_call"].map(|key| share(key, "increments"));
                let wanted = vec![("lost plain", plain, bounds(plain)), ("lost with a call", call, bounds(call))];
                (wanted, |out| behind(out, &["share lost plain", "share lost call"]), 0.3)
            }
            // Never, now and then, or nearly always.
            "check-then-act" => {
                let factory = text(&row["factory"]);
                name = format!("{name}, {factory}");
                values.extend([("FACTORY", factory), ("ROUNDS", "50".into())]);
                let wrong = share("rounds_with_error", "rounds");
                let bounds = match wrong {
                    0.0 => [0.0, 0.02],
                    ..0.01 => [0.0, 0.1],
                    ..0.6 => [0.01, 0.8],
                    _ => [0.6, 1.0],
                };
                (
                    vec![("rounds with error", wrong, bounds)],
                    |out| vec![behind(out, &["rounds with error"])[0] / 50.0],
                    0.2,
                )
            }
            other => panic!("locks.json has an experiment {other}"),
        };
        let settings = Settings { cores: Some(2), ..settings(row, &values) };
        Row { name, program: "locks.py", settings, ratio_to: None, wanted, read, effort_s }
    };
    table("locks.json").iter().map(row).collect()
}

/// What the main program of a run printed.
fn output(program: &str, settings: &Settings) -> Result<String, String> {
    let text = fs::read_to_string(truth().join("programs").join(program)).unwrap();
    let scenario = Scenario::parse(program, &text).map_err(|e| e.to_string())?;
    // `SLEEP` and the like that a program does not have would be refused.
    let prepared = scenario.with(settings).map_err(|e| e.to_string())?;
    let mut run = Run::with_limits(prepared, Limits { end: Time(200_000_000_000), ..Limits::default() });
    while run.step(1 << 28) == Progress::Running {}
    let main = run.processes().pop().ok_or("there is no process")?;
    match main.exit {
        Some(0) => Ok(main.stdout),
        _ => Err(format!("{:?}: {}", run.ending(), main.stderr.lines().last().unwrap_or_default())),
    }
}

/// What the simulator predicts, in the order of `wanted`.
fn predict(row: &Row) -> Result<Vec<f64>, String> {
    let mut found = (row.read)(&output(row.program, &row.settings)?);
    if let Some(base) = &row.ratio_to {
        let base = (row.read)(&output(row.program, base)?);
        found.iter_mut().zip(base).for_each(|(found, base)| *found /= base);
    }
    Ok(found)
}

/// A line of the report, and whether the row is inside.
fn line(row: &Row, found: &Result<Vec<f64>, String>) -> (String, bool) {
    let found = match found {
        Ok(found) => found,
        Err(reason) => return (format!("FAILS  {}: {reason}", row.name), false),
    };
    let mut cells = String::new();
    let mut is_inside = true;
    for ((name, measured, [low, high]), got) in row.wanted.iter().zip(found) {
        let inside = (*low..=*high).contains(got);
        is_inside &= inside;
        let mark = if inside { "" } else { " !" };
        write!(cells, "  {name} {} ({}){mark}", short(*got), short(*measured)).unwrap();
    }
    (format!("{} {}:{cells}", if is_inside { "inside " } else { "OUTSIDE" }, row.name), is_inside)
}

fn short(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

/// The rows that are known to lie outside, with the reason.
fn known_outside() -> BTreeMap<String, String> {
    let text = fs::read_to_string(truth().join("outside.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" -- ")).map(|(name, why)| (name.trim().into(), why.into())).collect()
}

#[test]
fn what_was_measured_is_predicted() {
    let wants_all = std::env::var("TRUTH").is_ok_and(|what| what == "all");
    let filter = std::env::var("TRUTH_ROWS").unwrap_or_default();
    let mut rows: Vec<Row> =
        [construct_rows(), handover_rows(), lock_rows(), gil_rows(), http_rows()].into_iter().flatten().collect();
    let names: BTreeSet<String> = rows.iter().map(|row| row.name.clone()).collect();
    rows.retain(|row| row.name.contains(&filter) && (wants_all || row.effort_s <= QUICK_S));
    let found = in_parallel(&rows, predict);
    let known = known_outside();
    let (mut report, mut wrong, mut n_inside) = (String::new(), String::new(), 0);
    for (row, found) in rows.iter().zip(&found) {
        let (line, is_inside) = line(row, found);
        n_inside += is_inside as usize;
        writeln!(report, "{line}").unwrap();
        match (is_inside, known.get(&row.name)) {
            (false, None) => writeln!(wrong, "{line}").unwrap(),
            (true, Some(_)) => writeln!(wrong, "tests/truth/outside.txt still names {}", row.name).unwrap(),
            _ => {}
        }
    }
    println!("{report}{n_inside} of {} rows are inside; predicted (measured), ! where it is not", rows.len());
    for name in known.keys() {
        assert!(names.contains(name), "tests/truth/outside.txt names `{name}`, which is no row");
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
