//! A message of Outlook, and what is attached to it (MS-OXMSG 2.2).
//!
//! A file that is attached is looked at as if it had been sent itself; it must be of a kind that is taken. A message that is
//! attached lies in the same container, as a storage, and is looked at in turn. Pictures in the text are attachments like
//! any other.

use std::path::Path;
use std::rc::Rc;

use cfb::Entry;
use domain::{FileFault, FileName};

use super::{Compound, MACROS, PACKED_FILE};
use crate::allowance::Allowance;
use crate::{Verdict, damaged, look as look_at};

/// What the storage of an attachment begins with.
const ATTACHMENT: &str = "__attach_version1.0_#";
/// What every message has.
const PROPERTIES: &str = "__properties_version1.0";
/// The bytes of a file that is attached, and the storage of a message or an object that is.
const BYTES: &str = "__substg1.0_37010102";
const STORAGE: &str = "__substg1.0_3701000D";
/// The name of an attachment: long or short, each in UTF-16 or in bytes.
const NAMES: [(&str, bool); 4] = [
    ("__substg1.0_3707001F", true),
    ("__substg1.0_3707001E", false),
    ("__substg1.0_3704001F", true),
    ("__substg1.0_3704001E", false),
];
/// More bytes than a name has that is taken: 200 letters (domain.md #38).
const LONGEST_NAME: u64 = 2_000;

/// Whether the message is whole, and all that is attached to it may be.
pub(super) fn look(compound: &mut Compound<'_>, allowance: &mut Allowance) -> Verdict {
    for entry in Rc::clone(&compound.entries).iter() {
        if entry.is_stream() {
            compound.read_whole(entry)?;
        }
    }
    look_within(compound, Path::new("/"), allowance)
}

fn look_within(compound: &mut Compound<'_>, message: &Path, allowance: &mut Allowance) -> Verdict {
    if !compound.file.is_stream(message.join(PROPERTIES)) {
        return Err(FileFault::Damaged);
    }
    let held = compound.file.read_storage(message).map_err(damaged)?;
    let attachments: Vec<Entry> = held
        .filter(|entry| entry.is_storage() && entry.name().starts_with(ATTACHMENT))
        .collect();
    for attachment in attachments {
        look_at_attachment(compound, attachment.path(), allowance)?;
    }
    Ok(())
}

fn look_at_attachment(
    compound: &mut Compound<'_>,
    attachment: &Path,
    allowance: &mut Allowance,
) -> Verdict {
    let held = attachment.join(STORAGE);
    if compound.file.is_storage(&held) {
        return if compound.file.is_stream(held.join(PROPERTIES)) {
            allowance.within(|allowance| look_within(compound, &held, allowance))
        } else {
            look_at_object(compound, &held)
        };
    }
    let name = name(compound, attachment)?.ok_or(FileFault::AttachmentInside)?;
    let bytes = attachment.join(BYTES);
    if !compound.file.is_stream(&bytes) {
        return Err(FileFault::AttachmentFaulty);
    }
    let mut stream = compound.file.open_stream(&bytes).map_err(damaged)?;
    allowance
        .within(|allowance| look_at(name.format(), &mut stream, allowance))
        .map_err(as_attached)
}

/// The name of an attachment, if it is one that a file may have. A long name goes before a short one, which is made from it.
fn name(compound: &mut Compound<'_>, attachment: &Path) -> Result<Option<FileName>, FileFault> {
    for (stream, wide) in NAMES {
        let path = attachment.join(stream);
        if compound.file.is_stream(&path) {
            let entry = compound.file.entry(&path).map_err(damaged)?;
            let bytes = compound.first(&entry, LONGEST_NAME)?;
            return Ok(text(&bytes, wide).trim_end_matches('\0').parse().ok());
        }
    }
    Ok(None)
}

fn text(bytes: &[u8], wide: bool) -> String {
    if wide {
        let (units, _) = bytes.as_chunks();
        let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
        char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    } else {
        // The code page does not matter: the extension is in ASCII.
        bytes.iter().copied().map(char::from).collect()
    }
}

/// An object in the text of a message: nothing that was packed as a file, and nothing with macros.
fn look_at_object(compound: &Compound<'_>, object: &Path) -> Verdict {
    let mut inside = compound.file.walk_storage(object).map_err(damaged)?;
    let unfit = |entry: Entry| {
        let name = entry.name();
        name == PACKED_FILE
            || MACROS
                .iter()
                .any(|macros| name.eq_ignore_ascii_case(macros))
    };
    if inside.any(unfit) {
        Err(FileFault::AttachmentInside)
    } else {
        Ok(())
    }
}

/// What a fault of an attachment is for the message.
fn as_attached(fault: FileFault) -> FileFault {
    match fault {
        FileFault::NotWhatItIsNamed
        | FileFault::Program
        | FileFault::ArchiveInDisguise
        | FileFault::LockedArchive
        | FileFault::FileInside
        | FileFault::AttachmentInside => FileFault::AttachmentInside,
        FileFault::Empty
        | FileFault::PasswordLocked
        | FileFault::Macros
        | FileFault::AttachmentFaulty
        | FileFault::Damaged => FileFault::AttachmentFaulty,
        FileFault::NotAsAnnounced
        | FileFault::UnpacksTooLarge
        | FileFault::NestedTooDeep
        | FileFault::Malware => fault,
    }
}
