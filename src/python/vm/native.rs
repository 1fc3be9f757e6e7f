//! What natives use of the machine: calls, answers that are kept, traps.

use std::rc::Rc;

use super::frame::Answer;
use super::{Action, R, Resumption, Stop, Vm};
use crate::python::function::Args;
use crate::python::generator::Generator;
use crate::python::name::Sym;
use crate::python::trap::Trap;
use crate::python::value::Value;

impl Vm {
    /// Calls an object. If that needs Python, the native function stops here and runs again with the answer.
    pub fn call(&mut self, callee: &Value, args: &[Value]) -> R {
        self.call_with(callee, args, &[])
    }

    /// Calls an object with keyword arguments; see [`Vm::call`].
    pub fn call_with(&mut self, callee: &Value, args: &[Value], kwargs: &[(Sym, Value)]) -> R {
        self.call_inline(callee, args, kwargs)
    }

    /// Ends a native function with the result of a call.
    pub fn tail_call(&mut self, callee: Value, args: Vec<Value>) -> R {
        if self.is_python(&callee) {
            return Err(Stop::Tail(Box::new(Action::Call { callee, args, kwargs: Vec::new() })));
        }
        self.call(&callee, &args)
    }

    /// Does a step that must not be done again when the native function runs again.
    pub fn recorded(&mut self, step: impl FnOnce(&mut Vm) -> R) -> R {
        let start = self.cursor;
        self.recording += 1;
        let depth = self.recording;
        let loops = std::mem::take(&mut self.loops);
        if let Some(answer) = self.fiber.answers.get(start)
            && answer.depth == depth
            && answer.progress.is_none()
        {
            self.recording -= 1;
            self.loops = loops;
            self.cursor += 1;
            return answer.result.clone().map_err(Stop::Raise);
        }
        let result = step(self);
        self.recording -= 1;
        self.loops = loops;
        let result = match result {
            Ok(value) => Ok(value),
            Err(Stop::Raise(exc)) => Err(exc),
            Err(other) => return Err(other),
        };
        // One answer in place of those that the step itself needed.
        self.fiber.answers.truncate(start);
        self.fiber.answers.push(Answer::result(depth, result.clone()));
        self.cursor = start + 1;
        result.map_err(Stop::Raise)
    }

    /// The remembered answer to the question that comes next, if there is one.
    pub(super) fn next_answer(&mut self) -> Option<R> {
        let answer = self.fiber.answers.get(self.cursor)?;
        debug_assert_eq!(answer.depth, 0, "a native function asks the same questions every time");
        let result = answer.result.clone();
        self.cursor += 1;
        Some(result.map_err(Stop::Raise))
    }

    /// Resumes a generator from a native function; see [`Vm::call`].
    pub fn resume(&mut self, generator: &Rc<Generator>, how: Resumption) -> R {
        match self.next_answer() {
            Some(answer) => answer,
            None => Err(Stop::Need(Box::new(Action::Resume(generator.clone(), how)))),
        }
    }

    /// Asks the machine from inside a native function that goes on afterwards.
    pub fn ask(&mut self, trap: Trap) -> R {
        match self.next_answer() {
            Some(answer) => answer,
            None => Err(Stop::Need(Box::new(Action::Trap(trap)))),
        }
    }

    /// A number for an object, as `id()` shows it: counts up, so that every run shows the same.
    pub fn fresh_id(&mut self) -> u64 {
        self.ids.fresh()
    }

    /// A number for a raw lock.
    pub fn fresh_lock(&mut self) -> u32 {
        self.next_lock += 1;
        self.next_lock - 1
    }

    /// Calls a native function with these arguments.
    pub(super) fn call_native(
        &mut self,
        native: &crate::python::function::Native,
        pos: &[Value],
        names: &[Sym],
        named: &[Value],
    ) -> R {
        if native.data.is_null() {
            return (native.function)(self, &Args { pos, names, named });
        }
        let mut all = Vec::with_capacity(pos.len() + 1);
        all.push(native.data.clone());
        all.extend_from_slice(pos);
        (native.function)(self, &Args { pos: &all, names, named })
    }
}
