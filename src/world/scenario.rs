//! A scenario: ordinary Python files, the processes that run them, and the constants a reader may turn.
//!
//! One file is a program. Percent cells make it several:
//!
//! ```python
//! # %% server.py
//! …
//! # %% client.py
//! n_requests = 50  #@param {type:"slider", min:1, max:1000, step:1}
//! …
//! # %% Procfile
//! # web: uvicorn server:app --port 5003
//! # client: python client.py
//! ```
//!
//! Text before the first cell belongs to no file. The last process of the Procfile is the main one: the run
//! ends with it. A constant declared in several cells is one parameter.
//!
//! Reading a scenario never compiles its Python: a program that does not compile is a run whose process says so.

use std::collections::BTreeMap;

use super::costs::Costs;
use super::error::{Notice, ScenarioError, did_you_mean};
use super::form::{self, Parameter};
use super::pep723::{self, Metadata};
use super::procfile::{self, ProcessLine, Words};
use super::requirement::{LibrarySet, Requirement, Specifier, library_set};
use super::version::Python;

/// A scenario as read.
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// The name of its file or folder.
    pub name: String,
    /// What to call it: the metadata's title, else the first `#@title`, else the name.
    pub title: String,
    /// What it shows; may be empty.
    pub summary: String,
    /// The parameters of all files, in order of first appearance.
    pub parameters: Vec<Parameter>,
    /// The PEP 723 block.
    pub metadata: Metadata,
    /// The files that the processes see.
    pub files: Vec<SourceFile>,
    /// The processes, main one last.
    pub processes: Vec<ProcessLine>,
    /// What is odd about it.
    pub notices: Vec<Notice>,
    requires: Vec<Specifier>,
}

/// One file of a scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// Its path in the folder that the processes run in.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// The line of the scenario's text that holds its first line, from 1; 1 for a file of its own.
    pub first_line: u32,
}

impl SourceFile {
    /// The line of the scenario's text at which a line of this file stands; both from 1.
    pub fn line_in_scenario(&self, line: u32) -> u32 {
        self.first_line + line - 1
    }

    fn n_lines(&self) -> u32 {
        self.text.lines().count() as u32
    }
}

/// What a reader or the command line chose; what is `None` or empty stays as the scenario has it.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Settings {
    /// Parameters by name: the text of the value, without quotes.
    pub values: BTreeMap<String, String>,
    /// What every random decision follows from.
    pub seed: Option<u64>,
    /// A version such as `3.14t`.
    pub python: Option<String>,
    /// How many cores the machine has.
    pub cores: Option<u32>,
    /// Requirements such as `anyio==4.3.0`, each in place of the scenario's own for that package.
    pub requirements: Vec<String>,
    /// The preset of the cost table: `lab` or `article`.
    pub costs: Option<String>,
    /// `NAME: COMMAND` lines in place of the scenario's.
    pub processes: Vec<String>,
}

/// A scenario with its settings applied: everything that a run depends on.
#[derive(Clone, PartialEq, Debug)]
pub struct Prepared {
    /// The name of the scenario.
    pub name: String,
    /// The files with the values put in.
    pub files: Vec<SourceFile>,
    /// The processes in the order they start, main one last.
    pub processes: Vec<Program>,
    /// Which Python runs them.
    pub python: Python,
    /// What every random decision follows from.
    pub seed: u64,
    /// How many cores the machine has.
    pub cores: u32,
    /// Which versions of the packages they import.
    pub library: LibrarySet,
    /// What operations cost.
    pub costs: Costs,
}

/// A command ready to start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    /// What the process is called.
    pub name: String,
    /// The command as written.
    pub command: String,
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// Environment variables set for it.
    pub env: Vec<(String, String)>,
    /// A server that the scenario talks to and that is no process of its own.
    pub is_service: bool,
}

impl Program {
    /// The data server that programs with `redis://` in them expect to be there.
    fn redis() -> Program {
        let (name, command) = ("redis".to_string(), "redis-server".to_string());
        Program { name, argv: vec![command.clone()], command, env: Vec::new(), is_service: true }
    }
}

/// Cores of a scenario that says nothing (S-OS-01).
pub const DEFAULT_CORES: u32 = 4;

