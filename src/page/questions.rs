//! The pane of questions that a scenario asks: think first, then see.

use super::dom::{self, append, make, make_button, make_text};
use super::elements::Elements;
use super::session::Session;
use super::shell;
use crate::world::metadata::Question;

/// Shows the questions of a scenario; their tab is there where there are any.
pub fn show(elements: &Elements, questions: &[Question]) {
    let pane = &elements.questions;
    pane.set_text_content(None);
    elements.questions_tab.set_hidden(questions.is_empty());
    dom::set_text(&elements.questions_count, &questions.len().to_string());
    for (number, question) in questions.iter().enumerate() {
        let item = make("fieldset", "question");
        append(&item, &make_text("legend", "", &question.ask));
        let choices = make("div", "choices");
        for (i, choice) in question.choices.iter().enumerate() {
            let button = make_button("", choice, "data-answer", &format!("{number},{i}"));
            dom::set(&button, "aria-pressed", "false");
            append(&choices, &button);
        }
        if question.choices.is_empty() {
            append(&choices, &make_button("", "Show the answer", "data-answer", &format!("{number},0")));
        }
        append(&item, &choices);
        let because = make("p", "because");
        dom::set(&because, "role", "status");
        append(&item, &because);
        append(pane, &item);
    }
}

impl Session {
    /// The reader has answered a question: says whether that is right, and why.
    pub(super) fn answer(&self, number: usize, choice: usize) {
        let questions = self.program.scenario.iter().flat_map(|scenario| &scenario.metadata.questions);
        let Some(question) = questions.into_iter().nth(number) else { return };
        let Some(item) = self.elements.questions.children().item(number as u32) else { return };
        let buttons = item.get_elements_by_tag_name("button");
        for i in 0..buttons.length() {
            let Some(button) = buttons.item(i) else { continue };
            let is_chosen = i as usize == choice;
            let verdict = match question.answer {
                Some(answer) if is_chosen => {
                    if answer == choice {
                        "right"
                    } else {
                        "wrong"
                    }
                }
                _ => "",
            };
            dom::set(&button, "aria-pressed", if is_chosen { "true" } else { "false" });
            dom::set(&button, "class", verdict);
        }
        let is_right = question.answer == Some(choice);
        let verdict = match question.answer {
            None => "",
            Some(_) if is_right => "Yes. ",
            Some(_) => "Not so: try again, or look at the timeline. ",
        };
        let because = question.because.as_deref().filter(|_| is_right || question.answer.is_none()).unwrap_or_default();
        if let Some(place) = item.last_element_child() {
            dom::set_text(&place, &format!("{verdict}{because}"));
        }
        shell::announce_answer(&self.host, number, choice, question.answer.map(|answer| answer == choice));
    }
}
