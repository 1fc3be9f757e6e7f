//! Matches a program against a text by backtracking, a bounded number of steps at a time.
//!
//! Ways not taken lie on a trail, and between them whatever must be undone on the way back: marks of groups,
//! counters of loops. So matching can stop at any step and go on later, however long a pattern takes.

use std::rc::Rc;

use super::charset::{Case, holds};
use super::program::{Op, Program, UNBOUNDED, WORD};
use super::tree::{Manner, Place};
use crate::python::text::Str;

/// No place.
pub const NOWHERE: u32 = u32::MAX;

/// What is searched.
#[derive(Clone)]
pub enum Subject {
    /// A text in which a character is a byte.
    Ascii(Rc<Str>),
    /// Any other text.
    Text(Vec<char>),
    /// Bytes.
    Bytes(Rc<Vec<u8>>),
}

/// The same, borrowed.
#[derive(Clone, Copy)]
enum View<'a> {
    Bytes(&'a [u8]),
    Text(&'a [char]),
}

impl Subject {
    /// Its length in characters.
    pub fn len(&self) -> usize {
        match self {
            Subject::Ascii(text) => text.as_str().len(),
            Subject::Text(chars) => chars.len(),
            Subject::Bytes(bytes) => bytes.len(),
        }
    }

    fn view(&self) -> View<'_> {
        match self {
            Subject::Ascii(text) => View::Bytes(text.as_str().as_bytes()),
            Subject::Text(chars) => View::Text(chars),
            Subject::Bytes(bytes) => View::Bytes(bytes),
        }
    }
}

impl View<'_> {
    fn at(self, index: u32) -> u32 {
        match self {
            View::Bytes(bytes) => bytes[index as usize] as u32,
            View::Text(chars) => chars[index as usize] as u32,
        }
    }
}

/// What is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// A match anywhere.
    Search,
    /// A match at the start.
    Match,
    /// A match of the whole.
    Full,
}

/// How a bounded number of steps ended.
#[derive(PartialEq, Eq, Debug)]
pub enum Outcome {
    /// With a match.
    Found,
    /// There is none.
    Nothing,
    /// The steps are used up.
    Unfinished,
}

/// Something on the trail.
#[derive(Clone, Copy)]
enum Entry {
    /// Another way: operation and place in the text.
    Way(u32, u32),
    /// The mark of a group was this, and the last closed group that.
    Mark(u32, u32, u32),
    /// The counter of a loop was this, its last turn began there.
    Counter(u32, u32, u32),
    /// Characters that may be given back: operation behind them, fewest, now.
    Fewer(u32, u32, u32),
    /// Characters that may be taken: operation that matches one, place, how many more.
    More(u32, u32, u32),
    /// A lookaround or atomic group began: whether it is negative, where it ends, place.
    Fence(bool, u32, u32),
}

/// A search under way.
#[derive(Clone)]
pub struct Matcher {
    program: Rc<Program>,
    subject: Subject,
    wanted: Wanted,
    /// The text ends here.
    end: u32,
    /// Where the attempt begins.
    start: u32,
    /// The first attempt must not match nothing: the last match ended here.
    must_advance: bool,
    /// An attempt is under way.
    trying: bool,
    op: u32,
    at: u32,
    /// Beginnings and ends of groups, the whole first.
    marks: Vec<u32>,
    /// The group that was closed last, 0 for none.
    last_group: u32,
    /// Turns and the place where the last turn beyond the least began.
    counters: Vec<(u32, u32)>,
    trail: Vec<Entry>,
}

impl Matcher {
    /// A search in `subject` between two places.
    pub fn new(program: Rc<Program>, subject: Subject, start: u32, end: u32, wanted: Wanted) -> Matcher {
        let marks = vec![NOWHERE; 2 * (program.n_groups + 1)];
        let counters = vec![(0, NOWHERE); program.n_loops];
        Matcher {
            program,
            subject,
            wanted,
            end,
            start,
            must_advance: false,
            trying: false,
            op: 0,
            at: 0,
            marks,
            last_group: 0,
            counters,
            trail: Vec::new(),
        }
    }

    /// Beginnings and ends of the groups of a match, the whole first.
    pub fn marks(&self) -> &[u32] {
        &self.marks
    }

