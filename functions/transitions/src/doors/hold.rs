//! A legal hold: nothing of the review is erased while it stands (domain.md #8).

use axum::Json;
use axum::extract::State;
use domain::{Command, Explanation, HoldStep};
use edge::wire::{AnswerDocument, EmptyBody, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::WhyBody;

/// Put a legal hold on a review, whatever its status. For administrators.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/hold", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = WhyBody, responses(
    (status = 200, description = "It stands", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "It stands already", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn put(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let why = posted.read(|fields| {
        let why = fields.text::<Explanation>("why");
        fields.require("why", why, "say why, for the record")
    })?;
    let command = Command::Hold(HoldStep::Put(why));
    desk.changed(&caller, &posted, "hold", &id, command).await
}

/// Lift the legal hold. For administrators.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/hold/lift", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "It is lifted", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "There is none", body = ProblemDocument)))]
pub(crate) async fn lift(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Hold(HoldStep::Lift);
    desk.changed(&caller, &posted, "lift hold", &id, command)
        .await
}
