//! The simulated standard library and packages: Python files over a few native modules.
//!
//! The Python lies in `lib/`, one file a module, and is compiled into the program. It is our own writing;
//! what it imitates, rule by rule, its docstrings say. Frames of library code cost no time per instruction:
//! their operations charge calibrated costs by name (`_cost.charge`).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use include_dir::{Dir, include_dir};

use crate::python::code::Source;
use crate::python::vm::{FoundSource, NativeModule};

mod native;
#[cfg(test)]
#[path = "tests.rs"]
mod programs;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/library/lib");

thread_local! {
    static SOURCES: RefCell<BTreeMap<String, Option<FoundSource>>> = RefCell::default();
}

/// The text of a library module, by dotted name.
pub fn source(name: &str) -> Option<FoundSource> {
    SOURCES.with_borrow_mut(|sources| {
        if let Some(known) = sources.get(name) {
            return known.clone();
        }
        let path = name.replace('.', "/");
        let package = format!("{path}/__init__.py");
        let module = format!("{path}.py");
        let found = FILES
            .get_file(&package)
            .map(|file| (file, true, package))
            .or_else(|| FILES.get_file(&module).map(|file| (file, false, module)))
            .and_then(|(file, is_package, path)| {
                let text = file.contents_utf8()?.to_string();
                // Tracebacks leave out what starts a program: its file name is in angle brackets.
                let filename = match name {
                    "_bootstrap" => "<frozen _bootstrap>".into(),
                    _ => format!("/usr/lib/python3.11/{path}").into(),
                };
                Some(FoundSource { source: Rc::new(Source { filename, text, is_library: true }), is_package })
            });
        sources.insert(name.to_string(), found.clone());
        found
    })
}

/// A module written in Rust, by name.
pub fn native(name: &str) -> Option<NativeModule> {
    native::find(name)
}

/// The names of all modules that can be imported, packages and their parts included, sorted.
pub fn names() -> Vec<String> {
    fn walk(dir: &Dir, found: &mut Vec<String>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy();
            if let Some(module) = path.strip_suffix(".py") {
                let name = module.strip_suffix("/__init__").unwrap_or(module).replace('/', ".");
                found.push(name);
            }
        }
        for dir in dir.dirs() {
            walk(dir, found);
        }
    }
    let mut found = Vec::new();
    walk(&FILES, &mut found);
    found.extend(native::PUBLIC.iter().map(|n| n.to_string()));
    found.retain(|n| !n.starts_with('_'));
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_a_package_and_a_module_inside_a_package_are_found() {
        let heapq = source("heapq").expect("heapq is part of the library");
        assert_eq!(&*heapq.source.filename, "/usr/lib/python3.11/heapq.py");
        assert!(!heapq.is_package);
        assert!(source("asyncio").expect("asyncio is part of the library").is_package);
        let locks = source("asyncio.locks").expect("so is asyncio.locks");
        assert_eq!(&*locks.source.filename, "/usr/lib/python3.11/asyncio/locks.py");
        assert!(locks.source.is_library);
    }

    #[test]
    fn a_module_that_nobody_wrote_is_not_found() {
        assert!(source("numpy").is_none());
        assert!(source("asyncio.numpy").is_none());
        assert!(native("numpy").is_none());
    }

    #[test]
    fn every_native_that_a_library_file_imports_exists() {
        let mut wanted = std::collections::BTreeSet::new();
        let mut folders = vec![&FILES];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                for line in file.contents_utf8().unwrap_or("").lines() {
                    let words: Vec<&str> = line.split_whitespace().collect();
                    if let ["import" | "from", name, ..] = words.as_slice()
                        && (name.starts_with('_') || matches!(*name, "sys" | "math"))
                    {
                        wanted.insert(name.to_string());
                    }
                }
            }
        }
        wanted.retain(|name| source(name).is_none() && native(name).is_none());
        assert!(wanted.is_empty(), "nobody wrote {wanted:?}");
    }
}
