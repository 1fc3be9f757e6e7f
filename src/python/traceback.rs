//! Where an exception passed, and the text CPython prints for it.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::code::{Op, Position};
use super::deep::release;
use super::dict::Dict;
use super::names;
use super::unit::Unit;
use super::value::Value;
use super::vm::{R, Vm};

/// One frame of a traceback.
#[derive(Clone)]
pub struct Frame {
    /// Its code.
    pub unit: Rc<Unit>,
    /// The operation that was running.
    pub op: u32,
    /// The namespace of its module.
    pub globals: Option<Rc<Dict>>,
    /// What it leaves when it ends, which lives as long as the traceback.
    pub remains: Option<Rc<Remains>>,
}

/// What a frame that an exception has passed leaves to the tracebacks it is in.
#[derive(Default)]
pub struct Remains {
    /// Its variables, by slot, once it has ended.
    pub locals: RefCell<Vec<Value>>,
    /// Those of the frame that called it: `f_back` keeps them.
    pub back: RefCell<Option<Rc<Remains>>>,
}

impl Drop for Remains {
    fn drop(&mut self) {
        release((self.locals.take(), self.back.take()));
    }
}

impl Frame {
    /// An operation of code.
    pub fn new(unit: Rc<Unit>, op: u32) -> Frame {
        Frame { unit, op, globals: None, remains: None }
    }

    /// The same in a module.
    pub fn within(self, globals: &Rc<Dict>) -> Frame {
        Frame { globals: Some(globals.clone()), ..self }
    }

    /// Names and values of the variables of a frame that has ended.
    pub fn variables(&self) -> Dict {
        let found = Dict::new();
        let code = &self.unit.code;
        let locals = self.remains.as_ref().map(|remains| remains.locals.borrow());
        for (slot, value) in locals.iter().flat_map(|locals| locals.iter()).enumerate() {
            let value = match value {
                Value::Cell(cell) => cell.value.borrow().clone(),
                value => value.clone(),
            };
            let name = code.slot_name(slot as u32);
            if !value.is_null() && !name.text().starts_with('.') {
                found.set_name(name, value);
            }
        }
        found
    }

    /// `f_locals`: of a module's own code the module's namespace.
    pub fn namespace(&self) -> Rc<Dict> {
        match &self.globals {
            Some(globals) if &*self.unit.code.name == "<module>" => globals.clone(),
            _ => Rc::new(self.variables()),
        }
    }

    /// Where in the source. An operation that stands for no text counts to the one before it.
    pub fn position(&self) -> Position {
        let positions = &self.unit.code.positions;
        let end = positions.len().min(self.op as usize + 1);
        positions[..end].iter().rev().find(|at| at.line > 0).copied().unwrap_or_default()
    }

    /// The lines of a traceback for this frame: place, source line, carets under the expression when it is not
    /// the whole line (`Lib/traceback.py`, `StackSummary.format_frame_summary`).
    fn lines(&self, version: (u32, u32), has_carets: bool) -> Vec<String> {
        let code = &self.unit.code;
        let at = self.position();
        let mut out = vec![format!("  File \"{}\", line {}, in {}", code.source.filename, at.line, code.name)];
        // A text that was in no file cannot be quoted.
        if code.source.filename.starts_with('<') {
            return out;
        }
        let Some(line) = code.source.text.lines().nth((at.line as usize).saturating_sub(1)) else { return out };
        let shown = line.trim();
        if shown.is_empty() {
            return out;
        }
        out.push(format!("    {shown}"));
        if !has_carets || version < (3, 11) || at.end_col == 0 && at.end_line <= at.line {
            return out;
        }
        let indent = line.len() - line.trim_start().len();
        let end = if at.end_line == at.line { at.end_col as usize } else { line.trim_end().len() };
        let (start, end) = ((at.col as usize).saturating_sub(indent), end.saturating_sub(indent));
        let whole = start == 0 && end >= shown.len();
        if start >= end || end > shown.len() {
            return out;
        }
        let before = shown[..start.min(shown.len())].chars().count();
        let segment = &shown[start..end];
        let (mut left, mut middle, right) = self.anchors(segment, at);
        if version >= (3, 13)
            && left + right == 0
            && at.end_line == at.line
            && let Some(open) = call_place(segment)
        {
            // A call that is all that a `return` or a variable gets needs no line of carets.
            if is_whole_value(&shown[..start], &segment[..open]) {
                return out;
            }
            left = segment[..open].chars().count();
            middle -= left;
        }
        // A line that is underlined from end to end needs no line of carets, unless they point at something in it.
        if whole && left + right == 0 {
            return out;
        }
        out.push(format!("    {}{}{}{}", " ".repeat(before), "~".repeat(left), "^".repeat(middle), "~".repeat(right)));
        out
    }

