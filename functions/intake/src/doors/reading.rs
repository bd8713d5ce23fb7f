//! What a draft still lacks.

use axum::Json;
use axum::extract::State;
use domain::rule_set;
use edge::{Caller, Problem, ProblemDocument, ReviewPath};
use workflow::{Failure, View};

use crate::Desk;
use crate::wire::PreflightDocument;

/// Check a draft before submitting it: faults block, advice never does.
#[utoipa::path(get, path = "/v1/reviews/{id}/preflight", params(("id", description = "The review's id")), responses(
    (status = 200, body = PreflightDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument)))]
pub(crate) async fn preflight(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<PreflightDocument>, Problem> {
    let inbound = desk.inbound(&caller);
    let (View { review, .. }, found) = workflow::preflight(&*desk.store, &inbound, &id).await?;
    let rules = rule_set(review.outline.year).map_err(Failure::from)?;
    Ok(Json(PreflightDocument::of(
        found,
        review.outline.form_revision,
        rules,
    )))
}