impl Scenario {
    /// Reads one text: a program, or cells. `name` is the file's name.
    pub fn parse(name: &str, text: &str) -> Result<Scenario, ScenarioError> {
        let base = name.rsplit('/').next().unwrap_or(name);
        let (preamble, cells) = cells(text).map_err(|(line, message)| ScenarioError::at(base, line, 1, message))?;
        let mut scenario = Scenario::empty(base);
        if cells.is_empty() {
            scenario.files.push(SourceFile { name: base.into(), text: text.into(), first_line: 1 });
        }
        let mut procfile = None;
        for cell in cells {
            match cell.name.as_str() {
                "Procfile" => procfile = Some(cell),
                // VS Code's cells of prose.
                "[markdown]" => {}
                _ => scenario.files.push(cell),
            }
        }
        for file in &scenario.files {
            check_path(&file.name)
                .map_err(|m| ScenarioError::at(base, file.first_line.saturating_sub(1).max(1), 1, m))?;
        }
        if let Some(block) =
            pep723::parse(text).map_err(|(line, column, message)| ScenarioError::at(base, line, column, message))?
        {
            scenario.take_block(block);
        }
        let files = std::mem::take(&mut scenario.files);
        for file in &files {
            scenario.take_form(base, file)?;
        }
        scenario.files = files;
        for line in orphans(&preamble) {
            let message = "this parameter stands before the first cell, so no program sees it: move it into a cell";
            scenario.notices.push(Notice { line: Some(line), message: message.into() });
        }
        match &procfile {
            Some(cell) => {
                let lines = procfile::parse(&cell.text)
                    .map_err(|(line, message)| ScenarioError::at(base, cell.line_in_scenario(line), 1, message))?;
                if lines.is_empty() {
                    let message = "this Procfile has no process: write one `NAME: COMMAND` a line";
                    return Err(ScenarioError::at(base, cell.first_line - 1, 1, message));
                }
                scenario.processes = lines.into_iter().map(|(_, line)| line).collect();
            }
            // Without a Procfile the last cell is the program and the others are its modules.
            None => scenario.processes.extend(scenario.files.last().map(main_process)),
        }
        Ok(scenario.titled())
    }

    /// Reads the files of a folder: a `Procfile` among them says what runs, or `procs` do in its place.
    pub fn from_files(files: Vec<(String, String)>, procs: &[String]) -> Result<Scenario, ScenarioError> {
        let mut scenario = Scenario::empty("");
        for (name, text) in files {
            check_path(&name).map_err(|m| ScenarioError::of(&name, m))?;
            if name == "Procfile" {
                let lines = procfile::parse(&text).map_err(|(line, m)| ScenarioError::at(&name, line, 1, m))?;
                scenario.processes = lines.into_iter().map(|(_, line)| line).collect();
            } else {
                scenario.files.push(SourceFile { name, text, first_line: 1 });
            }
        }
        let files = std::mem::take(&mut scenario.files);
        for file in files.iter().filter(|file| file.name.ends_with(".py")) {
            let block = pep723::parse(&file.text)
                .map_err(|(line, column, message)| ScenarioError::at(&file.name, line, column, message))?;
            if let Some(block) = block {
                scenario.take_block(block);
            }
            scenario.take_form(&file.name, file)?;
        }
        scenario.files = files;
        if !procs.is_empty() {
            scenario.processes = process_lines(procs).map_err(|m| ScenarioError::of("--proc", m))?;
        } else if scenario.processes.is_empty() {
            scenario.run_alone();
        }
        if scenario.processes.is_empty() {
            let message = "nothing says what to run: add a Procfile with lines `NAME: COMMAND`, or give --proc";
            return Err(ScenarioError::of("Procfile", message));
        }
        Ok(scenario.titled())
    }

    /// The scenario as these settings make it, or the first reason why they cannot.
    pub fn with(&self, settings: &Settings) -> Result<Prepared, ScenarioError> {
        let mut values = BTreeMap::new();
        for (name, value) in &settings.values {
            let parameter = self.parameter(name)?;
            let accepted = parameter.accept(value).map_err(|refused| ScenarioError::of(&self.name, refused.message))?;
            values.insert(name.clone(), accepted);
        }
        self.prepare(settings, &values)
    }

