//! Messages that were given up, sent on their way again (promise P9).

use crate::ports::{DeadLetter, DeadLetters, PortError};

/// What a redrive did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redriven {
    /// How many there were, about, when it began.
    pub found: u32,
    /// How many left the dead letters: back into their queue, or for good.
    pub moved: u32,
}

/// Puts every message that is there now back into the queue that it came from. What comes in meanwhile
/// stays: poison that fails again at once would otherwise go round for ever.
///
/// # Errors
/// The queues cannot be reached; what was moved by then is moved. Doing it again does no harm.
pub async fn redrive(letters: &(impl DeadLetters + ?Sized)) -> Result<Redriven, PortError> {
    let found = letters.count().await?;
    each(letters, found, async |letter| letters.redrive(letter).await).await
}

/// Takes `found` messages away for good, as many as were there ([`DeadLetters::count`]) before somebody answered
/// for them. What came in since stays.
///
/// # Errors
/// As [`redrive`].
pub async fn discard(
    letters: &(impl DeadLetters + ?Sized),
    found: u32,
) -> Result<Redriven, PortError> {
    each(letters, found, async |letter| letters.discard(letter).await).await
}

async fn each(
    letters: &(impl DeadLetters + ?Sized),
    found: u32,
    act: impl AsyncFn(&DeadLetter) -> Result<(), PortError>,
) -> Result<Redriven, PortError> {
    let mut moved = 0;
    while moved < found {
        let some = letters.some().await?;
        if some.is_empty() {
            break;
        }
        for letter in some.iter().take((found - moved) as usize) {
            act(letter).await?;
            moved += 1;
        }
    }
    Ok(Redriven { found, moved })
}
