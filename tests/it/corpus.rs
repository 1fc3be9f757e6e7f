//! The corpus: ordinary programs print in the simulator what they printed under real CPython, and end the same way.
//!
//! `tests/corpus/README.md` says what is recorded. `CORPUS=FOLDER` runs another folder of the same kind instead.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use coroscope::world::ProcessReport;

use crate::known;
use crate::program::{first_difference, in_parallel, python_files, quoted, run, without_addresses};

/// How a program ended, as the corpus records it.
#[derive(Debug, PartialEq)]
struct Outcome {
    /// Exact stdout; of several processes the sections.
    out: String,
    exit: i32,
    /// The last exception and the lines of its frames in the program's own file.
    err: Option<String>,
    /// First line of stderr that is not part of the final traceback.
    stderr: Option<String>,
}

#[test]
fn the_corpus_runs_as_real_python_ran_it() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let folder = std::env::var_os("CORPUS").map_or(own.clone(), PathBuf::from);
    let paths = python_files(&folder);
    assert!(!paths.is_empty(), "{} has no programs", folder.display());
    let results = in_parallel(&paths, |path| failure(path));
    let mut failed = BTreeMap::new();
    for (path, result) in paths.iter().zip(results) {
        let name = format!("corpus/{}", path.strip_prefix(&folder).unwrap().display());
        failed.extend(result.map(|reason| (name, reason)));
    }
    if folder == own {
        known::check("corpus", paths.len(), &failed);
    } else {
        let lines: Vec<String> = failed.iter().map(|(path, reason)| format!("  {path}: {reason}\n")).collect();
        assert!(failed.is_empty(), "{} of {} programs fail\n{}", failed.len(), paths.len(), lines.concat());
    }
}

/// How a program's run differs from what is recorded; `None` where it does not.
fn failure(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).unwrap();
    let python =
        text.lines().find_map(|line| line.strip_prefix("# python: ")).and_then(|v| v.split_whitespace().next());
    let expected = recorded(path);
    let several = text.lines().any(|line| line.starts_with("# %% "));
    let reports = match run(path, python) {
        Ok(reports) => reports,
        Err(reason) => return Some(reason),
    };
    let found = outcome(&reports, path, several);
    let stderr = &reports.last()?.stderr;
    difference(&expected, &found, stderr)
}

/// What is recorded beside a program.
fn recorded(path: &Path) -> Outcome {
    let beside = |extension: &str| fs::read_to_string(path.with_extension(extension)).ok();
    let err = beside("err");
    let exit = match (&err, beside("exit")) {
        (Some(_), _) => 1,
        (None, Some(text)) => text.trim().parse().unwrap(),
        (None, None) => 0,
    };
    Outcome { out: beside("out").unwrap_or_default(), exit, err, stderr: beside("stderr") }
}

fn outcome(reports: &[ProcessReport], path: &Path, several: bool) -> Outcome {
    let main = reports.last().expect("a scenario has a process");
    let exit = main.exit.unwrap_or(0);
    if several {
        let out = reports.iter().map(|report| format!("# %% {}\n{}", report.name, report.stdout)).collect();
        return Outcome { out, exit, err: None, stderr: None };
    }
    let name = path.file_name().unwrap().to_string_lossy();
    let err = if exit == 1 { final_exception(&main.stderr, &name) } else { None };
    let stderr = first_complaint(&main.stderr, err.is_some());
    Outcome { out: main.stdout.clone(), exit, err, stderr }
}

/// The first thing that differs. An exception that was not expected says most, so it comes first.
fn difference(expected: &Outcome, found: &Outcome, stderr: &str) -> Option<String> {
    if found.exit != expected.exit {
        let last = stderr.lines().rfind(|line| !line.trim().is_empty());
        return Some(format!("exit status {} instead of {}, {}", found.exit, expected.exit, quoted(last)));
    }
    if let Some(text) = first_difference(&expected.out, &found.out) {
        return Some(format!("stdout {text}"));
    }
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    if let Some(text) = first_difference(&of(&expected.err), &of(&found.err)) {
        return Some(format!("traceback {text}"));
    }
    first_difference(&of(&expected.stderr), &of(&found.stderr)).map(|text| format!("stderr {text}"))
}

/// `  File "NAME", line N, in F`: the name and the line.
fn frame(line: &str) -> Option<(&str, &str)> {
    let (path, rest) = line.trim_start().strip_prefix("File \"")?.split_once("\", line ")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(digits);
    (!number.is_empty() && (rest.is_empty() || rest.starts_with(", in "))).then_some((path, number))
}

fn is_own(path: &str, name: &str) -> bool {
    path.rsplit('/').next() == Some(name)
}

