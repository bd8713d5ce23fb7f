//! The log of a review, and whether its record holds (domain.md #48, #50).

use axum::Json;
use axum::extract::State;
use edge::{Caller, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::{HistoryDocument, VerificationDocument};

/// See what was done to a review, by whom and when: all of it, but for what the review team keeps to itself.
#[utoipa::path(get, path = "/v1/reviews/{id}/history", params(("id", description = "The review's id")), responses(
    (status = 200, body = HistoryDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn view(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<HistoryDocument>, Problem> {
    let lines = workflow::history(&*desk.store, &desk.inbound(&caller), &id).await?;
    Ok(Json(HistoryDocument::of(lines)))
}

/// Verify the record: whether every entry is what was written, none is missing, and the end is the end.
#[utoipa::path(get, path = "/v1/reviews/{id}/history/verification", params(("id", description = "The review's id")), responses(
    (status = 200, description = "Whether the record holds; also if it does not", body = VerificationDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn verification(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<VerificationDocument>, Problem> {
    let found = workflow::verification(&*desk.store, &desk.inbound(&caller), &id).await?;
    Ok(Json(VerificationDocument::of(found, caller.received_at)))
}
