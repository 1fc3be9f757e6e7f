//! The same bits in a browser as natively: `cargo xtask test` runs this file compiled for wasm32 inside a page, and
//! `cargo test` runs it on the host.

use coroscope::journal::{Journal, Kind, State};
use coroscope::time::{Duration, Time};
use coroscope::world::{Scenario, Settings};

#[cfg(target_arch = "wasm32")]
#[path = "shared/corner.rs"]
mod corner;
#[cfg(target_arch = "wasm32")]
#[path = "wasm/corners.rs"]
mod corners;
#[cfg(target_arch = "wasm32")]
#[path = "wasm/page.rs"]
mod page;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_record_has_one_hash_everywhere() {
    let mut journal = Journal::new();
    let pool = journal.born(Time::ZERO, Kind::Pool, "limiter – 40", None, None, None);
    for n in 0..1_000u64 {
        let at = Time::ZERO + Duration::from_secs(n as f64 * 0.001_7);
        journal.count(at, pool, "tokens in use", (n % 41) as i64);
        journal.state(at, pool, State::Waiting, "token", None, None, None);
    }
    assert_eq!(format!("{:016x}", journal.hash()), HASH);
}

const HASH: &str = "b894a2d1a17d57ae";

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_scenario_is_prepared_alike_everywhere() {
    let text = "# /// script\n# [tool.coroscope]\n# costs = { machine.cpu_percent = 45 }\n# ///\n\
                # %% a.py\nseconds = 0.25  #@param {type:\"slider\", min:0, max:1, step:0.05}\n";
    let scenario = Scenario::parse("a.py", text).unwrap();
    let settings = Settings { values: [("seconds".into(), "7".into())].into(), ..Settings::default() };
    let (prepared, notices) = scenario.with_notices(&settings).unwrap();
    assert!(prepared.files[0].text.starts_with("seconds = 1.0  #@param"), "{}", prepared.files[0].text);
    assert_eq!(prepared.costs.machine.cpu_percent, 45);
    assert_eq!(notices.len(), 1);
}
