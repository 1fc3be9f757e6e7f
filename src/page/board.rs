//! Brings the cards of `machine.rs` onto the page: what stays is left alone, and what moves is seen to move.

use std::collections::BTreeMap;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom::{self, append, make, make_text};
use super::machine::{Card, Chip, MOST_SQUARES, Row};
use crate::journal::Subject;
use crate::time::Time;

/// How long a chip takes from one place to another [ms].
const MOVE_MS: f64 = 160.0;

/// The elements of the board, so that each is made once.
#[derive(Default)]
pub struct Board {
    cards: BTreeMap<String, HtmlElement>,
    chips: BTreeMap<(String, Subject), HtmlElement>,
    shown: Vec<Card>,
    at: Time,
}

impl Board {
    /// Shows cards as they are at an instant. Chips move where that is asked for and the reader wants motion: to know
    /// from where costs a layout of the page.
    pub fn show(&mut self, pane: &HtmlElement, cards: Vec<Card>, at: Time, moves: bool) {
        if self.shown == cards && self.at == at {
            return;
        }
        let before = if moves && !dom::is_motion_reduced() { self.places() } else { BTreeMap::new() };
        for (i, card) in (0..).zip(&cards) {
            let root = self.cards.entry(card.key.clone()).or_insert_with(|| make_card(&card.key)).clone();
            put_at(pane, i, &root);
            self.fill(&root, card, at);
        }
        let is_shown = |key: &String| cards.iter().any(|card| card.key == *key);
        self.cards.retain(|key, root| is_shown(key) || gone(root));
        let has_chip = |key: &(String, Subject)| {
            let card = cards.iter().find(|card| card.key == key.0);
            card.is_some_and(|card| card.rows.iter().flat_map(|row| &row.chips).any(|chip| chip.subject == key.1))
        };
        self.chips.retain(|key, chip| has_chip(key) || gone(chip));
        (self.shown, self.at) = (cards, at);
        // All places are read before anything moves, so that the browser lays the board out once.
        let still_there = before.into_iter().filter_map(|(key, from)| Some((self.chips.get(&key)?, from)));
        let moves: Vec<_> = still_there.map(|(chip, from)| (chip, from, place_of(chip))).collect();
        for (chip, from, to) in moves {
            move_from(chip, (from.0 - to.0, from.1 - to.1));
        }
    }

    /// Where the chips are now.
    fn places(&self) -> BTreeMap<(String, Subject), (f64, f64)> {
        self.chips.iter().map(|(key, chip)| (key.clone(), place_of(chip))).collect()
    }

    fn fill(&mut self, root: &HtmlElement, card: &Card, at: Time) {
        dom::set_class(root, "wanted", card.is_wanted);
        let parts = root.children();
        let (Some(head), Some(meter), Some(body)) = (parts.item(0), parts.item(1), parts.item(2)) else { return };
        if let (Some(title), Some(detail)) = (head.first_element_child(), head.last_element_child()) {
            dom::set_text(&title, &card.title);
            dom::set_text(&detail, &card.detail);
        }
        show_meter(meter.unchecked_ref(), card.meter);
        while body.child_element_count() as usize > card.rows.len() {
            body.last_element_child().expect("it counted its children").remove();
        }
        for (i, row) in (0..).zip(&card.rows) {
            let there = body.children().item(i).unwrap_or_else(|| {
                let made = make_row();
                body.append_child(&made).expect("a card takes rows");
                made.unchecked_into()
            });
            self.fill_row(&there, card, row, at);
        }
    }

    fn fill_row(&mut self, there: &Element, card: &Card, row: &Row, at: Time) {
        let (Some(label), Some(list)) = (there.first_element_child(), there.last_element_child()) else { return };
        dom::set_text(&label, row.label);
        for (i, chip) in (0..).zip(&row.chips) {
            let key = (card.key.clone(), chip.subject);
            let element = self.chips.entry(key).or_insert_with(make_chip).clone();
            put_at(&list, i, &element);
            fill_chip(&element, chip, at);
        }
        // Behind the chips, one element says how many more there are, or that there is nobody.
        let n = row.chips.len() as u32;
        while list.child_element_count() > n + 1 {
            let last = list.last_element_child().expect("it counted its children");
            last.remove();
        }
        let words = match (row.chips.len(), row.n_more) {
            (0, 0) => "nobody".into(),
            (_, 0) => String::new(),
            (_, more) => format!("+ {more}"),
        };
        let rest = list.children().item(n).filter(|rest| rest.class_name() == "rest").unwrap_or_else(|| {
            let made = make("span", "rest");
            list.append_child(&made).expect("a row takes words");
            made.unchecked_into()
        });
        dom::set_text(&rest, &words);
    }
}

