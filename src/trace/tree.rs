//! Who made whom, and who awaits whom, at an instant: two trees over those who live then.
//!
//! The tree of makers goes from a process over its threads to the tasks, each below whoever made it; whoever made it and
//! has ended is left out, and what it made hangs below the next one up. The tree of awaits has at its top those whom
//! nobody awaits, and below each the tasks that it waits for, as `python -m asyncio pstree` shows them.

use std::collections::BTreeMap;

use super::{Standing, Trace};
use crate::journal::{Kind, State, Subject};
use crate::time::Time;

/// A place in a tree. A tree is the list of its nodes, each before its children.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Node {
    /// Who.
    pub subject: Subject,
    /// How far below the top: 0 at the top.
    pub depth: usize,
    /// What it does; nothing for a process.
    pub standing: Option<Standing>,
}

/// The tree of makers at an instant.
pub fn task_tree(trace: &Trace, at: Time) -> Vec<Node> {
    let lives = |subject: Subject| {
        let track = trace.track(subject);
        track.born <= at && track.ended.is_none_or(|ended| ended > at)
    };
    let above = |subject: Subject| {
        let mut next = maker(trace, subject);
        while let Some(maker_of) = next.filter(|&above| !lives(above)) {
            next = maker(trace, maker_of);
        }
        next
    };
    let mut below: BTreeMap<Option<Subject>, Vec<Subject>> = BTreeMap::new();
    for track in trace.tracks().iter().take_while(|track| track.born <= at) {
        if matches!(track.kind, Kind::Process | Kind::Thread | Kind::Task) && lives(track.subject) {
            below.entry(above(track.subject)).or_default().push(track.subject);
        }
    }
    listed(trace, at, &below)
}

/// The tree of awaits of the tasks at an instant. A task that several wait for stands below the first of them.
///
/// A wait for several tasks at once names none of them. Those that the task made are taken for them: of a task group all
/// that still live, else, as with `gather(f(), g())`, those of the turn in which it began to wait.
pub fn await_tree(trace: &Trace, at: Time) -> Vec<Node> {
    let lives = |track: &&super::Track| track.ended.is_none_or(|ended| ended > at);
    let born = trace.tracks().iter().take_while(|track| track.born <= at);
    let tasks: Vec<Subject> =
        born.filter(|track| track.kind == Kind::Task).filter(lives).map(|track| track.subject).collect();
    let mut waiter: BTreeMap<Subject, Subject> = BTreeMap::new();
    for &task in &tasks {
        let Some(now) = trace.standing(task, at).filter(|now| now.state == State::Waiting) else { continue };
        match now.on {
            Some(on) if trace.track(on).kind == Kind::Task => drop(waiter.entry(on).or_insert(task)),
            Some(_) => {}
            None => {
                for awaited in awaited_together(trace, &now) {
                    waiter.entry(awaited).or_insert(task);
                }
            }
        }
    }
    let mut below: BTreeMap<Option<Subject>, Vec<Subject>> = BTreeMap::new();
    for &task in &tasks {
        // In a circle of awaits nobody is at the top; the one that was born first is put there.
        let top = circle_top(&waiter, task);
        let above = waiter.get(&task).copied().filter(|_| top != Some(task));
        below.entry(above).or_default().push(task);
    }
    listed(trace, at, &below)
}

/// Who made a subject, or whose it is.
fn maker(trace: &Trace, subject: Subject) -> Option<Subject> {
    let track = trace.track(subject);
    let made_by = track.maker.map(|flow| trace.flows()[flow as usize].from);
    made_by.filter(|&from| matches!(trace.track(from).kind, Kind::Process | Kind::Thread | Kind::Task)).or_else(|| {
        let mut parent = track.parent;
        while let Some(thing) = parent.filter(|&thing| trace.track(thing).kind == Kind::Loop) {
            parent = trace.track(thing).parent;
        }
        parent
    })
}

/// The tasks that somebody who waits for several waits for: of a group all that it made, else those of its last turn.
fn awaited_together<'a>(trace: &'a Trace, now: &Standing) -> impl Iterator<Item = Subject> + 'a {
    let before = now.place.span.checked_sub(1).map(|span| trace.span(super::SpanRef { span, ..now.place }).start);
    let from = match trace.text_of(now.reason) {
        // asyncio and AnyIO say "task group", Trio "children".
        "task group" | "children" => Some(Time::ZERO),
        "gather" | "wait" | "tasks" | "as_completed" => before,
        _ => None,
    };
    let since = now.since;
    let flows = trace.track(now.subject).flows_out.iter().map(|&i| &trace.flows()[i as usize]);
    let made =
        flows.filter(move |flow| flow.is_birth && flow.to_at <= since && from.is_some_and(|at| flow.to_at >= at));
    made.map(|flow| flow.to).filter(|&to| trace.track(to).kind == Kind::Task)
}

