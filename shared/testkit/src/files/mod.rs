//! Files that people send: real ones, made by real tools, and those that must be refused.
//!
//! What lies in `shared/testkit/files` was made by LibreOffice, qpdf, ImageMagick, Info-ZIP, msoffcrypto-tool and msgforge
//! (`make.py` there makes it anew). What no tool at hand makes is [`made`] here from those, following the format's
//! specification: macros, bombs, attachments of messages. What is [`hostile`] is never stored, but put together while a
//! test runs.

pub mod hostile;
pub mod made;

use domain::FileFault;

/// The password of all that is locked.
pub const PASSWORD: &str = "sample";

macro_rules! stored {
    ($($(#[doc = $doc:literal])+ $name:ident = $file:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: &[u8] = include_bytes!(concat!("../../files/", $file));)+
    };
}

stored! {
    /// A letter as LibreOffice exports it: a table of offsets and a trailer.
    LETTER_PDF = "letter.pdf";
    /// The same with objects in streams, and a stream in the trailer's place.
    STREAMS_PDF = "streams.pdf";
    /// The same, ready to be shown while it is loaded: its last section stands first.
    LINEAR_PDF = "linear.pdf";
    /// The same, locked with [`PASSWORD`].
    LOCKED_PDF = "locked.pdf";
    /// The same with objects in streams, locked.
    LOCKED_STREAMS_PDF = "locked-streams.pdf";
    /// The same, which anybody may open and nobody may print.
    OWNER_PDF = "owner.pdf";
    /// A picture.
    SCAN_PNG = "scan.png";
    /// A picture.
    SCAN_JPG = "scan.jpg";
    /// A picture in several scans.
    PROGRESSIVE_JPG = "progressive.jpg";
    /// A letter of Word 97.
    LETTER_DOC = "letter.doc";
    /// A letter of Word 2007.
    LETTER_DOCX = "letter.docx";
    /// A letter as rich text.
    LETTER_RTF = "letter.rtf";
    /// A letter of OpenDocument.
    LETTER_ODT = "letter.odt";
    /// A letter of Word 97, locked.
    LOCKED_DOC = "locked.doc";
    /// A table of Excel 97.
    TABLE_XLS = "table.xls";
    /// A table of Excel 2007.
    TABLE_XLSX = "table.xlsx";
    /// A table of Excel 97, locked.
    LOCKED_XLS = "locked.xls";
    /// A table of Excel 2007, locked, and so in a wrapper of OLE.
    LOCKED_XLSX = "locked.xlsx";
    /// A message with a PDF and a table attached.
    CASE_MSG = "case.msg";
    /// An archive, locked.
    LOCKED_ZIP = "locked.zip";
}

/// A file as somebody sends it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What it is called.
    pub name: &'static str,
    /// All of it.
    pub bytes: Vec<u8>,
}

fn sample(name: &'static str, bytes: impl Into<Vec<u8>>) -> Sample {
    Sample {
        name,
        bytes: bytes.into(),
    }
}

/// One sound file and more of each kind that is taken.
#[must_use]
pub fn sound() -> Vec<Sample> {
    vec![
        sample("letter.pdf", LETTER_PDF),
        sample("streams.PDF", STREAMS_PDF),
        sample("linear.pdf", LINEAR_PDF),
        sample("words.pdf", made::pdf_that_says_encrypt()),
        sample("scan.png", SCAN_PNG),
        sample("scan.jpg", SCAN_JPG),
        sample("progressive.jpeg", PROGRESSIVE_JPG),
        sample("letter.doc", LETTER_DOC),
        sample("letter.docx", LETTER_DOCX),
        sample(
            "chart.docx",
            made::docx_with("word/embeddings/table.xlsx", TABLE_XLSX),
        ),
        sample("table.xls", TABLE_XLS),
        sample("table.xlsx", TABLE_XLSX),
        sample("case.msg", CASE_MSG),
        sample("forwarded.msg", made::message_in_messages(3)),
    ]
}

/// Files that are refused, and why: each fault that inspection finds at least once.
#[must_use]
pub fn refused() -> Vec<(Sample, FileFault)> {
    let inside = |name| made::docx_with(name, &hostile::program());
    let attached = |name, bytes: &[u8]| made::message(&[(name, bytes)]);
    vec![
        (sample("empty.pdf", []), FileFault::Empty),
        (sample("scan.pdf", SCAN_PNG), FileFault::NotWhatItIsNamed),
        (sample("scan.png", SCAN_JPG), FileFault::NotWhatItIsNamed),
        (sample("scan.jpg", LETTER_PDF), FileFault::NotWhatItIsNamed),
        (
            sample("letter.doc", LETTER_RTF),
            FileFault::NotWhatItIsNamed,
        ),
        (
            sample("letter.doc", LETTER_DOCX),
            FileFault::NotWhatItIsNamed,
        ),
        (
            sample("letter.docx", LETTER_DOC),
            FileFault::NotWhatItIsNamed,
        ),
        (
            sample("letter.docx", LETTER_ODT),
            FileFault::NotWhatItIsNamed,
        ),
        (
            sample("letter.docx", TABLE_XLSX),
            FileFault::NotWhatItIsNamed,
        ),
        (
            sample("table.xlsx", LETTER_DOCX),
            FileFault::NotWhatItIsNamed,
        ),
        (sample("table.doc", TABLE_XLS), FileFault::NotWhatItIsNamed),
        (
            sample("letter.msg", LETTER_DOC),
            FileFault::NotWhatItIsNamed,
        ),
        (sample("case.xls", CASE_MSG), FileFault::NotWhatItIsNamed),
        (
            sample("invoice.pdf", hostile::program()),
            FileFault::Program,
        ),
        (
            sample("letter.docx", inside("word/media/image1.png")),
            FileFault::Program,
        ),
        (sample("locked.pdf", LOCKED_PDF), FileFault::PasswordLocked),
        (
            sample("locked.pdf", LOCKED_STREAMS_PDF),
            FileFault::PasswordLocked,
        ),
        (sample("owner.pdf", OWNER_PDF), FileFault::PasswordLocked),
        (sample("locked.doc", LOCKED_DOC), FileFault::PasswordLocked),
        (sample("locked.xls", LOCKED_XLS), FileFault::PasswordLocked),
        (
            sample("locked.xlsx", LOCKED_XLSX),
            FileFault::PasswordLocked,
        ),
        (
            sample("locked.docx", LOCKED_XLSX),
            FileFault::PasswordLocked,
        ),
        (sample("macros.docx", made::macro_docx()), FileFault::Macros),
        (
            sample("macros.docx", made::hidden_macro_docx()),
            FileFault::Macros,
        ),
        (sample("macros.doc", made::macro_doc()), FileFault::Macros),
        (sample("macros.xls", made::macro_xls()), FileFault::Macros),
        (
            sample("archive.docx", made::archive()),
            FileFault::ArchiveInDisguise,
        ),
        (
            sample("archive.pdf", made::archive()),
            FileFault::ArchiveInDisguise,
        ),
        (
            sample("archive.jpg", hostile::picture_and_archive()),
            FileFault::ArchiveInDisguise,
        ),
        (
            sample(
                "letter.docx",
                made::docx_with("word/media/image1.png", &made::archive()),
            ),
            FileFault::FileInside,
        ),
        (sample("locked.docx", LOCKED_ZIP), FileFault::LockedArchive),
        (sample("locked.pdf", LOCKED_ZIP), FileFault::LockedArchive),
        (
            sample("bomb.docx", hostile::bomb_docx()),
            FileFault::UnpacksTooLarge,
        ),
        (
            sample("bomb.docx", hostile::overlapping_docx()),
            FileFault::UnpacksTooLarge,
        ),
        (
            sample(
                "letter.docx",
                made::docx_with("word/embeddings/oleObject1.bin", &made::packed_file()),
            ),
            FileFault::FileInside,
        ),
        (
            sample("letter.doc", made::doc_with_packed_file()),
            FileFault::FileInside,
        ),
        (
            sample("case.msg", attached("page.html", b"<html>")),
            FileFault::AttachmentInside,
        ),
        (
            sample("case.msg", attached("letter.pdf", &hostile::program())),
            FileFault::AttachmentInside,
        ),
        (
            sample("case.msg", attached("locked.pdf", LOCKED_PDF)),
            FileFault::AttachmentFaulty,
        ),
        (
            sample("case.msg", attached("macros.docx", &made::macro_docx())),
            FileFault::AttachmentFaulty,
        ),
        (
            sample("case.msg", attached("letter.pdf", &LETTER_PDF[..9_000])),
            FileFault::AttachmentFaulty,
        ),
        (
            sample("deep.msg", made::message_in_messages(4)),
            FileFault::NestedTooDeep,
        ),
        (
            sample("cut.pdf", &LETTER_PDF[..LETTER_PDF.len() - 20]),
            FileFault::Damaged,
        ),
    ]
}
