//! Cancellations and timeouts: whose work was broken off, when, by whom.

use super::Trace;
use crate::journal::{Kind, Line, Name, State, Subject};
use crate::time::Time;

/// A task that was cancelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interruption {
    /// When it was asked to stop.
    pub at: Time,
    /// Who.
    pub subject: Subject,
    /// Whether a deadline had passed, rather than somebody had decided so.
    pub is_timeout: bool,
    /// Who asked: the task, or the thread, that ran; nothing for a timer.
    pub by: Option<Subject>,
    /// In words, where there is more to say.
    pub detail: Option<Name>,
    /// The line that asked.
    pub line: Option<Line>,
    /// When it ended; nothing for one that went on.
    pub ended: Option<Time>,
}

/// Every cancellation in a stretch of time, its ends included, in order of time.
pub fn interruptions(trace: &Trace, from: Time, to: Time) -> Vec<Interruption> {
    let first = trace.instants().partition_point(|mark| mark.at < from);
    let within = trace.instants()[first..].iter().take_while(|mark| mark.at <= to);
    let cancelled = within.filter(|mark| trace.text_of(mark.name) == "cancelled");
    let told = cancelled.map(|mark| {
        let by = trace.running_on_loop(mark.subject, mark.at);
        let is_deadline = mark.detail.is_some_and(|detail| trace.text_of(detail) == "deadline");
        // On a loop of whose tasks none runs, a timer has asked.
        let is_timeout = is_deadline || (by.is_none() && trace.host(mark.subject).is_some());
        let ended = trace.track(mark.subject).ended;
        let (at, subject, detail, line) = (mark.at, mark.subject, mark.detail, mark.line);
        Interruption { at, subject, is_timeout, by: by.filter(|_| !is_timeout), detail, line, ended }
    });
    told.collect()
}

impl Trace {
    /// The task that runs at an instant on the event loop of a task.
    pub fn running_on_loop(&self, task: Subject, at: Time) -> Option<Subject> {
        let event_loop = self.track(task).parent.filter(|&parent| self.track(parent).kind == Kind::Loop)?;
        let runs = |&other: &Subject| self.standing(other, at).is_some_and(|now| now.state == State::Running);
        self.children_of_kind(event_loop, Kind::Task).find(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    #[test]
    fn who_cancels_is_told_from_a_timer() {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "main", None, None, None);
        let t = j.born(Time(0), Kind::Thread, "t", Some(p), None, None);
        let l = j.born(Time(0), Kind::Loop, "loop", Some(t), None, None);
        let [a, b, c] = ["a", "b", "c"].map(|name| j.born(Time(0), Kind::Task, name, Some(l), None, None));
        j.state(Time(1), a, State::Running, "", None, None, None);
        j.mark(Time(2), b, "cancelled", None, None);
        j.mark(Time(2), c, "cancelled", Some("deadline"), None);
        j.state(Time(3), a, State::Done, "", None, None, None);
        j.state(Time(4), b, State::Done, "", None, None, None);
        j.mark(Time(5), c, "cancelled", None, None);
        j.mark(Time(5), c, "pass", None, None);
        let trace = Trace::of(&j);
        let told: Vec<_> = interruptions(&trace, Time(2), Time(5))
            .iter()
            .map(|told| (told.subject, told.is_timeout, told.by, told.ended))
            .collect();
        assert_eq!(told, [(b, false, Some(a), Some(Time(4))), (c, true, None, None), (c, true, None, None)]);
        assert_eq!(interruptions(&trace, Time(3), Time(4)), []);
    }
}
