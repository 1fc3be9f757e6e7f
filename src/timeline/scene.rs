//! The picture as data: a columnar display list in CSS pixels, painted by a canvas or an SVG.
//!
//! A scene is a few [`Pane`]s, painted in order, each clipped to its rectangle. Within a pane a painter draws
//! filled rects, then areas, then lines, then outlined rects, then texts; rects may be painted grouped by style in the
//! order of [`Style::ALL`], so that a canvas sets each colour once. Styles say what a thing *is*; colours and
//! fonts belong to the painter's palette, the pattern belongs to the style, because a state must be told without
//! colour too.
//!
//! Text is placed by the middle of its height. [`Scene::text`] is the golden form for tests.

use std::fmt::Write as _;

/// What a drawn thing is. The order is the order of painting within a pane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Style {
    /// The ground of the lanes.
    Background,
    /// The ground of the label column.
    Gutter,
    /// The ground of the ruler.
    Ruler,
    /// The band of a group's header.
    GroupHeader,
    /// The lane that is selected, over its whole width.
    SelectedLane,
    /// A selected stretch of time.
    Range,
    /// The time after the end of the run.
    Beyond,
    /// A folded stretch of time, over what is drawn of it.
    Fold,
    /// Faint lines at the ruler's ticks.
    Grid,
    /// The line between two lanes.
    Separator,
    /// A waiting thread, task or request.
    Waiting,
    /// Ready: wants a core, the GIL or its turn in the ready queue.
    Ready,
    /// A running thread.
    Running,
    /// A running task.
    RunningTask,
    /// A request that is being served.
    RunningRequest,
    /// The GIL is held.
    GilHeld,
    /// The GIL is free.
    GilFree,
    /// A core has work.
    CoreBusy,
    /// The area under a counter.
    CounterFill,
    /// The step line of a counter.
    CounterLine,
    /// The limit or the highest value of a counter.
    CounterPeak,
    /// Where one span ends and another of the same looks begins.
    Edge,
    /// The colour of a lane (0 to 7), as in its label and in the highlight of its source line.
    Accent(u8),
    /// A turn of an event loop.
    LoopPass,
    /// Something without length happened.
    Instant,
    /// Something without length happened that a reader should notice: a cancellation, a timeout, an exception.
    InstantAlert,
    /// A thread asked the holder of the GIL to drop it.
    GilRequest,
    /// A tick of the ruler.
    Tick,
    /// From what woke the selected span to it.
    FlowIn,
    /// From the selected span to what it woke.
    FlowOut,
    /// A span under the pointer, or another span of a source line (outline).
    Hovered,
    /// The selected span (outline).
    Selected,
    /// The critical path.
    Path,
    /// Where this run is not as the one that it is compared with.
    Difference,
    /// Over what is still the run before: the new one has not come there yet.
    Stale,
    /// What the reader marked or measures.
    Mark,
    /// The instant that is looked at.
    Cursor,
}

impl Style {
    /// Every style in painting order; of the accents the first, which stands for all.
    pub const ALL: [Style; 37] = [
        Style::Background,
        Style::Gutter,
        Style::Ruler,
        Style::GroupHeader,
        Style::SelectedLane,
        Style::Range,
        Style::Beyond,
        Style::Fold,
        Style::Grid,
        Style::Separator,
        Style::Waiting,
        Style::Ready,
        Style::Running,
        Style::RunningTask,
        Style::RunningRequest,
        Style::GilHeld,
        Style::GilFree,
        Style::CoreBusy,
        Style::CounterFill,
        Style::CounterLine,
        Style::CounterPeak,
        Style::Edge,
        Style::Accent(0),
        Style::LoopPass,
        Style::Instant,
        Style::InstantAlert,
        Style::GilRequest,
        Style::Tick,
        Style::FlowIn,
        Style::FlowOut,
        Style::Hovered,
        Style::Selected,
        Style::Path,
        Style::Difference,
        Style::Stale,
        Style::Mark,
        Style::Cursor,
    ];

    /// How many accents there are.
    pub const N_ACCENTS: u8 = 8;

