//! What is written about a review: comments of both sides, and the team's private notes (domain.md #49, #51).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::NoteText;
use edge::wire::{
    AnswerDocument, CommentAnswerDocument, CommentBody, IdempotencyHeader, comment_text,
};
use edge::{After, AfterSeq, Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::{CommentsDocument, NoteBody, NotesDocument};
use workflow::Wish;

/// See what both sides wrote to each other, the first first, each with its files. What filers wrote on a draft is their own.
#[utoipa::path(get, path = "/v1/team/reviews/{id}/comments", params(("id", description = "The review's id"), After), responses(
    (status = 200, body = CommentsDocument),
    (status = 400, description = "A cursor that is none", body = ProblemDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument)))]
pub(crate) async fn comments(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    AfterSeq(after): AfterSeq,
) -> Result<Json<CommentsDocument>, Problem> {
    let inbound = desk.inbound(&caller);
    let page = workflow::team_comments(&*desk.store, &inbound, &id, after).await?;
    Ok(Json(CommentsDocument::of(&page, &caller.actor)))
}

/// Write a comment to the filers, who are told by email; they read it as the review team's. To add files, write the comment
/// first: `POST /v1/reviews/{id}/attachments` takes them with `"place": {"with": "comment", "comment": …}`, naming the id that
/// is answered here. What is not for filers is a private note.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/comments", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = CommentBody, responses(
    (status = 201, description = "On record; the filers are told by email", body = CommentAnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Not with the review team, or as many comments as there can be", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer, or a reused key", body = ProblemDocument)))]
pub(crate) async fn comment(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<(StatusCode, Json<CommentAnswerDocument>), Problem> {
    let text = posted.read(comment_text)?;
    let key = posted.key(format!("team comment {id}"))?;
    let inbound = desk.inbound(&caller);
    let given = workflow::team_comment(&*desk.store, &inbound, &key, &id, text).await?;
    Ok((StatusCode::CREATED, Json(CommentAnswerDocument::of(given))))
}

/// See the private notes about a review, the first first. No filer ever does.
#[utoipa::path(get, path = "/v1/team/reviews/{id}/notes", params(("id", description = "The review's id")), responses(
    (status = 200, body = NotesDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument)))]
pub(crate) async fn notes(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<NotesDocument>, Problem> {
    let notes = workflow::notes(&*desk.store, &desk.inbound(&caller), &id).await?;
    Ok(Json(NotesDocument::of(notes, &caller.actor)))
}

/// Write a private note.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/notes", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = NoteBody, responses(
    (status = 200, description = "On record, for the review team alone", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Not with the review team, or as many notes as there can be", body = ProblemDocument)))]
pub(crate) async fn note(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let text = posted.read(|fields| {
        let text = fields.text::<NoteText>("text");
        fields.require("text", text, "write the note")
    })?;
    let wish = Wish::note(&desk.inbound(&caller), text);
    desk.changed(&caller, &posted, "note", &id, wish).await
}
