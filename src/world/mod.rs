//! The one place where a trap meets a model: scenarios, the cost table, runs.

pub mod costs;
pub mod error;
pub mod form;
pub mod pep723;
pub mod procfile;
pub mod requirement;
pub mod scenario;
pub mod version;

pub use costs::Costs;
pub use error::{Notice, ScenarioError};
pub use scenario::{Prepared, Scenario, Settings};
