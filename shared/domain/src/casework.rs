//! What the review team keeps about a review: who works on it, labels, conflicts, holds (domain.md #48, #51).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountKey, Actor, Email, Explanation, Line, NoteId};

/// The most labels of a review.
pub const MAX_LABELS: usize = 20;

/// A label's words.
pub type LabelName = Line<40>;

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Its words.
    pub name: LabelName,
    /// Who sees it.
    pub audience: LabelAudience,
}

/// Who sees a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelAudience {
    /// Filers too.
    Public,
    /// The review team only.
    Internal,
}

/// The reviewer who works on a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignee {
    /// The account.
    pub account: AccountKey,
    /// Where letters for the reviewer go, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

impl Assignee {
    /// The actor, taking the review.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        Self {
            account: actor.account.key(),
            email: actor.email.clone(),
        }
    }
}

/// A legal hold: nothing of the review is erased while it stands (domain.md #8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalHold {
    /// Since when.
    pub since: Timestamp,
    /// Why.
    pub why: Explanation,
}

/// What the review team keeps about a review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Casework {
    /// Who works on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Assignee>,
    /// Who must not (domain.md #51).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<AccountKey>,
    /// Labels, each name once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// The legal hold, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<LegalHold>,
    /// Private notes so far.
    #[serde(default)]
    pub notes: u32,
    /// Comments of both sides so far.
    #[serde(default)]
    pub comments: u32,
}

impl Casework {
    /// Whether there is nothing yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Something that the review team does about a submitted review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseStep {
    /// Begin to work on it.
    Take,
    /// Give it to a reviewer.
    Assign(Assignee),
    /// Stop working on it.
    Release,
    /// Say that one must not work on it, and stop.
    DeclareConflict,
    /// Add a label, or change who sees it.
    AddLabel(Label),
    /// Take a label away.
    RemoveLabel(LabelName),
    /// Write a private note, kept beside under its id.
    Note {
        /// Its id.
        id: NoteId,
        /// The hash of its words.
        sha256: crate::Digest,
    },
    /// See the full TIN, which is logged (domain.md #51, #60).
    RevealTin,
}
