//! A run of the program: started when the ground state has changed, computed in slices, and shown when it has ended.

use super::diagnostics::{self, Diagnostic};
use super::dom;
use super::pending::Pending;
use super::picture::Picture;
use super::playback::Playback;
use super::runner::Runner;
use super::session::{Due, Session};
use super::settling::Settling;
use super::shell;
use super::simulator;
use super::words::short;
use crate::time::Time;
use crate::world::Ending;

/// How much of a frame may be spent on computing what is seen later [ms].
pub const BUDGET_MS: f64 = 8.0;
/// How much of it on the run, most of which is computed between frames [ms].
pub const RUN_BUDGET_MS: f64 = 4.0;
/// How long a slice between frames computes [ms]: short enough to keep input and drawing waiting unnoticed.
const SLICE_MS: f64 = 6.0;
/// When no frame has come for so long, the tab is hidden or the browser is behind, and slices end [ms].
const FRAMELESS_MS: f64 = 250.0;
/// A slider rests when it has not moved for so long [ms].
const REST_MS: f64 = 100.0;
/// How often the picture of a growing run is drawn [ms].
const RENEW_MS: f64 = 120.0;

impl Session {
    pub(super) fn is_computing(&self) -> bool {
        self.pending.is_some() || self.picture.as_ref().is_some_and(|picture| picture.is_growing)
    }

    /// The ground state has changed.
    pub(super) fn want_run(&mut self) {
        self.wants_run = true;
        self.wanted_ms = dom::now_ms();
    }

