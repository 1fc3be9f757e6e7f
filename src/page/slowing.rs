//! Making a line slower, to see who waits for it: the text gets a wait before it, which the reader sees and may take away.

use super::picture::Picture;
use super::session::Session;
use super::words::short;
use crate::journal::Kind;
use crate::time::{Duration, Time};

/// The wait is this part of the run …
const SHARE: u64 = 10;
/// … but no shorter than this [ns].
const SHORTEST: u64 = 1_000_000;

impl Session {
    /// Puts a wait before the line of what is selected, and runs.
    pub(super) fn slow_line(&mut self) {
        let Some(line) = self.look.line_at_hand else { return };
        let words = if self.elements.editor.value() != self.program.text {
            "run or revert your text first: a wait goes into the text that was run".to_string()
        } else if let Some((before, wait, by)) = self.wait_before(line) {
            let lines: Vec<&str> = self.program.text.split_inclusive('\n').collect();
            let (head, tail) = lines.split_at(before as usize - 1);
            self.elements.editor.set_value(&[&head.concat(), &*wait, &tail.concat()].concat());
            self.run_edits();
            format!("line {before} now waits for {} before what was there; Ctrl+Z takes it away", short(by))
        } else {
            format!("line {line} is not one that a wait could be put before")
        };
        self.notices.add(&self.elements.notices, &words);
    }

    /// The line of the text before which a wait goes, the wait, and how long it is.
    fn wait_before(&self, line: u32) -> Option<(u32, String, Duration)> {
        let end = self.picture.as_ref()?.trace().end();
        let by = rounded(Duration(((end - Time::ZERO).0 / SHARE).max(SHORTEST)));
        let (file, own) = self.program.locate(line)?;
        let (prepared, _) = self.program.prepare().ok()?;
        let (before, wait) = prepared.slowed(file, own, by, self.library())?;
        Some((self.program.line_in_text(file, before)?, wait, by))
    }

    /// The library whose event loop runs what is selected; where nothing is, that of the first loop of the run.
    fn library(&self) -> &'static str {
        let Some(trace) = self.picture.as_ref().map(Picture::trace) else { return "asyncio" };
        let selected = self.look.highlight.lane;
        let above = selected.and_then(|lane| trace.ancestor(lane, Kind::Loop));
        let below = selected.and_then(|lane| trace.children_of_kind(lane, Kind::Loop).next());
        let first = || trace.tracks().iter().find(|track| track.kind == Kind::Loop).map(|track| track.subject);
        let is_trio = above.or(below).or_else(first).is_some_and(|it| trace.name_of(it).starts_with("Trio"));
        if is_trio { "trio" } else { "asyncio" }
    }
}

/// To one digit.
fn rounded(time: Duration) -> Duration {
    let unit = 10u64.pow(time.0.ilog10());
    Duration(time.0 / unit * unit)
}
