//! The one place where a trap meets a model: scenarios, the cost table, runs.

mod check_points;
mod children;
pub mod costs;
mod disk;
pub mod error;
pub mod form;
mod interpreter;
pub mod metadata;
mod mistakes;
pub mod parameters;
pub mod pep723;
pub mod prepare;
pub mod prices;
pub mod procfile;
mod read;
pub mod recorded;
pub mod report;
pub mod requirement;
mod route;
pub mod run;
pub mod scenario;
pub mod steps;
pub mod version;

pub use costs::Costs;
pub use error::{Notice, ScenarioError};
pub use prepare::Prepared;
pub use recorded::Recorded;
pub use report::{Ending, ProcessReport, Report};
pub use run::{Limits, Progress, Run};
pub use scenario::{Scenario, Settings};
pub use steps::Step;
