//! DOM events become commands; a handler never computes.
//!
//! What a handler decides at once is only whether the browser should do its own thing too: the plain wheel, Tab,
//! PageUp and PageDown are never taken.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventTarget, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent,
    MouseEvent, PointerEvent, WheelEvent,
};

use super::command::{Command, Pointer, PointerAction};
use super::dom::{self, Listener};
use super::elements::Elements;
use super::playback::SPEEDS_NS;
use super::scope::Inbox;
use super::shell;
use super::words::short;
use crate::journal::Subject;
use crate::time::{Duration, Time};

/// How much one press of a zoom key or button magnifies.
const ZOOM_STEP: f64 = 1.5;
/// How much of the width one press of a pan key moves.
const PAN_STEP: f64 = 0.12;

/// Connects everything that does not depend on the scenario.
pub fn listen(elements: &Elements, root: &EventTarget, inbox: &Inbox) -> Vec<Listener> {
    fill_speeds(elements);
    let mut wires = Wires { inbox, listeners: Vec::new() };
    wires.buttons(root);
    wires.transport(elements);
    wires.editor(elements);
    wires.tabs(elements);
    wires.find(elements);
    wires.canvas(elements);
    wires.keys(elements);
    wires.around(elements);
    wires.listeners
}

struct Wires<'a> {
    inbox: &'a Inbox,
    listeners: Vec<Listener>,
}

