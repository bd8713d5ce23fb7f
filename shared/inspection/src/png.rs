//! A PNG picture, chunk by chunk, each with its checksum.

use std::io::{BufReader, Read, SeekFrom};

use domain::FileFault;

use crate::{Source, Verdict, damaged, head, jpeg};

/// The bytes of the first chunk: width, height and how a pixel is stored.
const HEADER_LENGTH: u32 = 13;
/// What a chunk may hold: the specification ends at 2^31 - 1.
const MOST: u32 = 0x7FFF_FFFF;

/// Whether the picture is whole.
pub(crate) fn look(source: &mut dyn Source) -> Verdict {
    let after_signature = u64::try_from(head::PNG.len()).map_err(damaged)?;
    source
        .seek(SeekFrom::Start(after_signature))
        .map_err(damaged)?;
    let mut picture = BufReader::new(source);
    let (first, length) = chunk(&mut picture)?;
    if first != *b"IHDR" || length != HEADER_LENGTH {
        return Err(FileFault::Damaged);
    }
    let mut data = false;
    loop {
        match chunk(&mut picture)? {
            (kind, _) if kind == *b"IDAT" => data = true,
            (kind, 0) if kind == *b"IEND" && data => break,
            (kind, _) if kind == *b"IEND" => return Err(FileFault::Damaged),
            _ => {}
        }
    }
    jpeg::nothing_hides_behind(&mut picture)
}

/// The kind of the next chunk and its length. Its checksum is right.
fn chunk(picture: &mut impl Read) -> Result<([u8; 4], u32), FileFault> {
    let length = u32::from_be_bytes(four(picture)?);
    let kind = four(picture)?;
    if length > MOST || !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(FileFault::Damaged);
    }
    let mut sum = crc32fast::Hasher::new();
    sum.update(&kind);
    let mut left = usize::try_from(length).map_err(damaged)?;
    let mut buffer = [0; 8 * 1024];
    while left > 0 {
        let some = left.min(buffer.len());
        picture.read_exact(&mut buffer[..some]).map_err(damaged)?;
        sum.update(&buffer[..some]);
        left -= some;
    }
    if u32::from_be_bytes(four(picture)?) == sum.finalize() {
        Ok((kind, length))
    } else {
        Err(FileFault::Damaged)
    }
}

fn four(picture: &mut impl Read) -> Result<[u8; 4], FileFault> {
    let mut bytes = [0; 4];
    picture.read_exact(&mut bytes).map_err(damaged)?;
    Ok(bytes)
}
