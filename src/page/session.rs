//! One viewer at work: commands change the ground state, a frame computes a slice, and what changed is drawn.
//!
//! In a frame: commands; a new run where the settings changed (the old one is dropped, which ends it); a slice of
//! computing; the cursor where it plays; then the picture and its words. Between frames: slices of computing alone.
//! While the run of a moved slider is unfinished, the old picture stays. Only the first run of a program is shown as it
//! grows.

use std::rc::Rc;

use web_sys::HtmlElement;

use super::command::Command;
use super::compare::Kept;
use super::console::Console;
use super::controls::Controls;
use super::diagnostics::{self, Diagnostic};
use super::dom;
use super::elements::Elements;
use super::embed;
use super::error::Error;
use super::findings;
use super::link::Link;
use super::look::Look;
use super::notices::Notices;
use super::options::Options;
use super::painter::Painter;
use super::picture::Picture;
use super::playback::Playback;
use super::program::Program;
use super::readout;
use super::runner::Runner;
use super::scope::Inbox;
use super::shell;
use super::source::{self, Source};
use super::tell::ADDRESS_MS;
use super::why;
use super::words::short;
use crate::journal::Line;
use crate::time::Time;
use crate::timeline::narration;
use crate::trace::{StateTimes, Trace};
use crate::world::Ending;

/// How much of a frame may be spent on computing [ms].
const BUDGET_MS: f64 = 8.0;
/// How much of it is spent however late the frame is [ms].
const LEAST_MS: f64 = 1.0;
/// How long a slice between frames computes [ms]: short enough to keep input and drawing waiting unnoticed.
const SLICE_MS: f64 = 6.0;
/// When no frame has come for so long, the tab is hidden or the browser is behind, and slices end [ms].
const FRAMELESS_MS: f64 = 250.0;
/// A run that is younger than this is finished before the next one starts, so that a slider that keeps moving
/// still changes the picture [ms].
const PATIENCE_MS: f64 = 250.0;
/// How often the picture of a growing run is drawn, and words are renewed while the cursor moves [ms].
const RENEW_MS: f64 = 120.0;
/// How long after the last key an edited text is looked through [ms].
const REST_MS: f64 = 400.0;
/// How long after the last run the console is filled [ms].
const QUIET_MS: f64 = 200.0;

/// What of a run is shown when there is time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Due {
    Console,
    Findings,
    LineTimes,
}

/// When to call again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// At the next frame.
    Frame {
        /// And before it, to compute.
        wants_slices: bool,
    },
    /// After a while.
    Later {
        /// How long [ms].
        delay_ms: i32,
    },
    /// When there is a command.
    Nothing,
}

/// One viewer.
pub struct Session {
    pub(super) host: HtmlElement,
    pub(super) elements: Rc<Elements>,
    pub(super) options: Options,
    inbox: Inbox,
    pub(super) program: Program,
    controls: Controls,
    source: Source,
    console: Console,
    pub(super) notices: Notices,
    painter: Painter,
    /// The run to compare with.
    pub(super) kept: Option<Kept>,
    pub(super) kept_painter: Painter,
    pub(super) are_kept_colours_stale: bool,
    /// A run that will replace the picture when it has ended.
    pub(super) pending: Option<Runner>,
    pub(super) picture: Option<Picture>,
    pub(super) look: Look,
    pub(super) playback: Playback,
    /// Whether the reader chose a speed.
    is_speed_chosen: bool,
    /// Whether the ground state has changed since the last run was started.
    pub(super) wants_run: bool,
    is_visible: bool,
    pub(super) is_autoplay_due: bool,
    /// The canvas must be drawn.
    pub(super) is_scene_stale: bool,
    are_colours_stale: bool,
    /// What is to be filled anew at leisure.
    due: Vec<Due>,
    /// No run of this program has ended yet.
    is_first_run: bool,
    /// The reader has not been shown yet where the program stands.
    is_source_unseen: bool,
    /// The words at the cursor must be renewed.
    pub(super) are_words_stale: bool,
    pub(super) frame_ms: f64,
    renewed_ms: f64,
    finished_ms: f64,
    /// When the text was edited last, until somebody has looked for mistakes in it.
    edited_ms: Option<f64>,
    /// When the page's address became stale.
    pub(super) address_ms: Option<f64>,
    pub(super) hint_until_ms: Option<f64>,
    is_hint_shown: bool,
    pub(super) is_busy: bool,
}

