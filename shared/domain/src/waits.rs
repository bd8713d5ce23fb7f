//! How long a review takes, and on whose side: the days that the filer waited apart from the days with us.
//!
//! It is counted in instants, from the arrival of the submission to the decision or withdrawal. What a request
//! for documents takes is the filer's own time, from the asking to the answer or to the end of the last day;
//! what a settlement takes after that is ours.

use jiff::{SignedDuration, Timestamp};

use crate::{Denial, DocumentRequest, Outline, Status};

/// How long a review has taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    /// How long the filer has waited for the outcome: from the submission to the end, or until now.
    pub filer: SignedDuration,
    /// Of that, how long it was with the review team.
    pub team: SignedDuration,
    /// Of that, how long the review team waited for the filer's documents.
    pub documents: SignedDuration,
}

/// Whole days of 24 hours of a duration, rounded down.
#[must_use]
pub fn whole_days(duration: SignedDuration) -> i64 {
    duration.as_hours() / 24
}

impl Waits {
    /// How long it has taken at `now`; `None` for what was never submitted. It stands still once the review
    /// has ended.
    #[must_use]
    pub fn of(outline: &Outline, now: Timestamp) -> Option<Self> {
        let submission = outline.status.submission()?;
        let (end, open) = match &outline.status {
            Status::Draft(_) | Status::NotSubmitted(_) => return None,
            Status::InReview(_) => (now, None),
            Status::AwaitingDocuments(waiting) => (now, Some(&waiting.request)),
            Status::Approved(approved) => (approved.decision.at, None),
            Status::Denied(denied) => match &denied.denial {
                Denial::Person { decision } => (decision.at, None),
                Denial::Clock { at, .. } => (*at, None),
            },
            Status::Withdrawn(withdrawn) => (withdrawn.at, None),
        };
        let filer = end.duration_since(submission.received_at);
        let filer = filer.max(SignedDuration::ZERO);
        let present = open.map_or(SignedDuration::ZERO, |request| took(request, now));
        let documents = outline.awaited.saturating_add(present).min(filer);
        Some(Self {
            filer,
            team: filer - documents,
            documents,
        })
    }
}

/// How long a request for documents that is open or ended at `at` was with the filer.
pub(crate) fn took(request: &DocumentRequest, at: Timestamp) -> SignedDuration {
    let end = at.min(request.due);
    end.duration_since(request.asked_at)
        .max(SignedDuration::ZERO)
}
