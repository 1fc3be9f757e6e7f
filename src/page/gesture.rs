//! What pressing, moving and releasing mean: pure, from pointers to intentions.
//!
//! The ruler moves the cursor, the lanes pan, two fingers zoom; a press that hardly moves is a click.

use super::command::{Pointer, PointerAction};
use crate::timeline::view::RULER_HEIGHT_PX;

/// A press that moves less is a click [CSS px].
const SLOP_PX: f32 = 4.0;

/// What the pointers are doing.
#[derive(Clone, Default, Debug)]
pub struct Gesture {
    pressed: Vec<Pointer>,
    mode: Mode,
}

#[derive(Clone, Copy, PartialEq, Default, Debug)]
enum Mode {
    #[default]
    None,
    /// Pressed on the ruler.
    Scrub,
    /// Pressed on the lanes, not yet moved.
    Press { x_px: f32, y_px: f32 },
    /// Dragging the lanes.
    Pan,
    /// Two fingers, this far apart.
    Pinch { apart_px: f32 },
}

/// What the reader means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Intention {
    /// Put the cursor at this x.
    Scrub {
        /// Where.
        x_px: f32,
    },
    /// Move the picture.
    Pan {
        /// To the right.
        dx_px: f32,
        /// Down.
        dy_px: f32,
    },
    /// Magnify around this x.
    Zoom {
        /// Where.
        x_px: f32,
        /// How much.
        factor: f64,
    },
    /// Click here.
    Click {
        /// Where.
        x_px: f32,
        /// Where.
        y_px: f32,
    },
    /// Double-click here.
    Double {
        /// Where.
        x_px: f32,
        /// Where.
        y_px: f32,
    },
    /// Look at what is here.
    Hover {
        /// Where.
        x_px: f32,
        /// Where.
        y_px: f32,
    },
    /// Look at nothing.
    Unhover,
}

impl Gesture {
    /// Whether the picture is being dragged.
    pub fn is_panning(&self) -> bool {
        self.mode == Mode::Pan
    }

    /// Takes note of what a pointer did.
    pub fn take(&mut self, pointer: Pointer) -> Option<Intention> {
        let Pointer { action, x_px, y_px, .. } = pointer;
        match action {
            PointerAction::Down => self.press(pointer),
            PointerAction::Move => self.drag(pointer),
            PointerAction::Up => {
                self.release(pointer);
                match std::mem::take(&mut self.mode) {
                    Mode::Press { .. } => Some(Intention::Click { x_px, y_px }),
                    Mode::Pinch { .. } | Mode::Pan | Mode::Scrub | Mode::None => None,
                }
            }
            PointerAction::Cancel => {
                self.release(pointer);
                self.mode = Mode::None;
                Some(Intention::Unhover)
            }
            PointerAction::Leave => self.pressed.is_empty().then_some(Intention::Unhover),
            PointerAction::Double => Some(Intention::Double { x_px, y_px }),
        }
    }

    fn press(&mut self, pointer: Pointer) -> Option<Intention> {
        let Pointer { x_px, y_px, .. } = pointer;
        self.release(pointer);
        self.pressed.push(pointer);
        if let [a, b] = self.pressed[..] {
            self.mode = Mode::Pinch { apart_px: apart_px(a, b) };
            return Some(Intention::Unhover);
        }
        if y_px < RULER_HEIGHT_PX {
            self.mode = Mode::Scrub;
            return Some(Intention::Scrub { x_px });
        }
        self.mode = Mode::Press { x_px, y_px };
        None
    }

    fn drag(&mut self, pointer: Pointer) -> Option<Intention> {
        let Pointer { x_px, y_px, .. } = pointer;
        let Some(known) = self.pressed.iter_mut().find(|known| known.id == pointer.id) else {
            return (self.pressed.is_empty() && !pointer.is_touch).then_some(Intention::Hover { x_px, y_px });
        };
        let before = std::mem::replace(known, pointer);
        match self.mode {
            Mode::Scrub => Some(Intention::Scrub { x_px }),
            Mode::Press { x_px: from_x, y_px: from_y } => {
                let (dx_px, dy_px) = (x_px - from_x, y_px - from_y);
                if dx_px.abs().max(dy_px.abs()) < SLOP_PX {
                    return None;
                }
                self.mode = Mode::Pan;
                Some(Intention::Pan { dx_px, dy_px })
            }
            Mode::Pan => Some(Intention::Pan { dx_px: x_px - before.x_px, dy_px: y_px - before.y_px }),
            Mode::Pinch { apart_px: before_px } => {
                let [a, b] = self.pressed[..] else { return None };
                let now_px = apart_px(a, b);
                self.mode = Mode::Pinch { apart_px: now_px };
                Some(Intention::Zoom { x_px: (a.x_px + b.x_px) / 2.0, factor: f64::from(now_px / before_px) })
            }
            Mode::None => None,
        }
    }

    fn release(&mut self, pointer: Pointer) {
        self.pressed.retain(|known| known.id != pointer.id);
    }
}

/// How far apart two fingers are along the time axis, where zooming happens.
fn apart_px(a: Pointer, b: Pointer) -> f32 {
    (a.x_px - b.x_px).abs().max(8.0)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn pointer(action: PointerAction, id: i32, x_px: f32, y_px: f32) -> Pointer {
        Pointer { action, id, x_px, y_px, is_touch: true }
    }

    #[wasm_bindgen_test]
    fn a_press_that_hardly_moves_is_a_click_and_another_pans() {
        let mut gesture = Gesture::default();
        assert_eq!(gesture.take(pointer(PointerAction::Down, 1, 50.0, 100.0)), None);
        assert_eq!(gesture.take(pointer(PointerAction::Move, 1, 52.0, 100.0)), None);
        let click = Some(Intention::Click { x_px: 52.0, y_px: 100.0 });
        assert_eq!(gesture.take(pointer(PointerAction::Up, 1, 52.0, 100.0)), click);
        gesture.take(pointer(PointerAction::Down, 1, 50.0, 100.0));
        let pan = Some(Intention::Pan { dx_px: 10.0, dy_px: 0.0 });
        assert_eq!(gesture.take(pointer(PointerAction::Move, 1, 60.0, 100.0)), pan);
        assert_eq!(gesture.take(pointer(PointerAction::Up, 1, 60.0, 100.0)), None);
    }

    #[wasm_bindgen_test]
    fn the_ruler_scrubs() {
        let mut gesture = Gesture::default();
        let scrub = |x_px| Some(Intention::Scrub { x_px });
        assert_eq!(gesture.take(pointer(PointerAction::Down, 1, 50.0, 10.0)), scrub(50.0));
        assert_eq!(gesture.take(pointer(PointerAction::Move, 1, 80.0, 200.0)), scrub(80.0));
    }

    #[wasm_bindgen_test]
    fn two_fingers_zoom_between_them_and_end_without_a_click() {
        let mut gesture = Gesture::default();
        gesture.take(pointer(PointerAction::Down, 1, 100.0, 100.0));
        gesture.take(pointer(PointerAction::Down, 2, 200.0, 100.0));
        let zoom = Some(Intention::Zoom { x_px: 200.0, factor: 2.0 });
        assert_eq!(gesture.take(pointer(PointerAction::Move, 2, 300.0, 100.0)), zoom);
        assert_eq!(gesture.take(pointer(PointerAction::Up, 2, 300.0, 100.0)), None);
        assert_eq!(gesture.take(pointer(PointerAction::Up, 1, 100.0, 100.0)), None);
    }
}