    /// How a rect of this style is filled.
    pub fn pattern(self) -> Pattern {
        match self {
            Style::Ready => Pattern::Hatched,
            Style::Waiting | Style::GilFree => Pattern::Dotted,
            Style::Hovered | Style::Selected => Pattern::Outline,
            _ => Pattern::Solid,
        }
    }

    /// The name for CSS variables and SVG classes: `running-task`, `accent-3`.
    pub fn css_name(self) -> String {
        if let Style::Accent(n) = self {
            return format!("accent-{n}");
        }
        let mut name = String::new();
        for (i, c) in format!("{self:?}").char_indices() {
            if c.is_ascii_uppercase() && i > 0 {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        }
        name
    }
}

/// How a rect is filled; patterns are aligned to the picture, not to the rect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pattern {
    /// One colour.
    Solid,
    /// Diagonal stripes.
    Hatched,
    /// A grid of dots.
    Dotted,
    /// Not filled: a frame inside the rect.
    Outline,
}

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TextStyle {
    /// The name of a lane.
    Label,
    /// The name of a group.
    Header,
    /// What is less important: counts, kinds.
    Dim,
    /// The highest value of a row, which may stand on anything.
    Peak,
    /// Inside a running span.
    OnRunning,
    /// Inside a ready span.
    OnReady,
    /// Inside a waiting span.
    OnWaiting,
    /// At a tick of the ruler.
    Ruler,
    /// The time at the cursor.
    Cursor,
}

impl TextStyle {
    /// Every text style.
    pub const ALL: [TextStyle; 9] = [
        TextStyle::Label,
        TextStyle::Header,
        TextStyle::Dim,
        TextStyle::Peak,
        TextStyle::OnRunning,
        TextStyle::OnReady,
        TextStyle::OnWaiting,
        TextStyle::Ruler,
        TextStyle::Cursor,
    ];

    /// Height of the type [CSS px].
    pub fn size_px(self) -> f32 {
        match self {
            TextStyle::Label | TextStyle::Header => 12.0,
            _ => 11.0,
        }
    }

    /// Whether the type is heavy.
    pub fn is_bold(self) -> bool {
        matches!(self, TextStyle::Header | TextStyle::Cursor)
    }

    /// What makes a calm ground around the letters, where they may stand on a pattern or an area.
    pub fn halo(self) -> Option<Style> {
        match self {
            TextStyle::OnReady => Some(Style::Ready),
            TextStyle::OnWaiting => Some(Style::Waiting),
            TextStyle::Peak => Some(Style::Background),
            _ => None,
        }
    }

    /// The name for CSS: `on-running`.
    pub fn css_name(self) -> &'static str {
        match self {
            TextStyle::Label => "label",
            TextStyle::Header => "header",
            TextStyle::Dim => "dim",
            TextStyle::Peak => "peak",
            TextStyle::OnRunning => "on-running",
            TextStyle::OnReady => "on-ready",
            TextStyle::OnWaiting => "on-waiting",
            TextStyle::Ruler => "ruler",
            TextStyle::Cursor => "cursor",
        }
    }
}

/// Which point of a text its `x` is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A rectangle that limits painting [CSS px].
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Clip {
    /// Left edge.
    pub x_px: f32,
    /// Top edge.
    pub y_px: f32,
    /// Width.
    pub w_px: f32,
    /// Height.
    pub h_px: f32,
}

/// Rectangles in columns [CSS px]; all columns have the same length.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Rects {
    /// Left edges.
    pub x: Vec<f32>,
    /// Top edges.
    pub y: Vec<f32>,
    /// Widths, never negative.
    pub w: Vec<f32>,
    /// Heights, never negative.
    pub h: Vec<f32>,
    /// What each is.
    pub style: Vec<Style>,
}

impl Rects {
    /// Adds one.
    pub fn push(&mut self, x: f32, y: f32, w: f32, h: f32, style: Style) {
        self.x.push(x);
        self.y.push(y);
        self.w.push(w.max(0.0));
        self.h.push(h.max(0.0));
        self.style.push(style);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }
}