    /// The group that was closed last.
    pub fn last_group(&self) -> Option<u32> {
        (self.last_group != 0).then_some(self.last_group)
    }

    /// Goes on for so many steps at most; counts them down.
    pub fn run(&mut self, steps: &mut u64) -> Outcome {
        let program = self.program.clone();
        loop {
            if !self.trying {
                if self.start > self.end || !self.skip_to_candidate(&program, steps) {
                    return Outcome::Nothing;
                }
                self.marks.fill(NOWHERE);
                self.last_group = 0;
                self.trail.clear();
                (self.op, self.at) = (0, self.start);
                self.trying = true;
            }
            match self.attempt(&program, steps) {
                None => return Outcome::Unfinished,
                Some(true) => {
                    self.marks[0] = self.start;
                    self.marks[1] = self.at;
                    self.trying = false;
                    // The next match is looked for behind this one, and does not match nothing once more.
                    self.must_advance = self.at == self.start;
                    self.start = self.at;
                    return Outcome::Found;
                }
                Some(false) => {
                    self.trying = false;
                    self.must_advance = false;
                    self.start += 1;
                    if self.wanted != Wanted::Search {
                        self.start = self.end + 1;
                    }
                }
            }
        }
    }

    /// Passes by places where no match can begin.
    fn skip_to_candidate(&mut self, program: &Program, steps: &mut u64) -> bool {
        let Some(first) = program.first else { return true };
        let view = self.subject.view();
        let begin = self.start;
        while self.start < self.end && !unit(program, first, view.at(self.start)) {
            if self.wanted != Wanted::Search {
                return false;
            }
            self.start += 1;
        }
        if self.start > begin {
            self.must_advance = false;
            *steps = steps.saturating_sub((self.start - begin) as u64 / 4);
        }
        self.start < self.end
    }

    /// Goes on with the attempt; whether it matches, once that is known.
    fn attempt(&mut self, program: &Program, steps: &mut u64) -> Option<bool> {
        loop {
            if *steps == 0 {
                return None;
            }
            *steps -= 1;
            let goes_on = match program.ops[self.op as usize] {
                Op::Match => {
                    let whole = self.wanted != Wanted::Full || self.at == self.end;
                    if whole && !(self.must_advance && self.at == self.start) {
                        return Some(true);
                    }
                    false
                }
                _ => self.step(program, steps),
            };
            if !goes_on && !self.back(program, steps) {
                return Some(false);
            }
        }
    }

    /// One operation; `false` when it does not match.
    fn step(&mut self, program: &Program, steps: &mut u64) -> bool {
        let view = self.subject.view();
        let here = self.op;
        self.op += 1;
        match program.ops[here as usize] {
            Op::Char(_) | Op::All | Op::Set(_) => {
                if self.at >= self.end || !unit(program, here as usize, view.at(self.at)) {
                    return false;
                }
                self.at += 1;
            }
            Op::Many(min, max, manner) => return self.many(program, min, max, manner, steps),
            Op::At(place, lines, unicode) => return self.is_at(place, lines, unicode),
            Op::Mark(slot) => {
                let old = std::mem::replace(&mut self.marks[slot as usize], self.at);
                self.trail.push(Entry::Mark(slot, old, self.last_group));
                if slot % 2 == 1 {
                    self.last_group = slot / 2;
                }
            }
            Op::Try(other) => self.trail.push(Entry::Way(other, self.at)),
            Op::Jump(target) => self.op = target,
            Op::Loop(counter) => self.count(counter, 0, NOWHERE),
            Op::Turn { counter, min, max, lazy, exit } => {
                let (turns, last) = self.counters[counter as usize];
                if turns < min {
                    self.count(counter, turns + 1, last);
                    self.op += 1;
                } else if (max != UNBOUNDED && turns >= max) || last == self.at {
                    self.op = exit;
                } else if lazy {
                    self.trail.push(Entry::Way(self.op, self.at));
                    self.op = exit;
                } else {
                    self.trail.push(Entry::Way(exit, self.at));
                }
            }
            Op::Enter(counter) => {
                let turns = self.counters[counter as usize].0;
                self.count(counter, turns + 1, self.at);
            }
            Op::Back(group, case) => return self.same_again(group, case, steps),
            Op::IfGroup(group, other) => {
                if self.group(group).is_none() {
                    self.op = other;
                }
            }
            Op::Look { behind, negative, end } => {
                if self.at < behind {
                    self.op = end;
                    return negative;
                }
                self.trail.push(Entry::Fence(negative, end, self.at));
                self.at -= behind;
            }
            Op::LookEnd => {
                let fence = self.fence();
                if let Entry::Fence(true, ..) = self.trail[fence] {
                    while self.trail.len() > fence {
                        self.undo();
                    }
                    return false;
                }
                if let Entry::Fence(_, _, at) = self.trail[fence] {
                    self.at = at;
                }
                self.settle(fence);
            }
            Op::Atomic => self.trail.push(Entry::Fence(false, 0, self.at)),
            Op::AtomicEnd => {
                let fence = self.fence();
                self.settle(fence);
            }
            Op::Match => {}
        }
        true
    }

