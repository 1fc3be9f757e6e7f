//! What an event of others says beside its name: arguments and a colour.

use std::fmt::Write as _;

use serde_json::value::RawValue;

use super::event::Pairs;
use crate::trace::Tint;

/// At most so many arguments of an event are kept.
const MOST_ARGUMENTS: usize = 40;
/// The longest value that is kept [characters].
const LONGEST: usize = 300;

/// The arguments of an event, a line each: what it is called, a tab, what it is. Nothing where there are none.
pub fn arguments(raw: &RawValue) -> Option<String> {
    let Pairs(pairs) = serde_json::from_str(raw.get()).ok()?;
    let mut text = String::new();
    for (key, raw) in pairs.iter().take(MOST_ARGUMENTS) {
        let _ = writeln!(text, "{}\t{}", plain(key), value(raw));
    }
    if pairs.len() > MOST_ARGUMENTS {
        let _ = writeln!(text, "…\tand {} more", pairs.len() - MOST_ARGUMENTS);
    }
    (!text.is_empty()).then_some(text)
}

/// The same on one line, for a mark.
pub fn in_a_line(arguments: &str) -> String {
    arguments.trim_end().replace('\t', ": ").replace('\n', "; ")
}

fn value(raw: &RawValue) -> String {
    let text = serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().into());
    let text = plain(&text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// On one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The look that a name of Chrome's palette stands for.
pub fn tint(name: &str) -> Option<Tint> {
    Some(match name {
        "thread_state_running" => Tint::Running,
        "thread_state_runnable" => Tint::Ready,
        "thread_state_sleeping" | "thread_state_uninterruptible" | "thread_state_iowait" => Tint::Waiting,
        "rail_response" | "generic_work" | "cq_build_running" | "vsync_highlight_color" => Tint::Lane(0),
        "bad" | "cq_build_attempt_failed" | "heap_dump_stack_frame" => Tint::Lane(1),
        "good" | "rail_idle" | "cq_build_passed" | "cq_build_attempt_passed" => Tint::Lane(2),
        "rail_animation" | "heap_dump_object_type" | "detailed_memory_dump" => Tint::Lane(3),
        "yellow" | "olive" | "startup" => Tint::Lane(4),
        "rail_load" | "background_memory_dump" | "light_memory_dump" => Tint::Lane(5),
        "terrible" | "cq_build_failed" => Tint::Lane(6),
        "heap_dump_child_node_arrow" | "cq_build_attempt_runnig" => Tint::Lane(7),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_lines_whatever_they_are() {
        let said = |text: &str| arguments(serde_json::from_str(text).expect("it is JSON"));
        assert_eq!(said(r#"{"a b":"x\ty\nz","n":[1, 2]}"#).as_deref(), Some("a b\tx y z\nn\t[1, 2]\n"));
        assert_eq!((said("{}"), said("null"), said("[1]")), (None, None, None));
        assert_eq!(in_a_line("a\t1\nb\t2\n"), "a: 1; b: 2");
        let long = said(&format!("{{\"k\":\"{}\"}}", "é".repeat(400))).expect("it has one");
        assert_eq!(long.chars().count(), 2 + LONGEST + 2);
    }
}
