//! Beginning, seeing and listing reviews.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use domain::{PerformanceYear, ReviewId};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath, etag};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Desk;
use crate::wire::{AnswerDocument, BeginBody, IdempotencyHeader, ReviewDocument, ReviewList};

/// The most reviews in one reply, and how many there are unless `limit` says otherwise.
const PAGE: u32 = 50;

/// Begin a draft.
#[utoipa::path(post, path = "/v1/reviews", params(IdempotencyHeader), request_body = BeginBody, responses(
    (status = 201, description = "A draft; Location and ETag (its version) are set", body = AnswerDocument),
    (status = 403, description = "The statement of truth has not been accepted", body = ProblemDocument),
    (status = 409, description = "Outside the year's window", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer, or a reused key", body = ProblemDocument)))]
pub(crate) async fn begin(
    State(desk): State<Desk>,
    caller: Caller,
    posted: Posted,
) -> Result<(StatusCode, HeaderMap, Json<AnswerDocument>), Problem> {
    let (year, name) = posted.read(|fields| {
        let year = fields.number("year");
        let year = fields.require("year", year, "name the performance year, such as 2024");
        let year = year.and_then(|year| {
            let year = i64::try_from(year).unwrap_or(i64::MAX);
            PerformanceYear::try_from(year)
                .map_err(|error| fields.fault("year", "invalid", error))
                .ok()
        });
        let name = fields.text("name");
        Some((year?, name))
    })?;
    let key = posted.key("begin".to_owned())?;
    let answer = workflow::begin(&*desk.store, &desk.inbound(&caller), &key, year, name).await?;
    let mut headers = HeaderMap::new();
    let location = format!("/v1/reviews/{}", answer.id).parse();
    headers.insert(
        header::LOCATION,
        location.map_err(|_| Problem::bad_request("The id cannot stand in a header."))?,
    );
    headers.insert(header::ETAG, etag(answer.version));
    Ok((
        StatusCode::CREATED,
        headers,
        Json(AnswerDocument::of(answer)),
    ))
}

/// See one review of yours.
#[utoipa::path(get, path = "/v1/reviews/{id}", params(("id", description = "The review's id", example = "2024-K7M2-QXW5")), responses(
    (status = 200, description = "The review; ETag is its version", body = ReviewDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn view(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<(HeaderMap, Json<ReviewDocument>), Problem> {
    let view = workflow::view(&*desk.store, &caller.actor, &id).await?;
    let headers = HeaderMap::from_iter([(header::ETAG, etag(view.review.outline.version))]);
    Ok((headers, Json(ReviewDocument::of(&view.review.outline))))
}

/// Which part of the list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    /// The `next` of the page before.
    cursor: Option<String>,
    /// At most that many, up to 50.
    limit: Option<u32>,
}

/// List your reviews.
#[utoipa::path(get, path = "/v1/reviews", params(Part), responses((status = 200, body = ReviewList)))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    caller: Caller,
    part: Result<Query<Part>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<ReviewList>, Problem> {
    let Query(Part { cursor, limit }) = part.map_err(|_| {
        Problem::bad_request("The query parameters here are cursor and limit (a number).")
    })?;
    let cursor: Option<ReviewId> = cursor
        .map(|cursor| cursor.parse())
        .transpose()
        .map_err(|_| Problem::bad_request("Use the cursor exactly as \"next\" gave it."))?;
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE);
    let page = workflow::mine(&*desk.store, &caller.actor, cursor.as_ref(), limit).await?;
    Ok(Json(ReviewList::of(page)))
}
