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
    let message = lines.iter().rev().find(|line| is_exception(line))?;
    let mut found = Diagnostic { file: String::new(), line: None, column: None, message: (*message).into() };
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

/// `ValueError: no`, `KeyboardInterrupt`: a name at the left margin, then nothing or a colon.
fn is_exception(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or("");
    let is_name =
        name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || "._".contains(c));
    let last = name.rsplit('.').next().unwrap_or("");
    is_name
        && [
            "Error",
            "Exception",
            "Interrupt",
            "Exit",
            "Warning",
            "Group",
            "Iteration",
            "Empty",
            "Full",
            "Timeout",
            "Cancelled",
        ]
        .iter()
        .any(|end| last.ends_with(end))
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
