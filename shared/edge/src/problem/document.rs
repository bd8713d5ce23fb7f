//! The document of a problem, as it goes over the wire.

use domain::Fault;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What is wrong (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// The kind of problem: a URN, stable for programs.
    #[schema(example = "urn:targeted-review:problem:outside-window")]
    r#type: String,
    /// The kind of problem, in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// Every fault by JSON pointer, where the request has faults: `{pointer, code, message}`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub(super) errors: Vec<Fault>,
    /// Members of single kinds, such as `current`, `window` and `help`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(super) more: Map<String, Value>,
}

/// What the kind of a problem follows in its type.
const URN: &str = "urn:targeted-review:problem:";

impl ProblemDocument {
    /// The names that every document has.
    pub(super) const OWN: [&str; 5] = ["type", "title", "status", "detail", "errors"];

    pub(super) fn new(status: u16, kind: &str, title: &str, detail: String) -> Self {
        let r#type = format!("{URN}{kind}");
        Self {
            r#type,
            title: title.to_owned(),
            status,
            detail,
            errors: Vec::new(),
            more: Map::new(),
        }
    }

    /// The kind of problem, as a word.
    pub(super) fn kind(&self) -> &str {
        self.r#type.strip_prefix(URN).unwrap_or_default()
    }
}
