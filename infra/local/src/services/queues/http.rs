//! The SQS API over HTTP: operations that move messages go through the broker, the others to rustack as they are.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rustack_sqs_core::handler::RustackSqsHandler;
use rustack_sqs_http::body::SqsResponseBody;
use rustack_sqs_http::dispatch::SqsHandler as _;
use rustack_sqs_http::response::{error_to_response, json_response};
use rustack_sqs_http::router::resolve_operation;
use rustack_sqs_model::error::SqsError;
use rustack_sqs_model::operations::SqsOperation;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::broker::Broker;

/// A batch of ten messages of 256 KiB, escaped as JSON.
const LARGEST: usize = 16 * 1024 * 1024;

pub(super) fn router(broker: Arc<Broker>) -> Router {
    Router::new()
        .fallback(answer)
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(broker)
}

async fn answer(State(broker): State<Arc<Broker>>, headers: HeaderMap, body: Bytes) -> Response {
    let request_id = uuid::Uuid::new_v4().to_string();
    let answer = match resolve_operation(&headers) {
        Ok(operation) => dispatch(&broker, operation, body, &request_id).await,
        Err(error) => Err(error),
    };
    answer
        .unwrap_or_else(|error| error_to_response(&error, &request_id))
        .map(Body::new)
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
