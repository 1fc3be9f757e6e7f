//! The one animation frame in flight, the one slice between frames, and the one timer.
//!
//! Asking twice is asking once. A slice is a message that the viewer posts to itself: unlike a timer it comes at once,
//! and unlike a longer frame it lets the browser draw and take input first. A hidden tab gives no frames, and slices
//! are asked for by frames, so nothing is computed there.

use std::cell::Cell;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageChannel;

use super::dom;

/// The frame, the slice and the timer of one viewer; all are taken back when this is dropped.
pub struct Frames {
    on_frame: Closure<dyn FnMut(f64)>,
    _on_slice: Closure<dyn FnMut()>,
    on_timer: Closure<dyn FnMut()>,
    frame: Cell<Option<i32>>,
    timer: Cell<Option<i32>>,
    /// What is sent into one port comes out of the other as a slice.
    channel: Option<MessageChannel>,
    is_slice_asked: Cell<bool>,
}

impl Frames {
    /// `on_frame` gets the browser's time [ms] and must call [`Frames::began`] first; `on_slice` likewise
    /// [`Frames::sliced`], and `on_timer` [`Frames::rang`].
    pub fn new(
        on_frame: impl FnMut(f64) + 'static,
        on_slice: impl FnMut() + 'static,
        on_timer: impl FnMut() + 'static,
    ) -> Frames {
        let on_slice = Closure::<dyn FnMut()>::new(on_slice);
        let channel = MessageChannel::new().ok();
        if let Some(channel) = &channel {
            channel.port1().set_onmessage(Some(on_slice.as_ref().unchecked_ref()));
        }
        Frames {
            on_frame: Closure::new(on_frame),
            _on_slice: on_slice,
            on_timer: Closure::new(on_timer),
            frame: Cell::new(None),
            timer: Cell::new(None),
            channel,
            is_slice_asked: Cell::new(false),
        }
    }

    /// Asks for a slice between frames.
    pub fn request_slice(&self) {
        if let Some(channel) = self.channel.as_ref().filter(|_| !self.is_slice_asked.get()) {
            self.is_slice_asked.set(channel.port2().post_message(&JsValue::NULL).is_ok());
        }
    }

    /// The slice has come.
    pub fn sliced(&self) {
        self.is_slice_asked.set(false);
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
        if let Some(channel) = self.channel.take() {
            channel.port1().close();
        }
        if let Some(frame) = self.frame.take() {
            let _ = dom::window().cancel_animation_frame(frame);
        }
        if let Some(timer) = self.timer.take() {
            dom::window().clear_timeout_with_handle(timer);
        }
    }
}
