//! Modules: a name and a namespace.

use std::rc::Rc;

use super::dict::Dict;

/// Where programs run, and their files are: `os.getcwd()` at the start.
pub const HOME: &str = "/home/user";

/// A module.
pub struct Module {
    /// Its dotted name when it was made.
    pub name: Rc<str>,
    /// Its namespace.
    pub dict: Rc<Dict>,
}
