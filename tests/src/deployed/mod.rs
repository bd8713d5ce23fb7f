//! The second home: what `sam deploy` put into ministack, in the place of the stack on this machine.
//!
//! `second-home` writes down where everything is, and runs the tests of several suites with [`VARIABLE`] naming that file.
//! [`Launch::start`](crate::Launch::start) then hands out the one deployment, emptied, in the place of a new stack. A test
//! that asks for what only the stack on this machine has (another clock, a kill, its pages) ends there, and is counted as
//! local, with its reason: nobody keeps a list of such tests.

mod empty;
mod letters;
mod objects;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::Value;

pub(crate) use letters::{Captured, keep};

/// Names the file that says where the deployment is.
pub(crate) const VARIABLE: &str = "SECOND_HOME";
/// What a test that is local ends with.
pub(crate) const LOCAL: &str = "only the stack on this machine can do this: ";

/// A deployment that the tests share, one after the other.
pub(crate) struct Deployment {
    /// The folder of the run.
    folder: PathBuf,
    /// Addresses, outputs of the template and physical names by logical ones.
    pub(crate) described: Value,
    /// Letters that were there before this test.
    letters_before: usize,
    /// Versions of objects that were scanned.
    scanned: Mutex<BTreeSet<String>>,
}

impl Deployment {
    /// The one that this run is about; `None` on one machine.
    ///
    /// # Panics
    /// When it is not described as it should be.
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo's test programs have no other arguments than those of the test harness"
    )]
    pub(crate) fn of_this_run() -> Option<Self> {
        let file = PathBuf::from(std::env::var_os(VARIABLE)?);
        let text = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let folder = file.parent().expect("a file lies in a folder").to_owned();
        Some(Self {
            letters_before: letters::count(&folder),
            folder,
            described: serde_json::from_str(&text).expect("the file is JSON"),
            scanned: Mutex::default(),
        })
    }

    /// The physical name of a resource: what `Ref` is.
    pub(crate) fn resource(&self, logical: &str) -> &str {
        let name = self.described["resources"][logical].as_str();
        name.unwrap_or_else(|| panic!("no resource {logical} was deployed"))
    }

    /// Where a service answers.
    pub(crate) fn endpoint(&self, service: &str) -> &str {
        let endpoint = self.described[service].as_str();
        endpoint.unwrap_or_else(|| panic!("{service} has no address"))
    }

    /// Ends this test here: its further way is local.
    ///
    /// # Panics
    /// Always; the run has noted why.
    pub(crate) fn leave(&self, why: &str) -> ! {
        let test = std::thread::current().name().unwrap_or_default().to_owned();
        let noted = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.join(LOCAL_TESTS))
            .and_then(|mut file| writeln!(file, "{test}\t{why}"));
        noted.expect("the run's folder can be written to");
        panic!("{LOCAL}{why}");
    }

    /// What the home complained of: the end of its log.
    pub(crate) fn complaints(&self) -> String {
        let log = std::fs::read_to_string(self.folder.join(HOME_LOG)).unwrap_or_default();
        let complaints = log
            .lines()
            .filter(|line| line.contains("ERROR") || line.contains("WARN"));
        let all: Vec<_> = complaints.collect();
        all[all.len().saturating_sub(20)..].join("\n")
    }
}

/// Where tests note that they are local, a line each: name and reason.
pub(crate) const LOCAL_TESTS: &str = "local-tests";
/// What the home writes to its terminal.
pub(crate) const HOME_LOG: &str = "home.log";

/// The texts between `open` and `close`, in their order: answers in XML are flat enough.
pub(crate) fn between<'a>(
    text: &'a str,
    open: &'a str,
    close: &'a str,
) -> impl Iterator<Item = &'a str> {
    text.split(open)
        .skip(1)
        .filter_map(move |part| Some(part.split_once(close)?.0))
}

/// Where the description of a deployment lies.
pub(crate) fn description(folder: &Path) -> PathBuf {
    folder.join("second-home.json")
}
