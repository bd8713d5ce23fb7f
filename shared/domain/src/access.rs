//! Who may see and change a review. Everyone else is told that there is none.

use crate::{Actor, Outline};

/// What an actor is to a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Created it: may do everything a filer does.
    Owner,
}

/// What `actor` is to the review; `None` for a stranger, who must not learn that it exists.
#[must_use]
pub fn relation(review: &Outline, actor: &Actor) -> Option<Relation> {
    (review.owner.account == actor.account.key()).then_some(Relation::Owner)
}
