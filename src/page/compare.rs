//! Two runs on one time axis: one that was kept, above, and the one that the parameters make now, below.

use super::command::Command;
use super::dom;
use super::picture::{Picture, Rows};
use super::readout;
use super::session::Session;
use super::words::short;
use crate::time::Time;
use crate::timeline::{
    Counterparts, Highlight, Lanes, Pane, TextStyle, View, compose, differences, view::RULER_HEIGHT_PX,
};
use crate::trace::{Metrics, Trace};
use crate::world::Settings;

/// A run that was kept: what is drawn of it, and what made it.
pub struct Kept {
    trace: Trace,
    lanes: Lanes,
    /// Its tracks for those of the run below.
    counterparts: Counterparts,
    metrics: Option<Metrics>,
    text: String,
    settings: Settings,
    /// The value of every parameter.
    values: Vec<(String, String)>,
}

impl Kept {
    /// When it ended.
    pub fn end(&self) -> Time {
        self.trace.end()
    }

    /// Its record.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Lays its rows out anew.
    pub fn lay_out(&mut self, rows: &Rows) {
        self.lanes = rows.of(&self.trace);
    }

    /// Where the run below differs from it, to be painted over the lanes below.
    pub fn differences(&self, below: &Picture, view: &View) -> Pane {
        differences(below.trace(), &below.lanes, view, &self.trace, &self.counterparts)
    }

    /// Its summary.
    pub fn metrics(&self) -> Option<&Metrics> {
        self.metrics.as_ref()
    }
}

impl Session {
    /// Carries out a command that concerns two runs.
    pub(super) fn compare(&mut self, command: Command) {
        match command {
            Command::Compare => self.toggle_compare(),
            Command::SwapKept => self.swap_kept(),
            Command::PressKept(x_px) => self.press_kept(x_px),
            _ => {}
        }
    }

    /// Shows the kept run's program below and keeps the one that was seen.
    fn swap_kept(&mut self) {
        let Some(kept) = &self.kept else { return };
        let (text, values) = (kept.text.clone(), kept.settings.clone());
        self.toggle_compare();
        self.toggle_compare();
        self.program.text = text.clone();
        self.program.settings = values;
        self.elements.editor.set_value(&text);
        self.read_program();
        self.show_edits();
        self.want_run();
        self.address_changed();
    }

    /// Keeps the run that is seen, or lets the kept one go.
    pub(super) fn toggle_compare(&mut self) {
        let values = self.values();
        self.kept = match (self.kept.take(), &self.picture) {
            (None, Some(picture)) if !picture.is_growing => Some(Kept {
                trace: picture.trace().clone(),
                lanes: self.look.rows.of(picture.trace()),
                counterparts: Counterparts::default(),
                metrics: picture.metrics.clone(),
                text: self.program.text.clone(),
                settings: self.program.settings.clone(),
                values,
            }),
            _ => None,
        };
        let is_kept = self.kept.is_some();
        self.elements.kept.set_hidden(!is_kept);
        dom::set(&self.elements.keep, "aria-pressed", if is_kept { "true" } else { "false" });
        self.align();
        self.show_numbers();
        self.look.is_size_stale = true;
        self.cursor_moved();
    }

    /// Gives the picture the time axis that both runs have room on.
    pub(super) fn align(&mut self) {
        let kept_end = self.kept.as_ref().map_or(Time::ZERO, Kept::end);
        let Some(picture) = &mut self.picture else { return };
        picture.other_end = kept_end;
        if let Some(kept) = &mut self.kept {
            kept.counterparts = Counterparts::of(picture.trace(), &kept.trace);
        }
        self.set_axis();
        self.show_difference();
    }

    /// Shows the summary of the run, beside that of the kept one.
    pub(super) fn show_numbers(&self) {
        let Some(picture) = &self.picture else { return };
        if let Some(metrics) = &picture.metrics {
            let other = self.kept.as_ref().and_then(Kept::metrics);
            readout::show_numbers(&self.elements.numbers, picture.trace(), metrics, other);
            dom::set_text(&self.elements.form_total, &format!("total {}", short(metrics.total)));
        }
    }

    /// Says in what the kept run differs.
    fn show_difference(&self) {
        let Some(kept) = &self.kept else { return };
        let now = self.values();
        let other = |name: &str| now.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let mut words: Vec<String> = kept
            .values
            .iter()
            .filter(|(name, value)| other(name) != Some(value.as_str()))
            .map(|(name, value)| format!("{name} = {value}, below {}", other(name).unwrap_or("none")))
            .collect();
        if kept.text != self.program.text {
            words.push("another text".into());
        }
        if words.is_empty() {
            words.push("the same as below: move a slider".into());
        }
        let length = self.picture.as_ref().map(|picture| (kept.end(), picture.trace().end()));
        if let Some((a, b)) = length.filter(|(a, b)| a != b) {
            words.push(format!("it took {}, below {}", short(a - Time::ZERO), short(b - Time::ZERO)));
        }
        dom::set_text(&self.elements.kept_words, &words.join("; "));
    }

    /// The value of every parameter, as it is now.
    fn values(&self) -> Vec<(String, String)> {
        let parameters = self.program.scenario.iter().flat_map(|scenario| &scenario.parameters);
        let chosen = &self.program.settings.values;
        let value = |name: &str| chosen.get(name).cloned();
        parameters.map(|p| (p.name.clone(), value(&p.name).unwrap_or_else(|| p.default_value()))).collect()
    }

    /// Draws the kept run over the same stretch of time as the one below.
    pub(super) fn draw_kept(&mut self) {
        let Some(kept) = &self.kept else { return };
        let elements = &self.elements;
        let (width, height) = (elements.kept_scroller.client_width(), elements.kept_chart.client_height());
        if width < 20 || height < 20 {
            return;
        }
        let content_px = (kept.lanes.height_px() + RULER_HEIGHT_PX).max(height as f32);
        dom::set_style(&elements.kept_spacer, "height", &format!("{content_px}px"));
        let mut view =
            View { width_px: width as f32, height_px: height as f32, scroll_px: 0.0, ..self.look.view.clone() };
        // The columns of the labels are equally wide, so that one instant stands above itself.
        view.gutter_px = self.look.view.gutter_px;
        view.scroll(elements.kept_scroller.scroll_top() as f32, kept.lanes.height_px());
        let highlight =
            Highlight { cursor: Some(self.playback.at()), range: self.look.highlight.range, ..Highlight::default() };
        if self.kept_painter.is_outdated() || self.are_kept_colours_stale {
            self.are_kept_colours_stale = false;
            self.kept_painter.refresh(&elements.probe);
        }
        let painter = &self.kept_painter;
        let measure = |text: &str, style: TextStyle| painter.width_px(text, style);
        let scene = compose(&kept.trace, &kept.lanes, &view, &highlight, &measure);
        if let Err(error) = self.kept_painter.paint(&scene) {
            self.notices.add(&self.elements.notices, &format!("the kept picture cannot be drawn: {error}"));
        }
    }

    /// Puts the cursor where the kept picture was pressed.
    fn press_kept(&mut self, x_px: f32) {
        let view = &self.look.view;
        let at = view.scale().time_from_x(x_px.clamp(view.gutter_px, view.width_px));
        if self.picture.as_ref().is_some_and(|picture: &Picture| at <= picture.end()) {
            self.seek(at);
        }
    }
}
