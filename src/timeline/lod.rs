//! Level of detail: which spans of a track are drawn alone and which together.
//!
//! A span at least [`MIN_SPAN_PX`] wide is drawn alone. Narrower ones that lie in the same bin of time are drawn as one
//! [`Item::Merged`] that knows how much time each state took. Bins are a power of two long and aligned to the run's
//! beginning, so panning does not make merged spans shimmer; they are never wider than a span that is drawn alone, so
//! a wide span always breaks a chain of narrow ones:
//!
//! ```text
//! bins   │       │       │       │       │
//! spans  ▌▌ ▌▌▌▌▌████████████████▌▌▌▌ ▌▌▌▌
//! items  └─1──┘└2┘└──────span────┘└─3─┘└4┘
//! ```
//!
//! Each bin costs a binary search, so the cost follows the pixels and not the spans.

use super::view::Scale;
use crate::time::Time;
use crate::trace::{Spans, StateTimes};

/// Spans narrower than this are merged [CSS px].
pub const MIN_SPAN_PX: f64 = 4.0;

/// What is drawn as one thing. The numbers are places in [`Spans`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// One span.
    Span(usize),
    /// The narrow spans `first..last`.
    Merged {
        /// The first of them.
        first: usize,
        /// The one after the last of them.
        last: usize,
        /// How long they were in each state together.
        times: StateTimes,
    },
}

/// An item and the time that it covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    /// Where it begins.
    pub start: Time,
    /// Where it ends.
    pub end: Time,
    /// What it is.
    pub item: Item,
}

/// The items that are seen between two instants, in order. Open spans end `now`.
pub fn fold(spans: &Spans, scale: &Scale, from: Time, to: Time, now: Time, out: &mut Vec<Placed>) {
    let bin_ns = bin_ns(scale);
    let (starts, ends) = (spans.starts(), spans.ends());
    let end_of = |i: usize| ends[i].min(now).max(starts[i]);
    let mut i = spans.first_ending_after(from);
    while i < spans.len() && starts[i] <= to {
        let (start, end) = (starts[i], end_of(i));
        if scale.width_px(start, end) >= MIN_SPAN_PX {
            out.push(Placed { start, end, item: Item::Span(i) });
            i += 1;
            continue;
        }
        let bin_end = Time((start.0 / bin_ns + 1).saturating_mul(bin_ns));
        let last = i + 1 + ends[i + 1..].partition_point(|&end| end.min(now) <= bin_end);
        let item = match last - i {
            1 => Item::Span(i),
            _ => Item::Merged { first: i, last, times: spans.times(i, last, now) },
        };
        out.push(Placed { start, end: end_of(last - 1), item });
        i = last;
    }
}

/// The item that is seen at an instant.
pub fn item_at(spans: &Spans, scale: &Scale, at: Time, now: Time) -> Option<Placed> {
    let bin_ns = bin_ns(scale);
    let mut items = Vec::new();
    let from = Time((at.0 / bin_ns).saturating_sub(1) * bin_ns);
    fold(spans, scale, from, Time(at.0.saturating_add(bin_ns)), now, &mut items);
    let near = |placed: &&Placed| placed.start <= at && at <= placed.end;
    items.iter().rev().find(near).copied()
}

/// The longest power of two that is not wider than [`MIN_SPAN_PX`] [ns].
fn bin_ns(scale: &Scale) -> u64 {
    scale.resolution_ns(MIN_SPAN_PX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Subject;
    use crate::timeline::tests::changes;
    use crate::trace::Trace;

    /// One time unit is one pixel.
    fn unit() -> Scale {
        Scale { axis: Default::default(), start_ns: 0.0, ns_per_px: 1.0, left_px: 0.0 }
    }

    fn items(trace: &Trace, scale: Scale, from: u64, to: u64) -> Vec<(u64, u64, usize)> {
        let mut out = vec![];
        fold(&trace.track(Subject(0)).spans, &scale, Time(from), Time(to), trace.end(), &mut out);
        let count = |item| match item {
            Item::Span(_) => 1,
            Item::Merged { first, last, .. } => last - first,
        };
        out.iter().map(|p| (p.start.0, p.end.0, count(p.item))).collect()
    }

    #[test]
    fn wide_spans_stay_alone() {
        assert_eq!(items(&changes(&[0, 10, 20, 30]), unit(), 0, 100), [(0, 10, 1), (10, 20, 1), (20, 30, 1)]);
    }

    #[test]
    fn narrow_spans_in_one_bin_merge() {
        assert_eq!(items(&changes(&[0, 1, 2, 3, 4]), unit(), 0, 100), [(0, 4, 4)]);
    }

    #[test]
    fn a_wide_span_breaks_a_chain_of_narrow_ones() {
        assert_eq!(items(&changes(&[4, 5, 6, 20, 21, 22]), unit(), 0, 100), [(4, 6, 2), (6, 20, 1), (20, 22, 2)]);
    }

    #[test]
    fn merged_spans_know_how_long_each_state_took() {
        let trace = changes(&[0, 1, 3, 4]);
        let mut out = vec![];
        fold(&trace.track(Subject(0)).spans, &unit(), Time(0), Time(9), trace.end(), &mut out);
        let Item::Merged { times, .. } = out[0].item else { panic!("{out:?}") };
        assert_eq!((times.running.0, times.waiting.0), (2, 2));
    }

    #[test]
    fn spans_out_of_sight_are_left_out() {
        assert_eq!(items(&changes(&[0, 10, 20, 30, 40, 50]), unit(), 22, 28), [(20, 30, 1)]);
    }

    #[test]
    fn panning_does_not_change_what_is_merged() {
        let times: Vec<u64> = (0..200).map(|i| i * 2 + i % 3).collect();
        let trace = changes(&times);
        let all = items(&trace, unit(), 0, 1000);
        for from in 0..300 {
            // The first item may be cut by the left edge; every later one is the same.
            for item in items(&trace, unit(), from, 1000).iter().skip(1) {
                assert!(all.contains(item), "{item:?} appears only when seen from {from}");
            }
        }
    }

    #[test]
    fn there_are_never_more_items_than_pixels() {
        let times: Vec<u64> = (0..100_000).collect();
        let trace = changes(&times);
        for width_px in [10.0, 100.0, 999.0] {
            let scale = Scale { ns_per_px: 100_000.0 / width_px, ..unit() };
            let n = items(&trace, scale, 0, 100_000).len();
            assert!(n as f64 <= width_px + 2.0, "{n} items on {width_px} px");
        }
    }

    #[test]
    fn what_is_found_at_an_instant_is_what_was_drawn_there() {
        let times: Vec<u64> = (0..60).map(|i| i * i / 7).collect();
        let trace = changes(&times);
        let (spans, mut drawn) = (&trace.track(Subject(0)).spans, vec![]);
        fold(spans, &unit(), Time(0), Time(1000), trace.end(), &mut drawn);
        for placed in drawn.iter().filter(|p| p.end > p.start) {
            assert_eq!(item_at(spans, &unit(), placed.start, trace.end()), Some(*placed));
        }
    }
}
