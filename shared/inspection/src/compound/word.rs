//! The first block of a document of Word, which says whether it is locked (MS-DOC 2.5.2, `FibBase`).

use cfb::Entry;
use domain::FileFault;

use super::Compound;
use crate::{Verdict, u16_at};

/// The bytes of `FibBase`.
pub(super) const ENOUGH: u64 = 32;
/// How the block begins, and the first version whose text is laid out as here (Word 97). Older ones are taken for
/// damaged: they are the business of a converter.
const MARK: u16 = 0xA5EC;
const FIRST_VERSION: u16 = 0x00C1;
/// Bits of the flags: the document is encrypted or obfuscated; which of the two tables belongs to it.
const ENCRYPTED: u16 = 0x0100;
const OBFUSCATED: u16 = 0x8000;
const SECOND_TABLE: u16 = 0x0200;

/// Whether the document that begins with `block` is open and has its table beside it.
pub(super) fn look(block: &[u8], compound: &Compound<'_>, entry: &Entry) -> Verdict {
    let flags = u16_at(block, 0x0A)?;
    if u16_at(block, 0)? != MARK || u16_at(block, 2)? < FIRST_VERSION {
        return Err(FileFault::Damaged);
    }
    if flags & (ENCRYPTED | OBFUSCATED) != 0 {
        return Err(FileFault::PasswordLocked);
    }
    let table = if flags & SECOND_TABLE == 0 {
        "0Table"
    } else {
        "1Table"
    };
    if compound.file.is_stream(entry.path().with_file_name(table)) {
        Ok(())
    } else {
        Err(FileFault::Damaged)
    }
}
