//! The answer to a command.

use domain::civil_text;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::Answer;

/// The answer to a command; the rest by GET.
#[derive(Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct AnswerDocument {
    #[schema(example = "2024-K7M2-QXW5")]
    id: String,
    /// `draft`, `in_review`, `awaiting_documents`, `approved`, `denied`, `withdrawn` or `not_submitted`.
    #[schema(value_type = String)]
    status: domain::StatusName,
    version: u64,
    form_revision: u64,
    /// SHA-256 of the form's stored bytes, in hex.
    form_sha256: String,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    received_at_new_york: String,
}

impl AnswerDocument {
    /// The answer as it is sent.
    #[must_use]
    pub fn of(answer: Answer) -> Self {
        Self {
            id: answer.id.to_string(),
            status: answer.status,
            version: answer.version,
            form_revision: answer.form_revision,
            form_sha256: answer.form_sha256.to_string(),
            received_at: answer.received_at,
            received_at_new_york: civil_text(answer.received_at),
        }
    }
}

/// Nothing to say: an empty object.
#[derive(ToSchema)]
pub struct EmptyBody {}
