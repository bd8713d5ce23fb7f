//! The doors of `intake`, each with a request that goes well if it may be made at all.

use scenarios::{Ask, Door, forms};
use serde_json::{Value, json};

use crate::at::At;

/// In which state a review must be for the door to be of use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// There is no review in its path.
    None,
    /// A complete draft, offered to its staff.
    Draft,
    /// Submitted.
    InReview,
    /// Submitted, and the review team asks for documents.
    Waiting,
    /// Withdrawn.
    Withdrawn,
    /// A draft with a file that is clean.
    DraftWithFile,
    /// Submitted, with a file that is clean.
    WithFile,
}

/// Who may use the door.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Anybody, without a token.
    TheWorld,
    /// Anybody with a token.
    Everyone,
    /// Owner and staff.
    Filers,
    /// The owner; staff hear that it is not theirs to do.
    Owner,
    /// Staff; the owner hears that it is not theirs to do.
    Staff,
    /// Owner and staff; administrators, who see drafts, hear that it is not theirs to do.
    FilersSeen,
    /// Owner, staff and the review team.
    BothSides,
    /// The review team; owner and staff hear that it is not theirs to do.
    Team,
}

/// A door: method, path, state, whom it is for, and the status of what goes well.
pub(crate) struct Row {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) state: State,
    pub(crate) of: For,
    pub(crate) well: u16,
}

const fn row(method: &'static str, path: &'static str, state: State, of: For, well: u16) -> Row {
    Row {
        method,
        path,
        state,
        of,
        well,
    }
}

/// Written by hand, as the design has it.
pub(crate) const DOORS: [Row; 43] = [
    row("GET", "/v1/openapi.json", State::None, For::TheWorld, 200),
    row("GET", "/v1/texts", State::None, For::Everyone, 200),
    row("GET", "/v1/texts/{name}", State::None, For::Everyone, 200),
    row("GET", "/v1/program", State::None, For::Everyone, 200),
    row("GET", "/v1/program/{year}", State::None, For::Everyone, 200),
    row(
        "POST",
        "/v1/statement/acceptances",
        State::None,
        For::Everyone,
        200,
    ),
    row("GET", "/v1/reviews", State::None, For::Everyone, 200),
    row("POST", "/v1/reviews", State::None, For::Everyone, 201),
    row("GET", "/v1/reviews/{id}", State::Draft, For::Filers, 200),
    row("PATCH", "/v1/reviews/{id}", State::Draft, For::Owner, 200),
    row(
        "GET",
        "/v1/reviews/{id}/form",
        State::Draft,
        For::Filers,
        200,
    ),
    row(
        "PATCH",
        "/v1/reviews/{id}/form",
        State::Draft,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/people",
        State::Draft,
        For::Filers,
        200,
    ),
    row(
        "PATCH",
        "/v1/reviews/{id}/people",
        State::Draft,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/participation",
        State::Draft,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/preflight",
        State::Draft,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/history",
        State::Draft,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/history/verification",
        State::Draft,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/notices",
        State::InReview,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/corrections",
        State::InReview,
        For::Filers,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/submit",
        State::Draft,
        For::Owner,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/withdraw",
        State::Draft,
        For::Owner,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/withdraw",
        State::InReview,
        For::Owner,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/corrections",
        State::InReview,
        For::Owner,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/handover",
        State::Draft,
        For::Owner,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/handover/take-back",
        State::Draft,
        For::Owner,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/handover/accept",
        State::Draft,
        For::Staff,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/copy",
        State::Withdrawn,
        For::Filers,
        201,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/comments",
        State::Draft,
        For::Filers,
        201,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/comments",
        State::InReview,
        For::Filers,
        201,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/comments",
        State::InReview,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/documents",
        State::Waiting,
        For::Filers,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/documents/that-is-all",
        State::Waiting,
        For::Filers,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/documents/more-time",
        State::Waiting,
        For::Filers,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/comments",
        State::Withdrawn,
        For::Filers,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/attachments",
        State::InReview,
        For::BothSides,
        201,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/attachments",
        State::InReview,
        For::BothSides,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}/attachments/{file}/content",
        State::WithFile,
        For::BothSides,
        302,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/attachments/{file}/remove",
        State::DraftWithFile,
        For::FilersSeen,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/attachments/{file}/wrong-patient",
        State::WithFile,
        For::BothSides,
        200,
    ),
    row(
        "POST",
        "/v1/reviews/{id}/attachments/{file}/not-relevant",
        State::WithFile,
        For::Team,
        200,
    ),
    row(
        "GET",
        "/v1/reviews/{id}",
        State::Withdrawn,
        For::Filers,
        200,
    ),
    row(
        "PATCH",
        "/v1/reviews/{id}",
        State::Withdrawn,
        For::Owner,
        200,
    ),
];

impl Row {
    /// The request of this door on the review `id`, at its present `version` and `revision`.
    pub(crate) fn ask<'a>(&self, door: &'a Door, at: &At<'_>) -> Ask<'a> {
        let (version, revision) = (at.version, at.revision);
        let path = self.path.replace("{id}", at.id).replace("{year}", "2024");
        let path = path.replace("{file}", at.file);
        let ask = door.ask(self.method, path.replace("{name}", "disclosures"));
        match (self.method, self.body(at)) {
            ("PATCH", Some(body)) => {
                let seen = if self.path.ends_with("/form") {
                    revision
                } else {
                    version
                };
                ask.if_match(seen).json(&body)
            }
            (_, Some(body)) => ask.new_key().json(&body),
            (_, None) => ask,
        }
    }

    fn body(&self, at: &At<'_>) -> Option<Value> {
        let revision = at.revision;
        if self.method == "GET" {
            return None;
        }
        let certification = forms::submission(revision)["certification"].clone();
        Some(match (self.method, self.path) {
            ("POST", "/v1/statement/acceptances") => forms::acceptance(),
            ("POST", "/v1/reviews") => json!({ "year": 2024 }),
            ("POST", "/v1/reviews/{id}/submit") => forms::submission(revision),
            ("POST", "/v1/reviews/{id}/corrections") => json!({
                "field": "description",
                "new": "It is the practice's other TIN.",
                "why": "The first wording was wrong.",
                "certification": certification,
            }),
            ("POST", "/v1/reviews/{id}/attachments") => {
                let mut announcement = Door::announcement("letter.pdf", b"bytes");
                announcement["place"] = json!({
                    "with": "comment",
                    "comment": at.comment,
                });
                announcement
            }
            ("POST", "/v1/reviews/{id}/comments") => {
                json!({ "html": "<p>It is <b>attached</b>.</p>" })
            }
            ("POST", "/v1/reviews/{id}/documents/more-time") => {
                json!({ "reason": "The vendor needs a week." })
            }
            ("POST", "/v1/reviews/{id}/handover") => json!({ "to": "staff@example.org" }),
            ("PATCH", "/v1/reviews/{id}") => json!({ "name": "Another name" }),
            ("PATCH", "/v1/reviews/{id}/form") => json!({ "description": "Other words." }),
            ("PATCH", "/v1/reviews/{id}/people") => json!({ "contact": { "extension": "7" } }),
            _ => json!({}),
        })
    }
}
