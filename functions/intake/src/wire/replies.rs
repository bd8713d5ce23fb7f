//! What is answered. Instants are RFC 3339 in UTC, with New York civil text beside them where a person
//! reads them.

use domain::{Correction, Preflight, RuleSet, Text};
use edge::wire::InstantDocument;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use workflow::AcceptanceAnswer;

/// What is on record.
#[derive(Serialize, ToSchema)]
#[schema(as = Acceptance)]
pub(crate) struct AcceptanceDocument {
    text: String,
    sha256: String,
    #[schema(value_type = String, format = DateTime)]
    accepted_at: Timestamp,
}

impl AcceptanceDocument {
    pub(crate) fn of(answer: AcceptanceAnswer) -> Self {
        Self {
            text: answer.text.to_string(),
            sha256: answer.sha256.to_string(),
            accepted_at: answer.accepted_at,
        }
    }
}

/// The corrections of a request.
#[derive(Serialize, ToSchema)]
pub(crate) struct CorrectionList {
    corrections: Vec<CorrectionDocument>,
}

/// A correction that stands beside the original.
#[derive(Serialize, ToSchema)]
#[schema(as = Correction)]
struct CorrectionDocument {
    received_at: InstantDocument,
    /// The form's field.
    #[schema(example = "description")]
    field: String,
    /// What stood there before.
    #[schema(value_type = Object)]
    old: Value,
    /// What stands there since.
    #[schema(value_type = Object)]
    new: Value,
    why: String,
    /// What was signed.
    certification: String,
}

impl CorrectionList {
    pub(crate) fn of(corrections: Vec<Correction>) -> Self {
        let document = |correction: Correction| CorrectionDocument {
            received_at: InstantDocument::of(correction.at),
            field: correction.field.trim_start_matches('/').to_owned(),
            old: correction.old,
            new: correction.new,
            why: correction.why.reveal().to_owned(),
            certification: correction.certification.text.to_string(),
        };
        Self {
            corrections: corrections.into_iter().map(document).collect(),
        }
    }
}

/// What a draft still lacks.
#[derive(Serialize, ToSchema)]
#[schema(as = Preflight)]
pub(crate) struct PreflightDocument {
    /// Whether nothing blocks the submission.
    ready: bool,
    /// The form's revision that was checked.
    form_revision: u64,
    /// What must be mended: `{pointer, code, message}`.
    #[schema(value_type = Vec<Object>)]
    faults: Vec<domain::Fault>,
    /// What is worth a second look: `{pointer, code, message}`.
    #[schema(value_type = Vec<Object>)]
    advice: Vec<domain::Advice>,
    /// Whom to ask.
    #[schema(value_type = Object)]
    help: &'static domain::Contacts,
}

impl PreflightDocument {
    pub(crate) fn of(found: Preflight, form_revision: u64, rules: &'static RuleSet) -> Self {
        Self {
            ready: found.is_ready(),
            form_revision,
            faults: found.faults,
            advice: found.advice,
            help: &rules.contacts,
        }
    }
}

/// A text that people read or accept.
#[derive(Serialize, ToSchema)]
#[schema(as = Text)]
pub(crate) struct TextDocument {
    /// Name and version: what accepting and certifying name.
    #[schema(example = "disclosures/2024.1")]
    reference: String,
    title: String,
    /// The words, paragraphs parted by an empty line; left out in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// SHA-256 of the words, in hex.
    sha256: String,
}

impl TextDocument {
    pub(crate) fn of(text: &Text) -> Self {
        Self {
            body: Some(text.body.clone()),
            ..Self::without_body(text)
        }
    }

    pub(crate) fn without_body(text: &Text) -> Self {
        Self {
            reference: text.reference.to_string(),
            title: text.title.clone(),
            body: None,
            sha256: text.sha256.to_string(),
        }
    }
}

/// The present texts of a year.
#[derive(Serialize, ToSchema)]
pub(crate) struct TextList {
    texts: Vec<TextDocument>,
}

impl TextList {
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a Text>) -> Self {
        Self {
            texts: texts.map(TextDocument::without_body).collect(),
        }
    }
}
