//! Joins the doors to a router and their annotations to an OpenAPI 3.1 document.

use axum::Router;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::doors::{
    corrections, form, handover, history, list, notices, participation, people, program, reading,
    reviews, statement, submission, texts,
};
use crate::{Desk, wire};

#[derive(OpenApi)]
#[openapi(
    info(title = "Targeted Review", description = "Ask for a review of a MIPS payment adjustment, and follow it. POSTs that change something take an Idempotency-Key; changes of a document take If-Match. Every error is application/problem+json."),
    components(schemas(wire::FormDocument, wire::PeopleDocument, edge::ProblemDocument)),
    security(("bearer" = []))
)]
struct Head;

/// The router, still without what stands behind it, and the document.
pub(crate) fn split() -> (Router<Desk>, utoipa::openapi::OpenApi) {
    let (router, mut api) = OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(texts::document))
        .routes(routes!(texts::list))
        .routes(routes!(texts::one))
        .routes(routes!(statement::accept))
        .routes(routes!(program::years))
        .routes(routes!(program::year))
        .routes(routes!(reviews::begin, list::list))
        .routes(routes!(reviews::view, reviews::rename))
        .routes(routes!(reviews::copy))
        .routes(routes!(form::view, form::edit))
        .routes(routes!(participation::look_up))
        .routes(routes!(people::view, people::edit))
        .routes(routes!(reading::preflight))
        .routes(routes!(history::view))
        .routes(routes!(history::verification))
        .routes(routes!(notices::list))
        .routes(routes!(submission::submit))
        .routes(routes!(submission::withdraw))
        .routes(routes!(corrections::correct, corrections::list))
        .routes(routes!(handover::offer))
        .routes(routes!(handover::take_back))
        .routes(routes!(handover::accept))
        .split_for_parts();
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .build();
    api.components
        .get_or_insert_default()
        .add_security_scheme("bearer", SecurityScheme::Http(token));
    (router, api)
}

/// The OpenAPI document of these doors.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    split().1
}