impl Wires<'_> {
    /// Sends a command made from the event.
    fn on<E: JsCast>(
        &mut self,
        target: &EventTarget,
        kind: &'static str,
        make: impl Fn(&E) -> Option<Command> + 'static,
    ) {
        let inbox = self.inbox.clone();
        self.listeners.push(Listener::new(target, kind, move |event| {
            if let Some(command) = make(event.unchecked_ref()) {
                inbox.send(command);
            }
        }));
    }

    /// All buttons with an id, by delegation.
    fn buttons(&mut self, root: &EventTarget) {
        self.on(root, "click", |event: &Event| {
            let button = ancestor(event, "button[id]")?;
            Some(match button.id().as_str() {
                "copy-link" => Command::CopyLink,
                "help-open" => Command::Help,
                "keep" | "kept-drop" => Command::Compare,
                "embed-open" => Command::Embed,
                "embed-copy" => Command::CopyEmbed,
                "reset-all" => Command::ResetAll,
                "revert" => Command::Revert,
                "run" => Command::Run,
                "zoom-in" => Command::Zoom(ZOOM_STEP),
                "zoom-out" => Command::Zoom(1.0 / ZOOM_STEP),
                "zoom-fit" => Command::Fit,
                "view-back" => Command::ViewBack(true),
                "find-open" => Command::OpenFind,
                "find-next" => Command::FindNext(1),
                "find-close" => Command::CloseFind,
                "why-zoom" => Command::Focus,
                "range-zoom" => Command::ZoomRange,
                "loop" => Command::ToggleLoop,
                "why-close" => Command::Clear,
                "to-start" => Command::ToStart,
                "step-back" => Command::Step(-1),
                "play" => Command::TogglePlay,
                "step-forward" => Command::Step(1),
                "stop" => Command::Stop,
                _ => return None,
            })
        });
        // What is made per scenario or frame carries its meaning in a data attribute.
        self.on(root, "click", |event: &Event| {
            if let Some(line) = ancestor(event, "[data-line]").and_then(|e| e.get_attribute("data-line")) {
                return line.parse().ok().map(Command::SeekLine);
            }
            if let Some(line) = ancestor(event, "[data-show-line]").and_then(|e| e.get_attribute("data-show-line")) {
                return line.parse().ok().map(Command::ShowLine);
            }
            if let Some(place) = ancestor(event, "[data-go]").and_then(|e| e.get_attribute("data-go")) {
                let (subject, at) = place.split_once(',')?;
                return Some(Command::Go(Subject(subject.parse().ok()?), Time(at.parse().ok()?)));
            }
            if let Some(at) = ancestor(event, "[data-at]").and_then(|e| e.get_attribute("data-at")) {
                return at.parse().ok().map(|ns| Command::Seek(Time(ns)));
            }
            let notice = ancestor(event, "[data-dismiss]")?.get_attribute("data-dismiss")?;
            notice.parse().ok().map(Command::Dismiss)
        });
    }

    fn transport(&mut self, elements: &Elements) {
        let scrub = elements.scrub.clone();
        self.on(&elements.scrub, "input", move |_: &Event| {
            let max: f64 = scrub.max().parse().unwrap_or(1.0);
            Some(Command::Scrub(scrub.value_as_number() / max))
        });
        let speed = elements.speed.clone();
        self.on(&elements.speed, "change", move |_: &Event| speed.value().parse().ok().map(Command::Speed));
    }

    fn editor(&mut self, elements: &Elements) {
        self.on(&elements.editor, "input", |_: &Event| Some(Command::Edited));
        let inbox = self.inbox.clone();
        let editor = elements.editor.clone();
        let mut leaves = false;
        self.listeners.push(Listener::active(&elements.editor, "keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            match event.key().as_str() {
                "Enter" if event.ctrl_key() || event.meta_key() => {
                    event.prevent_default();
                    inbox.send(Command::Run);
                }
                // After Esc, Tab leaves the editor as it leaves anything else.
                "Tab" if is_plain && !event.shift_key() && !leaves && !editor.read_only() => {
                    event.prevent_default();
                    insert(&editor, "    ");
                }
                _ => {}
            }
            leaves = event.key() == "Escape";
        }));
    }

    /// The search: what is typed selects the first lane; Enter goes on, Esc ends it.
    fn find(&mut self, elements: &Elements) {
        let find = elements.find.clone();
        self.on(&elements.find, "input", move |_: &Event| Some(Command::Find(find.value())));
        let (find_box, canvas) = (elements.find_box.clone(), elements.canvas.clone());
        self.on(&elements.find, "keydown", move |event: &KeyboardEvent| match event.key().as_str() {
            "Enter" => Some(Command::FindNext(if event.shift_key() { -1 } else { 1 })),
            "Escape" => {
                // At once: the next key is meant for the picture.
                shell::close_find(&find_box, &canvas);
                None
            }
            _ => None,
        });
    }

    fn tabs(&mut self, elements: &Elements) {
        for (list, attribute) in [(&elements.tabs, "data-tab"), (&elements.subtabs, "data-pane")] {
            let chosen = move |tab: &Element| {
                let name = tab.get_attribute(attribute)?;
                Some(if attribute == "data-tab" { Command::Tab(name) } else { Command::Details(name) })
            };
            self.on(list, "click", move |event: &Event| chosen(&ancestor(event, "[role=tab]")?));
            // The arrow keys go through a list of tabs, which is one stop of the Tab key.
            self.on(list, "keydown", move |event: &KeyboardEvent| {
                let tab = ancestor(event, "[role=tab]")?;
                let next = match event.key().as_str() {
                    "ArrowRight" => tab.next_element_sibling(),
                    "ArrowLeft" => tab.previous_element_sibling(),
                    _ => None,
                }?;
                next.unchecked_ref::<HtmlElement>().focus().ok()?;
                chosen(&next)
            });
        }
    }

    fn canvas(&mut self, elements: &Elements) {
        let kinds = [
            ("pointerdown", PointerAction::Down),
            ("pointermove", PointerAction::Move),
            ("pointerup", PointerAction::Up),
            ("pointercancel", PointerAction::Cancel),
            ("pointerleave", PointerAction::Leave),
        ];
        for (kind, action) in kinds {
            let canvas = elements.canvas.clone();
            self.on(&elements.canvas, kind, move |event: &PointerEvent| {
                if action == PointerAction::Down {
                    if event.button() != 0 {
                        return None;
                    }
                    // Released outside, a drag must still end.
                    let _ = canvas.set_pointer_capture(event.pointer_id());
                }
                Some(Command::Pointer(Pointer {
                    action,
                    id: event.pointer_id(),
                    x_px: event.offset_x() as f32,
                    y_px: event.offset_y() as f32,
                    is_touch: event.pointer_type() == "touch",
                    has_shift: event.shift_key(),
                }))
            });
        }
        self.on(&elements.canvas, "dblclick", |event: &MouseEvent| {
            let (x_px, y_px) = (event.offset_x() as f32, event.offset_y() as f32);
            let (action, is_touch, has_shift) = (PointerAction::Double, false, false);
            Some(Command::Pointer(Pointer { action, id: 0, x_px, y_px, is_touch, has_shift }))
        });
        let inbox = self.inbox.clone();
        self.listeners.push(Listener::active(&elements.canvas, "wheel", move |event| {
            let event: &WheelEvent = event.unchecked_ref();
            let line_px = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { 20.0 } else { 1.0 };
            let (dx, dy) = (event.delta_x() * line_px, event.delta_y() * line_px);
            let command = if event.ctrl_key() || event.meta_key() {
                event.prevent_default();
                Command::WheelZoom(event.offset_x() as f32, libm::exp2(-dy / 160.0))
            } else if event.shift_key() && dx == 0.0 {
                event.prevent_default();
                Command::WheelPan(-dy as f32)
            } else if dx.abs() > dy.abs() {
                event.prevent_default();
                Command::WheelPan(-dx as f32)
            } else {
                Command::PlainWheel
            };
            inbox.send(command);
        }));
    }

    /// Single keys, while the focus is inside the viewer and not where text is typed.
    fn keys(&mut self, elements: &Elements) {
        let inbox = self.inbox.clone();
        let (find_box, find) = (elements.find_box.clone(), elements.find.clone());
        self.listeners.push(Listener::active(&elements.viewer, "keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let Some(target) = event.target() else { return };
            if takes_keys(&target) {
                return;
            }
            let is_canvas = target.dyn_ref::<Element>().is_some_and(|e| e.id() == "canvas");
            let is_button = target.dyn_ref::<Element>().is_some_and(|e| e.tag_name() == "BUTTON");
            if let Some(command) = key_command(event, is_canvas, is_button) {
                event.prevent_default();
                match command {
                    // At once: the next key is the first letter of a name, and may come before the next frame.
                    Command::OpenFind => shell::open_find(&find_box, &find),
                    command => inbox.send(command),
                }
            }
        }));
    }

    /// What is not of one element: sizes, the colour scheme, scrolling.
    fn around(&mut self, elements: &Elements) {
        self.on(&elements.kept_scroller, "scroll", |_: &Event| Some(Command::Scrolled));
        self.on(&elements.kept_canvas, "pointerdown", |event: &PointerEvent| {
            Some(Command::PressKept(event.offset_x() as f32))
        });
        self.on(&elements.embed, "change", |_: &Event| Some(Command::EmbedWishes));
        self.on(&elements.scroller, "scroll", |_: &Event| Some(Command::Scrolled));
        self.on(&dom::window(), "resize", |_: &Event| Some(Command::Resized));
        self.on(&elements.scheme, "transitionend", |_: &Event| Some(Command::Restyled));
    }
}

