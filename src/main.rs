//! The command line: `coroscope run`, `trace` and `record`, a thin skin over `world` and `trace`.

// On wasm32 the program is the library, which the page starts; naming it keeps what it exports.
#[cfg(target_arch = "wasm32")]
use coroscope as _;
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    command_line::main()
}

#[cfg(not(target_arch = "wasm32"))]
mod command_line {
    use std::fs;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;

    use clap::{Args, Parser, Subcommand};
    use coroscope::time::{Duration, Time};
    use coroscope::trace::{Metrics, Trace, chrome};
    use coroscope::world::{
        Ending, Limits, Prepared, ProcessReport, Progress, Recorded, Report, Run, Scenario, Schedule, Settings,
    };
    use serde_json::json;

    /// Runs a Python program on virtual time and tells who ran, who was ready and who waited for what.
    #[derive(Parser)]
    #[command(version, arg_required_else_help = true, after_help = EXAMPLES)]
    struct Cli {
        #[command(subcommand)]
        command: Command,
    }

    const EXAMPLES: &str = "\
Examples:
  coroscope run program.py
  coroscope run server_and_client.py --set n_requests=1000 --cores 2 --json report.json
  coroscope run FOLDER --proc 'web: uvicorn server:app --port 5003' --proc 'client: python client.py'
  coroscope trace program.py -o trace.json     (open it in Perfetto or chrome://tracing)

A scenario is a Python file. Lines `NAME = VALUE  #@param {type:\"slider\", min:1, max:9}` are its parameters;
cells `# %% server.py`, `# %% client.py`, `# %% Procfile` make it several files and processes.";

    #[derive(Subcommand)]
    enum Command {
        /// Run a scenario and print what its main program prints; the exit status is the main program's
        Run {
            #[command(flatten)]
            what: What,
            /// Print what the other processes print too, each line behind the process's name
            #[arg(long)]
            all: bool,
            /// Write a report: virtual time, hash of the journal, metrics, and every process's output
            #[arg(long, value_name = "FILE")]
            json: Option<PathBuf>,
        },
        /// Run a scenario and write its trace in Chrome's JSON, which Perfetto reads
        Trace {
            #[command(flatten)]
            what: What,
            /// The file to write; `-` is the standard output
            #[arg(short, long, value_name = "FILE")]
            output: PathBuf,
        },
        /// Run a scenario as it is published and write what a page shows of it before it can run anything itself
        Record {
            /// The scenario file
            path: PathBuf,
            /// The file to write
            #[arg(short, long, value_name = "FILE")]
            output: PathBuf,
        },
    }

    /// What to run, and how.
    #[derive(Args)]
    struct What {
        /// A scenario file, or a folder with a Procfile
        path: PathBuf,
        /// A process, as in a Procfile; repeatable, in place of the scenario's; the last one is the main program
        #[arg(long, value_name = "NAME: COMMAND")]
        proc: Vec<String>,
        /// Give a parameter a value; repeatable
        #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value)]
        set: Vec<(String, String)>,
        /// What every random decision follows from [default: the scenario's, else 0]
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        /// Where threads take another turn than by themselves, as the page's links have it: `12:1` (decision 12 takes option
        /// 1), `~3.25` (threads switch at 3.25 ms), with commas between
        #[arg(long, value_name = "CHOICES", default_value = "", hide_default_value = true)]
        choices: Schedule,
        /// The version of Python: 2.7, 3.2 to 3.14, 3.13t, 3.14t [default: the scenario's, else 3.11]
        #[arg(long, value_name = "VERSION")]
        python: Option<String>,
        /// How many cores the machine has [default: the scenario's, else 4]
        #[arg(long, value_name = "N")]
        cores: Option<u32>,
        /// A requirement such as `anyio==4.3.0`; repeatable; an old one chooses the libraries of March 2024
        #[arg(long, value_name = "REQUIREMENT")]
        with: Vec<String>,
        /// The table of costs: lab or article [default: the scenario's, else lab]
        #[arg(long, value_name = "NAME")]
        costs: Option<String>,
        /// Stop at this virtual time [default: ten days]
        #[arg(long, value_name = "SECONDS")]
        max_time: Option<u64>,
        /// Stop when Python has used so much CPU time [default: an hour]
        #[arg(long, value_name = "SECONDS")]
        max_cpu: Option<u64>,
        /// Stop when a process has written so much [default: 16 MB]
        #[arg(long, value_name = "BYTES")]
        max_output: Option<usize>,
        /// Stop when the journal has so many entries [default: 20 million]
        #[arg(long, value_name = "N")]
        max_entries: Option<usize>,
        /// Stop when so many objects live [default: 5 million]
        #[arg(long, value_name = "N")]
        max_objects: Option<usize>,
    }

    impl What {
        fn limits(&self) -> Limits {
            let ns = |seconds: u64| seconds.saturating_mul(1_000_000_000);
            let usual = Limits::default();
            Limits {
                end: self.max_time.map_or(usual.end, |s| Time(ns(s))),
                cpu: self.max_cpu.map_or(usual.cpu, |s| Duration(ns(s))),
                output: self.max_output.unwrap_or(usual.output),
                entries: self.max_entries.unwrap_or(usual.entries),
                objects: self.max_objects.unwrap_or(usual.objects),
            }
        }
    }

    fn name_and_value(text: &str) -> Result<(String, String), String> {
        let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
        Ok((name.trim().into(), value.into()))
    }

    pub fn main() -> ExitCode {
        let done = match Cli::parse().command {
            Command::Run { what, all, json } => run(&what, all, json.as_deref()),
            Command::Trace { what, output } => trace(&what, &output).map(|()| ExitCode::SUCCESS),
            Command::Record { path, output } => record(&path, &output).map(|()| ExitCode::SUCCESS),
        };
        done.unwrap_or_else(|message| {
            eprintln!("coroscope: {message}");
            ExitCode::from(2)
        })
    }

    fn run(what: &What, all: bool, json: Option<&Path>) -> Result<ExitCode, String> {
        let (end, finished) = execute(prepare(what)?, what.limits());
        let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
        let (main, others) = finished.processes.split_last().ok_or("the scenario has no process")?;
        for other in others.iter().filter(|_| all) {
            write_prefixed(&mut out, &other.name, &other.stdout)?;
            write_prefixed(&mut err, &other.name, &other.stderr)?;
        }
        write(&mut out, &main.stdout)?;
        write(&mut err, &main.stderr)?;
        if let Some(path) = json {
            let text = serde_json::to_string_pretty(&report(end, &finished)).map_err(|e| e.to_string())?;
            fs::write(path, text + "\n").map_err(|e| format!("{}: {e}", path.display()))?;
        }
        // A process ended by a signal exits with 128 and its number, as in a shell.
        let status = main.exit.unwrap_or(0);
        Ok(ExitCode::from(if status < 0 { 128u8.wrapping_add(status.unsigned_abs() as u8) } else { status as u8 }))
    }

    fn trace(what: &What, output: &Path) -> Result<(), String> {
        let (_, finished) = execute(prepare(what)?, what.limits());
        let trace = Trace::of(&finished.journal);
        let written = match output.to_str() {
            Some("-") => chrome::write(&trace, io::stdout().lock()),
            _ => fs::File::create(output).and_then(|file| chrome::write(&trace, io::BufWriter::new(file))),
        };
        written.map_err(|e| format!("{}: {e}", output.display()))
    }

    fn record(path: &Path, output: &Path) -> Result<(), String> {
        let (name, text) = read_text(path)?;
        let recorded = Recorded::make(&name, &text).map_err(|e| e.to_string())?;
        fs::write(output, recorded.pack(&text)).map_err(|e| format!("{}: {e}", output.display()))
    }

    /// The name of a file and what it holds.
    fn read_text(path: &Path) -> Result<(String, String), String> {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok((path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(), text))
    }

    /// Reads the scenario and applies the options.
    fn prepare(what: &What) -> Result<Prepared, String> {
        let settings = Settings {
            values: what.set.iter().cloned().collect(),
            seed: what.seed,
            schedule: what.choices.clone(),
            python: what.python.clone(),
            cores: what.cores,
            requirements: what.with.clone(),
            costs: what.costs.clone(),
            processes: what.proc.clone(),
        };
        let path = &what.path;
        let scenario = if path.is_dir() {
            let mut files = Vec::new();
            read_folder(path, "", &mut files).map_err(|e| format!("{}: {e}", path.display()))?;
            Scenario::from_files(files, &what.proc)
        } else {
            let (name, text) = read_text(path)?;
            Scenario::parse(&name, &text)
        };
        let scenario = scenario.map_err(|e| e.to_string())?;
        for notice in &scenario.notices {
            eprintln!("coroscope: note: {notice}");
        }
        scenario.with(&settings).map_err(|e| e.to_string())
    }

    /// Collects the text files below a folder, hidden ones left out, in order of name.
    fn read_folder(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
        let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(|entry| entry.file_name());
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name == "__pycache__" || name == "node_modules" {
                continue;
            }
            if entry.path().is_dir() {
                read_folder(&entry.path(), &format!("{prefix}{name}/"), files)?;
            } else if let Ok(text) = String::from_utf8(fs::read(entry.path())?) {
                files.push((format!("{prefix}{name}"), text));
            }
        }
        Ok(())
    }

