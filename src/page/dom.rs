//! Finding, making and listening to elements: the few lines of DOM that the rest of the room shares.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Document, Element, Event, EventTarget, FocusOptions, HtmlElement, Window};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// Gives an element the focus without scrolling the page.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Whether an element that has the colour of the ground is in the dark one of its colour schemes.
pub fn is_dark(element: &HtmlElement) -> bool {
    let computed = window().get_computed_style(element).ok().flatten();
    let ground = computed.and_then(|style| style.get_property_value("color").ok()).unwrap_or_default();
    // rgb(r, g, b): dark where the three together are less than half of what they can be.
    let parts = ground.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
    parts.take(3).sum::<u32>() < 384
}

/// Milliseconds of the browser's own clock, for frame budgets only.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Whether the reader asked for less motion.
pub fn is_motion_reduced() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// A new element with a class (none where it is empty).
pub fn make(tag: &str, class: &str) -> HtmlElement {
    let made = document().create_element(tag).expect("the tag is a valid name");
    if !class.is_empty() {
        made.set_class_name(class);
    }
    made.unchecked_into()
}

/// A new element with a class and a text.
pub fn make_text(tag: &str, class: &str, text: &str) -> HtmlElement {
    let made = make(tag, class);
    made.set_text_content(Some(text));
    made
}

/// A new button with a class and a text; the attribute says what it does.
pub fn make_button(class: &str, text: &str, attribute: &str, value: &str) -> HtmlElement {
    let made = make_text("button", class, text);
    set(&made, "type", "button");
    set(&made, attribute, value);
    made
}

/// Puts an element behind the others in its parent.
pub fn append(parent: &Element, child: &Element) {
    parent.append_child(child).expect("the parent is no descendant of the child");
}

/// Sets an attribute; the names used here are always valid.
pub fn set(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        element.set_attribute(name, value).expect("the attribute's name is valid");
    }
}

/// Sets a text where it differs, so that nothing is laid out or read aloud for no reason.
pub fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets or removes a class.
pub fn set_class(element: &Element, class: &str, present: bool) {
    element.class_list().toggle_with_force(class, present).expect("the class is a valid name");
}

/// Sets a property of the element's own style; CSP allows this where it forbids style attributes.
pub fn set_style(element: &HtmlElement, name: &str, value: &str) {
    element.style().set_property(name, value).expect("the property's name is valid");
}

/// A listener that stops listening when it is dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens. The browser may scroll before the handler has run.
    pub fn new(target: &EventTarget, kind: &'static str, handler: impl FnMut(Event) + 'static) -> Listener {
        Listener::with_passive(target, kind, true, handler)
    }

    /// Listens and may call `preventDefault`.
    pub fn active(target: &EventTarget, kind: &'static str, handler: impl FnMut(Event) + 'static) -> Listener {
        Listener::with_passive(target, kind, false, handler)
    }

    fn with_passive(
        target: &EventTarget,
        kind: &'static str,
        passive: bool,
        handler: impl FnMut(Event) + 'static,
    ) -> Listener {
        let closure = Closure::<dyn FnMut(Event)>::new(handler);
        let options = AddEventListenerOptions::new();
        options.set_passive(passive);
        target
            .add_event_listener_with_callback_and_add_event_listener_options(
                kind,
                closure.as_ref().unchecked_ref(),
                &options,
            )
            .expect("listening to a live target succeeds");
        Listener { target: target.clone(), kind, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.kind, self.closure.as_ref().unchecked_ref());
    }
}
