//! The source pane: an editor that is a plain text area, so that undo, selection and the keyboard are the
//! browser's own, over a coloured copy of the text, with marks on the lines at which something stands.

use std::collections::{BTreeMap, BTreeSet};

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::dom::{self, make, make_text};
use super::elements::Elements;
use super::highlight;
use super::words::short;
use crate::journal::State;
use crate::trace::StateTimes;

/// How long the bar of the line with the most time is [CSS px].
const BAR_PX: f64 = 28.0;
/// Texts longer than this are shown without colours [bytes].
const LONGEST_COLOURED: usize = 100_000;

/// What stands at a line of the scenario at the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The line, from 1.
    pub line: u32,
    /// The most lively state of those that stand there.
    pub state: State,
    /// Who: `worker-3`, or `1 running, 40 waiting`.
    pub words: String,
    /// The lane's colour where it is one lane.
    pub accent: Option<u8>,
}

/// The pane's own memory: what it shows, so that nothing is touched that stays.
#[derive(Default)]
pub struct Source {
    coloured: Option<String>,
    n_lines: usize,
    marks: Vec<Mark>,
    error_line: Option<u32>,
    /// The lines at which playing stops.
    breaks: BTreeSet<u32>,
    /// The lines at which time was spent.
    spent: BTreeSet<u32>,
    /// Where to scroll to once the pane can be seen.
    wanted_line: Option<u32>,
    /// The text is there and nothing else yet.
    is_plain: bool,
}

impl Source {
    /// Puts a text into the editor. Its colours, the numbers of its lines and the line to scroll to come with
    /// [`Source::settle`], once the picture has been drawn. The browser's undo forgets what was there.
    pub fn open(&mut self, elements: &Elements, text: &str, first_line: u32) {
        if elements.editor.value() != text {
            elements.editor.set_value(text);
        }
        self.marks.clear();
        self.error_line = None;
        self.breaks.clear();
        self.wanted_line = Some(first_line);
        self.is_plain = true;
    }

    /// Takes over the pane as it is, with the lines at which playing stops and where it is to be scrolled to.
    #[cfg(feature = "simulator")]
    pub fn adopt(&mut self, elements: &Elements, breaks: impl Iterator<Item = u32>, wanted_line: Option<u32>) {
        self.n_lines = elements.gutter.child_element_count() as usize;
        self.is_plain = self.n_lines == 0;
        self.coloured = (!self.is_plain).then(|| elements.editor.value());
        self.breaks.extend(breaks);
        self.wanted_line = wanted_line;
    }

    /// Where to scroll to once the pane can be seen.
    #[cfg(not(feature = "simulator"))]
    pub fn wanted_line(&self) -> Option<u32> {
        self.wanted_line
    }

    /// Colours a new text, and scrolls to where it begins as soon as the pane has a height.
    pub fn settle(&mut self, elements: &Elements) {
        if std::mem::take(&mut self.is_plain) {
            self.colour(elements, &elements.editor.value());
            self.draw_marks(elements);
        }
        if self.wanted_line.is_some()
            && elements.code.client_height() > 0
            && let Some(line) = self.wanted_line.take()
        {
            scroll_to(elements, line, 0.0);
        }
    }

    /// Colours the text as it is now.
    pub fn colour(&mut self, elements: &Elements, text: &str) {
        if self.coloured.as_deref() == Some(text) {
            return;
        }
        self.coloured = Some(text.into());
        elements.highlight.set_text_content(None);
        if text.len() > LONGEST_COLOURED {
            elements.highlight.set_text_content(Some(&format!("{text}\n")));
        } else {
            for (class, part) in highlight::tokens(text) {
                if class.css_name().is_empty() {
                    elements.highlight.append_with_str_1(part).expect("the copy takes text");
                } else {
                    let span = make_text("span", class.css_name(), part);
                    elements.highlight.append_child(&span).expect("the copy takes spans");
                }
            }
            // A last line without a line feed would otherwise have no height while it is empty.
            elements.highlight.append_with_str_1("\n").expect("the copy takes text");
        }
        let n_lines = text.split('\n').count();
        while self.n_lines < n_lines {
            self.n_lines += 1;
            let number = make_text("li", "", &self.n_lines.to_string());
            dom::set(&number, "data-line", &self.n_lines.to_string());
            elements.gutter.append_child(&number).expect("the gutter takes numbers");
        }
        while self.n_lines > n_lines {
            self.n_lines -= 1;
            if let Some(last) = elements.gutter.last_element_child() {
                last.remove();
            }
        }
    }

    /// Marks the lines; those of the frame before lose their marks.
    pub fn mark(&mut self, elements: &Elements, marks: Vec<Mark>) {
        if self.marks != marks {
            self.marks = marks;
            self.draw_marks(elements);
        }
    }