    /// Another way, the latest first; `false` when there is none.
    fn back(&mut self, program: &Program, steps: &mut u64) -> bool {
        while let Some(entry) = self.trail.pop() {
            match entry {
                Entry::Way(op, at) => {
                    (self.op, self.at) = (op, at);
                    return true;
                }
                Entry::Fewer(op, least, mut at) => {
                    let view = self.subject.view();
                    // What must come behind is seen at a glance when it is one character.
                    let wanted = match program.ops[op as usize] {
                        Op::Char(c) => Some(c),
                        _ => None,
                    };
                    let from = at;
                    at -= 1;
                    while at > least && wanted.is_some_and(|c| at >= self.end || view.at(at) != c) {
                        at -= 1;
                    }
                    *steps = steps.saturating_sub((from - at) as u64 / 4);
                    if at > least {
                        self.trail.push(Entry::Fewer(op, least, at));
                    }
                    (self.op, self.at) = (op, at);
                    return true;
                }
                Entry::More(op, at, left) => {
                    if at < self.end && unit(program, op as usize, self.subject.view().at(at)) {
                        if left > 1 {
                            self.trail.push(Entry::More(op, at + 1, if left == UNBOUNDED { left } else { left - 1 }));
                        }
                        (self.op, self.at) = (op + 1, at + 1);
                        return true;
                    }
                }
                Entry::Fence(true, op, at) => {
                    (self.op, self.at) = (op, at);
                    return true;
                }
                Entry::Fence(false, ..) => {}
                undone => self.take_back(undone),
            }
        }
        false
    }

    /// A repetition of one operation on a character.
    fn many(&mut self, program: &Program, min: u32, max: u32, manner: Manner, steps: &mut u64) -> bool {
        let view = self.subject.view();
        let item = self.op as usize;
        self.op += 1;
        let most = if manner == Manner::Lazy { min } else { max };
        let limit = if most == UNBOUNDED { self.end } else { self.end.min(self.at.saturating_add(most)) };
        let begin = self.at;
        while self.at < limit && unit(program, item, view.at(self.at)) {
            self.at += 1;
        }
        let n = self.at - begin;
        *steps = steps.saturating_sub(n as u64 / 4);
        if n < min {
            return false;
        }
        match manner {
            Manner::Greedy if n > min => self.trail.push(Entry::Fewer(self.op, begin + min, self.at)),
            Manner::Lazy if max > min => {
                let left = if max == UNBOUNDED { max } else { max - min };
                self.trail.push(Entry::More(item as u32, self.at, left));
            }
            _ => {}
        }
        true
    }

    fn is_at(&self, place: Place, lines: bool, unicode: bool) -> bool {
        let view = self.subject.view();
        let newline = |index: u32| view.at(index) == '\n' as u32;
        let (at, end) = (self.at, self.end);
        match place {
            Place::TextBeginning => at == 0,
            Place::Beginning => at == 0 || lines && newline(at - 1),
            Place::TextEnd => at == end,
            Place::End => at == end || newline(at) && (lines || at + 1 == end),
            Place::Boundary | Place::NoBoundary => {
                if end == 0 {
                    return false;
                }
                let before = at > 0 && holds(WORD, view.at(at - 1), unicode);
                let behind = at < end && holds(WORD, view.at(at), unicode);
                (before != behind) == (place == Place::Boundary)
            }
        }
    }

