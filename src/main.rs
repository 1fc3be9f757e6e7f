//! The command line: `coroscope run` and `coroscope trace`, a thin skin over `world` and `trace`.
fn main() {}
