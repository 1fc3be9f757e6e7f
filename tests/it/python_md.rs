//! `PYTHON.md` says what of Python is simulated, and says it of itself: the list of CPython's names was recorded by
//! `tests/inventory/inventory.py`, which this test runs in the simulator, and so were the outputs of the small programs
//! of `tests/inventory/constructs.py`. `UPDATE_PYTHON_MD=1 cargo test --test it python_md` writes the page anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use coroscope::library;

use crate::program::{first_difference, in_parallel, run};

const HEAD: &str = "\
# What of Python is simulated

Programs run as under CPython 3.11, or the version that they ask for: 3.8 to 3.14 differ as CPython's do. 2.7 stands for its
GIL, its check points and its costs; programs are written in Python 3 for it too. This page is made by a test, from the library's own
names and from runs of small programs, beside what CPython 3.11 has and prints; so it is what is true. **works**: the name
is there, or the program prints what CPython prints. **differs**: in what the row says. **absent**: using it is an error
that names it. **refused**: it can be imported, and calling it says that it is not simulated and what to do instead.

Packages have no list to compare with: their names are those that are there.
";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inventory")
}

fn read(name: &str) -> String {
    let path = folder().join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A module's functions and classes, each with its methods.
type Names = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Reads lines `module`, `module.name` and `module.name.method`, which follow their modules.
fn names(list: &str) -> Names {
    let mut found = Names::new();
    let mut module = String::new();
    for line in list.lines() {
        let rest = line.strip_prefix(&module).and_then(|rest| rest.strip_prefix('.'));
        // A submodule follows its package and has no parent of its own name there.
        let parts: Vec<&str> = rest.map_or(Vec::new(), |rest| rest.split('.').collect());
        match parts[..] {
            [name] if !MODULE_NAMES.contains(&line) => {
                found.get_mut(&module).expect("it was put in").entry(name.into()).or_default();
            }
            [name, method] => {
                let names = found.get_mut(&module).expect("it was put in");
                names.entry(name.into()).or_default().insert(method.into());
            }
            _ => {
                module = line.into();
                found.entry(module.clone()).or_default();
            }
        }
    }
    found
}

/// Modules whose lines look like a name of the module before them.
const MODULE_NAMES: [&str; 14] = [
    "asyncio.subprocess",
    "collections.abc",
    "email.message",
    "html.parser",
    "http.client",
    "http.cookies",
    "http.server",
    "importlib.metadata",
    "importlib.util",
    "logging.config",
    "logging.handlers",
    "multiprocessing.connection",
    "multiprocessing.dummy",
    "os.path",
];

/// `NAME — how it differs`, by name.
fn differences() -> BTreeMap<String, String> {
    let text = read("differences.txt");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pair = |line: &str| {
        let (name, how) = line.split_once(" — ").unwrap_or_else(|| panic!("`{line}` is not `NAME — how`"));
        (name.to_string(), how.to_string())
    };
    lines.map(pair).collect()
}

/// The small programs by name, each with what CPython printed.
fn constructs() -> Vec<(String, String, String)> {
    let (texts, outputs) = (read("constructs.py"), read("constructs-3.11.txt"));
    let sections = |text: &str| -> Vec<(String, String)> {
        let parts = text.split("# %% ").skip(1).map(|part| part.split_once('\n').expect("a name ends its line"));
        parts.map(|(name, body)| (name.into(), body.trim_end().to_string() + "\n")).collect()
    };
    let (texts, outputs) = (sections(&texts), sections(&outputs));
    assert_eq!(
        texts.iter().map(|t| &t.0).collect::<Vec<_>>(),
        outputs.iter().map(|t| &t.0).collect::<Vec<_>>(),
        "record the outputs anew: python3.11 tests/inventory/record.py"
    );
    texts.into_iter().zip(outputs).map(|((name, text), (_, output))| (name, text, output)).collect()
}

/// What a small program prints here, and the last line of its errors.
fn shown(text: &str) -> String {
    let path = env::temp_dir().join(format!("coroscope-{}-{:p}.py", std::process::id(), text));
    fs::write(&path, text).expect("the folder for temporary files takes one");
    let ran = run(&path, None);
    let _ = fs::remove_file(&path);
    match ran {
        Err(why) => why,
        Ok(processes) => {
            let main = processes.last().expect("a run has a process");
            let error = main.stderr.lines().last().map(|line| format!("{line}\n")).unwrap_or_default();
            format!("{}{error}", main.stdout).trim_end().to_string() + "\n"
        }
    }
}

/// What of a module only says that it is not simulated: functions, methods and classes that do nothing but raise
/// `NotImplementedError` with those words.
fn refusals(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // The names that a line stands inside of, with their indentation.
    let mut inside: Vec<(usize, &str)> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let (is_class, rest) = match line.trim_start() {
            line if line.starts_with("class ") => (true, &line[6..]),
            line if line.starts_with("def ") => (false, &line[4..]),
            line if line.starts_with("async def ") => (false, &line[10..]),
            _ => continue,
        };
        inside.retain(|(outer, _)| *outer < indent);
        inside.push((indent, rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()));
        if is_class {
            continue;
        }
        let mut head = line;
        while !head.trim_end().ends_with(':') {
            let Some(next) = lines.next() else { break };
            head = next;
        }
        while lines
            .next_if(|line| line.trim_start().starts_with("\"\"\"") && line.trim_end().ends_with("\"\"\""))
            .is_some()
        {}
        let mut body = String::new();
        while let Some(line) = lines.next_if(|line| line.is_empty() || line.len() - line.trim_start().len() > indent) {
            body += line.trim();
        }
        let is_refused = |body: &str| {
            body.starts_with("raise NotImplementedError(")
                && ["not simulated", "not part of the simulated", "_TEXT"].iter().any(|words| body.contains(words))
        };
        if is_refused(&body) {
            let names: Vec<&str> = inside.iter().map(|(_, name)| *name).filter(|name| *name != "__init__").collect();
            found.insert(names.join("."));
        }
    }
    found
}