    /// The same for a page whose settings come from an address: a value that cannot be is replaced by the nearest
    /// that can, a parameter that does not exist is passed over, and each is noticed.
    pub fn with_notices(&self, settings: &Settings) -> Result<(Prepared, Vec<Notice>), ScenarioError> {
        let mut notices = self.notices.clone();
        let mut values = BTreeMap::new();
        for (name, value) in &settings.values {
            match self.parameter(name) {
                Err(error) => notices.push(Notice { line: None, message: error.message }),
                Ok(parameter) => {
                    let accepted = parameter.accept(value).unwrap_or_else(|refused| {
                        let message = format!("{}; {} is used instead", refused.message, refused.nearest);
                        notices.push(Notice { line: Some(parameter.line), message });
                        refused.nearest
                    });
                    values.insert(name.clone(), accepted);
                }
            }
        }
        Ok((self.prepare(settings, &values)?, notices))
    }

    /// The file and its line at which a line of the scenario's text stands; `None` between files.
    pub fn locate(&self, line: u32) -> Option<(&SourceFile, u32)> {
        let file =
            self.files.iter().find(|file| (file.first_line..file.first_line + file.n_lines()).contains(&line))?;
        Some((file, line - file.first_line + 1))
    }

    fn prepare(&self, settings: &Settings, values: &BTreeMap<String, String>) -> Result<Prepared, ScenarioError> {
        let fail = |message: String| ScenarioError::of(&self.name, message);
        let metadata = &self.metadata;
        let lines = match &settings.processes[..] {
            [] => self.processes.clone(),
            given => process_lines(given).map_err(fail)?,
        };
        let mut processes = Vec::new();
        for ProcessLine { name, command } in lines {
            let Words { env, argv } =
                ProcessLine { name: name.clone(), command: command.clone() }.words().map_err(fail)?;
            processes.push(Program { name, command, argv, env, is_service: false });
        }
        let talks_to_redis = |file: &SourceFile| {
            let imports = |line: &str| line.starts_with("import redis") || line.starts_with("from redis");
            file.text.contains("redis://") || file.text.lines().any(|line| imports(line.trim_start()))
        };
        let has_own = processes.iter().any(|p| p.argv.iter().any(|word| word.contains("redis-server")));
        if !has_own && self.files.iter().any(talks_to_redis) {
            processes.insert(0, Program::redis());
        }
        let python = match (&settings.python, metadata.python) {
            (Some(text), _) => Python::parse(text).map_err(fail)?,
            (None, Some(python)) => python,
            (None, None) => Python::for_requires(&self.requires).ok_or_else(|| {
                let text = metadata.requires_python.as_deref().unwrap_or_default();
                fail(format!("no Python here satisfies `requires-python = \"{text}\"`: choose one of 2.7, 3.2 to 3.14"))
            })?,
        };
        let read = |texts: &[String]| texts.iter().map(|text| Requirement::parse(text)).collect::<Result<Vec<_>, _>>();
        let chosen = read(&settings.requirements).map_err(fail)?;
        let mut requirements = read(&metadata.dependencies).map_err(fail)?;
        requirements.retain(|own| chosen.iter().all(|other| other.name != own.name));
        requirements.extend(chosen);
        let preset = settings.costs.as_deref().or(metadata.preset.as_deref()).unwrap_or("lab");
        let mut costs = Costs::preset(preset).map_err(fail)?;
        for (name, &ns) in &metadata.costs {
            costs.set(name, ns).map_err(fail)?;
        }
        let cores = settings.cores.or(metadata.cores).unwrap_or(DEFAULT_CORES);
        if cores == 0 {
            return Err(fail("a machine needs at least one core".into()));
        }
        let mut files = self.files.clone();
        for file in &mut files {
            file.text = form::with_values(&file.text, values);
        }
        Ok(Prepared {
            name: self.name.clone(),
            files,
            processes,
            python,
            seed: settings.seed.or(metadata.seed).unwrap_or(0),
            cores,
            library: library_set(&requirements),
            costs,
        })
    }

    fn parameter(&self, name: &str) -> Result<&Parameter, ScenarioError> {
        self.parameters.iter().find(|parameter| parameter.name == name).ok_or_else(|| {
            let names = || self.parameters.iter().map(|parameter| parameter.name.as_str());
            let listed = match self.parameters.is_empty() {
                true => String::from("it has none"),
                false => format!("it has {}", names().collect::<Vec<_>>().join(", ")),
            };
            let hint = did_you_mean(name, names());
            ScenarioError::of(&self.name, format!("the scenario has no parameter `{name}`{hint}: {listed}"))
        })
    }

    fn empty(name: &str) -> Scenario {
        Scenario {
            name: name.into(),
            title: String::new(),
            summary: String::new(),
            parameters: Vec::new(),
            metadata: Metadata::default(),
            files: Vec::new(),
            processes: Vec::new(),
            notices: Vec::new(),
            requires: Vec::new(),
        }
    }

