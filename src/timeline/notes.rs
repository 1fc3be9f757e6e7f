//! What the reader wrote over the picture: marked instants, and how long a selected stretch of time is.

use super::scene::{Anchor, Clip, Pane, Style, TextStyle};
use super::view::{RULER_HEIGHT_PX, View};
use super::words::short;
use crate::time::Time;

/// The pane with the marks and the length of the range, to be painted after the ruler.
pub fn notes(
    view: &View,
    marks: &[Time],
    range: Option<(Time, Time)>,
    measure: &dyn Fn(&str, TextStyle) -> f32,
) -> Pane {
    let View { width_px, height_px, gutter_px, .. } = *view;
    let clip = Clip { x_px: gutter_px, y_px: 0.0, w_px: width_px - gutter_px, h_px: height_px };
    let mut pane = Pane::new("notes", clip);
    let scale = view.scale();
    if let Some((from, to)) = range {
        let (x1, x2) = (scale.x_from_time(from), scale.x_from_time(to));
        for x_px in [x1, x2] {
            pane.lines.push((x_px, 0.0), (x_px, height_px), Style::Mark, false);
        }
        // The length stands over the middle of what is seen of the range, on the line that measures it.
        let (left, right) = (x1.max(gutter_px), x2.min(width_px));
        let text = short(to.since(from));
        let text_px = measure(&text, TextStyle::Header);
        if right > left {
            let y_px = RULER_HEIGHT_PX - 4.0;
            pane.lines.push((left, y_px), (right, y_px), Style::Mark, x2 <= width_px);
            if x1 >= gutter_px {
                pane.lines.push((right, y_px), (left, y_px), Style::Mark, true);
            }
            let middle_px =
                ((left + right) / 2.0).clamp(gutter_px + text_px / 2.0 + 4.0, width_px - text_px / 2.0 - 4.0);
            let (x_px, w_px) = (middle_px - text_px / 2.0 - 4.0, text_px + 8.0);
            pane.rects.push(x_px, RULER_HEIGHT_PX + 2.0, w_px, 18.0, Style::Background);
            pane.texts.push((middle_px, RULER_HEIGHT_PX + 11.0), text_px, Anchor::Middle, TextStyle::Header, text);
        }
    }
    for &at in marks {
        let x_px = scale.x_from_time(at);
        pane.lines.push((x_px, 0.0), (x_px, height_px), Style::Mark, false);
        // A small flag, so that a mark is told from the cursor and from a tick without colour.
        pane.rects.push(x_px, 1.0, 9.0, 7.0, Style::Mark);
    }
    pane
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::approximate_width_px;

    #[test]
    fn a_range_says_how_long_it_is_within_the_picture() {
        let view = View { gutter_px: 0.0, ..View::fit(Time(1_000), 1020.0, 100.0) };
        let pane = notes(&view, &[], Some((Time(100), Time(400))), &approximate_width_px);
        assert_eq!(pane.texts.string, ["300 ns"]);
        assert_eq!(pane.texts.x, [250.0]);
        let zoomed = View { start_ns: 300.0, end_ns: 500.0, ..view };
        let pane = notes(&zoomed, &[], Some((Time(100), Time(400))), &approximate_width_px);
        assert_eq!(pane.texts.x, [255.0], "the length is not over the part that is seen");
    }

    #[test]
    fn marks_stand_at_their_instants() {
        let view = View { gutter_px: 0.0, ..View::fit(Time(1_000), 1020.0, 100.0) };
        let pane = notes(&view, &[Time(10), Time(20)], None, &approximate_width_px);
        assert_eq!(pane.lines.x1, [10.0, 20.0]);
        assert_eq!(pane.rects.len(), 2);
    }
}
