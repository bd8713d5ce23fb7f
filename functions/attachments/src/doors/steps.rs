//! What happens to a file after it was sent.

use axum::Json;
use axum::extract::State;
use domain::FileStep;
use edge::wire::{AnswerDocument, EmptyBody, IdempotencyHeader};
use edge::{Caller, FilePath, Posted, Problem, ProblemDocument};

use crate::Desk;

/// Take a file away from a draft. Its bytes are erased soon after.
#[utoipa::path(post, path = "/v1/reviews/{id}/attachments/{file}/remove",
    params(("id", description = "The review's id"), ("file", description = "The file's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Removed", body = AnswerDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument),
    (status = 409, description = "Not a draft any more, or the file has come to another point", body = ProblemDocument)))]
pub(crate) async fn remove(
    State(desk): State<Desk>,
    caller: Caller,
    path: FilePath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    desk.stepped(&caller, &posted, "remove", &path, FileStep::Remove)
        .await
}

/// Say that a file tells of a patient who has nothing to do with this review. Nobody can open it from then on; it still counts
/// as sent, and an administrator decides what becomes of it.
#[utoipa::path(post, path = "/v1/reviews/{id}/attachments/{file}/wrong-patient",
    params(("id", description = "The review's id"), ("file", description = "The file's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Locked away", body = AnswerDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument),
    (status = 409, description = "The review has ended, or there is nothing to lock", body = ProblemDocument)))]
pub(crate) async fn wrong_patient(
    State(desk): State<Desk>,
    caller: Caller,
    path: FilePath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    desk.stepped(
        &caller,
        &posted,
        "wrong-patient",
        &path,
        FileStep::WrongPatient,
    )
    .await
}

/// For the reviewer who works on it: say that a file says nothing about this review. It is kept.
#[utoipa::path(post, path = "/v1/reviews/{id}/attachments/{file}/not-relevant",
    params(("id", description = "The review's id"), ("file", description = "The file's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "On record", body = AnswerDocument),
    (status = 403, description = "Not of the review team", body = ProblemDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Another reviewer works on it, or it is on record already", body = ProblemDocument)))]
pub(crate) async fn not_relevant(
    State(desk): State<Desk>,
    caller: Caller,
    path: FilePath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    desk.stepped(
        &caller,
        &posted,
        "not-relevant",
        &path,
        FileStep::NotRelevant,
    )
    .await
}
