//! The commands of a scenario: one line a process, `web: uvicorn server:app --port 5003`.
//!
//! A command is split into words as a POSIX shell splits it; what a shell would do beyond that (pipes,
//! redirection, variables) has no counterpart in the simulation and is refused by name.

use serde::{Deserialize, Serialize};

/// One line of a Procfile.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProcessLine {
    /// What the process is called in the picture.
    pub name: String,
    /// The command as written.
    pub command: String,
}

/// A command in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// Environment variables written before the command, in order.
    pub env: Vec<(String, String)>,
    /// The program and its arguments.
    pub argv: Vec<String>,
}

impl ProcessLine {
    /// Reads `NAME: COMMAND`. The name is letters, digits, `_` and `-`.
    pub fn parse(line: &str) -> Option<ProcessLine> {
        let (name, command) = line.split_once(':')?;
        let (name, command) = (name.trim(), command.trim());
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        // `http://…` in a comment has the shape of a process and is none.
        (is_name && !command.is_empty() && !command.starts_with("//"))
            .then(|| ProcessLine { name: name.into(), command: command.into() })
    }

    /// The command in words, or why it cannot be run.
    pub fn words(&self) -> Result<Words, String> {
        let mut argv = split(&self.command)?;
        let is_assignment = |word: &String| {
            word.split_once('=').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            })
        };
        let n_env = argv.iter().take_while(|word| is_assignment(word)).count();
        let env = argv.drain(..n_env).filter_map(|w| w.split_once('=').map(|(k, v)| (k.into(), v.into()))).collect();
        if argv.is_empty() {
            return Err(format!("process `{}` has no command", self.name));
        }
        Ok(Words { env, argv })
    }
}

/// The process lines of a Procfile or a Procfile cell, each with its line number from 1.
///
/// Every line may stand behind a `#` (so that a scenario stays a Python file); a commented line that is not
/// a process is a comment. `Err` holds the line number and the reason.
pub fn parse(text: &str) -> Result<Vec<(u32, ProcessLine)>, (u32, String)> {
    let mut processes: Vec<(u32, ProcessLine)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let bare = line.trim_start_matches(['#', ' ', '\t']).trim_end();
        match ProcessLine::parse(bare) {
            Some(process) => {
                process.words().map_err(|message| (number, message))?;
                if processes.iter().any(|(_, other)| other.name == process.name) {
                    return Err((number, format!("two processes are called `{}`: rename one", process.name)));
                }
                processes.push((number, process));
            }
            None if bare.is_empty() || line.trim_start().starts_with('#') => {}
            None => return Err((number, format!("`{bare}` is not a process: write `NAME: COMMAND`"))),
        }
    }
    Ok(processes)
}

/// Splits a command into words: blanks separate, quotes and backslashes protect.
fn split(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = command.chars();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next() {
                        Some('\'') => break,
                        Some(c) => word.push(c),
                        None => return Err(format!("`{command}` opens a ' and does not close it")),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next() {
                        Some('"') => break,
                        Some('\\') => match chars.next() {
                            Some(c @ ('"' | '\\' | '$' | '`')) => word.push(c),
                            Some(c) => word.extend(['\\', c]),
                            None => return Err(format!("`{command}` ends in a backslash")),
                        },
                        Some(c @ ('$' | '`')) => return Err(no_shell(command, c)),
                        Some(c) => word.push(c),
                        None => return Err(format!("`{command}` opens a \" and does not close it")),
                    }
                }
            }
            '\\' => match chars.next() {
                Some(c) => word.get_or_insert_default().push(c),
                None => return Err(format!("`{command}` ends in a backslash")),
            },
            '#' if word.is_none() => break,
            '|' | '&' | ';' | '<' | '>' | '(' | ')' | '$' | '`' => return Err(no_shell(command, c)),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

fn no_shell(command: &str, c: char) -> String {
    format!("`{command}` needs a shell for its `{c}`, and there is none: write one plain command a process")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argv(command: &str) -> Result<Vec<String>, String> {
        ProcessLine { name: "main".into(), command: command.into() }.words().map(|words| words.argv)
    }

    #[test]
    fn lines_may_stand_behind_a_hash() {
        let text = "# The server comes first.\n# web: uvicorn server:app --port 5003\n\nclient: python client.py\n";
        let found = parse(text).unwrap();
        assert_eq!(found[0].0, 2);
        assert_eq!(found[0].1.command, "uvicorn server:app --port 5003");
        assert_eq!((found[1].0, &*found[1].1.name), (4, "client"));
    }

    #[test]
    fn a_comment_with_an_address_is_no_process() {
        assert_eq!(parse("# see https://example.org\n# https://example.org\n"), Ok(vec![]));
    }

    #[test]
    fn a_line_that_is_no_process_is_refused_where_it_stands() {
        let (line, message) = parse("web: uvicorn a:b\npython client.py\n").unwrap_err();
        assert_eq!(line, 2);
        assert!(message.contains("NAME: COMMAND"), "{message}");
        assert_eq!(parse("a: x\na: y\n").unwrap_err().0, 2);
    }

    #[test]
    fn words_are_split_as_a_shell_splits_them() {
        assert_eq!(argv(r#"python -c 'a b' "c \" d" e\ f"#).unwrap(), ["python", "-c", "a b", "c \" d", "e f"]);
        assert_eq!(argv("python '' x # why").unwrap(), ["python", "", "x"]);
    }

    #[test]
    fn environment_variables_may_stand_before_the_command() {
        let line = ProcessLine { name: "main".into(), command: "PYTHONASYNCIODEBUG=1 python a.py x=y".into() };
        let words = line.words().unwrap();
        assert_eq!(words.env, [("PYTHONASYNCIODEBUG".to_string(), "1".to_string())]);
        assert_eq!(words.argv, ["python", "a.py", "x=y"]);
    }

    #[test]
    fn what_needs_a_shell_is_refused_by_name() {
        for command in ["a | b", "a > b", "a && b", "a --port $PORT", "a `b`", "a \"$X\""] {
            assert!(argv(command).unwrap_err().contains("needs a shell"), "{command}");
        }
        assert!(argv("a 'b").is_err());
    }
}
