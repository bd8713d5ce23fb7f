//! What happened, told so shortly that it may stand in a subject line and reach anyone.

use domain::{Event, ReviewId, StatusName};

/// The kind of news, without a fact about the party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// A request was submitted.
    Received,
    /// A submitted request was withdrawn.
    RequestWithdrawn,
    /// A draft was withdrawn.
    DraftWithdrawn,
}

impl News {
    /// The news in `event`.
    pub(crate) fn of(event: &Event) -> Self {
        match event {
            Event::ReviewSubmittedV1(_) => Self::Received,
            Event::ReviewWithdrawnV1(withdrawn) if withdrawn.submitted_at.is_some() => {
                Self::RequestWithdrawn
            }
            Event::ReviewWithdrawnV1(_) => Self::DraftWithdrawn,
        }
    }

    /// The status that the event led to.
    pub(crate) fn status(self) -> StatusName {
        match self {
            Self::Received => StatusName::InReview,
            Self::RequestWithdrawn | Self::DraftWithdrawn => StatusName::Withdrawn,
        }
    }

    /// The subject: one line under 80 characters, our words and the id only, because subjects show on
    /// locked screens and in shared inboxes.
    pub(crate) fn subject(self, id: &ReviewId) -> String {
        match self {
            Self::Received => format!("Received: targeted review request {id}"),
            Self::RequestWithdrawn => format!("Withdrawn: targeted review request {id}"),
            Self::DraftWithdrawn => format!("Withdrawn: draft of targeted review {id}"),
        }
    }
}
