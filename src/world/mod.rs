//! The one place where a trap meets a model: scenarios, the cost table, runs.
//!
//! What a scenario says and what a run leaves are plain data, which a page has that only shows a recorded run; the rest
//! is there with the simulator.

#[cfg(feature = "simulator")]
mod bursts;
#[cfg(feature = "simulator")]
mod check_points;
#[cfg(feature = "simulator")]
mod children;
pub mod choice;
#[cfg(feature = "simulator")]
pub mod costs;
#[cfg(feature = "simulator")]
mod decisions;
#[cfg(feature = "simulator")]
mod disk;
pub mod error;
#[cfg(feature = "simulator")]
pub mod explore;
pub mod form;
#[cfg(feature = "simulator")]
pub mod inspect;
#[cfg(feature = "simulator")]
mod interpreter;
pub mod metadata;
#[cfg(feature = "simulator")]
mod mistakes;
#[cfg(feature = "simulator")]
mod nearest;
#[cfg(feature = "simulator")]
pub mod parameters;
#[cfg(feature = "simulator")]
pub mod pep723;
#[cfg(feature = "simulator")]
pub mod prepare;
#[cfg(feature = "simulator")]
pub mod prices;
pub mod procfile;
#[cfg(feature = "simulator")]
mod read;
pub mod recorded;
pub mod report;
pub mod requirement;
#[cfg(feature = "simulator")]
mod route;
#[cfg(feature = "simulator")]
pub mod run;
pub mod scenario;
pub mod schedule;
#[cfg(feature = "simulator")]
mod signals;
#[cfg(feature = "simulator")]
mod slow;
mod step;
#[cfg(feature = "simulator")]
mod steps;
pub mod version;

pub use choice::{About, Choice};
#[cfg(feature = "simulator")]
pub use costs::Costs;
pub use error::{Notice, ScenarioError};
#[cfg(feature = "simulator")]
pub use inspect::Inspected;
#[cfg(feature = "simulator")]
pub use prepare::Prepared;
pub use recorded::Recorded;
pub use report::{Ending, ProcessReport, Progress, Report};
#[cfg(feature = "simulator")]
pub use run::{Limits, Run};
pub use scenario::{Scenario, Settings};
pub use schedule::Schedule;
pub use step::Step;
