//! Runs an axum router as the function behind the HTTP API, and tells its record what was asked and answered.

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use lambda_http::Adapter;
use lambda_http::request::RequestContext;
use lambda_runtime::Runtime;

use crate::Problem;
use crate::invocation::{self, Answered, Ending, Invocations};
use crate::problem::ProblemKind;

/// Adds what every door has: that the record of the invocation hears of the request, and answers for paths and methods that no door takes.
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
        .layer(from_fn(tell))
}

/// Serves requests until Lambda ends the process.
///
/// # Errors
/// Only when the runtime itself fails.
pub async fn run(router: Router) -> Result<(), lambda_http::Error> {
    let function = Runtime::new(Adapter::from(doors(router)));
    function.layer(Invocations::default()).run().await
}

/// Tells of the request by its route's template: never its query, headers or body (promise P6).
async fn tell(request: Request, next: Next) -> Response {
    let ending = Ending;
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let api_request_id = match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone(),
        Some(_) | None => None,
    };
    invocation::asked(request.method().to_string(), route, api_request_id);
    let response = next.run(request).await;
    let problem = response.extensions().get::<ProblemKind>();
    invocation::answered(Answered {
        status: response.status().as_u16(),
        problem: problem.map(|ProblemKind(kind)| kind.clone()),
    });
    drop(ending);
    response
}
