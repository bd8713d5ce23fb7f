//! Joins the doors to a router and their annotations to their part of the OpenAPI 3.1 document.

use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Desk;
use crate::doors::{content, files, steps, upload};

/// What the API is as a whole, `intake` says.
#[derive(OpenApi)]
#[openapi(components(schemas(edge::ProblemDocument)))]
struct Part;

/// The router, still without what stands behind it, and the document.
pub(crate) fn split() -> (Router<Desk>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Part::openapi())
        .routes(routes!(upload::grant, files::list))
        .routes(routes!(content::download))
        .routes(routes!(steps::remove))
        .routes(routes!(steps::wrong_patient))
        .routes(routes!(steps::not_relevant))
        .split_for_parts()
}

/// The OpenAPI document of these doors.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    split().1
}
