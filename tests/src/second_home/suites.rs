//! The suites: cargo builds them, and each of them runs as it does on one machine, but for the variable that says where.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::deployed::{LOCAL_TESTS, VARIABLE, description};
use crate::program;

/// A suite's program.
pub(super) struct Suite {
    name: String,
    program: PathBuf,
}

/// Builds them as `cargo test` would.
///
/// # Panics
/// When they do not compile.
pub(super) fn build(names: &[&str]) -> Vec<Suite> {
    let mut cargo = Command::new("cargo");
    cargo.args([
        "test",
        "--locked",
        "--no-run",
        "--message-format",
        "json-render-diagnostics",
    ]);
    cargo.args(names.iter().flat_map(|name| ["--test", name]));
    for (name, _) in variables() {
        cargo.env_remove(name);
    }
    let ran = program::run(&mut cargo);
    assert_eq!(ran.code, 0, "the suites are not built:\n{}", ran.err);
    let messages = ran
        .out
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let suite = |message: Value| {
        let name = message["target"]["name"].as_str()?.to_owned();
        let is_one = message["profile"]["test"] == true && names.contains(&name.as_str());
        let program = message["executable"].as_str().filter(|_| is_one)?.into();
        Some(Suite { name, program })
    };
    messages.filter_map(suite).collect()
}

/// Set by the outer `cargo run` for this package; a build script that looks at them would run again.
#[expect(
    clippy::disallowed_methods,
    reason = "the names of variables, to take some from the inner cargo"
)]
fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        let outer = name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        outer.then(|| (name, value.to_string_lossy().into_owned()))
    })
}

/// How the scenarios went, over all suites.
#[derive(Default)]
pub(super) struct Balance {
    passed: usize,
    local: usize,
    failed: usize,
}

impl Balance {
    /// Runs a suite, and tells how it went.
    ///
    /// # Panics
    /// When it does not start.
    pub(super) fn add(&mut self, suite: &Suite, folder: &Path) -> String {
        let before = local_tests(folder).len();
        let began = std::time::Instant::now();
        let mut command = Command::new(&suite.program);
        // One at a time: they share the deployment.
        command
            .args(["--test-threads", "1"])
            .env(VARIABLE, description(folder));
        let ran = program::run(&mut command);
        let noted: BTreeMap<_, _> = local_tests(folder).into_iter().skip(before).collect();
        let (mut passed, mut failed, mut local) = (0, Vec::new(), String::new());
        for line in ran.out.lines() {
            let named = line
                .strip_prefix("test ")
                .and_then(|rest| rest.split_once(" ... "));
            let Some((name, end)) = named else { continue };
            match (end, noted.get(name)) {
                ("ok", _) => passed += 1,
                (_, Some(why)) => {
                    self.local += 1;
                    write!(local, "\n    local: {name}: {why}")
                        .expect("writing to a String does not fail");
                }
                (_, None) => failed.push(name),
            }
        }
        // A program that ended before its tests did has not passed.
        if passed + failed.len() + noted.len() == 0 {
            failed.push("(all of it)");
        }
        self.passed += passed;
        self.failed += failed.len();
        let mut told = format!(
            "  {}: {passed} passed, {} are local, {} failed, in {} s{local}",
            suite.name,
            noted.len(),
            failed.len(),
            began.elapsed().as_secs()
        );
        if !failed.is_empty() {
            write!(told, "\n{}\n{}", ran.out, ran.err).expect("writing to a String does not fail");
        }
        told
    }

    /// Whether nothing failed, and something ran.
    pub(super) fn holds(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }
}

impl fmt::Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} scenarios passed in the second home, {} failed, {} are for one machine only",
            self.passed, self.failed, self.local
        )
    }
}

/// Names and reasons of the tests that turned out to be local.
fn local_tests(folder: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder.join(LOCAL_TESTS)).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    lines
        .map(|(name, why)| (name.to_owned(), why.to_owned()))
        .collect()
}
