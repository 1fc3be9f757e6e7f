//! Who waits for whom at an instant, and the circles in it: deadlocks.
//!
//! Everybody waits for at most one thing. Where that is a lock, the edge goes through it to its holder:
//!
//! ```text
//! philosopher 0 ──lock──► philosopher 1 ──lock──► philosopher 2 ──lock──► philosopher 0
//! ```
//!
//! A circle is a fact of its instant. Whether it is for ever is another: a timeout or a cancellation may break it, and
//! [`Cycle::until`] says when. Whoever waits for what it holds itself, as for a notification that nobody will send, is a
//! circle of one only if nothing ever ends it.

use super::{SpanRef, Trace};
use crate::journal::{Kind, Name, State, Subject};
use crate::time::Time;

/// An edge: somebody waits for somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wait {
    /// Who waits.
    pub who: Subject,
    /// For whom: a thread, a task, a request or a process; a lock or pool without a known holder.
    pub on: Subject,
    /// The lock or pool between them.
    pub through: Option<Subject>,
    /// What is waited for, in a word.
    pub reason: Name,
    /// The span, to select or to explain.
    pub place: SpanRef,
    /// Since when.
    pub since: Time,
}

/// A circle of waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cycle {
    /// Those who wait, each for the next and the last for the first; the one with the lowest number first.
    pub members: Vec<Subject>,
    /// When it closed: the last of the waits began.
    pub since: Time,
    /// When the first of the waits ended; nothing where none ever does.
    pub until: Option<Time>,
}

/// The waits of an instant.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Waits {
    /// Every wait for somebody, ordered by who waits.
    pub edges: Vec<Wait>,
    /// The circles, each once.
    pub cycles: Vec<Cycle>,
}

impl Waits {
    /// Who waits for whom at an instant of a trace.
    pub fn at(trace: &Trace, at: Time) -> Waits {
        let living = trace.tracks().iter().take_while(|track| track.born <= at);
        let living = living.filter(|track| track.ended.is_none_or(|ended| ended > at));
        let waiting = living.filter(|track| matches!(track.kind, Kind::Thread | Kind::Task | Kind::Request));
        let edges: Vec<Wait> = waiting.filter_map(|track| edge(trace, track.subject, at)).collect();
        let cycles = cycles(trace, &edges);
        Waits { edges, cycles }
    }

    /// The wait of somebody.
    pub fn of(&self, who: Subject) -> Option<&Wait> {
        self.edges.binary_search_by_key(&who, |edge| edge.who).ok().map(|i| &self.edges[i])
    }

    /// Whoever waits for somebody.
    pub fn for_whom(&self, on: Subject) -> impl Iterator<Item = &Wait> + '_ {
        self.edges.iter().filter(move |edge| edge.on == on)
    }

    /// From somebody on, wait by wait, up to whoever does not wait or was met before.
    pub fn chain(&self, who: Subject) -> Vec<&Wait> {
        let mut chain: Vec<&Wait> = Vec::new();
        let mut next = self.of(who);
        while let Some(edge) = next.filter(|edge| chain.iter().all(|known| known.who != edge.who)) {
            chain.push(edge);
            next = self.of(edge.on);
        }
        chain
    }
}

fn edge(trace: &Trace, who: Subject, at: Time) -> Option<Wait> {
    let now = trace.standing(who, at).filter(|now| now.state == State::Waiting)?;
    let on = now.on?;
    let is_thing = matches!(trace.track(on).kind, Kind::Lock | Kind::Pool);
    let holder = trace.standing(on, at).filter(|held| is_thing && held.state == State::Running);
    let holder = holder.and_then(|held| held.on);
    let (on, through) = holder.map_or((on, None), |holder| (holder, Some(on)));
    let (reason, place, since) = (now.reason, now.place, now.since);
    Some(Wait { who, on, through, reason, place, since })
}

