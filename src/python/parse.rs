//! From text to syntax tree, with Ruff's parser, and the places of its nodes in lines and columns.

use std::cell::Cell;

use ruff_python_ast::{Mod, ModModule, PythonVersion, Stmt, StmtExpr};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{TextRange, TextSize};

use super::code::Position;
use super::compile::Purpose;
use super::diagnostic::{Diagnostic, DiagnosticKind};

mod earlier;
mod fields;
mod mistakes;
mod scan;
mod strings;
mod wording;

/// The starts of a text's lines, to turn byte offsets into lines and columns.
pub struct Lines {
    /// Byte offset of the start of each line; the first is 0.
    starts: Vec<u32>,
    /// The line found last: neighbouring nodes are asked for one after another.
    last: Cell<usize>,
}

impl Lines {
    /// The lines of a text, ended by `\n`, `\r\n` or `\r`.
    pub fn new(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(0);
        for (i, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i as u32 + 1);
            }
        }
        Lines { starts, last: Cell::new(0) }
    }

    /// Line, counted from 1, and column in bytes, counted from 0.
    pub fn place(&self, offset: TextSize) -> (u32, u32) {
        let offset = offset.to_u32();
        let last = self.last.get();
        let is_in =
            |line: usize| self.starts[line] <= offset && self.starts.get(line + 1).is_none_or(|&next| offset < next);
        let line = if is_in(last) {
            last
        } else if last + 1 < self.starts.len() && is_in(last + 1) {
            last + 1
        } else {
            self.starts.partition_point(|&start| start <= offset) - 1
        };
        self.last.set(line);
        (line as u32 + 1, offset - self.starts[line])
    }

    /// Both ends of a range.
    pub fn position(&self, range: TextRange) -> Position {
        let (line, col) = self.place(range.start());
        let (end_line, end_col) = self.place(range.end());
        self.last.set(line as usize - 1);
        Position { line, end_line, col, end_col }
    }

    /// A complaint about a range.
    pub fn diagnostic(&self, kind: DiagnosticKind, range: TextRange, message: impl Into<String>) -> Diagnostic {
        let Position { line, end_line, col, end_col } = self.position(range);
        Diagnostic {
            kind,
            message: message.into(),
            line,
            col,
            end_line,
            end_col,
            is_by_parser: false,
            quoted: None,
            is_line_cut: end_line > line,
            is_at_end: false,
            hint: None,
        }
    }
}

/// Parses a module.
///
/// # Errors
/// What Ruff's parser complains about, in CPython's words where they are known, in the order of the text.
pub fn parse(text: &str, lines: &Lines, purpose: Purpose, version: (u32, u32)) -> Result<ModModule, Vec<Diagnostic>> {
    let mode = if purpose == Purpose::Eval { Mode::Expression } else { Mode::Module };
    let target = PythonVersion { major: version.0 as u8, minor: version.1 as u8 };
    let parsed = parse_unchecked(text, ParseOptions::from(mode).with_target_version(target));
    if !parsed.errors().is_empty() {
        return Err(wording::diagnostics(text, lines, parsed.tokens(), parsed.errors(), version));
    }
    if !parsed.unsupported_syntax_errors().is_empty() {
        return Err(wording::too_new(text, lines, parsed.tokens(), parsed.unsupported_syntax_errors(), version));
    }
    Ok(match parsed.into_syntax() {
        Mod::Module(module) => module,
        Mod::Expression(expression) => {
            let statement =
                StmtExpr { range: expression.range, node_index: expression.node_index.clone(), value: expression.body };
            ModModule {
                range: expression.range,
                node_index: expression.node_index,
                body: vec![Stmt::Expr(statement)].into(),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_and_byte_columns() {
        let lines = Lines::new("é = 1\r\nx\n\ny");
        assert_eq!(lines.place(TextSize::new(0)), (1, 0));
        assert_eq!(lines.place(TextSize::new(3)), (1, 3));
        assert_eq!(lines.place(TextSize::new(8)), (2, 0));
        assert_eq!(lines.place(TextSize::new(10)), (3, 0));
        assert_eq!(lines.place(TextSize::new(11)), (4, 0));
        assert_eq!(lines.place(TextSize::new(12)), (4, 1));
        assert_eq!(lines.place(TextSize::new(1)), (1, 1));
    }
}
