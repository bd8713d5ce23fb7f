//! Contact and additional staff (domain.md #32, #34).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use domain::{Command, FormPatch, People, Review};
use edge::{Caller, IfMatch, JsonBody, Problem, ProblemDocument, ReviewPath, etag};

use crate::Desk;
use crate::wire::{IfMatchHeader, PeopleDocument};

type PeopleReply = (HeaderMap, Json<People>);

fn reply(review: Review) -> PeopleReply {
    (
        HeaderMap::from_iter([(header::ETAG, etag(review.outline.version))]),
        Json(review.people.as_entered()),
    )
}

/// See contact and staff.
#[utoipa::path(get, path = "/v1/reviews/{id}/people", params(("id", description = "The review's id")), responses(
    (status = 200, description = "Contact and staff; ETag is the review's version", body = PeopleDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn view(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<PeopleReply, Problem> {
    Ok(reply(desk.opened(&caller, &id).await?.review))
}

/// Change contact and staff by a merge-patch (RFC 7396), until the review has ended. The list of staff is the
/// owner's alone.
#[utoipa::path(patch, path = "/v1/reviews/{id}/people", params(("id", description = "The review's id"), IfMatchHeader),
    request_body(content = PeopleDocument, content_type = "application/merge-patch+json"), responses(
    (status = 200, description = "Contact and staff after it; ETag is the review's version", body = PeopleDocument),
    (status = 403, description = "Staff cannot change the list of staff", body = ProblemDocument),
    (status = 409, description = "The review has ended", body = ProblemDocument),
    (status = 412, description = "Changed meanwhile; `current` is what is there now", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument),
    (status = 428, description = "If-Match is missing", body = ProblemDocument)))]
pub(crate) async fn edit(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    IfMatch(version): IfMatch,
    body: JsonBody,
) -> Result<PeopleReply, Problem> {
    let patch = FormPatch(body.value);
    let command = Command::EditPeople { version, patch };
    Ok(reply(desk.edited(&caller, &id, command).await?))
}
