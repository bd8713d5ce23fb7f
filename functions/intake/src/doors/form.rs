//! The form: a resource of its own, whose ETag moves only with its content.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use domain::{Command, Form, FormPatch, Review};
use edge::{Caller, IfMatch, JsonBody, Problem, ProblemDocument, ReviewPath, etag};

use crate::Desk;
use crate::wire::{FormDocument, IfMatchHeader};

type FormReply = (HeaderMap, Json<Form>);

fn reply(review: Review) -> FormReply {
    (
        HeaderMap::from_iter([(header::ETAG, etag(review.outline.form_revision))]),
        Json(review.form),
    )
}

/// See the form.
#[utoipa::path(get, path = "/v1/reviews/{id}/form", params(("id", description = "The review's id")), responses(
    (status = 200, description = "The form; ETag is its revision", body = FormDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn view(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<FormReply, Problem> {
    Ok(reply(desk.opened(&caller, &id).await?.review))
}

/// Change the form of a draft by a merge-patch (RFC 7396): what is named is set, null takes away.
#[utoipa::path(patch, path = "/v1/reviews/{id}/form", params(("id", description = "The review's id"), IfMatchHeader),
    request_body(content = FormDocument, content_type = "application/merge-patch+json"), responses(
    (status = 200, description = "The whole form after it; ETag is its revision", body = FormDocument),
    (status = 409, description = "Not a draft, or outside the window", body = ProblemDocument),
    (status = 412, description = "Changed meanwhile; `current` is the present form", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument),
    (status = 428, description = "If-Match is missing", body = ProblemDocument)))]
pub(crate) async fn edit(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    IfMatch(revision): IfMatch,
    body: JsonBody,
) -> Result<FormReply, Problem> {
    let patch = FormPatch(body.value);
    let command = Command::EditForm { revision, patch };
    Ok(reply(desk.edited(&caller, &id, command).await?))
}