/// Of the circle of awaits that a task is in the one that was born first.
fn circle_top(waiter: &BTreeMap<Subject, Subject>, task: Subject) -> Option<Subject> {
    let (mut top, mut next) = (task, *waiter.get(&task)?);
    for _ in 0..waiter.len() {
        if next == task {
            return Some(top);
        }
        top = top.min(next);
        next = *waiter.get(&next)?;
    }
    None
}

/// A tree in the order of its nodes.
fn listed(trace: &Trace, at: Time, below: &BTreeMap<Option<Subject>, Vec<Subject>>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut stack: Vec<(Subject, usize)> = Vec::new();
    let push = |stack: &mut Vec<(Subject, usize)>, above: Option<Subject>, depth: usize| {
        let children = below.get(&above).map_or(&[][..], Vec::as_slice);
        stack.extend(children.iter().rev().map(|&child| (child, depth)));
    };
    push(&mut stack, None, 0);
    while let Some((subject, depth)) = stack.pop() {
        let standing = trace.standing(subject, at);
        nodes.push(Node { subject, depth, standing });
        push(&mut stack, Some(subject), depth + 1);
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    /// Main gathers a and b; a made c and ended; b awaits d.
    fn family() -> Trace {
        let mut j = Journal::new();
        let p = j.born(Time(0), Kind::Process, "p", None, None, None);
        let t = j.born(Time(0), Kind::Thread, "t", Some(p), None, None);
        let runs = Some(j.state(Time(0), t, State::Running, "", None, None, None));
        let l = j.born(Time(0), Kind::Loop, "loop", Some(t), runs, None);
        let task = |j: &mut Journal, at, name: &str| j.born(Time(at), Kind::Task, name, Some(l), runs, None);
        let main = task(&mut j, 0, "main");
        j.state(Time(1), main, State::Running, "", None, runs, None);
        let a = task(&mut j, 2, "a");
        let b = task(&mut j, 2, "b");
        j.state(Time(3), main, State::Waiting, "gather", None, runs, None);
        j.state(Time(4), a, State::Running, "", None, runs, None);
        let c = task(&mut j, 5, "c");
        j.state(Time(5), c, State::Ready, "", None, runs, None);
        j.state(Time(6), a, State::Done, "", None, runs, None);
        j.state(Time(7), b, State::Running, "", None, runs, None);
        let d = task(&mut j, 8, "d");
        j.state(Time(9), b, State::Waiting, "task", Some(d), runs, None);
        j.state(Time(9), d, State::Waiting, "sleep", None, runs, None);
        j.state(Time(20), d, State::Done, "", None, runs, None);
        Trace::of(&j)
    }

    fn words(trace: &Trace, nodes: &[Node]) -> Vec<String> {
        nodes.iter().map(|node| format!("{}{}", " ".repeat(node.depth), trace.name_of(node.subject))).collect()
    }

    #[test]
    fn tasks_stand_below_whoever_made_them_and_still_lives() {
        let trace = family();
        assert_eq!(words(&trace, &task_tree(&trace, Time(5))), ["p", " t", "  main", "   a", "    c", "   b"]);
        assert_eq!(words(&trace, &task_tree(&trace, Time(10))), ["p", " t", "  main", "   b", "    d", "   c"]);
    }

    #[test]
    fn tasks_stand_below_whoever_awaits_them() {
        let trace = family();
        assert_eq!(words(&trace, &await_tree(&trace, Time(10))), ["main", " b", "  d", "c"]);
    }

    #[test]
    fn a_circle_of_awaits_has_a_top_and_an_end() {
        let mut j = Journal::new();
        let [a, b, c] = ["a", "b", "c"].map(|name| j.born(Time(0), Kind::Task, name, None, None, None));
        j.state(Time(1), a, State::Waiting, "task", Some(b), None, None);
        j.state(Time(1), b, State::Waiting, "task", Some(a), None, None);
        j.state(Time(1), c, State::Waiting, "task", Some(a), None, None);
        let trace = Trace::of(&j);
        assert_eq!(words(&trace, &await_tree(&trace, Time(1))), ["a", " b", "c"]);
    }
}