    /// The lines at which playing stops.
    pub fn breaks(&self) -> impl Iterator<Item = u32> + '_ {
        self.breaks.iter().copied()
    }

    /// Begins or ends to stop at a line.
    pub fn toggle_break(&mut self, elements: &Elements, line: u32) {
        if !self.breaks.remove(&line) {
            self.breaks.insert(line);
        }
        self.draw_marks(elements);
    }

    /// Marks the line of an error, or of none.
    pub fn mark_error(&mut self, elements: &Elements, line: Option<u32>) {
        if self.error_line != line {
            self.error_line = line;
            self.draw_marks(elements);
        }
    }

    /// Shows how long all lanes together were in each state at each line, and how often.
    pub fn show_times(&mut self, elements: &Elements, times: &BTreeMap<u32, (StateTimes, usize)>) {
        let longest = times.values().map(|(times, _)| times.total().0).max().unwrap_or(0).max(1) as f64;
        let lines = elements.gutter.children();
        let was = std::mem::replace(&mut self.spent, times.keys().copied().collect());
        for line in was.union(&self.spent) {
            let Some(item) = line.checked_sub(1).and_then(|i| lines.item(i)) else { continue };
            let item: HtmlElement = item.unchecked_into();
            let (spent, n) = times.get(line).copied().unwrap_or_default();
            dom::set_class(&item, "spent", n > 0);
            if n == 0 {
                dom::set(&item, "title", "");
                continue;
            }
            let mut words = Vec::new();
            for (name, word, time) in
                [("--r", "running", spent.running), ("--y", "ready", spent.ready), ("--w", "waiting", spent.waiting)]
            {
                let part_px = if time.0 == 0 { 0.0 } else { (time.0 as f64 / longest * BAR_PX).max(1.0) };
                dom::set_style(&item, name, &format!("{part_px:.1}px"));
                if time.0 > 0 {
                    words.push(format!("{word} {}", short(time)));
                }
            }
            let times = if n == 1 { "once".into() } else { format!("{n} times") };
            dom::set(&item, "title", &format!("{times}: {}. Click: the next moment", words.join(", ")));
        }
    }

    /// Scrolls to a mark where none is seen: the liveliest.
    pub fn reveal_mark(&self, elements: &Elements) {
        if let Some(mark) = self.marks.iter().min_by_key(|mark| (mark.state, mark.line)) {
            reveal(elements, mark.line);
        }
    }

    fn draw_marks(&self, elements: &Elements) {
        let lines = elements.gutter.children();
        let plain = |line: u32| match (self.spent.contains(&line), self.breaks.contains(&line)) {
            (false, false) => "",
            (true, false) => "spent",
            (false, true) => "stop",
            (true, true) => "spent stop",
        };
        for i in 0..lines.length() {
            if let Some(line) = lines.item(i).filter(|line| line.class_name() != plain(i + 1)) {
                line.set_class_name(plain(i + 1));
            }
        }
        elements.marks.set_text_content(None);
        let draw = |line: u32, class: &str, words: &str, accent: Option<u8>| {
            if let Some(number) = line.checked_sub(1).and_then(|line| lines.item(line)) {
                number.set_class_name(format!("{class} {}", plain(line)).trim_end());
            }
            let mark = make("div", &format!("mark {class}"));
            dom::set_style(&mark, "--at", &(line - 1).to_string());
            if !words.is_empty() {
                let chip = make_text("span", "", words);
                if let Some(accent) = accent {
                    dom::set_style(&chip, "--lane", &format!("var(--lane-{accent})"));
                    chip.set_class_name("lane");
                }
                mark.append_child(&chip).expect("a mark takes words");
            }
            elements.marks.append_child(&mark).expect("the layer takes marks");
        };
        for mark in self.marks.iter().filter(|mark| mark.line >= 1 && mark.line as usize <= self.n_lines) {
            draw(mark.line, state_class(mark.state), &mark.words, mark.accent);
        }
        if let Some(line) = self.error_line.filter(|&line| line >= 1) {
            draw(line, "error", "", None);
        }
    }
}

/// The class of a state in style.css.
pub fn state_class(state: State) -> &'static str {
    match state {
        State::Running => "running",
        State::Ready => "ready",
        State::Waiting => "waiting",
        State::Done => "done",
    }
}

/// Scrolls the pane, and only the pane, so that a line is `share` of its height below its top.
pub fn scroll_to(elements: &Elements, line: u32, share: f64) {
    let row_px = row_height_px(elements);
    let top = f64::from(line.saturating_sub(1)) * row_px + 8.0 - share * f64::from(elements.code.client_height());
    elements.code.set_scroll_top(top.max(0.0) as i32);
}

/// Scrolls the pane so that a line is seen, unless it is seen already or the pane is not there.
pub fn reveal(elements: &Elements, line: u32) {
    let room = f64::from(elements.code.client_height());
    let (row_px, top) = (row_height_px(elements), f64::from(elements.code.scroll_top()));
    let y = f64::from(line.saturating_sub(1)) * row_px + 8.0;
    if room > 0.0 && (y < top || y + row_px > top + room) {
        scroll_to(elements, line, 0.35);
    }
}

/// Height of a line of the pane [CSS px].
fn row_height_px(elements: &Elements) -> f64 {
    let first = elements.gutter.first_element_child();
    let height = first.map_or(0.0, |line| line.unchecked_into::<HtmlElement>().get_bounding_client_rect().height());
    if height > 0.0 { height } else { 20.0 }
}
