//! The house rules that a compiler does not check: who may import whom, who may name the browser, and that every
//! file says at its head what lives there.
//!
//! The table is DESIGN and ARCHITECTURE's. A new edge in it is a decision of its own, not a way to make a test pass.

use std::fs;
use std::path::{Path, PathBuf};

/// Every room with the rooms it may import.
const ROOMS: [(&str, &[&str]); 12] = [
    ("order", &[]),
    ("time", &[]),
    ("journal", &["time"]),
    ("kernel", &["time"]),
    ("machine", &["time", "journal", "kernel"]),
    ("runtime", &["time", "journal", "kernel", "machine"]),
    ("python", &["time"]),
    ("library", &["time", "python"]),
    ("world", &["order", "time", "journal", "kernel", "machine", "runtime", "python", "library"]),
    ("trace", &["order", "time", "journal"]),
    ("timeline", &["order", "time", "journal", "trace"]),
    ("page", &["order", "time", "journal", "world", "trace", "timeline"]),
];

/// Crates that only `page` may name.
const BROWSER: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "serde_wasm_bindgen"];

/// What a file of `src/` does against the rules. `path` is relative to `src/`.
fn offences(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !text.starts_with("//! ") {
        found.push(format!("{path} does not open with a `//!` sentence"));
    }
    let room = path.split(['/', '.']).next().unwrap_or_default();
    // The front door, the command line and the page's small part stand outside the rooms.
    if matches!(path, "lib.rs" | "main.rs" | "viewer.rs") {
        return found;
    }
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        found.push(format!("{path} is in no room of the table"));
        return found;
    };
    let code = without_comments_and_texts(text);
    for other in rooms_named(&code, module_depth(path)) {
        let known = ROOMS.iter().any(|(name, _)| *name == other);
        if known && other != room && !allowed.contains(&other.as_str()) {
            found.push(format!("{path} imports {other}, which {room} may not"));
        }
    }
    for name in BROWSER {
        if room != "page" && words(&code).any(|word| word == name) {
            found.push(format!("{path} names {name}, which only page may"));
        }
    }
    found
}

/// How many `super` lead from a file's own module to the crate: 1 for `time.rs`, 2 for `page/frame.rs`.
fn module_depth(path: &str) -> usize {
    let path = path.strip_suffix("/mod.rs").or_else(|| path.strip_suffix(".rs")).unwrap_or(path);
    path.split('/').count()
}

/// Names that stand right below the crate in paths: after `crate::`, in `crate::{a, b::c}`, after enough `super::`.
fn rooms_named(code: &str, depth: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut take = |rest: &str| {
        let rest = rest.trim_start();
        match rest.strip_prefix('{') {
            None => found.extend(words(rest).next().map(String::from).filter(|word| rest.starts_with(word.as_str()))),
            Some(group) => {
                let mut nesting = 0;
                let mut at_head = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => nesting += 1,
                        '}' if nesting == 0 => break,
                        '}' => nesting -= 1,
                        ',' if nesting == 0 => at_head = true,
                        c if c.is_alphabetic() && at_head => {
                            found.extend(words(&group[at..]).next().map(String::from));
                            at_head = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    };
    for (at, _) in code.match_indices("crate::") {
        take(&code[at + "crate::".len()..]);
    }
    // A module inside the file (`mod tests`) is one deeper, so more `super` than the file is deep reach it too.
    let ladder = "super::".repeat(depth);
    for (at, _) in code.match_indices(&ladder) {
        take(code[at + ladder.len()..].trim_start_matches("super::"));
    }
    found
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// The code alone: what a comment or a text says is no import.
fn without_comments_and_texts(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c: char| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") || rest.starts_with("b'\"'") || rest.starts_with("'\\\"'") {
            rest[2..].find('\'').map_or(1, |end| end + 3)
        } else {
            out.push(c);
            c.len_utf8()
        };
        rest = &rest[skipped..];
    }
    out
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(rust_files(&path)),
            false => found.extend((path.extension().is_some_and(|ext| ext == "rs")).then_some(path)),
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_keeps_to_its_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&src);
    assert!(files.len() > 3, "the sources are not where this test looks");
    let offences: Vec<_> = files
        .iter()
        .flat_map(|file| {
            let path = file.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            offences(&path, &fs::read_to_string(file).unwrap())
        })
        .collect();
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn an_import_from_a_higher_floor_is_found() {
    let found = |path, code| offences(path, &format!("//! A file.\n{code}"));
    assert_eq!(found("time.rs", "use crate::journal::Journal;"), ["time.rs imports journal, which time may not"]);
    assert_eq!(found("kernel/heap.rs", "use super::super::journal;").len(), 1);
    assert_eq!(found("kernel/heap.rs", "mod tests { use super::super::super::journal; }").len(), 1);
    assert_eq!(found("python/vm/mod.rs", "fn f(x: crate::machine::Core) {}").len(), 1);
    assert_eq!(
        found("trace/mod.rs", "use crate::{time::{Time, Duration}, world::{Run}, journal};"),
        ["trace/mod.rs imports world, which trace may not"]
    );
    assert_eq!(found("timeline.rs", "use super::python::Code;").len(), 1);
}

#[test]
fn the_browser_is_named_only_in_its_room() {
    let text = "//! A file.\nuse web_sys::Window;";
    assert_eq!(offences("timeline/scene.rs", text), ["timeline/scene.rs names web_sys, which only page may"]);
    assert_eq!(offences("page/frame.rs", text), Vec::<String>::new());
}

#[test]
fn a_file_without_a_sentence_or_a_room_is_found() {
    assert_eq!(offences("time.rs", "use std::fmt;").len(), 1);
    assert_eq!(offences("cellar/rat.rs", "//! A file.\n"), ["cellar/rat.rs is in no room of the table"]);
}

#[test]
fn allowed_imports_comments_and_texts_are_left_alone() {
    let text = r##"//! See crate::page.
use crate::time::Time;
use super::error::Notice; // not crate::page
use super::super::journal::Journal;
const A: &str = "crate::page \" crate::page";
const B: &str = r#"web_sys "quoted" "#;
const C: char = '"';
use crate::world::costs::Costs;
"##;
    assert_eq!(offences("world/costs.rs", text), Vec::<String>::new());
}
