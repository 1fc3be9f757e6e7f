//! The small programs behind the rules: in the simulator of each version they print what that version printed.
//!
//! An expected file holds stdout and stderr as they came together, so it must be an interleaving of the two. Library
//! frames of a traceback, line numbers in the library, addresses and measured times are left out on both sides.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::known;
use crate::program::{in_parallel, quoted, run, without_addresses};

/// Programs that cancel a *set* of tasks, whose order in CPython follows addresses (S-SIM-03): the siblings of a task that
/// failed, and what is left when a loop shuts down. What the tasks say of being cancelled is compared without its order.
const OF_ANY_ORDER: [&str; 2] = ["a10_taskgroup", "a15_run_shutdown"];

/// What a task says that is being cancelled.
fn is_of_cancelled(piece: &str) -> bool {
    piece.ends_with(" cancelled") || piece.ends_with(" finally")
}

/// Takes what cancelled tasks say out of the lines; returns it sorted.
fn take_cancelled(lines: &mut Vec<String>) -> Vec<String> {
    let (mut taken, mut others) = (Vec::new(), Vec::new());
    for line in lines.drain(..) {
        let (cancelled, rest): (Vec<&str>, Vec<&str>) = line.split("; ").partition(|piece| is_of_cancelled(piece));
        taken.extend(cancelled.into_iter().map(String::from));
        if !rest.is_empty() {
            others.push(rest.join("; "));
        }
    }
    *lines = others;
    taken.sort();
    taken
}

#[test]
fn the_golden_programs_print_what_each_version_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut expected: Vec<PathBuf> =
        fs::read_dir(folder.join("expected")).unwrap().map(|entry| entry.unwrap().path()).collect();
    expected.sort();
    let results = in_parallel(&expected, |path| failure(path));
    let name = |path: &Path| format!("golden/{}", path.file_stem().unwrap().to_string_lossy());
    let failed: BTreeMap<String, String> =
        expected.iter().zip(results).filter_map(|(path, reason)| Some((name(path), reason?))).collect();
    known::check("golden", expected.len(), &failed);
}

/// How a run differs from an expected file `NAME.VERSION.txt`; `None` where it does not.
fn failure(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy();
    let (name, version) = stem.split_once('.')?;
    let program = path.parent()?.parent()?.join(format!("{name}.py"));
    // `lnow` is a set of libraries on the default version; `3.11.7` a version.
    let python = version.starts_with(|c: char| c.is_ascii_digit()).then_some(version);
    let reports = match run(&program, python) {
        Ok(reports) => reports,
        Err(reason) => return Some(reason),
    };
    let main = reports.last()?;
    let own = format!("{name}.py");
    let lines = |text: &str| comparable(text, &own);
    let (mut expected, mut out, err) =
        (lines(&fs::read_to_string(path).unwrap()), lines(&main.stdout), lines(&main.stderr));
    if OF_ANY_ORDER.contains(&name) {
        let (theirs, ours) = (take_cancelled(&mut expected), take_cancelled(&mut out));
        if theirs != ours {
            return Some(format!("cancelled tasks should say {theirs:?}, new is {ours:?}"));
        }
    }
    let at = longest_interleaving(&expected, &out, &err);
    if at == expected.len() && at == out.len() + err.len() {
        return None;
    }
    let line = expected.get(at).map(String::as_str);
    let last = main.stderr.lines().rfind(|line| !line.trim().is_empty());
    match last.filter(|_| main.exit == Some(1)) {
        Some(last) => Some(format!("exit status 1, `{last}`")),
        None => {
            let found = out.iter().chain(&err).find(|line| !expected.contains(line));
            Some(format!("line {} should be {}, new is {}", at + 1, quoted(line), quoted(found.map(String::as_str))))
        }
    }
}

