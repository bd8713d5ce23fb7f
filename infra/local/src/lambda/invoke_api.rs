//! Lambda's Invoke API on this machine, so that a trigger event from a file can be sent to the real process:
//! `curl -d @events/notify/one.json localhost:3000/2015-03-31/functions/NotifyFunction/invocations`.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::json;

use super::{InvokeError, Lambda, Outcome, outcome::PAYLOAD_LIMIT};

/// `POST /2015-03-31/functions/{name}/invocations`, where name is a logical id or a binary.
pub(crate) fn router(lambda: Lambda) -> Router {
    Router::new()
        .route("/2015-03-31/functions/{name}/invocations", post(invoke))
        .layer(DefaultBodyLimit::max(PAYLOAD_LIMIT))
        .with_state(lambda)
}

async fn invoke(
    State(lambda): State<Lambda>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = headers
        .get("x-amz-invocation-type")
        .map_or(Ok("RequestResponse"), |value| value.to_str());
    if kind.ok() != Some("RequestResponse") {
        let message = "only the invocation type RequestResponse is served here";
        return refuse(
            StatusCode::BAD_REQUEST,
            "InvalidParameterValueException",
            message,
        );
    }
    let body = if body.is_empty() {
        Bytes::from_static(b"{}")
    } else {
        body
    };
    if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&body) {
        let message = format!("Could not parse request body into json: {error}");
        return refuse(
            StatusCode::BAD_REQUEST,
            "InvalidRequestContentException",
            &message,
        );
    }
    match lambda.invoke(&name, body).await {
        Ok(Outcome::Answered(reply)) => {
            ([("x-amz-executed-version", "$LATEST")], reply).into_response()
        }
        Ok(Outcome::Failed(error)) => {
            let headers = [
                ("x-amz-executed-version", "$LATEST"),
                ("x-amz-function-error", "Unhandled"),
            ];
            (headers, error.payload).into_response()
        }
        Err(error) => {
            let (status, kind) = match error {
                InvokeError::Unknown(_) => (StatusCode::NOT_FOUND, "ResourceNotFoundException"),
                InvokeError::Throttled => {
                    (StatusCode::TOO_MANY_REQUESTS, "TooManyRequestsException")
                }
                InvokeError::TooLarge => {
                    (StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLargeException")
                }
                InvokeError::Stopping => (StatusCode::SERVICE_UNAVAILABLE, "ServiceException"),
            };
            refuse(status, kind, &error.to_string())
        }
    }
}

fn refuse(status: StatusCode, kind: &str, message: &str) -> Response {
    let body = axum::Json(json!({ "Message": message, "Type": "User" }));
    (status, [("x-amzn-errortype", kind.to_owned())], body).into_response()
}
