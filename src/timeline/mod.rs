//! Pure geometry: from a trace and a view to a scene.
//!
//! The way of a frame, every step a pure function that is tested natively:
//!
//! ```text
//! Trace ── Lanes::of(trace, folds) ──► Lanes            rows, their heights and order; changes when a group folds
//! Trace + Lanes + View + Highlight ── compose ──► Scene  a columnar display list in CSS pixels
//! Scene ── svg::paint, or the page's canvas ──► pixels
//! x, y ── hit ──► Hit ── Tooltip::of ──► words
//! ```
//!
//! Three spaces, told apart by the name of the number: time in nanoseconds (`…_ns`, [`Time`](crate::time::Time)),
//! the scene in CSS pixels from the picture's top left (`x_px`, `y_px`), and the lanes in CSS pixels from the
//! first lane's top (`Lane::y_px`), which [`View::scroll_px`] moves under the ruler.
//!
//! Nothing here knows a colour: a [`Style`] says what a thing is, a palette how it looks.

mod arrange;
mod axis;
mod compose;
mod critical;
mod differ;
mod draw;
mod explain;
mod hit;
pub mod lanes;
mod legend;
pub mod lod;
pub mod measure;
mod narrate;
mod notes;
mod overview;
pub mod ruler;
pub mod scene;
mod signals;
pub mod svg;
mod tooltip;
mod underway;
pub mod view;
pub mod words;

#[cfg(test)]
mod tests;

pub use arrange::{Arrangement, path};
pub use axis::{Axis, Idle};
pub use compose::{Highlight, compose, style_of_mark};
pub use critical::critical_path;
pub use differ::{Counterparts, counterpart, differences};
pub use explain::{Explanation, Step, explain, stretch};
pub use hit::{Hit, Target, hit, snap};
pub use lanes::{Fold, Folds, GroupId, Lane, LaneKind, Lanes};
pub use legend::legend;
pub use measure::approximate_width_px;
pub use narrate::{event_words, narration};
pub use notes::notes;
pub use overview::{Busy, overview, overview_view};
pub use ruler::ruler;
pub use scene::{Anchor, Areas, Clip, Lines, Pane, Pattern, Rects, Scene, Style, TextStyle, Texts};
pub use signals::marked;
pub use tooltip::{Tooltip, sentence};
pub use underway::Underway;
pub use view::{History, Scale, View};
