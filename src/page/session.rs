//! One viewer at work: commands change the ground state, a frame computes a slice, and what changed is drawn.
//!
//! In a frame: commands; a new run where the settings changed (the old one is dropped, which ends it); a slice of
//! computing; the cursor where it plays; then the picture and its words. Between frames: slices of computing alone.
//! The run of a moved slider takes the picture's place when it has ended; until then it is seen in the old picture as far
//! as it has come (`pending.rs`). The first run of a program is shown as it grows.

use std::rc::Rc;

use web_sys::HtmlElement;

use super::board::Board;
use super::command::Command;
use super::compare::Kept;
use super::console::Console;
use super::controls::Controls;
use super::dom;
use super::elements::Elements;
use super::embed;
use super::error::Error;
use super::exploring::Exploration;
use super::export::Form;
use super::link::Link;
use super::look::Look;
use super::notices::Notices;
use super::options::Options;
use super::painter::Painter;
use super::pending::Pending;
use super::picture::{Picture, Rows};
use super::playback::Playback;
use super::preferences;
use super::program::Program;
use super::questions;
use super::running::{BUDGET_MS, RUN_BUDGET_MS};
use super::scope::Inbox;
use super::settling::Settling;
use super::shell;
use super::simulator::{self, Inspector};
use super::source::{self, Source};
use super::speech::Speech;
use super::tell::ADDRESS_MS;
use super::undo::Past;
use super::versions::Trials;
use super::why;
use crate::trace::SpanRef;
use crate::world::{Schedule, Settings};

/// How much of it is spent however late the frame is [ms].
const LEAST_MS: f64 = 1.0;
/// How long after the last key an edited text is looked through [ms].
const REST_MS: f64 = 400.0;

/// How long the reader is told how the wheel zooms [ms].
pub(super) const HINT_MS: f64 = 1_600.0;

/// What of a run is shown when there is time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Due {
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
    pub(super) inbox: Inbox,
    pub(super) program: Program,
    pub(super) controls: Controls,
    pub(super) source: Source,
    pub(super) console: Console,
    pub(super) board: Board,
    /// The program under several versions of Python.
    pub(super) trials: Trials,
    /// What can be taken back.
    pub(super) past: Past,
    /// The program under many schedules.
    pub(super) exploration: Exploration,
    /// What names hold at the cursor.
    pub(super) inspector: Inspector,
    pub(super) notices: Notices,
    pub(super) painter: Painter,
    pub(super) overview_painter: Painter,
    /// The run to compare with.
    pub(super) kept: Option<Kept>,
    pub(super) kept_painter: Painter,
    pub(super) are_kept_colours_stale: bool,
    /// A recorded run is the picture, and nobody has been told of it yet: it is told once it is seen.
    pub(super) is_picture_untold: bool,
    /// A run is the picture, and the host has been told of no part of it: it is told once that is seen.
    pub(super) is_whole_untold: bool,
    /// What of a run that has become the picture has its turn.
    pub(super) settling: Settling,
    /// The picture before, which takes a moment to be let go.
    pub(super) retired: Option<Picture>,
    /// The span of which the host was told that it is selected.
    pub(super) told_selection: Option<SpanRef>,
    /// What waits for the simulator.
    pub(super) deferred: Vec<Command>,
    /// A run that will replace the picture when it has ended.
    pub(super) pending: Option<Pending>,
    pub(super) picture: Option<Picture>,
    pub(super) look: Look,
    pub(super) playback: Playback,
    /// Whether the reader chose a speed.
    pub(super) is_speed_chosen: bool,
    /// Whether the ground state has changed since the last run was started.
    pub(super) wants_run: bool,
    /// How many times as far as usual a run may go.
    pub(super) reach: u32,
    /// When the ground state changed last [ms].
    pub(super) wanted_ms: f64,
    pub(super) is_visible: bool,
    pub(super) is_autoplay_due: bool,
    /// The canvas must be drawn.
    pub(super) is_scene_stale: bool,
    pub(super) are_colours_stale: bool,
    pub(super) are_overview_colours_stale: bool,
    /// What is to be filled anew at leisure.
    pub(super) due: Vec<Due>,
    /// No run of this program has ended yet.
    pub(super) is_first_run: bool,
    /// The reader has not been shown yet where the program stands.
    pub(super) is_source_unseen: bool,
    /// The words at the cursor must be renewed.
    pub(super) are_words_stale: bool,
    pub(super) frame_ms: f64,
    pub(super) renewed_ms: f64,
    pub(super) finished_ms: f64,
    /// What is read aloud, and when.
    pub(super) speech: Speech,
    /// When the text was edited last, until somebody has looked for mistakes in it.
    pub(super) edited_ms: Option<f64>,
    /// When the page's address became stale.
    pub(super) address_ms: Option<f64>,
    pub(super) hint_until_ms: Option<f64>,
    pub(super) is_hint_shown: bool,
    pub(super) is_busy: bool,
}

