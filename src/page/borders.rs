//! The borders between the panes, which the reader moves: how wide the source is, and how high the details are.
//!
//! Where panes are stacked there are none. CSS lays the panes out; here a share of the viewer is given to one of them.

use serde::{Deserialize, Serialize};
use web_sys::HtmlElement;

use super::dom;
use super::elements::Elements;

/// What a border leaves to either side, of the viewer [%].
const LEAST: f64 = 15.0;
/// How far a key moves it, of the viewer [%].
pub const KEY_STEP: f64 = 2.0;

/// One border.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Border {
    /// Between source and timeline; its place is the width of the source.
    Source,
    /// Above the details; its place is their height.
    Details,
}

impl Border {
    /// Both.
    pub const ALL: [Border; 2] = [Border::Source, Border::Details];

    /// What it is called where preferences are kept, and in CSS.
    fn name(self) -> &'static str {
        match self {
            Border::Source => "--source",
            Border::Details => "--details",
        }
    }

    /// Its element.
    pub fn element(self, elements: &Elements) -> &HtmlElement {
        match self {
            Border::Source => &elements.source_border,
            Border::Details => &elements.details_border,
        }
    }

    /// Its place when it goes through this point of the window, of the viewer [%].
    pub fn share_at(self, viewer: &HtmlElement, x_px: f64, y_px: f64) -> f64 {
        let there = viewer.get_bounding_client_rect();
        100.0
            * match self {
                Border::Source => (x_px - there.left()) / there.width(),
                Border::Details => (there.bottom() - y_px) / there.height(),
            }
    }

    /// Its place as it is now, of the viewer [%].
    pub fn share(self, elements: &Elements) -> f64 {
        let there = self.element(elements).get_bounding_client_rect();
        let middle = |from: f64, length: f64| from + length / 2.0;
        self.share_at(&elements.viewer, middle(there.left(), there.width()), middle(there.top(), there.height()))
    }

    /// Puts it at a place, or where it is by itself.
    pub fn place(self, elements: &Elements, share: Option<f64>) {
        let words = share.map_or(String::new(), |share| format!("{:.1}%", share.clamp(LEAST, 100.0 - LEAST)));
        dom::set_style(&elements.viewer, self.name(), &words);
        dom::set(self.element(elements), "aria-valuenow", &format!("{:.0}", self.share(elements)));
    }

    /// Its place in words for the preferences, where the reader has chosen one.
    pub fn word(self, elements: &Elements) -> Option<String> {
        let value = elements.viewer.style().get_property_value(self.name()).ok()?;
        (!value.is_empty()).then(|| format!(" {}={value}", self.name()))
    }

    /// Puts it where a word of the preferences says, if it says that.
    pub fn recall(self, elements: &Elements, word: &str) {
        let share = word.strip_prefix(self.name()).and_then(|rest| rest.strip_prefix('=')?.strip_suffix('%'));
        if let Some(share) = share.and_then(|share| share.parse().ok()) {
            self.place(elements, Some(share));
        }
    }
}
