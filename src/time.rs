//! Virtual time: unsigned integer nanoseconds since the simulation began.
//!
//! Integers, because the same run must give the same bits on every host, and because equal times must
//! be equal. A run of 584 years fits.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub};

use serde::{Deserialize, Serialize};

/// An instant [ns since the simulation began].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Time(pub u64);

/// A length of time [ns].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Duration(pub u64);

impl Time {
    /// The beginning of every simulation.
    pub const ZERO: Time = Time(0);
    /// Later than everything that happens.
    pub const NEVER: Time = Time(u64::MAX);

    /// The instant as seconds; exact below 2^53 ns (104 days).
    pub fn secs(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// The time from `earlier` to here; zero when `earlier` is later.
    pub fn since(self, earlier: Time) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Duration = Duration(0);

    /// A length in whole microseconds.
    pub const fn micros(us: u64) -> Duration {
        Duration(us * 1_000)
    }

    /// A length in whole milliseconds.
    pub const fn millis(ms: u64) -> Duration {
        Duration(ms * 1_000_000)
    }

    /// The nearest whole nanosecond to this many seconds; zero for negatives and NaN.
    pub fn from_secs(secs: f64) -> Duration {
        Duration((secs * 1e9).round() as u64)
    }

    /// The length as seconds.
    pub fn secs(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// The difference, or zero where `other` is longer.
    pub fn saturating_sub(self, other: Duration) -> Duration {
        Duration(self.0.saturating_sub(other.0))
    }
}

impl Add<Duration> for Time {
    type Output = Time;
    fn add(self, d: Duration) -> Time {
        Time(self.0.saturating_add(d.0))
    }
}

impl AddAssign<Duration> for Time {
    fn add_assign(&mut self, d: Duration) {
        *self = *self + d;
    }
}

impl Sub for Time {
    type Output = Duration;
    fn sub(self, earlier: Time) -> Duration {
        self.since(earlier)
    }
}

impl Add for Duration {
    type Output = Duration;
    fn add(self, d: Duration) -> Duration {
        Duration(self.0.saturating_add(d.0))
    }
}

impl AddAssign for Duration {
    fn add_assign(&mut self, d: Duration) {
        *self = *self + d;
    }
}

impl Mul<u64> for Duration {
    type Output = Duration;
    fn mul(self, n: u64) -> Duration {
        Duration(self.0.saturating_mul(n))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Duration(self.0).fmt(f)
    }
}

impl fmt::Display for Duration {
    /// In the unit a reader would choose, without loss above the nanosecond: `1.5 ms`, `50.345 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, digits, name) = match self.0 {
            0..1_000 => return write!(f, "{} ns", self.0),
            1_000..1_000_000 => (1_000, 3, "µs"),
            1_000_000..1_000_000_000 => (1_000_000, 6, "ms"),
            _ => (1_000_000_000, 9, "s"),
        };
        let (whole, rest) = (self.0 / unit, self.0 % unit);
        if rest == 0 {
            return write!(f, "{whole} {name}");
        }
        let rest = format!("{rest:0digits$}");
        write!(f, "{whole}.{} {name}", rest.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_prints_in_the_unit_a_reader_would_choose() {
        let shown: Vec<_> = [999, 1_500, 2_000_000, 50_345_000_000].map(|ns| Duration(ns).to_string()).into();
        assert_eq!(shown, ["999 ns", "1.5 µs", "2 ms", "50.345 s"]);
    }

    #[test]
    fn seconds_round_to_the_nearest_nanosecond() {
        assert_eq!(Duration::from_secs(0.1), Duration(100_000_000));
        assert_eq!(Duration::from_secs(-1.0), Duration::ZERO);
    }
}
