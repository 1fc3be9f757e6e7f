//! A scene as an SVG: a poster for a page that has not loaded its program yet, and a picture to look at natively.
//!
//! The palettes were chosen to be told apart with any colour vision: blue and green against amber, greys for what
//! waits; states differ by pattern too. The page's painter takes its colours from CSS, these are their defaults.

use std::fmt::Write as _;

use super::scene::{Anchor, Clip, Pane, Pattern, Scene, Style, TextStyle, px};
use crate::order;

/// The looks of every style.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Palette {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Palette {
    /// The colour of a style, as CSS writes it.
    pub fn colour(self, style: Style) -> &'static str {
        let (light, dark) = match style {
            Style::Background => ("#ffffff", "#16181d"),
            Style::Gutter => ("#fbfbfc", "#1a1d23"),
            Style::Ruler => ("#f6f7f9", "#1d2027"),
            Style::GroupHeader => ("#eff1f5", "#21252d"),
            Style::SelectedLane => ("#e6f0ff", "#1e2c44"),
            Style::Range => ("#d9e8ff", "#20385c"),
            Style::Beyond => ("#f1f2f4", "#111317"),
            Style::Fold => ("#f1f2f4d0", "#111317d0"),
            Style::Grid => ("#eef0f3", "#23272f"),
            Style::Separator => ("#e3e6ea", "#2b303a"),
            Style::Waiting => ("#c3c9d2", "#4d5562"),
            Style::Ready => ("#e09a1a", "#d99a2b"),
            Style::Running => ("#23855d", "#3aa87b"),
            Style::RunningTask => ("#3574d4", "#4d8ae8"),
            Style::RunningRequest => ("#217d94", "#3ba3bd"),
            Style::GilHeld => ("#7d6bb5", "#8f7ecb"),
            Style::GilFree => ("#c9ced6", "#454c58"),
            Style::CoreBusy => ("#6b7787", "#8591a3"),
            Style::CounterFill => ("#cfe0f7", "#24405f"),
            Style::CounterLine => ("#5b8fd0", "#6ba0e0"),
            Style::CounterPeak => ("#d5dae1", "#39404b"),
            Style::Edge => ("#98a1ad", "#69727f"),
            Style::Accent(n) => ACCENTS[usize::from(n) % ACCENTS.len()],
            Style::LoopPass => ("#9aa3af", "#6d7684"),
            Style::Instant => ("#39424e", "#c5ccd6"),
            Style::InstantAlert => ("#c8322f", "#ff7b72"),
            Style::GilRequest => ("#a8328c", "#e07fc8"),
            Style::Tick => ("#aab2bd", "#5a6371"),
            Style::FlowIn => ("#b3261e", "#ff8a80"),
            Style::FlowOut => ("#1f6f3f", "#7ddc9d"),
            Style::Hovered => ("#5a6675", "#aeb8c6"),
            Style::Selected => ("#14181f", "#ffffff"),
            Style::Path => ("#14181f", "#f0f3f7"),
            Style::Difference => ("#b3261e", "#ff8a80"),
            Style::Stale => ("#ffffffa0", "#16181da0"),
            Style::Mark => ("#3d4fd1", "#94a1ff"),
            Style::Cursor => ("#c2185b", "#ff5c9a"),
        };
        self.pick(light, dark)
    }

    /// The ground behind a pattern.
    pub fn ground(self, style: Style) -> &'static str {
        match style {
            Style::Ready => self.pick("#fdf0d5", "#3d3018"),
            Style::GilFree => self.pick("#fafbfc", "#1b1e24"),
            _ => self.pick("#f4f6f8", "#22262d"),
        }
    }

    /// The colour of a text.
    pub fn ink(self, style: TextStyle) -> &'static str {
        match style {
            TextStyle::Label => self.pick("#2b323c", "#d5dae2"),
            TextStyle::Header => self.pick("#14181f", "#f0f3f7"),
            TextStyle::Dim | TextStyle::Peak => self.pick("#6a7482", "#939dab"),
            TextStyle::OnRunning => self.pick("#ffffff", "#0d1117"),
            TextStyle::OnReady => self.pick("#5c3c00", "#ffd58a"),
            TextStyle::OnWaiting => self.pick("#56606d", "#a3adba"),
            TextStyle::Ruler => self.pick("#56606d", "#a3adba"),
            TextStyle::Cursor => self.pick("#ffffff", "#16181d"),
        }
    }

    fn pick(self, light: &'static str, dark: &'static str) -> &'static str {
        match self {
            Palette::Light => light,
            Palette::Dark => dark,
        }
    }

    fn name(self) -> &'static str {
        self.pick("light", "dark")
    }
}

