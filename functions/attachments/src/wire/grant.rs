//! The answer to a grant.

use std::collections::BTreeMap;

use edge::wire::InstantDocument;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::Granted;

/// A grant, and leave to use it.
#[derive(Serialize, ToSchema)]
#[schema(as = Grant)]
pub(crate) struct GrantDocument {
    /// The review.
    #[schema(example = "2024-K7M2-QXW5")]
    id: String,
    /// The file.
    file: String,
    /// `draft`, `in_review` or `awaiting_documents`.
    #[schema(value_type = String)]
    status: domain::StatusName,
    /// The review's version.
    version: u64,
    granted_at: InstantDocument,
    /// Until when an upload can begin.
    expires_at: InstantDocument,
    /// Leave to upload; missing once the time is over or the file is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    upload: Option<UploadDocument>,
    /// What to do now.
    next: &'static str,
}

/// How to send the bytes.
#[derive(Serialize, ToSchema)]
#[schema(as = Upload)]
struct UploadDocument {
    /// `PUT`.
    method: &'static str,
    /// Where to. Whoever has it can use it: keep it to yourself.
    url: String,
    /// What must be sent with it, word for word; a browser sets content-length by itself.
    headers: BTreeMap<String, String>,
}

impl GrantDocument {
    pub(crate) fn of(granted: Granted) -> Self {
        let Granted { answer, upload } = granted;
        let next = if upload.is_some() {
            "Send the bytes now. Then look at the list of files: a file is checked in moments as a rule."
        } else {
            "This grant can no longer be used: its time is over, or its file is there. Look at the list of files; for another upload, ask anew with another Idempotency-Key."
        };
        Self {
            id: answer.id.to_string(),
            file: answer.file.to_string(),
            status: answer.status,
            version: answer.version,
            granted_at: InstantDocument::of(answer.granted_at),
            expires_at: InstantDocument::of(answer.ends_at()),
            upload: upload.map(|upload| UploadDocument {
                method: "PUT",
                url: upload.url,
                headers: upload.headers.into_iter().collect(),
            }),
            next,
        }
    }
}
