//! Who works on a review: take, give back, assign, step aside (domain.md #51).

use axum::Json;
use axum::extract::State;
use domain::{Account, Assignee, CaseStep, Command, Email};
use edge::wire::{AnswerDocument, EmptyBody, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::AssignBody;

/// Begin to work on a review.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/take", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "It is yours", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Another works on it, or it is not in review", body = ProblemDocument)))]
pub(crate) async fn take(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Case(CaseStep::Take);
    desk.changed(&caller, &posted, "take", &id, command).await
}

/// Stop working on a review, for another to take.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/release", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "Nobody works on it", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "Nobody does, or another works on it", body = ProblemDocument)))]
pub(crate) async fn release(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Case(CaseStep::Release);
    desk.changed(&caller, &posted, "release", &id, command)
        .await
}

/// Give a review to a reviewer. For administrators.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/assign", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = AssignBody, responses(
    (status = 200, description = "The reviewer works on it", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "The reviewer has an interest in it, or declared a conflict", body = ProblemDocument)))]
pub(crate) async fn assign(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let (subject, email) = posted.read(|fields| {
        let subject = fields.text::<String>("subject");
        let subject = fields.require("subject", subject, "name the account: the sub of its token");
        if subject
            .as_ref()
            .is_some_and(|subject| !(1..=255).contains(&subject.len()))
        {
            fields.fault("subject", "invalid", "a sub has 1 to 255 characters");
        }
        let email = fields.text::<Email>("email");
        Some((subject?, email))
    })?;
    // Reviewers come from the issuer that the administrator comes from: the gateway takes no other.
    let issuer = caller.actor.account.issuer.clone();
    let account = Account { issuer, subject }.key();
    let command = Command::Case(CaseStep::Assign(Assignee { account, email }));
    desk.changed(&caller, &posted, "assign", &id, command).await
}

/// Declare a conflict of interest, and step aside. From then on the review is not there for you.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/conflict", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = EmptyBody, responses(
    (status = 200, description = "On record", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "In another status, or as things stand", body = ProblemDocument)))]
pub(crate) async fn conflict(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    posted.read(|_| Some(()))?;
    let command = Command::Case(CaseStep::DeclareConflict);
    desk.changed(&caller, &posted, "conflict", &id, command)
        .await
}
