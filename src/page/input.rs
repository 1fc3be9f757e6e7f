//! DOM events become commands; a handler never computes.
//!
//! What a handler decides at once is only whether the browser should do its own thing too: the plain wheel, Tab,
//! PageUp and PageDown are never taken.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, Event, EventTarget, HtmlCanvasElement, HtmlElement, HtmlTextAreaElement, KeyboardEvent, MouseEvent,
    PointerEvent, WheelEvent,
};

use super::borders::Border;
use super::command::{Command, Pointer, PointerAction, Unit};
use super::dom::{self, Listener};
use super::elements::Elements;
use super::keys::{self, PAN_STEP, ZOOM_STEP};
use super::menu;
use super::playback::SPEEDS_NS;
use super::relations;
use super::scope::Inbox;
use super::shell;
use super::words::short;
use crate::journal::Subject;
use crate::time::{Duration, Time};

/// How long a finger rests before the menu opens [ms].
const LONG_PRESS_MS: i32 = 500;

/// Connects everything that does not depend on the scenario.
pub fn listen(elements: &Rc<Elements>, root: &EventTarget, inbox: &Inbox) -> Vec<Listener> {
    fill_speeds(elements);
    let mut wires = Wires { inbox, listeners: Vec::new() };
    wires.buttons(root);
    wires.transport(elements);
    wires.editor(elements);
    wires.tabs(elements);
    wires.find(elements);
    wires.canvas(elements);
    wires.overview(elements);
    wires.keys(elements);
    wires.menu(elements);
    wires.borders(elements);
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
                "embed-save" => Command::SavePicture,
                "reset-all" => Command::ResetAll,
                "revert" => Command::Revert,
                "undo" => Command::Undo,
                "redo" => Command::Redo,
                "run" => Command::Run,
                "zoom-in" => Command::Zoom(ZOOM_STEP),
                "zoom-out" => Command::Zoom(1.0 / ZOOM_STEP),
                "zoom-fit" => Command::Fit,
                "zoom-focus" => Command::Focus,
                "fold-idle" => Command::FoldIdle,
                "path" | "why-path" => Command::Path,
                "branch" => Command::Choices,
                "choice-before" => Command::StepChoice(-1),
                "choice-after" => Command::StepChoice(1),
                "explore" => Command::Explore,
                "switch-here" => Command::SwitchHere,
                "choice-undo" => Command::UndoChoice,
                "choices-clear" => Command::ClearChoices,
                "pan-left" => Command::Pan(-PAN_STEP),
                "pan-right" => Command::Pan(PAN_STEP),
                "view-back" => Command::ViewBack(true),
                "view-forward" => Command::ViewBack(false),
                "lane-up" => Command::SelectLane(-1),
                "lane-down" => Command::SelectLane(1),
                "span-before" => Command::StepSpan(-1),
                "span-after" => Command::StepSpan(1),
                "go-waker" => Command::GoWaker,
                "go-woken" => Command::GoWoken,
                "mark" => Command::Mark,
                "range-from" => Command::RangeFrom,
                "range-to" => Command::RangeTo,
                "menu-open" => Command::Menu(None),
                "moment-before" => Command::Moment(-1),
                "moment-after" => Command::Moment(1),
                "stop-here" => Command::ToggleBreak,
                "expand" => Command::Steps,
                "try-versions" => Command::TryVersions,
                "kept-swap" => Command::SwapKept,
                "find-open" => Command::OpenFind,
                "find-next" => Command::FindNext(1),
                "find-close" => Command::CloseFind,
                "why-zoom" => Command::Focus,
                "range-zoom" => Command::ZoomRange,
                "loop" => Command::ToggleLoop,
                "why-close" | "clear" => Command::Clear,
                "to-start" => Command::ToStart,
                "to-end" => Command::ToEnd,
                "step-back" => Command::StepBy(-1),
                "play" => Command::TogglePlay,
                "step-forward" => Command::StepBy(1),
                "stop" => Command::Stop,
                "run-farther" => Command::RunFarther,
                _ => return None,
            })
        });
        // What is made per scenario or frame carries its meaning in a data attribute.
        self.on(root, "click", |event: &MouseEvent| {
            let number = ancestor(event, "[data-line]").filter(|_| event.shift_key());
            if let Some(line) = number.and_then(|number| number.get_attribute("data-line")) {
                return line.parse().ok().map(Command::BreakAt);
            }
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
            if let Some(version) = ancestor(event, "[data-python]").and_then(|e| e.get_attribute("data-python")) {
                return Some(Command::SetPython(Some(version)));
            }
            if let Some(relation) = ancestor(event, "[data-relation]").and_then(|e| e.get_attribute("data-relation")) {
                return relations::named(&relation).map(Command::Relation);
            }
            if let Some(taken) = ancestor(event, "[data-choose]").and_then(|e| e.get_attribute("data-choose")) {
                let (number, option) = taken.split_once(',')?;
                return Some(Command::TakeChoice(number.parse().ok()?, option.parse().ok()?));
            }
            if let Some(place) = ancestor(event, "[data-outcome]").and_then(|e| e.get_attribute("data-outcome")) {
                return place.parse().ok().map(Command::ShowOutcome);
            }
            if let Some(answer) = ancestor(event, "[data-answer]").and_then(|e| e.get_attribute("data-answer")) {
                let (question, choice) = answer.split_once(',')?;
                return Some(Command::Answer(question.parse().ok()?, choice.parse().ok()?));
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
        let unit = elements.unit.clone();
        self.on(&elements.unit, "change", move |_: &Event| {
            Some(Command::SetUnit(match unit.value().as_str() {
                "span" => Unit::Span,
                "line" => Unit::Line,
                "pass" => Unit::Pass,
                _ => Unit::Event,
            }))
        });
        let speed = elements.speed.clone();
        self.on(&elements.speed, "change", move |_: &Event| speed.value().parse().ok().map(Command::Speed));
    }

    fn editor(&mut self, elements: &Elements) {
        self.on(&elements.editor, "input", |_: &Event| Some(Command::Edited));
        for kind in ["click", "keyup"] {
            self.on(&elements.editor, kind, |_: &Event| Some(Command::Caret));
        }
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
                "F9" if is_plain => {
                    event.prevent_default();
                    inbox.send(Command::ToggleBreak);
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
        let only = elements.find_only.clone();
        self.on(&elements.find_only, "change", move |_: &Event| Some(Command::OnlyFound(only.checked())));
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
                Some(if attribute == "data-tab" { Command::Tab(name) } else { Command::Pane(name) })
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

    /// Sends what the pointer does over a canvas.
    fn pointer(&mut self, canvas: &HtmlCanvasElement, make: fn(Pointer) -> Command) {
        let kinds = [
            ("pointerdown", PointerAction::Down),
            ("pointermove", PointerAction::Move),
            ("pointerup", PointerAction::Up),
            ("pointercancel", PointerAction::Cancel),
            ("pointerleave", PointerAction::Leave),
        ];
        for (kind, action) in kinds {
            let captor = canvas.clone();
            self.on(canvas, kind, move |event: &PointerEvent| {
                if action == PointerAction::Down {
                    if event.button() != 0 {
                        return None;
                    }
                    // Released outside, a drag must still end.
                    let _ = captor.set_pointer_capture(event.pointer_id());
                }
                Some(make(pointer(event, action)))
            });
        }
    }

    fn canvas(&mut self, elements: &Elements) {
        self.pointer(&elements.canvas, Command::Pointer);
        self.on(&elements.canvas, "dblclick", |event: &MouseEvent| {
            let (x_px, y_px) = (event.offset_x() as f32, event.offset_y() as f32);
            let (action, is_touch, has_shift, has_alt) = (PointerAction::Double, false, false, false);
            Some(Command::Pointer(Pointer { action, id: 0, x_px, y_px, is_touch, has_shift, has_alt }))
        });
        self.menu_at_pointer(elements);
        let wheel_zooms = elements.wheel_zooms.clone();
        let inbox = self.inbox.clone();
        self.listeners.push(Listener::active(&elements.canvas, "wheel", move |event| {
            let event: &WheelEvent = event.unchecked_ref();
            let line_px = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { 20.0 } else { 1.0 };
            let (dx, dy) = (event.delta_x() * line_px, event.delta_y() * line_px);
            let is_plain = !event.shift_key() && dy.abs() >= dx.abs();
            let command = if event.ctrl_key() || event.meta_key() || (is_plain && wheel_zooms.checked()) {
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

    /// A right click, or a finger that rests, opens the menu.
    fn menu_at_pointer(&mut self, elements: &Elements) {
        let inbox = self.inbox.clone();
        self.listeners.push(Listener::active(&elements.canvas, "contextmenu", move |event| {
            let event: &MouseEvent = event.unchecked_ref();
            event.prevent_default();
            inbox.send(Command::Menu(Some((event.offset_x() as f32, event.offset_y() as f32))));
        }));
        // Not every browser makes a right click of a finger that rests.
        let inbox = self.inbox.clone();
        self.listeners.push(Listener::new(&elements.canvas, "pointerdown", move |event| {
            let pressed = pointer(event.unchecked_ref(), PointerAction::Down);
            if pressed.is_touch {
                let inbox = inbox.clone();
                let rested = Closure::once_into_js(move || inbox.send(Command::LongPress(pressed)));
                let callback = rested.unchecked_ref();
                let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(callback, LONG_PRESS_MS);
            }
        }));
    }

    fn overview(&mut self, elements: &Elements) {
        self.pointer(&elements.overview, Command::Overview);
    }

    fn keys(&mut self, elements: &Rc<Elements>) {
        let (inbox, elements) = (self.inbox.clone(), elements.clone());
        let viewer = elements.viewer.clone();
        self.listeners.push(Listener::active(&viewer, "keydown", move |event| {
            let Some(command) = keys::command(event.unchecked_ref(), elements.single_keys.checked()) else { return };
            event.prevent_default();
            match command {
                // At once: the next key is the first letter of a name, and may come before the next frame.
                Command::OpenFind => shell::open_find(&elements.find_box, &elements.find),
                command => inbox.send(command),
            }
        }));
    }

    /// The menu: arrow keys go through its items, Esc and a press elsewhere close it.
    fn menu(&mut self, elements: &Rc<Elements>) {
        self.on(&elements.menu, "click", |event: &Event| Some(Command::Pick(ancestor(event, "button")?.id())));
        let shown = elements.clone();
        self.listeners.push(Listener::active(&elements.menu, "keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            let step = match event.key().as_str() {
                "ArrowDown" => 1,
                "ArrowUp" => -1,
                "Escape" | "Tab" => {
                    event.prevent_default();
                    event.stop_propagation();
                    return menu::close(&shown);
                }
                _ => return,
            };
            event.prevent_default();
            let here = ancestor(event, "button").map_or(String::new(), |item| item.id());
            if let Some(item) = menu::beside(&shown.menu, &here, step) {
                dom::focus(&item);
            }
        }));
        let shown = elements.clone();
        self.listeners.push(Listener::new(&elements.viewer, "pointerdown", move |event| {
            if ancestor(&event, "#menu").is_none() {
                menu::close(&shown);
            }
        }));
    }

    /// The borders between panes: dragged, moved by the arrow keys, put back by a double click.
    fn borders(&mut self, elements: &Rc<Elements>) {
        for border in Border::ALL {
            let element = border.element(elements).clone();
            let captor = element.clone();
            self.on(&element, "pointerdown", move |event: &PointerEvent| {
                let _ = captor.set_pointer_capture(event.pointer_id());
                None
            });
            let panes = elements.clone();
            self.on(&element, "pointermove", move |event: &PointerEvent| {
                let share = border.share_at(&panes, event.client_x().into(), event.client_y().into());
                (event.buttons() == 1).then_some(Command::Divide(border, Some(share)))
            });
            self.on(&element, "dblclick", move |_: &Event| Some(Command::Divide(border, None)));
            let (inbox, elements) = (self.inbox.clone(), elements.clone());
            self.listeners.push(Listener::active(&element, "keydown", move |event| {
                let event: &KeyboardEvent = event.unchecked_ref();
                let Some(step) = border.step_of(&event.key()) else { return };
                event.prevent_default();
                inbox.send(Command::Divide(border, Some(border.share(&elements) + step)));
            }));
        }
    }

    /// What is not of one element: sizes, the colour scheme, scrolling.
    fn around(&mut self, elements: &Elements) {
        self.on(&elements.kept_scroller, "scroll", |_: &Event| Some(Command::Scrolled));
        self.on(&elements.kept_canvas, "pointerdown", |event: &PointerEvent| {
            Some(Command::PressKept(event.offset_x() as f32))
        });
        let python = elements.python.clone();
        self.on(&elements.python, "change", move |_: &Event| {
            Some(Command::SetPython(Some(python.value()).filter(|version| !version.is_empty())))
        });
        let preferences: [&EventTarget; 3] = [&elements.single_keys, &elements.wheel_zooms, &elements.colours];
        for element in preferences {
            self.on(element, "change", |_: &Event| Some(Command::Prefer));
        }
        self.on(&elements.embed, "change", |_: &Event| Some(Command::EmbedWishes));
        self.on(&elements.scroller, "scroll", |_: &Event| Some(Command::Scrolled));
        self.on(&dom::window(), "resize", |_: &Event| Some(Command::Resized));
        self.on(&elements.scheme, "transitionend", |_: &Event| Some(Command::Restyled));
    }
}

/// What a pointer event says; places are CSS pixels of its canvas.
fn pointer(event: &PointerEvent, action: PointerAction) -> Pointer {
    Pointer {
        action,
        id: event.pointer_id(),
        x_px: event.offset_x() as f32,
        y_px: event.offset_y() as f32,
        is_touch: event.pointer_type() == "touch",
        has_shift: event.shift_key(),
        has_alt: event.alt_key(),
    }
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
    if elements.speed.child_element_count() > 0 {
        return;
    }
    for (index, &speed_ns) in SPEEDS_NS.iter().enumerate() {
        let option = dom::make_text("option", "", &format!("{} / s", short(Duration(speed_ns as u64))));
        dom::set(&option, "value", &index.to_string());
        elements.speed.append_child(&option).expect("a list takes options");
    }
}
