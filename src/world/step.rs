//! One of the operations that a line of a program is made of (`steps.rs` finds them).

/// One operation.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// The function that it belongs to; `<module>` outside of all.
    pub function: String,
    /// The operation with what it is about: `LoadGlobal counter`.
    pub words: String,
    /// What it costs by itself, without what a call does [ns].
    pub cost_ns: f64,
    /// Whether the GIL may change hands after it.
    pub is_check_point: bool,
}
