//! Whether each function may do exactly what it does: the template beside what all stacks of the scenarios noted.

use std::path::Path;

pub use local::permissions::Report;

use crate::program;

/// Compares `template`, or the repository's own, with what was noted so far.
///
/// # Errors
/// When the template or the notes cannot be read, in a sentence.
pub fn check(template: Option<&Path>) -> Result<Report, String> {
    let own = program::root().join("infra/template.yaml");
    local::permissions::check(template.unwrap_or(&own), &program::calls())
}
