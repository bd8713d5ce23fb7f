//! How files are named, sized and headed.

use super::fault::Fault;
use super::files::TextFile;

/// All that may stand at the top of the repository: the rooms, what explains them, and what tools look for there.
const TOP: [&str; 22] = [
    ".cargo",
    ".ci",
    ".gitattributes",
    ".github",
    ".gitignore",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "clippy.toml",
    "deny.toml",
    "docs",
    "events",
    "functions",
    "infra",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "samconfig.toml",
    "shared",
    "tests",
];

/// Lines that a source file may have: one over is two ideas.
const MOST_LINES: usize = 400;
/// Lines that a function's `main.rs` must stay under: it is wiring.
const MAIN_LINES: usize = 35;
/// Names that say nothing, as a file, a folder or an inline module.
const NAMELESS: [&str; 8] = [
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers",
];

fn sources(files: &[TextFile]) -> impl Iterator<Item = &TextFile> {
    files.iter().filter(|file| file.path.ends_with(".rs"))
}

/// Every file whose first folder, or whose own name at the top, is not one that the design has.
#[must_use]
pub fn strangers_at_the_top(files: &[TextFile]) -> Vec<Fault> {
    let mut names: Vec<&str> = files
        .iter()
        .filter_map(|file| file.path.split('/').next())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|name| !TOP.contains(name))
        .map(|name| Fault {
            place: name.into(),
            wrong: "nothing of this name belongs at the top of the repository".into(),
            instead: "put it into the room that it serves; a new room is a change of design: ARCHITECTURE.md first, then tests/src/house/shape.rs".into(),
        })
        .collect()
}

/// Every source file that is too long to be about one thing.
#[must_use]
pub fn long_files(files: &[TextFile]) -> Vec<Fault> {
    sources(files)
        .filter(|file| file.text.lines().count() > MOST_LINES)
        .map(|file| Fault {
            place: file.path.clone(),
            wrong: format!(
                "has {} lines, more than {MOST_LINES}",
                file.text.lines().count()
            ),
            instead: "it holds two ideas: find them, and give each its file".into(),
        })
        .collect()
}

/// Every `main.rs` (or `src/bin/*.rs`) of a function that does more than wire.
#[must_use]
pub fn long_mains(files: &[TextFile]) -> Vec<Fault> {
    sources(files)
        .filter(|file| file.path.starts_with("functions/"))
        .filter(|file| file.path.ends_with("/src/main.rs") || file.path.contains("/src/bin/"))
        .filter(|file| file.text.lines().count() >= MAIN_LINES)
        .map(|file| Fault {
            place: file.path.clone(),
            wrong: format!("has {} lines, and must stay under {MAIN_LINES}", file.text.lines().count()),
            instead: "a main reads settings, builds clients and runs: move the rest to the crate's library".into(),
        })
        .collect()
}

/// Every module whose name says nothing about what it holds.
#[must_use]
pub fn nameless_modules(files: &[TextFile]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in sources(files) {
        let in_path = file
            .path
            .trim_end_matches(".rs")
            .split('/')
            .find(|part| NAMELESS.contains(part));
        let inline = file
            .text
            .lines()
            .filter_map(module_declared)
            .find(|name| NAMELESS.contains(name));
        if let Some(name) = in_path.or(inline) {
            faults.push(Fault {
                place: file.path.clone(),
                wrong: format!("a module named `{name}` says nothing"),
                instead: "name it after the idea that it holds, or move each piece beside the code that it serves".into(),
            });
        }
    }
    faults
}

fn module_declared(line: &str) -> Option<&str> {
    let (before, after) = line.trim_start().split_once("mod ")?;
    let visibility = before.trim();
    (visibility.is_empty() || visibility.starts_with("pub"))
        .then(|| after.trim_end_matches([';', '{', ' ']))
}

/// Every source file that does not open with what it is for. A `tests.rs` beside a module is headed by that module.
#[must_use]
pub fn headless_modules(files: &[TextFile]) -> Vec<Fault> {
    sources(files)
        .filter(|file| !file.path.ends_with("/tests.rs") && !opens_with_a_head(&file.text))
        .map(|file| Fault {
            place: file.path.clone(),
            wrong: "does not open with a module head".into(),
            instead: "begin with `//!`: what it is for, and what it refuses to do".into(),
        })
        .collect()
}

fn opens_with_a_head(text: &str) -> bool {
    text.lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with("#!"))
        .is_some_and(|line| line.starts_with("//!"))
}
