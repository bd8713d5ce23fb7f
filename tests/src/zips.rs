//! What `sam build` made, looked at before it is deployed: every function is one binary called `bootstrap`, made for the
//! processor that the template will ask for, without aws-lc in it (docs/performance.md #1), with panics that unwind (#6), and
//! no larger than functions are today (#8).

mod elf;

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use elf::Binary;

/// What docs/performance.md wants a package to be, in bytes, with one SDK client.
const AIM: usize = 2_800_000;
/// What no package is over, in bytes: a second stack of HTTP or TLS, or the features that come by default, would be.
const CEILING: usize = 6_600_000;
/// The tables by which panics unwind, in bytes: a binary that aborts has those of the standard library, a tenth of it.
const UNWINDING: u64 = 64_000;

/// Looks at every function in `built` for `architecture`, as the template's parameter has it, and tells what it found.
///
/// # Errors
/// What is wrong, a line each.
///
/// # Panics
/// When `built` is not what `sam build` leaves.
pub fn check_zips(built: &Path, architecture: &str) -> Result<String, String> {
    let (mut told, mut wrong) = (Vec::new(), Vec::new());
    for folder in folders(built) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let faults = faults(&folder, architecture);
        let size = packed(&folder);
        told.push(format!(
            "{name}: {:.2} MB{}",
            megabytes(size),
            if size > AIM {
                ", more than the aim"
            } else {
                ""
            }
        ));
        wrong.extend(faults.iter().map(|fault| format!("{name}: {fault}")));
        if size > CEILING {
            let ceiling = megabytes(CEILING);
            wrong.push(format!(
                "{name}: the zip has {:.2} MB, and none had more than {ceiling:.2}: see what came in with `cargo tree`",
                megabytes(size)
            ));
        }
    }
    if told.is_empty() {
        wrong.push(format!("there is no function in {}", built.display()));
    }
    if wrong.is_empty() {
        let aim = megabytes(AIM);
        told.push(format!(
            "{} zips for {architecture}; the aim is {aim:.2} MB",
            told.len()
        ));
        Ok(told.join("\n"))
    } else {
        Err(wrong.join("\n"))
    }
}

/// The folder of each function.
fn folders(built: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(built)
        .unwrap_or_else(|error| panic!("{}: {error}; `.ci/run zips` builds it", built.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut all: Vec<_> = paths.filter(|path| path.is_dir()).collect();
    all.sort();
    all
}

fn faults(folder: &Path, architecture: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let inside = std::fs::read_dir(folder).expect("a folder");
    let names: Vec<_> = inside
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    if names != ["bootstrap"] {
        return vec![format!(
            "it should hold `bootstrap` alone, and holds {names:?}"
        )];
    }
    let bytes = std::fs::read(folder.join("bootstrap")).expect("a binary");
    if contains(&bytes, b"aws_lc") || contains(&bytes, b"aws-lc") {
        faults.push("aws-lc is in it (docs/performance.md #1)".to_owned());
    }
    match Binary::of(&bytes) {
        None => faults.push("it is no 64-bit program of Linux".to_owned()),
        Some(binary) => {
            if binary.processor() != Some(architecture) {
                let processor = binary.processor().unwrap_or("another processor");
                faults.push(format!(
                    "it is made for {processor}, not for {architecture}"
                ));
            }
            if binary.section(".gcc_except_table").unwrap_or_default() < UNWINDING {
                faults.push(
                    "a panic would end it, and the batch with it (docs/performance.md #6)"
                        .to_owned(),
                );
            }
        }
    }
    faults
}

/// How large the package is that is uploaded.
fn packed(folder: &Path) -> usize {
    let bytes = std::fs::read(folder.join("bootstrap")).unwrap_or_default();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("bootstrap", SimpleFileOptions::default())
        .and_then(|()| Ok(zip.write_all(&bytes)?))
        .expect("memory can be written to");
    zip.finish()
        .expect("memory can be written to")
        .into_inner()
        .len()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[expect(clippy::cast_precision_loss, reason = "two places are shown")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
