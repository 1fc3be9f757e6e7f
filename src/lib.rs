//! coroscope runs an ordinary Python concurrency program on virtual time and draws who ran, who was
//! ready and who waited for what.
//!
//! The rooms, lowest first; each may import only rooms above it in this list (`tests/it/house.rs` keeps
//! the exact table, `ARCHITECTURE.md` walks through them):
//!
//! | room | what lives there |
//! |---|---|
//! | [`order`] | sorting |
//! | [`time`] | integer nanoseconds |
//! | [`journal`] | the append-only record of a run |
//! | [`kernel`] | event queue, seeded streams, the door for nondeterministic choices |
//! | [`machine`] | cores, OS threads, sleeping, sockets, processes |
//! | [`runtime`] | what CPython puts on a machine: the GIL, raw locks |
//! | [`python`] | the language: parse, compile, VM with fuel, objects |
//! | [`library`] | the simulated standard library and packages, written in Python |
//! | [`world`] | the one place where a trap meets a model; scenarios and runs |
//! | [`trace`] | columns folded from a journal |
//! | [`timeline`] | pure geometry: from a trace and a view to a scene |
//! | [`page`] | the browser (wasm32 only) |
//!
//! Without the feature `simulator` the rooms from the kernel to the library are not there, nor what of the world reads
//! and runs a program: what remains shows a run that was recorded.

pub mod journal;
#[cfg(feature = "simulator")]
pub mod kernel;
#[cfg(feature = "simulator")]
pub mod library;
#[cfg(feature = "simulator")]
pub mod machine;
pub mod order;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(feature = "simulator")]
pub mod python;
#[cfg(feature = "simulator")]
pub mod runtime;
pub mod time;
pub mod timeline;
pub mod trace;
pub mod world;
