//! Where the programs are: the stack's, which cargo built with the tests, and the functions', which the stack builds.

use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

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

/// The folder of the functions' binaries, built once in each test's process by the stack's own call, which names no package
/// but them.
///
/// # Panics
/// When they do not compile.
pub(crate) fn functions() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let stack = stack();
        let built = build(&stack).unwrap_or_else(|error| panic!("{}: {error}", stack.display()));
        assert!(
            built,
            "the functions were not built; the reason stands above"
        );
        stack
            .parent()
            .expect("a program lies in a folder")
            .to_owned()
    })
}

/// Builds the functions, and passes on what is said on the way: the first time it takes minutes, and whoever waits should see
/// why. Whether it went well.
fn build(stack: &Path) -> std::io::Result<bool> {
    let mut building = Command::new(stack)
        .args(["build", "--template"])
        .arg(root().join("infra/template.yaml"))
        .stdout(Stdio::piped())
        .spawn()?;
    for line in building
        .stdout
        .take()
        .map(BufReader::new)
        .into_iter()
        .flat_map(BufRead::lines)
    {
        let line = line?;
        if !line.starts_with("Built ") {
            // Not by a macro: those are kept from the terminal until a test fails.
            writeln!(std::io::stderr(), "{line}")?;
        }
    }
    Ok(building.wait()?.success())
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

/// Runs the demonstration; whether it ended well, and what it showed.
///
/// # Panics
/// When it does not start.
#[must_use]
pub fn demo() -> (bool, String) {
    let ran = Command::new(stack())
        .args(["demo", "--functions"])
        .arg(functions())
        .current_dir(root())
        .output()
        .expect("the program starts");
    let said = [ran.stdout, ran.stderr].concat();
    (
        ran.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}
