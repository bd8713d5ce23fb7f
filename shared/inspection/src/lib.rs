//! Looks at a file's bytes and says whether it is what its name promises (domain.md #38).
//!
//! Bytes come in, a verdict goes out: no clock, no store, no thread. What it looks for is what a person can mend: the
//! wrong format, a password, macros, an archive or a program in disguise, a file that was cut off. Malware is looked for
//! elsewhere, and nothing here takes its place.
//!
//! It refuses to trust: every length, count and offset is the sender's word. So work and memory are bounded before
//! anything is read, whatever the file says of itself. Tables are read up to a size; parts are unpacked as streams into
//! nothing, out of one [`Allowance`] for the whole file and all that it holds; nesting ends at a depth. The file itself is
//! borrowed, and never copied. The tempting alternative, to let a library open each format as a whole, believes what it
//! reads and reserves memory for it.
//!
//! It refuses to repair as well. A viewer may rebuild a broken table and show something; here the file is damaged, because
//! what a reviewer sees in a year must not depend on the patience of a viewer.

mod allowance;
mod compound;
mod head;
mod jpeg;
mod package;
mod pdf;
mod png;
mod zip;

use std::io::{Cursor, Read, Seek, SeekFrom};

use domain::{FileFault, FileFormat, FileName};

use allowance::Allowance;

/// Whether the file is sound, or why not.
type Verdict = Result<(), FileFault>;

/// Something that holds a file: the bytes themselves, or a stream within another file.
trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// Looks at the whole of a file that is called `name`.
///
/// `bytes` are all of it, at most [`MAX_FILE_SIZE`](domain::MAX_FILE_SIZE). They are borrowed; beside them a few megabytes
/// are held for a while, whatever the file says. The verdict depends on the two arguments alone.
///
/// # Errors
/// Why it is refused (domain.md #38). [`FileFault::NotAsAnnounced`] and [`FileFault::Malware`] are never among it.
pub fn inspect(name: &FileName, bytes: &[u8]) -> Result<(), FileFault> {
    let mut allowance = Allowance::of(bytes.len());
    look(name.format(), &mut Cursor::new(bytes), &mut allowance)
}

/// Looks at a file, or at one inside another.
fn look(format: FileFormat, source: &mut dyn Source, allowance: &mut Allowance) -> Verdict {
    let begins = head::of(source, format)?;
    match format {
        FileFormat::Pdf => pdf::look(source),
        FileFormat::Jpeg => jpeg::look(source),
        FileFormat::Png => png::look(source),
        FileFormat::Docx | FileFormat::Xlsx if begins == head::Begins::Zip => {
            package::look(format, source, allowance)
        }
        FileFormat::Docx
        | FileFormat::Xlsx
        | FileFormat::Doc
        | FileFormat::Xls
        | FileFormat::Msg => compound::look(format, source, allowance),
    }
}

/// For `map_err`: whatever a reader stumbled over, the file is not whole.
fn damaged<E>(_: E) -> FileFault {
    FileFault::Damaged
}

/// At most `count` bytes from `offset` on.
fn bytes_at(source: &mut dyn Source, offset: u64, count: u64) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    source.seek(SeekFrom::Start(offset)).map_err(damaged)?;
    source
        .take(count)
        .read_to_end(&mut bytes)
        .map_err(damaged)?;
    Ok(bytes)
}

/// How many bytes the file has. The source is left anywhere.
fn length(source: &mut dyn Source) -> Result<u64, FileFault> {
    source.seek(SeekFrom::End(0)).map_err(damaged)
}

/// The little-endian number of two bytes at `at`.
fn u16_at(bytes: &[u8], at: usize) -> Result<u16, FileFault> {
    let two = bytes.get(at..).and_then(<[u8]>::first_chunk);
    two.map(|two| u16::from_le_bytes(*two))
        .ok_or(FileFault::Damaged)
}

/// The little-endian number of four bytes at `at`.
fn u32_at(bytes: &[u8], at: usize) -> Result<u32, FileFault> {
    let four = bytes.get(at..).and_then(<[u8]>::first_chunk);
    four.map(|four| u32::from_le_bytes(*four))
        .ok_or(FileFault::Damaged)
}
