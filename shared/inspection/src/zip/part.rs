//! One part of an archive, unpacked.

use std::io::{BufReader, Read, SeekFrom};

use domain::FileFault;
use flate2::bufread::DeflateDecoder;

use super::Part;
use crate::allowance::Allowance;
use crate::{Source, Verdict, damaged};

/// How the bytes of a part are packed; documents know these two.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// How much is unpacked at a time.
const PIECE: usize = 16 * 1024;

/// See [`Archive::unpack`](super::Archive::unpack).
pub(super) fn unpack(
    source: &mut dyn Source,
    part: &Part,
    allowance: &mut Allowance,
    into: &mut dyn FnMut(&[u8]) -> Verdict,
) -> Verdict {
    source.seek(SeekFrom::Start(part.at)).map_err(damaged)?;
    let packed = BufReader::new(source.take(part.packed));
    let mut bytes: Box<dyn Read + '_> = match part.method {
        STORED => Box::new(packed),
        DEFLATED => Box::new(DeflateDecoder::new(packed)),
        _ => return Err(FileFault::Damaged),
    };
    let mut sum = crc32fast::Hasher::new();
    let mut unpacked = 0_u64;
    let mut piece = vec![0; PIECE];
    loop {
        let read = bytes.read(&mut piece).map_err(damaged)?;
        if read == 0 {
            break;
        }
        let count = u64::try_from(read).map_err(damaged)?;
        allowance.take(count)?;
        unpacked += count;
        sum.update(&piece[..read]);
        into(&piece[..read])?;
    }
    if unpacked == part.unpacked && sum.finalize() == part.sum {
        Ok(())
    } else {
        Err(FileFault::Damaged)
    }
}
