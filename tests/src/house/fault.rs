//! What a rule of the house says when it is broken.

use std::fmt;

/// One thing that is not as it should be, where it is, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A path from the root of the repository, with a line where there is one, or the name of a package.
    pub place: String,
    /// What is wrong there.
    pub wrong: String,
    /// What to do instead.
    pub instead: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    → {}", self.place, self.wrong, self.instead)
    }
}

/// Fails the calling test with every fault, so that one run shows all of them.
///
/// # Panics
/// When there is at least one fault.
#[track_caller]
pub fn assert_none(faults: &[Fault]) {
    let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.is_empty(),
        "{} to mend:\n{}",
        faults.len(),
        list.join("\n")
    );
}
