//! What follows once a run has become the picture: its figures, the words at the cursor, the word to the host. Each takes
//! some milliseconds, and each has a frame of its own, so that none is long while a slider moves on.
//!
//! ```text
//!  frame   the run ends, lanes │ (rest) │ figures, hash │ words, the host is told │ the run before is let go
//! ```

use super::dom;
use super::session::Session;
use super::shell;
use super::words::short;
use crate::trace::Question;

/// What has its turn in this frame.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) enum Settling {
    /// The lanes.
    Lanes,
    /// Nothing, so that the first picture can be handled before anything is added to it.
    Rest,
    /// The figures.
    Figures,
    /// The words.
    Words,
    /// Nothing: all has been said.
    #[default]
    Done,
}

impl Session {
    /// A frame begins.
    pub(super) fn settle(&mut self) {
        match self.settling {
            Settling::Figures => self.sum_up(),
            Settling::Done => self.retired = None,
            Settling::Lanes | Settling::Rest | Settling::Words => {}
        }
    }

    /// Everything of the frame has been drawn.
    pub(super) fn settled(&mut self) {
        self.settling = match self.settling {
            Settling::Lanes if self.picture.as_ref().is_some_and(|picture| picture.runner.is_replay) => Settling::Rest,
            Settling::Lanes | Settling::Rest => Settling::Figures,
            Settling::Figures => Settling::Words,
            Settling::Words => {
                self.tell_of_run();
                Settling::Done
            }
            Settling::Done => return,
        };
    }

    /// Tells the host of a run that has ended here.
    pub(super) fn tell_of_run(&self) {
        if let Some(picture) = self.picture.as_ref().filter(|picture| !picture.runner.is_replay) {
            shell::announce_run(&self.host, picture);
        }
    }

    /// Shows the figures of the run.
    fn sum_up(&mut self) {
        let Some(picture) = &mut self.picture else { return };
        picture.sum_up();
        shell::show_hash(&self.elements, picture.hash);
        self.show_numbers();
        self.ask();
    }

    /// Offers the question that a reader has first.
    fn ask(&self) {
        let Some(picture) = &self.picture else { return };
        let (trace, ask) = (picture.trace(), &self.elements.ask);
        let Some(metrics) = &picture.metrics else { return };
        if trace.is_recording() {
            return ask.set_hidden(true);
        }
        let found = trace.first_question(metrics.work);
        ask.set_hidden(found.is_none());
        let Some((question, at)) = found else { return };
        let (subject, words) = match question {
            Question::Took(subject, took) => (subject, format!("take {}", short(took))),
            Question::Waited(subject, waited) => (subject, format!("wait {}", short(waited))),
        };
        dom::set_text(ask, &format!("Why did {} {words}?", trace.name_of(subject)));
        dom::set(ask, "data-go", &format!("{},{}", subject.0, at.0));
    }
}
