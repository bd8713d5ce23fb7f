//! Where a submitted request stands in the review team's queue (domain.md #51).
//!
//! The queue of a year and a status has one order: what the team is to decide goes by age, what waits for documents by its due
//! instant, what has ended by its end. A draft stands in none: it is its people's own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Denial, Outline, PerformanceYear, ReviewId, Status, StatusName};

/// One queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaseQueue {
    /// The performance year.
    pub year: PerformanceYear,
    /// The status.
    pub status: StatusName,
}

/// A place in a queue; the id decides between equals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueuePlace {
    /// What the queue goes by, in whole milliseconds.
    pub at: Timestamp,
    /// The review.
    pub id: ReviewId,
}

/// The queue that the review stands in, and its place there.
#[must_use]
pub fn queued(outline: &Outline) -> Option<(CaseQueue, QueuePlace)> {
    let at = match &outline.status {
        Status::Draft(_) | Status::NotSubmitted(_) => return None,
        Status::InReview(now) => now.submission.received_at,
        Status::AwaitingDocuments(now) => now.request.due,
        Status::Approved(now) => now.decision.at,
        Status::Denied(now) => match &now.denial {
            Denial::Person { decision } => decision.at,
            Denial::Clock { at, .. } => *at,
        },
        Status::Withdrawn(now) => {
            now.submission.as_ref()?;
            now.at
        }
    };
    let queue = CaseQueue {
        year: outline.year,
        status: outline.status.name(),
    };
    let place = QueuePlace {
        at: whole_milliseconds(at),
        id: outline.id.clone(),
    };
    Some((queue, place))
}

fn whole_milliseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}