impl Session {
    /// A viewer without a program.
    pub fn new(host: HtmlElement, elements: Rc<Elements>, options: Options, inbox: Inbox) -> Result<Session, Error> {
        elements.editor.set_read_only(options.is_readonly);
        elements.run.set_hidden(options.is_readonly);
        let painter = Painter::new(elements.canvas.clone())?;
        let kept_painter = Painter::new(elements.kept_canvas.clone())?;
        Ok(Session {
            host,
            elements,
            options,
            inbox,
            program: Program::default(),
            controls: Controls::default(),
            source: Source::default(),
            console: Console::default(),
            notices: Notices::default(),
            painter,
            kept: None,
            kept_painter,
            are_kept_colours_stale: true,
            pending: None,
            picture: None,
            look: Look::default(),
            playback: Playback::default(),
            is_speed_chosen: false,
            wants_run: false,
            is_visible: true,
            is_autoplay_due: false,
            is_scene_stale: true,
            are_colours_stale: true,
            due: Vec::new(),
            is_first_run: true,
            is_source_unseen: false,
            are_words_stale: true,
            frame_ms: 0.0,
            renewed_ms: 0.0,
            finished_ms: 0.0,
            edited_ms: None,
            address_ms: None,
            hint_until_ms: None,
            is_hint_shown: false,
            is_busy: true,
        })
    }

    /// Carries out commands and draws what changed.
    pub fn frame(&mut self, commands: Vec<Command>, now_ms: f64) -> Next {
        let elapsed_ms = (now_ms - self.frame_ms).clamp(0.0, 100.0);
        self.frame_ms = now_ms;
        let is_opening = commands.iter().any(|command| matches!(command, Command::Open { .. }));
        for command in commands {
            self.obey(command);
        }
        if is_opening {
            // Reading a text and making its form is work enough for one frame.
            self.tell();
            return Next::Frame { wants_slices: false };
        }
        self.examine_edits();
        if self.wants_run {
            self.start_run();
        }
        self.compute((now_ms + BUDGET_MS).max(dom::now_ms() + LEAST_MS));
        if self.playback.is_playing && self.is_visible {
            self.play(elapsed_ms);
        }
        self.draw();
        self.tell();
        self.next()
    }

