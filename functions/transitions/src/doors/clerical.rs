//! Correcting a clerical error in a decision, by two people; the outcome stays (domain.md #6).

use axum::Json;
use axum::extract::State;
use domain::{ClericalStep, Command, Explanation};
use edge::wire::{AnswerDocument, EmptyBody, IdempotencyHeader, IfMatchHeader};
use edge::{Caller, IfMatch, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::reading::{rules_of, ruling};
use crate::wire::ClericalBody;

/// Say how a decision should have read. For administrators.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/decision/correction", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = ClericalBody, responses(
    (status = 200, description = "Waiting for its second person", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "Not decided by a person, or it would turn the outcome", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn propose(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let rules = rules_of(&id)?;
    let step = posted.read(|fields| {
        let ruling = ruling(fields, rules);
        let why = fields.text::<Explanation>("why");
        let why = fields.require("why", why, "say what was wrong, for the second person");
        Some(ClericalStep::Propose {
            ruling: ruling?,
            why: why?,
        })
    })?;
    let command = Command::Clerical(step);
    desk.changed(&caller, &posted, "propose correction", &id, command)
        .await
}

/// Confirm a correction as its second person, who is never the first.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/decision/correction/confirm", params(("id", description = "The review's id"), IdempotencyHeader, IfMatchHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Corrected; letters follow by email", body = AnswerDocument),
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
    let command = Command::Clerical(ClericalStep::Confirm { version });
    desk.changed(&caller, &posted, "confirm correction", &id, command)
        .await
}

/// Drop a correction that waits. For administrators.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/decision/correction/drop", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "The decision stays as it reads", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "Nothing waits", body = ProblemDocument)))]
pub(crate) async fn discard(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Clerical(ClericalStep::Drop);
    desk.changed(&caller, &posted, "drop correction", &id, command)
        .await
}
