//! What is wrong with a program, in words, with the line of the text where it can be said.

/// A reason why a program did not run to its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The file it is in, by its name in the scenario; empty for the scenario's own text.
    pub file: String,
    /// The line in that file, from 1.
    pub line: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
    /// What is wrong.
    pub message: String,
}

/// What a traceback says: the innermost place in one of the viewer's own files, and the exception.
///
/// ```text
/// Traceback (most recent call last):
///   File "server.py", line 12, in <module>
///     main()
/// ValueError: no
/// ```
///
/// A syntax error has a line of carets, which gives the column.
pub fn of_traceback(stderr: &str, files: &[&str]) -> Option<Diagnostic> {
    let lines: Vec<&str> = stderr.lines().collect();
    let message = message(&lines)?;
    let mut found = Diagnostic { file: String::new(), line: None, column: None, message: message.into() };
    for (i, line) in lines.iter().enumerate() {
        let Some((file, number)) = place(line) else { continue };
        let name = files.iter().find(|name| file == **name || file.ends_with(&format!("/{name}")));
        if let Some(name) = name {
            found.file = (*name).into();
            found.line = Some(number);
            found.column = caret(&lines[i + 1..]);
        }
    }
    Some(found)
}

/// The same of a program that went on although something in it failed: a thread, a task that nobody awaits, a callback.
pub fn of_what_went_on(stderr: &str, files: &[&str]) -> Option<Diagnostic> {
    let heads = ["Exception in thread", "Task exception was never retrieved", "Exception in callback"];
    let at = heads.iter().filter_map(|head| stderr.rfind(head)).max()?;
    let mut found = of_traceback(&stderr[at..], files)?;
    let head = stderr[at..].lines().next().unwrap_or_default().trim_end_matches(':');
    found.message = format!("{head}: {}", found.message);
    Some(found)
}

/// What may help a reader whose program ended with this exception.
pub fn hint(message: &str) -> Option<&'static str> {
    message.starts_with("ModuleNotFoundError: No module named").then_some(
        "nothing can be installed here; there is much of the standard library and what is common for concurrency, such as \
         fastapi, aiohttp, httpx, anyio, trio, celery and redis",
    )
}

/// The exception behind the last traceback: the line that ends its indented ones.
fn message<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let last = lines.iter().rposition(|line| place(line).is_some())?;
    let after = lines[last + 1..].iter();
    let is_inside = |line: &&&str| line.starts_with(' ') || line.is_empty();
    after.skip_while(is_inside).map(|line| &**line).next().or_else(|| group(lines))
}

/// Of a group of exceptions, whose lines are all in a frame of `|`, what the outermost is.
fn group<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let mut framed = lines.iter().filter_map(|line| line.strip_prefix("  | "));
    framed.find(|line| line.starts_with(char::is_alphabetic))
}

/// The file and the line of `  File "a.py", line 3`.
fn place(line: &str) -> Option<(&str, u32)> {
    let rest = line.trim_start().trim_start_matches(['|', ' ']).strip_prefix("File \"")?;
    let (file, rest) = rest.split_once("\", line ")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((file, digits.parse().ok()?))
}

/// The column of the first caret under the line of code that follows a place. The code is shown stripped and
/// indented by four, so this is the column in the stripped line.
fn caret(after: &[&str]) -> Option<u32> {
    let carets = after.get(1)?;
    let is_carets = carets.contains('^') && carets.chars().all(|c| " ^~".contains(c));
    let at = carets.find(['^', '~'])?;
    is_carets.then(|| (at as u32).saturating_sub(4) + 1)
}
