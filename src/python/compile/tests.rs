//! What is compiled, as sentences.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::dis::dis;
use super::verify::verify;
use super::{compile, compile_module};
use crate::python::code::{Code, Source};
use crate::python::diagnostic::Diagnostic;

fn source(text: &str) -> Rc<Source> {
    Rc::new(Source { filename: "x.py".into(), text: text.into(), is_library: false })
}

/// Code before fusion; the fused code is verified as well.
fn compiled(text: &str) -> Rc<Code> {
    let check = |code: &Code| verify(code).unwrap_or_else(|problem| panic!("{problem}\n{}", dis(code)));
    check(&compile_module(source(text)).unwrap_or_else(|errors| panic!("{errors:?}")));
    let code = compile(source(text), false).unwrap_or_else(|errors| panic!("{errors:?}"));
    check(&code);
    code
}

fn complaint(text: &str) -> Diagnostic {
    compile_module(source(text)).expect_err("the text is wrong").remove(0)
}

fn python_files(at: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(at) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            python_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "py") {
            found.push(path);
        }
    }
}

/// Compiles and verifies every Python file below the directories named in `COROSCOPE_COMPILE`.
#[test]
#[ignore = "a check of many files, run by hand"]
fn every_file_compiles_to_well_formed_code() {
    let directories = std::env::var("COROSCOPE_COMPILE").expect("directories, separated by colons");
    let mut files = Vec::new();
    for directory in directories.split(':') {
        python_files(Path::new(directory), &mut files);
    }
    let mut failures = Vec::new();
    let mut n_lines = 0;
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        n_lines += text.lines().count();
        let source = Rc::new(Source { filename: file.to_string_lossy().into(), text, is_library: false });
        match compile_module(source.clone()) {
            Ok(code) => {
                if let Err(problem) = verify(&code) {
                    failures.push(format!("{}: {problem}", file.display()));
                }
            }
            Err(errors) => failures.push(errors[0].render(&source.filename, &source.text)),
        }
    }
    println!("{} files, {n_lines} lines", files.len());
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), files.len(), failures.join("\n"));
}

#[test]
fn a_function_returns_none_at_its_end() {
    assert_eq!(
        dis(&compiled("def f(a, b=2):\n    a + b\n")),
        "\
<module>:
   1    0 LoadConst (2,)
        1 MakeFunction 1 <f>
        2 StoreGlobal f
        3 LoadConst None
        4 Return

f:
   2    0 LoadFast a
        1 LoadFast b
        2 Binary Add
        3 PopTop
        4 LoadConst None
        5 Return
"
    );
}

#[test]
fn unknown_names_are_complaints_of_nobody() {
    compiled("print(x)\n");
    assert_eq!(complaint("def f():\n    nonlocal x\n").message, "no binding for nonlocal 'x' found");
}

/// Compares complaints with CPython's for the cases of the JSON file named in `COROSCOPE_ERRORS`:
/// `[text, null | [kind, message, line, column from 1, end line, end column]]`.
#[test]
#[ignore = "a check against real CPython, run by hand"]
fn complaints_are_cpythons() {
    let path = std::env::var("COROSCOPE_ERRORS").expect("a file of cases");
    let cases: Vec<(String, Option<(String, String, u32, u32)>)> =
        serde_json::from_str::<Vec<(String, Option<Vec<serde_json::Value>>)>>(
            &std::fs::read_to_string(path).expect("readable"),
        )
        .expect("cases")
        .into_iter()
        .map(|(text, expected)| {
            let expected = expected.map(|e| {
                let number = |i: usize| e[i].as_u64().unwrap_or(0) as u32;
                (e[0].as_str().unwrap_or("").into(), e[1].as_str().unwrap_or("").into(), number(2), number(3))
            });
            (text, expected)
        })
        .collect();
    let mut n_wrong = 0;
    for (text, expected) in &cases {
        let got = match compile_module(source(text)) {
            Ok(_) => None,
            Err(errors) => {
                let e = &errors[0];
                Some((e.kind.to_string(), e.message.clone(), e.line, e.col + 1))
            }
        };
        if got != *expected {
            n_wrong += 1;
            println!("{text:?}\n  want {expected:?}\n  got  {got:?}");
        }
    }
    println!("{n_wrong} of {} differ", cases.len());
}
