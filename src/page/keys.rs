//! Single keys, while the focus is inside the viewer and not where text is typed.
//!
//! Letters go by their place on the keyboard, signs by what they say. Tab, PageUp and PageDown are never taken.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent};

use super::command::Command;

/// How much one press of a zoom key or button magnifies.
pub const ZOOM_STEP: f64 = 1.5;
/// How much of the width one press of a pan key or button moves.
pub const PAN_STEP: f64 = 0.12;

/// The command of a key, where it is one.
pub fn command(event: &KeyboardEvent, has_single_keys: bool) -> Option<Command> {
    let target = event.target()?;
    if event.default_prevented() {
        return None;
    }
    if event.alt_key() {
        // Brackets that many keyboards have behind AltGr or Option.
        return by_sign(event).filter(|command| {
            has_single_keys && !takes_keys(&target) && matches!(command, Command::GoWaker | Command::GoWoken)
        });
    }
    if let Some(command) = taking_back(event).filter(|_| !is_typed_in(&target)) {
        return Some(command);
    }
    if takes_keys(&target) {
        return None;
    }
    let element = target.dyn_ref::<Element>();
    let is_canvas = element.is_some_and(|element| element.id() == "canvas");
    let is_button = element.is_some_and(|element| element.tag_name() == "BUTTON");
    if event.ctrl_key() || event.meta_key() {
        return match event.key().as_str() {
            "ArrowLeft" => Some(Command::StepLine(-1)),
            "ArrowRight" => Some(Command::StepLine(1)),
            _ => None,
        };
    }
    // Keys that have no letter are nobody's shortcut of speech or typing: they stay.
    let by_name = by_name(event, is_canvas, is_button);
    if by_name.is_some() || !has_single_keys {
        return by_name;
    }
    by_sign(event).or_else(|| by_place(event))
}

/// Undo and redo, which go by the letter that is printed on the key.
fn taking_back(event: &KeyboardEvent) -> Option<Command> {
    if !event.ctrl_key() && !event.meta_key() {
        return None;
    }
    match event.key().as_str() {
        "z" | "Z" if event.shift_key() => Some(Command::Redo),
        "z" | "Z" => Some(Command::Undo),
        "y" => Some(Command::Redo),
        _ => None,
    }
}

fn by_name(event: &KeyboardEvent, is_canvas: bool, is_button: bool) -> Option<Command> {
    let has_shift = event.shift_key();
    let n = if has_shift { 10 } else { 1 };
    match event.code().as_str() {
        "Space" if !is_button => Some(Command::TogglePlay),
        "ArrowLeft" => Some(Command::StepBy(-n)),
        "ArrowRight" => Some(Command::StepBy(n)),
        "Home" => Some(Command::ToStart),
        "End" => Some(Command::ToEnd),
        // Elsewhere than on the picture these scroll, and a reader who scrolls must not select.
        "ArrowUp" if is_canvas && has_shift => Some(Command::MoveLane(-1)),
        "ArrowDown" if is_canvas && has_shift => Some(Command::MoveLane(1)),
        "ArrowUp" if is_canvas => Some(Command::SelectLane(-1)),
        "ArrowDown" if is_canvas => Some(Command::SelectLane(1)),
        "Enter" | "NumpadEnter" if is_canvas => Some(Command::Details),
        "ContextMenu" if !is_button => Some(Command::Menu(None)),
        "F10" if has_shift => Some(Command::Menu(None)),
        "Escape" => Some(Command::Clear),
        _ => None,
    }
}

fn by_sign(event: &KeyboardEvent) -> Option<Command> {
    Some(match event.key().as_str() {
        "?" => Command::Help,
        "+" | "=" => Command::Zoom(ZOOM_STEP),
        "-" | "−" => Command::Zoom(1.0 / ZOOM_STEP),
        "," => Command::StepSpan(-1),
        "." => Command::StepSpan(1),
        "[" => Command::GoWaker,
        "]" => Command::GoWoken,
        "/" => Command::OpenFind,
        _ => return None,
    })
}

fn by_place(event: &KeyboardEvent) -> Option<Command> {
    Some(match event.code().as_str() {
        "KeyK" => Command::TogglePlay,
        "KeyW" => Command::Zoom(ZOOM_STEP),
        "KeyS" => Command::Zoom(1.0 / ZOOM_STEP),
        "KeyA" => Command::Pan(-PAN_STEP),
        "KeyD" => Command::Pan(PAN_STEP),
        "KeyF" => Command::Focus,
        "KeyZ" => Command::ViewBack(!event.shift_key()),
        "KeyM" => Command::Mark,
        "KeyI" => Command::RangeFrom,
        "KeyO" => Command::RangeTo,
        "KeyL" => Command::ToggleLoop,
        "KeyC" => Command::Compare,
        "KeyX" => Command::SwapKept,
        "KeyE" => Command::Steps,
        "KeyB" => Command::Choices,
        "KeyN" => Command::StepChoice(1),
        "KeyP" => Command::StepChoice(-1),
        "KeyT" => Command::Pin,
        "KeyH" => Command::HideLane,
        "KeyG" => Command::FoldIdle,
        "KeyR" => Command::Path,
        "Digit0" | "Numpad0" => Command::Fit,
        _ => return None,
    })
}

/// Whether the element has an undo of its own, for what is typed in it.
fn is_typed_in(target: &EventTarget) -> bool {
    let is_text = |input: &HtmlInputElement| matches!(input.type_().as_str(), "text" | "number");
    let is_in_dialog = target.dyn_ref::<Element>().is_some_and(|e| e.closest("dialog").ok().flatten().is_some());
    is_in_dialog || target.has_type::<HtmlTextAreaElement>() || target.dyn_ref().is_some_and(is_text)
}

/// Whether keys on this element are its own.
fn takes_keys(target: &EventTarget) -> bool {
    let element = target.dyn_ref::<Element>();
    let has_role = |role: &str| element.is_some_and(|e| e.get_attribute("role").as_deref() == Some(role));
    let is_in_dialog = element.is_some_and(|e| e.closest("dialog").ok().flatten().is_some());
    let is_text_box = target.has_type::<HtmlTextAreaElement>() || target.has_type::<HtmlSelectElement>();
    let is_input = target.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() != "checkbox");
    has_role("tab") || has_role("menuitem") || is_in_dialog || is_text_box || is_input
}