    /// Takes a block; in a folder the first one that says a thing is believed, and dependencies add up.
    fn take_block(&mut self, block: pep723::Block) {
        let pep723::Block { metadata: new, notices, requires } = block;
        self.notices.extend(notices);
        self.requires.extend(requires);
        let own = &mut self.metadata;
        own.dependencies.extend(new.dependencies);
        own.leaves_out.extend(new.leaves_out);
        own.questions.extend(new.questions);
        own.requires_python = own.requires_python.take().or(new.requires_python);
        own.title = own.title.take().or(new.title);
        own.summary = own.summary.take().or(new.summary);
        own.cores = own.cores.or(new.cores);
        own.python = own.python.or(new.python);
        own.seed = own.seed.or(new.seed);
        own.preset = own.preset.take().or(new.preset);
        for (name, ns) in new.costs {
            own.costs.entry(name).or_insert(ns);
        }
    }

    /// Takes the form comments of a file. `place` is the name of the text that line numbers count in.
    fn take_form(&mut self, place: &str, file: &SourceFile) -> Result<(), ScenarioError> {
        let form = form::parse(&file.name, &file.text).map_err(|(line, column, message)| {
            ScenarioError::at(place, file.line_in_scenario(line), column, message)
        })?;
        if self.title.is_empty() {
            self.title = form.title.unwrap_or_default();
        }
        for (line, message) in form.ignored {
            self.notices.push(Notice { line: Some(file.line_in_scenario(line)), message });
        }
        for mut parameter in form.parameters {
            parameter.line = file.line_in_scenario(parameter.line);
            match self.parameters.iter().find(|other| other.name == parameter.name) {
                None => self.parameters.push(parameter),
                Some(first) if first.kind == parameter.kind && first.default == parameter.default => {}
                Some(first) => {
                    let Parameter { name, line, .. } = &parameter;
                    let message = format!("`{name}` differs from its first place, line {}, which counts", first.line);
                    self.notices.push(Notice { line: Some(*line), message });
                }
            }
        }
        Ok(())
    }

    /// The only Python file is the only process.
    fn run_alone(&mut self) {
        let mut python_files = self.files.iter().filter(|file| file.name.ends_with(".py") || self.files.len() == 1);
        if let (Some(file), None) = (python_files.next(), python_files.next()) {
            self.processes = vec![main_process(file)];
        }
    }

    fn titled(mut self) -> Scenario {
        if let Some(title) = &self.metadata.title {
            self.title = title.clone();
        }
        if self.title.is_empty() {
            self.title = self.name.clone();
        }
        self.summary = self.metadata.summary.clone().unwrap_or_default();
        self
    }
}

fn main_process(file: &SourceFile) -> ProcessLine {
    let name = &file.name;
    let name = if name.contains([' ', '\'', '(', ')']) { format!("\"{name}\"") } else { name.clone() };
    ProcessLine { name: "main".into(), command: format!("python {name}") }
}

fn process_lines(lines: &[String]) -> Result<Vec<ProcessLine>, String> {
    let found = procfile::parse(&lines.join("\n")).map_err(|(_, message)| message)?;
    match found.len() == lines.len() {
        true => Ok(found.into_iter().map(|(_, line)| line).collect()),
        false => Err("a process is `NAME: COMMAND`".into()),
    }
}

/// A file of a scenario lives in the folder of the run.
fn check_path(name: &str) -> Result<(), String> {
    match name.starts_with('/') || name.split('/').any(|part| part.is_empty() || part == "..") {
        true => Err(format!("`{name}` cannot be a file of a scenario: name it without `..` and a leading `/`")),
        false => Ok(()),
    }
}

/// The text before the first cell, and the cells. `Err` is a line and a reason.
fn cells(text: &str) -> Result<(String, Vec<SourceFile>), (u32, String)> {
    let mut preamble = String::new();
    let mut cells: Vec<SourceFile> = Vec::new();
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let name = line.strip_prefix("# %% ").and_then(|rest| rest.split_whitespace().next());
        match (name, cells.last_mut()) {
            (Some(name), _) => {
                if cells.iter().any(|cell| cell.name == name && name != "[markdown]") {
                    return Err((number, format!("two cells are called `{name}`: rename one")));
                }
                cells.push(SourceFile { name: name.into(), text: String::new(), first_line: number + 1 });
            }
            (None, Some(cell)) => cell.text.push_str(line),
            (None, None) => preamble.push_str(line),
        }
    }
    Ok((if cells.is_empty() { String::new() } else { preamble }, cells))
}

