//! Modules: a name and a namespace.

use std::rc::Rc;

use super::dict::Dict;

/// A module.
pub struct Module {
    /// Its dotted name when it was made.
    pub name: Rc<str>,
    /// Its namespace.
    pub dict: Rc<Dict>,
}
