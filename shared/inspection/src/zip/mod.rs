//! A zip archive, as far as documents are ones.
//!
//! Read here and not by a library, because of what must be refused before memory is reserved or a part is opened: more
//! parts than any document has, parts that lie over one another (a bomb that unpacks the same bytes again and again), two
//! parts of one name, a directory that says other things than the parts' own headers (so that two readers see two
//! documents), and bytes before or behind. A document of at most 25 MB needs no more than the classical format: several
//! disks and a directory in the 64-bit format are refused as damaged.

mod directory;
mod part;

use domain::FileFault;

use crate::Source;
use crate::allowance::Allowance;
pub(crate) use directory::Part;

/// The parts of an archive, in the order in which they lie in it.
pub(crate) struct Archive<'a> {
    source: &'a mut dyn Source,
    parts: Vec<Part>,
}

impl<'a> Archive<'a> {
    /// Reads the directory, and nothing of the parts but their headers.
    ///
    /// # Errors
    /// When it is none that a document would have.
    pub(crate) fn open(source: &'a mut dyn Source) -> Result<Self, FileFault> {
        let parts = directory::read(source)?;
        Ok(Self { source, parts })
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether a part is encrypted.
    pub(crate) fn is_locked(&self) -> bool {
        self.parts.iter().any(|part| part.is_encrypted)
    }

    /// Whether it has a part of that name; names of parts do not tell letter cases apart.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Part> {
        self.parts
            .iter()
            .find(|part| part.name.eq_ignore_ascii_case(name))
    }

    /// Unpacks all of `part` out of the allowance, piece by piece, into `into`. The length and the checksum of the
    /// whole are right.
    ///
    /// # Errors
    /// When it is damaged, unpacks to too much, or `into` refuses a piece.
    pub(crate) fn unpack(
        &mut self,
        part: &Part,
        allowance: &mut Allowance,
        into: &mut dyn FnMut(&[u8]) -> Result<(), FileFault>,
    ) -> Result<(), FileFault> {
        part::unpack(self.source, part, allowance, into)
    }
}

/// The part that every OOXML document has, and no other archive.
pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";

/// What an archive is, that is not the document that it should be: a document of another kind, or an archive.
pub(crate) fn disguise(source: &mut dyn Source) -> FileFault {
    let Ok(archive) = Archive::open(source) else {
        return FileFault::ArchiveInDisguise;
    };
    if archive.is_locked() {
        FileFault::LockedArchive
    } else if archive.has(CONTENT_TYPES) || archive.first_is("mimetype") {
        FileFault::NotWhatItIsNamed
    } else {
        FileFault::ArchiveInDisguise
    }
}

impl Archive<'_> {
    /// Whether the first part has that name: documents of OpenDocument begin so.
    fn first_is(&self, name: &str) -> bool {
        self.parts.first().is_some_and(|part| part.name == name)
    }
}
