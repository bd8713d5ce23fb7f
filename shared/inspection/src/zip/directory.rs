//! The directory at the end of an archive, and the header before each part.

use std::collections::HashSet;

use domain::FileFault;

use crate::{Source, bytes_at, damaged, length, u16_at, u32_at};

/// The end of the directory: its length without a comment, and the longest with one.
const END: u64 = 22;
const LONGEST_END: u64 = END + 65_535;
/// The length of an entry, and of a part's own header, before its name.
const ENTRY: usize = 46;
const HEADER: u64 = 30;
/// More parts than any document has, and more of a directory.
const MOST_PARTS: u16 = 10_000;
const LARGEST: u32 = 1_000_000;
/// The bits that say that a part is encrypted: in the classical way, in the strong one, and with its header as well.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
/// The extra field that has lengths of eight bytes, and what stands in the place of the short ones.
const LONG_LENGTHS: u16 = 1;
const ELSEWHERE: u32 = 0xFFFF_FFFF;

/// One part of an archive.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Its name; bytes that are not UTF-8 are replaced, because they are only compared with names that are.
    pub(crate) name: String,
    pub(crate) is_encrypted: bool,
    pub(super) method: u16,
    pub(super) sum: u32,
    pub(super) packed: u64,
    pub(super) unpacked: u64,
    /// Where its header begins; then, once that is read, where its bytes do.
    pub(super) at: u64,
}

/// All parts, in the order in which they lie in the archive.
pub(super) fn read(source: &mut dyn Source) -> Result<Vec<Part>, FileFault> {
    let size = length(source)?;
    let tail_at = size.saturating_sub(LONGEST_END);
    let tail = bytes_at(source, tail_at, LONGEST_END)?;
    let end = end_of_directory(&tail).ok_or(FileFault::Damaged)?;
    let count = u16_at(&tail, end + 10)?;
    let long = u32_at(&tail, end + 12)?;
    let start = u32_at(&tail, end + 16)?;
    let one_disk = u32_at(&tail, end + 4)? == 0 && u16_at(&tail, end + 8)? == count;
    let end = tail_at + u64::try_from(end).map_err(damaged)?;
    if !one_disk || u64::from(start) + u64::from(long) != end {
        return Err(FileFault::Damaged);
    }
    if count > MOST_PARTS || long > LARGEST {
        return Err(FileFault::UnpacksTooLarge);
    }
    let directory = bytes_at(source, start.into(), long.into())?;
    let mut parts = entries(&directory, count)?;
    parts.sort_by_key(|part| part.at);
    unlike_each_other(&parts)?;
    let mut free = 0;
    for part in &mut parts {
        if part.at < free {
            return Err(FileFault::UnpacksTooLarge);
        }
        find_bytes(source, part)?;
        free = part.at.saturating_add(part.packed);
    }
    if free > start.into() {
        return Err(FileFault::Damaged);
    }
    Ok(parts)
}

/// Where the end of the directory stands in `tail`: its comment ends with the file.
fn end_of_directory(tail: &[u8]) -> Option<usize> {
    let last = tail.len().checked_sub(usize::try_from(END).ok()?)?;
    (0..=last).rev().find(|&at| {
        let comment = u16_at(tail, at + 20).map(usize::from);
        tail[at..].starts_with(b"PK\x05\x06") && comment == Ok(last - at)
    })
}

fn entries(directory: &[u8], count: u16) -> Result<Vec<Part>, FileFault> {
    let mut parts = Vec::with_capacity(count.into());
    let mut rest = directory;
    for _ in 0..count {
        if !rest.starts_with(b"PK\x01\x02") {
            return Err(FileFault::Damaged);
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| u16_at(rest, at).map(usize::from));
        let (name, extra, comment) = (name?, extra?, comment?);
        let after_name = rest
            .get(ENTRY..)
            .and_then(|after| after.split_at_checked(name));
        let (name, after) = after_name.ok_or(FileFault::Damaged)?;
        let (extra, after) = after.split_at_checked(extra).ok_or(FileFault::Damaged)?;
        let (packed, unpacked) = lengths(rest, extra)?;
        parts.push(Part {
            name: String::from_utf8_lossy(name).into_owned(),
            is_encrypted: u16_at(rest, 8)? & ENCRYPTED != 0,
            method: u16_at(rest, 10)?,
            sum: u32_at(rest, 16)?,
            packed,
            unpacked,
            at: u32_at(rest, 42)?.into(),
        });
        rest = after.get(comment..).ok_or(FileFault::Damaged)?;
    }
    if rest.is_empty() {
        Ok(parts)
    } else {
        Err(FileFault::Damaged)
    }
}

/// The packed and the unpacked length of an entry. Some writers put them into an extra field whether they need to or not.
fn lengths(entry: &[u8], mut extra: &[u8]) -> Result<(u64, u64), FileFault> {
    let (packed, unpacked) = (u32_at(entry, 20)?, u32_at(entry, 24)?);
    let mut long: &[u8] = &[];
    while !extra.is_empty() {
        let (kind, length) = (u16_at(extra, 0)?, u16_at(extra, 2)?);
        let field = extra[4..].split_at_checked(length.into());
        let (field, rest) = field.ok_or(FileFault::Damaged)?;
        if kind == LONG_LENGTHS {
            long = field;
        }
        extra = rest;
    }
    let mut next = |short: u32| {
        if short != ELSEWHERE {
            return Ok(u64::from(short));
        }
        let (eight, rest) = long.split_first_chunk().ok_or(FileFault::Damaged)?;
        long = rest;
        Ok(u64::from_le_bytes(*eight))
    };
    let unpacked = next(unpacked)?;
    Ok((next(packed)?, unpacked))
}

fn unlike_each_other(parts: &[Part]) -> Result<(), FileFault> {
    let mut names = HashSet::with_capacity(parts.len());
    let unlike = parts
        .iter()
        .all(|part| names.insert(part.name.to_ascii_lowercase()));
    if unlike {
        Ok(())
    } else {
        Err(FileFault::Damaged)
    }
}

/// Reads the part's own header, which must say what the directory says, and moves `at` behind it.
fn find_bytes(source: &mut dyn Source, part: &mut Part) -> Result<(), FileFault> {
    let header = bytes_at(source, part.at, HEADER)?;
    let encrypted = u16_at(&header, 6)? & ENCRYPTED != 0;
    let same = header.starts_with(b"PK\x03\x04")
        && encrypted == part.is_encrypted
        && u16_at(&header, 8)? == part.method;
    let name = u16_at(&header, 26)?;
    let name_at = part.at + HEADER;
    let own = bytes_at(source, name_at, name.into())?;
    if !same || String::from_utf8_lossy(&own) != part.name {
        return Err(FileFault::Damaged);
    }
    part.at = name_at + u64::from(name) + u64::from(u16_at(&header, 28)?);
    Ok(())
}