/// Straight lines in columns [CSS px].
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Lines {
    /// Where each begins.
    pub x1: Vec<f32>,
    /// Where each begins.
    pub y1: Vec<f32>,
    /// Where each ends.
    pub x2: Vec<f32>,
    /// Where each ends.
    pub y2: Vec<f32>,
    /// What each is.
    pub style: Vec<Style>,
    /// Whether each has an arrow head at its end.
    pub arrow: Vec<bool>,
}

impl Lines {
    /// Adds one.
    pub fn push(&mut self, (x1, y1): (f32, f32), (x2, y2): (f32, f32), style: Style, arrow: bool) {
        self.x1.push(x1);
        self.y1.push(y1);
        self.x2.push(x2);
        self.y2.push(y2);
        self.style.push(style);
        self.arrow.push(arrow);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.x1.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.x1.is_empty()
    }
}

/// Step functions in columns [CSS px]: the points of area `i` are `first[i]..first[i + 1]` (or to the end).
///
/// Every corner is a point, so a painter only joins them; then down to `base_y` and back.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Areas {
    /// Where the points of each area begin.
    pub first: Vec<u32>,
    /// The foot of each area.
    pub base_y: Vec<f32>,
    /// What each is; it is filled, and its upper edge is drawn with `edge` where there is one.
    pub style: Vec<Style>,
    /// The style of each area's upper edge.
    pub edge: Vec<Option<Style>>,
    /// The points of all areas.
    pub x: Vec<f32>,
    /// The points of all areas.
    pub y: Vec<f32>,
}

impl Areas {
    /// Begins an area; its points follow with [`Areas::point`].
    pub fn begin(&mut self, base_y: f32, style: Style, edge: Option<Style>) {
        self.first.push(self.x.len() as u32);
        self.base_y.push(base_y);
        self.style.push(style);
        self.edge.push(edge);
    }

    /// Adds a corner to the area begun last.
    pub fn point(&mut self, x: f32, y: f32) {
        self.x.push(x);
        self.y.push(y);
    }

    /// How many areas.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// The indices of an area's points.
    pub fn points(&self, area: usize) -> std::ops::Range<usize> {
        let end = self.first.get(area + 1).map_or(self.x.len(), |&f| f as usize);
        self.first[area] as usize..end
    }
}

/// Texts in columns [CSS px].
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Texts {
    /// Where the anchor is.
    pub x: Vec<f32>,
    /// The middle of the height.
    pub y: Vec<f32>,
    /// The width that it was measured to have.
    pub w: Vec<f32>,
    /// Which point of the text `x` is.
    pub anchor: Vec<Anchor>,
    /// What each is.
    pub style: Vec<TextStyle>,
    /// The text.
    pub string: Vec<String>,
}

impl Texts {
    /// Adds one.
    pub fn push(&mut self, (x, y): (f32, f32), w: f32, anchor: Anchor, style: TextStyle, string: String) {
        self.x.push(x);
        self.y.push(y);
        self.w.push(w);
        self.anchor.push(anchor);
        self.style.push(style);
        self.string.push(string);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }
}

/// A part of the picture with its own clip.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Pane {
    /// What it is called in the golden form: "lanes", "gutter", "ruler", "overlay".
    pub name: &'static str,
    /// Nothing is painted outside.
    pub clip: Clip,
    /// Painted first, grouped by style; those of [`Pattern::Outline`] after the lines.
    pub rects: Rects,
    /// Painted second, in order.
    pub areas: Areas,
    /// Painted third, in order.
    pub lines: Lines,
    /// Painted last.
    pub texts: Texts,
}

/// Everything that is to be drawn for one view.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Scene {
    /// Width of the picture [CSS px].
    pub width_px: f32,
    /// Height of the picture [CSS px].
    pub height_px: f32,
    /// Height of all lanes without the ruler, for a scroll bar [CSS px].
    pub lanes_height_px: f32,
    /// The parts, in painting order.
    pub panes: Vec<Pane>,
}

impl Scene {
    /// How many rects all panes have.
    pub fn n_rects(&self) -> usize {
        self.panes.iter().map(|pane| pane.rects.len()).sum()
    }