impl Session {
    /// A viewer without a program.
    pub fn new(host: HtmlElement, elements: Rc<Elements>, options: Options, inbox: Inbox) -> Result<Session, Error> {
        elements.editor.set_read_only(options.is_readonly);
        elements.run.set_hidden(options.is_readonly);
        let painter = Painter::new(elements.canvas.clone())?;
        let kept_painter = Painter::new(elements.kept_canvas.clone())?;
        let overview_painter = Painter::new(elements.overview.clone())?;
        preferences::recall(&elements, &host);
        // What another session has put there it alone would know again.
        elements.cards.set_text_content(None);
        Ok(Session {
            host,
            elements,
            options,
            inbox,
            program: Program::default(),
            controls: Controls::default(),
            source: Source::default(),
            console: Console::default(),
            board: Board::default(),
            trials: Trials::default(),
            past: Past::default(),
            exploration: Exploration::default(),
            inspector: Inspector::default(),
            notices: Notices::default(),
            painter,
            overview_painter,
            kept: None,
            kept_painter,
            are_kept_colours_stale: true,
            is_picture_untold: false,
            is_whole_untold: false,
            settling: Settling::default(),
            retired: None,
            told_selection: None,
            deferred: Vec::new(),
            pending: None,
            picture: None,
            look: Look::default(),
            playback: Playback::default(),
            is_speed_chosen: false,
            wants_run: false,
            wanted_ms: 0.0,
            reach: 1,
            is_visible: true,
            is_autoplay_due: false,
            is_scene_stale: true,
            are_colours_stale: true,
            are_overview_colours_stale: true,
            due: Vec::new(),
            is_first_run: true,
            is_source_unseen: false,
            are_words_stale: true,
            frame_ms: 0.0,
            renewed_ms: 0.0,
            finished_ms: 0.0,
            speech: Speech::default(),
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
        self.settle();
        let is_opening = commands.iter().any(|command| matches!(command, Command::Open { .. }));
        for command in commands {
            // What was there before the first change is the first state.
            self.remember_state();
            self.obey(command);
            self.remember_state();
        }
        if is_opening {
            // Reading a text and making its form is work enough for one frame.
            self.tell(false);
            return Next::Frame { wants_slices: false };
        }
        self.examine_edits();
        if self.wants_run {
            match simulator::IS_HERE {
                true => self.start_run(),
                // It runs where the command is carried out that asked for it.
                false => self.wants_run = false,
            }
        }
        // Figures and words are work enough for a frame; slices between frames go on.
        if matches!(self.settling, Settling::Lanes | Settling::Done) {
            self.compute((now_ms + RUN_BUDGET_MS).max(dom::now_ms() + LEAST_MS));
        }
        if self.trials.is_going() && !self.is_computing() {
            self.compute_trials(now_ms + BUDGET_MS);
        }
        if self.exploration.is_going() && !self.is_computing() && !self.trials.is_going() {
            self.compute_exploration(now_ms + BUDGET_MS);
        }
        if self.playback.is_playing && self.is_visible {
            self.play(elapsed_ms);
        }
        if self.wants_variables() && !self.is_computing() {
            self.compute_variables(now_ms + BUDGET_MS);
        }
        let is_quiet = !self.is_scene_stale && !self.are_words_stale;
        self.draw();
        self.tell_of_picture();
        self.settled();
        self.tell(is_quiet);
        self.speak();
        self.next()
    }

    fn next(&self) -> Next {
        let is_playing = self.playback.is_playing && self.is_visible;
        if is_playing
            || self.trials.is_going()
            || self.exploration.is_going()
            || self.wants_variables()
            || self.is_computing()
            || self.wants_run
            || self.settling != Settling::Done
            || self.retired.is_some()
            || self.are_words_stale
            || self.is_scene_stale
        {
            return Next::Frame { wants_slices: self.is_computing() };
        }
        let examined = self.edited_ms.filter(|_| simulator::IS_HERE).map(|since| since + REST_MS);
        let address = self.address_ms.map(|since| since + ADDRESS_MS);
        let waits = [address, self.hint_until_ms, examined, self.speech.due_ms()];
        match waits.into_iter().flatten().reduce(f64::min) {
            Some(due_ms) => Next::Later { delay_ms: (due_ms - dom::now_ms()).max(10.0) as i32 },
            None => Next::Nothing,
        }
    }

    pub(super) fn obey(&mut self, command: Command) {
        if !simulator::IS_HERE && command.needs_simulator() {
            if !command.is_setting() {
                return self.defer(command);
            }
            // Controls and address show what was chosen before the picture does.
            self.defer(command.clone());
        }
        match command {
            Command::Open { name, text, state } => self.open(name, text, &state),
            Command::OpenTrace { name, bytes, address } => self.open_trace(&name, bytes, address),
            Command::SetParameter(index, value) => self.set_parameter(index, Some(value)),
            Command::ResetParameter(index) => self.set_parameter(index, None),
            Command::ResetAll => {
                self.program.settings = Settings::default();
                self.parameters_changed();
            }
            Command::Edited => {
                self.show_edits();
                self.edited_ms = Some(dom::now_ms());
                if !simulator::IS_HERE {
                    shell::announce_wish(&self.host);
                }
            }
            Command::Run => self.run_edits(),
            Command::Revert => {
                self.elements.editor.set_value(&self.program.published);
                self.run_edits();
            }
            Command::Undo => self.undo(true),
            Command::Redo => self.undo(false),
            Command::Slow => self.slow_line(),
            Command::Stop => self.stop_run(),
            Command::RunFarther => self.run_farther(),
            Command::CopyLink => self.copy_link(),
            Command::Embed => embed::open(&self.elements, &self.link_here(), &self.title(), &self.options.home),
            Command::EmbedWishes => embed::show(&self.elements, &self.link_here(), &self.title(), &self.options.home),
            Command::CopyEmbed => {
                self.elements.embed_text.select();
                shell::copy(&self.elements.embed_text.value());
            }
            Command::SavePicture => self.export(Form::Svg, &embed::file_name(&self.program.link())),
            Command::SetNamed(name, value) => match self.program.set(&name, &value) {
                Ok(()) => self.parameters_changed(),
                Err(why) => shell::announce_error(&self.host, &why, None),
            },
            Command::Help => shell::open_help(&self.elements),
            Command::Tab(name) => {
                shell::select_tab(&self.elements, &name);
                self.source.settle(&self.elements);
                self.look.is_size_stale = true;
                self.is_scene_stale = true;
            }
            Command::Pane(name) => {
                shell::select_details(&self.elements, &name);
                self.are_words_stale = true;
                self.renewed_ms = 0.0;
                if name == "variables" && !simulator::IS_HERE {
                    self.defer(Command::Pane(name));
                }
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
                self.hint("Ctrl + scroll to zoom");
            }
            Command::PlainWheel | Command::Wake => {}
            Command::Restyled => self.are_colours_stale = true,
            Command::Steps => self.toggle_steps(),
            Command::SetPython(version) => self.set_python(version),
            Command::TryVersions if self.elements.versions.hidden() => self.try_versions(),
            Command::TryVersions => {
                self.trials.stop();
                self.elements.versions.set_hidden(true);
            }
            Command::Answer(question, choice) => self.answer(question, choice),
            Command::Prefer => preferences::keep(&self.elements, &self.host),
            Command::Divide(border, share) => {
                border.place(&self.elements, share);
                preferences::keep(&self.elements, &self.host);
            }
            Command::Caret => self.caret_moved(),
            Command::ToggleBreak => self.toggle_break_at_hand(),
            Command::BreakAt(line) => self.toggle_break(line),
            Command::Details => self.read_details(),
            Command::Menu(place) => self.open_menu(place),
            Command::LongPress(pointer) => self.long_press(pointer),
            Command::Pick(item) => self.pick(&item),
            Command::Overview(pointer) => self.point_overview(pointer),
            Command::Speed(speed) => {
                self.playback.speed = speed;
                self.is_speed_chosen = true;
            }
            Command::Path => self.toggle_path(),
            Command::Relation(relation) => self.show_relation(relation),
            Command::Choices => self.show_choices(),
            Command::StepChoice(step) => self.step_choice(step),
            Command::TakeChoice(number, option) => self.take_choice(number, option),
            Command::SwitchHere => self.switch_here(),
            Command::UndoChoice => self.undo_choice(),
            Command::Explore => self.explore(),
            Command::ShowOutcome(place) => self.show_outcome(place),
            Command::ClearChoices => self.follow_schedule(Schedule::default()),
            looking => self.look_at(looking),
        }
    }

    // ── the program ──

    pub(super) fn open(&mut self, name: String, text: String, state: &str) {
        let (link, notices) = Link::parse(state);
        self.begin(name, text, &link, notices);
        self.read_program();
        self.want_run();
        self.show_staleness();
        if let Some(address) = link.trace {
            self.fetch_trace(address);
        }
    }

    /// Puts a program in place of what there was, at the view that an address names.
    pub(super) fn begin(&mut self, name: String, text: String, link: &Link, notices: Vec<String>) {
        self.deferred.clear();
        self.pending = None;
        self.picture = None;
        self.settling = Settling::Done;
        // What was said of the program before is not true of this one.
        for told in
            [&self.elements.numbers, &self.elements.findings, &self.elements.findings_count, &self.elements.console]
        {
            told.set_text_content(None);
        }
        self.due.clear();
        self.trials.stop();
        self.past = Past::default();
        self.reach = 1;
        self.exploration = Exploration::default();
        self.inspector = Inspector::default();
        for shown in [&self.elements.versions, &self.elements.steps] {
            shown.set_hidden(true);
        }
        why::hide(&self.elements);
        if self.kept.is_some() {
            self.toggle_compare();
        }
        self.look = Look::default();
        self.playback = Playback::default();
        self.is_first_run = true;
        self.notices.clear(&self.elements.notices);
        for notice in notices.iter().chain(&self.options.notices) {
            self.notices.add(&self.elements.notices, notice);
        }
        self.program = Program::open(name, text, link);
        self.look.start_at = link.at;
        self.look.start_range = link.range;
        self.look.is_folded = link.is_folded;
        self.look.marks = link.marks.clone();
        self.look.rows = Rows { folds: link.folds.clone(), arrangement: link.arrangement.clone() };
        self.is_autoplay_due = self.options.is_autoplay && link.at.is_none() && !dom::is_motion_reduced();
        self.source.open(&self.elements, &self.program.text.clone(), self.program.first_line());
        let _ = self.elements.viewer.remove_attribute("data-recording");
    }

    /// Reads the text and shows what it asks for: a title, files, a form.
    pub(super) fn read_program(&mut self) {
        match self.program.read().map(|_| ()) {
            Ok(()) => self.show_program(),
            Err(diagnostic) => self.show_diagnostic(Some(diagnostic)),
        }
    }

    /// Shows what the text asks for.
    pub(super) fn show_program(&mut self) {
        let Some(scenario) = &self.program.scenario else { return };
        self.program.settings.values.retain(|name, _| {
            // A value from an address that fits no parameter stays, so that the reader is told of it.
            self.picture.is_none() || scenario.parameters.iter().any(|parameter| parameter.name == *name)
        });
        shell::show_heading(&self.elements, scenario);
        self.controls = Controls::new(&self.elements.fields, &scenario.parameters, &self.inbox);
        self.elements.form_pane.set_hidden(false);
        questions::show(&self.elements, &scenario.metadata.questions);
        self.show_parameters();
        self.show_diagnostic(None);
    }

    fn set_parameter(&mut self, index: usize, value: Option<String>) {
        let Some(name) = self.controls.name(index).map(String::from) else { return };
        match value.filter(|value| !self.controls.is_default(index, value)) {
            Some(value) => {
                // A text that cannot be read any more has no parameters, and its controls wait for it.
                let _ = self.program.set(&name, &value);
            }
            None => {
                self.program.settings.values.remove(&name);
            }
        }
        self.parameters_changed();
    }

    pub(super) fn parameters_changed(&mut self) {
        self.drop_schedule();
        self.show_parameters();
        self.want_run();
        self.address_changed();
    }

    pub(super) fn show_parameters(&self) {
        let values = &self.program.settings.values;
        let is_any_changed = self.controls.show(|name| values.get(name).map(String::as_str));
        self.show_python();
        self.elements.reset_all.set_hidden(!is_any_changed);
    }

    pub(super) fn show_edits(&mut self) {
        self.source.colour(&self.elements, &self.elements.editor.value());
        self.show_staleness();
    }

    /// Says whether the text is what was run, and what was published.
    pub(super) fn show_staleness(&self) {
        let text = self.elements.editor.value();
        let is_stale = text != self.program.text;
        self.elements.stale.set_hidden(!is_stale);
        self.elements.revert.set_hidden(text == self.program.published || self.options.is_readonly);
    }

    /// Runs the edited text if it compiles; else says why not, and the last picture and its text stay.
    pub(super) fn run_edits(&mut self) {
        self.edited_ms = None;
        match self.program.edited(self.elements.editor.value()) {
            Err(mistake) => self.show_diagnostic(Some(mistake)),
            Ok(program) => {
                self.program = program;
                self.look.is_room_stale = true;
                self.drop_schedule();
                self.read_program();
                self.show_edits();
                self.want_run();
                self.address_changed();
            }
        }
    }

    /// Says what is wrong with the text while it is edited, once the reader's hands rest.
    fn examine_edits(&mut self) {
        let is_due = simulator::IS_HERE && self.edited_ms.is_some_and(|since| dom::now_ms() - since >= REST_MS);
        if is_due {
            self.edited_ms = None;
            let mistake = self.program.edited(self.elements.editor.value()).err();
            self.show_diagnostic(mistake.or_else(|| self.failure()));
        }
    }

    /// The cursor stands elsewhere.
    pub(super) fn cursor_moved(&mut self) {
        self.is_scene_stale = true;
        self.are_words_stale = true;
    }
}