fn cycles(trace: &Trace, edges: &[Wait]) -> Vec<Cycle> {
    let place_of = |who: Subject| edges.binary_search_by_key(&who, |edge| edge.who).ok();
    // In which walk an edge was met first; a walk that meets itself has found a circle.
    let mut met = vec![usize::MAX; edges.len()];
    let mut found = Vec::new();
    for first in 0..edges.len() {
        let mut next = Some(first);
        while let Some(i) = next.filter(|&i| met[i] == usize::MAX) {
            met[i] = first;
            next = place_of(edges[i].on);
        }
        let Some(start) = next.filter(|&i| met[i] == first) else { continue };
        let mut members = vec![start];
        let mut i = place_of(edges[start].on);
        while let Some(member) = i.filter(|&i| i != start) {
            members.push(member);
            i = place_of(edges[member].on);
        }
        let lowest = (0..members.len()).min_by_key(|&i| edges[members[i]].who).unwrap_or(0);
        members.rotate_left(lowest);
        let waits = members.iter().map(|&i| &edges[i]);
        let since = waits.clone().map(|wait| wait.since).max().unwrap_or(Time::ZERO);
        let ends = waits.filter(|wait| is_ended(trace, wait.place)).map(|wait| trace.span(wait.place).end);
        let until = ends.min();
        if members.len() > 1 || until.is_none() {
            found.push(Cycle { members: members.iter().map(|&i| edges[i].who).collect(), since, until });
        }
    }
    found
}

/// Whether a span ends before the trace does.
fn is_ended(trace: &Trace, place: SpanRef) -> bool {
    trace.track(place.track).spans.ends()[place.span as usize] != Time::NEVER
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    /// A and B hold a lock each and want the other's; C waits for A; D waits for what it holds itself; B gives up at 50.
    fn circle(breaks: bool) -> (Trace, [Subject; 4]) {
        let mut j = Journal::new();
        let [a, b, c, d] = ["A", "B", "C", "D"].map(|name| j.born(Time(0), Kind::Task, name, None, None, None));
        let lock = j.born(Time(0), Kind::Lock, "Lock", None, None, None);
        j.state(Time(5), lock, State::Running, "", Some(a), None, None);
        j.state(Time(10), a, State::Waiting, "lock", Some(b), None, None);
        j.state(Time(20), b, State::Waiting, "lock", Some(lock), None, None);
        j.state(Time(30), c, State::Waiting, "task", Some(a), None, None);
        j.state(Time(30), d, State::Waiting, "lock", Some(d), None, None);
        if breaks {
            j.state(Time(50), b, State::Running, "", None, None, None);
            j.state(Time(60), d, State::Running, "", None, None, None);
        }
        j.state(Time(70), c, State::Done, "", None, None, None);
        (Trace::of(&j), [a, b, c, d])
    }

    #[test]
    fn a_circle_through_a_lock_is_found_once_and_says_since_when() {
        let (trace, [a, b, _, d]) = circle(false);
        let waits = Waits::at(&trace, Time(40));
        let circle = Cycle { members: vec![a, b], since: Time(20), until: None };
        assert_eq!(waits.cycles, [circle, Cycle { members: vec![d], since: Time(30), until: None }]);
        assert_eq!(waits.of(b).map(|wait| (wait.on, wait.through)), Some((a, Some(Subject(4)))));
    }

    #[test]
    fn what_breaks_a_circle_is_when_its_first_wait_ends_and_waiting_for_oneself_that_ends_is_none() {
        let (trace, [a, b, ..]) = circle(true);
        let waits = Waits::at(&trace, Time(40));
        assert_eq!(waits.cycles, [Cycle { members: vec![a, b], since: Time(20), until: Some(Time(50)) }]);
        assert_eq!(Waits::at(&trace, Time(15)).cycles, []);
        assert_eq!(Waits::at(&trace, Time(50)).cycles, []);
    }

    #[test]
    fn a_chain_goes_from_wait_to_wait_and_does_not_run_round() {
        let (trace, [a, b, c, _]) = circle(false);
        let waits = Waits::at(&trace, Time(40));
        let chain: Vec<_> = waits.chain(c).iter().map(|wait| (wait.who, wait.on)).collect();
        assert_eq!(chain, [(c, a), (a, b), (b, a)]);
        assert_eq!(waits.for_whom(a).map(|wait| wait.who).collect::<Vec<_>>(), [b, c]);
    }
}
