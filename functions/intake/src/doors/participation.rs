//! The participation look-up (domain.md #29, #30). It helps to fill in the form, and is never in the way.

use axum::Json;
use axum::extract::State;
use edge::{Caller, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::ParticipationDocument;

/// Look up the clinician whose NPI the form holds: name, type, practices and APMs in the review's year.
///
/// Whatever becomes of it is an answer with a sentence, and never stops anybody: go on without it.
#[utoipa::path(get, path = "/v1/reviews/{id}/participation", params(("id", description = "The review's id")), responses(
    (status = 200, description = "What the public look-up says, or that it says nothing; `outcome` tells which", body = ParticipationDocument),
    (status = 404, description = "The review is not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn look_up(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<ParticipationDocument>, Problem> {
    let inbound = desk.inbound(&caller);
    let look_up = workflow::participation(&*desk.store, &*desk.directory, &inbound, &id).await?;
    Ok(Json(ParticipationDocument::of(look_up)))
}
