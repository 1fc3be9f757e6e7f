//! Every figure of the machine's model, with its unit and default.

use super::Cold;
use crate::time::{Duration, Time};

/// How much later than asked a timed block ends (S-OS-05).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overshoot {
    /// Linux: the timer slack, and then the wake-up latency as for any wake-up.
    Slack(Duration),
    /// A share of the asked duration instead of slack and latency (preset `article`, S-COST-03).
    Share {
        /// The share [millionths].
        millionths: u64,
        /// Never more than this.
        at_most: Duration,
    },
}

/// The figures of one machine. Defaults are the preset `desktop` of S-COST-01.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameters {
    /// How many processors; at least 1 (S-OS-01).
    pub n_cores: usize,
    /// How long a thread keeps its core at least while others want one (S-OS-02).
    pub slice: Duration,
    /// The clock's tick, at which slices end; zero: they end when they are used up.
    pub tick: Duration,
    /// From taking a core to executing on it (S-OS-03).
    pub context_switch: Duration,
    /// From being woken to being runnable on an idle core (S-OS-03).
    pub wake_latency: Duration,
    /// The same where the core has been idle for longer (S-OS-03): how long, and the latency then, ascending.
    pub wake_latency_idle: [(Duration, Duration); 4],
    /// What waking a thread for which an idle core is there takes the one that wakes it.
    pub wake_call: Duration,
    /// How much slower a core works that comes back to a process.
    pub cold: Cold,
    /// What chance follows from where a race is decided by less than the model knows.
    pub seed: u64,
    /// How late timed blocks end (S-OS-04, S-OS-05).
    pub overshoot: Overshoot,
    /// Timeouts of pollers are rounded up to whole multiples: 1 ms for epoll, 1 ns for kqueue (S-OS-08).
    pub poll_resolution: Duration,
    /// One system call that does not block, run without the GIL (S-COST-01).
    pub system_call: Duration,
    /// From one end of a loopback connection to the other (S-COST-01).
    pub loopback_latency: Duration,
    /// How much a connection holds in each direction, under way and unread [bytes]. Linux'
    /// `net.core.wmem_default` is 212 992.
    pub socket_buffer_bytes: usize,
    /// The most connections a listener keeps waiting, whatever it asks for: `net.core.somaxconn` (S-WEB-08).
    pub somaxconn: usize,
    /// Address space that a thread's stack reserves [bytes]: `RLIMIT_STACK` on Linux (S-OS-07).
    pub stack_bytes: u64,
    /// What an idle Python thread occupies of it [bytes].
    pub stack_resident_bytes: u64,
    /// When a client whose connection request was dropped tries again, counted from the first attempt
    /// (S-WEB-08).
    pub connect_retries: [Duration; 3],
}

impl Default for Parameters {
    fn default() -> Parameters {
        Parameters {
            n_cores: 4,
            slice: Duration::millis(3),
            tick: Duration::ZERO,
            context_switch: Duration(1_500),
            wake_latency: Duration::micros(5),
            wake_latency_idle: [(Duration::millis(1), Duration::micros(50)); 4],
            wake_call: Duration::ZERO,
            cold: Cold::NEVER,
            seed: 0,
            overshoot: Overshoot::Slack(Duration::micros(50)),
            poll_resolution: Duration::millis(1),
            system_call: Duration(700),
            loopback_latency: Duration::micros(15),
            socket_buffer_bytes: 212_992,
            somaxconn: 4096,
            stack_bytes: 8 << 20,
            stack_resident_bytes: 60 << 10,
            connect_retries: [Duration::millis(1000), Duration::millis(3000), Duration::millis(7000)],
        }
    }
}

impl Parameters {
    /// The figures that reproduce the timings of the seed article (S-COST-03): sleeps 0.65 % too long,
    /// at most 10 ms, and pollers that resolve nanoseconds.
    pub fn article() -> Parameters {
        Parameters {
            overshoot: Overshoot::Share { millionths: 6_500, at_most: Duration::millis(10) },
            poll_resolution: Duration(1),
            somaxconn: 128,
            ..Parameters::default()
        }
    }

    /// How much later than `asked` a timed block's alarm goes off, and whether the wake-up latency is
    /// still to be added.
    pub(crate) fn overshoot_of(&self, asked: Duration) -> (Duration, bool) {
        match self.overshoot {
            Overshoot::Slack(slack) => (slack, true),
            Overshoot::Share { millionths, at_most } => {
                let share = (u128::from(asked.0) * u128::from(millionths) / 1_000_000) as u64;
                (Duration(share).min(at_most), false)
            }
        }
    }

    /// How long a core that has been idle for this long takes to notice that it has something to do.
    pub fn wake_latency_after(&self, idle: Duration) -> Duration {
        let slow = self.wake_latency_idle.iter().rev().find(|(after, _)| idle > *after);
        slow.map_or(self.wake_latency, |(_, latency)| *latency)
    }

    /// The first tick of the clock from this time on.
    pub fn next_tick(&self, at: Time) -> Time {
        match self.tick.0 {
            0 => at,
            tick => Time(at.0.next_multiple_of(tick)),
        }
    }

    /// The timeout that a poller really waits when asked for `timeout`.
    pub fn poll_timeout(&self, timeout: Duration) -> Duration {
        let step = self.poll_resolution.0.max(1);
        Duration(timeout.0.div_ceil(step).saturating_mul(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poller_waits_whole_milliseconds_on_linux() {
        let linux = Parameters::default();
        assert_eq!(linux.poll_timeout(Duration::micros(5_100)), Duration::millis(6));
        assert_eq!(linux.poll_timeout(Duration::ZERO), Duration::ZERO);
        assert_eq!(Parameters::article().poll_timeout(Duration::micros(5_100)), Duration::micros(5_100));
    }

    #[test]
    fn the_article_sleeps_a_share_too_long_but_never_more_than_ten_milliseconds() {
        let article = Parameters::article();
        assert_eq!(article.overshoot_of(Duration::millis(1_000)), (Duration::micros(6_500), false));
        assert_eq!(article.overshoot_of(Duration::millis(60_000)), (Duration::millis(10), false));
    }
}
