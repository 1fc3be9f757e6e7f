//! Native functions in many steps: Rust that awaits Python.
//!
//! A native that needs Python now and then runs again from its start with the answers so far (see the module above). One
//! that needs it for every element or comparison is a *routine*: an `async` block, whose state the compiler keeps. It
//! asks the VM through a [`Link`] and goes on with the answer; nothing runs twice, and between two requests the fiber may
//! stop as between two operations.
//!
//! Routines are a fiber's second stack beside its frames: one belongs to the operation of the frame that was on top when
//! it began, and what Python it needs runs in frames above that.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use smallvec::SmallVec;

use super::frame::{After, Answer};
use super::resume::Outcome;
use super::{Action, ErrorKind, LIBRARY_PRICE, R, Resumption, Stop, Vm, Why, compare, iterate, operator};
use crate::python::code::{BinaryOp, CompareOp};
use crate::python::generator::GenKind;
use crate::python::names;
use crate::python::value::Value;

/// The state of a routine.
pub type Steps = Pin<Box<dyn Future<Output = R>>>;

/// The depth of [`super::frame::Fiber::due`] when nothing is due.
pub const NOT_DUE: usize = usize::MAX;

/// Steps that a routine takes by itself before it lets the fiber stop: comparisons and elements that need no Python.
const BREATH: u32 = 1 << 12;

/// What a routine asks.
enum Request {
    /// The result of a call with positional arguments.
    Call(Value, SmallVec<[Value; 2]>),
    /// Whether this comparison holds.
    Compare(CompareOp, Value, Value),
    /// Whether it is true.
    Truth(Value),
    /// The element at an index.
    Item(Value, i64),
    /// A list of the elements of an iterable.
    Collect(Value),
    /// An iterator over an iterable.
    Iterator(Value),
    /// The next element of an iterator; `Null` at its end.
    Next(Value),
    /// `a op b`
    Binary(BinaryOp, Value, Value),
    /// To use virtual time [ns].
    Charge(u64),
    /// An exception of this kind with this text.
    Fail(ErrorKind, &'static str),
    /// Nothing: work was done that the fiber has not noticed.
    Breathe,
}

/// Where a routine and the VM meet: only the routine on top is ever under way.
#[derive(Default)]
pub(super) struct Exchange {
    request: Cell<Option<Request>>,
    answer: Cell<Option<R>>,
    /// Steps since the last breath.
    n_steps: Cell<u32>,
}

/// A routine's way to ask the VM.
pub struct Link(Rc<Exchange>);

/// A native function on its way.
pub struct Routine {
    steps: Steps,
    /// What becomes of its result.
    after: After,
    /// Frames below and including that of its operation.
    depth: usize,
    /// The request that is being dealt with, where that has to be looked at again.
    request: Option<Request>,
    /// Answers to what the request itself needs.
    answers: Vec<Answer>,
    /// The answer to the request.
    answer: Option<R>,
}

impl Link {
    async fn ask(&self, request: Request) -> R {
        self.0.request.set(Some(request));
        poll_fn(|_| self.0.answer.take().map_or(Poll::Pending, Poll::Ready)).await
    }

    /// Calls an object.
    pub async fn call(&self, callee: &Value, args: impl IntoIterator<Item = Value>) -> R {
        self.ask(Request::Call(callee.clone(), args.into_iter().collect())).await
    }

    /// `a < b`
    pub fn less(&self, a: &Value, b: &Value) -> impl Future<Output = R<bool>> {
        self.compare(CompareOp::Lt, a, b)
    }

