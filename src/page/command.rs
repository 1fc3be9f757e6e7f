//! What the reader asks for: handlers put commands into the inbox, the next frame carries them out.

use serde::{Deserialize, Serialize};

use super::borders::Border;
use crate::journal::Subject;
use crate::time::Time;

/// One wish.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Command {
    /// Show this program, restored from an address.
    Open {
        /// What it is called.
        name: String,
        /// Its text as published.
        text: String,
        /// The address, see [`link`](super::link).
        state: String,
    },
    /// Show a recorded trace in place of a run.
    OpenTrace {
        /// What the file is called.
        name: String,
        /// What is in it, or why that is not known.
        bytes: Result<Vec<u8>, String>,
        /// Where it is, if a link can lead there.
        address: Option<String>,
    },
    /// Give a parameter a value (by its place in the form).
    SetParameter(usize, String),
    /// Give a parameter its default again.
    ResetParameter(usize),
    /// Give all parameters their defaults again.
    ResetAll,
    /// The text in the editor has changed.
    Edited,
    /// Run the text in the editor.
    Run,
    /// Go back to the text as published.
    Revert,
    /// Take back the last change.
    Undo,
    /// Bring back the change that was taken back last.
    Redo,
    /// End the run that is being computed and show what there is.
    Stop,
    /// Run the program again, which may go farther before it is stopped.
    RunFarther,
    /// Play or pause.
    TogglePlay,
    /// Move by so many events; negative is back.
    Step(i32),
    /// Move by so many of what the reader chose to step over; negative is back.
    StepBy(i32),
    /// Step over these from now on.
    SetUnit(Unit),
    /// Move to the next source line of the selected lane, or the one before.
    StepLine(i32),
    /// Move to the next or previous span edge of the selected lane.
    StepSpan(i32),
    /// Go to the start of the run.
    ToStart,
    /// Go to the end of the run.
    ToEnd,
    /// Go to an instant.
    Seek(Time),
    /// Go to a share of the run, 0 to 1.
    Scrub(f64),
    /// Choose a speed (index).
    Speed(usize),
    /// Zoom by a factor around the cursor, or the middle.
    Zoom(f64),
    /// Pan by a share of the width.
    Pan(f64),
    /// Show the whole run.
    Fit,
    /// Fold what is idle for long, or no longer.
    FoldIdle,
    /// Show the critical path of what is selected, else of the run; again: no longer.
    Path,
    /// Show what could have come otherwise at the cursor.
    Choices,
    /// Go to the next choice of the run, or to the one before.
    StepChoice(i32),
    /// Run a branch that takes another option of a choice (its number, the option's place).
    TakeChoice(u32, usize),
    /// Run a branch whose threads switch at the cursor.
    SwitchHere,
    /// Take back the last departure from what comes by itself.
    UndoChoice,
    /// Take all departures back.
    ClearChoices,
    /// Try the program under other schedules; while they are tried: stop.
    Explore,
    /// Show a run that ended so (by its place in the list).
    ShowOutcome(usize),
    /// Show one of the relations between those who are there.
    Relation(Relation),
    /// Zoom to the selected span; again: show the whole run.
    Focus,
    /// Select the lane so many below (negative: above).
    SelectLane(i32),
    /// Select nothing.
    Clear,
    /// Read what is selected: the focus goes to its explanation.
    Details,
    /// Mark the instant at the cursor, or take its mark away.
    Mark,
    /// Select the time from the cursor on.
    RangeFrom,
    /// Select the time up to the cursor.
    RangeTo,
    /// Open the menu for what is at a place of the canvas [CSS px]; without a place for what is selected.
    Menu(Option<(f32, f32)>),
    /// A finger has rested on the canvas for a while.
    LongPress(Pointer),
    /// Close the menu and do what its item says (by the item's id).
    Pick(String),
    /// Pin the selected lane above the others, or no longer.
    Pin,
    /// Move the selected lane up or down among the pinned ones.
    MoveLane(i32),
    /// Hide the selected lane.
    HideLane,
    /// Show all lanes in their own order again.
    ShowAllLanes,
    /// Show only the lanes that the search finds, or all.
    OnlyFound(bool),
    /// Swap the run that is kept and the one that is seen.
    SwapKept,
    /// The pointer did something over the strip of the whole run.
    Overview(Pointer),
    /// The caret was put somewhere in the text.
    Caret,
    /// Begin or end to stop playing at the line of the caret or the selected span.
    ToggleBreak,
    /// Begin or end to stop playing at a line of the text.
    BreakAt(u32),
    /// Go to the next or previous moment of the line of the caret.
    Moment(i32),
    /// Show the operations of the line that the reader means, or no longer.
    Steps,
    /// Run the program under this version of Python; nothing for the scenario's own.
    SetPython(Option<String>),
    /// Run the program under every version that is offered; again: no longer show their totals.
    TryVersions,
    /// Answer a question (its number, and that of the choice).
    Answer(usize, usize),
    /// The reader's preferences have changed.
    Prefer,
    /// Put a wait before the line of what is selected, and run.
    Slow,
    /// Select the lane of this name, at an instant if one is given.
    SelectNamed(String, Option<Time>),
    /// Show the time from one instant to another.
    View(Time, Time),
    /// Put the border between two panes at a share of the viewer [%], or where it is by itself.
    Divide(Border, Option<f64>),
    /// Go to whoever brought about what is selected.
    GoWaker,
    /// Go to whom the selected span woke.
    GoWoken,
    /// Go to what somebody did at an instant.
    Go(Subject, Time),
    /// Go back to the view before, or forward again.
    ViewBack(bool),
    /// Open the search for lanes.
    OpenFind,
    /// Close the search.
    CloseFind,
    /// Select the first lane whose name holds this.
    Find(String),
    /// Select the next lane that was found, or the one before.
    FindNext(i32),
    /// Play the selected stretch of time (else the part that is seen) round and round, or no longer.
    ToggleLoop,
    /// Zoom to the selected stretch of time.
    ZoomRange,
    /// The pointer did something over the canvas.
    Pointer(Pointer),
    /// Ctrl + wheel at an x of the canvas [CSS px], or pinch: zoom by a factor.
    WheelZoom(f32, f64),
    /// Shift + wheel or horizontal wheel: pan by CSS pixels.
    WheelPan(f32),
    /// The wheel turned without a key: the page scrolls; the reader may be told of Ctrl.
    PlainWheel,
    /// The lanes were scrolled.
    Scrolled,
    /// The chart has another size.
    Resized,
    /// Colours may have changed.
    Restyled,
    /// Jump to the next time that a line of the source begins to do something.
    SeekLine(u32),
    /// Scroll the source to a line.
    ShowLine(u32),
    /// Copy the address of what is seen.
    CopyLink,
    /// Keep this run to compare with, or let the kept one go.
    Compare,
    /// The kept picture was pressed at an x [CSS px].
    PressKept(f32),
    /// Open the dialog that says how to embed what is seen.
    Embed,
    /// The dialog's wishes have changed.
    EmbedWishes,
    /// Copy the dialog's text.
    CopyEmbed,
    /// Save the picture that goes with it.
    SavePicture,
    /// Play, or pause.
    Play(bool),
    /// Give a parameter a value (by its name).
    SetNamed(String, String),
    /// Open the help.
    Help,
    /// Show a pane of a compact viewer.
    Tab(String),
    /// Show a pane of the details.
    Pane(String),
    /// Dismiss a notice.
    Dismiss(u32),
    /// The viewer came into sight, or left it.
    Visible(bool),
    /// Something timed may have become due.
    Wake,
}

