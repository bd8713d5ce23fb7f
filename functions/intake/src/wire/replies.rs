//! What is answered. Instants are RFC 3339 in UTC, with New York civil text beside them where a person
//! reads them.

use domain::{Outline, Preflight, RuleSet, Status, Submission, Text, civil_text};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::ports::Page;
use workflow::{AcceptanceAnswer, Answer};

/// The answer to a command; the rest by GET.
#[derive(Serialize, ToSchema)]
#[schema(as = Answer)]
pub(crate) struct AnswerDocument {
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
    pub(crate) fn of(answer: Answer) -> Self {
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

/// A review without its form and people.
#[derive(Serialize, ToSchema)]
#[schema(as = Review)]
pub(crate) struct ReviewDocument {
    #[schema(example = "2024-K7M2-QXW5")]
    id: String,
    year: i64,
    payment_year: i16,
    /// The owner's label.
    name: String,
    /// `draft`, `in_review`, `awaiting_documents`, `approved`, `denied`, `withdrawn` or `not_submitted`.
    #[schema(value_type = String)]
    status: domain::StatusName,
    /// The status in words.
    status_label: &'static str,
    /// `individual`, `group`, `virtual_group`, `apm_entity`, `subgroup` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    application_type: Option<domain::ApplicationType>,
    /// The identifier: an NPI in full, a TIN masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    version: u64,
    form_revision: u64,
    form_sha256: String,
    /// Once it was submitted, also if it was withdrawn afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    submission: Option<SubmissionDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Timestamp>,
}

/// A submission's facts.
#[derive(Serialize, ToSchema)]
#[schema(as = Submission)]
struct SubmissionDocument {
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    received_at_new_york: String,
    form_revision: u64,
    form_sha256: String,
    certification: String,
}

impl ReviewDocument {
    pub(crate) fn of(outline: &Outline) -> Self {
        let withdrawn_at = match &outline.status {
            Status::Withdrawn(withdrawn) => Some(withdrawn.at),
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::NotSubmitted(_) => None,
        };
        Self {
            id: outline.id.to_string(),
            year: outline.year.into(),
            payment_year: outline.year.payment_year(),
            name: outline.name.to_string(),
            status: outline.status.name(),
            status_label: outline.status.label(),
            application_type: outline.application.as_ref().map(domain::Application::kind),
            identifier: outline
                .application
                .as_ref()
                .and_then(domain::Application::identifier),
            created_at: outline.created_at,
            updated_at: outline.updated_at,
            version: outline.version,
            form_revision: outline.form_revision,
            form_sha256: outline.form_sha256.to_string(),
            submission: outline.status.submission().map(SubmissionDocument::of),
            withdrawn_at,
        }
    }
}

impl SubmissionDocument {
    fn of(submission: &Submission) -> Self {
        Self {
            received_at: submission.received_at,
            received_at_new_york: civil_text(submission.received_at),
            form_revision: submission.form_revision,
            form_sha256: submission.form_sha256.to_string(),
            certification: submission.certification.to_string(),
        }
    }
}

/// A page of reviews.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewList {
    reviews: Vec<ReviewDocument>,
    /// The `cursor` of the next page; missing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl ReviewList {
    pub(crate) fn of(page: Page) -> Self {
        Self {
            reviews: page.reviews.iter().map(ReviewDocument::of).collect(),
            next: page.next.map(|next| next.to_string()),
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
