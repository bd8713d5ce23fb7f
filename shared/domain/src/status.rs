//! The statuses of a review: each a struct with exactly that status's facts (domain.md #44).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Digest, TextRef};

/// Where a review stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Status {
    /// Being written.
    Draft(Draft),
    /// Submitted, and with the review team.
    InReview(InReview),
    /// Taken back by its owner. Final (domain.md #45).
    Withdrawn(Withdrawn),
}

/// The facts of a draft: none but the review's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {}

/// The facts of a submission (domain.md #42, #43).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InReview {
    /// When the submission arrived at the API.
    pub received_at: Timestamp,
    /// The form's revision that was certified, frozen from then on.
    pub form_revision: u64,
    /// The hash of the form's stored bytes.
    pub form_sha256: Digest,
    /// The certification that was given.
    pub certification: TextRef,
}

/// The facts of a withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// When the withdrawal arrived at the API.
    pub at: Timestamp,
    /// The submission that was withdrawn; `None` if it was a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<InReview>,
}

/// A status without its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusName {
    /// [`Draft`]
    Draft,
    /// [`InReview`]
    InReview,
    /// [`Withdrawn`]
    Withdrawn,
}

impl Status {
    /// The status without its facts.
    #[must_use]
    pub fn name(&self) -> StatusName {
        match self {
            Self::Draft(_) => StatusName::Draft,
            Self::InReview(_) => StatusName::InReview,
            Self::Withdrawn(_) => StatusName::Withdrawn,
        }
    }
}

impl StatusName {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Draft, Self::InReview, Self::Withdrawn];

    /// The one wording that people see everywhere (domain.md #44).
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft in Progress",
            Self::InReview => "Submitted – In Review",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// Whether the review has come to its end (domain.md #46).
    #[must_use]
    pub fn is_terminal(self) -> bool {
        match self {
            Self::Draft | Self::InReview => false,
            Self::Withdrawn => true,
        }
    }
}
