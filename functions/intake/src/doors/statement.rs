//! Accepting the statement of truth (domain.md #26).

use axum::Json;
use axum::extract::State;
use domain::TextRef;
use edge::{Caller, Posted, Problem, ProblemDocument};
use workflow::{InNameOf, accept_statement};

use crate::Desk;
use crate::wire::{AcceptBody, AcceptanceDocument, IdempotencyHeader};

/// Accept the statement of truth. Once is enough; again changes nothing. A named person of an organization also accepts
/// for its machine clients, with `for_organization`.
#[utoipa::path(post, path = "/v1/statement/acceptances", params(IdempotencyHeader), request_body = AcceptBody, responses(
    (status = 200, description = "On record", body = AcceptanceDocument),
    (status = 422, description = "Another version, or a reused key", body = ProblemDocument)))]
pub(crate) async fn accept(
    State(desk): State<Desk>,
    caller: Caller,
    posted: Posted,
) -> Result<Json<AcceptanceDocument>, Problem> {
    let (text, name) = posted.read(|fields| {
        let text = fields.text::<TextRef>("text");
        let text = fields.require(
            "text",
            text,
            "name the text that you accept, as GET /v1/texts/statement-of-truth shows it",
        );
        let name = if fields.flag("for_organization") {
            InNameOf::Organization
        } else {
            InNameOf::Oneself
        };
        Some((text?, name))
    })?;
    let key = posted.key("accept-statement".to_owned())?;
    let answer = accept_statement(&*desk.store, &desk.inbound(&caller), &key, &text, name).await?;
    Ok(Json(AcceptanceDocument::of(answer)))
}
