//! What the reader prefers: kept in the boxes of the help's form and in the borders between panes, and in the browser's memory where it has one.
//!
//! In a frame without rights there is no memory; then a choice lasts as long as the page.

use web_sys::{HtmlElement, Storage};

use super::borders::Border;
use super::dom;
use super::elements::Elements;

/// The name in the browser's memory.
const KEY: &str = "coroscope-preferences";

/// Whether single keys are commands.
pub fn has_single_keys(elements: &Elements) -> bool {
    elements.single_keys.checked()
}

/// Whether the plain wheel zooms.
pub fn is_wheel_for_zoom(elements: &Elements) -> bool {
    elements.wheel_zooms.checked()
}

/// Fills the form with what was chosen the last time.
pub fn recall(elements: &Elements, host: &HtmlElement) {
    let Some(words) = memory().and_then(|memory| memory.get_item(KEY).ok().flatten()) else { return };
    for word in words.split(' ') {
        match word {
            "keys=off" => elements.single_keys.set_checked(false),
            "wheel=zoom" => elements.wheel_zooms.set_checked(true),
            "colours=light" | "colours=dark" => {
                elements.colours.set_value(&word["colours=".len()..]);
            }
            word => Border::ALL.into_iter().for_each(|border| border.recall(elements, word)),
        }
    }
    // A page that chose the colours itself keeps them.
    if !host.has_attribute("theme") || elements.colours.value() != "system" {
        apply_colours(elements, host);
    }
}

/// Follows the form and remembers it.
pub fn keep(elements: &Elements, host: &HtmlElement) {
    apply_colours(elements, host);
    let keys = if has_single_keys(elements) { "on" } else { "off" };
    let wheel = if is_wheel_for_zoom(elements) { "zoom" } else { "scroll" };
    let mut words = format!("keys={keys} wheel={wheel} colours={}", elements.colours.value());
    words.extend(Border::ALL.into_iter().filter_map(|border| border.word(elements)));
    if let Some(memory) = memory() {
        let _ = memory.set_item(KEY, &words);
    }
}

/// Gives the viewer its colours, and the page around it where the page is the viewer's own.
fn apply_colours(elements: &Elements, host: &HtmlElement) {
    let colours = elements.colours.value();
    dom::set(host, "theme", &colours);
    if host.has_attribute("address")
        && let Some(root) = dom::document().document_element()
    {
        dom::set(&root, "data-theme", &colours);
    }
}

fn memory() -> Option<Storage> {
    dom::window().local_storage().ok().flatten()
}
