//! OLE compound files: documents of Office up to 2003, messages of Outlook, and the wrapper around an OOXML document that
//! is locked.
//!
//! The container is read by the crate `cfb`, through a [`Metered`] source, because it believes the tables of the file: what
//! they may take is bounded before it is asked.

mod message;
mod metered;
mod word;
mod workbook;

use std::io::{self, Read};
use std::rc::Rc;

use cfb::{CompoundFile, Entry};
use domain::{FileFault, FileFormat};

use crate::allowance::Allowance;
use crate::{Source, Verdict, damaged, length, look as look_at, package};
use metered::Metered;

/// A compound file, opened.
struct Compound<'a> {
    file: CompoundFile<Metered<'a>>,
    entries: Rc<[Entry]>,
}

/// The longest path in it, in bytes: messages in messages come to 250. Each entry holds its own.
const LONGEST_PATH: usize = 400;
/// How much of a stream is fetched at a time.
const BUFFER: usize = 128 * 1024;
/// The stream of a file that was put into a document as it is, whatever it is.
const PACKED_FILE: &str = "\u{1}Ole10Native";
/// The stream of an OOXML document that was put into a document.
const PACKAGE: &str = "Package";
/// Where projects of VBA are: the folders that Word and Excel keep them in, and what every project has.
const MACROS: [&str; 4] = ["Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"];

/// Whether it is a sound document of `format`.
pub(crate) fn look(
    format: FileFormat,
    source: &mut dyn Source,
    allowance: &mut Allowance,
) -> Verdict {
    let mut compound = Compound::open(source)?;
    if compound.has_stream("/EncryptedPackage") {
        return Err(FileFault::PasswordLocked);
    }
    let right = match format {
        FileFormat::Doc => compound.has_stream("/WordDocument"),
        FileFormat::Xls => compound.has_stream("/Workbook") || compound.has_stream("/Book"),
        FileFormat::Msg => compound.has_stream("/__properties_version1.0"),
        FileFormat::Docx
        | FileFormat::Xlsx
        | FileFormat::Pdf
        | FileFormat::Jpeg
        | FileFormat::Png => false,
    };
    if !right {
        return Err(FileFault::NotWhatItIsNamed);
    }
    if format == FileFormat::Msg {
        message::look(&mut compound, allowance)
    } else {
        compound.look_at_streams(allowance)
    }
}

/// Whether an object inside a document may be there. It may be of any kind that keeps its own data; what was packed as a
/// file may be anything.
pub(crate) fn look_at_object(source: &mut dyn Source, allowance: &mut Allowance) -> Verdict {
    Compound::open(source)?.look_at_streams(allowance)
}

impl<'a> Compound<'a> {
    fn open(source: &'a mut dyn Source) -> Result<Self, FileFault> {
        let size = length(source)?;
        let (metered, meter) = Metered::new(source);
        let options = cfb::OpenOptions::new().max_buffer_size(BUFFER);
        let file = options.open_with(metered).map_err(damaged)?;
        let mut entries = Vec::new();
        let mut streams = 0_u64;
        for entry in file.walk() {
            if entry.path().as_os_str().len() > LONGEST_PATH {
                return Err(FileFault::Damaged);
            }
            if entry.is_stream() {
                streams = streams.saturating_add(entry.len());
            }
            entries.push(entry);
        }
        // Streams that share sectors could make a large file out of a small one.
        if streams > size {
            return Err(FileFault::Damaged);
        }
        meter.allow_for(size);
        let entries = entries.into();
        Ok(Self { file, entries })
    }

    fn has_stream(&self, path: &str) -> bool {
        self.file.is_stream(path)
    }

    fn stream(&mut self, entry: &Entry) -> Result<cfb::Stream<Metered<'a>>, FileFault> {
        self.file.open_stream(entry.path()).map_err(damaged)
    }

    /// The first `most` bytes of a stream.
    fn first(&mut self, entry: &Entry, most: u64) -> Result<Vec<u8>, FileFault> {
        let mut bytes = Vec::new();
        let mut stream = self.stream(entry)?.take(most);
        stream.read_to_end(&mut bytes).map_err(damaged)?;
        Ok(bytes)
    }

    /// Looks at every stream and storage for what no document may have, and reads each stream to its end.
    fn look_at_streams(&mut self, allowance: &mut Allowance) -> Verdict {
        for entry in Rc::clone(&self.entries).iter() {
            let name = entry.name();
            if MACROS
                .iter()
                .any(|macros| name.eq_ignore_ascii_case(macros))
            {
                return Err(FileFault::Macros);
            }
            if entry.is_stream() {
                self.look_at_stream(entry, allowance)?;
            }
        }
        Ok(())
    }

    fn look_at_stream(&mut self, entry: &Entry, allowance: &mut Allowance) -> Verdict {
        match entry.name() {
            "EncryptedPackage" => return Err(FileFault::PasswordLocked),
            PACKED_FILE => return Err(FileFault::FileInside),
            PACKAGE => return self.look_at_package(entry, allowance),
            "WordDocument" => word::look(&self.first(entry, word::ENOUGH)?, self, entry)?,
            "Workbook" | "Book" => workbook::look(&mut self.stream(entry)?)?,
            _ => {}
        }
        self.read_whole(entry)
    }

    /// An OOXML document as an object: one of the two kinds that are taken.
    fn look_at_package(&mut self, entry: &Entry, allowance: &mut Allowance) -> Verdict {
        let mut stream = self.stream(entry)?;
        let mut look = |format| {
            let seen = allowance.within(|allowance| look_at(format, &mut stream, allowance));
            seen.map_err(package::as_inside)
        };
        match look(FileFormat::Docx) {
            Err(FileFault::FileInside) => look(FileFormat::Xlsx),
            seen => seen,
        }
    }

    /// Whether all bytes that the stream should have are there.
    fn read_whole(&mut self, entry: &Entry) -> Verdict {
        let mut stream = self.stream(entry)?;
        let read = io::copy(&mut stream, &mut io::sink()).map_err(damaged)?;
        if read == entry.len() {
            Ok(())
        } else {
            Err(FileFault::Damaged)
        }
    }
}
