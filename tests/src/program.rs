//! Where the programs are: the stack's, which cargo built with the tests, and the functions', which the stack builds.

use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lives one folder below the root")
}

/// The stack's program.
pub(crate) fn stack() -> PathBuf {
    beside_this_one("stack")
}

/// The operators' program.
pub(crate) fn operator() -> PathBuf {
    beside_this_one("operator")
}

/// A program of this crate: beside the one that runs, or one folder above the running test.
///
/// # Panics
/// When it is not there: whoever runs a single program of this crate has to build the others.
fn beside_this_one(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a program knows its own file");
    let folder = own.parent().expect("a program lies in a folder");
    let folder = match folder.file_name() {
        Some(deps) if deps == "deps" => folder.parent().expect("target/<profile> is above"),
        Some(_) | None => folder,
    };
    let path = folder.join(name);
    assert!(
        path.is_file(),
        "{} is not built yet: cargo build -p scenarios --bins",
        path.display()
    );
    path
}

/// Where all stacks note what functions did: beside the folder of this profile's programs, until somebody deletes it.
pub(crate) fn calls() -> PathBuf {
    let stack = stack();
    let target = stack.parent().and_then(Path::parent);
    target
        .expect("a program lies in target/<profile>")
        .join("calls.jsonl")
}

/// The functions' binaries, built once in each test's process by the stack's own call, which names no package but them.
///
/// # Panics
/// When they do not compile.
pub fn binaries() -> &'static [PathBuf] {
    static BINARIES: OnceLock<Vec<PathBuf>> = OnceLock::new();
    BINARIES.get_or_init(|| built(&[]))
}

/// Their variants that can be told to crash, beside them.
///
/// # Panics
/// When they do not compile.
pub fn crashing_binaries() -> &'static [PathBuf] {
    static BINARIES: OnceLock<Vec<PathBuf>> = OnceLock::new();
    BINARIES.get_or_init(|| built(&["--variant", CRASHING]))
}

/// The name of that variant.
pub(crate) const CRASHING: &str = "crashing";

/// The folder of the functions' binaries.
pub(crate) fn functions() -> &'static Path {
    folder_of(binaries())
}

/// The folder of the variants that can be told to crash.
pub(crate) fn crashing_functions() -> &'static Path {
    folder_of(crashing_binaries())
}

fn folder_of(binaries: &'static [PathBuf]) -> &'static Path {
    let first = binaries.first().expect("there are functions");
    first.parent().expect("a program lies in a folder")
}

fn built(options: &[&str]) -> Vec<PathBuf> {
    // One at a time: cargo would wait for itself anyway.
    static BUILDING: Mutex<()> = Mutex::new(());
    let _alone = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let stack = stack();
    let built =
        build(&stack, options).unwrap_or_else(|error| panic!("{}: {error}", stack.display()));
    built.expect("the functions were not built; the reason stands above")
}

/// Builds the functions, and passes on what is said on the way: the first time it takes minutes, and whoever waits should see
/// why. What was built, if it went well.
fn build(stack: &Path, options: &[&str]) -> std::io::Result<Option<Vec<PathBuf>>> {
    let mut building = Command::new(stack)
        .args(["build", "--template"])
        .arg(root().join("infra/template.yaml"))
        .args(options)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut built = Vec::new();
    for line in building
        .stdout
        .take()
        .map(BufReader::new)
        .into_iter()
        .flat_map(BufRead::lines)
    {
        let line = line?;
        match line.strip_prefix("Built ") {
            Some(path) => built.push(PathBuf::from(path)),
            // Not by a macro: those are kept from the terminal until a test fails.
            None => writeln!(std::io::stderr(), "{line}")?,
        }
    }
    Ok(building.wait()?.success().then_some(built))
}

/// How a program ended, and what it said.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code.
    pub code: i32,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

/// Runs `command` in the repository to its end.
///
/// # Panics
/// When it does not start, or a signal ends it.
pub(crate) fn run(command: &mut Command) -> Ran {
    let ran = command
        .current_dir(root())
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ran {
        code: ran.status.code().expect("it ended by itself"),
        out: text(ran.stdout),
        err: text(ran.stderr),
    }
}

/// Runs the demonstration, with further `options`; whether it ended well, and what it showed.
///
/// # Panics
/// When it does not start.
#[must_use]
pub fn demo(options: &[&str]) -> (bool, String) {
    let ran = Command::new(stack())
        .args(["demo", "--functions"])
        .arg(functions())
        .args(options)
        .current_dir(root())
        .output()
        .expect("the program starts");
    let said = [ran.stdout, ran.stderr].concat();
    (
        ran.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}