    /// How many characters left of, in and right of the carets: of a binary operation only the operator has
    /// carets, of a subscript only the brackets.
    fn anchors(&self, text: &str, at: Position) -> (usize, usize, usize) {
        let all = (0, text.chars().count(), 0);
        if at.end_line != at.line {
            return all;
        }
        match self.unit.code.ops.get(self.op as usize) {
            Some(Op::Binary(_) | Op::Inplace(_) | Op::BinaryFastConst(..) | Op::BinaryFast2(..)) => {
                match operator_place(text) {
                    Some((start, end)) => {
                        let left = text[..start].chars().count();
                        let middle = text[start..end].chars().count();
                        (left, middle, all.1 - left - middle)
                    }
                    None => all,
                }
            }
            Some(Op::LoadItem | Op::StoreItem | Op::DeleteItem) => match subscript_place(text) {
                Some(start) => {
                    let left = text[..start].chars().count();
                    (left, all.1 - left, 0)
                }
                None => all,
            },
            _ => all,
        }
    }
}

/// Where CPython sees the operator of a text that is a binary operation: its first character, and the next where that
/// is no space but still before the right operand, as in `a//b` and `a+(b)` (Python/traceback.c,
/// `extract_anchors_from_expr`).
fn operator_place(text: &str) -> Option<(usize, usize)> {
    let parsed = ruff_python_parser::parse_expression(text).ok()?;
    let Expr::BinOp(operation) = parsed.expr() else { return None };
    let (from, to) = (operation.left.range().end().to_usize(), operation.right.range().start().to_usize());
    let between = &text[from..to];
    let start = from + between.find(|c: char| !c.is_whitespace() && c != ')')?;
    let is_wide = text[start + 1..to].starts_with(|c: char| !c.is_whitespace());
    Some((start, start + 1 + usize::from(is_wide)))
}

/// Where the arguments of a call begin, of a text that is one call and nothing else (3.13 marks them).
fn call_place(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    let mut open = None;
    let mut chars = text.char_indices();
    while let Some((i, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(q), _) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => {
                if depth == 0 {
                    open = (c == '(' && i > 0).then_some(i);
                }
                depth += 1;
            }
            (None, ')' | ']' | '}') => depth -= 1,
            (None, _) if depth == 0 && !(c.is_alphanumeric() || matches!(c, '_' | '.')) => return None,
            (None, _) => {}
        }
    }
    open.filter(|_| depth == 0 && text.ends_with(')'))
}

/// Whether a call stands behind `return`, a plain name being called, or behind a plain name and `=`.
fn is_whole_value(before: &str, function: &str) -> bool {
    let is_name = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    match before.trim_end() {
        "return" => is_name(function),
        before => before.strip_suffix('=').is_some_and(|target| is_name(target.trim_end()) && !target.is_empty()),
    }
}