/// Okabe and Ito's eight colours, black replaced by grey, a little calmer.
const ACCENTS: [(&str, &str); 8] = [
    ("#0072b2", "#4aa8e0"),
    ("#d55e00", "#f08a4b"),
    ("#009e73", "#3ccaa0"),
    ("#cc79a7", "#e3a0c4"),
    ("#b8860b", "#e0b84a"),
    ("#56b4e9", "#8fd0f5"),
    ("#7f7f7f", "#a8a8a8"),
    ("#8c564b", "#bd8577"),
];

/// The whole scene as one SVG document.
pub fn paint(scene: &Scene, palette: Palette) -> String {
    let mut out = String::new();
    let (w, h) = (px(scene.width_px), px(scene.height_px));
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif\">\n<defs>\n"
    );
    write_patterns(&mut out, palette);
    for pane in &scene.panes {
        let Clip { x_px, y_px, w_px, h_px } = pane.clip;
        let (x, y, w, h) = (px(x_px), px(y_px), px(w_px), px(h_px));
        let id = clip_id(pane, palette);
        let _ =
            writeln!(out, "<clipPath id=\"{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/></clipPath>");
    }
    out.push_str("</defs>\n");
    for pane in &scene.panes {
        let _ = writeln!(out, "<g clip-path=\"url(#{})\">", clip_id(pane, palette));
        write_rects(&mut out, pane, palette, false);
        write_areas(&mut out, pane, palette);
        write_lines(&mut out, pane, palette);
        write_rects(&mut out, pane, palette, true);
        write_texts(&mut out, pane, palette);
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

fn clip_id(pane: &Pane, palette: Palette) -> String {
    format!("coro-{}-{}", palette.name(), pane.name)
}

fn write_patterns(out: &mut String, palette: Palette) {
    for style in Style::ALL {
        let (colour, ground) = (palette.colour(style), palette.ground(style));
        let id = pattern_id(style, palette);
        let _ = match style.pattern() {
            Pattern::Hatched => writeln!(
                out,
                "<pattern id=\"{id}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"{ground}\"/>\
                 <rect width=\"2.5\" height=\"6\" fill=\"{colour}\"/></pattern>"
            ),
            Pattern::Dotted => writeln!(
                out,
                "<pattern id=\"{id}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
                 <rect width=\"6\" height=\"6\" fill=\"{ground}\"/>\
                 <circle cx=\"1.5\" cy=\"1.5\" r=\"0.8\" fill=\"{colour}\"/>\
                 <circle cx=\"4.5\" cy=\"4.5\" r=\"0.8\" fill=\"{colour}\"/></pattern>"
            ),
            Pattern::Solid | Pattern::Outline => Ok(()),
        };
    }
}

fn pattern_id(style: Style, palette: Palette) -> String {
    format!("coro-{}-{}", palette.name(), style.css_name())
}

fn fill(style: Style, palette: Palette) -> String {
    match style.pattern() {
        Pattern::Hatched | Pattern::Dotted => format!("url(#{})", pattern_id(style, palette)),
        Pattern::Solid => palette.colour(style).to_string(),
        Pattern::Outline => "none".to_string(),
    }
}

/// Rects grouped by style in painting order, either the filled ones or the frames.
fn write_rects(out: &mut String, pane: &Pane, palette: Palette, frames: bool) {
    let rects = &pane.rects;
    let mut sorted: Vec<usize> = (0..rects.len()).collect();
    sorted.retain(|&i| (rects.style[i].pattern() == Pattern::Outline) == frames);
    order::sort_by_key(&mut sorted, |&i| rects.style[i]);
    for group in sorted.chunk_by(|&a, &b| rects.style[a] == rects.style[b]) {
        let style = rects.style[group[0]];
        let _ = match frames {
            false => write!(out, "<path fill=\"{}\" d=\"", fill(style, palette)),
            true => write!(out, "<path fill=\"none\" stroke-width=\"1.5\" stroke=\"{}\" d=\"", palette.colour(style)),
        };
        for &i in group {
            let (x, y, w, h) = (px(rects.x[i]), px(rects.y[i]), px(rects.w[i]), px(rects.h[i]));
            let _ = write!(out, "M{x} {y}h{w}v{h}h-{w}z");
        }
        out.push_str("\"/>\n");
    }
}

fn write_areas(out: &mut String, pane: &Pane, palette: Palette) {
    let areas = &pane.areas;
    for i in 0..areas.len() {
        let points = areas.points(i);
        let (Some(first), Some(last)) = (points.clone().next(), points.clone().next_back()) else { continue };
        let mut path = String::new();
        for p in points {
            let _ = write!(path, "L{} {}", px(areas.x[p]), px(areas.y[p]));
        }
        let (base, x1, x2) = (px(areas.base_y[i]), px(areas.x[first]), px(areas.x[last]));
        let _ =
            writeln!(out, "<path fill=\"{}\" d=\"M{x1} {base}{path}L{x2} {base}z\"/>", fill(areas.style[i], palette));
        if let Some(edge) = areas.edge[i] {
            let _ = writeln!(out, "<path fill=\"none\" stroke=\"{}\" d=\"M{}\"/>", palette.colour(edge), &path[1..]);
        }
    }
}

fn write_lines(out: &mut String, pane: &Pane, palette: Palette) {
    let lines = &pane.lines;
    for i in 0..lines.len() {
        let (x1, y1, x2, y2) = (lines.x1[i], lines.y1[i], lines.x2[i], lines.y2[i]);
        let colour = palette.colour(lines.style[i]);
        let width = if lines.arrow[i] { "1.5" } else { "1" };
        let dash = if lines.style[i] == Style::CounterPeak { " stroke-dasharray=\"3 3\"" } else { "" };
        let _ = writeln!(
            out,
            "<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dash} d=\"M{} {}L{} {}\"/>",
            px(x1),
            px(y1),
            px(x2),
            px(y2)
        );
        if lines.arrow[i] {
            let [(ax, ay), (bx, by)] = arrow_head(x1, y1, x2, y2);
            let _ = writeln!(
                out,
                "<path fill=\"{colour}\" d=\"M{} {}L{} {}L{} {}z\"/>",
                px(x2),
                px(y2),
                px(ax),
                px(ay),
                px(bx),
                px(by)
            );
        }
    }
}

/// The two rear corners of an arrow's head, for any painter.
pub fn arrow_head(x1: f32, y1: f32, x2: f32, y2: f32) -> [(f32, f32); 2] {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = (dx * dx + dy * dy).sqrt();
    if length < 0.5 {
        return [(x2, y2), (x2, y2)];
    }
    let (ux, uy) = (dx / length, dy / length);
    let (back, half) = (7.0, 3.0);
    let (rear_x, rear_y) = (x2 - ux * back, y2 - uy * back);
    [(rear_x - uy * half, rear_y + ux * half), (rear_x + uy * half, rear_y - ux * half)]
}

fn write_texts(out: &mut String, pane: &Pane, palette: Palette) {
    let texts = &pane.texts;
    for i in 0..texts.len() {
        let style = texts.style[i];
        let anchor = match texts.anchor[i] {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if style.is_bold() { " font-weight=\"600\"" } else { "" };
        // The middle of the height by hand: not every reader of SVG knows dominant-baseline.
        let baseline = texts.y[i] + style.size_px() * 0.36;
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\"{weight} fill=\"{}\">{}</text>",
            px(texts.x[i]),
            px(baseline),
            px(style.size_px()),
            palette.ink(style),
            escaped(&texts.string[i])
        );
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_every_tag_is_closed() {
        let mut pane = Pane::new("lanes", Clip { x_px: 0.0, y_px: 0.0, w_px: 9.0, h_px: 9.0 });
        pane.texts.push((0.0, 0.0), 9.0, Anchor::Start, TextStyle::Label, "<lambda> & co".into());
        let svg = paint(&Scene { panes: vec![pane], ..Scene::default() }, Palette::Light);
        assert!(svg.contains("&lt;lambda&gt; &amp; co"));
        assert_eq!(svg.matches("<g ").count(), svg.matches("</g>").count());
        assert!(svg.ends_with("</svg>\n"));
    }

    #[test]
    fn an_arrow_head_points_along_its_line() {
        assert_eq!(arrow_head(0.0, 0.0, 10.0, 0.0), [(3.0, 3.0), (3.0, -3.0)]);
        assert_eq!(arrow_head(5.0, 5.0, 5.0, 5.0), [(5.0, 5.0), (5.0, 5.0)]);
    }

    /// WCAG's relative luminance contrast.
    fn contrast(a: &str, b: &str) -> f64 {
        let luminance = |hex: &str| {
            let channel = |i: usize| {
                let c = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
                if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
            };
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn texts_can_be_read_on_what_they_stand() {
        for palette in [Palette::Light, Palette::Dark] {
            let ground = |style| palette.colour(style);
            for (text, ground, least) in [
                (TextStyle::Label, ground(Style::Gutter), 4.5),
                (TextStyle::Header, ground(Style::GroupHeader), 4.5),
                (TextStyle::Dim, ground(Style::GroupHeader), 4.0),
                (TextStyle::Ruler, ground(Style::Ruler), 4.5),
                (TextStyle::OnRunning, ground(Style::Running), 4.5),
                (TextStyle::OnRunning, ground(Style::RunningTask), 4.5),
                (TextStyle::OnRunning, ground(Style::GilHeld), 4.5),
                (TextStyle::Cursor, ground(Style::Cursor), 4.5),
            ] {
                let contrast = contrast(palette.ink(text), ground);
                assert!(contrast >= least, "{palette:?} {text:?} on {ground}: {contrast:.2}");
            }
        }
    }
}
