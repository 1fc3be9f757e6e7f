//! The colours of the canvas, read from the design tokens of style.css.
//!
//! A token may depend on the colour scheme (`light-dark()`), which only the browser resolves: a hidden element
//! takes each token as its colour, and its computed colour is what is painted.

use std::collections::BTreeMap;

use web_sys::HtmlElement;

use super::dom;
use crate::timeline::{Pattern, Style, TextStyle};

/// The colours of one colour scheme.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Palette {
    styles: BTreeMap<Style, String>,
    grounds: BTreeMap<Style, String>,
    texts: BTreeMap<TextStyle, String>,
    /// The family of the texts, as CSS writes it.
    pub font_family: String,
    /// What the scheme is recognised by.
    stamp: String,
}

impl Palette {
    /// Reads all tokens through an element of the viewer that nobody sees.
    pub fn read(probe: &HtmlElement) -> Palette {
        let mut palette = Palette { stamp: stamp(probe), ..Palette::default() };
        let accents = (1..Style::N_ACCENTS).map(Style::Accent);
        for style in Style::ALL.into_iter().chain(accents) {
            let (colour, ground) = tokens(style);
            palette.styles.insert(style, resolve(probe, &colour));
            if matches!(style.pattern(), Pattern::Hatched | Pattern::Dotted) {
                palette.grounds.insert(style, resolve(probe, ground));
            }
        }
        for style in TextStyle::ALL {
            palette.texts.insert(style, resolve(probe, text_token(style)));
        }
        let computed = dom::window().get_computed_style(probe).ok().flatten();
        palette.font_family = computed
            .and_then(|style| style.get_property_value("font-family").ok())
            .unwrap_or_else(|| "sans-serif".into());
        palette
    }

    /// Whether the colour scheme is still the one that was read.
    pub fn is_current(&self, probe: &HtmlElement) -> bool {
        self.stamp == stamp(probe)
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

/// Two tokens that differ between every pair of schemes.
fn stamp(probe: &HtmlElement) -> String {
    format!("{} {}", resolve(probe, "--bg"), resolve(probe, "--running"))
}

fn resolve(probe: &HtmlElement, token: &str) -> String {
    dom::set_style(probe, "color", &format!("var({token})"));
    let computed = dom::window().get_computed_style(probe).ok().flatten();
    computed.and_then(|style| style.get_property_value("color").ok()).unwrap_or_default()
}

/// The token of a style, and of the ground under its pattern.
fn tokens(style: Style) -> (String, &'static str) {
    let token = match style {
        Style::Background | Style::Edge => "--bg",
        Style::Gutter | Style::Ruler | Style::Beyond => "--surface",
        Style::GroupHeader => "--header",
        Style::SelectedLane | Style::Range => "--accent-soft",
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
        Style::Accent(n) => return (format!("--lane-{n}"), ""),
        Style::Instant => "--text",
        Style::InstantAlert => "--danger",
        Style::GilRequest => "--ready",
        Style::Tick => "--line-strong",
        Style::FlowIn => "--flow-in",
        Style::FlowOut => "--flow-out",
        Style::Hovered => "--text",
        Style::Selected => "--accent",
        Style::Cursor => "--cursor",
    };
    (token.into(), "")
}

fn text_token(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Label | TextStyle::Header => "--text",
        TextStyle::Dim | TextStyle::Ruler => "--muted",
        TextStyle::OnRunning => "--on-running",
        TextStyle::OnReady | TextStyle::OnWaiting => "--text",
        TextStyle::Cursor => "--on-cursor",
    }
}