/// Lines of the text before the first cell that would be parameters in a cell.
fn orphans(preamble: &str) -> Vec<u32> {
    form::parse("", preamble).map(|form| form.parameters.iter().map(|p| p.line).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: &str = r#"# /// script
# requires-python = ">=3.11"
# dependencies = ["fastapi", "anyio==4.3.0"]
# [tool.coroscope]
# title = "Rush hour"
# cores = 2
# ///
# %% server.py
tokens = 5  #@param {type:"slider", min:1, max:100, step:1}
seconds = 1.0  #@param {type:"number"}
# %% client.py   (any text)
import time
seconds = 1.0  #@param {type:"number"}
mode = "def"  #@param ["def", "async"]
# %% Procfile
# web: uvicorn server:app --port 5003
# client: python client.py
"#;

    fn cells_scenario() -> Scenario {
        Scenario::parse("rush/hour.py", CELLS).unwrap()
    }

    fn settings(values: &[(&str, &str)]) -> Settings {
        let values = values.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Settings { values, ..Settings::default() }
    }

    #[test]
    fn a_file_without_cells_is_one_program() {
        let scenario = Scenario::parse("a/b.py", "print(1)\n").unwrap();
        assert_eq!(scenario.files, [SourceFile { name: "b.py".into(), text: "print(1)\n".into(), first_line: 1 }]);
        assert_eq!(scenario.processes[0].command, "python b.py");
        assert_eq!(scenario.title, "b.py");
    }

    #[test]
    fn cells_become_files_and_processes() {
        let scenario = cells_scenario();
        assert_eq!(scenario.title, "Rush hour");
        assert_eq!(
            scenario.files.iter().map(|f| (&*f.name, f.first_line)).collect::<Vec<_>>(),
            [("server.py", 9), ("client.py", 12)]
        );
        assert_eq!(scenario.files[1].text.lines().next(), Some("import time"));
        assert_eq!(scenario.processes.iter().map(|p| &*p.name).collect::<Vec<_>>(), ["web", "client"]);
        assert_eq!(scenario.notices, []);
    }

    #[test]
    fn lines_map_between_files_and_the_scenario() {
        let scenario = cells_scenario();
        for (number, line) in (1..).zip(CELLS.lines()) {
            match scenario.locate(number) {
                Some((file, inner)) => {
                    assert_eq!(file.text.lines().nth(inner as usize - 1), Some(line));
                    assert_eq!(file.line_in_scenario(inner), number);
                }
                None => assert!(line.starts_with('#'), "line {number} is in no file"),
            }
        }
    }

    #[test]
    fn a_name_in_two_cells_is_one_parameter() {
        let scenario = cells_scenario();
        let found: Vec<_> = scenario.parameters.iter().map(|p| (&*p.name, &*p.file, p.line)).collect();
        assert_eq!(found, [("tokens", "server.py", 9), ("seconds", "server.py", 10), ("mode", "client.py", 14)]);
        let prepared = scenario.with(&settings(&[("seconds", "0.1"), ("mode", "async")])).unwrap();
        assert!(prepared.files[0].text.contains("seconds = 0.1  #@param"));
        assert!(prepared.files[1].text.contains("seconds = 0.1  #@param"));
        assert!(prepared.files[1].text.contains("mode = 'async'  #@param"));
    }

    #[test]
    fn the_metadata_and_the_settings_decide_together() {
        let scenario = cells_scenario();
        let prepared = scenario.with(&Settings::default()).unwrap();
        assert_eq!((prepared.cores, prepared.seed), (2, 0));
        assert_eq!(prepared.library, LibrarySet::L2024);
        assert_eq!(prepared.python.to_string(), "3.11");
        assert_eq!(prepared.processes[0].argv, ["uvicorn", "server:app", "--port", "5003"]);
        let chosen = Settings {
            cores: Some(8),
            seed: Some(3),
            python: Some("3.13t".into()),
            requirements: vec!["anyio".into()],
            processes: vec!["solo: python -u client.py".into()],
            ..Settings::default()
        };
        let prepared = scenario.with(&chosen).unwrap();
        assert_eq!((prepared.cores, prepared.seed), (8, 3));
        assert_eq!(prepared.library, LibrarySet::LNow);
        assert_eq!(prepared.python.to_string(), "3.13t");
        assert_eq!(prepared.processes.len(), 1);
    }

    #[test]
    fn a_bad_value_is_an_error_here_and_a_notice_there() {
        let scenario = cells_scenario();
        let bad = settings(&[("tokens", "1000"), ("tokans", "1")]);
        assert!(scenario.with(&bad).unwrap_err().to_string().contains("did you mean tokens"));
        let error = scenario.with(&settings(&[("tokens", "1000")])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "hour.py: `tokens` takes a whole number from 1 to 100, not `1000`: choose one in that range"
        );
        let (prepared, notices) = scenario.with_notices(&bad).unwrap();
        assert!(prepared.files[0].text.contains("tokens = 100  #@param"));
        assert_eq!(notices.len(), 2);
        assert!(notices.iter().any(|n| n.line == Some(9) && n.message.contains("100 is used instead")));
    }

    #[test]
    fn errors_stand_in_the_scenario_text() {
        let fails = |text: &str| Scenario::parse("a.py", text).unwrap_err().to_string();
        assert!(fails("# %% a.py\n# %% b.py\nn = 1 #@param {type:\"x\"}\n").starts_with("a.py:3:15: "));
        assert!(fails("# %% a.py\n# %% a.py\n").starts_with("a.py:2:1: two cells"));
        assert!(fails("# %% a.py\n\n# %% Procfile\n# web: a | b\n").starts_with("a.py:4:1: `a | b` needs a shell"));
        assert!(fails("# %% a.py\n# %% Procfile\n# nothing\n").starts_with("a.py:2:1: this Procfile has no process"));
        assert!(fails("# %% ../a.py\n").starts_with("a.py:1:1: `../a.py` cannot be"));
    }

    #[test]
    fn settings_that_make_no_sense_are_refused() {
        let scenario = cells_scenario();
        let fails = |settings: Settings| scenario.with(&settings).unwrap_err().message;
        assert!(fails(Settings { python: Some("4".into()), ..Settings::default() }).contains("3.2 to 3.14"));
        assert!(fails(Settings { cores: Some(0), ..Settings::default() }).contains("one core"));
        assert!(fails(Settings { costs: Some("free".into()), ..Settings::default() }).contains("article"));
        assert!(fails(Settings { requirements: vec!["=".into()], ..Settings::default() }).contains("requirement"));
        assert!(fails(Settings { processes: vec!["python a.py".into()], ..Settings::default() }).contains("NAME"));
    }

    #[test]
    fn a_folder_has_a_procfile_or_is_given_processes() {
        let files = || vec![("b.py".to_string(), "n = 1 #@param\n".to_string()), ("a.py".into(), String::new())];
        assert!(Scenario::from_files(files(), &["web: python b.py".into()]).is_ok());
        let mut with_procfile = files();
        with_procfile.push(("Procfile".into(), "one: python a.py\ntwo: python b.py\n".into()));
        let scenario = Scenario::from_files(with_procfile.clone(), &[]).unwrap();
        assert_eq!(scenario.processes.len(), 2);
        assert_eq!(scenario.parameters[0].file, "b.py");
        let scenario = Scenario::from_files(with_procfile, &["web: python b.py".into()]).unwrap();
        assert_eq!(scenario.processes[0].name, "web");
        let error = Scenario::from_files(vec![("Procfile".into(), "x\n".into())], &[]).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("Procfile", Some(1)));
        assert!(
            Scenario::from_files(vec![("notes.txt".into(), String::new()), ("b".into(), String::new())], &[]).is_err()
        );
    }

    #[test]
    fn odd_things_are_noticed() {
        let scenario =
            Scenario::parse("a.py", "n = 1 #@param\n# %% a.py\nn = 2 #@param\n# %% b.py\nn = 3 #@param\n").unwrap();
        let lines: Vec<_> = scenario.notices.iter().map(|notice| notice.line).collect();
        assert_eq!(lines, [Some(5), Some(1)]);
        assert_eq!(scenario.processes[0].command, "python b.py");
    }

    #[test]
    fn costs_of_the_header_reach_the_table() {
        let text = "# /// script\n# [tool.coroscope]\n# costs = { machine.timer_slack = 7 }\n# ///\n";
        let prepared = Scenario::parse("a.py", text).unwrap().with(&Settings::default()).unwrap();
        assert_eq!(prepared.costs.machine.timer_slack, 7);
    }
}
