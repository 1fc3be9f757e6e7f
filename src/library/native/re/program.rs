//! A pattern as a list of operations for the matcher.

use super::charset::{Case, CharSet};
use super::parse::{Parsed, Wrong};
use super::tree::{Category, MANY, Manner, Node, Place, Set, SetItem, Width, flag, width};

/// An operation. Places in the program are indices; the next one follows unless another is named.
#[derive(Debug)]
pub enum Op {
    /// One character.
    Char(u32),
    /// Any character.
    All,
    /// One of a set, by index.
    Set(u32),
    /// A place; `true` with `re.MULTILINE`; whether letters are those of Unicode.
    At(Place, bool, bool),
    /// Notes where a group begins (even) or ends (odd).
    Mark(u32),
    /// Goes on; when that fails, at the other place.
    Try(u32),
    /// Goes on elsewhere.
    Jump(u32),
    /// The next operation, which matches one character, so many times.
    Many(u32, u32, Manner),
    /// A loop begins: its counter is set back.
    Loop(u32),
    /// The head of a loop, with the place behind it: decides on another turn.
    Turn {
        /// Its counter.
        counter: u32,
        /// At least so many turns.
        min: u32,
        /// At most so many.
        max: u32,
        /// Goes on behind the loop first.
        lazy: bool,
        /// Behind the loop.
        exit: u32,
    },
    /// A turn beyond the least: it must move on for another one.
    Enter(u32),
    /// What a group matched.
    Back(u32, Case),
    /// Goes on when the group took part, elsewhere when not.
    IfGroup(u32, u32),
    /// Looks ahead, or so many characters behind; the place where it ends.
    Look {
        /// Characters to go back.
        behind: u32,
        /// It must not match.
        negative: bool,
        /// Behind the `LookEnd`.
        end: u32,
    },
    /// What was looked for is there.
    LookEnd,
    /// From here to its end there is one way only.
    Atomic,
    /// The way is settled.
    AtomicEnd,
    /// The pattern matches.
    Match,
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Program {
    /// What to do.
    pub ops: Vec<Op>,
    /// Its sets.
    pub sets: Vec<CharSet>,
    /// Number of groups.
    pub n_groups: usize,
    /// Number of loops.
    pub n_loops: usize,
    /// The operation that the first character must pass, when there is one.
    pub first: Option<usize>,
}

struct Compiler<'a> {
    ops: Vec<Op>,
    sets: Vec<CharSet>,
    n_loops: u32,
    widths: &'a [Option<Width>],
}

/// Compiles what was read.
pub fn compile(parsed: &Parsed) -> Result<Program, Wrong> {
    let mut compiler = Compiler { ops: Vec::new(), sets: Vec::new(), n_loops: 0, widths: &parsed.widths };
    compiler.sequence(&parsed.nodes, parsed.flags)?;
    compiler.ops.push(Op::Match);
    let Compiler { ops, sets, n_loops, .. } = compiler;
    let n_groups = parsed.widths.len() - 1;
    let first = first_unit(&ops);
    Ok(Program { ops, sets, n_groups, n_loops: n_loops as usize, first })
}

/// The operation on a character that every match begins with.
fn first_unit(ops: &[Op]) -> Option<usize> {
    let start = ops.iter().position(|op| !matches!(op, Op::Mark(_)))?;
    match ops[start] {
        Op::Char(_) | Op::Set(_) => Some(start),
        Op::Many(min, ..) if min > 0 => Some(start + 1),
        _ => None,
    }
}

/// One of these, and no group: a repetition of it needs no loop.
fn is_unit(nodes: &[Node]) -> bool {
    matches!(nodes, [Node::Literal(_) | Node::Any | Node::Set(_)])
}

