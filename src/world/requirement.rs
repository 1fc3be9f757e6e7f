//! What a scenario asks of its packages, and which of the two sets of library versions that means.
//!
//! Of PEP 508 this reads the name, extras and version specifiers; a marker after `;` and an address after
//! `@` are passed over. Of PEP 440 it reads release numbers; pre-, post- and development releases count
//! as their release.

use serde::{Deserialize, Serialize};

/// The versions of packages that the simulated library imitates (SEMANTICS.md section 0).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LibrarySet {
    /// March 2024: AnyIO 4.3, FastAPI 0.110.
    L2024,
    /// November 2026: AnyIO 4.16, FastAPI 0.165.
    LNow,
}

impl LibrarySet {
    /// The name that the simulated library knows it by.
    pub fn name(self) -> &'static str {
        match self {
            LibrarySet::L2024 => "L2024",
            LibrarySet::LNow => "LNOW",
        }
    }
}

/// A package whose behaviour differs between the two sets.
struct Known {
    name: &'static str,
    /// Its version in [`LibrarySet::L2024`].
    era: &'static [u32],
    /// The first version that behaves as in [`LibrarySet::LNow`], where a rule names one.
    since: &'static [u32],
    /// Its version in [`LibrarySet::LNow`].
    now: &'static [u32],
}

/// The packages of SEMANTICS.md section 0. `since` is from S-ANY-22 (AnyIO's limiter), S-WEB-14 (exit of
/// dependencies), and for the others the release in the middle of 2025.
const KNOWN: [Known; 8] = [
    Known { name: "anyio", era: &[4, 3, 0], since: &[4, 10], now: &[4, 16, 0] },
    Known { name: "starlette", era: &[0, 36, 3], since: &[0, 47], now: &[1, 10, 0] },
    Known { name: "fastapi", era: &[0, 110, 0], since: &[0, 118], now: &[0, 165, 0] },
    Known { name: "uvicorn", era: &[0, 29, 0], since: &[0, 35], now: &[0, 54, 0] },
    Known { name: "aiohttp", era: &[3, 9, 3], since: &[3, 12], now: &[3, 14, 5] },
    Known { name: "celery", era: &[5, 3, 6], since: &[5, 5], now: &[5, 7, 0] },
    Known { name: "kombu", era: &[5, 3, 5], since: &[5, 5], now: &[5, 7, 0] },
    Known { name: "trio", era: &[0, 25, 0], since: &[0, 30], now: &[0, 35, 0] },
];

/// The set that satisfies these requirements: the present one unless one of them excludes its version in
/// favour of an older behaviour.
pub fn library_set(requirements: &[Requirement]) -> LibrarySet {
    let wants_old = |requirement: &Requirement| {
        let Some(known) = KNOWN.iter().find(|known| known.name == requirement.name) else { return false };
        if requirement.allows(known.now) {
            return false;
        }
        // Neither set has exactly this version: the side of the change of behaviour it lies on decides.
        let newest_allowed = requirement.specifiers.iter().filter_map(Specifier::upper_bound).min();
        requirement.allows(known.era) || newest_allowed.is_some_and(|bound| bound <= Version(known.since.to_vec()))
    };
    if requirements.iter().any(wants_old) { LibrarySet::L2024 } else { LibrarySet::LNow }
}

/// One line of `dependencies`, or of the command line's `--with`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Requirement {
    /// The package's name in PEP 503's normal form: lower-case, words joined by `-`.
    pub name: String,
    /// All must hold.
    pub specifiers: Vec<Specifier>,
}

impl Requirement {
    /// Reads `uvicorn[standard]>=0.20,<1; python_version > "3.8"`.
    pub fn parse(text: &str) -> Result<Requirement, String> {
        let text = text.trim();
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        if name.is_empty() {
            return Err(format!("`{text}` is not a requirement: write a package name, as in `anyio==4.3.0`"));
        }
        let mut rest = rest.trim_start();
        if let Some(extras) = rest.strip_prefix('[') {
            rest = extras.split_once(']').ok_or_else(|| format!("`{text}` opens `[` and does not close it"))?.1;
        }
        let rest = rest.split([';', '@']).next().unwrap_or_default().trim();
        let rest = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')).unwrap_or(rest);
        Ok(Requirement { name: normal_name(name), specifiers: specifiers(rest)? })
    }

    fn allows(&self, version: &[u32]) -> bool {
        let version = Version(version.to_vec());
        self.specifiers.iter().all(|specifier| specifier.allows(&version))
    }
}

