//! Reading a scenario: one text, or the files of a folder.
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

use super::error::{Notice, ScenarioError};
use super::form::{self, Parameter};
use super::metadata::Metadata;
use super::pep723;
use super::procfile::{self, ProcessLine};
use super::scenario::{Scenario, SourceFile};

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

pub(super) fn process_lines(lines: &[String]) -> Result<Vec<ProcessLine>, String> {
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
pub(super) mod tests {
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

    /// Two files with parameters, two processes, and a block of metadata.
    pub fn cells_scenario() -> Scenario {
        Scenario::parse("rush/hour.py", CELLS).unwrap()
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
    fn errors_stand_in_the_scenario_text() {
        let fails = |text: &str| Scenario::parse("a.py", text).unwrap_err().to_string();
        assert!(fails("# %% a.py\n# %% b.py\nn = 1 #@param {type:\"x\"}\n").starts_with("a.py:3:15: "));
        assert!(fails("# %% a.py\n# %% a.py\n").starts_with("a.py:2:1: two cells"));
        assert!(fails("# %% a.py\n\n# %% Procfile\n# web: a | b\n").starts_with("a.py:4:1: `a | b` needs a shell"));
        assert!(fails("# %% a.py\n# %% Procfile\n# nothing\n").starts_with("a.py:2:1: this Procfile has no process"));
        assert!(fails("# %% ../a.py\n").starts_with("a.py:1:1: `../a.py` cannot be"));
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
}
