//! Submitting and withdrawing.

use axum::Json;
use axum::extract::State;
use domain::Command;
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use super::signing::certification;
use crate::Desk;
use crate::wire::{AnswerDocument, IdempotencyHeader, SubmitBody, WithdrawBody};

/// Certify and submit a draft. A submission counts from the moment the gateway received it.
#[utoipa::path(post, path = "/v1/reviews/{id}/submit", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = SubmitBody, responses(
    (status = 200, description = "Submitted; receipts follow by email", body = AnswerDocument),
    (status = 403, description = "Not the owner", body = ProblemDocument),
    (status = 409, description = "Not a draft, or outside the window", body = ProblemDocument),
    (status = 412, description = "The form is at another revision; `current` is the present form", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer, or a reused key", body = ProblemDocument)))]
pub(crate) async fn submit(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let command = posted.read(|fields| {
        let revision = fields.number("form_revision");
        let form_revision = fields.require(
            "form_revision",
            revision,
            "name the form's revision that you certify (its ETag)",
        );
        let certification = certification(fields);
        Some(Command::Submit {
            form_revision: form_revision?,
            certification: certification?,
        })
    })?;
    desk.changed(&caller, &posted, "submit", &id, command).await
}

/// Withdraw a draft or a submitted request, for good: a new request is needed afterwards.
#[utoipa::path(post, path = "/v1/reviews/{id}/withdraw", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = WithdrawBody, responses(
    (status = 200, description = "Withdrawn; letters follow by email", body = AnswerDocument),
    (status = 403, description = "Not the owner", body = ProblemDocument),
    (status = 409, description = "It has ended already; or the window has closed, and that has to be acknowledged", body = ProblemDocument)))]
pub(crate) async fn withdraw(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let command = posted.read(|fields| {
        Some(if fields.flag("acknowledge_final") {
            Command::WithdrawForGood
        } else {
            Command::Withdraw
        })
    })?;
    desk.changed(&caller, &posted, "withdraw", &id, command)
        .await
}
