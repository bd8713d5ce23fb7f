//! What the team keeps about a review.

use domain::{Actor, Casework, Label, LabelAudience};
use edge::wire::InstantDocument;
use serde::Serialize;
use utoipa::ToSchema;

/// What the team keeps about a review.
#[derive(Serialize, ToSchema)]
#[schema(as = Casework)]
pub(crate) struct CaseworkDocument {
    /// Who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<AssigneeDocument>,
    /// How many people declared a conflict.
    conflicts: usize,
    labels: Vec<LabelDocument>,
    /// The legal hold, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<HoldDocument>,
    /// Private notes so far.
    notes: u32,
    /// Comments of both sides so far, those of the draft included.
    comments: u32,
}

/// Who works on a review.
#[derive(Serialize, ToSchema)]
#[schema(as = Assignee)]
struct AssigneeDocument {
    /// The account, by the key that stands for it.
    account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    you: bool,
}

/// A label.
#[derive(Serialize, ToSchema)]
#[schema(as = Label)]
struct LabelDocument {
    name: String,
    /// `public` or `internal`.
    #[schema(value_type = String)]
    audience: LabelAudience,
}

/// A legal hold.
#[derive(Serialize, ToSchema)]
#[schema(as = LegalHold)]
struct HoldDocument {
    since: InstantDocument,
    why: String,
}

impl CaseworkDocument {
    pub(super) fn of(casework: &Casework, reader: &Actor) -> Self {
        let own = reader.account.key();
        let label = |label: &Label| LabelDocument {
            name: label.name.to_string(),
            audience: label.audience,
        };
        Self {
            assignee: casework.assignee.as_ref().map(|assignee| AssigneeDocument {
                account: assignee.account.to_string(),
                email: assignee
                    .email
                    .as_ref()
                    .map(|email| email.reveal().to_owned()),
                you: assignee.account == own,
            }),
            conflicts: casework.conflicts.len(),
            labels: casework.labels.iter().map(label).collect(),
            hold: casework.hold.as_ref().map(|hold| HoldDocument {
                since: InstantDocument::of(hold.since),
                why: hold.why.reveal().to_owned(),
            }),
            notes: casework.notes,
            comments: casework.comments,
        }
    }
}
