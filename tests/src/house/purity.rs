//! What the pure crates pull in, all the way down.

use std::io;
use std::path::Path;
use std::process::Command;

use super::fault::Fault;

/// Beginnings of crate names that bring async, HTTP, TLS, AWS or Lambda with them.
const IMPURE: [&str; 14] = [
    "async-", "aws-", "aws_", "axum", "futures", "http", "hyper", "lambda_", "mio", "reqwest",
    "rustls", "socket2", "tokio", "tower",
];

/// Why a tree could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// cargo did not start.
    #[error("cargo did not start: {0}")]
    Start(#[from] io::Error),
    /// cargo refused.
    #[error("`cargo tree -p {package}` refused: {said}")]
    Refused {
        /// The package asked about.
        package: String,
        /// What it printed.
        said: String,
    },
}

/// The names of all crates that are built into `package`, itself included, with the features that it gets when it is built
/// alone. Crates of its tests are left out.
///
/// # Errors
/// When cargo does not start or refuses.
pub fn tree_of(root: &Path, package: &str) -> Result<Vec<String>, TreeError> {
    let drawn = Command::new("cargo")
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(root)
        .output()?;
    if !drawn.status.success() {
        let said = String::from_utf8_lossy(&drawn.stderr).into_owned();
        return Err(TreeError::Refused {
            package: package.into(),
            said,
        });
    }
    let names = String::from_utf8_lossy(&drawn.stdout)
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(ToOwned::to_owned)
        .collect();
    Ok(names)
}

/// Every crate of `tree` that a pure package must not pull in.
#[must_use]
pub fn impurities(package: &str, tree: &[String]) -> Vec<Fault> {
    tree.iter()
        .filter(|name| IMPURE.iter().any(|beginning| name.starts_with(beginning)))
        .map(|name| Fault {
            place: package.into(),
            wrong: format!("pulls in `{name}`"),
            instead: format!(
                "`cargo tree -p {package} -i {name}` shows the way in; {package} is pure: no async, clock, environment, AWS or HTTP"
            ),
        })
        .collect()
}
