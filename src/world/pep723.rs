//! The block of metadata at the head of a scenario (PEP 723), which `uv run` and `pipx run` read too.
//!
//! ```python
//! # /// script
//! # requires-python = ">=3.11"
//! # dependencies = ["fastapi", "anyio==4.3.0"]
//! # [tool.coroscope]
//! # title = "Five tokens, fifty requests"
//! # cores = 2
//! # ///
//! ```
//!
//! Lengths of time are nanoseconds. Keys of `[tool.coroscope]` that are not known are noticed, not refused, so
//! that a newer scenario still runs.

use toml::de::{DeTable, DeValue};

use super::error::Notice;
use super::metadata::{Metadata, Question};
use super::nearest::did_you_mean;
use super::requirement::{Requirement, Specifier, specifiers};
use super::version::Python;

/// A block and where it stood.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// What it says.
    pub metadata: Metadata,
    /// What is odd about it.
    pub notices: Vec<Notice>,
    /// The conditions of `requires-python`.
    pub requires: Vec<Specifier>,
}

const KEYS: [&str; 9] =
    ["title", "summary", "cores", "python", "seed", "costs", "leaves_out", "questions", "description"];

type Failure = (u32, u32, String);

/// Reads the block of a text. `None` where there is none; `Err` is line, column (from 1) and reason.
pub fn parse(text: &str) -> Result<Option<Block>, Failure> {
    let Some((first_line, toml)) = find(text)? else { return Ok(None) };
    let place = |offset: usize| {
        let before = &toml[..offset.min(toml.len())];
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        (first_line + line as u32, column as u32 + 3)
    };
    let fail = |span: std::ops::Range<usize>, message: String| {
        let (line, column) = place(span.start);
        (line, column, message)
    };
    let root = DeTable::parse(&toml)
        .map_err(|e| fail(e.span().unwrap_or(0..0), format!("this is not TOML: {}", e.message().replace('\n', " "))))?;
    let mut block = Block { metadata: Metadata::default(), notices: Vec::new(), requires: Vec::new() };
    let metadata = &mut block.metadata;
    let mut tool = None;
    for (key, value) in root.get_ref() {
        let span = value.span();
        match &**key.get_ref() {
            "requires-python" => {
                let text = string(value.get_ref()).map_err(|m| fail(span.clone(), format!("`requires-python` {m}")))?;
                block.requires = specifiers(&text).map_err(|m| fail(span, m))?;
                metadata.requires_python = Some(text);
            }
            "dependencies" => {
                for (span, text) in strings(value).map_err(|(span, m)| fail(span, format!("`dependencies` {m}")))? {
                    Requirement::parse(&text).map_err(|m| fail(span, m))?;
                    metadata.dependencies.push(text);
                }
            }
            "tool" => tool = value.get_ref().as_table().and_then(|tool| tool.get("coroscope")),
            _ => {}
        }
    }
    let Some(tool) = tool else { return Ok(Some(block)) };
    let Some(table) = tool.get_ref().as_table() else {
        return Err(fail(tool.span(), "`tool.coroscope` must be a table: write `[tool.coroscope]`".into()));
    };
    for (key, value) in table {
        let name = key.get_ref().replace('-', "_");
        let span = value.span();
        let wrong = |m: String| fail(span.clone(), format!("`{name}` {m}"));
        let value_ref = value.get_ref();
        match name.as_str() {
            "title" => metadata.title = Some(string(value_ref).map_err(wrong)?),
            "summary" | "description" => metadata.summary = Some(string(value_ref).map_err(wrong)?),
            "cores" => match whole(value_ref).map_err(wrong)? {
                cores @ 1..=1024 => metadata.cores = Some(cores as u32),
                _ => return Err(wrong("must be from 1 to 1024".into())),
            },
            "seed" => metadata.seed = Some(whole(value_ref).map_err(wrong)?),
            "python" => {
                let text = match value_ref {
                    DeValue::Float(number) => number.as_str().to_string(),
                    other => string(other).map_err(wrong)?,
                };
                metadata.python = Some(Python::parse(&text).map_err(|m| fail(span.clone(), m))?);
            }
            "costs" => match value_ref {
                DeValue::String(preset) => metadata.preset = Some(preset.to_string()),
                DeValue::Table(costs) => {
                    flatten("", costs, &mut |name, value, span| {
                        if name == "preset" {
                            metadata.preset = Some(string(value).map_err(|m| fail(span, format!("`preset` {m}")))?);
                        } else {
                            let ns = whole(value).map_err(|m| fail(span, format!("the cost `{name}` {m}")))?;
                            metadata.costs.insert(name, ns);
                        }
                        Ok(())
                    })?;
                }
                _ => return Err(wrong("must be a table of nanoseconds or the name of a preset".into())),
            },
            "leaves_out" => {
                metadata.leaves_out = match value_ref {
                    DeValue::String(one) => vec![one.to_string()],
                    _ => {
                        let texts = strings(value).map_err(|(span, m)| fail(span, format!("`{name}` {m}")))?;
                        texts.into_iter().map(|(_, text)| text).collect()
                    }
                }
            }
            "questions" => {
                let Some(items) = value_ref.as_array() else {
                    return Err(wrong("must be a list: write `[[tool.coroscope.questions]]`".into()));
                };
                for item in items.iter() {
                    let question = question(item.get_ref()).map_err(|m| fail(item.span(), m))?;
                    metadata.questions.push(question);
                }
            }
            _ => {
                let hint = did_you_mean(&name, KEYS.into_iter());
                let message = format!("`{name}` means nothing in [tool.coroscope]{hint}");
                block.notices.push(Notice { line: Some(place(key.span().start).0), message });
            }
        }
    }
    Ok(Some(block))
}