    fn next(&self) -> Next {
        let is_playing = self.playback.is_playing && self.is_visible;
        if is_playing || self.is_computing() || self.wants_run || self.are_words_stale || self.is_scene_stale {
            return Next::Frame { wants_slices: self.is_computing() };
        }
        let examined = self.edited_ms.map(|since| since + REST_MS);
        let waits = [self.address_ms.map(|since| since + ADDRESS_MS), self.hint_until_ms, examined];
        match waits.into_iter().flatten().reduce(f64::min) {
            Some(due_ms) => Next::Later { delay_ms: (due_ms - dom::now_ms()).max(10.0) as i32 },
            None => Next::Nothing,
        }
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Open { name, text, state } => self.open(name, text, &state),
            Command::SetParameter(index, value) => self.set_parameter(index, Some(value)),
            Command::ResetParameter(index) => self.set_parameter(index, None),
            Command::ResetAll => {
                self.program.settings.values.clear();
                self.parameters_changed();
            }
            Command::Edited => {
                self.show_edits();
                self.edited_ms = Some(dom::now_ms());
            }
            Command::Run => self.run_edits(),
            Command::Revert => {
                self.elements.editor.set_value(&self.program.published);
                self.run_edits();
            }
            Command::Stop => self.stop_run(),
            Command::CopyLink => self.copy_link(),
            Command::Embed => embed::open(&self.elements, &self.link_here(), &self.title(), &self.options.home),
            Command::EmbedWishes => embed::show(&self.elements, &self.link_here(), &self.title(), &self.options.home),
            Command::CopyEmbed => {
                self.elements.embed_text.select();
                shell::copy(&self.elements.embed_text.value());
            }
            Command::SetNamed(name, value) => {
                self.program.set(&name, &value);
                self.parameters_changed();
            }
            Command::Help => shell::open_help(&self.elements),
            Command::Tab(name) => {
                shell::select_tab(&self.elements, &name);
                self.source.settle(&self.elements);
                self.look.is_size_stale = true;
                self.is_scene_stale = true;
            }
            Command::Details(name) => {
                shell::select_details(&self.elements, &name);
                self.are_words_stale = true;
                self.renewed_ms = 0.0;
            }
            Command::Dismiss(id) => self.notices.dismiss(&self.elements.notices, id),
            Command::ShowLine(line) => {
                shell::select_tab(&self.elements, "source");
                source::scroll_to(&self.elements, line, 0.3);
            }
            Command::Visible(is_visible) => {
                self.is_visible = is_visible;
                self.look.is_size_stale = true;
                self.is_scene_stale = true;
            }
            Command::PlainWheel if !self.is_hint_shown => {
                self.is_hint_shown = true;
                self.hint_until_ms = Some(dom::now_ms() + 1_600.0);
                self.elements.wheel_hint.set_hidden(false);
            }
            Command::PlainWheel | Command::Wake => {}
            Command::Restyled => self.are_colours_stale = true,
            Command::Speed(speed) => {
                self.playback.speed = speed;
                self.is_speed_chosen = true;
            }
            looking => self.look_at(looking),
        }
    }

    // ── the program ──

    fn open(&mut self, name: String, text: String, state: &str) {
        let (link, notices) = Link::parse(state);
        self.pending = None;
        self.picture = None;
        // What was said of the program before is not true of this one.
        self.elements.numbers.set_text_content(None);
        self.due.clear();
        why::hide(&self.elements);
        if self.kept.is_some() {
            self.toggle_compare();
        }
        self.look = Look::default();
        self.playback = Playback::default();
        self.is_first_run = true;
        self.notices.clear(&self.elements.notices);
        for notice in notices {
            self.notices.add(&self.elements.notices, &notice);
        }
        self.program = Program::open(name, text, &link);
        self.look.start_at = link.at;
        self.is_autoplay_due = self.options.is_autoplay && link.at.is_none() && !dom::is_motion_reduced();
        self.source.open(&self.elements, &self.program.text.clone(), self.program.first_line());
        self.read_program();
        self.wants_run = true;
        self.show_edits();
    }

    /// Reads the text and shows what it asks for: a title, files, a form.
    fn read_program(&mut self) {
        let read = self.program.read().cloned();
        match read {
            Ok(scenario) => {
                self.program.settings.values.retain(|name, _| {
                    // A value from an address that fits no parameter stays, so that the reader is told of it.
                    self.picture.is_none() || scenario.parameters.iter().any(|parameter| parameter.name == *name)
                });
                shell::show_heading(&self.elements, &scenario);
                self.controls = Controls::new(&self.elements.fields, &scenario.parameters, &self.inbox);
                self.elements.form_pane.set_hidden(scenario.parameters.is_empty());
                self.show_parameters();
                self.show_diagnostic(None);
            }
            Err(diagnostic) => self.show_diagnostic(Some(diagnostic)),
        }
    }

    fn set_parameter(&mut self, index: usize, value: Option<String>) {
        let Some(name) = self.controls.name(index).map(String::from) else { return };
        match value.filter(|value| !self.controls.is_default(index, value)) {
            Some(value) => self.program.set(&name, &value),
            None => {
                self.program.settings.values.remove(&name);
            }
        }
        self.parameters_changed();
    }

    fn parameters_changed(&mut self) {
        self.show_parameters();
        self.wants_run = true;
        self.address_changed();
    }

    fn show_parameters(&self) {
        let values = &self.program.settings.values;
        let is_any_changed = self.controls.show(|name| values.get(name).map(String::as_str));
        self.elements.reset_all.set_hidden(!is_any_changed);
    }

    fn show_edits(&mut self) {
        let text = self.elements.editor.value();
        self.source.colour(&self.elements, &text);
        let is_stale = text != self.program.text;
        self.elements.stale.set_hidden(!is_stale);
        self.elements.revert.set_hidden(text == self.program.published || self.options.is_readonly);
    }

    /// Runs the edited text if it compiles; else says why not, and the last picture and its text stay.
    fn run_edits(&mut self) {
        self.edited_ms = None;
        match self.program.edited(self.elements.editor.value()) {
            Err(mistake) => self.show_diagnostic(Some(mistake)),
            Ok(program) => {
                self.program = program;
                self.read_program();
                self.show_edits();
                self.wants_run = true;
                self.address_changed();
            }
        }
    }

    /// Says what is wrong with the text while it is edited, once the reader's hands rest.
    fn examine_edits(&mut self) {
        let is_due = self.edited_ms.is_some_and(|since| dom::now_ms() - since >= REST_MS);
        if is_due {
            self.edited_ms = None;
            let mistake = self.program.edited(self.elements.editor.value()).err();
            self.show_diagnostic(mistake.or_else(|| self.failure()));
        }
    }

    // ── the run ──

    pub(super) fn is_computing(&self) -> bool {
        self.pending.is_some() || self.picture.as_ref().is_some_and(|picture| picture.is_growing)
    }

    fn start_run(&mut self) {
        if self.pending.as_ref().is_some_and(|runner| dom::now_ms() - runner.started_ms < PATIENCE_MS) {
            return;
        }
        self.wants_run = false;
        self.pending = None;
        let prepared = match self.program.prepare() {
            Ok((prepared, notices)) => {
                self.notices.set_of_run(&self.elements.notices, notices.into_iter());
                prepared
            }
            Err(diagnostic) => {
                // A text that cannot be read has been diagnosed already.
                if self.program.scenario.is_some() {
                    self.show_diagnostic(Some(diagnostic));
                }
                return;
            }
        };
        let runner = Runner::start(prepared);
        match &mut self.picture {
            None => self.picture = Some(Picture::growing(runner)),
            Some(picture) => {
                picture.is_growing = false;
                self.pending = Some(runner);
            }
        }
    }

    /// The run that is being computed.
    fn computed(&mut self) -> Option<&mut Runner> {
        let growing = self.picture.as_mut().filter(|picture| picture.is_growing).map(|picture| &mut picture.runner);
        self.pending.as_mut().or(growing)
    }

    /// Computes between two frames; tells whether to come again before the next one.
    pub fn slice(&mut self) -> bool {
        let (now_ms, frame_ms) = (dom::now_ms(), self.frame_ms);
        let Some(runner) = self.computed() else { return false };
        runner.step_until(now_ms + SLICE_MS);
        runner.ended().is_none() && now_ms - frame_ms < FRAMELESS_MS
    }

    fn compute(&mut self, deadline_ms: f64) {
        let start_ms = dom::now_ms();
        let Some(runner) = self.computed() else { return };
        runner.step_until(deadline_ms);
        if runner.ended().is_some() {
            // What follows from a record takes a few milliseconds too: they are the next frame's where this one's are spent.
            if dom::now_ms() - start_ms < BUDGET_MS / 2.0 {
                self.finish_run();
            }
        } else if self.pending.is_none() && self.frame_ms - self.renewed_ms > RENEW_MS {
            let picture = self.picture.as_mut().expect("what grows is a picture");
            picture.lay_out(&self.look.folds);
            self.look.adapt(picture);
            self.is_scene_stale = true;
            self.are_words_stale = true;
        }
    }

    fn stop_run(&mut self) {
        let Some(runner) = self.computed() else { return };
        let at = short(runner.now() - Time::ZERO);
        runner.stop(&format!("you stopped it at {at} of virtual time"));
        self.finish_run();
    }

    /// The run has ended: it becomes the picture.
    fn finish_run(&mut self) {
        match self.pending.take() {
            Some(runner) => self.picture = Some(Picture::of(runner, &self.look.folds)),
            None => self.picture.as_mut().expect("what ended is pending or the picture").complete(&self.look.folds),
        }
        self.align();
        self.show_numbers();
        let picture = self.picture.as_ref().expect("it was just made");
        let end = picture.end();
        if let Some(at) = self.look.start_at.take() {
            self.playback.seek(at, end);
        }
        self.playback.rest_in(end);
        if !self.is_speed_chosen {
            self.playback.speed = Playback::comfortable_speed(end);
        }
        self.look.adapt(picture);
        self.is_source_unseen = std::mem::take(&mut self.is_first_run);
        self.due = vec![Due::LineTimes, Due::Findings, Due::Console];
        self.finished_ms = self.frame_ms;
        shell::show_hash(&self.elements, picture.hash);
        let words = format!(
            "Timeline of {} lanes over {}",
            picture.lanes.rows().len(),
            short(picture.trace().end() - Time::ZERO)
        );
        dom::set(&self.elements.canvas, "aria-label", &words);
        let ended = picture.runner.ended();
        if let Some(words) = ended.and_then(|ended| ending_words(ended.ending.as_ref()?)) {
            self.notices.add_of_run(&self.elements.notices, &words);
        }
        self.show_diagnostic(self.failure());
        self.is_scene_stale = true;
        self.are_words_stale = true;
        self.renewed_ms = 0.0;
        shell::announce_run(&self.host, self.picture.as_ref().expect("it was just made"));
        if std::mem::take(&mut self.is_autoplay_due) {
            self.playback.toggle(end);
        }
    }

    /// Why a process of the run failed, if one did.
    fn failure(&self) -> Option<Diagnostic> {
        let picture = self.picture.as_ref()?;
        let files: Vec<&str> = self.program.scenario.iter().flat_map(|s| &s.files).map(|f| f.name.as_str()).collect();
        let processes = &picture.runner.ended()?.processes;
        let mut failed = processes.iter().filter(|process| process.exit.is_some_and(|code| code != 0));
        failed.find_map(|process| diagnostics::of_traceback(&process.stderr, &files))
    }

    fn show_diagnostic(&mut self, diagnostic: Option<Diagnostic>) {
        let line = diagnostic.as_ref().and_then(|found| match found.file.as_str() {
            "" => found.line,
            file => found.line.and_then(|line| self.program.line_in_text(file, line)),
        });
        self.source.mark_error(&self.elements, line);
        shell::show_diagnostic(&self.elements, diagnostic.as_ref(), line);
    }

    // ── the picture ──

    fn play(&mut self, elapsed_ms: f64) {
        let Some(end) = self.picture.as_ref().map(Picture::end) else { return };
        if dom::is_motion_reduced() {
            self.play_in_steps(elapsed_ms, end);
        } else {
            self.playback.advance(elapsed_ms, end);
        }
        self.cursor_moved();
        if !self.look.is_fitted {
            self.look.view.reveal(self.playback.at(), end);
        }
    }

    /// With reduced motion playing goes from event to event, three a second.
    fn play_in_steps(&mut self, elapsed_ms: f64, end: Time) {
        self.look.dwelt_ms += elapsed_ms;
        if self.look.dwelt_ms < 333.0 {
            return;
        }
        self.look.dwelt_ms = 0.0;
        match self.picture.as_ref().and_then(|picture| picture.trace().next_event(self.playback.at())) {
            Some(at) => self.playback.seek(at, end),
            None => self.playback.is_playing = false,
        }
    }

    fn draw(&mut self) {
        if self.are_colours_stale || self.painter.is_outdated() {
            self.are_colours_stale = false;
            self.are_kept_colours_stale = true;
            self.painter.refresh(&self.elements.probe);
            self.is_scene_stale = true;
        }
        let Some(picture) = &self.picture else { return };
        if std::mem::take(&mut self.is_scene_stale) && self.look.measure(&self.elements, picture) {
            let painter = &self.painter;
            let scene = self.look.scene(picture, self.playback.at(), &|text, style| painter.width_px(text, style));
            if let Err(error) = self.painter.paint(&scene) {
                self.notices.add(&self.elements.notices, &format!("the picture cannot be drawn: {error}"));
            }
            self.draw_kept();
            self.elements.view_back.set_disabled(!self.look.history.has_past());
        }
        if self.are_words_stale {
            self.draw_words();
        }
    }

    /// What is cheap follows every frame; tables and what is read aloud follow at leisure.
    fn draw_words(&mut self) {
        let Some(picture) = &self.picture else { return };
        let (trace, at) = (picture.trace(), self.playback.at());
        shell::show_clock(&self.elements, at, trace.end());
        shell::show_playing(&self.elements, &self.playback);
        let is_leisure = self.frame_ms - self.renewed_ms > RENEW_MS;
        if !is_leisure {
            return;
        }
        self.are_words_stale = false;
        self.renewed_ms = self.frame_ms;
        let program = &self.program;
        let line_of = |line: Line| program.line_in_text(trace.text_of(line.file), line.line);
        let marks = readout::marks(trace, &picture.lanes, at, line_of);
        self.source.mark(&self.elements, marks);
        if std::mem::take(&mut self.is_source_unseen) {
            self.source.reveal_mark(&self.elements);
        }
        // While a slider moves, run follows run; nobody reads then, and each of these may take a frame.
        if !self.due.is_empty() {
            self.are_words_stale = true;
            if self.frame_ms - self.finished_ms > QUIET_MS {
                match self.due.pop() {
                    Some(Due::Console) => self.console.show(&self.elements.console, trace),
                    Some(Due::Findings) => {
                        findings::show(&self.elements, trace, &crate::trace::findings(trace), line_of)
                    }
                    Some(Due::LineTimes) => self.source.show_times(&self.elements, &times_in_text(trace, line_of)),
                    None => {}
                }
            }
        }
        self.console.seek(&self.elements.console, at, self.playback.is_playing);
        let journal = picture.runner.journal();
        dom::set_text(&self.elements.narration, &narration(trace, journal, at));
        if !self.elements.now.hidden() {
            readout::show_lanes(&self.elements.now_rows, trace, at, self.look.highlight.lane);
        }
        if !self.elements.events.hidden() {
            readout::show_events(&self.elements.event_rows, trace, journal, at);
        }
        self.show_why();
        shell::announce_time(&self.host, at);
    }

    /// The cursor stands elsewhere.
    pub(super) fn cursor_moved(&mut self) {
        self.is_scene_stale = true;
        self.are_words_stale = true;
    }
}

/// The time that was spent at each line of the text.
fn times_in_text(
    trace: &Trace,
    line_of: impl Fn(Line) -> Option<u32>,
) -> std::collections::BTreeMap<u32, (StateTimes, usize)> {
    let times = trace.line_times().into_iter();
    times.filter_map(|(line, times)| Some((line_of(line)?, times))).collect()
}

/// Why a run ended, where it is not that its main program did.
fn ending_words(ending: &Ending) -> Option<String> {
    match ending {
        Ending::MainExited => None,
        Ending::Deadlock(threads) => {
            Some(format!("deadlock: nothing can happen any more, and {} wait for ever", threads.join(", ")))
        }
        Ending::Limit(why) => Some(format!("the run did not end by itself: {why}")),
    }
}
