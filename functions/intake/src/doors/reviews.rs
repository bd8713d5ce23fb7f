//! Beginning, copying, seeing and renaming reviews.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use domain::{Command, Fields, Line, PerformanceYear, rule_set};
use edge::{Caller, IfMatch, JsonBody, Posted, Problem, ProblemDocument, ReviewPath, etag};
use serde_json::Value;
use workflow::{Answer, Failure};

use crate::Desk;
use crate::wire::{
    AnswerDocument, BeginBody, CopyBody, IdempotencyHeader, IfMatchHeader, RenameBody,
    ReviewDocument, unreachable,
};

type Begun = (StatusCode, HeaderMap, Json<AnswerDocument>);

fn begun(answer: Answer) -> Result<Begun, Problem> {
    let mut headers = HeaderMap::new();
    let location = format!("/v1/reviews/{}", answer.id).parse();
    headers.insert(
        header::LOCATION,
        location.map_err(|_| Problem::bad_request("The id cannot stand in a header."))?,
    );
    headers.insert(header::ETAG, etag(answer.version));
    let answer = Json(AnswerDocument::of(answer));
    Ok((StatusCode::CREATED, headers, answer))
}

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
) -> Result<Begun, Problem> {
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
    let inbound = desk.inbound(&caller);
    begun(workflow::begin(&*desk.store, &inbound, &key, year, name).await?)
}

/// Begin a draft as a copy of a withdrawn, denied or not submitted request, while the year's window is open.
/// Answers, contact and staff come along; files and what was acknowledged do not.
#[utoipa::path(post, path = "/v1/reviews/{id}/copy", params(("id", description = "The request to copy"), IdempotencyHeader),
    request_body = CopyBody, responses(
    (status = 201, description = "A draft; Location and ETag (its version) are set", body = AnswerDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument),
    (status = 409, description = "It has not ended, or was approved; or outside the year's window", body = ProblemDocument)))]
pub(crate) async fn copy(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(source): ReviewPath,
    posted: Posted,
) -> Result<Begun, Problem> {
    let name = posted.read(|fields| Some(fields.text("name")))?;
    let key = posted.key(format!("copy {source}"))?;
    let inbound = desk.inbound(&caller);
    begun(workflow::copy_as_new(&*desk.store, &inbound, &key, &source, name).await?)
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
    let view = desk.opened(&caller, &id).await?;
    let outline = &view.review.outline;
    let due = workflow::due(&*desk.store, caller.received_at, outline).await?;
    let headers = HeaderMap::from_iter([(header::ETAG, etag(outline.version))]);
    let inbound = desk.inbound(&caller);
    let lost = workflow::unreachable(&*desk.store, &inbound, &view.review).await;
    let document = ReviewDocument::of(outline, due, &caller.actor);
    let document = document.with_mail_problems(unreachable(&lost.map_err(Failure::from)?));
    let rules = rule_set(outline.year).map_err(Failure::from)?;
    let document = document.with_facts_of(&outline.status, rules);
    Ok((headers, Json(document)))
}

/// Give a review another name; it stays possible for ever. `null` makes it "Untitled" again.
#[utoipa::path(patch, path = "/v1/reviews/{id}", params(("id", description = "The review's id"), IfMatchHeader),
    request_body(content = RenameBody, content_type = "application/merge-patch+json"), responses(
    (status = 200, description = "The review after it; ETag is its version", body = ReviewDocument),
    (status = 403, description = "Not the owner", body = ProblemDocument),
    (status = 412, description = "Changed meanwhile; `current` is the present name", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument),
    (status = 428, description = "If-Match is missing", body = ProblemDocument)))]
pub(crate) async fn rename(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    IfMatch(version): IfMatch,
    body: JsonBody,
) -> Result<(HeaderMap, Json<ReviewDocument>), Problem> {
    let name = body.fields(new_name)?;
    let command = Command::Rename { version, name };
    let outline = desk.edited(&caller, &id, command).await?.outline;
    let due = workflow::due(&*desk.store, caller.received_at, &outline).await?;
    let headers = HeaderMap::from_iter([(header::ETAG, etag(outline.version))]);
    Ok((
        headers,
        Json(ReviewDocument::of(&outline, due, &caller.actor)),
    ))
}

fn new_name(fields: &mut Fields<'_>) -> Option<Line<100>> {
    match fields.anything("name") {
        Some(Value::Null) => "Untitled".parse().ok(),
        Some(_) => fields.text("name"),
        None => {
            fields.fault("name", "missing", "give the review its new name");
            None
        }
    }
}
