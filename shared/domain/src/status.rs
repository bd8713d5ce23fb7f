//! The statuses of a review: each a struct with exactly that status's facts (domain.md #44).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountKey, AttachmentId, ClericalProposal, Decision, Denial, Digest, DocumentRequest, Line,
    Proposal, RevisedScores, TextRef,
};

/// Where a review stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Status {
    /// Being written.
    Draft(Draft),
    /// Submitted, and with the review team.
    InReview(InReview),
    /// Submitted, and waiting for documents that the review team asked for.
    AwaitingDocuments(AwaitingDocuments),
    /// Decided: at least one issue was granted. Final (domain.md #6).
    Approved(Approved),
    /// Decided: nothing was granted. Final (domain.md #6).
    Denied(Denied),
    /// Taken back by its owner. Final (domain.md #45).
    Withdrawn(Withdrawn),
    /// Still a draft when the window closed (domain.md #22).
    NotSubmitted(NotSubmitted),
}

/// The facts of a draft, besides the review's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Whether every required answer is there and valid; only in the years that show it (domain.md #44).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub complete: bool,
    /// From when on the state of the window was known that its people have last seen or been told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Timestamp>,
    /// The last reminder that was sent for a close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded: Option<Reminded>,
    /// Leave to submit once after the close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<LateLeave>,
}

/// A reminder that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// For this close.
    pub closes: Timestamp,
    /// So many days before it.
    pub days: u16,
}

/// Leave to submit once after the close, because an attempt in the last hour failed by our fault
/// (domain.md #17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLeave {
    /// The id of the failed request.
    pub failed_request: Line<64>,
    /// When that request arrived.
    pub attempted_at: Timestamp,
    /// The leave ends at this instant.
    pub until: Timestamp,
}

/// The facts of a submission (domain.md #42, #43).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// When it arrived at the API.
    pub received_at: Timestamp,
    /// Who certified and submitted it.
    pub by: AccountKey,
    /// The form's revision that was certified, frozen from then on.
    pub form_revision: u64,
    /// The hash of the form's stored bytes.
    pub form_sha256: Digest,
    /// The certification that was given.
    pub certification: TextRef,
    /// The registry or QCDR that filed, as its token names it (domain.md #33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Line<200>>,
    /// The files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// A file as a receipt names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Its id.
    pub id: AttachmentId,
    /// The hash of its bytes.
    pub sha256: Digest,
}

/// The facts of a review that a person works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InReview {
    /// The submission.
    pub submission: Submission,
    /// The last request for documents and why it ended, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Returned>,
    /// A ruling that waits for its second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
}

/// A past request for documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// When the review came back to a person.
    pub at: Timestamp,
    /// Why.
    pub cause: ReturnCause,
    /// The request.
    pub request: DocumentRequest,
}

/// Why a review came back from waiting for documents (domain.md #18, #19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnCause {
    /// The filer said "that is all".
    ThatIsAll,
    /// A reviewer ended the request.
    ByReviewer,
    /// The time ended with something there, though not "that is all": a person looks at it.
    IncompleteAnswer,
    /// Nothing came, but no notice of the request reached anybody: call them.
    Unreachable,
    /// Nothing came, and the year decides on what there is.
    Silent,
    /// A check did not end within its limit: a person looks at it.
    CheckUnfinished,
    /// A denial by the clock was taken back.
    Reinstated,
}

/// The facts of a review that waits for documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitingDocuments {
    /// The submission.
    pub submission: Submission,
    /// The one open request.
    pub request: DocumentRequest,
}

/// The facts of an approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// The submission.
    pub submission: Submission,
    /// The decision.
    pub decision: Decision,
    /// A clerical correction that waits for its second person (domain.md #6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clerical: Option<ClericalProposal>,
}

/// The facts of a denial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denied {
    /// The submission.
    pub submission: Submission,
    /// By whom and why.
    pub denial: Denial,
    /// A clerical correction that waits for its second person (domain.md #6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clerical: Option<ClericalProposal>,
}

/// The facts of a withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// When the withdrawal arrived at the API.
    pub at: Timestamp,
    /// The submission that was withdrawn; `None` if it was a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<Submission>,
}

/// The facts of a draft that the close overtook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSubmitted {
    /// The close.
    pub closed: Timestamp,
    /// Leave to submit once after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<LateLeave>,
}

/// A status without its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusName {
    /// [`Draft`]
    Draft,
    /// [`InReview`]
    InReview,
    /// [`AwaitingDocuments`]
    AwaitingDocuments,
    /// [`Approved`]
    Approved,
    /// [`Denied`]
    Denied,
    /// [`Withdrawn`]
    Withdrawn,
    /// [`NotSubmitted`]
    NotSubmitted,
}

impl Status {
    /// The status without its facts.
    #[must_use]
    pub fn name(&self) -> StatusName {
        match self {
            Self::Draft(_) => StatusName::Draft,
            Self::InReview(_) => StatusName::InReview,
            Self::AwaitingDocuments(_) => StatusName::AwaitingDocuments,
            Self::Approved(_) => StatusName::Approved,
            Self::Denied(_) => StatusName::Denied,
            Self::Withdrawn(_) => StatusName::Withdrawn,
            Self::NotSubmitted(_) => StatusName::NotSubmitted,
        }
    }

    /// The one wording that people see everywhere (domain.md #44).
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Draft(Draft { complete: true, .. }) => "Draft Complete",
            Self::Draft(_)
            | Self::InReview(_)
            | Self::AwaitingDocuments(_)
            | Self::Approved(_)
            | Self::Denied(_)
            | Self::Withdrawn(_)
            | Self::NotSubmitted(_) => self.name().label(),
        }
    }

    /// The submission, if the review was ever submitted.
    #[must_use]
    pub fn submission(&self) -> Option<&Submission> {
        match self {
            Self::Draft(_) | Self::NotSubmitted(_) => None,
            Self::InReview(now) => Some(&now.submission),
            Self::AwaitingDocuments(now) => Some(&now.submission),
            Self::Approved(now) => Some(&now.submission),
            Self::Denied(now) => Some(&now.submission),
            Self::Withdrawn(now) => now.submission.as_ref(),
        }
    }

    /// The scores that the review's outcome states.
    #[must_use]
    pub fn scores(&self) -> Option<&RevisedScores> {
        match self {
            Self::Approved(now) => Some(&now.decision.ruling.scores),
            Self::Draft(_)
            | Self::InReview(_)
            | Self::AwaitingDocuments(_)
            | Self::Denied(_)
            | Self::Withdrawn(_)
            | Self::NotSubmitted(_) => None,
        }
    }
}

impl StatusName {
    /// Every status.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::InReview,
        Self::AwaitingDocuments,
        Self::Approved,
        Self::Denied,
        Self::Withdrawn,
        Self::NotSubmitted,
    ];

    /// The status in words; [`Status::label`] tells a complete draft apart.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft in Progress",
            Self::InReview => "Submitted – In Review",
            Self::AwaitingDocuments => "Submitted – In Review (Awaiting Documentation)",
            Self::Approved => "Approved",
            Self::Denied => "Denied",
            Self::Withdrawn => "Withdrawn",
            Self::NotSubmitted => "Not Submitted",
        }
    }

    /// Whether the review has come to its end (domain.md #46).
    #[must_use]
    pub fn is_terminal(self) -> bool {
        match self {
            Self::Draft | Self::InReview | Self::AwaitingDocuments => false,
            Self::Approved | Self::Denied | Self::Withdrawn | Self::NotSubmitted => true,
        }
    }
}
