//! What is read aloud: the words at the cursor, once the cursor rests, and now and then while it plays.
//!
//! A screen reader speaks far longer than a picture lasts, so it is given what the reader arrived at and not all that
//! was passed.

use serde::{Deserialize, Serialize};

use super::dom;
use super::session::Session;
use crate::timeline::explain;

/// How long the cursor rests before its words are read [ms].
const REST_MS: f64 = 450.0;
/// How often words are read while the cursor plays [ms].
const PLAYING_MS: f64 = 5_000.0;

/// The words that wait to be read.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Speech {
    words: String,
    /// When they are read, by the browser's clock [ms]; nothing where they have been.
    due_ms: Option<f64>,
    spoken_ms: f64,
}

impl Speech {
    /// Other words are at the cursor.
    pub fn renew(&mut self, words: String) {
        if self.words != words {
            self.words = words;
            self.due_ms = Some(dom::now_ms() + REST_MS);
        }
    }

    /// When to come again [ms].
    pub fn due_ms(&self) -> Option<f64> {
        self.due_ms
    }
}

impl Session {
    /// Reads the words where it is time.
    pub(super) fn speak(&mut self) {
        let now_ms = dom::now_ms();
        let is_due = self.speech.due_ms.is_some_and(|due_ms| now_ms >= due_ms);
        let is_early = self.playback.is_playing && now_ms - self.speech.spoken_ms < PLAYING_MS;
        if is_due && !is_early {
            self.speech.due_ms = None;
            self.speech.spoken_ms = now_ms;
            dom::set_text(&self.elements.said, &self.speech.words);
        }
    }

    /// Puts the focus on the explanation of what is selected, where a screen reader reads it and Tab goes on to its ways.
    pub(super) fn read_details(&mut self) {
        let Some(picture) = &self.picture else { return };
        if let Some(place) = self.selected() {
            let words = explain(picture.trace(), place).text();
            self.look.highlight.selected = Some(place);
            self.show_why();
            dom::set(&self.elements.why, "aria-label", &words);
            dom::focus(&self.elements.why);
            self.cursor_moved();
        }
    }
}
