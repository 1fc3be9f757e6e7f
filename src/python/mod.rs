//! The language: parse, compile to [`Code`](code::Code), run on a VM with fuel.

pub mod code;
pub mod compile;
pub mod diagnostic;
pub mod name;
pub mod parse;