    fn group(&self, group: u32) -> Option<(u32, u32)> {
        let (begin, end) = (self.marks[2 * group as usize], self.marks[2 * group as usize + 1]);
        (begin != NOWHERE && end != NOWHERE && begin <= end).then_some((begin, end))
    }

    /// What a group matched comes once more.
    fn same_again(&mut self, group: u32, case: Case, steps: &mut u64) -> bool {
        let Some((begin, end)) = self.group(group) else { return false };
        let view = self.subject.view();
        let n = end - begin;
        if self.end - self.at < n {
            return false;
        }
        *steps = steps.saturating_sub(n as u64 / 4);
        let same = |i: u32| case.equal(view.at(begin + i), view.at(self.at + i));
        if !(0..n).all(same) {
            return false;
        }
        self.at += n;
        true
    }

    /// Sets the counter of a loop.
    fn count(&mut self, counter: u32, turns: u32, last: u32) {
        let old = std::mem::replace(&mut self.counters[counter as usize], (turns, last));
        self.trail.push(Entry::Counter(counter, old.0, old.1));
    }

    /// Where the innermost open lookaround or atomic group began on the trail.
    fn fence(&self) -> usize {
        self.trail.iter().rposition(|entry| matches!(entry, Entry::Fence(..))).unwrap_or(0)
    }

    /// Gives up the ways behind a fence, and the fence; what must be undone stays.
    fn settle(&mut self, fence: usize) {
        let mut kept = fence;
        for i in fence..self.trail.len() {
            if matches!(self.trail[i], Entry::Mark(..) | Entry::Counter(..)) {
                self.trail.swap(kept, i);
                kept += 1;
            }
        }
        self.trail.truncate(kept);
    }

    fn undo(&mut self) {
        if let Some(entry) = self.trail.pop() {
            self.take_back(entry);
        }
    }

    fn take_back(&mut self, entry: Entry) {
        match entry {
            Entry::Mark(slot, old, last_group) => {
                self.marks[slot as usize] = old;
                self.last_group = last_group;
            }
            Entry::Counter(counter, turns, last) => self.counters[counter as usize] = (turns, last),
            _ => {}
        }
    }
}

/// The operation on a character holds for this one.
fn unit(program: &Program, op: usize, c: u32) -> bool {
    match program.ops[op] {
        Op::Char(wanted) => wanted == c,
        Op::Set(set) => program.sets[set as usize].contains(c),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{parse, program};
    use super::*;

    /// Spans of all matches.
    fn spans(pattern: &str, text: &str) -> Vec<(u32, u32)> {
        let pattern: Vec<char> = pattern.chars().collect();
        let parsed = parse::parse(&pattern, true, 0, (3, 11)).expect("the pattern is correct");
        let program = Rc::new(program::compile(&parsed).expect("the pattern is correct"));
        let chars: Vec<char> = text.chars().collect();
        let end = chars.len() as u32;
        let mut matcher = Matcher::new(program, Subject::Text(chars), 0, end, Wanted::Search);
        let mut found = Vec::new();
        loop {
            // One step at a time: a search goes on where it stopped.
            match matcher.run(&mut 1) {
                Outcome::Found => found.push((matcher.marks()[0], matcher.marks()[1])),
                Outcome::Nothing => return found,
                Outcome::Unfinished => {}
            }
        }
    }

    #[test]
    fn matches_are_those_of_python() {
        assert_eq!(spans("a*", "baac"), [(0, 0), (1, 3), (3, 3), (4, 4)]);
        assert_eq!(spans(r"(a|ab)(c|bcd)(d*)", "abcd"), [(0, 4)]);
        assert_eq!(spans(r"(?<=-)\w+", "spam-egg"), [(5, 8)]);
        assert_eq!(spans(r"(?>a+)b|a", "aac"), [(0, 1), (1, 2)]);
        assert_eq!(spans(r"(\w)\1", "hello"), [(2, 4)]);
        assert_eq!(spans(r"\b", "a bc"), [(0, 0), (1, 1), (2, 2), (4, 4)]);
    }

    #[test]
    fn an_empty_turn_ends_a_loop() {
        assert_eq!(spans("(a*)*b", "aab"), [(0, 3)]);
        assert_eq!(spans("(?:a?)*?b", "aab"), [(0, 3)]);
        assert_eq!(spans("(?:|a)*", "aa"), [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)]);
    }
}