/// The TOML of the block and the line it begins on. A second block is an error; one that is not closed is none.
fn find(text: &str) -> Result<Option<(u32, String)>, Failure> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = None;
    let mut idx = 0;
    while idx < lines.len() {
        if lines[idx].trim_end() != "# /// script" {
            idx += 1;
            continue;
        }
        let is_content = |line: &&&str| **line == "#" || line.starts_with("# ") || line.trim_end() == "# ///";
        let n_content = lines[idx + 1..].iter().take_while(is_content).count();
        // PEP 723: the last `# ///` of the run of comment lines closes the block.
        let Some(end) = lines[idx + 1..][..n_content].iter().rposition(|line| line.trim_end() == "# ///") else {
            let message = "this block is not closed: write `# ///` on a line of its own below it";
            return Err((idx as u32 + 1, 1, message.into()));
        };
        if found.is_some() {
            return Err((idx as u32 + 1, 1, "there are two blocks of metadata: keep one `# /// script`".into()));
        }
        let content = &lines[idx + 1..][..end];
        let toml: Vec<&str> = content.iter().map(|line| line.get(2..).unwrap_or_default()).collect();
        found = Some((idx as u32 + 2, toml.join("\n")));
        idx += end + 2;
    }
    Ok(found)
}

fn string(value: &DeValue<'_>) -> Result<String, String> {
    value.as_str().map(String::from).ok_or_else(|| "must be a text in quotes".into())
}

fn whole(value: &DeValue<'_>) -> Result<u64, String> {
    let number = value.as_integer().and_then(|n| u64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok());
    number.ok_or_else(|| "must be a whole number from 0".into())
}

type Span = std::ops::Range<usize>;

fn strings(value: &toml::Spanned<DeValue<'_>>) -> Result<Vec<(Span, String)>, (Span, String)> {
    let must = "must be a list of texts in quotes";
    let items = value.get_ref().as_array().ok_or((value.span(), must.to_string()))?;
    items
        .iter()
        .map(|item| Ok((item.span(), string(item.get_ref()).map_err(|_| (item.span(), must.into()))?)))
        .collect()
}

/// Calls `each` with the dotted name of every value in nested tables.
fn flatten<E>(
    prefix: &str,
    table: &DeTable<'_>,
    each: &mut impl FnMut(String, &DeValue<'_>, Span) -> Result<(), E>,
) -> Result<(), E> {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) => flatten(&format!("{name}."), inner, each)?,
            other => each(name, other, value.span())?,
        }
    }
    Ok(())
}

