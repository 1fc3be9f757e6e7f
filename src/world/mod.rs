//! The one place where a trap meets a model: scenarios, the cost table, runs.

mod check_points;
mod children;
pub mod costs;
mod disk;
pub mod error;
pub mod form;
mod interpreter;
mod mistakes;
pub mod parameters;
pub mod pep723;
pub mod prices;
pub mod procfile;
pub mod requirement;
mod route;
pub mod run;
pub mod scenario;
pub mod steps;
pub mod version;

pub use costs::Costs;
pub use error::{Notice, ScenarioError};
pub use run::{Ending, Limits, ProcessReport, Progress, Run};
pub use scenario::{Prepared, Scenario, Settings};
pub use steps::Step;
