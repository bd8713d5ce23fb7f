//! Looks at a file's bytes and says whether it is what its name promises (domain.md #38).
//!
//! Bytes come in, a verdict goes out: no clock, no store, no thread. What it looks for is what a person can mend: the wrong
//! format, a password, macros, an archive or a program in disguise, a file that was cut off. Malware is looked for
//! elsewhere, and nothing here takes its place.
//!
//! It refuses to trust: every length, count and offset is the sender's word. So work and memory are bounded before anything is
//! read, whatever the file says of itself. Tables are read through a metered source that ends; parts are unpacked as streams
//! into nothing, out of one [`Allowance`] for the whole file and all that it holds; nesting ends at a depth. The file itself is
//! borrowed, and never copied. The tempting alternative is to let each format's library open the file: they believe
//! what they read, and reserve memory for it.
//!
//! It also refuses to repair. A viewer may rebuild a broken table and show something; here the file is damaged, because what a
//! reviewer sees in a year must not depend on the viewer's patience.

mod allowance;
mod head;

use std::io::{Cursor, Read, Seek};

use domain::{FileFault, FileFormat, FileName};

use allowance::Allowance;

/// Whether the file is sound, or why not.
type Verdict = Result<(), FileFault>;

/// Something that holds a file: the bytes themselves, or a stream within another file.
trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// Looks at the whole of a file that is called `name`.
///
/// `bytes` are all of it, at most [`MAX_FILE_SIZE`](domain::MAX_FILE_SIZE) of them. Beside them a few megabytes are held, whatever the file
/// says. The verdict depends on nothing but the two arguments.
///
/// # Errors
/// Why it is refused (domain.md #38).
pub fn inspect(name: &FileName, bytes: &[u8]) -> Result<(), FileFault> {
    let mut allowance = Allowance::of(bytes.len());
    look(name.format(), &mut Cursor::new(bytes), &mut allowance)
}

fn look(format: FileFormat, source: &mut dyn Source, allowance: &mut Allowance) -> Verdict {
    head::check(format, source)?;
    allowance.take(0)
}

/// For `map_err`: whatever a reader stumbled over, the file is not whole.
fn damaged<E>(_: E) -> FileFault {
    FileFault::Damaged
}
