//! Revealing a full TIN, on the record (domain.md #51, #60).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use edge::wire::{EmptyBody, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::RevealedDocument;

/// See the full TINs of a review. It is logged. Nothing keeps the answer: a repeated request reads them anew.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/tin", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Each TIN with its place in the form", body = RevealedDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "There is none in it, or it is not with the review team", body = ProblemDocument)))]
pub(crate) async fn reveal(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<(HeaderMap, Json<RevealedDocument>), Problem> {
    posted.read(|_| Some(()))?;
    let key = posted.key(format!("team reveal tin {id}"))?;
    let inbound = desk.inbound(&caller);
    let revealed = workflow::reveal_tin(&*desk.store, &inbound, &key, &id).await?;
    let no_store = HeaderValue::from_static("no-store");
    let headers = HeaderMap::from_iter([(header::CACHE_CONTROL, no_store)]);
    Ok((headers, Json(RevealedDocument::of(revealed))))
}
