//! The port of the tables: asks whether a function may, and hands on to dynoxide, which listens on a port that is told nobody.
//! dynoxide serves a listener and gives nobody its router; the step in between costs a quarter of a millisecond a call.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header, uri::Authority};
use axum::response::{IntoResponse as _, Response};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::json;

use crate::permissions::{Denied, Roles, needs, signer};

/// DynamoDB's own limit.
const LARGEST: usize = 16 * 1024 * 1024;
const TARGET: &str = "x-amz-target";

#[derive(Clone)]
struct Door {
    roles: Roles,
    behind: Authority,
    client: Client<HttpConnector, Body>,
}

pub(super) fn router(roles: Roles, behind: Authority) -> Router {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let client = Client::builder(TokioExecutor::new()).build(connector);
    Router::new().fallback(answer).with_state(Door {
        roles,
        behind,
        client,
    })
}

async fn answer(State(door): State<Door>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let function = signer(&parts.headers).filter(|key| door.roles.has(key));
    let body = match function {
        None => body,
        Some(function) => {
            let Ok(bytes) = to_bytes(body, LARGEST).await else {
                return StatusCode::PAYLOAD_TOO_LARGE.into_response();
            };
            if let Err(denied) = door.may(function, &parts.headers, &bytes) {
                return refused(&denied);
            }
            Body::from(bytes)
        }
    };
    let mut uri = std::mem::take(&mut parts.uri).into_parts();
    uri.scheme = Some(axum::http::uri::Scheme::HTTP);
    uri.authority = Some(door.behind.clone());
    let Ok(uri) = Uri::from_parts(uri) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    parts.uri = uri;
    match door.client.request(Request::from_parts(parts, body)).await {
        Ok(response) => response.map(Body::new),
        Err(error) => {
            tracing::error!(%error, "the tables did not answer");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

impl Door {
    fn may(&self, function: &str, headers: &HeaderMap, body: &Bytes) -> Result<(), Denied> {
        let target = headers.get(TARGET).and_then(|value| value.to_str().ok());
        // `DynamoDB_20120810.GetItem`
        let Some((_, operation)) = target.and_then(|target| target.split_once('.')) else {
            return Ok(());
        };
        let needs = needs::tables::needs(operation, body);
        self.roles.may(function, operation, &needs)
    }
}

fn refused(denied: &Denied) -> Response {
    let body = json!({
        "__type": "com.amazon.coral.service#AccessDeniedException",
        "Message": denied.to_string(),
    });
    let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.0")];
    (StatusCode::BAD_REQUEST, kind, body.to_string()).into_response()
}
