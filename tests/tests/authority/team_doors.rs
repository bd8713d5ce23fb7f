//! The doors of `transitions`, each with a request that goes well if it may be made at all.

use scenarios::{Ask, Door, decision};
use serde_json::{Value, json};

/// In which state a review must be for the door to be of use. The second reviewer and the second administrator bring it
/// there, so that the first ones may be the second person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Submitted.
    InReview,
    /// Submitted, and given to the reviewer.
    Assigned,
    /// With a label.
    Labelled,
    /// Documents are asked for.
    Waiting,
    /// A decision waits for its second person.
    Proposed,
    /// Approved.
    Approved,
    /// Approved, and a clerical correction waits for its second person.
    Corrected,
    /// Under a legal hold.
    Held,
}

/// Who of the team may use the door; the others of the team hear that it is not theirs to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Reviewers and administrators.
    Team,
    /// The reviewer who works on it, and administrators.
    Taker,
    /// Administrators.
    Administrator,
}

/// A door: method, path behind the review's address, state, whom it is for, and the status of what goes well.
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

/// Written by hand, as the design has it. Of more time, those who may answer hear that nobody has asked; of late leave,
/// that it is for drafts; of a contact's address, that no mail came back; of a file, that there is none.
pub(crate) const DOORS: [Row; 38] = [
    row("GET", "", State::InReview, For::Team, 200),
    row("GET", "/history", State::InReview, For::Team, 200),
    row("GET", "/notices", State::InReview, For::Team, 200),
    row("GET", "/comments", State::InReview, For::Team, 200),
    row("POST", "/comments", State::InReview, For::Team, 201),
    row("GET", "/same-party", State::InReview, For::Team, 200),
    row("GET", "/notes", State::InReview, For::Team, 200),
    row("POST", "/notes", State::InReview, For::Team, 200),
    row("POST", "/take", State::InReview, For::Team, 200),
    row("POST", "/release", State::Assigned, For::Taker, 200),
    row("POST", "/assign", State::InReview, For::Administrator, 200),
    row("POST", "/conflict", State::InReview, For::Team, 200),
    row("POST", "/labels", State::InReview, For::Team, 200),
    row("POST", "/labels/remove", State::Labelled, For::Team, 200),
    row("POST", "/documents", State::InReview, For::Team, 200),
    row(
        "POST",
        "/documents/preview",
        State::InReview,
        For::Team,
        200,
    ),
    row("POST", "/decision/preview", State::InReview, For::Team, 200),
    row("POST", "/documents/amend", State::Waiting, For::Team, 200),
    row(
        "POST",
        "/documents/received",
        State::Waiting,
        For::Team,
        200,
    ),
    row("POST", "/documents/return", State::Waiting, For::Team, 200),
    row(
        "POST",
        "/documents/extend",
        State::Waiting,
        For::Administrator,
        200,
    ),
    row(
        "POST",
        "/documents/more-time/grant",
        State::Waiting,
        For::Team,
        409,
    ),
    row(
        "POST",
        "/documents/more-time/refuse",
        State::Waiting,
        For::Team,
        409,
    ),
    row("POST", "/decision", State::InReview, For::Team, 200),
    row("POST", "/decision/confirm", State::Proposed, For::Team, 200),
    row(
        "POST",
        "/decision/send-back",
        State::Proposed,
        For::Team,
        200,
    ),
    row("POST", "/decision/scores", State::Approved, For::Team, 200),
    row(
        "POST",
        "/decision/correction",
        State::Approved,
        For::Administrator,
        200,
    ),
    row(
        "POST",
        "/decision/correction/confirm",
        State::Corrected,
        For::Team,
        200,
    ),
    row(
        "POST",
        "/decision/correction/drop",
        State::Corrected,
        For::Administrator,
        200,
    ),
    row("POST", "/tin", State::InReview, For::Team, 200),
    row("POST", "/hold", State::InReview, For::Administrator, 200),
    row("POST", "/hold/lift", State::Held, For::Administrator, 200),
    row(
        "POST",
        "/late-leave",
        State::InReview,
        For::Administrator,
        409,
    ),
    row("POST", "/owner", State::InReview, For::Administrator, 200),
    row("POST", "/contact", State::InReview, For::Administrator, 409),
    row(
        "POST",
        "/attachments/{file}/erase",
        State::InReview,
        For::Administrator,
        409,
    ),
    row(
        "POST",
        "/attachments/{file}/unlock",
        State::InReview,
        For::Administrator,
        409,
    ),
];

/// A file that is not there.
const FILE: &str = "07070707070707070707070707070707";

impl Row {
    /// The whole path, by its template.
    pub(crate) fn template(&self) -> String {
        format!("/v1/team/reviews/{{id}}{}", self.path)
    }

    /// The request of this door on the review `id`, seen at `version`.
    pub(crate) fn ask<'a>(&self, door: &'a Door, id: &str, version: u64) -> Ask<'a> {
        let ask = door.ask(
            self.method,
            self.template().replace("{id}", id).replace("{file}", FILE),
        );
        if self.method == "GET" {
            ask
        } else {
            ask.new_key().if_match(version).json(&self.body())
        }
    }

    fn body(&self) -> Value {
        match self.path {
            "/comments" => json!({ "text": "To all." }),
            "/notes" => json!({ "text": "Between us." }),
            "/assign" => json!({ "subject": "sample-second-reviewer" }),
            "/labels" => json!({ "name": "another", "audience": "public" }),
            "/labels/remove" => json!({ "name": "a label" }),
            "/documents" | "/documents/preview" => json!({ "items": [{ "what": "A contract" }] }),
            "/documents/amend" => json!({ "add": [{ "what": "A contract" }] }),
            "/documents/received" => json!({ "item": 1 }),
            "/documents/extend" => json!({ "last_day": "2026-01-15", "why": "A storm." }),
            "/decision" | "/decision/preview" => decision("submission", true, false),
            "/decision/scores" => json!({ "scores": { "state": "none" } }),
            "/decision/correction" => correction(),
            "/owner" => json!({ "to": "successor@example.org", "why": "The owner has left." }),
            "/contact" => json!({ "email": "reachable@example.org", "why": "By phone." }),
            "/attachments/{file}/erase" | "/attachments/{file}/unlock" => {
                json!({ "why": "Looked at." })
            }
            "/hold" => json!({ "why": "A court asked." }),
            "/late-leave" => json!({
                "failed_request": "request-1",
                "attempted_at": "2025-11-14T19:30:00-05:00",
            }),
            _ => json!({}),
        }
    }
}

/// How an approval should have read.
pub(crate) fn correction() -> Value {
    let mut corrected = decision("submission", true, false);
    let members = corrected.as_object_mut().expect("an object");
    members.remove("second_person");
    members.insert(
        "explanation".to_owned(),
        json!("What was found, without the error."),
    );
    members.insert("why".to_owned(), json!("A typing error."));
    corrected
}
