//! The first bytes of a file, which say what it is whatever it is called.

use domain::{FileFault, FileFormat};

use crate::{Source, bytes_at, zip};

/// How far into a file a PDF's header may stand, and its end before the end of the file: a kilobyte, as viewers have it.
pub(crate) const PDF_WITHIN: u64 = 1024;

/// How an OLE compound file begins.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// How a zip archive begins, and with it an OOXML document.
const ZIP: &[u8] = b"PK\x03\x04";
/// How a JPEG picture begins: start of image, and the first byte of a marker.
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
/// How a PNG picture begins.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// How programs begin, beside those of Windows: Linux, macOS (both byte orders, and for several machines at once), scripts.
const PROGRAMS: [&[u8]; 7] = [
    b"\x7fELF",
    &[0xFE, 0xED, 0xFA, 0xCE],
    &[0xFE, 0xED, 0xFA, 0xCF],
    &[0xCE, 0xFA, 0xED, 0xFE],
    &[0xCF, 0xFA, 0xED, 0xFE],
    &[0xCA, 0xFE, 0xBA, 0xBE],
    b"#!/",
];
/// How archives and compressed files begin: zip (also when empty or split), RAR, 7z, gzip, bzip2, xz, Zstandard, cabinet.
const ARCHIVES: [&[u8]; 9] = [
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    &[0x1F, 0x8B, 0x08],
    b"BZh",
    b"\xfd7zXZ\x00",
    &[0x28, 0xB5, 0x2F, 0xFD],
    b"MSCF\x00\x00\x00\x00",
];
/// Where a tar archive has its mark, in the header of its first file.
const TAR: (usize, &[u8]) = (257, b"ustar");
/// Where a program of Windows says how far in its own header stands, and how that header begins.
const NEW_HEADER_AT: usize = 0x3C;
const NEW_HEADERS: [&[u8]; 4] = [b"PE", b"NE", b"LE", b"LX"];

/// What the first bytes of something say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begins {
    /// A zip archive, which may be an OOXML document.
    Zip,
    /// An OLE compound file.
    Compound,
    /// An archive or a compressed file of another kind.
    Archive,
    /// A program.
    Program,
    /// Something else.
    Otherwise,
}

/// What `head`, the first [`PDF_WITHIN`] bytes of something, says.
pub(crate) fn begins(head: &[u8]) -> Begins {
    let one_of = |marks: &[&[u8]]| marks.iter().any(|mark| head.starts_with(mark));
    let tar = head
        .get(TAR.0..)
        .is_some_and(|rest| rest.starts_with(TAR.1));
    if head.starts_with(ZIP) {
        Begins::Zip
    } else if head.starts_with(COMPOUND) {
        Begins::Compound
    } else if windows(head) || one_of(&PROGRAMS) {
        Begins::Program
    } else if tar || one_of(&ARCHIVES) {
        Begins::Archive
    } else {
        Begins::Otherwise
    }
}

/// Whether `head` is that of a program for Windows. Two letters are not enough: the first bytes of an embedded font are
/// as good as random, and one in 65,536 has them.
fn windows(head: &[u8]) -> bool {
    let header = head.get(NEW_HEADER_AT..).and_then(<[u8]>::first_chunk);
    let at = header.and_then(|at| usize::try_from(u32::from_le_bytes(*at)).ok());
    let new = at.and_then(|at| head.get(at..));
    head.starts_with(b"MZ")
        && new.is_some_and(|new| NEW_HEADERS.iter().any(|mark| new.starts_with(mark)))
}

/// Whether the file begins as `format` does, and how.
///
/// A document that is called `.docx` and is an OLE file passes: it may be one that is locked.
pub(crate) fn of(source: &mut dyn Source, format: FileFormat) -> Result<Begins, FileFault> {
    let head = bytes_at(source, 0, PDF_WITHIN)?;
    if head.is_empty() {
        return Err(FileFault::Empty);
    }
    let begins = begins(&head);
    let sound = match format {
        FileFormat::Pdf => begins == Begins::Otherwise && pdf_header(&head).is_some(),
        FileFormat::Jpeg => head.starts_with(JPEG),
        FileFormat::Png => head.starts_with(PNG),
        FileFormat::Docx | FileFormat::Xlsx => {
            matches!(begins, Begins::Zip | Begins::Compound)
        }
        FileFormat::Doc | FileFormat::Xls | FileFormat::Msg => begins == Begins::Compound,
    };
    if sound {
        return Ok(begins);
    }
    Err(match begins {
        Begins::Program => FileFault::Program,
        Begins::Archive => FileFault::ArchiveInDisguise,
        Begins::Zip => zip::disguise(source),
        Begins::Compound | Begins::Otherwise => FileFault::NotWhatItIsNamed,
    })
}

/// Where the header of a PDF stands in the first bytes of one.
pub(crate) fn pdf_header(head: &[u8]) -> Option<u64> {
    let at = head
        .windows(6)
        .position(|six| six.starts_with(b"%PDF-") && six[5].is_ascii_digit())?;
    u64::try_from(at).ok()
}