fn question(value: &DeValue<'_>) -> Result<Question, String> {
    if let Some(ask) = value.as_str() {
        return Ok(Question { ask: ask.into(), ..Question::default() });
    }
    let table = value.as_table().ok_or("a question must be a text or a table with `ask`")?;
    let mut question = Question::default();
    for (key, value) in table {
        let wrong = |m: String| format!("`{}` of a question {m}", key.get_ref());
        match &**key.get_ref() {
            "ask" => question.ask = string(value.get_ref()).map_err(wrong)?,
            "because" => question.because = Some(string(value.get_ref()).map_err(wrong)?),
            "answer" => question.answer = Some(whole(value.get_ref()).map_err(wrong)? as usize),
            "choices" => {
                let texts = strings(value).map_err(|(_, m)| wrong(m))?;
                question.choices = texts.into_iter().map(|(_, text)| text).collect();
            }
            other => return Err(format!("a question has no `{other}`: it has ask, choices, answer, because")),
        }
    }
    match question.answer {
        _ if question.ask.is_empty() => Err("a question needs an `ask`".into()),
        Some(answer) if answer >= question.choices.len() => {
            Err(format!("answer {answer} is none of the {} choices, which count from 0", question.choices.len()))
        }
        _ => Ok(question),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(text: &str) -> Failure {
        parse(text).unwrap_err()
    }

    #[test]
    fn the_block_is_read_whole() {
        let text = r#"import os
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "fastapi",
#   "anyio==4.3.0",
# ]
#
# [tool.coroscope]
# title = "Five tokens"
# summary = "Ten waves."
# cores = 2
# python = "3.14t"
# seed = 7
# leaves_out = ["TLS"]
# [tool.coroscope.costs]
# preset = "article"
# asyncio.task_step = 500
# [[tool.coroscope.questions]]
# ask = "How long?"
# choices = ["1 s", "10 s"]
# answer = 1
# ///
"#;
        let block = parse(text).unwrap().unwrap();
        let metadata = block.metadata;
        assert_eq!(block.notices, []);
        assert_eq!(metadata.dependencies, ["fastapi", "anyio==4.3.0"]);
        assert_eq!(metadata.title.as_deref(), Some("Five tokens"));
        assert_eq!((metadata.cores, metadata.seed), (Some(2), Some(7)));
        assert_eq!(metadata.python.unwrap().to_string(), "3.14t");
        assert_eq!(metadata.preset.as_deref(), Some("article"));
        assert_eq!(metadata.costs, std::collections::BTreeMap::from([("asyncio.task_step".to_string(), 500)]));
        assert_eq!(metadata.leaves_out, ["TLS"]);
        assert_eq!(metadata.questions[0].choices.len(), 2);
    }

    #[test]
    fn no_block_is_no_metadata() {
        assert_eq!(parse("# /// other\n# x = 1\n# ///\nprint()\n"), Ok(None));
    }

    #[test]
    fn errors_point_into_the_scenario() {
        let head = "\n# /// script\n# [tool.coroscope]\n";
        assert_eq!(fails(&format!("{head}# title = \n# ///\n")).0, 4);
        let (line, column, message) = fails(&format!("{head}# cores = \"two\"\n# ///\n"));
        assert_eq!((line, column), (4, 11), "{message}");
        assert!(fails(&format!("{head}# cores = 0\n# ///\n")).2.contains("1 to 1024"));
        assert!(fails(&format!("{head}# python = \"3.99\"\n# ///\n")).2.contains("3.99"));
        assert!(fails("# /// script\n# dependencies = [\"==1\"]\n# ///\n").2.contains("requirement"));
        assert!(fails("# /// script\n# x = 1\n\n# ///\n").2.contains("not closed"));
        assert!(fails("# /// script\n# ///\n\n# /// script\n# ///\n").2.contains("two blocks"));
    }

    #[test]
    fn an_unknown_key_is_noticed() {
        let block = parse("# /// script\n# [tool.coroscope]\n# core = 2\n# ///\n").unwrap().unwrap();
        assert_eq!(block.notices[0].line, Some(3));
        assert!(block.notices[0].message.contains("did you mean cores"), "{}", block.notices[0].message);
    }
}
