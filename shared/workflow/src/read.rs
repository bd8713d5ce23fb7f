//! Looking at reviews.

use domain::{Actor, Relation, Review, ReviewId, relation};

use crate::Failure;
use crate::change::filers;
use crate::ports::{Page, Reviews, ReviewsOfAccount};

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
