//! Programs that the simulator is known to get wrong, each with the reason, in `known_failures.txt`.
//!
//! A program that fails and is not listed fails the test, and so does a listed one that works: the list only says
//! what is true. `UPDATE_KNOWN=1 cargo test` writes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Between a program and the reason.
const DASH: &str = " — ";

const HEAD: &str = "\
# Programs below tests/ whose run differs from what real CPython recorded: PATH — why, or the first difference.
# The tests keep this list exact; `UPDATE_KNOWN=1 cargo test --test it` adds and removes lines.
";

fn list() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/known_failures.txt")
}

/// The lines of a list: path and reason.
fn read(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| match line.split_once(DASH) {
            Some((path, reason)) => (path.to_string(), reason.to_string()),
            None => panic!("the list of known failures has no reason in `{line}`: write `PATH{DASH}REASON`"),
        })
        .collect()
}

/// Compares what failed below a folder of `tests/` with the list; `n_all` is how many programs ran.
pub fn check(folder: &str, n_all: usize, failed: &BTreeMap<String, String>) {
    static WRITING: Mutex<()> = Mutex::new(());
    let is_ours = |path: &str| path.starts_with(&format!("{folder}/"));
    if std::env::var_os("UPDATE_KNOWN").is_some() {
        let _alone = WRITING.lock().unwrap();
        let mut all = read(&fs::read_to_string(list()).unwrap_or_default());
        // A reason that somebody wrote stays.
        let known = all.clone();
        all.retain(|path, _| !is_ours(path));
        all.extend(failed.iter().map(|(path, reason)| (path.clone(), known.get(path).unwrap_or(reason).clone())));
        let lines: Vec<String> = all.iter().map(|(path, reason)| format!("{path}{DASH}{reason}\n")).collect();
        fs::write(list(), format!("{HEAD}{}", lines.concat())).unwrap();
        println!("{folder}: {} of {n_all} programs are as recorded", n_all - failed.len());
        return;
    }
    let known = read(&fs::read_to_string(list()).unwrap_or_default());
    let complaints = complaints(&known, failed, is_ours);
    assert!(complaints.is_empty(), "{} of {n_all} programs fail\n{complaints}", failed.len());
}

/// What is wrong with the list, grouped by folder; empty where it is exact.
fn complaints(
    known: &BTreeMap<String, String>,
    failed: &BTreeMap<String, String>,
    is_ours: impl Fn(&str) -> bool,
) -> String {
    let mut folders: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, reason) in failed.iter().filter(|(path, _)| !known.contains_key(*path)) {
        folders.entry(folder_of(path)).or_default().push(format!("  {path} fails: {reason}"));
    }
    for path in known.keys().filter(|path| is_ours(path) && !failed.contains_key(*path)) {
        folders.entry(folder_of(path)).or_default().push(format!("  {path} works: take it off the list"));
    }
    let groups = folders.iter().map(|(folder, lines)| format!("{folder}: {}\n{}\n", lines.len(), lines.join("\n")));
    groups.collect()
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[test]
fn a_list_of_known_failures_must_be_exact() {
    let map = |text: &str| read(text);
    let known = map("# a comment\na/x/1.py — no such module\na/x/2.py — it is slow\nb/3.py — not ours\n");
    assert_eq!(known["a/x/1.py"], "no such module");
    let found =
        complaints(&known, &map("a/x/1.py — another reason\na/y/4.py — new\n"), |path| path.starts_with("a/"));
    assert_eq!(found, "a/x: 1\n  a/x/2.py works: take it off the list\na/y: 1\n  a/y/4.py fails: new\n");
    assert_eq!(complaints(&known, &known, |_| true), "");
}
