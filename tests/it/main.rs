//! The tests that look at the project from outside, in one binary: a file per behaviour.

mod branches;
mod celery;
#[path = "../shared/corner.rs"]
mod corner;
mod corpus;
mod determinism;
mod forks;
mod golden;
mod house;
mod inspect;
mod interpreters;
mod known;
mod pictures;
mod program;
mod python_md;
mod random;
mod scenarios;
mod switch_points;
mod truth;