impl Command {
    /// Whether it can only be carried out where programs can be run.
    pub fn needs_simulator(&self) -> bool {
        use Command::{ClearChoices, Explore, ShowOutcome, SwitchHere, TakeChoice, UndoChoice};
        use Command::{Compare, OpenTrace, Revert, Run, Slow, Steps, SwapKept, TryVersions};
        let runs_a_branch =
            matches!(self, TakeChoice(..) | SwitchHere | UndoChoice | ClearChoices | Explore | ShowOutcome(_));
        let needs_it =
            matches!(self, OpenTrace { .. } | Run | Revert | Compare | SwapKept | Steps | TryVersions | Slow);
        needs_it || runs_a_branch || self.is_setting()
    }

    /// Whether it changes what the program is run with.
    pub fn is_setting(&self) -> bool {
        use Command::{ResetAll, ResetParameter, SetNamed, SetParameter, SetPython};
        matches!(self, SetParameter(..) | ResetParameter(_) | ResetAll | SetNamed(..) | SetPython(_))
    }
}

/// A relation between threads, tasks and requests.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum Relation {
    /// Who waits for whom at the cursor.
    #[default]
    Waits,
    /// Which task awaits which at the cursor.
    Awaits,
    /// Who made whom of those that live at the cursor.
    Makers,
    /// What could not end before what: the chain up to the end of the selected one, or of the run.
    Path,
}

/// What a step goes over.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum Unit {
    /// Whatever happens to anybody.
    #[default]
    Event,
    /// A span of the selected lane.
    Span,
    /// A source line of the selected lane.
    Line,
    /// A pass of an event loop.
    Pass,
}

/// What the pointer did. Places are CSS pixels of the canvas.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pointer {
    /// What it did.
    pub action: PointerAction,
    /// Which pointer; fingers have different ones.
    pub id: i32,
    /// Where.
    pub x_px: f32,
    /// Where.
    pub y_px: f32,
    /// Whether it is a finger.
    pub is_touch: bool,
    /// Whether Shift was held.
    pub has_shift: bool,
    /// Whether Alt was held: nothing snaps.
    pub has_alt: bool,
}

/// What a pointer can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PointerAction {
    /// Pressed.
    Down,
    /// Moved, pressed or not.
    Move,
    /// Released.
    Up,
    /// Taken over by the browser, for scrolling.
    Cancel,
    /// Left the canvas.
    Leave,
    /// Pressed twice.
    Double,
}
