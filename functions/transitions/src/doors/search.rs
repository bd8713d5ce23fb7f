//! Finding submitted requests (domain.md #51).

use std::fmt::Display;
use std::str::FromStr;

use axum::Json;
use axum::extract::State;
use domain::{Fields, Line, Npi, PersonHashKey, ReviewId, SearchKey, SearchKind, Ticket, Tin};
use edge::{Caller, JsonBody, Problem, ProblemDocument, ReviewPath};
use workflow::Sought;

use crate::Desk;
use crate::wire::{CaseList, SearchBody};

/// Find submitted requests by review id, NPI, TIN, entity or ticket. It changes nothing; what is looked for stands in the body,
/// for an address is written down in too many places.
#[utoipa::path(post, path = "/v1/team/search", request_body = SearchBody, responses(
    (status = 200, description = "All that is found, but for requests in which you have an interest", body = CaseList),
    (status = 404, description = "Not for you", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer", body = ProblemDocument)))]
pub(crate) async fn search(
    State(desk): State<Desk>,
    caller: Caller,
    body: JsonBody,
) -> Result<Json<CaseList>, Problem> {
    Desk::of_team(&caller)?;
    let sought = body.fields(|fields| sought(fields, &desk.hash_key))?;
    let found = workflow::search(&*desk.store, &desk.inbound(&caller), &sought).await?;
    Ok(Json(CaseList::of(
        &found,
        &caller.actor,
        caller.received_at,
    )))
}

/// See other requests about the same clinician, practice or entity, or with the same ticket.
#[utoipa::path(get, path = "/v1/team/reviews/{id}/same-party", params(("id", description = "The review's id")), responses(
    (status = 200, body = CaseList),
    (status = 404, description = "Not there, or not for you", body = ProblemDocument)))]
pub(crate) async fn same_party(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
) -> Result<Json<CaseList>, Problem> {
    let found = workflow::same_party(&*desk.store, &desk.inbound(&caller), &id).await?;
    Ok(Json(CaseList::of(
        &found,
        &caller.actor,
        caller.received_at,
    )))
}

fn sought(fields: &mut Fields<'_>, key: &PersonHashKey) -> Option<Sought> {
    let ways = ["review", "npi", "tin", "entity", "ticket"].map(str::to_owned);
    let by = fields.choice::<String>("by", &ways);
    let by = fields.require("by", by, "say review, npi, tin, entity or ticket");
    let about = |kind, value: &str| Sought::About(SearchKey::of(key, kind, value));
    match by.as_deref() {
        Some("review") => Some(Sought::Review(value::<ReviewId>(fields)?)),
        Some("npi") => Some(about(SearchKind::Npi, value::<Npi>(fields)?.as_str())),
        Some("tin") => Some(about(SearchKind::Tin, value::<Tin>(fields)?.reveal())),
        Some("ticket") => {
            let ticket = value::<Ticket>(fields)?;
            Some(about(SearchKind::Ticket, &ticket.to_string()))
        }
        Some(_) => Some(about(
            SearchKind::Entity,
            value::<Line<20>>(fields)?.as_str(),
        )),
        None => {
            // Its faults are told with the others'.
            fields.anything("value");
            None
        }
    }
}

fn value<T: FromStr<Err: Display>>(fields: &mut Fields<'_>) -> Option<T> {
    let value = fields.text("value");
    fields.require("value", value, "say what is looked for")
}
