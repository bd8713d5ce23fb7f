//! The clock of a request for documents, as an outbox entry freezes it for people's calendars.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Review, Status};

/// The clock of the request for documents that was open before or after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentsClock {
    /// The request, by its place in the history: it stays the same however often the request is moved.
    pub request: u64,
    /// The end of the last day, half-open.
    pub due: Timestamp,
    /// Whether the change ended the request.
    #[serde(default)]
    pub ended: bool,
}

impl DocumentsClock {
    /// The clock as the change from `before` to `after` left it; `None` if no request was open on either side.
    #[must_use]
    pub fn of(before: Option<&Review>, after: &Review) -> Option<Self> {
        let ended = || {
            open(before?).map(|clock| Self {
                ended: true,
                ..clock
            })
        };
        open(after).or_else(ended)
    }
}

fn open(review: &Review) -> Option<DocumentsClock> {
    match &review.outline.status {
        Status::AwaitingDocuments(now) => Some(DocumentsClock {
            request: now.request.seq,
            due: now.request.due,
            ended: false,
        }),
        Status::Draft(_)
        | Status::InReview(_)
        | Status::Approved(_)
        | Status::Denied(_)
        | Status::Withdrawn(_)
        | Status::NotSubmitted(_) => None,
    }
}
