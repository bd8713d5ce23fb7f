//! A review as its filers see it, alone and in lists (domain.md #47, #48).

use std::collections::BTreeMap;

use domain::{
    Actor, ActorRef, Decision, Denial, LabelAudience, Outline, RuleSet, Status, StatusName,
    Submission, civil_text, rule_set,
};
use edge::wire::{InstantDocument, RequestDocument, RulingDocument};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::{Due, Mine};

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
    /// What you are to it: `owner` or `staff`.
    relation: &'static str,
    /// `draft`, `in_review`, `awaiting_documents`, `approved`, `denied`, `withdrawn` or `not_submitted`.
    #[schema(value_type = String)]
    status: StatusName,
    /// The status in words.
    status_label: &'static str,
    /// Labels of the review team that are meant for you.
    labels: Vec<String>,
    /// `individual`, `group`, `virtual_group`, `apm_entity`, `subgroup` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    application_type: Option<domain::ApplicationType>,
    /// The identifier: an NPI in full, a TIN masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    /// What you must do something by.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<DueDocument>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// Who changed it last: `you`, `the owner`, `staff`, `the review team` or `the service`.
    updated_by: &'static str,
    version: u64,
    form_revision: u64,
    form_sha256: String,
    /// Comments of both sides so far.
    comments: u32,
    /// Addresses of this review that get no more mail, in sentences; only where one review is seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mail_problems: Vec<String>,
    /// Once it was submitted, also if it was withdrawn afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    submission: Option<SubmissionDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Timestamp>,
    /// An open offer to hand it over.
    #[serde(skip_serializing_if = "Option::is_none")]
    handover: Option<HandOverDocument>,
    /// The documents that are asked for, or were last asked for while it is in review again; only where one review is
    /// seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<RequestDocument>,
    /// The decision, if the review team made one; only where one review is seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<DecisionDocument>,
    /// The last day on which the documentation must be kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2030-12-31")]
    keep_until: Option<String>,
}

/// What is due.
#[derive(Serialize, ToSchema)]
#[schema(as = Due)]
struct DueDocument {
    /// `submission`, before the window closes, or `documents`.
    what: &'static str,
    #[serde(flatten)]
    when: InstantDocument,
}

/// An offer.
#[derive(Serialize, ToSchema)]
#[schema(as = HandOver)]
struct HandOverDocument {
    /// The staff member to whom.
    #[schema(example = "staff@example.org")]
    to: String,
}

/// A decision of the review team.
#[derive(Serialize, ToSchema)]
#[schema(as = Decision)]
struct DecisionDocument {
    decided_at: InstantDocument,
    #[serde(flatten)]
    ruling: RulingDocument,
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
    /// The registry or QCDR that filed, as its sign-in names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<String>,
}

impl ReviewDocument {
    pub(crate) fn of(outline: &Outline, due: Option<Due>, reader: &Actor) -> Self {
        let withdrawn_at = match &outline.status {
            domain::Status::Withdrawn(withdrawn) => Some(withdrawn.at),
            domain::Status::Draft(_)
            | domain::Status::InReview(_)
            | domain::Status::AwaitingDocuments(_)
            | domain::Status::Approved(_)
            | domain::Status::Denied(_)
            | domain::Status::NotSubmitted(_) => None,
        };
        let application = outline.application.as_ref();
        let labels = outline.casework.labels.iter();
        let public = labels.filter(|label| label.audience == LabelAudience::Public);
        let submission = outline.status.submission();
        let owns = outline.owner.account == reader.account.key();
        Self {
            id: outline.id.to_string(),
            year: outline.year.into(),
            payment_year: outline.year.payment_year(),
            name: outline.name.to_string(),
            relation: if owns { "owner" } else { "staff" },
            status: outline.status.name(),
            status_label: outline.status.label(),
            labels: public.map(|label| label.name.to_string()).collect(),
            application_type: application.map(domain::Application::kind),
            identifier: application.and_then(domain::Application::identifier),
            due: due.map(DueDocument::of),
            created_at: outline.created_at,
            updated_at: outline.updated_at,
            updated_by: by(&outline.updated_by, reader),
            version: outline.version,
            form_revision: outline.form_revision,
            form_sha256: outline.form_sha256.to_string(),
            comments: outline.casework.comments,
            mail_problems: Vec::new(),
            submission: submission.map(SubmissionDocument::of),
            withdrawn_at,
            handover: outline.handover.as_ref().map(|offer| HandOverDocument {
                to: offer.to.reveal().to_owned(),
            }),
            documents: None,
            decision: None,
            keep_until: submission
                .and_then(|_| rule_set(outline.year).ok())
                .map(|rules| rules.keep_until.to_string()),
        }
    }
}

