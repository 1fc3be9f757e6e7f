//! What a recording says of single spans beside their names: their arguments, and how they are to look.

use super::{SpanRef, Trace};
use crate::journal::Name;

/// What is said of a span.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Said {
    /// Its arguments: the text has a line for each, with a tab between what it is called and what it is.
    pub arguments: Option<Name>,
    /// How it is to look.
    pub tint: Option<Tint>,
}

/// How a span is to look.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tint {
    /// As somebody who runs.
    Running,
    /// As somebody who could run.
    Ready,
    /// As somebody who waits.
    Waiting,
    /// In one of the colours of lanes.
    Lane(u8),
}

impl Trace {
    /// What is said of a span.
    pub fn said_of(&self, place: SpanRef) -> Said {
        let found = self.said.binary_search_by_key(&place, |&(place, _)| place);
        found.map_or_else(|_| Said::default(), |i| self.said[i].1)
    }

    /// The arguments of a span.
    pub fn arguments(&self, place: SpanRef) -> impl Iterator<Item = (&str, &str)> {
        let text = self.said_of(place).arguments.map_or("", |name| self.text_of(name));
        text.lines().filter_map(|line| line.split_once('\t'))
    }
}
