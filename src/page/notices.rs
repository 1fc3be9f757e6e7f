//! Notices above the panes: what was odd about an address, a parameter or a scenario. Each can be dismissed.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::dom::{self, append, make, make_button, make_text};

/// At most so many are shown.
const MOST_SHOWN: usize = 4;

/// The notices shown.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Notices {
    shown: Vec<Notice>,
    n_made: u32,
}

#[derive(Clone, Serialize, Deserialize)]
struct Notice {
    id: u32,
    text: String,
    /// A text to copy; shown in a field of its own.
    address: Option<String>,
    /// A button: its id and what stands on it.
    button: Option<(String, String)>,
    /// Notices of a run go when the next one starts.
    is_of_run: bool,
}

impl Notices {
    /// Adds a notice that stays until it is dismissed.
    pub fn add(&mut self, list: &HtmlElement, text: &str) {
        self.push(list, text, None, None, false);
    }

    /// Adds a notice with an address to copy, in place of an earlier one.
    pub fn add_address(&mut self, list: &HtmlElement, text: &str, address: &str) {
        self.shown.retain(|notice| notice.address.is_none());
        self.push(list, text, Some(address.into()), None, false);
    }

    /// Replaces the notices of the run before.
    pub fn set_of_run(&mut self, list: &HtmlElement, texts: impl Iterator<Item = String>) {
        self.shown.retain(|notice| !notice.is_of_run);
        for text in texts {
            self.push(list, &text, None, None, true);
        }
        self.draw(list);
    }

    /// Adds a notice of the run.
    pub fn add_of_run(&mut self, list: &HtmlElement, text: &str) {
        self.push(list, text, None, None, true);
    }

    /// The same with a button that does something about it.
    pub fn add_with_button(&mut self, list: &HtmlElement, text: &str, id: &str, words: &str) {
        self.push(list, text, None, Some((id.into(), words.into())), true);
    }

    /// Takes one away.
    pub fn dismiss(&mut self, list: &HtmlElement, id: u32) {
        self.shown.retain(|notice| notice.id != id);
        self.draw(list);
    }

    /// Takes all away.
    pub fn clear(&mut self, list: &HtmlElement) {
        self.shown.clear();
        self.draw(list);
    }

    fn push(
        &mut self,
        list: &HtmlElement,
        text: &str,
        address: Option<String>,
        button: Option<(String, String)>,
        is_of_run: bool,
    ) {
        if self.shown.iter().any(|notice| notice.text == text && notice.address == address) {
            return;
        }
        self.n_made += 1;
        self.shown.push(Notice { id: self.n_made, text: text.into(), address, button, is_of_run });
        self.draw(list);
    }

    fn draw(&self, list: &HtmlElement) {
        list.set_text_content(None);
        for notice in self.shown.iter().take(MOST_SHOWN) {
            let row = make("div", "notice");
            append(&row, &make_text("span", "", &notice.text));
            if let Some(address) = &notice.address {
                let field: HtmlInputElement = make("input", "address").unchecked_into();
                field.set_type("text");
                field.set_read_only(true);
                field.set_value(address);
                dom::set(&field, "aria-label", "Link");
                append(&row, &field);
            }
            if let Some((id, words)) = &notice.button {
                append(&row, &make_button("small", words, "id", id));
            }
            let close = make_button("quiet small", "×", "data-dismiss", &notice.id.to_string());
            dom::set(&close, "aria-label", "Dismiss");
            append(&row, &close);
            append(list, &row);
        }
        if self.shown.len() > MOST_SHOWN {
            append(list, &make_text("div", "notice", &format!("… and {} more", self.shown.len() - MOST_SHOWN)));
        }
    }
}
