//! Files that no tool at hand makes, put together from real ones by the crates `zip` and `cfb`.

use std::io::{Cursor, Read, Write};

use cfb::CompoundFile;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{LETTER_DOC, LETTER_DOCX, LETTER_PDF, TABLE_XLS};

type Compound = CompoundFile<Cursor<Vec<u8>>>;

/// The letter with one more change saved behind its end, as viewers do it: a stream that holds `content` as it is.
#[must_use]
pub fn pdf_with(content: &[u8]) -> Vec<u8> {
    let mut pdf = LETTER_PDF.to_vec();
    let last = last_section(&pdf);
    let object = pdf.len();
    write!(pdf, "900 0 obj\n<</Length {}>>\nstream\n", content.len()).expect(FITS);
    pdf.extend_from_slice(content);
    pdf.extend_from_slice(b"\nendstream\nendobj\n");
    let table = pdf.len();
    write!(
        pdf,
        "xref\n900 1\n{object:010} 00000 n \ntrailer\n<</Size 901/Root 14 0 R/Prev {last}>>\nstartxref\n{table}\n%%EOF\n"
    )
    .expect(FITS);
    pdf
}

/// Where the last section of a PDF begins, by its own word.
fn last_section(pdf: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(pdf);
    let (_, after) = text.rsplit_once("startxref").expect("a PDF ends so");
    let offset = after.split_whitespace().next().expect("an offset");
    offset.parse().expect("a number")
}

/// A PDF whose content says all that a locked one says, where it means nothing.
#[must_use]
pub fn pdf_that_says_encrypt() -> Vec<u8> {
    pdf_with(b"trailer\n<</Encrypt 5 0 R>>\n% /Encrypt 5 0 R")
}

/// A sound PDF of exactly `size` bytes.
///
/// # Panics
/// If that is less than some 20 kilobytes.
#[must_use]
pub fn pdf_of(size: usize) -> Vec<u8> {
    // The numbers in it grow with it, so the frame is measured at about the right size.
    let rough = size.checked_sub(pdf_with(b"").len() + 100);
    let rough = rough.expect("a PDF of at least 20 kilobytes");
    let missing = size - pdf_with(&vec![b'.'; rough]).len();
    pdf_with(&vec![b'.'; rough + missing])
}

/// The letter as a document of Word 2007 with one more part.
#[must_use]
pub fn docx_with(name: &str, bytes: &[u8]) -> Vec<u8> {
    docx_with_parts(&[(name, bytes)])
}

/// The same with several more.
#[must_use]
pub fn docx_with_parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    package(LETTER_DOCX, |_, part| part, parts)
}

/// A document with macros (`.docm`) under another name: its types say so.
#[must_use]
pub fn macro_docx() -> Vec<u8> {
    let typed = |name: &str, part: Vec<u8>| {
        if name != "[Content_Types].xml" {
            return part;
        }
        let types = String::from_utf8(part).expect("XML");
        types
            .replace(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            )
            .replace(
                "</Types>",
                r#"<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>"#,
            )
            .into_bytes()
    };
    package(
        LETTER_DOCX,
        typed,
        &[("word/vbaProject.bin", &vba_project())],
    )
}

/// A document whose types say nothing of the macros that a part of it holds.
#[must_use]
pub fn hidden_macro_docx() -> Vec<u8> {
    docx_with("word/media/image1.bin", &vba_project())
}

/// An archive of two files.
#[must_use]
pub fn archive() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["letter.txt", "table.csv"] {
        put(&mut archive, name, b"236,40,50\n");
    }
    archive.finish().expect(FITS).into_inner()
}

/// A copy of an archive, each part as `change` has it, and more parts.
fn package(
    from: &[u8],
    change: impl Fn(&str, Vec<u8>) -> Vec<u8>,
    more: &[(&str, &[u8])],
) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(from)).expect("a sound archive");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a sound part");
        put(&mut new, &name, &change(&name, bytes));
    }
    for (name, bytes) in more {
        put(&mut new, name, bytes);
    }
    new.finish().expect(FITS).into_inner()
}

fn put(archive: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) {
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file(name, options).expect(FITS);
    archive.write_all(bytes).expect(FITS);
}

/// A project of VBA as a document of Word 2007 has it (MS-OVBA 2.2.1): the storages and streams that every one has.
#[must_use]
pub fn vba_project() -> Vec<u8> {
    let mut project = new_compound();
    put_project(&mut project, "/");
    finish(project)
}

/// The letter as a document of Word 97 with one more stream.
#[must_use]
pub fn doc_with(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut document = open(LETTER_DOC);
    put_stream(&mut document, path, bytes);
    finish(document)
}

/// A document of Word 97 with macros.
#[must_use]
pub fn macro_doc() -> Vec<u8> {
    let mut document = open(LETTER_DOC);
    document.create_storage("/Macros").expect(FITS);
    put_project(&mut document, "/Macros/");
    finish(document)
}

/// A workbook of Excel 97 with macros.
#[must_use]
pub fn macro_xls() -> Vec<u8> {
    let mut workbook = open(TABLE_XLS);
    workbook.create_storage("/_VBA_PROJECT_CUR").expect(FITS);
    put_project(&mut workbook, "/_VBA_PROJECT_CUR/");
    finish(workbook)
}