    /// Runs to the end; tells when that was, and what remains.
    fn execute(prepared: Prepared, limits: Limits) -> (Time, Report) {
        let mut run = Run::with_limits(prepared, limits);
        while run.step(FUEL) == Progress::Running {}
        match run.ending() {
            Some(Ending::Deadlock(waiting)) => {
                eprintln!("coroscope: nothing can happen any more; real Python would hang here");
                for thread in waiting {
                    eprintln!("coroscope:   {thread}");
                }
            }
            Some(Ending::Limit { why, option }) => {
                eprintln!("coroscope: stopped: {why}; `coroscope run {option}` sets another");
            }
            Some(Ending::Stopped(why)) => eprintln!("coroscope: stopped: {why}"),
            Some(Ending::MainExited) | None => {}
        }
        (run.now(), run.into_report())
    }

    /// Fuel of one step: the size of the slices changes nothing but how often a signal could be looked at.
    const FUEL: u64 = 1 << 30;

    /// The report that `--json` writes.
    fn report(end: Time, finished: &Report) -> serde_json::Value {
        let processes: Vec<_> = finished
            .processes
            .iter()
            .map(|ProcessReport { name, command, stdout, stderr, exit }| {
                json!({"name": name, "command": command, "stdout": stdout, "stderr": stderr, "exit": exit})
            })
            .collect();
        json!({
            "virtual_s": end.secs(),
            "journal": format!("{:016x}", finished.journal.hash()),
            "metrics": metrics(&Trace::of(&finished.journal)),
            "processes": processes,
        })
    }

    fn write(out: &mut impl Write, text: &str) -> Result<(), String> {
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            // Whoever read our output has seen enough, as in `coroscope run a.py | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done.map_err(|e| e.to_string()),
        }
    }

    fn write_prefixed(out: &mut impl Write, name: &str, text: &str) -> Result<(), String> {
        text.lines().try_for_each(|line| write(out, &format!("{name} | {line}\n")))
    }

    /// The summary of the run; lengths of time in seconds.
    fn metrics(trace: &Trace) -> serde_json::Value {
        let metrics = Metrics::of(trace);
        json!({
            "total_s": metrics.total.secs(),
            "work": format!("{:?}", metrics.work).to_lowercase(),
            "n_work": metrics.n_work,
            "n_ended": metrics.n_ended,
            "throughput_per_s": metrics.throughput,
            "p50_s": metrics.p50.map(Duration::secs),
            "p99_s": metrics.p99.map(Duration::secs),
            "gil_wait_s": metrics.gil_wait.secs(),
            "gil_wait_share": metrics.gil_wait_share,
            "loop_lag_s": metrics.loop_lag.map(Duration::secs),
            "cores_used": metrics.cores_used,
            "n_cores": metrics.n_cores,
        })
    }
}
