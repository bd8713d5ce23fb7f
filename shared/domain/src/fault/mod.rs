//! What is wrong, or merely doubtful, in what a person sent: by JSON pointer, with a sentence to act on.

mod fields;

use serde::Serialize;

pub use fields::Fields;

/// A JSON pointer (RFC 6901) into the document that the person sent.
pub type Pointer = String;

/// Something that must be mended before the request can go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where.
    pub pointer: Pointer,
    /// A stable word for programs: `missing`, `invalid`, `unknown_field`, `wrong_type`, `not_allowed`.
    pub code: &'static str,
    /// What to do, for people.
    pub message: String,
}

/// Something worth a second look, which never blocks (domain.md #59).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// Where.
    pub pointer: Pointer,
    /// A stable word for programs.
    pub code: &'static str,
    /// What may be wrong, for people.
    pub message: String,
}

impl Fault {
    /// A fault at `pointer`.
    pub fn new(
        pointer: impl Into<Pointer>,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            message: message.into(),
        }
    }

    /// The same fault, seen from a document that holds this one under `prefix`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        self.pointer.insert_str(0, prefix);
        self
    }
}
