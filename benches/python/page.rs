//! The half in the page: what `browser.mjs` calls.

use wasm_bindgen::prelude::wasm_bindgen;

/// Runs a program from its text to its end.
#[wasm_bindgen]
pub fn run(text: &str) {
    console_error_panic_hook::set_once();
    super::run(text);
}