/// The text of a group's line behind its bar.
fn behind_bar(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix('|')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

/// Reads a traceback from the line after its header: the exception's line, the own frames, the next line.
fn traceback(
    lines: &[&str],
    mut at: usize,
    name: &str,
    strip: fn(&str) -> Option<&str>,
) -> (String, Vec<String>, usize) {
    let mut numbers = Vec::new();
    while at < lines.len() {
        let Some(text) = strip(lines[at]) else { return ("None".into(), numbers, at) };
        if let Some((path, number)) = frame(text) {
            if is_own(path, name) {
                numbers.push(number.to_string());
            }
        } else if !text.is_empty() && !text.starts_with(' ') {
            return (text.into(), numbers, at + 1);
        }
        at += 1;
    }
    ("None".into(), numbers, at)
}

/// The last traceback of stderr in the form of `.err` files.
fn final_exception(stderr: &str, name: &str) -> Option<String> {
    const GROUP: &str = "+ Exception Group Traceback";
    let lines: Vec<&str> = stderr.lines().collect();
    let is_start = |line: &&str| {
        line.starts_with("Traceback (most recent call last):") || line.starts_with("  + Exception Group Traceback")
    };
    let Some(start) = lines.iter().rposition(is_start) else {
        // A SyntaxError has no header.
        let at = lines.iter().position(|line| frame(line).is_some_and(|(path, _)| is_own(path, name)))?;
        let text = lines[at + 1..].iter().find(|line| !line.is_empty() && !line.starts_with(' '))?;
        return Some(format!("{text}\nlines: {}\n", frame(lines[at])?.1));
    };
    if lines[start].starts_with("Traceback") {
        let (text, numbers, _) = traceback(&lines, start + 1, name, |line| Some(line));
        return Some(format!("{text}\nlines: {}\n", numbers.join(" ")));
    }
    let (text, numbers, mut at) = traceback(&lines, start + 1, name, behind_bar);
    let mut out = format!("{text}\nlines: {}\n", numbers.join(" "));
    while at < lines.len() {
        let text = behind_bar(lines[at]);
        let is_inner = text.is_some_and(|text| text.contains("Traceback (most recent call last)"))
            || lines[at].trim_start().starts_with(GROUP);
        if is_inner {
            let (text, numbers, next) = traceback(&lines, at + 1, name, behind_bar);
            out += &format!("- {text}\n  lines: {}\n", numbers.join(" "));
            at = next;
            continue;
        }
        // An exception that was never raised has no traceback.
        if let Some(text) = text.filter(|text| is_exception(text) && is_divider(lines[at - 1])) {
            out += &format!("- {text}\n  lines: \n");
        }
        at += 1;
    }
    Some(out)
}

/// `Type` or `Type: message`.
fn is_exception(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && end > 1
        && (end == text.len() || text[end..].starts_with(": "))
}

/// `  +---------------- 1 ----------------`
fn is_divider(line: &str) -> bool {
    let Some((bar, rest)) = line.trim_start().split_once(' ') else { return false };
    bar.starts_with("+-")
        && bar.chars().all(|c| c == '+' || c == '-')
        && rest.split_once(" -").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
}

/// The first line of stderr, unless it begins the final traceback; folders and addresses are left out.
fn first_complaint(stderr: &str, has_failed: bool) -> Option<String> {
    let line = stderr.lines().find(|line| !line.trim().is_empty())?;
    let begins_traceback = line.starts_with("Traceback (most")
        || line.starts_with("  + Exception Group")
        || frame(line).is_some() && stderr.contains("SyntaxError");
    let text = without_addresses(line, "0xADDR");
    (!(has_failed && begins_traceback)).then(|| text + "\n")
}

#[test]
fn the_last_traceback_is_read_with_the_lines_of_its_own_file() {
    let stderr = "Traceback (most recent call last):\n  File \"/a/p.py\", line 9, in <module>\n    f()\n    ^^^\n  \
                  File \"/usr/lib/python3.11/x.py\", line 70, in g\n  File \"/a/p.py\", line 4, in f\nKeyError: 'k'\n";
    assert_eq!(final_exception(stderr, "p.py").as_deref(), Some("KeyError: 'k'\nlines: 9 4\n"));
    let syntax = "  File \"p.py\", line 3\n    x =\n       ^\nSyntaxError: invalid syntax\n";
    assert_eq!(final_exception(syntax, "p.py").as_deref(), Some("SyntaxError: invalid syntax\nlines: 3\n"));
    assert_eq!(first_complaint(syntax, true), None);
    assert_eq!(first_complaint("lost <F at 0x7f00aabbcc>\n", false).as_deref(), Some("lost <F at 0xADDR>\n"));
}

#[test]
fn a_group_is_read_with_the_exceptions_inside() {
    let stderr = "  + Exception Group Traceback (most recent call last):\n  |   File \"p.py\", line 8, in <module>\n  \
                  | ExceptionGroup: two (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    \
                  | Traceback (most recent call last):\n    |   File \"p.py\", line 3, in f\n    | ValueError: a\n    \
                  +---------------- 2 ----------------\n    | KeyError: 'b'\n    +------------------------------------\n";
    let expected =
        "ExceptionGroup: two (2 sub-exceptions)\nlines: 8\n- ValueError: a\n  lines: 3\n- KeyError: 'b'\n  lines: \n";
    assert_eq!(final_exception(stderr, "p.py").as_deref(), Some(expected));
}
