//! A source that ends when too much was read of it.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use crate::Source;

/// What the tables of a compound file may be in bytes: those of 25 MB, and the names of some thousands of streams.
const TABLES: u64 = 1_500_000;
/// How many times a file may be read in all: it is read once to be whole, and streams of a message are looked into.
const TIMES: u64 = 8;

/// Reads from a source, as long as its meter allows.
pub(super) struct Metered<'a> {
    source: &'a mut dyn Source,
    left: Rc<Cell<u64>>,
}

/// Sets what may still be read, while the reader is inside a library.
pub(super) struct Meter(Rc<Cell<u64>>);

impl Meter {
    /// After the tables: enough to read a file of `size` bytes a few times.
    pub(super) fn allow_for(&self, size: u64) {
        self.0
            .set(size.saturating_mul(TIMES).saturating_add(TABLES));
    }
}

impl<'a> Metered<'a> {
    /// Allows for the tables alone.
    pub(super) fn new(source: &'a mut dyn Source) -> (Self, Meter) {
        let left = Rc::new(Cell::new(TABLES));
        let meter = Meter(Rc::clone(&left));
        (Self { source, left }, meter)
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::Error::other("more was read than the file can need"));
        }
        // A library may reserve what it never gets; what is not read into costs no memory.
        let most = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.source.read(&mut buffer[..most])?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        self.left.set(left.saturating_sub(count));
        Ok(read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}
