//! What one file may cost, with all that it holds.

use domain::FileFault;

/// What any file may unpack to: small documents of much repetition are common.
const ALWAYS: u64 = 16 * 1_000_000;
/// How many times its own size a larger one may unpack to. Text in XML comes to 10 or 20.
const TIMES: u64 = 100;
/// What no file may unpack to: twenty times the largest file that is taken.
const NEVER: u64 = 20 * domain::MAX_FILE_SIZE;
/// How deep a file may stand within the one that was sent.
const DEPTH: u8 = 3;

/// Bytes that may still be unpacked, and levels that may still be gone down. One allowance goes through a whole
/// inspection, so that nesting wins nothing.
#[derive(Debug)]
pub(crate) struct Allowance {
    bytes: u64,
    depth: u8,
}

impl Allowance {
    /// For a file of `size` bytes.
    pub(crate) fn of(size: usize) -> Self {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        Self {
            bytes: size.saturating_mul(TIMES).clamp(ALWAYS, NEVER),
            depth: DEPTH,
        }
    }

    /// Takes `bytes` that were, or are about to be, unpacked.
    pub(crate) fn take(&mut self, bytes: u64) -> Result<(), FileFault> {
        self.bytes = self
            .bytes
            .checked_sub(bytes)
            .ok_or(FileFault::UnpacksTooLarge)?;
        Ok(())
    }

    /// Does `look` one level further down.
    pub(crate) fn within<T>(
        &mut self,
        look: impl FnOnce(&mut Self) -> Result<T, FileFault>,
    ) -> Result<T, FileFault> {
        self.depth = self.depth.checked_sub(1).ok_or(FileFault::NestedTooDeep)?;
        let seen = look(self);
        self.depth += 1;
        seen
    }
}
