//! What is wrong with a reader's text, and its picture in the form CPython prints.

use std::fmt;

/// Which kind of complaint a [`Diagnostic`] is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DiagnosticKind {
    /// CPython refuses the text too.
    SyntaxError,
    /// CPython refuses the text too, because of its indentation.
    IndentationError,
    /// The same, because its tabs and spaces mean different things in different editors.
    TabError,
    /// Correct Python that this interpreter cannot run yet.
    Unsupported,
}

impl fmt::Display for DiagnosticKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DiagnosticKind::SyntaxError => "SyntaxError",
            DiagnosticKind::IndentationError => "IndentationError",
            DiagnosticKind::TabError => "TabError",
            DiagnosticKind::Unsupported => "Unsupported",
        })
    }
}

/// One complaint about a text, with the place it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Who complains.
    pub kind: DiagnosticKind,
    /// CPython's words where CPython complains too.
    pub message: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes of UTF-8, counted from 0.
    pub col: u32,
    /// Last line of the place.
    pub end_line: u32,
    /// Column after the last byte of the place.
    pub end_col: u32,
    /// Whether the parser found it. CPython's compiler, which comes later, quotes only texts that are in a file.
    pub is_by_parser: bool,
    /// The line it is about, where that is no line of the text (a replacement field of an f-string).
    pub quoted: Option<String>,
    /// Of a text that is in no file, CPython quotes the line without its end: the tokenizer is still inside it, or
    /// has left it behind.
    pub is_line_cut: bool,
    /// It is about a block that is missing where the text ends.
    pub is_at_end: bool,
    /// What to do, where it can be said.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// The lines CPython prints for an uncaught syntax error: place, source line, carets, message.
    pub fn render(&self, filename: &str, text: &str) -> String {
        let mut out = format!("  File \"{filename}\", line {}\n", self.line);
        if let Some(line) = self.quoted.as_deref().or_else(|| source_line(text, self.line)) {
            let stripped = line.trim_start_matches([' ', '\t', '\x0c']);
            let cut = line.len() - stripped.len();
            let stripped = stripped.trim_end();
            out.push_str(&format!("    {stripped}\n"));
            let col = (self.col as usize).saturating_sub(cut);
            let end =
                if self.end_line == self.line { (self.end_col as usize).saturating_sub(cut) } else { stripped.len() };
            let before = characters(stripped, 0, col);
            let width = characters(stripped, col, end).max(1);
            out.push_str(&format!("    {}{}\n", " ".repeat(before), "^".repeat(width)));
        }
        out.push_str(&format!("{}: {}\n", self.kind, self.message));
        if let Some(hint) = &self.hint {
            out.push_str(&format!("  {hint}\n"));
        }
        out
    }
}

/// Characters between two byte offsets of a line; offsets past its end count one a byte.
fn characters(line: &str, start: usize, end: usize) -> usize {
    let inside = line.char_indices().filter(|(at, _)| (start..end).contains(at)).count();
    inside + end.saturating_sub(start.max(line.len()))
}

/// The line with this number, without its end.
pub fn source_line(text: &str, line: u32) -> Option<&str> {
    text.lines().nth((line as usize).checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, col: u32, end_col: u32) -> Diagnostic {
        Diagnostic {
            is_line_cut: false,
            is_at_end: false,
            kind: DiagnosticKind::SyntaxError,
            message: "invalid syntax".into(),
            line,
            col,
            end_line: line,
            end_col,
            is_by_parser: true,
            quoted: None,
            hint: None,
        }
    }

    #[test]
    fn the_picture_is_cpythons() {
        let text = "x = 1\nif x:\n    y = = 2\n";
        assert_eq!(
            at(3, 8, 9).render("a.py", text),
            "  File \"a.py\", line 3\n    y = = 2\n        ^\nSyntaxError: invalid syntax\n"
        );
    }

    #[test]
    fn carets_count_characters_not_bytes() {
        let text = "é = ç ç\n";
        let (start, end) = (text.find("ç").unwrap() + 3, text.trim_end().len());
        assert_eq!(
            at(1, start as u32, end as u32).render("a.py", text),
            "  File \"a.py\", line 1\n    é = ç ç\n          ^\nSyntaxError: invalid syntax\n"
        );
    }

    #[test]
    fn a_place_past_the_end_of_the_line_still_gets_a_caret() {
        let text = "if x\n";
        assert_eq!(
            at(1, 4, 5).render("a.py", text),
            "  File \"a.py\", line 1\n    if x\n        ^\nSyntaxError: invalid syntax\n"
        );
    }
}
