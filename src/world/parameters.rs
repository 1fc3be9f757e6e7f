//! The cost table's `[machine]` section as the machine's parameters.

use crate::machine::{Overshoot, Parameters};
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
        wakeup_preemption_after: Duration(figures.wake_preempt_after),
        seed: prepared.seed,
        overshoot,
        system_call: Duration(figures.syscall),
        loopback_latency: Duration(figures.loopback),
        ..defaults
    }
}
