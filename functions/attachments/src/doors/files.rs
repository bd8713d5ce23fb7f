//! The files of a review.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use edge::{Caller, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::AttachmentList;

/// See every file of a review and how far each has come, the first first; refused, expired and removed ones included.
#[utoipa::path(get, path = "/v1/reviews/{id}/attachments", params(("id", description = "The review's id")), responses(
    (status = 200, description = "The files; ETag is the review's version", body = AttachmentList),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<(HeaderMap, Json<AttachmentList>), Problem> {
    let view = workflow::view_by_either_side(&*desk.store, &desk.inbound(&caller), &id).await?;
    let etag = edge::etag(view.review.outline.version);
    let headers = HeaderMap::from_iter([(header::ETAG, etag)]);
    Ok((
        headers,
        Json(AttachmentList::of(&id, &view.review.dossier.files)),
    ))
}
