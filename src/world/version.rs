//! Which Python a run imitates.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::requirement::{Specifier, Version};

/// A version of CPython.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Python {
    /// 2 or 3.
    pub major: u8,
    /// The number after the dot.
    pub minor: u8,
    /// The build without a GIL, written with a `t` (3.13 and later).
    pub free_threaded: bool,
}

impl Python {
    /// What a scenario gets that says nothing: the version that the cost table was measured on.
    pub const DEFAULT: Python = Python::new(3, 11);

    /// The build with a GIL of this version.
    pub const fn new(major: u8, minor: u8) -> Python {
        Python { major, minor, free_threaded: false }
    }

    /// Every version that can be imitated, oldest first.
    pub fn all() -> impl Iterator<Item = Python> {
        let threaded = [13, 14].map(|minor| Python { major: 3, minor, free_threaded: true });
        [Python::new(2, 7)].into_iter().chain((2..=14).map(|minor| Python::new(3, minor))).chain(threaded)
    }

    /// Reads `3.14`, `3.14t`, `2.7`; a third number is allowed and dropped.
    pub fn parse(text: &str) -> Result<Python, String> {
        let wanted = match text.trim().split('.').collect::<Vec<_>>()[..] {
            [major, minor] => format!("{major}.{minor}"),
            [major, minor, micro] => {
                let t = if micro.ends_with('t') { "t" } else { "" };
                format!("{major}.{minor}{t}")
            }
            _ => text.to_string(),
        };
        Python::all().find(|python| python.to_string() == wanted).ok_or_else(|| {
            format!("there is no Python `{text}` here: choose 2.7, 3.2 to 3.14, or 3.13t and 3.14t without a GIL")
        })
    }

    /// The version to use under a `requires-python`: the default if it is allowed, else the oldest newer
    /// one, else the newest older one.
    pub fn for_requires(specifiers: &[Specifier]) -> Option<Python> {
        let allowed = |python: &Python| {
            let version = Version(vec![python.major.into(), python.minor.into(), 99]);
            specifiers.iter().all(|specifier| specifier.allows(&version))
        };
        let ordinary = || Python::all().filter(|python| !python.free_threaded);
        ordinary()
            .filter(|python| *python >= Python::DEFAULT)
            .find(allowed)
            .or_else(|| ordinary().filter(|python| *python < Python::DEFAULT).filter(allowed).last())
    }
}

impl fmt::Display for Python {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}{}", self.major, self.minor, if self.free_threaded { "t" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::requirement::specifiers;

    #[test]
    fn every_version_reads_back_as_written() {
        for python in Python::all() {
            assert_eq!(Python::parse(&python.to_string()), Ok(python));
        }
        assert_eq!(Python::parse("3.11.7"), Ok(Python::new(3, 11)));
    }

    #[test]
    fn an_unknown_version_names_those_that_exist() {
        assert!(Python::parse("3.99").unwrap_err().contains("3.14t"));
        assert!(Python::parse("3.12t").is_err());
    }

    #[test]
    fn requires_python_moves_the_default_no_further_than_needed() {
        let choose = |text| Python::for_requires(&specifiers(text).unwrap());
        assert_eq!(choose(">=3.9"), Some(Python::new(3, 11)));
        assert_eq!(choose(">=3.12"), Some(Python::new(3, 12)));
        assert_eq!(choose("<3.11"), Some(Python::new(3, 10)));
        assert_eq!(choose("==3.13.*"), Some(Python::new(3, 13)));
        assert_eq!(choose(">=4"), None);
    }
}
