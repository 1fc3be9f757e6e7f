//! What a reader asks of a trace: what was at an instant, what comes next, who woke this, where this line ran.

use std::collections::BTreeMap;

use super::spans::{Span, SpanRef, StateTimes};
use super::{Counter, Flow, Instant, Trace, Track};
use crate::journal::{Kind, Line, State, Subject};
use crate::order;
use crate::time::Time;

/// A line that somebody is at, at an instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CurrentLine {
    /// Who: a thread or a task.
    pub subject: Subject,
    /// Where.
    pub line: Line,
    /// In what state.
    pub state: State,
}

/// Who ended a wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Waker {
    /// Who.
    pub subject: Subject,
    /// When.
    pub at: Time,
}

impl Trace {
    /// The spans of a track, oldest first.
    pub fn spans(&self, subject: Subject) -> impl DoubleEndedIterator<Item = Span> + ExactSizeIterator + '_ {
        let (spans, end) = (&self.track(subject).spans, self.end());
        (0..spans.len()).map(move |i| spans.at(i, end))
    }

    /// A span by its place.
    pub fn span(&self, place: SpanRef) -> Span {
        self.track(place.track).spans.at(place.span as usize, self.end())
    }

    /// The span that a track is in at an instant. Of spans without length the last one is taken.
    pub fn span_at(&self, subject: Subject, at: Time) -> Option<SpanRef> {
        let spans = &self.track(subject).spans;
        let index = spans.starts().partition_point(|&start| start <= at).checked_sub(1)?;
        let inside = at < spans.ends()[index] || at == spans.starts()[index];
        inside.then_some(SpanRef { track: subject, span: index as u32 })
    }

    /// The first span of a track that begins after an instant.
    pub fn next_span(&self, subject: Subject, at: Time) -> Option<SpanRef> {
        let spans = &self.track(subject).spans;
        let index = spans.starts().partition_point(|&start| start <= at);
        (index < spans.len()).then_some(SpanRef { track: subject, span: index as u32 })
    }

    /// The last span of a track that begins before an instant.
    pub fn previous_span(&self, subject: Subject, at: Time) -> Option<SpanRef> {
        let spans = &self.track(subject).spans;
        let index = spans.starts().partition_point(|&start| start < at).checked_sub(1)?;
        Some(SpanRef { track: subject, span: index as u32 })
    }

    /// The spans that begin in a stretch of time, its last instant included: at most `most`, the earliest, in order.
    pub fn begun_between(&self, from: Time, to: Time, most: usize) -> Vec<SpanRef> {
        let mut begun: Vec<(Time, SpanRef)> = Vec::new();
        for track in self.tracks() {
            let starts = track.spans.starts();
            let first = starts.partition_point(|&start| start < from);
            let last = first + starts[first..].partition_point(|&start| start <= to);
            let places = (first..last).take(most);
            begun.extend(places.map(|i| (starts[i], SpanRef { track: track.subject, span: i as u32 })));
        }
        order::sort(&mut begun);
        begun.truncate(most);
        begun.into_iter().map(|(_, place)| place).collect()
    }

    /// The next instant after this one at which anything happened to anybody.
    pub fn next_event(&self, at: Time) -> Option<Time> {
        let mut next = self.outputs.get(self.outputs.partition_point(|output| output.at <= at)).map(|output| output.at);
        let mut see = |found: Option<Time>| next = [next, found].into_iter().flatten().min();
        for track in &self.tracks {
            if track.born > at {
                see(Some(track.born));
                break;
            }
            let after = |times: &[Time]| times.get(times.partition_point(|&t| t <= at)).copied();
            see(after(track.spans.starts()));
            see(after(track.spans.ends()).filter(|&end| end != Time::NEVER));
            see(track.ended.filter(|&ended| ended > at));
            see(track.instants.get(self.instants_until(track, at)).map(|&i| self.instants[i as usize].at));
            track.counters.iter().for_each(|&i| see(after(&self.counters[i as usize].times)));
        }
        next
    }

    /// The last instant before this one at which anything happened to anybody.
    pub fn previous_event(&self, at: Time) -> Option<Time> {
        let before = |index: usize| index.checked_sub(1);
        let output = before(self.outputs.partition_point(|output| output.at < at)).map(|i| self.outputs[i].at);
        let mut previous = output;
        let mut see = |found: Option<Time>| previous = previous.max(found);
        for track in self.tracks.iter().take_while(|track| track.born < at) {
            let last = |times: &[Time]| before(times.partition_point(|&t| t < at)).map(|i| times[i]);
            see(Some(track.born));
            see(last(track.spans.starts()));
            see(last(track.spans.ends()));
            see(track.ended.filter(|&ended| ended < at));
            let mark = track.instants.partition_point(|&i| self.instants[i as usize].at < at);
            see(before(mark).map(|i| self.instants[track.instants[i] as usize].at));
            track.counters.iter().for_each(|&i| see(last(&self.counters[i as usize].times)));
        }
        previous
    }

    fn instants_until(&self, track: &Track, at: Time) -> usize {
        track.instants.partition_point(|&i| self.instants[i as usize].at <= at)
    }

    /// Every span that began at a source line, in order of time. Costs a look at every span.
    pub fn spans_of_line(&self, line: Line) -> Vec<SpanRef> {
        let of_track = |track: &'_ Track| {
            let (spans, track) = (&track.spans, track.subject);
            let numbers: Vec<usize> = (0..spans.len()).filter(|&i| spans.line(i) == Some(line)).collect();
            numbers.into_iter().map(move |i| SpanRef { track, span: i as u32 })
        };
        let mut found: Vec<SpanRef> = self.tracks.iter().flat_map(of_track).collect();
        order::sort_by_key(&mut found, |&place| (self.track(place.track).spans.starts()[place.span as usize], place));
        found
    }

    /// Time spent in each state by threads and tasks at each source line, and how many spans that were.
    ///
    /// A thread that runs an event loop stands where its tasks do: there only the tasks count.
    pub fn line_times(&self) -> BTreeMap<Line, (StateTimes, usize)> {
        let mut hosts: BTreeMap<Line, (StateTimes, usize)> = BTreeMap::new();
        let mut others: BTreeMap<Line, (StateTimes, usize, bool)> = BTreeMap::new();
        for track in self.tracks.iter().filter(|track| matches!(track.kind, Kind::Thread | Kind::Task)) {
            let is_task = track.kind == Kind::Task;
            let is_host = !is_task && self.children_of_kind(track.subject, Kind::Loop).next().is_some();
            for i in (0..track.spans.len()).filter(|&i| track.spans.line(i).is_some()) {
                let span = track.spans.at(i, self.end());
                let Some(line) = span.line else { continue };
                if is_host {
                    let (times, n) = hosts.entry(line).or_default();
                    times.add(span.state, span.duration());
                    *n += 1;
                } else {
                    let (times, n, has_tasks) = others.entry(line).or_default();
                    times.add(span.state, span.duration());
                    *n += 1;
                    *has_tasks |= is_task;
                }
            }
        }
        for (line, (host, n_host)) in hosts {
            let (times, n, has_tasks) = others.entry(line).or_default();
            if !*has_tasks {
                *times = times.with(&host);
                *n += n_host;
            }
        }
        others.into_iter().map(|(line, (times, n, _))| (line, (times, n))).collect()
    }

    /// Where every thread and task is at an instant. A span without a line is where the one before it was.
    ///
    /// A thread that runs an event loop shares its line with the task that it runs; both are named.
    pub fn current_lines(&self, at: Time) -> Vec<CurrentLine> {
        let tracks = self.tracks.iter().filter(|t| matches!(t.kind, Kind::Thread | Kind::Task));
        let here = |subject| {
            let place = self.span_at(subject, at)?;
            let state = self.span(place).state;
            self.line_of(place).map(|line| CurrentLine { subject, line, state })
        };
        tracks.filter(|t| t.born <= at).filter_map(|t| here(t.subject)).collect()
    }

    /// The line of a span, or of the nearest span before it that has one.
    ///
    /// A request is at the line of the task or thread that serves it.
    pub fn line_of(&self, place: SpanRef) -> Option<Line> {
        let track = self.track(place.track);
        if track.kind == Kind::Request {
            let span = self.span(place);
            return span.line.or_else(|| self.first_line(span.on?, span.start, span.end));
        }
        (0..=place.span as usize).rev().take(64).find_map(|i| track.spans.at(i, Time::NEVER).line)
    }

    /// The first line at which a subject stands within a stretch of time.
    fn first_line(&self, subject: Subject, from: Time, to: Time) -> Option<Line> {
        let spans = &self.track(subject).spans;
        let first = spans.first_ending_after(from);
        (first..spans.len()).take(64).take_while(|&i| spans.starts()[i] < to).find_map(|i| spans.at(i, to).line)
    }

    /// What brought a span about: whoever made it so, or made so the ready span that led to it.
    ///
    /// A task that nobody of its loop made ready was made ready by the loop itself: because of a timer, which has no
    /// waker, or because of whoever ended the loop's wait for events.
    pub fn waker(&self, place: SpanRef) -> Option<Waker> {
        let span = self.span(place);
        if let Some(flow) = span.flow.map(|flow| &self.flows[flow as usize]) {
            return Some(Waker { subject: flow.from, at: flow.from_at });
        }
        let before = SpanRef { span: place.span.checked_sub(1)?, ..place };
        if span.state == State::Ready
            && let Some(host) = self.host(place.track)
        {
            let is_timer = self.text_of(self.span(before).reason) == "sleep";
            return if is_timer { None } else { self.waker_of_pass(host, span.start) };
        }
        let led_here = self.span(before).state == State::Ready && self.span(before).end == span.start;
        if led_here { self.waker(before) } else { None }
    }

    /// The thread that runs a task, or the tasks of a request.
    pub fn host(&self, subject: Subject) -> Option<Subject> {
        let track = self.track(subject);
        if track.kind == Kind::Task { self.ancestor(subject, Kind::Thread) } else { None }
    }

    /// Who ended the last wait of a thread before an instant, if it ended without anything between.
    fn waker_of_pass(&self, host: Subject, at: Time) -> Option<Waker> {
        let spans = &self.track(host).spans;
        let last = spans.starts().partition_point(|&start| start <= at);
        // After its wait a thread is ready for a core, then for the GIL, then runs.
        let is_wait = |&i: &usize| spans.states()[i] == State::Waiting;
        let wait = (last.saturating_sub(8)..last).rev().find(is_wait)?;
        self.waker(SpanRef { track: host, span: wait as u32 + 1 }).filter(|_| wait + 1 < last)
    }

    /// Who will end a wait: the waker of the span that follows.
    pub fn waker_at_end(&self, place: SpanRef) -> Option<Waker> {
        let next = SpanRef { span: place.span + 1, ..place };
        let exists = (next.span as usize) < self.track(place.track).spans.len();
        let own = if exists { self.waker(next) } else { None };
        own.or_else(|| self.waker_of_task(place))
    }

    /// Who ended the wait of the task that served a request until the request's own: the task is woken first, and then
    /// says that the request goes on.
    fn waker_of_task(&self, place: SpanRef) -> Option<Waker> {
        let span = self.span(place);
        if span.state != State::Waiting || self.track(place.track).kind != Kind::Request {
            return None;
        }
        let before = self.span(SpanRef { span: place.span.checked_sub(1)?, ..place });
        let task = before.on.filter(|&on| self.track(on).kind == Kind::Task)?;
        let spans = &self.track(task).spans;
        let last = spans.starts().partition_point(|&start| start <= span.end);
        let wait = (0..last).rev().find(|&i| spans.states()[i] == State::Waiting)?;
        let next = SpanRef { track: task, span: wait as u32 + 1 };
        let is_within = wait + 1 < last && self.span(next).start > span.start;
        if is_within { self.waker(next) } else { None }
    }

    /// The flows that left a span: whom it woke or spawned while it lasted, its last instant included.
    pub fn woken_by(&self, place: SpanRef) -> impl Iterator<Item = &Flow> + '_ {
        let (span, track) = (self.span(place), self.track(place.track));
        let flows = track.flows_out.iter().map(|&i| &self.flows[i as usize]);
        flows.filter(move |flow| flow.from_at >= span.start && flow.from_at <= span.end)
    }

    /// The value of a counter at an instant; nothing before its first value.
    pub fn counter_at(&self, counter: &Counter, at: Time) -> Option<i64> {
        let index = counter.times.partition_point(|&t| t <= at).checked_sub(1)?;
        Some(counter.values[index])
    }

    /// The marks of a track from an instant on, before another.
    pub fn instants_of(&self, subject: Subject, from: Time, to: Time) -> &[u32] {
        let all = &self.track(subject).instants;
        let place = |at: Time| all.partition_point(|&i| self.instants[i as usize].at < at);
        let (first, last) = (place(from), place(to));
        &all[first..last.max(first)]
    }

    /// A mark by its number.
    pub fn instant(&self, index: u32) -> &Instant {
        &self.instants[index as usize]
    }

    /// The children of a kind, in order of birth.
    pub fn children_of_kind(&self, parent: Subject, kind: Kind) -> impl Iterator<Item = Subject> + '_ {
        let children = self.track(parent).children.iter().copied();
        children.filter(move |&child| self.track(child).kind == kind)
    }

    /// Which of several siblings of one kind and one name it is, from 1; nothing where the name tells it.
    pub fn ordinal(&self, subject: Subject) -> Option<usize> {
        let track = self.track(subject);
        let siblings = &self.track(track.parent?).children;
        let is_namesake = |&other: &Subject| {
            let other = self.track(other);
            (other.kind, other.name) == (track.kind, track.name)
        };
        // Among very many nobody looks for one by its number.
        if siblings.len() > 400 || siblings.iter().filter(|other| is_namesake(other)).count() < 2 {
            return None;
        }
        Some(siblings.iter().take_while(|&&other| other != subject).filter(|other| is_namesake(other)).count() + 1)
    }

    /// The nearest ancestor of a kind, the subject itself included.
    pub fn ancestor(&self, subject: Subject, kind: Kind) -> Option<Subject> {
        let track = self.track(subject);
        if track.kind == kind { Some(subject) } else { self.ancestor(track.parent?, kind) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    /// Two threads: A runs, sleeps, is woken by B, waits for the GIL, runs.
    fn two_threads() -> Trace {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let a = j.born(Time(0), Kind::Thread, "A", Some(p), None, None);
        let b = j.born(Time(0), Kind::Thread, "B", Some(p), None, None);
        let file = j.name("a.py");
        let line = |line| Some(Line { file, line });
        j.state(Time(0), a, State::Running, "", None, None, line(1));
        j.state(Time(10), a, State::Waiting, "lock", Some(b), None, line(2));
        let release = j.state(Time(10), b, State::Running, "", None, None, line(7));
        let ready = j.state(Time(20), a, State::Ready, "GIL", Some(b), Some(release), None);
        j.state(Time(30), b, State::Done, "", None, None, None);
        j.state(Time(30), a, State::Running, "", None, Some(ready), line(2));
        j.state(Time(40), a, State::Done, "", None, None, None);
        Trace::of(&j)
    }

    const A: Subject = Subject(1);

    #[test]
    fn the_span_at_an_instant_begins_there_or_before() {
        let trace = two_threads();
        let state_at = |t| trace.span_at(A, Time(t)).map(|place| trace.span(place).state);
        assert_eq!(state_at(0), Some(State::Running));
        assert_eq!(state_at(9), Some(State::Running));
        assert_eq!(state_at(10), Some(State::Waiting));
        assert_eq!(state_at(39), Some(State::Running));
        assert_eq!(state_at(40), None);
    }

    #[test]
    fn the_wait_of_a_request_is_ended_by_whoever_woke_its_task() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "web", None, None, None);
        let [first, second] = ["Task-1", "Task-2"].map(|name| j.born(Time(0), Kind::Task, name, Some(p), None, None));
        let request = j.born(Time(0), Kind::Request, "GET /2", Some(p), None, None);
        j.state(Time(0), first, State::Running, "", None, None, None);
        j.state(Time(0), request, State::Running, "endpoint", Some(second), None, None);
        j.state(Time(5), second, State::Waiting, "future", None, None, None);
        j.state(Time(5), request, State::Waiting, "token", None, None, None);
        let release = j.state(Time(40), first, State::Running, "", None, None, None);
        j.state(Time(40), second, State::Ready, "ready queue", None, Some(release), None);
        j.state(Time(42), second, State::Running, "", None, None, None);
        j.state(Time(43), request, State::Running, "endpoint", None, None, None);
        j.state(Time(60), request, State::Waiting, "response", None, None, None);
        j.state(Time(70), request, State::Done, "", None, None, None);
        let trace = Trace::of(&j);
        let waker = |at| trace.waker_at_end(trace.span_at(request, Time(at)).unwrap()).map(|w| (w.subject, w.at));
        assert_eq!(waker(10), Some((first, Time(40))));
        // Nothing tells who served it then.
        assert_eq!(waker(65), None);
    }

    #[test]
    fn a_wait_is_ended_by_the_thread_that_woke_it_also_seen_from_the_run_after() {
        let trace = two_threads();
        let waiting = trace.span_at(A, Time(15)).unwrap();
        let running = trace.span_at(A, Time(35)).unwrap();
        assert_eq!(trace.waker_at_end(waiting).map(|w| (w.subject, w.at)), Some((Subject(2), Time(20))));
        assert_eq!(trace.waker(running).map(|w| w.subject), Some(Subject(2)));
        assert_eq!(trace.waker(trace.span_at(A, Time(0)).unwrap()), None);
    }

    #[test]
    fn a_line_knows_its_spans_and_an_instant_its_lines() {
        let trace = two_threads();
        let file = trace.find_name("a.py").unwrap();
        let starts: Vec<_> =
            trace.spans_of_line(Line { file, line: 2 }).iter().map(|&p| trace.span(p).start.0).collect();
        assert_eq!(starts, [10, 30]);
        let lines: Vec<_> = trace.current_lines(Time(25)).iter().map(|c| (c.subject.0, c.line.line, c.state)).collect();
        assert_eq!(lines, [(1, 2, State::Ready), (2, 7, State::Running)]);
        let (times, n_spans) = trace.line_times()[&Line { file, line: 2 }];
        assert_eq!((times.waiting.0, times.running.0, n_spans), (10, 10, 2));
    }

    #[test]
    fn stepping_over_events_goes_from_instant_to_instant() {
        let trace = two_threads();
        let mut seen = vec![];
        let mut at = Time(0);
        while let Some(next) = trace.next_event(at) {
            seen.push(next.0);
            at = next;
        }
        assert_eq!(seen, [10, 20, 30, 40]);
        assert_eq!(trace.previous_event(Time(30)), Some(Time(20)));
        assert_eq!(trace.previous_event(Time(0)), None);
        assert_eq!(trace.previous_event(Time(100)), Some(Time(40)));
    }

    #[test]
    fn stepping_over_spans_stays_on_the_track() {
        let trace = two_threads();
        assert_eq!(trace.next_span(A, Time(10)).map(|p| trace.span(p).start), Some(Time(20)));
        assert_eq!(trace.previous_span(A, Time(10)).map(|p| trace.span(p).start), Some(Time(0)));
        assert_eq!(trace.next_span(A, Time(30)), None);
    }

    #[test]
    fn a_counter_has_no_value_before_its_first() {
        let mut j = Journal::new();
        let pool = j.born(Time(0), Kind::Pool, "limiter", None, None, None);
        j.count(Time(5), pool, "tokens in use", 3);
        j.count(Time(8), pool, "tokens in use", 4);
        let trace = Trace::of(&j);
        let value = |t| trace.counter_at(&trace.counters()[0], Time(t));
        assert_eq!([value(4), value(5), value(7), value(100)], [None, Some(3), Some(3), Some(4)]);
    }

    /// A loop's thread runs task a, which makes b ready; then data from another thread wakes the loop, which makes a ready;
    /// c sleeps.
    fn tasks_of_a_loop() -> (Trace, [Subject; 5]) {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let main = j.born(Time(0), Kind::Thread, "MainThread", Some(p), None, None);
        let other = j.born(Time(0), Kind::Thread, "other", Some(p), None, None);
        let sends = j.state(Time(0), other, State::Running, "", None, None, None);
        let runs = Some(j.state(Time(1), main, State::Running, "", None, None, None));
        let host = j.born(Time(1), Kind::Loop, "loop", Some(main), runs, None);
        let a = j.born(Time(2), Kind::Task, "a", Some(host), runs, None);
        j.state(Time(2), a, State::Running, "", None, runs, None);
        let b = j.born(Time(3), Kind::Task, "b", Some(host), runs, None);
        let c = j.born(Time(3), Kind::Task, "c", Some(host), runs, None);
        j.state(Time(4), b, State::Waiting, "event", None, runs, None);
        j.state(Time(4), c, State::Waiting, "sleep", None, runs, None);
        j.state(Time(5), b, State::Ready, "", None, runs, None);
        j.state(Time(6), a, State::Waiting, "socket", None, runs, None);
        j.state(Time(7), b, State::Running, "", None, runs, None);
        j.state(Time(8), b, State::Done, "", None, runs, None);
        j.state(Time(9), main, State::Waiting, "select", None, None, None);
        j.state(Time(20), main, State::Ready, "core", None, Some(sends), None);
        let runs = Some(j.state(Time(21), main, State::Running, "", None, None, None));
        j.state(Time(22), a, State::Ready, "", None, runs, None);
        j.state(Time(22), c, State::Ready, "", None, runs, None);
        j.state(Time(23), a, State::Running, "", None, runs, None);
        (Trace::of(&j), [main, other, a, b, c])
    }

    #[test]
    fn a_task_is_made_and_woken_by_the_task_that_ran_then_not_by_its_thread() {
        let (trace, [_, _, a, b, _]) = tasks_of_a_loop();
        let maker = trace.track(b).maker.map(|flow| trace.flows()[flow as usize]);
        assert_eq!(maker.map(|flow| (flow.from, flow.from_at, flow.is_birth)), Some((a, Time(3), true)));
        let ready = trace.span_at(b, Time(5)).unwrap();
        assert_eq!(trace.waker(ready), Some(Waker { subject: a, at: Time(5) }));
        let running = trace.span_at(b, Time(7)).unwrap();
        assert_eq!(trace.waker(running), trace.waker(ready));
        assert_eq!(trace.span(running).flow, None);
    }

    #[test]
    fn a_task_that_the_loop_makes_ready_owes_it_to_whoever_woke_the_loop_and_one_that_slept_to_nobody() {
        let (trace, [_, other, a, _, c]) = tasks_of_a_loop();
        let waiting = trace.span_at(a, Time(10)).unwrap();
        assert_eq!(trace.waker_at_end(waiting).map(|waker| waker.subject), Some(other));
        assert_eq!(trace.waker_at_end(trace.span_at(c, Time(10)).unwrap()), None);
    }
}
