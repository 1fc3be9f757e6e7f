//! The form: one control for each parameter of the scenario.
//!
//! A control shows its value as text beside it, goes by the parameter's own step under the arrow keys, and can be
//! set back. It knows nothing of runs: what the reader does becomes a [`Command`].

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::command::Command;
use super::dom::{self, Listener, append, make, make_button, make_text};
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
        for (index, parameter) in parameters.iter().enumerate() {
            append(parent, &make_field(index, parameter));
        }
        Controls::adopt(parent, parameters, inbox)
    }

    /// Takes over the controls that are there, with the focus and what is half typed.
    pub fn adopt(parent: &HtmlElement, parameters: &[Parameter], inbox: &Inbox) -> Controls {
        let (made, parameters) = (parent.children(), parameters.iter().enumerate());
        let adopted = |(index, parameter): (usize, &Parameter)| {
            Some(Field::adopt(index, parameter, made.item(index as u32)?.unchecked_into(), inbox))
        };
        Controls { fields: parameters.filter_map(adopted).collect() }
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
    /// Listens to a field that is there.
    fn adopt(index: usize, parameter: &Parameter, root: HtmlElement, inbox: &Inbox) -> Field {
        let part = |selector: &str| root.query_selector(selector).ok().flatten().map(|part| part.unchecked_into());
        let control: HtmlElement = part("[data-parameter]").expect("a field has a control");
        let number: Option<HtmlInputElement> = part(".value input").map(|number: HtmlElement| number.unchecked_into());
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
        let is_slider = matches!(parameter.kind, Kind::Slider { .. });
        tell(&control, if is_slider || control.tag_name() == "SELECT" { "input" } else { "change" });
        if let Some(number) = &number {
            tell(number, "change");
        }
        if let Some(reset) = part(".reset") {
            let sender = inbox.clone();
            listeners.push(Listener::new(&reset, "click", move |_| sender.send(Command::ResetParameter(index))));
        }
        let (name, default) = (parameter.name.clone(), parameter.default_value());
        Field { name, default, root, control, number, _listeners: listeners }
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

/// A field: the name, what is said of it, the control, and a way back to the default.
fn make_field(index: usize, parameter: &Parameter) -> HtmlElement {
    let is_slider = matches!(parameter.kind, Kind::Slider { .. });
    let root = make("div", if is_slider { "field" } else { "field plain" });
    let (said, unit) = (words::said(&parameter.label), words::unit(&parameter.label).to_string());
    let label = make_text("label", "", &parameter.name);
    let id = format!("parameter-{index}");
    dom::set(&label, "for", &id);
    dom::set(&root, "title", if said.is_empty() { &parameter.name } else { &said });
    append(&root, &label);
    if !said.is_empty() {
        append(&root, &make_text("span", "said", &said));
    }
    let (control, number) = make_control(parameter);
    control.set_id(&id);
    dom::set(&control, "data-parameter", &parameter.name);
    if !said.is_empty() {
        dom::set(&control, "aria-description", &said);
    }
    if let Some(number) = &number {
        dom::set(number, "aria-label", &format!("{}, as a number", parameter.name));
        let value = make("span", "value");
        append(&value, number);
        if !unit.is_empty() {
            append(&value, &make_text("span", "unit", &unit));
            dom::set(&control, "data-unit", &unit);
        }
        append(&root, &value);
    }
    append(&root, &control);
    let default = parameter.default_value();
    let reset = make_button("quiet reset", "↺", "title", &format!("Back to {default}"));
    dom::set(&reset, "aria-label", &format!("Reset {} to {default}", parameter.name));
    append(&root, &reset);
    root
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
