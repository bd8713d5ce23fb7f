//! Joins the doors to a router and their annotations to an OpenAPI 3.1 document.

use axum::Router;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Desk;
use crate::doors::{
    clerical, decision, documents, hold, labels, late, more_time, orders, people, preview, queue,
    search, sweeps, tin, view, window, words, work, wrong_patient,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Targeted Review: the review team",
        description = "What reviewers and administrators see of a request, and do with it."
    ),
    components(schemas(edge::ProblemDocument)),
    security(("bearer" = []))
)]
struct Head;

/// The router, still without what stands behind it, and the document.
pub(crate) fn split() -> (Router<Desk>, utoipa::openapi::OpenApi) {
    let (router, mut api) = OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(queue::queue))
        .routes(routes!(queue::counts))
        .routes(routes!(queue::assigned))
        .routes(routes!(search::search))
        .routes(routes!(search::same_party))
        .routes(routes!(view::view))
        .routes(routes!(view::history))
        .routes(routes!(view::notices))
        .routes(routes!(words::comments, words::comment))
        .routes(routes!(words::notes, words::note))
        .routes(routes!(work::take))
        .routes(routes!(work::release))
        .routes(routes!(work::assign))
        .routes(routes!(work::conflict))
        .routes(routes!(labels::add))
        .routes(routes!(labels::remove))
        .routes(routes!(documents::request))
        .routes(routes!(documents::amend))
        .routes(routes!(documents::received))
        .routes(routes!(documents::end))
        .routes(routes!(documents::extend))
        .routes(routes!(more_time::grant))
        .routes(routes!(more_time::refuse))
        .routes(routes!(preview::of_request))
        .routes(routes!(preview::of_decision))
        .routes(routes!(decision::decide))
        .routes(routes!(decision::confirm))
        .routes(routes!(decision::send_back))
        .routes(routes!(decision::revise))
        .routes(routes!(clerical::propose))
        .routes(routes!(clerical::confirm))
        .routes(routes!(clerical::discard))
        .routes(routes!(tin::reveal))
        .routes(routes!(hold::put))
        .routes(routes!(hold::lift))
        .routes(routes!(late::allow))
        .routes(routes!(window::change))
        .routes(routes!(orders::order))
        .routes(routes!(sweeps::list))
        .routes(routes!(people::entrust))
        .routes(routes!(people::replace_contact))
        .routes(routes!(wrong_patient::erase))
        .routes(routes!(wrong_patient::unlock))
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
