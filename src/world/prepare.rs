//! A scenario made ready: the values put in, the commands in words, the versions and costs chosen.

use std::collections::BTreeMap;

use super::costs::Costs;
use super::error::{Notice, ScenarioError};
use super::form::{self, Parameter};
use super::nearest::did_you_mean;
use super::procfile::{ProcessLine, Words};
use super::read::process_lines;
use super::requirement::{LibrarySet, Requirement, library_set};
use super::scenario::{Scenario, Settings, SourceFile};
use super::schedule::Schedule;
use super::version::Python;

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
    /// Where the run departs from what comes by itself.
    pub schedule: Schedule,
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
    /// Whether it is there for others to connect to, so that the next process is better started when they can.
    pub fn is_server(&self) -> bool {
        let names_port = self.argv.iter().any(|word| word == "--port" || word.starts_with("--port="));
        names_port || self.is_service || self.argv.iter().any(|word| word == "uvicorn" || word == "fastapi")
    }

    /// The data server that programs with `redis://` in them expect to be there.
    fn redis() -> Program {
        let (name, command) = ("redis".to_string(), "redis-server".to_string());
        Program { name, argv: vec![command.clone()], command, env: Vec::new(), is_service: true }
    }
}

/// Cores of a scenario that says nothing (S-OS-01).
pub const DEFAULT_CORES: u32 = 4;

impl Scenario {
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
        let python = match &settings.python {
            Some(text) => Python::parse(text).map_err(fail)?,
            None => self.python().ok_or_else(|| {
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
            schedule: settings.schedule.clone(),
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::read::tests::cells_scenario;

    fn settings(values: &[(&str, &str)]) -> Settings {
        let values = values.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Settings { values, ..Settings::default() }
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
    fn costs_of_the_header_reach_the_table() {
        let text = "# /// script\n# [tool.coroscope]\n# costs = { machine.timer_slack = 7 }\n# ///\n";
        let prepared = Scenario::parse("a.py", text).unwrap().with(&Settings::default()).unwrap();
        assert_eq!(prepared.costs.machine.timer_slack, 7);
    }
}
