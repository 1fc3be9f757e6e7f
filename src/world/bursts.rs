//! Bursts: what a thread's Python does at a stretch, from the notice that it may run to what it stopped for.
//!
//! Python runs ahead: all of a burst is done when it begins, as far as its budget allows, and takes effect when virtual
//! time has come to its end. A burst that runs out of fuel is taken up again where it stopped.

use crate::journal::Line;
use crate::machine::ThreadId;
use crate::python::trap::Trap;
use crate::python::value::Value;
use crate::python::vm::{TICKS_PER_NS, Vm, Why};
use crate::runtime::Resumed;
use crate::time::Duration;

use super::interpreter::release;
use super::run::{Run, Stopped, Waits};

/// A burst under way that ran out of fuel.
pub(super) struct Burst {
    pub thread: ThreadId,
    /// Spent so far, system calls with it [ticks].
    pub spent: i64,
    /// The system calls that it begins with.
    pub in_system: Duration,
    /// Left of the budget [ticks].
    pub left: i64,
}

/// The most fuel between two looks at the limits [ticks].
const LOOK_FUEL: i64 = 1 << 27;

impl Run {
    /// Gives a thread that comes back what its call was for.
    pub(super) fn resume(&mut self, id: ThreadId, resumed: Resumed) {
        if resumed == Resumed::Interrupted {
            return self.interrupted(id);
        }
        let thread = self.threads.get_mut(&id).expect("the machine knows only our threads");
        let waits = std::mem::replace(&mut thread.waits, Waits::Nothing);
        thread.call = None;
        let (process, fiber) = (thread.process, thread.fiber);
        let answer = match waits {
            Waits::Nothing => return,
            Waits::None => Ok(Value::None),
            Waits::Woken | Waits::Ready => Ok(Value::bool(resumed == Resumed::Woken)),
            Waits::Value(value) => value,
            Waits::Poll(poller) => self.poll_result(process, poller),
        };
        let vm = &mut self.processes[process].vm;
        vm.enter(fiber);
        vm.end_call(answer);
    }

    pub(super) fn begin_burst(&mut self, thread: ThreadId, fuel: &mut i64) {
        let process = &self.processes[self.threads[&thread].process];
        let is_prompt = process.vm.signals.has_own() || process.signals.has_timer();
        let budget = self.system.budget(&self.kernel, thread, is_prompt);
        let state = self.threads.get_mut(&thread).expect("the machine knows only our threads");
        let in_system = std::mem::take(&mut state.debt);
        let spent = in_system.0 as i64 * TICKS_PER_NS;
        let process = &mut self.processes[state.process];
        process.vm.breaker = budget.is_drop_requested;
        if let Some(ticker) = &mut process.vm.ticker {
            ticker.has_sleeper = self.system.gil(process.id).is_some_and(|gil| gil.n_waiters() > 0);
            let release = release(&self.prepared);
            let is_awaited = self.system.is_somebody_coming(process.id);
            ticker.release = if is_awaited { release.awaited } else { release.unwanted }.0;
        }
        let length = budget.length.0.min(i64::MAX as u64 / TICKS_PER_NS as u64 / 2);
        let left = length as i64 * TICKS_PER_NS;
        self.run_burst(Burst { thread, spent, in_system, left }, fuel);
    }

    pub(super) fn run_burst(&mut self, mut burst: Burst, fuel: &mut i64) {
        let now = self.kernel.now();
        let room = self.room_until(&burst).max(1);
        let thread = &self.threads[&burst.thread];
        let (process, fiber) = (thread.process, thread.fiber);
        let vm = &mut self.processes[process].vm;
        vm.enter(fiber);
        let grant = burst.left.min((*fuel).clamp(1, LOOK_FUEL)).min(room);
        if let Some(ticker) = &mut vm.ticker {
            ticker.beyond = burst.left - grant;
        }
        let why = vm.run(now, burst.spent, grant);
        let used = vm.used_ticks();
        *fuel -= used + vm.take_effort() + 1;
        burst.left -= used;
        burst.spent += used;
        self.cpu += used.max(0) as u64;
        let stopped = match why {
            Why::Budget if burst.left > 0 => {
                self.burst = Some(burst);
                self.look_at_limits();
                return;
            }
            Why::Budget => Stopped::Budget,
            Why::Trap(trap) => Stopped::Trap(trap),
            Why::Done(result) => Stopped::Done(result),
        };
        let place = vm.user_place();
        let mut spent = Duration((burst.spent.max(0) / TICKS_PER_NS) as u64).saturating_sub(burst.in_system);
        if let Stopped::Trap(Trap::StartThread { .. }) = &stopped {
            spent += Duration(self.prepared.costs.machine.thread_create);
        }
        let line = place.map(|(file, line)| Line { file: self.journal.name(&file), line });
        self.threads.get_mut(&burst.thread).expect("it runs").stopped = Some(stopped);
        let (system, mut cx) = self.parts();
        system.set_line(burst.thread, line);
        // Nothing is instantaneous (S-SIM-05).
        system.burst(&mut cx, burst.thread, spent.max(Duration(1)), burst.in_system);
    }

    /// How far a burst may go on before the instant at which the run is to stop [ticks].
    pub(super) fn room_until(&self, burst: &Burst) -> i64 {
        let Some(until) = self.inspection.until else { return i64::MAX };
        let room = until.since(self.kernel.now()).0.min(i64::MAX as u64 / TICKS_PER_NS as u64 / 2) as i64;
        room * TICKS_PER_NS - burst.spent
    }

    pub(super) fn burst_ended(&mut self, id: ThreadId) {
        let thread = self.threads.get_mut(&id).expect("the machine knows only our threads");
        let stopped = thread.stopped.take().expect("a burst ends with something");
        match stopped {
            Stopped::Budget => self.go_on(id),
            Stopped::Trap(trap) => self.route(id, trap),
            Stopped::Done(result) => self.fiber_done(id, result),
        }
    }

    fn fiber_done(&mut self, id: ThreadId, result: Result<Value, Value>) {
        let thread = &self.threads[&id];
        let (n, fiber) = (thread.process, thread.fiber);
        let process = &mut self.processes[n];
        if fiber == process.main {
            let status = match result {
                Ok(Value::Int(status)) => status as i32,
                Ok(_) => 0,
                Err(exc) => {
                    // The library's own start-up failed: our mistake, which must not be silent.
                    let text = describe(&mut process.vm, &exc);
                    process.stderr.push_str(&text);
                    1
                }
            };
            self.end_process(n, status);
            return;
        }
        drop(result);
        process.vm.drop_fiber(fiber);
        self.threads.remove(&id);
        let (system, mut cx) = self.parts();
        system.end_thread(&mut cx, id);
    }
}

/// An exception as text, for start-up failures.
fn describe(vm: &mut Vm, exc: &Value) -> String {
    match vm.format_exception(exc) {
        Ok(lines) => lines.join("\n") + "\n",
        Err(_) => format!("{}\n", vm.type_name(exc)),
    }
}
