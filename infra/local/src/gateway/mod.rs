//! The HTTP API in front of the functions, as API Gateway's HTTP APIs behave (payload 2.0): routes, the JWT authoriser,
//! events, replies, and the answers that the gateway gives by itself, in its own shape (`{"message": …}`).
//!
//! It throttles only by a function's concurrency, and knows one stage, `$default`.

mod event;
mod reply;
mod routes;

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{Method, StatusCode},
    response::Response,
};
use bytes::Bytes;

use crate::{
    clock::SetClock,
    identity::Issuer,
    lambda::{InvokeError, Lambda, Outcome},
    template::RoutePlan,
};
use event::Received;
use routes::{Matched, Routes};

/// The largest body that an HTTP API takes: 10 MB.
const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// What the front needs.
#[derive(Clone)]
pub(crate) struct Gateway {
    routes: Arc<Routes>,
    lambda: Lambda,
    issuer: Issuer,
    clock: SetClock,
}

impl Gateway {
    pub(crate) fn new(
        routes: Vec<RoutePlan>,
        lambda: Lambda,
        issuer: Issuer,
        clock: SetClock,
    ) -> Self {
        Self {
            routes: Arc::new(Routes::new(routes)),
            lambda,
            issuer,
            clock,
        }
    }

    /// Answers whatever no other router took.
    pub(crate) fn router(self) -> Router {
        Router::new().fallback(answer).with_state(self)
    }
}

async fn answer(
    State(gateway): State<Gateway>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    // The head has arrived, the body maybe not yet: this is the instant that lateness is judged by.
    let received_at = gateway.clock.now();
    let id = uuid::Uuid::new_v4().to_string();
    let reply = gateway
        .route(request, received_at, peer, &id)
        .await
        .unwrap_or_else(|refusal| refusal);
    reply::with_id(reply, &id)
}

impl Gateway {
    async fn route(
        &self,
        request: Request,
        received_at: jiff::Timestamp,
        peer: SocketAddr,
        id: &str,
    ) -> Result<Response, Response> {
        let (head, body) = request.into_parts();
        // Read even when the head alone is refused: what is left unread ends the connection under the next request.
        let body = read(body).await;
        let path = event::decoded(head.uri.path());
        let matched = self.routes.find(&head.method, &path);
        let Matched { route, parameters } =
            matched.ok_or_else(|| reply::own(StatusCode::NOT_FOUND, "Not Found"))?;
        let claims = match &route.authorizer {
            None => None,
            Some(authorizer) => {
                let token = head
                    .headers
                    .get("authorization")
                    .and_then(|value| value.to_str().ok());
                let verified = self.issuer.verify(
                    token,
                    &authorizer.issuer,
                    &authorizer.audiences,
                    received_at,
                );
                Some(verified.map_err(|_| reply::unauthorized())?)
            }
        };
        let body = body?;
        let received = Received {
            head: &head,
            path: &path,
            body: &body,
            parameters,
            claims,
            route_key: &route.key,
            id,
            at: received_at,
            peer,
        };
        let payload = Bytes::from(received.event().to_string());
        let called = self.lambda.invoke(&route.function, payload);
        match tokio::time::timeout(route.timeout, called).await {
            Ok(Ok(Outcome::Answered(answer))) => {
                Ok(reply::from_function(&answer, head.method == Method::HEAD))
            }
            Ok(Ok(Outcome::Failed(_)) | Err(InvokeError::Unknown(_))) => Err(reply::failed()),
            Ok(Err(InvokeError::Throttled)) => Err(reply::own(
                StatusCode::TOO_MANY_REQUESTS,
                "Too Many Requests",
            )),
            Ok(Err(InvokeError::TooLarge)) => Err(too_large()),
            Ok(Err(InvokeError::Stopping)) | Err(_) => Err(reply::own(
                StatusCode::SERVICE_UNAVAILABLE,
                "Service Unavailable",
            )),
        }
    }
}

async fn read(body: Body) -> Result<Bytes, Response> {
    axum::body::to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| too_large())
}

fn too_large() -> Response {
    reply::own(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large")
}

/// Path parameters by name.
type Parameters = BTreeMap<String, String>;
