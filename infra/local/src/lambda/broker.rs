//! The Lambda Runtime API, for all processes on one port: each is told a path of its own, by which it is known.
//!
//! TCP_NODELAY matters more than anything else here: without it each request waits out a delayed acknowledgement.

use std::{
    collections::HashMap,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
    serve::ListenerExt,
};
use bytes::Bytes;
use serde_json::json;
use tokio::{net::TcpListener, task::AbortHandle};

use super::{
    outcome::{FunctionError, Outcome, PAYLOAD_LIMIT},
    seat::{Desk, Seat},
};

/// A handle to the Runtime API.
#[derive(Clone)]
pub(super) struct Broker {
    seats: Seats,
    port: u16,
    server: AbortHandle,
}

#[derive(Clone, Default)]
struct Seats(Arc<Mutex<HashMap<String, Arc<Seat>>>>);

impl Broker {
    pub(super) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let seats = Seats::default();
        let app = Router::new()
            .route("/{process}/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/{process}/2018-06-01/runtime/invocation/{request}/response",
                post(response),
            )
            .route(
                "/{process}/2018-06-01/runtime/invocation/{request}/error",
                post(error),
            )
            .route("/{process}/2018-06-01/runtime/init/error", post(init_error))
            .layer(DefaultBodyLimit::disable())
            .with_state(seats.clone());
        // A connection that cannot be set to no delay still answers, only later.
        let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
        let server = tokio::spawn(async move { axum::serve(listener, app).await }).abort_handle();
        Ok(Self {
            seats,
            port,
            server,
        })
    }

    /// Opens a place for the process called `process`.
    pub(super) fn open(&self, process: &str) -> Desk {
        let (seat, desk) = Seat::new();
        self.seats.lock().insert(process.to_owned(), Arc::new(seat));
        desk
    }

    /// Closes the place of a process that ended.
    pub(super) fn close(&self, process: &str) {
        self.seats.lock().remove(process);
    }

    /// The value of AWS_LAMBDA_RUNTIME_API for a process; with a path in it, it has to be a whole URL.
    pub(super) fn address(&self, process: &str) -> String {
        format!("http://127.0.0.1:{}/{process}", self.port)
    }

    pub(super) fn stop(&self) {
        self.server.abort();
    }
}

impl Seats {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Seat>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, process: &str) -> Result<Arc<Seat>, Refusal> {
        let seat = self.lock().get(process).cloned();
        seat.ok_or(Refusal::InvalidProcess)
    }
}

/// What a process is told that asks for what there is not.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("no such process was started here")]
    InvalidProcess,
    #[error("this process gets no more requests")]
    Stopping,
    #[error("this process is not at that request")]
    InvalidRequestID,
    #[error("streamed replies are not supported here")]
    InvalidResponseMode,
    #[error("the reply is over 6 MB")]
    RequestEntityTooLarge,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match self {
            Self::InvalidProcess => StatusCode::FORBIDDEN,
            Self::Stopping => StatusCode::GONE,
            Self::InvalidRequestID | Self::InvalidResponseMode => StatusCode::BAD_REQUEST,
            Self::RequestEntityTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        };
        let body = json!({ "errorType": format!("{self:?}"), "errorMessage": self.to_string() });
        (status, axum::Json(body)).into_response()
    }
}

async fn next(
    State(seats): State<Seats>,
    Path(process): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let work = seats.find(&process)?.next().await;
    let work = work.ok_or(Refusal::Stopping)?;
    let id = uuid::Uuid::new_v4().simple().to_string();
    let (time, rest, parent) = (&id[..8], &id[8..], &id[..16]);
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", work.request),
        ("lambda-runtime-deadline-ms", work.deadline_ms.to_string()),
        ("lambda-runtime-invoked-function-arn", work.arn),
        (
            "lambda-runtime-trace-id",
            format!("Root=1-{time}-{rest};Parent={parent};Sampled=0"),
        ),
    ];
    Ok((headers, work.payload).into_response())
}

async fn response(
    State(seats): State<Seats>,
    Path((process, request)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let seat = seats.find(&process)?;
    if headers.contains_key("lambda-runtime-function-response-mode") {
        let reason = Refusal::InvalidResponseMode.to_string();
        let error = FunctionError::reply_unreadable(&request, &reason);
        seat.finish(&request, Outcome::Failed(error));
        return Err(Refusal::InvalidResponseMode);
    }
    if body.len() > PAYLOAD_LIMIT {
        seat.finish(&request, Outcome::Failed(FunctionError::reply_too_large()));
        return Err(Refusal::RequestEntityTooLarge);
    }
    accept(seat.finish(&request, Outcome::Answered(body)))
}

async fn error(
    State(seats): State<Seats>,
    Path((process, request)): Path<(String, String)>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let outcome = Outcome::Failed(FunctionError::reported(body));
    accept(seats.find(&process)?.finish(&request, outcome))
}

async fn init_error(
    State(seats): State<Seats>,
    Path(process): Path<String>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let error = FunctionError::reported(body);
    seats.find(&process)?.init_failed(error);
    accept(true)
}

fn accept(known: bool) -> Result<impl IntoResponse, Refusal> {
    if known {
        Ok((StatusCode::ACCEPTED, axum::Json(json!({ "status": "OK" }))))
    } else {
        Err(Refusal::InvalidRequestID)
    }
}