    /// The golden text form: one line a thing, coordinates rounded to a tenth of a pixel.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for pane in &self.panes {
            let Clip { x_px, y_px, w_px, h_px } = pane.clip;
            let _ = writeln!(out, "{} {} {} {}×{}", pane.name, px(x_px), px(y_px), px(w_px), px(h_px));
            pane.write_text(&mut out);
        }
        out
    }
}

impl Pane {
    /// An empty pane.
    pub fn new(name: &'static str, clip: Clip) -> Pane {
        Pane { name, clip, ..Pane::default() }
    }

    fn write_text(&self, out: &mut String) {
        let Pane { rects, areas, lines, texts, .. } = self;
        for i in 0..rects.len() {
            let (x, y, w, h) = (px(rects.x[i]), px(rects.y[i]), px(rects.w[i]), px(rects.h[i]));
            let _ = writeln!(out, "  {:?} {x} {y} {w}×{h}", rects.style[i]);
        }
        for i in 0..areas.len() {
            let _ = write!(out, "  {:?} area on {}:", areas.style[i], px(areas.base_y[i]));
            for p in areas.points(i) {
                let _ = write!(out, " {},{}", px(areas.x[p]), px(areas.y[p]));
            }
            out.push('\n');
        }
        for i in 0..lines.len() {
            let (from, to) = ((px(lines.x1[i]), px(lines.y1[i])), (px(lines.x2[i]), px(lines.y2[i])));
            let head = if lines.arrow[i] { ">" } else { "" };
            let _ = writeln!(out, "  {:?} {},{} –{head} {},{}", lines.style[i], from.0, from.1, to.0, to.1);
        }
        for i in 0..texts.len() {
            let (x, y) = (px(texts.x[i]), px(texts.y[i]));
            let _ = writeln!(out, "  {:?} {x} {y} {:?} {:?}", texts.style[i], texts.anchor[i], texts.string[i]);
        }
    }
}

/// A coordinate to a tenth of a pixel, without a tail of zeros and without `-0`.
pub(super) fn px(value: f32) -> String {
    let tenths = (f64::from(value) * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_form_names_every_thing_of_every_pane() {
        let mut pane = Pane::new("lanes", Clip { x_px: 0.0, y_px: 28.0, w_px: 100.0, h_px: 50.0 });
        pane.rects.push(1.0, 30.0, 10.26, 18.0, Style::Running);
        pane.areas.begin(60.0, Style::CounterFill, None);
        pane.areas.point(0.0, 50.0);
        pane.areas.point(10.0, 50.0);
        pane.lines.push((0.0, 1.0), (5.0, 6.0), Style::FlowIn, true);
        pane.texts.push((2.0, 39.0), 30.0, Anchor::Start, TextStyle::OnRunning, "sleep".into());
        let scene = Scene { panes: vec![pane], ..Scene::default() };
        assert_eq!(
            scene.text(),
            "lanes 0 28 100×50\n  Running 1 30 10.3×18\n  CounterFill area on 60: 0,50 10,50\n  \
             FlowIn 0,1 –> 5,6\n  OnRunning 2 39 Start \"sleep\"\n"
        );
    }

    #[test]
    fn coordinates_are_rounded_to_a_tenth() {
        let shown: Vec<_> = [-0.01, -2.25, 3.0, 7.25].map(px).into();
        assert_eq!(shown, ["0", "-2.3", "3", "7.3"]);
    }

    #[test]
    fn every_style_has_its_own_css_name_and_stands_in_painting_order() {
        let names: std::collections::BTreeSet<_> = Style::ALL.iter().map(|style| style.css_name()).collect();
        assert_eq!(names.len(), Style::ALL.len());
        assert!(Style::ALL.is_sorted());
        assert_eq!(Style::RunningTask.css_name(), "running-task");
    }

    #[test]
    fn the_three_states_differ_by_pattern_alone() {
        let patterns = [Style::Running, Style::Ready, Style::Waiting].map(Style::pattern);
        assert_eq!(patterns, [Pattern::Solid, Pattern::Hatched, Pattern::Dotted]);
    }
}
