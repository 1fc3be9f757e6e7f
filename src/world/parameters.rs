//! The cost table's `[machine]` section as the machine's parameters.

use crate::machine::{Cold, Overshoot, Parameters};
use crate::time::Duration;

use super::prepare::Prepared;

/// The machine on which a prepared scenario runs.
pub fn parameters(prepared: &Prepared) -> Parameters {
    let figures = &prepared.costs.machine;
    let overshoot = if figures.sleep_overshoot_ppm > 0 {
        Overshoot::Share { millionths: figures.sleep_overshoot_ppm, at_most: Duration(figures.sleep_overshoot_max) }
    } else {
        Overshoot::Slack(Duration(figures.timer_slack))
    };
    let defaults = match overshoot {
        Overshoot::Share { .. } => Parameters::article(),
        Overshoot::Slack(_) => Parameters::default(),
    };
    Parameters {
        n_cores: prepared.cores.max(1) as usize,
        slice: Duration(figures.slice),
        tick: Duration(figures.tick),
        context_switch: Duration(figures.ctx_switch),
        wake_latency: Duration(figures.wake_latency),
        wake_latency_idle: [
            (Duration(figures.halt_after), Duration(figures.wake_latency_halted)),
            (Duration(figures.nap_after), Duration(figures.wake_latency_nap)),
            (Duration(figures.idle_after), Duration(figures.wake_latency_idle)),
            (Duration(figures.deep_idle_after), Duration(figures.wake_latency_deep)),
        ],
        wake_call: Duration(figures.wake_call),
        cold: Cold {
            after_pause: [
                (Duration(figures.cold_from), Duration::ZERO),
                (Duration::micros(150), Duration(figures.cold_150us)),
                (Duration::millis(1), Duration(figures.cold_1ms)),
                (Duration::millis(10), Duration(figures.cold_10ms)),
                (Duration::millis(100), Duration(figures.cold_100ms)),
            ],
            percent: figures.cold_percent.max(100),
            after_move: Duration(figures.cold_move),
            after_switch: Duration(figures.cold_switch),
            switch_percent: figures.cold_switch_percent.max(100),
        },
        seed: prepared.seed,
        overshoot,
        system_call: Duration(figures.syscall),
        loopback_latency: Duration(figures.loopback),
        ..defaults
    }
}
