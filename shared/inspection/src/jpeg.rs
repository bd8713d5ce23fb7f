//! A JPEG picture, from its start of image to its end, segment by segment.
//!
//! What comes after the end is not looked at, but for an archive or a program: cameras put previews and films there.

use std::io::{BufRead, BufReader, Read, SeekFrom};

use domain::FileFault;

use crate::head::{self, Begins};
use crate::{Source, Verdict, damaged};

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
/// Within a scan: a byte of the picture that looks like a marker, and the restarts.
const STUFFED: u8 = 0x00;
const RESTARTS: std::ops::RangeInclusive<u8> = 0xD0..=0xD7;
/// The markers that open a frame; 0xC4, 0xC8 and 0xCC among them are tables and a reserve.
const FRAMES: std::ops::RangeInclusive<u8> = 0xC0..=0xCF;
const NOT_FRAMES: [u8; 3] = [0xC4, 0xC8, 0xCC];

/// Whether the picture is whole.
pub(crate) fn look(source: &mut dyn Source) -> Verdict {
    source.seek(SeekFrom::Start(0)).map_err(damaged)?;
    let mut picture = BufReader::new(source);
    if marker(&mut picture)? != START {
        return Err(FileFault::Damaged);
    }
    let (mut frame, mut scan) = (false, false);
    let mut next = marker(&mut picture)?;
    while next != END {
        let length = u16::from_be_bytes(take(&mut picture)?);
        skip(
            &mut picture,
            length.checked_sub(2).ok_or(FileFault::Damaged)?,
        )?;
        frame |= FRAMES.contains(&next) && !NOT_FRAMES.contains(&next);
        next = if next == START_OF_SCAN {
            scan = true;
            after_scan(&mut picture)?
        } else {
            marker(&mut picture)?
        };
    }
    if frame && scan {
        nothing_hides_behind(&mut picture)
    } else {
        Err(FileFault::Damaged)
    }
}

/// Whether what comes after the end of a picture is neither an archive nor a program.
pub(crate) fn nothing_hides_behind(picture: &mut impl Read) -> Verdict {
    let mut rest = Vec::new();
    picture
        .take(head::PDF_WITHIN)
        .read_to_end(&mut rest)
        .map_err(damaged)?;
    match head::begins(&rest) {
        Begins::Program => Err(FileFault::Program),
        Begins::Zip | Begins::Archive => Err(FileFault::ArchiveInDisguise),
        Begins::Compound | Begins::Otherwise => Ok(()),
    }
}

/// The marker that must stand here; any number of fill bytes may come before its last.
fn marker(picture: &mut impl Read) -> Result<u8, FileFault> {
    if take(picture)? != [0xFF] {
        return Err(FileFault::Damaged);
    }
    loop {
        let [byte] = take(picture)?;
        match byte {
            0xFF => {}
            STUFFED => return Err(FileFault::Damaged),
            marker => return Ok(marker),
        }
    }
}

/// The marker that ends a scan.
fn after_scan(picture: &mut impl BufRead) -> Result<u8, FileFault> {
    loop {
        picture.skip_until(0xFF).map_err(damaged)?;
        let mut byte = take(picture)?;
        while byte == [0xFF] {
            byte = take(picture)?;
        }
        let [byte] = byte;
        if byte != STUFFED && !RESTARTS.contains(&byte) {
            return Ok(byte);
        }
    }
}

fn take<const N: usize>(picture: &mut impl Read) -> Result<[u8; N], FileFault> {
    let mut bytes = [0; N];
    picture.read_exact(&mut bytes).map_err(damaged)?;
    Ok(bytes)
}

fn skip(picture: &mut impl Read, count: u16) -> Verdict {
    let count = u64::from(count);
    let skipped = std::io::copy(&mut picture.take(count), &mut std::io::sink()).map_err(damaged)?;
    if skipped == count {
        Ok(())
    } else {
        Err(FileFault::Damaged)
    }
}
