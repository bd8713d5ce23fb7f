//! What comes of a request.

use bytes::Bytes;
use serde_json::json;

/// The largest request and the largest reply of a synchronous invocation: 6 MB and a little, as the service counts.
pub(crate) const PAYLOAD_LIMIT: usize = 6_291_556;

/// What a function made of a request.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// Its reply, as it wrote it.
    Answered(Bytes),
    /// It failed, crashed or took too long.
    Failed(FunctionError),
}

/// A failure, as the service describes it to callers.
#[derive(Debug, Clone)]
pub(crate) struct FunctionError {
    /// `{"errorType": …, "errorMessage": …}`
    pub(crate) payload: Bytes,
}

/// Why a request reached no function.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InvokeError {
    #[error("no function is called {0}")]
    Unknown(String),
    #[error("all processes that the function may have are busy")]
    Throttled,
    #[error("the event is larger than the 6 MB that a function takes")]
    TooLarge,
    #[error("the stack is stopping")]
    Stopping,
}

impl FunctionError {
    /// What the function's own runtime reported.
    pub(super) fn reported(payload: Bytes) -> Self {
        Self { payload }
    }

    /// The process ended before it answered.
    pub(super) fn crashed(request: &str, status: &str) -> Self {
        Self::by_service(
            "Runtime.ExitError",
            format!("RequestId: {request} Error: Runtime exited with error: {status}"),
        )
    }

    /// The request outlived the function's timeout.
    pub(super) fn timed_out(request: &str, seconds: f64) -> Self {
        let message =
            format!("RequestId: {request} Error: Task timed out after {seconds:.2} seconds");
        Self::by_service("Sandbox.Timedout", message)
    }

    /// The process did not ask for its first request in time.
    pub(super) fn never_ready(request: &str, seconds: f64) -> Self {
        let message =
            format!("RequestId: {request} Error: Init timed out after {seconds:.2} seconds");
        Self::by_service("Sandbox.Timedout", message)
    }

    /// The binary could not be started.
    pub(super) fn not_started(request: &str, reason: &str) -> Self {
        Self::by_service(
            "Runtime.InvalidEntrypoint",
            format!("RequestId: {request} Error: {reason}"),
        )
    }

    /// The reply was over the limit.
    pub(super) fn reply_too_large() -> Self {
        let message = format!(
            "Response payload size exceeded maximum allowed payload size ({PAYLOAD_LIMIT} bytes)."
        );
        Self::by_service("Function.ResponseSizeTooLarge", message)
    }

    fn by_service(kind: &str, message: String) -> Self {
        let payload = json!({ "errorType": kind, "errorMessage": message });
        Self {
            payload: Bytes::from(payload.to_string()),
        }
    }

    /// One line for a person: type and message, as far as the payload has them.
    pub(crate) fn summary(&self) -> String {
        let parsed: Option<serde_json::Value> = serde_json::from_slice(&self.payload).ok();
        let text = |name| {
            parsed
                .as_ref()
                .and_then(|value| value.get(name))
                .and_then(serde_json::Value::as_str)
        };
        let message = text("errorMessage").unwrap_or("no message");
        format!(
            "{}: {message}",
            text("errorType").unwrap_or("an error without a type")
        )
    }
}
