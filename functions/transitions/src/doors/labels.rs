//! Labels, for filers to see or for the team alone (domain.md #48).

use axum::Json;
use axum::extract::State;
use domain::{CaseStep, Command, Label, LabelAudience, LabelName};
use edge::wire::{AnswerDocument, IdempotencyHeader};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::{LabelBody, LabelNameBody};

/// Add a label, or change who sees it.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/labels", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = LabelBody, responses(
    (status = 200, description = "It is there", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "It is there already, or there are as many as there can be", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn add(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let label = posted.read(|fields| {
        let name = fields.text::<LabelName>("name");
        let name = fields.require("name", name, "give the label's words");
        let audiences = [LabelAudience::Public, LabelAudience::Internal];
        let audience = fields.choice("audience", &audiences);
        let audience = fields.require("audience", audience, "say public or internal");
        Some(Label {
            name: name?,
            audience: audience?,
        })
    })?;
    let command = Command::Case(CaseStep::AddLabel(label));
    desk.changed(&caller, &posted, "label", &id, command).await
}

/// Take a label away.
#[utoipa::path(post, path = "/v1/team/reviews/{id}/labels/remove", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = LabelNameBody, responses(
    (status = 200, description = "It is gone", body = AnswerDocument),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument),
    (status = 409, description = "There is no such label", body = ProblemDocument)))]
pub(crate) async fn remove(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let name = posted.read(|fields| {
        let name = fields.text::<LabelName>("name");
        fields.require("name", name, "give the label's words")
    })?;
    let command = Command::Case(CaseStep::RemoveLabel(name));
    desk.changed(&caller, &posted, "unlabel", &id, command)
        .await
}
