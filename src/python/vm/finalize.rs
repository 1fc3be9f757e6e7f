//! Finalisers: `__del__`, closing suspended generators, un-awaited coroutines, weak reference callbacks.

use super::frame::After;
use super::{Resumption, Vm};
use crate::python::function::NativeKind;
use crate::python::generator::{GenKind, GenState};
use crate::python::grave::{self, Buried, Grave, Place};
use crate::python::names;
use crate::python::object::{AsyncGenKind, Data};
use crate::python::traceback::Frame;
use crate::python::value::Value;

impl Vm {
    /// Starts the finalisers of what has died, one after the other. `true`: a frame was pushed.
    pub(super) fn finalize_dead(&mut self) -> bool {
        let batch = (self.fiber.frames.len(), grave::take().into());
        self.fiber.deferred.push(batch);
        self.run_deferred()
    }

    /// Starts the next finaliser whose turn it is. `true`: a frame was pushed.
    pub(super) fn run_deferred(&mut self) -> bool {
        while let Some((depth, batch)) = self.fiber.deferred.last_mut() {
            let depth = *depth;
            // One of this batch is still running.
            if self.fiber.frames.len() > depth {
                return false;
            }
            match batch.pop_front() {
                Some(buried) => {
                    self.finalize(buried);
                    if self.fiber.frames.len() > depth {
                        return true;
                    }
                    // What died with it comes before those that wait: a generator that was closed had locals.
                    if !grave::is_empty() {
                        self.fiber.deferred.push((depth, grave::take().into()));
                    }
                }
                None => {
                    self.fiber.deferred.pop();
                }
            }
        }
        false
    }

    fn finalize(&mut self, (grave, place): Buried) {
        match grave {
            Grave::Finalize(Value::Gen(generator)) => {
                if generator.state.get() == GenState::Created {
                    generator.state.set(GenState::Closed);
                    generator.suspended.borrow_mut().take();
                    if generator.kind == GenKind::Coroutine
                        && let Some(warn) = self.library_function("warnings", "_warn_unawaited_coroutine")
                    {
                        // S-GEN-07, at the line that is executing.
                        let args = std::iter::once(Value::Gen(generator)).chain(arguments_of(place));
                        self.begin_aside(warn, args.collect());
                    }
                    return;
                }
                let finalizer = generator.finalizer.borrow().clone();
                if generator.kind == GenKind::AsyncGenerator && !finalizer.is_none() && !finalizer.is_null() {
                    *generator.finalizer.borrow_mut() = Value::None;
                    self.begin_aside(finalizer, vec![Value::Gen(generator)]);
                    return;
                }
                let exit = self.exception(&self.types.generator_exit, vec![]);
                self.put_answers_aside();
                self.begin_resume(&generator, Resumption::Throw(exit), After::Discard);
            }
            Grave::Finalize(object @ Value::Instance(_)) => {
                if let Some(method) = self.lookup_special(&object, names::DEL) {
                    // A function that is no method (`__del__ = print`) is called with nothing.
                    let is_plain = matches!(&method, Value::Native(native) if native.kind == NativeKind::Function);
                    let args = if is_plain { Vec::new() } else { vec![object] };
                    self.begin_aside(method, args);
                }
            }
            Grave::Finalize(_) => {}
            Grave::Unawaited(generator, kind) => {
                if self.options.version >= (3, 13)
                    && let Some(warn) = self.library_function("warnings", "_warn_unawaited_operation")
                {
                    let method = match kind {
                        AsyncGenKind::Send => "asend",
                        AsyncGenKind::Throw => "athrow",
                        AsyncGenKind::Close => "aclose",
                    };
                    let args = std::iter::once(generator).chain([Value::str(method)]).chain(arguments_of(place));
                    self.begin_aside(warn, args.collect());
                }
            }
            Grave::Callback(reference) => {
                if let Value::Obj(o) = &reference
                    && let Data::Weak(weak) = &o.data
                {
                    let callback = weak.callback.clone();
                    self.begin_aside(callback, vec![reference]);
                }
            }
        }
    }

    /// Calls a function between two operations; what it returns is nobody's.
    fn begin_aside(&mut self, function: Value, args: Vec<Value>) {
        self.put_answers_aside();
        self.begin_call(function, args, Vec::new(), After::Discard);
    }

    /// The next operation may be that of a native which has answers: they wait in its frame.
    fn put_answers_aside(&mut self) {
        if let Some(frame) = self.fiber.frames.last_mut()
            && !self.fiber.answers.is_empty()
        {
            frame.rare.get_or_insert_default().answers = std::mem::take(&mut self.fiber.answers);
        }
    }

    /// The function has ended: the native goes on.
    pub(super) fn take_answers_back(&mut self) {
        let depth = self.fiber.frames.len() as u32;
        if let Some(frame) = self.fiber.frames.last_mut()
            && let Some(rare) = &mut frame.rare
            && !rare.answers.is_empty()
        {
            self.fiber.answers = std::mem::take(&mut rare.answers);
            self.fiber.answers_at = (depth, frame.ip + 1);
        }
    }

    /// Reports an exception that has nobody to go to: `Exception ignored in …`. An object that complains without a
    /// frame of its own does so where the program is.
    pub(super) fn unraisable(&mut self, exc: Value, object: Option<Value>) {
        self.take_answers_back();
        if object.is_some()
            && let Some(frame) = self.fiber.frames.last()
            && let Value::Instance(instance) = &exc
            && let Some(data) = instance.exception()
        {
            let entry = Frame::new(frame.unit.clone(), frame.ip.saturating_sub(1)).within(&frame.globals);
            data.traceback.borrow_mut().push(entry);
            data.has_traceback.set(true);
        }
        let quiet = self.is_exception_of(&exc, &self.types.generator_exit)
            || self.is_exception_of(&exc, &self.types.stop_iteration);
        if quiet {
            return;
        }
        // With no room for another frame the report is lost, as in CPython when memory is.
        if self.fiber.frames.len() + 1 < self.recursion_limit
            && let Some(report) = self.library_function("_bootstrap", "unraisable")
        {
            self.begin_aside(report, std::iter::once(exc).chain(object).collect());
        }
    }

    /// The program's own line that is executing, if any of its frames is on the fiber.
    pub fn user_place(&self) -> Option<(std::rc::Rc<str>, u32)> {
        let frame = self.fiber.frames.iter().rev().find(|f| !f.unit.code.source.is_library)?;
        let at = crate::python::traceback::Frame::new(frame.unit.clone(), frame.ip.saturating_sub(1));
        Some((frame.unit.code.source.filename.clone(), at.position().line))
    }
}

/// A place as the functions that warn want it: file, line and module.
fn arguments_of(place: Option<Place>) -> Vec<Value> {
    let Some(place) = place else { return Vec::new() };
    let line = Frame::new(place.unit.clone(), place.op).position().line;
    let module = place.globals.name(names::NAME).unwrap_or(Value::None);
    vec![Value::str(&place.unit.code.source.filename), Value::Int(line as i64), module]
}
