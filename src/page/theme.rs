//! The colours of the canvas, read from the design tokens of style.css.
//!
//! A token may depend on the colour scheme (`light-dark()`), which only the browser resolves: a hidden element
//! takes each token as its colour, and its computed colour is what is painted.

use std::collections::BTreeMap;

use web_sys::HtmlElement;

use super::dom;
use crate::timeline::{Style, TextStyle};

/// The colours of one colour scheme.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Palette {
    styles: BTreeMap<Style, String>,
    grounds: BTreeMap<Style, String>,
    texts: BTreeMap<TextStyle, String>,
    /// The family of the texts, as CSS writes it.
    pub font_family: String,
}

impl Palette {
    /// Reads all tokens through an element of the viewer that nobody sees.
    pub fn read(probe: &HtmlElement) -> Palette {
        let styles = || Style::ALL.into_iter().chain((1..Style::N_ACCENTS).map(Style::Accent));
        let mut wanted: BTreeMap<String, String> = BTreeMap::new();
        for style in styles() {
            let (colour, ground) = tokens(style);
            wanted.insert(colour, String::new());
            wanted.insert(ground.into(), String::new());
        }
        for style in TextStyle::ALL {
            wanted.insert(text_token(style).into(), String::new());
        }
        resolve(probe, &mut wanted);
        let computed = dom::window().get_computed_style(probe).ok().flatten();
        let font_family = computed.and_then(|style| style.get_property_value("font-family").ok());
        let found = |token: &str| wanted.get(token).cloned().unwrap_or_default();
        Palette {
            styles: styles().map(|style| (style, found(&tokens(style).0))).collect(),
            grounds: styles().map(|style| (style, found(tokens(style).1))).collect(),
            texts: TextStyle::ALL.into_iter().map(|style| (style, found(text_token(style)))).collect(),
            font_family: font_family.unwrap_or_else(|| "sans-serif".into()),
        }
    }

    /// The colour of a style; of a pattern its strokes.
    pub fn colour(&self, style: Style) -> &str {
        self.styles.get(&style).map_or("#888", String::as_str)
    }

    /// What lies under a pattern's strokes.
    pub fn ground(&self, style: Style) -> &str {
        self.grounds.get(&style).map_or("transparent", String::as_str)
    }

    /// The colour of a text.
    pub fn text_colour(&self, style: TextStyle) -> &str {
        self.texts.get(&style).map_or("#888", String::as_str)
    }
}

/// What each token is as a colour. All are asked at once, so that the browser settles its styles once.
fn resolve(probe: &HtmlElement, tokens: &mut BTreeMap<String, String>) {
    for token in tokens.keys() {
        let asked = dom::make("i", "");
        dom::set_style(&asked, "color", &format!("var({token})"));
        probe.append_child(&asked).expect("the probe takes children");
    }
    let asked = probe.children();
    for (i, colour) in (0..).zip(tokens.values_mut()) {
        let computed = asked.item(i).and_then(|asked| dom::window().get_computed_style(&asked).ok().flatten());
        *colour = computed.and_then(|style| style.get_property_value("color").ok()).unwrap_or_default();
    }
    probe.set_text_content(None);
}

/// The token of a style, and of the ground under its pattern.
fn tokens(style: Style) -> (String, &'static str) {
    let token = match style {
        Style::Background | Style::Edge => "--bg",
        Style::Gutter | Style::Ruler | Style::Beyond => "--surface",
        Style::GroupHeader => "--header",
        Style::SelectedLane | Style::Range => "--accent-soft",
        Style::Fold => "--fold",
        Style::Stale => "--stale",
        Style::Grid => "--grid",
        Style::Separator => "--grid",
        Style::Waiting => return ("--waiting".into(), "--waiting-soft"),
        Style::GilFree => return ("--waiting".into(), "--bg"),
        Style::Ready => return ("--ready".into(), "--ready-soft"),
        Style::Running => "--running",
        Style::RunningTask => "--running-task",
        Style::RunningRequest => "--running-request",
        Style::GilHeld => "--held",
        Style::CoreBusy => "--count",
        Style::CounterFill => "--count-soft",
        Style::CounterLine => "--count",
        Style::CounterPeak | Style::LoopPass => "--muted",
        Style::Accent(n) => return (format!("--lane-{n}"), "--bg"),
        Style::Instant => "--text",
        Style::InstantAlert => "--danger",
        Style::GilRequest => "--ready",
        Style::Tick => "--line-strong",
        Style::FlowIn => "--flow-in",
        Style::FlowOut => "--flow-out",
        Style::Hovered => "--text",
        Style::Selected => "--accent",
        Style::Path => "--text",
        Style::Difference => "--danger",
        Style::Mark => "--accent",
        Style::Cursor => "--cursor",
    };
    (token.into(), "--bg")
}

fn text_token(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Label | TextStyle::Header => "--text",
        TextStyle::Dim | TextStyle::Peak | TextStyle::Ruler => "--muted",
        TextStyle::OnRunning => "--on-running",
        TextStyle::OnReady | TextStyle::OnWaiting => "--text",
        TextStyle::Cursor => "--on-cursor",
    }
}
