//! A review as the team sees it, with everything that was entered and every TIN masked (domain.md #48, #60).

use domain::{
    Actor, Correction, Denial, Relation, Review, RuleSet, Status, StatusName, with_masked_tins,
};
use edge::wire::InstantDocument;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::casework::CaseworkDocument;
use super::decided::{ClockDocument, DecisionDocument, ProposalDocument};
use super::files::FileDocument;
use super::waiting::TeamRequestDocument;

/// A review as the team sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamReview)]
pub(crate) struct TeamReviewDocument {
    #[schema(example = "2024-K7M2-QXW5")]
    id: String,
    year: i64,
    payment_year: i16,
    /// The owner's label.
    name: String,
    /// What you are to it: `reviewer` or `administrator`.
    relation: &'static str,
    /// `draft`, `in_review`, `awaiting_documents`, `approved`, `denied`, `withdrawn` or `not_submitted`.
    #[schema(value_type = String)]
    status: StatusName,
    /// The status in words.
    status_label: &'static str,
    version: u64,
    form_revision: u64,
    form_sha256: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// When it was submitted; missing for what never was.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted: Option<InstantDocument>,
    /// The registry or QCDR that filed, as its sign-in names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<String>,
    /// The form as it was certified, TINs masked.
    #[schema(value_type = Object)]
    form: Value,
    /// The form with its corrections laid over it, TINs masked: what is decided on. Missing without corrections.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    claimed: Option<Value>,
    /// Corrections after submission, the first first, TINs masked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionDocument>,
    /// Contact and staff.
    #[schema(value_type = Object)]
    people: Value,
    /// The owner's address when the owner last acted, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner_email: Option<String>,
    /// Addresses that get no more mail, in sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mail_problems: Vec<String>,
    files: Vec<FileDocument>,
    casework: CaseworkDocument,
    /// The open request for documents, or the last one while the review is in review again.
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<TeamRequestDocument>,
    /// A decision, or a clerical correction, that waits for its second person.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<ProposalDocument>,
    /// The decision, if a person decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<DecisionDocument>,
    /// The denial by the clock, if it was that.
    #[serde(skip_serializing_if = "Option::is_none")]
    denied_by_clock: Option<ClockDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<InstantDocument>,
}

/// A correction after submission.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamCorrection)]
struct CorrectionDocument {
    at: InstantDocument,
    /// The form's field, by JSON pointer.
    field: String,
    #[schema(value_type = Object)]
    old: Value,
    #[schema(value_type = Object)]
    new: Value,
    why: String,
}

impl TeamReviewDocument {
    pub(crate) fn of(
        review: &Review,
        relation: Relation,
        rules: &RuleSet,
        reader: &Actor,
        mail_problems: Vec<String>,
    ) -> Self {
        let Review {
            outline,
            form,
            people,
            dossier,
        } = review;
        let submission = outline.status.submission();
        let corrected = !dossier.corrections.is_empty();
        let claimed = corrected.then(|| with_masked_tins(json!(review.claimed(rules))));
        let owner = outline.owner.email.as_ref();
        let organization = submission.and_then(|submission| submission.organization.as_ref());
        let document = Self {
            id: outline.id.to_string(),
            year: outline.year.into(),
            payment_year: outline.year.payment_year(),
            name: outline.name.to_string(),
            relation: if relation == Relation::Administrator {
                "administrator"
            } else {
                "reviewer"
            },
            status: outline.status.name(),
            status_label: outline.status.label(),
            version: outline.version,
            form_revision: outline.form_revision,
            form_sha256: outline.form_sha256.to_string(),
            created_at: outline.created_at,
            updated_at: outline.updated_at,
            submitted: submission.map(|submission| InstantDocument::of(submission.received_at)),
            organization: organization.map(ToString::to_string),
            form: with_masked_tins(json!(form)),
            claimed,
            corrections: dossier.corrections.iter().map(correction).collect(),
            people: json!(people.as_entered()),
            owner_email: owner.map(|email| email.reveal().to_owned()),
            mail_problems,
            files: dossier.files.iter().map(FileDocument::of).collect(),
            casework: CaseworkDocument::of(&outline.casework, reader),
            documents: None,
            proposal: None,
            decision: None,
            denied_by_clock: None,
            withdrawn: None,
        };
        document.with_facts_of(&outline.status, rules)
    }

    /// The same, with what its status knows.
    fn with_facts_of(mut self, status: &Status, rules: &RuleSet) -> Self {
        match status {
            Status::Draft(_) | Status::NotSubmitted(_) => {}
            Status::InReview(now) => {
                self.documents = now.returned.as_ref().map(TeamRequestDocument::past);
                let proposal = now.proposal.as_ref();
                self.proposal = proposal.map(|one| ProposalDocument::of(one, rules));
            }
            Status::AwaitingDocuments(now) => {
                self.documents = Some(TeamRequestDocument::open(&now.request));
            }
            Status::Approved(now) => {
                self.decision = Some(DecisionDocument::of(&now.decision, rules));
                let open = now.clerical.as_ref();
                self.proposal = open.map(|one| ProposalDocument::clerical(one, rules));
            }
            Status::Denied(now) => {
                match &now.denial {
                    Denial::Person { decision } => {
                        self.decision = Some(DecisionDocument::of(decision, rules));
                    }
                    Denial::Clock { at, request } => {
                        let request = TeamRequestDocument::open(request);
                        self.denied_by_clock = Some(ClockDocument::of(*at, request));
                    }
                }
                let open = now.clerical.as_ref();
                self.proposal = open.map(|one| ProposalDocument::clerical(one, rules));
            }
            Status::Withdrawn(now) => self.withdrawn = Some(InstantDocument::of(now.at)),
        }
        self
    }
}

fn correction(correction: &Correction) -> CorrectionDocument {
    CorrectionDocument {
        at: InstantDocument::of(correction.at),
        field: correction.field.clone(),
        old: with_masked_tins(correction.old.clone()),
        new: with_masked_tins(correction.new.clone()),
        why: correction.why.reveal().to_owned(),
    }
}
