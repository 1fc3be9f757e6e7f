//! What pressing, moving and releasing mean: pure, from pointers to intentions.
//!
//! The ruler moves the cursor, the lanes pan, with Shift a drag selects, two fingers zoom; a press that hardly moves is a click.

use serde::{Deserialize, Serialize};

use super::command::{Pointer, PointerAction};
use crate::timeline::view::RULER_HEIGHT_PX;

/// A press that moves less is a click [CSS px].
const SLOP_PX: f32 = 4.0;

/// What the pointers are doing.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct Gesture {
    pressed: Vec<Pointer>,
    mode: Mode,
}

#[derive(Clone, Copy, PartialEq, Default, Debug, Serialize, Deserialize)]
enum Mode {
    #[default]
    None,
    /// Pressed on the ruler.
    Scrub,
    /// Pressed on the lanes, not yet moved.
    Press { x_px: f32, y_px: f32 },
    /// Dragging the lanes.
    Pan,
    /// Selecting a stretch of time that begins here.
    Select { x_px: f32 },
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
    /// Select the time between these.
    Select {
        /// Where it began.
        from_px: f32,
        /// Where it is now.
        to_px: f32,
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

    /// Whether this pointer, which pressed a while ago, still rests where it pressed; then it does nothing more.
    pub fn rests(&mut self, pointer: Pointer) -> bool {
        let is_there = self.pressed.len() == 1 && self.pressed[0].id == pointer.id;
        let here = Mode::Press { x_px: pointer.x_px, y_px: pointer.y_px };
        let rests = is_there && self.mode == here;
        if rests {
            self.mode = Mode::None;
        }
        rests
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
                    Mode::Pinch { .. } | Mode::Pan | Mode::Scrub | Mode::Select { .. } | Mode::None => None,
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
        if pointer.has_shift {
            self.mode = Mode::Select { x_px };
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
            Mode::Select { x_px: from_px } => Some(Intention::Select { from_px, to_px: x_px }),
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
