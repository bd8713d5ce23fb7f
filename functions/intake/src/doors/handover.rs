//! Handing a review over to one of its staff, who becomes the owner by accepting (domain.md #34).

use axum::Json;
use axum::extract::State;
use domain::{AccessStep, Command, Email};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::{AnswerDocument, EmptyBody, IdempotencyHeader, OfferBody};

/// Offer the review to one of its staff. The owner stays the owner until the offer is accepted.
#[utoipa::path(post, path = "/v1/reviews/{id}/handover", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = OfferBody, responses(
    (status = 200, description = "Offered; a letter follows by email", body = AnswerDocument),
    (status = 403, description = "Not the owner", body = ProblemDocument),
    (status = 409, description = "The address is not one of the staff's, or the review has ended", body = ProblemDocument)))]
pub(crate) async fn offer(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let to = posted.read(|fields| {
        let to = fields.text::<Email>("to");
        fields.require("to", to, "name the staff member by address")
    })?;
    let command = Command::Access(AccessStep::Offer(to));
    desk.changed(&caller, &posted, "handover", &id, command)
        .await
}

/// Take the offer back.
#[utoipa::path(post, path = "/v1/reviews/{id}/handover/take-back", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Nobody can accept it any more", body = AnswerDocument),
    (status = 403, description = "Not the owner", body = ProblemDocument),
    (status = 409, description = "There is no offer", body = ProblemDocument)))]
pub(crate) async fn take_back(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Access(AccessStep::TakeBack);
    desk.changed(&caller, &posted, "take-back", &id, command)
        .await
}

/// Accept the offer and become the owner. The former owner has no access from then on, and is told.
#[utoipa::path(post, path = "/v1/reviews/{id}/handover/accept", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Yours; letters follow by email", body = AnswerDocument),
    (status = 403, description = "Not one of the staff", body = ProblemDocument),
    (status = 409, description = "It is not offered to you", body = ProblemDocument)))]
pub(crate) async fn accept(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Access(AccessStep::Accept);
    desk.changed(&caller, &posted, "accept-handover", &id, command)
        .await
}
