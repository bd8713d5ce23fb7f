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
    body::Body,
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

    fn find(&self, process: &str) -> Result<Arc<Seat>, Response> {
        let seat = self.lock().get(process).cloned();
        seat.ok_or_else(|| {
            refuse(
                StatusCode::FORBIDDEN,
                "InvalidProcess",
                "no such process was started here",
            )
        })
    }
}

async fn next(
    State(seats): State<Seats>,
    Path(process): Path<String>,
) -> Result<Response, Response> {
    let Some(work) = seats.find(&process)?.next().await else {
        return Err(refuse(
            StatusCode::GONE,
            "Stopping",
            "this process gets no more requests",
        ));
    };
    let id = uuid::Uuid::new_v4().simple().to_string();
    let response = Response::builder()
        .header("content-type", "application/json")
        .header("lambda-runtime-aws-request-id", &work.request)
        .header("lambda-runtime-deadline-ms", work.deadline_ms.to_string())
        .header("lambda-runtime-invoked-function-arn", work.arn)
        .header(
            "lambda-runtime-trace-id",
            format!(
                "Root=1-{}-{};Parent={};Sampled=0",
                &id[..8],
                &id[8..],
                &id[..16]
            ),
        )
        .body(Body::from(work.payload));
    response.map_err(|error| {
        refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Runtime",
            &error.to_string(),
        )
    })
}

async fn response(
    State(seats): State<Seats>,
    Path((process, request)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    let seat = seats.find(&process)?;
    if headers.contains_key("lambda-runtime-function-response-mode") {
        let message = "streamed replies are not supported here";
        seat.finish(
            &request,
            Outcome::Failed(FunctionError::not_started(&request, message)),
        );
        return Err(refuse(
            StatusCode::BAD_REQUEST,
            "InvalidResponseMode",
            message,
        ));
    }
    if body.len() > PAYLOAD_LIMIT {
        seat.finish(&request, Outcome::Failed(FunctionError::reply_too_large()));
        return Err(refuse(
            StatusCode::PAYLOAD_TOO_LARGE,
            "RequestEntityTooLarge",
            "the reply is over 6 MB",
        ));
    }
    accept(seat.finish(&request, Outcome::Answered(body)))
}

async fn error(
    State(seats): State<Seats>,
    Path((process, request)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Response> {
    let error = FunctionError::reported(body);
    accept(
        seats
            .find(&process)?
            .finish(&request, Outcome::Failed(error)),
    )
}

async fn init_error(
    State(seats): State<Seats>,
    Path(process): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    seats
        .find(&process)?
        .init_failed(FunctionError::reported(body));
    accept(true)
}

fn accept(known: bool) -> Result<Response, Response> {
    if known {
        Ok((StatusCode::ACCEPTED, axum::Json(json!({ "status": "OK" }))).into_response())
    } else {
        Err(refuse(
            StatusCode::BAD_REQUEST,
            "InvalidRequestID",
            "this process is not at that request",
        ))
    }
}

fn refuse(status: StatusCode, kind: &str, message: &str) -> Response {
    (
        status,
        axum::Json(json!({ "errorType": kind, "errorMessage": message })),
    )
        .into_response()
}
