//! What people were told of a review, and what became of each letter (domain.md #54).

use axum::Json;
use axum::extract::State;
use edge::{Caller, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::NoticeList;

/// See what was told of a review, to whom, and what became of each letter. Kept for 90 days.
#[utoipa::path(get, path = "/v1/reviews/{id}/notices", params(("id", description = "The review's id")), responses(
    (status = 200, body = NoticeList),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<NoticeList>, Problem> {
    let inbound = desk.inbound(&caller);
    let told = workflow::correspondence(&*desk.store, &inbound, &id).await?;
    Ok(Json(NoticeList::of(told)))
}
