//! Runs an axum router as the function behind the HTTP API, and logs one line a request.

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use lambda_http::request::RequestContext;

use crate::Problem;

/// Adds what every door has: a log line a request, and answers for paths and methods that no door takes.
pub fn doors(router: Router) -> Router {
    router
        .method_not_allowed_fallback(|| async {
            Problem::not_found(
                "Nothing answers to this method here. /v1/openapi.json lists what does.",
            )
            .into_response()
        })
        .fallback_service(any(|| async {
            Problem::not_found("There is nothing here. /v1/openapi.json lists what there is.")
        }))
        .layer(from_fn(log))
}

/// Serves requests until Lambda ends the process.
///
/// # Errors
/// Only when the runtime itself fails.
pub async fn run(router: Router) -> Result<(), lambda_http::Error> {
    lambda_http::run(doors(router)).await
}

/// One line a request, by the route's template: never its query, headers or body (promise P6).
async fn log(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    let request_id = match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone(),
        Some(_) | None => None,
    };
    let response = next.run(request).await;
    tracing::info!(%method, route, status = response.status().as_u16(), request_id, "answered");
    response
}