    /// `a op b`. By hand, since sorting awaits nothing else: futures within it are polled at each answer.
    pub fn compare(&self, op: CompareOp, a: &Value, b: &Value) -> impl Future<Output = R<bool>> {
        let (mut is_counted, mut is_asked) = (false, false);
        poll_fn(move |_| {
            if is_asked {
                let Some(answer) = self.0.answer.take() else { return Poll::Pending };
                return Poll::Ready(answer.map(|answer| matches!(answer, Value::Bool(truth) if truth.get())));
            }
            if !std::mem::replace(&mut is_counted, true) {
                if self.is_out_of_breath() {
                    self.0.request.set(Some(Request::Breathe));
                    return Poll::Pending;
                }
            } else {
                match self.0.answer.take() {
                    None => return Poll::Pending,
                    Some(Err(stop)) => return Poll::Ready(Err(stop)),
                    Some(Ok(_)) => {}
                }
            }
            if let Some(truth) = operator::plain_compare(op, a, b) {
                return Poll::Ready(Ok(truth));
            }
            is_asked = true;
            self.0.request.set(Some(Request::Compare(op, a.clone(), b.clone())));
            Poll::Pending
        })
    }

    /// Counts a step that needs no Python.
    async fn step(&self) -> R<()> {
        if self.is_out_of_breath() { self.ask(Request::Breathe).await.map(drop) } else { Ok(()) }
    }

    /// Counts a step that needs no Python: `true` where the fiber is to be told of what was done.
    fn is_out_of_breath(&self) -> bool {
        let n_steps = self.0.n_steps.get() + 1;
        let is_out = n_steps >= BREATH;
        self.0.n_steps.set(if is_out { 0 } else { n_steps });
        is_out
    }

    /// `a op b`
    pub async fn binary(&self, op: BinaryOp, a: &Value, b: &Value) -> R {
        match operator::small(op, a, b) {
            Some(value) => Ok(value),
            None => self.ask(Request::Binary(op, a.clone(), b.clone())).await,
        }
    }

    /// `iter(iterable)`
    pub async fn iterator(&self, iterable: &Value) -> R {
        match iterable {
            Value::Iter(_) => Ok(iterable.clone()),
            _ => self.ask(Request::Iterator(iterable.clone())).await,
        }
    }

    /// The next element of an iterator, `None` at its end.
    pub async fn next(&self, iterator: &Value) -> R<Option<Value>> {
        if let Value::Iter(it) = iterator
            && let Some(next) = iterate::next_here(it)
        {
            self.step().await?;
            return Ok(next);
        }
        match self.ask(Request::Next(iterator.clone())).await? {
            Value::Null => Ok(None),
            value => Ok(Some(value)),
        }
    }

    /// Uses virtual time [ns].
    pub async fn charge(&self, ns: u64) -> R<()> {
        self.ask(Request::Charge(ns)).await.map(drop)
    }

    /// `bool(value)`
    pub async fn truth(&self, value: &Value) -> R<bool> {
        match value {
            Value::Bool(truth) => Ok(truth.get()),
            Value::None => Ok(false),
            _ => self.truth_of(Request::Truth(value.clone())).await,
        }
    }

    async fn truth_of(&self, request: Request) -> R<bool> {
        Ok(matches!(self.ask(request).await?, Value::Bool(truth) if truth.get()))
    }

    /// `sequence[index]`
    pub async fn item(&self, sequence: &Value, index: usize) -> R {
        if let Value::List(list) = sequence
            && let Some(item) = list.items.borrow().get(index)
        {
            return Ok(item.clone());
        }
        self.ask(Request::Item(sequence.clone(), index as i64)).await
    }

    /// The elements of an iterable.
    pub async fn collect(&self, iterable: &Value) -> R<Vec<Value>> {
        match self.ask(Request::Collect(iterable.clone())).await? {
            Value::List(list) => Ok(list.items.take()),
            _ => unreachable!("the elements come in a list"),
        }
    }

    /// An exception to end with.
    pub async fn error(&self, kind: ErrorKind, text: &'static str) -> R {
        self.ask(Request::Fail(kind, text)).await
    }
}

impl Vm {
    /// Ends a native function with the result of a routine.
    pub fn routine<F: Future<Output = R> + 'static>(&self, steps: impl FnOnce(Link) -> F) -> R {
        let steps = steps(Link(self.exchange.clone()));
        Err(Stop::Tail(Box::new(Action::Routine(Box::pin(steps)))))
    }