impl Compiler<'_> {
    fn here(&self) -> u32 {
        self.ops.len() as u32
    }

    /// Adds an operation whose target is not known yet.
    fn gap(&mut self) -> usize {
        self.ops.push(Op::Match);
        self.ops.len() - 1
    }

    fn set(&mut self, set: CharSet) {
        self.sets.push(set);
        self.ops.push(Op::Set(self.sets.len() as u32 - 1));
    }

    fn sequence(&mut self, nodes: &[Node], flags: u32) -> Result<(), Wrong> {
        nodes.iter().try_for_each(|node| self.node(node, flags))
    }

    fn node(&mut self, node: &Node, flags: u32) -> Result<(), Wrong> {
        match node {
            Node::Literal(c) if Case::of(flags) == Case::Exact => self.ops.push(Op::Char(*c)),
            Node::Literal(c) => self.set(CharSet::one(*c, flags)),
            Node::Any if flags & flag::DOT_ALL != 0 => self.ops.push(Op::All),
            Node::Any => {
                let newline = SetItem::Range('\n' as u32, '\n' as u32);
                self.set(CharSet::new(&Set { negative: true, items: vec![newline] }, 0));
            }
            Node::Set(set) => self.set(CharSet::new(set, flags)),
            Node::At(place) => {
                let op = Op::At(*place, flags & flag::MULTILINE != 0, flags & flag::UNICODE != 0);
                self.ops.push(op);
            }
            Node::Group { index, add, remove, body } => {
                let kept = if add & flag::TYPES != 0 { flags & !flag::TYPES } else { flags };
                let inner = (kept | add) & !remove;
                match index {
                    Some(group) => {
                        self.ops.push(Op::Mark(2 * group));
                        self.sequence(body, inner)?;
                        self.ops.push(Op::Mark(2 * group + 1));
                    }
                    None => self.sequence(body, inner)?,
                }
            }
            Node::Atomic(body) => self.atomic(|compiler| compiler.sequence(body, flags))?,
            Node::Repeat { min, max, manner, body } => self.repeat(*min, *max, *manner, body, flags)?,
            Node::Branch(items) => {
                let mut ends = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    if i + 1 == items.len() {
                        self.sequence(item, flags)?;
                        break;
                    }
                    let choice = self.gap();
                    self.sequence(item, flags)?;
                    ends.push(self.gap());
                    self.ops[choice] = Op::Try(self.here());
                }
                for end in ends {
                    self.ops[end] = Op::Jump(self.here());
                }
            }
            Node::Backreference(group) => self.ops.push(Op::Back(*group, Case::of(flags))),
            Node::Conditional(group, yes, no) => {
                let condition = self.gap();
                self.sequence(yes, flags)?;
                let end = self.gap();
                self.ops[condition] = Op::IfGroup(*group, self.here());
                self.sequence(no, flags)?;
                self.ops[end] = Op::Jump(self.here());
            }
            Node::Look { behind, negative, body } => {
                let mut back = 0;
                if *behind {
                    let (least, most) = width(body, self.widths);
                    if least != most || least > u32::MAX as u64 {
                        return Err(Wrong::Error("look-behind requires fixed-width pattern".into(), None));
                    }
                    back = least as u32;
                }
                let look = self.gap();
                self.sequence(body, flags)?;
                self.ops.push(Op::LookEnd);
                self.ops[look] = Op::Look { behind: back, negative: *negative, end: self.here() };
            }
        }
        Ok(())
    }

    fn atomic(&mut self, body: impl FnOnce(&mut Self) -> Result<(), Wrong>) -> Result<(), Wrong> {
        self.ops.push(Op::Atomic);
        body(self)?;
        self.ops.push(Op::AtomicEnd);
        Ok(())
    }

    fn repeat(&mut self, min: u32, max: u32, manner: Manner, body: &[Node], flags: u32) -> Result<(), Wrong> {
        if is_unit(body) {
            self.ops.push(Op::Many(min, max, manner));
            return self.sequence(body, flags);
        }
        if manner == Manner::Possessive {
            // Each turn is settled, and the loop as a whole.
            return self.atomic(|compiler| {
                compiler.turns(min, max, false, |compiler| compiler.atomic(|inner| inner.sequence(body, flags)))
            });
        }
        self.turns(min, max, manner == Manner::Lazy, |compiler| compiler.sequence(body, flags))
    }

    fn turns(
        &mut self,
        min: u32,
        max: u32,
        lazy: bool,
        body: impl FnOnce(&mut Self) -> Result<(), Wrong>,
    ) -> Result<(), Wrong> {
        let counter = self.n_loops;
        self.n_loops += 1;
        self.ops.push(Op::Loop(counter));
        let head = self.gap();
        self.ops.push(Op::Enter(counter));
        body(self)?;
        self.ops.push(Op::Jump(head as u32));
        self.ops[head] = Op::Turn { counter, min, max, lazy, exit: self.here() };
        Ok(())
    }
}

/// The category of words, for boundaries.
pub const WORD: Category = Category::Word;

/// No bound to the turns of a loop.
pub const UNBOUNDED: u32 = MANY;
