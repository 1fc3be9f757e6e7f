//! What can go wrong between Rust and the browser, in words.

use std::fmt;

use wasm_bindgen::{JsCast, JsValue};

/// A reason why the page could not do something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error(String);

impl Error {
    /// A reason in words: lower-case, no full stop.
    pub fn new(message: impl Into<String>) -> Error {
        Error(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl From<JsValue> for Error {
    /// The only place where a thrown value becomes words.
    fn from(thrown: JsValue) -> Error {
        match thrown.dyn_ref::<js_sys::Error>() {
            Some(error) => Error(String::from(error.message())),
            None => Error(format!("{thrown:?}")),
        }
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> JsValue {
        js_sys::Error::new(&error.0).into()
    }
}
