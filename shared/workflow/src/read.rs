//! Looking at reviews.

use domain::{Actor, Broken, Relation, Review, ReviewId, SealedEntry, relation, verify};

use crate::Failure;
use crate::change::filers;
use crate::ports::{Histories, Page, Reviews, ReviewsOfAccount};

/// A review as its reader may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The review.
    pub review: Review,
    /// What the reader is to it.
    pub relation: Relation,
}

/// One review.
///
/// # Errors
/// [`Failure::NotFound`] for a review that is not there and for one that is not the actor's.
pub async fn view(
    ports: &(impl Reviews + ?Sized),
    actor: &Actor,
    id: &ReviewId,
) -> Result<View, Failure> {
    let review = ports.load(id).await?.ok_or(Failure::NotFound)?;
    let relation = filers(relation(&review, actor)).ok_or(Failure::NotFound)?;
    Ok(View { review, relation })
}

/// The actor's own reviews, a page of at most `limit`.
///
/// # Errors
/// Only when a port fails.
pub async fn mine(
    ports: &(impl ReviewsOfAccount + ?Sized),
    actor: &Actor,
    cursor: Option<&ReviewId>,
    limit: u32,
) -> Result<Page, Failure> {
    Ok(ports.owned_by(&actor.account.key(), cursor, limit).await?)
}

/// The log of a review, and whether its chain holds.
///
/// # Errors
/// [`Failure::NotFound`] as [`view`].
pub async fn history(
    ports: &(impl Reviews + Histories + ?Sized),
    actor: &Actor,
    id: &ReviewId,
) -> Result<(Vec<SealedEntry>, Result<(), Broken>), Failure> {
    // The head is read first: a commit in between only adds entries after it, which are left out.
    let View { review, .. } = view(ports, actor, id).await?;
    let head = review.outline.head;
    let mut entries = ports.entries(id).await?;
    entries.retain(|entry| entry.seq <= head.count);
    let verdict = verify(id, &entries, head);
    Ok((entries, verdict))
}
