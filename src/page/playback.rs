//! The cursor in time and how fast it moves by itself: pure, so that playing is nothing but seeking.

use serde::{Deserialize, Serialize};

use crate::time::Time;

/// The cursor.
#[derive(Clone, Copy, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Playback {
    /// Where it stands [ns]; a fraction, so that slow playing does not stand still.
    at_ns: f64,
    /// Whether it moves.
    pub is_playing: bool,
    /// Whether the reader has put it anywhere yet.
    pub is_touched: bool,
    /// Index into [`SPEEDS_NS`].
    pub speed: usize,
    /// What is played round and round, where it is not the run once.
    pub looped: Option<(Time, Time)>,
}

/// Nanoseconds of virtual time that pass per second of playing: 1, 2, 5, 10 … from a microsecond to a thousand seconds.
pub const SPEEDS_NS: [f64; 28] = {
    let mut speeds = [0.0; 28];
    let mut decade = 1e3;
    let mut i = 0;
    while i < 28 {
        speeds[i] = decade
            * match i % 3 {
                0 => 1.0,
                1 => 2.0,
                _ => 5.0,
            };
        if i % 3 == 2 {
            decade *= 10.0;
        }
        i += 1;
    }
    speeds
};

/// How long a whole run takes to play at the speed chosen first [s].
const COMFORTABLE_SECS: f64 = 12.0;

impl Playback {
    /// Where the cursor stands.
    pub fn at(&self) -> Time {
        Time(self.at_ns as u64)
    }

    /// Puts the cursor somewhere in a run of this length.
    pub fn seek(&mut self, at: Time, end: Time) {
        self.at_ns = at.0.min(end.0) as f64;
        self.is_touched = true;
    }

    /// Shows a run that nobody has moved in yet: in its middle there is most to see; playing starts at 0.
    pub fn rest_in(&mut self, end: Time) {
        if !self.is_touched {
            self.at_ns = (end.0 / 2) as f64;
        }
        self.at_ns = self.at_ns.min(end.0 as f64);
    }

    /// Starts or stops; from the end, and where nobody has moved yet, it starts at 0.
    pub fn toggle(&mut self, end: Time) {
        self.is_playing = !self.is_playing && end > Time::ZERO;
        if self.is_playing && (!self.is_touched || self.at_ns >= end.0 as f64) {
            self.at_ns = 0.0;
        }
        self.is_touched |= self.is_playing;
    }

    /// Moves on by a stretch of the reader's time; stops at the end.
    pub fn advance(&mut self, elapsed_ms: f64, end: Time) {
        if !self.is_playing {
            return;
        }
        self.at_ns += elapsed_ms / 1e3 * SPEEDS_NS[self.speed];
        if let Some((from, to)) = self.looped {
            let (from_ns, to_ns) = (from.0 as f64, to.0.min(end.0) as f64);
            if self.at_ns < from_ns || self.at_ns >= to_ns {
                self.at_ns = from_ns;
            }
            return;
        }
        if self.at_ns >= end.0 as f64 {
            self.at_ns = end.0 as f64;
            self.is_playing = false;
        }
    }

    /// The speed at which a run of this length takes some twelve seconds.
    pub fn comfortable_speed(end: Time) -> usize {
        let wanted = end.0 as f64 / COMFORTABLE_SECS;
        SPEEDS_NS.iter().position(|&speed| speed >= wanted).unwrap_or(SPEEDS_NS.len() - 1)
    }
}
