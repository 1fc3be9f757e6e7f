//! A scene on a canvas.
//!
//! Within a pane rects are painted grouped by style, so that each colour or pattern is set once: alternating
//! colours cost more than twice as much. Widths ending in `_dpx` are device pixels; everything else is CSS pixels.

use std::cell::RefCell;
use std::collections::BTreeMap;

use wasm_bindgen::JsCast;
use web_sys::{CanvasPattern, CanvasRenderingContext2d, DomMatrix, HtmlCanvasElement, HtmlElement, SvgMatrix};

use super::dom;
use super::error::Error;
use super::theme::Palette;
use crate::timeline::{Anchor, Areas, Lines, Pane, Pattern, Rects, Scene, Style, TextStyle, Texts};

/// The canvas and what is prepared for painting on it.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    palette: Palette,
    patterns: BTreeMap<Style, CanvasPattern>,
    /// Device pixels to a CSS pixel.
    ratio: f64,
    widths: RefCell<BTreeMap<TextStyle, BTreeMap<String, f32>>>,
}

impl Painter {
    /// A painter for this canvas; colours come from `probe` at the first painting.
    pub fn new(canvas: HtmlCanvasElement) -> Result<Painter, Error> {
        let context = canvas.get_context("2d")?.ok_or_else(|| Error::new("this browser has no 2d canvas"))?;
        let context = context.dyn_into().map_err(|_| Error::new("this browser has no 2d canvas"))?;
        Ok(Painter {
            canvas,
            context,
            palette: Palette::default(),
            patterns: BTreeMap::new(),
            ratio: 0.0,
            widths: RefCell::default(),
        })
    }

    /// Whether the screen has another density than the last time that the colours were read.
    pub fn is_outdated(&self) -> bool {
        self.ratio != density()
    }

    /// Reads the colours and the screen's density. This makes the browser settle its styles, so it is not done in
    /// every frame.
    pub fn refresh(&mut self, probe: &HtmlElement) {
        self.ratio = density();
        self.palette = Palette::read(probe);
        self.patterns.clear();
        self.widths.borrow_mut().clear();
    }

    /// The width of a text as this canvas will draw it [CSS px].
    pub fn width_px(&self, text: &str, style: TextStyle) -> f32 {
        let mut widths = self.widths.borrow_mut();
        let known = widths.entry(style).or_default();
        if let Some(&width) = known.get(text) {
            return width;
        }
        // A zoom makes new labels all the time; those of old views need not be kept.
        if known.len() > 4_000 {
            known.clear();
        }
        self.context.set_font(&self.font(style));
        let width = self.context.measure_text(text).map_or(0.0, |measure| measure.width() as f32);
        known.insert(text.into(), width);
        width
    }

    /// Paints a scene over everything that was there.
    pub fn paint(&mut self, scene: &Scene) -> Result<(), Error> {
        let width_dpx = (f64::from(scene.width_px) * self.ratio).round() as u32;
        let height_dpx = (f64::from(scene.height_px) * self.ratio).round() as u32;
        if (self.canvas.width(), self.canvas.height()) != (width_dpx, height_dpx) {
            self.canvas.set_width(width_dpx);
            self.canvas.set_height(height_dpx);
            dom::set_style(&self.canvas, "height", &format!("{}px", scene.height_px));
        }
        self.context.set_transform(self.ratio, 0.0, 0.0, self.ratio, 0.0, 0.0)?;
        for pane in &scene.panes {
            self.context.save();
            let clip = pane.clip;
            self.context.begin_path();
            self.context.rect(clip.x_px.into(), clip.y_px.into(), clip.w_px.into(), clip.h_px.into());
            self.context.clip();
            let painted = self.paint_pane(pane);
            self.context.restore();
            painted?;
        }
        Ok(())
    }

    fn paint_pane(&mut self, pane: &Pane) -> Result<(), Error> {
        let mut by_style: BTreeMap<Style, Vec<usize>> = BTreeMap::new();
        for (i, &style) in pane.rects.style.iter().enumerate() {
            by_style.entry(style).or_default().push(i);
        }
        for (&style, indices) in by_style.iter().filter(|(style, _)| style.pattern() != Pattern::Outline) {
            self.set_fill(style)?;
            self.fill_rects(&pane.rects, indices);
        }
        self.paint_areas(&pane.areas)?;
        self.paint_lines(&pane.lines);
        for (&style, indices) in by_style.iter().filter(|(style, _)| style.pattern() == Pattern::Outline) {
            self.outline_rects(&pane.rects, indices, style);
        }
        self.paint_texts(&pane.texts)
    }

