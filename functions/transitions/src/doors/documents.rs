//! Requests for documents: ask, amend, mark what came, end, extend (domain.md #18, #23, #24).

use axum::Json;
use axum::extract::State;
use domain::{Amendment, Command, CommentText, DocumentStep, Explanation, MAX_ITEMS};
use edge::wire::{AnswerDocument, EmptyBody, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::reading::{asks, day};
use crate::wire::{AmendBody, ExtendBody, ReceivedBody, RequestBody};
use workflow::Wish;

/// Ask for documents. They are due by the rules of the year, or on the day you set; where a year has no rule, you set it.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/documents", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = RequestBody, responses(
    (status = 200, description = "Asked for; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Not in review, or another works on it, or a decision waits for its second person", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn request(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let (items, message, last_day) = posted.read(|fields| {
        let items = asks(fields, "items");
        let message = fields.text::<CommentText>("message");
        Some((items, message, day(fields, "last_day")))
    })?;
    let wish = Wish::documents(&desk.inbound(&caller), items, message, last_day);
    desk.changed(&caller, &posted, "request documents", &id, wish)
        .await
}

/// Change an open request: more documents, fewer, or a later last day.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/documents/amend", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = AmendBody, responses(
    (status = 200, description = "Changed; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "No request is open, or a day earlier than the present one", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn amend(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let amendment = posted.read(|fields| {
        let add = asks(fields, "add");
        let drop = fields.numbers("drop", MAX_ITEMS);
        let last_day = day(fields, "last_day");
        Some(Amendment {
            add,
            drop,
            last_day,
        })
    })?;
    let command = Command::Documents(DocumentStep::Amend(amendment));
    desk.changed(&caller, &posted, "amend request", &id, command)
        .await
}

/// Mark an item as received.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/documents/received", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = ReceivedBody, responses(
    (status = 200, description = "Marked", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "No request is open, no such item, or marked before", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn received(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let item = posted.read(|fields| {
        let item = fields.number("item");
        let item = fields.require("item", item, "name the item by its number");
        // No request has so many: a number out of range is one that is not there.
        item.map(|item| u16::try_from(item).unwrap_or(u16::MAX))
    })?;
    let command = Command::Documents(DocumentStep::ItemReceived(item));
    desk.changed(&caller, &posted, "mark received", &id, command)
        .await
}

/// End an open request, and go on with what there is.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/documents/return", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "In review again; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "No request is open", body = ProblemDocument)))]
pub(crate) async fn end(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Documents(DocumentStep::Return);
    desk.changed(&caller, &posted, "return to review", &id, command)
        .await
}

/// Move the last day of an open request. For administrators.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/documents/extend", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = ExtendBody, responses(
    (status = 200, description = "Moved; letters follow by email", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "No request is open, or not a later day", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn extend(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let (last_day, why) = posted.read(|fields| {
        let last_day = day(fields, "last_day");
        let last_day = fields.require("last_day", last_day, "name the new last day");
        let why = fields.text::<Explanation>("why");
        let why = fields.require("why", why, "say why, for the record");
        Some((last_day?, why?))
    })?;
    let command = Command::Documents(DocumentStep::Extend { last_day, why });
    desk.changed(&caller, &posted, "extend request", &id, command)
        .await
}