/// The command of a key. Letters go by their place on the keyboard, signs by what they say.
fn key_command(event: &KeyboardEvent, is_canvas: bool, is_button: bool) -> Option<Command> {
    let by_sign = match event.key().as_str() {
        "?" => Some(Command::Help),
        "+" | "=" => Some(Command::Zoom(ZOOM_STEP)),
        "-" | "−" => Some(Command::Zoom(1.0 / ZOOM_STEP)),
        "," => Some(Command::StepSpan(-1)),
        "." => Some(Command::StepSpan(1)),
        "[" => Some(Command::GoWaker),
        "]" => Some(Command::GoWoken),
        "/" => Some(Command::OpenFind),
        _ => None,
    };
    let n_events = if event.shift_key() { 10 } else { 1 };
    by_sign.or_else(|| match event.code().as_str() {
        "Space" if !is_button => Some(Command::TogglePlay),
        "KeyK" => Some(Command::TogglePlay),
        "ArrowLeft" => Some(Command::Step(-n_events)),
        "ArrowRight" => Some(Command::Step(n_events)),
        "Home" => Some(Command::ToStart),
        "End" => Some(Command::ToEnd),
        // Elsewhere than on the picture these scroll, and a reader who scrolls must not select.
        "ArrowUp" if is_canvas => Some(Command::SelectLane(-1)),
        "ArrowDown" if is_canvas => Some(Command::SelectLane(1)),
        "Escape" => Some(Command::Clear),
        "KeyW" => Some(Command::Zoom(ZOOM_STEP)),
        "KeyS" => Some(Command::Zoom(1.0 / ZOOM_STEP)),
        "KeyA" => Some(Command::Pan(-PAN_STEP)),
        "KeyD" => Some(Command::Pan(PAN_STEP)),
        "KeyF" => Some(Command::Focus),
        "KeyC" => Some(Command::Compare),
        "KeyL" => Some(Command::ToggleLoop),
        "KeyZ" => Some(Command::ViewBack(!event.shift_key())),
        "Digit0" | "Numpad0" => Some(Command::Fit),
        _ => None,
    })
}

/// Whether keys on this element are its own.
fn takes_keys(target: &EventTarget) -> bool {
    let is_tab = target.dyn_ref::<Element>().is_some_and(|e| e.get_attribute("role").as_deref() == Some("tab"));
    let is_in_dialog = target.dyn_ref::<Element>().is_some_and(|e| e.closest("dialog").ok().flatten().is_some());
    let is_text_box = target.has_type::<HtmlTextAreaElement>() || target.has_type::<HtmlSelectElement>();
    let is_input = target.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() != "checkbox");
    is_tab || is_in_dialog || is_text_box || is_input
}

/// The nearest element around the event's target that matches, within the viewer.
fn ancestor(event: &Event, selector: &str) -> Option<Element> {
    event.composed_path().get(0).dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// Types a text as if by the keyboard, so that the browser can undo it.
fn insert(editor: &HtmlTextAreaElement, text: &str) {
    let document = dom::document().unchecked_into::<web_sys::HtmlDocument>();
    if !document.exec_command_with_show_ui_and_value("insertText", false, text).unwrap_or(false) {
        let _ = editor.set_range_text(text);
    }
}

fn fill_speeds(elements: &Elements) {
    elements.speed.set_text_content(None);
    for (index, &speed_ns) in SPEEDS_NS.iter().enumerate() {
        let option = dom::make_text("option", "", &format!("{} / s", short(Duration(speed_ns as u64))));
        dom::set(&option, "value", &index.to_string());
        elements.speed.append_child(&option).expect("a list takes options");
    }
}
