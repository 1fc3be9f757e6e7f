//! The ground state: a text, the scenario it makes, and the reader's settings. All else follows from these.

use super::diagnostics::Diagnostic;
use super::link::Link;
use super::simulator::{self, Prepared};
use crate::world::{Scenario, ScenarioError, Settings};

/// A text with settings.
#[derive(Clone, Default)]
pub struct Program {
    /// The name of the published scenario; empty for a text from elsewhere.
    pub name: String,
    /// The text as it was published.
    pub published: String,
    /// The text that runs.
    pub text: String,
    /// What the text says; nothing while it cannot be read.
    pub scenario: Option<Scenario>,
    /// What the reader chose.
    pub settings: Settings,
    /// Where the recorded trace is that is shown in place of a run.
    pub trace: Option<String>,
}

impl Program {
    /// A published text as an address restores it.
    pub fn open(name: String, published: String, link: &Link) -> Program {
        let text = link.text.clone().unwrap_or_else(|| published.clone());
        let (values, python, seed) = (link.parameters.clone(), link.python.clone(), link.seed);
        let settings = Settings { values, python, seed, schedule: link.schedule.clone(), ..Settings::default() };
        Program { name, published, text, scenario: None, settings, trace: None }
    }

    /// Reads the text.
    pub fn read(&mut self) -> Result<&Scenario, Diagnostic> {
        self.scenario = None;
        let scenario = simulator::read(&self.file_name(), &self.text).map_err(diagnostic)?;
        Ok(self.scenario.insert(scenario))
    }

    /// The same program with another text, where that can be read and compiled; else the first mistake in it.
    pub fn edited(&self, text: String) -> Result<Program, Diagnostic> {
        let mut program = Program { text, ..self.clone() };
        program.read()?;
        let (prepared, _) = program.prepare()?;
        match prepared.mistakes().into_iter().next() {
            Some(mistake) => Err(diagnostic(mistake)),
            None => Ok(program),
        }
    }

    /// Everything a run depends on, and what to tell the reader about it.
    pub fn prepare(&self) -> Result<(Prepared, Vec<String>), Diagnostic> {
        let Some(scenario) = &self.scenario else {
            return Err(Diagnostic {
                file: String::new(),
                line: None,
                column: None,
                message: "there is no scenario".into(),
            });
        };
        let (prepared, notices) = simulator::prepare(scenario, &self.settings).map_err(diagnostic)?;
        Ok((prepared, notices.iter().map(ToString::to_string).collect()))
    }

    /// Gives a parameter a value; one that cannot be becomes the nearest that can. An error says that there is no such
    /// parameter.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let mut parameters = self.scenario.iter().flat_map(|scenario| &scenario.parameters);
        let parameter = parameters.find(|parameter| parameter.name == name);
        let parameter = parameter.ok_or_else(|| format!("the program has no parameter `{name}`"))?;
        let accepted = parameter.accept(value).unwrap_or_else(|refused| refused.nearest);
        self.settings.values.insert(name.into(), accepted);
        Ok(())
    }

    /// Whether it is the published text and nothing was chosen.
    pub fn is_as_published(&self) -> bool {
        self.text == self.published && self.settings == Settings::default()
    }

    /// The line of the text at which a line of one of its files stands.
    pub fn line_in_text(&self, file: &str, line: u32) -> Option<u32> {
        let file = self.scenario.as_ref()?.files.iter().find(|own| own.name == file)?;
        Some(file.line_in_scenario(line))
    }

    /// The file and its line at which a line of the text stands.
    pub fn locate(&self, line: u32) -> Option<(&str, u32)> {
        let (file, line) = self.scenario.as_ref()?.locate(line)?;
        Some((&file.name, line))
    }

    /// Where the program begins, after the block of metadata.
    pub fn first_line(&self) -> u32 {
        let is_program = |line: &&str| {
            !line.is_empty() && (!line.starts_with('#') || line.starts_with("# %%") || line.starts_with("#@"))
        };
        (1..).zip(self.text.lines()).find(|(_, line)| is_program(line)).map_or(1, |(number, _)| number)
    }

    /// The address of this program; the instant is the caller's to add.
    pub fn link(&self) -> Link {
        Link {
            scenario: Some(self.name.clone()).filter(|name| !name.is_empty()),
            parameters: self.settings.values.clone(),
            python: self.settings.python.clone(),
            seed: self.settings.seed,
            schedule: self.settings.schedule.clone(),
            at: None,
            range: None,
            is_folded: false,
            marks: Vec::new(),
            arrangement: Default::default(),
            folds: Default::default(),
            trace: self.trace.clone(),
            text: (self.text != self.published || (self.name.is_empty() && self.trace.is_none()))
                .then(|| self.text.clone()),
        }
    }

    fn file_name(&self) -> String {
        let name = if self.name.is_empty() { "program" } else { &self.name };
        if name.ends_with(".py") { name.into() } else { format!("{name}.py") }
    }
}

fn diagnostic(error: ScenarioError) -> Diagnostic {
    // Its lines are those of the scenario's text, not of one of its files.
    Diagnostic { file: String::new(), line: error.line, column: error.column, message: error.message }
}
