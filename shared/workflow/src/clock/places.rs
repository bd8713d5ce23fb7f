//! Where sweeps find a review: by its status alone, so that every commit keeps it right.

use domain::{Denial, Review, Status, next_look};
use jiff::Timestamp;

use crate::ports::{Place, Placed};

/// The places in which the review stands, as the indexes should have it. At most one follows its status, and
/// at most one is [`Place::Due`].
#[must_use]
pub fn places(review: &Review) -> Vec<(Place, Placed)> {
    let outline = &review.outline;
    let placed = |at, reminded| Placed {
        review: outline.id.clone(),
        at,
        reminded,
    };
    let by_status = match &outline.status {
        Status::Draft(draft) => {
            // Nobody was told anything while nothing was known.
            let told = draft.told.unwrap_or(Timestamp::UNIX_EPOCH);
            Some((Place::Drafts(outline.year), placed(told, draft.reminded)))
        }
        Status::NotSubmitted(now) => {
            Some((Place::NotSubmitted(outline.year), placed(now.closed, None)))
        }
        Status::Denied(now) => match &now.denial {
            Denial::Clock { at, .. } => Some((Place::Expired(outline.year), placed(*at, None))),
            Denial::Person { .. } => None,
        },
        Status::InReview(_)
        | Status::AwaitingDocuments(_)
        | Status::Approved(_)
        | Status::Withdrawn(_) => None,
    };
    let due = next_look(review).map(|at| (Place::Due, placed(at, None)));
    by_status.into_iter().chain(due).collect()
}
