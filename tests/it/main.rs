//! The tests that look at the project from outside, in one binary: a file per behaviour.

mod house;
mod scenarios;
