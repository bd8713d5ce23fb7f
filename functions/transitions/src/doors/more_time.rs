//! Answering a wish for more time (domain.md #24).

use axum::Json;
use axum::extract::State;
use domain::{Command, DocumentStep};
use edge::wire::{AnswerDocument, EmptyBody, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::reading::day;
use crate::wire::GrantBody;

/// Grant more time: the days of the year, or until the day you set.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/documents/more-time/grant", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = GrantBody, responses(
    (status = 200, description = "Granted; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Nobody asked, or not a later day", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn grant(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let last_day = posted.read(|fields| Some(day(fields, "last_day")))?;
    let command = Command::Documents(DocumentStep::GrantMoreTime { last_day });
    desk.changed(&caller, &posted, "grant more time", &id, command)
        .await
}

/// Refuse more time.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/documents/more-time/refuse", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Refused; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Nobody asked", body = ProblemDocument)))]
pub(crate) async fn refuse(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Documents(DocumentStep::RefuseMoreTime);
    desk.changed(&caller, &posted, "refuse more time", &id, command)
        .await
}
