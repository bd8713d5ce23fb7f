//! Whether what the history says is what was written (promise P7).
//!
//! A history is read in several steps while people go on working, so the order matters. The head is read
//! first: a commit in between only adds entries after it, and those are left out. What then still stands
//! beyond the head is either such a commit, which has moved the head, or nobody's: the head is read again,
//! and tells which.

use domain::{Broken, Head, ReviewId, SealedEntry, Tombstone, verify};

use crate::ports::{EveryReview, Heads, Histories, PortError, Tombstones};
use crate::{Failure, Inbound, OpenPorts, view};

/// How often a history is read anew because it grew meanwhile; then what was counted at first is judged.
const ATTEMPTS: u32 = 5;

/// How many ids are asked for at once.
const PAGE: u32 = 1_000;

/// What came of verifying one history.
#[derive(Debug)]
pub struct Verification {
    /// How many entries were found.
    pub entries: u64,
    /// The end that the review counts; `None` if it has none that can be read.
    pub head: Option<Head>,
    /// Whether all of it holds.
    pub verdict: Result<(), Unsound>,
    /// What stands in the place of a review that was purged: its history went with it, and there is nothing to verify.
    pub purged: Option<Tombstone>,
}

/// Why a history does not hold. No sentence tells anything that was stored.
#[derive(Debug, thiserror::Error)]
pub enum Unsound {
    /// An entry was changed, is missing, or the end is another.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// Entries without a review.
    #[error("the review itself is gone; entries of its history that are left: {0}")]
    Headless(u64),
    /// Nothing at all.
    #[error(
        "there is no such review and no entry of its history: check the id; if it is right, all of it is gone"
    )]
    Gone,
    /// What is stored is not even readable.
    #[error(transparent)]
    Unreadable(PortError),
}

/// Verifies one history from its first entry to the end that its review counts.
///
/// # Errors
/// Only when the store cannot be reached: what cannot be read is a verdict.
pub async fn verify_history(
    ports: &(impl Heads + Histories + ?Sized),
    id: &ReviewId,
) -> Result<Verification, PortError> {
    let read = match read(ports, id).await {
        Ok(read) => read,
        Err(error @ PortError::Unreadable { .. }) => {
            return Ok(Verification {
                entries: 0,
                head: None,
                verdict: Err(Unsound::Unreadable(error)),
                purged: None,
            });
        }
        Err(error @ PortError::Unavailable { .. }) => return Err(error),
    };
    let (head, entries) = read;
    let count = entries.len() as u64;
    let verdict = match head {
        Some(head) => verify(id, &entries, head).map_err(Unsound::Broken),
        None if entries.is_empty() => Err(Unsound::Gone),
        None => Err(Unsound::Headless(count)),
    };
    Ok(Verification {
        entries: count,
        head,
        verdict,
        purged: None,
    })
}

/// The head, and every entry that is to be held against it.
async fn read(
    ports: &(impl Heads + Histories + ?Sized),
    id: &ReviewId,
) -> Result<(Option<Head>, Vec<SealedEntry>), PortError> {
    let mut head = ports.head(id).await?;
    for _ in 0..ATTEMPTS {
        let entries = ports.entries(id).await?;
        let counted = head.map_or(0, |head| head.count);
        if entries.iter().all(|entry| entry.seq <= counted) {
            return Ok((head, entries));
        }
        let now = ports.head(id).await?;
        if now == head {
            return Ok((head, entries));
        }
        head = now;
    }
    let mut entries = ports.entries(id).await?;
    entries.retain(|entry| head.is_some_and(|head| entry.seq <= head.count));
    Ok((head, entries))
}

/// As [`verify_history`], for who looks after all reviews: one that was purged is told by its tombstone.
///
/// # Errors
/// As [`verify_history`].
pub async fn verify_or_purged(
    ports: &(impl Heads + Histories + Tombstones + ?Sized),
    id: &ReviewId,
) -> Result<Verification, PortError> {
    let verified = verify_history(ports, id).await?;
    if verified.head.is_some() || verified.verdict.is_ok() {
        return Ok(verified);
    }
    Ok(match ports.tombstone(id).await? {
        None => verified,
        Some(tombstone) => Verification {
            head: Some(tombstone.head),
            verdict: Ok(()),
            purged: Some(tombstone),
            ..verified
        },
    })
}

/// Verifies every history there is, one after the other; `found` hears of each.
///
/// # Errors
/// When the store cannot be reached; what was found until then has been told.
pub async fn verify_every_history(
    ports: &(impl EveryReview + Heads + Histories + Tombstones + ?Sized),
    mut found: impl FnMut(&ReviewId, Verification),
) -> Result<(), PortError> {
    let mut cursor = None;
    loop {
        let page = ports.ids(cursor.as_ref(), PAGE).await?;
        for id in &page.ids {
            found(id, verify_or_purged(ports, id).await?);
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

/// Verifies the history of a review for one of its filers.
///
/// # Errors
/// [`Failure::NotFound`] as [`view`].
pub async fn verification(
    ports: &(impl OpenPorts + Heads + Histories + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Verification, Failure> {
    view(ports, inbound, id).await?;
    Ok(verify_history(ports, id).await?)
}
