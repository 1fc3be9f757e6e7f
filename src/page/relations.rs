//! The pane of relations between those who are there: waits, awaits, makers, and the critical path.

use web_sys::HtmlElement;

use super::command::Relation;
use super::critical;
use super::dom::{self, append, make, make_button, make_text};
use super::elements::Elements;
use super::look::{Look, path_to};
use super::readout::swatch;
use super::session::Session;
use super::shell;
use super::waits;
use crate::journal::{Kind, Subject};
use crate::time::Time;
use crate::timeline::sentence;
use crate::trace::{Goal, Node, Trace, await_tree, task_tree};

/// At most so many places of a tree are listed.
const MOST_NODES: usize = 200;

/// The relation of a button.
pub fn named(name: &str) -> Option<Relation> {
    Some(match name {
        "waits" => Relation::Waits,
        "awaits" => Relation::Awaits,
        "makers" => Relation::Makers,
        "path" => Relation::Path,
        _ => return None,
    })
}

/// Shows the chosen relation at an instant, unless it is shown already.
pub fn show(elements: &Elements, trace: &Trace, at: Time, look: &Look) {
    let (selected, relation) = (look.highlight.lane, look.relation);
    let key = match relation {
        Relation::Path => format!("path {:?} {}", look.path.as_ref().map(|(goal, _)| goal), trace.n_entries()),
        _ => format!("{relation:?} {} {} {selected:?}", at.0, trace.n_entries()),
    };
    let pane = &elements.relation;
    if pane.get_attribute("data-of").as_deref() == Some(&key) {
        return;
    }
    dom::set(pane, "data-of", &key);
    pane.set_text_content(None);
    let buttons = elements.relations.children();
    for button in (0..buttons.length()).filter_map(|i| buttons.item(i)) {
        let is_chosen = button.get_attribute("data-relation").and_then(|name| named(&name)) == Some(relation);
        dom::set(&button, "aria-pressed", if is_chosen { "true" } else { "false" });
    }
    match (relation, &look.path) {
        (Relation::Waits, _) => waits::show(pane, trace, at, selected),
        (Relation::Awaits, _) => {
            show_tree(pane, trace, at, selected, &await_tree(trace, at), "There is no task at this instant.")
        }
        (Relation::Makers, _) => {
            show_tree(pane, trace, at, selected, &task_tree(trace, at), "Nobody lives at this instant.")
        }
        (Relation::Path, Some((goal, path))) => critical::show(pane, trace, *goal, path),
        (Relation::Path, None) => append(pane, &make_text("p", "void", "There is no path: nothing was done.")),
    }
}

/// A tree: each below whom the relation leads from.
fn show_tree(pane: &HtmlElement, trace: &Trace, at: Time, selected: Option<Subject>, nodes: &[Node], nobody: &str) {
    if nodes.is_empty() {
        return append(pane, &make_text("p", "void", nobody));
    }
    let root = make("ul", "waits");
    // The list that places of a depth go to, and the last place of each depth.
    let mut lists = vec![root.clone()];
    let mut last: Vec<HtmlElement> = Vec::new();
    for node in nodes.iter().take(MOST_NODES) {
        lists.truncate(node.depth + 1);
        if lists.len() <= node.depth {
            let list = make("ul", "");
            append(&last[node.depth - 1], &list);
            lists.push(list);
        }
        let item = make("li", "");
        append(&item, &chip(trace, node.subject, at, selected));
        let words = match node.standing {
            Some(now) => sentence(trace, node.subject, &trace.span(now.place)),
            None if trace.track(node.subject).kind == Kind::Process => "process".into(),
            None => String::new(),
        };
        append(&item, &make_text("span", "dim", &words));
        append(&lists[node.depth], &item);
        last.truncate(node.depth);
        last.push(item);
    }
    append(pane, &root);
    if nodes.len() > MOST_NODES {
        append(pane, &make_text("p", "void", &format!("… and {} more", nodes.len() - MOST_NODES)));
    }
}

/// Somebody, as a way to what it does at an instant.
pub fn chip(trace: &Trace, subject: Subject, at: Time, selected: Option<Subject>) -> HtmlElement {
    let chip = make_button("chip", "", "data-go", &format!("{},{}", subject.0, at.0));
    dom::set(&chip, "aria-pressed", if selected == Some(subject) { "true" } else { "false" });
    let kind = trace.track(subject).kind;
    let state = trace.span_at(subject, at).map(|place| trace.span(place).state);
    append(&chip, &make("i", &format!("swatch {}", state.map_or("", |state| swatch(kind, state)))));
    append(&chip, &make_text("span", "", &name(trace, subject)));
    chip
}

/// What somebody is called, with its number among those of the same name.
pub fn name(trace: &Trace, subject: Subject) -> String {
    let name = trace.name_of(subject);
    trace.ordinal(subject).map_or_else(|| name.to_string(), |n| format!("{name} {n}"))
}

impl Session {
    /// Lists a relation.
    pub(super) fn show_relation(&mut self, relation: Relation) {
        self.look.relation = relation;
        if relation == Relation::Path && self.look.path.is_none() {
            self.look.path = self.picture.as_ref().and_then(|picture| path_to(picture, self.goal()));
        }
        self.renewed_ms = 0.0;
        self.tell_path();
        self.cursor_moved();
    }

    /// Shows the critical path of what is selected, in the lanes and as a list; where it is shown already, takes it away.
    pub(super) fn toggle_path(&mut self) {
        let goal = self.goal();
        let is_there = self.look.path.as_ref().is_some_and(|(shown, _)| *shown == goal);
        self.look.path = match &self.picture {
            Some(picture) if !is_there => path_to(picture, goal),
            _ => None,
        };
        if self.look.path.is_some() {
            shell::select_details(&self.elements, "waits");
            self.look.relation = Relation::Path;
        } else if self.look.relation == Relation::Path {
            self.look.relation = Relation::Waits;
        }
        self.renewed_ms = 0.0;
        self.tell_path();
        self.cursor_moved();
    }

    /// What a critical path is asked for: the end of who is selected, else of the run.
    fn goal(&self) -> Goal {
        let Some(picture) = &self.picture else { return Goal::Run };
        let does = |subject: &Subject| {
            matches!(picture.trace().track(*subject).kind, Kind::Thread | Kind::Task | Kind::Request)
        };
        self.look.highlight.lane.filter(does).map_or(Goal::Run, Goal::Subject)
    }

    fn tell_path(&self) {
        dom::set(&self.elements.path, "aria-pressed", if self.look.path.is_some() { "true" } else { "false" });
    }
}
