//! The one writer to the terminal: what was found goes to standard output, why nothing was found to standard error.

use std::fmt::Display;
use std::io::Write;

/// Both streams.
pub(crate) struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    whole: bool,
}

impl<'a> Console<'a> {
    /// Writes to `out` and `err`.
    pub(crate) fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self {
            out,
            err,
            whole: true,
        }
    }

    /// Writes what was found.
    pub(crate) fn line(&mut self, text: impl Display) {
        let written = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
        self.whole &= written.is_ok();
    }

    /// Writes why something could not be done.
    pub(crate) fn error(&mut self, error: impl Display) {
        let written = writeln!(self.err, "error: {error}").and_then(|()| self.err.flush());
        self.whole &= written.is_ok();
    }

    /// Whether everything could be written: a full disk or a reader that has gone loses lines.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }
}
