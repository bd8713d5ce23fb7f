//! Who owns a request and where its letters go, when its own people cannot say so any more (domain.md #34, #54).

use axum::Json;
use axum::extract::State;
use domain::{AccessStep, Command, Email, Fields, NoteText};
use edge::wire::{AnswerDocument, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};
use workflow::Wish;

use crate::Desk;
use crate::wire::{ContactBody, OwnerBody};

/// Give a request whose owner has left to another person. For administrators.
///
/// One of its staff who has opened it owns it at once. Any other address is put among the staff, and owns the request by
/// opening it. The former owner has no access from this moment on; they, the next owner and the request's people are told.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/owner", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = OwnerBody, responses(
    (status = 200, description = "It is given", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "It has ended, the person has it already, or the address is your own", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn entrust(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let (to, why) = posted.read(|fields| {
        let to = fields.text::<Email>("to");
        let to = fields.require("to", to, "give the address of the next owner");
        let why = reason(fields);
        Some((to?, why?))
    })?;
    let wish = Wish::with_reason(&desk.inbound(&caller), why, |why| {
        Command::Access(AccessStep::Entrust { to, why })
    });
    desk.changed(&caller, &posted, "owner", &id, wish).await
}

/// Replace the contact's address, after mail to it came back. For administrators.
///
/// Letters that did not arrive and still matter are sent to the new address.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/contact", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = ContactBody, responses(
    (status = 200, description = "It is replaced", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "No mail came back, or the address is the same or your own", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn replace_contact(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let (email, why) = posted.read(|fields| {
        let email = fields.text::<Email>("email");
        let email = fields.require("email", email, "give the address that can be reached");
        let why = reason(fields);
        Some((email?, why?))
    })?;
    let key = posted.key(format!("team contact {id}"))?;
    let inbound = desk.inbound(&caller);
    let store = &*desk.store;
    let answer = workflow::replace_contact(store, &inbound, &key, &id, &email, &why).await?;
    Ok(Json(AnswerDocument::of(answer)))
}

/// The reason in the field `why`, which is kept as a private note.
pub(super) fn reason(fields: &mut Fields<'_>) -> Option<NoteText> {
    let why = fields.text::<NoteText>("why");
    fields.require("why", why, "say why, for the record")
}