impl ReviewDocument {
    /// The same, with what the review team asks for and has decided. What waits for a second person is not decided.
    pub(crate) fn with_facts_of(mut self, status: &Status, rules: &RuleSet) -> Self {
        let decided = |decision: &Decision| DecisionDocument {
            decided_at: InstantDocument::of(decision.at),
            ruling: RulingDocument::of(&decision.ruling, rules),
        };
        match status {
            Status::InReview(now) => {
                self.documents = now.returned.as_ref().map(RequestDocument::past);
            }
            Status::AwaitingDocuments(now) => {
                self.documents = Some(RequestDocument::open(&now.request));
            }
            Status::Approved(now) => self.decision = Some(decided(&now.decision)),
            Status::Denied(now) => match &now.denial {
                Denial::Person { decision } => self.decision = Some(decided(decision)),
                Denial::Clock { request, .. } => {
                    self.documents = Some(RequestDocument::open(request));
                }
            },
            Status::Draft(_) | Status::Withdrawn(_) | Status::NotSubmitted(_) => {}
        }
        self
    }

    /// The same, with what is to be said of its addresses.
    pub(crate) fn with_mail_problems(self, mail_problems: Vec<String>) -> Self {
        Self {
            mail_problems,
            ..self
        }
    }
}

/// Who did it, as this reader is told.
fn by(actor: &ActorRef, reader: &Actor) -> &'static str {
    let own = reader.account.key();
    match actor {
        ActorRef::Owner { account } | ActorRef::Staff { account } if *account == own => "you",
        ActorRef::Owner { .. }
        | ActorRef::Staff { .. }
        | ActorRef::Reviewer { .. }
        | ActorRef::Administrator { .. }
        | ActorRef::System { .. } => actor.for_filers(),
    }
}

impl DueDocument {
    fn of(due: Due) -> Self {
        Self {
            what: match due {
                Due::Submission(_) => "submission",
                Due::Documents(_) => "documents",
            },
            when: InstantDocument::of(due.at()),
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
            organization: submission.organization.as_ref().map(ToString::to_string),
        }
    }
}

/// A page of reviews.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewList {
    reviews: Vec<ReviewDocument>,
    /// How many there are on all pages together.
    count: usize,
    /// How many of the chosen year and type are withdrawn, shown or not.
    withdrawn: usize,
    /// How many of the chosen year and type are in each status, shown or not.
    #[schema(value_type = Object, example = json!({"draft": 1, "in_review": 2}))]
    by_status: BTreeMap<StatusName, usize>,
    /// The `cursor` of the next page; missing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl ReviewList {
    pub(crate) fn of(mine: Mine, reader: &Actor) -> Self {
        let document =
            |listed: &workflow::Listed| ReviewDocument::of(&listed.outline, listed.due, reader);
        Self {
            reviews: mine.reviews.iter().map(document).collect(),
            count: mine.count,
            withdrawn: mine.withdrawn,
            by_status: mine.by_status,
            next: mine.next.map(|next| next.to_string()),
        }
    }
}
