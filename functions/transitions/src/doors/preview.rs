//! The exact letters of a command, before it is given (domain.md #53). Nothing changes, and nothing is sent.

use axum::Json;
use axum::extract::State;
use domain::ReviewId;
use edge::wire::IfMatchHeader;
use edge::{Caller, IfMatch, JsonBody, Problem, ProblemDocument, ReviewPath};
use notices::render;
use workflow::{Failure, Wish};

use super::{decision, documents};
use crate::Desk;
use crate::reading::rules_of;
use crate::wire::{DecisionBody, PreviewDocument, RequestBody};

/// See the letters of a decision before you make it. The body is the decision's own; a day that counts from the day of asking
/// can differ on another day.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/decision/preview", params(("id", description = "The review's id"), IfMatchHeader),
    request_body = DecisionBody, responses(
    (status = 200, description = "The letters, and who would get each", body = PreviewDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "It would be refused so", body = ProblemDocument),
    (status = 412, description = "Something has happened since you looked", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument),
    (status = 428, description = "If-Match is missing", body = ProblemDocument)))]
pub(crate) async fn of_decision(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    IfMatch(version): IfMatch,
    body: JsonBody,
) -> Result<Json<PreviewDocument>, Problem> {
    let rules = rules_of(&id)?;
    let command = body.fields(|fields| decision::decided(fields, rules, version))?;
    letters(&desk, &caller, &id, command.into()).await
}

/// See the letters of a request for documents before you ask. The body is the request's own.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/documents/preview", params(("id", description = "The review's id")),
    request_body = RequestBody, responses(
    (status = 200, description = "The letters, and who would get each", body = PreviewDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "It would be refused so", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn of_request(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    body: JsonBody,
) -> Result<Json<PreviewDocument>, Problem> {
    let inbound = desk.inbound(&caller);
    let wish = body.fields(|fields| Some(documents::asked(fields, &inbound)))?;
    letters(&desk, &caller, &id, wish).await
}

async fn letters(
    desk: &Desk,
    caller: &Caller,
    id: &ReviewId,
    wish: Wish,
) -> Result<Json<PreviewDocument>, Problem> {
    let inbound = desk.inbound(caller);
    let write = |entry: &_, reader: &_| render(entry, reader, &desk.links);
    let previewed = workflow::preview(&*desk.store, &inbound, id, wish, write).await?;
    let document = PreviewDocument::of(previewed);
    Ok(Json(document.map_err(Failure::from)?))
}
