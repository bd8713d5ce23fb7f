//! Deciding, alone or by two people, and the scores of an approval (domain.md #6, #7, #51, #57).

use axum::Json;
use axum::extract::State;
use domain::{Command, DecisionStep};
use edge::wire::{AnswerDocument, EmptyBody, IdempotencyHeader, IfMatchHeader};
use edge::{Caller, IfMatch, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::reading::{rules_of, ruling, scores};
use crate::wire::{DecisionBody, ScoresBody};

/// Decide: a finding for each issue that is claimed. Approved if any is granted. It is final.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/decision", params(("id", description = "The review's id"), IdempotencyHeader, IfMatchHeader),
    request_body = DecisionBody, responses(
    (status = 200, description = "Decided, or waiting for its second person", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Not in review, another works on it, a file is being checked, or a decision waits for its second person", body = ProblemDocument),
    (status = 412, description = "Something has happened since you looked; look again before you decide", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument),
    (status = 428, description = "If-Match is missing", body = ProblemDocument)))]
pub(crate) async fn decide(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    IfMatch(version): IfMatch,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let rules = rules_of(&id)?;
    let (ruling, second_person) = posted.read(|fields| {
        let ruling = ruling(fields, rules);
        let second_person = fields.flag("second_person");
        Some((ruling?, second_person))
    })?;
    let command = Command::Decide(DecisionStep::Rule {
        version,
        ruling,
        second_person,
    });
    desk.changed(&caller, &posted, "decide", &id, command).await
}

/// Confirm a decision as its second person, who is never the first.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/decision/confirm", params(("id", description = "The review's id"), IdempotencyHeader, IfMatchHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Decided; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Nothing waits, or you were the first", body = ProblemDocument),
    (status = 412, description = "Something has happened since you looked; look again before you decide", body = ProblemDocument),
    (status = 428, description = "If-Match is missing", body = ProblemDocument)))]
pub(crate) async fn confirm(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    IfMatch(version): IfMatch,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Decide(DecisionStep::Confirm { version });
    desk.changed(&caller, &posted, "confirm decision", &id, command)
        .await
}

/// Send a decision back that waits for its second person, or take your own back.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/decision/send-back", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Nothing is decided", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Nothing waits", body = ProblemDocument)))]
pub(crate) async fn send_back(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Decide(DecisionStep::SendBack);
    desk.changed(&caller, &posted, "send decision back", &id, command)
        .await
}

/// Give the scores of an approval, now that they are known, or better known.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/decision/scores", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = ScoresBody, responses(
    (status = 200, description = "On record; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Not approved, or nothing new", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn revise(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let rules = rules_of(&id)?;
    let scores = posted.read(|fields| scores(fields, rules))?;
    let command = Command::ReviseScores(scores);
    desk.changed(&caller, &posted, "revise scores", &id, command)
        .await
}
