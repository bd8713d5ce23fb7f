//! What is written about a review: comments of both sides, and the team's private notes (domain.md #49, #51).

use axum::Json;
use axum::extract::State;
use domain::NoteText;
use edge::wire::{AnswerDocument, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::{CommentsDocument, NoteBody, NotesDocument};
use workflow::Wish;

/// See what both sides wrote to each other, the first first. What filers wrote on a draft is their own.
#[utoipa::path(get, path = "/v1/team/reviews/{id}/comments", params(("id", description = "The review's id")), responses(
    (status = 200, body = CommentsDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument)))]
pub(crate) async fn comments(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<CommentsDocument>, Problem> {
    let comments = workflow::team_comments(&*desk.store, &desk.inbound(&caller), &id).await?;
    Ok(Json(CommentsDocument::of(comments, &caller.actor)))
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
