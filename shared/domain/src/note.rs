//! Private notes: what the review team writes for itself (domain.md #49, #51).
//!
//! A note is not a comment with a flag, but a type of its own, kept under keys of its own and read by a
//! port of its own, so that no code of the filer's side can hold one by mistake.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Act, ActorRef, Change, Digest, NoteId, Prose};

/// The most private notes of a review.
pub const MAX_NOTES: u32 = 200;

/// The words of a note.
pub type NoteText = Prose<5_000>;

/// A private note.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The place of its entry in the history.
    pub seq: u64,
    /// When it was received.
    pub at: Timestamp,
    /// Who wrote it.
    pub by: ActorRef,
    /// Its words.
    pub text: NoteText,
}

impl Note {
    /// What the history keeps of the words.
    #[must_use]
    pub fn hash(text: &NoteText) -> Digest {
        Digest::of(&[text.reveal().as_bytes()])
    }

    /// The note that `change` puts on record under `id`; `None` if it does not, or has other words.
    #[must_use]
    pub fn of(change: &Change, id: &NoteId, text: &NoteText) -> Option<Self> {
        let act = Act::NotedV1 {
            note: id.clone(),
            sha256: Self::hash(text),
        };
        let entry = change.entry_of(&act)?;
        Some(Self {
            id: id.clone(),
            seq: entry.seq,
            at: entry.at,
            by: entry.actor,
            text: text.clone(),
        })
    }
}

/// Never the words: they may tell of a patient.
impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Note({}, {:?})", self.id, self.text)
    }
}