fn make_card(key: &str) -> HtmlElement {
    let root = make("section", "card");
    // What it is a card of decides how much room it needs.
    dom::set(&root, "data-kind", key.split(' ').next().unwrap_or_default());
    let head = make("header", "");
    append(&head, &make("h3", ""));
    append(&head, &make("span", ""));
    append(&root, &head);
    append(&root, &make("div", "meter"));
    append(&root, &make("div", "rows"));
    root
}

fn make_row() -> HtmlElement {
    let row = make("div", "row");
    append(&row, &make("span", "label"));
    append(&row, &make("div", "chips"));
    row
}

fn make_chip() -> HtmlElement {
    let chip = make("button", "chip");
    dom::set(&chip, "type", "button");
    append(&chip, &make("i", "swatch"));
    append(&chip, &make_text("span", "", ""));
    chip
}

fn fill_chip(element: &HtmlElement, chip: &Chip, at: Time) {
    dom::set(element, "data-go", &format!("{},{}", chip.subject.0, at.0));
    dom::set(element, "title", &chip.title);
    dom::set(element, "aria-pressed", if chip.is_selected { "true" } else { "false" });
    dom::set_class(element, "blamed", chip.is_blamed);
    if let (Some(swatch), Some(label)) = (element.first_element_child(), element.last_element_child()) {
        dom::set(&swatch, "class", &format!("swatch {}", chip.class));
        dom::set_text(&label, &chip.label);
    }
}

/// A square a token, or a bar where there are too many.
fn show_meter(meter: &HtmlElement, values: Option<(i64, i64)>) {
    meter.set_hidden(values.is_none());
    let Some((in_use, limit)) = values else { return };
    let key = format!("{in_use}/{limit}");
    if meter.get_attribute("data-of").as_deref() == Some(&key) {
        return;
    }
    dom::set(meter, "data-of", &key);
    dom::set(meter, "aria-hidden", "true");
    let is_bar = limit > MOST_SQUARES;
    dom::set_class(meter, "bar", is_bar);
    let n_squares = if is_bar { 1 } else { limit.max(0) as u32 };
    while meter.child_element_count() > n_squares {
        meter.last_element_child().expect("it counted its children").remove();
    }
    while meter.child_element_count() < n_squares {
        append(meter, &make("i", ""));
    }
    let squares = meter.children();
    if is_bar {
        let share = in_use as f64 / limit.max(1) as f64;
        dom::set_style(meter, "--share", &format!("{share:.4}"));
    }
    for i in 0..n_squares {
        if let Some(square) = squares.item(i) {
            dom::set_class(&square, "used", is_bar || i64::from(i) < in_use);
        }
    }
}

/// Puts an element at a place among the children of its parent, unless it is there already.
fn put_at(parent: &Element, place: u32, element: &HtmlElement) {
    let there = parent.children().item(place);
    if there.as_ref() != Some(element.unchecked_ref::<Element>()) {
        parent
            .insert_before(element, there.as_ref().map(|there| there.unchecked_ref()))
            .expect("the parent takes children");
    }
}

fn gone(element: &HtmlElement) -> bool {
    element.remove();
    false
}

/// Where an element is on the screen.
fn place_of(element: &HtmlElement) -> (f64, f64) {
    let there = element.get_bounding_client_rect();
    (there.left(), there.top())
}

/// Lets an element that was so far away come from there.
fn move_from(element: &HtmlElement, (dx, dy): (f64, f64)) {
    if dx.abs().max(dy.abs()) < 1.0 {
        return;
    }
    let frame = |transform: &str| {
        let frame = Object::new();
        let _ = Reflect::set(&frame, &"transform".into(), &transform.into());
        frame
    };
    let frames = Array::of2(&frame(&format!("translate({dx}px, {dy}px)")), &frame("none"));
    // The bindings still hold this for unstable.
    if let Ok(animate) = Reflect::get(element, &"animate".into())
        && let Some(animate) = animate.dyn_ref::<Function>()
    {
        let _ = animate.call2(element, &frames, &MOVE_MS.into());
    }
}
