//! Comments: what both sides write to each other about a review (domain.md #49).
//!
//! The history holds a comment's id and the hash of its words. The words stand in an item of their own,
//! which can be erased while the chain still verifies.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Act, ActorRef, Change, CommentId, Digest, Prose, Status};

/// The most comments of a review, of both sides together.
pub const MAX_COMMENTS: u32 = 200;

/// The words of a comment.
pub type CommentText = Prose<5_000>;

/// Who reads a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// The filers alone: it was written on a draft.
    Filers,
    /// Both sides.
    BothSides,
}

/// A comment.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The place of its entry in the history.
    pub seq: u64,
    /// When it was received.
    pub at: Timestamp,
    /// Who wrote it. Filers are told "the review team" (domain.md #50).
    pub by: ActorRef,
    /// Who reads it.
    pub readers: Readers,
    /// Its words.
    pub text: CommentText,
}

impl Comment {
    /// What the history keeps of the words.
    #[must_use]
    pub fn hash(text: &CommentText) -> Digest {
        Digest::of(&[text.reveal().as_bytes()])
    }

    /// The comment that `change` puts on record under `id`; `None` if it does not, or has other words.
    #[must_use]
    pub fn of(change: &Change, id: &CommentId, text: &CommentText) -> Option<Self> {
        let act = Act::CommentedV1 {
            comment: id.clone(),
            sha256: Self::hash(text),
        };
        let entry = change.entry_of(&act)?;
        let readers = match change.review.outline.status {
            Status::Draft(_) => Readers::Filers,
            Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_) => Readers::BothSides,
        };
        Some(Self {
            id: id.clone(),
            seq: entry.seq,
            at: entry.at,
            by: entry.actor,
            readers,
            text: text.clone(),
        })
    }
}

/// Never the words: they may tell of a patient.
impl fmt::Debug for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Comment({}, {:?})", self.id, self.text)
    }
}
