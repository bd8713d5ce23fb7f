//! The first records of a workbook of Excel, which say whether it is locked (MS-XLS 2.4.117, `FilePass`) and which sheets
//! it has (2.4.28, `BoundSheet8`).

use std::io::{self, Read};

use domain::FileFault;

use crate::{Verdict, damaged};

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const SHEET: u16 = 0x0085;
/// Where a sheet says what it is, and the kind that holds macros of Excel 4.0.
const SHEET_KIND: usize = 5;
const MACRO_SHEET: u8 = 1;

/// Whether the workbook is open, and none of its sheets is one of macros. Reads up to the end of what concerns all
/// sheets.
pub(super) fn look(stream: &mut impl Read) -> Verdict {
    let mut records = io::BufReader::new(stream);
    let mut first = true;
    loop {
        let kind = u16::from_le_bytes(two(&mut records)?);
        let length = u16::from_le_bytes(two(&mut records)?);
        let mut body = vec![0; length.into()];
        records.read_exact(&mut body).map_err(damaged)?;
        match kind {
            _ if first && kind != BEGIN => return Err(FileFault::Damaged),
            FILE_PASS => return Err(FileFault::PasswordLocked),
            SHEET if body.get(SHEET_KIND) == Some(&MACRO_SHEET) => return Err(FileFault::Macros),
            END => return Ok(()),
            _ => first = false,
        }
    }
}

fn two(records: &mut impl Read) -> Result<[u8; 2], FileFault> {
    let mut bytes = [0; 2];
    records.read_exact(&mut bytes).map_err(damaged)?;
    Ok(bytes)
}
