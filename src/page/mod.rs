//! The browser: the only room that knows what an element, a canvas or a millisecond of the reader's time is.
//!
//! ```text
//! element.js ──► scope ──► session ──► program + settings ──► runner (a slice a frame) ──► picture
//!     input ──► commands ──┘    └────► look (view, selection) ──► timeline::compose ──► painter
//!                                └───► readout, console, source, controls, shell: the same in words
//! ```
//!
//! Without the simulator the room shows a recorded run, puts aside whatever asks for more, and hands over to the page
//! that has it: `simulator.rs` and `absent.rs` are the two sides of that door, `handover.rs` is what goes through it, and
//! `taking.rs` takes it.
//!
//! HTML says what exists (`static/viewer.html`), CSS how it looks (`static/style.css`), this room what it means.

mod board;
mod borders;
mod choices;
pub mod command;
mod compare;
mod console;
mod controls;
mod critical;
pub mod diagnostics;
mod dom;
mod drawing;
mod elements;
pub mod embed;
mod error;
mod exploring;
mod export;
mod findings;
mod follow;
mod frame;
pub mod gesture;
mod handover;
pub mod highlight;
pub mod import;
mod input;
mod keys;
pub mod link;
mod look;
mod machine;
mod menu;
mod notices;
mod noting;
mod options;
mod overview;
mod painter;
mod panic;
mod pending;
mod picture;
pub mod playback;
mod pointing;
mod preferences;
mod program;
mod questions;
mod readout;
mod relations;
mod runner;
mod running;
mod scope;
mod session;
mod settling;
mod shell;
#[cfg_attr(not(feature = "simulator"), path = "absent.rs")]
mod simulator;
mod slowing;
mod source;
mod speech;
mod stepping;
mod steps;
mod stops;
mod summary;
#[cfg(feature = "simulator")]
mod taking;
mod tell;
mod theme;
mod twin;
mod undo;
#[cfg(feature = "simulator")]
mod variables;
mod versions;
mod waits;
mod why;
pub mod words;

pub use scope::Scope;
