//! The one place where failures become HTTP: `application/problem+json` (RFC 9457) with a sentence that
//! a person can act on.

mod document;
mod from_failure;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Fault;
use serde_json::Value;
use workflow::IdempotencyKeyError;

pub use document::ProblemDocument;

/// An answer that says what is wrong.
#[derive(Debug)]
pub struct Problem(Box<Inner>);

/// The kind of problem that a response holds, for whoever passes the response on.
#[derive(Debug, Clone)]
pub(crate) struct ProblemKind(pub(crate) String);

/// Boxed, so that a `Result` with a problem stays small.
#[derive(Debug)]
struct Inner {
    status: StatusCode,
    document: ProblemDocument,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem of the kind `kind`: a stable word for programs.
    fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>) -> Self {
        let document = ProblemDocument::new(status.as_u16(), kind, title, detail.into());
        Self(Box::new(Inner {
            status,
            document,
            headers: Vec::new(),
        }))
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Adds a member of its own to the document.
    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        // They are written beside the document's own: a name of those would stand there twice.
        debug_assert!(!ProblemDocument::OWN.contains(&name), "{name} is taken");
        self.0.document.more.insert(name.to_owned(), value.into());
        self
    }

    fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The body is no JSON.
    pub(crate) fn malformed(line: usize, column: usize) -> Self {
        let detail = format!(
            "The body is not JSON: reading stopped at line {line}, column {column}. Send one JSON object in UTF-8."
        );
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed-json",
            "Malformed JSON",
            detail,
        )
    }

    /// The body is too large.
    pub(crate) fn too_large(limit: usize) -> Self {
        let detail = format!(
            "The body is larger than {} KB. Shorten it; larger things are attached as documents.",
            limit / 1024
        );
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body-too-large",
            "Body too large",
            detail,
        )
    }

    /// Something in what was sent must be mended.
    #[must_use]
    pub fn faulty(faults: Vec<Fault>) -> Self {
        let detail = match faults.as_slice() {
            [fault] if fault.pointer.is_empty() => format!("Please mend this: {}.", fault.message),
            [fault] => format!("Please mend {}: {}.", fault.pointer, fault.message),
            faults => format!(
                "Please mend {} places; \"errors\" names each.",
                faults.len()
            ),
        };
        let mut problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "Something needs mending",
            detail,
        );
        problem.0.document.errors = faults;
        problem
    }

    /// A path or a query names something that cannot be.
    #[must_use]
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad-request",
            "Bad request",
            detail,
        )
    }

    /// There is no such thing here, or not for this person.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    /// A file that nobody can open as it is; `state` is a word for programs, `sentence` says how to go on.
    #[must_use]
    pub fn locked(state: &str, sentence: &str) -> Self {
        let title = "The file cannot be opened";
        Self::new(StatusCode::CONFLICT, "file-locked", title, sentence).with("file_state", state)
    }

    pub(crate) fn key_missing() -> Self {
        let detail = "Send an Idempotency-Key header: 1 to 255 visible ASCII characters, new for each request, the same when you repeat one.";
        Self::new(
            StatusCode::BAD_REQUEST,
            "idempotency-key-missing",
            "Idempotency-Key missing",
            detail,
        )
    }

    pub(crate) fn key_invalid(error: &IdempotencyKeyError) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "idempotency-key-invalid",
            "Idempotency-Key invalid",
            format!("{error}."),
        )
    }

    pub(crate) fn if_match_missing() -> Self {
        let detail = "Send an If-Match header with the ETag that you read last, so that nobody's changes are overwritten unseen.";
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "if-match-missing",
            "If-Match missing",
            detail,
        )
    }

    /// Our fault. `why` goes to the log, not to the person.
    pub(crate) fn internal(why: &str) -> Self {
        tracing::error!(why, "internal error");
        let detail = "This is our fault, and nothing was changed as far as we know. Repeat the request with the same Idempotency-Key; if it fails again, call the Service Center with the request id in the apigw-requestid header.";
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Our fault",
            detail,
        )
    }

    /// Something that we need is away for the moment.
    fn unavailable(detail: &str) -> Self {
        let problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Not available for the moment",
            detail,
        );
        problem.with_header(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body =
            serde_json::to_string(&self.0.document).expect("a problem is made of texts and lists");
        let mut response = (
            self.0.status,
            [(header::CONTENT_TYPE, "application/problem+json")],
            body,
        )
            .into_response();
        let kind = ProblemKind(self.0.document.kind().to_owned());
        response.extensions_mut().insert(kind);
        response.headers_mut().extend(self.0.headers);
        response
    }
}
