//! The native half: reads the programs, runs each here and under CPython, and prints the table.

use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

/// How often each program is run on each side.
const N_ROUNDS: u32 = 3;

/// The interpreter to compare with, unless `$PYTHON` names another.
const PYTHON: &str = "python3.11";

/// The processor time of this thread where the system tells it, so that what else the machine does is left out; wall
/// clock elsewhere.
struct Clock {
    wall: Instant,
    cpu_ns: Option<f64>,
}

impl Clock {
    fn now() -> Clock {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
        let cpu_ns = told.and_then(|told| told.split(' ').next()?.parse().ok());
        Clock { wall: Instant::now(), cpu_ns }
    }

    fn elapsed_ms(&self) -> f64 {
        match (self.cpu_ns, Clock::now().cpu_ns) {
            (Some(before), Some(now)) => (now - before) / 1e6,
            _ => self.wall.elapsed().as_secs_f64() * 1e3,
        }
    }
}

/// One function of a file.
struct Program {
    /// `calls`
    file: String,
    /// `recursion`
    function: String,
    /// How much there is to do, as the function's default says.
    n: String,
    /// The file.
    text: String,
}

impl Program {
    /// Every `def function(n=…):` at the left margin of every file, in the order of the files' names.
    fn all() -> Vec<Program> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/python/programs");
        let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let mut all = Vec::new();
        for path in paths {
            let text = fs::read_to_string(&path).unwrap();
            let file = path.file_stem().unwrap().to_string_lossy().into_owned();
            for line in text.lines() {
                let Some((function, rest)) = line.strip_prefix("def ").and_then(|def| def.split_once("(n=")) else {
                    continue;
                };
                let n = rest.trim_end_matches("):");
                all.push(Program { file: file.clone(), function: function.into(), n: n.into(), text: text.clone() });
            }
        }
        all
    }

    /// What it takes here, with so much to do [ms].
    fn here(&self, n: &str) -> f64 {
        let text = format!("{}\n\n{}({n})\n", self.text, self.function);
        let start = Clock::now();
        super::run(&text);
        start.elapsed_ms()
    }

    /// What it takes under CPython by its own clock, without start-up [ms]; `None` where there is no CPython.
    fn there(&self, python: &str) -> Option<f64> {
        let Program { function, n, text, .. } = self;
        let text = format!(
            "{text}\n\nimport time\n{function}(0)\nstart = time.thread_time_ns()\n{function}({n})\n\
             print(time.thread_time_ns() - start)\n"
        );
        let out = Command::new(python).args(["-c", &text]).output().ok()?;
        let ns: f64 = String::from_utf8(out.stdout).ok()?.trim().parse().ok()?;
        Some(ns / 1e6)
    }
}

fn geometric_mean(ratios: &[f64]) -> f64 {
    libm::exp(ratios.iter().map(|ratio| libm::log(*ratio)).sum::<f64>() / ratios.len() as f64)
}

/// Prints the table; words of the command line choose programs by what their names contain.
pub fn compare() {
    let wanted: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let python = env::var("PYTHON").unwrap_or_else(|_| PYTHON.into());
    println!("{:<36} {:>12} {:>12} {:>7}", "[ms]", "coroscope", "CPython", "ratio");
    let (mut of_file, mut of_files, mut worst) = (Vec::new(), Vec::new(), (0.0, String::new()));
    let mut programs = Program::all();
    programs
        .retain(|p| wanted.is_empty() || wanted.iter().any(|word| format!("{}.{}", p.file, p.function).contains(word)));
    for (idx, program) in programs.iter().enumerate() {
        let (mut idle, mut ours, mut theirs) = (f64::INFINITY, f64::INFINITY, None);
        for _ in 0..N_ROUNDS {
            idle = idle.min(program.here("0"));
            ours = ours.min(program.here(&program.n));
            theirs = program.there(&python).map(|ms| theirs.map_or(ms, |least: f64| least.min(ms)));
        }
        let ours = ours - idle;
        let name = format!("{}.{}", program.file, program.function);
        match theirs {
            Some(theirs) => {
                let ratio = ours / theirs;
                println!("{name:<36} {ours:>12.2} {theirs:>12.2} {ratio:>7.2}");
                of_file.push(ratio);
                if ratio > worst.0 {
                    worst = (ratio, name);
                }
            }
            None => println!("{name:<36} {ours:>12.2}"),
        }
        let is_last = programs.get(idx + 1).is_none_or(|next| next.file != program.file);
        if is_last && !of_file.is_empty() {
            println!("{:<62} {:>7.2}", format!("  geometric mean of {}", program.file), geometric_mean(&of_file));
            of_files.append(&mut of_file);
        }
    }
    if !of_files.is_empty() {
        println!("{:<62} {:>7.2}", format!("geometric mean of all {}", of_files.len()), geometric_mean(&of_files));
        println!("{:<62} {:>7.2}", format!("the worst: {}", worst.1), worst.0);
    }
}
