//! What the team sees of a review: all of it, the TINs masked.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use domain::rule_set;
use edge::wire::{NoticeList, unreachable};
use edge::{Caller, Problem, ProblemDocument, ReviewPath, etag};
use workflow::{Failure, View};

use crate::Desk;
use crate::wire::{TeamHistoryDocument, TeamReviewDocument};

/// See a review: what was entered, its people, files, casework, requests and decision.
#[utoipa::path(get, path = "/v1/team/reviews/{id}", params(("id", description = "The review's id", example = "2024-K7M2-QXW5")), responses(
    (status = 200, description = "The review; ETag is its version, which a decision names", body = TeamReviewDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument)))]
pub(crate) async fn view(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<(HeaderMap, Json<TeamReviewDocument>), Problem> {
    let View { review, relation } = desk.seen(&caller, &id).await?;
    let rules = rule_set(review.outline.year).map_err(Failure::from)?;
    let inbound = desk.inbound(&caller);
    let lost = workflow::unreachable(&*desk.store, &inbound, &review).await;
    let lost = unreachable(&lost.map_err(Failure::from)?);
    let headers = HeaderMap::from_iter([(header::ETAG, etag(review.outline.version))]);
    let document = TeamReviewDocument::of(&review, relation, rules, &caller.actor, lost);
    Ok((headers, Json(document)))
}

/// See everything that was done to a review, by whom and when, internal acts included.
#[utoipa::path(get, path = "/v1/team/reviews/{id}/history", params(("id", description = "The review's id")), responses(
    (status = 200, body = TeamHistoryDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument)))]
pub(crate) async fn history(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<TeamHistoryDocument>, Problem> {
    let lines = workflow::team_history(&*desk.store, &desk.inbound(&caller), &id).await?;
    Ok(Json(TeamHistoryDocument::of(lines)))
}

/// See what was told of a review by mail, to both sides, and what became of each letter. Kept for 90 days.
#[utoipa::path(get, path = "/v1/team/reviews/{id}/notices", params(("id", description = "The review's id")), responses(
    (status = 200, body = NoticeList),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument)))]
pub(crate) async fn notices(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<NoticeList>, Problem> {
    let inbound = desk.inbound(&caller);
    let told = workflow::team_correspondence(&*desk.store, &inbound, &id).await?;
    Ok(Json(NoticeList::of(told)))
}
