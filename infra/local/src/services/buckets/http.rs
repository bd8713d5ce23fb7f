//! The port: CORS first, which needs no signature, then s3s, which checks signatures and hands on to the door.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Error, s3_error};
use uuid::Uuid;

use super::cors::Asked;
use super::door::Door;
use crate::services::{ACCESS_KEY, BucketPlan, CorsRulePlan, SECRET_KEY};

struct Port {
    s3: S3Service,
    buckets: BTreeMap<String, BucketPlan>,
}

pub(super) fn router(door: Door) -> Router {
    let buckets = door.buckets.clone();
    let mut auth = SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY);
    for key in door.roles.keys() {
        auth.register(key.to_owned(), SECRET_KEY.into());
    }
    let mut builder = S3ServiceBuilder::new(door);
    builder.set_auth(auth);
    let s3 = builder.build();
    Router::new()
        .fallback(answer)
        .with_state(Arc::new(Port { s3, buckets }))
}

async fn answer(State(port): State<Arc<Port>>, request: Request) -> Response {
    let bucket = request.uri().path().split('/').nth(1).unwrap_or_default();
    let rules = port.buckets.get(bucket).map(|plan| plan.cors.as_slice());
    let rules = rules.unwrap_or_default();
    let mut response = if request.method() == Method::OPTIONS {
        preflight(request.headers(), rules)
    } else {
        let method = request.method().as_str();
        let asked = Asked::with(request.headers(), method);
        let allowed = asked.and_then(|asked| Some(asked.answer(asked.rule(rules)?)));
        let mut response = port.pass_on(request).await;
        response.headers_mut().extend(allowed.unwrap_or_default());
        response
    };
    let id = Uuid::new_v4().simple().to_string()[..16].to_ascii_uppercase();
    if let Ok(id) = HeaderValue::from_str(&id) {
        let name = HeaderName::from_static("x-amz-request-id");
        response.headers_mut().insert(name, id);
    }
    response
}

impl Port {
    async fn pass_on(&self, request: Request) -> Response {
        let request = request.map(s3s::Body::http_body_unsync);
        match self.s3.call(request).await {
            Ok(response) => response.map(axum::body::Body::new),
            Err(error) => {
                tracing::error!(?error, "a bucket's request could not be answered");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

fn preflight(headers: &HeaderMap, rules: &[CorsRulePlan]) -> Response {
    let Some(asked) = Asked::before(headers) else {
        return refused(s3_error!(
            InvalidRequest,
            "Insufficient information. Origin and Access-Control-Request-Method headers needed."
        ));
    };
    match asked.rule(rules) {
        Some(rule) => (StatusCode::OK, asked.answer(rule)).into_response(),
        None => {
            let mut error = s3_error!(
                AccessDenied,
                "CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, \
                 request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted \
                 by the resource's CORS spec."
            );
            error.set_code(s3s::S3ErrorCode::Custom("AccessForbidden".into()));
            error.set_status_code(StatusCode::FORBIDDEN);
            refused(error)
        }
    }
}

fn refused(error: S3Error) -> Response {
    match error.to_http_response() {
        Ok(response) => response.map(axum::body::Body::new),
        Err(error) => {
            let kind = [(header::CONTENT_TYPE, "text/plain")];
            (StatusCode::INTERNAL_SERVER_ERROR, kind, error.to_string()).into_response()
        }
    }
}
