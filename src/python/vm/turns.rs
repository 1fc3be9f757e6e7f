//! Loops of native functions whose turns may need Python.
//!
//! A native that needs Python runs again from its start with the answers so far. A loop that calls Python for
//! every element would so go through all earlier elements again, which is quadratic. [`Vm::turns`] keeps the
//! loop's state among the answers instead, so that running again goes on with the turn that stopped.

use std::any::Any;

use super::frame::Answer;
use super::{R, Stop, Vm};
use crate::python::value::Value;

/// The state of a loop, kept among the answers of the native function.
pub struct Progress {
    /// `None` while the loop runs.
    state: Option<Box<dyn Any>>,
    /// No turn is left.
    has_ended: bool,
    /// How many loops the native function, or the turn of the loop around, began before this one. A loop that needed no
    /// Python has left nothing among the answers, and must not take what a later one left.
    number: u32,
    /// The container whose `repr` the loop makes, by its place; 0 for other loops.
    showing: usize,
}

impl Vm {
    /// Runs a loop: `turn` is called until it says `false`, and the state is returned.
    ///
    /// A turn may call Python, like a native function as a whole, and like it changes nothing, not even the
    /// state, before its last call.
    pub fn turns<S: Clone + 'static>(
        &mut self,
        first: impl FnOnce() -> S,
        turn: impl FnMut(&mut Vm, &mut S) -> R<bool>,
    ) -> R<S> {
        self.turns_showing(0, first, turn)
    }

    /// A native function further out on the fiber is in a loop that shows this container.
    pub fn is_showing(&self, container: usize) -> bool {
        let shows = |answer: &Answer| answer.progress.as_ref().is_some_and(|p| p.showing == container);
        self.fiber.frames.iter().any(|frame| frame.answers().iter().any(shows))
    }

    /// The same; while it waits for Python, [`Vm::is_showing`] knows the container.
    pub fn turns_showing<S: Clone + 'static>(
        &mut self,
        showing: usize,
        first: impl FnOnce() -> S,
        mut turn: impl FnMut(&mut Vm, &mut S) -> R<bool>,
    ) -> R<S> {
        let start = self.cursor;
        self.recording += 1;
        let depth = self.recording;
        let number = self.loops;
        let mut kept = 0;
        let mut state = None;
        if let Some(answer) = self.fiber.answers.get_mut(start)
            && answer.depth == depth
            && let Some(progress) = &mut answer.progress
            && progress.number == number
        {
            let found = progress.state.take().and_then(|any| any.downcast::<S>().ok());
            let found = *found.expect("the loop left its own state");
            if progress.has_ended {
                progress.state = Some(Box::new(found.clone()));
                self.cursor = start + 1;
                self.recording -= 1;
                self.loops = number + 1;
                return Ok(found);
            }
            kept = 1;
            state = Some(found);
        }
        let mut state = state.unwrap_or_else(first);
        let mut has_asked = kept == 1;
        loop {
            self.cursor = start + kept;
            self.loops = 0;
            match turn(self, &mut state) {
                // What lies behind the cursor answers questions that follow the loop.
                Ok(goes_on) => {
                    has_asked |= self.cursor > start + kept;
                    self.fiber.answers.drain(start + kept..self.cursor);
                    if !goes_on {
                        break;
                    }
                }
                Err(stop) => {
                    self.recording -= 1;
                    self.loops = number + 1;
                    let has_answers = kept == 1 || matches!(stop, Stop::Need(_)) || self.fiber.answers.len() > start;
                    if has_answers {
                        let progress = Progress { state: Some(Box::new(state)), has_ended: false, number, showing };
                        if kept == 1 {
                            self.fiber.answers[start].progress = Some(progress);
                        } else {
                            self.fiber.answers.insert(start, Answer::progress(depth, progress));
                        }
                    }
                    return Err(stop);
                }
            }
        }
        self.recording -= 1;
        self.loops = number + 1;
        self.cursor = start;
        if has_asked {
            let progress = Progress { state: Some(Box::new(state.clone())), has_ended: true, number, showing: 0 };
            let ended = Answer::progress(depth, progress);
            if kept == 1 {
                self.fiber.answers[start] = ended;
            } else {
                self.fiber.answers.insert(start, ended);
            }
            self.cursor = start + 1;
        }
        Ok(state)
    }

    /// Calls `each` with every element of an iterable and its number, until it says `false`; what it gathers in
    /// the accumulator is returned.
    ///
    /// An element of an iterator is asked for when the one before has been dealt with. Those of a container are
    /// collected first.
    pub fn for_each<A: Clone + 'static>(
        &mut self,
        iterable: &Value,
        first: impl FnOnce() -> A,
        mut each: impl FnMut(&mut Vm, &mut A, usize, &Value) -> R<bool>,
    ) -> R<A> {
        let state = self.turns(
            || (None::<Elements>, 0_usize, first()),
            |vm, (elements, n, gathered)| {
                let Some(elements) = elements else {
                    *elements = Some(vm.elements(iterable)?);
                    return Ok(true);
                };
                let next = match elements {
                    Elements::Gathered(rest) => rest.as_slice().first().cloned(),
                    Elements::Of(iterator) => vm.next(iterator)?,
                };
                let Some(item) = next else { return Ok(false) };
                let goes_on = each(vm, gathered, *n, &item)?;
                *n += 1;
                if let Elements::Gathered(rest) = elements {
                    drop(rest.next());
                }
                Ok(goes_on)
            },
        )?;
        Ok(state.2)
    }

    fn elements(&mut self, iterable: &Value) -> R<Elements> {
        Ok(match iterable {
            Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::Range(_) | Value::Str(_) => {
                Elements::Gathered(self.collect(iterable)?.into_iter())
            }
            _ => Elements::Of(self.iter(iterable)?),
        })
    }
}

/// What a loop over an iterable still has before it.
#[derive(Clone)]
enum Elements {
    /// The elements of a container.
    Gathered(std::vec::IntoIter<Value>),
    /// Those that an iterator has yet to give.
    Of(Value),
}
