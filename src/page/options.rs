//! What an element says about itself when it connects.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// What an element says about itself.
#[derive(Clone, Default, Debug)]
pub struct Options {
    /// Whether the page's address follows what is seen.
    pub follows_address: bool,
    /// Whether the text cannot be edited.
    pub is_readonly: bool,
    /// What the page's address asks for and cannot be had, in words.
    pub notices: Vec<String>,
    /// Whether playing starts by itself.
    pub is_autoplay: bool,
    /// Where the page of a link is.
    pub base: String,
    /// Where element.js is, with a slash at its end.
    pub home: String,
}

impl Options {
    /// Reads `{address, readonly, autoplay, notices, base, home}`.
    pub fn read(options: &JsValue) -> Options {
        let get = |name: &str| Reflect::get(options, &name.into()).unwrap_or(JsValue::UNDEFINED);
        Options {
            follows_address: get("address").is_truthy(),
            is_readonly: get("readonly").is_truthy(),
            is_autoplay: get("autoplay").is_truthy(),
            notices: get("notices").as_string().iter().flat_map(|all| all.lines()).map(String::from).collect(),
            base: get("base").as_string().unwrap_or_default(),
            home: get("home").as_string().unwrap_or_default(),
        }
    }
}
