//! The menu of what can be done with what is selected: by right click, long press, Shift+F10 or its button.

use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlElement};

use super::command::{Command, Pointer};
use super::dom;
use super::elements::Elements;
use super::export::{self, Form};
use super::session::Session;
use super::simulator;
use crate::timeline::{path, view::RULER_HEIGHT_PX};

impl Session {
    /// Opens the menu beside a place of the canvas for what is there; without a place for what is selected.
    pub(super) fn open_menu(&mut self, place: Option<(f32, f32)>) {
        self.unhover();
        if let Some((x_px, y_px)) = place.filter(|&(_, y_px)| y_px > RULER_HEIGHT_PX) {
            self.select_at(x_px, y_px);
        }
        self.look.line_at_hand = self.line_of_selected().or(self.look.line_at_hand);
        self.label_menu();
        let elements = &self.elements;
        let (canvas, viewer) = (elements.canvas.get_bounding_client_rect(), elements.viewer.get_bounding_client_rect());
        let (x, y) = match place {
            Some((x_px, y_px)) => (canvas.left() + f64::from(x_px), canvas.top() + f64::from(y_px)),
            None => {
                let button = elements.menu_open.get_bounding_client_rect();
                (button.left(), button.bottom())
            }
        };
        elements.menu.set_hidden(false);
        let (width, height) = (f64::from(elements.menu.offset_width()), f64::from(elements.menu.offset_height()));
        let left = (x - viewer.left()).min(viewer.width() - width - 8.0).max(4.0);
        let top = (y - viewer.top()).min(viewer.height() - height - 8.0).max(4.0);
        dom::set_style(&elements.menu, "left", &format!("{left}px"));
        dom::set_style(&elements.menu, "top", &format!("{top}px"));
        dom::set(&elements.menu_open, "aria-expanded", "true");
        if let Some(first) = items(&elements.menu).into_iter().find(|item| !item.disabled()) {
            dom::focus(&first);
        }
    }

    /// Says in the menu what its items would do now, and disables those that would do nothing.
    fn label_menu(&self) {
        let Some(picture) = &self.picture else { return };
        let highlight = &self.look.highlight;
        let row = highlight.lane.and_then(|lane| picture.lanes.row_of(lane)).map(|row| &picture.lanes.rows()[row]);
        dom::set_text(&self.elements.menu_title, row.map_or("Nothing is selected", |row| row.label.as_str()));
        let is_pinned = row.is_some_and(|row| self.look.rows.arrangement.is_pinned(&path(picture.trace(), &row.kind)));
        let line = self.look.line_at_hand;
        let is_stop = line.is_some_and(|line| self.source.breaks().any(|other| other == line));
        for item in items(&self.elements.menu) {
            let is_possible = match item.id().as_str() {
                "menu-waker" | "menu-woken" | "menu-zoom" | "menu-read" => self.selected().is_some(),
                "menu-line" | "menu-moment" | "menu-stop" => line.is_some(),
                "menu-slow" => line.is_some() && !self.options.is_readonly && !picture.trace().is_recording(),
                "menu-pin" | "menu-up" | "menu-down" | "menu-hide" => row.is_some(),
                "menu-all" => !self.look.rows.arrangement.is_plain(),
                "menu-undo" => self.past.words(true).is_some(),
                _ => true,
            };
            item.set_disabled(!is_possible);
        }
        let words = self.past.words(true).map_or("Take back".into(), |what| format!("Take back: {what}"));
        dom::set_text(&self.elements.menu_undo_words, &words);
        let words = if is_pinned { "Do not pin this lane" } else { "Pin this lane above the others" };
        dom::set_text(&self.elements.menu_pin_words, words);
        let words = if is_stop { "Do not stop playing at its line" } else { "Stop playing at its line" };
        dom::set_text(&self.elements.menu_stop_words, words);
    }

    /// A finger that rests opens the menu, and no longer drags.
    pub(super) fn long_press(&mut self, pointer: Pointer) {
        if self.look.gesture.rests(pointer) {
            self.open_menu(Some((pointer.x_px, pointer.y_px)));
        }
    }

    /// Closes the menu and does what an item says.
    pub(super) fn pick(&mut self, item: &str) {
        close(&self.elements);
        let command = match item {
            "menu-waker" => Command::GoWaker,
            "menu-woken" => Command::GoWoken,
            "menu-zoom" => Command::Focus,
            "menu-read" => Command::Details,
            "menu-moment" => Command::Moment(1),
            "menu-stop" => Command::ToggleBreak,
            "menu-slow" => Command::Slow,
            "menu-mark" => Command::Mark,
            "menu-loop" => Command::ToggleLoop,
            "menu-link" => return self.copy_link_to_here(),
            "menu-pin" => Command::Pin,
            "menu-up" => Command::MoveLane(-1),
            "menu-down" => Command::MoveLane(1),
            "menu-hide" => Command::HideLane,
            "menu-all" => Command::ShowAllLanes,
            "menu-undo" => Command::Undo,
            "menu-line" => match self.look.line_at_hand {
                Some(line) => Command::ShowLine(line),
                None => return,
            },
            "menu-png" => return self.export(Form::Png, "timeline.png"),
            "menu-svg" => return self.export(Form::Svg, "timeline.svg"),
            "menu-csv" => return self.export(Form::Csv, "events.csv"),
            "menu-json" if !simulator::IS_HERE => return self.defer(Command::Pick(item.into())),
            "menu-json" => return self.export(Form::Json, "trace.json"),
            _ => return,
        };
        self.obey(command);
    }

    /// Lets the reader save a file of this name.
    pub(super) fn export(&mut self, form: Form, name: &str) {
        let Some(picture) = &self.picture else { return };
        if let Err(error) = export::save(form, name, picture, &self.elements, &self.look, self.playback.at()) {
            self.notices.add(&self.elements.notices, &format!("the file cannot be saved: {error}"));
        }
    }
}

/// Closes the menu; keys go to the picture again where they went to the menu.
pub fn close(elements: &Elements) {
    if elements.menu.hidden() {
        return;
    }
    let had_focus = elements.menu.matches(":focus-within").unwrap_or(false);
    elements.menu.set_hidden(true);
    dom::set(&elements.menu_open, "aria-expanded", "false");
    if had_focus {
        dom::focus(&elements.canvas);
    }
}

/// The next or previous item that can be chosen, round and round, from the one that has the focus.
pub fn beside(menu: &HtmlElement, here: &str, step: isize) -> Option<HtmlButtonElement> {
    let items: Vec<HtmlButtonElement> = items(menu).into_iter().filter(|item| !item.disabled()).collect();
    let place = items.iter().position(|item| item.id() == here);
    let next = place.map_or(0, |place| (place as isize + step).rem_euclid(items.len() as isize) as usize);
    items.into_iter().nth(next)
}

fn items(menu: &HtmlElement) -> Vec<HtmlButtonElement> {
    let found = menu.get_elements_by_tag_name("button");
    (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok()).collect()
}
