//! What a compiler says of a scenario's Python before anything runs.
//!
//! A run would say it too: the process whose program does not compile writes CPython's traceback and exits. Who edits a
//! text wants to know without losing the picture of the last run that worked.

use std::rc::Rc;

use super::error::ScenarioError;
use super::prepare::Prepared;
use super::scenario::SourceFile;
use crate::python::code::Source;
use crate::python::compile::compile_module;
use crate::python::diagnostic::source_line;

/// What a version 2 changes, said where a text was perhaps written for it.
const VERSION_2: &str = "2.7 stands for its GIL and its costs here; programs are written in Python 3";

impl Prepared {
    /// The first mistake of every Python file that does not compile, at its place in the scenario's text.
    pub fn mistakes(&self) -> Vec<ScenarioError> {
        let version = (self.python.major.into(), self.python.minor.into());
        let is_python = |file: &&SourceFile| file.name.ends_with(".py");
        let first = |file: &SourceFile| {
            let source = Source { filename: file.name.as_str().into(), text: file.text.clone(), is_library: false };
            let found = compile_module(Rc::new(source), version).err()?.into_iter().next()?;
            let before = source_line(&file.text, found.line).and_then(|line| line.get(..found.col as usize));
            let column = before.map_or(found.col, |before| before.chars().count() as u32) + 1;
            let hint = found.hint.or_else(|| (version.0 == 2).then(|| VERSION_2.to_string()));
            let hint = hint.map(|hint| format!(": {hint}")).unwrap_or_default();
            let message = format!("{}: {}{hint}", found.kind, found.message);
            Some(ScenarioError::at(&self.name, file.line_in_scenario(found.line), column, message))
        };
        self.files.iter().filter(is_python).filter_map(first).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::world::{Scenario, Settings};

    fn mistakes(text: &str) -> Vec<String> {
        let prepared = Scenario::parse("a.py", text).unwrap().with(&Settings::default()).unwrap();
        prepared.mistakes().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_file_that_does_not_compile_has_its_first_mistake_at_its_place_in_the_scenario() {
        let text = "# /// script\n# ///\n# %% a.py\nx = 1\n# %% b.py\n\nif x:\n    x['é'] = = 2\n# %% c.py\nbreak\n\
                    # %% Procfile\n# main: python a.py\n";
        assert_eq!(
            mistakes(text),
            ["a.py:8:14: SyntaxError: invalid syntax", "a.py:10:1: SyntaxError: 'break' outside loop"]
        );
        assert_eq!(mistakes("print('é')\n"), [""; 0]);
    }

    #[test]
    fn a_statement_of_python_2_is_told_what_the_version_means() {
        let settings = Settings { python: Some("2.7".into()), ..Settings::default() };
        let prepared = Scenario::parse("a.py", "print 'x'\n").unwrap().with(&settings).unwrap();
        let text = prepared.mistakes()[0].to_string();
        assert!(
            text.starts_with("a.py:1:1: SyntaxError: Missing parentheses") && text.ends_with(super::VERSION_2),
            "{text}"
        );
    }
}
