//! Deciding a report that a file tells of somebody else (domain.md #38).

use axum::Json;
use axum::extract::State;
use domain::{Command, FileStep, Why};
use edge::wire::{AnswerDocument, IdempotencyHeader};
use edge::{Caller, FilePath, Posted, Problem, ProblemDocument};
use workflow::Wish;

use super::people::reason;
use crate::Desk;
use crate::wire::WhyBody;

/// Erase a file that tells of somebody else: its bytes and its name, for good. For administrators.
///
/// The bytes are gone soon after, every version of them; the log keeps their hash. Under a legal hold it is refused.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/attachments/{file}/erase", params(("id", description = "The review's id"), ("file", description = "The file's id"), IdempotencyHeader),
    request_body = WhyBody, responses(
    (status = 200, description = "It is being erased", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "Not reported, decided already, or under a legal hold", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn erase(
    State(desk): State<Desk>,
    caller: Caller,
    path: FilePath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    decide(
        &desk,
        &caller,
        &path,
        &posted,
        "erase",
        FileStep::EraseWrongPatient,
    )
    .await
}

/// Unlock a file that was reported by mistake: it is evidence again. For administrators.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/attachments/{file}/unlock", params(("id", description = "The review's id"), ("file", description = "The file's id"), IdempotencyHeader),
    request_body = WhyBody, responses(
    (status = 200, description = "It is what it was", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "Not reported, decided already, or the review has ended", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn unlock(
    State(desk): State<Desk>,
    caller: Caller,
    path: FilePath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    decide(&desk, &caller, &path, &posted, "unlock", FileStep::Unlock).await
}

async fn decide(
    desk: &Desk,
    caller: &Caller,
    FilePath(review, file): &FilePath,
    posted: &Posted,
    verb: &str,
    step: fn(Why) -> FileStep,
) -> Result<Json<AnswerDocument>, Problem> {
    let why = posted.read(reason)?;
    let wish = Wish::with_reason(&desk.inbound(caller), why, |why| Command::File {
        id: file.clone(),
        step: step(why),
    });
    desk.changed(caller, posted, &format!("{verb} {file}"), review, wish)
        .await
}
