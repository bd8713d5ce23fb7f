//! Files that somebody means harm with, put together while a test runs and never stored: a scanner on a developer's
//! machine, or of a store, is right to take them away.

use super::made;

/// The text by which every check for malware shows that it works, in pieces, so that no file of this repository is one.
const EICAR: [&str; 3] = [
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}",
    "$EICAR-STANDARD-ANTIVIRUS",
    "-TEST-FILE!$H+H*",
];

/// The EICAR test file.
#[must_use]
pub fn eicar() -> Vec<u8> {
    EICAR.concat().into_bytes()
}

/// A sound PDF that holds the EICAR test file as it is: inspection takes it, a check for malware does not.
#[must_use]
pub fn eicar_pdf() -> Vec<u8> {
    made::pdf_with(&eicar())
}

/// The beginning of a program for Windows: the old header, which leads to the new one.
#[must_use]
pub fn program() -> Vec<u8> {
    let mut program = vec![0; 0x80];
    program[..2].copy_from_slice(b"MZ");
    program[0x3C] = 0x80;
    program.extend_from_slice(b"PE\0\0\x64\x86\x01\0");
    program.resize(1024, 0);
    program
}

/// A sound picture, and an archive behind its end.
#[must_use]
pub fn picture_and_archive() -> Vec<u8> {
    [super::SCAN_JPG, &made::archive()].concat()
}

/// A document of some kilobytes with a part that unpacks to 64 MB.
#[must_use]
pub fn bomb_docx() -> Vec<u8> {
    made::docx_with("word/media/image1.png", &vec![0; 64 * 1024 * 1024])
}

/// A document in which a second entry of the directory leads to the bytes of the first, as bombs have it that unpack the
/// same bytes thousands of times.
#[must_use]
pub fn overlapping_docx() -> Vec<u8> {
    let mut bytes = super::LETTER_DOCX.to_vec();
    let starts: Vec<usize> = (0..bytes.len() - 4)
        .filter(|&at| bytes[at..].starts_with(b"PK\x01\x02"))
        .collect();
    let (first, second) = (starts[0], starts[1]);
    let offset: [u8; 4] = *bytes[first + 42..]
        .first_chunk()
        .expect("an entry has its offset");
    bytes[second + 42..second + 46].copy_from_slice(&offset);
    bytes
}