/// Where the last subscript's bracket opens.
fn subscript_place(text: &str) -> Option<usize> {
    if !text.ends_with(']') {
        return None;
    }
    let mut depth = 0;
    for (i, c) in text.char_indices().rev() {
        match c {
            ']' | ')' | '}' => depth += 1,
            '[' | '(' | '{' => {
                depth -= 1;
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}

const CAUSE: &str = "The above exception was the direct cause of the following exception:";
const CONTEXT: &str = "During handling of the above exception, another exception occurred:";

/// What the text of an exception has beside the traceback itself.
#[derive(Clone, Copy)]
pub struct Manner {
    /// Whether names that nearly exist are suggested.
    pub suggests: bool,
    /// Whether carets stand under what a line was about (3.11 and later).
    pub has_carets: bool,
}

/// Where the text of an exception stands inside groups (`Lib/traceback.py`, `_ExceptionPrintContext`).
struct Boxes {
    /// How many groups are open around the line; each moves it two columns to the right.
    depth: usize,
    /// Whether the box that was opened last is still to be closed.
    need_close: bool,
    manner: Manner,
    out: Vec<String>,
}

impl Boxes {
    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    fn line(&mut self, margin: char, line: &str) {
        let line = if self.depth == 0 { line.to_string() } else { format!("{}{margin} {line}", self.indent()) };
        self.out.push(line);
    }

    fn lines(&mut self, lines: &[String]) {
        for line in lines {
            self.line('|', line);
        }
    }
}

impl Vm {
    /// The whole text of an uncaught exception, chained ones first; lines without line ends.
    pub fn format_exception(&mut self, exc: &Value) -> R<Vec<String>> {
        self.format_as(exc, Manner { suggests: true, has_carets: true })
    }

    /// The same in a manner of its own.
    pub fn format_as(&mut self, exc: &Value, manner: Manner) -> R<Vec<String>> {
        let mut boxes = Boxes { depth: 0, need_close: false, manner, out: Vec::new() };
        self.format_chain(exc, &mut boxes, &mut Vec::new())?;
        Ok(boxes.out)
    }

    /// The same without what it came of, as where an exception is ignored.
    pub fn format_alone(&mut self, exc: &Value, manner: Manner) -> R<Vec<String>> {
        self.format_one(exc, "Traceback (most recent call last):", manner)
    }

    fn format_chain(&mut self, exc: &Value, boxes: &mut Boxes, seen: &mut Vec<usize>) -> R<()> {
        seen.extend(exc.address());
        let linked = match exc {
            Value::Instance(i) => {
                i.exception().map(|e| (e.cause.borrow().clone(), e.context.borrow().clone(), e.suppress_context.get()))
            }
            _ => None,
        };
        if let Some((cause, context, suppress)) = linked {
            let fresh = |v: &Value| matches!(v, Value::Instance(_)) && !v.address().is_some_and(|a| seen.contains(&a));
            let link = if fresh(&cause) {
                Some((cause, CAUSE))
            } else if fresh(&context) && !suppress {
                Some((context, CONTEXT))
            } else {
                None
            };
            if let Some((other, text)) = link {
                self.format_chain(&other, boxes, seen)?;
                for line in ["", text, ""] {
                    boxes.line('|', line);
                }
            }
        }
        let group = self.types.base_exception_group.clone();
        if self.is_exception_of(exc, &group) {
            self.format_group(exc, boxes, seen)
        } else {
            let lines = self.format_one(exc, "Traceback (most recent call last):", boxes.manner)?;
            boxes.lines(&lines);
            Ok(())
        }
    }

    /// Traceback and exception lines of one exception.
    fn format_one(&mut self, exc: &Value, header: &str, manner: Manner) -> R<Vec<String>> {
        let mut out = Vec::new();
        let frames = self.traceback_frames(exc);
        if !frames.is_empty() {
            out.push(header.to_string());
            out.extend(self.format_frames(&frames, manner.has_carets));
        }
        out.extend(self.format_exception_only(exc, manner.suggests)?);
        Ok(out)
    }

    /// The frames of an exception, outermost first.
    pub fn traceback_frames(&self, exc: &Value) -> Vec<Frame> {
        match exc {
            Value::Instance(i) => match i.exception() {
                Some(e) => e.traceback.borrow().iter().rev().filter(|f| f.unit.is_shown()).cloned().collect(),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The lines of frames; more than three equal ones in a row are counted.
    pub fn format_frames(&self, frames: &[Frame], has_carets: bool) -> Vec<String> {
        let mut out = Vec::new();
        let mut i = 0;
        while i < frames.len() {
            let same = frames[i..]
                .iter()
                .take_while(|f| {
                    Rc::ptr_eq(&f.unit.code, &frames[i].unit.code) && f.position().line == frames[i].position().line
                })
                .count();
            for frame in &frames[i..i + same.min(3)] {
                out.extend(frame.lines(self.options.version, has_carets));
            }
            if same > 3 {
                let times = same - 3;
                let plural = if times > 1 { "s" } else { "" };
                out.push(format!("  [Previous line repeated {times} more time{plural}]"));
            }
            i += same;
        }
        out
    }

    /// `Type: message`, and what belongs to it (notes, the place of a syntax error).
    pub fn format_exception_only(&mut self, exc: &Value, suggests: bool) -> R<Vec<String>> {
        let class = self.class_of(exc);
        let name = self.qualified_type_name(exc);
        let name = name.strip_prefix("__main__.").unwrap_or(&name).to_string();
        let mut out = Vec::new();
        let syntax_error = self.types.syntax_error.clone();
        let message = if class.is_subclass(&syntax_error) {
            // What is written in C, up to 3.11, marks the place of an IndentationError by its first column.
            let is_narrow = suggests && self.options.version < (3, 12) && !Rc::ptr_eq(&class, &syntax_error);
            self.format_syntax_place(exc, is_narrow, &mut out)?
        } else {
            match self.str_of(exc) {
                Ok(text) => text.as_str().to_string(),
                Err(stop @ super::vm::Stop::Raise(_)) => {
                    drop(stop);
                    "<exception str() failed>".to_string()
                }
                Err(stop) => return Err(stop),
            }
        };
        let mut line = if message.is_empty() { name } else { format!("{name}: {message}") };
        if suggests {
            line.push_str(&self.suggestion(exc, true)?);
        }
        out.extend(line.split('\n').map(String::from));
        if let Value::Instance(i) = exc
            && let Some(Value::List(notes)) = i.attribute(names::NOTES)
        {
            let notes = notes.items.borrow().clone();
            for note in &notes {
                let text = self.str_of(note)?;
                out.extend(text.as_str().split('\n').map(String::from));
            }
        }
        Ok(out)
    }

    /// File, line and carets of a syntax error; returns its message (`Lib/traceback.py`, `_format_syntax_error`).
    fn format_syntax_place(&mut self, exc: &Value, is_narrow: bool, out: &mut Vec<String>) -> R<String> {
        let Value::Instance(i) = exc else { return Ok(String::new()) };
        let read = |name: &str| i.attribute(super::name::Sym::new(name)).unwrap_or(Value::None);
        let number = |name: &str| match read(name) {
            Value::Int(n) => Some(n),
            _ => None,
        };
        let (file, line) = (read("filename"), number("lineno"));
        let mut suffix = String::new();
        match (file.as_str(), line) {
            (file, Some(line)) => out.push(format!("  File \"{}\", line {line}", file.unwrap_or("<string>"))),
            (Some(file), None) => suffix = format!(" ({file})"),
            (None, None) => {}
        }
        if let (Some(text), Some(_)) = (read("text").as_str(), line) {
            let text = text.trim_end_matches('\n');
            let shown = text.trim_start_matches([' ', '\n', '\x0c', '\t']);
            let cut = (text.chars().count() - shown.chars().count()) as i64;
            out.push(format!("    {shown}"));
            if let Some(offset) = number("offset") {
                let last = text.chars().count() as i64 + 1;
                let end = match number("end_offset") {
                    _ if number("end_lineno").is_some_and(|end| Some(end) != line) => last,
                    None | Some(0) => offset,
                    Some(end) => end,
                };
                let end = if end == offset || end == -1 || is_narrow { offset + 1 } else { end };
                let (start, end) = (offset - 1 - cut, end - 1 - cut);
                if start >= 0 {
                    let before = shown.chars().chain(std::iter::repeat(' ')).take(start as usize);
                    let before: String = before.map(|c| if c.is_whitespace() { c } else { ' ' }).collect();
                    out.push(format!("    {before}{}", "^".repeat((end - start).max(0) as usize)));
                }
            }
        }
        let message = match read("msg") {
            Value::None => "None".to_string(),
            message => self.str_of(&message)?.as_str().to_string(),
        };
        Ok(if message.is_empty() { format!("<no detail available>{suffix}") } else { message + &suffix })
    }

    /// A group: its own traceback, then each part in a box.
    fn format_group(&mut self, exc: &Value, boxes: &mut Boxes, seen: &mut Vec<usize>) -> R<()> {
        const MAX_WIDTH: usize = 15;
        const MAX_DEPTH: usize = 10;
        if boxes.depth > MAX_DEPTH {
            boxes.line('|', &format!("... (max_group_depth is {MAX_DEPTH})"));
            return Ok(());
        }
        let is_outermost = boxes.depth == 0;
        if is_outermost {
            boxes.depth = 1;
        }
        let header = "Exception Group Traceback (most recent call last):";
        let mut lines = self.format_one(exc, header, boxes.manner)?;
        // A group that was never raised has no traceback to begin with.
        if is_outermost && lines.first().is_some_and(|line| line == header) {
            boxes.line('+', header);
            lines.remove(0);
        }
        boxes.lines(&lines);
        let parts = super::types::exception::arguments(exc);
        let parts = match parts.get(1) {
            Some(parts) => self.collect(parts)?,
            None => Vec::new(),
        };
        let n_shown = parts.len().min(MAX_WIDTH + 1);
        boxes.need_close = false;
        for (i, part) in parts.iter().enumerate().take(n_shown) {
            let is_last = i + 1 == n_shown;
            boxes.need_close |= is_last;
            let title = if i < MAX_WIDTH { (i + 1).to_string() } else { "...".to_string() };
            let open = if i == 0 { "+-" } else { "  " };
            boxes.out.push(format!("{}{open}+---------------- {title} ----------------", boxes.indent()));
            boxes.depth += 1;
            if i < MAX_WIDTH {
                self.format_chain(part, boxes, seen)?;
            } else {
                let n_more = parts.len() - MAX_WIDTH;
                boxes.line('|', &format!("and {n_more} more exception{}", if n_more > 1 { "s" } else { "" }));
            }
            if is_last && boxes.need_close {
                boxes.out.push(format!("{}+------------------------------------", boxes.indent()));
                boxes.need_close = false;
            }
            boxes.depth -= 1;
        }
        if is_outermost {
            boxes.depth = 0;
        }
        Ok(())
    }

    /// `. Did you mean: 'x'?` for names and attributes that nearly exist; names nearby where the traceback is at hand.
    pub fn suggestion(&mut self, exc: &Value, has_traceback: bool) -> R<String> {
        let Value::Instance(i) = exc else { return Ok(String::new()) };
        let text = |name: &str| i.attribute(super::name::Sym::new(name)).and_then(|n| n.as_str().map(String::from));
        if self.is_exception_of(exc, &self.types.import_error.clone()) {
            // From 3.12 on what a module nearly has.
            let (Some(module), Some(name)) = (text("name"), text("name_from")) else { return Ok(String::new()) };
            let Some(module) = self.modules.str(&module).filter(|_| self.options.version >= (3, 12)) else {
                return Ok(String::new());
            };
            let candidates: Vec<String> =
                self.dir(&module)?.iter().filter_map(|n| n.as_str().map(String::from)).collect();
            return Ok(closest(&name, &candidates).map_or(String::new(), |found| format!(". Did you mean: '{found}'?")));
        }
        let Some(name) = text("name") else { return Ok(String::new()) };
        let is_name_error = self.is_exception_of(exc, &self.types.name_error.clone());
        if is_name_error && self.options.version >= (3, 12) {
            return self.suggestion_for_name(exc, &name, has_traceback);
        }
        let candidates: Vec<String> = if self.is_exception_of(exc, &self.types.attribute_error.clone()) {
            let Some(object) = i.attribute(names::OBJ) else { return Ok(String::new()) };
            self.dir(&object)?.iter().filter_map(|n| n.as_str().map(String::from)).collect()
        } else if is_name_error {
            self.visible_names(exc)
        } else {
            return Ok(String::new());
        };
        Ok(match closest(&name, &candidates) {
            Some(found) => format!(". Did you mean: '{found}'?"),
            None => String::new(),
        })
    }

    /// What 3.12 and later say of a name: an attribute of `self`, a name nearby, a module.
    fn suggestion_for_name(&mut self, exc: &Value, name: &str, has_traceback: bool) -> R<String> {
        let own = self.traceback_frames(exc).last().and_then(|frame| frame.variables().str("self"));
        let is_own = match &own {
            Some(own) => self.find_attr(own, super::name::Sym::new(name))?.is_some(),
            None => false,
        };
        let found = match (has_traceback, is_own) {
            (false, _) => None,
            (true, true) => Some(format!("self.{name}")),
            (true, false) => closest(name, &self.visible_names(exc)).map(String::from),
        };
        let is_module = match self.sys("stdlib_module_names")? {
            Some(names) => self.contains(&names, &Value::str(name))?,
            None => false,
        };
        let mark = if self.options.version >= (3, 13) { "?" } else { "" };
        Ok(match (found, is_module) {
            (Some(found), false) => format!(". Did you mean: '{found}'?"),
            (Some(found), true) => format!(". Did you mean: '{found}'? Or did you forget to import '{name}'{mark}"),
            (None, true) => format!(". Did you forget to import '{name}'{mark}"),
            (None, false) => String::new(),
        })
    }

    /// Names that the frame of a `NameError` could have meant.
    fn visible_names(&self, exc: &Value) -> Vec<String> {
        let frames = self.traceback_frames(exc);
        let mut found: Vec<String> = Vec::new();
        if let Some(frame) = frames.last() {
            found.extend(frame.unit.code.varnames.iter().map(|n| n.text().to_string()));
            if let Some(globals) = &frame.globals {
                found.extend(globals.keys().iter().filter_map(|k| k.as_str().map(String::from)));
            }
        }
        found.extend(self.builtins.keys().iter().filter_map(|k| k.as_str().map(String::from)));
        found
    }
}

/// The nearest candidate by edit distance, near enough to be meant (`Python/suggestions.c`).
fn closest<'a>(name: &str, candidates: &'a [String]) -> Option<&'a str> {
    const MOVE: usize = 2;
    const CASE: usize = 1;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == name {
            continue;
        }
        let limit = (name.len() + candidate.len() + 3) * MOVE / 6;
        let limit = best.map_or(limit, |(d, _)| limit.min(d.saturating_sub(1)));
        let distance = edit_distance(name.as_bytes(), candidate.as_bytes(), MOVE, CASE);
        if distance <= limit && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, found)| found)
}

fn edit_distance(a: &[u8], b: &[u8], step: usize, case: usize) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).map(|j| j * step).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) * step;
        for (j, &y) in b.iter().enumerate() {
            let substitute = diagonal
                + if x == y {
                    0
                } else if x.eq_ignore_ascii_case(&y) {
                    case
                } else {
                    step
                };
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + step).min(row[j + 1] + step);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operator_is_where_cpython_puts_its_carets() {
        // CPython 3.11 to 3.13 underlines the parenthesis behind an operator too.
        let cases = ["1/(x-2)", "a + (b)", "( a )+( b )", "a//b", "a+(1, 2)", "a ** b", "a[i + 1] @ b"];
        let marked = cases.map(|text| operator_place(text).map(|(start, end)| &text[start..end]));
        let expected = ["/(", "+", "+(", "//", "+", "**", "@"];
        assert_eq!(marked, expected.map(Some));
        assert_eq!(["f(a + b)", "a < b", "x += 1"].map(operator_place), [None; 3]);
    }
}
