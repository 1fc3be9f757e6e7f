//! How many events a second the simulator `nexosim` does on the workload of `benches/kernel.rs`, the hold model: a fixed
//! number of events are pending; each, when it happens, puts one in again after a random time. `cargo run --release`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use nexosim::model::{Context, Model, schedulable};
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};

const N_EVENTS: u64 = 2_000_000;

/// One model with so many events to itself.
#[derive(Serialize, Deserialize)]
struct Hold {
    n_pending: u64,
    /// Of the random times: xorshift.
    state: u64,
}

#[Model]
impl Hold {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>, _: &mut ()) {
        for _ in 0..self.n_pending {
            self.put_in(cx);
        }
    }

    #[nexosim(schedulable)]
    fn event(&mut self, _: (), cx: &Context<Self>) {
        self.put_in(cx);
    }

    fn put_in(&mut self, cx: &Context<Self>) {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        let delay = Duration::from_nanos(self.state % 1_000_000 + 1);
        cx.schedule_event(delay, schedulable!(Self::event), ()).expect("the delay is not zero");
    }
}

fn main() {
    for n_pending in [10, 1_000, 100_000] {
        let model = Hold { n_pending, state: 88_172_645_463_325_252 };
        // One thread, as coroscope's kernel has.
        let simulation = SimInit::with_num_threads(1).add_model(model, Mailbox::new(), "hold");
        let mut simulation = simulation.init(MonotonicTime::EPOCH).expect("the model starts");
        let start = Instant::now();
        // A step is an instant; events of one instant, which are rare here, count as one.
        for _ in 0..N_EVENTS {
            black_box(&mut simulation).step().expect("the model goes on");
        }
        let seconds = start.elapsed().as_secs_f64();
        let (millions, ns) = (N_EVENTS as f64 / seconds / 1e6, seconds * 1e9 / N_EVENTS as f64);
        println!("{:<44} {millions:>7.2} M events/s {ns:>7.0} ns/event", format!("nexosim, {n_pending} pending"));
    }
}
