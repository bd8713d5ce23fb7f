//! The facts of a review's files; the bytes have doors of their own.

use domain::{Attachment, AttachmentKind, FileFault, FileState, Place, Side};
use edge::wire::InstantDocument;
use serde::Serialize;
use utoipa::ToSchema;

/// A file.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamFile)]
pub(crate) struct FileDocument {
    id: String,
    name: String,
    /// Such as `ehr_extract`.
    #[schema(value_type = String)]
    kind: AttachmentKind,
    /// In bytes.
    size: u64,
    /// SHA-256 of its bytes, in hex.
    sha256: String,
    /// `filer` or `team`.
    #[schema(value_type = String)]
    from: Side,
    /// Where it belongs: `{"with": "form"}`, `{"with": "request", "item": 1}` or `{"with": "comment", "comment": …}`.
    #[schema(value_type = Object)]
    place: Place,
    granted_at: InstantDocument,
    /// `granted`, `received`, `clean`, `rejected`, `infected`, `unscannable`, `expired`, `removed`, `wrong_patient` or `erased`.
    state: &'static str,
    /// When it arrived in the store, or came to its end without having done so.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<InstantDocument>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    why: Option<FileFault>,
}

impl FileDocument {
    pub(super) fn of(attachment: &Attachment) -> Self {
        let (since, why) = match &attachment.state {
            FileState::Granted | FileState::Expired => (None, None),
            FileState::Received { arrived_at }
            | FileState::Clean { arrived_at }
            | FileState::Infected { arrived_at }
            | FileState::Unscannable { arrived_at } => (Some(*arrived_at), None),
            FileState::Rejected { arrived_at, why } => (Some(*arrived_at), Some(*why)),
            FileState::Removed { at, .. }
            | FileState::Erased { at, .. }
            | FileState::WrongPatient { at, .. } => (Some(*at), None),
        };
        let file = &attachment.file;
        Self {
            id: attachment.id.to_string(),
            name: file.name.reveal().to_owned(),
            kind: file.kind,
            size: file.size,
            sha256: file.sha256.to_string(),
            from: attachment.side,
            place: file.place.clone(),
            granted_at: InstantDocument::of(attachment.granted_at),
            state: attachment.state.name(),
            since: since.map(InstantDocument::of),
            why,
        }
    }
}
