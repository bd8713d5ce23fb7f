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

/// A document with more parts than any has.
#[must_use]
pub fn docx_of_many_parts() -> Vec<u8> {
    let names: Vec<String> = (0..10_001).map(|number| format!("x{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    made::docx_with_parts(&parts)
}

/// Documents of Word 97 of `size` bytes whose tables say that there is far more in them: what a reader would reserve and
/// read for them is many times the file.
#[must_use]
pub fn swollen_docs(size: usize) -> Vec<(&'static str, Vec<u8>)> {
    let sectors = size / SECTOR - 1;
    let swollen = |number: usize| {
        let mut bytes = made::doc_with("/Data", &vec![0; size - 1_000_000]);
        bytes.resize((sectors + 1) * SECTOR, 0);
        let first = u32::try_from(number).expect("a sector").to_le_bytes();
        (bytes, first)
    };
    // Every sector after the document's own is one of a table that lists sectors of tables, each leading to the next.
    let (mut lists, first) = swollen(sectors - 40_000);
    lists[LISTS_AT..LISTS_AT + 4].copy_from_slice(&first);
    for sector in sectors - 40_000..sectors {
        let end = (sector + 2) * SECTOR;
        let next = u32::try_from(sector + 1).expect("a sector");
        lists[end - SECTOR..end].fill(0);
        lists[end - 4..end].copy_from_slice(&next.to_le_bytes());
    }
    // The table of small sectors begins where the largest stream does, and so is as long.
    let (mut small, _) = swollen(0);
    let data = longest_chain(&small);
    small[SMALL_AT..SMALL_AT + 4].copy_from_slice(&data);
    // The directory does.
    let (mut directory, _) = swollen(0);
    directory[DIRECTORY_AT..DIRECTORY_AT + 4].copy_from_slice(&data);
    vec![
        ("lists of tables", lists),
        ("a table of small sectors", small),
        ("a directory", directory),
    ]
}

/// Where the header of a compound file says where things begin (MS-CFB 2.2).
const DIRECTORY_AT: usize = 0x30;
const SMALL_AT: usize = 0x3C;
const LISTS_AT: usize = 0x44;
const SECTOR: usize = 512;

/// Where the stream `Data` begins, by its entry in the directory (MS-CFB 2.6.1).
fn longest_chain(compound: &[u8]) -> [u8; 4] {
    let name: Vec<u8> = "Data".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entry = compound
        .chunks_exact(128)
        .find(|entry| entry.starts_with(&name) && entry[64] == 10)
        .expect("the directory has the stream");
    *entry[0x74..].first_chunk().expect("an entry has its start")
}
