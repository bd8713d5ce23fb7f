//! Answering a request for documents: what is asked for, "that is all", and more time (domain.md #18, #19, #24).
//!
//! The documents themselves come as files; they count without a word beside them.

use axum::Json;
use axum::extract::State;
use domain::{Command, DocumentStep, Explanation};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::{AnswerDocument, DocumentsDocument, EmptyBody, IdempotencyHeader, MoreTimeBody};

/// See which documents the review team asked for, what has come, what is still owed and until when.
#[utoipa::path(get, path = "/v1/reviews/{id}/documents", params(("id", description = "The review's id")), responses(
    (status = 200, description = "Also if nothing was ever asked for", body = DocumentsDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn view(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<DocumentsDocument>, Problem> {
    let review = desk.opened(&caller, &id).await?.review;
    Ok(Json(DocumentsDocument::of(&review)))
}

/// Say that everything has been sent, or that the rest cannot be had: the review goes on with what there is. It goes on by
/// itself as soon as every item is answered by a file that passed its check.
#[utoipa::path(post, path = "/v1/reviews/{id}/documents/that-is-all", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "In review again; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument),
    (status = 409, description = "No request for documents is open", body = ProblemDocument)))]
pub(crate) async fn that_is_all(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Documents(DocumentStep::ThatIsAll);
    desk.changed(&caller, &posted, "that-is-all", &id, command)
        .await
}

/// Ask for more time, once, before the last day has ended. Until a reviewer answers, the request is not denied for silence.
#[utoipa::path(post, path = "/v1/reviews/{id}/documents/more-time", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = MoreTimeBody, responses(
    (status = 200, description = "Asked; the answer follows by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument),
    (status = 409, description = "No request for documents is open, its time has ended, or more time was asked for before", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn more_time(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let reason = posted.read(|fields| {
        let reason = fields.text::<Explanation>("reason");
        fields.require("reason", reason, "say why more time is needed")
    })?;
    let command = Command::Documents(DocumentStep::AskMoreTime(reason));
    desk.changed(&caller, &posted, "more-time", &id, command)
        .await
}