    fn set_fill(&mut self, style: Style) -> Result<(), Error> {
        if style.pattern() == Pattern::Solid {
            self.context.set_fill_style_str(self.palette.colour(style));
            return Ok(());
        }
        if !self.patterns.contains_key(&style) {
            let pattern = self.make_pattern(style)?;
            self.patterns.insert(style, pattern);
        }
        self.context.set_fill_style_canvas_pattern(&self.patterns[&style]);
        Ok(())
    }

    fn fill_rects(&self, rects: &Rects, indices: &[usize]) {
        for &i in indices {
            self.context.fill_rect(rects.x[i].into(), rects.y[i].into(), rects.w[i].into(), rects.h[i].into());
        }
    }

    /// A frame inside each rect.
    fn outline_rects(&self, rects: &Rects, indices: &[usize], style: Style) {
        let width = if style == Style::Selected { 2.0 } else { 1.5 };
        self.context.set_stroke_style_str(self.palette.colour(style));
        self.context.set_line_width(width);
        for &i in indices {
            let (x, y, w, h) =
                (f64::from(rects.x[i]), f64::from(rects.y[i]), f64::from(rects.w[i]), f64::from(rects.h[i]));
            let (w, h) = ((w - width).max(1.0), (h - width).max(1.0));
            self.context.stroke_rect(x + width / 2.0, y + width / 2.0, w, h);
        }
    }

    fn paint_areas(&mut self, areas: &Areas) -> Result<(), Error> {
        for area in 0..areas.len() {
            let points = areas.points(area);
            if points.is_empty() {
                continue;
            }
            self.set_fill(areas.style[area])?;
            let trace_edge = || {
                self.context.begin_path();
                for p in points.clone() {
                    self.context.line_to(areas.x[p].into(), areas.y[p].into());
                }
            };
            trace_edge();
            let (first, last, base) = (areas.x[points.start], areas.x[points.end - 1], areas.base_y[area]);
            self.context.line_to(last.into(), base.into());
            self.context.line_to(first.into(), base.into());
            self.context.close_path();
            self.context.fill();
            if let Some(edge) = areas.edge[area] {
                trace_edge();
                self.context.set_stroke_style_str(self.palette.colour(edge));
                self.context.set_line_width(1.25);
                self.context.stroke();
            }
        }
        Ok(())
    }

    fn paint_lines(&self, lines: &Lines) {
        let mut at = 0;
        while at < lines.len() {
            // Neighbours of one style share a path; their order is kept.
            let style = lines.style[at];
            let end = (at..lines.len()).find(|&i| lines.style[i] != style).unwrap_or(lines.len());
            let colour = self.palette.colour(style);
            self.context.set_stroke_style_str(colour);
            self.context.set_fill_style_str(colour);
            self.context.set_line_width(match style {
                Style::Cursor | Style::FlowIn | Style::FlowOut => 1.5,
                _ => 1.0,
            });
            self.context.begin_path();
            for i in at..end {
                let (x1, y1) = (self.crisp(lines.x1[i]), self.crisp(lines.y1[i]));
                let (x2, y2) = (self.crisp(lines.x2[i]), self.crisp(lines.y2[i]));
                self.context.move_to(x1, y1);
                self.context.line_to(x2, y2);
            }
            self.context.stroke();
            for i in (at..end).filter(|&i| lines.arrow[i]) {
                self.arrow_head((lines.x1[i], lines.y1[i]), (lines.x2[i], lines.y2[i]));
            }
            at = end;
        }
    }

    /// The middle of a device pixel, so that a line of one pixel is not spread over two.
    fn crisp(&self, px: f32) -> f64 {
        ((f64::from(px) * self.ratio).floor() + 0.5) / self.ratio
    }