/// An object that is a file of any kind, as it is packed when somebody drops it into a document.
#[must_use]
pub fn packed_file() -> Vec<u8> {
    let mut object = new_compound();
    put_stream(
        &mut object,
        "/\u{1}Ole10Native",
        b"\x10\0\0\0\x02\0run.bat\0",
    );
    finish(object)
}

/// A document of Word 97 with such an object in it.
#[must_use]
pub fn doc_with_packed_file() -> Vec<u8> {
    let mut document = open(LETTER_DOC);
    document.create_storage_all("/ObjectPool/_1").expect(FITS);
    put_stream(
        &mut document,
        "/ObjectPool/_1/\u{1}Ole10Native",
        b"\x10\0\0\0\x02\0run.bat\0",
    );
    finish(document)
}

/// A message of Outlook with files attached.
#[must_use]
pub fn message(attached: &[(&str, &[u8])]) -> Vec<u8> {
    let mut message = new_compound();
    put_message(&mut message, "/", 32);
    for (number, (name, bytes)) in attached.iter().enumerate() {
        let at = put_attachment(&mut message, "/", number, name, BY_VALUE);
        put_stream(&mut message, &format!("{at}__substg1.0_37010102"), bytes);
    }
    finish(message)
}

/// A message in a message in a message, `depth` of them below the outermost.
#[must_use]
pub fn message_in_messages(depth: usize) -> Vec<u8> {
    let mut message = new_compound();
    let mut at = "/".to_owned();
    put_message(&mut message, &at, 32);
    for _ in 0..depth {
        at = put_attachment(&mut message, &at, 0, "Case CS0606124", EMBEDDED);
        at.push_str("__substg1.0_3701000D/");
        message.create_storage(&at).expect(FITS);
        put_message(&mut message, &at, 24);
    }
    finish(message)
}

/// How an attachment is held (MS-OXCMSG 2.2.2.9): as the bytes of a file, as a message.
const BY_VALUE: u32 = 1;
const EMBEDDED: u32 = 5;

/// Properties and a subject; the head of the properties is longer in the outermost message (MS-OXMSG 2.4.1).
fn put_message(message: &mut Compound, at: &str, head: usize) {
    if at == "/" {
        let names = "/__nameid_version1.0/";
        message.create_storage(names).expect(FITS);
        for list in ["00020102", "00030102", "00040102"] {
            put_stream(message, &format!("{names}__substg1.0_{list}"), b"");
        }
    }
    let subject = wide("Case CS0606124");
    let mut properties = vec![0; head];
    properties.extend(property(
        0x0037_001F,
        u32::try_from(subject.len() + 2).expect(FITS),
    ));
    put_stream(
        message,
        &format!("{at}__properties_version1.0"),
        &properties,
    );
    put_stream(message, &format!("{at}__substg1.0_0037001F"), &subject);
}

fn put_attachment(
    message: &mut Compound,
    at: &str,
    number: usize,
    name: &str,
    method: u32,
) -> String {
    let at = format!("{at}__attach_version1.0_#{number:08X}/");
    message.create_storage(&at).expect(FITS);
    let name = wide(name);
    let mut properties = vec![0; 8];
    properties.extend(property(0x3705_0003, method));
    properties.extend(property(
        0x3707_001F,
        u32::try_from(name.len() + 2).expect(FITS),
    ));
    put_stream(
        message,
        &format!("{at}__properties_version1.0"),
        &properties,
    );
    put_stream(message, &format!("{at}__substg1.0_3707001F"), &name);
    at
}

/// One property: its tag, that it may be read and written, and its value or the length of it.
fn property(tag: u32, value: u32) -> [u8; 16] {
    let mut property = [0; 16];
    property[..4].copy_from_slice(&tag.to_le_bytes());
    property[4] = 6;
    property[8..12].copy_from_slice(&value.to_le_bytes());
    property
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn put_project(compound: &mut Compound, at: &str) {
    compound.create_storage(format!("{at}VBA")).expect(FITS);
    put_stream(
        compound,
        &format!("{at}VBA/_VBA_PROJECT"),
        &[0xCC, 0x61, 0xFF, 0xFF, 0, 0, 0],
    );
    put_stream(compound, &format!("{at}VBA/dir"), &[1, 0x19, 0xB0]);
    put_stream(compound, &format!("{at}VBA/ThisDocument"), &[1, 0, 0xB0]);
    put_stream(
        compound,
        &format!("{at}PROJECT"),
        b"Document=ThisDocument/&H00000000\r\n",
    );
}

const FITS: &str = "memory takes what is written";

fn new_compound() -> Compound {
    CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect(FITS)
}

fn open(bytes: &[u8]) -> Compound {
    CompoundFile::open(Cursor::new(bytes.to_vec())).expect("a sound compound file")
}

fn put_stream(compound: &mut Compound, path: &str, bytes: &[u8]) {
    let mut stream = compound.create_stream(path).expect(FITS);
    stream.write_all(bytes).expect(FITS);
    stream.flush().expect(FITS);
}

fn finish(mut compound: Compound) -> Vec<u8> {
    compound.flush().expect(FITS);
    compound.into_inner().into_inner()
}
