//! The chores of the project: serve, test, dist.
fn main() {}
