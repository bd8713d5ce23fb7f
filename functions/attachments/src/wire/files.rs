//! Files as the people of a review see them.

use domain::{Attachment, AttachmentKind, FileState, Place, ReviewId, Side};
use edge::wire::InstantDocument;
use serde::Serialize;
use utoipa::ToSchema;

/// Every file of a review.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttachmentList {
    attachments: Vec<AttachmentDocument>,
}

/// One file.
#[derive(Serialize, ToSchema)]
#[schema(as = Attachment)]
struct AttachmentDocument {
    id: String,
    name: String,
    /// What it is, such as `ehr_extract`.
    #[schema(value_type = String)]
    kind: AttachmentKind,
    /// In bytes.
    size: u64,
    /// SHA-256 of its bytes, in hex.
    sha256: String,
    /// `{"with": "form"}`, `{"with": "request", "item": 1}` or `{"with": "comment", "comment": "…"}`.
    #[schema(value_type = Object)]
    place: Place,
    /// Who sent it: `filers` or `review_team`.
    from: &'static str,
    granted_at: InstantDocument,
    /// When it arrived in the store: what counts for a last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived_at: Option<InstantDocument>,
    /// `granted`, `received`, `clean`, `rejected`, `infected`, `unscannable`, `expired`, `removed`, `wrong_patient` or `erased`.
    state: &'static str,
    /// The state in a sentence, with what can be done.
    sentence: &'static str,
    /// Why it was rejected, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    why: Option<domain::FileFault>,
    /// When a reviewer found that it says nothing about the review; it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_relevant_at: Option<InstantDocument>,
    /// Where its bytes can be fetched; only while it is clean.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
}

impl AttachmentList {
    pub(crate) fn of<'a>(review: &ReviewId, files: impl Iterator<Item = &'a Attachment>) -> Self {
        let document = |file: &Attachment| AttachmentDocument {
            id: file.id.to_string(),
            name: file.file.name.reveal().to_owned(),
            kind: file.file.kind,
            size: file.file.size,
            sha256: file.file.sha256.to_string(),
            place: file.file.place.clone(),
            from: match file.side {
                Side::Filer => "filers",
                Side::Team => "review_team",
            },
            granted_at: InstantDocument::of(file.granted_at),
            arrived_at: file.state.arrived_at().map(InstantDocument::of),
            state: file.state.name(),
            sentence: file.state.sentence(),
            why: why(&file.state),
            not_relevant_at: file.not_relevant_at.map(InstantDocument::of),
            content: matches!(file.state, FileState::Clean { .. })
                .then(|| format!("/v1/reviews/{review}/attachments/{}/content", file.id)),
        };
        Self {
            attachments: files.map(document).collect(),
        }
    }
}

fn why(state: &FileState) -> Option<domain::FileFault> {
    match state {
        FileState::Rejected { why, .. } => Some(*why),
        FileState::Infected { .. } => Some(domain::FileFault::Malware),
        FileState::Granted
        | FileState::Received { .. }
        | FileState::Clean { .. }
        | FileState::Unscannable { .. }
        | FileState::Expired
        | FileState::Removed { .. }
        | FileState::Erased { .. }
        | FileState::WrongPatient { .. } => None,
    }
}
