//! What a course page copies to show what the reader sees: a frame, an element, a link, or a picture with a link.

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
    /// How large it is [CSS px]; nothing for as wide as the page and as high as it needs.
    pub size_px: Option<(u32, u32)>,
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
    /// Markdown of a picture that leads to the address, for pages that run nothing.
    Picture,
}

impl Wishes {
    /// What the dialog says.
    pub fn read(elements: &Elements) -> Wishes {
        Wishes {
            form: match elements.embed_form.value().as_str() {
                "element" => Form::Element,
                "link" => Form::Link,
                "picture" => Form::Picture,
                _ => Form::Frame,
            },
            theme: elements.embed_theme.value(),
            is_readonly: elements.embed_readonly.checked(),
            show: elements.embed_show.value(),
            starts_here: elements.embed_start.checked(),
            size_px: elements
                .embed_size
                .value()
                .split_once('x')
                .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?))),
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
        (Form::Picture, _) => "For a README, a chat or a printed page: save the picture beside it.".into(),
    };
    let is_viewer = matches!(wishes.form, Form::Frame | Form::Element);
    elements.embed_size.set_disabled(!is_viewer);
    elements.embed_save.set_hidden(wishes.form != Form::Picture);
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
        Form::Picture => {
            let title = title.replace(['[', ']'], "");
            format!("[![{title}: a timeline]({})]({home}#{hash})", file_name(&link))
        }
        Form::Frame => {
            let title = attribute(title);
            let address = attribute(&format!("{home}?embed=1&theme={}{mode}#{hash}", wishes.theme));
            // One that has no size of its own is given the height that its lanes need by our script, where that is loaded.
            let (mark, size, style) = match wishes.size_px {
                None => (" data-coroscope", "width=\"100%\" height=\"504\"".into(), ";width:100%;min-height:320px"),
                Some((width, height)) => ("", format!("width=\"{width}\" height=\"{height}\""), ";max-width:100%"),
            };
            format!(
                "<iframe{mark} title=\"{title}\"\n  src=\"{address}\"\n  {size} loading=\"lazy\" \
                 allow=\"fullscreen; clipboard-write\" referrerpolicy=\"no-referrer\"\n  \
                 sandbox=\"allow-scripts allow-same-origin allow-popups\" style=\"border:0{style}\"></iframe>"
            )
        }
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
            let rest = rest_of(&link);
            if !rest.is_empty() {
                element.push_str(&format!(" state=\"{}\"", attribute(&rest)));
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
            if let Some((width, height)) = wishes.size_px {
                element.push_str(&format!(" compact style=\"max-width:{width}px;height:{height}px\""));
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

/// What a link says that the element has no attribute of its own for.
fn rest_of(link: &Link) -> String {
    let (scenario, parameters, text) = Default::default();
    let rest = Link { scenario, parameters, text, at: None, range: None, is_folded: false, ..link.clone() };
    rest.format().split_once('&').map_or(String::new(), |(_version, rest)| rest.into())
}

/// What the picture is called that goes with the text.
pub fn file_name(link: &Link) -> String {
    format!("{}.svg", link.scenario.as_deref().unwrap_or("timeline"))
}

/// A value for an attribute in double quotes.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

fn json(text: &str) -> String {
    js_sys::JSON::stringify(&JsValue::from_str(text)).map_or_else(|_| "\"\"".into(), String::from)
}