/// The refusals of every top package of the library, whichever of its files they are written in.
fn all_refusals() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in library::names() {
        if let Some(module) = library::source(&name) {
            let top = name.split('.').next().unwrap_or_default().to_string();
            found.entry(top).or_default().extend(refusals(&module.source.text));
        }
    }
    found
}

#[test]
fn what_only_raises_that_it_is_not_simulated_is_refused() {
    let text = "class A:\n    def __init__(self):\n        raise NotImplementedError(\"A is not simulated\")\n\n\
                class B:\n    def f(self):\n        \"\"\"Doc.\"\"\"\n        raise NotImplementedError(_TEXT)\n\n\
                    def g(\n        self,\n    ):\n        if self.x:\n            raise NotImplementedError(\"not simulated\")\n\n\
                def h():\n    raise NotImplementedError(\"a subclass does it\")\n";
    assert_eq!(refusals(text).into_iter().collect::<Vec<_>>(), ["A", "B.f"]);
}

fn construct_rows(out: &mut String) {
    let rows = in_parallel(&constructs(), |(name, text, expected)| {
        let status = match first_difference(expected, &shown(text)) {
            None => "works".to_string(),
            Some(how) => format!("differs: {}", how.replace('|', "\\|")),
        };
        format!("| {} | {status} |\n", name.replace('|', "\\|"))
    });
    *out += "\n## The language\n\n| construct | |\n|---|---|\n";
    *out += &rows.concat();
}

fn module_rows(
    out: &mut String,
    refused: &BTreeSet<String>,
    module: &str,
    theirs: &BTreeMap<String, BTreeSet<String>>,
    ours: Option<&BTreeMap<String, BTreeSet<String>>>,
    notes: &BTreeMap<String, String>,
) {
    let Some(ours) = ours else {
        writeln!(out, "\n### `{module}` – absent").unwrap();
        if let Some(how) = notes.get(module) {
            writeln!(out, "\n{how}.").unwrap();
        }
        return;
    };
    writeln!(out, "\n### `{module}`\n").unwrap();
    if let Some(how) = notes.get(module) {
        writeln!(out, "Differs: {how}.\n").unwrap();
    }
    *out += "| name | |\n|---|---|\n";
    for (name, methods) in theirs {
        let status = match (ours.get(name), notes.get(&format!("{module}.{name}"))) {
            (None, _) => "absent".to_string(),
            _ if refused.contains(name) => "refused".to_string(),
            (Some(_), Some(how)) => format!("differs: {how}"),
            (Some(own), None) => match methods
                .iter()
                .filter(|m| !own.contains(*m) || refused.contains(&format!("{name}.{m}")))
                .map(|m| format!("`{m}`"))
                .collect::<Vec<_>>()
            {
                missing if missing.is_empty() => "works".to_string(),
                missing => format!("works; absent: {}", missing.join(", ")),
            },
        };
        writeln!(out, "| `{name}` | {status} |").unwrap();
    }
}

fn page() -> String {
    let inventory = run(&folder().join("inventory.py"), None).expect("the inventory runs");
    let inventory = inventory.last().expect("it is a process");
    assert_eq!(inventory.exit, Some(0), "{}", inventory.stderr);
    let (theirs, ours) = (names(&read("cpython-3.11.txt")), names(&inventory.stdout));
    let (notes, refused) = (differences(), all_refusals());
    let mut out = String::from(HEAD);
    construct_rows(&mut out);
    out += "\n## The standard library\n";
    for (module, names) in &theirs {
        let top = module.split('.').next().unwrap_or_default();
        module_rows(&mut out, refused.get(top).unwrap_or(&BTreeSet::new()), module, names, ours.get(module), &notes);
    }
    out += "\n## Packages\n\n| package | modules |\n|---|---|\n";
    let mut packages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in library::names() {
        let top = name.split('.').next().unwrap_or_default().to_string();
        if !theirs.contains_key(&top) && !name.contains("._") {
            packages.entry(top).or_default().push(format!("`{name}`"));
        }
    }
    for (package, modules) in packages {
        let how = notes.get(&package).map(|how| format!("; differs: {how}")).unwrap_or_default();
        writeln!(out, "| `{package}` | {}{how} |", modules.join(", ")).unwrap();
    }
    out
}

#[test]
fn the_page_about_python_says_what_is_there() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("PYTHON.md");
    let page = page();
    if env::var_os("UPDATE_PYTHON_MD").is_some() {
        fs::write(&path, page).unwrap();
        return;
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    if let Some(difference) = first_difference(&page, &written) {
        panic!("PYTHON.md is not what is true ({difference}): UPDATE_PYTHON_MD=1 cargo test --test it python_md");
    }
}
