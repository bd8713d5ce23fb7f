//! Files of a review: what each is, where it belongs and how far it has come (domain.md #38, #39).
//!
//! The domain knows a file by its id, name, size and hash; the bytes lie elsewhere. A file's state holds
//! exactly what has happened to it, and one match says which step leads where.

mod clock;
mod name;
mod state;
mod words;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use clock::file_look;
pub use name::{FileFormat, FileName, FileNameError};
pub use state::{FileFault, FileState, FileStep};
pub use words::file_advice;

use crate::{AttachmentId, CommentId, Digest, Readers, Side};

/// The most files of one place (domain.md #38).
pub const MAX_FILES: usize = 20;

/// The largest file, in bytes: 25 MB (domain.md #38).
pub const MAX_FILE_SIZE: u64 = 25 * 1_000_000;

/// What a file is (domain.md #38).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// An extract from an EHR.
    EhrExtract,
    /// Data given to an intermediary.
    DataGivenToIntermediary,
    /// Data submitted to CMS.
    DataSubmitted,
    /// A Service Center case.
    ServiceCenterCase,
    /// A contract.
    Contract,
    /// Proof of participation in an APM.
    ApmParticipation,
    /// A registration for an MVP.
    MvpRegistration,
    /// A partial QP election.
    PartialQpElection,
    /// Something else.
    Other,
}

impl AttachmentKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::EhrExtract,
        Self::DataGivenToIntermediary,
        Self::DataSubmitted,
        Self::ServiceCenterCase,
        Self::Contract,
        Self::ApmParticipation,
        Self::MvpRegistration,
        Self::PartialQpElection,
        Self::Other,
    ];
}

/// Where a file belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "with", rename_all = "snake_case")]
pub enum Place {
    /// With the form.
    Form,
    /// With the answer to the open request for documents.
    Request {
        /// The item that it answers, if it answers one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u16>,
    },
    /// With a comment.
    Comment {
        /// The comment.
        comment: CommentId,
    },
}

/// What someone wants to upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFile {
    /// What it is.
    pub kind: AttachmentKind,
    /// Its name.
    pub name: FileName,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: Digest,
    /// Where it belongs.
    pub place: Place,
}

/// A file of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// What was announced; the store takes nothing else.
    #[serde(flatten)]
    pub file: NewFile,
    /// Who sends it.
    pub side: Side,
    /// When the upload was granted; the grant lives [`GRANT_LIFE`](crate::GRANT_LIFE).
    pub granted_at: Timestamp,
    /// The request for documents that was open then, by its place in the history; for the filers' own files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<u64>,
    /// Who may know of it: a file that hangs on a comment of a draft stays with the filers, as the comment does.
    #[serde(default, skip_serializing_if = "Readers::are_both_sides")]
    pub readers: Readers,
    /// When a reviewer found that it says nothing about the review. It is kept all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_relevant_at: Option<Timestamp>,
    /// How far it has come.
    pub state: FileState,
}

impl Attachment {
    /// Whether it takes one of the places that [`MAX_FILES`] counts.
    #[must_use]
    pub fn takes_place(&self) -> bool {
        match self.state {
            FileState::Granted
            | FileState::Received { .. }
            | FileState::Clean { .. }
            | FileState::Unscannable { .. } => true,
            FileState::Rejected { .. }
            | FileState::Infected { .. }
            | FileState::Expired
            | FileState::Removed { .. }
            | FileState::Erased { .. }
            | FileState::WrongPatient { .. } => false,
        }
    }

    /// Whether it hangs on that comment.
    #[must_use]
    pub fn hangs_on(&self, id: &CommentId) -> bool {
        matches!(&self.file.place, Place::Comment { comment } if comment == id)
    }

    /// Whether it was refused, and another has to come in its place.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        match self.state {
            FileState::Rejected { .. }
            | FileState::Infected { .. }
            | FileState::Erased { .. }
            | FileState::WrongPatient { .. } => true,
            FileState::Granted
            | FileState::Received { .. }
            | FileState::Clean { .. }
            | FileState::Unscannable { .. }
            | FileState::Expired
            | FileState::Removed { .. } => false,
        }
    }

    /// Whether it is part of what the reviewers have, or will have once it is checked.
    #[must_use]
    pub fn is_evidence(&self) -> bool {
        match self.state {
            FileState::Received { .. }
            | FileState::Clean { .. }
            | FileState::Unscannable { .. } => true,
            FileState::Granted
            | FileState::Rejected { .. }
            | FileState::Infected { .. }
            | FileState::Expired
            | FileState::Removed { .. }
            | FileState::Erased { .. }
            | FileState::WrongPatient { .. } => false,
        }
    }

    /// Whether its bytes have still to be taken out of the store.
    #[must_use]
    pub fn is_to_be_erased(&self) -> bool {
        matches!(
            self.state,
            FileState::Removed {
                erased_at: None,
                ..
            } | FileState::Erased {
                erased_at: None,
                ..
            }
        )
    }
}
