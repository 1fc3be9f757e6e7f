//! A pattern as a tree, with the widths that its parts can match.

/// `(?i)` and so on, with the values of `re.RegexFlag`.
pub mod flag {
    /// `re.IGNORECASE`
    pub const IGNORE_CASE: u32 = 2;
    /// `re.LOCALE`
    pub const LOCALE: u32 = 4;
    /// `re.MULTILINE`
    pub const MULTILINE: u32 = 8;
    /// `re.DOTALL`
    pub const DOT_ALL: u32 = 16;
    /// `re.UNICODE`
    pub const UNICODE: u32 = 32;
    /// `re.VERBOSE`
    pub const VERBOSE: u32 = 64;
    /// `re.ASCII`
    pub const ASCII: u32 = 256;
    /// Of these, one holds.
    pub const TYPES: u32 = ASCII | LOCALE | UNICODE;
}

/// `*`, without a bound.
pub const MANY: u32 = u32::MAX;

/// What one item of a sequence matches.
#[derive(Clone, PartialEq, Debug)]
pub enum Node {
    /// One character.
    Literal(u32),
    /// `.`
    Any,
    /// `[…]`, `\d` and kin.
    Set(Set),
    /// `^`, `\b` and kin: a place.
    At(Place),
    /// `(…)`, and `(?i:…)` without an index.
    Group {
        /// Its number, from 1; `None` when it does not capture.
        index: Option<u32>,
        /// Flags that it switches on.
        add: u32,
        /// Flags that it switches off.
        remove: u32,
        /// What is inside.
        body: Vec<Node>,
    },
    /// `(?>…)`
    Atomic(Vec<Node>),
    /// `x*`, `x{2,3}?` and kin.
    Repeat {
        /// At least so often.
        min: u32,
        /// At most so often.
        max: u32,
        /// Greedy, lazy or possessive.
        manner: Manner,
        /// What.
        body: Vec<Node>,
    },
    /// `a|b`
    Branch(Vec<Vec<Node>>),
    /// `\1`
    Backreference(u32),
    /// `(?(1)a|b)`
    Conditional(u32, Vec<Node>, Vec<Node>),
    /// `(?=…)` and kin.
    Look {
        /// `(?<…`
        behind: bool,
        /// `(?!…`
        negative: bool,
        /// What is looked for.
        body: Vec<Node>,
    },
}

/// How a repetition chooses its count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Manner {
    /// `*`
    Greedy,
    /// `*?`
    Lazy,
    /// `*+`
    Possessive,
}

/// A place between characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// `^`
    Beginning,
    /// `\A`
    TextBeginning,
    /// `$`
    End,
    /// `\Z`
    TextEnd,
    /// `\b`
    Boundary,
    /// `\B`
    NoBoundary,
}

/// A set of characters.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Set {
    /// `[^…]`
    pub negative: bool,
    /// Its elements.
    pub items: Vec<SetItem>,
}

/// An element of a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetItem {
    /// First and last.
    Range(u32, u32),
    /// A category; `true` when everything else is meant (`\D`).
    Category(Category, bool),
}

/// `\d`, `\s`, `\w`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Category {
    /// `\d`
    Digit,
    /// `\s`
    Space,
    /// `\w`
    Word,
}

/// The least and the greatest number of characters.
pub type Width = (u64, u64);

/// The width of a sequence, given those of the groups that are closed.
pub fn width(nodes: &[Node], groups: &[Option<Width>]) -> Width {
    let (mut least, mut most) = (0_u64, 0_u64);
    for node in nodes {
        let (low, high) = match node {
            Node::Literal(_) | Node::Any | Node::Set(_) => (1, 1),
            Node::At(_) | Node::Look { .. } => (0, 0),
            Node::Group { body, .. } | Node::Atomic(body) => width(body, groups),
            Node::Repeat { min, max, body, .. } => {
                let (low, high) = width(body, groups);
                let most = if *max == MANY && high > 0 { u64::MAX } else { high.saturating_mul(*max as u64) };
                (low.saturating_mul(*min as u64), most)
            }
            Node::Branch(items) => {
                let widths = || items.iter().map(|item| width(item, groups));
                (widths().map(|w| w.0).min().unwrap_or(0), widths().map(|w| w.1).max().unwrap_or(0))
            }
            Node::Backreference(group) => groups.get(*group as usize).copied().flatten().unwrap_or((0, u64::MAX)),
            Node::Conditional(_, yes, no) => {
                let (yes, no) = (width(yes, groups), width(no, groups));
                (yes.0.min(no.0), yes.1.max(no.1))
            }
        };
        least = least.saturating_add(low);
        most = most.saturating_add(high);
    }
    (least, most)
}
