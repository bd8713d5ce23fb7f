//! Corrections of a submitted request: the original stays, the correction stands beside it (domain.md #45).

use axum::Json;
use axum::extract::State;
use domain::{Command, CorrectionRequest, Explanation};
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use super::signing::certification;
use crate::Desk;
use crate::wire::{AnswerDocument, CorrectionBody, CorrectionList, IdempotencyHeader};

/// Correct one field of a submitted request, certified anew. Year, party and level cannot be corrected.
#[utoipa::path(post, path = "/v1/reviews/{id}/corrections", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = CorrectionBody, responses(
    (status = 200, description = "On record; the reviewer and the filers are told", body = AnswerDocument),
    (status = 403, description = "Not the owner", body = ProblemDocument),
    (status = 409, description = "Not with the review team, or corrected too often", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer, or a reused key", body = ProblemDocument)))]
pub(crate) async fn correct(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<Json<AnswerDocument>, Problem> {
    let correction = posted.read(|fields| {
        let field = fields.text::<String>("field");
        let field = fields.require("field", field, "name the form's field, such as description");
        let new = fields.anything("new").cloned();
        if new.is_none() {
            let message = "give the field's new value; null takes it away";
            fields.fault("new", "missing", message);
        }
        let why = fields.text::<Explanation>("why");
        let why = fields.require("why", why, "say why, for the review team");
        let certification = certification(fields);
        Some(CorrectionRequest {
            field: field?,
            new: new?,
            why: why?,
            certification: certification?,
        })
    })?;
    let command = Command::Correct(correction);
    desk.changed(&caller, &posted, "correct", &id, command)
        .await
}

/// See the corrections of a request, the first one first.
#[utoipa::path(get, path = "/v1/reviews/{id}/corrections", params(("id", description = "The review's id")), responses(
    (status = 200, body = CorrectionList),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<CorrectionList>, Problem> {
    let review = desk.opened(&caller, &id).await?.review;
    Ok(Json(CorrectionList::of(review.dossier.corrections)))
}
