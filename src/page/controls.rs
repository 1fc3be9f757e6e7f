//! The form: one control for each parameter of the scenario.
//!
//! A control shows its value as text beside it, goes by the parameter's own step under the arrow keys, and can be
//! set back. It knows nothing of runs: what the reader does becomes a [`Command`].

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::command::Command;
use super::dom::{self, Listener, make, make_text};
use super::scope::Inbox;
use super::words;
use crate::world::form::{Kind, Parameter};

/// The controls of one scenario.
#[derive(Default)]
pub struct Controls {
    fields: Vec<Field>,
}

struct Field {
    name: String,
    default: String,
    root: HtmlElement,
    /// The slider, box, list or switch.
    control: HtmlElement,
    /// The number beside a slider.
    number: Option<HtmlInputElement>,
    _listeners: Vec<Listener>,
}

impl Controls {
    /// Makes the controls and puts them into `parent` in place of others.
    pub fn new(parent: &HtmlElement, parameters: &[Parameter], inbox: &Inbox) -> Controls {
        parent.set_text_content(None);
        let fields: Vec<Field> =
            parameters.iter().enumerate().map(|(index, parameter)| Field::new(index, parameter, inbox)).collect();
        for field in &fields {
            parent.append_child(&field.root).expect("the form takes children");
        }
        Controls { fields }
    }

    /// The name of a parameter by its place.
    pub fn name(&self, index: usize) -> Option<&str> {
        self.fields.get(index).map(|field| field.name.as_str())
    }

    /// Whether this is the parameter's default.
    pub fn is_default(&self, index: usize, value: &str) -> bool {
        self.fields.get(index).is_some_and(|field| words::is_same_value(&field.default, value))
    }

    /// Shows the values; `value_of` gives those that differ from the defaults. Says whether any does.
    pub fn show<'a>(&self, value_of: impl Fn(&str) -> Option<&'a str>) -> bool {
        let mut is_any_changed = false;
        for field in &self.fields {
            let value = value_of(&field.name).unwrap_or(&field.default);
            is_any_changed |= field.show(value);
        }
        is_any_changed
    }
}

impl Field {
    fn new(index: usize, parameter: &Parameter, inbox: &Inbox) -> Field {
        let is_slider = matches!(parameter.kind, Kind::Slider { .. });
        let root = make("div", if is_slider { "field" } else { "field plain" });
        let (said, unit) = (parameter.label.trim().to_string(), words::unit(&parameter.label).to_string());
        let label = make_text("label", "", &parameter.name);
        let id = format!("parameter-{index}");
        dom::set(&label, "for", &id);
        dom::set(&root, "title", if said.is_empty() { &parameter.name } else { &said });
        root.append_child(&label).expect("a field takes children");
        if !said.is_empty() {
            let words = make_text("span", "said", words::without_unit(&said));
            root.append_child(&words).expect("a field takes children");
        }

        let (control, number) = make_control(parameter);
        control.set_id(&id);
        dom::set(&control, "data-parameter", &parameter.name);
        if !said.is_empty() {
            dom::set(&control, "aria-description", &said);
        }
        let mut listeners = Vec::new();
        let mut tell = |target: &HtmlElement, kind: &'static str| {
            let inbox = inbox.clone();
            listeners.push(Listener::new(target, kind, move |event| {
                if let Some(value) = value_of(&event) {
                    inbox.send(Command::SetParameter(index, value));
                }
            }));
        };
        // A number is taken when it is finished; a slider while it moves.
        tell(&control, if is_slider || control.tag_name() == "SELECT" { "input" } else { "change" });
        if let Some(number) = &number {
            tell(number, "change");
            dom::set(number, "aria-label", &format!("{}, as a number", parameter.name));
            let value = make("span", "value");
            value.append_child(number).expect("a field takes children");
            if !unit.is_empty() {
                value.append_child(&make_text("span", "unit", &unit)).expect("a field takes children");
                dom::set(&control, "data-unit", &unit);
            }
            root.append_child(&value).expect("a field takes children");
        }
        root.append_child(&control).expect("a field takes children");

        let default = parameter.default_value();
        let reset = make_text("button", "quiet reset", "↺");
        dom::set(&reset, "type", "button");
        dom::set(&reset, "title", &format!("Back to {default}"));
        dom::set(&reset, "aria-label", &format!("Reset {} to {default}", parameter.name));
        let sender = inbox.clone();
        listeners.push(Listener::new(&reset, "click", move |_| sender.send(Command::ResetParameter(index))));
        root.append_child(&reset).expect("a field takes children");
        Field { name: parameter.name.clone(), default, root, control, number, _listeners: listeners }
    }

    /// Shows a value; says whether it differs from the default.
    fn show(&self, value: &str) -> bool {
        if let Some(input) = self.control.dyn_ref::<HtmlInputElement>() {
            if input.type_() == "checkbox" {
                input.set_checked(value == "True");
            } else if input.value() != value {
                input.set_value(value);
            }
            if input.type_() == "range" {
                let unit = self.control.get_attribute("data-unit").unwrap_or_default();
                dom::set(input, "aria-valuetext", format!("{value} {unit}").trim());
            }
        } else if let Some(select) = self.control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(value);
        }
        if let Some(number) = self.number.as_ref().filter(|number| number.value() != value) {
            number.set_value(value);
        }
        let is_changed = !words::is_same_value(&self.default, value);
        dom::set_class(&self.root, "changed", is_changed);
        is_changed
    }
}

/// The control, and the number box of a slider.
fn make_control(parameter: &Parameter) -> (HtmlElement, Option<HtmlInputElement>) {
    let input = |kind: &str, class: &str| {
        let input: HtmlInputElement = make("input", class).unchecked_into();
        input.set_type(kind);
        input
    };
    match &parameter.kind {
        Kind::Slider { min, max, step, .. } => {
            let [slider, number] = ["range", "number"].map(|kind| {
                let made = input(kind, "");
                made.set_min(&min.to_string());
                made.set_max(&max.to_string());
                made.set_step(&step.to_string());
                made
            });
            (slider.into(), Some(number))
        }
        Kind::Number { integer } => {
            let number = input("number", "");
            number.set_step(if *integer { "1" } else { "any" });
            (number.into(), None)
        }
        Kind::Boolean => (input("checkbox", "switch").into(), None),
        Kind::Text => (input("text", "").into(), None),
        Kind::Choice { options, allow_input: false } => {
            let select = make("select", "");
            for option in options {
                let made = make_text("option", "", option);
                dom::set(&made, "value", option);
                select.append_child(&made).expect("a list takes options");
            }
            (select, None)
        }
        Kind::Choice { .. } => (input("text", "").into(), None),
    }
}

/// The value of the control an event came from.
fn value_of(event: &Event) -> Option<String> {
    let target = event.target()?;
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        return Some(select.value());
    }
    let input = target.dyn_ref::<HtmlInputElement>()?;
    if input.type_() == "checkbox" {
        return Some(if input.checked() { "True" } else { "False" }.into());
    }
    Some(input.value())
}
