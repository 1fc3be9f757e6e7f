//! What stands in the frames of a program that stands still: names and values, in words.

use std::rc::Rc;

use crate::python::brief::brief;
use crate::python::code::{Code, Op, flag};
use crate::python::dict::Dict;
use crate::python::generator::{GenState, Generator};
use crate::python::value::Value;

use super::frame::{Frame, Suspended};
use super::{FiberId, Vm};

/// At most so many names of a frame or module are told.
const MOST_NAMES: usize = 40;

/// A frame of one of the program's own files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FrameView {
    /// The function, as `C.f`; `<module>` for a file itself.
    pub function: String,
    /// The file.
    pub file: Rc<str>,
    /// The line that it stands at.
    pub line: u32,
    /// Its names with their values, in the order of the function's text.
    pub variables: Vec<(String, String)>,
}

/// The data in the namespace of a file: what is no module, function or class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Globals {
    /// The file.
    pub file: Rc<str>,
    /// Its names with their values, in the order in which they came to be.
    pub variables: Vec<(String, String)>,
}

impl Vm {
    /// The program's own frames on a fiber, innermost first.
    pub fn frames_of_fiber(&self, id: FiberId) -> Vec<FrameView> {
        let Some(fiber) = self.fiber_of(id) else { return Vec::new() };
        views(&fiber.frames, &fiber.stack)
    }

    /// The program's own frames of a coroutine and of what it awaits, innermost first.
    pub fn frames_of_coroutine(&self, coroutine: &Generator) -> Vec<FrameView> {
        if coroutine.state.get() == GenState::Running {
            let n_fibers = self.fibers.len() as u32;
            let fibers = (0..n_fibers).filter_map(|id| self.fiber_of(FiberId(id)));
            for fiber in fibers {
                let is_own =
                    |frame: &Frame| frame.generator.as_ref().is_some_and(|own| std::ptr::eq(&**own, coroutine));
                if let Some(first) = fiber.frames.iter().position(is_own) {
                    return views(&fiber.frames[first..], &fiber.stack);
                }
            }
        }
        let mut found = Vec::new();
        awaited(coroutine, &mut found);
        found.reverse();
        found
    }

    /// The data of the program's own files, as far as a fiber's frames stand in them.
    pub fn globals_of_fiber(&self, id: FiberId) -> Vec<Globals> {
        let mut found: Vec<Globals> = Vec::new();
        let frames = self.fiber_of(id).map_or(&[][..], |fiber| &fiber.frames);
        for frame in frames.iter().filter(|frame| !frame.unit.code.source.is_library) {
            let file = frame.unit.code.source.filename.clone();
            if !found.iter().any(|globals| globals.file == file) {
                found.push(Globals { file, variables: data_of(&frame.globals) });
            }
        }
        found
    }

    fn fiber_of(&self, id: FiberId) -> Option<&super::frame::Fiber> {
        if id == self.current { Some(&self.fiber) } else { self.fibers.get(id.0 as usize)?.as_ref() }
    }
}

/// The program's own among the frames of a fiber, innermost first.
fn views(frames: &[Frame], stack: &[Value]) -> Vec<FrameView> {
    let own = frames.iter().rev().filter(|frame| !frame.unit.code.source.is_library);
    own.map(|frame| view(frame, stack.get(frame.base as usize..).unwrap_or(&[]), false)).collect()
}

/// The program's own among the frames of a coroutine that is put aside and of what it awaits, outermost first.
fn awaited(coroutine: &Generator, found: &mut Vec<FrameView>) {
    let suspended = coroutine.suspended.borrow();
    let Some(Suspended { frame, stack, .. }) = suspended.as_ref() else { return };
    let code = &frame.unit.code;
    let awaits = matches!(code.ops.get(frame.ip as usize), Some(Op::YieldFrom));
    if !code.source.is_library {
        found.push(view(frame, stack, awaits));
    }
    if let Some(Value::Gen(inner)) = stack.len().checked_sub(2).map(|below| &stack[below]).filter(|_| awaits) {
        awaited(inner, found);
    }
}

/// A frame whose slots are the first of these values. One that awaits stands at its next operation, any other at the one
/// before.
fn view(frame: &Frame, slots: &[Value], awaits: bool) -> FrameView {
    let code = &frame.unit.code;
    let op = if awaits { frame.ip as usize } else { frame.ip.saturating_sub(1) as usize };
    let variables = match frame.namespace() {
        Some(namespace) => data_of(namespace),
        None if code.has(flag::OPTIMIZED) => slots_of(code, slots),
        None => data_of(&frame.globals),
    };
    FrameView {
        function: code.qualname.to_string(),
        file: code.source.filename.clone(),
        line: code.positions.get(op).map_or(code.first_line, |position| position.line),
        variables,
    }
}

fn slots_of(code: &Code, slots: &[Value]) -> Vec<(String, String)> {
    let named = slots.iter().enumerate().take(code.n_slots()).map(|(slot, value)| (code.slot_name(slot as u32), value));
    let told = named.filter_map(|(name, value)| {
        let is_empty = match value {
            Value::Null => true,
            Value::Cell(cell) => cell.value.borrow().is_null(),
            _ => false,
        };
        (!is_empty && !name.text().starts_with('.')).then(|| (name.text().to_string(), brief(value)))
    });
    told.take(MOST_NAMES).collect()
}

/// What is data in a namespace, and not of the interpreter's own making.
fn data_of(namespace: &Dict) -> Vec<(String, String)> {
    let mut found = Vec::new();
    namespace.each(|entry| {
        let Some(name) = entry.key.as_str() else { return };
        let is_data = !matches!(entry.value, Value::Module(_) | Value::Func(_) | Value::Class(_) | Value::Native(_));
        if is_data && !name.starts_with("__") && found.len() < MOST_NAMES {
            found.push((name.to_string(), brief(&entry.value)));
        }
    });
    found
}