/// How many of the expected lines are explained by a prefix of `a` interleaved with a prefix of `b`.
fn longest_interleaving(expected: &[String], a: &[String], b: &[String]) -> usize {
    // Lines taken from `a`; those from `b` are the rest.
    let mut reached = BTreeSet::from([0]);
    for (at, line) in expected.iter().enumerate() {
        let mut next = BTreeSet::new();
        for &from_a in &reached {
            let from_b: usize = at - from_a;
            if a.get(from_a) == Some(line) {
                next.insert(from_a + 1);
            }
            if b.get(from_b) == Some(line) {
                next.insert(from_a);
            }
        }
        if next.is_empty() {
            return at;
        }
        reached = next;
    }
    expected.len()
}

/// The lines of a text without what differs from machine to machine.
fn comparable(text: &str, own: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut in_library = false;
    for line in text.lines() {
        if let Some(path) = line.trim_start().strip_prefix("File \"") {
            let path = path.split('"').next().unwrap_or_default();
            in_library = path.rsplit('/').next() != Some(own);
            if in_library {
                continue;
            }
        } else if !line.starts_with("    ") {
            in_library = false;
        }
        // Carets need the columns of every operation, which a version may or may not have.
        let is_carets = line.starts_with("    ") && line.trim().chars().all(|c| c == '^' || c == '~');
        if !in_library && !is_carets {
            out.push(comparable_line(line));
        }
    }
    out
}

fn comparable_line(line: &str) -> String {
    let line = without_addresses(line, "0x…").replace("0xADDR", "0x…");
    let line = number_behind(&line, "took ", "T");
    let line = number_behind(&line, "when=", "T");
    let line = number_behind(&line, "stopped ", "ID");
    let line = match line.contains("owner=0 ") {
        true => line,
        false => number_behind(&line, "owner=", "N"),
    };
    // `/any/folder/asyncio/tasks.py:384` becomes `LIB/asyncio/tasks.py`.
    let words = line.split(' ').map(|word| match (word.find("/asyncio/"), word.rfind(".py:")) {
        (Some(start), Some(end)) if start < end => {
            let rest = word[end + 4..].trim_start_matches(|c: char| c.is_ascii_digit());
            format!("LIB{}{rest}", &word[start..end + 3])
        }
        _ => word.to_string(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The line with the number after `mark` replaced.
fn number_behind(line: &str, mark: &str, to: &str) -> String {
    let Some(start) = line.find(mark).map(|at| at + mark.len()) else { return line.into() };
    let end = line[start..].find(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(line.len(), |n| start + n);
    if start == end { line.into() } else { format!("{}{to}{}", &line[..start], &line[end..]) }
}

#[test]
fn what_differs_between_machines_is_left_out() {
    let real = "Traceback (most recent call last):\n  File \"p.py\", line 4, in bg\n    await x\n    ^^^^^^^\n  \
                File \"LIB/asyncio/tasks.py\", line 649, in sleep\n    return await future\n           ^^^\nE: 1\n";
    assert_eq!(
        comparable(real, "p.py"),
        ["Traceback (most recent call last):", "  File \"p.py\", line 4, in bg", "    await x", "E: 1"]
    );
    assert_eq!(comparable_line("<X owner=77 count=1 at 0x7f1122334455>"), "<X owner=N count=1 at 0x…>");
    assert_eq!(
        comparable_line("at /usr/asyncio/tasks.py:384> took 0.120 seconds"),
        "at LIB/asyncio/tasks.py> took T seconds"
    );
}

#[test]
fn two_streams_may_come_together_in_any_way() {
    let lines = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    assert_eq!(longest_interleaving(&lines("abcaad"), &lines("aca"), &lines("bad")), 6);
    assert_eq!(longest_interleaving(&lines("abca"), &lines("aa"), &lines("cb")), 1);
}

#[test]
fn only_what_cancelled_tasks_say_may_come_in_any_order() {
    let mut lines = ["b raises; c cancelled; a cancelled; end", "a finally", "b finished"].map(String::from).to_vec();
    assert_eq!(take_cancelled(&mut lines), ["a cancelled", "a finally", "c cancelled"]);
    assert_eq!(lines, ["b raises; end", "b finished"]);
}
