//! What can be otherwise than told, each with a sentence that says how.

use axum::http::StatusCode;
use serde_json::Value;

/// Something is not as told.
#[derive(Debug, thiserror::Error)]
pub(super) enum Mismatch {
    /// No answer.
    #[error("{url} does not answer ({source}); is the stack running?")]
    Unreachable { url: String, source: ureq::Error },
    /// The stack gives no token for this person.
    #[error("the stack gives no token for \"{person}\": {answer}")]
    NoToken { person: String, answer: String },
    /// Another status.
    #[error("the answer should be {wanted}, and is {found}{}", of_detail(detail))]
    Status {
        wanted: StatusCode,
        found: StatusCode,
        detail: Option<String>,
    },
    /// Something in the answer is another.
    #[error("{place} should be {wanted}, and is {}", found.as_ref().map_or_else(|| "missing".to_owned(), ToString::to_string))]
    Value {
        place: String,
        wanted: String,
        found: Option<Value>,
    },
    /// A header that a later step needs.
    #[error("the answer has no {0} header")]
    NoHeader(&'static str),
    /// The mailbox is unreadable.
    #[error("{0} is not as the mailbox writes it")]
    Mailbox(String),
    /// Functions that do not get on with what fell due.
    #[error(
        "for {seconds} seconds nothing was worked off, and {left} messages wait; the page {url} shows functions, queues and logs"
    )]
    Busy {
        seconds: u64,
        left: u64,
        url: String,
    },
    /// Letters that did not come.
    #[error(
        "after {seconds} seconds there are {found} of {wanted} letters called \"{subject}\"; the page {url} shows functions, queues and logs"
    )]
    TooFew {
        seconds: u64,
        found: usize,
        wanted: usize,
        subject: String,
        url: String,
    },
    /// Letters to others, or more of them.
    #[error("letters called \"{subject}\" should have gone to {wanted}, and went to {found}")]
    Addressees {
        subject: String,
        wanted: String,
        found: String,
    },
    /// A letter without something.
    #[error("the letter to {to} should say \"{phrase}\"")]
    Unsaid { to: String, phrase: String },
    /// A letter with something.
    #[error("the letter to {to} must not say \"{phrase}\"")]
    Told { to: String, phrase: String },
    /// More or fewer letters in the end.
    #[error("there should be {wanted} letters about these reviews by now, and there are {found}")]
    Count { wanted: usize, found: usize },
    /// The story names what no earlier step kept: the story itself is wrong.
    #[error("the story uses {{{0}}}, which no earlier step has kept")]
    NeverKept(String),
}

fn of_detail(detail: &Option<String>) -> String {
    detail
        .as_ref()
        .map_or_else(String::new, |detail| format!(": {detail}"))
}
