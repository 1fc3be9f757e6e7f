//! The borders between the panes, which the reader moves: how wide the source is, how high parameters and details are.
//!
//! Where panes are stacked there are none. CSS lays the panes out; here a share of the viewer is given to one of them.

use serde::{Deserialize, Serialize};
use web_sys::HtmlElement;

use super::dom;
use super::elements::Elements;

/// What a border leaves of the panes beside it, of the viewer [%].
const LEAST: f64 = 15.0;
/// What it leaves of the details: their tabs [%].
const LEAST_OF_DETAILS: f64 = 4.0;
/// How far a key moves it, of the viewer [%].
const KEY_STEP: f64 = 2.0;

/// One border.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Border {
    /// Between source and timeline; its place is the width of the source.
    Source,
    /// Below the parameters; its place is their height.
    Parameters,
    /// Above the details; its place is their height.
    Details,
    /// Between timeline and details, where these stand beside it; its place is their width.
    Beside,
}

impl Border {
    /// All of them; some are not there, as the panes are.
    pub const ALL: [Border; 4] = [Border::Source, Border::Parameters, Border::Details, Border::Beside];

    /// What it is called where preferences are kept, and in CSS.
    fn name(self) -> &'static str {
        match self {
            Border::Source => "--source",
            Border::Parameters => "--parameters",
            Border::Details => "--details",
            Border::Beside => "--beside",
        }
    }

    /// Its element.
    pub fn element(self, elements: &Elements) -> &HtmlElement {
        match self {
            Border::Source => &elements.source_border,
            Border::Parameters => &elements.form_border,
            Border::Details => &elements.details_border,
            Border::Beside => &elements.beside_border,
        }
    }

    /// How much larger its pane is after a key, of the viewer [%].
    pub fn step_of(self, key: &str) -> Option<f64> {
        match (self, key) {
            (Border::Source, "ArrowRight") | (Border::Parameters, "ArrowDown") => Some(KEY_STEP),
            (Border::Source, "ArrowLeft") | (Border::Parameters, "ArrowUp") => Some(-KEY_STEP),
            (Border::Details, "ArrowUp") | (Border::Beside, "ArrowLeft") => Some(KEY_STEP),
            (Border::Details, "ArrowDown") | (Border::Beside, "ArrowRight") => Some(-KEY_STEP),
            _ => None,
        }
    }

    /// Its place when it goes through this point of the window, of the viewer [%].
    pub fn share_at(self, elements: &Elements, x_px: f64, y_px: f64) -> f64 {
        let there = elements.viewer.get_bounding_client_rect();
        100.0
            * match self {
                Border::Source => (x_px - there.left()) / there.width(),
                Border::Parameters => (y_px - elements.form_pane.get_bounding_client_rect().top()) / there.height(),
                Border::Beside => (there.right() - x_px) / there.width(),
                Border::Details => (there.bottom() - y_px) / there.height(),
            }
    }

    /// Its place as it is now, of the viewer [%].
    pub fn share(self, elements: &Elements) -> f64 {
        let there = self.element(elements).get_bounding_client_rect();
        let middle = |from: f64, length: f64| from + length / 2.0;
        self.share_at(elements, middle(there.left(), there.width()), middle(there.top(), there.height()))
    }

    /// Puts it at a place, or where it is by itself.
    pub fn place(self, elements: &Elements, share: Option<f64>) {
        let least = if self == Border::Details { LEAST_OF_DETAILS } else { LEAST };
        let words = share.map_or(String::new(), |share| format!("{:.1}%", share.clamp(least, 100.0 - LEAST)));
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
