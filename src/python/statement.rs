//! Where the statement at a line begins, so that another can be put before it.

use ruff_python_ast::Stmt;
use ruff_python_ast::statement_visitor::{StatementVisitor, walk_stmt};
use ruff_text_size::Ranged;

use super::compile::Purpose;
use super::parse::{Lines, parse};

/// A place before a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The line on which the statement begins.
    pub line: u32,
    /// What stands before it on that line.
    pub indent: String,
    /// Whether it is in an `async def` and awaits something; of a statement that has others inside, at the line asked for.
    pub awaits: bool,
}

/// The place before the innermost statement at a line that begins a line of its own; none where there is none, or the
/// text cannot be read.
pub fn place_before(text: &str, line: u32, version: (u32, u32)) -> Option<Place> {
    let lines = Lines::new(text);
    let module = parse(text, &lines, Purpose::Exec, version).ok()?;
    let of_text: Vec<&str> = text.lines().collect();
    let mut search = Search { lines: &lines, of_text: &of_text, line, is_in_async: false, found: None };
    module.body.iter().for_each(|statement| search.visit_stmt(statement));
    search.found
}

struct Search<'a> {
    lines: &'a Lines,
    of_text: &'a [&'a str],
    line: u32,
    is_in_async: bool,
    found: Option<Place>,
}

impl<'a> StatementVisitor<'a> for Search<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let place = self.lines.position(statement.range());
        if !(place.line..=place.end_line).contains(&self.line) {
            return;
        }
        let indent = &self.of_text[place.line as usize - 1][..place.col as usize];
        if indent.trim().is_empty() {
            let is_compound = matches!(
                statement,
                Stmt::FunctionDef(_)
                    | Stmt::ClassDef(_)
                    | Stmt::For(_)
                    | Stmt::While(_)
                    | Stmt::If(_)
                    | Stmt::With(_)
                    | Stmt::Match(_)
                    | Stmt::Try(_)
            );
            let (first, last) = if is_compound { (self.line, self.line) } else { (place.line, place.end_line) };
            let words = self.of_text[first as usize - 1..last as usize].iter();
            let mut words = words.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
            let awaits = self.is_in_async && words.any(|word| matches!(word, "await" | "async"));
            self.found = Some(Place { line: place.line, indent: indent.into(), awaits });
        }
        let around = self.is_in_async;
        match statement {
            Stmt::FunctionDef(function) => self.is_in_async = function.is_async,
            Stmt::ClassDef(_) => self.is_in_async = false,
            _ => {}
        }
        walk_stmt(self, statement);
        self.is_in_async = around;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
import asyncio
async def main():
    if True:
        x = await asyncio.gather(
            asyncio.sleep(1),
        )
    elif x: y = 1
    print(x); print(2)
asyncio.run(
    main())
";

    #[test]
    fn the_innermost_statement_that_begins_a_line_is_found_from_each_of_its_lines() {
        let places: Vec<(u32, usize, bool)> = (1..=10)
            .map(|line| place_before(TEXT, line, (3, 11)).map(|at| (at.line, at.indent.len(), at.awaits)).unwrap())
            .collect();
        assert_eq!(
            places,
            [
                (1, 0, false),
                (2, 0, false),
                (3, 4, false),
                (4, 8, true),
                (4, 8, true),
                (4, 8, true),
                (3, 4, false),
                (8, 4, false),
                (9, 0, false),
                (9, 0, false)
            ]
        );
        assert_eq!(place_before("\nx = 1\n", 1, (3, 11)), None);
        assert_eq!(place_before("x = (\n", 1, (3, 11)), None);
    }
}
