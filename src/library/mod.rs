//! The simulated standard library and packages: Python files over a few native modules.
//!
//! The Python lies in `lib/`, one file a module, and is compiled into the program. It is our own writing;
//! what it imitates, rule by rule, its docstrings say. Frames of library code cost no time per instruction:
//! their operations charge calibrated costs by name (`_cost.charge`).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::python::code::Source;
use crate::python::vm::{FoundSource, NativeModule};

mod files;
mod native;
#[cfg(test)]
#[path = "tests.rs"]
mod programs;

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
        let found = files::read(&package)
            .map(|text| (text, true, package))
            .or_else(|| files::read(&module).map(|text| (text, false, module)))
            .map(|(text, is_package, path)| {
                // Tracebacks leave out what starts a program: its file name is in angle brackets.
                let filename = match name {
                    "_bootstrap" => "<frozen _bootstrap>".into(),
                    _ => format!("/usr/lib/python3.11/{path}").into(),
                };
                FoundSource { source: Rc::new(Source { filename, text, is_library: true }), is_package }
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
    let module = |path: String| {
        let module = path.strip_suffix(".py")?;
        Some(module.strip_suffix("/__init__").unwrap_or(module).replace('/', "."))
    };
    let mut found: Vec<String> = files::paths().into_iter().filter_map(module).collect();
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
        for path in files::paths() {
            for line in files::read(&path).unwrap_or_default().lines() {
                let words: Vec<&str> = line.split_whitespace().collect();
                if let ["import" | "from", name, ..] = words.as_slice()
                    && (name.starts_with('_') || matches!(*name, "sys" | "math"))
                {
                    wanted.insert(name.to_string());
                }
            }
        }
        wanted.retain(|name| source(name).is_none() && native(name).is_none());
        assert!(wanted.is_empty(), "nobody wrote {wanted:?}");
    }
}
