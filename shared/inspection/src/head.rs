//! The first bytes of a file, which say what it is whatever it is called.

use std::io::{Read, SeekFrom};

use domain::{FileFault, FileFormat};

use crate::{Source, Verdict, damaged};

/// How far into a file a PDF's header may stand: the first kilobyte, as viewers have it.
pub(crate) const PDF_HEADER_WITHIN: usize = 1024;

/// How an OLE compound file begins.
pub(crate) const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// How a zip archive begins, and with it an OOXML document.
pub(crate) const ZIP: &[u8] = b"PK\x03\x04";
/// How a JPEG picture begins: start of image, and the marker of a segment.
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
/// How a PNG picture begins.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// How programs begin: Windows, Linux, macOS (both byte orders, and for several machines at once), scripts.
const PROGRAMS: [&[u8]; 8] = [
    b"MZ",
    b"\x7fELF",
    &[0xFE, 0xED, 0xFA, 0xCE],
    &[0xFE, 0xED, 0xFA, 0xCF],
    &[0xCE, 0xFA, 0xED, 0xFE],
    &[0xCF, 0xFA, 0xED, 0xFE],
    &[0xCA, 0xFE, 0xBA, 0xBE],
    b"#!",
];

/// How archives and compressed files begin: zip (also when empty or split), RAR, 7z, gzip, bzip2, xz, Zstandard, cabinet.
const ARCHIVES: [&[u8]; 10] = [
    ZIP,
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

/// What first bytes say of a file that is not what it should be.
pub(crate) fn disguise(head: &[u8]) -> Option<FileFault> {
    let begins = |marks: &[&[u8]]| marks.iter().any(|mark| head.starts_with(mark));
    let tar = head
        .get(TAR.0..)
        .is_some_and(|rest| rest.starts_with(TAR.1));
    if begins(&PROGRAMS) {
        Some(FileFault::Program)
    } else if tar || begins(&ARCHIVES) {
        Some(FileFault::ArchiveInDisguise)
    } else {
        None
    }
}

/// Whether the file begins as `format` does. The source is left at its beginning.
///
/// A document that is called `.docx` and is an OLE file, or the other way around, passes: it may be locked, which its own
/// inspector knows.
pub(crate) fn check(format: FileFormat, source: &mut dyn Source) -> Verdict {
    let head = first(source, PDF_HEADER_WITHIN)?;
    source.seek(SeekFrom::Start(0)).map_err(damaged)?;
    if head.is_empty() {
        return Err(FileFault::Empty);
    }
    let sound = match format {
        FileFormat::Pdf => disguise(&head).is_none() && pdf_header(&head).is_some(),
        FileFormat::Jpeg => head.starts_with(JPEG),
        FileFormat::Png => head.starts_with(PNG),
        FileFormat::Docx | FileFormat::Xlsx => head.starts_with(ZIP) || head.starts_with(COMPOUND),
        FileFormat::Doc | FileFormat::Xls | FileFormat::Msg => head.starts_with(COMPOUND),
    };
    if sound {
        Ok(())
    } else {
        Err(disguise(&head).unwrap_or(FileFault::NotWhatItIsNamed))
    }
}

/// Where the header of a PDF stands in the first bytes of one.
pub(crate) fn pdf_header(head: &[u8]) -> Option<usize> {
    head.windows(6)
        .position(|six| six.starts_with(b"%PDF-") && six[5].is_ascii_digit())
}

/// At most the first `count` bytes of what is left.
pub(crate) fn first(source: &mut dyn Source, count: usize) -> Result<Vec<u8>, FileFault> {
    let mut head = Vec::with_capacity(count);
    let most = u64::try_from(count).unwrap_or(u64::MAX);
    source.take(most).read_to_end(&mut head).map_err(damaged)?;
    Ok(head)
}
