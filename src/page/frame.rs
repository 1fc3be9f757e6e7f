//! The one animation frame in flight, and the one timer.
//!
//! Asking twice is asking once. A hidden tab gives no frames, so nothing is computed there.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::dom;

/// The frame and the timer of one viewer; both are taken back when this is dropped.
pub struct Frames {
    on_frame: Closure<dyn FnMut(f64)>,
    on_timer: Closure<dyn FnMut()>,
    frame: Cell<Option<i32>>,
    timer: Cell<Option<i32>>,
}

impl Frames {
    /// `on_frame` gets the browser's time [ms] and must call [`Frames::began`] first; `on_timer` likewise
    /// [`Frames::rang`].
    pub fn new(on_frame: impl FnMut(f64) + 'static, on_timer: impl FnMut() + 'static) -> Frames {
        Frames {
            on_frame: Closure::new(on_frame),
            on_timer: Closure::new(on_timer),
            frame: Cell::new(None),
            timer: Cell::new(None),
        }
    }

    /// Asks for a frame.
    pub fn request(&self) {
        if self.frame.get().is_none() {
            let asked = dom::window().request_animation_frame(self.on_frame.as_ref().unchecked_ref());
            self.frame.set(asked.ok());
        }
    }

    /// Asks for the timer; a timer that is under way stays as it is.
    pub fn request_later(&self, delay_ms: i32) {
        if self.timer.get().is_none() {
            let callback = self.on_timer.as_ref().unchecked_ref();
            let asked = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay_ms);
            self.timer.set(asked.ok());
        }
    }

    /// The frame has come.
    pub fn began(&self) {
        self.frame.set(None);
    }

    /// The timer has come.
    pub fn rang(&self) {
        self.timer.set(None);
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(frame) = self.frame.take() {
            let _ = dom::window().cancel_animation_frame(frame);
        }
        if let Some(timer) = self.timer.take() {
            dom::window().clear_timeout_with_handle(timer);
        }
    }
}
