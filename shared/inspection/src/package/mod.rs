//! An OOXML document: a zip archive whose parts say what they are in `[Content_Types].xml`.
//!
//! Macros are looked for by what they are and not by how they are called: a type among the content types, or a project of
//! VBA in any part. Nothing is ever written anywhere, so that names of parts can play no tricks with paths.

mod content_types;

use std::io::Cursor;

use domain::{FileFault, FileFormat, FileName};

use crate::allowance::Allowance;
use crate::head::{self, Begins, PDF_WITHIN};
use crate::zip::{Archive, CONTENT_TYPES, Part};
use crate::{Source, Verdict, compound, look as look_at};
use content_types::ContentTypes;

/// The largest `[Content_Types].xml`: some hundred bytes a part.
const LARGEST_TYPES: usize = 1_000_000;
/// The largest document within a document that is looked into, and so held in memory: the workbook of a chart, an object.
/// A larger one is refused.
const LARGEST_INSIDE: usize = 4_000_000;

/// Whether it is a sound document of `format`, which is `.docx` or `.xlsx`.
pub(crate) fn look(
    format: FileFormat,
    source: &mut dyn Source,
    allowance: &mut Allowance,
) -> Verdict {
    let mut archive = Archive::open(source)?;
    if archive.is_locked() {
        return Err(FileFault::LockedArchive);
    }
    let Some(part) = archive.find(CONTENT_TYPES).cloned() else {
        return Err(crate::zip::disguise(source));
    };
    let types = unpacked(&mut archive, &part, allowance, LARGEST_TYPES)?;
    let types = ContentTypes::read(&types.ok_or(FileFault::UnpacksTooLarge)?)?;
    if types.has_macros() {
        return Err(FileFault::Macros);
    }
    let main = types.main_part(format).ok_or(FileFault::NotWhatItIsNamed)?;
    if !archive.has(main.trim_start_matches('/')) {
        return Err(FileFault::Damaged);
    }
    for part in archive.parts().to_vec() {
        look_at_part(&mut archive, &part, allowance)?;
    }
    Ok(())
}

/// Looks at one part: it is unpacked to its end, and held only if it is a file that must be looked into.
fn look_at_part(archive: &mut Archive<'_>, part: &Part, allowance: &mut Allowance) -> Verdict {
    match first_of(archive, part, allowance)? {
        Begins::Program => Err(FileFault::Program),
        Begins::Archive if is_packed_picture(&part.name) => Ok(()),
        Begins::Archive => Err(FileFault::ArchiveInDisguise),
        Begins::Otherwise => Ok(()),
        Begins::Compound => {
            let bytes = inside(archive, part, allowance)?;
            allowance
                .within(|allowance| compound::look_at_object(&mut Cursor::new(&bytes), allowance))
        }
        Begins::Zip => {
            let last = part.name.rsplit('/').next().unwrap_or_default();
            let Ok(name) = last.parse::<FileName>() else {
                return Err(FileFault::FileInside);
            };
            let bytes = inside(archive, part, allowance)?;
            allowance
                .within(|allowance| look_at(name.format(), &mut Cursor::new(&bytes), allowance))
                .map_err(as_inside)
        }
    }
}

/// What a fault of a file inside a document is for the document.
pub(crate) fn as_inside(fault: FileFault) -> FileFault {
    match fault {
        FileFault::NotWhatItIsNamed
        | FileFault::ArchiveInDisguise
        | FileFault::LockedArchive
        | FileFault::NestedTooDeep
        | FileFault::Empty => FileFault::FileInside,
        FileFault::NotAsAnnounced
        | FileFault::Program
        | FileFault::PasswordLocked
        | FileFault::Macros
        | FileFault::UnpacksTooLarge
        | FileFault::FileInside
        | FileFault::AttachmentInside
        | FileFault::AttachmentFaulty
        | FileFault::Damaged
        | FileFault::Malware => fault,
    }
}

/// Pictures of Windows, packed by Office itself.
fn is_packed_picture(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".emz", ".wmz"].iter().any(|end| name.ends_with(end))
}

/// How the part begins, after it was unpacked to its end.
fn first_of(
    archive: &mut Archive<'_>,
    part: &Part,
    allowance: &mut Allowance,
) -> Result<Begins, FileFault> {
    let enough = usize::try_from(PDF_WITHIN).map_err(crate::damaged)?;
    let mut head = Vec::with_capacity(enough);
    archive.unpack(part, allowance, &mut |piece| {
        let missing = enough - head.len();
        head.extend_from_slice(&piece[..missing.min(piece.len())]);
        Ok(())
    })?;
    Ok(head::begins(&head))
}

/// All bytes of a file inside the document.
fn inside(
    archive: &mut Archive<'_>,
    part: &Part,
    allowance: &mut Allowance,
) -> Result<Vec<u8>, FileFault> {
    let bytes = unpacked(archive, part, allowance, LARGEST_INSIDE)?;
    bytes.ok_or(FileFault::FileInside)
}

/// All bytes of a part, if they are at most `most`.
fn unpacked(
    archive: &mut Archive<'_>,
    part: &Part,
    allowance: &mut Allowance,
    most: usize,
) -> Result<Option<Vec<u8>>, FileFault> {
    let mut bytes = Some(Vec::new());
    archive.unpack(part, allowance, &mut |piece| {
        bytes = bytes.take().filter(|held| held.len() + piece.len() <= most);
        if let Some(held) = &mut bytes {
            held.extend_from_slice(piece);
        }
        Ok(())
    })?;
    Ok(bytes)
}
