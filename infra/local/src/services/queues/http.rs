//! The SQS API over HTTP: operations that move messages go through the broker, the others to rustack as they are.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use rustack_sqs_core::handler::RustackSqsHandler;
use rustack_sqs_http::body::SqsResponseBody;
use rustack_sqs_http::dispatch::SqsHandler as _;
use rustack_sqs_http::response::{error_to_response, json_response};
use rustack_sqs_http::router::resolve_operation;
use rustack_sqs_model::error::SqsError;
use rustack_sqs_model::operations::SqsOperation;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::broker::Broker;
use crate::permissions::{Denied, Roles, needs, signer};

/// A batch of ten messages of 256 KiB, escaped as JSON.
const LARGEST: usize = 16 * 1024 * 1024;
const TARGET: &str = "x-amz-target";

#[derive(Clone)]
struct Door {
    broker: Arc<Broker>,
    roles: Roles,
}

pub(super) fn router(broker: Arc<Broker>, roles: Roles) -> Router {
    Router::new()
        .fallback(answer)
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(Door { broker, roles })
}

async fn answer(State(door): State<Door>, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(denied) = door.may(&headers, &body) {
        return refused(&denied);
    }
    let request_id = uuid::Uuid::new_v4().to_string();
    let answer = match resolve_operation(&headers) {
        Ok(operation) => dispatch(&door.broker, operation, body, &request_id).await,
        Err(error) => Err(error),
    };
    answer
        .unwrap_or_else(|error| error_to_response(&error, &request_id))
        .map(Body::new)
}

impl Door {
    fn may(&self, headers: &HeaderMap, body: &Bytes) -> Result<(), Denied> {
        let target = headers.get(TARGET).and_then(|value| value.to_str().ok());
        // `AmazonSQS.SendMessage`
        let operation = target.and_then(|target| target.split_once('.'));
        let function = signer(headers).filter(|key| self.roles.has(key));
        match (function, operation) {
            (Some(function), Some((_, operation))) => {
                let needs = needs::queues::needs(operation, body);
                self.roles.may(function, operation, &needs)
            }
            (None, _) | (_, None) => Ok(()),
        }
    }
}

fn refused(denied: &Denied) -> Response {
    let body = json!({
        "__type": "com.amazon.coral.service#AccessDeniedException",
        "message": denied.to_string(),
    });
    let headers = [
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amzn-query-error", "AccessDenied;Sender"),
    ];
    (StatusCode::FORBIDDEN, headers, body.to_string()).into_response()
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever moves no message needs no journal"
)]
async fn dispatch(
    broker: &Broker,
    operation: SqsOperation,
    body: Bytes,
    request_id: &str,
) -> Result<Response<SqsResponseBody>, SqsError> {
    match operation {
        SqsOperation::SendMessage => reply(broker.send(read(&body)?).await?, request_id),
        SqsOperation::SendMessageBatch => reply(broker.send_batch(read(&body)?).await?, request_id),
        SqsOperation::ReceiveMessage => reply(broker.receive(read(&body)?).await?, request_id),
        SqsOperation::DeleteMessage => reply(broker.delete(read(&body)?).await?, request_id),
        SqsOperation::DeleteMessageBatch => {
            reply(broker.delete_batch(read(&body)?).await?, request_id)
        }
        SqsOperation::PurgeQueue => reply(broker.purge(read(&body)?).await?, request_id),
        other => {
            RustackSqsHandler::new(Arc::clone(broker.provider()))
                .handle_operation(other, body)
                .await
        }
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, SqsError> {
    serde_json::from_slice(body)
        .map_err(|error| SqsError::invalid_parameter_value(error.to_string()))
}

fn reply(output: impl Serialize, request_id: &str) -> Result<Response<SqsResponseBody>, SqsError> {
    let json =
        serde_json::to_vec(&output).map_err(|error| SqsError::internal_error(error.to_string()))?;
    Ok(json_response(json, request_id))
}
