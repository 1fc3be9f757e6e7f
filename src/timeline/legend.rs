//! What the styles mean, for the styles that a run uses: the legend that always stands beside the picture.

use std::collections::BTreeSet;

use super::draw::{mark_style, style_of};
use super::scene::Style;
use crate::journal::{Kind, State};
use crate::trace::Trace;

/// The styles that a trace uses, with their meaning, in painting order.
pub fn legend(trace: &Trace) -> Vec<(Style, &'static str)> {
    let mut used = BTreeSet::new();
    for track in trace.tracks() {
        let times = track.spans.times(0, track.spans.len(), trace.end());
        let shares = [(State::Running, times.running), (State::Ready, times.ready), (State::Waiting, times.waiting)];
        for (state, time) in shares {
            if time.0 > 0 && track.kind != Kind::Core {
                used.insert(style_of(track.kind, state));
            }
        }
    }
    used.extend(trace.instants().iter().map(|mark| mark_style(trace.text_of(mark.name))));
    if !trace.counters().is_empty() {
        used.insert(Style::CounterFill);
    }
    used.into_iter().filter_map(|style| Some((style, meaning(style)?))).collect()
}

/// What a style of the lanes means; nothing for those that need no words.
fn meaning(style: Style) -> Option<&'static str> {
    Some(match style {
        Style::Waiting => "waiting for something named",
        Style::Ready => "ready: wants its turn",
        Style::Running => "running thread",
        Style::RunningTask => "running task",
        Style::RunningRequest => "request being served",
        Style::GilHeld => "GIL or lock held",
        Style::GilFree => "free",
        Style::CounterFill => "how many",
        Style::LoopPass => "turn of the event loop",
        Style::Instant => "something happened",
        Style::InstantAlert => "cancelled, timed out or failed",
        Style::GilRequest => "request to drop the GIL",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::time::Time;

    #[test]
    fn the_legend_names_what_is_there_and_nothing_else() {
        let mut j = Journal::new();
        let t = j.born(Time(0), Kind::Thread, "t", None, None, None);
        j.state(Time(0), t, State::Running, "", None, None, None);
        j.mark(Time(1), t, "cancelled", None, None);
        j.state(Time(2), t, State::Waiting, "sleep", None, None, None);
        j.state(Time(3), t, State::Done, "", None, None, None);
        let styles: Vec<_> = legend(&Trace::of(&j)).into_iter().map(|(style, _)| style).collect();
        assert_eq!(styles, [Style::Waiting, Style::Running, Style::InstantAlert]);
    }
}
