//! A PDF: its header, its end, and the trailers that its end leads to.
//!
//! Whether a PDF is locked is said in its trailer, or in the dictionary of the cross-reference stream that takes a
//! trailer's place, by an entry `Encrypt`; the same word in a page or in a comment means nothing. So the end is read as a
//! viewer reads it: `startxref`, the section at that offset, and those before it, each a dictionary that is read token by
//! token. Nothing else of the document is opened.
//!
//! Encrypted is locked, even where only an owner's password was set and anybody may read: to tell the two apart means to
//! decrypt, no check for malware looks inside either, and evidence that may not be printed or copied serves nobody.

mod dictionary;

use domain::FileFault;

use crate::head::{self, PDF_WITHIN};
use crate::{Source, Verdict, bytes_at, length};
use dictionary::{Dictionary, Tokens, Value};

/// How many sections are followed: each saved change adds one.
const MOST_SECTIONS: u64 = 512;
/// The longest dictionary of a section.
const LONGEST: u64 = 64 * 1024;

/// Whether the document is whole and open to everybody.
pub(crate) fn look(source: &mut dyn Source) -> Verdict {
    let header = head::pdf_header(&bytes_at(source, 0, PDF_WITHIN)?).ok_or(FileFault::Damaged)?;
    let size = length(source)?;
    let mut ahead = vec![last_section(source, size)?];
    let mut seen = Vec::new();
    let mut rooted = false;
    // Tables are crossed in search of their trailers. Sound ones do not overlap, so that twice the file is enough.
    let mut steps = size.saturating_mul(2) + LONGEST * MOST_SECTIONS;
    while let Some(offset) = ahead.pop() {
        if seen.contains(&offset) {
            continue;
        }
        if seen.len() as u64 == MOST_SECTIONS {
            return Err(FileFault::Damaged);
        }
        seen.push(offset);
        let trailer = match section(source, offset, &mut steps) {
            // Offsets count from the header, which a few writers do not put first.
            Err(FileFault::Damaged) if header > 0 => {
                section(source, offset.saturating_add(header), &mut steps)?
            }
            read => read?,
        };
        if trailer.has("Encrypt") {
            return Err(FileFault::PasswordLocked);
        }
        rooted |= trailer.has("Root");
        ahead.extend(trailer.number("Prev"));
        ahead.extend(trailer.number("XRefStm"));
    }
    if rooted {
        Ok(())
    } else {
        Err(FileFault::Damaged)
    }
}

/// The offset that stands between the last `startxref` and the mark of the end.
fn last_section(source: &mut dyn Source, size: u64) -> Result<u64, FileFault> {
    let tail = bytes_at(source, size.saturating_sub(2 * PDF_WITHIN), 2 * PDF_WITHIN)?;
    let end = rfind(&tail, b"%%EOF").ok_or(FileFault::Damaged)?;
    let within = usize::try_from(PDF_WITHIN).map_err(|_| FileFault::Damaged)?;
    if tail.len() - end > within {
        return Err(FileFault::Damaged);
    }
    let word = b"startxref";
    let start = rfind(&tail[..end], word).ok_or(FileFault::Damaged)?;
    match Tokens::of(&tail[start + word.len()..end]).value() {
        Ok(Value::Number(offset)) => Ok(offset),
        _ => Err(FileFault::Damaged),
    }
}

/// The dictionary of the section at `offset`: a table's trailer, or that of a cross-reference stream.
fn section(source: &mut dyn Source, offset: u64, steps: &mut u64) -> Result<Dictionary, FileFault> {
    let start = bytes_at(source, offset, LONGEST)?;
    spend(steps, start.len())?;
    let mut tokens = Tokens::of(&start);
    if tokens.keyword(b"xref") {
        let table = offset + u64::try_from(tokens.position()).map_err(|_| FileFault::Damaged)?;
        let trailer = after_table(source, table, steps)?;
        let bytes = bytes_at(source, trailer, LONGEST)?;
        let mut tokens = Tokens::of(&bytes);
        return tokens
            .keyword(b"trailer")
            .then(|| tokens.dictionary())
            .ok_or(FileFault::Damaged)?;
    }
    let (Ok(Value::Number(_)), Ok(Value::Number(_)), true) =
        (tokens.single(), tokens.single(), tokens.keyword(b"obj"))
    else {
        return Err(FileFault::Damaged);
    };
    let dictionary = tokens.dictionary()?;
    if dictionary.is_named("Type", "XRef") && tokens.keyword(b"stream") {
        Ok(dictionary)
    } else {
        Err(FileFault::Damaged)
    }
}

/// Where the digits of a table end: they are all that it has, beside spaces and the letters of its two kinds of entry.
fn after_table(source: &mut dyn Source, mut at: u64, steps: &mut u64) -> Result<u64, FileFault> {
    loop {
        let bytes = bytes_at(source, at, LONGEST)?;
        spend(steps, bytes.len().max(1))?;
        let other = bytes.iter().position(|byte| {
            !(byte.is_ascii_digit() || byte.is_ascii_whitespace() || matches!(byte, b'n' | b'f'))
        });
        let passed = other.unwrap_or(bytes.len());
        at += u64::try_from(passed).map_err(|_| FileFault::Damaged)?;
        if other.is_some() {
            return Ok(at);
        }
        if bytes.is_empty() {
            return Err(FileFault::Damaged);
        }
    }
}

fn spend(steps: &mut u64, count: usize) -> Verdict {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    *steps = steps.checked_sub(count).ok_or(FileFault::Damaged)?;
    Ok(())
}

fn rfind(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|some| some == word)
}
