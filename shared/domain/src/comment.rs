//! Comments: what both sides write to each other about a review (domain.md #49).
//!
//! The history holds a comment's id and the hash of its words. The words stand in an item of their own,
//! which can be erased while the chain still verifies. They are formatted text that was written anew from
//! what somebody typed: there is no other way to have a [`CommentText`].

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Act, ActorRef, Change, CommentId, Digest, Side, Status};

/// The most comments of a review, of both sides together.
pub const MAX_COMMENTS: u32 = 200;

/// The words of a comment.
pub type CommentText = richtext::RichText;

/// Who reads a comment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// The filers alone: it was written on a draft, and stays theirs when that is submitted.
    Filers,
    /// Both sides.
    #[default]
    BothSides,
}

impl Readers {
    /// Whether people of that side are among them.
    #[must_use]
    pub fn include(self, side: Side) -> bool {
        match (self, side) {
            (Self::Filers | Self::BothSides, Side::Filer) | (Self::BothSides, Side::Team) => true,
            (Self::Filers, Side::Team) => false,
        }
    }

    /// Whether they are what is usual, and need not be written down.
    pub(crate) fn are_both_sides(&self) -> bool {
        *self == Self::BothSides
    }

    /// Who reads what is written while the review has that status.
    pub(crate) fn of_what_is_written_in(status: &Status) -> Self {
        match status {
            Status::Draft(_) => Self::Filers,
            Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_) => Self::BothSides,
        }
    }
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
        Digest::of(&[text.html().as_bytes()])
    }

    /// Which side wrote it.
    #[must_use]
    pub fn side(&self) -> Side {
        self.by.side()
    }

    /// The comment that `change` puts on record under `id`; `None` if it does not, or has other words.
    #[must_use]
    pub fn of(change: &Change, id: &CommentId, text: &CommentText) -> Option<Self> {
        let act = Act::CommentedV1 {
            comment: id.clone(),
            sha256: Self::hash(text),
        };
        let entry = change.entry_of(&act)?;
        Some(Self {
            id: id.clone(),
            seq: entry.seq,
            at: entry.at,
            by: entry.actor,
            readers: Readers::of_what_is_written_in(&change.review.outline.status),
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
