//! What a course page copies to show what the reader sees: a frame, an element, or a link.

use wasm_bindgen::JsValue;

use super::dom;
use super::elements::Elements;
use super::link::Link;

/// How the reader wants it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wishes {
    /// What kind of thing.
    pub form: Form,
    /// "light", "dark" or "system".
    pub theme: String,
    /// Whether the text cannot be edited there.
    pub is_readonly: bool,
    /// What is seen beside the timeline, in words of the attribute `show`; empty for everything.
    pub show: String,
    /// Whether it opens at the instant that is seen now.
    pub starts_here: bool,
}

/// A way to put a viewer on a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// An `<iframe>`, which every platform takes.
    Frame,
    /// The script and the `<coro-scope>` element.
    Element,
    /// An address.
    Link,
}

impl Wishes {
    /// What the dialog says.
    pub fn read(elements: &Elements) -> Wishes {
        Wishes {
            form: match elements.embed_form.value().as_str() {
                "element" => Form::Element,
                "link" => Form::Link,
                _ => Form::Frame,
            },
            theme: elements.embed_theme.value(),
            is_readonly: elements.embed_readonly.checked(),
            show: elements.embed_show.value(),
            starts_here: elements.embed_start.checked(),
        }
    }
}

/// Opens the dialog, or closes it.
pub fn open(elements: &Elements, link: &Link, title: &str, home: &str) {
    show(elements, link, title, home);
    if elements.embed.open() {
        elements.embed.close();
    } else {
        let _ = elements.embed.show_modal();
    }
}

/// Shows the text to copy for what the dialog says.
pub fn show(elements: &Elements, link: &Link, title: &str, home: &str) {
    let wishes = Wishes::read(elements);
    let text = snippet(&wishes, link, title, home);
    let note = match (wishes.form, text.len()) {
        (_, 8_000..) => {
            format!("{} characters: too long for many places; publish the program as a file instead.", text.len())
        }
        (Form::Link, 2_000..) => {
            format!("{} characters: some chats and course systems cut longer addresses.", text.len())
        }
        (Form::Frame, _) => "For any page that takes HTML: Moodle, MkDocs, Sphinx, mdBook, Jupyter, WordPress.".into(),
        (Form::Element, _) => "For pages that may load a script; several on one page share one simulator.".into(),
        (Form::Link, n) => format!("{n} characters."),
    };
    elements.embed_text.set_value(&text);
    dom::set_text(&elements.embed_note, &note);
}

/// The text to copy. `home` is where the page lives, with a slash at its end.
pub fn snippet(wishes: &Wishes, link: &Link, title: &str, home: &str) -> String {
    let link = Link { at: link.at.filter(|_| wishes.starts_here), ..link.clone() };
    let hash = link.format();
    let mut mode = if wishes.is_readonly { String::from("&mode=read") } else { String::new() };
    if !wishes.show.is_empty() {
        mode.push_str(&format!("&show={}", wishes.show.replace(' ', ",")));
    }
    match wishes.form {
        Form::Link => format!("{home}#{hash}"),
        Form::Frame => format!(
            "<iframe data-coroscope title=\"{}\"\n  src=\"{}\"\n  width=\"100%\" height=\"504\" loading=\"lazy\" \
             allow=\"fullscreen; clipboard-write\" referrerpolicy=\"no-referrer\"\n  \
             sandbox=\"allow-scripts allow-same-origin allow-popups\" style=\"border:0;width:100%;min-height:320px\"></iframe>",
            attribute(title),
            attribute(&format!("{home}?embed=1&theme={}{mode}#{hash}", wishes.theme))
        ),
        Form::Element => {
            let mut element = format!("<script src=\"{}element.js\" async></script>\n<coro-scope", attribute(home));
            if let Some(scenario) = link.scenario.as_ref().filter(|_| link.text.is_none()) {
                element.push_str(&format!(" scenario=\"{}\"", attribute(scenario)));
            }
            if !link.parameters.is_empty() {
                let pairs: Vec<String> =
                    link.parameters.iter().map(|(name, value)| format!("{}:{}", json(name), json(value))).collect();
                element.push_str(&format!(" params=\"{}\"", attribute(&format!("{{{}}}", pairs.join(",")))));
            }
            if let Some(at) = link.at {
                element.push_str(&format!(" start=\"{}\"", at.0 as f64 / 1e6));
            }
            if let Some((from, to)) = link.range {
                element.push_str(&format!(" range=\"{},{}\"", from.0 as f64 / 1e6, to.0 as f64 / 1e6));
            }
            if link.is_folded {
                element.push_str(" fold");
            }
            if !wishes.show.is_empty() {
                element.push_str(&format!(" show=\"{}\"", attribute(&wishes.show)));
            }
            if wishes.theme != "system" {
                element.push_str(&format!(" theme=\"{}\"", attribute(&wishes.theme)));
            }
            if wishes.is_readonly {
                element.push_str(" readonly");
            }
            element.push('>');
            if let Some(text) = &link.text {
                // A script element ends at the first such tag, also within a Python text.
                let text = text.replace("</script", "<\\/script");
                element.push_str(&format!("<script type=\"text/x-python\">\n{text}</script>"));
            }
            element + "</coro-scope>"
        }
    }
}

/// A value for an attribute in double quotes.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

fn json(text: &str) -> String {
    js_sys::JSON::stringify(&JsValue::from_str(text)).map_or_else(|_| "\"\"".into(), String::from)
}
