//! Every corner of every scenario gives in this browser what `tests/hashes.txt` has from the host.

use std::collections::BTreeMap;

use coroscope::world::{Progress, Scenario};
use include_dir::{Dir, include_dir};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use crate::corner::{HASHES, Hashes, read};

static SCENARIOS: Dir = include_dir!("$CARGO_MANIFEST_DIR/static/scenarios");

/// Fuel between two breaths of the page: some tens of milliseconds.
const SLICE: u64 = 20_000_003;

#[wasm_bindgen_test]
async fn every_corner_of_every_scenario_gives_the_record_that_the_host_gives() {
    let list = read(HASHES);
    let read = |file: &include_dir::File| {
        let name = file.path().to_str().unwrap().to_string();
        let id = name.strip_suffix(".py")?.to_string();
        Some((id, Scenario::parse(&name, file.contents_utf8().unwrap()).unwrap()))
    };
    let scenarios: BTreeMap<String, Scenario> = SCENARIOS.files().filter_map(read).collect();
    let mut complaints = String::new();
    for (corner, expected) in &list {
        let mut run = corner.start(&scenarios[&corner.scenario]);
        let start = js_sys::Date::now();
        while run.step(SLICE) == Progress::Running {
            breathe().await;
        }
        let found = Hashes::of(&run);
        if found != *expected {
            complaints += &format!("{corner}: {found} and not {expected}\n");
        }
        console_log!("{found} {corner}, {:.1} s", (js_sys::Date::now() - start) / 1e3);
    }
    assert!(scenarios.keys().all(|id| list.keys().any(|corner| corner.scenario == *id)), "the list lacks a scenario");
    assert!(complaints.is_empty(), "records differ from the host's\n{complaints}");
}

/// Lets the page do something else, so that the driver may ask how far the test is. A timer would do too, but those of a
/// page that nobody sees ring once a second.
async fn breathe() {
    let channel = web_sys::MessageChannel::new().unwrap();
    let wait = js_sys::Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        channel.port2().post_message(&wasm_bindgen::JsValue::NULL).unwrap();
    });
    JsFuture::from(wait).await.unwrap();
}
