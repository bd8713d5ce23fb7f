//! Comments: what filers write among themselves on a draft, and what both sides write to each other afterwards
//! (domain.md #49).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use edge::wire::{CommentAnswerDocument, CommentBody, comment_text};
use edge::{After, AfterSeq, Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::{CommentsDocument, IdempotencyHeader};

/// Write a comment. On a draft it stays among its filers, also after the submission; from the submission on the review team
/// reads it, and is told by email. To add files, write the comment first: `POST /v1/reviews/{id}/attachments` takes them with
/// `"place": {"with": "comment", "comment": …}`, naming the id that is answered here.
#[utoipa::path(post, path = "/v1/reviews/{id}/comments", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = CommentBody, responses(
    (status = 201, description = "On record; the other side is told by email", body = CommentAnswerDocument),
    (status = 403, description = "The statement of truth has not been accepted", body = ProblemDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument),
    (status = 409, description = "The review has ended, or holds as many comments as it can", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer, or a reused key", body = ProblemDocument)))]
pub(crate) async fn write(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<(StatusCode, Json<CommentAnswerDocument>), Problem> {
    let text = posted.read(comment_text)?;
    let key = posted.key(format!("comment {id}"))?;
    let inbound = desk.inbound(&caller);
    let given = workflow::comment(&*desk.store, &inbound, &key, &id, text).await?;
    Ok((StatusCode::CREATED, Json(CommentAnswerDocument::of(given))))
}

/// See the comments of a review, the first one first, each with its files.
#[utoipa::path(get, path = "/v1/reviews/{id}/comments", params(("id", description = "The review's id"), After), responses(
    (status = 200, body = CommentsDocument),
    (status = 400, description = "A cursor that is none", body = ProblemDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    AfterSeq(after): AfterSeq,
) -> Result<Json<CommentsDocument>, Problem> {
    let inbound = desk.inbound(&caller);
    let page = workflow::comments(&*desk.store, &inbound, &id, after).await?;
    Ok(Json(CommentsDocument::of(&page, &caller.actor)))
}