    fn arrow_head(&self, (x1, y1): (f32, f32), (x2, y2): (f32, f32)) {
        let (dx, dy) = (f64::from(x2 - x1), f64::from(y2 - y1));
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        let (ux, uy) = (dx / length, dy / length);
        let (x2, y2) = (f64::from(x2), f64::from(y2));
        let (back_x, back_y) = (x2 - ux * 7.0, y2 - uy * 7.0);
        self.context.begin_path();
        self.context.move_to(x2, y2);
        self.context.line_to(back_x - uy * 3.5, back_y + ux * 3.5);
        self.context.line_to(back_x + uy * 3.5, back_y - ux * 3.5);
        self.context.close_path();
        self.context.fill();
    }

    fn paint_texts(&self, texts: &Texts) -> Result<(), Error> {
        self.context.set_text_baseline("middle");
        let mut style_before = None;
        let mut anchor_before = None;
        for i in 0..texts.len() {
            if style_before != Some(texts.style[i]) {
                style_before = Some(texts.style[i]);
                self.context.set_font(&self.font(texts.style[i]));
                self.context.set_fill_style_str(self.palette.text_colour(texts.style[i]));
            }
            if anchor_before != Some(texts.anchor[i]) {
                anchor_before = Some(texts.anchor[i]);
                self.context.set_text_align(match texts.anchor[i] {
                    Anchor::Start => "left",
                    Anchor::Middle => "center",
                    Anchor::End => "right",
                });
            }
            if let Some(ground) = texts.style[i].halo() {
                self.halo(texts, i, ground)?;
            }
            self.context.fill_text(&texts.string[i], texts.x[i].into(), (texts.y[i] + 0.5).into())?;
        }
        Ok(())
    }

    /// A calm ground behind a text that stands on a pattern or an area.
    fn halo(&self, texts: &Texts, i: usize, ground: Style) -> Result<(), Error> {
        self.context.set_stroke_style_str(self.palette.ground(ground));
        self.context.set_line_width(4.0);
        self.context.set_line_join("round");
        self.context.stroke_text(&texts.string[i], texts.x[i].into(), (texts.y[i] + 0.5).into())?;
        Ok(())
    }

    fn font(&self, style: TextStyle) -> String {
        let weight = if style.is_bold() { "600" } else { "400" };
        format!("{weight} {}px {}", style.size_px(), self.palette.font_family)
    }

    /// A tile of the pattern in device pixels, which repeats over the picture.
    fn make_pattern(&self, style: Style) -> Result<CanvasPattern, Error> {
        let size_px = if style.pattern() == Pattern::Hatched { 6.0 } else { 5.0 };
        let size_dpx = (size_px * self.ratio).round().max(3.0);
        let tile: HtmlCanvasElement = dom::make("canvas", "").unchecked_into();
        tile.set_width(size_dpx as u32);
        tile.set_height(size_dpx as u32);
        let context = tile.get_context("2d")?.ok_or_else(|| Error::new("this browser has no second canvas"))?;
        let context: CanvasRenderingContext2d = context.unchecked_into();
        context.set_fill_style_str(self.palette.ground(style));
        context.fill_rect(0.0, 0.0, size_dpx, size_dpx);
        let colour = self.palette.colour(style);
        if style.pattern() == Pattern::Hatched {
            context.set_stroke_style_str(colour);
            context.set_line_width(size_dpx * 0.36);
            context.begin_path();
            // Three parallel strokes, so that the corners of neighbouring tiles meet.
            for shift in [-size_dpx, 0.0, size_dpx] {
                context.move_to(shift - 1.0, size_dpx + 1.0);
                context.line_to(shift + size_dpx + 1.0, -1.0);
            }
            context.stroke();
        } else {
            context.set_fill_style_str(colour);
            context.begin_path();
            context.arc(size_dpx / 2.0, size_dpx / 2.0, size_dpx * 0.17, 0.0, std::f64::consts::TAU)?;
            context.fill();
        }
        let pattern = self.context.create_pattern_with_html_canvas_element(&tile, "repeat")?;
        let pattern = pattern.ok_or_else(|| Error::new("this browser makes no patterns"))?;
        let matrix = DomMatrix::new()?;
        matrix.set_a(1.0 / self.ratio);
        matrix.set_d(1.0 / self.ratio);
        // The bindings still ask for the matrix of SVG 1; browsers take the one that replaced it.
        pattern.set_transform(matrix.unchecked_ref::<SvgMatrix>());
        Ok(pattern)
    }
}

/// Device pixels to a CSS pixel, within reason.
fn density() -> f64 {
    dom::window().device_pixel_ratio().clamp(0.5, 4.0)
}
