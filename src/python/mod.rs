//! The language: parse, compile to [`Code`](code::Code), run on a VM with fuel.

pub mod builtins;
pub mod class;
pub mod code;
pub mod compile;
pub mod diagnostic;
pub mod dict;
pub mod function;
pub mod generator;
pub mod grave;
pub mod hash;
pub mod instance;
pub mod iterator;
pub mod module;
pub mod name;
pub mod names;
pub mod object;
pub mod parse;
pub mod set;
pub mod shape;
pub mod text;
pub mod traceback;
pub mod trap;
pub mod types;
pub mod unit;
pub mod value;
pub mod vm;