    /// Puts a routine on the fiber, to be begun before its frame's next operation.
    pub(super) fn begin_routine(&mut self, steps: Steps, after: After) {
        let depth = self.fiber.frames.len();
        let answers = Vec::new();
        self.fiber.routines.push(Routine { steps, after, depth, request: None, answers, answer: None });
        self.fiber.due = depth;
    }

    /// Lets the routine on top go on until it needs a frame or is over. `Some` ends the run.
    pub(super) fn drive(&mut self) -> Option<Why> {
        let depth = std::mem::replace(&mut self.fiber.due, NOT_DUE);
        loop {
            if self.must_pause() {
                self.fiber.due = depth;
                return Some(Why::Budget);
            }
            self.left -= i64::from(LIBRARY_PRICE);
            let routine = self.fiber.routines.last_mut().expect("what is due is there");
            let request = match routine.request.take() {
                Some(request) => {
                    // The other is empty: its place is kept for the next.
                    self.fiber.answers.clear();
                    std::mem::swap(&mut self.fiber.answers, &mut routine.answers);
                    request
                }
                None => {
                    self.fiber.answers.clear();
                    self.exchange.answer.set(routine.answer.take());
                    match routine.steps.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                        Poll::Pending => self.exchange.request.take().expect("a routine waits for an answer alone"),
                        Poll::Ready(result) => return self.end_routine(result),
                    }
                }
            };
            match self.serve(request) {
                Served::Answer(answer) => self.fiber.routines.last_mut().expect("it asked").answer = Some(answer),
                Served::Frame => return None,
                Served::Needs(action, after) => return self.perform(action, after),
            }
        }
    }

    fn end_routine(&mut self, result: R) -> Option<Why> {
        let routine = self.fiber.routines.pop().expect("it has just ended");
        let after = routine.after;
        drop(routine);
        match result {
            Ok(value) => {
                self.deliver(after, Outcome::Value(value));
                None
            }
            Err(stop) => self.deliver_error(after, stop),
        }
    }

    /// Deals with a request as an operation would: with answers it has been looked at before.
    fn serve(&mut self, request: Request) -> Served {
        (self.cursor, self.recording, self.loops) = (0, 0, 0);
        let result = match &request {
            Request::Call(Value::Func(function), args) => {
                let floor = self.fiber.stack.len();
                self.fiber.stack.extend(args.iter().cloned());
                match self.enter_function(function, floor, floor, &[], After::Routine) {
                    Ok(()) => return Served::Frame,
                    Err(stop) => {
                        self.fiber.stack.truncate(floor);
                        Err(stop)
                    }
                }
            }
            Request::Call(callee, args) => self.call_any(callee, args, &[], &[]),
            Request::Compare(op, a, b) => match self.take_result() {
                Some(result) => result,
                None if !operator::goes_first(a, b) => self.compare_op(*op, a, b),
                None => match self.enter_method_for(a, Some(b), compare::method(*op), After::Routine) {
                    Ok(true) => {
                        self.fiber.routines.last_mut().expect("it asked").request = Some(request);
                        return Served::Frame;
                    }
                    Ok(false) => self.compare_op(*op, a, b),
                    Err(stop) => Err(stop),
                },
            },
            Request::Truth(value) => self.truth(value).map(Value::bool),
            Request::Item(sequence, index) => self.get_item(sequence, &Value::Int(*index)),
            Request::Collect(iterable) => self.collect(iterable).map(Value::list),
            Request::Iterator(iterable) => self.iter(iterable),
            Request::Next(iterator) => match self.enter_next(iterator) {
                Ok(true) => return Served::Frame,
                Ok(false) => self.next_once(iterator).map(Option::unwrap_or_default),
                Err(stop) => Err(stop),
            },
            Request::Binary(op, a, b) => self.binary_op(*op, a, b),
            Request::Charge(ns) => {
                self.charge(*ns);
                Ok(Value::None)
            }
            Request::Fail(kind, text) => Err(self.error(*kind, *text)),
            Request::Breathe => {
                self.pause(i64::from(BREATH * LIBRARY_PRICE));
                Ok(Value::None)
            }
        };
        match (result, request) {
            // What Python makes of a comparison may need Python to be true or false.
            (Ok(value), Request::Compare(..)) if !matches!(value, Value::Bool(_)) => {
                self.fiber.answers.clear();
                self.serve(Request::Truth(value))
            }
            (Err(Stop::Need(action)), request) => {
                let answers = std::mem::take(&mut self.fiber.answers);
                let routine = self.fiber.routines.last_mut().expect("it asked");
                (routine.request, routine.answers) = (Some(request), answers);
                Served::Needs(*action, After::Request)
            }
            (Err(Stop::Tail(action)), _) => Served::Needs(*action, After::Routine),
            (Err(Stop::Trap(trap)), _) => Served::Needs(Action::Trap(*trap), After::Routine),
            (answer, _) => Served::Answer(answer),
        }
    }

    /// Puts the frame that makes the next element of an iterator on the fiber, where one does. `false`: none does.
    fn enter_next(&mut self, iterator: &Value) -> R<bool> {
        match iterator {
            Value::Gen(generator) if generator.kind == GenKind::Generator => {
                let why = self.begin_resume(generator, Resumption::Send(Value::None), After::Next);
                debug_assert!(why.is_none(), "a generator's frame asks the machine when it runs");
                Ok(true)
            }
            Value::Iter(it) => Ok(self.fiber.answers.is_empty() && self.enter_lazy(it, After::Next)),
            Value::Instance(_) => self.enter_method_for(iterator, None, names::NEXT, After::Next),
            _ => Ok(false),
        }
    }

    /// Gives the routine on top what came of an iterator's next element: `StopIteration` is an end, not an error.
    pub(super) fn answer_next(&mut self, result: Result<Value, Value>) {
        self.answer_routine(match result {
            Err(exc) if self.is_exception_of(&exc, &self.types.stop_iteration) => Ok(Value::Null),
            result => result,
        });
    }

    /// Gives the routine on top the answer to its request, or to what the request entered.
    pub(super) fn answer_routine(&mut self, result: Result<Value, Value>) {
        let routine = self.fiber.routines.last_mut().expect("its frame has ended");
        // A request that waits for a method is looked at again, but where there is nothing to look at.
        if routine.request.is_some() && !(routine.answers.is_empty() && matches!(result, Ok(Value::Bool(_)))) {
            routine.answers.push(Answer { is_final: true, ..Answer::result(0, result) });
        } else {
            routine.request = None;
            routine.answer = Some(result.map_err(Stop::Raise));
        }
        self.fiber.due = routine.depth;
    }

    /// Gives the request of the routine on top an answer that it needs.
    pub(super) fn answer_request(&mut self, result: Result<Value, Value>) {
        let routine = self.fiber.routines.last_mut().expect("its frame has ended");
        routine.answers.push(Answer::result(0, result));
        self.fiber.due = routine.depth;
    }

    /// Forgets the routines of frames from this depth on, which an exception leaves.
    pub(super) fn abandon_routines(&mut self, depth: usize) {
        while self.fiber.routines.last().is_some_and(|routine| routine.depth >= depth) {
            self.fiber.due = NOT_DUE;
            self.fiber.routines.pop();
        }
    }

    /// A frame that resumes a generator for a routine ends with it.
    pub(super) fn end_for_routine(&mut self, after: After, kind: GenKind, value: Value) {
        let exc = self.end_of(kind, value);
        match after {
            After::Request => self.answer_request(Err(exc)),
            _ => self.answer_routine(Err(exc)),
        }
    }
}

/// What became of a request.
enum Served {
    /// This is the answer.
    Answer(R),
    /// A frame runs whose result answers.
    Frame,
    /// This comes first, and then the answer or the request again.
    Needs(Action, After),
}