/// A package's name as PEP 503 compares it.
fn normal_name(name: &str) -> String {
    let words: Vec<_> = name.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

/// A release number, compared with zeros filled in at the end: 4.3 is 4.3.0.
#[derive(Clone, Eq, Debug, Serialize, Deserialize)]
pub struct Version(pub Vec<u32>);

impl Version {
    fn parse(text: &str) -> Option<Version> {
        let text = text.trim().trim_start_matches('v');
        let mut numbers = Vec::new();
        for part in text.split('.') {
            let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            if digits == 0 {
                // `post1`, `dev0`: the release ends here.
                break;
            }
            numbers.push(part[..digits].parse().ok()?);
            if digits < part.len() {
                break;
            }
        }
        (!numbers.is_empty()).then_some(Version(numbers))
    }

    fn number(&self, idx: usize) -> u32 {
        self.0.get(idx).copied().unwrap_or(0)
    }

    fn starts_with(&self, prefix: &Version) -> bool {
        (0..prefix.0.len()).all(|idx| self.number(idx) == prefix.number(idx))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Version) -> bool {
        self.cmp(other).is_eq()
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Version) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Version) -> std::cmp::Ordering {
        let numbers = 0..self.0.len().max(other.0.len());
        numbers
            .map(|idx| self.number(idx).cmp(&other.number(idx)))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| 0.cmp(&0))
    }
}

/// One condition on a version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Specifier {
    op: Op,
    version: Version,
    /// `==3.11.*`: only the numbers given count.
    any_rest: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Op {
    Same,
    Other,
    AtLeast,
    AtMost,
    Above,
    Below,
    Compatible,
}

impl Specifier {
    /// Whether this version meets the condition.
    pub fn allows(&self, version: &Version) -> bool {
        match self.op {
            Op::Same if self.any_rest => version.starts_with(&self.version),
            Op::Other if self.any_rest => !version.starts_with(&self.version),
            Op::Same => *version == self.version,
            Op::Other => *version != self.version,
            Op::AtLeast => *version >= self.version,
            Op::AtMost => *version <= self.version,
            Op::Above => *version > self.version,
            Op::Below => *version < self.version,
            Op::Compatible => {
                let prefix = Version(self.version.0[..self.version.0.len().saturating_sub(1).max(1)].to_vec());
                *version >= self.version && version.starts_with(&prefix)
            }
        }
    }

    /// The version above which nothing is allowed, where there is one.
    fn upper_bound(&self) -> Option<Version> {
        matches!(self.op, Op::Same | Op::AtMost | Op::Below | Op::Compatible).then(|| self.version.clone())
    }
}

/// Reads `>=3.11,<4`; nothing at all allows everything.
pub fn specifiers(text: &str) -> Result<Vec<Specifier>, String> {
    let ops = [
        ("===", Op::Same),
        ("==", Op::Same),
        ("!=", Op::Other),
        (">=", Op::AtLeast),
        ("<=", Op::AtMost),
        ("~=", Op::Compatible),
        (">", Op::Above),
        ("<", Op::Below),
    ];
    let mut found = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let wrong = || format!("`{part}` is not a version condition: write one as in `>=3.11`");
        let (sign, op) = ops.into_iter().find(|(sign, _)| part.starts_with(sign)).ok_or_else(wrong)?;
        let version = part[sign.len()..].trim();
        let (version, any_rest) = match version.strip_suffix(".*") {
            Some(version) => (version, true),
            None => (version, false),
        };
        found.push(Specifier { op, version: Version::parse(version).ok_or_else(wrong)?, any_rest });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_of(requirements: &[&str]) -> LibrarySet {
        let requirements: Vec<_> = requirements.iter().map(|text| Requirement::parse(text).unwrap()).collect();
        library_set(&requirements)
    }

    #[test]
    fn a_requirement_is_a_name_and_conditions() {
        let requirement = Requirement::parse("Uvicorn_Standard[fast] >=0.20, <1 ; python_version > '3.8'").unwrap();
        assert_eq!(requirement.name, "uvicorn-standard");
        assert_eq!(requirement.specifiers.len(), 2);
        assert!(Requirement::parse("==4").is_err());
        assert!(Requirement::parse("anyio=4.3").is_err());
    }

    #[test]
    fn conditions_compare_release_numbers() {
        let allows = |condition, version| specifiers(condition).unwrap()[0].allows(&Version::parse(version).unwrap());
        assert!(allows("==4.3", "4.3.0"));
        assert!(allows("==3.11.*", "3.11.7") && !allows("==3.11.*", "3.1"));
        assert!(allows("~=4.3", "4.16.0") && !allows("~=4.3.0", "4.16.0"));
        assert!(allows(">=4.10", "4.16") && !allows(">=4.10", "4.9"));
        assert!(allows("!=4.10", "4.9") && allows("<4.3.0rc1", "4.2"));
    }

    #[test]
    fn an_old_pin_chooses_the_old_library() {
        assert_eq!(set_of(&["anyio==4.3.0"]), LibrarySet::L2024);
        assert_eq!(set_of(&["anyio<4.10"]), LibrarySet::L2024);
        assert_eq!(set_of(&["aiohttp", "fastapi==0.110.3"]), LibrarySet::L2024);
        assert_eq!(set_of(&["anyio==4.5"]), LibrarySet::L2024);
    }

    #[test]
    fn everything_else_gets_the_present_library() {
        assert_eq!(set_of(&[]), LibrarySet::LNow);
        assert_eq!(set_of(&["fastapi", "uvicorn[standard]", "aiohttp>=3.9"]), LibrarySet::LNow);
        assert_eq!(set_of(&["anyio==4.12.1", "requests<2"]), LibrarySet::LNow);
    }
}