    pub(super) fn start_run(&mut self) {
        if self.pending.is_some() && self.frame_ms - self.wanted_ms < REST_MS {
            return;
        }
        self.wants_run = false;
        let before = self.pending.take();
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
                return self.forget(before);
            }
        };
        let runner = Runner::start(prepared, self.reach);
        match &mut self.picture {
            None => self.picture = Some(Picture::growing(runner)),
            Some(picture) => {
                picture.is_growing = false;
                self.pending = Some(Pending::instead_of(before, runner));
            }
        }
    }

    /// The run that is being computed.
    pub(super) fn computed(&mut self) -> Option<&mut Runner> {
        let growing = self.picture.as_mut().filter(|picture| picture.is_growing).map(|picture| &mut picture.runner);
        self.pending.as_mut().map(|pending| &mut pending.runner).or(growing)
    }

    /// Computes between two frames; tells whether to come again before the next one.
    pub fn slice(&mut self) -> bool {
        let (now_ms, frame_ms) = (dom::now_ms(), self.frame_ms);
        let Some(runner) = self.computed() else { return false };
        runner.step_until(now_ms + SLICE_MS);
        runner.ended().is_none() && now_ms - frame_ms < FRAMELESS_MS
    }

    pub(super) fn compute(&mut self, deadline_ms: f64) {
        let start_ms = dom::now_ms();
        let Some(runner) = self.computed() else { return };
        runner.step_until(deadline_ms);
        if runner.ended().is_some() {
            // What follows from a record takes a few milliseconds too: they are the next frame's where this one's are spent.
            if dom::now_ms() - start_ms < RUN_BUDGET_MS / 2.0 {
                self.finish_run();
            }
        } else if self.pending.as_ref().is_some_and(Pending::is_due) {
            self.look_at_pending();
        } else if self.frame_ms - self.renewed_ms > RENEW_MS {
            let picture = self.picture.as_mut().expect("what grows is a picture");
            picture.lay_out(&self.look.rows);
            self.look.adapt(picture);
            self.is_scene_stale = true;
            self.are_words_stale = true;
        }
    }

    /// Shows what the run that is computed has come to, in the picture that it will replace.
    fn look_at_pending(&mut self) {
        let is_verifying = self.is_verifying();
        let (Some(pending), Some(picture)) = (&mut self.pending, &mut self.picture) else { return };
        // Without the simulator every run that is pending has ended, and this need not be loaded.
        if !simulator::IS_HERE || is_verifying {
            return;
        }
        pending.look(picture);
        self.is_scene_stale = true;
        // A run that is longer than the one before needs room; as looks are rare, the axis seldom moves.
        let until = pending.runner.trace.end();
        if until > picture.end() {
            picture.other_end = until;
            if self.look.is_fitted {
                self.look.view.fit_all(until);
            }
        }
    }

    /// Lets a run go that was computed, and what was seen of it.
    fn forget(&mut self, before: Option<Pending>) {
        if before.is_some_and(|pending| pending.seen().is_some()) {
            self.align();
            self.is_scene_stale = true;
        }
    }

    /// Runs the program again, which may go farther before it is stopped.
    pub(super) fn run_farther(&mut self) {
        self.reach = self.reach.saturating_mul(4);
        self.want_run();
    }

    pub(super) fn stop_run(&mut self) {
        let Some(runner) = self.computed() else { return };
        let at = short(runner.now() - Time::ZERO);
        runner.stop(&format!("you stopped the run at {at} of virtual time"));
        self.finish_run();
    }

    /// Whether what is computed is seen already, recorded beforehand: nothing will move when it has ended.
    pub(super) fn is_verifying(&self) -> bool {
        let is_replay = self.picture.as_ref().is_some_and(|picture| picture.runner.is_replay);
        is_replay && self.program.is_as_published()
    }

    /// The run has ended: it becomes the picture.
    pub(super) fn finish_run(&mut self) {
        let pending = self.pending.take();
        let is_told = pending.as_ref().is_none_or(|pending| pending.is_told() || pending.runner.is_replay);
        let ended = pending.map(|pending| pending.runner);
        if let (Some(picture), Some(runner)) = (&mut self.picture, &ended)
            && picture.runner.is_replay
            && picture.runner.journal() == runner.journal()
        {
            // What was recorded is what happens here: the reader goes on looking at it.
            picture.runner = ended.expect("it was just compared");
            return self.tell_of_run();
        }
        // The host hears of every run, also of one that another overtakes.
        if self.settling != Settling::Done {
            self.tell_of_run();
        }
        self.elements.forget_shown();
        match ended {
            Some(runner) => {
                let picture = Picture::of(runner, &self.look.rows);
                if let Some(before) = &self.picture {
                    self.look.follow(before.trace(), picture.trace(), self.playback.at());
                }
                self.retired = self.picture.replace(picture);
            }
            None => self.picture.as_mut().expect("what ended is pending or the picture").complete(&self.look.rows),
        }
        self.is_whole_untold = !is_told;
        self.settling = Settling::Lanes;
        self.align();
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
        let words = format!(
            "Timeline of {} lanes over {}",
            picture.lanes.rows().len(),
            short(picture.trace().end() - Time::ZERO)
        );
        dom::set(&self.elements.canvas, "aria-label", &words);
        let ended = picture.runner.ended();
        let list = &self.elements.notices;
        match ended.and_then(|ended| ended.ending.as_ref()) {
            Some(Ending::Stopped(why)) => self.notices.add_of_run(list, why),
            Some(Ending::Limit { why, .. }) => {
                let words = format!("the run did not end by itself: {why}");
                self.notices.add_with_button(list, &words, "run-farther", "Let it go four times as far");
            }
            Some(Ending::Deadlock(threads)) => {
                let threads = threads.join(", ");
                let words = format!("deadlock: nothing can happen any more, and {threads} wait for ever");
                self.notices.add_of_run(list, &words);
            }
            Some(Ending::MainExited) | None => {}
        }
        if let Some(number) = ended.and_then(|ended| ended.diverged_at) {
            let words = format!(
                "the choices that this run was to make do not fit it: from its decision {number} on it goes as it comes by itself"
            );
            self.notices.add_of_run(&self.elements.notices, &words);
        }
        self.show_diagnostic(self.failure());
        self.is_scene_stale = true;
        self.are_words_stale = true;
        self.renewed_ms = 0.0;
        self.is_picture_untold = self.picture.as_ref().is_some_and(|picture| picture.runner.is_replay);
        if std::mem::take(&mut self.is_autoplay_due) {
            self.playback.toggle(end);
        }
    }

    /// Why a process of the run failed, if one did.
    pub(super) fn failure(&self) -> Option<Diagnostic> {
        let picture = self.picture.as_ref()?;
        let files: Vec<&str> = self.program.scenario.iter().flat_map(|s| &s.files).map(|f| f.name.as_str()).collect();
        let processes = &picture.runner.ended()?.processes;
        let mut failed = processes.iter().filter(|process| process.exit.is_some_and(|code| code != 0));
        let found = failed.find_map(|process| diagnostics::of_traceback(&process.stderr, &files));
        found.or_else(|| processes.iter().find_map(|process| diagnostics::of_what_went_on(&process.stderr, &files)))
    }

    pub(super) fn show_diagnostic(&mut self, diagnostic: Option<Diagnostic>) {
        let line = diagnostic.as_ref().and_then(|found| match found.file.as_str() {
            "" => found.line,
            file => found.line.and_then(|line| self.program.line_in_text(file, line)),
        });
        self.source.mark_error(&self.elements, line);
        shell::show_diagnostic(&self.elements, diagnostic.as_ref(), line);
        if let Some(found) = diagnostic {
            shell::announce_error(&self.host, &found.message, line);
        }
    }
}
