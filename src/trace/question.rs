//! What a reader asks first of a run: why the slowest piece of work took so long; where a program has threads alone, what
//! the one that was held up longest waited for.

use super::{Span, Trace};
use crate::journal::{Kind, State, Subject};
use crate::time::{Duration, Time};

/// Of whom it is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// Why it took so long.
    Took(Subject, Duration),
    /// Why it waited so long.
    Waited(Subject, Duration),
}

impl Trace {
    /// What is asked first, and the instant at which the answer is seen; `work` is what counts as a piece of work.
    pub fn first_question(&self, work: Kind) -> Option<(Question, Time)> {
        let all = (Time::ZERO, self.end());
        if let Some((subject, at)) = self.slowest(work, all, Duration(1), Duration(u64::MAX)) {
            let track = self.track(subject);
            let took = track.ended.unwrap_or(self.end()).since(track.born);
            return Some((Question::Took(subject, took), at));
        }
        let threads = self.tracks().iter().filter(|track| track.kind == Kind::Thread);
        let held_up = threads.map(|track| {
            let spans = self.spans(track.subject).filter(|span| self.is_held_up(span));
            (spans.fold(Duration(0), |sum, span| sum + span.duration()), track.subject)
        });
        // Of two that waited alike it is the one that was there first.
        let (waited, subject) = held_up.rev().max_by_key(|&(waited, _)| waited)?;
        let longest = self.spans(subject).filter(|span| self.is_held_up(span)).max_by_key(Span::duration)?;
        Some((Question::Waited(subject, waited), middle(&longest)))
    }

    /// Of the pieces of work that ended within a stretch of time after having taken from so long to less than so long, the
    /// slowest, and the middle of what it spent most of its life with other than running.
    pub fn slowest(
        &self,
        work: Kind,
        (from, to): (Time, Time),
        least: Duration,
        most: Duration,
    ) -> Option<(Subject, Time)> {
        let ended = self.tracks().iter().filter(|track| track.kind == work);
        let ended = ended.filter_map(|track| Some((track, track.ended.filter(|&at| from <= at && at <= to)?)));
        let took = ended.map(|(track, ended)| (ended.since(track.born), track.subject));
        let (_, subject) = took.filter(|&(time, _)| least <= time && time < most).max_by_key(|&(time, _)| time)?;
        let idle = self.spans(subject).filter(|span| span.state != State::Running);
        let longest = idle.max_by_key(Span::duration);
        Some((subject, longest.map_or(self.track(subject).born, |span| middle(&span))))
    }

    /// Whether others keep it from going on: who sleeps, looks for events or listens wants to, and who joins waits for work
    /// that is done meanwhile.
    fn is_held_up(&self, span: &Span) -> bool {
        match span.state {
            State::Ready => true,
            State::Waiting => !matches!(self.text_of(span.reason), "sleep" | "select" | "join" | "socket"),
            _ => false,
        }
    }
}

fn middle(span: &Span) -> Time {
    Time(span.start.0 + span.duration().0 / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    #[test]
    fn of_threads_the_one_that_others_hold_up_is_asked_about() {
        let mut j = Journal::new();
        let [main, hog] = ["MainThread", "hog"].map(|name| j.born(Time(0), Kind::Thread, name, None, None, None));
        j.state(Time(0), main, State::Waiting, "join", Some(hog), None, None);
        j.state(Time(0), hog, State::Running, "", None, None, None);
        j.state(Time(10), hog, State::Ready, "GIL", None, None, None);
        j.state(Time(14), hog, State::Running, "", None, None, None);
        j.state(Time(20), hog, State::Waiting, "lock", None, None, None);
        j.state(Time(26), hog, State::Running, "", None, None, None);
        j.state(Time(30), main, State::Waiting, "sleep", None, None, None);
        j.state(Time(90), main, State::Waiting, "socket", None, None, None);
        j.state(Time(140), main, State::Running, "", None, None, None);
        let trace = Trace::of(&j);
        assert_eq!(trace.first_question(Kind::Task), Some((Question::Waited(hog, Duration(10)), Time(23))));
    }
}
